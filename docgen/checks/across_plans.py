"""Rules across plans and events: one name, one day and one title for one thing, in every plan."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from docgen.checks import name_pairs, new_names
from docgen.checks.name_index import NameIndex, Spellings
from docgen.checks.name_pairs import Pair
from docgen.checks.new_names import CLASS, NewName
from docgen.checks.plan_rule import YEAR, final_papers
from docgen.consolidation.plan_folder import AmendmentFile, PlanFolder
from docgen.model.changes import Remove, Rename, RenameGroup
from docgen.model.event import EventFile
from docgen.model.values import BLANK
from docgen.problems import Problem, did_you_mean, name_key, names_fact
from docgen.workspace.seals import Seal


@dataclass(frozen=True)
class Everything:
    """All plans and events of a workspace, what was filed of them, and the day on which they are checked.

    `partial` are the plans of which not every amendment can be applied: they tell of names, and of nothing else.
    `plan_ids` are the folders of all plans, and `event_ids` the files of all events, also of those that cannot be read.
    """

    plans: Sequence[PlanFolder]
    events: Sequence[EventFile]
    today: datetime.date
    seals: Mapping[str, Seal] = field(default_factory=dict)
    partial: Sequence[PlanFolder] = ()
    plan_ids: Sequence[str] = ()
    event_ids: Sequence[str] = ()

    @property
    def is_complete(self) -> bool:
        """Whether every plan can be applied to its end."""
        return len(self.plans) == len(self.plan_ids)

    @cached_property
    def names(self) -> list[NewName]:
        """The names that all papers bring, in the order of their days."""
        return list(new_names.in_order([*self.plans, *self.partial]))

    @cached_property
    def spellings(self) -> Spellings:
        """How the words of all names are spelled, but of classes."""
        return Spellings.of(new for new in self.names if new.kind != CLASS)

    @cached_property
    def name_index(self) -> NameIndex:
        """The names of funds and companies, to look for in texts by hand and in votes."""
        return NameIndex.of([new for new in self.names if new.kind != CLASS], self.spellings)

    @cached_property
    def renames(self) -> list[tuple[str, Pair]]:
        """The names that papers change, drafts too, each with its plan."""
        plans = [*self.plans, *self.partial]
        return [(plan.id, pair) for plan in plans for pair in name_pairs.of_plan(plan, drafts=True)]

    def standing(self) -> list[PlanFolder]:
        """The plans that no other plan restates."""
        restated = {plan.continues.id for plan in self.plans if plan.continues}
        return [plan for plan in self.plans if plan.id not in restated]


WorkspaceRule = Callable[[Everything], Iterator[Problem]]


def one_day_for_one_event(all_of: Everything) -> Iterator[Problem]:
    """An amendment of an event has the event's day, and events name plans that there are.

    Where the papers of an event, several, have one other day, the event has the slip.
    """
    events = {event.id: event for event in all_of.events}
    papers: dict[str, list[tuple[PlanFolder, AmendmentFile]]] = {}
    for plan in all_of.plans:
        for amendment in plan.amendments:
            name = amendment.facts.event or str(BLANK)  # of a blank another rule speaks
            if name not in (str(BLANK), *all_of.event_ids):
                fault = f'event "{name}" not found in schedules/events/'
                yield amendment.source.problem(("event",), fault, did_you_mean(name, events))
            elif name in events and amendment.day:
                papers.setdefault(name, []).append((plan, amendment))
    for name, some in papers.items():
        yield from _other_days(events[name], some)
    for event in all_of.events:
        for number, name in enumerate(event.facts.plans):
            if name not in all_of.plan_ids:
                remedy = did_you_mean(name, all_of.plan_ids)
                yield event.source.problem(("plans", number), f'plan "{name}" not found', remedy)


def _other_days(event: EventFile, papers: Sequence[tuple[PlanFolder, AmendmentFile]]) -> Iterator[Problem]:
    """A warning for each paper that has another day than its event; for the event, where they have one other."""
    days = {amendment.day for _, amendment in papers}
    if len(papers) > 1 and len(days) == 1 and event.facts.effective not in days:
        plan, amendment = papers[0]
        others = f"its {len(papers)} papers, such as {plan.id}/{amendment.id}, are of {amendment.day}"
        fault = f"is {event.facts.effective}, and {others}"
        yield event.source.warning(("effective",), fault, "write their day, or accept the difference")
        return
    for plan, amendment in papers:
        if amendment.day != event.facts.effective:
            fault = f"is {amendment.day}, and the event is of {event.facts.effective}"
            problem = amendment.source.warning(("effective",), fault, "write the event's day, or accept the difference")
            yield replace(problem, fact=day_fact(plan.id, amendment.id))


def one_day_for_one_name(all_of: Everything) -> Iterator[Problem]:
    """A rename has one day in all plans (two were filed)."""
    first: dict[tuple[str, str], tuple[datetime.date, str]] = {}
    for plan_id, pair in all_of.renames:
        if pair.day and not pair.amendment.facts.draft:
            day, by = first.setdefault((pair.old.casefold(), pair.new.casefold()), (pair.day, plan_id))
            if day != pair.day and by != plan_id:
                fault = f'renames "{pair.old}" on {pair.day}, and {by} does on {day}'
                remedy = "write one day in both, or accept the difference"
                problem = pair.amendment.source.warning(("effective",), fault, remedy)
                yield replace(problem, fact=day_fact(plan_id, pair.amendment.id))


def day_fact(plan_id: str, amendment_id: str) -> tuple[str, ...]:
    """That an amendment has another day than its event, or than other plans have for it."""
    return "day", plan_id, amendment_id


def renames_agree(all_of: Everything) -> Iterator[Problem]:
    """One fund gets one new name on a day, in all plans and in the event."""
    first: dict[tuple[str, datetime.date, bool], tuple[str, str]] = {}
    with_day = [(plan_id, pair, pair.day) for plan_id, pair in all_of.renames if pair.day]
    for plan_id, pair, day in with_day:
        new, by = first.setdefault((name_key(pair.old), day, pair.is_group), (pair.new, plan_id))
        if name_key(new) != name_key(pair.new) and by != plan_id:
            fault = f'renames "{pair.old}" to "{pair.new}", and {by} to "{new}" on the same day'
            problem = pair.amendment.source.warning(("changes", pair.number), fault, "write one name in both")
            yield replace(problem, fact=names_fact(pair.new, new))
    for event in all_of.events:
        for number, change in enumerate(event.facts.changes):
            on = change.effective or event.facts.effective
            if isinstance(change, Rename | RenameGroup) and isinstance(on, datetime.date):
                old, is_group = str(getattr(change, change.verb)), isinstance(change, RenameGroup)
                new, by = first.get((name_key(old), on, is_group), (change.to, ""))
                if name_key(new) != name_key(change.to):
                    fault = f'renames "{old}" to "{change.to}", and {by} to "{new}" on the same day'
                    yield event.source.warning(("changes", number), fault, "write one name in both")


def survivors_agree(all_of: Everything) -> Iterator[Problem]:
    """One fund merges into one other on a day, in all plans and in the event; of two the rarer is the slip."""
    by_fund: dict[tuple[str, datetime.date], list[tuple[Problem, str, str]]] = {}
    for problem, (fund, into), day, paper in _mergers(all_of):
        by_fund.setdefault((name_key(fund), day), []).append((problem, into, paper))
    for mergers in by_fund.values():
        right = Counter(name_key(into) for _, into, _ in mergers).most_common(1)[0][0]
        usual, by = next((into, paper) for _, into, paper in mergers if name_key(into) == right)
        for problem, into, _ in mergers:
            if name_key(into) != right:
                fault = f'is "{into}", and {by} says "{usual}" of the same merger'
                remedy = "write one fund in both, or accept it"
                yield replace(problem, found=fault, remedy=remedy, follows=survivor_fact(into))


def survivor_fact(name: str) -> tuple[str, ...]:
    """That no plan has the fund into which another merges."""
    return "survivor", name_key(name)


def _mergers(all_of: Everything) -> Iterator[tuple[Problem, tuple[str, str], datetime.date, str]]:
    """The mergers of events and of papers: a warning that waits for its words, both funds, the day and where it is."""
    events = [
        (event.source, event.facts.changes, event.facts.effective, f"the event {event.id}") for event in all_of.events
    ]
    every = [(plan, paper) for plan in all_of.plans for paper in plan.amendments]
    papers = [(paper.source, paper.facts.changes, paper.day or BLANK, f"{plan.id}/{paper.id}") for plan, paper in every]
    for source, changes, usual, paper in (*events, *papers):
        for number, change in enumerate(changes):
            day = change.effective or usual
            if isinstance(change, Remove) and change.into and isinstance(day, datetime.date):
                yield source.warning(("changes", number, "into"), "", ""), (change.remove, change.into), day, paper


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
            where = " under plan: in an amendment" if final_papers(plan) else ""
            problem = plan.source.warning(("title",), fault, f"write what tells them apart, such as feature:{where}")
            yield replace(problem, fact=twins_fact(plan.id, first_plans[key]))
        first_plans.setdefault(key, plan.id)


def twins_fact(*plans: str) -> tuple[str, ...]:
    """That two plans cannot be told apart."""
    return "one plan", *sorted(plans)


def days_are_near(all_of: Everything) -> Iterator[Problem]:
    """No day lies more than a year ahead (a plan was filed with the date 2993)."""
    for plan in all_of.plans:
        dated = plan.facts.dated
        if dated and isinstance(dated.date, datetime.date) and dated.date > all_of.today + YEAR:
            fault = f"{dated.date} is more than a year ahead"
            yield plan.source.problem(("dated",), fault, "fix the plan's date")
        for amendment in plan.amendments:
            if amendment.day and amendment.day > all_of.today + YEAR:
                yield amendment.source.warning(
                    ("effective",), f"{amendment.day} is more than a year ahead", "fix the date"
                )


CHECKS: tuple[WorkspaceRule, ...] = (
    one_day_for_one_event,
    one_day_for_one_name,
    renames_agree,
    survivors_agree,
    plans_are_told_apart,
    days_are_near,
)
