"""One build as a person sees it: what is out of date, how far the work is, what came of it."""

from __future__ import annotations

import functools
import itertools
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from docgen import memory, pool, records
from docgen.cli import saying
from docgen.problems import DocgenError, count, errors, in_order

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


def once(root: Path, what: Sequence[str], formats: Sequence[str], how: How) -> int:
    """Builds what is out of date and says so; gives the exit code."""
    state = records.state(root)
    last = None if how.force else records.untouched(root / "build", what, formats, state)
    if last is None:
        return _built(root, what, formats, how, state)
    known = records.papers(root / "build")
    found = [*last.warnings, *(warning for name in last.papers for warning in known[name].warnings)]
    saying.problems(in_order(found), root)
    for name in last.papers if how.explain else ():
        saying.say(f"{name}: current")
    _nothing_to_do(len(last.papers))
    return 0


def _nothing_to_do(papers: int) -> None:
    saying.say(f"Nothing to do: {count(papers, 'amendment')} up to date.", bold=True)


def _built(root: Path, what: Sequence[str], formats: Sequence[str], how: How, state: str) -> int:
    jobs = 1 if how.cluster else how.jobs or pool.cores()
    with pool.early_workers(jobs, formats) as workers:
        with memory.garbage_left():
            from docgen import build, rebuild, sealing  # the workers load the same meanwhile

            checked = sealing.with_seals(build.check(root, what))
        build.buildable(checked)
        saying.problems(checked.problems, root)
        asked = rebuild.Asked(tuple(what), tuple(formats), state, how.force)
        came = rebuild.run(root, asked, checked, _maker(how.cluster, jobs, workers), saying.progress)
    return _told(root, came, how)


def _maker(cluster: str, jobs: int, workers: Sequence[Worker]) -> Maker:
    """Who makes the papers: the workers of a cluster, or processes of this machine."""
    if cluster:
        from docgen import cluster as elsewhere

        return functools.partial(elsewhere.make, address=cluster)
    return functools.partial(pool.make, jobs=jobs, workers=workers)


def _told(root: Path, came: Outcome, how: How) -> int:
    """Says what came of it; gives the exit code."""
    for standing in came.standings if how.explain else ():
        saying.say(f"{standing.paper.name}: {standing.why or 'current'}")
    for path in came.removed:
        saying.say(f"{os.path.relpath(path)} taken away")
    saying.written(came.written, root, came.current)
    saying.problems(came.problems, root)
    if errors(came.problems):
        kept = f"{count(len(came.written), 'file')} written; the amendments named above keep their old files."
        saying.total(came.problems, kept)
        return 1
    if not came.written and not came.removed:
        _nothing_to_do(came.current)
    return 0


def watching(root: Path, what: Sequence[str], formats: Sequence[str], how: How) -> None:
    """Builds, and again whenever something was saved, until Ctrl-C; whatever is wrong is said and waited out."""
    from docgen import watch

    before = ""
    for _ in itertools.chain([None], watch.changes(root)):
        try:
            now = records.state(root)
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
