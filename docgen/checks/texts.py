"""Rules about a plan's own text, where it is kept: that it can be read, and that every change of it applies."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import replace

from docgen.checks.across_plans import Everything, WorkspaceRule
from docgen.consolidation.plan_folder import PlanFolder
from docgen.document import conformed_text
from docgen.edgar import characters
from docgen.problems import DocgenError, Problem, Where, count, did_you_mean


def text_can_be_read(all_of: Everything) -> Iterator[Problem]:
    """The files of schedules/<plan>/text/ are in the tags that docgen knows, and stand where a paper prints them."""
    for plan in all_of.plans:
        for amendment in plan.amendments if not conformed_text.has_text(plan) else ():
            if amendment.facts.entire_plan:
                remedy = f"put it under schedules/{plan.id}/text/, as docs/conform.md shows"
                yield amendment.source.problem(("entire_plan",), "the plan's own text is not kept", remedy)
        yield from _unreadable(plan) if plan.text else ()
        ids = [amendment.id for amendment in plan.amendments]
        name = plan.facts.text_through
        if name is not None and name not in ids:
            yield plan.source.problem(("text_through",), f'the plan has no amendment "{name}"', did_you_mean(name, ids))
        elif name is not None and not plan.text:
            remedy = f"put the text under schedules/{plan.id}/text/, or take this out"
            yield plan.source.problem(("text_through",), "says of which amendment a text is that is not there", remedy)


def plain_text_can_show_the_plan(all_of: Everything) -> Iterator[Problem]:
    """Every sign of a plan's own text can be shown in EDGAR text (Filer Manual 5.2.1.1); a sign is one problem."""
    for plan in all_of.plans:
        places: dict[str, list[Where]] = {}
        for source in plan.text:
            for number, line in enumerate(html.unescape(source.text).split("\n"), start=1):
                for sign in characters.strangers(line, plan.facts.ascii):
                    places.setdefault(sign, []).append(Where(source.file, number))
        for sign, [where, *others] in places.items():
            more = f", here and on {count(len(others), 'more line')}" if others else ""
            letters = characters.guess(sign) or "letters"
            remedy = f"give its plain letters in plan.yaml:  ascii: {{{sign}: {letters}}}"
            yield Problem(where, f'EDGAR text has no "{sign}" (U+{ord(sign):04X}){more}', remedy)


def _unreadable(plan: PlanFolder) -> tuple[Problem, ...]:
    try:
        conformed_text.first_text(plan)
    except DocgenError as error:
        return error.problems
    return ()


def text_changes_apply(all_of: Everything) -> Iterator[Problem]:
    """The words that an amendment replaces stand in the plan, and so do the sections that it names.

    What was filed so cannot be mended: there it is a warning, to be accepted, and the text goes on without it.
    """
    for plan in all_of.plans:
        if conformed_text.has_text(plan) and not any(map(_unreadable, _chain(plan))):
            sealed = {a.source.file for a in plan.amendments if f"{plan.id}/{a.id}" in all_of.seals}
            final = [amendment for amendment in plan.amendments if not amendment.facts.draft]
            ends = [*final[-1:], *(amendment for amendment in plan.amendments if amendment.facts.draft)]
            for problem in (problem for end in ends for problem in conformed_text.through(plan, end).problems):
                yield replace(problem, severity="warning") if problem.where.file in sealed else problem


def _chain(plan: PlanFolder) -> list[PlanFolder]:
    """A plan and those that it restates."""
    return [plan, *(_chain(plan.continues) if plan.continues else [])]


CHECKS: tuple[WorkspaceRule, ...] = (text_can_be_read, text_changes_apply, plain_text_can_show_the_plan)
