"""Reads EDGAR HTML back with lxml: its words must be the document's words, block by block."""

from __future__ import annotations

from lxml import etree
from lxml import html as lxml_html

from docgen.document.tree import Document, plain
from docgen.proof import compare

BLOCKS = ("h1", "h2", "p", "th", "td")


def difference(document: Document, data: bytes) -> str:
    """The first word that the file has otherwise than the document; empty when there is none."""
    parser = lxml_html.HTMLParser(encoding="ascii")
    root = lxml_html.document_fromstring(data, parser=parser)
    for line_end in root.iter("br"):
        line_end.tail = "\n" + (line_end.tail or "")
    etree.strip_elements(root, "head")
    meant = [word for content in document.contents() for word in plain(content).split()]
    blocks = [element for element in root.iter() if element.tag in BLOCKS]
    found = [word for element in blocks for word in element.text_content().split()]
    return compare.words(meant, found) or compare.words("".join(meant), "".join(root.text_content().split()))
