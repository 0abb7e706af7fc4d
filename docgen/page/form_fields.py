"""An amendment as fields to fill in: each named by the path of its fact, with what is in force beside it."""

from __future__ import annotations

import typing
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic.fields import FieldInfo

from docgen.consolidation import lineage
from docgen.model.amendment import Amendment
from docgen.model.base import Facts
from docgen.model.changes import VERBS, WithValues
from docgen.model.english import value_text
from docgen.model.rows import Column
from docgen.model.schedule import Line, Schedule
from docgen.model.settings import Approval, Form
from docgen.model.yaml_reader import KeyPath
from docgen.problems import key_path

HEAD = ("number", "effective", "dated", "draft", "exhibit", "reason")  # of an amendment, before what it changes
MODELS = {model.verb: model for model in VERBS}
SENTENCES = {model.verb: (model.__doc__ or "").split("\n")[0] for model in VERBS}
RARE = ("schedule", "effective", "group", "under", "after", "mark", "rows", "new_group", "share_class", "values")
GROUP_VERBS = ("add_group", "remove_group", "rename_group", "move_group")
SUGGESTED = {  # by a key, whose names are offered while a person types
    "remove": "rows", "rename": "rows", "set": "rows", "move": "rows", "under": "rows", "into": "rows",
    "of": "rows", "group": "groups", "remove_group": "groups", "rename_group": "groups", "move_group": "groups",
    "set_class": "classes", "remove_class": "classes", "redesignate_class": "classes", "schedule": "schedules",
}  # fmt: skip


@dataclass(frozen=True)
class Input:
    """One field: its name is the path of the fact. `value` is what is typed there, `stands` what is in force."""

    path: KeyPath
    label: str
    value: str
    help: str = ""
    kind: str = "text"  # or lines, choice, fixed
    options: tuple[str, ...] = ()
    suggested: str = ""
    stands: str = ""
    is_rare: bool = False  # whether most changes do without it

    @property
    def name(self) -> str:
        """`changes[0].to`."""
        return key_path(self.path)


@dataclass(frozen=True)
class Fieldset:
    """Fields that belong together: one change, one vote, the settings of the wording."""

    title: str
    inputs: tuple[Input, ...]
    path: KeyPath = ()
    sentence: str = ""
    is_new: bool = False


@dataclass(frozen=True)
class NamesInForce:
    """The names that an amendment may use, and the schedules that it meets."""

    schedules: tuple[Schedule, ...] = ()
    form: Mapping[str, str] = field(default_factory=dict)  # the plan's settings of the wording

    @property
    def columns(self) -> dict[str, Column]:
        """The columns of all schedules, by their ids."""
        return {key: column for schedule in self.schedules for key, column in schedule.columns}

    def lists(self) -> dict[str, list[str]]:
        """The names to pick from, by what they are of."""
        lines = [(line, above) for schedule in self.schedules for _, line, above in schedule.lines()]
        groups = [group.name for schedule in self.schedules for group in schedule.groups if group.name]
        every = {
            "rows": [line.name for line, above in lines if not above],
            "classes": [line.name for line, above in lines if above],
            "groups": groups,
            "schedules": [schedule.name for schedule in self.schedules],
        }
        return {key: list(dict.fromkeys(names)) for key, names in every.items()}

    def line(self, name: str, under: str) -> tuple[Line, Schedule] | None:
        """The row of a name, and its schedule; None where it is not there."""
        for schedule in self.schedules:
            for line in lineage.rows(schedule).values():
                if line.name == name and not under:
                    return line, schedule
                for inner in line.rows:
                    if under == line.name and inner.name == name:
                        return inner, schedule
        return None


def fieldsets(
    data: Mapping[str, Any], names: NamesInForce, verbs: Sequence[str] = (), votes: int = 0
) -> list[Fieldset]:
    """The amendment's fields, from what its file says; `verbs` are changes to be added, and so many votes."""
    head = [_input(Amendment, key, (key,), data.get(key)) for key in HEAD]
    sets = [Fieldset("The amendment", tuple(head))]
    changes = data.get("changes")
    entries = [*(changes if isinstance(changes, list) else ()), *({verb: ""} for verb in verbs)]
    there = len(entries) - len(verbs)
    sets += [_change(number, entry, names, number >= there) for number, entry in enumerate(entries)]
    approvals = data.get("approvals")
    recorded = list(approvals) if isinstance(approvals, list) else []
    for number, vote in enumerate([*recorded, *({} for _ in range(votes))]):
        sets.append(_vote(number, vote if isinstance(vote, dict) else {}, number >= len(recorded)))
    return [*sets, wording(data.get("form"), names.form)]


