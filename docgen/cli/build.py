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

from docgen.build import memory
from docgen.cli import terminal
from docgen.cli.options import FORMATS, NAMES, STRICT, WORKSPACE, answering, as_one, formats, together
from docgen.problems import DataProblem, DocgenError, Problem, UsageProblem, Where, but_notes, count, errors, in_order

if TYPE_CHECKING:
    from docgen.build.pool import Worker
    from docgen.build.run import Maker, Outcome
    from docgen.build.staleness import Request
    from docgen.build.working_papers import Upkeep
    from docgen.workspace.select import Selection


@dataclass(frozen=True)
class BuildOptions:
    """What is built and in which formats, where and in how many processes, all of it or what is out of date."""

    names: tuple[str, ...]
    selected: str
    jobs: int | None  # None: as many as there are cores
    cluster: str | None  # the scheduler whose workers make the PDFs
    config: Path | None  # the file that names the cluster's certificates
    force: bool
    explain: bool
    watch: bool
    strict: bool  # whether warnings count
    root: Path


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
@as_one(BuildOptions)
def build(options: BuildOptions) -> None:
    """Make the documents: all of them, or those of a plan or of one amendment.

    \b
      docgen build                        everything
      docgen build aim-class-b/002        one amendment
      docgen build --format pdf           only the PDFs
      docgen build --watch                again whenever a file is saved

    Only what is out of date is made: where the data, a template, the style sheet, docgen or a library
    has changed, or a file under build/ is not as docgen wrote it. Files of amendments that are no longer
    there are taken away, and so are all redlines, board papers, lists and the like when what they were
    made from has changed, whatever is built, also where errors stop the build, with the command that makes
    them again; files that docgen did not make stay, and those of an older docgen, which left no record of
    such papers, are named. So are packages of what has changed since; they stay, since they may have been sent.

    The files go to build/PLAN/AMENDMENT/. All of an amendment's files are saved, or, when
    something is wrong, none: what was there before stays. Only where text has no room for a
    table or a word are the other formats saved without it.
    """
    if options.jobs and options.cluster:
        fault = "stands beside --cluster, where the workers are as many as were started"
        raise UsageProblem([Problem(Where("--jobs"), fault, "name one of the two")])
    if options.watch:
        watching(options)
    sys.exit(once(options))


def once(options: BuildOptions) -> int:
    """Builds what is out of date and says so; gives the exit code."""
    wanted = tuple(formats(options.selected))
    with terminal.lock(options.root):
        return _once(options, wanted)


def _once(options: BuildOptions, wanted: tuple[str, ...]) -> int:
    from docgen.build import manifest, staleness

    root = options.root
    request = staleness.Request(options.names, wanted, staleness.state(root), options.force, options.strict)
    last = manifest.read(root / "build")
    complete = staleness.nothing_changed(root / "build", last, request)
    if complete is None or options.explain:
        return _built(options, request)
    of_papers = [warning for name in complete.papers for warning in last.papers[name].warnings]
    warnings = in_order([*complete.warnings, *of_papers])
    if options.strict and but_notes(warnings):
        raise DataProblem(warnings)
    terminal.problems(warnings, root)
    _nothing_to_do(len(complete.papers))
    return 0


def _say_unrecorded(root: Path) -> None:
    """Names the working papers of which nobody can say whether they are current."""
    from docgen.build import manifest, staleness

    folder = root / "build"
    for path in staleness.unrecorded(folder, manifest.read(folder)):
        terminal.say(f"{os.path.relpath(path)}: no record of what it was made from; make it again, or delete it")


def _say_packages(options: BuildOptions, checked: Selection) -> None:
    """Names the packages that were made of other data or wording; they stay, since they may be what was sent."""
    from docgen.filing import package

    filed = {paper.name for paper in checked.sealed}
    for (name, registrant), is_current in package.packaged(options.root, checked.papers).items():
        again = f"docgen package {name}{f' --registrant {terminal.quoted(registrant)}' if registrant else ''}"
        said = "current" if is_current else f"its data or wording has changed since; to make it again: {again}"
        if name not in filed and (options.explain or not is_current):
            terminal.say(f"the package of {name}: {said}")


def _nothing_to_do(papers: int) -> None:
    terminal.say(f"Nothing to do: {count(papers, 'amendment')} up to date.", bold=True)


