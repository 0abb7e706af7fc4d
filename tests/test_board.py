"""The comparison table and the memo say every change beside what was, and the memo is one page."""

from __future__ import annotations

import pypdfium2
import pytest

from docgen import readers
from docgen.build import produce
from docgen.cli.options import chosen
from docgen.document.layout import Layout
from docgen.document.tree import Document, Paragraph, Table, plain
from docgen.reports import board_papers, comparison_table, memo
from docgen.reports.comparison import Matter, matter
from docgen.workspace.points_in_time import between, plan_part
from tests.conftest import AMENDMENT, PLAN, Workspace


def matter_of(workspace: Workspace, old: str, new: str) -> Matter:
    selection = chosen(workspace.root, [plan_part(old), plan_part(new)])
    return matter(between(selection, old, new), selection.papers[0])


def cells(document: Document) -> list[list[str]]:
    return [
        [plain(cell.content).replace("\n", " / ") for cell in row.cells]
        for block in document.blocks
        if isinstance(block, Table)
        for row in block.body
    ]


def items(document: Document) -> list[str]:
    blocks = [block for block in document.blocks if isinstance(block, Paragraph)]
    return [plain(block.content) for block in blocks if block.role == "item"]


ALL = "Maximum Asset Based Sales Charge: 0.75% / Maximum Service Fee: 0.25% / Maximum Aggregate Fee: 1.00%"


def test_the_table_sets_what_is_beside_what_will_be(amended: Workspace) -> None:
    found = comparison_table.document(matter_of(amended, "aim-class-b/002", "aim-class-b/003"))
    assert cells(found) == [
        ["AIM STOCK FUNDS", "AIM STOCK FUNDS, INC.", "AIM STOCK FUNDS"],
        ["AIM COMBINATION STOCK & BOND FUNDS, INC."],
        ["AIM Core Stock Fund", "INVESCO Core Equity Fund", "AIM Core Stock Fund"],
        ["AIM NEW FUNDS"],
        ["AIM One Fund", "–", ALL],
        ["AIM Two Fund", "–", ALL],
        ["AIM SECTOR FUNDS, INC."],
        ["INVESCO Multi-Sector Fund", "under AIM MANAGER SERIES FUNDS, INC.", "under AIM SECTOR FUNDS, INC."],
        ["AIM STOCK FUNDS"],
        [
            "INVESCO Mid-Cap Growth Fund",
            "Maximum Service Fee: 0.25% / Maximum Aggregate Fee: 1.00%",
            "Maximum Service Fee: 0.20% / Maximum Aggregate Fee: 0.95%",
        ],
        ["INVESCO S&P 500 Index Fund", "–", ALL],
        ["AIM SECTOR FUNDS, INC."],
        ["INVESCO Telecommunications Fund", ALL, "removed: merged into INVESCO Technology Fund"],
    ]
    assert plain(found.blocks[-1].content) == "15 rows stay as they are."  # type: ignore[union-attr]


def test_the_memo_says_what_changes_and_who_must_approve(amended: Workspace) -> None:
    found = memo.document(matter_of(amended, "aim-class-b/002", "aim-class-b/003"))
    assert cells(found)[3:6] == [
        ["AIM Two Fund", "added under AIM NEW FUNDS", "Board and independent directors; holders, if offered before"],
        [
            "INVESCO Multi-Sector Fund",
            "moves from AIM MANAGER SERIES FUNDS, INC. to AIM SECTOR FUNDS, INC.",
            "Board and independent directors",
        ],
        [
            "INVESCO Mid-Cap Growth Fund",
            "Maximum Service Fee from 0.25% to 0.20%; Maximum Aggregate Fee from 1.00% to 0.95%",
            "Board and independent directors",
        ],
    ]
    head = plain(found.blocks[1].content)  # type: ignore[union-attr]
    assert "Re: Amended and Restated Master Distribution Plan (Class B Shares), Amendment No. 3" in head
    assert "Effective: November 24, 2003" in head
    assert not any("Fees that rise" in item for item in items(found))


def test_a_fee_that_rises_needs_the_holders(workspace: Workspace) -> None:
    later = AMENDMENT.replace("number: 1", "number: 2\ndraft: true").replace("service_fee: 0.25%", "service_fee: 0.30%")
    workspace.write({"schedules/p/amendments/002.yaml": later.replace("2003-11-03", "2004-11-03")})
    found = memo.document(matter_of(workspace, "p/001", "p/002"))
    assert {row[2] for row in cells(found)} == {"Board and independent directors; holders"}
    both = "INVESCO Tax-Free Bond Fund and INVESCO U.S. Government Securities Fund"
    assert f"holders of the class of {both}: Rule 12b-1(b)(4)." in items(found)[1]
    vote = "approvals:\n  - {by: the Board, on: 2004-10-01, independent: true}\n"
    workspace.write({"schedules/p/amendments/002.yaml": vote + later.replace("2003-11-03", "2004-11-03")})
    voted = memo.document(matter_of(workspace, "p/001", "p/002"))
    assert items(voted)[-1] == "(1) the Board, with a majority of its independent members, on October 1, 2004"
    workspace.write({"schedules/p/amendments/002.yaml": later.replace("2003-11-03", "2004-11-03")})
    workspace.write({"schedules/p/plan.yaml": PLAN.replace("rule: 12b-1\n", "")})
    other = memo.document(matter_of(workspace, "p/001", "p/002"))
    assert {len(row) for row in cells(other)} == {2}
    assert items(other) == ["(1) The plan names no Rule 12b-1. Counsel should say which approvals these changes need."]


