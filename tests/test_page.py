"""The page, without a browser: every address, every guard, and that saving keeps what it was not told to change."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("starlette", reason="Starlette is not installed: make test installs it")

from starlette.testclient import TestClient  # after it is known to be there

from docgen.files import fingerprint
from docgen.page import app, guard, jinja_pages, opening, previews, saving, views
from docgen.page.guard import Keys, Site
from docgen.page.live_workspace import LiveWorkspace
from docgen.problems import DataProblem
from tests.conftest import ROOT, SEED, THIRD, Workspace

SITE = Site("127.0.0.1", 8765)
ORIGIN = {"origin": SITE.origin}
SECOND = "/plans/aim-class-b/002"
FILE = f"{SEED}/amendments/003.yaml"


class Browser:
    """A client that has come in by the one-time address, and its forms' token."""

    def __init__(self, root: Path) -> None:
        self.keys = Keys()
        self.faults: list[BaseException] = []
        page = app.application(root, SITE, self.keys, guard.Host(self._report))
        self.client = TestClient(page, base_url=SITE.origin, follow_redirects=False)
        self.entry = self.client.get(f"{guard.ENTRY}{self.keys.entry}")
        self.client.get("/index.json")  # which waits until the workspace is read

    def _report(self, error: BaseException) -> str:
        self.faults.append(error)
        return "fault.txt"

    def get(self, path: str, status: int = 200) -> str:
        answer = self.client.get(path)
        assert answer.status_code == status, answer.text
        return str(answer.text)

    def post(self, path: str, fields: Mapping[str, str], status: int = 303) -> str:
        answer = self.client.post(path, data={guard.TOKEN: self.keys.form, **fields}, headers=ORIGIN)
        assert answer.status_code == status, answer.text
        return str(answer.text)

    def basis(self, path: str) -> str:
        match = re.search(r'name="basis" value="(\w+)"', self.get(path))
        assert match
        return match[1]


@pytest.fixture
def browser(amended: Workspace) -> Iterator[Browser]:
    visitor = Browser(amended.root)
    yield visitor
    assert visitor.faults == []


PAGES = {
    "/": "Amendment No. 3",
    "/plans/aim-class-b": "INVESCO European Fund",
    "/plans/aim-class-b?on=2003-11-10": "Amendment No. 3",
    f"{SECOND}?tab=text": "The file, as it stands",
    SECOND: "The amendment",
    "/plans/aim-class-b/003": "AIM Core Stock Fund",
    "/funds": "INVESCO European Fund",
    "/matrix": "INVESCO European Fund",
    "/new": "Distribution plan",
    "/plan-text/aim-class-b": "Securitization Feature",
    "/new?kind=multi-class-plan": "Maximum Distribution Fee 0.75%",
    "/status": "aim-class-b/003",
    "/exhibits": "Of a registrant or a plan",
    "/exhibits?name=aim-class-b": "aim-class-b",
    "/funds?name=INVESCO+Core+Equity+Fund": "is renamed AIM Core Stock Fund",
}


@pytest.mark.seconds
@pytest.mark.parametrize("path", PAGES)
def test_a_page_shows_what_it_is_for(browser: Browser, path: str) -> None:
    assert PAGES[path] in browser.get(path)


