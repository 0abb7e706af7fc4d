"""The rows of a schedule as fields: those of a restated one by their groups, and those under a group or a fund."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from docgen.model.yaml_reader import KeyPath
from docgen.page.fields import BEHIND, Fieldset, Input, NamesInForce, columns_of, value_field

MOST_ROWS = 400  # of a file; what has more is edited as a sheet
NAME = "the name as it prints"
MARK = "the sign of a footnote behind the name"
USUAL = "for every row that says nothing else"


def restated(data: object, names: NamesInForce) -> Iterator[Fieldset]:
    """The schedules that an amendment restates: what is usual in each, its groups with their rows, and a new group."""
    listed = isinstance(data, list)
    for number, entry in enumerate(data if isinstance(data, list) else [data]):
        if isinstance(entry, dict):
            yield from _schedule(("restate", number) if listed else ("restate",), entry, names)


def _schedule(path: KeyPath, entry: Mapping[str, Any], names: NamesInForce) -> Iterator[Fieldset]:
    title = f"The whole schedule{' ' + str(entry['schedule']) if entry.get('schedule') else ''}"
    if _count(entry) > MOST_ROWS:
        sentence = f"It has more than {MOST_ROWS} rows: edit them as a sheet, from the plan's page, or in the text."
        yield Fieldset(title, (), path, sentence)
        return
    usual = columns_of(path, {"values": {}, **entry}, names, ("", ""), USUAL)
    yield Fieldset(title, usual, path, "As it stands after this amendment.", rows=rows(path, entry, names))
    groups = entry.get("groups")
    for number, group in enumerate(groups if isinstance(groups, list) else ()):
        if isinstance(group, dict):
            yield _group((*path, "groups", number), group, names)
    if isinstance(groups, list):
        at = (*path, "groups", len(groups))
        inputs = (
            Input((*at, "name"), "Name", "", "the head of the group as it prints"),
            Input((*at, "rows"), "Rows", "", "its rows", "lines"),
        )
        yield Fieldset("A further group", inputs, at, "", True)


def _group(path: KeyPath, group: Mapping[str, Any], names: NamesInForce) -> Fieldset:
    inputs = (
        value_field((*path, "name"), "Name", group.get("name"), help_text="the head of the group as it prints"),
        _mark(path, group),
        *columns_of(path, {"values": {}, **group}, names, ("", ""), "for every row of this group"),
    )
    return Fieldset(f"Group: {group.get('name') or 'without a name'}", inputs, path, rows=rows(path, group, names))


def rows(path: KeyPath, around: Mapping[str, Any], names: NamesInForce, under: str = "") -> tuple[Fieldset, ...]:
    """The rows that stand under something, each with its values and the rows of its own."""
    listed = around.get("rows")
    entries = enumerate(listed if isinstance(listed, list) else ())
    return tuple(_row((*path, "rows", number), entry, names, under) for number, entry in entries)


def _row(path: KeyPath, entry: object, names: NamesInForce, under: str) -> Fieldset:
    keys: Mapping[str, Any] = entry if isinstance(entry, dict) else {}
    name = keys.get("name") if isinstance(entry, dict) else entry
    title = name if isinstance(name, str) and name else "a row without a name"
    inner = rows(path, keys, names, str(name))
    inputs = [
        value_field((*path, "name") if isinstance(entry, dict) else path, "Name", name, help_text=NAME),
        *columns_of(path, keys, names, (str(name), under), "the value as it prints, where it is not the usual"),
        _mark(path, keys),
    ]
    if not inner and not under:
        help_text = "rows of its own, such as the share classes of a fund"
        inputs.append(Input((*path, "rows"), "Rows of its own", "", help_text, "lines", is_rare=True))
    inputs.append(Input((*path, BEHIND), "Rows that come in behind it", "", "their names", "lines", is_rare=True))
    return Fieldset(title, tuple(inputs), path, rows=inner)


def _mark(path: KeyPath, keys: Mapping[str, Any]) -> Input:
    return replace(value_field((*path, "mark"), "Mark", keys.get("mark"), MARK), is_rare=True)


def _count(entry: object) -> int:
    """How many rows stand in a restated schedule, a group or a row."""
    if isinstance(entry, dict):
        inner = (*_listed(entry, "groups"), *_listed(entry, "rows"))
        return len(_listed(entry, "rows")) + sum(map(_count, inner))
    return 0


def _listed(entry: Mapping[str, Any], key: str) -> list[object]:
    value = entry.get(key)
    return value if isinstance(value, list) else []
