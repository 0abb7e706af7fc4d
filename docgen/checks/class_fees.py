"""Rules about a multi-class plan (Rule 18f-3) beside the plans under Rule 12b-1: one fee for one class of one fund.

17 CFR 270.18f-3(a)(1): each class has its own arrangement for distribution and services and pays all of its expenses;
(d): a written plan sets these out. What the two say of a class is typed twice, by different people.
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from docgen.checks.across_plans import Everything, WorkspaceRule
from docgen.checks.fees import AGGREGATE, fee_kind
from docgen.checks.plan_rule import and_more
from docgen.consolidation import fund_classes
from docgen.consolidation.fund_classes import FundClass
from docgen.consolidation.plan_folder import PlanFolder
from docgen.model.rows import Column
from docgen.model.schedule import Value
from docgen.model.values import BLANK
from docgen.problems import Problem, Where, name_key

ClassKey = tuple[str, str]  # a fund and a class, by what their names look like


@dataclass(frozen=True)
class ClassFees:
    """What a plan says of a class of a fund: the fees by their kinds, and where the row stands."""

    fund: str
    name: str
    entry: FundClass
    values: Mapping[str, Value]

    @property
    def plan(self) -> str:
        """The plan's folder."""
        return self.entry.plan

    @property
    def at(self) -> Where:
        """Where the row was typed."""
        return self.entry.line.at

    @property
    def says(self) -> str:
        """`Class C of One Fund`."""
        return f"{self.name} of {self.fund}"

    def rate(self, kind: str) -> Decimal | None:
        """A fee in percent, a word such as None as nought; None where the plan has no such column, or left it blank.

        Where the total has no column of its own it is that of the parts.
        """
        if kind == AGGREGATE and AGGREGATE not in self.values and self.values:
            parts = [self.rate(part) for part in self.values]
            return None if None in parts else sum((part for part in parts if part is not None), Decimal(0))
        value = self.values.get(kind)
        return None if value is None or value.typed is BLANK else value.rate or Decimal(0)


@dataclass(frozen=True)
class FeeDifference:
    """A fee that a plan under Rule 12b-1 says otherwise of a class of a fund."""

    fees: ClassFees
    other: ClassFees
    kind: str

    @property
    def key(self) -> tuple[str, ...]:
        """Of which class of which fund it is, which fee, and in which two plans."""
        return name_key(self.fees.fund), name_key(self.fees.name), self.kind, self.fees.plan, self.other.plan

    @property
    def says(self) -> str:
        """`the service fee is 0.25%, and 0.20% in p`."""
        rates = self.fees.rate(self.kind), self.other.rate(self.kind)
        return f"the {self.kind} is {rates[0]}%, and {rates[1]}% in {self.other.plan}"


def class_fees_agree(all_of: Everything) -> Iterator[Problem]:
    """A class of a fund bears the same fees in the multi-class plan as in the plan under Rule 12b-1, by the newest
    paper of each and on every day on which one of them changes."""
    plans = all_of.standing()
    if not any(plan.facts.is_under_18f_3 for plan in plans):
        return
    newest = list(_differences(_by_class(plans, is_multi=True), _by_class(plans, is_multi=False)))
    faults: dict[tuple[Where, str], list[str]] = {}
    for gap in newest:
        faults.setdefault((gap.fees.values[gap.kind].at, gap.says), []).append(gap.fees.says)
    reported = {gap.key for gap in newest}
    for day in _days(all_of.plans):
        in_force = fund_classes.in_force(all_of.plans, day)
        ours, theirs = (_by_class(in_force, is_multi=is_multi, on=day) for is_multi in (True, False))
        for gap in _differences(ours, theirs):
            if gap.key not in reported:
                reported.add(gap.key)
                fault = f"from {day} on {gap.says}"
                faults.setdefault((gap.fees.values[gap.kind].at, fault), []).append(gap.fees.says)
    for (at, fault), names in faults.items():
        yield _warning(at, fault, names, "write one fee in both, or accept the difference")


def _days(plans: Sequence[PlanFolder]) -> list[datetime.date]:
    """The days on which a final paper of a plan under one of the two rules takes effect, or a change of one."""
    touched = [plan for plan in plans if plan.facts.is_under_18f_3 or plan.facts.is_under_12b_1]
    papers = [paper for plan in touched for paper in plan.amendments if not paper.facts.draft]
    days = {day for paper in papers for day in (paper.day, *(step.day for step in paper.applied))}
    return sorted(day for day in days if day)


