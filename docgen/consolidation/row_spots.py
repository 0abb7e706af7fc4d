"""The places of rows in a schedule, and the schedule with others in a place."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from docgen.model.schedule import Line, RowId, Schedule


@dataclass(frozen=True)
class Spot:
    """A row's place: its group's number, its own, and the number of the row above it when it stands under one."""

    group: int
    row: int
    above: int | None = None


def rows_at(schedule: Schedule, spot: Spot) -> tuple[Line, ...]:
    """The rows that a row stands among."""
    section = schedule.groups[spot.group].rows
    return section if spot.above is None else section[spot.above].rows


def row_at(schedule: Schedule, spot: Spot) -> Line:
    """The row in a place."""
    return rows_at(schedule, spot)[spot.row]


def put(schedule: Schedule, spot: Spot, new: Iterable[Line]) -> Schedule:
    """The schedule with other rows where this one stands: one changed, or none."""
    old = rows_at(schedule, spot)
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


def without_emptied(schedule: Schedule, emptied: Collection[RowId]) -> Schedule:
    """The schedule without those of the groups that have no rows."""
    if all(group.rows or group.id not in emptied for group in schedule.groups):
        return schedule
    return replace(schedule, groups=tuple(group for group in schedule.groups if group.rows or group.id not in emptied))
