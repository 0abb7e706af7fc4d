"""A filed exhibit becomes data: what docgen builds comes back, and errors of structure are never confirmed."""

from __future__ import annotations

import itertools
import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import click
import pytest
import weasyprint
from lxml import etree

from docgen.build import produce
from docgen.document import render
from docgen.document import tree as tree_module
from docgen.document.tree import Table
from docgen.edgar import characters, file_words
from docgen.edgar.rule import File
from docgen.files import ooxml, resources
from docgen.importing import (
    answers,
    chain,
    chain_steps,
    change_days,
    column_doubts,
    exhibit_files,
    facts,
    grids,
    groups,
    html,
    importer,
    later_schedules,
    looks,
    lost_names,
    name_changes,
    page_breaks,
    parts,
    pdf,
    pdf_columns,
    pdf_grids,
    pdf_words,
    pieces,
    proofs,
    sentences,
    table_lines,
)
from docgen.importing import word as word_reader
from docgen.importing.answers import AnswerMemory, ChainNames
from docgen.importing.facts import Imported
from docgen.importing.importer import ImportResult
from docgen.importing.name_answers import NO_ANSWERS, NameAnswers
from docgen.importing.page_lines import PageLine, Span
from docgen.importing.pdf_words import PrintedLetter, PrintedWord
from docgen.importing.pieces import LinePlace
from docgen.importing.workspace_names import WorkspaceNames
from docgen.model import changes, english, values
from docgen.model.changes import Change
from docgen.model.schedule import Line, Schedule
from docgen.problems import DataProblem
from docgen.workspace.load import load
from docgen.workspace.select import Paper, select
from docgen.writers import WRITERS
from tests import agents, planting
from tests.conftest import FILED, HERE, ROOT, Workspace, each

FOLDERS = (resources.TEMPLATES,)
SEED_FILE = HERE / "seed/exhibit.txt"
# Each kind of schedule once: stacked heads, classes under funds, a contract, rates once, groups beside, steps, dates
SAMPLE = (
    "aim-class-b-2003/003",
    "invesco-dsp-compensation/002",
    "american-century-a/002",
    "invesco-service-plan-2019/002",
    "invesco-investor-class/004",
    "goldman-annex-a/2017",
    "aim-fee-waivers/2010",
)


@pytest.fixture(scope="module")
def filed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Paper]:
    """The papers of the cases that were filed, and of the plans that ship, by name."""
    root = tmp_path_factory.mktemp("filed")
    (root / "schedules").symlink_to(FILED)
    listed = [*select(load(root), []).papers, *select(load(ROOT), []).papers]
    return {paper.name: paper for paper in listed if not paper.amendment.facts.opening}


def built(paper: Paper, suffix: str) -> bytes:
    """The paper's exhibit in a format: the amendment, else the schedule."""
    name = paper.documents()[0]
    return dict(produce.document_files(paper, name, [suffix]).files)[f"{name}.{suffix}"]


def imported(paper: Paper, suffix: str) -> ImportResult:
    return importer.run(f"exhibit.{suffix}", built(paper, suffix), FOLDERS)


def printed(schedule: Schedule) -> list[object]:
    """A schedule as facts, in the spelling that paper has: capitals of heads and typographic signs apart."""

    def row(line: Line) -> list[object]:
        texts = [
            value.as_filed or english.value_text(value.typed, holds)
            for value, holds in zip(line.values, schedule.holds(), strict=False)
        ]
        marks = [mark(value.mark) for value in line.values]
        return [plain(line.name), mark(line.mark), [*map(plain, texts)], marks, [row(inner) for inner in line.rows]]

    heads = [(plain(column.heading).casefold(), mark(column.mark or "")) for _, column in schedule.columns]
    groups = [[plain(group.name), mark(group.mark), [row(line) for line in group.rows]] for group in schedule.groups]
    return [heads, groups, [(mark(note.mark), plain(note.text)) for note in schedule.footnotes]]


def plain(text: str) -> str:
    return " ".join(characters.plain(text).split())


def mark(sign: str) -> str:
    return sign.strip("()")


OUT_OF_ORDER = {"invesco-class-b-bx/002": 11, "invesco-transfer-agency/002": 4}  # a fund stands behind the alphabet


def holds_again(paper: Paper, result: ImportResult) -> None:
    """The law: what was built comes back, as restated facts and word for word, each row confirmed or asked about."""
    assert result.trial is not None, result.problems
    assert result.proof.departures == ()
    asked = [row for row in result.proof.rows if row.reasons]
    assert len(asked) == OUT_OF_ORDER.get(paper.name, 0)
    assert (
        each("begin again by the alphabet" in " ".join(row.reasons) for row in asked) if asked else not result.is_open
    )
    assert sum(result.proof.fates.values()) == result.exhibit.count
    theirs, again = paper.amendment, result.trial.paper.amendment
    assert [printed(schedule) for schedule in again.schedules] == [printed(schedule) for schedule in theirs.schedules]
    if paper.plan.facts.kind != "schedule-only":  # there no words say which day it is
        form = theirs.form
        assert again.facts.number == theirs.facts.number
        assert again.facts.effective == (None if form.effective == "none" else theirs.facts.effective)
        assert again.facts.dated == theirs.facts.dated
        before = theirs.plan
        after = again.plan
        assert plain(after.title) == plain(before.title)
        assert english.class_shares(after.share_classes) == english.class_shares(before.share_classes)
        assert (after.rule, after.term) == (before.rule, before.term)
        assert (after.dated is None) == (before.dated is None), (paper.name, after.dated, after.registrants)


@pytest.mark.seconds
@pytest.mark.parametrize("name", SAMPLE)
def test_what_docgen_builds_comes_back(filed: dict[str, Paper], name: str) -> None:
    holds_again(filed[name], imported(filed[name], "txt"))


@pytest.mark.seconds
@pytest.mark.parametrize("name", SAMPLE[:4])
@pytest.mark.parametrize("suffix", ["htm", "docx"])
def test_every_format_says_the_same(filed: dict[str, Paper], name: str, suffix: str) -> None:
    result = imported(filed[name], suffix)
    holds_again(filed[name], result)


@pytest.mark.long
@pytest.mark.slow
def test_all_that_was_filed_comes_back_from_every_format(filed: dict[str, Paper]) -> None:
    assert len(filed) >= 50
    for name, paper in filed.items():
        holds_again(paper, imported(paper, "txt"))
        for suffix in ("htm", "docx"):
            exhibit = exhibit_files.exhibit(f"exhibit.{suffix}", built(paper, suffix))
            taken = importer.take(exhibit, FOLDERS, NO_ANSWERS)
            draft = exhibit_files.exhibit("exhibit.txt", built(paper, "txt"))
            assert proofs.cells(taken) == proofs.cells(importer.take(draft, FOLDERS, NO_ANSWERS)), f"{name}.{suffix}"
            assert proofs.spoken(exhibit) == proofs.spoken(draft), f"{name}.{suffix}"


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        "aim-class-a-restated/025",
        "aim-class-b/002",
        "aim-fee-waivers/2010",
        "eaton-vance-schedule-a/2016",
        "invesco-service-plan-2019/002",
    ],
)
def test_rows_come_back_from_a_pdf(filed: dict[str, Paper], name: str) -> None:
    result = imported(filed[name], "pdf")
    assert printed_rows(result) == printed_rows(filed[name])
    assert not result.is_open


@pytest.mark.long
@pytest.mark.slow
def test_all_rows_come_back_from_a_pdf(filed: dict[str, Paper]) -> None:
    for name, paper in filed.items():
        result = imported(paper, "pdf")
        asked = [row for row in result.proof.rows if row.reasons]
        assert len(asked) == OUT_OF_ORDER.get(name, 0)
        assert printed_rows(result) == printed_rows(paper), name


def printed_rows(of: ImportResult | Paper) -> list[object]:
    """The rows of the schedules of a paper, or of what was imported."""
    paper = of if isinstance(of, Paper) else of.trial.paper if of.trial else None
    assert paper is not None
    return [printed(schedule)[1] for schedule in paper.amendment.schedules]


@pytest.mark.seconds
def test_the_seed_is_its_data_and_has_its_own_slips() -> None:
    result = importer.run("exhibit.txt", SEED_FILE.read_bytes(), FOLDERS)
    (paper,) = select(load(ROOT), ["aim-class-b/002"]).papers
    assert result.trial is not None
    again = result.trial.paper
    assert again.amendment.after[0].groups == paper.amendment.after[0].groups
    assert again.amendment.after[0].columns[0][0] == "asset_based_sales_charge"
    assert [key for key, _ in again.amendment.after[0].columns] == [key for key, _ in paper.amendment.after[0].columns]
    assert (again.plan.facts.title, again.plan.facts.feature) == (paper.plan.facts.title, paper.plan.facts.feature)
    assert again.plan.facts.dated == paper.plan.facts.dated
    assert again.amendment.facts.dated == paper.amendment.facts.dated
    assert [(d.place.line, d.filed, d.drafted) for d in result.proof.departures] == [
        (51, "SALE", "SALES"),
        (55, "PORTFOLIOS", "PORTFOLIO"),
        (108, "1.00%", '1.00%"'),
    ]
    assert sum(1 for row in result.proof.rows if not row.reasons) == 19
    assert result.proof.fates == {"said again": 439, "kept as filed": 3, "furniture": 31, "asked": 0}


