"""Reads a finished file back, with somebody else's reader where there is one, and holds it against the tree."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from docgen.document.tree import Document

Reader = Callable[[Document, bytes], str]


def _text(document: Document, data: bytes) -> str:
    from docgen.proof import text

    return text.difference(document, data)


def _html(document: Document, data: bytes) -> str:
    from docgen.proof import html

    return html.difference(document, data)


def _pdf(document: Document, data: bytes) -> str:
    from docgen.proof import pdf

    return pdf.difference(document, data)


def _docx(document: Document, data: bytes) -> str:
    from docgen.proof import docx

    return docx.difference(document, data)


READERS: Mapping[str, Reader] = {"txt": _text, "htm": _html, "pdf": _pdf, "docx": _docx}


def difference(document: Document, suffix: str, data: bytes) -> str:
    """Where the finished file first says something else than the document, in words; empty when nowhere."""
    return READERS[suffix](document, data)
