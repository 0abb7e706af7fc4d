"""A plan's changes in the order of the days on which they take effect, and the schedules of any day.

Amendments are applied in the order of their ids; where a change has a later day than one behind it, or an amendment is
retroactive, the schedule of a day is what the changes that have taken effect by then give, still in that order: a later
amendment goes on from an earlier one, whichever takes effect first.
"""

from __future__ import annotations

import datetime
from bisect import bisect, insort
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import is_

from docgen.consolidation import apply, row_spots
from docgen.consolidation.applied import Applied
from docgen.consolidation.locate import Application
from docgen.model.amendment import Restate
from docgen.model.schedule import Schedule
from docgen.problems import DataProblem

Schedules = dict[str, Schedule]
ALREADY_SO = "on that day the schedule is so already"
SUPERSEDED = "a later change that takes effect before it leaves it nothing to change"


@dataclass(frozen=True)
class Idle:
    """A change that changes nothing on its day, and why; `later` is the day on which it does, where there is one."""

    applied: Applied
    reason: str
    later: datetime.date | None = None


@dataclass(frozen=True)
class Timeline:
    """The changes in the order of their days, each with the schedule before and after it; and those without effect."""

    steps: tuple[Applied, ...]
    idle: tuple[Idle, ...] = ()

    def until(self, day: datetime.date) -> tuple[Applied, ...]:
        """The changes that have taken effect by a day."""
        return self.steps[: bisect(self.steps, day, key=lambda step: step.day or datetime.date.max)]


def dated(changes: Sequence[Applied]) -> list[Applied]:
    """The changes with their days: one without counts from the day of the next that has one; the last may have none."""
    result: list[Applied] = []
    day: datetime.date | None = None
    for step in reversed(changes):
        day = step.day or day
        result.append(step if step.day == day else replace(step, day=day))
    return result[::-1]


def timeline(start: Iterable[Schedule], changes: Sequence[Applied]) -> Timeline:
    """The changes of final amendments in the order of their days; `start` are the schedules that they begin with."""
    steps = dated(changes)
    if all(earlier.day <= later.day for earlier, later in pairwise(steps) if earlier.day and later.day):
        return Timeline(tuple(steps))
    return _Days({schedule.name: schedule for schedule in start}, steps).run()


@dataclass(frozen=True)
class View:
    """The schedules of a day by their names, and the changes that there were."""

    day: datetime.date
    changes: Sequence[Applied]
    schedules: Schedules


def on(start: Iterable[Schedule], changes: Sequence[Applied], day: datetime.date, last: View | None = None) -> View:
    """The schedules of a day, by the changes that have taken effect; `last` is a view that may be gone on from."""
    steps = dated(changes)
    new = _since(last, changes, steps, day) if last else None
    if last and new is not None:
        return View(day, changes, _replay(last.schedules, new)[0])
    days = _Days({s.name: s for s in start}, [step for step in steps if step.day and step.day <= day])
    days.run()
    return View(day, changes, days.schedules)


def _since(
    last: View, changes: Sequence[Applied], steps: Sequence[Applied], day: datetime.date
) -> Sequence[Applied] | None:
    """The changes that have come since a view, where they follow it in their order and in their days; else None.

    Those that wait for another do not wait for one that comes behind them. One without a day gets it from those.
    """
    count = len(last.changes)
    if (
        (last.changes and not last.changes[-1].day)
        or last.day > day
        or count > len(changes)
        or not all(map(is_, last.changes, changes))
    ):
        return None
    if any(step.day and last.day < step.day <= day for step in steps[:count]):
        return None
    new = [step for step in steps[count:] if step.day and step.day <= day]
    days = [last.day, *(step.day for step in new if step.day)]
    return new if all(earlier <= later for earlier, later in pairwise(days)) else None


def _replay(start: Mapping[str, Schedule], steps: Iterable[Applied]) -> tuple[Schedules, list[tuple[Applied, str]]]:
    """The schedules after the steps, and those steps that cannot be applied, each with the reason."""
    schedules, refused = dict(start), list[tuple[Applied, str]]()
    for step in steps:
        try:
            schedules[step.after.name] = again(schedules.get(step.after.name), step)
        except DataProblem as error:
            refused.append((step, error.problems[0].found))
    return schedules, refused


