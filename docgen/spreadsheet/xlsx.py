"""Excel files: a sheet a schedule, rates as numbers shown as percent, heads frozen; read back with care."""

from __future__ import annotations

import datetime
import io
import math
import re
import textwrap
import warnings
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import openpyxl
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from docgen.files import ooxml
from docgen.model import values
from docgen.model.schedule import Schedule
from docgen.model.values import Holds
from docgen.problems import DataProblem, DocgenError, Problem, Where, did_you_mean
from docgen.spreadsheet import excel_numbers, table
from docgen.spreadsheet.table import Sheet, SheetCell

MOST_CELLS = 500_000
STRICT = b"http://purl.oclc.org/ooxml/"  # the names of Strict Open XML, ISO/IEC 29500-1
FAR = 1_000  # empty rows or columns, behind which nobody looks for a cell
TEXT, DAY = "@", "mmmm d, yyyy"
GREY = PatternFill("solid", fgColor="E7E6E6")
PALE = PatternFill("solid", fgColor="F5F5F5")
RULE = Border(bottom=Side("thin"))
BOLD = Font(name="Calibri", size=11, bold=True)
LINE = 15  # the height of one, in points
GROUP_WIDTH, VALUE_WIDTH, WIDEST = 14, 16, 60  # in characters
NOT_IN_A_SHEETS_NAME = re.compile(r"[\[\]:*?/\\']")


def write(schedules: Sequence[Schedule], title: str, basis: str) -> bytes:
    """The schedules as an Excel file; `basis` is the amendment they are in force by, which the file remembers."""
    book = openpyxl.Workbook()
    del book["Sheet"]
    for schedule in schedules:
        _fill(book.create_sheet(sheet_name(schedule)), schedule)
    buffer = io.BytesIO()
    book.save(buffer)
    parts = ooxml.parts("", buffer.getvalue())
    return ooxml.pack(parts | {ooxml.CORE: ooxml.core(title, ["docgen"], subject=basis)})


def sheet_name(schedule: Schedule) -> str:
    """The schedule's name as a sheet may be called."""
    return NOT_IN_A_SHEETS_NAME.sub("-", schedule.name)[:31]


def _fill(sheet: Any, schedule: Schedule) -> None:
    heads = table.heads(schedule)
    names = len(heads.names)
    held = schedule.holds()
    sheet.append(heads.all)
    for cell in sheet[1]:
        cell.font, cell.fill, cell.border = BOLD, GREY, RULE
        across = "left" if cell.column <= names else "center"
        cell.alignment = Alignment(horizontal=across, vertical="bottom", wrap_text=True)
        cell.data_type = "s"
    for number, texts in enumerate(table.rows(schedule), start=2):
        for column, text in enumerate(texts, start=1):
            _put(sheet.cell(number, column), text, held[column - names - 1] if column > names else "text")
        if heads.group and texts[0]:
            for cell in sheet[number]:
                cell.font, cell.fill = BOLD, PALE
    deep = max((len(textwrap.wrap(head, VALUE_WIDTH - 3)) for head in heads.columns), default=1)
    sheet.row_dimensions[1].height = LINE * deep
    sheet.freeze_panes = sheet.cell(2, names + 1).coordinate
    sheet.print_title_rows = "1:1"
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 0, True
    for column in range(1, len(heads.all) + 1):
        sheet.column_dimensions[get_column_letter(column)].width = _width(sheet, column, heads)


def _put(cell: Cell, text: str, holds: Holds) -> None:
    """Writes a text: a rate as a number, a day as a day, anything else as the text that it is."""
    rate = excel_numbers.as_number(text) if holds == "rate" else None
    day = values.day(text) if holds == "date" else None
    if rate is not None:
        cell.value, cell.number_format = rate
    elif day is not None:
        cell.value, cell.number_format = day, DAY
    else:
        cell.number_format = TEXT
        if text:
            cell.value = text
            cell.data_type = "s"  # also where it begins with = or reads like an error
    if holds in ("rate", "money", "date"):
        cell.alignment = Alignment(horizontal="center")


def _width(sheet: Any, column: int, heads: table.Heads) -> float:
    """What a column of names needs; a group's name reaches over the empty cells beside it."""
    if column > len(heads.names):
        return VALUE_WIDTH
    if heads.group and column == 1:
        return GROUP_WIDTH
    return float(min(WIDEST, max(len(str(cell.value or "")) for cell in sheet[get_column_letter(column)]) + 2))


