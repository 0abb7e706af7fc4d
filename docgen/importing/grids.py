"""Makes rows and columns of lines: columns where rules and values stand, heads over them, names at the left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from docgen.edgar.file_words import CONTINUED
from docgen.importing.lines import DRAWN, GAP, RULING, Block, Line, Span
from docgen.importing.pieces import GridRow, Piece

CLOSE = 0.93  # of the distance of two rows, under which a line goes on with the one before
DEEP = 8  # blanks by which a name may stand deeper than the others


@dataclass(frozen=True)
class Columns:
    """Where names begin, and from where to where each column reaches."""

    left: float
    spans: tuple[tuple[float, float], ...]
    names: float  # where the longest name beside values ends
    alone: float  # where the longest name beside nothing ends
    ends: tuple[float, ...]  # where the longest text of each column ends
    ruled: bool  # whether rules stand under the heads
    pitch: float = 0  # how far a row stands under the one before; 0 where that tells nothing
    firsts: tuple[frozenset[str], ...] = ()  # the words that the texts of each column begin with, beside a name

    def of(self, span: Span) -> tuple[int, str]:
        """The column that words stand in, 0 for names, and why they may stand in another."""
        over = [min(span.end, end) - max(span.start, start) for start, end in self.spans]
        best = max(range(len(over)), key=over.__getitem__, default=-1)
        if best < 0 or (span.start <= self.left + DEEP and span.start < self.spans[0][0] - GAP):
            return 0, ""
        if over[best] > 0:
            several = sum(1 for size in over if size > 0) > 1
            return best + 1, "stands under two heads" if several else ""
        if span.end <= self.spans[0][0] and not span.is_value and span.start < self.spans[0][0] / 2 + self.left:
            return 0, ""
        near = max(range(len(over)), key=over.__getitem__)
        return near + 1, "" if over[near] >= -GAP else "stands under no head"


def pieces(region: Sequence[Block]) -> Iterator[Piece]:
    """A table's piece, and the furniture that stands in it: rules and tags."""
    lines = [line for block in region for line in block if not line.is_tag]
    columns = _columns(lines)
    rows: list[GridRow] = []
    page_ended = goes_on = False
    for block in region:
        if block[0].is_tag:
            page_ended = page_ended or block[0].ends_page
            yield Piece("furniture", (block[0].text,), block[0].place)
            continue
        head, body = _parts(block, columns)
        goes_on = page_ended and (goes_on or not head)
        for part in head:
            row = _head(part, columns)
            if page_ended and (before := _last_head(rows)) and before.cells == row.cells:
                yield Piece("furniture", row.cells, row.place)  # heads that a page repeats
                goes_on = True
            elif any(row.cells):
                rows.append(row)
        for line in block:
            if rules := [word.text for word in line.words if set(word.text) <= RULING and _is_rule(word, line) and word.text != DRAWN]:
                yield Piece("furniture", tuple(rules), line.place)
        made = list(_rows(body, columns))
        if goes_on and made and (label := _label_again(made[0], rows)):
            yield Piece("furniture", (label,), made.pop(0).place)
        if head and not made and rows and rows[-1].head:
            rows[-1] = replace(rows[-1], apart=True)
        rows += [*made[:-1], *(replace(row, apart=True) for row in made[-1:])]
        page_ended = page_ended and not made
    if rows:
        yield Piece("table", (), rows[0].place, tuple(rows))


def _label_again(row: GridRow, rows: Sequence[GridRow]) -> str:
    """What a page repeats at its top: the label under the last heads, or the name of a fund that goes on."""
    pairs = zip(rows, rows[1:], strict=False)
    labels = [below.cells[0] for above, below in pairs if above.head and below.is_alone]
    again = row.cells[0] in labels[-1:] or row.cells[0].endswith(CONTINUED)
    return row.cells[0] if row.is_alone and again else ""


def _is_rule(word: Span, line: Line) -> bool:
    return any(span.is_rule and span.start == word.start for span in line.spans) or line.is_ruled


def _last_head(rows: Sequence[GridRow]) -> GridRow | None:
    return next((row for row in reversed(rows) if row.head), None)


