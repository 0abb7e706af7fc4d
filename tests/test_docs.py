"""The guides say what the program does: their commands run, their tables are the code's."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import textwrap
import tomllib
from collections.abc import Iterable
from dataclasses import fields
from decimal import Decimal
from importlib import metadata
from pathlib import Path

import click
import jsonschema
import openpyxl
import pytest
import yaml
from packaging.requirements import Requirement

from docgen import cli
from docgen.build import cluster, pool
from docgen.document import (
    operative_clause,
    recital,
    render,
    schedule_context,
    signatures,
    template_context,
    text_context,
)
from docgen.document.jinja_sandbox import environment
from docgen.document.layout import LayoutFile, TextLayout
from docgen.document.markup import VOCABULARY
from docgen.drafting import schemas
from docgen.edgar import characters
from docgen.files import limits, lock, ooxml, resources
from docgen.model import validation, values, yaml_reader
from docgen.model.amendment import Amendment, Restate
from docgen.model.base import Facts
from docgen.model.changes import VERBS, Change
from docgen.model.event import Event
from docgen.model.plan import Plan, PlanChanges, PlanDate, ScheduleForm
from docgen.model.rows import Column, Footnote, Group, Row
from docgen.model.settings import (
    Accept,
    Approval,
    ClassExpectation,
    Expect,
    Form,
    Party,
    PlanExpect,
    Signature,
    Signer,
)
from docgen.spreadsheet import excel_doubts
from docgen.writers import pdf
from tests import making
from tests.conftest import ROOT, Workspace, each
from tests.test_schemas import EditorsReader

README = (ROOT / "README.md").read_text(encoding="utf-8")
DATA = (ROOT / "schedules/README.md").read_text(encoding="utf-8")
WORDING = (ROOT / "templates/README.md").read_text(encoding="utf-8")
COMMANDS = (ROOT / "docs/commands.md").read_text(encoding="utf-8")
LIMITS = (ROOT / "docs/limits.md").read_text(encoding="utf-8")
CLUSTER = (ROOT / "docs/cluster.md").read_text(encoding="utf-8")
NOTICES = (ROOT / "NOTICES.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
GUIDES = [ROOT / "README.md", *sorted(ROOT.glob("docs/*.md"))]
PAGES = [*GUIDES, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", ROOT / "NOTICES.md"]
PAGES += [ROOT / "schedules/README.md", ROOT / "templates/README.md", ROOT / "docgen/README.md"]
BEGINNING = "the beginning of schedules/aim-class-b/amendments/002.yaml"  # held by a test of its own

# A block of a guide that a test performs, with the comment above it that says what to do with it.
BLOCK = re.compile(
    r"(?:^ *<!-- (?P<comment>[^\n]*) -->\n)?^ *```(?P<kind>console|yaml|html)\n(?P<body>.*?)^ *```",
    re.DOTALL | re.MULTILINE,
)
TLS = ("--tls-ca-file", "--tls-cert", "--tls-key")  # of Dask's programs
WITH_BLOCKS = [page for page in GUIDES if "```console" in page.read_text(encoding="utf-8")]


def name(page: Path) -> str:
    """A page's path, for the names of tests."""
    return page.relative_to(ROOT).as_posix()


def runs(block: str, work: Workspace) -> Workspace:
    """Each command of a console block prints what stands under it; a line of `...` is for lines left out.

    Gives the folder in which the block ends.
    """
    for line, output in re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE):
        program, *arguments = shlex.split(line)
        if program == "cd":
            work = Workspace(work.root / arguments[0])
        elif program == "cp":
            shutil.copy(work.root / arguments[0], work.root / arguments[1])
        else:
            assert program == "docgen", line
            result = work.run(*arguments)
            assert result.code == 0, result.err
            pieces = re.split(r"^\.\.\.\n", output, flags=re.MULTILINE)
            assert re.fullmatch(".*".join(map(re.escape, pieces)), result.out, re.DOTALL), f"{line}\n{result.out}"
    return work


