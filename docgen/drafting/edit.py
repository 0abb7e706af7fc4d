"""One change of one YAML file, spliced into its text: every other sign stays, comments, order and blanks included.

A place is a key path, as `Source.lines` has it. The result is read again, and has to say what was meant and nothing
else; otherwise there is none, and a person edits the file.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from docgen.model import yaml_reader, yaml_writer
from docgen.model.yaml_reader import LOADER, KeyPath
from docgen.problems import DocgenError, Problem, UsageProblem, Where, key_path

Node = Any  # PyYAML's nodes and their marks have no types
BOM = "\ufeff"


@dataclass(frozen=True)
class Splice:
    """New text in the place of a stretch of the old one."""

    start: int
    end: int
    text: str

    def apply(self, text: str) -> str:
        """The text after it."""
        return text[: self.start] + self.text + text[self.end :]


def with_value(file: str, raw: bytes, path: KeyPath, value: object) -> bytes:
    """The file with a value at a path: another in place of the one there, or a new key of what is around it."""
    return edited(file, raw, path, lambda data: _set(data, path, value), lambda text: _value_splices(text, path, value))


def with_item(file: str, raw: bytes, path: KeyPath, item: object) -> bytes:
    """The file with one more entry at the end of a list, which comes in with it where it is not there."""

    def meant(data: object) -> None:
        items = value_at(data, path[:-1])[path[-1]] if holds(value_at(data, path[:-1]), path[-1]) else None
        _set(data, path, [*(items or []), item])

    return edited(file, raw, path, meant, lambda text: _item_splices(text, path, item))


def without(file: str, raw: bytes, path: KeyPath) -> bytes:
    """The file without a key or an entry of a list."""

    def meant(data: object) -> None:
        del value_at(data, path[:-1])[path[-1]]

    return edited(file, raw, path, meant, lambda text: removals(text, path))


def edited(
    file: str, raw: bytes, path: KeyPath, meant: Callable[[object], None], splices: Callable[[str], Iterator[Splice]]
) -> bytes:
    """The file after the first of the splices by which it says what is meant; UsageProblem where none does.

    `meant` makes of the file's data what it should say then; `splices` are the ways to type it, the best first.
    """
    source = yaml_reader.parse(file, raw)
    expected = copy.deepcopy(source.data)
    try:
        meant(expected)
    except (KeyError, IndexError, TypeError, AttributeError):
        raise UsageProblem([source.problem(path, "is not there to be changed")]) from None
    text = raw.decode("utf-8")
    start = text[:1] if text.startswith(BOM) else ""
    body = text.removeprefix(BOM)
    for splice in splices(body):
        result = (start + splice.apply(body)).encode("utf-8")
        if _reads_as(file, result, expected):
            return result
    where = Where(source.file, source.where(*path).line)
    raise UsageProblem([Problem(where, "cannot be changed in place", "edit the file by hand", key_path(path))])


def _reads_as(file: str, raw: bytes, expected: object) -> bool:
    try:
        return yaml_reader.parse(file, raw).data == expected
    except DocgenError:
        return False


def value_at(data: object, path: KeyPath) -> Any:
    """The value at a path."""
    for step in path:
        data = data[step]  # type: ignore[index]
    return data


def holds(around: object, step: str | int) -> bool:
    """Whether a group of keys or a list has this entry."""
    if isinstance(around, list):
        return isinstance(step, int) and step < len(around)
    return isinstance(around, dict) and step in around


def _set(data: object, path: KeyPath, value: object) -> None:
    value_at(data, path[:-1])[path[-1]] = value


def node_at(text: str, path: KeyPath) -> Node:
    """The node at a path, where there is one."""
    node = yaml.compose(text, Loader=LOADER)
    for step in path:
        node = next((child for key, child in _children(node) if key == step), None)
    return node


def _children(node: Node) -> Iterator[tuple[str | int, Node]]:
    if isinstance(node, yaml.MappingNode):
        yield from ((key.value, value) for key, value in node.value)
    elif isinstance(node, yaml.SequenceNode):
        yield from enumerate(node.value)


def node_end(node: Node) -> int:
    """Where the last sign of a node stands; a block's own end is where the next thing begins."""
    if isinstance(node, yaml.ScalarNode) or node.flow_style:
        return int(node.end_mark.index)
    last = node.value[-1][1] if isinstance(node, yaml.MappingNode) else node.value[-1]
    if isinstance(last, yaml.ScalarNode) and last.start_mark.index == last.end_mark.index:  # an empty value
        last = node.value[-1][0] if isinstance(node, yaml.MappingNode) else last
    return node_end(last)


def next_line(text: str, at: int) -> int:
    """The end of the line that a place is on, behind its line end; the place itself at the start of a line."""
    if at and text[at - 1] == "\n":
        return at
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1


def line_start(text: str, at: int) -> int:
    """The start of the line that a place is on."""
    return text.rfind("\n", 0, at) + 1


def newline(text: str) -> str:
    """How the lines of a text end."""
    return "\r\n" if "\r\n" in text else "\n"


def _scalars(value: object) -> Iterator[str]:
    """How a single value may be typed, the plainest first."""
    if value is None:
        yield "null"
    elif isinstance(value, str):
        yield value
        yield json.dumps(value, ensure_ascii=False)


