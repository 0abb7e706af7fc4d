"""A fund whose classes go on over the page says its name again at the top of the next, and the proof knows it."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
import pytest
from lxml import etree

from docgen import readers, writers
from docgen.document.layout import Layout, TextLayout
from docgen.document.tree import Break, Cell, Document, Heading, Mark, Paragraph, Run, Table, TableRow
from docgen.files import ooxml, pdf_pages
from docgen.readers import continued, to_tree
from docgen.readers import pdf as read_pdf
from tests.conftest import ROOT, each

LAYOUT = Layout(TextLayout(), ROOT / "templates/print.css")
HEADS = TableRow("", (Cell("group", (Run("AIM Equity Funds"),), True), Cell("number", (Run("FEE"),), True)))


def fund(name: str, classes: int) -> list[TableRow]:
    rows = [
        TableRow("class", (Cell("", (Run(f"Class {n}"),), True), Cell("number", (Run("0.25%"),), False)))
        for n in range(1, classes + 1)
    ]
    return [TableRow("fund", (Cell("", (Run(name),), True),)), *rows]


@pytest.fixture(scope="module")
def document() -> Document:
    rows = [*fund("AIM Blue Fund", 3), *fund("AIM Red Fund", 120), *fund("AIM Green Fund", 8)]
    return Document((Table("schedule", (HEADS,), tuple(rows)),), draft_mark="DRAFT")


def test_text_says_the_name_under_the_repeated_heads(document: Document) -> None:
    data = writers.WRITERS["txt"](document, LAYOUT)
    first, *others = data.decode().split("<PAGE>\n")
    assert "(continued)" not in first
    assert [page.count("  AIM Red Fund (continued)\n") for page in others] == [1, 1]
    assert readers.difference(document, "txt", data) is None
    assert readers.difference(document, "txt", data.replace(b"AIM Red Fund (c", b"AIM Blue Fund (c")) is not None


def test_the_name_of_a_fund_is_repeated_without_marks_until_the_next() -> None:
    """A row without a name is of the fund above it; before all names there is none to repeat."""
    named = (Run("AIM Red"), Break(), Run("Fund"), Mark("1"))
    fee = Cell("number", (Run("0.25%"),), False)
    rows = [
        TableRow("", (Cell("", (), False), fee)),
        TableRow("", (Cell("", named, True), fee)),
        TableRow("", (Cell("", (), False), fee)),
        TableRow("class", (Cell("", (Run("Class A"),), True), fee)),
        TableRow("", (Cell("", (Run("AIM Green Fund"),), True), fee)),
    ]
    names = continued.names(Table("schedule", (HEADS,), tuple(rows)))
    red, green = "AIM Red Fund (continued)", "AIM Green Fund (continued)"
    assert names == [" (continued)", red, red, red, green]


@pytest.mark.parametrize(
    ("heads", "between", "tables"),
    [("<th>Fund</th>", "", 1), ("<th>Fund</th>", "<p>and</p>", 2), ("", "", 2), ("<th>Fund {}</th>", "", 2)],
)
def test_tables_under_the_same_heads_are_one(heads: str, between: str, tables: int) -> None:
    pieces = [f"<table><tr>{heads.format(n)}</tr><tr><td>Fund {n}</td></tr></table>" for n in (1, 2)]
    blocks = to_tree.read("a.htm", f"<html><body>{between.join(pieces)}</body></html>".encode()).blocks
    assert [len(block.body) for block in blocks if isinstance(block, Table)] == ([2] if tables == 1 else [1, 1])


@pytest.mark.seconds
def test_pdf_says_the_name_over_the_repeated_heads(document: Document) -> None:
    data = writers.WRITERS["pdf"](document, LAYOUT)
    first, *others = pdf_pages.texts(data)
    assert "(continued)" not in first
    assert ["AIM Red Fund (continued)" in page for page in others] == [True, True, True]
    assert readers.difference(document, "pdf", data) is None
    pages = ["".join(page.split()) for page in (first, *others)]
    assert read_pdf.letters(document, pages) is None
    assert read_pdf.letters(document, [page.replace("RedFund(c", "BlueFund(c") for page in pages]) is not None


def headers(data: bytes) -> list[str]:
    """What the headers of a Word file say, those of its other pages by section."""
    word = docx.Document(io.BytesIO(data))
    return ["\n".join(paragraph.text for paragraph in section.header.paragraphs) for section in word.sections]


def test_word_says_the_name_in_the_header_of_the_funds_other_pages(document: Document) -> None:
    data = writers.WRITERS["docx"](document, LAYOUT)
    assert headers(data) == ["DRAFT", "DRAFT\nAIM Red Fund (continued)", "DRAFT"]
    sections = docx.Document(io.BytesIO(data)).sections
    assert [section.different_first_page_header_footer for section in sections] == [True, True, False]
    assert [paragraph.text for paragraph in sections[1].first_page_header.paragraphs] == ["DRAFT"]
    assert readers.difference(document, "docx", data) is None
    parts = ooxml.parts("", data)
    name = next(name for name, part in parts.items() if b"(continued)" in part)
    changed = ooxml.pack({**parts, name: parts[name].replace(b"AIM Red", b"AIM Blue")})
    difference = readers.difference(document, "docx", changed)
    assert difference is not None
    assert (difference.meant, difference.found) == ("AIM Red Fund (continued)", "AIM Blue Fund (continued)")


@pytest.mark.seconds
def test_a_table_that_word_cuts_is_one_again(document: Document) -> None:
    final = replace(document, draft_mark="")
    data = writers.WRITERS["docx"](final, LAYOUT)
    assert headers(data) == ["", "AIM Red Fund (continued)", ""], "a section without its own has that before it"
    tables = [
        [block for block in blocks if isinstance(block, Table)]
        for blocks in (document.blocks, to_tree.read("returned.docx", data).blocks)
    ]
    assert [len(table.rows) for table in tables[0]] == [len(table.rows) for table in tables[1]]


def test_a_heading_goes_with_a_fund_that_has_pages_of_its_own() -> None:
    table = Table("schedule", (HEADS,), tuple(fund("AIM Red Fund", 60)))
    blocks = (Paragraph("opening", (Run("Words."),)), Heading(2, "schedule", (Run("SCHEDULE A"),)), table)
    data = writers.WRITERS["docx"](Document(blocks), LAYOUT)
    body = docx.Document(io.BytesIO(data)).element.body
    before, _, _ = etree.tostring(body, encoding="unicode").partition("SCHEDULE A")
    assert before.count("<w:sectPr>") == 1


def test_a_fund_whose_rows_take_many_lines_goes_on_too() -> None:
    steps = tuple(inline for _ in range(9) for inline in (Run("0.75% on first $150 million"), Break()))[:-1]
    classes = [replace(row, cells=(row.cells[0], Cell("text", steps, False))) for row in fund("", 7)[1:]]
    heads = TableRow("", (HEADS.cells[0], Cell("text", (Run("FEE"),), True)))
    document = Document((Table("schedule", (heads,), (*fund("AIM Red Fund", 0), *classes)),))
    files = {suffix: writers.WRITERS[suffix](document, LAYOUT) for suffix in ("txt", "pdf", "docx")}
    assert [readers.difference(document, suffix, data) for suffix, data in files.items()] == [None] * 3
    assert headers(files["docx"]) == ["AIM Red Fund (continued)"]
    for pages in (files["txt"].decode().split("<PAGE>"), pdf_pages.texts(files["pdf"])):
        assert len(pages) > 1
        assert each("AIM Red Fund (continued)" in page for page in pages[1:])


@pytest.mark.seconds
def test_a_fund_of_eight_classes_stays_whole() -> None:
    rows = [row for number in range(20) for row in fund(f"AIM Fund {number}", 7)]
    document = Document((Table("schedule", (HEADS,), tuple(rows)),))
    texts = [
        writers.WRITERS["txt"](document, LAYOUT).decode(),
        *pdf_pages.texts(writers.WRITERS["pdf"](document, LAYOUT)),
    ]
    assert sum("Class 7" in text for text in texts) > 3
    assert not any("(continued)" in text for text in texts)
