"""A tagged table of EDGAR text keeps every word inside its column, as a reader finds that knows only its marks."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docgen.build import produce
from docgen.cli.options import chosen
from docgen.document.layout import Layout, TextLayout
from docgen.document.tree import Cell, Document, Mark, Revision, Run, Table, TableRow
from docgen.edgar import characters
from docgen.problems import WriterProblem
from docgen.writers import WRITERS
from tests import columns
from tests.conftest import HERE, ROOT, Workspace

LAYOUT = Layout(TextLayout(), ROOT / "templates/print.css")
TAGGED = [HERE / "cases" / name for name in ("draft-with-dates", "ten-columns", "filed/aim-fee-waivers",
                                             "filed/eaton-vance-schedule-a")]  # fmt: skip
Rows = list[list[str]]


def of_tree(table: Table) -> Rows:
    """The words of each column of a table's body; a row of one cell has none but its name."""
    rows = [[said(cell) for cell in row.cells] + [""] * (table.width - len(row.cells)) for row in table.body]
    return [" ".join(column).split() for column in zip(*rows, strict=True)]


def said(cell: Cell) -> str:
    text = "".join(part.text if isinstance(part, Run | Mark) else " " for part in cell.content)
    return characters.plain(text)


def held(document: Document, text: str) -> int:
    """How many tables of a document are tagged; each is the same by its columns, however many pages it takes."""
    pages = [[row for row in rows if not "".join(row).endswith("(continued)")] for rows in columns.tables(text)]
    for rows in pages:
        assert columns.torn(rows) == []
    read = [columns.words(rows) for rows in pages]
    tagged = 0
    for table in document.blocks:
        meant = of_tree(table) if isinstance(table, Table) else []
        so_far: Rows = [[] for _ in meant]
        while read and meant and so_far != meant and len(read[0]) == len(meant):
            onward = [[*before, *more] for before, more in zip(so_far, read[0], strict=True)]
            if any(column != whole[: len(column)] for column, whole in zip(onward, meant, strict=True)):
                break
            so_far = onward
            read.pop(0)
        tagged += bool(meant) and so_far == meant
    assert read == [], "these columns say what no table says"
    return tagged


@pytest.mark.parametrize("folder", TAGGED, ids=lambda folder: folder.name)
def test_every_column_of_a_paper_says_what_its_cells_say(folder: Path, empty: Workspace) -> None:
    files = folder.rglob("*.yaml")
    empty.write({f"schedules/{file.relative_to(folder.parent)}": file.read_bytes() for file in files})
    tagged = 0
    for paper in chosen(empty.root).papers:
        document = produce.document(paper, paper.documents()[-1])
        tagged += held(document, WRITERS["txt"](document, produce.layout(paper)).decode())
    assert tagged


WORDS = st.sampled_from(["AIM", "Portfolio", "Opportunities", "and", "of", "International", "II", "Inc."])
NAMES = st.lists(WORDS, min_size=1, max_size=14)
REVISIONS: list[Revision] = ["", "", "inserted"]
VALUES = st.sampled_from(["0.25%", "None", "", "$1,000,000", "Class A and Class B", "November 3, 2003"])


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Wide tables with long names, funds over classes, rows without values, and rows that a redline marks."""
    width = draw(st.integers(7, 12))
    heads = [Cell("number", (Run(f"MAXIMUM ANNUAL FEE NO. {n}"),), True) for n in range(width)]
    rows = []
    for _ in range(draw(st.integers(1, 30))):
        name = Cell("", (Run(" ".join(draw(NAMES))), *draw(st.sampled_from([(), (Mark("1"),)]))), True)
        texts = draw(st.lists(VALUES, min_size=width, max_size=width))
        values = [Cell("number", (Run(text),) if text else (), False) for text in texts]
        kind = draw(st.sampled_from(["fund", "class", ""]))
        redline = draw(st.sampled_from(REVISIONS))
        rows.append(TableRow(kind, (name,) if kind == "fund" else (name, *values), redline))
    head = TableRow("", (Cell("group", (Run("AIM BOND FUNDS, INC."),), True), *heads))
    return Document((Table("schedule", (head,), tuple(rows)),))


@pytest.mark.seconds
@settings(deadline=None, derandomize=True, max_examples=25, suppress_health_check=list(HealthCheck))
@given(documents())
def test_every_column_of_any_wide_table_says_what_its_cells_say(document: Document) -> None:
    try:
        text = WRITERS["txt"](document, LAYOUT).decode()
    except WriterProblem:
        return  # no width can take it, and that is said
    assert held(document, text) == ("<TABLE>" in text)


@pytest.mark.parametrize(
    ("line", "is_torn"),
    [
        ("Portfolio   0.25%", False),
        ("AIM Portfolio  1%", True),
        ("<R>Portfolio   0.25%</R>", False),
        ("A Fund     10.25%", True),
    ],
)
def test_the_reader_finds_a_word_across_a_column(line: str, is_torn: bool) -> None:
    (rows,) = columns.tables("\n".join(["<TABLE>", "<CAPTION>", "<S>         <C>", line, "</TABLE>"]))
    assert bool(columns.torn(rows)) == is_torn
