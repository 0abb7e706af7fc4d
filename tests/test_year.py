"""The year around an amendment: lists over all plans, worked out from what is typed once; their golden texts stand
beside the plans of `cases/complex`."""

from __future__ import annotations

import datetime
import io
import json
import re
import shlex
import shutil
from collections import Counter
from dataclasses import replace
from hashlib import sha256
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.consolidation import fund_classes
from docgen.consolidation.plan_folder import PlanFolder
from docgen.drafting import new_plan
from docgen.edgar import exhibit
from docgen.files import ooxml
from docgen.model.schedule import Line
from docgen.problems import fold_signs
from docgen.reports import coverage, exhibit_list, filing_days, schedule_in_force
from docgen.workspace.load import load
from docgen.workspace.seals import Filing, Seal
from docgen.workspace.select import papers_of
from tests import making
from tests.conftest import AMENDMENT, FILED, HERE, PLAIN, PLAN, Golden, Workspace
from tests.test_laws import LAWS

COMPLEX = HERE / "cases" / "complex"
DAYS = ["2003-11-03", "2003-11-30", "2004-06-30", "2004-10-15", "2005-03-31", "2005-12-31"]


@pytest.fixture
def family(empty: Workspace) -> Workspace:
    """Two families of funds through two years: six plans, forty amendments, two events."""
    (empty.root / "schedules").symlink_to(COMPLEX / "schedules")
    return empty


def holds(golden: Golden, work: Workspace, file: str, *command: str) -> None:
    """What a command prints is the golden text of that name."""
    ran = work.run(*command)
    assert (ran.code, ran.err) == (0, "")
    golden.holds(COMPLEX / file, ran.out)


@pytest.mark.slow
def test_the_family_has_no_slips(family: Workspace) -> None:
    ran = family.run("check")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("No problems. 40 amendments checked.")


def test_the_matrix_of_a_family(family: Workspace, golden: Golden) -> None:
    holds(golden, family, "matrix.txt", "matrix")
    holds(golden, family, "matrix-2003-11-30.txt", "matrix", "--on", "2003-11-30", "aim-class-a", "aim-investor-class")


@pytest.mark.parametrize(
    ("command", "problem"),
    [
        (
            "matrix aim-class-a/001",
            "aim-class-a/001: is no plan\n    write aim-class-a, with --on DATE",
        ),
        ("matrix --json --format htm", "--format writes papers; --json prints the matrix"),
        ("status --json --format htm", "--format writes papers; --json prints the status"),
        ("exhibits p --json --format htm", "--format writes papers; --json prints the list"),
        ("diff p/001 p/001 --plan p", "--plan says whose the files are"),
        (
            "diff p/001 p/001 --json --format memo",
            "--format writes papers; --json prints the cha",
        ),
    ],
)
def test_options_that_say_nothing_together_are_refused(workspace: Workspace, command: str, problem: str) -> None:
    ran = workspace.run(*command.split())
    assert ran.code == 2
    assert problem in ran.err


def looks(name: str) -> str:
    """What a name looks like, capitals apart."""
    return fold_signs(name).casefold()


def standings_of_show(text: str, classes: tuple[str, ...]) -> Counter[Any]:
    """Each row of `show --json` that has values: where it stands, of whom it is, what it says."""
    data = json.loads(text)
    result: Counter[Any] = Counter()
    for schedule in data["schedules"]:
        for group in schedule["groups"]:
            for row in group["rows"]:
                for line in row.get("rows") or [row]:
                    under = line is not row and not Line(line["name"]).is_band
                    values = tuple(line["values"].values())
                    named = (line["name"],) if under else classes
                    fund = "" if Line(row["name"]).is_band else looks(row["name"])
                    result[data["plan"], schedule["name"], group["name"], fund, named, values] += 1
    return result


def standings_of_matrix(text: str) -> Counter[Any]:
    """The same of `matrix --json`."""
    data = json.loads(text)
    result: Counter[Any] = Counter()
    for row in data["rows"]:
        for column, cell in zip(data["columns"], row["cells"], strict=True):
            for entry in cell:
                place = (column["plan"], column["schedule"], entry["group"], looks(row["fund"]))
                result[(*place, tuple(column["classes"]), tuple(entry["values"].values()))] += 1
    return result


@pytest.mark.parametrize("day", DAYS)
def test_the_matrix_and_show_agree_in_every_cell_of_a_family(day: str) -> None:
    plans = load(COMPLEX).plans
    on = datetime.date.fromisoformat(day)
    shown: Counter[Any] = Counter()
    for plan in plans:
        amendment = plan.in_force(on)
        assert amendment
        text = schedule_in_force.as_json(plan, amendment, on, plan.schedules_on(on))
        shown += standings_of_show(text, plan.facts.share_classes)
    assert standings_of_matrix(coverage.as_json(coverage.coverage(plans, on))) == shown


def final(plan: PlanFolder, name: str, classes: tuple[str, ...]) -> PlanFolder:
    """A plan whose one amendment is in force."""
    (amendment,) = plan.amendments
    facts = amendment.facts.model_copy(update={"draft": False})
    its = plan.facts.model_copy(update={"share_classes": classes})
    in_force = replace(amendment, facts=facts, after=amendment.schedules, plan=its)
    return replace(plan, id=name, facts=its, amendments=(in_force,))


