"""Rules about fees: limits, rises and their approvals, aggregates and breakpoints."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from docgen.checks.plan_rule import PlanRule, and_more
from docgen.consolidation import fund_classes, lineage
from docgen.consolidation.plan_folder import AmendmentFile, PlanFolder
from docgen.model import breakpoints, english
from docgen.model.rows import Column
from docgen.model.schedule import Line, Schedule, Section, Value, rises
from docgen.model.settings import Approval
from docgen.model.values import BLANK
from docgen.problems import Problem, Where

AGGREGATE, SALES, SERVICE = "aggregate fee", "distribution fee", "service fee"  # what a column of rates may be
INFINITE = Decimal("Infinity")  # the limit where there is none
PAID_ONCE = re.compile(r"\b(initial|front[- ]end|deferred|redemption)\b", re.IGNORECASE)  # charges of no year
STEP = "fix the step, or accept it with the reason"
OF_HOLDERS = "{by: the shareholders, on: YYYY-MM-DD, holders: true}"  # a vote, as it is typed


def schedules_of(plan: PlanFolder) -> Iterator[tuple[AmendmentFile, Schedule]]:
    """Each schedule that an amendment gives, with the amendment."""
    for amendment in plan.amendments:
        for schedule in amendment.schedules:
            yield amendment, schedule


def fee_limit(plan: PlanFolder) -> Iterator[Problem]:
    """No rate is above its column's `at_most` (FINRA 2341(d): 0.75% asset-based sales charge, 0.25% service fee)."""
    for _, schedule in schedules_of(plan):
        for number, (_, column) in enumerate(schedule.columns):
            limit = INFINITE if column.limit is None else column.limit
            rates = [(value, value.rate) for value in schedule.typed[number] if value.rate]
            above = [value for value, rate in rates if rate > limit]
            for value, rows in by_place(schedule, number, above):
                fault = f'{text(value)} is above {column.at_most} for "{column.heading}": {names(rows)}'
                yield warning(value.at, fault, "fix the rate, or at_most: in plan.yaml", rows)


def finra_limits(plan: PlanFolder) -> Iterator[Problem]:
    """No fee under Rule 12b-1 is above what FINRA allows.

    FINRA Rule 2341(d), before it NASD Rule 2830(d): an asset-based sales charge of 0.75% a year (Notice to
    Members 92-41, 1992) and a service fee of 0.25% (Notice 90-56, 1990), so 1.00% together.
    """
    for _, schedule in schedules_of(plan) if plan.facts.is_under_12b_1 else ():
        for number, (_, column) in enumerate(schedule.columns):
            limit, notice = _finra(column)
            own = column.limit
            rates = [(value, value.rate) for value in schedule.typed[number] if value.rate]
            above = [value for value, rate in rates if rate > limit and (own is None or rate <= own)]
            for value, rows in by_place(schedule, number, above):
                fault = f'{text(value)} is above {limit}% for "{column.heading}": {names(rows)}'
                yield warning(value.at, fault, f"fix the rate; the limit is {notice}", rows)


def _finra(column: Column) -> tuple[Decimal, str]:
    """The highest rate for a column, in percent, and where it comes from; without end where there is none."""
    rule = "FINRA Rule 2341(d)"
    limits = {
        AGGREGATE: (Decimal("1.00"), f"{rule}: 0.75% and 0.25% together"),
        SALES: (Decimal("0.75"), f"{rule}, Notice to Members 92-41 (1992)"),
        SERVICE: (Decimal("0.25"), f"{rule}, Notice to Members 90-56 (1990)"),
    }
    return limits.get(fee_kind(column), (INFINITE, ""))


def fee_kind(column: Column) -> str:
    """Which fee a column of rates is by its heading: the aggregate, the one for distribution, the one for services."""
    heading = column.heading.casefold()
    if column.holds != "rate" or not re.search("fee|charge|amount", heading):
        return ""
    if english.OF_ALL.search(heading):
        return AGGREGATE
    if re.search("asset.based|distribution", heading):
        return SALES
    return SERVICE if "service" in heading else ""


