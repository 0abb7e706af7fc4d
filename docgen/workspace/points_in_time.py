"""The schedules of a moment that a person names: an amendment, a plan on a day, or a file from elsewhere."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from docgen.consolidation.applied import Applied
from docgen.consolidation.plan_folder import AmendmentFile, PlanFolder
from docgen.model import values
from docgen.model.schedule import Schedule
from docgen.model.text_changes import TextChange
from docgen.problems import Problem, UsageProblem, Where
from docgen.workspace.plan_reading import amendment_from
from docgen.workspace.select import Selection, ids, refuse_restated


@dataclass(frozen=True)
class Listed:
    """The changes that amendments list: those of schedules as they were applied, and those of the plan's own text."""

    applied: tuple[Applied, ...] = ()
    texts: tuple[TextChange, ...] = ()

    def of(self, schedule: str) -> tuple[Applied, ...]:
        """The changes of one schedule."""
        return tuple(step for step in self.applied if step.after.name == schedule)


@dataclass(frozen=True)
class Moment:
    """A moment as a person named it: which plan, the schedules then, and by which amendment or on which day."""

    name: str
    plan: PlanFolder
    schedules: tuple[Schedule, ...]
    amendment: AmendmentFile | None = None
    day: datetime.date | None = None


@dataclass(frozen=True)
class Between:
    """Two moments, and the changes listed in between.

    `listed` is None where they are no amendments of one plan in their order, or one in between restates. `steps` are
    the changes that lead from the one to the other all the same, by the `amendments` that they are of.
    """

    old: Moment
    new: Moment
    listed: Listed | None = None
    amendments: tuple[AmendmentFile, ...] = ()
    steps: tuple[Applied, ...] = ()


def plan_part(name: str) -> str:
    """`plan/amendment` of itself, and `plan` of `plan@YYYY-MM-DD`."""
    return name.partition("@")[0]


def between(chosen: Selection, old: str, new: str, files: Mapping[str, bytes] = {}, plan: str | None = None) -> Between:
    """The two moments, each `plan/amendment`, `plan@YYYY-MM-DD` or one of the files.

    Files are of the plan of the other moment, else of `plan`; UsageProblem where neither says it.
    """
    names = [ids(plan_part(name))[0] for name in (old, new) if name not in files] or ([plan] if plan else [])
    before, after = (
        _of_file(_plan_of_files(chosen, names), name, files[name]) if name in files else moment(chosen, name)
        for name in (old, new)
    )
    return Between(before, after, None if files else changes_between(before, after), *_leading(before, after))


def reverse(points: Between) -> Between:
    """The same moments, the other way round."""
    return Between(points.new, points.old, None, *_leading(points.new, points.old))


def between_days(plan: PlanFolder, old: datetime.date, new: datetime.date) -> Between:
    """One plan on two days."""
    return between_plans(plan, old, plan, new)


def between_plans(first: PlanFolder, old: datetime.date, second: PlanFolder, new: datetime.date) -> Between:
    """A plan on one day, and on a later one itself or the plan that restates it."""
    before, after = (
        Moment(f"{plan.id}@{day}", plan, plan.schedules_on(day), plan.in_force(day), day)
        for plan, day in ((first, old), (second, new))
    )
    return Between(before, after, None, *_leading(before, after))


def moment(chosen: Selection, text: str) -> Moment:
    """The moment that `plan/amendment`, `plan` or `plan@YYYY-MM-DD` names; UsageProblem for a day that is none."""
    name, at, date_text = text.partition("@")
    plan_id, amendment_id = ids(name)
    plan = next(plan for plan in chosen.plans if plan.id == plan_id)
    if not at:
        amendments = [a for a in plan.amendments if amendment_id in ("", a.id)]
        last = amendments[-1] if amendments else None
        return Moment(text, plan, last.after if last else (), last)
    day = values.day(date_text)
    if day is None:
        raise UsageProblem([Problem(Where(text), f"{date_text} is not a date", "write PLAN@YYYY-MM-DD")])
    refuse_restated(plan, day)
    return Moment(text, plan, plan.schedules_on(day), plan.in_force(day), day)


def _of_file(plan: PlanFolder, file: str, data: bytes) -> Moment:
    """The moment after an amendment whose file lies elsewhere."""
    amendment = amendment_from(plan, Path(file).stem, file, data)
    return Moment(file, plan, amendment.after, amendment)


def _plan_of_files(chosen: Selection, names: Sequence[str]) -> PlanFolder:
    plans = [plan for plan in chosen.plans if not names or plan.id in names]
    if len(plans) != 1:
        fault = "does not say which plan the files are of"
        raise UsageProblem([Problem(Where("docgen diff"), fault, "write --plan and the name of its folder")])
    return plans[0]


def changes_between(old: Moment, new: Moment) -> Listed | None:
    """The changes that lead from one amendment to a later one of its plan, where they are listed."""
    if old.plan.id != new.plan.id or old.day or new.day or old.amendment is None or new.amendment is None:
        return None
    between = _amendments_between(new.plan, old.amendment, new.amendment)
    if between is None or any(amendment.facts.restate for amendment in between):
        return None
    steps = tuple(step for amendment in between for step in amendment.applied)
    return Listed(steps, tuple(change for amendment in between for change in amendment.facts.text_changes))


def _amendments_between(plan: PlanFolder, old: AmendmentFile, new: AmendmentFile) -> tuple[AmendmentFile, ...] | None:
    """The amendments after one up to another, without drafts unless that is one; None where they stand otherwise."""
    amendment_ids = [amendment.id for amendment in plan.amendments]
    first, last = amendment_ids.index(old.id), amendment_ids.index(new.id)
    if first > last:
        return None
    return tuple(a for a in plan.amendments[first + 1 : last + 1] if not a.facts.draft or new.facts.draft)


def _leading(old: Moment, new: Moment) -> tuple[tuple[AmendmentFile, ...], tuple[Applied, ...]]:
    """The amendments that lead from one moment of a plan to a later one, and their changes by then."""
    if old.plan.id != new.plan.id or new.amendment is None:
        return (), ()
    own = [id(amendment) for amendment in new.plan.amendments]
    if id(new.amendment) not in own or (old.amendment is not None and id(old.amendment) not in own):
        amendments: tuple[AmendmentFile, ...] = () if id(new.amendment) in own else (new.amendment,)
    elif old.amendment is not None and not old.day and not new.day:
        amendments = _amendments_between(new.plan, old.amendment, new.amendment) or ()
    else:
        return _by_day(
            new.plan, old.day or (old.amendment.day if old.amendment else None), new.day or new.amendment.day
        )
    return amendments, tuple(step for amendment in amendments for step in amendment.applied)


def _by_day(
    plan: PlanFolder, start: datetime.date | None, end: datetime.date | None
) -> tuple[tuple[AmendmentFile, ...], tuple[Applied, ...]]:
    """The changes that take effect after one day and by another, and their amendments."""
    first, last = start or datetime.date.min, end or datetime.date.max
    steps = tuple(step for step in plan.timeline.steps if step.day and first < step.day <= last)
    by_steps = {step.amendment for step in steps}
    final = [amendment for amendment in plan.amendments if not amendment.facts.draft]
    return tuple(a for a in final if a.id in by_steps or (a.day and first < a.day <= last)), steps
