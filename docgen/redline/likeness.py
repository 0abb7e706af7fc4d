"""Finds rows and groups of a returned file that are ours under another name: their values and their place say so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docgen.document.tree import Block, Table, TableRow
from docgen.redline import align
from docgen.redline.align import FormerPlaces, Place
from docgen.redline.word_diff import alike


@dataclass(frozen=True)
class NamedRow:
    """A row, and all that tells it from others but its name: its values, or the rows under it."""

    row: TableRow
    values: tuple[str, ...]


def with_renamed(old: Sequence[Block], new: Sequence[Block], origins: FormerPlaces) -> FormerPlaces:
    """The origins with those of groups and rows that stand where others went, and say the same but for the name."""
    groups = {**origins, **_groups(old, new, origins)}
    return {**groups, **_rows(old, new, groups)}


def _groups(old: Sequence[Block], new: Sequence[Block], origins: FormerPlaces) -> FormerPlaces:
    """For each new table without an old one the free old one that shares most rows with it, and those rows."""
    matched = align.blocks(old, new, origins)
    before, after = align.tables(old), align.tables(new)
    rows_before, rows_after = align.rows(old), align.rows(new)
    free = [number for number in before if number not in matched.values()]
    pairs: dict[Place, Place | None] = {}
    for number, place in after.items():
        rows = {row[2:] for row in rows_after[number]}
        shared = [len(rows & {row[2:] for row in rows_before[n]}) for n in free]
        if number in matched or not any(shared):
            continue
        twin = free.pop(shared.index(max(shared)))
        former = {row[2:]: row for row in rows_before[twin]}
        pairs[place] = before[twin]
        pairs |= {row: former[row[2:]] for row in rows_after[number] if row[2:] in former}
    return pairs


def _rows(old: Sequence[Block], new: Sequence[Block], origins: FormerPlaces) -> FormerPlaces:
    """For each row of a table without an old one the free old row that stands between the same neighbours."""
    rows_before, rows_after = align.rows(old), align.rows(new)
    bodies = align.bodies(old, new, origins)
    pairs: dict[Place, Place | None] = {}
    for number, twin in align.blocks(old, new, origins).items():
        table, former = new[number], old[twin]
        if not (isinstance(table, Table) and isinstance(former, Table)):
            continue
        places, places_before = rows_after[number], rows_before[twin]
        rows = [bodies.get((number, row)) for row in range(len(table.body))]
        numbers = [row[1] if row and row[0] == twin else None if row is None else -1 for row in rows]
        taken = {row for block, row in bodies.values() if block == twin}
        for row, row_before in _gaps(numbers, len(former.body), taken, _named_rows(table), _named_rows(former)):
            pairs[places[row]] = places_before[row_before]
            pairs |= _classes(places, places_before, places[row], places_before[row_before])
    return pairs


def _gaps(
    numbers: Sequence[int | None], length: int, taken: set[int], new: Sequence[NamedRow], old: Sequence[NamedRow]
) -> Iterator[tuple[int, int]]:
    """Pairs of a new and an old row that stand alone between neighbours that are paired."""
    start = 0
    while start < len(numbers):
        end = start
        while end < len(numbers) and numbers[end] is None:
            end += 1
        first = next((row for row in reversed(numbers[:start]) if row is not None and row >= 0), -1)
        last = next((row for row in numbers[end:] if row is not None and row >= 0), length)
        free = [row for row in range(first + 1, last) if row not in taken]
        for row in range(start, end):
            match = next((n for n in free if _is_renamed(old[n], new[row], len(free) == end - start)), None)
            if match is not None:
                yield row, match
                free = [n for n in free if n > match]
        start = max(end, start + 1)


def _is_renamed(old: NamedRow, new: NamedRow, as_many: bool) -> bool:
    """Whether a row is another with a new name: with its values where as many came as went, else by its words too."""
    if old.row.role != new.row.role or len(old.row.cells) != len(new.row.cells):
        return False
    near = alike(old.row.cells[0].content, new.row.cells[0].content)
    return near if old.values != new.values or not old.values else near or as_many


def _named_rows(table: Table) -> list[NamedRow]:
    """The rows of a table's body with their values, or with the rows that stand under them."""
    named = []
    for number, row in enumerate(table.body):
        under = []
        for inner in table.body[number + 1 :] if row.role != "class" else ():
            if inner.role != "class":
                break
            under.append(inner)
        values = [align.name(cell) for cell in row.cells[1:]]
        named.append(NamedRow(row, (*values, *(align.name(cell) for inner in under for cell in inner.cells))))
    return named


def _classes(places: Sequence[Place], before: Sequence[Place], place: Place, former: Place) -> dict[Place, Place]:
    """The rows under a row that has another name."""
    inner = {row[3:]: row for row in before if row[2] == former[2] and row[3]}
    return {row: inner[row[3:]] for row in places if row[2] == place[2] and row[3] and row[3:] in inner}
