"""The files of an imported exhibit: plan.yaml where the plan is new, the amendment, and the sealed original."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from docgen.consolidation.plan_folder import PlanFolder
from docgen.drafting import schemas
from docgen.filing import seal
from docgen.importing.draft import Data
from docgen.importing.facts import UNNAMED, Imported
from docgen.importing.importer import ImportResult
from docgen.model import amendment_ids, yaml_writer
from docgen.model.amendment import Amendment
from docgen.model.plan import Plan
from docgen.problems import Problem, UsageProblem, Where
from docgen.workspace.load import Workspace, load
from docgen.workspace.plan_reading import SCHEDULES
from docgen.workspace.select import select

OF_THE_PLAN = ("title", "term", "share_classes", "feature", "dated")  # what an amendment may say otherwise
COMMON = r"\b(?:the|amended|and|restated|master|of|first|second|third)\b"  # of which a plan's folder need not tell
REASON = "as filed; docgen import listed what differs"


def files(workspace: Workspace | None, plan: str, data: Imported) -> dict[str, bytes]:
    """The files that an exhibit gives under a plan's name; UsageProblem where one of them is there."""
    if problem := amendment_ids.plan_name_problem(Where("--write"), plan):
        raise UsageProblem([problem])
    result: dict[str, bytes] = {}
    if _existing(workspace, plan) is None:
        text = yaml_writer.text(tidy(Plan.model_validate(data.plan)))
        result[f"{SCHEDULES}/{plan}/plan.yaml"] = f"{schemas.modeline('plan', 2)}\n{text}".encode()
    path, amendment = amendment_file(workspace, plan, data, data)
    return {**result, path: amendment}


def _existing(workspace: Workspace | None, plan: str) -> PlanFolder | None:
    """The plan of this name; UsageProblem for one that cannot be read."""
    if workspace is None or plan not in workspace.plan_ids:
        return None
    hit = next((folder for folder in (*workspace.plans, *workspace.partial) if folder.id == plan), None)
    if hit is None:
        fault = "cannot be read"
        raise UsageProblem([Problem(Where(f"{SCHEDULES}/{plan}"), fault, "run docgen check, and fix it first")])
    return hit


def amendment_file(workspace: Workspace | None, plan: str, first: Imported, data: Imported) -> tuple[str, bytes]:
    """The path and the bytes of an amendment's file, for the plan that is there or that `first` begins."""
    existing = _existing(workspace, plan)
    name = identity(data.amendment)
    path = f"{SCHEDULES}/{plan}/amendments/{name}.yaml"
    if existing and name in [amendment.id for amendment in existing.amendments]:
        raise UsageProblem([Problem(Where(path), "already exists", "name another plan, or take the file away")])
    if existing is None and data is first:
        return path, _text(data.amendment)
    if existing and (problems := list(_missing_schedules(existing, data))):
        raise UsageProblem(problems)
    facts = existing.facts if existing else Plan.model_validate(first.plan)
    return path, _text(_for(facts, data.plan, data.amendment))


def _missing_schedules(plan: PlanFolder, data: Imported) -> Iterator[Problem]:
    """What to type for each schedule of an exhibit that a plan does not list: none can be restated before it does."""
    listed = [form.name.casefold() for form in plan.facts.schedules]
    for form in Plan.model_validate(data.plan).schedules:
        if len(listed) + len(data.plan["schedules"]) > 2 and form.name.casefold() not in listed:
            entry = yaml_writer.text([yaml_writer.as_data(form)]).rstrip().replace("\n", "\n      ")
            remedy = f"write under schedules: there, beside what it has, and import again:\n      {entry}"
            key = "schedule" if len(listed) == 1 else "schedules"
            yield plan.source.problem((key,), f"lists no {form.name}, which this exhibit brings", remedy)


def identity(amendment: Mapping[str, Any]) -> str:
    """The name of an amendment's file: its number, else its day."""
    number = str(amendment.get("number", ""))
    return number.zfill(3) if number.isdigit() else str(amendment.get("effective") or amendment.get("dated") or "000")


def plan_name(data: Imported) -> str:
    """A folder's name for a plan: its title without its restatements, and its classes."""
    title = re.sub(COMMON, " ", str(data.plan["title"]).casefold())
    words = re.findall(r"[a-z0-9]+", " ".join([title, *data.plan.get("share_classes", [])]).casefold())
    return "-".join(words)[:60] or "plan"


def tidy(facts: Plan | Amendment) -> Data:
    """Facts as a person types them: one schedule without a list, a day without its key, values once for all rows."""
    data: Data = yaml_writer.as_data(facts)
    if isinstance(facts, Plan):
        several = len(facts.schedules) > 1
        data["schedules" if several else "schedule"] = data.pop("schedule") if several else data.pop("schedule")[0]
        if set(data.get("dated") or {}) == {"date"}:
            data["dated"] = data["dated"]["date"]
    return data


