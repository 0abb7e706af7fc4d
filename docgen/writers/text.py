"""Writes EDGAR text (.txt): pages of 80 columns in EDGAR's characters.

Source: EDGAR Filer Manual vol. II, 5.2.1; 17 CFR 232.305(a), 232.310. Typographic signs become their
ASCII twins; what has none is refused. A page ends with its number and, but for the last, `<PAGE>`. A
line of what a redline marks stands between <R> and </R>, and then every line is so much shorter.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass, replace

from docgen.document.layout import Layout, TextLayout
from docgen.document.tree import (
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
    Twins,
)
from docgen.edgar.characters import TABULAR, guess, is_plain, plain, reads_as_tag, strangers, unmarked
from docgen.problems import Problem, TooWide, Where, WriterProblem
from docgen.writers import amounts, lines, text_grid, text_table, together
from docgen.writers.pages import TextBlock as PageBlock
from docgen.writers.pages import set_on_pages


@dataclass(frozen=True)
class Look:
    """How a role is set: where its lines begin, and what stands above and below it."""

    set: str  # paragraph, flush, centre, right, hanging, inset or half
    before: int = 1
    new_page: bool = False
    unbroken: bool = False


LOOKS = {
    "title": Look("centre", unbroken=True),
    "schedule": Look("centre", unbroken=True),
    "attached": Look("centre", new_page=True, unbroken=True),
    "exhibit": Look("right"),
    "qualifier": Look("centre"),
    "opening": Look("paragraph"),
    "recital": Look("paragraph"),
    "witnesseth": Look("centre"),
    "item": Look("hanging"),
    "clause": Look("flush"),
    "section": Look("inset"),
    "preamble": Look("paragraph"),
    "footnote": Look("hanging"),
    "quote": Look("right", before=0),
    "terms": Look("flush", before=2),
    "dated": Look("flush"),
    "party": Look("half", before=2, unbroken=True),
    "signature": Look("half", unbroken=True),
    "attest": Look("flush", unbroken=True),
    "": Look("flush"),
}
TABLE_BEFORE = 2
WITHOUT = "or leave text out, in plan.yaml:  form: {formats: [htm, pdf, docx]}"


def write(document: Document, layout: Layout) -> bytes:
    """The document as EDGAR text; WriterProblem for a sign that it lacks, TooWide for a table or word without room."""
    _refuse_strangers(document)
    page = layout.text
    if document.is_redline:
        page = page.model_copy(update={"width": page.width - lines.TAGS})
    try:
        blocks = _blocks(document, page)
    except (lines.TooLong, text_grid.NoRoom) as error:
        raise TooWide([Problem(Where(), f"EDGAR text: {error}", WITHOUT)], about=error.about) from None
    mark = _draft_mark(document, layout.text.width)
    pages = set_on_pages(blocks, layout.text.page_length - len(mark))
    return "".join(_finished([[*mark, *page] for page in pages], layout.text.width)).encode("ascii")


def _draft_mark(document: Document, width: int) -> list[str]:
    """The lines at the top of each page of a draft, with an empty one under them; none for a final paper."""
    words = _letters(document.draft_mark, document.twins)
    return [*lines.centred(words, width), ""] if words else []


def _finished(pages: list[list[str]], width: int) -> Iterator[str]:
    """The pages as text: a number at the foot of each but the first, <PAGE> between them."""
    for number, page in enumerate(pages, start=1):
        foot = ["", f"{number:^{width}}".rstrip()] if number > 1 else [""] if len(pages) > 1 else []
        mark = ["<PAGE>"] if number < len(pages) else []
        yield "".join(line.rstrip() + "\n" for line in [*page, *foot, *mark])


def _refuse_strangers(document: Document) -> None:
    contents = [_said(content, document.twins) for content in ((Run(document.draft_mark),), *document.contents())]
    if is_plain(whole := "\n".join(contents)) and not reads_as_tag(whole):
        return
    if problems := [problem for said in contents for problem in _strange(said)]:
        raise WriterProblem(problems)


def _strange(said: str) -> Iterator[Problem]:
    """What EDGAR text cannot take of the words of a content."""
    for sign in strangers(said):
        word = next((word for word in said.split() if sign in word), said.strip())
        fault = f'EDGAR text has no "{sign}" (U+{ord(sign):04X}), in "{word[:60]}"'
        letters = guess(sign) or "letters"
        yield Problem(Where(), fault, f"give its plain letters in plan.yaml:  ascii: {{{sign}: {letters}}}")
    if tag := reads_as_tag(said):
        yield Problem(Where(), f'EDGAR would read "{tag}" as a tag', "write it without < > & and ;")


def _said(content: Content, twins: Twins) -> str:
    """The words of a content in EDGAR's characters, its lines parted by line ends."""
    if len(content) == 1 and isinstance(run := content[0], Run):
        return _letters(run.text, twins)
    return "".join(_inline(inline, twins) for inline in content)


