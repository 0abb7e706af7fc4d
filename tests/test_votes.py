"""A vote is recorded with one command; resolutions and the secretary's certificate say what follows."""

from __future__ import annotations

import pytest

from docgen.document.tree import Paragraph, plain
from docgen.reports import certificate, resolutions
from tests.conftest import AMENDMENT, PLAIN, PLAN, Workspace
from tests.test_board import matter_of

RISE = """\
# what the board was asked
number: 2
effective: 2004-01-05   # a Monday
changes:
  - set: INVESCO Tax-Free Bond Fund
    service_fee: 0.20%
    aggregate_fee: 0.95%
"""
BACK = RISE.replace("number: 2", "number: 3").replace("2004-01-05   # a Monday", "2004-06-01").replace("0.20", "0.25")
BACK = (
    BACK.replace("0.95", "1.00")
    + '  - {add: INVESCO Gold Fund, to: "AIM BOND FUNDS, INC.", service_fee: 0.25%, aggregate_fee: 1.00%}\n'
)
FILES = {**PLAIN, "schedules/p/amendments/002.yaml": RISE, "schedules/p/amendments/003.yaml": BACK}
BOARD = ("--by", "the Board of Directors of AIM Bond Funds, Inc.", "--on", "2004-05-11")


def words(document: object) -> list[str]:
    blocks = [block for block in document.blocks if isinstance(block, Paragraph)]  # type: ignore[attr-defined]
    return [plain(block.content) for block in blocks]


def test_a_vote_is_spliced_in(empty: Workspace) -> None:
    empty.write(FILES)
    assert "no vote of the board and its independent directors is recorded" in empty.run("check").err
    result = empty.run("approve", "p/002", "p/003", *BOARD, "--independent")
    assert result.code == 0
    assert (
        result.out == "schedules/p/amendments/002.yaml\nschedules/p/amendments/003.yaml\nRecorded. Run: docgen check\n"
    )
    text = (empty.root / "schedules/p/amendments/002.yaml").read_text(encoding="utf-8")
    vote = "\n    on: 2004-05-11\n    independent: true\n"
    assert text == f"{RISE}approvals:\n  - by: the Board of Directors of AIM Bond Funds, Inc.{vote}"
    assert empty.run("approve", "p/003", "--by", "the holders of Class B", "--on", "2004-05-20", "--holders").code == 0
    assert "no vote" not in empty.run("check").err
    memo = empty.run("show", "p/003", "--step", "tree").out
    assert "by the holders of Class B at a meeting held on May 20, 2004" in memo


REFUSED: dict[tuple[str, ...], str] = {
    ("p/003", "--by", "x", "--on", "2004-13-01"): "--on: 2004-13-01 is not a date",
    ("p/003", "--by", " ", "--on", "2004-05-11"): "--by: is empty",
    ("p/003", *BOARD, "--independent", "--holders"): "--independent --holders: is the vote of a board and of the",
    ("p", "--by", "x", "--on", "2004-05-11"): "p: names no amendment",
    ("p/009", "--by", "x", "--on", "2004-05-11"): 'p has no amendment "009"',
}


@pytest.mark.parametrize("arguments", REFUSED, ids=lambda names: REFUSED[names])
def test_what_is_no_vote_is_refused(arguments: tuple[str, ...], empty: Workspace) -> None:
    result = empty.write(FILES).run("approve", *arguments)
    assert result.code == 2
    assert REFUSED[arguments] in result.err
    assert (empty.root / "schedules/p/amendments/003.yaml").read_text(encoding="utf-8") == BACK


def test_a_board_of_a_registrant_with_an_ampersand_is_known(workspace: Workspace) -> None:
    text = AMENDMENT.replace("AIM BOND FUNDS, INC.", "AIM STOCK & BOND FUNDS, INC.")
    for joined, fault in (("&", ""), ("and", ""), ("nor", 'no plan has "AIM Stock nor Bond Funds, Inc."')):
        vote = f"approvals: [{{by: 'the Board of Directors of AIM Stock {joined} Bond Funds, Inc.', on: 2003-10-15}}]\n"
        ran = workspace.write({"schedules/p/amendments/001.yaml": vote + text}).run("check")
        assert ("no plan has" in ran.err, fault in ran.err) == (bool(fault), True)


def test_all_or_none_are_written(empty: Workspace) -> None:
    empty.write(FILES)
    assert empty.run("approve", "p/003", *BOARD).code == 0
    again = empty.run("approve", "p/002", "p/003", *BOARD)
    assert again.code == 2
    assert "003.yaml:10: approvals[0]: has this vote of 2004-05-11 already" in again.err
    assert (empty.root / "schedules/p/amendments/002.yaml").read_text(encoding="utf-8") == RISE
    assert "Rule 12b-1(b)(2) also asks" in empty.run("approve", "p/002", *BOARD).out


def test_a_vote_is_recorded_where_no_paper_recites_it(empty: Workspace) -> None:
    plan = PLAN.replace("kind: distribution-plan", "kind: schedule-only")
    empty.write({**FILES, "schedules/p/plan.yaml": plan}).run("approve", "p/003", *BOARD, "--independent")
    assert "approvals[0].by" not in empty.run("check").err


@pytest.mark.slow
def test_a_sealed_amendment_is_refused(empty: Workspace) -> None:
    empty.write(PLAIN)
    assert empty.run("seal", "p/001").code == 0
    result = empty.run("approve", "p/001", *BOARD)
    assert result.code == 2
    assert "schedules/p/amendments/001.yaml:1: p/001 is sealed" in result.err
    assert (empty.root / "schedules/p/amendments/001.yaml").read_text(encoding="utf-8") == AMENDMENT


