"""Which final papers, made before, would read otherwise by now only because plan.yaml was changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from docgen.build import inputs, manifest, produce
from docgen.build.manifest import Entry
from docgen.checks.acceptances import Answer
from docgen.files import fingerprint
from docgen.model import english
from docgen.problems import DocgenError, Problem, Where
from docgen.workspace.select import Paper

PLAN = "plan.yaml"
CHECK = "final-papers-stay"
HALF = 4  # letters on each side of a code's hyphen


def changed(root: Path, papers: Iterable[Paper]) -> Answer:
    """A warning for each plan whose plan.yaml gives final papers other words than they were built with.

    Each paper has a code of the words that it would say; plan.yaml accepts it by that code, so that other words are a
    new warning. A sealed paper is not among them: what was filed of it stays; `filing/verify.py` says how it departs.
    """
    entries = manifest.read(root / produce.BUILD).papers
    codes: dict[str, list[str]] = {}
    accepted: dict[str, Problem] = {}
    for paper in _with_another_plan(papers, entries):
        if code := _code(paper, entries[paper.name]):
            file, words = paper.plan.source.file, f"{paper.name} (code {code})"
            if any(accept.check == CHECK and code in (accept.on or "") for accept in paper.plan.facts.accept):
                accepted[file] = _problem(file, [words])
            else:
                codes.setdefault(file, []).append(words)
    return Answer(tuple(_problem(file, of_plan) for file, of_plan in codes.items()), tuple(accepted.values()))


def _problem(file: str, names: list[str]) -> Problem:
    fault = f"was changed, and {english.listed(names)} would now say other words than when last built"
    remedy = (
        "for papers that are out, write what is new in an amendment, under plan: or form:; else build them again, "
        f"or accept it here, with {'the code' if len(names) == 1 else 'the codes'} under on:"
    )
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


def _code(paper: Paper, entry: Entry) -> str:
    """A code of the paper's words, made again in a format that is quick to make; empty where they are as built."""
    suffix = next((suffix for suffix in produce.CHEAP if entry.of([suffix])), "")
    try:
        files = produce.files(paper, [suffix]) if suffix else {}
    except DocgenError:  # the build says why
        return ""
    hashes = {name: fingerprint.digest(data) for name, data in files.items()}
    if all(entry.files.get(name) == of_file for name, of_file in hashes.items()):
        return ""
    code = fingerprint.together(sorted(hashes.values()))[: 2 * HALF].upper()
    return f"{code[:HALF]}-{code[HALF:]}"
