"""Finds words in HTML whose colour is the one behind them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

import tinycss2
from tinycss2 import color5

from docgen.edgar import css
from docgen.edgar.html_tokens import OUTSIDE, Token, outwards
from docgen.edgar.rule import File

Colour = tuple[float, float, float, float]  # red, green, blue and how much of it is seen, each from 0 to 1
Shades = tuple[Colour, Colour, int]  # of the words, of what is behind them, the number of the tag that sets either
WHITE, BLACK = (1.0, 1.0, 1.0, 1.0), (0.0, 0.0, 0.0, 1.0)
LEAST_CONTRAST = 1.5  # black on white has 21 (WCAG 2.2, contrast ratio); words with less than this are not seen
LEAST_SEEN = 0.5
LEAST_HUE = 0.3  # between the strongest and the weakest of red, green and blue, from which words are coloured
SAME, FAINT = "in the colour of what is behind", "too faint to be seen on what is behind"
OF_WORDS = ("color", "-webkit-text-fill-color")  # the second has the last word
BEHIND = ("background", "background-image", "background-color")
INHERITS = frozenset({"currentcolor", "inherit", "initial", "unset", "revert", "revert-layer", "none", "auto"})
VARIABLE = re.compile(r"var\(\s*(--[^\s,()]+)\s*(?:,((?:[^()]|\([^()]*\))*))?\)")
MOST_VARIABLES = 5  # one within another


class Element(NamedTuple):
    """An element: its tag and the tag's number, and the element that it stands in."""

    tag: Token
    number: int
    outer: Element | None


def unseen(file: File) -> Iterator[tuple[int, str]]:
    """The numbers of tags that give words, or what is behind them, a colour in which no word is seen, and how."""
    if not _may_hide(file.distinct):
        return
    shades: dict[int, Shades] = {}
    elements: dict[int, Element] = {}
    faults: dict[int, str] = {}
    for number, around in enumerate(file.nesting.inside):
        token = file.tokens[number]
        if around != OUTSIDE and token.kind in ("text", "entity") and not unescape(token.text).isspace():
            words, behind, origin = _shades(_element(around, file, elements), shades)
            if look := fault(words, behind):
                faults.setdefault(origin, look)
    yield from sorted(faults.items())


@functools.lru_cache(maxsize=256)
def _may_hide(distinct: frozenset[Token]) -> bool:
    """Whether any two of the colours that these tags set cannot be told apart; also where that hangs on what is around.

    Nearly all files have black words on white, and need no look at what stands in what.
    """
    words, behind = {BLACK}, {WHITE}
    for token in distinct:
        if any("var(" in text or "currentcolor" in text for text in _spellings(token, OF_WORDS + BEHIND)):
            return True
        colours = (_colour_of(token, None, False), legacy(token.get("link")))
        words.update(colour for colour in colours if colour)
        ground = _colour_of(token, None, True)
        behind |= {ground} if ground and ground[3] >= LEAST_SEEN else set()
    return not all(_is_seen(colour, ground) for colour in words for ground in behind)


def _is_seen(words: Colour, behind: Colour) -> bool:
    return not fault(words, behind)


def _element(number: int, file: File, elements: dict[int, Element]) -> Element:
    """The element of a tag, by its number; those that were made before stand in `elements`."""
    missing = [tag for tag in outwards(number, file.nesting.inside) if tag not in elements]
    for tag in reversed(missing):
        elements[tag] = Element(file.tokens[tag], tag, elements.get(file.nesting.inside[tag]))
    return elements[number]


def _around(element: Element | None) -> Iterator[Element]:
    """An element and those around it, the innermost first."""
    while element:
        yield element
        element = element.outer


def _shades(element: Element, shades: dict[int, Shades]) -> Shades:
    """The shades of what stands in an element; those that were worked out before stand in `shades`, by its number."""
    if element.number not in shades:
        outer = _shades(element.outer, shades) if element.outer else (BLACK, WHITE, element.number)
        words = _colour_of(element.tag, element.outer, False)
        behind = _colour_of(element.tag, element.outer, True)
        behind = behind if behind and behind[3] >= LEAST_SEEN else None
        origin = element.number if words or behind else outer[2]
        shades[element.number] = (words or outer[0], behind or outer[1], origin)
    return shades[element.number]


def fault(words: Colour, behind: Colour) -> str:
    """How words cannot be told from what is behind them, and how much the two differ; empty where they can be seen."""
    if words[3] < LEAST_SEEN:
        return "more than half transparent"
    if (ratio := contrast(words, behind)) >= LEAST_CONTRAST:
        return ""
    if words[:3] == behind[:3]:
        return SAME
    return f"{FAINT} (contrast {ratio:.2f}, at least {LEAST_CONTRAST})"