# Openings and clauses as other houses word them, each with what is to be taken from it; no fact may be wrong
WORDED_OTHERWISE = {
    "evergreen": {"title": "Distribution Plan", "term": "Plan", "rule": "12b-1", "dated": "dated September 18, 1997"}
    | {"effective": "May 1, 2001", "registrants": "Evergreen Equity Trust"},
    "putnam": {"title": "Class M Distribution Plan and Agreement", "dated": "dated as of January 1, 1994"}
    | {"term": "Plan", "effective": "July 1, 2005", "parties": "Putnam Voyager Fund and Putnam Mutual Funds Corp."},
    "federated": {},
    "janus": {"title": "Distribution and Shareholder Servicing Plan for Class A Shares", "term": "Plan"}
    | {"effective": "May 1, 2009", "registrants": "Janus Investment Fund"},
    "century": {"title": "Amended and Restated Master Distribution Plan", "effective": "1st day of April, 2019"},
    "virtus": {"title": "Amended and Restated Distribution Plan", "term": "Plan", "rule": "12b-1"}
    | {"effective": "13th day of November, 2014", "dated": "dated March 1, 2007"},
    "hartford": {
        "title": "Amended and Restated Distribution Plan",
        "term": "Plan",
        "dated": "dated as of August 2, 2006",
    }
    | {"effective": "June 7, 2022"},
    "mainstay": {"title": "Distribution Agreement", "term": "Agreement", "dated": "dated as of August 1, 2014"}
    | {"effective": "May 1, 2017"}
    | {
        "parties": 'MainStay Funds Trust, a Delaware statutory trust (the "Fund"), '
        'and NYLIFE Distributors LLC (the "Distributor")'
    },
    "far-recital": {"title": "Distribution Plan", "term": "Plan", "rule": "12b-1", "effective": "May 1, 2010"},
    "far-clause": {"title": "Rule 12b-1 Plan", "rule": "12b-1", "registrants": "Cascade Adviser Series"}
    | {"dated": "dated as of April 3, 2002", "effective": "May 1, 2009"},
    "far-parties": {"title": "Distribution Agreement", "dated": "dated November 19, 1997"}
    | {"parties": "Phoenix Edge Funds and VP Distributors, Inc."},
    "far-registrants": {"title": "Master Distribution and Service Plan", "term": "Plan"}
    | {"dated": "dated as of July 1, 2004", "effective": "June 30, 2011"}
    | {"registrants": "J.P. Trust I, a Delaware statutory trust, J.P. Trust II and Undiscovered Managers Funds"},
    "two-days": {"title": "Service Plan", "term": "Plan", "rule": "12b-1", "dated": "dated as of June 1, 2001"},
    "other-agreement": {"title": "Service Plan", "term": "Plan", "effective": "May 1, 2001"},
    "three-days": {"title": "Service Plan", "term": "Plan"},
    "name-first": {"title": "Service Plan", "term": "Plan", "dated": "dated May 3, 2001"},
}
COMPETES = {
    "two-days": ["is May 1, 2005 the day it takes effect?", "which is the schedule that it replaces"],
    "three-days": ["which is the day it takes effect: July 1, 2000 or March 1, 2002 or October 1, 2004?"],
    "name-first": ["is May 1, 2009 the day it takes effect?"],
    "far-parties": ["is March 1, 2008 the day it takes effect?"],
}


@pytest.mark.seconds
def test_facts_are_taken_from_sentences_of_other_houses() -> None:
    """Framed by words that templates have, too; what competes is asked about, and nothing else is."""
    for name, facts_ in WORDED_OTHERWISE.items():
        result = importer.run("exhibit.txt", (HERE / f"exhibits/{name}.txt").read_bytes(), FOLDERS)
        again = {hole: text for s in result.parts.loose if s.role == "opening" for hole, text in s.facts.items()}
        assert again == facts_, name
        doubts = [question.doubt for question in result.questions]
        assert [d[: len(c)] for d, c in zip(doubts, COMPETES.get(name, []), strict=True)] == COMPETES.get(name, []), (
            name
        )
        assert sum(result.proof.fates.values()) == result.exhibit.count
        assert not any(row.reasons for row in result.proof.rows)


PLANTED_IN = (
    "aim-class-a-2003/009",
    "aim-class-b-2003/003",
    "aim-class-c-restated/005",
    "aim-fee-waivers/2010",
    "aim-class-p-second/002",
)


Plants = Iterator[tuple[str, frozenset[str], bytes]]


def with_errors(paper: Paper, suffix: str, dice: random.Random, times: int) -> Plants:
    """Files of a paper with one error of structure each: the plant, the rows that it struck, the file's bytes."""
    tree = render.document(paper.plan, paper.amendment, paper.documents()[0], paper.folders)
    layout = produce.layout(paper)
    for attempt in range(times * 8):
        plant = planting.PLANTS[attempt % len(planting.PLANTS)]
        wrong = planting.planted(tree, plant, dice) if times else None
        if wrong is not None:
            times -= 1
            yield plant, wrong.struck, WRITERS[suffix](wrong.document, layout)


def with_moved_values(paper: Paper, dice: random.Random, times: int) -> Plants:
    """The text of a paper with one value moved towards the column beside it."""
    tree = render.document(paper.plan, paper.amendment, paper.documents()[0], paper.folders)
    lines = WRITERS["txt"](tree, produce.layout(paper)).decode().split("\n")
    for columns in range(2, 2 + times):
        text = planting.moved(lines, columns, dice)
        yield f"a value moved by {columns}", frozenset(), text.encode()


def confirmed_rows(data: bytes, suffix: str) -> list[RowFacts]:
    """The rows of a file that are reported as confirmed."""
    result = importer.run(f"exhibit.{suffix}", data, FOLDERS)
    sure = {row.place.order for row in result.proof.rows if not row.reasons}
    return [facts_ for facts_, place in rows_read(result.parts) if place in sure]


def never_confirmed(paper: Paper, suffix: str, plants: Plants) -> int:
    """Holds that no row is confirmed that the paper has not; gives how many errors there were."""
    rows = [row for schedule in paper.amendment.schedules for row in rows_of(schedule)]
    count = 0
    for plant, struck, data in plants:
        count += 1
        sure = confirmed_rows(data, suffix)
        assert [row for row in sure if row not in rows] == [], (paper.name, suffix, plant, struck)
        if plant == "columns swapped":  # its values stand as before, under other heads
            for row in map(plain, struck):
                assert sum(r[2] == row for r in sure) < sum(r[2] == row for r in rows), (paper.name, suffix, row)
    return count


@pytest.mark.seconds
@pytest.mark.parametrize("suffix", ["txt", "htm", "docx"])
def test_a_planted_error_of_structure_is_never_confirmed(filed: dict[str, Paper], suffix: str) -> None:
    paper, dice = filed["aim-class-a-2003/009"], random.Random(7)  # noqa: S311  # no secret
    assert never_confirmed(paper, suffix, with_errors(paper, suffix, dice, 5)) == 5


@pytest.mark.long
@pytest.mark.slow
def test_200_planted_errors_are_never_confirmed(filed: dict[str, Paper]) -> None:
    dice, count = random.Random(7), 0  # noqa: S311  # no secret
    for paper in (filed[name] for name in PLANTED_IN):
        for suffix, times in (("txt", 12), ("htm", 12), ("docx", 12), ("pdf", 5)):
            count += never_confirmed(paper, suffix, with_errors(paper, suffix, dice, times))
    for paper in (filed[name] for name in PLANTED_IN[:3]):  # those of which every value is a rate
        count += never_confirmed(paper, "txt", with_moved_values(paper, dice, 8))
    assert count >= 200


def damaged(text: str, dice: random.Random) -> bytes:
    """A text file as it may arrive: lines dropped, other line ends, tabs, a mark of its bytes, no-break blanks."""
    lines = text.split("\n")
    match dice.randrange(6):
        case 0:
            del lines[dice.randrange(len(lines)) :][: dice.randrange(1, 4)]
            lines = [line for line in lines if dice.random() > 0.05]
        case 1:
            return "\r\n".join(lines).encode()
        case 2:
            lines = [line.replace("        ", "\t") for line in lines]
        case 3:
            return b"\xef\xbb\xbf" + text.encode()
        case 4:
            return text.replace("  ", "\u00a0 ").encode()
        case _:
            lines = [" " * dice.randrange(6) + line if dice.random() < 0.2 else line for line in lines]
    return "\n".join(lines).encode()


def words_add_up(times: int) -> None:
    dice, text = random.Random(11), SEED_FILE.read_text(encoding="ascii")  # noqa: S311  # no secret
    for _ in range(times):
        data = damaged(text, dice)
        exhibit = exhibit_files.exhibit("exhibit.txt", data)
        assert sum(len(piece.words) for piece in exhibit.pieces) == exhibit.count
        assert exhibit.count == len(data.decode("utf-8-sig").replace("\u00a0", " ").split())
        taken = importer.take(exhibit, FOLDERS, NO_ANSWERS)
        facts.of(taken, FOLDERS)
        proof = proofs.prove(exhibit, taken, (exhibit, taken), NO_ANSWERS)
        assert sum(proof.fates.values()) == exhibit.count


def test_words_add_up_in_a_damaged_file() -> None:
    words_add_up(12)


@pytest.mark.long
@pytest.mark.slow
def test_words_add_up_in_200_damaged_files() -> None:
    """Each word is in exactly one of the four counts, and nothing raises."""
    words_add_up(200)


def test_a_reader_of_html_loses_no_word(filed: dict[str, Paper]) -> None:
    for name in SAMPLE:
        data = built(filed[name], "htm")
        exhibit = exhibit_files.exhibit("exhibit.htm", data)
        spoken = " ".join(proofs.spoken(exhibit)).replace("(", "").replace(")", "")
        other = " ".join(pieces.words(file_words.of_html(File("exhibit.htm", data))))
        assert "".join(spoken.split()) == "".join(other.replace("(", "").replace(")", "").split())


BY_AGENTS = (
    "aim-class-b-2003/003",
    "aim-class-a-2003/009",
    "aim-class-a-restated/025",
    "aim-class-c-restated/005",
    "aim-class-p-second/002",
    "aim-cash-reserve-2003/002",
    "aim-class-b-restated/001",
    "aim-investor-class-restated/001",
    "invesco-dsp-compensation/002",
    "aim-class-b/004",
)
RowFacts = tuple[str, str, str, tuple[str, ...]]


def rows_of(schedule: Schedule) -> list[RowFacts]:
    """Each row that has values: its group, its fund where it is a class, its name and its values."""
    return [
        (
            plain(group.name),
            plain(above.name) if above else "",
            plain(line.name),
            tuple(plain(english.value_text(v.typed, h)) for v, h in zip(line.values, schedule.holds(), strict=True)),
        )
        for group, line, above in schedule.lines()
        if not line.rows
    ]


def rows_read(taken: parts.Parts) -> list[tuple[RowFacts, int]]:
    """The rows of an exhibit as read, each with its place among all that the file says."""
    readings = [table.reading for s in taken.schedules for table in s.tables if table.reading]
    return [
        ((plain(g.name), plain(fund.name) if fund else "", plain(x.name), tuple(map(plain, x.values))), x.place.order)
        for reading in readings
        for g, fund, x in proofs.lines(reading)
        if not x.inner
    ]


def by_agent(paper: Paper, manner: agents.Manner) -> bytes:
    tree = render.document(paper.plan, paper.amendment, "amendment", paper.folders)
    blocks = [block for block in tree.blocks if not isinstance(block, Table)]
    paragraphs = [(block.role, tree_module.plain(block.content)) for block in blocks]
    return agents.page(manner, paragraphs, paper.amendment.schedules[0])


@pytest.mark.seconds
@pytest.mark.parametrize("manner", agents.MANNERS, ids=lambda manner: manner.name)
def test_rows_come_back_from_what_filing_agents_write(filed: dict[str, Paper], manner: agents.Manner) -> None:
    """98 rows of 100 are read right, in ten cases."""
    right, every = 0, 0
    for name in BY_AGENTS:
        rows = rows_of(filed[name].amendment.schedules[0])
        exhibit = exhibit_files.exhibit("exhibit.htm", by_agent(filed[name], manner))
        again = [facts_ for facts_, _ in rows_read(importer.take(exhibit, FOLDERS, NO_ANSWERS))]
        right += sum(row in again for row in rows)
        every += len(rows)
    assert right >= 0.98 * every > 90


