"""The PDF is what a partner would sign: letter size, embedded font, tagged, the same bytes, nothing fetched."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
import weasyprint

from docgen import readers
from docgen.build import produce
from docgen.cli.options import chosen
from docgen.document.layout import Layout, TextLayout
from docgen.document.tree import Break, Cell, Document, Heading, Mark, Paragraph, Run, Table, TableRow
from docgen.files import pdf_pages
from docgen.problems import WriterProblem
from docgen.readers import pdf as read_pdf
from docgen.workspace.select import Paper
from docgen.writers import pdf, widths
from tests import making
from tests.conftest import ROOT, Workspace, each


@pytest.fixture(scope="module")
def seed() -> bytes:
    (paper,) = chosen(ROOT, ["aim-class-b/002"]).papers
    return produce.files(paper, ["pdf"])["amendment.pdf"]


@pytest.mark.seconds
def test_page_and_metadata(seed: bytes) -> None:
    document = pypdfium2.PdfDocument(seed)
    assert {page.get_size() for page in document} == {(612.0, 792.0)}
    said = document.get_metadata_dict()
    assert said["Title"] == "AMENDMENT NO. 2 TO THE AMENDED AND RESTATED MASTER DISTRIBUTION PLAN"
    assert said["Author"].startswith("AIM BOND FUNDS, INC., AIM COMBINATION STOCK & BOND FUNDS, INC.")
    assert said["CreationDate"] == said["ModDate"] == "", "no clock in the file"
    assert document.get_version() == 17
    assert bool(pdfium.FPDFCatalog_IsTagged(document))
    document.close()


def test_language_and_standards_are_named(seed: bytes) -> None:
    rest = decompressed(seed)
    assert b"/Lang (en-US)" in rest
    assert b'pdfuaid:part="1"' in rest
    assert b'pdfaid:part="2"' in rest
    assert b'pdfaid:conformance="A"' in rest


@pytest.mark.parametrize(
    "word",
    [
        "/Annots",
        "/AcroForm",
        "/OpenAction",
        "/AA ",
        "/Names",
        "/Outlines",
        "/JavaScript",
        "/URI",
        "/EmbeddedFile",
        "/Launch",
    ],
)
def test_no_links_bookmarks_scripts_or_attachments(seed: bytes, word: str) -> None:
    assert word.encode() not in decompressed(seed)


def test_only_liberation_serif_is_embedded(seed: bytes) -> None:
    fonts = set(re.findall(rb"/BaseFont /([^\s/]+)", decompressed(seed)))
    assert fonts
    assert each(b"+Liberation-Serif-docgen" in font for font in fonts)
    descriptors = decompressed(seed).split(b"/Type /FontDescriptor")[1:]
    assert len(descriptors) == len(fonts)
    assert each(b"/FontFile" in descriptor[:600] for descriptor in descriptors)


def test_margins_are_an_inch(seed: bytes) -> None:
    document = pypdfium2.PdfDocument(seed)
    for page in document:
        text = page.get_textpage()
        boxes = [text.get_rect(n) for n in range(text.count_rects())]
        assert min(left for left, *_ in boxes) >= 71.5
        assert max(right for _, _, right, _ in boxes) <= 612 - 71
        assert max(top for *_, top in boxes) <= 792 - 70
    document.close()


@pytest.mark.slow
def test_heads_repeat_and_pages_are_numbered() -> None:
    rows = [{"name": f"Fund {n}", "values": {"a": "0.75%"}} for n in range(120)]
    plan = {
        "title": "Plan",
        "kind": "distribution-plan",
        "schedule": {"columns": {"a": {"heading": "Maximum Fee", "holds": "rate"}}},
    }
    folder = making.folder(
        plan, {"number": "1", "effective": "2003-01-01", "restate": {"groups": [{"name": "TRUST", "rows": rows}]}}
    )
    paper = Paper(folder, folder.amendments[0], making.FOLDERS)
    document = pypdfium2.PdfDocument(produce.files(paper, ["pdf"])["amendment.pdf"])
    texts = [page.get_textpage().get_text_bounded() for page in document]
    assert len(texts) >= 3
    for number, text in enumerate(texts, start=1):
        assert "MAXIMUM FEE" in " ".join(text.split())
        assert "TRUST" in text
        assert (text.strip().endswith(str(number)) or number == len(texts)) if number > 1 else True
    document.close()


SCRIPT = """
import hashlib, sys
from pathlib import Path
from docgen.build import produce
from docgen.cli.options import chosen
(paper,) = chosen(Path(sys.argv[1]), ["aim-class-b/002"]).papers
for name, data in sorted(produce.files(paper, ["txt", "htm", "pdf"]).items()):
    print(name, hashlib.sha256(data).hexdigest())
