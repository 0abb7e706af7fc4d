"""An edited Excel or CSV file: what it changes, whose new names its names are, and the next amendment with that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from starlette.responses import RedirectResponse, Response

from docgen.consolidation.plan_folder import PlanFolder
from docgen.drafting import next_amendment
from docgen.files import lock
from docgen.model.amendment import Restate
from docgen.model.changes import Change
from docgen.model.schedule import Schedule
from docgen.page import catalog, saving
from docgen.page.visits import PageData, Shown, Visit
from docgen.problems import DocgenError, Problem, UsageProblem, Where, as_data
from docgen.reports import differences
from docgen.reports.differences import ScheduleChanges
from docgen.reports.moment_names import title_of
from docgen.spreadsheet import to_changes
from docgen.spreadsheet.to_changes import Answers, Edited

ANSWER = "was "  # before a new name: the field that says which old name it had


@dataclass(frozen=True)
class SheetUpload:
    """A file that a person dropped here: its name, its bytes, and the hash under which it is remembered."""

    name: str
    data: bytes
    digest: str


def sheet(visit: Visit) -> Shown:
    """Asks for the file."""
    return Shown("import.html", _empty(catalog.plan(visit)))


def _empty(plan: PlanFolder) -> PageData:
    return {"plan": plan.id, "title": title_of(plan.facts), "file": "", "upload": "", "text": "", "doubts": [],
            "answers": {}, "problems": [], "ready": False}  # fmt: skip


def submit(visit: Visit) -> Shown | Response:
    """Says what the file changes, or asks; writes the next amendment where the button says so."""
    plan = catalog.plan(visit)
    data = _empty(plan)
    try:
        upload = _upload(visit)
        data |= {"file": upload.name, "upload": upload.digest}
        answers = _answers(visit)
        edits = _edits(plan, upload, answers)
        doubts = [doubt for edit in edits for doubt in edit.doubts]
        steps = [step for edit in edits for step in edit.steps]
        if visit.text("do") == "write" and steps and not doubts:
            return _begin(visit, plan, steps)
    except DocgenError as error:
        return Shown("import.html", {**data, "problems": [as_data(problem) for problem in error.problems]}, 422)
    names = {doubt.new: list(doubt.old) for doubt in doubts}
    typed_in = {ANSWER + new: old for old, new in answers.renamed.items()} | {ANSWER + new: "" for new in answers.new}
    data |= {
        "text": _text(plan, edits),
        "doubts": [{"new": new, "old": old, "field": ANSWER + new} for new, old in names.items()],
        "answers": typed_in,
        "ready": bool(steps) and not doubts,
    }
    return Shown("import.html", data)


def _begin(visit: Visit, plan: PlanFolder, steps: Sequence[Change | Restate]) -> Response:
    root = visit.snapshot.root
    with lock.held(root, saving.COMMAND, lambda line: None):
        path = next_amendment.write(root, plan, steps)
    visit.desk.saves.add(saving.Save(path.relative_to(root).as_posix(), None, path.read_bytes()))
    return RedirectResponse(f"/plans/{plan.id}/{path.stem}", 303)


def _upload(visit: Visit) -> SheetUpload:
    """The file of this visit, or the one that an earlier step of it brought; UsageProblem where there is none."""
    name, data = visit.uploads.get("file", ("", b""))
    if not name:
        name, data = visit.text("name"), visit.desk.basis(visit.text("upload")) or b""
    name = PurePath(name.replace("\\", "/")).name
    if PurePath(name).suffix.lower() not in to_changes.SUFFIXES:
        raise UsageProblem([Problem(Where(name or "file"), "is not a .xlsx or .csv file", "save it as .xlsx")])
    return SheetUpload(name, data, visit.desk.remember(data))


def _answers(visit: Visit) -> Answers:
    """By each new name the old one that it was, or nothing for a new thing."""
    old_names = {key.removeprefix(ANSWER): values[0] for key, values in visit.fields.items() if key.startswith(ANSWER)}
    renamed = {old: new for new, old in old_names.items() if old}
    return Answers(renamed, tuple(new for new, old in old_names.items() if not old))


def _edits(plan: PlanFolder, upload: SheetUpload, answers: Answers) -> list[Edited]:
    """What the file changes in the schedules in force."""
    amendment = plan.in_force()
    if amendment is None:
        raise UsageProblem([Problem(Where(plan.id), "no schedule is in force", "begin with its first amendment")])
    schedules: list[Schedule] = list(plan.schedules_on())
    if PurePath(upload.name).suffix.lower() == ".csv":
        schedules = schedules[:1]
    contents = to_changes.tables(upload.name, upload.data, schedules, f"{plan.id}/{amendment.id}")
    return to_changes.edited(contents.tables, schedules, answers)


def _text(plan: PlanFolder, edits: Sequence[Edited]) -> str:
    columns = {schedule.name: dict(schedule.columns) for schedule in plan.schedules_on()}
    changes = [ScheduleChanges(edit.schedule, edit.steps, columns[edit.schedule]) for edit in edits if edit.steps]
    return differences.as_text(changes)
