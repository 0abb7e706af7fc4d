"""Rules across plans and events: one name, one day and one title for one thing, in every plan."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from docgen.checks.plan_rule import YEAR
from docgen.consolidation import lineage
from docgen.consolidation.applied import Applied
from docgen.consolidation.plan_folder import AmendmentFile, PlanFolder
from docgen.model import changes
from docgen.model.event import EventFile
from docgen.model.schedule import Schedule
from docgen.problems import Problem, Where, count, did_you_mean


@dataclass(frozen=True)
class Everything:
    """All plans and events of a workspace, and the day on which they are checked."""

    plans: Sequence[PlanFolder]
    events: Sequence[EventFile]
    today: datetime.date

    def standing(self) -> list[PlanFolder]:
        """The plans that no other plan restates."""
        restated = {plan.continues.id for plan in self.plans if plan.continues}
        return [plan for plan in self.plans if plan.id not in restated]


WorkspaceRule = Callable[[Everything], Iterator[Problem]]
Name = tuple[str, bool]  # a name, and whether it is a group's


@dataclass(frozen=True)
class OldName:
    """A name that went on a day: by an event, or by one plan's amendment."""

    words: re.Pattern[str]  # what the name reads like
    but: tuple[str, ...]  # the names that stay, and the new one
    plans: tuple[str, ...]  # the plans that it is for; all, when empty
    groups: bool | None  # whether it is a group's name, or a row's; None: either
    day: datetime.date
    by: str
    where: Where
    is_event: bool

    def fits(self, name: str, is_group: bool) -> bool:
        """Whether a name of a row or a group is the one that went."""
        kind = self.groups is None or self.groups == is_group
        return kind and name not in self.but and bool(self.words.fullmatch(name))


def _old_names(of: EventFile) -> Iterator[OldName]:
    """The names that an event takes away."""
    for number, change in enumerate(of.facts.changes):
        day = change.effective or of.facts.effective
        parts = _words(change)
        if parts is not None and isinstance(day, datetime.date):
            words, but, groups = parts
            where = of.source.where("changes", number)
            yield OldName(words, but, of.facts.plans, groups, day, f"the event {of.id}", where, True)


def _words(change: object) -> tuple[re.Pattern[str], tuple[str, ...], bool | None] | None:
    """What the name that goes reads like, what stays, and whether it is a group's; None where no name goes."""
    match change:
        case changes.Rename(under=None, group=None, rename=old, to=new):
            return re.compile(re.escape(old), _case(old, new)), (new,), False
        case changes.RenameGroup(rename_group=old, to=new):
            return re.compile(re.escape(old), _case(old, new)), (new,), True
        case changes.Remove(under=None, group=None, remove=old):
            return re.compile(re.escape(old), re.IGNORECASE), (), False
        case changes.RenameAll(rename_all=old, to=new) if not change.words.search(new):
            words = re.compile(rf"(.*(?<!\w))?{re.escape(old)}((?!\w).*)?")
            return words, tuple(change.except_), None if change.groups else False
    return None


def _case(old: str, new: str) -> re.RegexFlag:
    """Capitals do not count, unless they are all that changes."""
    return re.NOFLAG if old.casefold() == new.casefold() else re.IGNORECASE


def _renamed_elsewhere(plan: PlanFolder) -> Iterator[OldName]:
    """The names that a plan's final amendments changed."""
    for pair in _pairs(plan):
        words = re.compile(re.escape(pair.old), _case(pair.old, pair.new))
        by, where = f"{plan.id}/{pair.amendment.id}", pair.amendment.source.where("changes")
        yield OldName(words, (pair.new,), (), pair.is_group, pair.day, by, where, False)


def no_old_names(all_of: Everything) -> Iterator[Problem]:
    """After an event's day no schedule in force uses the old name."""
    plans = all_of.standing()
    by_event = [old_name for event in all_of.events for old_name in _old_names(event)]
    by_plan = {plan.id: list(_renamed_elsewhere(plan)) for plan in plans}
    for plan in plans:
        last = plan.in_force()
        if last is None or last.day is None:
            continue
        names = _names(last.after)
        others = [old_name for plan_id, its in by_plan.items() if plan_id != plan.id for old_name in its]
        for old_name in (*by_event, *others) if names else ():
            old = {} if old_name.plans and plan.id not in old_name.plans else _old(names, old_name)
            if last.day < old_name.day and old_name.is_event:
                yield from _not_yet_amended(plan, old, old_name)
            elif old and last.day >= old_name.day:
                yield from _stale_names(plan, last, old, old_name)


def _old(names: Mapping[Name, Where], old_name: OldName) -> dict[Name, Where]:
    return {name: where for name, where in names.items() if old_name.fits(*name)}


def _stale_names(
    plan: PlanFolder, last: AmendmentFile, old: Mapping[Name, Where], old_name: OldName
) -> Iterator[Problem]:
    """A paper of the day or after it says the old name, and no amendment or draft of one takes it out.

    It is an error, unless the name came in later.
    """
    after = [a for a in plan.amendments if a.day and a.day >= old_name.day]
    went = {name for a in after for step in a.applied for name in _went(step)}
    before = _names(plan.schedules_on(old_name.day - datetime.timedelta(days=1)))
    for name, where in old.items():
        if name not in went:
            fault = f'{plan.id}/{last.id} still names "{name[0]}", which {old_name.by} takes away on {old_name.day}'
            problem = Problem(where, fault, "change the name by this amendment, or a later one")
            yield problem if old_name.is_event and name in before else replace(problem, severity="warning")


