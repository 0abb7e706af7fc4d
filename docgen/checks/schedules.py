"""Rules about schedules: repeated names, counts, classes, footnotes and their marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import PurePath

from docgen.checks import titles
from docgen.checks.fees import schedules_of
from docgen.checks.plan_rule import PlanRule, final_papers, of_the_plan
from docgen.consolidation import class_changes
from docgen.consolidation.plan_folder import AmendmentFile, PlanFolder
from docgen.model import changes, english, values
from docgen.model.amendment import Restate
from docgen.model.changes import Change
from docgen.model.schedule import Schedule
from docgen.model.settings import REGISTRANTS
from docgen.problems import Problem, Where

A_CLASS = re.compile(r"class \w{1,2}\b|\w+ class\b")
LONGEST_NAME = 500  # letters; the longest that was filed has 120


def name_stands_once(plan: PlanFolder) -> Iterator[Problem]:
    """A name stands once in its group; and under one registrant, where groups are registrants.

    Two names that print alike are one, by whatever signs they are typed. Bands of one fund may be called the same when
    their values differ: an agreement of 2006 has Next $2 billion three times, each with a lower rate.
    """
    for _, schedule in schedules_of(plan):
        for name, at, twin, first in schedule.repeated:
            file = f" of {PurePath(first.file).name}" if first.file != at.file else ""
            signs = "" if twin.casefold() == name.casefold() else ", there with other signs that print alike"
            fault = f'"{name}" stands in {schedule.name} twice; first on line {first.line}{file}{signs}'
            yield Problem(at, fault, "keep one of them, or write the names apart")


def names_are_names(plan: PlanFolder) -> Iterator[Problem]:
    """What a group or a row is called is a name: no number, day, rate, sign or single letter, and not endless."""
    for _, schedule in schedules_of(plan):
        names = [(group.name, group.at, False) for group in schedule.groups if group.name]
        names += [(row.name, row.at, above is not None) for _, row, above in schedule.lines()]
        for name, at, is_inner in names:
            if len(name) > LONGEST_NAME:
                yield Problem(at, f"a name of {len(name):,} letters stands here", "write the name as it is registered")
            elif kind := _no_name(name, is_inner):
                remedy = "write the name; if it is one, write it out, as in Class A"
                yield Problem(at, f'"{name}" is {kind}, and no name', remedy)


def _no_name(name: str, is_inner: bool) -> str:
    """What stands in place of a name; empty when a name does. The rows under a row may be called A, B and C."""
    return values.no_name(name) or ("" if len(name) > 1 or is_inner else "a letter")


def rows_are_no_heads(plan: PlanFolder) -> Iterator[Problem]:
    """No row or group is the line of the heads, copied with the rows: Portfolio | Maximum Service Fee."""
    for _, schedule in schedules_of(plan):
        form = schedule.form
        labels = [form.row, english.plural(form.row, 2), form.label or "", form.group, form.group_heading or ""]
        heads = {_head(label) for label in labels if label}
        places = {group.at: group.name for group in schedule.groups if _head(group.name) in heads}
        places |= {row.at: row.name for _, row, _ in schedule.lines() if _head(row.name) in heads}
        headings = {_head(column.heading) for _, column in schedule.columns}
        for cells in schedule.typed:
            texts = [(value.at, english.value_text(value.typed, "text")) for value in cells]
            places |= {at: text for at, text in texts if at not in places and _head(text) in headings}
        for at, text in places.items():
            fault = f'"{text}" is a head of {schedule.name}, and stands here as a row'
            yield Problem(at, fault, "take the line out, or accept it", severity="warning")


def _head(text: str) -> str:
    return text.casefold().strip(" *:")


def expected_rows(plan: PlanFolder) -> Iterator[Problem]:
    """What a person counted is what the schedules have; of a name that stands twice another rule speaks."""
    for amendment in plan.amendments:
        expect = amendment.facts.expect
        if expect is None or any(schedule.repeated for schedule in amendment.schedules):
            continue
        groups = [group for schedule in amendment.schedules for group in schedule.groups]
        counted = {"rows": sum(len(group.rows) for group in groups), "groups": len([g for g in groups if g.name])}
        for key, actual in counted.items():
            wanted = getattr(expect, key)
            if wanted is not None and wanted != actual:
                fault = f"{wanted} were counted, and the schedules of this amendment have {actual}"
                yield amendment.source.problem(("expect", key), fault, "look for the one too many or too few")


def rates_that_stand_once(plan: PlanFolder) -> Iterator[Problem]:
    """Where the values stand once for all rows, all rows have them."""
    for amendment, schedule in schedules_of(plan):
        rows = [row for _, row, _ in schedule.lines() if row.values]
        outlier = next((row for row in rows if row.values != rows[0].values), None)
        if schedule.form.rates == "once" and outlier is not None:
            fault = f'"{outlier.name}" has other values than "{rows[0].name}", and they are printed once'
            also = ", which the papers before follow too" if final_papers(plan, amendment) else ""
            yield Problem(outlier.at, fault, f"fix its values, or write rates: each under schedule: in plan.yaml{also}")


def marks_have_notes(plan: PlanFolder) -> Iterator[Problem]:
    """Every mark has its footnote and every footnote is called for; no mark has two footnotes.

    Of a mark that stays without its footnote in later papers nothing more is said.
    """
    lacking: dict[str, set[str]] = {}
    for amendment, schedule in schedules_of(plan):
        notes = [note.mark for note in schedule.footnotes]
        used = dict(_marks(schedule))
        earlier = lacking.get(schedule.name, set())
        lacking[schedule.name] = used.keys() - set(notes)
        for mark, marked in used.items():
            if mark in lacking[schedule.name] - earlier:
                fault = f'the mark "{mark}" has no footnote in {schedule.name}'
                yield Problem(marked, fault, f'add it under footnotes:  - {{mark: "{mark}", text: ...}}')
        for number, (note, at) in enumerate(zip(schedule.footnotes, schedule.notes_at, strict=True)):
            if note.mark in notes[:number]:
                yield Problem(at, f'the mark "{note.mark}" has two footnotes', "give one of them another mark")
            if note.mark not in used and note.on is None:
                yield from _uncalled(amendment, schedule, note.mark, at)


def _uncalled(amendment: AmendmentFile, schedule: Schedule, mark: str, at: Where) -> Iterator[Problem]:
    """A warning that nothing calls for a footnote: where it was typed, or at the changes that take its sign away."""
    before = [earlier for earlier in amendment.before if earlier.name == schedule.name]
    if not any(note.mark == mark for earlier in before for note in earlier.footnotes):
        fault = f'nothing in {schedule.name} carries the mark "{mark}" of a footnote'
        remedy = "write mark: where it belongs, or on: with the words of the preamble that carry it"
        yield Problem(at, fault, remedy, severity="warning")
    elif any(mark in dict(_marks(earlier)) for earlier in before):
        fault = f'nothing in {schedule.name} carries the mark "{mark}" any more'
        key = "changes" if amendment.facts.changes else "restate"
        remedy = f'add  - remove_footnote: "{mark}"' if key == "changes" else "take the footnote out"
        yield amendment.source.warning((key,), fault, remedy)


def classes_are_the_plans(plan: PlanFolder) -> Iterator[Problem]:
    """The classes under funds are the plan's, and each of the plan's is under some fund."""
    for amendment, schedule in schedules_of(plan):
        plan_classes = amendment.plan.share_classes
        classes = {name.casefold(): name for name in plan_classes}
        lines = [row for _, row, above in schedule.lines() if above is not None]
        inner = {row.name.casefold(): row for row in reversed(lines)}  # where each stands first
        if not classes or not any(name in classes or A_CLASS.match(name) for name in inner):
            continue
        key = of_the_plan(plan, amendment, "share_classes")
        for name, row in inner.items():
            if name not in classes:
                fault = f'"{row.name}" is not a class of the plan'
                problem = Problem(row.at, fault, f"fix it, or add it to {key}", severity="warning")
                yield replace(problem, follows=titles.class_slip(plan))
        for name in classes.keys() - inner.keys():
            fault = f"the plan is for {classes[name]}, and no row of {schedule.name} is"
            at = amendment.source.where("changes") if name in _classes_before(amendment, schedule) else schedule.at
            problem = Problem(at, fault, f"add its rows, or take it out of {key}", severity="warning")
            yield replace(problem, follows=titles.class_slip(plan))


def _classes_before(amendment: AmendmentFile, schedule: Schedule) -> set[str]:
    """The classes that a schedule had under its funds before the amendment's changes, capitals apart."""
    before = [earlier for earlier in amendment.before if earlier.name == schedule.name and amendment.facts.changes]
    return {row.name.casefold() for earlier in before for _, row, above in earlier.lines() if above is not None}


