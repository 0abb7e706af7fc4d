"""The page from its first second on: the plans by their folders, while docgen is loaded and reads and checks them."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.responses import HTMLResponse
from starlette.routing import Mount, Router
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from docgen.model import amendment_ids
from docgen.page import jinja_pages

PATIENCE = 0.3  # seconds that a page waits for the parts of the program
FILES = Path(__file__).parent / "static"
STATIC = Mount("/static", StaticFiles(directory=FILES))


def opening(root: Path, make: Callable[[], ASGIApp]) -> Router:
    """The page of a workspace, which `make` makes in a thread of its own once the server has begun.

    Until then a page gets the plans by their folders; all else waits.
    """
    ready: Future[ASGIApp] = Future()

    def begin() -> None:
        try:
            ready.set_result(make())
        except BaseException as error:  # it is for whoever asks
            ready.set_exception(error)

    @asynccontextmanager
    async def begun(_: object) -> AsyncIterator[None]:
        threading.Thread(target=begin, daemon=True).start()
        yield

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        waiting = asyncio.wrap_future(ready)
        is_page = scope["method"] == "GET" and not scope["path"].endswith((".json", "/live"))
        await asyncio.wait({waiting}, timeout=PATIENCE if is_page else None)
        page = waiting.result() if waiting.done() else plan_folders(root)
        await page(scope, receive, send)

    return Router([STATIC], default=answer, lifespan=begun)


def plan_folders(root: Path) -> HTMLResponse:
    """The page that shows the plans by their folders and the amendments by their files, and soon asks again."""
    folders = [path.parent for path in sorted((root / "schedules").glob("*/plan.yaml"))]
    try:
        plans = {folder.name: amendment_ids.amendment_files(root, folder)[0] for folder in folders}
    except OSError:  # what cannot be read is said by the page that follows
        plans = {}
    return HTMLResponse(jinja_pages.html("reading.html", {"plans": plans}, ""))
