"""How a schedule lies in a table: a row of heads, a row for each group, the rows under it one column further right."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from docgen.model import values
from docgen.model.schedule import Line, Schedule, Value
from docgen.model.values import BLANK, Blank, Holds
from docgen.problems import Where

TBD, BETWEEN = "tbd", "; "  # a blank to fill in; what parts the entries of a list
CLASS = "Class"  # the head over rows that stand under a row
MONTHS = ("%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y")


@dataclass(frozen=True)
class SheetCell:
    """What one cell of a file says, as text, and where it stands: `fees.xlsx` and `Schedule A!C7`."""

    text: str
    where: Where
    key: str


Sheet = tuple[tuple[SheetCell, ...], ...]


@dataclass(frozen=True)
class Heads:
    """The words over the columns, each once: of groups and of inner rows where there are any, of rows, of values."""

    group: str
    row: str
    inner: str
    columns: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The heads of the columns that hold names."""
        return tuple(head for head in (self.group, self.row, self.inner) if head)

    @property
    def all(self) -> tuple[str, ...]:
        """Every head from left to right."""
        return self.names + self.columns


def heads(schedule: Schedule) -> Heads:
    """The heads of a schedule's table; two alike are told apart by the column's id."""
    group = schedule.form.group if any(section.name for section in schedule.groups) else ""
    row = schedule.form.row if schedule.form.row.casefold() != group.casefold() else f"{schedule.form.row} (row)"
    inner = CLASS if any(line.rows for _, line, _ in schedule.lines()) else ""
    inner = f"{inner} (row)" if inner.casefold() in (group.casefold(), row.casefold()) and inner else inner
    taken = [name.casefold() for name in (group, row, inner, *(column.heading for _, column in schedule.columns))]
    columns = tuple(
        column.heading if taken.count(column.heading.casefold()) == 1 else f"{column.heading} ({key})"
        for key, column in schedule.columns
    )
    return Heads(group, row, inner, columns)


def rows(schedule: Schedule) -> Iterator[tuple[str, ...]]:
    """The table without its heads, every value as it was typed."""
    head = heads(schedule)
    values = ("",) * len(head.columns)
    before, after = ("",) if head.group else (), ("",) if head.inner else ()
    for group in schedule.groups:
        if head.group:
            yield (group.name, "", *after, *values)
        for line in group.rows:
            yield (*before, line.name, *after, *(_values(line) or values))
            for inner in line.rows:
                yield (*before, "", inner.name, *_values(inner))


def _values(line: Line) -> tuple[str, ...]:
    return tuple(text_of(value) for value in line.values)


def text_of(value: Value) -> str:
    """A value as one text: `0.25%`, `tbd`, `Class A; Class C`."""
    return TBD if isinstance(value.typed, Blank) else BETWEEN.join(value.typed)


def value(text: str, holds: Holds, old: Value | None) -> Value:
    """The text as a value: the old one where the text says the same; a footnote's mark stays in any case.

    A rate of the same size is the same, with the digits that were typed: programs drop a zero at the end.
    """
    if old is not None and (text == text_of(old) or (holds == "rate" and _same_rate(text, text_of(old)))):
        return old
    mark = old.mark if old is not None else ""
    if values.is_tbd(text):
        return Value(BLANK, mark)
    if holds == "classes":
        return Value(tuple(part.strip() for part in text.split(BETWEEN.strip()) if part.strip()), mark)
    return Value((day(text) if holds == "date" else text,), mark)


def _same_rate(first: str, second: str) -> bool:
    size = values.rate(first)
    return size is not None and size == values.rate(second) and ("%" in first) == ("%" in second)


def day(text: str) -> str:
    """A day that is typed as text and can be only one, as YYYY-MM-DD; any other text as it stands."""
    for form in MONTHS if re.search("[A-Za-z]", text) else ():
        try:
            return datetime.datetime.strptime(text, form).date().isoformat()
        except ValueError:
            continue
    return text


def single_line(text: str) -> str:
    """A text without the line ends and the spaces around it that people leave in cells."""
    return re.sub("[ \t\r\n]+", " ", text).strip()
