"""Faults that people reported of tools of this kind, each with the file that showed it (`faults/`), its right value and
what lies beside it: number formats, marks and rows of Excel, names in quotation marks, tall rows."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font

from tests.conftest import HERE, PLAN, ROOT, SEED, Workspace

Edit = Callable[[Any], None]
FAULTS = HERE / "faults"
BOND = "INVESCO Tax-Free Bond Fund"
TWICE = f'"{BOND}" stands there twice; first in Schedule A!B3'


@pytest.fixture
def seed(empty: Workspace) -> Workspace:
    """The seed's plan with its amendments 002 and 003, from which the reported files were exported."""
    names = ("plan.yaml", "amendments/002.yaml", "amendments/003.yaml")
    return empty.write({f"{SEED}/{name}": (ROOT / SEED / name).read_bytes() for name in names})


def result(workspace: Workspace, file: str, plan: str = "aim-class-b") -> str:
    """What an import says: the changes, or the problems with their remedies."""
    ran = workspace.run("import", file, "--plan", plan)
    return ran.out + ran.err


def edited(workspace: Workspace, edit: Edit) -> str:
    """The same of an exported file that somebody edited."""
    assert workspace.run("export", "aim-class-b", "a.xlsx").code == 0
    book = openpyxl.load_workbook(workspace.root / "a.xlsx")
    edit(book.worksheets[0])
    book.save(workspace.root / "a.xlsx")
    return result(workspace, "a.xlsx")


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ("struck.xlsx", f'Schedule A!B3: "{BOND}" is struck out'),
        ("duprow.xlsx", f"Schedule A!B28: {TWICE}"),
        ("twice.csv", f'twice.csv:28: Portfolio: "{BOND}" stands there twice; first on line 3'),
        ("acct.xlsx", f"{BOND} has other values (Maximum Service Fee 0.20%)"),
        ("cond.xlsx", f"{BOND} has other values (Maximum Service Fee 0.2%)"),
        ("locale.xlsx", f"{BOND} has other values (Maximum Service Fee 0.20%)"),
        ("red.xlsx", f"{BOND} has other values (Maximum Service Fee 0.20%)"),
        ("strict.xlsx", "is a Strict Open XML Spreadsheet, which is not read"),
        ("titlerow.xlsx", 'Schedule A!A1: "Schedule A as of November 20, 2003" stands above the heads'),
    ],
)
def test_a_reported_file_of_excel(seed: Workspace, file: str, says: str) -> None:
    said = result(seed, str(FAULTS / file))
    assert says in said
    assert said.count("1 problem") + said.count("Nothing was written. To draft") == 1


@pytest.fixture
def bare(empty: Workspace) -> Workspace:
    """A plan whose rates are typed without a percent sign."""
    parts = {"plan.yaml": "q-plan.yaml", "amendments/001.yaml": "q-001.yaml"}
    return empty.write({f"schedules/q/{name}": (FAULTS / source).read_bytes() for name, source in parts.items()})


@pytest.mark.parametrize("file", ["q.xlsx", "q-accounting.xlsx"])
def test_a_percentage_is_one_in_a_plan_without_any(bare: Workspace, file: str) -> None:
    assert "AIM Energy Fund has other values (Annual Rate 0.50%)" in result(bare, str(FAULTS / file), "q")


@pytest.mark.seconds
@pytest.mark.parametrize(
    ("value", "form", "says"),
    [
        (0.005, "[$-409]0.00%", "0.50%"),
        (0.005, "0.00%", "0.50%"),
        (0.005, "[Red]0.0%", "0.5%"),
        (0.005, "0.00%;[Red](0.00%)", "0.50%"),
        (0.005, "0.00 %", "0.50 %"),
        (0.005, "[>1]0;0.00%", "0.50%"),
        (0.005, '"max. "0.00%', '"max. 0.50%" is not a rate'),
        (0.5, '0.00"%"', "0.50%"),
        ("0.50%", "@", "0.50%"),
        (0.6, "0.00", "0.60)"),
        (0.25, "General", "0.25)"),
        (50, '0" bps"', '"50 bps" is not a rate'),
    ],
)
def test_a_number_beside_those_of_a_plan_without_percent(bare: Workspace, value: object, form: str, says: str) -> None:
    book = openpyxl.load_workbook(FAULTS / "q.xlsx")
    number(value, form, "B2")(book.worksheets[0])
    book.save(bare.root / "a.xlsx")
    assert says in result(bare, "a.xlsx", "q")


def test_a_percentage_is_one_in_a_column_that_was_none(seed: Workspace) -> None:
    (seed.root / SEED / "amendments/003.yaml").unlink()
    seed.write({f"{SEED}/amendments/002.yaml": (FAULTS / "none-002.yaml").read_bytes()})
    said = edited(seed, number(0.0025, "[Blue]0.00%"))
    assert f"{BOND} has other values (Maximum Service Fee 0.25%)" in said


