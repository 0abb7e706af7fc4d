"""Writes rows of a schedule into a file as a person does, each value on a line of its own; every other byte stays.

What `edit` does for any value, with the looks of a row, and with its proof: the result is read again, and says what was
meant.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import yaml

from docgen.drafting import edit
from docgen.drafting.edit import Splice
from docgen.model import yaml_reader, yaml_writer
from docgen.model.yaml_reader import KeyPath
from docgen.problems import DocgenError


def with_values(file: str, text: str, path: KeyPath, values: Mapping[str, object]) -> str:
    """A file in which the row at a key path has these values of its own, by their columns."""
    for column, value in values.items():
        text = _with_value(file, text, path, column, value)
    return text


def with_entries(file: str, text: str, path: KeyPath, entries: Sequence[object]) -> str:
    """A file with these entries in the list at a key path: those of today by their numbers, new ones as data."""

    def meant(data: object) -> None:
        listed = edit.value_at(data, path)
        listed[:] = [listed[entry] if isinstance(entry, int) else entry for entry in entries]

    return edit.edited(file, text.encode(), path, meant, lambda body: _entries(body, path, entries)).decode()


def with_entry(file: str, text: str, path: KeyPath, entry: object) -> str:
    """A file with one more entry, behind the one at a key path."""
    listed, place = edit.value_at(yaml_reader.parse(file, text.encode()).data, path[:-1]), int(path[-1]) + 1
    return with_entries(file, text, path[:-1], [*range(place), entry, *range(place, len(listed))])


def with_list(file: str, text: str, path: KeyPath, values: Sequence[object]) -> str:
    """A file whose list at a key path has these entries; those that it has today stay as they are, with their lines."""
    listed = edit.value_at(yaml_reader.parse(file, text.encode()).data, path)
    matcher = difflib.SequenceMatcher(None, list(map(repr, listed)), list(map(repr, values)), autojunk=False)
    length = len(listed)
    for tag, start, end, new_start, new_end in reversed(matcher.get_opcodes()):
        shared = min(end - start, new_end - new_start)
        for step in range(shared if tag != "equal" else 0):
            value = values[new_start + step]
            text = edit.with_value(file, text.encode(), (*path, start + step), value).decode()
        for number in reversed(range(start + shared, end)):
            text = edit.without(file, text.encode(), (*path, number)).decode()
            length -= 1
        if new_start + shared < new_end:
            at, fresh = start + shared, values[new_start + shared : new_end]
            text = with_entries(file, text, path, [*range(at), *fresh, *range(at, length)])
            length += len(fresh)
    return text


def without_key(file: str, text: str, path: KeyPath) -> str:
    """A file without a key; the comments on lines of their own among its lines stay."""

    def meant(data: object) -> None:
        del edit.value_at(data, path[:-1])[path[-1]]

    def cuts(body: str) -> Iterator[Splice]:
        node = edit.node_at(body, path)
        for cut in edit.removals(body, path):
            notes = [*_notes(body, cut, node)]
            whole_lines = edit.line_start(body, cut.start) == cut.start and body[cut.end - 1 : cut.end] == "\n"
            if whole_lines or not notes:
                yield Splice(cut.start, cut.end, "".join(notes) + cut.text)

    return edit.edited(file, text.encode(), path, meant, cuts).decode()


def _notes(text: str, cut: Splice, node: Any) -> Iterator[str]:
    """The lines of a stretch that are comments, and no words of the node in it."""
    spans = [(int(inner.start_mark.index), int(inner.end_mark.index)) for inner in _scalars(node)]
    at = edit.next_line(text, cut.start + 1)
    while at < cut.end:
        line = text[at : edit.next_line(text, at + 1)]
        if line.lstrip().startswith("#") and not any(first < at < last for first, last in spans):
            yield line
        at += len(line)


def _scalars(node: Any) -> Iterator[Any]:
    """Every single value in a node, and the keys of its values."""
    if isinstance(node, yaml.ScalarNode):
        yield node
    for entry in node.value if not isinstance(node, yaml.ScalarNode) else ():
        for inner in entry if isinstance(entry, tuple) else (entry,):
            yield from _scalars(inner)


def _entries(text: str, path: KeyPath, entries: Sequence[object]) -> Iterator[Splice]:
    """The ways to type a list anew; what stands between two entries goes with the second."""
    node = edit.node_at(text, path)
    if not isinstance(node, yaml.SequenceNode) or not node.value:
        return
    if node.flow_style:
        cuts = [(int(child.start_mark.index), int(child.end_mark.index)) for child in node.value]
        between = ["", *(text[end:start] for (_, end), (start, _) in pairwise(cuts))]
        texts = [text[slice(*cuts[entry])] if isinstance(entry, int) else _typed(entry) for entry in entries]
        gaps = [(between[entry] if isinstance(entry, int) else "") or ", " for entry in entries]
        yield Splice(
            cuts[0][0], cuts[-1][1], "".join(gap + part for gap, part in zip(["", *gaps[1:]], texts, strict=True))
        )
        return
    start, line_end = edit.line_start(text, int(node.start_mark.index)), edit.newline(text)
    ends = [edit.next_line(text, edit.node_end(child)) for child in node.value]
    lines = [text[first:last] for first, last in pairwise([start, *ends])]
    blank = text[start : node.start_mark.index]
    for in_braces in (False, True) if not blank.strip(" ") else ():
        parts = [
            lines[entry]
            if isinstance(entry, int)
            else _lines(entry, blank, in_braces).replace("\n", line_end) + line_end
            for entry in entries
        ]
        inner = [part if part.endswith("\n") else part + line_end for part in parts[:-1]]
        yield Splice(start, ends[-1], "".join([*inner, *parts[-1:]]))


def _lines(entry: object, blank: str, in_braces: bool) -> str:
    """A new entry of a list on lines of its own, or in braces on one."""
    if isinstance(entry, str) or in_braces:
        return f"{blank}- {_typed(entry)}"
    lines = yaml_writer.text([entry]).rstrip("\n").split("\n")
    extra = len(lines[0]) - len(lines[0].lstrip())  # the writer indents the entries of a list
    return "\n".join(blank + line[extra:] for line in lines)


def _with_value(file: str, text: str, path: KeyPath, column: str, value: object) -> str:
    node = edit.node_at(text, path)
    if isinstance(node, yaml.ScalarNode):
        row = {"name": node.value, column: value}

        def meant(data: object) -> None:
            edit.value_at(data, path[:-1])[path[-1]] = row

        return edit.edited(file, text.encode(), path, meant, lambda body: _row(body, path, column, value)).decode()
    keys = {key.value: inner for key, inner in node.value}
    inner = (*path, "values") if isinstance(keys.get("values"), yaml.MappingNode) else path
    return edit.with_value(file, text.encode(), (*inner, column), value).decode()


def _row(text: str, path: KeyPath, column: str, value: object) -> Iterator[Splice]:
    """A row that is only a name, with a value."""
    node = edit.node_at(text, path)
    start, end = int(node.start_mark.index), int(node.end_mark.index)
    if edit.node_at(text, path[:-1]).flow_style:
        yield Splice(start, end, f"{{name: {_typed(node.value)}, {column}: {_typed(value)}}}")
    else:
        blank = " " * node.start_mark.column
        yield Splice(start, end, f"name: {text[start:end]}{edit.newline(text)}{blank}{column}: {_typed(value)}")


def _typed(value: object) -> str:
    """Data as a person would type it on a line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_typed(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_typed, value)) + "]"
    return "null" if value is None else _text(str(value))


def _text(value: str) -> str:
    """A text as a person would type it: bare where docgen reads it back in braces too, else in quotation marks."""
    for form in (value, json.dumps(value, ensure_ascii=False)):
        samples = [sample % form for sample in ("k: %s\n", "{k: %s}\n")]
        try:
            reads = [yaml_reader.parse("", sample.encode()).data == {"k": value} for sample in samples]
        except DocgenError:
            continue
        if all(reads) and " #" not in value:
            return form
    return json.dumps(value, ensure_ascii=False)
