"""Rules about schedules: repeated names, counts, classes, footnotes and their marks."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from docgen.checks.fees import schedules_of
from docgen.facts.schedule import Schedule
from docgen.facts.workspace import PlanFolder
from docgen.problems import Problem, Where

Check = Callable[[PlanFolder], Iterator[Problem]]


def name_stands_once(plan: PlanFolder) -> Iterator[Problem]:
    """A name stands once in its group; and under one registrant, where groups are registrants."""
    for _, schedule in schedules_of(plan):
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


def expected_rows(plan: PlanFolder) -> Iterator[Problem]:
    """What a person counted on the paper is what the schedules have."""
    for amendment in plan.amendments:
        expect = amendment.facts.expect
        if expect is None:
            continue
        groups = [group for schedule in amendment.schedules for group in schedule.groups]
        counted = {"rows": sum(len(group.rows) for group in groups), "groups": len([g for g in groups if g.name])}
        for key, found in counted.items():
            wanted = getattr(expect, key)
            if wanted is not None and wanted != found:
                said = f"{wanted} were counted, and the schedules of this amendment have {found}"
                yield amendment.source.problem(("expect", key), said, "look for the one too many or too few")


def rates_that_stand_once(plan: PlanFolder) -> Iterator[Problem]:
    """Where the values stand once for all rows, all rows have them."""
    for _, schedule in schedules_of(plan):
        rows = [row for _, row, _ in schedule.lines() if row.values]
        other = next((row for row in rows if row.values != rows[0].values), None)
        if schedule.form.rates == "once" and other is not None:
            found = f'"{other.name}" has other values than "{rows[0].name}", and they are printed once'
            yield Problem(other.at, found, "write rates: each under schedule: in plan.yaml")


def marks_have_notes(plan: PlanFolder) -> Iterator[Problem]:
    """Every mark has its footnote and every footnote is called for; no mark has two footnotes."""
    for _, schedule in schedules_of(plan):
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


def classes_are_the_plans(plan: PlanFolder) -> Iterator[Problem]:
    """The classes under funds are the plan's, and each of the plan's is under some fund."""
    for amendment, schedule in schedules_of(plan):
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


CHECKS: tuple[Check, ...] = (
    name_stands_once,
    expected_rows,
    rates_that_stand_once,
    classes_are_the_plans,
    marks_have_notes,
)