def fee_rises_are_approved(plan: PlanFolder) -> Iterator[Problem]:
    """A fee under Rule 12b-1 rises by the votes that the rule asks for, and the amendment records them.

    17 CFR 270.12b-1(b)(2): the board and its independent directors; (b)(4): the shareholders, where the increase
    is material.
    """
    for amendment in plan.amendments if plan.facts.is_under_12b_1 else ():
        cast = [vote for vote in amendment.facts.approvals if _is_cast(vote, amendment)]
        every = list(_rises(amendment))
        for at, fault in () if any(vote.independent for vote in cast) else _by_fee(every):
            message = f"{fault}, and no vote of the board and its independent directors is recorded"
            remedy = 'write approvals: [{by: "the Board of ...", on: YYYY-MM-DD, independent: true}]'
            yield Problem(at, message, remedy, severity="warning" if amendment.facts.draft else "error")
        start = amendment.source.where("changes")
        for at, fault in () if any(vote.holders for vote in cast) else _by_fee(replace(r, at=start) for r in every):
            message = f"{fault}, and no vote of the shareholders is recorded"
            remedy = f"add {OF_HOLDERS} to approvals:, or accept that the rise is not material"
            yield Problem(at, message, remedy, severity="warning")


@dataclass(frozen=True)
class _Rise:
    """A rate that is higher after an amendment: where it was typed, whose it is, which fee, and from what to what."""

    at: Where
    whose: str
    heading: str
    rates: str


def _by_fee(every: Iterable[_Rise]) -> Iterator[tuple[Where, str]]:
    """Each place where rates were typed, with the words for those of one fee that rise alike, once."""
    alike: dict[_Rise, list[str]] = {}
    for rise in every:
        alike.setdefault(replace(rise, whose=""), []).append(rise.whose)
    for rise, owners in alike.items():
        yield rise.at, f"the {rise.heading} for {and_more(owners)} rises {rise.rates}"


def _is_cast(vote: Approval, amendment: AmendmentFile) -> bool:
    """Whether a vote was cast by the day from which the amendment counts."""
    return isinstance(vote.on, datetime.date) and (amendment.day is None or vote.on <= amendment.day)


def votes_come_first(plan: PlanFolder) -> Iterator[Problem]:
    """An amendment takes effect when its votes have been cast."""
    for amendment in plan.amendments:
        for number, vote in enumerate(amendment.facts.approvals):
            if isinstance(vote.on, datetime.date) and not _is_cast(vote, amendment):
                fault = f"{vote.on} is after {amendment.day}, when the amendment takes effect"
                yield amendment.source.warning(("approvals", number, "on"), fault, "fix the date, or accept it")


def _rises(amendment: AmendmentFile) -> Iterator[_Rise]:
    """The rates that are higher after the amendment.

    A row is the same whatever it is called and wherever it stands; and so is one that is removed and added again.
    """
    before = {schedule.name: schedule for schedule in amendment.before}
    for schedule in amendment.after:
        old = before.get(schedule.name)
        if old is None:
            continue
        unchanged = {id(row) for _, row, _ in old.lines()}
        others = [line for line in schedule.lines() if id(line[1]) not in unchanged]
        if not others:
            continue
        rows, columns = lineage.rows(old), [key for key, _ in old.columns]
        is_new = any(row.id not in rows for _, row, _ in others)
        keys, by_key = (lineage.keys(schedule), lineage.by_key(old)) if is_new else ({}, {})
        common = [
            (columns.index(key), number, column)
            for number, (key, column) in enumerate(schedule.columns)
            if column.holds == "rate" and key in columns
        ]
        for _, row, above in others:
            old_row = rows[row.id] if row.id in rows else by_key.get(keys[row.id])
            values = old_row.values if old_row and row.values else ()
            for old_number, number, column in common if values else ():
                value, new = values[old_number], row.values[number]
                if new is not value and rises(value, new):
                    whose = f"{row.name} of {above.name}" if above else row.name
                    yield _Rise(new.at, whose, column.heading, f"from {text(value)} to {text(new)}")


