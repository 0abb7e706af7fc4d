"""What is filed: papers laid out as a package, judged as a whole before anything is saved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from docgen import __version__
from docgen.build import inputs, produce
from docgen.edgar import exhibit, preflight, submission
from docgen.edgar.exhibit import ListedExhibit
from docgen.edgar.rule import File
from docgen.edgar.submission import Exhibit
from docgen.files import atomic, file_names
from docgen.filing import packages, seal
from docgen.filing.packages import PACKAGE
from docgen.problems import DataProblem, Problem, UsageProblem, Where, WriterProblem, errors
from docgen.reports import exhibit_list
from docgen.workspace import filers
from docgen.workspace.select import Paper

RISES = "fee-rises-are-approved"  # the rule whose warnings stop a filing
OPEN = "[ ]"  # a blank to fill in, as it prints


def pack(
    root: Path, papers: Sequence[Paper], official: str, earlier: Sequence[ListedExhibit] = (), registrant: str = ""
) -> tuple[list[Path], tuple[Problem, ...]]:
    """The paths of the files of the papers' package, and EDGAR's warnings about it; its index lists `earlier` ones too.

    `registrant` is who files it, where that is said; the papers have its captions then.

    DataProblem for a paper that cannot be filed, WriterProblem for a package that contradicts itself or a rule;
    then nothing is written.
    """
    if problems := [problem for paper in papers for problem in not_ready(paper)] + list(_same_exhibit(papers)):
        raise DataProblem(problems)
    exhibits = [_exhibit(paper, official) for paper in papers]
    pairs = zip(papers, exhibits, strict=True)
    if problems := [problem for paper, files in pairs for problem in _open(paper, files, official)]:
        raise DataProblem(problems)
    package = submission.packed(exhibits, earlier)
    folder = f"{PACKAGE}/{_folder(papers, registrant)}"
    warnings = [replace(p, where=Where(f"{folder}/{p.where.file}", p.where.line)) for p in preflight.package(package)]
    if errors(warnings):
        raise WriterProblem(warnings)
    files = submission.files(package, exhibits, __version__, registrant)
    return _saved(root, folder, files), tuple(warnings)


def packaged(root: Path, papers: Sequence[Paper]) -> dict[tuple[str, str], bool]:
    """The papers that stand in a package under build/, each with the registrant that files it, empty for all; and
    whether the package was made of what the paper is made of today."""
    hashes: dict[tuple[str, str], list[Mapping[str, str]]] = {}
    for _, manifest in packages.manifests(root):
        for name, sources in submission.sources(manifest).items():
            hashes.setdefault((name, submission.registrant(manifest)), []).append(sources)
    by_name = {paper.name: paper for paper in papers}
    today = {name: source_hashes(by_name[name], by_name[name].documents()[:1]) for name, _ in hashes if name in by_name}
    return {key: today[key[0]] in entries for key, entries in hashes.items() if key[0] in today}


def refuse_unapproved(papers: Sequence[Paper], problems: Sequence[Problem]) -> None:
    """DataProblem where a fee of one of the papers rises, and nobody recorded the votes or accepted the rise."""
    files = {paper.amendment.source.file for paper in papers}
    rises = [p for p in problems if p.check == RISES and p.where.file in files]
    if rises:
        raise DataProblem(replace(problem, severity="error") for problem in rises)


def not_ready(paper: Paper) -> Iterator[Problem]:
    """Why a paper cannot be filed as it stands in the data: a draft, no exhibit, or one that EDGAR has no place for."""
    source, facts = paper.amendment.source, paper.amendment.facts
    if facts.draft:
        yield source.problem(("draft",), "is a draft", "fill its blanks in, and take draft: true out")
    if not facts.captions:
        fault = "names no exhibit, from which the name for EDGAR comes"
        yield source.problem(("exhibit",), fault, "write, for example, exhibit: Exhibit m(2)(d)")
    for registrant, caption in facts.captions.items():
        if not exhibit.of_caption(caption):
            path = ("exhibits", registrant) if registrant else ("exhibit",)
            fault = f'"{caption}" is not an exhibit of Form N-1A'
            yield source.problem(path, fault, "write the word and the label, as in Exhibit m(2)(d)")


def of_registrant(papers: Sequence[Paper], registrant: str) -> tuple[list[Paper], str]:
    """The papers as a registrant files them, each with its caption, and its name as the first spells it; UsageProblem
    where one is filed by others, or each registrant has its own caption and none is named.

    A sealed paper has no caption for one of several: then it is made anew, and DataProblem where its words are others.
    """
    chosen = [filers.chosen(paper, registrant) for paper in papers]
    filed = [_as_filed(paper, filer.caption) for paper, filer in zip(papers, chosen, strict=True)]
    return filed, chosen[0].registrant


def _as_filed(paper: Paper, caption: str) -> Paper:
    with_caption = paper.with_caption(caption)
    if with_caption is paper or paper.seal is None:
        return with_caption
    departs = [text for name, data in paper.seal.files.items() for text in seal.apart(paper, File(name, data))]
    if departs:
        fault = f"its sealed copy has no caption of one registrant, and cannot be made anew: {departs[0]}"
        raise DataProblem([Problem(Where(paper.name), fault, "file the sealed copy, and write its caption by hand")])
    return replace(with_caption, seal=None)


def _same_exhibit(papers: Sequence[Paper]) -> Iterator[Problem]:
    """A problem for each paper that has the exhibit of one before it."""
    first_papers: dict[exhibit.Label, str] = {}
    for paper in papers:
        label = exhibit.of_caption(paper.amendment.facts.exhibit or "")
        if label in first_papers and label:
            fault = f"is {exhibit.label_text(label)}, and so is that of {first_papers[label]}"
            yield paper.amendment.source.problem(("exhibit",), fault, "give each its own letter")
        first_papers.setdefault(label, paper.name)


def _open(paper: Paper, entry: Exhibit, official: str) -> Iterator[Problem]:
    """A problem when a blank to fill in was printed, wherever it came from, or there is no official document."""
    if set(entry.files) <= {"pdf"}:
        fault = f"no {official} was sealed" if paper.seal else f"has no {official}: its form leaves it out of formats"
        other = "txt" if official == "htm" else "htm"
        yield paper.amendment.source.problem((), fault, f"name the other format:  --official {other}")
    for suffix, data in entry.files.items():
        if suffix != "pdf" and OPEN in data.decode("ascii", "replace"):
            fault = f'prints a blank, "{OPEN}"'
            yield paper.amendment.source.problem((), fault, "fill it in, in the data or in the template")


def _exhibit(paper: Paper, official: str) -> Exhibit:
    """The paper as an exhibit: its first document, official and as a PDF copy."""
    document = paper.documents()[0]
    data_by_name = paper.seal.files if paper.seal else produce.files(paper, [official, "pdf"])
    files = {suffix: data for suffix in (official, "pdf") if (data := _file(data_by_name, document, suffix))}
    label = exhibit.of_caption(paper.amendment.facts.exhibit or "")
    origin = source_hashes(paper, [document])
    return Exhibit(paper.name, label, exhibit_list.description(paper), paper.plan.facts.rule or "", files, origin)


def _file(data_by_name: Mapping[str, bytes], document: str, suffix: str) -> bytes:
    """The document's file of a format, or the only one there is of it; empty when there is none."""
    others = [data for name, data in data_by_name.items() if name.endswith(f".{suffix}")]
    return data_by_name.get(f"{document}.{suffix}") or (others[0] if len(others) == 1 else b"")


