"""What changes between two moments of a plan, row by row: what each was, and what it becomes."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from docgen import build, moments
from docgen.build import Paper
from docgen.document.english import printed
from docgen.facts import changes, words
from docgen.facts.changes import Change
from docgen.facts.schedule import Line, Schedule, Value
from docgen.facts.words import Holds
from docgen.problems import UsageProblem, Where, one
from docgen.redline.origins import Name, origins

Kind = Literal["added", "removed", "changed"]
NOTHING = "–"


@dataclass(frozen=True)
class Item:
    """One row or group that is not as it was: what it says as it is and as amended, in a sentence, which rates rise."""

    kind: Kind
    name: str
    group: str  # empty for a group itself
    was: tuple[str, ...]
    now: tuple[str, ...]
    said: str
    rises: tuple[str, ...] = ()


@dataclass(frozen=True)
class Matter:
    """Two moments of a plan; `day` is when the new one takes effect, if that is known."""

    paper: Paper  # the plan, and the amendment that the new moment stands on
    old_name: str
    new_name: str
    day: datetime.date | None
    items: tuple[tuple[str, tuple[Item, ...], int], ...]  # each schedule's name, what changes, how many rows stay


def matter(root: Path, old: str, new: str) -> Matter:
    """What changes from A to B, each `plan/amendment` or `plan@YYYY-MM-DD`; UsageProblem where that is no one plan."""
    both = moments.compared(root, old, new)
    before, after = both.old, both.new
    told = None if both.told is None else [change for change in both.told if isinstance(change, changes.Change)]
    checked = build.check(root, [new.partition("@")[0]])
    day = words.day(new.partition("@")[2])
    plan = checked.plans[0]
    if plan.id != build.check(root, [old.partition("@")[0]]).plans[0].id:
        raise UsageProblem(one(Where(old), f"is of another plan than {new}", "name two moments of one plan"))
    amendment = plan.in_force(day) if day else checked.papers[-1].amendment
    if amendment is None or not after:
        raise UsageProblem(one(Where(new), "no schedule is in force", "name a later day, or an amendment"))
    paper = next(p for p in build.check(root, [plan.id]).papers if p.amendment.id == amendment.id)
    there = {schedule.name: schedule for schedule in before}
    found = []
    for schedule in after:
        was = replace(there.get(schedule.name, replace(schedule, groups=())), form=schedule.form)
        listed = None if told is None else tuple(c for c in told if c.schedule in (None, schedule.name))
        items = tuple(_items(was, schedule, listed))
        stay = len(_rows(schedule)) - sum(item.kind != "removed" and bool(item.group) for item in items)
        found.append((schedule.name, items, stay))
    return Matter(paper, old, new, day or amendment.day, tuple(found))


def _rows(schedule: Schedule) -> dict[Name, Line]:
    """Every row by its group's name, its own, and that of the row under it."""
    return {
        (group.name, above.name if above else line.name, line.name if above else ""): line
        for group, line, above in schedule.lines()
    }


def _items(old: Schedule, new: Schedule, told: Sequence[Change] | None) -> Iterator[Item]:
    """The groups that have another name, then the rows as they stand in the new schedule, then those that have gone."""
    came_from = origins(old, new, told)
    before, after = _rows(old), _rows(new)
    for (group, row, _), (was, _, _) in came_from.items():
        if not row and group != was:
            yield Item("changed", group, "", (was,), (group,), f"renamed from {was}")
    for name, line in after.items():
        if came_from.get(name) in before:
            yield from _changed(old, new, came_from[name], name, came_from)
        else:
            said = f"added under {name[0]}" if name[0] else "added"
            yield Item("added", _called(name), name[0] or new.name, (), _values(new, line), said)
    gone = [change for change in told or () if isinstance(change, changes.Remove)]
    reasons = {change.remove: f"merged into {change.into}" if change.into else change.reason for change in gone}
    kept = set(came_from.values())
    for name, line in before.items():
        if name not in kept:
            why = reasons.get(name[2] or name[1])
            said = f"removed: {why}" if why else "removed"
            yield Item("removed", _called(name), name[0] or old.name, _values(old, line), (said,), said)


def _called(name: Name) -> str:
    return f"{name[1]}, {name[2]}" if name[2] else name[1]


def _changed(old: Schedule, new: Schedule, was: Name, name: Name, came_from: dict[Name, Name]) -> Iterator[Item]:
    """A row that was there before, where it says something else now."""
    before, after = _rows(old)[was], _rows(new)[name]
    pairs: list[tuple[str, str, str]] = []  # as it is, as amended, in a sentence
    if (_called(was), before.mark) != (_called(name), after.mark):
        pairs.append((_called(was) + before.mark, _called(name) + after.mark, f"renamed from {_called(was)}"))
    if came_from.get((name[0], "", "")) != (was[0], "", ""):
        pairs.append((f"under {was[0]}", f"under {name[0]}", f"moves from {was[0]} to {name[0]}"))
    rises = []
    there = {key: value for (key, _), value in zip(old.columns, before.values, strict=False)}
    here = {key: value for (key, _), value in zip(new.columns, after.values, strict=False)}
    for key, column in {**dict(old.columns), **dict(new.columns)}.items():
        a, b = (_printed(side.get(key), column.holds) for side in (there, here))
        if a != b:
            left, right = (f"{column.heading}: {text}" if text else "" for text in (a, b))
            pairs.append((left, right, f"{column.heading} from {a or NOTHING} to {b or NOTHING}"))
            rises += [column.heading] if column.holds == "rate" and _rises(there.get(key), here.get(key)) else []
    if pairs:
        left_said, right_said, said = ([text for text in side if text] for side in zip(*pairs, strict=True))
        group = name[0] or new.name
        yield Item("changed", _called(name), group, tuple(left_said), tuple(right_said), "; ".join(said), tuple(rises))


def _rises(old: Value | None, new: Value | None) -> bool:
    """Whether a rate goes up; a word such as None counts as nothing."""
    before, after = (value.rate if value else None for value in (old, new))
    return (after or 0) > (before or 0)


def _values(schedule: Schedule, line: Line) -> tuple[str, ...]:
    columns = zip(schedule.columns, line.values, strict=False)
    return tuple(f"{column.heading}: {_printed(value, column.holds)}" for (_, column), value in columns)


def _printed(value: Value | None, holds: Holds) -> str:
    return printed(value.typed, holds) + value.mark if value else ""
