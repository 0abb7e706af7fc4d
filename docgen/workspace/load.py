"""Reads a workspace, each file once: the plans with their amendments and the schedules they give, events, seals."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from docgen.consolidation import fold
from docgen.consolidation.fold import Draft, Past
from docgen.consolidation.plan_folder import AmendmentFile, PlanFolder
from docgen.files import resources
from docgen.model import amendment_ids, english, validation, yaml_reader
from docgen.model.amendment import Amendment
from docgen.model.event import Event, EventFile
from docgen.model.plan import Plan, with_changes
from docgen.model.schedule import Schedule
from docgen.model.yaml_reader import Source
from docgen.problems import DataProblem, DocgenError, Problem, UsageProblem, Where, did_you_mean
from docgen.workspace import places, seals
from docgen.workspace.seals import Seal

SCHEDULES = "schedules"
EVENTS = "events"  # under it: no plan, but what happened to several


@dataclass(frozen=True)
class Workspace:
    """What was read of a workspace: the plans that can be read, and every complaint about the others.

    `plan_ids` are the folders of all plans, readable or not; `seals` has what was filed, by `plan/amendment`;
    `templates` are the folders that hold templates, the workspace's own before docgen's.
    """

    plans: tuple[PlanFolder, ...]
    events: tuple[EventFile, ...]
    seals: Mapping[str, Seal]
    templates: tuple[Path, ...]
    plan_ids: tuple[str, ...]
    problems: tuple[Problem, ...]


def load(root: Path) -> Workspace:
    """Everything under `schedules/` and the template folders; UsageProblem where there is no plan at all."""
    ids = _plan_ids(root)
    if not ids:
        if wrong := list(places.problems(root)):
            raise UsageProblem(wrong)
        remedy = "make schedules/<plan>/plan.yaml; docgen init DIR shows one"
        raise UsageProblem([Problem(Where(SCHEDULES), "holds no plan", remedy)])
    reader = _Plans(root, ids)
    plans: list[PlanFolder] = []
    problems = list(places.problems(root))
    filed: dict[str, Seal] = {}
    for name in ids:
        try:
            plan = reader.plan(name)
        except DocgenError as error:
            problems += error.problems
            continue
        plans.append(plan)
        plan_seals, altered = seals.load(root, plan.id, [amendment.id for amendment in plan.amendments])
        filed |= {f"{plan.id}/{amendment}": seal for amendment, seal in plan_seals.items()}
        problems += altered
    events, faults = _events(root)
    templates = resources.template_folders(root)
    problems += [*faults, *_unused_templates(root, plans, templates), *_renamed_templates(root, plans, templates)]
    return Workspace(tuple(plans), tuple(events), filed, templates, tuple(ids), tuple(problems))


def _plan_ids(root: Path) -> list[str]:
    """The folders of `schedules/` that hold a plan.yaml, or ought to, in order."""
    folders = [
        path
        for path in (root / SCHEDULES).iterdir()
        if path.is_dir() and path.name[0] not in "._" and path.name != EVENTS
    ]
    return sorted(f.name for f in folders if os.path.lexists(f / "plan.yaml") or os.path.lexists(f / "amendments"))


def _events(root: Path) -> tuple[list[EventFile], list[Problem]]:
    """The files of schedules/events/ by their names, and every complaint about them."""
    folder = root / SCHEDULES / EVENTS
    events: list[EventFile] = []
    problems: list[Problem] = []
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.suffix.lower() in (".yaml", ".yml") and not path.name.startswith("."):
            try:
                text = _source(root, path)
                events.append(EventFile(path.stem, validation.validate(Event, text), text))
            except DocgenError as error:
                problems += error.problems
    return events, problems


def _unused_templates(root: Path, plans: Sequence[PlanFolder], folders: Sequence[Path]) -> Iterator[Problem]:
    """A warning for each file of the workspace's templates that takes no other's place and that no kind uses."""
    workspace_folder = folders[0]
    shipped_files = {path.relative_to(resources.TEMPLATES).as_posix() for path in resources.TEMPLATES.rglob("*")}
    kinds = {plan.facts.kind for plan in plans}
    for path in sorted(workspace_folder.rglob("*")) if workspace_folder != resources.TEMPLATES else ():
        name = path.relative_to(workspace_folder).as_posix()
        free = path.name.startswith(("_", ".")) or name.split("/")[0] in {*kinds, "fonts", "images"}
        if path.is_file() and not free and name not in shipped_files:
            where = Where(path.relative_to(root.resolve()).as_posix())
            used = [shipped for shipped in shipped_files if "/" not in shipped or shipped.split("/")[0] in kinds]
            remedy = did_you_mean(name, [shipped for shipped in used if not shipped.startswith("_")])
            yield Problem(where, "is used by no plan", remedy, severity="warning", check="template-is-used")


def _renamed_templates(root: Path, plans: Sequence[PlanFolder], folders: Sequence[Path]) -> Iterator[Problem]:
    """A warning for each template of the workspace under an earlier name, where a template of docgen's imports the file
    under its new one: what the workspace changed in it would be passed over in silence."""
    own = folders[0]
    for old, new in resources.RENAMED.items() if own != resources.TEMPLATES else ():
        if (own / old).is_file() and not (own / new).is_file():
            importers = [name for name, text in _shipped_templates(own, plans) if f'"{new}"' in text]
            if importers:
                where = Where((own / old).relative_to(root.resolve()).as_posix())
                message = f"is not used by docgen's own {english.listed(importers)}"
                remedy = f"rename it to {new}, also where templates of the workspace import it"
                yield Problem(where, message, remedy, severity="warning", check="template-is-used")


def _shipped_templates(own: Path, plans: Sequence[PlanFolder]) -> Iterator[tuple[str, str]]:
    """The names and texts of docgen's templates of the plans' kinds that the workspace has no own for."""
    for kind in sorted({plan.facts.kind for plan in plans}):
        for path in sorted((resources.TEMPLATES / kind).glob("[!_]*.html.j2")):
            if not (own / kind / path.name).is_file():
                yield f"{kind}/{path.name}", path.read_text(encoding="utf-8")


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


@dataclass
class _Plans:
    """Reads plans, each once, also where another restates it."""

    root: Path
    ids: Sequence[str]
    results: dict[str, PlanFolder | DocgenError] = field(default_factory=dict)

    def plan(self, name: str, restated_by: tuple[str, ...] = ()) -> PlanFolder:
        """One plan; DocgenError with every complaint when it cannot be read."""
        if name not in self.results:
            try:
                self.results[name] = self.folder(name, restated_by)
            except DocgenError as error:
                self.results[name] = error
        result = self.results[name]
        if isinstance(result, DocgenError):
            raise result
        return result

    def folder(self, name: str, restated_by: tuple[str, ...]) -> PlanFolder:
        """One plan's folder. A plan.yaml that cannot be read hides what only it could tell of the amendments."""
        folder = self.root / SCHEDULES / name
        problems: list[Problem] = []
        plan, text, continues = None, None, None
        try:
            text = _source(self.root, folder / "plan.yaml")
            plan = validation.validate(Plan, text)
            continues = self.restated(name, plan, text, restated_by)
        except DocgenError as error:
            problems += error.problems
        files, strays = amendment_ids.amendment_files(self.root, folder)
        drafts = [_load_amendment(self.root, path) for path in files]
        if plan is None or text is None:
            raise DataProblem([*problems, *strays, *(p for draft in drafts for p in _problems(draft))])
        starting_schedules = _starting_schedules(plan, continues, drafts)
        amendments, faults = _amendments(plan, text, drafts, starting_schedules)
        if problems or strays or faults:
            raise DataProblem([*problems, *strays, *faults])
        return PlanFolder(name, plan, text, tuple(amendments), continues, starting_schedules)

    def restated(self, name: str, plan: Plan, text: Source, by: tuple[str, ...]) -> PlanFolder | None:
        """The plan that this one restates, if any."""
        restated_id = plan.restates
        if restated_id is None:
            return None
        plan_ids = [plan_id for plan_id in self.ids if plan_id != name]
        if restated_id not in plan_ids:
            fault = f'plan "{restated_id}" not found'
            raise DataProblem([text.problem(("restates",), fault, did_you_mean(restated_id, plan_ids))])
        if restated_id in by:
            raise DataProblem([text.problem(("restates",), f"{restated_id} restates this plan in its turn", "fix one")])
        try:
            return self.plan(restated_id, (*by, name))
        except DocgenError:
            fault = f"{restated_id} cannot be read"
            raise DataProblem([text.problem(("restates",), fault, f"fix {restated_id} first")]) from None


