"""The comparison table and the memo say every change beside what was, and the memo is one page."""

from __future__ import annotations

import re

import pytest

from docgen import readers
from docgen.build import produce
from docgen.cli.options import chosen
from docgen.document.tree import Document, Mark, Paragraph, Run, Table, plain
from docgen.files import pdf_pages
from docgen.reports import comparison_table, memo
from docgen.reports.comparison import Matter, matter
from docgen.workspace.points_in_time import between, plan_part
from docgen.writers import widths
from tests.conftest import AMENDMENT, PLAN, Workspace


def matter_of(workspace: Workspace, old: str, new: str) -> Matter:
    selection = chosen(workspace.root, [plan_part(old), plan_part(new)])
    return matter(between(selection, old, new), selection.papers[0])


def cells(document: Document) -> list[list[str]]:
    return [
        [plain(cell.content).replace("\n", " / ") for cell in row.cells]
        for block in document.blocks
        if isinstance(block, Table)
        for row in block.body
    ]


def head(document: Document) -> list[str]:
    block = document.blocks[1]
    assert isinstance(block, Paragraph)
    return plain(block.content).split("\n")


def items(document: Document) -> list[str]:
    blocks = [block for block in document.blocks if isinstance(block, Paragraph)]
    return [plain(block.content) for block in blocks if block.role == "item"]


FEES = ["0.75%", "0.25%", "1.00%"]
LOW = ["0.75%", "0.20%", "0.95%"]
NEW_FEES = "Maximum Asset Based Sales Charge 0.75%, Maximum Service Fee 0.25%, Maximum Aggregate Fee 1.00%"
GONE = ["–", "", "", ""]


def test_the_table_sets_the_whole_schedule_beside_what_it_will_be(amended: Workspace) -> None:
    table = comparison_table.document(matter_of(amended, "aim-class-b/002", "aim-class-b/003"))
    rows = cells(table)
    assert table.landscape
    assert rows[:2] == [
        ["AIM BOND FUNDS, INC."],
        ["INVESCO Tax-Free Bond Fund", *FEES, "INVESCO Tax-Free Bond Fund", *FEES, ""],
    ]
    assert [row for row in rows if row[-1] and len(row) > 1] == [
        ["INVESCO Core Equity Fund", *FEES, "AIM Core Stock Fund", *FEES, "renamed"],
        ["AIM MANAGER SERIES FUNDS, INC.", "", "", "", *GONE, "removed"],
        [*GONE, "AIM NEW FUNDS", "", "", "", "added"],
        [*GONE, "AIM One Fund", *FEES, "added under AIM NEW FUNDS"],
        [*GONE, "AIM Two Fund", *FEES, "added under AIM NEW FUNDS"],
        [
            "INVESCO Multi-Sector Fund", *FEES, "INVESCO Multi-Sector Fund", *FEES,
            "moves from AIM MANAGER SERIES FUNDS, INC.",
        ],
        ["INVESCO Telecommunications Fund", *FEES, *GONE, "merged into INVESCO Technology Fund"],
        ["AIM STOCK FUNDS, INC.", "", "", "", "AIM STOCK FUNDS", "", "", "", "renamed"],
        [
            "INVESCO Mid-Cap Growth Fund", *FEES, "INVESCO Mid-Cap Growth Fund", *LOW,
            "Maximum Service Fee and Maximum Aggregate Fee",
        ],
        [*GONE, "INVESCO S&P 500 Index Fund", *FEES, "added under AIM STOCK FUNDS"],
    ]  # fmt: skip


