"""What was typed into the fields of an amendment, put into its file by splices: nothing else of the file changes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from docgen.drafting import edit, new_plan, splice
from docgen.model import yaml_reader
from docgen.model.yaml_reader import KeyPath
from docgen.page.fields import BEHIND, Fieldset, Input
from docgen.page.form_fields import MODELS
from docgen.problems import DocgenError, Problem, key_path

STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")
Typed = Mapping[str, str]  # by the names of the fields
FALSE = "false"


def path_of(name: str) -> KeyPath:
    """`changes[0].to` as its steps."""
    return tuple(int(number) if number else key for number, key in STEP.findall(name))


def filled(sets: Sequence[Fieldset], entries: Typed) -> list[Fieldset]:
    """The fields with what was typed into them."""

    def typed_in(field: Input) -> Input:
        return replace(field, value=_lines(entries[field.name])) if field.name in entries else field

    return [
        replace(each, inputs=tuple(map(typed_in, each.inputs)), rows=tuple(filled(each.rows, entries))) for each in sets
    ]


def spliced(file: str, raw: bytes, sets: Sequence[Fieldset], entries: Typed, removal: KeyPath = ()) -> bytes:
    """The file with what was typed, and without the entry at `removal`; UsageProblem where that cannot be put in place.

    Values come first, as they move nothing; then what comes in or goes, from the bottom up; then what comes at an end.
    """
    every = [each for top in sets for each in top.every()]
    raw = _with_bases(file, raw, [each for each in every if each.path == removal or _is_typed(each, entries)])
    edits = [*_edits(every, entries)]
    for path, value in edits:
        if path[-1] != BEHIND:
            raw = _with(file, raw, path, value)
    items = [(each.path, item) for each in every if each.is_new and (item := item_of(each, entries))]
    behind: dict[KeyPath, Sequence[object]] = {
        path[:-1]: _entries(str(value)) for path, value in edits if path[-1] == BEHIND
    }
    behind |= {path[:-1]: [item] for path, item in items if path[-1] == BEHIND and isinstance(path[-2], int)}
    for path in sorted({*behind, *([removal] if removal else ())}, reverse=True):
        for entry in reversed(behind.get(path, ())):
            raw = splice.with_entry(file, raw.decode(), path, entry).encode()
        raw = edit.without(file, raw, path) if path == removal else raw
    for path, item in items:
        raw = _with_item(file, raw, path, item)
    return raw


def _with_bases(file: str, raw: bytes, sets: Sequence[Fieldset]) -> bytes:
    """The file with what is in force of a key that it does not have, for fields that change some of it."""
    for path, value in dict(each.base for each in sets if each.base).items():
        raw = _with(file, raw, path, value)
    return raw


def _is_typed(each: Fieldset, entries: Typed) -> bool:
    """Whether something was typed into any of these fields."""
    return any(_lines(entries.get(field.name, field.value)).strip() != field.value.strip() for field in each.inputs)


def _with_item(file: str, raw: bytes, path: KeyPath, item: Mapping[str, object]) -> bytes:
    """The file with a new entry at the end of a list; of columns, with a new one under an id of its own."""
    if path[-1] != BEHIND:
        return edit.with_item(file, raw, path[:-1], item)
    if isinstance(path[-2], int):
        return raw  # it came in behind its neighbour
    around = edit.value_at(yaml_reader.parse(file, raw).data, path[:-2])
    key = new_plan.column_id(str(item.get("heading", "")), around.get(path[-2]) or ())
    return _with(file, raw, (*path[:-1], key), item)


def unplaced(file: str, raw: bytes, sets: Sequence[Fieldset], entries: Typed) -> tuple[bytes, list[tuple[str, str]]]:
    """The file with all of what was typed that can be put into it, and the rest of it by the names of the fields."""
    rest: list[tuple[str, str]] = []
    for each in sets:
        for part in [each] if each.is_new else [replace(each, inputs=(field,)) for field in each.inputs]:
            try:
                raw = spliced(file, raw, [part], entries)
            except DocgenError:
                texts = ((field.name, _lines(entries.get(field.name, ""))) for field in part.inputs)
                rest += [(name, text) for name, text in texts if text.strip()]
    return raw, rest


def _edits(sets: Sequence[Fieldset], entries: Typed) -> Iterator[tuple[KeyPath, object]]:
    """Each value that was typed anew, by its path; None for one that was taken out."""
    for each in sets:
        for field in each.inputs if not each.is_new else ():
            text = _lines(entries.get(field.name, field.value))
            if field.kind != "fixed" and text.strip() != field.value.strip():
                yield field.path, text if field.path[-1] == BEHIND else _value(field, text)


def _value(field: Input, text: str) -> object:
    """What a field says; None where it is empty, an empty text where its fact cannot do without."""
    if not text.strip():
        return "" if field.path[-1] in (*MODELS, "name") or isinstance(field.path[-1], int) else None
    return _entries(text) if field.kind in ("lines", "several") else text.strip()


def item_of(each: Fieldset, entries: Typed) -> dict[str, object]:
    """A new change or vote as it is typed in the file; empty where nothing was filled in."""
    texts = {field.path[len(each.path) :]: (field, _lines(entries.get(field.name, ""))) for field in each.inputs}
    filled_in = {path: _value(field, text) for path, (field, text) in texts.items() if text.strip() and text != FALSE}
    verb = each.inputs[0].path[len(each.path) :] if each.inputs and each.inputs[0].path[-1] in MODELS else None
    if verb and filled_in and verb not in filled_in:
        filled_in = {verb: "tbd", **filled_in}
    return {str(path[-1]): value for path, value in filled_in.items()}


def _with(file: str, raw: bytes, path: KeyPath, value: object) -> bytes:
    """The file with one value more, other or less."""
    data = yaml_reader.parse(file, raw).data
    around: object = data
    for number, step in enumerate(path[:-1]):
        if isinstance(around, str):  # a row that is only a name so far
            return raw if value is None else _of_bare_row(file, raw, path[:number], (path[number:], value))
        inner = around[step] if isinstance(around, dict | list) and edit.holds(around, step) else None  # type: ignore[index]
        if inner is None:
            nested = _nested(path[number + 1 :], value)
            return raw if value is None else edit.with_value(file, raw, path[: number + 1], nested)
        around = inner
    if isinstance(around, str):
        return raw if value is None else _of_bare_row(file, raw, path[:-1], (path[-1:], value))
    if not edit.holds(around, path[-1]):
        return raw if value is None else edit.with_value(file, raw, path, value)
    if value is None:
        return splice.without_key(file, raw.decode(), path).encode()
    if isinstance(value, list) and isinstance(edit.value_at(around, path[-1:]), list):
        return splice.with_list(file, raw.decode(), path, value).encode()
    return edit.with_value(file, raw, path, value)


def _of_bare_row(file: str, raw: bytes, row: KeyPath, more: tuple[KeyPath, object]) -> bytes:
    """The file with a row that is a name as one with something of its own."""
    (key, *rest), value = more
    if not rest and isinstance(value, str):
        return splice.with_values(file, raw.decode(), row, {str(key): value}).encode()
    name = edit.value_at(yaml_reader.parse(file, raw).data, row)
    return edit.with_value(file, raw, row, {"name": name, key: _nested(tuple(rest), value)})


def _nested(path: KeyPath, value: object) -> object:
    for step in reversed(path):
        value = {step: value}
    return value


def with_keys(problems: Sequence[Problem], file: str, raw: bytes) -> list[Problem]:
    """Problems each with the path of its fact: of one that only has a line, the only fact that stands there."""
    if all(problem.key or problem.where.file != file for problem in problems):
        return list(problems)
    try:
        source = yaml_reader.parse(file, raw)
    except DocgenError:
        return list(problems)
    paths: dict[int, list[KeyPath]] = {}
    for path, _ in source.leaves():
        paths.setdefault(source.where(*path).line, []).append(path)
    only = {line: key_path(of_line[0]) for line, of_line in paths.items() if len(of_line) == 1}
    return [
        replace(problem, key=problem.key or only.get(problem.where.line, "")) if problem.where.file == file else problem
        for problem in problems
    ]


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _entries(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]
