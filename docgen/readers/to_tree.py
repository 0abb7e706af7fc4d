"""Reads a finished Word or HTML file as a tree of paragraphs, tables, rows and cells, whoever made it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

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
    Reviser,
    Run,
    Table,
    TableRow,
    joined,
    plain,
)
from docgen.edgar import characters
from docgen.files import file_kinds, limits, ooxml
from docgen.problems import DataProblem, DocgenError, Problem, Where
from docgen.readers import agreement, continued, html_tree, sentence, word_tree
from docgen.readers.returned import Acceptance, ReturnedFile, RevisedLine, quoted
from docgen.readers.word_tree import ReturnedPage, role_class

NO_CELLS = "plain text and PDF have no rows and cells to compare; keep the .docx or the .htm, or the draft's .yaml"
PLAINER = "compare with a file that docgen built, or with the draft's .yaml"
SUFFIXES = (".docx", ".htm", ".html")
BODY = "word/document.xml"
TABLES, HEADINGS = "table", ("h1", "h2", "h3", "h4", "h5", "h6")
OF_BLOCKS = (
    *("div", "center", "blockquote", "ul", "ol", "li", "dl", "dt", "dd"),
    *("pre", "address", "section", "article", "header", "footer", "main", "figure", "figcaption"),
    *("form", "fieldset", "hr", "body", "html", "caption", "nav", "aside", "details"),
    "summary",
)
SAVE_AGAIN = "open it in the program that made it and save it again, or name the file that was built or filed"
USUAL = Acceptance()


def read(file: str, data: bytes) -> Document:
    """The document that a file says; DataProblem when it is no .docx or .htm, or says more than could be read."""
    return returned(file, data).document


def returned(file: str, data: bytes, acceptance: Acceptance = USUAL) -> ReturnedFile:
    """The same with all that somebody tracked or marked in the file, and with its tracked changes read so."""
    suffix = Path(file).suffix.lower()
    if suffix not in SUFFIXES:
        raise DataProblem([Problem(Where(file), "is not a .docx or .htm file", NO_CELLS)])
    if fault := file_kinds.mismatch(file, data):
        raise DataProblem([Problem(Where(file), fault, SAVE_AGAIN)])
    try:
        if suffix == ".docx":
            parts = ooxml.parts(file, data)
            texts = max(map(parts.get(BODY, b"").count, (b":t>", b"<t>")))
            page, blocks = limits.of_file(file, lambda: _contents(word_tree.page(file, parts, acceptance)), texts)
        else:
            page, blocks = limits.of_file(file, lambda: _contents(html_tree.page(file, data, acceptance)))
    except DocgenError as error:
        raise DataProblem(error.problems) from None
    except Exception:  # whatever somebody's file makes mammoth or lxml raise is a problem of its own
        fault = f"is not built as {'a Word' if suffix == '.docx' else 'an HTML'} file is"
        raise DataProblem([Problem(Where(file), fault, SAVE_AGAIN)]) from None
    if not blocks:
        besides = f" but for {', '.join(page.remarks[:3])}" if page.remarks else ""
        raise DataProblem([Problem(Where(file), f"says nothing{besides}", "name the file that was built or filed")])
    document = Document(blocks)
    _refuse_strange(file, document, page.letters)
    lines = tuple(_lines(document, page.revisers)) if any(page.revisers) else ()
    document = Document(tuple(continued.joined(blocks)))
    return ReturnedFile(document, page.tracked, page.remarks, page.margins, lines)


def _lines(document: Document, revisers: Sequence[Reviser | None]) -> Iterator[RevisedLine]:
    """The paragraphs and rows, with who changed each of their letters."""
    at = 0
    for words in document.lines():
        end = at + sum(map(len, words))
        yield RevisedLine(words, tuple(revisers[at:end]))
        at = end


def _refuse_strange(file: str, document: Document, letters: str) -> None:
    """DataProblem for signs that are no letters, and where the file has more or other letters than the document."""
    words = [word for content in document.contents() for word in plain(content).split()]
    if strange := sorted({sign for word in words for sign in word if characters.prints_nothing(sign)}):
        text = next(text for content in document.contents() if strange[0] in (text := plain(content)))
        at = max(text.index(strange[0]) - 40, 0)
        around = " ".join(text[at:].replace(strange[0], "").split())
        place = f' in "{quoted(around)}"' if around else ""
        fault = f"holds U+{ord(strange[0]):04X}{place}, which is no letter and no sign"
        raise DataProblem([Problem(Where(file), fault, "delete it there, and save the file again")])
    if mixed := next((word for word in words if characters.alphabets(word)), ""):
        fault = f'"{mixed[:40]}" mixes letters of {" and ".join(characters.alphabets(mixed))}'
        raise DataProblem([Problem(Where(file), fault, "write it in letters of one alphabet; some look alike")])
    if difference := agreement.letters(words, letters):
        departure = sentence(difference, "its paragraphs and tables say")
        fault = f"has words outside its paragraphs and tables: {departure[:200]}"
        raise DataProblem([Problem(Where(file), fault, PLAINER)])


def _contents(page: ReturnedPage) -> tuple[ReturnedPage, tuple[Block, ...]]:
    """A page with the blocks of its body."""
    return page, tuple(_blocks(page.body))


def _blocks(body: Any) -> Iterator[Block]:
    """The paragraphs, headings and tables of a body; words that stand in no paragraph are one."""
    has_titles, has_schedules = body.find(".//h1") is not None, body.find(".//h2") is not None
    loose: list[Inline] = []

    def settled() -> Iterator[Block]:
        content = _tidy(loose)
        loose.clear()
        if content:
            yield Paragraph("", content)

    def inside(element: Any) -> Iterator[Block]:
        loose.extend([Run(element.text)] if element.text else [])
        for inner in element:
            yield from block(inner)
            loose.extend([Run(inner.tail)] if inner.tail else [])

    def block(element: Any) -> Iterator[Block]:
        if element.tag == "p" or element.tag in (TABLES, *HEADINGS):
            yield from settled()
            yield from _block(element, has_titles, has_schedules)
        elif element.tag in OF_BLOCKS:
            yield from settled()
            yield from inside(element)
            yield from settled()
        elif element.find(".//p") is not None or element.find(".//table") is not None:
            yield from inside(element)
        else:
            loose.extend(_inline(element))

    yield from inside(body)
    yield from settled()


def _block(element: Any, has_titles: bool, has_schedules: bool) -> Iterator[Block]:
    """A paragraph, a heading or a table; none where it says nothing."""
    if element.tag == TABLES:
        full = [row for row in element.iter("tr") if row.find("td") is not None or row.find("th") is not None]
        rows = [(_row(row), _is_head(row)) for row in full]
        head = tuple(row for row, is_head in rows if is_head)
        body_rows = tuple(row for row, is_head in rows if not is_head)
        if rows:
            yield Table("schedule", head, body_rows)
    elif content := _content(element):
        name = element.get("class")
        role = name if name in roles.PARAGRAPHS else ""
        if element.tag == "p":
            yield Paragraph(role, content)
        else:
            opens = element.tag == "h1" and has_schedules
            level = int(element.tag[1]) if has_titles else 1
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
        if name == role_class(role) or (style is not None and style.startswith(look.html)):
            return role if role == "label" else role.removesuffix("name").strip() if role.endswith("name") else ""
    return None


def _content(element: Any) -> Content:
    """The words of an element, with single spaces, its marks and its line ends."""
    return _tidy(list(_inlines(element)))


def _tidy(raw: list[Inline]) -> Content:
    """Inlines with single spaces, and without line ends at either end."""
    inlines: list[Inline] = []
    for inline in joined(raw):
        if isinstance(inline, Run):
            text = " ".join(inline.text.split())
            before = " " if inlines and inline.text[:1].isspace() and isinstance(inlines[-1], Mark) else ""
            inlines += [Run(before + text)] if text else []
        else:
            inlines.append(inline)
    while inlines and isinstance(inlines[-1], Break):
        inlines.pop()
    while inlines and isinstance(inlines[0], Break):
        inlines.pop(0)
    return tuple(inlines)


def _inlines(element: Any) -> Iterator[Inline]:
    """The words in an element; what stands in a block of its own is on a line of its own."""
    has_words, is_line = bool(element.text and element.text.strip()), False
    if element.text:
        yield Run(element.text)
    for inner in element:
        is_block = inner.tag == "p" or inner.tag in (*OF_BLOCKS, *HEADINGS)
        if has_words and (is_block or is_line):
            yield Break()
        yield from _inline(inner)
        has_words = has_words or bool(inner.text_content().strip())
        is_line = is_block
        if inner.tail:
            if is_line and inner.tail.strip():
                yield Break()
                is_line = False
            yield Run(inner.tail)
            has_words = has_words or bool(inner.tail.strip())


def _inline(element: Any) -> Iterator[Inline]:
    if element.tag == "br":
        yield Break()
    elif element.tag == "sup":
        if text := " ".join(element.text_content().split()):
            yield Mark(text)
    else:
        yield from _inlines(element)
