"""Reads a finished file back, with somebody else's reader where there is one, and holds it against the tree."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from docgen.document.tree import Document
from docgen.readers.difference import Difference, bare, sentence

__all__ = ["READERS", "Difference", "bare", "difference", "sentence"]

Reader = Callable[[Document, bytes], Difference | None]


def _text(document: Document, data: bytes) -> Difference | None:
    from docgen.readers import text

    return text.difference(document, data)


def _html(document: Document, data: bytes) -> Difference | None:
    from docgen.readers import html

    return html.difference(document, data)


def _pdf(document: Document, data: bytes) -> Difference | None:
    from docgen.readers import pdf

    return pdf.difference(document, data)


def _docx(document: Document, data: bytes) -> Difference | None:
    from docgen.readers import docx

    return docx.difference(document, data)


READERS: Mapping[str, Reader] = {"txt": _text, "htm": _html, "pdf": _pdf, "docx": _docx}


def difference(document: Document, suffix: str, data: bytes) -> Difference | None:
    """Where the finished file first says something else than the document; None when nowhere."""
    return READERS[suffix](document, data)
