"""A returned file beside ours: what they did, from which line each difference comes, and what to type for it."""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from docgen.build import produce
from docgen.consolidation import compare, fill
from docgen.document.tree import Block, Break, Content, Document, Inline, Mark, Run, Table, TableRow, plain
from docgen.drafting import restated_rows, splice
from docgen.files import ooxml
from docgen.model import validation, yaml_reader
from docgen.model.amendment import Amendment
from docgen.readers.returned import Acceptance
from docgen.redline import baseline, make
from docgen.redline.make import Redline
from tests import making, settling
from tests.conftest import HERE, PLAN, ROOT, SEED, Golden, Workspace, examples
from tests.test_redline import paper, rows, said
from tests.test_returned_word import INPUTS, SPACES, level, lists

BODY = "word/document.xml"
FILE = f"{SEED}/amendments/003.yaml"
Change = Callable[[str], str]


def built(workspace: Workspace, name: str = "003", document: str = "amendment") -> bytes:
    assert workspace.run("build", f"aim-class-b/{name}", "--format", "docx").code == 0
    return (workspace.root / f"build/aim-class-b/{name}/{document}.docx").read_bytes()


def edited(data: bytes, *pairs: tuple[str, str]) -> bytes:
    """A Word file with words in place of others, each everywhere."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(out, "w") as new:
        for name in packed.namelist():
            text = packed.read(name).decode()
            for before, after in pairs if name == BODY else ():
                assert before in text, before
                text = text.replace(before, after)
            new.writestr(name, text)
    return out.getvalue()


def row_of(data: bytes, name: str) -> str:
    """The row of this name as XML."""
    body = zipfile.ZipFile(io.BytesIO(data)).read(BODY).decode()
    at = body.index(name, body.index("<w:tbl>"))
    return body[body.rindex("<w:tr>", 0, at) : body.index("</w:tr>", at) + len("</w:tr>")]


def against(workspace: Workspace, data: bytes, name: str = "aim-class-b/003") -> Redline:
    return make.redline(paper(workspace, name), "amendment", baseline.file("returned.docx", data))


@pytest.mark.seconds
def test_tracked_changes_from_libreoffice_are_listed_and_settled(amended: Workspace) -> None:
    data = (INPUTS / "tracked-in-libreoffice.docx").read_bytes()
    amended.write({"returned.docx": data})
    options = ("aim-class-b/002", "--document", "amendment", "--against", "returned.docx", "--format", "docx,htm")
    ran = amended.run("redline", *options)
    place = 'in "All other terms and provisions of the Plan not amended hereby shall remain in en..."'
    assert ran.out.partition("Tracked changes in returned.docx:\n")[2].partition("Where the")[0].splitlines() == [
        '  Jane Roe, November 26, 2026: the row "INVESCO Telecommunications Fund 0.75% 0.25% 1.00%" is deleted',
        f'  Jane Roe, November 26, 2026: "herein" is deleted {place}',
        f'  Jane Roe, November 26, 2026: "hereby" is inserted {place}',
        f'  Jane Roe, November 26, 2026: "entire and" is inserted {place}',
        '  Jane Roe, November 26, 2026: "This Amendment may be executed in counterparts." is inserted',
        "Changed in returned.docx without a tracked change:",
        '  the row "INVESCO Tax-Free Bond Fund 0.75% 0.25% 1.00%" is deleted',
    ]
    folder = amended.root / "build/aim-class-b/002"
    redline = (folder / "amendment-redline-returned-docx.docx").read_bytes()
    assert settling.word(redline, True) == settling.word(data, True)
    assert settling.word(redline, False) == settling.word(built(amended, "002"), True)
    assert "Jane Roe, November 26, 2026" in (folder / "amendment-redline-returned-docx.htm").read_text("ascii")
    rejected = amended.run("redline", *options, "--tracked", "rejected")
    assert rejected.code == 0
    redline = (folder / "amendment-redline-returned-docx.docx").read_bytes()
    assert settling.word(redline, True) == settling.word(data, False)


JANE, BOB = (f'w:author="{who}" w:date="{when}"' for who, when in (("Jane", "2004-06-03T10:00:00Z"), ("Bob", "")))
TRACKED = {
    "docx": [
        ("is hereby amended", f'is </w:t></w:r><w:del w:id="1" {JANE}><w:r><w:delText>hereby</w:delText></w:r></w:del>'
         f'<w:ins w:id="2" {JANE}><w:r><w:t>herein </w:t></w:r></w:ins><w:ins w:id="3" {BOB}><w:r><w:t>and forever'
         "</w:t></w:r></w:ins><w:r><w:t> amended"),
        ("remain in full force", "remain in force"),
    ],
    "htm": [
        ("is hereby amended", 'is <del cite="mailto:Jane" datetime="2004-06-03T10:00:00">hereby</del> '
         '<ins cite="mailto:Jane" datetime="2004-06-03T10:00:00">herein</ins> '
         '<ins cite="mailto:Bob">and forever</ins> amended'),
        ("in full force", "in force"),
    ],
}  # fmt: skip
EACH = [
    ("del", "Jane", "2004-06-03", "hereby"),
    ("ins", "Jane", "2004-06-03", "herein"),
    ("ins", "Bob", "1980-01-01", "and forever"),
    ("del", "docgen", "2003-11-24", "full"),
]


@pytest.mark.seconds
@pytest.mark.parametrize("suffix", TRACKED)
def test_each_change_stands_in_word_under_who_tracked_it(amended: Workspace, suffix: str) -> None:
    assert amended.run("build", "aim-class-b/003", "--format", suffix).code == 0
    data = (amended.root / f"build/aim-class-b/003/amendment.{suffix}").read_bytes()
    if suffix == "docx":
        energy = row_of(data, "INVESCO Energy Fund")
        gone = energy.replace("<w:cantSplit/>", f'<w:cantSplit/><w:del w:id="4" {BOB}/>')
        data = edited(data, (energy, gone), *TRACKED["docx"])
    else:
        for before, after in TRACKED["htm"]:
            assert before.encode() in data
            data = data.replace(before.encode(), after.encode())
    amended.write({f"returned.{suffix}": data})
    ran = amended.run("redline", "aim-class-b/003", "--against", f"returned.{suffix}", "--format", "docx,htm")
    assert ran.code == 0, ran.out
    file = amended.root / f"build/aim-class-b/003/amendment-redline-returned-{suffix}.docx"
    assert revisions(file.read_bytes(), "w:p/") == EACH
    rows = {who for _, who, _, _ in revisions(file.read_bytes(), "w:tc/w:p/")}
    assert rows == ({"Bob"} if suffix == "docx" else set())
    its = paper(amended)
    accepted, rejected = (baseline.file(f"a.{suffix}", data, Acceptance(way, "docgen")) for way in (True, False))
    assert make.redline(its, "amendment", accepted).in_word is not None
    assert make.redline(its, "amendment", accepted, reverse=True).in_word is None, "what they did is undone"
    assert make.redline(its, "amendment", rejected).in_word is None
    if suffix == "htm":
        ours = baseline.file("a.htm", data.replace(b"Jane", b"docgen").replace(b"Bob", b"docgen"), accepted.acceptance)
        assert make.redline(its, "amendment", ours).in_word is None


def revisions(data: bytes, path: str) -> list[tuple[str, str, str, str]]:
    """The tracked words of a Word file: what happened, by whom, on which day, to which."""
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read(BODY))
    space = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
    marks = root.xpath(f"//{path}w:ins[w:r] | //{path}w:del[w:r]", namespaces=space)
    marks = [mark for mark in marks if path.startswith("w:tc") or not mark.xpath("ancestor::w:tc", namespaces=space)]
    return [
        (
            etree.QName(mark).localname,
            mark.get(f"{{{space['w']}}}author"),
            mark.get(f"{{{space['w']}}}date")[:10],
            "".join(mark.itertext()).strip(),
        )
        for mark in marks
    ]


@pytest.mark.seconds
def test_a_comment_alone_is_never_nothing(amended: Workspace) -> None:
    data = built(amended)
    comments = (
        '<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:comment w:id="1" '
        'w:author="Counsel"><w:p><w:r><w:t>Ask the Board.</w:t></w:r></w:p></w:comment></w:comments>'
    )
    out = io.BytesIO()
    related = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
    with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(out, "w") as new:
        for name in packed.namelist():
            text = packed.read(name).decode()
            if name == BODY:
                text = text.replace("</w:r></w:p>", '</w:r><w:r><w:commentReference w:id="1"/></w:r></w:p>', 1)
            if name == "word/_rels/document.xml.rels":
                link = f'<Relationship Id="c" Type="{related}" Target="comments.xml"/></Relationships>'
                text = text.replace("</Relationships>", link)
            new.writestr(name, text)
        new.writestr("word/comments.xml", comments)
    amended.write({"returned.docx": out.getvalue()})
    ran = amended.run("redline", "aim-class-b/003", "--against", "returned.docx")
    assert ran.out.startswith(
        "The words of the amendment are the same, but:\nAlso in returned.docx:\n  a comment by Cou"
    )
    assert '"Ask the Board."' in ran.out


RENAMED = {
    "one word": ("INVESCO Energy Fund", "INVESCO Power Fund", "INVESCO [-Energy-]{+Power+} Fund"),
    "every word": ("INVESCO Energy Fund", "Alpha One", "[-INVESCO Energy Fund-]{+Alpha One+}"),
    "the first row": ("INVESCO Tax-Free Bond Fund", "Alpha One", "[-INVESCO Tax-Free Bond Fund-]{+Alpha One+}"),
}


@pytest.mark.seconds
@pytest.mark.parametrize("name", RENAMED)
def test_a_renamed_row_is_a_change_inside_the_row(amended: Workspace, name: str) -> None:
    old, new, marked = RENAMED[name]
    redline = against(amended, edited(built(amended), (old, new)))
    ((label, (row,)),) = [
        (label, found) for label, found in rows(redline.marked).items() if new in label or "{+" in label
    ]
    assert label == marked
    assert row.redline == ""


@pytest.mark.seconds
def test_a_row_that_goes_and_one_that_comes_elsewhere_are_two(amended: Workspace) -> None:
    data = built(amended)
    energy, dynamics = row_of(data, "INVESCO Energy Fund"), row_of(data, "INVESCO Dynamics Fund")
    redline = against(
        amended, edited(data, (energy, ""), (dynamics, dynamics.replace("INVESCO Dynamics", "Alpha") + dynamics))
    )
    assert {label: found[0].redline for label, found in rows(redline.marked).items()} == {
        "[-INVESCO Energy Fund-]": "deleted",
        "{+Alpha Fund+}": "inserted",
    }


@pytest.mark.seconds
def test_a_row_with_other_values_under_another_name_is_another_row(amended: Workspace) -> None:
    data = built(amended)
    row = row_of(data, "INVESCO Energy Fund")
    redline = against(amended, edited(data, (row, row.replace("INVESCO Energy", "Alpha").replace("0.75%", "0.10%"))))
    assert [found[0].redline for found in rows(redline.marked).values()] == ["deleted", "inserted"]


def test_a_renamed_group_is_a_change_in_its_head(amended: Workspace) -> None:
    redline = against(amended, edited(built(amended), ("AIM SECTOR FUNDS, INC.", "AIM SECTOR SERIES")))
    assert rows(redline.marked) == {}
    heads = [said(row, 0) for block in tables(redline.marked) for row in block.head]
    assert [head for head in heads if "SECTOR" in head] == ["[-AIM SECTOR FUNDS, INC.-]{+AIM SECTOR SERIES+}"]


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def test_a_renamed_fund_keeps_its_classes(empty: Workspace) -> None:
    plan = """\
