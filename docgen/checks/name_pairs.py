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


def of_plan(plan: PlanFolder, drafts: bool = False) -> Iterator[Pair]:
    """The names of funds and groups that a plan's final amendments change, and its drafts where these count too."""
    for amendment in plan.amendments:
        renames = [change for change in amendment.facts.changes if isinstance(change, changes.RENAMES)]
        for step in amendment.applied if renames and (drafts or not amendment.facts.draft) else ():
            for old, new in lineage.renamed(step.before, step.after) if step.day else ():
                if isinstance(step.change, changes.RENAMES) and not old.inner and step.day:
                    yield Pair(old.name, new.name, not old.row, step.day, amendment, step.number)
