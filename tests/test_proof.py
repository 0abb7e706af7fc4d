"""A writer that changes one letter is found out, and the words and the place are named."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from docgen import readers, writers
from docgen.build import produce
from docgen.cli.options import chosen
from docgen.document.layout import Layout, TextLayout
from docgen.document.roles import DRAFT_MARK
from docgen.document.tree import Block, Break, Cell, Document, Heading, Mark, Paragraph, Run, Table, TableRow
from docgen.files import ooxml, pdf_pages
from docgen.problems import WriterProblem
from docgen.readers import Difference, agreement, pdf, text_pages, word_headers
from docgen.workspace.select import Paper
from docgen.writers.pages import TextBlock, set_on_pages
from tests import making
from tests.conftest import HERE, Golden, Workspace

OFFICE = word_headers.ID.removesuffix("id")


def changed(text: bytes, old: bytes, new: bytes) -> writers.Writer:
    """A writer that makes one mistake."""

    def write(document: Document, layout: Layout) -> bytes:
        data = text_writer(document, layout)
        assert data.count(old) >= 1
        return data.replace(old, new, 1)

    text_writer = writers.WRITERS[text.decode()]
    return write


@pytest.mark.seconds
@pytest.mark.parametrize(
    ("suffix", "said"),
    [
        ("txt", 'reads "INVESCO Tax-Fre Bond Fund'),
        ("htm", 'reads "Tax-Fre" where the document says "Tax-Free", after "PORTFOLIOS <tr> <cell> INVESCO"'),
    ],
)
def test_one_letter_changed_in_one_writer_fails_the_build(
    suffix: str, said: str, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert workspace.run("build").code == 0
    before = {path: path.read_bytes() for path in (workspace.root / "build/p").rglob("*.*")}
    workspace.write(
        {"schedules/p/plan.yaml": (workspace.root / "schedules/p/plan.yaml").read_bytes() + b"  subject: New\n"}
    )
    wrong = dict(writers.WRITERS) | {suffix: changed(suffix.encode(), b"Tax-Free", b"Tax-Fre")}
    monkeypatch.setattr(writers, "WRITERS", wrong)
    ran = workspace.run("build")
    assert ran.code == 1
    assert f"build/p/001/amendment.{suffix}: " in ran.err
    assert said in ran.err
    assert {path: path.read_bytes() for path in (workspace.root / "build/p").rglob("*.*")} == before


def test_a_pdf_that_cannot_be_read_is_said() -> None:
    difference = readers.difference(Document((Paragraph("", (Run("The Plan"),)),)), "pdf", b"%PDF-1.7 and no more")
    assert difference
    assert readers.sentence(difference) == "cannot be read: Failed to load document (PDFium: Data format error)."


def test_a_number_at_the_end_of_the_first_page_is_a_word() -> None:
    """Only the pages behind it have their number at their foot."""
    tree = Document((Paragraph("", (Run("1"),)),))
    data = writers.WRITERS["txt"](tree, Layout(TextLayout(), Path("print.css")))
    assert readers.difference(tree, "txt", data) is None
    assert readers.difference(tree, "txt", b"\n") is not None


def test_one_letter_changed_in_the_pdf_is_named(workspace: Workspace) -> None:
    (paper,) = chosen(workspace.root).papers
    right = produce.document(paper, "amendment")
    text = right.blocks[2]
    assert isinstance(text, Paragraph)
    wrong = Document((*right.blocks[:2], Paragraph(text.role, (Run("Tho"), *text.content)), *right.blocks[3:]))
    data = writers.WRITERS["pdf"](wrong, produce.layout(paper))
    difference = readers.difference(right, "pdf", data)
    assert difference is not None
    assert (difference.place, difference.found[:5]) == ("page 1", "ThoTh")
    assert readers.sentence(difference).startswith('page 1 reads "ThoTh')


@pytest.mark.seconds
def test_a_dropped_row_a_swapped_value_and_an_added_line_are_found() -> None:
    plan = {
        "title": "Plan", "kind": "distribution-plan",
        "schedule": {"columns": {"a": {"heading": "A", "holds": "rate"}, "b": {"heading": "B", "holds": "rate"}}},
    }  # fmt: skip
    rows = [{"name": f"Fund {n}", "values": {"a": f"0.{n}0%", "b": f"0.{n}5%"}} for n in range(1, 90)]
    folder = making.folder(plan, {"number": "1", "effective": "2003-01-01", "restate": {"rows": rows}})
    paper = Paper(folder, folder.amendments[0], making.FOLDERS)
    tree = produce.document(paper, "amendment")
    text = produce.proved(tree, "txt", making.LAYOUT).decode()
    line = next(line for line in text.split("\n") if "Fund 7 " in line)
    for wrong in (
        text.replace(line + "\n", ""),
        text.replace(line, line.replace("0.70%", "@").replace("0.75%", "0.70%").replace("@", "0.75%")),
        text.replace(line, line + "\n" + line),
        text + "and more\n",
        text.replace("  Fund 7 ", "  Fund7  "),
    ):
        assert wrong != text
        assert readers.difference(tree, "txt", wrong.encode()) is not None
    assert text.count("PORTFOLIO") > 1, "the heads repeat on each page, and the proof sets them aside"
    pdf = produce.proved(tree, "pdf", making.LAYOUT)
    assert pdf.startswith(b"%PDF-1.7")


def test_text_with_dashes_of_its_own_is_read() -> None:
    row = TableRow("", (Cell("", (Run("--- A - B"),), True), Cell("text", (Run("--"),), False)))
    head = TableRow("", (Cell("group", (Run("Portfolio - Class C"),), True), Cell("text", (Run("-"),), True)))
    document = Document((Table("schedule", (head,), (row,)),))
    data = writers.WRITERS["txt"](document, making.LAYOUT)
    assert readers.difference(document, "txt", data) is None


def test_a_word_too_long_for_its_column_is_named(tmp_path: Path) -> None:
    document = Document((Paragraph("terms", (Run("x" * 81),)),))
    with pytest.raises(WriterProblem, match="is 81 characters long where a line has 80"):
        writers.WRITERS["txt"](document, making.LAYOUT)


def test_blocks_that_belong_together_share_a_page() -> None:
    lines = [[f"line {n}"] for n in range(14)]
    pages = set_on_pages(
        [TextBlock(lines), TextBlock([["title"]], with_next=True), TextBlock([["a"], ["b"], ["c"]])], 20
    )
    assert [page.count("title") for page in pages] == [0, 1]
    assert pages[1] == ["", "title", "", "a", "b", "c"]


def two_columns(first: str, second: str) -> Document:
    """A table of one row with two values, in columns of words."""
    head = TableRow("", tuple(Cell("text", (Run(words),), True) for words in ("NAME", "FIRST", "SECOND")))
    other = TableRow(
        "", tuple(Cell("text", (Run(words),), n == 0) for n, words in enumerate(("B", "Alpha Beta", "Gamma")))
    )
    cells = [
        Cell("", (Run("A"),), True),
        *(Cell("text", (Run(text),) if text else (), False) for text in (first, second)),
    ]
    return Document((Table("schedule", (head,), (TableRow("", tuple(cells)), other)),))


def test_a_page_that_begins_with_a_head_of_its_own_is_told_at_the_word() -> None:
    """Not at the head, as if the page repeated it."""
    (table,) = two_columns("a", "b").blocks
    page = "NAMEFIRSTSECONDAabBAlphaBetaGamma"
    found = pdf.letters(Document((table, table)), [page, page.replace("Gamma", "Gamna") + "2"])
    assert found is not None
    assert (found.place, found.meant, found.found) == ("page 2", "Gamma", "Gamna")


@pytest.mark.parametrize("suffix", ["txt", "htm"])
@pytest.mark.parametrize(
    ("meant", "written"),
    [(("0.75%", ""), ("", "0.75%")), (("Alpha Beta", "Gamma"), ("Alpha", "Beta Gamma")), (("", ""), ("", "x"))],
)
def test_words_in_another_column_are_found(suffix: str, meant: tuple[str, str], written: tuple[str, str]) -> None:
    wrong = writers.WRITERS[suffix](two_columns(*written), making.LAYOUT)
    right = writers.WRITERS[suffix](two_columns(*meant), making.LAYOUT)
    assert readers.difference(two_columns(*meant), suffix, wrong) is not None
    assert readers.difference(two_columns(*meant), suffix, right) is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (b"  A  ", b" " * 80 + b"A  ", "characters wide"),
        (b"  A  ", b"\tA  ", "holds '\\t'"),
        (b"  A  ", b"^ A  ", "holds '^'"),
        (b"-----       -", b"-----  -x   -", '-----  -x   ------" where the row says "A a b"'),
    ],
)
def test_text_that_edgar_would_not_take_is_found(old: bytes, new: bytes, said: str) -> None:
    document = two_columns("a", "b")
    data = writers.WRITERS["txt"](document, making.LAYOUT)
    assert old in data
    difference = readers.difference(document, "txt", data.replace(old, new))
    assert difference is not None
    assert said in readers.sentence(difference)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (b"</tr>\n<tr>", b"", 'reads "<cell'),
        (b">Gamma<", b"><strike>Gamma</strike><", "has <strike>, "),
        (b"</div>", b"and more</div>", 'reads "and"'),
        (b"<title>", b"<title>x", "has the title "),
        (b"<title>", b"<script></script><title>", "has <script>, "),
        (b"<title>", b"<meta name=x><title>", "has <meta>, "),
        (b">Gamma<", b"><i>Gam</i><b>ma</b><", "has <b>, "),
        (b">Gamma<", b">Gamma<!-- x --><", 'reads "Gamma<!--" where'),
    ],
)
def test_html_that_says_or_sets_otherwise_is_found(old: bytes, new: bytes, said: str) -> None:
    document = two_columns("a", "b")
    data = writers.WRITERS["htm"](document, making.LAYOUT)
    assert old in data
    difference = readers.difference(document, "htm", data.replace(old, new))
    assert difference is not None
    assert readers.sentence(difference).startswith(said)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Gamma</w:t>", "Gamma</w:t><w:tab/>", ""),
        ("Gamma</w:t>", "Gamma</w:t><w:t/>", ""),
        ("Gamma</w:t>", "Gamma</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t></w:t>", ""),
        ("Gamma</w:t>", 'Gamma</w:t><w:br w:type="page"/>', ""),
        ("Gamma</w:t>", "Gam</w:t><w:br/><w:t>ma</w:t>", 'reads "Gam" where the document says "Gamma"'),
        ("Gamma</w:t>", "Gamma</w:t></w:r><w:r><w:rPr><w:rStyle w:val='Odd'/></w:rPr><w:t>!</w:t>",
         "is read with the remark: Run style with ID Odd was referenced but not defined in the document"),
        ("Gamma</w:t>", "Gamma</w:t></w:r><w:r><w:rPr><w:rStyle w:val='FootnoteMark'/></w:rPr><w:t>!</w:t>",
         'reads "Gamma<sup>!</sup>"'),
        ("Gamma</w:t>", "Gamma</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>!</w:t>", 'reads "Gamma<strong>!</strong>"'),
        ("Gamma</w:t>", "Gamma</w:t></w:r><w:r><w:rPr><w:vertAlign w:val='subscript'/></w:rPr><w:t>!</w:t>",
         'reads "Gamma<sub>!</sub>"'),
        ("Gamma</w:t>", "Gamma</w:t><w:noBreakHyphen/>", 'reads "Gamma\u2011"'),
        ("</w:tbl>", "</w:tbl><w:p/>", ""),
        ("</w:tbl>", "</w:tbl><w:p><w:r><w:t>x</w:t></w:r></w:p>", 'reads "<p>" where the document says "nothing'),
        ("<w:tblHeader/>", "", 'reads "<td>" where the document says "<th>"'),
    ],
)  # fmt: skip
def test_a_word_file_that_says_or_sets_otherwise_is_found(old: str, new: str, said: str) -> None:
    document = two_columns("a", "b")
    parts = ooxml.parts("", writers.WRITERS["docx"](document, making.LAYOUT))
    body = parts["word/document.xml"].decode()
    assert old in body
    data = ooxml.pack({**parts, "word/document.xml": body.replace(old, new, 1).encode()})
    difference = readers.difference(document, "docx", data)
    assert (readers.sentence(difference) if difference else "").startswith(said)
    assert bool(difference) == bool(said)


def test_a_word_file_has_the_title_of_its_document() -> None:
    document = replace(two_columns("a", "b"), blocks=(Heading(1, "title", (Run("Plan"),)),))
    data = writers.WRITERS["docx"](document, making.LAYOUT)
    other = replace(document, blocks=(Heading(1, "title", (Run("Plans"),)),))
    assert readers.difference(document, "docx", data) is None
    assert readers.difference(other, "docx", data) == Difference("", "Plans", "Plan", kind="title")


def test_a_table_of_word_may_be_cut_behind_a_row_under_the_same_heads() -> None:
    """Two that follow one another without heads are two."""
    whole = Document((TABLE,))
    halves = tuple(replace(TABLE, body=rows) for rows in (TABLE.body[:1], TABLE.body[1:]))
    cut = Document(halves)
    for one, other in ((whole, cut), (cut, whole), (cut, cut)):
        assert readers.difference(one, "docx", writers.WRITERS["docx"](other, making.LAYOUT)) is None
    between = Document((halves[0], Paragraph("terms", (Run("The rest:"),)), halves[1]))
    bare = [Document(tuple(replace(table, head=()) for table in tables)) for tables in ((TABLE,), halves)]
    assert readers.difference(between, "docx", writers.WRITERS["docx"](between, making.LAYOUT)) is None
    assert readers.difference(bare[0], "docx", writers.WRITERS["docx"](bare[1], making.LAYOUT)) is not None


@pytest.mark.parametrize("suffix", ["txt", "htm", "docx"])
def test_line_ends_and_marks_are_read(suffix: str) -> None:
    content = (Run("A Fund"), Break(), Run("of many"), Mark("1"), Run(" words"))
    row = TableRow("", (Cell("", content, False), Cell("text", (Run("b"), Break(), Run("c"), Mark("*")), False)))
    document = Document((Paragraph("terms", content), replace(TABLE, body=(row,))))
    data = writers.WRITERS[suffix](document, making.LAYOUT)
    assert readers.difference(document, suffix, data) is None
    for other in (content[:3], (*content[:3], Mark("2"), content[4]), (Run("A Fund of many"), *content[3:])):
        changed = replace(document, blocks=(Paragraph("terms", other), document.blocks[1]))
        is_alike = readers.difference(changed, suffix, data) is None
        assert is_alike == (suffix != "docx" and Break() not in other)


def test_what_else_a_header_of_word_holds_is_passed_over() -> None:
    document = replace(two_columns("a", "b"), draft_mark="DRAFT")
    parts = ooxml.parts("", writers.WRITERS["docx"](document, making.LAYOUT))
    marked = {
        name: part.replace(b"<w:p>", b'<w:bookmarkStart w:id="1" w:name="x"/><w:p>', 1)
        for name, part in parts.items()
        if name.startswith("word/header")
    }
    assert any(marked[name] != parts[name] for name in marked)
    assert readers.difference(document, "docx", ooxml.pack({**parts, **marked})) is None


HEADER_ROW = "<w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc><w:t>FUND</w:t></w:tc></w:tr>"
AIM = "<w:tr><w:tc><w:t>AIM One</w:t><w:br/><w:delText>Fund</w:delText></w:tc></w:tr>"
ENDS = '<w:p><w:pPr><w:sectPr><w:headerReference w:type="default" r:id="r1"/></w:sectPr></w:pPr></w:p>'
LAST = '<w:sectPr><w:headerReference w:type="first" r:id="r2"/></w:sectPr>'
OF_ROWS = f"<w:tbl>{HEADER_ROW}{AIM}</w:tbl>"
OF_HEADERS: list[tuple[str, dict[str, str], str, str]] = [
    (OF_ROWS + ENDS, {"r1": "AIM One Fund (continued)"}, "", ""),
    (OF_ROWS + ENDS, {"r1": "AIM One (continued)"}, "", ""),
    (OF_ROWS + ENDS, {"r1": "AIM Two Fund (continued)"}, "",
     'the header of most pages reads "AIM Two Fund (continued)" where the document says "AIM One Fund (continued)"'),
    (OF_ROWS + ENDS, {"r1": "Fund (continued)"}, "",
     'the header of most pages reads "Fund (continued)" where the document says "AIM One Fund (continued)"'),
    (f"<w:tbl>{HEADER_ROW}</w:tbl>" + ENDS, {"r1": ""}, "", ""),
    ("<w:tbl><w:tr/></w:tbl>" + ENDS, {"r1": ""}, "", ""),
    (f"<w:p/>{OF_ROWS}<w:tbl>{AIM.replace('One', 'Two')}</w:tbl>" + ENDS, {"r1": "AIM One Fund (continued)"}, "", ""),
    (OF_ROWS + ENDS + LAST, {"r1": "A logo", "r2": ""}, "", ""),
    (OF_ROWS + ENDS + LAST, {"r1": "", "r2": "AIM One Fund (continued)"}, "",
     'the header of first pages reads "AIM One Fund (continued)" where the document says " (continued)"'),
    (ENDS + LAST, {"r1": "DRAFT", "r2": "DRAFT"}, "DRAFT", 'the header of first pages says "nothing" at the top'),
    (ENDS + LAST.replace("first", "default"), {"r1": "DRAFT", "r2": "DRAFT"}, "DRAFT",
     'the header of first pages says "nothing" at the top where the document says "DRAFT"'),
    (ENDS, {"r1": "A logo/DRAFT"}, "DRAFT", 'the header of first pages says "nothing" at the top'),
    (ENDS, {"r1": "DRAFT/DRAFT"}, "DRAFT", 'the header of most pages says "DRAFT DRAFT" at the top where'),
    (OF_ROWS.replace("AIM One", "AI</w:t></w:r><w:r><w:t>M One").replace("<w:tc><w:t>AI<", "<w:tc><w:r><w:t>AI<")
     .replace("One</w:t>", "One</w:t></w:r>") + ENDS, {"r1": "AIM One Fund (continued)"}, "", ""),
    (ENDS, {"r1": "DRAFT"}, "", 'the header of most pages says "DRAFT" at the top where the document says "nothing"'),
]  # fmt: skip


@pytest.mark.parametrize(("body", "headers", "mark", "said"), OF_HEADERS)
def test_a_header_that_says_otherwise_is_found(body: str, headers: dict[str, str], mark: str, said: str) -> None:
    """A section has the headers of the one before it where it names none; a draft's mark has its style."""
    spaces = " ".join(f'xmlns:{prefix}="{space[1:-1]}"' for prefix, space in (("w", word_headers.W), ("r", OFFICE)))
    root = ElementTree.fromstring(f"<w:document {spaces}><w:body>{body}</w:body></w:document>")  # noqa: S314
    styles = {"DRAFT": DRAFT_MARK}
    parts = {
        f"word/{name}.xml": [(styles.get(words, ""), words) for words in lines.split("/")]
        for name, lines in headers.items()
    }
    targets = {name: f"{name}.xml" for name in headers}
    found = word_headers.difference(root, targets, mark, lambda part: parts[part])
    assert (readers.sentence(found) if found else "").startswith(said)
    assert bool(found) == bool(said)


