"""Finds what an address names in the list of plans: nothing outside that list can be named, and no path is taken."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from docgen.consolidation.plan_folder import PlanFolder
from docgen.page.live_workspace import Snapshot
from docgen.page.visits import Absent, Visit
from docgen.problems import DataProblem, Problem, UsageProblem, Where
from docgen.workspace.select import Paper


@dataclass(frozen=True)
class Subject:
    """The amendment that an address names: its file, and its paper where it can be applied."""

    snapshot: Snapshot
    plan_id: str
    id: str
    path: Path

    @property
    def name(self) -> str:
        """`aim-class-b/002`."""
        return f"{self.plan_id}/{self.id}"

    @property
    def page(self) -> str:
        """The address of its page."""
        return f"/plans/{self.name}"

    @property
    def file(self) -> str:
        """The path of its file from the workspace."""
        return self.path.relative_to(self.snapshot.root).as_posix()

    @property
    def paper(self) -> Paper | None:
        """The amendment with what its documents need."""
        return self.snapshot.paper(self.plan_id, self.id)

    @property
    def is_sealed(self) -> bool:
        """Whether it was filed, and so stays as it is."""
        return bool(self.snapshot.workspace and self.name in self.snapshot.workspace.seals)


def subject(visit: Visit) -> Subject:
    """The amendment that the address names; Absent where the list of plans has none of this name."""
    plan_id, amendment_id = visit.names["plan"], visit.names["amendment"]
    path = visit.snapshot.files.get(plan_id, {}).get(amendment_id)
    if path is None:
        raise Absent(f"There is no amendment {plan_id}/{amendment_id} in this workspace.")
    return Subject(visit.snapshot, plan_id, amendment_id, path)


def paper(visit: Visit) -> Paper:
    """The same with what its documents need; DataProblem with what stands in its way."""
    about = subject(visit)
    if about.paper is None:
        unknown = Problem(Where(about.file), "cannot be applied", "see the plan's other problems")
        raise DataProblem(about.snapshot.problems_of(about.file) or [unknown])
    return about.paper


def plan(visit: Visit) -> PlanFolder:
    """The plan that the address names; Absent where there is none, DataProblem where it cannot be read."""
    plan_id = visit.names["plan"]
    if plan_id not in visit.snapshot.plan_ids:
        raise Absent(f"There is no plan {plan_id} in this workspace.")
    folder = visit.snapshot.plan(plan_id)
    if folder is None:
        raise DataProblem(p for p in visit.snapshot.problems if p.where.file.startswith(f"schedules/{plan_id}/"))
    return folder


def day(visit: Visit) -> datetime.date | None:
    """The day that the address asks for; UsageProblem for a text that is none."""
    text = visit.query.get("on", "").strip()
    try:
        return datetime.date.fromisoformat(text) if text else None
    except ValueError:
        raise UsageProblem([Problem(Where("on"), f"{text} is not a date", "write YYYY-MM-DD")]) from None
