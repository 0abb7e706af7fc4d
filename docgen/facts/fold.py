"""The schedule in force is the fold of the amendments: each changes what the one before it left, or restates it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from docgen.facts import changes, fill, sentences
from docgen.facts.apply import apply
from docgen.facts.changes import Change
from docgen.facts.compare import compare
from docgen.facts.models import Amendment, Plan
from docgen.facts.schedule import Schedule
from docgen.facts.source import Source
from docgen.facts.typed import place
from docgen.problems import DataProblem, Problem, did_you_mean

SHOWN = 3  # differences named where changes and restatement disagree


@dataclass(frozen=True)
class Folded:
    """All schedules after an amendment, the names of those that it touched, and every complaint on the way."""

    schedules: tuple[Schedule, ...]
    touched: frozenset[str]
    problems: tuple[Problem, ...]


def amended(
    plan: Plan, plan_source: Source, amendment: Amendment, source: Source, before: Sequence[Schedule] | None
) -> Folded:
    """The schedules after an amendment. `before` is None where an earlier amendment cannot be read."""
    after = changed(plan, source, before, amendment.steps) if before is not None else Folded((), frozenset(), ())
    problems = list(after.problems)
    schedules = {schedule.name: schedule for schedule in after.schedules}
    touched = set(after.touched)
    for number, restate in enumerate(amendment.restate):
        made, complaints = fill.restated(plan, plan_source, restate, source, ("restate", number))
        problems += complaints
        if made is None or complaints:
            continue
        if made.name in after.touched and not after.problems:
            problems += _disagreement(schedules[made.name], made, source, number)
        schedules[made.name] = made
        touched.add(made.name)
    ordered = tuple(schedules[form.name] for form in plan.schedules if form.name in schedules)
    return Folded(ordered, frozenset(touched), tuple(problems))


def changed(
    plan: Plan, source: Source, before: Sequence[Schedule] | None, steps: Iterable[tuple[int, Change]]
) -> Folded:
    """The schedules after some of an amendment's changes, each with its number; a change that cannot be is noted."""
    schedules = {schedule.name: schedule for schedule in before or ()}
    touched: set[str] = set()
    problems: list[Problem] = []
    for number, change in steps:
        try:
            name = _meant(plan, schedules, change, source, number)
            schedules[name] = stepped(schedules[name], change, source, number)
            touched.add(name)
        except DataProblem as error:
            problems += error.problems
    for name in touched if not problems else ():
        problems += _bare(schedules[name], source)
    return Folded(tuple(schedules.values()), frozenset(touched), tuple(problems))


def _bare(schedule: Schedule, source: Source) -> list[Problem]:
    """Groups without rows, and rows without values, that the changes leave behind."""
    path, found = ("changes",), []
    if not schedule.groups:
        found.append((f"{schedule.name} is left without groups", "take one of the changes out, or restate it"))
    for section in schedule.groups:
        if not section.rows:
            found.append((f'"{section.name}" is left without rows', f"add  - remove_group: {section.name}"))
        bare = [row.name for row in section.rows if schedule.columns and not row.rows and not row.values]
        found += [(f'"{name}" is left without classes', f"add  - remove: {name}") for name in bare]
    return [source.problem(path, said, remedy) for said, remedy in found]


def stepped(schedule: Schedule, change: Change, source: Source, number: int) -> Schedule:
    """The schedule after one change of an amendment.

    Where classes are no rows of the schedule, a change of the plan's own class leaves the rows as they are; that
    the plan changes with it is a check's to see.
    """
    if is_the_plans_own(change, schedule):
        return schedule
    return apply(schedule, change, source, ("changes", number))


def is_the_plans_own(change: Change, schedule: Schedule) -> bool:
    """Whether a change is of a class of the whole plan, which is no row of the schedule."""
    if not isinstance(change, changes.AddClass | changes.RemoveClass | changes.RedesignateClass):
        return False
    return change.of is None and not any(row.rows for group in schedule.groups for row in group.rows)


def _meant(plan: Plan, schedules: dict[str, Schedule], change: Change, source: Source, number: int) -> str:
    """The name of the schedule that a change is for."""
    path = place(source, ("changes", number, "schedule"))
    names = [form.name for form in plan.schedules]
    name = change.schedule or (names[0] if len(names) == 1 else "")
    if not name:
        remedy = "write schedule: and one of " + ", ".join(names)
        raise DataProblem([source.problem(path, "does not say which schedule it changes", remedy)])
    if name not in names:
        raise DataProblem([source.problem(path, f'the plan has no schedule "{name}"', did_you_mean(name, names))])
    if name not in schedules:
        found = f"changes {name}, and no amendment before this one gives it"
        raise DataProblem([source.problem(path, found, "write the whole schedule under restate: first")])
    return name


def _disagreement(by_changes: Schedule, restated: Schedule, source: Source, number: int) -> list[Problem]:
    """A problem where the changes do not give the schedule that the same amendment restates."""
    steps = compare(by_changes, restated)
    if not steps:
        return []
    said = "; ".join(sentences.said(step) for step in steps[:SHOWN])
    more = f"; and {len(steps) - SHOWN} more" if len(steps) > SHOWN else ""
    path = place(source, ("restate", number))
    found = f"the schedule is not what the changes give: in it, {said}{more}"
    return [source.problem(path, found, "mend the changes or the schedule, or leave one of them out")]
