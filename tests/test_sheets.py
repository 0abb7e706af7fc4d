"""A schedule goes to Excel and CSV and comes back: unedited as it was, edited with exactly what was changed."""

from __future__ import annotations

import datetime
import io
import itertools
import random
import re
import shlex
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from docgen.cli.options import chosen as selection
from docgen.consolidation.compare import apply_all
from docgen.consolidation.plan_folder import PlanFolder
from docgen.files import ooxml
from docgen.model.changes import SetValues
from docgen.model.schedule import Schedule
from docgen.problems import Where
from docgen.spreadsheet import csv, excel_numbers, table, to_changes
from docgen.spreadsheet.basis import Basis
from docgen.spreadsheet.table import SheetCell
from docgen.spreadsheet.to_changes import Answers
from tests import making
from tests.conftest import AMENDMENT, ROOT, Workspace
from tests.test_laws import LAWS

Edit = Callable[[Any], None]
DEBT, INCOME = "Invesco Oppenheimer Emerging Markets Local Debt Fund", "Invesco Oppenheimer Capital Income Fund"
TRUST = "AIM Investment Funds (Invesco Investment Funds)"
CASES = ROOT / "tests/cases"
LONGER = (
    AMENDMENT + "        - {name: INVESCO Zero Fund, service_fee: .05%, aggregate_fee: 0.10%, sales_charge: None}\n"
)


@pytest.fixture
def fees(workspace: Workspace) -> Workspace:
    """A workspace with fees.xlsx, exported from its plan `p`."""
    workspace.write({"schedules/p/amendments/001.yaml": LONGER})
    assert workspace.run("export", "p", "fees.xlsx").code == 0
    return workspace


def edit(workspace: Workspace, change: Edit, name: str = "fees.xlsx") -> None:
    """Edits the first sheet as a person does, and saves it."""
    book = openpyxl.load_workbook(workspace.root / name)
    change(book.worksheets[0])
    book.save(workspace.root / name)


def setting(place: str, value: object, form: str | None = None) -> Edit:
    """The edit of one cell."""

    def change(sheet: Any) -> None:
        sheet[place] = value
        if form:
            sheet[place].number_format = form

    return change


def test_a_sheet_looks_like_a_fee_table(fees: Workspace) -> None:
    sheet = openpyxl.load_workbook(fees.root / "fees.xlsx")["Schedule A"]
    assert [cell.value for cell in sheet[1]] == [
        "Registrant", "Portfolio", "Maximum Asset Based Sales Charge", "Maximum Service Fee", "Maximum Aggregate Fee",
    ]  # fmt: skip
    assert sheet["A2"].value == "AIM BOND FUNDS, INC."
    assert [sheet[place].value for place in ("A3", "B3", "C3")] == [None, "INVESCO Tax-Free Bond Fund", 0.0075]
    assert sheet["C3"].number_format == "0.00##%"
    assert [(sheet[place].value, sheet[place].number_format) for place in ("C5", "D5", "E5")] == [
        ("None", "@"), (0.0005, ".00##%"), (0.001, "0.00##%"),
    ]  # fmt: skip
    assert sheet.freeze_panes == "C2"
    assert sheet.column_dimensions["B"].width > len("INVESCO U.S. Government Securities Fund")


def test_the_same_bytes_and_no_clock(fees: Workspace) -> None:
    assert fees.run("export", "p", "again.xlsx").code == 0
    first = (fees.root / "fees.xlsx").read_bytes()
    assert (fees.root / "again.xlsx").read_bytes() == first
    assert b"created" not in ooxml.parts("", first)[ooxml.CORE]


def test_a_file_is_never_written_over(fees: Workspace) -> None:
    ran = fees.run("export", "p", "fees.xlsx")
    assert ran.code == 2
    assert "fees.xlsx: already exists" in ran.err


@pytest.mark.parametrize("name", ["fees.xlsx", "fees.csv"])
def test_an_unedited_file_changes_nothing(fees: Workspace, name: str) -> None:
    if name == "fees.csv":
        assert fees.run("export", "p", name).code == 0
    assert fees.run("import", name, "--plan", "p", "--write").out == "Nothing changed.\n"
    assert not (fees.root / "schedules/p/amendments/002.yaml").exists()


@pytest.mark.seconds
@pytest.mark.parametrize(
    ("change", "said"),
    [
        (setting("D3", 0.002), "INVESCO Tax-Free Bond Fund has other values (Maximum Service Fee 0.20%)"),
        (setting("D3", 0.00125), "INVESCO Tax-Free Bond Fund has other values (Maximum Service Fee 0.125%)"),
        (
            setting("D3", 0.1 * 0.01 + 0.2 * 0.01),
            "INVESCO Tax-Free Bond Fund has other values (Maximum Service Fee 0.30%)",
        ),
        (setting("D3", 0.001, "0.0%"), "INVESCO Tax-Free Bond Fund has other values (Maximum Service Fee 0.1%)"),
        (setting("D3", "N/A"), "INVESCO Tax-Free Bond Fund has other values (Maximum Service Fee N/A)"),
        (setting("D3", "0.20%"), "INVESCO Tax-Free Bond Fund has other values (Maximum Service Fee 0.20%)"),
        (lambda sheet: sheet.delete_rows(3), "INVESCO Tax-Free Bond Fund is removed"),
        (lambda sheet: sheet.move_range("B3:E3", rows=3), "INVESCO Tax-Free Bond Fund moves after INVESCO Zero Fund"),
    ],
)
def test_one_edit_is_exactly_that_change(fees: Workspace, change: Edit, said: str) -> None:
    edit(fees, change)
    ran = fees.run("import", "fees.xlsx", "--plan", "p")
    assert ran.out == f"Schedule A\n  {said}\nNothing was written. To draft the next amendment with this: add --write\n"
    assert not (fees.root / "schedules/p/amendments/002.yaml").exists()


def add_rows(sheet: Any) -> None:
    sheet.append([None, "AIM New Fund", 0.0075, 0.0025, 0.01])
    for column in "CDE":
        sheet[f"{column}6"].number_format = "0.00%"
    sheet.append(["AIM STOCK FUNDS, INC."])
    sheet.append([None, "AIM Other Fund", "0.75%", "0.25%", "1.00%"])


