"""The changes that lead from one schedule to another.

The law of this room: applying `compare(old, new)` to `old` gives `new`. A rename is told by the identity of a row,
which two schedules of one plan share; it is never read out of a removal and an addition, since only a person can say
that two names are one fund.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

from docgen.consolidation import lineage
from docgen.consolidation.applied import Applied
from docgen.consolidation.apply import apply
from docgen.consolidation.lineage import RowKey
from docgen.consolidation.locate import FIRST
from docgen.model import changes
from docgen.model.amendment import Restate
from docgen.model.changes import Change
from docgen.model.rows import Group, Row, RowValue
from docgen.model.schedule import Line, Schedule, Section, Value
from docgen.model.values import NOTHING
from docgen.problems import DataProblem

Changes = tuple[Change | Restate, ...]
Rise = tuple[int, "Rise | None"]  # a number, and the run that it goes on from
PASSING = " (in between)"  # what a row's name has behind it while two names change places


def apply_all(schedule: Schedule, steps: Iterable[Change | Restate]) -> Schedule:
    """The schedule after all the changes, one after the other; DataProblem when one cannot be."""
    for step in steps:
        schedule = apply(schedule, step)
    return schedule


def compare(old: Schedule, new: Schedule) -> Changes:
    """The changes from old to new, both of one form; a whole restatement only where no list of changes will do."""
    return tuple(step.change for step in steps(old, new))


def steps(old: Schedule, new: Schedule) -> tuple[Applied, ...]:
    """The same, each with the schedule before and after it."""
    if old == new:
        return ()
    alike = old.columns == new.columns and old.footnotes == new.footnotes
    have_names = all(group.name for schedule in (old, new) for group in schedule.groups)
    if alike and (have_names or [g.name for g in old.groups] == [g.name for g in new.groups]):
        renames = lineage.renamed(old, new)
        for candidates in (renames, []) if renames else ([],):
            try:
                walk = _Walk(old)
                walk.to(new, candidates)
            except DataProblem:
                continue  # the identities tell of a way that no list of changes can go
            if walk.schedule == new:
                return tuple(walk.steps)
    return (Applied(as_restate(new), old, new),)


class _Walk:
    """Walks from a schedule to another, noting each change as it is applied."""

    def __init__(self, schedule: Schedule) -> None:
        self.schedule = schedule
        self.steps: list[Applied] = []

    def do(self, change: Change) -> None:
        after = apply(self.schedule, change)
        self.steps.append(Applied(change, self.schedule, after))
        self.schedule = after

    def to(self, new: Schedule, renames: Sequence[tuple[RowKey, RowKey]]) -> None:
        """Goes all the way; `renames` are the rows and groups of which it is known that they have another name."""
        self.names_change(new, renames)
        self.add_groups(new)
        self.rows_cross_and_go(new)
        self.groups_go_and_line_up(new)
        for section in new.groups:
            if self.section(section.name).rows == section.rows:
                continue
            self.add_and_order_rows(section)
            rows = {row.name: row for row in self.section(section.name).rows}
            for line in section.rows:
                self.values(section, line, rows[line.name])

    def section(self, name: str) -> Section:
        """The group of this name, as it is at this point of the way."""
        return next(section for section in self.schedule.groups if section.name == name)

    def names_change(self, new: Schedule, renames: Sequence[tuple[RowKey, RowKey]]) -> None:
        """Groups, rows and the rows under them get their new names; first goes whatever stands in a name's way."""
        groups = {old.group: after.group for old, after in renames if not old.row}
        for old, after in groups.items():
            self.do(changes.RenameGroup(rename_group=old, to=after))
        stay = lineage.rows(new)
        for inner in (False, True):
            some = [(old, after) for old, after in renames if old.row and bool(old.inner) == inner]
            wanted = {(after.row if inner else "", after.name) for _, after in some}
            for section, line, above in self.schedule.lines():
                if (above.name if above else "", line.name) in wanted and line.id not in stay:
                    group = self.group(section, above.name if above else line.name)
                    self.do(changes.Remove(remove=line.name, under=above and above.name, group=group))
            self.rows_change_names(groups, some)

    def rows_change_names(self, groups: Mapping[str, str], renames: Sequence[tuple[RowKey, RowKey]]) -> None:
        """Rows get their new names, each as soon as no other bears it."""
        waiting = [*renames]
        while waiting:
            remaining = [(old, after) for old, after in waiting if not self.could_rename(groups, old, after)]
            if len(remaining) == len(waiting):  # each bears the name that another takes
                (first, new_name), *others = remaining
                remaining = [*others, (self.pass_by(groups, first, new_name), new_name)]
            waiting = remaining

    def pass_by(self, groups: Mapping[str, str], old: RowKey, new: RowKey) -> RowKey:
        """Gives a row another name until its new one is free."""
        if old.name.endswith(PASSING):
            self.rename(groups, old, new)  # says why not
        if old.inner:
            passing = old._replace(row=new.row, inner=old.inner + PASSING)  # its fund has its new name already
        else:
            passing = old._replace(row=old.row + PASSING)
        self.rename(groups, old, passing)
        return passing

    def could_rename(self, groups: Mapping[str, str], old: RowKey, new: RowKey) -> bool:
        """Renames a row unless its new name is still another's."""
        try:
            self.rename(groups, old, new)
        except DataProblem:
            return False
        return True

    def rename(self, groups: Mapping[str, str], old: RowKey, new: RowKey) -> None:
        group = groups.get(old.group, old.group) or None
        if old.inner:
            self.do(changes.Rename(rename=old.inner, to=new.inner, under=new.row, group=group))
        else:
            places = sum(row.name == old.row for row in self.schedule.rows)
            self.do(changes.Rename(rename=old.row, to=new.row, group=group if places > 1 else None))

    def add_groups(self, new: Schedule) -> None:
        names = {section.name for section in self.schedule.groups}
        for before, section in zip((None, *new.groups), new.groups, strict=False):
            if section.name not in names:
                after = before.name if before else FIRST
                bands = tuple(self.as_row(row) for row in section.rows) if _repeats(section) else ()
                self.do(changes.AddGroup(add_group=section.name, after=after, mark=section.mark or None, rows=bands))

    def rows_cross_and_go(self, new: Schedule) -> None:
        """Rows that stand under another registrant move there; others go, unless their whole group does."""
        stays = {section.name for section in new.groups}
        homes = {line.name: (section, line) for section in new.groups for line in section.rows}
        same_group = {(section.name, line.name): (section, line) for section in new.groups for line in section.rows}
        for section in self.schedule.groups:
            lasting = any(line.name in homes for line in section.rows) if new.has_registrants else False
            for line in section.rows:
                home = homes.get(line.name) if new.has_registrants else same_group.get((section.name, line.name))
                if home is not None and _same_kind(line, home[1]):
                    if home[0].name != section.name:
                        self.do(changes.Move(move=line.name, to=home[0].name, after=None))
                elif section.name in stays or lasting:
                    self.do(changes.Remove(remove=line.name, group=self.group(section, line.name)))

    def group(self, section: Section, name: str) -> str | None:
        """The group to name with a change, where the row's name alone would not tell."""
        places = sum(line.name == name for s in self.schedule.groups for line in s.rows)
        return section.name if places > 1 else None

    def groups_go_and_line_up(self, new: Schedule) -> None:
        names = [section.name for section in new.groups]
        for section in self.schedule.groups:
            if section.name not in names:
                self.do(changes.RemoveGroup(remove_group=section.name))
        for before, name in _out_of_line([section.name for section in self.schedule.groups], names):
            self.do(changes.MoveGroup(move_group=name, after=before or FIRST))

    def add_and_order_rows(self, section: Section) -> None:
        names = [line.name for line in self.section(section.name).rows]
        present, lines = set(names), {line.name: line for line in section.rows}
        for before, name in _out_of_line(names, [line.name for line in section.rows]):
            if name in present:
                self.do(changes.Move(move=name, group=self.group(section, name), after=before or FIRST))
            else:
                row = self.as_row(lines[name])
                given = {"to": section.name or None, "after": before or FIRST, "mark": row.mark}
                self.do(changes.Add(add=name, values=row.values, rows=row.rows, **given))

    def values(self, section: Section, line: Line, row: Line) -> None:
        """Values that differ, of a row or of the rows under it; `row` is the row as it is at this point."""
        if row.values != line.values:
            values = self.cells_with_signs(line, row)
            self.do(changes.SetValues(set=line.name, group=self.group(section, line.name), values=values))
        if row.rows != line.rows:
            self.inner(section, line, row)

    def inner(self, section: Section, line: Line, row: Line) -> None:
        """The rows under a row: those that go and come, their order, their values."""
        group = self.group(section, line.name)
        names, wanted = [inner.name for inner in row.rows], [inner.name for inner in line.rows]
        lines = {inner.name: inner for inner in line.rows}
        for name in names:
            if name not in wanted:
                self.do(changes.Remove(remove=name, under=line.name, group=group))
        for before, name in _out_of_line([name for name in names if name in wanted], wanted):
            if name in names:
                self.do(changes.Move(move=name, under=line.name, group=group, after=before or FIRST))
            else:
                given = {"to": group, "after": before or FIRST, "mark": lines[name].mark or None}
                self.do(changes.Add(add=name, under=line.name, values=self.cells(lines[name]), **given))
        for inner in row.rows:
            new = lines.get(inner.name, inner)
            if new.values != inner.values:
                values = self.cells_with_signs(new, inner)
                self.do(changes.SetValues(set=new.name, under=line.name, group=group, values=values))

    def cells(self, line: Line) -> dict[str, RowValue]:
        """The row's values as they are typed."""
        return self.as_row(line).values

    def cells_with_signs(self, line: Line, old: Line) -> dict[str, RowValue]:
        """The row's values as they are typed over the old ones, whose signs stay unless others are named."""
        cells = self.cells(line)
        for (key, cell), value in zip(cells.items(), old.values, strict=True):
            if value.mark and cell.mark is None:
                cells[key] = cell.model_copy(update={"mark": NOTHING})
        return cells

    def as_row(self, line: Line) -> Row:
        """The row as it is typed."""
        return as_row(line, [key for key, _ in self.schedule.columns])


