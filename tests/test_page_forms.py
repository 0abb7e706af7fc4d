"""The forms of an amendment: each field is a fact's, problems stand at their fields, and a save is a splice."""

from __future__ import annotations

import copy
import difflib
import re
import textwrap
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("starlette", reason="Starlette is not installed: make test installs it")

from docgen.drafting import edit, new_plan  # after it is known to be there
from docgen.model import yaml_reader
from docgen.page import form_edits, form_fields, row_fields
from docgen.page.fields import BEHIND, Fieldset, Input, NamesInForce
from docgen.problems import DataProblem, UsageProblem
from tests.conftest import ROOT, THIRD, Workspace
from tests.test_page import FILE, TEXTS, Browser, browser  # noqa: F401  # a fixture

THIRD_PAGE, SECOND_PAGE, FORM = "/plans/aim-class-b/003", "/plans/aim-class-b/002", "/form/aim-class-b/003"
CHANGES = [
    {"verb": "add", "add": "INVESCO S&P 500 Index Fund", "to": "AIM STOCK FUNDS, INC."},
    {"verb": "remove", "remove": "INVESCO Telecommunications Fund", "into": "INVESCO Technology Fund"},
    {"verb": "set", "set": "INVESCO Mid-Cap Growth Fund", "service_fee": "0.20%", "aggregate_fee": "0.95%"},
]


@pytest.fixture
def drafting(empty: Workspace) -> Iterator[Browser]:
    """The worked plan with its next amendment begun, as in the README's first step."""
    empty.run("init", ".")
    empty.run("new", "aim-class-b")
    visitor = Browser(empty.root)
    yield visitor
    assert visitor.faults == []


@pytest.mark.seconds
def test_the_readmes_amendment_is_drafted_by_forms(drafting: Browser, empty: Workspace) -> None:
    basis = drafting.basis(THIRD_PAGE)
    fields = {"basis": basis, "effective": "2003-11-24", "dated": "", "draft": "", "form.recital": "whereas"}
    client, token = drafting.client, drafting.keys.form
    for number, change in enumerate(CHANGES):
        verbs = [entry["verb"] for entry in CHANGES[:number]]
        form = {**fields, "form_token": token, "verbs": verbs, "do": "add", "verb": change["verb"]}
        page = client.post(FORM, data=form, headers={"origin": "http://127.0.0.1:8765"}).text
        assert f'name="changes[{number}].{change["verb"]}"' in page
        fields |= {f"changes[{number}].{key}": value for key, value in change.items() if key != "verb"}
    form = {**fields, "form_token": token, "verbs": [entry["verb"] for entry in CHANGES], "do": "save"}
    answer = client.post(FORM, data=form, headers={"origin": "http://127.0.0.1:8765"})
    assert answer.status_code == 303, answer.text
    written = (empty.root / FILE).read_bytes()
    step = re.search(r"003.yaml -->\n   ```yaml\n(.*?)   ```", (ROOT / "README.md").read_text(), re.DOTALL)
    assert step
    by_hand = yaml_reader.parse("003.yaml", textwrap.dedent(step[1]).encode())
    assert yaml_reader.parse("003.yaml", written).data == by_hand.data
    assert b"# In force now:" in written
    assert empty.run("check").code == 0


@pytest.mark.seconds
def test_a_problem_stands_at_its_field_with_the_remedy_as_a_button(drafting: Browser) -> None:
    fields = {"basis": drafting.basis(THIRD_PAGE), "verbs": "add", "do": "check"}
    fields |= {"changes[0].add": "INVESCO New Fund", "changes[0].to": "AIM STOCK FUND, INC."}
    page = drafting.post(FORM, fields, 200)
    place = re.search(r'<div id="problems-changes-0--to">(.*?)</div>', page, re.DOTALL)
    assert place
    assert "no group" in place[1]
    button = re.search(r'name="do" value="(fix [^"]*)"', place[1])
    assert button
    assert button[1] == "fix changes[0].to=AIM STOCK FUNDS, INC."
    mended = drafting.post(FORM, {**fields, "do": button[1]}, 200)
    assert 'name="changes[0].to" value="AIM STOCK FUNDS, INC."' in mended
    assert "no group" not in mended
    assert 'name="changes[0].add" value="INVESCO New Fund"' in mended


