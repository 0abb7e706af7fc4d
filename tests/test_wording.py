"""What real exhibits say, each wording by its key: data in, the words out."""

from __future__ import annotations

import pytest

from tests.conftest import PLAN, Workspace

REMOVED = "number: 2\neffective: 2003-11-24\nchanges: [{remove: INVESCO Tax-Free Bond Fund}]\n"
BARE = PLAN.replace("title: Amended and Restated Master Distribution Plan\n", "").replace("dated: 2003-08-18\n", "")
TITLE = "title: Master Distribution Plan\n"


def lines(workspace: Workspace, plan: str, amendment: str = REMOVED, what: str = "p/002") -> str:
    """The tree of the amendment, a block a line."""
    workspace.write({"schedules/p/plan.yaml": plan, "schedules/p/amendments/002.yaml": amendment})
    ran = workspace.run("show", what, "--step", "tree")
    assert ran.code == 0, ran.err
    return ran.out


@pytest.mark.parametrize(
    ("dated", "says"),
    [
        ("{date: 2003-08-18, then: as amended}", "dated as of August 18, 2003, as amended, pursuant"),
        ("{date: 2003-08-18, then: as amended and restated}", "2003, as amended and restated, pursuant"),
        ("{date: 2003-08-18, then: as may be amended}", "2003, as may be amended, pursuant"),
        ("{then: as amended and/or restated to date}", "(the “Plan”), as amended and/or restated to date, pursuant"),
        (
            "{date: 2003-05-15, amended_and_restated: [2010-01-04, 2016-02-25, 2017-03-01]}",
            "May 15, 2003, and amended and restated on January 4, 2010, February 25, 2016 and March 1, 2017, pursuant",
        ),
        ("{date: 2003-08-18, amended_effective: 2015-05-01}", "2003, and amended effective May 1, 2015, pursuant"),
    ],
)
def test_the_words_after_the_plans_date(workspace: Workspace, dated: str, says: str) -> None:
    assert says in lines(workspace, f"{TITLE}form: {{class_in_opening: false}}\ndated: {dated}\n{BARE}")


def test_several_registrants_in_title_and_opening(workspace: Workspace) -> None:
    of = "of: [{name: 'One Funds, Inc.', is: a Maryland corporation}, 'Two Funds, Inc.', Three Trust]\n"
    said = lines(workspace, TITLE + of + BARE)
    assert "heading 1 title: AMENDMENT NO. 2 / TO THE MASTER DISTRIBUTION PLAN / OF / ONE FUNDS, INC., / " in said
    assert "TWO FUNDS, INC., / AND THREE TRUST\n" in said
    assert "(the “Plan”) of One Funds, Inc., a Maryland corporation, Two Funds, Inc., and Three Trust, pursuant" in said


def test_the_registrant_stands_after_the_rule(workspace: Workspace) -> None:
    plan = "of: {name: AIM Funds, is: a Delaware statutory trust}\ndated: 2003-08-18\n"
    after = plan + "form: {registrant_after_rule: true, class_in_opening: false}\n"
    assert "(the “Plan”) of AIM Funds, a Delaware statutory trust, dated" in lines(
        workspace, TITLE + plan + "form: {class_in_opening: false}\n" + BARE
    )
    said = lines(workspace, TITLE + after + BARE)
    assert "pursuant to Rule 12b-1 of AIM Funds, a Delaware statutory trust, is hereby amended" in said


def test_a_titles_lines_are_the_lawyers_else_balanced(workspace: Workspace) -> None:
    typed = "title: [Master, Distribution Plan]\n"
    assert "AMENDMENT NO. 2 / TO THE MASTER / DISTRIBUTION PLAN\n" in lines(workspace, typed + BARE)
    long = "title: Amended and Restated Master Distribution and Individual Shareholder Services Plan of the Family\n"
    said = lines(workspace, long + BARE)
    assert (
        "THE AMENDED AND RESTATED / MASTER DISTRIBUTION AND INDIVIDUAL / SHAREHOLDER SERVICES PLAN OF THE FAMILY"
        in said
    )


def test_a_heading_without_the_plans_name_and_no_label(workspace: Workspace) -> None:
    said = lines(workspace, TITLE + BARE.replace("schedule:\n", "schedule:\n  plan: none\n  label: none\n"))
    assert "heading 2 schedule: “SCHEDULE A / (CLASS B SHARES)\n" in said
    assert "  label:" not in said


def test_a_rules_letter_is_small_in_capitals(workspace: Workspace) -> None:
    assert "TO THE PLAN PURSUANT TO RULE 12b-1" in lines(workspace, "title: Plan Pursuant to Rule 12b-1\n" + BARE)


