"""Names of funds beside their registrant's, behind a colon or in a second column: a list of names under names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from docgen.importing.pieces import GridRow, PagePiece
from docgen.importing.table_lines import TWO_NAMES, is_whole

WITH_COLON = re.compile(r"(?P<name>[^:;]*\S) ?:")
BEHIND = re.compile(rf"{WITH_COLON.pattern} (?P<names>\S.*)")
BETWEEN = re.compile(r"; ?(and )?")
WITHIN = re.compile(r"(?:, ?|,? (?=and ))(and )?")


def split(text: str) -> tuple[list[str], int]:
    """The names of a text that semicolons part, or commas, and how many words part them; one where nothing does."""
    outer, between = _parted(text, BETWEEN)
    inner = [_parted(part, WITHIN) for part in outer]
    return [name for names, _ in inner for name in names], between + sum(within for _, within in inner)


def _parted(text: str, between: re.Pattern[str]) -> tuple[list[str], int]:
    """The parts of a text where each may be a name, and how often `and` stands between them; else the text."""
    parts = [part.strip(" .;") for part in between.split(text) if part and part != "and "]
    is_list = len(parts) > 1 and all(map(is_whole, parts))
    return (parts, sum(map(bool, between.findall(text)))) if is_list else ([text.strip(" .;")], 0)


def has_colon(text: str) -> bool:
    """Whether a name has a colon behind it, as one that stands over others or beside them."""
    hit = WITH_COLON.fullmatch(text)
    return hit is not None and is_whole(hit["name"])


def unfolded(piece: PagePiece) -> list[PagePiece]:
    """A paragraph of a name, a colon and names as a list of them; a table of such as one; any other as it is."""
    hit = BEHIND.fullmatch(piece.text) if piece.kind == "words" and not has_colon(piece.lines[0]) else None
    if hit:
        names, between = split(hit["names"])
        if is_whole(hit["name"]) and all(is_whole(name) and not TWO_NAMES.search(name) for name in names):
            head = GridRow((f"{hit['name']}:",), piece.place, head=True)
            rows = (head, *(GridRow((name,), piece.place) for name in names))
            return [PagePiece("table", (), piece.place, rows), *_furniture(piece, between)]
    if piece.kind == "table" and _has_names(piece.rows):
        between = sum(split(row.cells[1])[1] for row in piece.rows)
        return [replace(piece, rows=tuple(_rows(piece.rows))), *_furniture(piece, between)]
    return [piece]


def _furniture(piece: PagePiece, between: int) -> list[PagePiece]:
    return [PagePiece("furniture", ("and",) * between, piece.place)] if between else []


def _has_names(rows: Sequence[GridRow]) -> bool:
    """Whether the second of two columns holds names alone, several of them in a cell; or the first has colons."""
    body = [row for row in rows if not row.head]
    if not body or any(len(row.cells) != 2 for row in rows) or not body[0].cells[0]:
        return False
    beside = [split(row.cells[1])[0] for row in body if row.cells[1]]
    several = any(len(names) > 1 for names in beside)
    colons = len(body) == len(rows) == len(beside) and all(has_colon(row.cells[0]) for row in body if row.cells[0])
    return (several or colons) and all(is_whole(name) for names in beside for name in names)


def _rows(rows: Sequence[GridRow]) -> Iterator[GridRow]:
    """Each name in a row of its own; under the one with a colon where the table has no heads."""
    under_colons = not any(row.head for row in rows)
    for row in rows:
        names, _ = split(row.cells[1])
        if row.head or not row.cells[1]:
            yield row
        elif under_colons:
            yield from [replace(row, cells=row.cells[:1], head=True)] if row.cells[0] else ()
            yield from (replace(row, cells=(name,)) for name in names)
        else:
            yield replace(row, cells=(row.cells[0], names[0]))
            yield from (replace(row, cells=("", name)) for name in names[1:])
