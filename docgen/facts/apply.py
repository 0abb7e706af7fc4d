"""Applies changes to a schedule, one verb at a time. A change that cannot be is refused, never guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import chain

from docgen.facts import changes, fill, places
from docgen.facts.changes import Change
from docgen.facts.fill import Filling
from docgen.facts.models import Restate
from docgen.facts.places import Spot, Step
from docgen.facts.schedule import Line, Schedule, Section, Value
from docgen.facts.source import Path, Source
from docgen.problems import DataProblem, did_you_mean


def apply(schedule: Schedule, change: Change | Restate, source: Source, loc: Path = ()) -> Schedule:  # noqa: C901  # a case a verb
    """The schedule after one change; DataProblem, with the line in `source`, when it cannot be.

    `loc` is where the change stands in the amendment's facts, as `("changes", 2)`.
    """
    step = Step(schedule, source, loc)
    match change:
        case Restate():
            return _restate(step, change)
        case changes.Add():
            return _add(step, change)
        case changes.Remove(remove=name, into=into) if name == into:
            raise step.refusal("into", f'"{name}" cannot merge into itself', "name the fund that goes on")
        case changes.Remove():
            return places.put(schedule, places.find(step, change.remove, "remove", change.group, change.under), [])
        case changes.Rename():
            return _rename(step, change)
        case changes.RenameAll():
            return _rename_all(step, change)
        case changes.Move():
            return _move(step, change)
        case changes.SetValues():
            return _set(step, change)
        case changes.AddGroup():
            return _add_group(step, change)
        case changes.RemoveGroup():
            number = places.group(step, change.remove_group, "remove_group")
            return replace(schedule, groups=(*schedule.groups[:number], *schedule.groups[number + 1 :]))
        case changes.RenameGroup():
            return _rename_group(step, change)
        case changes.MoveGroup():
            return _move_group(step, change)
        case changes.AddClass():
            return _add_class(step, change)
        case changes.RemoveClass():
            return _in_funds(step, change.remove_class, "remove_class", change.of, lambda line: [])
        case changes.RedesignateClass():
            return _redesignate_class(step, change)
    raise TypeError(f"{type(change).__name__} is no change of a schedule")


def _restate(step: Step, change: Restate) -> Schedule:
    made, problems = fill.filled(step.schedule.form, change, step.source, step.loc)
    if problems:
        raise DataProblem(problems)
    return made


def _values(step: Step, filling: Filling, change: changes.WithValues) -> dict[str, Value]:
    """The change's values, and for the columns that it leaves out the usual ones: those that every row has."""
    usual = {
        key: values[0]
        for (key, _), values in zip(step.schedule.columns, step.schedule.typed, strict=True)
        if values and all(value == values[0] for value in values)
    }
    return usual | fill.known(filling, change.values, (*step.loc, "values"))


def _line(step: Step, key: str, name: str, change: changes.WithValues) -> Line:
    """A new row with a value for each column."""
    filling = step.filling()
    values = _values(step, filling, change)
    missing = [column for column, _ in step.schedule.columns if column not in values]
    if complaints := filling.complaints():
        raise DataProblem(complaints)
    if missing:
        found = f'"{name}" has no value for {", ".join(missing)}, in which the rows differ'
        raise step.refusal(key, found, f"write {missing[0]}: beside the name")
    return Line(name, tuple(values[column] for column, _ in step.schedule.columns), at=step.at)


def _with_rows_of_its_own(step: Step, change: changes.Add | changes.AddGroup) -> tuple[Line, ...]:
    filling = step.filling()
    rows = fill.lines(filling, change.rows, _values(step, filling, change), (*step.loc, "rows"))
    if complaints := filling.complaints():
        raise DataProblem(complaints)
    return rows


def _add(step: Step, change: changes.Add) -> Schedule:
    if change.rows:
        line = Line(change.add, (), "", _with_rows_of_its_own(step, change), step.at)
    else:
        line = _line(step, "add", change.add, change)
    spot = _target(step, change)
    places.refuse_taken(step, "add", change.add, spot)
    old = places.rows(step.schedule, spot)
    line = replace(line, mark=change.mark or "")
    return places.with_rows(step.schedule, spot, places.inserted(step, old, line, change.after))


