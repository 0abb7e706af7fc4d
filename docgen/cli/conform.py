"""docgen conform: the plan's own text and schedules as amended."""

from __future__ import annotations

import datetime
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from docgen.build import memory
from docgen.cli import terminal
from docgen.cli.options import (
    FORMATS,
    JSON,
    WORKSPACE,
    answering,
    as_one,
    checked,
    day,
    formats,
    refuse_options,
    writing,
)

if TYPE_CHECKING:
    from docgen.build.pool import Worker
    from docgen.consolidation.plan_folder import PlanFolder
    from docgen.workspace.load import Workspace


@dataclass(frozen=True)
class ConformOptions:
    """Which plan, on which day or against which, in which formats."""

    plan: str
    on: str | None
    against: str | None
    formats: str | None
    list_: bool
    json_: bool
    root: Path


@click.command()
@click.argument("plan", metavar="PLAN")
@click.option("--on", metavar="DATE", help="As of this day, YYYY-MM-DD (else with every amendment).")
@click.option("--against", metavar="DATE", help="A redline against the plan as it read on this earlier day.")
@click.option("--format", "formats", metavar="txt,htm,pdf,docx", help="Only these formats.")
@click.option("--list", "list_", is_flag=True, help="Only say what was changed in the text, by which amendment.")
@JSON
@WORKSPACE
@answering
@writing()
@as_one(ConformOptions)
def conform(options: ConformOptions) -> None:
    """Write the plan itself as it reads with its amendments: the whole text, and its schedules.

    \b
      docgen conform aim-class-b                      with every amendment: build/aim-class-b/conformed.pdf
      docgen conform aim-class-b --on 2003-11-19      as of a day
      docgen conform aim-class-b --against 2003-11-19 what has changed since that day, marked
      docgen conform aim-class-b --list               each changed passage with its amendment; nothing is written

    The text is what lies in schedules/PLAN/text/, as the plan first had it, in the tags of templates with
    <section name="Section 6"> around each section. Every replace_words, replace_section, add_section and
    remove_section is applied to it in order. One that names words or a section that the text does not have is
    a problem on its line, with the nearest words. A paragraph that was changed says by which amendment, and
    the top says as of which day, through which amendment, and which come later. --json prints the passages
    with the amendments behind each, and writes nothing.

    --against makes a redline of both copies, in the formats of docgen redline: accepting every change gives
    the plan of the later day, rejecting every one that of the earlier day; of the plan before it, where
    this one restates that since.
    """
    from docgen.build import pool
    from docgen.workspace.select import buildable, select

    says_only, writes = options.list_ or options.json_, options.against is not None or options.formats is not None
    refuse_options(says_only and writes, "--against and --format write files; --list and --json print")
    refuse_options(options.list_ and options.json_, "--list and --json print the same: choose one")
    wanted = formats(options.formats or ",".join(FORMATS))
    as_of, earlier = day(options.on), day(options.against, "--against")
    with pool.early_workers(pool.cores(), () if says_only or earlier else wanted, 1) as workers:
        workspace = checked(options.root)
        selection = select(workspace, [options.plan])
        buildable(selection)
        (folder,) = selection.plans
        if says_only:
            _say(folder, as_of, options.json_)
        elif earlier is not None:
            _redline(options, workspace, (folder, as_of, earlier), wanted)
        else:
            _copy(options, workspace, (folder, as_of), wanted, workers)


def _copy(
    options: ConformOptions,
    workspace: Workspace,
    plan_on_day: tuple[PlanFolder, datetime.date | None],
    formats: Sequence[str],
    workers: Sequence[Worker],
) -> None:
    """Saves the copy of a plan on a day; a worker makes its PDF."""
    from docgen.build import pool, produce, working_papers
    from docgen.files import atomic
    from docgen.reports import conformed_copy

    plan, on = plan_on_day
    root, name = options.root, conformed_copy.stem(on)
    with memory.without_collection():
        tree = conformed_copy.document(plan, on, workspace.templates)
        layout = produce.layout_of(plan, workspace.templates)
        by_format = pool.files(tree, formats, layout, workers)
    files = {f"{name}.{suffix}": data for suffix, data in by_format.items()}
    working = working_papers.record(root, workspace, _command(options, plan), [plan.id], _texts(root, plan))
    terminal.saved(working_papers.save(root, f"{plan.id}/{name}", working, atomic.under(plan.id, files)), root)


def _command(options: ConformOptions, plan: PlanFolder) -> str:
    """The command as a person would type it."""
    days = (("--on", options.on), ("--against", options.against))
    return shlex.join(["docgen", "conform", plan.id, *(word for name, day in days if day for word in (name, day))])


def _say(plan: PlanFolder, on: datetime.date | None, json_: bool) -> None:
    """Prints the copy as JSON, or its changed passages as a list."""
    from docgen.reports import conformed_copy, listing

    if json_:
        click.echo(conformed_copy.as_json(plan, on), nl=False)
    else:
        terminal.say(listing.as_text(conformed_copy.listing(plan, on)).rstrip("\n"))


def _texts(root: Path, plan: PlanFolder) -> list[str]:
    """The files of a plan's own text, and of the one that it restates."""
    earlier = _texts(root, plan.continues) if plan.continues else []
    return [*earlier, *(str(root / source.file) for source in plan.text)]


def _redline(
    options: ConformOptions,
    workspace: Workspace,
    plan_on_days: tuple[PlanFolder, datetime.date | None, datetime.date],
    formats: Sequence[str],
) -> None:
    """Saves the redline of a plan on one day against an earlier one; takes an older one away where nothing changed."""
    from docgen.build import produce, working_papers
    from docgen.files import atomic
    from docgen.redline import make
    from docgen.reports import conformed_redline

    root = options.root
    plan, on, earlier = plan_on_days
    with memory.without_collection():
        marked_up = conformed_redline.redline(plan, on, earlier, workspace.templates)
        plans = [plan.id, *([plan.continues.id] if plan.continues else [])]
        working = working_papers.record(root, workspace, _command(options, plan), plans, _texts(root, plan))
        stem = f"{plan.id}/{marked_up.name}"
        current = working_papers.current_files(root, stem, working)
        changed = conformed_redline.has_changes(plan, on, earlier)
        layout = produce.layout_of(plan, workspace.templates)
        reviser = (make.AUTHOR, f"{conformed_redline.day(plan, on, earlier)}T00:00:00Z")
        files = make.with_proof(marked_up, formats, layout, reviser, current) if changed else {}
        paths = working_papers.save(root, stem, working, atomic.under(plan.id, files))
    if changed:
        terminal.saved(paths, root)
    else:
        terminal.say("Nothing changed: the plan reads the same on both days.")
