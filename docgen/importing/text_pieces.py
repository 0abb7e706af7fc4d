"""Takes lines apart: paragraphs, headings in the middle, and the regions of a page that are tables."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Literal

from docgen.importing import grids, name_columns, names_beside, page_lines, pdf_columns, pdf_regions, signing
from docgen.importing.page_lines import GAP, HEADING, NO_ROW, LineBlock, PageLine, Span
from docgen.importing.pieces import GridRow, LinePlace, PagePiece
from docgen.importing.table_lines import LABEL

BlockKind = Literal["tag", "table", "list", "centred", "prose"]
SIGN = re.compile(r"(?:\([0-9a-z]{1,2}\)|[*^+#]{1,3}) +\S")  # of a footnote, before its words
LONGEST_HEAD = 8  # words
DEEP = 8  # columns from the left, within which names begin
END = (".", ":", ";", '."', "; and", ")")


def pieces(lines: Sequence[PageLine]) -> Iterator[PagePiece]:
    """The pieces of a file's lines, every word of them in one."""
    run: list[LineBlock] = []
    kinds: list[BlockKind] = []
    blocks = [part for block in _joined(list(page_lines.blocks(lines))) for part in _without_rule(block)]
    headed = False  # whether a schedule's heading stands above
    under_heading = False  # of a schedule, where names may stand without any value
    signed = 0  # the block behind the last that is to sign
    for number, block in enumerate(blocks):
        if number < signed:
            continue
        if signed := _signed(blocks, number):
            yield from _run(run, kinds)
            yield from signing.pieces(signing.of_blocks(blocks[number:signed]))
            run, kinds = [], []
            continue
        kind = _kind(block, in_table="table" in kinds)
        headed = headed or bool(HEADING.match(block[0].text))
        if headed and kind in ("centred", "prose") and (names := name_columns.rows(_spans(block)) or _beside(block)):
            yield from _run(run, kinds)
            yield PagePiece("table", (), block[0].place, names)
            run, kinds = [], []
            continue
        following = _below(blocks[number + 1 :])
        if kind == "centred" and (_are_heads(block, following) or (under_heading and _are_names(block))):
            kind = "table"
        under_heading = bool(HEADING.match(block[0].text)) if kind == "centred" else under_heading and kind != "prose"
        if run and not (kind in ("table", "list") or (kind == "tag" and "table" in kinds)):
            yield from _run(run, kinds)
            run, kinds = [], []
        if kind in ("table", "list") or run:
            run.append(block)
            kinds.append(kind)
        else:
            yield from _paragraph(block, kind)
    yield from _run(run, kinds)


def _spans(block: LineBlock) -> list[tuple[tuple[str, ...], LinePlace]]:
    return [(tuple(span.text for span in line.spans), line.place) for line in block]


def _beside(block: LineBlock) -> tuple[GridRow, ...]:
    """A name with a colon, and the names in a column beside it, as rows of two cells; none of other lines."""
    first = block[0].spans
    if len(first) != 2 or not names_beside.has_colon(first[0].text):
        return ()
    column = [first[1], *(line.spans[0] for line in block[1:] if len(line.spans) == 1)]
    if len(column) < len(block) or any(abs(span.start - column[0].start) > 1 for span in column):
        return ()
    names = (first[0].text, *[""] * len(block[1:]))
    return tuple(GridRow((n, s.text), line.place) for n, s, line in zip(names, column, block, strict=True))


def _without_rule(block: LineBlock) -> Iterator[LineBlock]:
    """A block; a note apart from the rule right above it, and a sentence or caption from the heads right under it."""
    above = 1 if len(block) > 1 and block[0].is_ruled and not block[0].is_tag and SIGN.match(block[1].text) else 0
    above = above or (0 if block[0].is_tag else _sentence(block) or _caption(block) or _rows_above(block))
    yield block[:above] if above else block
    if above:
        yield from _without_rule(block[above:])


def _rows_above(block: LineBlock) -> int:
    """How many lines stand over the heading of another schedule, right under rows with values."""
    heads = (n for n, line in enumerate(block) if len(line.spans) == 1 and HEADING.match(line.text))
    return next((n for n in heads if any(line.has_values for line in block[:n])), 0)