def test_a_long_word_over_a_table_takes_a_line_of_its_own() -> None:
    head = TableRow("", (Cell("group", (Run("X" * 70),), True), Cell("number", (Run("MAXIMUM FEE"),), True)))
    document = Document(
        (
            Table(
                "schedule", (head,), (TableRow("", (Cell("", (Run("A"),), True), Cell("number", (Run("1%"),), False))),)
            ),
        )
    )
    data = writers.WRITERS["txt"](document, making.LAYOUT)
    assert readers.difference(document, "txt", data) is None
    assert max(map(len, data.decode().split("\n"))) <= 80


@pytest.mark.parametrize(
    ("difference", "said"),
    [
        (Difference("line 3", "a", "b"), 'line 3 reads "b" where the document says "a", at its beginning'),
        (
            Difference("", "a", "<tr>", after=("<cell>", "x")),
            'reads "<tr>" where the document says "a", after "<cell> x"',
        ),
        (Difference("line 3", "a b", "a c", kind="row"), 'line 3 reads "a c" where the row says "a b"'),
        (Difference("line 9", "", "more", kind="end"), 'says "more" after its end'),
        (Difference("line 1", "", "90", kind="width"), "line 1 is 90 characters wide"),
        (Difference("", "A", "B", kind="title"), 'has the title "B" where the document has "A"'),
        (
            Difference("page 2", "a", "b", after=("x",), reading="rejected"),
            'with every change rejected it page 2 reads "b" where the document says "a", after "x"',
        ),
    ],
)
def test_a_difference_in_words(difference: Difference, said: str) -> None:
    assert readers.sentence(difference) == said


