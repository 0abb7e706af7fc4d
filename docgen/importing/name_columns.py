"""Names that are set in several columns to save room: one list, read down each column, or along each line."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from docgen.importing.pieces import GridRow, LinePlace, PagePiece
from docgen.importing.table_lines import AS_GROUP, LABEL, is_whole

FEWEST = 3  # lines of such a list
ColumnLine = tuple[tuple[str, ...], LinePlace]


def rows(lines: Sequence[ColumnLine]) -> tuple[GridRow, ...]:
    """The names, in the order of the alphabet where one of the two ways has it.

    None where lines are no such list, or a column may be one of registrants or have a head.
    """
    wide = max((len(texts) for texts, _ in lines), default=0)
    full = [all(texts) and len(texts) == wide for texts, _ in lines]
    if wide < 2 or len(lines) < FEWEST or not all(full[:-1]):
        return ()
    along = [(text, place) for texts, place in lines for text in texts if text]
    if not all(is_whole(text) and not AS_GROUP.search(text) and not LABEL.fullmatch(text) for text, _ in along):
        return ()
    columns = [[(texts[n], place) for texts, place in lines if n < len(texts) and texts[n]] for n in range(wide)]
    down = list(itertools.chain.from_iterable(columns))
    every = along if _is_sorted(along) and not _is_sorted(down) else down
    return tuple(GridRow((text,), place) for text, place in every)


def as_list(piece: PagePiece) -> PagePiece:
    """A table of such names as a list; any other as it is."""
    hit = () if any(row.head for row in piece.rows) else rows([(row.cells, row.place) for row in piece.rows])
    return replace(piece, rows=hit) if hit else piece


def _is_sorted(entries: Sequence[tuple[str, LinePlace]]) -> bool:
    folded = [text.casefold() for text, _ in entries]
    return folded == sorted(folded)
