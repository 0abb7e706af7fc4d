"""The words of a PDF's page by the boxes of its letters, and the lines that they stand on."""

from __future__ import annotations

import bisect
import ctypes
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pypdfium2 import raw

from docgen.edgar import characters
from docgen.files import pdf_pages
from docgen.importing import line_hyphens
from docgen.importing.english_words import ORDINAL_ENDS

GAP = 0.45  # heights of a line that part columns at least
TWO = 1.4  # blanks as wide as most, which part columns at least
BLANKS = 20  # that tell how wide most are
SAME_LINE = 1.0  # points by which words of one line may stand apart
NEXT = 4.0  # points from a word, within which the raised sign of a footnote is its own
ROOM = 0.1  # of the size of letters, between the room of two of them, where words part
RAISED = 0.87  # of the size of the words before it, where it is the sign of a footnote
BOLD = re.compile(rb"bold|black|heavy|demi", re.IGNORECASE)  # in the name of a font
HEAVY = 600  # a weight from which a font is bold
LONGEST_NAME = 128  # of a font


@dataclass(frozen=True)
class PrintedLetter:
    """A letter where it is printed."""

    sign: str
    margin: float
    right: float
    bottom: float
    top: float
    size: float
    base: float
    begin: float = 0  # where its room begins and ends, which a narrow figure does not fill
    end: float = 0
    bold: bool = False


@dataclass(frozen=True)
class PrintedWord:
    """A word where it is printed, or a rule."""

    text: str
    margin: float
    right: float
    bottom: float
    top: float
    size: float  # 0 of a rule
    base: float  # the line that it stands on
    bold: bool = False  # every letter of it


def of_page(page: Any) -> Iterator[PrintedWord]:
    """The words of a page, in the order in which the file has them."""
    letters: list[PrintedLetter] = []
    for letter in _letters(page.get_textpage()):
        blank = letter.sign.isspace() or letter.sign in "\ufffe\x00"
        if letters and (blank or _breaks(letters[-1], letter)):
            yield _word(letters)
            letters = []
        if not blank:
            letters.append(letter)
    if letters:
        yield _word(letters)


def _letters(text: Any) -> Iterator[PrintedLetter]:
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
        bounds = margin.value, right.value, bottom.value, top.value
        yield PrintedLetter(sign, *bounds, size, base.value, loose.left, loose.right, _is_bold(page, index))


def _is_bold(page: Any, index: int) -> bool:
    """Whether a letter's font is bold, by its name or its weight."""
    name, flags = ctypes.create_string_buffer(LONGEST_NAME), ctypes.c_int()
    raw.FPDFText_GetFontInfo(page, index, name, LONGEST_NAME, ctypes.byref(flags))
    return bool(BOLD.search(name.value)) or raw.FPDFText_GetFontWeight(page, index) >= HEAVY


def _breaks(before: PrintedLetter, letter: PrintedLetter) -> bool:
    """Whether a letter begins another word: far from the one before it, on another line, or raised and smaller.

    A sign of another font, as a quotation mark or two letters drawn as one, may be of another size on the same line.
    """
    size = max(before.size, letter.size)
    has_room = letter.begin - before.end > ROOM * size or not before.end
    far = (has_room and letter.margin - before.right > 0.25 * size) or letter.margin < before.margin - 1
    rise = abs(letter.base - before.base)
    return far or rise > SAME_LINE or (rise > SAME_LINE / 4 and abs(letter.size - before.size) > 0.5)


def _word(letters: Sequence[PrintedLetter]) -> PrintedWord:
    first = letters[0]
    bottom, top = min(former.bottom for former in letters), max(former.top for former in letters)
    text = "".join(former.sign for former in letters)
    size = sorted(former.size for former in letters)[len(letters) // 2]
    margin, right = min(former.margin for former in letters), max(former.right for former in letters)
    bold = all(former.bold for former in letters)
    return PrintedWord(text, margin, right, bottom, top, size, first.base, bold)


def in_lines(words: Sequence[PrintedWord]) -> list[list[PrintedWord]]:
    """The words by the lines that they stand on; a raised sign is joined to the word that it touches."""
    larger = {size: [word for word in words if size < RAISED * word.size] for size in {word.size for word in words}}
    plain: list[PrintedWord] = []
    marks: dict[int, PrintedWord] = {}
    for word in words:
        home = next((latter for latter in larger[word.size] if _is_mark_of(word, latter)), None)
        before = next((latter for latter in larger[word.size] if _is_mark_before(word, latter)), None)
        if home is not None:
            marks[id(home)] = word
        elif before is not None:
            plain.append(replace(word, text=characters.unmarked(word.text), base=before.base, size=before.size))
        else:
            plain.append(word)
    lines: list[list[PrintedWord]] = []
    for word in sorted(plain, key=lambda word: -word.base):
        mark = marks.get(id(word))
        complete = replace(word, text=word.text + characters.unmarked(mark.text), right=mark.right) if mark else word
        if lines and abs(lines[-1][0].base - word.base) <= SAME_LINE:
            lines[-1].append(complete)
        else:
            lines.append([complete])
    return [_joined(sorted(line, key=lambda word: word.margin)) for line in lines]


def column_gap(lines: Sequence[Sequence[PrintedWord]]) -> float:
    """How far words stand apart, in heights of a line, that are in two columns: by more than a blank of their font."""
    pairs = [pair for line in lines for pair in itertools.pairwise(line)]
    distances = sorted((after.margin - word.right) / word.size for word, after in pairs if word.size)
    blanks = distances[: bisect.bisect(distances, 3 * GAP)]
    return max(GAP, TWO * blanks[len(blanks) // 2]) if len(blanks) >= BLANKS else GAP


def with_ends(line: Sequence[PrintedWord], gap: float) -> list[PrintedWord]:
    """The words of a line, those that end it or their column marked where they end in a hyphen."""
    ends = [after.margin - word.right > gap * word.size for word, after in itertools.pairwise(line)] + [True]
    return [
        replace(word, text=line_hyphens.at_end(word.text)) if is_end else word
        for word, is_end in zip(line, ends, strict=True)
    ]


def _is_mark_of(word: PrintedWord, latter: PrintedWord) -> bool:
    """Whether a small word is the raised sign of a footnote behind another."""
    raised = word.base > latter.base + 1 and word.text.lower() not in ORDINAL_ENDS
    return raised and -0.5 < word.margin - latter.right < NEXT and word.base < latter.top


def _is_mark_before(word: PrintedWord, latter: PrintedWord) -> bool:
    """Whether a small word is the raised sign that a footnote begins with."""
    return word.base > latter.base + 1 and 0 < latter.margin - word.right < 8 and word.base < latter.top


def _joined(line: Sequence[PrintedWord]) -> list[PrintedWord]:
    """The words of a line, those that nothing parts as one."""
    result: list[PrintedWord] = []
    for word in line:
        last = result[-1] if result else None
        if last is not None and word.margin - last.right < 0.6:
            result[-1] = replace(last, text=last.text + word.text, right=word.right)
        else:
            result.append(word)
    return result
