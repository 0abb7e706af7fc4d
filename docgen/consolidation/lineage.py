"""Which row of one schedule was which of another: by the identity that a row keeps, whatever it is called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from docgen.model.rows import Column
from docgen.model.schedule import Line, RowId, Schedule, Section, Value
from docgen.problems import fold_signs


class RowKey(NamedTuple):
    """What a row is called in a schedule: its group, its own name, the name of the row under it.

    The row is empty for the group itself, and the inner name for the row itself. Of several bands that are called the
    same under one fund, `number` says which, from the top.
    """

    group: str
    row: str = ""
    inner: str = ""
    number: int = 0

    @property
    def name(self) -> str:
        """The name of the group or row itself."""
        return self.inner or self.row or self.group

    @property
    def names(self) -> tuple[str, str, str]:
        """The names from the group down; those that it has not are empty."""
        return self.group, self.row, self.inner


Lineage = Mapping[RowKey, RowKey]  # what a row or group is called after: what it was called before


def keys(schedule: Schedule) -> dict[RowId, RowKey]:
    """What each group and row is called, from top to bottom, by its identity."""
    names: dict[RowId, RowKey] = {}
    for group in schedule.groups:
        names[group.id] = RowKey(group.name)
        for row, number in numbered(group.rows):
            names[row.id] = RowKey(group.name, row.name, "", number)
            for inner, inner_number in numbered(row.rows) if row.rows else ():
                names[inner.id] = RowKey(group.name, row.name, inner.name, inner_number)
    return names


def numbered(rows: Sequence[Line]) -> Iterator[tuple[Line, int]]:
    """Each of the rows that stand under one head, and how many above it are called the same: only bands are."""
    return zip(rows, numbers(row.name for row in rows), strict=True)


def numbers(names: Iterable[str]) -> list[int]:
    """For each of the names, how many before it are the same."""
    every = list(names)
    if len(set(every)) == len(every):
        return [0] * len(every)
    counts: Counter[str] = Counter()
    result = []
    for name in every:
        result.append(counts[name])
        counts[name] += 1
    return result


def rows(schedule: Schedule) -> dict[RowId, Line]:
    """Every row and every row under one, from top to bottom, by its identity."""
    return {row.id: row for _, row, _ in schedule.lines()}


def by_key(schedule: Schedule) -> dict[RowKey, Line]:
    """Every row and every row under one by what it is called."""
    names = keys(schedule)
    return {names[row]: line for row, line in rows(schedule).items()}


def names(schedules: Iterable[Schedule]) -> set[str]:
    """Every name of a group, a row or a row under one."""
    return {name for schedule in schedules for key in by_key(schedule) for name in key.names if name}


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
    old_names = _names(before) if before else {}
    if all(old_names.get(row, name) == name for row, name in _names(after).items()):
        return []  # as most often: what a row stands under need not be looked for
    return [(old, new) for new, old in lineage(before, after).items() if old.name != new.name]


def _names(schedule: Schedule) -> dict[RowId, str]:
    """The own name of each group and row, by its identity."""
    of_groups = {group.id: group.name for group in schedule.groups}
    return of_groups | {row: line.name for row, line in rows(schedule).items()}


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
    Names that print alike are one, in the signs of the earlier.
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
        self.groups = {fold_signs(section.name): section for section in view.groups if section.id not in inherited}
        self.rows = {key: row for key, row in _rows_by_key(view.groups) if row.id not in inherited}
        self.keys = {row.id: key for key, row in _rows_by_key(sections) if row.id not in inherited}
        wanted = set(self.keys.values())
        self.others: dict[str, list[Line]] = {}  # rows that no row has the group and name of, by their names
        for key, row in self.rows.items():
            if key not in wanted:
                self.others.setdefault(key.row, []).append(row)
        self.heirs = Counter(key.row for key in wanted if key not in self.rows)

    def run(self) -> Iterator[Section]:
        for section in self.sections:
            group = self.groups.get(fold_signs(section.name)) if section.id not in self.inherited else None
            rows = tuple(self.heir(row) for row in section.rows)
            yield replace(section, id=group.id, name=group.name, rows=rows) if group else replace(section, rows=rows)

    def heir(self, row: Line) -> Line:
        """A row with the identity of the one that it was."""
        if row.id in self.inherited:
            return row
        name = self.keys[row.id].row
        others = self.others.get(name, [])
        only = others[0] if len(others) == 1 and self.heirs[name] == 1 else None
        old = self.rows.get(self.keys[row.id], only)
        if old is None:
            return row
        inner = {(fold_signs(line.name), number): line for line, number in numbered(old.rows)}
        heirs = []
        for line, number in numbered(row.rows):
            before = inner.get((fold_signs(line.name), number), line)
            heirs.append(replace(line, id=before.id, name=before.name))
        return replace(row, id=old.id, name=old.name, rows=tuple(heirs))


def _rows_by_key(sections: Iterable[Section]) -> list[tuple[RowKey, Line]]:
    """Every row by what it is called, by whatever signs that is typed."""
    return [
        (RowKey(fold_signs(s.name), fold_signs(row.name), "", number), row)
        for s in sections
        for row, number in numbered(s.rows)
    ]
