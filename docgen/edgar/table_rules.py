"""Rule A6: the tags of a table in text stand in their order, each on a line of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from docgen.edgar.rule import File, Found, rule

TAG = re.compile(r"<(/?(?:TABLE|CAPTION|S|C|FN))>", re.IGNORECASE)
ALONE = "give it a line of its own"
ORDER = "write <TABLE>, <CAPTION>, the heads, one line of <S> and <C>, the rows, </TABLE>"


@dataclass
class _TableReading:
    """How far a table has been read: the line it began on (0: none is open), and its tags so far."""

    began: int = 0
    seen: list[str] = field(default_factory=list)


@rule("A6", "practice; EDGAR Filer Manual vol. II, 5.2.1.3, heading only", "txt", severity="warning")
def table_tags(file: File) -> Iterator[Found]:
    """A table is <TABLE>, <CAPTION>, the heads, one line of <S> and <C>, the rows, </TABLE>.

    <S> marks the first column, <C> each further one; notes stand after <FN>. Tables are not nested. No full text of the
    rule was at hand. Which words of a row belong to which column a program cannot know.
    """
    reading = _TableReading()
    for number, line in file.marked:
        marks = [mark[1].upper() for mark in TAG.finditer(line)]
        if "S" in marks or "C" in marks:
            yield from _columns(marks, line, number, reading)
        elif marks:
            yield from _block(marks, line, number, reading)
    if reading.began:
        yield Found("<TABLE> is never ended", "write </TABLE> after its last row", reading.began, 1)


def _columns(marks: list[str], line: str, number: int, reading: _TableReading) -> Iterator[Found]:
    if not reading.began:
        yield Found("<S> or <C> outside a table", ORDER, number)
    elif marks[0] != "S" or set(marks[1:]) - {"C"} or TAG.sub("", line).strip():
        yield Found("the line of <S> and <C> has something else on it", ORDER, number)
    elif "S" in reading.seen:
        yield Found("a second line of <S> and <C>", "keep one", number)
    elif "CAPTION" not in reading.seen:
        yield Found("<S> before <CAPTION>", ORDER, number)
    reading.seen.append("S")


def _block(marks: list[str], line: str, number: int, reading: _TableReading) -> Iterator[Found]:
    mark = marks[0]
    column = line.upper().index(f"<{mark}>") + 1
    if mark in ("/CAPTION", "/FN", "/S", "/C"):
        yield Found(f"<{mark}> is not a tag", "take it out; this tag has no end", number, column)
    elif line.strip().upper() != f"<{mark}>":
        yield Found(f"<{mark}> is not alone on its line", ALONE, number, column)
    elif mark == "TABLE" and reading.began:
        yield Found("<TABLE> inside a table", "end the first table before it", number, column)
    elif mark != "TABLE" and not reading.began:
        yield Found(f"<{mark}> outside a table", ORDER, number, column)
    elif mark in reading.seen:
        yield Found(f"a second <{mark}>", "keep one", number, column)
    elif mark in ("FN", "/TABLE") and not {"CAPTION", "S"} <= set(reading.seen):
        missing = "<CAPTION>" if "CAPTION" not in reading.seen else "the line of <S> and <C>"
        yield Found(f"the table has no {missing.removeprefix('the ')}", ORDER, reading.began, 1)
    _go_on(mark, number, reading)


def _go_on(mark: str, number: int, reading: _TableReading) -> None:
    if mark == "TABLE":
        reading.began, reading.seen = number, []
    elif mark == "/TABLE":
        reading.began = 0
    else:
        reading.seen.append(mark)
