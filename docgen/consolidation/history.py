"""What became of each registrant and portfolio: its names, its moves, its fees, and which amendment set each value."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from docgen.consolidation import describe, lineage
from docgen.consolidation.applied import Applied
from docgen.consolidation.lineage import RowKey
from docgen.consolidation.plan_folder import AmendmentFile, PlanFolder
from docgen.model import changes, english
from docgen.model.amendment import Restate
from docgen.model.rows import Column
from docgen.model.schedule import Line, RowId, Schedule, Value
from docgen.problems import name_key

Field = tuple[RowId, str]  # a row, or a row under it, and the id of the column: where a value stands


@dataclass(frozen=True)
class Happening:
    """One thing that happened, in a sentence."""

    plan: str
    amendment: str
    day: datetime.date | None
    sentence: str


@dataclass(frozen=True)
class Life:
    """One row or group of one plan: its names from first to last, and what happened to it.

    `set_by` has for each of its values the amendment that set it.
    """

    names: tuple[str, ...]
    happenings: tuple[Happening, ...]
    set_by: Mapping[Field, str]


def lives(plan: PlanFolder, until: AmendmentFile | None = None, on: datetime.date | None = None) -> tuple[Life, ...]:
    """Every row and group that the plan ever had, with those of the plan that it restates.

    Counted are the final amendments in the order of their days; or with `on` those that have taken effect by that day;
    or with `until` those up to an amendment in the order of their ids (drafts too, if it is one).
    """
    ended, current = _lives(plan, until, on)
    return (*ended, *current.values())


def set_by(plan: PlanFolder, until: AmendmentFile, on: datetime.date | None) -> dict[Field, str]:
    """For each value in force, the amendment that set it."""
    return {at: by for life in _lives(plan, until, on)[1].values() for at, by in life.set_by.items()}


def _lives(
    plan: PlanFolder, until: AmendmentFile | None = None, on: datetime.date | None = None
) -> tuple[list[Life], dict[RowId, Life]]:
    """The lives that have ended, and those that go on, by their rows."""
    ended: list[Life] = []
    current: dict[RowId, Life] = {}
    if plan.continues:
        rows = {row for schedule in plan.starting_schedules for row in lineage.keys(schedule)}
        ended, lasting = _lives(plan.continues)
        for row, life in lasting.items():
            fields = {at: by if "/" in by else f"{plan.continues.id}/{by}" for at, by in life.set_by.items()}
            current |= {row: replace(_going_on(life, plan, plan.continues), set_by=fields)} if row in rows else {}
            ended += [] if row in rows else [life]
    steps = plan.timeline.until(on) if on else plan.applied(until) if until else plan.timeline.steps
    for step in steps:
        current, endings = _after(current, _Step(plan, step))
        ended += endings
    return ended, current


def _going_on(life: Life, plan: PlanFolder, restated: PlanFolder) -> Life:
    """The life of a row of a plan that another restates, from the day on which it does."""
    first = next((amendment for amendment in plan.amendments if not amendment.facts.draft), None)
    if first is None:
        return life
    sentence = f"{life.names[-1]} goes on in {plan.id}, which restates {restated.id}"
    return replace(life, happenings=(*life.happenings, Happening(plan.id, first.id, first.day, sentence)))


def without_effect(plan: PlanFolder) -> list[Life]:
    """What amendments list and never comes to be, as the new name of a fund that merges before it would bear it.

    Each is told under the names that it was to change, so that it stands in the history of the fund.
    """
    result = []
    for idle in plan.timeline.idle:
        step = idle.applied
        if idle.later is None and not isinstance(step.change, Restate):
            names = [key.name for pair in lineage.renamed(step.before, step.after) for key in pair]
            names.append(str(getattr(step.change, step.change.verb)))
            sentence = describe.sentence(step.change, dict(step.after.columns))
            sentence += f": this has no effect, since {idle.reason}"
            result.append(Life(tuple(names), (_Step(plan, step).happening(sentence),), {}))
    return result


def called(all_lives: Sequence[Life], name: str) -> list[Life]:
    """The lives that ever had a name, and those that share another of its names in other plans."""
    names = {name_key(name)}
    while True:
        matching = [life for life in all_lives if names & {name_key(alias) for alias in life.names}]
        more = {name_key(alias) for life in matching for alias in life.names}
        if more <= names:
            return matching
        names |= more


@dataclass(frozen=True)
class _Step:
    """A change of a plan, with what each row and group was and is called, and the rows themselves."""

    plan: PlanFolder
    applied: Applied

    def happening(self, sentence: str) -> Happening:
        """What happened in the change; of which schedule, where the plan has several."""
        name = self.applied.after.name
        of = f" ({name})" if len(self.plan.facts.schedules) > 1 and name not in sentence else ""
        return Happening(self.plan.id, self.applied.amendment, self.applied.day, sentence + of)

    @cached_property
    def before(self) -> Schedule:
        """The schedule before the change; without a row where it first comes."""
        return self.applied.before or replace(self.applied.after, groups=())

    @cached_property
    def old(self) -> dict[RowId, RowKey]:
        """What stood before the change, but for the rows under rows."""
        return _outer(self.before)

    @cached_property
    def new(self) -> dict[RowId, RowKey]:
        """What stands after it."""
        return _outer(self.applied.after)

    @cached_property
    def old_rows(self) -> dict[RowId, Line]:
        """The rows before it."""
        return lineage.rows(self.before)

    @cached_property
    def new_rows(self) -> dict[RowId, Line]:
        """The rows after it."""
        return lineage.rows(self.applied.after)


def _outer(schedule: Schedule) -> dict[RowId, RowKey]:
    return {row: key for row, key in lineage.keys(schedule).items() if not key.inner and key.name}


def _after(current: Mapping[RowId, Life], step: _Step) -> tuple[dict[RowId, Life], list[Life]]:
    """The lives after a change, and those that ended with it."""
    after = {row: life for row, life in current.items() if row not in step.old}
    ending = [row for row in step.old if row not in step.new]
    ended = [_with(current[row], step.happening(_ending(step.applied, step.old[row]))) for row in ending]
    for row, key in step.new.items():
        after[row] = _changed(current[row], step, row) if row in step.old else _born(step, row, key)
    merged = [life.happenings[-1] for row, life in zip(ending, ended, strict=True) if step.old[row].row]
    return _survived(after, step, merged), ended


def _with(life: Life, *more: Happening) -> Life:
    """A life to which more happened."""
    return replace(life, happenings=(*life.happenings, *more))


def _survived(lives_: dict[RowId, Life], step: _Step, endings: Sequence[Happening]) -> dict[RowId, Life]:
    """The lives after a change, that of a fund with what merged into it."""
    change = step.applied.change
    if not isinstance(change, changes.Remove) or not change.into:
        return lives_
    survivor = name_key(change.into)
    aliases = {row: {name_key(name) for name in lives_[row].names} for row in step.new}
    return lives_ | {row: _with(lives_[row], *endings) for row, names in aliases.items() if survivor in names}


def _born(step: _Step, row: RowId, key: RowKey) -> Life:
    """A row or group that comes in."""
    line, schedule = step.new_rows.get(row), step.applied.after
    comes = f"comes into {schedule.name}" if step.applied.before else f"stands in {schedule.name}"
    place = f" under {key.group}" if key.row and key.group else ""
    birth = step.happening(f"{key.name} {comes}{place}{_fees(line, schedule)}")
    return Life((key.name,), (birth,), dict.fromkeys(_values(line, schedule), step.applied.amendment))


def _changed(life: Life, step: _Step, row: RowId) -> Life:
    """The life with what the change did to it."""
    old, new, applied = step.old[row], step.new[row], step.applied
    of_rows = [] if new.row or applied.after.has_registrants else _rows_under(step, old, new)
    if old == new and step.old_rows.get(row) is step.new_rows.get(row) and not of_rows:
        return life
    before, after = step.old_rows.get(row), step.new_rows.get(row)
    old_values, new_values = _values(before, step.before), _values(after, applied.after)
    set_by = {
        at: life.set_by[at] if at in life.set_by and old_values[at].typed == value.typed else applied.amendment
        for at, value in new_values.items()
    }
    sentences = [*_new_place(step, old, new), *_redesignated(before, after), *_new_values(step, row), *of_rows]
    names = life.names if new.name == life.names[-1] else (*life.names, new.name)
    return Life(names, (*life.happenings, *map(step.happening, sentences)), set_by)


def _rows_under(step: _Step, old: RowKey, new: RowKey) -> list[str]:
    """What changes in the rows under a fund that is the schedule's group: its breakpoints, or what they are."""
    before, after = (
        {row: key.row for row, key in keys.items() if key.row and key.group == group.name}
        for keys, group in ((step.old, old), (step.new, new))
    )
    lasting = [(row, name) for row, name in after.items() if row in before]
    sentences = [f"{before[row]} is renamed {name}" for row, name in lasting if before[row] != name]
    sentences += [f"{name}: {text}" for row, name in lasting for text in _new_values(step, row)]
    new_fees = {row: _fees(step.new_rows.get(row), step.applied.after) for row in after if row not in step.old}
    sentences += [f"{after[row]} is added{fees}" for row, fees in new_fees.items()]
    return sentences + [f"{name} is removed" for row, name in before.items() if row not in step.new]