def test_a_difference_without_what_announces_cells() -> None:
    difference = Difference("", "<tr>", "<sup>1</sup>", after=("<table>", "<tr>", "<cell>", "Fund<sup>2</sup>"))
    assert readers.sentence(readers.bare(difference), "it would now say") == (
        'reads "1" where it would now say "", after "Fund2"'
    )
    row = Difference("line 3", "a b", "a c", kind="row")
    assert readers.sentence(row, "it would now say") == 'line 3 reads "a c" where it would now say "a b"'
    assert readers.bare(row) == row


def test_the_reader_gives_the_place_and_both_words() -> None:
    document = two_columns("a", "b")
    text = writers.WRITERS["txt"](document, making.LAYOUT)
    assert readers.difference(document, "txt", text + b"and more\n") == Difference("line 6", "", "and more", kind="end")
    page = writers.WRITERS["htm"](document, making.LAYOUT).replace(b"Gamma", b"Gamna")
    assert readers.difference(document, "htm", page) == Difference(
        "", "Gamma", "Gamna", after=("<cell>", "Alpha", "Beta", "<cell>")
    )


def test_a_page_is_held_against_its_title_and_may_have_remarks_before_it() -> None:
    document = replace(two_columns("a", "b"), blocks=(Heading(1, "title", (Run("Plan"),)),))
    page = writers.WRITERS["htm"](document, making.LAYOUT)
    assert readers.difference(document, "htm", page.replace(b"<title>", b"<!-- x --><title>")) is None
    found = readers.difference(document, "htm", page.replace(b"<title>Plan", b"<title>Plans"))
    assert found == Difference("", "Plan", "Plans", kind="title")
    assert readers.difference(document, "htm", page.replace(b"<title>", b"<base><title>")) == Difference(
        "", "", "base", kind="tag"
    )


