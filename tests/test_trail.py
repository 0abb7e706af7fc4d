"""What became of a fund: which amendment set each value, and its history across plans."""

from __future__ import annotations

import json

import pytest

from tests.conftest import AMENDMENT, HERE, PLAN, Golden, Workspace

VOTES = """\
approvals:
  - {by: the Board of Directors of AIM Bond Funds, on: 2004-01-15, independent: true}
  - {by: the shareholders, on: 2004-01-20, holders: true}
"""
SECOND = """\
number: 2
effective: 2004-01-01
changes:
  - set: INVESCO Tax-Free Bond Fund
    service_fee: 0.20%
    aggregate_fee: 0.95%
  - rename: INVESCO Tax-Free Bond Fund
    to: AIM Tax-Free Bond Fund
    effective: 2004-03-01
  - remove: INVESCO U.S. Government Securities Fund
    into: AIM Government Fund
"""
THIRD = f"""\
number: 3
effective: 2004-06-01
{VOTES}changes:
  - add_group: AIM STOCK FUNDS
    rows: [AIM Dynamics Fund]
    service_fee: 0.25%
    aggregate_fee: 1.00%
  - move: AIM Tax-Free Bond Fund
    to: AIM STOCK FUNDS
  - remove_group: AIM BOND FUNDS, INC.
  - rename_group: AIM STOCK FUNDS
    to: AIM FUNDS
  - set: AIM Tax-Free Bond Fund
    service_fee: 0.25%
    aggregate_fee: 1.00%
"""
BREAKPOINTS = """\
number: 2
effective: 2001-01-01
changes:
  - {schedule: Appendix A, remove: AIM Balanced Fund, into: AIM Value Fund}
  - {schedule: Appendix B, remove_group: AIM Balanced Fund, reason: merged into AIM Value Fund}
  - {schedule: Appendix B, rename: First $150 million, to: First $200 million}
  - {schedule: Appendix B, remove: Over $150 million}
  - {schedule: Appendix B, add: Over $200 million, rate: 0.60%}
  - {schedule: Appendix B, set: First $200 million, rate: 0.75%}
"""


@pytest.fixture
def chain(workspace: Workspace) -> Workspace:
    first, second = "schedules/p/amendments/002.yaml", "schedules/p/amendments/003.yaml"
    return workspace.write({first: SECOND, second: THIRD})


def rows(workspace: Workspace, *arguments: str) -> dict[str, dict[str, str]]:
    shown = json.loads(workspace.run("show", *arguments, "--json").out)
    return {row["name"]: row["set_by"] for group in shown["schedules"][0]["groups"] for row in group["rows"]}


def test_each_value_has_the_amendment_that_set_it(chain: Workspace) -> None:
    after_two = {"sales_charge": "001", "service_fee": "002", "aggregate_fee": "002"}
    assert rows(chain, "p", "--on", "2004-02-01") == {"INVESCO Tax-Free Bond Fund": after_two}
    assert rows(chain, "p", "--on", "2004-04-01") == {"AIM Tax-Free Bond Fund": after_two}
    assert rows(chain, "p") == {
        "AIM Dynamics Fund": dict.fromkeys(after_two, "003"),
        "AIM Tax-Free Bond Fund": {"sales_charge": "001", "service_fee": "003", "aggregate_fee": "003"},
    }
    line = next(line for line in chain.run("show", "p").out.splitlines() if "Tax-Free" in line)
    assert line.endswith("003, Maximum Asset Based Sales Charge 001")


def test_a_restatement_sets_only_what_it_changes(workspace: Workspace) -> None:
    again = AMENDMENT.replace("number: 1", "number: 2").replace("2003-11-03", "2004-01-01")
    again = again.replace(
        "        - INVESCO Tax-Free Bond Fund\n", "        - {name: INVESCO Tax-Free Bond Fund, service_fee: 0.20%}\n"
    )
    workspace.write({"schedules/p/amendments/002.yaml": again})
    changed, same = rows(workspace, "p").values()
    assert changed == {"sales_charge": "001", "service_fee": "002", "aggregate_fee": "001"}
    assert set(same.values()) == {"001"}


