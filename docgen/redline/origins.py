"""Follows each row of a schedule through the changes: which one it was before they renamed or moved it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from docgen.facts import changes
from docgen.facts.apply import apply
from docgen.facts.changes import Change
from docgen.facts.compare import NOWHERE, compare
from docgen.facts.models import Restate
from docgen.facts.schedule import Schedule
from docgen.problems import DataProblem

Name = tuple[str, str, str]  # group, row, row under it; empty for the group itself, and for the row itself
Origins = Mapping[Name, Name]  # what a row or a group is called now: what it was called before


def origins(old: Schedule, new: Schedule, told: Sequence[Change] | None = None) -> dict[Name, Name]:
    """Where each row and group of the new schedule comes from; those that are new are left out.

    `told` has the changes from old to new where somebody has listed them; what they leave open is
    compared, and there no row counts as renamed.
    """
    if told is None:
        start = replace(old, form=new.form)
        return _followed(start, compare(start, new))[1]
    try:
        now, here = _followed(old, told)
    except DataProblem:  # the changes were made to another schedule than this one
        return origins(old, new)
    return {name: here[was] for name, was in origins(now, new).items() if was in here}


def _followed(old: Schedule, steps: Sequence[Change | Restate]) -> tuple[Schedule, dict[Name, Name]]:
    """The schedule after the changes, and where its rows come from."""
    now, here = old, {name: name for name in names(old)}
    for step in steps:
        after = apply(now, step, NOWHERE)
        here = _carried(step, now, after, here)
        now = after
    return now, here


def met(old: Origins, new: Origins) -> dict[Name, Name]:
    """Which row was which between two drafts of one schedule, by what each comes from."""
    back = {was: name for name, was in old.items()}
    return {name: back[was] for name, was in new.items() if was in back}


def names(schedule: Schedule) -> list[Name]:
    """Every group and row, from top to bottom."""
    found: list[Name] = []
    for group in schedule.groups:
        found.append((group.name, "", ""))
        for line in group.rows:
            found.append((group.name, line.name, ""))
            found += [(group.name, line.name, inner.name) for inner in line.rows]
    return found


def _carried(step: Change | Restate, now: Schedule, after: Schedule, here: Origins) -> dict[Name, Name]:
    """The origins after one more change: by place where it renames, by name where it does anything else."""
    before, later = names(now), names(after)
    was = before if isinstance(step, changes.IN_PLACE) else later
    if isinstance(step, changes.Move):
        there, stay = set(before), set(later)
        left = {name[1:]: name for name in before if name not in stay}
        was = [left.get(name[1:], name) if name[1] == step.move and name not in there else name for name in later]
    return {name: here[old] for name, old in zip(later, was, strict=True) if old in here}
