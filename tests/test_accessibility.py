"""EDGAR HTML can be read by everybody, as axe judges it in jsdom; colours and sizes of a drawn page are not judged."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from docgen.build import produce
from docgen.cli.options import chosen
from tests.conftest import HERE, ROOT, Workspace
from tests.test_conform import WITH_TEXT

AXE = HERE / "axe"
MISSING = not shutil.which("node") or not (AXE / "node_modules/axe-core").is_dir()
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(MISSING, reason="axe not installed: npm install --prefix tests/axe --no-package-lock"),
]


def judged(folder: Path, files: dict[str, bytes]) -> list[str]:
    """A line for each file: its name, and the rules of axe that it breaks."""
    for name, data in files.items():
        (folder / name).write_bytes(data)
    command = ["node", str(AXE / "judge.js"), *files]
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=True)
    return ran.stdout.splitlines()


@pytest.mark.seconds
def test_everybody_can_read_the_html(tmp_path: Path) -> None:
    (tmp_path / "schedules").symlink_to(HERE / "cases")
    files = {}
    for paper in (paper for root in (ROOT, tmp_path) for paper in chosen(root).papers):
        for name, data in produce.files(paper, ["htm"]).items():
            files[f"{paper.name.replace('/', '-')}-{name}"] = data
    assert len(files) > 10
    assert judged(tmp_path, files) == [f"{name}: none" for name in files]


@pytest.mark.seconds
def test_everybody_can_read_lists_and_conformed_copies(empty: Workspace) -> None:
    (empty.root / "schedules").symlink_to(HERE / "cases/complex/schedules")
    commands = ("matrix", "status --on 2005-01-31", "exhibits american-century-r")
    for command in commands:
        assert empty.run(*command.split(), "--format", "htm").code == 0
    text = Workspace(empty.root / "text")
    assert text.write(WITH_TEXT).run("conform", "p", "--format", "htm").code == 0
    files = {path.name: path.read_bytes() for path in sorted(empty.root.rglob("*.htm"))}
    assert len(files) == 4
    assert judged(empty.root, files) == [f"{name}: none" for name in files]


@pytest.mark.seconds
def test_axe_sees_what_is_broken(tmp_path: Path) -> None:
    broken = {"bad.htm": b'<html><body><img src="a.gif"><table><tr><th></th></tr></table></body></html>'}
    assert judged(tmp_path, broken) == ["bad.htm: document-title html-has-lang image-alt"]