DESIRE = "WHEREAS, the parties desire to amend the Plan to reflect"
GONE = f"{DESIRE} the removal of INVESCO Tax-Free Bond Fund"


@pytest.mark.parametrize(
    ("form", "says"),
    [
        (
            "recital: whereas, therefore: clause",
            f"paragraph recital: {GONE};\n"
            "paragraph clause: NOW THEREFORE, Schedule A to the Plan is hereby deleted in its entirety and replaced "
            "with the following:\n",
        ),
        (
            "recital: whereas, therefore: none",
            f"paragraph recital: {GONE}.\nparagraph clause: Schedule A to the Plan is hereby deleted",
        ),
        ("in_its_entirety: replaced", "is hereby deleted and replaced in its entirety with the following:\n"),
        (
            "schedule: attached, in_its_entirety: deleted",
            "deleted in its entirety and replaced with the Schedule A attached hereto.\n",
        ),
        (
            "schedule: attached, the_in_attachment: false",
            "deleted and replaced in its entirety with Schedule A attached hereto.\n",
        ),
        ("the_in_title: false", "AMENDMENT NO. 2 / TO MASTER DISTRIBUTION PLAN\n"),
    ],
)
def test_a_clause(workspace: Workspace, form: str, says: str) -> None:
    assert says in lines(workspace, f"{TITLE}form: {{{form}}}\n{BARE}")


TWO = """\
number: 2
effective: 2003-11-24
changes:
  - rename: INVESCO Tax-Free Bond Fund
    to: AIM Tax-Free Bond Fund
  - remove: INVESCO U.S. Government Securities Fund
    reason: liquidated
"""


@pytest.mark.parametrize(("mark", "second"), [("(i)", "(ii)"), ("(a)", "(b)"), ("1)", "2)")])
def test_the_marks_of_a_list(workspace: Workspace, mark: str, second: str) -> None:
    name, gone = "INVESCO Tax-Free Bond Fund to AIM Tax-Free Bond Fund", "INVESCO U.S. Government Securities Fund"
    said = lines(workspace, f'{TITLE}form: {{recital: list, list_mark: "{mark}"}}\n{BARE}', TWO)
    assert (
        f"item: {mark} the change in name of {name}; and\nparagraph item: {second} the liquidation of {gone};" in said
    )
    said = lines(workspace, f'{TITLE}form: {{recital: whereas, list_mark: "{mark}"}}\n{BARE}', TWO)
    assert f"{DESIRE} {mark} the change in name of {name}; and {second} the liquidation of {gone};\n" in said


def test_a_schedule_that_is_no_letter_has_its_article(workspace: Workspace) -> None:
    plan = TITLE + BARE.replace("schedule:\n", "schedule:\n  name: List of Funds\n")
    assert "clause: The List of Funds in the Plan is hereby deleted" in lines(workspace, plan)


def test_a_day_that_is_still_open(workspace: Workspace) -> None:
    said = lines(workspace, TITLE + BARE, REMOVED.replace("2003-11-24", "2007-03-tbd\ndraft: true"))
    assert "is hereby amended, effective March __, 2007, as follows:" in said
    workspace.write({"schedules/p/amendments/002.yaml": REMOVED.replace("2003-11-24", "2007-03-tbd")})
    assert "002.yaml:2: effective: is left open, and the amendment is not a draft" in workspace.run("check").err
    workspace.write({"schedules/p/amendments/002.yaml": REMOVED.replace("2003-11-24", "2007-13-tbd")})
    assert "2007-13-tbd is not a date" in workspace.run("check").err


def test_a_reason_in_the_opening_sentence(workspace: Workspace) -> None:
    reason = "reason: in connection with the sale of its adviser\n"
    said = lines(workspace, TITLE + BARE, reason + REMOVED)
    assert "amended, effective November 24, 2003, in connection with the sale of its adviser, as follows:\n" in said


def test_a_trade_name_for_every_registrant(workspace: Workspace) -> None:
    change = "changes: [{add_trade_name: Invesco, in_place_of: AIM}]\n"
    said = lines(workspace, f"{TITLE}form: {{recital: whereas}}\n{BARE}", f"number: 2\neffective: 2010-04-30\n{change}")
    assert "head: AIM BOND FUNDS, INC. (Invesco BOND FUNDS, INC.) |" in said
    assert (
        f"{DESIRE} the addition of “Invesco” in parentheses, in place of “AIM”, to the name of each Registrant that "
        "begins with “AIM”;\n"
    ) in said


