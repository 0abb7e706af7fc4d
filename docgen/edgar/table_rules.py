"""Rule A6: the tags of a table in text stand in their order, each on a line of its own, and words in their columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from docgen.edgar.rule import File, Found, rule
from docgen.problems import count

TAG = re.compile(r"<(/?(?:TABLE|CAPTION|S|C|FN))>", re.IGNORECASE)
CHANGED = re.compile("</?R>", re.IGNORECASE)
WORD = re.compile(r"\S+")
RUN = re.compile(r"\S+(?: \S+)*")
ALONE = "give it a line of its own"
ORDER = "write <TABLE>, <CAPTION>, the heads, one line of <S> and <C>, the rows, </TABLE>"


@dataclass
class _TableReading:
    """How far a table has been read: the line it began on (0: none is open), its tags so far, its columns' starts."""

    began: int = 0
    seen: list[str] = field(default_factory=list)
    edges: list[int] = field(default_factory=list)
    cut: list[tuple[int, int, str]] = field(default_factory=list)  # words across an edge: line, column, word


@rule("A6", "practice; EDGAR Filer Manual vol. II, 5.2.1.3, heading only", "txt", severity="warning")
def table_tags(file: File) -> Iterator[Found]:
    """A table is <TABLE>, <CAPTION>, the heads, one line of <S> and <C>, the rows, </TABLE>.

    <S> marks the first column, <C> each further one; notes stand after <FN>. Tables are not nested. Whoever reads the
    table by its columns cuts each row at the <C>: so no word of a row stands across one, nor does a name run on under
    it. No full text of the rule was at hand.
    """
    reading = _TableReading()
    for number, line in enumerate(file.lines, start=1) if file.marked else ():
        marks = [mark[1].upper() for mark in TAG.finditer(line)] if "<" in line else []
        if reading.edges and not marks:
            reading.cut += [(number, *word) for word in _cut(line, reading.edges)]
        if "S" in marks or "C" in marks:
            yield from _columns(marks, line, number, reading)
        elif marks:
            yield from _block(marks, line, number, reading)
    yield from _of_cut(reading)
    if reading.began:
        yield Found("<TABLE> is never ended", "write </TABLE> after its last row", reading.began, 1)


def _cut(line: str, edges: Sequence[int]) -> Iterator[tuple[int, str]]:
    """The words of a row across the edge of a column, with the column of their first letter, counted from 1.

    Words with one blank between them run on; where one of them begins at the very edge, it is the next column's.
    """
    row = CHANGED.sub("", line)
    for run in RUN.finditer(row):
        starts = {run.start() + word.start() for word in WORD.finditer(run[0])}
        for edge in edges:
            if run.start() < edge < run.end() and edge not in starts and run[0].strip("-=_. "):
                word = next(word for word in WORD.finditer(row) if word.end() > edge)
                yield word.start() + 1, word[0]
                break


def _of_cut(reading: _TableReading) -> Iterator[Found]:
    """The first word of a table that stands across an edge, and how many lines more have one."""
    if reading.cut:
        number, column, word = reading.cut[0]
        more = len({line for line, *_ in reading.cut}) - 1
        others = f"; and {count(more, 'line')} more" if more else ""
        words = f'"{word[:40]}" stands across the start of a column, as <C> marks it{others}'
        yield Found(words, "move <C> to where the column begins, or break the name", number, column)
    reading.cut = []


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
    reading.edges = [mark.start() for mark in TAG.finditer(line) if mark[1].upper() == "C"]


def _block(marks: list[str], line: str, number: int, reading: _TableReading) -> Iterator[Found]:
    if marks[0] in ("TABLE", "/TABLE"):
        yield from _of_cut(reading)
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
    reading.edges = []
    if mark == "TABLE":
        reading.began, reading.seen = number, []
    elif mark == "/TABLE":
        reading.began = 0
    else:
        reading.seen.append(mark)