def test_the_memo_says_what_changes_and_who_must_approve(amended: Workspace) -> None:
    paper = memo.document(matter_of(amended, "aim-class-b/002", "aim-class-b/003"))
    rows = {row[0]: row[1:] for row in cells(paper)}
    assert rows["AIM Two Fund"] == [
        f"added under AIM NEW FUNDS ({NEW_FEES})",
        "Board and independent members; holders, if offered before",
    ]
    assert rows["INVESCO Multi-Sector Fund"] == [
        "moves from AIM MANAGER SERIES FUNDS, INC. to AIM SECTOR FUNDS, INC.",
        "Board and independent members, if material",
    ]
    assert rows["INVESCO Mid-Cap Growth Fund"] == [
        "Maximum Service Fee from 0.25% to 0.20%; Maximum Aggregate Fee from 1.00% to 0.95%",
        "Board and independent members",
    ]
    assert rows["AIM MANAGER SERIES FUNDS, INC."][0] == "removed"
    assert rows["AIM STOCK FUNDS"][0] == "renamed from AIM STOCK FUNDS, INC."
    assert head(paper) == [
        "To: The Board of AIM COMBINATION STOCK & BOND FUNDS, INC.; the Board of AIM MANAGER SERIES FUNDS, INC.; "
        "the Board of AIM NEW FUNDS; the Board of AIM SECTOR FUNDS, INC.; and the Board of AIM STOCK FUNDS",
        "From: [ ]",
        "Date: November 24, 2003",
        "Re: Amended and Restated Master Distribution Plan (Class B Shares), Amendment No. 3",
        "Effective: November 24, 2003",
    ]
    assert not any("Fees that rise" in item for item in items(paper))


@pytest.mark.parametrize(
    ("by", "outstanding"),
    [
        ("the Board of Trustees of AIM Stock Funds and AIM Combination Stock & Bond Funds, Inc.", 3),
        ("the Boards of the Funds", 0),
    ],
)
def test_the_memo_names_the_boards_that_have_not_voted(amended: Workspace, by: str, outstanding: int) -> None:
    file = amended.root / "schedules/aim-class-b/amendments/003.yaml"
    vote = f"approvals:\n  - {{by: '{by}', on: 2003-11-10, independent: true}}\n"
    amended.write({"schedules/aim-class-b/amendments/003.yaml": vote + file.read_text("utf-8")})
    paper = memo.document(matter_of(amended, "aim-class-b/002", "aim-class-b/003"))
    assert head(paper)[0].lower().count("the board") == 1 + outstanding
    assert ("(1) The Board of AIM MANAGER SERIES FUNDS, INC." in items(paper)) == bool(outstanding)


def fund(name: str) -> str:
    rows = "".join(
        f"            - {{name: Class {name}, sales_charge: 0.50%, service_fee: 0.25%, aggregate_fee: 0.75%}}\n"
        for name in "CR"
    )
    return f"        - name: {name}\n          rows:\n{rows}"


OPENING = (
    "opening: true\neffective: 2019-05-24\nrestate:\n  groups:\n    - name: AIM Funds\n      rows:\n"
    + fund("Alpha Fund")
    + fund("Beta Fund")
    + fund("O'Neil & Sons Fund")
)
SECOND = """\
number: 2
effective: 2020-03-02
reason: in connection with the merger of its adviser
approvals:
  - {by: the Board of Trustees of AIM Funds, on: 2020-02-03, independent: true}
changes:
  - remove: Alpha Fund
    into: Beta Fund
  - set_class: Class R
    service_fee: 0.20%
    aggregate_fee: 0.70%
"""
LATER = """\
number: 3
effective: 2020-06-01
form: {number: words}
plan: {title: Distribution Plan, share_classes: [Class C, Class R, Class Y]}
changes:
  - rename: Beta Fund
    to: Beta Income Fund
  - rename_group: AIM Funds
    to: AIM Trust
  - add_class: Class Y
    of: O'Neil & Sons Fund
    sales_charge: 0.10%
    service_fee: 0.10%
    aggregate_fee: 0.20%
"""


@pytest.fixture
def with_classes(empty: Workspace) -> Workspace:
    """A plan whose classes are rows, with three amendments of three days."""
    return empty.write(
        {
            "schedules/p/plan.yaml": PLAN.replace("[Class B]", "[Class C, Class R]").replace("2003", "2018"),
            "schedules/p/amendments/001.yaml": OPENING,
            "schedules/p/amendments/002.yaml": SECOND,
            "schedules/p/amendments/003.yaml": LATER,
        }
    )


