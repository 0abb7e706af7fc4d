"""Shares the width of a page among the columns of tables, for the formats that wrap words themselves.

A table is set as large as its page lets its heads and values stand without a break inside a word: in the usual size,
smaller, on pages turned on their side, and at last on pages of twice the size. Tables with the same heads get the
same shares, so that their values line up from group to group.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from docgen.document.tree import Cell, Document, Table, TableRow, lines, plain
from docgen.writers.lines import BETWEEN, narrowest
from docgen.writers.together import PageSize

AIR = 6  # points beside a column's words that it would like to have, over what it must
SPACING = 0.02  # of the size, between the letters of heads
NAMES, WORDS = 48, 32  # more characters than these do not widen a column of names, of words
LEAST_NAME, LEAST_WORDS = 22, 16  # characters that names, that words keep where many columns press them
HEAD_LINES = 3  # lines in which a column's head should find room
MANY = 6  # columns beyond which a table is set smaller, even where it had room
AVERAGE = 0.4625  # of the size: how wide a letter is in the middle of many words
USUAL = 0.5  # of the size: how wide a sign is that LETTERS does not have
LETTERS: Mapping[str, float] = {  # how wide letters are in a face like Times, of the size
    letter: width
    for width, letters in (
        (0.28, "',./:;\\|ijlt"),
        (0.34, "!()-I[]`fr"),
        (0.45, 'Js"?acez'),
        (0.56, "FPS+<=>"),
        (0.62, "ELTZ"),
        (0.67, "BCR"),
        (0.73, "ADGHKNOQUVXYw"),
        (0.84, "&m%"),
        (0.95, "M@W"),
    )
    for letter in letters
}
# The percent that columns of nothing but words have, by the role of their table: the sentence has the most
SHARES: Mapping[str, Sequence[tuple[float, ...]]] = {"changes": ((35, 65), (32, 44, 24))}

ColumnTexts = tuple[tuple[str, ...], tuple[str, ...]]  # of a column, each once: its heads, and the values under them


@dataclass(frozen=True)
class Size:
    """How a table is set, in points: the room between the margins, its type and that of its heads, the cells' edges;
    and how many characters of words at most widen a column."""

    room: int
    type: int
    padding: int
    page: PageSize = ""
    head: int = 8
    words: int = WORDS


SIZES = (
    Size(468, 11, 9),
    Size(468, 9, 5),
    Size(468, 8, 5),
    Size(648, 9, 5, "landscape"),
    Size(648, 8, 5, "landscape"),
    Size(1080, 9, 5, "ledger"),
    Size(1080, 8, 5, "ledger"),
)
# where all pages of the document lie on their long side
ON_LONG_SIDE = tuple(Size(648, size, padding, words=60) for size, padding in ((11, 9), (9, 5), (8, 5)))


@dataclass(frozen=True)
class Fit:
    """How a table is set, and the percent of the page's width that each of its columns has."""

    size: Size
    shares: tuple[float, ...]


@dataclass(frozen=True)
class Need:
    """What a column asks for, in points: what it must have, and what it would like."""

    least: float
    wish: float


def fits(document: Document) -> dict[int, Fit]:
    """How each table is set, by its place among the blocks."""
    families: dict[tuple[str, ...], list[int]] = {}
    for number, block in enumerate(document.blocks):
        if isinstance(block, Table):
            families.setdefault(_heads(block), []).append(number)
    result = {}
    for members in families.values():
        tables = [block for number in members if isinstance(block := document.blocks[number], Table)]
        result.update(dict.fromkeys(members, _fit(tables, ON_LONG_SIDE if document.landscape else SIZES)))
    return result


def heights(table: Table, fit: Fit) -> list[int]:
    """How many lines each row of a table's body takes, about."""
    line = fit.size.room / (AVERAGE * fit.size.type)
    room = [max(1.0, width * line / 100) for width in fit.shares]
    rows = [zip(row.cells, room, strict=True) if table.is_full(row) and room else () for row in table.body]
    return [max((_lines(cell, its) for cell, its in row), default=1) or 1 for row in rows]


