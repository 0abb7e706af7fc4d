"""A schedule with every value filled in, and how one is made from a restatement.

This is the value that everything after reading works on: a name, columns, groups, rows, values.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from docgen.facts import words
from docgen.facts.models import Cell, Column, Footnote, Group, Plan, Restate, Row, ScheduleForm
from docgen.facts.source import Path, Source
from docgen.facts.typed import place
from docgen.facts.words import BLANK, Blank, Holds
from docgen.problems import Problem, Where, did_you_mean


@dataclass(frozen=True)
class Value:
    """One value: the texts as typed (more than one only in a list), or a blank to fill in."""

    typed: tuple[str, ...] | Blank
    mark: str = ""
    at: Where = field(default=Where(), compare=False)

    @property
    def rate(self) -> Decimal | None:
        """Percent a year, or None for a word, a blank or a list."""
        return words.rate(self.typed[0]) if self.typed is not BLANK and len(self.typed) == 1 else None


@dataclass(frozen=True)
class Line:
    """A row: its name, a value for each column (none at all over rows of its own), its own rows."""

    name: str
    values: tuple[Value, ...] = ()
    mark: str = ""
    rows: tuple[Line, ...] = ()
    at: Where = field(default=Where(), compare=False)


@dataclass(frozen=True)
class Section:
    """The rows under one head; the head is empty in a schedule without groups."""

    name: str
    rows: tuple[Line, ...]
    mark: str = ""
    at: Where = field(default=Where(), compare=False)


@dataclass(frozen=True)
class Schedule:
    """A whole schedule at one moment. `columns` pairs each column's id with its facts, left to right."""

    form: ScheduleForm
    columns: tuple[tuple[str, Column], ...]
    groups: tuple[Section, ...]
    footnotes: tuple[Footnote, ...] = ()
    at: Where = field(default=Where(), compare=False)

    @property
    def name(self) -> str:
        """Schedule A, Appendix B."""
        return self.form.name

    def lines(self) -> Iterator[tuple[Section, Line, Line | None]]:
        """Every row with its group and the row that it stands under, if any, from top to bottom."""
        for group in self.groups:
            for row in group.rows:
                yield group, row, None
                for inner in row.rows:
                    yield group, inner, row

    def holds(self) -> tuple[Holds, ...]:
        """What each column holds, left to right."""
        return tuple(column.holds for _, column in self.columns)


@dataclass
class _Filling:
    """What one restatement is filled in with, and the complaints on the way."""

    source: Source
    columns: Mapping[str, Column]
    problems: list[Problem] = field(default_factory=list)


def restated(plan: Plan, restate: Restate, source: Source, loc: Path) -> tuple[Schedule | None, list[Problem]]:
    """The schedule that a restatement gives, or None with the reasons.

    `loc` is where the restatement stands in the amendment's facts, as `("restate", 0)`.
    """
    form = _form(plan, restate)
    if form is None:
        names = [form.name for form in plan.schedules]
        wanted = restate.schedule or ""
        found = f'the plan has no schedule "{wanted}"' if wanted else '"schedule" is missing: the plan has several'
        remedy = did_you_mean(wanted, names) if wanted else "write which: schedule: " + " or ".join(names)
        path = place(source, (*loc, "schedule"))
        return None, [source.problem(path, found, remedy)]
    filling = _Filling(source, form.columns if restate.columns is None else restate.columns)
    usual = _known(filling, restate.values, (*loc, "values"))
    groups = tuple(
        _section(filling, group, usual, (*loc, "groups", number)) for number, group in enumerate(restate.groups)
    )
    if not restate.groups:
        groups = (Section("", _lines(filling, restate.rows, usual, (*loc, "rows"))),)
    footnotes = form.footnotes if restate.footnotes is None else restate.footnotes
    at = source.where(*place(source, loc))
    return Schedule(form, tuple(filling.columns.items()), groups, footnotes, at), filling.problems


def _form(plan: Plan, restate: Restate) -> ScheduleForm | None:
    if restate.schedule is None:
        return plan.schedules[0] if len(plan.schedules) == 1 else None
    return next((form for form in plan.schedules if form.name == restate.schedule), None)


def _section(filling: _Filling, group: Group, usual: Mapping[str, Value], loc: Path) -> Section:
    usual = {**usual, **_known(filling, group.values, (*loc, "values"))}
    at = filling.source.where(*place(filling.source, loc))
    return Section(group.name, _lines(filling, group.rows, usual, (*loc, "rows")), group.mark or "", at)


def _lines(filling: _Filling, rows: Sequence[Row], usual: Mapping[str, Value], loc: Path) -> tuple[Line, ...]:
    return tuple(_line(filling, row, usual, (*loc, number)) for number, row in enumerate(rows))


def _line(filling: _Filling, row: Row, usual: Mapping[str, Value], loc: Path) -> Line:
    own = _known(filling, row.values, (*loc, "values"))
    values = {**usual, **own}
    at = filling.source.where(*place(filling.source, loc))
    if row.rows:
        inner = _lines(filling, row.rows, values, (*loc, "rows"))
        return Line(row.name, (), row.mark or "", inner, at)
    missing = [column for column in filling.columns if column not in values]
    if missing:
        found = f'"{row.name}" has no value for {", ".join(missing)}'
        remedy = f"write {missing[0]}: under its name, or under values: for all rows"
        filling.problems.append(filling.source.problem(place(filling.source, loc), found, remedy))
        return Line(row.name, (), row.mark or "", (), at)
    return Line(row.name, tuple(values[column] for column in filling.columns), row.mark or "", (), at)


def _known(filling: _Filling, cells: Mapping[str, Cell], loc: Path) -> dict[str, Value]:
    """The cells of columns that exist and hold what the column holds; the others become problems."""
    values = {}
    for key, cell in cells.items():
        path = place(filling.source, (*loc, key))
        if key not in filling.columns:
            remedy = did_you_mean(key, filling.columns) or "plan.yaml names no columns; put it under schedule: columns:"
            filling.problems.append(filling.source.problem(path, f'"{key}" is no column of the schedule', remedy))
            continue
        column = filling.columns[key]
        for text in () if isinstance(cell.value, Blank) else cell.value:
            if remedy := words.misfit(text, column.holds):
                found = f'{text} is no {column.holds} for "{column.heading}"'
                filling.problems.append(filling.source.problem(path, found, remedy))
        values[key] = Value(cell.value, cell.mark or "", filling.source.where(*path))
    return values
