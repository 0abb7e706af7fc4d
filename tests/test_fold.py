"""The schedule in force is the fold of the amendments, and what one changes the others keep."""

from __future__ import annotations

import datetime
import difflib
import json

import pytest

from docgen.consolidation import fund_classes, plan_names, registrants
from docgen.model import yaml_writer
from tests import making
from tests.conftest import AMENDMENT, HERE, PLAN, Golden, Workspace

CHANGES = """\
number: 2
effective: 2004-01-01
changes:
  - add: INVESCO Select Fund
    to: AIM BOND FUNDS, INC.
  - rename: INVESCO Tax-Free Bond Fund
    to: AIM Tax-Free Bond Fund
    effective: 2004-03-01
"""
MORE = """\
number: 3
effective: 2004-06-01
changes:
  - set: INVESCO Select Fund
    service_fee: 0.20%
    aggregate_fee: 0.95%
  - remove: INVESCO U.S. Government Securities Fund
    reason: liquidated
"""


@pytest.fixture
def chain(workspace: Workspace) -> Workspace:
    return workspace.write({"schedules/p/amendments/002.yaml": CHANGES, "schedules/p/amendments/003.yaml": MORE})


def names(workspace: Workspace, *arguments: str) -> list[str]:
    shown = json.loads(workspace.run("show", *arguments, "--json").out)
    return [row["name"] for group in shown["schedules"][0]["groups"] for row in group["rows"]]


def test_each_day_has_its_schedule(chain: Workspace) -> None:
    tax, gov, select = "INVESCO Tax-Free Bond Fund", "INVESCO U.S. Government Securities Fund", "INVESCO Select Fund"
    assert names(chain, "p", "--on", "2003-12-31") == [tax, gov]
    assert names(chain, "p", "--on", "2004-01-01") == [select, tax, gov]
    assert names(chain, "p", "--on", "2004-03-01") == [select, "AIM Tax-Free Bond Fund", gov]
    assert names(chain, "p") == [select, "AIM Tax-Free Bond Fund"]
    assert names(chain, "p/002") == [select, "AIM Tax-Free Bond Fund", gov]


def test_a_new_row_takes_the_usual_values_and_a_change_sets_others(chain: Workspace) -> None:
    chain.run("build", "--format", "txt")
    second = (chain.root / "build/p/002/schedule.txt").read_text(encoding="ascii")
    third = (chain.root / "build/p/003/schedule.txt").read_text(encoding="ascii")
    assert "0.75%       0.25%       1.00%" in next(line for line in second.split("\n") if "Select" in line)
    assert "0.75%       0.20%       0.95%" in next(line for line in third.split("\n") if "Select" in line)
    assert "Government" in second
    assert "Government" not in third


def test_a_draft_is_no_law_for_a_final_amendment(chain: Workspace) -> None:
    chain.write({"schedules/p/amendments/002.yaml": CHANGES + "draft: true\n"})
    ran = chain.run("check")
    assert 'no portfolio "INVESCO Select Fund" in Schedule A' in ran.err
    chain.write({"schedules/p/amendments/003.yaml": MORE + "draft: true\n"})
    assert chain.run("check").code == 0
    assert "INVESCO Select Fund" not in names(chain, "p")
    assert "INVESCO Select Fund" in names(chain, "p/003")


def test_a_wrong_amendment_blames_no_other(chain: Workspace) -> None:
    chain.write({"schedules/p/amendments/002.yaml": CHANGES.replace("to: AIM BOND", "to: AIM BUND")})
    ran = chain.run("check")
    assert ran.err.count("schedules/p/amendments/002.yaml") == 1
    assert "003.yaml" not in ran.err


def test_diff_says_what_the_amendments_say_and_compares_where_they_restate(chain: Workspace) -> None:
    assert chain.run("diff", "p/001", "p/002").out.splitlines() == [
        "Schedule A",
        "  INVESCO Select Fund is added to AIM BOND FUNDS, INC.",
        "  INVESCO Tax-Free Bond Fund is renamed AIM Tax-Free Bond Fund",
    ]
    by_day = chain.run("diff", "p@2004-01-01", "p@2004-03-01").out
    assert by_day.splitlines() == [
        "Schedule A",
        "  INVESCO Tax-Free Bond Fund is renamed AIM Tax-Free Bond Fund",
    ]
    assert chain.run("diff", "p/002", "p/002").out == "Nothing changed.\n"
    shown = json.loads(chain.run("diff", "p/002", "p/003", "--json").out)
    assert shown[0]["changes"][1] == {"remove": "INVESCO U.S. Government Securities Fund", "reason": "liquidated"}


