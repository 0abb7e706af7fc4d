"""Words that the end of a line parts at their hyphen: joined again where a capital tells that the hyphen is theirs.

"Tax-" over "Exempt" is one word, and "12b-" over "1". "Invest-" over "ment" and "Mid-" over "and Small-Cap" are not
told by their letters: such words stay as they are read, and a name that has them is asked about. What reads a file says
where lines end, and the words are joined when all its names and cells have their lines together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from docgen.importing.pieces import FiledExhibit, PagePiece

MARK = "\u2060"  # behind a hyphen where a line ends
HYPHEN = re.compile(r"[A-Za-z0-9.][A-Za-z]\.?-$")
OF_CLASS = r"(?:Class|Classes|Series|Shares?|Fund|Portfolio)\b"  # what a dash may part from a name
GOES_ON = rf"(?:(?=[A-Z][a-z])(?!{OF_CLASS})|(?<=[0-9][a-z]-{MARK}\s)(?=[0-9]))"  # "Tax-Exempt", and "12b-1"
JOIN = re.compile(rf"(?<=-){MARK}\s{GOES_ON}")
JOIN_LINES = re.compile(rf"(?<=-){MARK}\n{GOES_ON}(\S+) ?")


def at_end(word: str) -> str:
    """A word that ends a line, or its words in a column; marked where it ends in a hyphen."""
    return word + MARK if HYPHEN.search(word) else word


def joined(exhibit: FiledExhibit) -> FiledExhibit:
    """The exhibit with such words whole, and no mark left."""
    return exhibit.with_joins([_joined(piece) for piece in exhibit.pieces])


def _joined(piece: PagePiece) -> PagePiece:
    rows = tuple(replace(row, cells=_whole(row.cells), heads=_whole(row.heads)) for row in piece.rows)
    lines = _whole(JOIN_LINES.sub(r"\1\n", "\n".join(piece.lines)).split("\n"))
    return replace(piece, rows=rows, lines=tuple(line for line in lines if line))


def _whole(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(JOIN.sub("", text).replace(MARK, "") for text in texts)
