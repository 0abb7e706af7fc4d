"""The parts of a table: its heads, the rows under them, the footnotes below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from docgen.model.rows import Footnote
from docgen.problems import Problem, Where, count, did_you_mean
from docgen.spreadsheet import sheet_reading, table
from docgen.spreadsheet.sheet_reading import SheetReading, SheetRow
from docgen.spreadsheet.table import Sheet, SheetCell

TOTAL = re.compile(r"(grand |sub-? ?)?totals?( of [a-z ]+)?:?|sum:?|count:?|average:?", re.IGNORECASE)


def parts(grid: Sheet) -> tuple[Sheet, list[list[SheetCell]]]:
    """The rows of the schedule, and those of its footnotes from their heads on, each of three cells."""
    wanted = [head.casefold() for head in table.NOTE_HEADS]
    for number, row in enumerate(grid):
        filled = [n for n, entry in enumerate(row) if entry.text]
        if [row[n].text.casefold() for n in filled] == wanted:
            notes = [
                [row[n] if n < len(row) else _none(row) for n in filled]
                for row in grid[number:]
                if any(entry.text for entry in row)
            ]
            return grid[:number], notes
    return grid, []


def footnotes(reading: SheetReading, note_rows: Sequence[Sequence[SheetCell]], where: Where) -> tuple[Footnote, ...]:
    """The footnotes; a row of them that wants its sign or its text, or a sign that stands twice, is a problem."""
    if reading.current.footnotes and not note_rows:
        heads = ", ".join(table.NOTE_HEADS)
        remedy = f"export the schedule again, or write {heads} below the table, and the footnotes under them"
        reading.problems.append(Problem(where, "the footnotes of the schedule are not there", remedy))
    for mark, text, on in note_rows[1:]:
        if not mark.text or not text.text:
            reading.complain(text if mark.text else mark, "a footnote wants its sign and its text", "write both")
        for entry in (mark, text, on):
            sheet_reading.tidy(reading, entry)
    sheet_reading.complain_of_doubles(reading, [(mark.text, mark) for mark, *_ in note_rows[1:] if mark.text])
    return reading.footnotes


def rows(reading: SheetReading, grid: Sheet) -> Iterator[SheetRow]:
    """The row of heads and the rows that say something, each cell under its head."""
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
    for row in body if not reading.problems else ():
        if row is body[0] or not (_is_total(reading, row) or _is_heads(reading, row)):
            yield {head: row[n] if n < len(row) else _none(row) for n, head in at.items()}


def _is_total(reading: SheetReading, row: Sequence[SheetCell]) -> bool:
    """Whether a row only sums up the others, which is a problem."""
    total = next((entry for entry in row if TOTAL.fullmatch(entry.text) and entry.text not in reading.names), None)
    if total:
        reading.complain(total, f'"{total.text}" is no {reading.heads.row}', "delete the row: a schedule has no totals")
    return total is not None


def _is_heads(reading: SheetReading, row: Sequence[SheetCell]) -> bool:
    """Whether a row says the heads again, as above each page of a printed table, which is a problem."""
    entries = [entry for entry in row if entry.text]
    heads = {head.casefold() for head in reading.heads.all}
    again = len(entries) > 1 and all(_head(reading, entry) in heads for entry in entries)
    if again:
        reading.complain(entries[0], "the heads stand there again", "delete the row: Excel repeats heads by itself")
    return again


def _under_heads(reading: SheetReading, filled: Sequence[Sequence[SheetCell]]) -> Sequence[Sequence[SheetCell]]:
    """The rows from the heads on; none where others stand above the heads, or where there are no heads at all."""
    heads = {head.casefold() for head in reading.heads.all}
    alike = [sum(_head(reading, entry) in heads for entry in row) for row in filled]
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


def _head(reading: SheetReading, entry: SheetCell) -> str:
    """A head without the sign behind it, in small letters; one that ends like a sign stays whole."""
    folded = entry.text.casefold()
    return (
        folded
        if folded in map(str.casefold, reading.heads.all)
        else sheet_reading.mark_of(reading, entry)[0].casefold()
    )


def _columns(reading: SheetReading, first: Sequence[SheetCell]) -> dict[int, str]:
    """Which head stands over each column."""
    wanted = {head.casefold(): head for head in (*reading.heads.all, table.NUMBER)}
    at: dict[int, str] = {}
    others: list[SheetCell] = []
    for number, entry in enumerate(first):
        head = wanted.get(_head(reading, entry), "")
        if head in at.values():
            reading.complain(entry, f'a second column "{head}"', "keep one of the two")
        elif head:
            at[number] = head
        elif entry.text:
            others.append(entry)
    missing = [head for head in reading.heads.all if head not in at.values()]
    for entry in others:
        near = did_you_mean(entry.text, missing) if missing else ""
        remedy = near or ("leave the heads of the columns as they were" if missing else "delete the column")
        reading.complain(entry, f'"{entry.text}" is not a column of the schedule', remedy)
    for head in missing if not others else ():
        reading.complain(first[0], f'no column "{head}"', "put its head back in the first row")
    return at


def _none(row: Sequence[SheetCell]) -> SheetCell:
    """An empty cell of a short row of CSV."""
    return SheetCell("", row[-1].where, row[-1].key)
