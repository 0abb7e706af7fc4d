"""What is known of rows besides two schedules: why they went in between and with which values, when they changed."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from docgen.consolidation import lineage
from docgen.consolidation.applied import Applied
from docgen.model import english
from docgen.model.schedule import RowId, Schedule, Value

ItemKind = Literal["added", "removed", "renamed", "values", "other"]
DaysOfRows = Mapping[tuple[RowId, ItemKind], Sequence[datetime.date]]


def endings(steps: Sequence[Applied]) -> dict[RowId, str]:
    """Why rows and groups went, by what the changes say that took them out; the survivor by its last name."""
    reasons: dict[RowId, str] = {}
    names: dict[RowId, str] = {}
    survivors: dict[RowId, RowId] = {}
    for step in steps:
        old = {row: key.name for row, key in lineage.keys(step.before).items()} if step.before else {}
        new = {row: key.name for row, key in lineage.keys(step.after).items()}
        names |= new
        into, reason = getattr(step.change, "into", None), getattr(step.change, "reason", None)
        for row in old.keys() - new.keys():
            reasons[row] = f"merged into {into}" if into else reason or ""
            survivor = next((other for other, name in old.items() if into == name), None)
            if survivor is not None:
                survivors[row] = survivor
    for row, other in survivors.items():
        last = names.get(other, "")
        if last and reasons[row] != f"merged into {last}":
            reasons[row] += f" (now {last})"
    return reasons


def days(steps: Sequence[Applied], day: datetime.date | None) -> DaysOfRows:
    """The days on which rows and groups came, went, got a name or values, where that is not the day of the whole."""
    results: dict[tuple[RowId, ItemKind], dict[datetime.date, None]] = {}
    for step in steps:
        old, new = _views(step.before) if step.before else {}, _views(step.after)
        for row in (old | new) if step.day else ():
            for kind in _kinds(old.get(row), new.get(row)):
                results.setdefault((row, kind), {})[step.day or datetime.date.max] = None
    return {key: sorted(its) for key, its in results.items() if set(its) != {day}}


def last_values(steps: Sequence[Applied]) -> dict[RowId, tuple[Value, ...]]:
    """The values with which rows went, of those that had them from an earlier day on."""
    first_days: dict[RowId, datetime.date] = {}
    values: dict[RowId, tuple[Value, ...]] = {}
    for step in steps:
        old, new = _views(step.before) if step.before else {}, _views(step.after)
        for row, view in old.items() if step.day else ():
            kinds = set(_kinds(view, new.get(row)))
            if "values" in kinds:
                first_days[row] = min(step.day or datetime.date.max, first_days.get(row, datetime.date.max))
            elif "removed" in kinds and step.day and first_days.get(row, datetime.date.max) < step.day:
                values[row] = view.values
    return values


class _View(NamedTuple):
    """What a group or row says of itself: its name, the group that it stands in, its values."""

    name: str
    group: RowId | None
    values: tuple[Value, ...] = ()


def _views(schedule: Schedule) -> dict[RowId, _View]:
    views = {group.id: _View(group.name, None) for group in schedule.groups}
    return views | {row.id: _View(row.name, group.id, row.values) for group, row, _ in schedule.lines()}


def _kinds(old: _View | None, new: _View | None) -> Iterator[ItemKind]:
    """Which kinds of change a step made of a group or row."""
    if old is None or new is None:
        yield "added" if old is None else "removed"
    else:
        if (old.name, old.group) != (new.name, new.group):
            yield "renamed"
        if old.values != new.values:
            yield "values"


@dataclass(frozen=True)
class RowNotes:
    """What is known of rows besides the two schedules: why they went, on which days they changed, with which values
    they went."""

    endings: Mapping[RowId, str]
    days: DaysOfRows
    last_values: Mapping[RowId, tuple[Value, ...]]

    def on(self, row: RowId, kind: ItemKind) -> str:
        """The days of a row's changes of one kind, behind a sentence; empty where it is the day of the whole."""
        days = self.days.get((row, kind), ())
        return f", effective {english.listed([english.day(day) for day in days])}" if days else ""
