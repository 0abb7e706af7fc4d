"""The walk of a redline: what it is against, one marked tree, files that are proved to hold both documents."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from docgen import readers, writers
from docgen.consolidation import compare, describe
from docgen.document import tree
from docgen.document.layout import Layout
from docgen.document.tree import REMOVED, Block, Document, Reviser, Table
from docgen.files import fingerprint
from docgen.model.schedule import Schedule
from docgen.problems import Problem, Where, WriterProblem
from docgen.readers import redline as proof
from docgen.redline import accept_reject, align, baseline, comeback, edits, fit, likeness, merge, revisers, summary
from docgen.redline.accept_reject import ACCEPTED, REJECTED
from docgen.redline.align import FormerPlaces
from docgen.redline.baseline import End
from docgen.redline.data_lines import DataLine
from docgen.redline.edits import Edit
from docgen.redline.summary import SummarySection
from docgen.workspace.select import ENTIRE, Paper

FORMATS = ("docx", "pdf", "htm", "txt")
REVISION = ("id", "kind", "of", "words", "author", "date")  # what is said of a revision
PROOF = ".proof.json"  # what the name of the file ends in that says what was proved
PROVED = (
    {"accepting_gives": "the new words: proved", "rejecting_gives": "the old words: proved"},
    {"accepting_gives": "the new words: proved", "rejecting_gives": "not proved: text holds the new words alone"},
)
MOST_LETTERS = 28  # of 32, without `.htm` (EDGAR's rule D1)
AUTHOR = "docgen"  # whose changes they are in Word, unless a person says
NO_DAY = datetime.date(1980, 1, 1)  # which stands for none: the first that a zip can say, as in docgen's Word files


@dataclass(frozen=True)
class Redline:
    """One document against another: both ends, the marked one, and the summary that stands at its top on paper."""

    name: str  # schedule-redline-002
    old: Document
    new: Document
    marked: Document
    summary: tuple[Block, ...]
    ends: tuple[End, ...] = ()
    sections: tuple[SummarySection, ...] = ()  # what a returned file holds besides its words
    origins: tuple[DataLine, ...] = ()  # where each difference of a returned file comes from
    in_word: Document | None = None  # the marked one with who made each change, where others did

    @property
    def on_paper(self) -> tuple[Document, Document, Document]:
        """The old, the new and the marked document with the summary on top."""
        old, new, marked = (replace(d, blocks=self.summary + d.blocks) for d in (self.old, self.new, self.marked))
        return old, new, marked


def redline(paper: Paper, document: str, other: End, reverse: bool = False) -> Redline:
    """The redline of one of the paper's documents; WriterProblem when it would not hold both.

    It leads from the other end to the paper; but from the paper to a file that came back, so that what somebody added
    there is inserted and what they struck deleted. `reverse` turns either around.
    """
    ours = replace(baseline.end(paper, document), is_returned=False)
    if other.is_returned:
        fit.refuse_another(other.source, other.document, ours.document)
    if other.returned:
        other = replace(other, document=fit.fitted(other.document, ours.document))
    old, new = (other, ours) if other.is_returned == reverse else (ours, other)
    before, after = (replace(end.document, draft_mark="") for end in (old, new))
    after = replace(after, language=ours.document.language, authors=ours.document.authors, twins=ours.document.twins)
    marked = merge.marked(before, after, _origins(paper, old, new))
    accept_reject.refuse_departures(marked, before, after)
    day = paper.amendment.day
    texts = [describe.sentence(change) for change in paper.amendment.facts.text_changes] if document == ENTIRE else []
    listed = [*texts, *(_sentences(old, new, day) if old.schedules and new.schedules else _rows(marked))]
    title = f"{document.capitalize()}: {new.title} against {old.title}"
    slug = Path(other.name).name.replace(".", "-")
    name = f"{document}-redline-{slug}{'-reversed' if reverse else ''}"
    name = name if other.is_returned else _file_name(name)  # what came back is for the desk, and never filed
    rejected, accepted = (accept_reject.without(marked, marks) for marks in (REJECTED, ACCEPTED))
    draft_mark = paper.amendment.form.draft_mark
    returned = other.rejected.document if other.rejected else None
    sections = tuple(comeback.sections(other, _differences(paper, ours, returned), draft_mark))
    blocks = summary.blocks(title, listed, marked, sections)
    differences = [*edits.edits(marked)] if new is other else _differences(paper, ours, other.document)
    origins = comeback.origins(paper, document, ours, differences) if other.is_returned else ()
    in_word = _signed(marked, other) if new is other else None
    return Redline(name, rejected, accepted, marked, blocks, (old, new), sections, tuple(origins), in_word)


def _signed(marked: Document, other: End) -> Document | None:
    """The redline with whose changes those are that others tracked; None where nobody did, or they are taken away."""
    if other.returned is None or other.rejected is None or not other.acceptance.accepted:
        return None
    ours = other.acceptance.author
    return revisers.signed(marked, other.returned.lines_but_of(ours), other.rejected.lines_but_of(ours))


def between(name: str, old: End, new: End, sentences: Sequence[str]) -> Redline:
    """The redline of two documents that the data gives, such as a plan on two days, under a name of its own.

    `sentences` say what else changes than rows of the schedules. WriterProblem when it would not hold both.
    """
    before, after = (replace(end.document, draft_mark="") for end in (old, new))
    pairs = baseline.pairs_of(old.schedules, new.schedules)
    marked = merge.marked(before, after, align.former_places(old.schedules, new.schedules, pairs))
    accept_reject.refuse_departures(marked, before, after)
    listed = [*sentences, *_sentences(old, new, None)]
    title = f"{new.title[:1].upper()}{new.title[1:]} against {old.title}"
    blocks = summary.blocks(title, listed, marked, ())
    rejected, accepted = (accept_reject.without(marked, marks) for marks in (REJECTED, ACCEPTED))
    return Redline(name, rejected, accepted, marked, blocks, (old, new))


def _differences(paper: Paper, ours: End, returned: Document | None) -> list[Edit]:
    """How a returned document differs from ours, one by one; nothing where there is none."""
    if returned is None:
        return []
    document, origins = beside(paper, ours, returned)
    return [*edits.edits(merge.marked(ours.document, document, origins))]


def beside(paper: Paper, ours: End, returned: Document) -> tuple[Document, FormerPlaces]:
    """A returned document built as ours is, and where each of its groups and rows stands in ours."""
    document = fit.fitted(returned, ours.document)
    return document, _origins(paper, ours, replace(ours, schedules=(), document=document))


def differences(paper: Paper, document: str, returned: Document) -> list[DataLine]:
    """How a returned document differs from the paper's, each difference with the line that it comes from."""
    ours = baseline.end(paper, document)
    return [*comeback.origins(paper, document, ours, _differences(paper, ours, returned))]