def _text(amendment: Data) -> bytes:
    usual = [_with_usual_values(restate) for restate in amendment.get("restate", [])]
    facts = Amendment.model_validate({**amendment, **({"restate": usual} if usual else {})})
    data = tidy(facts)
    if len(facts.restate) == 1 and isinstance(data.get("restate"), list):
        data["restate"] = data["restate"][0]
    return f"{schemas.modeline('amendment', 3)}\n{yaml_writer.text(data)}".encode()


def _with_usual_values(restate: Data) -> Data:
    """A schedule whose most frequent value of each column is typed once, and left out of the rows that have it."""
    lines = [row for group in [*restate.get("groups", []), restate] for row in group.get("rows", [])]
    lines += [inner for line in lines for inner in line.get("rows", [])]
    columns: dict[str, list[str]] = {}
    for line in lines:
        for key, value in line.get("values", {}).items():
            columns.setdefault(key, []).append(json.dumps(value))
    if not columns or "values" in restate:
        return restate
    most = {key: max(dict.fromkeys(texts), key=texts.count) for key, texts in columns.items()}
    usual = {key: json.loads(text) for key, text in most.items() if columns[key].count(text) > 1}
    if not usual:
        return restate

    def bare(row: Data) -> Data:
        values = {key: value for key, value in row.get("values", {}).items() if (key, value) not in usual.items()}
        inner = [bare(line) for line in row.get("rows", [])]
        rest = {key: value for key, value in row.items() if key not in ("values", "rows")}
        return {**rest, **({"values": values} if values else {}), **({"rows": inner} if inner else {})}

    result = {**restate, "values": usual}
    if "groups" in restate:
        result["groups"] = [{**group, "rows": [bare(row) for row in group["rows"]]} for group in restate["groups"]]
    if "rows" in restate:
        result["rows"] = [bare(row) for row in restate["rows"]]
    return result


def _for(plan: Plan, hit: Data, amendment: Data) -> Data:
    """The amendment for a plan that is there: its own columns' ids, and what the paper says of the plan otherwise."""
    theirs = Plan.model_validate(hit)
    changes = {
        key: hit[key]
        for key in OF_THE_PLAN
        if key in hit
        and getattr(theirs, _field(key)) != getattr(plan, _field(key))
        and (key, hit[key]) != ("title", UNNAMED)
    }
    form = theirs.form.model_dump(mode="json", by_alias=True)
    direct = {
        key: value
        for key, value in form.items()
        if value is not None and getattr(theirs.form, key) != getattr(plan.form, key)
    }
    result = {**amendment, **({"plan": {**changes, **amendment.get("plan", {})}} if changes else {})}
    if direct:
        result["form"] = direct
    if "restate" in amendment:
        result["restate"] = [_with_columns(plan, theirs, n, restate) for n, restate in enumerate(amendment["restate"])]
    return result


def _field(key: str) -> str:
    return "title_lines" if key == "title" else key


def _with_columns(plan: Plan, hit: Plan, number: int, restate: Data) -> Data:
    """A restated schedule by the ids that the plan has for the same heads; its own columns where the heads differ."""
    name = restate.get("schedule") or (plan.schedules[0].name if len(plan.schedules) == 1 else "")
    form = next((form for form in plan.schedules if form.name.casefold() == name.casefold()), None)
    if form is None:
        return restate
    mine = next(
        (latter for latter in hit.schedules if latter.name.casefold() == name.casefold()), hit.schedules[number]
    ).columns
    theirs = {_head(column.heading): key for key, column in form.columns.items()}
    if [_head(column.heading) for column in mine.values()] == list(theirs):
        return dict(_renamed(restate, {key: theirs[_head(column.heading)] for key, column in mine.items()}))
    return {
        **restate,
        "columns": {key: column.model_dump(mode="json", exclude_none=True) for key, column in mine.items()},
    }


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


def sealed(root: Path, plan: str, result: ImportResult, data: bytes) -> list[Path]:
    """Seals the exhibit beside its data, with what differs; nothing for a draft, which was not filed."""
    name = sealed_name(result)
    if not name:
        return []
    (paper,) = select(load(root), [f"{plan}/{identity(result.data.amendment)}"]).papers
    return seal.seal_document(root, paper, {name: data}, REASON, {})


def sealed_name(result: ImportResult) -> str:
    """Under which name the exhibit is sealed; empty where it is not."""
    if result.data.amendment.get("draft"):
        return ""
    file = Path(result.exhibit.file)
    suffix = ".htm" if file.suffix.lower() == ".html" else file.suffix.lower()
    return (re.sub(r"[^A-Za-z0-9-]+", "-", file.stem).strip("-") or "exhibit") + suffix