"""


@pytest.mark.slow
def test_same_bytes_in_each_process_locale_and_time_zone() -> None:
    outputs = set()
    for seed, zone, language in (("0", "UTC", "C"), ("1", "Asia/Tokyo", "C.UTF-8")):
        env = dict(os.environ) | {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": language, "PYTHONPATH": str(ROOT)}
        ran = subprocess.run(
            [sys.executable, "-c", SCRIPT, str(ROOT)], env=env, capture_output=True, text=True, check=True
        )
        outputs.add(ran.stdout)
    assert len(outputs) == 1
    assert len(outputs.pop().splitlines()) == 6


def test_the_html_is_read_as_an_html_parser_reads_it() -> None:
    (paper,) = chosen(ROOT, ["aim-class-b/002"]).papers
    awkward = Document(
        (
            Paragraph(
                "terms",
                (Run('A & B <i>\u00a0“’" c</p>', redline="inserted"), Break(), Mark("1")),
            ),
        )
    )
    for document in (produce.document(paper, "amendment"), awkward):
        html = pdf.print_html(document)
        ours = pdf.Page(html, making.FOLDERS).etree_element
        theirs = weasyprint.HTML(string=html).etree_element
        assert elements(ours) == elements(theirs)
        assert "".join(ours.itertext()).split() == "".join(theirs.itertext()).split()


def elements(root: Any) -> list[tuple[str, dict[str, str]]]:
    return [(element.tag, element.attrib) for element in root.iter()]


def styled(tmp_path: Path, css: str) -> Layout:
    (tmp_path / "print.css").write_text(css, encoding="utf-8")
    return Layout(TextLayout(), tmp_path / "print.css", (tmp_path, *making.FOLDERS))


WORDS = Document((Paragraph("terms", (Run("All other terms"),)),))
FACE = '@font-face { font-family: "Liberation Serif docgen"; src: url(fonts/LiberationSerif-Regular.ttf) } '


@pytest.mark.warned
@pytest.mark.parametrize(
    "address",
    [
        "http://localhost/a.png",
        "https://www.sec.gov/a.png",
        "file:///etc/passwd",
        "ftp://localhost/a",
        "../pyproject.toml",
        "data:image/png;base64,AAAA",
    ],
)
def test_nothing_is_fetched_but_the_templates_own_files(tmp_path: Path, address: str) -> None:
    layout = styled(tmp_path, FACE + f'html {{ font-family: "Liberation Serif docgen"; background: url({address}) }}')
    with pytest.raises(WriterProblem, match="WeasyPrint says"):
        pdf.write(WORDS, layout)


def test_a_workspaces_own_style_sheet_finds_docgens_fonts(tmp_path: Path) -> None:
    assert pdf.write(WORDS, styled(tmp_path, FACE + 'html { font-family: "Liberation Serif docgen" }'))


def test_a_fallback_font_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(WriterProblem, match="the font of print.css has no") as refused:
        pdf.write(WORDS, styled(tmp_path, "html { font-family: serif }"))
    assert "bring a font" in refused.value.problems[0].remedy


@pytest.mark.seconds
@pytest.mark.warned
def test_a_sign_that_the_font_lacks_is_named(workspace: Workspace) -> None:
    plan = (workspace.root / "schedules/p/plan.yaml").read_text(encoding="utf-8")
    workspace.write({"schedules/p/plan.yaml": plan.replace("Master", "中文") + "ascii: {中: Zhong, 文: wen}\n"})
    ran = workspace.run("build")
    assert ran.code == 1
    assert 'the font of print.css has no "' in ran.err
    assert "中" in ran.err
    assert not (workspace.root / "build/p").exists()


@pytest.mark.warned
def test_what_weasyprint_warns_of_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(WriterProblem, match="WeasyPrint says: .*colour"):
        pdf.write(WORDS, styled(tmp_path, FACE + 'html { font-family: "Liberation Serif docgen"; colour: red }'))


def decompressed(data: bytes) -> bytes:
    """The file's streams and objects as plain bytes."""
    parts = [data]
    for found in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL):
        try:
            parts.append(zlib.decompress(found[1]))
        except zlib.error:
            continue
    return b"\n".join(parts)


