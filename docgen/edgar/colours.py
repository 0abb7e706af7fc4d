"""Finds words in HTML whose colour is the one behind them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from docgen.edgar.html_tokens import Element, Token, outwards
from docgen.edgar.rule import File

NAMES = {
    "black": "000000", "silver": "c0c0c0", "gray": "808080", "white": "ffffff", "maroon": "800000", "red": "ff0000",
    "purple": "800080", "fuchsia": "ff00ff", "green": "008000", "lime": "00ff00", "olive": "808000",
    "yellow": "ffff00", "navy": "000080", "blue": "0000ff", "teal": "008080", "aqua": "00ffff", "grey": "808080",
}  # fmt: skip
HEX = re.compile(r"#?([0-9a-f]{6}|[0-9a-f]{3})")
RGB = re.compile(r"rgb\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*\)")
SET = re.compile(r"(?:^|;)\s*(color|background|background-color)\s*:\s*([^;!]+)", re.IGNORECASE)


def unseen(file: File) -> Iterator[int]:
    """The numbers of tags that give words, or what is behind them, a colour by which the words cannot be seen."""
    names = {token.name for token in file.distinct if _colour_of(token, False) or _colour_of(token, True)}
    for number in sorted(number for name in names for number in file.named[name]):
        token, around = file.tokens[number], file.nesting.inside[number]
        if not (_colour_of(token, False) or _colour_of(token, True)):
            continue
        if _nearest(token, around, False) == _nearest(token, around, True):
            yield number


def _nearest(token: Token, around: Element | None, behind: bool) -> str:
    """The colour of a tag's words, or the one behind them: its own, else that of the nearest element that sets it."""
    colours = (_colour_of(tag, behind) for tag in (token, *(element.tag for element in outwards(around))))
    return next(filter(None, colours), "ffffff" if behind else "000000")


@functools.lru_cache(maxsize=4096)
def _colour_of(token: Token, behind: bool) -> str:
    """The colour of the words, or the one behind them, that a tag sets; empty when it sets none."""
    if behind:
        colour = token.get("bgcolor")
    else:
        colour = token.get("color") if token.name == "font" else token.get("text") if token.name == "body" else ""
    for name, value in SET.findall(token.get("style")):
        colour = value if (name.lower() != "color") == behind else colour
    return _plain(colour.strip().lower())


def _plain(colour: str) -> str:
    """A colour as six hexadecimal digits; empty for what is no colour that can be told."""
    if colour in NAMES:
        return NAMES[colour]
    if match := HEX.fullmatch(colour):
        return match[1] if len(match[1]) == 6 else "".join(digit * 2 for digit in match[1])
    if match := RGB.fullmatch(colour):
        return "".join(f"{min(255, int(part)):02x}" for part in match.groups())
    return ""