def test_what_is_written_is_the_next_amendment(fees: Workspace) -> None:
    edit(fees, add_rows)
    edit(fees, setting("E5", 0.0005))
    ran = fees.run("import", "fees.xlsx", "--plan", "p", "--write")
    assert ran.code == 0, ran.err
    text = (fees.root / "schedules/p/amendments/002.yaml").read_text(encoding="utf-8")
    assert "number: 2\neffective: tbd" in text
    assert "draft: true" in text
    assert "  - set: INVESCO Zero Fund\n    aggregate_fee: 0.05%\n" in text
    assert fees.run("check").code == 0
    before, after = ran.out.split("schedules/p/")[0], fees.run("diff", "p/001", "p/002").out
    assert after == before
    again = fees.run("import", "fees.xlsx", "--plan", "p", "--write")
    assert again.code == 2
    assert "002.yaml: is a draft that stands in the way" in again.err


def test_a_renamed_row_is_asked_about(fees: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(fees, setting("B3", "AIM Tax-Free Bond Fund"))
    ran = fees.run("import", "fees.xlsx", "--plan", "p")
    assert ran.code == 1
    assert '"AIM Tax-Free Bond Fund" is new, or the new name of "INVESCO Tax-Free Bond Fund"' in ran.err
    assert 'say which: --rename "INVESCO Tax-Free Bond Fund=AIM Tax-Free Bond Fund" or --new' in ran.err
    told = fees.run(
        "import", "fees.xlsx", "--plan", "p", "--rename", "INVESCO Tax-Free Bond Fund=AIM Tax-Free Bond Fund"
    )
    renamed = "Schedule A\n  INVESCO Tax-Free Bond Fund is renamed AIM Tax-Free Bond Fund\n"
    assert told.out.startswith(renamed)
    new = fees.run("import", "fees.xlsx", "--plan", "p", "--new", "AIM Tax-Free Bond Fund")
    assert "INVESCO Tax-Free Bond Fund is removed" in new.out
    assert "AIM Tax-Free Bond Fund is added" in new.out
    monkeypatch.setattr("docgen.cli.export_import.can_ask", lambda: True)
    monkeypatch.setattr("click.prompt", lambda *_, **__: 1)
    assert renamed in fees.run("import", "fees.xlsx", "--plan", "p").out
    monkeypatch.setattr("click.prompt", lambda *_, **__: 0)
    assert "is removed" in fees.run("import", "fees.xlsx", "--plan", "p").out


def test_a_renamed_group_is_asked_about(fees: Workspace) -> None:
    edit(fees, setting("A2", "AIM BOND FUNDS"))
    ran = fees.run("import", "fees.xlsx", "--plan", "p")
    assert 'or the new name of "AIM BOND FUNDS, INC."' in ran.err
    told = fees.run("import", "fees.xlsx", "--plan", "p", "--rename", "AIM BOND FUNDS, INC.=AIM BOND FUNDS")
    assert told.out.startswith("Schedule A\n  AIM BOND FUNDS, INC. is renamed AIM BOND FUNDS\nNothing was")


def hide_row(sheet: Any) -> None:
    sheet.row_dimensions[4].hidden = True


def strike_row(sheet: Any) -> None:
    for cell in sheet[3]:
        cell.font = Font(strike=True)


def title_row(sheet: Any) -> None:
    sheet.insert_rows(1)
    sheet["A1"] = "Schedule A as of today"


def no_heads(sheet: Any) -> None:
    sheet.delete_rows(1)


def notes(sheet: Any) -> None:
    for number in (2, 3, 4):
        sheet.cell(number, 7).value = "a note"


def hide_column(sheet: Any) -> None:
    sheet.column_dimensions["D"].hidden = True


@pytest.mark.seconds
@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda sheet: sheet.merge_cells("C3:C4"), "Schedule A!C3:C4: is merged"),
        (hide_row, "Schedule A!4: is a hidden row"),
        (hide_column, "Schedule A!D: is a hidden column"),
        (setting("C3", "=C4"), "Schedule A!C3: is a formula without a value"),
        (setting("C3", True), "Schedule A!C3: is True"),
        (setting("C3", float("inf")), "Schedule A!C3: is "),
        (setting("C3", datetime.time(3)), "Schedule A!C3: is a time, 03:00:00"),
        (setting("C3", 0.25, "General"), "Schedule A!C3: 0.25 is a number without a percent sign"),
        (setting("C3", datetime.date(2003, 11, 3)), 'Schedule A!C3: "2003-11-03" is not a rate'),
        (setting("C3", "a 5"), 'Schedule A!C3: "a 5" is not a rate'),
        (setting("C3", None), "Schedule A!C3: is empty"),
        (setting("B3", None), "stand in a row without a name"),
        (setting("B4", "INVESCO Tax-Free Bond Fund"), 'Schedule A!B4: "INVESCO Tax-Free Bond Fund" stands there twice'),
        (strike_row, 'Schedule A!B3: "INVESCO Tax-Free Bond Fund" is struck out'),
        (title_row, 'Schedule A!A1: "Schedule A as of today" stands above the heads'),
        (no_heads, 'Schedule A!A1: the heads are not there: the first row says "AIM BOND FUNDS, INC."'),
        (setting("C1", "Maximum Sales"), 'Schedule A!C1: "Maximum Sales" is not a column of the schedule'),
        (setting("C1", "Maximum Service Fee"), 'Schedule A!D1: a second column "Maximum Service Fee"'),
        (setting("G3", "?"), 'Schedule A!G3: "?" stands under no head'),
        (notes, 'Schedule A!G2: "a note" stands under no head, and 2 more cells below it'),
        (setting("A9", "approved by K."), '"approved by K." has no Portfolio under it'),
        (setting("A2", None), "Schedule A!B3: stands under no Registrant"),
        (setting("B3", "a\u200bb"), "holds U+200B, which does not print"),
        (lambda sheet: setattr(sheet, "title", "Fees"), 'has no sheet "Schedule A"'),
    ],
)  # fmt: skip
def test_what_cannot_be_read_for_certain_is_refused_with_its_cell(fees: Workspace, change: Edit, said: str) -> None:
    edit(fees, change)
    ran = fees.run("import", "fees.xlsx", "--plan", "p", "--write")
    assert ran.code == 1
    assert said in ran.err, ran.err
    assert ran.err.splitlines()[-1].endswith("Nothing was written.")
    assert not (fees.root / "schedules/p/amendments/002.yaml").exists()


def test_a_sheet_with_steps_that_was_sorted_is_refused_once(fees: Workspace) -> None:
    """Its rows lead to what stands above them; the remedy is the sheet that may be sorted."""

    def sort(sheet: Any) -> None:
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
        for number, row in enumerate(sorted(rows, key=lambda row: row[1] is None), start=2):
            for column, value in enumerate(row, start=1):
                sheet.cell(number, column).value = value

    edit(fees, sort)
    ran = fees.run("import", "fees.xlsx", "--plan", "p")
    assert "stands under no Registrant, and so do 2 more: the rows were sorted, or it was deleted" in ran.err
    assert "docgen export --flat" in ran.err
    assert "1 problem." in ran.err


