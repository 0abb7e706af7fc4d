"""Rules about names that went, by an event or by one plan's paper, and that another plan goes on using."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from docgen.checks import name_pairs
from docgen.checks.across_plans import Everything, WorkspaceRule
from docgen.consolidation.applied import Applied
from docgen.consolidation.plan_folder import AmendmentFile, PlanFolder
from docgen.model import changes
from docgen.model.event import EventFile
from docgen.model.schedule import Schedule
from docgen.problems import Problem, Where, count, fold_signs, name_key

Name = tuple[str, bool]  # a name, and whether it is a group's


@dataclass(frozen=True)
class Names:
    """The names of groups and of rows, from top to bottom, each with the line that it was typed on."""

    lines: Mapping[Name, Where]
    by_key: dict[str, list[Name]] = field(default_factory=dict)  # by what they look like, capitals apart

    @classmethod
    def of(cls, schedules: Sequence[Schedule]) -> Names:
        """The names of some schedules."""
        lines: dict[Name, Where] = {}
        for schedule in schedules:
            for group in schedule.groups:
                if group.name:
                    lines.setdefault((group.name, True), group.at)
                for row in group.rows:
                    lines.setdefault((row.name, False), row.at)
        names = cls(lines)
        for name in lines:
            names.by_key.setdefault(name_key(name[0]), []).append(name)
        return names


@dataclass(frozen=True)
class OldName:
    """A name that went on a day: by an event, or by one plan's amendment."""

    name: str  # as it was; empty where only words of names go
    words: re.Pattern[str] | None  # what a name with these words reads like
    but: tuple[str, ...]  # the names that stay, and the new one
    plans: tuple[str, ...]  # the plans that it is for; all, when empty
    groups: bool | None  # whether it is a group's name, or a row's; None: either
    day: datetime.date
    by: str
    fate: str  # what becomes of it, as a verb says: renames to "AIM Core Fund", removes
    where: Where
    is_event: bool

    def among(self, names: Names) -> dict[Name, Where]:
        """The names that are the one that went, whatever signs they are typed with.

        Capitals do not count, unless they are all that changes.
        """
        near = names.lines if self.words else names.by_key.get(name_key(self.name), ())
        return {name: names.lines[name] for name in near if self._fits(*name)}

    def _fits(self, name: str, is_group: bool) -> bool:
        if name in self.but or self.groups not in (None, is_group):
            return False
        if self.words:
            return bool(self.words.fullmatch(fold_signs(name)))
        exact = any(name_key(new) == name_key(self.name) for new in self.but)
        return fold_signs(name) == fold_signs(self.name) if exact else True


def _by_event(of: EventFile) -> Iterator[OldName]:
    """The names that an event takes away."""
    for number, change in enumerate(of.facts.changes):
        day = change.effective or of.facts.effective
        parts = _parts(change)
        if parts is not None and isinstance(day, datetime.date):
            name, words, but, groups = parts
            where, by = of.source.where("changes", number), f"the event {of.id}"
            yield OldName(name, words, but, of.facts.plans, groups, day, by, _fate(change), where, True)


def _fate(change: object) -> str:
    match change:
        case changes.Rename(to=new) | changes.RenameGroup(to=new):
            return f'renames to "{new}"'
        case changes.Remove(into=str(survivor)):
            return f'merges into "{survivor}"'
        case changes.Remove():
            return "removes"
    return "renames"


def _parts(change: object) -> tuple[str, re.Pattern[str] | None, tuple[str, ...], bool | None] | None:
    """The name that goes or the words, what stays, and whether it is a group's; None where no name goes."""
    match change:
        case changes.Rename(under=None, group=None, rename=old, to=new):
            return old, None, (new,), False
        case changes.RenameGroup(rename_group=old, to=new):
            return old, None, (new,), True
        case changes.Remove(under=None, group=None, remove=old):
            return old, None, (), False
        case changes.RenameAll(rename_all=old, to=new) if not change.words.search(new):
            words = re.compile(rf"(.*(?<!\w))?{re.escape(fold_signs(old))}((?!\w).*)?")
            return "", words, tuple(change.except_), None if change.groups else False
    return None


def _by_plan(plan: PlanFolder) -> Iterator[OldName]:
    """The names that a plan's final amendments changed; an event speaks for those that come of it."""
    for pair in name_pairs.of_plan(plan):
        by, where = f"{plan.id}/{pair.amendment.id}", pair.amendment.source.where("changes", pair.number)
        plans = (plan.id,) if pair.amendment.facts.event else ()
        fate = f'renames to "{pair.new}"'
        if pair.day:
            yield OldName(pair.old, None, (pair.new,), plans, pair.is_group, pair.day, by, fate, where, False)
    yield from _merged(plan)


def _merged(plan: PlanFolder) -> Iterator[OldName]:
    """The funds that a plan's final amendments say were merged into others: they are nowhere any more."""
    for amendment in plan.amendments:
        for step in amendment.applied if not amendment.facts.draft else ():
            match step.change:
                case changes.Remove(under=None, group=None, remove=old, into=str(survivor)) if step.day:
                    by, where = f"{plan.id}/{amendment.id}", amendment.source.where("changes", step.number)
                    plans = (plan.id,) if amendment.facts.event else ()
                    fate = _fate(step.change)
                    yield OldName(old, None, (survivor,), plans, False, step.day, by, fate, where, False)


