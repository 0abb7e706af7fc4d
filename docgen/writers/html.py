"""Writes EDGAR HTML (.htm): the small set of tags and attributes that EDGAR takes, in ASCII.

Source: EDGAR Filer Manual vol. II, 5.2.2. No colgroup, thead, tbody, scope, span, links or images;
style attributes only; one outer div; every sign beyond ASCII, and the caret, as a numeric entity.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from docgen.document import roles
from docgen.document.layout import Layout
from docgen.document.tree import (
    ADDED,
    REMOVED,
    Block,
    Break,
    Content,
    Document,
    Heading,
    Inline,
    Mark,
    Paragraph,
    Revision,
    Run,
    Table,
    TableRow,
)
from docgen.writers import amounts
from docgen.writers.together import PageSize
from docgen.writers.widths import Fit, fits

FACE = "font-family:'Times New Roman',Times,serif"
FONT = f"{FACE};font-size:11pt"
PAGES: Mapping[PageSize, str] = {"": "6.5in", "landscape": "9in", "ledger": "15in"}  # how wide they may be
SIGNING = "max-width:3.5in;margin:{above} 0 {below} auto"  # at the right of a page; all of one that is narrow
NARROW = "overflow-x:auto"  # on a narrow screen a table moves sideways by itself, and not the page
HEADING = "font-size:12pt;font-weight:bold;text-align:center;margin:0 0 12pt 0"
PARAGRAPH = "margin:0 0 10pt 0;text-align:justify"
INDENTED = f"{PARAGRAPH};text-indent:0.5in"
LOOKS = {
    "title": HEADING,
    "schedule": f"{HEADING};margin:14pt 0 12pt 0",
    "attached": f"{HEADING};margin:14pt 0 12pt 0;page-break-before:always",
    "exhibit": "margin:0 0 14pt 0;text-align:right",
    "qualifier": "margin:0 0 14pt 0;text-align:center",
    "opening": INDENTED,
    "recital": INDENTED,
    "witnesseth": "margin:0 0 10pt 0;text-align:center",
    "item": f"{PARAGRAPH};margin-left:0.5in",
    "clause": PARAGRAPH,
    "section": f"{PARAGRAPH};margin-left:0.5in",
    "preamble": INDENTED,
    "footnote": "margin:0 0 4pt 0;font-size:9pt",
    "quote": "margin:0 0 10pt 0;text-align:right",
    "terms": PARAGRAPH,
    "dated": "margin:14pt 0 0 0",
    "party": SIGNING.format(above="20pt", below="8pt"),
    "signature": SIGNING.format(above="0", below="10pt"),
    "attest": "margin:0 0 10pt 0",
    "": PARAGRAPH,
}

INDENTED_BY_ITSELF = "section"
NOTED_ROLES = ("section", "clause", "opening", "")  # of paragraphs that can have a note of their own below them
NOTED, NOTE = ";margin:0 0 3pt {left}", ";margin:0 0 10pt {left}"

Marks = Mapping[Revision, tuple[str, str]]  # the tags around what a redline marks
INSERTED, DELETED = ("<u>", "</u>"), ("<strike>", "</strike>")
MARKS: Marks = {"inserted": INSERTED, "moved in": INSERTED, "deleted": DELETED, "moved out": DELETED}


def write(document: Document, layout: Layout) -> bytes:
    """The document as EDGAR HTML, in ASCII."""
    document = amounts.unbroken(document)
    tables = fits(document)
    blocks = [
        _table(block, tables[number]) if isinstance(block, Table) else _words(block, *around)
        for number, (block, around) in enumerate(zip(document.blocks, _around(document.blocks), strict=True))
    ]
    usual: PageSize = "landscape" if document.landscape else ""
    page = max([usual, *(fit.size.page for fit in tables.values())], key=list(PAGES).index)
    style = f"{FONT};max-width:{PAGES[page]};margin:0.5in auto"
    mark = f'<p style="{roles.DRAFT_MARK_HTML}">{escape(document.draft_mark)}</p>'
    body = "\n".join([mark, *blocks] if document.draft_mark else blocks)
    return _ascii(
        '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2//EN">'  # on one line with <html>: so the SEC's checker knows it
        f'<html lang="{escape(document.language)}">\n<head>\n<title>{escape(document.title)}</title>\n</head>\n'
        f'<body bgcolor="#FFFFFF">\n<div style="{style}">\n{body}\n</div>\n</body>\n</html>\n'
    )


def _ascii(text: str) -> bytes:
    """Every sign that table 5-1 of the Filer Manual does not have, as a numeric entity."""
    return text.replace("^", "&#94;").encode("ascii", "xmlcharrefreplace")


def _around(blocks: Sequence[Block]) -> Iterator[tuple[Block | None, Block | None]]:
    """What stands before and after each block."""
    yield from zip([None, *blocks], [*blocks[1:], None], strict=False)


def _words(block: Heading | Paragraph, before: Block | None, after: Block | None) -> str:
    """A paragraph or heading; a note on a paragraph stands close under it, and apart from the next."""
    tag, style = f"h{block.level}" if isinstance(block, Heading) else "p", LOOKS[block.role]
    if _is_noted(block, after):
        style += NOTED.format(left="0.5in" if block.role == INDENTED_BY_ITSELF else "0")
    elif _is_noted(before, block):
        style += NOTE.format(left="0.5in" if getattr(before, "role", "") == INDENTED_BY_ITSELF else "0")
    return f'<{tag} style="{style}">{said(block.content)}</{tag}>'


def _is_noted(block: Block | None, note: Block | None) -> bool:
    """Whether one block is a paragraph, and the other a note on it."""
    words = isinstance(block, Paragraph) and isinstance(note, Paragraph)
    return words and getattr(note, "role", "") == "footnote" and getattr(block, "role", "") in NOTED_ROLES


def said(content: Content, marks: Marks = MARKS) -> str:
    """The words of a content as HTML, for this format and for the PDF's; `marks` are the tags of a redline."""
    if len(content) == 1 and isinstance(run := content[0], Run) and not run.redline:
        return _escaped(run.text)
    words = ""
    for number, inline in enumerate(content):
        before, after = marks.get(inline.redline, ("", ""))
        blank = " " if number and _touch(content[number - 1], inline) else ""
        words += f"{blank}{before}{_inline(inline)}{after}"
    return words


