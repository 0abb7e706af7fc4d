"""The rules that hold across a plan's facts: one function each, from a plan, or from all of them, to problems.

A rule's problems carry its name. An error stops a build; a warning prints, and the amendment can
`accept` it. To add a rule, write a function and put it into the tuple of its file.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from docgen.checks import (
    across_plans,
    amendments,
    class_fees,
    classes,
    days,
    exhibit_letters,
    fees,
    names,
    numbering,
    old_names,
    parties,
    prose,
    rates,
    schedules,
    spelling,
    texts,
    titles,
)
from docgen.checks.across_plans import Everything
from docgen.consolidation.plan_folder import PlanFolder
from docgen.model.amendment import Accept
from docgen.problems import Problem, errors, in_order
from docgen.workspace.load import Workspace

OF_A_PLAN = (amendments, numbering, schedules, fees, rates, prose, spelling, days, parties, titles)
CHECKS = tuple(rule for file in OF_A_PLAN for rule in file.CHECKS)
ACROSS_PLANS = (
    *old_names.CHECKS,
    *across_plans.CHECKS,
    *names.CHECKS,
    *parties.ACROSS_PLANS,
    *classes.CHECKS,
    *exhibit_letters.CHECKS,
    *texts.CHECKS,
    *class_fees.CHECKS,
)
PlanRules = Callable[[PlanFolder], Sequence[Problem]]
Fact = tuple[str, str, str]  # a rule's name, what it says, and of which row


@dataclass(frozen=True)
class Answer:
    """What the rules say: the problems, and the warnings that a person lets stand."""

    problems: tuple[Problem, ...]
    accepted: tuple[Problem, ...] = ()


def of_plan(plan: PlanFolder) -> Sequence[Problem]:
    """Every problem that the rules about one plan find."""
    return [_with_check(check, problem) for check in CHECKS for problem in check(plan)]


def check(workspace: Workspace, today: datetime.date, of_plan: PlanRules = of_plan) -> Workspace:
    """The workspace with every problem that any rule finds added to those that it has.

    Of a plan that cannot be applied to its end the rules say the errors only: what else there is may follow from those.
    `of_plan` is for whoever remembers what the rules said of a plan.
    """
    answer = run(workspace, today, of_plan)
    in_partial = errors(problem for plan in workspace.partial for problem in of_plan(plan))
    problems = in_order([*workspace.problems, *answer.problems, *in_partial])
    return replace(workspace, problems=problems, accepted=answer.accepted)


def run(workspace: Workspace, today: datetime.date, of_plan: PlanRules = of_plan) -> Answer:
    """Every problem that any rule finds, less the warnings that an amendment accepts."""
    plans = workspace.plans
    every = Everything(plans, workspace.events, today, workspace.seals)
    of_plans = [problem for plan in plans for problem in of_plan(plan)]
    across = [_with_check(check, problem) for check in ACROSS_PLANS for problem in check(every)]
    answer = _with_acceptances(plans, _each_once([*of_plans, *across]))
    return Answer(*(in_order(replace(p, about=()) for p in part) for part in (answer.problems, answer.accepted)))


def _each_once(problems: Iterable[Problem]) -> list[Problem]:
    """What is wrong with one value, as the first amendment has its rows; later ones say the same of those that stay."""
    first: dict[object, Problem] = {}
    for problem in problems:
        first.setdefault((problem.where, problem.check, _message(problem)) if problem.about else problem, problem)
    return list(first.values())


def _message(problem: Problem) -> str:
    """What a problem says, without the rows that it says it of."""
    return problem.found.rpartition(": ")[0] if problem.about else problem.found


def _with_check(check: Callable[..., object], problem: Problem) -> Problem:
    return replace(problem, check=check.__name__.replace("_", "-"))


def _with_acceptances(plans: Iterable[PlanFolder], problems: list[Problem]) -> Answer:
    """The problems that nobody accepted, with the acceptances that match none; and the warnings that somebody did.

    What an amendment accepts stays so in later ones that say the same of the same rows.
    """
    accepted: set[Problem] = set()
    needless: list[Problem] = []
    for plan in plans:
        facts: set[Fact] = set()
        for amendment in plan.amendments if any(amendment.facts.accept for amendment in plan.amendments) else ():
            files = (amendment.source.file, plan.source.file)
            warnings = [p for p in problems if p.severity != "error" and p.where.file in files]
            accepted |= {problem for problem in warnings if _facts(problem) <= facts}
            for number, accept in enumerate(amendment.facts.accept):
                matching = {problem for problem in warnings if _matches(accept, problem)}
                accepted |= matching
                facts |= {fact for problem in matching for fact in _facts(problem)}
                if not matching:
                    fault = f'accepts "{accept.check}", which nothing here warns of'
                    remedy = "take the acceptance out, or fix its name"
                    problem = amendment.source.problem(("accept", number), fault, remedy)
                    needless.append(replace(problem, severity="warning", check="acceptance"))
    rest = [problem for problem in problems if problem not in accepted]
    return Answer((*rest, *needless), tuple(accepted))


def _facts(problem: Problem) -> set[Fact]:
    """What a warning says, of each row that it is about."""
    return {(problem.check, _message(problem), name) for name in problem.about or ("",)}


def _matches(accept: Accept, problem: Problem) -> bool:
    return problem.check == accept.check and (accept.on is None or accept.on in problem.found)
