"""Takes an exhibit apart: title, opening, recitals, items, schedules, signatures, and what is none of them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from docgen.importing import beside, captions, groups, sentences, table_lines
from docgen.importing.name_answers import NameAnswers
from docgen.importing.pieces import FiledExhibit, PagePiece, alike
from docgen.importing.schedule_parts import SchedulePart, TablePart
from docgen.importing.sentences import Sentence

ITEM = re.compile(r"[0-9]+\. ")
AFTER_RECITALS = re.compile(r"NOW,? THERE|IN WITNESS|[0-9]+\. |(?:IT IS|THE PARTIES) ", re.IGNORECASE)
LINKS = re.compile(r"(?:to|of|for)(?: the)? [A-Z].*\b(?:[Pp]lan|[Aa]greement)\b")
LONGEST_HEADING = 20  # words
SIGNING = ("signature", "attest")


@dataclass
class SignatureBlock:
    """The signatures for one party, or for several together."""

    names: list[str]
    sentences: list[Sentence]


@dataclass
class Parts:
    """An exhibit's pieces by what they are; `loose` are sentences only near a template's, `rest` is none of it."""

    kind: str
    first: PagePiece | None = None
    title: list[PagePiece] = field(default_factory=list)
    opening: Sentence | None = None
    recitals: list[str] = field(default_factory=list)
    items: list[tuple[Sentence, list[str]]] = field(default_factory=list)
    schedules: list[SchedulePart] = field(default_factory=list)
    signatures: list[SignatureBlock] = field(default_factory=list)
    dated: str = ""
    loose: list[Sentence] = field(default_factory=list)
    rest: list[PagePiece] = field(default_factory=list)


def take(kind: str, listed: Sequence[Sentence], answers: NameAnswers) -> Parts:
    """The parts of an exhibit; `answers` are what a workspace or a person tells of its names."""
    parts = Parts(kind, listed[0].piece if listed else None, loose=[s for s in listed if s.is_loose])
    state = "title" if kind != "schedule-only" else "items"
    for number, sentence in enumerate(listed):
        state = _step(parts, state, sentence, listed[number + 1 :])
    parts.rest += [piece for schedule in parts.schedules if not _has_words(schedule) for piece in schedule.heading]
    parts.schedules = [schedule for schedule in parts.schedules if _has_words(schedule)]
    for schedule in parts.schedules:
        schedule.tables = [table for table in schedule.tables if table.pieces or table.before]
        if schedule.tables and alike("".join(schedule.lines[:1])).startswith('"'):
            _unquote(schedule.tables[-1])
        schedule.tables = captions.joined(schedule)
        for table in schedule.tables:
            if table.pieces:
                table.reading = groups.reading([row for piece in table.pieces for row in piece.rows], answers)
    return parts


def _has_words(schedule: SchedulePart) -> bool:
    """Whether anything stands under a heading."""
    return any(table.pieces or table.before for table in schedule.tables)


def in_order(exhibit: FiledExhibit, parts: Parts) -> FiledExhibit:
    """The exhibit with names that break over lines beside their rows whole, as its tables were read."""
    readings = [(table, table.reading) for schedule in parts.schedules for table in schedule.tables]
    places = {piece.place for table, reading in readings if reading and reading.beside for piece in table.pieces}
    pieces = (beside.in_order(piece) if piece.place in places else [piece] for piece in exhibit.pieces)
    return replace(exhibit, pieces=tuple(itertools.chain.from_iterable(pieces)))


def _unquote(table: TablePart) -> None:
    """Takes the quotation mark that closes a schedule from its last words."""
    if table.notes:
        note = table.notes[-1]
        table.notes[-1] = replace(note, lines=(*note.lines[:-1], _unquoted(note.lines[-1])))
    elif table.pieces:
        *rest, last = table.pieces[-1].rows
        number = max(n for n, cell in enumerate(last.cells) if cell)
        cells = tuple(_unquoted(cell) if n == number else cell for n, cell in enumerate(last.cells))
        table.pieces[-1] = replace(table.pieces[-1], rows=(*rest, replace(last, cells=cells)))


def _unquoted(text: str) -> str:
    return text[:-1] if alike(text).endswith('"') and alike(text).count('"') % 2 else text


def _step(parts: Parts, state: str, sentence: Sentence, after: Sequence[Sentence]) -> str:  # a state a case
    piece, role = sentence.piece, sentence.role
    if piece.kind == "table":
        return _table(parts, state, piece)
    if role == "opening":
        parts.opening = sentence
        return _unmatched(parts, "opened", piece, after) if _is_recital(piece) else "opened"
    if not role and state != "title" and _is_heading(parts, piece, after):
        parts.schedules.append(SchedulePart([piece]))
        return "heading"
    if state == "title":
        parts.title.append(piece)
        return state
    if role == "recital":
        parts.recitals.append(_recital(sentence))
        return "recital"
    if role == "dated":
        parts.dated = sentence.facts["effective"]
        return "end"
    if role in SIGNING:
        if not parts.signatures or (
            role == "signature" and any(s.role == role for s in parts.signatures[-1].sentences)
        ):
            parts.signatures.append(SignatureBlock([], []))
        parts.signatures[-1].sentences.append(sentence)
        return "end"
    if role:
        parts.items.append((sentence, []))
        text = sentence.pattern.verb in ("add_section", "replace_section") if sentence.pattern else False
        return "section" if text else "items"
    return _unmatched(parts, state, piece, after)


def _table(parts: Parts, state: str, piece: PagePiece) -> str:
    if state == "recital" and parts.recitals:
        parts.recitals[-1] += " " + " ".join(cell for row in piece.rows for cell in row.cells if cell)
        return state
    if state not in ("heading", "schedule") and not (parts.schedules and state == "end"):
        if not any(row.cells[1:] for row in piece.rows):
            parts.rest.append(piece)
            return state
        parts.schedules.append(SchedulePart([]))
    tables = parts.schedules[-1].tables
    if tables[-1].notes or (tables[-1].pieces and not _goes_on(tables[-1], piece)):
        tables.append(TablePart())
    tables[-1].pieces.append(piece)
    return "schedule"


def _goes_on(table: TablePart, piece: PagePiece) -> bool:
    """Whether a table is one with that before it, with no words between them: not where each has heads of its own,
    and they are over another number of columns, or some of each are like none of the other's under a name."""
    firsts = [other.rows[0] for other in (table.pieces[0], piece) if other.rows and other.rows[0].head]
    if len(firsts) < 2 or not all(row.cells[1:] and all(row.cells[1:]) for row in firsts):
        return True
    former, latter = (row.cells[1:] for row in firsts)
    named = bool(firsts[1].cells[0]) and not table_lines.LABEL.fullmatch(firsts[1].cells[0])
    unlike = table_lines.has_unlike(former, latter) and table_lines.has_unlike(latter, former)
    return len(former) == len(latter) and not (named and unlike)


