"""Writes Word files (.docx): the named styles of templates/reference.docx, real tables, no looks of their own.

Source: ECMA-376 part 1, 17.3 (paragraphs), 17.4 (tables), 17.13.5 (tracked changes). The heads of a
table repeat on each page, a row does not split, and the same document gives the same bytes. What stays on one page
with what stands below it is said paragraph by paragraph, since no style knows its neighbour.
"""

from __future__ import annotations

import copy
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from itertools import count, pairwise
from pathlib import Path
from typing import Any

import docx
from docx.document import Document as WordFile
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from lxml import etree

from docgen.document import roles
from docgen.document.layout import Layout
from docgen.document.tree import (
    ADDED,
    Block,
    Break,
    Content,
    Document,
    Inline,
    Mark,
    Revision,
    Table,
    TableRow,
)
from docgen.files import ooxml
from docgen.problems import DocgenError, Problem, Where, WriterProblem
from docgen.writers import together
from docgen.writers.widths import SIZES, Fit, fits

REFERENCE = "reference.docx"
STYLES = frozenset(
    {*roles.PARAGRAPHS.values(), *(cell.word for cell in roles.CELLS.values()), roles.TABLE, roles.GAP, roles.MARK}
)
LETTER_TEXT = 9360  # the width between the margins of a letter page, in twentieths of a point
SIDES: Mapping[together.PageSize, Mapping[str, str]] = {  # of pages that are not the usual ones
    "landscape": {"w": "15840", "h": "12240", "orient": "landscape"},
    "ledger": {"w": "24480", "h": "15840", "orient": "landscape"},
}
MOST_UNDER = 30  # rows of a fund that stay on one page: Word cannot say its name again on the next
EMU = 635  # English metric units in a twentieth of a point
REMEDY = "take the file that comes with docgen, or give the style this name in Word"


@dataclass(frozen=True)
class Reviser:
    """Who made a redline's changes, and when (`2003-11-24T00:00:00Z`, or empty)."""

    author: str = "docgen"
    date: str = ""


@dataclass(frozen=True)
class _Setting:
    """What the parts of one file share: the styles' ids by name, the room between the margins, the tracked changes."""

    styles: Mapping[str, str]
    widths: Mapping[together.PageSize, int]
    reviser: Reviser
    type: int = 0  # the size of the type in half points, where it is not the style's
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def change(self, redline: Revision) -> tuple[str, str]:
        """The tags around what a redline marks; both empty for what stays."""
        if not redline:
            return "", ""
        tag = "w:ins" if redline in ADDED else "w:del"
        day = f' w:date="{escape(self.reviser.date)}"' if self.reviser.date else ""
        author = escape(self.reviser.author)
        return f'<{tag} w:id="{next(self.numbers)}" w:author="{author}"{day}>', f"</{tag}>"


def write(document: Document, layout: Layout, reviser: Reviser = Reviser()) -> bytes:
    """The document as a Word file; what a redline marks becomes a tracked change."""
    path, word = _reference(layout)
    styles = _styles(path, word, STYLES | {roles.DRAFT_MARK} if document.draft_mark else STYLES)
    if document.landscape:
        _lay_on_long_side(word)
    if document.draft_mark:
        _mark_as_draft(word, document.draft_mark)
    tables = fits(document)
    sections = _sections(word, [fit.size.page for fit in tables.values()])
    setting = _Setting(styles, {page: _text_width(section) for page, section in sections.items()}, reviser)
    stays = together.with_next(document.blocks)
    blocks = _blocks(document.blocks, tables, stays, setting)
    pages = together.on_pages(stays, {number: fit.size.page for number, fit in tables.items()})
    body = word.element.body
    body[:] = parse_xml(f"<w:body {nsdecls('w')}>{''.join(_in_sections(blocks, pages, sections))}</w:body>")[:]
    for language in word.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), document.language)
    saved = io.BytesIO()
    word.save(saved)
    core = ooxml.core(document.title, document.authors, language=document.language)
    return ooxml.pack(ooxml.parts(path.name, saved.getvalue()) | {ooxml.CORE: core})


def _reference(layout: Layout) -> tuple[Path, WordFile]:
    """The file with the styles: the first of the templates' folders that has it; WriterProblem when it is no such."""
    folders = (*layout.folders, layout.css.parent)
    path = next((folder / REFERENCE for folder in folders if (folder / REFERENCE).is_file()), layout.css.parent)
    try:
        members = ooxml.parts(str(path), path.read_bytes())
        return path, docx.Document(io.BytesIO(ooxml.pack(members)))
    except DocgenError as error:
        raise WriterProblem(error.problems) from None
    except Exception as error:  # whatever somebody's file makes python-docx raise is a problem of its own
        fault = f"cannot be read: {type(error).__name__}"
        raise WriterProblem([Problem(Where(str(path)), fault, "take the file that comes with docgen")]) from None


def _styles(path: Path, word: WordFile, needed: frozenset[str]) -> dict[str, str]:
    """The ids of the styles by name; WriterProblem for needed ones that are missing."""
    ids = {str(style.name): style.style_id for style in word.styles}
    missing = sorted(needed - ids.keys())
    if missing:
        raise WriterProblem(Problem(Where(str(path)), f'has no style "{name}"', REMEDY) for name in missing)
    return ids


def _sections(word: WordFile, pages: Iterable[together.PageSize]) -> dict[together.PageSize, Any]:
    """The file's section, on each of the pages."""
    sections = {page: copy.deepcopy(word.element.body.sectPr) for page in {"", *pages}}
    for page, section in sections.items():
        if page:
            size = section.get_or_add_pgSz()
            size.attrib.update({qn(f"w:{name}"): value for name, value in SIDES[page].items()})
    return sections