@pytest.mark.slow
@pytest.mark.parametrize(
    "manner",
    [*agents.MANNERS[:2], *(pytest.param(manner, marks=pytest.mark.long) for manner in agents.MANNERS[2:])],
    ids=lambda manner: manner.name,
)
def test_no_wrong_row_of_an_agents_file_is_confirmed(filed: dict[str, Paper], manner: agents.Manner) -> None:
    for name in BY_AGENTS[1::3]:
        result = importer.run("exhibit.htm", by_agent(filed[name], manner), FOLDERS)
        rows = rows_of(filed[name].amendment.schedules[0])
        sure = {row.place.order for row in result.proof.rows if not row.reasons}
        assert each(row in rows for row, place in rows_read(result.parts) if place in sure)
        assert sum(result.proof.fates.values()) == result.exhibit.count


@pytest.mark.seconds
def test_rows_come_back_as_other_houses_set_them() -> None:
    """Leaders, broken pages, wrapped names, heads of several rows, no rules, names alone, marks, cells over rows."""
    golden = (HERE / "exhibits/rows.golden").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=\S)", golden.rstrip())
    for name, *rows in (entry.split("\n") for entry in entries):
        exhibit = exhibit_files.exhibit(name, (HERE / "exhibits" / name).read_bytes())
        assert sum(len(piece.words) for piece in exhibit.pieces) == exhibit.count
        again = rows_read(importer.take(exhibit, FOLDERS, NO_ANSWERS))
        lines = [
            (group or "-", fund or "-", row, *(v or "-" for v in values)) for (group, fund, row, values), _ in again
        ]
        assert ["    " + " | ".join(line) for line in lines] == rows, name


@pytest.mark.seconds
@pytest.mark.parametrize(
    "name",
    [
        "delaware.txt", "captions-unlike.txt", "capitals.txt", "bold.htm", "harbor.htm", "keystone.docx",
        "meridian.pdf",
        *(path.name for path in sorted((HERE / "exhibits").glob("printed-*.pdf"))),
    ],
)  # fmt: skip
def test_rows_of_other_houses_are_confirmed(name: str) -> None:
    """Names and days that lines break, classes beside their funds, a dash for no fee, in each format; pages as printed
    by a browser and a word processor, of fonts with wide blanks, heads of several lines, cells in the middle.

    In one of them a fund stands behind the alphabet, which is asked about and nothing else is.
    """
    result = importer.run(name, (HERE / "exhibits" / name).read_bytes(), FOLDERS)
    reasons = {reason for row in result.proof.rows for reason in row.reasons}
    assert [reason[:38] for reason in reasons] == (
        ["the names begin again by the alphabet "] if name == "bold.htm" else []
    )
    assert sum(result.proof.fates.values()) == result.exhibit.count


@pytest.mark.parametrize(
    ("name", "values", "doubt"),
    [
        ("Fund", ("0.25%",), "begins or ends as a part of a name does"),
        ("- Class B", ("0.25%",), "begins or ends as a part of a name does"),
        ("AIM Core Bond Fund - Class", ("0.25%",), "begins or ends as a part of a name does"),
        ("AIM Equity Trust (INVESCO", ("0.25%",), "has a parenthesis that is not closed"),
        ("AIM Core Fund AIM Summit Fund", ("0.25%",), "may be two names"),
        ("AIM Tax- Exempt Fund", ("0.25%",), '"Tax- Exempt" may be a word that broke at its hyphen'),
        ("AIM U.S.- Dollar Fund", ("0.25%",), '"U.S.- Dollar" may be a word that broke at its hyphen'),
        (
            "AIM Core Fund All other terms of the plan not amended herein shall remain",
            ("0.25%",),
            "may hold a sentence",
        ),
        ("Class B 0.25%", ("0.50%",), "has a rate in its name"),
        ("AIM Core Fund", ("0.25% 0.50%",), "has two values under one head"),
        ("AIM Core Fund", ("Service Fee",), "says what the heads say"),
        ("AIM Core Fund", ("1.00% AIM Summit Fund",), "has a value with a name behind it"),
        ("AIM Core Fund", ('0.25%"',), "has a quotation mark that is not closed, or not opened"),
        ("AIM Core Fund", (), "has no values, and nothing under it"),
    ],
)
def test_what_speaks_against_a_row(name: str, values: tuple[str, ...], doubt: str) -> None:
    assert table_lines.against(table_lines.TableLine(name, values, pieces.LinePlace()), ("Service Fee",)) == [doubt]


def test_a_hyphen_before_and_breaks_no_word() -> None:
    row = table_lines.TableLine("AIM Mid- and Small-Cap Fund", ("0.25%",), pieces.LinePlace())
    assert table_lines.against(row, ("Service Fee",)) == []


LIST = """\
                                   SCHEDULE A
                                     TO THE
                             MASTER SERVICE PLAN

                                                              Service
Portfolio                                                       Fee
---------                                                     -------
ALPHA EQUITY FUNDS
Alpha Balanced Fund                                            0.25%
Alpha Growth Fund                                              0.25%

BETA INCOME TRUST
Beta Bond Fund                                                 0.10%
Beta Money Fund                                                0.05%

GAMMA SERIES
Alpha Core Fund                                                0.25%
Gamma World Fund                                               0.20%
"""
NAME = "BETA INCOME TRUST\n"
LOST = {  # what is left of the list, and what tells then that a registrant's name is missing
    "a blank": (LIST.replace(NAME, ""), "a blank stands under"),
    "the alphabet": (LIST.replace("\nGAMMA SERIES\n", ""), "the names begin again by the alphabet"),
    "a label": (LIST.replace("\nGAMMA SERIES\n", "Portfolio\n"), '"Portfolio" stands among the rows'),
    "numbers": (
        LIST.replace("\nGAMMA SERIES\n", "").replace("Beta B", "1) Beta B").replace("Alpha C", "1) Alpha C"),
        "the numbers of its rows begin again",
    ),
    "nothing on the page": (LIST.replace("\n" + NAME, ""), 'stands under "BETA INCOME TRUST" in the workspace'),
}
BETA = dict.fromkeys(("beta bond fund", "beta money fund"), ("BETA INCOME TRUST",))


@pytest.mark.parametrize("sign", LOST)
def test_a_registrant_whose_name_dropped_out_is_missed(sign: str) -> None:
    text, reason = LOST[sign]
    result = importer.run("exhibit.txt", text.encode(), FOLDERS, NameAnswers(homes=BETA))
    reasons = [reason for row in result.proof.rows for reason in row.reasons]
    assert [text for text in reasons if text.startswith(reason)]
    whole = importer.run("exhibit.txt", LIST.encode(), FOLDERS, NameAnswers(homes=BETA))
    assert [row.reasons for row in whole.proof.rows] == [()] * 6


HEAD = "SCHEDULE A\nTO THE\nMASTER SERVICE PLAN\n\n(as of May 1, 2009)\n\n"
ALPHA, BETAS = ("Alpha Bond Fund", "Alpha Core Fund"), ("Beta Bond Fund", "Beta Core Fund")
AS_HTML = "<p>SCHEDULE A<br>TO THE<br>MASTER SERVICE PLAN</p>" + "".join(
    f"<p>{name}</p>" for name in ("Alpha Funds", *ALPHA, "Beta Trust", *BETAS)
)
SIGNED = "\n\nALPHA FUNDS\n\nBy: /s/ Jane Doe\nName: Jane Doe\nTitle: President\n"


@pytest.mark.parametrize(
    ("file", "text", "rows"),
    [
        ("a.txt", "\n".join([HEAD + "ALPHA FUNDS", *ALPHA, "", "BETA TRUST", *BETAS]), "AA BB"),
        ("a.txt", "\n".join([HEAD + "Alpha Funds", "", *ALPHA, "", "Beta Trust", "", *BETAS]) + SIGNED, "AA BB"),
        ("a.txt", "\n".join([HEAD + "Alpha Funds", "", *ALPHA, "", "Beta Trust", "", "Beta Fund"]), "AA??"),
        ("a.txt", "\n".join([HEAD + ALPHA[0], *BETAS]), "ABB"),
        ("a.htm", AS_HTML, "?AA?BB"),
    ],
)
def test_names_alone_are_the_rows_of_a_schedule_that_is_filed_alone(file: str, text: str, rows: str) -> None:
    """Under registrants in capitals or by themselves; where nothing tells one from a fund, it is asked about."""
    result = importer.run(file, text.encode(), FOLDERS)
    groups = itertools.groupby(result.proof.rows, lambda row: row.group)
    assert " ".join("".join("?" if r.reasons else r.name[0] for r in mine) for _, mine in groups) == rows
    assert not result.parts.rest


def chained(memory: AnswerMemory, *texts: str) -> list[chain.Link]:
    """Lists as a chain, in this order."""
    context, dates = answers.context(WorkspaceNames(), memory), enumerate(texts, start=2001)
    files = [text.replace("PLAN\n", f"PLAN\n(as of May 1, {year})\n") for year, text in dates]
    results = [importer.run(f"{number}.txt", text.encode(), FOLDERS, context) for number, text in enumerate(files)]
    return chain.links(results, FOLDERS, memory, context)


def test_a_fund_that_stood_there_before_is_not_asked_about() -> None:
    """Behind the alphabet by its new name, which a recital says or a person told; and in every later list."""
    row, new = "Alpha World Fund", "Aleph World Fund"
    first = LIST.replace("\nBETA", f"{row}   {'':>44}0.25%\n\nBETA")
    later = first.replace(row, new)
    added = later.replace("Gamma World", f"Gamma Bond Fund  {'':>45}0.20%\nGamma World")
    memory = AnswerMemory(names=ChainNames({row: new}))
    open_links = chained(AnswerMemory(), first, later, later)
    assert [[q.text for q in link.result.questions] for link in open_links] == [[], ["ALPHA EQUITY FUNDS"], []]
    assert [link.names for link in open_links] == [(), ((new, row),), ()]
    assert [link.is_open for link in chained(memory, first, later, later, added)] == [False] * 4
    names = lost_names._Names(f"the change in name of {row} to {new}", NO_ANSWERS)
    lines = [table_lines.TableLine(name, (), LinePlace()) for name in ("Alpha Growth Fund", new)]
    assert lost_names._back(lines, names) == []


def test_a_schedule_that_a_later_exhibit_brings_is_restated_there() -> None:
    """The plan has it from the start, each amendment says of which schedule it is, and the one beside it stays."""
    second = LIST.replace("SCHEDULE A", "SCHEDULE B")
    changed = LIST.replace("0.25%", "0.30%", 1)
    links = chained(AnswerMemory(), LIST, f"{changed}\n\n{second}", second.replace("0.25%", "0.35%", 1))
    assert [link.doubts for link in links] == [()] * 3
    assert links[1].notes == ("brings Schedule B: plan.yaml lists it, and this amendment restates it",)
    assert [form["name"] for form in links[0].data.plan["schedules"]] == ["Schedule A", "Schedule B"]
    listed = [link.data.amendment for link in links]
    assert [[entry["schedule"] for entry in data.get("restate", [])] for data in listed] == [
        ["Schedule A"],
        ["Schedule B"],
        [],
    ]
    assert [[change["schedule"] for change in data.get("changes", [])] for data in listed] == [
        [],
        ["Schedule A"],
        ["Schedule B"],
    ]


