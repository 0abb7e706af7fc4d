"""Rules about how rates are written: their digits, their sign, the place of their point."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from docgen.checks.fees import by_place, names, schedules_of, text, warning
from docgen.checks.plan_rule import PlanRule
from docgen.consolidation import lineage
from docgen.consolidation.plan_folder import PlanFolder
from docgen.model import changes, values
from docgen.model.amendment import Restate
from docgen.model.rows import Column
from docgen.model.schedule import Schedule, Value
from docgen.model.validation import place
from docgen.problems import Problem

ODD = re.compile(r"0[0-9]|[0-9]*\.[0-9]{7,}$|[0-9]*\.[0-9]{2,}000+$")  # two noughts before, seven digits, three behind
SIGN = re.compile(r"%|per ?cent|percentage|basis points?", re.IGNORECASE)  # by which words tell what a bare number is
TEN, HUNDRED = Decimal(10), Decimal(100)


def rates_are_plain(plan: PlanFolder) -> Iterator[Problem]:
    """A rate has no nought before its number, and no more digits than it needs: `0.75%`, not `00.75%`."""
    for _, schedule in schedules_of(plan):
        for number, (_, column) in enumerate(schedule.columns):
            odd = [value for value in schedule.typed[number] if column.holds == "rate" and _is_odd(value)]
            for value, rows in by_place(schedule, number, odd):
                plain = f"{Decimal(_digits(value)).normalize():f}%"
                fault = f"{text(value)} is an odd way to write {plain}: {names(rows)}"
                yield warning(value.at, fault, "write the digits that it needs", rows)


def _is_odd(value: Value) -> bool:
    return value.rate is not None and bool(ODD.match(_digits(value)))


def _digits(value: Value) -> str:
    """A rate as it prints, without its sign."""
    return text(value).rstrip(" %")


def rates_are_written_alike(plan: PlanFolder) -> Iterator[Problem]:
    """The rates of a column are written in one way: with the sign or without, `0.25%` or `.25%`."""
    for _, schedule in schedules_of(plan):
        for number, (_, column) in enumerate(schedule.columns):
            rates = [v for v in schedule.typed[number] if column.holds == "rate" and v.rate is not None]
            styles = {_way(text(value)) for value in rates}
            if len({lead for lead, _ in styles if lead}) < 2 and len({tail for _, tail in styles}) < 2:
                continue
            places = by_place(schedule, number, rates)
            leads, tails = Counter[str](), Counter[str]()
            for value, rows in places:
                lead, tail = _way(text(value))
                leads[lead], tails[tail] = leads[lead] + len(rows), tails[tail] + len(rows)
            usual = max((lead for lead in leads if lead), key=lambda lead: leads[lead], default="")
            sign = max(tails, key=lambda tail: tails[tail])
            for value, rows in places:
                lead, tail = _way(text(value))
                if lead not in ("", usual) or tail != sign:
                    way = f"{usual or 1}{sign}"
                    fault = f"{text(value)} is written otherwise than the rates beside it, as in {way}: {names(rows)}"
                    yield warning(value.at, fault, "write all rates of a column in one way", rows)


@functools.lru_cache(maxsize=4096)
def _way(rate: str) -> tuple[str, str]:
    """How a rate is written: what a rate under one begins with, and what stands behind the digits."""
    lead = ".25" if rate.startswith(".") else "0.25" if rate.startswith("0") else ""
    return lead, re.sub("[^ %]", "", rate)


def rates_have_their_sign(plan: PlanFolder) -> Iterator[Problem]:
    """A rate has its sign, unless words beside the column say what the numbers are.

    A column of rates of which some have the sign is for rates_are_written_alike; one of another kind is looked at here,
    where another value has it. A schedule whose rates all lack it is one warning.
    """
    for _, schedule in schedules_of(plan):
        columns = [(column, schedule.typed[n]) for n, (_, column) in enumerate(schedule.columns)]
        bare = [(column, first) for column, cells in columns if (first := _without_sign(column, cells, schedule))]
        if bare:
            headings = ", ".join(f'"{column.heading}"' for column, _ in bare)
            at, example = bare[0][1].at, text(bare[0][1])
            fault = f"{example} has no sign behind it, nor do words say what it is: {headings}"
            yield Problem(
                at, fault, "write it with its sign, as in 0.25%, or say percent in the heading", severity="warning"
            )


def _without_sign(column: Column, cells: tuple[Value, ...], schedule: Schedule) -> Value | None:
    """The first rate of a column that has no sign where it should have one."""
    rates = [value for value in cells if value.rate]
    bare = [value for value in rates if "%" not in text(value)]
    if column.holds == "rate":
        form = schedule.form
        around = [column.heading, form.preamble, form.subject, *(note.text for note in schedule.footnotes)]
        in_words = any(SIGN.search(words) for words in around if words)
        return bare[0] if bare and len(bare) == len(rates) and not in_words else None
    in_percent = len(rates) > len(bare) and column.holds in ("text", "word")
    return bare[0] if bare and in_percent else None


def rates_keep_their_point(plan: PlanFolder) -> Iterator[Problem]:
    """A rate that changes has other digits than before: 2.5% for 0.25% is a point in the wrong place."""
    for amendment in plan.amendments:
        for step in amendment.applied:
            before = step.before if isinstance(step.change, Restate | changes.SetValues) else None
            for _, column, old, new in lineage.new_values(before, step.after) if before else ():
                if old.rate and new.rate and column.holds == "rate" and _moved(old.rate, new.rate):
                    fault = f'{text(new)} has the digits of {text(old)} before it, for "{column.heading}"'
                    yield Problem(new.at, fault, "fix the point, or accept the change", severity="warning")


def _moved(old: Decimal, new: Decimal) -> bool:
    """Whether two rates have the same digits, and the point in another place; of one digit nothing is said."""
    before, after = old.normalize().as_tuple(), new.normalize().as_tuple()
    return before.digits == after.digits and len(before.digits) > 1 and before.exponent != after.exponent


def rates_are_small(plan: PlanFolder) -> Iterator[Problem]:
    """No rate is a hundred percent, nor ten where others of its column are one or less; the plan may give a limit."""
    for _, schedule in schedules_of(plan):
        for number, (_, column) in enumerate(schedule.columns):
            cells = schedule.typed[number] if column.holds == "rate" and column.limit is None else ()
            rates = [(value, value.rate) for value in cells if value.rate]
            much = TEN if any(rate <= 1 for _, rate in rates) else HUNDRED
            for value, rows in by_place(schedule, number, [value for value, rate in rates if rate >= much]):
                fault = f'{text(value)} is much for "{column.heading}": {names(rows)}'
                yield warning(value.at, fault, "fix the point, or accept the rate", rows)


def limits_are_small(plan: PlanFolder) -> Iterator[Problem]:
    """No `at_most` is ten percent or more where all rates of its column are one or less: 75% is no 0.75%."""
    last = plan.schedules_on()
    for number, form in enumerate(plan.facts.schedules):
        for name, column in form.columns.items():
            cells = [v for s in last for n, (key, _) in enumerate(s.columns) if key == name for v in s.typed[n]]
            is_much = column.limit is not None and column.limit >= TEN
            if is_much and not any(value.rate > 1 for value in cells if value.rate):
                path = place(plan.source, ("schedule", number, "columns", name, "at_most"))
                fault = f'{column.at_most} is much for "{column.heading}"'
                yield plan.source.warning(path, fault, "fix the point, or accept the limit")


def columns_of_rates_hold_rates(plan: PlanFolder) -> Iterator[Problem]:
    """A column in which nothing but rates stands holds rates, so that the rules about them see it."""
    for number, form in enumerate(plan.facts.schedules):
        for name, column in form.columns.items():
            if column.holds not in ("word", "text"):
                continue
            cells = [
                text(value)
                for amendment, schedule in schedules_of(plan)
                for n, (key, _) in enumerate(schedule.columns)
                if key == name and schedule.name == form.name
                for value in schedule.typed[n]
            ]
            if cells and all(cell.endswith("%") and values.rate(cell) is not None for cell in cells):
                path = place(plan.source, ("schedule", number, "columns", name))
                fault = f'"{column.heading}" has nothing but rates, and holds a {column.holds}'
                yield plan.source.warning(path, fault, "write holds: rate, or accept it")


CHECKS: tuple[PlanRule, ...] = (
    rates_are_plain,
    rates_are_written_alike,
    rates_have_their_sign,
    rates_keep_their_point,
    rates_are_small,
    limits_are_small,
    columns_of_rates_hold_rates,
)
