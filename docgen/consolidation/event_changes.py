"""One change of a business event as one schedule spells its names, or why it does not apply there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from docgen.consolidation import class_changes, footnotes, new_rows, plan_names
from docgen.consolidation.locate import FIRST
from docgen.model import changes
from docgen.model.changes import Change
from docgen.model.rows import Row, RowValue
from docgen.model.schedule import Schedule
from docgen.model.values import BLANK
from docgen.problems import name_key


def fitted(change: Change, schedule: Schedule, classes: Sequence[str]) -> Change | str:
    """The change in the spelling of a schedule, or why it does not apply there; `classes` are the plan's own."""
    match change:
        case changes.Add():
            return _added(change, schedule)
        case changes.AddGroup():
            return _group_added(change, schedule)
        case changes.RenameAll():
            return _all_renamed(change, schedule)
        case changes.AddTradeName():
            return _with_trade_name(change, schedule)
        case changes.AddFootnote() | changes.SetFootnote() | changes.RemoveFootnote():
            return _of_footnote(change, schedule)
        case changes.SetClass() | changes.AddClass() | changes.RemoveClass() | changes.RedesignateClass():
            return _of_class(change, schedule, classes)
        case changes.RemoveGroup() | changes.RenameGroup() | changes.MoveGroup():
            return _by_name(change, _groups(schedule), schedule)
        case changes.Remove(under=str(under)) | changes.Rename(under=str(under)):
            return _by_name(change, _classes(schedule, under), schedule)
        case changes.Move(under=str(under)) | changes.SetValues(under=str(under)):
            return _by_name(change, _classes(schedule, under), schedule)
    return _by_name(change, _funds(schedule), schedule)


def spelled(name: str, names: Iterable[str]) -> str | None:
    """The name as it is spelled there, capitals apart, and whatever signs it is typed with."""
    wanted = name_key(name)
    spellings = [spelling for spelling in names if name_key(spelling) == wanted]
    return name if name in spellings else spellings[0] if spellings else None


def _groups(schedule: Schedule) -> list[str]:
    """The names of groups; none where the schedule has no groups."""
    return [group.name for group in schedule.groups if group.name]


def _funds(schedule: Schedule) -> list[str]:
    return [row.name for row in schedule.rows]


def _classes(schedule: Schedule, fund: str) -> list[str]:
    """The names of the rows under a fund."""
    key = name_key(fund)
    return [row.name for _, row, above in schedule.lines() if above and name_key(above.name) == key]


def _by_name(change: Change, names: Sequence[str], schedule: Schedule) -> Change | str:
    """A change of something that stands in the schedule, by its name there."""
    wanted = str(getattr(change, change.verb))
    spelling = spelled(wanted, names)
    if spelling is None and isinstance(change, changes.Rename | changes.RenameGroup) and spelled(change.to, names):
        return f"{change.to} has its new name in {schedule.name} already"
    if spelling is None:
        under = getattr(change, "under", None)
        return f"{wanted}{f' under {under}' if under else ''} is not in {schedule.name}"
    update: dict[str, object] = {change.verb: spelling}
    if isinstance(change, changes.Rename | changes.RenameGroup):
        update["to"] = plan_names.in_the_manner_of(spelling, change.to)
        if update["to"] == spelling:
            return f"{spelling} has its new name in {schedule.name} already"
    elif isinstance(change, changes.Move) and change.to is not None:
        update |= _target(change.to, change.new_group, schedule)
        if update["to"] is None:
            return f"{change.to} is not in {schedule.name}"
    elif isinstance(change, changes.Move) and change.after is not None:
        update["after"] = spelled(change.after, [*names, FIRST])
        if update["after"] is None:
            return f"{change.after} is not in {schedule.name}"
    return change.model_copy(update=_respelled(change, schedule) | update)


def _respelled(change: Change, schedule: Schedule) -> dict[str, object]:
    """The names beside a change's own, in the schedule's spelling."""
    groups, funds = _groups(schedule), _funds(schedule)
    rows = [row.name for _, row, _ in schedule.lines()]
    names_by_key = {"group": groups, "under": funds, "of": funds, "after": [*rows, *groups, FIRST]}
    return {key: spelled(name, names) for key, names in names_by_key.items() if (name := getattr(change, key, None))}


def _target(name: str, is_new: bool, schedule: Schedule) -> dict[str, object]:
    """The group that a row comes into, as it is spelled there, and whether it is new; None where there is none."""
    group = spelled(name, _groups(schedule))
    comes = is_new and group is None
    return {"to": name if comes else group, "new_group": comes}


