"""The registrants of a plan: all that it has had, what each was called, and which of them file a paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from docgen.consolidation import plan_names
from docgen.consolidation.plan_folder import AmendmentFile, PlanFolder
from docgen.model.schedule import Schedule
from docgen.problems import name_key


def of_plan(plan: PlanFolder) -> list[str]:
    """Every registrant that a plan names or has ever had funds of, each once by its spelling."""
    facts = [plan.facts, *(amendment.plan for amendment in plan.amendments)]
    names = [party.name for plan_facts in facts for party in plan_facts.registrants]
    schedules = [schedule for a in plan.amendments for step in a.applied for schedule in (step.before, step.after)]
    return list(dict.fromkeys([*names, *_groups(schedule for schedule in schedules if schedule)]))


def of_amendment(amendment: AmendmentFile) -> list[str]:
    """The registrants of a plan as a paper leaves them, each once."""
    names = [*_groups(amendment.after), *(party.name for party in amendment.plan.registrants)]
    by_key = {name_key(name): name for name in reversed(names)}
    return [name for name in dict.fromkeys(names) if by_key[name_key(name)] == name]


def _groups(schedules: Iterable[Schedule]) -> Iterator[str]:
    return (group.name for s in schedules if s.has_registrants for group in s.groups if group.name)


def last_keys(plan: PlanFolder) -> dict[str, str]:
    """What registrants were called on any day, as a key, with the key of the name that each has in the end."""
    keys = {key: key for key in map(name_key, of_plan(plan))}
    for step in (step for amendment in plan.amendments for step in amendment.applied):
        renamed = {name_key(old): name_key(new) for old, new in plan_names.new_names(step).items()}
        if renamed:
            keys |= renamed | {name: renamed[last] for name, last in keys.items() if last in renamed}
    return keys


def last_key(name: str, last: Mapping[str, str]) -> str:
    """The key of a registrant's last name, by what `last_keys` gives; of a name that it lacks its own."""
    return last.get(name_key(name), name_key(name))
