"""How a schedule in force reads on a terminal and as JSON, and how facts are printed so that they read back."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from docgen.consolidation import history
from docgen.consolidation.plan_folder import AmendmentFile, PlanFolder
from docgen.model import english
from docgen.model.base import Facts
from docgen.model.english import value_text
from docgen.model.schedule import Line, Schedule
from docgen.writers import lines

SetBy = Mapping[history.Field, str]  # for each value, the amendment that set it


def as_json(plan: PlanFolder, amendment: AmendmentFile, on: datetime.date | None, schedules: Sequence[Schedule]) -> str:
    """`{"plan", "on", "amendment", "schedules": [{"name", "columns", "groups"}]}`, as schedules/README.md has it."""
    day = on or amendment.day
    data = {
        "plan": plan.id,
        "on": day.isoformat() if day else None,
        "amendment": amendment.id,
        "schedules": as_data(plan, amendment, on, schedules),
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


def as_data(
    plan: PlanFolder, amendment: AmendmentFile, on: datetime.date | None, schedules: Sequence[Schedule]
) -> list[dict[str, Any]]:
    """The schedules as the data of JSON: `[{"name", "columns", "groups"}]`."""
    set_by = history.set_by(plan, amendment, on)
    return [_schedule(schedule, set_by) for schedule in schedules]


def _schedule(schedule: Schedule, set_by: SetBy) -> dict[str, Any]:
    def row(line: Line) -> dict[str, Any]:
        fields: dict[str, Any] = {
            "name": line.name,
            "values": dict(zip(_ids(schedule), _texts(line, schedule), strict=False)),
            "set_by": _set_by(line, schedule, set_by),
        }
        return fields | {"rows": [row(inner) for inner in line.rows]} if line.rows else fields

    groups = [{"name": group.name, "rows": [row(line) for line in group.rows]} for group in schedule.groups]
    columns = [{"id": key, "heading": column.heading} for key, column in schedule.columns]
    return {"name": schedule.name, "columns": columns, "groups": groups}


def _set_by(line: Line, schedule: Schedule, set_by: SetBy) -> dict[str, str]:
    """The amendment that set each value of a row, by the column."""
    columns = _ids(schedule) if line.values else []
    return {column: set_by[line.id, column] for column in columns if (line.id, column) in set_by}


def _ids(schedule: Schedule) -> list[str]:
    return [key for key, _ in schedule.columns]


def _texts(row: Line, schedule: Schedule) -> list[str]:
    return [value_text(value.typed, holds) for value, holds in zip(row.values, schedule.holds(), strict=False)]


def as_text(plan: PlanFolder, amendment: AmendmentFile, on: datetime.date | None, schedules: Sequence[Schedule]) -> str:
    """The schedules in force as lined-up columns under their headings."""
    day = on or amendment.day
    state = f"in force on {english.day(day)}" if day else "in force"
    state = "a draft" if amendment.facts.draft else state
    set_by = history.set_by(plan, amendment, on)
    return "\n".join(
        row
        for schedule in schedules
        for row in [f"{schedule.name}, {state} ({plan.id}/{amendment.id})", *_lines(schedule, set_by), ""]
    )


def _lines(schedule: Schedule, set_by: SetBy) -> list[str]:
    """The rows under their heads, lined up; the last column has the amendments that set a row's values."""
    heads = [lines.wrap(column.heading, lines.narrowest(column.heading, 3)) for _, column in schedule.columns]
    heads += [["Set by"]] if heads else []
    deep = max((len(head) for head in heads), default=0)
    rows = [["", *(([""] * (deep - len(head)) + head)[n] for head in heads)] for n in range(deep)]
    for group in schedule.groups:
        rows += [[""], [group.name]] if group.name else []
        for row in group.rows:
            for indent, line in (("  ", row), *(("    ", inner) for inner in row.rows)):
                by = _set_by(line, schedule, set_by)
                rows.append([indent + line.name, *_texts(line, schedule), *_amendments(by, schedule)])
    full = [row for row in rows if len(row) > 1 or not heads]
    widths = [max((len(row[n]) for row in full if n < len(row)), default=0) for n in range(1 + len(heads))]
    return ["  ".join(text.ljust(width) for text, width in zip(row, widths, strict=False)).rstrip() for row in rows]


def _amendments(by: Mapping[str, str], schedule: Schedule) -> list[str]:
    """`002` where one amendment set all values; else `002, Maximum Service Fee 003`."""
    if not by:
        return []
    usual = max(set(by.values()), key=lambda amendment: (list(by.values()).count(amendment), amendment))
    headings = dict(schedule.columns)
    others = [f"{headings[column].heading} {amendment}" for column, amendment in by.items() if amendment != usual]
    return [", ".join([usual, *others])]


def facts(plan: PlanFolder, amendment: AmendmentFile) -> str:
    """The typed facts of one amendment and its plan as YAML that reads back to the same facts."""
    data = {"plan": dumped(plan.facts), "amendment": dumped(amendment.facts)}
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=100)


def dumped(model: Facts) -> dict[str, Any]:
    """A model as the plain data that it was read from, every short form written out."""
    return model.model_dump(mode="json", by_alias=True, exclude_defaults=True)