def _caption(block: LineBlock) -> int:
    """How many lines at the top stand over the rule of names and over another, as no head of a column does."""
    rules = [span for line in block if line.is_drawn for span in line.spans]
    if len(rules) < 2 or min(rule.start for rule in rules) > min(line.start for line in block) + 1:
        return 0
    names = min(rules, key=lambda rule: rule.start)
    alone = itertools.takewhile(lambda line: len(line.spans) == 1 and not line.is_drawn, block)
    below = [[rule for rule in rules if line.start < rule.end and rule.start < line.end] for line in alone]
    return len(list(itertools.takewhile(lambda mine: len(mine) > 1 and names in mine, below)))


def _sentence(block: LineBlock) -> int:
    """How many lines at the top are a sentence, over others in columns; none where none are."""
    alone = list(itertools.takewhile(lambda line: len(line.spans) == 1 and not line.is_ruled, block))
    end = next((n for n, line in enumerate(alone, start=1) if line.text.endswith((":", "."))), 0)
    is_long = sum(len(line.words) for line in alone[:end]) > LONGEST_HEAD
    return end if is_long and any(len(line.spans) > 1 for line in block[end : end + 3]) else 0


def _run(run: Sequence[LineBlock], kinds: Sequence[BlockKind]) -> Iterator[PagePiece]:
    """Blocks that stand together: a table where one of them is one, else paragraphs; tags at their end are no part."""
    if "table" in kinds:
        deep = max(number for number, kind in enumerate(kinds, start=1) if kind != "tag")
        for region in _regions(run[:deep]):
            yield from _placed(region) or grids.pieces(region)
        run, kinds = run[deep:], kinds[deep:]
    for block, kind in zip(run, kinds, strict=True):
        yield from _paragraph(block, kind)


def _placed(region: Sequence[LineBlock]) -> list[PagePiece]:
    """The pieces of a table by where its words stand on each page; none where one page tells no columns."""
    result: list[PagePiece] = []
    if not region[0][0].place.page:
        return result
    for _, page in itertools.groupby(region, lambda block: block[0].place.page):
        parts = pdf_regions.apart(list(page))
        for part in parts:
            table = pdf_columns.table(part)
            if table is None and len(parts) == 1:
                return []
            result += [*pieces(table.before), *table.pieces, *pieces(table.after)] if table else grids.pieces(part)
    return result


def _regions(run: Sequence[LineBlock]) -> Iterator[Sequence[LineBlock]]:
    """The blocks of tables whose columns stand over one another; others begin where the rules do, under their name."""
    begin, before = 0, tuple[tuple[float, float], ...]()
    for number, block in enumerate(run):
        rules = grids.ruled_columns(block)
        if before and rules and not page_lines.are_same(before, rules):
            named = number - 1 > begin and len(run[number - 1]) == 1 and len(run[number - 1][0].spans) == 1
            start = number - 1 if named else number
            yield run[begin:start]
            begin = start
        before = rules or before
    yield run[begin:]


def _paragraph(block: LineBlock, kind: BlockKind) -> Iterator[PagePiece]:
    block = tuple(line for line in block if kind == "tag" or not line.is_drawn)
    if not block:
        return
    if kind == "tag":
        yield PagePiece("furniture", (block[0].text,), block[0].place)
    elif kind == "prose":
        for part in _notes(block):
            yield PagePiece("words", (" ".join(line.text for line in part),), part[0].place)
    else:
        yield PagePiece("words", tuple(line.text for line in block), block[0].place, depths=_depths(block))


def _depths(block: LineBlock) -> tuple[int, ...]:
    """How deep lines at the left stand that are set at one of two depths; none of others, as of lines in the middle."""
    depths = tuple(round(line.start) for line in block)
    return depths if len(set(depths)) <= 2 and min(depths) < DEEP else ()


def _below(blocks: Sequence[LineBlock]) -> LineBlock:
    """The lines below: those of the next block, and where that is a name alone in a line or two, the one under it."""
    below = [block for block in blocks if not block[0].is_tag][:2]
    spans = [line.spans for line in below[0] if not line.is_ruled] if below else []
    is_alone = len(spans) < 3 and all(len(line) == 1 for line in spans)
    return tuple(itertools.chain.from_iterable(below if is_alone else below[:1]))


def _are_heads(block: LineBlock, following: LineBlock) -> bool:
    """Whether words stand apart over the values of the rows below, though no rule is under them."""
    row = next((line for line in following if line.has_values or line.is_value_alone), None)
    values = [span for span in row.spans if span.is_value] if row else []
    if row and len(values) == 1:
        return _is_head(block, row.spans[1:] or row.spans)
    label = min((span for line in block for span in line.spans), key=lambda span: span.start)
    close = bool(LABEL.fullmatch(label.text))  # then what stands beside it may be heads that no gap parts
    under = [_under(span, values) for line in block for span in (line.words if close else line.spans)]
    return len(values) > 1 and all([value] in under for value in values)


