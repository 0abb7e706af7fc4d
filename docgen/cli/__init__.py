"""The command line: it alone prints and exits."""

from __future__ import annotations

import datetime
import functools
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from docgen import __version__
from docgen.cli import saying
from docgen.problems import (
    DocgenError,
    Problem,
    UsageProblem,
    Where,
    as_json,
    count,
    errors,
    exit_code,
    in_order,
    one,
)

FORMATS = ("txt", "htm", "pdf")
WORKSPACE = click.option(
    "--workspace",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="The folder that holds schedules/ (else the nearest one upward).",
)
JSON = click.option("--json", "json_", is_flag=True, help="Print JSON for other programs.")
WHAT = click.argument("what", nargs=-1, metavar="[PLAN | PLAN/AMENDMENT]...")


class Commands(click.Group):
    """The commands in the order in which a person meets them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, unsorted."""
        return list(self.commands)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="docgen")
def main() -> None:
    """Plan amendments and Schedule A exhibits from data.

    You edit the YAML files under schedules/, docgen makes the papers: EDGAR text, EDGAR HTML and PDF,
    the same words in each, checked and read back before they are saved under build/.

    \b
      docgen init my-plans        a new folder with one worked plan
      docgen check                is the data right?
      docgen build                make every document
      docgen show aim-class-b     the schedule in force

    Exit code: 0 all is well, 1 problems were found, 2 the command was used wrongly.
    """


def answering(command: Callable[..., None]) -> Callable[..., None]:
    """Turns what a command raises into words and an exit code, and finds the workspace for it."""

    @functools.wraps(command)
    def run(*args: Any, **options: Any) -> None:
        root = Path.cwd()
        try:
            if "workspace" in options:
                root = _workspace(options.pop("workspace"))
                options["root"] = root
            command(*args, **options)
        except DocgenError as error:
            saying.problems(error.problems, root)
            saying.total(error.problems, "Nothing was written.")
            sys.exit(exit_code(error))

    return run


def _workspace(named: Path | None) -> Path:
    from docgen.facts import workspace

    if named is not None and not (named / workspace.SCHEDULES).is_dir():
        raise UsageProblem(one(Where(str(named)), "holds no schedules/", "make a workspace with: docgen init DIR"))
    return named.resolve() if named else workspace.find(Path.cwd())


@main.command()
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


@main.command()
@WHAT
@JSON
@WORKSPACE
@answering
def check(what: tuple[str, ...], json_: bool, root: Path) -> None:
    """Find every problem in the data and the templates, without writing anything.

    Each problem names the file, the line and the value, and says what to type instead. A warning in
    brackets, such as [fee-limit], can be let stand: add accept: [{check: fee-limit, why: ..., by: ...}]
    to the amendment. What print.css says is checked when a PDF is made.
    """
    from docgen import build as walk

    checked = walk.check(root, what)
    problems = in_order([*checked.problems, *walk.template_problems(checked.papers)])
    if json_:
        click.echo(as_json(problems))
    else:
        saying.problems(problems, root)
        saying.total(problems, f"{count(len(checked.papers), 'amendment')} checked.")
    sys.exit(1 if errors(problems) else 0)


@main.command()
@WHAT
@click.option("--format", "formats", metavar="txt,htm,pdf", default=",".join(FORMATS), help="Only these formats.")
@WORKSPACE
@answering
def build(what: tuple[str, ...], formats: str, root: Path) -> None:
    """Make the documents: all of them, or those of a plan or of one amendment.

    \b
      docgen build                        everything
      docgen build aim-class-b/002        one amendment
      docgen build --format pdf           only the PDFs

    The files go to build/PLAN/AMENDMENT/. All of an amendment's files are saved, or, when
    something is wrong, none: what was there before stays.
    """
    from docgen import build as walk

    wanted = _formats(formats)
    checked = walk.check(root, what)
    papers = walk.buildable(checked)
    saying.problems(checked.problems, root)
    written: list[Path] = []
    problems: list[Problem] = []
    with saying.progress(papers) as each:
        for paper in each:
            try:
                written += walk.build(root, paper, wanted)
            except DocgenError as error:
                problems += error.problems
    saying.written(written, root)
    if problems:
        saying.problems(in_order(problems), root)
        saying.total(
            problems, f"{count(len(written), 'file')} written; the amendments named above keep their old files."
        )
        sys.exit(1)


