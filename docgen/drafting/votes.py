"""Records a vote in the amendments that rest on it: one entry more under `approvals:`, every other sign as it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from docgen.drafting import edit
from docgen.files import atomic
from docgen.model import validation, yaml_reader
from docgen.model.amendment import Amendment
from docgen.model.settings import Approval
from docgen.problems import Problem, UsageProblem
from docgen.workspace.select import Paper

KEY = "approvals"


def write(root: Path, papers: Sequence[Paper], vote: Approval) -> list[Path]:
    """The files with the vote in them, all or none; UsageProblem where one is sealed, or has the vote already."""
    problems = [problem for paper in papers for problem in _in_the_way(paper, vote)]
    if problems:
        raise UsageProblem(problems)
    files: dict[str, bytes] = {}
    for paper in papers:
        name = paper.amendment.source.file
        files[name] = with_vote(name, (root / name).read_bytes(), vote)
    return atomic.save(root, files)


def with_vote(name: str, raw: bytes, vote: Approval) -> bytes:
    """An amendment's file with a vote behind those that it has; DataProblem where it is then no amendment."""
    result = edit.with_item(name, raw, (KEY,), _as_typed(vote))
    validation.validate(Amendment, yaml_reader.parse(name, result))
    return result


def _as_typed(vote: Approval) -> Mapping[str, str]:
    """A vote as a person types it."""
    facts = {"by": vote.by, "on": str(vote.on)}
    return facts | {key: "true" for key in ("independent", "holders") if getattr(vote, key)}


def _in_the_way(paper: Paper, vote: Approval) -> list[Problem]:
    source = paper.amendment.source
    if paper.seal:
        remedy = "what was filed stays; record later votes in the amendment that rests on them"
        return [source.problem((), f"{paper.name} is sealed", remedy)]
    for number, earlier in enumerate(paper.amendment.facts.approvals):
        if (earlier.by.casefold(), earlier.on, earlier.holders) == (vote.by.casefold(), vote.on, vote.holders):
            return [
                source.problem((KEY, number), f"has this vote of {vote.on} already", "name another day, or leave it")
            ]
    return []
