"""Writes rows of a schedule into a file as a person does, each value on a line of its own; every other byte stays.

What `edit` does for any value, with the looks of a row: it reads the result again, and has it say what was meant.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import yaml

from docgen.drafting import edit
from docgen.model.yaml_reader import LOADER, KeyPath


def with_values(file: str, text: str, path: KeyPath, values: Mapping[str, str]) -> str:
    """A file in which the row at a key path has these values of its own, by their columns."""
    for column, value in values.items():
        text = _with_value(file, text, path, column, value)
    return text


def with_entry(text: str, path: KeyPath, name: str) -> str:
    """A file with one more row, behind the one at a key path."""
    node = _node(text, path)
    if _node(text, path[:-1]).flow_style:
        end = int(node.end_mark.index)
        return f"{text[:end]}, {_typed(name)}{text[end:]}"
    first = text.rfind("\n", 0, node.start_mark.index) + 1
    dash = re.match(" *- *", text[first:])
    at = _line_end(text, _last(node))
    return f"{text[:at]}\n{dash[0] if dash else ''}{_typed(name)}{text[at:]}"


def _with_value(file: str, text: str, path: KeyPath, column: str, value: str) -> str:
    node = _node(text, path)
    start, end = int(node.start_mark.index), int(node.end_mark.index)
    if isinstance(node, yaml.ScalarNode):
        if _node(text, path[:-1]).flow_style:
            return f"{text[:start]}{{name: {_typed(node.value)}, {column}: {_typed(value)}}}{text[end:]}"
        blank = " " * node.start_mark.column
        return f"{text[:start]}name: {text[start:end]}\n{blank}{column}: {_typed(value)}{text[end:]}"
    keys = {key.value: inner for key, inner in node.value}
    inner = (*path, "values") if isinstance(keys.get("values"), yaml.MappingNode) else path
    return edit.with_value(file, text.encode(), (*inner, column), value).decode()


def _node(text: str, path: KeyPath) -> Any:
    """The node of YAML at a key path."""
    node: Any = yaml.compose(text, LOADER)
    for step in path:
        if isinstance(node, yaml.MappingNode):
            node = next(value for key, value in node.value if key.value == step)
        else:
            node = node.value[step]
    return node


def _last(node: Any) -> int:
    """Where the last text in a node ends."""
    while isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    return int(node.end_mark.index)


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


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
