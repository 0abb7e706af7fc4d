"""Reads one YAML file as the text that was typed, and remembers the line of every value.

Every scalar stays a string (`0.10` stays `0.10`, `No` stays `No`); only an empty value and a plain
`null` or `~` become None. YAML's power tools (tags, anchors, aliases, several documents) are refused:
a schedule needs none of them, and a file that uses them can mean something nobody reads in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import yaml
from yaml.reader import ReaderError

from docgen.files import fingerprint
from docgen.model import yaml_faults
from docgen.problems import DataProblem, KeyStep, Problem, Where, key_path

LARGEST = 20_000_000  # bytes; ten thousand portfolios take about one million
MOST_FAULTS = 20  # entries that are no YAML, each of which is a reading of the whole file
RECOVERABLE = 200_000  # letters of a file that is read so often
MOST_LINE_ENDS = 100  # that are worth a problem each
ODD_LINE_END = re.compile("[\x85\u2028\u2029]")
TWICE = "stands here twice"  # of a key; it may be so where an entry between is left out
DEEPEST = 32  # levels of nesting; the deepest key of docgen's stands at 9
LOADER: type = getattr(yaml, "CLoader", yaml.Loader)
EMPTY = {"", "~", "null", "Null", "NULL"}
COMPANY_ENDING = re.compile(
    r"(Inc|LLC|L\.L\.C|L\.P|LP|Ltd|N\.A|Co|Corp|S\.A|plc)\b|(Incorporated|Limited|Corporation)$", re.IGNORECASE
)
CURLY = re.compile("[“„‘][^“”„‘’]*[”“’]")  # around a whole text: a word processor's, which YAML takes for letters
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
    problems: tuple[Problem, ...] = ()  # what is wrong with it as YAML, where its data could be read all the same
    partial: bool = False  # whether entries that are no YAML were left out of the data

    def where(self, *path: KeyStep) -> Where:
        """The line of a key path, or of the nearest thing around it that has one."""
        while path and path not in self.lines:
            path = path[:-1]
        return Where(self.file, self.lines.get(path, 1))

    def leaves(self) -> Iterator[tuple[KeyPath, str | None]]:
        """Every text of the file with its key path, from top to bottom; None for a value that is left out."""
        return iter(self._every)

    def texts(self) -> Iterator[tuple[KeyPath, str]]:
        """The same without what says nothing."""
        return ((path, text) for path, text in self._every if text)

    @cached_property
    def _every(self) -> tuple[tuple[KeyPath, str | None], ...]:
        return tuple(_leaves(self.data, ()))

    def problem(self, path: KeyPath, fault: str, remedy: str = "") -> Problem:
        """A problem with the value at a key path."""
        return Problem(self.where(*path), fault, remedy, key_path(path))

    def warning(self, path: KeyPath, fault: str, remedy: str) -> Problem:
        """The same as a warning, which stops nothing."""
        return replace(self.problem(path, fault, remedy), severity="warning")

    def note(self, path: KeyPath, fault: str, remedy: str) -> Problem:
        """The same as a note, which asks for nothing."""
        return replace(self.problem(path, fault, remedy), severity="note")


def _leaves(data: object, path: KeyPath) -> Iterator[tuple[KeyPath, str | None]]:
    match data:
        case dict():
            for key, value in data.items():
                yield from _leaves(value, (*path, key))
        case list():
            for number, value in enumerate(data):
                yield from _leaves(value, (*path, number))
        case str() | None:
            yield path, data


@dataclass
class _Reading:
    """What is gathered while one file is read."""

    file: str
    text: str
    rows: list[str]
    lines: dict[KeyPath, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)

    def complain(self, event: ParserEvent, path: KeyPath, fault: str, remedy: str = "") -> None:
        """Notes a problem at an event of the parser."""
        where = Where(self.file, event.start_mark.line + 1)
        self.problems.append(Problem(where, fault, remedy, key_path(path)))


def parse(file: str, raw: bytes) -> Source:
    """The file's bytes as a Source whose data is a mapping; DataProblem with every complaint otherwise."""
    source = read(file, raw)
    if source.problems:
        raise DataProblem(source.problems)
    return source


