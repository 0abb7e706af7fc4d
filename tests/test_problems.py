"""Every mistake that a person can make reads as it should: one file a case, input and words together.

A case overrides or adds files to a small workspace; its last part is what `docgen check` says.
`pytest --accept` rewrites those parts.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import HERE, ROOT, Golden, Workspace

CASES = sorted((HERE / "problems").glob("*.txt"))


def parts(text: str) -> dict[str, str]:
    """The case's files by name, and what is said under `problems`."""
    split = re.split(r"^=== (.+)\n", text, flags=re.MULTILINE)
    return dict(zip(split[1::2], split[2::2], strict=True))


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_problem(case: Path, workspace: Workspace, golden: Golden) -> None:
    text = case.read_text(encoding="utf-8")
    files = parts(text)
    files.pop("problems")
    ran = workspace.write(files).run("check")
    said = ran.err + (ran.out if not ran.code else "")
    said = said.replace(str(workspace.root.resolve()) + "/", "").replace(str(ROOT) + "/", "(docgen's own) ")
    golden.holds(case, text[: text.index("=== problems\n")] + "=== problems\n" + said)
    assert ran.code == (1 if re.search(r"^\d+ problem", said, re.MULTILINE) else 0)


def test_cases_are_there() -> None:
    assert len(CASES) > 50


def test_the_line_for_votes_is_yaml_as_it_is_printed(workspace: Workspace) -> None:
    files = parts((HERE / "problems/fee-rises-without-votes.txt").read_text(encoding="utf-8"))
    said = files.pop("problems")
    (line,) = set(re.findall(r"write (approvals: .+)", said))
    second = "schedules/p/amendments/002.yaml"
    vote = line.replace("...", "Directors of AIM Bond Funds, Inc.").replace("YYYY-MM-DD", "2003-12-15")
    ran = workspace.write({**files, second: f"{vote}\n{files[second]}"}).run("check")
    assert (ran.code, "no vote of the board" in ran.err) == (0, False), ran.err
