"""How a schedule in force reads on a terminal and as JSON, and how facts are printed so that they read back."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from docgen.document import english
from docgen.document.english import printed
from docgen.facts import trail
from docgen.facts.base import Facts
from docgen.facts.schedule import Line, Schedule
from docgen.facts.workspace import AmendmentFile, PlanFolder
from docgen.writers import lines

SetBy = Mapping[trail.Key, Mapping[trail.Cell, str]]


def set_by(plan: PlanFolder, amendment: AmendmentFile, on: datetime.date | None) -> SetBy:
    """For each row in force, the amendment that set each of its values."""
    return {life.at: life.since for life in trail.lives(plan, amendment, on) if life.at}


def as_json(plan: PlanFolder, amendment: AmendmentFile, on: datetime.date | None, schedules: Sequence[Schedule]) -> str:
    """`{"plan", "on", "amendment", "schedules": [{"name", "columns", "groups"}]}`, as schedules/README.md has it."""
    day = on or amendment.day
    since = set_by(plan, amendment, on)
    whole = {
        "plan": plan.id,
        "on": day.isoformat() if day else None,
        "amendment": amendment.id,
        "schedules": [_schedule(schedule, since) for schedule in schedules],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2)


def _schedule(schedule: Schedule, since: SetBy) -> dict[str, Any]:
    def row(line: Line, key: trail.Key, name: str = "") -> dict[str, Any]:
        ids = _ids(schedule)
        shown: dict[str, Any] = {
            "name": line.name,
            "values": dict(zip(ids, _texts(line, schedule), strict=False)),
            "set_by": {column: by for (of, column), by in since.get(key, {}).items() if of == name},
        }
        return shown | {"rows": [row(inner, key, inner.name) for inner in line.rows]} if line.rows else shown

    groups = [
        {"name": group.name, "rows": [row(line, (schedule.name, group.name, line.name)) for line in group.rows]}
        for group in schedule.groups
    ]
    columns = [{"id": key, "heading": column.heading} for key, column in schedule.columns]
    return {"name": schedule.name, "columns": columns, "groups": groups}


def _ids(schedule: Schedule) -> list[str]:
    return [key for key, _ in schedule.columns]


def _texts(row: Line, schedule: Schedule) -> list[str]:
    return [printed(value.typed, holds) for value, holds in zip(row.values, schedule.holds(), strict=False)]


def as_text(plan: PlanFolder, amendment: AmendmentFile, on: datetime.date | None, schedules: Sequence[Schedule]) -> str:
    """The schedules in force as lined-up columns under their headings."""
    day = on or amendment.day
    state = f"in force on {english.day(day)}" if day else "in force"
    state = "a draft" if amendment.facts.draft else state
    since = set_by(plan, amendment, on)
    return "\n".join(
        row
        for schedule in schedules
        for row in [f"{schedule.name}, {state} ({plan.id}/{amendment.id})", *_lines(schedule, since), ""]
    )


def _lines(schedule: Schedule, since: SetBy) -> list[str]:
    """The rows under their heads, lined up; the last column has the amendments that set a row's values."""
    heads = [lines.wrap(column.heading, lines.narrowest(column.heading, 3)) for _, column in schedule.columns]
    heads += [["Set by"]] if heads else []
    deep = max((len(head) for head in heads), default=0)
    rows = [["", *(([""] * (deep - len(head)) + head)[n] for head in heads)] for n in range(deep)]
    for group in schedule.groups:
        rows += [[""], [group.name]] if group.name else []
        for row in group.rows:
            by = since.get((schedule.name, group.name, row.name), {})
            rows.append(["  " + row.name, *_texts(row, schedule), *_said_by(by, "", schedule)])
            rows += [
                ["    " + inner.name, *_texts(inner, schedule), *_said_by(by, inner.name, schedule)]
                for inner in row.rows
            ]
    full = [row for row in rows if len(row) > 1 or not heads]
    widths = [max((len(row[n]) for row in full if n < len(row)), default=0) for n in range(1 + len(heads))]
    return ["  ".join(text.ljust(width) for text, width in zip(row, widths, strict=False)).rstrip() for row in rows]


def _said_by(by: Mapping[trail.Cell, str], name: str, schedule: Schedule) -> list[str]:
    """`002` where one amendment set all values; else `002, Maximum Service Fee 003`."""
    own = {column: amendment for (of, column), amendment in by.items() if of == name}
    if not own:
        return []
    usual = max(set(own.values()), key=lambda amendment: (list(own.values()).count(amendment), amendment))
    headings = dict(schedule.columns)
    others = [f"{headings[column].heading} {amendment}" for column, amendment in own.items() if amendment != usual]
    return [", ".join([usual, *others])]


def history(found: Sequence[trail.Life]) -> list[trail.Moment]:
    """What happened in all these lives, the earliest first."""
    moments = {moment: None for life in found for moment in life.moments}
    return sorted(moments, key=lambda moment: (moment.day or datetime.date.min, moment.plan, moment.amendment))


def history_as_text(found: Sequence[trail.Life]) -> str:
    """A line for each thing that happened: the day, the amendment, the sentence."""
    rows = [(str(m.day or "no day"), f"{m.plan}/{m.amendment}", m.said) for m in history(found)]
    widths = [max(len(row[n]) for row in rows) for n in range(2)]
    return "".join(f"{day:{widths[0]}}  {paper:{widths[1]}}  {said}\n" for day, paper, said in rows)


def history_as_json(found: Sequence[trail.Life]) -> str:
    """`[{"on", "plan", "amendment", "said"}]`."""
    shown = [
        {"on": m.day.isoformat() if m.day else None, "plan": m.plan, "amendment": m.amendment, "said": m.said}
        for m in history(found)
    ]
    return json.dumps(shown, ensure_ascii=False, indent=2) + "\n"


def facts(plan: PlanFolder, amendment: AmendmentFile) -> str:
    """The typed facts of one amendment and its plan as YAML that reads back to the same facts."""
    whole = {"plan": dumped(plan.facts), "amendment": dumped(amendment.facts)}
    return yaml.safe_dump(whole, allow_unicode=True, sort_keys=False, width=100)


def dumped(model: Facts) -> dict[str, Any]:
    """A model as the plain data that it was read from, every short form written out."""
    return model.model_dump(mode="json", by_alias=True, exclude_defaults=True)