def history(workspace: Workspace, name: str) -> list[str]:
    ran = workspace.run("history", name)
    assert ran.code == 0, ran.err
    return [" ".join(line.split()) for line in ran.out.splitlines()]


def test_a_fund_is_followed_through_renames_moves_and_fees(chain: Workspace) -> None:
    assert history(chain, "aim tax-free bond fund") == history(chain, "INVESCO Tax-Free Bond Fund")
    assert history(chain, "INVESCO Tax-Free Bond Fund") == [
        "2003-11-03 p/001 INVESCO Tax-Free Bond Fund stands in Schedule A under AIM BOND FUNDS, INC. "
        "(0.75%, 0.25%, 1.00%)",
        "2004-01-01 p/002 Maximum Service Fee from 0.25% to 0.20%",
        "2004-01-01 p/002 Maximum Aggregate Fee from 1.00% to 0.95%",
        "2004-03-01 p/002 INVESCO Tax-Free Bond Fund is renamed AIM Tax-Free Bond Fund",
        "2004-06-01 p/003 AIM Tax-Free Bond Fund moves from AIM BOND FUNDS, INC. to AIM STOCK FUNDS",
        "2004-06-01 p/003 AIM STOCK FUNDS, over it, is renamed AIM FUNDS",
        "2004-06-01 p/003 Maximum Service Fee from 0.20% to 0.25%",
        "2004-06-01 p/003 Maximum Aggregate Fee from 0.95% to 1.00%",
    ]


def test_a_restatement_with_other_columns_says_what_came_and_what_went(workspace: Workspace) -> None:
    second = """\
number: 2
effective: 2004-01-01
restate:
  columns:
    service_fee: {heading: Maximum Service Fee, holds: rate}
    whole: {heading: Maximum Fee, holds: rate}
  values: {service_fee: 0.25%, whole: 0.90%}
  groups:
    - name: AIM BOND FUNDS, INC.
      rows: [INVESCO Tax-Free Bond Fund]
"""
    workspace.write({"schedules/p/amendments/002.yaml": second})
    assert history(workspace, "INVESCO Tax-Free Bond Fund")[1:] == [
        "2004-01-01 p/002 Maximum Fee is 0.90%",
        "2004-01-01 p/002 Maximum Asset Based Sales Charge is no longer stated",
        "2004-01-01 p/002 Maximum Aggregate Fee is no longer stated",
    ]


def test_a_fund_that_merged_and_a_registrant_that_came(chain: Workspace) -> None:
    last = history(chain, "INVESCO U.S. Government Securities Fund")[-1]
    assert last.endswith("INVESCO U.S. Government Securities Fund is removed: merged into AIM Government Fund")
    assert [line.split(" ", 2)[2] for line in history(chain, "AIM FUNDS")] == [
        "AIM STOCK FUNDS comes into Schedule A", "AIM STOCK FUNDS is renamed AIM FUNDS",
    ]  # fmt: skip


def test_a_plan_that_restates_another_continues_its_history(chain: Workspace) -> None:
    restated = {
        "schedules/q/plan.yaml": "restates: p\n" + PLAN.replace("Amended and Restated", "First Restated"),
        "schedules/q/amendments/001.yaml": "number: 1\neffective: 2005-01-01\nchanges: [{remove: AIM Dynamics Fund}]\n",
    }
    chain.write(restated)
    assert chain.run("check").code == 0
    assert rows(chain, "q") == {
        "AIM Tax-Free Bond Fund": {"sales_charge": "p/001", "service_fee": "p/003", "aggregate_fee": "p/003"}
    }
    assert history(chain, "AIM Dynamics Fund")[-1] == "2005-01-01 q/001 AIM Dynamics Fund is removed"
    assert (
        history(chain, "AIM Dynamics Fund")[-2] == "2005-01-01 q/001 AIM Dynamics Fund goes on in q, which restates p"
    )
    assert len(history(chain, "AIM Dynamics Fund")) == 4


