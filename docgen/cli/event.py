"""docgen event: the drafts of one business event."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from docgen.cli import terminal
from docgen.cli.options import SCHEDULES, WORKSPACE, answering, checked, writing
from docgen.problems import DataProblem, Problem, UsageProblem, Where, count, did_you_mean

DRAFTED_AWAY = "no-old-names"  # the rule that speaks until the drafts of an event are there


@click.command()
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--add", is_flag=True, help="Add to a plan's draft where one is open.")
@click.option("--dry-run", is_flag=True, help="Only say what would be drafted.")
@WORKSPACE
@answering
@writing()
def event(file: Path, add: bool, dry_run: bool, root: Path) -> None:
    """Draft the amendment of every plan that an event touches.

    FILE is a file of schedules/events/: what happened, its day, its changes. For each plan in force docgen
    drafts the next amendment with the changes that apply there, and says what it left alone and why.

    \b
      event: The INVESCO funds become AIM funds
      effective: 2004-10-15
      changes:
        - rename_all: INVESCO
          to: AIM
    """
    from docgen.drafting import from_event
    from docgen.workspace.select import buildable, select

    name = _event_id(root, file)
    workspace = checked(root)
    happening = next((event for event in workspace.events if event.id == name), None)
    if happening is None:
        folder = f"{SCHEDULES}/events/"
        raise DataProblem(
            p for p in workspace.problems if p.where.file.startswith(folder) and Path(p.where.file).stem == name
        )
    selection = select(workspace)
    in_the_way = tuple(problem for problem in selection.problems if problem.check != DRAFTED_AWAY)
    buildable(replace(selection, problems=in_the_way))
    results = from_event.plan_all(happening, selection.plans, add)
    click.echo(from_event.as_text(results), nl=False)
    drafted = [] if dry_run else from_event.write(root, results)
    terminal.say(f"{count(len(drafted), 'draft')} written." if not dry_run else "Nothing was written.", bold=True)


def _event_id(root: Path, file: Path) -> str:
    """The id of the event that a file is; UsageProblem for one that is none of the workspace's."""
    folder = root / SCHEDULES / "events"
    named = (file, root / file, folder / file, folder / f"{file}.yaml", folder / f"{file}.yml")
    paths = [path for path in named if path.is_file()]
    if not paths:
        events = sorted(path.stem for path in folder.glob("*.y*ml"))
        remedy = did_you_mean(str(file), events) if events else "write it under schedules/events/"
        raise UsageProblem([Problem(Where(str(file)), "not found", remedy)])
    if paths[0].resolve().parent != folder.resolve():
        remedy = "put it under schedules/events/, where checks find it"
        raise UsageProblem([Problem(Where(str(file)), "lies elsewhere", remedy)])
    return paths[0].stem
