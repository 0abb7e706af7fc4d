"""The board's papers as files: written by the usual writers, proved like every other document."""

from __future__ import annotations

from collections.abc import Mapping

from docgen import build, pdf_pages
from docgen.board import memo, table
from docgen.board.matter import Matter
from docgen.document.tree import Document

FORMATS = ("docx", "pdf")
NAMES = {"table": "comparison", "memo": "memo"}


def files(found: Matter, form: str) -> Mapping[str, bytes]:
    """The table or the memo of what changes, by the file's name under build/."""
    layout = build.layout(found.paper)
    tree = table.document(found) if form == "table" else _on_one_page(found)
    name = f"{NAMES[form]}-against-{_slug(found.old_name)}"
    new = found.new_name
    folder = f"{found.paper.plan.id}/{_slug(new) if '@' in new else found.paper.amendment.id}"
    return {f"{folder}/{name}.{suffix}": build.proved(tree, suffix, layout) for suffix in FORMATS}


def _on_one_page(found: Matter) -> Document:
    """The memo with as many changes as one page takes."""
    layout = build.layout(found.paper)
    most = memo.MOST_ROWS
    while most > 1 and _pages(build.proved(memo.document(found, most), "pdf", layout)) > 1:
        most -= 2
    return memo.document(found, most)


def _pages(data: bytes) -> int:
    with pdf_pages.pages(data) as pages:
        return len(pages)


def _slug(name: str) -> str:
    """`002` for `plan/002`, the day for `plan@DATE`."""
    return name.partition("@")[2] or name.rstrip("/").rpartition("/")[2].removesuffix(".yaml")
