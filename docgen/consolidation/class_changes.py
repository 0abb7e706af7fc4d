"""Applies changes of share classes, under one fund or under all that have classes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from docgen.consolidation import locate, new_rows, row_spots
from docgen.consolidation.locate import Application
from docgen.consolidation.row_spots import Head, Spot
from docgen.model import changes
from docgen.model.changes import Change
from docgen.model.schedule import Line, RowId, Schedule
from docgen.problems import did_you_mean, print_alike


def is_of_a_plans_class(change: Change, schedule: Schedule) -> bool:
    """Whether a change is of a class of the whole plan, which is no row of the schedule."""
    if not isinstance(change, changes.AddClass | changes.RemoveClass | changes.RedesignateClass):
        return False
    return change.of is None and not has_classes(schedule)


def has_classes(schedule: Schedule) -> bool:
    """Whether funds have rows of their own, as share classes."""
    return any(row.rows for row in schedule.rows)


def add(at: Application, change: changes.AddClass) -> Schedule:
    """The schedule with a class more under one fund, or under all that have classes."""
    line = new_rows.line(at, "add_class", change.add_class, change)
    schedule = at.schedule
    for spot in _funds(at, change.of):
        fund = row_spots.row_at(schedule, spot)
        new = at.targets.new.setdefault((change.add_class, fund.id), replace(line, id=RowId()))
        locate.refuse_taken(at, "add_class", new, spot.below)
        schedule = row_spots.with_rows(schedule, spot.below, locate.inserted(at, fund.rows, new, None))
    return schedule


def set_values(at: Application, change: changes.SetClass) -> Schedule:
    """The schedule with other values of a class; of every row, where classes are no rows and the plan is for it."""
    name = change.set_class

    def new(line: Line) -> list[Line]:
        return [replace(line, values=new_rows.with_values(at, change, line))]

    if change.of is None and not has_classes(at.schedule):
        groups = tuple(replace(g, rows=tuple(row for old in g.rows for row in new(old))) for g in at.schedule.groups)
        schedule = replace(at.schedule, groups=groups)
    else:
        schedule = in_funds(at, name, "set_class", change.of, new)
    if schedule == at.schedule and not at.again:
        raise at.refusal("set_class", f"{name} has these values already", "fix the values, or take the change out")
    return schedule


def redesignate(at: Application, change: changes.RedesignateClass) -> Schedule:
    """The schedule with a class of another name."""
    name = change.redesignate_class
    for spot in _funds(at, change.of):
        for row in row_spots.row_at(at.schedule, spot).rows:
            if at.is_called(row, name):
                locate.refuse_taken(at, "to", replace(row, name=change.to), spot.below)
    return in_funds(at, name, "redesignate_class", change.of, lambda line: [replace(line, name=change.to, at=at.at)])


def has_class(fund: Line, name: str) -> bool:
    """Whether a fund has a class of this name; without a name, any."""
    return any(not name or print_alike(row.name, name) for row in fund.rows)


def _funds(at: Application, of: str | None) -> list[Spot]:
    """The fund that is named, or every fund that has classes."""
    if of is None:
        groups = enumerate(at.schedule.groups)
        return [Spot(Head(g), r) for g, group in groups for r, row in enumerate(group.rows) if row.rows]
    fund = locate.find(at, of, "of")
    if not row_spots.row_at(at.schedule, fund).rows:
        raise at.refusal("of", f'"{of}" has no share classes under it', "restate the schedule with classes first")
    return [fund]


def in_funds(
    at: Application, name: str, key: str, of: str | None, change: Callable[[Line], Iterable[Line]]
) -> Schedule:
    """The schedule with a class changed, or gone, in one fund or in all that have it; refused when none has."""
    schedule, targets = at.schedule, at.targets.rows
    for spot in _funds(at, of):
        rows, ids = row_spots.row_at(schedule, spot).rows, targets.get((key, name), ())
        numbers = [n for n, line in enumerate(rows) if (line.id in ids if at.again else at.is_called(line, name))]
        if numbers:
            targets[key, name] = (*ids, rows[numbers[0]].id)
            schedule = row_spots.put(schedule, Spot(spot.below, numbers[0]), change(rows[numbers[0]]))
    if schedule is at.schedule:
        classes = [line.name for _, line, above in at.schedule.lines() if above]
        fault = f'no {at.schedule.form.row.lower()} has the class "{name}"'
        raise at.refusal(key, fault, did_you_mean(name, classes))
    return schedule