def _formats(named: str) -> list[str]:
    wanted = list(dict.fromkeys(part.strip().lower().removeprefix(".") for part in named.split(",") if part.strip()))
    unknown = [name for name in wanted if name not in FORMATS]
    if unknown or not wanted:
        found = f'there is no format "{unknown[0]}"' if unknown else "no format is named"
        raise UsageProblem(one(Where("--format"), found, "known: " + ", ".join(FORMATS)))
    return wanted


@main.command()
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
    from docgen import build as walk
    from docgen import shown

    checked = walk.check(root, [what])
    day = _day(on)
    papers = walk.buildable(checked)
    paper = _chosen(papers, what, day)
    if step is None:
        _refuse_options(document != "amendment", "--document goes with --step markup or --step tree")
        schedules = paper.plan.schedules_on(day) if day else paper.amendment.after
        click.echo((shown.as_json if json_ else shown.as_text)(paper.plan, paper.amendment, day, schedules))
        return
    _refuse_options(json_ or "/" not in what.strip("/"), "--step takes PLAN/AMENDMENT and no --json")
    click.echo(_step(paper, step, document), nl=False)


def _step(paper: Any, step: str, document: str) -> str:
    from docgen import build as walk
    from docgen import shown
    from docgen.document import render, tree

    if step == "facts":
        return shown.facts(paper.plan, paper.amendment)
    if step == "markup":
        return render.markup_of(paper.plan, paper.amendment, document, paper.folders)
    return tree.outline(walk.document(paper, document))


def _chosen(papers: Sequence[Any], what: str, day: datetime.date | None) -> Any:
    """The paper that was named, or the one in force on the day."""
    named = "/" in what.strip("/").removeprefix("schedules/")
    in_force = papers[0].plan.in_force(day) if papers else None
    chosen = list(papers) if named and not day else [p for p in papers if p.amendment is in_force]
    if not chosen:
        found = f"no schedule is in force on {day}" if day else "no schedule is in force"
        raise UsageProblem(one(Where(what), found, "name a later day" if day else "name a draft as PLAN/AMENDMENT"))
    return chosen[0]


def _day(text: str | None) -> datetime.date | None:
    if text is None:
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise UsageProblem(one(Where("--on"), f"{text} is no date", "write YYYY-MM-DD")) from None


def _refuse_options(wrong: bool, remedy: str) -> None:
    if wrong:
        raise UsageProblem(one(Where("docgen show"), "these options do not go together", remedy))


@main.command()
@click.argument("plan", metavar="PLAN")
@WORKSPACE
@answering
def new(plan: str, root: Path) -> None:
    """Write the next amendment's file, ready to edit.

    It has the next number, blanks for the dates, every kind of change as a comment, and the names of
    the schedule in force to pick from. It is a draft until you take the line draft: true out.
    """
    from docgen import build as walk
    from docgen import drafts

    checked = walk.check(root, [plan])
    walk.buildable(checked)
    path = drafts.write(root, checked.plans[0])
    saying.say(os.path.relpath(path))
    saying.say("Fill in the dates, list what changes, and run: docgen check", bold=True)


@main.command()
@click.argument("old", metavar="A")
@click.argument("new", metavar="B")
@JSON
@WORKSPACE
@answering
def diff(old: str, new: str, json_: bool, root: Path) -> None:
    """Say what changed from A to B.

    A and B are PLAN/AMENDMENT, or PLAN@DATE for the schedule in force that day.

    \b
      docgen diff aim-class-b/002 aim-class-b/003
      docgen diff aim-class-b@2003-11-03 aim-class-b@2004-12-31
    """
    from docgen import build as walk
    from docgen import differences

    found = differences.between(*walk.compared(root, old, new))
    click.echo(differences.as_json(found) if json_ else differences.as_text(found), nl=False)


@main.command()
@WORKSPACE
@answering
def schema(root: Path) -> None:
    """Write JSON Schemas, so that an editor completes and checks the YAML.

    They go to build/schema/. The first line of the YAML files that docgen writes points there; editors
    with a YAML language server (VS Code with its YAML extension, for one) then underline mistakes.
    """
    from docgen import save
    from docgen import schema as maker
    from docgen.build import BUILD

    saying.written(save.save(root / BUILD, maker.files()), root)


if __name__ == "__main__":
    main()
