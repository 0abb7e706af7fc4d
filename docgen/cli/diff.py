"""docgen diff: what changed from one moment to another, as sentences or as papers."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from docgen.build import memory
from docgen.cli import terminal
from docgen.cli.options import (
    JSON,
    SCHEDULES,
    WORKSPACE,
    answering,
    as_one,
    checked,
    day,
    file_content,
    refuse_options,
    writing,
)
from docgen.problems import Problem

if TYPE_CHECKING:
    from docgen.build.pool import Worker
    from docgen.workspace.load import Workspace
    from docgen.workspace.points_in_time import Between
    from docgen.workspace.select import Selection

KINDS = ["table", "memo", "resolutions", "certificate"]  # of board papers


@dataclass(frozen=True)
class DiffOptions:
    """The two moments, and the paper that is wanted of what changed between them."""

    old: str
    new: str
    form: str | None
    plan: str | None
    json_: bool
    root: Path


@click.command()
@click.argument("old", metavar="A")
@click.argument("new", metavar="B")
@click.option("--format", "form", type=click.Choice(KINDS), help="A paper of it, in Word and PDF.")
@click.option("--plan", metavar="PLAN", help="The plan that the files are of, where both lie elsewhere.")
@JSON
@WORKSPACE
@answering
@writing("form")
@as_one(DiffOptions)
def diff(options: DiffOptions) -> None:
    """Say what changed from A to B.

    A and B are PLAN/AMENDMENT, PLAN@DATE for the schedule in force that day, or an amendment's YAML file
    that lies elsewhere, such as a colleague's copy. @DATE alone is that day in all plans.

    \b
      docgen diff aim-class-b/002 aim-class-b/003
      docgen diff aim-class-b@2003-11-03 aim-class-b@2004-12-31
      docgen diff @2003-11-03 @2004-12-31                            every plan
      docgen diff aim-class-b/003 ~/Downloads/003.yaml
      docgen diff aim-class-b/002 aim-class-b/003 --format table     the whole schedule, as is beside as amended
      docgen diff aim-class-b/002 aim-class-b/003 --format memo      what changes, for the board, with the approvals

    resolutions are those that the board would adopt, with the votes that Rule 12b-1(b) asks for and of which
    holders; certificate is the secretary's, of the votes that docgen approve has recorded, blank where none is.
    """
    from docgen.build import pool
    from docgen.reports import differences
    from docgen.workspace.points_in_time import between, plan_part
    from docgen.workspace.select import buildable, select

    old, new, form, plan, root = options.old, options.new, options.form, options.plan, options.root
    refuse_options(form is not None and options.json_, "--format writes papers; --json prints the changes")
    if "@" in (old[:1], new[:1]):
        refuse_options(bool(form or plan), "a paper is of one plan: write PLAN@DATE for both")
        _in_all_plans(root, old, new, options.json_)
        return
    files = {name: file_content(name) for name in (old, new) if _lies_elsewhere(root, name)}
    inside = [plan_part(name) for name in (old, new) if name not in files]
    names = inside or ([plan] if plan else [])
    with pool.early_workers(pool.cores() if form else 1, ("pdf",), 1) as workers:
        workspace = checked(root, names)
        refuse_options(bool(plan and inside), "--plan says whose the files are, where both lie elsewhere")
        selection = select(workspace, names)
        buildable(selection)
        points = between(selection, old, new, files, plan)
        if form is None:
            every = differences.between(points)
            click.echo(differences.as_json(every) if options.json_ else differences.as_text(every), nl=False)
            return
        papers, blanks = _board_papers(selection, points, form, workers)
    terminal.saved(_saved(options, workspace, points, list(files), papers), root)
    terminal.problems(blanks, root)


def _saved(
    options: DiffOptions, workspace: Workspace, points: Between, files: list[str], papers: Mapping[str, bytes]
) -> Sequence[Path]:
    """Saves the files of a board paper, with a record of what they were made from, and gives their paths."""
    from docgen.build import working_papers

    working = working_papers.record(options.root, workspace, _command(options), [points.new.plan.id], files)
    return working_papers.save(options.root, next(iter(papers)).rpartition(".")[0], working, papers)


def _command(options: DiffOptions) -> str:
    """The command as a person would type it."""
    words = ["docgen", "diff", options.old, options.new, "--format", options.form or ""]
    return shlex.join([*words, *(["--plan", options.plan] if options.plan else [])])


def _board_papers(
    selection: Selection, points: Between, form: str, workers: Sequence[Worker]
) -> tuple[Mapping[str, bytes], list[Problem]]:
    """The files of a board paper, and what is blank in it."""
    with memory.without_collection():
        from docgen.reports import board_papers, memo
        from docgen.reports.comparison import matter

        paper = next(paper for paper in selection.papers if paper.plan.id == points.new.plan.id)
        subject = matter(points, paper)
        return board_papers.files(subject, form, workers), list(memo.blanks(subject) if form == "memo" else ())


def _in_all_plans(root: Path, old: str, new: str, json_: bool) -> None:
    """Prints what changed in every plan from one day to another."""
    from docgen.reports import all_differences
    from docgen.workspace.select import buildable, select

    refuse_options(old[:1] != new[:1], "write @DATE for both, or PLAN@DATE")
    days = [day(text.removeprefix("@"), text) for text in (old, new)]
    workspace = checked(root)
    buildable(select(workspace))
    first, second = (moment for moment in days if moment)
    refuse_options(first > second, "write the earlier day first")
    results = all_differences.between(workspace.plans, first, second)
    text = all_differences.as_json(results) if json_ else all_differences.as_text(results, first, second)
    click.echo(text, nl=False)


def _lies_elsewhere(root: Path, name: str) -> bool:
    """Whether a person named a YAML file that is none of the workspace's."""
    path = Path(name)
    inside = path.resolve().is_relative_to((root / SCHEDULES).resolve())
    return path.suffix in (".yaml", ".yml") and path.is_file() and not inside
