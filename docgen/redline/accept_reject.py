"""Takes a redline apart: accepting every change gives the new document, rejecting every one the old."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from docgen.document.tree import ADDED, REMOVED, Block, Content, Document, Revision, Table, TableRow, joined, plain
from docgen.problems import Problem, Where, WriterProblem

ACCEPTED, REJECTED = REMOVED, ADDED  # which marks fall away


def without(document: Document, marks: tuple[Revision, ...]) -> Document:
    """The document without what has these marks, and without a mark on what stays."""
    return replace(document, blocks=tuple(_blocks(document.blocks, marks)))


def _blocks(blocks: tuple[Block, ...], marks: tuple[Revision, ...]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Table):
            head = tuple(_row(row, marks) for row in block.head if row.redline not in marks)
            body = tuple(_row(row, marks) for row in block.body if row.redline not in marks)
            if head or body:
                yield replace(block, head=head, body=body)
        elif block.redline not in marks:
            yield replace(block, content=_content(block.content, marks), redline="")


def with_tags(document: Document) -> Document:
    """The new document, in which each block and row is marked that differs in any way: what EDGAR's <R> is for."""
    blocks: list[Block] = []
    for block in document.blocks:
        if isinstance(block, Table):
            head, body = _tagged(block.head), _tagged(block.body)
            blocks += [replace(block, head=head, body=body)] if head or body else []
        elif block.redline not in ACCEPTED:
            mark: Revision = "inserted" if any(inline.redline for inline in block.content) else ""
            blocks.append(replace(block, content=_content(block.content, ACCEPTED), redline=mark))
    return replace(document, blocks=tuple(blocks))


def _tagged(rows: tuple[TableRow, ...]) -> tuple[TableRow, ...]:
    tagged = []
    for row in rows:
        mark: Revision = "inserted" if any(inline.redline for cell in row.cells for inline in cell.content) else ""
        tagged += [replace(_row(row, ACCEPTED), redline=mark)] if row.redline not in ACCEPTED else []
    return tuple(tagged)


def _row(row: TableRow, marks: tuple[Revision, ...]) -> TableRow:
    cells = tuple(replace(cell, content=_content(cell.content, marks)) for cell in row.cells)
    return replace(row, cells=cells, redline="")


def _content(content: Content, marks: tuple[Revision, ...]) -> Content:
    return joined([replace(inline, redline="") for inline in content if inline.redline not in marks])


def refuse_departures(marked: Document, old: Document, new: Document) -> None:
    """WriterProblem with the row or paragraph where a redline is not both documents, letter for letter."""
    for name, marks, expected in (("accepting", ACCEPTED, new), ("rejecting", REJECTED, old)):
        lines = [*_lines(without(marked, marks))]
        wanted = [*_lines(expected)]
        wrong = next((pair for pair in zip(lines, wanted, strict=False) if pair[0] != pair[1]), None)
        if wrong is not None or len(lines) != len(wanted):
            line, expected_line = wrong or ("its end", "its end")
            message = f'{name} every change gives "{line}" where the document says "{expected_line}"'
            raise WriterProblem([Problem(Where(), message, "the redline was not saved; this is a fault of docgen's")])


def _lines(document: Document) -> Iterator[str]:
    """What each paragraph and each row says."""
    for block in document.blocks:
        if isinstance(block, Table):
            for row in block.rows:
                yield " | ".join(plain(cell.content) for cell in row.cells)
        else:
            yield plain(block.content)
