"""The schedules of a moment that a person names: an amendment, a plan on a day, or a file from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from docgen.build import Checked, buildable, check, named
from docgen.facts import words, workspace
from docgen.facts.changes import Change, TextChange
from docgen.facts.schedule import Schedule
from docgen.facts.workspace import PlanFolder
from docgen.problems import UsageProblem, Where, one


@dataclass(frozen=True)
class Compared:
    """The schedules of two moments, and the changes listed in between.

    The changes are None where the moments are no amendments of one plan, or one in between restates.
    """

    old: tuple[Schedule, ...]
    new: tuple[Schedule, ...]
    told: tuple[Change | TextChange, ...] | None


def compared(root: Path, old: str, new: str, plan: str | None = None) -> Compared:
    """The two moments, each `plan/amendment`, `plan@YYYY-MM-DD` or a file; `plan` says what files are of."""
    inside = [what for what in (old, new) if not _is_elsewhere(root, what)]
    names = [named(what.partition("@")[0])[0] for what in inside] or ([plan] if plan else [])
    checked = check(root, [what.partition("@")[0] for what in inside] or names)
    buildable(checked)
    of_files = _plan_of_files(checked, names) if len(inside) < 2 else None
    both = [_schedules(root, checked, what, of_files) for what in (old, new)]
    return Compared(both[0], both[1], _told(checked, old, new) if len(inside) == 2 else None)


def _is_elsewhere(root: Path, what: str) -> bool:
    """Whether a person named a YAML file that is none of the workspace's."""
    path = Path(what)
    inside = path.resolve().is_relative_to((root / workspace.SCHEDULES).resolve())
    return path.suffix in (".yaml", ".yml") and path.is_file() and not inside


def _plan_of_files(checked: Checked, names: Sequence[str]) -> PlanFolder:
    plans = [plan for plan in checked.plans if not names or plan.id in names]
    if len(plans) != 1:
        found = "does not say which plan the files are of"
        raise UsageProblem(one(Where("docgen diff"), found, "write --plan and the name of its folder"))
    return plans[0]


def _schedules(root: Path, checked: Checked, what: str, of_files: PlanFolder | None) -> tuple[Schedule, ...]:
    if of_files is not None and _is_elsewhere(root, what):
        return workspace.outside(of_files, Path(what)).after
    what_named, at, day_typed = what.partition("@")
    plan_id, amendment_id = named(what_named)
    plan = next(plan for plan in checked.plans if plan.id == plan_id)
    if not at:
        amendments = [a for a in plan.amendments if amendment_id in ("", a.id)]
        return amendments[-1].after if amendments else ()
    day = words.day(day_typed)
    if day is None:
        raise UsageProblem(one(Where(what), f"{day_typed} is no date", "write PLAN@YYYY-MM-DD"))
    return plan.schedules_on(day)


def _told(checked: Checked, old: str, new: str) -> tuple[Change | TextChange, ...] | None:
    (plan, first), (other, last) = named(old), named(new)
    if plan != other or "@" in old + new:
        return None
    amendments = next(folder.amendments for folder in checked.plans if folder.id == plan)
    ids = [amendment.id for amendment in amendments]
    if first not in ids or last not in ids or ids.index(first) > ids.index(last):
        return None
    between = amendments[ids.index(first) + 1 : ids.index(last) + 1]
    between = tuple(a for a in between if not a.facts.draft or between[-1].facts.draft)
    if any(amendment.facts.restate for amendment in between):
        return None
    return tuple(change for amendment in between for change in amendment.facts.changes)
