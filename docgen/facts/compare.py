"""The changes that lead from one schedule to another, and the ones that lead back.

The law of this room: applying `compare(old, new)` to `old` gives `new`. A rename is never read out of
a removal and an addition; only a person can say that two names are one fund.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from docgen.facts import changes
from docgen.facts.apply import apply
from docgen.facts.changes import Change
from docgen.facts.models import Restate
from docgen.facts.places import FIRST
from docgen.facts.rows import Cell, Group, Row
from docgen.facts.schedule import Line, Schedule, Section, Value
from docgen.facts.source import Source
from docgen.problems import DataProblem

NOWHERE = Source("", {}, {})
Changes = tuple[Change | Restate, ...]


def fold(schedule: Schedule, steps: Iterable[Change | Restate]) -> Schedule:
    """The schedule after all the changes, one after the other; DataProblem when one cannot be."""
    for step in steps:
        schedule = apply(schedule, step, NOWHERE)
    return schedule


def compare(old: Schedule, new: Schedule) -> Changes:
    """The changes from old to new, both of one form; a whole restatement only where no list of changes will do."""
    if old == new:
        return ()
    alike = old.columns == new.columns and old.footnotes == new.footnotes
    named = all(group.name for schedule in (old, new) for group in schedule.groups)
    if alike and (named or [g.name for g in old.groups] == [g.name for g in new.groups]):
        try:
            made = _Walk(old).to(new)
            if fold(old, made) == new:
                return made
        except DataProblem:
            pass  # two names that differ only by capitals, say, cannot pass each other
    return (as_restate(new),)


def invert(old: Schedule, steps: Iterable[Change | Restate]) -> Changes:
    """The changes that lead back to `old` from where these lead."""
    back: list[Change | Restate] = []
    for step in steps:
        new = apply(old, step, NOWHERE)
        back[:0] = _inverse(step, old, new)
        old = new
    return tuple(back)


def _inverse(step: Change | Restate, old: Schedule, new: Schedule) -> Changes:
    match step:
        case changes.Rename():
            return (step.model_copy(update={"rename": step.to, "to": step.rename}),)
        case changes.RenameGroup():
            return (step.model_copy(update={"rename_group": step.to, "to": step.rename_group}),)
        case changes.RenameAll():
            return tuple(_names_back(old, new))
    return compare(new, old)


def _names_back(old: Schedule, new: Schedule) -> Iterable[Change]:
    for before, after in zip(old.groups, new.groups, strict=True):
        if before.name != after.name:
            yield changes.RenameGroup(rename_group=after.name, to=before.name)
        for line, renamed in zip(before.rows, after.rows, strict=True):
            if line.name != renamed.name:
                group = None if new.has_registrants else before.name or None
                yield changes.Rename(rename=renamed.name, to=line.name, group=group)


class _Walk:
    """Walks from a schedule to another, noting each change as it is applied."""

    def __init__(self, schedule: Schedule) -> None:
        self.now = schedule
        self.made: list[Change] = []

    def do(self, change: Change) -> None:
        self.now = apply(self.now, change, NOWHERE)
        self.made.append(change)

    def to(self, new: Schedule) -> Changes:
        """The changes that were made on the way to `new`."""
        self.groups_come(new)
        self.rows_cross_and_go(new)
        self.groups_go_and_line_up(new)
        for section in new.groups:
            self.rows_come_and_line_up(section)
            for line in section.rows:
                self.values(section, line)
        return tuple(self.made)

    def section(self, name: str) -> Section:
        """The group of this name, as it is now."""
        return next(section for section in self.now.groups if section.name == name)

    def groups_come(self, new: Schedule) -> None:
        there = {section.name for section in self.now.groups}
        for before, section in zip((None, *new.groups), new.groups, strict=False):
            if section.name not in there:
                after = before.name if before else FIRST
                self.do(changes.AddGroup(add_group=section.name, after=after, mark=section.mark or None))

    def rows_cross_and_go(self, new: Schedule) -> None:
        """Rows that stand under another registrant move there; rows that are gone, go, unless their group does."""
        stays = {section.name for section in new.groups}
        home = {line.name: section for section in new.groups for line in section.rows}
        for section in self.now.groups:
            kept = [line for line in section.rows if line.name in home] if new.has_registrants else []
            for line in section.rows:
                target = home.get(line.name) if new.has_registrants else self.same(section, line, new)
                if target is not None and self.is_same_kind(line, target):
                    if target.name != section.name:
                        self.do(changes.Move(move=line.name, to=target.name, after=None))
                elif section.name in stays or kept:
                    self.do(changes.Remove(remove=line.name, group=self.group(section, line.name)))

    def same(self, section: Section, line: Line, new: Schedule) -> Section | None:
        return next((s for s in new.groups if s.name == section.name and line.name in [r.name for r in s.rows]), None)

    def is_same_kind(self, line: Line, target: Section) -> bool:
        """Whether the row can be changed into its namesake, and need not go and come."""
        other = next(row for row in target.rows if row.name == line.name)
        inner = {row.name: row for row in other.rows}
        marks = all(inner[row.name].mark == row.mark for row in line.rows if row.name in inner)
        meets = not line.rows or any(row.name in inner for row in line.rows)
        return bool(line.rows) == bool(other.rows) and line.mark == other.mark and marks and meets

    def group(self, section: Section, name: str) -> str | None:
        """The group to name with a change, where the row's name alone would not tell."""
        places = sum(line.name == name for s in self.now.groups for line in s.rows)
        return section.name if places > 1 else None

    def groups_go_and_line_up(self, new: Schedule) -> None:
        names = [section.name for section in new.groups]
        for section in self.now.groups:
            if section.name not in names:
                self.do(changes.RemoveGroup(remove_group=section.name))
        for before, name in _out_of_line([section.name for section in self.now.groups], names):
            self.do(changes.MoveGroup(move_group=name, after=before or FIRST))

    def rows_come_and_line_up(self, section: Section) -> None:
        there = [line.name for line in self.section(section.name).rows]
        for before, name in _out_of_line(there, [line.name for line in section.rows]):
            line = next(line for line in section.rows if line.name == name)
            if name in there:
                self.do(changes.Move(move=name, group=self.group(section, name), after=before or FIRST))
            else:
                row = self.typed(line)
                given = {"to": section.name or None, "after": before or FIRST, "mark": row.mark}
                self.do(changes.Add(add=name, values=row.values, rows=row.rows, **given))

    def values(self, section: Section, line: Line) -> None:
        """Values that differ, of a row or of the rows under it."""
        now = next(row for row in self.section(section.name).rows if row.name == line.name)
        if now.values != line.values:
            self.do(changes.SetValues(set=line.name, group=self.group(section, line.name), values=self.cells(line)))
        if now.rows != line.rows:
            self.inner(section, line, now)

    def inner(self, section: Section, line: Line, now: Line) -> None:
        """The rows under a row: gone, come, in line, with their values."""
        group = self.group(section, line.name)
        there = [row.name for row in now.rows]
        names = [row.name for row in line.rows]
        for name in there:
            if name not in names:
                self.do(changes.Remove(remove=name, under=line.name, group=group))
        for before, name in _out_of_line([name for name in there if name in names], names):
            row = next(row for row in line.rows if row.name == name)
            if name in there:
                self.do(changes.Move(move=name, under=line.name, group=group, after=before or FIRST))
            else:
                given = {"to": group, "after": before or FIRST, "mark": row.mark or None}
                self.do(changes.Add(add=name, under=line.name, values=self.cells(row), **given))
        for before_row in now.rows:
            row = next((row for row in line.rows if row.name == before_row.name), before_row)
            if row.values != before_row.values:
                self.do(changes.SetValues(set=row.name, under=line.name, group=group, values=self.cells(row)))

    def cells(self, line: Line) -> dict[str, Cell]:
        """The row's values as they are typed."""
        return self.typed(line).values

    def typed(self, line: Line) -> Row:
        """The row as it is typed."""
        return as_row(line, [key for key, _ in self.now.columns])


def _out_of_line(there: Sequence[str], wanted: Sequence[str]) -> list[tuple[str, str]]:
    """The names to put in their place, each with the one before it (empty: the first), so that the fewest move."""
    stay = _longest_in_order([wanted.index(name) for name in there if name in wanted])
    keep = {wanted[number] for number in stay}
    return [(before, name) for before, name in zip(("", *wanted), wanted, strict=False) if name not in keep]


def _longest_in_order(numbers: Sequence[int]) -> list[int]:
    """A longest rising run that can be left standing."""
    best: list[list[int]] = []
    for number in numbers:
        longest = max((run for run in best if run[-1] < number), key=len, default=[])
        best.append([*longest, number])
    return max(best, key=len, default=[])


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


def as_cell(value: Value) -> Cell:
    """The value as it is typed."""
    return Cell(value=value.typed, mark=value.mark or None)
