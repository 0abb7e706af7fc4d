"""The memo for the board: what changes, fund by fund, and the approvals that it needs, on one page."""

from __future__ import annotations

from docgen.document.tree import Block, Break, Cell, Document, Heading, Inline, Paragraph, Run, Table, TableRow
from docgen.model import english
from docgen.model.plan import Plan
from docgen.problems import count
from docgen.reports import approvals
from docgen.reports.comparison import Item, Matter

MOST_ROWS = 14  # that a page takes beside the rest


def document(matter: Matter, most: int = MOST_ROWS) -> Document:
    """The memo as a document for the usual writers; changes beyond `most` are counted, and stand in the table."""
    facts = matter.paper.plan.facts
    items = [item for _, changes, _ in matter.items for item in changes]
    number = matter.paper.amendment.facts.number
    shares = english.class_shares(facts.share_classes)
    about = f"{facts.title}{f' ({shares})' if shares else ''}"
    if number is not None and "@" not in matter.new_name:
        about += f", Amendment No. {number}"
    day = english.day(matter.day) if matter.day else "[ ]"
    lines: list[Inline] = [Run("To: The Board"), Break(), Run(f"Re: {about}"), Break(), Run(f"Effective: {day}")]
    blocks: list[Block] = [
        Heading(1, "title", (Run("MEMORANDUM"),)),
        Paragraph("clause", tuple(lines)),
        Paragraph("clause", (Run(_opening(matter, items)),)),
    ]
    if items:
        blocks.append(_table(items[:most], facts))
    if len(items) > most:
        more = f"And {count(len(items) - most, 'change')} more, which the comparison table lists."
        blocks.append(Paragraph("clause", (Run(more),)))
    if items:
        blocks.append(Paragraph("clause", (Run("Approvals needed:"),)))
        sentences = enumerate(approvals.sentences(items, facts), start=1)
        blocks += [Paragraph("item", (Run(f"({n}) {sentence}"),)) for n, sentence in sentences]
    if recorded := _recorded(matter):
        blocks.append(Paragraph("clause", (Run("Approvals recorded:"),)))
        blocks += [Paragraph("item", (Run(f"({n}) {text}"),)) for n, text in enumerate(recorded, start=1)]
    return Document(tuple(blocks), facts.language, (facts.author or facts.title,))


def _recorded(matter: Matter) -> list[str]:
    """A line for each vote that the amendment records."""
    votes = matter.paper.amendment.facts.approvals
    with_whom = [", with a majority of its independent members" if vote.independent else "" for vote in votes]
    return [f"{vote.by}{whom}, on {english.day(vote.on)}" for vote, whom in zip(votes, with_whom, strict=True)]


def _opening(matter: Matter, items: list[Item]) -> str:
    if not items:
        return f"Nothing changes from {matter.old_name} to {matter.new_name}."
    kinds = {"added": "added", "removed": "removed", "changed": "changed"}
    counts = [(sum(item.kind == kind for item in items), word) for kind, word in kinds.items()]
    listed = english.listed([f"{number} {word}" for number, word in counts if number])
    stay = sum(stay for _, _, stay in matter.items)
    return f"From {matter.old_name} to {matter.new_name}: {listed}; {count(stay, 'row')} as before."


def _table(items: list[Item], plan: Plan) -> Table:
    heads = [("group", "FUND"), ("text", "WHAT CHANGES"), *([("text", "APPROVAL")] if plan.is_under_12b_1 else [])]
    head = TableRow("", tuple(Cell(role, (Run(text),), True) for role, text in heads))
    return Table("schedule", (head,), tuple(_row(item, plan) for item in items))


def _row(item: Item, plan: Plan) -> TableRow:
    votes = approvals.of(item, plan)
    cells = [Cell("", (Run(item.name),), True), Cell("text", (Run(item.sentence),), False)]
    return TableRow("", (*cells, *([Cell("text", (Run(votes),), False)] if votes else [])))
