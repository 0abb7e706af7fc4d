"""Recitals say what the changes are, each once, in English that a person would sign."""

from __future__ import annotations

import pytest

from tests.conftest import AMENDMENT, PLAN, Workspace

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


CLASS_PLAN = """\
title: Distribution Plan
kind: distribution-plan
form: {recital: whereas}
schedule:
  columns:
    fee: {heading: Maximum Distribution Fee, holds: rate}
  footnotes:
    - {mark: "*", text: Closed to new investors.}
"""
CLASSES = """\
number: 1
effective: 2003-11-03
restate:
  groups:
    - name: AIM FUNDS
      rows:
        - name: One Fund
          rows: [{name: Reserve Class, fee: 0.35%}, {name: Cash Class, fee: 0.10%}]
        - name: Two Fund
          mark: "*"
          rows: [{name: Reserve Class, fee: 0.35%}, {name: Cash Class, fee: {value: 0.20%, mark: "*"}}]
"""


def recital_of(workspace: Workspace, changes: str, plan: str = CLASS_PLAN, first: str = CLASSES) -> tuple[str, str]:
    """What the recital reflects, and the whole tree."""
    second = f"number: 2\neffective: 2003-11-24\nchanges:\n{changes}"
    files = {"plan.yaml": plan, "amendments/001.yaml": first, "amendments/002.yaml": second}
    workspace.write({f"schedules/p/{name}": text for name, text in files.items()})
    ran = workspace.run("show", "p/002", "--step", "tree")
    assert ran.code == 0, ran.err
    lines = [line for line in ran.out.splitlines() if " to reflect" in line]
    return (lines[0].split(" to reflect")[1].lstrip(", ") if lines else "", ran.out)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ("  - {remove_class: Reserve Class}\n", "the removal of Reserve Class of each Portfolio that has it;"),
        (
            "  - {set_class: Reserve Class, fee: 0.30%}\n",
            "the reduction of the Maximum Distribution Fee of Reserve Class of each Portfolio that has it "
            "from 0.35% to 0.30%;",
        ),
    ],
)
def test_a_class_that_not_every_fund_has(empty: Workspace, changes: str, says: str) -> None:
    three = f"{CLASSES}        - name: Three Fund\n          rows: [{{name: Cash Class, fee: 0.10%}}]\n"
    assert recital_of(empty, changes, first=three)[0] == says


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        (
            "  - {set_class: Reserve Class, fee: 0.30%}\n",
            "the reduction of the Maximum Distribution Fee of Reserve Class of each Portfolio from 0.35% to 0.30%;",
        ),
        (
            "  - {set_class: Reserve Class, fee: None}\n",
            "the elimination of the Maximum Distribution Fee of 0.35% for Reserve Class of each Portfolio;",
        ),
        (
            "  - {set_class: Cash Class, fee: 0.15%}\n",
            "the increase of the Maximum Distribution Fee of Cash Class of One Fund from 0.10% to 0.15%; and the "
            "reduction of the Maximum Distribution Fee of Cash Class of Two Fund from 0.20% to 0.15%;",
        ),
        (
            "  - {add_class: Class A, of: One Fund, fee: 0.25%}\n  - {add_class: Class C, of: One Fund, fee: 0.75%}\n",
            "the addition of Class A and Class C of One Fund;",
        ),
        (
            "  - {add_class: Class A, of: One Fund, fee: 0.25%}\n  - {add_class: Class A, of: Two Fund, fee: 0.25%}\n",
            "the addition of Class A of each of One Fund and Two Fund;",
        ),
        ("  - {add_class: Class A, fee: 0.25%}\n", "the addition of Class A of each Portfolio;"),
        ("  - {remove_class: Reserve Class}\n", "the removal of Reserve Class of each Portfolio;"),
        (
            "  - {redesignate_class: Cash Class, to: Class Y}\n",
            "the redesignation of Cash Class of each Portfolio as Class Y;",
        ),
        ('  - {set_footnote: "*", text: Closed.}\n', "the new wording of the footnote “*”;"),
        ('  - {set_footnote: "*", to: "1"}\n', "the change of the footnote “*”;"),
        ('  - {remove_footnote: "*"}\n', "the removal of the footnote “*”;"),
        ('  - {add_footnote: "**", text: New., of: [One Fund]}\n', "the addition of the footnote “**”;"),
        ("  - {set: Two Fund, mark: none}\n", "the removal of a footnote to Two Fund;"),
    ],
)
def test_classes_and_footnotes_are_said_once(workspace: Workspace, changes: str, says: str) -> None:
    assert recital_of(workspace, changes)[0] == says