@functools.lru_cache(maxsize=4096)
def contrast(first: Colour, second: Colour) -> float:
    """How much two colours differ, from 1 to 21 (WCAG 2.2, contrast ratio)."""
    low, high = sorted((_light(first), _light(second)))
    return (high + 0.05) / (low + 0.05)


def _light(colour: Colour) -> float:
    """How light a colour is, from 0 to 1 (WCAG 2.2, relative luminance)."""
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _colour_of(token: Token, around: Element | None, behind: bool) -> Colour | None:
    """The colour of the words, or the one behind them, that a tag sets; None when it sets none.

    What a browser does not understand it passes over, for what was written before it.
    """
    if not token.attributes:
        return None
    for value in _spellings(token, BEHIND if behind else OF_WORDS):
        text = _resolved(value, token, around)
        if behind and "currentcolor" in text:
            return _own_or_around(token, around)
        if colour := first(text) if behind else parsed(text):
            return colour
    if not behind and token.name == "a" and token.get("href"):
        return next(
            (legacy(element.tag.get("link")) for element in _around(around) if element.tag.name == "body"), None
        )
    attribute = "bgcolor" if behind else {"font": "color", "body": "text"}.get(token.name, "")
    return legacy(token.get(attribute)) if attribute else None


def _own_or_around(token: Token, around: Element | None) -> Colour:
    """The colour of a tag's words: its own, or that of the nearest element that sets it."""
    own = _colour_of(token, around, False)
    outer = (_colour_of(element.tag, element.outer, False) for element in _around(around))
    return own or next((colour for colour in outer if colour), BLACK)


@functools.lru_cache(maxsize=4096)
def _spellings(token: Token, names: tuple[str, ...]) -> tuple[str, ...]:
    """What a tag's style has for these properties, the last word first."""
    style = css.properties(unescape(token.get("style"))) if token.attributes else ()
    values = [value for name, value in sorted(style, key=lambda item: item.name == OF_WORDS[1]) if name in names]
    return tuple(reversed(values))


def _resolved(value: str, token: Token, around: Element | None) -> str:
    """A value with each var() as the nearest element that sets it has it, or as what it names otherwise."""
    for _ in range(MOST_VARIABLES):
        match = VARIABLE.search(value)
        if not match:
            break
        tags = (token, *(element.tag for element in _around(around)))
        set_ = (
            item.value for tag in tags for item in css.properties(unescape(tag.get("style"))) if item.name == match[1]
        )
        value = value[: match.start()] + next(set_, match[2] or "") + value[match.end() :]
    return value


def first(text: str) -> Colour | None:
    """The first colour of a background, among its pictures, places and gradients."""
    if colour := parsed(text):
        return colour
    pieces = tinycss2.parse_component_value_list(text)
    while pieces:
        piece = pieces.pop(0)
        if colour := parsed(piece.serialize()):
            return colour
        pieces = list(getattr(piece, "arguments", [])) + pieces
    return None


def readable(value: str) -> bool:
    """Whether a style's colour is one that can be told here: a colour of a screen, or that of an element around."""
    return value in INHERITS or "var(" in value or parsed(value) is not None


@functools.lru_cache(maxsize=4096)
def parsed(text: str) -> Colour | None:
    """A colour as a browser reads it, such as `white` or `hwb(...)`; None for what is no colour that can be told."""
    word = text.strip()
    colour = color5.parse_color(word) or color5.parse_color(f"#{word}")
    if colour is None or isinstance(colour, str):
        return None
    try:
        red, green, blue, alpha = (float(part or 0) for part in colour.to("srgb"))
    except NotImplementedError:  # a colour of no screen in particular
        return None
    return red, green, blue, alpha


def is_coloured(text: str) -> bool:
    """Whether words in a colour are seen as coloured, and not as black or grey."""
    colour = parsed(text)
    return colour is not None and max(colour[:3]) - min(colour[:3]) > LEAST_HUE


def legacy(text: str) -> Colour | None:
    """The colour of an attribute, any word of which is a colour (HTML, 2.3.6, rules for legacy colour values)."""
    word = text.strip().lower()
    if not word or word == "transparent":
        return None
    if colour := parsed(word) if word.isalpha() or len(word) == len("#fff") else None:
        return colour
    digits = re.sub("[^0-9a-f]", "0", word[:128].removeprefix("#"))
    size = max(1, -(-len(digits) // 3))
    thirds = [digits.ljust(3 * size, "0")[n * size : (n + 1) * size][-8:] for n in range(3)]
    while len(thirds[0]) > 2 and all(third[0] == "0" for third in thirds):
        thirds = [third[1:] for third in thirds]
    red, green, blue = (int(third[:2], 16) / 255 for third in thirds)
    return red, green, blue, 1.0
