"""Reads a workspace: the plans under `schedules/`, each with its amendments and the schedules they give."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from docgen.facts import fold, folders, models, source, turns, typed
from docgen.facts.events import Event, EventFile
from docgen.facts.models import Amendment, Plan
from docgen.facts.schedule import Schedule
from docgen.facts.source import Source
from docgen.problems import DataProblem, DocgenError, Problem, UsageProblem, Where, did_you_mean, one

SCHEDULES = "schedules"
EVENTS = "events"  # under it: no plan, but what happened to several


@dataclass(frozen=True)
class AmendmentFile:
    """One amendment as read: its id, its facts, the schedules before it and the ones that it gives."""

    id: str
    facts: Amendment
    source: Source
    schedules: tuple[Schedule, ...]  # the ones that it restates or changes, as they stand after it
    before: tuple[Schedule, ...] = ()  # all that stood before it
    after: tuple[Schedule, ...] = ()  # all that stand after it
    plan: Plan | None = None  # the plan's own facts, as they are from it on

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
    continues: PlanFolder | None = None  # the plan that it restates
    taken_over: tuple[Schedule, ...] = ()  # the schedules of that plan, as the first amendment meets them

    def in_force(self, on: datetime.date | None = None) -> AmendmentFile | None:
        """The last amendment that has taken effect on a day (no day: the last of all); None before the first.

        A draft is never in force.
        """
        final = [a for a in self.amendments if not a.facts.draft]
        due = [a for a in final if on is None or (a.day is not None and a.day <= on)]
        return due[-1] if due else None

    def schedules_on(self, on: datetime.date | None = None) -> tuple[Schedule, ...]:
        """The schedules in force on a day: every change counts from its own day on."""
        last = self.in_force(on)
        own_days = any(change.effective for a in self.amendments for _, change in a.facts.steps)
        if on is None or not own_days:
            return last.after if last else self.taken_over
        now = {schedule.name: schedule for schedule in self.taken_over}
        now |= {turn.after.name: turn.after for turn in turns.until(self, on)}
        return tuple(now[form.name] for form in self.facts.schedules if form.name in now)


def plan_ids(workspace: Path) -> list[str]:
    """The folders of `schedules/` that hold a plan.yaml, or ought to, in order."""
    folders = [
        path
        for path in (workspace / SCHEDULES).iterdir()
        if path.is_dir() and path.name[0] not in "._" and path.name != EVENTS
    ]
    return sorted(f.name for f in folders if os.path.lexists(f / "plan.yaml") or os.path.lexists(f / "amendments"))


@dataclass(frozen=True)
class Reading:
    """What was read of a workspace: the plans that can be read, and every complaint about the others."""

    plans: tuple[PlanFolder, ...]
    events: tuple[EventFile, ...]
    problems: tuple[Problem, ...]


def read(workspace: Path, ids: Iterable[str] = ()) -> Reading:
    """Every plan, since rules hold across them; UsageProblem for a name in `ids` that no plan has."""
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
    read: dict[str, PlanFolder | DocgenError] = {}
    for plan in known:
        try:
            folders.append(_plan(workspace, plan, read))
        except DocgenError as error:
            problems += error.problems
    events, strays = _events(workspace)
    return Reading(tuple(folders), tuple(events), (*problems, *strays))


def _events(workspace: Path) -> tuple[list[EventFile], list[Problem]]:
    """The files of schedules/events/ by their names, and every complaint about them."""
    folder = workspace / SCHEDULES / EVENTS
    events: list[EventFile] = []
    problems: list[Problem] = []
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.suffix.lower() in (".yaml", ".yml") and not path.name.startswith("."):
            try:
                events.append(event(workspace, path))
            except DocgenError as error:
                problems += error.problems
    return events, problems


def outside(plan: PlanFolder, path: Path) -> AmendmentFile:
    """An amendment's file from elsewhere, in the place of the plan's own of that name, or as the next."""
    with path.open("rb") as stream:
        read = source.read(str(path), stream.read(source.LARGEST + 1))
    facts = typed.read(Amendment, read)
    twin = next((amendment for amendment in plan.amendments if amendment.id == path.stem), None)
    before = twin.before if twin else plan.schedules_on()
    return _amendment(path.stem, facts, read, models.now(plan.facts, facts.plan), plan.source, before)


def event(workspace: Path, path: Path) -> EventFile:
    """One event as read; DataProblem with every complaint when it cannot be."""
    read = _source(workspace, path)
    return EventFile(path.stem, typed.read(Event, read), read)


def _plan(
    workspace: Path, name: str, read: dict[str, PlanFolder | DocgenError], restated_by: tuple[str, ...] = ()
) -> PlanFolder:
    """The plan, read once; `read` keeps those that were read before, or why they cannot be."""
    if name not in read:
        try:
            read[name] = _folder(workspace, name, read, restated_by)
        except DocgenError as error:
            read[name] = error
    found = read[name]
    if isinstance(found, DocgenError):
        raise found
    return found


def _restated(
    workspace: Path,
    plan: Plan,
    plan_source: Source,
    name: str,
    read: dict[str, PlanFolder | DocgenError],
    by: tuple[str, ...],
) -> PlanFolder | None:
    """The plan that this one restates, if any."""
    other = plan.restates
    if other is None:
        return None
    known = [known for known in plan_ids(workspace) if known != name]
    if other not in known:
        found = f'there is no other plan "{other}"'
        raise DataProblem([plan_source.problem(("restates",), found, did_you_mean(other, known))])
    if other in by:
        raise DataProblem([plan_source.problem(("restates",), f"{other} restates this plan in its turn", "mend one")])
    try:
        return _plan(workspace, other, read, (*by, name))
    except DocgenError:
        found = f"{other} cannot be read"
        raise DataProblem([plan_source.problem(("restates",), found, f"mend {other} first")]) from None


def _taken_over(plan: Plan, other: PlanFolder | None, on: datetime.date | None) -> tuple[Schedule, ...]:
    """The schedules of the plan that is restated on a day, as far as they have this plan's names and columns."""
    forms = {form.name: form for form in plan.schedules}
    return tuple(
        replace(schedule, form=forms[schedule.name], columns=tuple(forms[schedule.name].columns.items()))
        for schedule in (other.schedules_on(on) if other else ())
        if schedule.name in forms and [key for key, _ in schedule.columns] == list(forms[schedule.name].columns)
    )