def test_an_amendment_elsewhere_meets_the_plan_as_it_is_by_then(workspace: Workspace) -> None:
    renamed = "number: {}\neffective: 2004-0{}-01\nchanges:\n  - rename_group: {}\n    to: {}\n"
    workspace.write(
        {
            "schedules/p/plan.yaml": PLAN + "parties: [{name: AIM Advisors, is: the adviser}]\n",
            "schedules/p/amendments/002.yaml": renamed.format(2, 1, "AIM Advisors", "Invesco Advisers"),
            "003.yaml": renamed.format(3, 2, "Invesco Advisers", "Harbor Street Advisers"),
        }
    )
    assert workspace.run("diff", "p/002", "003.yaml").out.splitlines() == [
        "Schedule A",
        "  Invesco Advisers is renamed Harbor Street Advisers",
    ]
    by_day = workspace.run("diff", "p@2003-12-01", "p@2004-02-01").out
    assert by_day == workspace.run("diff", "p/001", "p/002").out


def test_two_funds_that_changed_names_keep_their_fees(chain: Workspace) -> None:
    swap = """\
number: 4
effective: 2004-07-01
changes:
  - rename: AIM Tax-Free Bond Fund
    to: AIM Municipal Fund
  - rename: INVESCO Select Fund
    to: AIM Tax-Free Bond Fund
  - rename: AIM Municipal Fund
    to: INVESCO Select Fund
"""
    chain.write({"schedules/p/amendments/004.yaml": swap})
    assert chain.run("diff", "p@2004-06-01", "p@2004-08-01").out.splitlines() == [
        "Schedule A",
        "  INVESCO Select Fund is renamed INVESCO Select Fund (in between)",
        "  AIM Tax-Free Bond Fund is renamed INVESCO Select Fund",
        "  INVESCO Select Fund (in between) is renamed AIM Tax-Free Bond Fund",
    ]


def test_new_writes_the_next_amendment_and_never_over_one(workspace: Workspace) -> None:
    assert workspace.run("new", "p").out.splitlines()[0] == "schedules/p/amendments/002.yaml"
    text = (workspace.root / "schedules/p/amendments/002.yaml").read_text(encoding="utf-8")
    assert "number: 2\n" in text
    assert "#       INVESCO Tax-Free Bond Fund\n" in text
    assert workspace.run("check").code == 0
    assert "p/002 is an open draft" in workspace.run("new", "p").err
    assert workspace.run("new", "q").code == 2


def test_restatement_and_changes_that_agree_are_both_kept(workspace: Workspace) -> None:
    both = AMENDMENT.replace("number: 1", "number: 2").replace("INVESCO Tax-Free", "AIM Tax-Free")
    both += "changes:\n  - rename: INVESCO Tax-Free Bond Fund\n    to: AIM Tax-Free Bond Fund\n"
    assert workspace.write({"schedules/p/amendments/002.yaml": both}).run("check").code == 0


def test_a_change_with_a_later_day_is_not_in_force_before_it_whatever_comes_between(workspace: Workspace) -> None:
    late = "  - add: INVESCO Late Fund\n    to: AIM BOND FUNDS, INC.\n    effective: 2005-12-31\n"
    early = "  - rename: INVESCO Tax-Free Bond Fund\n    to: AIM Tax-Free Bond Fund\n    effective: 2003-12-01\n"
    third = "  - remove: INVESCO U.S. Government Securities Fund\n"
    workspace.write(
        {
            "schedules/p/amendments/002.yaml": f"number: 2\neffective: 2004-10-15\nchanges:\n{late}{early}",
            "schedules/p/amendments/003.yaml": f"number: 3\neffective: 2005-03-01\nchanges:\n{third}",
        }
    )
    gov = "INVESCO U.S. Government Securities Fund"
    assert names(workspace, "p", "--on", "2003-11-30") == ["INVESCO Tax-Free Bond Fund", gov]
    assert names(workspace, "p", "--on", "2004-01-01") == ["AIM Tax-Free Bond Fund", gov]
    assert names(workspace, "p", "--on", "2005-04-01") == ["AIM Tax-Free Bond Fund"]
    assert names(workspace, "p", "--on", "2005-12-31") == ["INVESCO Late Fund", "AIM Tax-Free Bond Fund"]


