"""Reads a redline back twice: with every change accepted it must say the new document, with every one rejected the old.

Word's tracked changes are read with mammoth; in EDGAR HTML what is struck through or underlined falls
away; in a PDF the letters of that colour; EDGAR text has the new document only, between its tags.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import pypdfium2.raw as pdfium
from lxml import etree
from lxml import html as lxml_html

from docgen.document.tree import Document
from docgen.files import ooxml, pdf_pages
from docgen.readers import agreement, docx, html, pdf, text
from docgen.readers.difference import Difference

INSERTED = ((0x00, 0x00, 0xC0), (0x00, 0x80, 0x00))  # the PDF's colours
DELETED = ((0xC0, 0x00, 0x00), (0x00, 0x60, 0x00))
TAGGED = re.compile(r"<R>(.*)</R>")


def difference(old: Document, new: Document, suffix: str, data: bytes) -> Difference | None:
    """Where the finished redline says something else than the two documents; None when nowhere."""
    if accepted := READERS[suffix](new, data, True):
        return replace(accepted, reading="accepted")
    rejected = None if suffix == "txt" else READERS[suffix](old, data, False)
    return replace(rejected, reading="rejected") if rejected else None


def revisions(data: bytes) -> Iterator[tuple[int, str, str, str, str, str]]:
    """Each tracked change of a Word file: its id, `insertion` or `deletion`, what it is of, its words, who made it and
    when.

    A change is of words, of a row, or of the end of a paragraph that has come or gone whole.
    """
    root = etree.fromstring(ooxml.parts("", data)[docx.BODY])
    for change in root.iter(f"{docx.W}ins", f"{docx.W}del"):
        parents = {"trPr": ("row", "tr"), "rPr": ("end of a paragraph", "p")}
        what, around = parents.get(etree.QName(change.getparent()).localname, ("words", ""))
        element = next(change.iterancestors(f"{docx.W}{around}")) if around else change
        words = " ".join("".join(_cell_words(part)) for part in _parts(element))
        kind = "insertion" if change.tag == f"{docx.W}ins" else "deletion"
        number, author, date = (change.get(f"{docx.W}{name}", "") for name in ("id", "author", "date"))
        yield int(number), kind, what, " ".join(words.split()), author, date


def _parts(element: Any) -> list[Any]:
    """The cells of a row; any other element itself."""
    return list(element.iter(f"{docx.W}tc")) or [element]


def _cell_words(element: Any) -> Iterator[str]:
    for item in element.iter(f"{docx.W}t", f"{docx.W}delText", f"{docx.W}br"):
        yield item.text or " "


def _docx(document: Document, data: bytes, accept: bool) -> Difference | None:
    """Mammoth leaves out what has been deleted: to reject every change, what came and what went trade places."""
    parts = ooxml.parts("", data)
    return docx.words(document, parts if accept else {**parts, docx.BODY: _reversed(parts[docx.BODY])})


def _reversed(body: bytes) -> bytes:
    """The body of a Word file with every insertion as a deletion, and every deletion as an insertion."""
    root = etree.fromstring(body)
    for element in list(root.iter(f"{docx.W}ins", f"{docx.W}del")):
        element.tag = f"{docx.W}del" if element.tag == f"{docx.W}ins" else f"{docx.W}ins"
    for deleted in root.iter(f"{docx.W}delText"):
        deleted.tag = f"{docx.W}t"
    return bytes(etree.tostring(root))


def _html(document: Document, data: bytes, accept: bool) -> Difference | None:
    root = lxml_html.document_fromstring(data, parser=lxml_html.HTMLParser(encoding="ascii"))
    body = root.find("body")
    for deleted in body.iter("strike"):
        inserted = deleted.getnext()
        if deleted.tail == " " and inserted is not None and inserted.tag == "u":
            deleted.tail = None  # the blank by which the two do not run together is no word of either
    staying, dropped = ("u", "strike") if accept else ("strike", "u")
    changed = {
        thing for element in body.iter(dropped) for thing in element.iterancestors("p", "h1", "h2", "tr", "table")
    }
    for element in list(body.iter(dropped)):
        element.drop_tree()
    for element in list(body.iter(staying)):
        element.drop_tag()
    for thing in changed:
        if not thing.text_content().strip("\xa0 \n"):
            thing.drop_tree()
    return agreement.words(html.meant(document), html.body_words(html.pieces(body)))


def _pdf(document: Document, data: bytes, accept: bool) -> Difference | None:
    dropped = DELETED if accept else INSERTED
    with pdf_pages.pages(data) as each:
        pages = ["".join(_letters(page.get_textpage(), dropped).split()) for page in each]
    return pdf.letters(document, pages)


def _letters(page: Any, dropped: tuple[tuple[int, int, int], ...]) -> str:
    """The letters of a page but for those of the colours that fall away."""
    letters = ""
    red, green, blue, clear = (pdfium.c_uint() for _ in range(4))
    for number in range(page.count_chars()):
        pdfium.FPDFText_GetFillColor(page, number, red, green, blue, clear)
        if (red.value, green.value, blue.value) not in dropped:
            letters += chr(pdfium.FPDFText_GetUnicode(page, number))
    return pdf_pages.with_hyphens(letters)


def _text(document: Document, data: bytes, accept: bool) -> Difference | None:
    lines = data.decode("ascii", "replace").split("\n")
    odd = next((line for line in lines if "R>" in line and not TAGGED.fullmatch(line)), None)
    if odd is not None:
        return Difference(found=odd.strip(), kind="half a tag")
    if fault := text.unfit("\n".join(lines)):
        return fault
    return text.difference(document, TAGGED.sub(r"\1", "\n".join(lines)).encode())


RedlineReader = Callable[[Document, bytes, bool], Difference | None]
READERS: Mapping[str, RedlineReader] = {"docx": _docx, "pdf": _pdf, "htm": _html, "txt": _text}
