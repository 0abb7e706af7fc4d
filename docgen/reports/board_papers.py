"""The board's papers as files: written by the usual writers, proved like every other document."""

from __future__ import annotations

from collections.abc import Mapping

from docgen.build import produce
from docgen.reports import comparison_table, memo
from docgen.reports.comparison import Matter

NAMES = {"table": "comparison", "memo": "memo"}


def files(subject: Matter, form: str) -> Mapping[str, bytes]:
    """The table or the memo of what changes, by the file's name under build/."""
    layout = produce.layout(subject.paper)
    tree = comparison_table.document(subject) if form == "table" else memo.document(subject)
    old, new = subject.points.old.name, subject.points.new.name
    folder = f"{subject.paper.plan.id}/{_slug(new) if '@' in new else subject.paper.amendment.id}"
    name = f"{folder}/{NAMES[form]}-against-{_slug(old)}"
    return {f"{name}.{suffix}": produce.proved(tree, suffix, layout) for suffix in ("docx", "pdf")}


def _slug(name: str) -> str:
    """`002` for `plan/002`, the day for `plan@DATE`."""
    return name.partition("@")[2] or name.rstrip("/").rpartition("/")[2].removesuffix(".yaml")
