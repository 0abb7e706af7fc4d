"""Commands about what is filed: explain, package, seal, verify."""

from __future__ import annotations

import datetime
import os
import re
import sys
from pathlib import Path

import click

from docgen.cli import saying
from docgen.cli.common import WHAT, WORKSPACE, answering, chosen, read, ready
from docgen.problems import UsageProblem, Where, count, one

ACCESSION = re.compile(r"\d{10}-\d{2}-\d{6}")
AMENDMENTS = click.argument("what", nargs=-1, required=True, metavar="PLAN/AMENDMENT...")


@click.command()
@click.argument("rule", metavar="[RULE]", required=False)
@answering
def explain(rule: str | None) -> None:
    """Explain a rule of EDGAR's, or list them all.

    \b
      docgen explain        every rule in a line, with what is held against it
      docgen explain A4     one rule: what it asks, why, and where it is written

    A is text, B is HTML, C is PDF, D is names, types and the exhibit index. Some rules cannot be
    checked by a program; they are listed with the reason.
    """
    from docgen.edgar import preflight

    if rule is None:
        click.echo(preflight.listed())
        return
    known = [known.number for known in preflight.RULES]
    if rule.upper() not in known:
        raise UsageProblem(one(Where("docgen explain"), f'there is no rule "{rule}"', "docgen explain lists them all"))
    click.echo(preflight.explain(rule.upper()))


@click.command()
@AMENDMENTS
@click.option("--official", type=click.Choice(["htm", "txt"]), default="htm", help="The official document's format.")
@WORKSPACE
@answering
def package(what: tuple[str, ...], official: str, root: Path) -> None:
    """Lay amendments out for EDGAR: each under its EDGAR name, with a manifest and an exhibit index.

    \b
      docgen package aim-class-b/002
      docgen package aim-class-b/002 aim-class-c/002     two exhibits in one package

    The name comes from the amendment's exhibit: Exhibit m(2)(d) becomes ex99-m2d.htm, with the copy
    ex99-m2d.pdf. The package is refused when an amendment is a draft, prints a blank or has errors,
    and when caption, TYPE, name and index do not agree. It goes to build/package/.
    """
    from docgen import filed, sealing
    from docgen.workspace.select import buildable

    filed.refuse_plans(what)
    selection = sealing.with_seals(chosen(root, what))
    papers = buildable(selection)
    saying.problems(selection.problems, root)
    written, warnings = filed.pack(root, papers, official)
    saying.problems(warnings, root)
    saying.written(written, root)


@click.command()
@click.argument("what", metavar="PLAN/AMENDMENT")
@click.option("--accession", metavar="NUMBER", help="EDGAR's number of the filing, such as 0000950123-06-002381.")
@click.option("--signed", metavar="DATE", help="The day on which it was signed, YYYY-MM-DD.")
@click.option("--document", "documents", metavar="FILE", multiple=True, help="What was filed, where docgen made none.")
@click.option("--differs", metavar="WHY", default="", help="Why the document may differ from the data.")
@WORKSPACE
@answering
def seal(
    what: str, accession: str | None, signed: str | None, documents: tuple[str, ...], differs: str, root: Path
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
    from docgen import filed, sealing
    from docgen.writers import WRITERS

    filed.refuse_plans([what])
    typed = _typed(accession, signed)
    (paper,) = ready(root, [what]).papers
    if documents:
        files = {Path(name).name: read(name) for name in documents}
        if len(files) < len(documents):
            raise UsageProblem(one(Where("--document"), "two files have the same name", "rename one of them"))
        written = sealing.seal_document(root, paper, files, differs, typed)
    else:
        written = sealing.seal_made(root, paper, list(WRITERS), typed)
    for path in written:
        saying.say(os.path.relpath(path))
    saying.say(f"{paper.name} is sealed. Commit these files.", bold=True)


def _typed(accession: str | None, signed: str | None) -> dict[str, str]:
    """What a person typed about the filing; UsageProblem when it cannot be."""
    if accession is not None and not ACCESSION.fullmatch(accession):
        found = f'"{accession}" is no accession number'
        raise UsageProblem(one(Where("--accession"), found, "write it as in 0000950123-06-002381"))
    try:
        day = datetime.date.fromisoformat(signed).isoformat() if signed is not None else None
    except ValueError:
        raise UsageProblem(one(Where("--signed"), f"{signed} is no date", "write YYYY-MM-DD")) from None
    typed = {"accession": accession, "signed": day}
    return {key: value for key, value in typed.items() if value is not None}


@click.command()
@WHAT
@WORKSPACE
@answering
def verify(what: tuple[str, ...], root: Path) -> None:
    """Make every sealed amendment again, and say whether it still comes out as it was filed.

    \b
      identical                  the same bytes
      same words, other bytes    a library or a layout has changed, no word has
      other words                data or templates now give other words than were filed

    Nothing is written. The exit code is 1 when any has other words, or a seal was altered by hand.
    """
    from docgen import sealing

    papers = [paper for paper in ready(root, what).papers if paper.seal]
    answers = list(sealing.verify(papers))
    for verdict in answers:
        wrong = verdict.answer == sealing.OTHER_WORDS
        saying.say(f"{verdict.paper}: {verdict.answer}", fg="red" if wrong else None)
        for line in verdict.lines:
            saying.say(f"    {line}")
    saying.say(f"{count(len(answers), 'sealed amendment')} verified.", bold=True)
    sys.exit(1 if any(verdict.answer == sealing.OTHER_WORDS for verdict in answers) else 0)
