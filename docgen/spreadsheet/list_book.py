"""A list as an Excel file: a sheet a table, heads frozen, rates as numbers, links to EDGAR as links."""

from __future__ import annotations

import io
import textwrap
from typing import Any

import openpyxl
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter

from docgen.files import ooxml
from docgen.reports.listing import Listing, ListRow, ListTable
from docgen.spreadsheet import excel_numbers, xlsx

LINK = "https://"
NARROWEST = 10  # characters of a column
HEAD_WIDTH = 22  # of a column's head, before it wraps


def write(listing: Listing) -> bytes:
    """The list as an Excel file; what is said before and below its tables stands on a sheet of its own."""
    book = openpyxl.Workbook()
    del book["Sheet"]
    for number, table in enumerate(listing.tables, start=1):
        name = table.heading or ("List" if len(listing.tables) == 1 else f"List {number}")
        _fill(book.create_sheet(xlsx.NOT_IN_A_SHEETS_NAME.sub("-", name)[: xlsx.LONGEST_NAME]), table)
    notes = book.create_sheet("Notes")
    for text in (listing.title, *listing.opening, *listing.closing):
        notes.append([text])
        _as_text(notes.cell(notes.max_row, 1))
    notes.column_dimensions["A"].width = xlsx.WIDEST * 2
    buffer = io.BytesIO()
    book.save(buffer)
    parts = ooxml.parts("", buffer.getvalue())
    parts |= {
        ooxml.CORE: ooxml.core(listing.title, ["docgen"]),
        xlsx.STYLES: xlsx.FONT.sub(xlsx.in_order, parts[xlsx.STYLES]),
    }
    return ooxml.pack(parts)


def _fill(sheet: Any, table: ListTable) -> None:
    for column, head in enumerate(table.heads, start=1):
        cell = sheet.cell(1, column, head)
        cell.font, cell.fill, cell.border = xlsx.BOLD, xlsx.GREY, xlsx.RULE
        cell.alignment = Alignment(horizontal="left", vertical="bottom", wrap_text=True)
        cell.data_type = "s"
    for number, row in enumerate(table.rows, start=2):
        for column, text in enumerate(row.cells, start=1):
            if text:
                _put(sheet.cell(number, column), text)
        if row.is_label:
            for column in range(1, len(table.heads) + 1):
                sheet.cell(number, column).font, sheet.cell(number, column).fill = xlsx.BOLD, xlsx.PALE
    for column in range(1, len(table.heads) + 1):
        sheet.column_dimensions[get_column_letter(column)].width = _width(table, column - 1)
    heads = [head.split("\n") for head in table.heads]
    deep = max(sum(len(textwrap.wrap(line, HEAD_WIDTH)) or 1 for line in head) for head in heads)
    sheet.row_dimensions[1].height = xlsx.LINE * deep
    sheet.freeze_panes = "B2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 0, True


def _put(cell: Any, text: str) -> None:
    """Writes a text: a rate as a number, a link as a link, all else as text."""
    rate = excel_numbers.as_number(text) if text.endswith("%") else None
    if rate is not None:
        cell.value, cell.number_format = rate
        return
    cell.value = text
    _as_text(cell)
    if text.startswith(LINK) and " " not in text:
        cell.hyperlink = text


def _as_text(cell: Any) -> None:
    """A text also where it begins with = or reads like an error; its lines stay lines."""
    cell.data_type, cell.number_format = "s", xlsx.TEXT
    cell.alignment = Alignment(vertical="top", wrap_text=True)


def _width(table: ListTable, number: int) -> float:
    rows: list[ListRow] = [row for row in table.rows if not row.is_label]
    texts = [line for row in rows for line in row.cells[number].split("\n")]
    head = min(HEAD_WIDTH, max(map(len, table.heads[number].split("\n"))))
    return float(min(xlsx.WIDEST, max([NARROWEST, head, *map(len, texts)]) + 2))
