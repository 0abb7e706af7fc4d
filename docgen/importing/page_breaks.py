"""Tables that go on over the end of a page: one table, and the heads that the next page repeats are furniture."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

from docgen.importing.pieces import GridRow, PagePiece


def joined(pieces: Sequence[PagePiece]) -> Iterator[PagePiece]:
    """The pieces, a table in one where nothing but the end of a page parts it."""
    table: PagePiece | None = None
    between: list[PagePiece] = []  # the furniture behind it
    for piece in pieces:
        if table and piece.kind == "furniture":
            between.append(piece)
            continue
        if table and _goes_on(table, piece, bool(between)):
            heads = [*_heads(piece.rows)]
            between += [PagePiece("furniture", row.cells, row.place) for row in heads]
            table = replace(table, rows=(*_unparted(table.rows), *piece.rows[len(heads) :]))
            continue
        if table:
            yield from (table, *between)
        table, between = (piece, []) if piece.kind == "table" else (None, [])
        if not table:
            yield piece
    if table:
        yield from (table, *between)


def _goes_on(table: PagePiece, piece: PagePiece, apart: bool) -> bool:
    """Whether a table goes on with one of the page before: it repeats its heads, or has none."""
    if piece.kind != "table" or len(piece.rows[0].cells) != len(table.rows[0].cells):
        return False
    page, before = piece.place.page, table.rows[-1].place.page
    again = [row.cells for row in _heads(piece.rows)]
    return (page > before or (apart and not page and bool(again))) and again in (
        [],
        [row.cells for row in _heads(table.rows)],
    )


def _heads(rows: Sequence[GridRow]) -> list[GridRow]:
    """The heads that a table begins with."""
    return list(itertools.takewhile(lambda row: row.head, rows))


def _unparted(rows: Sequence[GridRow]) -> tuple[GridRow, ...]:
    """Rows whose last is followed by the end of a page, and by no blank."""
    return (*rows[:-1], replace(rows[-1], apart=False, blank=False))