def test_a_fund_is_one_line_with_its_classes_and_a_fee_of_a_class_another(with_classes: Workspace) -> None:
    paper = memo.document(matter_of(with_classes, "p/001", "p/003"))
    assert head(paper) == [
        "To: The Board of Trustees of AIM Funds",
        "From: [ ]",
        "Date: February 3, 2020",
        "Re: Distribution Plan (Class C, Class R and Class Y Shares), Third Amendment",
        "As is: Amended and Restated Master Distribution Plan (Class C and Class R Shares)",
        "Effective: June 1, 2020",
        "Reason: in connection with the merger of its adviser",
    ]
    assert [row[:2] for row in cells(paper)] == [
        ["The Plan", "its title from Amended and Restated Master Distribution Plan to Distribution Plan"],
        ["The Plan", "its share classes from Class C and Class R to Class C, Class R and Class Y"],
        ["AIM Trust", "renamed from AIM Funds"],
        [
            "Alpha Fund / Class C and Class R",
            "merged into Beta Fund (now Beta Income Fund), effective March 2, 2020",
        ],
        ["Beta Income Fund / Class C and Class R", "renamed from Beta Fund"],
        [
            "Class R of every Portfolio",
            "Maximum Service Fee from 0.25% to 0.20%; Maximum Aggregate Fee from 0.75% to 0.70%, "
            "effective March 2, 2020",
        ],
        [
            "Class Y of O'Neil & Sons Fund",
            "added (Maximum Asset Based Sales Charge 0.10%, Maximum Service Fee 0.10%, Maximum Aggregate Fee 0.20%)",
        ],
    ]
    assert cells(paper)[3][2] == "Board and independent trustees"
    (fit,) = widths.fits(paper).values()
    assert fit.shares[1] > max(fit.shares[0], fit.shares[2]), "what changes has the most room"
    opening = plain(paper.blocks[2].content)  # type: ignore[union-attr]
    assert opening.startswith("From the schedule of May 24, 2019 to Third Amendment: 1 added, 1 removed")


UNTIL = "Maximum Service Fee from 0.25% to 0.20%; Maximum Aggregate Fee from 0.75% to 0.70%, until it goes"
NEW_CLASS = "  - {{add_class: Class Y, of: {}, sales_charge: 0%, service_fee: 0.10%, aggregate_fee: 0.10%}}\n"


