"""From a paper to its finished files: render, write, read back. Each step takes values and gives values."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from docgen import readers, writers
from docgen.build import memory
from docgen.consolidation.plan_folder import PlanFolder
from docgen.document import render
from docgen.document.layout import Layout, LayoutFile, TextLayout
from docgen.document.tree import Document
from docgen.files import atomic, resources
from docgen.model import validation
from docgen.model import yaml_reader as yaml_source
from docgen.problems import (
    DataProblem,
    DocgenError,
    Problem,
    TemplateProblem,
    TooWide,
    Where,
    WriterProblem,
    errors,
    gathered,
)
from docgen.workspace.select import Paper

BUILD = atomic.BUILD
Trees = dict[str, Mapping[str, Document]]  # by the paper's name, then the document's
PLAIN = TextLayout()
CHEAP = ("txt", "htm")  # the formats that a check writes too, to hold them against EDGAR's rules


def document(paper: Paper, name: str) -> Document:
    """Step 3: the tree of one of the paper's documents."""
    return render.document(paper.plan, paper.amendment, name, paper.folders)


def document_problems(papers: Iterable[Paper], trees: Trees, hold: bool) -> list[Problem]:
    """Every problem that rendering brings up, and what EDGAR's rules find in text and HTML, without saving anything.

    Each document is rendered once; the trees of sealed papers are kept in `trees`. The rules are held against files
    only if `hold` says so and everything can be rendered, and the PDF is held against them when it is built.
    """
    from docgen.checks import completeness  # which loads every rule

    problems: list[Problem] = []
    in_files: list[Problem] = []
    for paper in papers:
        try:
            settings = layout(paper)
            names = named_documents(paper)
            trees_of_paper = render.documents(paper.plan, paper.amendment, names, paper.folders)
        except DocgenError as error:
            problems += error.problems
            continue
        if not paper.amendment.facts.opening:
            problems += completeness.missing(paper.plan, paper.amendment, trees_of_paper)
        if paper.seal:
            trees[paper.name] = trees_of_paper
        elif hold and not errors(problems):
            in_files += _file_problems(paper, trees_of_paper, settings)
    return problems if errors(problems) else problems + gathered(dict.fromkeys(in_files), BUILD)


def _file_problems(paper: Paper, trees: Mapping[str, Document], settings: Layout) -> Iterator[Problem]:
    """What EDGAR's rules find in the text and the HTML of a paper."""
    for name, tree in trees.items():
        for suffix in paper.formats(CHEAP):
            file = f"{name}.{suffix}"
            try:
                yield from held(paper, {file: writers.WRITERS[suffix](tree, settings)})
            except WriterProblem as error:
                yield from (_in_file(problem, paper, file, error.about) for problem in error.problems)


def named_documents(paper: Paper) -> Sequence[str]:
    """The paper's documents; TemplateProblem where its kind has templates, and none for what it changes.

    A kind that has no templates at all gives the first document, and its rendering says so.
    """
    if paper.says_nothing:
        found = f'changes no schedule, and the kind "{paper.plan.facts.kind}" has no amendment to say so in'
        problem = paper.amendment.source.problem((), found, "change a schedule, or choose another kind in plan.yaml")
        raise TemplateProblem([problem])
    return paper.documents()


def held(paper: Paper, made: Mapping[str, bytes]) -> tuple[Problem, ...]:
    """What EDGAR's rules find in files of a paper; a file that is empty is a draft's, which says nothing yet."""
    from docgen.edgar import preflight

    contents = {_path(paper, name): data for name, data in made.items() if data}
    return preflight.files(contents, draft=paper.amendment.facts.draft)


def layout(paper: Paper) -> Layout:
    """The settings of the paper's kind; TemplateProblem for a file that is missing or wrong."""
    return layout_of(paper.plan, paper.folders)


def layout_of(plan: PlanFolder, folders: tuple[Path, ...]) -> Layout:
    """The same of a plan, with the folders that hold templates."""
    usual = usual_layout(folders)
    file = resources.first(folders, f"{plan.facts.kind}/layout.yaml")
    return replace(usual, text=_text_layout(str(file), file.read_bytes())) if file else usual