@functools.lru_cache(maxsize=4096)
def _escaped(text: str) -> str:
    """Words as HTML; many cells of a schedule say the same."""
    return escape(text)


def _touch(old: Inline, new: Inline) -> bool:
    """Whether what has come would run into what has gone before it, when both are read aloud or copied."""
    if isinstance(old, Break) or isinstance(new, Break) or old.redline not in REMOVED or new.redline not in ADDED:
        return False
    return not old.text[-1:].isspace() and not new.text[:1].isspace()


def _inline(inline: Inline) -> str:
    if isinstance(inline, Break):
        return "<br>\n"
    return f"<sup>{escape(inline.text)}</sup>" if isinstance(inline, Mark) else escape(inline.text)


def _table(table: Table, fit: Fit) -> str:
    widths = fit.shares
    head = [_row(row, table.width, widths if number == 0 else (), True) for number, row in enumerate(table.head)]
    body = [_row(row, table.width, () if table.head else widths, False) for row in table.body]
    style = f"{FACE};font-size:{fit.size.type}pt;margin:0 0 12pt 0"
    start = f'<table width="100%" cellspacing="0" cellpadding="0" border="0" style="{style}">'
    return "\n".join([f'<div style="{NARROW}">', start, *head, *body, "</table>", "</div>"])


def _row(row: TableRow, columns: int, widths: Sequence[float], head: bool) -> str:
    across = columns if len(row.cells) == 1 < columns else 0
    cells = ""
    for number, cell in enumerate(row.cells):
        width = widths[number] if widths and not across else None
        heads = cell.head and (head or not across)  # a name alone across a table's body heads nothing beside it
        start, end = _cell(roles.of_cell(row, cell, number, head), heads, cell.role == "group", across, width)
        cells += f"{start}{said(cell.content) or '&#160;'}{end}"
    return f"<tr>{cells}</tr>"


@functools.lru_cache(maxsize=1024)
def _cell(role: str, head: bool, bold: bool, across: int, width: float | None) -> tuple[str, str]:
    """The tags of a cell; `bold` for a group's name, `across` so many columns or 0, `width` in percent where given."""
    tag = "th" if head else "td"
    style = roles.CELLS[role].html + (";font-weight:normal" if head and not bold else "")
    colspan = f' colspan="{across}"' if across else ""
    share = f' width="{width:g}%"' if width is not None else ""
    return f'<{tag}{colspan}{share} style="{style}">', f"</{tag}>"