def _columns(lines: Sequence[Line]) -> Columns:
    left = min(line.start for line in lines)
    rules = [span for line in lines for span in line.spans if _ruled(span, line) and span.start > left + 1]
    values = [span for line in lines for span in line.spans[1:] if span.is_value]
    clusters: list[tuple[float, float]] = []
    for span in sorted(rules or values, key=lambda span: span.start):
        if clusters and span.start < clusters[-1][1]:
            clusters[-1] = (clusters[-1][0], max(clusters[-1][1], span.end))
        else:
            clusters.append((span.start, span.end))
    bare = Columns(left, tuple(clusters), 0, 0, tuple(end for _, end in clusters), bool(rules))
    beside, alone, ends = left, left, [*bare.ends]
    pitches = sorted(line.pitch for line in lines if line.pitch and line.has_values)
    firsts: list[set[str]] = [set() for _ in ends]
    for line in lines:
        texts = [span for span in line.spans if not _ruled(span, line)]
        names = [span for span in texts if bare.of(span)[0] == 0]
        if names and len(names) < len(texts):
            beside = max(beside, names[-1].end)
        elif names:
            alone = max(alone, names[-1].end)
        for span in texts:
            if number := bare.of(span)[0]:
                ends[number - 1] = max(ends[number - 1], span.end)
                firsts[number - 1] |= {span.text.split()[0]} if names else set()
    return replace(bare, names=beside, alone=max(alone, beside), ends=tuple(ends), firsts=tuple(map(frozenset, firsts)),
        pitch=pitches[len(pitches) // 2] if pitches else 0)


def _ruled(span: Span, line: Line) -> bool:
    return span.is_rule or (line.is_ruled and set(span.text) <= RULING | {" "})


def _parts(block: Block, columns: Columns) -> tuple[list[list[Line]], list[Line]]:
    """The heads of a block, each down to its rules, and the lines under them."""
    heads: list[list[Line]] = []
    body: list[Line] = []
    rest = list(block)
    while rest:
        until = next((n for n, line in enumerate(rest) if any(_ruled(s, line) for s in line.spans)), None)
        if until is None:
            break
        while until + 1 < len(rest) and any(_ruled(span, rest[until + 1]) for span in rest[until + 1].spans):
            until += 1
        more = next((n for n, line in enumerate(rest[until + 1 :], until + 1) if _continues(line, columns)), None)
        until = more if more is not None else until
        begin = next((n + 1 for n in range(until - 1, -1, -1) if rest[n].has_values), 0)
        body += rest[:begin]
        heads.append(rest[begin : until + 1])
        rest = rest[until + 1 :]
    if not heads and not body:
        until = 0
        while until < len(rest) and _is_unruled_head(rest[until], columns):
            until += 1
        if until:
            return [rest[:until]], rest[until:]
    return heads, [*body, *rest]


def _continues(line: Line, columns: Columns) -> bool:
    """Whether a line below the first rules still belongs to the heads: rules of other columns follow it."""
    return False if not columns.spans else any(_ruled(span, line) and span.start > columns.left + 1 for span in line.spans)


def _is_unruled_head(line: Line, columns: Columns) -> bool:
    """Whether a line without rules stands over columns: words in them, and no value."""
    beside = [span for span in line.spans if columns.of(span)[0]]
    return not columns.ruled and bool(beside) and not any(span.is_value for span in line.spans)


def _head(lines: Sequence[Line], columns: Columns) -> GridRow:
    """The heads of one block as a row: the words of each column from top to bottom."""
    cells: list[list[str]] = [[] for _ in range(len(columns.spans) + 1)]
    ruled, doubt = False, ""
    for line in lines:
        for span in line.spans:
            number, why = columns.of(span)
            if _ruled(span, line):
                ruled = ruled or number == 0
            else:
                cells[number].append(span.text)
                doubt = doubt or (f'"{span.text}" {why}' if why else "")
    return GridRow(tuple(" ".join(cell) for cell in cells), lines[0].place, True, ruled, doubt=doubt)


def _rows(lines: Sequence[Line], columns: Columns) -> Iterator[GridRow]:
    """The rows of lines that no blank parts; what a line could not take goes on in the next."""
    current: GridRow | None = None
    before: list[float] = []  # where the last text of each column ends
    for line in lines:
        row, ends = _row(line, columns)
        if current and (joined := _with_rest(current, row, line, before, columns)):
            current, before = joined, [new or old for new, old in zip(ends, before, strict=True)]
            continue
        if current:
            yield current
        current, before = row, ends
    if current:
        yield current


def _row(line: Line, columns: Columns) -> tuple[GridRow, list[float]]:
    cells, ends = [""] * (len(columns.spans) + 1), [0.0] * (len(columns.spans) + 1)
    doubt = ""
    for span in line.spans:
        number, why = columns.of(span)
        if cells[number] and number:
            why = "stands beside another value under one head"
        cells[number] = f"{cells[number]} {span.text}".strip()
        ends[number] = span.end
        doubt = doubt or (f'"{span.text}" {why}' if why else "")
    indent = int(line.start - columns.left) if cells[0] else 0
    return GridRow(tuple(cells), line.place, indent=indent, doubt=doubt), ends


def _with_rest(
    row: GridRow, following: GridRow, line: Line, before: Sequence[float], columns: Columns
) -> GridRow | None:
    """The row with what the next line says more of it; None where that is a row of its own."""
    close = 0 < line.pitch < columns.pitch * CLOSE
    if close and not any(span.is_value for span in line.spans):
        cells = tuple(f"{one} {more}".strip() for one, more in zip(row.cells, following.cells, strict=True))
        return replace(row, cells=cells, doubt=row.doubt or following.doubt)
    if following.cells[0] and (following.indent <= row.indent or not row.cells[0]):
        return None
    limits = [columns.names if any(row.cells[1:]) else columns.alone, *columns.ends]
    for number, text in enumerate(following.cells):
        first = len(text.split()[0]) if text else 0
        full = before[number] + 1 + first > limits[number] or row.cells[number].endswith(";")
        begins = bool(text) and number > 0 and text.split()[0] in columns.firsts[number - 1] and "%" not in text
        if text and (begins or not (row.cells[number] and full)):
            return None
    if following.cells[0] and not any(row.cells[1:]) and any(following.cells[1:]):
        return None
    cells = tuple(f"{one} {more}".strip() for one, more in zip(row.cells, following.cells, strict=True))
    return replace(row, cells=cells, doubt=row.doubt or following.doubt)
