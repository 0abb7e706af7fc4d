"""Values as they print for the board, and those of a row that are not what they were."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from docgen.model.english import value_text
from docgen.model.schedule import Line, RowId, Schedule, Value, rises
from docgen.model.values import Blank, Holds

NOTHING = "–"


class NewText(NamedTuple):
    """A value that is not what it was, as it prints, under its column's heading; whether it is a rate that rises.

    `course` has the days of a value that changes on several.
    """

    heading: str
    old: str
    new: str
    rises: bool
    course: str = ""

    @property
    def sentence(self) -> str:
        """From what to what the value changes."""
        return f"{self.heading} {self.course or f'from {self.old} to {self.new}'}"


def changes(before: Schedule, old: Sequence[Value], after: Schedule, new: Sequence[Value]) -> list[NewText]:
    """Each value of a row that differs, under the columns of either schedule."""
    values_before, values = (
        {key: value for (key, _), value in zip(schedule.columns, row, strict=False)}
        for schedule, row in ((before, old), (after, new))
    )
    texts = []
    for key, column in {**dict(before.columns), **dict(after.columns)}.items():
        a, b = _two_texts(values_before.get(key), values.get(key), column.holds)
        if a != b:
            up = column.holds == "rate" and rises(values_before.get(key), values.get(key))
            texts.append(NewText(column.heading, a or NOTHING, b or NOTHING, up))
    return texts


def with_heads(schedule: Schedule, line: Line, first: Mapping[RowId, tuple[Value, ...]]) -> str:
    """All values of a row with their headings, of a fund those of each of its classes; `first` are those with which
    rows came that have others by now."""
    pairs = zip(schedule.columns, first.get(line.id, line.values), strict=False)
    texts = [f"{column.heading} {text}" for (_, column), value in pairs if (text := _text(value, column.holds))]
    of_classes = [f"{inner.name}: {text}" for inner in line.rows if (text := with_heads(schedule, inner, first))]
    return "; ".join(of_classes) or ", ".join(texts)


def tiers(value: Value, holds: Holds) -> str:
    """A value as it stands in its cell: breakpoints a step a line."""
    if holds != "breakpoints" or isinstance(value.typed, Blank):
        return _text(value, holds)
    return "\n".join(value.typed)


def _text(value: Value | None, holds: Holds) -> str:
    return value_text(value.typed, holds) if value else ""


def _two_texts(old: Value | None, new: Value | None, holds: Holds) -> tuple[str, str]:
    """A value as it is and as amended, with the sign of its footnote where that is not the same."""
    texts = _text(old, holds), _text(new, holds)
    signs = old.mark if old else "", new.mark if new else ""
    if signs[0] == signs[1] or not all(texts):
        return texts
    first, second = (f"{text} with footnote {sign}" if sign else text for text, sign in zip(texts, signs, strict=True))
    return first, second
