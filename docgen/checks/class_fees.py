"""Rules about a multi-class plan (Rule 18f-3) beside the plans under Rule 12b-1: one fee for one class of one fund.

17 CFR 270.18f-3(a)(1): each class has its own arrangement for distribution and services and pays all of its expenses;
(d): a written plan sets these out. What the two say of a class is typed twice, by different people.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from docgen.checks.across_plans import Everything, WorkspaceRule
from docgen.checks.fees import AGGREGATE, fee_kind
from docgen.consolidation import fund_classes
from docgen.consolidation.fund_classes import TOTAL, FundClass
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
    def has_total(self) -> bool:
        """Whether a column has the total, so that the rule about totals compares it."""
        return any(name.startswith(TOTAL) for name, _ in self.entry.schedule.columns)

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


def class_fees_agree(all_of: Everything) -> Iterator[Problem]:
    """A class of a fund bears the same fees in the multi-class plan as in the plan under Rule 12b-1."""
    plans = all_of.standing()
    under_12b_1 = _by_class(plan for plan in plans if plan.facts.is_under_12b_1)
    faults: dict[tuple[Where, str], list[str]] = {}
    for plan in plans if under_12b_1 else ():
        for fees in _classes(plan) if plan.facts.is_under_18f_3 else ():
            for other in under_12b_1.get((name_key(fees.fund), name_key(fees.name)), ()):
                for at, fault in _differences(fees, other):
                    faults.setdefault((at, fault), []).append(fees.says)
    for (at, fault), names in faults.items():
        yield _warning(at, fault, names, "write one fee in both, or accept the difference")


def _differences(fees: ClassFees, other: ClassFees) -> Iterator[tuple[Where, str]]:
    """Each fee that a plan under Rule 12b-1 says otherwise; totals that both have are another rule's."""
    for kind, value in fees.values.items():
        ours, theirs = fees.rate(kind), other.rate(kind)
        by_totals = kind == AGGREGATE and fees.has_total and other.has_total
        if ours is not None and theirs is not None and ours != theirs and not by_totals:
            yield value.at, f"the {kind} is {ours}%, and {theirs}% in {other.plan}"


def classes_are_in_both(all_of: Everything) -> Iterator[Problem]:
    """A class that a plan under Rule 12b-1 has is in the multi-class plan of its fund, which has all such funds of its
    registrants; and one that bears such a fee is in the plan under Rule 12b-1 of that class."""
    plans = all_of.standing()
    multi = _by_class(plan for plan in plans if plan.facts.is_under_18f_3)
    under_12b_1 = _by_class(plan for plan in plans if plan.facts.is_under_12b_1)
    funds = {fund: entries[0] for (fund, _), entries in multi.items()}
    owners = {name_key(fees.entry.registrant): fees for fees in funds.values() if fees.entry.registrant}
    missing: dict[tuple[Where, str], list[str]] = {}
    for (fund, name), entries in under_12b_1.items() if funds else ():
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
    more = f" and {len(names) - 1} more" if len(names) > 1 else ""
    return Problem(at, f"{fault}: {names[0]}{more}", remedy, severity="warning", about=tuple(names))


def _by_class(plans: Iterator[PlanFolder]) -> dict[ClassKey, list[ClassFees]]:
    """What the plans say of each class of each fund."""
    by_class: dict[ClassKey, list[ClassFees]] = {}
    for plan in plans:
        for fees in _classes(plan):
            by_class.setdefault((name_key(fees.fund), name_key(fees.name)), []).append(fees)
    return by_class


def _classes(plan: PlanFolder) -> Iterator[ClassFees]:
    """Every class of every fund as the plan's newest paper has it, a draft too; where classes are no rows, its own."""
    last = plan.amendments[-1] if plan.amendments else None
    facts, schedules = (last.plan or plan.facts, last.after) if last else (plan.facts, plan.starting_schedules)
    for entry in fund_classes.of_schedules(plan.id, facts, schedules):
        for name in entry.classes if not entry.is_part else ():
            yield ClassFees(entry.fund.name, name.removesuffix(" Shares"), entry, _fees(entry))


def _fees(entry: FundClass) -> dict[str, Value]:
    kinds = [_kind(column) for _, column in entry.schedule.columns]
    return {kind: value for kind, value in zip(kinds, entry.line.values, strict=False) if kind}


def _kind(column: Column) -> str:
    """Which fee a column is; one for distribution and services together is the total."""
    heading = column.heading.casefold()
    both = "12b-1" in heading or ("distribution" in heading and "service" in heading)
    return AGGREGATE if both and column.holds == "rate" else fee_kind(column)


CHECKS: tuple[WorkspaceRule, ...] = (class_fees_agree, classes_are_in_both)
