"""What a reader makes of a filed exhibit: pieces in the order in which they stand, every word in one of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from docgen.edgar import characters

PageKind = Literal["words", "table", "furniture"]
SIGNED_ON = re.compile(r"_{3,}")  # as long as a house draws it
ALIKE = str.maketrans({**dict.fromkeys("‘’‚‛′`", "'"), **dict.fromkeys("“”„‟″", '"'), **dict.fromkeys("‐‑–—−", "-")})


@dataclass(frozen=True)
class LinePlace:
    """Where a piece begins: a line, and in a PDF the page that it is counted on.

    `order` counts all rows and paragraphs of the file. HTML may be one line; then `count` is a paragraph's number or
    a row's in its `table`, and tells where a piece stands.
    """

    line: int = 0
    page: int = 0
    order: int = 0
    count: int = 0
    table: int = 0

    def __str__(self) -> str:
        if self.page:
            return f"page {self.page}, line {self.line}"
        if self.table:
            return f"table {self.table}, row {self.count}"
        return f"paragraph {self.count}" if self.count else f"line {self.line}"

    @property
    def label(self) -> str:
        """What a person types for it: 61; 2:14 in a PDF; p14 or t2r5 in HTML whose lines tell nothing."""
        if self.page:
            return f"{self.page}:{self.line}"
        if self.table:
            return f"t{self.table}r{self.count}"
        return f"p{self.count}" if self.count else str(self.line)


@dataclass(frozen=True)
class GridRow:
    """One row of a table: a cell for each column, the first for names.

    `head` says that the file sets it as one of the heads, `ruled` that a rule stands under its first cell, `indent`
    how deep the name stands, `apart` that a blank line follows, `bold` that the name is. `blank` says that a blank line
    or an empty row of the table follows, and no end of a page. `doubt` is why a cell may belong elsewhere. `heads` are
    those of each column, where one stands over several: a cell has its words once.
    """

    cells: tuple[str, ...]
    place: LinePlace
    head: bool = False
    ruled: bool = False
    indent: int = 0
    apart: bool = False
    blank: bool = False
    bold: bool = False
    doubt: str = ""
    heads: tuple[str, ...] = ()

    @property
    def is_alone(self) -> bool:
        """Whether it has a name and nothing beside it."""
        return bool(self.cells) and bool(self.cells[0]) and not any(self.cells[1:])


@dataclass(frozen=True)
class PagePiece:
    """A paragraph or heading with its lines, a table with its rows, or what belongs to the paper alone: furniture.

    `bold` says that every word of a paragraph is bold or underlined; `depths` how deep its lines stand, where they
    stand at one of two depths.
    """

    kind: PageKind
    lines: tuple[str, ...]
    place: LinePlace
    rows: tuple[GridRow, ...] = ()
    bold: bool = False
    depths: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        """What it says, in one line."""
        return " ".join(" ".join(self.lines).split())

    @property
    def words(self) -> list[str]:
        """Its words in order; of a table cell by cell."""
        return words(" ".join(cell for row in self.rows for cell in row.cells) if self.rows else self.text)


@dataclass(frozen=True)
class FiledExhibit:
    """A filed exhibit as read: its file's name, its pieces, how many words its file has, and remarks on words that not
    everybody sees there."""

    file: str
    pieces: tuple[PagePiece, ...]
    count: int
    remarks: tuple[str, ...] = ()

    def with_joins(self, pieces: Sequence[PagePiece]) -> FiledExhibit:
        """The exhibit with its pieces, in which words that were two are one."""
        fewer = sum(len(piece.words) for piece in self.pieces) - sum(len(piece.words) for piece in pieces)
        return replace(self, pieces=tuple(pieces), count=self.count - fewer)

    def place(self, place: LinePlace) -> str:
        """A place as a person would look for it."""
        if place.page or not place.count:
            return f"{self.file}: {place}" if place.page else f"{self.file}:{place.line}"
        return f"{self.file}:{place.label} ({place})"


def words(text: str) -> list[str]:
    """The words of a text in EDGAR's characters: one kind of quotation mark, or line to sign, is like another."""
    return SIGNED_ON.sub("___", characters.plain(text)).split()


def alike(text: str) -> str:
    """The text with straight quotation marks and one kind of dash, letter for letter as long as it was."""
    return text.replace("\u00a0", " ").translate(ALIKE)
