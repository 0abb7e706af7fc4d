"""Reads a PDF by the boxes of its letters: words where they stand, lines of them, and the rules drawn under heads."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pypdfium2 import raw

from docgen.files import pdf_pages
from docgen.importing import cells, page_lines, pdf_grids, pdf_words, text_pieces
from docgen.importing.page_lines import PageLine, Span
from docgen.importing.pdf_grids import DrawnRule, PlacedWord
from docgen.importing.pdf_words import PrintedWord
from docgen.importing.pieces import FiledExhibit, LinePlace, PagePiece

THIN, SHORTEST = 2.5, 8.0  # points of a rule
APART = 1.6  # heights of a line from one to the next, where a blank line would stand
MORE, LEAST_PITCH = 1.25, 0.9  # by which it is more than from line to line of a page, which stand at least so far apart
BROWSER = re.compile(r"[0-9]{1,4}(?:[./-][0-9]{1,4}){2},? [0-9]{1,2}:[0-9]{2}\b.*|.*:/.* [0-9]+/[0-9]+")
CUT = "stands on a page that its words reach over: a column may be cut off"
AMONG = 3  # lines, over and under which others tell of a table


def exhibit(file: str, data: bytes) -> FiledExhibit:
    """The exhibit that a PDF says."""
    rows: list[PageLine | PagePiece] = []
    cut: set[int] = set()  # the pages over whose right edge words reach
    with pdf_pages.pages(data) as document:
        for number, page in enumerate(document, start=1):
            words = [*pdf_words.of_page(page)]
            rows += _page(page, words, number)
            rows.append(PageLine((), LinePlace(len(rows) + 1, number), True, True))
            cut |= {number} if any(word.right > page.get_width() for word in words) else set()
    hit: list[PagePiece] = []
    count = 0
    for is_line, mine in itertools.groupby(rows, lambda row: isinstance(row, PageLine)):
        if is_line:
            lines = [row for row in mine if isinstance(row, PageLine)]
            hit += text_pieces.pieces(lines)
            count += sum(len(line.words) for line in lines if not line.is_drawn)
        else:
            tables = [row for row in mine if isinstance(row, PagePiece)]
            hit += tables
            count += sum(len(piece.words) for piece in tables)
    spoken = [_doubted(piece) if piece.place.page in cut else piece for piece in hit if piece.words]
    return FiledExhibit(file, tuple(spoken), count)


def _doubted(piece: PagePiece) -> PagePiece:
    """A piece of a page that is cut off: other words may stand beyond its edge, where nobody sees them."""
    return replace(piece, rows=tuple(replace(row, doubt=row.doubt or CUT) for row in piece.rows))


def _page(page: Any, words: Sequence[PrintedWord], number: int) -> Iterator[PageLine | PagePiece]:
    """The lines of a page from top to bottom, an empty one where there is room for one, and tables that are drawn."""
    lines = sorted(pdf_words.in_lines(words), key=lambda line: -_middle(line))
    gap = pdf_words.column_gap(lines)
    hit = [pdf_words.with_ends(line, gap) for line in lines]
    rules = [*_rules(page)]
    tables = _tables(page, hit, number)
    prints = _of_browser(hit)
    margin = min((word.margin for line in hit if line not in prints for word in line), default=0.0)
    entries = [(_middle(line), line) for line in hit] + [(rule.bottom, [rule]) for rule in rules]
    room = _room(hit)
    before: tuple[float, bool] | None = None  # where the line above stands, and whether it is one of a paragraph
    count = 0
    for height, line in sorted(entries, key=lambda entry: -entry[0]):
        is_rule = line[0].size == 0
        if table := next((table for table in tables if table.bottom - THIN <= height <= table.top + THIN), None):
            yield from table.pieces if table.first is line else ()
            count += 0 if is_rule else 1
            before = None
            continue
        size = max(word.size for word in line) or 11.0
        pitch = (before[0] - height) / size if before is not None and not is_rule else 0.0
        is_prose = not is_rule and _is_of_paragraph(hit, count, gap)
        is_apart = before is not None and pitch > (room if is_prose and before[1] else max(room, APART))
        if is_apart:
            yield PageLine((), LinePlace(count, number))
        count += 0 if is_rule else 1
        spans = tuple(
            Span(w.text, (w.margin - margin) / page_lines.UNIT, (w.right - margin) / page_lines.UNIT, w.bold)
            for w in sorted(line, key=lambda w: w.margin)
        )
        is_foot = line in prints or (len(line) == 1 and is_apart and _is_foot(line[0], hit))
        yield PageLine(spans, LinePlace(count, number), is_foot, gap=gap * size / page_lines.UNIT, pitch=pitch)
        before = before if is_rule else (height, is_prose)


def _is_of_paragraph(lines: Sequence[Sequence[PrintedWord]], number: int, gap: float) -> bool:
    """Whether a line stands in no columns, and not among such as do."""
    first = max(0, number - AMONG)
    columns = [_is_in_columns(line, gap) for line in lines[first : number + 1 + AMONG]]
    at = number - first
    return not columns[at] and not (any(columns[:at]) and any(columns[at + 1 :]))


def _is_in_columns(line: Sequence[PrintedWord], gap: float) -> bool:
    return any(after.margin - word.right > gap * word.size for word, after in itertools.pairwise(line))


def _room(lines: Sequence[Sequence[PrintedWord]]) -> float:
    """How far lines of paragraphs stand apart, in heights of a line, where a blank line would stand between them."""
    pitches = sorted(
        (_middle(above) - _middle(line)) / max(word.size for word in line) for above, line in itertools.pairwise(lines)
    )
    usual = [pitch for pitch in pitches if pitch > LEAST_PITCH]
    return MORE * usual[len(usual) // 10] if usual else APART


@dataclass(frozen=True)
class _DrawnTable:
    """A table that is drawn: from where to where it stands, its pieces, and the first of its lines."""

    top: float
    bottom: float
    first: Sequence[PrintedWord]
    pieces: tuple[PagePiece, ...]


def _tables(page: Any, lines: Sequence[list[PrintedWord]], number: int) -> list[_DrawnTable]:
    """The tables of a page whose cells are drawn and hold each word whole."""
    boxes = [item.get_bounds() for item in page.get_objects([raw.FPDF_PAGEOBJ_PATH], 5)]
    flat = [DrawnRule(b, m, r) for m, b, r, t in boxes if t - b <= THIN and r - m >= SHORTEST]
    upright = [DrawnRule(m, b, t) for m, b, r, t in boxes if r - m <= THIN and t - b >= SHORTEST]
    tables = []
    for grid in pdf_grids.of(flat, upright):
        inside = [line for line in lines if grid.band(_middle(line)) >= 0]
        words = [PlacedWord(w.text, w.margin, w.right, w.base, w.bold) for line in inside for w in line]
        if rows := grid.rows(words):
            firsts = [next(line for line in inside if grid.band(_middle(line)) >= band) for band in rows]
            places = [LinePlace(lines.index(line) + 1, number) for line in firsts]
            listed = list(zip(rows.values(), places, strict=True))
            tables.append(_DrawnTable(grid.heights[0], grid.heights[-1], inside[0], tuple(cells.pieces(listed))))
    return tables


def _of_browser(lines: Sequence[list[PrintedWord]]) -> list[list[PrintedWord]]:
    """What a browser prints at the head and the foot of a page: the moment and a title, the address and the page."""
    texts = [(line, " ".join(word.text for word in line)) for line in (*lines[:1], *lines[-1:])]
    return [line for line, text in texts if BROWSER.fullmatch(text)]


def _is_foot(word: PrintedWord, lines: Sequence[Sequence[PrintedWord]]) -> bool:
    """Whether a word that stands apart is the page's number: a number alone, under all others."""
    lowest = min(w.bottom for line in lines for w in line)
    return word.bottom <= lowest + 0.1 and bool(page_lines.PAGE_NUMBER.fullmatch(word.text))


def _middle(line: Sequence[PrintedWord]) -> float:
    return line[0].base


def _rules(page: Any) -> Iterator[PrintedWord]:
    """The rules drawn on a page, each as a word of dashes a little shorter than it is."""
    for item in page.get_objects([raw.FPDF_PAGEOBJ_PATH], 5):
        margin, bottom, right, top = item.get_bounds()
        if top - bottom <= THIN and right - margin >= SHORTEST:
            yield PrintedWord(
                page_lines.DRAWN, margin + page_lines.UNIT / 2, right - page_lines.UNIT / 2, bottom, top, 0, bottom
            )