def number(value: object, form: str, place: str = "D3") -> Edit:
    def edit(sheet: Any) -> None:
        sheet[place] = value
        sheet[place].number_format = form

    return edit


@pytest.mark.seconds
@pytest.mark.parametrize(
    ("value", "form", "says"),
    [
        (0.005, "[Green]0.000%", "Maximum Service Fee 0.500%)"),
        (0.005, "[Color10]0.00%", "Maximum Service Fee 0.50%)"),
        (0.005, "0.00%;[Red]-0.00%", "Maximum Service Fee 0.50%)"),
        (0.005, "_-* 0.00%_-;-* 0.00%_-", "Maximum Service Fee 0.50%)"),
        (0.005, "[<0.01]0.00%;0%", "Maximum Service Fee 0.50%)"),
        (0.02, "[<0.01]0.00%;0%", "Maximum Service Fee 2%)"),
        (0.5, "0.00\\%", "Maximum Service Fee 0.50%)"),
        (0.5, '0.00"%"', "Maximum Service Fee 0.50%)"),
        (0, '0.00%;-0.00%;"None"', "Maximum Service Fee None)"),
        (0.005, "??0.00%", "Maximum Service Fee 0.50%)"),
        (0.005, "General", "0.005 is a number without a percent sign"),
        (0.005, "0.00E+00", '"5.00E-03" is not a rate'),
        (0.005, "# ?/?%", '"1/2%" is not a rate'),
        (0.005, "[$€-407] 0.00%", '"€ 0.50%" is not a rate'),
        (-0.005, "0.00%;(0.00%)", '"(0.50%)" is not a rate'),
        (0.005, ";;;", '"" does not show, by the number format of its cell'),
        (0.005, "[h]:mm", "is a time, 0:07:12"),
        ("0,50%", "@", '"0,50%" is not a rate'),
    ],
)
def test_a_number_beside_the_reported_ones(seed: Workspace, value: object, form: str, says: str) -> None:
    assert says in edited(seed, number(value, form))


def with_font(place: str, **look: Any) -> Edit:
    def edit(sheet: Any) -> None:
        sheet[place].font = Font(**look)

    return edit


def part_struck(sheet: Any) -> None:
    sheet["B3"] = CellRichText("INVESCO ", TextBlock(InlineFont(strike=True), "Tax-Free "), "Bond Fund")


def comment(sheet: Any) -> None:
    sheet["B3"].comment = Comment("please delete", "JD")


def hidden_row(sheet: Any) -> None:
    sheet.row_dimensions[4].hidden = True


def hidden_column(sheet: Any) -> None:
    sheet.column_dimensions["D"].hidden = True


def by_condition(**look: Any) -> Edit:
    def edit(sheet: Any) -> None:
        rule = CellIsRule(operator="equal", formula=["0.0025"], font=Font(**look))  # type: ignore[no-untyped-call]
        sheet.conditional_formatting.add("D3", rule)

    return edit


@pytest.mark.seconds
@pytest.mark.parametrize(
    ("edit", "says"),
    [
        (with_font("D3", strike=True), 'Schedule A!D3: "0.25%" is struck out'),
        (with_font("A2", strike=True), 'Schedule A!A2: "AIM BOND FUNDS, INC." is struck out'),
        (with_font("D1", strike=True), 'Schedule A!D1: "Maximum Service Fee" is struck out'),
        (with_font("D3", color="FFFFFF"), 'Schedule A!D3: "0.25%" is written in the colour of its ground'),
        (with_font("D3", sz=1), 'Schedule A!D3: "0.25%" is set in type of less than 5 points'),
        (part_struck, f'Schedule A!B3: "{BOND}" is struck out'),
        (comment, f'Schedule A!B3: "{BOND}" has a note or comment'),
        (hidden_row, "Schedule A!4: is a hidden row"),
        (hidden_column, "Schedule A!D: is a hidden column"),
        (by_condition(color="FFFFFF"), 'D3: "0.25%" is struck out or whitened by a conditional format'),
        (by_condition(strike=True), 'D3: "0.25%" is struck out or whitened by a conditional format'),
        (by_condition(color="FF0000"), "Nothing changed."),
    ],
)
def test_a_mark_beside_the_reported_one(seed: Workspace, edit: Edit, says: str) -> None:
    said = edited(seed, edit)
    assert says in said
    assert len(said.splitlines()) <= 3


def row(*values: object) -> Edit:
    return lambda sheet: sheet.append(values)


FEES = ("0.75%", "0.25%", "1.00%")


def heads_again(sheet: Any) -> None:
    sheet.append([cell.value for cell in sheet[1]])


def merged_title(sheet: Any) -> None:
    sheet.insert_rows(1)
    sheet["A1"] = "Schedule A"
    sheet.merge_cells("A1:E1")


def two_lines_above(sheet: Any) -> None:
    sheet.insert_rows(1, 2)
    sheet["A1"], sheet["A2"] = "Schedule A", "as of November"