@pytest.mark.parametrize(
    ("changes", "lines"),
    [
        pytest.param(
            "  - {set: Class R, under: Alpha Fund, service_fee: 0.20%, aggregate_fee: 0.70%}\n"
            "  - {remove: Alpha Fund, into: Beta Fund, effective: 2020-06-01}\n",
            [
                ["Alpha Fund / Class C and Class R", "merged into Beta Fund, effective June 1, 2020"],
                ["Class R of Alpha Fund", UNTIL],
            ],
            id="a fee until the merger",
        ),
        pytest.param(
            "  - {set: Class R, under: Alpha Fund, service_fee: 0.20%, aggregate_fee: 0.70%}\n"
            "  - {remove: Alpha Fund, into: Beta Fund}\n",
            [["Alpha Fund / Class C and Class R", "merged into Beta Fund"]],
            id="a fee that never is",
        ),
        pytest.param(
            NEW_CLASS.format("Alpha Fund") + NEW_CLASS.format("Beta Fund"),
            [
                [
                    "Class Y of each of Alpha Fund and Beta Fund",
                    "added (Maximum Asset Based Sales Charge 0%, Maximum Service Fee 0.10%, Maximum Aggregate Fee "
                    "0.10%)",
                ]
            ],
            id="a class of two of three",
        ),
        pytest.param(
            "  - {remove_class: Class R, of: Alpha Fund}\n"
            "  - {set_class: Class R, service_fee: 0.20%, aggregate_fee: 0.70%}\n",
            [
                ["Class R of Alpha Fund", "removed"],
                ["Class R of every Portfolio that has it", UNTIL.removesuffix(", until it goes")],
            ],
            id="a fee of those that have the class",
        ),
        pytest.param(
            "  - {set: Class R, under: Alpha Fund, service_fee: 0.20%, aggregate_fee: 0.70%}\n"
            "  - {set: Class R, under: Alpha Fund, aggregate_fee: 0.65%, effective: 2020-06-01}\n"
            "  - {set: Class R, under: Alpha Fund, aggregate_fee: 0.70%, effective: 2020-09-01}\n",
            [
                [
                    "Class R of Alpha Fund",
                    "Maximum Service Fee from 0.25% to 0.20%, effective March 2, 2020; Maximum Aggregate Fee from "
                    "0.75% to 0.70%, effective March 2, 2020, then to 0.65%, effective June 1, 2020, then to 0.70%, "
                    "effective September 1, 2020",
                ]
            ],
            id="a fee of several days",
        ),
        pytest.param(
            "  - {set: Class R, under: Alpha Fund, service_fee: 0.20%}\n"
            "  - {set: Class R, under: Alpha Fund, service_fee: 0.25%, effective: 2020-06-01}\n",
            [
                [
                    "Class R of Alpha Fund",
                    "Maximum Service Fee from 0.25% to 0.20%, effective March 2, 2020, then to 0.25%, effective "
                    "June 1, 2020",
                ]
            ],
            id="a fee that is as before in the end",
        ),
        pytest.param(
            "  - {add: Class Y, under: Alpha Fund, sales_charge: 0%, service_fee: 0.10%, aggregate_fee: 0.10%}\n"
            "  - {set: Class Y, under: Alpha Fund, service_fee: 0.15%, aggregate_fee: 0.15%, effective: 2020-06-01}\n",
            [
                [
                    "Class Y of Alpha Fund",
                    "added (Maximum Asset Based Sales Charge 0%, Maximum Service Fee 0.10%, Maximum Aggregate Fee "
                    "0.10%)",
                ],
                [
                    "Class Y of Alpha Fund",
                    "Maximum Service Fee from 0.10% to 0.15%; Maximum Aggregate Fee from 0.10% to 0.15%, effective "
                    "June 1, 2020",
                ],
            ],
            id="a fee of a class that comes",
        ),
        pytest.param(
            "  - {rename: Beta Fund, to: Beta Income Fund, effective: 2020-06-01}\n"
            "  - {rename: Alpha Fund, to: A Fund}\n"
            "  - {rename: A Fund, to: Aleph Fund, effective: 2020-06-01}\n",
            [
                [
                    "Aleph Fund / Class C and Class R",
                    "renamed from Alpha Fund to A Fund, effective March 2, 2020, then to Aleph Fund, effective "
                    "June 1, 2020",
                ],
                ["Beta Income Fund / Class C and Class R", "renamed from Beta Fund, effective June 1, 2020"],
            ],
            id="a name of several days",
        ),
        pytest.param(
            "  - {move: Beta Fund, to: AIM Two, new_group: true}\n"
            "  - {move: Alpha Fund, to: AIM Two}\n"
            "  - {move: Alpha Fund, to: AIM Three, new_group: true, effective: 2020-06-01}\n"
            "  - {rename: Alpha Fund, to: Aleph Fund, effective: 2020-09-01}\n",
            [
                ["AIM Three", "added, effective June 1, 2020"],
                [
                    "Aleph Fund / Class C and Class R",
                    "renamed from Alpha Fund, effective September 1, 2020; moves from AIM Funds to AIM Two, effective "
                    "March 2, 2020, then to AIM Three, effective June 1, 2020",
                ],
                ["AIM Two", "added"],
                ["Beta Fund / Class C and Class R", "moves from AIM Funds to AIM Two"],
            ],
            id="a registrant of several days",
        ),
    ],
)
def test_what_is_said_of_a_class(with_classes: Workspace, changes: str, lines: list[list[str]]) -> None:
    text = f"number: 2\neffective: 2020-03-02\nchanges:\n{changes}"
    (with_classes.root / "schedules/p/amendments/003.yaml").unlink()
    with_classes.write({"schedules/p/amendments/002.yaml": text})
    assert [row[:2] for row in cells(memo.document(matter_of(with_classes, "p/001", "p/002")))] == lines


def test_a_change_names_its_schedule_where_the_plan_has_several(empty: Workspace) -> None:
    plan = PLAN[: PLAN.index("schedule:")] + "schedules: [{name: Schedule A}, {name: Schedule B}]\n"
    rows = "  - {schedule: Schedule A, rows: [Alpha Fund]}\n  - {schedule: Schedule B, rows: [Alpha Fund, Beta Fund]}\n"
    change = "changes: [{remove: Alpha Fund, schedule: Schedule B}]\n"
    empty.write(
        {
            "schedules/p/plan.yaml": plan,
            "schedules/p/amendments/001.yaml": f"number: 1\neffective: 2003-11-03\nrestate:\n{rows}",
            "schedules/p/amendments/002.yaml": f"number: 2\neffective: 2003-12-01\n{change}",
        }
    )
    (row,) = cells(memo.document(matter_of(empty, "p/001", "p/002")))
    assert row[:2] == ["Alpha Fund", "removed (Schedule B)"]


