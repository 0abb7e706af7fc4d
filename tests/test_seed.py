"""What docgen builds of Amendment No. 2 has the filed exhibit's words in the exhibit's order."""

from __future__ import annotations

import re

import pytest

from docgen.build import produce
from docgen.cli.options import chosen
from tests.conftest import HERE, ROOT, each

RULES = "--------------------- SALES CHARGE FEE FEE ------------ --- ---"
# The filed exhibit's slips, each as it stands there and as docgen writes it. Nothing else differs.
SLIPS = (
    ("SALE CHARGE", "SALES CHARGE"),  # a letter lost in one head
    ("FEE FEE ----------- --- ---", "FEE FEE ------------ --- ---"),  # and so one dash in the rule under it
    ("FEE FEE ------------- --- ---", "FEE FEE ------------ --- ---"),  # one dash too many under another
    ("PORTFOLIOS INVESCO Advantage", "PORTFOLIO INVESCO Advantage"),  # a plural over one portfolio
    ("1.00% All other terms", '1.00%" All other terms'),  # the quotation opened before SCHEDULE A and never closed
    (  # the last registrant, which stands one line lower than the other six and has no rule
        "ASSET BASED SERVICE AGGREGATE AIM STOCK FUNDS, INC. SALES CHARGE FEE FEE ------------ --- ---",
        f"AIM STOCK FUNDS, INC. ASSET BASED SERVICE AGGREGATE {RULES}",
    ),
)


@pytest.fixture(scope="module")
def built() -> str:
    (paper,) = chosen(ROOT, ["aim-class-b/002"]).papers
    return produce.files(paper, ["txt"])["amendment.txt"].decode("ascii")


@pytest.fixture(scope="module")
def filed() -> str:
    return (HERE / "seed/exhibit.txt").read_text(encoding="ascii")


def words(text: str) -> str:
    """The words in order, without what the page brings: its number and its tag."""
    text = re.sub(r"\n +\d+\n?(<PAGE>\n|$)", "\n", text)
    return " ".join(text.replace("<PAGE>", "").split())


def test_words_are_the_exhibits(built: str, filed: str) -> None:
    meant = words(filed)
    for slip, mended in SLIPS:
        assert meant.count(slip) == 1, slip
        meant = meant.replace(slip, mended)
    assert words(built) == meant


def test_each_portfolio_line_is_the_exhibits_to_the_byte(built: str, filed: str) -> None:
    lines = [line for line in filed.split("\n") if "%" in line]
    assert len(lines) == 19
    lines[-1] += '"'  # where the quotation of the schedule closes
    assert [line for line in built.split("\n") if "%" in line] == lines


def test_pages_end_as_the_exhibits_do(built: str) -> None:
    pages = built.split("<PAGE>\n")
    assert len(pages) > 1
    for number, page in enumerate(pages, start=1):
        last = page.rstrip("\n").split("\n")[-1]
        assert last == (" " * 39 + str(number) if number > 1 else last)
        assert page.count("\n") <= 58
        assert not re.search(r"^ +1$", page, re.MULTILINE), "the first page has no number"


def test_groups_stay_on_one_page(built: str) -> None:
    for page in built.split("<PAGE>\n"):
        assert len(re.findall("^  AIM ", page, re.MULTILINE)) == len(re.findall("^  PORTFOLIOS?$", page, re.MULTILINE))
        assert page.count("%") % 3 == 0
        assert not page.rstrip("\n 0123456789").endswith("PORTFOLIOS")


def test_titles_are_centred(built: str) -> None:
    for title in ("AMENDMENT NO. 2", "(CLASS B SHARES)", "(DISTRIBUTION AND SERVICE FEES)"):
        (line,) = {line for line in built.split("\n") if line.strip() == title}
        assert len(line) - len(title) == (80 - len(title)) // 2


def test_paragraphs_are_justified(built: str) -> None:
    rows = built.split("\n")
    start = next(n for n, row in enumerate(rows) if row.startswith("      The Fund shall pay"))
    length = rows[start:].index("")
    assert length == 7
    assert each(len(row) == 80 for row in rows[start : start + length - 1])