def test_a_pdf_is_opened_and_closed_in_one_place() -> None:
    data = writers.WRITERS["pdf"](two_columns("a", "b"), making.LAYOUT)
    with pdf_pages.pages(data) as document:
        assert len(document) == 1
    assert document.raw is None
    assert pdf_pages.with_hyphens("co\x02operate") == "co-operate"


TABLE = Table(
    "schedule",
    (TableRow("columns", (Cell("", (Run("FUND"),), head=True), Cell("number", (Run("FEE"),), head=True))),),
    (
        TableRow("", (Cell("", (Run("Growth Fund"),), head=False), Cell("number", (Run("0.25%"),), head=False))),
        TableRow("", (Cell("", (Run("Value Fund"),), head=False), Cell("number", (Run("0.75%"),), head=False))),
    ),
)
WHOLE = Document(
    (Paragraph("clause", (Run("This is the first."),)), TABLE, Paragraph("terms", (Run("All others stay."),)))
)
PARTS = {
    "a paragraph less": replace(WHOLE, blocks=WHOLE.blocks[:2]),
    "a word less": replace(WHOLE, blocks=(*WHOLE.blocks[:2], Paragraph("terms", (Run("All others"),)))),
    "a row less": replace(WHOLE, blocks=(WHOLE.blocks[0], replace(TABLE, body=TABLE.body[:1]), WHOLE.blocks[2])),
    "a table less": replace(WHOLE, blocks=(WHOLE.blocks[0], WHOLE.blocks[2])),
    "nothing but the first": replace(WHOLE, blocks=WHOLE.blocks[:1]),
    "rows in another order": replace(
        WHOLE, blocks=(WHOLE.blocks[0], replace(TABLE, body=TABLE.body[::-1]), WHOLE.blocks[2])
    ),
}