@pytest.mark.parametrize(
    ("form", "says"),
    [
        (
            "whereas",
            "the addition of a Maximum Distribution Fee of 0.25% for One Fund and Two Fund; the change in name of "
            "Three Fund to Third Fund and the addition of its Maximum Distribution Fee of 0.25%; and the elimination "
            "of the Maximum Distribution Fee of 0.10% for Four Fund;",
        ),
        ("headed", "Addition of a Maximum Distribution Fee of 0.25%:"),
        ("headed", "Elimination of the Maximum Distribution Fee of 0.10%:"),
        ("headed", "Name Changes, with the addition of a Maximum Distribution Fee of 0.25%:"),
        ("table", "  row: Three Fund | Third Fund\n"),
        ("table", "a Maximum Distribution Fee of 0.25% for One Fund, Two Fund and Third Fund; the elimination "),
    ],
)
def test_a_fee_that_comes_or_goes_is_no_change(workspace: Workspace, form: str, says: str) -> None:
    first = """\
number: 1
effective: 2003-11-03
restate:
  rows:
    - {name: One Fund, fee: None}
    - {name: Two Fund, fee: N/A}
    - {name: Three Fund, fee: "-"}
    - {name: Four Fund, fee: 0.10%}
"""
    changes = """\
  - {set: One Fund, fee: 0.25%}
  - {set: Two Fund, fee: 0.25%}
  - {rename: Three Fund, to: Third Fund}
  - {set: Third Fund, fee: 0.25%}
  - {set: Four Fund, fee: None}
"""
    plan = CLASS_PLAN.replace("whereas", form)
    sentence, tree = recital_of(workspace, changes, plan, first)
    assert says in (sentence if form == "whereas" else tree)


def test_columns_and_groups_are_called_as_english_does(workspace: Workspace) -> None:
    """Rates under the name of a class are its rate, and a group called a fund is no fund Fund."""
    plan = CLASS_PLAN.replace("Maximum Distribution Fee", "Class A Shares").replace(
        "schedule:\n", "schedule:\n  group: Fund\n"
    )
    first = "number: 1\neffective: 2003-11-03\nrestate:\n  groups:\n"
    first += "    - {name: One Fund, rows: [{name: First, fee: 0.2%}]}\n"
    changes = "  - {set: First, fee: 0.1%}\n  - {rename_group: One Fund, to: Two Fund}\n"
    says = (
        "the reduction of the Class A Rate of First from 0.2% to 0.1%; and the change in name of One Fund to Two Fund;"
    )
    assert recital_of(workspace, changes, plan, first)[0] == says


def test_a_value_keeps_its_mark_unless_it_says_otherwise(workspace: Workspace) -> None:
    change = "  - {set: Cash Class, under: Two Fund, fee: FEE}\n"
    assert "Cash Class | 0.15%*\n" in recital_of(workspace, change.replace("FEE", "0.15%"))[1]
    without = change.replace("FEE", "{value: 0.15%, mark: none}")
    assert "Cash Class | 0.15%\n" in recital_of(workspace, without)[1]


def test_a_new_sign_stands_wherever_the_old_one_stood(workspace: Workspace) -> None:
    tree_of = recital_of(workspace, '  - {set_footnote: "*", to: "1", text: Closed.}\n')[1]
    assert "fund: Two Fund1\n" in tree_of
    assert "Cash Class | 0.20%1\n" in tree_of
    assert "paragraph footnote: 1 Closed.”\n" in tree_of
    gone = recital_of(workspace, '  - {remove_footnote: "*"}\n')[1]
    assert "Cash Class | 0.20%”\n" in gone
    assert "paragraph footnote" not in gone


def test_what_becomes_of_one_fund_is_one_phrase(workspace: Workspace) -> None:
    changes = """\
  - {rename: INVESCO Tax-Free Bond Fund, to: AIM Bond Fund}
  - {move: AIM Bond Fund, to: AIM GROWTH SERIES, new_group: true}
  - {set: AIM Bond Fund, service_fee: 0.20%, aggregate_fee: 0.95%}
"""
    says, whole = recital_of(workspace, changes, f"form: {{recital: whereas}}\n{PLAN}", AMENDMENT)
    assert says == (
        "the change in name of INVESCO Tax-Free Bond Fund to AIM Bond Fund, its move to the new registrant AIM GROWTH "
        "SERIES, the reduction of its Maximum Service Fee from 0.25% to 0.20% and the reduction of its Maximum "
        "Aggregate Fee from 1.00% to 0.95%;"
    )
    assert "head: AIM GROWTH SERIES |" in whole


