"""What a row that stands alone in a table tells by its looks: whether it is set as the name of a group is."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from docgen.importing.pieces import GridRow
from docgen.importing.table_lines import AS_GROUP, CLASS, COMPLETE, DEEPER, LABEL


def signs(row: GridRow, rows: Sequence[GridRow]) -> list[str]:
    """The signs that it gives, beside the other rows of its table."""
    others = [latter.cells[0] for latter in rows if any(latter.cells[1:]) and not latter.head]
    hit = ["a rule under it"] if row.ruled else []
    if is_loud(row, rows):
        return [*hit, "capitals"]
    hit += ["bold"] if is_bold(row, rows) else []
    hit += ["called as registrants are"] if is_over_funds(row, rows) else []
    return hit + (["capitals"] if row.cells[0].isupper() and not any(map(str.isupper, others)) else [])


def is_loud(row: GridRow, others: Sequence[GridRow]) -> bool:
    """Whether a name stands in capitals in a list of names that are no values' and most of which do not."""
    quiet = [latter for latter in others if not latter.cells[0].isupper()]
    return len(row.cells) == 1 and row.cells[0].isupper() and len(quiet) * 2 > len(others)


def is_bold(row: GridRow, rows: Sequence[GridRow]) -> bool:
    """Whether it is bold where no row with values is."""
    values = [latter.bold for latter in rows if any(latter.cells[1:]) and not latter.head]
    return row.bold and bool(values) and not any(values)


def is_name(row: GridRow, after: Sequence[GridRow]) -> bool:
    """Whether it is set as the name of the rows after it: bold over one or deeper funds, in capitals over such."""
    if not after or LABEL.fullmatch(row.cells[0]) or CLASS.fullmatch(after[0].cells[0]):
        return False
    if is_over_funds(row, after) and holds_funds(row, after):
        return True
    if is_bold(row, after):
        return any(after[0].cells[1:]) and (after[0].indent < row.indent + DEEPER or holds_funds(row, after))
    return row.cells[0].isupper() and (holds_funds(row, after) or has_peers(row, after))


def is_over_funds(row: GridRow, rows: Sequence[GridRow]) -> bool:
    """Whether a name is called as registrants are, where every row with values stands deeper than it."""
    depths = [latter.indent for latter in rows if any(latter.cells[1:]) and not latter.head]
    return bool(AS_GROUP.search(row.cells[0])) and bool(depths) and min(depths) >= row.indent + DEEPER


def has_peers(row: GridRow, after: Sequence[GridRow]) -> bool:
    """Whether more names stand alone in capitals further down, over rows with values that are not in capitals."""
    others = [latter for latter in after if latter.is_alone and not latter.head and latter.cells[0].isupper()]
    quiet = [latter for latter in after if any(latter.cells[1:]) and not latter.head]
    is_over = any(after[0].cells[1:]) and not after[0].cells[0].isupper()
    return bool(others) and is_over and len(row.cells) > 1 and not any(latter.cells[0].isupper() for latter in quiet)


def holds_funds(row: GridRow, after: Sequence[GridRow]) -> bool:
    """Whether the rows that stand deeper under it are called as funds are, and not as classes."""
    deeper = list(itertools.takewhile(lambda latter: latter.indent >= row.indent + DEEPER, after))
    names = [latter.cells[0] for latter in deeper if latter.indent == deeper[0].indent]
    return any(map(COMPLETE.search, names)) and not any(CLASS.fullmatch(name) or name.isupper() for name in names)
