"""The files of an imported exhibit: plan.yaml where the plan is new, the amendment, and the sealed original."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docgen.drafting import schemas
from docgen.filing import seal
from docgen.importing.facts import Data
from docgen.importing.importer import Result
from docgen.model import amendment_ids, yaml_writer
from docgen.model.amendment import Amendment
from docgen.model.plan import Plan
from docgen.problems import Problem, UsageProblem, Where
from docgen.workspace.load import Workspace, load
from docgen.workspace.plan_reading import SCHEDULES
from docgen.workspace.select import select

OF_THE_PLAN = ("title", "term", "share_classes", "feature", "dated")  # what an amendment may say otherwise
WHY = "as filed; docgen import listed what differs"


def files(workspace: Workspace | None, plan: str, result: Result) -> dict[str, bytes]:
    """The files that the exhibit gives under a plan's name; UsageProblem where one of them is there."""
    if not amendment_ids.NAME.fullmatch(plan) or "/" in plan:
        raise UsageProblem([Problem(Where(plan), "is not a name for a plan's folder", "write letters, digits and -")])
    folder, data = f"{SCHEDULES}/{plan}", result.data
    existing = next((p for p in (*workspace.plans, *workspace.partial) if p.id == plan), None) if workspace else None
    if existing is None and workspace and plan in workspace.plan_ids:
        raise UsageProblem([Problem(Where(folder), "cannot be read", "run docgen check, and fix it first")])
    name = identity(data.amendment)
    if existing is None:
        facts = {**data.plan}
        text = f"{schemas.modeline('plan', 2)}\n{yaml_writer.text(tidy(Plan.model_validate(facts)))}"
        return {f"{folder}/plan.yaml": text.encode(), f"{folder}/amendments/{name}.yaml": _text(data.amendment)}
    if name in [amendment.id for amendment in existing.amendments]:
        path = Where(f"{folder}/amendments/{name}.yaml")
        raise UsageProblem([Problem(path, "already exists", "name another plan, or take the file away")])
    amendment = _for(existing.facts, data.plan, data.amendment)
    return {f"{folder}/amendments/{name}.yaml": _text(amendment)}


def identity(amendment: Mapping[str, Any]) -> str:
    """The name of an amendment's file: its number, else its day."""
    number = str(amendment.get("number", ""))
    return number.zfill(3) if number.isdigit() else str(amendment.get("effective") or amendment.get("dated") or "000")


def tidy(facts: Plan | Amendment) -> Data:
    """Facts as a person types them."""
    return yaml_writer.as_data(facts)


def _text(amendment: Data) -> bytes:
    facts = Amendment.model_validate(amendment)
    data = tidy(facts)
    if len(facts.restate) == 1 and isinstance(data.get("restate"), list):
        data["restate"] = data["restate"][0]
    return f"{schemas.modeline('amendment', 3)}\n{yaml_writer.text(data)}".encode()


def _for(plan: Plan, found: Data, amendment: Data) -> Data:
    """The amendment for a plan that is there: its own columns' ids, and what the paper says of the plan otherwise."""
    theirs = Plan.model_validate(found)
    changes = {
        key: found[key] for key in OF_THE_PLAN if key in found and getattr(theirs, _field(key)) != getattr(plan, _field(key))
    }
    usual, form = plan.form.model_dump(by_alias=True), theirs.form.model_dump(mode="json", by_alias=True)
    own = {key: value for key, value in form.items() if value is not None and getattr(theirs.form, key) != usual[key]}
    result = {**amendment, **({"plan": {**changes, **amendment.get("plan", {})}} if changes else {})}
    if own:
        result["form"] = own
    if "restate" in amendment:
        result["restate"] = [_with_columns(plan, theirs, n, restate) for n, restate in enumerate(amendment["restate"])]
    return result


def _field(key: str) -> str:
    return "title_lines" if key == "title" else key


def _with_columns(plan: Plan, found: Plan, number: int, restate: Data) -> Data:
    """A restated schedule by the ids that the plan has for the same heads; its own columns where the heads differ."""
    name = restate.get("schedule") or (plan.schedules[0].name if len(plan.schedules) == 1 else "")
    form = next((form for form in plan.schedules if form.name.casefold() == name.casefold()), None)
    mine = found.schedules[number].columns
    if form is None:
        return restate
    theirs = {_head(column.heading): key for key, column in form.columns.items()}
    if [_head(column.heading) for column in mine.values()] == list(theirs):
        return dict(_renamed(restate, {key: theirs[_head(column.heading)] for key, column in mine.items()}))
    return {**restate, "columns": {key: column.model_dump(mode="json", exclude_none=True) for key, column in mine.items()}}


def _head(heading: str) -> str:
    return re.sub(r"[^a-z0-9]", "", heading.casefold())


def _renamed(data: Any, keys: Mapping[str, str]) -> Any:
    if isinstance(data, list):
        return [_renamed(entry, keys) for entry in data]
    if not isinstance(data, dict):
        return data
    return {
        key: {keys.get(inner, inner): _renamed(value, keys) for inner, value in entry.items()}
        if key == "values"
        else _renamed(entry, keys)
        for key, entry in data.items()
    }


def sealed(root: Path, plan: str, result: Result, data: bytes) -> list[Path]:
    """Seals the exhibit beside its data, with what differs; nothing for a format that EDGAR does not take."""
    file = Path(result.exhibit.file)
    suffix = ".htm" if file.suffix.lower() == ".html" else file.suffix.lower()
    if suffix not in (".txt", ".htm", ".pdf") or result.data.amendment.get("draft"):
        return []
    name = (re.sub(r"[^A-Za-z0-9-]+", "-", file.stem).strip("-") or "exhibit") + suffix
    (paper,) = select(load(root), [f"{plan}/{identity(result.data.amendment)}"]).papers
    return seal.seal_document(root, paper, {name: data}, WHY, {})
