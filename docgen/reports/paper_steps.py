"""The steps of a paper from drafted to listed: which were taken by a day, and what is missing for the others."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from docgen.checks import exhibit_letters
from docgen.consolidation.plan_folder import AmendmentFile
from docgen.model import changes
from docgen.problems import Problem, count, errors
from docgen.workspace.filers import Filer
from docgen.workspace.seals import Filing
from docgen.workspace.select import Paper

DRAFT = "draft"
NEEDLESS = "-"  # where a step is not asked for
NO = "no"
NAMES_ALONE = (
    changes.Rename | changes.RenameAll | changes.RenameGroup | changes.AddTradeName | changes.Move | changes.MoveGroup
)
STEPS = ("drafted", "checked", "approved", "signed", "packaged", "filed", "listed")


@dataclass(frozen=True)
class PaperStep:
    """One step of a paper: its name, what it shows (yes, a day, no, or - where it is not asked for), and what to do
    where it is missing, with the command."""

    name: str
    text: str
    missing: str = ""
    command: str = ""


@dataclass(frozen=True)
class PaperFacts:
    """What the status of a paper follows from: the paper and who files it, the day, its problems, its packages."""

    paper: Paper
    filers: Sequence[Filer]
    on: datetime.date
    problems: Sequence[Problem]
    packages: Mapping[tuple[str, str], bool]  # by paper and registrant: whether a package is up to date

    @property
    def filings(self) -> list[Filing]:
        """The filings of it up to the day, each once; those that have no day too."""
        every = [f.filing for f in self.filers if f.filing and (f.filing.filed is None or f.filing.filed <= self.on)]
        return list(dict.fromkeys(every))


def of_paper(facts: PaperFacts) -> tuple[PaperStep, ...]:
    """The steps of a paper, in the order of STEPS."""
    return (
        _drafted(facts.paper),
        _checked(facts.paper, facts.problems),
        _approved(facts.paper, facts.on),
        _signed(facts.paper, facts.on),
        _packaged(facts),
        _filed(facts),
        _listed(facts),
    )


def _drafted(paper: Paper) -> PaperStep:
    if not paper.amendment.facts.draft:
        return PaperStep("drafted", "yes")
    missing = f"fill in what is open in {_file(paper)}, and take draft: true out"
    return PaperStep("drafted", DRAFT, missing, f"docgen check {paper.name}")


def _file(paper: Paper) -> str:
    return paper.amendment.source.file.rpartition("/")[2]


def _checked(paper: Paper, problems: Sequence[Problem]) -> PaperStep:
    """Whether a check finds nothing wrong; what was filed is past it."""
    faults = errors(problems)
    if faults:
        return PaperStep("checked", count(len(faults), "problem"), "fix the problems", f"docgen check {paper.name}")
    warnings = [problem for problem in problems if problem.severity == "warning"]
    return PaperStep("checked", f"yes, {count(len(warnings), 'warning')}" if warnings else "yes")


def _later(name: str, day: datetime.date) -> PaperStep:
    """A step that was taken after the day of the status."""
    return PaperStep(name, f"({day})", f"{name} on {day}, which is later")


def _approved(paper: Paper, on: datetime.date) -> PaperStep:
    """The day of the last vote that is kept up to a day; a vote that changes of names alone may not need is not asked
    for."""
    amendment, facts = paper.amendment, paper.amendment.plan
    days = [vote.on for vote in amendment.facts.approvals if isinstance(vote.on, datetime.date)]
    if past := [day for day in days if day <= on]:
        return PaperStep("approved", str(max(past)))
    if days:
        return _later("approved", min(days))
    if not facts.is_under_12b_1 or _changes_names_alone(amendment):
        return PaperStep("approved", NEEDLESS)
    command = f"docgen approve {paper.name} --by ... --on ... --independent"
    return PaperStep("approved", NO, "" if paper.seal else "record the votes", command)


def _changes_names_alone(amendment: AmendmentFile) -> bool:
    return bool(amendment.facts.changes) and all(isinstance(change, NAMES_ALONE) for change in amendment.facts.changes)


def _signed(paper: Paper, on: datetime.date) -> PaperStep:
    """The day of the signatures, or that the paper prints them; a paper without a block has nobody to sign it."""
    day = paper.seal.signed if paper.seal else None
    if day:
        return PaperStep("signed", str(day)) if day <= on else _later("signed", day)
    own = paper.amendment.facts.signatures
    blocks = own if own is not None else paper.plan.facts.signatures
    if not blocks:
        return PaperStep("signed", NEEDLESS)
    if all(block.by.signed for block in blocks):
        return PaperStep("signed", "yes (no day)")
    missing = "have it signed, and put the signed pages back: docgen packet --signed"
    return PaperStep("signed", NO, "" if paper.seal else missing, f"docgen packet {paper.name}")


def _packaged(facts: PaperFacts) -> PaperStep:
    """Whether every registrant that has a line of its own has a package, or there is one for all."""
    paper, packages = facts.paper, facts.packages
    if paper.seal:
        return PaperStep("packaged", "yes" if any(name == paper.name for name, _ in packages) else NEEDLESS)
    if not any(filer.label for filer in facts.filers):
        missing = f"write exhibit: in {_file(paper)}"
        return PaperStep("packaged", NO, missing, f"docgen package {paper.name}")
    whose = {filer.registrant for filer in facts.filers}
    packed = {
        registrant if whose != {""} else "": fresh
        for (name, registrant), fresh in packages.items()
        if name == paper.name
    }
    open_ = [filer for filer in facts.filers if filer.registrant not in packed]
    stale = [filer for filer in facts.filers if packed.get(filer.registrant) is False]
    command = f"docgen package {paper.name}{_of_whom((open_ or stale or list(facts.filers))[0])}"
    if open_:
        text = f"{len(whose) - len(open_)} of {len(whose)}" if len(open_) < len(whose) else NO
        return PaperStep("packaged", text, "lay it out for EDGAR", command)
    missing = "its data or wording has changed since: package it again" if stale else ""
    return PaperStep("packaged", "out of date" if stale else "yes", missing, command)


def _of_whom(filer: Filer) -> str:
    return f' --registrant "{filer.registrant}"' if filer.registrant else ""


def _filed(facts: PaperFacts) -> PaperStep:
    """The day of the filing, the last where there are several, or that it is sealed."""
    paper = facts.paper
    if paper.seal is None:
        whom = _of_whom(facts.filers[0])
        options = "--signed ... --form ... --on ... --accession ... --cik ... --file ..."
        return PaperStep("filed", NO, "file it, and seal it", f"docgen seal {paper.name}{whom} {options}")
    days = {filer.registrant: filer.filing.filed for filer in facts.filers if filer.filing and filer.filing.filed}
    past = [day for day in days.values() if day <= facts.on]
    if not days:
        return PaperStep("filed", "sealed (no day)")
    if not past:
        return _later("filed", min(days.values()))
    if len(past) == len(facts.filers):
        return PaperStep("filed", str(max(past)))
    text = f"{max(past)}, {len(past)} of {len(facts.filers)}"
    if without := [filer for filer in facts.filers if filer.registrant not in days]:
        command = exhibit_letters.seal_command(paper.name, without[0], ("--form", "--on"))
        return PaperStep("filed", text, f"say when {without[0].registrant} filed it", command)
    return PaperStep("filed", text, _later("filed", max(days.values())).missing)


def _listed(facts: PaperFacts) -> PaperStep:
    """Whether an exhibit list can say where it is."""
    paper = facts.paper
    if paper.seal is None or not facts.filings:
        return PaperStep("listed", NO)
    if not all(filer.label for filer in facts.filers):
        return PaperStep("listed", NO, "it names no exhibit, so that no list has it", f"docgen check {paper.name}")
    for filer in facts.filers:
        if filer.filing and (missing := filer.filing.missing):
            command = exhibit_letters.seal_command(paper.name, filer, missing)
            return PaperStep("listed", NO, "say where EDGAR has it", command)
    return PaperStep("listed", "yes")
