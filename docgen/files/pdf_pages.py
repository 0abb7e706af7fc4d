"""The pages of a PDF as pdfium reads them: opened and closed in one place, and their words."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pypdfium2
from pypdfium2 import PdfiumError, raw

from docgen.files import file_kinds

__all__ = ["PdfiumError", "fault", "pages", "text", "texts", "unseen", "with_hyphens"]

SCALES = (0.5, 2)  # of the pictures in which words are looked for: a quick one, and one that shows the finest stroke
DEEPEST = 5  # groups within groups in which words are looked for
SMALLEST = 5  # points in which type is set; the mark of a footnote is smaller than its words
SHORT, NARROWEST = 4, 0.12  # letters that say how wide they stand, and how wide they do, of the type's size
LEAST_INK = 40  # of 255
LINE_END_HYPHEN = "\x02"  # what pdfium gives for a hyphen that a line ends with


@contextmanager
def pages(data: bytes) -> Iterator[Any]:
    """pdfium's document, which has a length and gives its pages in order; closed at the end, whatever happens."""
    document = pypdfium2.PdfDocument(data)
    try:
        yield document
    finally:
        document.close()


def fault(error: Exception) -> str:
    """What is wrong with a PDF, by what a library says of it."""
    if "password" in str(error).lower():
        return file_kinds.LOCKED
    return "is damaged or cut short, so that it cannot be read as a PDF"


def texts(data: bytes) -> list[str]:
    """The words of each page as it sets them in lines."""
    with pages(data) as document:
        return [text(page) for page in document]


def text(page: Any) -> str:
    """The words of a page as it sets them in lines."""
    return with_hyphens(page.get_textpage().get_text_bounded())


def with_hyphens(text: str) -> str:
    """What pdfium read, with the hyphens at the ends of lines as hyphens."""
    return text.replace(LINE_END_HYPHEN, "-")


def unseen(page: Any) -> Iterator[str]:
    """Why some of a page's words cannot be seen, with the words: tiny, squeezed, off the page, or without ink."""
    pictures = [functools.cache(functools.partial(_picture, page, scale)) for scale in SCALES]
    words = page.get_textpage()
    for item in page.get_objects([raw.FPDF_PAGEOBJ_TEXT], DEEPEST, textpage=words):
        text = "".join(item.extract().split())
        if text and (fault := _hiding(item, text, page.get_size(), pictures)):
            yield f'"{text[:40]}" {fault}'


def _picture(page: Any, scale: float) -> Any:
    """A page as a picture in greys, with so many points of its own for one of the page."""
    return page.render(scale=scale, grayscale=True).to_pil()


def _hiding(item: Any, text: str, page_size: tuple[float, float], pictures: Sequence[Callable[[], Any]]) -> str:
    """How a piece of text is kept from being seen; empty when it is not."""
    left, bottom, right, top = item.get_bounds()
    width, height = page_size
    size = item.get_font_size() * abs(item.get_matrix().d)
    if right <= 0 or left >= width or top <= 0 or bottom >= height:
        return "lies off the page"
    if size < SMALLEST:
        return f"is set in {size:.1f} points, less than {SMALLEST}"
    if len(text) >= SHORT and right - left < NARROWEST * size * len(text):
        return "has its letters on top of each other"
    box = (left, height - top, right, height - bottom)
    if all(_ink(picture(), scale, box) < LEAST_INK for picture, scale in zip(pictures, SCALES, strict=True)):
        return "cannot be told from what is behind"
    return ""


def _ink(image: Any, scale: float, box: tuple[float, float, float, float]) -> int:
    """How much the darkest and the lightest point of a part of a page differ, of 255."""
    left, top, right, bottom = (int(side * scale) for side in box)
    part = image.crop((max(0, left), max(0, top), min(image.width, right + 1), min(image.height, bottom + 1)))
    low, high = part.getextrema() if part.width and part.height else (0, 0)
    return int(high - low)
