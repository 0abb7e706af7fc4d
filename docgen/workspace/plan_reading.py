"""Reads one plan: its facts, and its amendments, each applied to those before it."""

from __future__ import annotations

import itertools
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from docgen.consolidation import fold, plan_names
from docgen.consolidation.applied import Applied
from docgen.consolidation.fold import Draft, Past
from docgen.consolidation.plan_folder import AmendmentFile, PlanFolder
from docgen.files import fingerprint
from docgen.model import amendment_ids, validation, yaml_reader
from docgen.model.amendment import Amendment
from docgen.model.plan import Plan, with_changes
from docgen.model.schedule import Schedule
from docgen.model.yaml_reader import Source
from docgen.problems import DataProblem, DocgenError, Problem, Where, did_you_mean
from docgen.workspace import text_files

SCHEDULES = "schedules"


def amendment_from(plan: PlanFolder, name: str, file: str, raw: bytes) -> AmendmentFile:
    """An amendment's file from elsewhere, in the place of the plan's own of that id, or as the next."""
    text = yaml_reader.parse(file, raw)
    facts = validation.validate(Amendment, text)
    twin = next((amendment for amendment in plan.amendments if amendment.id == name), None)
    before = plan.amendments[: plan.amendments.index(twin)] if twin else plan.amendments
    last = next((amendment for amendment in reversed(before) if not amendment.facts.draft), None)
    past = twin.past if twin else past_after(last) if last else Past.of(plan.starting_schedules)
    current = last.plan if last else plan.facts
    return amendment_file(Draft(name, facts, text, with_changes(current, facts.plan), plan.source), past)


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
    base, plan = past or Past(), plan_after(draft.plan, draft.facts, folded.applied)
    return AmendmentFile(draft.id, draft.facts, draft.source, touched, plan, base, folded.schedules, folded.applied)


def plan_after(plan: Plan, facts: Amendment, applied: Sequence[Applied]) -> Plan:
    """The plan's facts after an amendment: what it words anew as typed, else with the names that its changes give."""
    renamed = plan_names.plan_after(with_changes(plan, facts.plan), applied)
    return with_changes(renamed, facts.plan, but=plan_names.PARTIES)


@dataclass(frozen=True)
class AmendmentFacts:
    """An amendment's file as read: its id, its facts and its text."""

    id: str
    facts: Amendment
    source: Source

    @property
    def digest(self) -> str:
        """The hash of the file's bytes."""
        return self.source.digest


@dataclass(frozen=True)
class Unreadable:
    """An amendment's file that has no facts, and why; the hash of its bytes, where there are any."""

    id: str
    digest: str
    problems: tuple[Problem, ...]


AmendmentText = AmendmentFacts | Unreadable
Start = tuple[Schedule, ...] | None  # what the first amendment meets; None where that cannot be told


@dataclass(frozen=True)
class PlanResult:
    """One plan as read: as far as it can be applied, whether that is to its end, and every complaint.

    `files` are its amendments' files and `start` what the first of them meets, for whoever reads it again with another
    text.
    """

    plan: PlanFolder | None
    complete: bool
    problems: tuple[Problem, ...]
    files: tuple[AmendmentText, ...] = ()
    start: Start = None


@dataclass
class Plans:
    """Reads plans, each once, also where another restates it.

    `results` are plans that stand as they were read. `earlier` are those that may have changed since: what did not is
    taken from there. `texts` take the place of files, by their paths from the workspace.
    """

    root: Path
    ids: Sequence[str]
    results: dict[str, PlanResult] = field(default_factory=dict)
    earlier: Mapping[str, PlanResult] = field(default_factory=dict)
    texts: Mapping[str, bytes] = field(default_factory=dict)
    plan_texts: dict[str, Source] = field(default_factory=dict)

    def plan(self, name: str, restated_by: tuple[str, ...] = ()) -> PlanResult:
        """One plan, read at the first call."""
        if name not in self.results:
            self.results[name] = self.folder(name, restated_by)
        return self.results[name]

    def text(self, name: str) -> Source:
        """A plan.yaml, read at the first call; DataProblem where it cannot be."""
        if name not in self.plan_texts:
            self.plan_texts[name] = source_of(self.root, self.root / SCHEDULES / name / "plan.yaml")
        return self.plan_texts[name]

    def folder(self, name: str, restated_by: tuple[str, ...]) -> PlanResult:
        """One plan's folder. A plan.yaml that cannot be read hides what only it could tell of the amendments."""
        folder = self.root / SCHEDULES / name
        paths, strays = amendment_ids.amendment_files(self.root, folder)
        earlier = self.earlier.get(name, PlanResult(None, False, ()))
        files = self.files(paths, earlier)
        try:
            text = self.text(name)
            plan = validation.validate(Plan, text)
        except DocgenError as error:
            in_amendments = (problem for file in files for problem in _problems(file))
            return PlanResult(None, False, (*error.problems, *strays, *in_amendments), files)
        predecessor, faults = self.restated(name, plan, text, restated_by)
        start = _starting_schedules(plan, predecessor, files) if predecessor or not plan.restates else None
        applied = _applied_before(earlier, files) if _begins_alike(earlier, text, start) else {}
        amendments, unfit = _amendments(plan, text, files, start, applied)
        complete = len(amendments) == len(files) and start is not None and not strays
        texts, unread = text_files.load(self.root, folder)
        plan_folder = PlanFolder(name, plan, text, tuple(amendments), predecessor, start or (), texts)
        return PlanResult(plan_folder, complete, (*faults, *strays, *unfit, *unread), files, start)

    def files(self, paths: Sequence[Path], earlier: PlanResult) -> tuple[AmendmentText, ...]:
        """The amendments' files; those whose bytes are the same as earlier are not read anew."""
        before = {(file.id, file.digest): file for file in earlier.files}
        result: list[AmendmentText] = []
        for path in paths:
            file = path.relative_to(self.root).as_posix()
            try:
                raw = self.texts[file] if file in self.texts else content_of(self.root, path)
            except DocgenError as error:
                result.append(Unreadable(path.stem, "", error.problems))
            else:
                result.append(before.get((path.stem, fingerprint.digest(raw))) or amendment_text(file, raw))
        return tuple(result)

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


