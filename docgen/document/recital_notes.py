"""What each change of an amendment does to each row, as notes for a recital.

A note is of one row, or of all that a rule reaches ("each Portfolio"). A group is called what it is: the registrant AIM
Bond Funds, Inc. A group that is left without rows goes by itself and has no note; one that comes without rows is named
with the first row that comes into it.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from docgen.consolidation import change_names, class_changes, lineage
from docgen.consolidation.applied import Applied
from docgen.consolidation.plan_folder import AmendmentFile
from docgen.document import recital_names
from docgen.document.recital_names import RowName
from docgen.model import changes, english
from docgen.model.amendment import Restate
from docgen.model.changes import Change
from docgen.model.schedule import Line, RowId, Schedule
from docgen.model.values import DayOrBlank
from docgen.problems import fold_signs

Additions = changes.Add | changes.AddGroup | changes.AddClass
Removals = changes.Remove | changes.RemoveGroup | changes.RemoveClass
Renames = changes.Rename | changes.RenameGroup | changes.RedesignateClass


@dataclass(frozen=True)
class Note:
    """What one change does to one row or group, or by one rule to many."""

    verb: str
    noun: str
    name: RowName
    rows: tuple[RowId, ...] = ()  # which row, or an id of its own for all rows of a class; empty for a rule
    pairs: tuple[tuple[str, str], ...] = ()  # each name that changes, with the new one
    to: str = ""  # the group, or the words that come in place of others
    but: tuple[str, ...] = ()
    bearers: str = ""  # what bears the words that change: Registrant and Portfolio
    heading: str = ""  # the column
    old: str = ""
    new: str = ""
    reason: str = ""
    schedules: tuple[str, ...] = ()
    effective: DayOrBlank | None = None
    retroactive: bool = False


@dataclass(frozen=True)
class _Step:
    """One change with the schedule before and after it, and as it stood before the amendment."""

    before: Schedule
    after: Schedule
    start: Schedule
    with_rows: frozenset[str]  # the groups that the amendment brings together with rows

    @cached_property
    def started(self) -> frozenset[RowId]:
        """The rows that stood before the amendment: what else it says of new ones is how they come in."""
        return frozenset(lineage.rows(self.start))

    @cached_property
    def names(self) -> dict[RowId, RowName]:
        """What each row is called after the change."""
        return _names(self.after)

    def spelled(self, name: str) -> str:
        """A name of a reason in the signs that the schedule has for it; those of changes are in them already."""
        return change_names.names_by_looks([self.after, self.before]).get(fold_signs(name), name)

    def is_new(self, name: str) -> bool:
        """Whether a group came without rows, by this amendment."""
        ids = {group.id for group in self.start.groups}
        return name not in self.with_rows and any(g.name == name and g.id not in ids for g in self.after.groups)


def notes(amendment: AmendmentFile) -> Iterator[Note]:
    """The notes of all changes, in their order."""
    start = {schedule.name: schedule for schedule in amendment.before}
    groups = [change for _, change in amendment.facts.steps if isinstance(change, changes.AddGroup)]
    with_rows = frozenset(group.add_group for group in groups if group.rows)
    for step in amendment.applied:
        if not isinstance(step.change, Restate) and step.before is not None:
            view = _Step(step.before, step.after, start[step.before.name], with_rows)
            for note in _of(step.change, view):
                yield _with_context(note, step, amendment.day)


def _with_context(note: Note, step: Applied, day: datetime.date | None) -> Note:
    """The note with the change's reason, schedule and day."""
    reason = getattr(step.change, "reason", None) or ""
    effective = getattr(step.change, "effective", None)
    return replace(
        note,
        reason=reason if note.noun == "removal" else "",
        schedules=(step.after.name,),
        effective=effective,
        retroactive=bool(isinstance(effective, datetime.date) and day and effective < day),
    )


def _of(change: Change, step: _Step) -> Iterator[Note]:  # noqa: C901  # a case a verb
    match change:
        case changes.Add() | changes.AddGroup() | changes.AddClass():
            yield from _additions(change, step)
        case changes.Remove() | changes.RemoveGroup() | changes.RemoveClass():
            yield from _removals(change, step)
        case changes.Rename() | changes.RenameGroup() | changes.RedesignateClass():
            yield _rename(change, step)
        case changes.RenameAll():
            yield _by_words(
                step, Note("rename_all", "change", RowName(change.rename_all), to=change.to), change.except_
            )
        case changes.AddTradeName():
            note = Note("add_trade_name", "addition", RowName(change.add_trade_name), to=change.in_place_of)
            yield _by_words(step, note, change.except_)
        case changes.Move():
            yield _move(change, step)
        case changes.MoveGroup():
            yield Note("move_group", "new position", _group(change.move_group, step.after))
        case changes.SetValues():
            yield from _marks(step)
            yield from _values(step)
        case changes.SetClass():
            yield from _class_values(change, step)
        case changes.AddFootnote():
            yield Note("add_footnote", "addition", RowName(f"the footnote “{change.add_footnote}”"))
        case changes.RemoveFootnote():
            yield Note("remove_footnote", "removal", RowName(f"the footnote “{change.remove_footnote}”"))
        case changes.SetFootnote():
            noun = "change" if change.text is None else "new wording"
            yield Note("set_footnote", noun, RowName(f"the footnote “{change.set_footnote}”"))