def test_a_schedule_without_words_before_its_rows_gets_none() -> None:
    """Its plan says `preamble: none`, and no template's words stand there, which the paper does not have."""
    text = SEED_FILE.read_text(encoding="ascii")
    begin, end = (
        text.index("      The Fund shall pay"),
        text.index("                                               MAXIMUM"),
    )
    result = importer.run("exhibit.txt", (text[:begin] + text[end:]).encode(), FOLDERS)
    assert [form["preamble"] for form in result.data.plan["schedules"]] == ["none"]
    assert not any("shall pay" in departure.drafted for departure in result.proof.departures)
    assert [form.get("preamble") for form in importer.run("a.txt", text.encode(), FOLDERS).data.plan["schedules"]] == [
        None
    ]


@pytest.mark.seconds
def test_a_schedule_that_the_plan_does_not_list_is_to_be_written_there(empty: Workspace) -> None:
    first, second = (LIST.replace("PLAN\n", f"PLAN\n(as of May 1, {year})\n") for year in (2001, 2002))
    later = f"{second}\n\n{second.replace('SCHEDULE A', 'SCHEDULE B')}"
    (empty.root / "schedules").mkdir()
    empty.write({"filings/1.txt": first, "filings/2.txt": later})
    assert empty.run("import", "filings", "--write", "p").code == 0
    assert empty.run("check").code == 0
    assert "Schedule B, in force on June 1, 2002" in empty.run("show", "p", "--on", "2002-06-01").out
    assert empty.run("import", "filings/1.txt", "--write", "q").code == 0
    ran = empty.run("import", "filings/2.txt", "--write", "q")
    assert "schedule: lists no Schedule B, which this exhibit brings" in ran.err
    assert "write under schedules: there, beside what it has, and import again:\n      - name: Schedule B" in ran.err
    assert not (empty.root / "schedules/q/amendments/2002-05-01.yaml").exists()


def test_a_schedule_under_another_name_is_no_change() -> None:
    second = LIST.replace("SCHEDULE A", "APPENDIX B")
    (former, latter) = chained(AnswerMemory(), LIST, f"{LIST}\n\n{second}")
    assert not former.is_open
    assert [doubt.partition(":")[0] for doubt in latter.doubts] == ["Appendix B is not in the exhibits before"]


@pytest.mark.parametrize(
    ("recital", "renamed"),
    [
        ("the change in name of AIM One Fund to AIM Two Fund", True),
        ("AIM One Fund will be renamed AIM Two Fund effective May 1, 2005", True),
        ('"AIM One Fund" changed its name to the "AIM Two Fund"', True),
        ("AIM Two Fund (formerly known as AIM One Fund)", True),
        ('the change of "One Fund" to "Two Fund" in each name', True),
        ("the merger of AIM One Fund into AIM Two Fund", False),
        ("AIM One Fund to AIM Two Funds", False),
        ("the removal of AIM One Fund and the addition of AIM Two Fund", False),
    ],
)
def test_a_recital_says_that_a_name_changes(recital: str, renamed: bool) -> None:
    assert name_changes.is_renamed("AIM One Fund", "AIM Two Fund", recital) == renamed
    assert ("AIM One Fund" in name_changes.former("AIM Two Fund", recital, {})) == renamed


@pytest.mark.parametrize(
    ("recital", "days"),
    [
        ("the addition of AIM One Fund, effective April 30, 2004; and the removal of AIM Two Fund", ["2004-04-30", ""]),
        (
            "the addition of AIM One Fund and the removal of AIM Two Fund, effective as of April 30, 2004",
            ["2004-04-30"] * 2,
        ),
        (
            "effective May 3, 2004, AIM One Fund is added, and effective June 1, 2004, AIM Two Fund goes",
            ["", "2004-06-01"],
        ),
        ("AIM One Fund as of June 1, 2004 and AIM Two Fund as of July 1, 2004", ["2004-06-01", "2004-07-01"]),
        ("the Board met on April 30, 2004 and added AIM One Fund and AIM Two Fund", ["", ""]),
        ("the Plan, adopted as of May 1, 2001 and amended as of July 1, 2003, gets AIM One Fund", ["", ""]),
        (
            "effective June 1, 2004, AIM One Fund is added and AIM Two Fund goes effective July 1, 2004",
            ["2004-06-01", "2004-07-01"],
        ),
        (
            "AIM One Fund is added, effective June 1, 2004, and, effective July 1, 2004, AIM Two Fund goes",
            ["2004-06-01", "2004-07-01"],
        ),
        ("AIM One Fund is added and, effective June 1, 2004, AIM Two Fund goes", ["", "2004-06-01"]),
        (
            "AIM One Fund is added and AIM Two Fund goes as of June 1, 2004 and July 1, 2004, respectively",
            ["2004-06-01", "2004-07-01"],
        ),
        (
            "on June 1, 2004 AIM One Fund is added, and on July 1, 2004 AIM Two Fund goes",
            ["2004-06-01", "2004-07-01"],
        ),
        (
            "with effect from June 1, 2004 AIM One Fund and from the close of business AIM Two Fund",
            ["2004-06-01"] * 2,
        ),
        ("AIM One Fund is added and AIM Two Fund goes effective June 1, 2004", ["?", "2004-06-01"]),
        ("AIM One Fund was added on or about June 1, 2004; and AIM Two Fund goes", ["?", ""]),
        ("effective June 1, 2004, AIM One Fund is added; and AIM Two Fund goes", ["2004-06-01", "?"]),
        ("AIM One Fund is added effective June 1, 2004; the fee of AIM One Fund falls on July 1, 2004", ["?", ""]),
    ],
)
def test_a_change_has_the_day_that_the_recital_says_beside_its_name(recital: str, days: list[str]) -> None:
    steps = [changes.Add(add="AIM One Fund"), changes.Remove(remove="AIM Two Fund")]
    dated = change_days.of(steps, recital, "2004-05-03")
    read = ["?" if day.options else str(day.change.effective or "") for day in dated if isinstance(day.change, Change)]
    assert read == days


@pytest.mark.parametrize(
    ("old", "new", "recital", "doubts"),
    [
        ("Alpha Growth Fund", "Summit Fund", "", [("Summit Fund", "Alpha Growth Fund")]),
        ("Alpha Growth Fund", "Summit Fund", "the addition of Summit Fund", []),
        ("Alpha Growth Fund", "Summit Fund", "the removal of Alpha Growth Fund", []),
        ("BETA INCOME TRUST", "SUMMIT SERIES", "", [("SUMMIT SERIES", "BETA INCOME TRUST")]),
        ("GAMMA SERIES", "GAMMA SERIES\nGamma Aone Fund   0.25%", "", []),
    ],
)
def test_a_new_name_is_asked_about_where_one_is_gone_from_its_place(
    old: str, new: str, recital: str, doubts: list[tuple[str, str]]
) -> None:
    first, second = chained(AnswerMemory(), LIST, LIST.replace(old, new))
    before, after = (link.result.trial.paper.amendment.after[0] for link in (first, second) if link.result.trial)
    assert chain_steps.between(before, after, recital, ChainNames())[1] == doubts


def test_signs_that_text_has_not_are_proved_by_html() -> None:
    result = importer.run("a.txt", LIST.replace("Beta Bond", "Bêta & O'Bond").encode("latin-1"), FOLDERS)
    assert [row.name for row in result.proof.rows if not row.reasons][2:3] == ["Bêta & O'Bond Fund"]


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("to the Distribution Plan", True),
        ("of the Service Agreement (Class A)", True),
        ("to the Plan of Alpha Funds.", False),
        ("The Fund pays to the Distributor", False),
    ],
)
def test_words_that_go_on_with_a_heading(text: str, more: bool) -> None:
    assert parts._is_more_heading(pieces.PagePiece("words", (text,), LinePlace(1))) == more


def test_a_name_in_bold_over_deeper_funds_is_no_fund() -> None:
    rows = [pieces.GridRow((name, "0.25%"), LinePlace(1), indent=5) for name in ("A Bond Fund", "A Stock Fund")]
    name = pieces.GridRow(("A SERIES TRUST II", ""), LinePlace(1), bold=True)
    assert looks.is_name(name, rows)
    assert not looks.is_name(name, [pieces.GridRow(("Class A", "0.25%"), LinePlace(1), indent=5)])
    assert table_lines.WHOLE.search(name.cells[0])


def test_a_clause_that_replaces_each_schedule_with_a_heading_is_not_asked_about() -> None:
    text = (HERE / "exhibits/two-days.txt").read_text(encoding="ascii")
    again = text + "\n" + " " * 30 + text[text.index("SCHEDULE A\n") :].replace("SCHEDULE A", "SCHEDULE B")
    for filed, asked in ((text, 1), (again, 0)):
        _, listed = sentences.of(exhibit_files.exhibit("a.txt", filed.encode()), FOLDERS, NO_ANSWERS)
        assert sum("which is the schedule" in doubt.doubt for s in listed for doubt in s.doubts) == asked


@pytest.mark.parametrize(("head", "asked"), [("Average Daily Net Assets", 0), ("Size of the Assets", 1)])
def test_a_head_over_steps_is_no_registrant(head: str, asked: int) -> None:
    lines = [f"First $500 million{'':>35}0.75%", f"Over $500 million{'':>36}0.70%"]
    heads = [f"{head:<50}Annual Rate", f"{'-' * len(head):<50}-----------"]
    text = "\n".join(["SCHEDULE A\nTO THE\nINVESTMENT SUB-ADVISORY AGREEMENT\n", *heads, *lines, ""])
    result = importer.run("exhibit.txt", text.encode(), FOLDERS)
    assert [q.text for q in result.questions] == [head][:asked]
    assert [row.group for row in result.proof.rows] == ["" if not asked else head] * 2


@pytest.mark.parametrize(
    ("over", "group", "said"),
    [
        ("AIM TAX-EXEMPT FUNDS", "AIM TAX-EXEMPT FUNDS", {}),
        ("AIM Tax-Exempt Funds, Inc.", "AIM Tax-Exempt Funds, Inc.", {}),
        ("DISTRIBUTION AND SERVICE FEES", "", {"subject": "Distribution and Service Fees"}),
        (
            "The following are the Portfolios of the Trust",
            "",
            {"preamble": "The following are the Portfolios of the Trust"},
        ),
        ("OF\n\nAIM EQUITY FUNDS", "", {}),
    ],
)
def test_the_name_of_a_registrant_right_over_heads_is_that_of_its_rows(
    over: str, group: str, said: dict[str, str]
) -> None:
    rows = [
        "Portfolio                Fee",
        "---------               -----",
        "AIM Cash Fund           0.25%",
        "AIM Bond Fund           0.15%",
    ]
    text = "\n".join(["SCHEDULE A", "", over, "", *rows, ""])
    result = importer.run("exhibit.txt", text.encode(), FOLDERS)
    assert [row.group for row in result.proof.rows] == [group] * 2
    (schedule,) = result.data.plan["schedules"] if "schedules" in result.data.plan else [result.data.plan["schedule"]]
    assert {key: schedule[key] for key in ("subject", "preamble") if schedule.get(key, "none") != "none"} == said


