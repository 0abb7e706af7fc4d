"""A conformed copy: the plan's own text and schedules as they stand on a day, each changed passage with its source."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from docgen.build import produce
from docgen.consolidation.plan_folder import AmendmentFile, PlanFolder
from docgen.document import conformed_text, render, text_context
from docgen.document.layout import Layout
from docgen.document.tree import Block, Document, Table, plain
from docgen.model.amendment import Amendment
from docgen.problems import Problem, UsageProblem, Where
from docgen.workspace.select import ENTIRE, refuse_restated

NAME = "conformed"


def document(plan: PlanFolder, on: datetime.date | None, folders: Sequence[Path]) -> Document:
    """The copy as a document for the usual writers; UsageProblem where no text is kept, or another plan stands in its
    place on the day. `folders` are those of the templates that it is worded by."""
    _refuse(plan, on)
    last = plan.in_force(on)
    schedules = plan.schedules_on(on)
    start = AmendmentFile("", Amendment(), plan.source, (), plan=plan.facts)
    amendment = replace(last or start, schedules=schedules, after=schedules)
    every = tuple(amendment if item is last else item for item in plan.amendments) if last else (amendment,)
    text = text_context.as_copy(plan, on)
    return render.document(replace(plan, amendments=every), amendment, ENTIRE, folders, text)


def _refuse(plan: PlanFolder, on: datetime.date | None) -> None:
    """UsageProblem where no text is kept, or another plan stands in its place."""
    if not conformed_text.has_text(plan):
        where, remedy = Where(f"schedules/{plan.id}/text/"), "type or paste the plan's text there: docs/conform.md"
        raise UsageProblem([Problem(where, "not found: the plan's text is not kept", remedy)])
    refuse_restated(plan, on)


def as_json(plan: PlanFolder, on: datetime.date | None) -> str:
    """`{"plan", "on", "through", "later", "passages"}`, as docs/commands.md has it.

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
    content = {"plan": plan.id, "on": day, "through": copy.through, "later": later, "passages": passages}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _words(block: Block) -> str:
    if isinstance(block, Table):
        return "\n".join(" | ".join(plain(cell.content) for cell in row.cells) for row in block.rows)
    return plain(block.content)


def files(tree: Document, name: str, formats: Sequence[str], layout: Layout) -> Mapping[str, bytes]:
    """The copy in each format, read back, by the files' names."""
    return {f"{name}.{suffix}": produce.proved(tree, suffix, layout) for suffix in formats}


def stem(on: datetime.date | None) -> str:
    """What its files are called: by their day, where one was named."""
    return f"{NAME}-{on}" if on else NAME
