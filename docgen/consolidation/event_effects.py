"""One business event and the plans that it touches: which of its changes apply to which schedule in force."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from docgen.consolidation import apply, change_names, event_changes, footnotes, lineage, plan_names
from docgen.consolidation.event_changes import spelled
from docgen.consolidation.locate import Application
from docgen.model import changes
from docgen.model.changes import Change
from docgen.model.event import EventFile
from docgen.model.plan import Plan, PlanChanges
from docgen.model.schedule import Schedule
from docgen.model.text_changes import TextChange
from docgen.model.yaml_reader import KeyPath
from docgen.problems import DataProblem, Problem, did_you_mean


@dataclass(frozen=True)
class Touch:
    """What an event does to one plan: its changes in the plan's own spelling, and what it leaves alone and why."""

    changes: tuple[Change | TextChange, ...]
    plan: PlanChanges  # what is different about the plan itself
    reasons: tuple[str, ...]


def touch(
    event: EventFile, plan: Plan, schedules: Sequence[Schedule], selected: bool, on_day: Sequence[Schedule]
) -> Touch:
    """The event's changes that apply to these schedules; DataProblem for one that would apply and cannot be.

    `on_day` are the schedules as they stand on the event's day: where names change later, both are understood.
    Changes of the text apply where a schedule changes, and where the event names the plan. The order in which the
    event lists its changes makes no difference: names change last, and what is named by a new name is understood.
    """
    current = {schedule.name: schedule for schedule in schedules}
    steps = _in_order(event, schedules)
    days = {schedule.name: schedule for schedule in on_day}
    several = len(plan.schedules) > 1
    results: list[Change | TextChange] = []
    reasons: list[str] = []
    classes = plan.share_classes
    for number, change in steps:
        whys = []
        targets = [name for name in current if change.schedule in (None, name)]
        for name in targets:
            party_of = plan if name == targets[0] else None
            fitted = _fitted_on(change, current[name], days.get(name), classes, party_of)
            if isinstance(fitted, str):
                whys.append(fitted)
                continue
            fitted = fitted.model_copy(update={"schedule": name if several else None})
            if not plan_names.is_of_the_plan(fitted, current[name], plan):
                at = Application(current[name], event.source, ("changes", number), days.get(name))
                current[name] = apply.carry_out(fitted, at)
            results.append(fitted)
        if len(whys) == len(targets) and current:
            reasons.append(whys[0] if whys else f"it has no {change.schedule}")
        else:
            classes = _classes_after(change, classes)
    texts = [change for change in event.facts.changes if isinstance(change, TextChange)]
    new = PlanChanges(share_classes=classes) if classes != plan.share_classes else PlanChanges()
    return Touch((*results, *texts) if results or selected else (), new, tuple(reasons))


def _fitted_on(
    change: Change, schedule: Schedule, on_day: Schedule | None, classes: Sequence[str], plan: Plan | None
) -> Change | str:
    """The change in the spelling of a schedule, or of its day, or of the plan's parties; or why it applies to none."""
    fitted = event_changes.fitted(change, schedule, classes)
    if isinstance(fitted, str) and on_day:
        by_day = event_changes.fitted(change, _called_as_in(on_day, schedule), classes)
        fitted = fitted if isinstance(by_day, str) else by_day
    if not isinstance(change, changes.RenameGroup):
        return fitted
    spelling = spelled(change.rename_group, plan_names.party_names(plan)) if plan else None
    if isinstance(fitted, str):
        return change.model_copy(update={"rename_group": spelling}) if spelling else fitted
    return fitted if spelling or not change.is_ else fitted.model_copy(update={"is_": None})


GIVE_NAMES = (*changes.RENAMES, changes.AddTradeName, changes.RedesignateClass)
NAMED_BY = ("group", "under", "of", "to", "after", "into")  # keys of a change that name rows and groups


