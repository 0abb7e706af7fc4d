"""The names that a plan itself has, of registrants, parties and who signs, and how they follow a change.

A registrant's new name takes the place of the old one in the title and in the headings too, whatever capitals and
signs each is typed with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from docgen.consolidation import class_changes
from docgen.consolidation.applied import Applied
from docgen.model.changes import AddTradeName, Change, RenameAll, RenameGroup
from docgen.model.plan import Plan, ScheduleForm
from docgen.model.schedule import Schedule
from docgen.model.settings import Party
from docgen.problems import SIGNS, fold_signs, name_key

FORMERLY = re.compile(r"formerly|known as|renamed|name of|redesignated", re.IGNORECASE)
OF_THE_PLAN = ("title_lines", "feature", "author")  # texts that may say the name of a registrant
PARTIES = ("registrants", "parties")
OF_A_SCHEDULE = ("plan_lines", "subject", "label", "group_heading", "preamble")
TextOrLines = TypeVar("TextOrLines", str, tuple[str, ...])


def party_names(plan: Plan) -> list[str]:
    """Whose plan it is, and who it is between."""
    return [party.name for party in (*plan.registrants, *plan.parties)]


def is_of_the_plan(change: Change, schedule: Schedule, plan: Plan) -> bool:
    """Whether a change is of the plan itself, its own class or a party's name, and leaves the rows as they are."""
    if not isinstance(change, RenameGroup):
        return class_changes.is_of_a_plans_class(change, schedule)
    is_group = change.rename_group in [group.name for group in schedule.groups]
    return not is_group and name_key(change.rename_group) in map(name_key, party_names(plan))


def in_the_manner_of(old: str, new: str) -> str:
    """The new name in capitals where the old one is."""
    return new.upper() if old.isupper() else new


def plan_after(plan: Plan, steps: Sequence[Applied]) -> Plan:
    """A plan's facts after changes: a registrant's new name is also that of the party and of who signs, and stands in
    the title and the headings; and what it is, where the change says so."""
    for step in steps:
        if isinstance(step.change, RenameGroup | RenameAll | AddTradeName) and (names := new_names(step)):
            plan = _renamed(plan, _Renaming(names, _around(plan, step)))
        if isinstance(step.change, RenameGroup) and step.change.is_:
            plan = _being(plan, name_key(step.change.to), step.change.is_)
    return plan


def new_names(step: Applied) -> dict[str, str]:
    """The names of groups, and of a party that is none, that a change takes away, each with the new one."""
    names = {before.name: after.name for before, after in step.renamed if not before.row}
    return names | ({step.change.rename_group: step.change.to} if isinstance(step.change, RenameGroup) else {})


def _around(plan: Plan, step: Applied) -> set[str]:
    """The names that there are, in which an old one may stand without being meant: AIM Funds in AIM Funds Group."""
    every = {name for schedule in (step.before, step.after) if schedule for name in _standing(schedule)}
    return {*every, *party_names(plan)}


def _standing(schedule: Schedule) -> Iterable[str]:
    return (name for group, row, _ in schedule.lines() for name in (group.name, row.name))


@dataclass(frozen=True)
class _Renaming:
    """Names that go, each with the one that comes, beside all names that there are."""

    names: Mapping[str, str]
    around: set[str]

    @cached_property
    def by_key(self) -> Mapping[str, tuple[str, str]]:
        """The old name and the new one by the old one's key."""
        return {name_key(old): (old, new) for old, new in self.names.items()}

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """An old name in a text, or a longer one that it is a part of."""
        keys = {key for name in (*self.around, *self.names.values()) for key in [name_key(name)]}
        longer = {key for key in keys for old in self.by_key if old in key}
        every = sorted({*self.by_key, *longer}, key=len, reverse=True)
        names = "|".join(map(re.escape, every))
        return re.compile(rf"(?<!\w)(?:{names})(?!\w| [IVXL]+\b)", re.IGNORECASE)  # AIM Funds II is another

    def name(self, name: str) -> str:
        """A name after it: the new one as it is typed, or in capitals where the old one was typed so only beside it."""
        old, new = self.by_key.get(name_key(name), (name, name))
        return new if fold_signs(old) == fold_signs(name) else in_the_manner_of(name, new)

    def text(self, text: str) -> str:
        """A text after it; as it was, where it speaks of former names."""
        if FORMERLY.search(text):
            return text
        parts, end = [], 0
        for match in self.pattern.finditer(text.translate(SIGNS)):
            start, stop = match.span()
            parts += [text[end:start], self.name(text[start:stop])]
            end = stop
        return "".join([*parts, text[end:]])

    def of(self, value: TextOrLines) -> TextOrLines:
        """A text, or one over lines, after it; in one line where the name stood over two."""
        if isinstance(value, str):
            return self.text(value)
        lines, joined = tuple(map(self.text, value)), " ".join(value)
        return lines if lines != value or self.text(joined) == joined else (self.text(joined),)


def _renamed(plan: Plan, renaming: _Renaming) -> Plan:
    """The plan with new names of registrants wherever it names them."""

    def party(old: Party) -> Party:
        return old.model_copy(update={"name": renaming.name(old.name)})

    blocks = (b.model_copy(update={"for_": tuple(map(renaming.name, b.for_))}) for b in plan.signatures)
    names = {
        "registrants": tuple(map(party, plan.registrants)),
        "parties": tuple(map(party, plan.parties)),
        "signatures": tuple(blocks),
        "schedules": tuple(form.model_copy(update=_texts(form, OF_A_SCHEDULE, renaming)) for form in plan.schedules),
    }
    return plan.model_copy(update=names | _texts(plan, OF_THE_PLAN, renaming))


def _texts(facts: Plan | ScheduleForm, keys: Iterable[str], renaming: _Renaming) -> dict[str, object]:
    """The texts that a plan or a schedule's form has under some keys, after new names."""
    return {key: renaming.of(value) for key in keys if (value := getattr(facts, key))}


def _being(plan: Plan, key: str, kind: str) -> Plan:
    """The plan where the party of this name is of another kind: a Delaware statutory trust."""

    def party(old: Party) -> Party:
        return old.model_copy(update={"is_": kind}) if name_key(old.name) == key else old

    parties = {"registrants": tuple(map(party, plan.registrants)), "parties": tuple(map(party, plan.parties))}
    return plan.model_copy(update=parties)
