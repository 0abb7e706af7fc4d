"""How a schedule in force reads on a terminal and as JSON, and how facts are printed so that they read back."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from typing import Any

import yaml

from docgen.document import english
from docgen.document.english import printed
from docgen.facts.base import Facts
from docgen.facts.schedule import Line, Schedule
from docgen.facts.workspace import AmendmentFile, PlanFolder
from docgen.writers import lines


def as_json(plan: PlanFolder, amendment: AmendmentFile, on: datetime.date | None, schedules: Sequence[Schedule]) -> str:
    """`{"plan", "on", "amendment", "schedules": [{"name", "columns", "groups"}]}`, as schedules/README.md has it."""
    day = on or amendment.day
    whole = {
        "plan": plan.id,
        "on": day.isoformat() if day else None,
        "amendment": amendment.id,
        "schedules": [_schedule(schedule) for schedule in schedules],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2)


def _schedule(schedule: Schedule) -> dict[str, Any]:
    return {
        "name": schedule.name,
        "columns": [{"id": key, "heading": column.heading} for key, column in schedule.columns],
        "groups": [{"name": g.name, "rows": [_row(row, schedule) for row in g.rows]} for g in schedule.groups],
    }


def _row(row: Line, schedule: Schedule) -> dict[str, Any]:
    shown: dict[str, Any] = {"name": row.name, "values": dict(zip(_ids(schedule), _texts(row, schedule), strict=False))}
    return shown | {"rows": [_row(inner, schedule) for inner in row.rows]} if row.rows else shown


def _ids(schedule: Schedule) -> list[str]:
    return [key for key, _ in schedule.columns]


def _texts(row: Line, schedule: Schedule) -> list[str]:
    return [printed(value.typed, holds) for value, holds in zip(row.values, schedule.holds(), strict=False)]


def as_text(plan: PlanFolder, amendment: AmendmentFile, on: datetime.date | None, schedules: Sequence[Schedule]) -> str:
    """The schedules in force as lined-up columns under their headings."""
    day = on or amendment.day
    since = f"in force on {english.day(day)}" if day else "in force"
    since = "a draft" if amendment.facts.draft else since
    return "\n".join(
        row
        for schedule in schedules
        for row in [f"{schedule.name}, {since} ({plan.id}/{amendment.id})", *_lines(schedule), ""]
    )


def _lines(schedule: Schedule) -> list[str]:
    heads = [lines.wrap(column.heading, lines.narrowest(column.heading, 3)) for _, column in schedule.columns]
    deep = max((len(head) for head in heads), default=0)
    rows = [["", *(([""] * (deep - len(head)) + head)[n] for head in heads)] for n in range(deep)]
    for group in schedule.groups:
        rows += [[""], [group.name]] if group.name else []
        for row in group.rows:
            rows.append(["  " + row.name, *_texts(row, schedule)])
            rows += [["    " + inner.name, *_texts(inner, schedule)] for inner in row.rows]
    full = [row for row in rows if len(row) > 1 or not heads]
    widths = [max((len(row[n]) for row in full), default=0) for n in range(1 + len(heads))]
    return ["  ".join(text.ljust(width) for text, width in zip(row, widths, strict=False)).rstrip() for row in rows]


def facts(plan: PlanFolder, amendment: AmendmentFile) -> str:
    """The typed facts of one amendment and its plan as YAML that reads back to the same facts."""
    whole = {"plan": dumped(plan.facts), "amendment": dumped(amendment.facts)}
    return yaml.safe_dump(whole, allow_unicode=True, sort_keys=False, width=100)


def dumped(model: Facts) -> dict[str, Any]:
    """A model as the plain data that it was read from, every short form written out."""
    return model.model_dump(mode="json", by_alias=True, exclude_defaults=True)