@dataclass(frozen=True)
class _AmendmentFacts:
    """An amendment's file as read: its id, its facts and its text."""

    id: str
    facts: Amendment
    source: Source


def _load_amendment(root: Path, path: Path) -> _AmendmentFacts | DocgenError:
    """An amendment's facts, or why they cannot be read."""
    try:
        text = _source(root, path)
        return _AmendmentFacts(path.stem, validation.validate(Amendment, text), text)
    except DocgenError as error:
        return error


def _problems(result: _AmendmentFacts | DocgenError) -> tuple[Problem, ...]:
    return result.problems if isinstance(result, DocgenError) else ()


def _starting_schedules(
    plan: Plan, predecessor: PlanFolder | None, drafts: Sequence[_AmendmentFacts | DocgenError]
) -> tuple[Schedule, ...]:
    """The schedules of the plan that is restated, on the day from which the first amendment counts, as far as they have
    this plan's names and columns."""
    if predecessor is None:
        return ()
    first = drafts[0] if drafts else None
    day = first.facts.day if isinstance(first, _AmendmentFacts) else None
    forms = {form.name: form for form in plan.schedules}
    return tuple(
        replace(schedule, form=forms[schedule.name], columns=tuple(forms[schedule.name].columns.items()))
        for schedule in predecessor.schedules_on(day)
        if schedule.name in forms and [key for key, _ in schedule.columns] == list(forms[schedule.name].columns)
    )


