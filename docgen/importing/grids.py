"""Makes rows and columns of lines: columns where rules and values stand, heads over them, names at the left."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from docgen.edgar.file_words import CONTINUED
from docgen.importing.page_lines import DRAWN, GAP, RULING, VALUE, LineBlock, PageLine, Reach, Span, may_go_on, reaches
from docgen.importing.pieces import GridRow, PagePiece
from docgen.importing.table_lines import AS_FUND, COMPLETE, ENDS_A_CLASS, LABEL, PART, is_torn

CLOSE = 0.93  # of the distance of two rows, under which a line goes on with the one before
DEEP = 8  # blanks by which a name may stand deeper than the others


@dataclass(frozen=True)
class ColumnSpans:
    """Where names begin, and from where to where each column reaches."""

    margin: float
    spans: tuple[Reach, ...]
    names: float  # where the longest name beside values ends
    alone: float  # where the longest name beside nothing ends
    ends: tuple[float, ...]  # where the longest text of each column ends
    ruled: bool  # whether rules stand under the heads
    pitch: float = 0  # how far a row stands under the one before; 0 where that tells nothing
    firsts: tuple[frozenset[str], ...] = ()  # the words that the texts of each column begin with, beside a name

    def of(self, span: Span) -> tuple[int, str]:
        """The column that words stand in, 0 for names, and why they may stand in another."""
        overlaps = [min(span.end, end) - max(span.start, start) for start, end in self.spans]
        best = max(range(len(overlaps)), key=overlaps.__getitem__, default=-1)
        if best < 0 or (span.start <= self.margin + DEEP and span.start < self.spans[0][0] - GAP):
            return 0, ""
        if overlaps[best] > 0:
            several = sum(1 for size in overlaps if size > 0) > 1
            return best + 1, "stands under two heads" if several else ""
        if span.end <= self.spans[0][0] and not span.is_value and span.start < self.spans[0][0] / 2 + self.margin:
            return 0, ""
        near = max(range(len(overlaps)), key=overlaps.__getitem__)
        return near + 1, "" if overlaps[near] >= -GAP else "stands under no head"


def pieces(region: Sequence[LineBlock]) -> Iterator[PagePiece]:
    """A table's piece, and the furniture that stands in it: rules and tags."""
    lines = [line for block in region for line in block if not line.is_tag]
    columns = _columns(lines)
    rows: list[GridRow] = []
    page = _PageTop()
    for block in region:
        if block[0].is_tag:
            page.ended = page.ended or block[0].ends_page
            yield PagePiece("furniture", (block[0].text,), block[0].place)
        else:
            yield from _rules(block)
            yield from _of_block(block, columns, rows, page)
    if rows:
        yield PagePiece("table", (), rows[0].place, tuple(rows))


@dataclass
class _PageTop:
    """Whether a page has ended above, and whether what stands under it goes on with the table before."""

    ended: bool = False
    goes_on: bool = False


def _of_block(block: LineBlock, columns: ColumnSpans, rows: list[GridRow], page: _PageTop) -> Iterator[PagePiece]:
    """Adds the rows of a block; gives the furniture among them: what a page repeats at its top."""
    head, body = _parts(block, columns)
    page.goes_on = page.ended and (page.goes_on or not head)
    for part in head:
        row = _head(part, columns)
        if page.ended and (before := next((r for r in reversed(rows) if r.head), None)) and before.cells == row.cells:
            yield PagePiece("furniture", row.cells, row.place)
            page.goes_on = True
        elif any(row.cells):
            rows.append(row)
            page.ended = page.goes_on = False
    following_rows = list(_rows(body, columns))
    if page.goes_on and following_rows and (label := _label_again(following_rows[0], rows)):
        yield PagePiece("furniture", (label,), following_rows.pop(0).place)
    if head and not following_rows and rows and rows[-1].head:
        rows[-1] = replace(rows[-1], apart=True)
    if page.ended and following_rows and rows:
        rows[-1] = replace(rows[-1], blank=False)
    rows += [*following_rows[:-1], *(replace(row, apart=True, blank=True) for row in following_rows[-1:])]
    page.ended = page.ended and not following_rows


def _rules(block: LineBlock) -> Iterator[PagePiece]:
    for line in block:
        ruling = [word.text for word in line.words if set(word.text) <= RULING and _is_rule(word, line)]
        if words := tuple(text for text in ruling if text != DRAWN):
            yield PagePiece("furniture", words, line.place)


