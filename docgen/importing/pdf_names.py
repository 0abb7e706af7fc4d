"""Names of a PDF's table that break over lines which stand no closer than rows do: made whole where one way tells it.

The values of a row stand beside the first line of its name, the last, or the middle. A way is taken where it alone
makes every name whole, and each line is so long that the next word had no room in it.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from docgen.importing.page_lines import UNIT, Span
from docgen.importing.pdf_parts import EVEN, RowPart
from docgen.importing.table_lines import AS_GROUP, CLASS, is_whole

BLANK = 0.4  # characters, that a blank takes at least
FLUSH = 2 / UNIT  # points, by which lines at one margin may be off


def joined(names: Sequence[RowPart], rows: Sequence[RowPart]) -> list[RowPart]:
    """The names, each beside its row; none where no way or several tell which lines are one.

    `rows` are those with values, and `names` the lines beside them and between.
    """
    if len(names) <= len(rows) or not rows or not _may_break(names):
        return []
    limit = max(span.end for name in names for span in name.texts[0])
    ways = []
    for way in (_from_first(names, rows), _to_last(names, rows), _around(names, rows)):
        bounds = [*itertools.pairwise(way)]
        if way[:1] == [0] and way[-1] == len(names) and all(start < end for start, end in bounds):
            lines = [names[start:end] for start, end in bounds]
            ways += [lines] if all(_are_a_name(some, limit) for some in lines) and lines not in ways else []
    if len(ways) != 1:
        return []
    return [_as_name(lines, row) for lines, row in zip(ways[0], rows, strict=True)]


def _may_break(names: Sequence[RowPart]) -> bool:
    """Whether lines at one margin, set alike, are neither classes nor steps."""
    firsts = [name.texts[0][0] for name in names]
    flush = max(span.start for span in firsts) - min(span.start for span in firsts) < FLUSH
    alike = len({(span.bold, span.text.isupper()) for span in firsts}) == 1 and not any(n.underlined for n in names)
    return flush and alike and not any("$" in span.text or CLASS.fullmatch(span.text) for span in firsts)


def _from_first(names: Sequence[RowPart], rows: Sequence[RowPart]) -> list[int]:
    """Where each name begins, and the last ends, where each begins beside its row."""
    return [*(_at(names, row) for row in rows), len(names)]


def _to_last(names: Sequence[RowPart], rows: Sequence[RowPart]) -> list[int]:
    """The same where each ends beside its row."""
    return [0, *(_at(names, row) + 1 for row in rows)]


def _around(names: Sequence[RowPart], rows: Sequence[RowPart]) -> list[int]:
    """The same where each stands around its row."""
    bounds = [0]
    for row in rows:
        begin = bounds[-1]
        middles = ((end, (names[begin].top + names[end].bottom) / 2) for end in range(begin, len(names)))
        bounds.append(next((end + 1 for end, middle in middles if abs(middle - row.top) < EVEN), begin))
    return bounds


def _at(names: Sequence[RowPart], row: RowPart) -> int:
    """Which line of names stands beside a row; -1 where none does."""
    return next((n for n, name in enumerate(names) if name.top - EVEN < row.top < name.bottom + EVEN), -1)


def _are_a_name(lines: Sequence[RowPart], limit: float) -> bool:
    """Whether lines are a name that is whole with the last of them, and not before; each as long as there was room."""
    spans = [span for line in lines for span in line.texts[0]]
    texts = list(itertools.accumulate((span.text for span in spans), lambda former, more: f"{former} {more}"))
    early = any(is_whole(text) or AS_GROUP.search(text) for text in texts[:-1])
    early = early or any(span.text.split()[0] == texts[0].split()[0] for span in spans[1:])  # as names of one house
    full = all(_had_no_room(above, below, limit) for above, below in itertools.pairwise(spans))
    return is_whole(texts[-1]) and not early and full


def _had_no_room(above: Span, below: Span, limit: float) -> bool:
    """Whether the first word of a line would have stood farther right than any line reaches, had it been above."""
    word = below.text.split()[0]
    wide = (below.end - below.start) * len(word) / len(below.text)
    return above.end + BLANK + wide > limit


def _as_name(lines: Sequence[RowPart], row: RowPart) -> RowPart:
    """The lines as one name that stands beside its row."""
    spans = [span for line in lines for span in line.texts[0]]
    return RowPart(row.top, row.bottom, lines[0].place, {0: spans})