def _inner(line: Line | None) -> dict[RowId, str]:
    """The rows under a row, by what they are called."""
    return {inner.id: inner.name for inner in line.rows} if line else {}


def _redesignated(before: Line | None, after: Line | None) -> list[str]:
    """The classes of a row that got another name."""
    old = _inner(before)
    pairs = [(old[row], name) for row, name in _inner(after).items() if row in old]
    return [f"{old_name} is redesignated {new_name}" for old_name, new_name in pairs if old_name != new_name]


def _new_place(step: _Step, old: RowKey, new: RowKey) -> list[str]:
    """A new name, a new group, or a group that has a new name."""
    sentences = [f"{old.name} is renamed {new.name}"] if old.name != new.name else []
    if new.row and old.group != new.group:
        renamed = step.applied.lineage.get(RowKey(new.group)) == RowKey(old.group)
        sentences.append(f"{old.group}, over it, is renamed {new.group}" if renamed else _moves(old, new))
    return sentences


def _moves(old: RowKey, new: RowKey) -> str:
    """That a row stands in another group, where the schedule had groups and has them."""
    if not new.group:
        return f"{new.name} stands under {old.group} no more"
    return f"{new.name} moves{f' from {old.group}' if old.group else ''} to {new.group}"


def _new_values(step: _Step, row: RowId) -> list[str]:
    """Values that differ, classes that come and go, and columns that a restatement brings or leaves out."""
    before, after, applied = step.old_rows.get(row), step.new_rows.get(row), step.applied
    old_values, new_values = _values(before, step.before), _values(after, applied.after)
    old_columns, columns = dict(step.before.columns), dict(applied.after.columns)
    old_classes, classes = _inner(before), _inner(after)
    names = {row: "", **old_classes, **classes}
    before_ids, after_ids = {row, *old_classes} if old_values else set(), {row, *classes} if new_values else set()
    sentences = [
        f"{columns[column].heading}{_of(names[at])} from {_print(old_values[at, column], old_columns[column])}"
        f" to {_print(value, columns[column])}"
        for (at, column), value in new_values.items()
        if (at, column) in old_values and old_values[at, column].typed != value.typed
    ]
    sentences += [f"{name} is added" for inner, name in classes.items() if inner not in old_classes]
    sentences += [f"{name} is removed" for inner, name in old_classes.items() if inner not in classes]
    sentences += [
        f"{columns[column].heading}{_of(names[at])} is {_print(value, columns[column])}"
        for (at, column), value in new_values.items()
        if column not in old_columns and at in before_ids
    ]
    return sentences + [
        f"{old_columns[column].heading}{_of(names[at])} is no longer stated"
        for at, column in old_values
        if column not in columns and at in after_ids
    ]


