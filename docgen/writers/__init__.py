"""The formats: one writer each, from a document to the bytes of a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from docgen.document.layout import Layout
from docgen.document.tree import Document

Writer = Callable[[Document, Layout], bytes]


def _text(document: Document, layout: Layout) -> bytes:
    from docgen.writers import text

    return text.write(document, layout)


def _html(document: Document, layout: Layout) -> bytes:
    from docgen.writers import html

    return html.write(document, layout)


def _pdf(document: Document, layout: Layout) -> bytes:
    from docgen.writers import pdf  # WeasyPrint takes most of a second to load

    return pdf.write(document, layout)


def _docx(document: Document, layout: Layout) -> bytes:
    from docgen.writers import docx  # python-docx takes a while to load too

    return docx.write(document, layout)


WRITERS: Mapping[str, Writer] = {"txt": _text, "htm": _html, "pdf": _pdf, "docx": _docx}