def _label_again(row: GridRow, rows: Sequence[GridRow]) -> str:
    """What a page repeats at its top: the label under the last heads, or the name of a fund that goes on."""
    pairs = itertools.pairwise(rows)
    labels = [below.cells[0] for above, below in pairs if above.head and below.is_alone]
    again = row.cells[0] in labels[-1:] or row.cells[0].endswith(CONTINUED)
    return row.cells[0] if row.is_alone and again else ""


def _is_rule(word: Span, line: PageLine) -> bool:
    return any(span.is_rule and span.start == word.start for span in line.spans) or line.is_ruled


def _columns(lines: Sequence[PageLine]) -> ColumnSpans:
    margin = min(line.start for line in lines)
    rules = [span for line in lines for span in line.spans if _ruled(span, line) and span.start > margin + 1]
    values = [span for line in lines for span in line.spans[1:] if span.is_value]
    clusters = reaches(rules or values)
    if rules and _is_of_names(clusters[0], lines):
        margin, clusters = clusters[0][0], clusters[1:]
    bare = ColumnSpans(margin, tuple(clusters), 0, 0, tuple(end for _, end in clusters), bool(rules))
    beside, alone, ends = margin, margin, [*bare.ends]
    pitches = sorted(line.pitch for line in lines if line.pitch and any(span.is_value for span in line.spans[1:]))
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
                begins = bool(names) and names[0].start <= margin + 1
                firsts[number - 1] |= {span.text.split()[0]} if begins else set()
    return replace(
        bare,
        names=beside,
        alone=max(alone, beside),
        ends=tuple(ends),
        firsts=tuple(map(frozenset, firsts)),
        pitch=pitches[len(pitches) // 2] if pitches else 0,
    )


def _is_of_names(column: Reach, lines: Sequence[PageLine]) -> bool:
    """Whether the first rules stand over names that are set deeper than those of groups: rows begin there."""
    rows = [line.spans for line in lines if line.has_values]
    return bool(rows) and all(
        not spans[0].is_value and spans[0].start >= column[0] - 1 and spans[0].start < column[1] for spans in rows
    )


def ruled_columns(block: LineBlock) -> tuple[Reach, ...]:
    """From where to where the columns reach that have rules in a block; none where it has none beside its names."""
    if block[0].is_tag:
        return ()
    margin = min(line.start for line in block)
    spans = [span for line in block for span in line.spans if _ruled(span, line) and span.start > margin + 1]
    return tuple(reaches(spans))


def _ruled(span: Span, line: PageLine) -> bool:
    return span.is_rule or (line.is_ruled and set(span.text) <= RULING | {" "})


def _parts(block: LineBlock, columns: ColumnSpans) -> tuple[list[list[PageLine]], list[PageLine]]:
    """The heads of a block, each down to its rules, and the lines under them."""
    heads: list[list[PageLine]] = []
    body: list[PageLine] = []
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


def _continues(line: PageLine, columns: ColumnSpans) -> bool:
    """Whether a line below the first rules still belongs to the heads: rules of other columns follow it."""
    return bool(columns.spans) and any(_ruled(s, line) and s.start > columns.margin + 1 for s in line.spans)


def _is_unruled_head(line: PageLine, columns: ColumnSpans) -> bool:
    """Whether a line without rules stands over columns: words in them, and no value."""
    beside = [span for span in line.spans if columns.of(span)[0]]
    return not columns.ruled and bool(beside) and not any(span.is_value for span in line.spans)


def _head(lines: Sequence[PageLine], columns: ColumnSpans) -> GridRow:
    """The heads of one block as a row: the words of each column from top to bottom."""
    cells: list[list[str]] = [[] for _ in range(len(columns.spans) + 1)]
    ruled, doubt = False, ""
    for line in lines:
        for span in line.spans:
            number, reason = columns.of(span)
            if _ruled(span, line):
                ruled = ruled or number == 0
            else:
                cells[number].append(span.text)
                doubt = doubt or (f'"{span.text}" {reason}' if reason else "")
    return GridRow((named(cells[0]), *map(" ".join, cells[1:])), lines[0].place, True, ruled, doubt=doubt)


def named(texts: Sequence[str]) -> str:
    """What stands over the names of rows, in one line; a label under a group's name on a line of its own."""
    *lines, last = [text for text in texts if text] or [""]
    above = " ".join(lines)
    is_whole = bool(COMPLETE.search(above)) or above.isupper() != last.isupper()
    return f"{above}\n{last}" if above and is_whole and LABEL.fullmatch(last) else f"{above} {last}".strip()


def _rows(lines: Sequence[PageLine], columns: ColumnSpans) -> Iterator[GridRow]:
    """The rows of lines that no blank parts; what a line could not take goes on in the next."""
    current: GridRow | None = None
    before: list[float] = []  # where the last text of each column ends
    hanging = 0  # how deep the line stands by which the name of the current row goes on
    for line in (line for line in lines if not line.is_drawn):
        row, ends = _row(line, columns)
        if current and (joined := _with_rest(current, row, line, before, columns)):
            hanging = row.indent if row.cells[0] else hanging
            current, before = joined, [new or old for new, old in zip(ends, before, strict=True)]
            continue
        if current:
            yield _with_depth(current, hanging, row)
        current, before, hanging = row, ends, 0
    if current:
        yield current


def _with_depth(row: GridRow, hanging: int, following: GridRow) -> GridRow:
    """The row; a doubt where the rest of its name stands as deep as the row below, and may be of that row's name."""
    may_be_next = bool(hanging) and row.is_alone and hanging == following.indent and any(following.cells[1:])
    is_open = may_be_next and not COMPLETE.search(row.cells[0]) and not is_torn(row.cells[0])
    return replace(row, doubt=row.doubt or "may end in the line before") if is_open else row


def _row(line: PageLine, columns: ColumnSpans) -> tuple[GridRow, list[float]]:
    cells, ends = [""] * (len(columns.spans) + 1), [0.0] * (len(columns.spans) + 1)
    doubt = ""
    for span in line.spans:
        number, reason = columns.of(span)
        if cells[number] and number:
            reason = "stands beside another value under one head"
        if cells[0] and not columns.spans:
            reason = "stands far from the words before it: a name of its own?"
        cells[number] = f"{cells[number]} {span.text}".strip()
        ends[number] = span.end
        doubt = doubt or (f'"{span.text}" {reason}' if reason else "")
    indent = int(line.start - columns.margin) if cells[0] else 0
    names = [span.bold for span in line.spans if columns.of(span)[0] == 0]
    return GridRow(tuple(cells), line.place, indent=indent, bold=bool(names) and all(names), doubt=doubt), ends


def _with_rest(
    row: GridRow, following: GridRow, line: PageLine, before: Sequence[float], columns: ColumnSpans
) -> GridRow | None:
    """The row with what the next line says more of it; None where that is a row of its own."""
    if row.is_alone and LABEL.fullmatch(row.cells[0]) and row.cells[0].isupper() and not following.cells[0].isupper():
        return None
    if (name := row.cells[0]) and (rest := following.cells[0]) and not may_go_on(name, row.bold, rest, following.bold):
        return None
    if row.is_alone and following.is_alone and AS_FUND.search(name) and AS_FUND.search(rest) and len(rest.split()) > 2:
        return None
    close = 0 < line.pitch < columns.pitch * CLOSE
    if close and not any(span.is_value for span in line.spans):
        cells = tuple(f"{former} {more}".strip() for former, more in zip(row.cells, following.cells, strict=True))
        return replace(row, cells=cells, doubt=row.doubt or following.doubt)
    if following.cells[0] and (following.indent <= row.indent or not row.cells[0]):
        return None
    if following.cells[0] and any(row.cells[1:]) and any(span.is_value for span in line.spans[1:]):
        return None
    limits = [columns.names if any(row.cells[1:]) else columns.alone, *columns.ends]
    for number, text in enumerate(following.cells):
        first = len(text.split()[0]) if text else 0
        full = before[number] + 1 + first > limits[number] or row.cells[number].endswith(";")
        full = full or (number > 0 and bool(PART.search(row.cells[number])))
        may_begin = bool(text) and number > 0 and "%" not in text and not ENDS_A_CLASS.fullmatch(text)
        begins = may_begin and text.split()[0] in columns.firsts[number - 1]
        values = VALUE.fullmatch(text) and VALUE.fullmatch(row.cells[number])
        if text and (begins or values or not (row.cells[number] and full)):
            return None
    if following.cells[0] and not any(row.cells[1:]) and any(following.cells[1:]):
        return None
    cells = tuple(f"{former} {more}".strip() for former, more in zip(row.cells, following.cells, strict=True))
    return replace(row, cells=cells, doubt=row.doubt or following.doubt)
