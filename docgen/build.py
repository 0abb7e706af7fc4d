"""The walk from data to files: read, check, render, write, prove, save. Each step takes values and gives values."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from docgen import checks, printed, proof, shipped, writers
from docgen.document import render
from docgen.document.layout import Layout, LayoutFile, TextLayout
from docgen.document.tree import Document
from docgen.facts import source as yaml_source
from docgen.facts import typed, workspace
from docgen.facts.workspace import AmendmentFile, PlanFolder
from docgen.filing import preflight, seal
from docgen.problems import (
    DataProblem,
    DocgenError,
    Problem,
    TemplateProblem,
    UsageProblem,
    Where,
    WriterProblem,
    did_you_mean,
    errors,
    in_order,
    one,
)

DOCUMENTS = ("amendment", "schedule")
BUILD = "build"
NOTHING = yaml_source.Source("", {}, {})
CHEAP = ("txt", "htm")  # the formats that a check writes too, to hold them against EDGAR's rules


@dataclass(frozen=True)
class Paper:
    """One amendment to be made into files, with what all its documents need."""

    plan: PlanFolder
    amendment: AmendmentFile
    folders: tuple[Path, ...]
    seal: seal.Seal | None = None  # what was filed of it

    @property
    def name(self) -> str:
        """`aim-class-b/002`."""
        return f"{self.plan.id}/{self.amendment.id}"

    def documents(self) -> list[str]:
        """The documents that the plan's kind has templates for, and that this amendment has something to say in."""
        kind, facts = self.plan.facts.kind, self.amendment.facts
        there = [name for name in DOCUMENTS if shipped.first(self.folders, f"{kind}/{name}.html.j2")]
        needless = {"amendment"} if facts.opening else set() if self.amendment.schedules else {"schedule"}
        return [name for name in there if name not in needless]

    def alone(self) -> Paper:
        """The same, with no more of its plan than its own documents need: so it travels light to other processes."""
        at = self.plan.amendments.index(self.amendment)
        days = [replace(a, source=NOTHING, schedules=(), before=(), after=()) for a in self.plan.amendments[:at]]
        dated = (self.amendment.plan or self.plan.facts).dated
        earlier = days if dated and dated.amended is not None else []
        return replace(self, plan=replace(self.plan, amendments=(*earlier, self.amendment), continues=None))


@dataclass(frozen=True)
class Checked:
    """What was asked for, read and checked: papers that can be built, and every problem on the way.

    `sealed` are all papers of the plans of which something was filed, asked for or not.
    """

    papers: tuple[Paper, ...]
    problems: tuple[Problem, ...]
    plans: tuple[PlanFolder, ...]
    sealed: tuple[Paper, ...] = ()


def check(root: Path, wanted: Sequence[str] = ()) -> Checked:
    """Steps 1 and 2: the papers that `wanted` names (`plan` or `plan/amendment`; all, when it is empty)."""
    split = [named(name) for name in wanted]
    asked = list(dict.fromkeys(plan for plan, _ in split))
    reading = workspace.read(root, asked)
    folders = shipped.template_folders(root)
    found = checks.run(reading.plans, reading.events, datetime.date.today())
    problems = [p for p in (*reading.problems, *found) if _is_asked(p, asked)]
    papers: list[Paper] = []
    sealed: list[Paper] = []
    chosen = tuple(plan for plan in reading.plans if not asked or plan.id in asked)
    for plan in chosen:
        ids = [amendment for name, amendment in split if name == plan.id]
        _refuse_unknown(plan, ids)
        seals, altered = seal.read(root, plan.id, [amendment.id for amendment in plan.amendments])
        problems += altered
        made = [Paper(plan, amendment, folders, seals.get(amendment.id)) for amendment in plan.amendments]
        papers += [paper for paper in made if not ids or "" in ids or paper.amendment.id in ids]
        sealed += [paper for paper in made if paper.seal]
    problems += _unused_templates(root, reading, folders)
    return Checked(tuple(papers), in_order(problems), chosen, tuple(sealed))


def _is_asked(problem: Problem, plans: Sequence[str]) -> bool:
    """Whether a problem is of one of the plans that were asked for; all are, when none was named."""
    folder = problem.where.file.removeprefix(f"{workspace.SCHEDULES}/").partition("/")[0]
    return not plans or folder in plans


def _unused_templates(root: Path, reading: workspace.Reading, folders: Sequence[Path]) -> Iterator[Problem]:
    """A warning for each file of the workspace's templates that takes no other's place and that no kind uses."""
    own, shipped_files = folders[0], {p.relative_to(shipped.TEMPLATES).as_posix() for p in shipped.TEMPLATES.rglob("*")}
    kinds = {plan.facts.kind for plan in reading.plans}
    for path in sorted(own.rglob("*")) if own != shipped.TEMPLATES else ():
        name = path.relative_to(own).as_posix()
        free = path.name.startswith(("_", ".")) or name.split("/")[0] in {*kinds, "fonts", "images"}
        if path.is_file() and not free and name not in shipped_files:
            where = Where(path.relative_to(root.resolve()).as_posix())
            used = [known for known in shipped_files if "/" not in known or known.split("/")[0] in kinds]
            remedy = did_you_mean(name, [known for known in used if not known.startswith("_")])
            yield Problem(where, "is used by no plan", remedy, severity="warning", check="template-is-used")


def named(what: str) -> tuple[str, str]:
    """`plan/amendment` as the two ids; the paths of their files are understood too."""
    path = "/" + what.replace("\\", "/").strip("/")
    path = path.partition(f"/{workspace.SCHEDULES}/")[2] or path[1:]
    plan, _, rest = path.partition("/")
    name = rest.removeprefix("amendments").strip("/")
    return plan, "" if name == "plan.yaml" else name.removesuffix(".yaml").removesuffix(".yml")


