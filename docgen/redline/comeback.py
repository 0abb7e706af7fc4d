"""What a returned file holds besides the words that a redline compares, and where each difference comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docgen.document import render
from docgen.edgar.file_words import CONTINUED
from docgen.readers import returned
from docgen.redline import data_lines
from docgen.redline.baseline import End
from docgen.redline.data_lines import DataLine
from docgen.redline.edits import Edit
from docgen.redline.summary import SummarySection
from docgen.workspace.select import Paper


def sections(other: End, untracked: Sequence[Edit], draft_mark: str) -> Iterator[SummarySection]:
    """Their tracked changes, what they changed without tracking, comments and the like, what stands in the margins.

    `draft_mark` is what a draft of ours has at the top of its pages.
    """
    if other.returned is None:
        return
    if tracked := tuple(returned.listed(other.returned.tracked, other.acceptance.author)):
        yield f"Tracked changes in {other.title}", tracked
    if other.rejected is not None and untracked:
        yield f"Changed in {other.title} without a tracked change", _some([edit.sentence for edit in untracked])
    margins = [text for text in other.returned.margins if not _is_usual(text, draft_mark)]
    remarks = [*other.returned.remarks, *(f'a header or footer that says "{text}"' for text in dict.fromkeys(margins))]
    if remarks:
        yield f"Also in {other.title}", _some(remarks)


def _is_usual(text: str, draft_mark: str) -> bool:
    """Whether a margin says no more than ours: the number of the page, the mark of a draft, the fund that goes on."""
    if text.endswith(CONTINUED):
        return True
    words = text.replace(" ".join(draft_mark.split()), "")
    return not any(word.isalpha() and word.casefold() not in ("page", "of") for word in words.split())


def _some(sentences: Sequence[str]) -> tuple[str, ...]:
    """As many as people read, and how many there are besides."""
    more = len(sentences) - returned.MOST
    return (*sentences[: returned.MOST], *([f"and {more:,} more"] if more > 0 else []))


def origins(paper: Paper, document: str, ours: End, differences: Sequence[Edit]) -> Iterator[DataLine]:
    """Where each difference comes from: the line of the data, or of the template."""
    if differences:
        places = render.places(paper.plan, paper.amendment, document, paper.folders)
        yield from data_lines.origins(differences, paper, document, ours.document.blocks, places)
