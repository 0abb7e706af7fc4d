"""A plan on one day against the same plan on an earlier one: its whole text and its schedules, redlined."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

from docgen.consolidation import describe
from docgen.consolidation.applied import Applied
from docgen.consolidation.plan_folder import PlanFolder
from docgen.document import conformed_text
from docgen.model import english
from docgen.model.amendment import Restate
from docgen.problems import Problem, UsageProblem, Where
from docgen.redline import make
from docgen.redline.baseline import End
from docgen.redline.make import Redline
from docgen.reports import conformed_copy


def redline(plan: PlanFolder, on: datetime.date | None, earlier: datetime.date, folders: Sequence[Path]) -> Redline:
    """The conformed copy of a day, or of the end, against that of an earlier day; of the plan that it restates, where
    that was in force then. UsageProblem where no text is kept, or the days stand the other way round."""
    if on is not None and on <= earlier:
        raise UsageProblem([Problem(Where("--against"), f"{earlier} is not before {on}", "name an earlier day")])
    before = _plan_on(plan, earlier)
    is_same = before.id == plan.id
    steps = _steps(plan, earlier, on) if is_same else {}
    ends = (_end(before, earlier, folders, steps), _end(plan, on, folders, {}))
    changes = conformed_text.changes_between(plan, earlier, on) if is_same else []
    sentences = [f"{describe.sentence(change)}, effective {english.day(day)}" for day, change in changes]
    return make.between(f"{conformed_copy.stem(on)}-redline-{earlier}", *ends, sentences)


def _plan_on(plan: PlanFolder, day: datetime.date) -> PlanFolder:
    """The plan itself, or the one that it restates where it had not begun on a day."""
    first = plan.first_day()
    return _plan_on(plan.continues, day) if plan.continues and first and day < first else plan


def _steps(plan: PlanFolder, first: datetime.date, last: datetime.date | None) -> dict[str, tuple[Applied, ...]]:
    """The changes of each schedule between two days, where they are listed one by one."""
    early = {id(step) for step in plan.timeline.until(first)}
    late = plan.timeline.until(last or datetime.date.max)
    by_name: dict[str, list[Applied]] = {}
    for step in late:
        if id(step) not in early:
            by_name.setdefault(step.after.name, []).append(step)
    listed = {name: steps for name, steps in by_name.items() if not any(isinstance(s.change, Restate) for s in steps)}
    return {name: tuple(steps) for name, steps in listed.items()}


def _end(
    plan: PlanFolder, on: datetime.date | None, folders: Sequence[Path], steps: dict[str, tuple[Applied, ...]]
) -> End:
    document = conformed_copy.document(plan, on, folders)
    when = f"on {english.day(on)}" if on else "with every amendment"
    source, name = plan.source, conformed_copy.stem(on)
    return End(name, f"the plan {when}", document, source.file, source.digest, plan.schedules_on(on), steps)


def day(plan: PlanFolder, on: datetime.date | None, earlier: datetime.date) -> datetime.date:
    """The day that Word shows for the changes: that of the copy, else of the last amendment."""
    last = plan.in_force()
    return on or (last.day if last else None) or earlier


def has_changes(plan: PlanFolder, on: datetime.date | None, earlier: datetime.date) -> bool:
    """Whether the text or a schedule is another on one day than on an earlier one."""
    before = _plan_on(plan, earlier)
    texts = [[p.block for p in conformed_text.on(*at).passages] for at in ((before, earlier), (plan, on))]
    return texts[0] != texts[1] or before.schedules_on(earlier) != plan.schedules_on(on)
