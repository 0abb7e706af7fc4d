"""Reads a PDF by the boxes of its letters: words where they stand, lines of them, and the rules drawn under heads."""

from __future__ import annotations

import ctypes
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pypdfium2 import raw

from docgen.edgar import characters
from docgen.files import pdf_pages
from docgen.importing import cells, page_lines, pdf_grids, text_pieces
from docgen.importing.english_words import ORDINAL_ENDS
from docgen.importing.page_lines import PageLine, Span
from docgen.importing.pdf_grids import DrawnRule, PlacedWord
from docgen.importing.pieces import FiledExhibit, LinePlace, PagePiece

GAP = 0.45  # heights of a line that part columns
THIN, SHORTEST = 2.5, 8.0  # points of a rule
APART = 1.6  # heights of a line from one to the next, where a blank line would stand
MORE, LEAST_PITCH = 1.25, 0.9  # by which it is more than from line to line of a page, which stand at least so far apart
SAME_LINE = 1.0  # points by which words of one line may stand apart
BROWSER = re.compile(r"[0-9]{1,4}(?:[./-][0-9]{1,4}){2},? [0-9]{1,2}:[0-9]{2}\b.*|.*:/.* [0-9]+/[0-9]+")
NEXT = 4.0  # points from a word, within which the raised sign of a footnote is its own
AMONG = 3  # lines, over and under which others tell of a table
ROOM = 0.1  # of the size of letters, between the room of two of them, where words part
RAISED = 0.87  # of the size of the words before it, where it is the sign of a footnote


@dataclass(frozen=True)
class _Letter:
    sign: str
    margin: float
    right: float
    bottom: float
    top: float
    size: float
    base: float
    begin: float = 0  # where its room begins and ends, which a narrow figure does not fill
    end: float = 0


@dataclass(frozen=True)
class _Word:
    text: str
    margin: float
    right: float
    bottom: float
    top: float
    size: float  # 0 of a rule
    base: float  # the line that it stands on


def exhibit(file: str, data: bytes) -> FiledExhibit:
    """The exhibit that a PDF says."""
    rows: list[PageLine | PagePiece] = []
    with pdf_pages.pages(data) as document:
        for number, page in enumerate(document, start=1):
            rows += _page(page, number)
            rows.append(PageLine((), LinePlace(len(rows) + 1, number), True, True))
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
    return FiledExhibit(file, tuple(piece for piece in hit if piece.words), count)


def _page(page: Any, number: int) -> Iterator[PageLine | PagePiece]:
    """The lines of a page from top to bottom, an empty one where there is room for one, and tables that are drawn."""
    hit = sorted(_in_lines([*_words(page)]), key=lambda line: -_middle(line))
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
        is_prose = not is_rule and _is_of_paragraph(hit, count)
        is_apart = before is not None and pitch > (room if is_prose and before[1] else APART)
        if is_apart:
            yield PageLine((), LinePlace(count, number))
        count += 0 if is_rule else 1
        spans = tuple(
            Span(w.text, (w.margin - margin) / page_lines.UNIT, (w.right - margin) / page_lines.UNIT)
            for w in sorted(line, key=lambda w: w.margin)
        )
        is_foot = line in prints or (len(line) == 1 and is_apart and _is_foot(line[0], hit))
        yield PageLine(spans, LinePlace(count, number), is_foot, gap=GAP * size / page_lines.UNIT, pitch=pitch)
        before = before if is_rule else (height, is_prose)


def _is_of_paragraph(lines: Sequence[Sequence[_Word]], number: int) -> bool:
    """Whether a line stands in no columns, and not among such as do."""
    if _is_in_columns(lines[number]):
        return False
    above, below = lines[max(0, number - AMONG) : number], lines[number + 1 : number + 1 + AMONG]
    return not (any(map(_is_in_columns, above)) and any(map(_is_in_columns, below)))


def _is_in_columns(line: Sequence[_Word]) -> bool:
    return any(after.margin - word.right > GAP * word.size for word, after in itertools.pairwise(line))


