"""What is out of date: a paper is current when all that it came from, and each of its files, is as it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from docgen import records, save, sources, tools
from docgen.build import BUILD
from docgen.facts.plan_folder import PlanFolder
from docgen.records import Record
from docgen.work import Made
from docgen.workspace import seals
from docgen.workspace.select import DOCUMENTS, Paper

Origin = Mapping[str, str]  # what a paper comes from, in a person's words, and the hash of each


@dataclass(frozen=True)
class Standing:
    """A paper, all that it comes from, and why it has to be made; empty when it is current."""

    paper: Paper
    origin: Origin
    why: str


def standings(
    root: Path, papers: Iterable[Paper], formats: Sequence[str], known: Mapping[str, Record]
) -> Iterator[Standing]:
    """How each paper stands."""
    tool = {"docgen itself": tools.code(), "a library": tools.libraries()}
    chains: dict[str, dict[str, str]] = {}
    worded: dict[tuple[str, tuple[str, ...]], str] = {}
    for paper in papers:
        plan, kind, documents = paper.plan, paper.plan.facts.kind, tuple(paper.documents())
        if plan.id not in chains:
            chains[plan.id] = _chain(plan)
        if (kind, documents) not in worded:
            worded[kind, documents] = _wording(kind, documents, paper.folders)
        origin = {
            "plan.yaml": tools.digest(plan.source.text),
            "the plan that it restates": _whole(plan.continues),
            "an amendment before it": chains[plan.id][paper.amendment.id],
            f"{paper.amendment.id}.yaml": tools.digest(paper.amendment.source.text),
            "what was filed of it": tools.everything([root / seals.folder(plan.id, paper.amendment.id)]),
            "a template, the style sheet or a font": worded[kind, documents],
            **tool,
        }
        yield Standing(paper, origin, _why(root / BUILD, paper, origin, formats, known.get(paper.name)))


def _why(build: Path, paper: Paper, origin: Origin, formats: Sequence[str], record: Record | None) -> str:
    if record is None:
        return "has not been made yet"
    parts = [part for part in {**record.origin, **origin} if record.origin.get(part) != origin.get(part)]
    if parts:
        return f"{' and '.join(parts)} changed"
    wanted = [name for name in _names(paper, formats) if name.rpartition(".")[2] in formats]
    if missing := [name for name in wanted if name not in record.files]:
        return f"{', '.join(missing)} {'has' if len(missing) == 1 else 'have'} not been made yet"
    return records.changed(build, paper.name, record, formats)


def _names(paper: Paper, formats: Sequence[str]) -> list[str]:
    """The files that a paper has: those that were filed, or each document in each format."""
    if paper.seal:
        return list(paper.seal.files)
    return [f"{name}.{suffix}" for name in paper.documents() or DOCUMENTS[:1] for suffix in formats]


def _chain(plan: PlanFolder) -> dict[str, str]:
    """For each amendment the hash of all before it."""
    said, chain = "", {}
    for amendment in plan.amendments:
        chain[amendment.id] = said
        said = tools.together([said, amendment.id, amendment.source.text])
    return chain


def _whole(plan: PlanFolder | None) -> str:
    """The hash of a plan with all its amendments, and of the one that it restates."""
    if plan is None:
        return ""
    texts = [text for amendment in plan.amendments for text in (amendment.id, amendment.source.text)]
    return tools.together([plan.id, plan.source.text, *texts, _whole(plan.continues)])


def _wording(kind: str, documents: Sequence[str], folders: tuple[Path, ...]) -> str:
    """The hash of the templates that the documents load, and of every file that a style sheet could fetch."""
    try:
        found = sources.wording(kind, documents, folders)
    except Exception:  # a template that cannot be read; the making says why, and any change may mend it
        return tools.everything(folders)
    for folder in folders:
        for path in folder.rglob("*"):
            name = path.relative_to(folder).as_posix()
            if path.is_file() and not name.endswith((".j2", ".md", "layout.yaml")):
                found[name] = f"{found.get(name, '')} {tools.file(path)}"
    return tools.together(f"{name}\0{told}" for name, told in sorted(found.items()))


def record(standing: Standing, made: Made, before: Record | None) -> Record:
    """What is remembered of a paper that was just made; what was made before from the same stays known."""
    kept = dict(before.files) if before and before.origin == standing.origin else {}
    files = kept | {name: tools.digest(data) for name, data in made.files.items()}
    older = {*before.files, *before.older} - set(files) if before else set()
    warnings = {*made.problems, *(before.warnings if before and kept else ())}
    return Record(standing.origin, files, tuple(sorted(older)), tuple(warnings))


def tidy(root: Path, plans: Sequence[PlanFolder], whole: bool, known: dict[str, Record]) -> list[Path]:
    """Takes away what was made of amendments that are no longer there; only what docgen made, and forgets it.

    Without `whole` only the plans given are looked at.
    """
    there = {f"{plan.id}/{amendment.id}" for plan in plans for amendment in plan.amendments}
    ids = {plan.id for plan in plans}
    gone = [name for name in known if name not in there and (whole or name.partition("/")[0] in ids)]
    files = [f"{name}/{file}" for name in gone for file in (*known[name].files, *known[name].older)]
    for name in gone:
        del known[name]
    return save.remove(root / BUILD, files)


def drop(root: Path, paper: Paper, known: dict[str, Record]) -> list[Path]:
    """Takes away the files of documents that a paper no longer has."""
    record, names = known[paper.name], [name.partition(".")[0] for name in _names(paper, ["txt"])]
    stale = [file for file in (*record.files, *record.older) if file.partition(".")[0] not in names]
    files = {file: told for file, told in record.files.items() if file not in stale}
    known[paper.name] = Record(record.origin, files, tuple(f for f in record.older if f not in stale), record.warnings)
    return save.remove(root / BUILD, [f"{paper.name}/{file}" for file in stale])


def unsteady(root: Path, made: Sequence[Standing], formats: Sequence[str]) -> list[str]:
    """The names of papers whose wording or tools are no longer what they were when the making began."""
    now = standings(root, [standing.paper for standing in made], formats, {})
    return [new.paper.name for old, new in zip(made, now, strict=True) if old.origin != new.origin]
