"""The guides say what the program does: their commands run, their tables are the code's."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import textwrap
from dataclasses import fields
from pathlib import Path

import jsonschema
import pytest
import yaml

from docgen import cli, schema
from docgen.document import context, operative, recital, signing
from docgen.document.layout import TextLayout
from docgen.document.markup import VOCABULARY
from docgen.document.sandbox import environment
from docgen.facts.base import Facts
from docgen.facts.changes import VERBS, Change
from docgen.facts.events import Event
from docgen.facts.forms import Approval, Expect, Form, Party, Signature, Signer
from docgen.facts.models import Accept, Amendment, Plan, PlanDate, PlanNow, Restate, ScheduleForm
from docgen.facts.rows import Column, Footnote, Group, Row
from tests import making
from tests.conftest import ROOT, Workspace

README = (ROOT / "README.md").read_text(encoding="utf-8")
DATA = (ROOT / "schedules/README.md").read_text(encoding="utf-8")
WORDING = (ROOT / "templates/README.md").read_text(encoding="utf-8")
SEED = ROOT / "schedules/aim-class-b/amendments/002.yaml"


CONSOLES = re.findall(r"```console\n(.*?)```", README, re.DOTALL)


def runs(block: str, here: Workspace) -> None:
    """Each command of a console block prints what stands under it, as far as `...`."""
    for line, meant in re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE):
        program, *arguments = shlex.split(line)
        if program == "cd":
            here = Workspace(here.root / arguments[0])
            continue
        assert program == "docgen"
        ran = here.run(*arguments)
        assert ran.code == 0, ran.err
        expected, cut, _ = meant.partition("...\n")
        assert ran.out.startswith(expected) if cut else ran.out == expected, line


@pytest.mark.slow
def test_the_readmes_commands_print_what_it_says(empty: Workspace) -> None:
    filing, commands = CONSOLES
    assert filing in README.split("<!-- the commands of a filing -->")[1]
    runs(commands, empty)


@pytest.mark.slow
def test_the_readme_goes_from_data_to_a_filing(empty: Workspace) -> None:
    empty.run("init", "w")
    work = Workspace(empty.root / "w")
    line = re.search(r"<!-- the line that names the exhibit -->\n   ```yaml\n   (.*?\n)   ```", README)
    assert line
    path = "schedules/aim-class-b/amendments/002.yaml"
    text = (work.root / path).read_text(encoding="utf-8")
    runs(CONSOLES[0], work.write({path: text.replace("number: 2\n", f"number: 2\n{line[1]}")}))


def test_the_readmes_yaml_is_the_beginning_of_the_seed() -> None:
    shown = re.search(r"<!-- the beginning of (\S+) -->\n```yaml\n(.*?)```", README, re.DOTALL)
    assert shown
    text = (ROOT / shown[1]).read_text(encoding="utf-8")
    assert "\n".join(line for line in text.split("\n") if not line.startswith("# ")).startswith(shown[2])


@pytest.mark.slow
def test_the_five_steps_of_the_readme(empty: Workspace) -> None:
    empty.run("init", "w")
    work = Workspace(empty.root / "w")
    assert work.run("new", "aim-class-b").code == 0
    assert work.run("check").code == 0, "a draft that changes nothing yet is a warning"
    step = re.search(r"<!-- the file of the second step -->\n   ```yaml\n(.*?)   ```", README, re.DOTALL)
    problem = re.search(r"   ```\n   (schedules/.*?\n.*?)\n   ```", README, re.DOTALL)
    assert step
    assert problem
    edited = textwrap.dedent(step[1])
    path = "schedules/aim-class-b/amendments/003.yaml"
    wrong = work.write({path: edited.replace("STOCK FUNDS", "STOCK FUND")}).run("check")
    assert " ".join(problem[1].split()) in " ".join(wrong.err.split())
    assert work.write({path: edited}).run("check").code == 0
    assert work.run("build", "aim-class-b/003").code == 0
    built = (work.root / "build/aim-class-b/003/amendment.txt").read_text(encoding="ascii")
    assert "AMENDMENT NO. 3" in built
    assert "INVESCO Mid-Cap Growth Fund                   0.75%       0.20%       0.95%" in built
    assert "INVESCO S&P 500 Index Fund                    0.75%       0.25%       1.00%" in built
    assert "Telecommunications" not in (work.root / "build/aim-class-b/003/schedule.txt").read_text(encoding="ascii")
    recited = re.search("“(WHEREAS.*?) …”", README)
    assert recited
    assert recited[1] in " ".join(built.split())


@pytest.mark.parametrize("command", list(cli.main.commands))
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"| `docgen {command}" in README


def test_the_readme_names_no_command_that_is_not_there() -> None:
    said = set(re.findall(r"\| `docgen (\w+)", README))
    assert said == set(cli.main.commands)


def rows(text: str, mark: str) -> list[list[str]]:
    """The cells of the table under a comment."""
    table = text.split(mark)[1].split("\n\n")[0]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in table.strip().split("\n")[1:]][2:]


def test_the_tags_in_the_guide_are_the_vocabulary() -> None:
    said = [line for line in WORDING.split("\n") if line.startswith("| `<")]
    meant = []
    for tag, known in VOCABULARY.items():
        inside = ", ".join((["words"] if known.words else []) + list(known.inside))
        meant.append(f"| `<{tag}>` | {inside} | {', '.join(known.roles)} | {known.use} |")
    assert [line.replace("  ", " ") for line in said] == [line.replace("  ", " ") for line in meant]


def test_the_names_in_the_guide_are_what_templates_see() -> None:
    views = {
        "`plan`": context.PlanView,
        "`plan.dated`": context.DatedView,
        "`plan.of` and each of `plan.parties`": context.PartyView,
        "`amendment`": context.AmendmentView,
        "each of `amendment.changes`": recital.ChangeView,
        "each of `change.pairs`": recital.PairView,
        "each of `amendment.approvals`": context.ApprovalView,
        "each of `amendment.items`": operative.ItemView,
        "each of `amendment.signatures`": signing.SignatureView,
        "`signature.by` and `signature.attest`": signing.SignerView,
        "`form`": context.FormView,
        "each of `schedules` and of `schedule.parts`": context.ScheduleView,
        "each of `schedule.columns`": context.ColumnView,
        "each of `schedule.groups`": context.GroupView,
        "each of `group.rows`": context.RowView,
        "each of `row.values`": context.ValueView,
        "each of `schedule.footnotes`": context.FootnoteView,
    }
    for name, view in views.items():
        assert f"| {name} | {', '.join(field.name for field in fields(view))} |" in WORDING
    assert all(f"`{name}" in WORDING for name in environment(making.FOLDERS).filters)
    assert all(f"`{name}`" in WORDING for name in TextLayout.model_fields)


MODELS = (
    Plan, ScheduleForm, Amendment, Restate, Column, Footnote, Group, Row, Accept, PlanDate, PlanNow,
    Form, Party, Approval, Signer, Signature, Expect, Event,
)  # fmt: skip


@pytest.mark.parametrize("model", MODELS)
def test_every_key_is_in_the_guide(model: type[Facts]) -> None:
    said = set(re.findall(r"\w+", " ".join(re.findall(r"`[^`]+`", DATA))))
    assert {field.alias or name for name, field in model.model_fields.items()} - {"schedules"} <= said


def test_every_folder_has_a_readme() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    folders = {Path(name).parts[:depth] for name in tracked for depth in (1, 2) if len(Path(name).parts) > depth}
    for parts in folders - {(".ci",), ("build",)}:
        folder = ROOT.joinpath(*parts)
        if parts[0] != "schedules" and parts[:2] != ("tests", "cases") and parts[:2] != ("tests", "problems"):
            assert (folder / "README.md").exists(), folder


class EditorsReader(yaml.SafeLoader):
    """YAML 1.2 as an editor's language server reads it: days are texts, and only true and false are truth."""

    yaml_implicit_resolvers = {  # noqa: RUF012  # PyYAML's own table, less two kinds
        first: [(tag, pattern) for tag, pattern in known if not tag.endswith((":timestamp", ":bool"))]
        for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


EditorsReader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), list("tf"))


