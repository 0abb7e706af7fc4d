"""What rules tell apart, in tables: words that are nearly one, kinds of fees, steps, words in sentences."""

from __future__ import annotations

import datetime

import pytest

from docgen.checks import across_plans, fees, trade_words
from docgen.checks.across_plans import Everything
from docgen.checks.name_index import NameIndex, Spellings, core, edits, words_of
from docgen.checks.new_names import FUND, NewName
from docgen.model import breakpoints, english, values
from docgen.model.rows import Column
from docgen.problems import Problem, Where
from docgen.workspace.load import load
from tests.conftest import Workspace


@pytest.mark.parametrize(
    ("first", "second", "apart"),
    [
        ("", "", 0), ("", "fund", 4), ("fund", "", 4), ("fund", "fund", 0), ("fund", "funds", 1), ("funds", "fund", 1),
        ("fund", "find", 1), ("fund", "ufnd", 1), ("fund", "fudn", 1), ("fund", "dnuf", 3), ("growth", "grwoht", 2),
        ("growth", "rowth", 1), ("growth", "grth", 2), ("growth", "graoth", 2), ("abcd", "badc", 2), ("ab", "ba", 1),
        ("abc", "ca", 3), ("municipal", "muncipla", 2), ("income", "incme", 1), ("a", "b", 1), ("abcdef", "azced", 3),
    ],
)  # fmt: skip
def test_in_how_many_letters_words_differ(first: str, second: str, apart: int) -> None:
    assert edits(first, second) == edits(second, first) == apart


@pytest.mark.parametrize(
    ("name", "rest"),
    [
        ("AIM Bond Funds, Inc.", "aimbond"), ("AIM Bond Fund", "aimbond"), ("The AIM Bond Trust", "aimbond"),
        ("A.I.M. Bond", "aimbond"), ("AIM Stock & Bond Fund Trust", "aimstockandbond"), ("Fund", "fund"),
        ("Trust Co.", "trust"), ("Inc.", "inc."), ("AIM Fund of Funds", "aimfundof"), ("L.P.", "l.p."),
        ("AIM Trust", "aim"), ("Fund of Funds", "fundof"),
    ],
)  # fmt: skip
def test_what_is_left_of_a_name_without_its_ending(name: str, rest: str) -> None:
    assert core(name) == rest


def test_the_words_of_a_name() -> None:
    assert words_of("St. John's R&D Fund® (A_1)") == ("St", "Johns", "R", "and", "D", "Fund", "A", "1")


def named(*names: str) -> list[NewName]:
    return [NewName(name, FUND, "p/001", Problem(Where("p.yaml", 1), "")) for name in names]


@pytest.mark.parametrize(
    ("text", "slip"),
    [
        ("the INVESCO Growht Fund pays", ("INVESCO Growht Fund", "INVESCO Growth Fund")),
        ("Invesco Growth Fund and INVESCO Grwoth Fund", ("INVESCO Grwoth Fund", "INVESCO Growth Fund")),
        ("the INVESCO Tecnology Fund", ("INVESCO Tecnology Fund", "INVESCO Technology Fund")),
        ("INVESCO Growth Fund", None), ("INVESCO Grand Fund", None), ("the Growth Fund", None), ("", None),
        ("INVESTCO Growht Fund", ("INVESTCO Growht Fund", "INVESCO Growth Fund")),
        ("INVESTCOO Growht Fund", None),
    ],
)  # fmt: skip
def test_what_a_text_has_that_is_nearly_a_name(text: str, slip: tuple[str, str] | None) -> None:
    names = named("INVESCO Growth Fund", "INVESCO Growth Fund II", "INVESCO Technology Fund, Inc.")
    assert NameIndex.of(names, Spellings.of(names)).slip(text) == slip


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("arkansas", {}), ("kansas", {}), ("europe", {}), ("european", {}), ("growth", {"growht": 1, "grotwh": 1}),
        ("municipal", {"municpal": 1}), ("tax", {"txa": 1}), ("ten", {}), ("tea", {}), ("fund", {"funds": 1}),
        ("series", {"serious": 2}), ("iii", {}), ("marine", {}), ("value", {"vlaue": 1}), ("income", {"inocem": 2}),
        ("vlaues", {"vlaue": 1}),
    ],
)  # fmt: skip
def test_which_words_may_be_a_slip_for_a_word(word: str, near: dict[str, int]) -> None:
    """A word that two names have is one; and so is one with another beginning, or with two letters more."""
    texts = "Arkansas Kansas|Europe European|Growth Growht|Growth Grotwh|Municipal Municpal|Tax Txa|Ten Tea|Tea Ten"
    texts += "|Fund Funds|Fund Funds Series|III II|Series Serious Value|Value Vlaue|Income Inocem"
    texts += "|Marine Marina|Marina Marine"
    assert dict(Spellings.of(named(*texts.split("|"))).near(word)) == near


@pytest.mark.parametrize(
    ("heading", "holds", "kind"),
    [
        ("Maximum Aggregate Fee", "rate", "aggregate fee"), ("Total Fees", "rate", "aggregate fee"),
        ("Maximum Asset-Based Sales Charge", "rate", "distribution fee"),
        ("Asset Based Charge", "rate", "distribution fee"),
        ("Distribution Fee", "rate", "distribution fee"), ("Service Fee", "rate", "service fee"),
        ("Service Amount", "rate", "service fee"), ("Service", "rate", ""), ("Advisory Fee", "rate", ""),
        ("Service Fee", "text", ""),
    ],
)  # fmt: skip
def test_which_fee_a_column_is(heading: str, holds: values.Holds, kind: str) -> None:
    assert fees.fee_kind(Column(heading=heading, holds=holds)) == kind


