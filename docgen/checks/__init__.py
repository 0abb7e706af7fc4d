"""The rules that hold across a plan's facts: one function each, from a plan, or from all of them, to problems.

A rule's problems carry its name. An error stops a build; a warning prints, and the amendment can
`accept` it. To add a rule, write a function and put it into the tuple of its file.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from docgen.checks import (
    across_plans,
    amendments,
    days,
    fees,
    names,
    numbering,
    old_names,
    parties,
    prose,
    rates,
    schedules,
    spelling,
    titles,
)
from docgen.checks.across_plans import Everything
from docgen.consolidation.plan_folder import AmendmentFile, PlanFolder
from docgen.model.event import EventFile
from docgen.problems import Problem, in_order
from docgen.workspace.load import Workspace

OF_A_PLAN = (amendments, numbering, schedules, fees, rates, prose, spelling, days, parties, titles)
CHECKS = tuple(rule for file in OF_A_PLAN for rule in file.CHECKS)
ACROSS_PLANS = old_names.CHECKS + across_plans.CHECKS + names.CHECKS + parties.ACROSS_PLANS


def check(workspace: Workspace, today: datetime.date) -> Workspace:
    """The workspace with every problem that any rule finds added to those that it has."""
    problems = run(workspace.plans, workspace.events, today)
    return replace(workspace, problems=in_order([*workspace.problems, *problems]))


def run(plans: Sequence[PlanFolder], events: Sequence[EventFile], today: datetime.date) -> tuple[Problem, ...]:
    """Every problem that any rule finds, less the warnings that an amendment accepts."""
    problems = [_with_check(check, problem) for plan in plans for check in CHECKS for problem in check(plan)]
    every = Everything(plans, events, today)
    problems += [_with_check(check, problem) for check in ACROSS_PLANS for problem in check(every)]
    return in_order(_unaccepted(plans, list(dict.fromkeys(problems))))


def _with_check(check: Callable[..., object], problem: Problem) -> Problem:
    return replace(problem, check=check.__name__.replace("_", "-"))


def _unaccepted(plans: Iterable[PlanFolder], problems: list[Problem]) -> Iterator[Problem]:
    """The problems that nobody accepted, and the acceptances that match none."""
    silenced: set[Problem] = set()
    for plan in plans:
        for amendment in plan.amendments:
            for number, accept in enumerate(amendment.facts.accept):
                matching = {problem for problem in problems if _accepts(plan, amendment, number, problem)}
                silenced |= matching
                if not matching:
                    fault = f'accepts "{accept.check}", which nothing here warns of'
                    remedy = "take the acceptance out, or fix its name"
                    problem = amendment.source.problem(("accept", number), fault, remedy)
                    yield replace(problem, severity="warning", check="acceptance")
    yield from (problem for problem in problems if problem not in silenced)


def _accepts(plan: PlanFolder, amendment: AmendmentFile, number: int, problem: Problem) -> bool:
    accept = amendment.facts.accept[number]
    return (
        problem.severity != "error"
        and problem.where.file in (amendment.source.file, plan.source.file)
        and problem.check == accept.check
        and (accept.on is None or accept.on in problem.found)
    )
