"""What changes between two moments of a plan: each fund beside what it was, and what becomes of it in a sentence."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from docgen.consolidation import describe, lineage
from docgen.consolidation.lineage import RowKey
from docgen.model import english
from docgen.model.plan import Plan
from docgen.model.schedule import Line, RowId, Schedule, Section, Value
from docgen.problems import Problem, UsageProblem, Where
from docgen.reports import value_texts
from docgen.reports.moment_names import facts_of, name_of
from docgen.reports.row_notes import ItemKind, RowNotes, courses, endings
from docgen.reports.value_texts import NOTHING, NewText
from docgen.workspace.points_in_time import Between
from docgen.workspace.select import Paper

Level = Literal["group", "row", "class"]
TOP = RowKey("")  # before the first entry


@dataclass(frozen=True)
class PrintedEntry:
    """A registrant, a fund or a share class in a schedule, as it prints; its footnotes' signs are those of `values`."""

    level: Level
    id: RowId
    key: RowKey
    name: str
    mark: str
    texts: tuple[str, ...]
    values: tuple[Value, ...] = ()
    classes: tuple[str, ...] = ()
    line: Line | None = None


@dataclass(frozen=True)
class Item:
    """One thing that is not as it was: of what or whom, what becomes of it, and whether a fee rises by it."""

    kind: ItemKind
    level: Level
    name: str
    sentence: str
    owner: str = ""  # the fund that a class is of
    classes: tuple[str, ...] = ()  # those of a fund that comes, goes or is called otherwise
    rises: bool = False
    brief: str = ""  # the sentence where both sides stand beside it


@dataclass(frozen=True)
class SideBySide:
    """An entry as it is and as amended; either is None where there is none. `items` say what is not as it was."""

    old: PrintedEntry | None
    new: PrintedEntry | None
    items: tuple[Item, ...] = ()


