"""What a rule is: a function from a plan, or from a whole workspace, to the problems that it finds."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from docgen.consolidation.plan_folder import AmendmentFile, PlanFolder
from docgen.model.schedule import Line, RowId, Section
from docgen.problems import Problem, Where

PlanRule = Callable[[PlanFolder], Iterator[Problem]]
YEAR = datetime.timedelta(days=366)
FAR = 5 * YEAR  # beyond which no waiver ends, and no day of a row or a text is meant


def final_papers(plan: PlanFolder, but: AmendmentFile | None = None) -> bool:
    """Whether a plan has final papers, beside one of them, that a change of plan.yaml would alter."""
    papers = [paper for paper in plan.amendments if paper is not but]
    return any(not (paper.facts.draft or paper.facts.opening) for paper in papers)


@dataclass(frozen=True)
class PaperRow:
    """A row as one of the final papers has it: the day from which it counts, the schedule, the group and the row."""

    paper: AmendmentFile
    day: datetime.date
    schedule: str
    group: Section
    row: Line


def paper_rows(plan: PlanFolder, row: RowId) -> Iterator[PaperRow]:
    """A row, or a row under one, in each final paper that has it; a paper without a day counts with those before it."""
    day = datetime.date.min
    for paper in plan.amendments:
        day = max(day, paper.day or day)
        for schedule in () if paper.facts.draft else paper.after:
            for group, line, _ in schedule.lines():
                if line.id is row:
                    yield PaperRow(paper, day, schedule.name, group, line)


@dataclass(frozen=True)
class DatedPlace:
    """A place where a paper says something, with the day from which the paper counts."""

    day: datetime.date
    at: Where


def since(day: datetime.date, places: Iterable[DatedPlace]) -> tuple[Where, ...]:
    """The places of papers of a day and after it, each once: where a person may accept what came to be on that day."""
    return tuple(dict.fromkeys(place.at for place in places if place.day >= day))


def and_more(names: Sequence[str]) -> str:
    """What a problem is about: the first of some names, and how many more."""
    return f"{names[0]} and {len(names) - 1} more" if len(names) > 1 else names[0]


def of_the_plan(plan: PlanFolder, amendment: AmendmentFile, key: str) -> str:
    """Where to write what is different about the plan, in the words of a remedy.

    In plan.yaml, as long as no other final paper rests on it; else in the amendment, from which on it counts.
    """
    rests = final_papers(plan, amendment)
    return f"plan: {{{key}: ...}} in this amendment" if rests else f"{key}: in plan.yaml"
