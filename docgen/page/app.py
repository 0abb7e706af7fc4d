"""The page as one application: which address is which view, and how each answers, as HTML or as JSON."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request as HttpRequest
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from docgen.page import (
    amendment_page,
    drafting_pages,
    editing,
    event_form,
    filing_pages,
    form_examples,
    form_page,
    fund_page,
    guard,
    home,
    import_page,
    list_pages,
    live,
    new_plan_page,
    papers,
    plan_text_page,
    rules_page,
    schedule_page,
    source_page,
    visits,
)
from docgen.page.guard import Guard, Host, Keys, Site
from docgen.page.jinja_pages import html
from docgen.page.live import Watch
from docgen.page.live_workspace import LiveWorkspace, Snapshot
from docgen.page.previews import Previews
from docgen.page.saving import Saves
from docgen.page.visits import Absent, Desk, PageView, Shown, Visit
from docgen.problems import DocgenError, UsageProblem

STATIC = Path(__file__).parent / "static"
PATIENCE = 0.6  # seconds that a page waits for a workspace that is read for the first time
MOST_FIELDS, MOST_FILES = 5_000, 60
WHILE_TYPING = (
    editing.check,
    form_page.check,
    rules_page.rules,
)  # views that take the last snapshot: the next page takes a new one


PAGES: Mapping[str, PageView] = {  # each also as .json
    "/": home.home,
    "/plans/{plan}": schedule_page.schedule,
    "/plans/{plan}/{amendment}": amendment_page.amendment,
    "/funds": fund_page.fund,
    "/matrix": list_pages.matrix,
    "/status": list_pages.status,
    "/exhibits": list_pages.exhibits,
    "/new": new_plan_page.new_plan_page,
    "/plan-text/{plan}": plan_text_page.plan_text,
    "/next/{plan}": drafting_pages.next_page,
    "/events": event_form.events,
    "/events/{event}": drafting_pages.event,
    "/examples/{plan}/{amendment}": form_examples.examples,
    "/source": source_page.source,
    "/import": import_page.import_page,
    "/import/{plan}": import_page.import_page,
    "/package/{plan}/{amendment}": filing_pages.package_page,
    "/seal/{plan}/{amendment}": filing_pages.seal_page,
}
FILES: Mapping[str, PageView] = {
    "/export/{plan}.{suffix}": schedule_page.export,
    "/preview/{plan}/{amendment}/{document}.htm": papers.preview,
    "/papers/{plan}/{amendment}/{file}": papers.file,
    "/redline/{plan}/{amendment}.{suffix}": papers.redline,
    "/zip/{plan}/{amendment}.zip": filing_pages.zip_of_paper,
    "/packages/{plan}/{amendment}.zip": filing_pages.zip_of_package,
}
ACTIONS: Mapping[str, PageView] = {
    "/check/{plan}/{amendment}": editing.check,
    "/save/{plan}/{amendment}": editing.save,
    "/form/{plan}/{amendment}": form_page.submit,
    "/form-check/{plan}/{amendment}": form_page.check,
    "/rules/{plan}/{amendment}": rules_page.rules,
    "/undo": editing.undo,
    "/new": new_plan_page.begin_plan,
    "/plan-text/{plan}": plan_text_page.save_plan_text,
    "/begin": new_plan_page.begin_workspace,
    "/next/{plan}": drafting_pages.begin,
    "/events": event_form.add_event,
    "/events/{event}": drafting_pages.draft_event,
    "/import": import_page.submit,
    "/import/{plan}": import_page.submit,
    "/package/{plan}/{amendment}": filing_pages.pack,
    "/seal/{plan}/{amendment}": filing_pages.seal_it,
}


def application(root: Path, site: Site, keys: Keys, host: Host) -> Guard:
    """The page of a workspace, behind its guard."""
    return Guard(pages(root, keys, host), site, keys, host.entered)


def pages(root: Path, keys: Keys, host: Host) -> Starlette:
    """The page of a workspace, for what stands behind a guard."""
    desk, changes = Desk(LiveWorkspace(root), Saves(), Previews()), Watch(root)

    async def stream(request: HttpRequest) -> Response:
        return live.stream(changes, host.is_ending)

    def answering(view: PageView, as_json: bool = False) -> Callable[[HttpRequest], Awaitable[Response]]:
        async def answer(request: HttpRequest) -> Response:
            try:
                return await _answer(request, view, desk, keys, as_json)
            except HTTPException:
                raise
            except asyncio.CancelledError:
                if not host.is_ending():
                    raise
                return _error(503, "docgen serve has ended.", keys)
            except Exception as error:  # what is left is nobody's fault but docgen's
                return _error(500, "This is a fault of docgen. Nothing was written half.", keys, host.report(error))

        return answer

    routes: list[Route | Mount] = []
    for path, view in PAGES.items():
        routes.append(Route("/index.json" if path == "/" else f"{path}.json", answering(view, True), methods=["GET"]))
        routes.append(Route(path, answering(view), methods=["GET"]))
    routes += [Route(path, answering(view), methods=["GET"]) for path, view in FILES.items()]
    routes += [Route(path, answering(view), methods=["POST"]) for path, view in ACTIONS.items()]
    routes += [Route("/live", stream, methods=["GET"]), Mount("/static", StaticFiles(directory=STATIC))]
    return Starlette(routes=_in_order(routes))


def _in_order(routes: list[Route | Mount]) -> list[Route | Mount]:
    """The routes, those that end in a word of their own before those that end in any name."""
    return sorted(routes, key=lambda route: route.path.endswith("}"))


async def _answer(request: HttpRequest, view: PageView, desk: Desk, keys: Keys, as_json: bool) -> Response:
    """A view's answer to a request."""
    visit = await _visit(request, view, desk, keys, as_json)
    if isinstance(visit, Response):
        return visit
    try:
        shown = await run_in_threadpool(view, visit)
    except Absent as error:
        return _error(404, str(error), keys)
    except DocgenError as error:
        shown = visits.problems(error, 404 if isinstance(error, UsageProblem) else 422)
    if isinstance(shown, Response):
        return shown
    return _json(shown) if as_json else HTMLResponse(html(shown, keys.form), shown.status)


