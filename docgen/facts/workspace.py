"""Reads a workspace: the plans under `schedules/`, each with its amendments and the schedules they give."""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from docgen.facts import fold, source, typed
from docgen.facts.models import Amendment, Plan
from docgen.facts.schedule import Schedule
from docgen.facts.source import Source
from docgen.problems import DataProblem, DocgenError, Problem, UsageProblem, Where, did_you_mean, one

SCHEDULES = "schedules"


@dataclass(frozen=True)
class AmendmentFile:
    """One amendment as read: its id, its facts, the schedules before it and the ones that it gives."""

    id: str
    facts: Amendment
    source: Source
    schedules: tuple[Schedule, ...]  # the ones that it restates or changes, as they stand after it
    before: tuple[Schedule, ...] = ()  # all that stood before it
    after: tuple[Schedule, ...] = ()  # all that stand after it

    @property
    def day(self) -> datetime.date | None:
        """The day from which it counts: its effective date, else the day it is dated; None while blank."""
        for day in (self.facts.effective, self.facts.dated):
            if isinstance(day, datetime.date):
                return day
        return None


@dataclass(frozen=True)
class PlanFolder:
    """One plan as read, its amendments in the order of their ids."""

    id: str
    facts: Plan
    source: Source
    amendments: tuple[AmendmentFile, ...]

    def in_force(self, on: datetime.date | None = None) -> AmendmentFile | None:
        """The last amendment that has taken effect on a day (no day: the last of all); None before the first.

        A draft is never in force.
        """
        final = [a for a in self.amendments if not a.facts.draft]
        due = [a for a in final if on is None or (a.day is not None and a.day <= on)]
        return due[-1] if due else None

    def schedules_on(self, on: datetime.date | None = None) -> tuple[Schedule, ...]:
        """The schedules in force on a day, without the changes that take effect later."""
        last = self.in_force(on)
        if last is None or on is None:
            return last.after if last else ()
        late = [c for c in last.facts.changes if isinstance(c.effective, datetime.date) and c.effective > on]
        if not late:
            return last.after
        rest = [(n, change) for n, change in enumerate(last.facts.changes) if change not in late]
        return fold.changed(self.facts, last.source, last.before, rest).schedules


def find(start: Path) -> Path:
    """The workspace around a folder: the nearest one upward that holds `schedules/`."""
    for folder in (start, *start.parents):
        if (folder / SCHEDULES).is_dir():
            return folder
    remedy = "run docgen inside a workspace, name one with --workspace DIR, or make one with: docgen init DIR"
    raise UsageProblem(one(Where(str(start)), "no folder here or above it holds schedules/", remedy))


DEVICE = r"(?!(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$))"  # names that are no files on Windows
NAME = re.compile(DEVICE + r"\w[\w .()&,'+-]*", re.IGNORECASE)


def plan_ids(workspace: Path) -> list[str]:
    """The folders of `schedules/` that hold a plan.yaml, or ought to, in order."""
    folders = [path for path in (workspace / SCHEDULES).iterdir() if path.is_dir() and path.name[0] not in "._"]
    return sorted(f.name for f in folders if os.path.lexists(f / "plan.yaml") or os.path.lexists(f / "amendments"))


@dataclass(frozen=True)
class Reading:
    """What was read of a workspace: the plans that can be read, and every complaint about the others."""

    plans: tuple[PlanFolder, ...]
    problems: tuple[Problem, ...]


def read(workspace: Path, ids: Iterable[str] = ()) -> Reading:
    """The plans named (all, when none is named); UsageProblem for a name that no plan has."""
    known = plan_ids(workspace)
    if not known:
        where = Where(SCHEDULES)
        raise UsageProblem(one(where, "holds no plan", "make schedules/<plan>/plan.yaml; docgen init DIR shows one"))
    wanted = list(dict.fromkeys(ids))
    for plan in wanted:
        if plan not in known:
            raise UsageProblem(
                one(Where(f"{SCHEDULES}/{plan}"), f'there is no plan "{plan}"', did_you_mean(plan, known))
            )
    folders: list[PlanFolder] = []
    problems: list[Problem] = []
    for plan in wanted or known:
        try:
            folders.append(_plan(workspace, plan))
        except DocgenError as error:
            problems += error.problems
    return Reading(tuple(folders), tuple(problems))


