"""A paper's PDF with signed pages behind it: the tags of the paper stay, and each signed page is a picture with words
that say what it is.

Sources: ISO 32000-1, 14.7 and 14.8 for structure trees; ISO 14289-1, 7.3 for figures and their alternative words.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, Page, Pdf

PICTURE = b"/Figure <</MCID 0>> BDC q /Signed Do Q EMC"
CLAIMS = (
    "{http://www.aiim.org/pdfua/ns/id/}part",
    "{http://www.aiim.org/pdfa/ns/id/}part",
    "{http://www.aiim.org/pdfa/ns/id/}conformance",
)  # which no program can make of pages that come from elsewhere
MARKS = ("BMC", "BDC", "EMC", "MP", "DP")


@dataclass(frozen=True)
class PageBehind:
    """A page to set behind a paper: the PDF that it stands in, its number there from 0, and what it shows, in words."""

    data: bytes
    number: int
    words: str


def write(paper: bytes, pages: Sequence[PageBehind]) -> bytes:
    """The paper's PDF with the pages behind it; the same bytes each time.

    It no longer says of itself that it is PDF/A or PDF/UA, since the pages came from elsewhere.
    """
    with pikepdf.open(io.BytesIO(paper)) as whole:
        for entry in pages:
            with pikepdf.open(io.BytesIO(entry.data)) as source:
                source.flatten_annotations()
                whole.pages.append(source.pages[entry.number])
            _as_picture(whole, whole.pages[-1], entry.words)
        with whole.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as facts:
            for claim in CLAIMS:
                if claim in facts:
                    del facts[claim]
        output = io.BytesIO()
        whole.save(output, deterministic_id=True)
    return output.getvalue()


def _as_picture(whole: Pdf, page: Page, words: str) -> None:
    """Makes all that a page shows one picture, which the tags of the whole name with words; where it has tags."""
    tree = whole.Root.get("/StructTreeRoot")
    if tree is None:
        return
    frame = Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=page.mediabox, Resources=page.resources)
    picture = whole.make_stream(_without_marks(page), frame)
    page.obj.Contents = whole.make_stream(PICTURE)
    page.obj.Resources = Dictionary(XObject=Dictionary(Signed=picture))
    parents = pikepdf.NumberTree(tree.ParentTree)
    key = max([*parents.keys(), -1]) + 1
    parent = tree.K[0] if isinstance(tree.K, Array) else tree.K
    figure = whole.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name.Figure, P=parent, Pg=page.obj, K=0, Alt=pikepdf.String(words))
    )
    parent.K = Array([*(parent.K if isinstance(parent.K, Array) else [parent.K]), figure])
    parents[key] = whole.make_indirect(Array([figure]))
    page.obj.StructParents = key
    page.obj.Tabs = Name.S


def _without_marks(page: Page) -> bytes:
    """What a page shows, without the marks of tags that stand in another PDF."""
    steps = [step for step in pikepdf.parse_content_stream(page) if str(step.operator) not in MARKS]
    return pikepdf.unparse_content_stream(steps)
