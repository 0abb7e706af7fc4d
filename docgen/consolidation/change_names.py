"""The names that a change needs, gives and takes: by them one that fails is told from one that only follows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from docgen.model import changes
from docgen.model.changes import Change
from docgen.model.rows import Row
from docgen.model.schedule import Schedule
from docgen.problems import fold_signs

NO_NAMES = ("schedule", "reason", "mark", "share_class", "is_")  # keys whose texts name no row, group or class


def new_names(change: Change) -> set[str]:
    """The names that stand after a change, and not before it; those of a change of words are any with the words."""
    match change:
        case changes.Add():
            return {change.add, *_of_rows(change.rows), *_new_group(change)}
        case changes.AddGroup():
            return {change.add_group, *_of_rows(change.rows)}
        case changes.Move():
            return _new_group(change)
        case changes.AddClass():
            return {change.add_class}
        case changes.Rename() | changes.RenameGroup() | changes.RedesignateClass():
            return {change.to}
    return set()


def _new_group(change: changes.Add | changes.Move) -> set[str]:
    return {change.to} if change.new_group and change.to else set()


def gives(change: Change, name: str) -> bool:
    """Whether a name may be one that a change gives."""
    return change.to in name if isinstance(change, changes.RenameAll) else name in new_names(change)


def old_names(change: Change) -> set[str]:
    """The names that stand before a change, and no more after it."""
    leaves = change.verb.startswith(("remove", "rename", "redesignate"))
    return {str(getattr(change, change.verb))} if leaves else set()


def needs(change: Change) -> set[str]:
    """The names that a change looks for in the schedule."""
    if isinstance(change, changes.RenameAll | changes.AddTradeName) or change.verb.endswith("_footnote"):
        return set()
    return {value for key, value in change if isinstance(value, str) and key not in NO_NAMES} - new_names(change)


def spelled(change: Change, schedules: Sequence[Schedule]) -> Change:
    """The change with the names that it looks for in the signs in which the last of the schedules has them."""
    texts, but = needs(change), getattr(change, "except_", ())
    names = standing(schedules)
    if names.issuperset(texts) and names.issuperset(but):
        return change
    by_looks = names_by_looks(schedules)
    proper = {name: by_looks.get(fold_signs(name), name) for name in {*texts, *but} - names}
    updates: dict[str, object] = {key: proper[text] for key, text in change if isinstance(text, str) and text in proper}
    return change.model_copy(update=updates | ({"except_": tuple(proper.get(n, n) for n in but)} if but else {}))


def names_by_looks(schedules: Iterable[Schedule]) -> dict[str, str]:
    """The names of all rows and groups by what they look like, each in the signs of the last schedule that has it."""
    return {fold_signs(name): name for schedule in schedules for name in sorted(standing([schedule]))}


def standing(schedules: Iterable[Schedule]) -> set[str]:
    """The names of all rows and groups."""
    return {name for schedule in schedules for name in schedule.names}


def _of_rows(rows: Iterable[Row]) -> Iterator[str]:
    for row in rows:
        yield row.name
        yield from _of_rows(row.rows)
