"""Rules about schedules: repeated names, fees against their limits, footnotes and their marks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal

from docgen.facts import breakpoints, words
from docgen.facts.schedule import Line, Schedule, Section, Value
from docgen.facts.words import BLANK
from docgen.facts.workspace import AmendmentFile, PlanFolder
from docgen.problems import Problem, Where

Check = Callable[[PlanFolder], Iterator[Problem]]


def _schedules(plan: PlanFolder) -> Iterator[tuple[AmendmentFile, Schedule]]:
    for amendment in plan.amendments:
        for schedule in amendment.schedules:
            yield amendment, schedule


def name_stands_once(plan: PlanFolder) -> Iterator[Problem]:
    """A name stands once in its group; and under one registrant, where groups are registrants."""
    for _, schedule in _schedules(plan):
        places: dict[str, Where] = {}
        named = [(f"group {group.name}", group.name, group.at) for group in schedule.groups if group.name]
        for group, row, above in schedule.lines():
            scope = "" if schedule.has_registrants else group.name
            above_it = f"{group.name} / {above.at} {above.name}" if above else scope
            named.append((f"row {above_it} / {row.name}", row.name, row.at))
        for full, name, at in named:
            key = full.casefold()
            if key in places:
                found = f'"{name}" stands in {schedule.name} twice; first on line {places[key].line}'
                yield Problem(at, found, "keep one of them, or write the names apart")
            places.setdefault(key, at)


def fee_limit(plan: PlanFolder) -> Iterator[Problem]:
    """No rate is above its column's `at_most` (FINRA 2341(d): 0.75% asset-based sales charge, 0.25% service fee)."""
    for _, schedule in _schedules(plan):
        for number, (_, column) in enumerate(schedule.columns):
            limit = words.rate(column.at_most or "")
            if limit is None:
                continue
            for value, rows in _by_place(schedule, number):
                if value.rate is not None and value.rate > limit:
                    found = f'{_typed(value)} is above {column.at_most} for "{column.heading}": {_names(rows)}'
                    yield Problem(value.at, found, "mend the rate, or at_most: in plan.yaml", severity="warning")


def aggregate_is_a_limit(plan: PlanFolder) -> Iterator[Problem]:
    """An aggregate lies between the largest of its parts and their sum; it is a cap, typed and never computed.

    The aggregate is the column of rates whose id begins with `aggregate`; the other rates are its parts.
    """
    for _, schedule in _schedules(plan):
        rates = [n for n, (_, column) in enumerate(schedule.columns) if column.holds == "rate"]
        whole = [n for n in rates if schedule.columns[n][0].startswith("aggregate")]
        if len(whole) != 1 or len(rates) < 3:
            continue
        seen: dict[tuple[Where, str], list[Line]] = {}
        for _, row, _ in schedule.lines():
            parts = [row.values[n] for n in rates if n not in whole and row.values]
            if parts and (found := _outside(parts, row.values[whole[0]])):
                seen.setdefault((row.values[whole[0]].at, found), []).append(row)
        for (at, found), rows in seen.items():
            remedy = "an aggregate is at least its largest part and at most their sum"
            yield Problem(at, f"{found}: {_names(rows)}", remedy, severity="warning")


def _outside(parts: list[Value], whole: Value) -> str:
    rates = [part.rate or Decimal(0) for part in parts]
    if whole.rate is None or not any(rates) or BLANK in [part.typed for part in parts]:
        return ""
    if whole.rate < max(rates):
        return f"the aggregate {_typed(whole)} is less than {max(rates)}%, one of its parts"
    if whole.rate > sum(rates):
        return f"the aggregate {_typed(whole)} is more than {sum(rates)}%, the sum of its parts"
    return ""


def marks_have_notes(plan: PlanFolder) -> Iterator[Problem]:
    """Every mark has its footnote and every footnote is called for; no mark has two footnotes."""
    for _, schedule in _schedules(plan):
        notes = [note.mark for note in schedule.footnotes]
        used = dict(_marks(schedule))
        for mark, marked in used.items():
            if mark not in notes:
                found = f'the mark "{mark}" has no footnote in {schedule.name}'
                yield Problem(marked, found, f'add it under footnotes:  - {{mark: "{mark}", text: ...}}')
        for number, (note, at) in enumerate(zip(schedule.footnotes, schedule.notes_at, strict=True)):
            if note.mark in notes[:number]:
                yield Problem(at, f'the mark "{note.mark}" has two footnotes', "give one of them another mark")
            if note.mark not in used and note.on is None:
                found = f'nothing in {schedule.name} carries the mark "{note.mark}" of a footnote'
                remedy = "write mark: where it belongs, or on: with the words of the preamble that carry it"
                yield Problem(at, found, remedy, severity="warning")


