"""What a template sees: the facts of one amendment as plain values, and nothing that opens or computes.

templates/README.md lists these names for people who write templates; a test keeps the two equal.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from docgen.document import english, recital
from docgen.document.recital import ChangeView
from docgen.facts.models import PlanDate
from docgen.facts.schedule import Line, Schedule, Section
from docgen.facts.words import Blank, Holds
from docgen.facts.workspace import AmendmentFile, PlanFolder

Day = datetime.date | Blank


@dataclass(frozen=True)
class DatedView:
    """`plan.dated`: the day the plan bears, and the words around it."""

    date: Day
    phrase: str  # dated as of
    as_subsequently_amended: bool
    restated: Day | None


@dataclass(frozen=True)
class FootnoteView:
    """One of `schedule.footnotes`; `on` is empty when no words of the preamble carry the mark."""

    mark: str
    text: str
    on: str


@dataclass(frozen=True)
class PlanView:
    """`plan`: the agreement that is amended."""

    title: str  # Amended and Restated Master Distribution Plan
    title_lines: list[str]  # the same, over the lines that a title sets
    term: str  # Plan
    share_classes: list[str]  # Class B
    shares: str  # Class B Shares; empty when the plan is for no class in particular
    feature: str  # Securitization Feature, or empty
    dated: DatedView | None
    rule: str  # 12b-1, or empty
    recital: str  # none, whereas or list


@dataclass(frozen=True)
class AmendmentView:
    """`amendment`: the paper being written."""

    number: int | Blank | None
    effective: Day | None
    dated: Day | None
    exhibit: str  # the line at the top of the exhibit, or empty
    recital: str  # the recital in a person's own words, or empty
    changes: list[ChangeView]  # what changes, like changes together


@dataclass(frozen=True)
class ColumnView:
    """One column of `schedule.columns`."""

    heading: str
    mark: str
    role: str  # number or text


@dataclass(frozen=True)
class ValueView:
    """One value of `row.values`."""

    text: str
    mark: str
    role: str  # number or text


@dataclass(frozen=True)
class RowView:
    """One row of `group.rows`."""

    name: str
    mark: str
    values: list[ValueView]
    rows: list[RowView]


@dataclass(frozen=True)
class GroupView:
    """One group of `schedule.groups`; its name is empty in a schedule without groups."""

    name: str
    mark: str
    rows: list[RowView]


@dataclass(frozen=True)
class ScheduleView:
    """One of `schedules`: a schedule as it stands after the amendment."""

    name: str  # Schedule A
    subject: str  # Distribution and Service Fees, or empty
    row: str  # Portfolio, the label over the rows in the singular
    preamble: str  # the data's own words before the rows, or empty
    columns: list[ColumnView]
    groups: list[GroupView]
    footnotes: list[FootnoteView]


def build(plan: PlanFolder, amendment: AmendmentFile) -> Mapping[str, object]:
    """The names that a template of this amendment sees."""
    facts = plan.facts
    return {
        "plan": PlanView(
            title=facts.title,
            title_lines=english.title_lines(facts.title),
            term=facts.term,
            share_classes=list(facts.share_classes),
            shares=english.class_shares(facts.share_classes),
            feature=facts.feature or "",
            dated=_dated(facts.dated),
            rule=facts.rule or "",
            recital=facts.recital,
        ),
        "amendment": AmendmentView(
            number=amendment.facts.number,
            effective=amendment.facts.effective,
            dated=amendment.facts.dated,
            exhibit=amendment.facts.exhibit or "",
            recital=amendment.facts.recital or "",
            changes=recital.views(amendment),
        ),
        "schedules": [_schedule(schedule) for schedule in amendment.schedules],
    }


def _dated(dated: PlanDate | None) -> DatedView | None:
    if dated is None:
        return None
    return DatedView(dated.date, dated.phrase, dated.as_subsequently_amended, dated.restated)


def _schedule(schedule: Schedule) -> ScheduleView:
    return ScheduleView(
        name=schedule.form.name,
        subject=schedule.form.subject or "",
        row=schedule.form.row,
        preamble=schedule.form.preamble or "",
        columns=[ColumnView(c.heading, c.mark or "", _role(c.holds)) for _, c in schedule.columns],
        groups=[_group(group, schedule) for group in schedule.groups],
        footnotes=[FootnoteView(note.mark, note.text, note.on or "") for note in schedule.footnotes],
    )


def _group(group: Section, schedule: Schedule) -> GroupView:
    return GroupView(group.name, group.mark, [_row(row, schedule) for row in group.rows])


def _row(row: Line, schedule: Schedule) -> RowView:
    holds = schedule.holds()
    values = [ValueView(english.printed(v.typed, h), v.mark, _role(h)) for v, h in zip(row.values, holds, strict=False)]
    return RowView(row.name, row.mark, values, [_row(inner, schedule) for inner in row.rows])


def _role(holds: Holds) -> str:
    return "number" if holds in ("rate", "money") else "text"
