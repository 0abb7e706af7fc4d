"""Word files have named styles and no looks of their own, rows that hold together, and the same bytes each time."""

from __future__ import annotations

import io
import runpy
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest
from hypothesis import given
from lxml import etree

from docgen import readers, writers
from docgen.build import produce
from docgen.cli.options import chosen
from docgen.consolidation.plan_folder import PlanFolder
from docgen.document import render, roles
from docgen.document.layout import Layout, TextLayout
from docgen.document.markup import VOCABULARY
from docgen.document.tree import Document, Paragraph, Run
from docgen.files import ooxml
from docgen.problems import DocgenError, WriterProblem
from docgen.writers.docx import STYLES
from tests import making
from tests.conftest import ROOT, each
from tests.test_laws import LAWS
from tests.test_pdf import wide
from tests.test_proof import two_columns

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
REFERENCE = ROOT / "templates/reference.docx"


def written(document: Document) -> bytes:
    return writers.WRITERS["docx"](document, making.LAYOUT)


def body(data: bytes) -> Any:
    return etree.fromstring(ooxml.parts("", data)["word/document.xml"])


@pytest.fixture(scope="module")
def seed() -> bytes:
    (paper,) = chosen(ROOT, ["aim-class-b/002"]).papers
    return produce.files(paper, ["docx"])["amendment.docx"]


def test_every_role_has_a_style() -> None:
    for tag in ("h1", "h2", "p"):
        assert set(VOCABULARY[tag].roles) <= roles.PARAGRAPHS.keys()
    values = {*VOCABULARY["td"].roles, *(f"head {role}" for role in VOCABULARY["th"].roles if role != "group")}
    rows = {"group", *(f"{role} name" for role in VOCABULARY["tr"].roles if role != "label"), "label", "name"}
    assert values | rows <= roles.CELLS.keys()


def test_the_reference_is_what_its_script_makes_and_has_every_style() -> None:
    made = runpy.run_path(str(ROOT / "docs/reference_docx.py"))["made"]()
    assert ooxml.parts("", made) == ooxml.parts("", REFERENCE.read_bytes())
    assert {str(style.name) for style in docx.Document(str(REFERENCE)).styles} >= STYLES


@pytest.mark.seconds
def test_the_looks_are_all_in_the_styles(seed: bytes) -> None:
    root = body(seed)
    assert {child.tag for look in root.iter(f"{W}pPr") for child in look} == {f"{W}pStyle", f"{W}keepNext"}
    assert {child.tag for look in root.iter(f"{W}rPr") for child in look} <= {f"{W}rStyle"}
    assert {child.tag for look in root.iter(f"{W}tcPr") for child in look} == {f"{W}tcW", f"{W}gridSpan"}
    used = {style.get(f"{W}val") for style in root.iter(f"{W}pStyle")}
    assert {"Title", "ScheduleHeading", "Opening", "Clause", "GroupName", "Number", "Dated"} <= used


def test_rows_hold_together_and_heads_repeat(seed: bytes) -> None:
    for table in body(seed).iter(f"{W}tbl"):
        rows = table.findall(f"{W}tr")
        assert each(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
        assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True] * 2 + [False] * (len(rows) - 2)
        grid = [int(column.get(f"{W}w")) for column in table.iter(f"{W}gridCol")]
        assert sum(grid) == 9360
        assert table.getnext().tag == f"{W}p", "two tables without words between them would be one in Word"


def test_a_letter_page_with_its_number_in_times(seed: bytes) -> None:
    parts = ooxml.parts("", seed)
    (page,) = body(seed).iter(f"{W}pgSz")
    assert (page.get(f"{W}w"), page.get(f"{W}h")) == ("12240", "15840")
    assert b" PAGE </w:instrText>" in parts["word/footer.xml"]
    styles = etree.fromstring(parts["word/styles.xml"])
    assert {font.get(f"{W}ascii") for font in styles.iter(f"{W}rFonts")} == {"Times New Roman"}


