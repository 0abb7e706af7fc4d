"""What each role is called in Word and, for cells, looks like in EDGAR HTML: writers set by it, readers know by it.

Word's names are those of the styles in reference.docx. EDGAR HTML has no names: there a cell's style is all that
tells its role. What only a writer needs, as the looks of paragraphs, is the writer's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from docgen.document.tree import Cell, TableRow

PARAGRAPHS: Mapping[str, str] = {
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
HEADINGS: Mapping[str, str] = {
    "title": "h1",
    "schedule": "h2",
    "attached": "h2",
}  # the roles of headings, and their tags
TABLE, GAP, MARK = "Schedule Table", "Table Gap", "Footnote Mark"
DRAFT_MARK = "Draft Mark"  # the style of what stands at the top of a draft's pages, in Word
DRAFT_MARK_HTML = "margin:0 0 14pt 0;font-weight:bold;text-align:center"  # and at the top of its EDGAR HTML


@dataclass(frozen=True)
class CellRole:
    """A role of cells: the style of its paragraphs in Word, the style of the cell in EDGAR HTML."""

    word: str
    html: str


RULE = "border-bottom:1px solid #000000"
HEAD = f"vertical-align:bottom;padding:2pt 4pt;{RULE}"
NAME = "text-align:left;vertical-align:top"
CELLS: Mapping[str, CellRole] = {
    "group": CellRole(
        "Group Name", f"font-weight:bold;text-align:left;vertical-align:bottom;padding:2pt 4pt 2pt 0;{RULE}"
    ),
    "head number": CellRole("Column Head", f"font-size:8pt;text-align:center;{HEAD}"),
    "head text": CellRole("Column Head Text", f"font-size:8pt;text-align:left;{HEAD}"),
    "label": CellRole("Row Label", "font-size:8pt;text-align:left;padding:4pt 4pt 2pt 0"),
    "name": CellRole("Row Name", f"{NAME};padding:2pt 4pt 2pt 0"),
    "class name": CellRole("Class Name", f"{NAME};padding:2pt 4pt 2pt 14pt"),
    "fund name": CellRole("Fund Name", f"{NAME};padding:6pt 4pt 2pt 0"),
    "number": CellRole("Number", "text-align:center;vertical-align:top;padding:2pt 4pt"),
    "text": CellRole("Text", f"{NAME};padding:2pt 4pt"),
}


def of_cell(row: TableRow, cell: Cell, number: int, head: bool) -> str:
    """A cell's role; `number` counts the cells of its row, `head` says whether the row repeats."""
    if row.role == "label":
        return "label"
    if head:
        return "group" if number == 0 and cell.role != "text" else f"head {cell.role or 'text'}"
    if cell.role == "group":
        return "group"
    if number == 0 or cell.role == "name":
        return f"{row.role} name".strip()
    return cell.role or "text"
