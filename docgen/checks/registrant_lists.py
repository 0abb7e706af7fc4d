"""Rules about the lists of registrants that a plan keeps (`of`, `parties`) beside those of its schedules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from docgen.checks.plan_rule import PlanRule, of_the_plan
from docgen.consolidation.plan_folder import AmendmentFile, PlanFolder
from docgen.model.schedule import Schedule, Section
from docgen.model.settings import Party
from docgen.problems import Problem, name_key, nearest_fact


@dataclass(frozen=True)
class _Roll:
    """A list of registrants: the key that it stands under, and the names by what they look like."""

    key: str
    names: dict[str, str]

    @classmethod
    def of(cls, key: str, parties: Sequence[Party]) -> _Roll:
        """The list of some parties; by what the paper calls them too."""
        names = [name for party in parties for name in (party.name, party.called) if name]
        return cls(key, {name_key(name): name for name in names})

    def has(self, group: Section) -> bool:
        """Whether a registrant stands in it."""
        return name_key(group.name) in self.names


def plans_list_their_registrants(plan: PlanFolder) -> Iterator[Problem]:
    """A registrant that comes into a schedule comes into the plan's list too, where that had every other one; and one
    that goes is taken out of it."""
    for amendment in plan.amendments:
        facts = amendment.plan
        before, after = _registrants(amendment.before), _registrants(amendment.after)
        for roll in (_Roll.of("of", facts.registrants), _Roll.of("parties", facts.parties)):
            ids = {earlier.id for earlier in before}
            old = [group for group in after if group.id in ids]
            if _is_whole(roll, old, after) and amendment.applied:
                yield from _missing_from(roll, after, plan, amendment)
                yield from _remaining_in(roll, before, after, amendment)


def _is_whole(roll: _Roll, old: Sequence[Section], every: Sequence[Section]) -> bool:
    """Whether a list has all registrants that stood before; of the first ones half, so that it is meant to."""
    listed = sum(map(roll.has, every))
    return all(map(roll.has, old)) if old else 0 < listed >= len(every) - listed


def _missing_from(
    roll: _Roll, groups: Sequence[Section], plan: PlanFolder, amendment: AmendmentFile
) -> Iterator[Problem]:
    """A warning for each registrant that a list lacks."""
    for group in groups:
        if not roll.has(group):
            fault = f'"{group.name}" is not listed under {roll.key}:, as the other registrants are'
            remedy = f"add it to {of_the_plan(plan, amendment, roll.key)}; or accept it"
            follows = nearest_fact(group.name, roll.names.values())
            yield Problem(group.at, fault, remedy, severity="warning", follows=follows)


def _remaining_in(
    roll: _Roll, before: Sequence[Section], after: Sequence[Section], amendment: AmendmentFile
) -> Iterator[Problem]:
    """A warning for each registrant that went, and stays in a list."""
    ids = {group.id for group in after}
    for group in before:
        if group.id not in ids and roll.has(group) and name_key(group.name) not in {name_key(g.name) for g in after}:
            fault = f'"{group.name}" has no row left, and {roll.key}: lists it still'
            remedy = f"write plan: {{{roll.key}: ...}} without it; or accept it"
            key = "changes" if amendment.facts.changes else "restate"
            follows = nearest_fact(group.name, [new.name for new in after if not roll.has(new)])
            yield replace(amendment.source.warning((key,), fault, remedy), follows=follows)


def _registrants(schedules: Sequence[Schedule]) -> list[Section]:
    groups = [group for s in schedules if s.has_registrants for group in s.groups if group.name]
    return list({group.id: group for group in groups}.values())


CHECKS: tuple[PlanRule, ...] = (plans_list_their_registrants,)
