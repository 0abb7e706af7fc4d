"""Bands of net assets that are called the same under one fund: Next $2 billion, three times, each with a lower rate."""

from __future__ import annotations

import json
import re
import zipfile
from decimal import Decimal

import pytest

from docgen.consolidation import compare, lineage
from docgen.model import breakpoints
from docgen.model.amendment import Restate
from docgen.model.schedule import Schedule
from docgen.workspace.load import load
from tests.conftest import Ran, Workspace

PLAN = """\
title: Master Investment Advisory Agreement
kind: agreement
term: Agreement
schedule:
  name: Appendix B
  group: Fund
  row: Net Assets
  columns:
    annual_rate: {heading: Annual Rate, holds: rate}
"""
FIRST = """\
number: 1
effective: 2005-07-01
restate:
  groups:
    - name: AIM Balanced Fund
      rows:
        - {name: First $2 billion, annual_rate: 0.50%}
        - {name: Next $2 billion, annual_rate: 0.45%}
        - {name: Next $2 billion, annual_rate: 0.40%}
        - {name: Next $2 billion, annual_rate: 0.375%}
        - {name: Over $8 billion, annual_rate: 0.35%}
    - name: AIM Value Fund
      rows:
        - {name: First $2 billion, annual_rate: 0.70%}
        - {name: Over $2 billion, annual_rate: 0.65%}
"""
LOWER = FIRST.replace("number: 1", "number: 2").replace("2005", "2006").replace("0.40%", "0.39%")
WITHOUT = LOWER.replace("        - {name: Next $2 billion, annual_rate: 0.375%}\n", "")
SECOND = "number: 2\neffective: 2006-07-01\nchanges:\n"


@pytest.fixture
def bands(empty: Workspace) -> Workspace:
    return empty.write({"schedules/a/plan.yaml": PLAN, "schedules/a/amendments/001.yaml": FIRST})


def second(bands: Workspace, text: str) -> Workspace:
    return bands.write({"schedules/a/amendments/002.yaml": text})


def check(bands: Workspace, text: str) -> Ran:
    return second(bands, text).run("check")


def both(bands: Workspace, text: str) -> tuple[Schedule, Schedule]:
    """The schedule before and after the second amendment."""
    (plan,) = load(second(bands, text).root).plans
    old, new = (amendment.schedules[0] for amendment in plan.amendments)
    return old, new


def test_bands_of_one_fund_may_be_called_the_same(bands: Workspace) -> None:
    assert check(bands, LOWER).out == "No problems and 1 note. 2 amendments checked.\n"


def test_but_not_with_the_same_rate(bands: Workspace) -> None:
    ran = check(bands, LOWER.replace("0.39%", "0.45%"))
    assert '"Next $2 billion" stands in Appendix B twice; first on line 8' in ran.out + ran.err


def test_nor_may_any_other_row(bands: Workspace) -> None:
    ran = check(bands, LOWER.replace("Next $2 billion", "AIM Charter Fund"))
    assert '"AIM Charter Fund" stands in Appendix B twice; first on line 8' in ran.out + ran.err


@pytest.mark.parametrize(
    "change",
    [
        "  - {set: Next $2 billion, group: AIM Balanced Fund, annual_rate: 0.44%}\n",
        "  - {remove: Next $2 billion, group: AIM Balanced Fund}\n",
        "  - {rename: Next $2 billion, to: Next $2.5 billion}\n",
        "  - {move: First $2 billion, group: AIM Balanced Fund, after: Next $2 billion}\n",
    ],
)
def test_a_change_cannot_say_which_of_them_is_meant(bands: Workspace, change: str) -> None:
    ran = check(bands, SECOND + change)
    assert 'several rows that stand together are called "Next $2 billion"' in ran.out + ran.err
    assert "write the whole schedule as it is from now on under restate:" in ran.out + ran.err


def test_a_restatement_keeps_them_apart_in_their_order(bands: Workspace) -> None:
    old, new = both(bands, LOWER)
    assert list(lineage.keys(old)) == list(lineage.keys(new))
    assert [(value.old.typed, value.new.typed) for value in lineage.new_values(old, new)] == [(("0.40%",), ("0.39%",))]


