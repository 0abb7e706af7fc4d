"""A packet has every line to sign once; signed pages find their place by their codes; copies say /s/."""

from __future__ import annotations

import io
import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.document.tree import Heading, Paragraph, plain
from docgen.files import file_names, pdf_pages
from docgen.filing import packet, signature_pages
from docgen.workspace.load import load
from docgen.workspace.seals import Seal
from docgen.workspace.select import papers_of
from tests.conftest import AMENDMENT, PLAN, Workspace, each

SIGNED = """\
signatures:
  - for: registrants
    each: true
    by: {name: Robert H. Graham, title: President}
    attest: {name: Lisa A. Moss, title: Assistant Secretary}
  - for: A I M Distributors, Inc.
    by: {name: Gene L. Needles, title: President}
parties: [A I M Distributors, Inc.]
""".replace("[A I M Distributors, Inc.]", '["A I M Distributors, Inc."]')
TWO = AMENDMENT + "    - name: AIM STOCK FUNDS, INC.\n      rows: [INVESCO Gold Fund]\n"
FILES = {
    "schedules/p/plan.yaml": PLAN.replace("kind: distribution-plan", "kind: agreement") + SIGNED,
    "schedules/p/amendments/001.yaml": TWO,
    "schedules/q/plan.yaml": PLAN.replace("Class B", "Class C").replace("kind: distribution-plan", "kind: agreement")
    + SIGNED.replace("Robert H. Graham", "ROBERT H. GRAHAM"),
    "schedules/q/amendments/001.yaml": TWO,
}


def lines(workspace: Workspace) -> list[packet.SignatureLine]:
    workspace_facts = load(workspace.root)
    papers = [paper for plan in workspace_facts.plans for paper in papers_of(workspace_facts, plan)]
    return packet.lines_to_sign(papers)


def test_every_line_is_listed_under_its_signer(empty: Workspace) -> None:
    result = empty.write(FILES).run("packet", "2003-11-03", "--list")
    assert result.code == 0
    text = "\n".join(line[13:] if line.startswith("  ") else line for line in result.out.split("\n"))
    assert text.split("\n")[:-1] == [
        "Robert H. Graham",
        "missing    p/001: AIM BOND FUNDS, INC.",
        "missing    p/001: AIM STOCK FUNDS, INC.",
        "missing    q/001: AIM BOND FUNDS, INC.",
        "missing    q/001: AIM STOCK FUNDS, INC.",
        "Lisa A. Moss",
        "missing    p/001: attest, AIM BOND FUNDS, INC.",
        "missing    p/001: attest, AIM STOCK FUNDS, INC.",
        "missing    q/001: attest, AIM BOND FUNDS, INC.",
        "missing    q/001: attest, AIM STOCK FUNDS, INC.",
        "Gene L. Needles",
        "missing    p/001: A I M Distributors, Inc.",
        "missing    q/001: A I M Distributors, Inc.",
        "10 lines to sign, of 10.",
    ]
    assert not (empty.root / "build").exists()
    rows = json.loads(empty.run("packet", "p/001", "--json").out)
    assert [row["for"] for row in rows if row["attest"]] == [["AIM BOND FUNDS, INC."], ["AIM STOCK FUNDS, INC."]]
    assert len({row["code"] for row in rows}) == 5


def test_a_code_is_of_the_words_and_not_of_the_signatures(empty: Workspace) -> None:
    before = [line.code for line in lines(empty.write(FILES))]
    signed = FILES["schedules/p/plan.yaml"].replace("title: President}", "title: President, signed: true}")
    assert [line.code for line in lines(empty.write({"schedules/p/plan.yaml": signed}))] == before
    other = FILES["schedules/p/amendments/001.yaml"].replace("1.00%", "0.95%")
    after = [line.code for line in lines(empty.write({"schedules/p/amendments/001.yaml": other}))]
    assert not set(before[:5]) & set(after[:5])
    assert before[5:] == after[5:], "another plan's paper says what it said"


def texts(path: Path) -> list[str]:
    return pdf_pages.texts(path.read_bytes())


@pytest.mark.slow
def test_a_signers_pdf_has_a_page_for_each_line_footed_with_paper_and_code(empty: Workspace) -> None:
    result = empty.write(FILES).run("packet", "2003-11-03")
    assert result.out.split("\n")[-5:] == [
        "build/packet/2003-11-03/robert-h-graham.pdf",
        "build/packet/2003-11-03/lisa-a-moss.pdf",
        "build/packet/2003-11-03/gene-l-needles.pdf",
        "3 files written under build/",
        "",
    ]
    folder = empty.root / "build/packet/2003-11-03"
    pages = {path.stem: texts(path) for path in folder.iterdir()}
    assert {name: len(listed) for name, listed in pages.items()} == {
        "robert-h-graham": 5,
        "lisa-a-moss": 5,
        "gene-l-needles": 3,
    }
    codes = Counter(code for listed in pages.values() for text in listed[1:] for code in packet.read_codes(text))
    assert codes == Counter(line.code for line in lines(empty)), "every line once"
    code = lines(empty)[0].code
    assert pages["robert-h-graham"][1].endswith(f"[p/001, code {code}]"), "no number of a page: it goes behind a paper"
    page = " ".join(pages["robert-h-graham"][1].split())
    assert "to Amendment No. 1 to the Amended and Restated Master Distribution Plan (Class B Shares)" in page
    assert "AIM BOND FUNDS, INC. By: ______________________________ Name: Robert H. Graham Title: President" in page


