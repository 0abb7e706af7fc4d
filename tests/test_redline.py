"""A redline holds both documents, in every format, whoever reads it; and it is as short as the changes are."""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import random
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from lxml import etree

from docgen import readers, writers
from docgen.build import produce
from docgen.cli.options import checked, chosen
from docgen.consolidation import lineage
from docgen.consolidation.plan_folder import PlanFolder
from docgen.document import render
from docgen.document.tree import Break, Document, Paragraph, Reviser, Run, Table, TableRow, plain
from docgen.edgar import characters
from docgen.files import ooxml
from docgen.model.english import value_text
from docgen.model.schedule import Line, Schedule
from docgen.problems import DataProblem, UsageProblem, WriterProblem
from docgen.readers import redline as proof_of_both
from docgen.readers import to_tree
from docgen.readers.returned import RevisedLine
from docgen.redline import accept_reject, align, baseline, fit, make, merge, revisers, summary, word_diff
from docgen.redline.make import Redline
from docgen.workspace.load import load
from docgen.workspace.select import Paper, select
from docgen.writers import docx
from tests import making as plans
from tests import settling
from tests.conftest import AMENDMENT, HERE, PLAIN, PLAN, ROOT, SEED, THIRD, Workspace, each, examples
from tests.test_html import strictly
from tests.test_laws import FEW, LAWS

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SOME = settings(LAWS, max_examples=examples(60))


def paper(workspace: Workspace, name: str = "aim-class-b/003") -> Paper:
    (found,) = chosen(workspace.root, [name]).papers
    return found


def made(workspace: Workspace, against: str = "", document: str = "schedule", reverse: bool = False) -> Redline:
    every = checked(workspace.root)
    (new,) = select(every, ["aim-class-b/003"]).papers
    return make.redline(new, document, baseline.against(every, new, against, document), reverse)


def rows(redline: Document) -> dict[str, list[TableRow]]:
    """The rows of all tables that are not as they were, by the words of their first cell."""
    found: dict[str, list[TableRow]] = {}
    for block in redline.blocks:
        for row in block.body if isinstance(block, Table) else ():
            if any(inline.redline for cell in row.cells for inline in cell.content):
                found.setdefault(said(row, 0), []).append(row)
    return found


def said(row: TableRow, cell: int) -> str:
    """A cell's words as a lawyer writes a redline by hand: [-gone-]{+come+}."""
    signs = {"": ("", ""), "deleted": ("[-", "-]"), "moved out": ("[-", "-]")}
    parts = [
        signs.get(inline.redline, ("{+", "+}"))[0] + plain((inline,)) + signs.get(inline.redline, ("{+", "+}"))[1]
        for inline in row.cells[cell].content
    ]
    return "".join(parts)


def test_each_change_is_what_it_is(amended: Workspace) -> None:
    found = rows(made(amended).marked)
    assert list(found) == [
        "[-INVESCO-]{+AIM+} Core [-Equity-]{+Stock+} Fund",
        "[-INVESCO Multi-Sector Fund-]",
        "{+AIM One Fund+}",
        "{+AIM Two Fund+}",
        "{+INVESCO Multi-Sector Fund+}",
        "[-INVESCO Telecommunications Fund-]",
        "INVESCO Mid-Cap Growth Fund",
        "{+INVESCO S&P 500 Index Fund+}",
    ]
    assert [row.redline for rows in found.values() for row in rows] == [
        "", "moved out", "inserted", "inserted", "moved in", "deleted", "", "inserted",
    ]  # fmt: skip
    (fees,) = found["INVESCO Mid-Cap Growth Fund"]
    assert [said(fees, n) for n in (1, 2, 3)] == ["0.75%", "[-0.25%-]{+0.20%+}", "[-1.00%-]{+0.95%+}"]
    heads = [
        said(row, 0) for block in made(amended).marked.blocks if isinstance(block, Table) for row in block.head[:1]
    ]
    assert heads[-1] == "AIM STOCK FUNDS[-, INC.-]"


def test_the_summary_says_each_change(amended: Workspace) -> None:
    items = [plain(block.content) for block in made(amended).summary if isinstance(block, Paragraph)]
    assert items[1:] == [
        "(1) INVESCO S&P 500 Index Fund is added to AIM STOCK FUNDS, INC.",
        "(2) INVESCO Telecommunications Fund is removed: merged into INVESCO Technology Fund",
        "(3) INVESCO Core Equity Fund is renamed AIM Core Stock Fund",
        "(4) INVESCO Multi-Sector Fund moves from AIM MANAGER SERIES FUNDS, INC. to AIM SECTOR FUNDS, INC.",
        "(5) AIM MANAGER SERIES FUNDS, INC. is removed: nothing stands under it any more",
        "(6) AIM STOCK FUNDS, INC. is renamed AIM STOCK FUNDS",
        "(7) AIM NEW FUNDS is added",
        "(8) INVESCO Mid-Cap Growth Fund: Maximum Service Fee from 0.25% to 0.20%, "
        "Maximum Aggregate Fee from 1.00% to 0.95%",
    ]
    assert "Schedule: Amendment No. 3 against Amendment No. 2." in items[0]
    assert "What moves is struck through where it was" in items[0]


def meant(document: Document, mark: str = "") -> list[str]:
    """The document as `settling` has one: a line a paragraph, a row a line, no blanks; a draft's mark first."""
    said = ["".join(mark.split())] if mark else []
    for block in document.blocks:
        rows = block.rows if isinstance(block, Table) else ()
        said += ["|".join("".join(plain(cell.content).split()) for cell in row.cells) for row in rows]
        said += [] if isinstance(block, Table) else ["".join(plain(block.content).split())]
    return said


@pytest.mark.slow
@pytest.mark.parametrize(
    ("document", "against"), [("schedule", ""), ("schedule", "aim-class-b/002"), ("amendment", "aim-class-b/002")]
)
def test_word_accepts_to_the_new_and_rejects_to_the_old(amended: Workspace, document: str, against: str) -> None:
    redline = made(amended, against, document)
    data = make.files(redline, ["docx"], plans.LAYOUT, ("A. Lawyer", "2003-11-24T00:00:00Z"))
    (file,) = data.values()
    assert settling.word(file, True) == meant(redline.new)
    assert settling.word(file, False) == meant(redline.old)
    assert make.files(redline, ["docx"], plans.LAYOUT, ("A. Lawyer", "2003-11-24T00:00:00Z")) == data


@pytest.mark.slow
def test_every_change_in_word_has_its_author_its_day_and_a_number_of_its_own(amended: Workspace) -> None:
    assert amended.run("redline", "aim-class-b/003", "--format", "docx", "--author", "K. & M.").code == 0
    file = amended.root / "build/aim-class-b/003/schedule-redline-002.docx"
    changes = list(etree.fromstring(ooxml.parts("", file.read_bytes())["word/document.xml"]).iter(f"{W}ins", f"{W}del"))
    assert {change.get(f"{W}author") for change in changes} == {"K. & M."}
    assert {change.get(f"{W}date") for change in changes} == {"2003-11-24T00:00:00Z"}
    numbers = [change.get(f"{W}id") for change in changes]
    assert len(numbers) == len(set(numbers)) > 30
    assert amended.run("redline", "aim-class-b/003", "--format", "docx", "--date", "2004-01-31").code == 0
    assert b'w:date="2004-01-31T00:00:00Z"' in ooxml.parts("", file.read_bytes())["word/document.xml"]


def has_uno() -> bool:
    python = "/usr/bin/python3"
    if not shutil.which("soffice") or not Path(python).exists():
        return False
    return subprocess.run([python, "-c", "import uno"], capture_output=True, check=False).returncode == 0


@pytest.mark.seconds
@pytest.mark.skipif(not has_uno(), reason="install LibreOffice and its Python: libreoffice-writer, python3-uno")
def test_libreoffice_accepts_and_rejects(amended: Workspace, tmp_path: Path) -> None:
    redline = made(amended, "aim-class-b/002", "amendment")
    (data,) = make.files(redline, ["docx"], plans.LAYOUT, ("docgen", "")).values()
    (tmp_path / "redline.docx").write_bytes(data)
    script = HERE / "settle_in_libreoffice.py"
    subprocess.run(["/usr/bin/python3", str(script), str(tmp_path)], check=True, capture_output=True, timeout=600)
    assert readers.docx.words(redline.new, ooxml.parts("", (tmp_path / "accepted.docx").read_bytes())) is None
    assert readers.docx.words(redline.old, ooxml.parts("", (tmp_path / "rejected.docx").read_bytes())) is None


def test_html_underlines_and_strikes_and_is_still_edgars(amended: Workspace) -> None:
    redline = made(amended)
    (data,) = make.files(redline, ["htm"], plans.LAYOUT, ("", "")).values()
    assert set(strictly(data).wrong) == {"u", "strike"}
    text = data.decode("ascii")
    assert "<strike>INVESCO</strike> <u>AIM</u> Core <strike>Equity</strike> <u>Stock</u> Fund" in text
    assert text.index("SUMMARY OF CHANGES") < text.index("SCHEDULE A")


@pytest.mark.slow
def test_pdf_shows_what_goes_in_another_colour(amended: Workspace) -> None:
    redline = made(amended)
    (data,) = make.files(redline, ["pdf"], plans.LAYOUT, ("", "")).values()
    old, new, both = redline.on_paper
    assert readers.difference(both, "pdf", data) is None
    assert proof_of_both.difference(old, new, "pdf", data) is None
    plain_pdf = writers.WRITERS["pdf"](new, plans.LAYOUT)
    rejected = proof_of_both.difference(old, new, "pdf", plain_pdf)
    assert rejected is not None
    assert readers.sentence(rejected).startswith("with every change rejected it ")


