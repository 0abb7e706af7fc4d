"""What a form of an amendment is made of: fields by the paths of their facts, and the names that stand in force."""

from __future__ import annotations

import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic.fields import FieldInfo

from docgen.consolidation import lineage
from docgen.model.base import Facts
from docgen.model.english import value_text
from docgen.model.rows import Column
from docgen.model.schedule import Line, Schedule
from docgen.model.yaml_reader import KeyPath
from docgen.problems import key_path

BEHIND = "behind"  # for a key that no file has: what comes in behind an entry
IN_LINES = ("except", "of", "rows", "whereas", "recital", "clauses")  # keys whose entries are typed one a line


@dataclass(frozen=True)
class Input:
    """One field: its name is the path of the fact. `value` is what is typed there, `stands` what is in force."""

    path: KeyPath
    label: str
    value: str
    help: str = ""
    kind: str = "text"  # or lines, choice, several, fixed
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
    """Fields that belong together: one change, one vote, the settings of the wording.

    `base` is a key with what is in force of it, where the file does not say it: it is typed before what changes in it.
    """

    title: str
    inputs: tuple[Input, ...]
    path: KeyPath = ()
    sentence: str = ""
    is_new: bool = False
    rows: tuple[Fieldset, ...] = ()  # the rows of a schedule that stand under it
    base: tuple[KeyPath, object] | None = None

    def every(self) -> Iterator[Fieldset]:
        """Itself and all rows under it."""
        yield self
        for row in self.rows:
            yield from row.every()


@dataclass(frozen=True)
class NamesInForce:
    """The names that an amendment may use, and the schedules that it meets; `only` has the columns of one of them."""

    schedules: tuple[Schedule, ...] = ()
    form: Mapping[str, str] = field(default_factory=dict)  # the plan's settings of the wording
    heads: Mapping[str, Column] = field(default_factory=dict)  # the columns of the plan
    only: Mapping[str, Column] | None = None

    @property
    def columns(self) -> dict[str, Column]:
        """The columns of the plan and of all schedules, by their ids."""
        if self.only is not None:
            return {**self.only}
        return {**self.heads, **{key: column for schedule in self.schedules for key, column in schedule.columns}}

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


def columns_of(
    path: KeyPath, entry: Mapping[str, Any], names: NamesInForce, row: tuple[str, str], help_text: str
) -> tuple[Input, ...]:
    """A field for each column, with the value in force beside it: of the `row` of a name, under another or none."""
    nested = entry.get("values")
    about = names.line(*row) if row[0] else None
    inputs = []
    for key, column in names.columns.items():
        beside = not (isinstance(nested, dict) and (key in nested or key not in entry))
        at: KeyPath = (*path, key) if beside else (*path, "values", key)
        value = entry.get(key) if beside else nested.get(key) if isinstance(nested, dict) else None
        if isinstance(value, dict) and isinstance(value.get("value"), str):
            at, value = (*at, "value"), value["value"]
        inputs.append(value_field(at, column.heading, value, help_text, _in_force(about, key)))
    return tuple(inputs)


def _in_force(about: tuple[Line, Schedule] | None, column: str) -> str:
    """The value that a row has by now, as it prints; empty where there is none."""
    if about is None or not about[0].values:
        return ""
    line, schedule = about
    for (key, facts), value in zip(schedule.columns, line.values, strict=False):
        if key == column:
            return value_text(value.typed, facts.holds)
    return ""


def value_field(path: KeyPath, label: str, value: object, help_text: str = "", stands: str = "") -> Input:
    """The field of a value by what stands in the file: a text, a list of texts, or what only the text can show."""
    entries = value if isinstance(value, list) else [value or ""]
    if any(not isinstance(entry, str) or "\n" in entry.strip() for entry in entries):
        return Input(path, label, "", "It has keys or lines of its own: edit it in the text.", "fixed", stands=stands)
    kind = "lines" if isinstance(value, list) else "text"
    return Input(path, label, "\n".join(map(str, entries)), help_text, kind, stands=stands)


def model_field(model: type[Facts], key: str, path: KeyPath, value: object) -> Input:
    """The field of a key of a model."""
    info = next(info for name, info in model.model_fields.items() if key in (name, info.alias))
    help_text = (info.description or "").replace("`", "")
    field = value_field(path, key.replace("_", " ").capitalize(), value, help_text)
    options = _options(info)
    if field.kind == "fixed":
        return field
    if typing.get_origin(info.annotation) is tuple and not options:
        return replace(field, kind="lines" if (info.alias or key) in IN_LINES else "fixed")
    if typing.get_origin(info.annotation) is tuple:
        return replace(field, kind="several", options=options)
    return replace(field, kind="choice" if options else "text", options=options)


def _options(info: FieldInfo) -> tuple[str, ...]:
    """What may be chosen; nothing where a text is typed."""
    for annotation in (info.annotation, *typing.get_args(info.annotation)):
        if annotation is bool:
            return ("true", "false")
        if typing.get_origin(annotation) is typing.Literal:
            return tuple(str(option) for option in typing.get_args(annotation))
    return ()
