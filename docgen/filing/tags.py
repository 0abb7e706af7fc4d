"""Takes HTML apart into tags, entities and words, each with its place; any text at all gives a list, never an error."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

Kind = Literal["start", "end", "text", "entity", "comment", "declaration", "stray"]

Attributes = tuple[tuple[str, str], ...]

# An unclosed comment, declaration or quotation ends where it must, so that no text takes long to read.
PIECE = re.compile(
    r"(?:[^<&]++|&(?!\#?\w{1,40};))++"
    r"|</?[A-Za-z](?:[^\"'<>]++|\"[^\"<>]*\"|'[^'<>]*')*+>"
    r"|<!--(?:.*?-->|.*)"
    r"|<[!?][^<>]*>?"
    r"|&\#?\w{1,40};"
    r"|<",
    re.DOTALL,
)
ENTITY = re.compile(r"&\#?\w{1,40};")
NAME = re.compile(r"</?([A-Za-z][^\s/>\"'=]*)")
ATTRIBUTE = re.compile(r"([^\s=/\"'<>]+)(?:\s*+=\s*+(\"[^\"]*\"|'[^']*'|[^\s\"'<>]+))?")

EMPTY = frozenset({"br", "hr", "img", "isindex", "meta", "link", "base", "input", "col", "wbr", "page", "r"})
MAY_STAY_OPEN = frozenset({"html", "head", "body", "p", "li", "dt", "dd", "tr", "th", "td"})
DEEPEST = 500


class Token(NamedTuple):
    """One piece of HTML: a tag with its attributes, an entity, a comment, a declaration, words, or a lone `<`."""

    kind: Kind
    text: str
    offset: int
    name: str = ""
    attributes: Attributes = ()

    def get(self, name: str) -> str:
        """The value of an attribute; empty when the tag has none of this name."""
        for key, value in self.attributes:
            if key == name:
                return value
        return ""


def tokens(text: str) -> list[Token]:
    """The pieces of the text, in order; nothing of it is lost. Tags that are alike are taken apart once."""
    made, at = [], 0
    known: dict[str, tuple[Kind, str, Attributes]] = {}
    for piece in PIECE.findall(text):
        kind, name, attributes = known.get(piece) or known.setdefault(piece, _read(piece))
        made.append(Token(kind, piece, at, name, attributes))
        at += len(piece)
    return made


def _read(piece: str) -> tuple[Kind, str, Attributes]:
    """What a piece is, its name and its attributes."""
    if piece[0] != "<":
        return "entity" if ENTITY.fullmatch(piece) else "text", "", ()
    if name := NAME.match(piece):
        if piece[1] == "/":
            return "end", name[1].lower(), ()
        pairs = ATTRIBUTE.findall(piece[name.end() : -1])
        return "start", name[1].lower(), tuple((key.lower(), value.strip("\"'").strip()) for key, value in pairs)
    return "stray" if piece == "<" else "comment" if piece.startswith("<!--") else "declaration", "", ()


class Element(NamedTuple):
    """An element that is open: its tag, the element that it stands in, and how many are open with it."""

    tag: Token
    outer: Element | None
    depth: int


class Nesting(NamedTuple):
    """For each token the element that it stands in, if any; and the tags that are not opened and closed in order."""

    inside: list[Element | None]
    wrong: list[tuple[Token, str]]


def nesting(pieces: Sequence[Token]) -> Nesting:
    """How the tokens stand in one another: a start tag in what is around its element, and its end tag too."""
    inside: list[Element | None] = []
    wrong: list[tuple[Token, str]] = []
    here: Element | None = None
    for token in pieces:
        if token.kind == "end" and token.name not in EMPTY:
            innermost = here is not None and here.tag.name == token.name
            here = here.outer if here and innermost else _closed(here, token, wrong)
        inside.append(here)
        if token.kind == "start" and token.name not in EMPTY and not token.text.endswith("/>"):
            depth = here.depth + 1 if here else 1
            if depth <= DEEPEST:
                here = Element(token, here, depth)
            else:
                wrong.append((token, f"is nested more than {DEEPEST} deep"))
    left = [element.tag for element in outwards(here) if element.tag.name not in MAY_STAY_OPEN]
    wrong += [(tag, "is never closed") for tag in reversed(left)]
    return Nesting(inside, wrong)


def _closed(here: Element | None, end: Token, wrong: list[tuple[Token, str]]) -> Element | None:
    """The element that an end tag leaves open."""
    closed = next((element for element in outwards(here) if element.tag.name == end.name), None)
    if closed is None:
        wrong.append((end, "closes nothing that is open"))
        return here
    for element in outwards(here):
        if element is closed:
            break
        if element.tag.name not in MAY_STAY_OPEN:
            wrong.append((element.tag, f"is not closed: {end.text} comes before its own end tag"))
    return closed.outer


def outwards(element: Element | None) -> Iterator[Element]:
    """An element and those around it, the innermost first."""
    while element:
        yield element
        element = element.outer
