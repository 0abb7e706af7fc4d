"""docgen seal: what was filed stays what was filed."""

from __future__ import annotations

import os
from pathlib import Path

import click

from docgen.cli import terminal
from docgen.cli.options import WORKSPACE, answering, chosen, file_content, writing
from docgen.problems import Problem, UsageProblem, Where


@click.command()
@click.argument("amendment", metavar="PLAN/AMENDMENT")
@click.option("--accession", metavar="NUMBER", help="EDGAR's number of the filing, such as 0000950123-06-002381.")
@click.option("--signed", metavar="DATE", help="The day on which it was signed, YYYY-MM-DD.")
@click.option("--document", "documents", metavar="FILE", multiple=True, help="What was filed, where docgen made none.")
@click.option("--differs", metavar="WHY", default="", help="Why the document may differ from the data.")
@WORKSPACE
@answering
@writing()
def seal(
    amendment: str, accession: str | None, signed: str | None, documents: tuple[str, ...], differs: str, root: Path
) -> None:
    """Seal an amendment that was filed: from now on its files never change.

    \b
      docgen seal aim-class-b/002 --signed 2003-11-03 --accession 0000950123-03-012345
      docgen seal aim-class-b/002 --document exhibit.txt     a document that docgen did not make

    Copies of the files and a receipt go to schedules/PLAN/filed/AMENDMENT/; commit them. docgen build
    then gives these copies, whatever becomes of data, templates and libraries, and docgen check says
    when they would read differently. The words of a document that docgen did not make are compared
    with what the data gives; --differs says why differences may stand. Nothing takes a seal off.
    """
    from docgen.filing import package, seal
    from docgen.writers import WRITERS

    package.refuse_plans([amendment])
    filing_facts = seal.filing_facts(accession, signed)
    paper = seal.sealable(chosen(root, [amendment]), amendment)
    if documents:
        files = {Path(name).name: file_content(name) for name in documents}
        if len(files) < len(documents):
            raise UsageProblem([Problem(Where("--document"), "two files have the same name", "rename one of them")])
        paths = seal.seal_document(root, paper, files, differs, filing_facts)
    else:
        paths = seal.seal_paper(root, paper, list(WRITERS), filing_facts)
    for path in paths:
        terminal.say(os.path.relpath(path))
    terminal.say(f"{paper.name} is sealed. Commit these files.", bold=True)
