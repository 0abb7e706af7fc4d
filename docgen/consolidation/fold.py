"""The schedule in force is the fold of the amendments: each changes what the one before it left, or restates it.

The fold applies each change once and keeps it as it was applied; whoever asks later what changed reads that.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from docgen.consolidation import apply, change_names, describe, fill, lineage, plan_names, row_spots, timeline
from docgen.consolidation.applied import Applied
from docgen.consolidation.compare import compare
from docgen.consolidation.locate import Application
from docgen.model.amendment import Amendment
from docgen.model.changes import Change
from docgen.model.plan import Plan
from docgen.model.schedule import Schedule
from docgen.model.validation import place
from docgen.model.yaml_reader import Source
from docgen.problems import DataProblem, Problem, did_you_mean

MOST_LISTED = 3  # differences named where changes and restatement disagree


@dataclass(frozen=True)
class Past:
    """What an amendment meets: the schedules before it by their names, and how they came about.

    `start` are the schedules that a plan takes over from the one it restates, `applied` the changes since then.
    """

    schedules: Mapping[str, Schedule] = field(default_factory=dict)
    start: tuple[Schedule, ...] = ()
    applied: tuple[Applied, ...] = ()
    latest: Mapping[str, datetime.date] = field(default_factory=dict)  # the last day of any change, by schedule
    views: list[timeline.View] = field(
        default_factory=list, repr=False, compare=False
    )  # at most one: the last one made

    @classmethod
    def of(cls, start: Sequence[Schedule]) -> Past:
        """What the first amendment of a plan meets."""
        return cls({schedule.name: schedule for schedule in start}, tuple(start))

    def on(self, name: str, day: datetime.date | None) -> Schedule | None:
        """A schedule as it stands on a day, where a change takes effect later than that; None where none does."""
        if day is None or name not in self.latest or self.latest[name] <= day:
            return None
        self.views[:] = [timeline.on(self.start, self.applied, day, *self.views)]
        return self.views[0].schedules.get(name)

    def after(self, *steps: Applied) -> Past:
        """The same with further changes."""
        latest = dict(self.latest)
        for step in steps:
            if step.day is not None:
                latest[step.after.name] = max(step.day, latest.get(step.after.name, step.day))
        schedules = {**self.schedules, **{step.after.name: step.after for step in steps}}
        return Past(schedules, self.start, (*self.applied, *steps), latest, self.views)


@dataclass(frozen=True)
class Draft:
    """One amendment as it was read, before it is applied: its facts, its file, and the plan's facts from it on."""

    id: str
    facts: Amendment
    source: Source
    plan: Plan
    plan_source: Source

    def day(self, change: Change) -> datetime.date | None:
        """The day from which one of its changes counts."""
        return change.effective if isinstance(change.effective, datetime.date) else self.facts.day


@dataclass(frozen=True)
class Folded:
    """All schedules after an amendment, its changes as they were applied, and every complaint on the way."""

    schedules: tuple[Schedule, ...]
    applied: tuple[Applied, ...]
    touched: frozenset[str]  # the names of the schedules that it restates or changes
    problems: tuple[Problem, ...]


def amended(draft: Draft, past: Past | None) -> Folded:
    """The schedules after an amendment. `past` is None where an earlier amendment cannot be read."""
    changed, problems = _changed(draft, past) if past else (Past(), [])
    applied = changed.applied[len(past.applied) :] if past else ()
    by_changes = {step.after.name for step in applied}
    touched = {heading.name or draft.plan.schedules[0].name for heading in draft.facts.plan.headings} | by_changes
    schedules, restatements, faults = dict(changed.schedules), list[Applied](), list(problems)
    for number, restate in enumerate(draft.facts.restate):
        loc = ("restate", number)
        restated, complaints = fill.restated(draft.plan, draft.plan_source, restate, draft.source, loc)
        faults += complaints
        if restated is None or complaints:
            continue
        before = schedules.get(restated.name)
        on_day = changed.on(restated.name, draft.facts.day)
        views = (before, on_day)
        restated = lineage.inherit([view for view in views if view], restated)
        if restated.name in by_changes and before is not None:
            faults += _disagreement(before, restated, draft.source, number) if not problems else []
        elif before != restated or on_day not in (None, restated):
            restatements.append(Applied(restate, before, restated, draft.id, number, draft.facts.day))
        schedules[restated.name] = restated
        touched.add(restated.name)
    ordered = tuple(schedules[form.name] for form in draft.plan.schedules if form.name in schedules)
    return Folded(ordered, (*applied, *restatements), frozenset(touched), tuple(faults))


def _changed(draft: Draft, past: Past) -> tuple[Past, list[Problem]]:
    """What stands after an amendment's changes, and a problem for each change that cannot be.

    A change that fails only because one before it failed has none.
    """
    problems: list[Problem] = []
    failed: list[Change] = []
    start, earlier = past, len(past.applied)
    for number, change in draft.facts.steps:
        try:
            past = past.after(_applied(draft, number, change, past))
        except DataProblem as error:
            problems += error.problems if not any(_follows(change, cause, past) for cause in failed) else ()
            failed.append(change)
    if problems:
        return past, problems
    past = _without_emptied(start, past)
    names = dict.fromkeys(step.after.name for step in past.applied[earlier:])
    return past, [problem for name in names for problem in _bare(past.schedules[name], draft.source)]


