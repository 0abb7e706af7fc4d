"""What a redline is against: the schedule before, another amendment, a draft in a YAML file, a finished file."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath

from docgen.build import produce
from docgen.consolidation import lineage
from docgen.consolidation.applied import Applied
from docgen.consolidation.lineage import Lineage
from docgen.consolidation.plan_folder import AmendmentFile, PlanFolder
from docgen.document import conformed_text
from docgen.document.schedule_context import amendment_name
from docgen.document.tree import Document, plain
from docgen.files import fingerprint, limits
from docgen.model import english
from docgen.model.amendment import Amendment
from docgen.model.schedule import Schedule
from docgen.problems import Problem, UsageProblem, Where, did_you_mean
from docgen.readers import to_tree
from docgen.readers.returned import Acceptance, ReturnedFile
from docgen.readers.to_tree import USUAL
from docgen.workspace import seals
from docgen.workspace.load import Workspace
from docgen.workspace.plan_reading import SCHEDULES, amendment_from
from docgen.workspace.points_in_time import Moment, changes_between
from docgen.workspace.select import ENTIRE, Paper, buildable, ids, select

FILED = "filed"
YAML, READABLE = (".yaml", ".yml"), to_tree.SUFFIXES


@dataclass(frozen=True)
class End:
    """One end of a redline: what it is called, its document, the file that it comes from with its hash, its schedules.

    `name` is for files, `title` for people. `steps` has by the schedules' names the changes that somebody has listed
    since. `returned` is what a finished file holds besides, `is_returned` says that somebody else
    changed in it what was built; `rejected` is the same file with their tracked changes rejected, where it has any.
    """

    name: str
    title: str
    document: Document
    source: str
    sha256: str
    schedules: tuple[Schedule, ...] = ()
    steps: Mapping[str, tuple[Applied, ...]] = field(default_factory=dict)
    returned: ReturnedFile | None = None
    rejected: ReturnedFile | None = None
    acceptance: Acceptance = USUAL
    is_returned: bool = False

    @property
    def words(self) -> int:
        """How many words its document has."""
        return sum(len(plain(content).split()) for content in self.document.contents())


def against(workspace: Workspace, paper: Paper, name: str, document: str, acceptance: Acceptance = USUAL) -> End:
    """What `--against` names: nothing for the schedule before, `filed`, a file, `plan/amendment`."""
    if not name:
        return plan_before(paper) if document == ENTIRE else before(paper)
    if name == FILED:
        return filed(paper, document)
    if is_file(name):
        data = content(Path(name))
        return (
            draft(paper, name, data, document)
            if PurePath(name).suffix.lower() in YAML
            else file(name, data, acceptance)
        )
    papers = buildable(select(workspace, [name]))
    if len(papers) != 1:
        raise UsageProblem(
            [Problem(Where(name), "names no single amendment", "write PLAN/AMENDMENT, filed, or a file")]
        )
    return amendment(paper, papers[0], document)


def sources(paper: Paper, name: str) -> tuple[list[str], list[str]]:
    """What a redline is made from, where `--against` names this: amendments, and files that lie elsewhere."""
    if not name or name == FILED:
        return [paper.name], []
    return ([paper.name], [name]) if is_file(name) else ([paper.name, "/".join(ids(name))], [])


def end(paper: Paper, document: str, steps: Mapping[str, tuple[Applied, ...]] = {}) -> End:
    """A document of a paper as an end; `steps` are the changes listed since."""
    source, title, tree = paper.amendment.source, paper_title(paper), produce.document(paper, document)
    return End(paper.name, title, tree, source.file, source.digest, paper.schedules(document), steps)


def paper_title(paper: Paper) -> str:
    """What a paper is called among people: `Amendment No. 2`, in the words that its plan has for it."""
    facts = paper.amendment.facts
    if facts.number is not None:
        return amendment_name(facts.number, paper.amendment.form.number)
    day = f" of {english.day(paper.amendment.day)}" if paper.amendment.day else ""
    if facts.entire_plan:
        return f"the plan as restated{day.replace(' of ', ' on ')}"
    return f"the schedule{day} as it first stood" if facts.opening else f"the Amendment{day}"


def before(paper: Paper) -> End:
    """The schedule as it stood before the amendment; UsageProblem for the first of all."""
    new, previous = paper.amendment, predecessor(paper)
    touched = [schedule.name for schedule in new.schedules]
    if previous is None:
        fault = "is the first: no schedule stands before it"
        raise UsageProblem([Problem(Where(paper.name), fault, "say what to compare it with: --against")])
    old = tuple(schedule for schedule in new.before if schedule.name in touched)
    earlier = replace(paper, amendment=replace(previous, schedules=old))
    steps = {} if new.facts.restate else {name: new.changes_of(name) for name in touched}
    return end(earlier, "schedule", steps)


def predecessor(paper: Paper) -> AmendmentFile | None:
    """The amendment that gave what this one changes; None for the first of all."""
    new, amendments = paper.amendment, paper.plan.amendments
    stood = {schedule.name for schedule in new.before}
    previous = [a for a in amendments[: amendments.index(new)] if a.after == new.before]
    return previous[-1] if previous and any(schedule.name in stood for schedule in new.schedules) else None


def plan_before(paper: Paper) -> End:
    """The whole plan, its text and schedules, before an amendment; UsageProblem where nothing is kept of it."""
    new, plan = paper.amendment, paper.plan
    if not conformed_text.has_text(plan):
        where = Where(f"{SCHEDULES}/{plan.id}/text/")
        raise UsageProblem([Problem(where, "not found: the plan's text is not kept", "docs/conform.md shows how to")])
    final = [a for a in plan.amendments[: plan.amendments.index(new)] if new.facts.draft or not a.facts.draft]
    steps = {} if new.facts.restate else {schedule.name: new.changes_of(schedule.name) for schedule in new.after}
    if final:
        return end(replace(paper, amendment=final[-1]), ENTIRE, steps)
    if plan.continues:
        day = new.day - datetime.timedelta(days=1) if new.day else None
        return _of_restated(plan.continues, day, paper)
    first = AmendmentFile("", Amendment(), plan.source, (), after=new.before, plan=plan.facts)
    earlier = end(paper.with_amendment(first), ENTIRE, steps)
    return replace(earlier, name=plan.id, title="the plan as it first stood")


def _of_restated(plan: PlanFolder, day: datetime.date | None, paper: Paper) -> End:
    """The whole of the plan that another restates, as it stands on the last day before."""
    last = plan.in_force(day)
    start = AmendmentFile("", Amendment(), plan.source, (), plan=plan.facts)
    amendment = replace(last or start, after=plan.schedules_on(day))
    restated = replace(paper, plan=plan.with_amendment(amendment), amendment=amendment)
    return replace(end(restated, ENTIRE), name=plan.id, title=f"{_plan_title(restated)} before it")


def amendment(paper: Paper, old: Paper, document: str) -> End:
    """Another amendment of the workspace."""
    points = (Moment(p.name, p.plan, p.amendment.after, p.amendment) for p in (old, paper))
    listed = changes_between(*points)
    steps = {schedule.name: listed.of(schedule.name) for schedule in paper.amendment.schedules} if listed else {}
    other = end(old, document, steps)
    return other if old.plan.id == paper.plan.id else replace(other, title=f"{other.title} to {_plan_title(old)}")


def _plan_title(paper: Paper) -> str:
    """The title of a paper's plan, with the share classes that tell it from others of this title."""
    facts = paper.plan.facts
    shares = english.shares_beside_title(facts.share_classes, facts.title)
    return f"the {facts.title}{f' ({shares})' if shares else ''}"