def amendment_text(file: str, raw: bytes) -> AmendmentText:
    """An amendment's file from its bytes."""
    try:
        text = yaml_reader.read(file, raw)
        return AmendmentFacts(Path(file).stem, validation.validate(Amendment, text), text)
    except DocgenError as error:
        return Unreadable(Path(file).stem, fingerprint.digest(raw), error.problems)


def with_text(result: PlanResult, file: str, raw: bytes) -> PlanResult:
    """A plan as it is with another text in the place of one of its amendments' files, up to that amendment.

    The later amendments stay as they were applied, and their complaints are not among those that it gives.
    """
    text = amendment_text(file, raw)
    if result.plan is None:
        return replace(result, problems=(*result.problems, *_problems(text)))
    plan, place = result.plan, amendment_ids.in_order_of_ids(text.id)
    files = (*(entry for entry in result.files if amendment_ids.in_order_of_ids(entry.id) < place), text)
    amendments, problems = _amendments(plan.facts, plan.source, files, result.start, _applied_before(result, files))
    later = (entry for entry in plan.amendments if amendment_ids.in_order_of_ids(entry.id) > place)
    return replace(result, plan=replace(plan, amendments=(*amendments, *later)), problems=tuple(problems))


def _begins_alike(earlier: PlanResult, text: Source, start: Start) -> bool:
    """Whether a plan's amendments meet at the start what they met earlier."""
    return bool(earlier.plan and earlier.plan.source.digest == text.digest and earlier.start == start)


def _applied_before(earlier: PlanResult, files: Sequence[AmendmentText]) -> dict[str, AmendmentFile]:
    """The amendments, as they were applied earlier, up to the first whose file is another."""
    pairs = zip(files, earlier.files, strict=False)
    alike = {file.id for file, _ in itertools.takewhile(lambda pair: pair[0] is pair[1], pairs)}
    return {entry.id: entry for entry in earlier.plan.amendments if entry.id in alike} if earlier.plan else {}


def _problems(result: AmendmentText) -> tuple[Problem, ...]:
    return result.problems if isinstance(result, Unreadable) else ()


def _starting_schedules(
    plan: Plan, predecessor: PlanFolder | None, drafts: Sequence[AmendmentText]
) -> tuple[Schedule, ...] | None:
    """The schedules of the plan that is restated, on the day from which the first amendment counts, as far as they have
    this plan's names and columns. None where a name stands in them twice."""
    if predecessor is None:
        return ()
    first = drafts[0] if drafts else None
    day = first.facts.day if isinstance(first, AmendmentFacts) else None
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
    drafts: Sequence[AmendmentText],
    starting_schedules: Start,
    applied: Mapping[str, AmendmentFile],
) -> tuple[list[AmendmentFile], list[Problem]]:
    """The amendments that can be applied to those before them, and every complaint that follows from no other.

    A final amendment goes on from the final ones before it; a draft goes on from drafts too. The past is None where
    what stands before an amendment is wrong, until one restates the whole; what has a name twice is left to a rule.
    Those in `applied` are taken from there.
    """
    amendments: list[AmendmentFile] = []
    problems: list[Problem] = []
    final = None if starting_schedules is None else Past.of(starting_schedules)
    drafted, current, broken = final, plan, final is None
    for result in drafts:
        if isinstance(result, Unreadable):
            problems += result.problems
            final, drafted, broken = None, None, True
            continue
        is_draft = result.facts.draft
        past, after = drafted if is_draft else final, None
        changed = with_changes(current, result.facts.plan)
        try:
            draft = Draft(result.id, result.facts, result.source, changed, text)
            amendment = applied.get(result.id) or amendment_file(draft, past)
        except DocgenError as error:
            problems += [*([] if broken else _gap(result, amendments)), *error.problems]
            broken = broken or not is_draft
        else:
            changed, after = amendment.plan, _past_after(amendment, past)
            amendments += [] if broken or past is None else [amendment]
            broken = broken or (after is None and not is_draft)
        drafted = after
        final, current = (final, current) if is_draft else (after, changed)
    return amendments, problems


def _gap(facts: AmendmentFacts, before: Sequence[AmendmentFile]) -> list[Problem]:
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
    complete = past is not None or len(amendment.after) == len(amendment.plan.schedules)
    repeated = any(schedule.repeated for schedule in amendment.schedules)
    return past_after(amendment) if complete and not repeated else None


def source_of(root: Path, path: Path) -> Source:
    """A YAML file as read, for `validate` to say what is wrong with it; DataProblem when nothing can be read."""
    return yaml_reader.read(path.relative_to(root).as_posix(), content_of(root, path))


def content_of(root: Path, path: Path) -> bytes:
    """The bytes of a YAML file; DataProblem where it cannot be read."""
    file = path.relative_to(root).as_posix()
    if not path.is_file():
        fault = "is not a file that can be read" if os.path.lexists(path) else "not found"
        raise DataProblem([Problem(Where(file), fault, "put a YAML file here; schedules/README.md lists its keys")])
    try:
        with path.open("rb") as stream:
            return stream.read(yaml_reader.LARGEST + 1)
    except OSError as error:
        raise DataProblem([Problem(Where(file), f"cannot be read: {error.strerror}")]) from None