def usual_layout(folders: tuple[Path, ...]) -> Layout:
    """The settings of a document that is of no kind."""
    return Layout(PLAIN, resources.first(folders, "print.css") or resources.TEMPLATES / "print.css", folders)


@functools.lru_cache(maxsize=16)
def _text_layout(file: str, data: bytes) -> TextLayout:
    """What a layout.yaml with these bytes says; a workspace has one a kind, and reads it for every document."""
    try:
        return validation.validate(LayoutFile, yaml_source.parse(file, data)).text
    except DataProblem as error:
        raise TemplateProblem(error.problems) from None


@dataclass(frozen=True)
class DocumentFiles:
    """The finished files of a document by name, and a problem for each whose format has no room for it."""

    files: Mapping[str, bytes]
    too_wide: tuple[Problem, ...] = ()


def files(paper: Paper, formats: Sequence[str]) -> dict[str, bytes]:
    """Steps 3 to 5: every document of the paper in every format that it has, proved; WriterProblem when one is missing.

    The names are those under its folder.
    """
    made: dict[str, bytes] = {}
    problems: list[Problem] = []
    for name in named_documents(paper):
        try:
            of_document = document_files(paper, name, paper.formats(formats))
            made |= of_document.files
            problems += of_document.too_wide
        except WriterProblem as error:
            problems += error.problems
    if problems:
        raise WriterProblem(problems)
    return made


def document_files(paper: Paper, name: str, formats: Sequence[str], pdf: bytes = b"") -> DocumentFiles:
    """One of its documents in some formats, but for those that have no room for it; WriterProblem for any other fault.

    A PDF that was made elsewhere is proved in place of one made here.
    """
    made: dict[str, bytes] = {}
    problems: list[Problem] = []
    too_wide: list[Problem] = []
    settings = layout(paper)
    tree = document(paper, name)
    for suffix in formats:
        try:
            made[f"{name}.{suffix}"] = proved(tree, suffix, settings, pdf if suffix == "pdf" else b"")
        except WriterProblem as error:
            faults = too_wide if isinstance(error, TooWide) else problems
            faults += [_in_file(p, paper, f"{name}.{suffix}", error.about) for p in error.problems]
    if problems:
        raise WriterProblem([*problems, *too_wide])
    return DocumentFiles(made, tuple(too_wide))


def proved(tree: Document, suffix: str, settings: Layout, ready: bytes = b"") -> bytes:
    """The finished file, read back and found to say what the tree says; WriterProblem otherwise."""
    data = ready or memory.with_room(writers.WRITERS[suffix], tree, settings)
    if difference := readers.difference(tree, suffix, data):
        remedy = "print.css may not change words; if it does not" if suffix == "pdf" else "the file was not saved"
        raise WriterProblem(
            [Problem(Where(), readers.sentence(difference), f"{remedy}, this is a fault of docgen's writer")]
        )
    return data


def _in_file(problem: Problem, paper: Paper, file: str, about: str) -> Problem:
    """The problem at the line of the data that has the text at fault; else at the file that was to be.

    There it names the file, unless every document of the format says the same.
    """
    if problem.where.file:
        return problem
    found = problem.found if problem.found.startswith("EDGAR text: ") else f"{file}: {problem.found}"
    for source in (paper.amendment.source, paper.plan.source):
        for path, value in source.texts():
            if about and about.casefold() in value.casefold():
                return replace(problem, where=source.where(*path), found=found)
    return replace(problem, where=in_text(paper.plan, about) or Where(_path(paper, file)))


def in_text(plan: PlanFolder, about: str) -> Where | None:
    """The line of the plan's own text that has these words, or of that of the plan that it restates."""
    for source in plan.text if about else ():
        at = source.text.casefold().find(about.casefold())
        if at >= 0:
            return Where(source.file, source.text.count("\n", 0, at) + 1)
    return in_text(plan.continues, about) if plan.continues else None


def _path(paper: Paper, file: str) -> str:
    return f"{BUILD}/{paper.name}/{file}"