@pytest.mark.slow
@settings(LAWS, max_examples=20)
@given(st.lists(st.tuples(making.plans(), st.sampled_from([(), ("Class A",), ("Class A", "Class C")])), max_size=2))
def test_the_matrix_and_show_agree_in_every_cell(drawn: list[tuple[PlanFolder, tuple[str, ...]]]) -> None:
    plans = [final(plan, f"plan-{number}", classes) for number, (plan, classes) in enumerate(drawn)]
    shown: Counter[Any] = Counter()
    for plan in plans:
        (amendment,) = plan.amendments
        entries = fund_classes.of_plan(plan)
        assert sum(1 for _ in entries) == sum(1 for s in amendment.after for _, line, _ in s.lines() if not line.rows)
        text = schedule_in_force.as_json(plan, amendment, None, amendment.after)
        shown += standings_of_show(text, plan.facts.share_classes)
    assert standings_of_matrix(coverage.as_json(coverage.coverage(plans, None))) == shown


def test_bands_of_net_assets_and_blanks_are_no_funds(empty: Workspace) -> None:
    """Of exhibits that were filed: a fee for all funds by their net assets, and a class without a service fee."""
    for name in ("aim-admin-combination", "delaware-global"):
        shutil.copytree(FILED / name, empty.root / "schedules" / name)
    rows = [row.split("  ") for row in empty.run("matrix").out.splitlines()]
    lines = [[part.strip() for part in row if part.strip()] for row in rows]
    assert ["All funds, by net assets", "First $1.5 billion: 0.023%"] in lines
    assert ["Delaware Emerging Markets Fund", "1.00%/.25%/April 19, 2001", ".50%/-/May 15, 2003"] in lines


@pytest.mark.seconds
def test_a_final_paper_may_have_no_day(empty: Workspace) -> None:
    """And a status that fits a wide terminal stands in one piece."""
    for name in ("goldman-annex-a", "delaware-global"):
        shutil.copytree(FILED / name, empty.root / "schedules" / name)
    first, *_ = empty.run("status", "--on", "2020-01-01").out.split("\n\nWhat is next")
    assert [row.split()[:2] for row in first.splitlines()[5:]] == [
        ["delaware-global/004", "(2020-05-28)"],
        ["goldman-annex-a/2017", "-"],
    ]


def test_the_matrix_as_a_sheet_has_rates_as_numbers(family: Workspace) -> None:
    ran = family.run("matrix", "--format", "xlsx,htm", "aim-class-b", "aim-investor-class")
    assert ran.out.splitlines()[-1] == "2 files written under build/"
    folder = family.root / "build/lists"
    name = "matrix-aim-class-b-aim-investor-class"
    sheet = openpyxl.load_workbook(io.BytesIO((folder / f"{name}.xlsx").read_bytes()))["List"]
    assert [cell.value for cell in sheet[1]] == [
        "Fund",
        "aim-class-b\nClass B\nMaximum Asset Based Sales Charge",
        "aim-class-b\nClass B\nMaximum Service Fee",
        "aim-class-b\nClass B\nMaximum Aggregate Fee",
        "aim-investor-class\nInvestor Class\nMaximum Distribution Fee",
    ]
    assert [cell.value for cell in sheet[3]] == ["AIM Energy Fund", 0.0075, 0.002, 0.0095, 0.0025]
    assert sheet["C3"].number_format == "0.00##%"
    page = (folder / f"{name}.htm").read_text(encoding="ascii")
    assert "AIM Energy Fund" in page
    assert "0.75%/0.20%/0.95%" in page


@pytest.mark.seconds
def test_a_list_goes_when_it_is_not_what_would_be_made(workspace: Workspace) -> None:
    path = workspace.root / "build/lists/matrix.htm"
    assert workspace.run("matrix", "--format", "htm").code == 0
    assert workspace.run("build", "--format", "txt").code == 0
    assert path.exists()
    files = {name.replace("/p/", "/q/"): text for name, text in PLAIN.items()}
    workspace.write(files | {"schedules/q/plan.yaml": PLAN.replace("Class B", "Class C")})
    ran = workspace.run("build", "--format", "txt")
    assert "to make it again: docgen matrix --format htm" in ran.out
    assert not path.exists()


def test_the_exhibits_of_a_registrant_and_of_a_plan(family: Workspace, golden: Golden) -> None:
    holds(golden, family, "exhibits-aim-stock-funds.txt", "exhibits", "AIM Stock Funds, Inc.")
    holds(golden, family, "exhibits-american-century-r.json", "exhibits", "american-century-r", "--json")
    ran = family.run("exhibits", "AIM Stocks Fund")
    assert ran.code == 2
    assert 'did you mean "AIM Stock Funds"?' in ran.err