def test_text_tags_what_changed_line_by_line(amended: Workspace) -> None:
    redline = made(amended, "aim-class-b/002", "amendment")
    (data,) = make.files(redline, ["txt"], plans.LAYOUT, ("", "")).values()
    lines = data.decode("ascii").split("\n")
    tagged = [line for line in lines if "R>" in line]
    assert each(re.fullmatch(r"<R>[^<>]+</R>", line) for line in tagged)
    assert max(map(len, lines)) <= characters.NARRATIVE
    words = [" ".join(line[3:-4].split()) for line in tagged]
    assert "AIM Core Stock Fund 0.75% 0.25% 1.00%" in words
    assert "AMENDMENT NO. 3" in words
    assert "INVESCO Total Return Fund 0.75% 0.25% 1.00%" not in words
    assert not any("Telecommunications" in line for line in lines)


@pytest.mark.slow
def test_only_docx_pdf_and_htm_unless_text_is_asked_for(amended: Workspace) -> None:
    ran = amended.run("redline", "aim-class-b/003")
    names = [f"build/aim-class-b/003/schedule-redline-002.{suffix}" for suffix in ("docx", "pdf", "htm")]
    proof = "build/aim-class-b/003/schedule-redline-002.proof.json"
    assert ran.out.splitlines() == [*names, proof, "4 files written under build/"]
    ran = amended.run("redline", "aim-class-b/003", "--format", "txt")
    assert ran.out.splitlines()[0].endswith("schedule-redline-002.txt")


def test_an_earlier_draft_is_paired_by_what_its_rows_come_from(amended: Workspace) -> None:
    amended.write({"draft.yaml": THIRD.replace("AIM Core Stock Fund", "AIM Core Value Fund").replace("0.20%", "0.15%")})
    ran = amended.run("redline", "aim-class-b/003", "--against", "draft.yaml", "--format", "htm")
    assert ran.code == 0, ran.err
    text = (amended.root / "build/aim-class-b/003/amendment-redline-draft-yaml.htm").read_text(encoding="ascii")
    assert "AIM Core <strike>Value</strike> <u>Stock</u> Fund" in text
    assert "(1) AIM Core Value Fund is renamed AIM Core Stock Fund" in text
    assert text.count("<strike>") == 2


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["docx", "htm"])
def test_a_finished_file_is_compared_by_its_rows(amended: Workspace, suffix: str) -> None:
    assert amended.run("build", "aim-class-b/002", "--format", suffix).code == 0
    old = f"build/aim-class-b/002/amendment.{suffix}"
    same = amended.run("redline", "aim-class-b/002", "--against", old)
    assert same.out == "Nothing changed: the amendment says the same.\n"
    redline = made(amended, str(amended.root / old), "amendment", reverse=True)
    meant_rows = list(rows(made(amended, "aim-class-b/002", "amendment").marked))
    assert list(rows(redline.marked)) == meant_rows
    assert make.files(redline, ["docx", "htm"], plans.LAYOUT, ("", ""))


@pytest.mark.seconds
@pytest.mark.parametrize("suffix", ["docx", "htm"])
@pytest.mark.parametrize("document", ["schedule", "amendment"])
def test_each_document_is_compared_with_its_finished_file(amended: Workspace, suffix: str, document: str) -> None:
    """A schedule alone has no heading above its own."""
    assert amended.run("build", "aim-class-b/002", "--format", suffix).code == 0
    old = f"build/aim-class-b/002/{document}.{suffix}"
    options = ("--document", document, "--format", "htm,docx")
    same = amended.run("redline", "aim-class-b/002", "--against", old, *options)
    assert same.out == f"Nothing changed: the {document} says the same.\n"
    ran = amended.run("redline", "aim-class-b/003", "--against", old, *options)
    assert ran.code == 0, ran.err


@pytest.mark.slow
def test_what_a_lawyer_changed_in_word_is_found(amended: Workspace) -> None:
    assert amended.run("build", "aim-class-b/003", "--format", "docx").code == 0
    parts = ooxml.parts("", (amended.root / "build/aim-class-b/003/amendment.docx").read_bytes())
    body = parts["word/document.xml"]
    edited = body.replace(b"herein shall remain", b"hereby shall remain").replace(b"AIM One Fund", b"AIM First Fund")
    assert edited != body
    amended.write({"returned.docx": ooxml.pack(parts | {"word/document.xml": edited})})
    ran = amended.run("redline", "aim-class-b/003", "--against", "returned.docx", "--format", "htm")
    assert ran.code == 0, ran.err
    text = (amended.root / "build/aim-class-b/003/amendment-redline-returned-docx.htm").read_text(encoding="ascii")
    assert "not amended <strike>herein</strike> <u>hereby</u> shall remain" in text
    assert "AIM <strike>One</strike> <u>First</u> Fund" in text
    assert "Amendment: returned.docx against Amendment No. 3." in text
    assert "the words of 1 paragraph differ" in text


@pytest.mark.seconds
def test_a_filed_text_alone_is_no_file_to_compare_with(workspace: Workspace) -> None:
    workspace.run("build", "p/001", "--format", "txt")
    sealed = workspace.run("seal", "p/001", "--document", "build/p/001/amendment.txt")
    assert sealed.code == 0, sealed.err
    said = "schedules/p/filed/001: holds no .htm or .docx, only amendment.txt\n"
    assert workspace.run("redline", "p/001", "--against", "filed").err.startswith(said)


@pytest.mark.slow
def test_what_was_filed_is_found_in_its_folder(amended: Workspace) -> None:
    none = amended.run("redline", "aim-class-b/003", "--against", "filed")
    assert none.code == 2
    assert "holds no filed copy of aim-class-b/003" in none.err
    assert amended.run("seal", "aim-class-b/003").code == 0
    same = amended.run("redline", "aim-class-b/003", "--against", "filed")
    assert same.out == "Nothing changed: the amendment says the same.\n"
    path = f"{SEED}/amendments/003.yaml"
    later = (amended.root / path).read_text(encoding="utf-8").replace("AIM One Fund", "AIM First Fund")
    ran = amended.write({path: later}).run("redline", "aim-class-b/003", "--against", "filed", "--format", "htm")
    assert ran.code == 0, ran.err
    text = (amended.root / "build/aim-class-b/003/amendment-redline-filed.htm").read_text(encoding="ascii")
    assert "AIM First Fund" in text


@pytest.mark.seconds
def test_a_redline_of_a_draft_does_not_say_draft_on_each_page(amended: Workspace) -> None:
    path = f"{SEED}/amendments/003.yaml"
    draft = (amended.root / path).read_text(encoding="utf-8").replace("number: 3", "number: 3\ndraft: true")
    ran = amended.write({path: draft}).run("redline", "aim-class-b/003", "--document", "schedule", "--format", "txt")
    assert ran.code == 0, ran.err
    assert "DRAFT" not in (amended.root / ran.out.split()[0]).read_text(encoding="ascii")


@pytest.mark.seconds
@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("aim-class-b/002",), 2, "aim-class-b/002: is the first: no schedule stands before it"),
        (("aim-class-b",), 2, "aim-class-b: names no single amendment"),
        (("aim-class-b/003", "--against", "aim-class-b"), 2, "names no single amendment"),
        (("aim-class-b/003", "--against", "aim-class-b/009"), 2, 'has no amendment "009"'),
        (("aim-class-b/003", "--against", "old.pdf"), 1, "plain text and PDF have no rows and cells"),
        (("aim-class-b/003", "--against", "none.docx"), 2, "none.docx: cannot be read: No such file"),
        (("aim-class-b/003", "--against", "bad.docx"), 1, "bad.docx: is not a file of Word"),
        (("aim-class-b/003", "--against", "bad.htm"), 1, "bad.htm: says nothing"),
        (("aim-class-b/003", "--against", "bad.yaml"), 1, "bad.yaml:1"),
        (("aim-class-b/003", "--against", "prospectus.htm"), 1, "prospectus.htm: is another document than ours"),
        (("aim-class-b/003", "--format", "doc"), 2, 'format "doc" not found'),
        (("aim-class-b/003", "--author", " "), 2, "--author: is empty"),
        (("aim-class-b/003", "--date", "soon"), 2, "soon is not a date"),
    ],
)
def test_what_cannot_be_compared_is_refused(
    amended: Workspace, arguments: tuple[str, ...], code: int, said: str
) -> None:
    amended.write({"old.pdf": b"%PDF", "bad.docx": b"PK", "bad.htm": b"<html></html>", "bad.yaml": b"number: x\n"})
    lines = (f"<p>Shares of kind {n} are sold by dealer {n} at price {n}.</p>" for n in range(40))
    amended.write({"prospectus.htm": f"<html><body>{''.join(lines)}</body></html>"})
    ran = amended.run("redline", *arguments)
    assert ran.code == code
    assert said in ran.err
    assert not (amended.root / "build").exists()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("suffix", "old", "new"),
    [
        ("docx", b"<w:sectPr", b"<w:sdt><w:sdtContent><w:r><w:t>More</w:t></w:r></w:sdtContent></w:sdt><w:sectPr"),
        ("htm", b"</div>", b"and more</div>"),
        ("htm", b"<p ", b"<blockquote>More</blockquote><p "),
    ],
)
def test_words_outside_paragraphs_are_read_as_one(amended: Workspace, suffix: str, old: bytes, new: bytes) -> None:
    assert amended.run("build", "aim-class-b/002", "--format", suffix).code == 0
    data = (amended.root / f"build/aim-class-b/002/amendment.{suffix}").read_bytes()
    parts = ooxml.parts("", data) if suffix == "docx" else {"word/document.xml": data}
    changed = parts | {"word/document.xml": parts["word/document.xml"].replace(old, new, 1)}
    assert changed != parts
    amended.write({f"a.{suffix}": ooxml.pack(changed) if suffix == "docx" else changed["word/document.xml"]})
    redline = made(amended, str(amended.root / f"a.{suffix}"), "amendment")
    assert any(plain(block.content).endswith("ore") for block in redline.new.blocks if isinstance(block, Paragraph))


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["docx", "htm"])
def test_any_damage_is_a_problem_and_no_traceback(amended: Workspace, suffix: str) -> None:
    assert amended.run("build", "aim-class-b/002", "--format", suffix).code == 0
    whole = (amended.root / f"build/aim-class-b/002/amendment.{suffix}").read_bytes()
    parts = ooxml.parts("", whole) if suffix == "docx" else {"": whole}
    dice = random.Random(7)  # noqa: S311  # the same damage on every run
    for name in sorted(parts):
        for _ in range(examples(24)):
            at = dice.randrange(len(parts[name]))
            hurt = parts | {
                name: parts[name][:at] + bytes([dice.randrange(256)]) + parts[name][at + dice.randrange(9) :]
            }
            try:
                to_tree.read(f"a.{suffix}", ooxml.pack(hurt) if suffix == "docx" else hurt[""])
            except DataProblem as error:
                assert error.problems[0].where.file == f"a.{suffix}"


