"""docgen redline: what an amendment changes, marked."""

from __future__ import annotations

import functools
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from docgen.cli import terminal
from docgen.cli.options import WORKSPACE, answering, as_one, checked, day, formats, writing
from docgen.problems import Problem, UsageProblem, Where

AUTHOR = "docgen"  # whose changes they are in Word, unless a person says


@dataclass(frozen=True)
class RedlineOptions:
    """What is compared with what, which document of it, and how the marks are made."""

    name: str
    against: str
    reverse: bool
    tracked: str
    document: str | None
    formats: str
    author: str
    on: str | None
    root: Path


@click.command()
@click.argument("name", metavar="PLAN/AMENDMENT")
@click.option("--against", metavar="PLAN/AMENDMENT | filed | FILE", default="", help="What to compare it with.")
@click.option("--reverse", is_flag=True, help="Turn it around: the old is the new, what came is what went.")
@click.option(
    "--tracked",
    type=click.Choice(["accepted", "rejected"]),
    default="accepted",
    help="How to read tracked changes of FILE (accepted unless said).",
)
@click.option(
    "--document", type=click.Choice(["schedule", "amendment", "plan"]), help="Which document; plan: the whole plan."
)
@click.option("--format", "formats", metavar="docx,pdf,htm,txt", default="docx,pdf,htm", help="Only these formats.")
@click.option("--author", metavar="NAME", default=AUTHOR, help="Who changed it, for Word (docgen unless said).")
@click.option("--date", "on", metavar="DATE", help="When, for Word (else the day in the data).")
@WORKSPACE
@answering
@writing()
@as_one(RedlineOptions)
def redline(options: RedlineOptions) -> None:
    """Show what an amendment changes: the schedule against the one in force before it.

    \b
      docgen redline aim-class-b/003                                 the schedule, against the one before
      docgen redline aim-class-b/003 --against aim-class-b/002       the amendment, against another
      docgen redline aim-class-b/003 --against filed                 against the sealed copy of what was filed
      docgen redline aim-class-b/003 --against draft.yaml            against an earlier draft of its data
      docgen redline aim-class-b/003 --document plan                 the whole plan, its text too
      docgen redline aim-class-b/003 --against returned.docx         what somebody changed in Word or EDGAR HTML

    In Word the changes are tracked changes, which Word, LibreOffice and Google Docs accept and reject; PDF
    and EDGAR HTML underline and strike through, under a summary of the changes; txt, only when it is named,
    puts EDGAR's <R> tags around each line of a paragraph or row that changed. Accepting every change gives the
    new document and rejecting every one the old: each file (text has the new one only) is read back before it
    is saved, and the .proof.json beside it says so.

    The amendment is the new document, but the old one where a file came back: what they added is inserted, what
    they struck is deleted, in Word under who tracked it there and when. Their tracked changes, comments and the like
    are listed, each with its author and day, and for each difference the line of the data or template that it comes
    from. Word's date is the effective day, else the
    amendment's date, else January 1, 1980.
    """
    from docgen.files import limits
    from docgen.readers.returned import Acceptance
    from docgen.redline import baseline, make
    from docgen.workspace.select import buildable, select

    wanted, against, root = formats(options.formats, make.FORMATS), options.against, options.root
    workspace = checked(root, [options.name, *([against] if against else [])])
    (paper,) = _single(buildable(select(workspace, [options.name])), options.name)
    kind = options.document or _usual(paper.documents(), "amendment" if against else "schedule")
    reviser = (_author(options.author), f"{day(options.on) or make.day(paper)}T00:00:00Z")
    other = baseline.against(workspace, paper, against, kind, Acceptance(options.tracked != "rejected", reviser[0]))
    work = functools.partial(make.redline, paper, kind, other, options.reverse)
    marked_up = limits.of_file(against or paper.name, work, other.words)
    _save(root, workspace, marked_up, Job(paper, _command(paper.name, options), against, wanted, reviser))
    _say_more(marked_up, kind, f"docgen import {shlex.quote(against)} --plan {paper.name}", root)


@dataclass(frozen=True)
class Job:
    """What is to be saved of a redline: of which paper, by which command, in which formats, in whose name and when."""

    paper: Any
    command: str
    against: str
    formats: Sequence[str]
    reviser: tuple[str, str]


def _save(root: Path, workspace: Any, marked_up: Any, job: Job) -> None:
    """Saves the files of a redline, or takes away those of an earlier one where nothing differs any more."""
    from docgen.build import produce, working_papers
    from docgen.files import atomic
    from docgen.redline import baseline, make

    paper = job.paper
    working = working_papers.record(root, workspace, job.command, *baseline.sources(paper, job.against))
    stem = f"{paper.name}/{marked_up.name}"
    earlier = working_papers.current_files(root, stem, working)
    changed = marked_up.marked.is_redline
    files = make.with_proof(marked_up, job.formats, produce.layout(paper), job.reviser, earlier) if changed else {}
    paths = working_papers.save(root, stem, working, atomic.under(paper.name, files))
    if changed:
        terminal.saved(paths, root)


def _say_more(marked_up: Any, kind: str, drafting: str, root: Path) -> None:
    """What a returned file holds besides, and the lines that its differences come from."""
    if not marked_up.marked.is_redline:
        same = f"Nothing changed: the {kind} says the same."
        terminal.say(f"The words of the {kind} are the same, but:" if marked_up.sections else same)
    for heading, sentences in marked_up.sections:
        terminal.say(f"{heading}:", bold=True)
        for sentence in sentences:
            terminal.say(f"  {sentence}")
    if marked_up.origins:
        terminal.say("Where the differences come from:", bold=True)
        terminal.origins(marked_up.origins, root)
        terminal.say(f"To draft what the data can say: {drafting}", bold=True)


def _command(name: str, options: RedlineOptions) -> str:
    """The command as a person would type it, in whatever formats."""
    values = {"--against": options.against, "--document": options.document, "--date": options.on}
    values |= {"--author": options.author, "--tracked": "" if options.tracked == "accepted" else options.tracked}
    words = [word for option, value in values.items() if value and value != AUTHOR for word in (option, value)]
    return shlex.join(["docgen", "redline", name, *words, *(["--reverse"] if options.reverse else [])])


def _single(papers: Sequence[Any], name: str) -> Sequence[Any]:
    if len(papers) != 1 or "/" not in name.strip("/").removeprefix("schedules/"):
        raise UsageProblem([Problem(Where(name), "names no single amendment", "write PLAN/AMENDMENT")])
    return papers


def _usual(documents: Sequence[str], wanted: str) -> str:
    """The document that is meant when none is named; of a kind that has only one, that one."""
    return wanted if wanted in documents or not documents else documents[0]


def _author(name: str) -> str:
    from pydantic_core import PydanticCustomError

    from docgen.model import values

    try:
        if name.strip():
            return values.tidy(name.strip())
    except PydanticCustomError as error:
        raise UsageProblem(
            [Problem(Where("--author"), error.message(), "write a name in letters that print")]
        ) from None
    raise UsageProblem([Problem(Where("--author"), "is empty", "write a name")])