def aggregate_is_a_limit(plan: PlanFolder) -> Iterator[Problem]:
    """An aggregate lies between the largest of its parts and their sum; it is a cap, typed and never computed.

    The aggregate is the column of rates whose id begins with `aggregate`; the other rates are its parts, but for the
    charges that are paid once, when shares are bought or redeemed.
    """
    faults: dict[tuple[int, ...], str] = {}  # by the columns and the values, which most moments share
    order = {amendment.source.file: number for number, amendment in enumerate(plan.amendments)}
    for _, schedule in schedules_of(plan):
        columns = [column for _, column in schedule.columns]
        rates = [n for n, c in enumerate(columns) if c.holds == "rate" and not PAID_ONCE.search(c.heading)]
        aggregates = [n for n in rates if schedule.columns[n][0].startswith(fund_classes.TOTAL)]
        if len(aggregates) != 1 or len(rates) < 3:
            continue
        rows_by_fault: dict[tuple[Where, str], list[Line]] = {}
        for _, row, _ in schedule.lines():
            same = (id(schedule.columns), id(row.values))
            if same not in faults:
                parts = [row.values[n] for n in rates if n not in aggregates and row.values]
                faults[same] = _outside(parts, row.values[aggregates[0]]) if parts else ""
            if fault := faults[same]:
                places = [row.values[n].at for n in (*aggregates, *rates)]
                newest = max(places, key=lambda at: order.get(at.file, -1))  # the first of them: the aggregate's
                rows_by_fault.setdefault((newest, fault), []).append(row)
        for (at, fault), rows in rows_by_fault.items():
            remedy = "an aggregate is at least its largest part and at most their sum"
            yield warning(at, f"{fault}: {names(rows)}", remedy, rows)


def _outside(parts: list[Value], aggregate: Value) -> str:
    rates = [part.rate or Decimal(0) for part in parts]
    if aggregate.rate is None or not any(rates) or BLANK in [part.typed for part in parts]:
        return ""
    if aggregate.rate < max(rates):
        return f"the aggregate {text(aggregate)} is less than {max(rates)}%, one of its parts"
    if aggregate.rate > sum(rates):
        return f"the aggregate {text(aggregate)} is more than {sum(rates)}%, the sum of its parts"
    return ""


def breakpoints_fall(plan: PlanFolder) -> Iterator[Problem]:
    """Where a rate depends on net assets, the bands follow one another and the rate does not rise from one to the next.

    The bands stand in a cell (`0.53% on first $1 billion`) or are the names of rows (`First $150 million`).
    """
    for _, schedule in schedules_of(plan):
        banded = [(section, rows) for section in schedule.groups if (rows := _banded(section))]
        for number, (_, column) in enumerate(schedule.columns):
            if column.holds == "breakpoints":
                for value, rows in by_place(schedule, number, schedule.typed[number]):
                    steps = [breakpoints.step(text) for text in value.typed] if value.typed is not BLANK else []
                    for fault in breakpoints.faults(step for step in steps if step):
                        yield warning(value.at, f"{fault}: {names(rows)}", STEP, rows)
            elif column.holds == "rate":
                for section, rows in banded:
                    for fault in breakpoints.faults(_row_steps(rows, number)):
                        place = section.name or schedule.name
                        yield Problem(section.rows[0].at, f"{fault}: {place}", STEP, severity="warning", about=(place,))


def _banded(section: Section) -> list[Line]:
    """The rows with values whose names are bands."""
    return [row for row in section.rows if breakpoints.band(row.name) and row.values]


def _row_steps(rows: Sequence[Line], number: int) -> Iterator[breakpoints.RateStep]:
    for row in rows:
        rate = row.values[number].rate
        if rate is not None:
            yield breakpoints.RateStep(rate, breakpoints.band(row.name))


def by_place(schedule: Schedule, number: int, some: Sequence[Value]) -> list[tuple[Value, list[Line]]]:
    """Some of the values that were typed in a column, each with the rows that it is for."""
    wanted = set(map(id, some))  # by identity first, which is quick
    places: dict[tuple[Value, Where], list[Line]] = {}
    for _, row, _ in schedule.lines() if wanted else ():
        if row.values and id(row.values[number]) in wanted:
            places.setdefault((row.values[number], row.values[number].at), []).append(row)
    return [(value, rows) for (value, _), rows in places.items()]


def warning(at: Where, fault: str, remedy: str, rows: Sequence[Line]) -> Problem:
    """A warning about rows, which stays accepted while it says the same of the same rows."""
    return Problem(at, fault, remedy, severity="warning", about=tuple(row.name for row in rows))


def text(value: Value) -> str:
    """A rate as it prints."""
    return english.value_text(value.typed, "rate")


def names(rows: list[Line]) -> str:
    """The rows that a problem is about: the first, and how many more."""
    return and_more([row.name for row in rows])


CHECKS: tuple[PlanRule, ...] = (
    fee_limit,
    finra_limits,
    fee_rises_are_approved,
    votes_come_first,
    aggregate_is_a_limit,
    breakpoints_fall,
)
