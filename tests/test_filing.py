"""A package for EDGAR: names, manifest and index that agree, or nothing."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from docgen.edgar import exhibit, submission
from docgen.edgar.rule import File
from docgen.files import resources
from tests.conftest import AMENDMENT, PLAN, Workspace

READY = AMENDMENT.replace("number: 1\n", "number: 1\nexhibit: Exhibit m(2)(d)\n")
FOLDER = "build/package/p-001"


@pytest.fixture
def ready(workspace: Workspace) -> Workspace:
    """The small workspace with an amendment that is ready to file."""
    return workspace.write({"schedules/p/amendments/001.yaml": READY})


def manifest(workspace: Workspace, folder: str = FOLDER) -> dict[str, Any]:
    made: dict[str, Any] = json.loads((workspace.root / folder / "manifest.json").read_bytes())
    return made


def names(workspace: Workspace, folder: str = FOLDER) -> list[str]:
    return sorted(path.name for path in (workspace.root / folder).iterdir())


@pytest.mark.parametrize(
    ("caption", "label", "type_", "name"),
    [
        ("Exhibit m(2)(d)", ("m", "2", "d"), "EX-99.M(2)(D)", "ex99-m2d.htm"),
        ("Exhibit 99.(m)(1)(e)", ("m", "1", "e"), "EX-99.M(1)(E)", "ex99-m1e.htm"),
        ("EXHIBIT (m)(4)(a)", ("m", "4", "a"), "EX-99.M(4)(A)", "ex99-m4a.htm"),
        ("Exhibit 99.m(1)(n)", ("m", "1", "n"), "EX-99.M(1)(N)", "ex99-m1n.htm"),
        ("Exhibit n", ("n",), "EX-99.N 18F-3 PLAN", "ex99-n.htm"),
        ("Exhibit 28.m.1", ("m", "1"), "EX-99.M(1)", "ex99-m1.htm"),
        ("(m)(1)(i)", ("m", "1", "i"), "EX-99.M(1)(I)", "ex99-m1i.htm"),
        ("Exhibit 99.28(m)(2)(d)", ("m", "2", "d"), "EX-99.M(2)(D)", "ex99-m2d.htm"),
        ("Exhibit (28)(m)(1)", ("m", "1"), "EX-99.M(1)", "ex99-m1.htm"),
        ("Exhibit 99.28(m)(2)(d).", ("m", "2", "d"), "EX-99.M(2)(D)", "ex99-m2d.htm"),
        ("Exhibit 99.(M).3.N", ("m", "3", "n"), "EX-99.M(3)(N)", "ex99-m3n.htm"),
        ("Exhibit m.4.q", ("m", "4", "q"), "EX-99.M(4)(Q)", "ex99-m4q.htm"),
        ("Exhibit h(3)(c)", ("h", "3", "c"), "EX-99.H(3)(C)", "ex99-h3c.htm"),
        ("EX-99.e.1.iii", ("e", "1", "iii"), "EX-99.E(1)(III)", "ex99-e1iii.htm"),
        ("EX-99.(m)(ii)", ("m", "ii"), "EX-99.M(II)", "ex99-mii.htm"),
        ("EX-99.28.M.1", ("m", "1"), "EX-99.M(1)", "ex99-m1.htm"),
        ("EX-99.B(m)", ("m",), "EX-99.M 12B-1 PLAN", "ex99-m.htm"),
        ("Exhibit m(1)(xviii)", ("m", "1", "xviii"), "EX-99.M(1)(XVIII)", "ex99-m1xviii.htm"),
    ],
)
def test_a_caption_gives_type_and_name(caption: str, label: exhibit.Label, type_: str, name: str) -> None:
    assert exhibit.of_caption(caption) == label
    assert exhibit.type_of(label) == type_
    assert exhibit.of_type(type_) == label
    assert exhibit.name_of(label, "htm") == name


@pytest.mark.parametrize(
    "caption",
    [
        "",
        "Schedule A",
        "Exhibit",
        "Exhibit 10",
        "Exhibit z(1)",
        "Exhibit m(2)(d) to the Plan",
        "(a)",
        "Exhibit A.",
        "Exhibit (28)",
        "Exhibit A. Form",
        "EXHIBIT (15)(a)(9)(ii)",
        "Sub-item 77Q1(e)",
        "(Class A)",
    ],
)
def test_other_words_are_no_caption(caption: str) -> None:
    assert exhibit.of_caption(caption) == ()


@pytest.mark.parametrize("type_", ["EX-99.M(2)\nX", "EX-99.M\n12B-1 PLAN", "XEX-99.M(2)", "EX-10.1"])
def test_other_words_are_no_type(type_: str) -> None:
    assert exhibit.of_type(type_) == ()


def test_the_caption_is_read_from_any_document() -> None:
    assert (
        exhibit.caption_in(File("x.txt", b"\n                    Exhibit m(2)(d)\n\nAMENDMENT\n")) == "Exhibit m(2)(d)"
    )
    html = b"<html><head><title>Exhibit a(1)</title></head><body><div><p>Exhibit&#160;<b>m(2)(d)</b></p>"
    assert exhibit.caption_in(File("x.htm", html)) == "Exhibit m(2)(d)"
    assert exhibit.caption_in(File("x.htm", b"<p>AMENDMENT</p><p>as said in Exhibit m(2)(d)</p>")) == ""


@pytest.mark.slow
def test_a_package_has_its_files(ready: Workspace) -> None:
    ran = ready.run("package", "p/001")
    assert ran.code == 0, ran.err
    assert ran.err == ""
    assert names(ready) == ["ex99-m2d.htm", "ex99-m2d.pdf", "exhibit-index.htm", "manifest.json", "wrapper-preview.txt"]
    said = manifest(ready)
    assert [(row["name"], row["type"], row["copy"], row["exhibit"], row["sequence"]) for row in said["documents"]] == [
        ("ex99-m2d.htm", "EX-99.M(2)(D)", "official", "m(2)(d)", 2),
        ("ex99-m2d.pdf", "EX-99.M(2)(D)", "unofficial", "m(2)(d)", 3),
    ]
    for row in said["documents"]:
        data = (ready.root / FOLDER / row["name"]).read_bytes()
        assert row["sha256"] == sha256(data).hexdigest()
        assert row["description"] == (
            "Amendment No. 1 to the Amended and Restated Master Distribution Plan (Class B Shares), "
            "effective November 3, 2003"
        )
    index = (ready.root / FOLDER / "exhibit-index.htm").read_text(encoding="ascii")
    assert '<a href="ex99-m2d.htm">Amendment No. 1 to the' in index
    assert "ex99-m2d.pdf" not in index
    preview = (ready.root / FOLDER / "wrapper-preview.txt").read_text(encoding="ascii")
    assert "<DOCUMENT>\n<TYPE>EX-99.M(2)(D)\n<SEQUENCE>2\n<FILENAME>ex99-m2d.htm\n<DESCRIPTION>Amendment" in preview


@pytest.mark.slow
def test_the_manifest_has_the_hash_of_all_it_was_made_from(ready: Workspace) -> None:
    ready.write({"templates/distribution-plan/_schedule.html.j2": wording()})
    assert ready.run("package", "p/001").code == 0
    made_from = manifest(ready)["sources"]["p/001"]
    assert made_from["schedules/p/amendments/001.yaml"] == sha256(READY.encode()).hexdigest()
    assert made_from["schedules/p/plan.yaml"] == sha256(PLAN.encode()).hexdigest()
    assert made_from["templates/distribution-plan/_schedule.html.j2"] == sha256(wording()).hexdigest()
    templates = {name.removeprefix("templates/") for name in made_from if name.startswith("templates/")}
    assert {"_parts.html.j2", "distribution-plan/amendment.html.j2", "print.css"} <= templates
    assert "fonts/LiberationSerif-Regular.ttf" in templates
    assert not templates & {"README.md", "distribution-plan/README.md", "distribution-plan/schedule.html.j2"}


def wording() -> bytes:
    return (resources.TEMPLATES / "distribution-plan/_schedule.html.j2").read_bytes() + b"\n"


@pytest.mark.slow
def test_the_same_package_twice_is_the_same_bytes(ready: Workspace) -> None:
    def files() -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in (ready.root / FOLDER).iterdir()}

    ready.run("package", "p/001")
    before = files()
    ready.run("package", "p/001")
    assert files() == before


@pytest.mark.seconds
def test_a_build_names_a_package_of_other_data_and_lets_it_be(ready: Workspace) -> None:
    assert ready.run("package", "p/001").code == 0
    build = ("build", "--format", "txt")
    assert "the package of p/001: current\n" in ready.run(*build, "--explain").out
    ready.write({"schedules/p/amendments/001.yaml": READY.replace("U.S. Government", "U.S. Treasury")})
    line = "the package of p/001: its data or wording has changed since; to make it again: docgen package p/001\n"
    assert line in ready.run(*build).out
    assert line in ready.run(*build, "--explain").out, "also where there is nothing to do"
    assert manifest(ready)["documents"]


@pytest.mark.slow
def test_several_amendments_make_one_package(ready: Workspace) -> None:
    other = READY.replace("m(2)(d)", "m(3)(d)")
    ready.write({"schedules/q/plan.yaml": PLAN.replace("Class B", "Class C"), "schedules/q/amendments/7.yaml": other})
    assert ready.run("package", "p/001", "q/7").code == 0
    folder = "build/package/p-001-and-1-more"
    documents = {"ex99-m2d.htm", "ex99-m2d.pdf", "ex99-m3d.htm", "ex99-m3d.pdf"}
    assert documents <= set(names(ready, folder))
    assert {row["name"] for row in manifest(ready, folder)["documents"]} == documents
    assert set(manifest(ready, folder)["sources"]) == {"p/001", "q/7"}
    index = (ready.root / folder / "exhibit-index.htm").read_text(encoding="ascii")
    assert index.index("m(2)(d)") < index.index("m(3)(d)")


def test_text_can_be_the_official_document(ready: Workspace) -> None:
    ran = ready.run("package", "p/001", "--official", "txt")
    assert ran.code == 0
    assert "[D8]" in ran.err
    assert "ex99-m2d.txt" in names(ready)


@pytest.mark.slow
def test_an_exhibit_renamed_leaves_no_file_of_its_old_name(ready: Workspace) -> None:
    ready.run("package", "p/001")
    (ready.root / FOLDER / "notes.txt").write_text("mine")
    ready.write({"schedules/p/amendments/001.yaml": READY.replace("(d)", "(e)")}).run("package", "p/001")
    assert [name for name in names(ready) if name.startswith("ex99")] == ["ex99-m2e.htm", "ex99-m2e.pdf"]
    assert "notes.txt" in names(ready)


@pytest.mark.parametrize("manifest", [b"", b"[]", b'{"documents": 3}', b'{"documents": [{"name": "x"}', b"\xff"])
def test_an_odd_manifest_lists_nothing(manifest: bytes) -> None:
    assert submission.listed(manifest) == set()


TEMPLATE = '<document>\n<p class="exhibit">{}</p>\n<h1 class="title">AMENDMENT</h1>\n<p>{}</p>\n</document>\n'


@pytest.mark.slow
@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"schedules/p/amendments/001.yaml": AMENDMENT}, "exhibit: names no exhibit"),
        (
            {"schedules/p/amendments/001.yaml": READY.replace("m(2)(d)", "10")},
            'exhibit: "Exhibit 10" is not an exhibit of Form N-1A',
        ),
        ({"schedules/p/amendments/001.yaml": READY + "draft: true\n"}, "draft: is a draft"),
        ({"schedules/p/amendments/001.yaml": READY.replace("2003-11-03", "tbd")}, "effective: is left open"),
        (
            {"templates/distribution-plan/amendment.html.j2": TEMPLATE.format("Exhibit m(2)(d)", "by [ ]")},
            '001.yaml:1: prints a blank, "[ ]"',
        ),
        (
            {"templates/distribution-plan/amendment.html.j2": TEMPLATE.format("Exhibit m(2)(e)", "x")},
            'the caption is "Exhibit m(2)(e)", and the exhibit is m(2)(d) [D5]',
        ),
        ({"schedules/p/plan.yaml": PLAN + "colour: red\n"}, "colour: is not a key that docgen knows here"),
        (
            {"schedules/q/plan.yaml": PLAN, "schedules/q/amendments/7.yaml": READY},
            "q/amendments/7.yaml:2: exhibit: is m(2)(d), and so is that of p/001",
        ),
        (
            {"schedules/q/plan.yaml": PLAN, "schedules/q/amendments/7.yaml": READY.replace("m(2)(d)", "m(2d)")},
            "another file has the same name [D3]",
        ),
    ],
)
def test_what_cannot_be_filed_is_refused(ready: Workspace, files: dict[str, str], said: str) -> None:
    what = ["p/001", *(["q/7"] if "schedules/q/plan.yaml" in files else [])]
    ran = ready.write(files).run("package", *what)
    assert ran.code == 1
    assert said in ran.err
    assert ran.out == ""
    assert not Path(ready.root / "build").exists()


def test_a_plan_is_not_an_exhibit(ready: Workspace) -> None:
    ran = ready.run("package", "p")
    assert ran.code == 2
    assert "p: names no amendment" in ran.err


RISE = """\
number: 2
effective: 2004-11-03
exhibit: Exhibit m(2)(d)
approvals:
  - {by: the Board of Trustees, on: 2004-10-01, independent: true}
