"""Rules about which funds have which share classes, in all plans together: none forgotten, one total for each."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import permutations

from docgen.checks import titles
from docgen.checks.across_plans import Everything, WorkspaceRule, twins_fact
from docgen.checks.plan_rule import DatedPlace, paper_rows, since
from docgen.consolidation import fund_classes
from docgen.consolidation.fund_classes import TOTAL, FundClass
from docgen.consolidation.plan_folder import AmendmentFile, PlanFolder
from docgen.model import changes
from docgen.model.english import value_text
from docgen.model.schedule import Value
from docgen.model.values import no_name
from docgen.problems import Problem, did_you_mean, name_key, nearest_fact

ENOUGH = 3  # other funds of a registrant that a sibling has all of, so that one it lacks was forgotten


@dataclass(frozen=True)
class _Column:
    """A plan with one of its share classes: its funds by registrant and by what their names look like."""

    plan: PlanFolder
    share_class: str
    funds: Mapping[str, Mapping[str, FundClass]]

    @property
    def all_funds(self) -> set[str]:
        """What the names of all its funds look like."""
        return {fund for funds in self.funds.values() for fund in funds}


def _columns(plans: Sequence[PlanFolder]) -> list[_Column]:
    """Each plan that is in force with each of its classes."""
    columns: list[_Column] = []
    for plan in plans:
        by_class: dict[str, dict[str, dict[str, FundClass]]] = {}
        for entry in fund_classes.of_plan(plan):
            for share_class in entry.classes:
                funds = by_class.setdefault(name_key(share_class), {}).setdefault(name_key(entry.registrant), {})
                funds.setdefault(name_key(entry.fund.name), entry)
        columns += [_Column(plan, share_class, funds) for share_class, funds in by_class.items()]
    return columns


def expected_classes_exist(all_of: Everything) -> Iterator[Problem]:
    """The funds of a plan have the classes that its plan.yaml expects of them, by this plan or another.

    A multi-class plan, which lists every class, is no plan that a class has its fees by.
    """
    plans = [plan for plan in all_of.standing() if not plan.facts.is_under_18f_3]
    if not any(plan.facts.expect.classes for plan in plans):
        return
    columns = _columns(plans)
    for plan in plans:
        names = {name_key(entry.fund.name): entry.fund for entry in fund_classes.of_plan(plan)}
        for share_class, expectation in plan.facts.expect.classes.items() if names else ():
            holders = {
                fund for column in columns if column.share_class == name_key(share_class) for fund in column.all_funds
            }
            free = {name_key(name) for name in expectation.except_}
            for name in expectation.except_:
                if name_key(name) not in names:
                    remedy = did_you_mean(name, [fund.name for fund in names.values()])
                    path = ("expect", "classes", share_class, "except")
                    yield plan.source.warning(path, f'no fund of the plan is "{name}"', remedy or "take it out")
            for name, fund in names.items():
                is_expected = expectation.funds == "all" and name not in free
                if is_expected != (name in holders):
                    yield _unexpected(plan, share_class, fund.name, is_expected)


def _unexpected(plan: PlanFolder, share_class: str, fund: str, is_expected: bool) -> Problem:
    path = ("expect", "classes", share_class)
    if is_expected:
        remedy = f"add it where {share_class} is, or write it under except: here"
        return plan.source.warning(path, f'no plan has {share_class} of "{fund}"', remedy)
    return plan.source.warning(path, f'"{fund}" has {share_class}', "take it out there, or here under expect:")


def siblings_have_the_fund(all_of: Everything) -> Iterator[Problem]:
    """A fund that comes into one class of a plan comes into its siblings, where these have all its other funds.

    Siblings are the other classes of the plan, and plans of the same title, classes apart, for other classes. Nothing
    is said of a sibling that lacks other funds too, or of a class that the plan itself speaks of under `expect`.
    """
    columns = _columns(all_of.standing())
    families: dict[str, list[_Column]] = {}
    for column in columns:
        families.setdefault(_family(column.plan), []).append(column)
    for family in families.values():
        for column, sibling in permutations(family, 2):
            expected = {name_key(name) for name in column.plan.facts.expect.classes}
            if column.share_class != sibling.share_class and sibling.share_class not in expected:
                yield from _forgotten(column, sibling)


def _family(plan: PlanFolder) -> str:
    """The title of a plan without its own classes, by what it looks like."""
    title = name_key(plan.facts.title)
    for share_class in plan.facts.share_classes:
        title = re.sub(rf"\b{re.escape(name_key(share_class))}( shares)?\b", "", title)
    return " ".join(title.split())


def _forgotten(column: _Column, sibling: _Column) -> Iterator[Problem]:
    """The funds that one amendment brought into a column, and that are all its sibling lacks of their registrant."""
    earlier = _names_ever(sibling.plan) if sibling.plan is not column.plan else set()
    extra = sibling.all_funds - column.all_funds
    for funds in column.funds.values():
        missing = set(funds) - sibling.all_funds
        if not missing or missing & earlier or len(funds) - len(missing) < ENOUGH or any(map(no_name, missing | extra)):
            continue
        additions = [(name, its) for name in sorted(missing) if (its := _addition(column.plan, funds[name]))]
        if len(additions) == len(missing) and len({amendment.id for _, (amendment, _) in additions}) == 1:
            for name, addition in additions:
                yield replace(_forgotten_fund(addition, funds[name], sibling), follows=nearest_fact(name, extra))


def _forgotten_fund(addition: tuple[AmendmentFile, int], entry: FundClass, sibling: _Column) -> Problem:
    amendment, number = addition
    class_name = next(
        name for funds in sibling.funds.values() for fund in funds.values() for name in fund.classes
        if name_key(name) == sibling.share_class
    )  # fmt: skip
    fault = f'"{entry.fund.name}" comes in, and {class_name} of {sibling.plan.id} has every other fund beside it'
    remedy = f"add it there too; or accept it, or say under expect: in plan.yaml which funds have {class_name}"
    return amendment.source.warning(("changes", number), fault, remedy)


def _names_ever(plan: PlanFolder) -> set[str]:
    """What the names look like that rows of a plan have ever had."""
    return {name_key(row.name) for step in plan.timeline.steps for row in step.after.rows}


def _addition(plan: PlanFolder, entry: FundClass) -> tuple[AmendmentFile, int] | None:
    """The amendment that brought a fund into a plan by adding it, and the number of the change."""
    for amendment in plan.amendments:
        for step in amendment.applied if not amendment.facts.draft else ():
            is_new = step.before is None or entry.fund.id not in {row.id for row in step.before.rows}
            if is_new and entry.fund.id in {row.id for row in step.after.rows}:
                is_addition = isinstance(step.change, changes.Add | changes.AddGroup)
                return (amendment, step.number) if is_addition else None
    return None


def totals_of_classes_agree(all_of: Everything) -> Iterator[Problem]:
    """A share class of a fund has one total, in whichever plans it stands; of multi-class plans other rules say it."""
    first: dict[tuple[str, str], tuple[FundClass, Value]] = {}
    plans = {plan.id: plan for plan in all_of.standing()}
    for plan in plans.values() if len(plans) > 1 else ():
        for entry, total in _totals(plan) if not plan.facts.is_under_18f_3 else ():
            for share_class in entry.classes:
                place = (name_key(entry.fund.name), name_key(share_class))
                earlier, before = first.setdefault(place, (entry, total))
                owners = {name_key(name) for name in (earlier.registrant, entry.registrant) if name}
                if total.rate != before.rate and earlier.plan != entry.plan and len(owners) < 2:
                    words = [value_text(value.typed, "rate") for value in (total, before)]
                    fault = (
                        f'{share_class} of "{entry.fund.name}" has {words[0]} in all, '
                        f"and {words[1]} in {earlier.plan}, {before.at}"
                    )
                    remedy = "write one total in both, or accept the difference"
                    rates = sorted((total.rate or 0, before.rate or 0))
                    fact = (*place, *(f"{rate.normalize():f}" for rate in map(Decimal, rates)))
                    both = _typed(plans[earlier.plan], earlier, before), _typed(plan, entry, total)
                    start = max((places[0].day for places in both if places), default=datetime.date.min)
                    places = since(start, [*both[0], *both[1]])
                    problem = Problem(total.at, fault, remedy, severity="warning", fact=fact, places=places)
                    slip = titles.class_slip(plan) or titles.class_slip(plans[earlier.plan])
                    yield replace(problem, follows=slip or twins_fact(plan.id, earlier.plan))


def _typed(plan: PlanFolder, entry: FundClass, total: Value) -> list[DatedPlace]:
    """Each place where a final paper gives the row this total."""
    return [
        DatedPlace(standing.day, value.at)
        for standing in paper_rows(plan, entry.line.id)
        for value in standing.row.values
        if value.rate == total.rate
    ]


def _totals(plan: PlanFolder) -> Iterator[tuple[FundClass, Value]]:
    """Each row of a plan with the rate of the column that limits the others together, where it has one."""
    for entry in fund_classes.of_plan(plan):
        columns = [name for name, _ in entry.schedule.columns]
        values = zip(columns, entry.line.values, strict=False)
        total = next((value for name, value in values if name.startswith(TOTAL) and value.rate is not None), None)
        if total and not entry.is_part:
            yield entry, total


CHECKS: tuple[WorkspaceRule, ...] = (expected_classes_exist, siblings_have_the_fund, totals_of_classes_agree)
