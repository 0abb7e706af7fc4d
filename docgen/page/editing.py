"""What a person does to an amendment's file: checks a text, saves it, chooses between two, takes a save back."""

from __future__ import annotations

import re

from starlette.responses import RedirectResponse, Response

from docgen.drafting import edited_text, next_amendment
from docgen.page import amendment_data, catalog, previews, saving
from docgen.page.catalog import Subject
from docgen.page.saving import Conflict
from docgen.page.visits import Shown, Visit
from docgen.problems import DataProblem, Problem, UsageProblem, Where
from docgen.workspace import seals
from docgen.workspace.plan_reading import SCHEDULES

DRAFT = re.compile(r"^draft\s*:", re.MULTILINE)


def check(visit: Visit) -> Shown:
    """What would come of a text that is not saved: for the part of the page that shows it while a person types."""
    about, text = catalog.subject(visit), visit.text("text")
    data = text_of(visit, about)
    preview = previews.of_text(visit.snapshot, about.plan_id, about.file, data)
    if visit.text("page"):  # without JavaScript the whole page comes again, with what was typed
        preview = previews.with_rules(preview, visit.snapshot, about.file, data)
        page = amendment_data.shown(visit, about, text.replace("\r\n", "\n"), visit.text("basis"))
        return Shown("amendment.html", {**page, **amendment_data.result(visit, about, preview), "at": "check"})
    names = {"plan": about.plan_id, "id": about.id, "rules_come": True}
    return Shown("result.html", {**amendment_data.result(visit, about, preview), **names})


def text_of(visit: Visit, about: Subject) -> bytes:
    """The bytes of the text that stands in the editor."""
    return edited_text.edited(_content(about), visit.text("text"))


def save(visit: Visit) -> Shown | Response:
    """Saves the text of an amendment, or keeps it as a new draft."""
    about = catalog.subject(visit)
    refuse_sealed(about)
    text, basis = visit.text("text"), visit.text("basis")
    if visit.text("choice") == "draft":
        return _as_draft(visit, about, text)
    before = visit.desk.basis(basis)
    return write(visit, about, edited_text.edited(_content(about) if before is None else before, text), basis)


def write(visit: Visit, about: Subject, data: bytes, basis: str, rows: int = 0) -> Shown | Response:
    """Saves the file of an amendment; where it was changed meanwhile, shows the three choices.

    Of a long schedule the page then shows the rows from a number on.
    """
    result = saving.save(visit.snapshot.root, about.file, data, basis)
    if isinstance(result, Conflict):
        return _conflict(visit, about, edited_text.shown(data), result)
    if result.before != result.after:
        visit.desk.saves.add(result)
    return _to(about.plan_id, about.id, f"?rows={rows}" if rows else "")


def refuse_sealed(about: Subject) -> None:
    """DataProblem for an amendment that was filed."""
    if about.is_sealed:
        remedy = "what was filed stays as it is; a correction is a new amendment"
        raise DataProblem([Problem(Where(about.file), "is sealed", remedy)])


def _conflict(visit: Visit, about: Subject, text: str, conflict: Conflict) -> Shown:
    """Both texts side by side: theirs, mine as a new draft, or mine over theirs after a look at both."""
    current = conflict.current
    data = {
        "name": about.name,
        "plan": about.plan_id,
        "id": about.id,
        "file": about.file,
        "mine": text.replace("\r\n", "\n"),
        "theirs": edited_text.shown(current) if current is not None else None,
        "basis": visit.desk.remember(current) if current is not None else "",
    }
    return Shown("conflict.html", data, 409)


def _as_draft(visit: Visit, about: Subject, text: str) -> Response:
    """Saves a text as the plan's next amendment, a draft, beside what another saved under its own name."""
    plan = visit.snapshot.plan(about.plan_id)
    if plan is None:
        raise UsageProblem([Problem(Where(about.plan_id), "cannot be read", "fix plan.yaml first")])
    name, _ = next_amendment.following(plan)
    path = f"{SCHEDULES}/{about.plan_id}/amendments/{name}.yaml"
    lines = text.replace("\r\n", "\n")
    whole = lines if DRAFT.search(lines) else f"draft: true\n{lines}"
    result = saving.save(visit.snapshot.root, path, whole.encode(), "")
    if isinstance(result, Conflict):
        raise UsageProblem([Problem(Where(path), "already exists", "load the page again")])
    visit.desk.saves.add(result)
    return _to(about.plan_id, name)


def undo(visit: Visit) -> Response:
    """Takes the last save back, and shows what it was of."""
    _refuse_undo(visit)
    first, *others = saving.undo(visit.snapshot.root, visit.desk.saves)
    plan, _, name = first.file.removeprefix(f"{SCHEDULES}/").partition("/amendments/")
    if others or not name:
        return RedirectResponse("/", 303)
    return _to(plan, name.rpartition(".")[0] if first.before is not None else "")


def _refuse_undo(visit: Visit) -> None:
    """DataProblem where the last save is of an amendment that was sealed since, and not with it."""
    files = [save.file for save in visit.desk.saves.done[-1]] if visit.desk.saves.done else []
    for name in visit.snapshot.workspace.seals if visit.snapshot.workspace else ():
        plan, _, amendment = name.partition("/")
        file = f"{SCHEDULES}/{plan}/amendments/{amendment}.yaml"
        if file in files and f"{seals.folder(plan, amendment)}/{seals.RECEIPT}" not in files:
            raise DataProblem([Problem(Where(file), "was sealed since", "a correction is a new amendment")])


def _content(about: Subject) -> bytes:
    try:
        return about.path.read_bytes()
    except OSError:
        return b""


def _to(plan: str, amendment: str, query: str = "") -> Response:
    """A step to the page of a plan or an amendment, so that loading it again saves nothing twice."""
    path = f"/plans/{plan}/{amendment}{query}" if amendment else f"/plans/{plan}"
    return RedirectResponse(path, 303)
