"""Finds words in HTML whose colour is the one behind them."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from html import unescape

import tinycss2.color3

from docgen.edgar import css
from docgen.edgar.html_tokens import Element, Token, outwards
from docgen.edgar.rule import File

Colour = tuple[float, float, float, float]  # red, green, blue and how much of it is seen, each from 0 to 1
WHITE, BLACK = (1.0, 1.0, 1.0, 1.0), (0.0, 0.0, 0.0, 1.0)
LEAST_CONTRAST = 1.5  # black on white has 21 (WCAG 2.2, contrast ratio); words with less than this are not seen
LEAST_SEEN = 0.5


def unseen(file: File) -> Iterator[int]:
    """The numbers of tags that give words, or what is behind them, a colour by which the words cannot be seen."""
    names = {token.name for token in file.distinct if _colour_of(token, False) or _colour_of(token, True)}
    for number in sorted(number for name in names for number in file.named[name]):
        token, around = file.tokens[number], file.nesting.inside[number]
        if not (_colour_of(token, False) or _colour_of(token, True)):
            continue
        words, behind = _nearest(token, around, False), _nearest(token, around, True)
        if words[3] < LEAST_SEEN or contrast(words, behind) < LEAST_CONTRAST:
            yield number


def contrast(first: Colour, second: Colour) -> float:
    """How much two colours differ, from 1 to 21 (WCAG 2.2, contrast ratio)."""
    low, high = sorted((_light(first), _light(second)))
    return (high + 0.05) / (low + 0.05)


def _light(colour: Colour) -> float:
    """How light a colour is, from 0 to 1 (WCAG 2.2, relative luminance)."""
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _nearest(token: Token, around: Element | None, behind: bool) -> Colour:
    """The colour of a tag's words, or the one behind them: its own, else that of the nearest element that sets it."""
    colours = (_colour_of(tag, behind) for tag in (token, *(element.tag for element in outwards(around))))
    seen = (colour for colour in colours if colour and not (behind and colour[3] < LEAST_SEEN))
    return next(seen, WHITE if behind else BLACK)


@functools.lru_cache(maxsize=4096)
def _colour_of(token: Token, behind: bool) -> Colour | None:
    """The colour of the words, or the one behind them, that a tag sets; None when it sets none."""
    if behind:
        colour = token.get("bgcolor")
    else:
        colour = token.get("color") if token.name == "font" else token.get("text") if token.name == "body" else ""
    for name, value in css.properties(unescape(token.get("style"))) if token.attributes else ():
        if (name == "color" and not behind) or (name in ("background", "background-color") and behind):
            colour = value
    return parsed(colour)


def parsed(text: str) -> Colour | None:
    """A colour as a browser reads it, such as `white` or `rgba(...)`; None for what is no colour that can be told."""
    parts = text.replace("!important", "").strip()
    colour = tinycss2.color3.parse_color(parts) or tinycss2.color3.parse_color(f"#{parts}")
    return (colour.red, colour.green, colour.blue, colour.alpha) if isinstance(colour, tinycss2.color3.RGBA) else None
