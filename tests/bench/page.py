"""How quick the page is: a field that is typed in, until its problems and the preview are there; and its first page.

Each is measured by the clock and by the processor of this program, which serves and asks: beside other work the clock
says what that work took as well.
"""

from __future__ import annotations

import functools
import http.client
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from starlette.testclient import TestClient

from docgen.page import app, guard
from docgen.page.guard import Keys, Site
from tests.bench.rows import Row, at_most
from tests.conftest import ROOT

SITE = Site("127.0.0.1", 8765)
USUAL, LATE, START = 0.1, 0.3, 1.0  # seconds: the median, 95 of 100, and the first page
STARTS = 5
EACH = 12  # changes typed in each plan
Spent = tuple[float, float]  # seconds by the clock, and of the processor


def page(folder: Path) -> Iterator[Row]:
    """The page of a workspace: its first answer, and changes typed into the newest amendment of each plan."""
    starts = [[*_pages(ROOT)] for _ in range(STARTS)]
    serve = "`docgen serve` of the shipped workspace, from its start to"
    first, checked = ([start[at] for start in starts] for at in (0, 1))
    yield from _rows(f"{serve} its first page, with the plans, beside a second", [_at(first, 0.5)], START)
    yield from _rows(f"{serve} how each amendment stands, beside two seconds", [_at(checked, 0.5)], 2 * START)
    of_large = [next(_pages(folder)) for _ in range(STARTS)]
    yield from _rows("the first page of a large workspace, beside a second", [_at(of_large, 0.5)], START)
    keys = Keys()
    client = TestClient(app.application(folder, SITE, keys, guard.Host(str)), base_url=SITE.origin)
    client.get(f"{guard.ENTRY}{keys.entry}")
    names = [plan["amendments"][0]["name"] for plan in client.get("/index.json").json()["plans"]]
    times = [each for name in names for each in _typed(client, keys, name, "form-check")]
    typed = "a field typed in, to problems and preview"
    yield from _rows(f"{typed}: median, beside 100 ms", [_at(times, 0.5)], USUAL)
    yield from _rows(f"{typed}: 95 of 100, beside 300 ms", [_at(times, 0.95)], LATE)
    rules = [each for name in names for each in [*_typed(client, keys, name, "rules")][:2]]
    yield from _rows("what all rules say of it, which follows: median, beside a second", [_at(rules, 0.5)], START)


def _pages(folder: Path) -> Iterator[Spent]:
    """A start of `docgen serve`, until a browser has the plans; then until it has how each amendment stands."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "docgen", "serve", "--no-browser", "--workspace", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as server:
        try:
            address = urlsplit(next(iter(server.stdout or ())).strip())
            client = http.client.HTTPConnection(address.netloc)
            client.request("GET", address.path)
            answer = client.getresponse()
            answer.read()
            cookie = str(answer.getheader("set-cookie")).split(";")[0]
            _first(client, cookie, "</html>")
            yield time.perf_counter() - start, _processor(server.pid)
            _first(client, cookie, "To look at")
            yield time.perf_counter() - start, _processor(server.pid)
        finally:
            server.terminate()


def _first(client: http.client.HTTPConnection, cookie: str, words: str) -> None:
    """Asks for the first page until it has these words."""
    page = ""
    while words not in page:
        client.request("GET", "/", headers={"cookie": cookie})
        page = client.getresponse().read().decode()


def _processor(process: int) -> float:
    """The seconds of the processor that a process has taken."""
    parts = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")


def _rows(measure: str, times: Sequence[Spent], most: float) -> Iterator[Row]:
    """A measure by the clock, and by the processor."""
    for wall, processor in times:
        yield at_most(measure, wall, most, 1)
        yield at_most(f"{measure}; by the processor", processor, most, 1)


def _at(times: Sequence[Spent], part: float) -> Spent:
    """What so many of all took at most, each way of measuring by itself."""
    walls, processors = (sorted(each) for each in zip(*times, strict=True))
    place = min(int(len(times) * part), len(times) - 1)
    return walls[place], processors[place]


def _spent(work: Callable[[], object]) -> Spent:
    """The seconds of some work, and those of the processor."""
    start, began = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - start, time.process_time() - began


def _typed(client: TestClient, keys: Keys, name: str, address: str) -> Iterator[Spent]:
    """The seconds that each of some changes of a fee takes."""
    basis = re.search(r'name="basis" value="(\w+)"', client.get(f"/plans/{name}").text)
    if basis is None:
        return

    def check(fee: str) -> None:
        fields = {guard.TOKEN: keys.form, "basis": basis[1], "changes[2].service_fee": fee}
        client.post(f"/{address}/{name}", data=fields, headers={"origin": SITE.origin})

    for number in range(EACH):
        yield _spent(functools.partial(check, f"0.1{number}%"))