title: Master Plan
kind: schedule-only
schedule: {columns: {fee: {heading: Fee, holds: rate}}}
"""
    amendment = """\
number: 1
effective: 2003-11-03
restate:
  groups:
    - name: AIM FUNDS
      rows:
        - {name: Growth Fund, rows: [{name: Class A, fee: 0.25%}, {name: Class B, fee: 1.00%}]}
        - {name: Value Fund, rows: [{name: Class A, fee: 0.30%}]}
"""
    empty.write({"schedules/p/plan.yaml": plan, "schedules/p/amendments/001.yaml": amendment})
    assert empty.run("build", "--format", "docx").code == 0
    data = (empty.root / "build/p/001/schedule.docx").read_bytes()
    end = baseline.file("returned.docx", edited(data, ("Growth Fund", "Alpha Series")))
    redline = make.redline(paper(empty, "p/001"), "schedule", end)
    assert list(rows(redline.marked)) == ["[-Growth Fund-]{+Alpha Series+}"]


@pytest.mark.seconds
def test_a_class_that_is_called_otherwise_in_one_fund_is_typed_there_alone(empty: Workspace) -> None:
    plan = "title: Plan\nkind: schedule-only\nschedule: {columns: {fee: {heading: Fee, holds: rate}}}\n"
    classes = "rows: [{name: Class A, fee: 0.25%}]"
    rows_ = f"{{name: Growth Fund, {classes}}}, {{name: Value Fund, {classes}}}"
    amendment = f"number: 1\neffective: 2003-11-03\nrestate: {{groups: [{{name: AIM FUNDS, rows: [{rows_}]}}]}}\n"
    empty.write({"schedules/p/plan.yaml": plan, "schedules/p/amendments/001.yaml": amendment})
    assert empty.run("build", "--format", "docx").code == 0
    data = (empty.root / "build/p/001/schedule.docx").read_bytes()
    row = row_of(data, "Class A")
    body = zipfile.ZipFile(io.BytesIO(data)).read(BODY).decode()
    empty.write({"returned.docx": edited(data, (body, body.replace(row, row.replace("Class A", "Class Q"), 1)))})
    ran = empty.run("import", "returned.docx", "--plan", "p", "--write")
    assert ran.code == 0, ran.err
    typed = (empty.root / "schedules/p/amendments/001.yaml").read_text("utf-8")
    assert typed == amendment.replace("Class A", "Class Q", 1)


LINES = {
    "a day": (("November 24, 2003", "December 1, 2003"), f"{FILE}:2: effective", "type effective: 2003-12-01"),
    "a name that comes": (("S&amp;P 500", "S&amp;P 400"), f"{FILE}:5: changes[0].add", "type add: INVESCO S&P 400"),
    "a fee": ((">0.20%<", ">0.15%<"), f"{FILE}:19: changes[7].service_fee", "type service_fee: 0.15%"),
    "a fee of an earlier amendment": (("", ""), "", ""),
    "a title": (("Distribution Plan (Cl", "Distribution Agreement (Cl"), f"{SEED}/plan.yaml:", "type title"),
    "a head": (("SERVICE FEE", "SERVICE CHARGE"), f"{SEED}/plan.yaml", '"FEE" is "CHARGE"'),
    "words of a template": (("herein", "hereby"), "templates/_operative.html.j2:", "the template says it; no data"),
    "the first words": (("AMENDMENT NO", "ADDENDUM NO"), "templates/_parts.html.j2:", "the template says it; no data"),
}  # fmt: skip


@pytest.mark.seconds
@pytest.mark.parametrize("name", LINES)
def test_each_difference_names_the_line_that_it_comes_from(amended: Workspace, name: str) -> None:
    pair, where, typing = LINES[name]
    data = built(amended)
    if not where:
        row = row_of(data, "INVESCO Energy Fund")
        pair, where = (row, row.replace("1.00%", "0.99%")), f"{SEED}/amendments/002.yaml:"
    amended.write({"returned.docx": edited(data, pair)})
    ran = amended.run("redline", "aim-class-b/003", "--against", "returned.docx", "--format", "htm")
    listed = ran.out.partition("Where the differences come from:\n")[2]
    assert where in listed, ran.out
    assert typing in listed
    assert "To draft what the data can say: docgen import returned.docx --plan aim-class-b/003" in listed


@pytest.mark.seconds
def test_import_types_texts_and_changes_and_names_the_rest(amended: Workspace) -> None:
    data = built(amended)
    energy = row_of(data, "INVESCO Energy Fund")
    theirs = edited(
        data,
        ("S&amp;P 500", "S&amp;P 400"),
        (energy, energy.replace("1.00%", "0.99%")),
        (row_of(data, "INVESCO Utilities Fund"), ""),
        ("herein", "hereby"),
    )
    amended.write({"returned.docx": theirs})
    before = (amended.root / FILE).read_text("utf-8")
    shown = amended.run("import", "returned.docx", "--plan", "aim-class-b")
    assert shown.code == 0, shown.err
    assert (amended.root / FILE).read_text("utf-8") == before
    assert "Nothing was written. To write it: add --write" in shown.out
    ran = amended.run("import", "returned.docx", "--plan", "aim-class-b", "--write")
    assert (amended.root / FILE).read_text("utf-8") == (
        before.replace("S&P 500", "S&P 400")
        + "  - remove: INVESCO Utilities Fund\n  - set: INVESCO Energy Fund\n    aggregate_fee: 0.99%\n"
    )
    assert "1 text and 2 changes were typed. Next: docgen check" in ran.out
    assert "the template says it; no data does" in ran.out
    assert amended.run("check").code == 0
    again = amended.run("import", "returned.docx", "--plan", "aim-class-b")
    assert "Changes of the schedule" not in again.out
    assert "Texts of the data" not in again.out


@pytest.mark.seconds
def test_import_asks_whether_a_name_is_new(amended: Workspace) -> None:
    amended.write({"returned.docx": edited(built(amended), ("INVESCO Energy Fund", "INVESCO Power Fund"))})
    ran = amended.run("import", "returned.docx", "--plan", "aim-class-b/003", "--write")
    assert ran.code == 1
    assert '--rename "INVESCO Energy Fund=INVESCO Power Fund" or --new "INVESCO Power Fund"' in ran.err
    rename = ("--rename", "INVESCO Energy Fund=INVESCO Power Fund")
    ran = amended.run("import", "returned.docx", "--plan", "aim-class-b/003", "--write", *rename)
    assert (
        (amended.root / FILE)
        .read_text("utf-8")
        .endswith("  - rename: INVESCO Energy Fund\n    to: INVESCO Power Fund\n")
    )


ALONE = {  # what is said, and typed, of a name or a value that they changed in one of the places where it prints
    "a fund that comes, in the recital": (
        (1, "S&amp;P 500", "S&amp;P 400"), ("INVESCO S&P 500 Index Fund", "INVESCO S&P 400 Index Fund"),
        "add: INVESCO S&P 400 Index Fund,",
    ),
    "a fund that comes, in the schedule": ((2, "S&amp;P 500", "S&amp;P 400"), (), "add: INVESCO S&P 400 Index Fund,"),
    "a fund that stays, in the recital": (
        (1, "INVESCO Technology", "INVESCO Tech"), ("INVESCO Technology Fund", "INVESCO Tech Fund"),
        "rename: INVESCO Technology Fund\n    to: INVESCO Tech Fund\n",
    ),
    "a fund that goes": ((1, "Telecommunications", "Telecom"), (), ""),
    "a fee, in the recital": ((1, "0.95%", "0.90%"), (), ""),
    "a fee, in the schedule": ((2, "0.95%", "0.90%"), (), "aggregate_fee: 0.90%"),
}  # fmt: skip


@pytest.mark.seconds
def test_what_they_changed_in_one_place_leads_on(amended: Workspace) -> None:
    changes = "form: {recital: whereas}\nchanges:\n  - {add: INVESCO S&P 500 Index Fund, to: 'AIM STOCK FUNDS, INC.'}\n"
    changes += "  - {remove: INVESCO Telecommunications Fund, into: INVESCO Technology Fund}\n"
    changes += "  - {set: INVESCO Mid-Cap Growth Fund, aggregate_fee: 0.95%}\n"
    before = f"number: 3\neffective: 2003-11-24\n{changes}"
    amended.write({FILE: before})
    data = built(amended)
    body = zipfile.ZipFile(io.BytesIO(data)).read(BODY).decode()
    for (number, old, new), rename, typed in ALONE.values():
        parts = body.split(old)
        theirs = old.join(parts[:number]) + new + old.join(parts[number:])
        amended.write({FILE: before, "returned.docx": edited(data, (body, theirs))})
        command = ("import", "returned.docx", "--plan", "aim-class-b/003")
        asked = amended.run(*command)
        assert "templates/_recitals.html.j2:" in asked.out
        assert ("--rename" in asked.out) == bool(rename)
        ran = amended.run(*command, "--write", *(("--rename", "=".join(rename)) if rename else ()))
        assert (asked.code, ran.code) == (0, 0)
        after = (amended.root / FILE).read_text("utf-8")
        assert typed in after
        assert (after == before) == (typed == "")


@pytest.mark.seconds
def test_import_types_rows_into_a_whole_schedule(empty: Workspace, amended: Workspace) -> None:
    data = built(amended, "002")
    (amended.root / FILE).unlink()
    bond = row_of(data, "INVESCO Tax-Free Bond Fund")
    comes = bond.replace("INVESCO Tax-Free Bond Fund", "INVESCO Quite New Fund").replace("0.75%", "0.50%")
    theirs = edited(data, (bond, bond.replace("0.25%", "0.20%") + comes), (row_of(data, "INVESCO Utilities Fund"), ""))
    amended.write({"returned.docx": theirs})
    file = amended.root / f"{SEED}/amendments/002.yaml"
    before = file.read_text("utf-8")
    ran = amended.run("import", "returned.docx", "--plan", "aim-class-b", "--write", "--new", "INVESCO Quite New Fund")
    assert ran.code == 0, ran.err
    assert file.read_text("utf-8") == before.replace(
        "        - INVESCO Tax-Free Bond Fund\n",
        "        - name: INVESCO Tax-Free Bond Fund\n          service_fee: 0.20%\n"
        "        - name: INVESCO Quite New Fund\n          asset_based_sales_charge: 0.50%\n"
        "",
    ).replace("        - INVESCO Utilities Fund\n", "")
    assert "What then still differs" not in ran.out


NOTED = """\
title: Master Plan
kind: schedule-only
schedule:
  columns: {fee: {heading: Fee, holds: rate}}
  footnotes: [{mark: "1", text: Closed.}, {mark: "2", text: New.}]