def no_old_names(all_of: Everything) -> Iterator[Problem]:
    """After an event's day, or that of a rename in another plan, no schedule in force uses the old name."""
    plans = all_of.standing()
    by_event = [old_name for event in all_of.events for old_name in _by_event(event)]
    by_plan: dict[str, list[tuple[str, OldName]]] = {}
    for plan in plans:
        for old_name in _by_plan(plan):
            by_plan.setdefault(name_key(old_name.name), []).append((plan.id, old_name))
    for plan in plans:
        last = plan.in_force()
        names = Names.of(last.after) if last and last.day else Names({})
        if last is None or last.day is None or not names.lines:
            continue
        remaining: list[tuple[Name, OldName]] = []
        reported: set[Name] = set()  # a name that several plans change is one slip
        elsewhere = [old for name in names.by_key for by, old in by_plan.get(name, ()) if by != plan.id]
        for old_name in (*by_event, *elsewhere):
            old = old_name.among(names) if _is_for(plan, old_name) else {}
            if last.day < old_name.day and old_name.is_event:
                yield from _not_yet_amended(plan, old, old_name)
            elif old and last.day >= old_name.day:
                news = {name: where for name, where in old.items() if name not in reported}
                reported |= old.keys()
                yield from _stale_names(plan, last, news, old_name)
            else:
                remaining += [(name, old_name) for name in old]
        yield from _behind(plan, remaining)


def _is_for(plan: PlanFolder, old_name: OldName) -> bool:
    """Whether a name is to go in a plan too."""
    return not old_name.plans or plan.id in old_name.plans


def _behind(plan: PlanFolder, remaining: Sequence[tuple[Name, OldName]]) -> Iterator[Problem]:
    """A warning for each paper of another plan that changed names with which this one goes on; a name counts once."""
    drafted = _drafted(plan) if remaining else set[Name]()
    by_paper: dict[str, dict[Name, OldName]] = {}
    for name, old_name in sorted(remaining, key=lambda pair: pair[1].day):
        if name not in drafted:
            drafted.add(name)
            by_paper.setdefault(old_name.by, {})[name] = old_name
    for names in by_paper.values():
        (first, _), old_name = next(iter(names)), next(iter(names.values()))
        more = f" and {count(len(names) - 1, 'more name')}" if len(names) > 1 else ""
        fault = f'{plan.id} goes on with "{first}"{more}, and no amendment of it changes that yet'
        yield Problem(old_name.where, fault, f"begin one: docgen new {plan.id}; or accept it", severity="warning")


def _stale_names(
    plan: PlanFolder, last: AmendmentFile, old: Mapping[Name, Where], old_name: OldName
) -> Iterator[Problem]:
    """A paper of the day or after it says the old name, and no amendment or draft of one takes it out.

    It is an error, unless the name came in later.
    """
    after = [a for a in plan.amendments if a.day and a.day >= old_name.day]
    went = {name for a in after for step in a.applied for name in _went(step)}
    before = Names.of(plan.schedules_on(old_name.day - datetime.timedelta(days=1))).lines
    for name, where in old.items():
        if name not in went:
            fault = (
                f'{plan.id}/{last.id} still names "{name[0]}", which {old_name.by} {old_name.fate} on {old_name.day}'
            )
            problem = Problem(where, fault, "change the name by this amendment, or a later one")
            yield problem if old_name.is_event and name in before else replace(problem, severity="warning")


def _went(step: Applied) -> set[Name]:
    """The names that a change took away."""
    before = Names.of([step.before] if step.before else []).lines
    return set(before) - set(Names.of([step.after]).lines)


def _drafted(plan: PlanFolder) -> set[Name]:
    """The names that a draft takes away."""
    return {name for a in plan.amendments if a.facts.draft for step in a.applied for name in _went(step)}


def _not_yet_amended(plan: PlanFolder, old: Mapping[Name, Where], old_name: OldName) -> Iterator[Problem]:
    """No paper of the day or after it is there yet, nor a draft of one; `old` are the old names after the last paper.

    A name that a change of a later day takes away is still there on the event's.
    """
    if _is_for(plan, old_name):
        old = {**old_name.among(Names.of(plan.schedules_on(old_name.day))), **old}
    remaining = [name[0] for name in old if name not in _drafted(plan)]
    if remaining:
        more = f" and {count(len(remaining) - 1, 'more name')}" if len(remaining) > 1 else ""
        fault = f'{plan.id} has "{remaining[0]}"{more} after {old_name.day}: no amendment changes it yet'
        file = old_name.where.file.rpartition("/")[2]
        yield Problem(old_name.where, fault, f"draft it with: docgen event {file}", severity="warning")


CHECKS: tuple[WorkspaceRule, ...] = (no_old_names,)
