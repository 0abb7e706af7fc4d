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

from docgen.document.tree import Break, Content, Document, Mark, Run, Table, TableRow, Twins
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
GAP = 2  # blanks that part columns


@dataclass
class _Lines:
    """The lines still to be read; PAGE_END stands between pages."""

    rest: list[str]
    at: int = 0
    head: list[str] = field(default_factory=list)  # the last table's head, which a new page repeats
    above: tuple[str, ...] = ()  # the words that a new page may say behind it: which fund goes on
    inside: tuple[str, ...] = ()  # the same where a page begins inside the row that is read
    every: bool = False  # whether tables are read in every way that their words can stand, or in the nearest

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
    return Difference(f"line {lines.at}", "", extra.strip(), kind="end") if extra else None


def unfit(text: str) -> Difference | None:
    """The first line that is too wide, or holds a sign that EDGAR does not take; None when there is none."""
    lines = text.split("\n")
    if max(map(len, lines)) <= characters.NARRATIVE and characters.is_plain(text):
        return None
    in_table = False
    for number, line in enumerate(lines, start=1):
        in_table = (in_table or line == "<TABLE>") and line != "</TABLE>"
        if len(line) > (characters.TABULAR if in_table else characters.NARRATIVE):
            return Difference(f"line {number}", "", str(len(line)), kind="width")
        if strange := set(line) - characters.PERMITTED:
            return Difference(f"line {number}", "", repr(min(strange)), kind="sign")
    return None


def _speaks(line: str) -> bool:
    words = line.strip()  # a page's end is white space too
    return bool(words) and not (words[0] == "<" and TABLE_TAGS.fullmatch(words))


def _said(content: Content, twins: Twins) -> tuple[str, ...]:
    """The words that EDGAR's text should have for a content."""
    if len(content) == 1 and isinstance(run := content[0], Run):
        return _letters(run.text, twins)
    parts, letters = [], dict(twins)
    for inline in content:
        if isinstance(inline, Break):
            parts.append("\n")
        else:
            parts.append(
                characters.plain(characters.unmarked(inline.text) if isinstance(inline, Mark) else inline.text, letters)
            )
    return tuple("".join(parts).split())


@functools.lru_cache(maxsize=4096)
def _letters(text: str, twins: Twins) -> tuple[str, ...]:
    """The same for words alone; many cells say the same."""
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
    """Reads a table in the nearest way, and where that leads nowhere in every way; the difference, if one shows."""
    start = lines.at
    for every in (False, True):
        lines.at, lines.every = start, every
        fault = _rows(table, lines, twins)
        if fault is None:
            break
    return fault


def _rows(table: Table, lines: _Lines, twins: Twins) -> Difference | None:
    """Reads a table's rows; the columns of values must stand apart from top to bottom."""
    lines.head, lines.above, lines.inside = [], (), ()
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
    names = continued.names(table)
    for row, above, inside in zip(table.body, ["", *names], names, strict=False):
        lines.above, lines.inside = _letters(above, twins), _letters(inside, twins)
        _, spans, fault = _row(row, lines, twins, spans, rules=False)
        if fault:
            return fault
    lines.head, lines.above = [], ()
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
    across = len(cells) == 1
    start = lines.at
    if not rules and (line := _single_line(cells, lines)) is not None:
        ended = {at for known in spans if (at := _read_off(line, () if across else known, cells)) is not None}
        if ended:
            return [line], spans if across else ended, None
    lines.at = start
    whole = tuple(len(cell) for cell in cells)
    states: Set[State] = {((0,) * len(cells), () if across else known) for known in spans}
    read: list[str] = []
    while not any(progress == whole for progress, _ in states):
        line = lines.next()
        before, states = states, _along(line, states, cells, rules, lines.every) if line else set()
        if not states:
            furthest = max((progress for progress, _ in before), key=sum)
            meant = [word for cell, done in zip(cells, furthest, strict=True) for word in cell[done:]]
            reads = (line or "nothing more").strip()
            return read, spans, Difference(f"line {lines.at}", " ".join(meant), reads, kind="row")
        read.append(str(line))
        lines.above = lines.inside
    return read, spans if across else {known for progress, known in states if progress == whole}, None


