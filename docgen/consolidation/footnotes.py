"""Applies changes of footnotes: the notes under a schedule, and their signs wherever these stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from docgen.consolidation.locate import Application
from docgen.model import changes
from docgen.model.rows import Footnote
from docgen.model.schedule import Line, Schedule
from docgen.model.values import NOTHING
from docgen.problems import did_you_mean


def add(at: Application, change: changes.AddFootnote) -> Schedule:
    """The schedule with a note more, and its sign on what carries it."""
    mark = change.add_footnote
    if mark in [note.mark for note in at.schedule.footnotes] and not at.again:
        remedy = "give it another sign, or word that one anew: set_footnote"
        raise at.refusal("add_footnote", f'there is a footnote "{mark}" already', remedy)
    schedule, marked = at.schedule, set(change.of)
    for number, name in enumerate(change.of):
        if name not in carriers(schedule) and not at.again:
            remedy = did_you_mean(name, carriers(schedule))
            raise at.refusal(("of", number), f'no row, group or heading "{name}" in {schedule.name}', remedy)
    note = Footnote(mark=mark, text=change.text, on=change.on)
    new = _with_marks(schedule, lambda name, old: mark if name in marked else old)
    return replace(new, footnotes=(*schedule.footnotes, note), notes_at=(*schedule.notes_at, at.at))


def reword(at: Application, change: changes.SetFootnote) -> Schedule:
    """The schedule with a note in other words, or under another sign."""
    number = _number(at, "set_footnote", change.set_footnote)
    notes, schedule = [*at.schedule.footnotes], at.schedule
    new = change.to or change.set_footnote
    if new != change.set_footnote and new in [note.mark for note in notes] and not at.again:
        raise at.refusal("to", f'there is a footnote "{new}" already', "give it another sign")
    update: dict[str, object] = {k: getattr(change, k) for k in ("text", "on") if k in change.model_fields_set}
    note = notes[number].model_copy(update=update | {"mark": new})
    if note == notes[number] and not at.again:
        raise at.refusal("set_footnote", "says what it says already", "fix it, or take the change out")
    notes[number] = note
    places = [*schedule.notes_at[:number], at.at, *schedule.notes_at[number + 1 :]]
    renewed = _with_marks(schedule, lambda _, old: new if old == change.set_footnote else old)
    return replace(renewed, footnotes=tuple(notes), notes_at=tuple(places))


def remove(at: Application, change: changes.RemoveFootnote) -> Schedule:
    """The schedule without a note, and without its sign."""
    number = _number(at, "remove_footnote", change.remove_footnote)
    notes, places = [*at.schedule.footnotes], [*at.schedule.notes_at]
    del notes[number], places[number : number + 1]
    bare = _with_marks(at.schedule, lambda _, old: "" if old == change.remove_footnote else old)
    return replace(bare, footnotes=tuple(notes), notes_at=tuple(places))


def is_of_group_or_head(at: Application, change: changes.SetValues) -> bool:
    """Whether a sign alone is set, of something that is no row: a group, or the head of a column."""
    alone = change.mark is not None and not change.values and not change.group and not change.under
    rows = [row.name for _, row, _ in at.schedule.lines()]
    return alone and change.set not in rows and change.set in carriers(at.schedule)


def sign(at: Application, change: changes.SetValues) -> Schedule:
    """The schedule with another sign behind a group's name or a column's heading."""
    mark = "" if change.mark in (None, NOTHING) else change.mark
    new = _with_marks(at.schedule, lambda name, old: mark if name == change.set else old)
    if new == at.schedule and not at.again:
        raise at.refusal("mark", f'"{change.set}" has this sign already', "fix the sign, or take the change out")
    return new


def _number(at: Application, key: str, mark: str) -> int:
    """The number of the note with this sign; refused when there is none."""
    marks = [note.mark for note in at.schedule.footnotes]
    if mark not in marks:
        remedy = f"write one of {', '.join(marks)}" if marks else "add one: add_footnote"
        raise at.refusal(key, f'no footnote "{mark}" in {at.schedule.name}', remedy)
    return marks.index(mark)


def carriers(schedule: Schedule) -> list[str]:
    """The names of all that can carry a sign."""
    names = [group.name for group in schedule.groups] + [row.name for _, row, _ in schedule.lines()]
    return [name for name in names if name] + [column.heading for _, column in schedule.columns]


def _with_marks(schedule: Schedule, mark: Callable[[str, str], str]) -> Schedule:
    """The schedule with the sign that each name is to carry, from the name and its sign; a value has no name."""

    def line(old: Line) -> Line:
        values = tuple(replace(value, mark=mark("", value.mark)) if value.mark else value for value in old.values)
        return replace(old, mark=mark(old.name, old.mark), values=values, rows=tuple(line(row) for row in old.rows))

    groups = tuple(
        replace(group, mark=mark(group.name, group.mark), rows=tuple(line(row) for row in group.rows))
        for group in schedule.groups
    )
    columns = tuple(
        (key, column.model_copy(update={"mark": mark(column.heading, column.mark or "") or None}))
        for key, column in schedule.columns
    )
    return replace(schedule, groups=groups, columns=columns)
