"""One event drafts the amendment of every plan that it touches, and leaves the others alone with the reason."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from docgen.consolidation import event_effects
from docgen.consolidation.plan_folder import PlanFolder
from docgen.drafting import from_event
from docgen.model import validation, yaml_reader
from docgen.model.event import Event, EventFile
from docgen.problems import DataProblem, UsageProblem
from docgen.workspace import plan_reading
from docgen.workspace.load import load
from tests import making
from tests.conftest import AMENDMENT, HERE, PLAN, Golden, Workspace, each

BOTH = ["INVESCO Tax-Free Bond Fund", "INVESCO U.S. Government Securities Fund"]
CAPITALS = AMENDMENT.replace("INVESCO Tax-Free Bond Fund", "INVESCO TAX-FREE BOND FUND")
EVENT = """\
event: The INVESCO funds become AIM funds
effective: 2004-10-15
approvals:
  - {by: the Board of Directors of AIM Bond Funds, on: 2004-09-14, independent: true}
changes:
  - rename_all: INVESCO
    to: AIM
    except: [INVESCO Tax-Free Bond Fund]
  - rename: INVESCO Tax-Free Bond Fund
    to: AIM Municipal Bond Fund
"""
OTHER = """\
number: 1
effective: 2003-11-03
restate:
  rows:
    - {name: AIM One Fund, sales_charge: 0.75%, service_fee: 0.25%, aggregate_fee: 1.00%}
"""


@pytest.fixture
def plans(workspace: Workspace) -> Workspace:
    """Three plans: `p` with two funds, `q` the same in capitals, `r` that has none of the names; and an event."""
    return workspace.write(
        {
            "schedules/q/plan.yaml": PLAN.replace("Class B", "Class C"),
            "schedules/q/amendments/004.yaml": CAPITALS.replace("number: 1", "number: 4\ndated: 2003-11-03"),
            "schedules/r/plan.yaml": PLAN.replace("Class B", "Class R"),
            "schedules/r/amendments/001.yaml": OTHER,
            "schedules/events/rename.yaml": EVENT,
        }
    )


def read(workspace: Workspace, name: str) -> str:
    return (workspace.root / name).read_text(encoding="utf-8")


def funds(workspace: Workspace, what: str) -> list[str]:
    shown = json.loads(workspace.run("show", what, "--json").out)
    return [row["name"] for group in shown["schedules"][0]["groups"] for row in group["rows"]]


@pytest.mark.seconds
def test_every_plan_that_it_touches_is_drafted(plans: Workspace) -> None:
    ran = plans.run("event", "rename.yaml")
    assert ran.code == 0, ran.err
    assert "2 drafts written." in ran.out
    assert (
        'r: left alone; no name in Schedule A has the words "INVESCO"; INVESCO Tax-Free Bond Fund is not in Schedule A'
        in ran.out
    )
    assert funds(plans, "p/002") == ["AIM Municipal Bond Fund", "AIM U.S. Government Securities Fund"]
    assert funds(plans, "q/005") == ["AIM MUNICIPAL BOND FUND", "AIM U.S. Government Securities Fund"]
    assert not (plans.root / "schedules/r/amendments/002.yaml").exists()
    drafted = read(plans, "schedules/q/amendments/005.yaml")
    assert "number: 5\neffective: 2004-10-15\ndated: 2004-10-15\ndraft: true\n" in drafted
    assert "dated" not in read(plans, "schedules/p/amendments/002.yaml")
    assert "independent: true" in drafted
    assert plans.run("check").code == 0
    assert plans.run("build", "--format", "txt").code == 0


def test_it_is_drafted_once(plans: Workspace) -> None:
    plans.run("event", "rename.yaml")
    again = plans.run("event", "rename.yaml")
    assert "p: left alone; p/002 is its amendment already" in again.out
    assert "0 drafts written." in again.out


def test_an_open_draft_is_refused_unless_told_to_add(plans: Workspace) -> None:
    open_draft = """\
number: 2
effective: 2004-10-15
draft: true
# what the board has decided so far
changes:
  - remove: INVESCO U.S. Government Securities Fund     # liquidated in August
    reason: liquidated