@pytest.mark.seconds
@pytest.mark.parametrize("suffix", writers.WRITERS)
@pytest.mark.parametrize("name", PARTS)
def test_a_file_that_says_less_or_more_is_found(suffix: str, name: str) -> None:
    """A file cut short is no file of the document, and one that goes on is not either."""
    for written, document in ((PARTS[name], WHOLE), (WHOLE, PARTS[name])):
        data = writers.WRITERS[suffix](written, making.LAYOUT)
        assert readers.difference(written, suffix, data) is None
        assert readers.difference(document, suffix, data) is not None


@pytest.mark.parametrize(
    ("meant", "actual", "found", "after"),
    [
        (["a", "b", "c"], ["a", "b"], ("c", "nothing more"), ("a", "b")),
        (["a", "b"], ["a", "b", "c"], ("nothing more", "c"), ("a", "b")),
        (["a", "b"], [], ("a", "nothing more"), ()),
        ([], ["a"], ("nothing more", "a"), ()),
        (["a", "b", "c", "d", "e", "f"], ["a", "b", "c", "d", "e", "x"], ("f", "x"), ("b", "c", "d", "e")),
    ],
)
def test_where_words_depart(
    meant: list[str], actual: list[str], found: tuple[str, str], after: tuple[str, ...]
) -> None:
    difference = agreement.words(meant, actual, "line 7")
    assert difference == Difference("line 7", *found, after=after)
    assert agreement.words(meant, meant) is None


