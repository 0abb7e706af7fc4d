"""Rules about days: that a paper has one, on a weekday, in order with the plan's own, and near."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from docgen.checks.fees import by_place, names, schedules_of, warning
from docgen.checks.plan_rule import FAR, YEAR, PlanRule
from docgen.consolidation.plan_folder import PlanFolder
from docgen.model import english, values
from docgen.model.plan import PlanDate
from docgen.model.schedule import Line, Value
from docgen.model.values import BLANK, NOTHING, DayOrBlank
from docgen.model.yaml_reader import KeyPath, Source
from docgen.problems import Problem

BEGINS = re.compile(r"effective|since|begin|commence|start|inception", re.IGNORECASE)
ENDS = re.compile(r"expir|terminat|until|\bend|\bto\b", re.IGNORECASE)
RESTATED_ON = "amended_and_restated"
FRIDAY = 4  # of datetime's week, which begins on Monday


def papers_have_a_day(plan: PlanFolder) -> Iterator[Problem]:
    """A final paper whose form prints an effective date has one."""
    for amendment in plan.amendments:
        facts = amendment.facts
        if facts.effective is None and amendment.form.effective != NOTHING and not (facts.draft or facts.opening):
            fault = "has no effective date, and its form prints one"
            remedy = "write effective: and the day; or form: {effective: none} where the paper is to print none"
            yield amendment.source.warning((), fault, remedy)


def effective_on_a_weekday(plan: PlanFolder) -> Iterator[Problem]:
    """A note where a day on which something takes effect is a Saturday or a Sunday."""
    for amendment in plan.amendments:
        days: list[tuple[KeyPath, DayOrBlank | None]] = [(("effective",), amendment.facts.effective)]
        days += [(("changes", n, "effective"), change.effective) for n, change in enumerate(amendment.facts.changes)]
        for path, day in days:
            if not amendment.facts.opening:
                yield from _weekend(amendment.source, path, day)


def votes_on_a_weekday(plan: PlanFolder) -> Iterator[Problem]:
    """A note where a board met on a Saturday or a Sunday."""
    for amendment in plan.amendments:
        for number, vote in enumerate(amendment.facts.approvals):
            yield from _weekend(amendment.source, ("approvals", number, "on"), vote.on)


def _weekend(source: Source, path: KeyPath, day: DayOrBlank | None) -> Iterator[Problem]:
    """A note where a day is a Saturday or a Sunday."""
    if isinstance(day, datetime.date) and day.weekday() > FRIDAY:
        fault = f"{day} is a {'Saturday' if day.weekday() == FRIDAY + 1 else 'Sunday'}"
        yield replace(source.problem(path, fault), severity="note")


def plans_days_follow(plan: PlanFolder) -> Iterator[Problem]:
    """A plan is amended and restated after it was made, and its amendments come after its last restatement."""
    sources: list[tuple[Source, KeyPath, PlanDate | None]] = [(plan.source, ("dated",), plan.facts.dated)]
    sources += [(a.source, ("plan", "dated"), a.facts.plan.dated) for a in plan.amendments]
    for source, path, dated in sources:
        first = dated.date if dated else None
        for name, day in _days(dated) if dated else ():
            if isinstance(first, datetime.date) and day < first:
                fault = f"{day} is before the plan's own date, {first}"
                yield source.problem((*path, name), fault, "fix one of the dates")
    for amendment in plan.amendments:
        its = amendment.plan.dated
        days = [day for name, day in _days(its) if name in ("restated", RESTATED_ON)] if its else []
        restated = max(days, default=None)
        if restated and amendment.day and amendment.day < restated:
            fault = f"{amendment.day} is before {restated}, when the plan was restated"
            remedy = "fix one of the dates; a restatement of a later day stands under plan: in its own amendment"
            yield amendment.source.warning(("effective",), fault, remedy)


def listed_days_rise(plan: PlanFolder) -> Iterator[Problem]:
    """The days on which a plan was amended are listed in order, each once; those of amendments kept here follow."""
    final = [paper for paper in plan.amendments if not (paper.facts.draft or paper.facts.opening)]
    sources: list[tuple[Source, KeyPath, PlanDate | None]] = [(plan.source, ("dated",), plan.facts.dated)]
    sources += [(a.source, ("plan", "dated"), a.facts.plan.dated) for a in plan.amendments]
    for source, path, dated in sources:
        for name in ("amended", RESTATED_ON) if dated else ():
            days = [day for day in getattr(dated, name) or () if isinstance(day, datetime.date)]
            late = next((later for day, later in pairwise(days) if later <= day), None)
            twin = next((paper for paper in final if paper.day in days), None) if name == "amended" else None
            if late:
                yield source.warning(
                    (*path, name), f"{late} stands behind a day that is no earlier", "put the days in order"
                )
            elif twin:
                fault = f"{twin.day} is the day of {twin.id}, which follows by itself"
                yield source.warning((*path, name), fault, "take it out")


def _days(dated: PlanDate) -> Iterator[tuple[str, datetime.date]]:
    """The days beside a plan's own date, each with its key."""
    for name in ("restated", "to_be_effective", "amended_effective"):
        day = getattr(dated, name)
        yield from [(name, day)] if isinstance(day, datetime.date) else []
    for name, days in (("amended", dated.amended or ()), (RESTATED_ON, dated.amended_and_restated)):
        yield from ((name, day) for day in days if isinstance(day, datetime.date))


