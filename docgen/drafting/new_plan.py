"""Begins a plan: its plan.yaml out of an example of its kind and a person's answers, and the draft of its first paper.

The example of a kind is `example.yaml` beside its templates; its first line says what the kind is for.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from docgen.consolidation.plan_folder import PlanFolder
from docgen.drafting import next_amendment, schemas
from docgen.files import atomic, resources
from docgen.model import amendment_ids, english, validation, yaml_reader, yaml_writer
from docgen.model.base import fields_by_key
from docgen.model.changes import BESIDE_VALUES
from docgen.model.plan import Plan
from docgen.problems import Problem, UsageProblem, Where, did_you_mean
from docgen.workspace.plan_reading import SCHEDULES

EXAMPLE = "example.yaml"  # in the folder of a kind
PLACE = "Name of the Registrant"  # what an example has where a registrant's name belongs
UP = 2  # folders from a plan.yaml up to its workspace
COLUMN = re.compile(r"(?P<heading>.+?)(?: (?P<most>[0-9.]+%))?(?: *\((?P<holds>\w+)\))?")
LIMIT = re.compile(r"^(maximum|minimum|annual)_")
TOTAL = re.compile(r"aggregate|total|combined")
PLAIN = {"title": "Master Plan", "term": "Plan", "schedule": {"name": "Schedule A", "row": "Fund"}}


@dataclass(frozen=True)
class PlanKind:
    """A kind of agreement that a plan can be: its name, what it is for, and its example as it is typed."""

    name: str
    purpose: str
    example: Mapping[str, Any] = field(repr=False)

    def usual(self, key: str) -> str:
        """What the example has for a key, as an answer to its question."""
        if key == "columns":
            columns = self.example.get("schedule", {}).get("columns", {}).values()
            return "; ".join(_column_text(column) for column in columns)
        text = self.example.get(key, "")
        return ", ".join(text) if isinstance(text, list) else str(text)


@dataclass(frozen=True)
class PlanAnswers:
    """What a person says of a new plan; what is empty stays as the example has it."""

    title: str = ""
    share_classes: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    registrants: tuple[str, ...] = ()
    dated: str = ""


def kinds(folders: Sequence[Path]) -> list[PlanKind]:
    """The kinds that there are templates for, the workspace's own too, by name."""
    names = {path.parent.name for folder in folders for path in folder.glob("*/[!_]*.html.j2")}
    return [_kind(tuple(folders), name) for name in sorted(names)]


def _kind(folders: tuple[Path, ...], name: str) -> PlanKind:
    path = resources.first(folders, f"{name}/{EXAMPLE}")
    if path is None:
        return PlanKind(name, "a kind without an example", {**PLAIN, "kind": name})
    source = yaml_reader.parse(str(path), path.read_bytes())
    first, _, _ = source.text.partition("\n")
    return PlanKind(name, first.lstrip("# "), {**_keys(source.data), "kind": name})


def _keys(data: object) -> dict[str, Any]:
    return dict(data) if isinstance(data, dict) else {}


def kind(every: Sequence[PlanKind], name: str) -> PlanKind:
    """The kind of a name; UsageProblem where there is none."""
    for candidate in every:
        if candidate.name == name:
            return candidate
    names = [candidate.name for candidate in every]
    remedy = did_you_mean(name, names) or f"choose one of {english.listed(names, 'or')}"
    raise UsageProblem([Problem(Where("--kind"), f'kind "{name}" not found', remedy)])


def files(root: Path, name: str, chosen: PlanKind, answers: PlanAnswers) -> dict[str, bytes]:
    """The new plan's files by their paths: plan.yaml, and the draft of its first amendment.

    UsageProblem for a name that no folder can have, or that is taken; DataProblem for an answer that cannot be.
    """
    folder = f"{SCHEDULES}/{name}"
    if problem := amendment_ids.plan_name_problem(Where("--plan"), name):
        raise UsageProblem([problem])
    if (root / folder).exists():
        raise UsageProblem([Problem(Where(folder), "already exists", "choose another name")])
    data = _filled_in(_answered(chosen.example, answers), answers.registrants[:1])
    path = f"{folder}/plan.yaml"
    text = "\n".join(
        [schemas.modeline("plan", UP), f"# {chosen.name}: {chosen.purpose}", *_entries(data, fields_by_key(Plan))]
    )
    source = yaml_reader.parse(path, f"{text}\n".encode())
    plan = PlanFolder(name, validation.validate(Plan, source), source, ())
    first = f"{folder}/amendments/001.yaml"
    return {path: source.text.encode(), first: next_amendment.first(plan, answers.registrants).encode()}


def write(root: Path, contents: Mapping[str, bytes]) -> list[Path]:
    """Saves the files of a new plan, all or none."""
    return atomic.save(root, contents)


def _answered(example: Mapping[str, Any], answers: PlanAnswers) -> dict[str, Any]:
    """The example with the answers in their places."""
    data = {**example}
    data |= {"title": answers.title} if answers.title else {}
    data |= {"share_classes": list(answers.share_classes)} if answers.share_classes else {}
    data |= {"dated": answers.dated} if answers.dated else {}
    if answers.registrants and "parties" not in data and not data.get("schedule", {}).get("group"):
        data["of"] = list(answers.registrants)
    if answers.columns:
        data["schedule"] = {**data.get("schedule", {}), "columns": dict(map(_column, answers.columns))}
    return data


def _column(text: str) -> tuple[str, dict[str, str]]:
    """`Maximum Service Fee 0.25%` or `Effective Date (date)` as a column with an id of its own."""
    match = COLUMN.fullmatch(text.strip())
    heading, most, holds = (match["heading"], match["most"], match["holds"]) if match else (text, None, None)
    return column_id(heading), {"heading": heading, "holds": holds or "rate", **({"at_most": most} if most else {})}


def column_id(heading: str, others: Collection[str] = ()) -> str:
    """The id of a new column by its heading, which none of the others has."""
    key = LIMIT.sub("", re.sub(r"[^a-z0-9]+", "_", heading.lower()).strip("_")) or "column"
    key = f"{key}_column" if key in BESIDE_VALUES or not key[0].isalpha() else key
    key = f"aggregate_{key}" if TOTAL.search(key) and not key.startswith("aggregate") else key
    return key if key not in others else next(name for n in count(2) if (name := f"{key}_{n}") not in others)


def _column_text(column: Mapping[str, str]) -> str:
    """A column as a person types it."""
    most, holds = column.get("at_most"), column.get("holds", "text")
    return column["heading"] + (f" {most}" if most else "") + (f" ({holds})" if holds != "rate" else "")


def _filled_in(data: Any, registrants: Sequence[str]) -> Any:
    """The data with a registrant's name where the example keeps a place for one."""
    if isinstance(data, dict):
        return {key: _filled_in(value, registrants) for key, value in data.items()}
    if isinstance(data, list):
        return [_filled_in(value, registrants) for value in data]
    return registrants[0] if registrants and data == PLACE else data


def _entries(data: Mapping[str, Any], fields: Mapping[str, Any]) -> list[str]:
    """The keys as YAML, each under a comment that says what it is."""
    described = {key: field.description for key, field in fields.items()}
    lines: list[str] = []
    for key, value in data.items():
        text = yaml_writer.text({key: value}).rstrip("\n")
        lines += [f"# {described[key]}"] if key in described else []
        lines += text.split("\n")
    return [*lines, *([] if "dated" in data else [f"# dated: {described['dated']}"])]
