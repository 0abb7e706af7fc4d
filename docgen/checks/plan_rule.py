"""What a rule is: a function from a plan, or from a whole workspace, to the problems that it finds."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator

from docgen.consolidation.plan_folder import AmendmentFile, PlanFolder
from docgen.problems import Problem

PlanRule = Callable[[PlanFolder], Iterator[Problem]]
YEAR = datetime.timedelta(days=366)


def of_the_plan(plan: PlanFolder, amendment: AmendmentFile, key: str) -> str:
    """Where to write what is different about the plan, in the words of a remedy.

    In plan.yaml, as long as no other final paper rests on it; else in the amendment, from which on it counts.
    """
    others = any(paper is not amendment and not paper.facts.draft for paper in plan.amendments)
    return f"plan: {{{key}: ...}} in this amendment" if others else f"{key}: in plan.yaml"
