"""Finds the rows and groups that a change names, and gives the schedule with others in their place.

A change means a row, whatever it is called on which day. Where an earlier change takes effect later than this one, a
row has two names: the one that it bears on the day of this change, and the one that it will have; both are understood.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeVar

from docgen.consolidation import lineage
from docgen.consolidation.fill import Filling
from docgen.consolidation.row_spots import Head, Spot, row_at, rows_under
from docgen.model.schedule import Line, RowId, Schedule, Section
from docgen.model.validation import place
from docgen.model.yaml_reader import KeyPath, Source
from docgen.problems import DataProblem, Where, all_alike, did_you_mean, name_key, names_fact, nearest, print_alike

FIRST = "first"  # what `after:` says for the first place
NOWHERE = Source("", {}, {})
Thing = TypeVar("Thing", Line, Section)


@dataclass(frozen=True)
class Targets:
    """What a change means: the rows and groups that its keys name, and the rows and groups that it brings.

    Both fill up when the change is applied to the schedule that it was written for. By them the same change is applied
    again to the schedule of any day, where the same rows may have other names.
    """

    rows: dict[tuple[str, str], tuple[RowId, ...]] = field(default_factory=dict)  # by key and name as typed
    new: dict[tuple[str, RowId | None], Line] = field(default_factory=dict)  # by name, and the row that it is under
    groups: dict[str, Section] = field(default_factory=dict)
    names: dict[RowId, str] = field(default_factory=dict)  # by row: the new name, where it rests on the one of that day
    emptied: set[RowId] = field(default_factory=set)  # groups that the amendment leaves without rows: they go with them


@dataclass(frozen=True)
class Application:
    """One change being applied: the schedule that it meets, and where it was typed.

    `on_day` is the same schedule as it stands on the change's day, where that is another. `again` says that the
    change was applied before, and that its targets are known.
    """

    schedule: Schedule
    source: Source = NOWHERE
    loc: KeyPath = ()
    on_day: Schedule | None = None
    targets: Targets = field(default_factory=Targets)
    again: bool = False

    @property
    def at(self) -> Where:
        """The line that the change begins on."""
        return self.source.where(*place(self.source, self.loc))

    @cached_property
    def names_on_day(self) -> dict[RowId, str]:
        """The names of rows and groups on the change's day."""
        return {row: key.name for row, key in lineage.keys(self.on_day).items()} if self.on_day else {}

    @cached_property
    def leaving(self) -> list[tuple[Line | Section, Section]]:
        """The rows and groups of the change's day that an earlier change takes out later, each with its group."""
        if self.on_day is None:
            return []
        staying = lineage.keys(self.schedule)
        things: list[tuple[Line | Section, Section]] = [(group, group) for group in self.on_day.groups]
        things += [(row, group) for group in self.on_day.groups for row in group.rows]
        return [(thing, group) for thing, group in things if thing.id not in staying]

    @cached_property
    def groups_on_day(self) -> dict[RowId, RowId]:
        """The groups that rows stand in on the change's day."""
        groups = self.on_day.groups if self.on_day else ()
        return {row.id: group.id for group in groups for row in group.rows}

    def is_called(self, thing: Line | Section, name: str) -> bool:
        """Whether a row or group has a name, or bears it on the change's day, with whatever signs it is typed."""
        return print_alike(thing.name, name) or print_alike(self.names_on_day.get(thing.id, ""), name)

    def called(self, name: str) -> set[RowId]:
        """The ids of all rows, also those under a row, of which `is_called` says that they have a name."""
        names = [(row.id, row.name) for above in self.schedule.rows for row in (above, *above.rows)]
        return all_alike([*names, *self.names_on_day.items()], name)

    def filling(self) -> Filling:
        """What new rows are filled in with."""
        return Filling(self.source, dict(self.schedule.columns))

    def refusal(self, key: str | tuple[str, int], fault: str, remedy: str = "") -> DataProblem:
        """What to raise when the change cannot be; `key` is the key at fault."""
        loc = (*self.loc, key) if isinstance(key, str) else (*self.loc, *key)
        return DataProblem([self.source.problem(place(self.source, loc), fault, remedy)])

    def absence(self, key: str, name: str, fault: str, names: Sequence[str]) -> DataProblem:
        """What to raise where nothing has a name: the remedy is one of the names, for which it may be meant."""
        (problem,) = self.refusal(key, fault, did_you_mean(name, names)).problems
        near = nearest(name, names)
        return DataProblem([replace(problem, follows=names_fact(name, near))] if near else [problem])


