"""Writes a text of the data in place of another, and changes behind those that are there; every other byte stays."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from docgen.model import yaml_writer
from docgen.model.yaml_reader import LOADER, KeyPath

BLOCK = ("|", ">")  # styles of a text over several lines
CHANGES = "changes"


def with_text(text: str, path: KeyPath, value: str) -> str:
    """A file with another text at a key path."""
    node = _node(text, path)
    start, end = _ends(node)
    last = "\n" if getattr(node, "style", None) in BLOCK else ""
    return text[:start] + _typed(value) + last + text[end:]


def with_values(text: str, path: KeyPath, values: Mapping[str, str]) -> str:
    """A file in which the row at a key path has these values of its own, by their columns."""
    for column, value in values.items():
        text = _with_value(text, path, column, value)
    return text


def with_entry(text: str, path: KeyPath, name: str) -> str:
    """A file with one more entry in the list of rows, behind the one at a key path."""
    node = _node(text, path)
    start, end = _ends(node)
    if _is_flow(text, path):
        return f"{text[:end]}, {_typed(name)}{text[end:]}"
    first = text.rfind("\n", 0, start) + 1
    at = _line_end(text, _last(node))
    return f"{text[:at]}\n{re.match(' *- *', text[first:])[0]}{_typed(name)}{text[at:]}"  # type: ignore[index]


def without_entry(text: str, path: KeyPath) -> str:
    """A file without the entry of a list at a key path."""
    node = _node(text, path)
    start, end = _ends(node)
    if _is_flow(text, path):
        after = re.match(r"\s*,\s*", text[end:])
        before = re.search(r",\s*$", text[:start])
        if after:
            return text[:start] + text[end + after.end() :]
        return text[: before.start() if before else start] + text[end:]
    first = text.rfind("\n", 0, start) + 1
    return text[:first] + text[_line_end(text, _last(node)) + 1 :]


def with_changes(text: str, steps: Sequence[Any]) -> str:
    """A file with further changes behind those under `changes:`, or under a new one at its end."""
    root: Any = yaml.compose(text, LOADER)
    node = next((value for key, value in root.value if key.value == CHANGES), None)
    data = [yaml_writer.as_data(step) for step in steps]
    if node is None:
        return f"{text.rstrip(chr(10))}\n{yaml_writer.text({CHANGES: data})}"
    start, end = _ends(node)
    if not node.value:
        entries = yaml_writer.text({CHANGES: data}).partition("\n")[2].rstrip()
        return f"{text[:start].rstrip(' ')}\n{entries}{text[end:]}"
    if node.flow_style:
        entries = ", ".join(json.dumps(entry, ensure_ascii=False) for entry in data)
        return f"{text[: end - 1].rstrip()}, {entries}{text[end - 1 :]}"
    indent = " " * node.value[0].start_mark.column
    column = max(len(indent) - 2, 0)
    lines = yaml_writer.text(data).rstrip().split("\n")
    own = len(lines[0]) - len(lines[0].lstrip())
    at = _line_end(text, _last(node))
    return text[:at] + "".join(f"\n{' ' * column}{line[own:]}" for line in lines) + text[at:]


def _with_value(text: str, path: KeyPath, column: str, value: str) -> str:
    node = _node(text, path)
    start, end = _ends(node)
    if isinstance(node, yaml.ScalarNode):
        if _is_flow(text, path):
            return f"{text[:start]}{{name: {_typed(node.value)}, {column}: {_typed(value)}}}{text[end:]}"
        blank = " " * node.start_mark.column
        return f"{text[:start]}name: {text[start:end]}\n{blank}{column}: {_typed(value)}{text[end:]}"
    keys = {key.value: inner for key, inner in node.value}
    if column in keys:
        return with_text(text, (*path, column), value)
    if isinstance(keys.get("values"), yaml.MappingNode):
        return _with_value(text, (*path, "values"), column, value)
    if node.flow_style:
        return f"{text[: end - 1].rstrip()}, {column}: {_typed(value)}{text[end - 1 :]}"
    at = _line_end(text, _last(node))
    return f"{text[:at]}\n{' ' * node.start_mark.column}{column}: {_typed(value)}{text[at:]}"


def _node(text: str, path: KeyPath) -> Any:
    """The node of YAML at a key path."""
    node: Any = yaml.compose(text, LOADER)
    for step in path:
        if isinstance(node, yaml.MappingNode):
            node = next(value for key, value in node.value if key.value == step)
        else:
            node = node.value[step]
    return node


def _ends(node: Any) -> tuple[int, int]:
    return node.start_mark.index, node.end_mark.index


def _last(node: Any) -> int:
    """Where the last text in a node ends."""
    while isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    end: int = node.end_mark.index
    return end - 1 if getattr(node, "style", None) in BLOCK else end


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _is_flow(text: str, path: KeyPath) -> bool:
    """Whether what stands at a key path is an entry between brackets."""
    return bool(_node(text, path[:-1]).flow_style)


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
