"""What a page repeats where rows go on from the page before: the name of a fund, and the heads of a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from docgen.document.tree import Block, Run, Table
from docgen.edgar.file_words import CONTINUED


def names(table: Table) -> list[str]:
    """For each row of a table's body, the name that may stand on a page that begins behind it, and before its next."""
    result: list[str] = []
    for row in table.body:
        first = row.cells[0].content
        if result and (row.role == "class" or not first):
            result.append(result[-1])
        else:
            words = "".join(inline.text if isinstance(inline, Run) else " " for inline in first)
            result.append(f"{' '.join(words.split())} {CONTINUED}")
    return result


def joined(blocks: Iterable[Block]) -> list[Block]:
    """The blocks; a table that has the heads of the one right above goes on with it, as where a Word file cuts one."""
    result: list[Block] = []
    for block in blocks:
        above = result[-1] if result else None
        if isinstance(block, Table) and isinstance(above, Table) and block.head and block.head == above.head:
            result[-1] = replace(above, body=above.body + block.body)
        else:
            result.append(block)
    return result
