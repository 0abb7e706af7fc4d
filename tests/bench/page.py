"""How quick the page is: a field that is typed in, until its problems and the preview are there; and its first page."""

from __future__ import annotations

import functools
import re
import statistics
from collections.abc import Iterator
from pathlib import Path

from starlette.testclient import TestClient

from docgen.page import app, guard
from docgen.page.guard import Keys, Site
from tests.bench.rows import Row, at_most, timed

SITE = Site("127.0.0.1", 8765)
USUAL, LATE, START = 0.1, 0.3, 1.0  # seconds: the median, 95 of 100, and the first page
EACH = 12  # changes typed in each plan


def page(folder: Path) -> Iterator[Row]:
    """The page of a workspace: its first answer, and changes typed into the newest amendment of each plan."""
    keys = Keys()
    client = TestClient(app.application(folder, SITE, keys, app.Host(str)), base_url=SITE.origin)
    client.get(f"{guard.ENTRY}{keys.entry}")
    yield at_most(
        "the page's first answer, beside the second that it may take", timed(lambda: client.get("/")), START, 1
    )
    names = [plan["amendments"][0]["name"] for plan in client.get("/index.json").json()["plans"]]
    times = sorted(time for name in names for time in _typed(client, keys, name))
    late = times[int(len(times) * 0.95)]
    yield at_most(
        "a field typed in, to problems and preview: median, beside 100 ms", statistics.median(times), USUAL, 1
    )
    yield at_most("the same, 95 of 100, beside 300 ms", late, LATE, 1)


def _typed(client: TestClient, keys: Keys, name: str) -> Iterator[float]:
    """The seconds that each of some changes of a fee takes."""
    basis = re.search(r'name="basis" value="(\w+)"', client.get(f"/plans/{name}").text)
    if basis is None:
        return

    def check(fee: str) -> None:
        fields = {guard.TOKEN: keys.form, "basis": basis[1], "changes[2].service_fee": fee}
        client.post(f"/form-check/{name}", data=fields, headers={"origin": SITE.origin})

    for number in range(EACH):
        yield timed(functools.partial(check, f"0.1{number}%"))
