"""Makes rows and columns of the cells that HTML and Word set: spacers squeezed out, signs joined to their numbers."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from docgen.importing import grids, signing, table_lines
from docgen.importing.page_lines import DASHES, VALUE, Span
from docgen.importing.pieces import GridRow, LinePlace, PagePiece
from docgen.importing.signing import SigningRow

BEHIND = re.compile(r"%.{0,6}|\)|(?:\([0-9a-z]{1,2}\)|[*^+#]{1,3})")  # what belongs to the number before it
WIDE = 20  # signs by which a cell counts where blocks to sign stand side by side
BEFORE = ("$", "(")


@dataclass(frozen=True)
class Box:
    """A cell as it is set: its words, the columns that it reaches over, its looks, and its words line by line."""

    text: str
    start: int
    end: int
    is_head: bool = False
    ruled: bool = False
    bold: bool = False
    indent: int = 0
    lines: tuple[str, ...] = ()


BoxRow = tuple[tuple[Box, ...], LinePlace]


def pieces(rows: Sequence[BoxRow]) -> Iterator[PagePiece]:
    """A table's piece, and the furniture in it: rows of dashes. A table that sets no columns is paragraphs."""
    if signing.is_signed(line for boxes, _ in rows for box in boxes for line in box.lines):
        yield from signing.pieces(list(_to_sign(rows)))
        return
    joined = [(_joined(boxes), place) for boxes, place in itertools.chain.from_iterable(map(_by_lines, rows))]
    every = [(tuple(box for box in boxes if box.text), place) for boxes, place in joined]
    blanks = [not below for (above, _), (below, _) in itertools.pairwise([*every, ((), LinePlace())]) if above]
    spoken = [(boxes, place) for boxes, place in every if boxes]
    rules = [all(DASHES.fullmatch(word) for box in boxes for word in box.text.split()) for boxes, _ in spoken]
    for (boxes, place), is_rule in zip(spoken, rules, strict=True):
        if is_rule:
            yield PagePiece("furniture", tuple(box.text for box in boxes), place)
    after = [*rules[1:], False]
    content = [
        (tuple(replace(box, ruled=box.ruled or under) for box in boxes), place)
        for (boxes, place), is_rule, under in zip(spoken, rules, after, strict=True)
        if not is_rule
    ]
    if content:
        under = (blank for blank, is_rule in zip(blanks, rules, strict=True) if not is_rule)
        grid = (replace(row, blank=blank) for row, blank in zip(_grid(content), under, strict=True))
        yield PagePiece("table", (), content[0][1], tuple(_with_one_head(grid)))


def _to_sign(rows: Sequence[BoxRow]) -> Iterator[SigningRow]:
    """The lines of cells that hold blocks to sign; a cell may hold a whole block."""
    for boxes, place in rows:
        deep = max((len(box.lines) for box in boxes), default=0)
        for number in range(deep):
            spans = (Span(b.lines[number], b.start * WIDE, b.end * WIDE) for b in boxes if number < len(b.lines))
            yield SigningRow(tuple(spans), place, number == 0 and not any(map(signing.goes_on, _firsts(boxes))))


def _by_lines(row: BoxRow) -> list[BoxRow]:
    """A row whose values stand in several lines of their cells as several, its name in the first of them.

    So it is where every cell beside the name has as many lines, and each of one of them is a value, or a whole name; a
    name that has as many, each of which is whole, is one of each row.
    """
    boxes, place = row
    beside = [box for box in boxes if box.text and box.start > boxes[0].start]
    deep = len(beside[0].lines) if beside else 0
    values = any(all(map(VALUE.fullmatch, box.lines)) for box in beside)
    values = values or (len(beside) == 1 and all(map(table_lines.is_whole, beside[0].lines)))
    if deep < 2 or not values or any(len(box.lines) != deep for box in beside):
        return [row]
    first, *others = boxes
    names = first.lines if len(first.lines) == deep else (first.text,)
    if len(names) > 1 and not all(map(table_lines.is_whole, names)):
        return [row]
    lines = [
        [replace(b, text=b.lines[n] if b.text else "", lines=b.lines[n : n + 1]) for b in others] for n in range(deep)
    ]
    heads = [replace(first, text=name, lines=(name,)) for name in names]
    heads += [replace(first, text="", lines=())] * (deep - len(heads))
    return [((head, *rest), place) for head, rest in zip(heads, lines, strict=True)]


def _firsts(boxes: Sequence[Box]) -> list[str]:
    return [box.lines[0] for box in boxes if box.lines]


def _with_one_head(rows: Iterable[GridRow]) -> Iterator[GridRow]:
    """The rows, heads that stand over one another as one; a label under them stays a row."""
    last: GridRow | None = None
    for row in rows:
        if last and last.head and row.head and not row.is_alone and any(last.cells[1:]):
            pairs = zip(last.cells[1:], row.cells[1:], strict=True)
            heads = tuple(f"{former} {latter}".strip() for former, latter in pairs)
            cells = (grids.named([last.cells[0], row.cells[0]]), *heads)
            several = [
                " ".join(filter(None, pair))
                for pair in zip(last.heads or last.cells, row.heads or row.cells, strict=True)
            ]
            complete = (cells[0], *several[1:]) if last.heads or row.heads else ()
            last = replace(
                last, heads=complete, cells=cells, ruled=last.ruled or row.ruled, doubt=last.doubt or row.doubt
            )
            continue
        if last:
            yield last
        last = row
    if last:
        yield last


