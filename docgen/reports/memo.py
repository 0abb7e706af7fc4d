"""The memo for the board: what changes, fund by fund, why, and the approvals that it needs."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from docgen.document.tree import (
    Block,
    Cell,
    Document,
    Heading,
    Paragraph,
    Run,
    Table,
    TableRow,
    over_lines,
)
from docgen.model import english
from docgen.model.plan import Plan
from docgen.model.settings import Approval
from docgen.problems import Problem, count
from docgen.reports import alike, approvals
from docgen.reports.comparison import Item, Matter
from docgen.reports.moment_names import title_of

OPEN = "[ ]"  # a blank to fill in
FILLED_BY = {  # the lines of the head that can be blank
    "From": "write author: and who sends it in plan.yaml, or fill it in by hand",
    "Date": "write the day of the vote under approvals: in the amendment, or fill it in by hand",
    "Effective": "write effective: in the amendment",
}
WORDS = {"added": "added", "removed": "removed", "renamed": "renamed or moved", "values": "changed", "other": "other"}


def document(matter: Matter) -> Document:
    """The memo as a document for the usual writers; every change stands in it."""
    plan = matter.plan
    votes = approvals.votes_of(matter)
    items = alike.items(matter)
    blocks: list[Block] = [
        Heading(1, "title", (Run("MEMORANDUM"),)),
        Paragraph("clause", over_lines(list(_head(matter, votes)))),
        Paragraph("clause", (Run(_opening(matter, items)),)),
    ]
    if items:
        members = approvals.members(votes)
        blocks += [_table(items, plan, members), Paragraph("clause", (Run("Approvals needed:"),))]
        blocks += _numbered(list(approvals.sentences(items, plan, members)))
    if votes:
        blocks += [Paragraph("clause", (Run("Approvals recorded:"),)), *_numbered([_vote(vote) for vote in votes])]
        if outstanding := approvals.outstanding(matter):
            blocks += [Paragraph("clause", (Run("Approvals not recorded yet:"),)), *_numbered(outstanding)]
    return Document(tuple(blocks), plan.language, (plan.author or plan.title,))


def blanks(matter: Matter) -> Iterator[Problem]:
    """A note for each line of the head that is left to fill in, with what in the data would fill it."""
    votes = approvals.votes_of(matter)
    for line in _head(matter, votes):
        label, _, text = line.partition(": ")
        if text == OPEN and label in FILLED_BY:
            yield matter.paper.plan.source.note((), f'the memo says "{line}"', FILLED_BY[label])


def _head(matter: Matter, votes: Sequence[Approval]) -> list[str]:
    """To whom, from whom, on which day, about what, from which day on, and why."""
    plan, old_plan = title_of(matter.plan), title_of(matter.old_plan)
    amendment = matter.paper.amendment.facts
    reasons = dict.fromkeys(a.facts.reason for a in matter.points.amendments if a.facts.reason)
    days = [vote.on for vote in votes if isinstance(vote.on, datetime.date)]
    written = min(days) if days else next((day for day in (amendment.dated, matter.day) if day), None)
    return [
        f"To: {_listed(_boards(matter, votes))}",
        f"From: {matter.plan.author or OPEN}",
        f"Date: {english.day(written) if written else OPEN}",
        f"Re: {plan}{f', {matter.new_name}' if matter.by_number else ''}",
        *([f"As is: {old_plan}"] if old_plan != plan else []),
        f"Effective: {english.day(matter.day) if matter.day else OPEN}",
        *(f"Reason: {reason}" for reason in reasons),
    ]


def _boards(matter: Matter, votes: Sequence[Approval]) -> list[str]:
    """Each board that has voted, and each that has to; the Board where nobody's is known."""
    outstanding = approvals.outstanding(matter)
    return [*(approvals.boards(votes) if votes or not outstanding else []), *outstanding]


def _listed(boards: Sequence[str]) -> str:
    """Boards in a line, parted by semicolons where the name of one has a comma: a registrant ends with `, Inc.`"""
    first, *others = (f"the {board.removeprefix('The ')}" if number else board for number, board in enumerate(boards))
    if len(boards) < 3 or not any("," in board for board in boards):
        return english.listed([first, *others])
    return "; ".join([first, *others[:-1], f"and {others[-1]}"])


def _vote(vote: Approval) -> str:
    """A line for a vote that an amendment records."""
    who = ", with a majority of its independent members" if vote.independent else ""
    return f"{vote.by}{who}, on {english.day(vote.on)}"


def _numbered(texts: Sequence[str]) -> list[Block]:
    return [Paragraph("item", (Run(f"({number}) {text}"),)) for number, text in enumerate(texts, start=1)]


def _opening(matter: Matter, items: Sequence[Item]) -> str:
    """How much changes, in lines of the table, and how many rows stay."""
    if not items:
        return f"Nothing changes from {matter.old_name} to {matter.new_name}."
    numbers = {kind: sum(item.kind == kind for item in items) for kind in WORDS}
    words = english.listed([f"{number} {WORDS[kind]}" for kind, number in numbers.items() if number])
    pairs = [pair for schedule in matter.schedules for pair in schedule.pairs]
    rows = [pair for pair in pairs if pair.old and pair.new and pair.new.level != "group" and not pair.new.classes]
    stay = sum(not pair.items for pair in rows)
    return f"From {matter.old_name} to {matter.new_name}: {words}; {count(stay, 'row')} as before."


def _table(items: Sequence[Item], plan: Plan, members: str) -> Table:
    heads = [("text", "FUND"), ("text", "WHAT CHANGES"), *([("text", "APPROVAL")] if plan.is_under_12b_1 else [])]
    head = TableRow("", tuple(Cell(role, (Run(text),), True) for role, text in heads))
    return Table("changes", (head,), tuple(_row(item, plan, members) for item in items))


def _row(item: Item, plan: Plan, members: str) -> TableRow:
    """A line of the memo: a fund with its classes under it, what becomes of it, and the votes."""
    votes = approvals.of(item, plan, members)
    names = [item.name, *([english.listed(item.classes)] if item.classes else [])]
    cells = [Cell("", over_lines(names), True), Cell("text", (Run(item.sentence),), False)]
    return TableRow("", (*cells, *([Cell("text", (Run(votes),), False)] if votes else [])))