def test_a_new_fund_under_a_name_that_another_gives_up_stands_beside_none(workspace: Workspace) -> None:
    changes = """\
  - {remove: INVESCO U.S. Government Securities Fund}
  - {rename: INVESCO Tax-Free Bond Fund, to: INVESCO U.S. Government Securities Fund}
  - {add: INVESCO Tax-Free Bond Fund, to: "AIM BOND FUNDS, INC.", after: first}
"""
    workspace.write({"schedules/p/amendments/002.yaml": f"number: 2\neffective: 2004-01-05\nchanges:\n{changes}"})
    table = cells(comparison_table.document(matter_of(workspace, "p/001", "p/002")))
    tax_free, government = "INVESCO Tax-Free Bond Fund", "INVESCO U.S. Government Securities Fund"
    assert [(row[0], row[4]) for row in table if len(row) > 4] == [
        ("–", tax_free), (tax_free, government), (government, "–"),
    ]  # fmt: skip


def test_the_board_that_a_fund_leaves_is_told_too(with_classes: Workspace) -> None:
    change = "  - {move: Alpha Fund, to: AIM Two, new_group: true}\n"
    with_classes.write({"schedules/p/amendments/002.yaml": f"number: 2\neffective: 2020-03-02\nchanges:\n{change}"})
    subject = matter_of(with_classes, "p/001", "p/002")
    assert head(memo.document(subject))[0] == "To: The Board of AIM Two and the Board of AIM Funds"


def test_a_fee_that_falls_and_then_rises_needs_the_holders(with_classes: Workspace) -> None:
    lines = [
        f"  - {{set: Class R, under: Alpha Fund, service_fee: {fee}, effective: {day}}}\n"
        for fee, day in (("0.10%", "2020-06-02"), ("0.20%", "2020-09-02"))
    ]
    text = f"number: 2\neffective: 2020-03-02\nchanges:\n{''.join(lines)}"
    with_classes.write({"schedules/p/amendments/002.yaml": text})
    (row,) = cells(memo.document(matter_of(with_classes, "p/001", "p/002")))
    assert row[2] == "Board and independent members; holders"


def test_classes_stand_under_their_fund_on_either_side(with_classes: Workspace) -> None:
    """Also where the table is set in smaller type."""
    subject = matter_of(with_classes, "p/001", "p/002")
    data = produce.proved(comparison_table.document(subject), "pdf", produce.layout(subject.paper))
    with pdf_pages.pages(data) as pages:
        page = pages[0].get_textpage()
        text = page.get_text_range()
        lefts = [
            sorted({round(page.get_charbox(at.start())[0]) for at in re.finditer(name, text)})[:2]
            for name in ("Beta Fund", "Class C")
        ]
    assert [inner - outer for outer, inner in zip(*lefts, strict=True)] == [10, 8]


def test_a_merger_is_named_between_days_too(with_classes: Workspace) -> None:
    sentences = with_classes.run("diff", "p@2019-05-24", "p@2020-03-02").out
    assert "Alpha Fund is removed: merged into Beta Fund\n" in sentences
    paper = memo.document(matter_of(with_classes, "p@2019-05-24", "p@2020-03-02"))
    assert cells(paper)[0][:2] == ["Alpha Fund / Class C and Class R", "merged into Beta Fund"]
    rows = "[{name: Class C, sales_charge: 0.50%, service_fee: 0.25%, aggregate_fee: 0.75%}]"
    added = f"  - add: Alpha Income Fund\n    to: AIM Trust\n    rows: {rows}\n"
    text = f"number: 4\neffective: 2020-07-01\nchanges:\n{added}"
    with_classes.write({"schedules/p/amendments/004.yaml": text})
    days = with_classes.run("diff", "p@2019-05-24", "p@2020-07-01").out
    assert "Alpha Income Fund is added" in days
    assert "perhaps" not in days, "what became of Alpha Fund is known"
    assert "in force on March 2, 2020" in plain(paper.blocks[2].content)  # type: ignore[union-attr]


def test_directors_are_called_so_where_the_votes_say_it(with_classes: Workspace) -> None:
    second = SECOND.replace("the Board of Trustees of AIM Funds", "'the Board of Directors of AIM Funds, Inc.'")
    with_classes.write({"schedules/p/amendments/002.yaml": second})
    paper = memo.document(matter_of(with_classes, "p/001", "p/002"))
    assert head(paper)[0] == "To: The Board of Directors of AIM Funds, Inc."
    assert "of the directors who are not interested persons" in items(paper)[0]


