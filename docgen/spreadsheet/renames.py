"""Tells a renamed row from a new one by asking: where one name goes and one comes, a person must say which it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from docgen.model import changes
from docgen.model.changes import Change
from docgen.model.schedule import Schedule, Section
from docgen.problems import NEAR, likeness


@dataclass(frozen=True)
class Doubt:
    """A name that comes, and those that go and may be the same thing; `what` says what kind of thing."""

    what: str
    new: str
    old: tuple[str, ...]


def told(old: Schedule, answers: Mapping[str, str]) -> list[Change]:
    """The answers (old name: new name) as changes of the schedule: those of groups, rows and classes that it has."""
    groups = {section.name for section in old.groups}
    made: list[Change] = [
        changes.RenameGroup(rename_group=was, to=name) for was, name in answers.items() if was in groups
    ]
    here = {section.name: answers.get(section.name, section.name) for section in old.groups}
    for section in old.groups:
        for line in section.rows:
            if line.name in answers:
                group = here[section.name] if _stands_elsewhere(line.name, section, old) else None
                made.append(changes.Rename(rename=line.name, to=answers[line.name], group=group))
            above = answers.get(line.name, line.name)
            made += [
                changes.Rename(rename=inner.name, to=answers[inner.name], under=above, group=None)
                for inner in line.rows
                if inner.name in answers
            ]
    return made


def _stands_elsewhere(name: str, section: Section, schedule: Schedule) -> bool:
    return any(name == line.name for other in schedule.groups if other is not section for line in other.rows)


def doubts(old: Schedule, new: Schedule, surely_new: Sequence[str]) -> list[Doubt]:
    """Every name that came while another went beside it or went that reads like it, and that nobody has vouched for."""
    found = _among(old.form.group, _groups(old), _groups(new))
    gone_rows, come_rows = _rows(old), _rows(new)
    for group in new.groups:
        gone = [name for name in gone_rows if name not in come_rows]
        come = [line.name for line in group.rows if line.name not in gone_rows]
        beside = {line.name for section in old.groups if section.name == group.name for line in section.rows}
        for name in come:
            near = [other for other in gone if other in beside or likeness(name, other) >= NEAR]
            found += [Doubt(old.form.row, name, tuple(near))] if near else []
    inner = {line.name: [row.name for row in line.rows] for section in old.groups for line in section.rows}
    for section in new.groups:
        for line in section.rows:
            found += _among("class", inner.get(line.name, []), [row.name for row in line.rows])
    return [doubt for doubt in dict.fromkeys(found) if doubt.new not in surely_new]


def _among(what: str, old: Sequence[str], new: Sequence[str]) -> list[Doubt]:
    gone, come = [name for name in old if name not in new], [name for name in new if name not in old]
    return [Doubt(what, name, tuple(gone)) for name in come if gone]


def _groups(schedule: Schedule) -> list[str]:
    return [section.name for section in schedule.groups]


def _rows(schedule: Schedule) -> list[str]:
    return [line.name for section in schedule.groups for line in section.rows]
