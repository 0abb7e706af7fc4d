"""Each page of a draft says so in every format; a final paper and a redline never do."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document as WordFile

from docgen import readers, writers
from docgen.build import produce
from docgen.cli.options import chosen
from docgen.document.tree import Document, Heading, Paragraph, Run
from docgen.files import ooxml, pdf_pages
from docgen.problems import WriterProblem
from docgen.readers import pdf, to_tree
from tests import making
from tests.conftest import ROOT, Workspace

FORMATS = ("txt", "htm", "pdf", "docx")
CHANGE = """\
number: 2
effective: 2003-11-24
changes:
  - rename: INVESCO Tax-Free Bond Fund
    to: AIM Tax-Free Bond Fund
"""
FINAL = Document(
    (
        Heading(1, "title", (Run("AMENDMENT NO. 2"),)),
        *(Paragraph("clause", (Run(f"Clause {number} stands as it is."),)) for number in range(80)),
    )
)
DRAFT = replace(FINAL, draft_mark="DRAFT – Privileged & Confidential")


def written(document: Document, suffix: str) -> bytes:
    return writers.WRITERS[suffix](document, making.LAYOUT)


def difference(document: Document, suffix: str, data: bytes) -> str:
    result = readers.difference(document, suffix, data)
    return readers.sentence(result) if result else ""


def word(data: bytes) -> WordFile:
    return docx.Document(io.BytesIO(data))


def headers(data: bytes) -> list[list[str]]:
    section = word(data).sections[0]
    each_kind = (section.header, section.first_page_header, section.even_page_header)
    return [[f"{line.style.name}: {line.text}" for line in header.paragraphs] for header in each_kind]


def test_each_page_of_text_says_so_within_its_length() -> None:
    pages = written(DRAFT, "txt").decode().split("<PAGE>\n")
    assert len(pages) > 2
    for page in pages:
        assert page.splitlines()[0].split() == ["DRAFT", "-", "Privileged", "&", "Confidential"]
        assert len(page.splitlines()) <= making.LAYOUT.text.page_length + 1, "its lines, and the tag"


@pytest.mark.seconds
def test_each_page_of_the_pdf_says_so() -> None:
    texts = pdf_pages.texts(written(DRAFT, "pdf"))
    assert len(texts) > 2
    assert [text.count(DRAFT.draft_mark) for text in texts] == [1] * len(texts)


@pytest.mark.parametrize("numbers", ["@top-left", "@top-right", "@bottom-left"])
def test_a_style_sheet_of_the_workspaces_own_may_know_nothing_of_it(numbers: str, tmp_path: Path) -> None:
    face = '@font-face { font-family: "Liberation Serif docgen"; src: url(fonts/LiberationSerif-Regular.ttf) } '
    font = 'font: 10pt "Liberation Serif docgen"'
    css = f"{face} html {{ {font} }} @page {{ size: letter; {numbers} {{ content: counter(page); {font} }} }}"
    css += f" @page :first {{ {numbers} {{ content: none }} }}"
    (tmp_path / "print.css").write_text(css, encoding="utf-8")
    layout = replace(making.LAYOUT, css=tmp_path / "print.css", folders=(tmp_path, *making.FOLDERS))
    data = writers.WRITERS["pdf"](DRAFT, layout)
    assert len(pdf_pages.texts(data)) > 2
    assert difference(DRAFT, "pdf", data) == ""


def test_each_header_of_word_says_so_in_its_style() -> None:
    assert headers(written(DRAFT, "docx")) == [[f"Draft Mark: {DRAFT.draft_mark}"]] * 3


def test_html_says_so_first() -> None:
    body = written(DRAFT, "htm").decode().partition('<div style="')[2].partition("\n")[2]
    first = body.partition("</p>")[0]
    assert first.endswith(">DRAFT &#8211; Privileged &amp; Confidential")
    assert body.count("DRAFT") == 1


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_proof_tells_a_draft_from_a_final_paper(suffix: str) -> None:
    draft, final = written(DRAFT, suffix), written(FINAL, suffix)
    assert difference(DRAFT, suffix, draft) == difference(FINAL, suffix, final) == ""
    assert difference(DRAFT, suffix, final) != ""
    assert difference(FINAL, suffix, draft) != ""
    assert ("DRAFT" in difference(FINAL, suffix, draft)) == (suffix != "htm")  # which is told by its heads


def test_a_page_of_text_without_it_is_named() -> None:
    first, second, rest = written(DRAFT, "txt").decode().split("<PAGE>\n", 2)
    second = second.replace("DRAFT", "Final")
    said = difference(DRAFT, "txt", "<PAGE>\n".join([first, second, rest]).encode())
    assert said == (
        'page 2 says "Final - Privileged & Confidential" at the top where the document says '
        '"DRAFT - Privileged & Confidential"'
    )


def test_a_page_of_the_pdf_without_it_is_named() -> None:
    pages = ["".join(text.split()) for text in pdf_pages.texts(written(DRAFT, "pdf"))]
    assert pdf.letters(DRAFT, pages) is None
    pages[1] = pages[1].replace("Confidential", "Confidentia1")
    result = pdf.letters(DRAFT, pages)
    assert result is not None
    assert (result.place, result.kind, result.meant) == ("page 2", "draft mark", DRAFT.draft_mark)
    assert "onfidentia1" in result.found


def test_a_header_of_word_without_it_is_named() -> None:
    parts = ooxml.parts("", written(DRAFT, "docx"))
    first = next(name for name in parts if name.startswith("word/header") and b"DRAFT" in parts[name])
    changed = ooxml.pack(parts | {first: parts[first].replace(b"DRAFT", b"Final")})
    assert 'pages says "Final – Privileged' in difference(DRAFT, "docx", changed)
    gone = ooxml.pack(parts | {"word/document.xml": parts["word/document.xml"].replace(b'w:type="first"', b"")})
    assert difference(DRAFT, "docx", gone).startswith(
        'the header of first pages says "nothing" at the top where the document says "DRAFT'
    )


def reference(tmp_path: Path, change: Any) -> Any:
    """The layout of a workspace whose reference.docx somebody has changed."""
    file = word((ROOT / "templates/reference.docx").read_bytes())
    change(file)
    file.save(str(tmp_path / "reference.docx"))
    return replace(making.LAYOUT, folders=(tmp_path, *making.FOLDERS))


def test_a_header_of_the_workspaces_own_stays_below_it(tmp_path: Path) -> None:
    layout = reference(tmp_path, lambda file: file.sections[0].header.paragraphs[0].add_run("Smith & Jones LLP"))
    final, draft = (writers.WRITERS["docx"](document, layout) for document in (FINAL, DRAFT))
    assert [line.rpartition(": ")[2] for line in headers(final)[0]] == ["Smith & Jones LLP"]
    assert [line.rpartition(": ")[2] for line in headers(draft)[0]] == [DRAFT.draft_mark, "Smith & Jones LLP"]
    assert difference(FINAL, "docx", final) == difference(DRAFT, "docx", draft) == ""


def test_an_older_reference_will_do_for_final_papers(tmp_path: Path) -> None:
    layout = reference(tmp_path, lambda file: file.styles["Draft Mark"].delete())
    assert writers.WRITERS["docx"](FINAL, layout)
    with pytest.raises(WriterProblem, match='has no style "Draft Mark"'):
        writers.WRITERS["docx"](DRAFT, layout)


def test_words_that_edgar_text_lacks_are_a_problem() -> None:
    with pytest.raises(WriterProblem, match='EDGAR text has no "ñ"'):
        written(replace(FINAL, draft_mark="BORRADOR, mañana"), "txt")


@pytest.mark.parametrize(
    ("plan", "amendment", "mark"),
    [
        ("", "draft: true\n", "DRAFT"),
        ("", "", ""),
        ("form: {draft_mark: PRIVILEGED DRAFT}\n", "draft: true\n", "PRIVILEGED DRAFT"),
        ("form: {draft_mark: PRIVILEGED DRAFT}\n", "", ""),
        ("form: {draft_mark: none}\n", "draft: true\n", ""),
        ("form: {draft_mark: PRIVILEGED DRAFT}\n", "draft: true\nform: {draft_mark: none}\n", ""),
        ("form: {draft_mark: none}\n", "draft: true\nform: {draft_mark: For comment}\n", "For comment"),
    ],
)
def test_the_setting(plan: str, amendment: str, mark: str, workspace: Workspace) -> None:
    before = (workspace.root / "schedules/p/plan.yaml").read_text(encoding="utf-8")
    workspace.write({"schedules/p/plan.yaml": plan + before, "schedules/p/amendments/002.yaml": CHANGE + amendment})
    (paper,) = chosen(workspace.root, ["p/002"]).papers
    assert {produce.document(paper, name).draft_mark for name in paper.documents()} == {mark}


def test_words_that_are_too_long_are_a_problem(workspace: Workspace) -> None:
    workspace.write({"schedules/p/amendments/002.yaml": f"{CHANGE}draft: true\nform: {{draft_mark: {'A' * 81}}}\n"})
    ran = workspace.run("check")
    assert "002.yaml:7: form.draft_mark: is 81 characters long\n    write 80 characters at most" in ran.err + ran.out


@pytest.mark.slow
def test_a_redline_says_nothing_of_it(workspace: Workspace) -> None:
    workspace.write({"schedules/p/amendments/002.yaml": f"{CHANGE}draft: true\n"})
    assert workspace.run("build").code == 0
    kept = workspace.write(
        {f"draft.{suffix}": (workspace.root / f"build/p/002/schedule.{suffix}").read_bytes() for suffix in FORMATS}
    )
    assert to_tree.read("draft.htm", (kept.root / "draft.htm").read_bytes()).title.startswith("SCHEDULE A")
    for draft in ("draft: true\n", ""):
        workspace.write({"schedules/p/amendments/002.yaml": CHANGE + draft})
        for against in ("draft.htm", "draft.docx", "p/001"):
            ran = workspace.run("redline", "p/002", "--against", against)
            assert ran.code == 0, ran.err
            assert "DRAFT" not in ran.out
    for path in workspace.root.glob("build/p/002/*redline*"):
        data = path.read_bytes()
        words = "".join(pdf_pages.texts(data)) if path.suffix == ".pdf" else data.decode("utf-8", "replace")
        text = str(headers(data)) if path.suffix == ".docx" else words
        assert "DRAFT" not in text, path