def _added(change: changes.Add, schedule: Schedule) -> Change | str:
    names = [row.name for _, row, _ in schedule.lines()]
    if change.under is not None:
        names = _classes(schedule, change.under)
        if not names:
            lacks = "has no share classes in" if spelled(change.under, _funds(schedule)) else "is not in"
            return f"{change.under} {lacks} {schedule.name}"
    if twin := spelled(change.add, names):
        return f"{twin} is in {schedule.name} already"
    target = _target(change.to, change.new_group, schedule) if change.to is not None else {}
    if change.to is not None and target["to"] is None:
        return f"{change.to} is not in {schedule.name}"
    if change.to is None and change.under is None and len(schedule.groups) != 1:
        return f"its registrant is not in {schedule.name}"
    return change.model_copy(update=_respelled(change, schedule) | target | _with_columns(change, schedule))


def _group_added(change: changes.AddGroup, schedule: Schedule) -> Change | str:
    groups = _groups(schedule)
    if twin := spelled(change.add_group, groups):
        return f"{twin} is in {schedule.name} already"
    if not groups:
        return f"{schedule.name} has no groups"
    return change.model_copy(update=_respelled(change, schedule) | _with_columns(change, schedule))


def _with_columns(change: changes.Add | changes.AddGroup, schedule: Schedule) -> dict[str, object]:
    """The values of new rows for the schedule's own columns, a blank where neither event nor schedule tells one."""
    columns, usual = [column for column, _ in schedule.columns], new_rows.usual(schedule)
    values = {column: cell for column, cell in change.values.items() if column in columns}
    lacking = [column for column in columns if column not in values and column not in usual]
    if not change.rows and isinstance(change, changes.Add):
        return {"values": values | {column: RowValue(value=BLANK) for column in lacking}}
    return {"values": values, "rows": tuple(_row_with_columns(row, columns, lacking) for row in change.rows)}


def _row_with_columns(row: Row, columns: Sequence[str], lacking: Sequence[str]) -> Row:
    """A new row with values for no other columns, and a blank for each that it lacks; so the rows under it."""
    values = {column: cell for column, cell in row.values.items() if column in columns}
    lacks = [column for column in lacking if column not in values]
    if row.rows:
        inner = tuple(_row_with_columns(under, columns, lacks) for under in row.rows)
        return row.model_copy(update={"values": values, "rows": inner})
    blanks = {column: RowValue(value=BLANK) for column in lacks}
    return row.model_copy(update={"values": values | blanks})


def _with_trade_name(change: changes.AddTradeName, schedule: Schedule) -> Change | str:
    names = _groups(schedule)
    if all(change.name(name) == name for name in names):
        return f'no {schedule.form.group.lower()} in {schedule.name} begins with "{change.in_place_of}"'
    return change.model_copy(update={"except_": tuple(name for name in change.except_ if name in names)})


def _of_footnote(change: Change, schedule: Schedule) -> Change | str:
    """A change of a footnote, where the schedule has it, or has none of this sign yet and what is to carry it."""
    mark = str(getattr(change, change.verb))
    has_it = mark in [note.mark for note in schedule.footnotes]
    if isinstance(change, changes.AddFootnote) == has_it:
        return f'{schedule.name} has {"a" if has_it else "no"} footnote "{mark}"'
    if not isinstance(change, changes.AddFootnote):
        return change
    names = footnotes.carriers(schedule)
    of = tuple(spelling for name in change.of if (spelling := spelled(name, names)))
    if change.of and not of:
        are = "is" if len(change.of) == 1 else "are"
        return f"{' and '.join(change.of)} {are} not in {schedule.name}"
    return change.model_copy(update={"of": of})


def _all_renamed(change: changes.RenameAll, schedule: Schedule) -> Change | str:
    names = [*_funds(schedule), *(_groups(schedule) if change.groups else ())]
    touched = [name for name in names if change.words.search(name)]
    exceptions = tuple(name for name in (spelled(name, touched) for name in change.except_) if name)
    if set(touched) <= set(exceptions):
        return f'no name in {schedule.name} has the words "{change.rename_all}"'
    return change.model_copy(update={"except_": exceptions})


def _of_class(change: Change, schedule: Schedule, classes: Sequence[str]) -> Change | str:
    name, of = str(getattr(change, change.verb)), getattr(change, "of", None)
    funds = [row for row in schedule.rows if of is None or name_key(row.name) == name_key(of)]
    inner = [row.name for fund in funds for row in fund.rows]
    if isinstance(change, changes.AddClass):
        fits = bool(inner) and name not in inner
    else:
        is_set = isinstance(change, changes.SetClass)  # a value of every row is one of a plan for a class alone
        is_plans = list(classes) == [name] if is_set else name in classes
        fits = name in inner or (of is None and not class_changes.has_classes(schedule) and is_plans)
    if not fits:
        return f"{name}{f' of {of}' if of else ''} does not fit {schedule.name}"
    return change.model_copy(update=_respelled(change, schedule))