@pytest.mark.seconds
def test_a_redline_that_comes_back_as_it_went_out_changes_nothing(amended: Workspace) -> None:
    """Our own tracked changes are read as accepted, and not taken for theirs."""
    assert amended.run("redline", "aim-class-b/003", "--format", "docx").code == 0
    back = "build/aim-class-b/003/schedule-redline-002.docx"
    for tracked in ("accepted", "rejected"):
        ran = amended.run(
            "redline", "aim-class-b/003", "--document", "schedule", "--against", back, "--tracked", tracked
        )
        assert ran.out.startswith("The words of the schedule are the same, but:\nTracked changes in"), ran.out
        assert "docgen: tracked changes of ours, read as accepted: " in ran.out


def test_a_redline_that_would_lose_a_row_is_refused_and_names_it(amended: Workspace) -> None:
    redline = made(amended)
    table = next(block for block in redline.marked.blocks if isinstance(block, Table))
    blocks = [replace(table, body=table.body[1:]) if block is table else block for block in redline.marked.blocks]
    with pytest.raises(
        WriterProblem, match="accepting every change gives .* where the document says .*Tax-Free Bond"
    ) as no:
        accept_reject.refuse_departures(replace(redline.marked, blocks=tuple(blocks)), redline.old, redline.new)
    assert no.value.problems[0].remedy == "the redline was not saved; this is a fault of docgen's"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("suffix", "old", "new"),
    [
        ("docx", b"<w:delText", b"<w:t"),
        ("docx", b">Equity</w:delText>", b">Equty</w:delText>"),
        ("docx", b"<w:tblHeader/><w:ins ", b"<w:ins "),
        ("htm", b"<strike>Equity</strike>", b"Equity"),
        ("htm", b"<u>Stock</u>", b"<u>Stuck</u>"),
        ("txt", b"</R>", b""),
        ("txt", b"Stock Fund", b"Stuck Fund"),
    ],
)
def test_a_file_that_does_not_hold_both_is_found(amended: Workspace, suffix: str, old: bytes, new: bytes) -> None:
    redline = made(amended)
    (data,) = make.files(redline, [suffix], plans.LAYOUT, ("", "")).values()
    was, now, _ = redline.on_paper if suffix == "htm" else (redline.old, redline.new, redline.marked)
    assert proof_of_both.difference(was, now, suffix, data) is None
    if suffix == "docx":
        parts = ooxml.parts("", data)
        assert old in parts["word/document.xml"]
        wrong = ooxml.pack(parts | {"word/document.xml": hurt(parts["word/document.xml"], old, new)})
    else:
        assert old in data
        wrong = data.replace(old, new, 1)
    assert proof_of_both.difference(was, now, suffix, wrong) is not None


def test_a_numeral_that_stays_alone_is_held_by_both() -> None:
    old, new = (Document((Paragraph("", (Run(text),)),)) for text in ("Annex XX", "XX"))
    data = writers.WRITERS["htm"](merge.marked(old, new, {}), plans.LAYOUT)
    assert proof_of_both.difference(old, new, "htm", data) is None
    assert proof_of_both.difference(old, new, "htm", data.replace(b"XX", b"")) is not None


def hurt(xml: bytes, old: bytes, new: bytes) -> bytes:
    """The XML with the first such words otherwise, and still well-formed."""
    if old != b"<w:delText":
        return xml.replace(old, new, 1)
    for was, now in ((b"<w:delText", b"<w:t"), (b"</w:delText>", b"</w:t>"), (b"<w:del ", b"<w:ins ")):
        xml = xml.replace(was, now, 1)
    return xml.replace(b"</w:del>", b"</w:ins>", 1)


@pytest.mark.parametrize(
    ("old", "new", "meant"),
    [
        ("a b c", "a b c", "a b c"),
        ("0.25%", "0.20%", "[-0.25%-]{+0.20%+}"),
        ("November 3, 2003", "November 24, 2003", "November [-3-]{+24+}, 2003"),
        ("one two three four", "one six seven four", "one [-two three-]{+six seven+} four"),
        ("the Plan", "the “Plan”", "the {+“+}Plan{+”+}"),
        ("nothing is the same", "all words differ here now", "[-nothing is the same-]{+all words differ here now+}"),
        ("", "come", "{+come+}"),
    ],
)
def test_words_are_marked_as_a_lawyer_would(old: str, new: str, meant: str) -> None:
    content = word_diff.differing((Run(old),) if old else (), (Run(new),))
    signs = {"": ("", ""), "deleted": ("[-", "-]"), "inserted": ("{+", "+}")}
    parts = [(signs[inline.redline], plain((inline,))) for inline in content]
    assert "".join(before + text + after for (before, after), text in parts) == meant


FOLDERS = (*ROOT.glob("schedules/*/plan.yaml"), *HERE.glob("cases/**/plan.yaml"))
PLANS = sorted(path.parent for path in FOLDERS)


def every_amendment() -> Iterator[tuple[Path, str, str]]:
    """Every plan of schedules/ and tests/cases/ with each of its amendments that has one before it."""
    for folder in PLANS:
        ids = sorted(path.stem for path in folder.glob("amendments/*.yaml"))
        yield from ((folder, old, new) for old, new in itertools.pairwise(ids))
        yield from ((folder, only, only) for only in ids[:1])


def one_in(several: int, cases: Iterable[tuple[Any, ...]]) -> list[Any]:
    """The cases, of which `make test` takes one in several and `make long` the others."""
    return [
        pytest.param(*case, marks=() if number % several == 0 else pytest.mark.long)
        for number, case in enumerate(cases)
    ]


TOO_WIDE = {("eaton-vance-schedule-a", "txt")}  # twelve columns, and no room for R tags within 132


@pytest.mark.slow
@pytest.mark.parametrize(
    ("folder", "old", "new"), one_in(6, every_amendment()), ids=lambda value: getattr(value, "name", value)
)
def test_every_amendment_against_the_one_before(folder: Path, old: str, new: str, empty: Workspace) -> None:
    """The first amendment of a plan is held against itself without its first row."""
    files = [*folder.rglob("*.yaml"), *folder.parent.glob("events/*.yaml")]
    empty.write({f"schedules/{file.relative_to(folder.parent)}": file.read_bytes() for file in files})
    every = checked(empty.root)
    (paper,) = select(every, [f"{folder.name}/{new}"]).papers
    document = paper.documents()[0]
    layout = produce.layout(paper)
    if old != new:
        against = baseline.against(every, paper, f"{folder.name}/{old}", document)
        redline = make.redline(paper, document, against)
    else:
        tree = produce.document(paper, document)
        before = replace(tree, blocks=tuple(without_first_row(tree)))
        redline = replace_old(paper, tree, before)
    formats = [suffix for suffix in make.FORMATS if (folder.name, suffix) not in TOO_WIDE]
    data = make.files(redline, formats, layout, ("docgen", ""))
    assert len(data) == len(formats)
    assert settling.word(data[f"{redline.name}.docx"], True) == meant(redline.new)
    assert settling.word(data[f"{redline.name}.docx"], False) == meant(redline.old)
    before, after, _ = redline.on_paper
    assert settling.page(data[f"{redline.name}.htm"], True) == meant(after, after.draft_mark)
    assert settling.page(data[f"{redline.name}.htm"], False) == meant(before, after.draft_mark)


def without_first_row(tree: Document) -> Iterator[Any]:
    for block in tree.blocks:
        long = isinstance(block, Table) and len(block.body) > 2
        yield replace(block, body=block.body[1:]) if isinstance(block, Table) and long else block


def replace_old(paper: Paper, new: Document, old: Document) -> Redline:
    both = merge.marked(old, new, {})
    accept_reject.refuse_departures(both, old, new)
    return Redline("redline", old, new, both, ())


