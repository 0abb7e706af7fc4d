"""An amendment's forms: shown, checked while a person types, and saved by splices into its file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from starlette.responses import Response

from docgen.consolidation.plan_folder import PlanFolder
from docgen.model import yaml_reader
from docgen.model.amendment_ids import in_order_of_ids
from docgen.model.changes import VERBS
from docgen.model.schedule import Schedule
from docgen.model.yaml_reader import KeyPath
from docgen.page import amendment_data, catalog, editing, form_edits, form_fields, previews, row_fields, saving
from docgen.page.catalog import Subject
from docgen.page.fields import Fieldset, Input, NamesInForce
from docgen.page.jinja_pages import field_id
from docgen.page.preview import Preview
from docgen.page.visits import PageData, Shown, Visit
from docgen.problems import DataProblem, DocgenError, Problem, UsageProblem, Where, as_data, key_path

MEANT = re.compile(r'did you mean "(.+?)"\?')
MISSING = re.compile(r'"(\w+)" is missing')
MOST_NEW = 30  # changes that are begun and not saved
MOST_DIGITS = 7
ROWS = "rows"  # of a long schedule: from which on the form shows them


@dataclass(frozen=True)
class FormState:
    """The form of one visit: the text that it was shown with, its fields, what was typed, what comes of it."""

    basis: str
    raw: bytes
    sets: tuple[Fieldset, ...] = ()
    names: NamesInForce = field(default_factory=NamesInForce)
    verbs: tuple[str, ...] = ()
    votes: int = 0
    first: int = 0  # the row of a restated schedule that the form begins with
    parts: tuple[range, ...] = ()


def shown(visit: Visit, about: Subject, raw: bytes) -> PageData:
    """What the page shows of the forms of an amendment, as its file has them."""
    sheet = _state(about, FormState(visit.desk.remember(raw), raw, first=_number(visit.query.get(ROWS, ""))))
    return form_data(sheet, sheet.sets, form_edits.with_keys(about.snapshot.problems_of(about.file), about.file, raw))


def ids(about: Subject, data: object) -> frozenset[str]:
    """The ids of the fields and of the changes that the form of an amendment has."""
    tops = form_fields.fieldsets(data if isinstance(data, dict) else {}, _names(about))
    fields = [
        field_id(field.name)
        for top in tops
        for each in top.every()
        for field in each.inputs
        if field.kind != "fixed" and each.base is None
    ]
    return frozenset([*fields, *(field_id(key_path(each.path)) for each in tops if each.path)])


def check(visit: Visit) -> Shown | Response:
    """What comes of the fields as they are filled in: beside them, and under each field that has a problem."""
    about = catalog.subject(visit)
    sheet, entries = _sheet(visit, about), _entries(visit)
    preview, result = _outcome(visit, about, sheet, entries)
    data = amendment_data.result(visit, about, preview)
    problems = form_edits.with_keys(preview.problems, about.file, result or sheet.raw)
    form = form_data(sheet, form_edits.filled(sheet.sets, entries), problems)
    names = {"plan": about.plan_id, "id": about.id, "rules_come": True}
    return Shown("form_result.html", {**data, **form, **names})


def file_of(visit: Visit, about: Subject) -> bytes:
    """The file's bytes with what stands in the fields; UsageProblem where it cannot be put into it."""
    sheet = _sheet(visit, about)
    return form_edits.spliced(about.file, sheet.raw, sheet.sets, _entries(visit))