@pytest.mark.parametrize(("columns", "doubts"), [(2, 0), (6, 3)])
def test_a_page_that_is_too_narrow_for_a_table_is_doubted(columns: int, doubts: int) -> None:
    """What stands beyond the edge is not seen, and may not be in the file."""
    head = "".join(f"<th>Maximum Service Fee {n}</th>" for n in range(columns))
    row = "".join("<td>0.25%</td>" for _ in range(columns))
    rows = "".join(f"<tr><td>AIM {name} Fund</td>{row}</tr>" for name in ("Bond", "Cash", "Core"))
    style = "@page { size: 7in } * { white-space: nowrap; font: 9pt sans-serif } td, th { padding: 0 9px }"
    html = f"<style>{style}</style><p>SCHEDULE A</p><table><tr><th>Portfolio</th>{head}</tr>{rows}</table>"
    data = weasyprint.HTML(string=html).write_pdf()
    result = importer.run("exhibit.pdf", data, FOLDERS)
    reasons = [reason for row in result.proof.rows for reason in row.reasons if "may be cut off" in reason]
    assert (len(result.proof.rows), len(reasons)) == (3, doubts)


def test_rows_that_nothing_tells_are_asked_about_once_a_table() -> None:
    text = (HERE / "exhibits/captions-unlike.txt").read_text(encoding="ascii").replace("Summit Income Fund", "")
    result = importer.run("exhibit.txt", text.encode(), FOLDERS)
    first = "all 2 rows from Class A to Class C"
    assert [(q.place.line, q.text, q.key) for q in result.questions] == [
        (15, "Summit Growth Fund", ""),
        (28, "Class A", first),
    ], "and the named table beside it is confirmed"
    again = importer.run("exhibit.txt", text.encode(), FOLDERS, NameAnswers({first.casefold(): "right"}))
    assert [q.place.line for q in again.questions] == [15]


@pytest.mark.parametrize("suffix", ["txt", "htm", "docx"])
def test_blocks_to_sign_stand_side_by_side(suffix: str) -> None:
    """In text by where words stand, in HTML by cells, in Word by tabs; a witness behind what is witnessed."""

    def block(names: str, name: str, title: str, witness: str = "") -> object:
        signed = {"signed": "true"} if suffix != "docx" else {}
        more = {"attest": {"name": witness, "title": "Assistant Secretary", **signed}, "seal": "true"}
        return {"for": [names], "by": {"name": name, "title": title, **signed}} | (more if witness else {})

    name = f"side-by-side.{suffix}"
    exhibit = exhibit_files.exhibit(name, (HERE / "exhibits" / name).read_bytes())
    taken = importer.take(exhibit, FOLDERS, NO_ANSWERS)
    assert [piece.text for piece in taken.rest] == []
    assert facts.of(taken, FOLDERS).plan["signatures"] == (
        [
            block("INVESCO AIM ADVISORS, INC.", "John M. Zerr", "Senior Vice President", "Stephen R. Rimes"),
            block("AIM GROWTH SERIES", "John M. Zerr", "Senior Vice President", "Stephen R. Rimes"),
        ]
        if suffix == "txt"
        else [
            block("MAINSTAY FUNDS TRUST", "Stephen P. Fisher", "President"),
            block("NYLIFE DISTRIBUTORS LLC", "Brian A. Murdock", "Chairman" + " and CEO" * (suffix == "htm")),
        ]
    )


@pytest.fixture
def begun(empty: Workspace) -> Workspace:
    """A workspace without a plan, with the seed's exhibit beside it."""
    (empty.root / "schedules").mkdir()
    return empty.write({"exhibit.txt": SEED_FILE.read_bytes()})


@pytest.mark.seconds
def test_a_plan_is_begun_with_its_exhibit(begun: Workspace) -> None:
    ran = begun.run("import", "exhibit.txt")
    assert ran.code == 0
    assert "19 of 19 confirmed" in ran.out
    assert 'exhibit.txt:51: filed "SALE", docgen says "SALES"' in ran.out
    assert "439 said again, 3 kept as filed, 31 furniture, 0 asked: 473 of 473" in ran.out
    assert not [*(begun.root / "schedules").iterdir()]
    assert begun.run("import", "exhibit.txt", "--write", "aim-class-b").code == 0
    assert begun.run("check").code == 0
    folder = begun.root / "schedules/aim-class-b"
    assert (folder / "filed/002/exhibit.txt").read_bytes() == SEED_FILE.read_bytes()
    assert '"SALE\\"' in (folder / "filed/002/receipt.json").read_text(encoding="utf-8")
    text = (folder / "amendments/002.yaml").read_text(encoding="utf-8")
    assert "  values:\n    asset_based_sales_charge: 0.75%\n    service_fee: 0.25%\n    aggregate_fee: 1.00%\n" in text
    again = begun.run("import", "exhibit.txt", "--write", "aim-class-b")
    assert (again.code, "already exists" in again.err) == (2, True)


def test_a_report_for_programs(begun: Workspace) -> None:
    shape = json.loads(begun.run("import", "exhibit.txt", "--json").out)
    assert shape["rows"] == {"all": 19, "confirmed": 19}
    assert shape["words"] == {"all": 473, "said_again": 439, "kept_as_filed": 3, "furniture": 31, "asked": 0}
    place = {"page": None, "line": 51, "place": "51"}
    assert shape["differences"][0] == {**place, "filed": "SALE", "docgen": "SALES"}
    assert (shape["open"], shape["amendment"]["number"]) == (False, "2")


@pytest.mark.seconds
def test_what_is_not_known_is_asked_once(begun: Workspace) -> None:
    text = SEED_FILE.read_text(encoding="ascii").replace(
        "Dated:  November 3, 2003", "Approved by nobody in particular."
    )
    begun.write({"odd.txt": text})
    ran = begun.run("import", "odd.txt", "--write", "p")
    assert (ran.code, "not understood: kept word for word" in ran.out) == (1, True)
    assert not (begun.root / "schedules/p").exists()
    assert begun.run("import", "odd.txt", "--answer", "7=kept").code == 2
    assert begun.run("import", "odd.txt", "--answer", "118=kept", "--write", "p").code == 0
    assert "Approved by nobody in particular.: kept" in (begun.root / "schedules/import.yaml").read_text("utf-8")
    assert begun.run("import", "odd.txt").code == 0, "nothing is asked twice"
    assert begun.run("check").code == 0


