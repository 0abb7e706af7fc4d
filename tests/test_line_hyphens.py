"""A word that the end of a line parts at its hyphen is whole again, where a capital tells that the hyphen is its."""

from __future__ import annotations

import pytest

from docgen.importing import exhibit_files

TABLE = """\
                              Maximum
                           Distribution
Portfolio                      Fee
---------                  ------------

{above:<27}    0.25%
  {below}
AIM Zeta Fund                  0.25%
"""


@pytest.mark.parametrize(
    ("above", "below", "name"),
    [
        ("INVESCO Treasurer's Tax-", "Exempt Fund", "INVESCO Treasurer's Tax-Exempt Fund"),
        ("AIM Tax-Free Small-", "Cap Fund", "AIM Tax-Free Small-Cap Fund"),
        ("AIM Mid-", "and Small-Cap Fund", "AIM Mid- and Small-Cap Fund"),
        ("AIM Invest-", "ment Fund", "AIM Invest- ment Fund"),  # which of the two it is no letter tells
        ("AIM U.S.-", "Dollar Fund", "AIM U.S.-Dollar Fund"),
        ("AIM Core Bond-", "Class A", "AIM Core Bond- Class A"),
        ("AIM Series I-", "Growth Fund", "AIM Series I- Growth Fund"),
        ("AIM Tax- Exempt", "Cash Fund", "AIM Tax- Exempt Cash Fund"),  # as it was typed
    ],
)
def test_a_word_over_two_lines_of_a_name(above: str, below: str, name: str) -> None:
    data = TABLE.format(above=above, below=below).encode()
    exhibit = exhibit_files.exhibit("a.txt", data)
    (table,) = (piece for piece in exhibit.pieces if piece.kind == "table")
    names = " | ".join(row.cells[0] for row in table.rows if not row.head)
    assert " ".join(names.replace(" | ", " ").split()) == f"{name} AIM Zeta Fund"
    assert sum(len(piece.words) for piece in exhibit.pieces) == exhibit.count


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (("who are not of the Tax-", "Exempt Funds, and"), "who are not of the Tax-Exempt Funds, and"),
        (("who are not of the Tax-", "Exempt"), "who are not of the Tax-Exempt"),
        (("as Rule 12b-", "1 under the Act says"), "as Rule 12b-1 under the Act says"),
        (("who are not of the non-", "interested"), "who are not of the non- interested"),
    ],
)
def test_a_word_over_two_lines_of_a_paragraph(lines: tuple[str, ...], text: str) -> None:
    filler = "The Board of Trustees has approved this plan by the vote of a majority of its trustees"
    data = "\n".join([filler, *lines]).encode()
    exhibit = exhibit_files.exhibit("a.txt", data)
    assert " ".join(piece.text for piece in exhibit.pieces) == f"{filler} {text}"
    assert sum(len(piece.words) for piece in exhibit.pieces) == exhibit.count


@pytest.mark.parametrize(("head", "name"), [("Rule 12b-<br>1 Fee", "AIM Tax-<br>Exempt Fund")])
def test_a_word_over_two_lines_of_a_cell_of_html(head: str, name: str) -> None:
    rows = f"<tr><th>Fund</th><th>{head}</th></tr><tr><td>{name}</td><td>0.25%</td></tr>"
    exhibit = exhibit_files.exhibit("a.htm", f"<html><body><table>{rows}</table></body></html>".encode())
    assert [row.cells for piece in exhibit.pieces for row in piece.rows] == [
        ("Fund", "Rule 12b-1 Fee"),
        ("AIM Tax-Exempt Fund", "0.25%"),
    ]
