"""Finds words in HTML that get too small by what stands around them: a size of 70% inside one of 70%."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape

from docgen.edgar import css
from docgen.edgar.html_tokens import Element, Token
from docgen.edgar.rule import File

USUAL = 12.0  # points, where nothing is said
SMALLER = 1.2  # times that <small> is smaller than what is around it, and font-size:smaller (CSS Fonts 4, 2.5)
RELATIVE = {"em": 1.0, "%": 0.01}


def too_small(file: File, smallest: float) -> Iterator[tuple[int, float]]:
    """The numbers of tags that hold words of less than `smallest` points, with the points.

    A tag that says such a size by itself is told from its style alone.
    """
    if not any(_times(token) for token in file.distinct):
        return
    points: dict[int, float] = {}
    tags = set()
    for number, around in enumerate(file.nesting.inside):
        token = file.tokens[number]
        is_word = token.kind in ("text", "entity") and not unescape(token.text).isspace()
        if around and is_word and _points(around, points) < smallest:
            tags.add(around.number)
    yield from ((number, points[number]) for number in sorted(tags))


def _points(element: Element, points: dict[int, float]) -> float:
    """The size of the words in an element; those that were worked out before stand in `points`, by its number."""
    if element.number not in points:
        outer = _points(element.outer, points) if element.outer else USUAL
        times = _times(element.tag)
        size = _size(element.tag)
        points[element.number] = outer * times if times else size.sizes[0] if size and size.sizes else outer
    return points[element.number]


def _size(token: Token) -> css.Property | None:
    """The size of type that a tag's style sets; the last word counts."""
    style = css.properties(unescape(token.get("style"))) if token.attributes else ()
    return next((item for item in reversed(style) if item.name == "font-size"), None)


def _times(token: Token) -> float:
    """How many times as large as what is around it a tag sets its words; 0 where it does not say so."""
    size = _size(token)
    if size is None:
        return 1 / SMALLER if token.name == "small" and token.kind == "start" else 0
    if size.value == "smaller":
        return 1 / SMALLER
    number = css.SIZE.fullmatch(size.value)
    return float(number[1]) * RELATIVE.get(number[2], 0) if number else 0
