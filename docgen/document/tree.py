"""The document as a tree: final before any writer sees it, the same for every format.

A document is a list of blocks: headings, paragraphs, tables. A role says what a block is (a recital,
a footnote), never how it looks; each writer owns a small table from role to look. In a redline, words,
blocks and rows also say whether they have come or gone, and whose change that is where it is not the redline's own;
what a block or row says, all its words say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

Revision = Literal["", "inserted", "deleted", "moved in", "moved out"]  # moved: gone from one place, come to another
ADDED: tuple[Revision, ...] = ("inserted", "moved in")
REMOVED: tuple[Revision, ...] = ("deleted", "moved out")


@dataclass(frozen=True)
class Reviser:
    """Who made a change of a redline, and when (`2003-11-24T00:00:00Z`, or empty)."""

    author: str = "docgen"
    date: str = ""


@dataclass(frozen=True)
class Run:
    """Words. White space inside is single spaces; a space at either end stands beside another inline."""

    text: str
    redline: Revision = ""
    reviser: Reviser | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Mark:
    """The sign of a footnote, raised where the format can raise it."""

    text: str
    redline: Revision = ""
    reviser: Reviser | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Break:
    """A new line inside a block."""

    redline: Revision = ""
    reviser: Reviser | None = field(default=None, compare=False)


Inline = Run | Mark | Break
Content = tuple[Inline, ...]
Twins = tuple[tuple[str, str], ...]  # signs, each with the plain letters that stand for it in EDGAR text


@dataclass(frozen=True)
class Heading:
    """Centred lines; level 1 opens the document, level 2 opens a schedule inside it."""

    level: int
    role: str
    content: Content
    redline: Revision = ""
    reviser: Reviser | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Paragraph:
    """A block of words."""

    role: str
    content: Content
    redline: Revision = ""
    reviser: Reviser | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Cell:
    """One cell. `head` marks the names of columns, groups and rows; a role says what stands in it."""

    role: str
    content: Content
    head: bool


@dataclass(frozen=True)
class TableRow:
    """One row: a cell for each column, or a single cell across all of them."""

    role: str
    cells: tuple[Cell, ...]
    redline: Revision = ""
    reviser: Reviser | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Table:
    """Heads that repeat on each page that the table reaches, and the rows under them."""

    role: str
    head: tuple[TableRow, ...]
    body: tuple[TableRow, ...]

    @property
    def rows(self) -> tuple[TableRow, ...]:
        """Heads and body, from top to bottom."""
        return self.head + self.body

    @cached_property
    def width(self) -> int:
        """How many columns the table has."""
        return max(len(row.cells) for row in self.rows)

    def is_full(self, row: TableRow) -> bool:
        """Whether a row of the table has a cell for each column, and is no label over them."""
        return len(row.cells) == self.width and row.role != "label"


Block = Heading | Paragraph | Table


@dataclass(frozen=True)
class Document:
    """A whole document and what its files say about themselves.

    `twins` are those that a plan has beyond the usual ones; `draft_mark` are the words that stand at the top of each
    page of a draft, and empty for a final paper. `landscape` lays the pages of PDF and Word on their long side.
    """

    blocks: tuple[Block, ...]
    language: str = "en-US"
    authors: tuple[str, ...] = ()
    twins: Twins = ()
    draft_mark: str = ""
    landscape: bool = False

    @property
    def title(self) -> str:
        """The first heading in one line; a file's title."""
        headings = [block for block in self.blocks if isinstance(block, Heading)]
        return " ".join(lines(headings[0].content)) if headings else "Untitled"

    @cached_property
    def is_redline(self) -> bool:
        """Whether anything in the document is marked as come or gone."""
        rows = [row for block in self.blocks if isinstance(block, Table) for row in block.rows]
        blocks = [block for block in self.blocks if not isinstance(block, Table)]
        inlines = (inline for content in self.contents() for inline in content)
        return any(thing.redline for thing in (*rows, *blocks, *inlines))

    def lines(self) -> Iterator[tuple[str, ...]]:
        """The words of each heading, paragraph and row, in reading order."""
        for block in self.blocks:
            for part in block.rows if isinstance(block, Table) else (block,):
                contents = [cell.content for cell in part.cells] if isinstance(part, TableRow) else [part.content]
                yield tuple(word for content in contents for word in plain(content).split())

    def contents(self) -> Iterator[Content]:
        """Everything that is said, in reading order: headings, paragraphs, cells row by row."""
        for block in self.blocks:
            if isinstance(block, Table):
                for row in block.rows:
                    for cell in row.cells:
                        yield cell.content
            else:
                yield block.content


def plain(content: Content) -> str:
    """The words of a content, lines parted by line ends, marks as they stand."""
    if len(content) == 1 and isinstance(run := content[0], Run):
        return run.text
    return "".join("\n" if isinstance(inline, Break) else inline.text for inline in content)


def lines(content: Content) -> list[str]:
    """The lines of a content as texts."""
    return plain(content).split("\n")


def over_lines(texts: Sequence[str]) -> Content:
    """Texts one under the other."""
    inlines: list[Inline] = []
    for text in texts:
        inlines += [Break(), Run(text)] if inlines else [Run(text)]
    return tuple(inlines)


def joined(inlines: Sequence[Inline]) -> Content:
    """The inlines with runs of one mark that stand side by side as one."""
    merged: list[Inline] = []
    for inline in inlines:
        last = merged[-1] if merged else None
        if isinstance(inline, Run) and isinstance(last, Run) and last.redline == inline.redline:
            merged[-1] = replace(last, text=last.text + inline.text)
        else:
            merged.append(inline)
    return tuple(merged)


def outline(document: Document) -> str:
    """The tree as text, a block a line, for people and for tests."""
    return "\n".join(line for block in document.blocks for line in _outline(block)) + "\n"


def _outline(block: Block) -> list[str]:
    if isinstance(block, Table):
        head = [f"  {row.role or 'head'}: {_cells(row)}" for row in block.head]
        body = [f"  {row.role or 'row'}: {_cells(row)}" for row in block.body]
        return [f"table {block.role}: {block.width} columns, {len(block.body)} rows", *head, *body]
    name = f"heading {block.level}" if isinstance(block, Heading) else "paragraph"
    return [f"{name} {block.role}: {' / '.join(lines(block.content))}"]


def _cells(row: TableRow) -> str:
    return " | ".join(" / ".join(lines(cell.content)) for cell in row.cells)
