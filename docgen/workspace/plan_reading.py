"""Reads one plan: its facts, and its amendments, each applied to those before it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from docgen.consolidation import fold
from docgen.consolidation.fold import Draft, Past
from docgen.consolidation.plan_folder import AmendmentFile, PlanFolder
from docgen.model import amendment_ids, validation, yaml_reader
from docgen.model.amendment import Amendment
from docgen.model.plan import Plan, with_changes
from docgen.model.schedule import Schedule
from docgen.model.yaml_reader import Source
from docgen.problems import DataProblem, DocgenError, Problem, Where, did_you_mean
from docgen.workspace import text_files

SCHEDULES = "schedules"


def amendment_from(plan: PlanFolder, file: str, raw: bytes) -> AmendmentFile:
    """An amendment's file from elsewhere, in the place of the plan's own of that name, or as the next."""
    text = yaml_reader.parse(file, raw)
    facts = validation.validate(Amendment, text)
    name = Path(file).stem
    twin = next((amendment for amendment in plan.amendments if amendment.id == name), None)
    last = plan.in_force()
    past = twin.past if twin else past_after(last) if last else Past.of(plan.starting_schedules)
    return amendment_file(Draft(name, facts, text, with_changes(plan.facts, facts.plan), plan.source), past)


def past_after(amendment: AmendmentFile) -> Past:
    """What the next amendment after one meets."""
    past = amendment.past.after(*amendment.applied)
    return replace(past, schedules={schedule.name: schedule for schedule in amendment.after})


def amendment_file(draft: Draft, past: Past | None) -> AmendmentFile:
    """One amendment applied to what it meets; DataProblem with every complaint when it cannot be."""
    folded = fold.amended(draft, past)
    if folded.problems:
        raise DataProblem(folded.problems)
    headings = {s.form.under or s.name for s in folded.schedules if s.name in folded.touched}
    touched = tuple(schedule for schedule in folded.schedules if (schedule.form.under or schedule.name) in headings)
    base, plan = past or Past(), fold.plan_after(draft.plan, folded.applied)
    return AmendmentFile(draft.id, draft.facts, draft.source, touched, base, folded.schedules, plan, folded.applied)


@dataclass(frozen=True)
class PlanResult:
    """One plan as read: as far as it can be applied, whether that is to its end, and every complaint."""

    plan: PlanFolder | None
    complete: bool
    problems: tuple[Problem, ...]


@dataclass
class Plans:
    """Reads plans, each once, also where another restates it."""

    root: Path
    ids: Sequence[str]
    results: dict[str, PlanResult] = field(default_factory=dict)

    def plan(self, name: str, restated_by: tuple[str, ...] = ()) -> PlanResult:
        """One plan, read at the first call."""
        if name not in self.results:
            self.results[name] = self.folder(name, restated_by)
        return self.results[name]

    def folder(self, name: str, restated_by: tuple[str, ...]) -> PlanResult:
        """One plan's folder. A plan.yaml that cannot be read hides what only it could tell of the amendments."""
        folder = self.root / SCHEDULES / name
        files, strays = amendment_ids.amendment_files(self.root, folder)
        drafts = [_load_amendment(self.root, path) for path in files]
        try:
            text = source_of(self.root, folder / "plan.yaml")
            plan = validation.validate(Plan, text)
        except DocgenError as error:
            in_amendments = (problem for draft in drafts for problem in _problems(draft))
            return PlanResult(None, False, (*error.problems, *strays, *in_amendments))
        predecessor, faults = self.restated(name, plan, text, restated_by)
        start = _starting_schedules(plan, predecessor, drafts) if predecessor or not plan.restates else None
        amendments, unfit = _amendments(plan, text, drafts, start)
        complete = len(amendments) == len(drafts) and start is not None and not strays
        texts, unread = text_files.load(self.root, folder)
        plan_folder = PlanFolder(name, plan, text, tuple(amendments), predecessor, start or (), texts)
        return PlanResult(plan_folder, complete, (*faults, *strays, *unfit, *unread))

    def restated(
        self, name: str, plan: Plan, text: Source, by: tuple[str, ...]
    ) -> tuple[PlanFolder | None, list[Problem]]:
        """The plan that this one restates, and why it is none; None without a reason where that plan has its own."""
        restated_id = plan.restates
        if restated_id is None:
            return None, []
        plan_ids = [plan_id for plan_id in self.ids if plan_id != name]
        if restated_id not in plan_ids:
            fault = f'plan "{restated_id}" not found'
            return None, [text.problem(("restates",), fault, did_you_mean(restated_id, plan_ids))]
        if restated_id in by:
            return None, [text.problem(("restates",), f"{restated_id} restates this plan in its turn", "fix one")]
        result = self.plan(restated_id, (*by, name))
        return result.plan if result.complete else None, []


