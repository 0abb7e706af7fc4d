"""Reads Word and HTML redlines with every change accepted or rejected, by code that shares nothing with docgen's.

A document is a list of lines: the words of a paragraph, or the cells of a row between bars, without blanks.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACE = {"w": MAIN}


def word(data: bytes, accept: bool) -> list[str]:
    """The lines of a .docx; text boxes, notes and margins are no part of it."""
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    body = root.find("w:body", SPACE)
    for mark in root.xpath(
        "//w:del[not(parent::w:rPr|parent::w:trPr)] | //w:moveFrom[not(parent::w:rPr)]", namespaces=SPACE
    ):
        mark.set("gone", str(accept))
    for mark in root.xpath(
        "//w:ins[not(parent::w:rPr|parent::w:trPr)] | //w:moveTo[not(parent::w:rPr)]", namespaces=SPACE
    ):
        mark.set("gone", str(not accept))
    return [line for line in _lines(body, accept) if line]


def _lines(body: Any, accept: bool) -> Iterator[str]:
    carried = ""
    for element in body:
        if element.tag == f"{{{MAIN}}}tbl":
            for row in element.findall("w:tr", SPACE):
                if not _falls(row.find("w:trPr", SPACE), accept):
                    yield "|".join(
                        "".join(_text(p) for p in c.iter(f"{{{MAIN}}}p")) for c in row.findall("w:tc", SPACE)
                    )
        elif element.tag == f"{{{MAIN}}}p":
            line = carried + _text(element)
            carried = line if _falls(element.find("w:pPr/w:rPr", SPACE), accept) else ""
            if not carried:
                yield line
    yield carried


def _falls(properties: Any, accept: bool) -> bool:
    """Whether a row or the end of a paragraph is no part of the document."""
    names = {etree.QName(mark).localname for mark in properties} if properties is not None else set()
    return bool(names & ({"del", "moveFrom"} if accept else {"ins", "moveTo"}))


def _text(paragraph: Any) -> str:
    kept = paragraph.xpath(".//w:t | .//w:delText", namespaces=SPACE)
    pieces = [item.text or "" for item in kept if not item.xpath("ancestor::*[@gone='True']")]
    return "".join("".join(pieces).split())


def page(data: bytes, accept: bool) -> list[str]:
    """The lines of a .htm whose <strike> has gone and whose <u> has come."""
    body = html.document_fromstring(data).find("body")
    touched = []
    for element in list(body.iter("strike" if accept else "u")):
        touched += list(element.iterancestors("tr", "p"))
        element.drop_tree()
    lines = []
    for element in body.iter("h1", "h2", "p", "tr"):
        cells = [element] if element.tag != "tr" else element.xpath("th|td")
        words = ["".join(cell.text_content().replace("\xa0", " ").split()) for cell in cells]
        if any(words) or (element.tag == "tr" and element not in touched):
            lines.append("|".join(words))
    return lines