@pytest.mark.seconds
def test_a_workspace_and_a_plan_are_begun_in_an_empty_folder(empty: Workspace) -> None:
    visitor = Browser(empty.root)
    assert "An empty folder" in visitor.get("/")
    visitor.post("/begin", {"do": "nothing"})
    assert "There is no plan here yet" in visitor.get("/")
    fields = {"kind": "distribution-plan", "title": "Master Plan", "registrants": "AIM Stock Funds\r\nAIM Bond Funds"}
    fields |= {"share_classes": "Class R", "columns": "Maximum Service Fee 0.25%", "dated": "2003-13-01"}
    page = visitor.post("/new", {**fields, "do": "look"}, 422)
    assert "2003-13-01 is not a date" in page.split('id="help-dated"')[1].split('class="field"')[0]
    assert not (empty.root / "schedules/plan-class-r").exists()
    fields["dated"] = "2003-11-01"
    page = visitor.post("/new", {**fields, "do": "look"}, 200)
    assert "at_most: 0.25%" in page
    assert "Begin plan-class-r" in page
    visitor.post("/new", {**fields, "name": "plan-class-r", "do": "write plan-class-r"})
    assert "AIM Bond Funds" in visitor.get("/plans/plan-class-r/001")
    options = ("--class", "Class R", "--registrant", "AIM Stock Funds", "--registrant", "AIM Bond Funds")
    begun = ("--kind", "distribution-plan", "--title", "Master Plan", "--column", "Maximum Service Fee 0.25%")
    empty.run("new", "--plan", "p", *begun, *options, "--dated", "2003-11-01")
    for name in ("plan.yaml", "amendments/001.yaml"):
        first, second = (empty.root / f"schedules/{plan}/{name}" for plan in ("p", "plan-class-r"))
        assert first.read_bytes() == second.read_bytes(), "as the command writes it"
    assert visitor.faults == []


def test_what_a_plan_says_of_itself_is_edited_as_text(browser: Browser, amended: Workspace) -> None:
    file, address = amended.root / f"{SEED}/plan.yaml", "/plan-text/aim-class-b"
    before, basis = file.read_text(), browser.basis(address)
    text = before.replace("feature: Sec", "feture: Sec")
    browser.post(address, {"basis": basis, "text": text.replace("\n", "\r\n")})
    assert file.read_text() == text
    assert "feature" in browser.get(address).split('class="remedy"')[1].split("</ul>")[0], "the problem stands there"
    page = browser.post(address, {"basis": basis, "text": before + "# mine\n"}, 409)
    assert "feture" in page.split("Theirs")[1]
    assert file.read_text() == text
    browser.post("/undo", {})
    assert file.read_text() == before


def test_a_large_workspace_is_announced_while_it_is_read(amended: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "PATIENCE", 0)
    keys = Keys()
    client = TestClient(app.application(amended.root, SITE, keys, guard.Host(str)), base_url=SITE.origin)
    client.get(f"{guard.ENTRY}{keys.entry}")
    assert "being read and checked" in client.get("/").text
    assert client.get("/index.json").json()["plans"]
    assert "Amendment No. 3" in client.get("/").text


@pytest.mark.seconds
@pytest.mark.parametrize("path", PAGES)
def test_each_page_is_also_json(browser: Browser, path: str) -> None:
    place, _, query = path.partition("?")
    answer = browser.client.get(f"{'/index' if place == '/' else place}.json?{query}")
    assert answer.headers["content-type"] == "application/json"
    assert set(answer.json())


def test_the_schedule_as_json_is_that_of_docgen_show(browser: Browser, amended: Workspace) -> None:
    shown = browser.client.get("/plans/aim-class-b.json?on=2003-11-10").json()["in_force"]
    answer = amended.run("show", "aim-class-b", "--on", "2003-11-10", "--json")
    assert f'"amendment": "{shown["amendment"]}"' in answer.out
    assert shown["schedules"][0]["groups"][0]["name"] in answer.out


def test_the_newest_schedule_says_what_a_day_does_not_have_yet(browser: Browser) -> None:
    assert "does not have yet" in browser.get("/plans/aim-class-b?on=2003-11-10")
    assert "does not have yet" not in browser.get("/plans/aim-class-b")
    assert "12-40-2003 is not a date" in browser.get("/plans/aim-class-b?on=12-40-2003", 404)


def test_a_misspelt_fund_is_asked_about(browser: Browser) -> None:
    assert "INVESCO European Fund</a>?" in browser.get("/funds?name=INVESCO+Europaen+Fund", 404)


