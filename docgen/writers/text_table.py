"""Sets tables in characters: stacked heads over dashes, names at the left, values under their heads.

All tables of a document that have the same heads share one grid, so that their values line up.
A grid of more than 80 columns is tagged for EDGAR and never has more than 132 (17 CFR 232.305(a);
Filer Manual 5.2.1.3: TABLE, CAPTION, one line with S and C at the starts of the columns).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from docgen.document.layout import TextLayout
from docgen.document.tree import Cell, Table, TableRow
from docgen.edgar import TABULAR
from docgen.writers.lines import TooLong, longest_word, narrowest, place, wrap

GAP = 2
Say = Callable[[Cell], str]


@dataclass(frozen=True)
class Column:
    """One column of values before it has a place: its head, its texts, how wide it is and must be."""

    head: str
    texts: tuple[str, ...]
    number: bool
    width: int
    least: int

    @property
    def widest(self) -> int:
        """The length of the longest value."""
        return max((len(text) for text in self.texts), default=0)


@dataclass(frozen=True)
class Slot:
    """A column in its place: values of a number column stand in its middle, words at its left."""

    start: int
    width: int
    number: bool
    digits: int  # the longest number, to which the others are lined up at the right

    def set(self, text: str) -> tuple[int, str]:
        """The text at its column."""
        if not self.number:
            return self.start, text
        text = text.rjust(self.digits) if any(sign.isdigit() for sign in text) else text
        return self.start + max(0, self.width - len(text)) // 2, text


@dataclass(frozen=True)
class Grid:
    """Where everything of a family of tables stands."""

    indent: int
    names: int  # characters for names
    slots: tuple[Slot, ...]
    head_rows: int
    tagged: bool


class NoRoom(Exception):
    """A table that no permitted width can take; says which column to shorten."""


def families(tables: Sequence[Table], say: Say) -> list[list[Table]]:
    """The tables grouped by their heads, in order."""
    found: dict[tuple[str, ...], list[Table]] = {}
    for table in tables:
        found.setdefault(_heads(table, say), []).append(table)
    return list(found.values())


def _heads(table: Table, say: Say) -> tuple[str, ...]:
    full = [row for row in table.head if len(row.cells) == table.width]
    return tuple(say(cell) for cell in full[0].cells[1:]) if full else ("",) * (table.width - 1)


def grid(tables: Sequence[Table], layout: TextLayout, say: Say) -> Grid:
    """One grid for tables that share their heads: the narrowest page and the fewest head lines that do."""
    heads = _heads(tables[0], say)
    names = [_name(row, say) for table in tables for row in table.body if len(row.cells) > 1 or table.width == 1]
    most_rows = max((len(head.split()) for head in heads), default=1)
    for limit in (layout.width, TABULAR):
        for head_rows in range(_usual_rows(heads, layout.head_width), max(most_rows, 1) + 1):
            columns = [_column(tables, number, head, head_rows, say) for number, head in enumerate(heads, start=1)]
            if found := _arranged(columns, names, layout, limit, head_rows):
                return found
    widest = max(columns, key=lambda column: column.least)
    raise NoRoom(
        f'the table needs more than {TABULAR} columns; shorten the column "{widest.head}", '
        f"which takes {widest.least} at least"
    )


def _usual_rows(heads: Sequence[str], head_width: int) -> int:
    """The fewest lines in which no head is wider than it should be."""
    width = max(head_width, longest_word(*heads))
    return max((len(wrap(head, width)) for head in heads), default=1)


def _column(tables: Sequence[Table], number: int, head: str, head_rows: int, say: Say) -> Column:
    cells = [row.cells[number] for table in tables for row in table.body if len(row.cells) > 1]
    texts = tuple(say(cell) for cell in cells)
    is_number = all(cell.role == "number" for cell in cells)
    head_width = narrowest(head, head_rows)
    widest = max((len(text) for text in texts), default=0)
    width = max(head_width, widest)
    least = width if is_number else max(head_width, longest_word(*texts))
    return Column(head, texts, is_number, width, least)


def _name(row: TableRow, say: Say) -> str:
    return " " * _deeper(row) + say(row.cells[0])


def _deeper(row: TableRow) -> int:
    return GAP if row.role == "class" else 0


def _arranged(
    columns: Sequence[Column], names: Sequence[str], layout: TextLayout, limit: int, head_rows: int
) -> Grid | None:
    """The columns in their places within the limit, names on one line if they can be; None when they do not fit."""
    tagged = limit > layout.width
    indent = 0 if tagged else layout.table_indent
    natural = max((len(name) for name in names), default=0)
    least = min(natural, max(layout.name_width, longest_word(*names) + GAP))
    grids = [(fit, _placed(fit, widths, natural, indent, limit, tagged)) for fit, widths in _spacings(columns)]
    whole = [grid for _, grid in grids if grid[0] >= natural]
    tight = [grid for fit, grid in grids if grid[0] >= least and all(column.width == column.least for column in fit)]
    for room, slots in [*whole, *tight]:
        return Grid(indent, room, slots, head_rows, tagged)
    return None


def _placed(
    columns: Sequence[Column], widths: Sequence[int], names: int, indent: int, limit: int, tagged: bool
) -> tuple[int, tuple[Slot, ...]]:
    """The room that names get, and the slots: at the right of the page, and no further left than names need."""
    if not columns:
        return limit - indent, ()
    lead = 0 if tagged else _lead(columns[0], widths[0])
    wanted = indent + names + 1 - lead + (1 if tagged else 0)
    furthest = limit - sum(widths) + _slack(columns[-1], widths[-1])
    start = min(max(wanted, 0 if tagged else limit - sum(widths)), furthest)
    return start + lead - 1 - indent, _slots(columns, widths, start)


def _spacings(columns: Sequence[Column]) -> Iterator[tuple[list[Column], list[int]]]:
    """Columns with the widths of their slots, the airiest first: equal pitch, then tight, then words wrapped."""
    widths = [column.width for column in columns]
    if columns and all(column.number for column in columns):
        pitch = max([max(widths), *((a + b + 1) // 2 + GAP for a, b in pairwise(widths))])
        yield list(columns), [pitch] * len(widths)
    shrunk = list(columns)
    yield shrunk, [width + GAP for width in widths]
    while any(column.width > column.least for column in shrunk):
        widest = max(range(len(shrunk)), key=lambda n: (shrunk[n].width > shrunk[n].least, shrunk[n].width))
        narrower = replace(shrunk[widest], width=shrunk[widest].width - 1)
        shrunk = [*shrunk[:widest], narrower, *shrunk[widest + 1 :]]
        yield shrunk, [column.width + GAP for column in shrunk]


def _lead(first: Column, width: int) -> int:
    """How far the first value stands inside its slot, where a long name may still reach."""
    return (width - first.widest) // 2 if first.number else GAP


def _slack(last: Column, width: int) -> int:
    """How much of the last slot stays empty at the right."""
    return width - (width - last.width) // 2 - last.width if last.number else 0


def _slots(columns: Sequence[Column], widths: Sequence[int], start: int) -> tuple[Slot, ...]:
    slots = []
    for column, width in zip(columns, widths, strict=True):
        digits = max((len(text) for text in column.texts if any(sign.isdigit() for sign in text)), default=0)
        inset = 0 if column.number else GAP
        slots.append(Slot(start + inset, width - inset, column.number, digits))
        start += width
    return tuple(slots)


def head_lines(table: Table, grid: Grid, say: Say) -> list[str]:
    """The heads: columns stacked over dashes, the group's name beside them over its own rule, the labels."""
    lines: list[str] = []
    for row in table.head:
        if len(row.cells) == table.width:
            lines += _stacked(row, grid, say)
        else:
            lines += [" " * grid.indent + text for text in wrap(say(row.cells[0]), grid.names)]
    if lines and grid.tagged:
        return ["<TABLE>", "<CAPTION>", *lines, place([(0, "<S>"), *((slot.start, "<C>") for slot in grid.slots)])]
    return [*lines, ""] if lines else []