def _file_name(name: str) -> str:
    """A name that has no more letters than EDGAR takes with `.htm`; one that has ends in six of its hash instead."""
    return name if len(name) <= MOST_LETTERS else f"{name[: MOST_LETTERS - 7]}-{fingerprint.digest(name)[:6]}"


def day(paper: Paper) -> datetime.date:
    """The day that Word shows for the changes: the amendment's effective day, else its date, else that of none."""
    return paper.amendment.day or NO_DAY


def _origins(paper: Paper, old: End, new: End) -> FormerPlaces:
    """Where each row of the new end stood in the old one."""
    if old.schedules and new.schedules:
        return align.former_places(old.schedules, new.schedules, baseline.pairs_of(old.schedules, new.schedules))
    ours, theirs = (old, new) if old.schedules else (new, old)
    places = _by_name(paper, ours.schedules, theirs.document)
    if ours is old:
        places = {before: place for place, before in places.items() if before}
    return likeness.with_renamed(old.document.blocks, new.document.blocks, places)


def _by_name(paper: Paper, schedules: Sequence[Schedule], theirs: Document) -> FormerPlaces:
    """For a file alone: a row that the file has under its present name is that row, else the one that it comes from."""
    before = [schedule for schedule in paper.amendment.before if schedule.name in [new.name for new in schedules]]
    places = align.places(theirs.blocks)
    origins = align.former_places(before, schedules, baseline.pairs_of(before, schedules))
    return {
        place: place_before for place, place_before in origins.items() if place not in places and place_before in places
    }