@pytest.mark.seconds
def test_files_come_as_what_they_are(browser: Browser) -> None:
    kinds = {
        "/export/aim-class-b.xlsx": "spreadsheetml",
        "/export/aim-class-b.csv?on=2003-11-10": "text/csv",
        "/papers/aim-class-b/003/schedule.txt": "text/plain",
        "/papers/aim-class-b/003/amendment.docx": "wordprocessingml",
        "/preview/aim-class-b/003/amendment.htm": "text/html",
        "/redline/aim-class-b/003.htm": "text/html",
    }
    for path, kind in kinds.items():
        answer = browser.client.get(path)
        assert answer.status_code == 200, path
        assert kind in answer.headers["content-type"]
    assert (
        browser.client.get("/papers/aim-class-b/003/amendment.docx")
        .headers["content-disposition"]
        .startswith("attachment")
    )


def test_a_preview_is_in_a_frame_that_can_do_nothing_but_lead_elsewhere(browser: Browser) -> None:
    page = "/preview/aim-class-b/003/amendment.htm"
    for address, links in ((page, ""), (f"{page}?at=elsewhere", ""), (f"{page}?at=plans", f" {previews.ONLY_LINKS}")):
        policy = browser.client.get(address).headers["content-security-policy"]
        assert {f"sandbox{links}", "default-src 'none'"} <= {part.strip() for part in policy.split(";")}
        assert "script" not in policy
    assert f'sandbox="{previews.ONLY_LINKS}"' in browser.get("/plans/aim-class-b/003")


def test_every_answer_says_what_it_is_and_that_it_stays_here(browser: Browser) -> None:
    for path in ("/", "/index.json", "/static/page.css", "/nowhere", "/plans/x/y"):
        headers = browser.client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "access-control-allow-origin" not in headers


def test_the_one_time_address_is_good_once(browser: Browser) -> None:
    cookie = browser.entry.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    browser.client.cookies.clear()
    assert "is none of this run" in browser.get(f"{guard.ENTRY}{'x' * 43}", 403)
    assert browser.keys.entry not in browser.entry.text
    assert browser.client.get(f"{guard.ENTRY}{browser.keys.entry}").status_code == 200
    assert browser.client.get("/").status_code == 200


@pytest.mark.seconds
@pytest.mark.parametrize(
    "path", ["/", "/index.json", "/live", "/static/page.css", "/papers/aim-class-b/002/schedule.txt"]
)
def test_without_the_cookie_nothing_is_shown(browser: Browser, path: str) -> None:
    browser.client.cookies.clear()
    assert browser.client.get(path).status_code == 403
    browser.client.cookies.set(guard.cookie_name(SITE), "guess")
    assert browser.client.get(path).status_code == 403


def test_cookies_of_other_programs_do_not_lock_a_person_out(browser: Browser) -> None:
    cookie = f"{guard.cookie_name(SITE)}={browser.keys.cookie}"
    browser.client.cookies.clear()
    for other in ('theirs={"a": 1}; ', "bare; ", "a[b]=1; ", 'open="; '):
        assert browser.client.get("/", headers={"cookie": other + cookie}).status_code == 200


HOSTS = (
    "evil.example", "127.0.0.1", "127.0.0.1:80", "localhost:8765", "127.0.0.1:8765.evil.example", "[::1]:8765", "",
    "127.0.0.1:8765.", "127.0.0.1.:8765", "127.0.0.1:08765", "127.1:8765", "LOCALHOST:8765", "a@127.0.0.1:8765",
)  # fmt: skip


@pytest.mark.seconds
@pytest.mark.parametrize("host", HOSTS)
def test_another_host_is_misdirected(browser: Browser, host: str) -> None:
    assert browser.client.get("/", headers={"host": host}).status_code == 421
    entry = browser.client.get(f"{guard.ENTRY}{browser.keys.entry}", headers={"host": host})
    assert entry.status_code == 421