def _in_order(event: EventFile, schedules: Sequence[Schedule]) -> list[tuple[int, Change]]:
    """The event's changes of schedules with their numbers, those last that give names, others by the names before."""
    steps = [(number, change) for number, change in enumerate(event.facts.changes) if isinstance(change, Change)]
    standing = {key.name for schedule in schedules for key in lineage.keys(schedule).values()}
    old_names = {new: old for _, change in steps for old, new in _new_names(change, standing) if new not in standing}
    freed = {old for _, change in steps for old, _ in _new_names(change, standing)}
    named = [(number, _by_old_names(change, old_names)) for number, change in steps]

    def place(step: tuple[int, Change]) -> tuple[bool, bool]:
        takes_freed = isinstance(step[1], changes.Add) and step[1].add in freed
        return takes_freed, isinstance(step[1], GIVE_NAMES)

    return sorted(named, key=place)


def _new_names(change: Change, standing: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each name that a change takes away, and the one that comes in its place."""
    if isinstance(change, changes.Rename | changes.RenameGroup):
        yield str(getattr(change, change.verb)), change.to
    elif isinstance(change, changes.RenameAll):
        for name in standing:
            new = change.words.sub(lambda _: change.to, name)
            if new != name and name not in change.except_:
                yield name, new


def _by_old_names(change: Change, old_names: Mapping[str, str]) -> Change:
    """A change that gives no names, by those that rows and groups have before the event."""
    if isinstance(change, GIVE_NAMES):
        return change
    keys = [key for key in (change.verb, *NAMED_BY) if key in change.model_fields_set and not key.startswith("add")]
    update = {key: _before(getattr(change, key), old_names) for key in keys}
    return change.model_copy(update=update)


def _before(name: str | tuple[str, ...], old_names: Mapping[str, str]) -> str | tuple[str, ...]:
    """What was called so before, one or several."""
    return old_names.get(name, name) if isinstance(name, str) else tuple(old_names.get(each, each) for each in name)


def _called_as_in(other: Schedule, schedule: Schedule) -> Schedule:
    """The schedule, its rows and groups called as they are in another view of it."""
    names = {row: key.name for row, key in lineage.keys(other).items()}
    groups = []
    for group in schedule.groups:
        rows = tuple(replace(row, name=names.get(row.id, row.name)) for row in group.rows)
        groups.append(replace(group, name=names.get(group.id, group.name), rows=rows))
    return replace(schedule, groups=tuple(groups))


def unmatched(event: EventFile, schedules: Sequence[Schedule]) -> list[Problem]:
    """A problem for each name that a change lists, to leave it out or to give it a sign, and that no plan has: it is
    mistyped."""
    steps = _in_order(event, schedules)
    standing = [name for s in schedules for name in (*(g.name for g in s.groups if g.name), *(r.name for r in s.rows))]
    carriers = [name for schedule in schedules for name in footnotes.carriers(schedule)]
    carriers += [name for _, change in steps for name in change_names.new_names(change)]
    problems: list[Problem] = []
    for number, change in steps:
        path = ("changes", number)
        if isinstance(change, changes.RenameAll):
            problems += _strangers(event, (*path, "except"), change.except_, standing)
        if isinstance(change, changes.AddFootnote):
            problems += _strangers(event, (*path, "of"), change.of, carriers)
    return problems


def _strangers(event: EventFile, path: KeyPath, listed: Sequence[str], names: Sequence[str]) -> list[Problem]:
    """A problem for each of the listed names that is none of the others."""
    every = list(dict.fromkeys(names))
    return [
        event.source.problem((*path, place), f'no plan has "{name}"', did_you_mean(name, every))
        for place, name in enumerate(listed)
        if spelled(name, every) is None
    ]


def _classes_after(change: Change, classes: tuple[str, ...]) -> tuple[str, ...]:
    """The plan's own classes after a change of theirs."""
    match change:
        case changes.RedesignateClass(of=None):
            return tuple(change.to if name == change.redesignate_class else name for name in classes)
        case changes.RemoveClass(of=None, remove_class=removed):
            return tuple(name for name in classes if name != removed) or classes
    return classes


def refusal(plan: str, error: DataProblem) -> DataProblem:
    """What to raise when a change of an event cannot be in a plan."""
    return DataProblem(replace(problem, found=f"in {plan}: {problem.found}") for problem in error.problems)
