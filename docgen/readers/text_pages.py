"""Takes the pages of EDGAR text apart: their numbers, their tags, and what stands at the top of a draft's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docgen.readers.difference import Difference

PAGE_TAG = "<PAGE>\n"
PAGE_END = "\f"  # what stands between the lines of two pages


def lines(text: str, mark: Sequence[str]) -> Iterator[str]:
    """The lines without page numbers and page tags, PAGE_END after each page but the last.

    The lines of `mark`, the words at the top of each page of a draft, come as empty ones.
    """
    pages = text.split(PAGE_TAG)
    for number, page in enumerate(pages, start=1):
        rows = page.rstrip().split("\n")
        if number > 1 and rows[-1].strip() == str(number):
            rows.pop()
        deep, _ = _top(rows, len(mark))
        yield from [""] * deep
        yield from rows[deep:]
        if number < len(pages):
            yield PAGE_END


def missing_mark(text: str, mark: Sequence[str]) -> Difference | None:
    """The first page that does not say the words at its top; None where each does."""
    for number, page in enumerate(text.split(PAGE_TAG), start=1):
        _, words = _top(page.split("\n"), len(mark))
        if words != list(mark):
            return Difference(f"page {number}", " ".join(mark), " ".join(words) or "nothing", kind="draft mark")
    return None


def _top(rows: Sequence[str], most: int) -> tuple[int, list[str]]:
    """How many rows of a page have so many words, and these words."""
    words: list[str] = []
    deep = 0
    while deep < len(rows) and len(words) < most:
        words += rows[deep].split()
        deep += 1
    return deep, words