def test_a_wide_table_has_a_section_of_its_own_on_pages_that_lie() -> None:
    written = writers.WRITERS["docx"](wide(6, "ADMINISTRATIVE"), Layout(TextLayout(), ROOT / "templates/print.css"))
    sections = list(body(written).iter(f"{W}sectPr"))
    assert [section.find(f"{W}pgSz").get(f"{W}w") for section in sections] == ["12240", "15840", "12240"]
    assert [section.find(f"{W}titlePg") is not None for section in sections] == [True, False, False]
    assert {size.get(f"{W}val") for size in body(written).iter(f"{W}sz")} == {"18"}
    assert sum(int(column.get(f"{W}w")) for column in body(written).iter(f"{W}gridCol")) == 12960


def test_same_bytes_and_no_clock(seed: bytes) -> None:
    (paper,) = chosen(ROOT, ["aim-class-b/002"]).papers
    assert produce.files(paper, ["docx"])["amendment.docx"] == seed
    with zipfile.ZipFile(io.BytesIO(seed)) as packed:
        assert {member.date_time for member in packed.infolist()} == {ooxml.EPOCH}
        names = packed.namelist()
    assert names == [ooxml.FIRST, *sorted(set(names) - {ooxml.FIRST})]
    said = ooxml.parts("", seed)[ooxml.CORE]
    assert b"created" not in said
    assert b"modified" not in said
    core = docx.Document(io.BytesIO(seed)).core_properties
    assert core.title == "AMENDMENT NO. 2 TO THE AMENDED AND RESTATED MASTER DISTRIBUTION PLAN"
    assert core.author.startswith("AIM BOND FUNDS, INC.; AIM COMBINATION STOCK & BOND FUNDS, INC.")


@pytest.mark.slow
@LAWS
@given(making.plans())
def test_letters_survive_word(plan: PlanFolder) -> None:
    tree = render.document(plan, plan.amendments[0], "amendment", making.FOLDERS)
    assert readers.difference(tree, "docx", written(tree)) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Gamma", "Gamna"),
        ("<w:tblHeader/>", ""),
        ("<w:t ", "<w:br/><w:t "),
        ("</w:tr><w:tr>", ""),
        ('<w:t xml:space="preserve">Gamma</w:t>', '<w:delText xml:space="preserve">Gamma</w:delText>'),
    ],
)
def test_a_file_that_says_otherwise_is_found(old: str, new: str) -> None:
    document = two_columns("a", "b")
    parts = ooxml.parts("", written(document))
    text = parts["word/document.xml"].decode()
    assert old in text
    changed = ooxml.pack(parts | {"word/document.xml": text.replace(old, new, 1).encode()})
    assert readers.difference(document, "docx", changed) is not None
    assert readers.difference(document, "docx", ooxml.pack(parts)) is None
    alone = {name: part for name, part in parts.items() if name != "word/_rels/document.xml.rels"}
    assert readers.difference(document, "docx", ooxml.pack(alone)) is None, "whose body names no other part"


def test_heads_of_words_are_alike() -> None:
    """Only the name of a group over its rows stands out."""
    text = ooxml.parts("", written(two_columns("a", "b")))["word/document.xml"].decode()
    assert "GroupName" not in text


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("<w:r><w:t ", "<w:r><w:rPr><w:b/></w:rPr><w:t ", "<strong>NAME</strong>"),
        ("<w:r><w:t ", '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t ', "<sup>NAME</sup>"),
        ("<w:r><w:t ", '<w:r><w:rPr><w:rStyle w:val="Odd"/></w:rPr><w:t ', "Run style with ID Odd was referenced"),
        ('w:val="ColumnHeadText"', 'w:val="Odd"', "Paragraph style with ID Odd was referenced"),
        ("<w:r><w:t ", '<w:r><w:footnoteReference w:id="1"/><w:t ', "<NoteReference>"),
        ("<w:body>", "<w:body><w:odd/>", "An unrecognised element was ignored: w:odd"),
        ("</w:tbl>", "<w:p/></w:tbl>", "unexpected non-row element in table"),
    ],
)
def test_what_no_document_says_is_remarked_on(old: str, new: str, said: str) -> None:
    document = two_columns("a", "b")
    parts = ooxml.parts("", written(document))
    text = parts["word/document.xml"].decode()
    assert old in text
    changed = ooxml.pack(parts | {"word/document.xml": text.replace(old, new, 1).encode()})
    difference = readers.difference(document, "docx", changed)
    assert difference is not None
    assert said in readers.sentence(difference)


