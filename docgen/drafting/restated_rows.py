"""Types a change of a schedule into an amendment that restates it whole: a row's values, a row that comes or goes."""

from __future__ import annotations

from docgen.drafting import edit, splice
from docgen.model import changes
from docgen.model.amendment import Restate
from docgen.model.changes import Change
from docgen.model.rows import RowValue
from docgen.model.schedule import Line, Schedule
from docgen.model.yaml_reader import KeyPath
from docgen.workspace.select import Paper


def can_take(paper: Paper, step: Change | Restate) -> bool:
    """Whether the change can be typed at the rows that it is about, each on a line of its own in the amendment."""
    if isinstance(step, changes.SetValues | changes.Remove):
        name = step.set if isinstance(step, changes.SetValues) else step.remove
        return bool(_path(paper, step, name)) and _is_bare(getattr(step, "values", {}))
    if isinstance(step, changes.Add):
        return bool(_path(paper, step, step.after or "")) and _is_bare(step.values) and not step.rows and not step.mark
    if isinstance(step, changes.Rename):
        return bool(_path(paper, step, step.rename))
    return False


def with_step(paper: Paper, text: str, step: Change | Restate) -> str:
    """The amendment's text with the change in it."""
    file = paper.amendment.source.file
    if isinstance(step, changes.SetValues):
        return splice.with_values(file, text, _path(paper, step, step.set), _texts(step.values))
    if isinstance(step, changes.Remove):
        return edit.without(file, text.encode(), _path(paper, step, step.remove)).decode()
    if isinstance(step, changes.Rename):
        path = _path(paper, step, step.rename)
        is_bare = path in dict(paper.amendment.source.leaves())
        return edit.with_value(file, text.encode(), path if is_bare else (*path, "name"), step.to).decode()
    if isinstance(step, changes.Add):
        path = _path(paper, step, step.after or "")
        text = splice.with_entry(file, text, path, step.add)
        after = (*path[:-1], int(path[-1]) + 1)
        return splice.with_values(file, text, after, _texts(step.values))
    return text


def _path(paper: Paper, step: Change, name: str) -> KeyPath:
    """The key path of the row of this name that the amendment restates; empty where it is typed elsewhere."""
    source = paper.amendment.source
    under = getattr(step, "under", None)
    group = getattr(step, "to", None) if isinstance(step, changes.Add) else getattr(step, "group", None)
    named = getattr(step, "schedule", None)
    lines = [
        line
        for schedule in paper.amendment.schedules
        if named in (None, schedule.name)
        for line in _lines(schedule, name, under, group)
    ]
    if len(lines) != 1 or lines[0].at.file != source.file:
        return ()
    for path, leaf in source.leaves():
        if leaf == lines[0].name and path[0] == "restate" and source.where(*path) == lines[0].at:
            return path[:-1] if path[-1] == "name" else path
    return ()


def _lines(schedule: Schedule, name: str, under: str | None, group: str | None) -> list[Line]:
    return [
        line
        for section, line, outer in schedule.lines()
        if line.name == name and (outer.name if outer else None) == under and group in (None, section.name)
    ]


def _is_bare(values: dict[str, RowValue]) -> bool:
    """Whether each value is one text without the sign of a footnote."""
    return all(isinstance(cell.value, tuple) and len(cell.value) == 1 and not cell.mark for cell in values.values())


def _texts(values: dict[str, RowValue]) -> dict[str, str]:
    return {key: cell.value[0] for key, cell in values.items() if isinstance(cell.value, tuple)}
