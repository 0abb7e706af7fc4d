"""The names that each paper brings, of funds, groups, classes, parties and signers, each with the line to speak of."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from docgen.consolidation.applied import Applied
from docgen.consolidation.plan_folder import AmendmentFile, PlanFolder
from docgen.model import changes
from docgen.model.amendment import Restate
from docgen.model.settings import REGISTRANTS, Signature
from docgen.model.validation import place
from docgen.model.yaml_reader import KeyPath, Source
from docgen.problems import Problem, name_key

FUND, COMPANY, HEADING, CLASS = "fund", "company", "heading", "class"  # what a name is of


@dataclass(frozen=True)
class NewName:
    """A name that comes in: of what, in which paper, and a problem at its line that waits for its words."""

    name: str
    kind: str
    paper: str
    problem: Problem

    @property
    def key(self) -> str:
        """The name by what it looks like, capitals apart."""
        return name_key(self.name)

    def warning(self, fault: str, remedy: str) -> Problem:
        """A warning at the name's line."""
        return replace(self.problem, found=fault, remedy=remedy, severity="warning")


NamesByPaper = Mapping[str, Sequence[NewName]]  # by the amendment's id
NamesRule = Callable[[PlanFolder, NamesByPaper], Iterator[Problem]]


def in_order(plans: Sequence[PlanFolder]) -> Iterator[NewName]:
    """The names of all papers in the order of their days; one without a day stands where the one before it does."""
    papers: dict[tuple[datetime.date, str, int], tuple[PlanFolder, AmendmentFile]] = {}
    for plan in plans:
        day = datetime.date.min
        for number, amendment in enumerate(plan.amendments):
            day = max(day, amendment.day or day)
            papers[day, plan.id, number] = plan, amendment
    for key in sorted(papers):
        yield from of_amendment(*papers[key])


def by_paper(plan: PlanFolder) -> NamesByPaper:
    """The names of a plan by the amendment that brings them."""
    return {amendment.id: list(of_amendment(plan, amendment)) for amendment in plan.amendments}


def every(names: NamesByPaper) -> Iterator[NewName]:
    """All names, from amendment to amendment."""
    return chain.from_iterable(names.values())


def of_amendment(plan: PlanFolder, amendment: AmendmentFile) -> Iterator[NewName]:
    """Every name that an amendment brings; those of plan.yaml with the first."""
    paper = f"{plan.id}/{amendment.id}"
    for step in amendment.applied:
        for name, kind, problem in (*_of_step(step, amendment), *_with_a_row(step, amendment)):
            yield NewName(name, kind, paper, problem)
    if amendment is plan.amendments[0]:
        facts = plan.facts
        for key, parties in (("of", facts.registrants), ("parties", facts.parties)):
            for number, party in enumerate(parties):
                yield NewName(party.name, COMPANY, paper, _problem(plan.source, (key, number, "name")))
        yield from _signers(facts.signatures, plan.source, paper)
    yield from _signers(amendment.facts.signatures or (), amendment.source, paper)


def _signers(blocks: Sequence[Signature], source: Source, paper: str) -> Iterator[NewName]:
    for number, block in enumerate(blocks):
        for name in block.for_:
            if name.casefold() != REGISTRANTS:
                yield NewName(name, COMPANY, paper, _problem(source, ("signatures", number, "for")))


def _of_step(step: Applied, amendment: AmendmentFile) -> Iterator[tuple[str, str, Problem]]:
    """The names that a change brings, of what each is, and where it was typed."""
    group = COMPANY if step.after.has_registrants else HEADING
    change, key = step.change, getattr(step.change, "verb", "")
    path: KeyPath = ("changes", step.number, "to" if key.startswith(("rename", "redesignate")) else key)
    problem = _problem(amendment.source, path)
    match change:
        case Restate():
            yield from ((section.name, group, Problem(section.at, "")) for section in step.after.groups if section.name)
            for _, row, above in step.after.lines():
                yield row.name, CLASS if above else FUND, Problem(row.at, "")
        case changes.Add(add=name):
            yield name, CLASS if change.under else FUND, problem
        case changes.AddGroup(add_group=name, rows=rows):
            yield name, group, problem
            paths: list[KeyPath] = [("changes", step.number, "rows", number) for number in range(len(rows))]
            yield from ((new.name, FUND, _problem(amendment.source, at)) for new, at in zip(rows, paths, strict=True))
        case changes.AddClass(add_class=name) | changes.RedesignateClass(to=name):
            yield name, CLASS, problem
        case changes.Rename(to=name):
            yield name, CLASS if change.under else FUND, problem
        case changes.RenameGroup(to=name):
            yield name, group, problem
        case changes.RenameAll() | changes.AddTradeName():
            for _, new in step.renamed:
                yield new.name, FUND if new.row else group, problem


def _with_a_row(step: Applied, amendment: AmendmentFile) -> Iterator[tuple[str, str, Problem]]:
    """The group that a row brings, where it brings one."""
    change = step.change
    if isinstance(change, changes.Add | changes.Move) and change.new_group and change.to:
        kind = COMPANY if step.after.has_registrants else HEADING
        yield change.to, kind, _problem(amendment.source, ("changes", step.number, "to"))


def _problem(source: Source, path: KeyPath) -> Problem:
    return source.problem(place(source, path), "")
