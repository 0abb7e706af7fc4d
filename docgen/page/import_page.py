"""Import: files are dropped, and read as what was filed, as an edited sheet or as a paper that came back.

By their endings, and by what a person says of a Word or HTML file. They are written after a look.
"""

from __future__ import annotations

from collections.abc import Sequence

from starlette.responses import Response

from docgen.page import catalog, exhibit_page, returned_page, sheet_page, uploads
from docgen.page.uploads import Upload
from docgen.page.visits import PageData, Shown, Visit
from docgen.problems import DocgenError, Problem, UsageProblem, Where, as_data
from docgen.reports.moment_names import title_of
from docgen.spreadsheet import to_changes

FILED, RETURNED = "filed", "returned"  # what a Word or HTML file can be


def import_page(visit: Visit) -> Shown:
    """Asks for the files."""
    return Shown("import.html", _empty(visit))


def _empty(visit: Visit) -> PageData:
    """The page without a file; `plan` is the one that the address names, `of` the one that was chosen for a sheet."""
    plan = catalog.plan(visit) if "plan" in visit.names else None
    paper = visit.text("paper") or visit.query.get("paper", "")
    nothing: PageData = dict.fromkeys(("text", "under", "total", "file"), "")
    nothing |= {key: [] for key in ("doubts", "problems", "replies", "refused", "texts", "exhibits", "uploads")}
    of = visit.text("of") or (plan.id if plan else "")
    return nothing | {
        "plan": plan.id if plan else "",
        "title": title_of(plan.facts) if plan else "",
        "plans": list(visit.snapshot.plan_ids),
        "of": of,
        "schedules": sheet_page.several(visit, of),
        "schedule": visit.text("schedule"),
        "paper": paper,
        "is": visit.text("is") or (RETURNED if paper else FILED),
        "answers": {},
        "ready": False,
        "returned": None,
    }


def submit(visit: Visit) -> Shown | Response:
    """Says what the files say or change, or asks; writes it where the button says so."""
    data = _empty(visit)
    try:
        files = uploads.uploads(visit)
        data |= {"file": files[0].name, "uploads": [{"name": item.name, "digest": item.digest} for item in files]}
        return _submit(visit, files, data)
    except DocgenError as error:
        return Shown("import.html", {**data, "problems": [as_data(problem) for problem in error.problems]}, 422)


def _submit(visit: Visit, files: Sequence[Upload], data: PageData) -> Shown | Response:
    first, *more = files
    if not more and first.suffix in to_changes.SUFFIXES:
        return sheet_page.submit(visit, first, data)
    if not more and data["is"] == RETURNED and first.suffix in returned_page.SUFFIXES:
        return returned_page.submit(visit, first, data)
    wrong = [item for item in files if item.suffix not in exhibit_page.SUFFIXES]
    if not wrong:
        return exhibit_page.submit(visit, files, data)
    fault = "is no exhibit and no sheet"
    remedy = "choose a .txt, .htm, .docx or .pdf that was filed, or a sheet that is saved as .xlsx or .csv"
    if more:
        fault, remedy = "is no exhibit", "choose exhibits of one plan, or one sheet alone"
    raise UsageProblem(Problem(Where(item.name), fault, remedy) for item in wrong)
