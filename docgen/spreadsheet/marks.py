"""Changes of footnotes and of their signs, from the schedule that was to the one that a table says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from docgen.consolidation import compare, lineage
from docgen.model import changes
from docgen.model.changes import Change
from docgen.model.rows import Footnote
from docgen.model.schedule import Schedule
from docgen.model.values import NOTHING


def signs(schedule: Schedule) -> frozenset[str]:
    """Every sign that stands in a schedule or calls one of its footnotes."""
    lines = [line for _, line, _ in schedule.lines()]
    marks = [group.mark for group in schedule.groups] + [line.mark for line in lines]
    marks += [value.mark for line in lines for value in line.values]
    marks += [column.mark or "" for _, column in schedule.columns] + [note.mark for note in schedule.footnotes]
    return frozenset(mark for mark in marks if mark)


def replaced_signs(old: Sequence[Footnote], new: Sequence[Footnote]) -> dict[str, str]:
    """The signs that no note has any more: to each the sign that its note has now, empty where the note has gone."""
    before, after = {note.mark for note in old}, {note.mark for note in new}
    new_notes = [note for note in new if note.mark not in before]
    return {
        note.mark: next((other.mark for other in new_notes if other.text == note.text), "")
        for note in old
        if note.mark not in after
    }


def note_changes(old: Schedule, new: Schedule) -> list[Change]:
    """The changes of the notes; a new note comes with its sign on all that bear it."""
    replaced = replaced_signs(old.footnotes, new.footnotes)
    after = {note.mark: note for note in new.footnotes}
    steps: list[Change] = [changes.RemoveFootnote(remove_footnote=mark) for mark, sign in replaced.items() if not sign]
    for note in old.footnotes:
        sign = replaced.get(note.mark, note.mark)
        if sign and after[sign] != note:
            update = {key: getattr(after[sign], key) for key in ("text", "on") if _differ(note, after[sign], key)}
            update |= {"to": sign} if sign != note.mark else {}
            steps.append(changes.SetFootnote(set_footnote=note.mark, **update))
    present = {note.mark for note in old.footnotes} | set(replaced.values())
    for note in new.footnotes:
        if note.mark not in present:
            bearers = tuple(_bearers(old, new, note.mark))
            steps.append(changes.AddFootnote(add_footnote=note.mark, text=note.text, on=note.on, of=bearers))
    return steps


def _differ(old: Footnote, new: Footnote, key: str) -> bool:
    return bool(getattr(old, key) != getattr(new, key))


def _bearers(old: Schedule, new: Schedule, mark: str) -> Iterator[str]:
    """The names of both schedules that bear a sign wherever they stand."""
    before, marks = _marks_by_name(old), _marks_by_name(new)
    for name, its in marks.items():
        if its == {mark} and name in before:
            yield name


def _marks_by_name(schedule: Schedule) -> dict[str, set[str]]:
    pairs = [(group.name, group.mark) for group in schedule.groups if group.name]
    pairs += [(line.name, line.mark) for _, line, _ in schedule.lines()]
    pairs += [(column.heading, column.mark or "") for _, column in schedule.columns]
    marks: dict[str, set[str]] = {}
    for name, mark in pairs:
        marks.setdefault(name, set()).add(mark)
    return marks


def sign_changes(old: Schedule, new: Schedule) -> list[Change]:
    """A change for each row, group and head that stands in both schedules and bears another sign behind its name."""
    before, after = lineage.by_key(old), lineage.by_key(new)
    places = Counter(key.row for key in before if not key.inner)
    by_name = {key.row: line for key, line in after.items() if not key.inner}
    steps: list[Change] = list(_signs_of_groups_and_heads(old, new))
    for key, line in before.items():
        target = after.get(key) or (by_name.get(key.row) if old.has_registrants and not key.inner else None)
        if target is None or target.mark == line.mark or key.number:
            continue
        group = key.group or None if places[key.row] > 1 else None
        under = key.row if key.inner else None
        step = changes.SetValues(set=key.name, under=under, group=group, mark=target.mark or NOTHING)
        steps.append(step)
    return steps


def _signs_of_groups_and_heads(old: Schedule, new: Schedule) -> Iterator[Change]:
    """The same for groups and heads, but for those that share their name with a row, of which the change would be."""
    rows = {line.name for _, line, _ in old.lines()}
    for before, after in ((_group_signs(old), _group_signs(new)), (_head_signs(old), _head_signs(new))):
        for name, mark in before.items():
            if name not in rows and after.get(name, mark) != mark:
                yield changes.SetValues(set=name, mark=after[name] or NOTHING)


def _group_signs(schedule: Schedule) -> dict[str, str]:
    return {group.name: group.mark for group in schedule.groups if group.name}


def _head_signs(schedule: Schedule) -> dict[str, str]:
    return {column.heading: column.mark or "" for _, column in schedule.columns}


def all_changes(old: Schedule, new: Schedule) -> tuple[list[Change], Schedule]:
    """The changes of notes and of signs, and the schedule after them."""
    steps = note_changes(old, new)
    with_notes = compare.apply_all(old, steps)
    more = sign_changes(with_notes, new)
    return steps + more, compare.apply_all(with_notes, more)
