"""Reads a workspace, each file once: the plans with their amendments and the schedules they give, events, seals."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from docgen.consolidation.plan_folder import PlanFolder, Successor
from docgen.files import resources
from docgen.model import amendment_ids, english, validation
from docgen.model.event import Event, EventFile
from docgen.problems import DocgenError, Problem, UsageProblem, Where, did_you_mean
from docgen.workspace import places, seals
from docgen.workspace.plan_reading import SCHEDULES, PlanResult, Plans, source_of
from docgen.workspace.seals import Seal


@dataclass(frozen=True)
class Workspace:
    """What was read of a workspace: the plans that can be read, and every complaint about the others.

    `plan_ids` are the folders of all plans and `event_ids` the files of all events, readable or not; `partial` has the
    plans of which not every amendment can be applied, with those that can; `restates` has the plan that each plan
    restates; `seals` has what was filed, by `plan/amendment`; `templates` are the folders that hold templates, the
    workspace's own before docgen's. `accepted` are the warnings that a person lets stand.
    """

    plans: tuple[PlanFolder, ...]
    events: tuple[EventFile, ...]
    seals: Mapping[str, Seal]
    templates: tuple[Path, ...]
    plan_ids: tuple[str, ...]
    problems: tuple[Problem, ...]
    partial: tuple[PlanFolder, ...] = ()
    restates: Mapping[str, str] = field(default_factory=dict)
    accepted: tuple[Problem, ...] = ()
    event_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Before:
    """What was read before, for a load to begin with: plans that stand as they were, and those that may have changed.

    Plans that a load reads are put beside those that stand. `texts` take the place of files, by their paths from the
    workspace.
    """

    results: dict[str, PlanResult] = field(default_factory=dict)
    earlier: Mapping[str, PlanResult] = field(default_factory=dict)
    texts: Mapping[str, bytes] = field(default_factory=dict)


def load(root: Path, before: Before | None = None, names: Sequence[str] = ()) -> Workspace:
    """Everything under `schedules/` and the template folders; UsageProblem where there is no plan at all.

    `before` is what need not be read again. Where plans are named only those are read, and those that they restate or
    that restate them.
    """
    ids = _plan_ids(root)
    if not ids:
        if wrong := list(places.problems(root)):
            raise UsageProblem(wrong)
        remedy = "make schedules/<plan>/plan.yaml; docgen init DIR shows one"
        raise UsageProblem([Problem(Where(SCHEDULES), "holds no plan", remedy)])
    begun = before or Before()
    reader = Plans(root, ids, begun.results, begun.earlier, begun.texts)
    every = [reader.plan(name) for name in (_related(reader, names) if names else ids)]
    plans = _with_successors([result.plan for result in every if result.plan and result.complete])
    partial = [result.plan for result in every if result.plan and not result.complete]
    problems = [*places.problems(root), *(problem for result in every for problem in result.problems)]
    filed: dict[str, Seal] = {}
    for plan in plans:
        plan_seals, altered = seals.load(root, plan.id, [amendment.id for amendment in plan.amendments])
        filed |= {f"{plan.id}/{amendment}": seal for amendment, seal in plan_seals.items()}
        problems += altered
    events, faults = _events(root)
    templates = resources.template_folders(root)
    readable = [*plans, *partial]
    if len(readable) == len(ids):  # else a plan that cannot be read may use them
        problems += _unused_templates(root, readable, templates)
    problems += [*faults, *_renamed_templates(root, readable, templates)]
    restates = {plan.id: plan.facts.restates for plan in readable if plan.facts.restates}
    return Workspace(
        tuple(plans),
        tuple(events),
        filed,
        templates,
        tuple(ids),
        tuple(problems),
        tuple(partial),
        restates,
        event_ids=tuple(path.stem for path in _event_files(root)),
    )


def _with_successors(plans: Sequence[PlanFolder]) -> list[PlanFolder]:
    """The plans, each with the one that restates it, from the first final paper of that on."""
    successors = {
        plan.continues.id: Successor(plan.id, day) for plan in plans if plan.continues and (day := plan.first_day())
    }
    return [replace(plan, successor=successors[plan.id]) if plan.id in successors else plan for plan in plans]


def _related(reader: Plans, names: Sequence[str]) -> list[str]:
    """The plans of some names, as far as there are any, with those that they restate or that restate them."""
    pairs = [(name, restated) for name in reader.ids if (restated := _restates(reader, name))]
    related = set(names)
    while more := {name for pair in pairs if related.intersection(pair) for name in pair} - related:
        related |= more
    return [name for name in reader.ids if name in related]


def _restates(reader: Plans, name: str) -> str:
    """The plan that a plan.yaml says it restates; empty where it says none, or cannot be read."""
    try:
        data = reader.text(name).data
    except DocgenError:
        return ""
    return str(data.get("restates") or "") if isinstance(data, dict) else ""


def _plan_ids(root: Path) -> list[str]:
    """The folders of `schedules/` that hold a plan.yaml, or ought to, in order."""
    folders = [
        path
        for path in (root / SCHEDULES).iterdir()
        if path.is_dir() and path.name[0] not in "._" and path.name != amendment_ids.EVENTS
    ]
    return sorted(f.name for f in folders if os.path.lexists(f / "plan.yaml") or os.path.lexists(f / "amendments"))


def _events(root: Path) -> tuple[list[EventFile], list[Problem]]:
    """The files of schedules/events/ by their names, and every complaint about them."""
    events: list[EventFile] = []
    problems: list[Problem] = []
    for path in _event_files(root):
        try:
            text = source_of(root, path)
            events.append(EventFile(path.stem, validation.validate(Event, text), text))
        except DocgenError as error:
            problems += error.problems
    return events, problems


def _event_files(root: Path) -> list[Path]:
    folder = root / SCHEDULES / amendment_ids.EVENTS
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    return [path for path in files if path.suffix.lower() in (".yaml", ".yml") and not path.name.startswith(".")]


def _unused_templates(root: Path, plans: Sequence[PlanFolder], folders: Sequence[Path]) -> Iterator[Problem]:
    """A warning for each file of the workspace's templates that takes no other's place and that no kind uses."""
    workspace_folder = folders[0]
    shipped_files = sorted(path.relative_to(resources.TEMPLATES).as_posix() for path in resources.TEMPLATES.rglob("*"))
    kinds = {plan.facts.kind for plan in plans}
    sheet = resources.first(tuple(folders), "print.css")
    style = sheet.read_text(encoding="utf-8", errors="replace") if sheet else ""
    for path in sorted(workspace_folder.rglob("*")) if workspace_folder != resources.TEMPLATES else ():
        name = path.relative_to(workspace_folder).as_posix()
        free = path.name.startswith(("_", ".")) or name.split("/")[0] in {*kinds, "fonts", "images"}
        if path.is_file() and not free and name not in shipped_files and name not in style:
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
