"""The page as one application: which address is which view, and how each answers, as HTML or as JSON."""

from __future__ import annotations

import asyncio
import functools
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request as HttpRequest
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route, Router
from starlette.types import Receive, Scope, Send

from docgen.page import guard, home, live, opening, visits
from docgen.page.guard import Guard, Host, Keys, Site
from docgen.page.jinja_pages import html
from docgen.page.live import Watch
from docgen.page.live_workspace import LiveWorkspace, Snapshot
from docgen.page.preview import Previews
from docgen.page.saving import Saves
from docgen.page.visits import Absent, Desk, PageView, Shown, Visit
from docgen.problems import DocgenError, UsageProblem

MOST_FIELDS, MOST_FILES = 5_000, 60
PATIENCE = 0.6  # seconds that a page waits for a workspace that is read for the first time
Endpoint = Callable[[HttpRequest], Awaitable[Response]]


@dataclass(frozen=True)
class Service:
    """What every answer is made with: the workspace and what lasts while the page is open, its keys, its host."""

    desk: Desk
    keys: Keys
    host: Host


def application(root: Path, site: Site, keys: Keys, host: Host) -> Guard:
    """The page of a workspace, behind its guard."""
    return Guard(pages(root, keys, host), site, keys, host.entered)


def pages(root: Path, keys: Keys, host: Host) -> Starlette:
    """The page of a workspace, for what stands behind a guard. The first page is there before the others are loaded."""
    service = Service(Desk(LiveWorkspace(root), Saves(), Previews()), keys, host)
    changes = Watch(root)

    async def stream(request: HttpRequest) -> Response:
        return live.stream(changes, host.is_ending)

    @functools.cache
    def others() -> Router:
        return _others(service)

    async def other(scope: Scope, receive: Receive, send: Send) -> None:
        await (await run_in_threadpool(others))(scope, receive, send)

    first_page, first_data = (_answering(service, home.home, as_json=as_json) for as_json in (False, True))

    async def first(request: HttpRequest) -> Response:
        response = await first_page(request)
        response.background = BackgroundTask(others)
        return response

    routes = [_route("/index.json", first_data), _route("/", first), _route("/live", stream)]
    return Starlette(routes=[*routes, opening.STATIC, Mount("/", other)])


def _others(service: Service) -> Router:
    """All pages but the first."""
    from docgen.page import views  # and with it all of docgen, which takes a moment

    routes = [_route(f"{path}.json", _answering(service, view, as_json=True)) for path, view in views.PAGES.items()]
    routes += [_route(path, _answering(service, view)) for path, view in {**views.PAGES, **views.FILES}.items()]
    for path, view in views.ACTIONS.items():
        answer = _answering(service, view, quick=view in views.WHILE_TYPING)
        routes.append(Route(path, answer, methods=["POST"]))
    routes.sort(key=lambda route: route.path.endswith("}"))  # a word of its own comes before any name
    return Router(routes)


def _route(path: str, answer: Endpoint) -> Route:
    """An address that is read."""
    return Route(path, answer, methods=["GET"])


def _answering(service: Service, view: PageView, as_json: bool = False, quick: bool = False) -> Endpoint:
    """What answers with a view; a `quick` one takes the workspace as it was last read."""

    async def answer(request: HttpRequest) -> Response:
        try:
            return await _answer(request, service, view, as_json, quick)
        except HTTPException:
            raise
        except asyncio.CancelledError:
            if not service.host.is_ending():
                raise
            return _error(503, "docgen serve has ended.", service.keys)
        except Exception as error:  # what is left is nobody's fault but docgen's
            report = service.host.report(error)
            return _error(500, "This is a fault of docgen. Nothing was written half.", service.keys, report)

    return answer


async def _answer(request: HttpRequest, service: Service, view: PageView, as_json: bool, quick: bool) -> Response:
    """A view's answer to a request."""
    keys = service.keys
    visit = await _visit(request, service, as_json, quick)
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
    return _json(shown) if as_json else HTMLResponse(html(shown.template, shown.data, keys.form), shown.status)


async def _visit(request: HttpRequest, service: Service, as_json: bool, quick: bool) -> Visit | Response:
    """The request with its form; a response where it may not be answered, or not yet."""
    desk, keys = service.desk, service.keys
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
    last = desk.live.last if quick else None
    snapshot = last or await _snapshot(desk.live, waits=as_json or request.method not in guard.SAFE)
    if snapshot is None:
        return opening.plan_folders(desk.live.root)
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
    return HTMLResponse(html("error.html", data, keys.form), status)
