"""How a schedule lies in a table, and the signs of footnotes in it.

A row of heads, a row for each group, the rows under it one column further right; or flat, the group and the fund said
again in each row, which can be sorted. The footnotes stand below. A sign stands in brackets: `0.25% [1]`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from docgen.model import values
from docgen.model.schedule import Line, Schedule, Value
from docgen.model.values import BLANK, Blank, Holds
from docgen.problems import Where

TBD, BETWEEN = "tbd", "; "  # a blank to fill in; what parts the entries of a list
CLASS = "Class"  # the head over rows that stand under a row
NUMBER = "No."  # the head over the places of the rows in a flat table
NOTE_HEADS = ("Footnote", "Text", "Words that carry it")
SIGN = re.compile(r"(.*?) ?\[([^\[\]]+)\]", re.DOTALL)
BARE = re.compile("[*\u2020\u2021\u00a7\u00b6#^]+")
BLANKS = re.compile("[ \t\r\n\u00a0\u2007\u202f]+")
MONTHS = ("%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y")


@dataclass(frozen=True)
class SheetCell:
    """What one cell of a file says, as text, and where it stands: `fees.xlsx` and `Schedule A!C7`."""

    text: str
    where: Where
    key: str


Sheet = tuple[tuple[SheetCell, ...], ...]


@dataclass(frozen=True)
class TableEntry:
    """What one cell is to say: a text, the sign of a footnote behind it, and what the column holds."""

    text: str = ""
    mark: str = ""
    holds: Holds = "text"

    @property
    def text_and_mark(self) -> str:
        """Both as one text."""
        return with_mark(self.text, self.mark)


def with_mark(text: str, mark: str) -> str:
    """A text with the sign of a footnote: `0.25% [1]`."""
    return f"{text} [{mark}]" if mark else text


def split_mark(text: str, marks: Collection[str]) -> tuple[str, str]:
    """A text and its sign, where it ends with one of these: in brackets, or bare where no word has such a sign."""
    match = SIGN.fullmatch(text)
    if match and match[2].strip() in marks:
        return match[1], match[2].strip()
    bare = next(
        (mark for mark in sorted(marks, key=len, reverse=True) if BARE.fullmatch(mark) and text.endswith(mark)), ""
    )
    return (text.removesuffix(bare).strip(), bare) if bare and text != bare else (text, "")


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


def head_entries(schedule: Schedule, is_flat: bool) -> tuple[TableEntry, ...]:
    """The row of heads, with the signs that the heads of columns bear."""
    head = heads(schedule)
    marks = [column.mark or "" for _, column in schedule.columns]
    names = tuple(TableEntry(text) for text in ((NUMBER,) if is_flat else ()) + head.names)
    return names + tuple(TableEntry(text, mark) for text, mark in zip(head.columns, marks, strict=True))


def rows(schedule: Schedule, is_flat: bool = False) -> Iterator[tuple[TableEntry, ...]]:
    """The table without its heads, every value as it was typed."""
    yield from _flat_rows(schedule) if is_flat else _stepped_rows(schedule)


def note_rows(schedule: Schedule) -> list[tuple[str, ...]]:
    """The footnotes under their own heads; none where there are no footnotes."""
    notes = [(note.mark, note.text, note.on or "") for note in schedule.footnotes]
    return [NOTE_HEADS, *notes] if notes else []


def _stepped_rows(schedule: Schedule) -> Iterator[tuple[TableEntry, ...]]:
    head = heads(schedule)
    no_values = (TableEntry(),) * len(head.columns)
    before, after = (TableEntry(),) if head.group else (), (TableEntry(),) if head.inner else ()
    for group in schedule.groups:
        if head.group:
            yield (TableEntry(group.name, group.mark), TableEntry(), *after, *no_values)
        for line in group.rows:
            yield (*before, TableEntry(line.name, line.mark), *after, *(_values(schedule, line) or no_values))
            for inner in line.rows:
                yield (*before, TableEntry(), TableEntry(inner.name, inner.mark), *_values(schedule, inner))


def _flat_rows(schedule: Schedule) -> Iterator[tuple[TableEntry, ...]]:
    head = heads(schedule)
    number = 0
    for group in schedule.groups:
        before = (TableEntry(group.name, group.mark),) if head.group else ()
        for line in group.rows:
            for inner in line.rows or (None,):
                number += 1
                class_name = TableEntry(inner.name, inner.mark) if inner else TableEntry()
                names = (*before, TableEntry(line.name, line.mark), *((class_name,) if head.inner else ()))
                yield (TableEntry(str(number)), *names, *_values(schedule, inner or line))


def _values(schedule: Schedule, line: Line) -> tuple[TableEntry, ...]:
    return tuple(
        TableEntry(text_of(value), value.mark, holds)
        for value, holds in zip(line.values, schedule.holds(), strict=bool(line.values))
    )


def text_of(value: Value) -> str:
    """A value as one text: `0.25%`, `tbd`, `Class A; Class C`."""
    return TBD if isinstance(value.typed, Blank) else BETWEEN.join(value.typed)


def value(text: str, mark: str, holds: Holds, old: Value | None) -> Value:
    """The text and its sign as a value: the old one where they say the same.

    A rate of the same size is the same, with the digits that were typed: programs drop a zero at the end.
    """
    if old is not None and _is_alike(text, holds, old):
        return old if mark == old.mark else replace(old, mark=mark)
    if values.is_tbd(text):
        return Value(BLANK, mark)
    if holds in ("classes", "breakpoints"):
        return Value(tuple(part.strip() for part in text.split(BETWEEN.strip()) if part.strip()), mark)
    return Value((day(text) if holds == "date" else text,), mark)


def _is_alike(text: str, holds: Holds, old: Value) -> bool:
    old_text = single_line(text_of(old))
    return text == old_text or (holds == "rate" and _same_rate(text, old_text))


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
    """A text with single blanks, as it looks: without the line ends and the further blanks that stand in cells."""
    return BLANKS.sub(" ", text).strip()