def test_the_shares_of_a_class_are_added(workspace: Workspace) -> None:
    added = "changes:\n  - {add: AIM Core Fund, to: 'AIM BOND FUNDS, INC.', share_class: Investor Class}\n"
    said = lines(workspace, f"{TITLE}form: {{recital: whereas}}\n{BARE}", f"number: 2\neffective: 2007-12-20\n{added}")
    assert f"{DESIRE} the addition of Investor Class Shares of AIM Core Fund;\n" in said
    assert "  row: AIM Core Fund | 0.75% | 0.25% | 1.00%\n" in said


MISPRINTED = """\
number: 2
effective: 2003-11-24
changes:
  - set: INVESCO Tax-Free Bond Fund
    service_fee: {value: 0.10%, as_filed: 0/10%, why: the exhibit has a slash for the point}
    aggregate_fee: 0.85%
"""


@pytest.mark.seconds
def test_a_misprint_prints_as_filed_in_its_exhibit_alone(workspace: Workspace) -> None:
    later = "number: 3\neffective: 2004-01-01\nchanges: [{remove: INVESCO U.S. Government Securities Fund}]\n"
    workspace.write({"schedules/p/amendments/003.yaml": later})
    assert "INVESCO Tax-Free Bond Fund | 0.75% | 0/10% | 0.85%" in lines(workspace, TITLE + BARE, MISPRINTED)
    assert "INVESCO Tax-Free Bond Fund | 0.75% | 0.10% | 0.85%" in lines(workspace, TITLE + BARE, MISPRINTED, "p/003")
    assert workspace.run("build", "--format", "txt,htm").code == 0


def test_a_schedule_filed_alone_keeps_a_log(workspace: Workspace) -> None:
    plan = f"{TITLE}form: {{log: true}}\n{BARE}".replace("distribution-plan", "schedule-only")
    said = lines(workspace, plan, TWO)
    assert (
        "paragraph footnote: Amendment No. 2, November 24, 2003: the change in name of INVESCO Tax-Free Bond Fund to "
        "AIM Tax-Free Bond Fund; and the liquidation of INVESCO U.S. Government Securities Fund.\n"
    ) in said


def test_a_name_in_a_longer_one_is_not_renamed_with_it(workspace: Workspace) -> None:
    plan = TITLE + "feature: for AIM Funds and AIM Funds Group\nparties: [AIM Funds, AIM Funds Group]\n" + BARE
    renamed = "number: 2\neffective: 2003-11-24\nchanges: [{rename_group: AIM Funds, to: Invesco Funds}]\n"
    said = lines(workspace, plan, renamed)
    assert "(FOR INVESCO FUNDS AND AIM FUNDS GROUP)" in said


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("For AIM BOND FUNDS, INC. alone:", "For Invesco Bond Funds alone:"),
        ("For Aim Bond Funds, Inc. alone:", "For Invesco Bond Funds alone:"),
        ("For AIM Bond Funds, Inc. alone:", "For Invesco Bond Funds alone:"),
    ],
)
def test_a_new_name_in_a_text_is_as_typed(workspace: Workspace, text: str, says: str) -> None:
    plan = TITLE + BARE.replace("schedule:\n", f"schedule:\n  preamble: '{text}'\n")
    renamed = (
        "number: 2\neffective: 2003-11-24\nchanges: [{rename_group: 'AIM BOND FUNDS, INC.', to: Invesco Bond Funds}]\n"
    )
    assert says in lines(workspace, plan, renamed)


def test_no_second_full_stop_behind_inc(workspace: Workspace) -> None:
    parties = "parties: [AIM Funds, 'One Adviser, Inc.']\nform: {recital: whereas, therefore: none}\n"
    plan = TITLE + parties + BARE.replace("distribution-plan", "agreement")
    removed = (
        "number: 2\neffective: 2003-11-24\nchanges: [{rename_group: 'AIM BOND FUNDS, INC.', to: 'AIM Funds, Inc.'}]\n"
    )
    said = lines(workspace, plan, removed)
    assert "by and between AIM Funds, and One Adviser, Inc.\n" in said
    assert "of the registrant AIM BOND FUNDS, INC. to AIM Funds, Inc.\n" in said
    assert ".." not in said


