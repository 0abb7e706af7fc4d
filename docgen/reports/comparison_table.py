"""The comparison table: each row that changes, as it is and as amended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docgen.document.tree import Block, Break, Cell, Content, Document, Heading, Inline, Paragraph, Run, Table, TableRow
from docgen.model import english
from docgen.problems import count
from docgen.reports.comparison import NOTHING, Item, Matter


def document(matter: Matter) -> Document:
    """The table as a document for the usual writers."""
    facts = matter.paper.plan.facts
    title: list[Inline] = [Run("AS IS AND AS AMENDED"), Break(), Run(facts.title.upper())]
    effective = f", effective {english.day(matter.day)}" if matter.day else ""
    opening = f"What changes from {matter.old_name} to {matter.new_name}{effective}."
    blocks: list[Block] = [Heading(1, "title", tuple(title)), Paragraph("clause", (Run(opening),))]
    for name, items, stay in matter.items:
        blocks += _schedule(name, items, stay)
    return Document(tuple(blocks), facts.language, (facts.author or facts.title,))


def _schedule(name: str, items: Sequence[Item], stay: int) -> Iterator[Block]:
    yield Heading(2, "schedule", (Run(name),))
    if items:
        first = Cell("group", (Run("CHANGES"),), True)
        sides = (Cell("text", (Run(text),), True) for text in ("AS IS", "AS AMENDED"))
        rows: list[TableRow] = []
        group = ""
        for item in items:
            if item.group and item.group != group:
                group = item.group
                rows.append(TableRow("fund", (Cell("", (Run(group),), True),)))
            rows.append(_row(item))
        yield Table("schedule", (TableRow("", (first, *sides)),), tuple(rows))
    words = "1 row stays as it is." if stay == 1 else f"{count(stay, 'row')} stay as they are."
    yield Paragraph("clause", (Run(words),))


def _row(item: Item) -> TableRow:
    sides = (Cell("text", lines(side or (NOTHING,)), False) for side in (item.before, item.after))
    return TableRow("class" if item.group else "", (Cell("", (Run(item.name),), True), *sides))


def lines(texts: Sequence[str]) -> Content:
    """Texts one under the other."""
    inlines: list[Inline] = []
    for text in texts:
        inlines += [Break(), Run(text)] if inlines else [Run(text)]
    return tuple(inlines)
