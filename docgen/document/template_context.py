"""What a template sees: the facts of one amendment as plain values, and nothing that opens or computes.

templates/README.md lists these names for people who write templates; a test keeps the two equal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from docgen.consolidation.plan_folder import AmendmentFile, PlanFolder
from docgen.document import operative_clause, recital, schedule_context, signatures
from docgen.document.operative_clause import ItemView
from docgen.document.recital import ChangeView
from docgen.document.schedule_context import Printing
from docgen.document.signatures import SignatureView
from docgen.document.text_context import TextView
from docgen.model import english
from docgen.model.plan import Plan
from docgen.model.schedule import Schedule
from docgen.model.settings import Form, Party
from docgen.model.values import Blank, DayOrBlank


@dataclass(frozen=True)
class DatedView:
    """`plan.dated`: the day the plan bears, and the words around it."""

    date: DayOrBlank | None
    phrase: str  # dated as of
    as_subsequently_amended: bool
    restated: DayOrBlank | None
    to_be_effective: DayOrBlank | None
    amended: list[DayOrBlank]  # every earlier day of amendment, where the plan lists them
    then: str  # as amended and restated, or empty
    amended_and_restated: list[DayOrBlank]
    amended_effective: DayOrBlank | None


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
    marks: list[str]  # the marks of a list: (1), (2) and so on
    inline: bool  # whether they stand inside a sentence too
    therefore: str  # agree, clause or none
    schedule: str  # following or attached
    operative: str  # replaced, restated or none
    in_its_entirety: str  # deleted or replaced: after which of the two it stands
    terms: str  # herein, hereby or none
    effective: str  # the words before the effective date, or none
    frame: str  # plain or contract
    open: str  # the quotation mark before the new schedule, or empty
    close: str  # the one after it
    class_in_opening: bool
    the_in_title: bool
    the_in_attachment: bool
    registrant_after_rule: bool
    signatures: str  # after or before


@dataclass(frozen=True)
class PlanView:
    """`plan`: the agreement that is amended."""

    title: str  # Amended and Restated Master Distribution Plan
    title_lines: list[str]  # the same, over the lines that a title sets
    term: str  # Plan
    share_classes: list[str]  # Class B
    shares: str  # Class B Shares; empty when the plan is for no class in particular
    shares_beside_title: str  # the same, but empty where the title says them itself
    feature: str  # Securitization Feature, or empty
    dated: DatedView | None
    rule: str  # 12b-1, or empty
    of: PartyView | None  # the first of the registrants
    registrants: list[PartyView]  # those whose plan it is
    parties: list[PartyView]


@dataclass(frozen=True)
class AmendmentView:
    """`amendment`: the paper being written."""

    number: int | Blank | None
    name: str  # Amendment No. 2, Amendment No. [2], Second Amendment
    effective: DayOrBlank | None
    dated: DayOrBlank | None
    exhibit: str  # the line at the top of the exhibit, or empty
    reason: str  # at the end of the opening sentence, or empty
    whereas: list[str]  # recitals in a person's own words, beside the derived one
    approvals: list[ApprovalView]
    recital: list[str]  # the recital in a person's own words, in place of the derived one; or none
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


def build(plan: PlanFolder, amendment: AmendmentFile, text: TextView) -> Mapping[str, object]:
    """The names that a template of this amendment sees; `text` is the plan's own."""
    facts, paper = amendment.plan, amendment.facts
    form = amendment.form
    printed = [schedule for schedule in amendment.schedules if not schedule.form.under]
    return {
        "plan": PlanView(
            title=facts.title,
            title_lines=english.title_lines(facts.title_lines),
            term=facts.term,
            share_classes=list(facts.share_classes),
            shares=english.class_shares(facts.share_classes),
            shares_beside_title=english.shares_beside_title(facts.share_classes, facts.title),
            feature=facts.feature or "",
            dated=_dated(facts, plan, amendment),
            rule=facts.rule or "",
            of=_party(facts.registrants[0]) if facts.registrants else None,
            registrants=[_party(party) for party in facts.registrants],
            parties=[_party(party) for party in facts.parties],
        ),
        "amendment": AmendmentView(
            number=paper.number,
            name=schedule_context.amendment_name(paper.number, form.number),
            effective=paper.effective,
            dated=paper.dated,
            exhibit=paper.exhibit or "",
            reason=paper.reason or "",
            whereas=list(paper.whereas),
            approvals=[ApprovalView(vote.by, vote.on, vote.independent, vote.holders) for vote in paper.approvals],
            recital=list(paper.recital),
            changes=recital.views(amendment, table=form.recital == "table"),
            items=operative_clause.items(paper, form, [schedule.name for schedule in printed], amendment.day),
            signatures=signatures.blocks(
                facts.signatures if paper.signatures is None else paper.signatures,
                registrants(amendment.after),
                (*facts.registrants, *facts.parties),
            ),
        ),
        "form": _form(form, is_agreement=bool(facts.parties) or form.frame == "contract"),
        "schedules": [schedule_context.view(schedule, Printing(plan, facts, form, amendment)) for schedule in printed],
        "text": text,
    }


def registrants(schedules: Iterable[Schedule]) -> list[str]:
    """The registrants of the schedules, each once, in order."""
    return list(dict.fromkeys(g.name for s in schedules if s.has_registrants for g in s.groups if g.name))


def _form(form: Form, is_agreement: bool) -> FormView:
    """The settings; parties that attach a schedule quote nothing and sign before it, unless they say so."""
    attached = form.schedule == "attached"
    quotes = not (attached and is_agreement) if form.quotes is None else form.quotes
    return FormView(
        recital=form.recital,
        marks=list(english.marks(form.list_mark or "(1)")),
        inline=form.list_mark is not None,
        therefore=form.therefore,
        schedule=form.schedule,
        operative=form.operative,
        in_its_entirety=form.in_its_entirety or ("replaced" if attached else "deleted"),
        terms=form.terms,
        effective=form.effective,
        frame=form.frame,
        open="“" if quotes else "",
        close="”" if quotes else "",
        class_in_opening=form.class_in_opening,
        the_in_title=form.the_in_title,
        the_in_attachment=form.the_in_attachment,
        registrant_after_rule=form.registrant_after_rule,
        signatures=form.signatures or ("before" if attached and is_agreement else "after"),
    )


def _party(party: Party) -> PartyView:
    return PartyView(party.name, party.is_ or "", english.without_article(party.called or ""))


def _dated(facts: Plan, plan: PlanFolder, amendment: AmendmentFile) -> DatedView | None:
    dated = facts.dated
    if dated is None:
        return None
    earlier = plan.amendments[: plan.amendments.index(amendment)] if dated.amended is not None else ()
    papers = [a for a in earlier if not (a.facts.draft or a.facts.opening or a.facts.entire_plan)]
    amended = [*(dated.amended or ()), *(a.day for a in papers if a.day)]
    return DatedView(
        date=dated.date,
        phrase=dated.phrase,
        as_subsequently_amended=dated.as_subsequently_amended,
        restated=dated.restated,
        to_be_effective=dated.to_be_effective,
        amended=amended,
        then=dated.then or "",
        amended_and_restated=list(dated.amended_and_restated),
        amended_effective=dated.amended_effective,
    )
