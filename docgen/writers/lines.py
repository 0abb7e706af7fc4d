"""Setting words in lines of so many characters: wrapped, justified, centred."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from docgen.document.tree import Revision
from docgen.writers.amounts import NO_BREAK

BEFORE, AFTER = "<R>", "</R>"  # around a line that has changed: 17 CFR 232.310
TAGS = len(BEFORE + AFTER)
BETWEEN = re.compile("[ \n]+")  # where a line may end; not at a blank that says otherwise


class TooLong(Exception):
    """A word that no line can take."""

    def __init__(self, word: str, width: int) -> None:
        self.about = word
        super().__init__(f'"{word}" is {len(word)} characters long where a line has {width}')


def words_of(text: str) -> list[str]:
    """What lines may part: at each blank but one inside an amount."""
    return text.split() if NO_BREAK not in text else BETWEEN.split(text.strip())


def wrap(text: str, width: int, first: int | None = None) -> list[str]:
    """The text in lines of at most `width` characters (`first` for the first line); no word is split."""
    words = words_of(text)
    rows: list[list[str]] = [[]]
    room = width if first is None else first
    if len(line := " ".join(words)) <= min(room, width):
        return [line]
    for word in words:
        if len(word) > width:
            raise TooLong(word, width)
        if len(word) > room - (1 if rows[-1] else 0) and (rows[-1] or room < width):
            rows.append([])
            room = width
        room -= len(word) + (1 if rows[-1] else 0)
        rows[-1].append(word)
    return [" ".join(row) for row in rows]


def tagged(rows: Sequence[str], redline: Revision) -> list[str]:
    """The lines of something that a redline marks, each between EDGAR's tags for changed text."""
    return [f"{BEFORE}{row}{AFTER}" if redline and row.strip() else row for row in rows]


def spread(line: str, width: int) -> str:
    """The line with its spaces widened evenly until it fills the width; as it is when that would tear it."""
    words = line.split()
    gaps, missing = len(words) - 1, width - len(line)
    if missing <= 0 or gaps < 1 or missing > 2 * gaps:
        return line
    said = words[0]
    for number, word in enumerate(words[1:], start=1):
        more = missing * number // gaps - missing * (number - 1) // gaps
        said += " " * (1 + more) + word
    return said


def paragraph(text: str, width: int, indent: int, justify: bool) -> list[str]:
    """A paragraph: its first line indented, every line but the last filled out when asked."""
    rows = wrap(text, width, width - indent)
    if justify:
        filled = [spread(row, width - (indent if number == 0 else 0)) for number, row in enumerate(rows[:-1])]
        rows = [*filled, rows[-1]]
    return [" " * indent + rows[0], *rows[1:]]


def centred(text: str, width: int) -> list[str]:
    """The text in lines that are each set in the middle."""
    return [(" " * ((width - len(row)) // 2) + row).rstrip() for row in wrap(text, width)]


@functools.lru_cache(maxsize=1024)
def narrowest(text: str, rows: int) -> int:
    """The least width at which the text takes so many lines or fewer."""
    width = longest_word(text)
    while len(wrap(text, width)) > rows:
        width += 1
    return width


def longest_word(*texts: str) -> int:
    """The length of the longest word in any of the texts."""
    return max(map(len, words_of(" ".join(texts))), default=0)


def place(pieces: Sequence[tuple[int, str]]) -> str:
    """One line with each piece at its column; a piece that would touch the one before it moves right."""
    line = ""
    for start, text in pieces:
        if text:
            line = line.ljust(start if len(line) < start or not line else len(line) + 1) + text
    return line
