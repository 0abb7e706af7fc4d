"""What a plan says of itself, plan.yaml, as its text: shown with its problems, and saved."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from docgen.drafting import edited_text
from docgen.page import saving
from docgen.page.saving import Conflict
from docgen.page.visits import Absent, PageData, Shown, Visit
from docgen.problems import as_data
from docgen.workspace.plan_reading import SCHEDULES


def plan_text(visit: Visit) -> Shown:
    """The file as it stands."""
    plan = _plan(visit)
    content = (visit.snapshot.root / _file(plan)).read_bytes()
    return Shown("plan_text.html", _data(visit, edited_text.shown(content), visit.desk.remember(content)))


def save_plan_text(visit: Visit) -> Shown | Response:
    """Saves the text, each line that nobody touched as it was; where the file was changed meanwhile, shows both."""
    plan, basis = _plan(visit), visit.text("basis")
    before = visit.desk.basis(basis)
    data = edited_text.edited(before if before is not None else b"", visit.text("text"))
    result = saving.save(visit.snapshot.root, _file(plan), data, basis)
    if isinstance(result, Conflict):
        current = result.current or b""
        page = _data(visit, edited_text.shown(data), visit.desk.remember(current) if result.current is not None else "")
        return Shown("plan_text.html", {**page, "theirs": edited_text.shown(current)}, 409)
    if result.before != result.after:
        visit.desk.saves.add(result)
    return RedirectResponse(f"/plan-text/{plan}", 303)


def _plan(visit: Visit) -> str:
    """The plan that the address names, readable or not."""
    plan = visit.names["plan"]
    if plan not in visit.snapshot.plan_ids:
        raise Absent(f"There is no plan {plan} in this workspace.")
    return plan


def _file(plan: str) -> str:
    return f"{SCHEDULES}/{plan}/plan.yaml"


def _data(visit: Visit, text: str, basis: str) -> PageData:
    plan = visit.names["plan"]
    problems = [as_data(problem) for problem in visit.snapshot.problems_of(_file(plan))]
    return {
        "plan": plan,
        "file": _file(plan),
        "text": text,
        "basis": basis,
        "problems": problems,
        "theirs": None,
        "undo": visit.desk.saves.last,
    }