def test_a_row_under_two_registrants_is_refused(fees: Workspace) -> None:
    def twice(sheet: Any) -> None:
        sheet.append(["AIM STOCK FUNDS, INC."])
        sheet.append([None, "INVESCO Tax-Free Bond Fund", "0.75%", "0.25%", "1.00%"])

    edit(fees, twice)
    ran = fees.run("import", "fees.xlsx", "--plan", "p")
    assert '"INVESCO Tax-Free Bond Fund" stands there twice; first in Schedule A!B3' in ran.err
    assert "1 problem." in ran.err


def test_a_strict_file_is_refused_by_its_name(fees: Workspace) -> None:
    parts = ooxml.parts("", (fees.root / "fees.xlsx").read_bytes())
    names = (b"http://schemas.openxmlformats.org/spreadsheetml/2006", b"http://purl.oclc.org/ooxml/spreadsheetml")
    fees.write({"fees.xlsx": ooxml.pack({name: data.replace(*names) for name, data in parts.items()})})
    assert "fees.xlsx: is a Strict Open XML Spreadsheet" in fees.run("import", "fees.xlsx", "--plan", "p").err


@pytest.mark.seconds
@pytest.mark.parametrize(
    "name", ["INVESCO Children's Fund", 'INVESCO "Best" Fund', "INVESCO $1 Fund", "INVESCO A!B Fund"]
)
def test_the_answer_that_is_proposed_can_be_pasted(fees: Workspace, name: str) -> None:
    edit(fees, setting("B3", name))
    asked = fees.run("import", "fees.xlsx", "--plan", "p").err
    line = next(line for line in asked.splitlines() if "say which: " in line).partition("say which: ")[2]
    renamed, new = (shlex.split(part) for part in line.split(" or --new "))
    assert [renamed, new] == [["--rename", f"INVESCO Tax-Free Bond Fund={name}"], [name]]
    assert f"is renamed {name}\n" in fees.run("import", "fees.xlsx", "--plan", "p", *renamed).out


def test_every_doubt_is_said_at_once(fees: Workspace) -> None:
    edit(fees, setting("C3", None))
    edit(fees, setting("D4", "five 5"))
    ran = fees.run("import", "fees.xlsx", "--plan", "p")
    assert "Schedule A!C3" in ran.err
    assert "Schedule A!D4" in ran.err
    assert "2 problems" in ran.err


def test_a_moved_column_is_found_by_its_head(fees: Workspace) -> None:
    edit(fees, lambda sheet: sheet.move_range("C1:C5", cols=4))
    assert fees.run("import", "fees.xlsx", "--plan", "p").out == "Nothing changed.\n"


def test_a_formula_with_its_value_is_read(fees: Workspace) -> None:
    parts = ooxml.parts("", (fees.root / "fees.xlsx").read_bytes())
    sheet = parts["xl/worksheets/sheet1.xml"]
    assert b"<v>0.0025</v>" in sheet
    changed = sheet.replace(b"<v>0.0025</v>", b"<f>0.1%+0.1%</f><v>0.002</v>", 1)
    fees.write({"fees.xlsx": ooxml.pack(parts | {"xl/worksheets/sheet1.xml": changed})})
    assert (
        "INVESCO Tax-Free Bond Fund has other values (Maximum Service Fee 0.20%)"
        in fees.run("import", "fees.xlsx", "--plan", "p").out
    )


def test_an_export_without_what_takes_effect_later_is_refused(fees: Workspace) -> None:
    late = "number: 2\neffective: 2004-11-03\nchanges:\n  - {remove: INVESCO Zero Fund, effective: 2004-12-01}\n"
    fees.write({"schedules/p/amendments/002.yaml": late})
    assert fees.run("export", "p", "--on", "2004-11-10", "november.xlsx").code == 0
    assert fees.run("export", "p", "--on", "2004-12-01", "december.xlsx").code == 0
    ran = fees.run("import", "november.xlsx", "--plan", "p")
    assert "november.xlsx: was exported from p/002@2004-11-10, and p/002 is in force" in ran.err
    assert fees.run("import", "december.xlsx", "--plan", "p").out == "Nothing changed.\n"


def test_an_export_that_is_out_of_date_is_refused(fees: Workspace) -> None:
    later = LONGER.replace("number: 1", "number: 2").replace("2003-11-03", "2004-11-03").replace("U.S. Gov", "US Gov")
    ran = fees.write({"schedules/p/amendments/002.yaml": later}).run("import", "fees.xlsx", "--plan", "p")
    assert ran.code == 1
    assert "fees.xlsx: was exported from p/001, and p/002 is in force" in ran.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("export", "p", "fees.pdf"), "is not a .xlsx or .csv file"),
        (("export", "p", "--on", "1999-01-01", "new.xlsx"), "no schedule is in force"),
        (("export", "p", "--schedule", "Schedule B", "new.xlsx"), 'p: has no schedule "Schedule B"'),
        (("import", "fees.xls", "--plan", "p"), "save it in Excel as .xlsx"),
        (("import", "none.xlsx", "--plan", "p"), "none.xlsx: cannot be read: No such file"),
        (("import", "fees.xlsx", "--plan", "p", "--rename", "A=B"), 'no row or group is named "A"'),
        (
            ("import", "fees.xlsx", "--plan", "p", "--rename", "INVESCO Zero Fund=B"),
            'no row or group is named "B" in the file',
        ),
        (("import", "fees.xlsx", "--plan", "p", "--rename", "A"), 'write --rename "OLD NAME=NEW NAME"'),
    ],
)
def test_wrong_use_says_what_is_right(fees: Workspace, arguments: tuple[str, ...], said: str) -> None:
    ran = fees.run(*arguments)
    assert ran.code == 2
    assert said in ran.err


BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.xlsx", b""),
        ("a.xlsx", b"PK\x03\x04 nothing"),
        ("a.xlsx", ooxml.pack({"a.txt": b"a"})),
        ("a.xlsx", ooxml.pack({"[Content_Types].xml": BOMB})),
        ("a.xlsx", ooxml.pack({"xl/workbook.xml": b" " * (ooxml.MOST_BYTES + 1)})),
        ("a.csv", b"\xff\xfe"),
        ("a.csv", b'Registrant,"Portfolio'),
        ("a.csv", b""),
        ("a.csv", b"x" * (csv.LARGEST + 1)),
    ],
)
def test_a_file_that_is_none_is_refused(workspace: Workspace, name: str, data: bytes) -> None:
    ran = workspace.write({name: data}).run("import", name, "--plan", "p")
    assert ran.code == 1
    assert ran.err.startswith(name)