def _marks(schedule: Schedule) -> Iterator[tuple[str, Where]]:
    marked = [(column.mark or "", schedule.at) for _, column in schedule.columns]
    marked += [(group.mark, group.at) for group in schedule.groups]
    in_cells = any(value.mark for column in schedule.typed for value in column)
    for _, row, _ in schedule.lines():
        marked.append((row.mark, row.at))
        marked += [(value.mark, value.at) for value in row.values] if in_cells else []
    return ((mark, at) for mark, at in reversed(marked) if mark)


def classes_change_with_the_plan(plan: PlanFolder) -> Iterator[Problem]:
    """A change of a class that is no row of the schedule is one of the plan's own classes, and the plan says it too."""
    before = plan.facts.share_classes
    for amendment in plan.amendments:
        after = amendment.plan.share_classes
        for step in amendment.applied:
            change = step.change
            if (
                isinstance(change, Restate)
                or not step.before
                or not class_changes.is_of_a_plans_class(change, step.before)
            ):
                continue
            if fault := _unlike(change, before, after):
                remedy = "write the plan's classes from now on:  plan: {share_classes: [...]}"
                problem = amendment.source.problem(("changes", step.number), fault, remedy)
                yield replace(problem, follows=titles.class_slip(plan))
        before = before if amendment.facts.draft else after


