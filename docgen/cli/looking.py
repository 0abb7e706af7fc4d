"""Commands that answer from the data: show, history, diff."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from docgen.cli import saying
from docgen.cli.common import JSON, SCHEDULES, WORKSPACE, answering, read, ready
from docgen.problems import UsageProblem, Where, did_you_mean, one


@click.command()
@click.argument("what", metavar="PLAN | PLAN/AMENDMENT")
@click.option("--on", metavar="DATE", help="The schedule in force on this day, YYYY-MM-DD (else the newest).")
@click.option("--step", type=click.Choice(["facts", "markup", "tree"]), help="Print a step of one amendment's walk.")
@click.option("--document", type=click.Choice(["amendment", "schedule"]), default="amendment", help="Whose step.")
@JSON
@WORKSPACE
@answering
def show(what: str, on: str | None, step: str | None, document: str, json_: bool, root: Path) -> None:
    """Show the schedule in force, or a step on the way from data to document.

    \b
      docgen show aim-class-b                      the newest schedule
      docgen show aim-class-b --on 2003-12-31      the schedule of that day
      docgen show aim-class-b/002 --step markup    what the template wrote
    """
    from docgen import shown

    wanted = day(on)
    paper = _chosen(ready(root, [what]).papers, what, wanted)
    if step is None:
        _refuse_options(document != "amendment", "--document goes with --step markup or --step tree")
        schedules = paper.plan.schedules_on(wanted) if wanted else paper.amendment.after
        click.echo((shown.as_json if json_ else shown.as_text)(paper.plan, paper.amendment, wanted, schedules))
        return
    _refuse_options(json_ or "/" not in what.strip("/"), "--step takes PLAN/AMENDMENT and no --json")
    click.echo(_step(paper, step, document), nl=False)


def _step(paper: Any, step: str, document: str) -> str:
    from docgen import produce, shown
    from docgen.document import render, tree

    if step == "facts":
        return shown.facts(paper.plan, paper.amendment)
    if step == "markup":
        return render.markup_of(paper.plan, paper.amendment, document, paper.folders)
    return tree.outline(produce.document(paper, document))


def _chosen(papers: Sequence[Any], what: str, day: datetime.date | None) -> Any:
    """The paper that was named, or the one in force on the day."""
    from docgen.workspace.select import ids

    named = bool(ids(what)[1])
    in_force = papers[0].plan.in_force(day) if papers else None
    chosen = list(papers) if named and not day else [p for p in papers if p.amendment is in_force]
    if not chosen:
        found = f"no schedule is in force on {day}" if day else "no schedule is in force"
        raise UsageProblem(one(Where(what), found, "name a later day" if day else "name a draft as PLAN/AMENDMENT"))
    return chosen[0]


def day(text: str | None) -> datetime.date | None:
    """The day that `--on` says; UsageProblem when it is none."""
    if text is None:
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise UsageProblem(one(Where("--on"), f"{text} is no date", "write YYYY-MM-DD")) from None


def _refuse_options(wrong: bool, remedy: str) -> None:
    if wrong:
        raise UsageProblem(one(Where("docgen"), "these options do not go together", remedy))


@click.command()
@click.argument("name", metavar="NAME")
@JSON
@WORKSPACE
@answering
def history(name: str, json_: bool, root: Path) -> None:
    """Follow a fund or a registrant through every plan: its names, its moves, its fees.

    NAME is any name that it has had. What happened is told in order, each with its day and amendment;
    drafts are left out.

    \b
      docgen history "INVESCO Energy Fund"
      docgen history "AIM Sector Funds"
    """
    from docgen import shown
    from docgen.consolidation import history as histories

    plans = ready(root).plans
    lives = [life for plan in plans for life in (*histories.lives(plan), *histories.without_effect(plan))]
    found = histories.called(lives, name)
    if not found:
        known = sorted({known for life in lives for known in life.names})
        raise UsageProblem(one(Where(name), "no plan has had this name", did_you_mean(name, known)))
    click.echo((shown.history_as_json if json_ else shown.history_as_text)(found), nl=False)


@click.command()
@click.argument("old", metavar="A")
@click.argument("new", metavar="B")
@click.option("--format", "form", type=click.Choice(["table", "memo"]), help="A paper of it, in Word and PDF.")
@click.option("--plan", metavar="PLAN", help="The plan that the files are of, where both lie elsewhere.")
@JSON
@WORKSPACE
@answering
def diff(old: str, new: str, form: str | None, plan: str | None, json_: bool, root: Path) -> None:
    """Say what changed from A to B.

    A and B are PLAN/AMENDMENT, PLAN@DATE for the schedule in force that day, or an amendment's YAML file
    that lies elsewhere, such as a colleague's copy.

    \b
      docgen diff aim-class-b/002 aim-class-b/003
      docgen diff aim-class-b@2003-11-03 aim-class-b@2004-12-31
      docgen diff aim-class-b/003 ~/Downloads/003.yaml
      docgen diff aim-class-b/002 aim-class-b/003 --format table     as is and as amended, side by side
      docgen diff aim-class-b/002 aim-class-b/003 --format memo      one page for the board, with the approvals
    """
    from docgen import differences, produce
    from docgen.files import atomic
    from docgen.workspace.points_in_time import between, plan_part

    _refuse_options(form is not None and json_, "--format writes papers; --json prints the changes")
    files = {what: read(what) for what in (old, new) if _lies_elsewhere(root, what)}
    inside = [plan_part(what) for what in (old, new) if what not in files]
    selection = ready(root, inside or ([plan] if plan else []))
    points = between(selection, old, new, files, plan)
    if form is None:
        changes = differences.between(points)
        click.echo(differences.as_json(changes) if json_ else differences.as_text(changes), nl=False)
        return
    from docgen.board import making
    from docgen.board.matter import matter

    paper = next(paper for paper in selection.papers if paper.plan.id == points.new.plan.id)
    saying.written(atomic.save(root / produce.BUILD, making.files(matter(points, paper), form)), root)


def _lies_elsewhere(root: Path, what: str) -> bool:
    """Whether a person named a YAML file that is none of the workspace's."""
    path = Path(what)
    inside = path.resolve().is_relative_to((root / SCHEDULES).resolve())
    return path.suffix in (".yaml", ".yml") and path.is_file() and not inside