dated: tbd
"""
    path = "schedules/p/amendments/002.yaml"
    plans.write({path: open_draft})
    before = {file: file.read_bytes() for file in plans.root.rglob("*.yaml")}
    refused = plans.run("event", "rename.yaml")
    assert refused.code == 2
    assert "a draft of p is open" in refused.err
    assert {file: file.read_bytes() for file in plans.root.rglob("*.yaml")} == before
    assert plans.run("event", "rename.yaml", "--add").code == 0
    text = read(plans, path)
    kept = iter(text.splitlines())
    assert each(line in kept for line in open_draft.splitlines()), "every line of the draft, in its order"
    assert "event: rename\napprovals:\n" in text
    assert text.endswith("    to: AIM Municipal Bond Fund\ndated: tbd\n")
    assert funds(plans, "p/002") == ["AIM Municipal Bond Fund"]


def test_only_to_say_what_would_be(plans: Workspace) -> None:
    before = sorted(plans.root.rglob("*"))
    ran = plans.run("event", "rename.yaml", "--dry-run")
    assert "INVESCO Tax-Free Bond Fund is renamed AIM Municipal Bond Fund" in ran.out
    assert sorted(plans.root.rglob("*")) == before
    assert plans.run("event", "rename", "--dry-run").out == ran.out
    assert 'did you mean "rename"?' in plans.run("event", "renam", "--dry-run").err


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("remove: INVESCO Tax-Free Bond Fund\n    into: AIM One Fund", ["INVESCO U.S. Government Securities Fund"]),
        ("set: INVESCO Tax-Free Bond Fund\n    service_fee: 0.20%", BOTH),
        ("rename_group: Aim Bond Funds, Inc.\n    to: AIM Bond Funds", BOTH),
    ],
)
def test_other_kinds_of_event(plans: Workspace, change: str, found: list[str]) -> None:
    plans.write(
        {"schedules/events/rename.yaml": f"event: E\neffective: 2004-10-15\nplans: [p]\nchanges:\n  - {change}\n"}
    )
    ran = plans.run("event", "rename.yaml")
    assert ran.code == 0, ran.err
    assert "q: left alone; the event is not for it" in ran.out
    assert plans.run("check", "p").code == 0
    assert funds(plans, "p/002") == found


def test_a_new_fund_comes_under_its_registrant_with_the_plans_usual_fees(plans: Workspace) -> None:
    change = "  - add: AIM New Fund\n    to: AIM Bond Funds, Inc.\n"
    plans.write({"schedules/events/new.yaml": f"event: E\neffective: 2004-10-15\nchanges:\n{change}"})
    ran = plans.run("event", "new.yaml")
    assert "r: left alone; AIM Bond Funds, Inc. is not in Schedule A" in ran.out
    assert funds(plans, "p/002")[0] == "AIM New Fund"
    line = next(line for line in plans.run("show", "p/002").out.splitlines() if "AIM New Fund" in line)
    assert line.split() == ["AIM", "New", "Fund", "0.75%", "0.25%", "1.00%", "002"]


def test_a_fee_that_cannot_be_known_is_left_blank(plans: Workspace) -> None:
    own = "        - {name: INVESCO Tax-Free Bond Fund, service_fee: 0.20%}\n"
    rows = AMENDMENT.replace("        - INVESCO Tax-Free Bond Fund\n", own)
    change = "  - add: AIM New Fund\n    to: AIM BOND FUNDS, INC.\n"
    new = f"event: E\neffective: 2004-10-15\nplans: [p]\nchanges:\n{change}"
    plans.write({"schedules/p/amendments/001.yaml": rows, "schedules/events/new.yaml": new})
    assert plans.run("event", "new.yaml").code == 0
    assert "service_fee: null" in read(plans, "schedules/p/amendments/002.yaml")
    assert plans.run("check").code == 0, "a draft may have blanks"


def test_a_new_fund_has_of_the_events_fees_those_that_the_plan_has(plans: Workspace) -> None:
    fees = "    service_fee: 0.20%\n    waiver: 0.05%\n"
    change = f"  - add: AIM New Fund\n    to: AIM BOND FUNDS, INC.\n{fees}"
    plans.write({"schedules/events/new.yaml": f"event: E\neffective: 2004-10-15\nplans: [p]\nchanges:\n{change}"})
    assert plans.run("event", "new.yaml").code == 0
    assert "service_fee: 0.20%" in read(plans, "schedules/p/amendments/002.yaml")
    assert "waiver" not in read(plans, "schedules/p/amendments/002.yaml")


def test_a_class_redesignated_changes_the_plan_too(plans: Workspace) -> None:
    change = (
        "  - redesignate_class: Class B\n    to: Class A\n  - replace_words: Class B Shares\n    to: Class A Shares\n"
    )
    plans.write({"schedules/events/new.yaml": f"event: E\neffective: 2004-10-15\nchanges:\n{change}"})
    ran = plans.run("event", "new.yaml")
    assert ran.code == 0, ran.err
    assert "1 draft written." in ran.out
    built = plans.run("show", "p/002", "--step", "tree").out
    assert "(CLASS A SHARES)" in built
    assert "All references in the Plan to “Class B Shares” are hereby replaced with “Class A Shares”." in built


def test_a_change_that_cannot_be_stops_it_all(plans: Workspace) -> None:
    twice = EVENT + "  - rename: INVESCO U.S. Government Securities Fund\n    to: AIM Municipal Bond Fund\n"
    plans.write(
        {
            "schedules/events/rename.yaml": twice.replace(
                "except: [", "except: [INVESCO U.S. Government Securities Fund, "
            )
        }
    )
    ran = plans.run("event", "rename.yaml")
    assert ran.code == 2
    assert (
        'schedules/events/rename.yaml:12: changes[2].to: in p: "AIM Municipal Bond Fund" is in Schedule A already'
        in ran.err
    )
    assert not (plans.root / "schedules/p/amendments/002.yaml").exists()


def test_an_exception_that_no_plan_has_is_mistyped(plans: Workspace) -> None:
    plans.write({"schedules/events/rename.yaml": EVENT.replace("Tax-Free Bond Fund]", "Tax-Free Bnd Fund]")})
    ran = plans.run("event", "rename.yaml")
    assert ran.code == 2
    assert 'changes[0].except[0]: no plan has "INVESCO Tax-Free Bnd Fund"' in ran.err


def test_nothing_is_written_over(plans: Workspace) -> None:
    finished = "number: 2\neffective: 2004-02-02\nchanges: [{remove: INVESCO Tax-Free Bond Fund}]\n"
    plans.write({"schedules/p/amendments/9.yaml": AMENDMENT, "schedules/p/amendments/10.yaml": finished})
    (plans.root / "schedules/p/amendments/001.yaml").unlink()
    assert plans.run("event", "rename.yaml").code == 0
    assert read(plans, "schedules/p/amendments/10.yaml") == finished
    assert "number: 3\n" in read(plans, "schedules/p/amendments/11.yaml")


def test_a_draft_of_another_day_gets_the_events_day_for_its_changes(plans: Workspace) -> None:
    plans.write({"schedules/p/amendments/002.yaml": "number: 2\neffective: 2005-01-01\ndraft: true\nchanges: []\n"})
    assert plans.run("event", "rename.yaml", "--add").code == 0
    assert read(plans, "schedules/p/amendments/002.yaml").count("effective: 2004-10-15") == 2


def test_funds_that_swap_names_and_a_name_that_comes_again(plans: Workspace) -> None:
    swap = """\