def tree_of(plan: PlanFolder, schedule: Schedule) -> Document:
    amendment = replace(plan.amendments[0], schedules=(schedule,))
    return render.document(plan, amendment, "schedule", plans.FOLDERS)


def both_of(pair: plans.Pair) -> tuple[Document, Document, Document]:
    old, new = tree_of(pair.plan, pair.old), tree_of(pair.plan, pair.new)
    rows = {pair.new.name: lineage.pairs(pair.old, pair.new)}
    return old, new, merge.marked(old, new, align.former_places([pair.old], [pair.new], rows))


@pytest.mark.slow
@SOME
@given(plans.pairs_of_schedules())
def test_any_redline_holds_both(pair: plans.Pair) -> None:
    old, new, both = both_of(pair)
    accept_reject.refuse_departures(both, old, new)
    for suffix in ("docx", "htm"):
        data = writers.WRITERS[suffix](both, plans.LAYOUT)
        assert proof_of_both.difference(old, new, suffix, data) is None
        settled, mark = (settling.word, "") if suffix == "docx" else (settling.page, both.draft_mark)
        assert settled(data, True) == meant(new, mark)
        assert settled(data, False) == meant(old, mark)


@pytest.mark.slow
@FEW
@given(plans.pairs_of_schedules())
def test_any_redline_in_pdf_and_text_holds_both(pair: plans.Pair) -> None:
    old, new, both = both_of(pair)
    assert proof_of_both.difference(old, new, "pdf", writers.WRITERS["pdf"](both, plans.LAYOUT)) is None
    try:
        text = writers.WRITERS["txt"](accept_reject.with_tags(both), plans.LAYOUT)
    except WriterProblem as error:
        assert "shorten" in str(error) or "characters long where a line has" in str(error)
    else:
        assert proof_of_both.difference(old, new, "txt", text) is None


def shown(schedule: Schedule) -> dict[tuple[str, str, str], tuple[str, ...]]:
    """What each row prints, by its names."""

    def line(row: Line) -> tuple[str, ...]:
        values = (value_text(v.typed, h) + v.mark for v, h in zip(row.values, schedule.holds(), strict=False))
        return (row.name + row.mark, *values)

    return {
        (group.name, above.name if above else row.name, row.name if above else ""): line(row)
        for group, row, above in schedule.lines()
    }


@pytest.mark.slow
@LAWS
@given(plans.pairs_of_schedules(moves=False))
def test_as_many_rows_are_marked_as_changed(pair: plans.Pair) -> None:
    _, _, both = both_of(pair)
    before, after = shown(pair.old), shown(pair.new)
    called = {name: pair.names.get(name[1], name[1]) for name in before}
    now = {(group, called[(group, row, inner)], inner): line for (group, row, inner), line in before.items()}
    changed = sum(now[name] != after[name] for name in now.keys() & after.keys()) + len(now.keys() ^ after.keys())
    assert sum(len(found) for found in rows(both).values()) == changed


def test_the_styles_of_a_redline_are_the_documents() -> None:
    reviser = Reviser('A "B" & C', "2003-11-24T00:00:00Z")
    data = docx.write(Document((Paragraph("terms", (Run("A", "inserted"),), "inserted"),)), plans.LAYOUT, reviser)
    (end, words) = etree.fromstring(ooxml.parts("", data)["word/document.xml"]).iter(f"{W}ins")
    assert end.getparent().tag == f"{W}rPr"
    assert words.get(f"{W}author") == 'A "B" & C'


@pytest.mark.parametrize(("letters", "kind"), [(73, ""), (74, "width")])
def test_the_marks_of_a_line_count_for_its_width(letters: int, kind: str) -> None:
    words = "a" * letters
    difference = proof_of_both.READERS["txt"](
        Document((Paragraph("terms", (Run(words),)),)), f"<R>{words}</R>\n".encode(), True
    )
    assert (difference.kind if difference else "") == kind


ANN, BOB = Reviser("Ann", ""), Reviser("Bob", "")
WHOSE_LETTERS: dict[str, list[tuple[str, Reviser | None]]] = {
    "one two": [("one ", ANN), ("two", BOB)],
    " one two": [(" one ", ANN), ("two", BOB)],
    "one  two ": [("one  ", ANN), ("two ", BOB)],
}


@pytest.mark.parametrize("text", WHOSE_LETTERS)
def test_words_of_two_revisers_are_parted_behind_the_blank(text: str) -> None:
    marked = Document((Paragraph("terms", (Run(text, "inserted"),), "inserted"),))
    accepted = [RevisedLine(("one", "two"), (ANN, ANN, ANN, BOB, BOB, BOB))]
    (paragraph,) = revisers.signed(marked, accepted, []).blocks
    assert isinstance(paragraph, Paragraph)
    runs = [run for run in paragraph.content if isinstance(run, Run)]
    assert [(run.text, run.reviser) for run in runs] == WHOSE_LETTERS[text]


def test_each_word_is_theirs_who_brought_it_though_their_line_has_others_too() -> None:
    content = (Run("one"), Break(""), Run("two ", "inserted"), Run("three four", "inserted"))
    theirs = [RevisedLine(("one",), (None,) * 3), RevisedLine(("two", "and", "four"), (ANN,) * 6 + (BOB,) * 4)]
    (paragraph,) = revisers.signed(Document((Paragraph("terms", content),)), theirs, []).blocks
    assert isinstance(paragraph, Paragraph)
    runs = [(part.text, part.reviser) for part in paragraph.content if isinstance(part, Run)]
    assert runs == [("one", None), ("two ", ANN), ("three ", None), ("four", BOB)]


@pytest.mark.seconds
@pytest.mark.parametrize("suffix", ["docx", "htm", "pdf", "txt"])
def test_a_redline_that_holds_other_words_is_refused(
    amended: Workspace, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    """The writer drops one row; neither the old document nor the new one is what the file holds then."""
    whole = made(amended)
    tables = [number for number, block in enumerate(whole.marked.blocks) if isinstance(block, Table)]
    table = whole.marked.blocks[tables[-1]]
    assert isinstance(table, Table)
    shorter = replace(table, body=table.body[:-1])
    blocks = (*whole.marked.blocks[: tables[-1]], shorter, *whole.marked.blocks[tables[-1] + 1 :])
    torn = replace(whole, marked=replace(whole.marked, blocks=blocks))
    (paper,) = chosen(amended.root, ["aim-class-b/003"]).papers
    assert make.files(whole, [suffix], produce.layout(paper), ("docgen", ""))
    with pytest.raises(WriterProblem, match="the file was not saved; this is a fault of docgen's writer") as refusal:
        make.files(torn, [suffix], produce.layout(paper), ("docgen", ""))
    assert [problem.where.file for problem in refusal.value.problems] == [f"schedule-redline-002.{suffix}"]


def test_a_fault_of_another_file_is_said_of_that_file(amended: Workspace) -> None:
    bare = replace(plans.LAYOUT, css=amended.root / "looks/print.css", folders=())
    with pytest.raises(WriterProblem) as refusal:
        make.files(made(amended), ["docx"], bare, ("docgen", ""))
    assert [problem.where.file for problem in refusal.value.problems] == [str(amended.root / "looks")]


@pytest.mark.seconds
def test_what_moves_and_what_goes_are_marked_apart(amended: Workspace) -> None:
    """In the tree, in Word and in print: a row that moved out is not one that was deleted."""
    redline = made(amended)
    marks = {
        said(row, 0): {inline.redline for inline in row.cells[0].content} | {row.redline}
        for block in redline.marked.blocks
        if isinstance(block, Table)
        for row in block.body
        if row.redline
    }
    assert marks["[-INVESCO Multi-Sector Fund-]"] == {"moved out"}
    assert marks["{+INVESCO Multi-Sector Fund+}"] == {"moved in"}
    assert marks["[-INVESCO Telecommunications Fund-]"] == {"deleted"}
    assert marks["{+AIM One Fund+}"] == {"inserted"}
    (paper,) = chosen(amended.root, ["aim-class-b/003"]).papers
    files = make.files(redline, ["docx"], produce.layout(paper), ("docgen", ""))
    body = ooxml.parts("", next(iter(files.values())))["word/document.xml"]
    tree = etree.fromstring(body)
    texts = {
        tag: ["".join(e.itertext()) for e in tree.iter(f"{W}{tag}")] for tag in ("del", "ins", "moveFrom", "moveTo")
    }
    assert "INVESCO Telecommunications Fund" in texts["del"]
    assert "INVESCO Telecommunications Fund" not in texts["moveFrom"]
    assert any("Multi-Sector" in text for text in (*texts["moveFrom"], *texts["del"]))


@pytest.mark.seconds
@pytest.mark.parametrize("number", ["0000000002", "002-as-corrected-in-april"])
def test_the_name_of_a_redline_has_no_more_letters_than_edgar_takes(amended: Workspace, number: str) -> None:
    first = amended.root / f"{SEED}/amendments/002.yaml"
    first.rename(first.with_name(f"{number}.yaml"))
    assert amended.run("redline", "aim-class-b/003", "--document", "amendment", "--format", "htm").code == 0
    names = [path.name for path in (amended.root / "build/aim-class-b/003").glob("*.htm")]
    assert [len(name) for name in names] == [32]
    assert names[0].startswith("amendment-redline-00")


@pytest.mark.seconds
def test_the_summary_against_a_file_says_what_its_rows_tell(amended: Workspace) -> None:
    assert amended.run("build", "aim-class-b/002", "--format", "htm").code == 0
    redline = made(amended, str(amended.root / "build/aim-class-b/002/amendment.htm"), "amendment", reverse=True)
    first, *items = [plain(block.content) for block in redline.summary if isinstance(block, Paragraph)]
    assert first.startswith("Amendment: Amendment No. 3 against amendment.htm. Words that come are underlined, ")
    assert items == [
        "(1) AIM Core Stock Fund differs",
        "(2) AIM One Fund is added",
        "(3) AIM Two Fund is added",
        "(4) INVESCO Multi-Sector Fund moves",
        "(5) INVESCO Telecommunications Fund is removed",
        "(6) INVESCO Mid-Cap Growth Fund differs",
        "(7) INVESCO S&P 500 Index Fund is added",
        "(8) the words of 3 paragraphs differ",
    ]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text.replace("<R>", "", 1), 'has a line with half a tag, "'),
        (lambda text: text.replace("</R>", "", 1), 'has a line with half a tag, "'),
        (lambda text: text.replace("</R>", "</R> x", 1), 'has a line with half a tag, "'),
        (lambda text: text.replace("<R>", "x <R>", 1), 'has a line with half a tag, "'),
        (lambda text: text.replace("AIM One Fund", "AIM Ten Fund", 1), 'with every change accepted it line'),
        (lambda text: text + "and more\n", 'after its end'),
        (lambda text: text + "x" * 81 + "\n", "is 81 characters wide"),
    ],
)  # fmt: skip
def test_where_a_redline_in_text_departs(amended: Workspace, change: Callable[[str], str], said: str) -> None:
    redline = made(amended)
    data = writers.WRITERS["txt"](accept_reject.with_tags(redline.marked), plans.LAYOUT)
    assert proof_of_both.difference(redline.old, redline.new, "txt", data) is None
    difference = proof_of_both.difference(redline.old, redline.new, "txt", change(data.decode("ascii")).encode())
    assert difference is not None
    assert said in readers.sentence(difference)


