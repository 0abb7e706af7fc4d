"""What shows while a person types is what a load of the saved file would say; and nothing keeps the page from it."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("starlette", reason="Starlette is not installed: make test installs it")

from starlette.responses import PlainTextResponse  # after it is known to be there
from starlette.testclient import TestClient

from docgen.document import render
from docgen.page import live_workspace, opening, previews
from docgen.page.live_workspace import LiveWorkspace, Snapshot
from docgen.problems import Problem
from tests.conftest import ROOT, THIRD, Workspace
from tests.test_page import Browser, browser  # noqa: F401  # a fixture

PLANS = (
    "schedules/aim-class-b", "schedules/invesco-investor-class", "tests/cases/two-schedules", "tests/cases/class-rows",
    "tests/cases/filed/aim-class-b-restated",
)  # fmt: skip
HEIR = """\
title: Fourth Amended and Restated Master Distribution Plan
kind: distribution-plan
restates: aim-class-b
share_classes: [Class B]
dated: 2004-08-18
schedule:
  columns:
    asset_based_sales_charge: {heading: Maximum Asset Based Sales Charge, holds: rate}
    service_fee: {heading: Maximum Service Fee, holds: rate}
    aggregate_fee: {heading: Maximum Aggregate Fee, holds: rate}
"""
FIRST = "number: 1\neffective: 2004-11-04\nchanges:\n  - rename: AIM Energy Fund\n    to: AIM Power Fund\n"
BROKEN = {
    "schedules/heir/plan.yaml": HEIR,
    "schedules/heir/amendments/001.yaml": FIRST,
    "schedules/class-rows/amendments/900.yaml": "number: 900\nchanges: [\n",
    "schedules/class-rows/amendments/901.yaml": "number: 901\neffective: 2030-01-01\nchanges:\n  - remove: A Fund\n",
}


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Filed plans in one workspace as it is read; one plan restates another, and one cannot be read to its end."""
    root = tmp_path_factory.mktemp("several")
    for name in PLANS:
        shutil.copytree(ROOT / name, root / "schedules" / Path(name).name)
    shutil.copytree(ROOT / "schedules/events", root / "schedules/events")
    Workspace(root).write(BROKEN)
    snapshot = LiveWorkspace(root).snapshot()
    assert snapshot.plan("heir")
    assert snapshot.paper("heir", "001")
    return snapshot


EDITS = (
    "", "number: 7", "  - remove: INVESCO Energy Fund", "effective: 2003-13-01", "service_fee: 0.90%", "draft: true",
    "a: [", "plan: {title: Another Plan}",
)  # fmt: skip


def law(several: Snapshot, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from([file for plan in several.files.values() for file in plan.values()]))
    lines = path.read_text(encoding="utf-8").split("\n")
    at, line = data.draw(st.integers(0, len(lines) - 1)), data.draw(st.sampled_from(EDITS))
    before, text = path.read_bytes(), "\n".join([*lines[:at], line, *lines[at + 1 :]]).encode()
    file, plan = path.relative_to(several.root).as_posix(), path.parent.parent.name
    live, quick = live_workspace.with_text(several, file, text), previews.of_text(several, plan, file, text)
    path.write_bytes(text)
    try:
        cold = LiveWorkspace(several.root).snapshot()
    finally:
        path.write_bytes(before)
    assert live.problems == cold.problems
    assert live.workspace == cold.workspace
    paper = cold.paper(plan, path.stem)
    if paper and not quick.problems:
        assert quick.documents == previews.of_paper(paper).documents
    shown = previews.with_rules(quick, several, file, text).problems
    assert as_shown(cold.problems_of(file)) <= as_shown(shown)


def as_shown(problems: Iterable[Problem]) -> set[Problem]:
    """Problems without what one follows from, which nobody sees."""
    return {replace(problem, fact=(), follows=()) for problem in problems}


@pytest.mark.seconds
@settings(max_examples=5)
@given(st.data())
def test_what_shows_while_a_person_types_is_what_a_load_says(several: Snapshot, data: st.DataObject) -> None:
    law(several, data)


@pytest.mark.slow
@pytest.mark.long
@settings(max_examples=300)
@given(st.data())
def test_what_shows_is_what_a_load_says_of_many_texts(several: Snapshot, data: st.DataObject) -> None:
    law(several, data)


ENDLESS = "{% set all = schedules[0].groups %}" + "{% for g in all %}" * 9 + "x" + "{% endfor %}" * 9


@pytest.mark.seconds
def test_a_template_that_never_ends_is_ended(
    browser: Browser,  # noqa: F811
    amended: Workspace,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(render, "SECONDS", 0.2)
    amended.write({"templates/distribution-plan/amendment.html.j2": ENDLESS})
    assert "the template would take more than" in browser.get("/plans/aim-class-b/003")
    (amended.root / "templates/distribution-plan/amendment.html.j2").unlink()
    assert "would take" not in browser.get("/plans/aim-class-b/003")


def test_the_plans_are_there_while_docgen_is_loaded(amended: Workspace) -> None:
    gate = threading.Event()

    def make() -> PlainTextResponse:
        gate.wait(20)
        return PlainTextResponse("all is there")

    with TestClient(opening.opening(amended.root, make)) as client:
        page = client.get("/").text
        assert "being read and checked" in page
        assert "/plans/aim-class-b/002" in page
        assert client.get("/static/page.css").status_code == 200
        gate.set()
        assert client.get("/index.json").text == client.get("/").text == "all is there"


def test_the_rules_follow_what_is_typed(browser: Browser) -> None:  # noqa: F811
    fields = {"basis": browser.basis("/plans/aim-class-b/003"), "changes[7].service_fee": "0.90%"}
    assert 'hx-post="/rules/aim-class-b/003"' in browser.post("/form-check/aim-class-b/003", fields, 200)
    part = browser.post("/rules/aim-class-b/003", fields, 200)
    assert "0.90% is above 0.25%" in part
    assert 'hx-swap-oob="beforeend:#problems-' in part
    text = THIRD.replace("service_fee: 0.20%", "service_fee: 0.90%")
    assert "0.90% is above 0.25%" in browser.post("/rules/aim-class-b/003", {"text": text}, 200)
    whole = browser.post("/check/aim-class-b/003", {"text": text, "page": "yes"}, 200)
    assert "0.90% is above 0.25%" in whole
    assert "0.90% is above" in browser.post("/form/aim-class-b/003", {**fields, "do": "check"}, 200)
    assert "above" not in browser.post("/rules/aim-class-b/003", {"text": "a: ["}, 200)
