"""Says where what was read first departs from what was meant."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.document.tree import Break, Content, Mark, Run
from docgen.readers.difference import Difference

AROUND = 4  # words shown before the difference
NOTHING = "nothing more"  # what one of the two says that ends before the other


def said(content: Content, line_break: str = "\n") -> list[str]:
    """The words of a content, its marks announced; `line_break` is what a reader gives for a new line."""
    if len(content) == 1 and isinstance(content[0], Run):
        return content[0].text.split()
    parts = []
    for inline in content:
        if isinstance(inline, Break):
            parts.append(line_break)
        else:
            parts.append(f"<sup>{inline.text}</sup>" if isinstance(inline, Mark) else inline.text)
    return "".join(parts).split()


def words(meant: Sequence[str], found: Sequence[str], place: str = "") -> Difference | None:
    """The first word that differs, with the ones before it; None when all are the same."""
    if meant == found:
        return None
    for number, (right, wrong) in enumerate(zip(meant, found, strict=False)):
        if right != wrong:
            return _difference(meant, number, wrong, place)
    if len(found) < len(meant):
        return _difference(meant, len(found), NOTHING, place)
    if len(found) > len(meant):
        return _difference([*meant, NOTHING], len(meant), found[len(meant)], place)
    return None


def letters(meant: Sequence[str], found: str, place: str = "") -> Difference | None:
    """The same for letters without the spaces between them: names the word that they break off in."""
    at = 0
    for number, word in enumerate(meant):
        if found[at : at + len(word)] != word:
            return _difference(meant, number, found[at : at + len(word) + 5] or NOTHING, place)
        at += len(word)
    return None if at >= len(found) else _difference([*meant, NOTHING], len(meant), found[at : at + 20], place)


def _difference(meant: Sequence[str], number: int, found: str, place: str) -> Difference:
    return Difference(place, meant[number], found, after=tuple(meant[max(0, number - AROUND) : number]))