@pytest.mark.parametrize(
    ("word", "right"),
    [
        ("distributon", "distribution"), ("distributions", ""), ("mater", "master"), ("matter", ""), ("tursts", ""),
        ("trsut", "trust"), ("trusk", ""), ("fudns", "funds"), ("fands", ""), ("trustes", "trustees"), ("trustee", ""),
        ("amendmant", "amendment"), ("bmendment", ""), ("servicing", ""), ("schedul", "schedule"), ("schedulr", ""),
        ("admendement", ""), ("plan", ""),
    ],
)  # fmt: skip
def test_which_word_of_the_trade_is_meant(word: str, right: str) -> None:
    assert trade_words.meant(word) == right


@pytest.mark.parametrize(
    ("texts", "faults"),
    [
        ("0.75% on first $1 billion|0.65% on next $500 million|0.55% over $1.5 billion", []),
        ("0.75% on first $1 billion|0.65% on next $500 million|0.55% over $2 billion",
         ["a step ends at $1,500,000,000 and the next begins at $2,000,000,000"]),
        ("0.75% on first $1 billion|0.85% over $1 billion", ["the rate rises from 0.75% to 0.85%"]),
        ("0.75% on first $1 billion|0.75% over $1 billion", []),
        ("0.75% up to $250 million|0.70% over $250 million up to $1 billion|0.65% over $1 billion", []),
        ("0.75% up to $250 million|0.70% over $300 million up to $1 billion|0.65% over $1 billion",
         ["a step ends at $250,000,000 and the next begins at $300,000,000"]),
        ("0.65% on next $500 million|0.55% over $2 billion", []),
        ("0.75%|0.85% over $2 billion", []),
        ("0.75% on first $1 billion|0.85%|0.95%", []),
    ],
)  # fmt: skip
def test_what_is_wrong_with_steps(texts: str, faults: list[str]) -> None:
    steps = [step for text in texts.split("|") if (step := breakpoints.step(text))]
    assert len(steps) == len(texts.split("|"))
    assert breakpoints.faults(steps) == faults


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []), ("Plan", ["Plan"]), ("Master Plan", ["Master Plan"]), ("aaa bbb ccc", ["aaa bbb ccc"]),
        ("aaa bbb ccc ddd", ["aaa bbb", "ccc ddd"]), ("aaaaaaaaaaaaaaa b", ["aaaaaaaaaaaaaaa", "b"]),
        ("a b c ddddddddddd", ["a b c", "ddddddddddd"]), ("aa bb cc dddddddd", ["aa bb", "cc dddddddd"]),
        ("aaaa bbbb cccc", ["aaaa bbbb", "cccc"]), ("aaa bb c ddd ee", ["aaa bb c", "ddd ee"]),
    ],
)  # fmt: skip
def test_a_text_over_lines_of_twelve_letters(text: str, lines: list[str]) -> None:
    assert english.balanced(text, 12) == lines


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (english.with_article("Schedule A"), "Schedule A"),
        (english.with_article("List of Funds"), "the List of Funds"),
        (english.with_article("The List of Funds"), "The List of Funds"), (english.with_a("Fees"), "Fees"),
        (english.with_a("Asset Based Sales Charge"), "an Asset Based Sales Charge"), (english.with_a("Fee"), "a Fee"),
        (english.with_a("Unified Fee"), "a Unified Fee"), (english.sentence(" so "), "so."),
        (english.sentence("AIM, Inc."), "AIM, Inc."), (english.sentence("so:"), "so:"),
        (english.column_words("Class A", "rate"), "Class A Rate"), (english.column_words("Class A", "text"), "Class A"),
        (english.column_words("Maximum Total", "rate"), "Maximum Total Fee"),
        (english.column_words("Total Fees", "rate"), "Total Fees"),
        (english.column_words("Total", "text"), "Total"), (english.without_article("the Fund"), "Fund"),
        (english.class_shares(["Class A", "Class C Shares"]), "Class A and Class C Shares"),
        (english.class_shares([]), ""),
        (english.shares_beside_title(["Class A"], "Plan for CLASS A SHARES"), ""),
        (english.shares_beside_title(["Class A"], "Plan"), "Class A Shares"),
        (english.each_of(["A to B", "C to D", "E to F"]), "A to B, of C to D and of E to F"),
        (english.upper("under Rule 12b-1"), "UNDER RULE 12b-1"),
    ],
)  # fmt: skip
def test_words_in_sentences(made: str, words: str) -> None:
    assert made == words


def test_a_day_may_be_a_year_ahead(workspace: Workspace) -> None:
    """The plan is of 2003-08-18, its amendment of 2003-11-03."""
    plans, year = load(workspace.root).plans, datetime.timedelta(days=366)
    for day, faults in (
        (datetime.date(2003, 11, 3) - year, []),
        (datetime.date(2003, 11, 2) - year, ["2003-11-03 is more than a year ahead"]),
        (datetime.date(2003, 8, 18) - year, ["2003-11-03 is more than a year ahead"]),
        (
            datetime.date(2003, 8, 17) - year,
            ["2003-08-18 is more than a year ahead", "2003-11-03 is more than a year ahead"],
        ),
    ):
        assert [p.found for p in across_plans.days_are_near(Everything(plans, (), day))] == faults


@pytest.mark.parametrize(
    ("value", "is_open"),
    [
        (None, True), ("tbd", True), (" TBD ", True), ("tbd.", False), ("", False), ("2003-11-tbd", True),
        (" 2003-11-__ ", True), ("2003-11-tbd later", False), ("on 2003-11-tbd", False), (["tbd"], False), (0, False),
    ],
)  # fmt: skip
def test_what_is_left_open(value: object, is_open: bool) -> None:
    assert values.is_open(value) == is_open
