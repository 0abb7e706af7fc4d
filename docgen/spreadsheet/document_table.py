"""The schedules of a returned document as tables, as an Excel file would have them.

What prints as ours does is typed as ours is, anything else as it stands in the document.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from docgen.consolidation import lineage
from docgen.document.tree import Block, Cell, Content, Heading, Inline, Mark, Run, Table, TableRow
from docgen.model.schedule import Line, Schedule
from docgen.problems import Where
from docgen.redline import align
from docgen.redline.align import FormerPlaces, Place
from docgen.spreadsheet import table
from docgen.spreadsheet.table import Sheet, SheetCell, TableEntry

QUOTES = '“”"'  # around a new schedule, beside its last words


@dataclass(frozen=True)
class TwoDocuments:
    """Our blocks and theirs, and where each group and row of theirs stands in ours."""

    ours: Sequence[Block]
    returned: Sequence[Block]
    origins: FormerPlaces

    def twins(self) -> Mapping[tuple[int, int], tuple[int, int]]:
        """For each row of their tables the row of ours that it is, each by its block and its number in the body."""
        return align.bodies(self.ours, self.returned, self.origins)


def sheets(file: str, documents: TwoDocuments, schedules: Sequence[Schedule]) -> list[Sheet]:
    """A table for each schedule; one that is not in the document is as ours."""
    before, after = align.tables(documents.ours), align.tables(documents.returned)
    grids = []
    for number, schedule in enumerate(schedules):
        blocks = {n: place for n, place in after.items() if place[0] == number}
        rows = [_texts(table.head_entries(schedule, False))]
        rows += _rows(documents, schedule, blocks, before) if blocks else map(_texts, table.rows(schedule))
        notes = _note_rows(documents, schedule, number)
        grids.append(tuple(_cells(file, row) for row in [*rows, *notes]))
    return grids


def _texts(entries: Sequence[TableEntry]) -> tuple[str, ...]:
    return tuple(entry.text_and_mark for entry in entries)


def _cells(file: str, texts: Sequence[str]) -> tuple[SheetCell, ...]:
    name = next((text for text in texts if text), "")
    return tuple(SheetCell(table.single_line(text), Where(file), f'"{name}"') for text in texts)


def _note_rows(documents: TwoDocuments, schedule: Schedule, number: int) -> list[tuple[str, ...]]:
    """The footnotes of a schedule as theirs has them: other texts, those that went or came with a sign in a table."""
    ours, theirs = (list(_notes(blocks, number)) for blocks in (documents.ours, documents.returned))
    before, after = dict(ours), dict(theirs)
    if len(before) < len(ours) or len(after) < len(theirs):
        return table.note_rows(schedule)  # one sign twice
    rows = []
    for note in schedule.footnotes:
        is_alike = before.get(note.mark) == after.get(note.mark)
        if is_alike or note.mark in after:
            rows.append((note.mark, note.text if is_alike else after[note.mark], note.on or ""))
    signs = {inline.text for block in documents.returned for inline in _inlines(block) if isinstance(inline, Mark)}
    signs -= {note.mark for note in schedule.footnotes}
    rows += [(sign, text, "") for sign, text in theirs if sign in signs]
    return [table.NOTE_HEADS, *rows] if rows or schedule.footnotes else []


def _notes(blocks: Sequence[Block], number: int) -> Iterator[tuple[str, str]]:
    """The sign and the words of each note below the tables of a schedule."""
    tables, schedule = align.tables(blocks), None
    for at, block in enumerate(blocks):
        if isinstance(block, Heading):
            schedule = None
        elif isinstance(block, Table):
            schedule = tables[at][0]
        elif schedule == number and block.content and isinstance(block.content[0], Mark):
            yield block.content[0].text, _printed(block.content[1:])


def _inlines(block: Block) -> Iterator[Inline]:
    """What stands in the cells of a table."""
    for row in block.rows if isinstance(block, Table) else ():
        for cell in row.cells:
            yield from cell.content


def _rows(
    documents: TwoDocuments, schedule: Schedule, blocks: Mapping[int, Place], before: Mapping[int, Place]
) -> Iterator[tuple[str, ...]]:
    """The rows of a schedule, each group's name in a row over its own."""
    heads = table.heads(schedule)
    width, twins = len(heads.columns), documents.twins()
    lines = lineage.by_key(schedule)
    groups = {align.spaced(group.name): group for group in schedule.groups}
    called, places_before = align.rows(documents.ours), {*before.values()}
    for number, place in blocks.items():
        block = documents.returned[number]
        if not isinstance(block, Table):
            continue
        if heads.group:
            former = documents.origins.get(place, place)
            twin = groups.get(former[1]) if former in places_before else None
            name = table.with_mark(twin.name, twin.mark) if twin and former == place else place[1]
            yield (name, *[""] * (len(heads.names) - 1 + width))
        for row_number, row in enumerate(block.body):
            spot = twins.get((number, row_number))
            model = documents.ours[spot[0]] if spot else None
            old = model.body[spot[1]] if spot and isinstance(model, Table) else None
            key = called[spot[0]][spot[1]] if spot else None
            line = lines.get(lineage.RowKey(*key[1:])) if key else None
            yield _row(row, old, line, (bool(heads.group), bool(heads.inner), width))


def _row(row: TableRow, old: TableRow | None, line: Line | None, shape: tuple[bool, bool, int]) -> tuple[str, ...]:
    """A row of theirs: in the column of its kind its name, then its values."""
    has_groups, has_inner, width = shape
    name = _name(row.cells[0], old, line)
    names = ["", name] if row.role == "class" else [name, ""] if has_inner else [name]
    values = [_value(cell, old, line, number) for number, cell in enumerate(row.cells[1:], start=1)]
    values += [""] * (width - len(values))
    return (*([""] if has_groups else []), *names, *values)


def _name(cell: Cell, old: TableRow | None, line: Line | None) -> str:
    if old is not None and line is not None and _printed(cell.content) == _printed(old.cells[0].content):
        return table.with_mark(line.name, line.mark)
    return _printed(cell.content)


def _value(cell: Cell, old: TableRow | None, line: Line | None, number: int) -> str:
    """A value of theirs, as ours was typed where it prints the same."""
    if old is not None and line is not None and number < len(old.cells) and number <= len(line.values):
        value = line.values[number - 1]
        if _printed(cell.content) == _printed(old.cells[number].content):
            return table.with_mark(table.text_of(value), value.mark)
    return _printed(cell.content)


def _printed(content: Content) -> str:
    """What a cell or a note says in one line, signs of footnotes in brackets, without the quotation marks around it."""
    parts = []
    for inline in content:
        if isinstance(inline, Mark):
            parts.append("" if inline.text in QUOTES else f" [{inline.text}]")
        else:
            parts.append(inline.text if isinstance(inline, Run) else " ")
    text = align.spaced("".join(parts))
    return text.strip(QUOTES).strip() if text.count("“") != text.count("”") else text
