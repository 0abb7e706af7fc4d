"""The page in Debian's Chromium: by mouse, by keyboard alone, without JavaScript, for two at once, judged by axe."""

from __future__ import annotations

import asyncio
import re
import socket
import textwrap
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("starlette", reason="Starlette is not installed: make test installs it")
pytest.importorskip("playwright", reason="Playwright is not installed: make test installs it")

import uvicorn  # after it is known to be there
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from docgen.model import yaml_reader
from docgen.page import app, guard
from docgen.page.guard import Keys, Site
from tests.conftest import HERE, ROOT, SEED, THIRD, Workspace
from tests.test_importing import SEED_FILE

PROGRAM = Path("/usr/bin/chromium")
AXE = HERE / "axe/node_modules/axe-core/axe.min.js"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.long,
    pytest.mark.skipif(not PROGRAM.exists(), reason=f"{PROGRAM} is not installed: apt-get install chromium"),
]
FILE = f"{SEED}/amendments/003.yaml"
THIRD_PAGE = "/plans/aim-class-b/003"
expect.set_options(timeout=30_000)  # a page may be slow where much else is at work


@pytest.fixture(scope="module")
def chromium() -> Iterator[Chromium]:
    with sync_playwright() as player:
        program = player.chromium.launch(executable_path=str(PROGRAM), args=["--no-sandbox", "--disable-gpu"])
        yield program
        program.close()


class Served:
    """A workspace that is served on a free port, until the end of the test."""

    def __init__(self, root: Path) -> None:
        listener = socket.create_server(("127.0.0.1", 0))
        self.site, self.keys = Site("127.0.0.1", listener.getsockname()[1]), Keys()
        self.faults: list[BaseException] = []
        host = guard.Host(self._report, is_ending=lambda: self.server.should_exit)
        page = app.application(root, self.site, self.keys, host)
        self.server = uvicorn.Server(uvicorn.Config(page, log_config=None, timeout_graceful_shutdown=20, lifespan="on"))
        self.listener = listener
        self.thread = threading.Thread(target=lambda: asyncio.run(self.server.serve([listener])), daemon=True)
        self.thread.start()
        while not self.server.started:
            time.sleep(0.02)

    def _report(self, error: BaseException) -> str:
        self.faults.append(error)
        return "fault.txt"

    def opened(self, context: BrowserContext) -> Page:
        """A page of the browser that has come in by the one-time address."""
        page = context.new_page()
        page.goto(f"{self.site.origin}{guard.ENTRY}{self.keys.entry}")
        page.wait_for_url(f"{self.site.origin}/")
        return page

    def close(self) -> None:
        self.server.should_exit = True
        self.thread.join(20)
        self.listener.close()
        assert self.faults == []


@pytest.fixture
def served(empty: Workspace) -> Iterator[Served]:
    """The worked plan, as `docgen init` makes it."""
    empty.run("init", ".")
    server = Served(empty.root)
    yield server
    server.close()


@pytest.fixture
def with_third(amended: Workspace) -> Iterator[Served]:
    """The worked plan with a third amendment of many changes, and a vote."""
    event = "event: the name\neffective: 2004-10-15\nchanges:\n  - rename_all: INVESCO\n    to: AIM\n"
    amended.write({"schedules/events/2004-10-15-name.yaml": event})
    amended.write({FILE: THIRD + "approvals:\n  - by: the Board\n    on: 2003-07-15\n"})
    server = Served(amended.root)
    yield server
    server.close()


def by_hand() -> object:
    """The data of the amendment that the README drafts."""
    step = re.search(r"003.yaml -->\n   ```yaml\n(.*?)   ```", (ROOT / "README.md").read_text(), re.DOTALL)
    assert step
    return yaml_reader.parse("003.yaml", textwrap.dedent(step[1]).encode()).data