event: Two funds change their names
effective: 2004-10-15
plans: [p]
changes:
  - rename: INVESCO Tax-Free Bond Fund
    to: AIM Municipal Bond Fund
  - rename: INVESCO U.S. Government Securities Fund
    to: INVESCO Tax-Free Bond Fund
"""
    plans.write({"schedules/events/rename.yaml": swap})
    plans.run("event", "rename.yaml")
    path = "schedules/p/amendments/002.yaml"
    plans.write({path: read(plans, path).replace("draft: true\n", "")})
    checked = plans.run("check")
    assert checked.code == 0, checked.err
    assert "no-old-names" not in checked.err


def test_an_event_of_one_schedule_leaves_the_other(plans: Workspace) -> None:
    forms = "schedules:\n  - {name: Schedule A}\n  - {name: Schedule B}\n"
    both = "number: 1\neffective: 2003-11-03\nrestate:\n" + "".join(
        f"  - {{schedule: Schedule {name}, rows: [A Fund, B Fund]}}\n" for name in "AB"
    )
    change = "  - remove: A Fund\n    schedule: Schedule A\n"
    plans.write(
        {
            "schedules/p/plan.yaml": PLAN.partition("schedule:")[0] + forms,
            "schedules/p/amendments/001.yaml": both,
            "schedules/events/one.yaml": f"event: E\neffective: 2004-10-15\nplans: [p]\nchanges:\n{change}",
        }
    )
    assert plans.run("event", "one.yaml").code == 0
    shown = json.loads(plans.run("show", "p/002", "--json").out)
    assert [len(schedule["groups"][0]["rows"]) for schedule in shown["schedules"]] == [1, 2]


def test_a_group_that_loses_all_its_funds_goes_by_itself(plans: Workspace) -> None:
    rows = AMENDMENT + "    - name: AIM STOCK FUNDS\n      rows: [INVESCO Dynamics Fund]\n"
    change = "  - {remove: INVESCO Dynamics Fund, reason: liquidated}\n"
    event = f"event: E\neffective: 2004-10-15\nplans: [p]\nchanges:\n{change}"
    plans.write({"schedules/p/amendments/001.yaml": rows, "schedules/events/one.yaml": event})
    assert plans.run("event", "one.yaml").code == 0
    assert "remove_group" not in read(plans, "schedules/p/amendments/002.yaml")
    assert plans.run("check").code == 0
    assert "AIM STOCK FUNDS" not in plans.run("show", "p/002").out


def test_a_file_that_is_no_event(plans: Workspace) -> None:
    assert plans.run("event", "nothing.yaml").code == 2
    plans.write({"elsewhere.yaml": EVENT})
    assert "put it under schedules/events/" in plans.run("event", "elsewhere.yaml").err


def test_a_plan_that_was_amended_on_the_day_of_the_event_is_drafted_too(plans: Workspace) -> None:
    """What the event takes away stands in an amendment of its day: that is what the draft is for, and stops nothing."""
    same_day = "number: 2\neffective: 2004-10-15\nchanges:\n  - remove: INVESCO U.S. Government Securities Fund\n"
    plans.write({"schedules/p/amendments/002.yaml": same_day})
    assert "[no-old-names]" in plans.run("check").err
    ran = plans.run("event", "rename.yaml")
    assert ran.code == 0, ran.err
    assert funds(plans, "p/003") == ["AIM Municipal Bond Fund"]
    assert "[no-old-names]" not in plans.run("check", "p").err


AGREEMENT = """\
title: Master Advisory Agreement
kind: agreement
term: Agreement
of: AIM Stock Funds, Inc.
dated: 2003-01-02
parties:
  - {name: "AIM Stock Funds, Inc.", called: Company}
  - {name: "A I M Advisors, Inc.", called: Advisor}
schedule: {row: Fund}
signatures:
  - for: AIM Stock Funds, Inc.
  - for: A I M Advisors, Inc.
"""
BECOMES_A_TRUST = """\
event: The company becomes a Delaware trust
effective: 2003-11-25
changes:
  - rename_group: AIM Stock Funds, Inc.
    to: AIM Stock Funds
