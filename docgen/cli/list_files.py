"""Saves a list under build/ in the formats in which it is passed on, with a record of what it was made from."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from docgen.cli import options, terminal

if TYPE_CHECKING:
    from docgen.reports.listing import Listing
    from docgen.workspace.load import Workspace

FORMATS = ("htm", "pdf", "docx", "xlsx")
FORMAT = click.option(
    "--format", "formats", metavar="htm,pdf,docx,xlsx", help="Write the list as a paper, under build/."
)
FOLDER = "lists"  # under build/


def save(root: Path, workspace: Workspace, command: Sequence[str], name: str, files: Mapping[str, bytes]) -> None:
    """Saves the files of a list, which are named by their formats, as `lists/NAME.FORMAT`."""
    from docgen.build import staleness, working_papers

    paper = working_papers.record(root, workspace, shlex.join(["docgen", *command]), [staleness.EVERY], [])
    path = f"{FOLDER}/{name}"
    by_path = {f"{path}.{suffix}": data for suffix, data in files.items()}
    terminal.saved(working_papers.save(root, path, paper, by_path), root)


def contents(workspace: Workspace, formats: str, listing: Callable[[str], Listing]) -> dict[str, bytes]:
    """The list in the formats that a person named; `listing` gives it as a format can take it."""
    from docgen.build import produce
    from docgen.reports import listing as lists
    from docgen.spreadsheet import list_book

    layout, files = produce.usual_layout(workspace.templates), dict[str, bytes]()
    for suffix in options.formats(formats, FORMATS):
        value = listing(suffix)
        files[suffix] = (
            list_book.write(value) if suffix == "xlsx" else produce.proved(lists.document(value), suffix, layout)
        )
    return files
