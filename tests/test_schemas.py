"""The JSON Schemas: they take the data, say a mistake at its key, and describe every key; and so does an editor."""

from __future__ import annotations

import functools
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from docgen.drafting import schemas
from docgen.model import values
from tests.conftest import HERE, Golden, each

NAMES = ("amendment", "event", "layout", "plan")
EDITOR = HERE / "editor"
SERVER = EDITOR / "node_modules/.bin/yaml-language-server"  # what VS Code's YAML extension runs
MISSING = not shutil.which("node") or not SERVER.is_file()
MISTAKES = [
    ("amendment", "changes:\n  - remove: A\n    itno: B\n", 3, "itno"),
    ("amendment", "changes:\n  - add: A\n    to: B\n  - remove_group: A\n    reson: x\n", 5, "reson"),
    ("amendment", "changes:\n  - rename: A\n    to: B\n    tos: C\n", 4, "tos"),
    ("amendment", "changes:\n  - replace_section: Section 2\n    txt: x\n    text: x\n", 3, "txt"),
    ("amendment", "changes:\n  - merge: A\n", 2, "merge"),
    ("amendment", "effective: 2003-02-33\n", 1, "2003-02-33"),
    ("amendment", "effective: 2003-02-31\n", 1, "2003-02-31"),
    ("amendment", "effective: 2003-02-29\n", 1, "2003-02-29"),
    ("amendment", "effective: 2003-04-31\n", 1, "2003-04-31"),
    ("amendment", "effective: 2993-04-30\n", 1, "2993-04-30"),
    ("amendment", "effective: 2003-13-tbd\n", 1, "2003-13-tbd"),
    ("amendment", "dated: November 3, 2003\n", 1, "November 3, 2003"),
    ("amendment", "changes:\n  - remove: A\n    effective: 2003-13-01\n", 3, "2003-13-01"),
    ("amendment", "approvals:\n  - {by: A, on: 2003-00-01}\n", 2, "2003-00-01"),
    ("amendment", "accept:\n  - {check: a, why: b, by: c, onn: d}\n", 2, "onn"),
    ("amendment", "restate:\n  grups: []\n", 2, "grups"),
    ("amendment", "expect:\n  rows: -1\n", 2, "-1"),
    ("amendment", "expect:\n  rows: ten\n", 2, "ten"),
    ("plan", "title: x\nkind: k\ndated: {date: 2003-02-03, restatd: 2004-01-01}\nschedule: {}\n", 3, "restatd"),
    ("plan", "title: x\nkind: k\nschedule: {colums: {}}\n", 3, "colums"),
    ("event", "event: x\neffective: 2004-01-02\nchanges:\n  - {remove: A, itno: B}\n", 4, "itno"),
    ("layout", "text: {widht: 80}\n", 1, "widht"),
]
RIGHT = [
    ("amendment", "effective: 2004-02-29\ndated: 2004-03-tbd\n"),
    ("amendment", "plan: {of: {name: A Trust, is: a trust}, schedule: {plan: [x, y], subject: none}}\n"),
    (
        "amendment",
        "effective: tbd\ndated:\nchanges:\n  - {remove: A, into: B, effective: tbd}\n  - {set: A, fee: 1%}\n",
    ),
    ("amendment", "effective: 2003-11-03\nrestate:\n  - rows: [A, {name: B, fee: [A, B]}, {name: C, fee: }]\n"),
    ("plan", "title: x\nkind: k\ndated: 2003-02-03\nof: A Trust\nschedule: {}\n"),
    ("plan", "title: [x, y]\nkind: k\nshare_classes: Class A\nform: {formats: pdf}\nschedule: {plan: x}\n"),
    ("plan", "title: x\nkind: k\ndated: {date: 2003-02-03, amended: 2004-05-06}\nschedule: {}\n"),
    ("amendment", "whereas: It is so.\nclauses: So be it.\nchanges: [{rename_all: A, to: B, except: C}]\n"),
    ("event", "event: x\neffective: 2004-01-02\nplans: p\nchanges: [{remove: A}]\n"),
    *(("plan", f"title: x\nkind: k\nof: {bare}\nschedule: {{}}\n") for bare in ("A Trust", "1940", "true")),
]


@functools.cache
def texts() -> dict[str, Any]:
    """The schemas by what they are of."""
    return {Path(name).stem: json.loads(data) for name, data in schemas.files().items()}


class EditorsReader(yaml.SafeLoader):
    """YAML 1.2 as an editor's language server reads it: days are texts, and only true and false are truth."""

    yaml_implicit_resolvers = {  # noqa: RUF012  # PyYAML's own table, less two kinds
        first: [(tag, pattern) for tag, pattern in known if not tag.endswith((":timestamp", ":bool"))]
        for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


EditorsReader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), list("tf"))


def problems(name: str, text: str) -> list[tuple[str, str]]:
    """What a schema finds: the place, and the message."""
    validator = jsonschema.Draft202012Validator(texts()[name])
    data = yaml.load(text, Loader=EditorsReader)  # noqa: S506  # a safe loader with fewer types
    errors = list(validator.iter_errors(data))
    return [(error.json_path, error.message) for error in errors]


@pytest.mark.parametrize(("name", "text", "line", "word"), MISTAKES)
def test_a_mistake_is_named(name: str, text: str, line: int, word: str) -> None:
    found = problems(name, text)
    assert found
    assert each(word in message for _, message in found), found


@pytest.mark.parametrize(("name", "text"), RIGHT)
def test_what_is_right_is_taken(name: str, text: str) -> None:
    assert problems(name, text) == []