"""


@pytest.mark.seconds
@pytest.mark.parametrize("rows", ["groups: [{name: 'AIM Stock Funds, Inc.', rows: [A Fund]}]", "rows: [A Fund]"])
def test_a_registrants_new_name_is_that_of_the_party_and_of_who_signs(empty: Workspace, rows: str) -> None:
    """From that amendment on, a group or not; the papers before it keep the old one, and other parties theirs."""
    first = f"number: 1\neffective: 2003-11-03\nrestate:\n  {rows}\n"
    empty.write({"schedules/p/plan.yaml": AGREEMENT, "schedules/p/amendments/001.yaml": first})
    empty.write({"schedules/events/2003-11-25-trust.yaml": BECOMES_A_TRUST})
    assert empty.run("event", "2003-11-25-trust.yaml").code == 0
    second = empty.root / "schedules/p/amendments/002.yaml"
    second.write_text(second.read_text(encoding="utf-8").replace("draft: true\n", ""), encoding="utf-8")
    third = "number: 3\neffective: 2003-12-15\nchanges:\n  - add: B Fund\n"
    empty.write({"schedules/p/amendments/003.yaml": third})
    assert empty.run("check").out == "No problems. 3 amendments checked.\n"
    assert empty.run("build", "--format", "txt").code == 0
    for number, name in (("001", "AIM Stock Funds, Inc."), ("002", "AIM Stock Funds"), ("003", "AIM Stock Funds")):
        text = (empty.root / f"build/p/{number}/amendment.txt").read_text(encoding="ascii")
        words = " ".join(text.split())
        assert f'by and between {name} (the "Company"), and A I M Advisors, Inc.' in words
        assert re.findall(r"^ +(.+)\n\n? *By: _", text, re.MULTILINE)[-2:] == [name, "A I M Advisors, Inc."], text


MERGER = """\
  - remove: INVESCO Tax-Free Bond Fund
    into: INVESCO U.S. Government Securities Fund
"""
RENAME = """\
  - rename: INVESCO U.S. Government Securities Fund
    to: AIM Government Fund
"""
AFTER = MERGER.replace("into: INVESCO U.S. Government Securities Fund", "into: AIM Government Fund")


@pytest.mark.parametrize("changes", [MERGER + RENAME, RENAME + MERGER, RENAME + AFTER, AFTER + RENAME])
def test_the_order_of_an_events_changes_makes_no_difference(workspace: Workspace, changes: str) -> None:
    workspace.write({"schedules/events/one.yaml": f"event: E\neffective: 2004-10-15\nchanges:\n{changes}"})
    ran = workspace.run("event", "one.yaml")
    assert ran.code == 0, ran.err
    assert read(workspace, "schedules/p/amendments/002.yaml").partition("changes:\n")[2] == MERGER + RENAME
    assert workspace.run("check").code == 0


@pytest.mark.parametrize("first", [True, False])
def test_what_an_event_renames_is_understood_by_both_names(workspace: Workspace, first: bool) -> None:
    change = "  - set: AIM Government Fund\n    service_fee: 0.20%\n"
    both = RENAME + change if first else change + RENAME
    workspace.write({"schedules/events/one.yaml": f"event: E\neffective: 2004-10-15\nchanges:\n{both}"})
    assert workspace.run("event", "one.yaml").code == 0
    line = next(line for line in workspace.run("show", "p/002").out.splitlines() if "AIM Government Fund" in line)
    assert "0.20%" in line


def test_a_fund_comes_with_its_classes(workspace: Workspace) -> None:
    classes = """\
number: 1
effective: 2003-11-03
restate:
  groups:
    - name: AIM BOND FUNDS, INC.
      rows:
        - name: Alpha Fund
          rows:
            - {name: Class A, sales_charge: 0.50%, service_fee: 0.25%, aggregate_fee: 0.75%}
            - {name: Class C, sales_charge: 0.75%, service_fee: 0.25%, aggregate_fee: 1.00%}
"""
    event = """\
event: A new fund
effective: 2004-10-15
changes:
  - add: O'Hara & Sons Fund
    to: AIM Bond Funds, Inc.
    rows:
      - {name: Class A, sales_charge: 0.50%, service_fee: 0.25%, aggregate_fee: 0.75%}
      - {name: Class R, sales_charge: 0.50%, service_fee: 0.25%, unknown: 1}
