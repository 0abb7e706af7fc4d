"""What a redline is against: the schedule before, another amendment, a draft in a YAML file, a finished file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from docgen import build, moments
from docgen.build import Paper
from docgen.document.tree import Document
from docgen.facts import fold, models, source, typed
from docgen.facts.changes import Change
from docgen.facts.models import Amendment
from docgen.facts.schedule import Schedule
from docgen.facts.workspace import SCHEDULES, AmendmentFile
from docgen.problems import DataProblem, UsageProblem, Where, did_you_mean, one
from docgen.redline import finished
from docgen.redline.origins import Origins, met, origins

FILED = "filed"
YAML, READABLE = (".yaml", ".yml"), finished.SUFFIXES
LARGEST = 50_000_000  # bytes


@dataclass(frozen=True)
class Earlier:
    """One side of a redline: its name, its document, the schedules in it, and where the new side's rows come from.

    `told` has the changes that somebody has listed, by schedule.
    """

    name: str
    document: Document
    schedules: tuple[Schedule, ...]
    origins: Mapping[str, Origins]
    told: Mapping[str, tuple[Change, ...]]


def before(paper: Paper) -> Earlier:
    """The schedule as it stood before the amendment; UsageProblem for the first of all."""
    amendment = paper.amendment
    touched = [schedule.name for schedule in amendment.schedules]
    there = tuple(schedule for schedule in amendment.before if schedule.name in touched)
    previous = [a for a in paper.plan.amendments if a.after == amendment.before and a.id != amendment.id]
    if not there or not previous:
        found = "is the first: no schedule stands before it"
        raise UsageProblem(one(Where(paper.name), found, "say what to compare it with: --against"))
    old = replace(paper, amendment=replace(previous[-1], schedules=there))
    told = {} if amendment.facts.restate else by_schedule(of_schedules(amendment), amendment.schedules)
    rows = {s.name: origins(was, s, told.get(s.name)) for was, s in _both(there, amendment.schedules)}
    return Earlier(old.name, build.document(old, "schedule"), there, rows, told)


def amendment(root: Path, paper: Paper, what: str, document: str) -> Earlier:
    """Another amendment of the workspace, as `plan/amendment`."""
    checked = build.check(root, [what])
    papers = build.buildable(checked)
    if len(papers) != 1:
        raise UsageProblem(one(Where(what), "names no single amendment", "write PLAN/AMENDMENT, filed, or a file"))
    (old,) = papers
    listed = moments.compared(root, old.name, paper.name).told
    steps = [change for change in listed or () if isinstance(change, Change)]
    told = by_schedule(steps, paper.amendment.schedules) if listed is not None else {}
    return _drafts(paper, old, old.name, document, told)


def draft(paper: Paper, file: Path, document: str) -> Earlier:
    """An earlier draft of the same amendment, from a YAML file; DataProblem when it cannot be read."""
    read = source.read(str(file), content(file))
    facts = typed.read(Amendment, read)
    plan, there = paper.plan, paper.amendment.before
    here = models.now(paper.amendment.plan or plan.facts, facts.plan)
    folded = fold.amended(here, plan.source, facts, read, there)
    if folded.problems:
        raise DataProblem(folded.problems)
    touched = tuple(schedule for schedule in folded.schedules if schedule.name in folded.touched)
    made = AmendmentFile(paper.amendment.id, facts, read, touched, there, folded.schedules, here)
    return _drafts(paper, replace(paper, amendment=made), file.name, document, {})


def of_schedules(amendment: AmendmentFile) -> list[Change]:
    """The changes that an amendment lists, less those of the agreement's own text."""
    return [change for _, change in amendment.facts.steps]


def _drafts(paper: Paper, old: Paper, name: str, document: str, told: Mapping[str, tuple[Change, ...]]) -> Earlier:
    """Another amendment's document; two drafts over one schedule are paired by what their rows come from."""
    rows: dict[str, Origins] = {}
    new, was = paper.amendment, old.amendment
    for then, now in _both(was.after, new.schedules):
        base = next((s for s in new.before if s.name == now.name), None)
        if now.name in told or base is None or new.before != was.before:
            rows[now.name] = origins(then, now, told.get(now.name))
        else:
            ours, theirs = (by_schedule(of_schedules(a), [now]).get(now.name) for a in (new, was))
            own = origins(base, now, None if new.facts.restate else ours)
            other = origins(base, then, None if was.facts.restate else theirs)
            rows[now.name] = {**origins(then, now), **met(other, own)}
    return Earlier(name, build.document(old, document), was.schedules, rows, told)


def filed(root: Path, paper: Paper, document: str) -> Earlier:
    """The sealed copy of what was filed: the first that can be read, the document's own name before others."""
    folder = root / SCHEDULES / paper.plan.id / FILED / paper.amendment.id
    files = sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else []
    where = Where(f"{SCHEDULES}/{paper.plan.id}/{FILED}/{paper.amendment.id}")
    if not files:
        raise UsageProblem(one(where, f"holds no filed copy of {paper.name}", "name the file with --against FILE"))
    fit = [path for path in files if path.suffix.lower() in READABLE]
    if not fit:
        there = ", ".join(path.name for path in files)
        raise UsageProblem(one(where, f"holds no .htm or .docx, only {there}", finished.WHY))
    best = min(fit, key=lambda path: (not path.stem.startswith(document), READABLE.index(path.suffix.lower())))
    return replace(file(best), name=FILED)


def file(path: Path) -> Earlier:
    """A finished file: docx or htm; DataProblem when it cannot be read as words, rows and cells."""
    return Earlier(path.name, finished.read(str(path), content(path)), (), {}, {})


def is_file(what: str) -> bool:
    """Whether `--against` names a file outside the workspace's data."""
    path = Path(what)
    suffixes = (*YAML, *READABLE, ".txt", ".pdf", ".doc")
    return path.suffix.lower() in suffixes and "amendments" not in path.parts


def content(path: Path) -> bytes:
    """The file's bytes; UsageProblem when there are none, or too many."""
    try:
        if path.stat().st_size > LARGEST:
            raise UsageProblem(one(Where(str(path)), f"is longer than {LARGEST:,} bytes", "an exhibit takes far less"))
        return path.read_bytes()
    except OSError as error:
        names = [other.name for other in path.parent.iterdir()] if path.parent.is_dir() else []
        remedy = did_you_mean(path.name, names) if len(names) > 1 else ""
        raise UsageProblem(one(Where(str(path)), f"cannot be read: {error.strerror}", remedy)) from None


def by_schedule(listed: Sequence[Change], schedules: Sequence[Schedule]) -> dict[str, tuple[Change, ...]]:
    """The listed changes of each schedule; a change that names none is for the only one."""
    return {s.name: tuple(c for c in listed if c.schedule in (None, s.name)) for s in schedules}


def _both(old: Sequence[Schedule], new: Sequence[Schedule]) -> list[tuple[Schedule, Schedule]]:
    """The schedules that both sides have."""
    there = {schedule.name: schedule for schedule in old}
    return [(there[schedule.name], schedule) for schedule in new if schedule.name in there]