@pytest.mark.seconds
def test_any_damage_is_a_problem_and_no_traceback(fees: Workspace) -> None:
    whole = (fees.root / "fees.xlsx").read_bytes()
    parts = ooxml.parts("", whole)
    dice = random.Random(5)  # noqa: S311  # the same damage on every run
    for name in sorted(parts):
        for _ in range(8):
            at = dice.randrange(len(parts[name]))
            hurt = parts[name][:at] + bytes([dice.randrange(256)]) + parts[name][at + 1 :]
            ran = fees.write({"hurt.xlsx": ooxml.pack(parts | {name: hurt})}).run("import", "hurt.xlsx", "--plan", "p")
            assert ran.code in (0, 1)


CSV_ROWS = """\
Portfolio;Registrant;Maximum Service Fee;Maximum Asset Based Sales Charge;Maximum Aggregate Fee
;AIM BOND FUNDS, INC.;;;
INVESCO Tax-Free Bond Fund;AIM BOND FUNDS, INC.;0.25%;0.75%;1.00%
'=Fund;;0.25%;0.75%;1.00%
"""


def test_csv_as_other_programs_write_it(workspace: Workspace) -> None:
    ran = workspace.write({"a.csv": CSV_ROWS}).run("import", "a.csv", "--plan", "p", "--new", "=Fund")
    assert "=Fund is added to AIM BOND FUNDS, INC." in ran.out
    assert "U.S. Government Securities Fund is removed" in ran.out
    wrong = workspace.write({"a.csv": CSV_ROWS.replace("=Fund;;0.25%", "=Fund;;0.25%x")}).run(
        "import", "a.csv", "--plan", "p"
    )
    assert 'a.csv:4: Maximum Service Fee: "0.25%x" is not a rate' in wrong.err


def test_a_zero_that_a_program_drops_is_no_change(workspace: Workspace) -> None:
    """LibreOffice saves 1.00% in CSV as 1% where a person has not asked for cells as they are shown."""
    assert workspace.run("export", "p", "a.csv").code == 0
    dropped = (workspace.root / "a.csv").read_text(encoding="utf-8-sig").replace("1.00%", "1%").replace("0.75%", ".75%")
    ran = workspace.write({"a.csv": dropped}).run("import", "a.csv", "--plan", "p")
    assert ran.out == "Nothing changed.\n"


@pytest.mark.seconds
@pytest.mark.parametrize("case", sorted(str(path.parent.relative_to(CASES)) for path in CASES.rglob("plan.yaml")))
def test_every_family_of_plans_goes_out_and_comes_back(empty: Workspace, case: str) -> None:
    folder = CASES / case
    files = {f"schedules/{path.relative_to(folder.parent)}": path.read_bytes() for path in folder.rglob("*.yaml")}
    (*_, paper) = selection(empty.write(files).root, [folder.name]).papers
    schedules = paper.amendment.after
    for suffix, sheets in ((".xlsx", [schedules]), (".csv", [(schedule,) for schedule in schedules])):
        for chosen, is_flat in itertools.product(sheets, (False, True)):
            of = Basis(case, chosen)
            contents = to_changes.tables(f"a{suffix}", to_changes.file_bytes(suffix, of, case, is_flat), of)
            assert [one.steps for one in to_changes.edited(contents.tables, chosen, Answers({}))] == [()] * len(chosen)


def texts(schedule: Schedule, is_flat: bool = False) -> list[list[str]]:
    """The table's texts without its heads."""
    return [[entry.text_and_mark for entry in row] for row in table.rows(schedule, is_flat)]


def schedules_of(plan: PlanFolder) -> tuple[Schedule, ...]:
    schedules = plan.amendments[0].schedules
    assume(not any(schedule.repeated for schedule in schedules))  # which check refuses
    return schedules


@pytest.mark.slow
@LAWS
@given(making.plans())
def test_what_goes_out_comes_back(plan: PlanFolder) -> None:
    of = Basis("p/001", schedules_of(plan))
    for suffix, is_flat in itertools.product(to_changes.SUFFIXES, (False, True)):
        data = to_changes.file_bytes(suffix, of, "A plan", is_flat)
        contents = to_changes.tables(f"a{suffix}", data, of)
        assert [one.steps for one in to_changes.edited(contents.tables, of.schedules, Answers({}))] == [()]


@pytest.mark.slow
@LAWS
@given(making.plans(), st.data())
def test_one_edited_cell_is_one_change(plan: PlanFolder, data: st.DataObject) -> None:
    (schedule,) = schedules_of(plan)
    heads = table.heads(schedule)
    rows = texts(schedule)
    cells = [(r, c) for r, row in enumerate(rows) for c in range(len(heads.names), len(row)) if row[c]]
    if not cells:
        return
    row, column = data.draw(st.sampled_from(cells))
    holds = schedule.holds()[column - len(heads.names)]
    other = {"rate": "0.8765%", "date": "2011-02-28", "money": "$7", "classes": "Class Q", "word": "Qq", "text": "Qq"}[
        holds
    ]
    of = Basis("", (schedule,))
    book = io.BytesIO(to_changes.file_bytes(".xlsx", of, "A plan"))
    opened = openpyxl.load_workbook(book)
    opened.worksheets[0].cell(row + 2, column + 1).value = other
    saved = io.BytesIO()
    opened.save(saved)
    contents = to_changes.tables("a.xlsx", saved.getvalue(), of)
    (found,) = to_changes.edited(contents.tables, [schedule], Answers({}))
    rows[row][column] = other
    assert texts(apply_all(schedule, found.steps)) == rows
    if isinstance(found.steps[0], SetValues):
        key, _ = schedule.columns[column - len(heads.names)]
        assert [set(step.values) for step in found.steps if isinstance(step, SetValues)] == [{key}]
        assert len(found.steps) == 1


@LAWS
@given(st.from_regex(r"\A([0-9]{0,3}\.[0-9]{1,6}|[0-9]{1,3})( ?%)?\Z"))
def test_a_rate_keeps_its_digits(text: str) -> None:
    found = excel_numbers.as_number(text)
    assert found is not None
    assert excel_numbers.as_text(*found) == text


