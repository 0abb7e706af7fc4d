"""The lists over all plans: who is where at which fees, the exhibits of a registrant, how far each paper is."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlencode

from docgen.build import produce
from docgen.consolidation.plan_folder import PlanFolder
from docgen.filing import package
from docgen.page import catalog
from docgen.page.visits import PageData, Shown, Visit
from docgen.problems import DataProblem, DocgenError, Problem, as_data, errors
from docgen.reports import coverage, exhibit_list, paper_status
from docgen.reports.listing import Listing
from docgen.workspace.load import Workspace
from docgen.workspace.select import buildable, select


def matrix(visit: Visit) -> Shown:
    """Funds by plans and classes, on the day that is asked for."""
    workspace, on = _workspace(visit), catalog.day(visit)
    value = coverage.coverage(_plans(workspace), on)
    data = {
        "list": json.loads(coverage.as_json(value)),
        **_of(workspace, coverage.listing(value)),
        "on": on and on.isoformat(),
    }
    return Shown("list.html", {**data, "page": "matrix", "asks": "day"})


def status(visit: Visit) -> Shown:
    """How far each paper is, what it lacks, and which days come."""
    workspace, on = _workspace(visit), catalog.day(visit) or datetime.date.today()
    selection = select(workspace)
    drafts = [paper for paper in selection.papers if not paper.seal]
    more = produce.document_problems(drafts, {}, hold=not errors(selection.problems))
    selection = replace(selection, problems=(*selection.problems, *more))
    value = paper_status.status(selection, package.packaged(visit.snapshot.root, selection.papers), on)
    data = {
        "list": json.loads(paper_status.as_json(value)),
        **_of(workspace, paper_status.listing(value)),
        "on": on.isoformat(),
    }
    return Shown("list.html", {**data, "page": "status", "asks": "day"})


def exhibits(visit: Visit) -> Shown:
    """The exhibits of a registrant or a plan, as Part C of Form N-1A has them; without a name, a field to ask with."""
    workspace, name = _workspace(visit), visit.query.get("name", "").strip()
    data: PageData = {
        "list": None,
        "title": "Exhibits",
        "opening": [],
        "tables": [],
        "closing": [],
        "on": None,
        "links": {},
    }
    problems: tuple[Problem, ...] = ()
    if name:
        try:
            of, plans = exhibit_list.plans_of(workspace, name)
            buildable(select(workspace, exhibit_list.to_read(workspace, of, plans)))
            value = exhibit_list.exhibit_list(workspace, of, plans)
            data |= {"list": json.loads(exhibit_list.as_json(value)), **_of(workspace, exhibit_list.listing(value))}
            problems = tuple(exhibit_list.problems(value))
        except DocgenError as error:
            problems = error.problems
    names = sorted({group.name for plan in workspace.plans for s in plan.schedules_on() for group in s.groups})
    data |= {"page": "exhibits", "asks": "name", "name": name, "names": [*workspace.plan_ids, *names]}
    return Shown("list.html", {**data, "problems": [as_data(problem) for problem in problems]})


def _workspace(visit: Visit) -> Workspace:
    if visit.snapshot.workspace is None:
        raise DataProblem(visit.snapshot.problems)
    return visit.snapshot.workspace


def _plans(workspace: Workspace) -> Sequence[PlanFolder]:
    """The plans, when nothing stands in their way; DataProblem with every error otherwise."""
    selection = select(workspace)
    buildable(selection)
    return selection.plans


def _of(workspace: Workspace, listing: Listing) -> PageData:
    """A list as plain data; `links` are the pages of the plans, papers and funds that it names."""
    tables = [
        {"heading": table.heading, "heads": list(table.heads), "rows": [list(row.cells) for row in table.rows]}
        for table in listing.tables
    ]
    texts: PageData = {"title": listing.title, "opening": list(listing.opening), "closing": list(listing.closing)}
    return {**texts, "tables": tables, "problems": [], "links": _links(workspace)}


def _links(workspace: Workspace) -> dict[str, str]:
    """The page of each plan, paper and fund, by what lists call them."""
    plans = {plan.id: f"/plans/{plan.id}" for plan in workspace.plans}
    papers = [f"{plan.id}/{amendment.id}" for plan in workspace.plans for amendment in plan.amendments]
    names = [line.name for plan in workspace.plans for s in plan.schedules_on() for _, line, _ in s.lines()]
    funds = {name: f"/funds?{urlencode({'name': name})}" for name in names}
    return {**funds, **plans, **{name: f"/plans/{name}" for name in papers}}
