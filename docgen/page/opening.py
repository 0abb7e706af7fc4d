"""The page from its first second on: while its parts are loaded, a page says so and asks again."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field

from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Scope, Send

PATIENCE = 0.2  # seconds that a page waits for the parts of the program
SOON = (
    '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="1">'
    "<title>docgen</title><p>docgen is starting. The page follows by itself.</p></html>"
)


@dataclass
class Opening:
    """An application that `make` makes, in a thread of its own, once the server has begun."""

    make: Callable[[], ASGIApp]
    ready: Future[ASGIApp] = field(default_factory=Future)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, in the manner of ASGI."""
        if scope["type"] == "lifespan":
            await self._alive(receive, send)
            return
        waiting = asyncio.wrap_future(self.ready)
        is_page = scope["method"] == "GET" and not scope["path"].startswith(("/static/", "/live"))
        await asyncio.wait({waiting}, timeout=PATIENCE if is_page and not scope["path"].endswith(".json") else None)
        answer = waiting.result() if waiting.done() else HTMLResponse(SOON)
        await answer(scope, receive, send)

    async def _alive(self, receive: Receive, send: Send) -> None:
        """Begins with the server, and ends with it."""
        await receive()
        threading.Thread(target=self._make, daemon=True).start()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await send({"type": "lifespan.shutdown.complete"})

    def _make(self) -> None:
        try:
            self.ready.set_result(self.make())
        except BaseException as error:  # it is for whoever asks
            self.ready.set_exception(error)