def _built(options: BuildOptions, request: Request) -> int:
    from docgen.build import pool

    root, jobs = options.root, 1 if options.cluster else options.jobs or pool.cores()
    with pool.early_workers(jobs, request.formats) as workers:
        with memory.without_collection():
            from docgen.build import final_papers, run, working_papers
            from docgen.filing import verify  # the workers load the same meanwhile
            from docgen.workspace.select import buildable, select

            workspace = together(root, request.names)
            checked = verify.with_seals(select(workspace, request.names))
        upkeep = working_papers.take_away(root, workspace)
        _say_upkeep(upkeep, options)
        if options.explain and errors(checked.problems):
            _say_stays(root, request, checked)
        buildable(checked)
        problems = [*checked.problems, *final_papers.changed(root, checked.papers).problems]
        if options.strict and but_notes(problems):
            raise DataProblem(problems)
        terminal.problems(problems, root)
        outcome = run.run(root, request, checked, _maker(options, jobs, workers), terminal.progress)
    _say_packages(options, checked)
    return _report(options, outcome, bool(upkeep.removed))


def _say_upkeep(upkeep: Upkeep, options: BuildOptions) -> None:
    """Which working papers are gone, and why; with --explain also which are current."""
    for name, reason in upkeep.reasons.items():
        if options.explain or reason:
            terminal.say(f"{name}: {reason or 'current'}")
    _say_removed(upkeep.removed)


def _say_stays(root: Path, request: Request, checked: Selection) -> None:
    """Which papers stay as they were built before, since errors let none be made."""
    from docgen.build import manifest, run
    from docgen.workspace.select import plans_of

    last, wanted = manifest.read(root / "build"), plans_of(request.names)
    reasons = {status.paper.name: status.reason for status in run.of_papers(root, request, checked.papers, last)}
    readable = {plan.id for plan in checked.plans}
    for plan, name in ((name.partition("/")[0], name) for name in last.papers):
        if reason := reasons.get(
            name, "" if plan in readable or (wanted and plan not in wanted) else f"errors in {plan}"
        ):
            terminal.say(f"{name}: {reason}; its files stay as they were built before")


def _say_removed(paths: Sequence[Path]) -> None:
    for path in paths:
        terminal.say(f"{os.path.relpath(path)} taken away")


def _maker(options: BuildOptions, jobs: int, workers: Sequence[Worker]) -> Maker:
    """Who makes the papers: the workers of a cluster, or processes of this machine."""
    if options.cluster:
        from docgen.build import cluster

        return functools.partial(cluster.make, address=cluster.Address(options.cluster, options.config))
    from docgen.build import pool

    return functools.partial(pool.make, processes=jobs, workers=workers)


def _report(options: BuildOptions, outcome: Outcome, removed: bool) -> int:
    """Says what came of it, where something was taken away before or not; gives the exit code."""
    root = options.root
    for status in outcome.statuses if options.explain else ():
        terminal.say(f"{status.paper.name}: {status.reason or 'current'}")
    _say_removed(outcome.removed)
    _say_unrecorded(root)
    terminal.saved(outcome.saved, root, outcome.current)
    problems = in_order([*outcome.problems, *outcome.too_wide])
    terminal.problems(problems, root)
    if options.strict and but_notes(problems):
        terminal.total(problems, "Nothing was written: with --strict warnings count.")
        return 1
    if errors(problems):
        keep = (
            "the amendments named above keep their old files" if errors(outcome.problems) else "no text as said above"
        )
        terminal.total(problems, f"{count(len(outcome.saved), 'file')} written; {keep}.")
        return 1
    if not (outcome.saved or outcome.removed or removed):
        _nothing_to_do(outcome.current)
    return 0


def watching(options: BuildOptions) -> None:
    """Builds, and again whenever something was saved, until Ctrl-C; whatever is wrong is said and waited out."""
    from docgen.build import staleness
    from docgen.files import watch

    before = ""
    for _ in itertools.chain([None], watch.changes(options.root)):
        try:
            state = staleness.state(options.root)
            if state == before:
                continue
            before = state
            once(options)
        except DocgenError as error:
            terminal.problems(error.problems, options.root)
            terminal.total(error.problems, "Nothing was written.")
        except Exception as error:  # a fault of docgen's own must not end the watch
            terminal.say(f"docgen cannot go on here: {type(error).__name__}: {error}", True, fg="red")
        options = replace(options, force=False)
        terminal.say("Watching schedules/ and templates/; Ctrl-C ends it.")
