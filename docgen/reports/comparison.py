"""What changes between two moments of a plan, row by row: what each was, and what it becomes."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from docgen.consolidation import lineage
from docgen.consolidation.lineage import RowKey
from docgen.model import changes
from docgen.model.english import value_text
from docgen.model.schedule import Line, Schedule, Value, rises
from docgen.model.values import Holds
from docgen.problems import Problem, UsageProblem, Where
from docgen.workspace.points_in_time import Between, Listed
from docgen.workspace.select import Paper

ItemKind = Literal["added", "removed", "changed"]
NOTHING = "–"


@dataclass(frozen=True)
class Item:
    """One row or group that is not as it was: what it says as it is and as amended, in a sentence, which rates rise."""

    kind: ItemKind
    name: str
    group: str  # empty for a group itself
    before: tuple[str, ...]
    after: tuple[str, ...]
    sentence: str
    rises: tuple[str, ...] = ()


@dataclass(frozen=True)
class Matter:
    """Two moments of a plan; `day` is when the new one takes effect, if that is known."""

    paper: Paper  # the plan, and the amendment that the new moment stands on
    old_name: str
    new_name: str
    day: datetime.date | None
    items: tuple[tuple[str, tuple[Item, ...], int], ...]  # each schedule's name, what changes, how many rows stay


def matter(points: Between, templates: Paper) -> Matter:
    """What changes between two moments of one plan; UsageProblem where they are of several, or nothing is in force.

    `templates` is any paper of the plan, for the templates that it is worded by.
    """
    old, new = points.old, points.new
    if new.plan.id != old.plan.id:
        raise UsageProblem(
            [Problem(Where(old.name), f"is of another plan than {new.name}", "name two moments of one plan")]
        )
    if new.amendment is None or not new.schedules:
        raise UsageProblem([Problem(Where(new.name), "no schedule is in force", "name a later day, or an amendment")])
    before = {schedule.name: schedule for schedule in old.schedules}
    every = [_of_schedule(before.get(schedule.name), schedule, points.listed) for schedule in new.schedules]
    paper = replace(templates, plan=new.plan, amendment=new.amendment)
    return Matter(paper, old.name, new.name, new.day or new.amendment.day, tuple(every))


def _of_schedule(old: Schedule | None, new: Schedule, listed: Listed | None) -> tuple[str, tuple[Item, ...], int]:
    before = replace(old or replace(new, groups=()), form=new.form)
    items = tuple(_items(before, new, _reasons(new.name, listed)))
    stay = len(_rows(new)) - sum(item.kind != "removed" and bool(item.group) for item in items)
    return new.name, items, stay


def _reasons(schedule: str, listed: Listed | None) -> dict[str, str]:
    """Why rows go, by their names."""
    removals = [step.change for step in (listed.of(schedule) if listed else ())]
    return {
        change.remove: f"merged into {change.into}" if change.into else change.reason or ""
        for change in removals
        if isinstance(change, changes.Remove)
    }


def _rows(schedule: Schedule) -> dict[RowKey, Line]:
    """Every row by what it is called."""
    keys, rows = lineage.keys(schedule), lineage.rows(schedule)
    return {keys[row]: line for row, line in rows.items()}


def _items(old: Schedule, new: Schedule, reasons: Mapping[str, str]) -> Iterator[Item]:
    """The groups that have another name, then the rows as they stand in the new schedule, then those that go."""
    pairs = lineage.pairs(old, new)
    before, after = _rows(old), _rows(new)
    for key, old_key in pairs.items():
        if not key.row and key.group != old_key.group:
            yield Item("changed", key.group, "", (old_key.group,), (key.group,), f"renamed from {old_key.group}")
    for key, line in after.items():
        if pairs.get(key) in before:
            yield from _changed(_Row(old, before[pairs[key]], pairs[key]), _Row(new, line, key), pairs)
        else:
            text = f"added under {key.group}" if key.group else "added"
            yield Item("added", _title(key), key.group or new.name, (), _values(new, line), text)
    stay = set(pairs.values())
    for key, line in before.items():
        if key not in stay:
            reason = reasons.get(key.name)
            text = f"removed: {reason}" if reason else "removed"
            yield Item("removed", _title(key), key.group or old.name, _values(old, line), (text,), text)


def _title(key: RowKey) -> str:
    return f"{key.row}, {key.inner}" if key.inner else key.row


@dataclass(frozen=True)
class _Row:
    """A row in its schedule, and what it is called there."""

    schedule: Schedule
    line: Line
    key: RowKey

    def values(self) -> dict[str, Value]:
        """Its values by the columns' ids."""
        return {key: value for (key, _), value in zip(self.schedule.columns, self.line.values, strict=False)}


def _changed(old: _Row, new: _Row, pairs: Mapping[RowKey, RowKey]) -> Iterator[Item]:
    """A row that was there before, where it says something else now."""
    texts: list[tuple[str, str, str]] = []  # as it is, as amended, in a sentence
    old_name, name = old.key, new.key
    if (_title(old_name), old.line.mark) != (_title(name), new.line.mark):
        texts.append(
            (_title(old_name) + old.line.mark, _title(name) + new.line.mark, f"renamed from {_title(old_name)}")
        )
    if pairs.get(RowKey(name.group)) != RowKey(old_name.group):
        moves = f"moves from {old_name.group} to {name.group}"
        texts.append((f"under {old_name.group}", f"under {name.group}", moves))
    higher = []
    before, after = old.values(), new.values()
    for key, column in {**dict(old.schedule.columns), **dict(new.schedule.columns)}.items():
        a, b = (_text(side.get(key), column.holds) for side in (before, after))
        if a != b:
            old_text, new_text = (f"{column.heading}: {text}" if text else "" for text in (a, b))
            texts.append((old_text, new_text, f"{column.heading} from {a or NOTHING} to {b or NOTHING}"))
            higher += [column.heading] if column.holds == "rate" and rises(before.get(key), after.get(key)) else []
    if texts:
        old_texts, new_texts, sentences = ([text for text in side if text] for side in zip(*texts, strict=True))
        group = name.group or new.schedule.name
        sides = tuple(old_texts), tuple(new_texts)
        yield Item("changed", _title(name), group, *sides, "; ".join(sentences), tuple(higher))


def _values(schedule: Schedule, line: Line) -> tuple[str, ...]:
    columns = zip(schedule.columns, line.values, strict=False)
    return tuple(f"{column.heading}: {_text(value, column.holds)}" for (_, column), value in columns)


def _text(value: Value | None, holds: Holds) -> str:
    return value_text(value.typed, holds) + value.mark if value else ""
