"""Shares the width of a page among the columns of tables, for the formats that wrap words themselves.

Tables with the same heads get the same shares, so that their values line up from group to group.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from docgen.document.tree import Document, Table, TableRow, plain
from docgen.writers.lines import narrowest

LINE = 92  # characters that a line of the page takes, about
LONG_LINE = 127  # of a page that lies on its long side
PADDING = 3  # characters of air that a column needs beside its words
NAMES, WORDS = 48, 32  # more characters than these do not widen a column of names, of words
LEAST_NAME = 22  # characters that names keep where many columns press them
BROAD = frozenset("MWmw")  # letters that take half as much again as others
HEAD_LINES = 3  # lines in which a column's head should find room


@dataclass(frozen=True)
class Need:
    """What a column asks for, in characters: what it must have, and what it would like."""

    least: int
    wish: int


def shares(document: Document) -> dict[int, tuple[float, ...]]:
    """Percent of the page's width for each column of each table, by the table's place among the blocks."""
    families: dict[tuple[str, ...], list[int]] = {}
    for number, block in enumerate(document.blocks):
        if isinstance(block, Table):
            families.setdefault(_heads(block), []).append(number)
    result = {}
    for members in families.values():
        tables = [block for number in members if isinstance(block := document.blocks[number], Table)]
        result.update(dict.fromkeys(members, _split(tables, LONG_LINE if document.landscape else LINE)))
    return result


def height(table: Table, widths: Sequence[float]) -> int:
    """How many lines the rows of a table take, about, where its columns have these shares of the page in percent."""
    room = [max(1.0, width * LINE / 100) for width in widths]
    rows = [zip(row.cells, room, strict=True) if table.is_full(row) and room else () for row in table.body]
    return sum(max((math.ceil(len(plain(cell.content)) / its) for cell, its in row), default=1) or 1 for row in rows)


def _heads(table: Table) -> tuple[str, ...]:
    full = [row for row in table.head if table.is_full(row)]
    return tuple(plain(cell.content) for cell in full[0].cells[1:]) if full else (str(table.width),)


def _split(tables: Sequence[Table], line: int) -> tuple[float, ...]:
    """What each column gets: all it wishes when the line has room (names take the rest), else its part of the spare."""
    body = [row for table in tables for row in table.body if table.is_full(row)]
    head = [row for table in tables for row in table.head if table.is_full(row)]
    needs = _alike([_need(head, body, number) for number in range(tables[0].width)], body)
    least, wished = sum(need.least for need in needs), sum(need.wish for need in needs)
    if wished <= line:
        given: list[float] = [line - sum(need.wish for need in needs[1:]), *(need.wish for need in needs[1:])]
    else:
        part = max(0, line - least) / max(1, wished - least)
        given = [need.least + part * (need.wish - need.least) for need in needs]
    return tuple(round(100 * width / sum(given), 2) for width in given)


def _need(head: Sequence[TableRow], body: Sequence[TableRow], number: int) -> Need:
    heads = [plain(row.cells[number].content) for row in head] if number else []
    values = [plain(row.cells[number].content) for row in body]
    most = WORDS if number else NAMES  # a longer word than this breaks in the middle
    shortest = 0 if number else min(LEAST_NAME, max(map(len, values), default=1))
    least = max(_broadest_word(heads), min(_broadest_word(values), most), shortest) + PADDING
    stacked = max((narrowest(text, HEAD_LINES) for text in heads), default=0)
    longest = min(max((len(text) for text in values), default=1), most)
    return Need(least, max(least, longest + PADDING, stacked + PADDING))


def _broadest_word(texts: Sequence[str]) -> int:
    """The characters that the broadest word takes, about."""
    words = set(" ".join(texts).split())
    return max((len(word) + sum(letter in BROAD for letter in word) // 2 for word in words), default=0)


def _alike(needs: Sequence[Need], body: Sequence[TableRow]) -> list[Need]:
    """Columns of numbers want the same width, so that they stand at an even pitch."""
    numbers = [n for n in range(1, len(needs)) if all(row.cells[n].role == "number" for row in body)]
    widest = max((needs[n].wish for n in numbers), default=0)
    return [Need(need.least, widest) if n in numbers else need for n, need in enumerate(needs)]