def test_what_comes_of_the_fields_shows_while_a_person_types(browser: Browser) -> None:  # noqa: F811
    fields = {"basis": browser.basis(THIRD_PAGE), "changes[2].to": "AIM Core Equity Fund"}
    part = browser.post("/form-check/aim-class-b/003", fields, 200)
    assert "INVESCO Core Equity Fund is renamed AIM Core Equity Fund" in part
    assert 'id="problems-changes-2--to" hx-swap-oob="true"' in part
    assert "<html" not in part


def test_the_value_in_force_stands_beside_the_new_one(browser: Browser) -> None:  # noqa: F811
    page = browser.get(THIRD_PAGE)
    field = re.search(r'id="help-changes-7--service-fee">(.*?)</p>', page, re.DOTALL)
    assert field
    assert "Now: 0.25%" in field[1]


def test_one_field_changes_one_line(browser: Browser, amended: Workspace) -> None:  # noqa: F811
    browser.post(FORM, {"basis": browser.basis(THIRD_PAGE), "changes[2].to": "AIM Core Fund", "do": "save"})
    assert (amended.root / FILE).read_text() == THIRD.replace("AIM Core Stock Fund", "AIM Core Fund")


@pytest.mark.seconds
def test_a_change_is_taken_out(browser: Browser, amended: Workspace) -> None:  # noqa: F811
    browser.post(FORM, {"basis": browser.basis(THIRD_PAGE), "do": "remove changes[4]"})
    gone = "  - remove_group: AIM MANAGER SERIES FUNDS, INC.\n"
    assert (amended.root / FILE).read_text() == THIRD.replace(gone, "")


def test_a_form_of_an_old_page_gives_three_choices(browser: Browser, amended: Workspace) -> None:  # noqa: F811
    basis = browser.basis(THIRD_PAGE)
    amended.write({FILE: "# theirs\n" + THIRD})
    page = browser.post(FORM, {"basis": basis, "changes[2].to": "AIM Core Fund", "do": "save"}, 409)
    assert "# theirs" in page
    assert "to: AIM Core Fund" in page
    assert (amended.root / FILE).read_text() == "# theirs\n" + THIRD


def test_what_cannot_be_put_into_the_file_opens_its_text_and_is_kept(browser: Browser, amended: Workspace) -> None:  # noqa: F811
    odd = "as agreed\u2028and decided"  # a line end of Unicode, as Word pastes it
    fields = {"basis": browser.basis(THIRD_PAGE), "changes[2].to": "AIM Core Fund", "reason": odd, "do": "save"}
    page = browser.post(FORM, fields, 422)
    assert '<textarea id="text"' in page
    assert "to: AIM Core Fund" in page, "what can be put in its place stands there"
    assert f'<dt>reason</dt><dd class="over">{odd}</dd>' in page, "and the rest beside it"
    assert (amended.root / FILE).read_text() == THIRD


@pytest.mark.seconds
def test_each_setting_of_the_wording_is_shown_in_a_sentence_of_the_amendment(browser: Browser) -> None:  # noqa: F811
    page = browser.get("/examples/aim-class-b/003")
    for value, sentence in (
        ("words", "THIRD AMENDMENT TO THE"),
        ("brackets", "AMENDMENT NO. [3] TO THE"),
        ("restated", "Schedule A to the Plan is hereby amended and restated in its entirety as follows:"),
        ("(i)", "(i) the addition of INVESCO S&amp;P 500 Index Fund;"),
    ):
        assert f"<dt>{value}</dt><dd>{sentence}" in page
    assert "/examples/aim-class-b/003" in browser.get(THIRD_PAGE)


