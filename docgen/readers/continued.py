"""Which name of a fund a page may repeat at its top, where the fund's rows go on from the page before."""

from __future__ import annotations

from docgen.document.tree import Run, Table
from docgen.edgar.file_words import CONTINUED


def names(table: Table) -> list[str]:
    """For each row of a table's body, the name that may stand on a page that begins behind it, and before its next."""
    result: list[str] = []
    for row in table.body:
        first = row.cells[0].content
        if result and (row.role == "class" or (len(row.cells) > 1 and not first)):
            result.append(result[-1])
        else:
            words = "".join(inline.text if isinstance(inline, Run) else " " for inline in first)
            result.append(f"{' '.join(words.split())} {CONTINUED}")
    return result
