"""Plans made of plain data, for tests that need no folder; and plans of every shape for hypothesis."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st

from docgen.consolidation import fill
from docgen.consolidation.compare import apply_all
from docgen.consolidation.fold import Draft, Past
from docgen.consolidation.plan_folder import AmendmentFile, PlanFolder
from docgen.document.layout import Layout, TextLayout
from docgen.edgar import characters
from docgen.files import resources
from docgen.model import changes, validation, yaml_reader
from docgen.model.amendment import Amendment
from docgen.model.changes import Change
from docgen.model.plan import Plan, with_changes
from docgen.model.schedule import Line, Schedule
from docgen.problems import DataProblem
from docgen.workspace import plan_reading

Data = dict[str, Any]
FOLDERS: tuple[Path, ...] = (resources.TEMPLATES,)
LAYOUT = Layout(TextLayout(), resources.TEMPLATES / "print.css", FOLDERS)
COLUMN_IDS = [f"column_{letter}" for letter in "abcdefghij"]


def folder(plan: Data, amendment: Data) -> PlanFolder:
    """The plan with one amendment, read from YAML as files are; DataProblem when it does not fit."""
    read = yaml_reader.parse("plan.yaml", yaml.safe_dump(plan, allow_unicode=True, default_style='"').encode())
    facts = validation.validate(Plan, read)
    other = yaml_reader.parse("001.yaml", yaml.safe_dump(amendment, allow_unicode=True, default_style='"').encode())
    paper = validation.validate(Amendment, other)
    made = [fill.restated(facts, read, restate, other, ("restate", n)) for n, restate in enumerate(paper.restate)]
    if problems := [problem for _, complaints in made for problem in complaints]:
        raise DataProblem(problems)
    return PlanFolder("p", facts, read, (AmendmentFile("001", paper, other, tuple(s for s, _ in made if s), facts),))


def _prints(text: str) -> bool:
    return (
        bool(text.strip()) and not characters.reads_as_tag(characters.plain(text)) and max(map(len, text.split())) <= 24
    )


LETTERS = "ABCXYZ abcxyz 0189 &<>\"'$()/-.,;:#%@*!?[]{}|\\_~`+= “”‘’–—®™½§"
NAMES = st.text(LETTERS, min_size=1, max_size=120).map(lambda text: " ".join(text.split())).filter(_prints)
RATES = st.from_regex(r"\A[0-9]{0,2}\.[0-9]{1,3}%?\Z") | st.sampled_from(["None", "N/A", "5%", "tbd"])
VALUES = {
    "rate": RATES,
    "date": st.dates(datetime.date(1940, 1, 1), datetime.date(2199, 12, 31)).map(str),
    "money": st.sampled_from(["$1,000", "$1.5 billion", "None"]),
    "classes": st.lists(st.sampled_from(["Class A", "Class B", "Investor Class"]), min_size=1, max_size=3),
    "word": st.sampled_from(["Contractual", "FINRA", "None"]),
    "text": NAMES,
}
MARKS = st.sampled_from([None, None, "*", "**", "1", "2"])


HEADINGS = (
    "Fee", "Maximum Asset Based Sales Charge", "Maximum Aggregate Fee", "Effective Date", "Class", "Rate", "Minimum",
    "Maximum Shareholder Services Fee", "Date of Approval", "Net Assets", "Service", "Compensation as a Percentage",
)  # fmt: skip


@st.composite
def columns(draw: st.DrawFn) -> Data:
    """No column to ten."""
    ids = COLUMN_IDS[: draw(st.sampled_from([0, 1, 2, 3, 3, 3, 4, 5, 10]))]
    heads = st.sampled_from(HEADINGS)
    headings = draw(st.lists(heads, min_size=len(ids), max_size=len(ids), unique_by=str.casefold))
    return {
        key: {"heading": heading, "holds": draw(st.sampled_from(sorted(VALUES)))}
        for key, heading in zip(ids, headings, strict=True)
    }


@st.composite
def rows(draw: st.DrawFn, of: Data, deep: bool = True) -> list[Data]:
    """A few rows, some with rows of their own."""
    made: list[Data] = []
    for name in draw(st.lists(NAMES, min_size=1, max_size=4, unique_by=str.casefold)):
        if deep and draw(st.integers(0, 4)) == 0:
            made.append({"name": name, "rows": draw(rows(of, deep=False))})
            continue
        cells = {key: {"value": draw(VALUES[column["holds"]])} for key, column in of.items()}
        marked = draw(MARKS)
        made.append({"name": name, "values": cells} | ({"mark": marked} if marked else {}))
    return made


@st.composite
def plans(draw: st.DrawFn) -> PlanFolder:
    """Plans of every shape: with columns and without, in groups and without, with classes, marks and blanks."""
    of = draw(columns())
    notes = [{"mark": mark, "text": draw(NAMES)} for mark in ("*", "**", "1", "2")]
    form = {
        "columns": of,
        "footnotes": notes,
        "preamble": draw(NAMES),
        "row": draw(st.sampled_from(["Fund", "Series"])),
    }
    plan = {"title": f"Plan {draw(NAMES)}", "kind": "distribution-plan", "schedule": form}
    if draw(st.booleans()):
        names = draw(st.lists(NAMES, min_size=1, max_size=3, unique_by=str.casefold))
        restate: Data = {"groups": [{"name": name, "rows": draw(rows(of))} for name in names]}
    else:
        restate = {"rows": draw(rows(of))}
    return folder(plan, {"number": "3", "effective": "2003-11-03", "draft": "true", "restate": restate})


@dataclass(frozen=True)
class Pair:
    """Two moments of one schedule: the renames between them, first of all as changes, then by the old name."""

    plan: PlanFolder
    old: Schedule
    new: Schedule
    told: tuple[Change, ...]
    names: dict[str, str]


@st.composite
def pairs_of_schedules(draw: st.DrawFn, moves: bool = True) -> Pair:
    """A schedule and what it becomes: rows renamed, gone, come, with other values, in another order."""
    plan = draw(plans())
    (old,) = plan.amendments[0].schedules
    told: list[Change] = []
    names: dict[str, str] = {}
    once = [row.name for group in old.groups for row in group.rows]
    for name in draw(st.lists(st.sampled_from(once), max_size=2, unique=True)):
        if once.count(name) == 1:
            names[name] = f"Renamed {len(told)}"
            told.append(changes.Rename(rename=name, to=names[name]))
    now = apply_all(old, told)
    values = [line.values for _, line, _ in now.lines() if line.values] or [()]
    made = []
    for number, group in enumerate(now.groups):
        rows = [row for row in group.rows if draw(st.integers(0, 4))]
        rows = draw(st.permutations(rows)) if moves else rows
        rows = [replace(row, values=draw(st.sampled_from(values))) if row.values else row for row in rows]
        if draw(st.booleans()) or not rows:
            rows = [*rows, Line(f"Come {number}", draw(st.sampled_from(values)))]
        made.append(replace(group, rows=tuple(rows)))
    if moves and all(group.name for group in made):
        made = draw(st.permutations(made))
    return Pair(plan, old, replace(now, groups=tuple(made)), tuple(told), names)


def chain(plan: Data, amendments: Sequence[Data]) -> PlanFolder:
    """The plan with several amendments, 001 and so on, each applied to those before it; or DataProblem.

    A final amendment goes on from the final ones before it, a draft from drafts too.
    """
    text = yaml_reader.parse("plan.yaml", yaml.safe_dump(plan, allow_unicode=True, default_style='"').encode())
    facts = validation.validate(Plan, text)
    files: list[AmendmentFile] = []
    final = drafted = Past.of(())
    current = facts
    for number, amendment in enumerate(amendments, start=1):
        name = f"{number:03}"
        data = yaml.safe_dump(json.loads(json.dumps(amendment)), allow_unicode=True, sort_keys=False)
        own = yaml_reader.parse(f"{name}.yaml", data.encode())
        paper = validation.validate(Amendment, own)
        draft = Draft(name, paper, own, with_changes(current, paper.plan), text)
        files.append(plan_reading.amendment_file(draft, drafted if paper.draft else final))
        drafted = plan_reading.past_after(files[-1])
        final, current = (final, current) if paper.draft else (drafted, files[-1].plan)
    return PlanFolder("p", facts, text, tuple(files))