def test_a_class_is_followed_too(workspace: Workspace) -> None:
    first = """\
number: 1
effective: 2003-11-03
restate:
  rows:
    - name: One Fund
      rows:
        - {name: Class B, sales_charge: 0.75%, service_fee: 0.25%, aggregate_fee: 1.00%}
"""
    second = """\
number: 2
effective: 2004-01-01
changes:
  - redesignate_class: Class B
    to: Class B2
  - set: Class B2
    under: One Fund
    service_fee: 0.20%
  - add_class: Class A
    service_fee: 0.10%
"""
    workspace.write({"schedules/p/amendments/001.yaml": first, "schedules/p/amendments/002.yaml": second})
    assert [line.split(" ", 2)[2] for line in history(workspace, "One Fund")][1:] == [
        "Class B is redesignated Class B2",
        "Maximum Service Fee of Class B2 from 0.25% to 0.20%",
        "Class A is added",
    ]


def test_json_and_a_name_that_nobody_had(chain: Workspace) -> None:
    said = json.loads(chain.run("history", "AIM Dynamics Fund", "--json").out)
    assert said[0] == {
        "on": "2004-06-01",
        "plan": "p",
        "amendment": "003",
        "said": "AIM Dynamics Fund comes into Schedule A under AIM STOCK FUNDS (0.75%, 0.25%, 1.00%)",
    }
    ran = chain.run("history", "AIM Dynamic Fund")
    assert ran.code == 2
    assert 'did you mean "AIM Dynamics Fund"?' in ran.err


def test_a_fund_that_goes_on_has_what_merged_into_it_and_the_steps_of_its_fees(empty: Workspace) -> None:
    case = HERE / "cases/two-schedules"
    empty.write({f"schedules/v/{name}": (case / name).read_bytes() for name in ("plan.yaml", "amendments/001.yaml")})
    empty.write({"schedules/v/amendments/002.yaml": BREAKPOINTS})
    merges = "2001-01-01 v/002 AIM Balanced Fund is removed: merged into AIM Value Fund (Appendix A)"
    assert history(empty, "AIM Value Fund")[2:] == [
        merges,
        "2001-01-01 v/002 First $150 million is renamed First $200 million (Appendix B)",
        "2001-01-01 v/002 Over $150 million is removed (Appendix B)",
        "2001-01-01 v/002 Over $200 million is added (0.60%) (Appendix B)",
        "2001-01-01 v/002 First $200 million: Annual Rate from 0.80% to 0.75% (Appendix B)",
    ]
    assert history(empty, "AIM Balanced Fund")[2:] == [merges, merges.replace("Appendix A", "Appendix B")]


