"""Excel files: a sheet a schedule, rates as numbers shown as percent, heads frozen; read back with care."""

from __future__ import annotations

import io
import re
import textwrap
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import openpyxl
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from docgen.files import ooxml
from docgen.model import values
from docgen.model.schedule import Schedule
from docgen.problems import DataProblem, DocgenError, Problem, Where, did_you_mean
from docgen.spreadsheet import excel_doubts, excel_numbers, table
from docgen.spreadsheet.table import Sheet, SheetCell, TableEntry

STRICT = b"http://purl.oclc.org/ooxml/"  # the names of Strict Open XML, ISO/IEC 29500-1
TEXT, DAY = "@", "mmmm d, yyyy"
GREY = PatternFill("solid", fgColor="E7E6E6")
PALE = PatternFill("solid", fgColor="F5F5F5")
RULE = Border(bottom=Side("thin"))
BOLD = Font(name="Calibri", size=11, bold=True)
LINE = 15  # the height of one, in points
GROUP_WIDTH, VALUE_WIDTH, WIDEST = 14, 16, 60  # in characters
STYLES = "xl/styles.xml"
FONT, PROPERTY = re.compile(rb"<font>.*?</font>", re.DOTALL), re.compile(rb"(<(\w+)(?: [^>]*)?/>)")
FONT_ORDER = (
    "b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz", "color", "name", "family",
    "charset", "scheme",
)  # fmt: skip
LONGEST_NAME = 31  # letters of a sheet's name
NOT_IN_A_SHEETS_NAME = re.compile(r"[\[\]:*?/\\']")


@dataclass(frozen=True)
class SheetFile:
    """The schedules' tables in a file, the amendment it was exported from, and sheets that are of no schedule."""

    tables: tuple[Sheet, ...]
    basis: str = ""
    unread: tuple[str, ...] = ()


def write(schedules: Sequence[Schedule], title: str, basis: str, is_flat: bool = False) -> bytes:
    """The schedules as an Excel file; `basis` is the amendment they are in force by, which the file remembers."""
    book = openpyxl.Workbook()
    del book["Sheet"]
    for name, schedule in sheet_names(schedules).items():
        _fill(book.create_sheet(name), schedule, is_flat)
    buffer = io.BytesIO()
    book.save(buffer)
    parts = ooxml.parts("", buffer.getvalue())
    parts |= {ooxml.CORE: ooxml.core(title, ["docgen"], subject=basis), STYLES: FONT.sub(in_order, parts[STYLES])}
    return ooxml.pack(parts)


def in_order(font: re.Match[bytes]) -> bytes:
    """A font of the styles with its properties in the order of ECMA-376, part 1, 18.8.22, which openpyxl leaves."""
    properties = sorted(PROPERTY.findall(font[0]), key=lambda pair: FONT_ORDER.index(pair[1].decode()))
    return b"<font>" + b"".join(text for text, _ in properties) + b"</font>"


def sheet_names(schedules: Iterable[Schedule]) -> dict[str, Schedule]:
    """The schedules by names that sheets may have: their own, cut short, with a number where two would be alike."""
    by_name: dict[str, Schedule] = {}
    for schedule in schedules:
        name, number = NOT_IN_A_SHEETS_NAME.sub("-", schedule.name)[:LONGEST_NAME], 1
        while name.casefold() in map(str.casefold, by_name):
            number += 1
            name = f"{name[: LONGEST_NAME - 4].rstrip()} ({number})"
        by_name[name] = schedule
    return by_name


def _fill(sheet: Any, schedule: Schedule, is_flat: bool) -> None:
    heads = table.heads(schedule)
    names = len(heads.names) + is_flat
    sheet.append(tuple(entry.text_and_mark for entry in table.head_entries(schedule, is_flat)))
    for cell in sheet[1]:
        cell.font, cell.fill, cell.border = BOLD, GREY, RULE
        across = "left" if cell.column <= names else "center"
        cell.alignment = Alignment(horizontal=across, vertical="bottom", wrap_text=True)
        cell.data_type = "s"
    for number, entries in enumerate(table.rows(schedule, is_flat), start=2):
        for column, entry in enumerate(entries, start=1):
            _put(sheet.cell(number, column), entry)
        if is_flat:
            sheet.cell(number, 1).value, sheet.cell(number, 1).number_format = number - 1, "0"
        elif heads.group and entries[0].text:
            for cell in sheet[number]:
                cell.font, cell.fill = BOLD, PALE
    if is_flat:
        sheet.auto_filter.ref = sheet.dimensions
    for column in range(1, names + len(heads.columns) + 1):
        is_group = heads.group and column == 1 and not is_flat
        sheet.column_dimensions[get_column_letter(column)].width = (
            GROUP_WIDTH if is_group else _width(sheet, column, names)
        )
    _put_notes(sheet, schedule)
    deep = max((len(textwrap.wrap(head, VALUE_WIDTH - 3)) for head in heads.columns), default=1)
    sheet.row_dimensions[1].height = LINE * deep
    sheet.freeze_panes = sheet.cell(2, names + 1).coordinate
    sheet.print_title_rows = "1:1"
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 0, True


