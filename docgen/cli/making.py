"""Commands that check and make the papers: check, build."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from docgen.cli import saying
from docgen.cli.common import JSON, WHAT, WORKSPACE, answering
from docgen.problems import DocgenError, Problem, UsageProblem, Where, as_json, count, errors, in_order, one

FORMATS = ("txt", "htm", "pdf", "docx")


@click.command()
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


@click.command()
@WHAT
@click.option("--format", "named", metavar=",".join(FORMATS), default=",".join(FORMATS), help="Only these formats.")
@WORKSPACE
@answering
def build(what: tuple[str, ...], named: str, root: Path) -> None:
    """Make the documents: all of them, or those of a plan or of one amendment.

    \b
      docgen build                        everything
      docgen build aim-class-b/002        one amendment
      docgen build --format pdf           only the PDFs

    The files go to build/PLAN/AMENDMENT/. All of an amendment's files are saved, or, when
    something is wrong, none: what was there before stays.
    """
    from docgen import build as walk

    wanted = formats(named)
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


def formats(named: str, known: Sequence[str] = FORMATS) -> list[str]:
    """The formats that `--format` names; UsageProblem for one that is not known."""
    wanted = list(dict.fromkeys(part.strip().lower().removeprefix(".") for part in named.split(",") if part.strip()))
    unknown = [name for name in wanted if name not in known]
    if unknown or not wanted:
        found = f'there is no format "{unknown[0]}"' if unknown else "no format is named"
        raise UsageProblem(one(Where("--format"), found, "known: " + ", ".join(known)))
    return wanted
