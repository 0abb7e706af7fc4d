"""The names that a plan's final papers change: each with the new one, the day and the paper."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from docgen.consolidation.applied import Applied
from docgen.consolidation.plan_folder import AmendmentFile, PlanFolder
from docgen.model import changes


@dataclass(frozen=True)
class Pair:
    """An old name and the new one, with the day, if there is one yet, the amendment and the number of the change."""

    old: str
    new: str
    is_group: bool
    day: datetime.date | None
    amendment: AmendmentFile
    number: int


def of_plan(plan: PlanFolder, drafts: bool = False) -> Iterator[Pair]:
    """The names of funds and groups that a plan's final amendments change, and its drafts where these count too."""
    for amendment in plan.amendments:
        for step in amendment.applied if drafts or not amendment.facts.draft else ():
            for old, new, is_group in _of_step(step):
                yield Pair(old, new, is_group, step.day, amendment, step.number)


def _of_step(step: Applied) -> Iterator[tuple[str, str, bool]]:
    """The names that a change gives to funds and groups, each with the old one before it."""
    match step.change:
        case changes.Rename(under=None, rename=old, to=new):
            yield old, new, False
        case changes.RenameGroup(rename_group=old, to=new):
            yield old, new, True
        case changes.RenameAll() | changes.AddTradeName():
            yield from ((before.name, after.name, not before.row) for before, after in step.renamed)