@dataclass(frozen=True)
class _AmendmentFacts:
    """An amendment's file as read: its id, its facts and its text."""

    id: str
    facts: Amendment
    source: Source


def _load_amendment(root: Path, path: Path) -> _AmendmentFacts | DocgenError:
    """An amendment's facts, or why they cannot be read."""
    try:
        text = source_of(root, path)
        return _AmendmentFacts(path.stem, validation.validate(Amendment, text), text)
    except DocgenError as error:
        return error


def _problems(result: _AmendmentFacts | DocgenError) -> tuple[Problem, ...]:
    return result.problems if isinstance(result, DocgenError) else ()


def _starting_schedules(
    plan: Plan, predecessor: PlanFolder | None, drafts: Sequence[_AmendmentFacts | DocgenError]
) -> tuple[Schedule, ...] | None:
    """The schedules of the plan that is restated, on the day from which the first amendment counts, as far as they have
    this plan's names and columns. None where a name stands in them twice."""
    if predecessor is None:
        return ()
    first = drafts[0] if drafts else None
    day = first.facts.day if isinstance(first, _AmendmentFacts) else None
    forms = {form.name: form for form in plan.schedules}
    schedules = tuple(
        replace(schedule, form=forms[schedule.name], columns=tuple(forms[schedule.name].columns.items()))
        for schedule in predecessor.schedules_on(day)
        if schedule.name in forms and [key for key, _ in schedule.columns] == list(forms[schedule.name].columns)
    )
    return None if any(schedule.repeated for schedule in schedules) else schedules


def _amendments(
    plan: Plan,
    text: Source,
    drafts: Sequence[_AmendmentFacts | DocgenError],
    starting_schedules: tuple[Schedule, ...] | None,
) -> tuple[list[AmendmentFile], list[Problem]]:
    """The amendments that can be applied to those before them, and every complaint that follows from no other.

    A final amendment goes on from the final ones before it; a draft goes on from drafts too. The past is None where
    what stands before an amendment is wrong, until one restates the whole; what has a name twice is left to a rule.
    """
    amendments: list[AmendmentFile] = []
    problems: list[Problem] = []
    final = None if starting_schedules is None else Past.of(starting_schedules)
    drafted, current, broken = final, plan, final is None
    for result in drafts:
        if isinstance(result, DocgenError):
            problems += result.problems
            final, drafted, broken = None, None, True
            continue
        is_draft = result.facts.draft
        past, after = drafted if is_draft else final, None
        changed = with_changes(current, result.facts.plan)
        try:
            amendment = amendment_file(Draft(result.id, result.facts, result.source, changed, text), past)
        except DocgenError as error:
            problems += [*([] if broken else _gap(result, amendments)), *error.problems]
            broken = broken or not is_draft
        else:
            changed, after = amendment.plan or changed, _past_after(amendment, past)
            amendments += [] if broken or past is None else [amendment]
            broken = broken or (after is None and not is_draft)
        drafted = after
        final, current = (final, current) if is_draft else (after, changed)
    return amendments, problems


def _gap(facts: _AmendmentFacts, before: Sequence[AmendmentFile]) -> list[Problem]:
    """A problem where the number of an amendment that cannot be applied shows that one before it is not there."""
    last, number = before[-1] if before else None, facts.facts.number
    earlier = last.facts.number if last else None
    if not isinstance(number, int) or not isinstance(earlier, int) or last is None or number <= earlier + 1:
        return []
    fault = f"is {number}, and {last.id} before it is No. {earlier}"
    remedy = "put the amendment between them into its file: what stands below may follow from it"
    return [facts.source.problem(("number",), fault, remedy)]


def _past_after(amendment: AmendmentFile, past: Past | None) -> Past | None:
    """What the next amendment meets; None where an earlier one is wrong and this one does not restate the whole, or
    where a name stands twice, so that nothing can be told of it."""
    complete = past is not None or (amendment.plan and len(amendment.after) == len(amendment.plan.schedules))
    repeated = any(schedule.repeated for schedule in amendment.schedules)
    return past_after(amendment) if complete and not repeated else None


def source_of(root: Path, path: Path) -> Source:
    """A YAML file as read, for `validate` to say what is wrong with it; DataProblem when nothing can be read."""
    file = path.relative_to(root).as_posix()
    if not path.is_file():
        fault = "is not a file that can be read" if os.path.lexists(path) else "not found"
        raise DataProblem([Problem(Where(file), fault, "put a YAML file here; schedules/README.md lists its keys")])
    try:
        with path.open("rb") as stream:
            return yaml_reader.read(file, stream.read(yaml_reader.LARGEST + 1))
    except OSError as error:
        raise DataProblem([Problem(Where(file), f"cannot be read: {error.strerror}")]) from None
