"""A file that comes back from counsel is read to the same words and cells, or refused in one line."""

from __future__ import annotations

import pytest

from docgen.build import produce
from docgen.cli.options import chosen
from docgen.document import roles
from docgen.document.tree import Cell, Document, Heading, Mark, Paragraph, Run, Table, TableRow
from docgen.files import ooxml
from docgen.problems import DataProblem
from docgen.readers import to_tree
from docgen.redline import fit, word_diff
from docgen.writers import WRITERS
from tests import making
from tests.conftest import HERE, SEED, Golden, Workspace

BODY = "word/document.xml"


def page(inside: str) -> bytes:
    return f"<html>\n<body>\n<div>\n{inside}\n</div>\n</body>\n</html>\n".encode()


def word(inside: str, entity: str = "") -> bytes:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    return ooxml.pack({BODY: f"{entity}<w:document {space}><w:body>{inside}</w:body></w:document>".encode()})


# in UTF-7, whose signs for "<!" are none of ASCII's
ENTITY = '<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE x [+ADwAIQ-ENTITY fee SYSTEM "file:///etc/hostname">]>'
NOWHERE = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="r" Type="officeDocument" Target="word/nowhere.xml"/></Relationships>'
)


LONG = "the Fund shall pay to the Distributor a fee that is accrued daily and paid monthly"
RUN = f"<w:r><w:t>{LONG}</w:t></w:r>"
REFUSED = {
    "a.txt": b"SCHEDULE A",
    "a.pdf": b"%PDF-1.7",
    "a.docx": b"no zip",
    "b.docx": ooxml.pack({"word/document.xml": b"<no xml"}),
    "c.docx": ooxml.pack({"xl/workbook.xml": b"<x/>"}),
    "d.docx": ooxml.pack({"word/document.xml": b"<!DOCTYPE x><x/>"}),
    "e.docx": ooxml.pack({"word/document.xml": b'<!\0ENTITY x "y"><x/>'}),
    "f.docx": ooxml.pack({"word/document.xml": b"<document/>"}),
    "g.docx": word(f"<w:p><w:r><w:t>{LONG} was closed to\u200b investors</w:t></w:r></w:p>"),
    "h.docx": word("<w:p><w:r><w:t>the \u0410IM Fund</w:t></w:r></w:p>"),
    "i.docx": word(f"<w:tbl><w:tr>{RUN}<w:tc><w:p>{RUN}</w:p></w:tc></w:tr></w:tbl>"),
    "j.docx": word("</w:body><w:altChunk/><w:body>"),
    "k.docx": word(
        f"<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc><w:p>{RUN}</w:p></w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>"
    ),
    "l.docx": word("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>or none</w:t></w:r></w:p>" * 2),
    "m.docx": word("".join(f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>{n}</w:t></w:r></w:p>" for n in range(22))),
    "n.docx": word("<w:p><w:r><w:t>a fee of &fee;</w:t></w:r></w:p>", ENTITY),
    "o.docx": ooxml.pack({"_rels/.rels": NOWHERE, BODY: b"<x/>"}),
    "a.htm": b"",
    "b.htm": page(""),
    "c.htm": page(f"<table><tr><td><table><tr><td>{LONG}</td></tr></table></td></tr></table>"),
    "d.htm": page("<table><tr><td><table><tr><td>Fund</td></tr></table></td></tr></table>"),
    "f.HTML": page("<p>Fund &#1;</p>"),
    "g.htm": page('<p style="display:none">hidden</p>\n<p style="color:white">white</p>'),
    "h.htm": page('<p style="display:none">hidden</p>\n' * 22),
}


def test_the_words_of_every_refusal(golden: Golden) -> None:
    said = []
    for name, data in REFUSED.items():
        with pytest.raises(DataProblem) as caught:
            to_tree.read(name, data)
        said += [f"{problem}\n" for problem in caught.value.problems]
    golden.holds(HERE / "returned/said.golden", "".join(said))


def rows(document: Document) -> list[tuple[str, bool, list[str]]]:
    """The rows of a document's tables: the role, whether it is a head, the words of the cells."""
    tables = [block for block in document.blocks if isinstance(block, Table)]
    return [
        (row.role, row in table.head, [words(cell.content) for cell in row.cells])
        for table in tables
        for row in (*table.head, *table.rows)
    ]


def words(content: object) -> str:
    return " ".join(str(getattr(inline, "text", " ")) for inline in content).strip()  # type: ignore[attr-defined]


@pytest.mark.parametrize("suffix", ["docx", "htm"])
def test_rows_and_roles_come_back(amended: Workspace, suffix: str) -> None:
    """So a redline pairs them: a fund is a fund and a head is a head, whatever the format."""
    (paper,) = [paper for paper in chosen(amended.root).papers if paper.name == f"{SEED.split('/')[1]}/003"]
    tree = produce.document(paper, "schedule")
    data = produce.files(paper, [suffix])
    (name,) = [name for name in data if "schedule." in name]
    read = to_tree.read(f"a.{suffix}", data[name])
    assert len(rows(tree)) > 20
    assert rows(read) == rows(tree)


TABLE = Table(
    "schedule",
    (
        TableRow("", (Cell("", (Run("PORTFOLIOS"),), True), Cell("number", (Run("FEE"),), True))),
        TableRow("label", (Cell("", (Run("Growth"),), True),)),
    ),
    (
        TableRow("fund", (Cell("", (Run("A Fund"), Mark("1")), False), Cell("number", (Run("1%"),), False))),
        TableRow("class", (Cell("", (Run("Class A"),), False), Cell("number", (Run("2%"),), False))),
        TableRow("", (Cell("", (Run("B Fund"),), False), Cell("text", (Run("none"),), False))),
    ),
)
HEADINGS = (
    Heading(1, "title", (Run("Plan"),)),
    Heading(2, "schedule", (Run("A"),)),
    Heading(2, "attached", (Run("B"),)),
)


@pytest.mark.parametrize("suffix", ["docx", "htm"])
def test_every_role_comes_back(suffix: str) -> None:
    """A Word file says the role of each paragraph; EDGAR HTML those of its headings, of rows and cells."""
    named = [role for role in roles.PARAGRAPHS if role and role not in roles.HEADINGS]
    texts = [Paragraph(role, (Run(f"Words of {role}"),)) for role in named]
    data = WRITERS[suffix](Document((*HEADINGS, *texts, TABLE)), making.LAYOUT)
    title, *headings, table = to_tree.read(f"a.{suffix}", data).blocks
    attached, of_texts = ("attached", named) if suffix == "docx" else ("schedule", [""] * len(named))
    assert [block.role for block in (title, *headings)] == ["title", "schedule", attached, *of_texts]
    assert [block.level for block in (title, *headings) if isinstance(block, Heading)] == [1, 2, 2]
    assert isinstance(table, Table)
    assert table.role == "schedule"
    assert [row.role for row in table.head] == ["", "label"]
    assert [row.role for row in table.body] == ["fund", "class", ""]
    assert table.body[0].cells[0].content == (Run("A Fund"), Mark("1"))


def paragraphs(*texts: str) -> Document:
    return Document(tuple(Paragraph("", (Run(text),)) for text in texts))


OURS = [f"Section {n}. The Fund {n} pays the Distributor a fee of {n} cents for each share." for n in range(9)]
PROSPECTUS = [f"Risk {n}: an investment in bonds of country {n} may lose value when rates {n} rise." for n in range(90)]


def test_another_document_is_called_so() -> None:
    with pytest.raises(DataProblem) as caught:
        fit.refuse_another("p.docx", paragraphs(*PROSPECTUS), paragraphs(*OURS))
    assert str(caught.value) == (
        f'p.docx: is another document than ours, which begins with "{OURS[0][:80]}"\n'
        "    name the file that came back, or say --document"
    )


@pytest.mark.parametrize(
    "texts", [[*PROSPECTUS, OURS[4]], [t.replace("pays", "may pay") for t in OURS], OURS[:1], ["No."]]
)
def test_a_document_with_some_of_our_words_is_ours(texts: list[str]) -> None:
    assert not fit.is_another(paragraphs(*texts), paragraphs(*OURS))


def test_words_of_which_too_few_can_be_the_same_are_not_aligned(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = ((Run(text),) for text in (OURS[0], OURS[0].replace("pays the Distributor", "owes nobody")))
    assert word_diff.alike(ours, theirs)
    assert word_diff.alike((), ())
    monkeypatch.delattr(word_diff, "SequenceMatcher")
    assert not word_diff.alike(ours, (Run(PROSPECTUS[0]),))
    assert not word_diff.alike(ours, (Run("Section"),))