def _without_emptied(start: Past, past: Past) -> Past:
    """What stands after an amendment, less the groups that its changes leave without rows: these go by themselves."""
    schedules, steps = dict(past.schedules), [*past.applied[len(start.applied) :]]
    for name in {step.after.name for step in steps}:
        stood = {group.id for group in start.schedules[name].groups}
        emptied = {group.id for group in schedules[name].groups if not group.rows and group.id in stood}
        if not emptied or len(emptied) == len(schedules[name].groups):
            continue
        schedules[name] = row_spots.without_emptied(schedules[name], emptied)
        for number, step in enumerate(steps):
            if step.after.name == name:
                step.targets.emptied.update(emptied)
                before = row_spots.without_emptied(step.before, emptied) if step.before else None
                after = before if before and step.is_of_plan else row_spots.without_emptied(step.after, emptied)
                steps[number] = replace(step, before=before, after=after)
    return replace(past, schedules=schedules, applied=(*start.applied, *steps))


def _follows(change: Change, cause: Change, past: Past) -> bool:
    """Whether a change fails because an earlier one did: it needs a name that would have come, or one would have gone
    that it gives, or there is no schedule for either."""
    standing = change_names.standing(past.schedules.values())
    absent = {name for name in change_names.needs(change) - standing if change_names.gives(cause, name)}
    leaving = change_names.old_names(cause) & change_names.new_names(change) - change_names.old_names(change)
    return bool(absent or leaving) or (change.schedule == cause.schedule and not past.schedules)


def _applied(draft: Draft, number: int, change: Change, past: Past) -> Applied:
    """One change of an amendment, applied; DataProblem when it cannot be.

    Where classes are no rows of the schedule, a change of the plan's own class leaves the rows as they are; that
    the plan changes with it is a check's to see. So does the new name of a party that is no group.
    """
    before = past.schedules[_schedule_of(draft, number, change, past.schedules)]
    day = draft.day(change)
    on_day = past.on(before.name, day)
    change = change_names.spelled(change, [schedule for schedule in (on_day, before) if schedule])
    at = Application(before, draft.source, ("changes", number), on_day)
    after = before if plan_names.is_of_the_plan(change, before, draft.plan) else apply.carry_out(change, at)
    return Applied(change, before, after, draft.id, number, day, at.targets, draft.source)


def _bare(schedule: Schedule, source: Source) -> list[Problem]:
    """Groups without rows, and rows without values, that the changes leave behind."""
    path, faults = ("changes",), []
    if not schedule.groups:
        faults.append((f"{schedule.name} is left without groups", "take one of the changes out, or restate it"))
    heads = [section.name for section in schedule.groups if section.name]
    loose = [row.name for section in schedule.groups if heads and not section.name for row in section.rows]
    faults += [(f'"{name}" is left in no group', f"add  - move: {name}  to: {' or '.join(heads)}") for name in loose]
    for section in schedule.groups:
        if not section.rows:
            faults.append((f'"{section.name}" is left without rows', f"add  - remove_group: {section.name}"))
        bare = [row.name for row in section.rows if schedule.columns and not row.rows and not row.values]
        faults += [(f'"{name}" is left without classes', f"add  - remove: {name}") for name in bare]
    return [source.problem(path, fault, remedy) for fault, remedy in faults]


def _schedule_of(draft: Draft, number: int, change: Change, schedules: Mapping[str, Schedule]) -> str:
    """The name of the schedule that a change is for."""
    source, path = draft.source, place(draft.source, ("changes", number, "schedule"))
    form_names = [form.name for form in draft.plan.schedules]
    name = change.schedule or (form_names[0] if len(form_names) == 1 else "")
    if not name:
        remedy = "write schedule: and one of " + ", ".join(form_names)
        raise DataProblem([source.problem(path, "does not say which schedule it changes", remedy)])
    if name not in form_names:
        fault = f'the plan has no schedule "{name}"'
        raise DataProblem([source.problem(path, fault, did_you_mean(name, form_names))])
    if name not in schedules:
        fault = f"changes {name}, and no amendment before this one gives it"
        raise DataProblem([source.problem(path, fault, "write the whole schedule under restate: first")])
    return name


def _disagreement(by_changes: Schedule, restated: Schedule, source: Source, number: int) -> list[Problem]:
    """A problem where the changes do not give the schedule that the same amendment restates."""
    steps = compare(by_changes, restated)
    if not steps:
        return []
    listed = "; ".join(describe.sentence(step, dict(restated.columns)) for step in steps[:MOST_LISTED])
    more = f"; and {len(steps) - MOST_LISTED} more" if len(steps) > MOST_LISTED else ""
    path = place(source, ("restate", number))
    fault = f"the schedule is not what the changes give: in it, {listed}{more}"
    return [source.problem(path, fault, "fix the changes or the schedule, or leave one of them out")]