def _change(number: int, entry: object, names: NamesInForce, is_new: bool) -> Fieldset:
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
        replace(_input(model, key, (*path, key), entry.get(key)), suggested=_suggested(verb, key)) for key in keys
    ]
    if issubclass(model, WithValues):
        inputs += _values(path, verb, entry, names)
    ordered = [replace(field, is_rare=field.path[-1] in RARE and verb != "move_group") for field in inputs]
    inputs = sorted(ordered, key=lambda field: field.is_rare)
    label = f"{title}: {verb.replace('_', ' ')}"
    return Fieldset(label, tuple(inputs), path, SENTENCES[verb], is_new)


def _suggested(verb: str, key: str) -> str:
    """Which names are offered for a key of a verb."""
    if key == "after":
        return "groups" if verb in GROUP_VERBS else "rows"
    if key == "to":
        return "groups" if verb in ("add", "move") else ""
    return SUGGESTED.get(key, "")


def _values(path: KeyPath, verb: str, entry: Mapping[str, Any], names: NamesInForce) -> Iterator[Input]:
    """A field for each column, with the value in force beside it."""
    nested = entry.get("values")
    about = names.line(str(entry.get(verb) or ""), str(entry.get("under") or ""))
    for key, column in names.columns.items():
        beside = not (isinstance(nested, dict) and (key in nested or key not in entry))
        at: KeyPath = (*path, key) if beside else (*path, "values", key)
        value = entry.get(key) if beside else nested.get(key) if isinstance(nested, dict) else None
        yield _of_value(at, column.heading, value, _in_force(about, key), "the value as it prints, such as 0.25%")


def _in_force(about: tuple[Line, Schedule] | None, column: str) -> str:
    """The value that a row has by now, as it prints; empty where there is none."""
    if about is None or not about[0].values:
        return ""
    line, schedule = about
    for (key, facts), value in zip(schedule.columns, line.values, strict=False):
        if key == column:
            return value_text(value.typed, facts.holds)
    return ""


def _vote(number: int, vote: Mapping[str, Any], is_new: bool) -> Fieldset:
    path: KeyPath = ("approvals", number)
    inputs = [_input(Approval, key, (*path, key), vote.get(key)) for key in Approval.model_fields]
    return Fieldset(f"Approval {number + 1}", tuple(inputs), path, "A vote that the amendment rests on.", is_new)


def wording(form: object, usual: Mapping[str, str]) -> Fieldset:
    """The settings of the wording, each with what the plan has."""
    own = form if isinstance(form, dict) else {}
    inputs = [
        replace(_input(Form, key, ("form", key), own.get(key)), stands=usual.get(key, "")) for key in Form.model_fields
    ]
    return Fieldset("The wording", tuple(inputs), ("form",), "In place of the plan's settings; empty keeps those.")


def _input(model: type[Facts], key: str, path: KeyPath, value: object) -> Input:
    """The field of a key of a model."""
    info = next(info for name, info in model.model_fields.items() if key in (name, info.alias))
    help_text = (info.description or "").replace("`", "")
    shown = _of_value(path, key.replace("_", " ").capitalize(), value, "", help_text)
    options = _options(info)
    if shown.kind == "fixed":
        return shown
    if typing.get_origin(info.annotation) is tuple and not options:
        fits = info.alias == "except" or key in ("except", "of") or key == "rows"
        text = value if isinstance(value, str) else shown.value
        return replace(shown, value=text, kind="lines" if fits else "fixed")
    return replace(shown, kind="choice" if options else "text", options=options)


def _options(info: FieldInfo) -> tuple[str, ...]:
    """What may be chosen; nothing where a text is typed."""
    for annotation in (info.annotation, *typing.get_args(info.annotation)):
        if annotation is bool:
            return ("true", "false")
        if typing.get_origin(annotation) is typing.Literal:
            return tuple(str(option) for option in typing.get_args(annotation))
    return ()


def _of_value(path: KeyPath, label: str, value: object, stands: str, text: str) -> Input:
    """The field of a value by what stands in the file: a text, a list of texts, or what only the text can show."""
    if value is None or isinstance(value, str):
        return Input(path, label, value or "", text, stands=stands)
    if isinstance(value, list) and all(isinstance(entry, str) for entry in value):
        return Input(path, label, "\n".join(value), text, "lines", stands=stands)
    return Input(path, label, "", "It has keys of its own: edit it in the text.", "fixed", stands=stands)