@pytest.mark.parametrize(
    ("meant", "actual", "found"),
    [
        (["ab", "cd"], "ab", ("cd", "nothing more")),
        (["ab", "cd"], "abc", ("cd", "c")),
        (["ab"], "abcd", ("nothing more", "cd")),
        (["ab"], "ab" + "x" * 30, ("nothing more", "x" * 20)),
        (["ab", "cd"], "abxd", ("cd", "xd")),
        (["ab"], "", ("ab", "nothing more")),
    ],
)
def test_where_letters_depart(meant: list[str], actual: str, found: tuple[str, str]) -> None:
    difference = agreement.letters(meant, actual)
    assert difference is not None
    assert (difference.meant, difference.found) == found
    assert agreement.letters(meant, "".join(meant)) is None


PROOFS = HERE / "proofs.golden"


def by_hand(text: str) -> Document:
    """A document of paragraphs and tables, a blank line between: `# ` before heads, `: ` a label, `- ` a class."""
    return Document(tuple(block_by_hand(block.splitlines()) for block in text.split("\n\n")))


def block_by_hand(lines: list[str]) -> Block:
    if "|" not in lines[0]:
        return Paragraph("", (Run(lines[0]),))
    rows = [row_by_hand(line) for line in lines]
    heads = [row for row, line in zip(rows, lines, strict=True) if line[:2] in ("# ", ": ")]
    return Table("schedule", tuple(heads), tuple(row for row in rows if row not in heads))