def _folder(
    workspace: Path, name: str, others: dict[str, PlanFolder | DocgenError], restated_by: tuple[str, ...]
) -> PlanFolder:
    """One plan's folder. A plan.yaml that cannot be read hides what only it could tell of the amendments."""
    folder = workspace / SCHEDULES / name
    problems: list[Problem] = []
    plan, plan_source, continues = None, None, None
    try:
        plan_source = _source(workspace, folder / "plan.yaml")
        plan = typed.read(Plan, plan_source)
        continues = _restated(workspace, plan, plan_source, name, others, restated_by)
    except DocgenError as error:
        problems += error.problems
    files, strays = folders.amendment_files(workspace, folder)
    problems += strays
    amendments: list[AmendmentFile] = []
    now = plan  # the plan's facts as the final amendments so far have changed them
    # The schedules by the final amendments so far, and the same with drafts, on which only drafts build;
    # None where one cannot be read
    day = _first_day(workspace, files) if continues else None
    taken_over = _taken_over(plan, continues, day) if plan else ()
    law: tuple[Schedule, ...] | None = taken_over
    drafted = law
    for path in files:
        try:
            read = _source(workspace, path)
            facts = typed.read(Amendment, read)
            here = models.now(now, facts.plan) if now else None
            made = _amendment(path.stem, facts, read, here, plan_source, drafted if facts.draft else law)
            amendments.append(made)
            drafted = None if drafted is None else made.after
            law, now = (law, now) if facts.draft or law is None else (made.after, here)
        except DocgenError as error:
            problems += error.problems
            law = drafted = None
    if problems or plan is None or plan_source is None:
        raise DataProblem(problems)
    return PlanFolder(name, plan, plan_source, tuple(amendments), continues, taken_over)


def _first_day(workspace: Path, files: Sequence[Path]) -> datetime.date | None:
    """The day from which the first amendment counts, if it can be read."""
    try:
        facts = typed.read(Amendment, _source(workspace, files[0])) if files else Amendment()
    except DataProblem:
        return None
    return next((day for day in (facts.effective, facts.dated) if isinstance(day, datetime.date)), None)


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
    headings = {s.form.under or s.name for s in folded.schedules if s.name in folded.touched}
    touched = tuple(schedule for schedule in folded.schedules if (schedule.form.under or schedule.name) in headings)
    return AmendmentFile(name, facts, read, touched, before or (), folded.schedules, plan)


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