def test_resolutions_ask_for_the_votes_of_the_rule(empty: Workspace) -> None:
    empty.write(FILES)
    empty.run("approve", "p/003", *BOARD, "--independent")
    texts = words(resolutions.document(matter_of(empty, "p/002", "p/003")))
    assert texts[1] == "[Draft, worked out from the data of the plan, for counsel to confirm]"
    assert texts[2] == (
        "Adopted at a meeting called for the purpose of voting on these matters, and held in person on May 11, 2004."
    )
    plan = "Amended and Restated Master Distribution Plan (Class B Shares)"
    assert texts[3] == (
        f"WHEREAS, it is proposed to amend the {plan} (the “Plan”), adopted pursuant to Rule 12b-1 under the "
        "Investment Company Act of 1940 (the “Act”), by Amendment No. 3, effective June 1, 2004 (the “Amendment”), by "
        "which the following changes:"
    )
    fees = "Maximum Service Fee from 0.20% to 0.25%; Maximum Aggregate Fee from 0.95% to 1.00%."
    assert texts[4:6] == [
        "(1) INVESCO Gold Fund: added under AIM BOND FUNDS, INC. (Maximum Asset Based Sales Charge 0.75%, Maximum "
        "Service Fee 0.25%, Maximum Aggregate Fee 1.00%);",
        f"(2) INVESCO Tax-Free Bond Fund: {fees}",
    ]
    assert [text.split(",")[0] for text in texts[6:]] == ["RESOLVED", *["FURTHER RESOLVED"] * 4]
    rise = next(text for text in texts if "12b-1(b)(4)" in text)
    assert (
        "submitted to the holders of Class B Shares of INVESCO Tax-Free Bond Fund, and not take effect for them" in rise
    )
    new = next(text for text in texts if "12b-1(b)(1)" in text)
    assert "the holders of Class B Shares of INVESCO Gold Fund" in new
    assert "separately a majority of the directors who are not interested persons" in texts[6]


def test_boards_of_directors_and_of_trustees_vote_each_by_itself(empty: Workspace) -> None:
    """And a registrant whose name ends with a full stop ends no sentence with two."""
    rename = "number: 2\neffective: 2004-06-01\nchanges: [{rename_group: 'AIM BOND FUNDS, INC.', to: AIM Bond Funds}]\n"
    empty.write({**PLAIN, "schedules/p/amendments/002.yaml": rename})
    empty.run("approve", "p/002", *BOARD, "--independent")
    trustees = ("--by", "the Board of Trustees of AIM Stock Funds", "--on", "2004-05-12", "--independent")
    assert empty.run("approve", "p/002", *trustees).code == 0
    texts = words(resolutions.document(matter_of(empty, "p/001", "p/002")))
    assert "in person on May 11, 2004 and May 12, 2004." in texts[2]
    assert texts[4] == "(1) AIM Bond Funds: renamed from AIM BOND FUNDS, INC."
    assert texts[5].startswith("RESOLVED, that each Board, and separately a majority of the directors and trustees who")
    texts = words(certificate.document(matter_of(empty, "p/001", "p/002")))
    assert texts[4].startswith("(2) by the Board of Trustees of AIM Stock Funds, with a separate majority of the trust")


def test_other_rules_ask_for_other_findings(empty: Workspace) -> None:
    for rule, finding in (("18f-3", "best interests of each class individually"), ("17d-1", "the Board approves")):
        plan = PLAN.replace("rule: 12b-1", f"rule: {rule}")
        empty.write({**FILES, "schedules/p/plan.yaml": plan})
        texts = words(resolutions.document(matter_of(empty, "p/001", "p/002")))
        assert finding in next(text for text in texts if text.startswith("RESOLVED"))
        assert not [text for text in texts if "12b-1(" in text]


def test_the_certificate_says_the_votes_that_were_recorded(empty: Workspace) -> None:
    empty.write(FILES)
    blank = words(certificate.document(matter_of(empty, "p/002", "p/003")))
    assert "(1) by [ ], at a meeting duly called for that purpose and held on [ ]." in blank
    empty.run("approve", "p/003", *BOARD, "--independent")
    empty.run("approve", "p/003", "--by", "the holders of Class B", "--on", "2004-05-20", "--holders")
    texts = words(certificate.document(matter_of(empty, "p/002", "p/003")))
    assert [text for text in texts if text.startswith(("(1) by", "(2) by"))] == [
        "(1) by the Board of Directors of AIM Bond Funds, Inc., with a separate majority of the directors who are not "
        "interested persons, at a meeting duly called for that purpose and held on May 11, 2004;",
        "(2) by the holders of Class B, by a majority of the outstanding voting securities as the Investment Company "
        "Act of 1940 defines it, at a meeting duly called and held on May 20, 2004.",
    ]
    assert "RESOLVED, that the Board, and separately" in "\n".join(texts)
    assert "AIM BOND FUNDS, INC." in texts


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["resolutions", "certificate"])
def test_the_papers_are_written_and_read_back(kind: str, empty: Workspace) -> None:
    empty.write(FILES).run("approve", "p/003", *BOARD, "--independent")
    result = empty.run("diff", "p/001", "p/002", "--format", kind)
    assert result.out.split("\n")[:2] == [f"build/p/002/{kind}-against-001.{suffix}" for suffix in ("docx", "pdf")]