@pytest.mark.seconds
def test_a_form_of_another_run_is_refused(browser: Browser) -> None:  # noqa: F811
    page = browser.post(FORM, {"basis": "0" * 64, "changes[2].to": "AIM Core Fund", "do": "save"}, 404)
    assert "load the page again" in page


@pytest.mark.seconds
def test_a_file_that_is_no_yaml_is_edited_as_text(browser: Browser, amended: Workspace) -> None:  # noqa: F811
    amended.write({FILE: "changes: [a\nnumber: 3\n"})
    page = browser.get(THIRD_PAGE)
    assert "The file, as it stands" in page
    assert "<fieldset" not in page


AMENDMENTS = [path for path in TEXTS if path.parent.name == "amendments"]


def sets_of(raw: bytes) -> tuple[dict[str, Any], list[Fieldset]]:
    """A file's data, and its fields with those of all rows."""
    data = yaml_reader.parse("003.yaml", raw).data
    assert isinstance(data, dict)
    return data, [each for top in form_fields.fieldsets(data, NamesInForce()) for each in top.every()]


@pytest.mark.seconds
@given(st.sampled_from(AMENDMENTS))
def test_a_form_that_nobody_touched_changes_nothing(path: Path) -> None:
    raw = path.read_bytes()
    _, sets = sets_of(raw)
    entries = {field.name: field.value for each in sets for field in each.inputs if field.kind != "fixed"}
    tops = form_fields.fieldsets(sets_of(raw)[0], NamesInForce())
    assert form_edits.spliced("003.yaml", raw, tops, entries) == raw
    assert form_edits.spliced("003.yaml", raw, tops, {}) == raw


NEW = st.sampled_from(["AIM Other Fund", "0.30%", "true", "2009-01-02", 'It\'s: a [name], # with "signs"', "no", ""])
NOTE = "#\ta note, with a tab"


def law(path: Path, text: str, data: st.DataObject) -> None:
    """One field changes its fact and no other, whatever the file is typed like; no comment is lost."""
    raw = path.read_bytes()
    end = data.draw(st.sampled_from(["\n", "\r\n"]))
    raw = noted(raw, data.draw(st.integers(0, raw.count(b"\n")))).replace(b"\n", end.encode())
    raw = data.draw(st.sampled_from([b"", b"\xef\xbb\xbf"])) + raw
    before, sets = sets_of(raw)
    each, field = data.draw(
        st.sampled_from([(each, field) for each in sets for field in each.inputs if field.kind != "fixed"])
    )
    if field.kind == "lines" and field.value:  # some of its entries, among them another
        names = data.draw(st.lists(st.sampled_from([*field.value.split("\n"), text]), unique=True))
        text = "\n".join(names)
    try:
        after = form_edits.spliced("003.yaml", raw, form_fields.fieldsets(before, NamesInForce()), {field.name: text})
    except (UsageProblem, DataProblem):
        return  # nothing is written, and the text tab is there for it
    expected = copy.deepcopy(before)
    change(expected, field, text, each.is_new)
    assert yaml_reader.parse("003.yaml", after).data == expected
    lines, new_lines = raw.decode().split(end), after.decode().split(end)
    assert "\n" not in "".join(new_lines) or end == "\n", "new lines end as the others do"
    blocks = difflib.SequenceMatcher(None, lines, new_lines, autojunk=False).get_matching_blocks()
    lost = len(lines) - sum(block.size for block in blocks)
    assert lost <= max(2, field.value.count("\n") + 2)
    assert not Counter(filter(is_comment, lines)) - Counter(filter(is_comment, new_lines))


def noted(raw: bytes, at: int) -> bytes:
    """A file with a comment on a line of its own, where that does not change what it says."""
    lines = raw.decode().split("\n")
    with_note = "\n".join([*lines[:at], NOTE, *lines[at:]]).encode()
    try:
        same = yaml_reader.parse("003.yaml", with_note).data == yaml_reader.parse("003.yaml", raw).data
    except DataProblem:
        return raw
    return with_note if same else raw