@pytest.mark.slow
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_machine_without_pango_is_told_what_to_install(workspace: Workspace, tmp_path: Path, jobs: str) -> None:
    (tmp_path / "none/weasyprint").mkdir(parents=True)
    broken = 'raise OSError("cannot load library libpango-1.0-0: no such file")\n'
    (tmp_path / "none/weasyprint/__init__.py").write_text(broken, encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "docgen", "build", "--jobs", jobs],
        cwd=workspace.root,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path / "none"), str(ROOT)])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 1
    assert ran.stderr.startswith("--format pdf: WeasyPrint cannot be loaded: cannot load library libpango-1.0-0")
    assert "Traceback" not in ran.stderr
    assert not list(workspace.root.glob("build/*/*/*"))


@pytest.mark.parametrize(("words", "lines"), [("AIM Fund", 20), ("AIM Fund of a long name that wraps " * 2, 40)])
def test_a_tables_height_is_told_by_its_lines(words: str, lines: int) -> None:
    """One that is too high for the rest of a page may break, however few its rows are."""
    cells = Cell("", (Run("Class A"),), True), Cell("text", (Run(words),), False)
    table = Table("schedule", (), (TableRow("", cells),) * 20)
    assert sum(widths.heights(table, widths.Fit(widths.SIZES[0], (50.0, 50.0)))) == lines


def wide(columns: int, head: str) -> Document:
    """A heading, a table with so many columns of these heads, and words behind it."""
    heads = (Cell("group", (Run("AIM Equity Funds"),), True), *[Cell("number", (Run(head),), True)] * columns)
    cells = (Cell("", (Run("AIM Blue Chip Fund"),), True), *[Cell("number", (Run("0.25%"),), False)] * columns)
    table = Table("schedule", (TableRow("", heads),), (TableRow("", cells),) * 2)
    words = [Paragraph("recital", (Run(text),)) for text in ("All other terms.", "They stay.")]
    return Document((words[0], Heading(2, "schedule", (Run("SCHEDULE A"),)), table, words[1]))


@pytest.mark.seconds
@pytest.mark.parametrize(
    ("columns", "head", "pages"),
    [
        (3, "SERVICE FEE", [612]),
        (9, "SERVICE", [612]),
        (6, "ADMINISTRATIVE", [612, 792, 612]),
        (12, "ADMINISTRATIVE", [612, 1224, 612]),
    ],
)
@pytest.mark.parametrize("older", [False, True])
def test_a_wide_table_has_pages_on_which_no_word_breaks(
    columns: int, head: str, pages: list[int], older: bool, tmp_path: Path
) -> None:
    """Its heading is on them too; what stands above and below is on the usual ones. A style sheet that a workspace has
    from a time before such pages says nothing of them, and gets them all the same."""
    sheet = (ROOT / "templates/print.css").read_text(encoding="utf-8")
    of_today = re.compile(r"^(@page l|\.l|table\.|tr\.tall).*\n", re.MULTILINE)
    (tmp_path / "print.css").write_text(of_today.sub("", sheet) if older else sheet, encoding="utf-8")
    layout = Layout(TextLayout(), tmp_path / "print.css", (tmp_path.resolve(), ROOT / "templates"))
    data = pdf.write(wide(columns, head), layout)
    with pdf_pages.pages(data) as each:
        assert [round(page.get_width()) for page in each] == pages
        words = " ".join(pdf_pages.text(page) for page in each).split()
    assert words.count("0.25%") == 2 * columns
    assert words.count(head.split()[0]) == columns


@pytest.mark.seconds
@pytest.mark.parametrize("middle", [True, False])
def test_a_row_taller_than_a_page_goes_on_over_it_and_is_proved(middle: bool) -> None:
    """Its cells are read part by part; a word that is missing is still told."""
    words = Cell("text", (Run(" ".join(f"word{number} of it" for number in range(400))),), False)
    rate = Cell("number", (Run("of 0.25%"),), False)
    names = [Cell("", (Run(f"AIM {name} Fund"),), True) for name in ("Blue", "Red", "Green")]
    heads = [Cell(role, (Run(role),), True) for role in ("group", "text", "number")]
    cells = [
        (names[0], rate, rate),
        (names[1], words, rate) if middle else (names[1], rate, words),
        (names[2], rate, rate),
    ]
    document = Document((Table("schedule", (TableRow("", tuple(heads)),), tuple(TableRow("", row) for row in cells)),))
    data = pdf.write(document, Layout(TextLayout(), ROOT / "templates/print.css"))
    assert readers.difference(document, "pdf", data) is None
    texts = pdf_pages.texts(data)
    assert len(texts) > 1
    assert each("text" in text.split()[:3] for text in texts)
    altered = ["".join(text.split()).replace("word300of", "word301of") for text in texts]
    assert read_pdf.letters(document, altered) is not None
