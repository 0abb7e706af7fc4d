"""Amounts and days in the cells of tables: no line ends inside one.

An amount is money with its sign and its scale, as in `$1 billion`, or a number with its unit, as in `30 basis points`;
`per annum` is none of it. A day is as docgen writes it, `June 20, 2017`.
"""

from __future__ import annotations

import functools
import re
from dataclasses import replace

from docgen.document.tree import Block, Cell, Document, Run, Table, TableRow
from docgen.model.values import MONTHS

NUMBER = r"\d(?:[\d,.]*\d)?"
SCALE = r"(?:thousand|million|billion|trillion)\b"
AMOUNT = re.compile(
    rf"(?:\b(?:US|U\.S\.) ?)?\$ ?{NUMBER}(?: {SCALE})?|\b{NUMBER} (?:%|{SCALE}|percent\b|per cent\b|basis points?\b)"
    rf"|\b(?:{'|'.join(MONTHS)}) \d{{1,2}}, \d{{4}}\b",
    re.IGNORECASE,
)
NO_BREAK = "\xa0"


@functools.lru_cache(maxsize=4096)
def joined(text: str) -> str:
    """The text with a blank inside each amount at which no line ends."""
    return AMOUNT.sub(lambda match: match[0].replace(" ", NO_BREAK), text)


def unbroken(document: Document) -> Document:
    """The document as a format sets it that wraps its lines itself."""
    return replace(document, blocks=tuple(_block(block) for block in document.blocks))


def _block(block: Block) -> Block:
    if not isinstance(block, Table):
        return block
    return replace(block, body=tuple(_row(row) for row in block.body))


def _row(row: TableRow) -> TableRow:
    cells = tuple(_cell(cell) if cell.role == "text" else cell for cell in row.cells)
    return row if cells == row.cells else replace(row, cells=cells)


def _cell(cell: Cell) -> Cell:
    inlines = (replace(part, text=joined(part.text)) if isinstance(part, Run) else part for part in cell.content)
    return replace(cell, content=tuple(inlines))
