"""The columns and the footnotes of a restated schedule as fields: its own, else those that are in force."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from docgen.model.base import Facts
from docgen.model.rows import Column, Footnote
from docgen.model.schedule import Schedule
from docgen.model.yaml_reader import KeyPath
from docgen.page.fields import BEHIND, Fieldset, NamesInForce, model_field

COLUMNS, FOOTNOTES = "columns", "footnotes"
RestatedData = Mapping[str, Any]  # a restated schedule as it is typed


def restated_schedule(entry: RestatedData, names: NamesInForce) -> Schedule | None:
    """The schedule in force that a restatement takes the place of; None where there is none of its name."""
    name = entry.get("schedule")
    return next((schedule for schedule in names.schedules if name in (None, schedule.name)), None)


def columns(entry: RestatedData, names: NamesInForce) -> Mapping[str, Column]:
    """The columns of a restated schedule by their ids: its own, else those in force, else the plan's."""
    columns_data = entry.get(COLUMNS)
    if isinstance(columns_data, dict):
        return {key: Column.model_construct(heading=_heading(key, facts)) for key, facts in columns_data.items()}
    schedule = restated_schedule(entry, names)
    return dict(schedule.columns) if schedule else names.columns


def sets(path: KeyPath, entry: RestatedData, names: NamesInForce) -> Iterator[Fieldset]:
    """A set of fields for each column and each footnote, and for a further one of both."""
    schedule = restated_schedule(entry, names)
    at, base, facts = _data_at(path, entry, COLUMNS, {key: _texts(c) for key, c in columns(entry, names).items()})
    for key, column in facts.items() if isinstance(facts, dict) else ():
        yield _set(f"Column: {_heading(key, column)}", Column, (*at, key), column, base)
    yield Fieldset("A further column", _inputs(Column, (*at, BEHIND), {}), (*at, BEHIND), "", True, base=base)
    at, base, notes = _data_at(
        path, entry, FOOTNOTES, [_texts(note) for note in (schedule.footnotes if schedule else ())]
    )
    listed = notes if isinstance(notes, list) else []
    for number, note in enumerate(listed):
        mark = note.get("mark") if isinstance(note, dict) else ""
        yield _set(f"Footnote: {mark}", Footnote, (*at, number), note, base)
    end: KeyPath = (*at, len(listed))
    yield Fieldset("A further footnote", _inputs(Footnote, end, {}), end, "", True, base=base)


def _data_at(
    path: KeyPath, entry: RestatedData, key: str, in_force: object
) -> tuple[KeyPath, tuple[KeyPath, object] | None, object]:
    """The place of a key, with what is typed there first where the file does not have it; and what it has then."""
    at: KeyPath = (*path, key)
    if entry.get(key) is not None:
        return at, None, entry[key]
    return at, (at, in_force) if in_force else None, in_force


def _set(title: str, model: type[Facts], path: KeyPath, facts: object, base: tuple[KeyPath, object] | None) -> Fieldset:
    """The fields of a column or a footnote that is there."""
    if not isinstance(facts, dict):
        return Fieldset(title, (), path, "It has no keys: edit it in the text.")
    return Fieldset(title, _inputs(model, path, facts), path, base=base)


def _inputs(model: type[Facts], path: KeyPath, facts: RestatedData) -> tuple[Any, ...]:
    return tuple(model_field(model, key, (*path, key), facts.get(key)) for key in model.model_fields)


def _texts(facts: Facts) -> dict[str, str]:
    """What is in force as a person would type it."""
    return {key: str(value) for key, value in facts.model_dump(mode="json", exclude_defaults=True).items()}


def _heading(key: object, facts: object) -> str:
    heading = facts.get("heading") if isinstance(facts, dict) else None
    return heading if isinstance(heading, str) and heading else str(key)