def line_above(*values: object, at: int = 1, hidden: bool = False, struck: bool = False) -> Edit:
    """A line above the heads, or under them."""

    def edit(sheet: Any) -> None:
        sheet.insert_rows(at)
        for column, value in enumerate(values, start=1):
            sheet.cell(at, column).value = value
            sheet.cell(at, column).font = Font(strike=struck)
        sheet.row_dimensions[at].hidden = hidden

    return edit


@pytest.mark.seconds
@pytest.mark.parametrize(
    ("edit", "says"),
    [
        (row(None, BOND, *FEES), f"Schedule A!B28: {TWICE}"),
        (row(None, BOND.upper(), *FEES), "stands there twice; first in Schedule A!B3"),
        (row(None, BOND.replace(" ", "\xa0"), *FEES), f"Schedule A!B28: {TWICE}"),
        (row(None, f"{BOND} ", "0.50%", "0.25%", "0.75%"), f"Schedule A!B28: {TWICE}"),
        (row("AIM BOND FUNDS, INC."), '"AIM BOND FUNDS, INC." stands there twice; first in Schedule A!A2'),
        (row("Total", None, 0.2), 'Schedule A!A28: "Total" is no Portfolio'),
        (row("* see note"), 'Schedule A!A28: "* see note" has no Portfolio under it'),
        (heads_again, "Schedule A!A28: the heads stand there again"),
        (merged_title, 'Schedule A!A1: "Schedule A" stands above the heads'),
        (two_lines_above, 'Schedule A!A1: "Schedule A" stands above the heads'),
        (line_above(None, "Fees of Class B"), 'Schedule A!B1: "Fees of Class B" stands above the heads'),
        (line_above(datetime.date(2003, 11, 20)), 'Schedule A!A1: "2003-11-20" stands above the heads'),
        (line_above("Schedule A", hidden=True), "Schedule A!1: is a hidden row"),
        (line_above("DRAFT", struck=True), 'Schedule A!A1: "DRAFT" '),
        (line_above("as of November", at=2), '"as of November" has no Portfolio under it'),
        (line_above(None, None, "(%)", "(%)", "(%)", at=2), 'Schedule A!C2: "(%)", "(%)", "(%)" stand in a row'),
        (row("Prepared by J. Doe"), '"Prepared by J. Doe" has no Portfolio under it'),
        (row(None, None, None, None, None, "Page 1"), '"Page 1"'),
        (lambda sheet: sheet.insert_rows(1), "Nothing changed."),
        (lambda sheet: sheet.insert_rows(4), "Nothing changed."),
        (lambda sheet: sheet.merge_cells("A2:E2"), "Nothing changed."),
        (lambda sheet: sheet.delete_rows(1), "Schedule A!A1: the heads are not there"),
    ],
)
def test_a_row_beside_the_reported_ones(seed: Workspace, edit: Edit, says: str) -> None:
    said = edited(seed, edit)
    assert says in said
    assert len(said.splitlines()) <= 5


def test_curly_quotation_marks_around_a_name_as_reported(seed: Workspace) -> None:
    seed.write({f"{SEED}/amendments/003.yaml": (FAULTS / "curly-003.yaml").read_bytes()})
    assert "“INVESCO New Fund” has curly quotation marks around it, which print" in seed.run("check").err


@pytest.mark.seconds
@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("“INVESCO New Fund”", True),
        ("‘INVESCO New Fund’", True),
        ("„INVESCO New Fund“", True),
        ("INVESCO “New” Fund", False),
        ("INVESCO Fund (“New Fund”)", False),
        ("Children’s Fund", False),
        ("'INVESCO New Fund'", False),
        ('"INVESCO New Fund"', False),
        ("“INVESCO” New “Fund”", False),
        ("‘INVESCO’ New Fund", False),
        ("INVESCO New Fund”", False),
        ("“INVESCO New Fund", False),
    ],
)
def test_quotation_marks_beside_the_reported_ones(workspace: Workspace, name: str, wrong: bool) -> None:
    change = f"number: 2\neffective: 2004-01-02\nchanges:\n  - add: {name}\n    to: AIM BOND FUNDS, INC.\n"
    workspace.write({"schedules/p/plan.yaml": PLAN, "schedules/p/amendments/002.yaml": change})
    assert ("quotation marks around it" in workspace.run("check").err) == wrong


@pytest.mark.slow
def test_a_row_taller_than_a_page_as_reported(seed: Workspace) -> None:
    """What lies beside it is in `test_tall_rows.py`."""
    (seed.root / SEED / "amendments/003.yaml").unlink()
    files = {"plan.yaml": "tall-plan.yaml", "amendments/002.yaml": "tall-002.yaml"}
    seed.write({f"{SEED}/{name}": (FAULTS / source).read_bytes() for name, source in files.items()})
    ran = seed.run("build")
    assert ran.code == 0, ran.err
    assert ran.out.count("build/aim-class-b/002/") == 8
