"""EDGAR HTML as Chromium draws it: it fits a narrow screen, and axe's rules of what is drawn hold."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from docgen.build import produce
from docgen.cli.options import chosen
from docgen.document.tree import Cell, Document, Paragraph, Run, Table, TableRow
from docgen.writers import WRITERS
from tests.conftest import FILED, HERE, ROOT
from tests.making import LAYOUT

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
AXE = HERE / "axe/node_modules/axe-core/axe.min.js"
NARROW, WIDE = 320, 1000  # pixels
pytestmark = [pytest.mark.slow, pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed")]


def drawn(folder: Path, files: dict[str, bytes], widths: tuple[int, ...], axe: bool = False) -> list[dict[str, Any]]:
    """What Chromium says of each file in frames of these widths."""
    for name, data in files.items():
        (folder / name).write_bytes(data)
    pages = json.dumps([[name, width] for name in files for width in widths])
    judge = json.dumps(AXE.read_text(encoding="utf-8") if axe else "")
    (folder / "pages.js").write_text(f"const pages = {pages};\nconst axe = {judge};\n", encoding="utf-8")
    (folder / "drawn.js").write_bytes((HERE / "axe/drawn.js").read_bytes())
    page = '<!DOCTYPE html><body><script src="pages.js"></script><script src="drawn.js"></script></body>'
    (folder / "page.html").write_text(page, encoding="utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    options += ["--allow-file-access-from-files", "--virtual-time-budget=10000000", f"--user-data-dir={folder}/user"]
    command = [str(CHROMIUM), *options, "--dump-dom", (folder / "page.html").as_uri()]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True)
    body = re.search(r"<body>(.*)</body>", ran.stdout, re.DOTALL)
    assert body, ran.stderr
    results: list[dict[str, Any]] = json.loads(unescape(body[1]))
    assert len(results) == len(files) * len(widths)
    return results


def pages(root: Path) -> dict[str, bytes]:
    """The HTML of every paper of a workspace."""
    return {
        f"{paper.name.replace('/', '-')}-{name}.htm": WRITERS["htm"](produce.document(paper, name), LAYOUT)
        for paper in chosen(root).papers
        for name in produce.named_documents(paper)
    }


@pytest.mark.seconds
def test_no_page_is_wider_than_a_narrow_screen(tmp_path: Path) -> None:
    files: dict[str, bytes] = {}
    for name, folder in (("ours", ROOT / "schedules"), ("cases", HERE / "cases"), ("filed", FILED)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "schedules").symlink_to(folder)
        files |= {f"{name}-{file}": data for file, data in pages(tmp_path / name).items()}
    assert len(files) > 100
    assert [result for result in drawn(tmp_path, files, (NARROW,)) if result["drawn"] > NARROW] == []


@pytest.mark.seconds
def test_what_does_not_fit_is_seen(tmp_path: Path) -> None:
    wide = b"<html><head><title>x</title></head><body><p>" + b"W" * 200 + b"</p></body></html>"
    (result,) = drawn(tmp_path, {"wide.htm": wide}, (NARROW,))
    assert result["drawn"] > NARROW


@pytest.mark.seconds
def test_a_hundred_long_names_of_every_kind_fit(tmp_path: Path) -> None:
    name = "AIM V.I. Société Générale & Co. <Growth> International " * 3
    heads = [Cell("number", (Run(f"HEADING OF COLUMN {n}"),), True) for n in range(11)]
    head = TableRow("", (Cell("group", (Run(name),), True), *heads))
    values = tuple(Cell("number", (Run("$1,234,567,890.25"),), False) for _ in range(11))
    rows = tuple(TableRow("", (Cell("", (Run(f"{name}{n}"),), True), *values)) for n in range(100))
    words = tuple(Paragraph(role, (Run("_" * 30), Run(name))) for role in ("party", "signature", "opening", "item"))
    document = Document((*words, Table("schedule", (head,), rows)))
    (result,) = drawn(tmp_path, {"long.htm": WRITERS["htm"](document, LAYOUT)}, (NARROW,))
    assert result["drawn"] <= NARROW


@pytest.mark.seconds
@pytest.mark.skipif(not AXE.is_file(), reason="axe not installed: npm install --prefix tests/axe --no-package-lock")
def test_everybody_can_read_what_is_drawn(tmp_path: Path) -> None:
    (tmp_path / "schedules").symlink_to(HERE / "cases")
    files = {**pages(ROOT), **pages(tmp_path)}
    results = drawn(tmp_path, files, (WIDE,), axe=True)
    assert [result for result in results if result["broken"]] == []


@pytest.mark.seconds
@pytest.mark.skipif(not AXE.is_file(), reason="axe not installed: npm install --prefix tests/axe --no-package-lock")
def test_axe_sees_a_colour_that_is_too_pale(tmp_path: Path) -> None:
    words = b'<h1>x</h1><p style="color:#CCCCCC">Pale words.</p>'
    pale = b'<html lang="en"><head><title>x</title></head><body>' + words + b"</body></html>"
    (result,) = drawn(tmp_path, {"pale.htm": pale}, (WIDE,), axe=True)
    assert result["broken"] == ["color-contrast"]
