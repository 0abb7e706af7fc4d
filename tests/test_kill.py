"""A kill at any moment, and two commands at once, leave whole sets: a few of what `make kill` tries."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from docgen.files import lock
from docgen.workspace.plan_reading import SCHEDULES
from tests import at_once, kill
from tests.conftest import ROOT, Workspace, examples

CHEAP = ("new", "event", "build", "seal a document")


def ran(module: str, *arguments: str) -> str:
    """What a program of the tests prints, which says itself whether all was well."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=3000, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.slow
def test_every_set_is_whole_after_a_kill() -> None:
    most = examples(3)
    said = ran("tests.kill", "--most", str(most), *CHEAP)
    assert said == "".join(f"{case.name}: {most} moments, 0 wrong\n" for case in kill.CASES if case.name in CHEAP)


@pytest.mark.slow
def test_two_commands_at_once_lose_nothing() -> None:
    pairs = examples(len(at_once.PAIRS) + 3)
    said = ran("tests.at_once", "--times", "1", "--pairs", str(pairs))
    assert len(re.findall("1 times, 0 wrong", said)) == min(pairs, len(at_once.PAIRS))


def test_who_is_at_work_is_said(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "PATIENCE", 0.1)
    before = kill.tree(workspace.root)
    with lock.held(workspace.root, "docgen build", print):
        ran = workspace.run("new", "p")
    assert ran.code == 1
    assert re.search(r"^docgen build, process \d+ is at work in this workspace; waiting for it\.$", ran.err, re.M)
    assert "is at work in this workspace\n    wait for its end, and run the same command" in ran.err
    assert kill.tree(workspace.root) == before
    assert workspace.run("new", "p").code == 0


def test_a_command_waits_for_another(workspace: Workspace) -> None:
    taken = threading.Event()

    def work() -> None:
        with lock.held(workspace.root, "docgen build", print):
            taken.set()
            time.sleep(0.3)

    other = threading.Thread(target=work)
    other.start()
    taken.wait()
    ran = workspace.run("new", "p")
    other.join()
    assert ran.code == 0
    assert ran.err.endswith("is at work in this workspace; waiting for it.\n")
    assert not (workspace.root / lock.LOCK).exists()


def test_a_lock_that_a_killed_command_left_is_none(workspace: Workspace) -> None:
    workspace.write({lock.LOCK: "docgen build, process 1"})
    assert workspace.run("new", "p").code == 0


def test_a_reader_takes_no_lock(workspace: Workspace) -> None:
    with lock.held(workspace.root, "docgen build", print):
        assert workspace.run("check").code == 0
        assert workspace.run("show", "p").code == 0


def test_a_set_that_was_broken_off_is_said(workspace: Workspace) -> None:
    part = workspace.root / SCHEDULES / "p/amendments/.002.yaml.part"
    part.write_text("number: 2\n")
    journal = '{"files": ["schedules/p/amendments/002.yaml"], "remove": [], "folder": ""}'
    workspace.write({"build/.docgen/set.begun": journal})
    said = workspace.run("check")
    assert said.err == "A command was broken off here; what it had begun to write is cleared: 1 file.\n"
    assert not part.exists()
    assert workspace.run("check").err == ""


def test_a_set_that_counts_is_finished(workspace: Workspace) -> None:
    draft = Path("schedules/p/amendments/002.yaml")
    workspace.write({f"{draft.parent}/.{draft.name}.part": "number: 2\ndraft: true\nchanges: []\n"})
    journal = f'{{"files": ["{draft}"], "remove": ["schedules/p/old.txt"], "folder": ""}}'
    workspace.write({"build/.docgen/set.committed": journal, "schedules/p/old.txt": "old"})
    said = workspace.run("check")
    assert said.err.startswith("A command was broken off here; what it had begun to write is finished: 1 file.\n")
    assert (workspace.root / draft).exists()
    assert not (workspace.root / "schedules/p/old.txt").exists()


@pytest.mark.parametrize("names", ['["../out.txt"]', '["/tmp/out.txt"]', "[1]", "7", '["a\\u0000b"]'])
@pytest.mark.parametrize("name", ["begun", "committed"])
def test_a_journal_leads_nowhere_else(workspace: Workspace, names: str, name: str) -> None:
    (workspace.root.parent / "out.txt").write_text("mine")
    (workspace.root.parent / ".out.txt.part").write_text("theirs")
    journal = f'{{"files": {names}, "remove": ["../out.txt"], "folder": ""}}'
    workspace.write({f"build/.docgen/set.{name}": journal})
    workspace.run("check")
    assert (workspace.root.parent / "out.txt").read_text() == "mine"
    assert (workspace.root.parent / ".out.txt.part").read_text() == "theirs"


@pytest.mark.parametrize("content", [b"", b"\xff\xfe"])
def test_a_lock_without_a_name_is_another_commands(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    monkeypatch.setattr(lock, "PATIENCE", 0.1)
    with lock.held(workspace.root, "docgen build", print):
        (workspace.root / lock.LOCK).write_bytes(content)
        ran = workspace.run("new", "p")
    assert "another docgen command is at work in this workspace; waiting for it.\n" in ran.err