@pytest.fixture
def layouts(monkeypatch: pytest.MonkeyPatch) -> list[Document]:
    """The documents that are laid out as PDF, as they come."""
    proved = produce.proved
    trees: list[Document] = []

    def counted(tree: Document, suffix: str, settings: Layout) -> bytes:
        trees.extend([tree] if suffix == "pdf" else [])
        return proved(tree, suffix, settings)

    monkeypatch.setattr(produce, "proved", counted)
    return trees


def test_a_memo_that_fits_is_laid_out_once(amended: Workspace, layouts: list[Document]) -> None:
    board_papers.files(matter_of(amended, "aim-class-b/002", "aim-class-b/003"), "memo")
    assert layouts == [memo.document(matter_of(amended, "aim-class-b/002", "aim-class-b/003"))]


@pytest.mark.parametrize("fitting", [0, 2, 4, 6, 8, 10, 12, 14])
def test_the_memo_has_as_many_changes_as_fit(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, fitting: int
) -> None:
    """Each number is found, without a PDF, by documents that are too long from some number of rows on."""
    rows = "".join(f"        - Fund {number}\n" for number in range(60))
    later = AMENDMENT.replace("number: 1", "number: 2").replace("2003-11-03", "2004-11-03") + rows
    workspace.write({"schedules/p/amendments/002.yaml": later})
    lengths: list[int] = []

    def proved(tree: Document, suffix: str, settings: Layout) -> bytes:
        lengths.extend([len(cells(tree))] if suffix == "pdf" else [])
        return str(len(cells(tree))).encode()

    monkeypatch.setattr(produce, "proved", proved)
    monkeypatch.setattr(board_papers, "_pages", lambda data: 2 if int(data) > fitting else 1)
    made = board_papers.files(matter_of(workspace, "p/001", "p/002"), "memo")
    assert set(made.values()) == {str(fitting).encode()}
    assert len(lengths) == len(set(lengths)) <= (5 if fitting == 0 else 4)


@pytest.mark.slow
def test_the_memo_is_one_page_however_much_changes(workspace: Workspace, layouts: list[Document]) -> None:
    long = "Fund with a Name that Takes More than One Line of the Column that it Stands in, Series"
    rows = "".join(f"        - {long} {number}\n" for number in range(60))
    later = AMENDMENT.replace("number: 1", "number: 2").replace("2003-11-03", "2004-11-03") + rows
    workspace.write({"schedules/p/amendments/002.yaml": later})
    made = board_papers.files(matter_of(workspace, "p/001", "p/002"), "memo")
    assert list(made) == ["p/002/memo-against-001.docx", "p/002/memo-against-001.pdf"]
    document = pypdfium2.PdfDocument(made["p/002/memo-against-001.pdf"])
    text = document[0].get_textpage().get_text_bounded()
    assert len(document) == 1
    document.close()
    assert "changes more, which the comparison table lists." in text
    assert "60 added" in text
    assert len(layouts) <= 4


@pytest.mark.slow
@pytest.mark.parametrize("form", ["table", "memo"])
def test_both_are_written_in_word_and_pdf(amended: Workspace, form: str) -> None:
    ran = amended.run("diff", "aim-class-b/002", "aim-class-b/003", "--format", form)
    name = {"table": "comparison", "memo": "memo"}[form]
    files = [f"build/aim-class-b/003/{name}-against-002.{suffix}" for suffix in ("docx", "pdf")]
    assert ran.out.splitlines() == [*files, "2 files written under build/"]
    found = matter_of(amended, "aim-class-b/002", "aim-class-b/003")
    tree = comparison_table.document(found) if form == "table" else memo.document(found)
    for file in files:
        assert readers.difference(tree, file.rpartition(".")[2], (amended.root / file).read_bytes()) is None


def test_two_days_are_compared_too(amended: Workspace) -> None:
    ran = amended.run("diff", "aim-class-b@2003-11-03", "aim-class-b@2003-12-31", "--format", "table")
    assert ran.out.splitlines()[0] == "build/aim-class-b/2003-12-31/comparison-against-2003-11-03.docx"
    found = matter_of(amended, "aim-class-b@2003-11-03", "aim-class-b@2003-11-10")
    assert cells(comparison_table.document(found)) == []
    assert "Nothing changes" in plain(memo.document(found).blocks[2].content)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("p/001", "q/001"), "is of another plan than q/001"),
        (("p@1999-01-01", "p@1999-01-02"), "no schedule is in force"),
        (("p/001", "p/009"), 'p has no amendment "009"'),
        (("p/001", "p@soon"), "soon is not a date"),
        (("p/001", "p/001", "--json"), "--format writes papers"),
    ],
)
def test_what_cannot_be_compared_is_refused(workspace: Workspace, arguments: tuple[str, ...], said: str) -> None:
    workspace.write({"schedules/q/plan.yaml": PLAN, "schedules/q/amendments/001.yaml": AMENDMENT})
    ran = workspace.run("diff", *arguments, "--format", "table")
    assert ran.code == 2
    assert said in ran.err
    assert not (workspace.root / produce.BUILD).exists()


def test_one_row_stays_as_it_is(workspace: Workspace) -> None:
    change = AMENDMENT.replace("number: 1", "number: 2").split("restate:")[0]
    change += "changes:\n  - remove: INVESCO Tax-Free Bond Fund\n"
    workspace.write({"schedules/p/amendments/002.yaml": change.replace("2003-11-03", "2004-01-05")})
    found = comparison_table.document(matter_of(workspace, "p/001", "p/002"))
    assert plain(found.blocks[-1].content) == "1 row stays as it is."  # type: ignore[union-attr]
