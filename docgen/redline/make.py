"""The walk of a redline: what it is against, one marked tree, files that are proved to hold both documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from docgen import readers, writers
from docgen.build import produce
from docgen.consolidation import compare
from docgen.document.layout import Layout
from docgen.document.tree import REMOVED, Block, Document, Table
from docgen.model.schedule import Schedule
from docgen.problems import Problem, Where, WriterProblem
from docgen.readers import redline as proof
from docgen.redline import accept_reject, align, baseline, merge, summary
from docgen.redline.align import FormerPlaces
from docgen.redline.baseline import Baseline
from docgen.workspace.select import Paper

FORMATS = ("docx", "pdf", "htm", "txt")


@dataclass(frozen=True)
class Redline:
    """One document against another: both, the marked one, and the summary that stands at its top on paper."""

    name: str  # schedule-redline-002
    old: Document
    new: Document
    marked: Document
    summary: tuple[Block, ...]

    @property
    def on_paper(self) -> tuple[Document, Document, Document]:
        """The old, the new and the marked document with the summary on top."""
        old, new, marked = (replace(d, blocks=self.summary + d.blocks) for d in (self.old, self.new, self.marked))
        return old, new, marked


def redline(paper: Paper, document: str, old: Baseline) -> Redline:
    """The redline of one of the paper's documents; WriterProblem when it would not hold both."""
    new, before = (replace(side, draft_mark="") for side in (produce.document(paper, document), old.document))
    schedules = paper.amendment.schedules
    origins = align.former_places(old.schedules, schedules, old.pairs) if old.schedules else _by_name(paper, before)
    marked = merge.marked(before, new, origins)
    accept_reject.refuse_departures(marked, before, new)
    title = f"{document.capitalize()} of {paper.name} against {old.name}"
    listed = list(_sentences(schedules, old) if old.schedules else _rows(marked))
    slug = Path(old.name).name.replace(".", "-")
    name = f"{document}-redline-{slug}"  # with .htm it has at most the 32 letters of EDGAR, for an id of up to ten
    return Redline(name, before, new, marked, summary.blocks(title, listed, marked))


def _by_name(paper: Paper, old: Document) -> FormerPlaces:
    """For a file alone: a row that the file has under its present name is that row, else the one that it comes from."""
    new = paper.amendment
    before = [schedule for schedule in new.before if schedule.name in [touched.name for touched in new.schedules]]
    places = align.places(old.blocks)
    origins = align.former_places(before, new.schedules, baseline.pairs_of(before, new.schedules))
    return {
        place: place_before for place, place_before in origins.items() if place not in places and place_before in places
    }


def _sentences(schedules: Sequence[Schedule], old: Baseline) -> Iterator[str]:
    """A sentence for each change of each schedule."""
    before = {schedule.name: schedule for schedule in old.schedules}
    for schedule in schedules:
        if schedule.name not in before:
            yield f"{schedule.name} is new"
            continue
        listed = old.steps.get(schedule.name, ())
        start = listed[-1].after if listed else replace(before[schedule.name], form=schedule.form)
        yield from map(summary.sentence, (*listed, *compare.steps(start, schedule)))


def _rows(marked: Document) -> Iterator[str]:
    """What the rows tell, where there is only a file and no list of changes."""
    verbs = {"inserted": "is added", "deleted": "is removed", "moved in": "moves", "": "differs"}
    for block in marked.blocks:
        for row in block.body if isinstance(block, Table) else ():
            differs = row.redline or any(inline.redline for cell in row.cells for inline in cell.content)
            if differs and row.redline != "moved out":
                inlines = [inline for inline in row.cells[0].content if row.redline or inline.redline not in REMOVED]
                yield f"{align.name(replace(row.cells[0], content=tuple(inlines)))} {verbs[row.redline]}"


def files(marked_up: Redline, formats: Sequence[str], layout: Layout, reviser: tuple[str, str]) -> Mapping[str, bytes]:
    """The redline in each format, read back both ways; WriterProblem with every fault."""
    data_by_file: dict[str, bytes] = {}
    problems: list[Problem] = []
    for suffix in formats:
        file = f"{marked_up.name}.{suffix}"
        try:
            data_by_file[file] = _proved(marked_up, suffix, layout, reviser)
        except WriterProblem as error:
            problems += [p if p.where.file else replace(p, where=Where(file)) for p in error.problems]
    if problems:
        raise WriterProblem(problems)
    return data_by_file


def _proved(marked_up: Redline, suffix: str, layout: Layout, reviser: tuple[str, str]) -> bytes:
    old, new, marked = (
        marked_up.on_paper if suffix in ("pdf", "htm") else (marked_up.old, marked_up.new, marked_up.marked)
    )
    if suffix == "docx":
        from docgen.writers import docx

        data = docx.write(marked, layout, docx.Reviser(*reviser))
    else:
        data = writers.WRITERS[suffix](accept_reject.with_tags(marked) if suffix == "txt" else marked, layout)
    difference = proof.difference(old, new, suffix, data)
    if not difference and suffix == "pdf":
        difference = readers.difference(marked, suffix, data)
    if difference:
        text = readers.sentence(difference)
        raise WriterProblem([Problem(Where(), text, "the file was not saved; this is a fault of docgen's writer")])
    return data
