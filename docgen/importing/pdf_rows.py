"""The rows of a PDF without drawn cells: lines that stand close are one row, and names beside the rows that are theirs.

A name may stand beside several rows, at the first of them, in the middle or at the last. It is read where the names
part the rows without a rest, and the rows of each begin as those of another do; else a doubt says so.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docgen.importing import pdf_names
from docgen.importing.cells import Box, BoxRow
from docgen.importing.page_lines import UNIT, PageLine, Reach, Span, may_go_on
from docgen.importing.pdf_parts import EVEN, RowPart
from docgen.importing.pieces import LinePlace
from docgen.importing.table_lines import CLASS, is_whole

CLOSE = 0.93  # of the distance of two rows, under which a line goes on with the one before
LINE = 1.2  # heights of a line from one to the next, where no two rows tell their distance
WRAPPED, LEAST = 1.1, 0.8  # of the least distance of words under one another; the least that lines can have
BELOW_MARK = 1.25  # times as far a line stands below the one above where it has a raised mark
WITH_MARK = re.compile(r"\w(?:\([0-9a-z]{1,3}\)|[*^+#†‡§]{1,3})$")
STEP = 3  # points, by which a name stands deeper at least
BEARING = 0.2  # of a step, by which it may fall short: letters stand off the margin by more or less
BELOW_ALL = 1e6  # heights of lines, more than any page has
BEFORE_A_FIGURE = re.compile(r"[^$0-9]*(?:\$?0\b)?")  # what a step begins with, or that it begins at none
DOUBT = "stands beside rows of which it is not certain whose they are"


@dataclass(frozen=True)
class PlacedLine:
    """A line, how far it stands from the first, whether a rule is drawn above it, in which block it is, and whether its
    first words are underlined."""

    line: PageLine
    height: float
    ruled: bool
    block: int
    underlined: bool = False

    @property
    def is_row(self) -> bool:
        """Whether a value stands in it, beside something or alone."""
        return any(span.is_value for span in self.line.spans[1:]) or self.line.spans[0].is_value


def reach(span: Span, columns: Sequence[Reach]) -> tuple[int, int]:
    """From which to which column words reach; two where they stand between them."""
    hit = [n for n, (start, end) in enumerate(columns) if span.start < end and start < span.end]
    if hit:
        return (0, 1) if hit[0] == 0 else (hit[0], hit[-1] + 1)
    right = next((n for n, (start, _) in enumerate(columns) if start >= span.end), len(columns))
    return (right - 1, right) if right in (1, len(columns)) else (right - 1, right + 1)


def rows(
    lines: Sequence[PlacedLine], columns: Sequence[Reach], near: float
) -> tuple[list[BoxRow], dict[LinePlace, str]]:
    """The rows with their cells from top to bottom, and what is doubtful of them."""
    names, rows = _joined(lines, columns, near)
    first = _first(rows)
    heads = {id(row) for row in rows if row.top < first}  # under which a name stands by itself
    lone = [name for name in names if all(_apart(name, r) >= (LEAST if id(r) in heads else near) for r in rows)]
    homes: list[tuple[RowPart, RowPart | None]] = [(name, None) for name in lone]
    doubts: dict[LinePlace, str] = {}
    bounds = [first - EVEN, *(name.top for name in lone), BELOW_ALL]
    start = -1.0
    for bound in sorted(bounds):
        mine = [row for row in rows if start <= row.bottom < bound]
        beside = [name for name in names if name not in lone and start <= name.bottom < bound]
        hit = _homes(beside, mine)
        if hit is None:
            doubts |= {part.place: DOUBT for part in (*mine, *beside)}
        homes += [(name, hit[number] if hit else None) for number, name in enumerate(beside)]
        start = bound
    return _as_boxes(rows, homes, columns), doubts


def _joined(lines: Sequence[PlacedLine], columns: Sequence[Reach], near: float) -> tuple[list[RowPart], list[RowPart]]:
    """The names and what stands beside them, lines that stand close as one; names that break evenly are whole, too."""
    ways = []
    for distance in (near, 0.0):
        names, rows = ([*_parts(lines, columns, distance, names=which)] for which in (True, False))
        ways.append((names, rows))
        above = max((row.bottom for row in rows if row.top < _first(rows)), default=-1.0)  # the last line of heads
        heads = [name for name in names if name.top < above + EVEN]
        under, values = names[len(heads) :], [row for row in rows if row.top >= _first(rows)]
        if len(under) == len(values):
            break
        if hit := pdf_names.joined(under, values):
            return [*heads, *hit], rows
    return ways[0]


def _first(rows: Sequence[RowPart]) -> float:
    """Where the first row under the heads stands."""
    return next(row.top for row in rows if any(map(row.has_value, row.texts)))


def nearness(lines: Sequence[PlacedLine], columns: Sequence[Reach]) -> float:
    """How close lines stand that are one row: closer than two values, and no farther than words that break in a cell.

    Both are told by what stands under one another in a column.
    """
    last: dict[tuple[int, bool], float] = {}
    distances: dict[bool, list[float]] = {True: [], False: []}
    for entry in lines:
        texts = {(reach(span, columns)[0], span.is_value) for span in entry.line.spans}
        for number, is_value in {*texts, *((number, False) for number, _ in texts)}:
            distances[is_value] += [entry.height - last[number, is_value]] if (number, is_value) in last else []
            last[number, is_value] = entry.height
    rows = min((distance for distance in distances[True] if distance > EVEN), default=LINE)
    texts_ = min((distance for distance in distances[False] if distance > LEAST), default=LINE)
    return min(rows * CLOSE, texts_ * WRAPPED)


def _parts(lines: Sequence[PlacedLine], columns: Sequence[Reach], near: float, names: bool) -> Iterator[RowPart]:
    """The names of rows, or what stands beside them; lines that stand close under one another are one."""
    part: RowPart | None = None
    ruled = False
    beside = [entry.height for entry in lines if entry.is_row]
    for entry in lines:
        ruled = ruled or entry.ruled
        texts: dict[int, list[Span]] = {}
        for span in entry.line.spans:
            number = reach(span, columns)[0]
            if (number == 0) == names:
                texts.setdefault(number, []).append(span)
        if not texts:
            continue
        again = part is not None and part.ends(texts)
        close = part is not None and (
            entry.height - part.bottom < (near * BELOW_MARK if names and _is_end(part, texts[0]) else near)
            or (names and _is_around(part.bottom, entry.height, beside))
        )
        alike = part is None or not names or _is_alike(part.texts[0][-1], texts[0][0])
        if part is not None and close and alike and not ruled and not again:
            part.add(texts, entry.height)
        else:
            if part is not None:
                yield part
            part = RowPart(entry.height, entry.height, entry.line.place, texts, entry.underlined)
        ruled = False
    if part is not None:
        yield part


def _is_end(name: RowPart, line: Sequence[Span]) -> bool:
    """Whether a line ends a name, with the mark of a footnote, which sets it farther below the others."""
    text, rest = (" ".join(span.text for span in spans) for spans in (name.texts[0], line))
    return bool(WITH_MARK.search(rest)) and is_whole(rest) and not is_whole(text) and not CLASS.fullmatch(text)


def _is_alike(above: Span, below: Span) -> bool:
    return may_go_on(above.text, above.bold, below.text, below.bold)


def _is_around(above: float, below: float, rows: Sequence[float]) -> bool:
    """Whether two lines of a name stand close around the line of its one row."""
    between = [height for height in rows if above < height < below]
    return below - above < LINE * WRAPPED and any(abs(height - (above + below) / 2) < EVEN / 2 for height in between)


def _apart(name: RowPart, row: RowPart) -> float:
    return max(row.top - name.bottom, name.top - row.bottom, 0)


def _homes(names: Sequence[RowPart], rows: Sequence[RowPart]) -> list[RowPart] | None:
    """The first row of each name, where the names part the rows in one way; None where nothing tells it."""
    if not names:
        return []
    at_ends = (_at_ends(names, rows), _at_ends(names, rows, -1))
    ways = [way for way in (*at_ends, _in_the_middle(names, rows), _in_first(names, rows)) if way]
    unique = [way for number, way in enumerate(ways) if way not in ways[:number] and _begin_alike(way, rows)]
    return [rows[n] for n in unique[0]] if len(unique) == 1 else None


def _at_ends(names: Sequence[RowPart], rows: Sequence[RowPart], side: int = 1) -> list[int]:
    """The first rows of names that stand beside the first of their rows, or with -1 beside the last; none of others."""
    if side == 1:
        hit = [next((n for n, row in enumerate(rows) if abs(row.top - name.top) < EVEN), -1) for name in names]
        return hit if -1 not in hit and hit[0] == 0 else []
    hit = [next((n for n, row in enumerate(rows) if abs(row.bottom - name.bottom) < EVEN), -1) for name in names]
    return [0, *(n + 1 for n in hit[:-1])] if -1 not in hit and hit[-1] == len(rows) - 1 else []


def _in_the_middle(names: Sequence[RowPart], rows: Sequence[RowPart]) -> list[int]:
    """The first rows of names that stand in the middle of theirs; none where rows are left over."""
    firsts, begin = [], 0
    for name in names:
        middles = ((end, (rows[begin].top + rows[end].bottom) / 2) for end in range(begin, len(rows)))
        end = next((end for end, middle in middles if abs(middle - name.middle) < EVEN), None)
        if end is None:
            return []
        firsts.append(begin)
        begin = end + 1
    return firsts if begin == len(rows) else []


def _in_first(names: Sequence[RowPart], rows: Sequence[RowPart]) -> list[int]:
    """The first rows of names that stand in the middle of these alone; none where another row comes first."""
    hit = [next((n for n, row in enumerate(rows) if abs(row.middle - name.middle) < EVEN), -1) for name in names]
    return hit if hit == sorted({*hit}) and hit[0] == 0 else []


def _begin_alike(firsts: Sequence[int], rows: Sequence[RowPart]) -> bool:
    """Whether the rows of each name begin with words with which no other of its rows does, and those of two alike.

    So they do where each name has one row, and where one name has them all.
    """
    words = [_begins(" ".join(span.text for span in row.texts.get(1, ()))) for row in rows]
    begin = [words[n] for n in firsts]
    others = [word for n, word in enumerate(words) if n not in firsts]
    is_new = not {*begin} & {*others}
    return not others or (is_new and (len(begin) == 1 or len({*begin}) < len(begin)))


def _begins(text: str) -> str:
    """What a row begins with: the name of a class, or the words of a step before its figure."""
    hit = BEFORE_A_FIGURE.match(text)
    return text if CLASS.fullmatch(text) or not hit else hit[0]


def _as_boxes(
    rows: Sequence[RowPart], homes: Sequence[tuple[RowPart, RowPart | None]], columns: Sequence[Reach]
) -> list[BoxRow]:
    """The rows as cells, each name in the first of its rows or in one of its own."""
    entries: list[tuple[float, RowPart, list[Box]]] = []
    least = min((span.start for name, _ in homes for span in name.texts[0]), default=0.0)
    of_rows = {id(home): name for name, home in homes if home is not None}
    for part in (*rows, *(name for name, home in homes if home is None)):
        name = part if 0 in part.texts else of_rows.get(id(part))
        boxes = [_name_box(name, least)] if name else []
        for place, mine in itertools.groupby(
            sorted((span for n, spans in part.texts.items() if n for span in spans), key=lambda s: reach(s, columns)),
            lambda span: reach(span, columns),
        ):
            spans = list(mine)
            texts = tuple(span.text for span in spans)
            boxes.append(Box(" ".join(texts), *place, bold=all(span.bold for span in spans), lines=texts))
        entries.append((min(part.top, name.top) if name and len(boxes) == 1 else part.top, part, boxes))
    return [(tuple(boxes), part.place) for _, part, boxes in sorted(entries, key=lambda entry: entry[0])]


def _name_box(name: RowPart, least: float) -> Box:
    texts = tuple(span.text for span in name.texts[0])
    depth = STEP * int((name.texts[0][0].start - least) * UNIT / STEP + BEARING)
    bold = all(span.bold for span in name.texts[0])
    return Box(" ".join(texts), 0, 1, ruled=name.underlined, bold=bold, indent=depth, lines=texts)
