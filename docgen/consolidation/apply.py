"""Applies changes to a schedule, one verb at a time. A change that cannot be is refused, never guessed."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from docgen.consolidation import class_changes, fill, footnotes, locate, new_rows, row_spots
from docgen.consolidation.locate import Application
from docgen.consolidation.row_spots import Head
from docgen.model import changes
from docgen.model.amendment import Restate
from docgen.model.changes import Change
from docgen.model.schedule import Line, RowId, Schedule, Section
from docgen.model.values import NOTHING
from docgen.model.yaml_reader import KeyPath, Source
from docgen.problems import DataProblem, did_you_mean, name_key, print_alike


def apply(schedule: Schedule, change: Change | Restate, source: Source = locate.NOWHERE, loc: KeyPath = ()) -> Schedule:
    """The schedule after one change; DataProblem, with the line in `source`, when it cannot be.

    `loc` is where the change stands in the amendment's facts, as `("changes", 2)`.
    """
    return carry_out(change, Application(schedule, source, loc))


def carry_out(change: Change | Restate, at: Application) -> Schedule:  # noqa: C901  # a case a verb
    """The schedule after a change that is being applied; the application's targets say what its names meant."""
    match change:
        case Restate():
            return _restate(at, change)
        case changes.Add():
            return _add(at, change)
        case changes.Remove(remove=name, into=into) if name == into:
            raise at.refusal("into", f'"{name}" cannot merge into itself', "name the fund that goes on")
        case changes.Remove():
            return row_spots.put(at.schedule, locate.find(at, change.remove, "remove", change.group, change.under), [])
        case changes.Rename():
            return _rename(at, change)
        case changes.RenameAll():
            return _rename_all(at, change)
        case changes.AddTradeName():
            return _add_trade_name(at, change)
        case changes.Move():
            return _move(at, change)
        case changes.SetValues():
            return footnotes.sign(at, change) if footnotes.is_of_group_or_head(at, change) else _set(at, change)
        case changes.AddGroup():
            return _add_group(at, change)
        case changes.RemoveGroup():
            return _remove_group(at, change)
        case changes.RenameGroup():
            return _rename_group(at, change)
        case changes.MoveGroup():
            return _move_group(at, change)
        case changes.SetClass():
            return class_changes.set_values(at, change)
        case changes.AddClass():
            return class_changes.add(at, change)
        case changes.RemoveClass():
            return class_changes.in_funds(at, change.remove_class, "remove_class", change.of, lambda line: [])
        case changes.RedesignateClass():
            return class_changes.redesignate(at, change)
        case changes.AddFootnote():
            return footnotes.add(at, change)
        case changes.SetFootnote():
            return footnotes.reword(at, change)
        case changes.RemoveFootnote():
            return footnotes.remove(at, change)
    raise TypeError(f"{type(change).__name__} is not a change of a schedule")


def _restate(at: Application, change: Restate) -> Schedule:
    schedule, problems = fill.filled(at.schedule.form, change, at.source, at.loc)
    if problems:
        raise DataProblem(problems)
    return schedule


def _add(at: Application, change: changes.Add) -> Schedule:
    line = at.targets.new.get((change.add, None))
    if line is None:
        line = _new_row(at, change)
    at = _with_new_group(at, change)
    head = _target(at, change)
    locate.refuse_taken(at, "add", line, head)
    at.targets.new[change.add, None] = line
    old = row_spots.rows_under(at.schedule, head)
    return row_spots.with_rows(at.schedule, head, locate.inserted(at, old, line, change.after))


def _with_new_group(at: Application, change: changes.Add | changes.Move) -> Application:
    """The same with the group that a row brings, where it brings one."""
    if not change.new_group:
        return at
    if change.to is None:
        raise at.refusal("new_group", "does not say which group", "write to: and the new group's name")
    names = [name_key(section.name) for section in at.schedule.groups]
    if name_key(change.to) in names:
        raise at.refusal("to", f'there is a group "{change.to}" already', "take new_group: out")
    section = at.targets.groups.setdefault(change.to, Section(change.to, (), at=at.at))
    at.targets.rows["to", change.to] = (section.id,)
    groups = locate.inserted(at, at.schedule.groups, section, None)
    return replace(at, schedule=replace(at.schedule, groups=groups))


def _new_row(at: Application, change: changes.Add) -> Line:
    if change.rows:
        return Line(change.add, (), change.mark or "", new_rows.rows_under(at, change), at.at)
    return replace(new_rows.line(at, "add", change.add, change), mark=change.mark or "")


