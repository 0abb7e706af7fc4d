"""What is odd about a row beside all others of its columns: the one blank of a column, a value among names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from docgen.importing.page_lines import VALUE
from docgen.importing.table_lines import CLASS, TableLine

STEP = re.compile(r"(?=.*[A-Za-z]{3})(?=.*\$)[^%]*|all\b.*", re.IGNORECASE)  # of assets
BLANK = "has no value under a head where all others have one"
KIND = "has a value under a head where most others have names, or a name where they have values"


def doubted(groups: Sequence[Sequence[TableLine]], heads: Sequence[str]) -> Iterator[tuple[TableLine, ...]]:
    """The rows of each group, with a doubt where one is odd."""
    every = [line.values for group in groups for top in group for line in (top, *top.inner) if line.values]
    columns = [[row[n] for row in every if n < len(row)] for n in range(len(heads))]
    lone = [column.count("") == 1 for column in columns]
    odd = [_odd(column) for column in columns]

    def of(line: TableLine) -> TableLine:
        values = line.values[: len(heads)]
        doubts = [BLANK] * any(lone[n] and not text for n, text in enumerate(values))
        doubts += [KIND] * any(_kind(text) in odd[n] for n, text in enumerate(values))
        return replace(line, doubts=(*line.doubts, *doubts), inner=tuple(map(of, line.inner)))

    for group in groups:
        yield tuple(map(of, group))


def _odd(column: Sequence[str]) -> tuple[str, ...]:
    """The kind of text of which a column has fewer than of the other; both where it has as many, none of one kind."""
    kinds = [_kind(text) for text in column]
    values, names = kinds.count("value"), kinds.count("words")
    if not values or not names:
        return ()
    return ("value",) * (values <= names) + ("words",) * (names <= values)


def _kind(text: str) -> str:
    """Whether a cell holds a value with figures, or the name of a class or of a step; else empty."""
    if VALUE.fullmatch(text):
        return "value" if any(map(str.isdigit, text)) else ""
    return "words" if CLASS.fullmatch(text) or STEP.fullmatch(text) else ""
