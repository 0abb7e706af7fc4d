"""Commands for what a legal team passes around: redline, export, import."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from docgen.cli import saying
from docgen.cli.common import WORKSPACE, answering, checked, ready
from docgen.problems import DataProblem, Problem, UsageProblem, Where, count, did_you_mean, one

FILE = click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
SCHEDULE = click.option("--schedule", metavar="NAME", help="Which schedule, where the plan has several.")
MOST_BYTES = 100_000_000


@click.command()
@click.argument("what", metavar="PLAN/AMENDMENT")
@click.option("--against", metavar="PLAN/AMENDMENT | filed | FILE", default="", help="What to compare it with.")
@click.option("--document", type=click.Choice(["schedule", "amendment"]), help="Which document of the amendment.")
@click.option("--format", "formats", metavar="docx,pdf,htm,txt", default="docx,pdf,htm", help="Only these formats.")
@click.option("--author", metavar="NAME", default="docgen", help="Who changed it, for Word (docgen unless said).")
@click.option("--date", "on", metavar="DATE", help="When, for Word (else the amendment's effective day).")
@WORKSPACE
@answering
def redline(
    what: str, against: str, document: str | None, formats: str, author: str, on: str | None, root: Path
) -> None:
    """Show what an amendment changes: the schedule against the one in force before it.

    \b
      docgen redline aim-class-b/003                                 the schedule, against the one before
      docgen redline aim-class-b/003 --against aim-class-b/002       the amendment, against another
      docgen redline aim-class-b/003 --against filed                 against the sealed copy of what was filed
      docgen redline aim-class-b/003 --against draft.yaml            against an earlier draft of its data
      docgen redline aim-class-b/003 --against returned.docx         against a Word or EDGAR HTML file

    In Word the changes are tracked changes, which Word, LibreOffice and Google Docs accept and reject; PDF
    and EDGAR HTML underline and strike through, under a summary of the changes; txt, only when it is
    named, puts EDGAR's <R> tags around what changed. Accepting every change gives the new document and
    rejecting every one the old: each file (text has the new one only) is read back before it is saved.
    """
    from docgen import produce
    from docgen.cli.looking import day
    from docgen.cli.making import formats as formats_of
    from docgen.files import atomic
    from docgen.redline import baseline, making
    from docgen.workspace.select import buildable, select

    wanted = formats_of(formats, making.FORMATS)
    workspace = checked(root)
    (paper,) = _one_amendment(buildable(select(workspace, [what])), what)
    kind = document or _usual(paper.documents(), "amendment" if against else "schedule")
    since = day(on) or paper.amendment.day
    reviser = (_author(author), f"{since}T00:00:00Z" if since else "")
    made = making.redline(paper, kind, baseline.against(workspace, paper, against, kind))
    if not made.marked.is_redline:
        saying.say(f"Nothing changed: the {kind} says the same.")
        return
    data = making.files(made, wanted, produce.layout(paper), reviser)
    named = {f"{paper.name}/{name}": content for name, content in data.items()}
    saying.written(atomic.save(root / produce.BUILD, named), root)


@click.command()
@click.argument("plan", metavar="PLAN")
@FILE
@click.option("--on", metavar="DATE", help="The schedule in force on this day, YYYY-MM-DD (else the newest).")
@SCHEDULE
@WORKSPACE
@answering
def export(plan: str, file: Path, on: str | None, schedule: str | None, root: Path) -> None:
    """Write the schedule in force as an Excel or CSV file, to edit there.

    \b
      docgen export aim-class-b fees.xlsx
      docgen export aim-class-b --on 2003-12-31 fees.csv

    Rates are numbers shown as percent with the digits that were typed, a group is a row over its own rows, and
    the heads stay in sight. docgen import reads the edited file back. A file that is there is never
    written over.
    """
    from docgen.cli.looking import day
    from docgen.files import atomic
    from docgen.sheets import edited

    suffix = _suffix(file)
    if file.exists():
        raise UsageProblem(one(Where(str(file)), "is there already", "name another file, or take it away"))
    found, basis, schedules = _in_force(root, plan, day(on), schedule, suffix)
    data = edited.written(suffix, schedules, found.facts.title, basis)
    (written,) = atomic.save(file.parent, {file.name: data})
    saying.say(f"{os.path.relpath(written)}: {', '.join(s.name for s in schedules)} as it stands by {basis}")


@click.command("import")
@FILE
@click.option("--plan", metavar="PLAN", required=True, help="The plan whose schedule it is.")
@SCHEDULE
@click.option("--rename", "renamed", metavar='"OLD=NEW"', multiple=True, help="A row that has another name now.")
@click.option("--new", metavar='"NAME"', multiple=True, help="A row that is new, and no other's new name.")
@click.option("--write", is_flag=True, help="Write the next amendment's file with these changes.")
@WORKSPACE
@answering
def import_(
    file: Path, plan: str, schedule: str | None, renamed: Sequence[str], new: Sequence[str], write: bool, root: Path
) -> None:
    """Read an edited Excel or CSV file, and say what it changes.

    \b
      docgen import fees.xlsx --plan aim-class-b
      docgen import fees.xlsx --plan aim-class-b --rename "INVESCO Energy Fund=AIM Energy Fund" --write

    Nothing is written without --write; with it, the next amendment is drafted with exactly these changes.
    Whether a name is new or another's new name is asked, never guessed. Columns are found by their
    heads, wherever they stand; what cannot be read for certain is refused with its cell.
    """
    from docgen import differences, drafts
    from docgen.differences import ScheduleChanges
    from docgen.sheets import edited

    suffix = _suffix(file)
    found, basis, schedules = _in_force(root, plan, None, schedule, suffix)
    grids = edited.tables(str(file), _content(file), schedules, basis)
    answers = edited.answers(renamed, new, schedules)
    read = edited.edited(grids, schedules, answers)
    while is_a_person_there() and (doubt := next((d for one in read for d in one.doubts), None)):
        answers = edited.with_answer(answers, doubt, _asked(doubt))
        read = edited.edited(grids, schedules, answers)
    if problems := [_doubtful(file, doubt) for one in read for doubt in one.doubts]:
        raise DataProblem(problems)
    told = [ScheduleChanges(one.schedule, one.steps) for one in read if one.steps]
    click.echo(differences.as_text(told), nl=False)
    if told and write:
        _refuse_a_draft(found)
        path = drafts.write(root, found, [step for one in read for step in one.steps])
        saying.say(os.path.relpath(path))
        saying.say("Fill in the dates, take draft: true out, and run: docgen check", bold=True)
    elif told:
        saying.say("Nothing was written. To draft the next amendment with this: add --write", bold=True)


def _one_amendment(papers: Sequence[Any], what: str) -> Sequence[Any]:
    if len(papers) != 1 or "/" not in what.strip("/").removeprefix("schedules/"):
        raise UsageProblem(one(Where(what), "names no single amendment", "write PLAN/AMENDMENT"))
    return papers


def _usual(there: Sequence[str], wanted: str) -> str:
    """The document that is meant when none is named; of a kind that has only one, that one."""
    return wanted if wanted in there or not there else there[0]


def _author(name: str) -> str:
    from pydantic_core import PydanticCustomError

    from docgen.model import values

    try:
        if name.strip():
            return values.tidy(name.strip())
    except PydanticCustomError as error:
        raise UsageProblem(one(Where("--author"), error.message(), "write a name in letters that print")) from None
    raise UsageProblem(one(Where("--author"), "is empty", "write a name"))


def is_a_person_there() -> bool:
    """Whether questions can be asked."""
    return sys.stdin.isatty()


def _suffix(file: Path) -> str:
    from docgen.sheets.edited import SUFFIXES

    suffix = file.suffix.lower()
    if suffix not in SUFFIXES:
        remedy = (
            "save it in Excel as .xlsx" if suffix in (".xls", ".xlsm", ".xlsb", ".ods") else "name it .xlsx or .csv"
        )
        raise UsageProblem(one(Where(str(file)), "is no .xlsx or .csv file", remedy))
    return suffix


def _content(file: Path) -> bytes:
    """The file's bytes."""
    try:
        if file.stat().st_size > MOST_BYTES:
            raise DataProblem(
                one(Where(str(file)), f"is longer than {MOST_BYTES:,} bytes", "a schedule takes far less")
            )
        return file.read_bytes()
    except OSError as error:
        raise UsageProblem(one(Where(str(file)), f"cannot be read: {error.strerror}")) from None


