"""What became of each registrant and portfolio: its names, its moves, its fees, and which amendment set each value."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from docgen.facts import changes, sentences, turns
from docgen.facts.rows import Column
from docgen.facts.schedule import Line, Schedule, Value
from docgen.facts.turns import Turn
from docgen.facts.workspace import AmendmentFile, PlanFolder

Key = tuple[str, str, str]  # schedule, group, row; the row is empty for the group itself
Cell = tuple[str, str]  # the class, empty for the row itself; and the column's id


@dataclass(frozen=True)
class Moment:
    """One thing that happened, in a sentence."""

    plan: str
    amendment: str
    day: datetime.date | None
    said: str


@dataclass(frozen=True)
class Life:
    """One row or group of one plan: its names from first to last, what happened to it, where it stands.

    `at` is None once it is gone; `since` has for each of its cells the amendment that set the value.
    """

    names: tuple[str, ...]
    moments: tuple[Moment, ...]
    at: Key | None
    since: Mapping[Cell, str]


def lives(plan: PlanFolder, until: AmendmentFile | None = None, on: datetime.date | None = None) -> tuple[Life, ...]:
    """Every row and group that the plan ever had, with those of the plan that it restates.

    Counted are the final amendments, up to `until` (a draft too, if it is that one); or, with `on`, what has
    taken effect by that day.
    """
    there: dict[Key, Life] = {}
    gone: list[Life] = []
    for life in lives(plan.continues) if plan.continues else ():
        if life.at and plan.continues:
            since = {cell: by if "/" in by else f"{plan.continues.id}/{by}" for cell, by in life.since.items()}
            there[life.at] = replace(life, since=since)
        else:
            gone.append(life)
    for turn in turns.until(plan, on) if on else _up_to(plan, until):
        there, ended = _turned(there, turn)
        gone += ended
    return (*gone, *there.values())


def _up_to(plan: PlanFolder, last: AmendmentFile | None) -> Iterator[Turn]:
    for amendment in plan.amendments:
        if amendment is last or not amendment.facts.draft or (last is not None and last.facts.draft):
            yield from turns.of(plan, amendment)
        if amendment is last:
            return


def named(all_lives: Sequence[Life], name: str) -> list[Life]:
    """The lives that ever had a name, and those that share another of its names in other plans."""
    names = {name.casefold()}
    while True:
        found = [life for life in all_lives if names & {known.casefold() for known in life.names}]
        more = {known.casefold() for life in found for known in life.names}
        if more <= names:
            return found
        names |= more


def _moment(turn: Turn, said: str) -> Moment:
    """What happened in a change."""
    return Moment(turn.plan, turn.amendment, turn.day, said)


def _turned(there: Mapping[Key, Life], turn: Turn) -> tuple[dict[Key, Life], list[Life]]:
    """The lives after a change, and those that ended with it."""
    old, new = _rows(turn.before), _rows(turn.after)
    to = _followed(turn, old, new)
    after = {key: life for key, life in there.items() if key[0] != turn.after.name}
    ended = []
    for key, life in there.items():
        if key[0] == turn.after.name and key not in to:
            ended.append(replace(life, at=None, moments=(*life.moments, _moment(turn, _ending(turn, key)))))
    back = {target: key for key, target in to.items()}
    for key, line in new.items():
        if key in back and back[key] in there:
            after[key] = _changed(there[back[key]], turn, back[key], key, to, old[back[key]], line)
        else:
            said = f"comes into {key[0]}" if turn.before else f"stands in {key[0]}"
            born = _moment(turn, f"{_name(key)} {said}{f' under {key[1]}' if key[2] and key[1] else ''}{_fees(line)}")
            since = dict.fromkeys(_cells(line, turn.after), turn.amendment)
            after[key] = Life((_name(key),), (born,), key, since)
    return after, ended


def _rows(schedule: Schedule | None) -> dict[Key, Line | None]:
    """Each group, and each row with what stands in it."""
    found: dict[Key, Line | None] = {}
    for group in schedule.groups if schedule else ():
        if schedule and group.name:
            found[schedule.name, group.name, ""] = None
        for row in group.rows if schedule else ():
            found[schedule.name if schedule else "", group.name, row.name] = row
    return found


def _followed(turn: Turn, old: Mapping[Key, Line | None], new: Mapping[Key, Line | None]) -> dict[Key, Key]:
    """Where each key that goes on is found after the change."""
    if isinstance(turn.change, changes.IN_PLACE):
        return dict(zip(old, new, strict=True))
    followed = {key: key for key in old if key in new}
    homes: dict[str, list[Key]] = {}
    for key in new:
        homes.setdefault(key[2], []).append(key)
    for key in old:
        elsewhere = [home for home in homes.get(key[2], []) if home not in followed.values()]
        if key[2] and key not in followed and len(elsewhere) == 1:
            followed[key] = elsewhere[0]
    return followed


def _changed(
    life: Life, turn: Turn, old: Key, new: Key, to: Mapping[Key, Key], before: Line | None, after: Line | None
) -> Life:
    """The life with what the change did to it."""
    was, now = _cells(before, turn.before or turn.after), _cells(after, turn.after)
    redesignated = _redesignated(turn, before, after)
    was = {(redesignated.get(name, name), column): value for (name, column), value in was.items()}
    since = dict.fromkeys(now, turn.amendment)
    since |= {cell: life.since[cell] for cell in now if cell in life.since and _same(was.get(cell), now[cell])}
    said = [*_new_place(old, new, to), *(f"{one} is redesignated {two}" for one, two in redesignated.items())]
    said += _new_values(was, now, dict(turn.after.columns))
    said += _other_columns(was, now, dict(turn.before.columns) if turn.before else {}, dict(turn.after.columns))
    names = life.names if _name(new) == life.names[-1] else (*life.names, _name(new))
    return Life(names, (*life.moments, *(_moment(turn, text) for text in said)), new, since)


def _same(before: Value | None, after: Value) -> bool:
    return before is not None and before.typed == after.typed


def _redesignated(turn: Turn, before: Line | None, after: Line | None) -> dict[str, str]:
    """The classes of a row that got another name."""
    inside = isinstance(turn.change, changes.RedesignateClass) or (
        isinstance(turn.change, changes.Rename) and turn.change.under is not None
    )
    if not inside or not before or not after or len(before.rows) != len(after.rows):
        return {}
    pairs = ((row.name, other.name) for row, other in zip(before.rows, after.rows, strict=True))
    return {old: new for old, new in pairs if old != new}


def _new_place(old: Key, new: Key, to: Mapping[Key, Key]) -> list[str]:
    """A new name, a new group, or a group that has a new name."""
    said = [f"{_name(old)} is renamed {_name(new)}"] if _name(old) != _name(new) else []
    if new[2] and old[1] != new[1]:
        renamed = to.get((*old[:2], "")) == (*new[:2], "")
        moves = f"{_name(new)} moves from {old[1]} to {new[1]}"
        said.append(f"{old[1]}, over it, is renamed {new[1]}" if renamed else moves)
    return said


def _other_columns(
    was: Mapping[Cell, Value], now: Mapping[Cell, Value], before: Mapping[str, Column], after: Mapping[str, Column]
) -> list[str]:
    """Values of columns that a restatement brings, and columns that it leaves out, for rows that stay."""
    there, here = ({name for name, _ in cells} for cells in (was, now))
    new = [(name, column) for name, column in now if column not in before and name in there]
    gone = [(name, column) for name, column in was if column not in after and name in here]
    said = [f"{after[column].heading}{_of(name)} is {_typed(now[name, column])}" for name, column in new]
    return said + [f"{before[column].heading}{_of(name)} is no longer stated" for name, column in gone]


def _of(name: str) -> str:
    """The class that a value is of, where there are classes."""
    return f" of {name}" if name else ""


def _new_values(was: Mapping[Cell, Value], now: Mapping[Cell, Value], columns: Mapping[str, Column]) -> list[str]:
    """Values that differ, classes that come and classes that go."""
    said = [
        f"{columns[column].heading}{_of(name)} from {_typed(was[name, column])} to {_typed(value)}"
        for (name, column), value in now.items()
        if (name, column) in was and not _same(was[name, column], value)
    ]
    there, here = [list(dict.fromkeys(name for name, _ in cells if name)) for cells in (was, now)]
    said += [f"{name} is added" for name in here if name not in there]
    return said + [f"{name} is removed" for name in there if name not in here]


def _ending(turn: Turn, key: Key) -> str:
    removed = isinstance(turn.change, changes.Remove | changes.RemoveGroup)
    return sentences.said(turn.change) if removed else f"{_name(key)} is no longer in {key[0]}"


def _name(key: Key) -> str:
    return key[2] or key[1]


def _cells(line: Line | None, schedule: Schedule) -> dict[Cell, Value]:
    """The values of a row and of the rows under it."""
    columns = [column for column, _ in schedule.columns]
    rows: Sequence[tuple[str, Line]] = [("", line), *((row.name, row) for row in line.rows)] if line else []
    return {(name, column): value for name, row in rows for column, value in zip(columns, row.values, strict=False)}


def _fees(line: Line | None) -> str:
    rows = [line, *line.rows] if line else []
    said = [", ".join(_typed(value) for value in row.values) for row in rows]
    named = [f"{row.name} {text}".strip() if row is not line else text for row, text in zip(rows, said, strict=True)]
    whole = "; ".join(text for text in named if text)
    return f" ({whole})" if whole else ""


def _typed(value: Value) -> str:
    return " and ".join(value.typed) if isinstance(value.typed, tuple) else str(value.typed)