def read(file: str, data: bytes, schedules: Sequence[Schedule]) -> tuple[list[Sheet], str]:
    """The schedules' tables, and the amendment that the file was exported from; DataProblem with every doubt."""
    parts = ooxml.parts(file, data)
    if any(STRICT in parts.get(name, b"") for name in ("xl/workbook.xml", "_rels/.rels")):
        remedy = "save it in Excel as Excel Workbook (.xlsx)"
        raise DataProblem([Problem(Where(file), "is a Strict Open XML Spreadsheet, which is not read", remedy)])
    clean = ooxml.pack(parts)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells what it leaves out: drawings, validations
            book = openpyxl.load_workbook(io.BytesIO(clean), data_only=True)
            formulas = openpyxl.load_workbook(io.BytesIO(clean))
    except DocgenError:
        raise
    except Exception as error:  # whatever somebody's file makes openpyxl raise is a problem of its own
        fault = f"cannot be read as an Excel file: {type(error).__name__}"
        raise DataProblem([Problem(Where(file), fault, "open it in Excel and save it as .xlsx")]) from None
    grids: list[Sheet] = []
    problems: list[Problem] = []
    for schedule in schedules:
        name = sheet_name(schedule)
        if name not in [sheet.title for sheet in book.worksheets]:
            remedy = did_you_mean(name, [sheet.title for sheet in book.worksheets])
            problems += [Problem(Where(file), f'has no sheet "{name}"', remedy)]
            continue
        problems += _doubts(file, book[name], formulas[name])
        if not problems:
            grids.append(_grid(file, book[name]))
    if problems:
        raise DataProblem(problems)
    return grids, str(book.properties.subject or "")


def _at(sheet: Any, place: str) -> str:
    return f"{sheet.title}!{place}"


def _doubts(file: str, sheet: Any, formulas: Any) -> Iterator[Problem]:
    """What a sheet may hide: cells that are merged or hidden, formulas without values, errors."""
    where = Where(file)
    if len(sheet._cells) > MOST_CELLS:
        yield Problem(where, f"holds more than {MOST_CELLS:,} cells", "a schedule takes far less", sheet.title)
        return
    if stray := _stray(sheet):
        remedy = "clear it, or move it under its head"
        yield Problem(where, f'"{_text(stray)[:60]}" stands far from the table', remedy, _at(sheet, stray.coordinate))
        return
    for merged in sorted(str(area) for area in sheet.merged_cells.ranges):
        yield Problem(where, "is merged", "unmerge it, and say in each row what it holds", _at(sheet, merged))
    for letter in sorted(letter for letter, column in sheet.column_dimensions.items() if column.hidden):
        yield Problem(where, "is a hidden column", "show it, or delete it", _at(sheet, letter))
    last = max((row for row, _ in sheet._cells), default=0)
    for number in sorted(number for number, row in sheet.row_dimensions.items() if row.hidden and number <= last):
        remedy = "show it (clear the filter, open the groups), or delete it"
        yield Problem(where, "is a hidden row", remedy, _at(sheet, str(number)))
    yield from _struck_out(where, sheet)
    for place in sorted(sheet._cells):
        cell = sheet._cells[place]
        if fault := _unreadable(cell, formulas._cells[place]):
            remedy = "open the file in Excel and save it, or type the value"
            yield Problem(where, fault, remedy, _at(sheet, cell.coordinate))


def _struck_out(where: Where, sheet: Any) -> Iterator[Problem]:
    """The rows of which something is struck out, each once: to a reader that is gone, and to a program it is there."""
    struck = [cell for _, cell in sorted(sheet._cells.items()) if cell.value is not None and cell.font.strike]
    for cell in {cell.row: cell for cell in reversed(struck)}.values():
        remedy = "delete the row, or take the line off it (Format Cells, Font, Strikethrough)"
        yield Problem(where, f'"{_text(cell)[:60]}" is struck out', remedy, _at(sheet, cell.coordinate))


def _stray(sheet: Any) -> Any:
    """A cell that stands so far below or beside all others that nobody can mean it; None where there is none."""
    full = [cell for cell in sheet._cells.values() if cell.value is not None]
    for number in ("row", "column"):
        in_order = sorted(full, key=lambda cell: getattr(cell, number))
        for before, cell in pairwise(in_order):
            if getattr(cell, number) - getattr(before, number) > FAR:
                return cell
    return None


def _unreadable(cell: Cell, formula: Cell) -> str:
    """Why a cell's value cannot be taken; empty when it can."""
    if formula.data_type == "f" and cell.value is None:
        return "is a formula without a value"
    if cell.data_type in ("e", "b"):
        return f"is {cell.value}"
    if isinstance(cell.value, float) and not math.isfinite(cell.value):
        return f"is {cell.value}"
    timed = isinstance(cell.value, datetime.time | datetime.timedelta)
    return f"is a time, {cell.value}" if timed else ""


def _grid(file: str, sheet: Any) -> Sheet:
    where = Where(file)
    full = [cell for cell in sheet._cells.values() if cell.value is not None]
    last_row, last_column = max((c.row for c in full), default=1), max((c.column for c in full), default=1)
    rows = sheet.iter_rows(max_row=last_row, max_col=last_column)
    return tuple(tuple(SheetCell(_text(cell), where, _at(sheet, cell.coordinate)) for cell in row) for row in rows)


def _text(cell: Cell | MergedCell) -> str:
    """What a cell shows, as it would be typed."""
    value = cell.value
    if isinstance(value, datetime.datetime | datetime.date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, int | float):
        return excel_numbers.as_text(value, str(cell.number_format))
    return table.single_line(str(value)) if value is not None else ""