def _went(step: Applied) -> set[Name]:
    """The names that a change took away."""
    return set(_names([step.before] if step.before else [])) - set(_names([step.after]))


def _not_yet_amended(plan: PlanFolder, old: Mapping[Name, Where], old_name: OldName) -> Iterator[Problem]:
    """No paper of the day or after it is there yet, nor a draft of one; `old` are the old names after the last paper.

    A name that a change of a later day takes away is still there on the event's.
    """
    if not old_name.plans or plan.id in old_name.plans:
        old = {**_old(_names(plan.schedules_on(old_name.day)), old_name), **old}
    drafted = {name for a in plan.amendments if a.facts.draft for step in a.applied for name in _went(step)}
    remaining = [name[0] for name in old if name not in drafted]
    if remaining:
        more = f" and {count(len(remaining) - 1, 'more name')}" if len(remaining) > 1 else ""
        fault = f'{plan.id} has "{remaining[0]}"{more} after {old_name.day}: no amendment changes it yet'
        file = old_name.where.file.rpartition("/")[2]
        yield Problem(old_name.where, fault, f"draft it with: docgen event {file}", severity="warning")


def _names(schedules: Sequence[Schedule]) -> dict[Name, Where]:
    """The names of groups and of rows, from top to bottom, each with the line that it was typed on."""
    lines: dict[Name, Where] = {}
    for schedule in schedules:
        for group in schedule.groups:
            if group.name:
                lines.setdefault((group.name, True), group.at)
            for row in group.rows:
                lines.setdefault((row.name, False), row.at)
    return lines


@dataclass(frozen=True)
class Pair:
    """An old name and the new one, with the day and the amendment."""

    old: str
    new: str
    is_group: bool
    day: datetime.date
    amendment: AmendmentFile


def _pairs(plan: PlanFolder) -> Iterator[Pair]:
    for amendment in plan.amendments:
        if not amendment.facts.draft and any(isinstance(change, changes.RENAMES) for change in amendment.facts.changes):
            for step in amendment.applied:
                for old, new in lineage.renamed(step.before, step.after) if step.day else ():
                    if isinstance(step.change, changes.RENAMES) and not old.inner and step.day:
                        yield Pair(old.name, new.name, not old.row, step.day, amendment)


def one_day_for_one_event(all_of: Everything) -> Iterator[Problem]:
    """An amendment of an event has the event's day, and events name plans that there are."""
    events = {event.id: event for event in all_of.events}
    for plan in all_of.plans:
        for amendment in plan.amendments:
            name = amendment.facts.event
            if name and name not in events:
                fault = f'event "{name}" not found in schedules/events/'
                yield amendment.source.problem(("event",), fault, did_you_mean(name, events))
            elif name and amendment.day and amendment.day != events[name].facts.effective:
                fault = f"is {amendment.day}, and the event is of {events[name].facts.effective}"
                yield _warning(amendment, "effective", fault, "write the event's day, or accept the difference")
    plan_ids = [plan.id for plan in all_of.plans]
    for event in all_of.events:
        for number, name in enumerate(event.facts.plans):
            if name not in plan_ids:
                yield event.source.problem(("plans", number), f'plan "{name}" not found', did_you_mean(name, plan_ids))


def one_day_for_one_name(all_of: Everything) -> Iterator[Problem]:
    """A rename has one day in all plans (two were filed)."""
    first: dict[tuple[str, str], tuple[datetime.date, str]] = {}
    for plan in all_of.plans:
        for pair in _pairs(plan):
            day, first_plan = first.setdefault((pair.old.casefold(), pair.new.casefold()), (pair.day, plan.id))
            if day != pair.day and first_plan != plan.id:
                fault = f'renames "{pair.old}" on {pair.day}, and {first_plan} does on {day}'
                yield _warning(pair.amendment, "effective", fault, "write one day in both, or accept the difference")


def _warning(amendment: AmendmentFile, key: str, fault: str, remedy: str) -> Problem:
    return replace(amendment.source.problem((key,), fault, remedy), severity="warning")


def plans_are_told_apart(all_of: Everything) -> Iterator[Problem]:
    """No two plans have one title, one date and the same classes (two with their own No. 1, 3 and 4 were filed)."""
    first_plans: dict[object, str] = {}
    for plan in all_of.standing():
        facts = plan.facts
        key = (
            facts.title.casefold(),
            facts.share_classes,
            facts.feature,
            facts.dated and facts.dated.date,
            facts.registrants,
        )
        if key in first_plans:
            fault = f"has the title, date and classes of {first_plans[key]}"
            problem = plan.source.problem(("title",), fault, "write what tells them apart, such as feature:")
            yield replace(problem, severity="warning")
        first_plans.setdefault(key, plan.id)


def days_are_near(all_of: Everything) -> Iterator[Problem]:
    """No day lies more than a year ahead (a plan was filed with the date 2993)."""
    for plan in all_of.plans:
        dated = plan.facts.dated
        if dated and isinstance(dated.date, datetime.date) and dated.date > all_of.today + YEAR:
            fault = f"{dated.date} is more than a year ahead"
            yield plan.source.problem(("dated",), fault, "fix the plan's date")
        for amendment in plan.amendments:
            if amendment.day and amendment.day > all_of.today + YEAR:
                yield _warning(amendment, "effective", f"{amendment.day} is more than a year ahead", "fix the date")


CHECKS: tuple[WorkspaceRule, ...] = (
    no_old_names,
    one_day_for_one_event,
    one_day_for_one_name,
    plans_are_told_apart,
    days_are_near,
)
