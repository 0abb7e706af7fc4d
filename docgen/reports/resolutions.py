"""The board's resolutions: what it approves, and the findings and votes that Rule 12b-1 or Rule 18f-3 asks for.

The words follow the rules (17 CFR 270.12b-1, 270.18f-3); they are a draft, for counsel to confirm.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from docgen.document.tree import Block, Document, Heading, Paragraph, Run, over_lines
from docgen.model import english
from docgen.model.plan import Plan
from docgen.model.settings import Approval
from docgen.reports import alike, approvals
from docgen.reports.comparison import Item, Matter
from docgen.reports.memo import OPEN
from docgen.reports.moment_names import name_of, title_of
from docgen.workspace.points_in_time import Moment

FORM = "substantially in the form presented to the meeting"
MAJORITY = "a majority of the outstanding voting securities of each has approved it"
DRAFT = "[Draft, worked out from the data of the plan, for counsel to confirm]"


def document(matter: Matter) -> Document:
    """The resolutions as a document for the usual writers."""
    votes = approvals.votes_of(matter)
    boards = approvals.boards(votes)
    plan = matter.plan
    blocks: list[Block] = [
        Heading(1, "title", over_lines(["RESOLUTIONS OF", *(english.upper(board) for board in boards)])),
        Paragraph("qualifier", (Run(f"{title_of(plan)}: {matter.new_name}"),)),
        Paragraph("qualifier", (Run(DRAFT),)),
        Paragraph("clause", (Run(_meeting(votes)),)),
        *paragraphs(matter),
    ]
    return Document(tuple(blocks), plan.language, (plan.author or plan.title,))


def paragraphs(matter: Matter) -> Iterator[Block]:
    """The recitals, what changes, and each resolution."""
    items = alike.items(matter)
    recital = f"{_recital(matter)}{', by which the following changes:' if items else ';'}"
    yield Paragraph("recital", (Run(recital),))
    yield from (
        Paragraph("item", (Run(f"({number}) {item.name}: {_ended(item.sentence, number < len(items))}"),))
        for number, item in enumerate(items, start=1)
    )
    for number, text in enumerate(_resolutions(matter, items)):
        yield Paragraph("clause", (Run(f"{'FURTHER RESOLVED' if number else 'RESOLVED'}, that {text}."),))


def _ended(sentence: str, goes_on: bool) -> str:
    """The sentence with a semicolon, or its full stop, of which it has one where it ends with `Inc.`"""
    return f"{sentence};" if goes_on else f"{sentence.removesuffix('.')}."


def _meeting(votes: Sequence[Approval]) -> str:
    days = [vote.on for vote in votes if isinstance(vote.on, datetime.date) and not vote.holders]
    held = english.listed(list(dict.fromkeys(english.day(day) for day in sorted(days)))) or OPEN
    return f"Adopted at a meeting called for the purpose of voting on these matters, and held in person on {held}."


def _recital(matter: Matter) -> str:
    plan, papers = matter.plan, matter.points.amendments
    act = "the Investment Company Act of 1940 (the “Act”)"
    rule = f", adopted pursuant to Rule {plan.rule} under {act}" if plan.rule else ""
    names = [name_of(Moment("", matter.paper.plan, (), amendment)) for amendment in papers] or [matter.new_name]
    effective = f", effective {english.day(matter.day)}" if matter.day and len(names) == 1 else ""
    together = "together the" if len(names) > 1 else "the"
    return (
        f"WHEREAS, it is proposed to amend the {title_of(plan)} (the “{plan.term}”){rule}, "
        f"by {english.listed(names)}{effective} ({together} “Amendment”)"
    )


def _resolutions(matter: Matter, items: Sequence[Item]) -> Iterator[str]:
    """Each resolution without its RESOLVED and its full stop."""
    plan, votes = matter.plan, approvals.votes_of(matter)
    board, members = approvals.board(votes), approvals.members(votes)
    if plan.is_under_12b_1:
        yield from _under_12b_1(plan, votes, items)
    elif plan.is_under_18f_3:
        yield (
            f"{board}, and separately a majority of the {members} who are not interested persons, find the "
            f"{plan.term} as amended by the Amendment, including its expense allocation, to be in the best interests "
            "of each class individually and of each company as a whole (Rule 18f-3(d)), and approve the Amendment "
            f"{FORM}"
        )
    else:
        yield f"{board} approves the Amendment {FORM}"
    yield (
        "the officers are authorized to execute the Amendment, to file it as an exhibit, and to do all that carries "
        "these resolutions out"
    )


def _under_12b_1(plan: Plan, votes: Sequence[Approval], items: Sequence[Item]) -> Iterator[str]:
    term, members = plan.term, approvals.members(votes)
    yield (
        f"{approvals.board(votes)}, and separately a majority of the {members} who are not interested persons and "
        f"have no direct or indirect financial interest in the operation of the {term} or in any agreement related to "
        "it, by votes cast in person at a meeting called for the purpose of voting on it, approve the Amendment "
        f"{FORM} (Rule 12b-1(b)(2))"
    )
    yield (
        "having requested and evaluated such information as is reasonably necessary to an informed decision (Rule "
        f"12b-1(d)), the {members} who vote to approve the Amendment conclude, in the exercise of reasonable business "
        "judgment and in light of their fiduciary duties under state law and under sections 36(a) and (b) of the Act, "
        f"that there is a reasonable likelihood that the {term} as amended will benefit each company and its "
        "shareholders (Rule 12b-1(e))"
    )
    if up := [item for item in items if item.rises]:
        yield (
            "since the amount to be spent for distribution increases materially, the Amendment be submitted to the "
            f"holders of {approvals.whose(up, plan)}, and not take effect for them before {MAJORITY} (Rule 12b-1(b)(4))"
        )
    if new := [item for item in items if item.kind == "added" and item.level != "group" and not item.rises]:
        yield (
            f"the {term} be submitted to the holders of {approvals.whose(new, plan)}, where these shares were offered "
            f"to the public before, and not take effect for them before {MAJORITY} (Rule 12b-1(b)(1))"
        )