"""
WHOLE = """\
number: 1
effective: 2003-11-03
restate:
  rows: [{name: Growth Fund, mark: "1", fee: 0.25%}, {name: Value Fund, mark: "2", fee: 0.30%}]
"""
LISTED = """\
number: 2
effective: 2003-12-03
changes:
  - {set: Growth Fund, fee: 0.20%}
"""
REWORDED = "  - set_footnote: 1\n    text: Closed to all.\n"
NOTES: dict[str, tuple[str, str, Callable[[str, str], tuple[str, str]]]] = {
    "of the plan": ("", "", lambda plan, typed: (plan.replace("Closed.", "Closed to all."), typed)),
    "of an earlier paper": (LISTED, "", lambda plan, typed: (plan, typed + REWORDED)),
    "its own": (
        "",
        '  footnotes: [{mark: "1", text: Closed.}, {mark: "2", text: New.}]\n',
        lambda plan, typed: (plan, typed.replace("Closed.", "Closed to all.")),
    ),
}


@pytest.mark.seconds
@pytest.mark.parametrize("name", NOTES)
def test_a_footnote_is_typed_where_it_stands(empty: Workspace, name: str) -> None:
    later, footnotes, meant = NOTES[name]
    empty.write({"schedules/p/plan.yaml": NOTED, "schedules/p/amendments/001.yaml": WHOLE + footnotes})
    number = "002" if later else "001"
    typed = later or WHOLE + footnotes
    empty.write({f"schedules/p/amendments/{number}.yaml": typed})
    assert empty.run("build", f"p/{number}", "--format", "docx").code == 0
    data = (empty.root / f"build/p/{number}/schedule.docx").read_bytes()
    empty.write({"returned.docx": edited(data, (" Closed.", " Closed to all."))})
    ran = empty.run("import", "returned.docx", "--plan", f"p/{number}", "--write")
    assert ran.code == 0, ran.err
    folder = empty.root / "schedules/p"
    assert ((folder / "plan.yaml").read_text(), (folder / f"amendments/{number}.yaml").read_text()) == meant(
        NOTED, typed
    )
    assert "What then still differs" not in ran.out


@pytest.mark.seconds
def test_a_footnote_that_comes_and_one_that_goes_are_typed_with_their_signs(empty: Workspace) -> None:
    empty.write({"schedules/p/plan.yaml": NOTED, "schedules/p/amendments/001.yaml": WHOLE})
    assert empty.run("build", "p/001", "--format", "docx").code == 0
    data = (empty.root / "build/p/001/schedule.docx").read_bytes()
    empty.write({"returned.docx": edited(data, (">1<", ">3<"), (" Closed.", " Quite another matter."))})
    ran = empty.run("import", "returned.docx", "--plan", "p/001", "--write")
    assert ran.code == 0, ran.err
    restated = yaml.safe_load((empty.root / "schedules/p/amendments/001.yaml").read_text())["restate"]
    assert [str(row["mark"]) for row in restated["rows"]] == ["3", "2"]
    assert sorted((str(note["mark"]), note["text"]) for note in restated["footnotes"]) == [
        ("2", "New."),
        ("3", "Quite another matter."),
    ]


@pytest.mark.seconds
def test_a_new_name_of_an_earlier_paper_is_no_difference(workspace: Workspace) -> None:
    """It stands among the signers of each later paper, a draft's does not."""
    signed = "signatures: [{for: ['AIM BOND FUNDS, INC.'], by: {name: Jane Roe}}]\n"
    renamed = "changes: [{{rename_group: 'AIM BOND {}', to: AIM BOND TRUST}}]\n"
    draft = "draft: true\nplan: {title: Master Plan}\n" + renamed.format("TRUST").replace("to: AIM BOND", "to: NEW")
    workspace.write({
        "schedules/p/plan.yaml": PLAN + signed,
        "schedules/p/amendments/002.yaml": "number: 2\neffective: 2003-12-01\n" + renamed.format("FUNDS, INC."),
        "schedules/p/amendments/003.yaml": draft,
        "schedules/p/amendments/004.yaml": "number: 3\neffective: 2004-01-05\n"
        "changes: [{add: Fund Three, to: AIM BOND TRUST}]\n",
    })  # fmt: skip
    assert workspace.run("build", "p/004", "--format", "htm").code == 0
    ours = (workspace.root / "build/p/004/amendment.htm").read_text(encoding="ascii")
    workspace.write({"returned.htm": ours.replace("Fund Three", "Fund Four")})
    ran = workspace.run("import", "returned.htm", "--plan", "p/004")
    assert "type add: Fund Four" in ran.out, ran.err
    assert "What then still differs" not in ran.out


