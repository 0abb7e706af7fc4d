"""The commands as a person runs them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import click
import pytest

from docgen import cli
from docgen.cli import options, terminal
from docgen.readers import READERS
from docgen.writers import WRITERS
from tests.conftest import AMENDMENT, PLAN, Workspace

SECOND = AMENDMENT.replace("number: 1", "number: 2").replace("2003-11-03", "2004-02-02")
SECOND = SECOND.replace("Tax-Free", "Municipal")


@pytest.fixture
def two(workspace: Workspace) -> Workspace:
    """The workspace with a second amendment to its plan, and a second plan."""
    return workspace.write(
        {
            "schedules/p/amendments/002.yaml": SECOND,
            "schedules/q/plan.yaml": PLAN.replace("Class B", "Class C"),
            "schedules/q/amendments/001.yaml": AMENDMENT,
        }
    )


def test_the_formats_of_the_command_are_those_of_the_writers() -> None:
    assert list(options.FORMATS) == list(WRITERS) == list(READERS)


def built(workspace: Workspace) -> list[str]:
    there = workspace.root / "build"
    files = [path.relative_to(there).as_posix() for path in there.rglob("*.*")]
    return sorted(name for name in files if not name.startswith(".docgen"))


@pytest.mark.parametrize("command", [(), *((name,) for name in cli.COMMANDS)])
def test_help_teaches(empty: Workspace, command: tuple[str, ...]) -> None:
    ran = empty.run(*command, "--help")
    assert ran.code == 0
    assert "Usage: docgen" in ran.out
    assert len(ran.out.split()) > 30


@pytest.mark.slow
@pytest.mark.parametrize(
    ("what", "papers"),
    [
        ((), ["p/001", "p/002", "q/001"]),
        (("p",), ["p/001", "p/002"]),
        (("p/002",), ["p/002"]),
        (("p/002", "q"), ["p/002", "q/001"]),
        (("schedules/p/amendments/002.yaml",), ["p/002"]),
        (("schedules/p/",), ["p/001", "p/002"]),
        (("p/001", "p"), ["p/001", "p/002"]),
    ],
)
def test_build_makes_what_is_named(two: Workspace, what: tuple[str, ...], papers: list[str]) -> None:
    ran = two.run("build", "--format", "txt,htm", *what)
    assert ran.code == 0
    files = [
        f"{paper}/{name}.{suffix}"
        for paper in papers
        for name in ("amendment", "schedule")
        for suffix in ("htm", "txt")
    ]
    assert built(two) == sorted(files)
    assert ran.out.splitlines()[-1] == f"{len(files)} files written under build/"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("build", "pp"), 'plan "pp" not found'),
        (("check", "p/003"), 'p has no amendment "003"'),
        (("build", "--format", "doc"), 'format "doc" not found'),
        (("show", "p", "--on", "2003"), "2003 is not a date"),
        (("show", "p", "--on", "1999-01-01"), "no schedule is in force on 1999-01-01"),
        (("show", "p", "--step", "tree"), "these options do not go together"),
        (("show", "p", "--document", "schedule"), "these options do not go together"),
        (("build", "--workspace", "nowhere"), "holds no schedules/"),
        (("check", "build/p/001"), "build/p/001: is where docgen writes\n    name the files in it, or p/001"),
        (("check", "./schedules/"), "./schedules/: is the folder of all plans\n    leave it out, or name a plan"),
        (("build", "."), ".: is the folder of all plans\n    leave it out, or name a plan"),
        (("nonsense",), "No such command"),
        (("chek",), 'Did you mean "check"?'),
        (("build", "--nonsense"), "No such option"),
    ],
)
def test_wrong_use_says_what_is_right(two: Workspace, arguments: tuple[str, ...], said: str) -> None:
    ran = two.run(*arguments)
    assert ran.code == 2
    assert said in ran.err
    assert built(two) == []


def test_outside_a_workspace(empty: Workspace) -> None:
    ran = empty.run("build")
    assert ran.code == 2
    assert "no folder here or above it holds schedules/" in ran.err


@pytest.mark.seconds
def test_workspace_is_found_upward_and_by_name(workspace: Workspace) -> None:
    below = Workspace(workspace.root / "schedules/p/amendments")
    ran = below.run("build", "--format", "txt")
    assert ran.out.splitlines()[0] == os.path.join("..", "..", "..", "build", "p", "001", "amendment.txt")
    other = Workspace(workspace.root.parent)
    assert other.run("check", "--workspace", str(workspace.root)).out == "No problems. 1 amendment checked.\n"


def test_problems_name_files_as_seen_from_here(workspace: Workspace) -> None:
    workspace.write({"schedules/p/amendments/001.yaml": "number: x\n"})
    ran = Workspace(workspace.root / "schedules/p").run("check")
    assert ran.err.startswith(os.path.join("..", "..", "schedules/p/amendments/001.yaml") + ":1: number: x is no")


@pytest.mark.seconds
def test_one_wrong_file_stops_the_build_of_all(two: Workspace) -> None:
    two.write({"schedules/q/amendments/001.yaml": "number: x\n"})
    ran = two.run("build")
    assert ran.code == 1
    assert ran.err.splitlines()[-1] == "1 problem. Nothing was written."
    assert built(two) == []
    assert two.run("build", "p", "--format", "txt").code == 0, "a plan is not held up by another that was not named"


def test_check_says_json(workspace: Workspace) -> None:
    assert json.loads(workspace.run("check", "--json").out) == {"problems": []}
    ran = workspace.write({"schedules/p/amendments/001.yaml": "number: x\n" + AMENDMENT[10:]}).run("check", "--json")
    assert ran.code == 1
    assert json.loads(ran.out) == {
        "problems": [
            {
                "file": "schedules/p/amendments/001.yaml",
                "line": 1,
                "key": "number",
                "severity": "error",
                "check": None,
                "found": "x is not an amendment's number",
                "remedy": "write a whole number from 1, or tbd in a draft",
            }
        ]
    }


def test_show_says_the_schedule_of_a_day(two: Workspace) -> None:
    assert "Tax-Free" in two.run("show", "p", "--on", "2004-02-01").out
    assert "Municipal" in two.run("show", "p", "--on", "2004-02-02").out
    assert "Municipal" in two.run("show", "p").out
    assert "Tax-Free" in two.run("show", "p/001").out


def test_show_says_json(two: Workspace) -> None:
    said = json.loads(two.run("show", "p", "--on", "2003-12-31", "--json").out)
    values = {"sales_charge": "0.75%", "service_fee": "0.25%", "aggregate_fee": "1.00%"}
    by = dict.fromkeys(values, "001")
    assert said == {
        "plan": "p",
        "on": "2003-12-31",
        "amendment": "001",
        "schedules": [
            {
                "name": "Schedule A",
                "columns": [
                    {"id": "sales_charge", "heading": "Maximum Asset Based Sales Charge"},
                    {"id": "service_fee", "heading": "Maximum Service Fee"},
                    {"id": "aggregate_fee", "heading": "Maximum Aggregate Fee"},
                ],
                "groups": [
                    {
                        "name": "AIM BOND FUNDS, INC.",
                        "rows": [
                            {"name": "INVESCO Tax-Free Bond Fund", "values": values, "set_by": by},
                            {"name": "INVESCO U.S. Government Securities Fund", "values": values, "set_by": by},
                        ],
                    }
                ],
            }
        ],
    }


@pytest.mark.parametrize(
    ("step", "document", "beginning"),
    [
        ("facts", "amendment", "plan:\n  title: Amended and"),
        ("markup", "amendment", '<document>\n<h1 class="title">AMENDMENT NO. 1<br/>'),
        ("tree", "amendment", "heading 1 title: AMENDMENT NO. 1 / TO THE"),
        ("tree", "schedule", "heading 1 schedule: SCHEDULE A / TO / THE"),
    ],
)
def test_steps_are_printed(workspace: Workspace, step: str, document: str, beginning: str) -> None:
    ran = workspace.run("show", "p/001", "--step", step, "--document", document)
    assert ran.out.startswith(beginning)


def test_warnings_print_and_do_not_stop(workspace: Workspace) -> None:
    workspace.write({"schedules/p/amendments/001.yaml": AMENDMENT.replace("service_fee: 0.25%", "service_fee: 0.30%")})
    ran = workspace.run("build", "--format", "txt")
    assert ran.code == 0
    assert "[fee-limit]" in ran.err
    assert ran.out.splitlines()[-1] == "2 files written under build/"


def test_no_colours_off_a_terminal_nor_where_none_are_wanted(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.write({"schedules/p/amendments/001.yaml": "number: x\n"})
    assert "\x1b" not in workspace.run("check").err
    assert terminal.colour() is None
    monkeypatch.setenv("NO_COLOR", "1")
    assert terminal.colour() is False


def test_a_bar_shows_on_a_terminal_for_more_than_a_handful(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal:
        def isatty(self) -> bool:
            return True

    for many, tty, hidden in ((6, True, False), (5, True, True), (6, False, True)):
        if tty:
            monkeypatch.setattr("sys.stderr", Terminal())
        else:
            monkeypatch.undo()
        assert terminal.hidden(many) is hidden


@pytest.mark.slow
def test_init_makes_a_workspace_that_builds(empty: Workspace) -> None:
    assert empty.run("init", "new").code == 0
    made = Workspace(empty.root / "new")
    assert made.run("check").out == "No problems. 1 amendment checked.\n"
    first = (made.root / "schedules/aim-class-b/amendments/002.yaml").read_text(encoding="utf-8").split("\n")[0]
    target = made.root / "schedules/aim-class-b/amendments" / first.removeprefix("# yaml-language-server: $schema=")
    assert json.loads(target.read_text(encoding="utf-8"))["title"] == "Amendment"
    assert made.run("build", "--format", "txt").code == 0
    again = empty.run("init", "new")
    assert again.code == 2
    assert "already exists and is not empty" in again.err


def test_every_command_answers_a_broken_pipe_and_an_interrupt_quietly(workspace: Workspace) -> None:
    """Ctrl-C is click's Abort: a word and exit code 1, no traceback."""

    @cli.main.command("halt")
    def halt() -> None:
        raise KeyboardInterrupt

    try:
        ran = workspace.run("halt")
    finally:
        del cli.main.commands["halt"]
    assert ran.code == 1
    assert "Aborted!" in ran.err
    assert isinstance(cli.main, click.Group)