def _group(name: str, schedule: Schedule, is_new: bool = False) -> RowName:
    """A group, called what groups of this schedule are; one whose name says it, such as a fund's, by its name."""
    kind = schedule.form.group.lower()
    if not is_new and name.casefold().split()[-1:] == [kind]:
        return RowName(name)
    return RowName(f"the {'new ' if is_new else ''}{kind} {name}")


def _with_its_rows(name: str, schedule: Schedule) -> RowName | None:
    """A group with its rows, unless they are bands of its own assets; None where it has none."""
    rows = [row for group in schedule.groups if group.name == name for row in group.rows]
    kind, names = english.plural(schedule.form.row, len(rows)), english.listed([row.name for row in rows])
    with_rows = "" if all(row.is_band for row in rows) else f" and its {kind} {names}"
    return RowName(f"{_group(name, schedule)}{with_rows}") if rows else None


def _each(schedule: Schedule, share_class: str = "") -> str:
    """What a change of a class without a fund is of: each portfolio that has it, or nothing where classes are no rows.

    A class that comes in, which has no name here, comes into each portfolio that has any.
    """
    if not class_changes.has_classes(schedule):
        return ""
    every = all(class_changes.has_class(row, share_class) for row in schedule.rows)
    those = "" if every else " that has it" if share_class else " that has share classes"
    return f"each {schedule.form.row}{those}"


def _additions(change: Additions, step: _Step) -> Iterator[Note]:
    """Rows that come in."""
    old = lineage.rows(step.before)
    new = [row for row in lineage.rows(step.after) if row not in old][:1]
    match change:
        case changes.AddGroup():
            if name := _with_its_rows(change.add_group, step.after):
                yield Note("add_group", "addition", name)
        case changes.AddClass():
            yield Note("add_class", "addition", RowName(change.add_class, change.of or _each(step.before)))
        case changes.Add(share_class=str(name)):
            yield Note("add_class", "addition", RowName(english.class_shares([name]), change.add), tuple(new))
        case changes.Add(under=str(owner)):
            yield Note("add_class", "addition", RowName(change.add, owner))
        case changes.Add():
            is_new = change.to is not None and step.is_new(change.to)
            place = str(_group(change.to, step.after, is_new=True)) if change.to and is_new else ""
            yield Note("add", "addition", RowName(change.add), tuple(new), to=place)


def _removals(change: Removals, step: _Step) -> Iterator[Note]:
    """Rows that go; called by the reason, where that is a word."""
    noun = recital_names.noun_of(getattr(change, "reason", None) or "") or "removal"
    match change:
        case changes.RemoveGroup():
            if name := _with_its_rows(change.remove_group, step.before):
                yield Note("remove_group", noun, name)
        case changes.RemoveClass():
            yield Note(
                "remove_class", noun, RowName(change.remove_class, change.of or _each(step.before, change.remove_class))
            )
        case changes.Remove(under=str(owner)):
            yield Note("remove_class", noun, RowName(change.remove, owner))
        case changes.Remove():
            survivor = recital_names.survivor(change.reason or "")
            into = change.into or (survivor and step.spelled(survivor))
            tail = f" into {into}" if into else ""
            name = RowName(change.remove, head=change.group or "", tail=tail)
            yield Note("remove", "merger" if into else noun, name)


def _rename(change: Renames, step: _Step) -> Note:
    """A name that changes; of a class, its redesignation."""
    old, new, owner = str(getattr(change, change.verb)), change.to, ""
    rows = tuple(_renamed_rows(step)[:1])
    match change:
        case changes.RenameGroup():
            name = replace(_group(old, step.before), tail=f" to {new}")
            return Note("rename_group", "change in name", name, rows, ((old, new),))
        case changes.RedesignateClass():
            owner = change.of or _each(step.before, old)
            noun, tail, rows = "redesignation", f" as {new}", ()
        case changes.Rename():
            owner, noun, tail = change.under or "", "change in name", f" to {new}"
    of = f" of {owner}" if owner else ""
    return Note(change.verb, noun, RowName(old, owner, tail=tail), rows, ((f"{old}{of}", f"{new}{of}"),))


