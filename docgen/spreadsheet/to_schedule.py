"""Makes a schedule of an edited table: columns by their heads, wherever they stand; rows by their names.

A table is flat where it numbers its rows, or says the group and the fund in each: then it may have been sorted, and its
order says nothing.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from docgen.consolidation import lineage
from docgen.consolidation.lineage import RowKey
from docgen.model import values
from docgen.model.rows import Footnote
from docgen.model.schedule import Line, Schedule, Section, Value
from docgen.model.values import BLANK, Blank, Holds
from docgen.problems import DataProblem, Problem, Where
from docgen.spreadsheet import flat_rows, marks, sheet_parts, sheet_reading, table
from docgen.spreadsheet.sheet_reading import SheetFund, SheetGroup, SheetReading, SheetRow
from docgen.spreadsheet.table import Sheet, SheetCell

SORTED = 3  # rows above the first that they could stand under, from which on a table is not read row by row


def schedule(grid: Sheet, current: Schedule) -> Schedule:
    """The schedule that the table says; DataProblem with every doubt and its cell.

    `current` is the schedule in force, with the names that rows are known to have in the table.
    """
    table_rows, note_rows = sheet_parts.parts(grid)
    reading = _reading(current, note_rows)
    footnotes = sheet_parts.footnotes(reading, note_rows, grid[0][0].where if grid and grid[0] else Where())
    heads, *rows = list(sheet_parts.rows(reading, table_rows)) or [{}]
    is_flat = _is_flat(reading, heads, rows)
    if not is_flat:
        _refuse_sorted(reading, rows)
    groups = flat_rows.groups(reading, rows) if is_flat else _groups(reading, rows)
    sections = tuple(_section(reading, group) for group in groups)
    sheet_reading.complain_of_doubles(reading, [(group.name, group.at) for group in groups])
    for scope in (
        [[fund for group in groups for fund in group.rows]]
        if current.has_registrants
        else [group.rows for group in groups]
    ):
        sheet_reading.complain_of_doubles(
            reading, [(fund.name, fund.at) for fund in scope if not Line(fund.name).is_band]
        )
    if reading.problems:
        raise DataProblem(reading.problems)
    columns = zip(current.columns, reading.heads.columns, strict=True)
    marked = tuple(
        (key, column.model_copy(update={"mark": _mark_of_head(reading, heads[head], head) or None}))
        for (key, column), head in columns
    )
    return replace(current, groups=sections, columns=marked, footnotes=footnotes)


def _reading(current: Schedule, note_rows: Sequence[Sequence[SheetCell]]) -> SheetReading:
    footnotes = tuple(
        Footnote(mark=note[0].text, text=note[1].text, on=note[2].text or None)
        for note in note_rows[1:]
        if note[0].text and note[1].text
    )
    signs = marks.signs(current) | {note.mark for note in footnotes}
    names = frozenset(line.name for _, line, _ in current.lines()) | {group.name for group in current.groups}
    replaced = marks.replaced_signs(current.footnotes, footnotes) if note_rows else {}
    return SheetReading(
        current, table.heads(current), lineage.by_key(current), _signed(current), footnotes, signs, replaced, names
    )


def _signed(current: Schedule) -> frozenset[str]:
    """The columns in which a rate has its %: those where one is typed so, and those of words beside them."""
    rates = {
        key: {
            "%" in table.text_of(line.values[number])
            for line in _valued(current)
            if line.values[number].rate is not None
        }
        for number, (key, column) in enumerate(current.columns)
        if column.holds == "rate"
    }
    usual = set().union(*rates.values())
    return frozenset(key for key, its in rates.items() if True in its or (not its and usual != {False}))


def _valued(current: Schedule) -> list[Line]:
    return [line for _, line, _ in current.lines() if line.values]


def _is_flat(reading: SheetReading, heads: SheetRow, rows: Sequence[SheetRow]) -> bool:
    names = reading.heads
    return table.NUMBER in heads or bool(
        names.group and rows and all(row[names.group].text and row[names.row].text for row in rows)
    )


def _refuse_sorted(reading: SheetReading, rows: Sequence[SheetRow]) -> None:
    """One DataProblem in place of many, where rows stand above the first that any could stand under."""
    names = reading.heads.names
    above = list(itertools.takewhile(lambda row: not row[names[0]].text, rows))
    loose = [row[head] for row in above for head in names if row[head].text]
    if len(loose) >= SORTED and len(above) < len(rows):
        fault = f"stands under no {names[0]}, and so do {len(loose) - 1} more: the rows were sorted, or it was deleted"
        remedy = "undo that; a sheet to sort and filter is made with docgen export --flat"
        raise DataProblem([Problem(loose[0].where, fault, remedy, loose[0].key)])


def _groups(reading: SheetReading, rows: Sequence[SheetRow]) -> list[SheetGroup]:
    """The rows in their groups, inner rows under theirs."""
    heads = reading.heads
    groups: list[SheetGroup] = [] if heads.group or not rows else [SheetGroup("", "", rows[0][heads.row])]
    for row in rows:
        name, inner = row[heads.row], row[heads.inner] if heads.inner else None
        if not any(row[head].text for head in heads.names):
            _complain_of_stray_values(reading, row)
            continue
        if heads.group and row[heads.group].text and not _goes_on(reading, groups, row):
            groups.append(SheetGroup(*sheet_reading.name_of(reading, row[heads.group]), row[heads.group]))
        if not groups:
            reading.complain(name, f"stands under no {heads.group}", f"write the {heads.group} in a row above")
            groups.append(SheetGroup("", "", name))
        if name.text:
            groups[-1].rows.append(SheetFund(*sheet_reading.name_of(reading, name), row, name))
        if inner is not None and inner.text:
            if groups[-1].rows:
                groups[-1].rows[-1].inner.append(SheetFund(*sheet_reading.name_of(reading, inner), row, inner))
            else:
                reading.complain(inner, f"stands under no {heads.row}", f"write the {heads.row} in a row above")
        elif not name.text:
            _complain_of_stray_values(reading, row)
    return groups


def _goes_on(reading: SheetReading, groups: Sequence[SheetGroup], row: SheetRow) -> bool:
    """Whether a row only says again which group it is in, beside its own name."""
    heads = reading.heads
    return (
        bool(groups)
        and bool(row[heads.row].text)
        and groups[-1].name == sheet_reading.name_of(reading, row[heads.group])[0]
    )


def _complain_of_stray_values(reading: SheetReading, row: SheetRow) -> None:
    entries = [row[head] for head in reading.heads.columns if row[head].text]
    if entries:
        texts = ", ".join(f'"{entry.text}"' for entry in entries)
        fault = f"{texts} {'stands' if len(entries) == 1 else 'stand'} in a row without a name"
        reading.complain(entries[0], fault, "clear the row, or name it")


def _mark_of_head(reading: SheetReading, entry: SheetCell, head: str) -> str:
    return "" if entry.text.casefold() == head.casefold() else sheet_reading.mark_of(reading, entry)[1]


def _section(reading: SheetReading, group: SheetGroup) -> Section:
    if not group.rows:
        fault = f'"{group.name}" has no {reading.heads.row} under it'
        reading.complain(group.at, fault, "delete the row, or write the rows under it")
    names = [fund.name for fund in group.rows]
    keys = [RowKey(group.name, name, "", number) for name, number in zip(names, lineage.numbers(names), strict=True)]
    lines = (_line(reading, key, fund) for key, fund in zip(keys, group.rows, strict=True))
    return Section(group.name, tuple(lines), group.mark)


def _line(reading: SheetReading, key: RowKey, fund: SheetFund) -> Line:
    old = reading.old.get(key) or _elsewhere(reading, fund.name)
    if not fund.inner:
        return Line(fund.name, _values(reading, fund.cells, old), fund.mark)
    for head in reading.heads.columns:
        entry = fund.cells[head]
        if entry.text and entry not in (inner.cells[head] for inner in fund.inner):
            reading.complain(entry, f'"{entry.text}" stands beside a row that has rows of its own', "clear it")
    sheet_reading.complain_of_doubles(
        reading, [(inner.name, inner.at) for inner in fund.inner if not Line(inner.name).is_band]
    )
    old_rows = {(line.name, number): line for line, number in lineage.numbered(old.rows)} if old else {}
    inner = []
    for row, number in zip(fund.inner, lineage.numbers(row.name for row in fund.inner), strict=True):
        old_row = old_rows.get((row.name, number))
        inner.append(Line(row.name, _values(reading, row.cells, old_row), row.mark))
    return Line(fund.name, (), fund.mark, tuple(inner))


def _elsewhere(reading: SheetReading, name: str) -> Line | None:
    """A row that has come from another group, where a name can stand once only."""
    if not reading.current.has_registrants:
        return None
    return next((line for key, line in reading.old.items() if key.row == name and not key.inner), None)


def _values(reading: SheetReading, cells: SheetRow, old: Line | None) -> tuple[Value, ...]:
    before = old.values if old and old.values else (None,) * len(reading.heads.columns)
    columns = zip(reading.heads.columns, reading.current.columns, before, strict=True)
    return tuple(
        _value(reading, cells[head], key, column.holds, old_value) for head, (key, column), old_value in columns
    )


def _value(reading: SheetReading, entry: SheetCell, key: str, holds: Holds, old: Value | None) -> Value:
    text, mark = sheet_reading.mark_of(reading, entry)
    if old is not None and not old.mark and entry.text == table.single_line(table.text_of(old)):
        return old  # also where it ends like a sign
    value = table.value(text, mark, holds, old)
    if old is not None and value.typed == old.typed:
        return value
    if not entry.text:
        reading.complain(entry, "is empty", "type the value, or tbd for a blank in a draft")
        return Value(BLANK)
    for text in () if isinstance(value.typed, Blank) else value.typed:
        if remedy := values.misfit(text, holds):
            bare = table.SIGN.fullmatch(text)
            if bare and not values.misfit(bare[1], holds):
                sheet_reading.complain_of_unknown_sign(reading, entry, bare[2])
                continue
            heading = dict(reading.current.columns)[key].heading
            reading.complain(entry, f'"{text}" is not {values.IN_WORDS[holds]} for "{heading}"', remedy)
        elif holds == "rate" and key in reading.signed and "%" not in text and values.rate(text) is not None:
            remedy = "show the cell as a percentage, and see that the number is right"
            reading.complain(entry, f"{text} is a number without a percent sign", remedy)
    return value
