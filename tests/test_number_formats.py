"""What a cell of Excel shows is what docgen reads, or it is refused: held against LibreOffice's own display."""

from __future__ import annotations

import csv
import itertools
import re
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from docgen.spreadsheet import excel_numbers

RATES = (
    "General", "0", "0.0", "0.00", "0.##", "0.0#", "#.##", "#.00", "?.??", "0.00%", "0.0%", "0%", "0.00##%", "#.##%",
    "0.00 %", '0.00" %"', "0.00\\ \\%", "%0.00", "0.000%", "?0.00%", "00.00%", "#0.0#%", "[Red]0.00%",
    "[Color10]0.00%", "[Blue][<0.01]0.00%;[Red]0.0%", "[>=1]0;[<1]0.00%", "0.00%;-0.00%;0.00%", "0.00%;(0.00%)",
    "0.00%;(0.00%);\\-", '0.00%;[Red]-0.00%;"nil"', '0.00%;-0.00%;"-"??', '0.00%" per annum"', "0.00%_)", "* 0.00%",
    '"up to "0.00%', "[$-409]0.00%", '0.00" bp"', "0.00E+00", "0.0E+0", "# ?/?",
    "# ??/??", "?/?", "# ?/8", "# ??/16", "0/100",
)  # fmt: skip
AMOUNTS = (
    "#,##0", "#,##0.00", "#,###", "#,##0,", "#,##0.0,,", "$#,##0", "$#,##0.00", "$ #,##0.00", '"$"#,##0.00',
    "[$$-409]#,##0.00", "[$€-2] #,##0.00", "[$£-809]#,##0", "#,##0 [$€-407]", "[$USD] #,##0.00", "[$CHF-807] #,##0",
    "$#,##0_);($#,##0)", "$#,##0.00_);[Red]($#,##0.00)", '_($* #,##0.00_);_($* (#,##0.00);_($* "-"??_);_(@_)',
    '_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-', '#,##0.0,,"M"', '$#,##0,,\\ "million"', "#,##0.00;;", "000000",
    "00-00-00", "000-00-0000", "0\\.00", "#,##0.00 ;-#,##0.00 ", "[>999999]#,##0,,\\M;[>999]#,##0,\\K;0", "@",
    '[=1]"one";[=0]"none";0', '"Tier "0', '0" of "00', "##0.0E+0", "0.0000", "#,##0.00;@",
)  # fmt: skip
FORMATS = (*RATES, *AMOUNTS)
CONDITION = re.compile(r"\[[<>=]")  # where programs differ in whether a minus shows
GOLDEN = (  # what Excel shows, or None for what it does not show at all or not with all its digits
    (0.0025, "0.00%", "0.25%"), (0.0025, "0.0%", None), (0.0025, "0%", None), (0.0025, "0.00E+00", "2.50E-03"),
    (1234.5, "0.00E+00", None), (25000, "##0.0E+0", "25.0E+3"), (12.5, "0.0E+0", None), (0.005, "0.0E+0%", "5.0E-1%"),
    (941051630, "00000-0000", "94105-1630"), (150, "000-00-0000", "000-00-0150"), (25, "0\\.00", "0.25"),
    (1000, '0" of "00', "10 of 00"), (1234567, "###\\-##", "12345-67"), (1.25, '0"."0.0#', "0.1.25"),
    (0, "#", None), (0, "#,###", None), (0, "0", "0"), (0, "?/?", "0/1"), (0.25, "0/100", "25/100"),
    (0.5, "#.00", ".50"),
    (1500000, '#,##0.0,,"M"', "1.5M"), (1234567, '#,##0.0,,"M"', None), (0.0075, "[<0.01]0.00%;0.0%", "0.75%"),
    (-1234.5, "$#,##0.00_);[Red]($#,##0.00)", "($1,234.50)"), (0, '#,##0.00;-#,##0.00;"none"', "none"),
    (0.01, '_($* #,##0.00_);_($* (#,##0.00);_($* "-"??_);_(@_)', "$0.01"), (0.25, "[$€-2] #,##0.00", "€ 0.25"),
    (0.25, "[$-407]0.00%", "25.00%"), (0.0025, "0.00%%", "25.00%%"), (0.25, "@", "0.25"), (1, ";;;", None),
)  # fmt: skip
VALUES = (0, 1, 0.25, 0.0025, 0.01, 0.005, 0.0075, 0.75, 1.5, 12.5, 150, 1000, 1234.5, 25000, 1500000, 1500000000,
          -0.0025, -1, -1234.5)  # fmt: skip


def says(number: float, form: str) -> str | None:
    """What docgen reads in a cell; None where it refuses it, because nothing or not all of it shows."""
    text = excel_numbers.as_text(number, form)
    return None if not text or excel_numbers.unseen_digits(number, form) else text


@pytest.mark.parametrize(("number", "form", "shown"), GOLDEN)
def test_a_cell_is_read_as_it_shows_or_refused(number: float, form: str, shown: str | None) -> None:
    assert says(number, form) == shown


def _bare(text: str) -> str:
    """A text without blanks, and without a point behind which nothing stands."""
    return re.sub(r"\.(?![0-9])", "", "".join(text.split()))


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="install LibreOffice: libreoffice-calc")
def test_what_a_cell_shows_is_what_libreoffice_shows(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row, form in enumerate(FORMATS, start=1):
        for column, number in enumerate(VALUES, start=1):
            sheet.cell(row, column, number).number_format = form
            sheet.column_dimensions[get_column_letter(column)].width = 60
    book.save(tmp_path / "shown.xlsx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true",
        "shown.xlsx",
    ]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=300)
    with (tmp_path / "shown.csv").open(encoding="utf-8", newline="") as file:
        shown = [*csv.reader(file)]
    differs = []
    for (row, form), (column, number) in itertools.product(enumerate(FORMATS), enumerate(VALUES)):
        text = says(number, form)
        if (
            text is not None
            and _bare(text) != _bare(shown[row][column])
            and not (number < 0 and CONDITION.search(form))
        ):
            differs.append(f"{number} as {form}: {text}, LibreOffice {shown[row][column]}")
    assert not differs, "\n".join(differs)