FIELDS = {
    "effective": "2003-11-24",
    "dated": "",
    "changes-0--add": "INVESCO S&P 500 Index Fund",
    "changes-0--to": "AIM STOCK FUNDS, INC.",
    "changes-1--remove": "INVESCO Telecommunications Fund",
    "changes-1--into": "INVESCO Technology Fund",
    "changes-2--set": "INVESCO Mid-Cap Growth Fund",
    "changes-2--service-fee": "0.20%",
    "changes-2--aggregate-fee": "0.95%",
}
VERBS = ("add", "remove", "set")


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_the_readmes_amendment_by_mouse(served: Served, chromium: Chromium, empty: Workspace, script: bool) -> None:
    context = chromium.new_context(java_script_enabled=script)
    page = served.opened(context)
    page.get_by_role("link", name="Next amendment").click()
    page.get_by_role("button", name="Begin the draft").click()
    for verb in VERBS:
        page.select_option("#verb", verb)
        page.get_by_role("button", name="Begin this change").click()
    for field, text in FIELDS.items():
        page.fill(f"#{field}", text)
    page.select_option("#draft", "")
    page.get_by_text("The wording: recital").click()
    page.select_option("#form-recital", "whereas")
    if script:
        expect(page.locator("#result")).to_contain_text("INVESCO S&P 500 Index Fund is added")
        frame = page.frame_locator("iframe").first
        expect(frame.locator("body")).to_contain_text("the merger of INVESCO Telecommunications Fund")
    page.locator(".bottom").get_by_role("button", name="Save").click()
    expect(page.locator("#result")).to_contain_text("No problems.")
    assert yaml_reader.parse("003.yaml", (empty.root / FILE).read_bytes()).data == by_hand()
    context.close()


def test_the_readmes_amendment_by_keyboard_alone(served: Served, chromium: Chromium, empty: Workspace) -> None:
    context = chromium.new_context()
    page = served.opened(context)

    def tab_to(wanted: str) -> None:
        for _ in range(200):
            if page.evaluate(f"document.activeElement.matches({wanted!r})"):
                return
            page.keyboard.press("Tab")
        raise AssertionError(f"no Tab leads to {wanted}")

    tab_to("a[href='/next/aim-class-b']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/next/aim-class-b")
    tab_to("main button.primary")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{THIRD_PAGE}")
    for number, words in enumerate(("A row comes in", "A row goes", "A row gets other values")):
        tab_to("#verb")
        page.keyboard.type(words)
        tab_to("button[value='add']")
        page.keyboard.press("Enter")
        page.wait_for_selector(f"#changes-{number}--{VERBS[number]}")
    for field, text in FIELDS.items():
        tab_to(f"#{field}")
        page.keyboard.press("Control+A")
        page.keyboard.press("Delete")
        page.keyboard.type(text)
        page.keyboard.press("Escape")
        if field == "dated":
            tab_to("#draft")
            page.keyboard.press("Home")
    tab_to("details.wording > summary")
    page.keyboard.press("Enter")
    tab_to("#form-recital")
    page.keyboard.type("whereas")
    tab_to(".bottom button[value='save']")
    page.keyboard.press("Enter")
    expect(page.locator("#result")).to_contain_text("No problems.")
    assert yaml_reader.parse("003.yaml", (empty.root / FILE).read_bytes()).data == by_hand()
    context.close()


SLIPS = {
    "number": "three",
    "effective": "2003-13-24",
    "dated": "yesterday",
    "exhibit": "yes",
    "changes-0--add": "INVESCO Leisure Fund",
    "changes-0--to": "AIM STOCK FUND, INC.",
    "changes-1--remove": "INVESCO Telecomunications Fund",
    "changes-2--rename": "INVESCO Core Equty Fund",
    "changes-2--to": "INVESCO Dynamics Fund",
    "changes-3--move": "INVESCO Multi Sector Fund",
    "changes-3--to": "AIM SECTR FUNDS, INC.",
    "changes-4--remove-group": "AIM MANGER SERIES FUNDS, INC.",
    "changes-5--rename-group": "AIM STOKC FUNDS, INC.",
    "changes-5--to": "",
    "changes-6--add-group": "AIM SECTOR FUNDS, INC.",
    "changes-7--set": "INVESCO Mid Cap Growth Fund",
    "changes-7--service-fee": "0,20%",
    "changes-7--aggregate-fee": "2003-01-01",
    "approvals-0--on": "July",
    "approvals-0--by": "",
}