@pytest.mark.seconds
def test_what_each_signs_and_the_plan_as_it_reads(family: Workspace, golden: Golden) -> None:
    holds(golden, family, "packet-2005-02-24.txt", "packet", "2005-02-24", "--list")
    holds(golden, family, "conform-american-century-a.txt", "conform", "american-century-a", "--list")
    ran = family.run("conform", "american-century-a", "--on", "2005-07-31", "--format", "txt")
    assert ran.code == 0, ran.err
    copy = (family.root / "build/american-century-a/conformed-2005-07-31.txt").read_text(encoding="ascii")
    golden.holds(COMPLEX / "conformed-2005-07-31.txt", copy)


def test_the_list_as_html_links_to_edgar(family: Workspace) -> None:
    assert family.run("exhibits", "american-century-r", "--format", "htm,xlsx").code == 0
    page = (family.root / "build/lists/exhibits-american-century-r.htm").read_text(encoding="ascii")
    link = "https://www.sec.gov/Archives/edgar/data/100334/000010033405000021/ex-m2bdistshareservpln.txt"
    assert f'<a href="{link}">Amendment No. 1 to the' in page
    assert '<html lang="en-US">\n<head>\n<title>Item 28, exhibits of american-century-r</title>' in page, "a whole page"
    assert page.count("<a ") == 3
    assert page.count("Filed herewith.") == 1
    book = openpyxl.load_workbook(family.root / "build/lists/exhibits-american-century-r.xlsx")
    assert book["List"]["D3"].hyperlink.target == link


SEALED = st.fixed_dictionaries(
    {},
    optional={
        "form": st.sampled_from(["485BPOS", "N-14"]),
        "cik": st.sampled_from(["105377", "0000725781"]),
        "file": st.just("ex99-m2d.htm"),
        "accession": st.just("0000950123-03-012345"),
    },
)
FAMILY = load(COMPLEX)
PAPERS = [paper for plan in FAMILY.plans for paper in papers_of(FAMILY, plan) if not paper.amendment.facts.draft]


@pytest.mark.slow
@settings(LAWS, max_examples=50)
@given(st.dictionaries(st.sampled_from([paper.name for paper in PAPERS]), SEALED))
def test_an_exhibit_list_has_every_sealed_paper_once(receipts: dict[str, dict[str, str]]) -> None:
    sealed = replace(FAMILY, seals={name: Seal("", {}, receipt) for name, receipt in receipts.items()})
    by_plan = [exhibit_list.exhibit_list(sealed, *exhibit_list.plans_of(sealed, plan)) for plan in FAMILY.plan_ids]
    rows = [row for exhibits in by_plan for row in exhibits.rows]
    assert Counter(row.paper.name for row in rows if row.filing) == Counter(receipts.keys())
    assert Counter(row.paper.name for row in rows if row.reference == "Filed herewith.") == Counter(
        paper.name for paper in PAPERS if paper.name not in receipts
    )
    for registrant, families in (("AIM Sector Funds", "aim"), ("American Century Mutual Funds, Inc.", "american")):
        of_registrant = exhibit_list.exhibit_list(sealed, *exhibit_list.plans_of(sealed, registrant))
        names = [row.paper.name for row in of_registrant.rows if row.filing]
        assert sorted(names) == sorted(name for name in receipts if name.startswith(families))
        assert {row.paper.name for row in of_registrant.rows if row.filing and row.link} == {
            name for name in names if {"cik", "file", "accession"} <= receipts[name].keys()
        }
        assert len(list(exhibit_list.problems(of_registrant))) == len(names), "no day was said of any"


@pytest.mark.seconds
def test_what_a_list_needs_is_said_of_a_sealed_paper_later(workspace: Workspace) -> None:
    workspace.write({"schedules/p/amendments/001.yaml": f"exhibit: Exhibit m(2)(b)\n{AMENDMENT}"})
    workspace.run("build", "--format", "txt")
    assert workspace.run("seal", "p/001", "--document", "build/p/001/amendment.txt").code == 0
    assert workspace.run("check").err == "", "all of it can be left out until the list is wanted"
    ran = workspace.run("exhibits", "p")
    assert "filed on [ ] (accession number [ ])." in ran.out
    assert "docgen seal p/001 --form ... --on ... --accession ... --cik ... --file ..." in ran.err
    facts = ("--form", "485BPOS", "--pea", "60", "--on", "2003-11-26", "--cik", "105377", "--file", "dex99m2b.txt")
    assert workspace.run("seal", "p/001", *facts).code == 0
    assert workspace.run("seal", "p/001", "--accession", "0000950123-03-012345").code == 0
    ran = workspace.run("exhibits", "p")
    assert ran.err == ""
    assert "https://www.sec.gov/Archives/edgar/data/105377/000095012303012345/dex99m2b.txt" in ran.out
    refused = workspace.run("seal", "p/001", "--cik", "105378")
    assert refused.code == 1
    assert "has cik 105377 already\n    what was filed stays as it is" in refused.err
    assert "p/001: identical" in workspace.run("verify").out


@pytest.mark.parametrize(
    ("option", "text", "problem"),
    [
        ("--form", "10-K", '--form: "10-K" is not the type of a submission'),
        ("--pea", "No. 60", '--pea: "No. 60" is not a number of a post-effective amendment'),
        ("--on", "2003-11-31", "--on: 2003-11-31 is not a date"),
        ("--cik", "CIK1", '--cik: "CIK1" is not a CIK'),
        ("--file", "../a.htm", '--file: "../a.htm" is not a file name that EDGAR takes'),
    ],
)
def test_what_is_said_of_a_filing_can_be(workspace: Workspace, option: str, text: str, problem: str) -> None:
    ran = workspace.run("seal", "p/001", option, text)
    assert ran.code == 2
    assert problem in ran.err