def is_comment(line: str) -> bool:
    return line.lstrip("\ufeff ").startswith("#")


@pytest.mark.seconds
@given(st.sampled_from(AMENDMENTS), NEW, st.data())
@settings(max_examples=40)
def test_one_field_changes_its_fact_and_no_other(path: Path, text: str, data: st.DataObject) -> None:
    law(path, text, data)


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.parametrize("path", AMENDMENTS, ids=lambda path: "/".join(path.parts[-3:]))
@given(NEW, st.data())
@settings(max_examples=60)
def test_one_field_of_each_file_changes_its_fact_and_no_other(path: Path, text: str, data: st.DataObject) -> None:
    law(path, text, data)


def change(data: dict[str, Any], field: Input, text: str, is_new: bool) -> None:
    """Makes the change in the data that the form means."""
    *steps, key = field.path
    if text.strip() == field.value.strip():
        return
    lines = [line for line in text.split("\n") if line]
    value: Any = lines if field.kind in ("lines", "several") else text
    if key == BEHIND or is_new:
        come_in(data, (*steps, key), text if key == BEHIND else {key: value})
        return
    around: Any = data
    for step in steps:
        if isinstance(around, dict) and around.get(step) is None:
            if not text and key not in (*form_fields.MODELS, "name"):
                return
            around[step] = {}
        if isinstance(around[step], str):  # a row that is only a name
            if not text:
                return
            around[step] = {"name": around[step]}
        around = around[step]
    if text:
        around[key] = value
    elif key in (*form_fields.MODELS, "name") or isinstance(key, int):
        around[key] = ""
    else:
        around.pop(key, None)


def come_in(data: dict[str, Any], path: tuple[Any, ...], entry: Any) -> None:
    """Puts a new entry into the data: a column under an id of its own, others behind a neighbour or at the end."""
    outer, at = path[:-2], path[-2]
    if path[-1] == BEHIND:
        at += 1
    elif at == BEHIND and path[-3] == "columns":
        around = edit.value_at(data, path[:-3])
        own = around.get("columns") or {}
        around["columns"] = {**own, new_plan.column_id(entry.get("heading", ""), own): entry}
        return
    elif at == BEHIND:
        outer, at = path[:-3], path[-3] + 1
    else:
        edit.value_at(data, outer[:-1]).setdefault(outer[-1], [])
    edit.value_at(data, outer).insert(at, entry)


@pytest.mark.seconds
def test_rows_of_a_restated_schedule_are_edited_by_forms(browser: Browser, amended: Workspace) -> None:  # noqa: F811
    file = amended.root / "schedules/aim-class-b/amendments/002.yaml"
    before = file.read_text()
    page = browser.get("/plans/aim-class-b/002")
    assert 'name="restate.groups[1].rows[0]" value="INVESCO Core Equity Fund"' in page
    fields = {
        "basis": browser.basis("/plans/aim-class-b/002"),
        "restate.groups[1].rows[0].service_fee": "0.20%",
        "restate.groups[1].rows[0].behind": "AIM One Fund\r\nAIM Two, Inc. Fund",
        "restate.groups[2].name": "AIM Funds",
        "do": "remove restate.groups[0].rows[1]",
    }
    browser.post("/form/aim-class-b/002", fields)
    row = "        - INVESCO Core Equity Fund\n"
    inserted = '        - AIM One Fund\n        - "AIM Two, Inc. Fund"\n'
    expected = before.replace(
        row, f"        - name: INVESCO Core Equity Fund\n          service_fee: 0.20%\n{inserted}"
    )
    expected = expected.replace("- name: AIM COUNSELOR SERIES FUNDS, INC.", "- name: AIM Funds")
    assert file.read_text() == expected.replace("        - INVESCO U.S. Government Securities Fund\n", "")
    group = before.count("- name: ")
    new = {f"restate.groups[{group}].name": "New Funds", f"restate.groups[{group}].rows": "One Fund\r\nTwo Fund"}
    after = file.read_text()
    browser.post("/form/aim-class-b/002", {"basis": browser.basis("/plans/aim-class-b/002"), **new, "do": "save"})
    assert "    - name: New Funds\n      rows:\n        - One Fund\n        - Two Fund\n" in file.read_text()
    assert (
        file.read_text().replace("    - name: New Funds\n      rows:\n        - One Fund\n        - Two Fund\n", "")
        == after
    )


