"""Gives a file that somebody sent back the build of the document that went out: which rows are heads, which paragraphs
are headings. Programs that save a file again drop what only looks say; the words stay as the file has them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from docgen.document.tree import Block, Cell, Document, Heading, Paragraph, Table, TableRow, lines
from docgen.problems import DataProblem, Problem, Where
from docgen.readers.returned import quoted
from docgen.redline import align
from docgen.redline.align import Prose
from docgen.redline.word_diff import alike

LEAST_SHARED = 0.05  # of the phrases, below which two documents are not one
FEW = 40  # phrases that say nothing about what document it is


def fitted(returned: Document, ours: Document) -> Document:
    """The returned document, built as ours is wherever the two are the same thing."""
    blocks = [_without_blanks(block) if isinstance(block, Table) else block for block in returned.blocks]
    blocks = [block for block in blocks if not isinstance(block, Table) or block.rows]
    tables = [block for block in ours.blocks if isinstance(block, Table)]
    matched = _table_pairs([block for block in blocks if isinstance(block, Table)], tables)
    models = iter(matched)
    fit = [_like(block, next(models)) if isinstance(block, Table) else block for block in blocks]
    return replace(returned, blocks=tuple(_headings(fit, ours.blocks)))


def refuse_another(file: str, returned: Document, ours: Document) -> None:
    """DataProblem where a file that came back is not our document at all."""
    if is_another(returned, ours):
        fault = f'is another document than ours, which begins with "{quoted(" ".join(next(ours.lines())))}"'
        raise DataProblem([Problem(Where(file), fault, "name the file that came back, or say --document")])


def is_another(returned: Document, ours: Document) -> bool:
    """Whether next to none of the words of two documents follow one another in both."""
    phrases, our_phrases = _phrases(returned), _phrases(ours)
    fewer = min(len(phrases), len(our_phrases))
    return fewer >= FEW and len(phrases & our_phrases) < LEAST_SHARED * fewer


def _phrases(document: Document) -> set[tuple[str, ...]]:
    """Words of a document that follow one another, three by three, within its paragraphs and rows."""
    return {three for line in document.lines() for three in zip(line, line[1:], line[2:], strict=False)}


def texts(row: TableRow) -> tuple[str, ...]:
    """What each cell of a row says, in one line."""
    return tuple(words(cell) for cell in row.cells)


def words(cell: Cell) -> str:
    """What a cell says, in one line."""
    return " ".join(" ".join(lines(cell.content)).split())


def _without_blanks(table: Table) -> Table:
    """A table without the rows and columns in which nothing stands; a table of names to sign keeps them."""
    rows = [row for row in table.rows if any(texts(row))]
    width = max((len(row.cells) for row in rows), default=0)
    full = [row for row in rows if len(row.cells) == width]
    empty = {n for n in range(1, width) if not any(words(row.cells[n]) for row in full)} if width > 1 else set()
    return replace(
        table,
        head=tuple(_columns(row, width, empty) for row in table.head if any(texts(row))),
        body=tuple(_columns(row, width, empty) for row in table.body if any(texts(row))),
    )


def _columns(row: TableRow, width: int, empty: set[int]) -> TableRow:
    if len(row.cells) != width or not empty:
        return row
    return replace(row, cells=tuple(cell for number, cell in enumerate(row.cells) if number not in empty))


def _table_pairs(returned: Sequence[Table], ours: Sequence[Table]) -> list[Table | None]:
    """For each returned table ours that it shares most rows with, the first of those with as many; each once."""
    matched: list[Table | None] = []
    free = list(ours)
    for table in returned:
        rows = {texts(row) for row in table.rows}
        shared = [len(rows & {texts(row) for row in candidate.rows}) for candidate in free]
        best = max(shared, default=0)
        fits = best or (free and len(returned) == len(ours))
        matched.append(free.pop(shared.index(best) if best else 0) if fits else None)
    return matched


def _like(table: Table, ours: Table | None) -> Table:
    """A table with the heads and the roles of ours."""
    if ours is None:
        return table
    rows = table.rows
    size = len(table.head) or _heads(rows, ours)
    by_name = {texts(row)[0]: row for row in reversed(ours.body)}
    head = tuple(_with_roles(row, model) for row, model in zip(rows[:size], ours.head, strict=False))
    body, above = [], next(iter(ours.body), None)
    for row in rows[size:]:
        model = by_name.get(texts(row)[0], above)
        if model is None or len(model.cells) != len(row.cells):
            body.append(row)
        else:
            body.append(_with_roles(row, model))
            above = model
    return Table(ours.role, head, tuple(body))


def _heads(rows: Sequence[TableRow], ours: Table) -> int:
    """How many rows of a table are its heads, where none says so: those that are like the heads of ours."""
    names = {texts(row)[0] for row in ours.body}
    size = 0
    for row, head in zip(rows, ours.head, strict=False):
        pairs = zip(row.cells, head.cells, strict=False)
        near = any(alike(cell.content, model.content) for cell, model in pairs)
        if not near and not (len(row.cells) == len(head.cells) and texts(row)[0] not in names):
            break
        size += 1
    return size


def _with_roles(row: TableRow, model: TableRow) -> TableRow:
    """A row with the role of another, and of its cells; what a row of heads has more is a head."""
    cells = zip(row.cells, model.cells, strict=False)
    like = tuple(replace(cell, role=twin.role, head=twin.head) for cell, twin in cells)
    return TableRow(model.role, like + tuple(replace(cell, head=True) for cell in row.cells[len(like) :]))


def _headings(blocks: Sequence[Block], ours: Sequence[Block]) -> list[Block]:
    """The blocks, each paragraph that is one of ours with its role, or as the heading that it is."""
    (_, before), (at, texts) = align.texts(ours), align.texts(blocks)
    results = list(blocks)
    for number, old in align.paragraphs(before, texts).items():
        results[at[number]] = _as(texts[number], before[old])
    return results


def _as(block: Prose, model: Prose) -> Block:
    if isinstance(model, Heading):
        return Heading(model.level, model.role, block.content)
    return Paragraph(model.role, block.content)