BANDS = """\
number: 1
effective: 2003-11-03
restate:
  rows:
    - name: Growth Fund
      rows:
        - {name: First $1 billion, fee: 0.50%}
        - {name: Next $2 billion, fee: 0.40%}   # of the adviser
        - {name: Next $2 billion, fee: 0.30%}
    # the older one
    - name: Value Fund
      rows:
        - {name: First $1 billion, fee: 0.60%}
"""
LAST = "        - {name: Next $2 billion, fee: 0.30%}\n"
TYPED: dict[str, tuple[Change, str]] = {
    "a row of that name": (lambda row: row.replace("0.30%", "0.25%"), BANDS.replace("0.30%", "0.25%")),
    "a row of that name goes": (lambda row: "", BANDS.replace(LAST, "")),
    "one more": (
        lambda row: row + row.replace("0.30%", "0.20%"),
        BANDS.replace(LAST, LAST + "        - name: Next $2 billion\n          fee: 0.20%\n"),
    ),
}


@pytest.mark.seconds
@pytest.mark.parametrize("name", TYPED)
def test_rows_of_one_name_are_typed_in_their_places(empty: Workspace, name: str) -> None:
    change, expected = TYPED[name]
    plan = "title: Master Plan\nkind: schedule-only\nschedule: {columns: {fee: {heading: Fee, holds: rate}}}\n"
    empty.write({"schedules/p/plan.yaml": plan, "schedules/p/amendments/001.yaml": BANDS})
    assert empty.run("build", "--format", "docx").code == 0
    data = (empty.root / "build/p/001/schedule.docx").read_bytes()
    last = row_of(data, "0.30%")
    empty.write({"returned.docx": edited(data, (last, change(last)))})
    ran = empty.run("import", "returned.docx", "--plan", "p", "--write")
    assert (empty.root / "schedules/p/amendments/001.yaml").read_text("utf-8") == expected, ran.out + ran.err
    assert empty.run("import", "returned.docx", "--plan", "p").out.endswith("The words are the same.\n")


