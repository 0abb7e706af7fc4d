"""What a template sees of a plan's own text: its words, what amendments did to each passage, what a copy is as of."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup, escape

from docgen.consolidation import describe
from docgen.consolidation.plan_folder import AmendmentFile, PlanFolder
from docgen.document import conformed_text
from docgen.document.plan_text import SourceNote
from docgen.document.schedule_context import amendment_name
from docgen.document.tree import Block, Break, Cell, Content, Inline, Paragraph, Run, Table, TableRow
from docgen.problems import Where


@dataclass(frozen=True)
class NoteView:
    """One of `part.notes`: what an amendment did to a passage."""

    verb: str  # amended, replaced, added or removed
    section: str  # the section that was removed, or empty
    name: str  # Amendment No. 3
    day: datetime.date | None


@dataclass(frozen=True)
class PartView:
    """One of `text.parts`: a passage of the text as markup, and in a conformed copy where it comes from."""

    words: Markup
    notes: list[NoteView]


@dataclass(frozen=True)
class LaterView:
    """One of `text.later`: an amendment that takes effect, or of which a part does, after the day of a copy."""

    name: str
    day: datetime.date
    partly: bool


@dataclass(frozen=True)
class RefusedView:
    """One of `text.refused`: a change that was filed and names what the text does not have."""

    name: str
    change: str


@dataclass(frozen=True)
class TextView:
    """`text`: the plan's own text; of a conformed copy also what it is as of, and what is not in it."""

    parts: list[PartView]
    is_copy: bool
    as_of: datetime.date | None
    through: str
    later: list[LaterView]
    refused: list[RefusedView]


NO_TEXT = TextView([], False, None, "", [], [])


def as_paper(plan: PlanFolder, amendment: AmendmentFile) -> TextView:
    """The text as it stands after an amendment, for a paper that is the plan itself; nothing where none is kept."""
    passages = conformed_text.through(plan, amendment).passages if conformed_text.has_text(plan) else ()
    parts = [PartView(_markup(passage.block, passage.where), []) for passage in passages if passage.block]
    return replace(NO_TEXT, parts=parts)


def as_copy(plan: PlanFolder, on: datetime.date | None) -> TextView:
    """The text on a day, each passage with its notes; no day: after the last amendment."""
    text = conformed_text.on(plan, on)
    parts = [PartView(_markup(p.block, p.where), [_note(plan, note) for note in p.notes]) for p in text.passages]
    final = [amendment for amendment in plan.amendments if not amendment.facts.draft]
    due = [day for amendment in final for day in _days(amendment) if on is None or day <= on]
    last = next((a for a in reversed(final) if on is None or (a.day is not None and a.day <= on)), None)
    refused = [RefusedView(_name(by), describe.sentence(change)) for by, change in text.refused]
    as_of = on or max(due, default=None)
    return TextView(parts, True, as_of, _name(last) if last else "", list(_later(plan, final, on)), refused)


def _later(plan: PlanFolder, final: Sequence[AmendmentFile], on: datetime.date | None) -> Iterator[LaterView]:
    for amendment in final:
        days = sorted(day for day in _days(amendment) if on is not None and day > on)
        if days:
            is_whole = amendment.day is not None and on is not None and amendment.day > on
            yield LaterView(_name(amendment), amendment.day if is_whole and amendment.day else days[0], not is_whole)


def _days(amendment: AmendmentFile) -> Iterator[datetime.date]:
    """The days on which an amendment takes effect, and those of its changes that have their own."""
    if amendment.day:
        yield amendment.day
    for change in amendment.facts.changes:
        if isinstance(change.effective, datetime.date):
            yield change.effective


def _note(plan: PlanFolder, note: SourceNote) -> NoteView:
    amendment = next(a for a in plan.amendments if a.id == note.amendment)
    return NoteView(note.verb, note.section, _name(amendment), note.day)


def _name(amendment: AmendmentFile) -> str:
    """What an amendment is called in a note: by its number, else by what it is."""
    facts = amendment.facts
    unnumbered = "the restatement" if facts.entire_plan else "the first schedule" if facts.opening else "the amendment"
    return amendment_name(facts.number, amendment.form.number) if facts.number is not None else unnumbered


def _markup(block: Block | None, where: Where) -> Markup:
    """A passage as the markup that it was typed in, with its place; a removed one is nothing."""
    if block is None:
        return Markup("")
    if isinstance(block, Table):
        rows = {tag: "".join(map(_row, part)) for tag, part in (("thead", block.head), ("tbody", block.body)) if part}
        inside = "".join(f"<{tag}>{text}</{tag}>" for tag, text in rows.items())
        return _tag("table", block.role, where, inside)
    tag = "p" if isinstance(block, Paragraph) else f"h{block.level}"
    return _tag(tag, block.role, where, _inlines(block.content))


def _tag(tag: str, role: str, where: Where | None, inside: str) -> Markup:
    at = f' at="{escape(where)}"' if where else ""
    known = f' class="{escape(role)}"' if role else ""
    return Markup(f"<{tag}{at}{known}>{inside}</{tag}>")  # noqa: S704  # every text in it is escaped where it is put in


def _row(row: TableRow) -> str:
    return _tag("tr", row.role, None, "".join(map(_cell, row.cells)))


def _cell(cell: Cell) -> str:
    return _tag("th" if cell.head else "td", cell.role, None, _inlines(cell.content))


def _inlines(content: Content) -> str:
    return "".join(map(_inline, content))


def _inline(inline: Inline) -> str:
    if isinstance(inline, Break):
        return "<br/>"
    return str(escape(inline.text)) if isinstance(inline, Run) else f"<sup>{escape(inline.text)}</sup>"
