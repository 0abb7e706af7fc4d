"""A slip in a chain of five amendments is said where it was typed, once, and what only follows from it is not.

`chains/chain.txt` has the plan without a slip. Each other file has a slip in it (the lines that go and those that come
in their place) and what `docgen check` says of it. `pytest --accept` rewrites that last part.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import HERE, Golden, Workspace
from tests.test_problems import parts

FOLDER = HERE / "chains"
CHAIN = parts((FOLDER / "chain.txt").read_text(encoding="utf-8"))
CASES = sorted(path for path in FOLDER.glob("*.txt") if path.stem != "chain")


def with_slip(slip: str) -> dict[str, str]:
    """The chain's files with a slip: under each file's path its lines that go (-) and come (+), or `no such file`."""
    files = dict(CHAIN)
    for path, edits in re.findall(
        r"^(schedules.+|templates.+)\n((?:(?!schedules|templates).*\n)*)", slip, re.MULTILINE
    ):
        if edits == "no such file\n":
            del files[path]
        for removed, added in re.findall(r"((?:^-.*\n)*)((?:^[+].*\n)*)", edits, re.MULTILINE):
            old, new = (re.sub("^[-+]", "", lines, flags=re.MULTILINE) for lines in (removed, added))
            assert path not in files or files[path].count(old) or not removed + added, (path, old)
            files[path] = files.get(path, old).replace(old, new, 1) if removed + added else files.get(path, "")
    return {path: text for path, text in files.items() if text}


@pytest.mark.seconds
@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_slip(case: Path, empty: Workspace, golden: Golden) -> None:
    text = case.read_text(encoding="utf-8")
    ran = empty.write(with_slip(parts(text)["slip"])).run("check")
    answer = ran.err + (ran.out if not ran.code else "")
    golden.holds(case, text[: text.index("=== problems\n")] + "=== problems\n" + answer)
    assert ran.code == (case.stem != "no-slip")
    assert bool(re.search(r"^\d+ problem", answer, re.MULTILINE)) == (case.stem != "no-slip")


def test_the_plan_that_another_restates_is_named_where_that_one_is_asked_for(empty: Workspace) -> None:
    slip = parts((FOLDER / "plan-that-another-restates.txt").read_text(encoding="utf-8"))["slip"]
    ran = empty.write(with_slip(slip)).run("build", "q")
    assert (ran.code, ran.err.count("002.yaml:5: changes[0].to: no group")) == (1, 1), ran.err
