"""Reads the PDF back with pdfium: its letters must be the document's letters, page by page.

Spaces do not count, since lines break where the page is full. What a page repeats is set aside: its
number, and the heads of a table that goes on from the page before.
"""

from __future__ import annotations

from collections.abc import Sequence

from docgen.document.tree import Document, Table, plain
from docgen.files import pdf_pages
from docgen.readers import agreement
from docgen.readers.difference import Difference


def difference(document: Document, data: bytes) -> Difference | None:
    """The first word that the file has otherwise than the document; None when there is none."""
    return letters(document, ["".join(text.split()) for text in pdf_pages.texts(data)])


def letters(document: Document, pages: Sequence[str]) -> Difference | None:
    """The same for the letters of each page."""
    meant = [word for content in document.contents() for word in plain(content).split()]
    whole = "".join(meant)
    heads = [_head(block) for block in document.blocks if isinstance(block, Table) and block.head]
    said = ""
    for number, read in enumerate(pages, start=1):
        page = read.removesuffix(str(number)) if number > 1 else read
        rest = whole[len(said) :]
        repeated = "" if rest.startswith(page) else next((head for head in heads if _goes_on(page, head, rest)), "")
        said += page.removeprefix(repeated)
        if not whole.startswith(said):
            return agreement.letters(meant, said, f"page {number}")
    return agreement.letters(meant, said)


def _goes_on(page: str, head: str, rest: str) -> bool:
    """Whether the page begins with a table's head, and then with what comes next."""
    return page.startswith(head) and page[len(head) :][:40] == rest[:40][: len(page) - len(head)]


def _head(table: Table) -> str:
    return "".join("".join(plain(cell.content).split()) for row in table.head for cell in row.cells)