@pytest.mark.parametrize(
    ("number", "form", "typed"),
    [
        (0.0025, "0.00%", "0.25%"),
        (0.001, "0.00%", "0.10%"),
        (1, "0.00%", "100.00%"),
        (0.0034999999999999996, "0.00%", "0.35%"),
        (0.0025, "0.00%;[Red]-0.00%", "0.25%"),
        (0.0025, "0.00\\ %", "0.25 %"),
        (7, "General", "7"),
        (0.25, "General", "0.25"),
        (1e-5, "0.000%", "0.001%"),
        (0.75, "# ?/?", "3/4"),
        (1.25, "# ?/?", "1 1/4"),
        (1.25, "?/?", "5/4"),
        (1.5, "# ?/4", "1 2/4"),
        (0.0075, '# ??/??%" p.a."', "3/4% p.a."),
        (0, "# ?/?", "0"),
        (-0.0025, "0.00%", "-0.25%"),
        (1234.5, "#,##0.00", "1,234.50"),
        (0.005, "[Blue]0.00%", "0.50%"),
        (0.002, "[$-409]0.00%", "0.20%"),
        (0.002, '_(* 0.00%_);_(* (0.00%);_(* "-"??_)', "0.20%"),
        (0.002, "[>=0.01]0%;[<0.01]0.0%", "0.2%"),
        (5, "[<1]0.00%;0", "5"),
    ],
)
def test_a_number_is_typed_as_it_shows(number: float, form: str, typed: str) -> None:
    assert excel_numbers.as_text(number, form) == typed


def test_days_that_are_typed_as_text() -> None:
    assert table.day("November 3, 2003") == table.day("3 Nov 2003") == "2003-11-03"
    assert table.day("03/11/2003") == "03/11/2003", "two days could be meant: refused later on"


SERVICE_FEE = "INVESCO Tax-Free Bond Fund has other values (Maximum Service Fee {})"
ACCOUNTING = '_(* 0.00%_);_(* (0.00%);_(* "-"??_);_(@_)'


@pytest.mark.seconds
@pytest.mark.parametrize(
    ("number", "form", "typed"),
    [
        (0.002, "[Blue]0.00%", "0.20%"),
        (0.002, "[Red]0.00%", "0.20%"),
        (0.002, "[Color10]0.00%;[Red]-0.00%", "0.20%"),
        (0.002, "_(* 0.00%_)", "0.20%"),
        (0.002, "_-* 0.00%_-;-* 0.00%_-", "0.20%"),
        (0.002, ACCOUNTING, "0.20%"),
        (0, ACCOUNTING, "-"),
        (0.002, "[$-409]0.00%", "0.20%"),
        (0.002, "[$-en-US]0.00%;@", "0.20%"),
        (0.002, "[>=0.01]0%;[<0.01]0.0%", "0.2%"),
        (0.02, "[>=0.01]0%;[<0.01]0.0%", "2%"),
        (0.002, "[Red][>0.05]0.0%;[Blue]0.00%", "0.20%"),
        (0.002, '[=0]"None";0.00%', "0.20%"),
        (0, '[=0]"None";0.00%', "None"),
        (0, '0.00%;-0.00%;"N/A"', "N/A"),
        (0.2, '0.00"%"', "0.20%"),
        (0.2, "0.00\\%", "0.20%"),
        (0.002, "#,##0.00%", "0.20%"),
        (0.002, "?0.00%", "0.20%"),
        (0.002, "0.00\\ %", "0.20 %"),
        ("0.20%", "@", "0.20%"),
        ("\u00a00.20%\u00a0", "@", "0.20%"),
    ],
)
def test_a_rate_is_what_a_person_sees(fees: Workspace, number: object, form: str, typed: str) -> None:
    edit(fees, setting("D3", number, form))
    ran = fees.run("import", "fees.xlsx", "--plan", "p")
    assert ran.out.splitlines()[1].strip() == SERVICE_FEE.format(typed), ran.err


UNSIGNED = "is a number without a percent sign"


@pytest.mark.seconds
@pytest.mark.parametrize(
    ("number", "form", "said"),
    [
        (0.0025, "General", f"0.0025 {UNSIGNED}"),
        (0.0025, "@", f"0.0025 {UNSIGNED}"),
        (0.25, "0.00", f"0.25 {UNSIGNED}"),
        (0.25, "[Blue]0.00;[Red]-0.00", f"0.25 {UNSIGNED}"),
        ("0.25", "@", f"0.25 {UNSIGNED}"),
        (0.0025, "0.00E+00", '"2.50E-03" is not a rate'),
        (0.0025, "# ?/?", "is 0 and shows fewer digits"),
        (0.0025, "0%", "is 0.25% and shows fewer digits"),
        (0.00125, "0.00%", "let the cell show all of them (Home, Increase Decimal), or type the value that it shows"),
        (1250, "#,##0.0,", "is 1.25 and shows fewer digits"),
        (37928.5, "yyyy-mm-dd hh:mm", "is a time on 2003-11-03, 12:00"),
        (0.5, "# ?/?", '"1/2" is not a rate'),
        (-0.0025, ACCOUNTING, '"(0.25%)" is not a rate'),
        (-0.0025, "0.00%", '"-0.25%" is not a rate'),
        (0.0025, ";;;", "does not show, by the number format of its cell"),
        (0.0025, "m/d/yyyy", "is a time"),
        (40000, "m/d/yyyy", '"2009-07-06" is not a rate'),
        (0.01 / 3, "0.00%", "is 0.333333333333333% and shows fewer digits"),
        (2, "$0.00", '"$2.00" is not a rate'),
        ("'0.25%", "@", '"\'0.25%" is not a rate'),
    ],
)
def test_a_number_that_does_not_show_a_rate_is_refused(fees: Workspace, number: object, form: str, said: str) -> None:
    edit(fees, setting("D3", number, form))
    ran = fees.run("import", "fees.xlsx", "--plan", "p")
    assert said in ran.err, ran.err + ran.out
    assert "fees.xlsx: Schedule A!D3: " in ran.err
    assert "1 problem. " in ran.err
    assert "Schedule A!D3" in ran.err


UNSIGNED_PLAN = """\
title: Master Service Agreement
kind: agreement
share_classes: [Class A]
dated: 2001-01-02
parties:
  - {name: AIM STOCK FUNDS, is: a Delaware statutory trust, called: Trust}
  - {name: AIM Adviser Inc, is: a Delaware corporation, called: Adviser}
schedule:
  name: Schedule A
  columns:
    rate: {heading: Annual Rate, holds: rate}
    start: {heading: Effective Date, holds: date}
    least: {heading: Least Fee, holds: money}
"""
UNSIGNED_ROWS = """\
number: 1
effective: 2003-11-03
restate:
  rows:
    - {name: AIM Energy Fund, rate: "0.50", start: 2001-06-01, least: "$1,000"}
    - {name: AIM Gold Fund, rate: "0.40", start: 2001-06-01, least: "$1,000"}
"""


