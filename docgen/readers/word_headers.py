"""What the headers of a Word file say: the mark of a draft on every page, and the fund that goes on over pages.

Each is read from the file's own XML, section by section (ECMA-376 part 1, 17.6 and 17.10).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from docgen.document.roles import DRAFT_MARK
from docgen.edgar.file_words import CONTINUED
from docgen.readers.difference import Difference

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TARGETS = "word/_rels/document.xml.rels"
ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
HEADERS = {"default": "most", "first": "first", "even": "even"}  # of which pages
NOTHING = "nothing"
ReadHeader = Callable[[str], list[tuple[str, str]]]  # of a header's part, each paragraph's style and words


@dataclass(frozen=True)
class WordSection:
    """A section: the parts of its headers by the kind of page, and the name in the first row under its first heads."""

    headers: Mapping[str, str]
    fund: str


def difference(body: Any, targets: Mapping[str, str], draft_mark: str, reader: ReadHeader) -> Difference | None:
    """The first header that says something else than it should; None where none does."""
    inherited: dict[str, str] = {}
    for section in _sections(body, targets):
        inherited |= section.headers
        for kind, pages in HEADERS.items():
            paragraphs = reader(inherited[kind]) if inherited.get(kind) else []
            mark = " ".join(words for style, words in paragraphs if style == DRAFT_MARK)
            place = f"the header of {pages} pages"
            if mark != draft_mark:
                return Difference(place, draft_mark or NOTHING, mark or NOTHING, kind="draft mark")
            above = next((words for _, words in paragraphs if words.endswith(CONTINUED)), "")
            if not section.fund.startswith(above.removesuffix(CONTINUED).rstrip()):  # behind it stand only its signs
                return Difference(place, f"{section.fund} {CONTINUED}", above)
    return None


def _sections(body: Any, targets: Mapping[str, str]) -> Iterator[WordSection]:
    """The sections from the first to the last."""
    fund = ""
    for element in body.find(f"{W}body"):
        if element.tag == f"{W}tbl" and not fund:
            row = next((row for row in element.iter(f"{W}tr") if row.find(f"{W}trPr/{W}tblHeader") is None), None)
            cell = row.find(f"{W}tc") if row is not None else None
            fund = " ".join("".join(words.text or " " for words in _words(cell)).split()) if cell is not None else ""
        end = element if element.tag == f"{W}sectPr" else element.find(f"{W}pPr/{W}sectPr")
        if end is not None:
            references = end.iter(f"{W}headerReference")
            headers = {item.get(f"{W}type"): f"word/{targets[item.get(ID)]}" for item in references}
            yield WordSection(headers, fund)
            fund = ""


def _words(cell: Any) -> Iterator[Any]:
    """The words of a cell, and its line ends; those that have been deleted too."""
    return (item for item in cell.iter() if item.tag in (f"{W}t", f"{W}delText", f"{W}br"))