def _inline(inline: Inline, twins: Twins) -> str:
    if isinstance(inline, Break):
        return "\n"
    return _letters(unmarked(inline.text) if isinstance(inline, Mark) else inline.text, twins)


def _hangs(inline: Inline) -> bool:
    """Whether it stands behind a number without moving it: the mark of a footnote, a closing quotation mark."""
    return isinstance(inline, Mark) or (isinstance(inline, Run) and inline.text == "”")


@functools.lru_cache(maxsize=4096)
def _letters(text: str, twins: Twins) -> str:
    return plain(text, dict(twins))


@functools.lru_cache(maxsize=4096)
def _in_a_cell(text: str, twins: Twins) -> text_grid.Said:
    """What a cell of words alone says; most cells of a paper stand in both its documents."""
    return text_grid.Said(" ".join(_letters(text, twins).split()))


def _blocks(document: Document, layout: TextLayout) -> list[PageBlock]:
    twins = document.twins

    def say(cell: Cell) -> text_grid.Said:
        said = of_cell(cell)
        is_text = cell.role == "text" and not cell.head
        return replace(said, words=amounts.joined(said.words)) if is_text else said

    def of_cell(cell: Cell) -> text_grid.Said:
        if len(cell.content) == 1 and isinstance(run := cell.content[0], Run):
            return _in_a_cell(run.text, twins)
        words = tuple(inline for inline in cell.content if not _hangs(inline))
        marks = cell.content[len(words) :] if cell.content[: len(words)] == words else ()
        text = _said(words if marks else cell.content, twins)
        of_lines = (
            [" ".join(line.split()) for line in text.split("\n")] if cell.role == "text" and not cell.head else []
        )
        return text_grid.Said("\n".join(of_lines) or " ".join(text.split()), _said(marks, twins))

    tables = [block for block in document.blocks if isinstance(block, Table)]
    widest = TABULAR - lines.TAGS if document.is_redline else TABULAR
    grids = {}
    for family in text_grid.families(tables, say):
        made = text_grid.grid(family, layout, say, widest)
        grids.update({id(table): made for table in family})
    blocks = []
    for number, (block, stays) in enumerate(zip(document.blocks, together.with_next(document.blocks), strict=True)):
        if isinstance(block, Table):
            grid = grids[id(block)]
            head = text_table.head_lines(block, grid, say)
            units, above, inside = text_table.pieces(block, grid, say)
            before = TABLE_BEFORE if number and isinstance(document.blocks[number - 1], Table) else 1
            ends = ["</TABLE>"] if grid.tagged else []
            blocks.append(PageBlock(units, head, ends, above, before, stays, inside=inside))
        else:
            look, rows = LOOKS[block.role], _set(block, layout, twins)
            units = [rows] if look.unbroken else _units(rows)
            blocks.append(PageBlock(units, before=look.before, with_next=stays, new_page=look.new_page))
    return blocks


def _set(block: Heading | Paragraph, layout: TextLayout, twins: Twins) -> list[str]:
    """The lines of a heading or a paragraph."""
    look = LOOKS[block.role]
    rows: list[str] = []
    for line in _said(block.content, twins).split("\n"):
        if look.set == "centre":
            rows += lines.centred(line, layout.width)
        elif look.set == "right":
            rows += [row.rjust(layout.width) for row in lines.wrap(line, layout.width)]
        elif look.set == "hanging":
            first, *rest = lines.wrap(line, layout.width - 2, layout.width)
            rows += [first, *("  " + row for row in rest)]
        elif look.set == "inset":
            rows += [" " * layout.indent + row for row in lines.wrap(line, layout.width - layout.indent)]
        elif look.set == "half":
            room = max(layout.width - layout.width * 9 // 20, lines.longest_word(line))
            rows += [" " * (layout.width - room) + row for row in lines.wrap(line, room)]
        else:
            rows += lines.paragraph(line, layout.width, layout.indent if look.set == "paragraph" else 0, layout.justify)
    return lines.tagged(rows, block.redline)


def _units(rows: list[str]) -> list[list[str]]:
    """The lines of a paragraph, the least that a page takes: two where it begins, and two where it ends."""
    return [rows[:2], *([row] for row in rows[2:-2]), rows[-2:]] if len(rows) > 3 else [rows]
