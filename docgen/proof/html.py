"""Reads EDGAR HTML back with lxml: its blocks, rows and cells must be the document's, word for word."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from docgen.document.tree import Document, Heading, Table, plain
from docgen.proof import compare
from docgen.proof.difference import Difference

TAGS = {"html", "head", "title", "body", "div", "h1", "h2", "p", "br", "sup", "table", "tr", "th", "td"}
ANNOUNCED = {tag: f"<{tag}>" for tag in ("h1", "h2", "p", "table", "tr")} | {"th": "<cell>", "td": "<cell>"}
TEXT = etree.XPath("string()")


def difference(document: Document, data: bytes) -> Difference | None:
    """The first word that the file has otherwise than the document; None when there is none."""
    root = etree.fromstring(data, parser=etree.HTMLParser(encoding="ascii"))
    if strange := {str(element.tag) for element in root.iter(etree.Element)} - TAGS:
        return Difference("", "", min(strange), kind="tag")
    if (title := root.findtext("head/title")) != document.title:
        return Difference("", document.title, str(title), kind="title")
    body = root.find("body")
    letters = "".join("".join(map(plain, document.contents())).split())
    said = compare.words(list(meant(document)), list(found(body)))
    return said or compare.words(["".join("".join(body.itertext()).split())], [letters])


def meant(document: Document) -> Iterator[str]:
    """The document's words, each block, row and cell announced by its tag."""
    for block in document.blocks:
        if isinstance(block, Table):
            yield "<table>"
            for row in block.rows:
                yield "<tr>"
                for cell in row.cells:
                    yield "<cell>"
                    yield from compare.said(cell.content)
        else:
            yield f"<h{block.level}>" if isinstance(block, Heading) else "<p>"
            yield from compare.said(block.content)


def found(body: Any) -> Iterator[str]:
    """The file's words, announced alike."""
    for element in body.iter(*ANNOUNCED):
        tag = element.tag
        yield ANNOUNCED[tag]
        if tag not in ("table", "tr"):
            yield from _said(element).split()


def _said(element: Any) -> str:
    parts = [element.text or ""]
    for inner in element:
        parts.append("\n" if inner.tag == "br" else f"<{inner.tag}>{TEXT(inner)}</{inner.tag}>")
        parts.append(inner.tail or "")
    return "".join(parts)