def group(change: Application, name: str, key: str) -> int:
    """The number of the group of this name; refused when there is none, or two can be meant."""
    sections = change.schedule.groups
    if change.again:
        rows = change.targets.rows[key, name]
        numbers = [number for number, section in enumerate(sections) if section.id in rows]
    else:
        numbers = [number for number, section in enumerate(sections) if change.is_called(section, name)]
    if not numbers:
        fault = f'no group "{name}" in {change.schedule.name}'
        if later := _later(change, name, "group"):
            raise change.refusal(key, fault, later)
        names = [section.name for section in sections if section.name]
        if names:
            raise change.absence(key, name, fault, names)
        remedy = f"leave {key}: out" if key in ("to", "group") else "take the change out"
        raise change.refusal(key, fault, f"the schedule has no groups: {remedy}")
    things = [sections[number] for number in numbers]
    things += [thing for thing, _ in change.leaving if isinstance(thing, Section) and print_alike(thing.name, name)]
    if len(things) > 1:
        raise _ambiguous(change, key, name, things, "")
    change.targets.rows[key, name] = (sections[numbers[0]].id,)
    return numbers[0]


def find(change: Application, name: str, key: str, in_group: str | None = None, under: str | None = None) -> Spot:
    """The one row of this name; refused when there is none, or more than one can be meant."""
    if change.again:
        return _again(change, name, key)
    only = None if in_group is None else group(change, in_group, "group")
    section_id = None if only is None else change.schedule.groups[only].id
    above = change.called(under) if under is not None else set()
    spots: list[Spot] = []
    among: list[Line] = []
    called = change.called(name)
    for g, section in enumerate(change.schedule.groups):
        for r, row in enumerate(section.rows):
            if section_id is not None and section_id not in (section.id, change.groups_on_day.get(row.id)):
                continue
            if under is None:
                among.append(row)
                if row.id in called:
                    spots.append(Spot(Head(g), r))
            elif row.id in above:
                among += row.rows
                spots += [Spot(Head(g, r), i) for i, inner in enumerate(row.rows) if inner.id in called]
    if not spots:
        sought = (under, "under") if under else (name, key)
        _refuse_elsewhere(change, *sought, None if under and among else in_group)
        raise _absent(change, name, key, under, [row.name for row in among])
    leaving = [
        row
        for row, section in (change.leaving if under is None else ())
        if isinstance(row, Line) and print_alike(row.name, name) and section_id in (None, section.id)
    ]
    if len(spots) > 1 or leaving:
        raise _several(change, name, key, spots, leaving)
    change.targets.rows[key, name] = (row_at(change.schedule, spots[0]).id,)
    return spots[0]


def _refuse_elsewhere(change: Application, name: str, key: str, in_group: str | None) -> None:
    """Refuses the group that a change names, if any, where its row stands under another."""
    called = change.called(name)
    groups = [section.name for section in change.schedule.groups if any(row.id in called for row in section.rows)]
    if in_group is not None and groups:
        fault = f'no {change.schedule.form.row.lower()} "{name}" under "{in_group}"'
        raise change.refusal(key, fault, f"it stands under {' and '.join(groups)}")


def _again(change: Application, name: str, key: str) -> Spot:
    """Where the row stands that the name meant before."""
    ids = change.targets.rows[key, name]
    for g, section in enumerate(change.schedule.groups):
        for r, row in enumerate(section.rows):
            if row.id in ids:
                return Spot(Head(g), r)
            for i, inner in enumerate(row.rows):
                if inner.id in ids:
                    return Spot(Head(g, r), i)
    raise _absent(change, name, key, None, [])


def _absent(change: Application, name: str, key: str, under: str | None, names: Sequence[str]) -> DataProblem:
    """What to raise where no row has a name."""
    where = f'under "{under}"' if under else f"in {change.schedule.name}"
    fault = f'no {change.schedule.form.row.lower()} "{name}" {where}'
    if remedy := _later(change, name, "row") or _turned(change, name, key, under):
        return change.refusal(key, fault, remedy)
    if under and not any(change.is_called(row, under) for row in change.schedule.rows):
        return _absent(change, under, "under", None, [row.name for row in change.schedule.rows])
    return change.absence(key, name, fault, names)


