"""The changes in sentences, for the top of a redline: what happens to each fund, and which words differ besides."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from docgen.consolidation import describe, lineage
from docgen.consolidation.applied import Applied
from docgen.document.tree import Block, Document, Heading, Paragraph, Run, Table
from docgen.model import changes, english
from docgen.model.amendment import Restate
from docgen.model.schedule import Schedule
from docgen.problems import count

LEGEND = "Words that come are underlined, words that go are struck through."
SummarySection = tuple[str, tuple[str, ...]]  # a heading, and the sentences under it
MOVED = " What moves is struck through where it was and underlined where it is."


def blocks(
    title: str, listed: Sequence[str], marked: Document, sections: Sequence[SummarySection]
) -> tuple[Block, ...]:
    """The summary as the first blocks of a redline: what is against what, how to read it, the changes; then, under
    headings of their own, what else a returned file holds."""
    moves = any(row.redline == "moved in" for block in marked.blocks if isinstance(block, Table) for row in block.rows)
    texts = [block.content for block in marked.blocks if not isinstance(block, Table)]
    words = sum(any(inline.redline for inline in content) for content in texts)
    items = [*listed, *([f"the words of {count(words, 'paragraph')} differ"] if words else [])]
    return (
        Heading(1, "title", (Run("SUMMARY OF CHANGES"),)),
        Paragraph("clause", (Run(f"{title}. {LEGEND}{MOVED if moves else ''}"),)),
        *_items(items),
        *(block for heading, sentences in sections for block in (_clause(f"{heading}:"), *_items(sentences))),
    )


def _clause(text: str) -> Paragraph:
    return Paragraph("clause", (Run(" ".join(text.split())),))


def _items(sentences: Sequence[str]) -> Iterator[Paragraph]:
    for number, item in enumerate(sentences, start=1):
        yield Paragraph("item", (Run(f"({number}) {' '.join(item.split())}"),))


def sentence(step: Applied, day: datetime.date | None) -> str:
    """What a change of a schedule does, rates with what they were; from when on, where that is not the day given."""
    when = f", effective {english.day(step.day)}" if step.day and step.day != day else ""
    return f"{_change(step)}{when}"


def _change(step: Applied) -> str:
    change, before, after = describe.with_emptied(step), step.before, step.after
    columns = dict(after.columns)
    if before is None or isinstance(change, Restate):
        return describe.sentence(change, columns)
    if isinstance(change, (changes.SetValues, changes.SetClass)):
        return _new_values(change, before, after) or describe.sentence(change, columns)
    if isinstance(change, changes.Add) and change.values and not change.rows:
        old = lineage.rows(before)
        row = next(line for line_id, line in lineage.rows(after).items() if line_id not in old)
        cells = zip(after.columns, row.values, strict=False)
        values = [f"{column.heading} {english.value_text(value.typed, column.holds)}" for (_, column), value in cells]
        place = f" under {change.under}" if change.under else f" to {change.to}" if change.to else ""
        return f"{change.add} is added{place} ({', '.join(values)})"
    if isinstance(change, changes.Move) and change.to:
        home = next((old.group for new, old in step.lineage.items() if new.row and old.group != new.group), "")
        return f"{change.move} moves from {home} to {change.to}" if home else describe.sentence(change, columns)
    return describe.sentence(change, columns)


def _new_values(change: changes.SetValues | changes.SetClass, before: Schedule, after: Schedule) -> str:
    """From what to what values change; empty where that differs from fund to fund, or a footnote's sign changes."""
    texts: dict[str, set[tuple[str, str]]] = {}
    for _, column, old, new in lineage.new_values(before, after):
        pair = english.value_text(old.typed, column.holds), english.value_text(new.typed, column.holds)
        texts.setdefault(column.heading, set()).add(pair)
    if not texts or any(len(pairs) > 1 or any(old == new for old, new in pairs) for pairs in texts.values()):
        return ""
    values = [f"{heading} from {old} to {new}" for heading, pairs in texts.items() for old, new in pairs]
    if isinstance(change, changes.SetClass):
        return f"{change.set_class} of {change.of or describe.EVERY}: {', '.join(values)}"
    return f"{change.set}{f' of {change.under}' if change.under else ''}: {', '.join(values)}"
