"""A format that has no room for a paper stops no other; a plan may leave formats out."""

from __future__ import annotations

import pytest

from tests.conftest import AMENDMENT, PLAIN, Workspace

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


LONG = "AIM O’Neil & Sons S&P A<3 Équité Fédéral ½ Intermediate-Term Government Securities and Small-Cap Opportunity"
NAMES = [f"{LONG} {n}" for n in range(12)]
ODD = {
    PLAN: PLAIN[PLAN] + "ascii: {É: E, é: e, è: e, ½: 1/2}\n",
    FIRST: AMENDMENT.partition("  groups:")[0] + "  groups:\n    - name: AIM Père & Fils < Séries, Inc.\n      rows:\n"
    + "".join(f"        - {name}\n" for name in NAMES),
    "schedules/p/amendments/002.yaml": "number: 2\neffective: 2004-01-02\nchanges:\n"
    f"  - rename: {NAMES[1]}\n    to: {NAMES[1].replace('Sons', 'Filles')}\n  - remove: {NAMES[3]}\n",
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