def _target(step: Step, change: changes.Add) -> Spot:
    """Where a row comes in: under another, into the group that is named, or into the only one."""
    if change.under is not None and change.rows:
        raise step.refusal("rows", f'"{change.add}" stands under "{change.under}"', "rows stand two deep at most")
    if change.under is not None:
        above = places.find(step, change.under, "under", change.to)
        if not places.row(step.schedule, above).rows:
            raise step.refusal(
                "under", f'"{change.under}" has values and no rows of its own', "restate it with rows first"
            )
        return Spot(above.group, 0, above.row)
    if change.to is not None:
        return Spot(places.group(step, change.to, "to"), 0)
    if len(step.schedule.groups) == 1:
        return Spot(0, 0)
    names = ", ".join(group.name for group in step.schedule.groups)
    raise step.refusal("add", "does not say into which group", f"write to: and one of {names}")


def _rename(step: Step, change: changes.Rename) -> Schedule:
    spot = places.find(step, change.rename, "rename", change.group, change.under)
    if change.to == change.rename:
        raise step.refusal("to", f'"{change.to}" is its name already', "take the change out")
    if change.to.casefold() != change.rename.casefold():
        places.refuse_taken(step, "to", change.to, spot)
    renamed = replace(places.row(step.schedule, spot), name=change.to, at=step.at)
    return places.put(step.schedule, spot, [renamed])


def _rename_all(step: Step, change: changes.RenameAll) -> Schedule:
    wanted = re.compile(rf"(?<!\w){re.escape(change.rename_all)}(?!\w)")
    names = [line.name for section in step.schedule.groups for line in section.rows]
    names += [section.name for section in step.schedule.groups] if change.groups else []
    touched = [name for name in names if wanted.search(name)]
    for number, name in enumerate(change.except_):
        if name not in touched:
            found = f'"{name}" would not be renamed anyway'
            raise step.refusal(("except", number), found, did_you_mean(name, touched))
    if set(touched) <= set(change.except_):
        found = f'no name has the words "{change.rename_all}"'
        raise step.refusal("rename_all", found, did_you_mean(change.rename_all, names))

    def new(named: Line | Section) -> str:
        return (
            named.name
            if named.name in change.except_
            else " ".join(wanted.sub(lambda _: change.to, named.name).split())
        )

    sections = []
    for section in step.schedule.groups:
        rows = [line if new(line) == line.name else replace(line, name=new(line), at=step.at) for line in section.rows]
        sections.append(replace(section, name=new(section) if change.groups else section.name, rows=tuple(rows)))
    _refuse_twice(step, sections)
    return replace(step.schedule, groups=tuple(sections))


def _refuse_twice(step: Step, sections: list[Section]) -> None:
    """Refuses a bulk rename that gives one name to two rows."""
    rows = [[line.name for line in section.rows] for section in sections]
    for names in [[*chain(*rows)]] if step.schedule.has_registrants else rows:
        folded = [name.casefold() for name in names]
        twice = next((name for name in names if folded.count(name.casefold()) > 1), None)
        if twice:
            remedy = "put one of them under except: and rename it by itself"
            raise step.refusal("to", f'two rows would be named "{twice}"', remedy)


def _move(step: Step, change: changes.Move) -> Schedule:
    spot = places.find(step, change.move, "move", change.group, change.under)
    line = places.row(step.schedule, spot)
    target = spot if change.to is None else Spot(places.group(step, change.to, "to"), 0)
    if change.after is None and target.group == spot.group:
        raise step.refusal("move", "does not say where to", "write to: and another group, or after: and a name")
    step = replace(step, schedule=places.put(step.schedule, spot, []))
    if target.group != spot.group and not step.schedule.has_registrants:
        places.refuse_taken(step, "move", change.move, target)
    rows = places.inserted(step, places.rows(step.schedule, target), line, change.after)
    return places.with_rows(step.schedule, target, rows)


def _set(step: Step, change: changes.SetValues) -> Schedule:
    spot = places.find(step, change.set, "set", change.group, change.under)
    line = places.row(step.schedule, spot)
    if line.rows:
        remedy = f"write under: {change.set}, and set: one of " + ", ".join(inner.name for inner in line.rows)
        raise step.refusal("set", f'"{change.set}" has no values of its own', remedy)
    filling = step.filling()
    new = fill.known(filling, change.values, (*step.loc, "values"))
    if complaints := filling.complaints():
        raise DataProblem(complaints)
    columns = [column for column, _ in step.schedule.columns]
    values = tuple(new.get(column, old) for column, old in zip(columns, line.values, strict=True))
    if values == line.values:
        raise step.refusal("set", f'"{change.set}" has these values already', "mend the values, or take the change out")
    return places.put(step.schedule, spot, [replace(line, values=values)])


