"""Sets tables in characters: stacked heads over dashes, names at the left, values under their heads.

A table of more than 80 columns is tagged as Filer Manual 5.2.1.3 says: TABLE, CAPTION, one line with
S and C at the starts of the columns.
"""

from __future__ import annotations

import functools
from itertools import zip_longest

from docgen.document.tree import Cell, Run, Table, TableRow
from docgen.writers import together
from docgen.writers.lines import TooLong, longest_word, narrowest, place, tagged, wrap
from docgen.writers.text_grid import GAP, Say, Slot, TextGrid, deeper


def head_lines(table: Table, grid: TextGrid, say: Say) -> list[str]:
    """The heads: columns stacked over dashes, the group's name beside them over its own rule, the labels."""
    lines: list[str] = []
    for row in table.head:
        full = table.is_full(row)
        reach = _reach(grid) - grid.indent
        set_ = _stacked(row, grid, say) if full else _hanging(say(row.cells[0]).whole, grid.indent, reach)
        lines += tagged(set_, row.redline)
    if grid.tagged:
        return ["<TABLE>", "<CAPTION>", *lines, place([(0, "<S>"), *((slot.start, "<C>") for slot in grid.slots)])]
    return [*lines, ""] if lines else []


def _stacked(row: TableRow, grid: TextGrid, say: Say) -> list[str]:
    """One line of heads: the values' heads end on their dashes; so does the name, one line higher beside three."""
    heads = _column_heads(tuple(say(cell).whole for cell in row.cells[1:]), grid.slots, grid.head_rows)
    raised = 1 if len(heads) > 2 else 0
    name = say(row.cells[0]).whole
    leftmost = min((start for line in heads for start, _ in line), default=grid.indent + grid.names + GAP)
    room = min(leftmost - GAP - grid.indent, _reach(grid) - grid.indent)
    above = []
    if longest_word(name) > room:  # no room beside the heads: the name stands above them
        above, name = [" " * grid.indent + text for text in wrap(name, _reach(grid) - grid.indent)], ""
    names = wrap(name, room) if name else []
    names += ["-" * max(len(text) for text in names), *[""] * raised] if names else []
    deep = max(len(names), len(heads))
    beside = [""] * (deep - len(names)) + names
    columns = [()] * (deep - len(heads)) + [*heads]
    return [*above, *(place([(grid.indent, beside[n]), *columns[n]]) for n in range(deep))]


@functools.lru_cache(maxsize=256)
def _column_heads(
    texts: tuple[str, ...], slots: tuple[Slot, ...], most: int
) -> tuple[tuple[tuple[int, str], ...], ...]:
    """The lines of the columns' heads, which tables share, each with what stands in it and where."""
    heads = [_head(text, slot, most) for text, slot in zip(texts, slots, strict=True)]
    deep = max(map(len, heads), default=0)
    lines = zip(*(((0, ""),) * (deep - len(head)) + head for head in heads), strict=True)
    return tuple(tuple(piece for piece in line if piece[1]) for line in lines)


def _head(text: str, slot: Slot, most: int) -> tuple[tuple[int, str], ...]:
    """A column's head in lines with a rule of dashes under the last."""
    if not text:
        return ()
    rows = wrap(text, narrowest(text, most))
    rows.append("-" * len(rows[-1]))
    return tuple((slot.start + (max(0, slot.width - len(row)) // 2 if slot.number else 0), row) for row in rows)


Inside = dict[int, list[str]]  # by the number of a line of a unit, what a page says above that begins with it


def pieces(table: Table, grid: TextGrid, say: Say) -> tuple[list[list[str]], list[list[str]], list[Inside]]:
    """The rows as lists of lines, the least that a page takes: rows that stay together are one.

    Beside them the lines that say above each, where a page begins with it or inside it, which fund it belongs to.
    """
    units: list[list[str]] = []
    above: list[list[str]] = []
    inside: list[Inside] = []
    joined = False
    set_ = [_row(row, grid, say) for row in table.body]
    deep = [len(lines) for lines in set_]
    names = together.continued(table, deep), together.continued_inside(table, deep)
    for lines, stays, words, name in zip(set_, together.rows_with_next(table, deep), *names, strict=True):
        if not joined:
            units.append([])
            above.append(_onward(words, grid, say))
            inside.append({})
        start = len(units[-1])
        units[-1] += lines
        if name:
            inside[-1] |= dict.fromkeys(range(start + 1, len(units[-1])), _onward(name, grid, say))
        joined = stays
    return units, above, inside


def _onward(words: str, grid: TextGrid, say: Say) -> list[str]:
    """The name of a fund that goes on, in lines; none for no words."""
    name = say(Cell("", (Run(words),), True)).whole
    return _hanging(name, grid.indent, _reach(grid) - grid.indent) if words else []


def _row(row: TableRow, grid: TextGrid, say: Say) -> list[str]:
    """A row: the name at the left, wrapped with a deeper second line; the values begin on its first line."""
    indent = grid.indent + deeper(row)
    if len(row.cells) == 1:
        return tagged(_hanging(say(row.cells[0]).whole, indent, _reach(grid) - indent), row.redline)
    names = _hanging(say(row.cells[0]).whole, indent, grid.names - deeper(row))
    columns = [slot.set(say(cell)) for cell, slot in zip(row.cells[1:], grid.slots, strict=True)]
    beside = [[piece for piece in line if piece] for line in zip_longest(*columns)]
    set_ = [place([(0, name or ""), *values]) for name, values in zip_longest(names, beside, fillvalue=())]
    return tagged(set_, row.redline)


def _reach(grid: TextGrid) -> int:
    """The column that a name without values may reach: the grid's end; in a tagged table that of its first column.

    There <S> and <C> say where columns begin, and what runs on under a <C> would be read as a value.
    """
    last = grid.slots[-1] if grid.slots and not grid.tagged else None
    return last.start + last.width if last else grid.indent + grid.names


def _hanging(text: str, indent: int, width: int) -> list[str]:
    if len(text) <= width:
        return [" " * indent + text]
    if longest_word(text) > width - GAP:
        raise TooLong(max(text.split(), key=len), width - GAP)
    first = wrap(text, width)[0]
    rest = wrap(text[len(first) :], width - GAP)
    return [" " * indent + first, *(" " * (indent + GAP) + row for row in rest)]
