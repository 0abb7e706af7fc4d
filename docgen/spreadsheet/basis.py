"""The schedules of a plan that a table has, and the words by which its file says of when they are."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from docgen.consolidation.plan_folder import PlanFolder
from docgen.model import english
from docgen.model.schedule import Schedule
from docgen.problems import Problem, UsageProblem, Where, did_you_mean
from docgen.workspace.select import refuse_restated


@dataclass(frozen=True)
class Basis:
    """Schedules in force, and the amendment that left them so, as `PLAN/ID`.

    `PLAN/ID@DAY` where changes that this amendment makes take effect after the day.
    """

    name: str
    schedules: tuple[Schedule, ...]


def in_force(plan: PlanFolder, on: datetime.date | None, name: str | None, suffix: str) -> Basis:
    """The schedules on a day (none: the newest) that go into a file with this suffix: one by its name, else all.

    UsageProblem where none is in force or has the name, and where a CSV file, which takes one, would have several.
    """
    refuse_restated(plan, on)
    amendment = plan.in_force(on)
    if amendment is None:
        remedy = "take draft: true out of its amendment, or name a later day"
        raise UsageProblem([Problem(Where(plan.id), "no schedule is in force", remedy)])
    schedules = plan.schedules_on(on)
    names = [schedule.name for schedule in schedules]
    if name and name not in names:
        raise UsageProblem([Problem(Where(plan.id), f'has no schedule "{name}"', did_you_mean(name, names))])
    if not name and suffix == ".csv" and len(names) > 1:
        remedy = f"choose one (--schedule), {english.listed(names, 'or')}, or take all as .xlsx"
        raise UsageProblem([Problem(Where(plan.id), "has several schedules, and a CSV file takes one", remedy)])
    chosen = tuple(schedule for schedule in schedules if not name or schedule.name == name)
    return Basis(f"{plan.id}/{amendment.id}" + (f"@{on}" if schedules != amendment.after else ""), chosen)
