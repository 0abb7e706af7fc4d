"""Each word of a preview leads to the line that says it, and no word of it changes by that."""

from __future__ import annotations

import re

import pytest
from lxml import html

pytest.importorskip("starlette", reason="Starlette is not installed: make test installs it")

from docgen.document import roles
from docgen.page import previews, source_page
from docgen.page.catalog import Subject
from docgen.page.live_workspace import LiveWorkspace
from tests.conftest import HERE, SEED, THIRD, Workspace

CASES = ("odd-names", "multi-class-plan", "two-schedules", "draft-with-dates", "class-rows")


def previewed(work: Workspace, plan: str, amendment: str, place: str = "plans") -> tuple[bytes, bytes]:
    """The preview of an amendment, without and with its links."""
    snapshot = LiveWorkspace(work.root).snapshot()
    about = Subject(snapshot, plan, amendment, snapshot.files[plan][amendment])
    assert about.paper
    ((name, data),) = previews.of_paper(about.paper).documents.items()
    return data, source_page.linked(about, about.paper, name, data, place)


def words(data: bytes) -> str:
    """What the body of a page says."""
    return str(html.document_fromstring(data).body.text_content())


@pytest.mark.parametrize("case", CASES)
def test_links_change_no_word_and_leave_none_out(case: str, empty: Workspace) -> None:
    folder = HERE / "cases" / case
    files = {f"schedules/{f.relative_to(folder.parent).as_posix()}": f.read_bytes() for f in folder.rglob("*.yaml")}
    empty.write(files)
    for amendment in LiveWorkspace(empty.root).snapshot().files[case]:
        plain, linked = previewed(empty, case, amendment)
        assert words(linked) == words(plain)
        page = html.document_fromstring(linked)
        marks = page.xpath(f"//p[@style='{roles.DRAFT_MARK_HTML}']")
        for link in [*page.iter("a"), *marks]:
            link.drop_tree()
        assert not re.search(r"\w", "".join(page.body.itertext())), "every word is a link"


def test_a_link_leads_to_the_field_or_to_the_line(amended: Workspace) -> None:
    amended.write({f"{SEED}/amendments/003.yaml": THIRD})
    places = ("plans", "text", "form")
    shown = {place: addresses(previewed(amended, "aim-class-b", "003", place)[1]) for place in places}
    page = "/plans/aim-class-b/003"
    assert shown["plans"]["INVESCO S&P 500 Index Fund"] == f"{page}#changes-0--add"
    assert shown["form"]["INVESCO S&P 500 Index Fund"] == "/form/aim-class-b/003#changes-0--add"
    assert shown["text"]["INVESCO S&P 500 Index Fund"] == f"{page}?tab=text#line-5"
    assert shown["plans"]["0.20%"] == f"{page}#changes-7--service-fee"
    assert shown["plans"]["INVESCO European Fund"].startswith("/source?file=schedules%2Faim-class-b%2Famendments%2F002")
    wording = shown["plans"]["pursuant to Rule 12b-1, is hereby amended, effective"]
    assert wording == "/source?file=templates%2Fdistribution-plan%2Famendment.html.j2#line-10"


def addresses(data: bytes) -> dict[str, str]:
    """Where each link leads, by its words."""
    return {link.text_content(): link.get("href") for link in html.document_fromstring(data).iter("a")}