@pytest.mark.seconds
@pytest.mark.parametrize("suffix", ["docx", "htm", "pdf"])
def test_a_redline_is_read_both_ways(amended: Workspace, suffix: str) -> None:
    """Accepted it is the new document, rejected the old: with the two exchanged it is neither."""
    redline = made(amended)
    (paper,) = chosen(amended.root, ["aim-class-b/003"]).papers
    (data,) = make.files(redline, [suffix], produce.layout(paper), ("docgen", "")).values()
    old, new, _ = redline.on_paper if suffix != "docx" else (redline.old, redline.new, redline.marked)
    assert proof_of_both.difference(old, new, suffix, data) is None
    accepted = proof_of_both.difference(old, old, suffix, data)
    assert accepted is not None
    assert accepted.reading == "accepted"
    rejected = proof_of_both.difference(new, new, suffix, data)
    assert rejected is not None
    assert rejected.reading == "rejected"


def papers_in(folder: Path, empty: Workspace) -> list[Paper]:
    """The papers of a plan of schedules/ or tests/cases/."""
    files = [*folder.rglob("*.yaml"), *folder.parent.glob("events/*.yaml")]
    empty.write({f"schedules/{file.relative_to(folder.parent)}": file.read_bytes() for file in files})
    return list(select(checked(empty.root), [folder.name]).papers)


def with_another_word(data: bytes, share: float) -> bytes:
    """A Word file in which somebody wrote `overwritten` for one word, at some share of its way."""
    parts = ooxml.parts("", data)
    body = parts["word/document.xml"]
    words = [match for match in re.finditer(rb"<w:t[^>]*>([^<]*)</w:t>", body) if re.search(rb"\w", match[1])]
    match = words[int(share * (len(words) - 1))]
    word = re.search(rb"[^\s&;]+", match[1])
    assert word is not None
    start, end = match.start(1) + word.start(), match.start(1) + word.end()
    return ooxml.pack(parts | {"word/document.xml": body[:start] + b"overwritten" + body[end:]})


@pytest.mark.slow
@pytest.mark.parametrize("folder", one_in(6, ((plan,) for plan in PLANS)), ids=lambda folder: folder.name)
def test_one_word_that_counsel_changed_in_any_document_is_shown(folder: Path, empty: Workspace) -> None:
    for paper in papers_in(folder, empty):
        for document in paper.documents():
            layout = produce.layout(paper)
            data = writers.WRITERS["docx"](produce.document(paper, document), layout)
            for share in (0, 1, 0.5)[-examples(3) :]:
                end = baseline.file("returned.docx", with_another_word(data, share))
                redline = make.redline(paper, document, end)
                assert "overwritten" in str(redline.new.blocks)
                assert "overwritten" not in str(redline.old.blocks)
                assert len(make.files(redline, ["docx", "htm"], layout, ("docgen", "2020-01-01T00:00:00Z"))) == 2


@pytest.mark.slow
@pytest.mark.parametrize("folder", one_in(3, ((plan,) for plan in PLANS)), ids=lambda folder: folder.name)
def test_word_gives_back_what_each_block_and_row_is(folder: Path, empty: Workspace) -> None:
    def roles(tree: Document) -> list[Any]:
        return [
            [row.role for row in block.rows] if isinstance(block, Table) else (type(block), block.role)
            for block in tree.blocks
        ]

    def levels(tree: Document) -> list[int]:
        return [getattr(block, "level", 0) for block in tree.blocks]

    for paper in papers_in(folder, empty):
        for document in paper.documents():
            tree = produce.document(paper, document)
            read = to_tree.read("a.docx", writers.WRITERS["docx"](tree, produce.layout(paper)))
            assert roles(read) == roles(tree)
            assert levels(read) == levels(tree)


@pytest.mark.seconds
def test_a_returned_file_shows_what_they_did(amended: Workspace) -> None:
    """What they added is inserted, what they struck is deleted; accepting all gives theirs, rejecting all ours."""
    assert amended.run("build", "aim-class-b/003", "--format", "htm").code == 0
    ours = (amended.root / "build/aim-class-b/003/amendment.htm").read_text(encoding="ascii")
    theirs = ours.replace("herein shall remain", "hereby shall still remain").replace("AIM Two Fund", "AIM Third Fund")
    amended.write({"returned.htm": theirs})
    redline = made(amended, str(amended.root / "returned.htm"), "amendment")
    assert accept_reject.without(redline.marked, accept_reject.ACCEPTED) == redline.new
    assert "hereby shall still remain" in str(redline.new)
    assert "herein shall remain" in str(redline.old)
    turned = made(amended, str(amended.root / "returned.htm"), "amendment", reverse=True)
    assert turned.name == "amendment-redline-returned-htm-reversed"
    assert "herein shall remain" in str(turned.new)
    ran = amended.run("redline", "aim-class-b/003", "--against", "returned.htm", "--format", "htm")
    assert ran.code == 0, ran.err
    text = (amended.root / f"build/aim-class-b/003/{redline.name}.htm").read_text(encoding="ascii")
    assert "<strike>herein</strike> <u>hereby</u> shall<u> still</u> remain" in text
    assert "AIM <strike>Two</strike> <u>Third</u> Fund" in text


def test_an_amendment_can_be_turned_around_too(amended: Workspace) -> None:
    redline = made(amended, "aim-class-b/002", "amendment", reverse=True)
    forward = made(amended, "aim-class-b/002", "amendment")
    assert (redline.old, redline.new) == (forward.new, forward.old)
    assert "INVESCO Telecommunications Fund is added" in str(redline.summary)


@pytest.mark.seconds
def test_a_proof_stands_beside_each_redline(amended: Workspace) -> None:
    assert amended.run("redline", "aim-class-b/003", "--format", "docx,txt").code == 0
    folder = amended.root / "build/aim-class-b/003"
    proof = json.loads((folder / "schedule-redline-002.proof.json").read_bytes())
    old, new = proof["ends"]
    assert (old["end"], old["name"], old["source"]) == ("old", "Amendment No. 2", f"{SEED}/amendments/002.yaml")
    assert (new["end"], new["name"], new["source"]) == ("new", "Amendment No. 3", f"{SEED}/amendments/003.yaml")
    assert [*old] == ["end", "name", "source", "sha256", "sha256_of_words"]
    assert new["sha256"] == hashlib.sha256((amended.root / f"{SEED}/amendments/003.yaml").read_bytes()).hexdigest()
    word = (folder / "schedule-redline-002.docx").read_bytes()
    body = etree.fromstring(ooxml.parts("", word)["word/document.xml"])
    ids = [int(change.get(f"{W}id")) for change in body.iter(f"{W}ins", f"{W}del")]
    assert [revision["id"] for revision in proof["revisions"]] == ids
    lines = [(revision["kind"], revision["of"], revision["words"]) for revision in proof["revisions"]]
    assert ("deletion", "words", "Equity") in lines
    assert ("insertion", "row", "AIM One Fund 0.75% 0.25% 1.00%") in lines
    assert ("deletion", "row", "INVESCO Telecommunications Fund 0.75% 0.25% 1.00%") in lines
    in_word, in_text = proof["files"]
    assert in_word["sha256"] == hashlib.sha256(word).hexdigest()
    assert (in_word["accepting_gives"], in_word["rejecting_gives"]) == (
        "the new words: proved",
        "the old words: proved",
    )
    assert in_text["accepting_gives"] == "the new words: proved"
    assert in_text["rejecting_gives"] == "not proved: text holds the new words alone"
    assert [in_word["file"], in_text["file"]] == ["schedule-redline-002.docx", "schedule-redline-002.txt"]
    assert amended.run("redline", "aim-class-b/003", "--format", "htm").code == 0
    again = json.loads((folder / "schedule-redline-002.proof.json").read_bytes())
    assert {file["file"].rpartition(".")[2] for file in again["files"]} == {"docx", "txt", "htm"}