def _unlike(change: Change, before: Sequence[str], after: Sequence[str]) -> str:
    """How the plan's classes do not follow a change of one of them; empty when they do."""
    match change:
        case changes.RedesignateClass(redesignate_class=old, to=new):
            new_class, old_class = new, old
        case changes.AddClass(add_class=new):
            new_class, old_class = new, ""
        case changes.RemoveClass(remove_class=old):
            new_class, old_class = "", old
        case _:
            return ""
    if old_class and old_class not in before:
        return f'the plan is not for "{old_class}"'
    if old_class and old_class in after:
        return f"the plan is still for {old_class}"
    return f"the plan is not for {new_class} yet" if new_class and new_class not in after else ""


def stands_under_a_heading(plan: PlanFolder) -> Iterator[Problem]:
    """A schedule that stands under another's heading has that one there."""
    for amendment in plan.amendments:
        names = [schedule.name for schedule in amendment.after]
        for schedule in amendment.schedules:
            if schedule.form.under and schedule.form.under not in names:
                fault = f"{schedule.name} stands under {schedule.form.under}, which no amendment gives yet"
                yield Problem(schedule.at, fault, f"restate {schedule.form.under} too")


def somebody_signs(plan: PlanFolder) -> Iterator[Problem]:
    """A block of signatures for the registrants has registrants to sign."""
    for amendment in plan.amendments:
        signatures = amendment.facts.signatures
        blocks = amendment.plan.signatures if signatures is None else signatures
        groups = [group.name for s in amendment.after if s.has_registrants for group in s.groups if group.name]
        source = plan.source if signatures is None else amendment.source
        for number, block in enumerate(blocks):
            if REGISTRANTS in [name.casefold() for name in block.for_] and not groups:
                fault = "is for the registrants, and the schedules have none"
                yield source.problem(("signatures", number, "for"), fault, "name the parties")


CHECKS: tuple[PlanRule, ...] = (
    names_are_names,
    rows_are_no_heads,
    name_stands_once,
    expected_rows,
    rates_that_stand_once,
    classes_are_the_plans,
    classes_change_with_the_plan,
    stands_under_a_heading,
    somebody_signs,
    marks_have_notes,
)
