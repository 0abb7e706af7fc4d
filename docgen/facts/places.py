"""Finds rows and groups of a schedule, and gives the schedule with others in their place: what verbs are made of."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from docgen.facts.fill import Filling
from docgen.facts.schedule import Line, Schedule, Section
from docgen.facts.source import Path, Source
from docgen.facts.typed import place
from docgen.problems import DataProblem, Where, did_you_mean

FIRST = "first"  # what `after:` says for the first place
Named = TypeVar("Named", Line, Section)


@dataclass(frozen=True)
class Spot:
    """A row's place: its group's number, its own, and the number of the row above it when it stands under one."""

    group: int
    row: int
    above: int | None = None


@dataclass(frozen=True)
class Step:
    """One change being applied: the schedule that it meets, and where it was typed."""

    schedule: Schedule
    source: Source
    loc: Path

    @property
    def at(self) -> Where:
        """The line that the change begins on."""
        return self.source.where(*place(self.source, self.loc))

    def filling(self) -> Filling:
        """What new rows are filled in with."""
        return Filling(self.source, dict(self.schedule.columns))

    def refusal(self, key: str | tuple[str, int], found: str, remedy: str = "") -> DataProblem:
        """What to raise when the change cannot be; `key` is the key at fault."""
        loc = (*self.loc, key) if isinstance(key, str) else (*self.loc, *key)
        return DataProblem([self.source.problem(place(self.source, loc), found, remedy)])


def group(step: Step, name: str, key: str) -> int:
    """The number of the group of this name; refused when there is none."""
    names = [group.name for group in step.schedule.groups]
    if name not in names:
        found = f'no group "{name}" in {step.schedule.name}'
        raise step.refusal(key, found, did_you_mean(name, [known for known in names if known]))
    return names.index(name)


def find(step: Step, name: str, key: str, in_group: str | None = None, under: str | None = None) -> Spot:
    """The one row of this name; refused when there is none, or more than one."""
    only = None if in_group is None else group(step, in_group, "group")
    spots: list[Spot] = []
    known: list[str] = []
    for g, section in enumerate(step.schedule.groups):
        for r, row in enumerate(section.rows if only in (None, g) else ()):
            if under is None:
                known.append(row.name)
                spots += [Spot(g, r)] if row.name == name else []
            elif row.name == under:
                known += [inner.name for inner in row.rows]
                spots += [Spot(g, i, r) for i, inner in enumerate(row.rows) if inner.name == name]
    if not spots:
        where = f'under "{under}"' if under else f"in {step.schedule.name}"
        raise step.refusal(key, f'no {step.schedule.form.row.lower()} "{name}" {where}', did_you_mean(name, known))
    if len(spots) > 1:
        groups = " and ".join(step.schedule.groups[spot.group].name for spot in spots)
        raise step.refusal(key, f'"{name}" stands in {groups}', "write group: and the one that is meant")
    return spots[0]


def rows(schedule: Schedule, spot: Spot) -> tuple[Line, ...]:
    """The rows that a row stands among."""
    section = schedule.groups[spot.group].rows
    return section if spot.above is None else section[spot.above].rows


def row(schedule: Schedule, spot: Spot) -> Line:
    """The row in a place."""
    return rows(schedule, spot)[spot.row]


def put(schedule: Schedule, spot: Spot, new: Iterable[Line]) -> Schedule:
    """The schedule with other rows where this one stands: one changed, or none."""
    old = rows(schedule, spot)
    return with_rows(schedule, spot, (*old[: spot.row], *new, *old[spot.row + 1 :]))


def with_rows(schedule: Schedule, spot: Spot, new: tuple[Line, ...]) -> Schedule:
    """The schedule with these rows in place of all that the spot's row stands among."""
    section = schedule.groups[spot.group]
    if spot.above is not None:
        above = replace(section.rows[spot.above], rows=new)
        new = (*section.rows[: spot.above], above, *section.rows[spot.above + 1 :])
    groups = [*schedule.groups]
    groups[spot.group] = replace(section, rows=new)
    return replace(schedule, groups=tuple(groups))


def refuse_taken(step: Step, key: str, name: str, spot: Spot) -> None:
    """Refuses a name that a row has already where it may stand once: all over, where groups are registrants."""
    everywhere = spot.above is None and step.schedule.has_registrants
    among = (
        [row for section in step.schedule.groups for row in section.rows] if everywhere else rows(step.schedule, spot)
    )
    taken = next((row.name for row in among if row.name.casefold() == name.casefold()), None)
    if taken is not None:
        raise step.refusal(
            key, f'"{taken}" is in {step.schedule.name} already', "mend the name, or take the change out"
        )


def inserted(step: Step, old: Sequence[Named], new: Named, after: str | None) -> tuple[Named, ...]:
    """The rows with a new one: after the one named, else by the alphabet if they have its order, else last."""
    names = [row.name for row in old]
    if after is not None and after != FIRST and after not in names:
        raise step.refusal("after", f'"{after}" does not stand there', did_you_mean(after, names))
    folded = [name.casefold() for name in names]
    if after is None:
        at = bisect(folded, new.name.casefold()) if folded == sorted(folded) else len(names)
    else:
        at = names.index(after) + 1 if after in names else 0
    made = list(old)
    made.insert(at, new)
    return tuple(made)
