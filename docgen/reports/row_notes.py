"""What is known of rows besides two schedules: why they went in between and with which values, when they changed."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from docgen.consolidation import lineage
from docgen.consolidation.applied import Applied
from docgen.model import english
from docgen.model.schedule import RowId, Schedule, Value
from docgen.reports import value_texts
from docgen.reports.value_texts import NewText

ItemKind = Literal["added", "removed", "renamed", "values", "other"]
Side = Literal["name", "group", "values", "there"]  # what of a row can change


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


class RowState(NamedTuple):
    """A group or row as it stands from a day on, or that it is not there; no day where it stood so before."""

    day: datetime.date | None = None
    there: bool = False
    name: str = ""
    group: RowId | None = None
    values: tuple[Value, ...] = ()
    schedule: Schedule | None = None
    group_name: str = ""


def courses(steps: Sequence[Applied]) -> dict[RowId, Sequence[RowState]]:
    """Each group or row that changes: as it stood before, then once for each day on which it changes."""
    results: dict[RowId, list[RowState]] = {}
    for step in steps:
        old, new = _states(step.before), _states(step.after)
        for row in old | new:
            before, after = old.get(row, RowState()), new.get(row, RowState())._replace(day=step.day)
            if before[1:5] != after[1:5]:
                course = results.setdefault(row, [before])
                if len(course) > 1 and course[-1].day == step.day:
                    course.pop()
                course.append(after)
    return {row: tuple(course) for row, course in results.items()}


def _states(schedule: Schedule | None) -> dict[RowId, RowState]:
    if schedule is None:
        return {}
    groups = {group.id: RowState(None, True, group.name, schedule=schedule) for group in schedule.groups}
    return groups | {
        row.id: RowState(None, True, row.name, group.id, row.values, schedule, group.name)
        for group, row, _ in schedule.lines()
    }


@dataclass(frozen=True)
class RowNotes:
    """What is known of rows besides the two schedules: why they went, how they stood from day to day, and which day
    is that of the whole."""

    endings: Mapping[RowId, str]
    courses: Mapping[RowId, Sequence[RowState]]
    day: datetime.date | None

    def on(self, row: RowId, side: Side) -> str:
        """The day of a row's change, behind a sentence; empty where it is the day of the whole."""
        days = {after.day: None for _, after in self._turns(row, side) if after.day}
        texts = [english.day(day) for day in days]
        return f", effective {english.listed(texts)}" if texts and [*days] != [self.day] else ""

    def turns(self, row: RowId, side: Literal["name", "group"]) -> str:
        """From what to what, each with its day, where that changes on several days; else empty."""
        text = "group_name" if side == "group" else side
        turns = self._turns(row, side)
        steps = [(str(getattr(before, text)), str(getattr(after, text)), after.day) for before, after in turns]
        return _from_day_to_day(steps) if len(steps) > 1 else ""

    def value_turns(self, row: RowId) -> list[NewText]:
        """The values that change, each from day to day, where they do so on several days; else none."""
        turns = self._turns(row, "values")
        texts: dict[str, list[tuple[NewText, datetime.date | None]]] = {}
        for before, after in turns if len(turns) > 1 else ():
            if before.schedule and after.schedule:
                for text in value_texts.changes(before.schedule, before.values, after.schedule, after.values):
                    texts.setdefault(text.heading, []).append((text, after.day))
        return [_joined(pairs) for pairs in texts.values()]

    def last_values(self, row: RowId) -> tuple[Value, ...] | None:
        """The values with which a row goes that had them from an earlier day on; None where it has none such."""
        turns = self._turns(row, "values")
        return turns[-1][1].values if turns else None

    @cached_property
    def first_values(self) -> Mapping[RowId, tuple[Value, ...]]:
        """The values with which rows came that have others from a later day on."""
        came = {row: self._turns(row, "values") for row, states in self.courses.items() if not states[0].there}
        return {row: turns[0][0].values for row, turns in came.items() if turns}

    def _turns(self, row: RowId, side: Side) -> list[tuple[RowState, RowState]]:
        """The days on which one side of a row changes: as it was before, and as it is from then on."""
        pairs = itertools.pairwise(self.courses.get(row, ()))
        stays = side != "there"
        return [
            (before, after)
            for before, after in pairs
            if getattr(before, side) != getattr(after, side) and (not stays or (before.there and after.there))
        ]


def _joined(pairs: Sequence[tuple[NewText, datetime.date | None]]) -> NewText:
    """A value's changes of several days as one."""
    steps = [(text.old, text.new, day) for text, day in pairs]
    rises = any(text.rises for text, _ in pairs)
    return NewText(pairs[0][0].heading, steps[0][0], steps[-1][1], rises, _from_day_to_day(steps))


def _from_day_to_day(steps: Sequence[tuple[str, str, datetime.date | None]]) -> str:
    """`from A to B, effective March 1, 2014, then to C, effective July 1, 2014`."""
    to = [f"to {new}{f', effective {english.day(day)}' if day else ''}" for _, new, day in steps]
    return f"from {steps[0][0]} {', then '.join(to)}"
