"""The changes of a plan's amendments as they were applied, one after the other, each counting from its own day on."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docgen.facts import fold
from docgen.facts.changes import Change
from docgen.facts.models import Restate
from docgen.facts.schedule import Schedule
from docgen.problems import DataProblem

if TYPE_CHECKING:
    from docgen.facts.workspace import AmendmentFile, PlanFolder


@dataclass(frozen=True)
class Turn:
    """One change as it was applied: the schedule before and after, and when."""

    change: Change | Restate
    before: Schedule | None
    after: Schedule
    plan: str
    amendment: str
    day: datetime.date | None


def of(plan: PlanFolder, amendment: AmendmentFile) -> Iterator[Turn]:
    """The changes of one amendment; then the schedules that it restates, where they are other than before."""
    now = {schedule.name: schedule for schedule in amendment.before}
    for number, change in amendment.facts.steps:
        before = now[change.schedule or next(iter(now))]
        now[before.name] = fold.stepped(before, change, amendment.source, number)
        yield Turn(change, before, now[before.name], plan.id, amendment.id, _day(change, amendment))
    for restate in amendment.facts.restate:
        after = _restated(restate, amendment)
        if now.get(after.name) != after:
            yield Turn(restate, now.get(after.name), after, plan.id, amendment.id, amendment.day)


def until(plan: PlanFolder, on: datetime.date) -> Iterator[Turn]:
    """What has taken effect by a day, in the order of the amendments: a late change is not there yet, an early one is.

    A change that rests on one that is not there yet has no effect either.
    """
    now = {schedule.name: schedule for schedule in plan.taken_over}
    for amendment in plan.amendments:
        if amendment.facts.draft:
            continue
        late: set[str] = set()
        for number, change in amendment.facts.steps:
            day, name = _day(change, amendment), change.schedule or next(iter(now), "")
            if day is None or day > on:
                late.add(name)
            elif before := now.get(name):
                try:
                    now[name] = fold.stepped(before, change, amendment.source, number)
                except DataProblem:
                    continue
                yield Turn(change, before, now[name], plan.id, amendment.id, day)
        if amendment.day is not None and amendment.day <= on:
            for restate in amendment.facts.restate:
                after = _restated(restate, amendment)
                if after.name not in late and now.get(after.name) != after:
                    yield Turn(restate, now.get(after.name), after, plan.id, amendment.id, amendment.day)
                    now[after.name] = after


def _day(change: Change, amendment: AmendmentFile) -> datetime.date | None:
    return change.effective if isinstance(change.effective, datetime.date) else amendment.day


def _restated(restate: Restate, amendment: AmendmentFile) -> Schedule:
    return next(schedule for schedule in amendment.after if schedule.name == (restate.schedule or schedule.name))
