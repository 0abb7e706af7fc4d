"""What an exhibit becomes once a person has answered: text in, data out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from lxml import etree

from docgen.files import resources
from docgen.importing import importer, loose, name_columns, patterns, save, sentences, table_lines, word
from docgen.importing.importer import ImportResult
from docgen.importing.name_answers import NO_ANSWERS, NameAnswers
from docgen.importing.pieces import LinePlace, PagePiece
from docgen.problems import name_key
from tests.conftest import each

FOLDERS = (resources.TEMPLATES,)
HEADING = "SCHEDULE A\nTO THE\nMASTER SERVICE PLAN\n\n"


def imported(text: str, replies: Mapping[str, str] | None = None, file: str = "a.txt") -> ImportResult:
    """An exhibit as it is read where a person has told what its words are."""
    words = {name_key(words): word for words, word in (replies or {}).items()}
    return importer.run(file, text.encode(), FOLDERS, NameAnswers(words))


def asked(result: ImportResult) -> list[str]:
    return [f"{question.place.label} {question.text} {question.doubt}" for question in result.questions]


def restated(result: ImportResult) -> Any:
    """The one schedule that it restates, without the name that it has in the amendment."""
    (restate,) = result.data.amendment["restate"]
    return {key: value for key, value in restate.items() if key != "schedule"}


LORD = """\
Lord Affiliated Fund, Inc.

Lord Growth Fund, Inc.

Lord Investment Trust:
     Lord Balanced Fund
     Lord Core Fund
"""


def test_names_in_no_group_beside_groups_are_rows_and_so_are_the_groups() -> None:
    """No group without a name is made up: what stands under a name is a row of it, which the draft sets deeper."""
    result = imported(HEADING + LORD)
    (question,) = asked(result)
    assert question.startswith("5 Lord Affiliated Fund, Inc. and the rows under it, 2 in all: are they right? (stands")
    assert "stands under no name, where others do; right: in no group" in question
    key = result.questions[0].key
    result = imported(HEADING + LORD, {key: "right"})
    assert not result.is_open
    below = {"name": "Lord Investment Trust", "rows": [{"name": "Lord Balanced Fund"}, {"name": "Lord Core Fund"}]}
    assert restated(result) == {
        "rows": [{"name": "Lord Affiliated Fund, Inc."}, {"name": "Lord Growth Fund, Inc."}, below]
    }


PUTNAM = """\
FUND                          FEE
- ----                        ---
Our Income Fund               0.25%
Our Asset Funds
    Balanced Portfolio        0.20%
    Growth Portfolio          0.20%
Our Convertible Fund          0.25%
"""


@pytest.mark.parametrize("word", ["right", "fund"])
def test_a_name_over_deeper_rows_among_rows_is_a_row(word: str) -> None:
    assert asked(imported(HEADING + PUTNAM)) == [f"8 Our Asset Funds is it right? ({table_lines.OF_FUNDS})"]
    result = imported(HEADING + PUTNAM, {"Our Asset Funds": word})
    assert not result.is_open
    assert [row["name"] for row in restated(result)["rows"]] == [
        "Our Income Fund",
        "Our Asset Funds",
        "Our Convertible Fund",
    ]


def test_a_row_that_stands_no_deeper_than_the_name_over_others_is_not_under_it() -> None:
    result = imported(HEADING + PUTNAM, {"Our Asset Funds": "registrant"})
    groups = {row.name: row.group for row in result.proof.rows}
    assert groups == {
        "Our Income Fund": "",
        "Balanced Portfolio": "Our Asset Funds",
        "Growth Portfolio": "Our Asset Funds",
        "Our Convertible Fund": "",
    }
    assert [question.text for question in result.questions] == ["Our Income Fund", "Our Convertible Fund"]


def over_rows(label: str) -> str:
    rows = "".join(f"<tr><td>{name} Portfolio<td>{fee}" for name, fee in (("Large", "0.08%"), ("Small", "0.45%")))
    return f"<p>SCHEDULE A</p><table><tr><td><u>{label}</u><td><u>Expense Limit</u>{rows}</table>"


@pytest.mark.parametrize(
    ("label", "replies", "read"),
    [
        ("Institutional Class Portfolios", {}, ""),
        ("Class A Shares", {}, "Class A Shares"),
        ("Class A Shares", {"Class A Shares": "head"}, ""),
        ("Our Funds", {"Our Funds": "head"}, ""),
    ],
)
def test_what_stands_over_all_rows_is_their_label(label: str, replies: Mapping[str, str], read: str) -> None:
    """Where it says a class of portfolios, or a person calls it a head; a group where a registrant may be called so."""
    result = imported(over_rows(label), {**replies, importer.NAMING + "SCHEDULE A": "kept"}, "a.htm")
    assert {row.group for row in result.proof.rows} == {read}
    assert [question.text for question in result.questions] == [read] * bool(read)
    if not read:
        (schedule,) = result.data.plan["schedules"]
        assert (schedule.get("label"), schedule.get("row")) in ((label, None), (None, label.removesuffix("s")))


def test_a_label_that_stands_once_over_all_groups_stands_over_each() -> None:
    result = imported(
        HEADING
        + "Fund                  Fee\n----                  ---\nONE TRUST\nA Fund                0.25%\n\n"
        + "TWO TRUST\nB Fund                0.20%\n"
    )
    assert not result.is_open
    assert (result.data.plan["schedules"][0]["row"], len(restated(result)["groups"])) == ("Fund", 2)


MARKS = """\
NAME OF FUND             FEE
- ------------           ---
A Fund (1)               1.00%
B Fund                   0.75% (2)
C Fund (3)               1.00% *

