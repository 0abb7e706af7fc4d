"""A list as a table that people pass on: one value, and how it reads on a terminal and as a document."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from docgen.document.tree import Block, Cell, Document, Heading, Paragraph, Run, Table, TableRow, over_lines

WIDEST_CELL = 44  # characters of a cell on a terminal; what is longer wraps
WIDEST_LINE = 120  # of a line; further columns stand in a table below
WIDEST_WHOLE = 132  # of a line of a table that then stands in one piece
MOST_COLUMNS = 8  # beside the first, of a table on paper


@dataclass(frozen=True)
class ListRow:
    """A row: a text for each column, its lines parted by line ends; a single text stands over the rows below it."""

    cells: tuple[str, ...]

    @property
    def is_label(self) -> bool:
        """Whether it stands over the rows below it."""
        return len(self.cells) == 1


@dataclass(frozen=True)
class ListTable:
    """A table: its heading, the heads of its columns, its rows. The first column says what a row is about."""

    heading: str
    heads: tuple[str, ...]
    rows: tuple[ListRow, ...]


@dataclass(frozen=True)
class Listing:
    """A list: its title, what is said before the tables, the tables, what is said below them."""

    title: str
    opening: tuple[str, ...]
    tables: tuple[ListTable, ...]
    closing: tuple[str, ...] = ()


def as_text(listing: Listing) -> str:
    """The list for a terminal: columns lined up, a wide table in parts that repeat the first column."""
    blocks = [[listing.title, *(row for text in listing.opening for row in textwrap.wrap(text, WIDEST_LINE))]]
    for table in listing.tables:
        for number, part in enumerate(_parts(table, _most_on_terminal(table))):
            heading = [table.heading] if table.heading and number == 0 else []
            blocks.append([*heading, *_lined_up(part)])
    if listing.closing:
        blocks.append([row for text in listing.closing for row in _hanging(text)])
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _hanging(text: str) -> list[str]:
    return [
        row
        for line in text.split("\n")
        for row in textwrap.wrap(line, WIDEST_LINE, subsequent_indent="    ", break_long_words=False)
    ]


def _wrapped(text: str) -> list[str]:
    """The lines of a cell on a terminal; no word is broken."""
    options = {"break_long_words": False, "break_on_hyphens": False}
    return [row for line in text.split("\n") for row in textwrap.wrap(line, WIDEST_CELL, **options) or [""]]  # type: ignore[arg-type]


def _widths(table: ListTable) -> list[int]:
    """How many characters each column takes on a terminal."""
    full = [table.heads, *(row.cells for row in table.rows if not row.is_label)]
    return [
        max((len(line) for cells in full for line in _wrapped(cells[n])), default=0) for n in range(len(table.heads))
    ]


def _most_on_terminal(table: ListTable) -> list[int]:
    """How many columns beside the first each part of the table has, so that its lines are no longer than they may."""
    first, *others = _widths(table)
    if first + sum(width + 2 for width in others) <= WIDEST_WHOLE:
        return [len(others)]
    sizes, room = [0], WIDEST_LINE - first
    for width in others:
        room -= width + 2
        if room < 0 and sizes[-1]:
            sizes, room = [*sizes, 0], WIDEST_LINE - first - width - 2
        sizes[-1] += 1
    return sizes


def _parts(table: ListTable, sizes: Sequence[int]) -> Iterator[ListTable]:
    """The table in parts of so many columns beside the first; a row that says nothing in a part is left out of it."""
    start = 1
    for size in sizes if len(sizes) > 1 else ():
        chosen = [0, *range(start, start + size)]
        rows = [row if row.is_label else ListRow(tuple(row.cells[n] for n in chosen)) for row in table.rows]
        saying = [row for row in rows if row.is_label or any(row.cells[1:])]
        stay = [
            row
            for row, below in zip(saying, [*saying[1:], None], strict=True)
            if not (row.is_label and (below is None or below.is_label))
        ]
        yield replace(table, heads=tuple(table.heads[n] for n in chosen), rows=tuple(stay))
        start += size
    if len(sizes) < 2:
        yield table


def _lined_up(table: ListTable) -> Iterator[str]:
    widths = _widths(table)
    yield from _set(table.heads, widths)
    yield "  ".join("-" * width for width in widths)
    for row in table.rows:
        yield from [row.cells[0]] if row.is_label else _set(row.cells, widths)


def _set(cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    """The lines of one row, as many as its deepest cell has."""
    columns = [_wrapped(cell) for cell in cells]
    for number in range(max(map(len, columns))):
        texts = [column[number] if number < len(column) else "" for column in columns]
        yield "  ".join(text.ljust(width) for text, width in zip(texts, widths, strict=True)).rstrip()


def document(listing: Listing) -> Document:
    """The list as a document for the usual writers, its pages on their long side."""
    blocks: list[Block] = [Heading(1, "title", (Run(listing.title),))]
    blocks += [Paragraph("clause", over_lines(text.split("\n"))) for text in listing.opening]
    for table in listing.tables:
        blocks += [Heading(2, "schedule", (Run(table.heading),))] if table.heading else []
        columns = len(table.heads) - 1
        sizes = [min(MOST_COLUMNS, columns - start) for start in range(0, columns, MOST_COLUMNS)]
        blocks += [_table(part) for part in _parts(table, sizes) if part.rows]
    blocks += [Paragraph("footnote", over_lines(text.split("\n"))) for text in listing.closing]
    return Document(tuple(blocks), authors=("docgen",), landscape=True)


def _table(table: ListTable) -> Table:
    head = TableRow("", tuple(_cell("group" if n == 0 else "text", text, True) for n, text in enumerate(table.heads)))
    return Table("schedule", (head,), tuple(_row(row) for row in table.rows))


def _row(row: ListRow) -> TableRow:
    first, *others = row.cells
    cells = (_cell("", first, True), *(_cell("text", text, False) for text in others))
    return TableRow("fund" if row.is_label else "", cells)


def _cell(role: str, text: str, head: bool) -> Cell:
    return Cell(role, over_lines(text.split("\n")) if text else (), head)
