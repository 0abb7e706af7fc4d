"""A format that has no room for a paper stops no other; a plan may leave formats out; all say the same words."""

from __future__ import annotations

import contextlib
import datetime
import html
import io
import re
import zipfile
from collections import Counter

import lxml.html
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen import writers
from docgen.consolidation.plan_folder import PlanFolder
from docgen.document import render, tree
from docgen.edgar import characters
from docgen.problems import DataProblem
from tests import making
from tests.conftest import AMENDMENT, PLAIN, Workspace
from tests.test_laws import LAWS

PLAN = "schedules/p/plan.yaml"
FIRST = "schedules/p/amendments/001.yaml"
COLUMNS = "".join(f"    c{n}: {{heading: Characteristically{n} Remuneration, holds: rate}}\n" for n in range(1, 11))
VALUES = ", ".join(f"c{n}: 0.25%" for n in range(1, 11))
WIDE = {
    PLAN: PLAIN[PLAN].partition("    sales_charge")[0] + COLUMNS,
    FIRST: AMENDMENT.replace("sales_charge: 0.75%, service_fee: 0.25%, aggregate_fee: 1.00%", VALUES),
}
LONG_WORD = {FIRST: AMENDMENT.replace("INVESCO Tax-Free Bond Fund", "F" + "u" * 140 + "nd")}
NO_TEXT = "form: {formats: [htm, pdf, docx]}\n"
REMEDY = "    or leave text out, in plan.yaml:  form: {formats: [htm, pdf, docx]}\n"
MADE = [f"{name}.{suffix}" for name in ("amendment", "schedule") for suffix in ("docx", "htm", "pdf")]


def made(workspace: Workspace) -> list[str]:
    """The files of the first paper."""
    return sorted(path.name for path in (workspace.root / "build/p/001").iterdir())


@pytest.fixture
def wide(workspace: Workspace) -> Workspace:
    """A plan whose table no text has room for."""
    return workspace.write(WIDE)


def test_what_text_has_no_room_for_is_one_problem_before_anything_is_made(wide: Workspace) -> None:
    ran = wide.run("check")
    fault = 'the table needs more than 132 columns; shorten "CHARACTERISTICALLY10 REMUNERATION" or a value under it'
    assert ran.err == f"{PLAN}:17: EDGAR text: {fault}, which take 20\n{REMEDY}1 problem. 1 amendment checked.\n"
    assert ran.code == 1
    assert not (wide.root / "build").exists()


@pytest.mark.slow
@pytest.mark.parametrize("files", [WIDE, LONG_WORD], ids=["columns", "word"])
def test_the_other_formats_are_made(workspace: Workspace, files: dict[str, str]) -> None:
    assert workspace.run("build", "--format", "txt").code == 0
    ran = workspace.write(files).run("build")
    assert (ran.code, made(workspace)) == (1, MADE)
    assert ran.err.count("EDGAR text: ") == 1
    assert ran.err.endswith("1 problem. 6 files written; no text as said above.\n")
    assert "build/p/001/amendment.txt taken away" in ran.out, "it says what the data no longer says"
    assert workspace.run("build").code == 1, "as long as the text is missing"
    assert workspace.run("build", "--format", "htm,pdf,docx").code == 0


@pytest.mark.slow
def test_a_plan_that_leaves_text_out_is_built_without(wide: Workspace) -> None:
    wide.write({PLAN: WIDE[PLAN] + NO_TEXT})
    assert wide.run("check").out == "No problems. 1 amendment checked.\n"
    assert (wide.run("build").code, made(wide)) == (0, MADE)
    assert wide.run("build").out == "Nothing to do: 1 amendment up to date.\n"
    for _ in range(2):
        ran = wide.run("build", "--format", "txt")
        assert ran.code == 0
        assert f"{FIRST}:1: note: has no txt: nothing was written for it\n" in ran.err


def test_an_amendment_may_have_other_formats_than_its_plan(workspace: Workspace) -> None:
    workspace.write({PLAN: PLAIN[PLAN] + "form: {formats: [txt, htm]}\n", FIRST: AMENDMENT + "form: {formats: htm}\n"})
    assert workspace.run("build").code == 0
    assert made(workspace) == ["amendment.htm", "schedule.htm"]