(1) Until March 1, 2015.

(2) Waived.

* As of its first day.
"""


def test_a_mark_behind_a_blank_is_a_footnotes_where_a_note_has_it() -> None:
    result = imported(HEADING + MARKS)
    assert [(row.name, row.reasons) for row in result.proof.rows] == [
        ("A Fund(1)", ()),
        ("B Fund", ()),
        ("C Fund (3)", ()),
    ], "no note has the third: it is of the name"
    first, second, third = restated(result)["rows"]
    assert (first["name"], first["mark"], second["values"]["fee"]) == ("A Fund", "1", {"value": "0.75%", "mark": "2"})
    assert (third["name"], third["values"]["fee"]) == ("C Fund (3)", {"value": "1.00%", "mark": "*"})
    assert sum(result.proof.fates.values()) == result.exhibit.count


WAIVER = """\
<p>AMENDED AND RESTATED FEE WAIVER AGREEMENT</p>
<p>THIS AMENDED AND RESTATED FEE WAIVER AGREEMENT (the "Agreement"), effective as of February 28, 2014, is made by and
between One Funds Inc., a Maryland corporation, and Two Advisors LP, a Delaware limited partnership.</p>
<p>WHEREAS, the parties wish to amend the Agreement dated July 21, 2008;</p>
"""


def test_a_day_that_is_kept_as_filed_leaves_the_opening_what_it_is() -> None:
    """The agreement's name is not asked for, and the plan prints no day."""
    text = WAIVER + over_rows("Fund")
    (question,) = imported(text, file="a.htm").questions
    assert question.doubt == "is February 28, 2014 the day it takes effect?"
    result = imported(text, {question.key: "kept"}, "a.htm")
    assert not result.is_open
    assert result.data.plan["title"] == "Amended and Restated Fee Waiver Agreement"
    assert ("effective" in result.data.amendment, result.data.plan["form"]["effective"]) == (False, "none")


def test_a_value_that_stands_once_is_typed_at_its_row() -> None:
    """Of a column whose values all differ none is that of every row below."""
    rows = [{"name": name, "values": {"fee": fee, "limit": "1.00%"}} for name, fee in (("A", "0.25%"), ("B", "0.20%"))]
    assert save._with_usual_values({"rows": rows}) == {
        "values": {"limit": "1.00%"},
        "rows": [{"name": "A", "values": {"fee": "0.25%"}}, {"name": "B", "values": {"fee": "0.20%"}}],
    }


BESIDE = """\
INVESTMENT COMPANY            SERIES
- ------------------          ------
Our Custodian Funds           Our Tech Fund
                              Our Growth Fund

Our Gold and Precious
Metals Fund

Our Strategic Series          Our Index Fund
                              Our Small Fund
"""
SAYS = "Exhibit A to the Subcontract, dated January 1, 2001, is amended as of May 1, 2013 to read as follows:"


