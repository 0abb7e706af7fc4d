"""The words of a file of any kind, to compare what two files say without regard to how they are set."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import chain, islice

from docgen.edgar import characters
from docgen.edgar.html_tables import HEADINGS
from docgen.edgar.html_tokens import AMPERSAND
from docgen.edgar.rule import File

PAGE_FOOT = re.compile(r"\s*\d{1,4}\s*")
AROUND, MOST = 4, 12  # words shown before a difference, and in it
PAGE_END = re.compile("<PAGE>|\f", re.IGNORECASE)
CONTINUED = "(continued)"  # behind the name of a fund whose rows go on over the page
WORDS = frozenset({"text", "entity", "stray"})  # the kinds of tokens that print
TOP, FOOT = 3, 2  # lines of a page
COUNTED = re.compile(r"[0-9]*\.?[0-9]+%|\$[0-9]+")
BLOCKS = HEADINGS | frozenset({"p", "div", "td", "th", "tr", "table", "li", "br", "hr", "title", "dt", "dd", "center"})


def of(file: File) -> list[str]:
    """The file's words in the order in which they stand, in EDGAR's characters; no page numbers, no rules of dashes."""
    if file.kind == "htm":
        return characters.plain(of_html(file)).split()
    if file.kind == "pdf":
        return characters.plain(_pages(file.pdf.words)).split()
    return [word for word in characters.plain(_pages(_untagged(file))).split() if word.strip("-_=")]


def of_html(file: File) -> str:
    """The words of HTML's body, on a new line where a block, a cell or a break begins or ends."""
    return "".join(_parts(file))


def _parts(file: File) -> Iterator[str]:
    """The same in pieces, a new line by itself."""
    titled = False
    for kind, text, name, _ in file.tokens:
        if name == "title":
            titled = kind == "start"
        if name in BLOCKS:
            yield "\n"
        elif kind in WORDS and not titled:
            yield html.unescape(text) if "&" in text else text


def tops(file: File) -> Iterator[str]:
    """The lines at the top of each page: the first with words, and in a PDF the last, where a page's margins stand."""
    if file.kind == "htm" and not _may_have_pages(file):
        yield from islice(_lines(_parts(file)), TOP)
        return
    text = of_html(file) if file.kind == "htm" else file.pdf.words if file.kind == "pdf" else file.text
    for page in PAGE_END.split(text):
        lines = _lines([page])
        yield from islice(lines, TOP)
        yield from [*lines][-FOOT:] if file.kind == "pdf" else ()


def _may_have_pages(file: File) -> bool:
    """Whether the words of HTML may hold what ends a page: a sign for it, or a < that is no tag's."""
    entities = (html.unescape(token.text) for token in file.distinct if token.kind == "entity")
    return (
        "\f" in file.text
        or any(token.kind == "stray" for token in file.distinct)
        or any("<" in sign or "\f" in sign for sign in entities)
        or AMPERSAND.search(file.text) is not None
    )


def _lines(parts: Iterable[str]) -> Iterator[str]:
    """The lines that some pieces of a text say, but for empty ones; no more is looked at than is asked for."""
    line: list[str] = []
    for part in chain(parts, "\n"):
        line.append(part)
        if part == "\n":
            yield from (words for row in "".join(line).splitlines() if (words := " ".join(row.split())))
            line = []


def _untagged(file: File) -> str:
    return re.sub(r"</?(PAGE|TABLE|CAPTION|S|C|FN|R)>", " ", file.text, flags=re.IGNORECASE)


def _pages(text: str) -> str:
    """The text without the numbers at the foot of pages."""
    lines = text.splitlines()
    return "\n".join(line for line in lines if not PAGE_FOOT.fullmatch(line))


def apart(official: File, copy: File) -> str:
    """The first thing that HTML says and its PDF copy does not, or the other way; empty when both say the same.

    Words may be broken at the end of a line, so a word is looked for among the other file's letters. Every rate and
    amount has to stand as often in the copy, or oftener, since pages repeat the heads of a table
    and the name of a fund that goes on.
    """
    words, letters = of(official), characters.plain(copy.pdf.words)
    if lost := _lost(words, letters):
        return f'"{lost[:60]}" does not stand in {copy.base}'
    if lost := _lost([word for word in of(copy) if word != CONTINUED], " ".join(words)):
        return f'"{lost[:60]}" does not stand in {official.base}'
    figures = dict.fromkeys(figure for word in words for figure in COUNTED.findall(word))
    texts = ("".join(words), "".join(letters.split()))  # in one, since a cell may go on over the page in the middle
    in_official, in_copy = ({figure: text.count(figure) for figure in figures} for text in texts)
    less = next((figure for figure in figures if in_copy[figure] < in_official[figure]), "")
    return (
        f"{less} stands {in_official[less]} times in {official.base} and {in_copy[less]} in {copy.base}" if less else ""
    )


def _lost(some: Sequence[str], text: str) -> str:
    """The first of the words that does not stand among the letters of a text; empty when all do."""
    letters = "".join(text.split())
    return next((word for word in some if word not in letters), "")


def differences(filed: Sequence[str], given: Sequence[str]) -> list[str]:
    """Each place where the words that were filed depart from the words that the data gives."""
    sentences = []
    for tag, start, end, from_, to in SequenceMatcher(None, filed, given, autojunk=False).get_opcodes():
        if tag != "equal":
            filed_words, given_words = _few(filed[start:end]), _few(given[from_:to])
            after = f', after "{" ".join(filed[max(0, start - AROUND) : start])}"' if start else ""
            sentences.append(f"has {filed_words} where the data gives {given_words}{after}")
    return sentences


def _few(some: Sequence[str]) -> str:
    """Some words in quotation marks, the first of them when they are many."""
    if not some:
        return "nothing"
    more = f" and {len(some) - MOST} more words" if len(some) > MOST else ""
    return f'"{" ".join(some[:MOST])}"{more}'
