"""What a person asked for, of all that was loaded: papers by `plan` or `plan/amendment`, all when nothing is named."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from docgen.consolidation.fold import Past
from docgen.consolidation.plan_folder import AmendmentFile, PlanFolder
from docgen.files import resources
from docgen.files.atomic import BUILD
from docgen.model.schedule import Schedule
from docgen.model.yaml_reader import Source
from docgen.problems import DataProblem, Problem, UsageProblem, Where, did_you_mean, errors
from docgen.workspace.load import Workspace
from docgen.workspace.plan_reading import SCHEDULES
from docgen.workspace.seals import Seal

DOCUMENTS = ("amendment", "schedule")
ENTIRE = "plan"  # the one document of a paper that is the plan itself
NOTHING = Source("", {}, {})


@dataclass(frozen=True)
class Paper:
    """One amendment to be made into files, with what all its documents need."""

    plan: PlanFolder
    amendment: AmendmentFile
    folders: tuple[Path, ...]
    seal: Seal | None = None  # what was filed of it

    @property
    def name(self) -> str:
        """`aim-class-b/002`."""
        return f"{self.plan.id}/{self.amendment.id}"

    @property
    def says_nothing(self) -> bool:
        """Whether the plan's kind has templates, and none of a document that this amendment has something to say in."""
        return bool(self._with_templates) and not self._with_content()

    def documents(self) -> list[str]:
        """The documents made of it: those that its kind has templates for, and that it has something to say in.

        Where there is none it is the first of all, so that whoever makes it says why it cannot be.
        """
        return self._with_content() or [DOCUMENTS[0]]

    def schedules(self, document: str) -> tuple[Schedule, ...]:
        """The schedules that one of its documents prints: those that it changes, in a whole plan all."""
        return self.amendment.after if document == ENTIRE else self.amendment.schedules

    def formats(self, wanted: Sequence[str]) -> list[str]:
        """Those of the formats that it is made in."""
        allowed = self.amendment.form.formats
        return [suffix for suffix in wanted if suffix in allowed]

    def file_names(self, formats: Sequence[str]) -> list[str]:
        """The files that it has in some formats: of those that were filed, or each document in each format."""
        if self.seal:
            return [name for name in self.seal.files if name.rpartition(".")[2] in formats]
        return [f"{name}.{suffix}" for name in self.documents() for suffix in self.formats(formats)]

    def filed_or_made(self) -> list[str]:
        """The documents that were filed of it; else those that are made of it."""
        names = [name.partition(".")[0] for name in self.seal.files] if self.seal else self.documents()
        return list(dict.fromkeys(names))

    @cached_property
    def _with_templates(self) -> list[str]:
        kind = self.plan.facts.kind
        return [name for name in DOCUMENTS if resources.first(self.folders, f"{kind}/{name}.html.j2")]

    def _with_content(self) -> list[str]:
        if self.amendment.facts.entire_plan:
            return [ENTIRE]
        opening = self.amendment.facts.opening
        needless = {"amendment"} if opening else set() if self.amendment.schedules else {"schedule"}
        return [name for name in self._with_templates if name not in needless]

    def with_caption(self, caption: str) -> Paper:
        """The same as one registrant files it: with its line at the top, where each has its own."""
        if not self.amendment.facts.exhibits:
            return self
        facts = self.amendment.facts.model_copy(update={"exhibit": caption, "exhibits": {}})
        return self.with_amendment(replace(self.amendment, facts=facts))

    def with_amendment(self, amendment: AmendmentFile) -> Paper:
        """The same for another amendment in the place of its own."""
        return replace(self, plan=self.plan.with_amendment(amendment), amendment=amendment)

    def alone(self) -> Paper:
        """The same, with no more of its plan than its own documents need: so it travels light to other processes."""
        if self.amendment.facts.entire_plan:
            return self
        at = self.plan.amendments.index(self.amendment)
        dated = self.amendment.plan.dated
        earlier = [_days_only(a) for a in self.plan.amendments[:at]] if dated and dated.amended is not None else []
        amendment = replace(self.amendment, past=Past(self.amendment.past.schedules))
        plan = replace(self.plan, amendments=(*earlier, amendment), continues=None, starting_schedules=())
        return replace(self, plan=plan, amendment=amendment)


def _days_only(amendment: AmendmentFile) -> AmendmentFile:
    return replace(amendment, source=NOTHING, schedules=(), past=Past(), after=(), applied=())


@dataclass(frozen=True)
class Selection:
    """The papers and plans that were asked for, with their problems.

    `sealed` are all papers of these plans of which something was filed, asked for or not; `accepted` are the warnings
    that a person lets stand.
    """

    papers: tuple[Paper, ...]
    plans: tuple[PlanFolder, ...]
    sealed: tuple[Paper, ...]
    problems: tuple[Problem, ...] = ()
    accepted: tuple[Problem, ...] = ()


