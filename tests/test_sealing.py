"""What was filed stays what was filed: seals, what would change them, and what was altered by hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docgen.build import inputs
from docgen.files import resources
from docgen.reports import schedule_in_force as shown_module
from docgen.workspace import seals
from docgen.writers import WRITERS, html
from tests import test_trail as trail
from tests.conftest import AMENDMENT, HERE, PLAIN, PLAN, ROOT, Workspace, examples

FILED = "schedules/p/filed/001"
TEMPLATE = "templates/_operative.html.j2"
WORDING = (resources.TEMPLATES / "_operative.html.j2").read_text(encoding="utf-8")
OTHER_WORDING = WORDING.replace("deleted in its entirety and replaced{%", "deleted entirely and replaced{%")
SECOND = AMENDMENT.replace("number: 1", "number: 2").replace("2003-11-03", "2004-02-01")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of a workspace with a sealed amendment; sealed once, since it makes PDFs."""
    made = Workspace(tmp_path_factory.mktemp("sealed")).write(PLAIN)
    assert made.run("seal", "p/001", "--signed", "2003-11-03", "--accession", "0000950123-03-012345").code == 0
    return {
        path.relative_to(made.root).as_posix(): path.read_bytes() for path in made.root.rglob("*") if path.is_file()
    }


@pytest.fixture
def sealed(empty: Workspace, kept: dict[str, bytes]) -> Workspace:
    """A workspace of which an amendment is sealed."""
    return empty.write(kept)


def files(workspace: Workspace, folder: str) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (workspace.root / folder).iterdir()}


def receipt(workspace: Workspace) -> dict[str, Any]:
    made: dict[str, Any] = json.loads((workspace.root / FILED / "receipt.json").read_bytes())
    return made


@pytest.mark.seconds
def test_a_seal_has_every_file_and_a_receipt(sealed: Workspace) -> None:
    said = receipt(sealed)
    copies = files(sealed, FILED)
    text = copies.pop("receipt.json").decode("ascii")
    assert said["files"] == {name: sha256(data).hexdigest() for name, data in copies.items()}
    assert set(copies) == {f"{name}.{suffix}" for name in ("amendment", "schedule") for suffix in WRITERS}
    assert said["amendment"] == "p/001"
    assert said["signed"] == "2003-11-03"
    assert said["accession"] == "0000950123-03-012345"
    assert said["data"]["schedules/p/amendments/001.yaml"] == sha256(AMENDMENT.encode()).hexdigest()
    assert said["templates"]["_operative.html.j2"] == sha256(WORDING.encode()).hexdigest()
    assert "fonts/LiberationSerif-Bold.ttf" in said["templates"]
    assert {"docgen", "weasyprint", "pango"} <= set(said["versions"])
    assert text == json.dumps(said, indent=2, sort_keys=True) + "\n"
    assert (sealed.root / "schedules/p/filed/.gitattributes").read_text() == "* -text\n", "git keeps the bytes"


@pytest.mark.seconds
def test_the_same_seal_twice_is_the_same_bytes(workspace: Workspace, kept: dict[str, bytes]) -> None:
    workspace.run("seal", "p/001", "--signed", "2003-11-03", "--accession", "0000950123-03-012345")
    assert files(workspace, FILED)["receipt.json"] == kept[f"{FILED}/receipt.json"]


def test_a_seal_is_never_written_over(sealed: Workspace) -> None:
    before = files(sealed, FILED)
    for more in ((), ("--document", f"{FILED}/amendment.txt")):
        ran = sealed.run("seal", "p/001", *more)
        assert ran.code == 1
        assert "schedules/p/filed/001: is sealed already" in ran.err
    assert files(sealed, FILED) == before


