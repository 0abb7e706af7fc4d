"""Which sentence of the templates each paragraph of an exhibit is, and the facts that it holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from docgen.importing import patterns
from docgen.importing.patterns import Pattern
from docgen.importing.pieces import FiledExhibit, PagePiece, alike

HEADING = re.compile(
    r"\"?((?:amended )?(?:schedule|appendix|exhibit|annex|attachment) [a-z0-9]{1,4}(?:-[a-z0-9]{1,3})?)\b(?![(.]).*",
    re.IGNORECASE,
)
NOTE = re.compile(r"(\([0-9a-z]{1,3}\)|[0-9]{1,2}|[*^+#†‡§]{1,4}) +(\S.*)")
MARK = re.compile(r"\(([0-9a-z]{1,3})\)")


@dataclass(frozen=True)
class Sentence:
    """A piece, the pattern that it matches, if any, and what stands in its holes."""

    piece: PagePiece
    pattern: Pattern | None = None
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def role(self) -> str:
        """The role of its pattern; empty where none matches."""
        return self.pattern.role if self.pattern else ""


def of(exhibit: FiledExhibit, folders: tuple[Path, ...]) -> tuple[str, list[Sentence]]:
    """The kind of agreement whose opening the exhibit has, and its pieces, matched by that kind's patterns."""
    pieces = [piece for piece in exhibit.pieces if piece.kind != "furniture"]
    for kind in patterns.KINDS:
        compiled = patterns.of_kind(kind, folders)
        openings = [pattern for pattern in compiled if pattern.role == "opening"]
        if any(matched(piece, openings).pattern for piece in pieces if piece.kind == "words"):
            return kind, _all(pieces, compiled)
    loose = [pattern for pattern in patterns.of_kind("agreement", folders) if pattern.role != "opening"]
    return "schedule-only", _all(pieces, loose)


def _all(pieces: Sequence[PagePiece], compiled: Sequence[Pattern]) -> list[Sentence]:
    result: list[Sentence] = []
    term = ""
    for piece in pieces:
        usable = [p for p in compiled if p.role != "opening" or not term]
        sentence = matched(piece, usable, term) if piece.kind == "words" else Sentence(piece)
        term = sentence.facts["term"] if sentence.role == "opening" else term
        result.append(sentence)
    return result


def matched(piece: PagePiece, compiled: Iterable[Pattern], term: str = "") -> Sentence:
    """The piece by the pattern of which most letters are the template's own."""
    text, best = piece.text, Sentence(piece)
    weight = -1
    for pattern in compiled:
        if pattern.weight > weight and (facts := pattern.match(text, term)) is not None:
            best, weight = Sentence(piece, pattern, facts), pattern.weight
    return best


def heading(piece: PagePiece) -> str:
    """The name of the schedule that a piece heads, without a quotation mark; empty where it heads none."""
    hit = HEADING.fullmatch(alike(piece.lines[0])) if piece.kind == "words" and piece.lines else None
    return hit[1] if hit else ""


def note(text: str) -> tuple[str, str] | None:
    """The mark and the text of a footnote; None where a paragraph is none."""
    hit = NOTE.fullmatch(alike(text))
    if not hit:
        return None
    mark = MARK.fullmatch(hit[1])
    return (mark[1] if mark else hit[1]), text[hit.start(2) :]