def rates_are_written_alike(plan: PlanFolder) -> Iterator[Problem]:
    """The rates of a column are written in one way: with the sign or without, `0.25%` or `.25%`."""
    for _, schedule in _schedules(plan):
        for number, (_, column) in enumerate(schedule.columns):
            found = [(value, rows) for value, rows in _by_place(schedule, number) if value.rate is not None]
            ways = Counter(_way(_typed(value)) for value, rows in found for _ in rows if column.holds == "rate")
            usual = max((way for way in ways if way[0]), key=lambda way: ways[way], default=max(ways, default=("", "")))
            for value, rows in found if len(ways) > 1 else ():
                lead, tail = _way(_typed(value))
                if lead not in ("", usual[0]) or tail != usual[1]:
                    way = f"{usual[0] or 1}{usual[1]}"
                    said = f"{_typed(value)} is written otherwise than the rates beside it, as in {way}: {_names(rows)}"
                    yield Problem(value.at, said, "write all rates of a column in one way", severity="warning")


def _way(rate: str) -> tuple[str, str]:
    """How a rate is written: what a rate under one begins with, and what stands behind the digits."""
    lead = ".25" if rate.startswith(".") else "0.25" if rate.startswith("0") else ""
    return lead, re.sub("[^ %]", "", rate)


def breakpoints_fall(plan: PlanFolder) -> Iterator[Problem]:
    """Where a rate depends on net assets, the bands follow one another and the rate does not rise from one to the next.

    The bands stand in a cell (`0.53% on first $1 billion`) or are the names of rows (`First $150 million`).
    """
    for _, schedule in _schedules(plan):
        for number, (_, column) in enumerate(schedule.columns):
            if column.holds == "breakpoints":
                for value, rows in _by_place(schedule, number):
                    steps = [breakpoints.step(text) for text in value.typed] if value.typed is not BLANK else []
                    for said in breakpoints.faults(step for step in steps if step):
                        yield _rising(value.at, f"{said}: {_names(rows)}")
            elif column.holds == "rate":
                for section in schedule.groups:
                    for said in breakpoints.faults(_row_steps(section, number)):
                        yield _rising(section.rows[0].at, f"{said}: {section.name or schedule.name}")


def _row_steps(section: Section, number: int) -> Iterator[breakpoints.Step]:
    for row in section.rows:
        band, rate = breakpoints.band(row.name), row.values[number].rate if row.values else None
        if band and rate is not None:
            yield breakpoints.Step(rate, band)


def _rising(at: Where, found: str) -> Problem:
    return Problem(at, found, "mend the step, or accept it with the reason", severity="warning")


def classes_are_the_plans(plan: PlanFolder) -> Iterator[Problem]:
    """The classes under funds are the plan's, and each of the plan's is under some fund."""
    for amendment, schedule in _schedules(plan):
        known = (amendment.plan or plan.facts).share_classes
        classes = {name.casefold(): name for name in known}
        inner = {row.name.casefold(): row for _, row, above in schedule.lines() if above is not None}
        if not classes or not any(name in classes for name in inner):
            continue
        for name, row in inner.items():
            if name not in classes:
                remedy = "mend it, or add it to share_classes: in plan.yaml"
                yield Problem(row.at, f'"{row.name}" is no class of the plan', remedy, severity="warning")
        for name in classes.keys() - inner.keys():
            found = f"the plan is for {classes[name]}, and no row of {schedule.name} is"
            remedy = "add its rows, or take it out of share_classes: in plan.yaml"
            yield Problem(schedule.at, found, remedy, severity="warning")


def _marks(schedule: Schedule) -> Iterator[tuple[str, Where]]:
    marked = [(column.mark or "", schedule.at) for _, column in schedule.columns]
    marked += [(group.mark, group.at) for group in schedule.groups]
    for _, row, _ in schedule.lines():
        marked.append((row.mark, row.at))
        marked += [(value.mark, value.at) for value in row.values]
    return ((mark, at) for mark, at in reversed(marked) if mark)


def _by_place(schedule: Schedule, number: int) -> list[tuple[Value, list[Line]]]:
    """The values of a column, each that was typed once, with the rows that it is for."""
    found: dict[tuple[Value, Where], list[Line]] = {}
    for _, row, _ in schedule.lines():
        if row.values:
            value = row.values[number]
            found.setdefault((value, value.at), []).append(row)
    return [(value, rows) for (value, _), rows in found.items()]


def _typed(value: Value) -> str:
    return ", ".join(value.typed) if isinstance(value.typed, tuple) else str(value.typed)


def _names(rows: list[Line]) -> str:
    more = f" and {len(rows) - 1} more" if len(rows) > 1 else ""
    return f"{rows[0].name}{more}"


CHECKS: tuple[Check, ...] = (
    name_stands_once,
    fee_limit,
    aggregate_is_a_limit,
    rates_are_written_alike,
    breakpoints_fall,
    classes_are_the_plans,
    marks_have_notes,
)
