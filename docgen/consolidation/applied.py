"""A change as it was applied: what it met, what it left, from which day on, and which row was which across it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from docgen.consolidation import lineage
from docgen.consolidation.lineage import RowKey
from docgen.consolidation.locate import NOWHERE, Targets
from docgen.model.amendment import Restate
from docgen.model.changes import Change
from docgen.model.schedule import Schedule
from docgen.model.yaml_reader import Source


@dataclass(frozen=True)
class Applied:
    """One change of one schedule, made once by the fold and read by all who ask what changed.

    `before` is None where the schedule first comes; `day` is the day from which the change counts, None while that is
    blank. `number` is its place among the amendment's changes, or among the schedules that it restates; its
    file is the `source`.
    """

    change: Change | Restate
    before: Schedule | None
    after: Schedule
    amendment: str = ""
    number: int = 0
    day: datetime.date | None = None
    targets: Targets = field(default_factory=Targets, repr=False, compare=False)
    source: Source = field(default=NOWHERE, repr=False, compare=False)

    @property
    def is_of_plan(self) -> bool:
        """Whether it changes the plan alone, a party's name or a class that is no row, and the schedule stays."""
        return self.after is self.before

    @cached_property
    def lineage(self) -> Mapping[RowKey, RowKey]:
        """What each row and group is called after it: what it was called before; new rows are left out."""
        return lineage.lineage(self.before, self.after)

    @cached_property
    def renamed(self) -> list[tuple[RowKey, RowKey]]:
        """Each row and group that has another name after it: what it was called, and what it is called."""
        return lineage.renamed(self.before, self.after)
