"""Reads one YAML file as the text that was typed, and remembers the line of every value.

Every scalar stays a string (`0.10` stays `0.10`, `No` stays `No`); only an empty value and a plain
`null` or `~` become None. YAML's power tools (tags, anchors, aliases, several documents) are refused:
a schedule needs none of them, and a file that uses them can mean something nobody reads in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import yaml
import yaml.reader

from docgen.files import fingerprint
from docgen.problems import DataProblem, KeyStep, Problem, Where, key_path

LARGEST = 20_000_000  # bytes; ten thousand portfolios take about one million
DEEPEST = 32  # levels of nesting; the deepest key of docgen's stands at 9
LOADER: type = getattr(yaml, "CLoader", yaml.Loader)
EMPTY = {"", "~", "null", "Null", "NULL"}
COMPANY_ENDING = re.compile(r"(Inc|LLC|L\.L\.C|L\.P|LP|Ltd|N\.A|Co|Corp|S\.A|plc)\b", re.IGNORECASE)
UNSPACED_COMMENT = re.compile(r"\s+#[^\s#]")

KeyPath = tuple[KeyStep, ...]
ParserEvent = Any  # PyYAML's events share no type that knows their fields


@dataclass(frozen=True)
class Source:
    """One file as read: `data` is made of dict, list, str and None; `lines` has the line of each key path."""

    file: str
    data: object
    lines: Mapping[KeyPath, int] = field(repr=False)
    text: str = field(default="", repr=False)
    digest: str = field(default="", repr=False)  # the SHA-256 of its bytes

    def where(self, *path: KeyStep) -> Where:
        """The line of a key path, or of the nearest thing around it that has one."""
        while path and path not in self.lines:
            path = path[:-1]
        return Where(self.file, self.lines.get(path, 1))

    def leaves(self) -> Iterator[tuple[KeyPath, str | None]]:
        """Every text of the file with its key path, from top to bottom."""
        return iter(self._texts)

    @cached_property
    def _texts(self) -> tuple[tuple[KeyPath, str | None], ...]:
        return tuple(_leaves(self.data, ()))

    def problem(self, path: KeyPath, fault: str, remedy: str = "") -> Problem:
        """A problem with the value at a key path."""
        return Problem(self.where(*path), fault, remedy, key_path(path))


def _leaves(data: object, path: KeyPath) -> Iterator[tuple[KeyPath, str | None]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _leaves(value, (*path, key))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from _leaves(value, (*path, number))
    elif data is None or isinstance(data, str):
        yield path, data


@dataclass
class _Reading:
    """What is gathered while one file is read."""

    file: str
    text: str
    rows: list[str]
    lines: dict[KeyPath, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def complain(self, event: ParserEvent, path: KeyPath, fault: str, remedy: str = "") -> None:
        """Notes a problem at an event of the parser."""
        where = Where(self.file, event.start_mark.line + 1)
        self.problems.append(Problem(where, fault, remedy, key_path(path)))


def parse(file: str, raw: bytes) -> Source:
    """The file's bytes as a Source whose data is a mapping; DataProblem with every complaint otherwise."""
    text = _decode(file, raw)
    _refuse_line_ends(file, text)
    reading = _Reading(file, text, text.split("\n") if "#" in text else [])
    try:
        data = _document(reading)
    except yaml.YAMLError as error:
        _refuse_depth(reading, error)
        last = _in_plain_words(reading, error)
        nearby = [problem for problem in reading.problems if problem.where.line >= last.where.line - 1]
        reading.problems = [p for p in reading.problems if p not in nearby] + [last]
        data = None
    if not reading.problems and not isinstance(data, dict):
        fault = "is empty" if data is None else "has no keys"
        reading.problems += [
            Problem(Where(file, 1), fault, "write `key: value` lines; schedules/README.md lists the keys")
        ]
    if reading.problems:
        raise DataProblem(reading.problems)
    return Source(file, data, reading.lines, text, fingerprint.digest(raw))


def _refuse_line_ends(file: str, text: str) -> None:
    """DataProblem for each line end that editors do not show as one: lines would be counted in two ways."""
    problems = []
    for match in ODD_LINE_END.finditer(text):
        where = Where(file, text.count("\n", 0, match.start()) + 1)
        fault = f"holds U+{ord(match[0]):04X}, which ends a line in YAML and in few editors"
        problems.append(Problem(where, fault, "put a space there, or begin a new line"))
    if problems:
        raise DataProblem(problems[:MOST_LINE_ENDS])


