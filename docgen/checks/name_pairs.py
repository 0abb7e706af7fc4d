"""The names that a plan's final papers change: each with the new one, the day and the paper."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from docgen.consolidation import lineage
from docgen.consolidation.plan_folder import AmendmentFile, PlanFolder
from docgen.model import changes


@dataclass(frozen=True)
class Pair:
    """An old name and the new one, with the day, the amendment and the number of the change."""

    old: str
    new: str
    is_group: bool
    day: datetime.date
    amendment: AmendmentFile
    number: int


def of_plan(plan: PlanFolder) -> Iterator[Pair]:
    """The names of funds and groups that a plan's final amendments change."""
    for amendment in plan.amendments:
        if not amendment.facts.draft and any(isinstance(change, changes.RENAMES) for change in amendment.facts.changes):
            for step in amendment.applied:
                for old, new in lineage.renamed(step.before, step.after) if step.day else ():
                    if isinstance(step.change, changes.RENAMES) and not old.inner and step.day:
                        yield Pair(old.name, new.name, not old.row, step.day, amendment, step.number)
