"""The events of a workspace, and the form of a new one: what happened, its day, its changes as in an amendment."""

from __future__ import annotations

import re
from collections.abc import Sequence

from starlette.responses import RedirectResponse, Response

from docgen.model import validation, yaml_reader, yaml_writer
from docgen.model.event import Event
from docgen.page import form_edits, form_fields, form_page, saving
from docgen.page.fields import Fieldset, NamesInForce
from docgen.page.form_page import FormState
from docgen.page.saving import Conflict
from docgen.page.visits import PageData, Shown, Visit
from docgen.problems import DataProblem, DocgenError, Problem, UsageProblem, Where, as_data
from docgen.workspace.plan_reading import SCHEDULES

FOLDER = f"{SCHEDULES}/events/"
NOT_OF_A_NAME = re.compile(r"[^a-z0-9]+")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
LONGEST = 60  # letters of a file's name
HEADS = ("event", "effective")


def events(visit: Visit) -> Shown:
    """Every event, and a form for a new one."""
    return Shown("events.html", _data(visit, (), ()))


def add_event(visit: Visit) -> Shown | Response:
    """Begins one more change of a new event, or writes the event."""
    if visit.text("do") != "save":
        return Shown("events.html", _data(visit, _verbs(visit, visit.text("verb")), ()))
    words, day = (visit.text(key).strip() for key in HEADS)
    name = NOT_OF_A_NAME.sub("-", words.casefold()).strip("-")[:LONGEST].strip("-") or "event"
    path = f"{FOLDER}{day if DAY.fullmatch(day) else 'undated'}-{name}.yaml"
    items = [
        item for each in _sets(visit, _verbs(visit), _names(visit)) if (item := form_edits.item_of(each, _texts(visit)))
    ]
    text = yaml_writer.text({"event": words, "effective": day, "changes": items})
    try:
        if not DAY.fullmatch(day):
            raise DataProblem([Problem(Where(path), f'"{day}" is not a date', "write YYYY-MM-DD", "effective")])
        validation.validate(Event, yaml_reader.parse(path, text.encode()))
        result = saving.save(visit.snapshot.root, path, text.encode(), "")
        if isinstance(result, Conflict):
            raise UsageProblem([Problem(Where(path), "already exists", "say it in other words")])
    except DocgenError as error:
        return Shown("events.html", _data(visit, _verbs(visit), error.problems), 422)
    visit.desk.saves.add(result)
    return RedirectResponse(f"/events/{path.rpartition('/')[2].removesuffix('.yaml')}", 303)


def _data(visit: Visit, verbs: Sequence[str], problems: Sequence[Problem]) -> PageData:
    """The page, with what was typed, each problem at its field."""
    every = visit.snapshot.workspace.events if visit.snapshot.workspace else ()
    rows = [{"id": event.id, "event": event.facts.event, "effective": str(event.facts.effective)} for event in every]
    names = _names(visit)
    sets = _sets(visit, verbs, names)
    form = form_page.form_data(
        FormState("", b"", sets, names, tuple(verbs)), form_edits.filled(sets, _texts(visit)), problems
    )
    places = {entry["name"] for entry in form["inputs"]}
    above = [problem for problem in problems if form_page.place_of(problem) not in places]
    of_files = [problem for problem in visit.snapshot.problems if problem.where.file.startswith(FOLDER)]
    return {
        **form,
        "events": rows,
        "problems": [as_data(problem) for problem in (*above, *of_files)],
        "typed": {key: visit.text(key) for key in HEADS},
        "begun": form["fieldsets"][-1]["inputs"][0]["id"] if sets and not problems else "",
    }


def _verbs(visit: Visit, more: str = "") -> list[str]:
    verbs = [*visit.fields.get("verbs", ()), more]
    return [verb for verb in verbs if verb in form_fields.MODELS][: form_page.MOST_NEW]


def _sets(visit: Visit, verbs: Sequence[str], names: NamesInForce) -> tuple[Fieldset, ...]:
    return tuple(form_fields.change_set(number, {verb: ""}, names, True) for number, verb in enumerate(verbs))


def _texts(visit: Visit) -> dict[str, str]:
    return {name: values[0] for name, values in visit.fields.items()}


def _names(visit: Visit) -> NamesInForce:
    """The names in force in all plans."""
    plans = visit.snapshot.workspace.plans if visit.snapshot.workspace else ()
    return NamesInForce(tuple(schedule for plan in plans for schedule in plan.schedules_on()))
