"""A schedule with every value filled in.

This is the value that everything after reading works on: a name, columns, groups, rows, values.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from docgen.model import breakpoints, values
from docgen.model.plan import ScheduleForm
from docgen.model.rows import Column, Footnote
from docgen.model.values import BLANK, Blank, Holds
from docgen.problems import Where, name_key


@dataclass(frozen=True)
class Value:
    """One value: the texts as typed (more than one only in a list), or a blank to fill in."""

    typed: tuple[str, ...] | Blank
    mark: str = ""
    at: Where = field(default=Where(), compare=False)
    as_filed: str | None = field(default=None, compare=False)  # what a filed exhibit says in its place

    @property
    def rate(self) -> Decimal | None:
        """Percent a year, or None for a word, a blank or a list."""
        return values.rate(self.typed[0]) if self.typed is not BLANK and len(self.typed) == 1 else None


def rises(old: Value | None, new: Value | None) -> bool:
    """Whether a rate goes up; a word such as None counts as nought, and of a blank nothing is known."""
    values = [value for value in (old, new) if value is not None]
    if any(value.typed is BLANK for value in values):
        return False
    before, after = (value.rate if value else None for value in (old, new))
    return (after or 0) > (before or 0)


class RowId:
    """Which row or group it is, whatever it is called: a row keeps its id through every change, a new row has its own.

    Two schedules say the same when they have the same rows, whatever their ids.
    """

    __slots__ = ()


@dataclass(frozen=True)
class Line:
    """A row: its name, a value for each column (none at all over rows of its own), its own rows."""

    name: str
    values: tuple[Value, ...] = ()
    mark: str = ""
    rows: tuple[Line, ...] = ()
    at: Where = field(default=Where(), compare=False)
    id: RowId = field(default_factory=RowId, compare=False, repr=False)

    @property
    def is_band(self) -> bool:
        """Whether the name is a band of net assets, such as Next $2 billion: a fund may have several called so."""
        return "$" in self.name and breakpoints.band(self.name) is not None


@dataclass(frozen=True)
class Section:
    """The rows under one head; the head is empty in a schedule without groups."""

    name: str
    rows: tuple[Line, ...]
    mark: str = ""
    at: Where = field(default=Where(), compare=False)
    id: RowId = field(default_factory=RowId, compare=False, repr=False)


@dataclass(frozen=True)
class Schedule:
    """A whole schedule at one moment. `columns` pairs each column's id with its facts, left to right."""

    form: ScheduleForm
    columns: tuple[tuple[str, Column], ...]
    groups: tuple[Section, ...]
    footnotes: tuple[Footnote, ...] = ()
    at: Where = field(default=Where(), compare=False)
    notes_at: tuple[Where, ...] = field(default=(), compare=False)  # where each footnote was typed

    @property
    def name(self) -> str:
        """Schedule A, Appendix B."""
        return self.form.name

    @property
    def has_registrants(self) -> bool:
        """Whether groups are registrants, under one of which only a portfolio stands."""
        return self.form.has_registrants

    @property
    def rows(self) -> Iterator[Line]:
        """The rows that stand under groups, from top to bottom; not those under a row."""
        return (row for group in self.groups for row in group.rows)

    def lines(self) -> Iterator[tuple[Section, Line, Line | None]]:
        """Every row with its group and the row that it stands under, if any, from top to bottom."""
        for group in self.groups:
            for row in group.rows:
                yield group, row, None
                for inner in row.rows:
                    yield group, inner, row

    @cached_property
    def names(self) -> list[str]:
        """The names of all groups and rows, as often as they stand; empty for a group without one."""
        names = [group.name for group in self.groups]
        for row in self.rows:
            names += [row.name, *(inner.name for inner in row.rows)] if row.rows else [row.name]
        return names

    @cached_property
    def typed(self) -> tuple[tuple[Value, ...], ...]:
        """The values of each column, each that was typed once: rows for which one line was typed share its values."""
        rows = [row.values for _, row, _ in self.lines() if row.values]
        return tuple(tuple({id(row[n]): row[n] for row in rows}.values()) for n in range(len(self.columns)))

    @cached_property
    def repeated(self) -> tuple[tuple[str, Where, str, Where], ...]:
        """Each name that stands twice where it may stand once, and its place; then how the first is typed, and where.

        A name stands once in its group; and under one registrant, where groups are registrants. Two names that print
        alike are one, by whatever signs they are typed.
        """
        names = [name_key(name) for name in self.names if name]
        if len(set(names)) == len(names):
            return ()
        scopes: dict[tuple[str, ...], tuple[str, Where]] = {}
        result = []
        has_registrants = self.has_registrants
        entries = [(("group", group.name), group.name, group.at) for group in self.groups if group.name]
        for group, row, above in self.lines():
            around = (group.name, str(above.at), above.name) if above else ("" if has_registrants else group.name,)
            band = (str([value.typed for value in row.values]),) if row.is_band else ()
            entries.append((("row", *around, row.name, *band), row.name, row.at))
        for scope, name, at in entries:
            key = tuple(name_key(part) for part in scope)
            if key in scopes:
                result.append((name, at, *scopes[key]))
            scopes.setdefault(key, (name, at))
        return tuple(result)

    def holds(self) -> tuple[Holds, ...]:
        """What each column holds, left to right."""
        return tuple(column.holds for _, column in self.columns)