def _in_force(root: Path, plan: str, on: Any, named: str | None, suffix: str) -> tuple[Any, str, list[Any]]:
    """The plan, the amendment in force as `plan/id`, and the schedules that are meant."""
    found = ready(root, [plan]).plans[0]
    amendment = found.in_force(on)
    if amendment is None:
        raise UsageProblem(
            one(Where(plan), "no schedule is in force", "take draft: true out of its amendment, or name a later day")
        )
    schedules = list(found.schedules_on(on))
    names = [schedule.name for schedule in schedules]
    if named is not None and named not in names:
        raise UsageProblem(
            one(Where("--schedule"), f'{found.id} has no schedule "{named}"', did_you_mean(named, names))
        )
    if named is None and suffix == ".csv" and len(names) > 1:
        remedy = "say which with --schedule: " + ", ".join(names)
        raise UsageProblem(one(Where(found.id), "has several schedules, and a CSV file takes one", remedy))
    chosen = [schedule for schedule in schedules if named in (None, schedule.name)]
    basis = f"{found.id}/{amendment.id}" + (f"@{on}" if schedules != list(amendment.after) else "")
    return found, basis, chosen


def _asked(doubt: Any) -> str:
    """The old name that a person picks, or empty for a new thing."""
    saying.say(f'"{doubt.new}" was not there before. What is it?', bold=True)
    for number, name in enumerate(doubt.old, start=1):
        saying.say(f"  {number}  the new name of {name}")
    saying.say("  0  new")
    picked: int = click.prompt("Number", type=click.IntRange(0, len(doubt.old)))
    return str(doubt.old[picked - 1]) if picked else ""


def _doubtful(file: Path, doubt: Any) -> Problem:
    shown = " or ".join(f'"{name}"' for name in doubt.old[:3]) + (
        f" or {count(len(doubt.old) - 3, 'other')}" if len(doubt.old) > 3 else ""
    )
    remedy = f'say which: --rename "{doubt.old[0]}={doubt.new}" or --new "{doubt.new}"'
    return Problem(Where(str(file)), f'"{doubt.new}" is new, or the new name of {shown}', remedy)


def _refuse_a_draft(plan: Any) -> None:
    if plan.amendments[-1].facts.draft:
        where = Where(plan.amendments[-1].source.file)
        raise UsageProblem(
            one(where, "is a draft that stands in the way", "finish it, or take it away, and import again")
        )