@pytest.mark.seconds
def test_rows_that_move_or_come_first_are_typed(amended: Workspace) -> None:
    data = built(amended, "002")
    (amended.root / FILE).unlink()
    energy, dynamics = row_of(data, "INVESCO Energy Fund"), row_of(data, "INVESCO Dynamics Fund")
    growth = row_of(data, "INVESCO Small Company Growth Fund")
    comes = dynamics.replace("INVESCO Dynamics Fund", "Alpha Fund")
    theirs = edited(data, (energy, ""), (growth, ""), (dynamics, comes + growth + dynamics + energy))
    amended.write({"returned.docx": theirs})
    file = amended.root / f"{SEED}/amendments/002.yaml"
    before = file.read_text("utf-8")
    ran = amended.run("import", "returned.docx", "--plan", "aim-class-b", "--write", "--new", "Alpha Fund")
    rows = [f"        - INVESCO {name} Fund\n" for name in ("Dynamics", "Energy", "Small Company Growth")]
    without = before.replace(rows[1], "").replace(rows[2], "")
    new = "        - Alpha Fund\n" + rows[2] + rows[0] + rows[1]
    assert file.read_text("utf-8") == without.replace(rows[0], new), ran.out + ran.err
    assert "by hand" not in ran.out


@pytest.mark.seconds
def test_what_was_filed_stays_and_the_next_amendment_is_drafted(amended: Workspace) -> None:
    data = built(amended)
    energy = row_of(data, "INVESCO Energy Fund")
    assert amended.run("seal", "aim-class-b/003").code == 0
    amended.write({"returned.docx": edited(data, (energy, energy.replace("1.00%", "0.99%")))})
    ran = amended.run("import", "returned.docx", "--plan", "aim-class-b/003", "--write")
    assert f"{SEED}/amendments/004.yaml" in ran.out, ran.err
    draft = (amended.root / f"{SEED}/amendments/004.yaml").read_text("utf-8")
    assert "changes:\n  - set: INVESCO Energy Fund\n    aggregate_fee: 0.99%\n" in draft


@pytest.mark.seconds
@pytest.mark.parametrize(
    ("plan", "said_"), [("aim-class-c", 'plan "aim-class-c" not found'), ("aim-class-b/9", 'has no amendment "9"')]
)
def test_import_names_a_plan_that_is_not(amended: Workspace, plan: str, said_: str) -> None:
    amended.write({"returned.docx": built(amended)})
    ran = amended.run("import", "returned.docx", "--plan", plan)
    assert ran.code == 2
    assert said_ in ran.err


YAML = """\
# our words
rows:
  - A Fund
  # between
  - name: B Fund
    fee: 0.10%

flow: [A, {name: B, fee: 1}]
# the end
"""


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (("rows", 0), "  - A Fund\n", "  - name: A Fund\n    fee: 0.5%\n"),
        (("rows", 1), "fee: 0.10%", "fee: 0.5%"),
        (("flow", 0), "[A,", "[{name: A, fee: 0.5%},"),
        (("flow", 1), "fee: 1}", "fee: 0.5%}"),
    ],
)
def test_a_row_gets_a_value_of_its_own(path: tuple[str | int, ...], old: str, new: str) -> None:
    assert splice.with_values("x", YAML, path, {"fee": "0.5%"}) == YAML.replace(old, new)


def test_rows_come_between_others() -> None:
    def typed(key: str, *entries: object) -> str:
        return splice.with_entries("x", YAML, (key,), entries)

    assert typed("rows", 0, "C Fund", 1) == YAML.replace("  - A Fund\n", "  - A Fund\n  - C Fund\n")
    assert typed("rows", {"name": "C", "fee": "1%"}, 0, 1) == YAML.replace(
        "  - A Fund\n", "  - name: C\n    fee: 1%\n  - A Fund\n"
    )
    assert typed("rows", 0, 1, "C: D") == YAML.replace("0.10%\n", '0.10%\n  - "C: D"\n')
    assert typed("rows", 1, 0) == YAML.replace("  - A Fund\n", "").replace("0.10%\n", "0.10%\n  - A Fund\n")
    assert typed("flow", 0, "C", 1) == YAML.replace("[A,", "[A, C,")
    assert typed("flow", 1, {"name": "C, D"}, 0) == YAML.replace(
        "[A, {name: B, fee: 1}]", '[{name: B, fee: 1}, {name: "C, D"}, A]'
    )


@pytest.mark.slow
@settings(deadline=None, derandomize=True, max_examples=examples(12), suppress_health_check=list(HealthCheck))
@given(making.pairs_of_schedules(), st.sampled_from([False, None, True]))
def test_whatever_changes_in_a_whole_schedule_can_be_typed(pair: making.Pair, flow: bool | None) -> None:
    """Rows and groups that come, go, move, change places, get other names and values, in every style of YAML."""
    (file,) = pair.plan.amendments
    text = yaml.safe_dump(
        file.source.data, allow_unicode=True, default_flow_style=flow, width=10_000, default_style='"'
    )
    steps = [*pair.told, *compare.compare(compare.apply_all(pair.old, pair.told), pair.new)]
    anew = restated_rows.with_steps(file, text, steps)
    source = yaml_reader.parse("001.yaml", anew.encode())
    (restate,) = validation.validate(Amendment, source).restate
    schedule, _ = fill.restated(pair.plan.facts, pair.plan.source, restate, source, ("restate", 0))
    assert schedule == pair.new


