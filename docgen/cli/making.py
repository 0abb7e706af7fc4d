"""Commands that check and make the papers: check, build."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from docgen.cli import building, saying
from docgen.cli.common import JSON, WHAT, WHAT_OR_FILE, WORKSPACE, answering, chosen, is_file, read
from docgen.problems import Problem, UsageProblem, Where, as_json, count, errors, in_order, one

FORMATS = ("txt", "htm", "pdf", "docx")


@click.command()
@WHAT_OR_FILE
@JSON
@WORKSPACE
@answering
def check(what: tuple[str, ...], json_: bool, root: Path) -> None:
    """Find every problem in the data and the templates, or in files to be filed; nothing is written.

    \b
      docgen check                          every plan
      docgen check aim-class-b/002          one amendment
      docgen check ex99-m2d.htm draft.pdf   files, whoever made them, against EDGAR's rules

    Each problem names the file, the line and the value, and says what to type instead. A warning in
    brackets, such as [fee-limit], can be let stand: add accept: [{check: fee-limit, why: ..., by: ...}]
    to the amendment. [A4] and the like are EDGAR's rules; docgen explain A4 says more. Of an amendment
    the text and the HTML are held against them; the PDF, and what print.css says, when it is made.
    """
    files = [named for named in what if is_file(named)]
    plans = [named for named in what if not is_file(named)]
    problems, checked = _in_files(files), [count(len(files), "file")] if files else []
    if plans or not files:
        found, papers = _in_plans(root, plans)
        problems += found
        checked.append(count(papers, "amendment"))
    problems = list(in_order(problems))
    if json_:
        click.echo(as_json(problems))
    else:
        saying.problems(problems, root)
        saying.total(problems, f"{' and '.join(checked)} checked.")
    sys.exit(1 if errors(problems) else 0)


def _in_plans(root: Path, what: Sequence[str]) -> tuple[list[Problem], int]:
    """Every problem of the plans, and how many amendments they have."""
    from docgen import produce, sealing

    selection = chosen(root, what)
    trees: produce.Trees = {}
    problems = produce.document_problems(selection.papers, trees, hold=not errors(selection.problems))
    return [*sealing.with_seals(selection, trees).problems, *problems], len(selection.papers)


def _in_files(names: Sequence[str]) -> list[Problem]:
    """What EDGAR's rules find in files, which are taken for one submission."""
    from docgen.edgar import preflight

    return list(preflight.files({name: read(name) for name in names}))


@click.command()
@WHAT
@click.option("--format", "named", metavar=",".join(FORMATS), default=",".join(FORMATS), help="Only these formats.")
@click.option("--jobs", type=click.IntRange(1), default=None, metavar="N", help="Processes at work (else the cores).")
@click.option("--cluster", metavar="tcp://HOST:PORT", help="On the workers of a Dask scheduler; see the README.")
@click.option("--force", is_flag=True, help="Make everything again, out of date or not.")
@click.option("--explain", is_flag=True, help="Say of each amendment why it is built, or that it is up to date.")
@click.option("--watch", is_flag=True, help="Go on: build again whenever something is saved.")
@WORKSPACE
@answering
def build(
    what: tuple[str, ...],
    named: str,
    jobs: int | None,
    cluster: str | None,
    force: bool,
    explain: bool,
    watch: bool,
    root: Path,
) -> None:
    """Make the documents: all of them, or those of a plan or of one amendment.

    \b
      docgen build                        everything
      docgen build aim-class-b/002        one amendment
      docgen build --format pdf           only the PDFs
      docgen build --watch                again whenever a file is saved

    Only what is out of date is made: where the data, a template, the style sheet, docgen or a library
    has changed, or a file under build/ is not as docgen wrote it. Files of amendments that are no longer
    there are taken away; files that docgen did not make stay.

    The files go to build/PLAN/AMENDMENT/. All of an amendment's files are saved, or, when
    something is wrong, none: what was there before stays.
    """
    if jobs and cluster:
        found = "stands beside --cluster, where the workers are as many as were started"
        raise UsageProblem(one(Where("--jobs"), found, "name one of the two"))
    how = building.How(jobs or 0, force, explain, cluster or "")
    if watch:
        building.watching(root, what, formats(named), how)
    sys.exit(building.once(root, what, formats(named), how))


def formats(named: str, known: Sequence[str] = FORMATS) -> list[str]:
    """The formats that `--format` names; UsageProblem for one that is not known."""
    wanted = list(dict.fromkeys(part.strip().lower().removeprefix(".") for part in named.split(",") if part.strip()))
    unknown = [name for name in wanted if name not in known]
    if unknown or not wanted:
        found = f'there is no format "{unknown[0]}"' if unknown else "no format is named"
        raise UsageProblem(one(Where("--format"), found, "known: " + ", ".join(known)))
    return wanted