def select(workspace: Workspace, names: Sequence[str] = ()) -> Selection:
    """What `names` name, with what could not be read of it; UsageProblem for a name that nothing has."""
    pairs = [ids(name) for name in names]
    wanted = plans_of(names)
    _refuse_unknown_plans(wanted, names, workspace.plan_ids)
    plans = tuple(plan for plan in workspace.plans if not wanted or plan.id in wanted)
    papers: list[Paper] = []
    sealed: list[Paper] = []
    for plan in plans:
        amendments = [amendment for name, amendment in pairs if name == plan.id]
        _refuse_unknown(plan, amendments)
        every = papers_of(workspace, plan)
        papers += [p for p in every if not amendments or "" in amendments or p.amendment.id in amendments]
        sealed += [paper for paper in every if paper.seal]
    sources = _with_restated(workspace, wanted)
    problems, accepted = (
        tuple(problem for problem in every if concerns(problem, sources))
        for every in (workspace.problems, workspace.accepted)
    )
    return Selection(tuple(papers), plans, tuple(sealed), problems, accepted)


def _refuse_unknown_plans(wanted: Sequence[str], names: Sequence[str], known: Collection[str]) -> None:
    """UsageProblem for a plan that is not there; a folder of made files is called one, and that of all plans."""
    for name in (name for name in wanted if name not in known):
        if not name:
            path = next(path for path in names if not ids(path)[0])
            raise UsageProblem(
                [Problem(Where(path or "."), "is the folder of all plans", "leave it out, or name a plan")]
            )
        if name == BUILD:
            path = next(path for path in names if ids(path)[0] == name)
            paper = path.replace("\\", "/").strip("/").removeprefix(BUILD).strip("/")
            remedy = f"name the files in it, or {paper or 'a plan'}"
            raise UsageProblem([Problem(Where(path), "is where docgen writes", remedy)])
        raise UsageProblem(
            [Problem(Where(f"{SCHEDULES}/{name}"), f'plan "{name}" not found', did_you_mean(name, known))]
        )


def _with_restated(workspace: Workspace, wanted: Sequence[str]) -> list[str]:
    """The plans, and those that they cannot be read without: a plan that one restates has the cause of its problems."""
    complete = [plan.id for plan in workspace.plans]
    sources = list(wanted)
    for name in sources:
        restated = workspace.restates.get(name, name) if name not in complete else name
        sources += [restated] if restated not in sources else []
    return sources


def papers_of(workspace: Workspace, plan: PlanFolder) -> list[Paper]:
    """All papers of one plan."""
    return [
        Paper(plan, amendment, workspace.templates, workspace.seals.get(f"{plan.id}/{amendment.id}"))
        for amendment in plan.amendments
    ]


def concerns(problem: Problem, plans: Iterable[str]) -> bool:
    """Whether a problem is of one of these plans; every problem is, when none is named."""
    folder = problem.where.file.removeprefix(f"{SCHEDULES}/").partition("/")[0]
    return not plans or folder in plans


def ids(text: str) -> tuple[str, str]:
    """`plan/amendment` as the two ids; the paths of their files are understood too."""
    path = "/" + text.replace("\\", "/").strip("/") + "/"
    _, folder, inside = path.partition(f"/{SCHEDULES}/")
    plan, _, rest = (inside if folder else path[1:].removeprefix("./")).strip("/").partition("/")
    name = rest.removeprefix("amendments").strip("/")
    return plan, "" if name == "plan.yaml" else name.removesuffix(".yaml").removesuffix(".yml")


def plans_of(names: Iterable[str]) -> list[str]:
    """The plans that some names begin with, each once."""
    return list(dict.fromkeys(ids(name)[0] for name in names))


def _refuse_unknown(plan: PlanFolder, amendments: Iterable[str]) -> None:
    amendment_ids = [amendment.id for amendment in plan.amendments]
    for name in amendments:
        if name and name not in amendment_ids:
            where = Where(f"{SCHEDULES}/{plan.id}/amendments/{name}.yaml")
            raise UsageProblem(
                [Problem(where, f'{plan.id} has no amendment "{name}"', did_you_mean(name, amendment_ids))]
            )


def refuse_restated(plan: PlanFolder, on: datetime.date | None) -> None:
    """UsageProblem where another plan stands in a plan's place on a day; no day: by the end."""
    if successor := plan.restated(on):
        fault = f"is no longer in force: {successor.plan} restates it from {successor.day} on"
        raise UsageProblem([Problem(Where(plan.id), fault, f"name {successor.plan}, or a day before")])


def buildable(chosen: Selection) -> tuple[Paper, ...]:
    """The papers, when nothing stands in their way; DataProblem with every error otherwise."""
    if errors(chosen.problems):
        raise DataProblem(chosen.problems)
    return chosen.papers