def _add_group(step: Step, change: changes.AddGroup) -> Schedule:
    names = [section.name for section in step.schedule.groups]
    if change.add_group.casefold() in [name.casefold() for name in names]:
        remedy = "add rows to it: add: NAME, to: GROUP"
        raise step.refusal("add_group", f'there is a group "{change.add_group}" already', remedy)
    if names == [""]:
        raise step.refusal("add_group", "the schedule has no groups", "restate it with groups first")
    section = Section(change.add_group, (), change.mark or "", step.at)
    groups = places.inserted(step, step.schedule.groups, section, change.after)
    number = groups.index(section)
    schedule = replace(step.schedule, groups=groups)
    for line in _with_rows_of_its_own(step, change):
        places.refuse_taken(replace(step, schedule=schedule), "rows", line.name, Spot(number, 0))
        schedule = places.with_rows(schedule, Spot(number, 0), (*schedule.groups[number].rows, line))
    return schedule


def _rename_group(step: Step, change: changes.RenameGroup) -> Schedule:
    number = places.group(step, change.rename_group, "rename_group")
    groups = [*step.schedule.groups]
    others = [section.name.casefold() for n, section in enumerate(groups) if n != number]
    if change.to == change.rename_group or change.to.casefold() in others:
        raise step.refusal("to", f'there is a group "{change.to}" already', "give it another name")
    groups[number] = replace(groups[number], name=change.to, at=step.at)
    return replace(step.schedule, groups=tuple(groups))


def _move_group(step: Step, change: changes.MoveGroup) -> Schedule:
    number = places.group(step, change.move_group, "move_group")
    groups = step.schedule.groups
    others = (*groups[:number], *groups[number + 1 :])
    return replace(step.schedule, groups=places.inserted(step, others, groups[number], change.after))


def _add_class(step: Step, change: changes.AddClass) -> Schedule:
    line = _line(step, "add_class", change.add_class, change)
    schedule = step.schedule
    for spot in _funds(step, "add_class", change.of):
        places.refuse_taken(step, "add_class", change.add_class, spot)
        schedule = places.with_rows(schedule, spot, places.inserted(step, places.rows(schedule, spot), line, None))
    return schedule


def _redesignate_class(step: Step, change: changes.RedesignateClass) -> Schedule:
    for spot in _funds(step, "redesignate_class", change.of):
        if change.redesignate_class in [line.name for line in places.rows(step.schedule, spot)]:
            places.refuse_taken(step, "to", change.to, spot)
    return _in_funds(
        step,
        change.redesignate_class,
        "redesignate_class",
        change.of,
        lambda line: [replace(line, name=change.to, at=step.at)],
    )


def _funds(step: Step, key: str, of: str | None) -> list[Spot]:
    """The first class of the fund that is named, or of every fund that has classes."""
    if of is not None:
        fund = places.find(step, of, "of")
        found = [Spot(fund.group, 0, fund.row)] if places.row(step.schedule, fund).rows else []
        said = f'"{of}" has no share classes under it'
    else:
        found = [
            Spot(g, 0, r)
            for g, group in enumerate(step.schedule.groups)
            for r, row in enumerate(group.rows)
            if row.rows
        ]
        said = f"no {step.schedule.form.row.lower()} has share classes under it"
    if not found:
        raise step.refusal("of" if of else key, said, "restate the schedule with classes first")
    return found


def _in_funds(step: Step, name: str, key: str, of: str | None, change: Callable[[Line], Iterable[Line]]) -> Schedule:
    """The schedule with a class changed, or gone, in one fund or in all that have it; refused when none has."""
    schedule = step.schedule
    for spot in _funds(step, key, of):
        names = [line.name for line in places.rows(schedule, spot)]
        if name in names:
            at = replace(spot, row=names.index(name))
            schedule = places.put(schedule, at, change(places.row(schedule, at)))
    if schedule == step.schedule:
        known = [line.name for _, line, above in step.schedule.lines() if above]
        raise step.refusal(
            key, f'no {step.schedule.form.row.lower()} has the class "{name}"', did_you_mean(name, known)
        )
    return schedule
