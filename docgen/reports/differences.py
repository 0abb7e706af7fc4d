"""What changed between two moments, as sentences or JSON. A rename that nobody listed is suggested, never assumed."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from docgen.consolidation import compare, describe, lineage
from docgen.consolidation.applied import Applied
from docgen.model import changes
from docgen.model.amendment import Restate
from docgen.model.changes import Change
from docgen.model.rows import Column
from docgen.model.schedule import RowId, Schedule
from docgen.model.text_changes import TextChange
from docgen.model.yaml_writer import as_data
from docgen.problems import NEAR, likeness
from docgen.reports.row_notes import endings
from docgen.workspace.points_in_time import Between, reverse

ListedChange = Change | TextChange | Restate


@dataclass(frozen=True)
class ScheduleChanges:
    """The changes of one schedule, its columns, and pairs of names that may be one fund renamed."""

    schedule: str
    changes: tuple[ListedChange, ...]
    columns: Mapping[str, Column] = field(default_factory=dict)
    renames: tuple[tuple[str, str], ...] = ()


def between(points: Between) -> list[ScheduleChanges]:
    """The changes of each schedule that both moments have, and of those that only one has.

    They are those that the amendments list; else the schedules are compared, and what changes the plan alone, as the
    name of a party, is as it is listed.
    """
    old = {schedule.name: schedule for schedule in points.old.schedules}
    reasons = endings(points.steps)
    every = [_of(old.get(schedule.name), schedule, points, reasons) for schedule in points.new.schedules]
    names = {schedule.name for schedule in points.new.schedules}
    ended = [ScheduleChanges(name, ()) for name in old if name not in names]
    of_text = [ScheduleChanges("The text", tuple(_texts(points)))]
    of_text.append(ScheduleChanges("The text is as it was before these changes", tuple(_texts(reverse(points)))))
    return [*(entry for entry in of_text if entry.changes), *(entry for entry in every if entry.changes), *ended]


def _texts(points: Between) -> Iterator[TextChange]:
    """The changes of the plan's own text in between: as they are listed, or each from its own day on."""
    if points.listed is not None or not (points.old.day or points.new.day):
        amendments = [amendment.facts.text_changes for amendment in points.amendments]
        yield from points.listed.texts if points.listed else (change for texts in amendments for change in texts)
    elif points.old.plan.id in (points.new.plan.id, points.new.plan.continues and points.new.plan.continues.id):
        first, last = (
            moment.day or (moment.amendment.day if moment.amendment else None) for moment in (points.old, points.new)
        )
        plans = {plan.id: plan for plan in (points.old.plan, points.new.plan)}
        for amendment in (amendment for plan in plans.values() for amendment in plan.amendments):
            for change in () if amendment.facts.draft else amendment.facts.text_changes:
                day = change.effective if isinstance(change.effective, datetime.date) else amendment.day
                if day and (first or datetime.date.min) < day <= (last or datetime.date.max):
                    yield change


def _of(old: Schedule | None, new: Schedule, points: Between, reasons: Mapping[RowId, str]) -> ScheduleChanges:
    columns = {**dict(old.columns if old else ()), **dict(new.columns)}
    if points.listed is not None:
        return ScheduleChanges(new.name, tuple(step.change for step in points.listed.of(new.name)), columns)
    start = replace(old, form=new.form) if old else replace(new, groups=())
    steps = tuple(_with_reason(step, reasons) for step in compare.steps(start, new))
    of_plan = tuple(step.change for step in points.steps if step.is_of_plan and step.after.name == new.name)
    return ScheduleChanges(new.name, (*of_plan, *steps), columns, _renames(steps))


def _with_reason(step: Applied, reasons: Mapping[RowId, str]) -> Change | Restate:
    """A removal between two moments, with the reason that the amendments in between have for it."""
    change = describe.with_emptied(step)
    if not isinstance(change, changes.Remove) or step.before is None:
        return change
    keys, stays = lineage.keys(step.before), lineage.keys(step.after)
    reason = next((reasons[row] for row in keys if row not in stays and reasons.get(row)), None)
    return change.model_copy(update={"reason": reason})


def _renames(steps: Sequence[Change | Restate]) -> tuple[tuple[str, str], ...]:
    """Each name that is removed with the new one that is most like it, rows and groups apart; no name twice."""
    removals = [step for step in steps if isinstance(step, changes.Remove) and step.under is None]
    removed = [step.remove for step in removals if not (step.into or step.reason)]
    added = [step.add for step in steps if isinstance(step, changes.Add) and step.under is None]
    groups_removed = [step.remove_group for step in steps if isinstance(step, changes.RemoveGroup)]
    groups_added = [step.add_group for step in steps if isinstance(step, changes.AddGroup)]
    return (*_alike(groups_removed, groups_added), *_alike(removed, added))


def _alike(removed: Sequence[str], added: Sequence[str]) -> tuple[tuple[str, str], ...]:
    alike = {(old, new): likeness(old, new) for old in removed for new in added}
    pairs: list[tuple[str, str]] = []
    for old, new in sorted(alike, key=lambda pair: -alike[pair]):
        taken = any(old == first or new == second for first, second in pairs)
        if alike[old, new] >= NEAR and not taken:
            pairs.append((old, new))
    return tuple(sorted(pairs, key=lambda pair: removed.index(pair[0])))


def as_text(differences: Sequence[ScheduleChanges]) -> str:
    """A sentence a change, under the schedule's name."""
    lines = []
    for entry in differences:
        lines.append(entry.schedule)
        lines += [f"  {describe.sentence(step, entry.columns)}" for step in entry.changes] or ["  is no longer there"]
        lines += [f"  perhaps a rename: {old} to {new}" for old, new in entry.renames]
    return "\n".join(lines or ["Nothing changed."]) + "\n"


def as_json(differences: Sequence[ScheduleChanges]) -> str:
    """`[{"schedule", "changes": [{...}], "perhaps_renamed": [[old, new]]}]`, changes as they are typed in YAML."""
    rows: list[dict[str, Any]] = [
        {
            "schedule": entry.schedule,
            "changes": [_step_data(step) for step in entry.changes],
            "perhaps_renamed": entry.renames,
        }
        for entry in differences
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def _step_data(step: ListedChange) -> dict[str, Any]:
    return {"restate": as_data(step)} if isinstance(step, Restate) else as_data(step)