def row_by_hand(line: str) -> TableRow:
    role = {"# ": "", ": ": "label", "- ": "class"}.get(line[:2], "")
    words = line.removeprefix("# ").removeprefix(": ").removeprefix("- " if line[2:3].isalpha() else "").split(" |")
    return TableRow(role, tuple(Cell("text", (Run(word.strip()),) if word.strip() else (), False) for word in words))


def test_text_is_read_as_a_person_would(golden: Golden) -> None:
    """Each case is a document, then its text, a page from the other by `@`; and whether the text says it, or not.

    Of a PDF these are the letters of its pages.
    """
    text = ""
    for case in re.split("^## ", PROOFS.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        name, _, rest = case.partition("\n")
        typed = "".join(line for line in rest.splitlines(keepends=True) if not line.startswith("#>"))
        document, _, written = typed.partition("--\n")
        tree, pages = by_hand(document), ["".join(page.split()) for page in written.split("@\n")]
        of_text = written.replace("@\n", "<PAGE>\n").encode()
        found = pdf.letters(tree, pages) if name.startswith("pdf") else readers.difference(tree, "txt", of_text)
        text += f"## {name}\n{typed}#> {readers.sentence(found) if found else 'the same'}\n"
    golden.holds(PROOFS, text)


@pytest.mark.parametrize(
    ("text", "mark", "lines_", "missing"),
    [
        ("DRAFT\n\nThe Plan\n", ["DRAFT"], ["", "", "The Plan"], None),
        ("SUBJECT TO\nCOMPLETION\nThe Plan\n", ["SUBJECT", "TO", "COMPLETION"], ["", "", "The Plan"], None),
        ("The Plan\n", ["DRAFT"], ["", ], ("page 1", "The Plan")),
        ("DRAFT\na\n<PAGE>\nDRAFT\nb\n   2\n", ["DRAFT"], ["", "a", "\f", "", "b"], None),
        ("DRAFT\na\n<PAGE>\n\n", ["DRAFT"], ["", "a", "\f", ""], ("page 2", "nothing")),
        ("a\n 1\n<PAGE>\nb\n 2\n<PAGE>\nc\n 2\n", [], ["a", " 1", "\f", "b", "\f", "c", " 2"], None),
    ],
)  # fmt: skip
def test_pages_of_text_are_taken_apart(
    text: str, mark: list[str], lines_: list[str], missing: tuple[str, str] | None
) -> None:
    assert list(text_pages.lines(text, mark)) == lines_
    found = text_pages.missing_mark(text, mark)
    assert (found and (found.place, found.found)) == missing
