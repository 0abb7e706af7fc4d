"""Writes rows of a schedule into a file as a person does, each value on a line of its own; every other byte stays.

What `edit` does for any value, with the looks of a row, and with its proof: the result is read again, and says what was
meant.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from docgen.drafting import edit
from docgen.drafting.edit import Splice
from docgen.model.yaml_reader import LOADER, KeyPath


def with_values(file: str, text: str, path: KeyPath, values: Mapping[str, str]) -> str:
    """A file in which the row at a key path has these values of its own, by their columns."""
    for column, value in values.items():
        text = _with_value(file, text, path, column, value)
    return text


def with_entry(file: str, text: str, path: KeyPath, name: str) -> str:
    """A file with one more row, behind the one at a key path."""

    def meant(data: object) -> None:
        edit.value_at(data, path[:-1]).insert(int(path[-1]) + 1, name)

    return edit.edited(file, text.encode(), path, meant, lambda body: _entry(body, path, name)).decode()


def _entry(text: str, path: KeyPath, name: str) -> Iterator[Splice]:
    node = edit.node_at(text, path)
    if edit.node_at(text, path[:-1]).flow_style:
        end = int(node.end_mark.index)
        yield Splice(end, end, f", {_typed(name)}")
        return
    first = text.rfind("\n", 0, node.start_mark.index) + 1
    dash = re.match(" *- *", text[first:])
    end = text.find("\n", _last(node))
    end = len(text) if end < 0 else end
    end -= text[end - 1 : end] == "\r"
    yield Splice(end, end, f"{edit.newline(text)}{dash[0] if dash else ''}{_typed(name)}")


def _with_value(file: str, text: str, path: KeyPath, column: str, value: str) -> str:
    node = edit.node_at(text, path)
    if isinstance(node, yaml.ScalarNode):
        row = {"name": node.value, column: value}

        def meant(data: object) -> None:
            edit.value_at(data, path[:-1])[path[-1]] = row

        return edit.edited(file, text.encode(), path, meant, lambda body: _row(body, path, column, value)).decode()
    keys = {key.value: inner for key, inner in node.value}
    inner = (*path, "values") if isinstance(keys.get("values"), yaml.MappingNode) else path
    return edit.with_value(file, text.encode(), (*inner, column), value).decode()


def _row(text: str, path: KeyPath, column: str, value: str) -> Iterator[Splice]:
    """A row that is only a name, with a value."""
    node = edit.node_at(text, path)
    start, end = int(node.start_mark.index), int(node.end_mark.index)
    if edit.node_at(text, path[:-1]).flow_style:
        yield Splice(start, end, f"{{name: {_typed(node.value)}, {column}: {_typed(value)}}}")
    else:
        blank = " " * node.start_mark.column
        yield Splice(start, end, f"name: {text[start:end]}{edit.newline(text)}{blank}{column}: {_typed(value)}")


def _last(node: Any) -> int:
    """Where the last text in a node ends."""
    while isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    return int(node.end_mark.index)


def _typed(value: str) -> str:
    """A text as a person would type it: bare where YAML reads it back in braces too, else in quotation marks."""
    for form in (value, json.dumps(value, ensure_ascii=False)):
        try:
            roots: list[Any] = [yaml.compose(sample % form, LOADER) for sample in ("k: %s\n", "{k: %s}\n")]
            data = [root.value[0][1] for root in roots]
        except (yaml.YAMLError, TypeError, ValueError):
            continue
        if all(isinstance(node, yaml.ScalarNode) and node.value == value for node in data) and " #" not in value:
            return form
    return json.dumps(value, ensure_ascii=False)
