"""Begins: a plan out of the example of its kind, as `docgen new --plan` does; and a workspace in an empty folder."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.responses import RedirectResponse, Response

from docgen.drafting import new_plan, new_workspace
from docgen.drafting.new_plan import PlanAnswers, PlanKind
from docgen.files import resources
from docgen.importing import save
from docgen.importing.facts import Imported
from docgen.page import saving
from docgen.page.visits import PageData, Shown, Visit
from docgen.problems import DocgenError, Problem, as_data
from docgen.workspace.plan_reading import SCHEDULES

LISTS = ("share_classes", "columns", "registrants")  # answers of several, one a line
KEYS = ("name", "title", *LISTS, "dated")
BETWEEN = {"share_classes": ", ", "columns": "; ", "registrants": "; "}  # in the example's own answers


def new_plan_page(visit: Visit) -> Shown:
    """The kinds of plans; of the one that is chosen, what is asked, with the example's own as the answers."""
    every = _kinds(visit)
    name = visit.query.get("kind", "")
    chosen = new_plan.kind(every, name) if name else None
    usual = {key: _usual(chosen, key) for key in ("title", *LISTS)} if chosen else {}
    return Shown("new_plan.html", _data(every, chosen, {**dict.fromkeys(KEYS, ""), **usual}))


def begin_plan(visit: Visit) -> Shown | Response:
    """Shows the new plan's files, and writes them where the button says so."""
    root, every = visit.snapshot.root, _kinds(visit)
    chosen = new_plan.kind(every, visit.text("kind"))
    texts = {key: visit.text(key).replace("\r\n", "\n").strip() for key in KEYS}
    answers = _answers(chosen, texts)
    texts["name"] = texts["name"] or save.plan_name(
        Imported({"title": answers.title or chosen.usual("title"), "share_classes": list(answers.share_classes)}, {})
    )
    data = _data(every, chosen, texts)
    try:
        files = new_plan.files(root, texts["name"], chosen, answers)
        if visit.text("do") == f"write {texts['name']}":
            saving.write(visit.snapshot, visit.desk.saves, lambda: new_plan.write(root, files))
            return RedirectResponse(f"/plans/{texts['name']}/001", 303)
    except DocgenError as error:
        return Shown("new_plan.html", {**data, **_placed(error.problems)}, 422)
    contents = [{"file": file, "text": text.decode()} for file, text in files.items()]
    return Shown("new_plan.html", {**data, "texts": contents})


def begin_workspace(visit: Visit) -> Response:
    """Makes a workspace of an empty folder, with the worked plan or without a plan."""
    new_workspace.make(visit.snapshot.root, with_example=visit.text("do") == "example")
    return RedirectResponse("/", 303)


def _kinds(visit: Visit) -> list[PlanKind]:
    return new_plan.kinds(resources.template_folders(visit.snapshot.root))


def _usual(kind: PlanKind, key: str) -> str:
    """What the example has, each entry on a line."""
    return kind.usual(key).replace(BETWEEN.get(key, "\n"), "\n") if key != "registrants" else ""


def _answers(kind: PlanKind, texts: dict[str, str]) -> PlanAnswers:
    """What was typed; what is as in the example is left to it."""
    lists = {
        key: tuple(line.strip() for line in texts[key].split("\n") if line.strip())
        for key in LISTS
        if texts[key] != _usual(kind, key)
    }
    return PlanAnswers(title=texts["title"], dated=texts["dated"], **lists)


def _placed(problems: Sequence[Problem]) -> PageData:
    """Each problem under the field that it is of; the rest on top."""
    by_field: dict[str, list[PageData]] = {}
    rest: list[PageData] = []
    for problem in problems:
        first = problem.key.split(".")[0].split("[")[0]
        of_name = problem.where.file == "--plan" or (not problem.key and problem.where.file.startswith(SCHEDULES))
        field = "name" if of_name else "columns" if first == "schedule" else first
        (by_field.setdefault(field, []) if field in KEYS else rest).append(as_data(problem))
    return {"wrong": by_field, "problems": rest}


def _data(every: Sequence[PlanKind], chosen: PlanKind | None, texts: dict[str, str]) -> PageData:
    return {
        "kinds": [{"name": kind.name, "purpose": kind.purpose} for kind in every],
        "kind": chosen.name if chosen else "",
        "purpose": chosen.purpose if chosen else "",
        "typed": texts,
        "texts": [],
        "wrong": {},
        "problems": [],
    }
