"""Reads EDGAR text back as a person would: pages taken apart, columns followed down, words in order.

No reader of EDGAR's text exists that knows tables, so this one is docgen's; it shares nothing with
the writer but the list of ASCII twins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from docgen import edgar
from docgen.document.tree import Break, Content, Document, Mark, Table, TableRow
from docgen.proof import compare

TABLE_TAGS = re.compile(r"</?TABLE>|<CAPTION>|<S>(\s+<C>)*")
DASHES = re.compile("-+")
PAGE_END = "\f"

Progress = tuple[int, ...]  # for each cell of a row, how many of its words have been read


@dataclass
class _Lines:
    """The lines still to be read; PAGE_END stands between pages."""

    rest: list[str]
    at: int = 0
    head: list[str] = field(default_factory=list)  # the last table's head, which a new page repeats

    def next(self) -> str | None:
        """The next line that says something, or None at the end."""
        while self.at < len(self.rest):
            line = self.rest[self.at]
            self.at += 1
            if line == PAGE_END:
                self.skip_repeated_head()
            elif line.strip() and not TABLE_TAGS.fullmatch(line.strip()):
                return line
        return None

    def skip_repeated_head(self) -> None:
        """Passes over the head of a table that goes on from the page before."""
        ahead = [(n, line) for n, line in enumerate(self.rest[self.at :], start=self.at) if _speaks(line)]
        if self.head and [line for _, line in ahead[: len(self.head)]] == self.head:
            self.at = ahead[len(self.head) - 1][0] + 1


def difference(document: Document, data: bytes) -> str:
    """The first word that the file has otherwise than the document; empty when there is none."""
    twins = dict(document.twins)
    lines = _Lines(list(_pages(data.decode("ascii"))))
    for block in document.blocks:
        fault = _table(block, lines, twins) if isinstance(block, Table) else _words(_said(block.content, twins), lines)
        if fault:
            return fault
    extra = lines.next()
    return f'says "{extra.strip()}" after its end' if extra else ""


def _pages(text: str) -> Iterator[str]:
    """The lines without page numbers and page tags."""
    pages = text.split("<PAGE>\n")
    for number, page in enumerate(pages, start=1):
        rows = page.rstrip("\n").split("\n")
        if number > 1 and rows[-1].strip() == str(number):
            rows.pop()
        yield from rows
        if number < len(pages):
            yield PAGE_END


def _speaks(line: str) -> bool:
    return bool(line.strip()) and line != PAGE_END and not TABLE_TAGS.fullmatch(line.strip())


def _said(content: Content, twins: Mapping[str, str]) -> list[str]:
    """The words that EDGAR's text should have for a content."""
    parts = []
    for inline in content:
        if isinstance(inline, Break):
            parts.append("\n")
        else:
            parts.append(edgar.plain(edgar.unmarked(inline.text) if isinstance(inline, Mark) else inline.text, twins))
    return "".join(parts).split()


def _words(meant: Sequence[str], lines: _Lines) -> str:
    """Reads lines until the words are used up; the difference, if one shows."""
    done = 0
    while done < len(meant):
        line = lines.next()
        found = line.split() if line else []
        if found != list(meant[done : done + len(found)]) or not found:
            return compare.words(meant, [*meant[:done], *found], f"line {lines.at} ")
        done += len(found)
    return ""


def _table(table: Table, lines: _Lines, twins: Mapping[str, str]) -> str:
    lines.head = []
    head: list[str] = []
    for row in table.head:
        read, fault = _row(row, lines, twins, rules=True)
        head += read
        if fault:
            return fault
    while (following := _peek(lines)) is not None and all(DASHES.fullmatch(word) for word in following.split()):
        if not table.head:
            break
        head.append(str(lines.next()))
    lines.head = head
    for row in table.body:
        _, fault = _row(row, lines, twins, rules=False)
        if fault:
            return fault
    lines.head = []
    return ""


def _peek(lines: _Lines) -> str | None:
    ahead = _Lines(lines.rest, lines.at, lines.head)
    return ahead.next()


def _row(row: TableRow, lines: _Lines, twins: Mapping[str, str], rules: bool) -> tuple[list[str], str]:
    """Reads lines until every cell's words are used up, each line from the left cell to the right.

    `rules` lets dashes stand that are no words: the rules under heads. Returns the lines and the
    difference, if one shows.
    """
    cells = [_said(cell.content, twins) for cell in row.cells]
    whole = tuple(len(cell) for cell in cells)
    states: set[Progress] = {(0,) * len(cells)}
    read: list[str] = []
    while whole not in states:
        line = lines.next()
        furthest = max(states, key=sum)
        states = _along(line, states, cells, rules) if line else set()
        if not states:
            meant = [word for cell, done in zip(cells, furthest, strict=True) for word in cell[done:]]
            reads = (line or "nothing more").strip()
            return read, f'line {lines.at} reads "{reads}" where the row says "{" ".join(meant)}"'
        read.append(str(line))
    return read, ""


def _along(line: str, states: set[Progress], cells: Sequence[Sequence[str]], rules: bool) -> set[Progress]:
    """Where the reading of a row can stand after one more line."""
    reading: set[tuple[Progress, int]] = {(state, 0) for state in states}
    for word in line.split():
        onward: set[tuple[Progress, int]] = set()
        for state, cell in reading:
            if rules and DASHES.fullmatch(word):
                onward.add((state, cell))
            for later in range(cell, len(cells)):
                if state[later] < len(cells[later]) and cells[later][state[later]] == word:
                    onward.add(((*state[:later], state[later] + 1, *state[later + 1 :]), later))
        reading = onward
    return {state for state, _ in reading}