@pytest.mark.seconds
@pytest.mark.parametrize(
    ("place", "value", "form", "said"),
    [
        ("B2", 0.005, "[Blue]0.00%", "Annual Rate 0.50%"),
        ("B2", 0.005, "_(* 0.00%_)", "Annual Rate 0.50%"),
        ("B2", 0.005, "[$-409]0.00%", "Annual Rate 0.50%"),
        ("B2", 0.005, ACCOUNTING, "Annual Rate 0.50%"),
        ("B2", 0.005, "[<1]0.00%;0.00", "Annual Rate 0.50%"),
        ("B2", 0.6, "[Blue]0.00", "Annual Rate 0.60"),
        ("B2", 0.6, "_(* #,##0.00_)", "Annual Rate 0.60"),
        ("C2", 37044, "General", '"37044" is not a date'),
        ("C2", datetime.date(2001, 6, 2), "d-mmm-yy", "Effective Date June 2, 2001"),
        ("C2", datetime.date(2001, 6, 2), "[$-409]mmmm d, yyyy;@", "Effective Date June 2, 2001"),
        ("C2", datetime.date(2001, 6, 2), "[$-F800]dddd, mmmm dd, yyyy", "Effective Date June 2, 2001"),
        ("C2", datetime.date(2001, 6, 2), "mmm-yy", "is the day 2001-06-02 and does not show all of it"),
        ("C2", "June 2, 2001", "@", "Effective Date June 2, 2001"),
        ("C2", "6/2/2001", "@", '"6/2/2001" is not a date'),
        ("D2", 1500, '_($* #,##0.00_);_($* (#,##0.00);_($* "-"??_);_(@_)', "Least Fee $1,500.00"),
        ("D2", 1500, '"$"#,##0', "Least Fee $1,500"),
        ("D2", 1500, "[$$-409]#,##0", "Least Fee $1,500"),
        ("D2", 1500000, '"$"0.0,,\\ "million"', "Least Fee $1.5 million"),
        ("D2", 1500, "General", '"1500" is not an amount of money'),
        ("D2", 1500, "[$\u20ac-2]\\ #,##0", "is not an amount of money"),
    ],
)
def test_days_money_and_rates_without_a_sign(empty: Workspace, place: str, value: object, form: str, said: str) -> None:
    empty.write({"schedules/q/plan.yaml": UNSIGNED_PLAN, "schedules/q/amendments/001.yaml": UNSIGNED_ROWS})
    assert empty.run("export", "q", "q.xlsx").code == 0
    edit(empty, setting(place, value, form), "q.xlsx")
    ran = empty.run("import", "q.xlsx", "--plan", "q")
    assert said in ran.out + ran.err
    assert ("AIM Energy Fund" in ran.out) != ("1 problem" in ran.err)


@pytest.mark.parametrize(
    ("form", "said"),
    [("[Blue]0.00%", "Maximum Service Fee 0.25%"), ("General", f"Schedule A!D3: 0.0025 {UNSIGNED}")],
)
def test_a_column_of_words_has_its_rates_as_the_columns_beside_it(workspace: Workspace, form: str, said: str) -> None:
    words = AMENDMENT.replace("service_fee: 0.25%", "service_fee: None")
    assert words != AMENDMENT
    workspace.write({"schedules/p/amendments/001.yaml": words})
    assert workspace.run("export", "p", "fees.xlsx").code == 0
    edit(workspace, setting("D3", 0.0025, form))
    ran = workspace.run("import", "fees.xlsx", "--plan", "p")
    assert said in ran.out + ran.err


def filtered(sheet: Any) -> None:
    sheet.auto_filter.ref = "A1:E5"
    sheet.auto_filter.add_filter_column(1, ["INVESCO Zero Fund"])
    for number in (2, 3, 4):
        sheet.row_dimensions[number].hidden = True


def in_white(sheet: Any) -> None:
    for place in ("C3", "D3"):
        sheet[place].font = Font(color="FFFFFFFF")


def in_the_colour_of_its_ground(sheet: Any) -> None:
    sheet["D3"].font = Font(color="FF112233")
    sheet["D3"].fill = PatternFill("solid", fgColor="FF112233")


def comments(sheet: Any) -> None:
    for place in ("C3", "D4"):
        sheet[place].comment = Comment("ask the board", "K.")


def strike_a_word(sheet: Any) -> None:
    sheet["B3"] = CellRichText("INVESCO ", TextBlock(InlineFont(strike=True), "Tax-Free Bond Fund"))


def strike_everything(sheet: Any) -> None:
    for row in (3, 4, 5):
        for cell in sheet[row]:
            cell.font = Font(strike=True)


def column_of_comments(sheet: Any) -> None:
    for number, text in enumerate(["Comments", "", "fine", "up?", "up?"], start=1):
        sheet.cell(number, 6).value = text


def hide_sheet(sheet: Any) -> None:
    sheet.parent.create_sheet("Other")
    sheet.sheet_state = "hidden"


def row_twice(sheet: Any) -> None:
    sheet.append([None, sheet["B3"].value, "0.75%", "0.25%", "1.00%"])


def merge_often(sheet: Any) -> None:
    for row in (2, 3, 4):
        sheet.merge_cells(f"C{row}:D{row}")


def narrow_title(sheet: Any) -> None:
    title_row(sheet)
    sheet.merge_cells("A1:B1")


def months(sheet: Any) -> None:
    for row in range(3, 6):
        for column in "CDE":
            setting(f"{column}{row}", datetime.date(2001, row, 2), "mmm-yy")(sheet)


