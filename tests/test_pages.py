"""Pages end where a reader expects it: a signer's block is one piece, a heading stands over its first rows."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable

import pytest
from lxml import etree

from docgen import readers, writers
from docgen.build import produce
from docgen.cli.options import chosen
from docgen.document.tree import Block, Cell, Document, Heading, Paragraph, Run, Table, TableRow, plain
from docgen.files import ooxml, pdf_pages
from docgen.writers import amounts, together, widths
from tests import making
from tests.conftest import HERE, Workspace

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SUFFIXES = ("txt", "pdf")  # the formats whose pages docgen makes


def words(role: str, text: str) -> Paragraph:
    return Paragraph(role, (Run(text),))


def row(name: str, *values: str, role: str = "") -> TableRow:
    first = Cell("", (Run(name),) if name else (), True)
    return TableRow(role, (first, *(Cell("text", (Run(value),), False) for value in values)))


def table(count: int, name: str = "Fund", group: str = "TRUST") -> Table:
    head = TableRow("", (Cell("group", (Run(group),), True), Cell("text", (Run("FEE"),), True)))
    return Table("schedule", (head,), tuple(row(f"{name} {n}", "0.25%") for n in range(1, count + 1)))


def signer(number: int) -> list[Block]:
    return [
        words("party", f"Party {number}"),
        words("signature", f"By: for {number}"),
        words("attest", f"Attest: for {number}"),
    ]


def schedule(first: Block, *others: Block) -> list[Block]:
    return [Heading(2, "schedule", (Run("SCHEDULE A"),)), words("preamble", "The rows are these."), first, *others]


def clauses(count: int) -> list[Block]:
    return [words("item", f"Clause {number} stands.") for number in range(1, count + 1)]


@functools.cache
def pages(blocks: tuple[Block, ...], suffix: str) -> list[str]:
    """The words of each page, single spaces between them."""
    document = Document(blocks)
    data = writers.WRITERS[suffix](document, making.LAYOUT)
    assert readers.difference(document, suffix, data) is None
    texts = data.decode("ascii").split("<PAGE>\n") if suffix == "txt" else pdf_pages.texts(data)
    return [" ".join(text.split()) for text in texts]


def page_of(text: str, on: list[str]) -> int:
    (number,) = [number for number, page in enumerate(on) if re.search(rf"\b{text}\b", page)]
    return number


def stays(blocks: list[Block]) -> list[str]:
    """The role of each block behind which no page ends, tables as `table`."""
    kept = zip(blocks, together.with_next(blocks), strict=True)
    return ["table" if isinstance(block, Table) else block.role for block, stay in kept if stay]


def test_what_stays_with_what_stands_below() -> None:
    closing = [words("quote", "”"), words("terms", "All other terms"), words("dated", "Dated: today")]
    opening = [words("opening", "The Plan"), words("clause", "Schedule A is replaced:")]
    start = ["clause", "schedule", "preamble", "table"]
    assert stays([*opening, *schedule(table(2)), *closing]) == [*start, "quote", "terms"]
    signed = [*opening, *schedule(table(2)), *closing, *signer(1), *signer(2)]
    assert stays(signed) == [*start, "terms", "dated", "party", "signature", "attest", "party", "signature"]
    many = [words("clause", "In witness"), *(block for number in range(6) for block in signer(number))]
    assert stays(many) == ["clause", *["party", "signature"] * 6], "each signer's block alone"
    assert stays([table(1), table(2), words("footnote", "* A note"), words("footnote", "** Two")]) == ["table"]
    listed = [words("clause", "The votes"), words("clause", "Needed:"), words("item", "(1)"), words("item", "(2):")]
    assert stays([*listed, words("item", "(3)")]) == ["clause"], "the words that lead to the items"


@pytest.mark.seconds
@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("above", range(0, 30, 3))
def test_a_signers_block_is_one_piece_under_words_of_the_paper(suffix: str, above: int) -> None:
    blocks = [*clauses(above), words("terms", "All other terms."), words("dated", "Dated: today")]
    on = pages((*blocks, *(block for number in range(1, 7) for block in signer(number))), suffix)
    for number in range(1, 7):
        assert (
            page_of(f"Party {number}", on) == page_of(f"By: for {number}", on) == page_of(f"Attest: for {number}", on)
        )
    assert page_of("All other terms", on) == page_of("Dated: today", on) == page_of("Party 1", on)


@pytest.mark.seconds
@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("above", [3, 8, 13, 18, 23])
def test_a_long_table_begins_under_its_heading_and_no_page_is_nearly_empty(suffix: str, above: int) -> None:
    on = pages((*clauses(above), *schedule(table(60))), suffix)
    assert page_of("SCHEDULE A", on) == page_of("Fund 1", on) == page_of("Fund 2", on)
    assert page_of("Fund 59", on) == page_of("Fund 60", on)
    assert page_of("SCHEDULE A", on) == 0 or above > 13


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_group_stays_on_one_page_where_the_page_is_half_full(suffix: str) -> None:
    groups = [table(12, f"Fund {letter}", f"TRUST {letter}") for letter in "ABCDEF"]
    on = pages(tuple(schedule(groups[0], *groups[1:])), suffix)
    assert len(on) > 1
    for letter in "ABCDEF":
        assert page_of(f"Fund {letter} 1", on) == page_of(f"Fund {letter} 12", on)


@pytest.mark.seconds
@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("above", range(0, 40, 4))
def test_two_signers_stand_together_under_words_of_the_paper(suffix: str, above: int) -> None:
    on = pages((*clauses(above), words("dated", "Dated: today"), *signer(1), *signer(2)), suffix)
    assert page_of("Dated: today", on) == page_of("Party 1", on) == page_of("Attest: for 2", on)


def groups_beside() -> Table:
    rows = (row(f"Group {n}" if of == 1 else "", f"Fund {n}x{of}") for n in range(1, 13) for of in range(1, 5))
    return Table("schedule", (row("REGISTRANT", "FUND"),), tuple(rows))


def funds_with_classes() -> Table:
    rows = []
    for n in range(1, 13):
        rows.append(TableRow("fund", (Cell("", (Run(f"Group {n}"),), True),)))
        rows += [row(f"Fund {n}x{of}", "0.25%", role="class") for of in range(1, 5)]
    return Table("schedule", (row("TRUST", "FEE"),), tuple(rows))


@pytest.mark.seconds
@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("above", range(10, 40, 5))
@pytest.mark.parametrize("rows", [groups_beside, funds_with_classes])
def test_rows_stay_with_the_name_that_they_are_under(rows: Callable[[], Table], suffix: str, above: int) -> None:
    on = pages((*clauses(above), *schedule(rows())), suffix)
    for number in range(1, 13):
        assert page_of(f"Group {number}", on) == page_of(f"Fund {number}x1", on) == page_of(f"Fund {number}x4", on)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_what_no_page_can_take_goes_on_from_page_to_page(suffix: str) -> None:
    parties = words("party", " ".join(f"Party {number} of the Funds named in the schedule" for number in range(120)))
    on = pages((parties, words("signature", "By: somebody")), suffix)
    assert page_of("Party 0", on) < page_of("Party 119", on) == page_of("By: somebody", on)


def test_word_is_told_the_same() -> None:
    blocks = [*schedule(table(5)), words("dated", "Dated: today"), *signer(1), *signer(2)]
    parts = ooxml.parts("", writers.WRITERS["docx"](Document(tuple(blocks)), making.LAYOUT))
    paragraphs = list(etree.fromstring(parts["word/document.xml"]).iter(f"{W}p"))
    kept = ["".join(p.itertext()) for p in paragraphs if p.find(f"{W}pPr/{W}keepNext") is not None]
    assert kept == [
        *("SCHEDULE A", "The rows are these.", "TRUST", "FEE", "Fund 1", "0.25%", "Fund 4", "0.25%"),
        *("Dated: today", "Party 1", "By: for 1", "Attest: for 1", "Party 2", "By: for 2"),
    ]
    styles = etree.fromstring(parts["word/styles.xml"])
    unbroken = [s.get(f"{W}styleId") for s in styles.iter(f"{W}style") if s.find(f"{W}pPr/{W}keepLines") is not None]
    assert unbroken == ["Party", "Signature", "Attest"]


@pytest.mark.parametrize("case", ["ten-columns", "draft-with-dates"])
def test_no_word_of_a_narrow_column_breaks(case: str, empty: Workspace) -> None:
    folder = HERE / "cases" / case
    empty.write(
        {f"schedules/{f.relative_to(folder.parent).as_posix()}": f.read_bytes() for f in folder.rglob("*.yaml")}
    )
    (paper,) = chosen(empty.root).papers
    document = produce.document(paper, "schedule")
    data = writers.WRITERS["pdf"](document, making.LAYOUT)
    assert parts(*map(plain, document.contents())) <= parts(*pdf_pages.texts(data))


def parts(*texts: str) -> set[str]:
    """The words of texts; a line may end behind a slash."""
    return set(" ".join(texts).replace("/", " ").split())


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("0.53% on first $1 billion", "0.53% on first $1_billion"),
        ("over $1.5 Billion, up to US $2,000.50 million;", "over $1.5_Billion, up to US_$2,000.50_million;"),
        ("$ 25,000 per year", "$_25,000 per year"),
        ("30 basis points of 2 billion", "30_basis_points of 2_billion"),
        ("0.25 % or 0.25 percent per annum", "0.25_% or 0.25_percent per annum"),
        ("0.25% per annum", "0.25% per annum"),
        ("June 20, 2017, and the 500 Index Fund", "June_20,_2017, and the 500 Index Fund"),
        ("Class 2 shares, $5 fee, 1 billionaire", "Class 2 shares, $5 fee, 1 billionaire"),
    ],
)
def test_what_an_amount_is(text: str, joined: str) -> None:
    assert amounts.joined(text) == joined.replace("_", "\xa0")


@pytest.mark.parametrize("suffix", ["txt", "htm", "pdf", "docx"])
def test_no_line_of_a_cell_ends_inside_an_amount(suffix: str) -> None:
    """However narrow its column is; the file says the same words."""
    texts = [f"{number} basis points of the first $1,250 million" for number in (10, 20, 30, 40)]
    heads = tuple(Cell("text", (Run(head),), True) for head in ("FUND", "A", "B", "C", "D"))
    cells = (Cell("", (Run("Alpha Fund"),), True), *(Cell("text", (Run(text),), False) for text in texts))
    document = Document((Table("schedule", (TableRow("", heads),), (TableRow("", cells),)),))
    data = writers.WRITERS[suffix](document, making.LAYOUT)
    assert readers.difference(document, suffix, data) is None
    if suffix == "txt":
        assert data.decode("ascii").count("$1,250 million") == 4
    elif suffix == "pdf":
        assert re.sub(r"\s", " ", " ".join(pdf_pages.texts(data))).count("$1,250 million") == 4
    else:
        text = data if suffix == "htm" else ooxml.parts("", data)["word/document.xml"]
        assert text.decode("utf-8").replace("&#160;", "\xa0").count("$1,250\xa0million") == 4


def test_a_table_with_columns_of_words_is_set_smaller_before_they_are_pressed() -> None:
    """Each keeps room for sixteen letters, or for all that it says."""
    texts = [
        "0.53% on first $1 billion; 0.48% over $1 billion up to $2 billion; 0.44% over $8 billion",
        "June 20, 2017",
    ]
    texts += ["$1 billion or $250 million, whichever is less in each year", "30 basis points of $2 billion for all"]
    heads = tuple(Cell("text", (Run(head),), True) for head in ("FUND", "A", "B", "C", "D"))
    name = Cell("", (Run("Goldman Sachs Government Income and Very Long Fund"),), True)
    cells = (name, *(Cell("text", (Run(text),), False) for text in texts))
    (fit,) = widths.fits(Document((Table("schedule", (TableRow("", heads),), (TableRow("", cells),)),))).values()
    letters = [share / 100 * fit.size.room / (widths.AVERAGE * fit.size.type) for share in fit.shares[1:]]
    assert fit.size.type == 9
    assert [room > min(16, len(text)) for room, text in zip(letters, texts, strict=True)] == [True] * 4


def test_the_first_and_the_last_two_rows_stay_together_where_they_are_short() -> None:
    assert together.rows_with_next(table(5), [1] * 5) == [True, False, False, True, False]
    assert together.rows_with_next(table(5), [4, 6, 1, 9, 9]) == [True, False, False, False, False]