def _refuse_depth(reading: _Reading, error: yaml.YAMLError) -> None:
    """DataProblem when what comes before the parser's error is nested too deep.

    A parser looks ahead as far as a line reaches, and some give up there at a depth of their own.
    """
    mark = getattr(error, "problem_mark", None)
    if mark is not None:
        with suppress(yaml.YAMLError):
            _document(_Reading(reading.file, reading.text[: mark.index], reading.rows))


def _decode(file: str, raw: bytes) -> str:
    if len(raw) > LARGEST:
        raise DataProblem([Problem(Where(file), f"is longer than {LARGEST:,} bytes", "a schedule takes far less")])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        fault = f"byte {raw[error.start]:#04x} is not UTF-8 text"
        raise DataProblem([Problem(Where(file, line), fault, "save the file as UTF-8 in your editor")]) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _document(reading: _Reading) -> object:
    events = yaml.parse(reading.text, Loader=LOADER)
    next(events)  # the start of the stream
    if isinstance(next(events), yaml.StreamEndEvent):
        return None
    data = _value(reading, events, next(events), ())
    next(events)  # the end of the document
    more = next(events)
    if not isinstance(more, yaml.StreamEndEvent):
        reading.complain(more, (), "a second document begins", "keep one `---` at most, on the first line")
    return data


def _value(reading: _Reading, events: Iterator[ParserEvent], event: ParserEvent, path: KeyPath) -> object:
    reading.lines.setdefault(path, event.start_mark.line + 1)
    if len(path) > DEEPEST:
        where = Where(reading.file, event.start_mark.line + 1)
        raise DataProblem([*reading.problems, *[Problem(where, f"is nested more than {DEEPEST} levels deep")]])
    if isinstance(event, yaml.AliasEvent):
        reading.complain(event, path, f'"*{event.anchor}" is a YAML alias', "put text that begins with * in quotes")
        return ""
    _refuse_power_tools(reading, event, path)
    if isinstance(event, yaml.ScalarEvent):
        return _scalar(reading, event, path)
    if isinstance(event, yaml.SequenceStartEvent):
        return _list(reading, events, event, path)
    return _mapping(reading, events, event, path)


def _refuse_power_tools(reading: _Reading, event: ParserEvent, path: KeyPath) -> None:
    if event.anchor:
        reading.complain(event, path, f'"&{event.anchor}" is a YAML anchor', "put text that begins with & in quotes")
    if event.tag:
        reading.complain(event, path, f'"{event.tag}" is a YAML tag', "put text that begins with ! in quotes")


def _scalar(reading: _Reading, event: ParserEvent, path: KeyPath) -> str | None:
    text: str = event.value
    if event.style not in (None, ""):
        return text
    end = event.end_mark
    if reading.rows and UNSPACED_COMMENT.match(reading.rows[end.line][end.column :]):
        fault = f'"{text}" is cut short: to YAML, " #" begins a comment'
        reading.complain(
            event, path, fault, "put the whole text in quotation marks; for a comment, type a space after #"
        )
    if event.start_mark.line != end.line and (not path or isinstance(path[-1], int) or path[-1] == "name"):
        fault = f'"{text[:60]}" runs over {end.line - event.start_mark.line + 1} lines'
        remedy = "begin each name with a dash and a space, in line with the others; put a long name in quotes"
        reading.complain(event, path, fault, remedy)
    return None if text in EMPTY else text


def _list(reading: _Reading, events: Iterator[ParserEvent], start: ParserEvent, path: KeyPath) -> list[object]:
    items: list[object] = []
    while not isinstance(event := next(events), yaml.SequenceEndEvent):
        item = _value(reading, events, event, (*path, len(items)))
        if start.flow_style and items and isinstance(item, str) and COMPANY_ENDING.match(item):
            _cut_at_comma(reading, event, path, item)
        items.append(item)
    return items


def _mapping(reading: _Reading, events: Iterator[ParserEvent], start: ParserEvent, path: KeyPath) -> dict[str, object]:
    entries: dict[str, object] = {}
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        key = _key(reading, events, event, path)
        step = (*path, key)
        if key in entries:
            fault = f'"{key}" stands here twice; the first is on line {reading.lines[step]}'
            reading.complain(event, step, fault, "keep one of them")
        else:
            reading.lines[step] = event.start_mark.line + 1
        value_event = next(events)
        value = _value(reading, events, value_event, step)
        if start.flow_style and value is None and value_event.value == "":
            _cut_at_comma(reading, event, path, key)
        entries.setdefault(key, value)
    return entries