def _room(lines: Sequence[Sequence[_Word]]) -> float:
    """How far lines of paragraphs stand apart, in heights of a line, where a blank line would stand between them."""
    pitches = sorted(
        (_middle(above) - _middle(line)) / max(word.size for word in line) for above, line in itertools.pairwise(lines)
    )
    usual = [pitch for pitch in pitches if pitch > LEAST_PITCH]
    return min(APART, MORE * usual[len(usual) // 10]) if usual else APART


@dataclass(frozen=True)
class _DrawnTable:
    """A table that is drawn: from where to where it stands, its pieces, and the first of its lines."""

    top: float
    bottom: float
    first: Sequence[_Word]
    pieces: tuple[PagePiece, ...]


def _tables(page: Any, lines: Sequence[list[_Word]], number: int) -> list[_DrawnTable]:
    """The tables of a page whose cells are drawn and hold each word whole."""
    boxes = [item.get_bounds() for item in page.get_objects([raw.FPDF_PAGEOBJ_PATH], 5)]
    flat = [DrawnRule(b, m, r) for m, b, r, t in boxes if t - b <= THIN and r - m >= SHORTEST]
    upright = [DrawnRule(m, b, t) for m, b, r, t in boxes if r - m <= THIN and t - b >= SHORTEST]
    tables = []
    for grid in pdf_grids.of(flat, upright):
        inside = [line for line in lines if grid.band(_middle(line)) >= 0]
        words = [PlacedWord(w.text, w.margin, w.right, w.base) for line in inside for w in line]
        if rows := grid.rows(words):
            firsts = [next(line for line in inside if grid.band(_middle(line)) >= band) for band in rows]
            places = [LinePlace(lines.index(line) + 1, number) for line in firsts]
            listed = list(zip(rows.values(), places, strict=True))
            tables.append(_DrawnTable(grid.heights[0], grid.heights[-1], inside[0], tuple(cells.pieces(listed))))
    return tables


def _of_browser(lines: Sequence[list[_Word]]) -> list[list[_Word]]:
    """What a browser prints at the head and the foot of a page: the moment and a title, the address and the page."""
    texts = [(line, " ".join(word.text for word in line)) for line in (*lines[:1], *lines[-1:])]
    return [line for line, text in texts if BROWSER.fullmatch(text)]


def _is_foot(word: _Word, lines: Sequence[Sequence[_Word]]) -> bool:
    """Whether a word that stands apart is the page's number: a number alone, under all others."""
    lowest = min(w.bottom for line in lines for w in line)
    return word.bottom <= lowest + 0.1 and bool(page_lines.PAGE_NUMBER.fullmatch(word.text))


def _middle(line: Sequence[_Word]) -> float:
    return line[0].base


def _words(page: Any) -> Iterator[_Word]:
    letters: list[_Letter] = []
    for letter in _letters(page.get_textpage()):
        blank = letter.sign.isspace() or letter.sign in "\ufffe\x00"
        if letters and (blank or _breaks(letters[-1], letter)):
            yield _word(letters)
            letters = []
        if not blank:
            letters.append(letter)
    if letters:
        yield _word(letters)


def _letters(text: Any) -> Iterator[_Letter]:
    """The letters of a page, in the order in which the file has them."""
    page, sides, loose = text.raw, [ctypes.c_double() for _ in range(6)], raw.FS_RECTF()
    margin, right, bottom, top, _, base = sides
    box, origin = [*map(ctypes.byref, sides[:4])], [*map(ctypes.byref, sides[4:])]
    room = ctypes.byref(loose)  # as high as the type is, whatever the letter
    for index in range(text.count_chars()):
        raw.FPDFText_GetCharBox(page, index, *box)
        raw.FPDFText_GetCharOrigin(page, index, *origin)
        raw.FPDFText_GetLooseCharBox(page, index, room)
        sign = pdf_pages.with_hyphens(chr(raw.FPDFText_GetUnicode(page, index) or 32))
        size = round(loose.top - loose.bottom, 1)
        yield _Letter(
            sign, margin.value, right.value, bottom.value, top.value, size, base.value, loose.left, loose.right
        )


def _breaks(before: _Letter, letter: _Letter) -> bool:
    """Whether a letter begins another word: far from the one before it, on another line, or raised and smaller.

    A sign of another font, as a quotation mark or two letters drawn as one, may be of another size on the same line.
    """
    size = max(before.size, letter.size)
    has_room = letter.begin - before.end > ROOM * size or not before.end
    far = (has_room and letter.margin - before.right > 0.25 * size) or letter.margin < before.margin - 1
    rise = abs(letter.base - before.base)
    return far or rise > SAME_LINE or (rise > SAME_LINE / 4 and abs(letter.size - before.size) > 0.5)


def _word(letters: Sequence[_Letter]) -> _Word:
    first = letters[0]
    bottom, top = min(former.bottom for former in letters), max(former.top for former in letters)
    text = "".join(former.sign for former in letters)
    size = sorted(former.size for former in letters)[len(letters) // 2]
    return _Word(text, min(x.margin for x in letters), max(x.right for x in letters), bottom, top, size, first.base)


def _in_lines(words: Sequence[_Word]) -> list[list[_Word]]:
    """The words by the lines that they stand on; a raised sign is joined to the word that it touches."""
    larger = {size: [word for word in words if size < RAISED * word.size] for size in {word.size for word in words}}
    plain: list[_Word] = []
    marks: dict[int, _Word] = {}
    for word in words:
        home = next((latter for latter in larger[word.size] if _is_mark_of(word, latter)), None)
        before = next((latter for latter in larger[word.size] if _is_mark_before(word, latter)), None)
        if home is not None:
            marks[id(home)] = word
        elif before is not None:
            plain.append(replace(word, text=characters.unmarked(word.text), base=before.base, size=before.size))
        else:
            plain.append(word)
    lines: list[list[_Word]] = []
    for word in sorted(plain, key=lambda word: -word.base):
        mark = marks.get(id(word))
        complete = replace(word, text=word.text + characters.unmarked(mark.text), right=mark.right) if mark else word
        if lines and abs(lines[-1][0].base - word.base) <= SAME_LINE:
            lines[-1].append(complete)
        else:
            lines.append([complete])
    return [_joined(sorted(line, key=lambda word: word.margin)) for line in lines]


def _is_mark_of(word: _Word, latter: _Word) -> bool:
    """Whether a small word is the raised sign of a footnote behind another."""
    raised = word.base > latter.base + 1 and word.text.lower() not in ORDINAL_ENDS
    return raised and -0.5 < word.margin - latter.right < NEXT and word.base < latter.top


def _is_mark_before(word: _Word, latter: _Word) -> bool:
    """Whether a small word is the raised sign that a footnote begins with."""
    return word.base > latter.base + 1 and 0 < latter.margin - word.right < 8 and word.base < latter.top


def _joined(line: Sequence[_Word]) -> list[_Word]:
    """The words of a line, those that nothing parts as one."""
    result: list[_Word] = []
    for word in line:
        last = result[-1] if result else None
        if last is not None and word.margin - last.right < 0.6:
            result[-1] = replace(last, text=last.text + word.text, right=word.right)
        else:
            result.append(word)
    return result


def _rules(page: Any) -> Iterator[_Word]:
    """The rules drawn on a page, each as a word of dashes a little shorter than it is."""
    for item in page.get_objects([raw.FPDF_PAGEOBJ_PATH], 5):
        margin, bottom, right, top = item.get_bounds()
        if top - bottom <= THIN and right - margin >= SHORTEST:
            yield _Word(
                page_lines.DRAWN, margin + page_lines.UNIT / 2, right - page_lines.UNIT / 2, bottom, top, 0, bottom
            )