def test_a_format_that_is_none_is_said(workspace: Workspace) -> None:
    ran = workspace.write({PLAN: PLAIN[PLAN] + "form: {formats: [doc]}\n"}).run("check")
    assert f"{PLAN}:11: form.formats[0]: " in ran.err


def test_a_package_needs_the_official_format(workspace: Workspace) -> None:
    workspace.write({PLAN: PLAIN[PLAN] + NO_TEXT, FIRST: AMENDMENT + "exhibit: Exhibit m(2)(d)\n"})
    ran = workspace.run("package", "p/001", "--official", "txt")
    assert (ran.code, ran.err.splitlines()[0]) == (1, f"{FIRST}:1: has no txt: its form leaves it out of formats")
    assert "name the other format:  --official htm" in ran.err


def test_a_sign_that_text_lacks_is_no_problem_where_no_text_is_made(workspace: Workspace) -> None:
    workspace.write({FIRST: AMENDMENT.replace("Tax-Free Bond Fund", "Société Fund")})
    assert 'EDGAR text has no "é"' in workspace.run("check").err
    workspace.write({PLAN: PLAIN[PLAN] + NO_TEXT})
    assert workspace.run("check").out == "No problems. 1 amendment checked.\n"


CLASSES = {"rows": [{"name": "Class A", "fee": "0.25%"}, {"name": "Class R", "fee": "0.50%"}]}
FAMILY: making.Data = {
    "title": "Master Distribution Plan",
    "kind": "distribution-plan",
    "dated": "2003-08-18",
    "rule": "12b-1",
    "of": [{"name": "O'Neil & Søns Trust", "is": "a Delaware statutory trust"}, "Châlon Funds, Inc."],
    "ascii": {"ø": "oe", "â": "a", "é": "e"},
    "form": {"recital": "whereas"},
    "schedule": {"row": "Fund", "columns": {"fee": {"heading": "Maximum Service Fee", "holds": "rate"}}},
}
STANDING: making.Data = {
    "number": "1",
    "effective": "2004-01-02",
    "restate": {
        "groups": [
            {"name": "O’Neil & Søns Trust", "rows": [{"name": "Children’s Growth Fund", **CLASSES}]},
            {"name": "Châlon Funds, Inc.", "rows": [{"name": "S&P 500® Fund", **CLASSES}]},
        ]
    },
}
NAMES = ("Farmers' & Merchants' Fund", "Génie Fund", "Children’s Growth Fund", "Fund “B” of 2010", "S&P 500® Fund")


@st.composite
def changes(draw: st.DrawFn) -> making.Data:
    """One change of a fund, a class or a registrant, some on a day of their own; the fold says whether it can be."""
    old, new = draw(st.sampled_from(NAMES)), draw(st.sampled_from(NAMES))
    change: making.Data = draw(
        st.sampled_from(
            [
                {"rename": old, "to": new},
                {"add": new, "to": "O'Neil & Søns Trust", **CLASSES},
                {"set": "Class R", "under": old, "fee": "0.40%"},
                {"remove": "Class A", "under": old},
                {"move": old, "to": "Châlon Funds, Inc."},
                {"remove": old, "into": new},
                {"rename_group": "Châlon Funds, Inc.", "to": "Châlon Funds"},
            ]
        )
    )
    own = draw(st.none() | st.dates(datetime.date(2004, 2, 1), datetime.date(2005, 2, 1)))
    return change | ({"effective": str(own)} if own else {})


@st.composite
def chains(draw: st.DrawFn) -> PlanFolder:
    """A plan with five amendments, whose changes have days of their own."""
    plan, amendments = making.chain(FAMILY, [STANDING]), [STANDING]
    for change in draw(st.lists(changes(), min_size=4, max_size=30)):
        number = len(amendments) + 1
        later = {"number": str(number), "effective": f"2004-{number:02}-03", "changes": [change]}
        with contextlib.suppress(DataProblem):  # refused with its reason
            plan = making.chain(FAMILY, [*amendments, later])
            amendments = [*amendments, later]
        if len(amendments) == 5:
            break
    return plan


def words(text: str) -> Counter[str]:
    """How often each word is there, by the letters that EDGAR's text has for it."""
    return Counter(re.findall(r"\w+", characters.plain(text, FAMILY["ascii"]).casefold()))


