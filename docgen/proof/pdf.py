"""Reads the PDF back with pdfium: its letters must be the document's letters, page by page.

Spaces do not count, since lines break where the page is full. What a page repeats is set aside: its
number, and the heads of a table that goes on from the page before.
"""

from __future__ import annotations

from collections.abc import Sequence

import pypdfium2

from docgen.document.tree import Document, Table, plain
from docgen.proof import compare

LINE_END_HYPHEN = "\x02"  # what pdfium gives for a hyphen that a line ends with


def difference(document: Document, data: bytes) -> str:
    """The first word that the file has otherwise than the document; empty when there is none."""
    return letters(document, _pages(data))


def letters(document: Document, pages: Sequence[str]) -> str:
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
            return compare.letters(meant, said, f"page {number} ")
    return compare.letters(meant, said)


def _goes_on(page: str, head: str, rest: str) -> bool:
    """Whether the page begins with a table's head, and then with what comes next."""
    return page.startswith(head) and page[len(head) :][:40] == rest[:40][: len(page) - len(head)]


def _head(table: Table) -> str:
    return "".join("".join(plain(cell.content).split()) for row in table.head for cell in row.cells)


def _pages(data: bytes) -> list[str]:
    """The letters of each page, without white space."""
    pdf = pypdfium2.PdfDocument(data)
    try:
        texts = [page.get_textpage().get_text_bounded() for page in pdf]
    finally:
        pdf.close()
    return ["".join(text.replace(LINE_END_HYPHEN, "-").split()) for text in texts]
