"""The pages of a PDF as pdfium reads them: opened and closed in one place, and their words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2
from pypdfium2 import PdfiumError

__all__ = ["PdfiumError", "pages", "texts", "with_hyphens"]

LINE_END_HYPHEN = "\x02"  # what pdfium gives for a hyphen that a line ends with


@contextmanager
def pages(data: bytes) -> Iterator[Any]:
    """pdfium's document, which has a length and gives its pages in order; closed at the end, whatever happens."""
    document = pypdfium2.PdfDocument(data)
    try:
        yield document
    finally:
        document.close()


def texts(data: bytes) -> list[str]:
    """The words of each page as it sets them in lines."""
    with pages(data) as document:
        return [with_hyphens(page.get_textpage().get_text_bounded()) for page in document]


def with_hyphens(text: str) -> str:
    """What pdfium read, with the hyphens at the ends of lines as hyphens."""
    return text.replace(LINE_END_HYPHEN, "-")