def _put_notes(sheet: Any, schedule: Schedule) -> None:
    """Writes the footnotes below the table, an empty row between, which no sorting of the table takes in."""
    first = sheet.max_row + 2
    for number, texts in enumerate(table.note_rows(schedule), start=first):
        for column, text in enumerate(texts, start=1):
            cell = sheet.cell(number, column)
            _put(cell, TableEntry(text))
            if number == first:
                cell.font, cell.fill = BOLD, PALE


def _put(cell: Cell, entry: TableEntry) -> None:
    """Writes an entry: a rate as a number, a day as a day, anything else as text; a sign in the number's format."""
    rate = excel_numbers.as_number(entry.text) if entry.holds == "rate" else None
    day = values.day(entry.text) if entry.holds == "date" else None
    sign = f'" [{entry.mark}]"' if entry.mark else ""
    if rate is not None and '"' not in entry.mark:
        cell.value, cell.number_format = rate[0], rate[1] + sign
    elif day is not None and '"' not in entry.mark:
        cell.value, cell.number_format = day, DAY + sign
    else:
        cell.number_format = TEXT
        if entry.text_and_mark:
            cell.value = entry.text_and_mark
            cell.data_type = "s"  # also where it begins with = or reads like an error
    if entry.holds in ("rate", "money", "date"):
        cell.alignment = Alignment(horizontal="center")


def _width(sheet: Any, column: int, names: int) -> float:
    """What a column of names needs; a group's name reaches over the empty cells beside it."""
    if column > names:
        return VALUE_WIDTH
    return float(min(WIDEST, max(len(str(cell.value or "")) for cell in sheet[get_column_letter(column)]) + 2))


def read(file: str, data: bytes, schedules: Sequence[Schedule]) -> SheetFile:
    """What an Excel file holds of the schedules; DataProblem with every doubt."""
    parts = ooxml.parts(file, data)
    if any(STRICT in parts.get(name, b"") for name in ("xl/workbook.xml", "_rels/.rels")):
        remedy = "save it in Excel as Excel Workbook (.xlsx)"
        raise DataProblem([Problem(Where(file), "is a Strict Open XML Spreadsheet, which is not read", remedy)])
    clean = ooxml.pack(parts)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells what it leaves out: drawings, validations
            book = openpyxl.load_workbook(io.BytesIO(clean), data_only=True, rich_text=True)
            formulas = openpyxl.load_workbook(io.BytesIO(clean))
    except DocgenError:
        raise
    except Exception:  # whatever somebody's file makes openpyxl raise is a problem of its own
        fault = ooxml.fault(parts, ooxml.NEEDED) or "is not built as Excel builds its files"
        raise DataProblem([Problem(Where(file), fault, ooxml.REPAIR.format("Excel"))]) from None
    grids: list[Sheet] = []
    problems: list[Problem] = []
    titles = [sheet.title for sheet in book.worksheets]
    names = sheet_names(schedules)
    for name in names:
        if name not in titles:
            problems += [Problem(Where(file), f'has no sheet "{name}"', did_you_mean(name, titles))]
            continue
        problems += excel_doubts.doubts(file, book[name], formulas[name])
        if not problems:
            grids.append(_grid(file, book[name]))
    if problems:
        raise DataProblem(problems)
    unread = tuple(sheet.title for sheet in book.worksheets if sheet.title not in names and sheet._cells)
    return SheetFile(tuple(grids), str(book.properties.subject or ""), unread)


def _grid(file: str, sheet: Any) -> Sheet:
    where = Where(file)
    full = [cell for cell in sheet._cells.values() if cell.value is not None]
    last_row, last_column = max((c.row for c in full), default=1), max((c.column for c in full), default=1)
    rows = sheet.iter_rows(max_row=last_row, max_col=last_column)
    return tuple(
        tuple(SheetCell(excel_doubts.text(cell), where, excel_doubts.place(sheet, cell.coordinate)) for cell in row)
        for row in rows
    )
