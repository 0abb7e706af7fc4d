"""What a recital says of an amendment's changes: like ones together, each named once.

The sentences themselves are the template's; here are only the names and rates that they hold.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

from docgen.consolidation import lineage
from docgen.consolidation.plan_folder import AmendmentFile
from docgen.model import changes
from docgen.model.amendment import Restate
from docgen.model.changes import Change
from docgen.model.english import value_text
from docgen.model.schedule import Schedule
from docgen.model.values import DayOrBlank

# Verbs that are said in one phrase, where reason and day are the same
TOGETHER = ("add", "remove", "rename", "add_group", "remove_group", "rename_group")


@dataclass(frozen=True)
class PairView:
    """One of `change.pairs`: a name that goes and the one that comes."""

    old: str
    new: str


@dataclass(frozen=True)
class ChangeView:
    """One of `amendment.changes`: changes of one kind, as a recital says them together."""

    verb: str  # add, remove, rename and so on, as in the data
    names: list[str]  # whom it is about; `OLD to NEW` for a name that changes
    pairs: list[PairView]  # every name that changes, with the new one; or empty
    to: str  # where a row moves to, or the words that come in place of others; or empty
    but: list[str]  # the exceptions to a change of words
    rates: list[str]  # `the Maximum Service Fee from 0.25% to 0.20%`
    reason: str
    schedule: str  # the schedule, where the plan has more than one; or empty
    effective: DayOrBlank | None
    retroactive: bool  # whether it takes effect before the amendment does


def views(amendment: AmendmentFile) -> list[ChangeView]:
    """The changes in the order of their first, those of one kind, reason and day together."""
    grouped: list[ChangeView] = []
    for step in amendment.applied:
        if isinstance(step.change, Restate) or step.before is None:
            continue
        view = _view(step.change, step.before, step.after, amendment)
        like = [n for n, earlier in enumerate(grouped) if _rest(earlier) == _rest(view)]
        if like and view.verb in TOGETHER:
            met = grouped[like[0]]
            grouped[like[0]] = replace(view, names=met.names + view.names, pairs=met.pairs + view.pairs)
        else:
            grouped.append(view)
    return grouped


def _rest(view: ChangeView) -> ChangeView:
    return replace(view, names=[], pairs=[])


def _view(change: Change, before: Schedule, after: Schedule, amendment: AmendmentFile) -> ChangeView:
    names, to, but, rates, pairs = [_name(change)], "", [], [], []
    match change:
        case changes.RenameAll():
            to, but = change.to, list(change.except_)
            pairs = _renamed(before, after)
        case changes.Rename() | changes.RenameGroup() | changes.RedesignateClass():
            owner = getattr(change, "under", None) or getattr(change, "of", None)
            of = f" of {owner}" if owner else ""
            pairs = [PairView(f"{getattr(change, change.verb)}{of}", f"{change.to}{of}")]
        case changes.Move():
            to = change.to or ""
        case changes.Remove():
            names = [f"{names[0]} into {change.into}"] if change.into else names
            to = "merger" if change.into else ""
        case changes.SetValues():
            rates = _rates(before, after)
    reason = getattr(change, "reason", None) or ""
    day = change.effective
    retroactive = bool(isinstance(day, datetime.date) and amendment.day and day < amendment.day)
    schedule = before.name if len(amendment.before) > 1 else ""
    return ChangeView(change.verb, names, pairs, to, but, rates, reason, schedule, day, retroactive)


def _renamed(before: Schedule, after: Schedule) -> list[PairView]:
    """The names that a change of words gave, each with the one that it had."""
    return [PairView(old.name, new.name) for old, new in lineage.renamed(before, after)]


def _name(change: Change) -> str:
    """Whom a change is about."""
    name = str(getattr(change, change.verb))
    if isinstance(change, changes.Rename | changes.RenameGroup | changes.RedesignateClass):
        name = f"{name} to {change.to}"
    owner = getattr(change, "under", None) or getattr(change, "of", None)
    return f"{name} of {owner}" if owner else name


def _rates(before: Schedule, after: Schedule) -> list[str]:
    """The values that differ, each with its heading."""
    return [
        f"the {column.heading} from {value_text(old.typed, column.holds)} to {value_text(new.typed, column.holds)}"
        if old.typed != new.typed
        else f"the footnote of the {column.heading}"
        for _, column, old, new in lineage.new_values(before, after)
    ]
