"""The board's papers as files: written by the usual writers, proved like every other document."""

from __future__ import annotations

import bisect
import functools
from collections.abc import Mapping

from docgen.build import produce
from docgen.document.layout import Layout
from docgen.document.tree import Document
from docgen.files import pdf_pages
from docgen.reports import comparison_table, memo
from docgen.reports.comparison import Matter

NAMES = {"table": "comparison", "memo": "memo"}


def files(subject: Matter, form: str) -> Mapping[str, bytes]:
    """The table or the memo of what changes, by the file's name under build/."""
    layout = produce.layout(subject.paper)
    tree, pdf = _table(subject, layout) if form == "table" else _single_page(subject, layout)
    name = f"{NAMES[form]}-against-{_slug(subject.old_name)}"
    new = subject.new_name
    folder = f"{subject.paper.plan.id}/{_slug(new) if '@' in new else subject.paper.amendment.id}"
    return {f"{folder}/{name}.docx": produce.proved(tree, "docx", layout), f"{folder}/{name}.pdf": pdf}


def _table(matter: Matter, layout: Layout) -> tuple[Document, bytes]:
    """The comparison table, and its PDF."""
    tree = comparison_table.document(matter)
    return tree, produce.proved(tree, "pdf", layout)


def _single_page(matter: Matter, layout: Layout) -> tuple[Document, bytes]:
    """The memo with as many changes as one page takes, fewer by two at a time, and its PDF.

    Most memos fit at once; for the others the number is looked up by halves, so that the PDF is laid out four times,
    and not once for each number.
    """

    @functools.cache
    def pdf(rows: int) -> bytes:
        return produce.proved(memo.document(matter, rows), "pdf", layout)

    counts = range(memo.MOST_ROWS % 2, memo.MOST_ROWS + 1, 2)
    rows = counts[-1]
    if _pages(pdf(rows)) > 1:
        longer = bisect.bisect_right(counts, False, 1, len(counts) - 1, key=lambda rows: _pages(pdf(rows)) > 1)
        rows = counts[longer - 1]
    return memo.document(matter, rows), pdf(rows)


def _pages(data: bytes) -> int:
    with pdf_pages.pages(data) as pages:
        return len(pages)


def _slug(name: str) -> str:
    """`002` for `plan/002`, the day for `plan@DATE`."""
    return name.partition("@")[2] or name.rstrip("/").rpartition("/")[2].removesuffix(".yaml")