@pytest.mark.slow
def test_each_registrant_of_a_joint_plan_has_its_own_exhibit(workspace: Workspace) -> None:
    """Its letter and gaps, its package, its filing; the paper that is built and sealed has no letter."""
    group = "    - {name: 'AIM Stock Funds, Inc.', rows: [INVESCO Dynamics Fund]}\n"
    both = "{'AIM Stock Funds, Inc.': Exhibit m(2)(b), 'AIM BOND FUNDS, INC.': Exhibit m(4)(b)}"
    first = "schedules/p/amendments/001.yaml"
    ran = workspace.write({first: f"{AMENDMENT}{group}exhibits: {both}\nexhibit: Exhibit m(2)(b)\n"}).run("check")
    assert "has both exhibit and exhibits\n    write exhibit: for all registrants, or a line for each" in ran.err
    last = "number: 2\neffective: 2003-12-01\nchanges: [{rename_group: 'AIM Stock Funds, Inc.', to: AIM Stock Funds}]\n"
    after = "exhibits: {AIM Stock Funds: Exhibit m(2)(d), 'AIM BOND FUNDS, INC.': Exhibit m(4)(b)}\n"
    workspace.write({first: f"{AMENDMENT}{group}exhibits: {both}\n", "schedules/p/amendments/002.yaml": last + after})
    ran = workspace.run("check")
    assert "exhibits.AIM Stock Funds: is m(2)(d), and that of 001 before it m(2)(b) [exhibit-letters-follow]" in ran.err
    assert "exhibits.AIM BOND FUNDS, INC.: is Exhibit m(4)(b), and so is 001" in ran.err
    workspace.write({"schedules/p/amendments/002.yaml": last})
    ran = workspace.run("package", "p/001")
    assert 'each registrant files it under its own letter\n    say for which: --registrant "AIM Stock Funds' in ran.err
    assert workspace.run("package", "p/001", "--official", "txt", "--registrant", "Aim Bond Funds, Inc.").code == 0
    page = (workspace.root / "build/package/p-001-aim-bond-funds-inc/ex99-m4b.txt").read_text(encoding="ascii")
    assert "Exhibit m(4)(b)" in page
    assert steps(workspace)["packaged"] == "1 of 2"
    assert workspace.run("build", "p/001", "--format", "htm").code == 0
    built = workspace.root / "build/p/001/amendment.htm"
    assert "Exhibit" not in built.read_text(encoding="ascii")
    facts = ("--form", "485BPOS", "--on", "2003-11-26", "--cik", "1", "--file", "a.htm")
    accession = "--accession", "0000950123-03-012345"
    assert "say for which" in workspace.run("seal", "p/001", "--document", str(built), *facts).err
    ran = workspace.run("seal", "p/001", "--document", str(built), *facts, "--registrant", "AIM Stock Funds")
    assert ran.code == 0, ran.err
    assert "identical" in workspace.run("verify").out
    assert workspace.run("seal", "p/001", *accession, "--registrant", "AIM Stock Funds, Inc.").code == 0
    ran = workspace.run("exhibits", "p", "--json")
    rows = [(row["registrant"], row["exhibit"], row["link"]) for row in json.loads(ran.out)["exhibits"]]
    link = "https://www.sec.gov/Archives/edgar/data/1/000095012303012345/a.htm"
    assert rows[:2] == [("AIM Stock Funds, Inc.", "m(2)(b)", link), ("AIM BOND FUNDS, INC.", "m(4)(b)", None)]
    assert 'docgen seal p/001 --registrant "AIM BOND FUNDS, INC." --form' in ran.err
    of_one = json.loads(workspace.run("exhibits", "AIM Stock Funds", "--json").out)["exhibits"]
    assert [(row["paper"], row["exhibit"]) for row in of_one] == [("p/001", "m(2)(b)"), ("p/002", None)]
    again = workspace.run("package", "p/001", "--registrant", "AIM Bond Funds, Inc.")
    assert again.code == 0, "the sealed words, under the letter of who files them later"


@pytest.mark.parametrize(
    ("before", "after", "missing"),
    [
        (("m", "2", "b"), ("m", "2", "c"), False),
        (("m", "2", "b"), ("m", "2", "d"), True),
        (("m", "2", "z"), ("m", "2", "aa"), False),
        (("m", "2", "aa"), ("m", "2", "bb"), False),
        (("m", "2", "aa"), ("m", "2", "ab"), False),
        (("m", "2", "aa"), ("m", "2", "dd"), True),
        (("e", "1", "ii"), ("e", "1", "iii"), False),
        (("e", "1", "i"), ("e", "1", "iii"), True),
        (("m", "9"), ("m", "10"), False),
        (("m", "9"), ("m", "11"), True),
        (("m", "2", "d"), ("m", "3", "f"), False),
        (("m", "2", "d"), ("m", "2", "a"), False),
        (("m",), ("n",), False),
        (("m", "2", "d"), ("m", "2", "1"), False),
        (("m", "2"), ("m", "2", "d"), False),
    ],
)
def test_what_a_letter_leaves_out(before: tuple[str, ...], after: tuple[str, ...], missing: bool) -> None:
    assert exhibit.missing_between(before, after) is missing