def submit(visit: Visit) -> Shown | Response:
    """Does what the button says: saves, begins a change or a vote, puts a remedy in, takes a change out."""
    about = catalog.subject(visit)
    editing.refuse_sealed(about)
    action, _, detail = visit.text("do").partition(" ")
    entries = _entries(visit)
    if action == "fix":
        name, _, value = detail.partition("=")
        entries[name] = value
    sheet = _sheet(visit, about, visit.text("verb") if action == "add" else "", action == "vote")
    removal = form_edits.path_of(detail) if action == "remove" else ()
    preview, result = _outcome(visit, about, sheet, entries, removal)
    if result is None and action in ("save", ROWS):
        return _as_text(visit, about, sheet, entries, preview)
    if result is None:
        return _page(visit, about, sheet, entries, preview)
    if action in ("save", "remove"):
        return editing.write(visit, about, result, sheet.basis, sheet.first)
    if action == ROWS:
        return editing.write(visit, about, result, sheet.basis, _number(detail))
    preview = previews.with_rules(preview, visit.snapshot, about.file, result)
    preview = replace(preview, problems=tuple(form_edits.with_keys(preview.problems, about.file, result)))
    return _page(visit, about, sheet, entries, preview)


def _page(visit: Visit, about: Subject, sheet: FormState, entries: Mapping[str, str], preview: Preview) -> Shown:
    """The whole page again, with what was typed."""
    page = amendment_data.shown(visit, about, saving.shown(sheet.raw), sheet.basis)
    result = amendment_data.result(visit, about, preview)
    form = form_data(sheet, form_edits.filled(sheet.sets, entries), preview.problems)
    new = [each.inputs[0] for each in sheet.sets if each.is_new and each.inputs]
    begun = field_id(new[-1].name) if new and visit.text("do") in ("add", "vote") else ""
    return Shown("amendment.html", {**page, **result, **form, "tab": "changes", "at": "form", "begun": begun})


def _as_text(visit: Visit, about: Subject, sheet: FormState, entries: Mapping[str, str], preview: Preview) -> Shown:
    """The text tab, where the fields cannot be put into the file: with those that can, and what the others say."""
    raw, rest = form_edits.unplaced(about.file, sheet.raw, sheet.sets, entries)
    page = amendment_data.shown(visit, about, saving.shown(raw), sheet.basis)
    result = amendment_data.result(visit, about, preview)
    return Shown("amendment.html", {**page, **result, "at": "check", "unplaced": rest}, 422)


def _sheet(visit: Visit, about: Subject, verb: str = "", vote: bool = False) -> FormState:
    """The form as it was shown, with a change or a vote more where one is begun."""
    basis = visit.text("basis")
    raw = visit.desk.basis(basis)
    if raw is None:
        problem = Problem(Where(about.file), "was shown by an earlier run of docgen serve", "load the page again")
        raise UsageProblem([problem])
    verbs = [name for name in (*visit.fields.get("verbs", ()), verb) if name in form_fields.MODELS][:MOST_NEW]
    votes = min(MOST_NEW, _number(visit.text("votes")) + vote)
    return _state(about, FormState(basis, raw, (), NamesInForce(), tuple(verbs), votes, _number(visit.text(ROWS))))


def _state(about: Subject, sheet: FormState) -> FormState:
    """The form with its fields, for a text and what is begun in it."""
    names, parsed = _names(about), yaml_reader.parse(about.file, sheet.raw).data
    data = parsed if isinstance(parsed, dict) else {}
    sets = form_fields.fieldsets(data, names, sheet.verbs, sheet.votes, sheet.first)
    return replace(sheet, sets=tuple(sets), names=names, parts=tuple(row_fields.parts(data.get("restate"), names)))


def _number(text: str) -> int:
    """What a person cannot mistype, as a number; 0 for anything else."""
    return int(text) if text.isdecimal() and text.isascii() and len(text) < MOST_DIGITS else 0


def _entries(visit: Visit) -> dict[str, str]:
    """What was typed into the fields of facts, by their names; each tick on a line."""
    return {name: "\n".join(filter(None, values)) for name, values in visit.fields.items()}


