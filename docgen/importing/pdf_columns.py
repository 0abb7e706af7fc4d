"""Tables of a PDF without drawn cells: columns by where words stand that nothing but room parts."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from docgen.importing import cells, pdf_rows
from docgen.importing.page_lines import GAP, HEADING, NO_ROW, WIDTH, LineBlock, PageLine, Reach, Span, reaches
from docgen.importing.pdf_rows import PlacedLine, nearness, reach
from docgen.importing.pieces import GridRow, LinePlace, PagePiece
from docgen.importing.table_lines import SENTENCE, SENTENCE_END

OFF = 0.6  # characters, by which a head may stand beside the middle of its column
NEAR = 0.8  # characters, by which a rule that underlines words is shorter at each end
FULL = 0.7  # of a page's width, from which words reach as those of a paragraph do
PAGE = 100.0  # heights of lines, more than any page has
AS_A_ROW = 1.15  # of the distance within which lines are one row: that of two rows, and a little more
LONGEST = 14  # words of a name


@dataclass(frozen=True)
class PlacedTable:
    """A table's pieces, and the lines over and under it that stand close to it and are no part of it."""

    before: tuple[PageLine, ...]
    pieces: tuple[PagePiece, ...]
    after: tuple[PageLine, ...]


def table(region: Sequence[LineBlock]) -> PlacedTable | None:
    """The table that lines of a page are, with what stands over it and under it; None where they are none."""
    lines = _placed(region)
    numbers = [number for number, entry in enumerate(lines) if entry.is_row]
    if not numbers or not lines[0].line.place.page:
        return None
    first, last = numbers[0], numbers[-1]
    narrow = _columns(lines[first : last + 1], lines)
    if narrow is None or _are_ruled(region, lines[first : last + 1], len(narrow)):
        return None
    lines = [entry if entry.is_row else replace(entry, line=_with_heads(entry.line, narrow)) for entry in lines]
    columns = _as_wide_as_heads(narrow, lines)
    end = next((n for n in range(last + 1, len(lines)) if _ends(lines[n].line, columns)), len(lines))
    near = nearness(lines[first:end], columns)
    begin = _begin(lines, first, columns, near)
    inside = lines[begin:end]
    if any(_is_prose(entry.line, columns) for entry in inside):
        return None
    listed, doubts = pdf_rows.rows(inside, columns, near)
    tags = [PagePiece("furniture", (b[0].text,), b[0].place) for b in region if b[0].is_tag and b[0].words]
    hit = [replace(piece, rows=_doubted(piece.rows, doubts)) for piece in cells.pieces(listed)]
    return PlacedTable(_with_blanks(lines[:begin]), (*hit, *tags), _with_blanks(lines[end:]))


def _are_ruled(region: Sequence[LineBlock], rows: Sequence[PlacedLine], columns: int) -> bool:
    """Whether rules under the heads tell the columns, and do not part row from row."""
    ruled = max(len(reaches([*_beside_names(block)])) for block in region)
    parts_rows = any(below.ruled and above.is_row and below.is_row for above, below in itertools.pairwise(rows))
    return ruled >= columns - 1 and not parts_rows


def _beside_names(block: LineBlock) -> Iterator[Span]:
    """The rules of a block that stand under heads: not those under names, nor those of a line that underline its words.

    They do where each is as long as the words over it; a column may be as wide as its head.
    """
    if block[0].is_tag:
        return
    margin = min(line.start for line in block)
    pairs = itertools.pairwise([block[0], *block])
    rules = [(_text_above(above, block), rule) for above, line in pairs if line.is_drawn for rule in line.spans]
    for above, group in itertools.groupby(rules, key=lambda pair: pair[0]):
        beside = [rule for _, rule in group if rule.start > margin + 1]
        if not all(_underlined(rule, above) for rule in beside):
            yield from beside


def _text_above(line: PageLine, block: LineBlock) -> PageLine:
    """The line of words that is the last down to this one."""
    above = [words for words in block[: block.index(line) + 1] if not words.is_drawn]
    return above[-1] if above else line


