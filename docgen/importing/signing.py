"""Blocks to sign, also side by side: each column of names, lines and offices is read downwards as blocks of its own."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from docgen.importing.page_lines import LineBlock, Span
from docgen.importing.pieces import LinePlace, PagePiece
from docgen.problems import likeness

BEGINS = re.compile(r"(?:By|Attest|\(SEAL\))(?::|\b(?= ?_|$| /s/))|\(SEAL\)", re.IGNORECASE)  # a line to sign, a seal
ATTESTS = re.compile(r"attest", re.IGNORECASE)
GOES_ON = re.compile(r"(?:Name|Title|Its|Date)\b ?:", re.IGNORECASE)
RULE = re.compile(r"[-=]{3,}|_{3,}")  # drawn under what is signed, where it is no line to sign
ALMOST = 0.7  # of two names, from which one is the other with a letter more
MOST_LINES = 4  # of a block: the line to sign, a name, an office of two lines
LABELS = (r"\bBy:", r"\bAttest:", r"\bName:", r"\bTitle:")
AT_LABELS = re.compile(r"(?=\b(?:By|Attest|Name|Title|Its|Date):)", re.IGNORECASE)
NO_TABS: Mapping[LinePlace, Sequence[str]] = {}
NEAR = 12  # columns by which the labels of one block stand apart at most


@dataclass(frozen=True)
class SigningRow:
    """One line of blocks to sign: its words where they stand, and whether a blank line is above it."""

    spans: tuple[Span, ...]
    place: LinePlace
    apart: bool = False


def is_signed(texts: Iterable[str]) -> bool:
    """Whether some of the words are a line to sign."""
    return any(BEGINS.match(text) and not text.startswith("(") for text in texts)


def attests(text: str) -> bool:
    """Whether a line to sign is a witness's."""
    return bool(ATTESTS.match(text))


def goes_on(text: str) -> bool:
    """Whether words go on with a block to sign: a name, an office, a seal."""
    return bool(GOES_ON.match(text)) or text.upper().startswith("(SEAL)")


def of_blocks(blocks: Sequence[LineBlock]) -> list[SigningRow]:
    """The lines of blocks of text, but no rules that are drawn."""
    lines = [(line, number == 0) for block in blocks for number, line in enumerate(block) if not line.is_drawn]
    return [SigningRow(line.spans, line.place, is_first) for line, is_first in lines]


def pieces(rows: Sequence[SigningRow]) -> Iterator[PagePiece]:
    """The pieces of blocks to sign, column by column, what is attested behind what it attests; rules are furniture."""
    for row in rows:
        if rules := tuple(span.text for span in row.spans if RULE.fullmatch(span.text) and not _to_sign(row, span)):
            yield PagePiece("furniture", rules, row.place)
    columns = [column for column in _columns(rows) if column]
    own = [column for column in columns if not _only_attests(column)]
    for column in [*own, *(column for column in columns if column not in own)]:
        yield from _of_column(column)


def _to_sign(row: SigningRow, rule: Span) -> bool:
    """Whether a rule is a line to sign: right behind By or Attest."""
    before = [span for span in row.spans if span.start < rule.start]
    return rule.text.startswith("_") and bool(before) and bool(BEGINS.fullmatch(before[-1].text))


SigningColumn = list[tuple[str, LinePlace, bool]]


def _columns(rows: Sequence[SigningRow]) -> list[SigningColumn]:
    """What stands in each column, line by line; one column where nothing parts them."""
    bounds = [*_bounds(rows), float("inf")]
    columns: list[SigningColumn] = [[] for _ in bounds]
    aparts = [True] * len(bounds)
    for row in rows:
        for number, bound in enumerate(bounds):
            inside = [s for s in row.spans if s.start < bound and (number == 0 or s.start >= bounds[number - 1])]
            text = " ".join(s.text for s in inside if not RULE.fullmatch(s.text) or _to_sign(row, s))
            aparts[number] = aparts[number] or row.apart
            if text:
                columns[number].append((text, row.place, aparts[number]))
                aparts[number] = False
    return columns


def _bounds(rows: Sequence[SigningRow]) -> list[float]:
    """Where each column but the first begins: left of its labels, where no words reach over."""
    spans = [span for row in rows for span in row.spans]
    labels = sorted({span.start for span in spans if BEGINS.match(span.text) or GOES_ON.match(span.text)})
    firsts = [x for n, x in enumerate(labels) if n and x - labels[n - 1] > NEAR]
    bounds: list[float] = []
    for first, former in zip(firsts, [0.0, *firsts], strict=False):
        free = [
            x
            for x in {span.start for span in spans if former < span.start <= first}
            if not any(span.start < x < span.end for span in spans)
        ]
        if free:
            bounds.append(max(free))
    return bounds


