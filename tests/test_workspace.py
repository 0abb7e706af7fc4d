"""A command reads each file once, runs the rules once, applies each change once and renders each document once."""

from __future__ import annotations

import shutil
from collections import Counter
from typing import Any

import pytest

from docgen import checks
from docgen.consolidation import apply
from docgen.document import render, template_context
from docgen.model import yaml_reader
from tests.conftest import PLAN, ROOT, Workspace

COMMANDS = [
    ("check",),
    ("build", "--format", "txt"),
    ("diff", "aim-class-b/002", "aim-class-b/004"),
    ("diff", "aim-class-b/003", "aim-class-b/004", "--format", "memo"),
    ("diff", "aim-class-b@2003-11-10", "aim-class-b@2004-12-31", "--format", "table"),
    ("redline", "aim-class-b/003", "--format", "htm"),
    ("redline", "aim-class-b/004", "--against", "aim-class-b/003", "--format", "htm"),
    ("redline", "aim-class-b/004", "--against", "colleague.yaml", "--format", "htm"),
    ("show", "aim-class-b", "--on", "2004-01-01"),
    ("history", "AIM Energy Fund"),
]


@pytest.fixture
def shipped(empty: Workspace) -> Workspace:
    shutil.copytree(ROOT / "schedules", empty.root / "schedules")
    shutil.copy(ROOT / "schedules/aim-class-b/amendments/004.yaml", empty.root / "colleague.yaml")
    return empty


def counted(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> list[tuple[Any, ...]]:
    """The arguments of every call of a function from now on."""
    calls: list[tuple[Any, ...]] = []
    function = getattr(module, name)

    def call(*args: Any, **kwargs: Any) -> Any:
        calls.append(args)
        return function(*args, **kwargs)

    monkeypatch.setattr(module, name, call)
    return calls


@pytest.mark.seconds
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_each_file_is_read_once_and_the_rules_run_once(
    shipped: Workspace, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    read, run = counted(monkeypatch, yaml_reader, "read"), counted(monkeypatch, checks, "check")
    assert shipped.run(*command).code == 0
    files = Counter(name for name, _ in read if name.startswith(("schedules/", "colleague")))
    assert len(files) >= 5
    assert set(files.values()) == {1}
    assert len(run) == 1


@pytest.mark.parametrize("command", [("show", "p"), ("diff", "p/001", "p/001"), ("export", "p", "p.csv")], ids=" ".join)
def test_a_command_that_looks_at_a_plan_reads_no_other_but_what_it_restates(
    workspace: Workspace, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    amendment = "number: 1\neffective: 2005-01-01\nchanges: [{remove: AIM Government Fund}]\n"
    for plan, restates in (("q", "restates: p\n"), ("other", "")):
        text = restates + PLAN.replace("Amended and Restated", f"Other {plan}")
        workspace.write({f"schedules/{plan}/plan.yaml": text, f"schedules/{plan}/amendments/001.yaml": amendment})
    read = counted(monkeypatch, yaml_reader, "read")
    assert workspace.run(*command).code == 0
    names = sorted(name.removeprefix("schedules/") for name, _ in read)
    assert names == [
        "other/plan.yaml",
        *(f"{plan}/{file}.yaml" for plan in "pq" for file in ("amendments/001", "plan")),
    ]


@pytest.mark.seconds
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_each_change_is_applied_once(
    shipped: Workspace, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    applied = counted(monkeypatch, apply, "carry_out")
    assert shipped.run(*command).code == 0
    typed = Counter((at.source.file, at.loc) for _, at in applied if at.source.file.endswith(".yaml"))
    assert len(typed) >= 4
    assert set(typed.values()) == {1}


@pytest.mark.slow
def test_check_renders_each_document_once(shipped: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    assert shipped.run("build").code == 0
    assert shipped.run("seal", "aim-class-b/002", "--signed", "2003-11-03").code == 0
    rendered = counted(monkeypatch, render, "_document")
    contexts = counted(monkeypatch, template_context, "build")
    assert shipped.run("check").code == 0
    names = Counter((plan.id, amendment.id, name) for plan, amendment, name, _, _ in rendered)
    assert len(names) == 14
    assert set(names.values()) == {1}
    papers = Counter((plan.id, amendment.id) for plan, amendment, _ in contexts)
    assert len(papers) == 7
    assert set(papers.values()) == {1}