def _underlined(rule: Span, line: PageLine) -> Span | None:
    """The words of a line that a rule underlines: it is as long as they are."""
    return next((s for s in line.spans if abs(s.start - rule.start) < NEAR and abs(s.end - rule.end) < NEAR), None)


def _begin(lines: Sequence[PlacedLine], first: int, columns: Sequence[Reach], near: float) -> int:
    """Where the heads of a table begin: each stands beside another, or over names, or close to one that does."""
    for number in range(first - 1, -1, -1):
        line, below = lines[number].line, lines[number + 1]
        lone = len(line.spans) == 1 and reach(line.spans[0], columns)[0] > 0
        is_above_first = number == first - 1 and len(columns) == 2  # over the one column of values
        far = below.height - lines[number].height > (near * AS_A_ROW if is_above_first else near)
        apart = lone and far and not _is_head(lines[: number + 1], columns, near)
        if apart or HEADING.match(line.text) or _is_prose(line, columns):
            return number + 1
    return 0


def _is_head(lines: Sequence[PlacedLine], columns: Sequence[Reach], near: float) -> bool:
    """Whether the last line is one of heads that stand farther from the rows: those close over it are side by side, or
    over several columns, each over one."""
    pairs = itertools.pairwise(reversed(lines))
    close = itertools.takewhile(lambda pair: pair[0].height - pair[1].height <= near, pairs)
    heads = [lines[-1].line, *(above.line for _, above in close)]
    under = [[n for n, (s, e) in enumerate(columns) if h.start < e and s < h.end] for line in heads for h in line.spans]
    each_of_one = all(len(mine) == 1 for mine in under) and len({*map(tuple, under)}) > 1
    return each_of_one or any(len(line.spans) > 1 for line in heads)


def _with_blanks(lines: Sequence[PlacedLine]) -> tuple[PageLine, ...]:
    """Lines with an empty one between blocks."""
    result: list[PageLine] = []
    for _, block in itertools.groupby(lines, lambda entry: entry.block):
        mine = [entry.line for entry in block]
        result += [*mine, PageLine((), mine[-1].place)]
    return tuple(result)


def _placed(region: Sequence[LineBlock]) -> list[PlacedLine]:
    lines: list[PlacedLine] = []
    height, ruled = 0.0, False
    for number, block in enumerate(region):
        height += PAGE if block[0].is_tag else 0
        for line in (line for line in block if not line.is_tag):
            words = _underlined(line.spans[0], lines[-1].line) if line.is_drawn and lines else None
            if words is not None:
                is_first = words.start == lines[-1].line.start
                lines[-1] = replace(lines[-1], underlined=lines[-1].underlined or is_first)
            ruled = ruled or (line.is_drawn and words is None)
            if not line.is_drawn:
                height += line.pitch
                lines.append(PlacedLine(line, height, ruled, number))
                ruled = False
    return lines


def _is_prose(line: PageLine, columns: Sequence[Reach]) -> bool:
    """Whether a line is one of a paragraph: it reaches over columns, and is too long for a name, or a sentence."""
    first = line.spans[0]
    several = sum(start < first.end and first.start < end for start, end in columns) > 1
    is_long = len(line.words) > LONGEST or bool(SENTENCE.search(line.text)) or bool(SENTENCE_END.search(line.text))
    return several and (is_long or first.end - first.start > WIDTH * FULL)


def _ends(line: PageLine, columns: Sequence[Reach]) -> bool:
    """Whether a line under the last row is no part of the table: prose, a note, or what ends a paper."""
    return _is_prose(line, columns) or bool(NO_ROW.match(line.text) or HEADING.match(line.text))


