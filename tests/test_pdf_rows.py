"""Rows of a PDF's tables by where words stand: names that break evenly, tables close together, heads, bold names."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from docgen.importing import looks, page_lines, pdf_columns, pdf_names, pdf_regions, pdf_words, signing, text_pieces
from docgen.importing.page_lines import PageLine, Span
from docgen.importing.pdf_parts import RowPart
from docgen.importing.pieces import LinePlace, PagePiece


def part(text: str, height: float, bold: bool = False) -> RowPart:
    return RowPart(height, height, LinePlace(1, 1), {0: [Span(text, 0, len(text), bold)]})


def placed(*texts: str) -> tuple[PageLine, ...]:
    """Lines of a page, each as far under the one before as the number in front of it says, in heights of a line."""
    split = [(float(pitch), re.finditer(r"\S+", text)) for pitch, text in (line.split(":", 1) for line in texts)]
    spans = [(pitch, tuple(Span(m[0], m.start(), m.end()) for m in words)) for pitch, words in split]
    return tuple(PageLine(words, LinePlace(n, 1), pitch=pitch) for n, (pitch, words) in enumerate(spans, start=1))


LINES = ("A Growth Fund", "B Global Aggressive", "Opportunities Fund", "C Fund")
TOLD = ["A Growth Fund", "B Global Aggressive Opportunities Fund", "C Fund"]


@pytest.mark.parametrize(
    ("lines", "rows", "names"),
    [
        (LINES, (0, 1, 3), TOLD),  # values beside the first line, the last, the middle
        (LINES, (0, 2, 3), TOLD),
        (LINES, (0, 1.5, 3), TOLD),
        (("A Fund", "B Equity Funds", "C Global Opportunities Fund"), (0, 2), []),  # a registrant between them
        (("Equity", "A Global Aggressive Fund", "B Fund"), (1, 2), []),  # a line with room for more words
        (("AIM Variable Insurance", "AIM Opportunities Fund", "AIM Fund"), (1, 2), []),  # two names of a house
        (("Class A of the Aggressive", "Opportunities Fund", "Class C"), (0, 2), []),
    ],
)
def test_names_that_break_as_far_apart_as_rows_stand(
    lines: Sequence[str], rows: Sequence[float], names: Sequence[str]
) -> None:
    """One way alone makes each name whole, and no word had room above; else nothing is joined, and it is asked."""
    read = pdf_names.joined([part(text, n) for n, text in enumerate(lines)], [part("0.25%", at) for at in rows])
    texts = [" ".join(span.text for span in name.texts[0]) for name in read]
    assert [text[: len(name)] for text, name in zip(texts, names, strict=False)] == [*names]
    assert bool(texts) == bool(names)


def test_a_bold_line_among_others_is_none_of_a_name() -> None:
    names = [part("A Global Aggressive", 0), part("Opportunities Fund", 1, bold=True), part("B Fund", 2)]
    assert pdf_names.joined(names, [part("0.25%", 0), part("0.25%", 2)]) == []


TWO = placed(
    "2:ONE TRUST",
    "1.2:Fund          Class A   Class C",
    "1.2:A Fund        0.25%     1.00%",
    "2.2:TWO TRUST",
    "1.2:Fund                Class A   Class C",
    "1.2:B Fund              0.25%     1.00%",
)


@pytest.mark.parametrize(("lines", "sizes"), [(TWO, [3, 3]), (TWO[:4] + TWO[1:3], [3, 3]), (TWO[:4] + TWO[2:3], [5])])
def test_tables_under_other_heads_or_the_same_again_are_apart(lines: tuple[PageLine, ...], sizes: list[int]) -> None:
    assert [sum(map(len, blocks)) for blocks in pdf_regions.apart([lines])] == sizes


def test_a_head_in_two_lines_over_one_column_is_no_word_before_the_table() -> None:
    lines = placed(
        "2:SCHEDULE A",
        "2:                    Maximum Fee",
        "0.5:Name of Fund",
        "0.5:                    (a year)",
        "1.2:A Fund                0.25%",
        "1.2:B Fund                0.25%",
    )
    table = pdf_columns.table([lines])
    assert table is not None
    assert [line.text for line in table.before if line.words] == ["SCHEDULE A"]
    assert next(row.cells for piece in table.pieces for row in piece.rows) == ("Name of Fund", "Maximum Fee (a year)")


def test_bold_alone_tells_a_group_in_a_pdf() -> None:
    """Words are bold where all of their letters are, as their font is called or weighs."""
    assert [bool(pdf_words.BOLD.search(name)) for name in (b"AAA+Liberation-Bold", b"Times-Roman")] == [True, False]
    letters = [pdf_words.PrintedLetter(s, n, n + 1, 0, 9, 9, 0, bold=s != "c") for n, s in enumerate("abc")]
    assert [pdf_words._word(letters[:2]).bold, pdf_words._word(letters).bold] == [True, False]
    lines = [PageLine((Span("One Trust", 0, 9, True),), LinePlace(1, 1), pitch=1.4), *placed("1.4:A Fund      0.25%")]
    table = pdf_columns.table([(*placed("2:Fund        Fee"), *lines)])
    assert table is not None
    (_, group, row) = (row for piece in table.pieces for row in piece.rows)
    assert looks.signs(group, [row]) == ["bold"]


def test_a_caption_over_two_rules_is_no_head_of_a_column() -> None:
    """And neither are rules that are drawn words, nor a heading under the last row a value."""
    dash = "\u2015" * 3
    lines = [
        *placed("2:            FIRST FUND", "1.2:Net Assets        Rate"),
        PageLine((Span(dash, 0.5, 15), Span(dash, 17, 30)), LinePlace(2, 1)),
        *placed("1.3:First $1          0.25%", "1.3:Over $1           0.20%", "1.2:           SCHEDULE B"),
    ]
    read = list(text_pieces.pieces(lines))
    assert [(piece.kind, piece.text) for piece in read if piece.kind == "words"] == [
        ("words", "FIRST FUND"),
        ("words", "SCHEDULE B"),
    ]
    assert [row.cells for piece in read for row in piece.rows][-2:] == [("First $1", "0.25%"), ("Over $1", "0.20%")]
    assert sum(len(piece.words) for piece in read) == sum(len(line.words) for line in lines if not line.is_drawn)


HEADS = placed("2:          Maximum", "1:Fund      Service Fee   Charge", "1:            Fee")
LONE = placed("2:          Service", "0.5:Portfolio", "0.5:            Fee")  # no two of them in one line
TITLE = placed("2:A LONG TITLE OF IT", "1:          Fee")
ROWS = placed("1.4:A", "1:Fund      0.25%         0.75%", "1.3:B", "1:Fund      0.25%         0.75%")


@pytest.mark.parametrize(
    ("over", "heads"),
    [
        (HEADS, ["Fund", "Maximum Service Fee Fee", "Charge"]),
        (LONE, ["Portfolio", "Service Fee", ""]),
        (TITLE, []),
    ],
)
def test_heads_stand_farther_from_the_rows_than_their_own_lines(over: Sequence[PageLine], heads: list[str]) -> None:
    """A line over one column is of the heads where others close over it stand over other columns."""
    table = pdf_columns.table([(*over, *ROWS)])
    assert table is not None
    rows = [row for piece in table.pieces for row in piece.rows]
    assert [row.cells[0] for row in rows if not row.head] == ["A Fund", "B Fund"]
    assert [list(row.cells) for row in rows if row.head] == ([heads] if heads else [])


@pytest.mark.parametrize(
    ("line", "spans"),
    [
        ("          Service Charge ", ["Service", "Charge"]),  # each in the middle of its column, or flush with it
        ("           Fees of both  ", ["Fees of both"]),  # over both
        ("        Service Fees     ", ["Service Fees"]),
        ("         A Service Charge ", ["A Service Charge"]),  # one word stands beside them
        ("Portfolio Service Charge ", ["Portfolio Service Charge"]),  # one stands over names
    ],
)
def test_heads_closer_than_columns_are_apart_where_each_stands_over_its_own(line: str, spans: list[str]) -> None:
    (only,) = placed(f"1:{line}")
    columns = [(0.0, 9.0), (11.0, 16.0), (18.0, 23.0)]
    assert [span.text for span in pdf_columns._with_heads(only, columns).spans] == spans


def test_a_name_right_under_heads_is_no_part_of_them() -> None:
    heads = placed("2:          Service Fee   Charge", "1.1:B FUNDS")
    table = pdf_columns.table([(*heads, *placed("1.4:A", "1:Fund      0.25%         0.75%"))])
    assert table is not None
    rows = [row for piece in table.pieces for row in piece.rows]
    assert [row.cells[0] for row in rows] == ["", "B FUNDS", "A Fund"]
    assert not any(row.doubt for row in rows)


@pytest.mark.parametrize(
    ("above", "line", "ends"),
    [
        ({1: ["Fee"], 2: ["Charge"]}, {1: ["0.25%"], 2: ["0.75%"]}, True),  # heads over each of the values
        ({1: ["First $500"]}, {2: ["0.75%"]}, False),  # a step that goes on
        ({1: ["Fee"], 2: ["Charge"]}, {1: ["0.25%"]}, False),
        ({1: ["0.25%"]}, {1: ["0.75%"]}, True),
        ({1: ["0.25%"]}, {1: ["million"]}, False),
    ],
)
def test_a_line_with_values_is_another_row(above: dict[int, list[str]], line: dict[int, list[str]], ends: bool) -> None:
    texts = [{n: [Span(t, 0, 9) for t in mine] for n, mine in entry.items()} for entry in (above, line)]
    assert RowPart(0, 0, LinePlace(1, 1), texts[0]).ends(texts[1]) == ends


@pytest.mark.parametrize(("blank", "count", "gap"), [(2.5, 30, 0.45), (4.5, 30, 0.63), (4.5, 10, 0.45)])
def test_words_are_in_two_columns_by_more_than_a_blank_of_their_font(blank: float, count: int, gap: float) -> None:
    """Fonts differ in the width of a blank; a few words tell none. What parts columns is no blank."""
    starts = [n * (20 + blank) + (40 if n == count else 0) for n in range(count + 1)]
    line = [pdf_words.PrintedWord("word", at, at + 20, 0, 10, 10, 0) for at in starts]
    assert pdf_words.column_gap([line]) == pytest.approx(gap)


def test_a_block_to_sign_goes_on_behind_the_end_of_a_page() -> None:
    first = PagePiece("words", ("By: /s/ A. Bee", "Name: A. Bee"), LinePlace(1))
    foot, rest = (
        PagePiece("furniture", ("1/2",), LinePlace(2)),
        PagePiece("words", ("Title: X", "B FUNDS"), LinePlace(3)),
    )
    read = signing.joined([first, foot, rest])
    assert [piece.lines for piece in read] == [("By: /s/ A. Bee", "Name: A. Bee", "Title: X"), ("1/2",), ("B FUNDS",)]


@pytest.mark.parametrize(
    ("name", "rest", "may"),
    [
        ("A Growth", "and Income Fund", True),
        ("A Growth Fund", "B TRUST", False),  # a registrant in capitals under a fund
        ("A Select Series", "II", True),
        ("A FUNDS,", "INC.", True),
        ("AIM U.S.-", "Dollar Fund", True),
        ("AIM", "TRUST", True),
        ("INVESCO", "International Fund", True),
        ("INVESCO FUNDS", "International Fund", False),
    ],
)
def test_a_name_goes_on_in_the_same_looks(name: str, rest: str, may: bool) -> None:
    assert page_lines.may_go_on(name, False, rest, False) == may
    assert not page_lines.may_go_on(name, False, rest, True), "in bold"
