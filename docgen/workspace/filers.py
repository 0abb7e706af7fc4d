"""Who files a paper, under which label, and what is known of the filing: one filer for all registrants, or each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from docgen.consolidation import registrants
from docgen.consolidation.plan_folder import AmendmentFile, PlanFolder
from docgen.edgar import exhibit
from docgen.edgar.exhibit import Label
from docgen.model.yaml_reader import KeyPath
from docgen.problems import Problem, UsageProblem, Where, did_you_mean
from docgen.workspace.seals import Filing, Seal
from docgen.workspace.select import Paper


@dataclass(frozen=True)
class Filer:
    """A registrant that files a paper, by its name and the key of its last name; both are empty for all registrants.

    `filing` is None while the paper is not sealed, and empty as long as nobody has said anything of it.
    """

    amendment: AmendmentFile
    registrant: str
    key: str
    caption: str
    filing: Filing | None

    @property
    def label(self) -> Label:
        """`m(2)(d)` in its parts; empty where the paper names no exhibit."""
        return exhibit.of_caption(self.caption)

    @property
    def path(self) -> KeyPath:
        """Where the caption stands in the amendment's file."""
        return ("exhibits", self.registrant) if self.amendment.facts.exhibits else ("exhibit",)


def of_plan(plan: PlanFolder, seals: Mapping[str, Seal]) -> Iterator[Filer]:
    """The filers of every paper of a plan, in order; `seals` are by `plan/amendment`.

    A paper whose data has one line for all is filed by each registrant alone once somebody has said so of one.
    """
    sealed = [seals.get(f"{plan.id}/{amendment.id}") for amendment in plan.amendments]
    is_by_registrant = any(a.facts.exhibits for a in plan.amendments) or any(s.filings for s in sealed if s)
    last = registrants.last_keys(plan) if is_by_registrant else {}
    for amendment, seal in zip(plan.amendments, sealed, strict=True):
        filings = seal.filings if seal else {}
        by_key = {registrants.last_key(name, last): filing for name, filing in filings.items()}
        for name, key in _names(plan, amendment, filings, last).items():
            caption = amendment.facts.captions.get(name) or amendment.facts.exhibit or ""
            yield Filer(amendment, name, key, caption, by_key.get(key, seal.filing) if seal else None)


def of_paper(paper: Paper) -> list[Filer]:
    """The filers of one paper."""
    seals = {paper.name: paper.seal} if paper.seal else {}
    return [filer for filer in of_plan(paper.plan, seals) if filer.amendment is paper.amendment]


def chosen(paper: Paper, registrant: str) -> Filer:
    """The filer of a paper that a registrant is, by any name that it has had; the one for all where none is named.

    UsageProblem where it is no registrant of the paper, or none is named and each has a letter of its own.
    """
    every, last = of_paper(paper), registrants.last_keys(paper.plan)
    by_key = {filer.key: filer for filer in every}
    names = list(paper.amendment.facts.exhibits) or registrants.of_amendment(paper.amendment)
    key = registrants.last_key(registrant, last) if registrant else ""
    spelled = {registrants.last_key(name, last): name for name in reversed(names)}
    if not registrant and paper.amendment.facts.exhibits:
        remedy = f'say for which: --registrant "{names[0]}"'
        raise UsageProblem([Problem(Where(paper.name), "each registrant files it under its own letter", remedy)])
    if registrant and key not in spelled:
        remedy = did_you_mean(registrant, names)
        raise UsageProblem([Problem(Where("--registrant"), f'"{registrant}" does not file {paper.name}', remedy)])
    return replace(by_key.get(key) or every[0], registrant=spelled.get(key, ""), key=key)


def _names(
    plan: PlanFolder, amendment: AmendmentFile, filings: Mapping[str, Filing], last: Mapping[str, str]
) -> dict[str, str]:
    """Who files a paper, each with the key of the last name."""
    names = list(amendment.facts.exhibits)
    if not names and filings:
        names = [*registrants.of_amendment(amendment), *filings]
    by_key: dict[str, str] = {}
    for name in names:
        by_key.setdefault(registrants.last_key(name, last), name)
    return {name: key for key, name in by_key.items()} or {"": ""}
