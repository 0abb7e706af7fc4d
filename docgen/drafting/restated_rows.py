"""Types changes of a schedule into an amendment that restates it whole: names, values and signs where they stand, rows,
footnotes and groups that come, go, move or change places.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import yaml

from docgen.consolidation import compare
from docgen.consolidation.plan_folder import AmendmentFile
from docgen.drafting import edit, splice
from docgen.model import yaml_writer
from docgen.model.amendment import Restate
from docgen.model.changes import Change
from docgen.model.rows import Row, RowValue
from docgen.model.schedule import Line, RowId, Schedule, Section
from docgen.model.yaml_reader import KeyPath

Usual = Mapping[str, RowValue]  # the values of rows that say nothing else, by their columns


@dataclass(frozen=True)
class Restated:
    """A file with the columns of a schedule that it restates, to be typed anew."""

    file: str
    text: str
    columns: tuple[str, ...]

    def with_value(self, path: KeyPath, value: object) -> Restated:
        """The same with another value at a path, or without what stands there where it is None."""
        raw = self.text.encode()
        new = edit.without(self.file, raw, path) if value is None else edit.with_value(self.file, raw, path, value)
        return replace(self, text=new.decode())

    def with_values(self, path: KeyPath, values: Mapping[str, object]) -> Restated:
        """The same with values of its own for a row."""
        return replace(self, text=splice.with_values(self.file, self.text, path, values))

    def with_entries(self, path: KeyPath, entries: Sequence[object]) -> Restated:
        """The same with these entries in a list: those of today by their numbers, new ones as data."""
        return replace(self, text=splice.with_entries(self.file, self.text, path, entries))


def with_steps(amendment: AmendmentFile, text: str, steps: Sequence[Change | Restate]) -> str:
    """The amendment's text with its whole schedules as they are after the changes; what it cannot say stays as it is.

    UsageProblem where the file is typed in a way that only a person can change.
    """
    source = amendment.source
    is_list = isinstance(edit.value_at(source.data, ("restate",)), list)
    for number, restate in enumerate(amendment.facts.restate):
        old = next(item for item in amendment.schedules if restate.schedule in (None, item.name))
        new = compare.apply_all(old, [step for step in steps if step.schedule in (None, old.name)])
        if old.columns == new.columns and _is_typed_so(restate, old):
            path: KeyPath = ("restate", number) if is_list else ("restate",)
            file = _with_notes(Restated(source.file, text, tuple(dict(old.columns))), path, restate, (old, new))
            text = _typed(file, path, restate, (old, new)).text
    return text


def _with_notes(file: Restated, path: KeyPath, restate: Restate, pair: tuple[Schedule, Schedule]) -> Restated:
    """The file with the footnotes as the second of two schedules has them: where they stand, else all of them anew."""
    old, new = pair
    place = (*path, "footnotes")
    if old.footnotes == new.footnotes or restate.footnotes not in (None, old.footnotes):
        return file
    if restate.footnotes is None:
        return file.with_value(place, [yaml_writer.as_data(note) for note in new.footnotes])
    numbers = {note.mark: number for number, note in enumerate(old.footnotes)}
    for note in new.footnotes:
        before = old.footnotes[numbers[note.mark]] if note.mark in numbers else note
        for key in ("text", "on"):
            if getattr(before, key) != getattr(note, key):
                file = file.with_value((*place, numbers[note.mark], key), getattr(note, key))
    entries = [numbers.get(note.mark, yaml_writer.as_data(note)) for note in new.footnotes]
    return _lined_up(file, place, entries, len(old.footnotes))


def _is_typed_so(restate: Restate, schedule: Schedule) -> bool:
    """Whether a schedule has the groups and rows of its restatement, one by one: no change beside it has others."""
    typed = [(group.name, *_names(group.rows)) for group in restate.groups] or [("", *_names(restate.rows))]
    return typed == [(section.name, *_names(section.rows)) for section in schedule.groups]


def _names(rows: Sequence[Row] | Sequence[Line]) -> Iterator[object]:
    for row in rows:
        yield (row.name, *_names(row.rows))


def _typed(file: Restated, path: KeyPath, restate: Restate, pair: tuple[Schedule, Schedule]) -> Restated:
    """The file with the groups and rows of a restatement as the second of two schedules has them."""
    old, new = pair
    if not restate.groups:
        fits = [section.name for section in new.groups] == [""]
        rows = (old.groups[0].rows, new.groups[0].rows) if fits else ((), ())
        return _with_rows(file, (*path, "rows"), restate.rows, rows, restate.values) if fits else file
    list_path = (*path, "groups")
    places = {section.id: number for number, section in enumerate(old.groups)}
    for section in new.groups:
        if section.id in places:
            number = places[section.id]
            group, before, at = restate.groups[number], old.groups[number], (*list_path, number)
            file = _with_name_and_mark(file, at, before, section)
            usual = {**restate.values, **group.values}
            file = _with_rows(file, (*at, "rows"), group.rows, (before.rows, section.rows), usual)
    entries = [places.get(section.id, _group(section, file.columns, restate.values)) for section in new.groups]
    return _lined_up(file, list_path, entries, len(old.groups))


def _with_rows(
    file: Restated, path: KeyPath, typed: Sequence[Row], pair: tuple[Sequence[Line], Sequence[Line]], usual: Usual
) -> Restated:
    """The file with rows as the second of two lists has them."""
    old, new = pair
    places = _places(old, new)
    for line in new:
        if line.id in places:
            number = places[line.id]
            file = _with_row(file, (*path, number), typed[number], (old[number], line), usual)
    entries = [places.get(line.id, yaml_writer.as_data(_row(line, file.columns, usual))) for line in new]
    return _lined_up(file, path, entries, len(old))


def _places(old: Sequence[Line], new: Sequence[Line]) -> dict[RowId, int]:
    """Where each of the new lines stands today: the same row, else one that says the same, else one of its name."""
    places = {line.id: number for number, line in enumerate(old)}
    free = [number for number, line in enumerate(old) if line.id not in {line.id for line in new}]
    waiting = [line for line in new if line.id not in places]
    for by_name in (False, True):
        for line in waiting:
            match = next((n for n in free if (old[n].name == line.name if by_name else old[n] == line)), None)
            if match is not None and line.id not in places:
                places[line.id] = match
                free.remove(match)
    return places


def _lined_up(file: Restated, path: KeyPath, entries: Sequence[object], length: int) -> Restated:
    return file if list(entries) == list(range(length)) else file.with_entries(path, entries)


def _with_row(file: Restated, path: KeyPath, typed: Row, pair: tuple[Line, Line], usual: Usual) -> Restated:
    """The file with one row as the second of two lines has it."""
    old, new = pair
    file = _with_name_and_mark(file, path, old, new)
    cells = zip(file.columns, old.values, new.values, strict=False)
    values = {key: yaml_writer.as_data(compare.as_cell(value)) for key, before, value in cells if before != value}
    file = file.with_values(path, values) if values else file
    return _with_rows(file, (*path, "rows"), typed.rows, (old.rows, new.rows), usual) if typed.rows else file


def _with_name_and_mark(file: Restated, path: KeyPath, old: Line | Section, new: Line | Section) -> Restated:
    """The file with the name and the sign of a row or group; a row that is only a name has no keys."""
    is_bare = isinstance(edit.node_at(file.text, path), yaml.ScalarNode)
    if old.name != new.name:
        file = file.with_value(path if is_bare else (*path, "name"), new.name)
    if old.mark == new.mark:
        return file
    return file.with_values(path, {"mark": new.mark}) if is_bare else file.with_value((*path, "mark"), new.mark or None)


def _group(section: Section, columns: Sequence[str], usual: Usual) -> object:
    """A new group as it is typed."""
    rows = [yaml_writer.as_data(_row(line, columns, usual)) for line in section.rows]
    return {"name": section.name, **({"mark": section.mark} if section.mark else {}), "rows": rows}


def _row(line: Line, columns: Sequence[str], usual: Usual) -> Row:
    """A new row with the values that are not the usual ones."""
    row = compare.as_row(line, columns)
    values = {key: cell for key, cell in row.values.items() if usual.get(key) != cell}
    return row.model_copy(update={"values": values, "rows": tuple(_row(inner, columns, usual) for inner in line.rows)})
