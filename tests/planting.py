"""Errors of structure, planted in a paper's tree before its files are written, or in the lines of its text.

Each is what a careless typist leaves on a page: a row above the heads of the next group, heads of one group in another
order, a name on two rows, a head where a group's name stands, a value in the next column.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from docgen.document.tree import Block, Document, Run, Table, TableRow, plain

PLANTS = ("a row under the next group", "columns swapped", "a name split", "a head as a group", "a value shifted")
VALUE = re.compile(r"  +([0-9.]+%)(?=$|  )")


@dataclass(frozen=True)
class Planted:
    """A document with an error in it, and the names of the rows that it struck."""

    document: Document
    struck: frozenset[str]


def planted(document: Document, plant: str, dice: random.Random) -> Planted | None:
    """The document with one error; None where it has no room for it."""
    blocks = list(document.blocks)
    places = [n for n, block in enumerate(blocks) if isinstance(block, Table) and rows_of(block)]
    at = dice.choice(places)
    table = blocks[at]
    assert isinstance(table, Table)
    row = dice.choice(rows_of(table))
    changed = _changed(table, row, plant, dice)
    if changed is None or (plant in PLANTS[:2] and len(places) < 2) or (plant == PLANTS[0] and at == places[-1]):
        return None
    blocks[at : at + 1] = changed
    names = [name(row)] if plant in (PLANTS[0], PLANTS[2], PLANTS[4]) else [name(row) for row in rows_of(table)]
    return Planted(replace(document, blocks=tuple(blocks)), frozenset(names))


def rows_of(table: Table) -> list[TableRow]:
    """The rows of a schedule's table that have values."""
    return [row for row in table.body if len(row.cells) > 2 and name(row) and any(text(row)[1:])]


def name(row: TableRow) -> str:
    """What stands in a row's first cell."""
    return text(row)[0]


def text(row: TableRow) -> list[str]:
    """What stands in each cell of a row."""
    return [" ".join(plain(cell.content).split()) for cell in row.cells]


def _changed(table: Table, row: TableRow, plant: str, dice: random.Random) -> Sequence[Block] | None:
    texts = text(row)
    match plant:
        case "a row under the next group" if len(rows_of(table)) > 1:
            rest = tuple(line for line in table.body if line is not row)
            return [replace(table, body=rest), Table(table.role, (), (row,))]
        case "columns swapped" if table.head and len(set(text(table.head[0])[1:3])) == 2:
            first = table.head[0]
            cells = (first.cells[0], first.cells[2], first.cells[1], *first.cells[3:])
            return [replace(table, head=(replace(first, cells=cells), *table.head[1:]))]
        case "a name split" if " " in texts[0]:
            words = texts[0].split()
            cut = dice.randrange(1, len(words))
            above = _with(row, [" ".join(words[:cut]), *[""] * (len(texts) - 1)])
            return [_in_place(table, row, above, _with(row, [" ".join(words[cut:]), *texts[1:]]))]
        case "a head as a group" if table.head and name(table.head[0]) and len(table.head[0].cells) > 1:
            first = table.head[0]
            return [replace(table, head=(_with(first, [text(first)[1], *text(first)[1:]]), *table.head[1:]))]
        case "a value shifted" if len(set(texts[1:])) > 1:
            joined = " ".join(texts[-2:])
            return [_in_place(table, row, _with(row, [texts[0], "", *texts[1:-2], joined]))]
    return None


def _with(row: TableRow, texts: Sequence[str]) -> TableRow:
    cells = zip(row.cells, texts, strict=True)
    return replace(row, cells=tuple(replace(cell, content=(Run(words),) if words else ()) for cell, words in cells))


def _in_place(table: Table, row: TableRow, *rows: TableRow) -> Table:
    at = next(n for n, line in enumerate(table.body) if line is row)
    return replace(table, body=(*table.body[:at], *rows, *table.body[at + 1 :]))


def moved(lines: Sequence[str], columns: int, dice: random.Random) -> str:
    """A text with one value of a row moved to the left by some columns, into what parts it from its neighbour."""
    rows = [n for n, line in enumerate(lines) if len(VALUE.findall(line)) > 1]
    at = dice.choice(rows)
    hit = dice.choice([*VALUE.finditer(lines[at])])
    blanks = max(2, hit.start(1) - hit.start() - columns)
    line = lines[at][: hit.start()] + " " * blanks + hit[1]
    line += " " * (hit.end() - len(line)) + lines[at][hit.end() :]
    return "\n".join([*lines[:at], line, *lines[at + 1 :]])
