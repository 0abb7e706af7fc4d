"""Names that stand over tables of the same heads, each over its own: groups of one table, as the data has them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from docgen.importing import sentences
from docgen.importing.groups import SEVERAL
from docgen.importing.pieces import GridRow, PagePiece
from docgen.importing.schedule_parts import SchedulePart, TablePart
from docgen.importing.table_lines import AS_GROUP, COMPLETE, SENTENCE_END

LONGEST = 12  # words of a name
AS_NAME = re.compile(r"(?:(?:[A-Z0-9&(]\S*|of|and|the|for)(?: |$))+")
LINK_AT_END = re.compile(r"\b(?:to|to the|of|of the|for|by|between|with respect to)$", re.IGNORECASE)


def joined(schedule: SchedulePart) -> list[TablePart]:
    """The tables of a schedule, each under its caption, as one where their heads are the same.

    They are as they stand where not every one has a caption of its own.
    """
    tables = schedule.tables
    if len(tables) == 1:
        return [_of_registrant(schedule, _with_first(tables[0]))]
    if len(tables) < 2 or any(not table.pieces or table.notes for table in tables[:-1]) or not tables[-1].pieces:
        return tables
    captions = [_caption(table) for table in tables]
    if not captions[0] and len(schedule.heading) > 1 and not tables[0].before:
        captions[0] = schedule.heading.pop()
    if not all(captions) or any(len(table.before) > 1 for table in tables[1:]):
        return tables
    pairs = zip(captions, tables, strict=True)
    if not _are_alike(tables):
        return [replace(t, before=t.before[:-1], pieces=_under(c, t)) for c, t in pairs if c]
    pieces = itertools.chain.from_iterable(_under(caption, table) for caption, table in pairs if caption)
    return [replace(tables[0], before=tables[0].before[:-1], pieces=list(pieces), notes=tables[-1].notes)]


def _with_first(table: TablePart) -> TablePart:
    """A table with the name of its first group, where that stands over its heads as others do over the same heads."""
    rows = [row for piece in table.pieces for row in piece.rows]
    again = any(above.is_alone and row.head and row.cells == rows[0].cells for above, row in itertools.pairwise(rows))
    caption = _caption(table)
    if not again or caption is None or not rows[0].head or len(caption.lines) > 1:
        return table
    return replace(table, before=table.before[:-1], pieces=_under(caption, table))


def _of_registrant(schedule: SchedulePart, table: TablePart) -> TablePart:
    """A table without names over its rows under that of a registrant, which stands right over it or ends the heading.

    Two signs tell it: it is called as registrants are, and the rows under it as funds are.
    """
    rows = [row for piece in table.pieces for row in piece.rows]
    of_funds = [row for row in rows if not row.head and COMPLETE.search(row.cells[0])]
    if not of_funds or not rows[0].head or any(row.is_alone for row in rows if not row.head):
        return table
    goes_on = len(schedule.heading) < 2 or LINK_AT_END.search(schedule.heading[-2].text)
    caption = _caption(table) if table.before else None if goes_on else schedule.heading[-1]
    if caption is None or len(caption.lines) > 1 or not _is_registrant(caption.text):
        return table
    if not table.before:
        schedule.heading.pop()
    return replace(table, before=table.before[:-1], pieces=_under(caption, table))


def _is_registrant(text: str) -> bool:
    return bool(AS_NAME.fullmatch(text) and AS_GROUP.search(text))


def _are_alike(tables: Sequence[TablePart]) -> bool:
    """Whether all tables begin with the same heads, over columns."""
    firsts = [table.pieces[0].rows[0] for table in tables if table.pieces]
    heads = {tuple(cell.casefold() for cell in row.cells) for row in firsts}
    return len(firsts) == len(tables) and len(heads) == 1 and firsts[0].head and any(firsts[0].cells[1:])


def _caption(table: TablePart) -> PagePiece | None:
    """What stands right over a table, where it can be a name."""
    piece = table.before[-1] if table.before else None
    is_name = piece and not SENTENCE_END.search(piece.text) and len(piece.words) <= LONGEST * len(piece.lines)
    return piece if piece and is_name and not sentences.note(piece.text) else None


def _under(caption: PagePiece, table: TablePart) -> list[PagePiece]:
    """A table's pieces under its caption as a row of heads; what its own heads have over names is a label."""
    first, *others = table.pieces
    top, *rows = first.rows
    if top.head and top.cells[0]:
        top = replace(top, cells=(f"\n{top.cells[0]}", *top.cells[1:]))
    return [_as_head(caption), replace(first, rows=(top, *rows)), *others]


def _as_head(piece: PagePiece) -> PagePiece:
    """A caption as a row of heads; a doubt where it has several lines."""
    doubt = SEVERAL if len(piece.lines) > 1 else ""
    return replace(piece, rows=(GridRow((piece.text,), piece.place, head=True, doubt=doubt),))
