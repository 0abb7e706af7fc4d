"""No traceback, ever: what people type is a problem with its place; what is left is said to be docgen's own fault."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from docgen.cli import fault, options
from docgen.files import ooxml
from docgen.model import amendment_ids
from docgen.problems import DocgenError
from tests.conftest import AMENDMENT, ROOT, Workspace, examples

FIRST = "schedules/p/amendments/001.yaml"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (AMENDMENT + "effective:2004-10-15", f"{AMENDMENT.count(chr(10)) + 1}: a space is missing after"),
        ("number: 2\neffective:2004-10-15", '2: a space is missing after "effective:"'),
        ("effective:2004-10-15", "1: has no keys"),
        ("number: 2\u2028effective: 2004-01-01\nfoo: 1\n", "1: holds U+2028, which ends a line in YAML and in few"),
        ("# a\nnumber: 2 # one\u2029 more\n", "2: holds U+2029, which ends a line"),
        ("number: 1\nexhibit: a\x85b\nfoo: 1\n", "2: holds U+0085, which ends a line"),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_read_is_named(workspace: Workspace, text: str, said: str) -> None:
    ran = workspace.write({FIRST: text}).run("check")
    assert ran.code == 1
    assert f"{FIRST}:{said}" in ran.err


def test_an_id_may_have_any_sign_that_looks_like_a_digit() -> None:
    ids = ["00²", "10", "9", "٣", "1-2", "1-10"]
    assert sorted(ids, key=amendment_ids.in_order_of_ids) == ["00²", "1-2", "1-10", "٣", "9", "10"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("build", "x" * 300),
        ("show", "x" * 5000),
        ("check", "x" * 300 + ".htm"),
        ("check", "--workspace", "x" * 300),
        ("redline", "p/001", "--against", "x" * 300 + ".docx"),
        ("export", "p", "x" * 300 + ".xlsx"),
        ("import", "x" * 300 + ".csv", "--plan", "p"),
        ("event", "x" * 300 + ".yaml"),
        ("diff", "x" * 300 + ".yaml", "p/001"),
        ("seal", "p/001", "--document", "x" * 300 + ".txt"),
        ("init", "x" * 300),
        ("build", "--cluster-config", "x" * 300),
    ],
)
def test_a_name_that_no_file_can_have_is_said(workspace: Workspace, arguments: tuple[str, ...]) -> None:
    ran = workspace.run(*arguments)
    assert ran.code == 2
    assert "is longer than 240 letters" in ran.err
    assert len(ran.err) < 300


@pytest.mark.parametrize("arguments", [("show", "p\0"), ("check", "a\0.htm"), ("seal", "p/001", "--differs", "\0")])
def test_a_nul_is_said(workspace: Workspace, arguments: tuple[str, ...]) -> None:
    ran = workspace.run(*arguments)
    assert ran.code == 2
    assert "holds a NUL" in ran.err


def test_what_the_system_does_not_let_docgen_read_is_said(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(path: Path) -> Any:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "iterdir", closed)
    ran = workspace.run("check")
    assert ran.code == 1
    assert re.search(r"schedules: cannot be used: Permission denied\n    see that you may read", ran.err)


@pytest.mark.seconds
def test_a_fault_of_docgens_own_gives_a_file_to_send(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = (
        "import sys\nfrom docgen import cli\nfrom docgen.workspace import load\n"
        "def broken(*_, **__): raise IndexError('list index out of range')\n"
        "load.load = broken\ncli.main(sys.argv[1:])\n"
    )
    command = [sys.executable, "-c", program, "check"]
    ran = subprocess.run(command, cwd=workspace.root, capture_output=True, text=True, check=False)
    assert ran.returncode == fault.CODE == 3
    assert "Traceback" not in ran.stderr
    first, second, name = ran.stderr.splitlines()
    assert first == "This is a fault of docgen: IndexError: list index out of range"
    assert second.startswith("    Nothing was written half. Please report it")
    report = Path(name.strip())
    text = report.read_text(encoding="utf-8")
    report.unlink()
    assert text.startswith("docgen ")
    assert "command: check\n" in text
    assert text.rstrip().endswith("IndexError: list index out of range")


def test_the_door_is_on_every_command() -> None:
    """Each command is answered through it; and only there is the exit code of a fault."""
    for path in sorted((ROOT / "docgen/cli").glob("*.py")):
        text = path.read_text(encoding="utf-8")
        assert text.count("@click.command") == text.count("@answering"), path
    assert (ROOT / "docgen/cli/options.py").read_text(encoding="utf-8").count("fault.report(") == 1
    assert options.LONGEST_NAME < 255


def test_a_damaged_zip_is_said_or_holds_what_it_held() -> None:
    parts = {"xl/workbook.xml": bytes(range(256)) * 200, "a": b"b" * 5000}
    whole, said = ooxml.pack(parts), 0
    for at in range(30, len(whole), 7):
        for byte in {0x00, 0x41, 0xFF} - {whole[at]}:
            try:
                assert ooxml.parts("fees.xlsx", whole[:at] + bytes([byte]) + whole[at + 1 :]).items() <= parts.items()
            except DocgenError as error:
                assert "is not a file of Word or Excel that can be opened" in str(error)
                said += 1
    assert said > 50


def test_a_zip_with_a_password_is_said() -> None:
    """Whatever names it has: the first flag of each part says so."""
    packed = bytearray(ooxml.pack({"[Content_Types].xml": b"<Types/>"}))
    for start, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        packed[packed.index(start) + flags] |= 1
    with pytest.raises(DocgenError, match="take the password off"):
        ooxml.parts("fees.xlsx", bytes(packed))


@pytest.mark.parametrize("packing", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_damaged_zip_of_any_packing_is_said(packing: int) -> None:
    stream, said = io.BytesIO(), 0
    with zipfile.ZipFile(stream, "w", packing) as packed:
        packed.writestr("a", bytes(range(256)) * 20)
    whole = stream.getvalue()
    for at in range(40, len(whole) - 80, 7):
        try:
            ooxml.parts("fees.xlsx", whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        except DocgenError as error:
            said += "is not a file of Word or Excel that can be opened" in str(error)
    assert said > 10


@pytest.mark.seconds
@pytest.mark.parametrize(("sign", "said"), [("&#1;", "U+0001"), ("&#x1F;", ""), ("\x0b", "")])
def test_a_sign_that_is_none_in_a_returned_file(workspace: Workspace, sign: str, said: str) -> None:
    """What reads as a blank, a vertical tab say, is one."""
    assert workspace.run("build", "--format", "htm").code == 0
    text = (workspace.root / "build/p/001/schedule.htm").read_text(encoding="ascii")
    workspace.write({"back.htm": text.replace("Tax-Free", f"Tax{sign}Free")})
    ran = workspace.run("redline", "p/001", "--against", "back.htm", "--format", "htm")
    place = f'{said} in "INVESCO TaxFree Bond Fund"'
    problem = f"back.htm: holds {place}, which is no letter and no sign\n    delete it there, and save the file again\n"
    assert ran.err == (f"{problem}1 problem. Nothing was written.\n" if said else "")
    assert ran.code == (1 if said else 0)


PLACES = {
    "templates": "is not a folder",
    "templates/distribution-plan": "is not a folder",
    "templates/print.css/": "is not a file",
    "templates/reference.docx/": "is not a file",
    "templates/distribution-plan/amendment.html.j2/": "is not a file",
    "templates/print.css -> nowhere": "is a link that leads nowhere",
    "templates -> nowhere": "is a link that leads nowhere",
    "schedules/q": "is not a folder",
    "schedules/q -> nowhere": "is a link that leads nowhere",
    "schedules/events": "is not a folder",
    "schedules/p/filed": "is not a folder",
}


@pytest.mark.seconds
@pytest.mark.parametrize("place", PLACES)
def test_what_stands_in_another_things_place_is_said(workspace: Workspace, place: str) -> None:
    name, _, link = place.partition(" -> ")
    path = workspace.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if link:
        path.symlink_to(link)
    elif name.endswith("/"):
        path.mkdir()
    else:
        path.write_text("x")
    ran = workspace.run("check")
    assert ran.code == 1
    assert f"{name.rstrip('/')}: {PLACES[place]}" in ran.err


@pytest.mark.slow
def test_a_few_changes_at_random() -> None:
    """A few of what `make fuzz` tries; the same every time."""
    tries = examples(24)
    command = [sys.executable, "-m", "tests.fuzz", "--times", str(tries), "--first", "100000"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.stdout == f"{tries} tries, 0 wrong\n", ran.stdout + ran.stderr