@pytest.mark.slow
def test_two_hundred_funds(workspace: Workspace, tmp_path: Path) -> None:
    names = ["".join(f"        - Fund {g}.{n} “Growth” & Income\n" for n in range(25)) for g in range(8)]
    groups = "".join(f"    - name: Trust & Co. No. {g}\n      rows:\n{rows}" for g, rows in enumerate(names))
    workspace.write({"schedules/p/amendments/001.yaml": AMENDMENT.split("  groups:")[0] + "  groups:\n" + groups})
    assert workspace.run("build").code == 0
    text = (tmp_path / "build/p/001/amendment.txt").read_text(encoding="ascii")
    assert text.count("0.75%") == 200
    assert max(map(len, text.split("\n"))) <= 80


@pytest.mark.seconds
def test_strict_counts_the_warnings_that_nobody_accepted(workspace: Workspace) -> None:
    above = AMENDMENT.replace("service_fee: 0.25%", "service_fee: 0.30%")
    work = workspace.write({"schedules/p/amendments/001.yaml": above})
    assert (work.run("check").code, work.run("check", "--strict").code) == (0, 1)
    refused = work.run("build", "--strict", "--format", "txt")
    assert (refused.code, (work.root / "build/p").exists()) == (1, False)
    assert "1 warning. Nothing was written." in refused.err + refused.out
    assert work.run("build", "--format", "txt").code == 0
    assert work.run("build", "--strict", "--format", "txt").code == 1
    work.write({"schedules/p/amendments/001.yaml": f"accept: [{{check: fee-limit, why: approved, by: NN}}]\n{above}"})
    check, build = work.run("check", "--strict"), work.run("build", "--strict", "--format", "txt")
    assert (check.code, build.code) == (0, 0)
    assert check.out == "No problems. 1 amendment checked. 1 warning was accepted.\n"


