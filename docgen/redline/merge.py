"""Puts a redline together: one document that says what the old one said, what the new one says, and which is which."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from docgen.document.tree import Block, Document, Revision, Table, TableRow
from docgen.redline import align, word_diff
from docgen.redline.align import FormerPlaces, Pairs

Part = TypeVar("Part")
RowPlace = tuple[int, int]  # which block of a document, which row of its body


@dataclass(frozen=True)
class _DocumentPair:
    """The two documents, and which block and which row of the new one was which of the old one."""

    old: tuple[Block, ...]
    new: tuple[Block, ...]
    blocks: Pairs
    rows: dict[RowPlace, RowPlace]
    present: frozenset[RowPlace]  # the old rows that are somewhere in the new document


def marked(old: Document, new: Document, origins: FormerPlaces) -> Document:
    """The new document with everything in it that the old one said otherwise; `origins` pairs its rows."""
    matched = align.blocks(old.blocks, new.blocks, origins)
    fit = {
        number: old_number
        for number, old_number in matched.items()
        if _fits(old.blocks[old_number], new.blocks[number])
    }
    unfit = matched.items() - fit.items()
    rows = {
        (number, row): (old_number, before)
        for (number, row), (old_number, before) in align.bodies(old.blocks, new.blocks, origins).items()
        if (number, old_number) not in unfit
        and _same_cells(_body(old.blocks[old_number])[before], _body(new.blocks[number])[row])
    }
    pair = _DocumentPair(old.blocks, new.blocks, fit, rows, frozenset(rows.values()))
    merged = _merged(
        (len(pair.old), len(pair.new)),
        fit,
        lambda number: _staying_block(pair, number),
        lambda number: _removed_block(pair, number),
        lambda number: _added_block(pair, number),
    )
    return replace(new, blocks=tuple(merged))


def _merged(
    lengths: tuple[int, int],
    matched: Pairs,
    staying: Callable[[int], Part],
    removed: Callable[[int], Part],
    added: Callable[[int], Part],
) -> list[Part]:
    """What stays in its place, and around it what has gone and what has come; moved things do both."""
    stay = align.staying(matched)
    parts: list[Part] = []
    new: list[Part] = []
    at = 0
    for number in range(lengths[1]):
        if number in stay:
            parts += [*map(removed, range(at, matched[number])), *new, staying(number)]
            at, new = matched[number] + 1, []
        else:
            new.append(added(number))
    return [*parts, *map(removed, range(at, lengths[0])), *new]


def _body(block: Block) -> tuple[TableRow, ...]:
    return block.body if isinstance(block, Table) else ()


def _fits(old: Block, new: Block) -> bool:
    """Whether two blocks of a kind can be one block with changes inside: tables need the same columns."""
    if isinstance(old, Table) and isinstance(new, Table):
        heads = len(old.head) == len(new.head) and all(map(_same_cells, old.head, new.head))
        return heads and old.width == new.width
    return True


def _same_cells(old: TableRow, new: TableRow) -> bool:
    return len(old.cells) == len(new.cells)


def _staying_block(pair: _DocumentPair, number: int) -> Block:
    """A block that stays, with what changed inside it; a file that tells no roles leaves them as they were."""
    old_number = pair.blocks[number]
    old, new = pair.old[old_number], pair.new[number]
    if isinstance(new, Table) and isinstance(old, Table):
        inside = {row: old_row for (n, row), (o, old_row) in pair.rows.items() if (n, o) == (number, old_number)}
        body = _merged(
            (len(old.body), len(new.body)),
            inside,
            lambda row: changed(old.body[inside[row]], new.body[row]),
            lambda row: _removed_row(pair, old_number, row),
            lambda row: _added_row(pair, number, row),
        )
        return replace(new, head=tuple(map(changed, old.head, new.head)), body=tuple(body))
    if isinstance(new, Table) or isinstance(old, Table):
        return new
    return replace(new if new.role else old, content=word_diff.differing(old.content, new.content))


def changed(old: TableRow, new: TableRow) -> TableRow:
    """The row with the words that differ marked, cell by cell."""
    cells = zip(old.cells, new.cells, strict=True)
    return replace(
        new,
        cells=tuple(
            replace(after if after.role else before, content=word_diff.differing(before.content, after.content))
            for before, after in cells
        ),
    )


def _removed_block(pair: _DocumentPair, number: int) -> Block:
    """A block that is not where it was any more, and its rows."""
    mark: Revision = "moved out" if number in pair.blocks.values() else "deleted"
    block = pair.old[number]
    if not isinstance(block, Table):
        return replace(block, content=word_diff.with_mark(block.content, mark), redline=mark)
    body = (_removed_row(pair, number, row) for row in range(len(block.body)))
    return replace(block, head=tuple(row_with_mark(row, mark) for row in block.head), body=tuple(body))


def _added_block(pair: _DocumentPair, number: int) -> Block:
    """A block that was not there before, and its rows."""
    mark: Revision = "moved in" if number in pair.blocks else "inserted"
    block = pair.new[number]
    if not isinstance(block, Table):
        return replace(block, content=word_diff.with_mark(block.content, mark), redline=mark)
    body = (_added_row(pair, number, row) for row in range(len(block.body)))
    return replace(block, head=tuple(row_with_mark(row, mark) for row in block.head), body=tuple(body))


def _removed_row(pair: _DocumentPair, number: int, row: int) -> TableRow:
    moved = (number, row) in pair.present
    return row_with_mark(_body(pair.old[number])[row], "moved out" if moved else "deleted")


def _added_row(pair: _DocumentPair, number: int, row: int) -> TableRow:
    moved = (number, row) in pair.rows
    return row_with_mark(_body(pair.new[number])[row], "moved in" if moved else "inserted")


def row_with_mark(row: TableRow, redline: Revision) -> TableRow:
    """The row with one mark on all of it."""
    cells = tuple(replace(cell, content=word_diff.with_mark(cell.content, redline)) for cell in row.cells)
    return replace(row, cells=cells, redline=redline)