def prepare(comment: str, body: str, work: Workspace) -> None:
    """Does what the comment above a block says: writes a file, adds to one, edits the cells of one."""
    verb, _, rest = comment.partition(" ")
    match verb:
        case "write":
            work.write({rest: body})
        case "add":
            path = rest.removeprefix("to ")
            work.write({path: body + (work.root / path).read_text(encoding="utf-8")})
        case "edit":
            path, _, cells = rest.partition(": ")
            edit = edit_words if path.endswith(".docx") else edit_row
            edit(work.root / path, cells.split(", "))
        case _:
            assert comment == BEGINNING, comment


def edit_row(path: Path, cells: list[str]) -> None:
    """Types rates into the cells right of a name, as a person does in Excel."""
    book = openpyxl.load_workbook(path)
    (row,) = [row for sheet in book for row in sheet.iter_rows() if row[1].value == cells[0]]
    for cell, rate in zip(row[2:], cells[1:], strict=True):
        cell.value = float(Decimal(rate.rstrip("%")) / 100)
    book.save(path)


def edit_words(path: Path, texts: list[str]) -> None:
    """Writes one text in place of another, as a person does in Word."""
    parts = ooxml.parts("", path.read_bytes())
    body = parts["word/document.xml"]
    parts["word/document.xml"] = body.replace(texts[0].encode(), texts[1].encode())
    assert parts["word/document.xml"] != body
    path.write_bytes(ooxml.pack(parts))


@pytest.mark.slow
@pytest.mark.parametrize("page", WITH_BLOCKS, ids=name)
def test_a_guides_commands_print_what_it_says(page: Path, empty: Workspace) -> None:
    guide = page.read_text(encoding="utf-8")
    work = empty
    (first, *_) = [textwrap.dedent(block["body"]) for block in BLOCK.finditer(guide) if block["kind"] == "console"]
    if not first.startswith("$ docgen init "):
        assert empty.run("init", "w").code == 0
        work = Workspace(empty.root / "w")
    for block in BLOCK.finditer(guide):
        body = textwrap.dedent(block["body"])
        assert block["comment"] or block["kind"] == "console", f"no comment says which file this is: {body}"
        if block["comment"]:
            prepare(block["comment"], body, work)
        if block["kind"] == "console":
            work = runs(body, work)
    assert work.run("check").code == 0, "what a guide shows can be built"


def test_every_block_of_a_guide_is_performed() -> None:
    for page in GUIDES:
        guide = page.read_text(encoding="utf-8")
        blocks = sum(1 for _ in BLOCK.finditer(guide))
        assert blocks == len(re.findall("^ *```(?:console|yaml|html)$", guide, re.MULTILINE)), page
        assert page in WITH_BLOCKS or not blocks, page


def test_every_command_is_at_work_in_its_guide() -> None:
    assert set(re.findall(r"^\$ docgen (\w+)", COMMANDS, re.MULTILINE)) == set(cli.COMMANDS) - {"serve"}  # no end


