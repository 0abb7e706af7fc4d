"""A book of papers: what is filed, what it changes, why, by which votes, and what was filed before, in one zip."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256

from docgen.build import produce
from docgen.document import conformed_text
from docgen.files import ooxml
from docgen.model import english
from docgen.redline import baseline, make
from docgen.redline.baseline import End
from docgen.reports import board_papers, listing
from docgen.reports.comparison import matter
from docgen.reports.listing import Listing, ListRow, ListTable
from docgen.workspace import seals
from docgen.workspace.load import Workspace
from docgen.workspace.points_in_time import between
from docgen.workspace.select import ENTIRE, Paper, select

CONTENTS = "contents.txt"
REDLINES = ("docx", "pdf")
BOARD = {"memo": "memos", "resolutions": "resolutions", "certificate": "certificates"}  # the folder of each kind


def book(workspace: Workspace, papers: Sequence[Paper], package: Mapping[str, bytes]) -> bytes:
    """The zip: the files of the package with its index, redlines and board papers against the paper before, votes,
    receipts.

    A paper that is the first of its plan has neither redline nor board papers. The same papers give the same bytes.
    """
    files = {f"package/{name}": data for name, data in package.items()}
    for paper in papers:
        folder = paper.name.replace("/", "-")
        files |= {f"redlines/{folder}/{name}": data for name, data in _redline(paper).items()}
        for kind, name, data in _board_papers(workspace, paper):
            files[f"{BOARD[kind]}/{folder}/{name}"] = data
        if paper.seal:
            files[f"receipts/{folder}.json"] = seals.receipt(paper.seal.files, _facts(paper.seal))
    layout = produce.usual_layout(workspace.templates)
    votes = listing.document(_votes(papers))
    files |= {f"votes.{suffix}": produce.proved(votes, suffix, layout) for suffix in REDLINES}
    files[CONTENTS] = "".join(f"{sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)).encode()
    return ooxml.pack(files)


def _facts(seal: seals.Seal) -> dict[str, object]:
    """What a receipt says but for the files and its own hash."""
    return {key: value for key, value in seal.receipt.items() if key not in (seals.SEAL_KEY, "files")}


def _redline(paper: Paper) -> Mapping[str, bytes]:
    """The redlines of the schedule and of the plan's own text against what stood before, as far as they change."""
    touched = {schedule.name for schedule in paper.amendment.schedules}
    ends: list[tuple[str, End]] = []
    if "schedule" in paper.documents() and touched & {schedule.name for schedule in paper.amendment.before}:
        ends.append(("schedule", baseline.before(paper)))
    has_text = conformed_text.has_text(paper.plan) and (paper.amendment.facts.text_changes or paper.plan.continues)
    if has_text or paper.amendment.facts.entire_plan:
        ends.append((ENTIRE, baseline.plan_before(paper)))
    reviser = (make.AUTHOR, f"{make.day(paper)}T00:00:00Z")
    files: dict[str, bytes] = {}
    for document, end in ends:
        marked_up = make.redline(paper, document, end)
        if marked_up.marked.is_redline:
            files |= make.with_proof(marked_up, REDLINES, produce.layout(paper), reviser, {})
    return files


def _board_papers(workspace: Workspace, paper: Paper) -> Iterator[tuple[str, str, bytes]]:
    """The memo, the resolutions and the certificate against the final paper before, by kind and name; none for the
    first."""
    amendments = paper.plan.amendments[: paper.plan.amendments.index(paper.amendment)]
    earlier = [amendment for amendment in amendments if not amendment.facts.draft]
    if not earlier:
        return
    selection = select(workspace, [paper.plan.id])
    subject = matter(between(selection, f"{paper.plan.id}/{earlier[-1].id}", paper.name), paper)
    for kind in BOARD:
        for path, data in board_papers.files(subject, kind).items():
            yield kind, path.rpartition("/")[2], data


def _votes(papers: Sequence[Paper]) -> Listing:
    """The votes that the papers rest on, as they are kept."""
    heads = ("Paper", "By", "On", "Of whom")
    return Listing("Votes recorded", (), (ListTable("", heads, tuple(_vote_rows(papers))),))


def _vote_rows(papers: Sequence[Paper]) -> Iterator[ListRow]:
    for paper in papers:
        for vote in paper.amendment.facts.approvals:
            who = "the holders" if vote.holders else "the board"
            who += ", with a majority of its independent members" if vote.independent else ""
            yield ListRow((paper.name, vote.by, english.day(vote.on), who))
        if not paper.amendment.facts.approvals:
            yield ListRow((paper.name, "no vote is recorded", "", ""))