def test_each_slip_shows_at_its_field_while_it_is_typed(with_third: Served, chromium: Chromium) -> None:
    assert len(SLIPS) == 20
    context = chromium.new_context()
    page = with_third.opened(context)
    page.goto(f"{with_third.site.origin}{THIRD_PAGE}")
    for field, text in SLIPS.items():
        before = page.input_value(f"#{field}")
        page.fill(f"#{field}", text)
        expect(page.locator(f"#problems-{field} .field-problem")).to_be_visible()
        assert page.input_value(f"#{field}") == text, "nothing typed is lost"
        page.fill(f"#{field}", before)
        expect(page.locator(f"#problems-{field} .field-problem")).to_have_count(0)
    page.fill("#changes-0--to", "AIM STOCK FUND, INC.")
    page.get_by_role("button", name="Use “AIM STOCK FUNDS, INC.”").click()
    assert page.input_value("#changes-0--to") == "AIM STOCK FUNDS, INC."
    context.close()


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_word_of_the_preview_leads_to_what_says_it(with_third: Served, chromium: Chromium, script: bool) -> None:
    context = chromium.new_context(java_script_enabled=script)
    page = with_third.opened(context)
    page.goto(f"{with_third.site.origin}{THIRD_PAGE}")
    page.fill("#reason", "as the Board decided")
    page.get_by_role("button", name="Check without saving").click()
    page.wait_for_url("**/form/aim-class-b/003")
    frame = page.frame_locator("iframe").first
    frame.get_by_role("link", name="AIM Core Stock Fund", exact=True).click()
    expect(page.locator("#changes-2--rename")).to_be_in_viewport()
    expect(page.locator("#changes-2--rename:focus" if script else "#changes-2--rename:target")).to_have_count(1)
    expect(page.locator("#reason")).to_have_value("as the Board decided")
    with context.expect_page() as other:
        frame.get_by_role("link", name="pursuant to Rule 12b-1, is hereby amended").click()
    expect(other.value.locator("h1")).to_have_text("templates/distribution-plan/amendment.html.j2")
    expect(other.value.locator("li:target")).to_have_text('<p class="opening">')
    page.goto(f"{with_third.site.origin}{THIRD_PAGE}?tab=text")
    page.frame_locator("iframe").first.get_by_role("link", name="AIM Core Stock Fund", exact=True).click()
    line = "document.activeElement.value.substring(document.activeElement.selectionStart).split('\\n')[0]"
    if script:
        expect(page.locator("textarea#text")).to_be_focused()
        assert page.evaluate(line) == "  - rename: INVESCO Core Equity Fund"
    else:
        expect(page.locator("li:target")).to_have_text("  - rename: INVESCO Core Equity Fund")
    context.close()


def test_a_file_that_an_editor_saves_shows_at_once(with_third: Served, chromium: Chromium, amended: Workspace) -> None:
    context = chromium.new_context()
    page = with_third.opened(context)
    page.goto(f"{with_third.site.origin}{THIRD_PAGE}?tab=text")
    expect(page.locator("#text")).to_have_value(re.compile("AIM Core Stock Fund"))
    time.sleep(0.5)  # until the page listens
    amended.write({FILE: THIRD.replace("AIM Core Stock Fund", "AIM Other Fund")})
    expect(page.locator("#text")).to_have_value(re.compile("AIM Other Fund"), timeout=15_000)
    page.fill("#text", THIRD + "# mine\n")
    amended.write({FILE: THIRD + "# theirs\n"})
    expect(page.locator("#changed")).to_be_visible(timeout=15_000)
    expect(page.locator("#text")).to_have_value(re.compile("# mine"))
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Somebody saved this file meanwhile")
    page.get_by_role("button", name="Keep mine as a new draft").click()
    page.wait_for_url("**/plans/aim-class-b/004")
    assert (amended.root / f"{SEED}/amendments/004.yaml").read_text().endswith("# mine\n")
    assert (amended.root / FILE).read_text() == THIRD + "# theirs\n"
    context.close()


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_the_seeds_text_is_imported(served: Served, chromium: Chromium, empty: Workspace, script: bool) -> None:
    context = chromium.new_context(java_script_enabled=script)
    page = served.opened(context)
    page.set_default_timeout(120_000)
    page.get_by_role("link", name="Import", exact=True).click()
    page.set_input_files("#file", SEED_FILE)
    page.get_by_role("button", name="Read the file").click()
    expect(page.locator(".figures")).to_contain_text("19 of 19", timeout=60_000)
    expect(page.locator("table.schedule tr:not(.group) > th[scope='row']")).to_have_count(19)
    page.fill("#under", "class-b")
    page.get_by_role("button", name="Look at it under this name").click()
    expect(page.locator("pre").last).to_contain_text("INVESCO Utilities Fund")
    assert not (empty.root / "schedules/class-b").exists()
    page.get_by_role("button", name="Write it to class-b").click()
    page.wait_for_url("**/plans/class-b/002")
    assert (empty.root / "schedules/class-b/filed/002/exhibit.txt").read_bytes() == SEED_FILE.read_bytes()
    page.goto(f"{served.site.origin}/plans/class-b")
    expect(page.locator("table.schedule tr:not(.group) > th[scope='row']")).to_have_count(19)
    page.goto(f"{served.site.origin}/")
    page.get_by_role("button", name="Undo the last save").click()
    expect(page.get_by_text("class-b/002")).to_have_count(0)
    assert not (empty.root / "schedules/class-b/plan.yaml").exists()
    context.close()


