"""The workspace in memory: read once; after a change on the disk only the plans whose files changed are read again."""

from __future__ import annotations

import datetime
import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from docgen import checks
from docgen.build import inputs, manifest, memory, staleness
from docgen.consolidation.plan_folder import PlanFolder
from docgen.files import watch
from docgen.model import amendment_ids
from docgen.problems import DocgenError, Problem, Where
from docgen.workspace.load import Before, Workspace, load
from docgen.workspace.plan_reading import SCHEDULES, PlanResult
from docgen.workspace.select import Paper, papers_of
from docgen.writers import WRITERS

Stamp = tuple[int, int]  # of a file: when it was saved, in nanoseconds, and its length
Stamps = Mapping[str, Stamp]
Rules = dict[str, tuple[PlanFolder, Sequence[Problem]]]  # by a plan's folder: the plan, and what the rules say of it


@dataclass(frozen=True)
class Snapshot:
    """The workspace as it was read and checked at one moment; no plans, and why, where nothing can be read.

    `results` are its plans as they were read, and `rules` what the rules of one plan say, for the next moment.
    """

    root: Path
    workspace: Workspace | None
    problems: tuple[Problem, ...]
    stamps: Stamps
    results: Mapping[str, PlanResult] = field(default_factory=dict)
    rules: Rules = field(default_factory=dict)

    @property
    def plan_ids(self) -> tuple[str, ...]:
        """The folders of all plans, readable or not."""
        return self.workspace.plan_ids if self.workspace else ()

    def plan(self, plan_id: str) -> PlanFolder | None:
        """A plan, as far as it can be applied."""
        every = (*self.workspace.plans, *self.workspace.partial) if self.workspace else ()
        return next((plan for plan in every if plan.id == plan_id), None)

    @cached_property
    def files(self) -> Mapping[str, Mapping[str, Path]]:
        """The amendments' files, readable or not: by the plan's folder, then by their ids."""
        folders = {name: self.root / SCHEDULES / name for name in self.plan_ids}
        paths = {name: amendment_ids.amendment_files(self.root, folder)[0] for name, folder in folders.items()}
        return {name: {path.stem: path for path in of_plan} for name, of_plan in paths.items()}

    def paper(self, plan_id: str, amendment_id: str) -> Paper | None:
        """One amendment with what its documents need; None where it cannot be applied."""
        plan = self.plan(plan_id)
        papers = papers_of(self.workspace, plan) if plan and self.workspace else []
        return next((paper for paper in papers if paper.amendment.id == amendment_id), None)

    def problems_of(self, file: str) -> tuple[Problem, ...]:
        """What is wrong in one file, by its path from the workspace."""
        return tuple(problem for problem in self.problems if problem.where.file == file)

    @cached_property
    def reasons(self) -> Mapping[str, str]:
        """Why each paper would have to be built, by its name; empty for one whose files are current."""
        plans = self.workspace.plans if self.workspace else ()
        papers = [paper for plan in plans for paper in papers_of(self.workspace, plan)] if self.workspace else []
        build = self.root / "build"
        entries = manifest.read(build).papers
        built = [paper for paper in papers if paper.name in entries]
        origins = {paper.name: origin for paper, origin in zip(built, inputs.origins(built), strict=True)}
        return {
            paper.name: staleness.reason(
                build / paper.name,
                entries.get(paper.name),
                origins.get(paper.name, {}),
                paper.file_names(list(WRITERS)),
            )
            for paper in papers
        }


class LiveWorkspace:
    """Holds the last snapshot, and takes a new one when a file has changed since."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._lock = threading.Lock()
        self._last: Snapshot | None = None

    @property
    def last(self) -> Snapshot | None:
        """The last snapshot, however old; None before the first."""
        return self._last

    def snapshot(self) -> Snapshot:
        """The workspace as it is."""
        with self._lock:
            stamps = dict(stamps_of(self.root))
            last = self._last or Snapshot(self.root, None, (), {})
            if self._last is None or last.stamps != stamps:
                with memory.for_good():
                    self._last = _taken(last, stamps, {})
            return self._last


def with_text(snapshot: Snapshot, file: str, data: bytes) -> Snapshot:
    """The workspace as it would be read with other bytes in one of its amendments' files: all problems included."""
    with memory.without_collection():
        return _taken(snapshot, {**snapshot.stamps, file: (0, len(data))}, {file: data})


def _taken(last: Snapshot, stamps: Stamps, texts: Mapping[str, bytes]) -> Snapshot:
    """A new snapshot, with all of the last one that has not changed."""
    changed = _changed(last, stamps)
    before = Before({name: plan for name, plan in last.results.items() if name not in changed}, last.results, texts)
    rules: Rules = {}

    def of_plan(plan: PlanFolder) -> Sequence[Problem]:
        remembered, problems = last.rules.get(plan.id, (None, ()))
        rules[plan.id] = (plan, problems if remembered == plan else checks.of_plan(plan))
        return rules[plan.id][1]

    try:
        workspace = checks.check(load(last.root, before), datetime.date.today(), of_plan)
    except DocgenError as error:
        return Snapshot(last.root, None, error.problems, stamps)
    except OSError as error:
        fault = f"cannot be read: {error.strerror}"
        problem = Problem(Where(str(error.filename or last.root)), fault, "see that it is there")
        return Snapshot(last.root, None, (problem,), stamps)
    return Snapshot(last.root, workspace, workspace.problems, stamps, before.results, rules)


def _changed(last: Snapshot, stamps: Stamps) -> set[str]:
    """The plans of which a file has changed, and those that restate one of them."""
    names = {name for name in {**last.stamps, **stamps} if last.stamps.get(name) != stamps.get(name)}
    changed = {name.split("/")[1] for name in names if name.startswith(f"{SCHEDULES}/") and name.count("/") > 1}
    while more := {
        name
        for name, result in last.results.items()
        if name not in changed and (result.plan is None or result.plan.facts.restates in changed)
    }:
        changed |= more
    return changed


def stamps_of(root: Path) -> Iterator[tuple[str, Stamp]]:
    """The stamp of each file of the data and the templates, by its path from the workspace; and of what was built."""
    for name in watch.WATCHED:
        for folder, _, files in os.walk(root / name):
            for file in files:
                path = Path(folder, file)
                try:
                    status = path.stat()
                except OSError:
                    continue  # it has gone meanwhile, or leads nowhere
                yield path.relative_to(root).as_posix(), (status.st_mtime_ns, status.st_size)
    built = root / "build" / manifest.FILE
    if built.exists():
        yield manifest.FILE, (built.stat().st_mtime_ns, built.stat().st_size)
