"""Finds words in HTML that get too small by what stands around them: a size of 70% inside one of 70%."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from html import unescape

from docgen.edgar import css
from docgen.edgar.html_tokens import OUTSIDE, Token
from docgen.edgar.rule import File

USUAL = 12.0  # points, where nothing is said
SMALLER = 1.2  # times that <small> is smaller than what is around it, and font-size:smaller (CSS Fonts 4, 2.5)
RELATIVE = {"em": 1.0, "%": 0.01}


def too_small(file: File, smallest: float) -> Iterator[tuple[int, float]]:
    """The numbers of tags that hold words of less than `smallest` points, with the points.

    A tag that says such a size by itself is told from its style alone.
    """
    if not _is_relative(file.distinct):
        return
    points: dict[int, float] = {OUTSIDE: USUAL}
    tags = set()
    for number, around in enumerate(file.nesting.inside):
        token = file.tokens[number]
        is_word = token.kind in ("text", "entity") and not unescape(token.text).isspace()
        if around != OUTSIDE and is_word and _points(around, file, points) < smallest:
            tags.add(around)
    yield from ((number, points[number]) for number in sorted(tags))


@functools.lru_cache(maxsize=256)
def _is_relative(distinct: frozenset[Token]) -> bool:
    """Whether any of the tags sets its words by what is around it."""
    return any(_times(token) for token in distinct)


def _points(tag: int, file: File, points: dict[int, float]) -> float:
    """The size of the words in a tag's element; those that were worked out before stand in `points`."""
    if tag not in points:
        outer = _points(file.nesting.inside[tag], file, points)
        times, size = _times(file.tokens[tag]), _size(file.tokens[tag])
        points[tag] = outer * times if times else size.sizes[0] if size and size.sizes else outer
    return points[tag]


def _size(token: Token) -> css.Property | None:
    """The size of type that a tag's style sets; the last word counts."""
    style = css.properties(unescape(token.get("style"))) if token.attributes else ()
    return next((item for item in reversed(style) if item.name == "font-size"), None)


def _times(token: Token) -> float:
    """How many times as large as what is around it a tag sets its words; 0 where it does not say so."""
    size = _size(token)
    if size is None:
        return 1 / SMALLER if token.name == "small" else 0
    if size.value == "smaller":
        return 1 / SMALLER
    number = css.SIZE.fullmatch(size.value)
    return float(number[1]) * RELATIVE.get(number[2], 0) if number else 0