@dataclass(frozen=True)
class Beside:
    """A schedule as it is beside the same as amended, from top to bottom; `others` are its columns and footnotes."""

    old: Schedule
    new: Schedule
    pairs: tuple[SideBySide, ...]
    others: tuple[Item, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """Everything that changes in it."""
        return (*self.others, *(item for pair in self.pairs for item in pair.items))


@dataclass(frozen=True)
class Matter:
    """Two moments of a plan; `day` is when the new one takes effect, if that is known."""

    paper: Paper  # the plan, and the amendment that the new moment stands on
    points: Between
    old_name: str  # Amendment No. 2
    new_name: str
    day: datetime.date | None
    old_plan: Plan  # the plan's own facts then
    plan: Plan
    others: tuple[Item, ...]  # what changes in the plan itself and its text
    schedules: tuple[Beside, ...]

    @property
    def by_number(self) -> bool:
        """Whether the new moment is called by an amendment's number, which says no day."""
        return self.paper.amendment.facts.number is not None and self.points.new.day is None

    @property
    def items(self) -> tuple[Item, ...]:
        """Everything that changes."""
        return (*self.others, *(item for schedule in self.schedules for item in schedule.items))


def matter(points: Between, templates: Paper) -> Matter:
    """What changes between two moments of one plan; UsageProblem where they are of several, or nothing is in force.

    `templates` is any paper of the plan, for the templates that it is worded by.
    """
    old, new = points.old, points.new
    if new.plan.id != old.plan.id:
        fault = f"is of another plan than {new.name}"
        raise UsageProblem([Problem(Where(old.name), fault, "name two moments of one plan")])
    if new.amendment is None or not new.schedules:
        raise UsageProblem([Problem(Where(new.name), "no schedule is in force", "name a later day, or an amendment")])
    day = new.day or new.amendment.day
    before = {schedule.name: schedule for schedule in old.schedules}
    notes = RowNotes(endings(points.steps), courses(points.steps), day)
    every = tuple(_beside(before.get(schedule.name), schedule, notes) for schedule in new.schedules)
    old_plan, plan = facts_of(old), facts_of(new)
    others = (*_of_plan(old_plan, plan), *_of_text(points))
    paper = replace(templates, plan=new.plan, amendment=new.amendment)
    return Matter(paper, points, name_of(old), name_of(new), day, old_plan, plan, others, every)


def _beside(old: Schedule | None, new: Schedule, notes: RowNotes) -> Beside:
    start = replace(old or replace(new, groups=()), form=new.form)
    lines = lineage.pairs(start, new)
    entries, by_key = list(_entries(new)), {entry.key: entry for entry in _entries(start)}
    stays = {lines[entry.key]: entry.key for entry in entries if lines.get(entry.key) in by_key}
    rows = list(_side_by_side(entries, lines, by_key, _leaving(list(by_key.values()), stays)))
    comparison = _Comparison(start, new, lines, notes)
    pairs = tuple(SideBySide(before, after, tuple(comparison.items(before, after))) for before, after in rows)
    return Beside(start, new, pairs, tuple(_of_form(start, new)))


def _side_by_side(
    entries: Sequence[PrintedEntry],
    lines: Mapping[RowKey, RowKey],
    old: Mapping[RowKey, PrintedEntry],
    leaving: Mapping[RowKey, Sequence[PrintedEntry]],
) -> Iterator[tuple[PrintedEntry | None, PrintedEntry | None]]:
    """The entries as amended, each with what it was; what goes stands where it stood."""
    yield from ((entry, None) for entry in leaving.get(TOP, ()))
    block = TOP
    for entry, below in zip(entries, [*entries[1:], None], strict=True):
        old_key = lines.get(entry.key, TOP)
        yield old.get(old_key), entry
        if entry.level != "class":
            block = old_key
        elif old_key != TOP:
            yield from ((other, None) for other in leaving.get(old_key, ()))
        if block != TOP and (below is None or below.level != "class"):
            yield from ((other, None) for other in leaving.get(block, ()))


def _leaving(old: Sequence[PrintedEntry], stays: Mapping[RowKey, RowKey]) -> dict[RowKey, list[PrintedEntry]]:
    """The entries that go, behind the one that stands before them and stays: a class behind a class of its fund."""
    leaving: dict[RowKey, list[PrintedEntry]] = {}
    block = anchor = TOP
    for entry in old:
        fund = RowKey(entry.key.group, entry.key.row)
        if entry.key in stays:
            parent = stays.get(RowKey(entry.key.group))
            in_place = parent is None or stays[entry.key].group == parent.group
            block = entry.key if entry.level != "class" and in_place else block
            anchor = entry.key
        else:
            behind = anchor if entry.level == "class" and fund in stays else block
            leaving.setdefault(behind, []).append(entry)
    return leaving


def _entries(schedule: Schedule) -> Iterator[PrintedEntry]:
    """Every registrant, fund and class from top to bottom."""
    keys = lineage.keys(schedule)
    for group in schedule.groups:
        if group.name:
            yield _entry("group", group, keys[group.id], schedule)
        for row in group.rows:
            yield _entry("row", row, keys[row.id], schedule)
            yield from (_entry("class", inner, keys[inner.id], schedule) for inner in row.rows)


def _entry(level: Level, thing: Line | Section, key: RowKey, schedule: Schedule) -> PrintedEntry:
    if not isinstance(thing, Line):
        return PrintedEntry(level, thing.id, key, thing.name, thing.mark, ())
    texts = tuple(value_texts.tiers(*pair) for pair in zip(thing.values, schedule.holds(), strict=False))
    classes = tuple(inner.name for inner in thing.rows)
    return PrintedEntry(level, thing.id, key, thing.name, thing.mark, texts, thing.values, classes, thing)


@dataclass(frozen=True)
class _Comparison:
    """Two schedules, and which row of the one was which of the other."""

    before: Schedule
    after: Schedule
    lines: Mapping[RowKey, RowKey]
    notes: RowNotes

    def items(self, old: PrintedEntry | None, new: PrintedEntry | None) -> Iterator[Item]:
        """What becomes of an entry: first of it and its place, then of its values, also of those until it goes."""
        if old is None or new is None:
            yield from self._comes_or_goes(old, new)
            if old and (last := self.notes.last_values(old.id)):
                values = value_texts.changes(self.before, old.values, self.before, last)
                yield from self._of_values(old, values, ", until it goes")
            if new and (first := self.notes.first_values.get(new.id)):
                yield from self._of_values(new, value_texts.changes(self.after, first, self.after, new.values), "")
            return
        if texts := [*self._of_name(old, new), *self._of_mark(old, new), *self._of_place(old, new)]:
            sentence, brief = ("; ".join(of_item) for of_item in zip(*texts, strict=True))
            owner = new.key.row if new.key.inner else ""
            yield Item("renamed", new.level, new.key.name, sentence, owner, new.classes, brief=brief)
        yield from self._of_values(new, value_texts.changes(self.before, old.values, self.after, new.values), "")

    def _of_name(self, old: PrintedEntry, new: PrintedEntry) -> Iterator[tuple[str, str]]:
        """An entry's other name: the sentence of it, and that where both names stand beside it."""
        if turns := self.notes.turns(new.id, "name"):
            yield f"renamed {turns}", f"renamed {turns}"
        elif old.name != new.name:
            on = self.notes.on(new.id, "name")
            yield f"renamed from {old.name}{on}", f"renamed{on}"

    def _of_mark(self, old: PrintedEntry, new: PrintedEntry) -> Iterator[tuple[str, str]]:
        """Another footnote of an entry."""
        if old.mark != new.mark:
            text = f"footnote {new.mark} in place of {old.mark or 'none'}" if new.mark else "without a footnote"
            yield text, "footnote"

    def _of_place(self, old: PrintedEntry, new: PrintedEntry) -> Iterator[tuple[str, str]]:
        """Another registrant of a fund."""
        if new.level == "row" and self.lines.get(RowKey(new.key.group)) != RowKey(old.key.group):
            on = self.notes.on(new.id, "group")
            turns = self.notes.turns(new.id, "group") or f"from {old.key.group} to {new.key.group}{on}"
            yield f"moves {turns}", f"moves from {old.key.group}{on}"

    def _of_values(self, entry: PrintedEntry, values: Sequence[NewText], until: str) -> Iterator[Item]:
        """Values of an entry that are not what they were, each from day to day where they change on several."""
        turns = self.notes.value_turns(entry.id)
        if texts := turns or values:
            behind = ("" if turns else self.notes.on(entry.id, "values")) + until
            sentence, headings = "; ".join(text.sentence for text in texts), [text.heading for text in texts]
            up, owner = any(text.rises for text in texts), entry.key.row if entry.key.inner else ""
            brief = (sentence if until or turns else english.listed(headings)) + behind
            yield Item("values", entry.level, entry.key.name, sentence + behind, owner, rises=up, brief=brief)

    def _comes_or_goes(self, old: PrintedEntry | None, new: PrintedEntry | None) -> Iterator[Item]:
        """An entry that only one side has; a class that comes or goes with its fund is said there."""
        entry = new or old
        funds = self.lines if new else set(self.lines.values())
        if entry is None or (entry.level == "class" and RowKey(entry.key.group, entry.key.row) not in funds):
            return
        kind: ItemKind = "added" if new else "removed"
        place = f" under {entry.key.group}" if entry.level == "row" and entry.key.group else ""
        reason = self.notes.endings.get(entry.id, "")
        going = reason if reason.startswith("merged") else f"removed: {reason}" if reason else "removed"
        brief = (f"added{place}" if new else going) + self.notes.on(entry.id, "there")
        fees = value_texts.with_heads(self.after, new.line, self.notes.first_values) if new and new.line else ""
        sentence = f"{brief} ({fees})" if fees else brief
        owner = entry.key.row if entry.key.inner else ""
        yield Item(kind, entry.level, entry.key.name, sentence, owner, entry.classes, brief=brief)


def _of_form(old: Schedule, new: Schedule) -> Iterator[Item]:
    """Columns and footnotes that come, go, or read otherwise."""
    before, after = dict(old.columns), dict(new.columns)
    for key, column in after.items():
        if key in before and column.heading != before[key].heading:
            yield Item("other", "row", column.heading, f"the column is headed so in place of {before[key].heading}")
        elif key not in before:
            yield Item("other", "row", column.heading, "the column is added")
    for key in sorted(before.keys() - after.keys(), key=[*before].index):
        yield Item("other", "row", before[key].heading, "the column is removed")
    notes, new_notes = ({note.mark: note.text for note in side.footnotes} for side in (old, new))
    for mark, text in new_notes.items():
        if mark not in notes:
            yield Item("other", "row", f"Footnote {mark}", f"added: {text}")
        elif notes[mark] != text:
            yield Item("other", "row", f"Footnote {mark}", f"worded anew: {text}")
    for mark in sorted(notes.keys() - new_notes.keys(), key=[*notes].index):
        yield Item("other", "row", f"Footnote {mark}", "removed")


def _of_plan(old: Plan, new: Plan) -> Iterator[Item]:
    """What is different about the plan itself."""
    if old.title != new.title:
        yield Item("other", "row", f"The {new.term}", f"its title from {old.title} to {new.title}")
    if old.share_classes != new.share_classes:
        classes, new_classes = (english.listed(plan.share_classes) or NOTHING for plan in (old, new))
        yield Item("other", "row", f"The {new.term}", f"its share classes from {classes} to {new_classes}")


def _of_text(points: Between) -> Iterator[Item]:
    """What changes in the agreement's own text."""
    for amendment in points.amendments:
        for change in amendment.facts.text_changes:
            sentence = describe.sentence(change).removesuffix(" to the text").removesuffix(" of the text")
            yield Item("other", "row", "The text", sentence)