@pytest.mark.seconds
@pytest.mark.parametrize(
    ("change", "fault", "remedy"),
    [
        (narrow_title, 'A1: "Schedule A as of today" stands above the heads', "delete what is above Schedule A!A2"),
        (months, "C3: is the day 2001-03-02 and does not show all of it; see D3, E3, C4, D4, E4 and 3 more", "Date"),
        (filtered, "Schedule A!2: is a hidden row, and so are 3, 4", "clear the filter"),
        (hide_sheet, "Schedule A: is a hidden sheet", "Unhide"),
        (in_white, 'C3: "0.75%" is written in the colour of its ground, and 1 more cell', "Font Color"),
        (in_the_colour_of_its_ground, 'D3: "0.25%" is written in the colour of its ground', "Font Color"),
        (comments, 'C3: "0.75%" has a note or comment, and 1 more cell', "do what it says, and delete it"),
        (strike_a_word, 'B3: "INVESCO Tax-Free Bond Fund" is struck out', "delete the row, or take the line off"),
        (strike_everything, 'B3: "INVESCO Tax-Free Bond Fund" is struck out, and 2 more cells', "delete the row"),
        (setting("A7", "Total"), 'A7: "Total" is no Portfolio', "delete the row"),
        (lambda sheet: sheet.append(["", "Grand total:", 0.02]), '"Grand total:" is no Portfolio', "delete the row"),
        (column_of_comments, 'F1: "Comments" is not a column of the schedule', "delete the column"),
        (setting("D1", "Max. Service Fee"), 'D1: "Max. Service Fee" is not a column', 'did you mean "Maximum Service'),
        (merge_often, "C2:D2: is merged, and so are C3:D3, C4:D4", "unmerge it"),
        (title_row, 'A1: "Schedule A as of today" stands above the heads', "delete what is above Schedule A!A2"),
        (row_twice, "stands there twice; first in", "keep one"),
    ],
)  # fmt: skip
def test_what_people_mark_or_cannot_see_is_one_problem(fees: Workspace, change: Edit, fault: str, remedy: str) -> None:
    edit(fees, change)
    ran = fees.run("import", "fees.xlsx", "--plan", "p")
    assert fault in ran.err, ran.err + ran.out
    assert remedy in ran.err
    assert "1 problem. " in ran.err, ran.err


@pytest.mark.parametrize(
    "name",
    ["INVESCO\u00a0Tax-Free Bond Fund", "INVESCO  Tax-Free Bond Fund", " INVESCO Tax-Free\nBond Fund\u202f"],
)
def test_blanks_that_look_alike_are_alike(fees: Workspace, name: str) -> None:
    edit(fees, setting("B3", name))
    assert fees.run("import", "fees.xlsx", "--plan", "p").out == "Nothing changed.\n"


def test_a_fund_of_total_return_is_no_total(fees: Workspace) -> None:
    edit(fees, lambda sheet: sheet.append([None, "INVESCO Total Return Fund", "0.75%", "0.25%", "1.00%"]))
    assert "INVESCO Total Return Fund is added" in fees.run("import", "fees.xlsx", "--plan", "p").out


def test_a_sheet_of_no_schedule_is_named(fees: Workspace) -> None:
    edit(fees, lambda sheet: sheet.parent.create_sheet("Workings").append(["0.30%"]))
    ran = fees.run("import", "fees.xlsx", "--plan", "p")
    assert 'fees.xlsx: the sheet "Workings" is not read\n' in ran.out + ran.err


@pytest.fixture
def classes(empty: Workspace) -> Workspace:
    """A workspace with a plan whose funds have rows of classes, and footnotes, exported as a.csv, flat.csv and xlsx."""
    folder = CASES / "class-rows"
    files = {f"schedules/p/{path.relative_to(folder)}": path.read_bytes() for path in folder.rglob("*.yaml")}
    empty.write(files)
    for name, options in (("a.csv", ()), ("flat.csv", ("--flat",)), ("a.xlsx", ()), ("flat.xlsx", ("--flat",))):
        assert empty.run("export", "p", name, *options).code == 0
    return empty


def test_a_flat_table_says_all_in_each_row(classes: Workspace) -> None:
    text = (classes.root / "flat.csv").read_text(encoding="utf-8-sig")
    heads, *rows = text.replace(DEBT, "DEBT").replace(INCOME, "INCOME").replace(TRUST, "TRUST").splitlines()
    assert heads.startswith("No.,Registrant,Portfolio,Class,Maximum Asset Based Sales Charge [*],Maximum Share")
    assert rows[:6] == [
        "1,TRUST,DEBT,Class C,0.75%,0.25%,1.00%",
        "2,TRUST,DEBT,Class R,0.50%,0.25%,0.50%",
        "3,TRUST,INCOME [1],Class C,None,0.25% [1],N/A",
        "4,TRUST,INCOME [1],Class R,0.50%,0.25%,0.50%",
        "",
        "Footnote,Text,Words that carry it",
    ]
    assert rows[7:] == ["1,Closed to new investors.,", "2,Computed daily.,average daily net assets"]
    sheet = openpyxl.load_workbook(classes.root / "flat.xlsx").worksheets[0]
    assert sheet.auto_filter.ref == "A1:G5", "the heads and the rows, without the footnotes"
    assert (sheet["F4"].value, sheet["F4"].number_format) == (0.0025, '0.00##%" [1]"')


def sorted_rows(text: str, key: Callable[[str], Any]) -> str:
    head, *rows = text.splitlines()
    return "\n".join([head, *sorted(rows[:4], key=key), *rows[4:]])


@pytest.mark.seconds
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("", "", "Nothing changed.\n"),
        ("0.75%", "0.70%", f"Class C of {DEBT} has other values (Maximum Asset Based Sales Charge 0.70%)"),
        ("1,AIM", "7,AIM", "Nothing changed.\n"),
        ("\n\nFoot", "\n,AIM Investment Funds (Invesco Investment Funds),Invesco New Fund,Class C,1%,1%,1%\n\nFoot",
         "Invesco New Fund is added to AIM Investment Funds (Invesco Investment Funds)"),
        ("\n\nFoot", f"\n,AIM Investment Funds (Invesco Investment Funds),{DEBT},Class Y,1%,1%,1%\n\nFoot",
         f"Class Y is added under {DEBT}"),
        (f"\n1,AIM Investment Funds (Invesco Investment Funds),{DEBT}", f"\n1,,{DEBT}", "Registrant: is empty"),
        (f"{INCOME} [1],Class R", f"{INCOME},Class R", f'"{INCOME}" has the sign [1] in one row and not in another'),
    ],
)  # fmt: skip
@pytest.mark.parametrize("key", [lambda row: row.split(",")[::-1], lambda row: row.split(",")[3]])
def test_a_flat_table_that_was_sorted_comes_back(
    classes: Workspace, old: str, new: str, said: str, key: Callable[[str], Any]
) -> None:
    text = (classes.root / "flat.csv").read_text(encoding="utf-8-sig")
    assert old in text
    classes.write({"b.csv": sorted_rows(text, key).replace(old, new, 1)})
    ran = classes.run("import", "b.csv", "--plan", "p")
    assert said in ran.out + ran.err
    assert len((ran.out + ran.err).splitlines()) <= 3
    assert "moves" not in ran.out


