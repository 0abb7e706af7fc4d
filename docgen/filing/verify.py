"""Says which sealed papers would read differently by now, and verifies them by making them again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath

from docgen import readers
from docgen.build import inputs, produce
from docgen.build.produce import Trees
from docgen.document.tree import Document
from docgen.edgar.rule import File
from docgen.filing.seal import apart, has_the_facts
from docgen.problems import (
    DocgenError,
    Problem,
    Where,
    errors,
    in_order,
)
from docgen.workspace.seals import Seal
from docgen.workspace.select import Paper, Selection

FASTEST_FIRST = ("htm", *(suffix for suffix in readers.READERS if suffix != "htm"))  # to compare


IDENTICAL, SAME_WORDS, DIFFERENT_WORDS = "identical", "same words, other bytes", "other words"


@dataclass(frozen=True)
class Verdict:
    """What making a sealed paper again has shown, with a line for each file that came out otherwise.

    `docgen verify --json` prints it by these names.
    """

    paper: str
    answer: str
    lines: tuple[str, ...] = ()


def with_seals(chosen: Selection, trees: Trees | None = None) -> Selection:
    """What was asked for, and what is to be said of the sealed papers of its plans; `trees` are those made before."""
    problems = [] if errors(chosen.problems) else list(would_change(chosen, trees or {}))
    return replace(chosen, problems=in_order([*chosen.problems, *problems]))


def would_change(chosen: Selection, trees: Trees) -> Iterator[Problem]:
    """A problem for each sealed paper that data and templates would make differently now.

    An error where the schedule was changed, since later amendments follow from it; else a warning.
    """
    for paper in chosen.sealed:
        sealed = paper.seal
        if sealed is None or not (differences := _departs(paper, sealed, trees.get(paper.name, {}), first=True)):
            continue
        problem = Problem(
            Where(paper.amendment.source.file), f"{paper.name} is sealed: {differences[0]}", check="sealed"
        )
        if not has_the_facts(paper, sealed):
            remedy = "put the schedule back as it was filed; a correction is a new amendment"
            yield replace(problem, remedy=remedy)
        else:
            remedy = "nothing to do: docgen build gives what was filed; docgen verify says more"
            yield replace(problem, remedy=remedy, severity="warning")


def _departs(paper: Paper, sealed: Seal, trees: Mapping[str, Document], first: bool = False) -> list[str]:
    """Where sealed files say other words than data and templates now give; `first` looks at one file a document."""
    try:
        if not sealed.by_docgen:
            return _departs_from_document(paper, sealed)
        files = _looked_at(sealed, first)
        return [text for name, data in files if (text := _difference(paper, trees, name, data))]
    except DocgenError as error:
        return [f"it cannot be made any more: {error.problems[0].found}"]


def _looked_at(sealed: Seal, first: bool) -> list[tuple[str, bytes]]:
    """The sealed files to compare: all, or of each document the one that is quickest."""
    names = [name for suffix in FASTEST_FIRST for name in sealed.files if name.endswith(f".{suffix}")]
    quickest: dict[str, str] = {}
    for name in names:
        quickest.setdefault(PurePath(name).stem, name)
    return [(name, sealed.files[name]) for name in (quickest.values() if first else names)]


def _difference(paper: Paper, trees: Mapping[str, Document], name: str, data: bytes) -> str:
    """The first word that a sealed file has otherwise than the document as it would be made now."""
    stem, _, suffix = name.rpartition(".")
    difference = readers.difference(trees.get(stem) or produce.document(paper, stem), suffix, data)
    return f"the filed {name} {readers.sentence(readers.bare(difference), 'it would now say')}" if difference else ""


def _departs_from_document(paper: Paper, sealed: Seal) -> list[str]:
    """The differences of a sealed document that were not known when it was sealed, and those that are gone."""
    current = [f"{name}: {text}" for name, data in sealed.files.items() for text in apart(paper, File(name, data))]
    new = [text for text in current if text not in sealed.differences]
    resolved = [
        f"{text} (so it was when it was sealed, and is no more)" for text in sealed.differences if text not in current
    ]
    return [f"the filed {text}" for text in new + resolved]


def verify(papers: Iterable[Paper]) -> Iterator[Verdict]:
    """Makes each sealed paper again: identical, the same words in other bytes, or other words."""
    for paper in papers:
        if sealed := paper.seal:
            yield _verdict(paper, sealed)


def _verdict(paper: Paper, sealed: Seal) -> Verdict:
    differences = _departs(paper, sealed, {})
    if differences:
        return Verdict(paper.name, DIFFERENT_WORDS, tuple(differences))
    if not sealed.by_docgen:
        return Verdict(paper.name, IDENTICAL, ("docgen did not make it; the data still gives the words that it gave",))
    formats = dict.fromkeys(name.rpartition(".")[2] for name in sealed.files)
    files = produce.files(paper, list(formats))
    changed = [name for name, data in sealed.files.items() if files.get(name) != data]
    if not changed:
        return Verdict(paper.name, IDENTICAL)
    return Verdict(paper.name, SAME_WORDS, (", ".join(changed), *_changed(paper, sealed)))


def _changed(paper: Paper, sealed: Seal) -> Iterator[str]:
    """What has another version, or another content, than when the paper was sealed."""
    versions, then = inputs.versions(), sealed.table("versions")
    for name in sorted(versions.keys() | then.keys()):
        if versions.get(name) != then.get(name):
            yield f"{name} {then.get(name, 'not there')} then, {versions.get(name, 'not there')} now"
    wording = inputs.wording(paper.plan.facts.kind, paper.documents(), paper.folders)
    for name, digest in sorted(wording.items()):
        if sealed.table("templates").get(name) != digest:
            yield f"templates/{name} has changed"