def _renamed_rows(step: _Step) -> list[RowId]:
    old = lineage.keys(step.before)
    return [row for row, key in lineage.keys(step.after).items() if row in old and old[row].name != key.name]


def _by_words(step: _Step, note: Note, but: tuple[str, ...]) -> Note:
    """A change of words in many names: which they are, and what bears them."""
    renamed = lineage.renamed(step.before, step.after)
    form = step.after.form
    kinds = [
        kind
        for kind, is_row in ((form.group, False), (form.row, True))
        if any(bool(n.row) == is_row for _, n in renamed)
    ]
    pairs = tuple((old.name, new.name) for old, new in renamed)
    return replace(note, pairs=pairs, but=but, bearers=english.listed(kinds))


def _move(change: changes.Move, step: _Step) -> Note:
    """A row that goes to another group; or to another place of its own list."""
    if change.to is None:
        return Note("move", "new position", RowName(change.move, change.under or ""))
    homes = {row.id: group.id for group in step.before.groups for row in group.rows}
    rows = [row.id for group in step.after.groups for row in group.rows if homes.get(row.id) != group.id]
    place = _group(change.to, step.after, step.is_new(change.to))
    return Note("move", "move", RowName(change.move), tuple(rows[:1]), to=str(place))


def _names(schedule: Schedule) -> dict[RowId, RowName]:
    """What each row is called: a class by its fund, a fund that stands under several heads by its head too."""
    times: Counter[str] = Counter() if schedule.has_registrants else Counter(row.name for row in schedule.rows)
    return {
        row.id: RowName(row.name, above.name if above else "", group.name if times[row.name] > 1 else "")
        for group, row, above in schedule.lines()
    }


def _changed_lines(step: _Step) -> Iterator[tuple[RowId, Line, Line]]:
    """The rows that a change leaves otherwise, but for those that the amendment brings."""
    old = lineage.rows(step.before)
    for row, line in lineage.rows(step.after).items():
        if row in old and line is not old[row] and row in step.started:
            yield row, old[row], line


def _values(step: _Step) -> Iterator[Note]:
    """The values that differ, a note for each row and column; and the signs of footnotes at values."""
    for row, old, new in _changed_lines(step):
        for (_, column), before, value in zip(step.after.columns, old.values, new.values, strict=False):
            heading = english.column_words(column.heading, column.holds)
            if before.typed != value.typed:
                texts = [english.value_words(side.typed, column.holds) for side in (before, value)]
                noun = recital_names.direction(before, value, column.holds)
                old_text, new_text = "" if noun == "addition" else texts[0], "" if noun == "elimination" else texts[1]
                yield Note("set", noun, step.names[row], (row,), heading=heading, old=old_text, new=new_text)
            elif before.mark != value.mark:
                sign = _of_sign(before.mark, value.mark)
                yield Note("footnote", sign, step.names[row], (row,), heading=heading)


def _marks(step: _Step) -> Iterator[Note]:
    """The signs of footnotes behind names: of rows, of groups, of heads."""
    for row, old, new in _changed_lines(step):
        if old.mark != new.mark:
            yield Note("footnote", _of_sign(old.mark, new.mark), step.names[row], (row,))
    for before, group in zip(step.before.groups, step.after.groups, strict=False):
        if before.id == group.id and before.mark != group.mark:
            yield Note("footnote", _of_sign(before.mark, group.mark), _group(group.name, step.after))
    for (_, old_column), (_, column) in zip(step.before.columns, step.after.columns, strict=False):
        if old_column.mark != column.mark:
            sign = _of_sign(old_column.mark or "", column.mark or "")
            yield Note("footnote", sign, RowName(f"the heading “{column.heading}”"))


def _of_sign(old: str, new: str) -> str:
    return "change" if old and new else "addition" if new else "removal"


def _class_values(change: changes.SetClass, step: _Step) -> Iterator[Note]:
    """The values of a class: once for all funds where all had one and have one, else those of each fund."""
    notes = list(_values(step))
    rows = [row for _, row, _ in step.after.lines() if row.values]
    members = [row for row in rows if row.name == change.set_class] if class_changes.has_classes(step.after) else rows
    owner = change.of or _each(step.after, change.set_class) or f"each {step.after.form.row}"
    name, every = RowName(change.set_class, owner), (RowId(),)
    for kind in dict.fromkeys(replace(note, name=name, rows=every) for note in notes):
        same = [note for note in notes if replace(note, name=name, rows=every) == kind]
        if change.of or len(same) == len(members):
            yield kind
        else:
            yield from same