def _refuse_unknown(plan: PlanFolder, ids: Iterable[str]) -> None:
    known = [amendment.id for amendment in plan.amendments]
    for name in ids:
        if name and name not in known:
            where = Where(f"{workspace.SCHEDULES}/{plan.id}/amendments/{name}.yaml")
            raise UsageProblem(one(where, f'{plan.id} has no amendment "{name}"', did_you_mean(name, known)))


def document(paper: Paper, name: str) -> Document:
    """Step 3: the tree of one of the paper's documents."""
    return render.document(paper.plan, paper.amendment, name, paper.folders)


def template_problems(papers: Iterable[Paper]) -> Iterator[Problem]:
    """Every problem that filling the templates in brings up, without writing anything."""
    for paper in papers:
        made: list[Document] = []
        try:
            layout(paper)
            made += [document(paper, name) for name in named_documents(paper)]
        except DocgenError as error:
            yield from error.problems
        if made and not paper.amendment.facts.opening:
            yield from printed.missing(paper.plan, paper.amendment, made)


def named_documents(paper: Paper) -> Sequence[str]:
    """The paper's documents; TemplateProblem where its kind has templates, and none for what it changes."""
    kind = paper.plan.facts.kind
    if not paper.documents() and any(shipped.first(paper.folders, f"{kind}/{name}.html.j2") for name in DOCUMENTS):
        found = f'changes no schedule, and the kind "{kind}" has no amendment to say so in'
        problem = paper.amendment.source.problem((), found, "change a schedule, or choose another kind in plan.yaml")
        raise TemplateProblem([problem])
    return paper.documents() or DOCUMENTS[:1]


def file_problems(papers: Iterable[Paper]) -> Iterator[Problem]:
    """What EDGAR's rules find in the text and the HTML of papers; the PDF is held against them when it is built."""
    for paper in papers:
        settings = layout(paper)
        for name in paper.documents():
            tree = document(paper, name)
            for suffix in CHEAP:
                file = f"{name}.{suffix}"
                try:
                    yield from held(paper, {file: writers.WRITERS[suffix](tree, settings)})
                except WriterProblem as error:
                    yield from (_in_file(problem, paper, file, error.about) for problem in error.problems)


def held(paper: Paper, made: Mapping[str, bytes]) -> tuple[Problem, ...]:
    """What EDGAR's rules find in files of a paper; a file that is empty is a draft's, which says nothing yet."""
    return preflight.files({_path(paper, name): data for name, data in made.items() if data})


def layout(paper: Paper) -> Layout:
    """The settings of the paper's kind; TemplateProblem for a file that is missing or wrong."""
    css = shipped.first(paper.folders, "print.css") or shipped.TEMPLATES / "print.css"
    file = shipped.first(paper.folders, f"{paper.plan.facts.kind}/layout.yaml")
    if file is None:
        return Layout(TextLayout(), css, paper.folders)
    try:
        settings = typed.read(LayoutFile, yaml_source.read(str(file), file.read_bytes()))
    except DataProblem as error:
        raise TemplateProblem(error.problems) from None
    return Layout(settings.text, css, paper.folders)


def files(paper: Paper, formats: Sequence[str]) -> dict[str, bytes]:
    """Steps 3 to 5: every document of the paper in every format, proved; the names are those under its folder."""
    made: dict[str, bytes] = {}
    problems: list[Problem] = []
    for name in named_documents(paper):
        try:
            made |= document_files(paper, name, formats)
        except WriterProblem as error:
            problems += error.problems
    if problems:
        raise WriterProblem(problems)
    return made


def document_files(paper: Paper, name: str, formats: Sequence[str]) -> dict[str, bytes]:
    """The same for one of its documents."""
    made: dict[str, bytes] = {}
    problems: list[Problem] = []
    settings = layout(paper)
    tree = document(paper, name)
    for suffix in formats:
        try:
            made[f"{name}.{suffix}"] = proved(tree, suffix, settings)
        except WriterProblem as error:
            problems += [_in_file(p, paper, f"{name}.{suffix}", error.about) for p in error.problems]
    if problems:
        raise WriterProblem(problems)
    return made


def proved(tree: Document, suffix: str, settings: Layout) -> bytes:
    """The finished file, read back and found to say what the tree says; WriterProblem otherwise."""
    data = writers.WRITERS[suffix](tree, settings)
    if difference := proof.difference(tree, suffix, data):
        remedy = "print.css may not change words; if it does not" if suffix == "pdf" else "the file was not saved"
        raise WriterProblem(one(Where(), proof.sentence(difference), f"{remedy}, this is a fault of docgen's writer"))
    return data


def _in_file(problem: Problem, paper: Paper, file: str, about: str) -> Problem:
    """The problem at the line of the data that has the text at fault; else at the file that was to be."""
    if problem.where.file:
        return problem
    for source in (paper.amendment.source, paper.plan.source):
        for path, value in source.leaves():
            if about and value is not None and about.casefold() in value.casefold():
                return replace(problem, where=source.where(*path), found=f"{file}: {problem.found}")
    return replace(problem, where=Where(_path(paper, file)))


def _path(paper: Paper, file: str) -> str:
    return f"{BUILD}/{paper.name}/{file}"


def buildable(checked: Checked) -> tuple[Paper, ...]:
    """The papers, when nothing stands in their way; DataProblem with every error otherwise."""
    if errors(checked.problems):
        raise DataProblem(checked.problems)
    return checked.papers
