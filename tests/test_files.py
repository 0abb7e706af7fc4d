"""What is said of files that cannot be read or locked, and what tells one folder from another."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest

from docgen.files import file_kinds, fingerprint, limits, lock, ooxml, watch
from docgen.model import amendment_ids
from docgen.problems import DataProblem, DocgenError, UsageProblem, WriterProblem
from docgen.writers import pdf_libraries

HASH_OF_NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_bytes_are_told_by_their_sha_256(tmp_path: Path) -> None:
    assert fingerprint.digest(b"") == HASH_OF_NOTHING
    (tmp_path / "a").write_bytes(b"")
    assert fingerprint.file(tmp_path / "a") == HASH_OF_NOTHING
    assert fingerprint.file(tmp_path) == fingerprint.file(tmp_path / "none") == fingerprint.NO_FILE


def of(folder: Path) -> str:
    return fingerprint.everything([folder])


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="this system does not list what is loaded")
def test_each_library_that_sets_type_is_told() -> None:
    pdf_libraries.load()
    maps = Path("/proc/self/maps").read_text(encoding="utf-8")
    loaded = set(re.findall(r"/(lib(?:pango|harfbuzz|fontconfig|freetype|fribidi|glib-2|gobject-2)\S*\.so)", maps))
    assert len(loaded) >= 7
    assert [name for name in loaded if not name.startswith(fingerprint.SHARED)] == []


def test_a_folder_is_told_by_its_names_and_contents(tmp_path: Path) -> None:
    """Links are followed, once; what Python remembers beside its code does not count."""
    (tmp_path / "x/inner").mkdir(parents=True)
    (tmp_path / "x/inner/a").write_bytes(b"1")
    first = of(tmp_path / "x")
    (tmp_path / "x/__pycache__").mkdir()
    (tmp_path / "x/__pycache__/b").write_bytes(b"2")
    assert of(tmp_path / "x") == first
    (tmp_path / "x/inner/a").write_bytes(b"2")
    second = of(tmp_path / "x")
    (tmp_path / "x/inner/a").rename(tmp_path / "x/inner/b")
    third = of(tmp_path / "x")
    (tmp_path / "x/empty").mkdir()
    fourth = of(tmp_path / "x")
    (tmp_path / "x/loop").symlink_to(tmp_path / "x")
    fifth = of(tmp_path / "x")
    assert len({first, second, third, fourth, fifth}) == 5
    (tmp_path / "y").mkdir()
    (tmp_path / "y/a").write_bytes(b"1")
    x, y = tmp_path / "x", tmp_path / "y"
    assert fingerprint.everything([x, y]) != of(x)
    assert fingerprint.everything([x, y]) != fingerprint.everything([y, x])


def test_a_file_is_read_up_to_a_bound(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    assert limits.content(tmp_path / "a", most=5) == b"12345"
    with pytest.raises(OSError, match="is longer than 4 bytes") as caught:
        limits.content(tmp_path / "a", most=4)
    assert (caught.value.strerror, caught.value.filename) == ("is longer than 4 bytes", str(tmp_path / "a"))
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="is not a file"):
        limits.content(tmp_path / "pipe")
    with pytest.raises(UsageProblem) as refused:
        limits.named_file(str(tmp_path / "none"), "name another")
    assert str(refused.value) == f"{tmp_path}/none: cannot be read: No such file or directory\n    name another"


def test_the_amendments_of_a_folder_in_their_order(tmp_path: Path) -> None:
    """A Mac lays `._003.yaml` beside 003.yaml; an editor and a person lay other files there."""
    folder = tmp_path / "schedules/p"
    (folder / "amendments").mkdir(parents=True)
    others = ("._003.yaml", "notes.txt", "003.yaml~", ".002.yaml.swp")
    for name in ("10.yaml", "9.yml", "A-2.YAML", "a-1.yaml", *others):
        (folder / "amendments" / name).touch()
    files, problems = amendment_ids.amendment_files(tmp_path, folder)
    assert ([file.name for file in files], problems) == (["9.yml", "10.yaml", "A-2.YAML", "a-1.yaml"], [])
    for name in ("9.yaml", "con.yaml", ".hidden.yaml"):
        (folder / "amendments" / name).touch()
    files, problems = amendment_ids.amendment_files(tmp_path, folder)
    assert [str(problem).partition("\n")[0] for problem in problems] == [
        'schedules/p/amendments/.hidden.yaml: ".hidden" is not an id for an amendment',
        "schedules/p/amendments/9.yml: has the same id as 9.yaml",
        'schedules/p/amendments/con.yaml: "con" is not an id for an amendment',
    ]
    assert [file.name for file in files] == ["9.yaml", "10.yaml", "A-2.YAML", "a-1.yaml"]


def test_a_folder_that_has_no_name_for_a_plan(tmp_path: Path) -> None:
    folder = tmp_path / "schedules/~p"
    (folder / "amendments").mkdir(parents=True)
    (folder / "amendments/001.yaml").touch()
    files, (problem,) = amendment_ids.amendment_files(tmp_path, folder)
    assert [file.name for file in files] == ["001.yaml"]
    assert str(problem) == (
        'schedules/~p/amendments: "~p" is not a name for a plan\'s folder\n    write letters, digits, spaces and -_.'
    )
    (tmp_path / "schedules/q").mkdir()
    assert amendment_ids.amendment_files(tmp_path, tmp_path / "schedules/q") == ([], [])
    (tmp_path / "schedules/q/amendments").touch()
    (problem,) = amendment_ids.amendment_files(tmp_path, tmp_path / "schedules/q")[1]
    assert (problem.found, problem.remedy) == ("is not a folder", "make it one, with a file for each amendment")


def test_work_that_would_not_end_is_said_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    assert limits.of_file("a.docx", lambda: 7) == 7
    monkeypatch.setattr(limits, "SECONDS", 0.05)
    with pytest.raises(DataProblem) as caught:
        limits.of_file("a.docx", lambda: next(n for n in iter(int, 1) if n))
    assert str(caught.value) == "a.docx: would take more than 0 seconds to read\n    name a file of a schedule"
    assert limits.of_file("a.docx", lambda: sum(range(100_000)), texts=10**9) == 4999950000


def test_a_zip_that_says_less_than_it_holds_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = ooxml.pack({"a": b"x" * 1000, "b": b"y" * 1000})
    assert set(ooxml.parts("f.xlsx", data)) == {"a", "b"}
    monkeypatch.setattr(ooxml, "MOST_BYTES", 2000)
    assert set(ooxml.parts("f.xlsx", data)) == {"a", "b"}
    monkeypatch.setattr(ooxml, "MOST_BYTES", 1999)
    with pytest.raises(DocgenError) as caught:
        ooxml.parts("f.xlsx", data)
    assert str(caught.value) == "f.xlsx: unpacks to more than 100,000,000 bytes\n    a schedule takes far less"
    monkeypatch.setattr(ooxml, "MOST_BYTES", 2000)
    monkeypatch.setattr(ooxml, "MOST_PARTS", 1)
    with pytest.raises(DocgenError, match="unpacks to more than"):
        ooxml.parts("f.xlsx", data)


KINDS = {
    "is a PDF, whatever its name says": ("a.docx", b"%PDF-1.7"),
    "is a Word document (.docx), whatever its name says": ("a.xlsx", ooxml.pack({"word/document.xml": b"<a/>"})),
    "is an HTML page, whatever its name says": ("a.xlsx", b"<html><table>"),
    "is locked by a password; take it off": ("a.xlsx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le")),
    "is an old Office document (.doc, .xls), whatever its name says": ("a.docx", b"\xd0\xcf\x11\xe0"),
    "is empty": ("a.xlsx", b""),
    "is not a file of Word or Excel that can be opened": ("a.xlsx", b"PK\x03\x04"),
}


@pytest.mark.parametrize("said", KINDS)
def test_a_file_of_another_kind_is_called_by_it(said: str) -> None:
    with pytest.raises(DocgenError) as caught:
        ooxml.parts(*KINDS[said])
    assert [problem.found for problem in caught.value.problems] == [said]


@pytest.mark.parametrize(
    ("name", "data"), [("a.htm", b"<p>A"), ("a.htm", b"\xff\xfe<"), ("a.txt", b"<html>"), ("a", b"%PDF-")]
)
def test_a_file_that_may_be_what_its_name_says(name: str, data: bytes) -> None:
    assert file_kinds.mismatch(name, data) == ""


PARTS = {"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<a/>", "xl/styles.xml": b"<a/>"}


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (PARTS, ""),
        (PARTS | {"xl/styles.xml": b"<a>"}, "its part xl/styles.xml is broken XML"),
        (PARTS | {"xl/styles.xml": b""}, "its part xl/styles.xml is broken XML"),
        ({"xl/workbook.xml": b"<a/>"}, "lacks its part [Content_Types].xml"),
    ],
)
def test_the_part_of_a_file_that_is_broken_or_missing(parts: dict[str, bytes], said: str) -> None:
    assert ooxml.fault(parts, list(PARTS)).split(", so")[0] == said


@pytest.mark.skipif(os.geteuid() == 0 and not Path("/proc/1").exists(), reason="who is root may write everywhere")
def test_a_workspace_that_cannot_be_locked_is_said(tmp_path: Path) -> None:
    (tmp_path / lock.LOCK).parent.parent.mkdir(parents=True, exist_ok=True)
    blocked = (tmp_path / lock.LOCK).parent
    blocked.write_bytes(b"")
    with pytest.raises(WriterProblem) as caught, lock.held(tmp_path, "docgen seal", print):
        pass
    assert str(caught.value) == f"{blocked}: cannot be locked: File exists\n    keep the workspace where you may write"


def test_watching_needs_a_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    with pytest.raises(UsageProblem) as caught:
        next(watch.changes(tmp_path))
    assert str(caught.value) == "--watch: needs the library watchfiles\n    type: pip install docgen[watch]"
