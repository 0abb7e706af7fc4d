"""What is filed: papers laid out as a package, judged as a whole before anything is saved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from docgen import __version__
from docgen.build import inputs, produce
from docgen.build.produce import BUILD
from docgen.edgar import exhibit, preflight, submission
from docgen.edgar.exhibit import ListedExhibit
from docgen.edgar.submission import Exhibit
from docgen.files import atomic
from docgen.problems import DataProblem, Problem, UsageProblem, Where, WriterProblem, errors
from docgen.reports import exhibit_list
from docgen.workspace.select import Paper

PACKAGE = "package"
RISES = "fee-rises-are-approved"  # the rule whose warnings stop a filing
OPEN = "[ ]"  # a blank to fill in, as it prints


def pack(
    root: Path, papers: Sequence[Paper], official: str, earlier: Sequence[ListedExhibit] = ()
) -> tuple[list[Path], tuple[Problem, ...]]:
    """The paths of the files of the papers' package, and EDGAR's warnings about it; its index lists `earlier` ones too.

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
    folder = f"{BUILD}/{PACKAGE}/{_folder(papers)}"
    warnings = [replace(p, where=Where(f"{folder}/{p.where.file}", p.where.line)) for p in preflight.package(package)]
    if errors(warnings):
        raise WriterProblem(warnings)
    files = submission.files(package, exhibits, __version__)
    return _saved(root, folder, files), tuple(warnings)


def packaged(root: Path, papers: Sequence[Paper]) -> dict[str, bool]:
    """The papers that stand in a package under build/, and whether that was made of what they are made of today."""
    hashes: dict[str, list[Mapping[str, str]]] = {}
    for path in sorted((root / BUILD / PACKAGE).glob(f"*/{submission.MANIFEST}")):
        for name, sources in submission.sources(path.read_bytes()).items():
            hashes.setdefault(name, []).append(sources)
    current = [paper for paper in papers if paper.name in hashes]
    return {paper.name: source_hashes(paper, paper.documents()[:1]) in hashes[paper.name] for paper in current}


def package_folders(root: Path) -> dict[str, str]:
    """The package that each paper lies in, by `plan/amendment`: the name of a folder of build/package/."""
    manifests = sorted((root / BUILD / PACKAGE).glob(f"*/{submission.MANIFEST}"))
    return {name: path.parent.name for path in manifests for name in submission.sources(path.read_bytes())}


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
    if facts.exhibit is None:
        fault = "names no exhibit, from which the name for EDGAR comes"
        yield source.problem(("exhibit",), fault, "write, for example, exhibit: Exhibit m(2)(d)")
    elif not exhibit.of_caption(facts.exhibit):
        fault = f'"{facts.exhibit}" is not an exhibit of Form N-1A'
        yield source.problem(("exhibit",), fault, "write the word and the label, as in Exhibit m(2)(d)")


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


def _folder(papers: Sequence[Paper]) -> str:
    """The package's folder, named after its papers: `aim-class-b-002`, `aim-class-b-002-and-3-more`."""
    first = papers[0].name.replace("/", "-")
    return first if len(papers) == 1 else f"{first}-and-{len(papers) - 1}-more"


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