"""
    workspace.write({"schedules/p/amendments/001.yaml": classes, "schedules/events/new.yaml": event})
    ran = workspace.run("event", "new.yaml")
    assert ran.code == 0, ran.err
    lines = [line.split() for line in workspace.run("show", "p/002").out.splitlines()]
    assert lines[-3:-1] == [
        ["Class", "A", "0.50%", "0.25%", "0.75%", "002"],
        ["Class", "R", "0.50%", "0.25%", "[", "]", "002"],
    ]
    assert workspace.run("check").code == 0


def test_the_first_paper_after_an_opening_schedule_is_number_one(empty: Workspace) -> None:
    opening = AMENDMENT.replace("number: 1", "opening: true")
    empty.write({"schedules/p/plan.yaml": PLAN, "schedules/p/amendments/000.yaml": opening})
    assert "001.yaml" in empty.run("new", "p").out
    assert "number: 1\n" in (empty.root / "schedules/p/amendments/001.yaml").read_text(encoding="utf-8")


def test_a_draft_that_is_open_and_a_file_that_is_missing_are_named(workspace: Workspace) -> None:
    assert workspace.run("new", "p").code == 0
    again = workspace.run("new", "p")
    assert again.code == 2
    assert "schedules/p/amendments/002.yaml:5: draft: p/002 is an open draft" in again.err
    assert "go on in it" in again.err
    path = workspace.root / "schedules/p/amendments/002.yaml"
    third = "number: 3\neffective: 2004-10-15\nchanges:\n  - remove: INVESCO Tax-Free Bond Fund\n"
    path.unlink()
    workspace.write({"schedules/p/amendments/003.yaml": third})
    assert "warning: 002.yaml is missing between 001 and 003 [number-follows]" in workspace.run("check").err


NOTHING_FITS = """\
event: Changes that are none of this plan's
effective: 2004-10-15
changes:
  - {add: INVESCO TAX-FREE BOND FUND, to: "AIM BOND FUNDS, INC."}
  - {add: AIM New Fund, to: AIM STOCK FUNDS}
  - {add_group: "AIM Bond Funds, Inc.", rows: [AIM New Fund]}
  - {remove: AIM Gone Fund}
  - {rename: AIM Old Fund, to: INVESCO Tax-Free Bond Fund}
  - {rename: INVESCO TAX-FREE BOND FUND, to: INVESCO Tax-Free Bond Fund}
  - {move: INVESCO Tax-Free Bond Fund, to: AIM STOCK FUNDS}
  - {move: INVESCO Tax-Free Bond Fund, after: AIM Gone Fund}
  - {rename_all: Premier, to: Plain}
  - {add_trade_name: Premier, in_place_of: Plain}
  - {set_footnote: "*", text: A note.}
  - {remove_footnote: "*"}
  - {remove_class: Class Z}
  - {add_class: Class Z, of: INVESCO Tax-Free Bond Fund}
  - {set_class: Class Z, of: INVESCO Tax-Free Bond Fund, service_fee: 0.20%}
  - {remove_group: AIM STOCK FUNDS}
"""


def test_why_nothing_of_an_event_fits_a_plan(workspace: Workspace) -> None:
    ran = workspace.write({"schedules/events/none.yaml": NOTHING_FITS}).run("event", "none.yaml")
    line, end = ran.out.splitlines()
    assert line.split("; ") == [
        "p: left alone",
        "AIM STOCK FUNDS is not in Schedule A",
        "AIM BOND FUNDS, INC. is in Schedule A already",
        "AIM Gone Fund is not in Schedule A",
        'Schedule A has no footnote "*"',
        "Class Z does not fit Schedule A",
        "Class Z of INVESCO Tax-Free Bond Fund does not fit Schedule A",
        "INVESCO Tax-Free Bond Fund has its new name in Schedule A already",
        'no name in Schedule A has the words "Premier"',
        'no registrant in Schedule A begins with "Plain"',
        "INVESCO Tax-Free Bond Fund is in Schedule A already",
    ]
    assert end == "0 drafts written."


OF_EVERY_KIND = """\
event: One change of every kind
effective: 2004-10-15
changes:
  - {add_footnote: "*", text: A note., of: INVESCO Tax-Free Bond Fund}
  - {add_trade_name: Invesco, in_place_of: AIM}
  - {move: INVESCO U.S. GOVERNMENT SECURITIES FUND, after: first}
  - {add: AIM New Fund, to: AIM NEW FUNDS, new_group: true}
  - {add_group: AIM STOCK FUNDS, rows: [AIM Stock Fund]}
"""

DRAFTED = """\
  - add_footnote: '*'
    text: A note.
    of:
      - INVESCO Tax-Free Bond Fund
  - move: INVESCO U.S. Government Securities Fund
    after: first
  - add: AIM New Fund
    to: AIM NEW FUNDS
    new_group: true
  - add_group: AIM STOCK FUNDS
    rows:
      - AIM Stock Fund
  - add_trade_name: Invesco
    in_place_of: AIM
"""


def test_changes_of_every_kind_are_drafted_as_the_plan_spells_them(workspace: Workspace) -> None:
    ran = workspace.write({"schedules/events/every.yaml": OF_EVERY_KIND}).run("event", "every.yaml")
    assert ran.code == 0, ran.err
    drafted = read(workspace, "schedules/p/amendments/002.yaml")
    assert drafted.partition("changes:\n")[2] == DRAFTED


BY_NEW_NAMES = """\
event: A rename, and what is said by the new names
effective: 2004-10-15
changes:
  - {rename_all: INVESCO, to: AIM}
  - {set: AIM Tax-Free Bond Fund, service_fee: 0.20%, aggregate_fee: 0.95%}
"""


def test_a_change_may_say_the_name_that_the_event_gives(workspace: Workspace) -> None:
    ran = workspace.write({"schedules/events/names.yaml": BY_NEW_NAMES}).run("event", "names.yaml")
    assert ran.code == 0, ran.err
    changes = read(workspace, "schedules/p/amendments/002.yaml").partition("changes:\n")[2]
    assert changes.startswith("  - set: INVESCO Tax-Free Bond Fund\n")
    assert changes.endswith("  - rename_all: INVESCO\n    to: AIM\n")
    assert funds(workspace, "p/002") == [name.replace("INVESCO", "AIM") for name in BOTH]


WITH_CLASSES = """\
number: 1
effective: 2003-11-03
restate:
  values: {sales_charge: 0.75%, service_fee: 0.25%, aggregate_fee: 1.00%}
  groups:
    - name: A TRUST
      rows:
        - {name: Alpha Fund, rows: [Class A, Class C]}
        - Beta Fund
        - Gamma Fund