def test_a_registrant_left_without_rows_goes_by_itself(workspace: Workspace) -> None:
    changes = """\
  - {add: AIM Core Fund, to: AIM GROWTH SERIES, new_group: true}
  - {move: INVESCO Tax-Free Bond Fund, to: AIM GROWTH SERIES}
  - {remove: INVESCO U.S. Government Securities Fund, reason: liquidated}
"""
    says, whole = recital_of(workspace, changes, f"form: {{recital: whereas}}\n{PLAN}", AMENDMENT)
    assert says == (
        "the addition of AIM Core Fund under the new registrant AIM GROWTH SERIES; the move of INVESCO Tax-Free Bond "
        "Fund to the new registrant AIM GROWTH SERIES; and the liquidation of INVESCO U.S. Government Securities Fund;"
    )
    assert "AIM BOND FUNDS" not in whole
    assert "AIM BOND FUNDS" not in workspace.run("show", "p", "--on", "2003-12-01").out


TWO_SCHEDULES = """\
title: Master Investment Advisory Agreement
kind: agreement
term: Agreement
form: {recital: whereas}
schedules:
  - name: Appendix A
    row: Fund
    columns: {day: {heading: Effective Date, holds: date}}
  - name: Appendix B
    row: Fund
    columns: {rate: {heading: Annual Rate, holds: breakpoints}}
"""
TWO = """\
number: 1
effective: 2003-11-03
restate:
  - schedule: Appendix A
    rows: [{name: One Fund, day: 2000-06-01}, {name: Two Fund, day: 2000-06-01}]
  - schedule: Appendix B
    values: {rate: [0.75% on first $150 million, 0.50% over $150 million]}
    rows: [One Fund, Two Fund]
"""


def test_each_schedule_is_named_once(workspace: Workspace) -> None:
    changes = """\
  - {remove: Two Fund, schedule: Appendix A, reason: liquidated}
  - {remove: Two Fund, schedule: Appendix B, reason: liquidated}
  - {add: Six Fund, schedule: Appendix A, day: 2003-11-24}
  - {set: One Fund, schedule: Appendix B, rate: [0.70% on first $150 million, 0.50% over $150 million]}
"""
    says, whole = recital_of(workspace, changes, TWO_SCHEDULES, TWO)
    assert "to reflect, in Appendix A and Appendix B, the" in whole
    assert says == (
        "in Appendix A and Appendix B, the liquidation of Two Fund; in Appendix A, the addition of Six Fund; and in "
        "Appendix B, the change of the Annual Rate of One Fund from 0.75% on first $150 million and 0.50% over $150 "
        "million to 0.70% on first $150 million and 0.50% over $150 million;"
    )


def test_names_in_the_signs_of_the_schedule_also_those_of_the_day(workspace: Workspace) -> None:
    files = {
        "schedules/p/plan.yaml": f"form: {{recital: whereas}}\n{PLAN}",
        "schedules/p/amendments/001.yaml": AMENDMENT.replace("INVESCO Tax-Free", "Children's"),
        "schedules/p/amendments/002.yaml": (
            "number: 2\neffective: 2003-11-24\nchanges:\n"
            "  - rename: Children's Bond Fund\n    to: Youth Bond Fund\n    effective: 2004-06-01\n"
        ),
        "schedules/p/amendments/003.yaml": (
            "number: 3\neffective: 2004-01-02\nchanges:\n  - remove: INVESCO U.S. Government Securities Fund\n"
            "    into: Children’s Bond Fund\n  - set: Children‘s Bond Fund\n    service_fee: 0.20%\n"
            "    aggregate_fee: 0.95%\n"
        ),
    }
    lines = workspace.write(files).run("show", "p/003", "--step", "tree").out.splitlines()
    (recital,) = (line for line in lines if line.startswith("paragraph recital"))
    assert "Securities Fund into Children's Bond Fund" in recital
    assert workspace.run("diff", "p/002", "p/003").out.count("Children's Bond Fund") == 2
