"""Reads EDGAR HTML back with lxml: its blocks, rows and cells must be the document's, word for word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape
from typing import Any

from lxml import etree

from docgen.document.tree import Document, Heading, Table
from docgen.readers import agreement
from docgen.readers.difference import Difference

TAGS = {"html", "head", "title", "body", "div", "h1", "h2", "p", "br", "sup", "table", "tr", "th", "td"}
ANNOUNCED = {tag: f" <{tag}> " for tag in ("h1", "h2", "p", "table", "tr")} | {"th": " <cell> ", "td": " <cell> "}
LOOKS = ("style", "width", "colspan", "cellspacing", "cellpadding", "border", "bgcolor")  # all that tags have
SILENT = ("<body>", "</body>", "<div>", "</div>", "<br>", *(f"</{tag}>" for tag in ANNOUNCED))
SPOKEN = {**{f"<{tag}>": said for tag, said in ANNOUNCED.items()}, **dict.fromkeys(SILENT, " ")}
PARSER = etree.HTMLParser(encoding="ascii")
TAG = re.compile("(<(?!/?sup>)[^>]*>)")  # any tag but those of marks, which stand in a word


def difference(document: Document, data: bytes) -> Difference | None:
    """The first word that the file has otherwise than the document; None when there is none."""
    root = etree.fromstring(data, parser=PARSER)
    parts = pieces(root.find("body"))
    if strange := {element.tag for element in root.iter(etree.Element)} - TAGS:
        return Difference(found=min(strange), kind="tag")
    if (title := root.findtext("head/title")) != document.title:
        return Difference(meant=document.title, found=str(title), kind="title")
    return agreement.words(meant(document), body_words(parts))


def meant(document: Document) -> list[str]:
    """The document's words, each block, row and cell announced by its tag."""
    words = ["<p>", *document.draft_mark.split()] if document.draft_mark else []
    for block in document.blocks:
        if isinstance(block, Table):
            words.append("<table>")
            for row in block.rows:
                words.append("<tr>")
                for cell in row.cells:
                    words.append("<cell>")
                    words += agreement.said(cell.content)
        else:
            words.append(f"<h{block.level}>" if isinstance(block, Heading) else "<p>")
            words += agreement.said(block.content)
    return words


def pieces(body: Any) -> list[str]:
    """The file's body taken apart: words, tag, words and so on; lxml writes what it has read, without looks."""
    etree.strip_attributes(body, *LOOKS)
    return TAG.split(etree.tostring(body, encoding="unicode", method="html"))


def body_words(parts: Sequence[str]) -> list[str]:
    """All words of the body, its blocks, rows and cells announced as those of the document are."""
    spoken = [*parts]
    spoken[1::2] = [SPOKEN.get(tag, tag) for tag in parts[1::2]]
    return [unescape(word) for word in "".join(spoken).split()]