def _stacked(row: TableRow, grid: Grid, say: Say) -> list[str]:
    heads = [_head(say(cell), slot, grid) for cell, slot in zip(row.cells[1:], grid.slots, strict=True)]
    deep = max((len(head) for head in heads), default=0)
    columns = [[(0, "")] * (deep - len(head)) + head for head in heads]
    leftmost = min((start for column in columns for start, text in column if text), default=grid.names + GAP)
    name = say(row.cells[0])
    room = max(leftmost - GAP - grid.indent, longest_word(name))
    names = wrap(name, room) if name else []
    names += ["-" * max(len(text) for text in names)] if names else []
    below = 1 if deep > 2 else 0  # the group's rule stands beside the last line of the heads, over their dashes
    deep = max(deep, len(names) + below)
    columns = [[(0, "")] * (deep - len(column)) + column for column in columns]
    beside = [""] * (deep - below - len(names)) + names + [""] * below
    return [place([(grid.indent, beside[number]), *(column[number] for column in columns)]) for number in range(deep)]


def _head(text: str, slot: Slot, grid: Grid) -> list[tuple[int, str]]:
    """A column's head in lines with a rule of dashes under the last."""
    if not text:
        return []
    rows = wrap(text, narrowest(text, grid.head_rows))
    rows.append("-" * len(rows[-1]))
    return [(slot.start + (max(0, slot.width - len(row)) // 2 if slot.number else 0), row) for row in rows]


def _row_lines(row: TableRow, grid: Grid, say: Say) -> list[str]:
    """A row: the name at the left, wrapped with a deeper second line; the values on its first line."""
    indent = grid.indent + _deeper(row)
    if len(row.cells) == 1:
        return _hanging(say(row.cells[0]), indent, _reach(grid) - indent)
    names = _hanging(say(row.cells[0]), indent, grid.names - _deeper(row))
    columns = []
    for cell, slot in zip(row.cells[1:], grid.slots, strict=True):
        text = say(cell)
        columns.append([slot.set(part) for part in wrap(text, slot.width)] if text else [])
    deep = max(len(names), *(len(column) for column in columns))
    names += [""] * (deep - len(names))
    return [place([(0, names[n]), *(column[n] for column in columns if n < len(column))]) for n in range(deep)]


def _reach(grid: Grid) -> int:
    last = grid.slots[-1] if grid.slots else None
    return last.start + last.width if last else grid.indent + grid.names


def _hanging(text: str, indent: int, width: int) -> list[str]:
    if len(text) <= width:
        return [" " * indent + text]
    first, *rest = wrap(text, width)
    if longest_word(text) > width - GAP:
        raise TooLong(max(text.split(), key=len), width - GAP)
    rest = wrap(" ".join(rest), width - GAP)
    return [" " * indent + first, *(" " * (indent + GAP) + row for row in rest)]


def pieces(table: Table, grid: Grid, say: Say) -> list[list[str]]:
    """The rows as lists of lines, the least that a page takes: a fund stays with the first of its classes."""
    units: list[list[str]] = []
    after_fund = False
    for row in table.body:
        lines = _row_lines(row, grid, say)
        if after_fund:
            units[-1] += lines
        else:
            units.append(lines)
        after_fund = row.role == "fund"
    return units