def changes_are_near(plan: PlanFolder) -> Iterator[Problem]:
    """A change takes effect within a year of its amendment."""
    for amendment in plan.amendments:
        for number, change in enumerate(amendment.facts.changes):
            day = change.effective
            if isinstance(day, datetime.date) and amendment.day and day > amendment.day + YEAR:
                fault = f"{day} is more than a year after {amendment.day}, when the amendment takes effect"
                path = ("changes", number, "effective")
                yield amendment.source.warning(path, fault, "fix the date, or accept it")


def rows_end_after_they_begin(plan: PlanFolder) -> Iterator[Problem]:
    """Where a row has a day on which something begins and one on which it ends, the end is not the earlier."""
    for _, schedule in schedules_of(plan):
        dates = [(n, column.heading) for n, (_, column) in enumerate(schedule.columns) if column.holds == "date"]
        first = next((n for n, heading in dates if BEGINS.search(heading) and not ENDS.search(heading)), None)
        last = next((n for n, heading in dates if ENDS.search(heading)), None)
        if first is None or last is None:
            continue
        for _, row, above in schedule.lines():
            begin, end = _day(row, first), _day(row, last)
            if begin and end and end < begin:
                name = f"{row.name} of {above.name}" if above else row.name
                fault = f"{end} is before {begin}: {name} ends before it begins"
                yield Problem(row.values[last].at, fault, "fix one of the dates", severity="warning")


def rows_days_are_near(plan: PlanFolder) -> Iterator[Problem]:
    """A day in a row is not years after its paper: 2041 for 2014."""
    for amendment, schedule in schedules_of(plan):
        if amendment.day is None:
            continue
        for number, (_, column) in enumerate(schedule.columns):
            cells = schedule.typed[number] if column.holds in ("date", "text", "word") else ()
            far = [value for value in cells if value.at.file == amendment.source.file and _is_far(value, amendment.day)]
            for value, rows in by_place(schedule, number, far):
                day = english.value_text(value.typed, column.holds)
                fault = f"{day} is years after {amendment.day}, when the amendment takes effect: {names(rows)}"
                yield warning(value.at, fault, "fix the date, or accept it", rows)


def _is_far(value: Value, day: datetime.date) -> bool:
    """Whether a value is a day, or has one in words, that comes more than FAR years after another day."""
    texts = () if value.typed is BLANK else value.typed
    days = [values.day(text) for text in texts] + [each for text in texts for _, each in values.days_in(text)]
    return any(each and each > day + FAR for each in days)


def _day(row: Line, number: int) -> datetime.date | None:
    texts = row.values[number].typed if row.values else BLANK
    return None if texts is BLANK else values.day(texts[0])


CHECKS: tuple[PlanRule, ...] = (
    papers_have_a_day,
    effective_on_a_weekday,
    votes_on_a_weekday,
    plans_days_follow,
    listed_days_rise,
    changes_are_near,
    rows_end_after_they_begin,
    rows_days_are_near,
)