@pytest.mark.seconds
def test_words_of_our_document_are_quoted_whole(amended: Workspace) -> None:
    redline = against(amended, edited(built(amended), ("herein", "hereby")))
    (line,) = redline.origins
    assert plain(redline.old.blocks[line.edit.block].content).startswith(line.edit.text)  # type: ignore[union-attr]


def saved_by_word(data: bytes) -> bytes:
    """A Word file with what Word puts into one that it saves: ids of sessions and paragraphs, split runs, marks of
    spelling, bookmarks, smart tags, links, fields, choices of two spellings, parts beside the words."""
    cuts = itertools.cycle(range(5))
    space = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    link = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"

    def run(found: re.Match[str]) -> str:
        looks, text, kind = found["looks"] or "", found["text"], next(cuts)
        look = f"<w:rPr>{looks}<w:noProof/><w:lang w:val='en-US'/></w:rPr>"
        pieces = [f'<w:r w:rsidRPr="00A1">{look}<w:t xml:space="preserve">{piece}</w:t></w:r>' for piece in
                  ((text[:1], text[1:]) if "&" not in text else (text,)) if piece]  # fmt: skip
        inside = '<w:proofErr w:type="spellStart"/>'.join(pieces)
        field = [f'<w:r><w:fldChar w:fldCharType="{step}"/></w:r>' for step in ("begin", "separate", "end")]
        return (
            inside,
            f'<w:smartTag w:uri="u" w:element="place">{inside}</w:smartTag>',
            f'<w:bookmarkStart w:id="1" w:name="_GoBack"/>{inside}<w:bookmarkEnd w:id="1"/>'
            "<w:r><w:lastRenderedPageBreak/></w:r>",
            f'<w:hyperlink w:anchor="_Ref1" w:history="1">{inside}</w:hyperlink>',
            f"{field[0]}<w:r><w:instrText> REF _Ref1 \\h </w:instrText></w:r>{field[1]}{inside}{field[2]}",
        )[kind]

    parts = ooxml.parts("", data)
    body = parts[BODY].decode()
    body = re.sub("<w:r>(<w:rPr>(?P<looks>.*?)</w:rPr>)?<w:t[^>]*>(?P<text>[^<]*)</w:t></w:r>", run, body)
    body = body.replace("<w:p>", '<w:p w:rsidR="00B2" w:rsidRDefault="00B2">').replace(
        "<w:tr>", '<w:tr w:rsidR="00B2">'
    )
    choice = (
        f'<mc:AlternateContent xmlns:mc="{space}"><mc:Choice Requires="w14"><w:r/></mc:Choice></mc:AlternateContent>'
    )
    body = body.replace("</w:p>", f"{choice}</w:p>", 3)
    extended = b'<w15:commentsEx xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"/>'
    related = parts["word/_rels/document.xml.rels"].decode()
    link = f'<Relationship Id="ex" Type="{link}" Target="commentsExtended.xml"/></Relationships>'
    styles = parts["word/styles.xml"].decode()
    latent = '<w:latentStyles w:count="376"><w:lsdException w:name="Normal" w:uiPriority="0"/></w:latentStyles>'
    return ooxml.pack({
        **parts,
        BODY: body.encode(),
        "word/_rels/document.xml.rels": related.replace("</Relationships>", link).encode(),
        "word/commentsExtended.xml": extended,
        "word/styles.xml": styles.replace("</w:docDefaults>", f"</w:docDefaults>{latent}", 1).encode(),
    })  # fmt: skip


@pytest.mark.seconds
@pytest.mark.parametrize("document", ["amendment", "schedule"])
def test_what_word_adds_when_it_saves_changes_nothing(amended: Workspace, document: str) -> None:
    data = saved_by_word(built(amended, "003", document))
    amended.write({"returned.docx": data})
    ran = amended.run("redline", "aim-class-b/003", "--document", document, "--against", "returned.docx")
    assert ran.out == f"Nothing changed: the {document} says the same.\n", ran.out + ran.err


@pytest.mark.seconds
def test_changes_of_two_in_what_word_saved_keep_their_authors(amended: Workspace) -> None:
    data = saved_by_word(built(amended))
    body = zipfile.ZipFile(io.BytesIO(data)).read(BODY).decode()
    runs = list(
        re.finditer(r'<w:r w:rsidRPr="00A1">((?:(?!</w:r>).)*)<w:t xml:space="preserve">([^<]*)</w:t></w:r>', body)
    )
    fee = next(run for run in runs if run[2].endswith(".20%"))
    term = next(run for run in runs if "herein" in run[2])
    for run, who, old, new in (term, "A. Counsel", "herein", "hereby"), (fee, "B. Client", ".20%", ".15%"):
        before, after = run[2].split(old)
        by = f'w:id="901" w:author="{who}" w:date="2004-06-03T10:00:00Z" w:rsidR="00C3"'
        look = run[1]
        body = body.replace(
            run[0],
            f'<w:r>{look}<w:t xml:space="preserve">{before}</w:t></w:r>'
            f'<w:del {by}><w:r w:rsidDel="00C3">{look}<w:delText>{old}</w:delText></w:r></w:del>'
            f"<w:ins {by}><w:r>{look}<w:t>{new}</w:t></w:r></w:ins>"
            f'<w:r>{look}<w:t xml:space="preserve">{after}</w:t></w:r>',
            1,
        )
    amended.write({"returned.docx": ooxml.pack(ooxml.parts("", data) | {BODY: body.encode()})})
    ran = amended.run("redline", "aim-class-b/003", "--against", "returned.docx", "--format", "docx")
    for line in ('A. Counsel, June 3, 2004: "herein" is deleted', 'B. Client, June 3, 2004: ".15%" is inserted'):
        assert line in ran.out, ran.out + ran.err
    assert "without a tracked change" not in ran.out
    redline = (amended.root / "build/aim-class-b/003/amendment-redline-returned-docx.docx").read_bytes()
    authors = re.findall(
        '<w:(ins|del) [^>]*w:author="([^"]*)"', zipfile.ZipFile(io.BytesIO(redline)).read(BODY).decode()
    )
    assert {author for _, author in authors} == {"A. Counsel", "B. Client"}
    rejected = amended.run("redline", "aim-class-b/003", "--against", "returned.docx", "--tracked", "rejected")
    assert "The words of the amendment are the same, but:" in rejected.out


