"""From a plan to a filed paper in the page: the next amendment, events, an edited sheet, the package, the seal."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

import openpyxl
import pytest

pytest.importorskip("starlette", reason="Starlette is not installed: make test installs it")

from tests.conftest import ROOT, SEED, Workspace  # after it is known to be there
from tests.test_page import ORIGIN, Browser

SECOND = f"{SEED}/amendments/002.yaml"


@pytest.fixture
def worked(empty: Workspace) -> Workspace:
    """The worked plan alone."""
    files = {name: (ROOT / SEED / name).read_bytes() for name in ("plan.yaml", "amendments/002.yaml")}
    return empty.write({f"{SEED}/{name}": data for name, data in files.items()})


@pytest.fixture
def browser(worked: Workspace) -> Iterator[Browser]:
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
        "changes": "- rename_all: INVESCO\r\n  to: AIM",
    }
    wrong = browser.post("/events", {**event, "changes": "- rename_al: INVESCO"}, 422)
    assert "did you mean" in wrong
    assert "- rename_al: INVESCO" in wrong
    browser.post("/events", event)
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


@pytest.mark.parametrize("name", ["fees.xls", "fees.xlsx", "../../fees.csv", "x" * 300 + ".csv", ""])
def test_a_file_that_is_no_sheet_is_refused_in_words(browser: Browser, name: str) -> None:
    form, upload = {"form_token": browser.keys.form}, {"file": (name, b"PK\x03\x04 no zip")}
    answer = browser.client.post("/import/aim-class-b", data=form, files=upload, headers=ORIGIN)
    assert answer.status_code == 422, answer.text


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
    browser.post(seal, {"confirm": "aim-class-b/002", "signed": "2003-11-03"})
    assert (worked.root / f"{SEED}/filed/002/receipt.json").exists()
    assert "signed" in browser.get("/")
    assert "It is sealed already" in browser.get(seal)
    assert "is sealed already" in browser.post(seal, {"confirm": "aim-class-b/002"}, 422)
    archive = zipfile.ZipFile(io.BytesIO(browser.client.get("/zip/aim-class-b/002.zip").content))
    assert {"amendment.pdf", "schedule.docx"} <= set(archive.namelist())
