"""Reads EDGAR text back as a person would: pages taken apart, columns followed down, words in order.

No reader of EDGAR's text exists that knows tables, so this one is docgen's; it shares nothing with
the writer but the list of ASCII twins.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from itertools import islice

from docgen.document.tree import Break, Content, Document, Mark, Table, TableRow, Twins
from docgen.edgar import characters
from docgen.readers import agreement, continued, text_pages
from docgen.readers.difference import Difference

TABLE_TAGS = re.compile(r"</?TABLE>|<CAPTION>|<S>(\s+<C>)*")
DASHES = re.compile("-+")
WORD = re.compile(r"\S+")

Progress = tuple[int, ...]  # for each cell of a row, how many of its words have been read
Spans = tuple[tuple[int, int], ...]  # for each column of a table, from where to where its words stand so far
State = tuple[Progress, Spans]
UNSEEN = (10**6, -1)


@dataclass
class _Lines:
    """The lines still to be read; PAGE_END stands between pages."""

    rest: list[str]
    at: int = 0
    head: list[str] = field(default_factory=list)  # the last table's head, which a new page repeats
    above: tuple[str, ...] = ()  # the words that a new page may say behind it: which fund goes on
    inside: tuple[str, ...] = ()  # the same where a page begins inside the row that is read

    def next(self) -> str | None:
        """The next line that says something, or None at the end."""
        while self.at < len(self.rest):
            line = self.rest[self.at]
            self.at += 1
            if line == text_pages.PAGE_END:
                self.skip_repeated_head()
            elif _speaks(line):
                return line
        return None

    def skip_repeated_head(self) -> None:
        """Passes over the head of a table that goes on from the page before."""
        speaking = (n for n in range(self.at, len(self.rest)) if _speaks(self.rest[n]))
        ahead = list(islice(speaking, len(self.head)))
        if self.head and [self.rest[n] for n in ahead] == self.head:
            self.at = ahead[-1] + 1
        self.skip_name()

    def skip_name(self) -> None:
        """Passes over the name of a fund that goes on from the page before."""
        words: list[str] = []
        for number in range(self.at, len(self.rest)):
            words += self.rest[number].split() if _speaks(self.rest[number]) else []
            if tuple(words) != self.above[: len(words)]:
                return
            if words and len(words) == len(self.above):
                self.at = number + 1
                return


def difference(document: Document, data: bytes) -> Difference | None:
    """The first word that the file has otherwise than the document; None when there is none."""
    twins = document.twins
    text = data.decode("ascii", "replace")
    if fault := unfit(text):
        return fault
    mark = _letters(document.draft_mark, twins)
    if fault := text_pages.missing_mark(text, mark):
        return fault
    lines = _Lines(list(text_pages.lines(text, mark)))
    for block in document.blocks:
        fault = _table(block, lines, twins) if isinstance(block, Table) else _words(_said(block.content, twins), lines)
        if fault:
            return fault
    extra = lines.next()
    return Difference(f"line {lines.at}", found=extra.strip(), kind="end") if extra else None


def unfit(text: str) -> Difference | None:
    """The first line that is too wide, or holds a sign that EDGAR does not take; None when there is none."""
    in_table = False
    for number, line in enumerate(text.split("\n"), start=1):
        in_table = (in_table or line == "<TABLE>") and line != "</TABLE>"
        if len(line) > (characters.TABULAR if in_table else characters.NARRATIVE):
            return Difference(f"line {number}", found=str(len(line)), kind="width")
        if strange := characters.STRANGER.search(line):
            return Difference(f"line {number}", found=repr(strange[0]), kind="sign")
    return None


def _speaks(line: str) -> bool:
    words = line.strip()  # a page's end is white space too
    return bool(words) and not TABLE_TAGS.fullmatch(words)


def _said(content: Content, twins: Twins) -> tuple[str, ...]:
    """The words that EDGAR's text should have for a content."""
    parts = []
    for inline in content:
        if isinstance(inline, Break):
            parts.append("\n")
        else:
            parts.append(characters.unmarked(inline.text) if isinstance(inline, Mark) else inline.text)
    return _letters("".join(parts), twins)


