"""New rows with their values: those that a change gives, and for the other columns those that every row has."""

from __future__ import annotations

from dataclasses import replace

from docgen.consolidation import fill
from docgen.consolidation.fill import Filling
from docgen.consolidation.locate import Application
from docgen.model import changes
from docgen.model.schedule import Line, Schedule, Value
from docgen.problems import DataProblem


def usual(schedule: Schedule) -> dict[str, Value]:
    """The value of each column in which every row has the same."""
    columns = zip(schedule.columns, schedule.typed, strict=True)
    return {key: values[0] for (key, _), values in columns if values and all(value == values[0] for value in values)}


def values(at: Application, filling: Filling, change: changes.WithValues) -> dict[str, Value]:
    """The change's values, and for the columns that it leaves out the usual ones."""
    return usual(at.schedule) | fill.cells_of(filling, change.values, (*at.loc, "values"))


def line(at: Application, key: str, name: str, change: changes.WithValues) -> Line:
    """A new row with a value for each column."""
    filling = at.filling()
    cells = values(at, filling, change)
    missing = [column for column, _ in at.schedule.columns if column not in cells]
    if complaints := filling.complaints():
        raise DataProblem(complaints)
    if missing:
        fault = f'"{name}" has no value for {", ".join(missing)}, in which the rows differ'
        raise at.refusal(key, fault, f"write {missing[0]}: beside the name")
    return Line(name, tuple(cells[column] for column, _ in at.schedule.columns), at=at.at)


def with_values(at: Application, change: changes.SetValues | changes.SetClass, line: Line) -> tuple[Value, ...]:
    """A row's values with those in their place that a change names; each keeps its sign unless the change gives one."""
    filling = at.filling()
    cells = fill.cells_of(filling, change.values, (*at.loc, "values"))
    if complaints := filling.complaints():
        raise DataProblem(complaints)
    if not line.values:
        return line.values
    by_column = zip((column for column, _ in at.schedule.columns), line.values, strict=True)
    old = dict(by_column)
    unsigned = [key for key in cells if change.values[key].mark is None]
    cells |= {key: replace(cells[key], mark=old[key].mark) for key in unsigned}
    return tuple(cells.get(column, value) for column, value in old.items())


def rows_under(at: Application, change: changes.Add | changes.AddGroup) -> tuple[Line, ...]:
    """The rows that a change lists under a new row or group."""
    filling = at.filling()
    rows = fill.lines(filling, change.rows, values(at, filling, change), (*at.loc, "rows"))
    if complaints := filling.complaints():
        raise DataProblem(complaints)
    return rows
