"""Makes a table of names that stand under one another below a schedule's heading, and beside nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from docgen.importing import name_columns, names_beside, sentences, signing
from docgen.importing.pieces import FiledExhibit, GridRow, PagePiece
from docgen.importing.table_lines import AS_GROUP, SENTENCE, WHOLE, is_whole

FEWEST, LONGEST = 2, 12  # names of a list, words of a name
OVER = re.compile(r"(?P<name>.*\S) ?:")  # a name that stands over others
NO_NAME = re.compile(r"^[^A-Z0-9\"(]|(?<!\bInc)(?<!\bL\.P)[.:;]$|\b(?:Dated?|as of|plan|agreement)\b", re.IGNORECASE)


def joined(exhibit: FiledExhibit) -> FiledExhibit:
    """The exhibit, each such list as a table; a heading with a table under it has its rows there."""
    result: list[PagePiece] = []
    rest = list(exhibit.pieces)
    headed = False
    while rest:
        result.append(rest.pop(0))
        if result[-1].kind == "words" and sentences.heading(result[-1]):
            rest = rest if headed else list(_unfolded(rest))
            headed = True
            begin, end = _list(rest)
            result += [*rest[:begin], *_as_table(rest[begin:end])]
            del rest[:end]
    return replace(exhibit, pieces=tuple(result))


def _unfolded(pieces: Sequence[PagePiece]) -> Iterator[PagePiece]:
    """What stands under a heading, names that several columns or a line hold each by itself."""
    for piece in pieces:
        for part in names_beside.unfolded(piece):
            yield name_columns.as_list(part) if part.kind == "table" else part


def _list(pieces: Sequence[PagePiece]) -> tuple[int, int]:
    """From where to where the first list reaches before a table or another heading; nothing where there is none."""
    begin = end = 0
    for number, piece in enumerate(pieces):
        if piece.kind == "table" or (piece.kind == "words" and sentences.heading(piece)):
            return (0, 0) if piece.kind == "table" else _complete(pieces, begin, end)
        if piece.kind == "words" and _has_names(piece):
            begin, end = begin if end else number, number + 1
        elif piece.kind == "words" and end and _complete(pieces, begin, end) != (0, 0):
            return (0, 0) if any(later.kind == "table" for later in pieces[end:]) else _complete(pieces, begin, end)
        elif piece.kind == "words":
            begin = end = 0
    return _complete(pieces, begin, end)


def _complete(pieces: Sequence[PagePiece], begin: int, end: int) -> tuple[int, int]:
    """A list without the name over a line to sign; nothing where it has too few names."""
    if end < len(pieces) and signing.is_signed(pieces[end].lines[:1]):
        end -= 1
    names = [line for piece in pieces[begin:end] if piece.kind == "words" for line in piece.lines]
    return (begin, end) if len(names) >= FEWEST else (0, 0)


def _has_names(piece: PagePiece) -> bool:
    """Whether each line may be a name, and most are called as funds and registrants are."""
    lines = [_bare(line.strip('“”"')) for line in piece.lines]
    may_be = all(
        len(line.split()) <= LONGEST and not NO_NAME.search(line) and not SENTENCE.search(line) for line in lines
    )
    return may_be and sum(bool(WHOLE.search(line)) for line in lines) * 2 > len(lines)


def _bare(line: str) -> str:
    """A line without the colon behind a name that stands over others."""
    hit = OVER.fullmatch(line)
    return hit["name"] if hit and is_whole(hit["name"]) else line


def _is_set_over(block: PagePiece, below: PagePiece | None) -> bool:
    """Whether a name is bold, and called as registrants are, over one that is neither."""
    quiet = below is not None and not below.bold and not AS_GROUP.search(below.lines[0])
    return block.bold and quiet and bool(AS_GROUP.search(block.lines[0]))


def _as_table(pieces: Sequence[PagePiece]) -> list[PagePiece]:
    """The furniture of a list, and its names as rows: a name by itself over several that stand together is a head."""
    furniture = [piece for piece in pieces if piece.kind == "furniture"]
    blocks = [piece for piece in pieces if piece.kind != "furniture"]
    if not blocks:
        return list(pieces)
    apart = any(len(block.lines) > 1 for block in blocks)  # whether anything parts names from others
    least = min((depth for block in blocks for depth in block.depths), default=0)
    rows: list[GridRow] = []
    for block, below in zip(blocks, [*blocks[1:], None], strict=True):
        goes_on = below is not None and len(below.lines) > 1 and _bare(below.lines[0]) == below.lines[0]
        head = len(block.lines) == 1 and ((apart and goes_on) or _is_set_over(block, below))
        lone = apart and len(block.lines) == 1 and not head
        doubt = "stands by itself: a registrant, a fund, or a head?" if lone else ""
        below_it = below.lines[:1] if below else ()
        for n, (line, after) in enumerate(zip(block.lines, [*block.lines[1:], *below_it, ""], strict=False)):
            place = replace(block.place, line=block.place.line + n)
            over = _bare(line) != line and bool(after)
            deep = block.depths[n] - least if block.depths else 0
            rows.append(GridRow((line,), place, head or over, indent=deep, doubt="" if over else doubt))
        rows[-1] = replace(rows[-1], apart=apart, blank=apart and not head)
    return [*furniture, PagePiece("table", (), rows[0].place, tuple(rows))]