def _target(at: Application, change: changes.Add) -> Head:
    """Where a row comes in: under another, into the group that is named, or into the only one."""
    if change.under is not None and change.rows:
        raise at.refusal("rows", f'"{change.add}" stands under "{change.under}"', "rows stand two deep at most")
    if change.under is not None:
        above = locate.find(at, change.under, "under", change.to)
        if not row_spots.row_at(at.schedule, above).rows:
            fault = f'"{change.under}" has values and no rows of its own'
            raise at.refusal("under", fault, "restate it with rows first")
        return above.below
    if change.to is not None:
        return Head(locate.group(at, change.to, "to"))
    if len(at.schedule.groups) == 1:
        return Head(0)
    names = ", ".join(group.name for group in at.schedule.groups)
    raise at.refusal("add", "does not say into which group", f"write to: and one of {names}")


def _rename(at: Application, change: changes.Rename) -> Schedule:
    spot = locate.find(at, change.rename, "rename", change.group, change.under)
    row = row_spots.row_at(at.schedule, spot)
    name_on_day = at.names_on_day.get(row.id, row.name)
    same = print_alike(change.to, change.rename) or all(print_alike(change.to, n) for n in (row.name, name_on_day))
    if same and not at.again:
        raise at.refusal("to", f'"{change.to}" is its name already', "take the change out")
    renamed = replace(row, name=change.to, at=at.at)
    locate.refuse_taken(at, "to", renamed, spot.head)
    return row_spots.put(at.schedule, spot, [renamed])


def _rename_all(at: Application, change: changes.RenameAll) -> Schedule:
    words = change.words
    things: list[Line | Section] = [*at.schedule.rows]
    things += at.schedule.groups if change.groups else ()
    touched = [thing for thing in things if words.search(thing.name) or words.search(at.names_on_day.get(thing.id, ""))]
    stay = _exceptions(at, change, touched)
    if not at.again and all(thing.id in stay for thing in touched):
        fault = f'no name has the words "{change.rename_all}"'
        raise at.refusal("rename_all", fault, did_you_mean(change.rename_all, [thing.name for thing in things]))

    for thing in touched if not at.again else ():
        if thing.id not in stay and not words.search(thing.name):
            at.targets.names[thing.id] = _with_words(words, change.to, at.names_on_day[thing.id])

    def new(thing: Line | Section) -> str:
        if thing.id in stay or thing.id in at.targets.names:
            return at.targets.names.get(thing.id, thing.name)
        return _with_words(words, change.to, thing.name)

    sections = []
    for section in at.schedule.groups:
        rows = [line if new(line) == line.name else replace(line, name=new(line), at=at.at) for line in section.rows]
        name = new(section) if change.groups else section.name
        sections.append(replace(section, name=name, rows=tuple(rows), at=section.at if name == section.name else at.at))
    _refuse_twice(at, sections)
    return replace(at.schedule, groups=tuple(sections))


def _add_trade_name(at: Application, change: changes.AddTradeName) -> Schedule:
    renamed = tuple(
        replace(section, name=change.name(section.name), at=at.at)
        if change.name(section.name) != section.name
        else section
        for section in at.schedule.groups
    )
    names = [section.name for section in at.schedule.groups]
    for number, name in enumerate(change.except_ if not at.again else ()):
        if name not in names:
            raise at.refusal(("except", number), f'"{name}" would not be renamed anyway', did_you_mean(name, names))
    if renamed == at.schedule.groups and not at.again:
        fault = f'no {at.schedule.form.group.lower()} begins with "{change.in_place_of}"'
        raise at.refusal("in_place_of", fault, did_you_mean(change.in_place_of, names))
    return replace(at.schedule, groups=renamed)


def _with_words(words: re.Pattern[str], new: str, name: str) -> str:
    return " ".join(words.sub(lambda _: new, name).split())


def _exceptions(at: Application, change: changes.RenameAll, touched: list[Line | Section]) -> set[RowId]:
    """The rows and groups that a change of words leaves as they are; refused where one would stay anyway."""
    targets = at.targets.rows
    for number, name in enumerate(change.except_ if not at.again else ()):
        targets["except", name] = tuple(thing.id for thing in touched if at.is_called(thing, name))
        if not targets["except", name]:
            remedy = did_you_mean(name, [thing.name for thing in touched])
            raise at.refusal(("except", number), f'"{name}" would not be renamed anyway', remedy)
    return {row for name in change.except_ for row in targets.get(("except", name), ())}


def _refuse_twice(at: Application, sections: list[Section]) -> None:
    """Refuses a bulk rename that gives one name to two rows."""
    rows = [[line.name for line in section.rows if not line.is_band] for section in sections]
    for names in [[name for group in rows for name in group]] if at.schedule.has_registrants else rows:
        counted = Counter(name_key(name) for name in names)
        twice = next((name for name in names if counted[name_key(name)] > 1), None)
        if twice:
            remedy = "put one of them under except: and rename it by itself"
            raise at.refusal("to", f'two rows would be named "{twice}"', remedy)


