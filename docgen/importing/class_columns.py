"""Classes that stand in a column beside their fund, where registrants stand over funds: rows of the fund."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

from docgen.importing.page_lines import VALUE
from docgen.importing.pieces import GridRow
from docgen.importing.table_lines import CLASS, DEEPER


def stand_beside(rows: Sequence[GridRow]) -> bool:
    """Whether classes stand in the column beside the funds, and some fund has several of them."""
    beside = [row.cells[1] if len(row.cells) > 2 else "" for row in rows]
    are_classes = bool(rows) and all(text and not VALUE.fullmatch(text) for text in beside)
    names = [row.cells[0] for row in rows]
    return are_classes and bool(names[0]) and not all(names) and any(map(CLASS.fullmatch, beside))


def below(rows: Sequence[GridRow]) -> list[GridRow]:
    """The rows, each fund in one of its own and its classes deeper under it."""
    return list(itertools.chain.from_iterable(map(_unfolded, rows)))


def _unfolded(row: GridRow) -> Iterator[GridRow]:
    name, beside, *values = row.cells
    if name:
        yield replace(row, cells=(name, *[""] * len(values)))
    yield replace(row, cells=(beside, *values), indent=row.indent + DEEPER, bold=False, ruled=False)
