"""Reads Word files back with mammoth: blocks, rows, cells and repeated heads must be the document's, word for word.

Mammoth shares nothing with the writer's library, and leaves out what tracked changes have deleted.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import mammoth
from lxml import etree
from lxml import html as lxml_html

from docgen import office
from docgen.document.tree import Document, Table, TableRow
from docgen.proof import compare

STYLES = "r[style-name='Footnote Mark'] => sup\np => p:fresh"


def difference(document: Document, data: bytes) -> str:
    """The first word that the file has otherwise than the document; empty when there is none."""
    title = etree.fromstring(office.parts("", data)[office.CORE]).findtext("{http://purl.org/dc/elements/1.1/}title")
    if title != document.title:
        return f'has the title "{title}" where the document has "{document.title}"'
    return words(document, data)


def words(document: Document, data: bytes) -> str:
    """The same for the words alone, whatever the file's title."""
    read = mammoth.convert_to_html(io.BytesIO(data), style_map=STYLES, include_default_style_map=False)
    if strange := [message.message for message in read.messages]:
        return f"is read with the remark: {strange[0]}"
    body = lxml_html.fragment_fromstring(read.value, create_parent=True)
    return compare.words(list(_meant(document)), list(_found(body)))


def _meant(document: Document) -> Iterator[str]:
    """The document's words, each block, row and cell announced by its tag."""
    for block in document.blocks:
        if isinstance(block, Table):
            yield "<table>"
            for number, row in enumerate(block.rows):
                yield from _row(row, number < len(block.head))
        else:
            yield "<p>"
            yield from compare.said(block.content, " <br> ")


def _row(row: TableRow, head: bool) -> Iterator[str]:
    yield "<tr>"
    for cell in row.cells:
        yield "<th>" if head else "<td>"
        yield from compare.said(cell.content, " <br> ")


def _found(body: Any) -> Iterator[str]:
    """The file's words, announced alike."""
    for element in body.iter("p", "table", "tr", "th", "td"):
        cell = element.getparent().tag in ("th", "td")
        if element.tag == "table" and element.find(".//tr") is None:
            continue  # all its rows have been deleted
        if not cell:
            yield f"<{element.tag}>"
        if element.tag == "p":
            yield from _said(element).split()


def _said(element: Any) -> str:
    parts = [element.text or ""]
    for inner in element:
        parts.append(" <br> " if inner.tag == "br" else f"<{inner.tag}>{inner.text_content()}</{inner.tag}>")
        parts.append(inner.tail or "")
    return "".join(parts)
