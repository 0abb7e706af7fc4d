"""Puts a redline together: one document that says what the old one said, what the new one says, and which is which."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from docgen.document.tree import Block, Document, Revision, Table, TableRow
from docgen.redline import align, word_diff
from docgen.redline.align import Known, Pairs

Part = TypeVar("Part")
RowPlace = tuple[int, int]  # which block of a document, which row of its body


@dataclass(frozen=True)
class _Both:
    """The two documents, and which block and which row of the new one was which of the old one."""

    old: tuple[Block, ...]
    new: tuple[Block, ...]
    blocks: Pairs
    rows: dict[RowPlace, RowPlace]
    left: frozenset[RowPlace]  # the old rows that are somewhere in the new document


def marked(old: Document, new: Document, origins: Known) -> Document:
    """The new document with everything in it that the old one said otherwise; `origins` pairs its rows."""
    found = align.blocks(old.blocks, new.blocks, origins)
    fit = {number: was for number, was in found.items() if _fits(old.blocks[was], new.blocks[number])}
    unfit = found.items() - fit.items()
    rows = {
        (number, row): (was, before)
        for (number, row), (was, before) in align.bodies(old.blocks, new.blocks, origins).items()
        if (number, was) not in unfit and _same_cells(_body(old.blocks[was])[before], _body(new.blocks[number])[row])
    }
    both = _Both(old.blocks, new.blocks, fit, rows, frozenset(rows.values()))
    made = _merged(
        (len(both.old), len(both.new)),
        fit,
        lambda number: _kept(both, number),
        lambda number: _gone(both, number),
        lambda number: _come(both, number),
    )
    return replace(new, blocks=tuple(made))


def _merged(
    lengths: tuple[int, int],
    found: Pairs,
    kept: Callable[[int], Part],
    gone: Callable[[int], Part],
    come: Callable[[int], Part],
) -> list[Part]:
    """What stays in its place, and around it what has gone and what has come; moved things do both."""
    stay = align.staying(found)
    made: list[Part] = []
    new: list[Part] = []
    at = 0
    for number in range(lengths[1]):
        if number in stay:
            made += [*map(gone, range(at, found[number])), *new, kept(number)]
            at, new = found[number] + 1, []
        else:
            new.append(come(number))
    return [*made, *map(gone, range(at, lengths[0])), *new]


def _body(block: Block) -> tuple[TableRow, ...]:
    return block.body if isinstance(block, Table) else ()


def _fits(old: Block, new: Block) -> bool:
    """Whether two blocks can be one block with changes inside: tables need the same columns."""
    if isinstance(old, Table) and isinstance(new, Table):
        heads = len(old.head) == len(new.head) and all(map(_same_cells, old.head, new.head))
        return heads and old.width == new.width
    return not isinstance(old, Table) and not isinstance(new, Table)


def _same_cells(old: TableRow, new: TableRow) -> bool:
    return len(old.cells) == len(new.cells)


def _kept(both: _Both, number: int) -> Block:
    """A block that stays, with what changed inside it."""
    was = both.blocks[number]
    old, new = both.old[was], both.new[number]
    if isinstance(new, Table) and isinstance(old, Table):
        inside = {row: other for (n, row), (o, other) in both.rows.items() if (n, o) == (number, was)}
        body = _merged(
            (len(old.body), len(new.body)),
            inside,
            lambda row: changed(old.body[inside[row]], new.body[row]),
            lambda row: _gone_row(both, was, row),
            lambda row: _come_row(both, number, row),
        )
        return replace(new, head=tuple(map(changed, old.head, new.head)), body=tuple(body))
    if isinstance(new, Table) or isinstance(old, Table):
        return new
    return replace(new, content=word_diff.differing(old.content, new.content))


def changed(old: TableRow, new: TableRow) -> TableRow:
    """The row with the words that differ marked, cell by cell."""
    cells = zip(old.cells, new.cells, strict=True)
    return replace(
        new,
        cells=tuple(replace(after, content=word_diff.differing(was.content, after.content)) for was, after in cells),
    )


def _gone(both: _Both, number: int) -> Block:
    """A block that is not where it was any more, and its rows."""
    mark: Revision = "moved out" if number in both.blocks.values() else "deleted"
    block = both.old[number]
    if not isinstance(block, Table):
        return replace(block, content=word_diff.whole(block.content, mark), redline=mark)
    body = (_gone_row(both, number, row) for row in range(len(block.body)))
    return replace(block, head=tuple(whole_row(row, mark) for row in block.head), body=tuple(body))


def _come(both: _Both, number: int) -> Block:
    """A block that was not there before, and its rows."""
    mark: Revision = "moved in" if number in both.blocks else "inserted"
    block = both.new[number]
    if not isinstance(block, Table):
        return replace(block, content=word_diff.whole(block.content, mark), redline=mark)
    body = (_come_row(both, number, row) for row in range(len(block.body)))
    return replace(block, head=tuple(whole_row(row, mark) for row in block.head), body=tuple(body))


def _gone_row(both: _Both, number: int, row: int) -> TableRow:
    moved = (number, row) in both.left
    return whole_row(_body(both.old[number])[row], "moved out" if moved else "deleted")


def _come_row(both: _Both, number: int, row: int) -> TableRow:
    moved = (number, row) in both.rows
    return whole_row(_body(both.new[number])[row], "moved in" if moved else "inserted")


def whole_row(row: TableRow, redline: Revision) -> TableRow:
    """The row with one mark on all of it."""
    cells = tuple(replace(cell, content=word_diff.whole(cell.content, redline)) for cell in row.cells)
    return replace(row, cells=cells, redline=redline)
