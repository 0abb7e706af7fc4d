"""One build as a person sees it: what is out of date, how far the work is, what came of it."""

from __future__ import annotations

import functools
import itertools
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from docgen import manifest, memory, pool, staleness
from docgen.cli import common, saying
from docgen.problems import DocgenError, count, errors, in_order
from docgen.staleness import Request

if TYPE_CHECKING:
    from docgen.pool import Worker
    from docgen.rebuild import Maker, Outcome


@dataclass(frozen=True)
class How:
    """How to build: where and in how many processes, all of it or what is out of date, saying why or not."""

    jobs: int = 0  # 0: as many as there are cores
    force: bool = False
    explain: bool = False
    cluster: str = ""  # the scheduler whose workers make the papers


def once(root: Path, names: Sequence[str], formats: Sequence[str], how: How) -> int:
    """Builds what is out of date and says so; gives the exit code."""
    request = Request(tuple(names), tuple(formats), staleness.state(root), how.force)
    last = manifest.read(root / "build")
    complete = staleness.nothing_changed(root / "build", last, request)
    if complete is None:
        return _built(root, request, how)
    warnings = [warning for name in complete.papers for warning in last.papers[name].warnings]
    saying.problems(in_order([*complete.warnings, *warnings]), root)
    for name in complete.papers if how.explain else ():
        saying.say(f"{name}: current")
    _nothing_to_do(len(complete.papers))
    return 0


def _nothing_to_do(papers: int) -> None:
    saying.say(f"Nothing to do: {count(papers, 'amendment')} up to date.", bold=True)


def _built(root: Path, request: Request, how: How) -> int:
    jobs = 1 if how.cluster else how.jobs or pool.cores()
    with pool.early_workers(jobs, request.formats) as workers:
        with memory.garbage_left():
            from docgen import rebuild, sealing  # the workers load the same meanwhile
            from docgen.workspace.select import buildable

            checked = sealing.with_seals(common.chosen(root, request.names))
        buildable(checked)
        saying.problems(checked.problems, root)
        outcome = rebuild.run(root, request, checked, _maker(how.cluster, jobs, workers), saying.progress)
    return _told(root, outcome, how)


def _maker(cluster: str, jobs: int, workers: Sequence[Worker]) -> Maker:
    """Who makes the papers: the workers of a cluster, or processes of this machine."""
    if cluster:
        from docgen import cluster as elsewhere

        return functools.partial(elsewhere.make, address=cluster)
    return functools.partial(pool.make, jobs=jobs, workers=workers)


def _told(root: Path, outcome: Outcome, how: How) -> int:
    """Says what came of it; gives the exit code."""
    for status in outcome.statuses if how.explain else ():
        saying.say(f"{status.paper.name}: {status.reason or 'current'}")
    for path in outcome.removed:
        saying.say(f"{os.path.relpath(path)} taken away")
    saying.written(outcome.written, root, outcome.current)
    saying.problems(outcome.problems, root)
    if errors(outcome.problems):
        kept = f"{count(len(outcome.written), 'file')} written; the amendments named above keep their old files."
        saying.total(outcome.problems, kept)
        return 1
    if not outcome.written and not outcome.removed:
        _nothing_to_do(outcome.current)
    return 0


def watching(root: Path, what: Sequence[str], formats: Sequence[str], how: How) -> None:
    """Builds, and again whenever something was saved, until Ctrl-C; whatever is wrong is said and waited out."""
    from docgen.files import watch

    before = ""
    for _ in itertools.chain([None], watch.changes(root)):
        try:
            now = staleness.state(root)
            if now == before:
                continue
            before = now
            once(root, what, formats, how)
        except DocgenError as error:
            saying.problems(error.problems, root)
            saying.total(error.problems, "Nothing was written.")
        except Exception as error:  # a fault of docgen's own must not end the watch
            saying.say(f"docgen cannot go on here: {type(error).__name__}: {error}", True, fg="red")
        how = replace(how, force=False)
        saying.say("Watching schedules/ and templates/; Ctrl-C ends it.")
