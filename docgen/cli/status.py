"""docgen status: how far each paper is, and which days come."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import click

from docgen.cli import list_files, terminal
from docgen.cli.options import JSON, NAMES, WORKSPACE, answering, checked, day, refuse_options, writing


@click.command()
@NAMES
@click.option("--on", metavar="DATE", help="The day from which the days are listed, YYYY-MM-DD (else today).")
@list_files.FORMAT
@JSON
@WORKSPACE
@answering
@writing("formats")
def status(names: tuple[str, ...], on: str | None, formats: str | None, json_: bool, root: Path) -> None:
    """Show how far each paper is: drafted, checked, approved, signed, packaged, filed, listed.

    \b
      docgen status                           every paper, today
      docgen status aim-class-b --on 2004-03-31
      docgen status --format xlsx,pdf         to pass on, under build/lists/

    Nobody types a status: it is worked out from the data, from the packages under build/ and from the
    seals. Below it stand what each paper lacks with the next command to run, and the days that follow
    from its effective date and its form, each with the rule that it comes from: the 60 and 75 days of
    Rule 485(a), the 30 of Rule 485(b), the yearly approval of a plan under Rule 12b-1. They are for
    counsel to confirm. A step that is not asked for shows a hyphen.
    """
    from docgen.build import produce
    from docgen.filing import package
    from docgen.problems import errors
    from docgen.reports import listing, paper_status
    from docgen.workspace.select import select

    refuse_options(formats is not None and json_, "--format writes papers; --json prints the status")
    workspace, wanted = checked(root), day(on) or datetime.date.today()
    selection = select(workspace, names)
    open_papers = [paper for paper in selection.papers if not paper.seal]
    more = produce.document_problems(open_papers, {}, hold=not errors(selection.problems))
    selection = replace(selection, problems=(*selection.problems, *more))
    value = paper_status.status(selection, package.packaged(root, selection.papers), wanted)
    if json_:
        click.echo(paper_status.as_json(value), nl=False)
    elif formats is None:
        terminal.say(listing.as_text(paper_status.listing(value)).rstrip("\n"))
    else:
        files = list_files.contents(workspace, formats, lambda _: paper_status.listing(value))
        command = ["status", *names, "--on", str(wanted), "--format", formats]
        name = "-".join(["status", *(name.strip("/").replace("/", "-") for name in names), f"on-{wanted}"])
        list_files.save(root, workspace, command, name, files)
    shown = {paper.paper.partition("/")[0] for paper in value.papers}
    terminal.problems([p for p in errors(selection.problems) if _plan(p.where.file) not in shown], root)


def _plan(file: str) -> str:
    """The plan of a file under schedules/."""
    return file.removeprefix("schedules/").partition("/")[0]