def _turned(change: Application, name: str, key: str, under: str | None) -> str:
    """The remedy where a portfolio stands in the place of its class, or a class where it has a verb of its own."""
    rows = [row for row in change.schedule.rows if under is None or change.is_called(row, name)]
    if not any(change.is_called(inner, under or name) for row in rows for inner in row.rows):
        return ""
    if under is not None:
        return f"the class stands first:  {key}: {under}  and below it  under: {name}"
    return f"it is a share class: write  {key}_class: {name}" if key in ("set", "remove") else ""


def _later(change: Application, name: str, kind: str) -> str:
    """The remedy for a name that something bears on the change's day, and that an earlier change takes out later."""
    staying = lineage.keys(change.schedule)
    if not any(label == name and row not in staying for row, label in change.names_on_day.items()):
        return ""
    return f"an earlier change takes this {kind} out, on a later day: put that change into a later amendment"


def _several(
    change: Application, name: str, key: str, spots: Sequence[Spot], leaving: Sequence[Line] = ()
) -> DataProblem:
    """What to raise where several rows can be meant; `leaving` are those of the change's day that go later."""
    rows = [*(row_at(change.schedule, spot) for spot in spots), *leaving]
    which_group = "write group: and the one that is meant"
    if leaving or any(row.name != name for row in rows):
        apart = not leaving and len({spot.head.group for spot in spots}) == len(spots)
        return _ambiguous(change, key, name, rows, which_group if apart else "")
    groups = list(dict.fromkeys(change.schedule.groups[spot.head.group].name for spot in spots))
    if len(groups) == 1:
        return _repeated(change, key, name)
    return change.refusal(key, f'"{name}" stands in {" and ".join(groups)}', which_group)


def _repeated(change: Application, key: str, name: str) -> DataProblem:
    """What to raise where bands of one fund are called the same: no change can say which of them is meant."""
    fault = f'several rows that stand together are called "{name}"'
    return change.refusal(key, fault, "write the whole schedule as it is from now on under restate:")


def _ambiguous(change: Application, key: str, name: str, things: Sequence[Line | Section], remedy: str) -> DataProblem:
    """What to raise where a name is one thing's on the change's day and another's by an earlier change.

    The remedy is the name that one of them alone has, where there is one.
    """
    others = [label for thing in things for label in (thing.name, change.names_on_day.get(thing.id, "")) if label]
    sure = [label for label in dict.fromkeys(others) if label != name and others.count(label) == 1]
    fault = f'"{name}" can mean two things: an earlier change gives names that take effect later'
    remedy = f"write {' or '.join(sure)}" if sure else remedy or "put it into a later amendment, or fix the days"
    return change.refusal(key, fault, remedy)


def refuse_taken(change: Application, key: str, thing: Line, head: Head) -> None:
    """Refuses a row whose name another has already where it may stand once: all over, where groups are registrants."""
    schedule = change.schedule
    everywhere = head.row is None and schedule.has_registrants
    among = [*schedule.rows] if everywhere else rows_under(schedule, head)
    folded = name_key(thing.name)
    taken = next((row.name for row in among if row.id is not thing.id and name_key(row.name) == folded), None)
    if taken is not None:
        raise change.refusal(key, f'"{taken}" is in {schedule.name} already', "fix the name, or take the change out")


def inserted(change: Application, old: Sequence[Thing], new: Thing, after: str | None) -> tuple[Thing, ...]:
    """The rows with a new one: after the one named, else by the alphabet if they have its order, else last."""
    rows = list(old)
    rows.insert(_place(change, old, new, after), new)
    return tuple(rows)


def _place(change: Application, old: Sequence[Thing], new: Thing, after: str | None) -> int:
    """Before which of the rows a new one comes in."""
    if after == FIRST and not any(row.name == FIRST for row in old):
        return 0
    if after is not None:
        ids = change.targets.rows.get(("after", after), ()) if change.again else ()
        numbers = [n for n, row in enumerate(old) if (row.id in ids if change.again else change.is_called(row, after))]
        if sum(row.name == after for row in old) > 1 and not change.again:
            raise _repeated(change, "after", after)
        if numbers:
            change.targets.rows["after", after] = (old[numbers[0]].id,)
            return numbers[0] + 1
        if not change.again:
            names = [row.name for row in old]
            raise change.refusal("after", f'"{after}" does not stand there', did_you_mean(after, names))
    folded = [row.name.casefold() for row in old]
    return bisect(folded, new.name.casefold()) if folded == sorted(folded) else len(folded)
