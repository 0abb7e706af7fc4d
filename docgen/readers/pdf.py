"""Reads the PDF back with pdfium: its letters must be the document's letters, page by page.

Spaces do not count, since lines break where the page is full. What a page repeats is set aside: its
number, what stands at the top of a draft's pages, and the heads of a table that goes on from the page before.
"""

from __future__ import annotations

from collections.abc import Sequence

from docgen.document.tree import Document, Table, plain
from docgen.files import pdf_pages
from docgen.readers import agreement
from docgen.readers.difference import Difference


def difference(document: Document, data: bytes) -> Difference | None:
    """The first word that the file has otherwise than the document; None when there is none."""
    try:
        pages = ["".join(text.split()) for text in pdf_pages.texts(data)]
    except pdf_pages.PdfiumError as error:
        return Difference("", "", str(error), kind="unreadable")
    return letters(document, pages)


def letters(document: Document, pages: Sequence[str]) -> Difference | None:
    """The same for the letters of each page."""
    expected = [word for content in document.contents() for word in plain(content).split()]
    full_text = "".join(expected)
    heads = [_head(block) for block in document.blocks if isinstance(block, Table) and block.head]
    mark = "".join(document.draft_mark.split())
    matched = ""
    for number, page_text in enumerate(pages, start=1):
        ends = (f"{mark}{number}", f"{number}{mark}", mark) if number > 1 else (mark,)
        end = next((end for end in ends if page_text.endswith(end)), None)
        if end is None:
            return Difference(f"page {number}", document.draft_mark, page_text[-len(mark) :], kind="draft mark")
        page = page_text.removesuffix(end)
        rest = full_text[len(matched) :]
        repeated = "" if rest.startswith(page) else next((head for head in heads if _goes_on(page, head, rest)), "")
        matched += page.removeprefix(repeated)
        if not full_text.startswith(matched):
            return agreement.letters(expected, matched, f"page {number}")
    return agreement.letters(expected, matched)


def _goes_on(page: str, head: str, rest: str) -> bool:
    """Whether the page begins with a table's head, and then with what comes next."""
    return page.startswith(head) and page[len(head) :][:40] == rest[:40][: len(page) - len(head)]


def _head(table: Table) -> str:
    return "".join("".join(plain(cell.content).split()) for row in table.head for cell in row.cells)
