"""What is said of files that cannot be read or locked, and what tells one folder from another."""

from __future__ import annotations

import fcntl
import os
import re
import sys
from pathlib import Path
from typing import IO

import pytest

from docgen.files import file_kinds, fingerprint, html_tags, limits, lock, ooxml, watch
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
    (tmp_path / "x/empty").rmdir()
    (tmp_path / "x/empty").symlink_to(tmp_path / "nowhere")
    sixth = of(tmp_path / "x")
    assert len({first, second, third, fourth, fifth, sixth}) == 6
    (tmp_path / "y").mkdir()
    (tmp_path / "y/a").write_bytes(b"1")
    x, y = tmp_path / "x", tmp_path / "y"
    assert fingerprint.everything([x, y]) != of(x)
    assert fingerprint.everything([x, y]) != fingerprint.everything([y, x])
    before = of(y)
    (y / "a").rename(y / "b")
    assert of(y) != before


def test_a_file_is_read_up_to_a_bound(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    assert limits.content(tmp_path / "a", most=5) == b"12345"
    with pytest.raises(OSError, match="is longer than 4 bytes") as caught:
        limits.content(tmp_path / "a", most=4)
    assert (caught.value.strerror, caught.value.filename) == ("is longer than 4 bytes", str(tmp_path / "a"))
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="is not a file") as caught:
        limits.content(tmp_path / "pipe")
    assert (caught.value.strerror, caught.value.filename) == ("is not a file", str(tmp_path / "pipe"))
    with pytest.raises(UsageProblem) as refused:
        limits.named_file(str(tmp_path / "none"), "name another")
    assert str(refused.value) == f"{tmp_path}/none: cannot be read: No such file or directory\n    name another"


def test_no_more_of_a_file_is_read_than_its_bound(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"")
    os.truncate(tmp_path / "a", 1 << 40)
    with pytest.raises(OSError, match="is longer than 4 bytes"):
        limits.content(tmp_path / "a", most=4)
    with pytest.raises(UsageProblem) as refused:
        limits.named_file("a\0b")
    assert str(refused.value) == "a\0b: cannot be read: embedded null byte"


def test_a_library_of_another_version_is_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Libraries are looked for where Python looks, the current folder among them; a folder may be missing."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", ["", str(tmp_path / "none")])
    hashes = []
    for name in ("other", "weasyprint-70.0.dist-info", "weasyprint-71.0.dist-info", "Python.Docx-1.dist-info"):
        (tmp_path / name).mkdir()
        hashes.append(fingerprint.libraries.__wrapped__())
    assert len(set(hashes)) == 4
    (tmp_path / "unknown-1.0.dist-info").mkdir()
    (tmp_path / "weasyprint-72.0.egg").mkdir()
    assert fingerprint.libraries.__wrapped__() == hashes[-1]


def test_as_many_attributes_as_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html_tags, "MOST_ATTRIBUTES", 3)
    html_tags.refuse_crowded("a.htm", "<p a='>' b c>")
    with pytest.raises(DataProblem) as caught:
        html_tags.refuse_crowded("a.htm", "<p a='>' b c d>")
    remedy = "save it again in the program that it was made with"
    assert str(caught.value) == f"a.htm: has a tag with 4 attributes\n    {remedy}"
    html_tags.refuse_crowded("a.htm", "<p a b c d>")


def lying(data: bytes, size: int) -> bytes:
    """A zip of one part that says another size of it."""
    said = bytearray(data)
    at = said.rindex(b"PK\x01\x02") + 24
    said[at : at + 4] = said[22:26] = size.to_bytes(4, "little")
    return bytes(said)


def test_a_zip_that_lies_is_refused() -> None:
    data = ooxml.pack({"word/document.xml": b"x" * 1000})
    assert ooxml.parts("f.docx", lying(data, 1000)) == {"word/document.xml": b"x" * 1000}
    for size in (0, 10, 999):
        with pytest.raises(DocgenError, match="is not a file of Word or Excel that can be opened"):
            ooxml.parts("f.docx", lying(data, size))


def test_what_a_file_says_about_itself() -> None:
    assert ooxml.core("Plan & Others", ["A. One", "B. Two"]).decode() == (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties '
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Plan &amp; Others</dc:title>'
        "<dc:creator>A. One; B. Two</dc:creator><dc:language>en-US</dc:language></cp:coreProperties>\n"
    )
    assert b"<dc:subject>Fees</dc:subject>" in ooxml.core("", [], "Fees")


@pytest.mark.parametrize("declared", ["<!DOCTYPE a>", "<!ENTITY a 'b'>"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_that_declares_anything_is_refused_in_any_encoding(declared: str, encoding: str) -> None:
    part = f'<?xml version="1.0" encoding="{encoding}"?>{declared}<a/>'.encode(encoding)
    with pytest.raises(DocgenError, match="declares XML entities, in word/document.xml"):
        ooxml.parts("f.docx", ooxml.pack({"word/document.xml": part}))


def test_a_folder_in_a_zip_is_no_part() -> None:
    data = ooxml.pack({"word/": b"", "word/document.xml": b"x", "xl/printerSettings/a.bin": b"<!DOCTYPE a>"})
    assert set(ooxml.parts("f.docx", data)) == {"word/document.xml"}


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
    monkeypatch.setattr(ooxml, "MOST_PARTS", 2)
    assert set(ooxml.parts("f.xlsx", data)) == {"a", "b"}
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
        (PARTS | {"_rels/.rels": b"<a>"}, "its part _rels/.rels is broken XML"),
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


def test_a_system_without_locks_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(stream: object, how: int) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr(fcntl, "flock", none)
    with pytest.raises(WriterProblem) as caught, lock.held(tmp_path, "docgen seal", print):
        pass
    assert str(caught.value).splitlines()[0] == f"{tmp_path / lock.LOCK}: cannot be locked: No locks available"


def test_a_lock_that_was_taken_away_is_taken_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who had it takes its file away between that it is opened here and locked."""
    flock, path, said = fcntl.flock, tmp_path / lock.LOCK, list[str]()
    monkeypatch.setattr(lock, "PAUSE", 0)

    def late(stream: IO[str], how: int) -> None:
        if not said:
            path.rename(tmp_path / "gone")
            path.write_text("docgen build, process 1", encoding="utf-8")
        flock(stream, how)

    monkeypatch.setattr(fcntl, "flock", late)
    with lock.held(tmp_path, "docgen seal", said.append):
        assert path.read_text(encoding="utf-8") == f"docgen seal, process {os.getpid()}"
    assert said == ["docgen build, process 1 is at work in this workspace; waiting for it."]


def test_watching_needs_a_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    with pytest.raises(UsageProblem) as caught:
        next(watch.changes(tmp_path))
    assert str(caught.value) == "--watch: needs the library watchfiles\n    type: pip install docgen[watch]"