def test_show_has_each_of_them_with_the_amendment_that_set_it(bands: Workspace) -> None:
    second(bands, LOWER)
    (schedule,) = json.loads(bands.run("show", "a", "--json").out)["schedules"]
    rows = schedule["groups"][0]["rows"]
    assert [(row["values"]["annual_rate"], row["set_by"]["annual_rate"]) for row in rows] == [
        ("0.50%", "001"), ("0.45%", "001"), ("0.39%", "002"), ("0.375%", "001"), ("0.35%", "001"),
    ]  # fmt: skip


def test_history_tells_of_each_of_them(bands: Workspace) -> None:
    told = second(bands, LOWER).run("history", "Next $2 billion").out
    assert re.findall(r"\((0.*)\)|(from 0.*)", told) == [
        ("0.45%", ""), ("0.40%", ""), ("0.375%", ""), ("", "from 0.40% to 0.39%"),
    ]  # fmt: skip


def test_one_of_them_goes(bands: Workspace) -> None:
    told = second(bands, WITHOUT).run("history", "Next $2 billion").out
    assert told.count("Next $2 billion stands in Appendix B") == 3
    assert told.count("Next $2 billion is no longer in Appendix B") == 1


@pytest.mark.parametrize("text", [LOWER, WITHOUT], ids=["a lower rate", "one band fewer"])
def test_compare_leads_from_one_to_the_other_and_back(bands: Workspace, text: str) -> None:
    old, new = both(bands, text)
    assert compare.apply_all(old, compare.compare(old, new)) == new
    assert compare.apply_all(new, compare.compare(new, old)) == old


@pytest.mark.parametrize(
    "change",
    [
        "  - {set: First $2 billion, group: AIM Value Fund, annual_rate: 0.69%}\n",
        "  - remove_group: AIM Value Fund\n",
    ],
)
def test_a_change_of_another_fund_leaves_them_alone(bands: Workspace, change: str) -> None:
    old, new = both(bands, SECOND + change)
    assert new.groups[0] == old.groups[0]
    assert [type(step) for step in compare.compare(old, new)] != [Restate]


def test_a_fund_comes_in_with_its_bands(bands: Workspace) -> None:
    rows = FIRST.split("rows:\n")[1].split("    - name")[0]
    old, new = both(bands, SECOND + "  - add_group: AIM Charter Fund\n    rows:\n" + rows)
    assert [row.name for row in new.groups[1].rows] == [row.name for row in old.groups[0].rows]
    assert [type(change).__name__ for change in compare.compare(old, new)] == ["AddGroup"]


def test_words_change_in_names_beside_them(bands: Workspace) -> None:
    _, new = both(bands, SECOND + "  - {rename_all: AIM, to: Invesco, groups: true}\n")
    assert [group.name for group in new.groups] == ["Invesco Balanced Fund", "Invesco Value Fund"]


def test_a_redline_marks_the_one_that_changes(bands: Workspace) -> None:
    second(bands, LOWER).run("redline", "a/002", "--format", "txt")
    lines = (bands.root / "build/a/002/schedule-redline-001.txt").read_text(encoding="ascii").splitlines()
    assert [" ".join(line.split()) for line in lines if "Next $2" in line] == [
        "Next $2 billion 0.45%",
        "<R> Next $2 billion 0.39%</R>",
        "Next $2 billion 0.375%",
    ]


def test_a_table_is_read_back(bands: Workspace) -> None:
    bands.run("export", "a", "a.csv")
    file = bands.root / "a.csv"
    assert bands.run("import", "a.csv", "--plan", "a").out == "Nothing changed.\n"
    file.write_bytes(file.read_bytes().replace(b"0.375%", b"0.37%"))
    bands.run("import", "a.csv", "--plan", "a", "--write")
    (plan,) = load(bands.root).plans
    rates = [row.values[0].typed for row in plan.amendments[1].schedules[0].groups[0].rows]
    assert rates == [("0.50%",), ("0.45%",), ("0.40%",), ("0.37%",), ("0.35%",)]


def test_the_board_sees_the_one_that_changes(bands: Workspace) -> None:
    ran = second(bands, LOWER).run("diff", "a/001", "a/002", "--format", "table")
    (word,) = [line for line in ran.out.split() if line.endswith(".docx")]
    words = zipfile.ZipFile(bands.root / word).read("word/document.xml").decode("utf-8")
    assert ("0.40%" in words, "0.39%" in words) == (True, True), "as is beside as amended"


