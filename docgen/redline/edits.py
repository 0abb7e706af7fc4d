"""The differences of a redline one by one: which words of ours somebody changed, in which paragraph, row or cell."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from docgen.document.tree import ADDED, REMOVED, Content, Document, Mark, Revision, Table, TableRow, plain
from docgen.readers.returned import quoted
from docgen.redline import align

NEAR = 40  # letters before and behind that are quoted with a difference
EditKind = Literal["words", "sign", "row", "paragraph", "place"]


@dataclass(frozen=True)
class Edit:
    """One difference: `before` are our words, `after` theirs, one of the two empty where words only went or came.

    A sign is the mark of a footnote. `text` is all that we say in the paragraph or cell, in which our words stand from
    `start` on. `block` counts our blocks, `row` the rows of a table, `cell` its cells; a row or paragraph that came
    stands behind the one counted. `of` is the name of the row.
    """

    kind: EditKind
    block: int
    row: int
    cell: int
    before: str
    after: str
    text: str = ""
    start: int = 0
    of: str = ""

    @property
    def sentence(self) -> str:
        """The difference in words."""
        what = {"row": "the row ", "paragraph": "the paragraph ", "sign": "the sign "}.get(self.kind, "")
        if self.kind == "place":
            return f'the row "{quoted(self.before)}" stands elsewhere'
        before, after = quoted(self.before.strip()), quoted(self.after.strip())
        if before and after:
            text = f'"{before}" is "{after}"'
        else:
            text = f'{what}"{before or after}" is {"deleted" if before else "inserted"}'
        around = self.of or (self._around if self.kind in ("words", "sign") else "")
        return f'{text} in "{around}"' if around and around != self.before else text

    @property
    def _around(self) -> str:
        """What stands around our words, in one line."""
        first, last = max(self.start - NEAR, 0), self.start + len(self.before) + NEAR
        before, after = self.text[first : self.start], self.text[self.start : last]
        if first:
            before = "..." + before.partition(" ")[2]
        if last < len(self.text):
            after = after.rpartition(" ")[0] + "..."
        return align.spaced(before + after)


def edits(marked: Document) -> Iterator[Edit]:
    """Each difference of a redline that leads from our document to theirs, from top to bottom.

    A row that stands elsewhere and says something else there went, and another came.
    """
    number = -1
    moved = _moved(marked)
    for block in marked.blocks:
        if isinstance(block, Table):
            number += any(row.redline not in ADDED for row in block.rows)
            yield from _of_table(block, number, moved)
        elif block.redline in ADDED:
            yield Edit("paragraph", number, -1, -1, "", _words(block.content, ()))
        else:
            number += 1
            if block.redline:
                yield Edit("paragraph", number, -1, -1, _words(block.content, ()), "")
            else:
                yield from _in_content(block.content, (number, -1, -1), "")


def _moved(marked: Document) -> set[str]:
    """What the rows say that stand elsewhere as they were."""
    rows = [row for block in marked.blocks if isinstance(block, Table) for row in block.rows]
    out, into = ({_row_words(row) for row in rows if row.redline == mark} for mark in ("moved out", "moved in"))
    return out & into


def _of_table(table: Table, number: int, moved: Collection[str]) -> Iterator[Edit]:
    row_number = -1
    for row in table.rows:
        row_number += row.redline not in ADDED
        text = _row_words(row)
        if row.redline in ADDED:
            if row.redline == "inserted" or text not in moved:
                yield Edit("row", number, row_number, -1, "", text)
        elif row.redline == "moved out" and text in moved:
            yield Edit("place", number, row_number, -1, text, "")
        elif row.redline:
            yield Edit("row", number, row_number, -1, text, "")
        else:
            name = (
                align.name(row.cells[0]) if not _differs(row.cells[0].content) else _words(row.cells[0].content, ADDED)
            )
            for cell_number, cell in enumerate(row.cells):
                yield from _in_content(cell.content, (number, row_number, cell_number), name)


def _differs(content: Content) -> bool:
    return any(inline.redline for inline in content)


def _row_words(row: TableRow) -> str:
    """What the cells of a row say, in one line."""
    return " ".join(text for cell in row.cells if (text := _words(cell.content, ())))


def _words(content: Content, without: Sequence[Revision]) -> str:
    return " ".join(plain(tuple(inline for inline in content if inline.redline not in without)).split())


def _in_content(content: Content, place: tuple[int, int, int], of: str) -> Iterator[Edit]:
    """The differences inside a paragraph or cell: what went and what came in its place is one."""
    text = plain(tuple(inline for inline in content if inline.redline not in ADDED))
    at, start, before, after = 0, 0, "", ""
    kind: EditKind = "words"
    for inline in [*content, None]:
        if inline is None or not inline.redline:
            if before.strip() or after.strip():
                yield Edit(kind, *place, before, after, text, start, of)
            at += len(plain((inline,))) if inline else 0
            kind, start, before, after = "words", at, "", ""
            continue
        kind = "sign" if isinstance(inline, Mark) else kind
        if inline.redline in REMOVED:
            before += plain((inline,))
            at += len(plain((inline,)))
        else:
            after += plain((inline,))