@pytest.mark.slow
def test_a_packages_index_has_what_was_filed_before(family: Workspace) -> None:
    assert family.run("package", "aim-class-c/003").code == 0
    index = (family.root / "build/package/aim-class-c-003/exhibit-index.htm").read_text(encoding="ascii")
    labels = re.findall(r"<td[^>]*>(m\(3\)\(\w\))</td>", index)
    assert labels == ["m(3)(b)", "m(3)(c)", "m(3)(d)"]
    assert '<a href="https://www.sec.gov/Archives/edgar/data/725781/000119312504126383/dex99m3b.txt">' in index
    assert '<a href="ex99-m3d.htm">' in index
    assert index.count("Filed herewith.") == 1


@pytest.mark.slow
def test_the_status_of_a_family(family: Workspace, golden: Golden) -> None:
    holds(golden, family, "status.txt", "status", "--on", "2005-06-15")
    data = json.loads(family.run("status", "aim-class-c", "--on", "2005-06-15", "--json").out)
    assert data["papers"][2] == {
        "paper": "aim-class-c/003",
        "effective": "2004-04-01",
        "in_effect": True,
        "steps": {
            "drafted": "yes",
            "checked": "yes",
            "approved": "2004-02-11",
            "signed": "-",
            "packaged": "no",
            "filed": "no",
            "listed": "no",
        },
        "missing": "lay it out for EDGAR",
        "next": "docgen package aim-class-c/003",
    }
    assert data["note"].startswith("For counsel to confirm")


def steps(work: Workspace) -> dict[str, str]:
    (paper,) = json.loads(work.run("status", "p/001", "--on", "2003-11-27", "--json").out)["papers"]
    return {**paper["steps"], "next": paper["next"]}


@pytest.mark.slow
def test_the_steps_of_a_paper_one_after_the_other(workspace: Workspace) -> None:
    path = "schedules/p/amendments/001.yaml"
    workspace.write({path: AMENDMENT + "draft: true\n"})
    before = {"checked": "yes", "signed": "-", "packaged": "no", "filed": "no", "listed": "no"}
    assert steps(workspace) == {**before, "drafted": "draft", "approved": "no", "next": "docgen check p/001"}
    workspace.write({path: AMENDMENT})
    approve = "docgen approve p/001 --by ... --on ... --independent"
    assert steps(workspace) == {**before, "drafted": "yes", "approved": "no", "next": approve}
    votes = "approvals:\n  - {by: the Board of Trustees of AIM Bond Funds, on: 2003-09-17, independent: true}\n"
    workspace.write({path: AMENDMENT + votes})
    approved = {**before, "drafted": "yes", "approved": "2003-09-17", "next": "docgen package p/001"}
    assert steps(workspace) == approved
    assert workspace.run("package", "p/001").code == 1, "it names no exhibit yet"
    workspace.write({path: AMENDMENT + votes + "exhibit: Exhibit m(2)(b)\n"})
    assert workspace.run("package", "p/001").code == 0
    seal = "docgen seal p/001 --signed ... --form ... --on ... --accession ... --cik ... --file ..."
    assert steps(workspace) == {**approved, "packaged": "yes", "next": seal}
    workspace.write({path: AMENDMENT + votes + "exhibit: Exhibit m(2)(c)\n"})
    assert steps(workspace) == {**approved, "packaged": "out of date", "next": "docgen package p/001"}
    workspace.run("build", "--format", "txt")
    document = ("--document", "build/p/001/amendment.txt")
    assert workspace.run("seal", "p/001", *document, "--signed", "2003-10-31", "--on", "2003-11-26").code == 0
    filed = {**approved, "signed": "2003-10-31", "packaged": "yes", "filed": "2003-11-26"}
    assert steps(workspace) == {
        **filed,
        "checked": "yes, 1 warning",
        "next": "docgen seal p/001 --form ... --accession ... --cik ... --file ...",
    }
    rest = ("--form", "485BPOS", "--accession", "0000950123-03-012345", "--cik", "105377", "--file", "a.htm")
    assert workspace.run("seal", "p/001", *rest).code == 0
    assert steps(workspace) == {**filed, "listed": "yes", "next": None}


@pytest.mark.parametrize(
    ("on", "day"),
    [
        ("2004-02-29", "2005-02-28"),
        ("2005-02-28", "2005-02-28"),
        ("2005-03-01", "2006-02-28"),
        ("2007-06-15", "2008-02-29"),
    ],
)
def test_a_plan_is_approved_again_each_year(workspace: Workspace, on: str, day: str) -> None:
    votes = "approvals:\n  - {by: the Board of Trustees of AIM Bond Funds, on: 2004-02-29, independent: true}\n"
    workspace.write({"schedules/p/amendments/001.yaml": AMENDMENT.replace("2003-11-03", "2004-03-01") + votes})
    plan = load(workspace.root).plans[0]
    shown = replace(plan.amendments[0], facts=plan.amendments[0].facts.model_copy(update={"effective": None}))
    assert list(filing_days.of_paper("p/001", shown, None)) == []
    at = datetime.date.fromisoformat(on)
    days = [entry.day.isoformat() for entry in filing_days.of_plan(plan, max(at, datetime.date(2004, 3, 1)))]
    assert days == [day]


