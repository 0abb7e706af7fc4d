"""Every row of a plan that has values of its own, with the fund, the share classes and the registrant that it is of."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docgen.consolidation.plan_folder import PlanFolder
from docgen.model.plan import Plan
from docgen.model.schedule import Line, Schedule, Section

TOTAL = "aggregate"  # how the id of a column begins that is a limit on the other rates together


@dataclass(frozen=True)
class FundClass:
    """A row where its values stand: of a fund, of the plan's classes or of one under the fund, under a registrant.

    `classes` are empty where neither row nor plan names any; `registrant` is where nobody says whose fund it is.
    """

    plan: str
    schedule: Schedule
    group: Section
    fund: Line
    line: Line
    classes: tuple[str, ...]
    registrant: str

    @property
    def is_part(self) -> bool:
        """Whether it is one of several rows of the fund for the same classes, such as a band of net assets."""
        return self.line is not self.fund and self.line.is_band


def of_plan(plan: PlanFolder, on: datetime.date | None = None) -> Iterator[FundClass]:
    """The rows in force on a day (no day: after the last amendment), from top to bottom."""
    amendment = plan.in_force(on)
    if amendment is not None:
        yield from of_schedules(plan.id, amendment.plan, plan.schedules_on(on))


def of_schedules(plan_id: str, plan: Plan, schedules: Sequence[Schedule]) -> Iterator[FundClass]:
    """The rows of some schedules of a plan, by what the plan says of itself."""
    sole = plan.registrants[0].name if len(plan.registrants) == 1 else ""
    for schedule in schedules:
        for group in schedule.groups:
            registrant = group.name if schedule.has_registrants and group.name else sole
            for fund in group.rows:
                for line in fund.rows or (fund,):
                    under = line is not fund and not line.is_band
                    classes = (line.name,) if under else plan.share_classes
                    yield FundClass(plan_id, schedule, group, fund, line, classes, registrant)


def in_force(plans: Sequence[PlanFolder], on: datetime.date | None = None) -> list[PlanFolder]:
    """The plans with a schedule in force on a day, without those that another has restated by then."""
    alive = [plan for plan in plans if plan.in_force(on)]
    restated = {plan.continues.id for plan in alive if plan.continues}
    return [plan for plan in alive if plan.id not in restated]