LIVES = {
    "schedules/p/plan.yaml": """\
title: Plan
kind: distribution-plan
schedules:
  - name: Schedule A
    row: Fund
    columns: {fee: {heading: Fee, holds: rate}, more: {heading: More, holds: text}}
  - {name: Schedule B, row: Fund}
""",
    "schedules/p/amendments/001.yaml": """\
number: 1
effective: 2003-11-03
restate:
  - schedule: Schedule A
    groups:
      - name: AIM Stock Funds
        rows:
          - {name: Alpha Fund, rows: [{name: Class A, fee: 1%, more: a}, {name: Class B, fee: 2%, more: b}]}
          - {name: Beta Fund, fee: 1%, more: [a, b]}
          - {name: Gamma Fund, fee: 1%, more: x}
      - {name: AIM Bond Funds, rows: [{name: Delta Fund, fee: None, more: "*"}]}
  - {schedule: Schedule B, rows: [Alpha Fund, Epsilon Fund]}
""",
    "schedules/p/amendments/002.yaml": """\
number: 2
effective: 2003-12-01
changes:
  - {set: Class B, under: Alpha Fund, schedule: Schedule A, fee: 3%}
  - {rename: Class A, under: Alpha Fund, to: Class Y, schedule: Schedule A}
  - {add: Class C, under: Alpha Fund, schedule: Schedule A, fee: 1%, more: c, effective: 2003-12-15}
  - {set: Beta Fund, schedule: Schedule A, fee: 2%, more: a}
  - {rename: Gamma Fund, to: Omega Fund, schedule: Schedule A, effective: 2004-01-05}
  - {remove: Delta Fund, into: Beta Fund, schedule: Schedule A}
  - {remove: Epsilon Fund, reason: liquidated, schedule: Schedule B}
""",
    "schedules/p/amendments/003.yaml": """\
number: 3
effective: 2003-12-22
changes:
  - {remove: Gamma Fund, into: Alpha Fund, schedule: Schedule A}
  - {move: Beta Fund, to: AIM Sector Funds, new_group: true, schedule: Schedule A}
  - {rename_group: AIM Stock Funds, to: AIM Equity Funds, schedule: Schedule A}
  - {remove: Class B, under: Alpha Fund, schedule: Schedule A}
""",
    "schedules/p/amendments/004.yaml": """\
number: 4
draft: true
effective: 2003-12-29
changes: [{rename: Beta Fund, to: Zeta Fund, schedule: Schedule A}]
""",
    "schedules/q/plan.yaml": """\
title: Restated Plan
kind: distribution-plan
restates: p
schedule:
  row: Fund
  columns: {fee: {heading: Fee, holds: rate}, more: {heading: More, holds: text}}
""",
    "schedules/q/amendments/001.yaml": """\
number: 1
effective: 2004-06-01
restate:
  columns: {fee: {heading: Rate, holds: rate}, new: {heading: New, holds: date}}
  groups:
    - name: AIM Equity Funds
      rows:
        - {name: Alpha Fund, rows: [{name: Class Y, fee: 1%, new: 2004-06-01}, {name: Class D, fee: 4%, new: None}]}
    - {name: AIM Sector Funds, rows: [{name: Beta Fund, fee: 2%, new: 2004-06-01}]}
""",
    "schedules/r/plan.yaml": """\
title: Second Restated Plan
kind: distribution-plan
restates: q
schedule: {row: Fund, columns: {fee: {heading: Rate, holds: rate}, new: {heading: New, holds: date}}}
""",
    "schedules/r/amendments/001.yaml": """\
number: 1
effective: 2005-06-01
restate: {groups: [{name: AIM Sector Funds, rows: [{name: Beta Fund, fee: 2%, new: 2004-06-01}]}]}
""",
    "schedules/s/plan.yaml": """\
title: Third Restated Plan
kind: distribution-plan
restates: r
schedule: {row: Fund, columns: {fee: {heading: Rate, holds: rate}, new: {heading: New, holds: date}}}
""",
    "schedules/s/amendments/001.yaml": """\
number: 1
draft: true
effective: 2006-06-01
changes: [{rename: Beta Fund, to: Zeta Fund}]
""",
}


def test_the_lives_of_funds_through_three_plans(empty: Workspace, golden: Golden) -> None:
    empty.write(LIVES)
    names = (
        "Alpha Fund",
        "Beta Fund",
        "Omega Fund",
        "Delta Fund",
        "Epsilon Fund",
        "AIM Equity Funds",
        "AIM Bond Funds",
    )
    told = [f"=== {name}\n{ran.out}" for name in names for ran in [empty.run("history", name)]]
    shown = (
        ("p", "--on", "2003-12-10"),
        ("p", "--on", "2003-12-30"),
        ("p/004",),
        ("q", "--on", "2004-12-01"),
        ("r",),
        ("s/001",),
    )
    told += [f"=== {' '.join(what)}\n{empty.run('show', *what).out}" for what in shown]
    golden.holds(HERE / "lives.golden", "\n".join(told))