EVERY_PAGE = (
    "/", "/plans/aim-class-b", "/plans/aim-class-b?on=2003-11-10", THIRD_PAGE, f"{THIRD_PAGE}?tab=text",
    "/funds", "/funds?name=INVESCO+Energy+Fund", "/events", "/events/2004-10-15-name", "/next/aim-class-b",
    "/plan-text/aim-class-b", "/import", "/import/aim-class-b", "/import/aim-class-b?paper=003",
    "/new", "/new?kind=multi-class-plan",
    "/matrix", "/status", "/exhibits", "/exhibits?name=aim-class-b",
    "/package/aim-class-b/003", "/seal/aim-class-b/003", "/examples/aim-class-b/003",
    "/source?file=schedules/aim-class-b/plan.yaml", "/plans/aim-class-b/002", "/plans/no/such",
)  # fmt: skip


@pytest.mark.skipif(not AXE.exists(), reason="axe not installed: npm install --prefix tests/axe --no-package-lock")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(with_third: Served, chromium: Chromium, scheme: str) -> None:
    context = chromium.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = with_third.opened(context)
    page.set_default_timeout(120_000)
    judge = "axe.run(document, {iframes: false}).then(found => found.violations.map(rule => rule.id))"
    for path in EVERY_PAGE:
        page.goto(with_third.site.origin + path)
        page.evaluate(AXE.read_text(encoding="utf-8"))
        assert page.evaluate(judge) == [], path
    page.goto(f"{with_third.site.origin}/import")
    page.set_input_files("#file", SEED_FILE)
    page.get_by_role("button", name="Read the file").click()
    expect(page.locator(".figures")).to_be_visible(timeout=60_000)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert page.evaluate(judge) == [], "the report of an import"
    page.goto(f"{with_third.site.origin}/events")
    page.get_by_role("button", name="Begin this change").click()
    expect(page.locator("#changes-0--rename-all")).to_be_focused()
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert page.evaluate(judge) == [], "the form of an event"
    page.goto(with_third.site.origin + THIRD_PAGE)
    page.get_by_text("The wording: recital").click()
    expect(page.locator("#example-form-number")).to_contain_text("THIRD AMENDMENT", timeout=60_000)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert page.evaluate(judge) == [], "the settings in sentences"
    page.evaluate("document.querySelector('main').innerHTML = '<img src=x><input>'")
    assert set(page.evaluate(judge)) >= {"image-alt", "label"}
    context.close()


@pytest.mark.parametrize("zoom", [1, 2], ids=["at 320 pixels", "at 200 percent"])
def test_no_page_is_wider_than_a_small_screen(with_third: Served, chromium: Chromium, zoom: int) -> None:
    context = chromium.new_context(viewport={"width": 320 * zoom, "height": 640})
    page = with_third.opened(context)
    for path in EVERY_PAGE:
        page.goto(with_third.site.origin + path)
        page.evaluate(f"document.documentElement.style.fontSize = '{100 * zoom}%'")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320 * zoom, path
    context.close()


def test_nothing_is_fetched_from_elsewhere_and_no_script_complains(with_third: Served, chromium: Chromium) -> None:
    context = chromium.new_context()
    hosts: set[str] = set()
    complaints: list[str] = []
    context.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    page = with_third.opened(context)
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for path in EVERY_PAGE[:-1]:
        page.goto(with_third.site.origin + path)
    page.goto(with_third.site.origin + THIRD_PAGE)
    expect(page.frame_locator("iframe").first.locator("body")).to_contain_text("AMENDMENT NO. 3")
    assert hosts == {with_third.site.authority}
    assert complaints == []
    context.close()