def test_nine_comes_before_ten(workspace: Workspace) -> None:
    (workspace.root / "schedules/p/amendments/001.yaml").unlink()
    ten = "number: 2\neffective: 2004-01-01\nchanges: [{remove: INVESCO Tax-Free Bond Fund}]\n"
    workspace.write({"schedules/p/amendments/9.yaml": AMENDMENT, "schedules/p/amendments/10.yaml": ten})
    assert names(workspace, "p") == ["INVESCO U.S. Government Securities Fund"]
    assert workspace.run("new", "p").out.startswith("schedules/p/amendments/11.yaml")


BANDS = {"name": "Band Fund", "rows": ["First $1 million", "Next $1 million"]}
OF_TWO = {"name": "TWO TRUST", "rows": ["AIM Funds Group", BANDS]}
ONE = {"name": "AIM Funds", "rows": ["Alpha Fund", {"name": "Beta Fund", "rows": ["Class A", "Class B"]}]}
NAMED: making.Data = {
    "title": ["Plan of AIM Funds", "and of aim funds II"],
    "kind": "distribution-plan",
    "of": [{"name": "AIM FUNDS", "is": "a corporation"}, "TWO TRUST"],
    "parties": ["A Distributor"],
    "signatures": [{"for": ["AIM Funds", "A Distributor"]}],
    "schedule": {"subject": "AIM Funds, formerly AIM Old Funds", "plan": ["Plan of AIM", "Funds"],
                 "preamble": "of AIM Funds and AIM Funds Group, of"},
}  # fmt: skip
NEW_NAMES = {
    "a new name": [{"rename_group": "AIM Funds", "to": "Invesco Funds"}],
    "of another kind": [{"rename_group": "AIM Funds", "to": "Invesco Funds", "is": "a Delaware statutory trust"}],
    "a party's": [{"rename_group": "A Distributor", "to": "The Distributor", "is": "a company"}],
    "a trade name": [{"add_trade_name": "Invesco", "in_place_of": "AIM"}],
    "words of groups": [{"rename_all": "AIM", "to": "Invesco", "groups": True}],
    "words of rows alone": [{"rename_all": "Alpha", "to": "AIM"}],
    "a group of another kind": [{"rename_group": "TWO TRUST", "to": "AIM Funds Group"}],
}


def test_a_plan_follows_new_names_of_its_registrants(golden: Golden) -> None:
    """In titles over lines, parties, signers and headings; not in a longer name, nor where a text tells of old ones."""
    first = {"effective": "2004-01-01", "restate": {"groups": [ONE, OF_TWO]}}
    lines: list[str] = []
    for name, changes in NEW_NAMES.items():
        plan = making.chain(NAMED, [first, {"effective": "2004-02-01", "changes": changes}])
        facts = plan_names.plan_after(plan.facts, plan.amendments[-1].applied)
        before, after = (yaml_writer.text(each.model_dump(mode="json", by_alias=True)) for each in (plan.facts, facts))
        differences = difflib.ndiff(before.splitlines(), after.splitlines())
        lines += ["", name, *(line for line in differences if line[:1] in "+-")]
    golden.holds(HERE / "names.golden", "\n".join(lines[1:]) + "\n")