def test_boards_that_voted_on_days_of_their_own_vote_again_each_by_its_own(workspace: Workspace) -> None:
    entries = (
        "{by: the Board of Trustees of A, on: 2003-10-01, independent: true}, {by: the Board of B, on: 2003-10-03,"
    )
    workspace.write({"schedules/p/amendments/001.yaml": f"{AMENDMENT}approvals: [{entries} independent: true}}]\n"})
    plan = load(workspace.root).plans[0]
    days = [(entry.day.isoformat(), entry.text) for entry in filing_days.of_plan(plan, datetime.date(2003, 12, 1))]
    assert days == [
        ("2004-10-01", "by then the Board of Trustees of A approves it again (last vote kept here 2003-10-01)"),
        ("2004-10-03", "by then the Board of B approves it again (last vote kept here 2003-10-03)"),
    ]


def test_the_days_of_a_filing_follow_from_its_form(workspace: Workspace) -> None:
    plan = load(workspace.root).plans[0]
    amendment, day = plan.amendments[0], datetime.date(2004, 12, 17)
    by_form = {
        form: [entry.day.isoformat() for entry in filing_days.of_paper("p/001", amendment, Filing(form, filed=day))]
        for form in ("485APOS", "485BPOS", "N-14")
    }
    assert by_form == {"485APOS": ["2005-02-15"], "485BPOS": ["2005-01-16"], "N-14": []}
    adding = load(COMPLEX).plans[0].amendments[7]
    days = list(filing_days.of_paper("a/008", adding, Filing("485APOS", filed=day)))
    assert [(entry.day.isoformat(), entry.source) for entry in days] == [
        ("2005-02-15", "17 CFR 230.485(a)(1)"),
        ("2005-03-02", "17 CFR 230.485(a)(2)"),
    ]
    to_file = {entry.day.isoformat(): entry.text for entry in filing_days.of_paper("p/001", amendment, None)}
    assert to_file == {
        "2003-09-04": "the last day to file on Form 485APOS",
        "2003-10-04": "the first day to file on Form 485BPOS",
        "2003-11-03": "it takes effect: the last day to file on Form 485BPOS",
    }


@pytest.mark.seconds
def test_what_changed_in_all_plans(family: Workspace, golden: Golden) -> None:
    holds(golden, family, "diff-2004-11-30-2005-06-30.txt", "diff", "@2004-11-30", "@2005-06-30")
    (plan, *_) = json.loads(family.run("diff", "@2004-11-30", "@2005-06-30", "--json").out)
    assert plan["plan"] == "aim-class-a"
    assert plan["schedules"][0]["changes"][0] == {"rename_group": "AIM Stock Funds, Inc.", "to": "AIM Stock Funds"}
    assert family.run("diff", "@2005-12-01", "@2005-12-31").out.endswith("\nNothing changed.\n")
    begun = family.run("diff", "@2003-11-02", "@2003-11-03").out
    assert "aim-class-a: begins, with 9 rows\n" in begun
    assert family.run("diff", "@2005-12-31", "@2004-11-30").code == 2
    assert "write @DATE for both" in family.run("diff", "@2005-12-31", "aim-class-a").err


def test_what_changed_has_the_plans_own_text_too(workspace: Workspace) -> None:
    """Each change from its own day on."""
    text = "changes:\n  - {replace_words: Exhibit A, to: Schedule A}\n"
    later = "  - {add_section: Section 9, text: 9. Records., effective: 2004-02-02}\n"
    workspace.write({"schedules/p/amendments/002.yaml": f"number: 2\neffective: 2004-01-05\n{text}{later}"})
    assert workspace.run("diff", "@2003-12-31", "@2004-01-05").out.endswith(
        '\np\n  The text\n    "Exhibit A" becomes "Schedule A" in the whole text\n'
    )
    ran = workspace.run("diff", "p@2004-01-31", "p@2004-02-02", "--json")
    (texts,) = json.loads(ran.out)
    assert texts["changes"] == [{"add_section": "Section 9", "effective": "2004-02-02", "text": ["9. Records."]}]
    back = 'The text is as it was before these changes\n  "Exhibit A" becomes "Schedule A" in the whole text\n'
    assert workspace.run("diff", "p@2004-01-05", "p@2003-12-31").out == back
    assert workspace.run("diff", "p/002", "p/001").out.startswith(back)


def test_a_plan_that_another_restates_ends(workspace: Workspace) -> None:
    restating = PLAN.replace("title:", "restates: p\ntitle:")
    first = "number: 1\neffective: 2004-07-01\nchanges: [{add: INVESCO Gold Fund}]\n"
    workspace.write({"schedules/q/plan.yaml": restating, "schedules/q/amendments/001.yaml": first})
    ran = workspace.run("diff", "@2003-12-31", "@2004-12-31")
    assert "\np: q restates it\n" in ran.out
    assert (
        "\nq: restates p, with 3 rows\n  Schedule A\n    INVESCO Gold Fund is added to AIM BOND FUNDS, INC. ("
        in ran.out
    )
    assert "q" not in workspace.run("matrix", "--on", "2003-12-31").out.split()
    assert "p" not in workspace.run("matrix", "--on", "2004-12-31").out.split()