def _amendments(
    plan: Plan, text: Source, drafts: Sequence[_AmendmentFacts | DocgenError], starting_schedules: tuple[Schedule, ...]
) -> tuple[list[AmendmentFile], list[Problem]]:
    """The amendments, each applied to those before it, and every complaint.

    A final amendment goes on from the final ones before it; a draft goes on from drafts too. Past is None where one
    cannot be read.
    """
    amendments: list[AmendmentFile] = []
    problems: list[Problem] = []
    final: Past | None = Past.of(starting_schedules)
    drafted, current = final, plan
    for result in drafts:
        try:
            if isinstance(result, DocgenError):
                raise result
            changed = with_changes(current, result.facts.plan)
            past = drafted if result.facts.draft else final
            amendment = amendment_file(Draft(result.id, result.facts, result.source, changed, text), past)
        except DocgenError as error:
            problems += error.problems
            final = drafted = None
            continue
        amendments.append(amendment)
        after = past_after(amendment)
        drafted = None if drafted is None else after
        if not amendment.facts.draft and final is not None:
            final, current = after, amendment.plan or changed
    return amendments, problems


def _source(root: Path, path: Path) -> Source:
    file = path.relative_to(root).as_posix()
    if not path.is_file():
        fault = "is not a file that can be read" if os.path.lexists(path) else "not found"
        raise DataProblem([Problem(Where(file), fault, "put a YAML file here; schedules/README.md lists its keys")])
    try:
        with path.open("rb") as stream:
            return yaml_reader.parse(file, stream.read(yaml_reader.LARGEST + 1))
    except OSError as error:
        raise DataProblem([Problem(Where(file), f"cannot be read: {error.strerror}")]) from None
