"""What a template sees: the facts of one amendment as plain values, and nothing that opens or computes.

templates/README.md lists these names for people who write templates; a test keeps the two equal.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from docgen.consolidation.plan_folder import AmendmentFile, PlanFolder
from docgen.document import operative_clause, recital, signatures
from docgen.document.operative_clause import ItemView
from docgen.document.recital import ChangeView
from docgen.document.signatures import SignatureView
from docgen.model import english
from docgen.model.plan import Plan, ScheduleForm
from docgen.model.schedule import Line, Schedule, Section
from docgen.model.settings import Form, Party, overlay
from docgen.model.values import Blank, DayOrBlank, Holds


@dataclass(frozen=True)
class DatedView:
    """`plan.dated`: the day the plan bears, and the words around it."""

    date: DayOrBlank
    phrase: str  # dated as of
    as_subsequently_amended: bool
    restated: DayOrBlank | None
    to_be_effective: DayOrBlank | None
    amended: list[DayOrBlank]  # every earlier day of amendment, where the plan lists them


@dataclass(frozen=True)
class FootnoteView:
    """One of `schedule.footnotes`; `on` is empty when no words of the preamble carry the mark."""

    mark: str
    text: str
    on: str


@dataclass(frozen=True)
class PartyView:
    """`plan.of` and each of `plan.parties`: who the agreement is between."""

    name: str
    is_a: str  # a Delaware statutory trust, or empty
    called: str  # Distributor, or empty


@dataclass(frozen=True)
class FormView:
    """`form`: the settings of the wording, the amendment's before the plan's."""

    recital: str  # none, whereas, each, list, headed or table
    schedule: str  # following or attached
    operative: str  # replaced, restated or none
    terms: str  # herein, hereby or none
    effective: str  # the words before the effective date, or none
    frame: str  # plain or contract
    open: str  # the quotation mark before the new schedule, or empty
    close: str  # the one after it
    class_in_opening: bool
    signatures: str  # after or before


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
    of: PartyView | None
    parties: list[PartyView]


@dataclass(frozen=True)
class AmendmentView:
    """`amendment`: the paper being written."""

    number: int | Blank | None
    name: str  # Amendment No. 2, Amendment No. [2], Second Amendment
    effective: DayOrBlank | None
    dated: DayOrBlank | None
    exhibit: str  # the line at the top of the exhibit, or empty
    whereas: list[str]  # recitals in a person's own words, beside the derived one
    approvals: list[ApprovalView]
    recital: str  # the recital in a person's own words, in place of the derived one; or empty
    changes: list[ChangeView]  # what changes, like changes together
    items: list[ItemView]  # the items of the operative clause
    signatures: list[SignatureView]


@dataclass(frozen=True)
class ApprovalView:
    """One of `amendment.approvals`: a vote that the amendment rests on."""

    by: str
    on: DayOrBlank
    independent: bool
    holders: bool


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
    label: str  # the label over its rows: PORTFOLIO or PORTFOLIOS, by count
    rows: list[RowView]


@dataclass(frozen=True)
class ScheduleView:
    """One of `schedules`: a schedule as it stands after the amendment."""

    name: str  # Schedule A
    plan_lines: list[str]  # the plan's name in the heading, over its lines
    link: str  # the words between the two: TO, or empty
    the: bool  # whether `the` stands before the plan's name
    subject: str  # (Distribution and Service Fees), or empty
    as_of: DayOrBlank | None
    row: str  # Portfolio, the name of a row in the singular
    label: str  # the label over all rows: Portfolios
    group_heading: str  # the head of a column of group names, or empty
    preamble: str  # the data's own words before the rows, or empty
    columns: list[ColumnView]
    groups: list[GroupView]
    once: list[ValueView]  # the values that stand once for all rows, or none
    footnotes: list[FootnoteView]
    parts: list[ScheduleView]  # further schedules under the same heading


def build(plan: PlanFolder, amendment: AmendmentFile) -> Mapping[str, object]:
    """The names that a template of this amendment sees."""
    facts, paper = amendment.plan or plan.facts, amendment.facts
    form = overlay(facts.form, paper.form)
    printed = [schedule for schedule in amendment.schedules if not schedule.form.under]
    return {
        "plan": PlanView(
            title=facts.title,
            title_lines=english.title_lines(facts.title),
            term=facts.term,
            share_classes=list(facts.share_classes),
            shares=english.class_shares(facts.share_classes),
            feature=facts.feature or "",
            dated=_dated(facts, plan, amendment),
            rule=facts.rule or "",
            of=_party(facts.of) if facts.of else None,
            parties=[_party(party) for party in facts.parties],
        ),
        "amendment": AmendmentView(
            number=paper.number,
            name=_name(paper.number, form.number),
            effective=paper.effective,
            dated=paper.dated,
            exhibit=paper.exhibit or "",
            whereas=list(paper.whereas),
            approvals=[ApprovalView(vote.by, vote.on, vote.independent, vote.holders) for vote in paper.approvals],
            recital=paper.recital or "",
            changes=recital.views(amendment),
            items=operative_clause.items(paper, form, [schedule.name for schedule in printed], amendment.day),
            signatures=signatures.blocks(
                facts.signatures if paper.signatures is None else paper.signatures, registrants(amendment.after)
            ),
        ),
        "form": _form(form),
        "schedules": [_schedule(schedule, facts, form, amendment) for schedule in printed],
    }


def registrants(schedules: Iterable[Schedule]) -> list[str]:
    """The registrants of the schedules, each once, in order."""
    return list(dict.fromkeys(g.name for s in schedules if s.has_registrants for g in s.groups if g.name))


def _name(number: int | Blank | None, way: str) -> str:
    if number is None:
        return "Amendment"
    if way == "words" and isinstance(number, int):
        return f"{english.ordinal_word(number)} Amendment"
    return f"Amendment No. {f'[{number}]' if way == 'brackets' and isinstance(number, int) else number}"


def _form(form: Form) -> FormView:
    return FormView(
        recital=form.recital,
        schedule=form.schedule,
        operative=form.operative,
        terms=form.terms,
        effective=form.effective,
        frame=form.frame,
        open="“" if form.quotes else "",
        close="”" if form.quotes else "",
        class_in_opening=form.class_in_opening,
        signatures=form.signatures,
    )


def _party(party: Party) -> PartyView:
    return PartyView(party.name, party.is_ or "", party.called or "")


def _dated(facts: Plan, plan: PlanFolder, amendment: AmendmentFile) -> DatedView | None:
    dated = facts.dated
    if dated is None:
        return None
    earlier = plan.amendments[: plan.amendments.index(amendment)] if dated.amended is not None else ()
    amended = [*(dated.amended or ()), *(a.day for a in earlier if a.day and not (a.facts.draft or a.facts.opening))]
    return DatedView(
        dated.date, dated.phrase, dated.as_subsequently_amended, dated.restated, dated.to_be_effective, amended
    )


def _schedule(schedule: Schedule, plan: Plan, form: Form, amendment: AmendmentFile) -> ScheduleView:
    facts = schedule.form
    link = "" if form.link == "none" else form.link
    rows = [row for _, row, _ in schedule.lines() if row.values]
    subject = f"({facts.subject})" if form.parentheses and facts.subject else facts.subject
    parts = [part for part in amendment.schedules if part.form.under == facts.name]
    return ScheduleView(
        name=facts.name,
        plan_lines=english.title_lines(facts.plan or plan.title),
        link=link.removesuffix(" the"),
        the=link.endswith(" the"),
        subject=subject or "",
        as_of=amendment.facts.effective if form.as_of and not facts.under else None,
        row=facts.row,
        label=_label(facts, form, sum(len(group.rows) for group in schedule.groups)),
        group_heading=facts.group_heading or "",
        preamble=facts.preamble or "",
        columns=[ColumnView(_head(c.heading, form), c.mark or "", _role(c.holds)) for _, c in schedule.columns],
        groups=[_group(group, schedule, form) for group in schedule.groups],
        once=_values(rows[0], schedule) if facts.rates == "once" and rows else [],
        footnotes=[FootnoteView(note.mark, note.text, note.on or "") for note in schedule.footnotes],
        parts=[_schedule(part, plan, form, amendment) for part in parts],
    )


def _label(facts: ScheduleForm, form: Form, rows: int) -> str:
    """The label over so many rows."""
    return facts.label or _head(english.plural(facts.row, rows), form)


def _head(heading: str, form: Form) -> str:
    return heading.upper() if form.capitals else heading


def _group(group: Section, schedule: Schedule, form: Form) -> GroupView:
    label = _label(schedule.form, form, len(group.rows))
    return GroupView(group.name, group.mark, label, [_row(row, schedule) for row in group.rows])


def _row(row: Line, schedule: Schedule) -> RowView:
    return RowView(row.name, row.mark, _values(row, schedule), [_row(inner, schedule) for inner in row.rows])


def _values(row: Line, schedule: Schedule) -> list[ValueView]:
    paired = zip(row.values, schedule.holds(), strict=False)
    return [_value(value.typed, value.mark, holds) for value, holds in paired]


@functools.lru_cache(maxsize=4096)
def _value(typed: tuple[str, ...] | Blank, mark: str, holds: Holds) -> ValueView:
    """A value as it prints; a schedule has few that differ."""
    return ValueView(english.value_text(typed, holds), mark, _role(holds))


def _role(holds: Holds) -> str:
    return "number" if holds in ("rate", "money") else "text"