"""
ALL_BY_NEW_NAMES = """\
event: Everything is said by the new names
effective: 2004-10-15
changes:
  - {rename_group: A TRUST, to: Z TRUST}
  - {rename: Alpha Fund, to: Omega Fund}
  - {set: Beta Fund, group: Z TRUST, service_fee: 0.20%, aggregate_fee: 0.95%}
  - {set: Class A, under: Omega Fund, service_fee: 0.20%, aggregate_fee: 0.95%}
  - {remove_class: Class C, of: Omega Fund}
  - {add: New Fund, to: Z TRUST, after: Omega Fund, service_fee: 0.20%, aggregate_fee: 0.95%}
  - {remove: Gamma Fund, into: Omega Fund}
"""


def test_every_key_of_a_change_may_say_a_new_name(workspace: Workspace) -> None:
    workspace.write({"schedules/p/amendments/001.yaml": WITH_CLASSES, "schedules/events/all.yaml": ALL_BY_NEW_NAMES})
    ran = workspace.run("event", "all.yaml")
    assert ran.code == 0, ran.err
    changes = read(workspace, "schedules/p/amendments/002.yaml").partition("changes:\n")[2]
    said = re.findall(r"^ +(group|under|of|to|after|into): (.+)", changes, re.MULTILINE)
    assert said == [
        ("group", "A TRUST"),
        ("under", "Alpha Fund"),
        ("of", "Alpha Fund"),
        ("to", "A TRUST"),
        ("after", "Alpha Fund"),
        ("into", "Alpha Fund"),
        ("to", "Z TRUST"),
        ("to", "Omega Fund"),
    ]


SPELLED = {
    # funds with classes, under two registrants, and one footnote
    "schedules/classes/plan.yaml": """\
title: Plan of classes
kind: distribution-plan
share_classes: [Class A, Class B, Class S]
schedule:
  row: Fund
  columns: {fee: {heading: Fee, holds: rate}, more: {heading: More, holds: rate}}
  footnotes: [{mark: "*", text: A note.}]
""",
    "schedules/classes/amendments/001.yaml": """\
number: 1
effective: 2003-11-03
restate:
  groups:
    - name: AIM Stock Funds
      rows:
        - name: AIM Alpha Fund
          mark: "*"
          rows: [{name: Class A, fee: 1%, more: 2%}, {name: Class B, fee: 1%, more: 3%}]
        - {name: AIM Beta Fund, fee: 1%, more: 2%}
    - name: Other Funds
      rows:
        - {name: AIM Rho Fund, rows: [{name: Class A, fee: 1%, more: 2%}]}
        - {name: AIM Gamma Fund, fee: 1%, more: 2%}
        - {name: AIM Delta Fund, fee: 1%, more: 2%}
""",
    # no paper yet
    "schedules/bare/plan.yaml": "title: Plan of nothing\nkind: distribution-plan\nschedule: {row: Fund}\n",
    # two schedules, of which one has the funds in capitals
    "schedules/several/plan.yaml": """\
title: Plan of several
kind: distribution-plan
share_classes: [Class A]
of: [AIM Stock Funds]
schedules:
  - {name: Schedule A, row: Fund}
  - {name: Schedule B, row: Fund, columns: {fee: {heading: Fee, holds: rate}}}
""",
    "schedules/several/amendments/001.yaml": """\
number: 1
effective: 2003-11-03
restate:
  - {schedule: Schedule A, rows: [AIM ALPHA FUND, AIM BETA FUND, AIM Zeta Fund]}
  - {schedule: Schedule B, rows: [{name: AIM Beta Fund, fee: 1%}, {name: AIM Eta Fund, fee: 1%}]}
""",
}
# one registrant, whom the wording need not name
SPELLED |= {
    "schedules/sole/plan.yaml": SPELLED["schedules/classes/plan.yaml"].replace(
        "of classes", "of a sole registrant\nof: AIM Sole Trust"
    ),
    "schedules/sole/amendments/001.yaml": """\
number: 1
effective: 2003-11-03
restate: {groups: [{name: AIM Sole Trust, rows: [{name: AIM Sole Fund, fee: 1%, more: 2%, mark: "*"}]}]}
""",
}
# a fund and a registrant whose names change later than the event
SPELLED |= {
    "schedules/later/plan.yaml": SPELLED["schedules/classes/plan.yaml"].replace("of classes", "of names to come"),
    "schedules/later/amendments/001.yaml": """\
number: 1
effective: 2003-11-03
restate:
  values: {fee: 1%, more: 2%}
  groups: [{name: Later Funds, rows: [Later Fund, Other Fund]}]
""",
    "schedules/later/amendments/002.yaml": """\
number: 2
effective: 2004-06-01
changes:
  - {rename: Later Fund, to: Premier Fund, effective: 2005-01-03}
  - {rename_group: Later Funds, to: Premier Funds, effective: 2005-01-03}