def _outcome(
    visit: Visit, about: Subject, sheet: FormState, entries: Mapping[str, str], removal: KeyPath = ()
) -> tuple[Preview, bytes | None]:
    """What the fields come to, and the file with them; no file where they cannot be put into it."""
    if visit.snapshot.plan(about.plan_id) is None:
        raise DataProblem(visit.snapshot.problems)
    try:
        result = form_edits.spliced(about.file, sheet.raw, sheet.sets, entries, removal)
    except DocgenError as error:
        return Preview({}, (), error.problems), None
    return previews.of_text(visit.snapshot, about.plan_id, about.file, result), result


def _names(about: Subject) -> NamesInForce:
    """The names in force where the amendment begins."""
    plan = about.snapshot.plan(about.plan_id)
    if plan is None:
        return NamesInForce()
    form = {key: _as_typed(value) for key, value in plan.facts.form.model_dump().items()}
    heads = {key: column for schedule in plan.facts.schedules for key, column in schedule.columns.items()}
    return NamesInForce(about.paper.amendment.before if about.paper else _before(plan, about.id), form, heads)


def _before(plan: PlanFolder, amendment_id: str) -> tuple[Schedule, ...]:
    """The schedules after the last amendment before one that cannot be applied."""
    place = in_order_of_ids(amendment_id)
    earlier = [amendment for amendment in plan.amendments if in_order_of_ids(amendment.id) < place]
    return earlier[-1].after if earlier else plan.starting_schedules


def _as_typed(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def form_data(sheet: FormState, sets: Sequence[Fieldset], problems: Sequence[Problem]) -> PageData:
    """The form as plain data, each problem at its field; those that have none are on top of the page."""
    by_place: dict[str, list[Problem]] = {}
    for problem in problems:
        by_place.setdefault(place_of(problem), []).append(problem)
    return {
        "basis": sheet.basis,
        "fieldsets": [_fieldset_data(each, by_place) for each in sets],
        "inputs": [_input_data(field, by_place) for top in sets for each in top.every() for field in each.inputs],
        "lists": sheet.names.lists(),
        "verbs": list(sheet.verbs),
        "votes": sheet.votes,
        "rows": sheet.first,
        "parts": [{"first": part.start, "last": part.stop} for part in sheet.parts],
        "begun": "",
        "every_verb": [{"verb": model.verb, "sentence": form_fields.SENTENCES[model.verb]} for model in VERBS],
    }


def _fieldset_data(each: Fieldset, by_place: Mapping[str, Sequence[Problem]]) -> PageData:
    name = key_path(each.path)
    inputs = [_input_data(field, by_place) for field in each.inputs]
    rows = [_fieldset_data(row, by_place) for row in each.rows]
    own = [] if any(entry["name"] == name for entry in inputs) else by_place.get(name, ()) if name else ()
    return {
        "title": each.title,
        "path": name,
        "sentence": each.sentence,
        "new": each.is_new,
        "inputs": inputs,
        "rows": rows,
        "wrong": bool(own) or any(entry["problems"] for entry in inputs) or any(row["wrong"] for row in rows),
        "problems": [as_data(problem) for problem in own],
    }


def place_of(problem: Problem) -> str:
    """The name of the field that a problem is of; that of the key which is missing."""
    key = MISSING.fullmatch(problem.found)
    return f"{problem.key}.{key[1]}" if key else problem.key


def _input_data(field: Input, by_place: Mapping[str, Sequence[Problem]]) -> PageData:
    names = (field.name, f"{field.name}.name", f"{field.name}.value")
    own = [problem for name in names for problem in by_place.get(name, ())]
    meant = [MEANT.search(problem.remedy) for problem in own]
    return {
        "name": field.name,
        "id": field_id(field.name),
        "label": field.label,
        "value": field.value,
        "help": field.help,
        "kind": field.kind,
        "options": list(field.options),
        "list": field.suggested,
        "stands": field.stands,
        "rare": field.is_rare and not (field.value or own),
        "problems": [as_data(problem) for problem in own],
        "meant": [match[1] for match in meant if match],
    }
