"""How far each paper is, from drafted to listed; what is missing, and what is next."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from docgen.model import english
from docgen.problems import Problem
from docgen.reports import filing_days, paper_steps
from docgen.reports.filing_days import RULES, FilingDay
from docgen.reports.listing import Listing, ListRow, ListTable
from docgen.reports.paper_steps import PaperFacts, PaperStep
from docgen.workspace import filers
from docgen.workspace.filers import Filer
from docgen.workspace.seals import Filing
from docgen.workspace.select import Paper, Selection

COUNSEL = "For counsel to confirm: the days follow from rules that have exceptions, and from what is kept here alone."
DAYLESS = (
    "A day in parentheses is later. Drafted, checked and packaged are as they are now, and so is what has (no day): "
    "nothing says since when."
)


@dataclass(frozen=True)
class PaperStatus:
    """A paper with its steps in order, and whether it has taken effect."""

    paper: str
    effective: datetime.date | None
    in_effect: bool
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


def status(selection: Selection, packages: Mapping[tuple[str, str], bool], on: datetime.date) -> PaperStatuses:
    """The status of what was asked for, as of a day; `packages` has the papers that stand in one, by who files them,
    and whether that is up to date.

    The days are those of the day or after it; of a paper that is to be filed and takes effect later, passed ones too.
    """
    seals = {paper.name: paper.seal for paper in selection.sealed if paper.seal}
    by_paper: dict[tuple[str, str], list[Filer]] = {}
    for plan in selection.plans:
        for filer in filers.of_plan(plan, seals):
            by_paper.setdefault((plan.id, filer.amendment.id), []).append(filer)
    entries = [
        PaperFacts(paper, by_paper[paper.plan.id, paper.amendment.id], on, _own(paper, selection.problems), packages)
        for paper in selection.papers
        if not paper.amendment.facts.opening
    ]
    days = [day for plan in selection.plans for day in filing_days.of_plan(plan, on)]
    days += [day for facts in entries for day in _days(facts)]
    statuses = tuple(_of_paper(facts) for facts in entries)
    return PaperStatuses(on, statuses, tuple(sorted(dict.fromkeys(days), key=lambda entry: (entry.day, entry.of))))


def _own(paper: Paper, problems: Sequence[Problem]) -> list[Problem]:
    return [p for p in problems if p.where.file in (paper.amendment.source.file, paper.plan.source.file)]


def _days(facts: PaperFacts) -> Iterator[FilingDay]:
    """The days of a paper from the day on; of one that is to be filed and takes effect later, those before it too."""
    paper, effective = facts.paper, facts.paper.amendment.day
    is_due = not facts.filings and effective is not None and effective >= facts.on
    filings: list[Filing | None] = [*facts.filings] or [None]
    for filing in filings:
        every = filing_days.of_paper(paper.name, paper.amendment, filing)
        yield from (entry for entry in every if is_due or entry.day >= facts.on)


def _of_paper(facts: PaperFacts) -> PaperStatus:
    effective = facts.paper.amendment.day
    in_effect = effective is not None and effective <= facts.on and not facts.paper.amendment.facts.draft
    return PaperStatus(facts.paper.name, effective, in_effect, paper_steps.of_paper(facts))


def as_json(value: PaperStatuses) -> str:
    """`{"on", "papers": [{"paper", "effective", "in_effect", "steps": {name: text}, "missing", "next"}], "days":
    [{"day", "of", "what", "source", "rule"}], "note"}`."""
    papers = [
        {
            "paper": paper.paper,
            "effective": paper.effective.isoformat() if paper.effective else None,
            "in_effect": paper.in_effect,
            "steps": {step.name: step.text for step in paper.steps},
            "missing": paper.next_step.missing if paper.next_step else None,
            "next": (paper.next_step.command or None) if paper.next_step else None,
        }
        for paper in value.papers
    ]
    days = [
        {"day": d.day.isoformat(), "of": d.of, "what": d.text, "source": d.source, "rule": RULES[d.source]}
        for d in value.days
    ]
    data = {"on": value.on.isoformat(), "papers": papers, "days": days, "note": f"{COUNSEL} {DAYLESS}"}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def listing(value: PaperStatuses) -> Listing:
    """The status as three tables: how far the papers are, what is next, which days come."""
    heads = ("Paper", "Effective", *(name.capitalize() for name in paper_steps.STEPS))
    rows = [ListRow((p.paper, _effect(p), *(step.text for step in p.steps))) for p in value.papers]
    tables = (
        ListTable("How far the papers are", heads, tuple(rows)),
        ListTable("What is next", ("Paper", "What is missing", "Then run"), tuple(_next_rows(value))),
        ListTable("Days", ("Day", "Of", "What", "Source"), tuple(_day_rows(value))),
    )
    return Listing(
        f"Status on {english.day(value.on)}, with the days from then on",
        (),
        tuple(table for table in tables if table.rows),
        (*(f"{rule}: {RULES[rule]}." for rule in dict.fromkeys(d.source for d in value.days)), COUNSEL, DAYLESS),
    )


def _effect(paper: PaperStatus) -> str:
    """The day on which it takes effect, in parentheses where that is still to come; open in a draft that has none yet,
    a hyphen where a final paper has none."""
    if paper.effective:
        return str(paper.effective) if paper.in_effect else f"({paper.effective})"
    return "open" if paper.steps[0].text == paper_steps.DRAFT else paper_steps.NEEDLESS


def _next_rows(value: PaperStatuses) -> Iterator[ListRow]:
    for paper in value.papers:
        if step := paper.next_step:
            yield ListRow((paper.paper, step.missing, step.command))


def _day_rows(value: PaperStatuses) -> Iterator[ListRow]:
    """A row for all papers of which the same is so on a day."""
    papers: dict[tuple[datetime.date, str, str], list[str]] = {}
    for entry in value.days:
        papers.setdefault((entry.day, entry.text, entry.source), []).append(entry.of)
    for (day, what, source), names in papers.items():
        passed = " (passed)" if day < value.on else ""
        yield ListRow((f"{day}{passed}", "\n".join(names), what, source))