""",
}
SPELLED_EVENTS = {
    "a fund for whoever has one registrant": """\
  - {add: AIM New Fund, fee: 2%, after: first}
""",
    "funds": """\
  - {rename: AIM Alpha Fund, to: AIM Omega Fund}
  - {remove: AIM Beta Fund, into: AIM Omega Fund}
  - {add: AIM New Fund, to: AIM STOCK FUNDS, fee: 2%, after: AIM Alpha Fund}
  - {move: AIM Gamma Fund, to: AIM Stock Funds}
  - {move: AIM Delta Fund, after: First}
""",
    "groups": """\
  - {rename_group: AIM STOCK FUNDS, to: Invesco Stock Funds, is: a Delaware statutory trust}
  - {move_group: Other Funds, after: first}
  - {add_trade_name: Invesco, in_place_of: AIM, except: [Other Funds, AIM Stock Funds, AIM Gone Funds]}
  - {rename_all: Funds, to: Trust, groups: true, except: [Other Funds]}
""",
    "classes": """\
  - {set: Class A, under: AIM Alpha Fund, fee: 3%}
  - {set_class: Class B, of: AIM ALPHA FUND, fee: 3%}
  - {add_class: Class C, fee: 1%, more: 2%}
  - {redesignate_class: Class B, to: Class R}
""",
    "a class goes": """\
  - {remove_class: Class A}
  - {add_class: Class B, of: AIM Beta Fund, fee: 1%, more: 2%}
""",
    "a fund with its classes": """\
  - {add: AIM New Fund, to: AIM Stock Funds, rows: [{name: Class A, fee: 2%}, Class B]}
  - {set_footnote: "*", text: Another note.}
  - {remove_footnote: "1"}
  - {add_footnote: "*", text: A third note.}
  - {add_footnote: "1", text: A fourth note., of: [aim alpha fund, AIM STOCK FUNDS, FEE]}
""",
    "a note of a fund that not every plan has": """\
  - {add_footnote: "1", text: A note., of: AIM Beta Fund, schedule: Schedule A}
  - {add_footnote: "2", text: A second note., of: [AIM Alpha Fund, AIM Sole Fund]}
""",
    "exceptions that are a head, a class and a fund to come": """\
  - {rename_all: AIM, to: Invesco, except: [Fee, Class A, AIM New Fund, AIM Rho Fund]}
  - {add: AIM New Fund, to: AIM Stock Funds}
""",
    "a note of what no plan has": """\
  - {add_footnote: "1", text: A note., of: [AIM Beta Fund, AIM Bta Fund]}
""",
    "a registrant with its funds": """\
  - add_group: AIM New Funds
    after: aim stock funds
    more: 4%
    rows:
      - {name: AIM New Fund, fee: 2%, less: 1%}
      - AIM Newer Fund
      - {name: AIM Newest Fund, more: 5%, less: 1%, rows: [Class A, {name: Class B, fee: 2%}]}
  - {add_group: AIM STOCK FUNDS, rows: [AIM Stock Fund]}
""",
    "a fund whose classes have one value": """\
  - add: AIM New Fund
    to: AIM Stock Funds
    values: {more: 4%, less: 1%}
    rows: [{name: Class A, fee: 2%}, {name: Class B, less: 1%}]
""",
    "a class of one fund": """\
  - {add: Class B, under: aim rho fund, after: CLASS A, fee: 1%}
  - {add: Class A, under: AIM Alpha Fund, fee: 1%}
  - {add: Class A, under: AIM Beta Fund, fee: 1%}
  - {rename: Class A, under: aim rho fund, to: Class Y}
  - {move: CLASS B, under: aim alpha fund, after: First}
  - {move: Class B, under: aim alpha fund, after: class a}
  - {move: Class B, under: aim alpha fund, after: AIM Beta Fund}
""",
    "names in other capitals, in every key": """\
  - {set: AIM gamma fund, group: OTHER FUNDS, fee: 3%}
  - {set: Class B, under: AIM ALPHA FUND, fee: 3%}
  - {remove_class: Class A, of: aim rho fund}
  - {move_group: OTHER FUNDS, after: FIRST}
  - {remove: aim delta fund, group: OTHER FUNDS}
""",
    "words that only registrants have, and exceptions": """\
  - {rename_all: Other, to: More}
  - {rename_all: AIM, to: Invesco, except: [AIM ALPHA FUND, AIM Stock Funds, aim rho fund]}
""",
    "a class that is named as a fund": """\
  - {set: Class A, fee: 3%}
  - {remove: AIM Beta Fund, under: AIM Alpha Fund}
""",
    "a new fund under the name that another gets": """\
  - {rename: AIM Alpha Fund, to: AIM Omega Fund}
  - {add: AIM Omega Fund, to: AIM Stock Funds, fee: 1%, more: 2%}
""",
    "a new fund under the name that another gives up, and a note by its new name": """\
  - {add: AIM Gamma Fund, to: AIM Stock Funds, fee: 1%, more: 2%}
  - {add_footnote: "1", text: A note., of: [AIM Omega Fund, Other Funds]}
  - {rename: AIM Gamma Fund, to: AIM Omega Fund}
