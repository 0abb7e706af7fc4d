"""A list as an Excel file: a sheet a table, heads frozen, rates as numbers, links to EDGAR as links."""

from __future__ import annotations

import io
import math
import re
import textwrap
from collections.abc import Sequence
from typing import Any

import openpyxl
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins

from docgen.files import ooxml
from docgen.reports.listing import Listing, ListRow, ListTable
from docgen.spreadsheet import excel_numbers, xlsx

LINK = "https://"
NARROWEST = 9  # characters of a column
HEAD_WIDTH = 14  # of a column's head, before it wraps, but for a word that is longer
NOTES_WIDTH = 100  # of what is said before and below the tables
PAGE_WIDTH = 210  # characters beside each other on a printed page that can still be read
MARGIN = 0.5  # of a printed page, in inches


def write(listing: Listing) -> bytes:
    """The list as an Excel file; what is said before and below its tables stands on a sheet of its own."""
    book = openpyxl.Workbook()
    del book["Sheet"]
    for number, table in enumerate(listing.tables, start=1):
        name = table.heading or ("List" if len(listing.tables) == 1 else f"List {number}")
        sheet = book.create_sheet(xlsx.NOT_IN_A_SHEETS_NAME.sub("-", name)[: xlsx.LONGEST_NAME])
        _fill(sheet, table)
        _set_page(sheet, listing.title, sum(_widths(table)))
    _fill_notes(book.create_sheet("Notes"), listing)
    buffer = io.BytesIO()
    book.save(buffer)
    parts = ooxml.parts("", buffer.getvalue())
    parts |= {
        ooxml.CORE: ooxml.core(listing.title, ["docgen"]),
        xlsx.STYLES: xlsx.FONT.sub(xlsx.in_order, parts[xlsx.STYLES]),
    }
    return ooxml.pack(parts)


def _fill(sheet: Any, table: ListTable) -> None:
    widths = _widths(table)
    for column, (head, width) in enumerate(zip(table.heads, widths, strict=True), start=1):
        cell = sheet.cell(1, column, head)
        cell.font, cell.fill, cell.border = xlsx.BOLD, xlsx.GREY, xlsx.RULE
        cell.alignment = Alignment(horizontal="left", vertical="bottom", wrap_text=True)
        cell.data_type = "s"
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.row_dimensions[1].height = xlsx.LINE * _depth(table.heads, widths)
    for number, row in enumerate(table.rows, start=2):
        for column, text in enumerate(row.cells, start=1):
            if text:
                _put(sheet.cell(number, column), text, wraps=not row.is_label)
        if row.is_label:
            for column in range(1, len(table.heads) + 1):
                sheet.cell(number, column).font, sheet.cell(number, column).fill = xlsx.BOLD, xlsx.PALE
        else:
            sheet.row_dimensions[number].height = xlsx.LINE * _depth(row.cells, widths)
    sheet.freeze_panes = "B2"


def _fill_notes(sheet: Any, listing: Listing) -> None:
    for text in (listing.title, *listing.opening, *listing.closing):
        sheet.append([text])
        _as_text(sheet.cell(sheet.max_row, 1))
        sheet.row_dimensions[sheet.max_row].height = xlsx.LINE * _depth([text], [NOTES_WIDTH])
    sheet.cell(1, 1).font = xlsx.BOLD
    sheet.column_dimensions["A"].width = NOTES_WIDTH
    _set_page(sheet, listing.title, NOTES_WIDTH)


def _set_page(sheet: Any, title: str, width: float) -> None:
    """Prints a sheet on letter paper on its long side, on as many pages beside each other as can be read; each says
    what list it is of, and has the heads and the first column."""
    page = sheet.page_setup
    page.orientation, page.paperSize = sheet.ORIENTATION_LANDSCAPE, sheet.PAPERSIZE_LETTER
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    page.fitToWidth, page.fitToHeight = math.ceil(width / PAGE_WIDTH), 0
    sheet.page_margins = PageMargins(left=MARGIN, right=MARGIN, top=2 * MARGIN, bottom=2 * MARGIN)
    sheet.oddHeader.center.text = title.replace("&", "&&")
    sheet.oddFooter.center.text = "&P / &N"
    if sheet.freeze_panes:
        sheet.print_title_rows, sheet.print_title_cols = "1:1", "A:A"


def _depth(texts: Sequence[str], widths: Sequence[float]) -> int:
    """How many lines the deepest of some cells has."""
    cells = zip(texts, widths, strict=False)
    return max(sum(len(textwrap.wrap(line, int(width))) or 1 for line in text.split("\n")) for text, width in cells)


def _put(cell: Any, text: str, wraps: bool) -> None:
    """Writes a text: a rate as a number, a link as a link, all else as text."""
    rate = excel_numbers.as_number(text) if text.endswith("%") else None
    if rate is not None:
        cell.value, cell.number_format = rate
        return
    cell.value = text
    _as_text(cell, wraps)
    if text.startswith(LINK) and " " not in text:
        cell.hyperlink = text


def _as_text(cell: Any, wraps: bool = True) -> None:
    """A text also where it begins with = or reads like an error; its lines stay lines."""
    cell.data_type, cell.number_format = "s", xlsx.TEXT
    cell.alignment = Alignment(vertical="top", wrap_text=wraps)


def _widths(table: ListTable) -> list[float]:
    """The width of each column; the first has room for labels too where it stands on several pages."""
    widths = [_width(table, number) for number in range(len(table.heads))]
    if sum(widths) > PAGE_WIDTH:
        labels = [len(row.cells[0]) + 2.0 for row in table.rows if row.is_label]
        widths[0] = min(xlsx.WIDEST, max([widths[0], *labels]))
    return widths


def _width(table: ListTable, number: int) -> float:
    rows: list[ListRow] = [row for row in table.rows if not row.is_label]
    texts = [line for row in rows for line in row.cells[number].split("\n")]
    head = table.heads[number]
    broadest = max(map(len, re.split(r"[\s-]", head)), default=0)
    heads = max(broadest, min(HEAD_WIDTH, max(map(len, head.split("\n")))))
    return float(min(xlsx.WIDEST, max([NARROWEST, heads, *map(len, texts)]) + 2))
