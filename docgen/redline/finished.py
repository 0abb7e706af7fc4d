"""Reads a finished Word or EDGAR HTML file as a tree of paragraphs, tables, rows and cells."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import mammoth
from lxml import html as lxml_html

from docgen import office
from docgen.document.tree import (
    Block,
    Break,
    Cell,
    Content,
    Document,
    Heading,
    Inline,
    Mark,
    Paragraph,
    Run,
    Table,
    TableRow,
)
from docgen.problems import DataProblem, DocgenError, Where, one
from docgen.redline.wording import joined
from docgen.writers import docx_styles
from docgen.writers.html import CELLS as LOOKS

WHY = "plain text and PDF have no rows and cells to compare; keep the .docx or the .htm, or the draft's .yaml"
HEADINGS = {"Title": "h1.title", "Schedule Heading": "h2.schedule"}
TRACKED = (b"<w:ins ", b"<w:del ", b"<w:moveFrom ", b"<w:moveTo ")
BLOCKS = ("h1", "h2", "h3", "h4", "h5", "h6", "p", "table")


def read(file: str, data: bytes) -> Document:
    """The document that a file says; DataProblem when it is no .docx or .htm that can be read for certain."""
    suffix = Path(file).suffix.lower()
    if suffix == ".docx":
        body = _word(file, data)
    elif suffix in (".htm", ".html"):
        body = _edgar(file, data)
    else:
        raise DataProblem(one(Where(file), "is no .docx or .htm file", WHY))
    blocks = tuple(_blocks(body))
    if not blocks:
        raise DataProblem(one(Where(file), "says nothing", "name the file that was built or filed"))
    return Document(blocks)


def _word(file: str, data: bytes) -> Any:
    try:
        parts = office.parts(file, data)
    except DocgenError as error:
        raise DataProblem(error.problems) from None
    if any(tag in part for tag in TRACKED for name, part in parts.items() if name == "word/document.xml"):
        raise DataProblem(one(Where(file), "holds tracked changes", "accept or reject them in Word, and save it"))
    try:
        styles = {**docx_styles.STYLES, **{f"{role}": name for role, name in docx_styles.CELLS.items()}}
        lines = [f"p[style-name='{name}'] => {HEADINGS.get(name, _tag(role))}:fresh" for role, name in styles.items()]
        known = "\n".join([*lines, f"r[style-name='{docx_styles.MARK}'] => sup", "p => p:fresh"])
        text = mammoth.convert_to_html(io.BytesIO(office.pack(parts)), style_map=known, include_default_style_map=False)
        return lxml_html.fragment_fromstring(text.value, create_parent=True)
    except Exception as error:  # whatever somebody's file makes mammoth raise is a problem of its own
        found = f"cannot be read as a Word file: {type(error).__name__}"
        raise DataProblem(one(Where(file), found, office.DAMAGED)) from None


def _tag(role: str) -> str:
    """A paragraph with its role, for mammoth: `p.recital`; a role of two words joins them."""
    return f"p.{role.replace(' ', '-')}" if role else "p"


def _edgar(file: str, data: bytes) -> Any:
    try:
        text = data.decode("utf-8-sig")
        root = lxml_html.document_fromstring(
            text.encode(), parser=lxml_html.HTMLParser(encoding="utf-8", no_network=True)
        )
    except (UnicodeDecodeError, ValueError, lxml_html.etree.ParserError):
        raise DataProblem(
            one(Where(file), "cannot be read as an HTML file", "name the .htm that was built or filed")
        ) from None
    if root.find(".//table//table") is not None:
        raise DataProblem(one(Where(file), "has a table inside a table", "compare with the .docx instead"))
    return root.find("body") if root.find("body") is not None else root


def _blocks(body: Any) -> Iterator[Block]:
    for element in body.iter(*BLOCKS):
        if any(above.tag == "table" for above in element.iterancestors()):
            continue
        if element.tag == "table":
            rows = [(_row(row), _is_head(row)) for row in element.iter("tr")]
            head = tuple(row for row, is_head in rows if is_head)
            body_rows = tuple(row for row, is_head in rows if not is_head)
            if rows:
                yield Table("schedule", head, body_rows)
        elif content := _content(element):
            role = element.get("class") or ""
            if element.tag == "p":
                yield Paragraph(role, content)
            else:
                opens = element.tag == "h1" and body.find(".//h2") is not None
                yield Heading(int(element.tag[1]), role or ("title" if opens else "schedule"), content)


def _is_head(row: Any) -> bool:
    return row.find("th") is not None and row.find("td") is None


def _row(row: Any) -> TableRow:
    cells = list(row.iter("th", "td"))
    made = tuple(Cell("", _content(cell), cell.tag == "th") for cell in cells)
    if len(made) == 1:
        return TableRow("label" if _is_head(row) else "fund", made)
    inside = cells[0].find("p")
    is_class = cells[0].get("style") == LOOKS["class name"] or (
        inside is not None and inside.get("class") == "class-name"
    )
    return TableRow("class" if is_class else "", made)


def _content(element: Any) -> Content:
    """The words of an element, with single spaces, its marks and its line ends."""
    made: list[Inline] = []
    for inline in joined(list(_inlines(element))):
        if isinstance(inline, Run):
            text = " ".join(inline.text.replace("\xa0", " ").split())
            before = " " if made and inline.text[:1].isspace() and isinstance(made[-1], Mark) else ""
            made += [Run(before + text)] if text else []
        else:
            made.append(inline)
    return tuple(made)


def _inlines(element: Any) -> Iterator[Inline]:
    if element.text:
        yield Run(element.text)
    for inner in element:
        if inner.tag == "br":
            yield Break()
        elif inner.tag == "sup":
            yield Mark(" ".join(inner.text_content().split()))
        elif isinstance(inner.tag, str):
            yield from _inlines(inner)
        if inner.tail:
            yield Run(inner.tail)
