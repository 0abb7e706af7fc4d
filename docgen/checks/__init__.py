"""The rules that hold across a plan's facts: one function each, from a plan to problems.

A rule's problems carry its name. An error stops a build; a warning prints, and the amendment can
`accept` it. To add a rule, write a function and put it into the tuple of its file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from docgen.checks import papers, schedules
from docgen.facts.workspace import AmendmentFile, PlanFolder
from docgen.problems import Problem, in_order

CHECKS = papers.CHECKS + schedules.CHECKS


def run(plans: Iterable[PlanFolder]) -> tuple[Problem, ...]:
    """Every problem that any rule finds, less the warnings that an amendment accepts."""
    return in_order(problem for plan in plans for problem in _left(plan, _found(plan)))


def _found(plan: PlanFolder) -> list[Problem]:
    return [replace(problem, check=check.__name__.replace("_", "-")) for check in CHECKS for problem in check(plan)]


def _left(plan: PlanFolder, found: list[Problem]) -> Iterator[Problem]:
    """The problems that nobody accepted, and the acceptances that match none."""
    silenced: set[Problem] = set()
    for amendment in plan.amendments:
        for number, accept in enumerate(amendment.facts.accept):
            matching = {problem for problem in found if _accepts(amendment, number, problem)}
            silenced |= matching
            if not matching:
                said = f'accepts "{accept.check}", which nothing here warns of'
                remedy = "take the acceptance out, or mend its name"
                problem = amendment.source.problem(("accept", number), said, remedy)
                yield replace(problem, severity="warning", check="acceptance")
    yield from (problem for problem in found if problem not in silenced)


def _accepts(amendment: AmendmentFile, number: int, problem: Problem) -> bool:
    accept = amendment.facts.accept[number]
    return (
        problem.severity == "warning"
        and problem.where.file == amendment.source.file
        and problem.check == accept.check
        and (accept.on is None or accept.on in problem.found)
    )
