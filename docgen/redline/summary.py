"""The changes in sentences, for the top of a redline: what happens to each fund, and which words differ besides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docgen.document.english import printed
from docgen.document.tree import Block, Document, Heading, Paragraph, Run, Table
from docgen.facts import changes, sentences
from docgen.facts.apply import apply
from docgen.facts.changes import Change
from docgen.facts.compare import NOWHERE
from docgen.facts.models import Restate
from docgen.facts.schedule import Line, Schedule
from docgen.problems import count

LEGEND = "Words that come are underlined, words that go are struck through."
MOVED = " What moves is struck through where it was and underlined where it is."


def blocks(title: str, listed: Sequence[str], marked: Document) -> tuple[Block, ...]:
    """The summary as the first blocks of a redline: what is against what, how to read it, the changes."""
    moves = any(row.redline == "moved in" for block in marked.blocks if isinstance(block, Table) for row in block.rows)
    words = sum(not isinstance(block, Table) and _differs(block) for block in marked.blocks)
    items = [*listed, *([f"the words of {count(words, 'paragraph')} differ"] if words else [])]
    said = [f"({number}) {item}" for number, item in enumerate(items, start=1)]
    return (
        Heading(1, "title", (Run("SUMMARY OF CHANGES"),)),
        Paragraph("clause", (Run(f"{title}. {LEGEND}{MOVED if moves else ''}"),)),
        *(Paragraph("item", (Run(item),)) for item in said),
    )


def _differs(block: Block) -> bool:
    return not isinstance(block, Table) and any(inline.redline for inline in block.content)


def told(before: Schedule, steps: Sequence[Change | Restate]) -> Iterator[str]:
    """A sentence for each change of a schedule, rates with what they were."""
    now = before
    for step in steps:
        after = apply(now, step, NOWHERE)
        yield _said(step, now, after)
        now = after


def _said(step: Change | Restate, before: Schedule, after: Schedule) -> str:
    if isinstance(step, changes.SetValues):
        was, now = _row(before, step), _row(after, step)
        values = [
            f"{column.heading} from {printed(old.typed, column.holds)} to {printed(new.typed, column.holds)}"
            for (_, column), old, new in zip(after.columns, was.values, now.values, strict=True)
            if old != new
        ]
        under = f" of {step.under}" if step.under else ""
        return f"{step.set}{under}: {', '.join(values)}" if values else sentences.said(step)
    if isinstance(step, changes.Add) and step.values:
        lines = ((line, above.name if above else None) for _, line, above in after.lines())
        row = next(line for line, above in lines if (line.name, above) == (step.add, step.under))
        values = [
            f"{column.heading} {printed(value.typed, column.holds)}"
            for (_, column), value in zip(after.columns, row.values, strict=False)
        ]
        place = f" under {step.under}" if step.under else f" to {step.to}" if step.to else ""
        return f"{step.add} is added{place} ({', '.join(values)})"
    if isinstance(step, changes.Move) and step.to:
        home = next((group.name for group in before.groups for row in group.rows if row.name == step.move), "")
        return f"{step.move} moves from {home} to {step.to}" if home else sentences.said(step)
    return sentences.said(step)


def _row(schedule: Schedule, step: changes.SetValues) -> Line:
    return next(
        line
        for group, line, above in schedule.lines()
        if line.name == step.set and (above.name if above else None) == step.under and step.group in (None, group.name)
    )
