"""Recitals say what the changes are, each once, in English that a person would sign."""

from __future__ import annotations

import pytest

from tests.conftest import PLAN, Workspace

CHANGES = """\
number: 2
effective: 2003-11-24
changes:
  - add: AIM One Fund
    to: AIM BOND FUNDS, INC.
  - add: AIM Two Fund
    to: AIM BOND FUNDS, INC.
  - remove: INVESCO U.S. Government Securities Fund
    reason: merged into AIM One Fund
    effective: 2003-12-01
  - add: AIM Three Fund
    to: AIM BOND FUNDS, INC.
  - set: AIM One Fund
    service_fee: 0.20%
    aggregate_fee: 0.95%
  - rename: INVESCO Tax-Free Bond Fund
    to: AIM Tax-Free Bond Fund
  - rename_group: AIM BOND FUNDS, INC.
    to: AIM BOND FUNDS
  - rename_all: Fund
    to: Portfolio
    except: [AIM Two Fund]
"""
SENTENCE = (
    "WHEREAS, the parties desire to amend the Plan to reflect the addition of AIM One Fund, AIM Two Fund and "
    "AIM Three Fund; the merger of INVESCO U.S. Government Securities Fund into AIM One Fund, effective December 1, "
    "2003; the change in name of INVESCO Tax-Free Bond Fund to AIM Tax-Free Bond Fund; the change in name of the "
    "registrant AIM BOND FUNDS, INC. to AIM BOND FUNDS; and the change of “Fund” to “Portfolio” in the name of each "
    "Portfolio that bears it, with the exception of AIM Two Fund;"
)


def tree(workspace: Workspace, form: str, amendment: str = CHANGES) -> list[str]:
    files = {
        "schedules/p/plan.yaml": f"form: {{recital: {form}}}\n{PLAN}",
        "schedules/p/amendments/002.yaml": amendment,
    }
    ran = workspace.write(files).run("show", "p/002", "--step", "tree")
    assert ran.code == 0, ran.err
    return ran.out.splitlines()


def test_one_sentence(workspace: Workspace) -> None:
    lines = tree(workspace, "whereas")
    assert f"paragraph recital: {SENTENCE}" in lines
    assert "paragraph clause: NOW, THEREFORE, the parties agree that:" in lines


def test_a_list(workspace: Workspace) -> None:
    items = [line for line in tree(workspace, "list") if line.startswith("paragraph item")]
    assert items[0] == "paragraph item: (1) the addition of AIM One Fund, AIM Two Fund and AIM Three Fund;"
    assert items[-2].endswith("; and")
    assert len(items) == 5


def test_none_as_the_seed_has_it(workspace: Workspace) -> None:
    assert not [line for line in tree(workspace, "none") if "WHEREAS" in line or "THEREFORE" in line]


def test_a_recital_by_hand_stands_and_has_to_name_each_change(workspace: Workspace) -> None:
    renamed = "changes:\n  - rename: INVESCO Tax-Free Bond Fund\n    to: AIM Tax-Free Bond Fund\n"
    by_hand = f"number: 2\neffective: 2003-11-24\n{renamed}"
    good = "WHEREAS, INVESCO Tax-Free Bond Fund is called AIM Tax-Free Bond Fund;"
    assert f"paragraph recital: {good}" in tree(workspace, "whereas", f"recital: {good}\n{by_hand}")
    workspace.write({"schedules/p/amendments/002.yaml": f"recital: WHEREAS, INVESCO Tax-Free Fund changes;\n{by_hand}"})
    ran = workspace.run("check")
    assert ran.err.count("the recital does not name") == 2


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["txt", "htm", "pdf"])
def test_every_format_has_it(workspace: Workspace, suffix: str) -> None:
    tree(workspace, "list")
    assert workspace.run("build", "p/002", "--format", suffix).code == 0


def test_rates_are_those_of_the_group_that_is_meant(workspace: Workspace) -> None:
    form = "schedule:\n  group: Class\n"
    first = """\
number: 1
effective: 2003-11-03
restate:
  values: {sales_charge: 0.75%, service_fee: 0.25%, aggregate_fee: 1.00%}
  groups:
    - name: Class A
      rows: [One Fund]
    - name: Class B
      values: {service_fee: 0.15%, aggregate_fee: 0.90%}
      rows: [One Fund]
"""
    second = "number: 2\neffective: 2003-11-24\nchanges:\n  - {set: One Fund, group: Class B, service_fee: 0.20%}\n"
    files = {
        "schedules/p/plan.yaml": "form: {recital: whereas}\n"
        + PLAN.replace("rule: 12b-1\n", "").replace("schedule:\n", form),
        "schedules/p/amendments/001.yaml": first,
        "schedules/p/amendments/002.yaml": second,
    }
    ran = workspace.write(files).run("show", "p/002", "--step", "tree")
    assert "the increase of the Maximum Service Fee of One Fund under Class B from 0.15% to 0.20%" in ran.out
