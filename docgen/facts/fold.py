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
            schedules[name] = stepped(plan, schedules[name], change, source, number)
            touched.add(name)
        except DataProblem as error:
            problems += error.problems
    for name in touched if not problems else ():
        for section in schedules[name].groups:
            if not section.rows:
                found = f'"{section.name}" is left without rows'
                problems.append(source.problem(("changes",), found, f"add  - remove_group: {section.name}"))
    return Folded(tuple(schedules.values()), frozenset(touched), tuple(problems))


def stepped(plan: Plan, schedule: Schedule, change: Change, source: Source, number: int) -> Schedule:
    """The schedule after one change of an amendment.

    Where classes are no rows of the schedule, a change of the plan's own class leaves the rows as they are.
    """
    rowless = not any(row.rows for section in schedule.groups for row in section.rows)
    match change:
        case changes.AddClass(of=None, add_class=name) | changes.RedesignateClass(of=None, to=name) if rowless:
            if name in plan.share_classes:
                return schedule
        case changes.RemoveClass(of=None, remove_class=name) if rowless and name in plan.share_classes:
            return schedule
    return apply(schedule, change, source, ("changes", number))


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
