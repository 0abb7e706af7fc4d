"""Commands that write data: init, new, event, schema."""

from __future__ import annotations

import os
from pathlib import Path

import click

from docgen.cli import saying
from docgen.cli.common import SCHEDULES, WORKSPACE, answering, checked, ready
from docgen.problems import DataProblem, UsageProblem, Where, count, one


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@answering
def init(folder: Path) -> None:
    """Make a new workspace in DIR with one worked plan.

    DIR gets schedules/ with a plan and an amendment to copy from, templates/ with the wording and the
    looks, a guide to each, and the schemas by which an editor checks the YAML while you type.
    """
    from docgen import init as maker

    for path in maker.make(folder):
        saying.say(str(path))
    saying.say(f"A workspace is ready in {folder}. Next: cd {folder} && docgen build", bold=True)


@click.command()
@click.argument("plan", metavar="PLAN")
@WORKSPACE
@answering
def new(plan: str, root: Path) -> None:
    """Write the next amendment's file, ready to edit.

    It has the next number, blanks for the dates, every kind of change as a comment, and the names of
    the schedule in force to pick from. It is a draft until you take the line draft: true out.
    """
    from docgen import drafts

    path = drafts.write(root, ready(root, [plan]).plans[0])
    saying.say(os.path.relpath(path))
    saying.say("Fill in the dates, list what changes, and run: docgen check", bold=True)


@click.command()
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--add", is_flag=True, help="Add to a plan's draft where one is open.")
@click.option("--dry-run", is_flag=True, help="Only say what would be drafted.")
@WORKSPACE
@answering
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
    from docgen import events
    from docgen.workspace.select import buildable, select

    name = _event_id(root, file)
    workspace = checked(root)
    happening = next((event for event in workspace.events if event.id == name), None)
    if happening is None:
        own = f"{SCHEDULES}/events/"
        raise DataProblem(
            p for p in workspace.problems if p.where.file.startswith(own) and Path(p.where.file).stem == name
        )
    selection = select(workspace)
    buildable(selection)
    made = events.plan_all(happening, selection.plans, add)
    click.echo(events.as_text(made), nl=False)
    drafted = [] if dry_run else events.write(root, made)
    saying.say(f"{count(len(drafted), 'draft')} written." if not dry_run else "Nothing was written.", bold=True)


def _event_id(root: Path, file: Path) -> str:
    """The id of the event that a file is; UsageProblem for one that is none of the workspace's."""
    folder = root / SCHEDULES / "events"
    paths = [path for path in (file, root / file, folder / file) if path.is_file()]
    if not paths:
        raise UsageProblem(one(Where(str(file)), "is not there", "write it under schedules/events/"))
    if paths[0].resolve().parent != folder.resolve():
        remedy = "put it under schedules/events/, where checks find it"
        raise UsageProblem(one(Where(str(file)), "lies elsewhere", remedy))
    return paths[0].stem


@click.command()
@WORKSPACE
@answering
def schema(root: Path) -> None:
    """Write JSON Schemas, so that an editor completes and checks the YAML.

    They go to build/schema/. The first line of the YAML files that docgen writes points there; editors
    with a YAML language server (VS Code with its YAML extension, for one) then underline mistakes.
    """
    from docgen import schema as maker
    from docgen.files import atomic
    from docgen.produce import BUILD

    saying.written(atomic.save(root / BUILD, maker.files()), root)