def test_the_holders_of_a_new_fund_are_those_of_its_own_classes(with_classes: Workspace) -> None:
    rows = (
        fund("New Fund")
        .rsplit("            - {", 1)[0]
        .replace("        - name", "  - add")
        .replace("          rows", "    rows")
    )
    with_classes.write(
        {"schedules/p/amendments/004.yaml": f"number: 4\neffective: 2020-07-01\nchanges:\n{rows}    to: AIM Trust\n"}
    )
    paper = memo.document(matter_of(with_classes, "p/003", "p/004"))
    assert "also the holders of Class C Shares of New Fund, where" in items(paper)[1]


def test_a_fee_that_rises_needs_the_holders(workspace: Workspace) -> None:
    later = AMENDMENT.replace("number: 1", "number: 2\ndraft: true").replace("service_fee: 0.25%", "service_fee: 0.30%")
    workspace.write({"schedules/p/amendments/002.yaml": later.replace("2003-11-03", "2004-11-03")})
    found = memo.document(matter_of(workspace, "p/001", "p/002"))
    rise = "Maximum Service Fee from 0.25% to 0.30%"
    assert cells(found) == [["every Portfolio", rise, "Board and independent members; holders"]]
    assert "holders of Class B Shares of every Portfolio: Rule 12b-1(b)(4)." in items(found)[1]
    vote = "approvals:\n  - {by: the Board, on: 2004-10-01, independent: true}\n"
    workspace.write({"schedules/p/amendments/002.yaml": vote + later.replace("2003-11-03", "2004-11-03")})
    voted = memo.document(matter_of(workspace, "p/001", "p/002"))
    assert items(voted)[-1] == "(1) the Board, with a majority of its independent members, on October 1, 2004"
    workspace.write({"schedules/p/amendments/002.yaml": later.replace("2003-11-03", "2004-11-03")})
    workspace.write({"schedules/p/plan.yaml": PLAN.replace("rule: 12b-1\n", "")})
    other = memo.document(matter_of(workspace, "p/001", "p/002"))
    assert {len(row) for row in cells(other)} == {2}
    assert items(other) == ["(1) The plan names no Rule 12b-1. Counsel should say which approvals these changes need."]


def test_the_memo_names_every_change_however_many(workspace: Workspace) -> None:
    rows = "".join(f"        - Fund {number}\n" for number in range(60))
    later = AMENDMENT.replace("number: 1", "number: 2").replace("2003-11-03", "2004-11-03") + rows
    workspace.write({"schedules/p/amendments/002.yaml": later})
    paper = memo.document(matter_of(workspace, "p/001", "p/002"))
    assert [row[0] for row in cells(paper)] == [f"Fund {number}" for number in range(60)]
    assert "the 60 that the table marks so" in items(paper)[1]


@pytest.mark.slow
@pytest.mark.parametrize("form", ["table", "memo"])
def test_both_are_written_in_word_and_pdf(amended: Workspace, form: str) -> None:
    ran = amended.run("diff", "aim-class-b/002", "aim-class-b/003", "--format", form)
    name = {"table": "comparison", "memo": "memo"}[form]
    files = [f"build/aim-class-b/003/{name}-against-002.{suffix}" for suffix in ("docx", "pdf")]
    assert ran.out.splitlines() == [*files, "2 files written under build/"]
    found = matter_of(amended, "aim-class-b/002", "aim-class-b/003")
    tree = comparison_table.document(found) if form == "table" else memo.document(found)
    for file in files:
        assert readers.difference(tree, file.rpartition(".")[2], (amended.root / file).read_bytes()) is None


@pytest.mark.seconds
def test_a_blank_of_the_memo_is_said_with_what_fills_it(amended: Workspace) -> None:
    ran = amended.run("diff", "aim-class-b/002", "aim-class-b/003", "--format", "memo")
    assert ran.code == 0
    note = 'schedules/aim-class-b/plan.yaml:2: note: the memo says "From: [ ]"\n'
    assert ran.err == note + "    write author: and who sends it in plan.yaml, or fill it in by hand\n"
    plan = (amended.root / "schedules/aim-class-b/plan.yaml").read_text(encoding="utf-8")
    amended.write({"schedules/aim-class-b/plan.yaml": plan + "author: Fund Administration & Legal\n"})
    assert amended.run("diff", "aim-class-b/002", "aim-class-b/003", "--format", "memo").err == ""


