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
@click.option("--form", metavar="TYPE", help="The form's type as submitted, such as 485BPOS.")
@click.option("--pea", metavar="NUMBER", help="The number of the post-effective amendment.")
@click.option("--on", metavar="DATE", help="The day on which it was filed, YYYY-MM-DD.")
@click.option("--cik", metavar="CIK", help="The registrant's CIK on EDGAR, such as 105377.")
@click.option("--file", "file_name", metavar="NAME", help="The name of the file on EDGAR, such as ex99-m2d.htm.")
@click.option("--registrant", default="", metavar="NAME", help="Whose filing that is, where each has its own.")
@click.option("--signed", metavar="DATE", help="The day on which it was signed, YYYY-MM-DD.")
@click.option("--document", "documents", metavar="FILE", multiple=True, help="What was filed, where docgen made none.")
@click.option("--differs", metavar="WHY", default="", help="Why the document may differ from the data.")
@WORKSPACE
@answering
@writing()
def seal(
    amendment: str, documents: tuple[str, ...], differs: str, root: Path, registrant: str, **filing: str | None
) -> None:
    """Seal an amendment that was filed: from now on its files never change.

    \b
      docgen seal aim-class-b/002 --signed 2003-11-03 --accession 0000950123-03-012345
      docgen seal aim-class-b/002 --document exhibit.txt     a document that docgen did not make
      docgen seal aim-class-b/002 --form 485BPOS --pea 60 --on 2003-11-26 --cik 105377 --file ex99-m2d.htm

    Copies of the files and a receipt go to schedules/PLAN/filed/AMENDMENT/; commit them. docgen build
    then gives these copies, whatever becomes of data, templates and libraries, and docgen check says
    when they would read differently. The words of a document that docgen did not make are compared
    with what the data gives; --differs says why differences may stand. Nothing takes a seal off.

    --accession, --form, --pea, --on, --cik and --file say where EDGAR has it, for docgen exhibits; they
    can be left out until that list is wanted, and said later of a paper that is sealed. Where several
    registrants filed it, each under its own number, say each by itself:

    \b
      docgen seal aim-class-b/002 --registrant "AIM Stock Funds" --pea 60 --on 2003-11-26 ...
      docgen seal aim-class-b/002 --registrant "AIM Bond Funds" --pea 31 --on 2003-11-26 ...
    """
    from docgen.filing import filing_facts, package, seal
    from docgen.writers import WRITERS

    package.refuse_plans([amendment])
    texts = filing_facts.from_options(filing)
    paper = seal.sealable(chosen(root, [amendment]), amendment)
    facts = filing_facts.by_registrant(paper, texts, registrant)
    if paper.seal and facts and not documents:
        paths = seal.complete(root, paper, facts)
    elif documents:
        files = {Path(name).name: file_content(name) for name in documents}
        if len(files) < len(documents):
            raise UsageProblem([Problem(Where("--document"), "two files have the same name", "rename one of them")])
        paths = seal.seal_document(root, paper, files, differs, facts)
    else:
        paths = seal.seal_paper(root, paper, list(WRITERS), facts)
    for path in paths:
        terminal.say(os.path.relpath(path))
    terminal.say(f"{paper.name} is sealed. Commit these files.", bold=True)