def test_only_a_paper_with_one_before_it_has_a_redline(browser: Browser) -> None:
    assert "/redline/aim-class-b/003.htm" in browser.get("/plans/aim-class-b/003")
    assert "/redline/" not in browser.get("/plans/aim-class-b/002")


ADDRESSES = (*views.ACTIONS,)
ELSEWHERE: dict[str, dict[str, str]] = {
    "another site": {"origin": "http://evil.example"},
    "another port": {"origin": "http://127.0.0.1:9999"},
    "an opaque page": {"origin": "null"},
    "a page of another site": {"sec-fetch-site": "cross-site"},
    "a page of another port": {"sec-fetch-site": "same-site", **ORIGIN},
    "a person's bookmark": {"sec-fetch-site": "none"},
    "nowhere": {},
}


@pytest.mark.seconds
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_form_from_elsewhere_is_refused(browser: Browser, address: str) -> None:
    path, form = filled(address), {guard.TOKEN: browser.keys.form}
    answers = {place: browser.client.post(path, data=form, headers=headers) for place, headers in ELSEWHERE.items()}
    assert {place: answer.status_code for place, answer in answers.items()} == dict.fromkeys(ELSEWHERE, 403)


def filled(address: str) -> str:
    """An address with names in it."""
    names = {"{plan}": "aim-class-b", "{amendment}": "003", "{event}": "e", "{suffix}": "htm", "{document}": "schedule"}
    for place, name in names.items():
        address = address.replace(place, name)
    return address


@pytest.mark.seconds
@pytest.mark.parametrize("name", guard.ONCE)
def test_a_header_says_one_thing(browser: Browser, name: str) -> None:
    form = {"content-type": guard.FORMS[0], "content-length": "0", "sec-fetch-site": "same-origin", **ORIGIN}
    for twice in (form[name], "text/plain"):
        headers = [*form.items(), (name, twice)]
        assert browser.client.post("/undo", content=b"", headers=headers).status_code == 400


@pytest.mark.seconds
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_form_without_the_token_is_refused(browser: Browser, address: str) -> None:
    for fields in ({}, {guard.TOKEN: "guess"}):
        answer = browser.client.post(filled(address), data={"x": "y", **fields}, headers=ORIGIN)
        assert answer.status_code == 403
        assert "earlier run" in answer.text


@pytest.mark.seconds
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_form_is_taken_as_a_form_only(browser: Browser, address: str) -> None:
    token = f"{guard.TOKEN}={browser.keys.form}"
    for kind in ("text/plain", "application/json", ""):
        answer = browser.client.post(filled(address), content=token, headers={**ORIGIN, "content-type": kind})
        assert answer.status_code == 415, kind


def test_a_form_says_how_long_it_is_and_is_not_too_long(browser: Browser) -> None:
    form = {**ORIGIN, "content-type": guard.FORMS[0]}
    unknown = browser.client.post("/undo", content=iter([b"a=b"]), headers=form)
    assert unknown.status_code == 411
    long = browser.client.post("/undo", content=b"", headers={**form, "content-length": str(guard.LARGEST + 1)})
    assert long.status_code == 413


@pytest.mark.seconds
@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_only_get_and_post_are_answered(browser: Browser, method: str) -> None:
    assert browser.client.request(method, "/").status_code == 405


def test_the_fetch_headers_of_a_browser_are_enough(browser: Browser) -> None:
    fields = {guard.TOKEN: browser.keys.form, "text": "number: 2\n"}
    answer = browser.client.post("/check/aim-class-b/003", data=fields, headers={"sec-fetch-site": "same-origin"})
    assert answer.status_code == 200


PATHS = ("%2e%2e", "..%2fplan", "%2fetc%2fpasswd", "plan.yaml", "003.yaml", "003%00", "")