def _flow(value: object) -> str:
    """A value inside braces or brackets; every text in quotation marks that needs them, names with commas too."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if value is None:
        return "null"
    plain = str(value)
    is_word = plain.replace(" ", "").replace("-", "").replace(".", "").isalnum() and not plain.startswith(("-", "."))
    return plain if is_word and plain == plain.strip() else json.dumps(plain, ensure_ascii=False)


def _block(value: object, indent: int, line_end: str) -> str:
    """A group of keys or a list on lines of its own, without the last line end."""
    lines = yaml_writer.text(value).rstrip("\n").split("\n")
    return line_end.join(" " * indent + line if line else "" for line in lines)


def _texts(value: object, indent: int, line_end: str) -> Iterator[str]:
    """How a value may stand behind a key that is indented so far: on its line, or on lines of its own below it."""
    if isinstance(value, dict | list) and value:
        yield line_end + _block(value, indent + 2, line_end)
        yield f" {_flow(value)}"
    elif isinstance(value, dict | list):
        yield f" {_flow(value)}"
    else:
        yield from (f" {text}" for text in _scalars(value))


def _value_splices(text: str, path: KeyPath, value: object) -> Iterator[Splice]:
    """The ways to put a value at a path."""
    node, around = node_at(text, path), node_at(text, path[:-1])
    if node is None:
        yield from _new_keys(text, around, str(path[-1]), value)
        return
    start, end = int(node.start_mark.index), node_end(node)
    if isinstance(node, yaml.ScalarNode) and text[end - 1 : end] == "\n":  # a text under | or >
        end -= 1
    if not isinstance(value, dict | list):
        blank = " " if start == end and text[start - 1 : start] not in " " else ""
        yield from (Splice(start, end, blank + new) for new in _scalars(value))
    elif value and not around.flow_style and isinstance(path[-1], str):
        key = next(key for key, _ in around.value if key.value == path[-1])
        colon = text.index(":", int(key.end_mark.index)) + 1
        yield from (Splice(colon, end, new) for new in _texts(value, key.start_mark.column, newline(text)))
    blank = " " if start == end and text[start - 1 : start] not in " " else ""
    yield Splice(start, end, blank + _flow(value))


def _new_keys(text: str, around: Node, key: str, value: object) -> Iterator[Splice]:
    """The ways to put a new key behind the others."""
    if not isinstance(around, yaml.MappingNode):
        return
    if around.flow_style:
        end = int(around.end_mark.index) - 1
        comma = ", " if around.value else ""
        at = node_end(around.value[-1][1]) if around.value else end
        yield Splice(at, at, f"{comma}{key}: {_flow(value)}")
        return
    column, line_end = around.value[0][0].start_mark.column, newline(text)
    at = next_line(text, node_end(around))
    before = "" if text[at - 1 : at] == "\n" else line_end
    for new in _texts(value, column, line_end):
        yield Splice(at, at, f"{before}{' ' * column}{key}:{new}{line_end}")


def _item_splices(text: str, path: KeyPath, item: object) -> Iterator[Splice]:
    """The ways to put an entry behind the others of a list."""
    node = node_at(text, path)
    if not isinstance(node, yaml.SequenceNode) or not node.value:
        yield from _value_splices(text, path, [item])
        return
    if node.flow_style:
        at = node_end(node.value[-1])
        yield Splice(at, at, f", {_flow(item)}")
        return
    column, line_end = node.start_mark.column, newline(text)
    at = next_line(text, node_end(node))
    before = "" if text[at - 1 : at] == "\n" else line_end
    for text_lines in (_block([item], 0, "\n").split("\n"), [f"- {_flow(item)}"]):
        extra = len(text_lines[0]) - len(text_lines[0].lstrip())  # the writer indents the entries of a list
        lines = line_end.join(" " * column + line[extra:] for line in text_lines)
        yield Splice(at, at, before + lines + line_end)


def removals(text: str, path: KeyPath) -> Iterator[Splice]:
    """The ways to take an entry out: its lines, or what it is between two commas."""
    around = node_at(text, path[:-1])
    entries = _entries(around)
    number = next(n for n, (key, _, _) in enumerate(entries) if key == path[-1])
    _, start, end = entries[number]
    if len(entries) == 1:
        yield Splice(int(around.start_mark.index), node_end(around), "[]" if isinstance(path[-1], int) else "{}")
        yield from _emptied(text, path[:-1], isinstance(path[-1], int))
    elif around.flow_style:
        first, last = (entries[number - 1][2], end) if number else (start, entries[1][1])
        if "#" not in text[first:start] + text[end:last]:  # a comment between two entries is of neither alone
            yield Splice(first, last, "")
    elif not text[line_start(text, start) : start].strip(" "):
        yield Splice(line_start(text, start), next_line(text, end), "")
    elif "#" not in text[end : entries[number + 1][1]]:  # the first key behind the dash of a list, without a comment
        yield Splice(start, entries[number + 1][1], "")


def _emptied(text: str, path: KeyPath, is_list: bool) -> Iterator[Splice]:
    """The ways to say that nothing is left in what stands behind a key."""
    yield from _value_splices(text, path, [] if is_list else {}) if path else ()
    around = node_at(text, path[:-1]) if path and isinstance(path[-1], str) else None
    if isinstance(around, yaml.MappingNode):
        key, node = next((key, node) for key, node in around.value if key.value == path[-1])
        yield Splice(int(key.end_mark.index), node_end(node), f": {'[]' if is_list else '{}'}")


def _entries(around: Node) -> Sequence[tuple[str | int, int, int]]:
    """Each entry of a node: its key or number, where it begins (at its dash, in a block), where it ends."""
    if isinstance(around, yaml.MappingNode):
        return [
            (key.value, int(key.start_mark.index), max(node_end(value), int(key.end_mark.index) + 1))
            for key, value in around.value
        ]
    if around.flow_style:
        return [(n, int(child.start_mark.index), node_end(child)) for n, child in enumerate(around.value)]
    column = around.start_mark.column
    return [
        (n, int(child.start_mark.index) - child.start_mark.column + column, node_end(child))
        for n, child in enumerate(around.value)
    ]