def scanned(data: bytes, number: int) -> bytes:
    """A page as a scanner gives it: a picture, without words."""
    document = pypdfium2.PdfDocument(data)
    output = io.BytesIO()
    document[number].render(scale=1).to_pil().save(output, "PDF")
    return output.getvalue()


@pytest.mark.slow
def test_signed_pages_are_put_back_and_copies_conformed(empty: Workspace) -> None:
    empty.write(FILES).run("packet", "2003-11-03")
    folder = empty.root / "build/packet/2003-11-03"
    needles = (folder / "gene-l-needles.pdf").read_bytes()
    empty.write({"graham.pdf": (folder / "robert-h-graham.pdf").read_bytes(), "scan.pdf": scanned(needles, 1)})
    command = ("packet", "2003-11-03", "--signed", "graham.pdf", "--signed", "scan.pdf", "--format", "txt")
    lost = empty.run(*command)
    assert lost.code == 1
    assert 'scan.pdf, page 1: no code can be read on it\n    say which it is:  --page "scan.pdf:1=CODE"' in lost.err
    code = next(line.code for line in lines(empty) if line.signer.name == "Gene L. Needles")
    result = empty.run(*command, "--page", f"scan.pdf:1={code.lower()}", "--record")
    assert result.code == 0, result.err
    assert "5 lines to sign, of 10." in result.out
    assert result.out.count("came back") == 5
    executed = pikepdf.open(folder / "signed/p-001-executed.pdf")
    built = empty.run("build", "p", "--format", "pdf")
    assert built.code == 0
    text = (folder / "signed/p-001-conformed.txt").read_text(encoding="ascii")
    assert text.count("By: /s/ Robert H. Graham") == 2
    assert text.count("By: /s/ Gene L. Needles") == 1
    assert text.count("Attest: ______") == 2, "which did not come back"
    paper = pikepdf.open(empty.root / "build/p/001/amendment.pdf")
    assert len(executed.pages) == len(paper.pages) + 3, "the paper, and the signed pages behind it"
    shown = pdf_pages.texts((folder / "signed/p-001-executed.pdf").read_bytes())[-3:]
    assert [packet.read_codes(text) == [] for text in shown] == [False, False, True], "the last is a scan"
    with pdf_pages.pages((folder / "signed/p-001-executed.pdf").read_bytes()) as document:
        picture = document[len(document) - 1].render(grayscale=True).to_pil()
    assert picture.getextrema()[0] < 99, "its ink is there"
    tags = list(executed.Root.StructTreeRoot.K[0].K)
    assert [str(tag.Alt) for tag in tags if tag.S == "/Figure"] == [
        f"Signature page to Amendment No. 1 to the Amended and Restated Master Distribution Plan (Class B Shares), "
        f"signed by {line.who} for {line.view.names[0]}, code {line.code}"
        for line in lines(empty)
        if line.paper.name == "p/001" and not line.is_attest
    ]
    assert len(tags) == len(paper.Root.StructTreeRoot.K[0].K) + 3, "the paper's own tags stay"
    assert b"pdfuaid:part" not in executed.Root.Metadata.read_bytes(), "nobody knows it of pages from elsewhere"
    assert "signed: true" in (empty.root / "schedules/p/amendments/001.yaml").read_text(encoding="utf-8")
    assert empty.run("check").code == 0
    assert "5 lines to sign, of 10." in empty.run("packet", "2003-11-03", "--list").out
    again = empty.run(*command, "--page", f"scan.pdf:1={code}", "--record")
    assert "Nothing new is signed." in again.out


@pytest.mark.slow
def test_a_page_of_other_words_is_refused(empty: Workspace) -> None:
    empty.write(FILES).run("packet", "p/001")
    empty.write({"back.pdf": (empty.root / "build/packet/p-001/gene-l-needles.pdf").read_bytes()})
    twice = empty.run("packet", "p/001", "--signed", "back.pdf", "--signed", "./back.pdf")
    assert "./back.pdf, page 2: is signed for the same line as page 2 of back.pdf" in twice.err
    empty.write({"schedules/p/amendments/001.yaml": TWO.replace("1.00%", "0.95%")})
    result = empty.run("packet", "p/001", "--signed", "back.pdf")
    assert result.code == 1
    assert "back.pdf, page 2: " in result.err
    assert "is the code of no paper as it reads now" in result.err
    assert empty.run("packet", "p/001", "--signed", "schedules/p/plan.yaml").code == 1


