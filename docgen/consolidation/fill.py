"""Fills a schedule in: what people typed, with the values that they typed once for many rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from docgen.model import values
from docgen.model.amendment import Restate
from docgen.model.plan import Plan, ScheduleForm
from docgen.model.rows import Column, Group, Row, RowValue
from docgen.model.schedule import Line, Schedule, Section, Value
from docgen.model.validation import place
from docgen.model.values import NOTHING, Blank
from docgen.model.yaml_reader import KeyPath, Source
from docgen.problems import Problem, count, did_you_mean, nearest


@dataclass
class Filling:
    """What one restatement is filled in with, and the complaints on the way."""

    source: Source
    columns: Mapping[str, Column]
    problems: list[Problem] = field(default_factory=list)
    missing: dict[str, list[tuple[KeyPath, str]]] = field(default_factory=dict)  # column: the rows without a value
    unknown: dict[str, list[KeyPath]] = field(default_factory=dict)  # what is no column: where it stands

    def complaints(self) -> list[Problem]:
        """All the problems; a value that many rows lack is one of them, and so is what many have for a column.

        A value for many rows that stands under a mistyped column is not missing.
        """
        for_many = [key for key, paths in self.unknown.items() if any("rows" not in path for path in paths)]
        mistyped = {nearest(key, self.columns) for key in for_many}
        strangers = [self._stranger(key, paths) for key, paths in self.unknown.items()]
        lacks = [self._lack(column, rows) for column, rows in self.missing.items() if column not in mistyped]
        return [*self.problems, *strangers, *lacks]

    def _stranger(self, key: str, paths: list[KeyPath]) -> Problem:
        remedy = did_you_mean(key, self.columns) or "plan.yaml names no columns; put it under schedule: columns:"
        more = f", here and on {count(len(paths) - 1, 'more line')}" if len(paths) > 1 else ""
        return self.source.problem(paths[0], f'"{key}" is not a column of the schedule{more}', remedy)

    def _lack(self, column: str, rows: list[tuple[KeyPath, str]]) -> Problem:
        path, name = rows[0]
        more = f" and {count(len(rows) - 1, 'more row')} have" if len(rows) > 1 else " has"
        remedy = f"write {column}: under the name, or under values: for all rows"
        return self.source.problem(path, f'"{name}"{more} no value for {column}', remedy)


def restated(
    plan: Plan, plan_source: Source, restate: Restate, source: Source, loc: KeyPath
) -> tuple[Schedule | None, list[Problem]]:
    """The schedule that a restatement gives, or None with the reasons.

    `source` is the amendment's file; `loc` is where the restatement stands in its facts, as `("restate", 0)`.
    """
    form = _form(plan, restate)
    if form is None:
        names = [form.name for form in plan.schedules]
        wanted = restate.schedule or ""
        fault = f'the plan has no schedule "{wanted}"' if wanted else '"schedule" is missing: the plan has several'
        remedy = did_you_mean(wanted, names) if wanted else "write which: schedule: " + " or ".join(names)
        path = place(source, (*loc, "schedule"))
        return None, [source.problem(path, fault, remedy)]
    notes = None if restate.footnotes is None else (source, (*loc, "footnotes"))
    notes_source, path = notes or (plan_source, ("schedule", plan.schedules.index(form), "footnotes"))
    schedule, problems = filled(form, restate, source, loc)
    notes_at = tuple(
        notes_source.where(*place(notes_source, (*path, number))) for number in range(len(schedule.footnotes))
    )
    return replace(schedule, notes_at=notes_at), problems


def filled(form: ScheduleForm, restate: Restate, source: Source, loc: KeyPath) -> tuple[Schedule, list[Problem]]:
    """The schedule of this form that a restatement gives, and the complaints about it."""
    filling = Filling(source, form.columns if restate.columns is None else restate.columns)
    usual = cells_of(filling, restate.values, (*loc, "values"))
    numbered = enumerate(restate.groups)
    groups = tuple(section(filling, group, usual, (*loc, "groups", number)) for number, group in numbered)
    if not restate.groups:
        groups = (Section("", lines(filling, restate.rows, usual, (*loc, "rows"))),)
    footnotes = form.footnotes if restate.footnotes is None else restate.footnotes
    at = source.where(*place(source, loc))
    return Schedule(form, tuple(filling.columns.items()), groups, footnotes, at), filling.complaints()


def _form(plan: Plan, restate: Restate) -> ScheduleForm | None:
    if restate.schedule is None:
        return plan.schedules[0] if len(plan.schedules) == 1 else None
    return next((form for form in plan.schedules if form.name == restate.schedule), None)


def section(filling: Filling, group: Group, usual: Mapping[str, Value], loc: KeyPath) -> Section:
    """A group with its rows; `usual` has the values of rows that say nothing else."""
    usual = {**usual, **cells_of(filling, group.values, (*loc, "values"))}
    at = filling.source.where(*place(filling.source, loc))
    return Section(group.name, lines(filling, group.rows, usual, (*loc, "rows")), group.mark or "", at)


def lines(filling: Filling, rows: Sequence[Row], usual: Mapping[str, Value], loc: KeyPath) -> tuple[Line, ...]:
    """The rows, each with a value for every column."""
    return tuple(line(filling, row, usual, (*loc, number)) for number, row in enumerate(rows))


def line(filling: Filling, row: Row, usual: Mapping[str, Value], loc: KeyPath) -> Line:
    """One row; a missing value is noted."""
    cells = cells_of(filling, row.values, (*loc, "values"))
    values = {**usual, **cells}
    at = filling.source.where(*place(filling.source, loc))
    if row.rows:
        for number, deeper in enumerate(row.rows):
            if deeper.rows:
                path = place(filling.source, (*loc, "rows", number, "rows"))
                fault = f'"{deeper.name}" stands under "{row.name}" and has rows itself'
                filling.problems.append(filling.source.problem(path, fault, "rows stand two deep at most"))
        for column in cells:
            if all(column in inner.values for inner in row.rows):
                fault = f'no row under "{row.name}" takes this {column}, since each has its own'
                filling.problems.append(filling.source.problem(place(filling.source, (*loc, "values", column)), fault))
        inner = lines(filling, row.rows, values, (*loc, "rows"))
        return Line(row.name, (), row.mark or "", inner, at)
    missing = [column for column in filling.columns if column not in values]
    for column in missing if set(row.values) <= set(filling.columns) else ():
        filling.missing.setdefault(column, []).append((place(filling.source, loc), row.name))
    if missing:
        return Line(row.name, at=at)
    return Line(row.name, tuple(values[column] for column in filling.columns), row.mark or "", (), at)


def cells_of(filling: Filling, cells: Mapping[str, RowValue], loc: KeyPath) -> dict[str, Value]:
    """The cells of columns that exist and hold what the column holds; the others become problems."""
    filled_in: dict[str, Value] = {}
    for key, cell in cells.items():
        path = place(filling.source, (*loc, key))
        if key not in filling.columns:
            filling.unknown.setdefault(key, []).append(path)
            continue
        column = filling.columns[key]
        for text in () if isinstance(cell.value, Blank) else cell.value:
            if remedy := values.misfit(text, column.holds):
                fault = f'{text} is not {values.IN_WORDS[column.holds]} for "{column.heading}"'
                filling.problems.append(filling.source.problem(path, fault, remedy))
        mark = cell.mark if cell.mark and cell.mark != NOTHING else ""
        filled_in[key] = Value(cell.value, mark, filling.source.where(*path), cell.as_filed)
    return filled_in