def with_reference(tmp_path: Path, data: bytes) -> WriterProblem:
    """What the writer says to a workspace's own reference.docx."""
    (tmp_path / "reference.docx").write_bytes(data)
    with pytest.raises(WriterProblem) as caught:
        writers.WRITERS["docx"](two_columns("a", "b"), replace(making.LAYOUT, folders=(tmp_path, *making.FOLDERS)))
    return caught.value


def test_a_reference_without_a_style_is_named(tmp_path: Path) -> None:
    parts = ooxml.parts("", REFERENCE.read_bytes())
    styles = parts["word/styles.xml"].replace(b'"Recital"', b'"Because"').replace(b'"Number"', b'"Figure"')
    said = [
        problem.found for problem in with_reference(tmp_path, ooxml.pack(parts | {"word/styles.xml": styles})).problems
    ]
    assert said == ['has no style "Number"', 'has no style "Recital"']


def test_a_reference_that_is_none_is_refused(tmp_path: Path) -> None:
    parts = ooxml.parts("", REFERENCE.read_bytes())
    assert "is not a file of Word" in str(with_reference(tmp_path, b"PK nonsense"))
    assert "lacks its part [Content_Types].xml" in str(with_reference(tmp_path, ooxml.pack({"a.txt": b"a"})))
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>' + parts["word/document.xml"].partition(b"?>")[2]
    assert "declares XML entities" in str(with_reference(tmp_path, ooxml.pack(parts | {"word/document.xml": bomb})))


@pytest.mark.slow
def test_a_file_that_unpacks_to_too_much_is_refused() -> None:
    bomb = ooxml.pack({"word/document.xml": b" " * (ooxml.MOST_BYTES + 1)})
    assert len(bomb) < 1_000_000
    with pytest.raises(DocgenError, match="unpacks to more than 100,000,000 bytes"):
        ooxml.parts("bomb.docx", bomb)
    with pytest.raises(DocgenError, match="unpacks to more than"):
        ooxml.parts("many.docx", ooxml.pack({str(number): b"" for number in range(ooxml.MOST_PARTS + 1)}))


def test_the_looks_are_the_workspaces_own(tmp_path: Path) -> None:
    parts = ooxml.parts("", REFERENCE.read_bytes())
    styles = parts["word/styles.xml"].replace(b"Times New Roman", b"Garamond")
    (tmp_path / "reference.docx").write_bytes(ooxml.pack(parts | {"word/styles.xml": styles}))
    layout = replace(making.LAYOUT, folders=(tmp_path, *making.FOLDERS))
    made = ooxml.parts("", writers.WRITERS["docx"](Document((Paragraph("terms", (Run("A"),)),), "es"), layout))
    assert b"Garamond" in made["word/styles.xml"]
    assert b'w:lang w:val="es"' in made["word/styles.xml"]


def pages(data: bytes, folder: Path) -> Iterator[str]:
    """The pages as LibreOffice sets them."""
    (folder / "read.docx").write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), "read.docx"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=600)
    document = pypdfium2.PdfDocument(folder / "read.pdf")
    yield from [page.get_textpage().get_text_bounded() for page in document]
    document.close()


@pytest.mark.seconds
@pytest.mark.skipif(shutil.which("soffice") is None, reason="install LibreOffice: libreoffice-writer")
def test_libreoffice_opens_it(seed: bytes, tmp_path: Path) -> None:
    first, second = pages(seed, tmp_path)
    assert first.startswith("AMENDMENT NO. 2")
    assert "INVESCO Advantage Global Health Sciences Fund 0.75% 0.25% 1.00%" in first
    assert "Dated: November 3, 2003" in second
    assert second.split()[-1] == "2"
