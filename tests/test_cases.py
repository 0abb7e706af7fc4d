"""Families of plans from YAML to expected text, each format proved on the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.build import produce
from docgen.cli.options import chosen
from docgen.document import tree
from docgen.problems import errors
from tests.conftest import HERE, Golden, Workspace

CASES = sorted(path.parent for path in (HERE / "cases").glob("*/plan.yaml"))


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_case(case: Path, empty: Workspace, golden: Golden) -> None:
    empty.write({f"schedules/{f.relative_to(case.parent).as_posix()}": f.read_bytes() for f in case.rglob("*.yaml")})
    checked = chosen(empty.root)
    assert errors(checked.problems) == []
    paper = checked.papers[-1]
    made = produce.files(paper, ("txt", "htm", "pdf", "docx"))
    assert sorted(made) == [f"{name}.{s}" for name in ("amendment", "schedule") for s in ("docx", "htm", "pdf", "txt")]
    golden.holds(case / "amendment.txt", made["amendment.txt"].decode("ascii"))
    golden.holds(case / "schedule.outline", tree.outline(produce.document(paper, "schedule")))