def test_breakpoints_stand_a_step_a_line_and_many_values_a_value_a_line(empty: Workspace) -> None:
    columns = "".join(f"    c{n}: {{heading: Class {n} Fee, holds: rate}}\n" for n in range(5))
    steps = "[0.75% on first $150 million, 0.50% over $150 million]"
    later = "number: 2\neffective: 2004-11-03\nchanges:\n  - set: Fund One\n    steps: [0.70%]\n"
    for plan, more in (("p", ""), ("q", columns)):
        values = "".join(f", c{n}: 0.25%" for n in range(5)) if more else ""
        row = f"{{name: Fund One, steps: {steps}{values}}}"
        first = f"number: 1\neffective: 2003-11-03\nrestate: {{rows: [{row}]}}\n"
        empty.write(
            {
                f"schedules/{plan}/plan.yaml": PLAN.partition("    sales_charge")[0]
                + "    steps: {heading: Fee, holds: breakpoints}\n"
                + more,
                f"schedules/{plan}/amendments/001.yaml": first,
                f"schedules/{plan}/amendments/002.yaml": later,
            }
        )
    ((_, beside, *_),) = cells(comparison_table.document(matter_of(empty, "p/001", "p/002")))
    assert beside == "0.75% on first $150 million / 0.50% over $150 million"
    ((_, beside, *_),) = cells(comparison_table.document(matter_of(empty, "q/001", "q/002")))
    of_classes = " / ".join(f"Class\xa0{n}\xa0Fee:\xa00.25%" for n in range(5))
    assert beside == f"Fee: 0.75% on first $150 million / 0.50% over $150 million / {of_classes}"


def test_the_sign_of_a_footnote_is_no_digit_of_a_fee(empty: Workspace) -> None:
    noted = '{name: Fund One, fee: {value: 0.25%, mark: "1"}}, {name: Fund Two, fee: 0.25%}'
    empty.write(
        {
            "schedules/p/plan.yaml": PLAN.partition("    sales_charge")[0]
            + '    fee: {heading: Fee, holds: rate}\n  footnotes: [{mark: "1", text: Waived.}]\n',
            "schedules/p/amendments/001.yaml": f"number: 1\neffective: 2003-11-03\nrestate: {{rows: [{noted}]}}\n",
            "schedules/p/amendments/002.yaml": "number: 2\neffective: 2004-11-03\nchanges:\n"
            "  - set: Fund One\n    fee: 0.20%\n  - set: Fund Two\n    fee: 0.20%\n",
        }
    )
    (row,) = cells(memo.document(matter_of(empty, "p/001", "p/002")))
    assert row[:2] == ["every Portfolio", "Fee from 0.25% to 0.20%"]
    table = comparison_table.document(matter_of(empty, "p/001", "p/002")).blocks[-1]
    assert isinstance(table, Table)
    assert table.body[0].cells[1].content == (Run("0.25%"), Mark("1"))


@pytest.mark.seconds
def test_two_days_are_compared_too(amended: Workspace) -> None:
    ran = amended.run("diff", "aim-class-b@2003-11-03", "aim-class-b@2003-12-31", "--format", "table")
    assert ran.out.splitlines()[0] == "build/aim-class-b/2003-12-31/comparison-against-2003-11-03.docx"
    found = matter_of(amended, "aim-class-b@2003-11-03", "aim-class-b@2003-11-10")
    assert not found.items
    assert "Nothing changes" in plain(memo.document(found).blocks[2].content)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("p/001", "q/001"), "is of another plan than q/001"),
        (("p@1999-01-01", "p@1999-01-02"), "no schedule is in force"),
        (("p/001", "p/009"), 'p has no amendment "009"'),
        (("p/001", "p@soon"), "soon is not a date"),
        (("p/001", "p/001", "--json"), "--format writes papers"),
    ],
)
def test_what_cannot_be_compared_is_refused(workspace: Workspace, arguments: tuple[str, ...], said: str) -> None:
    workspace.write({"schedules/q/plan.yaml": PLAN, "schedules/q/amendments/001.yaml": AMENDMENT})
    ran = workspace.run("diff", *arguments, "--format", "table")
    assert ran.code == 2
    assert said in ran.err
    assert not (workspace.root / produce.BUILD).exists()
