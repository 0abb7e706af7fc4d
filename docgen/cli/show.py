"""docgen show: the schedule in force, or a step on the way from data to document."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from docgen.cli.options import JSON, WORKSPACE, answering, as_one, day, ready, refuse_options
from docgen.problems import Problem, UsageProblem, Where


@dataclass(frozen=True)
class ShowOptions:
    """Whose schedule, of which day; or which step of whose walk."""

    name: str
    on: str | None
    step: str | None
    document: str | None
    json_: bool
    root: Path


@click.command()
@click.argument("name", metavar="PLAN | PLAN/AMENDMENT")
@click.option("--on", metavar="DATE", help="The schedule in force on this day, YYYY-MM-DD (else the newest).")
@click.option("--step", type=click.Choice(["facts", "markup", "tree"]), help="Print a step of one amendment's walk.")
@click.option(
    "--document", type=click.Choice(["amendment", "schedule", "plan"]), help="Whose step (else the paper's first)."
)
@JSON
@WORKSPACE
@answering
@as_one(ShowOptions)
def show(options: ShowOptions) -> None:
    """Show the schedule in force, or a step on the way from data to document.

    \b
      docgen show aim-class-b                      the newest schedule
      docgen show aim-class-b --on 2003-12-31      the schedule of that day
      docgen show aim-class-b/002 --step markup    what the template wrote
    """
    from docgen.reports import schedule_in_force

    wanted = day(options.on)
    paper = _chosen(ready(options.root, [options.name]).papers, options.name, wanted)
    if options.step is None:
        refuse_options(options.document is not None, "--document goes with --step markup or --step tree")
        schedules = paper.plan.schedules_on(wanted) if wanted else paper.amendment.after
        click.echo(
            (schedule_in_force.as_json if options.json_ else schedule_in_force.as_text)(
                paper.plan, paper.amendment, wanted, schedules
            )
        )
        return
    no_paper = "/" not in options.name.strip("/")
    refuse_options(options.json_ or no_paper, "--step takes PLAN/AMENDMENT and no --json")
    click.echo(_step(paper, options.step, options.document or paper.documents()[0]), nl=False)


def _step(paper: Any, step: str, document: str) -> str:
    from docgen.build import produce
    from docgen.document import render, tree
    from docgen.reports import schedule_in_force

    if step == "facts":
        return schedule_in_force.facts(paper.plan, paper.amendment)
    if step == "markup":
        return render.markup_of(paper.plan, paper.amendment, document, paper.folders)
    return tree.outline(produce.document(paper, document))


def _chosen(papers: Sequence[Any], name: str, day: datetime.date | None) -> Any:
    """The paper that was named, or the one in force on the day."""
    from docgen.workspace.select import ids, refuse_restated

    by_id = bool(ids(name)[1])
    if papers and (day or not by_id):
        refuse_restated(papers[0].plan, day)
    in_force = papers[0].plan.in_force(day) if papers else None
    chosen = list(papers) if by_id and not day else [p for p in papers if p.amendment is in_force]
    if not chosen:
        fault = f"no schedule is in force on {day}" if day else "no schedule is in force"
        raise UsageProblem(
            [Problem(Where(name), fault, "name a later day" if day else "name a draft as PLAN/AMENDMENT")]
        )
    return chosen[0]
