"""Reads the tagged tables of EDGAR text by their columns, as a program does that knows only <S> and <C>.

It shares no code with docgen: a line is cut where the marks stand, and whatever stands across a cut is torn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

CHANGED = re.compile("</?R>")
MARKS = re.compile("<[SC]>")


def tables(text: str) -> Iterator[list[list[str]]]:
    """The rows below the marks of each table, every line cut into the texts of its columns."""
    starts: list[int] = []
    rows: list[list[str]] = []
    for line in text.split("\n"):
        if line == "</TABLE>":
            yield rows
            starts, rows = [], []
        elif line.startswith("<S>"):
            starts = [mark.start() for mark in MARKS.finditer(line)]
        elif starts and line.strip():
            words = CHANGED.sub("", line)
            rows.append([words[start:end] for start, end in zip(starts, [*starts[1:], None], strict=True)])


def torn(rows: list[list[str]]) -> list[str]:
    """The lines of which a word stands across the start of a column."""
    pairs = [(row, before, behind) for row in rows for before, behind in pairwise(row)]
    return ["|".join(row) for row, before, behind in pairs if before[-1:].strip() and behind[:1].strip()]


def words(rows: list[list[str]]) -> list[list[str]]:
    """The words of each column, from top to bottom."""
    return [" ".join(column).split() for column in zip(*rows, strict=True)]
