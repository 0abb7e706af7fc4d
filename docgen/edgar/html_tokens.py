"""Takes HTML apart into tags, entities and words, in their order; any text at all gives a list, never an error."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Literal, NamedTuple

TokenKind = Literal["start", "end", "text", "entity", "comment", "declaration", "stray", "program"]

Attributes = tuple[tuple[str, str], ...]

PROGRAMS = ("style", "script")  # what stands in them is for the browser, and no words (HTML 4.01, 6.2: CDATA)
WITHIN = r"(?:\s(?:[^\"'<>]++|\"[^\"<>]*\"|'[^'<>]*')*+)?"
PROGRAM = re.compile(rf"(<(?i:{'|'.join(PROGRAMS)}){WITHIN}>)(.+)", re.DOTALL)

# An unclosed comment, declaration or quotation ends where it must, so that no text takes long to read.
PIECE = re.compile(
    r"(?:[^<&]++|&(?!\#?\w{1,40};))++"
    + "".join(rf"|<(?i:{name}){WITHIN}>(?:(?!</(?i:{name})).)++" for name in PROGRAMS)
    + r"|</?[A-Za-z](?:[^\"'<>]++|\"[^\"<>]*\"|'[^'<>]*')*+>"
    r"|<!--(?:.*?-->|.*)"
    r"|<[!?][^<>]*>?"
    r"|&\#?\w{1,40};"
    r"|<",
    re.DOTALL,
)
ENTITY = re.compile(r"&\#?\w{1,40};")
AMPERSAND = re.compile(rf"&(?!{ENTITY.pattern[1:]})")  # one that begins no entity, and so stands in words
NAME = re.compile(r"</?([A-Za-z][^\s/>\"'=]*)")
ATTRIBUTE = re.compile(r"([^\s=/\"'<>]+)(?:\s*+=\s*+(\"[^\"]*\"|'[^']*'|[^\s\"'<>]+))?")

EMPTY = frozenset({"br", "hr", "img", "isindex", "meta", "link", "base", "input", "col", "wbr", "page", "r"})
MAY_STAY_OPEN = frozenset({"html", "head", "body", "p", "li", "dt", "dd", "tr", "th", "td"})
DEEPEST = 500
OUTSIDE = -1  # where a token stands in no element


class Token(NamedTuple):
    """One piece of HTML: a tag with its attributes, an entity, a comment, a declaration, words, or a lone `<`.

    A `program` is what stands between <script> or <style> and its end.
    """

    kind: TokenKind
    text: str
    name: str = ""
    attributes: Attributes = ()

    def get(self, name: str) -> str:
        """The value of an attribute; empty when the tag has none of this name."""
        for key, value in self.attributes:
            if key == name:
                return value
        return ""


def tokens(text: str) -> tuple[list[Token], list[Token]]:
    """The pieces of the text, in order; nothing of it is lost. And those that are there, few of them more than once."""
    if "<!--" in text or _has_program(text):  # the pieces that may have a < inside
        every = [token for piece in PIECE.findall(text) for token in _tokens(piece)]
        return every, [*dict.fromkeys(every)]
    first, *parts = text.split("<")
    read = {part: _from_tag(part) for part in dict.fromkeys(parts)}
    before = [*map(_token, PIECE.findall(first))]
    return [*before, *chain.from_iterable(map(read.__getitem__, parts))], [*before, *chain(*read.values())]


def _has_program(text: str) -> bool:
    """Whether a style sheet or a script stands in the text."""
    small = text.lower()
    return any(f"<{name}" in small for name in PROGRAMS) and PROGRAM.search(text) is not None


@functools.lru_cache(maxsize=4096)
def _from_tag(part: str) -> tuple[Token, ...]:
    """The tokens from a `<`, which is left out, to the next; most tags and cells of a document stand in others too."""
    return tuple(map(_token, PIECE.findall("<" + part)))


def _tokens(piece: str) -> Iterator[Token]:
    """The one token of a piece; of a program two, its tag and itself."""
    program = PROGRAM.fullmatch(piece)
    yield _token(program[1] if program else piece)
    if program:
        yield Token("program", program[2])


def _token(piece: str) -> Token:
    return _tag(piece) if piece[0] == "<" else _words(piece)


def _words(piece: str) -> Token:
    return Token("entity" if piece[0] == "&" and ENTITY.fullmatch(piece) else "text", piece)


@functools.lru_cache(maxsize=4096)
def _tag(piece: str) -> Token:
    """A piece that begins with `<`; one document has the tags of another."""
    if name := NAME.match(piece):
        if piece[1] == "/":
            return Token("end", piece, name[1].lower())
        pairs = ATTRIBUTE.findall(piece[name.end() : -1])
        attributes = tuple((key.lower(), value.strip("\"'").strip()) for key, value in pairs)
        return Token("start", piece, name[1].lower(), attributes)
    return Token("stray" if piece == "<" else "comment" if piece.startswith("<!--") else "declaration", piece)


class Nesting(NamedTuple):
    """For each token the number of the tag whose element it stands in, or OUTSIDE; and the numbers of tags that are
    not opened and closed."""

    inside: list[int]
    wrong: list[tuple[int, str]]


def nesting(pieces: Sequence[Token]) -> Nesting:
    """How the tokens stand in one another: a start tag in what is around its element, and its end tag too."""
    inside: list[int] = []
    wrong: list[tuple[int, str]] = []
    open_: list[int] = []  # the tags whose elements are open, the outermost first
    around = OUTSIDE
    for number, (kind, text, name, _) in enumerate(pieces):
        if not name or name in EMPTY:
            inside.append(around)
        elif kind == "end":
            if around != OUTSIDE and pieces[around].name == name:
                open_.pop()
            else:
                _close(open_, number, pieces, wrong)
            around = open_[-1] if open_ else OUTSIDE
            inside.append(around)
        else:
            inside.append(around)
            if text[-2:] != "/>" and len(open_) < DEEPEST:
                open_.append(number)
                around = number
            elif text[-2:] != "/>":
                wrong.append((number, f"is nested more than {DEEPEST} deep"))
    wrong += [(number, "is never closed") for number in open_ if pieces[number].name not in MAY_STAY_OPEN]
    return Nesting(inside, wrong)


def _close(open_: list[int], end: int, pieces: Sequence[Token], wrong: list[tuple[int, str]]) -> None:
    """Takes what an end tag closes off the tags that are open."""
    if not any(pieces[number].name == pieces[end].name for number in open_):
        wrong.append((end, "closes nothing that is open"))
        return
    while pieces[inner := open_.pop()].name != pieces[end].name:
        if pieces[inner].name not in MAY_STAY_OPEN:
            wrong.append((inner, f"is not closed: {pieces[end].text} comes before its own end tag"))


def outwards(number: int, inside: Sequence[int]) -> Iterator[int]:
    """A tag and those whose elements are around it, the innermost first; none from OUTSIDE."""
    while number != OUTSIDE:
        yield number
        number = inside[number]
