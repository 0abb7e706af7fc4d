"""Commands load what they need: those that make no PDF never load WeasyPrint, nor what reads PDFs and Word."""

from __future__ import annotations

import subprocess
import sys

import pytest

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
