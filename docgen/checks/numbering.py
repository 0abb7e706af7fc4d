"""Rules about the order of a plan's papers: their numbers, drafts among final ones, exhibits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from docgen.checks import prose
from docgen.checks.plan_rule import PlanRule
from docgen.consolidation.plan_folder import PlanFolder
from docgen.model.values import BLANK
from docgen.problems import Problem
from docgen.workspace import filers

THIS_NUMBER = re.compile(r"\bthis amendment no\. \[?([0-9]{1,3})\b", re.IGNORECASE)
YEAR_DIGITS = 4  # of a file's name that is a year


def number_follows(plan: PlanFolder) -> Iterator[Problem]:
    """Each amendment has the number after the one before it (two different No. 2 were filed for one plan).

    So have the files, where their names are numbers and no years. One that goes on as if the number before it were
    right is no slip of its own.
    """
    wanted = _numbers_wanted(plan)
    for before, after in pairwise(plan.amendments):
        if (missing := _missing(before.id, after.id)) and not after.facts.opening:
            fault = f"{missing} missing between {before.id} and {after.id}"
            remedy = "put the file back (git restore FILE), rename this one, or accept the gap"
            yield after.source.warning((), fault, remedy)
        elif after.id in wanted and isinstance(before.facts.number, int):
            earlier, later = before.facts.number, after.facts.number
            fault = f"is {later}, and {before.id} before it is No. {earlier}"
            is_gap = isinstance(later, int) and later > earlier
            remedy = f"write {wanted[after.id]}, or accept the {'gap' if is_gap else 'repetition'}"
            goes_on = later == wanted.get(before.id, 0) + 1
            follows = _number_fact(plan, before.id) if goes_on else ()
            problem = after.source.warning(("number",), fault, remedy)
            yield replace(problem, fact=_number_fact(plan, after.id), follows=follows)


def _numbers_wanted(plan: PlanFolder) -> dict[str, int]:
    """The amendments that have another number than the one before them asks for, each with that number.

    An opening schedule follows no paper, whatever is kept from before it.
    """
    wanted: dict[str, int] = {}
    for before, after in pairwise(plan.amendments):
        earlier, later = before.facts.number, after.facts.number
        if not isinstance(later, int) or after.facts.opening or _missing(before.id, after.id):
            continue
        if before.facts.opening and not earlier:
            start = int(before.id) if re.fullmatch("[0-9]{1,3}", before.id) else 0
            wanted |= {after.id: start + 1} if later not in (1, start + 1) else {}
        elif isinstance(earlier, int) and later != earlier + 1:
            wanted[after.id] = earlier + 1
    return wanted


def _number_fact(plan: PlanFolder, amendment_id: str) -> tuple[str, ...]:
    """That an amendment has a number which is not the next."""
    return "number", plan.id, amendment_id


def _missing(earlier: str, later: str) -> str:
    """`002 is`, `002 to 005 are`: the files between two that are numbered; empty where there is none."""
    if not (earlier.isdecimal() and later.isdecimal()) or len(later) >= YEAR_DIGITS or int(later) - int(earlier) < 2:
        return ""
    first, last = (f"{number:0{len(later)}}.yaml" for number in (int(earlier) + 1, int(later) - 1))
    return f"{first} is" if first == last else f"{first} to {last} are"


def numbers_differ(plan: PlanFolder) -> Iterator[Problem]:
    """No two papers of a plan have one number, not with others between them either: two drafts of one No. 3."""
    wanted = _numbers_wanted(plan)
    first_ids: dict[object, str] = {}
    before: object = None
    for amendment in plan.amendments:
        number = amendment.facts.number
        if isinstance(number, int) and number in first_ids and before != number:
            fault = f"is {number}, and so is {first_ids[number]}'s"
            problem = amendment.source.warning(("number",), fault, "give one of the two another number")
            slip = next((id_ for id_ in (amendment.id, first_ids[number]) if id_ in wanted), "")
            yield replace(problem, follows=_number_fact(plan, slip))
        first_ids.setdefault(number, amendment.id)
        before = number


def first_number_follows_the_opening(plan: PlanFolder) -> Iterator[Problem]:
    """The first paper after an opening schedule is No. 1; or the one after it, where its file's name is a number."""
    wanted = _numbers_wanted(plan)
    for opening, first in pairwise(plan.amendments):
        number = first.facts.number
        if opening.facts.opening and first.id in wanted and isinstance(number, int) and not opening.facts.number:
            fault = f"is {number}, and {opening.id} before it is the opening schedule"
            remedy = f"write {wanted[first.id]}, or name the opening's file {number - 1:03}.yaml"
            problem = first.source.warning(("number",), fault, remedy)
            yield replace(problem, fact=_number_fact(plan, first.id))


def texts_say_the_number(plan: PlanFolder) -> Iterator[Problem]:
    """A text by hand that says this Amendment No. 7 stands in No. 7."""
    for amendment in plan.amendments:
        number = amendment.facts.number
        for text in prose.texts_of(amendment.source) if isinstance(number, int) else ():
            match = THIS_NUMBER.search(text.text)
            if match and int(match[1]) != number:
                yield text.warning(f'says "{match[0]}", and it is No. {number}', "fix the number, or leave it out")


def drafts_are_last(plan: PlanFolder) -> Iterator[Problem]:
    """No final paper follows a draft: it goes on from the final ones, as if the draft were not there."""
    for draft, final in pairwise(plan.amendments):
        if draft.facts.draft and not final.facts.draft:
            fault = f"is a draft, and {final.id} after it is final and does without its changes"
            yield draft.source.warning(("draft",), fault, "take draft: true out, or give its file a later name")


def exhibits_differ(plan: PlanFolder) -> Iterator[Problem]:
    """No two papers of a plan are one exhibit."""
    first_ids: dict[tuple[str, str], str] = {}
    named = (filer for filer in filers.of_plan(plan, {}) if filer.caption not in ("", str(BLANK)))
    for filer in named:
        amendment, exhibit = filer.amendment, filer.caption.casefold()
        earlier = first_ids.get(("", exhibit)) or first_ids.setdefault((filer.key, exhibit), amendment.id)
        if earlier != amendment.id:
            yield amendment.source.warning(
                filer.path, f"is {filer.caption}, and so is {earlier}", "write its own line, or accept it"
            )


CHECKS: tuple[PlanRule, ...] = (
    number_follows,
    numbers_differ,
    first_number_follows_the_opening,
    texts_say_the_number,
    drafts_are_last,
    exhibits_differ,
)
