"""An edited Excel or CSV file: what it changes, whose new names its names are, and the next amendment with that."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from starlette.responses import RedirectResponse, Response

from docgen.consolidation.plan_folder import PlanFolder
from docgen.drafting import next_amendment
from docgen.model.amendment import Restate
from docgen.model.changes import Change
from docgen.page import apart, saving
from docgen.page.uploads import Upload
from docgen.page.visits import PageData, Shown, Visit
from docgen.problems import Problem, UsageProblem, Where
from docgen.reports import differences
from docgen.reports.differences import ScheduleChanges
from docgen.spreadsheet import basis, to_changes
from docgen.spreadsheet.renames import Doubt
from docgen.spreadsheet.to_changes import Answers, Edited

ANSWER = "was "  # before a new name: the field that says which old name it had


def submit(visit: Visit, upload: Upload, page: PageData) -> Shown | Response:
    """Says what the file changes, or asks; writes the next amendment where the button says so."""
    plan = chosen_plan(visit, page["of"])
    replies = answers(visit)
    edits = _edits(plan, upload, page["schedule"], replies)
    doubts = [doubt for edit in edits for doubt in edit.doubts]
    steps = to_changes.steps(edits, plan.schedules_on())
    if visit.text("do") == "write" and steps and not doubts:
        return _begin(visit, plan, steps)
    data = {
        **questions(doubts, replies),
        "text": _text(plan, edits) if steps else "Nothing: the file has the schedule as it is in force.",
        "ready": bool(steps) and not doubts,
    }
    return Shown("import.html", {**page, **data})


def chosen_plan(visit: Visit, name: str) -> PlanFolder:
    """The plan whose schedule the sheet has; UsageProblem where none is chosen."""
    plan = visit.snapshot.plan(name) if name in visit.snapshot.plan_ids else None
    if plan is None:
        raise UsageProblem([Problem(Where("plan"), "is not chosen", "choose whose schedule the sheet has")])
    return plan


def _begin(visit: Visit, plan: PlanFolder, steps: Sequence[Change | Restate]) -> Response:
    root = visit.snapshot.root
    (save,) = saving.write(visit.snapshot, visit.desk.saves, lambda: [next_amendment.write(root, plan, steps)])
    return RedirectResponse(f"/plans/{plan.id}/{PurePath(save.file).stem}", 303)


def questions(doubts: Sequence[Doubt], replies: Answers) -> PageData:
    """What is asked of new names, and what was answered."""
    names = {doubt.new: list(doubt.old) for doubt in doubts}
    before = {ANSWER + new: old for old, new in replies.renamed.items()} | {ANSWER + new: "" for new in replies.new}
    listed = [{"new": new, "old": old, "field": ANSWER + new} for new, old in names.items()]
    return {"doubts": listed, "answers": before}


def answers(visit: Visit) -> Answers:
    """By each new name the old one that it was, or nothing for a new thing."""
    old_names = {key.removeprefix(ANSWER): values[0] for key, values in visit.fields.items() if key.startswith(ANSWER)}
    renamed = {old: new for new, old in old_names.items() if old}
    return Answers(renamed, tuple(new for new, old in old_names.items() if not old))


def several(visit: Visit, name: str) -> list[str]:
    """The schedules of a plan that has more than one: a CSV file is one of them, and does not say which."""
    plan = visit.snapshot.plan(name) if name in visit.snapshot.plan_ids else None
    names = [schedule.name for schedule in plan.schedules_on()] if plan else []
    return names if len(names) > 1 else []


def _edits(plan: PlanFolder, upload: Upload, name: str, answers: Answers) -> list[Edited]:
    """What the file changes in the schedules in force; of a CSV file, in the one of this name where there are more."""
    of = basis.in_force(plan, None, name if upload.suffix == ".csv" else None, upload.suffix)
    contents = apart.done(upload.name, to_changes.tables, upload.name, upload.data, of)
    return to_changes.edited(contents.tables, of.schedules, answers)


def _text(plan: PlanFolder, edits: Sequence[Edited]) -> str:
    columns = {schedule.name: dict(schedule.columns) for schedule in plan.schedules_on()}
    changes = [ScheduleChanges(edit.schedule, edit.steps, columns[edit.schedule]) for edit in edits if edit.steps]
    return differences.as_text(changes)
