"""docgen redline: what an amendment changes, marked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from docgen.cli import options, terminal
from docgen.cli.options import WORKSPACE, answering, checked, day, writing
from docgen.problems import Problem, UsageProblem, Where


@click.command()
@click.argument("amendment", metavar="PLAN/AMENDMENT")
@click.option("--against", metavar="PLAN/AMENDMENT | filed | FILE", default="", help="What to compare it with.")
@click.option("--reverse", is_flag=True, help="Turn it around: the old is the new, what came is what went.")
@click.option("--document", type=click.Choice(["schedule", "amendment"]), help="Which document of the amendment.")
@click.option("--format", "formats", metavar="docx,pdf,htm,txt", default="docx,pdf,htm", help="Only these formats.")
@click.option("--author", metavar="NAME", default="docgen", help="Who changed it, for Word (docgen unless said).")
@click.option("--date", "on", metavar="DATE", help="When, for Word (else the day in the data).")
@WORKSPACE
@answering
@writing()
def redline(
    amendment: str,
    against: str,
    reverse: bool,
    document: str | None,
    formats: str,
    author: str,
    on: str | None,
    root: Path,
) -> None:
    """Show what an amendment changes: the schedule against the one in force before it.

    \b
      docgen redline aim-class-b/003                                 the schedule, against the one before
      docgen redline aim-class-b/003 --against aim-class-b/002       the amendment, against another
      docgen redline aim-class-b/003 --against filed                 against the sealed copy of what was filed
      docgen redline aim-class-b/003 --against draft.yaml            against an earlier draft of its data
      docgen redline aim-class-b/003 --against returned.docx         what somebody changed in Word or EDGAR HTML

    In Word the changes are tracked changes, which Word, LibreOffice and Google Docs accept and reject; PDF
    and EDGAR HTML underline and strike through, under a summary of the changes; txt, only when it is
    named, puts EDGAR's <R> tags around each line of a paragraph or row that changed. Accepting every change
    gives the new document and rejecting every one the old: each file (text has the new one only) is read back
    before it is saved, and the .proof.json beside them says so.

    The amendment is the new document; but where a file came back it is the old one, so that what they added is
    inserted and what they struck is deleted. --reverse turns either around. A change without a day in Word's
    sense has the amendment's effective day, else its date, else January 1, 1980.
    """
    from docgen.build import produce
    from docgen.files import atomic
    from docgen.redline import baseline, make
    from docgen.workspace.select import buildable, select

    wanted = options.formats(formats, make.FORMATS)
    workspace = checked(root)
    (paper,) = _single(buildable(select(workspace, [amendment])), amendment)
    kind = document or _usual(paper.documents(), "amendment" if against else "schedule")
    reviser = (_author(author), f"{day(on) or make.day(paper)}T00:00:00Z")
    marked_up = make.redline(paper, kind, baseline.against(workspace, paper, against, kind), reverse)
    if not marked_up.marked.is_redline:
        terminal.say(f"Nothing changed: the {kind} says the same.")
        return
    layout = produce.layout(paper)
    data = make.files(marked_up, wanted, layout, reviser)
    proof = {f"{marked_up.name}.proof.json": make.proof_file(marked_up, reviser, layout, data)}
    terminal.saved(atomic.save(root, atomic.under(f"{produce.BUILD}/{paper.name}", {**data, **proof})), root)


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
