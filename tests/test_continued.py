"""A fund whose classes go on over the page says its name again at the top of the next, and the proof knows it."""

from __future__ import annotations

import pytest

from docgen import readers, writers
from docgen.document.layout import Layout, TextLayout
from docgen.document.tree import Cell, Document, Run, Table, TableRow
from docgen.files import pdf_pages
from docgen.readers import pdf as read_pdf
from tests.conftest import ROOT

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


def test_pdf_says_the_name_over_the_repeated_heads(document: Document) -> None:
    data = writers.WRITERS["pdf"](document, LAYOUT)
    first, *others = pdf_pages.texts(data)
    assert "(continued)" not in first
    assert ["AIM Red Fund (continued)" in page for page in others] == [True, True, True]
    assert readers.difference(document, "pdf", data) is None
    pages = ["".join(page.split()) for page in (first, *others)]
    assert read_pdf.letters(document, pages) is None
    assert read_pdf.letters(document, [page.replace("RedFund(c", "BlueFund(c") for page in pages]) is not None


def test_a_fund_of_eight_classes_stays_whole() -> None:
    rows = [row for number in range(20) for row in fund(f"AIM Fund {number}", 7)]
    document = Document((Table("schedule", (HEADS,), tuple(rows)),))
    texts = [
        writers.WRITERS["txt"](document, LAYOUT).decode(),
        *pdf_pages.texts(writers.WRITERS["pdf"](document, LAYOUT)),
    ]
    assert sum("Class 7" in text for text in texts) > 3
    assert not any("(continued)" in text for text in texts)