def test_a_plan_has_one_schedule_or_several() -> None:
    head = "title: x\nkind: k\nof: A Trust\n"
    assert [place for place, _ in problems("plan", head)] == ["$"]
    assert problems("plan", f"{head}schedules: [{{name: Schedule A}}, {{name: Schedule B}}]\n") == []


@pytest.mark.seconds
def test_every_day_of_the_calendar_is_taken_and_no_other() -> None:
    pattern = re.compile(values.DAY_PATTERN)
    for year in range(values.FIRST_YEAR - 2, values.LAST_YEAR + 3):
        for month in range(14):
            for number in range(33):
                text = f"{year}-{month:02}-{number:02}"
                assert bool(pattern.search(text)) == (values.day(text) is not None), text


def keys(node: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Every key that a schema has, wherever it stands."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "properties":
                yield from ((f"{path}.{name}", schema) for name, schema in value.items())
            yield from keys(value, f"{path}.{key}")
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from keys(value, f"{path}[{number}]")


@pytest.mark.parametrize("name", NAMES)
def test_every_key_has_a_description(name: str) -> None:
    every = list(keys(texts()[name], name))
    assert len(every) > 5
    assert [path for path, schema in every if not str(schema.get("description", "")).strip()] == []


def test_a_default_is_one_of_the_words_that_may_be_typed() -> None:
    every = [key for name, schema in texts().items() for key in keys(schema, name)]
    defaults = [(path, schema["default"], schema["enum"]) for path, schema in every if "enum" in schema]
    assert {path.rpartition(".")[2] for path, _, _ in defaults} >= {"rates"}
    assert [path for path, default, words in defaults if default not in words] == []


def test_an_editor_says_of_each_key_what_it_is(golden: Golden) -> None:
    """The words that stand beside a key in an editor."""
    every = [key for name, schema in texts().items() for key in keys(schema, name)]
    lines = {f"{path.rpartition('.')[2]}: {schema['description']}" for path, schema in every}
    golden.holds(EDITOR / "keys.golden", "\n".join(sorted(lines)) + "\n")


def taken(schema: Any) -> Any:
    """What a schema takes, without the words beside it; the keys that it has are told by themselves."""
    if isinstance(schema, list):
        return [taken(entry) for entry in schema]
    if not isinstance(schema, dict):
        return schema
    beside = ("description", "title", "properties", "$defs", "pattern")
    return {key: taken(value) for key, value in schema.items() if key not in beside}


def test_an_editor_takes_under_each_key(golden: Golden) -> None:
    """What may stand there, as the schema says it."""
    lines = {f"{name}: {json.dumps(taken(schema))}" for name, schema in texts().items()}
    for name, schema in texts().items():
        lines |= {f"{kind}: {json.dumps(taken(of))}" for kind, of in schema.get("$defs", {}).items()}
        lines |= {f"{path.rpartition('.')[2]}: {json.dumps(taken(key))}" for path, key in keys(schema, name)}
    golden.holds(EDITOR / "taken.golden", "\n".join(sorted(lines)) + "\n")


class Editor:
    """An editor that has opened one file and asks its YAML server what is wrong with it."""

    def __init__(self, folder: Path, server: str) -> None:
        self.folder = folder
        self.process = subprocess.Popen([server, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.send({"id": 1, "method": "initialize", "params": {"rootUri": folder.as_uri(), "capabilities": {}}})
        while self.receive().get("id") != 1:
            pass
        self.send({"method": "initialized", "params": {}})

    def send(self, message: dict[str, Any]) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        self.process.stdin.flush()

    def receive(self) -> Any:
        assert self.process.stdout
        length = 0
        while head := self.process.stdout.readline().strip():
            if head.lower().startswith(b"content-length:"):
                length = int(head.split(b":")[1])
        message = json.loads(self.process.stdout.read(length))
        if "id" in message and message.get("method") == "workspace/configuration":
            self.send({"id": message["id"], "result": [{} for _ in message["params"]["items"]]})
        elif "id" in message and "method" in message:
            self.send({"id": message["id"], "result": None})
        return message

    def lines(self, file: str, text: str) -> list[tuple[int, str]]:
        """What is wrong, with the lines of the text counted from 1."""
        uri = (self.folder / file).as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        while (message := self.receive()).get("params", {}).get("uri") != uri:
            pass
        found = message["params"]["diagnostics"]
        return [(problem["range"]["start"]["line"], problem["message"]) for problem in found]


@pytest.mark.slow
@pytest.mark.skipif(MISSING, reason="no YAML server installed: npm install --prefix tests/editor --no-package-lock")
def test_an_editor_underlines_the_mistake(tmp_path: Path) -> None:
    for name, data in schemas.files().items():
        (tmp_path / Path(name).name).write_bytes(data)
    editor = Editor(tmp_path, str(SERVER))
    try:
        cases = [*MISTAKES, *((name, text, 0, "") for name, text in RIGHT)]
        for number, (name, text, line, word) in enumerate(cases):
            modeline = f"# yaml-language-server: $schema={(tmp_path / f'{name}.json').as_uri()}\n"
            found = editor.lines(f"{number}.yaml", modeline + text)
            assert {at for at, _ in found} == ({line} if line else set()), (text, found)
            day = word[:1].isdigit() or " " in word
            others = {"merge": "begin with one of: add, remove", "-1": "below the minimum", "ten": "integer"}
            meant = "date" if day else others.get(word, word)
            assert not line or each(meant in message for _, message in found), (text, found)
    finally:
        with editor.process as process:
            process.kill()
