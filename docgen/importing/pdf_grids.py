"""Tables of a PDF whose cells are drawn: each row stands between two rules over its whole width."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from docgen.importing.cells import Box
from docgen.importing.page_lines import VALUE
from docgen.importing.table_lines import COMPLETE

NEAR = 2.5  # points by which the ends of rules stand apart that meet
FEWEST = 3  # rules from top to bottom


@dataclass(frozen=True)
class DrawnRule:
    """A rule from `start` to `end`, at a height where it lies, at a distance from the left where it stands."""

    at: float
    start: float
    end: float


@dataclass(frozen=True)
class PlacedWord:
    """A word, from where to where it reaches along its line, and the height of that line."""

    text: str
    start: float
    end: float
    base: float


@dataclass(frozen=True)
class DrawnGrid:
    """Rules that lie, the topmost first, and those that stand, by their distance from the left."""

    heights: tuple[float, ...]
    upright: tuple[DrawnRule, ...]

    def band(self, base: float) -> int:
        """The row in which a line stands; -1 where it stands in none."""
        pairs = enumerate(itertools.pairwise(self.heights))
        return next((number for number, (top, bottom) in pairs if bottom <= base < top), -1)

    def row(self, number: int, words: Sequence[PlacedWord]) -> tuple[Box, ...] | None:
        """The cells of a row; None where a word stands over a rule between two of them, or several rows do in one."""
        middle = (self.heights[number] + self.heights[number + 1]) / 2
        sides = _clusters(rule.at for rule in self.upright)
        drawn = [x for x in sides if any(abs(r.at - x) <= NEAR and r.start < middle < r.end for r in self.upright)]
        boxes = []
        for left, right in itertools.pairwise(drawn):
            inside = [word for word in words if left <= (word.start + word.end) / 2 < right]
            if any(word.start < left - NEAR or word.end > right + NEAR for word in inside):
                return None
            lines = itertools.groupby(sorted(inside, key=lambda w: (-w.base, w.start)), lambda word: word.base)
            texts = tuple(" ".join(word.text for word in mine) for _, mine in lines)
            boxes.append(Box(" ".join(texts), sides.index(left), sides.index(right), lines=texts))
        if any(_holds_several(box.lines) for box in boxes):
            return None
        return tuple(boxes) if sum(len(box.text.split()) for box in boxes) == len(words) else None


def _holds_several(lines: Sequence[str]) -> bool:
    """Whether the lines of a cell are those of several rows: values, or names each of which is a fund's."""
    return sum(bool(VALUE.fullmatch(line) or COMPLETE.search(line)) for line in lines[:-1]) > 0


def of(flat: Sequence[DrawnRule], upright: Sequence[DrawnRule]) -> list[DrawnGrid]:
    """The tables that rules draw whole: between two that stand, each that lies reaches from the first to the last."""
    grids = []
    for bottom, top in _reaches(upright):
        mine = tuple(rule for rule in upright if bottom - NEAR <= rule.start and rule.end <= top + NEAR)
        first, last = min(rule.at for rule in mine), max(rule.at for rule in mine)
        inside = [
            rule for rule in flat if bottom - NEAR <= rule.at <= top + NEAR and rule.end > first and rule.start < last
        ]
        heights = _clusters(rule.at for rule in inside)[::-1]
        if last - first > NEAR and len(heights) >= FEWEST and all(_spans(inside, y, first, last) for y in heights):
            grids.append(DrawnGrid(tuple(heights), mine))
    return grids


def _reaches(upright: Sequence[DrawnRule]) -> list[tuple[float, float]]:
    """From where to where rules stand without a gap."""
    reaches: list[tuple[float, float]] = []
    for rule in sorted(upright, key=lambda rule: rule.start):
        if reaches and rule.start <= reaches[-1][1] + NEAR:
            reaches[-1] = (reaches[-1][0], max(reaches[-1][1], rule.end))
        else:
            reaches.append((rule.start, rule.end))
    return reaches


def _spans(flat: Sequence[DrawnRule], height: float, first: float, last: float) -> bool:
    """Whether what lies at a height reaches all the way."""
    at = first + NEAR
    for rule in sorted((rule for rule in flat if abs(rule.at - height) <= NEAR), key=lambda rule: rule.start):
        if rule.start <= at + NEAR:
            at = max(at, rule.end)
    return at >= last - NEAR


def _clusters(numbers: Iterable[float]) -> list[float]:
    """Numbers in order, those that are almost one once."""
    result: list[float] = []
    for number in sorted(numbers):
        if not result or number - result[-1] > NEAR:
            result.append(number)
    return result
