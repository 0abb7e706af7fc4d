"""A plan with its amendments as they were read and applied: what every later step works on."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field, replace
from functools import cached_property

from docgen.consolidation import timeline
from docgen.consolidation.applied import Applied
from docgen.consolidation.fold import Past
from docgen.consolidation.timeline import Timeline
from docgen.model.amendment import Amendment
from docgen.model.plan import Plan
from docgen.model.schedule import Schedule
from docgen.model.settings import Form, overlay
from docgen.model.yaml_reader import Source


@dataclass(frozen=True)
class AmendmentFile:
    """One amendment as read: its id, its facts, what it met, its changes as applied, the schedules that it gives."""

    id: str
    facts: Amendment
    source: Source
    schedules: tuple[Schedule, ...]  # the ones that it restates or changes, as they stand after it
    plan: Plan  # the plan's own facts, as they are from it on
    past: Past = field(default_factory=Past, repr=False)
    after: tuple[Schedule, ...] = ()  # all that stand after it
    applied: tuple[Applied, ...] = ()

    @property
    def day(self) -> datetime.date | None:
        """The day from which it counts; None while that is blank."""
        return self.facts.day

    @property
    def form(self) -> Form:
        """The settings of its wording: its own in place of those of its plan."""
        return overlay(self.plan.form, self.facts.form)

    @cached_property
    def before(self) -> tuple[Schedule, ...]:
        """All schedules that stood before it."""
        return tuple(self.past.schedules.values())

    def changes_of(self, schedule: str) -> tuple[Applied, ...]:
        """Its changes of one schedule, as they were applied."""
        return tuple(step for step in self.applied if step.after.name == schedule)


@dataclass(frozen=True)
class Successor:
    """The plan that restates another, and the day from which it stands in its place."""

    plan: str
    day: datetime.date


@dataclass(frozen=True)
class PlanFolder:
    """One plan as read, its amendments in the order of their ids."""

    id: str
    facts: Plan
    source: Source
    amendments: tuple[AmendmentFile, ...]
    continues: PlanFolder | None = None  # the plan that it restates
    starting_schedules: tuple[Schedule, ...] = ()  # the schedules of that plan, as the first amendment meets them
    text: tuple[Source, ...] = ()  # the files of its own text, where the team keeps it
    successor: Successor | None = None  # the plan that restates it

    @cached_property
    def timeline(self) -> Timeline:
        """The changes of its final amendments in the order of the days on which they take effect."""
        steps = [step for amendment in self.amendments if not amendment.facts.draft for step in amendment.applied]
        return timeline.timeline(self.starting_schedules, steps)

    def applied(self, until: AmendmentFile) -> list[Applied]:
        """The changes up to an amendment in the order of the ids; those of drafts too, where it is one."""
        amendments = self.amendments[: self.amendments.index(until) + 1]
        return [step for a in amendments if not a.facts.draft or until.facts.draft for step in a.applied]

    def with_amendment(self, amendment: AmendmentFile) -> PlanFolder:
        """The same with an amendment in the place of the one that has its id; where none has, with this one alone."""
        if all(item.id != amendment.id for item in self.amendments):
            return replace(self, amendments=(amendment,))
        every = tuple(amendment if item.id == amendment.id else item for item in self.amendments)
        return replace(self, amendments=every)

    def first_day(self) -> datetime.date | None:
        """The day of its first final amendment, from which it stands in the place of a plan that it restates."""
        return next((a.day for a in self.amendments if not a.facts.draft), None)

    def restated(self, on: datetime.date | None) -> Successor | None:
        """The plan that stands in its place on a day (no day: by the end); None while it is in force itself."""
        return self.successor if self.successor and (on is None or self.successor.day <= on) else None

    def in_force(self, on: datetime.date | None = None) -> AmendmentFile | None:
        """The last amendment that has taken effect on a day (no day: the last of all); None before the first.

        A draft is never in force.
        """
        final = [a for a in self.amendments if not a.facts.draft]
        due = [a for a in final if on is None or (a.day is not None and a.day <= on)]
        return due[-1] if due else None

    def facts_on(self, on: datetime.date | None = None) -> Plan:
        """The plan's own facts as they are on a day; no day: after the last amendment."""
        last = self.in_force(on)
        return last.plan if last else self.facts

    def schedules_on(self, on: datetime.date | None = None) -> tuple[Schedule, ...]:
        """The schedules in force on a day, every change from its own day on; no day: after the last amendment."""
        if on is None:
            last = self.in_force()
            return last.after if last else self.starting_schedules
        schedules = {schedule.name: schedule for schedule in self.starting_schedules}
        schedules |= {step.after.name: step.after for step in self.timeline.until(on)}
        return tuple(schedules[form.name] for form in self.facts.schedules if form.name in schedules)
