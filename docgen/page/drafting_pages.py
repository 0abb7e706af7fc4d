"""Begins papers: the next amendment of a plan, with its number and days; the drafts of one event, plan by plan."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from starlette.responses import RedirectResponse, Response

from docgen.consolidation.plan_folder import PlanFolder
from docgen.drafting import from_event, next_amendment
from docgen.drafting.from_event import Drafted, LeftAlone
from docgen.model.event import EventFile
from docgen.page import catalog, saving
from docgen.page.visits import Absent, PageData, Shown, Visit
from docgen.problems import DataProblem, DocgenError, Problem, UsageProblem, Where, as_data, errors
from docgen.reports.moment_names import title_of
from docgen.workspace.plan_reading import SCHEDULES

DRAFTED_AWAY = "no-old-names"  # the rule that speaks until the drafts of an event are there
HEADS = ("number", "effective", "dated")


def next_page(visit: Visit) -> Shown:
    """Asks for the number and the days of a plan's next amendment."""
    plan = catalog.plan(visit)
    name, number = next_amendment.following(plan)
    return Shown("next.html", {**_of(plan), "id": name, "heads": {"number": str(number)}, "problems": []})


def begin(visit: Visit) -> Shown | Response:
    """Writes the next amendment's file, as `docgen new` does."""
    plan = catalog.plan(visit)
    heads = {key: visit.text(key).strip() for key in HEADS}
    root = visit.snapshot.root
    try:
        _refuse_errors(visit, plan)
        (save,) = saving.write(visit.snapshot, visit.desk.saves, lambda: [next_amendment.write(root, plan, (), heads)])
    except DocgenError as error:
        name, _ = next_amendment.following(plan)
        data = {**_of(plan), "id": name, "heads": heads, "problems": [as_data(problem) for problem in error.problems]}
        return Shown("next.html", data, 422)
    return RedirectResponse(f"/plans/{plan.id}/{PurePath(save.file).stem}", 303)


def _of(plan: PlanFolder) -> PageData:
    return {"plan": plan.id, "title": title_of(plan.facts)}


def _refuse_errors(visit: Visit, plan: PlanFolder) -> None:
    """DataProblem where the plan has problems, from which the next amendment would follow."""
    every = [p for p in visit.snapshot.problems if p.where.file.startswith(f"{SCHEDULES}/{plan.id}/")]
    if errors(every):
        raise DataProblem(errors(every))


def event(visit: Visit) -> Shown:
    """What happened, and what would become of each plan."""
    happening = _event(visit)
    results: Sequence[Drafted | LeftAlone] = ()
    problems: Sequence[Problem] = ()
    try:
        results = _results(visit, happening)
    except DocgenError as error:
        problems = error.problems
    data = {
        "id": happening.id,
        "event": happening.facts.event,
        "effective": str(happening.facts.effective),
        "file": happening.source.file,
        "text": happening.source.text,
        "drafts": [_draft(result) for result in results if isinstance(result, Drafted)],
        "left_alone": [_left(result) for result in results if isinstance(result, LeftAlone)],
        "problems": [as_data(problem) for problem in problems],
    }
    return Shown("event.html", data)


def draft_event(visit: Visit) -> Response:
    """Writes the drafts of the plans that are ticked, all of them or none."""
    happening, ticked = _event(visit), visit.fields.get("plans", ())
    drafts = [result for result in _results(visit, happening) if isinstance(result, Drafted) and result.plan in ticked]
    if not drafts:
        raise UsageProblem([Problem(Where(happening.source.file), "no plan is ticked", "tick one, or go back")])
    root = visit.snapshot.root
    saving.write(visit.snapshot, visit.desk.saves, lambda: from_event.write(root, drafts))
    return RedirectResponse("/", 303)


def _results(visit: Visit, happening: EventFile) -> Sequence[Drafted | LeftAlone]:
    workspace = visit.snapshot.workspace
    if workspace is None:
        raise DataProblem(visit.snapshot.problems)
    if wrong := [problem for problem in errors(visit.snapshot.problems) if problem.check != DRAFTED_AWAY]:
        raise DataProblem(wrong)
    return from_event.plan_all(happening, workspace.plans, add=True)


def _event(visit: Visit) -> EventFile:
    every = visit.snapshot.workspace.events if visit.snapshot.workspace else ()
    happening = next((entry for entry in every if entry.id == visit.names["event"]), None)
    if happening is None:
        raise Absent(f"There is no event {visit.names['event']} that can be read in this workspace.")
    return happening


def _draft(result: Drafted) -> PageData:
    return {"plan": result.plan, "path": result.path, "did": list(result.did), "new": result.is_new,
            "untouched": list(result.untouched)}  # fmt: skip


def _left(result: LeftAlone) -> PageData:
    return {"plan": result.plan, "reasons": list(dict.fromkeys(result.reasons))}