@pytest.mark.seconds
def test_strict_saves_nothing_where_a_file_has_a_warning(workspace: Workspace) -> None:
    work = workspace.write({"schedules/p/amendments/001.yaml": f"exhibit: DRAFT of Exhibit m(2)\n{AMENDMENT}"})
    strict = ("build", "--strict", "--format", "txt,htm")
    refused = work.run(*strict)
    assert (refused.code, (work.root / "build/p").exists()) == (1, False)
    assert "[D14]" in refused.err
    assert "Nothing was written" in refused.err + refused.out
    assert work.run("build", "--format", "txt,htm").code == 0
    before = {path: path.read_bytes() for path in (work.root / "build/p").rglob("*.*")}
    assert work.run(*strict).code == 1
    other = AMENDMENT.replace("number: 1", "number: 1\nreason: for a reason")
    work.write({"schedules/p/amendments/001.yaml": f"exhibit: DRAFT of Exhibit m(2)\n{other}"})
    assert work.run(*strict).code == 1
    assert before
    assert {path: path.read_bytes() for path in before} == before


def test_strict_lets_a_note_pass(workspace: Workspace) -> None:
    on_a_sunday = AMENDMENT.replace("2003-11-03", "2003-11-23")
    work = workspace.write({"schedules/p/amendments/001.yaml": on_a_sunday})
    for _ in range(2):
        ran = work.run("build", "--strict", "--format", "txt")
        assert (ran.code, "is a Sunday" in ran.err) == (0, True)
