"""docgen export and docgen import: the schedule out to Excel or CSV, and back."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from docgen.cli import import_exhibit, import_returned, terminal
from docgen.cli.options import JSON, WORKSPACE, answering, as_one, can_ask, day, ready, writing
from docgen.files import limits
from docgen.problems import DataProblem, Problem, UsageProblem, Where, count

FILE = click.argument("file", metavar="FILE", type=click.Path(path_type=Path))


SCHEDULE = click.option("--schedule", metavar="NAME", help="Which schedule, where the plan has several.")


@dataclass(frozen=True)
class ExportOptions:
    """Which schedule, of which day, goes to which file."""

    plan: str
    file: Path
    on: str | None
    schedule: str | None
    is_flat: bool
    root: Path


@dataclass(frozen=True)
class ImportOptions:
    """The file, whose it is, the answers to what it leaves open, and whether its changes are written."""

    file: Path
    plan: str | None
    schedule: str | None
    renamed: Sequence[str]
    new: Sequence[str]
    replies: Sequence[str]
    write: str | None
    json_: bool
    root: Path


@click.command()
@click.argument("plan", metavar="PLAN")
@FILE
@click.option("--on", metavar="DATE", help="The schedule in force on this day, YYYY-MM-DD (else the newest).")
@SCHEDULE
@click.option("--flat", "is_flat", is_flag=True, help="Say the group and the fund in each row, to sort and filter.")
@WORKSPACE
@answering
@as_one(ExportOptions)
def export(options: ExportOptions) -> None:
    """Write the schedule in force as an Excel or CSV file, to edit there.

    \b
      docgen export aim-class-b fees.xlsx
      docgen export aim-class-b --on 2003-12-31 fees.csv
      docgen export aim-class-b fees.xlsx --flat

    Rates are numbers shown as percent with the digits that were typed, a group is a row over its own rows, and
    the heads stay in sight. With --flat each row says all: its place, its group, its fund, its class. The sign of a
    footnote stands in brackets behind what bears it, and the footnotes below the table. docgen import reads the
    edited file back. A file that is there is never written over.
    """
    from docgen.files import atomic
    from docgen.spreadsheet import basis, to_changes

    file = options.file
    suffix = _suffix(file)
    if file.exists():
        raise UsageProblem([Problem(Where(str(file)), "already exists", "name another file, or take it away")])
    source = ready(options.root, [options.plan]).plans[0]
    of = basis.in_force(source, day(options.on), options.schedule, suffix)
    data = to_changes.file_bytes(suffix, of, source.facts.title, options.is_flat)
    path = atomic.write(file, data)
    terminal.say(f"{os.path.relpath(path)}: {', '.join(s.name for s in of.schedules)} as it stands by {of.name}")


@click.command("import", help=import_exhibit.HELP)
@FILE
@click.option("--plan", metavar="PLAN", help="The plan whose schedule a sheet has.")
@SCHEDULE
@click.option("--rename", "renamed", metavar='"OLD=NEW"', multiple=True, help="A row that has another name now.")
@click.option("--new", metavar='"NAME"', multiple=True, help="A row that is new, and no other's new name.")
@click.option(
    "--answer", "replies", metavar="PLACE=WORD", multiple=True, help="What the words in a line of an exhibit are."
)
@click.option(
    "--write", is_flag=False, flag_value="*", metavar="[PLAN]",
    help="Write the next amendment's file with a sheet's changes; of an exhibit, the data under this plan.",
)  # fmt: skip
@JSON
@WORKSPACE
@answering
@writing("write")
@as_one(ImportOptions)
def import_(options: ImportOptions) -> None:
    """Read a filed exhibit as data; or an edited sheet or a returned file, and say what it changes."""
    file, plan, root, write = options.file, options.plan, options.root, options.write
    names = (options.renamed, options.new)
    if import_exhibit.is_exhibit(file, plan):
        import_exhibit.run(root, file, import_exhibit.Replies(options.replies, *names), write, options.json_)
    elif plan is None:
        _suffix(file)
        raise UsageProblem([Problem(Where("--plan"), "is missing", "say whose schedule it is: --plan PLAN")])
    elif file.suffix.lower() not in import_returned.SUFFIXES:
        _import_table(file, (plan, options.schedule), names, bool(write), root)
    elif doubts := import_returned.run(file, plan, names, bool(write), root):
        raise DataProblem([_doubtful(file, doubt) for doubt in doubts])


def _import_table(
    file: Path, plan: tuple[str, str | None], names: tuple[Sequence[str], Sequence[str]], write: bool, root: Path
) -> None:
    """Reads an edited table; `plan` is the plan and the schedule that are named, `names` the old and new ones."""
    from docgen.drafting import next_amendment
    from docgen.reports import differences
    from docgen.reports.differences import ScheduleChanges
    from docgen.spreadsheet import basis, to_changes

    suffix = _suffix(file)
    source = ready(root, [plan[0]]).plans[0]
    of = basis.in_force(source, None, plan[1], suffix)
    schedules = of.schedules
    contents = to_changes.tables(str(file), limits.named_file(str(file)), of)
    grids = contents.tables
    for title in contents.unread:
        terminal.say(f'{file}: the sheet "{title}" is not read')
    answers = to_changes.answers(*names, schedules)
    edits = to_changes.edited(grids, schedules, answers)
    while can_ask() and (doubt := next((d for edit in edits for d in edit.doubts), None)):
        answers = to_changes.with_answer(answers, doubt, _answer(doubt))
        edits = to_changes.edited(grids, schedules, answers)
    if problems := [_doubtful(file, doubt) for edit in edits for doubt in edit.doubts]:
        raise DataProblem(problems)
    columns = {schedule.name: dict(schedule.columns) for schedule in schedules}
    schedule_changes = [
        ScheduleChanges(edit.schedule, edit.steps, columns[edit.schedule]) for edit in edits if edit.steps
    ]
    click.echo(differences.as_text(schedule_changes), nl=False)
    if schedule_changes and write:
        _refuse_a_draft(source)
        path = next_amendment.write(root, source, to_changes.steps(edits, source.schedules_on()))
        terminal.say(os.path.relpath(path))
        terminal.say("Fill in the dates, take draft: true out, and run: docgen check", bold=True)
    elif schedule_changes:
        terminal.say("Nothing was written. To draft the next amendment with this: add --write", bold=True)


def _suffix(file: Path) -> str:
    from docgen.spreadsheet.to_changes import SUFFIXES

    suffix = file.suffix.lower()
    if suffix not in SUFFIXES:
        remedy = (
            "save it in Excel as .xlsx" if suffix in (".xls", ".xlsm", ".xlsb", ".ods") else "name it .xlsx or .csv"
        )
        raise UsageProblem([Problem(Where(str(file)), "is not a .xlsx or .csv file", remedy)])
    return suffix


def _answer(doubt: Any) -> str:
    """The old name that a person picks, or empty for a new thing."""
    terminal.say(f'"{doubt.new}" was not there before. What is it?', bold=True)
    for number, name in enumerate(doubt.old, start=1):
        terminal.say(f"  {number}  the new name of {name}")
    terminal.say("  0  new")
    picked: int = click.prompt("Number", type=click.IntRange(0, len(doubt.old)))
    return str(doubt.old[picked - 1]) if picked else ""


def _doubtful(file: Path, doubt: Any) -> Problem:
    names = " or ".join(f'"{name}"' for name in doubt.old[:3]) + (
        f" or {count(len(doubt.old) - 3, 'other')}" if len(doubt.old) > 3 else ""
    )
    remedy = (
        f"say which: --rename {terminal.quoted(f'{doubt.old[0]}={doubt.new}')} or --new {terminal.quoted(doubt.new)}"
    )
    return Problem(Where(str(file)), f'"{doubt.new}" is new, or the new name of {names}', remedy)


def _refuse_a_draft(plan: Any) -> None:
    if plan.amendments[-1].facts.draft:
        where = Where(plan.amendments[-1].source.file)
        raise UsageProblem(
            [Problem(where, "is a draft that stands in the way", "finish it, or take it away, and import again")]
        )
