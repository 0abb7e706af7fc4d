"""Reads Word files back with mammoth: blocks, rows, cells and repeated heads must be the document's, word for word.

Mammoth shares nothing with the writer's library, and leaves out what tracked changes have deleted. Its own way into
a file takes the XML apart in Python, node by node, which is most of its time: here Python's expat does that in C,
and mammoth is given the elements. What it makes of them is read as it is, not as the HTML that it can turn it into.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile
from typing import Any
from xml.etree import ElementTree

from mammoth import documents
from mammoth.docx import body_xml, document_xml, styles_xml, xmlparser
from mammoth.docx.numbering_xml import Numbering

from docgen.document.roles import MARK
from docgen.document.tree import Document, Table, TableRow
from docgen.files import ooxml
from docgen.readers import agreement, word_headers
from docgen.readers.difference import Difference

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TITLE = "{http://purl.org/dc/elements/1.1/}title"
BODY, STYLES, TARGETS = "word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels"
LOOKS = {"is_italic": "em", "is_bold": "strong", "is_strikethrough": "s"}  # what a run may have beside its style
RAISED = {"superscript": "sup", "subscript": "sub"}


def difference(document: Document, data: bytes) -> Difference | None:
    """The first word that the file has otherwise than the document; None when there is none."""
    parts = ooxml.parts("", data)
    title = _xml(parts[ooxml.CORE]).findtext(TITLE)
    if title != document.title:
        return Difference(meant=document.title, found=str(title), kind="title")
    return words(document, parts)


def words(document: Document, parts: Mapping[str, bytes]) -> Difference | None:
    """The same for the words alone, whatever the file's title; `parts` are those of the file."""
    styles = _styles(parts[STYLES])
    reader = body_xml.reader(numbering=Numbering.EMPTY, styles=styles)
    body = _xml(parts[BODY])
    targets = {item.get("Id"): item.get("Target") for item in _xml(parts[TARGETS])} if TARGETS in parts else {}
    at_top = word_headers.difference(body, targets, document.draft_mark, lambda name: _header(parts[name], reader))
    if at_top:
        return at_top
    result = document_xml.read_document_xml_element(_element(body), reader)
    if result.messages:
        return Difference(found=result.messages[0].message, kind="remark")
    return agreement.words(list(_expected(document)), list(_blocks(result.value.children)))


def _header(part: bytes, reader: Any) -> list[tuple[str, str]]:
    """The style and the words of each paragraph of a header."""
    elements = reader.read_all(_element(_xml(part)).children).value
    paragraphs = [item for item in elements if isinstance(item, documents.Paragraph)]
    return [(item.style_name or "", _text([item])) for item in paragraphs]


def _xml(part: bytes) -> Any:
    return ElementTree.fromstring(part)  # noqa: S314  # a part that declares entities has been refused


@functools.lru_cache(maxsize=4)
def _styles(part: bytes) -> Any:
    """The styles as mammoth reads them; files made from one reference.docx have the same."""
    return styles_xml.read_styles_xml_element(_element(_xml(part)))


def _element(node: Any) -> Any:
    """An element of XML as one of mammoth's, with all that is in it; words stand in elements that hold nothing else."""
    children = [*([xmlparser.XmlText(node.text)] if node.text else []), *map(_element, node)]
    attributes = {_name(key): value for key, value in node.items()}
    return xmlparser.XmlElement(_name(node.tag), attributes, children)


@functools.lru_cache(maxsize=1024)
def _name(tag: str) -> str:
    """`w:p` for Word's own names, as mammoth calls them; any other name stays, and mammoth remarks on its element."""
    return tag.replace(W, "w:")


def _expected(document: Document) -> Iterator[str]:
    """The document's words, each block, row and cell announced by its tag."""
    above: list[str] = []
    for block in document.blocks:
        if isinstance(block, Table):
            head = [word for row in block.head for word in _row(row, True)]
            rows = [word for row in block.body for word in _row(row, False)]
            yield from _table(head, rows, above)
            above = head
        else:
            above = []
            yield "<p>"
            yield from agreement.said(block.content, " <br> ")


def _table(head: list[str], rows: list[str], above: list[str]) -> list[str]:
    """A table's words; without its heads where those of the table right `above` are the same, which it then goes on."""
    return rows if head and head == above else ["<table>", *head, *rows]


def _row(row: TableRow, head: bool) -> Iterator[str]:
    yield "<tr>"
    for cell in row.cells:
        yield "<th>" if head else "<td>"
        yield from agreement.said(cell.content, " <br> ")


def _blocks(elements: Iterable[Any]) -> Iterator[str]:
    """The file's words, announced alike; a paragraph without words and a table without rows say nothing."""
    above: list[str] = []
    for element in elements:
        if isinstance(element, documents.Table):
            heads = list(takewhile(lambda row: row.is_header, element.children))
            head = [word for row in heads for word in _cells(row, "<th>")]
            rows = [word for row in element.children[len(heads) :] for word in _cells(row, "<td>")]
            yield from _table(head, rows, above) if element.children else ()
            above = head
        elif text := _text([element]):
            above = []
            yield "<p>"
            yield from text.split()


def _cells(row: Any, tag: str) -> Iterator[str]:
    yield "<tr>"
    for cell in row.children:
        yield tag
        yield from _text(cell.children).split()


def _text(elements: Iterable[Any]) -> str:
    """The words of elements; what a document has no place for is announced by mammoth's name for it."""
    parts = []
    for element in elements:
        if isinstance(element, documents.Text):
            parts.append(element.value)
        elif isinstance(element, documents.Run):
            parts.append(_run(element))
        elif isinstance(element, documents.Paragraph):
            parts.append(_text(element.children))
        elif isinstance(element, documents.Break):
            parts.append(" <br> " if element.break_type == "line" else "")
        else:
            parts.append("\t" if isinstance(element, documents.Tab) else f" <{type(element).__name__}> ")
    return "".join(parts)


def _run(run: Any) -> str:
    """The words of a run between tags for its style and for each look of its own."""
    text = _text(run.children)
    style = "sup" if run.style_name == MARK else run.style_name
    tags = [style, RAISED.get(run.vertical_alignment), *(tag for look, tag in LOOKS.items() if getattr(run, look))]
    for tag in tags if text else ():
        text = f"<{tag}>{text}</{tag}>" if tag else text
    return text
