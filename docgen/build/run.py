"""Builds what is out of date: finds it, has it made, saves it as it comes, and remembers what it came from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from docgen.build import inputs, jobs, manifest, staleness
from docgen.build.inputs import Origin
from docgen.build.jobs import Output
from docgen.build.manifest import CompleteBuild, Entry, Manifest
from docgen.build.produce import BUILD
from docgen.build.staleness import Request
from docgen.consolidation.plan_folder import PlanFolder
from docgen.files import atomic, fingerprint
from docgen.problems import DocgenError, Problem, but_notes, errors, gathered, in_order
from docgen.workspace.select import Paper, Selection

Maker = Callable[[Sequence[Paper], Sequence[str]], Iterator[Output]]
Bar = Callable[[Iterable[Output], int], Iterable[Output]]


@dataclass(frozen=True)
class Status:
    """A paper, all that it comes from, and why it has to be made; empty when it is current."""

    paper: Paper
    origin: Origin
    reason: str


@dataclass(frozen=True)
class Outcome:
    """What came of it: files saved and taken away, the status of each paper, and every problem.

    `too_wide` says which files are missing, since their formats have no room for them.
    """

    saved: tuple[Path, ...]
    removed: tuple[Path, ...]
    statuses: tuple[Status, ...]
    problems: tuple[Problem, ...]
    too_wide: tuple[Problem, ...] = ()

    @property
    def current(self) -> int:
        """How many papers did not have to be made."""
        return sum(not status.reason for status in self.statuses)


@dataclass(frozen=True)
class _Progress:
    """A build on its way: the folder, the manifest's papers, and what has come of it so far."""

    root: Path
    papers: dict[str, Entry]
    saved: dict[str, list[Path]] = field(default_factory=dict)
    removed: list[Path] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    too_wide: list[Problem] = field(default_factory=list)


def run(root: Path, request: Request, checked: Selection, maker: Maker, bar: Bar) -> Outcome:
    """Steps 3 to 6 for every paper that is out of date; `bar` shows how far the work is.

    The manifest is saved even when the work breaks off, so that the next build goes on from there. Where warnings
    count, all is made before anything is saved or taken away, and nothing is where there is one.
    """
    last = manifest.read(root / BUILD)
    progress = _Progress(root, dict(last.papers))
    statuses = of_papers(root, request, checked.papers, last)
    due = [status for status in statuses if status.reason]
    progress.problems.extend(_of_current(request, statuses, progress.papers))
    results = bar(maker([status.paper for status in due], request.formats), len(due))
    if request.strict:
        results = list(results)
        in_files = (problem for output in results for problem in (*output.problems, *output.too_wide))
        problems = _gathered([*progress.problems, *in_files])
        if but_notes(problems):
            return Outcome((), (), statuses, problems)
    _remove_deleted(progress, checked.plans, not request.names)
    complete = None
    try:
        _save_each(progress, due, results)
        complete = _complete(progress, request, checked)
    finally:
        with atomic.signals_wait():
            progress.problems.extend(_remember(root, Manifest(progress.papers, complete, last.working)))
    in_turn = tuple(path for status in statuses for path in progress.saved.get(status.paper.name, ()))
    problems = _gathered(progress.problems)
    return Outcome(in_turn, tuple(progress.removed), statuses, problems, in_order(progress.too_wide))


