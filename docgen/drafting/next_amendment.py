"""Writes the file of the next amendment: its number, blanks, its changes or the kinds of change, the names in force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from docgen.consolidation.plan_folder import PlanFolder
from docgen.drafting import schemas
from docgen.files import atomic
from docgen.model import validation, yaml_reader, yaml_writer
from docgen.model.amendment import Amendment, Restate
from docgen.model.base import fields_by_key
from docgen.model.changes import VERBS, Change
from docgen.problems import Problem, UsageProblem, Where
from docgen.workspace.plan_reading import SCHEDULES
from docgen.workspace.select import refuse_restated

OPEN = "tbd"
NO_HEADS: Mapping[str, str] = {}
UP = 3  # folders from an amendment up to its workspace
OPTIONAL = (
    "schedule", "effective", "group", "under", "after", "mark", "reason", "rows", "values", "except", "groups", "of",
    "into", "in", "new_group", "share_class", "on",
)  # fmt: skip


def write(
    root: Path, plan: PlanFolder, steps: Sequence[Change | Restate] = (), heads: Mapping[str, str] = NO_HEADS
) -> Path:
    """The path of the new file, with the changes where they are known; `heads` has its number and days, where they are.

    UsageProblem when there is one of its name, or the last amendment is a draft that is still open.
    """
    refuse_restated(plan, None)
    last = plan.amendments[-1] if plan.amendments else None
    if last and last.facts.draft:
        remedy = "go on in it, or take its line draft: true out; then draft the next"
        raise UsageProblem([last.source.problem(("draft",), f"{plan.id}/{last.id} is an open draft", remedy)])
    name, number = following(plan)
    path = f"{SCHEDULES}/{plan.id}/amendments/{name}.yaml"
    if (root / path).exists():
        raise UsageProblem([Problem(Where(path), "already exists", "edit it, or take it away")])
    text = _text(plan, {"number": str(number), **{key: value for key, value in heads.items() if value}}, steps)
    if heads:
        validation.validate(Amendment, yaml_reader.parse(path, text.encode()))
    (saved,) = atomic.save(root, {path: text.encode()})
    return saved


def first(plan: PlanFolder, registrants: Sequence[str]) -> str:
    """The text of the first amendment of a new plan: the whole schedule, with the registrants that are known."""
    return _text(plan, {"number": "1"}, (), registrants)


def following(plan: PlanFolder) -> tuple[str, int]:
    """The id and number of the next amendment: those after the last one's."""
    last = plan.amendments[-1] if plan.amendments else None
    numbers = [a.facts.number for a in plan.amendments if isinstance(a.facts.number, int)]
    papers = [a for a in plan.amendments if not a.facts.entire_plan]  # which amend the plan
    first = int(last.id) if last and last.facts.opening and last.id.isdecimal() else len(papers)
    number = (numbers[-1] if numbers else first) + 1
    if last is None or last.id.isdigit():
        width = len(last.id) if last else 3
        return f"{int(last.id) + 1 if last else number:0{width}}", number
    return f"{last.id}-{number}", number


def _text(
    plan: PlanFolder, heads: Mapping[str, str], steps: Sequence[Change | Restate], registrants: Sequence[str] = ()
) -> str:
    blank = ["changes: []       # in place of [], one change an entry, as here without the #:", *_verbs()]
    if not plan.amendments and not plan.starting_schedules:
        blank = [
            "restate:         # the whole schedule; your own names and values in place of these",
            *_restated(plan, registrants),
        ]
    return "\n".join(
        [
            schemas.modeline("amendment", UP),
            _head("number", heads["number"]),
            f"{_head('effective', heads.get('effective', OPEN)):17} # the day it takes effect, YYYY-MM-DD",
            f"{_head('dated', heads.get('dated', OPEN)):17} # the day on its Dated: line",
            "draft: true       # take this line out when no blank is left",
            *([as_yaml(steps).rstrip()] if steps else blank),
            *(["#", "# In force now:", *names] if (names := _names(plan)) else []),
            "",
        ]
    )


def _head(key: str, value: str) -> str:
    """One of the first lines of an amendment."""
    return yaml_writer.text({key: value}).rstrip("\n")


def as_yaml(steps: Sequence[Change | Restate]) -> str:
    """Changes as YAML that reads back to them: under `changes:`, a whole schedule under `restate:`."""
    parts: dict[str, list[dict[str, object]]] = {}
    for step in steps:
        parts.setdefault("restate" if isinstance(step, Restate) else "changes", []).append(yaml_writer.as_data(step))
    return yaml_writer.text(parts)


def _verbs() -> list[str]:
    """Each kind of change with the keys that it needs, as comments."""
    lines = []
    for model in VERBS:
        needed = [(key, field.description) for key, field in fields_by_key(model).items() if key not in OPTIONAL]
        (first, description), *rest = sorted(needed, key=lambda pair: pair[0] != model.verb)
        lines.append(f"#   - {first}: ...    {description}")
        lines += [f"#     {key}: ...    {description}" for key, description in rest]
    return lines


def _restated(plan: PlanFolder, registrants: Sequence[str]) -> list[str]:
    """Each schedule of the plan as it is restated, with a name for each place where one stands."""
    lines = []
    for form in plan.facts.schedules:
        several = len(plan.facts.schedules) > 1
        first, indent = ("  - ", "    ") if several else ("  ", "  ")
        mine = [f"schedule: {form.name}"] if several else []
        mine += [f"values: {{{', '.join(f'{column}: tbd' for column in form.columns)}}}"] if form.columns else []
        mine += ["groups:"]
        for name in registrants or [f"Name of the {form.group}"]:
            row = f"Name of a {form.row}" + (f" of {name}" if registrants else "")
            mine += [f"  - {yaml_writer.text({'name': name}).strip()}", "    rows:", *_first_row(plan, row)]
        lines += [first + mine[0], *(indent + line for line in mine[1:])]
    return lines


def _first_row(plan: PlanFolder, name: str) -> list[str]:
    """A place for a row; where a plan sets the classes of each fund out, for each of its classes under it."""
    if not plan.facts.is_under_18f_3:
        return [f"      - {name}"]
    return [f"      - name: {name}", "        rows:", *(f"          - {each}" for each in plan.facts.share_classes)]


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