@pytest.mark.seconds
def test_a_template_changed_after_the_seal(sealed: Workspace) -> None:
    sealed.write({TEMPLATE: OTHER_WORDING, "schedules/p/amendments/002.yaml": SECOND})
    said = 'the filed amendment.htm reads "in" where it would now say "entirely", after "Plan is hereby deleted"'
    ran = sealed.run("check")
    assert ran.code == 0
    assert f"schedules/p/amendments/001.yaml: warning: p/001 is sealed: {said} [sealed]" in ran.err
    assert sealed.run("build").code == 0
    copies = files(sealed, FILED)
    copies.pop("receipt.json")
    assert files(sealed, "build/p/001") == copies
    assert b"deleted entirely" in files(sealed, "build/p/002")["amendment.htm"], "the next one has the new wording"
    ran = sealed.run("verify")
    assert ran.code == 1
    assert ran.out.startswith(f"p/001: other words\n    {said}\n")
    assert ran.out.endswith("1 sealed amendment verified.\n")


@pytest.mark.seconds
def test_a_broken_template_leaves_what_was_filed(sealed: Workspace) -> None:
    sealed.write({TEMPLATE: "{% if %}"})
    assert sealed.run("build", "--format", "htm").code == 0
    ran = sealed.run("verify")
    assert ran.code == 1
    assert "it cannot be made any more" in ran.out


def test_nothing_changed_is_identical(sealed: Workspace) -> None:
    assert sealed.run("verify").out == "p/001: identical\n1 sealed amendment verified.\n"
    assert sealed.run("check").out == "No problems. 1 amendment checked.\n"


