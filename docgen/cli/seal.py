"""docgen seal: what was filed stays what was filed."""

from __future__ import annotations

import datetime
import os
import re
from dataclasses import replace
from pathlib import Path

import click

from docgen.cli import terminal
from docgen.cli.options import WORKSPACE, answering, chosen, file_content, writing
from docgen.problems import Problem, UsageProblem, Where

ACCESSION = re.compile(r"[0-9]{10}-[0-9]{2}-[0-9]{6}")


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
    from docgen.workspace.select import buildable
    from docgen.writers import WRITERS

    package.refuse_plans([amendment])
    filing_facts = _filing_facts(accession, signed)
    selection = chosen(root, [amendment])
    in_the_way = tuple(p for p in selection.problems if not _is_broken_off(p, amendment))
    (paper,) = buildable(replace(selection, problems=in_the_way))
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


def _is_broken_off(problem: Problem, amendment: str) -> bool:
    """Whether a problem is that a seal of the amendment was broken off, which sealing it puts right."""
    from docgen.workspace import seals

    plan, _, name = amendment.strip("/").removeprefix("schedules/").partition("/")
    return problem.check == seals.BROKEN_OFF and problem.where.file.startswith(seals.folder(plan, name) + "/")


def _filing_facts(accession: str | None, signed: str | None) -> dict[str, str]:
    """What a person typed about the filing; UsageProblem when it cannot be."""
    if accession is not None and not ACCESSION.fullmatch(accession):
        fault = f'"{accession}" is not an accession number'
        raise UsageProblem([Problem(Where("--accession"), fault, "write it as in 0000950123-06-002381")])
    try:
        day = datetime.date.fromisoformat(signed).isoformat() if signed is not None else None
    except ValueError:
        raise UsageProblem([Problem(Where("--signed"), f"{signed} is not a date", "write YYYY-MM-DD")]) from None
    entries = {"accession": accession, "signed": day}
    return {key: value for key, value in entries.items() if value is not None}
