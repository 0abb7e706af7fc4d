"""What rules tell apart, in tables: words that are nearly one, kinds of fees, steps, words in sentences."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

import pytest

from docgen.checks import across_plans, fees, trade_words
from docgen.checks.across_plans import Everything
from docgen.checks.name_index import Index, NameIndex, Spellings, core, edits, words_of
from docgen.checks.new_names import FUND, NewName
from docgen.model import breakpoints, english, languages, schedule, values
from docgen.model.changes import AddTradeName
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


def test_of_several_names_the_nearest_is_meant() -> None:
    """On each run: of two as near the one that comes first in the alphabet."""
    names = named("Alpha Distributors Fund", "Alpha Distributers Fund", "Alpha Distribeters Fund")
    near = Index(Spellings.of(names)).with_all(names).respelled(("alpha", "distribters", "fund"))
    assert [name.name for name in near] == [
        "Alpha Distribeters Fund",
        "Alpha Distributers Fund",
        "Alpha Distributors Fund",
    ]


@pytest.mark.parametrize(
    ("text", "slip"),
    [
        ("the INVESCO Growht Fund pays", ("INVESCO Growht Fund", "INVESCO Growth Fund")),
        ("Invesco Growth Fund and INVESCO Grwoth Fund", ("INVESCO Grwoth Fund", "INVESCO Growth Fund")),
        ("the INVESCO Tecnology Fund", ("INVESCO Tecnology Fund", "INVESCO Technology Fund")),
        ("INVESCO Growth Fund", None), ("INVESCO Grand Fund", None), ("the Growth Fund", None), ("", None),
        ("INVESTCO Growht Fund", ("INVESTCO Growht Fund", "INVESCO Growth Fund")),
        ("INVESTCOO Growht Fund", None), ("the fees of Colmbia", None), ("the INVESCO Growth Fund Serie", None),
    ],
)  # fmt: skip
def test_what_a_text_has_that_is_nearly_a_name(text: str, slip: tuple[str, str] | None) -> None:
    names = named(
        "INVESCO Growth Fund",
        "INVESCO Growth Fund II",
        "INVESCO Growth Fund Series",
        "INVESCO Technology Fund, Inc.",
        "Columbia, Inc.",
    )
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


def test_numbers_in_words() -> None:
    ordinals = "First Second Third Fourth Fifth Sixth Seventh Eighth Ninth Tenth Eleventh Twelfth Thirteenth Fourteenth"
    ordinals += " Fifteenth Sixteenth Seventeenth Eighteenth Nineteenth"
    cardinals = "One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve Thirteen Fourteen Fifteen Sixteen"
    cardinals += " Seventeen Eighteen Nineteen"
    tens = "Twenty Thirty Forty Fifty Sixty Seventy Eighty Ninety"
    assert [english.ordinal_word(number) for number in range(1, 20)] == ordinals.split()
    assert [english.cardinal_word(number) for number in range(1, 20)] == cardinals.split()
    assert [english.cardinal_word(number) for number in range(20, 100, 10)] == tens.split()
    assert [english.ordinal_word(number) for number in range(20, 100, 10)] == [
        word.removesuffix("y") + "ieth" for word in tens.split()
    ]
    assert " ".join(map(english.roman, (4, 9, 14, 40, 49, 90, 444, 900))) == "iv ix xiv xl xlix xc cdxliv cm"
    firsts = {first: english.marks(first) for first in ("(1)", "(a)", "(i)", "1)", "a)", "i)")}
    assert {first: (made[0], made[1], made[25], made[26], len(made)) for first, made in firsts.items()} == {
        "(1)": ("(1)", "(2)", "(26)", "(27)", 702), "(a)": ("(a)", "(b)", "(z)", "(aa)", 702),
        "(i)": ("(i)", "(ii)", "(xxvi)", "(xxvii)", 702), "1)": ("1)", "2)", "26)", "27)", 702),
        "a)": ("a)", "b)", "z)", "aa)", 702), "i)": ("i)", "ii)", "xxvi)", "xxvii)", 702),
    }  # fmt: skip
    assert english.marks("a)")[51:53] == ("az)", "ba)")
    assert english.marks("a)")[-1] == "zz)"


@pytest.mark.parametrize(
    ("heading", "fee"),
    [
        ("Maximum Service Fee", "Service Fee"), ("Maximum Annual Service Fee", "Service Fee"),
        ("Minimum Fee", "Fee"), ("Current Rate:", "Rate"), ("Approved Fee *", "Fee"), ("Total Fees", "Fees"),
        ("Asset-Based Sales Charge", "Distribution Fee"), ("Service Fee Maximum", "Service Fee Maximum"),
        ("Maximum Aggregate Fee", "Aggregate Fee"),
    ],
)  # fmt: skip
def test_what_the_head_of_a_column_calls_a_fee(heading: str, fee: str) -> None:
    assert english.fee(heading) == fee


def test_codes_of_languages_and_regions_are_those_of_iso() -> None:
    """ISO 639-1 has so many languages, and ISO 3166-1 so many countries."""
    codes, regions = languages.CODES.split(), languages.REGIONS.split()
    assert (len(set(codes)), len(codes), len(set(regions)), len(regions)) == (183, 183, 249, 249)
    assert {code for code in codes if not re.fullmatch("[a-z]{2}", code)} == set()
    assert {region for region in regions if not re.fullmatch("[A-Z]{2}", region)} == set()
    assert [codes, regions] == [sorted(codes), sorted(regions)]


DAY = datetime.date(2003, 11, 3)
IN_AIM_S_PLACE = AddTradeName.model_validate({"add_trade_name": "Invesco", "in_place_of": "AIM", "except": "AIM Old"})


@pytest.mark.parametrize(
    ("say", "given", "words"),
    [
        (english.with_article, ("Schedule A",), "Schedule A"),
        (english.with_article, ("List of Funds",), "the List of Funds"),
        (english.with_article, ("The List of Funds",), "The List of Funds"), (english.with_a, ("Fees",), "Fees"),
        (english.with_a, ("Asset Based Sales Charge",), "an Asset Based Sales Charge"),
        (english.with_a, ("Fee",), "a Fee"), (english.with_a, ("Unified Fee",), "a Unified Fee"),
        (english.sentence, (" so ",), "so."), (english.sentence, ("AIM, Inc.",), "AIM, Inc."),
        (english.sentence, ("so:",), "so:"), (english.column_words, ("Class A", "rate"), "Class A Rate"),
        (english.column_words, ("Class A", "text"), "Class A"),
        (english.column_words, ("Maximum Total", "rate"), "Maximum Total Fee"),
        (english.column_words, ("Total Fees", "rate"), "Total Fees"),
        (english.column_words, ("Total", "breakpoints"), "Total Fee"),
        (english.column_words, ("Investor Class Shares", "breakpoints"), "Investor Class Rate"),
        (english.column_words, ("Total", "text"), "Total"), (english.without_article, ("the Fund",), "Fund"),
        (english.class_shares, (["Class A", "Class C Shares"],), "Class A and Class C Shares"),
        (english.class_shares, ([],), ""),
        (english.shares_beside_title, (["Class A"], "Plan for CLASS A SHARES"), ""),
        (english.shares_beside_title, (["Class A"], "Plan"), "Class A Shares"),
        (english.each_of, (["A to B", "C to D", "E to F"],), "A to B, of C to D and of E to F"),
        (english.upper, ("under Rule 12b-1",), "UNDER RULE 12b-1"),
        (english.upper, ("Rules 18f-3, 6e-3",), "RULES 18f-3, 6e-3"),
        (english.upper, ("rule 12B-1a",), "RULE 12B-1A"), (english.with_a, ("Use Fee",), "a Use Fee"),
        (english.with_a, ("European Fee",), "a European Fee"), (english.with_a, ("One-Time Fee",), "a One-Time Fee"),
        (english.with_a, ("Onerous Fee",), "an Onerous Fee"), (english.with_a, ("U.S. Fee",), "a U.S. Fee"),
        (english.with_a, ("Business",), "a Business"), (english.with_a, ("Annual Basis",), "an Annual Basis"),
        (english.with_article, ("Appendix B-1",), "Appendix B-1"), (english.with_article, ("Annex IV",), "Annex IV"),
        (english.with_article, ("Exhibits A",), "Exhibits A"),
        (english.with_article, ("Attachment 12",), "Attachment 12"),
        (english.with_article, ("Part Time",), "the Part Time"),
        (english.with_article, ("Fee Schedule",), "the Fee Schedule"),
        (english.column_words, ("Class A Fee", "rate"), "Class A Fee"),
        (english.column_words, ("Maximum Total:", "rate"), "Maximum Total:"),
        (english.value_words, (values.BLANK, "breakpoints"), "[ ]"),
        (english.value_words, (("1% on first $1", "2%"), "breakpoints"), "1% on first $1 and 2%"),
        (english.value_text, (("1% on first $1", "2%"), "breakpoints"), "1% on first $1; 2%"),
        (english.value_text, (("2003-11-03", "None"), "date"), "November 3, 2003 and None"),
        (english.with_day, ("none", DAY), ""), (english.with_day, ("dated", values.BLANK), "dated [ ]"),
        (english.with_day, ("dated", DAY), "dated November 3, 2003"),
        (english.with_day, ("as of the", DAY), "as of the 3rd day of November 2003"),
        (english.with_day, ("as of the", values.MonthAlone(2003, 11)), "as of the November __, 2003"),
        (IN_AIM_S_PLACE.name, ("AIM Bond",), "AIM Bond (Invesco Bond)"),
        (IN_AIM_S_PLACE.name, ("AIMCO Bond",), "AIMCO Bond"),
        (IN_AIM_S_PLACE.name, ("The AIM Bond",), "The AIM Bond"), (IN_AIM_S_PLACE.name, ("AIM",), "AIM (Invesco)"),
        (IN_AIM_S_PLACE.name, ("AIM-One",), "AIM-One (Invesco-One)"), (IN_AIM_S_PLACE.name, ("AIM Old",), "AIM Old"),
    ],
)  # fmt: skip
def test_words_in_sentences(say: Callable[..., str], given: tuple[object, ...], words: str) -> None:
    assert say(*given) == words


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
    ("old", "new", "rises"),
    [
        ("0.25%", "0.30%", True), ("0.25%", "0.25%", False), ("0.25%", "0.20%", False), ("None", "0.10%", True),
        ("0.10%", "None", False), (None, "0.10%", True), ("0.10%", None, False), (None, "None", False),
        ("[ ]", "0.10%", False), ("0.10%", "[ ]", False), (None, "[ ]", False), ("None", "N/A", False),
    ],
)  # fmt: skip
def test_whether_a_rate_rises(old: str | None, new: str | None, rises: bool) -> None:
    """Where there was none it rises from nought; of a blank nothing is known."""
    made = [None if text is None else schedule.Value(values.BLANK if text == "[ ]" else (text,)) for text in (old, new)]
    assert schedule.rises(*made) == rises


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("First $150 million", (0, 150_000_000, None)), ("next $1.5 Billion", (None, None, 1_500_000_000)),
        ("over $500,000", (500_000, None, None)), ("over $1 billion up to $2 billion", (10**9, 2 * 10**9, None)),
        ("on assets up to and including $250 thousand", (0, 250_000, None)), ("Thereafter", (None, None, None)),
        ("the remainder of the assets", (None, None, None)), ("first $2 trillion of net assets", (0, 2 * 10**12, None)),
        ("First Fund", None), ("$150 million", None),
        (" First $2 million ", (0, 2 * 10**6, None)), ("first 150 million", None), ("over $1 billion or so", None),
    ],
)  # fmt: skip
def test_the_band_that_words_say(text: str, band: tuple[int | None, ...] | None) -> None:
    made = breakpoints.band(text)
    assert (made and (made.above, made.to, made.size)) == band


@pytest.mark.parametrize(
    ("value", "is_open"),
    [
        (None, True), ("tbd", True), (" TBD ", True), ("tbd.", False), ("", False), ("2003-11-tbd", True),
        (" 2003-11-__ ", True), ("2003-11-tbd later", False), ("on 2003-11-tbd", False), (["tbd"], False), (0, False),
    ],
)  # fmt: skip
def test_what_is_left_open(value: object, is_open: bool) -> None:
    assert values.is_open(value) == is_open