def _single_line(cells: Sequence[tuple[str, ...]], lines: _Lines) -> str | None:
    """The next line, where it says a whole row; None where it does not."""
    line = lines.next()
    return line if line and line.split() == [word for cell in cells for word in cell] else None


def _along(line: str, states: Set[State], cells: tuple[tuple[str, ...], ...], rules: bool, every: bool) -> Set[State]:
    """Where the reading of a row can stand after one more line: in `every` way, or in the nearest one."""
    if not rules and (ended := _to_the_end(line, states, cells)):
        return ended
    if not every:
        return _nearest(line, next(iter(states)), cells, rules)
    reading = [(progress, spans, 0) for progress, spans in states]
    for found in WORD.finditer(line):
        onward: list[tuple[Progress, Spans, int]] = []
        word, (start, end) = found[0], found.span()
        having = [number for number, cell in enumerate(cells) if word in cell]
        for progress, spans, column in reading:
            for later in having:
                if later >= column and cells[later][progress[later] : progress[later] + 1] == (word,):
                    wider = _widened(spans, later, start, end)
                    if wider is not None:
                        done = (*progress[:later], progress[later] + 1, *progress[later + 1 :])
                        onward.append((done, wider, later))
        if rules and word[0] == "-" and DASHES.fullmatch(word):
            onward += reading
        reading = onward if len(onward) < 2 else list(dict.fromkeys(onward))
    return {(progress, spans) for progress, spans, _ in reading}


@functools.lru_cache(maxsize=1024)
def _nearest(line: str, state: State, cells: tuple[tuple[str, ...], ...], rules: bool) -> frozenset[State]:
    """One of the ways along a line, if any: a word behind two blanks or more is taken for the next column's.

    The tables of a schedule have their heads in common, and so these lines.
    """
    progress, spans = list(state[0]), state[1]
    due = [cell[done] if done < len(cell) else "" for cell, done in zip(cells, progress, strict=True)]
    column, before = 0, len(line)
    for found in WORD.finditer(line):
        word, (start, end) = found[0], found.span()
        after = column + (start - before >= GAP)
        if word not in due[after:]:
            if rules and word[0] == "-" and DASHES.fullmatch(word):
                continue
            return frozenset()
        column, before = due.index(word, after), end
        wider = _widened(spans, column, start, end)
        if wider is None:
            return frozenset()
        spans, done = wider, progress[column] + 1
        progress[column] = done
        due[column] = cells[column][done] if done < len(cells[column]) else ""
    return frozenset({(tuple(progress), spans)})


def _to_the_end(line: str, states: Set[State], cells: Sequence[tuple[str, ...]]) -> set[State]:
    """Where the reading of a row stands when the line says all that is left of it; nothing when it does not."""
    words = line.split()
    whole = tuple(map(len, cells))
    ended = set()
    for progress, known in states:
        rest = [cell[done:] for cell, done in zip(cells, progress, strict=True)]
        if [word for some in rest for word in some] == words and (spans := _read_off(line, known, rest)) is not None:
            ended.add((whole, spans))
    return ended


def _read_off(line: str, spans: Spans, rest: Sequence[tuple[str, ...]]) -> Spans | None:
    """The columns with the words of a line that says all the rest; None where one would reach into another.

    The words are looked for from the right: before the next word there are only blanks behind the one before it.
    """
    at = len(line)
    widened: Spans | None = spans
    for column in range(len(rest) - 1 if spans else 0, 0, -1):
        end = 0
        for word in reversed(rest[column]):
            at = line.rindex(word, 0, at)
            end = end or at + len(word)
        if end and widened is not None and (at < widened[column][0] or widened[column][1] < end):
            widened = _widened(widened, column, at, end)
    return widened


def _widened(spans: Spans, column: int, start: int, end: int) -> Spans | None:
    """The columns with words in this one from start to end; None where it would reach into another column of values.

    Names, the first column, may reach under the heads that overhang them.
    """
    if not spans or column == 0:
        return spans
    low, high = spans[column]
    if low <= start and end <= high:
        return spans
    low, high = min(start, low), max(end, high)
    for number, (other_low, other_high) in enumerate(spans):
        if low < other_high and other_low < high and number not in (0, column):
            return None
    return (*spans[:column], (low, high), *spans[column + 1 :])
