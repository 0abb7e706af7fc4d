"""Writes Word files (.docx): the named styles of templates/reference.docx, real tables, no looks of their own.

Source: ECMA-376 part 1, 17.3 (paragraphs), 17.4 (tables), 17.13.5 (tracked changes). The heads of a
table repeat on each page, a row does not split, and the same document gives the same bytes. What stays on one page
with what stands below it is said paragraph by paragraph, since no style knows its neighbour.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from itertools import count, pairwise
from pathlib import Path

import docx
from docx.document import Document as WordFile
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from docgen.document import roles
from docgen.document.layout import Layout
from docgen.document.tree import (
    ADDED,
    Break,
    Content,
    Document,
    Heading,
    Inline,
    Mark,
    Paragraph,
    Reviser,
    Table,
    TableRow,
)
from docgen.files import ooxml
from docgen.problems import DocgenError, Problem, Where, WriterProblem
from docgen.writers import amounts, docx_sections, together
from docgen.writers.docx_sections import PagePlace
from docgen.writers.widths import SIZES, Fit, fits, heights

REFERENCE = "reference.docx"
STYLES = frozenset(
    {*roles.PARAGRAPHS.values(), *(cell.word for cell in roles.CELLS.values()), roles.TABLE, roles.GAP, roles.MARK}
)
MOST_UNDER = together.MOST_LINES  # rows of a fund that stay on one page; a longer one has pages of its own
DOCGEN = Reviser()
TAKE_OURS = "take the file that comes with docgen"
REMEDY = "take the file that comes with docgen, or give the style this name in Word"


@dataclass(frozen=True)
class _Setting:
    """What the parts of one file share: the styles' ids by name, the room between the margins, the tracked changes."""

    styles: Mapping[str, str]
    widths: Mapping[together.PageSize, int]
    reviser: Reviser
    type: int = 0  # the size of the type in half points, where it is not the style's
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def change(self, marked: Inline | Heading | Paragraph | TableRow | None) -> tuple[str, str]:
        """The tags around what a redline marks; both empty for what stays."""
        if marked is None or not marked.redline:
            return "", ""
        tag = "w:ins" if marked.redline in ADDED else "w:del"
        reviser = marked.reviser or self.reviser
        day = f' w:date="{escape(reviser.date)}"' if reviser.date else ""
        author = escape(reviser.author)
        return f'<{tag} w:id="{next(self.numbers)}" w:author="{author}"{day}>', f"</{tag}>"


def write(document: Document, layout: Layout, reviser: Reviser = DOCGEN) -> bytes:
    """The document as a Word file; what a redline marks becomes a tracked change."""
    path, word = _reference(layout)
    styles = _styles(path, word, STYLES | {roles.DRAFT_MARK} if document.draft_mark else STYLES)
    if document.landscape:
        _lay_on_long_side(word)
    if document.draft_mark:
        _mark_as_draft(word, document.draft_mark)
    document = amounts.unbroken(document)
    pieces = list(_pieces(document))
    stays = [piece.stays for piece in pieces]
    in_tables = {number: piece.place for number, piece in enumerate(pieces) if isinstance(piece, _Part)}
    places = together.on_pages(stays, in_tables, docx_sections.USUAL)
    sections = docx_sections.of_places(word, places, styles[roles.CELLS["fund name"].word])
    setting = _Setting(styles, {place.page: docx_sections.text_width(it) for place, it in sections.items()}, reviser)
    blocks = [_written(piece, setting) for piece in pieces]
    body = word.element.body
    text = "".join(docx_sections.in_sections(blocks, places, sections))
    body[:] = parse_xml(f"<w:body {nsdecls('w', 'r')}>{text}</w:body>")[:]
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
    members: dict[str, bytes] = {}
    try:
        members = ooxml.parts(str(path), path.read_bytes())
        return path, docx.Document(io.BytesIO(ooxml.pack(members)))
    except DocgenError as error:
        raise WriterProblem(error.problems) from None
    except OSError as error:
        raise WriterProblem([Problem(Where(str(path)), f"cannot be read: {error.strerror}", TAKE_OURS)]) from None
    except Exception:  # whatever somebody's file makes python-docx raise is a problem of its own
        fault = ooxml.fault(members, (ooxml.FIRST,)) or "is not built as a Word file is"
        raise WriterProblem([Problem(Where(str(path)), fault, TAKE_OURS)]) from None


def _styles(path: Path, word: WordFile, needed: frozenset[str]) -> dict[str, str]:
    """The ids of the styles by name; WriterProblem for needed ones that are missing."""
    ids = {str(style.name): style.style_id for style in word.styles}
    missing = sorted(needed - ids.keys())
    if missing:
        raise WriterProblem(Problem(Where(str(path)), f'has no style "{name}"', REMEDY) for name in missing)
    return ids


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