@pytest.mark.seconds
def test_at_a_terminal_it_asks_and_enter_leaves_a_question_open(
    begun: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a table under two names it is asked once, as one of two questions, and of none of them again."""
    begun.write({"captions.txt": (HERE / "exhibits/captions.txt").read_bytes()})
    monkeypatch.setattr("docgen.cli.import_exhibit.is_interactive", lambda _: True)
    typed = iter(["", "registrant"])

    def prompt(_: str, value_proc: Callable[[str], str], **__: object) -> str:
        with pytest.raises(click.UsageError, match="is no answer here; type one of: "):
            value_proc("perhaps")
        return value_proc(next(typed))

    monkeypatch.setattr("click.prompt", prompt)
    ran = begun.run("import", "captions.txt", "--write", "p")
    assert 'captions.txt:29: "AIM CHARTER FUND AIM CONSTELLATION FUND" a registrant, a fund, or a head?' in ran.out
    assert ran.out.count("    kept: ") == 1, "each word is explained once"
    assert "8 of 8 confirmed" in ran.out
    assert (ran.code, [*typed]) == (1, []), "what was left open is still open"
    assert "AIM CONSTELLATION FUND: registrant" in (begun.root / "schedules/import.yaml").read_text("utf-8")


def test_an_exhibit_that_is_none_is_a_problem(begun: Workspace) -> None:
    begun.write({"empty.txt": " \n", "broken.docx": b"PK", "broken.pdf": b"%PDF-1.4"})
    for name in ("empty.txt", "broken.docx", "broken.pdf", "missing.txt"):
        ran = begun.run("import", name)
        assert ran.code in (1, 2), name
        assert name in ran.err
    assert "--plan" in begun.run("import", "fees.xlsx").err


@pytest.mark.seconds
def test_an_agreement_without_a_name_is_asked_for_it(begun: Workspace) -> None:
    """And what the plans of the workspace know of funds is kept, and told of the next exhibit."""
    begun.write(
        {"list.txt": LIST.replace("                             MASTER SERVICE PLAN\n", "").replace("TO THE", "")}
    )
    assert (
        'names no agreement: what is it called? (kept: it is called "Agreement")' in begun.run("import", "list.txt").out
    )
    ran = begun.run("import", "list.txt", "--answer", "1=Service Plan", "--write", "p")
    assert ran.code == 0, ran.out
    assert "title: Service Plan" in (begun.root / "schedules/p/plan.yaml").read_text("utf-8")
    begun.write({"lost.txt": LIST.replace("\n" + NAME, "")})
    for _ in range(2):  # once as loaded, once as kept
        assert 'stands under "BETA INCOME TRUST" in the workspace' in begun.run("import", "lost.txt").out
    assert json.loads((begun.root / "build/.names.json").read_bytes())["homes"]["beta bond fund"] == [
        "BETA INCOME TRUST"
    ]


@pytest.mark.seconds
def test_a_workspace_begins_with_what_was_filed(begun: Workspace) -> None:
    assert begun.run("init", "new", "--from", "exhibit.txt").code == 0
    assert begun.run("check", "--workspace", "new").code == 0
    assert [path.name for path in (begun.root / "new/schedules").iterdir() if path.is_dir()] == [
        "distribution-plan-class-b"
    ]


CHAIN = """\
003: [{add: "INVESCO S&P 500 Index Fund", to: "AIM STOCK FUNDS, INC."}]
004: [{rename: INVESCO Core Equity Fund, to: AIM Core Stock Fund}]
005: [{remove: INVESCO Telecommunications Fund, into: INVESCO Technology Fund}]
006: [{move: INVESCO Multi-Sector Fund, to: "AIM SECTOR FUNDS, INC."}]
007: [{rename_group: "AIM SECTOR FUNDS, INC.", to: AIM SECTOR FUNDS}]
008: [{set: INVESCO Energy Fund, service_fee: 0.20%, aggregate_fee: 0.95%}]
009: [{add: AIM New Fund, to: "AIM BOND FUNDS, INC.", service_fee: 0.25%, aggregate_fee: 1.00%}]
"""


@pytest.mark.seconds
def test_a_chain_of_eight_gives_the_same_history(empty: Workspace) -> None:
    plan = (ROOT / "schedules/aim-class-b/plan.yaml").read_text(encoding="utf-8")
    folder = "before/schedules/aim-class-b"
    empty.write({f"{folder}/plan.yaml": plan + "form: {recital: whereas}\n"})
    second = (ROOT / "schedules/aim-class-b/amendments/002.yaml").read_bytes()
    empty.write({f"{folder}/amendments/002.yaml": second})
    for number, line in enumerate(CHAIN.splitlines(), start=3):
        day = f"effective: 2004-{number:02}-01\ndated: 2004-{number:02}-01\n"
        text = f"number: {number}\n{day}changes: {line.partition(': ')[2]}\n"
        empty.write({f"{folder}/amendments/{number:03}.yaml": text})
    assert empty.run("build", "--workspace", "before", "--format", "txt").code == 0
    (empty.root / "after/schedules").mkdir(parents=True)
    (empty.root / "filings").mkdir()
    for number in range(2, 10):
        source = empty.root / f"before/build/aim-class-b/{number:03}/amendment.txt"
        empty.write({f"filings/{number}.txt": source.read_bytes()})
    ran = empty.run("import", "filings", "--write", "aim-class-b", "--workspace", "after")
    assert ran.code == 0, ran.out
    assert empty.run("check", "--workspace", "after").code == 0
    for name in ("INVESCO Energy Fund", "AIM Core Stock Fund", "INVESCO Telecommunications Fund", "AIM New Fund"):
        histories = [empty.run("history", name, "--workspace", side).out for side in ("before", "after")]
        assert histories[0] == histories[1]


@pytest.mark.seconds
def test_a_name_in_a_chain_is_asked_about_and_never_merged(empty: Workspace) -> None:
    text = SEED_FILE.read_text(encoding="ascii")
    later = text.replace("NO. 2", "NO. 3").replace("INVESCO Energy Fund     ", "INVESCO Energies Fund   ")
    (empty.root / "schedules").mkdir()
    empty.write({"filings/2.txt": text, "filings/3.txt": later.replace("November 3", "December 3")})
    ran = empty.run("import", "filings", "--write", "p")
    assert ran.code == 1
    assert '"INVESCO Energies Fund" is new, or the new name of "INVESCO Energy Fund"' in ran.out
    _, third = json.loads(empty.run("import", "filings", "--json").out)
    assert third["names"] == [{"new": "INVESCO Energies Fund", "old": "INVESCO Energy Fund"}]
    assert [entry["change"].get("remove") for entry in third["changes"]] == ["INVESCO Energy Fund", None]
    assert (third["open"], len(third["doubts"]), third["rows"]["confirmed"]) == (True, 1, 19)
    renamed = ("--rename", "INVESCO Energy Fund=INVESCO Energies Fund")
    assert empty.run("import", "filings", "--write", "p", *renamed).code == 0
    text = (empty.root / "schedules/p/amendments/003.yaml").read_text(encoding="utf-8")
    assert "rename: INVESCO Energy Fund\n    to: INVESCO Energies Fund" in text
    assert "form:" not in text, "what the plan says is not said again"
    assert "INVESCO Energy Fund: INVESCO Energies Fund" in (empty.root / "schedules/import.yaml").read_text("utf-8")
    assert empty.run("import", "filings", "--write", "q").code == 0, "no name is asked about twice"


@pytest.mark.seconds
def test_a_change_without_words_is_asked_about_and_written_as_such(empty: Workspace) -> None:
    text = SEED_FILE.read_text(encoding="ascii")
    words = "\n\n      WHEREAS, the parties desire to amend the Plan to remove INVESCO Leisure Fund;\n"
    later = text.replace("NO. 2", "NO. 4").replace(", as follows:", f", as follows:{words}")
    later = re.sub(r"  INVESCO Leisure Fund .*\n", "", later.replace("November 3", "December 3"))
    energy = re.compile(r"(INVESCO Energy Fund .*)0.25%       1.00%")
    (empty.root / "schedules").mkdir()
    empty.write({"filings/2.txt": text, "filings/4.txt": energy.sub(r"\g<1>0.20%       0.95%", later)})
    ran = empty.run("import", "filings", "--write", "p")
    place = '4.txt:90: "set: INVESCO Energy Fund, service_fee: 0.20%, aggregate_fee: 0.95%"'
    assert (ran.code, ran.out.count("no words of the recital")) == (1, 1), ran.out
    assert f"{place} no words of the recital explain this change" in ran.out
    assert "  Amendment No. 3 is not in the folder; what it changed stands among these" in ran.out
    ran = empty.run("import", "filings", "--write", "p", "--answer", "4.txt:90=silent")
    assert (ran.code, "(the paper has no words for it)" in ran.out) == (0, True)
    written = (empty.root / "schedules/p/amendments/004.yaml").read_text(encoding="utf-8")
    assert "  # no words of the paper explain this\n  - set: INVESCO Energy Fund\n" in written
    assert "  - check: recital-names-each-change\n" in written, "the check would say it, too"
    assert empty.run("check").err.count("recital") == 0
    assert empty.run("import", "filings", "--write", "q").code == 0, "nothing is asked twice"
    empty.write({"filings/5.txt": text})
    assert "is a second Amendment No. 2 to the" in empty.run("import", "filings").out


@pytest.mark.parametrize(
    ("recital", "change", "explained"),
    [
        ("the removal of AIM One Fund", changes.Remove(remove="AIM One Fund"), True),
        ("the removal of AIM One Fund", changes.Remove(remove="AIM Two Fund"), False),
        ("the removal of AIM One Fund", changes.SetValues(set="AIM One Fund", values={"fee": "0.20%"}), False),
        ("the fees of AIM One Fund", changes.SetValues(set="AIM One Fund", values={"fee": "0.20%"}), True),
        ("AIM One Fund to 0.20%", changes.SetValues(set="AIM One Fund", values={"fee": "0.20%"}), True),
        ("AIM One Fund; the fees of AIM Two Fund", changes.SetValues(set="AIM One Fund", values={"f": "1%"}), False),
        ("nothing of it", changes.Move(move="AIM One Fund", after="AIM Two Fund"), True),
    ],
)
def test_a_recital_explains_a_change(recital: str, change: changes.Change, explained: bool) -> None:
    assert chain._explains(recital, change) == explained


def word(text: str, margin: float, size: float = 9, base: float = 100) -> PrintedWord:
    return PrintedWord(text, margin, margin + 5 * len(text), base, base + size, size, base)


@pytest.mark.parametrize(
    ("line", "furniture"),
    [
        ("11/27/26, 4:01 AM", True),
        ("2026-11-27, 16:01 AMENDMENT NO. 2", True),
        ("file:///home/exhibit.htm 1/2", True),
        ("November 27, 2026", False),
        ("Rates: 1/2 of one percent", False),
    ],
)
def test_what_a_browser_prints_around_a_page_is_furniture(line: str, furniture: bool) -> None:
    lines = [[word(text, 20 + 60 * n) for n, text in enumerate(line.split())], [word("AIM", 50, base=50)]]
    assert bool(pdf._of_browser(lines)) == furniture


def test_a_sign_of_another_font_breaks_no_word_and_a_raised_one_does() -> None:
    def letter(sign: str, margin: float, size: float, base: float = 100) -> PrintedLetter:
        return PrintedLetter(sign, margin, margin + 5, base, base + size, size, base)

    assert not pdf_words._breaks(letter("\u201c", 10, 23.6), letter("S", 16, 15.7))
    assert not pdf_words._breaks(letter("i", 10, 6.2), letter("l", 16.5, 9.3))
    assert pdf_words._breaks(letter("%", 10, 9), letter("1", 15, 6, 104))


def test_two_narrow_figures_are_one_number() -> None:
    """In fonts of figures of one width a 1 leaves much of its room."""
    first = PrintedLetter("1", 245.9, 250.0, 100, 110, 10.1, 100, 244.6, 251.6)
    assert not pdf_words._breaks(first, PrintedLetter("1", 252.9, 257.0, 100, 110, 10.1, 100, 251.6, 258.6))
    assert pdf_words._breaks(first, PrintedLetter("1", 255.9, 260.0, 100, 110, 10.1, 100, 254.4, 261.6))


@pytest.mark.parametrize(
    ("lines", "several"),
    [
        (("0.25%", "0.50%"), True),
        (("A Fund", "B Fund"), True),
        (("Asia &", "Pacific Fund"), False),
        (("0.25%",), False),
    ],
)
def test_a_drawn_cell_that_holds_several_rows_is_none(lines: tuple[str, ...], several: bool) -> None:
    assert pdf_grids._holds_several(lines) == several


def drawn(*bounds: str) -> list[pdf_grids.DrawnRule]:
    return [pdf_grids.DrawnRule(*map(float, rule.split())) for rule in bounds]


@pytest.mark.parametrize(
    ("flat", "upright", "rows"),
    [  # a head over two cells; a name over two rows; an outline alone; a word over a rule; a step in the middle
        (("60 0 100",), ("50 30 60",), [["A Fund", "0.25% 0.50%"]]),
        (("60 50 100",), ("50 30 90",), [["A Fund", "0.50%"], ["0.25%"]]),
        ((), (), "no grid"),
        (("60 0 100",), ("15 30 60",), "no rows"),
        (("60 50 100",), ("50 60 90",), "no grid"),
    ],
)
def test_cells_that_are_drawn_in_a_pdf(flat: tuple[str, ...], upright: tuple[str, ...], rows: object) -> None:
    """Of a table with rules all around it, and more inside."""
    second = 70.0 if isinstance(rows, list) and len(rows) > 1 else 40.0
    placed = (("A", 2, 6, 40), ("Fund", 8, 20, 40), ("0.25%", 60, 75, 40), ("0.50%", 80, 95, second))
    words = [pdf_grids.PlacedWord(*word) for word in placed]
    read = [
        grid.rows(words)
        for grid in pdf_grids.of(drawn("90 0 100", "30 0 100", *flat), drawn("0 30 90", "100 30 90", *upright))
    ]
    texts = [[[box.text for box in boxes] for boxes in row.values()] if row else "no rows" for row in read]
    assert (texts or ["no grid"]) == [rows]


def placed(*texts: str) -> tuple[PageLine, ...]:
    """Lines of a page, each as far under the one before as the number in front of it says, in heights of a line."""
    split = [(float(pitch), re.finditer(r"\S+", text)) for pitch, text in (line.split(":", 1) for line in texts)]
    spans = [(pitch, tuple(Span(m[0], m.start(), m.end()) for m in words)) for pitch, words in split]
    return tuple(PageLine(words, LinePlace(n, 1), pitch=pitch) for n, (pitch, words) in enumerate(spans, start=1))


@pytest.mark.parametrize(
    ("lines", "rows"),
    [  # names over their rows, in the middle of them, a name of two lines, and names of which nothing tells the rows
        (
            (
                "1.4:A Fund        Class A    0.25%",
                "1.4:              Class C    1.00%",
                "1.4:B Fund        Class A    0.25%",
            ),
            ["A Fund|Class A|0.25%", "|Class C|1.00%", "B Fund|Class A|0.25%"],
        ),
        (
            (
                "1.4:              First $1   0.25%",
                "0.7:A Fund",
                "0.7:              Over $1    0.20%",
                "1.4:              First $2   0.25%",
                "1.4:B Fund        Next $3    0.20%",
                "1.4:              Over $5    0.15%",
            ),
            ["A Fund|First $1|0.25%", "|Over $1|0.20%", "B Fund|First $2|0.25%", "|Next $3|0.20%", "|Over $5|0.15%"],
        ),
        (
            (
                "1.4:A Fund        Class A    0.25%",
                "1.4:B Growth and",
                "0.5:              Class A    0.25%",
                "0.5:Income Fund",
            ),
            ["A Fund|Class A|0.25%", "B Growth and Income Fund|Class A|0.25%"],
        ),
        (
            (
                "1.4:A Fund        Class A    0.25%",
                "1.4:              Class A    1.00%",
                "1.4:B Fund        Class A    0.25%",
            ),
            ["?|Class A|0.25%", "A Fund||", "?|Class A|1.00%", "?|Class A|0.25%", "B Fund||"],
        ),
    ],
)
def test_a_table_of_a_pdf_without_rules(lines: tuple[str, ...], rows: list[str]) -> None:
    above, below = "2:SCHEDULE A", "1.1:All other terms of the Plan that are not amended herein shall remain in force."
    table = pdf_columns.table([placed(above, "1.6:Fund          Class      Fee", *lines, below)])
    assert table is not None
    assert [line.text for line in (*table.before, *table.after) if line.words] == [above[2:], below[4:]]
    read = [row for piece in table.pieces for row in piece.rows]
    texts = ["|".join((row.cells[0] or "?" * bool(row.doubt), *row.cells[1:])) for row in read]
    assert texts == ["Fund|Class|Fee", *rows]


def test_a_table_that_goes_on_over_a_page_is_one() -> None:
    head = pieces.GridRow(("Fund", "Fee"), LinePlace(1, 1), head=True)
    first, second = (pieces.GridRow((f"{n} Fund", "0.25%"), LinePlace(2, page)) for n, page in (("A", 1), ("B", 2)))
    label = pieces.PagePiece("furniture", ("A-1",), LinePlace(3, 1))
    tables = [
        pieces.PagePiece("table", (), row.place, (replace(head, place=LinePlace(1, row.place.page)), row))
        for row in (first, second)
    ]
    table, *furniture = page_breaks.joined([tables[0], label, tables[1]])
    assert [row.cells for row in table.rows] == [head.cells, first.cells, second.cells]
    assert [piece.lines for piece in furniture] == [("A-1",), head.cells], "what the page repeats is no row"


def read_page(*rows: str) -> list[str]:
    """The rows of a page of HTML, with the group and the fund that each stands under; `<br>` and tags as they are."""
    cells_ = "".join(f"<tr><td>{row.replace('|', '<td>')}</tr>" for row in rows)
    text = f"<p>SCHEDULE A</p><table>{cells_}</table>".encode()
    taken = importer.take(exhibit_files.exhibit("a.htm", text), FOLDERS, NO_ANSWERS)
    return [" | ".join([*filter(None, names), *values]) for (*names, values), _ in rows_read(taken)]


def test_classes_beside_their_fund_under_a_registrant() -> None:
    rows = ("Fund|Class|Fee", "<b>ONE TRUST</b>||", "A Fund|Class A|0.25%", "|Class C|1.00%", "B Fund|Class A|0.25%")
    assert read_page(*rows) == [
        "ONE TRUST | A Fund | Class A | 0.25%",
        "ONE TRUST | A Fund | Class C | 1.00%",
        "ONE TRUST | B Fund | Class A | 0.25%",
    ]


def test_values_in_several_lines_of_a_cell_are_rows() -> None:
    steps = ("Fund|Assets|Fee", "A Fund|First $1<br>Over $1|0.25%<br>0.20%", "B Fund|All|0.50%")
    assert read_page(*steps) == ["A Fund | First $1 | 0.25%", "A Fund | Over $1 | 0.20%", "B Fund | All | 0.50%"]
    assert read_page("Fund|Fee", "A Fund<br>B Fund|0.25%<br>0.50%") == ["A Fund | 0.25%", "B Fund | 0.50%"]
    assert read_page("Fund|Fee", "A Growth<br>Fund|0.25%<br>0.50%") == ["A Growth Fund | 0.25% 0.50%"], "is asked about"


def read_lines(*lines: str) -> list[str]:
    """The rows of a schedule in text that is filed alone."""
    text = "\n".join(["SCHEDULE A", "TO THE", "MASTER DISTRIBUTION PLAN", "", *lines, ""])
    taken = importer.take(exhibit_files.exhibit("a.txt", text.encode()), FOLDERS, NO_ANSWERS)
    return [" | ".join([*filter(None, names), *values]) for (*names, values), _ in rows_read(taken)]


STEPS = ("          Net Assets           Annual Rate", "          ----------           -----------")


@pytest.mark.parametrize(
    ("lines", "rows"),
    [  # an escaped rule; steps deeper than names; a label and one head; a value in two lines; steps alone
        (("Fund                Fee", "- ----                ---", "A Fund              0.25%"), ["A Fund | 0.25%"]),
        (
            (
                "The A Fund",
                "",
                *STEPS,
                "          First $1              0.40%",
                "          Over $1               0.30%",
                "",
                "The B Fund",
                "",
                *STEPS,
                "          All                   0.20%",
            ),
            ["The A Fund | First $1 | 0.40%", "The A Fund | Over $1 | 0.30%", "The B Fund | All | 0.20%"],
        ),
        (
            (
                "FUND               FEE",
                "                   (a year)",
                "",
                "A Fund............ 0.25%",
                "B Fund............ 0.20%",
            ),
            ["A Fund | 0.25%", "B Fund | 0.20%"],
        ),
        (
            (
                "Fund      Fee",
                "----      ---",
                "A Fund    1.29% on the first $500 million; 1.25% over",
                "          $1 billion",
            ),
            ["A Fund | 1.29% on the first $500 million; 1.25% over $1 billion"],
        ),
        (
            (
                "Fund       Assets      Fee",
                "----       ------      ---",
                "A Fund     First $1    0.40%",
                "           Over $1     0.30%",
            ),
            ["A Fund | First $1 | 0.40%", "A Fund | Over $1 | 0.30%"],
        ),
    ],
)
def test_rows_of_text_as_other_houses_set_them(lines: tuple[str, ...], rows: list[str]) -> None:
    assert read_lines(*lines) == rows


@pytest.mark.parametrize(
    ("text", "kind"),
    [("$0 - $1,000", ""), (">$2,000", ""), ("$1,000", "an amount of money"), ("1,000 - 2,000", "a number")],
)
def test_a_step_between_amounts_is_a_name(text: str, kind: str) -> None:
    assert values.no_name(text) == kind


def test_a_name_with_a_colon_stands_over_a_list() -> None:
    names = (
        "A Investment Trust:",
        "     A Core Fund",
        "     A Bond Fund",
        "",
        "A Securities Trust:",
        "     A Alpha Fund",
    )
    assert read_lines(*names) == [
        "A Investment Trust | A Core Fund",
        "A Investment Trust | A Bond Fund",
        "A Securities Trust | A Alpha Fund",
    ]
    alone = ("B Growth Fund, Inc.", "", *names)
    assert read_lines(*alone)[:2] == ["B Growth Fund, Inc.", "A Investment Trust | A Core Fund"], "no head of the list"


def test_a_bold_name_that_is_called_as_a_registrant_stands_over_a_list() -> None:
    """Neither a bold fund does, nor a registrant that is set as the funds are."""
    names = (
        "<p>SCHEDULE A",
        "<p><b>One Series Trust</b>",
        "<p>A Fund",
        "<p>B Fund",
        "<p><b>C Fund</b>",
        "<p>Two Trust",
    )
    page = exhibit_files.exhibit("a.htm", "".join(names).encode())
    table = page.pieces[-1]
    assert [row.cells[0] for row in table.rows if row.head] == ["One Series Trust"]
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    runs = ("<w:r><w:rPr><w:b/></w:rPr><w:t>One</w:t></w:r>", "<w:r><w:t> Trust</w:t></w:r>")
    loud = [etree.fromstring(f'<w:p xmlns:w="{w}">{text}</w:p>') for text in (runs[0], "".join(runs))]
    assert [word_reader._is_loud(paragraph, word_reader._styles(b"")) for paragraph in loud] == [True, False]


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (("SCHEDULE A", "EATON FUNDS TRUST", "CLASS A DISTRIBUTION PLAN"), "Class A Distribution Plan"),
        (("SCHEDULE A", "EATON FUNDS TRUST"), facts.UNNAMED),
        (("SCHEDULE A", "CLASS A DISTRIBUTION PLAN", "CLASS C SERVICE PLAN"), facts.UNNAMED),
    ],
)
def test_an_agreement_is_called_as_the_one_line_says_that_names_one(lines: tuple[str, ...], title: str) -> None:
    text = "\n".join(
        [*(line.center(80).rstrip() for line in lines), "", "Fund        Fee", "----        ---", "A Fund    0.25%"]
    )
    taken = importer.take(exhibit_files.exhibit("a.txt", text.encode()), FOLDERS, NO_ANSWERS)
    assert facts.of(taken, FOLDERS).plan["title"] == title


def test_a_head_over_several_columns_is_said_by_each() -> None:
    rows = ("<tr><td><td colspan=2>Expense Cap", "<tr><td>Fund<td>Retail<td>Other", "<tr><td>A Fund<td>0.91%<td>0.77%")
    page = exhibit_files.exhibit("a.htm", f"<p>SCHEDULE A</p><table>{''.join(rows)}</table>".encode())
    taken = importer.take(page, FOLDERS, NO_ANSWERS)
    (reading,) = [table.reading for schedule in taken.schedules for table in schedule.tables if table.reading]
    assert reading.heads == ("Expense Cap Retail", "Expense Cap Other")
    assert not any(row.doubt for piece in page.pieces for row in piece.rows)
    assert page.count == 11, "its words are counted once"


def test_a_label_over_names_is_no_registrant() -> None:
    rows = ("Fund|Fee", "One Growth|", "A Fund|0.25%", "B Fund|0.20%")
    assert read_page(*rows) == ["One Growth", "A Fund | 0.25%", "B Fund | 0.20%"]


def test_a_raised_sign_behind_a_blank_is_a_footnotes() -> None:
    page = html.exhibit("a.htm", b"<p>A Fund <sup>(1)</sup> and the 1<sup>st</sup> day</p>")
    assert page.pieces[0].text == "A Fund(1) and the 1st day"
    run = '<w:r><w:t>A Fund </w:t></w:r><w:r><w:rPr><w:position w:val="8"/></w:rPr><w:t>(1)</w:t></w:r>'
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    paragraph = etree.fromstring(f"<w:p {names}>{run}</w:p>")
    assert word_file_lines(paragraph) == ("A Fund(1)",)


def test_a_rule_under_each_name_tells_no_group() -> None:
    line = "<td style='border-bottom:1pt solid'>"
    rows = [f"<tr>{line}{row.replace('|', line)}" for row in ("Fund|Fee", "A Fund|", "Class A|0.25%", "Class B|1.00%")]
    page = html.exhibit("a.htm", f"<table>{''.join(rows)}</table>".encode())
    assert [row.ruled for piece in page.pieces for row in piece.rows][1:] == [False, False, False]


def test_a_value_among_the_names_of_a_column_is_doubtful() -> None:
    texts = (("Class A", "0.25%"), ("Class C", "1.00%"), ("Class R3", "See note"), ("0.75%", ""), ("Class I", "None"))
    rows = [table_lines.TableLine("A Fund", values_, LinePlace(n)) for n, values_ in enumerate(texts)]
    (read,) = column_doubts.doubted([rows], ("Class", "Fee"))
    assert [line.doubts for line in read] == [
        (),
        (),
        (),
        (column_doubts.BLANK, column_doubts.KIND),
        (),
    ]


@pytest.mark.parametrize(
    ("names", "doubt"),
    [
        (("Class A", "Class C", "Class A"), '"Class A" stands in them twice: is a name missing above it?'),
        (("First $1", "Over $1", "First $2"), 'its steps begin again at "First $2": is a name missing above it?'),
        (("First $1", "Next $2", "Next $2"), ""),
    ],
)
def test_names_that_begin_again_may_be_of_another_fund(names: tuple[str, ...], doubt: str) -> None:
    rows = tuple(table_lines.TableLine(name, ("0.25%",), LinePlace(n)) for n, name in enumerate(names))
    group = groups.TableGroup("A Fund", "", rows, LinePlace(1))
    doubts = [text for _, text in lost_names._of_repeats(groups.TableReading(("Fee",), (group,), LinePlace(1)))]
    assert doubts == [doubt] * 3 * bool(doubt)


def word_file_lines(paragraph: Any) -> tuple[str, ...]:
    return word_reader._lines(paragraph, word_reader._styles(b""))


@pytest.mark.parametrize(
    ("text", "label"),
    [("Fund/Class", True), ("Fund and Share Class", True), ("Name of Fund", True), ("Series Trust Fund", False)],
)
def test_what_is_a_label_over_rows(text: str, label: bool) -> None:
    assert bool(table_lines.LABEL.fullmatch(text)) == label


def test_names_that_a_wide_gap_parts_are_not_one() -> None:
    line = PageLine((Span("One, Inc. II", 0, 12), Span("A Fund", 30, 36)), LinePlace(1))
    (row,) = grids._rows([line], grids._columns([line]))
    assert row.doubt == '"A Fund" stands far from the words before it: a name of its own?'


def test_a_label_close_over_a_name_is_no_part_of_it() -> None:
    lines = [
        PageLine((Span(text, 0, 9), *more), LinePlace(number), pitch=pitch)
        for number, (text, pitch, more) in enumerate(
            (("FUNDS", 1.0, ()), ("AIM One Fund", 1.0, ()), ("AIM Two Fund", 2.0, (Span("1.00%", 50, 55),)))
        )
    ]
    rows = [*grids._rows(lines, grids._columns(lines))]
    assert rows[0].cells[0] == "FUNDS"


DAY_ASKED = '"November 3, 2993" is not a day of a fund\'s plan: which day is it?'


@pytest.mark.seconds
def test_a_day_that_cannot_be_is_asked_for(begun: Workspace) -> None:
    text = SEED_FILE.read_text(encoding="ascii").replace("November 3, 2003", "November 3, 2993")
    begun.write({"odd.txt": text, "two.txt": text.replace("August 18, 2003", "August 18, 1003")})
    ran = begun.run("import", "odd.txt", "--write", "p")
    assert (ran.code, "19 of 19 confirmed" in ran.out, f"odd.txt:8: {DAY_ASKED}" in ran.out) == (1, True, True)
    assert "what may be answered there: a day" in begun.run("import", "odd.txt", "--answer", "8=November 3").err
    both = begun.run("import", "two.txt", "--answer", "8=November 3, 2003").err
    assert '"8=November 3, 2003" may be of several days\n    write which, as in "8:November 3, 2993=DAY"' in both
    assert begun.run("import", "odd.txt", "--write", "p", "--answer", "8=November 3, 2003").code == 0
    assert "effective: 2003-11-03\n" in (begun.root / "schedules/p/amendments/002.yaml").read_text(encoding="utf-8")
    ran = begun.run("import", "two.txt", "--answer", "8:August 18, 1003=2003-08-18")
    assert (ran.code, 'filed "1003,", docgen says "2003,"' in ran.out) == (0, True), "the other day is remembered"


@pytest.mark.parametrize(
    "words", ["into", "has merged into", "was reorganized with and into", "following its merger with and into"]
)
def test_a_merger_is_taken_as_other_houses_word_it(words: str) -> None:
    step = chain_steps._with_reason(changes.Remove(remove="AIM Old Fund"), f"AIM Old Fund {words} AIM New Fund")
    assert isinstance(step, changes.Remove)
    assert step.into == "AIM New Fund"


@pytest.mark.seconds
def test_one_exhibit_of_a_folder_is_answered(empty: Workspace) -> None:
    text = SEED_FILE.read_text(encoding="ascii")
    odd = text.replace("NO. 2", "NO. 3").replace("Dated:  November 3, 2003", "Approved by nobody in particular.")
    (empty.root / "schedules").mkdir()
    empty.write({"filings/2.txt": text, "filings/3.txt": odd})
    assert "--answer 3.txt:118=kept" in empty.run("import", "filings", "--write", "p").out
    assert empty.run("import", "filings", "--answer", "2.txt:118=kept").code == 2
    assert empty.run("import", "filings", "--write", "p", "--answer", "3.txt:118=kept").code == 0


@pytest.mark.seconds
def test_places_in_html_of_one_line_are_paragraphs_and_rows(begun: Workspace) -> None:
    begun.write({"one.htm": (HERE / "exhibits/rowspan.htm").read_text(encoding="utf-8")})
    ran = begun.run("import", "one.htm", "--write", "p")
    assert 'one.htm:p7 (paragraph 7): "Approved by the Board on May 1, 2004." not understood' in ran.out
    assert begun.run("import", "one.htm", "--write", "p", "--answer", "p7=kept").code == 0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_page_is_read_however_it_was_saved(encoding: str) -> None:
    page = html.exhibit("a.htm", "<p>Société Générale Fund</p>".encode(encoding))
    assert [" ".join(piece.words) for piece in page.pieces] == ["Société Générale Fund"]


def test_a_cell_that_fills_two_rows_at_the_end_of_one_moves_no_value() -> None:
    rows = ("A|0.25%|<2>1.00%", "B|0.30%", "C|0.35%|0.50%", "D|0.40%|0.60%")
    text = "".join(f"<tr><td>{row.replace('|<2>', '<td rowspan=2>').replace('|', '<td>')}</tr>" for row in rows)
    page = html.exhibit("a.htm", f"<table><tr><th>Fund<th>Fee<th>Total</tr>{text}</table>".encode())
    read = [row.cells for piece in page.pieces for row in piece.rows]
    assert read[-2:] == [("C", "0.35%", "0.50%"), ("D", "0.40%", "0.60%")]


def test_a_text_that_is_no_exhibit_is_told_so(begun: Workspace) -> None:
    ran = begun.write({"letter.txt": "Dear Sirs,\n\nhello.\n"}).run("import", "letter.txt")
    assert ran.code == 1
    assert "letter.txt: no amendment and no schedule found in it; name an exhibit as it was filed" in ran.out + ran.err


def test_an_answer_that_is_a_list_is_no_answer(begun: Workspace) -> None:
    begun.write({"schedules/import.yaml": "Some Fund: [fund]\n", "one.txt": SEED_FILE.read_text(encoding="ascii")})
    assert "schedules/import.yaml:1: Some Fund: ['fund'] is no answer" in begun.run("import", "one.txt").err


def test_a_word_file_is_sealed_with_what_differs(begun: Workspace, filed: dict[str, Paper]) -> None:
    data = built(filed["aim-class-a3-2003/002"], "docx")
    (begun.root / "exhibit.docx").write_bytes(data)
    assert begun.run("import", "exhibit.docx", "--write", "p").code == 0
    assert (begun.root / "schedules/p/filed/002/exhibit.docx").read_bytes() == data
    receipt = json.loads((begun.root / "schedules/p/filed/002/receipt.json").read_bytes())
    assert receipt["document"]["differences"] == []


def test_a_zip_without_words_is_no_exhibit() -> None:
    with pytest.raises(DataProblem, match="holds no words of Word's"):
        exhibit_files.exhibit("exhibit.docx", ooxml.pack({"word/other.xml": b"<a/>"}))


HEADLESS = """\
                      SCHEDULE A
                          TO
               MASTER DISTRIBUTION PLAN

AIM High Yield Fund ................................ 0.25%
AIM Income Fund .................................... 0.25%
AIM Money Market Fund .............................. 0.10%

November 3, 2003
"""


@pytest.mark.seconds
def test_values_without_a_head_are_asked_and_none_is_lost(workspace: Workspace) -> None:
    """Nor is a day below a table a row of it that nobody asks about."""
    workspace.write({"exhibit.txt": HEADLESS})
    ran = workspace.run("import", "exhibit.txt")
    assert "rows    0 of 4 confirmed" in ran.out
    assert "4 in all: are they right? (no head was read over its values; its name is a day)" in ran.out
    workspace.write({"exhibit.txt": HEADLESS.partition("November")[0]})
    written = workspace.run("import", "exhibit.txt", "--answer", "5=right", "--write", "q")
    assert written.code == 0, written.err
    (amendment,) = (workspace.root / "schedules/q/amendments").glob("*.yaml")
    assert amendment.read_text(encoding="utf-8").partition("restate:\n")[2] == (
        "  values:\n    value: 0.25%\n  rows:\n    - AIM High Yield Fund\n    - AIM Income Fund\n"
        "    - name: AIM Money Market Fund\n      value: 0.10%\n"
    )


@pytest.mark.parametrize("change", [{"remove_section": "Section 9"}, {"replace_words": "a", "to": "b"}])
def test_a_change_of_the_text_is_of_no_schedule(change: dict[str, str]) -> None:
    plan = {"schedules": [{"name": "Schedule A"}, {"name": "Schedule B"}]}
    fund = {"remove": "Alpha Fund"}
    (data,) = later_schedules.complete([Imported(plan, {"changes": [change, fund]})])
    assert data.amendment["changes"] == [change, {**fund, "schedule": "Schedule A"}]