KINDS = [kind for kind in new_plan.kinds(making.FOLDERS) if kind.purpose != "a kind without an example"]


@pytest.mark.seconds
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_plan_of_each_kind_begins_from_its_example(workspace: Workspace, kind: new_plan.PlanKind) -> None:
    ran = workspace.run("new", "--plan", "r", "--kind", kind.name, "--registrant", "AIM New Funds")
    assert (ran.code, ran.err) == (0, "")
    assert workspace.run("check").out.startswith("No problems. 2 amendments checked.")
    assert workspace.run("build", "r", "--format", "txt").code == 0
    made = "".join(path.read_text(encoding="ascii") for path in (workspace.root / "build/r/001").iterdir())
    assert "AIM New Funds" in made
    assert workspace.run("new", "--plan", "r", "--kind", kind.name).err.startswith("schedules/r: already exists")


def test_the_kinds_that_ship_have_examples() -> None:
    assert {"agreement", "distribution-plan", "multi-class-plan", "schedule-only"} == {kind.name for kind in KINDS}
    assert KINDS[1].usual("columns") == (
        "Maximum Asset Based Sales Charge 0.75%; Maximum Service Fee 0.25%; Maximum Aggregate Fee 1.00%"
    )


def test_a_plan_is_what_was_answered(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    columns_of = "Total Fee 0.50%; Since (date)"
    answers = iter(["agreement", "Service Agreement", "Class R, Class S", columns_of, "AIM R Funds", "2003-10-01"])
    monkeypatch.setattr("docgen.cli.new.can_ask", lambda: True)
    monkeypatch.setattr("click.prompt", lambda *_, **__: next(answers))
    ran = workspace.run("new", "--plan", "r")
    assert ran.out.splitlines()[0] == f"  agreement: {KINDS[0].purpose}"
    facts = load(workspace.root).plans[1].facts
    assert (facts.title, facts.kind, facts.share_classes) == ("Service Agreement", "agreement", ("Class R", "Class S"))
    assert facts.dated is not None
    assert facts.dated.date == datetime.date(2003, 10, 1)
    columns = {
        key: (column.heading, column.holds, column.at_most) for key, column in facts.schedules[0].columns.items()
    }
    assert columns == {
        "aggregate_total_fee": ("Total Fee", "rate", "0.50%"),
        "since": ("Since", "date", None),
    }
    assert [party.name for party in facts.parties] == ["AIM R Funds", "Name of the Adviser"]


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("--plan", "r"), "--kind: does not say what kind the plan is\n    choose one with --kind:\n      agreement: "),
        (("--plan", "r", "--kind", "agremeent"), '--kind: kind "agremeent" not found\n    did you mean "agreement"?'),
        (("--plan", "a/b", "--kind", "agreement"), '--plan: "a/b" is not a name for a plan'),
        (("--plan", "events", "--kind", "agreement"), '--plan: "events" is not a name for a plan'),
        (("--plan", "p", "--kind", "agreement"), "schedules/p: already exists"),
        (("--plan", "r", "--kind", "agreement", "--dated", "2004-13-01"), "dated: 2004-13-01 is not a date"),
        (("--plan", "r", "--kind", "agreement", "--column", "Fee (percent)"), "holds"),
        (("p", "--plan", "r"), "name a plan for its next amendment, or a new one with --plan NAME"),
        (("p", "--title", "T"), "these go with --plan NAME, which begins a plan"),
        ((), "name a plan for its next amendment, or a new one with --plan NAME"),
    ],
)
def test_a_plan_that_cannot_begin(workspace: Workspace, arguments: tuple[str, ...], problem: str) -> None:
    ran = workspace.run("new", *arguments)
    assert ran.code in (1, 2)
    assert problem in ran.err
    assert sorted(path.name for path in (workspace.root / "schedules").iterdir()) == ["p"]


@pytest.mark.slow
def test_a_book_has_all_that_goes_with_a_package(family: Workspace) -> None:
    assert family.run("package", "aim-class-b/003", "--official", "txt", "--book").code == 0
    path = family.root / "build/package/aim-class-b-003.zip"
    data = path.read_bytes()
    book = ooxml.parts(path.name, data)
    kinds = {"certificates": "certificate", "memos": "memo", "resolutions": "resolutions"}
    of_the_board = [f"{folder}/aim-class-b-003/{kind}-against-002" for folder, kind in kinds.items()]
    assert sorted(book) == sorted(
        [f"{name}.{suffix}" for name in of_the_board for suffix in ("docx", "pdf")]
        + ["contents.txt", "package/ex99-m2d.txt", "package/exhibit-index.htm", "package/manifest.json"]
        + ["package/wrapper-preview.txt", "receipts/aim-class-b-003.json", "votes.docx", "votes.pdf"]
        + [f"redlines/aim-class-b-003/schedule-redline-002.{suffix}" for suffix in ("docx", "pdf", "proof.json")]
    )
    filed = COMPLEX / "schedules/aim-class-b/filed/003"
    assert book["receipts/aim-class-b-003.json"] == (filed / "receipt.json").read_bytes()
    assert book["package/ex99-m2d.txt"] == (filed / "amendment.txt").read_bytes()
    listed = dict(line.split("  ")[::-1] for line in book.pop("contents.txt").decode().splitlines())
    assert listed == {name: sha256(part).hexdigest() for name, part in book.items()}
    assert family.run("package", "aim-class-b/003", "--official", "txt", "--book").code == 0
    assert path.read_bytes() == data
    assert family.run("package", "aim-class-b/003", "--official", "txt").code == 0
    assert not path.exists(), "no book of an earlier package stays"