def _move(at: Application, change: changes.Move) -> Schedule:
    at = _with_new_group(at, change)
    spot = locate.find(at, change.move, "move", change.group, change.under)
    line = row_spots.row_at(at.schedule, spot)
    target = spot.head if change.to is None else Head(locate.group(at, change.to, "to"))
    if change.after is None and target.group == spot.head.group and not at.again:
        raise at.refusal("move", "does not say where to", "write to: and another group, or after: and a name")
    at = replace(at, schedule=row_spots.put(at.schedule, spot, []))
    if target.group != spot.head.group and not at.schedule.has_registrants:
        locate.refuse_taken(at, "move", line, target)
    rows = locate.inserted(at, row_spots.rows_under(at.schedule, target), line, change.after)
    return row_spots.with_rows(at.schedule, target, rows)


def _set(at: Application, change: changes.SetValues) -> Schedule:
    spot = locate.find(at, change.set, "set", change.group, change.under)
    line = row_spots.row_at(at.schedule, spot)
    if line.rows and change.values:
        names = dict.fromkeys(inner.name for inner in line.rows)
        remedy = f"write under: {change.set}, and set: one of {', '.join(names)}"
        raise at.refusal("set", f'"{change.set}" has no values of its own', remedy)
    mark = line.mark if change.mark is None else "" if change.mark == NOTHING else change.mark
    new = replace(line, values=new_rows.with_values(at, change, line), mark=mark)
    if new == line and not at.again:
        raise at.refusal("set", f'"{change.set}" has these values already', "fix the values, or take the change out")
    return row_spots.put(at.schedule, spot, [new])


def _add_group(at: Application, change: changes.AddGroup) -> Schedule:
    names = [section.name for section in at.schedule.groups]
    if name_key(change.add_group) in [name_key(name) for name in names]:
        remedy = "add rows to it: add: NAME, to: GROUP"
        raise at.refusal("add_group", f'there is a group "{change.add_group}" already', remedy)
    if names == [""]:
        raise at.refusal("add_group", "the schedule has no groups", "restate it with groups first")
    target = at.targets.groups.get(change.add_group)
    if target is None:
        target = Section(change.add_group, new_rows.rows_under(at, change), change.mark or "", at.at)
        at.targets.groups[change.add_group] = target
    section = replace(target, rows=())
    groups = locate.inserted(at, at.schedule.groups, section, change.after)
    number = next(number for number, group in enumerate(groups) if group is section)
    schedule = replace(at.schedule, groups=groups)
    for line in target.rows:
        if not line.is_band:
            locate.refuse_taken(replace(at, schedule=schedule), "rows", line, Head(number))
        schedule = row_spots.with_rows(schedule, Head(number), (*schedule.groups[number].rows, line))
    return schedule


def _remove_group(at: Application, change: changes.RemoveGroup) -> Schedule:
    """The schedule without a group and the rows that stood under it, wherever these stand on the day of another view.

    A row that comes under it or goes from it later than the group goes is no row of this change: it keeps the group.
    """
    key = ("rows", change.remove_group)
    number = locate.group(at, change.remove_group, "remove_group")
    section = at.schedule.groups[number]
    gone = at.targets.rows.setdefault(key, tuple(row.id for row in section.rows))
    others = [row for row in section.rows if row.id not in gone]
    if others and len(others) == len(section.rows):
        raise at.refusal("remove_group", f'"{others[0].name}" still stands under "{section.name}"', "fix the dates")
    groups = [
        replace(group, rows=tuple(row for row in group.rows if row.id not in gone))
        for group in at.schedule.groups
        if group is not section or others
    ]
    return replace(at.schedule, groups=tuple(groups))


def _rename_group(at: Application, change: changes.RenameGroup) -> Schedule:
    number = locate.group(at, change.rename_group, "rename_group")
    groups = [*at.schedule.groups]
    others = [name_key(section.name) for n, section in enumerate(groups) if n != number]
    name, name_on_day = groups[number].name, at.names_on_day.get(groups[number].id, groups[number].name)
    same = print_alike(change.to, change.rename_group) or all(print_alike(change.to, n) for n in (name, name_on_day))
    if (same and not at.again) or name_key(change.to) in others:
        raise at.refusal("to", f'there is a group "{change.to}" already', "give it another name")
    groups[number] = replace(groups[number], name=change.to, at=at.at)
    return replace(at.schedule, groups=tuple(groups))


def _move_group(at: Application, change: changes.MoveGroup) -> Schedule:
    number = locate.group(at, change.move_group, "move_group")
    groups = at.schedule.groups
    others = (*groups[:number], *groups[number + 1 :])
    return replace(at.schedule, groups=locate.inserted(at, others, groups[number], change.after))
