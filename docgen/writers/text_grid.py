"""Works out where the columns of text tables stand, in characters.

All tables of a document that have the same heads share one grid, so that their values line up.
A grid of more than 80 columns is tagged for EDGAR and never has more than 132 (17 CFR 232.305(a)).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from docgen.document.layout import TextLayout
from docgen.document.tree import Cell, Table, TableRow
from docgen.edgar.characters import TABULAR
from docgen.writers.amounts import NO_BREAK
from docgen.writers.lines import TooLong, longest_word, narrowest, wrap

GAP = 2
WIDEST_NAME = 40  # that a tagged table makes room for in its first column, beyond what the names of rows need
DIGIT = re.compile("[0-9]")


@dataclass(frozen=True)
class Said:
    """The words of a cell in EDGAR's characters, its lines parted by line ends, and the footnote's mark behind them."""

    words: str
    mark: str = ""

    @cached_property
    def whole(self) -> str:
        """Words and mark as they print."""
        return self.words + self.mark

    @cached_property
    def longest(self) -> int:
        """The length of the longest line."""
        return max(map(len, self.whole.split("\n")))

    @cached_property
    def has_digit(self) -> bool:
        """Whether the words are a number, and no `None` among numbers."""
        return DIGIT.search(self.words) is not None


Say = Callable[[Cell], Said]


@dataclass(frozen=True)
class GridColumn:
    """One column of values before it has a place: its head, its texts, how wide it is and must be."""

    head: str
    texts: tuple[Said, ...]
    number: bool
    width: int
    least: int

    @cached_property
    def widest(self) -> int:
        """The length of the longest value."""
        return max((text.longest for text in self.texts), default=0)

    @cached_property
    def digits(self) -> int:
        """The length of the longest number without its mark, to which the others are lined up at the right."""
        return max((len(text.words) for text in self.texts if text.has_digit), default=0)


@dataclass(frozen=True)
class Slot:
    """A column in its place: numbers stand in its middle, words at its left."""

    start: int
    width: int
    number: bool
    digits: int

    def set(self, text: Said) -> list[tuple[int, str]]:
        """The lines of a value, each at its column."""
        if not self.number:
            pieces = text.whole.split("\n") if text.whole else []
            rows = (line for piece in pieces for line in wrap(piece, self.width))
            return [(self.start, row.replace(NO_BREAK, " ")) for row in rows]
        words = text.words.rjust(self.digits) if text.has_digit else text.words
        return [(self.start + max(0, self.width - len(words)) // 2, words + text.mark)]


@dataclass(frozen=True)
class TextGrid:
    """Where everything of a family of tables stands."""

    indent: int
    names: int  # characters for names
    slots: tuple[Slot, ...]
    tagged: bool
    head_rows: int = 1  # lines that the heads may take


class NoRoom(Exception):
    """A table that no permitted width can take; says which column to shorten."""

    def __init__(self, column: GridColumn) -> None:
        self.about = column.head
        super().__init__(
            f'the table needs more than {TABULAR} columns; shorten "{column.head}" or a value under it, '
            f"which take {column.least}"
        )


def families(tables: Sequence[Table], say: Say) -> list[list[Table]]:
    """The tables grouped by their heads, in order."""
    found: dict[tuple[str, ...], list[Table]] = {}
    for table in tables:
        found.setdefault(_heads(table, say), []).append(table)
    return list(found.values())


def _heads(table: Table, say: Say) -> tuple[str, ...]:
    full = [row for row in table.head if table.is_full(row)]
    return tuple(say(cell).whole for cell in full[0].cells[1:]) if full else ("",) * (table.width - 1)


def grid(tables: Sequence[Table], layout: TextLayout, say: Say, most: int = TABULAR) -> TextGrid:
    """One grid for tables that share their heads: the narrowest page and the fewest head lines that do.

    NoRoom when `most` columns are too few: the 132 that EDGAR takes, less what a redline's tags need.
    """
    heads = _heads(tables[0], say)
    rows = [row for table in tables for row in table.body if table.is_full(row)]
    names = [" " * deeper(row) + say(row.cells[0]).whole for row in rows]
    lone = [say(row.cells[0]).whole for table in tables for row in (*table.head, *table.body)]
    most_rows = max([1, *(len(head.split()) for head in heads)])
    columns: list[GridColumn] = []
    for limit in (layout.width, most):
        for head_rows in range(_usual_rows(heads, layout.head_width), most_rows + 1):
            columns = [_column(rows, number, head, head_rows, say) for number, head in enumerate(heads, start=1)]
            if found := _arranged(columns, names, lone, layout, limit):
                return replace(found, head_rows=head_rows)
    widest = max(columns, key=lambda column: column.least)
    name = max((word for name in (*names, *lone) for word in name.split()), key=len, default="")
    room = most - sum(column.least + GAP for column in columns) - GAP
    if len(name) > room and len(name) > widest.least:
        raise TooLong(name, max(0, room))
    raise NoRoom(widest)


def _usual_rows(heads: Sequence[str], head_width: int) -> int:
    """The fewest lines in which no head is wider than it should be."""
    width = max(head_width, longest_word(*heads))
    return max([1, *(len(wrap(head, width)) for head in heads)])


def _column(rows: Sequence[TableRow], number: int, head: str, head_rows: int, say: Say) -> GridColumn:
    texts = tuple(say(row.cells[number]) for row in rows)
    is_number = all(row.cells[number].role == "number" for row in rows)
    head_width = narrowest(head, head_rows)
    width = max([head_width, *(text.longest for text in texts)])
    least = width if is_number else max(head_width, longest_word(*(text.whole for text in texts)))
    column = GridColumn(head, texts, is_number, width, least)
    lined_up = max((column.digits + len(text.mark) for text in texts if text.has_digit), default=0)
    return replace(column, width=max(width, lined_up), least=max(least, lined_up)) if is_number else column


def deeper(row: TableRow) -> int:
    """How much further in a row's name stands."""
    return GAP if row.role == "class" else 0


