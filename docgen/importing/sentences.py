"""Which sentence of the templates each paragraph of an exhibit is, and the facts that it holds."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from docgen.importing import loose, patterns, signing
from docgen.importing.loose import LooseDoubt
from docgen.importing.name_answers import NameAnswers
from docgen.importing.patterns import Pattern
from docgen.importing.pieces import FiledExhibit, PagePiece, alike

HEADING = re.compile(
    r"\"?((?:amended (?:and restated )?)?(?:schedule|appendix|exhibit|annex|attachment)"
    r" [a-z0-9]{1,4}(?:-[a-z0-9]{1,3})?)\b(?![(.]).*",
    re.IGNORECASE,
)
IS_CHANGED = re.compile(r"\b(?:is|are|shall be)(?: hereby)? (?:amended|replaced|deleted|restated|supplemented)\b")
BEFORE_STOP = re.compile(r" (?=[:;,.](?: |$))")
NOTE = re.compile(r"(\([0-9a-z]{1,3}\)|[0-9]{1,2}|[*^+#†‡§]{1,4}) +(\S.*)")
MARK = re.compile(r"\(([0-9a-z]{1,3})\)")


@dataclass(frozen=True)
class Sentence:
    """A piece, the pattern that it matches, if any, and what stands in its holes.

    `is_loose` says that the pattern is only the nearest one, by words that both have; `doubts` are what competes.
    """

    piece: PagePiece
    pattern: Pattern | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    is_loose: bool = False
    doubts: tuple[LooseDoubt, ...] = ()

    @property
    def role(self) -> str:
        """The role of its pattern; empty where none matches."""
        return self.pattern.role if self.pattern else ""


def of(exhibit: FiledExhibit, folders: tuple[Path, ...], answers: NameAnswers) -> tuple[str, list[Sentence]]:
    """The kind of agreement whose opening the exhibit has, and its pieces, matched by that kind's patterns.

    Where none has exactly this opening, that of the kind whose opening is nearest; `answers` settle what competes.
    """
    pieces = [piece for piece in exhibit.pieces if piece.kind != "furniture"]
    every = [pattern for kind in patterns.KINDS for pattern in patterns.of_kind(kind, folders)]
    openings = [pattern for pattern in every if pattern.role == "opening"]
    exact = [hit for piece in pieces if piece.kind == "words" and (hit := matched(piece, openings).pattern)]
    if exact:
        kind = max(exact, key=lambda pattern: pattern.weight).kind
        return kind, _all(pieces, patterns.of_kind(kind, folders), answers)
    if opening := _loose_opening(pieces, every, answers):
        kind = opening.pattern.kind if opening.pattern else ""
        return kind, _all(pieces, patterns.of_kind(kind, folders), answers, opening)
    without = [pattern for pattern in patterns.of_kind("agreement", folders) if pattern.role != "opening"]
    return "schedule-only", _all(pieces, without, answers)


def _loose_opening(pieces: Sequence[PagePiece], compiled: Sequence[Pattern], answers: NameAnswers) -> Sentence | None:
    """The first paragraph that is near an opening, before any table; else one that is far, and speaks of the title."""
    before_table = list(itertools.takewhile(lambda piece: piece.kind == "words", pieces))
    for far, (number, piece) in itertools.product((False, True), enumerate(before_table)):
        head = " ".join(other.text for other in before_table[:number])
        if hit := loose.opening(piece.text, head, compiled, answers, far):
            hit = loose.started(hit, [other.text for other in before_table[number + 1 :]])
            return Sentence(piece, hit.pattern, hit.facts, True, hit.doubts)
    return None


def _all(
    pieces: Sequence[PagePiece],
    compiled: Sequence[Pattern],
    answers: NameAnswers,
    opening: Sentence | None = None,
) -> list[Sentence]:
    result: list[Sentence] = []
    term = opening.facts.get("term", "") if opening else ""
    begun = False
    for piece in pieces:
        usable = [p for p in compiled if p.role != patterns.USUAL and (p.role != "opening" or not (begun or opening))]
        if opening and piece is opening.piece:
            sentence = opening
        else:
            says = piece.kind == "words" and not signing.is_garbled(piece.text)
            sentence = matched(piece, usable, term) if says else Sentence(piece)
        if sentence.role == "opening" and not opening:
            term, begun = sentence.facts["term"], True
        result.append(sentence)
    if any(piece.kind == "table" for piece in pieces):
        result = [_of_schedule(sentence, compiled) for sentence in result]
    if not (begun or opening):  # a schedule alone says nothing else
        return result
    names = {heading(piece).casefold() for piece in pieces}
    return [_with_each_schedule(_loosely(sentence, compiled, answers), names) for sentence in result]


def _with_each_schedule(sentence: Sentence, names: Collection[str]) -> Sentence:
    """A clause that replaces several schedules, without a doubt where each of them has its heading."""
    doubts = tuple(
        doubt
        for doubt in sentence.doubts
        if not (doubt.key.startswith(loose.NOUNS["schedule"]) and {v.casefold() for v in doubt.values} <= {*names})
    )
    return replace(sentence, doubts=doubts)


def _of_schedule(sentence: Sentence, compiled: Sequence[Pattern]) -> Sentence:
    """A clause that replaces a schedule as it would a section, as one that replaces a schedule."""
    name = sentence.facts.get("name", "")
    if not sentence.pattern or sentence.pattern.verb != "replace_section" or not loose.SCHEDULE.fullmatch(name):
        return sentence
    pattern = next((p for p in compiled if p.verb == "schedule"), None)
    return Sentence(sentence.piece, pattern, {"schedule": name}, True) if pattern else sentence


def _loosely(sentence: Sentence, compiled: Sequence[Pattern], answers: NameAnswers) -> Sentence:
    """A sentence that no pattern matches, by the one that is nearest."""
    piece = sentence.piece
    if signing.is_garbled(piece.text):
        return sentence
    if not sentence.pattern and piece.kind == "words" and signing.is_signed(piece.lines[:1]):
        role = "attest" if signing.attests(piece.lines[0]) else "signature"
        pattern = next((p for p in compiled if p.role == role and "signer" in p.regex.groupindex), None)
        return Sentence(piece, pattern, signing.facts(piece.lines), True) if pattern else sentence
    ends = piece.text.endswith((".", ":")) or not heading(piece)
    if sentence.pattern or piece.kind != "words" or not ends:
        return sentence
    hit = loose.clause(piece.text, compiled, answers)
    return Sentence(piece, hit.pattern, hit.facts, True, hit.doubts) if hit else sentence


def matched(piece: PagePiece, compiled: Iterable[Pattern], term: str = "") -> Sentence:
    """The piece by the pattern of which most letters are the template's own."""
    text, best = BEFORE_STOP.sub("", piece.text), Sentence(piece)
    weight = -1
    for pattern in compiled:
        if pattern.weight > weight and (facts := pattern.match(text, term)) is not None:
            best, weight = Sentence(piece, pattern, facts), pattern.weight
    return best


def heading(piece: PagePiece) -> str:
    """The name of the schedule that a piece heads, without a quotation mark; empty where it heads none."""
    hit = HEADING.fullmatch(alike(piece.lines[0])) if piece.kind == "words" and piece.lines else None
    return hit[1] if hit and not IS_CHANGED.search(piece.text) else ""


def note(text: str) -> tuple[str, str] | None:
    """The mark and the text of a footnote; None where a paragraph is none."""
    hit = NOTE.fullmatch(alike(text))
    if not hit:
        return None
    mark = MARK.fullmatch(hit[1])
    return (mark[1] if mark else hit[1]), text[hit.start(2) :]
