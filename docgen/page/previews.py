"""An amendment as it would be made of a text that is not saved yet: its problems, or its HTML and what it changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from docgen import writers
from docgen.build import produce
from docgen.consolidation import describe
from docgen.consolidation.plan_folder import AmendmentFile
from docgen.page import live_workspace
from docgen.page.live_workspace import Snapshot
from docgen.page.preview import Preview
from docgen.problems import DocgenError, Problem, errors, in_order
from docgen.workspace import plan_reading
from docgen.workspace.select import Paper

SUFFIX = "htm"
ONLY_LINKS = "allow-same-origin allow-top-navigation-by-user-activation allow-popups allow-popups-to-escape-sandbox"


def of_text(snapshot: Snapshot, plan_id: str, file: str, data: bytes) -> Preview:
    """The preview of an amendment's text, which takes its file's place in the plan."""
    before = snapshot.results.get(plan_id)
    if before is None or snapshot.workspace is None:
        return Preview({}, (), snapshot.problems)
    result = plan_reading.with_text(before, file, data)
    problems = tuple(problem for problem in result.problems if problem.where.file == file)
    name = Path(file).stem
    amendments = result.plan.amendments if result.plan else ()
    amendment = next((entry for entry in amendments if entry.id == name), None)
    if result.plan is None or amendment is None or errors(problems):
        return Preview({}, (), in_order(problems or result.problems))
    preview = of_paper(Paper(result.plan, amendment, snapshot.workspace.templates))
    return replace(preview, problems=in_order(dict.fromkeys((*problems, *preview.problems))))


def of_rules(snapshot: Snapshot, file: str, data: bytes) -> tuple[Problem, ...]:
    """What the rules say of an amendment's text, and what would not hold any more in other files."""
    after = live_workspace.with_text(snapshot, file, data).problems
    return tuple(p for p in after if (p.check if p.where.file == file else p not in snapshot.problems))


def with_rules(preview: Preview, snapshot: Snapshot, file: str, data: bytes) -> Preview:
    """The preview of a text, and what the rules say of it."""
    every = dict.fromkeys((*preview.problems, *of_rules(snapshot, file, data)))
    return replace(preview, problems=in_order(every))


def of_paper(paper: Paper) -> Preview:
    """The preview of a paper: its first document, which has the schedule in it, and what EDGAR's rules find there."""
    sentences = tuple(changes(paper.amendment))
    try:
        settings = produce.layout(paper)
        first = produce.named_documents(paper)[0]
        files = {first: writers.WRITERS[SUFFIX](produce.document(paper, first), settings)}
    except DocgenError as error:
        return Preview({}, sentences, error.problems)
    problems = produce.held(paper, {f"{name}.{SUFFIX}": data for name, data in files.items()})
    return Preview({} if errors(problems) else files, sentences, in_order(problems), paper)


def changes(amendment: AmendmentFile) -> list[str]:
    """What an amendment changes, a sentence a change."""
    columns = {key: column for schedule in amendment.after for key, column in schedule.columns}
    return [describe.sentence(change, columns) for change in (*amendment.facts.changes, *amendment.facts.restate)]
