"""Which style of reference.docx each role has: what a paragraph, a heading or a cell is called in Word."""

from __future__ import annotations

from docgen.document.tree import Cell, TableRow

STYLES = {
    "title": "Title",
    "schedule": "Schedule Heading",
    "attached": "Attached Heading",
    "exhibit": "Exhibit",
    "qualifier": "Qualifier",
    "opening": "Opening",
    "recital": "Recital",
    "witnesseth": "Witnesseth",
    "item": "Item",
    "clause": "Clause",
    "section": "Section",
    "preamble": "Preamble",
    "footnote": "Footnote",
    "quote": "Closing Quote",
    "terms": "Terms",
    "dated": "Dated",
    "party": "Party",
    "signature": "Signature",
    "attest": "Attest",
    "": "Clause",
}
CELLS = {
    "group": "Group Name",
    "head number": "Column Head",
    "head text": "Column Head Text",
    "label": "Row Label",
    "name": "Row Name",
    "class name": "Class Name",
    "fund name": "Fund Name",
    "number": "Number",
    "text": "Text",
}
TABLE, GAP, MARK = "Schedule Table", "Table Gap", "Footnote Mark"
NAMES = frozenset({*STYLES.values(), *CELLS.values(), TABLE, GAP, MARK})


def of_cell(row: TableRow, cell: Cell, number: int, head: bool) -> str:
    """The style of a cell's paragraph; `number` counts the cells of its row, `head` says whether the row repeats."""
    if row.role == "label":
        return CELLS["label"]
    if head:
        return CELLS["group" if number == 0 else f"head {cell.role or 'text'}"]
    if number == 0:
        return CELLS[f"{row.role} name".strip()]
    return CELLS[cell.role or "text"]
