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
    """A name that comes, and those that go and may be the same thing; `kind` says what kind of thing."""

    kind: str
    new: str
    old: tuple[str, ...]


def rename_changes(old: Schedule, answers: Mapping[str, str]) -> list[Change]:
    """The answers (old name: new name) as changes of the schedule: those of groups, rows and classes that it has."""
    groups = {section.name for section in old.groups}
    steps: list[Change] = [
        changes.RenameGroup(rename_group=old_name, to=name) for old_name, name in answers.items() if old_name in groups
    ]
    new_groups = {section.name: answers.get(section.name, section.name) for section in old.groups}
    for section in old.groups:
        for line in section.rows:
            if line.name in answers:
                group = new_groups[section.name] if _is_elsewhere(line.name, section, old) else None
                steps.append(changes.Rename(rename=line.name, to=answers[line.name], group=group))
            above = answers.get(line.name, line.name)
            steps += [
                changes.Rename(rename=inner.name, to=answers[inner.name], under=above, group=None)
                for inner in line.rows
                if inner.name in answers
            ]
    return steps


def _is_elsewhere(name: str, section: Section, schedule: Schedule) -> bool:
    return any(
        name == line.name for neighbour in schedule.groups if neighbour is not section for line in neighbour.rows
    )


def doubts(old: Schedule, new: Schedule, surely_new: Sequence[str]) -> list[Doubt]:
    """Every name that came while another went beside it or went that reads like it, and that nobody has vouched for."""
    all_doubts = _among(old.form.group, _groups(old), _groups(new))
    rows_before, rows_after = _rows(old), _rows(new)
    for group in new.groups:
        removed = [name for name in rows_before if name not in rows_after]
        added = [line.name for line in group.rows if line.name not in rows_before]
        beside = {line.name for section in old.groups if section.name == group.name for line in section.rows}
        for name in added:
            near = [candidate for candidate in removed if candidate in beside or likeness(name, candidate) >= NEAR]
            all_doubts += [Doubt(old.form.row, name, tuple(near))] if near else []
    inner = {line.name: [row.name for row in line.rows] for section in old.groups for line in section.rows}
    for section in new.groups:
        for line in section.rows:
            all_doubts += _among("class", inner.get(line.name, []), [row.name for row in line.rows])
    return [doubt for doubt in dict.fromkeys(all_doubts) if doubt.new not in surely_new]


def _among(kind: str, old: Sequence[str], new: Sequence[str]) -> list[Doubt]:
    removed, added = [name for name in old if name not in new], [name for name in new if name not in old]
    return [Doubt(kind, name, tuple(removed)) for name in added if removed]


def _groups(schedule: Schedule) -> list[str]:
    return [section.name for section in schedule.groups]


def _rows(schedule: Schedule) -> list[str]:
    return [line.name for section in schedule.groups for line in section.rows]
