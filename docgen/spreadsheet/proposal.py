"""What a returned document would have us type: texts of the data in place of others, changes of the schedule, and what
what differs then: our document is made of the new data, and held against theirs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from docgen.build import produce
from docgen.consolidation import lineage
from docgen.consolidation.fold import Draft
from docgen.document.tree import Document, plain
from docgen.drafting import edit, restated_rows
from docgen.model import validation, yaml_reader, yaml_writer
from docgen.model.amendment import Amendment, Restate
from docgen.model.changes import Change
from docgen.model.plan import Plan, with_changes
from docgen.model.schedule import Schedule
from docgen.model.yaml_reader import KeyPath, Source
from docgen.problems import DataProblem, DocgenError, Problem, UsageProblem, Where, did_you_mean
from docgen.redline import align, baseline, fit, make
from docgen.redline.baseline import End
from docgen.redline.data_lines import DataLine
from docgen.spreadsheet import document_table, to_changes
from docgen.spreadsheet.document_table import TwoDocuments
from docgen.spreadsheet.renames import Doubt
from docgen.spreadsheet.table import Sheet
from docgen.spreadsheet.to_changes import Answers
from docgen.workspace.load import Workspace
from docgen.workspace.plan_reading import amendment_file, plan_after
from docgen.workspace.select import Paper, papers_of

Step = Change | Restate


@dataclass(frozen=True)
class ReturnedPaper:
    """A returned file, which paper and which document of it that is, and our files of data that may be changed for it:
    their texts by their paths."""

    file: str
    paper: Paper
    document: str
    returned: Document
    texts: Mapping[str, str]

    def differences(self) -> list[DataLine]:
        """How it differs from ours, each difference with the line that it comes from."""
        return make.differences(self.paper, self.document, self.returned)

    def with_text(self, file: str, text: str) -> ReturnedPaper:
        """The same after a file of data has another text; DataProblem where that cannot be."""
        texts = {**self.texts, file: text}
        return replace(self, texts=texts, paper=_revised(self.paper, texts))


@dataclass(frozen=True)
class Proposal:
    """What to type: `lines` with the texts of the data that take the place of others, `steps` that change schedules.

    `rest` is what differs then, `later` the steps for the next amendment, `texts` the files as they would be. `doubts`
    are names of which only a person can say what they are, `problems` what cannot be a value of a schedule.
    """

    lines: tuple[DataLine, ...]
    steps: tuple[Step, ...]
    later: tuple[Step, ...]
    rest: tuple[DataLine, ...]
    texts: Mapping[str, str]
    doubts: tuple[Doubt, ...] = ()
    problems: tuple[Problem, ...] = ()


def returned_paper(workspace: Workspace, name: str, end: End) -> ReturnedPaper:
    """A returned file as the paper that is named, `plan` or `plan/amendment`, the newest of a plan without it.

    UsageProblem for a plan or an amendment that is not there.
    """
    plan, _, number = name.removeprefix("schedules/").strip("/").partition("/")
    source = next((source for source in workspace.plans if source.id == plan), None)
    if source is None:
        remedy = did_you_mean(plan, [source.id for source in workspace.plans])
        raise UsageProblem([Problem(Where("--plan"), f'plan "{plan}" not found', remedy)])
    every = papers_of(workspace, source)
    papers = [paper for paper in every if number in ("", paper.amendment.id)]
    if not papers:
        remedy = did_you_mean(number, [amendment.id for amendment in source.amendments])
        raise UsageProblem([Problem(Where("--plan"), f'{plan} has no amendment "{number}"', remedy)])
    paper = papers[-1]
    sealed = any(item.seal for item in every)
    files = [] if paper.seal else [paper.amendment.source, *([] if sealed else [source.source])]
    texts = {file.file: file.text for file in files}
    document = document_of(paper, end.document)
    fit.refuse_another(end.source, end.document, produce.document(paper, document))
    return ReturnedPaper(end.source, paper, document, end.document, texts)


def document_of(paper: Paper, returned: Document) -> str:
    """Which document of a paper a returned one is: the one of which it says most."""

    def shared(name: str) -> int:
        ours = {plain(content) for content in produce.document(paper, name).contents()}
        return 2 * len(ours & {plain(content) for content in returned.contents()}) - len(ours)

    return max(paper.documents(), key=shared)


def proposal(item: ReturnedPaper, answers: Answers) -> Proposal:
    """What a returned document would have us type."""
    differences = item.differences()
    lines = [line for line in differences if line.typing and line.where.file in item.texts]
    lines += _renamed(item, differences, answers)
    own = item.paper.amendment.source.file in item.texts
    steps: tuple[Step, ...] = ()
    try:
        revised = _with_lines(item, lines)
        steps, doubts = _steps(revised, answers)
        if doubts:
            return Proposal(_once(lines), (), (), (), {}, doubts)
        revised, later = _with_steps(revised, steps) if own else (revised, steps)
    except DocgenError as error:
        return Proposal(_once(lines), steps, (), (), {}, (), error.problems)
    rest = [
        _as_said(line, lines, item, answers) for line in revised.differences() if not (later and line.edit.row >= 0)
    ]
    texts = {file: text for file, text in revised.texts.items() if text != item.texts[file]}
    return Proposal(_once(lines), steps, later, tuple(rest), texts)


def _as_said(line: DataLine, lines: Sequence[DataLine], item: ReturnedPaper, answers: Answers) -> DataLine:
    """A difference that stays, without the remedies that have been taken: their file says both."""
    names = lineage.names(item.paper.amendment.schedules)
    is_open = line.typed in names and answers.renamed.get(line.typed) != line.variant
    is_typed = any((line.where.file, line.path) == (typed.where.file, typed.path) for typed in lines)
    return replace(line, is_name=line.is_name and is_open, typing="" if is_typed else line.typing)


def _renamed(item: ReturnedPaper, differences: Sequence[DataLine], answers: Answers) -> Iterator[DataLine]:
    """The texts of the amendment that bring a name in which a person has renamed, where their schedule keeps it."""
    source = item.paper.amendment.source
    before = lineage.names(item.paper.amendment.before)
    for line in differences:
        if line.variant and answers.renamed.get(line.typed) == line.variant and line.typed not in before:
            for path, leaf in source.texts() if source.file in item.texts else ():
                if leaf == line.typed:
                    yield replace(line, where=source.where(*path), path=path, typing=line.variant)


def _once(lines: Sequence[DataLine]) -> tuple[DataLine, ...]:
    """Each text of the data once, with the first difference that is in it."""
    by_text: dict[object, DataLine] = {}
    for line in lines:
        by_text.setdefault((line.where, line.path, line.typing), line)
    return tuple(by_text.values())


def _with_lines(item: ReturnedPaper, lines: Sequence[DataLine]) -> ReturnedPaper:
    """The paper with texts of its data in place of others, the first where two are for one; a name is typed everywhere
    in its file, unless several rows have it."""
    texts = dict(item.texts)
    rows = Counter(row.name for schedule in item.paper.amendment.schedules for _, row, _ in schedule.lines())
    typing: dict[tuple[str, KeyPath], str] = {}
    for line in lines:
        for path, leaf in _source(item, line.where.file).leaves():
            if path == line.path or (line.edit.cell == 0 and leaf == line.typed and rows[leaf] <= 1):
                typing.setdefault((line.where.file, path), line.typing)
    for (file, path), text in typing.items():
        texts[file] = edit.with_value(file, texts[file].encode(), path, text).decode()
    return replace(item, texts=texts, paper=_revised(item.paper, texts)) if typing else item


def _source(item: ReturnedPaper, file: str) -> Source:
    return next(source for source in (item.paper.amendment.source, item.paper.plan.source) if source.file == file)


def _revised(paper: Paper, texts: Mapping[str, str]) -> Paper:
    """A paper of which the plan or the amendment has another text."""
    sources = [
        yaml_reader.parse(source.file, texts[source.file].encode()) if source.file in texts else source
        for source in (paper.plan.source, paper.amendment.source)
    ]
    facts, amendment = validation.validate(Plan, sources[0]), validation.validate(Amendment, sources[1])
    base = facts
    at = paper.plan.amendments.index(paper.amendment)
    for earlier in (before for before in paper.plan.amendments[:at] if not before.facts.draft):
        base = plan_after(base, earlier.facts, earlier.applied)
    draft = Draft(paper.amendment.id, amendment, sources[1], with_changes(base, amendment.plan), sources[0])
    revised = amendment_file(draft, paper.amendment.past)
    plan = replace(paper.plan.with_amendment(revised), facts=facts, source=sources[0])
    return replace(paper, plan=plan, amendment=revised)


def _steps(item: ReturnedPaper, answers: Answers) -> tuple[tuple[Step, ...], tuple[Doubt, ...]]:
    """The changes that lead from our schedules to theirs, and names in doubt; DataProblem for what cannot be a value.

    A schedule that cannot be told from our own document by its table stays as it is.
    """
    ours = baseline.end(item.paper, item.document)
    document, origins = make.beside(item.paper, ours, item.returned)
    schedules = [schedule for schedule in item.paper.amendment.schedules if not schedule.form.under]
    same = TwoDocuments(ours.document.blocks, ours.document.blocks, {})
    readable = [_is_readable(sheet, schedule) for sheet, schedule in _sheets(item, same, schedules)]
    documents = TwoDocuments(ours.document.blocks, document.blocks, origins)
    pairs = [pair for pair, fits in zip(_sheets(item, documents, schedules), readable, strict=True) if fits]
    sheets = [_as_renamed(sheet, item.returned, answers) for sheet, _ in pairs]
    edited = to_changes.edited(sheets, [schedule for _, schedule in pairs], answers)
    return to_changes.steps(edited, item.paper.amendment.after), tuple(
        doubt for result in edited for doubt in result.doubts
    )


def _as_renamed(sheet: Sheet, returned: Document, answers: Answers) -> Sheet:
    """A table of theirs with the names in it that a person has renamed, where only other words of theirs have them."""
    words = align.spaced(" ".join(plain(content) for content in returned.contents()))
    texts = {cell.text for row in sheet for cell in row}
    renamed = {old: new for old, new in answers.renamed.items() if new not in texts and new in words}
    return tuple(tuple(replace(cell, text=renamed.get(cell.text, cell.text)) for cell in row) for row in sheet)


def _sheets(
    item: ReturnedPaper, documents: TwoDocuments, schedules: Sequence[Schedule]
) -> list[tuple[Sheet, Schedule]]:
    return list(zip(document_table.sheets(item.file, documents, schedules), schedules, strict=True))


def _is_readable(sheet: Sheet, schedule: Schedule) -> bool:
    """Whether a table of our own document says our schedule."""
    try:
        (same,) = to_changes.edited([sheet], [schedule], Answers({}))
    except DataProblem:
        return False
    return not (same.steps or same.doubts)


def _with_steps(item: ReturnedPaper, steps: Sequence[Step]) -> tuple[ReturnedPaper, tuple[Step, ...]]:
    """The paper with the changes in it, and those that it cannot take.

    Where it lists changes they come behind those; where it restates the whole schedule its rows are typed anew.
    """
    file = item.paper.amendment.source.file
    if not item.paper.amendment.facts.restate:
        raw = item.texts[file].encode()
        listed = [step for step in steps if isinstance(step, Change)]
        for step in listed:
            raw = edit.with_item(file, raw, ("changes",), _as_typed(yaml_writer.as_data(step)))
        return item.with_text(file, raw.decode()), tuple(step for step in steps if step not in listed)
    try:
        item = item.with_text(file, restated_rows.with_steps(item.paper.amendment, item.texts[file], steps))
    except UsageProblem:  # typed in a way that only a person can change
        return item, tuple(steps)
    return item, _steps(item, Answers({}))[0]


def _as_typed(data: object) -> object:
    """Data with every value as the text that docgen reads: `true` for a truth, digits for a number."""
    if isinstance(data, dict):
        return {key: _as_typed(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_as_typed(value) for value in data]
    return str(data).lower() if isinstance(data, bool) else data if data is None else str(data)
