"""Reads the PDF back with pdfium: its letters must be the document's letters, page by page.

Spaces do not count, since lines break where the page is full. What a page repeats is set aside: its
number, what stands at the top of a draft's pages, and the heads of a table that goes on from the page before, with
the name of the fund that does. A row that goes on over the page has a part of each of its cells on either.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from docgen.document.tree import Document, Table, plain
from docgen.files import pdf_pages
from docgen.readers import agreement, continued
from docgen.readers.difference import Difference


def difference(document: Document, data: bytes) -> Difference | None:
    """The first word that the file has otherwise than the document; None when there is none."""
    try:
        pages = ["".join(text.split()) for text in pdf_pages.texts(data)]
    except pdf_pages.PdfiumError as error:
        return Difference(found=str(error), kind="unreadable")
    return letters(document, pages)


def letters(document: Document, pages: Sequence[str]) -> Difference | None:
    """The same for the letters of each page."""
    expected = [word for content in document.contents() for word in plain(content).split()]
    meant = AllLetters("".join(expected), tuple(_rows(document)))
    heads = [_head(block) for block in document.blocks if isinstance(block, Table) and block.head]
    mark = "".join(document.draft_mark.split())
    place = Passage(0)
    for number, page_text in enumerate(pages, start=1):
        ends = (f"{mark}{number}", f"{number}{mark}", mark) if number > 1 else (mark,)
        end = next((end for end in ends if page_text.endswith(end)), None)
        if end is None:
            return Difference(f"page {number}", document.draft_mark, page_text[-len(mark) :], kind="draft mark")
        whole = page_text.removesuffix(end)
        above = next((row.above for row in reversed(meant.rows) if row.start < place.at), "")
        bodies = (whole.removesuffix(above), whole)
        ways = list(dict.fromkeys(page.removeprefix(head) for page in bodies for head in ("", *heads)))
        onward = next((onward for way in ways if (onward := _read(way, place, meant))), None)
        if onward is None:
            rest = meant.text[place.at :]
            farthest = max(ways, key=lambda way: _alike(rest, way))
            return agreement.letters(expected, meant.text[: place.at] + farthest, f"page {number}")
        place = onward
    return agreement.letters(expected, meant.text[: place.at - sum(map(len, place.cells))])


@dataclass(frozen=True)
class RowLetters:
    """A row of a table: where its letters begin among all, and those of each of its cells."""

    start: int
    cells: tuple[str, ...]
    above: str  # what a page may say at its top that begins behind the row: which fund goes on

    @property
    def end(self) -> int:
        """Where the letters of the next row begin."""
        return self.start + sum(map(len, self.cells))


@dataclass(frozen=True)
class AllLetters:
    """All letters of a document in one, and the rows of its tables."""

    text: str
    rows: tuple[RowLetters, ...]


@dataclass(frozen=True)
class Passage:
    """How far a document is read, and what is left of the cells of a row that goes on over the page and ends there."""

    at: int
    cells: tuple[str, ...] = ()


def _rows(document: Document) -> Iterator[RowLetters]:
    at = 0
    for block in document.blocks:
        if isinstance(block, Table):
            above = [*[""] * len(block.head), *continued.names(block)]
            for row, name in zip(block.rows, above, strict=True):
                cells = tuple("".join(plain(cell.content).split()) for cell in row.cells)
                yield (read := RowLetters(at, cells, "".join(name.split())))
                at = read.end
        else:
            at += len("".join(plain(block.content).split()))


def _read(page: str, place: Passage, meant: AllLetters) -> Passage | None:
    """Where the reading stands behind a page; None where the page says something else."""
    at, cells = place.at, place.cells
    while True:
        portions = _portions(page, cells)
        if portions is None:
            return None
        page = page[sum(portions) :]
        cells = tuple(cell[letters:] for cell, letters in zip(cells, portions, strict=True))
        if any(cells):
            return Passage(at, cells)
        if meant.text.startswith(page, at):
            return Passage(at + len(page))
        until = at + _alike(meant.text[at:], page)
        row = next((row for row in meant.rows if at <= row.start <= until < row.end), None)
        if row is None:
            return None
        page, at, cells = page[row.start - at :], row.end, row.cells


def _portions(page: str, cells: Sequence[str]) -> tuple[int, ...] | None:
    """How many letters of each cell stand on a page that begins with them; None where it has others.

    Either the page has all of them, or it ends with them.
    """
    ways: dict[int, tuple[int, ...]] = {0: ()}  # by how far the page is read
    for cell in cells:
        onward: dict[int, tuple[int, ...]] = {}
        for at, portions in ways.items():
            most = _alike(page[at : at + len(cell)], cell)
            for letters in reversed(range(most + 1)):
                onward.setdefault(at + letters, (*portions, letters))
        ways = onward
    whole = tuple(map(len, cells))
    return whole if page.startswith("".join(cells)) else ways.get(len(page))


def _alike(one: str, other: str) -> int:
    """With how many letters both begin."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _head(table: Table) -> str:
    return "".join("".join(plain(cell.content).split()) for row in table.head for cell in row.cells)
