"""Tables that stand close under one another on a page of a PDF, each over columns of its own, apart."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from docgen.importing.page_lines import LineBlock, PageLine, Span, are_same, reaches

FOLLOWING = 3  # lines under a head, within which its first row stands


def apart(blocks: Sequence[LineBlock]) -> list[list[LineBlock]]:
    """The blocks of each table: another begins where heads stand over values that stand under none of those above."""
    lines = [line for block in blocks for line in block]
    heads = [number for number in range(1, len(lines)) if _is_head(lines, number)]
    cuts: list[int] = []
    for number, after in itertools.pairwise([*heads, len(lines)]):
        above, below = (reaches(_values(lines[a:b])) for a, b in ((max([0, *cuts]), number), (number, after)))
        if above and not are_same(above, below):
            last = max(n for n in range(number) if _values(lines[n : n + 1]))
            cuts.append(max(range(last + 1, number + 1), key=lambda n: lines[n].pitch))
    return [_sliced(blocks, start, end) for start, end in itertools.pairwise([0, *cuts, len(lines)])]


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
