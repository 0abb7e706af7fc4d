"""The markup is read strictly, and white space means nothing."""

from __future__ import annotations

import pytest

from docgen.document import markup, tree
from docgen.document.tree import Break, Heading, Mark, Paragraph, Run
from docgen.model import english


def test_white_space_means_nothing() -> None:
    blocks = markup.read(
        "<document>\n <p class='terms'>  One\n\t two <br/>  three<sup> * </sup> four. </p></document>", "t"
    )
    assert blocks == (Paragraph("terms", (Run("One two"), Break(), Run("three"), Mark("*"), Run(" four."))),)


def test_a_no_break_space_stays() -> None:
    assert markup.read("<document><p>a\u00a0b</p></document>", "t") == (Paragraph("", (Run("a\u00a0b"),)),)


def test_headings_have_levels() -> None:
    blocks = markup.read("<document><h1>A</h1><h2 class='schedule'>B</h2></document>", "t")
    assert blocks == (Heading(1, "", (Run("A"),)), Heading(2, "schedule", (Run("B"),)))
    assert tree.Document(blocks).title == "A"


def test_outline_is_the_tree_as_text() -> None:
    head, row = "<tr><th>N</th><th>F</th></tr>", "<tr><th>a</th><td>1</td></tr>"
    table = f"<table class='schedule'><thead>{head}</thead><tbody>{row}</tbody></table>"
    document = tree.Document(markup.read(f"<document><h1>A<br/>B</h1>{table}</document>", "t"))
    assert (
        tree.outline(document) == "heading 1 : A / B\ntable schedule: 2 columns, 1 rows\n  head: N | F\n  row: a | 1\n"
    )


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("Amended and Restated Master Distribution Plan", ["Amended and Restated", "Master Distribution Plan"]),
        ("Second Amended and Restated Service Plan", ["Second Amended and Restated", "Service Plan"]),
        ("Service Plan (Reimbursement)", ["Service Plan (Reimbursement)"]),
    ],
)
def test_a_title_breaks_after_restated(title: str, lines: list[str]) -> None:
    assert english.title_lines([title]) == lines


def test_words_are_listed_and_counted() -> None:
    assert english.listed(["A"]) == "A"
    assert english.listed(["A", "B"]) == "A and B"
    assert english.listed(["A", "B", "C"]) == "A, B and C"
    for one, many in (
        ("Portfolio", "Portfolios"),
        ("Company", "Companies"),
        ("Series", "Series"),
        ("Class", "Classes"),
    ):
        assert english.plural(one, 1) == one
        assert english.plural(one, 2) == many
    numbers = (1, 2, 3, 4, 10, 11, 12, 13, 14, 20, 21, 22, 23, 31, 101, 111, 112, 122)
    ordinals = "1st 2nd 3rd 4th 10th 11th 12th 13th 14th 20th 21st 22nd 23rd 31st 101st 111th 112th 122nd"
    assert [english.ordinal(number) for number in numbers] == ordinals.split()


@pytest.mark.parametrize(
    ("classes", "said"),
    [
        (["Class B"], "Class B Shares"),
        (["Class A", "Class C", "Class R"], "Class A, Class C and Class R Shares"),
        (["Investor Class"], "Investor Class Shares"),
        (["AIM Cash Reserve Shares"], "AIM Cash Reserve Shares"),
        ([], ""),
    ],
)
def test_classes_are_shares(classes: list[str], said: str) -> None:
    assert english.class_shares(classes) == said