@dataclass(frozen=True)
class _Words:
    """A heading or a paragraph, and whether it stays with what stands below."""

    block: Heading | Paragraph
    stays: bool


@dataclass(frozen=True)
class _Part:
    """A table, or the part of one that stands on pages of its own; `keeps` says of each row whether it stays so."""

    table: Table
    fit: Fit
    keeps: tuple[bool, ...]
    place: PagePlace

    @property
    def stays(self) -> bool:
        """Whether its last row stays with what stands below."""
        return self.keeps[-1]


def _pieces(document: Document) -> Iterator[_Words | _Part]:
    """The blocks of a document; a table in parts where it has funds that no page has room for."""
    tables, numbers = fits(document), count(1)
    for number, (block, stay) in enumerate(zip(document.blocks, together.with_next(document.blocks), strict=True)):
        if isinstance(block, Table):
            yield from _parts(block, stay, tables[number], numbers)
        else:
            yield _Words(block, stay)


def _parts(table: Table, stays: bool, fit: Fit, numbers: Iterator[int]) -> Iterator[_Part]:
    """A table cut before and behind each fund, and each row, that goes on over the page: Word repeats only what heads
    a table."""
    deep = heights(table, fit)
    above = [*together.continued(table, deep, MOST_UNDER), ""]
    keeps = together.rows_with_next(table, deep, MOST_UNDER)
    starts = {number: above[number + 1] for number in range(len(table.body)) if above[number + 1] and not above[number]}
    ends = {number for number in range(1, len(table.body)) if above[number - 1] and not above[number]}
    tall = {number: name for number, name in enumerate(together.continued_inside(table, deep)) if name}
    alone = {number: name for number, name in tall.items() if not above[number] and number not in starts}
    starts |= alone
    cuts = sorted({0, *starts, *ends, *(number + 1 for number in alone), len(table.body)})
    for start, end in pairwise(cuts):
        name = starts.get(start)
        place = PagePlace(fit.size.page, next(numbers), name) if name else PagePlace(fit.size.page)
        its_keeps = (*keeps[start : end - 1], stays and end == len(table.body))
        yield _Part(replace(table, body=table.body[start:end]), fit, its_keeps, place)


def _written(piece: _Words | _Part, setting: _Setting) -> str:
    if isinstance(piece, _Part):
        return _table(piece, setting)
    block = piece.block
    return _paragraph(roles.PARAGRAPHS[block.role], block.content, block, piece.stays, setting)


def _paragraph(
    style: str, content: Content, around: Heading | Paragraph | TableRow | None, stays: bool, setting: _Setting
) -> str:
    """A paragraph of a block or row; where all of that has come or gone, so has its end. One that `stays` is kept with
    the next."""
    change = "".join(setting.change(around))
    end = f"<w:rPr>{change}</w:rPr>" if change else ""
    words = "".join(_inline(inline, setting) for inline in content)
    keep = "<w:keepNext/>" if stays else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{setting.styles[style]}"/>{keep}{end}</w:pPr>{words}</w:p>'


def _inline(inline: Inline, setting: _Setting) -> str:
    before, after = setting.change(inline)
    if isinstance(inline, Break):
        return f"{before}<w:r><w:br/></w:r>{after}"
    tag = "w:delText" if before.startswith("<w:del") else "w:t"
    look = f'<w:rStyle w:val="{setting.styles[roles.MARK]}"/>' if isinstance(inline, Mark) else ""
    look += f'<w:sz w:val="{setting.type}"/>' if setting.type else ""
    look = f"<w:rPr>{look}</w:rPr>" if look else ""
    text = f'<{tag} xml:space="preserve">{escape(inline.text, quote=False)}</{tag}>'
    return f"{before}<w:r>{look}{text}</w:r>{after}"


def _table(part: _Part, setting: _Setting) -> str:
    """A table, and the empty paragraph without which Word would join it with the next."""
    table, fit, keeps = part.table, part.fit, part.keeps
    columns = _columns(fit.shares, setting.widths[fit.size.page])
    rows = [_row(row, columns, True, True, setting) for row in table.head]
    smaller = replace(setting, type=0 if fit.size == SIZES[0] else 2 * fit.size.type)
    rows += [_row(row, columns, False, keep, smaller) for row, keep in zip(table.body, keeps, strict=True)]
    is_one = len({row.redline for row in table.rows}) == 1
    gap = _paragraph(roles.GAP, (), table.rows[-1] if is_one else None, keeps[-1], setting)
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
        paragraph = _paragraph(style, cell.content, row, stays, setting)
        cells += f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}</w:tcPr>{paragraph}</w:tc>'
    repeated = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}{''.join(setting.change(row))}</w:trPr>{cells}</w:tr>"