def options(name: str) -> set[str]:
    """The options that a command takes."""
    command = cli.main.get_command(click.Context(cli.main), name)
    assert command is not None
    return {option for parameter in command.params for option in parameter.opts} | {"--help"}


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_a_page_names_commands_and_options_that_docgen_takes(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    spans = re.findall("`docgen ([a-z][^`]*)`", text) + re.findall(
        r"^(?:\$| {4}) *docgen ([a-z].*)", text, re.MULTILINE
    )
    for span in spans:
        command, *rest = span.split("#")[0].split()
        assert command in cli.COMMANDS, span
        assert {word for word in rest if word.startswith("--")} <= options(command), span
    foreign = {"docs/cluster.md": {"--nworkers", "--nthreads", "--protocol", *TLS}, "CONTRIBUTING.md": {"--accept"}}
    every = set().union(*map(options, cli.COMMANDS)) | foreign.get(name(page), set())
    assert set(re.findall(r"(?<![\w-])--[a-z]+(?:-[a-z]+)*", text)) <= every


def test_the_cluster_guide_names_commands_that_dask_takes() -> None:
    programs = {program.name: program.load() for program in metadata.entry_points(group="dask_cli")}
    lines = re.findall(r"^ {4}dask (\w+)(.*?)(?: +#.*)?$", CLUSTER, re.MULTILINE)
    assert [program for program, _ in lines] == ["scheduler", "worker"]
    for program, rest in lines:
        flags = {option for parameter in programs[program].params for option in parameter.opts}
        assert set(re.findall(r"--\w+", rest)) <= flags


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_readme_is_one_page_and_leads_to_every_guide() -> None:
    assert len(README.splitlines()) <= 130
    guides = [name(page) for page in GUIDES if page.name != "README.md"]
    assert [guide for guide in guides if f"({guide})" not in README] == []
    index = (ROOT / "docs/README.md").read_text(encoding="utf-8")
    assert [guide for guide in guides if f"({Path(guide).name})" not in index] == []
    assert "No licence has been chosen" in README


def test_the_limits_are_those_of_the_code() -> None:
    assert f"at most {characters.NARRATIVE} columns, and {characters.TABULAR} in a table" in LIMITS
    assert f"between {values.FIRST_YEAR} and {values.LAST_YEAR}" in LIMITS
    million = 10**6
    said = [
        f"{yaml_reader.LARGEST // million} million bytes, nested {yaml_reader.DEEPEST} levels deep",
        f"HTML, PDF) | {limits.LARGEST // million} million bytes |",
        f"| {ooxml.MOST_BYTES // million} million bytes, in {ooxml.MOST_PARTS:,} parts",
        f"| {limits.SECONDS} seconds, {limits.MEGABYTES} MB; a Word file {limits.SECONDS_A_TEXT} seconds more for each "
        f"text in it, up to {limits.MOST_TEXTS:,} |",
        f"| {excel_doubts.MOST_CELLS:,} cells, none further than {excel_doubts.FAR:,} empty rows",
        f"| {render.SECONDS} seconds and {render.SECONDS_A_ROW} for each row, {render.MEGABYTES} MB, "
        f"{render.LONGEST // million} million signs |",
        f"| {pdf.SECONDS} seconds and {pdf.SECONDS_A_SIGN} for each sign of its HTML (ten times what it takes), "
        f"{pdf.MEGABYTES} MB and 1 MB for each 1,000 signs |",
        f"| `print.css` | {pdf.LONGEST_CSS // million} million bytes |",
        f"| {cluster.MOST_BYTES // million} million bytes; {cluster.LONGEST} seconds without any result |",
        f"| {lock.PATIENCE:g} seconds of waiting |",
    ]
    assert [text for text in said if text not in LIMITS] == []
    engineers = (ROOT / "docs/engineers.md").read_text(encoding="utf-8")
    assert f"at most {pool.MOST} documents with a PDF" in engineers


def normal(library: str) -> str:
    """A library's name as package indexes compare it."""
    return re.sub("[-_.]+", "-", library).lower()


def closure(requirements: Iterable[str]) -> set[str]:
    """The libraries that are installed for some requirements, those that these require included."""
    todo = [Requirement(line) for line in requirements]
    libraries: set[str] = set()
    while todo:
        requirement = todo.pop()
        if normal(requirement.name) not in libraries:
            libraries.add(normal(requirement.name))
            children = map(Requirement, metadata.requires(requirement.name) or [])
            environments = [{"extra": extra} for extra in ("", *requirement.extras)]
            todo += [child for child in children if not child.marker or any(map(child.marker.evaluate, environments))]
    return libraries


def test_every_library_that_ships_is_in_the_notices() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = set(map(normal, re.findall(r"^\| ([\w.-]+) \| ", NOTICES, re.MULTILINE)))
    assert closure(project["dependencies"]) - names == set()
    for extra in ("watch", "cluster", "page"):
        assert each(Requirement(line).name in NOTICES for line in project["optional-dependencies"][extra])


def test_every_path_in_contributing_is_there() -> None:
    paths = re.findall(r"`((?:docgen|docs|schedules|templates|tests)/[\w./-]*)`", CONTRIBUTING)
    assert len(paths) > 30
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_every_target_of_make_is_there() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = {target for page in PAGES for target in re.findall(r"`make ([\w-]+)`", page.read_text(encoding="utf-8"))}
    assert {"test", "bench"} <= targets
    assert [target for target in targets if not re.search(rf"^{target}:", makefile, re.MULTILINE)] == []


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
    step = re.search(
        r"<!-- write schedules/aim-class-b/amendments/003.yaml -->\n   ```yaml\n(.*?)   ```", README, re.DOTALL
    )
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


@pytest.mark.parametrize("command", list(cli.COMMANDS))
def test_every_command_is_in_the_guide(command: str) -> None:
    assert f"| `docgen {command}" in COMMANDS


def test_the_guide_names_no_command_that_is_not_there() -> None:
    said = set(re.findall(r"\| `docgen (\w+)", COMMANDS))
    assert said == set(cli.COMMANDS)


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
        "`plan`": template_context.PlanView,
        "`plan.dated`": template_context.DatedView,
        "`plan.of`, each of `plan.registrants` and of `plan.parties`": template_context.PartyView,
        "`amendment`": template_context.AmendmentView,
        "each of `amendment.changes`": recital.ChangeView,
        "each of `change.pairs`": recital.PairView,
        "each of `amendment.approvals`": template_context.ApprovalView,
        "each of `amendment.items`": operative_clause.ItemView,
        "each of `amendment.signatures`": signatures.SignatureView,
        "`signature.by` and `signature.attest`": signatures.SignerView,
        "`form`": template_context.FormView,
        "each of `schedules` and of `schedule.parts`": schedule_context.ScheduleView,
        "each of `schedule.columns`": schedule_context.ColumnView,
        "each of `schedule.groups`": schedule_context.GroupView,
        "each of `group.rows`": schedule_context.RowView,
        "each of `row.values`": schedule_context.ValueView,
        "each of `schedule.footnotes`": schedule_context.FootnoteView,
        "each of `schedule.log`": schedule_context.LogView,
        "`text`": text_context.TextView,
        "each of `text.parts`": text_context.PartView,
        "each of `part.notes`": text_context.NoteView,
        "each of `text.later`": text_context.LaterView,
        "each of `text.refused`": text_context.RefusedView,
    }
    for name, view in views.items():
        assert f"| {name} | {', '.join(field.name for field in fields(view))} |" in WORDING
    assert each(f"`{name}" in WORDING for name in environment(making.FOLDERS).filters)