IN_FORCE = {
    "asset_based_sales_charge": {"heading": "Maximum Asset Based Sales Charge", "holds": "rate", "at_most": "0.75%"},
    "service_fee": {"heading": "Maximum Service Fee", "holds": "rate", "at_most": "0.25%"},
    "aggregate_fee": {"heading": "Maximum Aggregate Fee", "holds": "rate", "at_most": "1.00%"},
}


@pytest.mark.seconds
@pytest.mark.parametrize(
    ("fields", "place", "fact"),
    [
        ({"restate.footnotes[0].mark": "*", "restate.footnotes[0].text": "Waived."}, ("restate", "footnotes"),
         [{"mark": "*", "text": "Waived."}]),
        ({"restate.columns.service_fee.heading": "Service Fee"}, ("restate", "columns"),
         {**IN_FORCE, "service_fee": {**IN_FORCE["service_fee"], "heading": "Service Fee"}}),
        ({"restate.columns.behind.heading": "Since", "restate.columns.behind.holds": "date"}, ("restate", "columns"),
         {**IN_FORCE, "since": {"heading": "Since", "holds": "date"}}),
        ({"do": "remove restate.columns.service_fee"}, ("restate", "columns"),
         {key: column for key, column in IN_FORCE.items() if key != "service_fee"}),
        ({"form.formats": ["", "htm", "docx"]}, ("form",), {"formats": ["htm", "docx"]}),
        ({"whereas": "One\r\nTwo, too"}, ("whereas",), ["One", "Two, too"]),
    ],
)  # fmt: skip
def test_columns_notes_and_formats_are_edited_by_forms(
    browser: Browser,  # noqa: F811
    amended: Workspace,
    fields: dict[str, Any],
    place: tuple[str, ...],
    fact: object,
) -> None:
    file = amended.root / "schedules/aim-class-b/amendments/002.yaml"
    expected = yaml_reader.parse("", file.read_bytes()).data
    edit.value_at(expected, place[:-1])[place[-1]] = fact
    browser.post("/form/aim-class-b/002", {"basis": browser.basis(SECOND_PAGE), "do": "save", **fields})
    assert yaml_reader.parse("", file.read_bytes()).data == expected


@pytest.mark.seconds
def test_a_group_comes_in_behind_another_and_a_long_schedule_is_shown_in_parts(
    browser: Browser,  # noqa: F811
    amended: Workspace,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file, basis = amended.root / "schedules/aim-class-b/amendments/002.yaml", browser.basis(SECOND_PAGE)
    before = file.read_text()
    group = {"restate.groups[0].behind.name": "New Funds", "restate.groups[0].behind.rows": "One Fund\r\nTwo Fund"}
    monkeypatch.setattr(row_fields, "MOST_ROWS", 8)
    page = browser.get(SECOND_PAGE)
    assert "<b>Rows 1 to 8</b>" in page
    assert "Multi-Sector" in page.split('id="restate-groups-4-"')[1]
    assert 'value="INVESCO Energy Fund"' not in page
    browser.post("/form/aim-class-b/002", {"basis": basis, **group, "do": "rows 8"})
    new = "    - name: New Funds\n      rows:\n        - One Fund\n        - Two Fund\n"
    assert file.read_text() == before.replace("    - name: AIM COMB", f"{new}    - name: AIM COMB")
    page = browser.get(f"{SECOND_PAGE}?rows=8")
    assert 'name="restate.groups[6].rows[0]" value="INVESCO Energy Fund"' in page
    assert "INVESCO Tax-Free Bond Fund</summary>" not in page