def _sentences(old: End, new: End, day: datetime.date | None) -> Iterator[str]:
    """A sentence for each change of each schedule; its day, where that is not the amendment's; which of several."""
    before = {schedule.name: schedule for schedule in old.schedules}
    for schedule in new.schedules:
        if schedule.name not in before:
            yield f"{schedule.name} is new"
            continue
        listed = old.steps.get(schedule.name, ())
        start = listed[-1].after if listed else replace(before[schedule.name], form=schedule.form)
        of = f" ({schedule.name})" if len(new.schedules) > 1 else ""
        yield from (summary.sentence(step, day) + of for step in (*listed, *compare.steps(start, schedule)))


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


def with_proof(
    marked_up: Redline, formats: Sequence[str], layout: Layout, reviser: tuple[str, str], earlier: Mapping[str, str]
) -> Mapping[str, bytes]:
    """The same files, and what was proved of them as JSON: both ends with their hashes, each revision, each file.

    `earlier` has the hashes of files that were made from the same before, and stay, by their paths.
    """
    from docgen.writers import docx

    data_by_file = files(marked_up, formats, layout, reviser)
    digests = {Path(path).name: digest for path, digest in earlier.items()}
    digests |= {name: fingerprint.digest(data) for name, data in data_by_file.items()}
    word = docx.write(marked_up.in_word or marked_up.marked, layout, Reviser(*reviser))
    content = {
        "ends": _ends(marked_up),
        "revisions": [dict(zip(REVISION, revision, strict=True)) for revision in proof.revisions(word)],
        "files": [
            {"file": name, "sha256": digest, **PROVED[name.endswith(".txt")]}
            for name, digest in digests.items()
            if not name.endswith(PROOF)
        ],
    }
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    return {**data_by_file, f"{marked_up.name}{PROOF}": text.encode("utf-8", "surrogatepass")}


def _ends(marked_up: Redline) -> list[dict[str, str]]:
    """Both ends by their names, the hash of the file that each comes from, and that of its words."""
    documents = (marked_up.old, marked_up.new)
    return [
        {
            "end": side,
            "name": end.title,
            "source": end.source,
            "sha256": end.sha256,
            "sha256_of_words": fingerprint.digest(tree.outline(document)),
        }
        for side, end, document in zip(("old", "new"), marked_up.ends, documents, strict=True)
    ]


def _proved(marked_up: Redline, suffix: str, layout: Layout, reviser: tuple[str, str]) -> bytes:
    old, new, marked = (
        marked_up.on_paper if suffix in ("pdf", "htm") else (marked_up.old, marked_up.new, marked_up.marked)
    )
    if suffix == "docx":
        from docgen.writers import docx

        data = docx.write(marked_up.in_word or marked, layout, Reviser(*reviser))
    else:
        data = writers.WRITERS[suffix](accept_reject.with_tags(marked) if suffix == "txt" else marked, layout)
    difference = proof.difference(old, new, suffix, data)
    if not difference and suffix == "pdf":
        difference = readers.difference(marked, suffix, data)
    if difference:
        text = readers.sentence(difference)
        raise WriterProblem([Problem(Where(), text, "the file was not saved; this is a fault of docgen's writer")])
    return data
