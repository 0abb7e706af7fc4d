"""Every PDF is PDF/UA-1 and PDF/A-2a at once, as the veraPDF engine judges it."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from docgen.build import produce
from docgen.cli.options import chosen
from tests import breaking, conformance
from tests.conftest import HERE, ROOT, examples

MISSING = [name for name in conformance.NEEDED if importlib.util.find_spec(name) is None]
pytestmark = pytest.mark.skipif(
    bool(MISSING), reason=f"{', '.join(MISSING)} not installed: pip install '.[conformance]'"
)


def papers(tmp_path: Path) -> dict[str, bytes]:
    """The PDFs of a third of all papers that there are; in `make long` of each."""
    (tmp_path / "schedules").symlink_to(HERE / "cases")
    made = {}
    for paper in [paper for root in (ROOT, tmp_path) for paper in chosen(root).papers][:: 4 - examples(3)]:
        for name, data in produce.files(paper, ["pdf"]).items():
            made[f"{paper.name.replace('/', '-')}-{name}"] = data
    return made


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], list[str]]:
    """The engine's lines about the files whose names begin so; one run of the engine for all of them."""
    folder = tmp_path_factory.mktemp("pdfs")
    files = papers(tmp_path_factory.mktemp("cases"))
    files |= {
        f"broken-{name}.pdf": breaking.BROKEN_PDFS[name]() for name in ("c9-no_tags", "c9-no_language", "c8-font")
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    command = [sys.executable, "-m", "tests.conformance", *sorted(files)]
    env = {"PYTHONPATH": str(ROOT)}
    ran = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=900, check=True)
    lines = ran.stdout.splitlines()
    assert len(lines) == len(files) * len(conformance.STANDARDS)
    return lambda name: [line for line in lines if line.split(" ")[2].startswith(name)]


@pytest.mark.slow
def test_every_pdf_holds_both_standards(judged: Callable[[str], list[str]]) -> None:
    lines = [line for line in judged("") if " broken-" not in line]
    assert len(lines) > 12
    assert [line for line in lines if not line.startswith("PASS ")] == []
    assert {line.split("(")[1].split(" rules")[0] for line in lines} == {"106", "153"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "standard"), [("c9-no_tags", "PDF/UA-1"), ("c9-no_language", "PDF/UA-1"), ("c8-font", "PDF/A-2a")]
)
def test_the_engine_sees_what_is_broken(judged: Callable[[str], list[str]], name: str, standard: str) -> None:
    assert any(line.startswith(f"FAIL {standard} ") for line in judged(f"broken-{name}"))