def _text_width(section: Any) -> int:
    """The width between the margins, in twentieths of a point."""
    width, left, right = section.page_width, section.left_margin, section.right_margin
    return LETTER_TEXT if width is None or left is None or right is None else (width - left - right) // EMU


def _in_sections(
    blocks: Sequence[str], pages: Sequence[together.PageSize], sections: Mapping[Any, Any]
) -> Iterator[str]:
    """The blocks; where other pages begin, the paragraph before ends a section; the last section ends them all."""
    first = True
    for block, page, below in zip(blocks, pages, [*pages[1:], None], strict=True):
        if below == page:
            yield block
            continue
        section = etree.tostring(sections[page], encoding="unicode")
        section = section if first else section.replace("<w:titlePg/>", "")  # only the first page has no number
        before, end, behind = block.rpartition("</w:pPr>")
        yield block + section if below is None else f"{before}{section}{end}{behind}"
        first = False


def _lay_on_long_side(word: WordFile) -> None:
    """Turns the pages, if they stand upright."""
    section = word.sections[-1]
    height, width = section.page_height, section.page_width
    if height is not None and width is not None and height > width:
        section.orientation, section.page_height, section.page_width = WD_ORIENT.LANDSCAPE, width, height


def _mark_as_draft(word: WordFile, words: str) -> None:
    """Puts the words at the top of every header: those of the first page, of even pages and of all others."""
    section = word.sections[-1]
    for header in (section.header, section.first_page_header, section.even_page_header):
        empty = header.is_linked_to_previous
        header.is_linked_to_previous = False
        top = header.paragraphs[0] if empty else header.paragraphs[0].insert_paragraph_before()
        top.style = word.styles[roles.DRAFT_MARK]
        top.add_run(words)


def _blocks(blocks: Sequence[Block], tables: Mapping[int, Fit], stays: Sequence[bool], setting: _Setting) -> list[str]:
    written = []
    for number, block in enumerate(blocks):
        if isinstance(block, Table):
            written.append(_table(block, tables[number], stays[number], setting))
        else:
            style = roles.PARAGRAPHS[block.role]
            written.append(_paragraph(style, block.content, block.redline, stays[number], setting))
    return written


def _paragraph(style: str, content: Content, redline: Revision, stays: bool, setting: _Setting) -> str:
    """A paragraph; where all of it has come or gone, so has its end. One that `stays` is kept with the next."""
    end = f"<w:rPr>{''.join(setting.change(redline))}</w:rPr>" if redline else ""
    words = "".join(_inline(inline, setting) for inline in content)
    keep = "<w:keepNext/>" if stays else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{setting.styles[style]}"/>{keep}{end}</w:pPr>{words}</w:p>'


def _inline(inline: Inline, setting: _Setting) -> str:
    before, after = setting.change(inline.redline)
    if isinstance(inline, Break):
        return f"{before}<w:r><w:br/></w:r>{after}"
    tag = "w:delText" if before.startswith("<w:del") else "w:t"
    look = f'<w:rStyle w:val="{setting.styles[roles.MARK]}"/>' if isinstance(inline, Mark) else ""
    look += f'<w:sz w:val="{setting.type}"/>' if setting.type else ""
    look = f"<w:rPr>{look}</w:rPr>" if look else ""
    text = f'<{tag} xml:space="preserve">{escape(inline.text, quote=False)}</{tag}>'
    return f"{before}<w:r>{look}{text}</w:r>{after}"


def _table(table: Table, fit: Fit, stays: bool, setting: _Setting) -> str:
    """A table, and the empty paragraph without which Word would join it with the next."""
    columns = _columns(fit.shares, setting.widths[fit.size.page])
    rows = [_row(row, columns, True, True, setting) for row in table.head]
    keeps = [*together.rows_with_next(table, MOST_UNDER)[:-1], stays]
    smaller = replace(setting, type=0 if fit.size == SIZES[0] else 2 * fit.size.type)
    rows += [_row(row, columns, False, keep, smaller) for row, keep in zip(table.body, keeps, strict=True)]
    marks = {row.redline for row in table.rows}
    gap = _paragraph(roles.GAP, (), marks.pop() if len(marks) == 1 else "", stays, setting)
    grid = "".join(f'<w:gridCol w:w="{column}"/>' for column in columns)
    look = f'<w:tblLook w:val="0020" w:firstRow="{1 if table.head else 0}" w:lastRow="0" w:firstColumn="0" \
w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{setting.styles[roles.TABLE]}"/>'
        f'<w:tblW w:w="{sum(columns)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{look}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>{gap}"
    )


def _columns(widths: Sequence[float], total: int) -> list[int]:
    """The shares as widths of columns that add up to the whole."""
    edges = [round(total * sum(widths[:number]) / sum(widths)) for number in range(len(widths) + 1)]
    return [end - start for start, end in pairwise(edges)]


def _row(row: TableRow, columns: Sequence[int], head: bool, stays: bool, setting: _Setting) -> str:
    across = len(row.cells) == 1 < len(columns)
    cells = ""
    for number, cell in enumerate(row.cells):
        width = sum(columns) if across else columns[number]
        span = f'<w:gridSpan w:val="{len(columns)}"/>' if across else ""
        style = roles.CELLS[roles.of_cell(row, cell, number, head)].word
        paragraph = _paragraph(style, cell.content, row.redline, stays, setting)
        cells += f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}</w:tcPr>{paragraph}</w:tc>'
    repeated = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}{''.join(setting.change(row.redline))}</w:trPr>{cells}</w:tr>"
