"""Writes the file of the next amendment: its number, blanks, its changes or the kinds of change, the names in force."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from docgen import save, schema
from docgen.facts.base import Facts
from docgen.facts.changes import VERBS, Change
from docgen.facts.models import Restate
from docgen.facts.rows import Row
from docgen.facts.workspace import SCHEDULES, PlanFolder
from docgen.problems import UsageProblem, Where, one

UP = 3  # folders from an amendment up to its workspace
OPTIONAL = (
    "schedule", "effective", "group", "under", "after", "mark", "reason", "rows", "values", "except", "groups", "of",
)  # fmt: skip
MODELS: tuple[type[Facts], ...] = (*VERBS, Row)
TAKEN = {
    field.alias or name for model in MODELS for name, field in model.model_fields.items()
}  # no column beside a name


def write(root: Path, plan: PlanFolder, steps: Sequence[Change | Restate] = ()) -> Path:
    """The path of the new file, with the changes where they are known; UsageProblem when there is one of its name."""
    name, number = _next(plan)
    path = f"{SCHEDULES}/{plan.id}/amendments/{name}.yaml"
    if (root / path).exists():
        raise UsageProblem(one(Where(path), "is there already", "edit it, or take it away"))
    (written,) = save.save(root, {path: _text(plan, number, steps).encode()})
    return written


def _next(plan: PlanFolder) -> tuple[str, int]:
    """The next id and number: those after the last amendment's."""
    last = plan.amendments[-1] if plan.amendments else None
    number = last.facts.number + 1 if last and isinstance(last.facts.number, int) else len(plan.amendments) + 1
    width = len(last.id) if last and last.id.isdigit() else 3
    return f"{int(last.id) + 1 if last and last.id.isdigit() else number:0{width}}", number


def _text(plan: PlanFolder, number: int, steps: Sequence[Change | Restate]) -> str:
    blank = ["changes: []       # in place of [], one change an entry, as here without the #:", *_verbs()]
    return "\n".join(
        [
            schema.modeline("amendment", UP),
            f"number: {number}",
            "effective: tbd    # the day it takes effect, YYYY-MM-DD",
            "dated: tbd        # the day on its Dated: line",
            "draft: true       # take this line out when no blank is left",
            *([typed(steps).rstrip()] if steps else blank),
            "#",
            "# In force now:",
            *_names(plan),
            "",
        ]
    )


class _Dumper(yaml.SafeDumper):
    """Indents the entries of a list, as people do."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """One level deeper, also for a list."""
        super().increase_indent(flow, False)


def typed(steps: Sequence[Change | Restate]) -> str:
    """Changes as YAML that reads back to them: under `changes:`, a whole schedule under `restate:`."""
    parts: dict[str, list[Any]] = {}
    for step in steps:
        data = _short(step.model_dump(mode="json", by_alias=True, exclude_defaults=True))
        if not isinstance(step, Restate):
            data = {step.verb: data.pop(step.verb), **data}
        parts.setdefault("restate" if isinstance(step, Restate) else "changes", []).append(data)
    return yaml.dump(parts, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1000)


def _short(data: Any) -> Any:
    """Facts as a person types them: a bare value or name without its key, values beside the name of their row."""
    if isinstance(data, list):
        return [_short(entry) for entry in data]
    if not isinstance(data, dict):
        return data
    short = {key: _short(value) for key, value in data.items()}
    for only in ("value", "name"):
        if set(short) == {only} and isinstance(short[only], str):
            return short[only]
    values = short.get("values") or {}
    if TAKEN & values.keys() or {"rows", "groups"} & short.keys():
        return short
    return {**{key: value for key, value in short.items() if key != "values"}, **values}


def _verbs() -> list[str]:
    """Each kind of change with the keys that it needs, as comments."""
    lines = []
    for model in VERBS:
        keys = [(field.alias or name, field.description) for name, field in model.model_fields.items()]
        needed = [(key, said) for key, said in keys if key not in OPTIONAL]
        (first, said), *rest = sorted(needed, key=lambda pair: pair[0] != model.verb)
        lines.append(f"#   - {first}: ...    {said}")
        lines += [f"#     {key}: ...    {said}" for key, said in rest]
    return lines


def _names(plan: PlanFolder) -> list[str]:
    schedules = plan.amendments[-1].after if plan.amendments else ()
    lines = []
    for schedule in schedules:
        lines.append(f"#   {schedule.name}")
        for group in schedule.groups:
            lines += [f"#     {group.name}"] if group.name else []
            for row in group.rows:
                lines.append(f"#       {row.name}")
                lines += [f"#         {inner.name}" for inner in row.rows]
    return lines
