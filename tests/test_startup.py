"""Commands load what they need: those that make no PDF never load WeasyPrint, nor what reads PDFs and Word."""

from __future__ import annotations

import ctypes.util
import subprocess
import sys

import pytest

from docgen.writers import pdf_libraries
from tests.conftest import Workspace

HEAVY = ("weasyprint", "pydyf", "fontTools", "pikepdf", "pypdfium2", "docx", "distributed", "watchfiles")
LIGHT = (*HEAVY, "pydantic", "jinja2", "yaml", "lxml")
COUNT = """
import sys
from docgen.cli import main
try:
    main({arguments!r}, prog_name="docgen")
except SystemExit as end:
    print(end.code, *[name for name in {heavy!r} if name in sys.modules], file=sys.stderr)
"""


def loaded(workspace: Workspace, arguments: tuple[str, ...], heavy: tuple[str, ...]) -> str:
    """The exit code, and which of the libraries the command loaded."""
    code = COUNT.format(arguments=list(arguments), heavy=heavy)
    ran = subprocess.run([sys.executable, "-c", code], cwd=workspace.root, capture_output=True, text=True, check=True)
    return ran.stderr.strip()


@pytest.mark.slow
@pytest.mark.parametrize(
    "arguments",
    [
        ("check",),
        ("show", "p"),
        ("show", "p/001", "--step", "tree"),
        ("diff", "p/001", "p/001"),
        ("build", "--format", "txt,htm"),
    ],
)
def test_no_command_without_pdf_loads_weasyprint(workspace: Workspace, arguments: tuple[str, ...]) -> None:
    assert loaded(workspace, arguments, HEAVY) == "0"


@pytest.mark.seconds
@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("build", "--help")])
def test_help_loads_next_to_nothing(workspace: Workspace, arguments: tuple[str, ...]) -> None:
    assert loaded(workspace, arguments, LIGHT) == "0"


@pytest.mark.seconds
def test_a_build_with_nothing_to_do_loads_next_to_nothing(workspace: Workspace) -> None:
    assert workspace.run("build").code == 0
    assert loaded(workspace, ("build",), LIGHT) == "0"


QUIET = """
import subprocess, sys
subprocess.Popen = None
from docgen.writers import pdf_libraries
pdf_libraries.load()
print("weasyprint" in sys.modules)
"""


@pytest.mark.seconds
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no program is asked")
def test_weasyprint_is_loaded_without_starting_a_program() -> None:
    ran = subprocess.run([sys.executable, "-c", QUIET], capture_output=True, text=True, check=True)
    assert ran.stdout == "True\n"


def test_where_a_full_name_is_not_enough_other_programs_are_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    search, searches = ctypes.util.find_library, []

    def load(name: str) -> None:
        searches.append(ctypes.util.find_library is search)
        if len(searches) == 1:
            sys.stdout.write("could not import some external libraries")
            raise OSError("cannot load library")

    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr("importlib.import_module", load)
    pdf_libraries.load()
    assert searches == [False, True]
    assert capsys.readouterr().out == ""