def words_of(suffix: str, data: bytes) -> Counter[str]:
    """The words of a finished file, by readers that know nothing of docgen."""
    if suffix == "pdf":
        return words(" ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)))
    if suffix == "docx":
        body = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
        return words(html.unescape(re.sub(r"<[^>]*>", "", re.sub(r"</w:p>|<w:br/>", " ", body))))
    text = re.sub("</?(PAGE|TABLE|CAPTION|S|C)>", " ", data.decode("ascii" if suffix == "txt" else "utf-8"))
    return words(" ".join(lxml.html.fromstring(data).find("body").itertext()) if suffix == "htm" else text)


def every_format_says_the_same(plan: PlanFolder) -> None:
    """Nothing that a paper says is missing in a format; beyond it stand page numbers, and heads on a next page."""
    for amendment in plan.amendments:
        document = render.document(plan, amendment, "amendment", making.FOLDERS)
        tables = [block for block in document.blocks if isinstance(block, tree.Table)]
        heads = [cell.content for table in tables for row in table.head for cell in row.cells]
        meant = words(" ".join(tree.plain(content) for content in document.contents()))
        again = set(words(" ".join(map(tree.plain, heads)))) | set("123456789")
        for suffix, write in writers.WRITERS.items():
            there = words_of(suffix, write(document, making.LAYOUT))
            assert (meant - there, set(there - meant) - again) == (Counter(), set()), (amendment.id, suffix)


OWN_DAYS: list[making.Data] = [
    STANDING,
    {"changes": [{"rename": "Children's Growth Fund", "to": "Génie Fund", "effective": "2004-09-01"}]},
    {"changes": [{"add": "Farmers' & Merchants' Fund", "to": "O'Neil & Søns Trust", **CLASSES}]},
    {"changes": [{"set": "Class R", "under": "Génie Fund", "fee": "0.40%", "effective": "2004-05-01"}]},
    {"changes": [{"rename_group": "Châlon Funds, Inc.", "to": "Châlon Funds", "effective": "2004-12-31"}]},
]


@pytest.mark.slow
def test_a_chain_with_days_of_its_own_says_the_same_in_every_format() -> None:
    days: list[making.Data] = [{"number": str(n), "effective": f"2004-0{n}-03"} for n in range(1, 6)]
    every_format_says_the_same(making.chain(FAMILY, [day | own for day, own in zip(days, OWN_DAYS, strict=True)]))


@pytest.mark.long
@settings(LAWS, max_examples=60)
@given(chains())
def test_any_chain_says_the_same_in_every_format(plan: PlanFolder) -> None:
    every_format_says_the_same(plan)


LONG = "AIM O’Neil & Sons S&P A<3 Équité Fédéral ½ Intermediate-Term Government Securities and Small-Cap Opportunity"
LONG_NAMES = [f"{LONG} {n}" for n in range(12)]
ODD = {
    PLAN: PLAIN[PLAN] + "ascii: {É: E, é: e, è: e, ½: 1/2}\n",
    FIRST: AMENDMENT.partition("  groups:")[0] + "  groups:\n    - name: AIM Père & Fils < Séries, Inc.\n      rows:\n"
    + "".join(f"        - {name}\n" for name in LONG_NAMES),
    "schedules/p/amendments/002.yaml": "number: 2\neffective: 2004-01-02\nchanges:\n"
    f"  - rename: {LONG_NAMES[1]}\n    to: {LONG_NAMES[1].replace('Sons', 'Filles')}\n  - remove: {LONG_NAMES[3]}\n",
}  # fmt: skip


@pytest.mark.slow
def test_long_names_with_every_sign_go_out_and_come_back_in_every_format(workspace: Workspace) -> None:
    odd = workspace.write(ODD)
    for command in (
        "build p/002", "redline p/002 --format docx,pdf,htm,txt", "diff p/001 p/002 --format memo",
        "diff p/001 p/002 --format table",
    ):  # fmt: skip
        ran = odd.run(*command.split())
        assert ran.code == 0, ran.err
    for file in ("a.xlsx", "a.csv"):
        assert odd.run("export", "p", file).code == 0
        assert odd.run("import", file, "--plan", "p").out == "Nothing changed.\n"
    for suffix in ("docx", "htm"):
        ran = odd.run("redline", "p/002", "--against", f"build/p/002/amendment.{suffix}")
        assert ran.out == "Nothing changed: the amendment says the same.\n"
