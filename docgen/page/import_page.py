"""Import: a file is dropped, by its ending read as a filed exhibit or as an edited sheet, and written after a look."""

from __future__ import annotations

from starlette.responses import Response

from docgen.page import catalog, exhibit_page, sheet_page, uploads
from docgen.page.visits import PageData, Shown, Visit
from docgen.problems import DocgenError, Problem, UsageProblem, Where, as_data
from docgen.reports.moment_names import title_of
from docgen.spreadsheet import to_changes


def import_page(visit: Visit) -> Shown:
    """Asks for the file."""
    return Shown("import.html", _empty(visit))


def _empty(visit: Visit) -> PageData:
    """The page without a file; `plan` is the one that the address names, or that was chosen for a sheet."""
    plan = catalog.plan(visit) if "plan" in visit.names else None
    nothing: PageData = dict.fromkeys(("file", "upload", "text", "under"), "")
    nothing |= {key: [] for key in ("doubts", "problems", "questions", "replies", "refused", "texts", "schedules")}
    return nothing | {
        "plan": plan.id if plan else "",
        "title": title_of(plan.facts) if plan else "",
        "plans": list(visit.snapshot.plan_ids),
        "of": visit.text("of") or (plan.id if plan else ""),
        "answers": {},
        "ready": False,
        "report": None,
    }


def submit(visit: Visit) -> Shown | Response:
    """Says what the file says or changes, or asks; writes it where the button says so."""
    data = _empty(visit)
    try:
        upload = uploads.upload(visit)
        data |= {"file": upload.name, "upload": upload.digest}
        if upload.suffix in to_changes.SUFFIXES:
            return sheet_page.submit(visit, upload, data)
        if upload.suffix in exhibit_page.SUFFIXES:
            return exhibit_page.submit(visit, upload, data)
        remedy = "choose a .txt, .htm, .docx or .pdf that was filed, or a sheet that is saved as .xlsx or .csv"
        raise UsageProblem([Problem(Where(upload.name), "is no exhibit and no sheet", remedy)])
    except DocgenError as error:
        return Shown("import.html", {**data, "problems": [as_data(problem) for problem in error.problems]}, 422)
