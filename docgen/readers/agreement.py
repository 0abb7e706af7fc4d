"""Says where what was read first departs from what was meant."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from docgen.document.tree import Break, Content, Mark
from docgen.readers.difference import Difference

AROUND = 4  # words shown before the difference
NOTHING = "nothing more"  # what one of the two says that ends before the other


def said(content: Content, line_break: str = "\n") -> list[str]:
    """The words of a content, its marks announced; `line_break` is what a reader gives for a new line."""
    parts = []
    for inline in content:
        if isinstance(inline, Break):
            parts.append(line_break)
        else:
            parts.append(f"<sup>{inline.text}</sup>" if isinstance(inline, Mark) else inline.text)
    return "".join(parts).split()


def words(expected: Sequence[str], actual: Sequence[str], place: str = "") -> Difference | None:
    """The first word that differs, with the ones before it; None when all are the same."""
    if expected == actual:
        return None
    for number, (right, wrong) in enumerate(zip_longest(expected, actual, fillvalue=NOTHING)):
        if right != wrong:
            return _difference([*expected, NOTHING], number, wrong, place)
    return None


def letters(expected: Sequence[str], actual: str, place: str = "") -> Difference | None:
    """The same for letters without the spaces between them: names the word that they break off in."""
    at = 0
    for number, word in enumerate(expected):
        if actual[at : at + len(word)] != word:
            return _difference(expected, number, actual[at : at + len(word) + 5] or NOTHING, place)
        at += len(word)
    return None if at >= len(actual) else _difference([*expected, NOTHING], len(expected), actual[at : at + 20], place)


def _difference(expected: Sequence[str], number: int, actual: str, place: str) -> Difference:
    return Difference(place, expected[number], actual, after=tuple(expected[max(0, number - AROUND) : number]))
