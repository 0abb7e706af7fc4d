"""Classes that stand in a column beside their fund, where registrants stand over funds: rows of the fund."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from docgen.importing.page_lines import VALUE
from docgen.importing.pieces import GridRow
from docgen.importing.table_lines import CLASS, DEEPER


def of(rows: Sequence[GridRow]) -> int:
    """The column beside the funds that has the classes, where some fund has several of them; 0 where none has.

    What stands between, as a fund's former name, stands beside the first of its classes.
    """
    body = [row for row in rows if not row.is_alone]
    if not body or not body[0].cells[0] or all(row.cells[0] for row in body):
        return 0
    columns = range(1, min(len(row.cells) for row in body) - 1)
    return next((n for n in columns if _are_classes([row.cells[n] for row in body]) and _is_first(body, n)), 0)


def _are_classes(texts: Sequence[str]) -> bool:
    return all(text and not VALUE.fullmatch(text) for text in texts) and any(map(CLASS.fullmatch, texts))


def _is_first(body: Sequence[GridRow], column: int) -> bool:
    """Whether what stands between fund and class stands beside the name of the fund alone."""
    return not any(any(row.cells[1:column]) for row in body if not row.cells[0])


def below(rows: Sequence[GridRow], column: int) -> list[GridRow]:
    """The rows, each fund in one of its own and its classes deeper under it."""
    result: list[GridRow] = []
    deep = 0  # how deep the name of the fund stands
    for row in rows:
        values = (*row.cells[1:column], *row.cells[column + 1 :])
        if row.cells[0]:
            deep = row.indent
            result.append(replace(row, cells=(row.cells[0], *[""] * len(values))))
        if not row.is_alone:
            cells = (row.cells[column], *values)
            result.append(replace(row, cells=cells, indent=deep + DEEPER, bold=False, ruled=False))
    return result