def _lines(cell: Cell, width: float) -> int:
    return sum(math.ceil(len(line) / width) for line in lines(cell.content))


def _heads(table: Table) -> tuple[str, ...]:
    full = [row for row in table.head if table.is_full(row)]
    return tuple(plain(cell.content) for cell in full[0].cells[1:]) if full else (str(table.width),)


def _fit(tables: Sequence[Table], sizes: Sequence[Size]) -> Fit:
    """The largest size in which every column has what it must; the last one where none does."""
    for shares in SHARES.get(tables[0].role, ()):
        if len(shares) == tables[0].width:
            return Fit(sizes[0], shares)
    body = [row for table in tables for row in table.body if table.is_full(row)]
    head = [row for table in tables for row in table.head if table.is_full(row)]
    columns = tuple((_texts(head, number) if number else (), _texts(body, number)) for number in range(tables[0].width))
    numbers = tuple(n for n in range(1, len(columns)) if all(row.cells[n].role == "number" for row in body))
    return _fit_of(columns, numbers, tuple(sizes))


@functools.lru_cache(maxsize=64)
def _fit_of(columns: tuple[ColumnTexts, ...], numbers: tuple[int, ...], sizes: tuple[Size, ...]) -> Fit:
    """The same for what stands in each column; a paper and its schedule have the same tables."""
    for size in sizes[1 if len(columns) > MANY else 0 :]:
        needs = _alike(
            [_need(heads, values, number > 0, size) for number, (heads, values) in enumerate(columns)], numbers
        )
        if sum(need.least for need in needs) <= size.room:
            break
    return Fit(size, _split(needs, size.room))


def _split(needs: Sequence[Need], room: int) -> tuple[float, ...]:
    """What each column gets: all it wishes when the line has room (names take the rest), else its part of the spare."""
    least, wished = sum(need.least for need in needs), sum(need.wish for need in needs)
    if wished <= room:
        widths = [room - sum(need.wish for need in needs[1:]), *(need.wish for need in needs[1:])]
    else:
        part = max(0, room - least) / max(1, wished - least)
        widths = [need.least + part * (need.wish - need.least) for need in needs]
    return tuple(round(100 * width / sum(widths), 2) for width in widths)


def _texts(rows: Sequence[TableRow], number: int) -> tuple[str, ...]:
    """What the rows have in a column, each text once."""
    return tuple(dict.fromkeys(plain(row.cells[number].content) for row in rows))


def _need(heads: Sequence[str], values: Sequence[str], is_value: bool, size: Size) -> Need:
    letter = AVERAGE * size.type
    most = (WORDS if is_value else NAMES) * letter  # a broader word than this breaks in the middle
    shortest = min((LEAST_WORDS if is_value else LEAST_NAME) * letter, _broadest(values, size.type))
    words = BETWEEN.split(" ".join(values))
    spaced = size.head * (1 + 2 * SPACING)
    least = max(_broadest(" ".join(heads).split(), spaced), min(_broadest(words, size.type), most), shortest)
    stacked = (
        max((narrowest(text, HEAD_LINES) * _width(text) / len(text) for text in heads if text), default=0) * spaced
    )
    longest = min(_broadest(values, size.type), (size.words if is_value else NAMES) * letter)
    return Need(least + size.padding, max(least, longest, stacked) + size.padding + AIR)


def _broadest(texts: Sequence[str], size: float) -> float:
    """The points that the broadest of the texts takes in type of this size; those of many lines by their longest."""
    return size * max((_width(line) for text in texts for line in text.split("\n")), default=0)


@functools.lru_cache(maxsize=4096)
def _width(text: str) -> float:
    """How wide the letters of a text are together, of the size of the type."""
    return sum(LETTERS.get(letter, USUAL) for letter in text)


def _alike(needs: Sequence[Need], numbers: Sequence[int]) -> list[Need]:
    """Columns of numbers want the same width, so that they stand at an even pitch."""
    widest = max((needs[n].wish for n in numbers), default=0)
    return [Need(need.least, widest) if n in numbers else need for n, need in enumerate(needs)]