def _key(reading: _Reading, events: Iterator[ParserEvent], event: ParserEvent, path: KeyPath) -> str:
    if isinstance(event, yaml.ScalarEvent):
        _refuse_power_tools(reading, event, path)
        return str(event.value)
    reading.complain(event, path, "a key must be a word", "put a name that begins with [ or { in quotation marks")
    _value(reading, events, event, (*path, "?"))
    return "?"


def _cut_at_comma(reading: _Reading, event: ParserEvent, path: KeyPath, text: str) -> None:
    fault = f'"{text}" stands alone: inside braces or brackets a name is cut at its comma'
    reading.complain(event, path, fault, "write one name a line without braces, or put the name in quotation marks")


PLAIN_WORDS = (
    ("alphabetic or numeric", "a text may not begin with * or & as it is", 'put it in quotation marks: "*"'),
    ("expected ':'", "this line has no `key: value`", "put a colon and a space after the key"),
    ("unexpected end of stream", "a quotation mark is opened here and never closed", "close it on the same line"),
    (
        "expected ',' or",
        "a bracket is opened here and not closed",
        "close it, or write one entry a line without brackets",
    ),
    ("did not find expected", "the indentation breaks off here", "line this key up with the keys beside it"),
    ("block end", "the indentation breaks off here", "line this key up with the keys beside it"),
    ("found a tab", "a tab stands here", "YAML takes spaces only; replace the tab by spaces"),
)


def _in_plain_words(reading: _Reading, error: yaml.YAMLError) -> Problem:
    """YAML's own complaint in words for somebody who does not know YAML."""
    if isinstance(error, yaml.reader.ReaderError):
        line = reading.text.count("\n", 0, error.position) + 1
        return Problem(Where(reading.file, line), "a control character stands here", "delete it; it does not print")
    complaint = str(getattr(error, "problem", None) or error).strip()
    mark, began = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    if mark is None:
        return Problem(Where(reading.file, 1), f"is not YAML: {complaint.splitlines()[0]}")
    if "cannot start any token" in complaint:
        return _bad_sign(reading, mark)
    if "mapping values are not allowed" in complaint or (
        "expected ':'" in complaint and NO_SPACE.match(_above(reading, mark))
    ):
        return _bad_colon(reading, mark)
    for words, fault, remedy in PLAIN_WORDS:
        if words in complaint:
            opened = began if began is not None and "here and n" in fault else mark
            return Problem(Where(reading.file, opened.line + 1), fault, remedy)
    remedy = "look at this line and the one above it"
    return Problem(Where(reading.file, mark.line + 1), f"is not YAML: {complaint.splitlines()[0]}", remedy)


def _bad_sign(reading: _Reading, mark: Any) -> Problem:
    row = reading.text.split("\n")[mark.line]
    sign = row[mark.column : mark.column + 1]
    where = Where(reading.file, mark.line + 1)
    if sign == "\t":
        return Problem(where, "a tab stands here", "YAML takes spaces only; replace the tab by spaces")
    return Problem(where, f'a text may not begin with "{sign}"', "put the text in quotation marks")


ODD_LINE_END = re.compile("[\x85\u2028\u2029]")
MOST_LINE_ENDS = 100  # that are worth a problem each
NO_SPACE = re.compile(r"\s*(- )?(\w+):[^\s/]")
PLAIN_ENTRY = re.compile(r"(\s*)- ([^:]+)$")


def _above(reading: _Reading, mark: Any) -> str:
    """The line above a mark."""
    return reading.text.split("\n")[: mark.line][-1] if mark.line else ""


def _bad_colon(reading: _Reading, mark: Any) -> Problem:
    """A key where none can be: most often the fault of the line above."""
    rows, above = reading.text.split("\n"), _above(reading, mark)
    row = rows[mark.line] if mark.line < len(rows) else ""  # past a last line without its end
    for line, text in ((mark.line, above), (mark.line + 1, row)):
        if match := NO_SPACE.match(text):
            where = Where(reading.file, line)
            return Problem(where, f'a space is missing after "{match[2]}:"', "put a space after the colon")
    entry = PLAIN_ENTRY.match(above)
    if entry and not row.lstrip().startswith("- ") and len(row) - len(row.lstrip()) > len(entry[1]):
        where = Where(reading.file, mark.line)
        return Problem(where, f'"{entry[2].strip()}" has keys under it', f"write `- name: {entry[2].strip()}`")
    remedy = "an entry begins with a dash and a space, entries line up, and a text with a colon in it is in quotes"
    return Problem(Where(reading.file, mark.line + 1), "this line or the one above it is out of place", remedy)
