"""Drafts a paper of data alone, in memory: the tree that templates make of it, and its file in a format."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docgen.build import produce
from docgen.consolidation.fold import Draft, Past
from docgen.consolidation.plan_folder import PlanFolder
from docgen.document import render
from docgen.document.tree import Document, Mark, Table, plain
from docgen.edgar import characters
from docgen.importing import pieces
from docgen.model import validation
from docgen.model.amendment import Amendment
from docgen.model.plan import Plan, with_changes
from docgen.model.yaml_reader import Source
from docgen.problems import WriterProblem
from docgen.workspace import plan_reading
from docgen.workspace.select import Paper
from docgen.writers import WRITERS

Data = dict[str, Any]


def paper(plan: Data, amendment: Data, folders: Sequence[Path], past: Past | None = None) -> Paper:
    """The paper that a plan's data and an amendment's give; DataProblem where they cannot be."""
    sources = Source("plan.yaml", plan, {}), Source("amendment.yaml", amendment, {})
    facts, changes = validation.validate(Plan, sources[0]), validation.validate(Amendment, sources[1])
    draft = Draft("imported", changes, sources[1], with_changes(facts, changes.plan), sources[0])
    file = plan_reading.amendment_file(draft, past or Past())
    return Paper(PlanFolder("imported", facts, sources[0], (file,)), file, tuple(folders))


def tree(paper_: Paper) -> Document:
    """The tree of the paper's exhibit: the amendment, or the schedule of a kind that has none."""
    return render.document(paper_.plan, paper_.amendment, paper_.documents()[0], paper_.folders)


def file(paper_: Paper, document: Document, suffix: str) -> tuple[bytes, str]:
    """The tree of the paper's exhibit as a file of a format; as HTML where that has no room or sign for it."""
    layout = produce.layout(paper_)
    try:
        return WRITERS[suffix](document, layout), suffix
    except WriterProblem:
        return WRITERS["htm"](document, layout), "htm"


def words(document: Document) -> list[str]:
    """The words of a tree, its marks as plain text has them."""
    parts = (
        "".join(
            characters.unmarked(inline.text) if isinstance(inline, Mark) else plain((inline,)) for inline in content
        )
        for content in document.contents()
    )
    return pieces.words(" ".join(parts))


def paragraphs(document: Document) -> list[tuple[str, str]]:
    """Each block of words with its role, in order."""
    blocks = [block for block in document.blocks if not isinstance(block, Table)]
    return [(block.role, " ".join(plain(block.content).split())) for block in blocks]