@pytest.mark.parametrize(
    ("roles", "words", "pairs"),
    [
        (("", ""), ("The fees are due", "Whereas nothing else stands"), {}),
        (("", ""), ("The fees are due", "The fees are paid"), {0: 0}),
        (("", ""), ("one two three four", "one two six seven"), {0: 0}),
        (("", ""), ("one two three four five", "one two six seven eight"), {}),
        (("", ""), ("one two", "one two three four five six"), {0: 0}),
        (("", ""), ("one two", "one two three four five six seven"), {}),
        (("recital", "recital"), ("The fees are due", "Whereas nothing else stands"), {0: 0}),
        (("recital", "clause"), ("The fees are due", "Whereas nothing else stands"), {}),
        (("", "clause"), ("The fees are due", "Whereas nothing else stands"), {}),
    ],
)
def test_which_paragraphs_are_one(roles: tuple[str, str], words: tuple[str, str], pairs: dict[int, int]) -> None:
    old, new = (Paragraph(role, (Run(text),)) for role, text in zip(roles, words, strict=True))
    assert align.paragraphs([old], [new]) == pairs


@pytest.mark.seconds
@pytest.mark.parametrize(
    ("days", "date"),
    [
        ("effective: 2003-11-24\ndated: 2003-11-20\n", "2003-11-24"),
        ("dated: 2003-11-20\n", "2003-11-20"),
        ("draft: true\n", "1980-01-01"),
    ],
)
def test_every_revision_has_a_date(amended: Workspace, days: str, date: str) -> None:
    facts = THIRD.replace("effective: 2003-11-24\ndated: 2003-11-24\n", f"{days}")
    assert (
        amended.write({f"{SEED}/amendments/003.yaml": facts})
        .run("redline", "aim-class-b/003", "--format", "docx")
        .err.count("error")
        == 0
    )
    file = amended.root / "build/aim-class-b/003/schedule-redline-002.docx"
    changes = list(etree.fromstring(ooxml.parts("", file.read_bytes())["word/document.xml"]).iter(f"{W}ins", f"{W}del"))
    assert {change.get(f"{W}date") for change in changes} == {f"{date}T00:00:00Z"}


def test_the_summary_says_what_people_call_amendments_and_a_changes_own_day(amended: Workspace) -> None:
    facts = THIRD.replace(
        "  - remove: INVESCO Telecommunications Fund\n",
        "  - remove: INVESCO Telecommunications Fund\n    effective: 2003-12-01\n",
    )
    amended.write({f"{SEED}/amendments/003.yaml": facts + "form: {number: words}\n"})
    first, *items = [plain(block.content) for block in made(amended).summary if isinstance(block, Paragraph)]
    assert first.startswith("Schedule: Third Amendment against Amendment No. 2. ")
    removed = (
        "INVESCO Telecommunications Fund is removed: merged into INVESCO Technology Fund, effective December 1, 2003"
    )
    assert removed in "\n".join(items)
    assert "aim-class-b" not in "\n".join([first, *items])


OF_CLASSES = """\
number: 1
effective: 2003-11-03
restate:
  groups:
    - name: AIM BOND FUNDS, INC.
      rows:
        - name: Alpha Fund
          rows: [{name: Class C, sales_charge: 0.75%, service_fee: 0.25%, aggregate_fee: 1.00%}]
        - name: Beta Fund
          rows: [{name: Class C, sales_charge: 0.75%, service_fee: 0.20%, aggregate_fee: 0.95%}]
"""


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            "{set_class: Class C, of: Alpha Fund, service_fee: 0.15%, aggregate_fee: 0.90%}",
            "Class C of Alpha Fund: Maximum Service Fee from 0.25% to 0.15%, Maximum Aggregate Fee from 1.00% to 0.90%",
        ),
        (
            "{set_class: Class C, sales_charge: 0.70%}",
            "Class C of every fund that has it: Maximum Asset Based Sales Charge from 0.75% to 0.70%",
        ),
        (
            "{set_class: Class C, service_fee: 0.15%}",
            "Class C, in every fund that has it, has other values (Maximum Service Fee 0.15%)",
        ),
        (
            "{set_class: Class C, sales_charge: 0.70%, service_fee: 0.15%}",
            "Class C, in every fund that has it, has other values "
            "(Maximum Asset Based Sales Charge 0.70%, Maximum Service Fee 0.15%)",
        ),
        (
            "{set: Class C, under: Alpha Fund, service_fee: {value: 0.25%, mark: '*'}}",
            "Class C of Alpha Fund has other values (Maximum Service Fee 0.25% [*])",
        ),
    ],
)
def test_the_summary_says_what_the_fees_of_a_class_were(empty: Workspace, change: str, said: str) -> None:
    """Unless that differs from fund to fund, or the sign of a footnote is all that changes."""
    second = f"number: 2\neffective: 2003-12-01\nchanges:\n  - {{add_footnote: '*', text: Note}}\n  - {change}\n"
    empty.write({"schedules/p/plan.yaml": PLAN.replace("Class B", "Class C")})
    empty.write({f"schedules/p/amendments/00{n}.yaml": text for n, text in ((1, OF_CLASSES), (2, second))})
    (plan,) = load(empty.root).plans
    assert summary.sentence(plan.amendments[1].applied[1], plan.amendments[1].day) == said


KINDS = {"a": {"heading": "Fee", "holds": "rate"}, "b": {"heading": "Since", "holds": "date"}}
WIDE = {"name": "Wide Fund", "rows": [{"name": "Class A"}, {"name": "Class B"}]}
START: dict[str, Any] = {
    "effective": "2004-01-01",
    "restate": {
        "values": {"a": "0.25%", "b": "2004-01-01"}, "footnotes": [{"mark": "*", "text": "So."}],
        "groups": [{"name": "ONE TRUST", "rows": ["Alpha Fund", WIDE]}, {"name": "TWO TRUST", "rows": ["Core Fund"]}],
    },
}  # fmt: skip
SUMMARIES = [
    ({"add": "New Fund", "to": "ONE TRUST", "a": "0.10%"},
     "New Fund is added to ONE TRUST (Fee 0.10%, Since January 1, 2004)"),
    ({"add": "New Fund", "to": "ONE TRUST"}, "New Fund is added to ONE TRUST"),
    ({"add": "Class R", "under": "Wide Fund", "b": "2004-02-01"},
     "Class R is added under Wide Fund (Fee 0.25%, Since February 1, 2004)"),
    ({"add": "Big Fund", "to": "ONE TRUST", "rows": ["Class A"], "a": "0.10%"},
     "Big Fund is added to ONE TRUST (Fee 0.10%)"),
    ({"move": "Core Fund", "to": "ONE TRUST"}, "Core Fund moves from TWO TRUST to ONE TRUST"),
    ({"move": "Alpha Fund", "after": "Wide Fund"}, "Alpha Fund moves after Wide Fund"),
    ({"move": "Alpha Fund", "to": "ONE TRUST", "after": "Wide Fund"}, "Alpha Fund moves to ONE TRUST"),
    ({"set": "Core Fund", "a": "0.10%", "b": "2004-02-01"},
     "Core Fund: Fee from 0.25% to 0.10%, Since from January 1, 2004 to February 1, 2004"),
    ({"set": "Class A", "under": "Wide Fund", "a": "None"}, "Class A of Wide Fund: Fee from 0.25% to None"),
    ({"set": "Core Fund", "mark": "*"}, "Core Fund gets the sign of footnote *"),
    ({"set_class": "Class B", "a": "0.10%"}, "Class B of every fund that has it: Fee from 0.25% to 0.10%"),
    ({"set": "Core Fund", "a": "0.10%", "effective": "2004-03-01"},
     "Core Fund: Fee from 0.25% to 0.10%, effective March 1, 2004"),
    ({"remove": "Core Fund", "effective": "2004-02-01"}, "Core Fund is removed"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "said"), SUMMARIES)
def test_the_summary_says_a_change_with_what_was(change: dict[str, str], said: str) -> None:
    plan = plans.chain(
        {"title": "P", "kind": "k", "schedule": {"columns": KINDS}},
        [START, {"effective": "2004-02-01", "changes": [change]}],
    )
    (step,) = plan.amendments[1].applied
    assert summary.sentence(step, plan.amendments[1].day) == said


def test_the_summary_of_a_whole_schedule_is_a_line() -> None:
    plan = plans.chain({"title": "P", "kind": "k", "schedule": {"columns": KINDS}}, [START])
    (step,) = plan.amendments[0].applied
    assert summary.sentence(step, None) == "the whole schedule is restated, effective January 1, 2004"
    bare = plans.chain(
        {"title": "P", "kind": "k", "schedule": {"columns": KINDS}},
        [{"effective": "2004-01-01", "restate": {"rows": ["Alpha"], "values": {"a": "1%", "b": "None"}}},
         {"effective": "2004-02-01", "changes": [{"add": "Beta", "a": "2%"}]}],
    )  # fmt: skip
    assert summary.sentence(bare.amendments[1].applied[0], None).startswith("Beta is added (Fee 2%, Since None)")


