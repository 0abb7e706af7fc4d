"""From a plan to a filed paper in the page: the next amendment, events, an edited sheet, the package, the seal."""

from __future__ import annotations

import html
import io
import os
import re
import threading
import time
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import openpyxl
import pytest

pytest.importorskip("starlette", reason="Starlette is not installed: make test installs it")

from docgen.importing import exhibit_files
from docgen.page import apart, papers
from docgen.problems import DataProblem
from tests.conftest import HERE, ROOT, SEED, Workspace  # after it is known to be there
from tests.test_importing import SEED_FILE
from tests.test_page import ORIGIN, Browser, contents

SECOND = f"{SEED}/amendments/002.yaml"


@pytest.fixture
def worked(empty: Workspace) -> Workspace:
    """The worked plan alone."""
    files = {name: (ROOT / SEED / name).read_bytes() for name in ("plan.yaml", "amendments/002.yaml")}
    return empty.write({f"{SEED}/{name}": data for name, data in files.items()})


@pytest.fixture
def browser(worked: Workspace, monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    monkeypatch.setattr(apart, "done", lambda file, work, *values: work(*values))  # which takes a process its time
    visitor = Browser(worked.root)
    yield visitor
    assert visitor.faults == []


def test_the_next_amendment_is_begun_with_its_number_and_days(browser: Browser, worked: Workspace) -> None:
    assert 'name="number" value="3"' in browser.get("/next/aim-class-b")
    wrong = browser.post("/next/aim-class-b", {"number": "3", "effective": "2003-13-24"}, 422)
    assert "2003-13-24 is not a date" in wrong
    assert 'value="2003-13-24"' in wrong
    assert not (worked.root / f"{SEED}/amendments/003.yaml").exists()
    browser.post("/next/aim-class-b", {"number": "3", "effective": "2003-11-24", "dated": ""})
    text = (worked.root / f"{SEED}/amendments/003.yaml").read_text()
    assert "number: 3\neffective: 2003-11-24 # the day" in text
    assert "dated: tbd        # the day" in text
    assert "is an open draft" in browser.post("/next/aim-class-b", {"number": "4"}, 422)
    browser.post("/undo", {})
    assert not (worked.root / f"{SEED}/amendments/003.yaml").exists()


def test_an_event_is_written_and_drafted_for_the_plans_that_are_ticked(browser: Browser, worked: Workspace) -> None:
    event = {
        "event": "The funds' new name!",
        "effective": "2004-10-15",
        "verbs": "rename_all",
        "changes[0].rename_all": "INVESCO",
    }
    assert 'name="changes[1].remove"' in browser.post("/events", {**event, "do": "add", "verb": "remove"}, 200)
    wrong = browser.post("/events", {**event, "do": "save"}, 422)
    assert "is missing" in wrong.split('id="problems-changes-0--to"')[1].split("</div>")[0]
    assert 'value="INVESCO"' in wrong
    browser.post("/events", {**event, "changes[0].to": "AIM", "do": "save"})
    assert (worked.root / "schedules/events/2004-10-15-the-funds-new-name.yaml").exists()
    page = browser.get("/events/2004-10-15-the-funds-new-name")
    assert 'name="plans" value="aim-class-b" checked' in page
    assert "becomes &#34;AIM&#34; in every name" in page
    assert "no plan is ticked" in browser.post("/events/2004-10-15-the-funds-new-name", {"plans": "other"}, 404)
    browser.post("/events/2004-10-15-the-funds-new-name", {"plans": "aim-class-b"})
    assert "rename_all: INVESCO" in (worked.root / f"{SEED}/amendments/003.yaml").read_text()
    browser.get("/events/no-such", 404)


def test_an_edited_sheet_becomes_the_next_amendment(browser: Browser, worked: Workspace) -> None:
    data = browser.client.get("/export/aim-class-b.xlsx").content
    book = openpyxl.load_workbook(io.BytesIO(data))
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            if cell.value == "INVESCO Energy Fund":
                cell.value = "AIM Energy Fund"
    out = io.BytesIO()
    book.save(out)
    form = {"form_token": browser.keys.form}
    upload = {"file": ("fees.xlsx", out.getvalue())}
    asked = browser.client.post("/import/aim-class-b", data=form, files=upload, headers=ORIGIN)
    assert asked.status_code == 200, asked.text
    assert "AIM Energy Fund was not there before. What is it?" in asked.text
    digest = re.search(r'name="upload" value="(\w+)"', asked.text)
    assert digest
    answer = {"upload": digest[1], "name": "fees.xlsx", "was AIM Energy Fund": "INVESCO Energy Fund"}
    shown = browser.post("/import/aim-class-b", answer, 200)
    assert "INVESCO Energy Fund is renamed AIM Energy Fund" in shown
    assert list((worked.root / f"{SEED}/amendments").iterdir()) == [worked.root / SECOND]
    browser.post("/import/aim-class-b", {**answer, "do": "write"})
    assert "rename: INVESCO Energy Fund" in (worked.root / f"{SEED}/amendments/003.yaml").read_text()


def test_a_csv_file_is_of_the_schedule_that_is_chosen(browser: Browser, worked: Workspace) -> None:
    case = HERE / "cases/two-schedules"
    for name in ("plan.yaml", "amendments/001.yaml"):
        worked.write({f"schedules/two-schedules/{name}": (case / name).read_bytes()})
    refused = browser.client.get("/export/two-schedules.csv")
    assert (refused.status_code, "choose one (--schedule), Appendix A or Appendix B" in refused.text) == (404, True)
    data = browser.client.get("/export/two-schedules.csv?schedule=Appendix B").content.replace(b"0.625%", b"0.60%")
    form = {"form_token": browser.keys.form}
    answers = [
        browser.client.post(
            "/import/two-schedules", data=form | chosen, files={"file": ("b.csv", data)}, headers=ORIGIN
        )
        for chosen in ({}, {"schedule": "Appendix B"})
    ]
    assert [answer.status_code for answer in answers] == [422, 200]
    assert "choose one (--schedule), Appendix A or Appendix B, or take all as .xlsx" in answers[0].text
    assert "Over $150 million of AIM Value Fund has other values (Annual Rate 0.60%)" in answers[1].text


@pytest.mark.slow
def test_a_filed_exhibit_is_reported_asked_about_shown_and_written(browser: Browser, worked: Workspace) -> None:
    text = SEED_FILE.read_text(encoding="ascii").replace("Dated:  November 3, 2003", "Approved by nobody.")
    text = text.replace("effective November 3, 2003", "effective November 3, 2993")
    form, upload = {"form_token": browser.keys.form}, {"file": ("odd.txt", text.encode())}
    page = html.unescape(browser.client.post("/import", data=form, files=upload, headers=ORIGIN).text)
    assert "19 of 19" in page
    assert "SALES" in page, "what the paper says otherwise"
    assert "odd.txt:118" in page
    assert "not understood: kept word for word" in page
    kept = {"name": "odd.txt", "upload": page.partition('name="upload" value="')[2].partition('"')[0]}
    kept["words Approved by nobody."] = "kept"
    page = browser.post("/import", kept, 200)
    assert "A day, in words of your own" in page
    kept["words November 3, 2993\tthe day that stands as: 2993-11-03"] = "November 3, 2003"
    page = browser.post("/import", kept, 200)
    assert 'name="under"' in page
    assert "already exists" in browser.post("/import", {**kept, "under": "aim-class-b"}, 422)
    assert "is not a name for a plan" in browser.post("/import", {**kept, "under": "../x"}, 422)
    before = contents(worked.root)
    page = browser.post("/import", {**kept, "under": "p"}, 200)
    assert "schedules/p/plan.yaml" in page
    assert 'value="write p"' in page
    assert contents(worked.root) == before, "nothing is written before it was looked at"
    browser.post("/import", {**kept, "under": "p", "do": "write p"})
    assert "Approved by nobody.: kept" in (worked.root / "schedules/import.yaml").read_text()
    assert (worked.root / "schedules/p/filed/002/odd.txt").read_bytes() == text.encode()
    assert "Amendment No. 2" in browser.get("/plans/p/002")
    browser.post("/undo", {})
    assert contents(worked.root) == before, "and is taken back with all its files"


@pytest.mark.slow
@pytest.mark.long
def test_exhibits_of_one_plan_become_a_chain(browser: Browser, worked: Workspace) -> None:
    text = SEED_FILE.read_text(encoding="ascii")
    later = text.replace("NO. 2", "NO. 3").replace("INVESCO Energy Fund     ", "INVESCO Energies Fund   ")
    texts = (later.replace("November 3", "December 3"), text)
    upload = [("file", (f"{number}.txt", each.encode())) for number, each in enumerate(texts)]
    answer = browser.client.post("/import", data={"form_token": browser.keys.form}, files=upload, headers=ORIGIN)
    page = html.unescape(answer.text)
    assert page.index("Amendment No. 2 to the") < page.index("Amendment No. 3 to the")
    assert "“INVESCO Energies Fund” was not in the one before. What is it?" in page
    kept = {key: re.findall(rf'name="{key}" value="(\w[^"]*)"', page) for key in ("upload", "name")}
    field = {"name INVESCO Energies Fund": "was\tINVESCO Energy Fund", "under": "p"}
    form = {"form_token": browser.keys.form, **kept, **field}
    page = html.unescape(browser.client.post("/import", data=form, headers=ORIGIN).text)
    assert "rename: INVESCO Energy Fund\n    to: INVESCO Energies Fund" in page
    before = contents(worked.root)
    assert browser.client.post("/import", data={**form, "do": "write p"}, headers=ORIGIN).status_code == 303
    assert (worked.root / "schedules/p/filed/003/0.txt").read_bytes() == texts[0].encode()
    assert "INVESCO Energy Fund: INVESCO Energies Fund" in (worked.root / "schedules/import.yaml").read_text("utf-8")
    assert worked.run("check").code == 0
    browser.post("/undo", {})
    assert contents(worked.root) == before


@pytest.mark.slow
def test_a_paper_that_came_back_is_typed_into_its_data(browser: Browser, worked: Workspace) -> None:
    data = (HERE / "returned/tracked-in-libreoffice.docx").read_bytes()
    form = {"form_token": browser.keys.form, "is": "returned", "of": "aim-class-b"}
    answer = browser.client.post("/import", data=form, files={"file": ("back.docx", data)}, headers=ORIGIN)
    page = html.unescape(answer.text)
    assert "back.docx is read as aim-class-b/002, its amendment" in page
    assert "Tracked changes in back.docx" in page
    assert "- remove: INVESCO Telecommunications Fund" in page
    kept = {key: re.findall(rf'name="{key}" value="(\w[^"]*)"', page)[0] for key in ("upload", "name")}
    second = (worked.root / SECOND).read_text()
    browser.post("/import", {**form, **kept, "do": "type"})
    assert "INVESCO Telecommunications Fund" not in (worked.root / SECOND).read_text()
    browser.post("/undo", {})
    assert (worked.root / SECOND).read_text() == second


@pytest.mark.seconds
@pytest.mark.parametrize("name", ["fees.xls", "fees.xlsx", "../../fees.csv", "x" * 300 + ".csv", "", "exhibit.docx"])
def test_a_file_that_is_no_sheet_and_no_exhibit_is_refused_in_words(browser: Browser, name: str) -> None:
    form, upload = {"form_token": browser.keys.form}, {"file": (name, b"PK\x03\x04 no zip")}
    answer = browser.client.post("/import/aim-class-b", data=form, files=upload, headers=ORIGIN)
    assert answer.status_code == 422, answer.text


def test_a_file_is_made_once_and_holds_up_no_other() -> None:
    gate, calls = threading.Event(), []

    def slowly() -> dict[str, bytes]:
        calls.append("slow")
        gate.wait(20)
        return {"slow.pdf": b"1"}

    def fails() -> dict[str, bytes]:
        raise DataProblem([])

    with ThreadPoolExecutor(2) as threads:
        both = [threads.submit(papers.remembered, "slow", slowly) for _ in range(2)]
        assert papers.remembered("quick", lambda: {"quick.pdf": b"2"}) == {"quick.pdf": b"2"}
        gate.set()
        assert [each.result() for each in both] == [{"slow.pdf": b"1"}] * 2
    assert calls == ["slow"]
    with pytest.raises(DataProblem):
        papers.remembered("fails", fails)
    assert papers.remembered("fails", dict) == {}


@pytest.mark.slow
def test_work_on_a_file_that_was_dropped_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    assert apart.done("x", len, "four") == 4
    with pytest.raises(DataProblem, match="is not an exhibit"):
        apart.done("x", exhibit_files.suffix, "x.png")
    with pytest.raises(DataProblem, match="memory may be short"):
        apart.done("x", os._exit, 1)
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        apart.done("x", divmod, 1, 0)
    monkeypatch.setattr(apart, "PATIENCE", 0.5)
    with pytest.raises(DataProblem, match="would take more than"):
        apart.done("x", time.sleep, 60)


@pytest.mark.slow
def test_a_paper_is_packaged_and_sealed_by_typing_its_name(browser: Browser, worked: Workspace) -> None:
    page = "/package/aim-class-b/002"
    assert "names no exhibit" in browser.get(page)
    assert "names no exhibit" in browser.post(page, {"confirm": "aim-class-b/002"}, 422)
    text = (worked.root / SECOND).read_text()
    worked.write({SECOND: text + "exhibit: Exhibit m(2)(d)\n"})
    assert "is not the amendment&#39;s name" in browser.post(page, {"confirm": "002"}, 422)
    assert not (worked.root / "build/package").exists()
    browser.post(page, {"confirm": "aim-class-b/002", "official": "txt"})
    archive = zipfile.ZipFile(io.BytesIO(browser.client.get("/packages/aim-class-b/002.zip").content))
    assert {"ex99-m2d.txt", "ex99-m2d.pdf", "manifest.json"} <= set(archive.namelist())
    assert "packaged" in browser.get("/")
    seal = "/seal/aim-class-b/002"
    wrong = browser.post(seal, {"confirm": "aim-class-b/002", "accession": "12"}, 422)
    assert "is not an accession number" in wrong
    basis = browser.basis("/plans/aim-class-b/002?tab=text")
    browser.post("/save/aim-class-b/002", {"text": text + "exhibit: Exhibit m(2)(d) # as filed\n", "basis": basis})
    browser.post(seal, {"confirm": "aim-class-b/002", "signed": "2003-11-03"})
    assert "was sealed since" in browser.post("/undo", {}, 422)
    assert (worked.root / f"{SEED}/filed/002/receipt.json").exists()
    assert "signed" in browser.get("/")
    assert "It is sealed already" in browser.get(seal)
    assert "is sealed already" in browser.post(seal, {"confirm": "aim-class-b/002"}, 422)
    archive = zipfile.ZipFile(io.BytesIO(browser.client.get("/zip/aim-class-b/002.zip").content))
    assert {"amendment.pdf", "schedule.docx"} <= set(archive.namelist())