@functools.lru_cache(maxsize=4096)
def _letters(text: str, twins: Twins) -> tuple[str, ...]:
    """The words of a text in EDGAR's characters; many cells say the same."""
    return tuple(characters.plain(text, dict(twins)).split())


def _words(meant: Sequence[str], lines: _Lines) -> Difference | None:
    """Reads lines until the words are used up; the difference, if one shows."""
    done = 0
    while done < len(meant):
        line = lines.next()
        found = line.split() if line else []
        if found != list(meant[done : done + len(found)]) or not found:
            return agreement.words(meant, [*meant[:done], *found], f"line {lines.at}")
        done += len(found)
    return None


def _table(table: Table, lines: _Lines, twins: Twins) -> Difference | None:
    """Reads a table's rows; the columns of values must stand apart from top to bottom."""
    head: list[str] = []
    spans: set[Spans] = {(UNSEEN,) * table.width}
    for row in table.head:
        full = table.is_full(row)
        read, spans, fault = _row(row, lines, twins, spans, rules=full)
        head += read
        if fault:
            return fault
        if full and (line := _peek(lines)) is not None and all(DASHES.fullmatch(word) for word in line.split()):
            head.append(str(lines.next()))
    lines.head = head
    for row, name in zip(table.body, continued.names(table), strict=True):
        lines.inside = _letters(name, twins)
        _, spans, fault = _row(row, lines, twins, spans, rules=False)
        if fault:
            return fault
    lines.head, lines.above, lines.inside = [], (), ()
    return None


def _peek(lines: _Lines) -> str | None:
    return _Lines(lines.rest, lines.at).next()


def _row(
    row: TableRow, lines: _Lines, twins: Twins, spans: set[Spans], rules: bool
) -> tuple[list[str], set[Spans], Difference | None]:
    """Reads lines until every cell's words are used up, each line from the left cell to the right.

    `rules` lets dashes stand that are no words: the rules under heads. Returns the lines, where the
    columns can stand now, and the difference, if one shows.
    """
    cells = tuple(_said(cell.content, twins) for cell in row.cells)
    whole = tuple(len(cell) for cell in cells)
    states: Set[State] = {((0,) * len(cells), known) for known in spans}
    read: list[str] = []
    while not any(progress == whole for progress, _ in states):
        line = lines.next()
        before, states = states, _along(line, states, cells, rules) if line else set()
        if not states:
            furthest = max((progress for progress, _ in before), key=sum)
            meant = [word for cell, done in zip(cells, furthest, strict=True) for word in cell[done:]]
            reads = (line or "nothing more").strip()
            return read, spans, Difference(f"line {lines.at}", " ".join(meant), reads, kind="row")
        read.append(str(line))
        lines.above = lines.inside
    return read, {known for progress, known in states if progress == whole}, None


def _along(line: str, states: Set[State], cells: Sequence[tuple[str, ...]], rules: bool) -> Set[State]:
    """Where the reading of a row can stand after one more line, in every way that its words can stand."""
    reading = {(progress, spans, 0) for progress, spans in states}
    for found in WORD.finditer(line):
        word, (start, end) = found[0], found.span()
        onward = set(reading) if rules and DASHES.fullmatch(word) else set()
        for progress, spans, column in reading:
            for later in range(column, len(cells)):
                if cells[later][progress[later] : progress[later] + 1] == (word,):
                    wider = _widened(spans, later, start, end)
                    if wider is not None:
                        done = (*progress[:later], progress[later] + 1, *progress[later + 1 :])
                        onward.add((done, wider, later))
        reading = onward
    return {(progress, spans) for progress, spans, _ in reading}


def _widened(spans: Spans, column: int, start: int, end: int) -> Spans | None:
    """The columns with words in this one from start to end; None where it would reach into another column of values.

    Names, the first column, may reach under the heads that overhang them.
    """
    if column == 0:
        return spans
    low, high = spans[column]
    if low <= start and end <= high:
        return spans
    low, high = min(start, low), max(end, high)
    for number, (other_low, other_high) in enumerate(spans):
        if low < other_high and other_low < high and number not in (0, column):
            return None
    return (*spans[:column], (low, high), *spans[column + 1 :])
