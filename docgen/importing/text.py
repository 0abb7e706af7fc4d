"""Reads EDGAR text: lines with their words where they stand; its tags, page numbers and leader dots are no words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from docgen.files import file_kinds
from docgen.importing import line_hyphens, page_lines, text_pieces
from docgen.importing.page_lines import PageLine, Span
from docgen.importing.pieces import FiledExhibit, LinePlace

TAGS = re.compile(r"</?(?:PAGE|TABLE|CAPTION|S|C|FN|F[0-9]+|R|TEXT|DOCUMENT|TYPE|SEQUENCE|FILENAME|DESCRIPTION)>", re.I)
WRAPPER = re.compile(r"<(?:TYPE|SEQUENCE|FILENAME|DESCRIPTION)>", re.I)
LEADERS = re.compile(r"\.{4,}|(?:\. ){3,}\.?|_{60,}|(?<= )\.{1,3}(?= +(?:[0-9$.]|None\b|N/A|--))")
ESCAPED = re.compile(r"^- (?=[-=_]{2})", re.MULTILINE)  # what old filings put before a line that begins with a dash
QUOTES = ('"', "''", "\u201d")  # alone in a line, where they close a schedule
WORD = re.compile(r"\S+")


def exhibit(file: str, data: bytes) -> FiledExhibit:
    """The exhibit that a text file says."""
    text = decoded(data)
    rows = list(_lines(text))
    return FiledExhibit(file, tuple(text_pieces.pieces(rows)), sum(len(line.words) for line in rows))


def decoded(data: bytes) -> str:
    """The text of a file, with one kind of line end and of blank, and without what leads the eye."""
    try:
        text = data.decode(file_kinds.encoding(data))
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n<PAGE>\n").replace("\x00", " ")
    text = text.replace("\v", "\n").replace("\x1c", " ").replace("\x85", "\n").replace("\u2028", "\n")
    return LEADERS.sub(lambda match: " " * len(match[0]), ESCAPED.sub("", text.replace("\xa0", " ")))


def _lines(text: str) -> Iterator[PageLine]:
    rows = [row.expandtabs(8) for row in text.split("\n")]
    numbers = _page_numbers(rows)
    for number, row in enumerate(rows, start=1):
        bare = TAGS.sub(lambda match: " " * len(match[0]), row)
        bare = "" if bare.strip() in QUOTES else bare
        place = LinePlace(number)
        is_tag = number - 1 in numbers or bool(WRAPPER.search(row)) or (not bare.strip() and bool(row.strip()))
        if not is_tag and bare != row:  # a tag before words is no word, and is counted by itself
            tags = list(TAGS.finditer(row))
            yield PageLine(tuple(Span(m[0], m.start(), m.end()) for m in tags), place, True)
        yield PageLine(tuple(_words(row if is_tag else bare)), place, is_tag, "<page>" in row.lower())


def _words(row: str) -> Iterator[Span]:
    """The words of a row; one that ends it, or stands before more than a blank, may go on below."""
    for word in WORD.finditer(row):
        ends = not row[word.end() : word.end() + 2].strip()
        yield Span(line_hyphens.at_end(word[0]) if ends else word[0], word.start(), word.end())


def _page_numbers(rows: Sequence[str]) -> set[int]:
    """The rows that hold the number of a page: beside a page's end, or at the end of the file, with no words above.

    A number right under words may be the last of them: a day's year that its column has no room for.
    """
    speaking = [number for number, row in enumerate(rows) if row.strip()]
    numbers = set()
    for before, number, after in zip([None, *speaking], speaking, [*speaking[1:], None], strict=False):
        ends = any(n is not None and rows[n].strip().lower().startswith("<page>") for n in (before, after))
        under_words = before == number - 1 and not TAGS.match(rows[before].strip())
        if (ends or after is None) and not under_words and page_lines.PAGE_NUMBER.fullmatch(rows[number].strip()):
            numbers.add(number)
    return numbers