@pytest.mark.seconds
def test_the_same_words_in_other_bytes(sealed: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """A library writes the page otherwise: its version is named, and nothing is wrong."""
    now = inputs.versions()
    monkeypatch.setattr(inputs, "versions", lambda: now | {"weasyprint": "99.0"})
    monkeypatch.setitem(html.LOOKS, "terms", "margin:0 0 11pt 0")
    ran = sealed.run("verify", "p")
    assert ran.code == 0
    assert ran.out.splitlines() == [
        "p/001: same words, other bytes",
        "    amendment.htm",
        f"    weasyprint {now['weasyprint']} then, 99.0 now",
        "1 sealed amendment verified.",
    ]
    assert sealed.run("check").err == ""


def test_a_schedule_changed_after_the_seal_stops_the_build(sealed: Workspace) -> None:
    sealed.write({"schedules/p/amendments/001.yaml": AMENDMENT.replace("U.S. Gov", "US Gov")})
    said = "p/001 is sealed: the filed amendment.htm reads"
    for command in ("check", "build"):
        ran = sealed.run(command)
        assert ran.code == 1
        assert said in ran.err
        assert "put the schedule back as it was filed" in ran.err
    assert not (sealed.root / "build").exists()
    assert sealed.run("verify").code == 1


def test_other_data_changed_after_the_seal_is_a_warning(sealed: Workspace) -> None:
    sealed.write({"schedules/p/plan.yaml": PLAN.replace("2003-08-18", "2003-08-19")})
    ran = sealed.run("build", "--format", "htm")
    assert ran.code == 0
    assert 'reads "18," where it would now say "19,"' in ran.err


@pytest.mark.seconds
def test_what_does_not_print_may_change(sealed: Workspace) -> None:
    sealed.write({"schedules/p/amendments/001.yaml": AMENDMENT + "# looked at by J. Doe\n"})
    assert sealed.run("check").out == "No problems. 1 amendment checked.\n"
    assert sealed.run("verify").out.startswith("p/001: identical\n")


ALTERED: dict[str, tuple[Callable[[Workspace], object], str]] = {
    "a file edited": (lambda w: w.write({f"{FILED}/amendment.txt": "x"}), "amendment.txt: was changed"),
    "a file gone": (lambda w: (w.root / FILED / "schedule.pdf").unlink(), "schedule.pdf: was sealed, and is not there"),
    "a file more": (lambda w: w.write({f"{FILED}/notes.txt": "x"}), "notes.txt: is not in the receipt"),
    "the receipt edited": (
        lambda w: w.write({f"{FILED}/receipt.json": json.dumps(receipt(w) | {"signed": "2003-11-04"})}),
        "receipt.json: was changed",
    ),
    "the receipt gone": (lambda w: (w.root / FILED / "receipt.json").unlink(), "receipt.json: not found"),
    "the receipt no receipt": (lambda w: w.write({f"{FILED}/receipt.json": "[]"}), "receipt.json: was changed"),
    "the amendment gone": (
        lambda w: (w.root / "schedules/p/amendments/001.yaml").rename(w.root / "schedules/p/amendments/002.yaml"),
        "filed/001: is sealed, and the plan has no such amendment",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("what", ALTERED)
def test_what_was_altered_by_hand_is_found(sealed: Workspace, what: str) -> None:
    alter, said = ALTERED[what]
    alter(sealed)
    for command in ("verify", "check", "build"):
        ran = sealed.run(command)
        assert ran.code == 1, command
        assert said in ran.err, command
    assert not (sealed.root / "build").exists()


@pytest.mark.slow
@settings(
    max_examples=examples(90),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    data=st.binary(max_size=200)
    | st.recursive(st.none() | st.text(max_size=3), st.lists).map(json.dumps).map(str.encode)
)
def test_no_receipt_makes_it_stumble(sealed: Workspace, data: bytes) -> None:
    sealed.write({f"{FILED}/receipt.json": data})
    found, problems = seals.load(sealed.root, "p", ["001"])
    assert not found
    assert len(problems) == 1


def test_a_draft_is_not_sealed(workspace: Workspace) -> None:
    ran = workspace.write({"schedules/p/amendments/001.yaml": AMENDMENT + "draft: true\n"}).run("seal", "p/001")
    assert ran.code == 1
    assert "draft: is a draft" in ran.err
    assert not (workspace.root / FILED).exists()


@pytest.mark.slow
def test_what_was_built_has_to_be_what_is_sealed(workspace: Workspace) -> None:
    assert workspace.run("build", "--format", "txt").code == 0
    workspace.write({TEMPLATE: OTHER_WORDING})
    ran = workspace.run("seal", "p/001")
    assert ran.code == 1
    assert "build/p/001/amendment.txt: is not what data and templates give now" in ran.err
    assert not (workspace.root / FILED).exists()


@pytest.mark.seconds
def test_a_package_of_a_sealed_amendment_has_what_was_filed(workspace: Workspace) -> None:
    workspace.write({"schedules/p/amendments/001.yaml": "exhibit: Exhibit m(2)(d)\n" + AMENDMENT})
    assert workspace.run("seal", "p/001").code == 0
    assert workspace.write({TEMPLATE: OTHER_WORDING}).run("package", "p/001").code == 0
    for suffix in ("htm", "pdf"):
        packed = (workspace.root / f"build/package/p-001/ex99-m2d.{suffix}").read_bytes()
        assert packed == (workspace.root / FILED / f"amendment.{suffix}").read_bytes()


EXHIBIT = (HERE / "seed/exhibit.txt").read_bytes()
SLIPS = 5  # in the exhibit as it was filed; test_seed.py names them


@pytest.fixture
def filed_elsewhere(empty: Workspace) -> Workspace:
    """The worked plan, and the exhibit that was filed of it by hand."""
    plan = ROOT / "schedules/aim-class-b"
    names = ("plan.yaml", "amendments/002.yaml")
    empty.write({f"schedules/aim-class-b/{name}": (plan / name).read_bytes() for name in names})
    return empty.write({"from-edgar/exhibit.txt": EXHIBIT})


@pytest.mark.seconds
def test_a_document_that_docgen_did_not_make_is_compared(filed_elsewhere: Workspace) -> None:
    command = ("seal", "aim-class-b/002", "--document", "from-edgar/exhibit.txt")
    ran = filed_elsewhere.run(*command)
    assert ran.code == 1
    assert 'exhibit.txt: has "SALE" where the data gives "SALES", after "ASSET BASED SERVICE AGGREGATE"' in ran.err
    assert ran.err.splitlines()[-1] == f"{SLIPS} problems. Nothing was written."
    assert not (filed_elsewhere.root / "schedules/aim-class-b/filed").exists()
    assert filed_elsewhere.run(*command, "--differs", "slips of the filed copy").code == 0
    said = json.loads((filed_elsewhere.root / "schedules/aim-class-b/filed/002/receipt.json").read_bytes())
    assert said["document"]["why"] == "slips of the filed copy"
    assert len(said["document"]["differences"]) == SLIPS
    assert filed_elsewhere.run("check").out == "No problems. 1 amendment checked.\n"
    assert filed_elsewhere.run("verify").out.startswith("aim-class-b/002: identical\n")
    assert filed_elsewhere.run("build").out.splitlines()[0] == "build/aim-class-b/002/exhibit.txt"
    assert (filed_elsewhere.root / "build/aim-class-b/002/exhibit.txt").read_bytes() == EXHIBIT
    ran = filed_elsewhere.run("build", "--format", "pdf")
    assert "filed/002: warning: is what was filed, and has no pdf: nothing was written for it [sealed]" in ran.err


@pytest.mark.seconds
def test_data_that_departs_from_a_sealed_document_is_found(filed_elsewhere: Workspace) -> None:
    filed_elsewhere.run("seal", "aim-class-b/002", "--document", "from-edgar/exhibit.txt", "--differs", "slips")
    path = filed_elsewhere.root / "schedules/aim-class-b/amendments/002.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("Energy", "Energies"), encoding="utf-8")
    ran = filed_elsewhere.run("verify")
    assert ran.code == 1
    assert 'the filed exhibit.txt: has "Energy" where the data gives "Energies"' in ran.out
    assert filed_elsewhere.run("check").code == 1


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("p",), 2, "p: names no amendment"),
        (("p/001", "--signed", "3 November"), 2, "3 November is not a date"),
        (("p/001", "--accession", "950123"), 2, '"950123" is not an accession number'),
        (("p/001", "--document", "missing.txt"), 2, "missing.txt: cannot be read"),
        (("p/001", "--document", "empty.txt", "--document", "a/empty.txt"), 2, "two files have the same name"),
        (("p/001", "--document", "exhibit.doc"), 2, "exhibit.doc: cannot be sealed under this name"),
        (("p/001", "--document", "empty.txt"), 1, "empty.txt: has no words that can be read"),
        (("p/001", "--document", "broken.pdf"), 1, "broken.pdf: has no words that can be read"),
    ],
)
def test_wrong_use_of_seal_says_what_is_right(
    workspace: Workspace, arguments: tuple[str, ...], code: int, said: str
) -> None:
    workspace.write({"exhibit.doc": "x", "empty.txt": " \n", "a/empty.txt": "x", "broken.pdf": "%PDF-1.7\n"})
    ran = workspace.run("seal", *arguments)
    assert ran.code == code
    assert said in ran.err
    assert not (workspace.root / FILED).exists()


