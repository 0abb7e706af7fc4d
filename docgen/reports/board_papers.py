"""The board's papers as files: written by the usual writers, proved like every other document."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from docgen.build import pool, produce
from docgen.build.pool import Worker
from docgen.document.tree import Document
from docgen.reports import certificate, comparison_table, memo, resolutions
from docgen.reports.comparison import Matter

PAPERS: Mapping[str, tuple[str, Callable[[Matter], Document]]] = {
    "table": ("comparison", comparison_table.document),
    "memo": ("memo", memo.document),
    "resolutions": ("resolutions", resolutions.document),
    "certificate": ("certificate", certificate.document),
}  # by its kind what a paper's file is called, and what makes it


FORMATS = ("docx", "pdf")


def files(subject: Matter, form: str, workers: Sequence[Worker] = ()) -> Mapping[str, bytes]:
    """One of the board's papers about what changes, by the file's name under build/; a worker makes its PDF."""
    layout = produce.layout(subject.paper)
    stem, document = PAPERS[form]
    tree = document(subject)
    old, new = subject.points.old.name, subject.points.new.name
    folder = f"{subject.paper.plan.id}/{_slug(new) if '@' in new else subject.paper.amendment.id}"
    name = f"{folder}/{stem}-against-{_slug(old)}"
    return {f"{name}.{suffix}": data for suffix, data in pool.files(tree, FORMATS, layout, workers).items()}


def _slug(name: str) -> str:
    """`002` for `plan/002`, the day for `plan@DATE`."""
    return name.partition("@")[2] or name.rstrip("/").rpartition("/")[2].removesuffix(".yaml")
