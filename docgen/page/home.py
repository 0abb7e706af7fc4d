"""The first page: every plan with its amendments, how each stands, and what needs a person first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from docgen.consolidation.plan_folder import AmendmentFile, PlanFolder
from docgen.filing.packages import by_paper
from docgen.model import english
from docgen.page.live_workspace import Snapshot
from docgen.page.visits import PageData, Shown, Visit
from docgen.problems import as_data, count, errors
from docgen.reports.moment_names import name_of, title_of
from docgen.workspace.plan_reading import SCHEDULES
from docgen.workspace.points_in_time import Moment


def home(visit: Visit) -> Shown:
    """The plans and their amendments; what is wrong with the workspace itself."""
    snapshot = visit.snapshot
    if not (snapshot.root / SCHEDULES).is_dir():
        return Shown("begin.html", {"folder": snapshot.root.as_posix()})
    packages = by_paper(snapshot.root)
    plans = [_plan(snapshot, plan_id, packages) for plan_id in snapshot.plan_ids]
    amendments = [path for files in snapshot.files.values() for path in files.values()]
    at_plans = {SCHEDULES, *(f"{SCHEDULES}/{plan_id}/plan.yaml" for plan_id in snapshot.plan_ids)}  # or has no plan yet
    at_plans |= {path.relative_to(snapshot.root).as_posix() for path in amendments}
    elsewhere = [as_data(problem) for problem in snapshot.problems if problem.where.file not in at_plans]
    undo = visit.desk.saves.last
    return Shown("home.html", {"plans": plans, "first": [*_first(plans)], "elsewhere": elsewhere, "undo": undo})


def _plan(snapshot: Snapshot, plan_id: str, packages: Mapping[str, str]) -> PageData:
    plan = snapshot.plan(plan_id)
    file = f"{SCHEDULES}/{plan_id}/plan.yaml"
    amendments = [_amendment(snapshot, plan, plan_id, name, packages) for name in snapshot.files[plan_id]]
    return {
        "id": plan_id,
        "title": title_of(plan.facts) if plan else plan_id,
        "readable": plan is not None,
        "problems": [as_data(problem) for problem in snapshot.problems_of(file)],
        "amendments": amendments[::-1],
    }


def _amendment(
    snapshot: Snapshot, plan: PlanFolder | None, plan_id: str, name: str, packages: Mapping[str, str]
) -> PageData:
    """One amendment as a row of the table: what it is called, its day, its states, how many problems it has."""
    path = snapshot.files[plan_id][name]
    problems = snapshot.problems_of(path.relative_to(snapshot.root).as_posix())
    amendment = next((entry for entry in plan.amendments if entry.id == name), None) if plan else None
    errs = len(errors(problems))
    facts: PageData = {
        "name": f"{plan_id}/{name}",
        "id": name,
        "title": name_of(Moment(name, plan, amendment.after, amendment)) if plan and amendment else name,
        "effective": english.day(amendment.day) if amendment and amendment.day else "",
        "states": _states(snapshot, amendment, f"{plan_id}/{name}", packages),
        "errors": errs,
        "warnings": sum(problem.severity == "warning" for problem in problems),
    }
    return facts


def _states(snapshot: Snapshot, amendment: AmendmentFile | None, name: str, packages: Mapping[str, str]) -> list[str]:
    """How an amendment stands, in a few words each: `draft`, `final` or `sealed`, and what was done with its paper."""
    if amendment is None:
        return ["cannot be read"]
    seals = snapshot.workspace.seals if snapshot.workspace else {}
    seal = seals.get(name)
    states = ["sealed" if seal else "draft" if amendment.facts.draft else "final"]
    states += ["signed"] if seal and seal.receipt.get("signed") else []
    states += ["packaged"] if name in packages else []
    reason = snapshot.reasons.get(name, "")
    if reason:
        states.append("not built yet" if "has not been made yet" in reason else "out of date")
    return states


def _first(plans: list[PageData]) -> Iterator[PageData]:
    """What needs a person first: what cannot be built, then what is still open."""
    every = [amendment for plan in plans for amendment in plan["amendments"]]
    for plan in plans:
        if plan["problems"]:
            yield {"name": plan["id"], "text": f"plan.yaml has {count(len(plan['problems']), 'problem')}"}
    for amendment in every:
        if amendment["errors"]:
            yield {"name": amendment["name"], "text": count(amendment["errors"], "problem") + " to fix"}
    for amendment in every:
        if "draft" in amendment["states"] and not amendment["errors"]:
            warned = f", with {count(amendment['warnings'], 'warning')}" if amendment["warnings"] else ""
            yield {"name": amendment["name"], "text": f"an open draft{warned}"}