# What receipts had first as the hash of the schedule, as docgen wrote it then, of the amendments of tests/test_trail.py
OLD_HASHES = {
    "001": "31fdabc04001f3ab385db2e43f2aa5f1c1b5e9c33d4a5758009a2e14d4411aa9",
    "003": "cd5e8c95df7002fb5a4a6c57490bdffba1f55b248c7b8e4bfd1fa46336920703",
}


@pytest.fixture
def of_old(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace with two amendments that were sealed when receipts had a hash of what `show --json` printed."""
    later = {"schedules/p/amendments/002.yaml": trail.SECOND, "schedules/p/amendments/003.yaml": trail.THIRD}
    workspace.write(later)
    monkeypatch.setattr("docgen.writers.WRITERS", {suffix: WRITERS[suffix] for suffix in ("txt", "htm")})
    for name, digest in OLD_HASHES.items():
        assert workspace.run("seal", f"p/{name}").code == 0
        folder = workspace.root / f"schedules/p/filed/{name}"
        own = json.loads((folder / "receipt.json").read_bytes())
        told = {key: value for key, value in own.items() if key not in ("facts", "files", "seal")}
        copies = {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix != ".json"}
        (folder / "receipt.json").write_bytes(seals.receipt(copies, told | {"schedule": digest}))
    return workspace


@pytest.mark.seconds
def test_seals_of_old_stay_valid(of_old: Workspace) -> None:
    ran = of_old.run("check")
    assert ran.code == 0
    assert "sealed" not in ran.err
    other = AMENDMENT.replace("sales_charge: 0.75%", "sales_charge: 0.70%")
    ran = of_old.write({"schedules/p/amendments/001.yaml": other}).run("check")
    assert ran.code == 1
    assert "p/001 is sealed" in ran.err
    assert "p/003 is sealed" in ran.err


def test_what_is_shown_may_change_and_seals_stay_valid(sealed: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = shown_module.as_json
    monkeypatch.setattr(shown_module, "as_json", lambda *args: json.dumps(json.loads(shown(*args)) | {"more": 1}))
    assert json.loads(sealed.run("show", "p", "--json").out)["more"] == 1
    assert (sealed.run("check").code, sealed.run("check").err) == (0, "")


@pytest.mark.seconds
def test_a_seal_that_was_broken_off_is_said_and_sealed_again(sealed: Workspace) -> None:
    before = files(sealed, FILED)
    for name in before:
        (sealed.root / FILED / name).unlink()
    ran = sealed.run("check")
    assert ran.code == 0
    assert f"{FILED}/: warning: is empty: a seal was broken off here, and nothing is sealed [broken-seal]" in ran.err
    assert sealed.run("seal", "p/001", "--signed", "2003-11-03", "--accession", "0000950123-03-012345").code == 0
    assert files(sealed, FILED) == before


@pytest.mark.seconds
def test_a_seal_without_its_receipt_is_finished_where_its_files_are_the_same(sealed: Workspace) -> None:
    before = files(sealed, FILED)
    for name in ("receipt.json", "amendment.pdf"):
        (sealed.root / FILED / name).unlink()
    ran = sealed.run("build")
    assert ran.code == 1
    assert f"{FILED}/receipt.json: not found, and the folder has 7 files of a seal [broken-seal]" in ran.err
    assert sealed.run("seal", "p/001", "--signed", "2003-11-03", "--accession", "0000950123-03-012345").code == 0
    assert files(sealed, FILED) == before


def test_a_seal_without_its_receipt_keeps_what_would_not_be_sealed_now(sealed: Workspace) -> None:
    (sealed.root / FILED / "receipt.json").unlink()
    sealed.write({f"{FILED}/amendment.txt": "what was filed\n"})
    before = files(sealed, FILED)
    ran = sealed.run("seal", "p/001")
    assert ran.code == 1
    assert f"{FILED}/amendment.txt: is in the way, and not what would be sealed now" in ran.err
    assert files(sealed, FILED) == before


ODD: tuple[object, ...] = (
    None,
    1,
    [],
    {},
    "x",
    [1],
    {"a": 1},
    True,
    {"differences": 5},
    {"differences": [1], "why": 3},
)


MORE_KEYS = [
    pytest.param(key, marks=pytest.mark.long)
    for key in ("data", "facts", "templates", "versions", "amendment", "signed", "filings")
]


@pytest.mark.slow
@pytest.mark.parametrize("key", ["document", *MORE_KEYS])
def test_a_receipt_with_values_of_other_types_stops_nothing_with_a_traceback(sealed: Workspace, key: str) -> None:
    """Its hash of itself is right, as that of a receipt that another program wrote."""
    facts = {name: value for name, value in receipt(sealed).items() if name != "seal"}
    for value in ODD[:: 4 - examples(3)]:
        odd = {**facts, key: value}
        text = json.dumps(odd, indent=2, sort_keys=True) + "\n"
        whole = {**odd, "seal": sha256(text.encode()).hexdigest()}
        sealed.write({f"{FILED}/receipt.json": json.dumps(whole, indent=2, sort_keys=True) + "\n"})
        last = [("build", "--format", "txt")] if value is ODD[-1] else []  # which reads no more than its hash
        for command in (("check",), ("verify",), ("show", "p"), *last):
            assert sealed.run(*command).code in (0, 1, 2)


def test_verify_prints_one_shape_for_programs(sealed: Workspace) -> None:
    ran = sealed.run("verify", "--json")
    assert json.loads(ran.out) == [{"paper": "p/001", "answer": "identical", "lines": []}]
    plan = "schedules/p/plan.yaml"
    sealed.write({plan: (sealed.root / plan).read_text(encoding="utf-8").replace("Master Distribution", "Other")})
    ran = sealed.run("verify", "--json")
    assert ran.code == 1
    (verdict,) = json.loads(ran.out)
    assert verdict["answer"] == "other words"
    assert verdict["lines"]
