"""The rows under one head: names, values, the classes under a fund, and what is odd about each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from docgen.importing.pieces import GridRow, LinePlace

LABEL = re.compile(
    r"(?:names? of (?:the )?|current |trust and )?"
    r"(?:portfolio|fund|series|net asset|share class|class|issuer|fund name|name)"
    r"(?:s|es|\(s\))?(?: ?(?:-|--|–|—) .*| / .*| - .*)?:?",
    re.IGNORECASE,
)
CLASS = re.compile(
    r"(?!.*\b(?:fund|portfolio)\b).*"
    r"\b(?:class|shares?|series [IVX0-9]+|(?:institutional|investor|advisor|service)$)\b.*",
    re.IGNORECASE,
)
DEEPER = 2  # by which the name of a class stands deeper than its fund's


@dataclass(frozen=True)
class TableLine:
    """One row as read: its name, its values from left to right, rows of its own, and what is not certain about it."""

    name: str
    values: tuple[str, ...]
    place: LinePlace
    inner: tuple[TableLine, ...] = ()
    doubts: tuple[str, ...] = ()


def lines(body: Sequence[GridRow], heads: Sequence[str]) -> list[TableLine]:
    """The rows of a table's part, the classes of a fund under it."""
    lines: list[TableLine] = []
    fund_indent: int | None = None
    for number, row in enumerate(body):
        following = body[number + 1] if number + 1 < len(body) else None
        doubts = ((row.doubt,) if row.doubt else ()) + _of_values(row, heads)
        line = TableLine(row.cells[0], tuple(row.cells[1:]) if any(row.cells[1:]) else (), row.place, doubts=doubts)
        if fund_indent is not None and lines and row.indent >= fund_indent + DEEPER:
            lines[-1] = replace(lines[-1], inner=(*lines[-1].inner, line))
            continue
        flat = fund_indent == row.indent and not row.is_alone and bool(CLASS.fullmatch(row.cells[0]))
        if flat and lines and not lines[-1].values:
            lines[-1] = replace(lines[-1], inner=(*lines[-1].inner, line))
            continue
        is_fund = following is not None and _is_fund(row, following)
        fund_indent = row.indent if is_fund else None
        lines.append(line)
    return lines


def _is_fund(row: GridRow, following: GridRow) -> bool:
    """Whether a row has rows of its own under it: they stand deeper, or are called as classes are."""
    if not row.is_alone or not following.cells[0]:
        return False
    deeper = following.indent >= row.indent + DEEPER
    return deeper or (any(following.cells[1:]) and bool(CLASS.fullmatch(following.cells[0])))


def _of_values(row: GridRow, heads: Sequence[str]) -> tuple[str, ...]:
    """What is odd about the values of a row."""
    beside = row.cells[1:]
    if any(beside) and not row.cells[0]:
        return ("has values and no name",)
    if any(text and not head for text, head in zip(beside, heads, strict=False)):
        return ("has a value under no head",)
    return ()


def against(line: TableLine, heads: Sequence[str]) -> list[str]:
    """What speaks against a row, by its name and by what it lacks."""
    doubts = []
    if any(heads) and not line.values and not line.inner:
        doubts.append("has no values, and nothing under it")
    if line.name[:1].islower() or line.name.endswith((" of", " and", " &", ",", " the", "-")):
        doubts.append("begins or ends as a part of a name does")
    return doubts