def source_hashes(paper: Paper, documents: Sequence[str]) -> dict[str, str]:
    """The hashes of all that a paper's documents are made from: its data by their paths, its wording in templates/."""
    worded = inputs.wording(paper.plan.facts.kind, documents, paper.folders)
    return inputs.data(paper.plan, paper.amendment) | {f"templates/{name}": digest for name, digest in worded.items()}


def _folder(papers: Sequence[Paper], registrant: str) -> str:
    """The package's folder: `aim-class-b-002`, `aim-class-b-002-and-3-more`; with who files it, where that is said:
    `aim-class-b-002-aim-stock-funds`."""
    first = papers[0].name.replace("/", "-")
    name = first if len(papers) == 1 else f"{first}-and-{len(papers) - 1}-more"
    return "-".join([name, *([file_names.slug(registrant, "registrant")] if registrant else [])])


def _saved(root: Path, folder: str, files: dict[str, bytes]) -> list[Path]:
    """Writes the package, and takes away what an earlier one of the same name listed and this one does not, and
    its book."""
    manifest = root / folder / submission.MANIFEST
    before = submission.listed(manifest.read_bytes()) if manifest.is_file() else set()
    needless = [f"{folder}/{name}" for name in before - set(files) if Path(name).name == name]
    return atomic.save(root, atomic.under(folder, files), [*needless, f"{folder}.zip"])


def refuse_plans(names: Sequence[str]) -> None:
    """UsageProblem when nothing is named, or a plan as a whole where an amendment has to be."""
    for name in names or ("",):
        if "/" not in name.strip("/").removeprefix("schedules/"):
            where = Where(name or "docgen package")
            raise UsageProblem([Problem(where, "names no amendment", "write PLAN/AMENDMENT, such as aim-class-b/002")])
