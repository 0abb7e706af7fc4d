"""docgen build: makes the documents that are out of date, once or whenever something is saved."""

from __future__ import annotations

import functools
import itertools
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from docgen.build import manifest, memory, pool, staleness
from docgen.build.staleness import Request
from docgen.cli import terminal
from docgen.cli.options import FORMATS, NAMES, STRICT, WORKSPACE, answering, chosen, formats
from docgen.problems import DataProblem, DocgenError, Problem, UsageProblem, Where, count, errors, in_order

if TYPE_CHECKING:
    from docgen.build.pool import Worker
    from docgen.build.run import Maker, Outcome


@click.command()
@NAMES
@click.option("--format", "selected", metavar=",".join(FORMATS), default=",".join(FORMATS), help="Only these formats.")
@click.option("--jobs", type=click.IntRange(1), default=None, metavar="N", help="Processes at work (else the cores).")
@click.option("--cluster", metavar="tls://HOST:PORT", help="PDFs by the workers of a Dask scheduler: docs/cluster.md.")
@click.option("--cluster-config", "config", metavar="FILE", type=click.Path(path_type=Path), help="Its certificates.")
@click.option("--force", is_flag=True, help="Make everything again, out of date or not.")
@click.option("--explain", is_flag=True, help="Say of each amendment why it is built, or that it is up to date.")
@click.option("--watch", is_flag=True, help="Go on: build again whenever something is saved.")
@STRICT
@WORKSPACE
@answering
def build(
    names: tuple[str, ...],
    selected: str,
    jobs: int | None,
    cluster: str | None,
    config: Path | None,
    force: bool,
    explain: bool,
    watch: bool,
    strict: bool,
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
    there are taken away, and so are redlines, memos and comparison tables when what they were made from
    has changed, with the command that makes them again; files that docgen did not make stay.

    The files go to build/PLAN/AMENDMENT/. All of an amendment's files are saved, or, when
    something is wrong, none: what was there before stays. Only where text has no room for a
    table or a word are the other formats saved without it.
    """
    if jobs and cluster:
        fault = "stands beside --cluster, where the workers are as many as were started"
        raise UsageProblem([Problem(Where("--jobs"), fault, "name one of the two")])
    how = How(jobs or 0, force, explain, cluster or "", config, strict)
    if watch:
        watching(root, names, formats(selected), how)
    sys.exit(once(root, names, formats(selected), how))


@dataclass(frozen=True)
class How:
    """How to build: where and in how many processes, all of it or what is out of date, saying why or not."""

    jobs: int = 0  # 0: as many as there are cores
    force: bool = False
    explain: bool = False
    cluster: str = ""  # the scheduler whose workers make the PDFs
    config: Path | None = None  # the file that names the cluster's certificates
    strict: bool = False  # whether warnings count


def once(root: Path, names: Sequence[str], formats: Sequence[str], how: How) -> int:
    """Builds what is out of date and says so; gives the exit code."""
    with terminal.lock(root):
        return _once(root, names, formats, how)


def _once(root: Path, names: Sequence[str], formats: Sequence[str], how: How) -> int:
    request = Request(tuple(names), tuple(formats), staleness.state(root), how.force)
    last = manifest.read(root / "build")
    complete = staleness.nothing_changed(root / "build", last, request)
    if complete is None:
        return _built(root, request, how)
    of_papers = [warning for name in complete.papers for warning in last.papers[name].warnings]
    warnings = in_order([*complete.warnings, *of_papers])
    if how.strict and warnings:
        raise DataProblem(warnings)
    terminal.problems(warnings, root)
    for name in complete.papers if how.explain else ():
        terminal.say(f"{name}: current")
    for name in last.working if how.explain else ():
        terminal.say(f"{name}: current")
    _nothing_to_do(len(complete.papers))
    return 0


def _nothing_to_do(papers: int) -> None:
    terminal.say(f"Nothing to do: {count(papers, 'amendment')} up to date.", bold=True)


def _built(root: Path, request: Request, how: How) -> int:
    jobs = 1 if how.cluster else how.jobs or pool.cores()
    with pool.early_workers(jobs, request.formats) as workers:
        with memory.without_collection():
            from docgen.build import final_papers, run
            from docgen.filing import verify  # the workers load the same meanwhile
            from docgen.workspace.select import buildable

            checked = verify.with_seals(chosen(root, request.names))
        buildable(checked)
        problems = [*checked.problems, *final_papers.changed(root, checked.papers)]
        if how.strict and any(problem.severity != "note" for problem in problems):
            raise DataProblem(problems)
        terminal.problems(problems, root)
        outcome = run.run(root, request, checked, _maker(how, jobs, workers), terminal.progress)
    return _report(root, outcome, how)


def _maker(how: How, jobs: int, workers: Sequence[Worker]) -> Maker:
    """Who makes the papers: the workers of a cluster, or processes of this machine."""
    if how.cluster:
        from docgen.build import cluster

        return functools.partial(cluster.make, address=cluster.Address(how.cluster, how.config))
    return functools.partial(pool.make, processes=jobs, workers=workers)


def _report(root: Path, outcome: Outcome, how: How) -> int:
    """Says what came of it; gives the exit code."""
    for status in outcome.statuses if how.explain else ():
        terminal.say(f"{status.paper.name}: {status.reason or 'current'}")
    for name, reason in outcome.working.items():
        if how.explain or reason:
            terminal.say(f"{name}: {reason or 'current'}")
    for path in outcome.removed:
        terminal.say(f"{os.path.relpath(path)} taken away")
    terminal.saved(outcome.saved, root, outcome.current)
    problems = in_order([*outcome.problems, *outcome.too_wide])
    terminal.problems(problems, root)
    if errors(problems):
        keep = (
            "the amendments named above keep their old files" if errors(outcome.problems) else "no text as said above"
        )
        terminal.total(problems, f"{count(len(outcome.saved), 'file')} written; {keep}.")
        return 1
    if how.strict and outcome.problems:
        terminal.total(outcome.problems, f"{count(len(outcome.saved), 'file')} written, and warnings count: --strict.")
        return 1
    if not outcome.saved and not outcome.removed:
        _nothing_to_do(outcome.current)
    return 0


def watching(root: Path, names: Sequence[str], formats: Sequence[str], how: How) -> None:
    """Builds, and again whenever something was saved, until Ctrl-C; whatever is wrong is said and waited out."""
    from docgen.files import watch

    before = ""
    for _ in itertools.chain([None], watch.changes(root)):
        try:
            state = staleness.state(root)
            if state == before:
                continue
            before = state
            once(root, names, formats, how)
        except DocgenError as error:
            terminal.problems(error.problems, root)
            terminal.total(error.problems, "Nothing was written.")
        except Exception as error:  # a fault of docgen's own must not end the watch
            terminal.say(f"docgen cannot go on here: {type(error).__name__}: {error}", True, fg="red")
        how = replace(how, force=False)
        terminal.say("Watching schedules/ and templates/; Ctrl-C ends it.")
