"""An amendment as fields to fill in: each named by the path of its fact, with what is in force beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from docgen.model.amendment import Amendment
from docgen.model.changes import VERBS, WithValues
from docgen.model.settings import Approval, Form
from docgen.model.yaml_reader import KeyPath
from docgen.page import row_fields
from docgen.page.fields import Fieldset, NamesInForce, columns_of, model_field

HEAD = ("number", "effective", "dated", "draft", "exhibit")  # of an amendment, before what it changes
WORDS = ("reason", "whereas", "recital", "clauses")  # in a person's own words
MODELS = {model.verb: model for model in VERBS}
SENTENCES = {model.verb: (model.__doc__ or "").split("\n")[0] for model in VERBS}
RARE = ("schedule", "effective", "group", "under", "after", "mark", "rows", "new_group", "share_class", "values")
GROUP_VERBS = ("add_group", "remove_group", "rename_group", "move_group")
SUGGESTED = {  # by a key, whose names are offered while a person types
    "remove": "rows", "rename": "rows", "set": "rows", "move": "rows", "under": "rows", "into": "rows",
    "of": "rows", "group": "groups", "remove_group": "groups", "rename_group": "groups", "move_group": "groups",
    "set_class": "classes", "remove_class": "classes", "redesignate_class": "classes", "schedule": "schedules",
}  # fmt: skip


def fieldsets(
    data: Mapping[str, Any], names: NamesInForce, verbs: Sequence[str] = (), votes: int = 0, first: int = 0
) -> list[Fieldset]:
    """The amendment's fields, from what its file says; `verbs` are changes to be added, and so many votes.

    The rows of its schedules are those from the `first` on, as many as a form has room for.
    """
    head = [model_field(Amendment, key, (key,), data.get(key)) for key in HEAD]
    sets = [Fieldset("The amendment", tuple(head))]
    changes = data.get("changes")
    entries = [*(changes if isinstance(changes, list) else ()), *({verb: ""} for verb in verbs)]
    there = len(entries) - len(verbs)
    sets += [change_set(number, entry, names, number >= there) for number, entry in enumerate(entries)]
    sets += row_fields.restated(data.get("restate"), names, first)
    approvals = data.get("approvals")
    recorded = list(approvals) if isinstance(approvals, list) else []
    for number, vote in enumerate([*recorded, *({} for _ in range(votes))]):
        sets.append(_vote(number, vote if isinstance(vote, dict) else {}, number >= len(recorded)))
    words = tuple(model_field(Amendment, key, (key,), data.get(key)) for key in WORDS)
    sets.append(Fieldset("In your own words", words, (), "Beside what follows from the changes."))
    return [*sets, wording(data.get("form"), names.form)]


def change_set(number: int, entry: object, names: NamesInForce, is_new: bool) -> Fieldset:
    """One change: the keys of its verb, and the columns where it gives values."""
    path: KeyPath = ("changes", number)
    verb = next((key for key in entry if key in MODELS), "") if isinstance(entry, dict) else ""
    title = f"Change {number + 1}"
    if not isinstance(entry, dict) or not verb:
        return Fieldset(title, (), path, "It has no verb that docgen knows: edit it in the text.")
    model = MODELS[verb]
    infos = {info.alias or name: info for name, info in model.model_fields.items() if name != "values"}
    several = len(names.schedules) > 1
    keys = [verb, *(key for key in infos if key != verb and (key != "schedule" or several or key in entry))]
    inputs = [
        replace(model_field(model, key, (*path, key), entry.get(key)), suggested=_suggested(verb, key)) for key in keys
    ]
    below = row_fields.rows(path, entry, names)
    if below:
        inputs = [field for field in inputs if field.path[-1] != "rows"]
    if issubclass(model, WithValues):
        row = str(entry.get(verb) or ""), str(entry.get("under") or "")
        inputs += columns_of(path, entry, names, row, "the value as it prints, such as 0.25%")
    ordered = [replace(field, is_rare=field.path[-1] in RARE and verb != "move_group") for field in inputs]
    inputs = sorted(ordered, key=lambda field: field.is_rare)
    label = f"{title}: {verb.replace('_', ' ')}"
    return Fieldset(label, tuple(inputs), path, SENTENCES[verb], is_new, below)


def _suggested(verb: str, key: str) -> str:
    """Which names are offered for a key of a verb."""
    if key == "after":
        return "groups" if verb in GROUP_VERBS else "rows"
    if key == "to":
        return "groups" if verb in ("add", "move") else ""
    return SUGGESTED.get(key, "")


def _vote(number: int, vote: Mapping[str, Any], is_new: bool) -> Fieldset:
    path: KeyPath = ("approvals", number)
    inputs = [model_field(Approval, key, (*path, key), vote.get(key)) for key in Approval.model_fields]
    return Fieldset(f"Approval {number + 1}", tuple(inputs), path, "A vote that the amendment rests on.", is_new)


def wording(form: object, usual: Mapping[str, str]) -> Fieldset:
    """The settings of the wording, each with what the plan has."""
    own = form if isinstance(form, dict) else {}
    inputs = [
        replace(model_field(Form, key, ("form", key), own.get(key)), stands=usual.get(key, ""))
        for key in Form.model_fields
    ]
    return Fieldset("The wording", tuple(inputs), ("form",), "In place of the plan's settings; empty keeps those.")