def test_a_name_beside_which_none_stands_is_in_no_group() -> None:
    """The sentence right over the heads is no heading, and says the day; the agreement's name is asked for once."""
    text = f"SUBCONTRACT FOR SERVICES\n\nEXHIBIT A\n\n{SAYS}\n{BESIDE}"
    result = imported(text)
    assert [(q.text, q.doubt[:10]) for q in result.questions] == [
        ("SUBCONTRACT FOR SERVICES", "names no a"),
        ("Our Gold and Precious Metals Fund", "is it righ"),
    ]
    replies = {result.questions[0].key: "Subcontract for Services", "Our Gold and Precious Metals Fund": "right"}
    result = imported(text, replies)
    assert not result.is_open
    assert (result.data.plan["title"], result.data.amendment["effective"]) == ("Subcontract for Services", "2013-05-01")
    assert [(row["name"], len(row.get("rows", ()))) for row in restated(result)["rows"]] == [
        ("Our Custodian Funds", 2),
        ("Our Gold and Precious Metals Fund", 0),
        ("Our Strategic Series", 2),
    ]


def test_names_beside_names_need_no_values_in_html() -> None:
    rows = ("<b>COMPANY</b><td><b>SERIES</b>", "One Trust<td>A Fund", "<td>B Fund", "Two Trust<td>C Fund")
    result = imported(f"<p>SCHEDULE A<p>TO THE MASTER PLAN<table><tr><td>{'<tr><td>'.join(rows)}</table>", file="a.htm")
    assert [(row.group, row.name, row.reasons) for row in result.proof.rows] == [
        ("One Trust", "A Fund", ()),
        ("One Trust", "B Fund", ()),
        ("Two Trust", "C Fund", ()),
    ]


@pytest.mark.parametrize(
    ("lines", "names"),
    [  # down the columns, along the lines, registrants beside, heads over them
        (("A Fund|D Fund", "B Fund|E Fund", "C Fund|"), "ABCDE"),
        (("A Fund|B Fund", "C Fund|D Fund", "E Fund|"), "ABCDE"),
        (("A Trust|D Fund", "B Trust|E Fund", "C Trust|"), ""),
        (("Fund|Fund", "B Fund|E Fund", "C Fund|D Fund"), ""),
    ],
)
def test_names_in_several_columns_are_one_list(lines: tuple[str, ...], names: str) -> None:
    split = [(tuple(line.split("|")), LinePlace(n)) for n, line in enumerate(lines)]
    assert [row.cells[0] for row in name_columns.rows(split)] == [f"{name} Fund" for name in names]


def test_such_a_list_is_read_under_a_heading_alone() -> None:
    """A table of two columns before it says which names change."""
    lines = "\n".join(f"{a} Fund                    {b} Fund" for a, b in ("AD", "BE", "CF"))
    read = [imported(HEADING + lines), imported(f"{HEADING}{lines}".replace("SCHEDULE A", "THE FUNDS"))]
    assert [[row.name[0] for row in result.proof.rows] for result in read] == [[*"ABCDEF"], []]


LISTS = {
    "a colon in text": (
        "a.txt",
        "One Series: A Fund; B Small\nFund; and C Fund\n\nTwo Funds: D Fund, E Fund and F Fund\n\n"
        "Three Trust: G Fund\n",
    ),
    "a column in text": (
        "a.txt",
        f"One Series:      A Fund\n{'':17}B Small Fund\n{'':17}C Fund\n\nTwo Funds:       D Fund\n{'':17}E Fund\n"
        f"{'':17}F Fund\n\nThree Trust:     G Fund\n",
    ),
    "a column in HTML": (
        "a.htm",
        "<tr><td>One Series:<td>A Fund<tr><td><td>B Small Fund; C Fund<tr><td>Two Funds:<td>D Fund<br>E Fund<br>F Fund"
        "<tr><td>Three Trust:<td>G Fund",
    ),
    "a column under heads": (
        "a.htm",
        "<tr><td><b>Company</b><td><b>Fund</b><tr><td>One Series<td>A Fund; B Small Fund and C Fund"
        "<tr><td>Two Funds<td>D Fund<br>E Fund<br>F Fund<tr><td>Three Trust<td>G Fund",
    ),
    "a name beside each row": (
        "a.htm",
        "<tr><td><b>Company</b><td><b>Fund</b>"
        + "".join(f"<tr><td>One Series<td>{name} Fund" for name in ("A", "B Small", "C"))
        + "".join(f"<tr><td>Two Funds<td>{name} Fund" for name in "DEF")
        + "<tr><td>Three Trust<td>G Fund",
    ),
}