MODELS = (
    Plan, ScheduleForm, Amendment, Restate, Column, Footnote, Group, Row, Accept, PlanDate, PlanChanges,
    Form, Party, Approval, Signer, Signature, Expect, PlanExpect, ClassExpectation, Event,
)  # fmt: skip


@pytest.mark.parametrize("model", MODELS)
def test_every_key_is_in_the_guide(model: type[Facts]) -> None:
    said = set(re.findall(r"\w+", " ".join(re.findall(r"`[^`]+`", DATA))))
    assert {field.alias or name for name, field in model.model_fields.items()} - {"schedules"} <= said


def test_the_tests_readme_names_every_file() -> None:
    names = {path.name for path in (ROOT / "tests").glob("*.py")} - {"__init__.py"}
    assert names - set(re.findall(r"`(\w+\.py)`", (ROOT / "tests/README.md").read_text(encoding="utf-8"))) == set()


def test_every_folder_has_a_readme() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    folders = {Path(name).parts[:depth] for name in tracked for depth in (1, 2) if len(Path(name).parts) > depth}
    for parts in folders - {(".ci",), ("build",)}:
        folder = ROOT.joinpath(*parts)
        if parts[0] != "schedules" and parts[:2] != ("tests", "cases") and parts[:2] != ("tests", "problems"):
            assert (folder / "README.md").exists(), folder


