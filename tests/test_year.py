"""The year around an amendment: lists over all plans, worked out from what is typed once; their golden texts stand
beside the plans of `cases/complex`."""

from __future__ import annotations

import datetime
import io
import json
from collections import Counter
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.consolidation import fund_classes
from docgen.consolidation.plan_folder import PlanFolder
from docgen.problems import fold_signs
from docgen.reports import coverage, schedule_in_force
from docgen.workspace.load import load
from tests import making
from tests.conftest import HERE, PLAIN, PLAN, Golden, Workspace
from tests.test_laws import LAWS

COMPLEX = HERE / "cases" / "complex"
DAYS = ["2003-11-03", "2003-11-30", "2004-06-30", "2004-10-15", "2005-03-31", "2005-12-31"]


@pytest.fixture
def family(empty: Workspace) -> Workspace:
    """Two families of funds through two years: six plans, forty amendments, two events."""
    (empty.root / "schedules").symlink_to(COMPLEX / "schedules")
    return empty


def holds(golden: Golden, work: Workspace, file: str, *command: str) -> None:
    """What a command prints is the golden text of that name."""
    ran = work.run(*command)
    assert (ran.code, ran.err) == (0, "")
    golden.holds(COMPLEX / file, ran.out)


@pytest.mark.slow
def test_the_family_has_no_slips(family: Workspace) -> None:
    ran = family.run("check")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("No problems. 40 amendments checked.")


def test_the_matrix_of_a_family(family: Workspace, golden: Golden) -> None:
    holds(golden, family, "matrix.txt", "matrix")
    holds(golden, family, "matrix-2003-11-30.txt", "matrix", "--on", "2003-11-30", "aim-class-a", "aim-investor-class")


def looks(name: str) -> str:
    """What a name looks like, capitals apart."""
    return fold_signs(name).casefold()


def standings_of_show(text: str, classes: tuple[str, ...]) -> Counter[Any]:
    """Each row of `show --json` that has values: where it stands, of whom it is, what it says."""
    data = json.loads(text)
    result: Counter[Any] = Counter()
    for schedule in data["schedules"]:
        for group in schedule["groups"]:
            for row in group["rows"]:
                for line in row.get("rows") or [row]:
                    under = line is not row and not ("$" in line["name"] and " " in line["name"])
                    values = tuple(line["values"].values())
                    named = (line["name"],) if under else classes
                    result[data["plan"], schedule["name"], group["name"], looks(row["name"]), named, values] += 1
    return result


def standings_of_matrix(text: str) -> Counter[Any]:
    """The same of `matrix --json`."""
    data = json.loads(text)
    result: Counter[Any] = Counter()
    for row in data["rows"]:
        for column, cell in zip(data["columns"], row["cells"], strict=True):
            for entry in cell:
                place = (column["plan"], column["schedule"], entry["group"], looks(row["fund"]))
                result[(*place, tuple(column["classes"]), tuple(entry["values"].values()))] += 1
    return result


@pytest.mark.parametrize("day", DAYS)
def test_the_matrix_and_show_agree_in_every_cell_of_a_family(day: str) -> None:
    plans = load(COMPLEX).plans
    on = datetime.date.fromisoformat(day)
    shown: Counter[Any] = Counter()
    for plan in plans:
        amendment = plan.in_force(on)
        assert amendment
        text = schedule_in_force.as_json(plan, amendment, on, plan.schedules_on(on))
        shown += standings_of_show(text, plan.facts.share_classes)
    assert standings_of_matrix(coverage.as_json(coverage.coverage(plans, on))) == shown


def final(plan: PlanFolder, name: str, classes: tuple[str, ...]) -> PlanFolder:
    """A plan whose one amendment is in force."""
    (amendment,) = plan.amendments
    facts = amendment.facts.model_copy(update={"draft": False})
    in_force = replace(amendment, facts=facts, after=amendment.schedules)
    return replace(
        plan, id=name, facts=plan.facts.model_copy(update={"share_classes": classes}), amendments=(in_force,)
    )


@pytest.mark.slow
@settings(LAWS, max_examples=20)
@given(st.lists(st.tuples(making.plans(), st.sampled_from([(), ("Class A",), ("Class A", "Class C")])), max_size=2))
def test_the_matrix_and_show_agree_in_every_cell(drawn: list[tuple[PlanFolder, tuple[str, ...]]]) -> None:
    plans = [final(plan, f"plan-{number}", classes) for number, (plan, classes) in enumerate(drawn)]
    shown: Counter[Any] = Counter()
    for plan in plans:
        (amendment,) = plan.amendments
        entries = fund_classes.of_plan(plan)
        assert sum(1 for _ in entries) == sum(1 for s in amendment.after for _, line, _ in s.lines() if not line.rows)
        text = schedule_in_force.as_json(plan, amendment, None, amendment.after)
        shown += standings_of_show(text, plan.facts.share_classes)
    assert standings_of_matrix(coverage.as_json(coverage.coverage(plans, None))) == shown


def test_the_matrix_as_a_sheet_has_rates_as_numbers(family: Workspace) -> None:
    ran = family.run("matrix", "--format", "xlsx,htm", "aim-class-b", "aim-investor-class")
    assert ran.out.splitlines()[-1] == "2 files written under build/"
    folder = family.root / "build/lists"
    name = "matrix-aim-class-b-aim-investor-class"
    sheet = openpyxl.load_workbook(io.BytesIO((folder / f"{name}.xlsx").read_bytes()))["List"]
    assert [cell.value for cell in sheet[1]] == [
        "Fund",
        "aim-class-b\nClass B\nMaximum Asset Based Sales Charge",
        "aim-class-b\nClass B\nMaximum Service Fee",
        "aim-class-b\nClass B\nMaximum Aggregate Fee",
        "aim-investor-class\nInvestor Class\nMaximum Distribution Fee",
    ]
    assert [cell.value for cell in sheet[3]] == ["AIM Energy Fund", 0.0075, 0.002, 0.0095, 0.0025]
    assert sheet["C3"].number_format == "0.00%"
    page = (folder / f"{name}.htm").read_text(encoding="ascii")
    assert "AIM Energy Fund" in page
    assert "0.75%/0.20%/0.95%" in page


def test_a_list_goes_when_it_is_not_what_would_be_made(workspace: Workspace) -> None:
    path = workspace.root / "build/lists/matrix.htm"
    assert workspace.run("matrix", "--format", "htm").code == 0
    assert workspace.run("build", "--format", "txt").code == 0
    assert path.exists()
    files = {name.replace("/p/", "/q/"): text for name, text in PLAIN.items()}
    workspace.write(files | {"schedules/q/plan.yaml": PLAN.replace("Class B", "Class C")})
    ran = workspace.run("build", "--format", "txt")
    assert "to make it again: docgen matrix --format htm" in ran.out
    assert not path.exists()