@pytest.mark.parametrize("model", VERBS)
def test_every_change_is_in_the_guide(model: type[Change]) -> None:
    (row,) = [line for line in DATA.split("\n") if line.startswith(f"| `{model.verb}:")]
    keys = {field.alias or name for name, field in model.model_fields.items()} - {"schedule", "effective"}
    said = set(re.findall(r"\w+", row.rsplit("|", 2)[0]))
    assert keys - {"values"} <= said
    assert ("values" in keys) == ("COLUMN" in said)


@pytest.mark.slow
def test_schemas_take_the_data_and_refuse_mistakes() -> None:
    schemas = {Path(name).stem: json.loads(data) for name, data in schema.files().items()}
    for text in schemas.values():
        jsonschema.Draft202012Validator.check_schema(text)

    def wrong(name: str, text: str) -> list[str]:
        data = yaml.load(text, Loader=EditorsReader)  # noqa: S506  # a safe loader with fewer types
        return [error.message for error in jsonschema.Draft202012Validator(schemas[name]).iter_errors(data)]

    for plan in [*ROOT.glob("schedules/*/plan.yaml"), *ROOT.glob("tests/cases/**/plan.yaml")]:
        assert wrong("plan", plan.read_text(encoding="utf-8")) == [], plan
        for amendment in plan.parent.glob("amendments/*.yaml"):
            assert wrong("amendment", amendment.read_text(encoding="utf-8")) == [], amendment
    for event in ROOT.glob("schedules/events/*.yaml"):
        assert wrong("event", event.read_text(encoding="utf-8")) == [], event
    for layout in ROOT.glob("templates/*/layout.yaml"):
        assert wrong("layout", layout.read_text(encoding="utf-8")) == [], layout
    assert wrong("plan", "titel: x\nkind: k\nschedule: {}\n")
    assert wrong("plan", "title: x\nkind: k\n")
    assert wrong("amendment", "restate: {rows: [A], row: B}\n")
    assert wrong("amendment", "effective: 3 November 2003\n")
    assert wrong("amendment", "changes:\n  - {rename: A, too: B}\n")
    assert not wrong("amendment", "changes:\n  - {rename: A, to: B}\n  - {add: C, to: D, service_fee: 0.20%}\n")
    assert wrong("layout", "text: {wide: 3}\n")