LINE_ENDS = [
    ((Break("inserted"), Run("one", "inserted")), [None, ANN]),
    ((Run("one", "inserted"), Break("inserted"), Run("two", "inserted")), [ANN, ANN, BOB]),
    ((Run("one", "inserted"), Break(""), Run("two", "inserted")), [ANN, None, BOB]),
    ((Run("a"), Break("inserted"), Run("onetwo", "inserted")), [None, None, ANN, BOB]),
]


@pytest.mark.parametrize(("content", "whose"), LINE_ENDS)
def test_a_line_end_is_theirs_who_changed_what_stands_before(
    content: tuple[Run | Break, ...], whose: list[Reviser | None]
) -> None:
    words = tuple("".join(part.text for part in content if isinstance(part, Run) and part.redline).split())
    every = [ANN] * 3 + ([BOB] * 3 if len("".join(words)) > 3 else [])
    stays = [None] if content[0] == Run("a") else []
    lines_ = tuple(plain(content).split())
    accepted = [RevisedLine(lines_, (*stays, *every))]
    (paragraph,) = revisers.signed(Document((Paragraph("terms", content),)), accepted, []).blocks
    assert isinstance(paragraph, Paragraph)
    assert [part.reviser for part in paragraph.content] == whose


def test_a_redline_that_lacks_a_paragraph_is_refused() -> None:
    one, two = (Document(tuple(Paragraph("", (Run(text),)) for text in texts)) for texts in (["a"], ["a", "b"]))
    accept_reject.refuse_departures(one, one, one)
    for marked, old, new, said in ((one, two, one, "rejecting"), (one, one, two, "accepting"), (two, one, two, "rej")):
        with pytest.raises(
            WriterProblem, match=f'{said}.* every change gives "its end" where the document says "its e'
        ):
            accept_reject.refuse_departures(marked, old, new)
    other = Document((Paragraph("", (Run("x"),)),))
    with pytest.raises(WriterProblem, match='accepting every change gives "a" where the document says "x"'):
        accept_reject.refuse_departures(one, one, other)


def test_a_registrant_that_its_funds_have_left_goes_alone(workspace: Workspace) -> None:
    restated = AMENDMENT.replace("number: 1", "number: 2").replace("BOND FUNDS", "EQUITY FUNDS")
    workspace.write({"schedules/p/amendments/002.yaml": restated.replace("2003-11", "2003-12")})
    ran = workspace.run("redline", "p/002", "--format", "htm")
    text = (workspace.root / "build/p/002/schedule-redline-001.htm").read_text(encoding="ascii")
    assert ran.code == 0
    assert "AIM BOND FUNDS, INC. is removed: nothing stands under it any more" in text


def test_each_line_of_a_paragraph_with_a_change_is_tagged() -> None:
    """17 CFR 232.310: the tag stands around each paragraph that holds changed material; no pair spans two lines."""
    words = " ".join(["word"] * 40)
    old, new = (Document((Paragraph("clause", (Run(f"{words} {last}"),)),)) for last in ("old", "new"))
    marked = merge.marked(old, new, {})
    data = writers.WRITERS["txt"](accept_reject.with_tags(marked), plans.LAYOUT).decode("ascii")
    assert len(data.splitlines()) == 3
    assert each(re.fullmatch(r"<R>[^<>]+</R>", line) for line in data.splitlines())


def test_a_whole_paragraph_is_a_revision_with_its_words() -> None:
    old, new = (Document(tuple(Paragraph("clause", (Run(words),)) for words in some)) for some in (["a"], ["a", "b c"]))
    data = writers.WRITERS["docx"](merge.marked(old, new, {}), plans.LAYOUT)
    told = [(kind, what, words) for _, kind, what, words, _, _ in proof_of_both.revisions(data)]
    assert told == [("insertion", "end of a paragraph", "b c"), ("insertion", "words", "b c")]


def ends(workspace: Workspace, *arguments: str) -> list[str]:
    """What the ends of a redline are called, in its proof."""
    ran = workspace.run("redline", *arguments, "--format", "htm")
    assert ran.code == 0, ran.err
    (proof,) = [line for line in ran.out.splitlines() if line.endswith(".proof.json")]
    return [end["name"] for end in json.loads((workspace.root / proof).read_bytes())["ends"]]


SECOND_OF_P = "effective: 2003-12-01\nchanges:\n  - remove: INVESCO Tax-Free Bond Fund\n"


@pytest.mark.seconds
def test_the_ends_of_a_redline_have_the_names_that_people_say(workspace: Workspace) -> None:
    other = {name.replace("/p/", "/q/"): text for name, text in PLAIN.items()}
    other["schedules/q/plan.yaml"] = other["schedules/q/plan.yaml"].replace("Class B", "Class C")
    workspace.write({**other, "schedules/p/amendments/002.yaml": SECOND_OF_P})
    assert ends(workspace, "p/002") == ["Amendment No. 1", "the Amendment of December 1, 2003"]
    assert ends(workspace, "p/002", "--against", "q/001") == [
        "Amendment No. 1 to the Amended and Restated Master Distribution Plan (Class C Shares)",
        "the Amendment of December 1, 2003",
    ]
    opening = PLAIN["schedules/p/amendments/001.yaml"].replace("number: 1\n", "opening: true\n")
    workspace.write({"schedules/p/amendments/001.yaml": opening})
    assert ends(workspace, "p/002")[0] == "the schedule of November 3, 2003 as it first stood"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["p/001"], "p/001: is the first: no schedule stands before it\n    say what to compare it with: --against\n"),
        (["p/001", "--against", "p"], "p: names no single amendment\n    write PLAN/AMENDMENT, filed, or a file\n"),
        (
            ["p/001", "--against", "filed"],
            "schedules/p/filed/001: holds no filed copy of p/001\n    name the file with --against FILE\n",
        ),
        (
            ["p/001", "--against", "lost.htm"],
            f"lost.htm: cannot be read: {os.strerror(2)}\n    known here: build, schedules\n",
        ),
    ],
)
def test_what_a_redline_cannot_be_made_against(workspace: Workspace, arguments: list[str], said: str) -> None:
    workspace.write({"schedules/p/amendments/002.yaml": SECOND_OF_P})
    ran = workspace.run("redline", *arguments)
    assert (ran.code, ran.err.partition("1 problem")[0]) == (2, said)


TWO_SCHEDULES = """\
title: Distribution Plan
kind: distribution-plan
dated: 2003-08-18
schedules: [{name: Schedule A}, {name: Schedule B}, {name: Schedule C}]
"""
TWO_PAPERS = {
    "schedules/t/plan.yaml": TWO_SCHEDULES,
    "schedules/t/amendments/001.yaml": "number: 1\neffective: 2003-11-03\n"
    "restate: [{schedule: Schedule A, rows: [Alpha Fund]}, {schedule: Schedule C, rows: [Core Fund]}]\n",
    "schedules/t/amendments/002.yaml": "number: 2\neffective: 2003-12-01\nrestate:\n"
    "  - {schedule: Schedule A, rows: [Alpha Fund, Beta Fund]}\n  - {schedule: Schedule B, rows: [Delta Fund]}\n"
    "  - {schedule: Schedule C, rows: [Core Fund, Echo Fund]}\n",
}


def test_a_schedule_that_is_new_is_one_line_of_the_summary(empty: Workspace) -> None:
    ran = empty.write(TWO_PAPERS).run("redline", "t/002", "--format", "htm")
    assert ran.code == 0, ran.err
    text = (empty.root / "build/t/002/schedule-redline-001.htm").read_text(encoding="ascii")
    listed = [line for line in re.sub("<[^>]+>", "", text).splitlines() if " is new" in line or " is added" in line]
    assert [line.strip() for line in listed] == [
        "(1) Beta Fund is added (Schedule A)",
        "(2) Schedule B is new",
        "(3) Echo Fund is added (Schedule C)",
    ]


SAME_NAMES = {
    "schedules/t/plan.yaml": "title: Distribution Plan\nkind: distribution-plan\n"
    "schedules: [{name: Schedule C}, {name: Exhibit B, under: Schedule A}, {name: Schedule A}]\n",
    "schedules/t/amendments/001.yaml": "number: 1\neffective: 2003-11-03\nrestate:\n"
    "  - {schedule: Schedule A, rows: [Alpha Fund, Beta Fund]}\n"
    "  - {schedule: Exhibit B, rows: [Alpha Fund, Beta Fund]}\n  - {schedule: Schedule C, rows: [Alpha Fund]}\n",
    "schedules/t/amendments/002.yaml": "number: 2\neffective: 2003-12-01\nchanges:\n"
    "  - {rename: Alpha Fund, to: First Series, schedule: Schedule A}\n"
    "  - {rename: Beta Fund, to: Second Trust, schedule: Exhibit B}\n"
    "  - {rename: Alpha Fund, to: Third Portfolio, schedule: Schedule C}\n"
    "  - {add: Zeta Fund, after: Third Portfolio, schedule: Schedule C}\n",
}


@pytest.mark.parametrize("where", ["following", "attached"])
def test_a_row_is_the_one_of_its_own_schedule(empty: Workspace, where: str) -> None:
    """Not one of the same name in another, be it under the same heading or one of its own; the last of a schedule is
    itself beside the quotation mark that ends it."""
    empty.write(SAME_NAMES)
    empty.write({"schedules/t/plan.yaml": f"{SAME_NAMES['schedules/t/plan.yaml']}form: {{schedule: {where}}}\n"})
    every = checked(empty.root)
    (new,) = select(every, ["t/002"]).papers
    marked = make.redline(new, "amendment", baseline.against(every, new, "t/001", "amendment")).marked
    listed = [(row.redline, said(row, 0)) for block in marked.blocks if isinstance(block, Table) for row in block.body]
    assert listed == [
        ("", "[-Alpha Fund”-]{+Third Portfolio+}"),
        ("inserted", "{+Zeta Fund”+}"),
        ("", "[-Alpha Fund-]{+First Series+}"),
        ("", "Beta Fund"),
        ("", "Alpha Fund"),
        ("", "[-Beta Fund”-]{+Second Trust”+}"),
    ]