def _differences(
    ours: Mapping[ClassKey, list[ClassFees]], theirs: Mapping[ClassKey, list[ClassFees]]
) -> Iterator[FeeDifference]:
    """Each fee that the plans under Rule 12b-1 say otherwise than the multi-class plans."""
    for key, entries in ours.items():
        for fees, other in itertools.product(entries, theirs.get(key, ())):
            for kind in fees.values:
                rates = fees.rate(kind), other.rate(kind)
                if None not in rates and rates[0] != rates[1]:
                    yield FeeDifference(fees, other, kind)


def classes_are_in_both(all_of: Everything) -> Iterator[Problem]:
    """A class that a plan under Rule 12b-1 has is in the multi-class plan of its fund, which has all such funds of its
    registrants; and one that bears such a fee is in the plan under Rule 12b-1 of that class."""
    plans = all_of.standing()
    if not any(plan.facts.is_under_18f_3 for plan in plans):
        return
    multi, under_12b_1 = (_by_class(plans, is_multi=is_multi) for is_multi in (True, False))
    funds = {fund: entries[0] for (fund, _), entries in multi.items()}
    owners = {name_key(fees.entry.registrant): fees for fees in funds.values() if fees.entry.registrant}
    missing: dict[tuple[Where, str], list[str]] = {}
    for (fund, name), entries in under_12b_1.items():
        if fund in funds and (fund, name) not in multi:
            fault = f"{funds[fund].plan} has the fund, and not the class"
            missing.setdefault((entries[0].at, fault), []).append(entries[0].says)
        elif fund not in funds and (owner := owners.get(name_key(entries[0].entry.registrant))):
            fault = f"{owner.plan} has other funds of {entries[0].entry.registrant}, and not this one"
            missing.setdefault((entries[0].at, fault), []).append(entries[0].says)
    with_plan = {name: entries[0].plan for (_, name), entries in under_12b_1.items()}
    for (fund, name), entries in multi.items():
        fees = entries[0]
        if (fund, name) not in under_12b_1 and name in with_plan and any(fees.rate(kind) for kind in fees.values):
            missing.setdefault((fees.at, f"bears a fee, and is not in {with_plan[name]}"), []).append(fees.says)
    for (at, fault), names in missing.items():
        yield _warning(at, fault, names, "add it in the one, or take it out of the other; or accept it")


def _warning(at: Where, fault: str, names: Sequence[str], remedy: str) -> Problem:
    return Problem(at, f"{fault}: {and_more(names)}", remedy, severity="warning", about=tuple(names))


def _by_class(
    plans: Sequence[PlanFolder], is_multi: bool, on: datetime.date | None = None
) -> dict[ClassKey, list[ClassFees]]:
    """What the multi-class plans, or those under Rule 12b-1, say of each class of each fund."""
    by_class: dict[ClassKey, list[ClassFees]] = {}
    for plan in plans:
        if plan.facts.is_under_18f_3 if is_multi else plan.facts.is_under_12b_1:
            for fees in _classes(plan, on):
                by_class.setdefault((name_key(fees.fund), name_key(fees.name)), []).append(fees)
    return by_class


def _classes(plan: PlanFolder, on: datetime.date | None) -> Iterator[ClassFees]:
    """Every class of every fund in force on a day; with no day as the plan's newest paper has it, a draft too.

    Where classes are no rows they are the plan's own. One whose fees stand in several rows, by bands of net assets, has
    none of its own.
    """
    facts, schedules = plan.facts_on(on), plan.schedules_on(on)
    if on is None and plan.amendments:
        facts, schedules = plan.amendments[-1].plan, plan.amendments[-1].after
    for entry in fund_classes.of_schedules(plan.id, facts, schedules):
        for name in entry.classes:
            fees = {} if entry.is_part else _fees(entry)
            yield ClassFees(entry.fund.name, name.removesuffix(" Shares"), entry, fees)


def _fees(entry: FundClass) -> dict[str, Value]:
    kinds = [_kind(column) for _, column in entry.schedule.columns]
    return {kind: value for kind, value in zip(kinds, entry.line.values, strict=False) if kind}


def _kind(column: Column) -> str:
    """Which fee a column is; one for distribution and services together is the total."""
    heading = column.heading.casefold()
    both = "12b-1" in heading or ("distribution" in heading and "service" in heading)
    return AGGREGATE if both and column.holds == "rate" else fee_kind(column)


CHECKS: tuple[WorkspaceRule, ...] = (class_fees_agree, classes_are_in_both)
