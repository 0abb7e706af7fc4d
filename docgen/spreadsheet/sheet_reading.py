"""What is known while a table is read: the schedule as it was, names and signs, and the complaints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from pydantic_core import PydanticCustomError

from docgen.consolidation.lineage import RowKey
from docgen.model import values
from docgen.model.rows import Footnote
from docgen.model.schedule import Line, Schedule
from docgen.problems import Problem
from docgen.spreadsheet import table
from docgen.spreadsheet.table import Heads, SheetCell

SheetRow = Mapping[str, SheetCell]  # what a row says, by the heads


@dataclass
class SheetReading:
    """What is known of the schedule as it was, and the complaints on the way."""

    current: Schedule
    heads: Heads
    old: Mapping[RowKey, Line]  # every row as it was, by the names that it has now
    signed: frozenset[str]  # the columns whose rates are typed with %
    footnotes: tuple[Footnote, ...]  # as the table has them
    signs: frozenset[str]  # that a text may end with
    replaced: Mapping[str, str]  # signs that have gone, and what stands in their place
    names: frozenset[str]  # of groups and rows as they were
    problems: list[Problem] = field(default_factory=list)

    def complain(self, entry: SheetCell, fault: str, remedy: str = "") -> None:
        """Notes a problem with a cell."""
        self.problems.append(Problem(entry.where, fault, remedy, entry.key))


@dataclass
class SheetFund:
    """A row being read: its cells, and the rows under it."""

    name: str
    mark: str
    cells: SheetRow
    at: SheetCell
    inner: list[SheetFund] = field(default_factory=list)


@dataclass
class SheetGroup:
    """A group being read."""

    name: str
    mark: str
    at: SheetCell
    rows: list[SheetFund] = field(default_factory=list)


def tidy(reading: SheetReading, entry: SheetCell) -> str:
    """A cell's text; a sign in it that does not print is a problem."""
    try:
        return values.tidy(entry.text)
    except PydanticCustomError as error:
        context = error.context or {}
        reading.complain(entry, str(context.get("found", "")), str(context.get("remedy", "")))
        return entry.text


def mark_of(reading: SheetReading, entry: SheetCell) -> tuple[str, str]:
    """A cell's text, and the sign behind it as the footnotes have it by now."""
    text, mark = table.split_mark(entry.text, reading.signs)
    return text, reading.replaced.get(mark, mark)


def name_of(reading: SheetReading, entry: SheetCell) -> tuple[str, str]:
    """A name and its sign; a name that ends like a sign stays whole."""
    if entry.text in reading.names:
        return entry.text, ""
    text, mark = mark_of(reading, entry)
    bare = table.SIGN.fullmatch(text)
    if bare and bare[1] and bare[1] in reading.names:
        complain_of_unknown_sign(reading, entry, bare[2])
        return bare[1], mark
    return tidy(reading, replace(entry, text=text)), mark


def complain_of_unknown_sign(reading: SheetReading, entry: SheetCell, sign: str) -> None:
    """Notes that a cell ends with a sign that no footnote has."""
    heads = ", ".join(table.NOTE_HEADS)
    remedy = f"write the footnote below the table, under {heads}, or take the sign off"
    reading.complain(entry, f"[{sign}] calls no footnote", remedy)


def complain_of_doubles(reading: SheetReading, names: Sequence[tuple[str, SheetCell]]) -> None:
    """Notes each name that stands twice, at its second place."""
    names_above: dict[str, SheetCell] = {}
    for name, at in names:
        if first := names_above.get(name.casefold()):
            place = f"on line {first.where.line}" if first.where.line else f"in {first.key}"
            reading.complain(at, f'"{name}" stands there twice; first {place}', "keep one of the two rows")
        names_above.setdefault(name.casefold(), at)