async def _visit(request: HttpRequest, view: PageView, desk: Desk, keys: Keys, as_json: bool) -> Visit | Response:
    """The request with its form; a response where it may not be answered, or not yet."""
    fields: dict[str, list[str]] = {}
    uploads: list[tuple[str, bytes]] = []
    if request.method not in guard.SAFE:
        async with request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=guard.LARGEST) as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    uploads.append((value.filename or "", await value.read()))
                else:
                    fields.setdefault(name, []).append(value)
        token = (fields.get(guard.TOKEN) or [""])[0]
        if not guard.has_form_token(keys, token, request.headers.get(guard.TOKEN_HEADER, "")):
            return _error(403, "This form is of an earlier run of docgen serve. Load its page again.", keys)
    quick = desk.live.last if view in WHILE_TYPING else None
    snapshot = quick or await _snapshot(desk.live, waits=as_json or request.method not in guard.SAFE)
    if snapshot is None:
        return HTMLResponse(html(Shown("reading.html", {}), keys.form))
    return Visit(desk, snapshot, request.path_params, dict(request.query_params), fields, uploads)


async def _snapshot(workspace: LiveWorkspace, waits: bool) -> Snapshot | None:
    """The workspace as it is; None where it is read for the first time, and that takes longer than a page waits."""
    task = asyncio.ensure_future(run_in_threadpool(workspace.snapshot))
    await asyncio.wait({task}, timeout=None if waits or workspace.last else PATIENCE)
    return task.result() if task.done() else None


def _json(shown: Shown) -> Response:
    text = json.dumps(shown.data, ensure_ascii=False, indent=2) + "\n"
    return Response(text, shown.status, media_type="application/json")


def _error(status: int, sentence: str, keys: Keys, file: str = "") -> Response:
    """A page that says what cannot be done."""
    data: dict[str, Any] = {"sentence": sentence, "file": file}
    return HTMLResponse(html(Shown("error.html", data), keys.form), status)