changes:
  - set: INVESCO Tax-Free Bond Fund
    service_fee: 0.25%
    aggregate_fee: 1.00%
"""


@pytest.mark.seconds
def test_a_fee_that_rises_without_its_votes_is_not_packaged(workspace: Workspace) -> None:
    """The board has voted, the shareholders have not: a warning of `check`, and no package until it is accepted."""
    low = "        - {name: INVESCO Tax-Free Bond Fund, service_fee: 0.20%, aggregate_fee: 0.95%}"
    first = "schedules/p/amendments/001.yaml"
    opening = (workspace.root / first).read_text(encoding="utf-8")
    workspace.write({first: opening.replace("        - INVESCO Tax-Free Bond Fund", low)})
    workspace.write({"schedules/p/amendments/002.yaml": RISE})
    assert workspace.run("check").code == 0
    ran = workspace.run("package", "p/002")
    assert ran.code == 1
    assert "002.yaml:6: the Maximum Service Fee for INVESCO Tax-Free Bond Fund rises from 0.20% to 0.25%" in ran.err
    assert "Nothing was written." in ran.err
    accepted = "accept:\n  - {check: fee-rises-are-approved, why: not material, by: counsel}\n"
    workspace.write({"schedules/p/amendments/002.yaml": RISE + accepted})
    assert "build/package/p-002/ex99-m2d.htm" in workspace.run("package", "p/002").out
