"""Marks of footnotes that a blank parts from the name or value that carries them: joined to it, as raised ones are."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from docgen.importing import sentences
from docgen.importing.pieces import FiledExhibit, GridRow, PagePiece

APART = re.compile(r"(?<=\S) (?P<form>\(([0-9a-z]{1,3})\)|[*^+#†‡§]{1,4})$")  # at the end of a cell


def joined(exhibit: FiledExhibit) -> FiledExhibit:
    """The exhibit, in its tables each mark that a note under them begins with joined to the word before it."""
    result: list[PagePiece] = []
    forms: set[str] = set()
    for piece in reversed(exhibit.pieces):  # so that the notes are met before the tables over them
        if piece.kind == "table":
            result.append(replace(piece, rows=tuple(_joined(row, forms) for row in piece.rows)))
            continue
        hit = sentences.NOTE.fullmatch(piece.text) if piece.kind == "words" else None
        forms |= {hit[1]} if hit else set()
        result.append(piece)
    return exhibit.with_joins(result[::-1])


def _joined(row: GridRow, forms: Collection[str]) -> GridRow:
    def without_blank(text: str) -> str:
        hit = APART.search(text)
        return text[: hit.start()] + hit["form"] if hit and hit["form"] in forms else text

    return replace(row, cells=tuple(map(without_blank, row.cells)), heads=tuple(map(without_blank, row.heads)))