def read(file: str, raw: bytes) -> Source:
    """The same where something is wrong with it as YAML, as far as the rest can be read: `problems` has what is wrong,
    and whoever gives the data its types says the rest with it. DataProblem where nothing can be read."""
    text = _decode(file, raw)
    _refuse_line_ends(file, text)
    if versions := yaml_faults.unmerged_versions(file, text):
        raise DataProblem(versions)
    reading, data, faults = _recovered(file, text)
    if not isinstance(data, dict):
        fault = "is empty" if data is None else "has no keys"
        remedy = "write `key: value` lines; schedules/README.md lists the keys"
        raise DataProblem([*faults, *reading.problems] or [Problem(Where(file, 1), fault, remedy)])
    own = [problem for problem in reading.problems if TWICE not in problem.found or _is_above(problem, faults)]
    problems = (*faults, *own)
    return Source(file, data, reading.lines, text, fingerprint.digest(raw), problems, bool(faults))


def _is_above(problem: Problem, faults: Sequence[Problem]) -> bool:
    """Whether a problem stands above each fault, by which what was left out of the file cannot have made it."""
    return all(problem.where.line < fault.where.line for fault in faults)


def _recovered(file: str, text: str) -> tuple[_Reading, object, list[Problem]]:
    """The file as read, each entry that is no YAML left out of it, with a problem for each.

    A line that is out of place behind another fault is none: it may be so by that.
    """
    faults: list[Problem] = []
    while True:
        reading = _Reading(file, text, text.split("\n"))
        try:
            return reading, _document(reading), _causes(faults)
        except (yaml.MarkedYAMLError, ReaderError) as error:
            _refuse_depth(reading, error)
            last = yaml_faults.in_plain_words(file, reading.rows, error)
            again = last.where in [fault.where for fault in faults]
            faults += [] if again else [last]
            if again or len(faults) == MOST_FAULTS or len(text) > RECOVERABLE:
                return reading, None, _causes(faults)
            text = yaml_faults.without_entry(reading.rows, last.where.line)


def _causes(faults: Sequence[Problem]) -> list[Problem]:
    return [fault for fault in faults if fault is faults[0] or fault.found not in yaml_faults.OUT_OF_PLACE]


def _refuse_line_ends(file: str, text: str) -> None:
    """DataProblem for each line end that editors do not show as one: lines would be counted in two ways."""
    problems = []
    for match in ODD_LINE_END.finditer(text):
        where = Where(file, text.count("\n", 0, match.start()) + 1)
        fault = f"holds U+{ord(match[0]):04X}, which ends a line in YAML and in few editors"
        problems.append(Problem(where, fault, "put a space there, or begin a new line"))
    if problems:
        raise DataProblem(problems[:MOST_LINE_ENDS])


def _refuse_depth(reading: _Reading, error: yaml.MarkedYAMLError | ReaderError) -> None:
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
        _refuse_alias(reading, event, path)
        return ""
    _refuse_power_tools(reading, event, path)
    if isinstance(event, yaml.ScalarEvent):
        return _scalar(reading, event, path)
    if isinstance(event, yaml.SequenceStartEvent):
        return _list(reading, events, event, path)
    return _mapping(reading, events, event, path)


def _refuse_alias(reading: _Reading, event: ParserEvent, path: KeyPath) -> None:
    if event.anchor in reading.anchors:
        fault = f'"*{event.anchor}" is a YAML alias, which docgen does not use'
        reading.complain(event, path, fault, "write the text itself, each time")
    else:
        reading.complain(event, path, *_quotable(reading, event))


def _refuse_power_tools(reading: _Reading, event: ParserEvent, path: KeyPath) -> None:
    if event.anchor:
        reading.anchors.add(event.anchor)
    if event.anchor and not isinstance(event, yaml.ScalarEvent):
        fault = f'"&{event.anchor}" is a YAML anchor, which docgen does not use'
        reading.complain(event, path, fault, "take it out, and write the text itself each time")
    elif event.anchor or event.tag:
        reading.complain(event, path, *_quotable(reading, event))


def _quotable(reading: _Reading, event: ParserEvent) -> tuple[str, str]:
    """Fault and remedy of a text that begins with a sign of YAML's own."""
    return yaml_faults.quotable(reading.rows[event.start_mark.line], event.start_mark.column)


def _scalar(reading: _Reading, event: ParserEvent, path: KeyPath) -> str | None:
    text: str = event.value
    if event.style not in (None, ""):
        return text
    if CURLY.fullmatch(text):
        fault = f"{text} has curly quotation marks around it, which print"
        reading.complain(event, path, fault, f'take them off, or type "{text}" where they are to print')
    if yaml_faults.LONG_DASH.match(text):
        reading.complain(event, path, *yaml_faults.NO_DASH)
    end = event.end_mark
    if end.line < len(reading.rows) and UNSPACED_COMMENT.match(reading.rows[end.line][end.column :]):
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
            fault = f'"{key}" {TWICE}; the first is on line {reading.lines[step]}'
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
