"""What a moment of a plan is called in a paper for people: by its amendment or its day, never by a file's name."""

from __future__ import annotations

from docgen.document import schedule_context
from docgen.model import english
from docgen.model.plan import Plan
from docgen.model.settings import overlay
from docgen.workspace.points_in_time import Moment


def facts_of(moment: Moment) -> Plan:
    """The plan's own facts at that moment."""
    return (moment.amendment.plan if moment.amendment else None) or moment.plan.facts


def name_of(moment: Moment) -> str:
    """`Amendment No. 2` as the plan numbers it; for a day or an unnumbered paper the schedule by its day."""
    amendment = moment.amendment
    if moment.day:
        return f"the schedule in force on {english.day(moment.day)}"
    if amendment is None:
        return "the schedule before the first amendment"
    facts = amendment.facts
    if facts.number is not None and not facts.opening:
        form = overlay(facts_of(moment).form, facts.form)
        return schedule_context.amendment_name(facts.number, form.number)
    day = f" {english.day(amendment.day)}" if amendment.day else ""
    if facts.entire_plan:
        return f"the plan as restated on{day}" if day else "the plan as restated"
    if facts.opening:
        return f"the schedule of{day}" if day else "the schedule before the first amendment"
    return f"the amendment effective{day}" if day else "the amendment in draft"


def title_of(plan: Plan) -> str:
    """`Master Distribution Plan (Class B Shares)`; without the classes where the title says them itself."""
    shares = english.shares_beside_title(plan.share_classes, plan.title)
    return f"{plan.title}{f' ({shares})' if shares else ''}"
