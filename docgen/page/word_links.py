"""A preview in which each word leads to the field, or to the line of the data or of a template, that says it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree, html
from lxml.html import HtmlElement

from docgen.document.tree import Block, Document, Table, plain
from docgen.redline.data_lines import DataLine
from docgen.redline.edits import Edit

WORD = re.compile(r"\S+")
LOOKS = "a{color:inherit;text-decoration:none}a:hover,a:focus{background:#fff3c4;text-decoration:underline}"
TextSpot = tuple[int, int, int]  # of a text in a document: its block, its row, its cell; -1 where it is in none


@dataclass(frozen=True)
class WordLink:
    """Where a click on words leads: an address, and what is there; `in_page` for a place on the page itself."""

    address: str
    title: str
    in_page: bool


@dataclass(frozen=True)
class LinkedText:
    """Letters of a text that have one link."""

    start: int
    end: int
    link: WordLink


def words(document: Document) -> Iterator[Edit]:
    """Each word of the paragraphs and each text of the cells, as what a difference would be in."""
    for number, block in enumerate(document.blocks):
        for spot, text in _texts(number, block):
            spans = [(0, len(text))] if isinstance(block, Table) else [match.span() for match in WORD.finditer(text)]
            yield from (Edit("words", *spot, text[start:end], "", text, start) for start, end in spans if text.strip())


def _texts(number: int, block: Block) -> Iterator[tuple[TextSpot, str]]:
    if not isinstance(block, Table):
        yield (number, -1, -1), plain(block.content)
        return
    for row_number, row in enumerate(block.rows):
        for cell_number, cell in enumerate(row.cells):
            yield (number, row_number, cell_number), plain(cell.content)


def linked(document: Document, data: bytes, lines: Sequence[DataLine], link: Callable[[DataLine], WordLink]) -> bytes:
    """The HTML of a document with its words as links; words that stand beside each other and lead to one place are one
    link."""
    stretches: dict[TextSpot, list[LinkedText]] = {}
    for line in lines:
        edit, target = line.edit, link(line)
        listed = stretches.setdefault((edit.block, edit.row, edit.cell), [])
        start, end = edit.start, edit.start + len(edit.before)
        if listed and listed[-1].link == target:
            start = listed.pop().start
        listed.append(LinkedText(start, end, target))
    page = html.document_fromstring(data)
    for spot, element in _elements(document, page).items():
        _link(element, stretches.get(spot, []))
    style = etree.SubElement(page.head, "style")
    style.text = LOOKS
    doctype = data[: data.index(b"<html")]  # by which a browser sets it as it does the file itself
    text: bytes = etree.tostring(page, method="html", encoding="ascii")
    return doctype + text


def _elements(document: Document, page: HtmlElement) -> Mapping[TextSpot, HtmlElement]:
    """The element of each text, as the writer sets them."""
    blocks = [*page.body[0]][1 if document.draft_mark else 0 :]
    elements: dict[TextSpot, HtmlElement] = {}
    for number, (block, element) in enumerate(zip(document.blocks, blocks, strict=True)):
        rows = [*element.iter("tr")] if isinstance(block, Table) else []
        cells = {(number, r, c): cell for r, row in enumerate(rows) for c, cell in enumerate(row)}
        elements |= cells or {(number, -1, -1): element}
    return elements


def _link(element: HtmlElement, stretches: Sequence[LinkedText]) -> None:
    """Puts the letters of each stretch into a link, wherever between the marks of the text they stand."""
    at = 0
    for parent, child, text in [*_text_nodes(element)]:
        parts = [(max(s.start - at, 0), min(s.end - at, len(text)), s.link) for s in stretches]
        _cut(parent, child, text, [part for part in parts if part[0] < part[1]])
        at += len(text)


def _text_nodes(element: HtmlElement) -> Iterator[tuple[HtmlElement, HtmlElement | None, str]]:
    """Each text under an element: what it stands in, and behind which child of that."""
    yield element, None, element.text or ""
    for child in element:
        yield from _text_nodes(child)
        yield element, child, child.tail or ""


def _cut(parent: HtmlElement, child: HtmlElement | None, text: str, parts: Sequence[tuple[int, int, WordLink]]) -> None:
    if not parts:
        return
    index = 0 if child is None else parent.index(child) + 1
    before = text[: parts[0][0]]
    if child is None:
        parent.text = before
    else:
        child.tail = before
    for number, (start, end, link) in enumerate(parts):
        following = parts[number + 1][0] if number + 1 < len(parts) else len(text)
        anchor = html.Element("a", href=link.address, title=link.title, target="_top" if link.in_page else "_blank")
        anchor.text, anchor.tail = text[start:end], text[end:following]
        parent.insert(index + number, anchor)
