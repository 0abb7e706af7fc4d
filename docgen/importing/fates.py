"""What became of each word of a file: exactly one of four things, so that their counts add up to the file's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from docgen.importing.name_answers import NameAnswers
from docgen.importing.parts import Parts
from docgen.importing.pieces import FiledExhibit, LinePlace, PagePiece, words

WordFate = Literal["said again", "kept as filed", "furniture", "asked"]
FATES: tuple[WordFate, ...] = ("said again", "kept as filed", "furniture", "asked")


def of(
    exhibit: FiledExhibit, parts: Parts, again: Sequence[bool], open_places: set[LinePlace], answers: NameAnswers
) -> dict[WordFate, int]:
    """How many words of the file became what; each is counted once."""
    fates: dict[WordFate, int] = dict.fromkeys(FATES, 0)
    rest = {id(piece): answers.of(piece.text) == "kept" for piece in parts.rest}
    at = 0
    for piece in exhibit.pieces:
        if piece.kind == "furniture":
            fates["furniture"] += len(piece.words)
            continue
        for place, size in _sizes(piece):
            for same in again[at : at + size]:
                if place in open_places or not rest.get(id(piece), True):
                    fates["asked"] += 1
                else:
                    fates["said again" if same else "kept as filed"] += 1
            at += size
    return fates


def _sizes(piece: PagePiece) -> Iterator[tuple[LinePlace, int]]:
    """How many words each line of a table has; of a paragraph all of them."""
    if not piece.rows:
        yield LinePlace(-1), len(piece.words)
    for row in piece.rows:
        yield row.place, len(words(" ".join(row.cells)))
