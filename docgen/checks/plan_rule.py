"""What a rule is: a function from a plan, or from a whole workspace, to the problems that it finds."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator

from docgen.consolidation.plan_folder import AmendmentFile, PlanFolder
from docgen.problems import Problem

PlanRule = Callable[[PlanFolder], Iterator[Problem]]
YEAR = datetime.timedelta(days=366)


def final_papers(plan: PlanFolder, but: AmendmentFile | None = None) -> bool:
    """Whether a plan has final papers, beside one of them, that a change of plan.yaml would alter."""
    papers = [paper for paper in plan.amendments if paper is not but]
    return any(not (paper.facts.draft or paper.facts.opening) for paper in papers)


def of_the_plan(plan: PlanFolder, amendment: AmendmentFile, key: str) -> str:
    """Where to write what is different about the plan, in the words of a remedy.

    In plan.yaml, as long as no other final paper rests on it; else in the amendment, from which on it counts.
    """
    rests = final_papers(plan, amendment)
    return f"plan: {{{key}: ...}} in this amendment" if rests else f"{key}: in plan.yaml"