def test_a_table_that_says_the_group_in_each_row_is_flat_without_numbers(fees: Workspace) -> None:
    assert fees.run("export", "p", "a.csv", "--flat").code == 0
    head, *rows = [line.partition(",")[2] for line in (fees.root / "a.csv").read_text("utf-8-sig").splitlines()]
    fees.write({"b.csv": "\n".join([head, *reversed(rows)])})
    assert fees.run("import", "b.csv", "--plan", "p").out == "Nothing changed.\n"


@pytest.mark.seconds
@pytest.mark.parametrize(
    ("old", "new", "steps"),
    [
        ("Closed to new investors", "Closed since 2020", "  - set_footnote: 1\n    text: Closed since 2020.\n"),
        ("\n1,Closed", "\na,Closed", "  - set_footnote: 1\n    to: a\n"),
        ("1,Closed to new investors.,\n", "", "  - remove_footnote: 1\n"),
        ("average daily net assets", "daily net assets", "  - set_footnote: 2\n    on: daily net assets\n"),
        (f"{INCOME} [1]", INCOME, f"  - set: {INCOME}\n    mark: none\n"),
        (DEBT, f"{DEBT} [2]", f"  - set: {DEBT}\n    mark: 2\n"),
        (DEBT, f"{DEBT}*", f"  - set: {DEBT}\n    mark: '*'\n"),
        ("0.75%", "0.75% [1]",
         f"  - set: Class C\n    under: {DEBT}\n    asset:\n      value: 0.75%\n      mark: 1\n"),
        ("0.75%", "0.75%*",
         f"  - set: Class C\n    under: {DEBT}\n    asset:\n      value: 0.75%\n      mark: '*'\n"),
        ("0.25% [1]", "0.25%",
         f"  - set: Class C\n    under: {INCOME}\n    service:\n      value: 0.25%\n      mark: none\n"),
        (f"{DEBT}", f"{DEBT} [1]", f"  - set: {DEBT}\n    mark: 1\n"),
        (TRUST, f"{TRUST} [1]", f"  - set: {TRUST}\n    mark: 1\n"),
        ("Charge [*]", "Charge", "  - set: Maximum Asset Based Sales Charge\n    mark: none\n"),
        ("Charge [*]", "Charge [2]", "  - set: Maximum Asset Based Sales Charge\n    mark: 2\n"),
        ("Services Fee,", "Services Fee [1],", "  - set: Maximum Shareholder Services Fee\n    mark: 1\n"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["a.csv", "flat.csv"])
def test_footnotes_come_back_as_changes(classes: Workspace, name: str, old: str, new: str, steps: str) -> None:
    text = (classes.root / name).read_text(encoding="utf-8-sig")
    assert old in text
    places = -1 if name == "flat.csv" and "Fund" in old and "Fee" not in old else 1  # in each row of the fund
    classes.write({"b.csv": text.replace(old, new, places)})
    ran = classes.run("import", "b.csv", "--plan", "p", "--write")
    assert ran.code == 0, ran.err
    draft = (classes.root / "schedules/p/amendments/003.yaml").read_text(encoding="utf-8")
    assert f"changes:\n{steps}#\n" in draft
    assert classes.run("check").code == 0


def test_a_new_footnote_comes_with_its_sign(classes: Workspace) -> None:
    text = (classes.root / "a.csv").read_text(encoding="utf-8-sig")
    text = text.replace("\n2,Computed", "\n3,Newly offered.,\n2,Computed").replace(DEBT, f"{DEBT} [3]")
    classes.write({"b.csv": text.replace("1.00%", "1.00% [3]")})
    assert classes.run("import", "b.csv", "--plan", "p", "--write").code == 0
    draft = (classes.root / "schedules/p/amendments/003.yaml").read_text(encoding="utf-8")
    assert f"  - add_footnote: 3\n    text: Newly offered.\n    of:\n      - {DEBT}\n  - set: Class C\n" in draft


@pytest.mark.seconds
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (DEBT, f"{DEBT} [9]", "[9] calls no footnote"),
        ("0.75%", "0.75% [9]", "[9] calls no footnote"),
        ("1,Closed to new investors.", ",Closed to new investors.", "a footnote wants its sign and its text"),
        ("1,Closed to new investors.", "1,", "a footnote wants its sign and its text"),
        ("1,Closed to new investors.", "2,Closed to new investors.", '"2" stands there twice'),
        ("Footnote,Text,Words that carry it", "Notes", "the footnotes of the schedule are not there"),
    ],
)
def test_a_footnote_that_cannot_be_read_for_certain(classes: Workspace, old: str, new: str, said: str) -> None:
    text = (classes.root / "a.csv").read_text(encoding="utf-8-sig").replace(old, new, 1)
    ran = classes.write({"b.csv": text}).run("import", "b.csv", "--plan", "p")
    assert said in ran.err


def test_a_raised_sign_is_the_sign_of_a_footnote(classes: Workspace) -> None:
    raised = CellRichText(f"{DEBT} ", TextBlock(InlineFont(vertAlign="superscript"), "1"))
    edit(classes, setting("B3", raised), "a.xlsx")
    ran = classes.run("import", "a.xlsx", "--plan", "p")
    assert f"{DEBT} gets the sign of footnote 1" in ran.out, ran.err


def test_the_fonts_of_a_file_say_their_properties_in_order(classes: Workspace) -> None:
    """ECMA-376, part 1, 18.8.22: what Excel mends in silence, other programs refuse."""
    styles = ooxml.parts("", (classes.root / "a.xlsx").read_bytes())["xl/styles.xml"].decode()
    fonts = re.findall("<font>(.*?)</font>", styles)
    order = [
        "b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz", "color", "name",
        "family", "charset", "scheme",
    ]  # fmt: skip
    for font in fonts:
        tags = re.findall(r"<(\w+)", font)
        assert tags == sorted(tags, key=order.index)
    assert any(font.startswith("<b ") for font in fonts)


@pytest.mark.slow
@LAWS
@given(making.plans(), st.randoms(use_true_random=False))
def test_a_flat_table_in_any_order_is_no_change(plan: PlanFolder, dice: random.Random) -> None:
    (schedule,) = schedules_of(plan)
    head = [entry.text_and_mark for entry in table.head_entries(schedule, is_flat=True)]
    rows = texts(schedule, is_flat=True)
    dice.shuffle(rows)
    grid = tuple(
        tuple(SheetCell(table.single_line(text), Where("a.csv"), str(n)) for n, text in enumerate(row))
        for row in [head, *rows, [], *table.note_rows(schedule)]
    )
    (result,) = to_changes.edited([grid], [schedule], Answers({}))
    assert result.steps == ()