def test_a_group_is_the_one_of_its_own_schedule(empty: Workspace) -> None:
    plan = (
        "title: Plan\nkind: distribution-plan\nschedules: [{name: Schedule A}, {name: Exhibit B, under: Schedule A}]\n"
    )
    groups = "groups: [{name: AIM FUNDS, rows: [Alpha Fund]}, {name: AIM SERIES, rows: [Beta Fund]}]"
    first = f"restate: [{{schedule: Schedule A, {groups}}}, {{schedule: Exhibit B, {groups}}}]\n"
    second = "changes: [{rename_group: AIM FUNDS, to: QUITE ANOTHER, schedule: Exhibit B}]\n"
    empty.write({
        "schedules/t/plan.yaml": plan,
        "schedules/t/amendments/001.yaml": f"number: 1\neffective: 2003-11-03\n{first}",
        "schedules/t/amendments/002.yaml": f"number: 2\neffective: 2003-12-01\n{second}",
    })  # fmt: skip
    every = checked(empty.root)
    (new,) = select(every, ["t/002"]).papers
    marked = make.redline(new, "schedule", baseline.against(every, new, "", "schedule")).marked
    heads = [said(block.head[0], 0) for block in marked.blocks if isinstance(block, Table)]
    assert heads == ["AIM FUNDS", "AIM SERIES", "[-AIM FUNDS-]{+QUITE ANOTHER+}", "AIM SERIES"]


def test_a_note_goes_with_the_paragraph_above_it() -> None:
    """Notes say nearly the same; none is taken for the one of another paragraph, and what goes is no other's words."""
    old = [("section", "(b) No payment above the rate."), ("footnote", "[As amended by Amendment No. 3.]")]
    old += [("section", "7. Reports, each quarter."), ("footnote", "[As added by Amendment No. 3.]")]
    new = [("section", "(a) Each Fund pays monthly."), ("footnote", "[As replaced by Amendment No. 4.]")]
    new += [("section", "(b) No payment above the rates."), ("footnote", "[As replaced by Amendment No. 4.]")]
    ends = [[Paragraph(role, (Run(text),)) for role, text in listed] for listed in (old, new)]
    assert align.paragraphs(*ends) == {2: 0, 3: 1}


NOTED = {  # the old text and the new, a note marked by *; which of the new was which of the old
    "a note comes under the last paragraph": ("A", "A *n", {0: 0}),
    "a note goes to the next paragraph": ("A *n B", "A B *n", {0: 0, 1: 2}),
    "a note is worded anew": ("A *n B", "A *m B", {0: 0, 1: 1, 2: 2}),
    "words that stand as a note above all": ("*n A B", "*m A B", {0: 0, 1: 1, 2: 2}),
    "the paragraph of a note comes": ("A", "B *n A", {2: 0}),
}


@pytest.mark.parametrize("case", NOTED)
def test_whose_note_a_note_is(case: str) -> None:
    *texts, pairs = NOTED[case]
    old, new = (
        [Paragraph("footnote" if word[0] == "*" else "section", (Run(word),)) for word in text.split()]
        for text in texts
    )
    assert align.paragraphs(old, new) == pairs


def test_the_summary_says_what_else_a_returned_file_holds() -> None:
    """Below the changes, each kind under its heading, each in one line."""
    old, new = (
        Document(tuple(Paragraph("", (Run(text),)) for text in texts))
        for texts in (["one a", "two b", "same"], ["one c", "two d", "same"])
    )
    held = [("Also in my  file.docx", ("a comment\nby Ann", "a  mark")), ("Tracked changes", ("one",))]
    told = summary.blocks("Schedule: my  file", ["Fund  One is added"], merge.marked(old, new, {}), held)
    texts = [(block.role, plain(block.content)) for block in told if not isinstance(block, Table)]
    assert texts == [
        ("title", "SUMMARY OF CHANGES"),
        ("clause", f"Schedule: my  file. {summary.LEGEND}"),
        ("item", "(1) Fund One is added"),
        ("item", "(2) the words of 2 paragraphs differ"),
        ("clause", "Also in my file.docx:"),
        ("item", "(1) a comment by Ann"),
        ("item", "(2) a mark"),
        ("clause", "Tracked changes:"),
        ("item", "(1) one"),
    ]


ONE_OF_THREE = "number: 3\neffective: 2004-01-05\nchanges: [{add: Fox Fund, schedule: Schedule A}]\n"
ANEW = "number: 2\neffective: 2003-12-01\nrestate: [{schedule: Schedule B, rows: [Delta Fund]}]\n"
BY_HEADING = "number: 3\neffective: 2004-01-05\nplan: {schedule: {name: Schedule A, subject: Fees}}\n"


def test_the_schedule_before_is_of_those_that_a_paper_touches(empty: Workspace) -> None:
    empty.write({**TWO_PAPERS, "schedules/t/amendments/003.yaml": ONE_OF_THREE})
    end = baseline.before(paper(empty, "t/003"))
    assert [schedule.name for schedule in end.schedules] == ["Schedule A"]
    assert [(name, len(steps)) for name, steps in end.steps.items()] == [("Schedule A", 1)]
    assert (end.name, end.title, end.source) == ("t/002", "Amendment No. 2", "schedules/t/amendments/002.yaml")
    assert "Fox Fund" not in str(end.document)
    empty.write({"schedules/t/amendments/003.yaml": BY_HEADING})
    earlier = baseline.predecessor(paper(empty, "t/003"))
    assert earlier is not None
    assert earlier.id == "002", "not itself, which leaves the rows as they are"
    (empty.root / "schedules/t/amendments/003.yaml").unlink()
    empty.write({"schedules/t/amendments/002.yaml": ANEW})
    assert baseline.predecessor(paper(empty, "t/002")) is None, "a schedule that comes has none before it"


def test_a_draft_is_an_end_under_the_name_of_its_file(workspace: Workspace) -> None:
    data = AMENDMENT.replace("Tax-Free", "Tax-Exempt").encode()
    end = baseline.draft(paper(workspace, "p/001"), "old/first.yaml", data, "schedule")
    assert (end.name, end.title, end.source) == ("first.yaml", "first.yaml", "old/first.yaml")
    assert end.sha256 == hashlib.sha256(data).hexdigest()
    assert next(row.name for schedule in end.schedules for row in schedule.rows) == "INVESCO Tax-Exempt Bond Fund"
    assert "Tax-Exempt" in str(end.document)
    assert end.steps == {}
    assert not end.is_returned


def test_another_heading_hides_no_change_of_a_row(workspace: Workspace) -> None:
    workspace.write({"schedules/p/amendments/001.yaml": f"{AMENDMENT}plan: {{schedule: {{subject: Fees}}}}\n"})
    new, old = paper(workspace, "p/001"), AMENDMENT.replace("Tax-Free", "Tax-Exempt").encode()
    redline = make.redline(new, "schedule", baseline.draft(new, "old.yaml", old, "schedule"))
    assert [plain(block.content) for block in redline.summary if isinstance(block, Paragraph)][1:] == [
        "(1) INVESCO Tax-Exempt Bond Fund is removed",
        "(2) INVESCO Tax-Free Bond Fund is added to AIM BOND FUNDS, INC. (Maximum Asset Based Sales Charge 0.75%, "
        "Maximum Service Fee 0.25%, Maximum Aggregate Fee 1.00%)",
        "(3) the words of 1 paragraph differ",
    ]


def test_a_file_that_is_not_there_is_named_with_its_neighbours(tmp_path: Path) -> None:
    lost = f"cannot be read: {os.strerror(2)}"
    for folder, files, remedy in (("a", [], ""), ("b", ["x.htm"], ""), ("c", ["x.htm", "y.htm"], "known here: x.htm")):
        (tmp_path / folder).mkdir()
        for name in files:
            (tmp_path / folder / name).touch()
        with pytest.raises(UsageProblem) as refused:
            baseline.content(tmp_path / folder / "quite-another.docx")
        (problem,) = refused.value.problems
        assert (problem.found, problem.remedy[: len(remedy)]) == (lost, remedy)
        assert bool(problem.remedy) == bool(remedy)
    with pytest.raises(UsageProblem, match=lost):
        baseline.content(tmp_path / "nowhere" / "x.htm")


@pytest.mark.parametrize(
    ("phrases", "shared", "another"), [(40, 1, True), (40, 2, False), (39, 0, False), (80, 3, True)]
)
def test_a_document_of_which_next_to_nothing_is_shared_is_another(phrases: int, shared: int, another: bool) -> None:
    """Five in a hundred phrases of three words, where there are forty of them."""
    lines = {letter: [" ".join(f"{letter}{n}{end}" for end in "xyz") for n in range(phrases)] for letter in ("a", "b")}
    lines["b"][:shared] = lines["a"][:shared]
    ours, theirs = (Document(tuple(Paragraph("", (Run(text),)) for text in lines[letter])) for letter in ("a", "b"))
    assert fit.is_another(theirs, ours) is another
