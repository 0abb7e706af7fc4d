"""A row that no page has room for goes on over the page, and says there whose it is, in every format."""

from __future__ import annotations

import io

import docx
import pytest

from docgen import readers, writers
from docgen.document.layout import Layout, TextLayout
from docgen.document.tree import Break, Cell, Content, Document, Mark, Revision, Run, Table, TableRow
from docgen.files import pdf_pages
from tests.conftest import ROOT

LAYOUT = Layout(TextLayout(), ROOT / "templates/print.css")
NAME = "AIM Blue Fund"
ONWARD = f"{NAME} (continued)"


def note(words: int, first: str = "w") -> Content:
    return (Run(" ".join(f"{first}{n}" for n in range(words))),)


def value(text: str) -> Cell:
    return Cell("number", (Run(text),), False)


def row(name: str, *notes: Content, role: str = "", redline: Revision = "") -> TableRow:
    """A row with a fee, and with one note or two."""
    cells = (Cell("", (Run(name),) if name else (), True), value("0.25%"))
    return TableRow(role, cells + tuple(Cell("", content, False) for content in notes), redline)


def fund(name: str) -> TableRow:
    return TableRow("fund", (Cell("", (Run(name),), True),))


BANDS = tuple(piece for n in range(90) for piece in (Run(f"w{n}"), Break()))[:-1]
SIGNED = TableRow("", (Cell("", (Run(NAME), Mark("1")), True), value("0.25%"), Cell("", note(600), False)))
SHORT = [row(f"AIM Fund {n}", (Run("-"),)) for n in range(6)]
TALL = {
    "the only row": [row(NAME, note(600))],
    "the first row": [row(NAME, note(600)), *SHORT],
    "the last row": [*SHORT, row(NAME, note(600))],
    "between others": [*SHORT, row(NAME, note(400)), *SHORT],
    "of many pages": [*SHORT, row(NAME, note(2000))],
    "a little more than a page": [row(NAME, note(300)), *SHORT],
    "two notes": [row(NAME, note(600), note(900, "v")), row("AIM Red Fund", (Run("-"),), (Run("-"),))],
    "a class of a fund": [fund(NAME), row("Class A", note(600), role="class"), row("Class B", (), role="class")],
    "a class of a fund that goes on": [
        fund(NAME), *(row(f"Class {n}", (Run("-"),), role="class") for n in range(30)),
        row("Class Z", note(600), role="class"),
    ],
    "beside a group's name": [row(NAME, (Run("-"),)), row("", note(600)), row("AIM Red Fund", (Run("-"),))],
    "tiers, each on a line": [*SHORT, row(NAME, BANDS)],
    "the sign of a footnote": [*SHORT, SIGNED, *SHORT],
}  # fmt: skip


def document(rows: list[TableRow]) -> Document:
    width = max(len(row.cells) for row in rows)
    heads = ("AIM Equity Funds", "FEE", "NOTE", "TERMS")[:width]
    head = TableRow("", tuple(Cell("number" if n == 1 else "", (Run(text),), True) for n, text in enumerate(heads)))
    return Document((Table("schedule", (head,), tuple(rows)),))


@pytest.mark.slow
@pytest.mark.parametrize("name", TALL)
def test_a_row_taller_than_a_page_says_its_name_on_each(name: str) -> None:
    paper = document(TALL[name])
    for suffix in ("txt", "htm", "pdf", "docx"):
        data = writers.WRITERS[suffix](paper, LAYOUT)
        assert readers.difference(paper, suffix, data) is None, suffix
        if suffix == "docx":
            sections = docx.Document(io.BytesIO(data)).sections
            assert ONWARD in [paragraph.text for section in sections for paragraph in section.header.paragraphs]
        pages = data.decode().split("<PAGE>\n") if suffix == "txt" else pdf_pages.texts(data) if suffix == "pdf" else []
        for page in pages:
            words = page.split()
            inside = any(word.startswith("w") and word[1:].isdigit() for word in words) and "w0" not in words
            assert not inside or ONWARD in " ".join(words), page


@pytest.mark.seconds
def test_what_a_redline_marks_is_not_said_again() -> None:
    for marked in (row(NAME, note(600), redline="inserted"), row("", note(600))):
        cells = (Cell("", (Run(NAME, "deleted"), Run("AIM New Fund", "inserted")), True), *marked.cells[1:])
        rows = [marked if marked.redline else TableRow("", cells)]
        for suffix in ("txt", "pdf", "docx"):
            assert "(continued)" not in str(writers.WRITERS[suffix](document(rows), LAYOUT))