CLASS_R = """\
number: 1
exhibits:
  AIM Sector Funds: Exhibit m(5)(b)
  AIM Stock Funds: Exhibit m(4)(b)
effective: 2005-11-01
dated: 2005-11-01
signatures:
  - {for: registrants, each: true, by: {name: Robert H. Graham, title: President}}
restate:
  values: {distribution_fee: 0.50%}
  groups:
    - name: AIM Sector Funds
      rows: [AIM Energy Fund, AIM Technology Fund]
    - name: AIM Stock Funds
      rows: [AIM Dynamics Fund]
"""
GOLD = """\
event: AIM Utilities Fund merges into AIM Energy Fund
effective: 2005-11-15
plans: [aim-class-b, aim-investor-class, aim-class-r]
approvals:
  - {by: the Boards of Trustees of AIM Sector Funds and AIM Stock Funds, on: 2005-09-14, independent: true}
changes:
  - remove: AIM Utilities Fund
    into: AIM Energy Fund
"""
TOUR = (
    'new --plan aim-class-r --kind distribution-plan --title "Master Distribution Plan" --class "Class R"'
    ' --column "Maximum Distribution Fee 0.50%" --registrant "AIM Sector Funds" --dated 2005-10-03',
    "=== schedules/aim-class-r/amendments/001.yaml",
    "check aim-class-r",
    "diff aim-class-r@2005-10-03 aim-class-r/001 --format resolutions",
    'approve aim-class-r/001 --by "the Boards of Trustees of AIM Sector Funds and AIM Stock Funds" --on 2005-09-14'
    " --independent",
    "packet 2005-11-01 --list",
    "=== schedules/events/2005-11-15-utilities-merger.yaml",
    "event 2005-11-15-utilities-merger.yaml --dry-run",
    "matrix aim-class-r aim-investor-class",
    "status aim-class-r --on 2005-09-30",
    "build aim-class-r --format txt",
    'package aim-class-r/001 --registrant "AIM Sector Funds" --official txt --book',
    "seal aim-class-r/001 --document build/aim-class-r/001/amendment.txt --signed 2005-10-28",
    'seal aim-class-r/001 --registrant "AIM Sector Funds" --form 485BPOS --pea 66 --on 2005-10-31'
    " --accession 0000950129-05-010501 --cik 725781 --file h28712exv99wm5wb.txt",
    "status aim-class-r --on 2005-10-31",
    'seal aim-class-r/001 --registrant "AIM Stock Funds" --form 485BPOS --pea 71 --on 2005-11-01'
    " --accession 0000950129-05-010533 --cik 356865 --file h28713exv99wm4wb.txt",
    "exhibits aim-class-r",
    "status aim-class-r --on 2005-12-01",
    "diff @2005-10-31 @2005-11-30",
    "conform american-century-a --list",
    "verify aim-class-r",
)


@pytest.mark.slow
def test_a_tour_of_a_year(empty: Workspace, golden: Golden) -> None:
    """The commands in the order of a year, and what each says; what is written in between stands above."""
    shutil.copytree(COMPLEX / "schedules", empty.root / "schedules")
    texts = {"schedules/aim-class-r/amendments/001.yaml": CLASS_R}
    texts["schedules/events/2005-11-15-utilities-merger.yaml"] = GOLD
    said = []
    for line in TOUR:
        if line.startswith("=== "):
            empty.write({line[4:]: texts[line[4:]]})
            continue
        ran = empty.run(*shlex.split(line))
        assert ran.code == 0, ran.err
        said.append(f"$ docgen {line}\n{ran.out}{ran.err}")
    golden.holds(COMPLEX / "tour.txt", "\n".join(said))


def test_the_status_leaves_a_plan_out_that_cannot_be_read(workspace: Workspace) -> None:
    files = {name.replace("/p/", "/q/"): text for name, text in PLAIN.items()}
    second = "number: 2\neffective: 2003-12-01\nchanges: [{remove: INVESCO Tax-Fre Bond Fund}]\n"
    workspace.write({**files, "schedules/q/amendments/002.yaml": second})
    ran = workspace.run("status", "--on", "2003-11-01")
    assert ran.code == 1
    assert "p/001  (2003-11-03)" in ran.out
    assert "q/001" not in ran.out
    assert ran.err.startswith("schedules/q/amendments/002.yaml:3: changes[0].remove: no portfolio")
