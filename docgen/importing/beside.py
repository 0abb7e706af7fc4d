"""Tables whose groups stand in a column beside their rows: names that lines of text break are made whole."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from docgen.importing.pieces import GridRow, PagePiece
from docgen.importing.table_lines import COMPLETE, ENDS_A_CLASS, WHOLE


def joined_names(body: Sequence[GridRow]) -> list[GridRow]:
    """The rows, each name of a group or class in the line in which it begins; a row that only went on is empty."""
    result: list[GridRow] = []
    for row, name in zip(body, _names(body), strict=True):
        cells = (name, *row.cells[1:])
        goes_on = result and not name and ENDS_A_CLASS.fullmatch(row.cells[1]) and not any(row.cells[2:])
        if goes_on:
            above = result[-1].cells
            result[-1] = replace(result[-1], cells=(above[0], f"{above[1]} {row.cells[1]}", *above[2:]))
            cells = ("",) * len(row.cells)
        result.append(replace(row, cells=cells))
    return result


def _names(body: Sequence[GridRow]) -> list[str]:
    """The group that begins in each row, its name in one line where it goes on beside the rows below; else empty."""
    names = [""] * len(body)
    first = 0  # the row in which the name begins
    wraps = any(row.apart for row in body)  # in lines of text; a cell of HTML or Word has its words together
    for number, row in enumerate(body):
        text, before = row.cells[0], body[number - 1] if number else None
        goes_on = before and before.cells[0] and not before.apart and not WHOLE.search(names[first]) and wraps
        rest = itertools.takewhile(lambda latter: latter.cells[0], body[number:])
        if text and goes_on and any(COMPLETE.search(latter.cells[0]) for latter in rest):
            names[first] += f" {text}"
        elif text:
            first, names[number] = number, text
    return names


def in_order(piece: PagePiece) -> list[PagePiece]:
    """A table with such names whole, so that its words stand in one order wherever its lines break.

    A name that stands again beside each of its rows stands there once, and what repeats it is furniture.
    """
    body = iter(joined_names([row for row in piece.rows if not row.head]))
    rows, again, name = [], [], ""
    for row in (row if row.head else next(body) for row in piece.rows):
        is_again = bool(row.cells[0]) and row.cells[0] == name and not row.head
        again += [name] if is_again else []
        name = name if row.head else row.cells[0] or name
        rows.append(replace(row, cells=("", *row.cells[1:])) if is_again else row)
    furniture = [PagePiece("furniture", tuple(again), piece.place)] if again else []
    return [replace(piece, rows=tuple(rows)), *furniture]
