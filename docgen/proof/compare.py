"""Says where what was read first departs from what was meant."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.document.tree import Break, Content, Mark

AROUND = 4  # words shown before the difference


def said(content: Content, line_break: str = "\n") -> list[str]:
    """The words of a content, its marks announced; `line_break` is what a reader gives for a new line."""
    parts = []
    for inline in content:
        if isinstance(inline, Break):
            parts.append(line_break)
        else:
            parts.append(f"<sup>{inline.text}</sup>" if isinstance(inline, Mark) else inline.text)
    return "".join(parts).split()


def words(meant: Sequence[str], found: Sequence[str], place: str = "") -> str:
    """The first word that differs, with the ones before it; empty when all are the same."""
    if meant == found:
        return ""
    for number, (right, wrong) in enumerate(zip(meant, found, strict=False)):
        if right != wrong:
            return _said(meant, number, wrong, place)
    if len(found) < len(meant):
        return _said(meant, len(found), "nothing more", place)
    if len(found) > len(meant):
        return _said([*meant, "nothing more"], len(meant), found[len(meant)], place)
    return ""


def letters(meant: Sequence[str], found: str, place: str = "") -> str:
    """The same for letters without the spaces between them: names the word that they break off in."""
    at = 0
    for number, word in enumerate(meant):
        if found[at : at + len(word)] != word:
            return _said(meant, number, found[at : at + len(word) + 5] or "nothing more", place)
        at += len(word)
    return "" if at >= len(found) else _said([*meant, "nothing more"], len(meant), found[at : at + 20], place)


def _said(meant: Sequence[str], number: int, found: str, place: str) -> str:
    before = " ".join(meant[max(0, number - AROUND) : number])
    after = f' after "{before}"' if before else " at its beginning"
    return f'{place}reads "{found}" where the document says "{meant[number]}",{after}'