@pytest.mark.seconds
def test_numbers_that_word_makes_of_ours_change_nothing(amended: Workspace) -> None:
    """Word makes a list of paragraphs that begin with a number, when somebody edits them."""
    own = "clauses: [The Plan is governed by the laws of Delaware., It may be signed in counterparts.]\nchanges:\n"
    amended.write({FILE: (amended.root / FILE).read_text("utf-8").replace("changes:\n", own)})
    data = built(amended)
    parts = ooxml.parts("", data)
    body = parts[BODY].decode()
    clauses = re.findall(r"<w:p><w:pPr>(?:(?!</w:pPr>).)*</w:pPr><w:r><w:t[^>]*>\(?\d+[.)] ", body)
    number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    for clause in clauses:
        typed = re.sub(r"\(?\d+[.)] $", "", clause)
        body = body.replace(clause, typed.replace("</w:pPr>", number), 1)
    form = "(%1)" if clauses and ">(" in clauses[0] else "%1."
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering"
    related = parts["word/_rels/document.xml.rels"].decode()
    link = f'<Relationship Id="n" Type="{kind}" Target="numbering.xml"/></Relationships>'
    numbering = f"<w:numbering {SPACES}>{lists(level(form))}</w:numbering>"
    changed = {
        BODY: body,
        "word/numbering.xml": numbering,
        "word/_rels/document.xml.rels": related.replace("</Relationships>", link),
    }
    amended.write({"returned.docx": ooxml.pack(parts | {name: text.encode() for name, text in changed.items()})})
    ran = amended.run("redline", "aim-class-b/003", "--against", "returned.docx")
    assert clauses
    assert ran.out == "Nothing changed: the amendment says the same.\n", ran.out + ran.err


def reworded(ours: Document, old: str, new: str) -> Document:
    """A document with words in place of others, in each run; a row that says `old` alone goes where `new` is none."""

    def run(inline: Inline) -> Inline:
        return replace(inline, text=inline.text.replace(old, new)) if isinstance(inline, Run | Mark) else inline

    def content(inlines: Content) -> Content:
        return tuple(made for inline in inlines if isinstance(made := run(inline), Break) or made.text)

    def row(old_row: TableRow) -> TableRow:
        return replace(old_row, cells=tuple(replace(cell, content=content(cell.content)) for cell in old_row.cells))

    blocks: list[Block] = []
    for block in ours.blocks:
        if isinstance(block, Table):
            rows = [row(one) for one in block.body]
            stay = tuple(one for one in rows if one.cells[0].content or not one.cells)
            blocks.append(replace(block, head=tuple(map(row, block.head)), body=stay))
        else:
            blocks.append(replace(block, content=content(block.content)))
    return replace(ours, blocks=tuple(blocks))


COMES_FROM = {
    "a day": ("amendment", "November 24, 2003", "December 1, 2003"),
    "a day that is none": ("amendment", "November 24, 2003", "the closing"),
    "a part of a day": ("amendment", "November 24", "December 24"),
    "a number": ("amendment", "NO. 3", "NO. 4"),
    "a number that is none": ("amendment", "NO. 3", "NO. III"),
    "the word before a number": ("amendment", "AMENDMENT NO. 3", "ADDENDUM NO. 3"),
    "a word of the title": ("amendment", "MASTER DISTRIBUTION PLAN", "MASTER SERVICE PLAN"),
    "a word more behind the title": ("amendment", "MASTER DISTRIBUTION PLAN", "MASTER DISTRIBUTION PLAN II"),
    "words of a template": ("amendment", "herein", "hereby"),
    "a row": ("schedule", "INVESCO Leisure Fund", "INVESCO Pleasure Fund"),
    "a row that comes in with the paper": ("schedule", "INVESCO S&P 500 Index Fund", "INVESCO S&P 400 Index Fund"),
    "a row that goes": ("schedule", "INVESCO Leisure Fund", ""),
    "a row of the paper that goes": ("schedule", "AIM One Fund", ""),
    "a name by the paper's own change": ("schedule", "AIM Core Stock Fund", "AIM Core Share Fund"),
    "a group": ("schedule", "AIM SECTOR FUNDS, INC.", "AIM SECTOR SERIES"),
    "a group of the paper": ("schedule", "AIM NEW FUNDS", "AIM NEWER FUNDS"),
    "a value of one row": ("schedule", "0.95%", "0.90%"),
    "a value of all rows": ("schedule", "1.00%", "0.99%"),
    "a value of all rows, in their first column": ("schedule", "0.75%", "0.70%"),
    "words before the first": ("amendment", "AMENDMENT NO.", "DRAFT OF AMENDMENT NO."),
    "a head": ("schedule", "SERVICE FEE", "SERVICE CHARGE"),
    "the label": ("schedule", "PORTFOLIOS", "FUNDS"),
    "two letters": ("amendment", " of ", " at "),
}