def _repeats(section: Section) -> bool:
    """Whether rows of a group are called the same, so that no change can name one of them."""
    return any(number for _, number in lineage.numbered(section.rows))


def _same_kind(line: Line, new: Line) -> bool:
    """Whether a row can be changed into its namesake, and need not go and come."""
    inner = {row.name: row for row in new.rows}
    marks = all(inner[row.name].mark == row.mark for row in line.rows if row.name in inner)
    meets = not line.rows or any(row.name in inner for row in line.rows)
    return bool(line.rows) == bool(new.rows) and line.mark == new.mark and marks and meets


def _out_of_line(names: Sequence[str], wanted: Sequence[str]) -> list[tuple[str, str]]:
    """The names to put in their place, each with the one before it (empty: the first), so that the fewest move; all
    names that there are are wanted."""
    places = {name: number for number, name in enumerate(wanted)}
    stay = {wanted[number] for number in longest_rising([places[name] for name in names])}
    return [(before, name) for before, name in zip(("", *wanted), wanted, strict=False) if name not in stay]


def longest_rising(numbers: Sequence[int]) -> list[int]:
    """A longest run of different numbers, in their order, that rises: what can be left standing."""
    ends: list[int] = []  # the least end of a rising run of each length
    runs: list[Rise] = []  # those runs, each from its end
    for number in numbers:
        length = bisect_left(ends, number)
        ends[length : length + 1] = [number]
        runs[length : length + 1] = [(number, runs[length - 1] if length else None)]
    run, result = (runs[-1] if runs else None), list[int]()
    while run:
        end, run = run
        result.append(end)
    return result[::-1]


def as_restate(schedule: Schedule) -> Restate:
    """The schedule as a whole restatement that gives it again."""
    keys = [key for key, _ in schedule.columns]
    rows = [tuple(as_row(line, keys) for line in section.rows) for section in schedule.groups]
    columns, footnotes = dict(schedule.columns), schedule.footnotes
    if [section.name for section in schedule.groups] == [""]:
        return Restate(columns=columns, footnotes=footnotes, rows=rows[0])
    marked = zip(schedule.groups, rows, strict=True)
    groups = tuple(Group(name=section.name, mark=section.mark or None, rows=its) for section, its in marked)
    return Restate(columns=columns, footnotes=footnotes, groups=groups)


def as_row(line: Line, keys: Sequence[str]) -> Row:
    """The row as it is typed, every value written out."""
    cells = {key: as_cell(value) for key, value in zip(keys, line.values, strict=False)}
    rows = tuple(as_row(inner, keys) for inner in line.rows)
    return Row(name=line.name, mark=line.mark or None, values=cells, rows=rows)


def as_cell(value: Value) -> RowValue:
    """The value as it is typed."""
    return RowValue(value=value.typed, mark=value.mark or None)