def _arranged(
    columns: Sequence[GridColumn],
    names: Sequence[str],
    lone: Sequence[str],
    layout: TextLayout,
    limit: int,
) -> TextGrid | None:
    """The arrangement within the limit that takes the fewest lines, the airiest of them; None when none fits.

    `lone` are all names, those without values too, which may not run over the first column of a tagged table.
    """
    tagged = limit > layout.width
    indent = 0 if tagged else layout.table_indent
    natural = max((len(name) for name in names), default=0)
    least = min(natural, max(layout.name_width, longest_word(*names) + GAP))
    if tagged:
        least = max(least, longest_word(*lone) + 2 * GAP)
        natural = max(natural, least, min(WIDEST_NAME, max(map(len, lone), default=0)))
    lengths = Counter((len(name), *(len(column.texts[n].whole) for column in columns)) for n, name in enumerate(names))
    fewest = sum(times for row, times in lengths.items() if any(row))
    best: tuple[int, TextGrid] | None = None
    for spacing in _spacings(columns):
        room, slots = _placed(spacing, natural, indent, limit, tagged)
        if room >= least:
            height = _height(lengths, [room, *(slot.width for slot in slots)])
            if best is None or height < best[0]:
                best = height, TextGrid(indent, room, slots, tagged)
            if height <= fewest:
                break
    return best[1] if best else None


def _height(lengths: Counter[tuple[int, ...]], widths: Sequence[int]) -> int:
    """About how many lines the rows take, by the lengths of their texts."""
    return sum(
        times * max(-(-length // width) for length, width in zip(row, widths, strict=True))
        for row, times in lengths.items()
    )


@dataclass(frozen=True)
class Spacing:
    """Columns with the width of their slots; `inset` is the gap at the left of each slot."""

    columns: tuple[GridColumn, ...]
    widths: tuple[int, ...]
    inset: int


def _spacings(columns: Sequence[GridColumn]) -> Iterator[Spacing]:
    """Ways to space the columns, the airiest first: equal pitch, then tight, then words wrapped ever narrower."""
    widths = [column.width for column in columns]
    if columns and all(column.number for column in columns):
        pitch = max([max(widths), *((a + b + 1) // 2 + GAP for a, b in pairwise(widths))])
        yield Spacing(tuple(columns), (pitch,) * len(widths), 0)
    shrunk = tuple(columns)
    yield _tight(shrunk)
    while any(column.width > column.least for column in shrunk):
        widest = max(range(len(shrunk)), key=lambda n: (shrunk[n].width > shrunk[n].least, shrunk[n].width))
        narrower = replace(shrunk[widest], width=shrunk[widest].width - 1)
        shrunk = (*shrunk[:widest], narrower, *shrunk[widest + 1 :])
        yield _tight(shrunk)


def _tight(columns: tuple[GridColumn, ...]) -> Spacing:
    return Spacing(columns, tuple(column.width + GAP for column in columns), GAP)


def _placed(spacing: Spacing, names: int, indent: int, limit: int, tagged: bool) -> tuple[int, tuple[Slot, ...]]:
    """The room that names get, and the slots: at the right of the page, and no further left than names need."""
    if not spacing.columns:
        return limit - indent, ()
    lead = spacing.inset if tagged else _lead(spacing)
    gap = 1 if spacing.columns[0].number and not tagged else GAP
    right = limit - sum(spacing.widths)
    start = min(max(indent + names + gap - lead, 0 if tagged else right), right + _slack(spacing))
    return start + lead - gap - indent, _slots(spacing, start)


def _lead(spacing: Spacing) -> int:
    """How far the first value stands inside its slot, where a long name may still reach."""
    first, width = spacing.columns[0], spacing.widths[0] - spacing.inset
    return spacing.inset + ((width - first.widest) // 2 if first.number else 0)


def _slack(spacing: Spacing) -> int:
    """How much of the last slot stays empty at the right."""
    last, width = spacing.columns[-1], spacing.widths[-1] - spacing.inset
    return width - (width - last.width) // 2 - last.width if last.number else 0


def _slots(spacing: Spacing, start: int) -> tuple[Slot, ...]:
    slots = []
    for column, width in zip(spacing.columns, spacing.widths, strict=True):
        slots.append(Slot(start + spacing.inset, width - spacing.inset, column.number, column.digits))
        start += width
    return tuple(slots)
