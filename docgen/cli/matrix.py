"""docgen matrix: funds by plans and classes."""

from __future__ import annotations

from pathlib import Path

import click

from docgen.cli import list_files, terminal
from docgen.cli.options import JSON, WORKSPACE, answering, checked, day, refuse_options, writing
from docgen.problems import Problem, UsageProblem, Where

PLANS = click.argument("names", nargs=-1, metavar="[PLAN]...")


@click.command()
@PLANS
@click.option("--on", metavar="DATE", help="What is in force on this day, YYYY-MM-DD (else after the last amendments).")
@list_files.FORMAT
@JSON
@WORKSPACE
@answering
@writing("formats")
def matrix(names: tuple[str, ...], on: str | None, formats: str | None, json_: bool, root: Path) -> None:
    """Show who is where, at which fees: a row a fund, a column a plan with its classes.

    \b
      docgen matrix                            all plans, after the last amendment of each
      docgen matrix --on 2003-12-31            what was in force that day
      docgen matrix aim-class-a aim-class-b    these plans only
      docgen matrix --format xlsx,htm          a paper of it, build/lists/matrix.xlsx

    The fees stand in the cells in the order of the schedule's columns, which the last lines name. A plan
    that another has restated by then is left out. docgen check tells a fund that the sibling classes of a
    plan have and one lacks, a class with two totals, a fund under two registrants, and a fund that was
    merged away in one plan and goes on in another.
    """
    from docgen.reports import coverage, listing
    from docgen.workspace.select import buildable, select

    refuse_options(formats is not None and json_, "--format writes papers; --json prints the matrix")
    workspace, wanted = checked(root), day(on)
    _refuse_amendments(names)
    selection = select(workspace, names)
    buildable(selection)
    value = coverage.coverage(selection.plans, wanted)
    if json_:
        click.echo(coverage.as_json(value), nl=False)
    elif formats is None:
        terminal.say(listing.as_text(coverage.listing(value)).rstrip("\n"))
    else:
        form = {"xlsx": coverage.fees_listing}
        files = list_files.contents(workspace, formats, lambda suffix: form.get(suffix, coverage.listing)(value))
        command = ["matrix", *names, *(["--on", on] if on else []), "--format", formats]
        name = "-".join(["matrix", *names, *([f"on-{wanted}"] if wanted else [])])
        list_files.save(root, workspace, command, name.replace("/", "-"), files)


def _refuse_amendments(names: tuple[str, ...]) -> None:
    """UsageProblem where a paper is named: a matrix is of plans, on a day."""
    for name in names:
        plan, _, amendment = name.strip("/").removeprefix("schedules/").partition("/")
        if amendment:
            raise UsageProblem([Problem(Where(name), "is no plan", f"write {plan}, with --on DATE for another day")])