def again(schedule: Schedule | None, step: Applied) -> Schedule:
    """The schedule after a change that was applied before, to another view of it; DataProblem when it cannot be."""
    if isinstance(step.change, Restate) or schedule is None:
        return step.after
    if step.is_of_plan:
        return schedule
    place = (step.source, ("changes", step.number))
    after = apply.carry_out(step.change, Application(schedule, *place, targets=step.targets, again=True))
    return row_spots.without_emptied(after, step.targets.emptied)


class _Days:
    """Takes the changes in the order of their days, each into its place among those that have taken effect."""

    def __init__(self, start: Schedules, steps: Sequence[Applied]) -> None:
        self.start, self.steps = start, steps
        self.schedules = dict(start)
        self.effective: list[int] = []  # numbers of steps, in the order of the amendments
        self.waiting: list[int] = []  # those that rest on something that is not there yet
        self.result: list[Applied] = []
        self.idle: dict[int, Idle] = {}

    def run(self) -> Timeline:
        order = sorted(range(len(self.steps)), key=lambda number: (self.steps[number].day or datetime.date.max, number))
        for number in order:
            day = self.steps[number].day
            if reason := self.take(number, day):
                self.idle[number] = Idle(self.steps[number], reason)
            self.take_waiting(day)
        return Timeline(tuple(self.result), tuple(self.idle.values()))

    def take_waiting(self, day: datetime.date | None) -> None:
        """Takes in what has waited and can now be applied; again, as long as one makes room for another."""
        effective = -1
        while effective < len(self.effective):
            effective = len(self.effective)
            for number in [*self.waiting]:
                if not self.take(number, day):
                    self.idle[number] = replace(self.idle[number], later=day)
        for name in dict.fromkeys(self.steps[number].after.name for number in self.waiting):
            self.take_together(name, day)

    def take_together(self, name: str, day: datetime.date | None) -> None:
        """Takes in all that wait in one schedule, where each needs another; the last is where the schedule changes."""
        together = [number for number in self.waiting if self.steps[number].after.name == name]
        if len(together) < 2:
            return
        numbers = sorted((*self.effective, *together))
        schedules, refused = _replay(self.start, [self.steps[number] for number in numbers])
        if refused:
            return
        last, before = together[-1], self.schedules.get(name)
        if before != schedules[name]:
            self.result.append(replace(self.steps[last], before=before, after=schedules[name], day=day))
            if self.steps[last].day == day:
                del self.idle[last]
            else:
                self.idle[last] = replace(self.idle[last], later=day)
        self.effective, self.schedules = numbers, schedules
        self.waiting = [number for number in self.waiting if number not in together]

    def take(self, number: int, day: datetime.date | None) -> str:
        """Takes a step in; why it changes nothing, if so."""
        step = self.steps[number]
        schedules, reason = self.with_step(number)
        if reason:
            self.waiting += [] if number in self.waiting else [number]
            return reason
        name = step.after.name
        before, after = self.schedules.get(name), schedules[name]
        insort(self.effective, number)
        self.waiting = [n for n in self.waiting if n != number]
        self.schedules = schedules
        if before == after and step.before != step.after:
            return ALREADY_SO if number == self.effective[-1] else SUPERSEDED
        self.result.append(replace(step, before=before, after=after, day=day))
        return ""

    def with_step(self, number: int) -> tuple[Schedules, str]:
        """The schedules with one step more in effect; and why not, where it or one behind it could not be applied.

        A change that has taken effect stays in effect: a step that would undo it waits.
        """
        at = bisect(self.effective, number)
        if at == len(self.effective):
            schedules, refused = _replay(self.schedules, [self.steps[number]])
        else:
            numbers = (*self.effective[:at], number, *self.effective[at:])
            schedules, refused = _replay(self.start, [self.steps[n] for n in numbers])
        if not refused:
            return schedules, ""
        step, reason = refused[0]
        return schedules, reason if step is self.steps[number] else f"{reason}, by amendment {step.amendment}"
