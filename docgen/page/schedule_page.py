"""A plan on a day: the schedule in force, who set each value, what comes later; the same as an Excel or CSV file."""

from __future__ import annotations

import datetime
import json

from starlette.responses import Response

from docgen.consolidation.plan_folder import PlanFolder
from docgen.model import english
from docgen.page import catalog
from docgen.page.visits import Absent, PageData, Shown, Visit
from docgen.problems import as_data
from docgen.reports import schedule_in_force
from docgen.reports.moment_names import name_of, title_of
from docgen.spreadsheet import basis, to_changes
from docgen.workspace.points_in_time import Moment

KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


def schedule(visit: Visit) -> Shown:
    """The schedule in force on the day that is asked for, else the newest."""
    plan, on = catalog.plan(visit), catalog.day(visit)
    amendment = plan.in_force(on)
    data: PageData = {
        "plan": plan.id,
        "title": title_of(plan.facts),
        "on": on.isoformat() if on else None,
        "in_force": None,
        "days": [_day(plan, position) for position in range(len(plan.amendments))],
        "later": [*_later(plan, on)],
        "problems": [as_data(problem) for problem in visit.snapshot.problems_of(plan.source.file)],
        "terms": {"row": plan.facts.schedules[0].row, "group": plan.facts.schedules[0].group},
    }
    if amendment:
        schedules = plan.schedules_on(on) if on else amendment.after
        data["in_force"] = json.loads(schedule_in_force.as_json(plan, amendment, on, schedules))
    return Shown("schedule.html", data)


def _day(plan: PlanFolder, position: int) -> PageData:
    """An amendment with its day, to pick from."""
    amendment = plan.amendments[position]
    return {
        "id": amendment.id,
        "title": name_of(Moment(amendment.id, plan, amendment.after, amendment)),
        "day": amendment.day.isoformat() if amendment.day else None,
        "draft": amendment.facts.draft,
    }


def _later(plan: PlanFolder, on: datetime.date | None) -> list[PageData]:
    """Amendments that the schedule shown does not have yet: drafts, and those of a later day."""
    days = [_day(plan, position) for position in range(len(plan.amendments))]
    return [
        {**day, "effective": english.day(amendment.day) if amendment.day else ""}
        for day, amendment in zip(days, plan.amendments, strict=True)
        if amendment.facts.draft or (on and amendment.day and amendment.day > on)
    ]


def export(visit: Visit) -> Response:
    """The schedule in force as a file to edit in Excel."""
    plan, on, suffix = catalog.plan(visit), catalog.day(visit), visit.names["suffix"]
    if suffix not in KINDS:
        raise Absent("A schedule goes out as .xlsx or .csv.")
    of = basis.in_force(plan, on, visit.query.get("schedule"), f".{suffix}")
    data = to_changes.file_bytes(f".{suffix}", of, plan.facts.title, visit.query.get("flat") == "true")
    name = f"{plan.id}-{on}" if on else of.name
    return Response(data, media_type=KINDS[suffix], headers=attached(f"{name}.{suffix}"))


def attached(name: str) -> dict[str, str]:
    """What has a browser save a file under a name."""
    plain = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "._-") else "-" for sign in name)
    return {"content-disposition": f'attachment; filename="{plain}"'}
