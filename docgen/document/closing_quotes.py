"""Puts the quotation mark that closes a new schedule behind the last words of it, as English wants it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from docgen.document.tree import Block, Content, Paragraph, Table, joined


def behind_words(blocks: Iterable[Block]) -> list[Block]:
    """The blocks, each closing quotation mark behind the last words before it and not alone on a line."""
    results: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph) and block.role == "quote" and results:
            results[-1] = _closed(results[-1], block.content)
        else:
            results.append(block)
    return results


def _closed(block: Block, mark: Content) -> Block:
    """A block with a mark behind its last words; of a table, behind the last cell that has any."""
    if not isinstance(block, Table):
        return replace(block, content=joined([*block.content, *mark]))
    rows = [*block.body]
    at = max((number for number, row in enumerate(rows) if any(cell.content for cell in row.cells)), default=-1)
    if at >= 0:
        cells = [*rows[at].cells]
        last = max(number for number, cell in enumerate(cells) if cell.content)
        content = (*cells[last].content, *mark)  # behind a number it hangs, as the mark of a footnote does
        cells[last] = replace(cells[last], content=content if cells[last].role == "number" else joined(content))
        rows[at] = replace(rows[at], cells=tuple(cells))
    return replace(block, body=tuple(rows))
