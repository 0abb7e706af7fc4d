"""Tables that stand close under one another on a page of a PDF, each over columns of its own, apart."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from docgen.importing.page_lines import LineBlock, PageLine, Reach, Span, are_same, reaches

FOLLOWING = 3  # lines under a head, within which its first row stands


def apart(blocks: Sequence[LineBlock]) -> list[list[LineBlock]]:
    """The blocks of each table: another begins where heads stand again, or over values that stand under none above."""
    lines = [line for block in blocks for line in block]
    heads = [number for number in range(len(lines)) if _is_head(lines, number)]
    cuts = [0]
    for number, after in itertools.pairwise([*heads, len(lines)]):
        above, below = _values(lines[cuts[-1] : number]), _values(lines[number:after])
        again = any(lines[head].text == lines[number].text for head in heads if cuts[-1] <= head < number)
        if above and (again or not are_same(reaches(above), reaches(below))):
            cuts.append(_end(lines, cuts[-1], number))
    return [_sliced(blocks, start, end) for start, end in itertools.pairwise([*cuts, len(lines)])]


def _end(lines: Sequence[PageLine], start: int, head: int) -> int:
    """The first line that is no part of the table above: one that stands under no column of it, else far from it."""
    rows = [number for number in range(start, head) if _values(lines[number : number + 1])]
    columns = reaches([span for number in rows for span in lines[number].spans])
    under = range(rows[-1] + 1, head + 1)
    outside = (n for n in under if lines[n].words and not lines[n].is_drawn and not _is_under(lines[n], columns))
    return next(outside, max(under, key=lambda n: lines[n].pitch))


def _is_under(line: PageLine, columns: Sequence[Reach]) -> bool:
    first = line.spans[0]
    return any(first.start < end and start < first.end for start, end in columns)


def _is_head(lines: Sequence[PageLine], number: int) -> bool:
    """Whether a line has words over columns and no values, and rows with values stand under it."""
    line = lines[number]
    if line.is_tag or not line.words or line.is_drawn or len(line.spans) < 2:
        return False
    return not _values(lines[number : number + 1]) and bool(_values(lines[number + 1 : number + 1 + FOLLOWING]))


def _values(lines: Sequence[PageLine]) -> list[Span]:
    return [span for line in lines if line.words and not line.is_tag for span in line.spans[1:] if span.is_value]


def _sliced(blocks: Sequence[LineBlock], start: int, end: int) -> list[LineBlock]:
    """The blocks from one line to another, counted over all of them."""
    result: list[LineBlock] = []
    at = 0
    for block in blocks:
        part = block[max(0, start - at) : max(0, end - at)]
        result += [part] if part else []
        at += len(block)
    return result
