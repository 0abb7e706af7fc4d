"""Where a finished file says something else than its document, as a value; and that value in words, for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

PieceKind = Literal[
    "words", "row", "end", "width", "sign", "tag", "title", "remark", "half a tag", "unreadable", "draft mark"
]
Reading = Literal["", "accepted", "rejected"]

SENTENCES: Mapping[PieceKind, str] = {
    "words": '{place} reads "{found}" where {says} "{meant}",{after}',
    "row": '{place} reads "{found}" where {row_says} "{meant}"',
    "end": 'says "{found}" after its end',
    "width": "{place} is {found} characters wide",
    "sign": "{place} holds {found}",
    "tag": "has <{found}>, which the writer does not write",
    "title": 'has the title "{found}" where the document has "{meant}"',
    "remark": "is read with the remark: {found}",
    "unreadable": "cannot be read: {found}",
    "draft mark": '{place} says "{found}" at the top where {says} "{meant}"',
    "half a tag": 'has a line with half a tag, "{found}"',
}
ANNOUNCING = frozenset(f"<{tag}>" for tag in ("h1", "h2", "p", "br", "table", "tr", "th", "td", "cell"))


@dataclass(frozen=True)
class Difference:
    """The first place where a file departs from its document.

    `place` is the line or the page, empty where the format has none; `meant` is what the document says there, and
    empty for what no document could say; `found` is what the file has. `after` are the words before, in which a
    reader announces blocks, rows and cells as `<tr>`. `reading` is how a redline was read: with every change
    accepted, or rejected.
    """

    place: str = ""
    meant: str = ""
    found: str = ""
    kind: PieceKind = "words"
    after: tuple[str, ...] = ()
    reading: Reading = ""


def sentence(difference: Difference, says: str = "") -> str:
    """The difference in words for people; `says` takes the place of `the document says`."""
    after = f' after "{" ".join(difference.after)}"' if difference.after else " at its beginning"
    words = SENTENCES[difference.kind].format(
        place=difference.place,
        found=difference.found,
        meant=difference.meant,
        after=after,
        says=says or "the document says",
        row_says=says or "the row says",
    )
    before = f"with every change {difference.reading} it " if difference.reading else ""
    return before + words.lstrip()


def bare(difference: Difference) -> Difference:
    """The same without what announces blocks, rows and cells: the words alone."""
    after = tuple(_bare(word) for word in difference.after if word not in ANNOUNCING)
    expected, actual = (_bare(text) for text in (difference.meant, difference.found))
    return replace(difference, meant=expected, found=actual, after=after)


def _bare(text: str) -> str:
    return "" if text in ANNOUNCING else text.replace("<sup>", "").replace("</sup>", "")