""",
    "words but for one name, and changes by what would be the new names": """\
  - {rename_all: AIM, to: Invesco, except: AIM Beta Fund}
  - {set: Invesco Beta Fund, fee: 3%}
  - {set: Invesco Gamma Fund, fee: 3%}
""",
    "a note of a fund that comes in": """\
  - {add: AIM New Fund, to: AIM Stock Funds, fee: 1%, more: 2%}
  - {add_footnote: "1", text: A note., of: AIM New Fund}
""",
    "a registrant that is another kind of thing by its new name": """\
  - {rename_group: aim sole trust, to: Invesco Sole Trust, is: a Delaware statutory trust}
""",
    "names of the day, and names to come": """\
  - {set: Later Fund, fee: 3%}
  - {set: Premier Fund, more: 3%}
  - {add: AIM New Fund, to: LATER FUNDS, after: Later Fund}
""",
    "places and groups": """\
  - {move: AIM Gamma Fund, to: Other Funds, after: AIM Delta Fund}
  - {move: AIM Delta Fund, after: AIM Gone Fund}
  - {add: AIM New Fund, to: AIM Fresh Funds, new_group: true, fee: 1%, more: 2%}
  - {add: AIM Newer Fund, to: OTHER FUNDS, new_group: true, fee: 1%, more: 2%}
""",
    "a trade name": """\
  - {add_trade_name: Invesco, in_place_of: AIM, except: [Other Funds]}
""",
    "what classes have already, and values of a plan's one class": """\
  - {add_class: Class A, of: AIM Alpha Fund, fee: 1%, more: 2%}
  - {set_class: Class A, schedule: Schedule B, fee: 3%}
""",
    "a class that another fund has": """\
  - {add_class: Class B, of: AIM Rho Fund, fee: 1%, more: 2%}
""",
    "a class of the plan that no fund has": """\
  - {remove_class: Class S}
  - {redesignate_class: Class S, to: Class T}
""",
    "values of one of a plan's classes": """\
  - {set_class: Class B, fee: 3%}
""",
    "one schedule": """\
  - {remove: AIM Beta Fund, schedule: Schedule B}
  - {add: AIM Zeta Fund, schedule: Schedule B, fee: 2%}
  - {remove: AIM Eta Fund, schedule: Schedule A}
""",
}


def drafted(plans: Sequence[PlanFolder], changes: str) -> str:
    """What becomes of each plan, and the drafts; what is wrong with one that stands so, or why there are none."""
    text = f"event: E\neffective: 2004-10-15\nchanges:\n{changes}"
    source = yaml_reader.parse("schedules/events/e.yaml", text.encode())
    event = EventFile("e", validation.validate(Event, source), source)
    try:
        results = from_event.plan_all(event, plans, add=False)
    except UsageProblem as error:
        return "".join(f"{problem}\n" for problem in error.problems)
    parts = [from_event.as_text(results)]
    for plan, result in zip(plans, results, strict=True):
        if isinstance(result, from_event.Drafted):
            parts.append(f"--- {plan.id}\n{result.text[result.text.index('event:') :]}")
            try:
                plan_reading.amendment_from(plan, Path(result.path).stem, result.path, result.text.encode())
            except DataProblem as error:
                parts += [f"{problem}\n" for problem in error.problems]
    return "\n".join(parts)


def test_an_event_is_drafted_as_each_plan_spells_it(empty: Workspace, golden: Golden) -> None:
    """Of what a plan has nothing of, why it is left alone."""
    plans = load(empty.write(SPELLED).root).plans
    found = [f"=== {name}\n{drafted(plans, changes)}" for name, changes in SPELLED_EVENTS.items()]
    golden.holds(HERE / "drafts.golden", "\n".join(found))


@pytest.mark.parametrize("day", ["2001-01-02", "tbd"])
def test_an_event_on_no_day_of_the_plan_goes_by_the_last_names(plans: Workspace, day: str) -> None:
    changes = "  - {remove: AIM Gone Fund}\n  - {remove: invesco tax-free bond fund}\n"
    plans.write({"schedules/events/e.yaml": f"event: E\neffective: {day}\nplans: [p]\nchanges:\n{changes}"})
    ran = plans.run("event", "e.yaml")
    told = ["INVESCO Tax-Free Bond Fund is removed", "left alone: AIM Gone Fund is not in Schedule A"]
    assert [line.strip() for line in ran.out.splitlines()[1:3]] == told
    assert f"effective: {day}\n" in read(plans, "schedules/p/amendments/002.yaml")


def test_an_exception_that_no_schedule_has_is_told_with_the_names_there_are() -> None:
    typed = b"event: E\neffective: 2004-10-15\nchanges: [{rename_all: AIM, to: X, except: [Zzz, Alpha  fund]}]\n"
    source = yaml_reader.parse("e.yaml", typed)
    event = EventFile("e", validation.validate(Event, source), source)
    first = {"effective": "2004-01-01", "restate": {"rows": ["Alpha Fund", "Beta Fund"]}}
    plan = making.chain({"title": "P", "kind": "k", "schedule": {}}, [first])
    (problem,) = event_effects.unmatched(event, plan.amendments[0].after)
    assert (problem.found, problem.remedy) == ('no plan has "Zzz"', "known here: Alpha Fund, Beta Fund")
