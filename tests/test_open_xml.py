"""The files of Word and Excel are valid, as the reader of Microsoft's Open XML SDK judges them.

It takes a second a file. So of files that are built alike, whatever they say, some are judged: one is left out where
each of its elements stands, with its attributes, in and behind the same elements in files that are judged.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from docgen.build import produce
from docgen.cli.options import chosen
from docgen.document.tree import Document, Table
from docgen.files import ooxml
from docgen.spreadsheet import to_changes
from docgen.spreadsheet.basis import Basis
from docgen.workspace.select import Paper
from docgen.writers import WRITERS
from tests.conftest import FILED, HERE, ROOT, Workspace
from tests.making import LAYOUT
from tests.test_conform import TEXT
from tests.test_continued import HEADS, fund

NODE = shutil.which("node")
VALIDATOR = HERE / "axe/node_modules/.bin/ooxml-validator"
Shape = tuple[object, ...]


def errors(path: Path) -> list[str]:
    """What the reader finds wrong in a file; the test is skipped where it does not run."""
    ran = subprocess.run([str(VALIDATOR), str(path)], capture_output=True, check=False, timeout=120)
    if not ran.stdout:
        pytest.skip(f"the reader of the Open XML SDK does not run here: {ran.stderr.decode()[:100]}")
    return [error["description"] for error in json.loads(ran.stdout)["errors"]]


def shapes(data: bytes) -> Iterator[Shape]:
    """Each element of a file: its part, what it stands in and behind, and its attributes."""
    for name, part in ooxml.parts("", data).items():
        for element in etree.fromstring(part).iter() if name.endswith((".xml", ".rels")) else ():
            parent, before = element.getparent(), element.getprevious()
            around = [None if other is None else other.tag for other in (parent, before)]
            yield name.rstrip("0123456789.xml"), element.tag, *around, *sorted(element.attrib)


def judged(folder: Path, files: dict[str, bytes]) -> dict[str, list[str]]:
    """What the reader finds wrong in the fewest of the files that have all that any of them has."""
    remaining = {name: set(shapes(data)) for name, data in files.items()}
    found = {}
    while new := max(remaining.values(), key=len):
        name = next(name for name, shapes_of_file in remaining.items() if shapes_of_file is new)
        path = folder / name.replace("/", "-")
        path.write_bytes(files[name])
        found[name] = errors(path)
        remaining = {other: shapes_of_file - new for other, shapes_of_file in remaining.items()}
    return found


pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not NODE or not VALIDATOR.exists(), reason="ooxml-validator not installed: npm install --prefix tests/axe"
    ),
]


def papers(folder: Path) -> Iterator[Paper]:
    """Every paper of schedules/, of the cases, and of those that were filed."""
    for name, plans in (("ours", ROOT / "schedules"), ("cases", HERE / "cases"), ("filed", FILED)):
        root = folder / name
        root.mkdir()
        (root / "schedules").symlink_to(plans)
        yield from chosen(root).papers


def word_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every Word file, and those of a fund that goes on over pages."""
    long = Table("schedule", (HEADS,), tuple(fund("AIM Red Fund", 60)))
    for mark in ("", "DRAFT"):
        yield f"long{mark}.docx", WRITERS["docx"](Document((long,), draft_mark=mark), LAYOUT)
    for paper in papers(folder):
        for name in produce.named_documents(paper):
            yield f"{paper.name}-{name}.docx", WRITERS["docx"](produce.document(paper, name), LAYOUT)


@pytest.mark.seconds
def test_word_files_are_valid(tmp_path: Path) -> None:
    found = judged(tmp_path, dict(word_files(tmp_path)))
    assert len(found) > 1
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


@pytest.mark.seconds
def test_redlines_board_papers_lists_and_conformed_copies_are_valid(amended: Workspace, tmp_path: Path) -> None:
    commands = (
        ("redline", "aim-class-b/003", "--format", "docx"),
        ("diff", "aim-class-b/002", "aim-class-b/003", "--format", "memo"),
        ("diff", "aim-class-b/002", "aim-class-b/003", "--format", "table"),
        ("diff", "aim-class-b/002", "aim-class-b/003", "--format", "resolutions"),
        ("diff", "aim-class-b/002", "aim-class-b/003", "--format", "certificate"),
        ("conform", "aim-class-b", "--format", "docx"),
        ("matrix", "--format", "docx,xlsx"),
        ("exhibits", "american-century-r", "--format", "xlsx"),
    )
    (amended.root / "schedules/american-century-r").symlink_to(HERE / "cases/complex/schedules/american-century-r")
    amended.write({"schedules/aim-class-b/text/plan.html": TEXT})
    for command in commands:
        assert amended.run(*command).code == 0
    build = amended.root / "build"
    paths = [path for suffix in ("docx", "xlsx") for path in sorted(build.rglob(f"*.{suffix}"))]
    assert len(paths) == 9
    found = judged(tmp_path, {str(path.relative_to(build)): path.read_bytes() for path in paths})
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


@pytest.mark.seconds
def test_excel_files_are_valid(tmp_path: Path) -> None:
    def files() -> Iterator[tuple[str, bytes]]:
        for paper in papers(tmp_path):
            for flat in (False, True):
                data = to_changes.file_bytes(".xlsx", Basis(paper.name, paper.amendment.after), "title", flat)
                yield f"{paper.name}-{flat}.xlsx", data

    found = judged(tmp_path, dict(files()))
    assert len(found) > 1
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


@pytest.mark.seconds
def test_what_is_broken_is_seen(tmp_path: Path) -> None:
    table = Table("schedule", (HEADS,), tuple(fund("AIM Red Fund", 1)))
    parts = ooxml.parts("", WRITERS["docx"](Document((table,)), LAYOUT))
    broken = parts["word/document.xml"].replace(b"<w:body>", b"<w:body><w:b/>")
    (tmp_path / "a.docx").write_bytes(ooxml.pack({**parts, "word/document.xml": broken}))
    assert errors(tmp_path / "a.docx")
