"""How far each paper is, from drafted to listed; what is missing, and what is next."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from docgen.consolidation.plan_folder import AmendmentFile
from docgen.edgar import exhibit
from docgen.model import changes, english
from docgen.problems import Problem, count, errors
from docgen.reports import filing_days
from docgen.reports.filing_days import RULES, FilingDay
from docgen.reports.listing import Listing, ListRow, ListTable
from docgen.workspace.select import Paper, Selection

NEEDLESS = "-"  # where a step is not asked for
NO = "no"
COUNSEL = "For counsel to confirm: the days follow from rules that have exceptions, and from what is kept here alone."
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
class PaperStatus:
    """A paper with its steps in order."""

    paper: str
    effective: datetime.date | None
    steps: tuple[PaperStep, ...]

    @property
    def next_step(self) -> PaperStep | None:
        """The first step that is missing."""
        return next((step for step in self.steps if step.missing), None)


@dataclass(frozen=True)
class PaperStatuses:
    """All papers on a day, and the days that follow from them."""

    on: datetime.date
    papers: tuple[PaperStatus, ...]
    days: tuple[FilingDay, ...]


def status(selection: Selection, packages: Mapping[str, bool], on: datetime.date) -> PaperStatuses:
    """The status of what was asked for; `packages` has the papers that stand in one, and whether that is up to date.

    The days are those of the day or after it; of a paper that is to be filed and takes effect later, passed ones too.
    """
    papers = [paper for paper in selection.papers if not paper.amendment.facts.opening]
    statuses = tuple(_of_paper(paper, selection.problems, packages) for paper in papers)
    days = [day for plan in selection.plans for day in filing_days.of_plan(plan, on)]
    for paper in papers:
        filing = paper.seal.filing if paper.seal else None
        is_due = filing is None and paper.amendment.day is not None and paper.amendment.day >= on
        days += [d for d in filing_days.of_paper(paper.name, paper.amendment, filing) if is_due or d.day >= on]
    return PaperStatuses(on, statuses, tuple(sorted(days, key=lambda entry: (entry.day, entry.of))))


def _of_paper(paper: Paper, problems: Sequence[Problem], packages: Mapping[str, bool]) -> PaperStatus:
    own = [p for p in problems if p.where.file in (paper.amendment.source.file, paper.plan.source.file)]
    steps = (
        _drafted(paper),
        _checked(paper, own),
        _approved(paper),
        _signed(paper),
        _packaged(paper, packages),
        _filed(paper),
        _listed(paper),
    )
    return PaperStatus(paper.name, paper.amendment.day, steps)


def _drafted(paper: Paper) -> PaperStep:
    if not paper.amendment.facts.draft:
        return PaperStep("drafted", "yes")
    missing = f"fill in what is open in {paper.amendment.source.file}, and take draft: true out"
    return PaperStep("drafted", "draft", missing, f"docgen check {paper.name}")


def _checked(paper: Paper, problems: Sequence[Problem]) -> PaperStep:
    """Whether a check finds nothing wrong; what was filed is past it."""
    faults = errors(problems)
    if faults:
        return PaperStep("checked", count(len(faults), "problem"), "fix the problems", f"docgen check {paper.name}")
    warnings = [problem for problem in problems if problem.severity == "warning"]
    return PaperStep("checked", f"yes, {count(len(warnings), 'warning')}" if warnings else "yes")


def _approved(paper: Paper) -> PaperStep:
    """The day of the last vote that is kept; a vote that changes of names alone may not need is not asked for."""
    amendment, facts = paper.amendment, paper.amendment.plan or paper.plan.facts
    days = [vote.on for vote in amendment.facts.approvals if isinstance(vote.on, datetime.date)]
    if days:
        return PaperStep("approved", str(max(days)))
    if not facts.is_under_12b_1 or _changes_names_alone(amendment):
        return PaperStep("approved", NEEDLESS)
    command = f"docgen approve {paper.name} --by ... --on ... --independent"
    return PaperStep("approved", NO, "" if paper.seal else "record the votes", command)


def _changes_names_alone(amendment: AmendmentFile) -> bool:
    return bool(amendment.facts.changes) and all(isinstance(change, NAMES_ALONE) for change in amendment.facts.changes)


def _signed(paper: Paper) -> PaperStep:
    """The day of the signatures, or that the paper prints them; a paper without a block has nobody to sign it."""
    if paper.seal and paper.seal.signed:
        return PaperStep("signed", str(paper.seal.signed))
    own = paper.amendment.facts.signatures
    blocks = own if own is not None else paper.plan.facts.signatures
    if not blocks:
        return PaperStep("signed", NEEDLESS)
    if all(block.by.signed for block in blocks):
        return PaperStep("signed", "yes")
    missing = "have it signed, then write signed: true beside the names"
    return PaperStep("signed", NO, "" if paper.seal else missing, f"docgen build {paper.name} --format pdf")


def _packaged(paper: Paper, packages: Mapping[str, bool]) -> PaperStep:
    command = f"docgen package {paper.name}"
    if paper.seal:
        return PaperStep("packaged", "yes" if paper.name in packages else NEEDLESS)
    if paper.name in packages:
        stale = "" if packages[paper.name] else "its data or wording has changed since: package it again"
        return PaperStep("packaged", "out of date" if stale else "yes", stale, command)
    if not exhibit.of_caption(paper.amendment.facts.exhibit or ""):
        missing = f"write exhibit: in {paper.amendment.source.file}"
        return PaperStep("packaged", NO, missing, command)
    return PaperStep("packaged", NO, "lay it out for EDGAR", command)


def _filed(paper: Paper) -> PaperStep:
    """The day of the filing, or that it is sealed."""
    if paper.seal:
        return PaperStep("filed", str(paper.seal.filing.filed or "sealed"))
    command = f"docgen seal {paper.name} --signed ... --form ... --on ... --accession ... --cik ... --file ..."
    return PaperStep("filed", NO, "file it, and seal it", command)


def _listed(paper: Paper) -> PaperStep:
    """Whether an exhibit list can say where it is."""
    if paper.seal is None:
        return PaperStep("listed", NO)
    if not exhibit.of_caption(paper.amendment.facts.exhibit or ""):
        return PaperStep("listed", NO, "it names no exhibit, so that no list has it", f"docgen check {paper.name}")
    if missing := paper.seal.filing.missing:
        options = " ".join(f"{option} ..." for option in missing)
        return PaperStep("listed", NO, "say where EDGAR has it", f"docgen seal {paper.name} {options}")
    return PaperStep("listed", "yes")


def as_json(value: PaperStatuses) -> str:
    """`{"on", "papers": [{"paper", "effective", "steps": {name: text}, "missing", "next"}], "days": [{"day", "of",
    "what", "source", "rule"}], "note"}`."""
    papers = [
        {
            "paper": paper.paper,
            "effective": paper.effective.isoformat() if paper.effective else None,
            "steps": {step.name: step.text for step in paper.steps},
            "missing": paper.next_step.missing if paper.next_step else None,
            "next": paper.next_step.command if paper.next_step else None,
        }
        for paper in value.papers
    ]
    days = [
        {"day": d.day.isoformat(), "of": d.of, "what": d.what, "source": d.source, "rule": RULES[d.source]}
        for d in value.days
    ]
    data = {"on": value.on.isoformat(), "papers": papers, "days": days, "note": COUNSEL}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def listing(value: PaperStatuses) -> Listing:
    """The status as three tables: how far the papers are, what is next, which days come."""
    heads = ("Paper", "Effective", *(name.capitalize() for name in STEPS))
    rows = [ListRow((p.paper, str(p.effective or "open"), *(step.text for step in p.steps))) for p in value.papers]
    tables = (
        ListTable("How far the papers are", heads, tuple(rows)),
        ListTable("What is next", ("Paper", "What is missing", "Then run"), tuple(_next_rows(value))),
        ListTable("Days", ("Day", "Of", "What", "Source"), tuple(_day_rows(value))),
    )
    return Listing(
        f"Status, with the days from {english.day(value.on)} on",
        (),
        tuple(table for table in tables if table.rows),
        (*(f"{rule}: {RULES[rule]}." for rule in dict.fromkeys(d.source for d in value.days)), COUNSEL),
    )


def _next_rows(value: PaperStatuses) -> Iterator[ListRow]:
    for paper in value.papers:
        if step := paper.next_step:
            yield ListRow((paper.paper, step.missing, step.command))


def _day_rows(value: PaperStatuses) -> Iterator[ListRow]:
    """A row for all papers of which the same is so on a day."""
    papers: dict[tuple[datetime.date, str, str], list[str]] = {}
    for entry in value.days:
        papers.setdefault((entry.day, entry.what, entry.source), []).append(entry.of)
    for (day, what, source), names in papers.items():
        passed = " (passed)" if day < value.on else ""
        yield ListRow((f"{day}{passed}", "\n".join(names), what, source))