def _gathered(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return in_order(gathered(in_order(problems), BUILD))


def _remember(root: Path, done: Manifest) -> tuple[Problem, ...]:
    """Writes the manifest; what hinders it is a problem of its own, beside files that were written all the same."""
    try:
        manifest.write(root / BUILD, done)
    except DocgenError as error:
        return error.problems
    return ()


def of_papers(root: Path, request: Request, papers: Sequence[Paper], last: Manifest) -> tuple[Status, ...]:
    """Each paper with why it has to be made, by what the manifest has of it."""
    statuses = []
    for paper, origin in zip(papers, inputs.origins(papers), strict=True):
        names = paper.file_names(request.formats)
        reason = staleness.reason(root / BUILD / paper.name, last.papers.get(paper.name), origin, names)
        statuses.append(Status(paper, origin, reason or ("was asked for by --force" if request.force else "")))
    return tuple(statuses)


def _of_current(request: Request, statuses: Iterable[Status], entries: Mapping[str, Entry]) -> Iterator[Problem]:
    """What was said when papers were made that are current now; and where nothing of one was filed in these formats."""
    for paper in (status.paper for status in statuses if not status.reason):
        yield from (*entries[paper.name].warnings, *jobs.without_files(paper, request.formats))


def _complete(progress: _Progress, request: Request, checked: Selection) -> CompleteBuild | None:
    """The build, where it left nothing out of date and nothing has changed meanwhile."""
    folder = progress.root / BUILD
    if (
        errors(progress.problems)
        or progress.too_wide
        or not folder.exists()
        or staleness.state(progress.root) != request.state
    ):
        return None
    papers = tuple(paper.name for paper in checked.papers)
    return CompleteBuild(request.names, request.formats, request.state, papers, checked.problems)


def _save_each(progress: _Progress, due: Sequence[Status], results: Iterable[Output]) -> None:
    """Saves each paper as it comes; forgets what those came from whose templates or tools changed meanwhile."""
    by_name = {status.paper.name: status for status in due}
    finished: list[Status] = []
    try:
        for output in results:
            progress.problems.extend(output.problems)
            progress.too_wide.extend(output.too_wide)
            with atomic.signals_wait():  # what is on the disk is also in the manifest
                if _save(progress, by_name[output.name], output):
                    finished.append(by_name[output.name])
    finally:
        with atomic.signals_wait():
            origins = inputs.origins([status.paper for status in finished])
            for status, origin in zip(finished, origins, strict=True):
                if origin != status.origin:
                    name = status.paper.name
                    progress.papers[name] = replace(progress.papers[name], origin={})


def _save(progress: _Progress, status: Status, output: Output) -> bool:
    """Saves one paper and notes it; gives whether there is something to remember of it."""
    try:
        progress.saved[output.name] = jobs.put(progress.root, output)
    except DocgenError as error:
        progress.problems.extend(error.problems)
        return False
    if not output.files and errors(output.problems):
        return False
    before = progress.papers.get(output.name)
    progress.papers[output.name] = entry = _entry(status, output, before)
    outdated = [f"{output.name}/{file}" for file in (before.files if before else ()) if file not in entry.files]
    progress.removed.extend(atomic.remove(progress.root / BUILD, outdated))
    return True


def _entry(status: Status, output: Output, before: Entry | None) -> Entry:
    """The manifest's entry of a paper that was just made; what was made before from the same stays in it."""
    same = before if before and before.origin == status.origin else None
    current = {name: digest for name, digest in (same.files if same else {}).items() if _is_of(name, status.paper)}
    files = {**current, **{name: fingerprint.digest(data) for name, data in output.files.items()}}
    warnings = {*output.problems, *(same.warnings if same and same.files else ())}
    return Entry(status.origin, files, tuple(warnings))


def _is_of(file: str, paper: Paper) -> bool:
    """Whether a file is one of the documents that a paper has."""
    return file.partition(".")[0] in paper.filed_or_made()


def _remove_deleted(progress: _Progress, plans: Sequence[PlanFolder], every: bool) -> None:
    """Takes away what was made of amendments that are no longer there; only what docgen made, and forgets it.

    Without `every` only the plans given are looked at.
    """
    amendments = {f"{plan.id}/{amendment.id}" for plan in plans for amendment in plan.amendments}
    ids = {plan.id for plan in plans}
    names = [name for name in progress.papers if name not in amendments and (every or name.partition("/")[0] in ids)]
    entries = {name: progress.papers.pop(name) for name in names}
    files = [f"{name}/{file}" for name, entry in entries.items() for file in entry.files]
    progress.removed.extend(atomic.remove(progress.root / BUILD, files))