def _columns(rows: Sequence[PlacedLine], lines: Sequence[PlacedLine]) -> list[Reach] | None:
    """From where to where names reach, and each column beside them; None where none can be made."""
    spans = [span for entry in rows if entry.is_row for span in entry.line.spans]
    clusters = reaches(spans)
    beside = [entry.line for entry in lines if len(entry.line.spans) > 1]
    first = clusters[0]
    values = sum(span.is_value for span in spans if span.start < first[1])
    by_itself = any(line.spans[0].end <= first[0] for line in beside) and not any(
        entry.line.start < first[0] < entry.line.spans[0].end for entry in rows
    )
    if values or by_itself:
        left = min(entry.line.start for entry in lines)
        clusters.insert(0, (min(left, first[0] - GAP), first[0] - GAP / 2))
    if len(clusters) < 2 or clusters[0][0] > WIDTH / 2:
        return None
    return sorted([*clusters, *_without_values(rows, clusters)])


def _without_values(rows: Sequence[PlacedLine], columns: Sequence[Reach]) -> list[Reach]:
    """The columns that no line with a value has words in, since their words break around it."""
    spans = [span for entry in rows for span in entry.line.spans if span.start > columns[0][1]]
    apart = [span for span in spans if all(span.end <= start or end <= span.start for start, end in columns)]
    inside = [sum(start <= span.start and span.end <= end for span in apart) for start, end in reaches(apart)]
    return [column for column, count in zip(reaches(apart), inside, strict=True) if count > 1]


def _as_wide_as_heads(columns: list[Reach], lines: Sequence[PlacedLine]) -> list[Reach]:
    """The columns as wide as all heads that stand over them."""
    for entry in lines:
        if not entry.is_row and len(entry.line.spans) > 1:
            columns = _under_heads(entry.line.spans, columns)
    return columns


def _with_heads(line: PageLine, columns: Sequence[Reach]) -> PageLine:
    """A line with heads apart that stand closer than columns do, where each stands right over a column of its own."""
    spans = [part for span in line.spans for part in _heads([w for w in line.words if _holds(span, w)], columns)]
    return line if len(spans) == len(line.spans) else replace(line, words=tuple(spans), gap=0)


def _holds(span: Span, word: Span) -> bool:
    return span.start <= word.start and word.end <= span.end


def _heads(words: Sequence[Span], columns: Sequence[Reach]) -> list[Span]:
    """Words as heads of the columns that they stand over, where each stands in the middle of its own or is flush with
    it; else as one."""
    bounds = [(above[1] + below[0]) / 2 for above, below in itertools.pairwise(columns)]
    numbers = [bisect.bisect(bounds, (word.start + word.end) / 2) for word in words]
    if 0 in numbers or numbers != sorted(numbers):
        return [_as_one(words)]
    pairs = itertools.groupby(zip(numbers, words, strict=True), key=lambda pair: pair[0])
    groups = [([word for _, word in mine], columns[number]) for number, mine in pairs]
    heads = [(_as_one(mine), column) for mine, column in groups]
    offs = [(head.start - start, head.end - end) for head, (start, end) in heads]
    sides = zip(*((left, (left + right) / 2, right) for left, right in offs), strict=True)
    fits = any(max(map(abs, side)) < OFF for side in sides)
    return [head for head, _ in heads] if fits else [_as_one(words)]


def _as_one(words: Sequence[Span]) -> Span:
    text = " ".join(word.text for word in words)
    return Span(text, words[0].start, words[-1].end, all(word.bold for word in words))


def _under_heads(heads: Sequence[Span], columns: Sequence[Reach]) -> list[Reach]:
    """The columns as wide as the heads over them: over one of them each, or one over every column."""
    result = list(columns)
    for number, head in enumerate(heads):
        hit = [n for n, (start, end) in enumerate(columns) if n and head.start < end and start < head.end]
        hit = [number] if not hit and number and len(heads) == len(columns) else hit
        if len(hit) == 1:
            start, end = result[hit[0]]
            wider = (min(start, head.start), max(end, head.end))
            others = [column for n, column in enumerate(result) if n != hit[0]]
            if not any(wider[0] < end and start < wider[1] for start, end in others):
                result[hit[0]] = wider
    return result


def _doubted(rows: Sequence[GridRow], doubts: dict[LinePlace, str]) -> tuple[GridRow, ...]:
    return tuple(replace(row, doubt=row.doubt or doubts.get(row.place, "")) for row in rows)