def _is_heading(parts: Parts, piece: PagePiece, after: Sequence[Sentence]) -> bool:
    """Whether a piece heads a schedule: it is named as one, and a table follows before any other sentence."""
    name = sentences.heading(piece)
    names = {sentence.facts["schedule"].casefold() for sentence, _ in parts.items if "schedule" in sentence.facts}
    lines = [alike(line).strip('"').casefold() for line in piece.lines[:4]]
    if not name and not any(line in names for line in lines[:1]) and parts.kind != "schedule-only":
        return False
    if parts.kind == "schedule-only" and (parts.schedules or len(piece.lines) < 2) and not name:
        return False
    for sentence in after:
        if sentence.piece.kind == "table":
            return True
        if sentence.role:
            return False
    return False


def _is_recital(piece: PagePiece) -> bool:
    return alike(piece.text).upper().startswith("WHEREAS")


def _recital(sentence: Sentence) -> str:
    text = sentence.facts.get("recital")
    return text if text is not None else re.sub(r"^WHEREAS, |(?:; and|;|\.)$", "", sentence.piece.text)


def _unmatched(parts: Parts, state: str, piece: PagePiece, after: Sequence[Sentence]) -> str:  # a state a case
    if after and after[0].role == "signature" and state != "heading":
        parts.signatures.append(SignatureBlock([*piece.lines], []))
        return "end"
    if _is_recital(piece):
        parts.recitals.append(re.sub(r"^WHEREAS,? ", "", piece.text, flags=re.IGNORECASE))
        return "recital"
    if state == "recital" and not AFTER_RECITALS.match(alike(piece.text)):
        parts.recitals[-1] += " " + piece.text
        return state
    if state == "section":
        parts.items[-1][1].append(piece.text)
        return "items" if alike(piece.text).endswith('"') else state
    if state in ("heading", "schedule"):
        return _in_schedule(parts, state, piece, after)
    if state in ("items", "opened", "end") and ITEM.match(piece.text):
        parts.items.append((Sentence(piece), []))
        return state
    parts.rest.append(piece)
    return "items" if state == "recital" else state


def _in_schedule(parts: Parts, state: str, piece: PagePiece, after: Sequence[Sentence]) -> str:
    table = parts.schedules[-1].tables[-1]
    if state == "heading" and not table.before and not table.pieces and _is_more_heading(piece):
        parts.schedules[-1].heading.append(piece)
        return state
    if table.pieces and sentences.note(piece.text):
        table.notes.append(piece)
        return "schedule"
    if not table.pieces:
        table.before.append(piece)
    elif any(s.piece.kind == "table" for s in _until_sentence(after)):
        parts.schedules[-1].tables.append(TablePart([piece]))
    elif table.notes and not piece.text[:1].isupper():
        table.notes.append(piece)
    else:
        parts.rest.append(piece)
        return "end"
    return "schedule"


def _until_sentence(after: Sequence[Sentence]) -> Iterator[Sentence]:
    for sentence in after:
        if sentence.role or sentences.heading(sentence.piece):
            return
        yield sentence


def _is_more_heading(piece: PagePiece) -> bool:
    """Whether a piece goes on with a heading: in capitals or parentheses, or by the word that links two names."""
    text = piece.text
    return (
        text.isupper()
        or text.casefold() in ("to", "to the", "of")
        or bool(LINKS.match(text) and len(piece.words) <= LONGEST_HEADING and not text.endswith((".", ":")))
        or (text.startswith("(") and text.endswith(")") and "as of" not in text.lower())
    )