@pytest.mark.parametrize("manner", LISTS)
def test_funds_beside_their_registrant(manner: str) -> None:
    """Behind a colon or in a column of their own, several in a line or in a cell."""
    file, text = LISTS[manner]
    page = f"<p>SCHEDULE A<br>TO THE<br>MASTER SERVICE PLAN<table>{text}</table>" if file == "a.htm" else HEADING + text
    result = imported(page, file=file)
    homes = [("One Series", "ABC"), ("Two Funds", "DEF"), ("Three Trust", "G")]
    assert [(row.group, row.name[0], row.reasons) for row in result.proof.rows] == [
        (registrant, letter, ()) for registrant, letters in homes for letter in letters
    ]
    assert sum(result.proof.fates.values()) == result.exhibit.count


def test_a_colon_between_two_names_is_asked_about() -> None:
    line = table_lines.TableLine("One Funds: A Fund", (), LinePlace())
    assert table_lines.against(line, ()) == ["may be two names"]


def test_steps_under_several_names_that_are_missing_are_not_merged() -> None:
    """Each of two tables without a name has its rows for itself: none of them is confirmed."""
    head = "Net Assets            Rate\n----------            ----\n"
    steps = f"{head}First $150 million    0.75%\nOver $150 million     0.50%\n\n"
    result = imported(f"{HEADING}{steps}{steps.replace('0.7', '0.8')}")
    assert len(restated(result)["groups"]) == 2
    assert each(row.reasons for row in result.proof.rows)


def test_words_in_a_box_of_word_stand_once_and_behind_their_paragraph() -> None:
    w, mc = (f"http://schemas.openxmlformats.org/{name}/2006" for name in ("wordprocessingml", "markup-compatibility"))
    run = "<w:r><w:t>{}</w:t></w:r>"
    box = f"<w:txbxContent><w:p>{run.format('in a box')}</w:p></w:txbxContent>"
    hung = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    paragraph = f"<w:p><w:r>{hung}</w:r>{run.format('a paragraph')}</w:p>"
    body = etree.fromstring(f'<w:body xmlns:w="{w}/main" xmlns:mc="{mc}">{paragraph}</w:body>')
    styles = word._styles(b"")
    assert [word._lines(block, styles) for block in word._blocks(body)] == [("a paragraph",), ("in a box",)]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("2. In all other respects, the Agreement is hereby confirmed and remains in full force and effect.", "terms"),
        (
            "2. In all other respects, the Agreement is confirmed and remains in full force and effect, but "
            + "that the Advisor shall pay each Fund an amount for every day on which its fees are more than those of "
            + "any other fund that it serves as an adviser.",
            "",
        ),
        ("W I T N E S S E T H :", "frame"),
    ],
)
def test_a_numbered_clause_that_the_rest_goes_on(text: str, role: str) -> None:
    compiled = patterns.of_kind("agreement", FOLDERS)
    if role == "frame":
        piece = PagePiece("words", (text,), LinePlace())
        assert sentences.matched(piece, [p for p in compiled if p.role not in ("opening", patterns.USUAL)]).pattern
    else:
        hit = loose.clause(text, compiled, NO_ANSWERS)
        assert (hit.pattern.role if hit else "") == role


FORMER = (
    "<tr><td><b>Current Name</b><td><b>Former Name</b><td><b>Class</b><td><b>Fee</b>",
    "<tr><td>Income Funds<td><td><td>",
    "<tr><td>A Bond Fund<td>B Bond Fund<td>Class A<td>0.25%",
    "<tr><td><td><td>Morgan<td>0.75%",
    "<tr><td>C Bond Fund<td>D Bond Fund<td>Class A<td>0.25%",
    "<tr><td><td><td>Morgan<td>0.75%",
)


def test_classes_stand_under_their_fund_where_a_column_stands_between() -> None:
    """Before a row is asked about, what stands over all of them is, which is called as registrants are."""
    page = f"<p>SCHEDULE B<br>TO THE<br>MASTER SERVICE PLAN<table>{''.join(FORMER)}</table>"
    (question,) = imported(page, file="a.htm").questions
    assert (question.text, question.words) == ("Income Funds", importer.OF_NAMES)
    result = imported(page, {"Income Funds": "registrant"}, "a.htm")
    order = "its words do not come back the same"  # the draft has the class before the former name
    assert {reason for row in result.proof.rows for reason in row.reasons} == {order}
    (group,) = restated(result)["groups"]
    assert group["name"] == "Income Funds"
    assert [[(row["name"], row["values"]["former_name"]) for row in fund["rows"]] for fund in group["rows"]] == [
        [("Class A", "B Bond Fund"), ("Morgan", "")],
        [("Class A", "D Bond Fund"), ("Morgan", "")],
    ]