def test_parties_sign_before_the_schedule_that_they_attach_and_quote_nothing(workspace: Workspace) -> None:
    plan = "parties: [AIM Funds, One Adviser]\nsignatures: [{for: [AIM Funds, One Adviser]}]\n"
    plan += "form: {schedule: attached}\n" + BARE.replace("distribution-plan", "agreement")
    said = lines(workspace, TITLE + plan)
    assert said.index("paragraph party:") < said.index("heading 2 attached: SCHEDULE A")
    assert "“SCHEDULE" not in said


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ({"service_fee": "Maximum Service Fee"}, "below, a Service Fee determined"),
        ({"fee": "Annual Fee:"}, "below, a Fee determined"),
        ({"a": "Administration Fee"}, "below, an Administration Fee determined"),
        (
            {"a": "Sales Charge", "b": "Service Fee", "aggregate": "Total"},
            "below, a Distribution Fee and a Service Fee determined",
        ),
        ({key: f"{key.upper()} Fee" for key in "abcde"}, "below, the fees determined"),
    ],
)
def test_the_preamble_speaks_of_the_fees_that_are_columns(
    workspace: Workspace, columns: dict[str, str], says: str
) -> None:
    heads = "".join(f"    {key}: {{heading: '{heading}', holds: rate}}\n" for key, heading in columns.items())
    values = ", ".join(f"{key}: 0.25%" for key in columns)
    first = f"number: 1\neffective: 2003-11-03\nrestate:\n  values: {{{values}}}\n  rows: [One Fund]\n"
    plan = TITLE + BARE[: BARE.index("  columns:")] + f"  columns:\n{heads}"
    workspace.write({"schedules/p/plan.yaml": plan, "schedules/p/amendments/001.yaml": first})
    ran = workspace.run("show", "p/001", "--step", "tree")
    assert says in ran.out, ran.err


@pytest.mark.seconds
def test_the_first_amendment_is_drafted_as_a_whole_schedule(empty: Workspace) -> None:
    empty.write({"schedules/p/plan.yaml": TITLE + BARE})
    assert empty.run("new", "p").code == 0
    text = (empty.root / "schedules/p/amendments/001.yaml").read_text(encoding="utf-8")
    assert "restate:" in text
    assert "      rows:\n        - Name of a Portfolio\n" in text
    assert "changes:" not in text
    assert "In force now" not in text
    assert empty.run("build", "--format", "txt").code == 0


def test_an_open_day_is_no_value_of_a_column(workspace: Workspace) -> None:
    """It would print as a blank without its month."""
    plan = TITLE + BARE[: BARE.index("  columns:")] + "  columns: {since: {heading: Effective Date, holds: date}}\n"
    first = "number: 1\neffective: 2003-11-03\ndraft: true\nrestate:\n  rows: [{name: One Fund, since: 2003-11-tbd}]\n"
    workspace.write({"schedules/p/plan.yaml": plan, "schedules/p/amendments/001.yaml": first})
    assert '2003-11-tbd is not a date for "Effective Date"' in workspace.run("check").err


ADVISORY = """\
title: Advisory Agreement
kind: agreement
term: Agreement
parties:
  - {name: Harbor Lane Trust, called: Trust}
  - {name: "O'Brien Advisers, LLC", called: the Adviser}
form: {recital: whereas, schedule: attached, frame: contract}
signatures: [{for: Trust}, {for: The Adviser}]
schedule:
  row: Fund
  columns: {fee: {heading: Rule 12b-1 Fee, holds: rate}, unified: {heading: Unified Fee, holds: rate},
            total: {heading: Total, holds: rate}}
"""
RATES = """\
number: 1
restate:
  groups:
    - name: Harbor Lane Trust
      rows:
        - {name: Children’s Fund, fee: 0.25%, unified: 0.50%, total: 0.75%}
"""
LOWER = """\
number: 2
effective: 2014-07-01
approvals: [{by: the Boards of Trustees of the Trusts, on: 2014-06-11, independent: true}]
changes:
  - {set: Children's Fund, total: 0.70%}
"""


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("agreement", "paragraph party: Harbor Lane Trust\n"),
        ("agreement", "O'Brien Advisers, LLC (the “Adviser”)"),
        ("agreement", "paragraph party: O'Brien Advisers, LLC\n"),
        ("agreement", "the reduction of the Total Fee of Children’s Fund from 0.75% to 0.70%;"),
        ("agreement", "RULE 12b-1 FEE | UNIFIED FEE | TOTAL\n"),
        ("agreement", "by the Boards of Trustees of the Trusts, including a majority of their independent members, at"),
        ("distribution-plan", "designated below, a Rule 12b-1 Fee and a Unified Fee determined by applying"),
    ],
)
def test_names_and_fees_in_good_english(workspace: Workspace, kind: str, says: str) -> None:
    workspace.write({"schedules/p/amendments/001.yaml": RATES})
    assert says in lines(workspace, ADVISORY.replace("kind: agreement", f"kind: {kind}"), LOWER)
