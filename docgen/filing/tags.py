"""Takes HTML apart into tags, entities and words, each with its place; any text at all gives a list, never an error."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["start", "end", "text", "entity", "comment", "declaration", "stray"]

# An unclosed comment, declaration or quotation ends where it must, so that no text takes long to read.
TOKEN = re.compile(
    r"(?P<comment><!--(?:.*?-->|.*))"
    r"|(?P<declaration><[!?][^<>]*>?)"
    r"|(?P<tag></?[A-Za-z](?:[^\"'<>]|\"[^\"<>]*\"|'[^'<>]*')*+>)"
    r"|(?P<entity>&\#?\w{1,40};)"
    r"|(?P<stray><)",
    re.DOTALL,
)
NAME = re.compile(r"</?([A-Za-z][^\s/>\"'=]*)")
ATTRIBUTE = re.compile(r"([^\s=/\"'<>]+)(?:\s*+=\s*+(\"[^\"]*\"|'[^']*'|[^\s\"'<>]+))?")

EMPTY = frozenset({"br", "hr", "img", "isindex", "meta", "link", "base", "input", "col", "wbr", "page", "r"})
MAY_STAY_OPEN = frozenset({"html", "head", "body", "p", "li", "dt", "dd", "tr", "th", "td"})
DEEPEST = 500


@dataclass(frozen=True)
class Token:
    """One piece of HTML: a tag with its attributes, an entity, a comment, a declaration, words, or a lone `<`."""

    kind: Kind
    text: str
    offset: int
    name: str = ""
    attributes: tuple[tuple[str, str], ...] = ()

    def get(self, name: str) -> str:
        """The value of an attribute; empty when the tag has none of this name."""
        return next((value for key, value in self.attributes if key == name), "")


def tokens(text: str) -> list[Token]:
    """The pieces of the text, in order; nothing of it is lost."""
    made, at = [], 0
    for match in TOKEN.finditer(text):
        if match.start() > at:
            made.append(Token("text", text[at : match.start()], at))
        made.append(_token(match))
        at = match.end()
    if at < len(text):
        made.append(Token("text", text[at:], at))
    return made


def _token(match: re.Match[str]) -> Token:
    text, offset = match[0], match.start()
    if match.lastgroup == "tag" and (name := NAME.match(text)):
        if text.startswith("</"):
            return Token("end", text, offset, name[1].lower())
        inside = text[name.end() : -1]
        pairs = tuple((key.lower(), value.strip("\"'").strip()) for key, value in ATTRIBUTE.findall(inside))
        return Token("start", text, offset, name[1].lower(), pairs)
    kinds: dict[str, Kind] = {"comment": "comment", "declaration": "declaration", "entity": "entity"}
    return Token(kinds.get(match.lastgroup or "", "stray"), text, offset)


@dataclass
class Nesting:
    """The elements that are open at a token, the outermost first, and what is wrong with how they close."""

    open: list[Token] = field(default_factory=list)
    wrong: list[tuple[Token, str]] = field(default_factory=list)

    def take(self, token: Token) -> None:
        """Goes on by one token."""
        if token.kind == "start" and token.name not in EMPTY and not token.text.endswith("/>"):
            if len(self.open) < DEEPEST:
                self.open.append(token)
            else:
                self.wrong.append((token, f"is nested more than {DEEPEST} deep"))
        elif token.kind == "end" and token.name not in EMPTY:
            self._close(token)

    def _close(self, token: Token) -> None:
        if not any(element.name == token.name for element in self.open):
            self.wrong.append((token, "closes nothing that is open"))
            return
        while self.open:
            element = self.open.pop()
            if element.name == token.name:
                return
            if element.name not in MAY_STAY_OPEN:
                line = f"{token.text} comes before its own end tag"
                self.wrong.append((element, f"is not closed: {line}"))

    def end(self) -> None:
        """Says what is still open at the end of the text."""
        left = [element for element in self.open if element.name not in MAY_STAY_OPEN]
        self.wrong += [(element, "is never closed") for element in left]


def nested(pieces: list[Token]) -> Iterator[tuple[Token, list[Token]]]:
    """Each token with the elements that are open around it; the list is the reader's own to look at, not to keep."""
    nesting = Nesting()
    for token in pieces:
        if token.kind == "end":
            nesting.take(token)
            yield token, nesting.open
        else:
            yield token, nesting.open
            nesting.take(token)
