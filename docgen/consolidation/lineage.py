"""Which row of one schedule was which of another: by the identity that a row keeps, whatever it is called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from docgen.model.rows import Column
from docgen.model.schedule import Line, RowId, Schedule, Section, Value


class RowKey(NamedTuple):
    """What a row is called in a schedule: its group, its own name, the name of the row under it.

    The row is empty for the group itself, and the inner name for the row itself.
    """

    group: str
    row: str = ""
    inner: str = ""

    @property
    def name(self) -> str:
        """The name of the group or row itself."""
        return self.inner or self.row or self.group


Lineage = Mapping[RowKey, RowKey]  # what a row or group is called after: what it was called before


def keys(schedule: Schedule) -> dict[RowId, RowKey]:
    """What each group and row is called, from top to bottom, by its identity."""
    names: dict[RowId, RowKey] = {}
    for group in schedule.groups:
        names[group.id] = RowKey(group.name)
        for row in group.rows:
            names[row.id] = RowKey(group.name, row.name)
            for inner in row.rows:
                names[inner.id] = RowKey(group.name, row.name, inner.name)
    return names


def rows(schedule: Schedule) -> dict[RowId, Line]:
    """Every row and every row under one, from top to bottom, by its identity."""
    return {row.id: row for _, row, _ in schedule.lines()}


def lineage(before: Schedule | None, after: Schedule) -> dict[RowKey, RowKey]:
    """What each row and group of the one schedule was called in the other; those that are new are left out."""
    old = keys(before) if before else {}
    return {key: old[row] for row, key in keys(after).items() if row in old}


def pairs(before: Schedule, after: Schedule) -> dict[RowKey, RowKey]:
    """The lineage, and beyond it rows that are called the same in both: as a reader of the two would pair them."""
    pairs = lineage(before, after)
    taken = set(pairs.values())
    old = {key for key in keys(before).values() if key not in taken}
    return pairs | {key: key for key in keys(after).values() if key in old and key not in pairs}


def renamed(before: Schedule | None, after: Schedule) -> list[tuple[RowKey, RowKey]]:
    """Each row and group that has another name after than before: what it was called, and what it is called."""
    return [(old, new) for new, old in lineage(before, after).items() if old.name != new.name]


class NewValue(NamedTuple):
    """A value that is not what it was: in which column, by its id, and what it was and is."""

    key: str
    column: Column
    old: Value
    new: Value


def new_values(before: Schedule, after: Schedule) -> list[NewValue]:
    """The values of rows that stand in both schedules and are not what they were."""
    old, columns = rows(before), {key: number for number, (key, _) in enumerate(before.columns)}
    return [
        NewValue(key, column, old[row].values[columns[key]], value)
        for row, line in rows(after).items()
        if row in old and old[row].values and line is not old[row]
        for (key, column), value in zip(after.columns, line.values, strict=False)
        if key in columns and old[row].values[columns[key]] != value
    ]


def inherit(views: Sequence[Schedule], after: Schedule) -> Schedule:
    """The schedule with the identities of the rows that stood before, for one that a person typed as a whole.

    `views` are the schedule that it takes the place of, as the amendments leave it and as it stands on the day. A row
    is the same when it has its name and group; else when only one row of that name is left over, in whichever group.
    """
    sections = after.groups
    inherited: set[RowId] = set()
    for view in views:
        sections = tuple(_Heirs(view, sections, inherited).run())
        inherited |= {row for section in sections for row in _ids(section) if row in keys(view)}
    return replace(after, groups=sections)


def _ids(section: Section) -> list[RowId]:
    return [section.id, *(row.id for row in section.rows)]


class _Heirs:
    """Gives sections and rows the identities of those of one schedule, where they have none of an earlier one yet."""

    def __init__(self, view: Schedule, sections: Sequence[Section], inherited: set[RowId]) -> None:
        self.sections, self.inherited = sections, inherited
        self.groups = {section.name: section for section in view.groups if section.id not in inherited}
        self.rows = {
            (section.name, row.name): row for section in view.groups for row in section.rows if row.id not in inherited
        }
        wanted = {(s.name, row.name) for s in sections for row in s.rows if row.id not in inherited}
        self.others: dict[str, list[Line]] = {}  # rows that no row has the group and name of, by their names
        for key, row in self.rows.items():
            if key not in wanted:
                self.others.setdefault(row.name, []).append(row)
        self.heirs = Counter(name for group, name in wanted if (group, name) not in self.rows)

    def run(self) -> Iterator[Section]:
        for section in self.sections:
            group = self.groups.get(section.name) if section.id not in self.inherited else None
            rows = tuple(self.heir(section.name, row) for row in section.rows)
            yield replace(section, id=group.id if group else section.id, rows=rows)

    def heir(self, group: str, row: Line) -> Line:
        """A row with the identity of the one that it was."""
        if row.id in self.inherited:
            return row
        others = self.others.get(row.name, [])
        only = others[0] if len(others) == 1 and self.heirs[row.name] == 1 else None
        old = self.rows.get((group, row.name), only)
        if old is None:
            return row
        inner = {line.name: line.id for line in old.rows}
        return replace(row, id=old.id, rows=tuple(replace(line, id=inner.pop(line.name, line.id)) for line in row.rows))
