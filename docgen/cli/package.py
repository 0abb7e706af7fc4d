"""docgen package: amendments laid out for EDGAR."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from docgen.build import memory
from docgen.cli import terminal
from docgen.cli.options import WORKSPACE, answering, checked, writing

if TYPE_CHECKING:
    from docgen.workspace.load import Workspace
    from docgen.workspace.select import Paper

AMENDMENTS = click.argument("names", nargs=-1, required=True, metavar="PLAN/AMENDMENT...")


@click.command()
@AMENDMENTS
@click.option("--official", type=click.Choice(["htm", "txt"]), default="htm", help="The official document's format.")
@click.option("--registrant", default="", metavar="NAME", help="Who files them, where each has its own letters.")
@click.option("--book", "with_book", is_flag=True, help="Also one zip with redlines, board papers, votes and receipts.")
@WORKSPACE
@answering
@writing()
def package(names: tuple[str, ...], official: str, registrant: str, with_book: bool, root: Path) -> None:
    """Lay amendments out for EDGAR: each under its EDGAR name, with a manifest and an exhibit index.

    \b
      docgen package aim-class-b/002
      docgen package aim-class-b/002 aim-class-c/002     two exhibits in one package
      docgen package aim-class-b/002 --registrant "AIM Stock Funds"
      docgen package aim-class-b/003 --book              and a zip to send around, build/package/aim-class-b-003.zip

    The name comes from the amendment's exhibit: Exhibit m(2)(d) becomes ex99-m2d.htm, with the copy
    ex99-m2d.pdf. The package is refused when an amendment is a draft, prints a blank or has errors,
    while a fee rises under Rule 12b-1 without its votes, and when caption, TYPE, name and index do not
    agree. It goes to build/package/. The index also has the rows of what was filed of these plans before,
    as far as docgen seal was told where EDGAR has it. Where each registrant files a paper under a letter
    of its own (exhibits: in the amendment), --registrant says whose package it is; it has those captions.
    """
    from docgen.filing import package, verify
    from docgen.reports import exhibit_list
    from docgen.workspace.select import buildable, select

    package.refuse_plans(names)
    workspace = checked(root)
    selection = verify.with_seals(select(workspace, names))
    papers, registrant = package.of_registrant(buildable(selection), registrant)
    package.refuse_unapproved(papers, selection.problems)
    terminal.problems(selection.problems, root)
    earlier = exhibit_list.index_rows(exhibit_list.before(workspace, papers, registrant))
    paths, warnings = package.pack(root, papers, official, earlier, registrant)
    terminal.problems(warnings, root)
    if with_book:
        paths += _book(root, workspace, papers, paths)
    terminal.saved(paths, root)


def _book(root: Path, workspace: Workspace, papers: Sequence[Paper], paths: Sequence[Path]) -> list[Path]:
    """Saves the book of a package beside its folder."""
    with memory.without_collection():
        from docgen.files import atomic
        from docgen.filing import book

        package = {path.name: path.read_bytes() for path in paths}
        data = book.book(workspace, papers, package)
        name = paths[0].parent.relative_to(root).as_posix()
        return atomic.save(root, {f"{name}.zip": data})
