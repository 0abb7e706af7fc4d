"""Tables of a PDF whose cells are drawn: rules around them all, and between each and the next."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from docgen.importing.cells import Box
from docgen.importing.page_lines import VALUE
from docgen.importing.table_lines import COMPLETE

NEAR = 2.5  # points by which the ends of rules stand apart that meet
FEWEST = 3  # rules from top to bottom
AS_ROWS = 0.12  # of the height of rows, by which lines stand apart otherwise than rows do


@dataclass(frozen=True)
class DrawnRule:
    """A rule from `start` to `end`, at a height where it lies, at a distance from the left where it stands."""

    at: float
    start: float
    end: float


@dataclass(frozen=True)
class PlacedWord:
    """A word, from where to where it reaches along its line, the height of that line, and whether it is bold."""

    text: str
    start: float
    end: float
    base: float
    bold: bool = False


@dataclass(frozen=True)
class DrawnCell:
    """A cell: from which to which of the rules that lie it reaches, and of those that stand."""

    top: int
    bottom: int
    first: int
    last: int


@dataclass(frozen=True)
class DrawnGrid:
    """Heights at which rules lie, the topmost first, distances from the left at which they stand, and the cells."""

    heights: tuple[float, ...]
    sides: tuple[float, ...]
    cells: tuple[DrawnCell, ...]

    def band(self, base: float) -> int:
        """The row in which a line stands; -1 where it stands in none."""
        pairs = enumerate(itertools.pairwise(self.heights))
        return next((number for number, (top, bottom) in pairs if bottom <= base < top), -1)

    def rows(self, words: Sequence[PlacedWord]) -> dict[int, tuple[Box, ...]] | None:
        """The cells of each row that has any, a cell of several rows in the first of them.

        None where a word stands over a rule between two cells, or the words of several rows in one cell.
        """
        rows: dict[int, list[Box]] = {}
        number = 0
        for cell in self.cells:
            inside = [word for word in words if self._holds(cell, word)]
            start, end = self.sides[cell.first], self.sides[cell.last]
            if any(word.start < start - NEAR or word.end > end + NEAR for word in inside):
                return None
            number += len(inside)
            lines = itertools.groupby(sorted(inside, key=lambda w: (-w.base, w.start)), lambda word: word.base)
            texts = {base: " ".join(word.text for word in mine) for base, mine in lines}
            if _holds_several([*texts.values()]) or self._has_a_line_a_row(cell, [*texts]):
                return None
            box = Box(" ".join(texts.values()), cell.first, cell.last, lines=tuple(texts.values()))
            rows.setdefault(cell.top, []).append(box)
        every = {top: tuple(sorted(boxes, key=lambda box: box.start)) for top, boxes in sorted(rows.items())}
        spoken = {top: boxes for top, boxes in every.items() if any(box.text for box in boxes)}
        return spoken if number == len(words) else None

    def _holds(self, cell: DrawnCell, word: PlacedWord) -> bool:
        middle = (word.start + word.end) / 2
        beside = self.sides[cell.first] <= middle < self.sides[cell.last]
        return beside and self.heights[cell.bottom] <= word.base < self.heights[cell.top]

    def _has_a_line_a_row(self, cell: DrawnCell, bases: Sequence[float]) -> bool:
        """Whether the lines of a cell of several rows stand apart as these do: each may be of one of them."""
        if cell.bottom - cell.top < FEWEST - 1 or len(bases) < FEWEST - 1:
            return False
        tall = (self.heights[cell.top] - self.heights[cell.bottom]) / (cell.bottom - cell.top)
        apart = fmean(above - below for above, below in itertools.pairwise(bases))
        return apart > tall * (1 - AS_ROWS)


def _holds_several(lines: Sequence[str]) -> bool:
    """Whether the lines of a cell are those of several rows: values, or names each of which is a fund's."""
    return sum(bool(VALUE.fullmatch(line) or COMPLETE.search(line)) for line in lines[:-1]) > 0


def of(flat: Sequence[DrawnRule], upright: Sequence[DrawnRule]) -> list[DrawnGrid]:
    """The tables that rules draw whole: around them, and around each of their cells."""
    grids = []
    for bottom, top in _reaches(upright):
        mine = [rule for rule in upright if bottom - NEAR <= rule.start and rule.end <= top + NEAR]
        sides = _clusters(rule.at for rule in mine)
        inside = [r for r in flat if bottom - NEAR <= r.at <= top + NEAR and r.end > sides[0] and r.start < sides[-1]]
        heights = _clusters(rule.at for rule in inside)[::-1]
        if len(sides) < FEWEST - 1 or len(heights) < FEWEST:
            continue
        ends = [_spans(_at(inside, height), sides[0], sides[-1]) for height in (heights[0], heights[-1])]
        if all(ends) and (cells := _cells(heights, sides, inside, mine)):
            grids.append(DrawnGrid(tuple(heights), tuple(sides), cells))
    return grids


def _cells(
    heights: Sequence[float], sides: Sequence[float], flat: Sequence[DrawnRule], upright: Sequence[DrawnRule]
) -> tuple[DrawnCell, ...]:
    """The cells between rules, each as large as no rule parts it; none where one would be no rectangle."""
    bands, columns = len(heights) - 1, len(sides) - 1
    taken: dict[tuple[int, int], DrawnCell] = {}
    lying, standing = [_at(flat, y) for y in heights], [_at(upright, x) for x in sides]

    def closed_below(band: int, column: int) -> bool:
        return _spans(lying[band + 1], sides[column], sides[column + 1])

    def closed_right(band: int, column: int) -> bool:
        return _spans(standing[column + 1], heights[band + 1], heights[band])

    for top, first in itertools.product(range(bands), range(columns)):
        if (top, first) in taken:
            continue
        last = next(n for n in range(first, columns) if n == columns - 1 or closed_right(top, n)) + 1
        bottom = next(n for n in range(top, bands) if n == bands - 1 or closed_below(n, first)) + 1
        cell = DrawnCell(top, bottom, first, last)
        places = [*itertools.product(range(top, bottom), range(first, last))]
        inner = [closed_right(band, n) for band in range(top, bottom) for n in range(first, last - 1)]
        inner += [closed_below(n, column) for n in range(top, bottom - 1) for column in range(first, last)]
        edges = [closed_right(band, last - 1) for band in range(top, bottom) if last < columns]
        edges += [closed_below(bottom - 1, column) for column in range(first, last) if bottom < bands]
        if any(place in taken for place in places) or any(inner) or not all(edges):
            return ()
        taken |= dict.fromkeys(places, cell)
    return tuple(dict.fromkeys(taken.values()))


def _reaches(upright: Sequence[DrawnRule]) -> list[tuple[float, float]]:
    """From where to where rules stand without a gap."""
    reaches: list[tuple[float, float]] = []
    for rule in sorted(upright, key=lambda rule: rule.start):
        if reaches and rule.start <= reaches[-1][1] + NEAR:
            reaches[-1] = (reaches[-1][0], max(reaches[-1][1], rule.end))
        else:
            reaches.append((rule.start, rule.end))
    return reaches


def _at(rules: Sequence[DrawnRule], place: float) -> list[DrawnRule]:
    """The rules at a place, from where the first begins."""
    return sorted((rule for rule in rules if abs(rule.at - place) <= NEAR), key=lambda rule: rule.start)


def _spans(rules: Sequence[DrawnRule], first: float, last: float) -> bool:
    """Whether rules at one place reach all the way."""
    at = first + NEAR
    for rule in rules:
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
