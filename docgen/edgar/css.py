"""What a style says: its properties as a browser reads them, whatever escapes, comments and capitals stand in it."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

import tinycss2

# What is relative is taken as beside words of 12 points, on a page of Letter's size; a bare number is pixels
POINTS_IN = {
    "pt": 1.0, "px": 0.75, "in": 72.0, "cm": 28.35, "mm": 2.835, "q": 0.709, "pc": 12.0, "em": 12.0, "rem": 12.0,
    "ex": 6.0, "ch": 6.0, "%": 0.12, "vw": 6.12, "vh": 7.92, "vmin": 6.12, "vmax": 7.92, "": 0.75,
}  # fmt: skip
SIZE = re.compile(r"(?<![\w.#])([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?)(%|[a-z]*)(?![\w(])")


class Property(NamedTuple):
    """One property of a style: its name and its value, in small letters."""

    name: str
    value: str

    @property
    def sizes(self) -> list[float]:
        """The sizes that the value names, in points."""
        return [float(size[1]) * POINTS_IN.get(size[2], 12.0) for size in SIZE.finditer(self.value)]


@functools.lru_cache(maxsize=4096)
def properties(style: str) -> tuple[Property, ...]:
    """The properties of a style attribute, in order; what a browser would not understand is left out, as it would.

    Those that are !important come last, since they have the last word.
    """
    listed = []
    every = tinycss2.parse_declaration_list(style)
    declarations = [declaration for declaration in every if declaration.type == "declaration"]
    for declaration in sorted(declarations, key=lambda declaration: declaration.important):
        value = "".join(_text(token) for token in declaration.value if token.type != "comment")
        listed.append(Property(declaration.lower_name, " ".join(value.lower().split())))
    return tuple(listed)


@functools.lru_cache(maxsize=4)
def squeezed(sheet: str) -> tuple[tuple[int, str], ...]:
    """The lines of a style sheet that set signs on top of each other, each with how; in a PDF that shows nowhere."""
    rest = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
    lines = []
    while rest:
        item = rest.pop()
        if item.type == "declaration" and item.lower_name in SPACING:
            value = tinycss2.serialize(item.value).strip().lower()
            fault = hiding(Property(item.lower_name, value), 0) or (
                f"{item.lower_name}:{value}" if "(" in value else ""
            )
            lines += [(item.source_line, fault)] if fault else []
        elif getattr(item, "content", None):
            rest += tinycss2.parse_blocks_contents(item.content, skip_comments=True, skip_whitespace=True)
    return tuple(sorted(lines))


def _text(token: tinycss2.ast.Node) -> str:
    """A part of a value, without the escapes in its name."""
    return str(token.value) if token.type == "ident" else str(token.serialize())


def hiding(item: Property, smallest: float) -> str:
    """How a property keeps words from being seen; empty when it does not. Sizes under `smallest` points do."""
    name, value, sizes = item.name, item.value, item.sizes
    if (name, value) in {("display", "none"), ("visibility", "hidden"), ("visibility", "collapse")}:
        return f"{name}:{value} hides words"
    if name in ("font-size", "font") and sizes and sizes[0] < smallest:
        return f"{value} is smaller than {smallest:g} points"
    if name in FAR_OFF and sizes and min(sizes) < -FAR:
        return f"{name}:{value} moves words off the page"
    if name in SPACING and sizes and sizes[0] < -CLOSE:
        return f"{name}:{value} sets signs on top of each other"
    if name in FLAT and sizes and (_fraction(value) < HALF if name == "line-height" else sizes[0] < 1):
        return f"{name}:{value} leaves words no room"
    if name == "opacity" and (_fraction(value) < HALF or "(" in value):
        return f"{name}:{value} lets words fade"
    return f"{name}:{value} cuts or moves words" if name in CUTTING and value != "none" else ""


def _fraction(value: str) -> float:
    """A number or percentage as a part of 1; 1 for a value that is neither."""
    size = SIZE.fullmatch(value)
    part = {"": 1.0, "%": 0.01}.get(size[2]) if size else None
    return float(size[1]) * part if size and part else 1.0


HALF = 0.5
FAR, CLOSE = 100, 1  # points to the left or up that no margin needs, and that no letter-spacing does
SPACING = ("letter-spacing", "word-spacing")
FAR_OFF = ("text-indent", "margin", "margin-left", "margin-right", "margin-top", "left", "top")
FLAT = ("line-height", "height", "max-height")
CUTTING = ("clip", "clip-path", "transform", "mask", "filter", "text-security", "-webkit-text-security")