OF_TWO_SCHEDULES = {
    "schedules/p/plan.yaml": """\
title: Plan
kind: distribution-plan
schedules:
  - name: Schedule A
    row: Fund
    columns: {fee: {heading: Fee, holds: rate}, since: {heading: Since, holds: date}}
    footnotes:
      - {mark: "*", text: Closed to new investors.}
  - {name: Exhibit B, under: Schedule A, row: Series}
  - {name: Schedule C, row: Series}
parties: [{name: A Trust}, {name: B Company}]
signatures: [{for: [A Trust, B Company], each: true, by: {name: Jane Roe, title: President}}]
""",
    "schedules/p/amendments/001.yaml": """\
number: 1
effective: 2003-11-03
restate:
  - schedule: Schedule A
    values: {since: 2003-01-02}
    rows:
      - {name: Alpha Fund, mark: "*", fee: 0.25%}
      - name: Beta Fund
        rows:
          - {name: Class A, fee: 0.10%, since: 2003-05-06}
          - {name: Class B, fee: 0.20%}
  - schedule: Exhibit B
    rows: [Gamma Series]
  - schedule: Schedule C
    rows: [Zeta Series, Gamma Series]
""",
    "schedules/p/amendments/002.yaml": """\
number: 2
effective: 2003-12-01
clauses: [All the rest stays.]
""",
}
OF_THE_WHOLE = {  # the plan's text, and each of its schedules as they stand after an amendment of one
    "schedules/p/text/plan.html": '<document><h1 class="title">A PLAN</h1><p>It is for good.</p></document>',
    "schedules/p/amendments/003.yaml": "number: 3\neffective: 2004-01-05\nform: {schedule: attached}\n"
    "changes: [{add: Eta Series, schedule: Schedule C}]\n",
}
COMES_FROM_THE_WHOLE = {
    "words of the plan's text": ("plan", "for good", "for ever"),
    "a fund of another schedule": ("plan", "Alpha Fund", "Alfa Fund"),
    "a fund of two schedules": ("plan", "Gamma Series", "Delta Series"),
    "a fund that comes": ("plan", "Eta Series", "Theta Series"),
    "the last name of a schedule": ("amendment", "Eta Series", "Theta Series"),
    "another of a schedule that is attached": ("amendment", "Gamma Series", "Delta Series"),
    "a note of another schedule": ("plan", "Closed to", "Open to"),
}
WITH_A_RECITAL = {
    "schedules/p/amendments/004.yaml": """\
number: 4
effective: 2004-02-05
form: {recital: whereas}
clauses: [Fees and fees are paid each month., The Funds pay.]
signatures: [{for: [A Trust], by: {name: Ann Lee}}, {for: [B Company], by: {name: Ann Lee, title: President}}]
changes:
  - {add: Iota Fund, schedule: Schedule A, fee: 0.30%, since: 2004-02-03}
  - {remove: Beta Fund, into: Alpha Fund, schedule: Schedule A}
  - {set: Alpha Fund, fee: 0.15%, schedule: Schedule A}
""",
    "schedules/p/amendments/005.yaml": """\
draft: true
changes:
  - {add: Nu Fund, schedule: Schedule A, fee: tbd, since: 2004-03-01}
""",
}
COMES_FROM_A_RECITAL = {
    "a fund that comes, wherever it stands": ("amendment", "Iota Fund", "Kappa Fund"),
    "a fund that comes, in the recital alone": ("amendment", "addition of Iota Fund", "addition of Kappa Fund"),
    "a fund that stays, in its first place": ("amendment", "into Alpha Fund", "into Omega Fund"),
    "a fund that stays, in its second place": ("amendment", "Fee of Alpha Fund", "Fee of Omega Fund"),
    "a fund that goes": ("amendment", "Beta Fund", "Delta Fund"),
    "a fee, wherever it stands": ("amendment", "0.15%", "0.10%"),
    "a fee in the recital alone": ("amendment", "to 0.15%", "to 0.10%"),
    "the first word of a clause": ("amendment", "Fees and fees", "Rates and fees"),
    "a word that stands twice": ("amendment", "and fees", "and rates"),
    "the last sign of a clause": ("amendment", "month.", "month;"),
    "a word before a clause": ("amendment", "The Funds pay", "All The Funds pay"),
    "a word behind a clause": ("amendment", "month.", "month. Also so."),
    "a clause goes": ("amendment", "The Funds pay.", ""),
    "the sign before a name": ("amendment", "“Plan", "Plan"),
    "the sign behind a name": ("amendment", "Plan”", "Plan"),
    "a title of one of two signers": ("amendment", "President", "Secretary"),
}
WITH_REGISTRANTS = {
    "schedules/g/plan.yaml": "title: Plan\nkind: distribution-plan\nschedule: {}\nform: {recital: whereas}\n",
    "schedules/g/amendments/001.yaml": "number: 1\neffective: 2003-11-03\n"
    "restate: {groups: [{name: AIM TRUST, rows: [Alpha Fund]}]}\n",
    "schedules/g/amendments/002.yaml": "number: 2\neffective: 2003-12-01\n"
    "changes: [{add_group: ZETA TRUST, rows: [Beta Fund]}]\n",
}
COMES_FROM_REGISTRANTS = {
    "a registrant that comes, wherever it stands": ("amendment", "ZETA", "OMEGA"),
    "a fund that comes with it": ("amendment", "Beta Fund", "Gamma Fund"),
    "a registrant that stays": ("schedule", "AIM TRUST", "AIM SERIES"),
}
COMES_FROM_BLANKS = {"a blank of a row": ("schedule", "[ ]", "0.40%")}
COMES_FROM_NO_SCHEDULE = {
    "a clause of one's own": ("amendment", "All the rest", "The rest"),
    "who signs": ("amendment", "Jane Roe", "Jane Doe"),
    "a party": ("amendment", "B Company", "C Company"),
}
COMES_FROM_TWO = {
    "a day of a row": ("schedule", "May 6", "June 7"),
    "a day of many rows": ("schedule", "January 2", "February 3"),
    "a word before a day": ("schedule", "May 6", "May 6,"),
    "a class": ("schedule", "Class A", "Class Q"),
    "a sign": ("schedule", "*", "+"),
    "a note": ("schedule", "Closed to", "Open to"),
    "a row of a schedule under another": ("schedule", "Gamma Series", "Delta Series"),
    "a fund in capitals": ("schedule", "Alpha Fund", "ALPHA FUND"),
}


def told(workspace: Workspace, name: str, cases: dict[str, tuple[str, str, str]]) -> list[str]:
    """For each case the first differences: the line of each, what is typed there, and what to do."""
    its = paper(workspace, name)
    lines: list[str] = []
    for case, (document, old, new) in cases.items():
        found = make.differences(its, document, reworded(produce.document(its, document), old, new))
        assert found, case
        places = [str(line.where).replace(f"{ROOT}/", "") for line in found]
        lines.append(case)
        for line, where in [*zip(found, places, strict=True)][:3]:
            lines.append(f"  {line.edit.sentence}")
            lines.append(f"    {where} {line.key}: {line.typed} | {line.remedy}")
    return lines


@pytest.mark.seconds
def test_where_words_come_from_and_what_to_type(amended: Workspace, golden: Golden) -> None:
    lines = told(amended, "aim-class-b/003", COMES_FROM)
    lines += told(amended.write(OF_TWO_SCHEDULES), "p/001", COMES_FROM_TWO)
    lines += told(amended, "p/002", COMES_FROM_NO_SCHEDULE)
    lines += told(amended.write(OF_THE_WHOLE), "p/003", COMES_FROM_THE_WHOLE)
    lines += told(amended.write(WITH_A_RECITAL), "p/004", COMES_FROM_A_RECITAL)
    lines += told(amended, "p/005", COMES_FROM_BLANKS)
    lines += told(amended.write(WITH_REGISTRANTS), "g/002", COMES_FROM_REGISTRANTS)
    golden.holds(HERE / "origins.golden", "\n".join(lines) + "\n")


@pytest.mark.parametrize(
    ("names", "meant"),
    [
        (("Ann Lee", "Ann Lee"), [("signatures[0].by.name", "Jo Lee"), ("signatures[1].by.name", "Jo Lee")]),
        (("Ann Lee", "Bob Lee"), [("signatures[0].by.name", "Jo Lee"), ("", "")]),
        (("Ann Lee", "Ann Lee, each"), [("signatures[0].by.name", "")] * 3),
    ],
)
def test_a_name_of_two_signers_is_typed_for_the_one_who_is_meant(
    workspace: Workspace, names: tuple[str, str], meant: list[tuple[str, str]]
) -> None:
    """And for neither where that cannot be told."""
    parties = "parties: [{name: A Trust}, {name: B Trust}, {name: C Trust}]\n"
    signers = [f"{name.replace(', each', '')}}}{', each: true' if 'each' in name else ''}" for name in names]
    both = f"{{for: [A Trust], by: {{name: {signers[0]}}}, {{for: [B Trust, C Trust], by: {{name: {signers[1]}}}"
    workspace.write({"schedules/p/plan.yaml": f"{PLAN}{parties}signatures: [{both}]\n"})
    its = paper(workspace, "p/001")
    ours = produce.document(its, "amendment")
    told_: list[tuple[str, str]] = []
    for number, block in enumerate(ours.blocks):
        if block.role == "signature":
            (theirs,) = reworded(replace(ours, blocks=(block,)), "Ann", "Jo").blocks
            returned = replace(ours, blocks=(*ours.blocks[:number], theirs, *ours.blocks[number + 1 :]))
            told_ += [(line.key, line.typing) for line in make.differences(its, "amendment", returned)] or [("", "")]
    assert told_ == meant
