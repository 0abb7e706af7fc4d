"""EDGAR HTML has only the tags, attributes and signs that EDGAR takes, and nothing is nested that may not be."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from docgen.build import produce
from docgen.cli.options import chosen
from docgen.document.tree import Document, Mark, Paragraph, Run
from docgen.writers import WRITERS
from tests import breaking, making
from tests.conftest import ROOT

TAGS = {"html", "head", "title", "body", "div", "h1", "h2", "p", "br", "sup", "table", "tr", "th", "td"}
ATTRIBUTES = {
    "html": {"lang"}, "body": {"bgcolor"}, "div": {"style"}, "h1": {"style"}, "h2": {"style"}, "p": {"style"},
    "table": {"width", "cellspacing", "cellpadding", "border", "style"},
    "th": {"colspan", "width", "style"}, "td": {"colspan", "width", "style"},
}  # fmt: skip
CSS = re.compile(
    r"(font-(family|size|weight)|text-(align|indent)|margin(-left)?|padding|border-bottom|(max-)?width|vertical-align|overflow-x)$"
)


class Strict(HTMLParser):
    """Gathers what stands in the file that EDGAR would not take."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS or (tag == "table" and "table" in self.open):
            self.wrong.append(tag)
        for name, value in attrs:
            if name not in ATTRIBUTES.get(tag, set()):
                self.wrong.append(f"{tag} {name}")
            if name == "style":
                properties = [part.partition(":")[0] for part in str(value).split(";")]
                self.wrong += [name for name in properties if not CSS.match(name)]
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.open.pop() != tag:
            self.wrong.append(f"/{tag}")


def strictly(data: bytes) -> Strict:
    parser = Strict()
    parser.feed(data.decode("ascii"))
    parser.close()
    return parser


@pytest.mark.parametrize("name", ["amendment.htm", "schedule.htm"])
def test_seed_is_in_edgars_subset(name: str) -> None:
    (paper,) = chosen(ROOT, ["aim-class-b/002"]).papers
    data = produce.files(paper, ["htm"])[name]
    parser = strictly(data)
    assert parser.wrong == []
    assert parser.open == []
    assert data.count(b"<div") == 1 + data.count(b"<table"), "one around all, one around each table"
    assert data.endswith(b"</html>\n")
    assert not set(data.decode("ascii")) - {chr(n) for n in (10, *range(32, 127))}
    assert b"^" not in data


def test_signs_are_entities_and_markup_is_escaped() -> None:
    content = (Run('“Peña” – AT&T <Growth> ^ "x" &amp; é½®'), Mark("*"))
    data = WRITERS["htm"](Document((Paragraph("terms", content),)), making.LAYOUT)
    said = data.decode("ascii")
    meant = "&#8220;Pe&#241;a&#8221; &#8211; AT&amp;T &lt;Growth&gt; &#94; &quot;x&quot; &amp;amp; &#233;&#189;&#174;"
    assert meant + "<sup>*</sup></p>" in said
    assert strictly(data).wrong == []


def test_the_type_of_document_and_html_stand_on_one_line_and_the_page_may_be_narrow() -> None:
    lines = WRITERS["htm"](breaking.DOCUMENT, making.LAYOUT).decode().splitlines()
    assert lines[0] == '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2//EN"><html lang="en-US">'
    assert "max-width:6.5in" in lines[5]
    assert not any(";width:" in line for line in lines)


def test_the_name_of_a_row_with_values_heads_it() -> None:
    (paper,) = chosen(ROOT, ["aim-class-b/002"]).papers
    row = next(
        line for line in produce.files(paper, ["htm"])["schedule.htm"].decode().splitlines() if "Tax-Free Bond" in line
    )
    assert re.findall("<(t[hd])[ >]", row) == ["th", "td", "td", "td"]


def test_a_note_stands_close_under_its_paragraph() -> None:
    texts = (("section", "2. Payments."), ("footnote", "[As amended.]"), ("section", "3. Reports."))
    data = WRITERS["htm"](Document(tuple(Paragraph(role, (Run(text),)) for role, text in texts)), making.LAYOUT)
    styles = [style.rpartition(";")[2] for style in re.findall(r'<p style="([^"]+)"', data.decode())]
    assert styles == ["margin:0 0 3pt 0.5in", "margin:0 0 10pt 0.5in", "margin-left:0.5in"]