def _joined(boxes: Sequence[Box]) -> tuple[Box, ...]:
    """The cells of a row, a percent sign joined to the number before it, a dollar to the one behind."""
    result: list[Box] = []
    before = ""
    for box in boxes:
        last = next((n for n in range(len(result) - 1, -1, -1) if result[n].text), None)
        if last is not None and last > 0 and BEHIND.fullmatch(box.text):
            result[last] = replace(result[last], text=result[last].text + box.text, end=box.end)
            result.append(replace(box, text=""))
        elif box.text in BEFORE:
            before = box.text
            result.append(replace(box, text=""))
        else:
            result.append(replace(box, text=before + box.text) if box.text else box)
            before = "" if box.text else before
    return tuple(result)


def _grid(rows: Sequence[BoxRow]) -> Iterator[GridRow]:
    columns = _columns(rows)
    least = min((box.indent for boxes, _ in rows for box in boxes[:1]), default=0)
    heads = _heads(rows, columns)
    boxed = _are_ruled(rows)
    for (boxes, place), head in zip(rows, heads, strict=True):
        cells, heads_, doubt = [""] * len(columns), [""] * len(columns), ""
        for box in boxes:
            overlaps = [n for n, (start, end) in enumerate(columns) if box.start < end and start < box.end]
            number = overlaps[0] if overlaps else min(range(len(columns)), key=lambda n: abs(columns[n][0] - box.start))
            over = overlaps if head and number > 0 else [number]
            if cells[number] or not overlaps or (len(overlaps) > 1 and number > 0 and not head):
                doubt = doubt or f'"{box.text[:40]}" stands under no head, or under two'
            cells[number] = f"{cells[number]} {box.text}".strip()
            for column in over:
                heads_[column] = f"{heads_[column]} {box.text}".strip()
        first = boxes[0] if cells[0] else None
        ruled = bool(first and first.ruled) and not boxed
        bold, depth = bool(first and first.bold), first.indent - least if first else 0
        several = tuple(heads_) if heads_ != cells else ()
        yield GridRow(tuple(cells), place, head, ruled, depth, bold=bold, doubt=doubt, heads=several)


def _are_ruled(rows: Sequence[BoxRow]) -> bool:
    """Whether rules stand under most rows with values, as where each cell is drawn: they tell no head."""
    beside = [any(b.ruled for b in boxes) for boxes, _ in rows if any(VALUE.fullmatch(box.text) for box in boxes[1:])]
    return sum(beside) * 2 > len(beside)


def _columns(rows: Sequence[BoxRow]) -> list[tuple[int, int]]:
    """From where to where each column reaches: cells that stand over one another, the narrowest first."""
    boxes = sorted((b for row, _ in rows for b in row), key=lambda box: (box.end - box.start, box.start))
    widest = max((box.end for box in boxes), default=1)
    columns: list[tuple[int, int]] = []
    for box in boxes:
        overlaps = [n for n, (start, end) in enumerate(columns) if box.start < end and start < box.end]
        if not overlaps:
            columns.append((box.start, box.end))
        elif len(overlaps) == 1 and box.end - box.start < widest:
            start, end = columns[overlaps[0]]
            columns[overlaps[0]] = (min(start, box.start), max(end, box.end))
    return sorted(columns)


def _heads(rows: Sequence[BoxRow], columns: Sequence[tuple[int, int]]) -> list[bool]:
    """Which rows are heads: set as such; or words over columns that hold values further down, and no value."""
    names = columns[0][1] if columns else 0
    has_values = [any(VALUE.fullmatch(b.text) or "%" in b.text for b in boxes if b.start >= names) for boxes, _ in rows]
    tells = any(not box.is_head for boxes, _ in rows for box in boxes)  # whether the file tells heads from rows
    result = []
    for number, (boxes, _) in enumerate(rows):
        beside = [box for box in boxes if box.start >= names]
        loud = all(box.bold or box.ruled for box in beside)
        overlaps = bool(beside) and not has_values[number] and any(has_values[number:])
        first = not any(has_values[:number]) or loud
        set_so = all(box.is_head for box in boxes) and (tells or boxes[0].ruled)
        set_so = set_so or (number == 0 and not any(has_values) and _are_loud_alone(rows))
        result.append(set_so or (overlaps and first and (loud or not any(has_values[:number]))))
    return result


def _are_loud_alone(rows: Sequence[BoxRow]) -> bool:
    """Whether several cells of the first row are all bold or ruled, and no cell under them is."""
    (first, _), *others = rows
    under = [box for boxes, _ in others for box in boxes]
    return len(first) > 1 and bool(under) and all(b.bold or b.ruled for b in first) and not any(b.bold for b in under)
