"""Which final papers, made before, would read otherwise by now only because plan.yaml was changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from docgen.build import inputs, manifest, produce
from docgen.build.manifest import Entry
from docgen.checks import acceptances
from docgen.checks.acceptances import Answer
from docgen.files import fingerprint
from docgen.model import english
from docgen.model.settings import Accept
from docgen.problems import DocgenError, Problem, Where
from docgen.workspace.select import Paper

PLAN = "plan.yaml"
CHECK = "final-papers-stay"


def changed(root: Path, papers: Iterable[Paper]) -> Answer:
    """A warning for each plan whose plan.yaml gives final papers other words than they were built with; plan.yaml may
    accept it.

    A sealed paper is not among them: what was filed of it stays, and `filing/verify.py` says how it departs.
    """
    entries = manifest.read(root / produce.BUILD).papers
    names: dict[str, list[str]] = {}
    accepts: dict[str, tuple[Accept, ...]] = {}
    for paper in _with_another_plan(papers, entries):
        if _reads_otherwise(paper, entries[paper.name]):
            names.setdefault(paper.plan.source.file, []).append(paper.name)
            accepts[paper.plan.source.file] = paper.plan.facts.accept
    warnings = [_problem(file, of_plan) for file, of_plan in names.items()]
    accepted = [w for w in warnings if any(acceptances.matches(accept, w) for accept in accepts[w.where.file])]
    return Answer(tuple(w for w in warnings if w not in accepted), tuple(accepted))


def _problem(file: str, names: list[str]) -> Problem:
    fault = f"was changed, and {english.listed(names)} would now say other words than when last built"
    remedy = "for papers that are out, write what is new in an amendment, under plan: or form:; else build them again"
    return Problem(Where(file), fault, remedy, severity="warning", check=CHECK)


def _with_another_plan(papers: Iterable[Paper], entries: Mapping[str, Entry]) -> Iterator[Paper]:
    """The final papers that were made, and of whose origins plan.yaml alone is not as it was."""
    some = [
        paper
        for paper in papers
        if paper.name in entries and not (paper.seal or paper.amendment.facts.draft)
        if entries[paper.name].origin.get(PLAN) != fingerprint.digest(paper.plan.source.text)
    ]
    for paper, origin in zip(some, inputs.origins(some), strict=True):
        before = entries[paper.name].origin
        if {part for part in {**before, **origin} if before.get(part) != origin.get(part)} == {PLAN}:
            yield paper


def _reads_otherwise(paper: Paper, entry: Entry) -> bool:
    """Whether a file of the paper, made again in a format that is quick to make, has other bytes."""
    suffix = next((suffix for suffix in produce.CHEAP if entry.of([suffix])), "")
    try:
        files = produce.files(paper, [suffix]) if suffix else {}
    except DocgenError:  # the build says why
        return False
    return any(fingerprint.digest(data) != entry.files.get(name) for name, data in files.items())
