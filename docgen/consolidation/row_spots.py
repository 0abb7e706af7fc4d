"""The places of rows in a schedule, and the schedule with others in a place."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from docgen.model.schedule import Line, RowId, Schedule


@dataclass(frozen=True)
class Head:
    """What rows stand under: a group, by its number, or a row of it."""

    group: int
    row: int | None = None


@dataclass(frozen=True)
class Spot:
    """A row's place: what it stands under, and its number there."""

    head: Head
    row: int

    @property
    def below(self) -> Head:
        """What the rows under this one stand under."""
        return Head(self.head.group, self.row)


def rows_under(schedule: Schedule, head: Head) -> tuple[Line, ...]:
    """The rows under a group or a row."""
    rows = schedule.groups[head.group].rows
    return rows if head.row is None else rows[head.row].rows


def row_at(schedule: Schedule, spot: Spot) -> Line:
    """The row in a place."""
    return rows_under(schedule, spot.head)[spot.row]


def put(schedule: Schedule, spot: Spot, new: Iterable[Line]) -> Schedule:
    """The schedule with other rows where this one stands: one changed, or none."""
    old = rows_under(schedule, spot.head)
    return with_rows(schedule, spot.head, (*old[: spot.row], *new, *old[spot.row + 1 :]))


def with_rows(schedule: Schedule, head: Head, new: tuple[Line, ...]) -> Schedule:
    """The schedule with these rows under a group or a row, in place of all that stand there."""
    section = schedule.groups[head.group]
    if head.row is not None:
        above = replace(section.rows[head.row], rows=new)
        new = (*section.rows[: head.row], above, *section.rows[head.row + 1 :])
    groups = [*schedule.groups]
    groups[head.group] = replace(section, rows=new)
    return replace(schedule, groups=tuple(groups))


def without_emptied(schedule: Schedule, emptied: Collection[RowId]) -> Schedule:
    """The schedule without those of the groups that have no rows."""
    if all(group.rows or group.id not in emptied for group in schedule.groups):
        return schedule
    return replace(schedule, groups=tuple(group for group in schedule.groups if group.rows or group.id not in emptied))