REFUSED = {
    ("packet", "2003-11-04"): 'no paper is of this day\n    did you mean "2003-11-03"?',
    ("packet", "p"): "p: names no amendment",
    ("packet", "p/001", "--page", "x.pdf:1=AAAA-BBBB"): "--page, --format and --record go with --signed",
    ("packet", "p/001", "--format", "htm"): "--page, --format and --record go with --signed",
    ("packet", "p/001", "--signed", "x.pdf", "--json", "--record"): "--format and --record write files",
    ("packet", "r/001"): "nobody signs it",
    ("packet", "r/002"): "is a draft",
}


@pytest.mark.parametrize("arguments", REFUSED, ids=" ".join)
def test_what_cannot_be_signed_is_refused(arguments: tuple[str, ...], empty: Workspace) -> None:
    draft = "number: 2\neffective: tbd\ndraft: true\nchanges: [{remove: INVESCO Gold Fund}]\n"
    nobody = {
        "schedules/r/plan.yaml": PLAN.replace("Class B", "Class R"),
        "schedules/r/amendments/001.yaml": TWO.replace("2003-11-03", "2004-11-03"),
        "schedules/r/amendments/002.yaml": draft,
    }
    result = empty.write({**FILES, **nobody}).run(*arguments)
    assert result.code == 2
    assert REFUSED[arguments] in result.err


def test_a_paper_that_was_signed_and_sealed_misses_nobody(empty: Workspace) -> None:
    line = lines(empty.write(FILES))[0]
    states = [
        replace(line, paper=replace(line.paper, seal=Seal("", {}, receipt))).is_signed
        for receipt in ({}, {"signed": "2003-11-03"})
    ]
    assert states == [False, True]


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("Robert H. Graham", "robert-h-graham"),
        ("José Núñez-O’Hara", "jose-nunez-ohara"),
        ("President of Société d'Équité & Co., Inc.", "president-of-societe-dequite-co-inc"),
        ("Иван", "signer"),
        ("A" * 300, "a" * 100),
    ],
)
def test_a_file_is_called_after_a_signer(name: str, stem: str) -> None:
    assert file_names.slug(name, "signer") == stem


NAMES = st.sampled_from(["Ann Lee", "ANN LEE", "Bo Ray", "José Díaz", None])
TITLES = st.sampled_from(["President", "Secretary", None])
SIGNERS = st.builds(lambda name, title: {k: v for k, v in (("name", name), ("title", title)) if v}, NAMES, TITLES)
BLOCKS = st.builds(
    lambda for_, is_each, by, attest: {
        "for": for_,
        "each": str(is_each).lower(),
        "by": by,
        **({"attest": attest} if attest else {}),
    },
    st.sampled_from(["registrants", ["AIM BOND FUNDS, INC.", "Third, LLC"], "Fourth Trust"]),
    st.booleans(),
    SIGNERS.filter(bool),
    st.none() | SIGNERS.filter(bool),
)


@pytest.mark.slow
@settings(max_examples=15)
@given(st.lists(BLOCKS, min_size=1, max_size=4))
def test_the_packet_holds_every_block_once(
    tmp_path_factory: pytest.TempPathFactory, blocks: list[dict[str, object]]
) -> None:
    """Over all signers each block has one page for each who signs it, and one code a page."""
    files = dict(FILES)
    for name in ("p", "q"):
        plan = files[f"schedules/{name}/plan.yaml"].partition("signatures:")[0]
        files[f"schedules/{name}/plan.yaml"] = f"{plan}signatures: {json.dumps(blocks, ensure_ascii=False)}\n"
    every = lines(Workspace(tmp_path_factory.mktemp("w")).write(files))
    sizes = {"registrants": 2, "Fourth Trust": 1}
    expected = 0
    for block in blocks:
        names = block["for"] if isinstance(block["for"], str) else ""
        number = sizes.get(str(names), 2) if block["each"] == "true" else 1
        expected += 2 * number * (2 if "attest" in block else 1)
    assert len(every) == expected
    assert len({line.code for line in every}) == expected
    pages: Counter[str] = Counter()
    for name, mine in packet.by_signer(every).items():
        document = signature_pages.document(name, mine)
        heads = [block for block in document.blocks if isinstance(block, Heading) and block.role == "attached"]
        feet = [plain(b.content) for b in document.blocks if isinstance(b, Paragraph) and b.role == "footnote"]
        assert len(heads) == len(feet) == len(mine)
        assert each(line.who.casefold() == name.casefold() for line in mine)
        pages.update(code for foot in feet for code in packet.read_codes(foot))
    assert pages == Counter(line.code for line in every)