def _plan(workspace: Path, name: str) -> PlanFolder:
    """One plan's folder. A plan.yaml that cannot be read hides what only it could tell of the amendments."""
    folder = workspace / SCHEDULES / name
    problems: list[Problem] = []
    plan, plan_source = None, None
    try:
        plan_source = _source(workspace, folder / "plan.yaml")
        plan = typed.read(Plan, plan_source)
    except DocgenError as error:
        problems += error.problems
    files, strays = _amendment_files(workspace, folder)
    problems += strays
    amendments: list[AmendmentFile] = []
    law: tuple[Schedule, ...] | None = ()  # the schedules by the final amendments so far; None: one cannot be read
    drafted: tuple[Schedule, ...] | None = ()  # the same with drafts, on which only drafts build
    for path in files:
        try:
            read = _source(workspace, path)
            facts = typed.read(Amendment, read)
            made = _amendment(path.stem, facts, read, plan, plan_source, drafted if facts.draft else law)
            amendments.append(made)
            drafted = None if drafted is None else made.after
            law = law if facts.draft or law is None else made.after
        except DocgenError as error:
            problems += error.problems
            law = drafted = None
    if problems or plan is None or plan_source is None:
        raise DataProblem(problems)
    return PlanFolder(name, plan, plan_source, tuple(amendments))


def _amendment(
    name: str,
    facts: Amendment,
    read: Source,
    plan: Plan | None,
    plan_source: Source | None,
    before: tuple[Schedule, ...] | None,
) -> AmendmentFile:
    if plan is None or plan_source is None:
        return AmendmentFile(name, facts, read, ())
    folded = fold.amended(plan, plan_source, facts, read, before)
    if folded.problems:
        raise DataProblem(folded.problems)
    touched = tuple(schedule for schedule in folded.schedules if schedule.name in folded.touched)
    return AmendmentFile(name, facts, read, touched, before or (), folded.schedules)


def _amendment_files(workspace: Path, folder: Path) -> tuple[list[Path], list[Problem]]:
    """The plan's amendment files by id, and a problem for each name that cannot be one."""
    where = Where((folder / "amendments").relative_to(workspace).as_posix())
    problems: list[Problem] = []
    if not NAME.fullmatch(folder.name):
        problems += one(
            where, f'"{folder.name}" is no name for a plan\'s folder', "write letters, digits, spaces and -_."
        )
    if not (folder / "amendments").is_dir():
        strange = os.path.lexists(folder / "amendments")
        return [], [
            *problems,
            *(one(where, "is no folder", "make it one, with a file for each amendment") if strange else ()),
        ]
    found: dict[str, Path] = {}
    for path in sorted((folder / "amendments").iterdir()):
        if path.suffix.lower() not in (".yaml", ".yml") or path.name.startswith("._"):
            continue
        file = Where(path.relative_to(workspace).as_posix())
        if not NAME.fullmatch(path.stem):
            problems += one(file, f'"{path.stem}" is no id for an amendment', "name the file like 003.yaml")
        elif path.stem.casefold() in found:
            other = found[path.stem.casefold()].name
            problems += one(file, f"has the same id as {other}", "rename one of the two, or take it away")
        else:
            found[path.stem.casefold()] = path
    return sorted(found.values(), key=lambda path: path.stem), problems


def _source(workspace: Path, path: Path) -> Source:
    file = path.relative_to(workspace).as_posix()
    if not path.is_file():
        found = "is no file that can be read" if os.path.lexists(path) else "is not there"
        raise DataProblem(one(Where(file), found, "put a YAML file here; schedules/README.md lists its keys"))
    try:
        with path.open("rb") as stream:
            return source.read(file, stream.read(source.LARGEST + 1))
    except OSError as error:
        raise DataProblem(one(Where(file), f"cannot be read: {error.strerror}")) from None