def test_they_may_stand_under_a_fund_of_a_registrant(bands: Workspace) -> None:
    plan = PLAN.replace("  group: Fund\n  row: Net Assets\n", "")
    rows = "".join(
        f"            {row.strip()}\n" for row in FIRST.splitlines() if "billion" in row and "0.70" not in row
    )
    first = "number: 1\neffective: 2005-07-01\nrestate:\n  groups:\n    - name: AIM Funds Group\n      rows:\n"
    first += "        - name: AIM Balanced Fund\n          rows:\n" + rows.split("            - {name: Over $2")[0]
    bands.write({"schedules/a/plan.yaml": plan, "schedules/a/amendments/001.yaml": first})
    old, new = both(bands, first.replace("number: 1", "number: 2").replace("0.375%", "0.37%"))
    assert [value.new.typed for value in lineage.new_values(old, new)] == [("0.37%",)]
    assert compare.apply_all(old, compare.compare(old, new)) == new
    ran = check(bands, SECOND + "  - {set: Next $2 billion, under: AIM Balanced Fund, annual_rate: 0.44%}\n")
    assert 'several rows that stand together are called "Next $2 billion"' in ran.out + ran.err


def test_a_recital_names_the_fund_alone(bands: Workspace) -> None:
    bands.write({"schedules/a/plan.yaml": PLAN.replace("schedule:", "form: {recital: whereas}\nschedule:")})
    second(bands, SECOND + "  - remove_group: AIM Balanced Fund\n").run("build", "a/002", "--format", "txt")
    words = " ".join((bands.root / "build/a/002/amendment.txt").read_text(encoding="ascii").split())
    assert "to reflect the removal of AIM Balanced Fund;" in words


def test_breakpoints_stand_a_step_a_line_in_their_cell(empty: Workspace) -> None:
    steps = "['0.70% on first $2 billion', '0.65% over $2 billion up to $9 billion', '0.60% over $9 billion']"
    first = FIRST.partition("      rows:")[0] + f"      rows: [{{name: Class A, annual_rate: {steps}}}]\n"
    plan = PLAN.replace("holds: rate", "holds: breakpoints")
    workspace = empty.write({"schedules/a/plan.yaml": plan, "schedules/a/amendments/001.yaml": first})
    workspace.run("build", "--format", "txt,htm,docx")
    text = (workspace.root / "build/a/001/schedule.txt").read_text()
    assert [line.strip() for line in text.splitlines() if "% o" in line] == [
        "Class A" + " " * (text.index("0.70%") - text.index("Class A") - 7) + "0.70% on first $2 billion;",
        "0.65% over $2 billion up to $9 billion;",
        "0.60% over $9 billion",
    ]
    assert "billion;<br>\n0.65%" in (workspace.root / "build/a/001/schedule.htm").read_text()


def test_a_step_that_was_edited_in_a_sheet_comes_back(empty: Workspace) -> None:
    steps = "annual_rate: [0.75% on first $150 million, 0.70% over $150 million]"
    first = re.sub(r"annual_rate: 0.65%", steps, FIRST)
    files = {"plan.yaml": PLAN.replace("holds: rate", "holds: breakpoints"), "amendments/001.yaml": first}
    empty.write({f"schedules/a/{name}": text for name, text in files.items()})
    sheet = empty.root / "a.csv"
    empty.run("export", "a", str(sheet))
    sheet.write_text(sheet.read_text(encoding="utf-8").replace("0.70% over", "0.68% over"), encoding="utf-8")
    assert "0.75% on first $150 million; 0.68% over $150 million" in empty.run("import", str(sheet), "--plan", "a").out
    sheet.write_text(sheet.read_text(encoding="utf-8").replace("0.68% over", "0.68 upon"), encoding="utf-8")
    ran = empty.run("import", str(sheet), "--plan", "a")
    assert '"0.68 upon $150 million" is not a breakpoint for "Annual Rate"' in ran.err


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("first $150 million", (0, 150 * 10**6, None)),
        ("on the first $1.5 billion of net assets", (0, 1500 * 10**6, None)),
        ("next $500 thousand", (None, None, 500 * 10**3)),
        ("up to $1 billion", (0, 10**9, None)),
        ("to and including $2 trillion", (0, 2 * 10**12, None)),
        ("over $1,000 up to $2,000.50", (1000, Decimal("2000.50"), None)),
        ("assets in excess of $3 Billion", (3 * 10**9, None, None)),
        ("thereafter", (None, None, None)),
        ("first million", None),
    ],
)
def test_a_band_in_words(text: str, meant: tuple[Decimal | None, ...] | None) -> None:
    band = breakpoints.band(text)
    assert (band and (band.above, band.to, band.size)) == meant