def draft(paper: Paper, file: str, data: bytes, document: str) -> End:
    """An earlier draft of the same amendment, from a YAML file; DataProblem when it cannot be read."""
    name = PurePath(file).name
    earlier = amendment_from(paper.plan, paper.amendment.id, file, data)
    return replace(end(paper.with_amendment(earlier), document), name=name, title=name)


def pairs_of(old: Sequence[Schedule], new: Sequence[Schedule]) -> dict[str, Lineage]:
    """Which row was which, for the schedules that both sides have, by their names."""
    before = {schedule.name: schedule for schedule in old}
    return {s.name: lineage.pairs(before[s.name], s) for s in new if s.name in before}


def filed(paper: Paper, document: str) -> End:
    """The sealed copy of what was filed: the first that can be read, the document's own name before others."""
    where = Where(seals.folder(paper.plan.id, paper.amendment.id))
    if paper.seal is None:
        raise UsageProblem(
            [Problem(where, f"holds no filed copy of {paper.name}", "name the file with --against FILE")]
        )
    fit = [name for name in paper.seal.files if PurePath(name).suffix.lower() in READABLE]
    if not fit:
        raise UsageProblem(
            [Problem(where, f"holds no .htm or .docx, only {', '.join(paper.seal.files)}", to_tree.NO_CELLS)]
        )
    best = min(fit, key=lambda name: (not name.startswith(document), READABLE.index(PurePath(name).suffix.lower())))
    copy = file(f"{where.file}/{best}", paper.seal.files[best])
    return replace(copy, name=FILED, title="what was filed", is_returned=False)


def file(name: str, data: bytes, acceptance: Acceptance = USUAL) -> End:
    """A finished file, docx or htm, with its tracked changes read so; DataProblem when it cannot be read as words, rows
    and cells."""
    title = PurePath(name).name
    returned = to_tree.returned(name, data, acceptance)
    theirs = any(change.author != acceptance.author for change in returned.tracked)
    rejected = to_tree.returned(name, data, replace(acceptance, accepted=False)) if theirs else None
    copy = End(title, title, returned.document, name, fingerprint.digest(data), is_returned=True)
    return replace(copy, returned=returned, rejected=rejected, acceptance=acceptance)


def is_file(name: str) -> bool:
    """Whether `--against` names a file outside the workspace's data."""
    path = PurePath(name)
    suffix = path.suffix.lower()
    return suffix in (*READABLE, ".txt", ".pdf", ".doc") or (suffix in YAML and "amendments" not in path.parts)


def content(path: Path) -> bytes:
    """The file's bytes; UsageProblem when there are none, or too many."""
    try:
        return limits.content(path)
    except OSError as error:
        names = sorted(neighbour.name for neighbour in path.parent.iterdir()) if path.parent.is_dir() else []
        remedy = did_you_mean(path.name, names) if len(names) > 1 and not path.exists() else ""
        raise UsageProblem([Problem(Where(str(path)), f"cannot be read: {error.strerror}", remedy)]) from None
