"""What changed in all plans between two days: those that changed, that began, and that another has restated."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from dataclasses import dataclass

from docgen.consolidation import fund_classes
from docgen.consolidation.plan_folder import PlanFolder
from docgen.model import english
from docgen.problems import count
from docgen.reports import differences
from docgen.reports.differences import ScheduleChanges
from docgen.workspace.points_in_time import between_days, between_plans


@dataclass(frozen=True)
class PlanChange:
    """What became of one plan: it began with so many rows, another restates it, or its schedules changed; of one that
    restates another the changes are those against that."""

    plan: str
    began: int = 0
    restated_by: str = ""
    restates: str = ""
    changes: tuple[ScheduleChanges, ...] = ()


def between(plans: Sequence[PlanFolder], old: datetime.date, new: datetime.date) -> list[PlanChange]:
    """The plans of which something is not on the one day as on the other, in order."""
    before, after = (fund_classes.in_force(plans, day) for day in (old, new))
    heirs = {plan.continues.id: plan.id for plan in after if plan.continues}
    results: list[PlanChange] = []
    for plan in plans:
        if plan in before and plan not in after:
            results.append(PlanChange(plan.id, restated_by=heirs.get(plan.id, "another plan")))
        elif plan in after and plan not in before:
            restated = next((p for p in before if plan.continues and p.id == plan.continues.id), None)
            anew = differences.between(between_plans(restated, old, plan, new)) if restated else ()
            rows = sum(1 for _ in fund_classes.of_plan(plan, new))
            results.append(PlanChange(plan.id, rows, restates=restated.id if restated else "", changes=tuple(anew)))
        elif plan in after and (changes := differences.between(between_days(plan, old, new))):
            results.append(PlanChange(plan.id, changes=tuple(changes)))
    return results


def as_text(results: Sequence[PlanChange], old: datetime.date, new: datetime.date) -> str:
    """A line for each plan, and what changed in it under that."""
    parts = [f"From {english.day(old)} to {english.day(new)}\n"]
    for change in results:
        inner = differences.as_text(change.changes).splitlines() if change.changes else []
        parts.append(f"{change.plan}{_what(change)}\n" + "".join(f"  {line}\n" for line in inner))
    return "\n".join(parts if results else [*parts, "Nothing changed.\n"])


def _what(change: PlanChange) -> str:
    if change.restated_by:
        return f": {change.restated_by} restates it"
    if change.restates:
        return f": restates {change.restates}, with {count(change.began, 'row')}"
    return f": begins, with {count(change.began, 'row')}" if change.began else ""


def as_json(results: Sequence[PlanChange]) -> str:
    """`[{"plan", "began", "restated_by", "restates", "schedules"}]`, the schedules as `docgen diff A B --json` has
    them."""
    rows = [
        {
            "plan": change.plan,
            "began": bool(change.began),
            "restated_by": change.restated_by or None,
            "restates": change.restates or None,
            "schedules": json.loads(differences.as_json(change.changes)),
        }
        for change in results
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"