def _under(head: Span, entries: Sequence[Span]) -> list[Span]:
    """What stands under a head: right under it, else close beside."""
    near = ([e for e in entries if head.start < e.end + gap and e.start < head.end + gap] for gap in (0, GAP))
    return next(filter(None, near), [])


def _is_head(block: LineBlock, beside: Sequence[Span]) -> bool:
    """Whether a block is the label of rows and the heads of what stands beside them, the one value among it."""
    label, *heads = sorted((span for line in block for span in line.spans), key=lambda span: span.start)
    under = [_under(head, beside) for head in heads]
    return bool(LABEL.fullmatch(label.text)) and all(len(mine) == 1 for mine in under) and [beside[-1]] in under


def _are_names(block: LineBlock) -> bool:
    """Whether lines are names under one another at the left, and no words that go on from line to line."""
    at_left = min(line.start for line in block) < DEEP and not any(len(line.spans) > 1 for line in block)
    deep = max(line.start for line in block) < DEEP * 3
    behind = names_beside.BEHIND.match(block[0].text)
    return len(block) > 1 and at_left and deep and not behind and not any(line.text.endswith(END) for line in block)


def _notes(block: LineBlock) -> Iterator[LineBlock]:
    """A paragraph; of notes that stand close under one another each by itself."""
    begins = [n for n, line in enumerate(block) if n == 0 or (SIGN.match(block[0].text) and SIGN.match(line.text))]
    for start, end in zip(begins, [*begins[1:], len(block)], strict=True):
        yield block[start:end]


def _kind(block: LineBlock, in_table: bool) -> BlockKind:
    if block[0].is_tag:
        return "tag"
    if NO_ROW.match(block[0].text) and not any(span.is_rule for line in block for span in line.spans):
        return "prose"
    if any(any(s.is_rule for s in line.spans) or line.has_values or line.is_ruled for line in block) or (
        len(block) > 1 and any(line.is_value_alone for line in block)
    ):
        return "prose" if _is_signature(block) else "table"
    if all(line.is_centred for line in block) or HEADING.match(block[0].text):
        return "centred"
    in_columns = in_table and any(line.is_in_columns for line in block)
    return "prose" if page_lines.is_prose(block) and not in_columns else "list" if in_table else "centred"


def _is_signature(block: LineBlock) -> bool:
    return signing.is_signed(span.text for line in block for span in line.spans)


def _signed(blocks: Sequence[LineBlock], number: int) -> int:
    """The block behind those to sign that begin here, the names over them with them; 0 where none begin."""
    first = blocks[number]
    above = not first[0].is_tag and not _is_signature(first) and _kind(first, in_table=False) == "centred"
    end = number + 1 if above else number
    if end == len(blocks) or blocks[end][0].is_tag or not _is_signature(blocks[end]):
        return 0
    end += 1
    while end < len(blocks) and signing.goes_on(blocks[end][0].text):
        end += 1
    return end


def _joined(blocks: list[LineBlock]) -> Iterator[LineBlock]:
    """The blocks, a paragraph that goes on over the page in one piece, its page's number before it."""
    number = 0
    while number < len(blocks):
        block, tags = blocks[number], 0
        while number + tags + 1 < len(blocks) and blocks[number + tags + 1][0].is_tag:
            tags += 1
        following = blocks[number + tags + 1] if number + tags + 1 < len(blocks) else None
        if tags and following and _goes_on(block, following):
            yield from blocks[number + 1 : number + tags + 1]
            blocks[number + tags + 1] = (*block, *following)
        else:
            yield from blocks[number : number + tags + 1]
        number += tags + 1


def _goes_on(block: LineBlock, following: LineBlock) -> bool:
    """Whether a paragraph of one page ends on the next."""
    full_lines = page_lines.is_filled(block, max(line.end for line in block))
    prose = full_lines and len(block[-1].words) > 6 and not any(line.has_values or line.is_ruled for line in block)
    full = block[-1].end >= page_lines.WIDTH * 0.85 and following[0].start <= block[-1].start
    return prose and full and not block[-1].text.endswith(END) and not block[0].is_tag
