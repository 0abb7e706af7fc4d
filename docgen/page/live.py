"""Tells open pages that something was saved under schedules/ or templates/, by whomever."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

from starlette.responses import StreamingResponse

from docgen.files import watch
from docgen.problems import UsageProblem

PAUSE = 0.1  # seconds between two looks
ALIVE = 150  # looks after which a line without meaning shows whether the page is still there


@dataclass
class Watch:
    """How often something was saved since the page was opened."""

    root: Path
    number: int = 0
    is_on: bool = False

    def begin(self) -> None:
        """Watches from the first call on, in a thread that ends with the program."""
        if not self.is_on:
            self.is_on = True
            threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        try:
            for event in enumerate(watch.changes(self.root)):
                self.number, _ = event
        except UsageProblem:  # without watchfiles a page shows what was saved when it is loaded again
            return


def stream(changes: Watch, is_ending: Callable[[], bool]) -> StreamingResponse:
    """Server-sent events: `changed` each time that something was saved, until the program ends."""
    changes.begin()
    return StreamingResponse(_events(changes, is_ending), media_type="text/event-stream")


async def _events(changes: Watch, is_ending: Callable[[], bool]) -> AsyncIterator[str]:
    last, looks = changes.number, 0
    yield "retry: 1000\n\n"
    while not is_ending():
        await asyncio.sleep(PAUSE)
        looks += 1
        if changes.number != last:
            last = changes.number
            yield f"event: changed\ndata: {last}\n\n"
        elif looks % ALIVE == 0:
            yield ": here\n\n"