@pytest.mark.seconds
@pytest.mark.parametrize("path", PATHS)
def test_a_path_is_no_name(browser: Browser, path: str) -> None:
    for place in (
        "/plans/aim-class-b/{}",
        "/plans/{}",
        "/preview/aim-class-b/{}/schedule.htm",
        "/papers/{}/003/schedule.txt",
    ):
        address = place.format(path)
        if address.rstrip("/") not in ("/plans/aim-class-b", "/plans"):
            assert browser.client.get(address).status_code in (404, 307), address
    assert browser.client.get("/papers/aim-class-b/003/..%2f..%2fplan.yaml").status_code == 404


@pytest.mark.seconds
def test_looking_changes_nothing(browser: Browser, amended: Workspace) -> None:
    before = contents(amended.root)
    for path in PAGES:
        browser.get(path)
    for address in ("/", *views.PAGES, *views.FILES):
        if "zip" not in address and (".{suffix}" not in address or "export" in address):
            browser.client.get(filled(address).replace("{file}", "schedule.txt"))
    assert contents(amended.root) == before


def contents(root: Path) -> dict[str, bytes]:
    """Every file of a workspace."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_a_text_is_checked_before_it_is_saved(browser: Browser, amended: Workspace) -> None:
    broken = THIRD.replace("STOCK FUNDS, INC.\n  - remove", "STOCK FUND, INC.\n  - remove", 1)
    text = browser.post("/check/aim-class-b/003", {"text": broken}, 200)
    assert "line 6" in text
    assert "did you mean" in text
    assert "AIM STOCK FUNDS, INC." in text
    assert (amended.root / FILE).read_text() == THIRD


def test_the_last_good_preview_stays_under_a_broken_text(browser: Browser) -> None:
    good = browser.post("/check/aim-class-b/003", {"text": THIRD}, 200)
    broken = browser.post("/check/aim-class-b/003", {"text": THIRD + "changes: no\n"}, 200)
    (frame,) = set(re.findall(r"amendment.htm\?n=\d+", good))
    assert frame in broken
    assert "stale" in broken
    assert "stale" not in good
    assert "AIM Core Stock Fund" in browser.get(f"/preview/aim-class-b/003/{frame}")


def test_without_javascript_a_check_brings_the_page_with_what_was_typed(browser: Browser) -> None:
    text = browser.post("/check/aim-class-b/003", {"text": "number: 3\nmine: yes\n", "page": "yes"}, 200)
    assert "mine: yes" in text
    assert "is not a key that docgen knows" in text


def test_a_save_writes_the_text(browser: Browser, amended: Workspace) -> None:
    basis = browser.basis("/plans/aim-class-b/003")
    browser.post("/save/aim-class-b/003", {"text": THIRD.replace("\n", "\r\n") + "# mine", "basis": basis})
    assert (amended.root / FILE).read_text() == THIRD + "# mine"
    assert "Undo the last save" in browser.get("/plans/aim-class-b/003")


def test_a_save_of_something_wrong_loses_nothing(browser: Browser, amended: Workspace) -> None:
    basis = browser.basis("/plans/aim-class-b/003")
    browser.post("/save/aim-class-b/003", {"text": "number: three\n", "basis": basis})
    assert (amended.root / FILE).read_text() == "number: three\n"
    page = browser.get("/plans/aim-class-b/003")
    assert "three" in page
    assert "problem" in browser.get("/")


@pytest.mark.seconds
def test_a_second_save_of_an_old_page_gives_three_choices(browser: Browser, amended: Workspace) -> None:
    basis = browser.basis("/plans/aim-class-b/003")
    amended.write({FILE: THIRD + "# theirs\n"})
    page = browser.post("/save/aim-class-b/003", {"text": THIRD + "# mine\n", "basis": basis}, 409)
    assert (amended.root / FILE).read_text() == THIRD + "# theirs\n"
    assert "# theirs" in page
    assert "# mine" in page
    browser.post("/save/aim-class-b/003", {"text": THIRD + "# mine\n", "choice": "draft"})
    assert (amended.root / f"{SEED}/amendments/004.yaml").read_text() == f"draft: true\n{THIRD}# mine\n"
    assert (amended.root / FILE).read_text() == THIRD + "# theirs\n"
    fresh = re.search(r'name="basis" value="(\w+)"', page)
    assert fresh
    browser.post("/save/aim-class-b/003", {"text": THIRD + "# both\n", "basis": fresh[1]})
    assert (amended.root / FILE).read_text() == THIRD + "# both\n"


def test_of_several_at_once_one_saves(amended: Workspace) -> None:
    basis = fingerprint.digest(THIRD.encode())
    texts = [f"# {number}\n".encode() for number in range(8)]
    with ThreadPoolExecutor(8) as tabs:
        results = [*tabs.map(lambda text: saving.save(amended.root, FILE, text, basis), texts)]
    (winner,) = [result for result in results if isinstance(result, saving.Save)]
    assert (amended.root / FILE).read_bytes() == winner.after
    assert {result.current for result in results if isinstance(result, saving.Conflict)} == {winner.after}


@pytest.mark.seconds
def test_a_save_can_be_taken_back_unless_somebody_went_on(browser: Browser, amended: Workspace) -> None:
    basis = browser.basis("/plans/aim-class-b/003")
    browser.post("/save/aim-class-b/003", {"text": "# one\n", "basis": basis})
    browser.post("/save/aim-class-b/003", {"text": "# two\n", "basis": browser.basis("/plans/aim-class-b/003")})
    browser.post("/undo", {})
    assert (amended.root / FILE).read_text() == "# one\n"
    amended.write({FILE: "# three\n"})
    assert "was changed since you saved it" in browser.post("/undo", {}, 422)
    amended.write({FILE: "# one\n"})
    browser.post("/undo", {})
    assert (amended.root / FILE).read_text() == THIRD
    assert "nothing was saved here" in browser.post("/undo", {}, 404)


@pytest.mark.slow
def test_what_is_sealed_cannot_be_edited(browser: Browser, amended: Workspace) -> None:
    assert amended.run("seal", "aim-class-b/002").code == 0
    before = (amended.root / f"{SEED}/amendments/002.yaml").read_bytes()
    page = browser.get(SECOND)
    assert "It was filed and sealed" in page
    assert "<textarea" not in page
    assert "is sealed" in browser.post("/save/aim-class-b/002", {"text": "number: 2\n", "basis": ""}, 422)
    assert (amended.root / f"{SEED}/amendments/002.yaml").read_bytes() == before


BAD: dict[str, Callable[[Workspace], object]] = {
    "no YAML": lambda work: work.write({FILE: "a: [b\n"}),
    "no text": lambda work: work.write({FILE: b"\xff\xfe\x00"}),
    "no plan": lambda work: work.write({f"{SEED}/plan.yaml": "title: x\n"}),
    "no file": lambda work: (work.root / FILE).unlink(),
    "no folder": lambda work: (work.root / "schedules").rename(work.root / "elsewhere"),
    "an empty file": lambda work: work.write({FILE: ""}),
    "a bad template": lambda work: work.write(
        {"templates/distribution-plan/amendment.html.j2": "{{ nothing.at.all }}"}
    ),
}


@pytest.mark.seconds
@pytest.mark.parametrize("fault", BAD)
def test_the_page_outlives_bad_data(browser: Browser, amended: Workspace, fault: str) -> None:
    browser.get("/")
    BAD[fault](amended)
    for path in (*PAGES, "/preview/aim-class-b/003/amendment.htm", "/papers/aim-class-b/003/schedule.txt"):
        assert browser.client.get(path).status_code in (200, 404, 422), path
    for address in ("/check/aim-class-b/003", "/save/aim-class-b/003"):
        fields = {guard.TOKEN: browser.keys.form, "text": "number: 3\n", "basis": ""}
        assert browser.client.post(address, data=fields, headers=ORIGIN).status_code in (200, 404, 409, 422), address


def test_only_plans_that_changed_are_read_again(amended: Workspace) -> None:

    amended.write(
        {"schedules/p/plan.yaml": (ROOT / SEED / "plan.yaml").read_bytes(), "schedules/p/amendments/001.yaml": THIRD}
    )
    live = LiveWorkspace(amended.root)
    first = live.snapshot()
    assert live.snapshot() is first
    amended.write({"schedules/p/amendments/001.yaml": "number: 1\n"})
    second = live.snapshot()
    assert second.plan("aim-class-b") is first.plan("aim-class-b")
    assert second.problems != first.problems


TEXTS = [
    path
    for folder in ("schedules", "tests/cases")
    for path in sorted((ROOT / folder).rglob("*.yaml"))
]  # fmt: skip


def test_what_is_wrong_beside_the_amendments_is_on_the_first_page(browser: Browser, amended: Workspace) -> None:
    amended.write({f"{SEED}/amendments/002.yml": THIRD})
    assert "has the same id as 002.yaml" in browser.get("/")


def test_a_set_from_the_page_is_whole_wherever_the_workspace_is(tmp_path: Path) -> None:
    root = Workspace(tmp_path / "filed").write({f"{SEED}/plan.yaml": (ROOT / SEED / "plan.yaml").read_bytes()}).root
    snapshot, saves, plan = LiveWorkspace(root).snapshot(), saving.Saves(), root / SEED / "plan.yaml"
    before = plan.read_bytes()

    def work(fault: bool) -> list[Path]:
        plan.write_bytes(before + b"# more\n")
        if fault:
            raise OSError("no room")
        return [plan]

    with pytest.raises(OSError, match="no room"):
        saving.write(snapshot, saves, lambda: work(True))
    assert plan.read_bytes() == before
    saving.write(LiveWorkspace(root).snapshot(), saves, lambda: work(False))
    saving.undo(root, saves)
    assert plan.read_bytes() == before
    plan.write_bytes(before + b"# by another\n")
    with pytest.raises(DataProblem, match=r"plan.yaml: was saved meanwhile"):
        saving.write(snapshot, saves, lambda: work(False))
    assert plan.read_bytes() == before + b"# by another\n"


@given(st.sampled_from(TEXTS), st.sampled_from(["\n", "\r\n", "\r"]), st.booleans(), st.data())
def test_only_the_lines_that_were_edited_change(path: Path, end: str, mark: bool, data: st.DataObject) -> None:
    text = path.read_text(encoding="utf-8")
    before = ((saving.BOM if mark else "") + text.replace("\n", end)).encode()
    assert saving.edited(before, saving.shown(before).replace("\n", "\r\n")) == before
    lines = saving.shown(before).split("\n")
    at = data.draw(st.integers(0, len(lines) - 1))
    changed = [*lines[:at], "new: line", *lines[at + 1 :]]
    after = saving.edited(before, "\r\n".join(changed))
    assert after.decode("utf-8-sig").split(end) == changed
    assert after.startswith(saving.BOM.encode()) == mark


def test_htmx_is_the_file_that_was_looked_at() -> None:
    data = (opening.FILES / "htmx.min.js").read_bytes()
    assert hashlib.sha256(data).hexdigest() == "d6fdc75f204e6bdefa99b69bf1e6d4ac69b8a364f77929f45c13476b4000f717"
    assert b'version:"2.0.11"' in data


def test_the_page_asks_for_nothing_elsewhere() -> None:
    for path in (*opening.FILES.iterdir(), *jinja_pages.TEMPLATES.iterdir()):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"""(?:src|href|action|url)\s*[=(]\s*["']?(?:https?:)?//""", text), path
        assert "style=" not in text or path.suffix == ".js", path
        assert not re.search(r"<script(?! src=)| on[a-z]+=", text) or path.name.startswith("htmx"), path
