"""What a recital says of an amendment's changes: like ones together, each named once.

The sentences themselves are the template's; here are only the names and rates that they hold.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace

from docgen.document.english import printed
from docgen.facts import changes
from docgen.facts.apply import apply
from docgen.facts.changes import Change
from docgen.facts.schedule import Line, Schedule
from docgen.facts.words import Blank
from docgen.facts.workspace import AmendmentFile

Day = datetime.date | Blank
# Verbs that are said in one phrase, where reason and day are the same
TOGETHER = ("add", "remove", "rename", "add_group", "remove_group", "rename_group")


@dataclass(frozen=True)
class ChangeView:
    """One of `amendment.changes`: changes of one kind, as a recital says them together."""

    verb: str  # add, remove, rename and so on, as in the data
    names: list[str]  # whom it is about; `OLD to NEW` for a name that changes
    to: str  # where a row moves to, or the words that come in place of others; or empty
    but: list[str]  # the exceptions to a change of words
    rates: list[str]  # `the Maximum Service Fee from 0.25% to 0.20%`
    reason: str
    effective: Day | None


def views(amendment: AmendmentFile) -> list[ChangeView]:
    """The changes in the order of their first, those of one kind, reason and day together."""
    said: list[ChangeView] = []
    for change, before, after in _steps(amendment):
        view = _view(change, before, after)
        like = [n for n, other in enumerate(said) if replace(other, names=[]) == replace(view, names=[])]
        if like and view.verb in TOGETHER:
            said[like[0]] = replace(view, names=said[like[0]].names + view.names)
        else:
            said.append(view)
    return said


def _steps(amendment: AmendmentFile) -> Iterable[tuple[Change, Schedule, Schedule]]:
    """Each change with the schedule that it met and the one that it left."""
    schedules = {schedule.name: schedule for schedule in amendment.before}
    for number, change in enumerate(amendment.facts.changes):
        before = schedules[change.schedule or next(iter(schedules))]
        schedules[before.name] = apply(before, change, amendment.source, ("changes", number))
        yield change, before, schedules[before.name]


def _view(change: Change, before: Schedule, after: Schedule) -> ChangeView:
    names, to, but, rates = [_name(change)], "", [], []
    match change:
        case changes.RenameAll():
            to, but = change.to, list(change.except_)
        case changes.Move():
            to = change.to or ""
        case changes.SetValues():
            rates = _rates(_row(before, change), _row(after, change), before)
    reason = getattr(change, "reason", None) or ""
    return ChangeView(change.verb, names, to, but, rates, reason, change.effective)


def _name(change: Change) -> str:
    """Whom a change is about."""
    name = str(getattr(change, change.verb))
    if isinstance(change, changes.Rename | changes.RenameGroup | changes.RedesignateClass):
        name = f"{name} to {change.to}"
    over = getattr(change, "under", None) or getattr(change, "of", None)
    return f"{name} of {over}" if over else name


def _row(schedule: Schedule, change: changes.SetValues) -> Line:
    """The row that a change of values is about: its name may stand in other groups, and under other rows."""
    return next(
        row
        for group, row, above in schedule.lines()
        if row.name == change.set
        and (above.name if above else None) == change.under
        and change.group in (None, group.name)
    )


def _rates(old: Line, new: Line, schedule: Schedule) -> list[str]:
    """The values that differ, each with its heading."""
    return [
        f"the {column.heading} from {printed(before.typed, column.holds)} to {printed(after.typed, column.holds)}"
        for (_, column), before, after in zip(schedule.columns, old.values, new.values, strict=True)
        if before != after
    ]
