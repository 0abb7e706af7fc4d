"""Reads a finished Word or EDGAR HTML file as a tree of paragraphs, tables, rows and cells."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import mammoth
from lxml import etree
from lxml import html as lxml_html

from docgen.document import roles
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
    joined,
    plain,
)
from docgen.edgar.rule import File
from docgen.edgar.style_rules import nothing_hidden
from docgen.files import limits, ooxml
from docgen.problems import DataProblem, DocgenError, Problem, Where
from docgen.readers import agreement, continued, sentence, word_hidden

NO_CELLS = "plain text and PDF have no rows and cells to compare; keep the .docx or the .htm, or the draft's .yaml"
TRACKED = (b"<w:ins ", b"<w:del ", b"<w:moveFrom ", b"<w:moveTo ")
SEEN = "set it as words that can be seen, or take it out, and save the file again"
MOST_FAULTS = 20  # of one kind that are worth a line each
PLAINER = "compare with a file that docgen built, or with the draft's .yaml"
SUFFIXES = (".docx", ".htm", ".html")
BODY = "word/document.xml"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BLOCKS = ("h1", "h2", "h3", "h4", "h5", "h6", "p", "table")


def read(file: str, data: bytes) -> Document:
    """The document that a file says; DataProblem when it is no .docx or .htm, or says more than could be read."""
    suffix = Path(file).suffix.lower()
    if suffix not in SUFFIXES:
        raise DataProblem([Problem(Where(file), "is not a .docx or .htm file", NO_CELLS)])
    try:
        if suffix == ".docx":
            parts = ooxml.parts(file, data)
            texts = parts.get(BODY, b"").count(b"<w:t")
            blocks, letters = limits.of_file(file, lambda: _contents(*_word(file, parts)), texts)
        else:
            blocks, letters = limits.of_file(file, lambda: _contents(*_edgar(file, data)))
    except DocgenError as error:
        raise DataProblem(error.problems) from None
    except Exception as error:  # whatever somebody's file makes mammoth or lxml raise is a problem of its own
        fault = f"cannot be read as {'a Word' if suffix == '.docx' else 'an HTML'} file: {type(error).__name__}"
        raise DataProblem([Problem(Where(file), fault, "name the file that was built or filed")]) from None
    if not blocks:
        raise DataProblem([Problem(Where(file), "says nothing", "name the file that was built or filed")])
    document = Document(blocks)
    signs = {sign for content in document.contents() for sign in plain(content)} - {"\n", "\t"}
    if strange := sorted(sign for sign in signs if unicodedata.category(sign) == "Cc"):
        fault = f"holds U+{ord(strange[0]):04X}, which is no letter and no sign"
        raise DataProblem([Problem(Where(file), fault, "delete it there, and save the file again")])
    understood = "".join("".join(plain(content).split()) for content in document.contents())
    if difference := agreement.letters([understood], letters):
        fault = f"has words outside its paragraphs and tables: {sentence(difference)[:200]}"
        raise DataProblem([Problem(Where(file), fault, PLAINER)])
    return Document(tuple(continued.joined(blocks)))


def _contents(body: Any, letters: str) -> tuple[tuple[Block, ...], str]:
    """The blocks of a file's body, beside all its letters."""
    return tuple(_blocks(body)), letters


def _word(file: str, parts: Mapping[str, bytes]) -> tuple[Any, str]:
    """The file as mammoth reads it, and all its letters as they stand in the XML."""
    if any(tag in parts.get(BODY, b"") for tag in TRACKED):
        raise DataProblem([Problem(Where(file), "holds tracked changes", "accept or reject them in Word, and save it")])
    if faults := list(dict.fromkeys(word_hidden.hidden(parts))):
        raise DataProblem(Problem(Where(file), fault, SEEN) for fault in faults[:MOST_FAULTS])
    styles = [*roles.PARAGRAPHS.items(), *((role, cell.word) for role, cell in roles.CELLS.items())]
    lines = [f"p[style-name='{name}'] => {_tag(role)}:fresh" for role, name in styles]
    style_map = "\n".join([*lines, f"r[style-name='{roles.MARK}'] => sup", "p => p:fresh"])
    text = mammoth.convert_to_html(io.BytesIO(ooxml.pack(parts)), style_map=style_map, include_default_style_map=False)
    body = etree.fromstring(parts[BODY])
    letters = "".join("".join((words.text or "").split()) for words in body.iter(f"{W}t"))
    return lxml_html.fragment_fromstring(text.value, create_parent=True), letters


def _tag(role: str) -> str:
    """A paragraph or heading with its role, for mammoth: `p.recital`, `h1.title`; a role of two words joins them."""
    return f"{roles.HEADINGS.get(role, 'p')}.{_class(role)}" if role else "p"


def _class(role: str) -> str:
    return role.replace(" ", "-")


def _edgar(file: str, data: bytes) -> tuple[Any, str]:
    """The body of an HTML file, and all its letters."""
    if faults := list(nothing_hidden.check(File("returned.htm", data))) if nothing_hidden.check else []:
        raise DataProblem(Problem(Where(file, fault.line), fault.words, SEEN) for fault in faults[:MOST_FAULTS])
    parser = lxml_html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    root = lxml_html.document_fromstring(data.decode("utf-8-sig").encode(), parser=parser)
    if root.find(".//table//table") is not None:
        raise DataProblem([Problem(Where(file), "has a table inside a table", PLAINER)])
    body = root.find("body") if root.find("body") is not None else root
    first = next(body.iter(*BLOCKS), None)
    if first is not None and first.tag == "p" and first.get("style") == roles.DRAFT_MARK_HTML:
        first.drop_tree()  # as the header of a Word file, it is no part of what the paper says
    return body, "".join("".join(body.itertext()).split())


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
            role = role if role in roles.PARAGRAPHS else ""
            if element.tag == "p":
                yield Paragraph(role, content)
            else:
                opens = element.tag == "h1" and body.find(".//h2") is not None
                level = int(element.tag[1]) if body.find(".//h1") is not None else 1
                yield Heading(level, role or ("title" if opens else "schedule"), content)


def _is_head(row: Any) -> bool:
    return row.find("th") is not None and row.find("td") is None


def _row(row: Any) -> TableRow:
    elements = list(row.iter("th", "td"))
    cells = tuple(Cell("", _content(cell), cell.tag == "th") for cell in elements)
    role = _row_role(elements[0])
    if role is None and len(cells) == 1:
        role = "label" if _is_head(row) else "fund"
    return TableRow(role or "", cells)


def _row_role(first: Any) -> str | None:
    """The role of a row by that of its first cell, which its style tells; None where it has no style of docgen's."""
    inside = first.find("p")
    name, style = inside.get("class") if inside is not None else None, first.get("style")
    for role, look in roles.CELLS.items():
        if name == _class(role) or (style is not None and style.startswith(look.html)):
            return role if role == "label" else role.removesuffix("name").strip() if role.endswith("name") else ""
    return None


def _content(element: Any) -> Content:
    """The words of an element, with single spaces, its marks and its line ends."""
    inlines: list[Inline] = []
    for inline in joined(list(_inlines(element))):
        if isinstance(inline, Run):
            text = " ".join(inline.text.replace("\xa0", " ").split())
            before = " " if inlines and inline.text[:1].isspace() and isinstance(inlines[-1], Mark) else ""
            inlines += [Run(before + text)] if text else []
        else:
            inlines.append(inline)
    return tuple(inlines)


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