def test_the_registrants_of_a_plan_and_of_its_last_paper() -> None:
    first = {"effective": "2004-01-01", "restate": {"groups": [ONE, OF_TWO]}}
    second = {"effective": "2004-02-01", "changes": [{"rename_group": "AIM Funds", "to": "Invesco Funds"}]}
    third = {"effective": "2004-03-01", "changes": [{"rename_group": "Invesco Funds", "to": "Last Funds"}]}
    plan = making.chain(NAMED, [first, second, third])
    names = ["AIM FUNDS", "TWO TRUST", "INVESCO FUNDS", "LAST FUNDS", "AIM Funds", "Invesco Funds", "Last Funds"]
    assert registrants.of_plan(plan) == names
    assert registrants.of_amendment(plan.amendments[0]) == ["AIM Funds", "TWO TRUST"]
    last = registrants.last_keys(plan)
    assert last == {"aim funds": "last funds", "two trust": "two trust", "invesco funds": "last funds",
                    "last funds": "last funds"}  # fmt: skip
    assert registrants.last_key("AIM FUNDS", last) == "last funds"
    assert registrants.last_key("Other Funds", last) == "other funds"
    headed = making.chain({**NAMED, "of": "AIM FUNDS", "schedule": {"group": "Heading"}}, [first])
    assert registrants.of_plan(headed) == registrants.of_amendment(headed.amendments[0]) == ["AIM FUNDS"]


def test_each_row_has_its_fund_its_classes_and_its_registrant() -> None:
    first = {"effective": "2004-01-01", "restate": {"groups": [ONE, OF_TWO]}}
    plan = making.chain({**NAMED, "share_classes": ["Class C"]}, [first])
    rows = [(r.registrant, r.fund.name, r.line.name, r.classes, r.is_part) for r in fund_classes.of_plan(plan)]
    assert rows == [
        ("AIM Funds", "Alpha Fund", "Alpha Fund", ("Class C",), False),
        ("AIM Funds", "Beta Fund", "Class A", ("Class A",), False),
        ("AIM Funds", "Beta Fund", "Class B", ("Class B",), False),
        ("TWO TRUST", "AIM Funds Group", "AIM Funds Group", ("Class C",), False),
        ("TWO TRUST", "Band Fund", "First $1 million", ("Class C",), True),
        ("TWO TRUST", "Band Fund", "Next $1 million", ("Class C",), True),
    ]
    bare = making.chain(
        {"title": "P", "kind": "k", "schedule": {}}, [{"effective": "2004-01-01", "restate": {"rows": ["A"]}}]
    )
    assert [(r.registrant, r.classes) for r in fund_classes.of_plan(bare)] == [("", ())]
    assert list(fund_classes.of_plan(bare, datetime.date(2003, 12, 31))) == []
    sole = making.chain({"title": "P", "kind": "k", "of": "AIM", "schedule": {"group": "Heading"}}, [first])
    assert {r.registrant for r in fund_classes.of_plan(sole)} == {"AIM"}


def test_the_changes_of_one_of_two_schedules() -> None:
    two: making.Data = {"title": "P", "kind": "k", "schedules": [{"name": "A"}, {"name": "B"}]}
    restate = [{"schedule": name, "rows": ["Alpha", "Beta"]} for name in "AB"]
    steps = [{"remove": "Alpha", "schedule": "B"}, {"rename": "Beta", "to": "Core", "schedule": "A"}]
    plan = making.chain(
        two, [{"effective": "2004-01-01", "restate": restate}, {"effective": "2004-02-01", "changes": steps}]
    )
    last = plan.amendments[-1]
    assert {name: [step.number for step in last.changes_of(name)] for name in "ABC"} == {"A": [1], "B": [0], "C": []}
    assert [[row.name for row in schedule.rows] for schedule in last.after] == [["Alpha", "Core"], ["Beta"]]


def test_a_draft_counts_for_itself_alone() -> None:
    plan = making.chain(
        {"title": "P", "kind": "k", "schedule": {}},
        [
            {"effective": "2004-01-01", "restate": {"rows": ["Alpha", "Beta"]}},
            {"effective": "2004-02-01", "draft": "true", "changes": [{"remove": "Alpha"}]},
            {"effective": "2004-03-01", "changes": [{"rename": "Beta", "to": "Core"}]},
            {"effective": "2004-04-01", "draft": "true", "changes": [{"rename": "Core", "to": "Delta"}]},
        ],
    )
    until = [[step.amendment for step in plan.applied(amendment)] for amendment in plan.amendments]
    assert until == [["001"], ["001", "002"], ["001", "003"], ["001", "002", "003", "004"]]
    assert [amendment.id for amendment in [plan.in_force()] if amendment] == ["003"]
    assert plan.first_day() == datetime.date(2004, 1, 1)
