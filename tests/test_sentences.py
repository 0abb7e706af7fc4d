"""What is said of differences, tracked changes and marks of a file, each kind in its sentence."""

from __future__ import annotations

import datetime

import pytest

from docgen.document.tree import Reviser
from docgen.readers import returned, sentence
from docgen.readers.difference import Difference
from docgen.readers.returned import Acceptance, ReturnedFile, RevisedLine, TrackedChange
from docgen.redline.edits import Edit

LONG = "a long sentence of a clause that goes on and on, beyond where a line ends"
DAY = datetime.date(2004, 6, 3)


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (Edit("words", 0, -1, -1, "old", "new", "the old Plan", 4), '"old" is "new" in "the old Plan"'),
        (Edit("words", 0, -1, -1, "", "new", "the Plan", 4), '"new" is inserted in "the Plan"'),
        (Edit("words", 0, -1, -1, " old ", "", "the old Plan", 3), '"old" is deleted in "the old Plan"'),
        (Edit("words", 0, -1, -1, "old", "new", "old", 0), '"old" is "new"'),
        (Edit("words", 0, 1, 1, "1%", "2%", "1%", 0, "One Fund"), '"1%" is "2%" in "One Fund"'),
        (Edit("row", 0, 1, -1, "One Fund | 1%", ""), 'the row "One Fund | 1%" is deleted'),
        (Edit("row", 0, 1, -1, "", "One Fund | 1%"), 'the row "One Fund | 1%" is inserted'),
        (Edit("paragraph", 0, -1, -1, "", "so"), 'the paragraph "so" is inserted'),
        (Edit("sign", 0, 1, 0, "1", "", "One Fund", 8), 'the sign "1" is deleted in "One Fund"'),
        (Edit("place", 0, 1, -1, "One Fund", ""), 'the row "One Fund" stands elsewhere'),
        (Edit("words", 0, -1, -1, "goes", "went", LONG, 33),
         '"goes" is "went" in "a long sentence of a clause that goes on and on, beyond where a line ends"'),
        (Edit("words", 0, -1, -1, "ends", "end", LONG, 69),
         '"ends" is "end" in "...goes on and on, beyond where a line ends"'),
        (Edit("words", 0, -1, -1, "a", "one", LONG, 0),
         '"a" is "one" in "a long sentence of a clause that goes on..."'),
    ],
)  # fmt: skip
def test_an_edit(edit: Edit, words: str) -> None:
    assert edit.sentence == words


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (Difference("line 3", "old", "new"), 'line 3 reads "new" where the document says "old", at its beginning'),
        (Difference("", "old", "new", after=("the", "<p>")),
         'reads "new" where the document says "old", after "the <p>"'),
        (Difference("page 2", "old", "new", kind="row"), 'page 2 reads "new" where the row says "old"'),
        (Difference("", "", "new", kind="end"), 'says "new" after its end'),
        (Difference("line 3", "", "133", kind="width"), "line 3 is 133 characters wide"),
        (Difference("line 3", "", "U+00E9", kind="sign"), "line 3 holds U+00E9"),
        (Difference("", "", "div", kind="tag"), "has <div>, which the writer does not write"),
        (Difference("", "Plan", "plan", kind="title"), 'has the title "plan" where the document has "Plan"'),
        (Difference("", "", "odd", kind="remark"), "is read with the remark: odd"),
        (Difference("", "", "odd", kind="unreadable"), "cannot be read: odd"),
        (Difference("page 2", "DRAFT", "nothing", kind="draft mark"),
         'page 2 says "nothing" at the top where the document says "DRAFT"'),
        (Difference("", "", "<R", kind="half a tag"), 'has a line with half a tag, "<R"'),
        (Difference("", "", "new", kind="end", reading="accepted"),
         'with every change accepted it says "new" after its end'),
    ],
)  # fmt: skip
def test_a_difference(found: Difference, words: str) -> None:
    assert sentence(found) == words


def test_what_says_otherwise_is_named() -> None:
    assert (
        sentence(Difference("", "a", "b"), "its tables say") == 'reads "b" where its tables say "a", at its beginning'
    )
    assert sentence(Difference("", "a", "b", kind="row"), "it says") == 'reads "b" where it says "a"'


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (TrackedChange("A", DAY, "inserted", "so", "so it is"), '"so" is inserted in "so it is"'),
        (TrackedChange("A", DAY, "inserted", "so", "so"), '"so" is inserted'),
        (TrackedChange("A", DAY, "deleted", "One", "", "row"), 'the row "One" is deleted'),
        (TrackedChange("A", DAY, "deleted", "One", "", "cell"), 'the cell "One" is deleted'),
        (TrackedChange("A", DAY, "inserted", "", "so", "end of a paragraph"),
         'the end of a paragraph is inserted in "so"'),
    ],
)  # fmt: skip
def test_a_tracked_change(change: TrackedChange, words: str) -> None:
    assert change.sentence == words


def test_many_marks_and_changes_are_gathered() -> None:
    few = [(f"w{n}", "underlined") for n in range(returned.FEW)]
    assert [*returned.gathered([*few, (" x ", "red")])] == [
        *(f'"w{n}", underlined' for n in range(returned.FEW)),
        '"x", red',
    ]
    assert [*returned.gathered([*few, ("y", "underlined")])] == [f'"w0" and {returned.FEW} more, underlined']
    change = TrackedChange("Jane Roe", DAY, "inserted", "so", "")
    other = TrackedChange("Tom", None, "inserted", "so", "")
    most = [change] * returned.MOST
    assert [*returned.listed(most, "")] == ['Jane Roe, June 3, 2004: "so" is inserted'] * returned.MOST
    assert [*returned.listed([*most, change], "")][-1] == "and 1 more tracked changes"
    assert [*returned.listed([other, change], "Jane Roe")] == [
        "Jane Roe: tracked changes of ours, read as accepted: 1", 'Tom: "so" is inserted',
    ]  # fmt: skip


def test_words_are_cut_where_they_are_long() -> None:
    assert returned.quoted("x" * returned.LONGEST) == "x" * returned.LONGEST
    assert returned.quoted("x" * returned.LONGEST + "y") == "x" * returned.LONGEST + "..."
    assert returned.quoted("x" * (returned.LONGEST - 1) + " y") == "x" * (returned.LONGEST - 1) + "..."


def test_whose_changes_are_accepted_and_told() -> None:
    assert [Acceptance(False, "A").accepts(who) for who in ("A", "B", "")] == [True, False, False]
    assert [Acceptance(False).accepts(who) for who in ("A", "")] == [False, False]
    assert Acceptance().accepts("B")
    us, them = Reviser("A", ""), Reviser("B", "")
    read = ReturnedFile(None, lines=(RevisedLine(("ab", "c"), (us, None, them)),))  # type: ignore[arg-type]
    assert [line.revisers for line in read.lines_but_of("A")] == [(None, None, them)]
    assert [line.revisers for line in read.lines_but_of("")] == [(us, None, them)]
