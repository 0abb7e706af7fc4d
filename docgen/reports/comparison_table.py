"""The comparison table: each schedule whole, as it is beside as amended, from its first row to its last."""

from __future__ import annotations

from collections.abc import Sequence

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
    over_lines,
)
from docgen.model import english
from docgen.reports.comparison import Beside, Item, Matter, PrintedEntry, SideBySide
from docgen.reports.moment_names import title_of
from docgen.reports.value_texts import NOTHING

MOST_LETTERS = 30  # of a head with its value that stay on one line
MOST_BESIDE = 4  # columns of values that each side has room for; more stand one under the other


def document(matter: Matter) -> Document:
    """The table as a document for the usual writers, its pages on their long side."""
    plan = matter.plan
    effective = f", effective {english.day(matter.day)}" if matter.day and matter.by_number else ""
    opening = f"As is: {matter.old_name}. As amended: {matter.new_name}{effective}."
    title = over_lines(["AS IS AND AS AMENDED", english.upper(title_of(plan))])
    blocks: list[Block] = [Heading(1, "title", title), Paragraph("clause", (Run(opening),))]
    blocks += [_sentence(item) for item in matter.others]
    for schedule in matter.schedules:
        blocks.append(Heading(2, "schedule", (Run(schedule.new.name),)))
        blocks += [_sentence(item) for item in schedule.others]
        blocks.append(_table(schedule))
    return Document(tuple(blocks), plan.language, (plan.author or plan.title,), landscape=True)


def _sentence(item: Item) -> Paragraph:
    return Paragraph("item", (Run(f"{item.name}: {item.sentence}"),))


def _table(schedule: Beside) -> Table:
    old, new = ([column.heading for _, column in side.columns] for side in (schedule.old, schedule.new))
    heads = [Cell("text", (Run("AS IS"),), True), *_heads(old)]
    heads += [Cell("text", (Run("AS AMENDED"),), True), *_heads(new), Cell("text", (Run("WHAT CHANGES"),), True)]
    rows = tuple(_row(pair, old, new) for pair in schedule.pairs)
    return Table("schedule", (TableRow("", tuple(heads)),), rows)


def _heads(headings: Sequence[str]) -> list[Cell]:
    """A head for each column; one for all of them where they stand one under the other."""
    texts = headings if len(headings) <= MOST_BESIDE else ["VALUES"]
    return [Cell("text", (Run(text),), True) for text in texts]


def _row(pair: SideBySide, old: Sequence[str], new: Sequence[str]) -> TableRow:
    """A registrant, fund or class on both sides."""
    entry = pair.new or pair.old
    if entry and entry.level == "group" and not pair.items:
        return TableRow("fund", (Cell("group", _name(entry), True),))
    changes = "; ".join(item.brief or item.sentence for item in pair.items)
    cells = (
        Cell("", _name(pair.old), True),
        *_values(pair.old, old),
        Cell("name", _name(pair.new), False),
        *_values(pair.new, new),
        Cell("text", _run(changes), False),
    )
    return TableRow("class" if entry and entry.level == "class" else "fund" if entry and entry.classes else "", cells)


def _name(entry: PrintedEntry | None) -> Content:
    if entry is None:
        return (Run(NOTHING),)
    return (Run(entry.name), Mark(entry.mark)) if entry.mark else (Run(entry.name),)


def _values(entry: PrintedEntry | None, headings: Sequence[str]) -> list[Cell]:
    """The values of one side, a cell each, or one under the other with their heads."""
    texts = entry.texts if entry else ()
    marks = [value.mark for value in entry.values] if entry else []
    if len(headings) <= MOST_BESIDE:
        cells = [Cell("text", _marked(text, mark), False) for text, mark in zip(texts, marks, strict=True)]
        return cells + [Cell("text", (), False)] * (len(headings) - len(cells))
    lines: list[Inline] = []
    for heading, text, mark in zip(headings, texts, marks, strict=False):
        if text:
            lines += [*([Break()] if lines else []), *_marked(_in_one(f"{heading}: {text}"), mark)]
    return [Cell("text", tuple(lines), False)]


def _marked(text: str, mark: str) -> Content:
    """A value with the sign of its footnote."""
    return (*_run(text), Mark(mark)) if mark else _run(text)


def _in_one(text: str) -> str:
    """A short text with blanks at which no line ends."""
    return text.replace(" ", "\xa0") if len(text) <= MOST_LETTERS else text


def _run(text: str) -> Content:
    return over_lines(text.split("\n")) if text else ()
