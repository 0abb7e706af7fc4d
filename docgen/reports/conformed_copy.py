"""A conformed copy: the plan's own text and schedules as they stand on a day, each changed passage with its source."""

from __future__ import annotations

import datetime
import json
import textwrap
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

from docgen.consolidation.plan_folder import AmendmentFile, PlanFolder
from docgen.document import conformed_text, render, text_context
from docgen.document.plan_text import TextPassage
from docgen.document.text_context import TextView
from docgen.document.tree import Block, Document, Table, plain
from docgen.model import english
from docgen.model.amendment import Amendment
from docgen.problems import Problem, UsageProblem, Where, count
from docgen.reports import schedule_in_force
from docgen.reports.listing import Listing, ListRow, ListTable
from docgen.reports.moment_names import title_of
from docgen.workspace.select import ENTIRE, refuse_restated

NAME = "conformed"
WIDEST_PLACE = 40  # characters of a passage's first words, where it stands in no section


def document(plan: PlanFolder, on: datetime.date | None, folders: Sequence[Path]) -> Document:
    """The copy as a document for the usual writers; UsageProblem where no text is kept, or another plan stands in its
    place on the day. `folders` are those of the templates that it is worded by."""
    _refuse(plan, on)
    last = plan.in_force(on)
    schedules = plan.schedules_on(on)
    start = AmendmentFile("", Amendment(), plan.source, (), plan=plan.facts)
    amendment = replace(last or start, schedules=schedules, after=schedules)
    text = text_context.as_copy(plan, on)
    return render.document(plan.with_amendment(amendment), amendment, ENTIRE, folders, text)


def _refuse(plan: PlanFolder, on: datetime.date | None) -> None:
    """UsageProblem where no text is kept, or another plan stands in its place."""
    if not conformed_text.has_text(plan):
        where, remedy = Where(f"schedules/{plan.id}/text/"), "type or paste the plan's text there: docs/conform.md"
        raise UsageProblem([Problem(where, "not found: the plan's text is not kept", remedy)])
    refuse_restated(plan, on)


def as_json(plan: PlanFolder, on: datetime.date | None) -> str:
    """`{"plan", "on", "through", "later", "refused", "passages", "schedules"}`, as docs/commands.md has it.

    The words of a section that was removed are null.
    """
    _refuse(plan, on)
    copy, text = text_context.as_copy(plan, on), conformed_text.on(plan, on)
    passages = [
        {
            "sections": [*passage.sections, *(note.section for note in passage.notes if note.section)],
            "words": _words(passage.block) if passage.block else None,
            "sources": [
                {"verb": note.verb, "amendment": note.amendment, "on": str(note.day) if note.day else None}
                for note in passage.notes
            ],
        }
        for passage in text.passages
    ]
    later = [{"name": one.name, "on": str(one.day), "partly": one.partly} for one in copy.later]
    day = str(copy.as_of) if copy.as_of else None
    last = plan.in_force(on)
    content = {
        "plan": plan.id,
        "on": day,
        "through": copy.through,
        "later": later,
        "refused": [asdict(refused) for refused in copy.refused],
        "passages": passages,
        "schedules": schedule_in_force.as_data(plan, last, on, plan.schedules_on(on)) if last else [],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def listing(plan: PlanFolder, on: datetime.date | None) -> Listing:
    """What a copy is as of, and each passage that was changed: how, by which amendment, effective when."""
    _refuse(plan, on)
    copy, passages = text_context.as_copy(plan, on), conformed_text.on(plan, on).passages
    rows = tuple(
        ListRow((_place(passage, note.section), note.verb, note.name, str(note.day or "")))
        for passage, part in zip(passages, copy.parts, strict=True)
        for note in part.notes
    )
    table = ListTable("", ("Where", "What", "By", "Effective"), rows)
    refused = (
        f"Not applied, since the text has no such words or section: {r.name}, by which {r.change}."
        for r in copy.refused
    )
    changed = sum(1 for part in copy.parts if part.notes)
    closing = (*refused, f"{changed} of {count(len(passages), 'passage')} changed.")
    return Listing(title_of(plan.facts_on(on)), (_banner(copy),), (table,) if rows else (), closing)


def _place(passage: TextPassage, removed: str) -> str:
    """The section that a passage stands in, else how it begins."""
    name = removed or (passage.sections[-1] if passage.sections else "")
    return name or textwrap.shorten(_words(passage.block) if passage.block else "", WIDEST_PLACE, placeholder=" ...")


def _banner(copy: TextView) -> str:
    """`As of November 20, 2003, through Amendment No. 3; later: none.`"""
    parts = [f"As of {english.day(copy.as_of)}" if copy.as_of else "As it first stands"]
    parts += [f"through {copy.through}"] if copy.through else []
    later = [f"{one.name}{' in part' if one.partly else ''}, effective {english.day(one.day)}" for one in copy.later]
    return f"{', '.join(parts)}; later: {'; '.join(later) or 'none'}."


def _words(block: Block) -> str:
    if isinstance(block, Table):
        return "\n".join(" | ".join(plain(cell.content) for cell in row.cells) for row in block.rows)
    return plain(block.content)


def stem(on: datetime.date | None) -> str:
    """What its files are called: by their day, where one was named."""
    return f"{NAME}-{on}" if on else NAME
