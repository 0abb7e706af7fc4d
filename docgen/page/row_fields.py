"""The rows of a schedule as fields: those of a restated one by their groups, and those under a group or a fund."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from docgen.model.yaml_reader import KeyPath
from docgen.page import column_fields
from docgen.page.fields import BEHIND, Fieldset, Input, NamesInForce, columns_of, value_field

MOST_INPUTS, MOST_ROWS = 3_600, 400  # of the rows that one form shows: a page of fields has to stay quick
OF_A_ROW = 4  # fields beside its columns
EVERY = range(1_000_000)
NAME = "the name as it prints"
MARK = "the sign of a footnote behind the name"
USUAL = "for every row that says nothing else"


def restated(data: object, names: NamesInForce, first: int = 0) -> Iterator[Fieldset]:
    """The schedules that an amendment restates: what is usual in each, its columns and notes, its groups and rows.

    Rows are those from the `first` on, as many as a form has room for.
    """
    at, window = 0, range(first, first + most_rows(data, names))
    for path, entry in _entries(data):
        mine = replace(names, only=column_fields.columns(entry, names))
        yield from _schedule(path, entry, mine, range(window.start - at, window.stop - at))
        at += _count(entry)


def parts(data: object, names: NamesInForce) -> list[range]:
    """The rows of the schedules that an amendment restates, in stretches for each of which a form has room."""
    count, most = sum(_count(entry) for _, entry in _entries(data)), most_rows(data, names)
    return [range(start, min(count, start + most)) for start in range(0, count, most)]


def most_rows(data: object, names: NamesInForce) -> int:
    """How many rows one form shows."""
    columns = max((len(column_fields.columns(entry, names)) for _, entry in _entries(data)), default=0)
    return min(MOST_ROWS, MOST_INPUTS // (columns + OF_A_ROW))


def _entries(data: object) -> Iterator[tuple[KeyPath, Mapping[str, Any]]]:
    for number, entry in enumerate(data if isinstance(data, list) else [data]):
        if isinstance(entry, dict):
            yield (("restate", number) if isinstance(data, list) else ("restate",)), entry


def _schedule(path: KeyPath, entry: Mapping[str, Any], names: NamesInForce, window: range) -> Iterator[Fieldset]:
    title = f"The whole schedule{' ' + str(entry['schedule']) if entry.get('schedule') else ''}"
    usual = columns_of(path, {"values": {}, **entry}, names, ("", ""), USUAL)
    inner = (*column_fields.sets(path, entry, names), *rows(path, entry, names, window=window))
    yield Fieldset(title, usual, path, "As it stands after this amendment.", rows=inner)
    groups, at = _listed(entry, "groups"), len(_listed(entry, "rows"))
    for number, group in enumerate(groups):
        span, size = range(window.start - at, window.stop - at), _count(group)
        at += size
        if isinstance(group, dict) and (span.start < size or size == 0 <= span.stop) and span.stop > 0:
            yield _group((*path, "groups", number), group, names, span)
    if groups and 0 < at <= window.stop:
        yield _further((*path, "groups", len(groups)), "A further group")


def _further(path: KeyPath, title: str) -> Fieldset:
    """A group to be filled in."""
    inputs = (
        Input((*path, "name"), "Name", "", "the head of the group as it prints"),
        Input((*path, "rows"), "Rows", "", "its rows", "lines"),
    )
    return Fieldset(title, inputs, path, "", True)


def _group(path: KeyPath, group: Mapping[str, Any], names: NamesInForce, window: range) -> Fieldset:
    inputs = (
        value_field((*path, "name"), "Name", group.get("name"), help_text="the head of the group as it prints"),
        _mark(path, group),
        *columns_of(path, {"values": {}, **group}, names, ("", ""), "for every row of this group"),
    )
    following = _further((*path, BEHIND), "A group that comes in behind it")
    inner = (*rows(path, group, names, window=window), following)
    return Fieldset(f"Group: {group.get('name') or 'without a name'}", inputs, path, rows=inner)


def rows(
    path: KeyPath, around: Mapping[str, Any], names: NamesInForce, under: str = "", window: range = EVERY
) -> tuple[Fieldset, ...]:
    """The rows that stand under something, each with its values and the rows of its own; of many, those to be shown."""
    sets, at = [], 0
    for number, entry in enumerate(_listed(around, "rows")):
        if at in window:
            sets.append(_row((*path, "rows", number), entry, names, under))
        at += 1 + _count(entry)
    return tuple(sets)


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
        inner: Sequence[object] = (*_listed(entry, "groups"), *_listed(entry, "rows"))
        return len(_listed(entry, "rows")) + sum(map(_count, inner))
    return 0


def _listed(entry: Mapping[str, Any], key: str) -> list[Any]:
    value = entry.get(key)
    return value if isinstance(value, list) else []