def _of(name: str) -> str:
    """The class that a value is of, where there are classes."""
    return f" of {name}" if name else ""


def _ending(applied: Applied, key: RowKey) -> str:
    change = applied.change
    if isinstance(change, changes.Remove) and not key.row:
        return f"{key.name} is removed: {describe.EMPTIED}"
    if isinstance(change, changes.Remove):
        return describe.sentence(change.model_copy(update={"remove": key.name}))
    if isinstance(change, changes.RemoveGroup):
        return describe.sentence(change)
    return f"{key.name} is no longer in {applied.after.name}"


def _values(line: Line | None, schedule: Schedule) -> dict[Field, Value]:
    """The values of a row and of the rows under it."""
    columns = [column for column, _ in schedule.columns]
    rows = [line, *line.rows] if line else []
    return {(row.id, column): value for row in rows for column, value in zip(columns, row.values, strict=False)}


def _fees(line: Line | None, schedule: Schedule) -> str:
    """The values of a row and of the rows under it, as they print."""
    columns = [column for _, column in schedule.columns]
    rows = [line, *line.rows] if line else []
    texts = [", ".join(map(_print, row.values, columns)) for row in rows]
    labels = [f"{row.name} {text}".strip() if row is not line else text for row, text in zip(rows, texts, strict=True)]
    joined = "; ".join(text for text in labels if text)
    return f" ({joined})" if joined else ""


def _print(value: Value, column: Column) -> str:
    return english.value_text(value.typed, column.holds)
