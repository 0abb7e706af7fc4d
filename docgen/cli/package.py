"""docgen package: amendments laid out for EDGAR."""

from __future__ import annotations

from pathlib import Path

import click

from docgen.cli import terminal
from docgen.cli.options import WORKSPACE, answering, checked, writing

AMENDMENTS = click.argument("names", nargs=-1, required=True, metavar="PLAN/AMENDMENT...")


@click.command()
@AMENDMENTS
@click.option("--official", type=click.Choice(["htm", "txt"]), default="htm", help="The official document's format.")
@WORKSPACE
@answering
@writing()
def package(names: tuple[str, ...], official: str, root: Path) -> None:
    """Lay amendments out for EDGAR: each under its EDGAR name, with a manifest and an exhibit index.

    \b
      docgen package aim-class-b/002
      docgen package aim-class-b/002 aim-class-c/002     two exhibits in one package

    The name comes from the amendment's exhibit: Exhibit m(2)(d) becomes ex99-m2d.htm, with the copy
    ex99-m2d.pdf. The package is refused when an amendment is a draft, prints a blank or has errors,
    while a fee rises under Rule 12b-1 without its votes, and when caption, TYPE, name and index do not
    agree. It goes to build/package/. The index also has the rows of what was filed of these plans before,
    as far as docgen seal was told where EDGAR has it.
    """
    from docgen.filing import package, verify
    from docgen.reports import exhibit_list
    from docgen.workspace.select import buildable, select

    package.refuse_plans(names)
    workspace = checked(root)
    selection = verify.with_seals(select(workspace, names))
    papers = buildable(selection)
    package.refuse_unapproved(papers, selection.problems)
    terminal.problems(selection.problems, root)
    earlier = exhibit_list.index_rows(exhibit_list.before(workspace, papers))
    paths, warnings = package.pack(root, papers, official, earlier)
    terminal.problems(warnings, root)
    terminal.saved(paths, root)
