"""Makes a schedule of an edited table: columns by their heads, wherever they stand; rows by their names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pydantic_core import PydanticCustomError

from docgen.consolidation import lineage
from docgen.consolidation.lineage import RowKey
from docgen.model import values
from docgen.model.schedule import Line, Schedule, Section, Value
from docgen.model.values import BLANK, Blank, Holds
from docgen.problems import DataProblem, Problem, count, did_you_mean
from docgen.spreadsheet import table
from docgen.spreadsheet.table import Heads, Sheet, SheetCell

SheetRow = Mapping[str, SheetCell]  # what a row says, by the heads


@dataclass
class _SheetReading:
    """What is known of the schedule as it was, and the complaints on the way."""

    current: Schedule
    heads: Heads
    old: Mapping[RowKey, Line]  # every row as it was, by the names that it has now
    signed: frozenset[str]  # the columns whose rates are typed with %
    problems: list[Problem] = field(default_factory=list)

    def complain(self, entry: SheetCell, fault: str, remedy: str = "") -> None:
        """Notes a problem with a cell."""
        self.problems.append(Problem(entry.where, fault, remedy, entry.key))


@dataclass
class _Fund:
    """A row being read: its cells, and the rows under it."""

    name: str
    cells: SheetRow
    at: SheetCell
    inner: list[_Fund] = field(default_factory=list)


@dataclass
class _Group:
    """A group being read."""

    name: str
    at: SheetCell
    rows: list[_Fund] = field(default_factory=list)


def schedule(grid: Sheet, current: Schedule) -> Schedule:
    """The schedule that the table says; DataProblem with every doubt and its cell.

    `current` is the schedule in force, with the names that rows are known to have in the table: a row that
    was there keeps its footnote marks.
    """
    signed = frozenset(
        key
        for number, (key, column) in enumerate(current.columns)
        for _, line, _ in current.lines()
        if column.holds == "rate" and line.values and "%" in table.text_of(line.values[number])
    )
    reading = _SheetReading(current, table.heads(current), lines_by_key(current), signed)
    groups = _groups(reading, list(_rows(reading, grid)))
    sections = tuple(_section(reading, group) for group in groups)
    _complain_of_doubles(reading, [(group.name, group.at) for group in groups])
    for scope in (
        [[fund for group in groups for fund in group.rows]]
        if current.has_registrants
        else [group.rows for group in groups]
    ):
        _complain_of_doubles(reading, [(fund.name, fund.at) for fund in scope if not Line(fund.name).is_band])
    if reading.problems:
        raise DataProblem(reading.problems)
    return replace(current, groups=sections)


def lines_by_key(schedule: Schedule) -> dict[RowKey, Line]:
    """Every row by what it is called."""
    keys = lineage.keys(schedule)
    return {keys[line.id]: line for _, line, _ in schedule.lines()}


def _rows(reading: _SheetReading, grid: Sheet) -> Iterator[SheetRow]:
    """The rows that say something, each cell under its head."""
    filled = [row for row in grid if any(entry.text for entry in row)]
    if not filled or not (body := _under_heads(reading, filled)):
        return
    at = _columns(reading, body[0])
    headed = {number for number, entry in enumerate(body[0]) if entry.text}
    strays: dict[int, list[SheetCell]] = {}  # by column
    for row in body[1:]:
        for number, entry in enumerate(row):
            if entry.text and number not in headed:
                strays.setdefault(number, []).append(entry)
    for first, *others in strays.values():
        more = f", and {count(len(others), 'more cell')} below it" if others else ""
        reading.complain(first, f'"{first.text}" stands under no head{more}', "clear it, or move it under its head")
    for row in body[1:] if not reading.problems else ():
        yield {head: row[n] if n < len(row) else _none(row) for n, head in at.items()}


def _under_heads(reading: _SheetReading, filled: Sequence[Sequence[SheetCell]]) -> Sequence[Sequence[SheetCell]]:
    """The rows from the heads on; none where others stand above the heads, or where there are no heads at all."""
    heads = {head.casefold() for head in reading.heads.all}
    alike = [sum(entry.text.casefold() in heads for entry in row) for row in filled]
    if 2 * alike[0] >= min(2, len(heads)):
        return filled
    first = next(entry for entry in filled[0] if entry.text)
    if 2 * max(alike) <= len(heads):
        fault = f'the heads are not there: the first row says "{first.text}"'
        reading.complain(first, fault, "write into the first row: " + ", ".join(reading.heads.all))
    else:
        below = filled[alike.index(max(alike))][0].key
        reading.complain(first, f'"{first.text}" stands above the heads', f"delete what is above {below}")
    return ()


def _columns(reading: _SheetReading, first: Sequence[SheetCell]) -> dict[int, str]:
    """Which head stands over each column."""
    wanted = {head.casefold(): head for head in reading.heads.all}
    at: dict[int, str] = {}
    for number, entry in enumerate(first):
        head = wanted.get(entry.text.casefold(), "")
        if head in at.values():
            reading.complain(entry, f'a second column "{head}"', "keep one of the two")
        elif head:
            at[number] = head
        elif entry.text:
            reading.complain(
                entry, f'"{entry.text}" is not a column of the schedule', _remedy(entry, reading.heads.all)
            )
    for head in reading.heads.all:
        if head not in at.values():
            reading.complain(first[0], f'no column "{head}"', "put its head back in the first row")
    return at


def _remedy(entry: SheetCell, heads: Sequence[str]) -> str:
    return did_you_mean(entry.text, heads) or "leave the heads of the columns as they were"


def _none(row: Sequence[SheetCell]) -> SheetCell:
    """An empty cell of a short row of CSV."""
    return SheetCell("", row[-1].where, row[-1].key)


def _groups(reading: _SheetReading, rows: Sequence[SheetRow]) -> list[_Group]:
    """The rows in their groups, inner rows under theirs."""
    heads = reading.heads
    groups: list[_Group] = [] if heads.group or not rows else [_Group("", rows[0][heads.row])]
    for row in rows:
        name, inner = row[heads.row], row[heads.inner] if heads.inner else None
        if heads.group and row[heads.group].text and not _goes_on(groups, row, heads):
            groups.append(_Group(_tidy(reading, row[heads.group]), row[heads.group]))
        if not groups:
            reading.complain(name, f"stands under no {heads.group}", f"write the {heads.group} in a row above")
            groups.append(_Group("", name))
        if name.text:
            groups[-1].rows.append(_Fund(_tidy(reading, name), row, name))
        if inner is not None and inner.text:
            if groups[-1].rows:
                groups[-1].rows[-1].inner.append(_Fund(_tidy(reading, inner), row, inner))
            else:
                reading.complain(inner, f"stands under no {heads.row}", f"write the {heads.row} in a row above")
        elif not name.text:
            _complain_of_stray_values(reading, row)
    return groups


def _goes_on(groups: Sequence[_Group], row: SheetRow, heads: Heads) -> bool:
    """Whether a row only says again which group it is in, beside its own name."""
    return bool(groups) and bool(row[heads.row].text) and groups[-1].name == row[heads.group].text


def _complain_of_stray_values(reading: _SheetReading, row: SheetRow) -> None:
    for head in reading.heads.columns:
        if row[head].text:
            fault = f'"{row[head].text}" stands in a row without a name'
            reading.complain(row[head], fault, "clear it, or name the row")


def _tidy(reading: _SheetReading, entry: SheetCell) -> str:
    try:
        return values.tidy(entry.text)
    except PydanticCustomError as error:
        context = error.context or {}
        reading.complain(entry, str(context.get("found", "")), str(context.get("remedy", "")))
        return entry.text


def _complain_of_doubles(reading: _SheetReading, names: Sequence[tuple[str, SheetCell]]) -> None:
    names_above: dict[str, SheetCell] = {}
    for name, at in names:
        if first := names_above.get(name.casefold()):
            place = f"on line {first.where.line}" if first.where.line else f"in {first.key}"
            reading.complain(at, f'"{name}" stands there twice; first {place}', "keep one of the two rows")
        names_above.setdefault(name.casefold(), at)


def _section(reading: _SheetReading, group: _Group) -> Section:
    if not group.rows:
        fault = f'"{group.name}" has no {reading.heads.row} under it'
        reading.complain(group.at, fault, "delete the row, or write the rows under it")
    mark = next((section.mark for section in reading.current.groups if section.name == group.name), "")
    names = [fund.name for fund in group.rows]
    keys = [RowKey(group.name, name, "", number) for name, number in zip(names, lineage.numbers(names), strict=True)]
    lines = (_line(reading, key, fund) for key, fund in zip(keys, group.rows, strict=True))
    return Section(group.name, tuple(lines), mark)


def _line(reading: _SheetReading, key: RowKey, fund: _Fund) -> Line:
    old = reading.old.get(key) or _elsewhere(reading, fund.name)
    mark = old.mark if old else ""
    if not fund.inner:
        return Line(fund.name, _values(reading, fund.cells, old), mark)
    for head in reading.heads.columns:
        entry = fund.cells[head]
        if entry.text and entry not in (inner.cells[head] for inner in fund.inner):
            reading.complain(entry, f'"{entry.text}" stands beside a row that has rows of its own', "clear it")
    _complain_of_doubles(reading, [(inner.name, inner.at) for inner in fund.inner if not Line(inner.name).is_band])
    old_rows = {(line.name, number): line for line, number in lineage.numbered(old.rows)} if old else {}
    inner = []
    for row, number in zip(fund.inner, lineage.numbers(row.name for row in fund.inner), strict=True):
        old_row = old_rows.get((row.name, number))
        inner.append(Line(row.name, _values(reading, row.cells, old_row), old_row.mark if old_row else ""))
    return Line(fund.name, (), mark, tuple(inner))


def _elsewhere(reading: _SheetReading, name: str) -> Line | None:
    """A row that has come from another group, where a name can stand once only."""
    if not reading.current.has_registrants:
        return None
    return next((line for key, line in reading.old.items() if key.row == name and not key.inner), None)


def _values(reading: _SheetReading, cells: SheetRow, old: Line | None) -> tuple[Value, ...]:
    before = old.values if old and old.values else (None,) * len(reading.heads.columns)
    columns = zip(reading.heads.columns, reading.current.columns, before, strict=True)
    return tuple(
        _value(reading, cells[head], key, column.holds, old_value) for head, (key, column), old_value in columns
    )


def _value(reading: _SheetReading, entry: SheetCell, key: str, holds: Holds, old: Value | None) -> Value:
    value = table.value(entry.text, holds, old)
    if value is old:
        return value
    if not entry.text:
        reading.complain(entry, "is empty", "type the value, or tbd for a blank in a draft")
        return Value(BLANK)
    for text in () if isinstance(value.typed, Blank) else value.typed:
        if remedy := values.misfit(text, holds):
            reading.complain(
                entry, f'"{text}" is not {values.IN_WORDS[holds]} for "{reading.current.form.name}"', remedy
            )
        elif holds == "rate" and key in reading.signed and "%" not in text and values.rate(text) is not None:
            remedy = "show the cell as a percentage, and see that the number is right"
            reading.complain(entry, f"{text} is a number without a percent sign", remedy)
    return value