@pytest.mark.parametrize("model", VERBS)
def test_every_change_is_in_the_guide(model: type[Change]) -> None:
    (row,) = [line for line in DATA.split("\n") if line.startswith(f"| `{model.verb}:")]
    keys = {field.alias or name for name, field in model.model_fields.items()} - {"schedule", "effective"}
    said = set(re.findall(r"\w+", row.rsplit("|", 2)[0]))
    assert keys - {"values"} <= said
    assert ("values" in keys) == ("COLUMN" in said)


def layout_of_the_guide() -> str:
    """The layout.yaml that templates/README.md shows."""
    shown = re.search(r"^    text:\n(?:^     .*\n)+", WORDING, re.MULTILINE)
    assert shown
    return textwrap.dedent(shown[0])


def test_the_layout_in_the_guide_is_what_docgen_has_without_one() -> None:
    keys = re.findall(r"^  (\w+):", layout_of_the_guide(), re.MULTILINE)
    assert keys == list(TextLayout.model_fields)
    source = yaml_reader.parse("layout.yaml", layout_of_the_guide().encode())
    assert validation.validate(LayoutFile, source) == LayoutFile()


@pytest.mark.slow
def test_schemas_take_the_data_and_refuse_mistakes() -> None:
    texts = {Path(name).stem: json.loads(data) for name, data in schemas.files().items()}
    for text in texts.values():
        jsonschema.Draft202012Validator.check_schema(text)

    def validator(name: str) -> jsonschema.Draft202012Validator:
        dates = jsonschema.FormatChecker(["date"])
        return jsonschema.Draft202012Validator(texts[name], format_checker=dates)

    def wrong(name: str, text: str) -> list[str]:
        data = yaml.load(text, Loader=EditorsReader)  # noqa: S506  # a safe loader with fewer types
        return [error.message for error in validator(name).iter_errors(data)]

    for plan in [*ROOT.glob("schedules/*/plan.yaml"), *ROOT.glob("tests/cases/**/plan.yaml")]:
        assert wrong("plan", plan.read_text(encoding="utf-8")) == [], plan
        for amendment in plan.parent.glob("amendments/*.yaml"):
            assert wrong("amendment", amendment.read_text(encoding="utf-8")) == [], amendment
    for event in ROOT.glob("schedules/events/*.yaml"):
        assert wrong("event", event.read_text(encoding="utf-8")) == [], event
    assert wrong("layout", layout_of_the_guide()) == []
    assert wrong("plan", "titel: x\nkind: k\nschedule: {}\n")
    assert wrong("plan", "title: x\nkind: k\n")
    assert wrong("amendment", "restate: {rows: [A], row: B}\n")
    assert wrong("amendment", "effective: 3 November 2003\n")
    assert wrong("amendment", "changes:\n  - {rename: A, too: B}\n")
    assert not wrong("amendment", "changes:\n  - {rename: A, to: B}\n  - {add: C, to: D, service_fee: 0.20%}\n")
    assert wrong("layout", "text: {wide: 3}\n")


@pytest.mark.parametrize("kind", sorted(path.parent.name for path in resources.TEMPLATES.glob("*/schedule.html.j2")))
def test_every_kind_has_a_worked_example_that_the_tests_build(kind: str) -> None:
    guide = (resources.TEMPLATES / kind / "README.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"`(tests/cases/(?:filed/)?[\w-]+)`", guide)
    assert f"\nkind: {kind}\n" in (ROOT / example / "plan.yaml").read_text(encoding="utf-8")
