"""No slip in silence: one file a slip, input and words together; docs/slips.md has the table of them all.

`pytest --accept` rewrites what is said, and the table.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docgen import checks
from tests.conftest import HERE, ROOT, Golden, Workspace

CASES = sorted((HERE / "slips").glob("*.txt"))
PAGE = ROOT / "docs/slips.md"
HEAD = "| The slip | What is said | The case |\n|---|---|---|\n"
END = "=== problems\n"
NO_SLIP = "No slip:"


def parts(case: Path) -> tuple[str, list[tuple[str, str]]]:
    """What the slip is, and the case's parts in order: files by name, commands, and what is said."""
    slip, *rest = re.split(r"^=== (.+)\n", case.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return slip.strip(), list(zip(rest[::2], rest[1::2], strict=True))


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_a_slip_is_told(case: Path, workspace: Workspace, golden: Golden) -> None:
    slip, pieces = parts(case)
    for name, text in pieces[:-1]:
        if name.startswith("$ docgen "):
            assert workspace.run(*name.split()[2:]).code == 0
        else:
            workspace.write({name: text})
    ran = workspace.run("check")
    text = case.read_text(encoding="utf-8")
    golden.holds(case, text[: text.index(END)] + END + ran.err + (ran.out if not ran.code else ""))
    assert bool(ran.err) != slip.startswith(NO_SLIP)


def row(case: Path) -> str:
    """A line of the table: the slip, the first thing that is said, the case."""
    slip, pieces = parts(case)
    message = re.sub(r"^\S+?: ", "", pieces[-1][1].splitlines()[0]).replace("|", r"\|")
    return f"| {slip} | {message} | [{case.stem}](../tests/slips/{case.name}) |\n"


def test_the_table_is_that_of_the_cases(golden: Golden) -> None:
    before, _, _ = PAGE.read_text(encoding="utf-8").partition(HEAD)
    page = before + HEAD + "".join(row(case) for case in CASES if not parts(case)[0].startswith(NO_SLIP))
    if golden.accept:
        PAGE.write_text(page, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page


def test_every_rule_of_names_parties_and_days_has_a_case() -> None:
    files = [checks.names, checks.parties, checks.days, checks.numbering, checks.titles, checks.spelling, checks.rates]
    files += [checks.trade_words, checks.boards, checks.registrant_lists]
    files += [checks.rates_in_texts, checks.terms_in_texts, checks.claims_in_texts, checks.words_around]
    rules = [rule for file in (*files, checks.classes, checks.exhibit_letters) for rule in file.CHECKS]
    rules += [
        rule
        for file in (checks.parties, checks.look_alikes, checks.boards, checks.signers, checks.claims_in_texts)
        for rule in file.ACROSS_PLANS
    ]
    said = "".join(parts(case)[1][-1][1] for case in CASES)
    missing = [rule.__name__ for rule in rules if f"[{rule.__name__.replace('_', '-')}]" not in said]
    assert missing == []
