"""What a redline is against: the schedule before, another amendment, a draft in a YAML file, a finished file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath

from docgen.build import produce
from docgen.consolidation import lineage
from docgen.consolidation.applied import Applied
from docgen.consolidation.fold import Draft
from docgen.consolidation.lineage import Lineage
from docgen.consolidation.plan_folder import AmendmentFile
from docgen.document.tree import Document
from docgen.files import limits
from docgen.model import validation, yaml_reader
from docgen.model.amendment import Amendment
from docgen.model.plan import with_changes
from docgen.model.schedule import Schedule
from docgen.problems import Problem, UsageProblem, Where, did_you_mean
from docgen.readers import to_tree
from docgen.workspace import seals
from docgen.workspace.load import Workspace
from docgen.workspace.plan_reading import amendment_file
from docgen.workspace.points_in_time import Moment, changes_between
from docgen.workspace.select import Paper, buildable, select

FILED = "filed"
YAML, READABLE = (".yaml", ".yml"), to_tree.SUFFIXES


@dataclass(frozen=True)
class Baseline:
    """One side of a redline: its name, its document, the schedules in it, and which row of the new side was which.

    `pairs` and `steps` are by the schedules' names; `steps` has the changes that somebody has listed.
    """

    name: str
    document: Document
    schedules: tuple[Schedule, ...] = ()
    pairs: Mapping[str, Lineage] = field(default_factory=dict)
    steps: Mapping[str, tuple[Applied, ...]] = field(default_factory=dict)


def against(workspace: Workspace, paper: Paper, name: str, document: str) -> Baseline:
    """What `--against` names: nothing for the schedule before, `filed`, a file, `plan/amendment`."""
    if not name:
        return before(paper)
    if name == FILED:
        return filed(paper, document)
    if is_file(name):
        data = content(Path(name))
        return draft(paper, name, data, document) if PurePath(name).suffix.lower() in YAML else file(name, data)
    papers = buildable(select(workspace, [name]))
    if len(papers) != 1:
        raise UsageProblem(
            [Problem(Where(name), "names no single amendment", "write PLAN/AMENDMENT, filed, or a file")]
        )
    return amendment(paper, papers[0], document)


def before(paper: Paper) -> Baseline:
    """The schedule as it stood before the amendment; UsageProblem for the first of all."""
    new = paper.amendment
    touched = [schedule.name for schedule in new.schedules]
    old = tuple(schedule for schedule in new.before if schedule.name in touched)
    previous = [a for a in paper.plan.amendments if a.after == new.before and a.id != new.id]
    if not old or not previous:
        fault = "is the first: no schedule stands before it"
        raise UsageProblem([Problem(Where(paper.name), fault, "say what to compare it with: --against")])
    earlier = replace(paper, amendment=replace(previous[-1], schedules=old))
    steps = {} if new.facts.restate else {name: new.changes_of(name) for name in touched}
    return Baseline(earlier.name, produce.document(earlier, "schedule"), old, pairs_of(old, new.schedules), steps)


def amendment(paper: Paper, old: Paper, document: str) -> Baseline:
    """Another amendment of the workspace."""
    points = (Moment(p.name, p.plan, p.amendment.after, p.amendment) for p in (old, paper))
    listed = changes_between(*points)
    steps = {schedule.name: listed.of(schedule.name) for schedule in paper.amendment.schedules} if listed else {}
    return _of_amendment(paper, old, old.name, document, steps)


def draft(paper: Paper, file: str, data: bytes, document: str) -> Baseline:
    """An earlier draft of the same amendment, from a YAML file; DataProblem when it cannot be read."""
    text = yaml_reader.parse(file, data)
    facts = validation.validate(Amendment, text)
    plan = with_changes(paper.amendment.plan or paper.plan.facts, facts.plan)
    earlier = amendment_file(Draft(paper.amendment.id, facts, text, plan, paper.plan.source), paper.amendment.past)
    return _of_amendment(paper, _in_place(paper, earlier), PurePath(file).name, document, {})


def _in_place(paper: Paper, earlier: AmendmentFile) -> Paper:
    """A paper with another amendment in the place of its own."""
    amendments = tuple(earlier if item.id == earlier.id else item for item in paper.plan.amendments)
    return replace(paper, plan=replace(paper.plan, amendments=amendments), amendment=earlier)


def _of_amendment(
    paper: Paper, old: Paper, name: str, document: str, steps: Mapping[str, tuple[Applied, ...]]
) -> Baseline:
    pairs = pairs_of(old.amendment.after, paper.amendment.schedules)
    return Baseline(name, produce.document(old, document), old.amendment.schedules, pairs, steps)


def pairs_of(old: Sequence[Schedule], new: Sequence[Schedule]) -> dict[str, Lineage]:
    """Which row was which, for the schedules that both sides have, by their names."""
    before = {schedule.name: schedule for schedule in old}
    return {s.name: lineage.pairs(before[s.name], s) for s in new if s.name in before}


def filed(paper: Paper, document: str) -> Baseline:
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
    return replace(file(f"{where.file}/{best}", paper.seal.files[best]), name=FILED)


def file(name: str, data: bytes) -> Baseline:
    """A finished file: docx or htm; DataProblem when it cannot be read as words, rows and cells."""
    return Baseline(PurePath(name).name, to_tree.read(name, data))


def is_file(name: str) -> bool:
    """Whether `--against` names a file outside the workspace's data."""
    path = PurePath(name)
    suffixes = (*YAML, *READABLE, ".txt", ".pdf", ".doc")
    return path.suffix.lower() in suffixes and "amendments" not in path.parts


def content(path: Path) -> bytes:
    """The file's bytes; UsageProblem when there are none, or too many."""
    try:
        return limits.content(path)
    except OSError as error:
        names = [neighbour.name for neighbour in path.parent.iterdir()] if path.parent.is_dir() else []
        remedy = did_you_mean(path.name, names) if len(names) > 1 and not path.exists() else ""
        raise UsageProblem([Problem(Where(str(path)), f"cannot be read: {error.strerror}", remedy)]) from None
