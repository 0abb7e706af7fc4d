"""The rules that hold across a plan's facts: one function each, from a plan, or from all of them, to problems.

A rule's problems carry its name. An error stops a build; a warning prints, and the amendment can
`accept` it. To add a rule, write a function and put it into the tuple of its file.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from docgen.checks import (
    acceptances,
    across_plans,
    amendments,
    boards,
    claims_in_texts,
    class_fees,
    classes,
    days,
    exhibit_letters,
    fees,
    look_alikes,
    names,
    names_in_texts,
    new_names,
    numbering,
    old_names,
    parties,
    prose,
    rates,
    rates_in_texts,
    registrant_lists,
    schedules,
    signers,
    spelling,
    terms_in_texts,
    texts,
    titles,
    trade_words,
    words_around,
)
from docgen.checks.across_plans import Everything
from docgen.consolidation.plan_folder import PlanFolder
from docgen.problems import Problem, count, errors, in_order
from docgen.workspace.load import Workspace

OF_A_PLAN = (
    amendments,
    numbering,
    schedules,
    fees,
    rates,
    rates_in_texts,
    terms_in_texts,
    claims_in_texts,
    words_around,
    prose,
    spelling,
    days,
    parties,
    registrant_lists,
    titles,
    trade_words,
    boards,
)
OF_NAMES = tuple(rule for file in (spelling, titles, trade_words, look_alikes) for rule in file.OF_NAMES)
CHECKS = tuple(rule for file in OF_A_PLAN for rule in file.CHECKS)
ACROSS_PLANS = (
    *old_names.CHECKS,
    *across_plans.CHECKS,
    *names.CHECKS,
    *names_in_texts.CHECKS,
    *claims_in_texts.ACROSS_PLANS,
    *parties.ACROSS_PLANS,
    *boards.ACROSS_PLANS,
    *signers.ACROSS_PLANS,
    *look_alikes.ACROSS_PLANS,
    *classes.CHECKS,
    *exhibit_letters.CHECKS,
    *texts.CHECKS,
    *class_fees.CHECKS,
)
OF_SEVERAL_NAMES = ("renames-agree", "one-day-for-one-name", "totals-of-classes-agree")  # rules that one line breaks
PlanRules = Callable[[PlanFolder], Sequence[Problem]]


def of_plan(plan: PlanFolder) -> Sequence[Problem]:
    """Every problem that the rules about one plan find; the names that it brings are gathered once."""
    names = new_names.by_paper(plan)
    of_names = [_with_check(check, problem) for check in OF_NAMES for problem in check(plan, names)]
    return [*(_with_check(check, problem) for check in CHECKS for problem in check(plan)), *of_names]


def check(workspace: Workspace, today: datetime.date, of_plan: PlanRules = of_plan) -> Workspace:
    """The workspace with every problem that any rule finds added to those that it has.

    Of a plan that cannot be applied to its end the rules say the errors only, and across plans they look at its names
    alone: what else there is may follow from those. So with an acceptance that nothing matches. `of_plan` is for
    whoever remembers what the rules said of a plan.
    """
    in_partial = errors(problem for plan in workspace.partial for problem in of_plan(plan))
    of_plans = [*(problem for plan in workspace.plans for problem in of_plan(plan)), *in_partial]
    every = Everything(
        workspace.plans,
        workspace.events,
        today,
        workspace.seals,
        workspace.partial,
        workspace.plan_ids,
        workspace.event_ids,
    )
    across = [_with_check(check, problem) for check in ACROSS_PLANS for problem in check(every)]
    plans = (*workspace.plans, *workspace.partial)
    answer = acceptances.answer(plans, workspace.events, _each_once([*of_plans, *across]))
    needless = answer.needless if every.is_complete else ()
    problems = _causes([*workspace.problems, *answer.problems, *needless])
    return replace(workspace, problems=_to_print(problems), accepted=_to_print(answer.accepted))


def _causes(problems: Sequence[Problem]) -> list[Problem]:
    """The problems without those that only follow from another; the cause of an error is one itself.

    Where two rules say one fact of one place, the first of them says it.
    """
    problems = _each_fact_once(problems)
    facts = {problem.fact for problem in problems if problem.fact}
    followers = [problem for problem in problems if problem.follows and problem.follows in facts]
    grave = {problem.follows for problem in errors(followers)}
    return [
        replace(problem, severity="error") if problem.fact in grave else problem
        for problem in problems
        if problem not in followers
    ]


def _each_fact_once(problems: Iterable[Problem]) -> list[Problem]:
    """The problems without those of a fact that another rule says of the same line."""
    first: dict[tuple[object, ...], Problem] = {}
    return [
        problem
        for problem in problems
        if not problem.fact or first.setdefault((problem.where, problem.fact), problem).check == problem.check
    ]


def _to_print(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems in order, as they are printed."""
    return in_order(replace(problem, about=(), fact=(), places=(), follows=()) for problem in _together(problems))


def _together(problems: Iterable[Problem]) -> Iterator[Problem]:
    """The problems, those as one that come of one line and say the same of several names; an error before warnings."""
    alike: dict[tuple[object, ...], list[Problem]] = {}
    for number, problem in enumerate(problems):
        key = (problem.where, problem.check, problem.remedy) if problem.check in OF_SEVERAL_NAMES else (number,)
        alike.setdefault(key, []).append(problem)
    for same in alike.values():
        first = next(iter(errors(same)), same[0])
        more = count(len(same) - 1, "more name")
        yield replace(first, found=f"{first.found}; and so with {more}") if len(same) > 1 else first


def _each_once(problems: Iterable[Problem]) -> list[Problem]:
    """What is wrong with one value, as the first amendment has its rows; later ones say the same of those that stay."""
    first: dict[object, Problem] = {}
    for problem in problems:
        first.setdefault(
            (problem.where, problem.check, acceptances.message(problem)) if problem.about else problem, problem
        )
    return list(first.values())


def _with_check(check: Callable[..., object], problem: Problem) -> Problem:
    return replace(problem, check=check.__name__.replace("_", "-"))