def _only_attests(column: SigningColumn) -> bool:
    signed = [text for text, _, _ in column if BEGINS.match(text)]
    return bool(signed) and all(attests(text) or text.startswith("(") for text in signed)


def _of_column(column: SigningColumn) -> Iterator[PagePiece]:
    """A column's pieces: the names over a line to sign, and each line to sign with the name and office under it."""
    lines: list[str] = []
    place = LinePlace()
    for text, spot, apart in column:
        begins = bool(BEGINS.match(text)) or (apart and not GOES_ON.match(text) and not _is_short(lines, text))
        if begins and lines:
            yield PagePiece("words", tuple(lines), place)
            lines = []
        place = place if lines else spot
        lines.append(text)
    if lines:
        yield PagePiece("words", tuple(lines), place)


def _is_short(lines: Sequence[str], text: str) -> bool:
    """Whether a block that is begun still lacks a name or an office, and these words may be it."""
    return bool(lines) and bool(BEGINS.match(lines[0])) and len(lines) < MOST_LINES - 1 and not text.isupper()


def facts(lines: Sequence[str]) -> dict[str, str]:
    """What a block to sign says without the words Name and Title: the line, the name, the office."""
    first = BEGINS.sub("", lines[0], count=1).strip(" :")
    rest = [GOES_ON.sub("", line, count=1).strip() for line in lines[1:]]
    is_line = not first or first.startswith(("/s/", "_"))
    line, *names = ([first] if is_line else ["", first]) + rest
    name = line.removeprefix("/s/").strip(" _")
    if name and len(names) == 1 and likeness(name, names[0]) < ALMOST:  # the name stands on the line alone
        names = [name, *names]
    return {"line": line, "signer": names[0] if names else "", "office": " ".join(names[1:])}


def is_garbled(text: str) -> bool:
    """Whether several blocks to sign stand in one, so that nothing can be told of either."""
    return bool(BEGINS.match(text)) and any(len(re.findall(label, text, re.IGNORECASE)) > 1 for label in LABELS)


def joined(pieces_: Iterable[PagePiece], tabbed: Mapping[LinePlace, Sequence[str]] = NO_TABS) -> Iterator[PagePiece]:
    """The pieces, each block to sign in one, with the name and office that stand under it as paragraphs.

    Blocks that stand side by side in the same lines are taken apart at their labels, and so are the names over them
    where tabs part them: `tabbed` has such a line's parts.
    """
    result: list[PagePiece] = []
    at = -1  # of the last words
    for piece in pieces_:
        last = result[at] if at >= 0 else None
        rest = [*itertools.takewhile(GOES_ON.match, piece.lines)] if piece.kind == "words" else []
        is_more = bool(rest) and last is not None and BEGINS.match(last.text) and not last.text.startswith("(")
        lines = piece.lines
        if last and is_more and len(rest) < MOST_LINES:
            result[at] = replace(last, lines=(*last.lines, *rest))
            lines = lines[len(rest) :]
        if piece.kind != "words" or lines:
            result.append(replace(piece, lines=lines))
            at = len(result) - 1 if piece.kind == "words" else at if piece.kind == "furniture" else -1
    before: PagePiece | None = None
    for piece in result:
        blocks = _side_by_side(piece)
        parts = tabbed.get(before.place, ()) if before else ()
        names = parts if len(parts) == len(blocks) else ()
        if before and not names:
            yield before
        for number in sorted(range(len(blocks)), key=lambda n: attests(blocks[n][0])):
            if before and names:
                yield replace(before, lines=(names[number],))
            yield replace(piece, lines=blocks[number])
        before = None if blocks else piece
    if before:
        yield before


def _side_by_side(piece: PagePiece) -> list[tuple[str, ...]]:
    """The blocks to sign that stand in the same lines of a piece; none where it is one block, or no block."""
    if piece.kind != "words" or not is_signed(piece.lines[:1]):
        return []
    split = [[part.strip() for part in AT_LABELS.split(line) if part.strip()] for line in piece.lines]
    return list(zip(*split, strict=True)) if len({*map(len, split)} | {1}) == 2 and len(split[0]) > 1 else []
