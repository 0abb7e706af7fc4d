"""The secretary's certificate: which votes were cast on an amendment, by whom and when, and the resolutions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docgen.document.signatures import LINE
from docgen.document.tree import Block, Document, Heading, Paragraph, Run, over_lines
from docgen.model import english
from docgen.model.settings import Approval
from docgen.model.values import BLANK
from docgen.reports import approvals, resolutions
from docgen.reports.comparison import Matter
from docgen.reports.memo import OPEN
from docgen.reports.moment_names import title_of


def document(matter: Matter) -> Document:
    """The certificate as a document for the usual writers; blank where no vote is recorded yet."""
    plan, votes = matter.plan, approvals.votes_of(matter)
    blocks: list[Block] = [
        Heading(1, "title", (Run("SECRETARY’S CERTIFICATE"),)),
        Paragraph("qualifier", (Run(f"{title_of(plan)}: {matter.new_name}"),)),
        Paragraph("qualifier", (Run(resolutions.DRAFT),)),
        Paragraph("clause", (Run(_opening(matter)),)),
        *(Paragraph("item", (Run(text),)) for text in _items(votes)),
        Paragraph("clause", (Run("The resolutions are the following:"),)),
        *resolutions.paragraphs(matter),
        Paragraph("clause", (Run(f"IN WITNESS WHEREOF, I have signed this certificate on {OPEN}."),)),
        Paragraph("party", over_lines(_companies(matter) or [OPEN])),
        Paragraph("signature", over_lines([f"By: {LINE}", f"Name: {OPEN}", "Title: Secretary"])),
    ]
    return Document(tuple(blocks), plan.language, (plan.author or plan.title,))


def _companies(matter: Matter) -> list[str]:
    """Whose secretary certifies: those whose plan it is, else the registrants of its schedules."""
    named = [party.name for party in matter.plan.registrants]
    groups = [s.new.groups for s in matter.schedules if s.new.has_registrants]
    return list(dict.fromkeys(named or [group.name for part in groups for group in part if group.name]))


def _opening(matter: Matter) -> str:
    companies = _companies(matter)
    each = "the company that is named below" if len(companies) == 1 else "each of the companies that are named below"
    return (
        f"I, {OPEN}, Secretary of {each}, certify that the resolutions set out in this certificate were duly adopted "
        "as follows, that a quorum was present and acting throughout, and that they have not been altered or rescinded "
        "and are in full force and effect:"
    )


def _items(votes: Sequence[Approval]) -> Iterator[str]:
    """A line for each vote of a board and of holders, with the day of its meeting."""
    cast = list(votes) or [Approval(by=OPEN, on=BLANK)]
    for number, vote in enumerate(cast, start=1):
        day = english.day(vote.on)
        called = "a meeting duly called and held" if vote.holders else "a meeting duly called for that purpose and held"
        how = (
            ", by a majority of the outstanding voting securities as the Investment Company Act of 1940 defines it"
            if vote.holders
            else f", with a separate majority of the {approvals.members([vote])} who are not interested persons"
            if vote.independent
            else ""
        )
        yield f"({number}) by {vote.by}{how}, at {called} on {day}{'.' if number == len(cast) else ';'}"
