"""CSV files: the texts of the table, in UTF-8 with the mark by which Excel knows it.

A text that Excel would take for a formula gets an apostrophe before it, and loses it on the way back.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from docgen.model.schedule import Schedule
from docgen.problems import DataProblem, Problem, Where
from docgen.spreadsheet import table
from docgen.spreadsheet.table import Sheet, SheetCell

LARGEST = 20_000_000  # bytes
FORMULA = re.compile(r"'*[=+\-@]")
REMEDY = "save it in Excel as CSV UTF-8 (Comma delimited)"


def write(schedules: Sequence[Schedule], is_flat: bool = False) -> bytes:
    """The one schedule as CSV."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for schedule in schedules:
        for row in (table.head_entries(schedule, is_flat), *table.rows(schedule, is_flat)):
            writer.writerow(_safe(entry.text_and_mark) for entry in row)
        notes = table.note_rows(schedule)
        writer.writerows([_safe(text) for text in row] for row in ([()] if notes else []) + notes)
    return buffer.getvalue().encode("utf-8-sig")


def read(file: str, data: bytes) -> Sheet:
    """The table of a CSV file; DataProblem when it is none."""
    if len(data) > LARGEST:
        raise DataProblem([Problem(Where(file), f"is longer than {LARGEST:,} bytes", "a schedule takes far less")])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise DataProblem([Problem(Where(file, line), "is not UTF-8 text", REMEDY)]) from None
    first = text.partition("\n")[0]
    between = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=between, strict=True)
    rows: list[tuple[SheetCell, ...]] = []
    heads: list[str] = []
    line = 1
    try:
        for row in reader:
            heads = heads or [_typed(cell) for cell in row]
            rows.append(tuple(_entry(cell, Where(file, line), heads, n) for n, cell in enumerate(row)))
            line = reader.line_num + 1
    except csv.Error as error:
        raise DataProblem([Problem(Where(file, line), f"cannot be read: {error}", REMEDY)]) from None
    return tuple(rows)


def _entry(cell: str, where: Where, heads: Sequence[str], number: int) -> SheetCell:
    key = heads[number] if number < len(heads) and heads[number] else f"column {number + 1}"
    return SheetCell(_typed(cell), where, key)


def _typed(cell: str) -> str:
    """A cell's text as it stands in the schedule."""
    text = table.single_line(cell)
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text


def _safe(text: str) -> str:
    return f"'{text}" if FORMULA.match(text) else text
