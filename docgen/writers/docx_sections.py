"""The sections of a Word file: the pages that its blocks stand on, and what their headers say.

A fund that no page has room for has a section of its own. Its first page has the usual header, every other one the
fund's name and `(continued)`: so the words stand where it goes on, wherever Word or LibreOffice turn the page.
Source: ECMA-376 part 1, 17.6 (sections), 17.10 (headers and footers).
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from docx.document import Document as WordFile
from docx.enum.section import WD_HEADER_FOOTER
from docx.oxml.ns import qn
from lxml import etree

from docgen.writers.together import PageSize

LETTER_TEXT = 9360  # the width between the margins of a letter page, in twentieths of a point
SIDES: Mapping[PageSize, Mapping[str, str]] = {  # of pages that are not the usual ones
    "landscape": {"w": "15840", "h": "12240", "orient": "landscape"},
    "ledger": {"w": "24480", "h": "15840", "orient": "landscape"},
}
EMU = 635  # English metric units in a twentieth of a point
FIRST, MOST = WD_HEADER_FOOTER.FIRST_PAGE, WD_HEADER_FOOTER.PRIMARY
OTHERS = (MOST, WD_HEADER_FOOTER.EVEN_PAGE)  # the kinds of pages of a section but its first


@dataclass(frozen=True)
class PagePlace:
    """Where a block stands: on which pages, and in which of the funds that go on over the page (0: in none).

    `above` is what each of its pages but the first says at its top.
    """

    page: PageSize = ""
    fund: int = 0
    above: str = ""


USUAL = PagePlace()


def of_places(word: WordFile, places: Sequence[PagePlace], style: str) -> dict[PagePlace, Any]:
    """The file's section for each of the places; `style` is that of what a header says."""
    if any(place.above for place in places):
        _bear_headers(word)
    sections = {place: copy.deepcopy(word.element.body.sectPr) for place in dict.fromkeys([USUAL, *places])}
    for place, section in sections.items():
        if place.page:
            size = section.get_or_add_pgSz()
            size.attrib.update({qn(f"w:{name}"): value for name, value in SIDES[place.page].items()})
        if place.above:
            part = _header(word, place.above, style)
            for kind in OTHERS:
                if section.get_headerReference(kind) is not None:
                    section.remove_headerReference(kind)
                section.add_headerReference(kind, part)
    return sections


def _bear_headers(word: WordFile) -> None:
    """Gives the file's section headers, where it has none, since it would take over those of the section before."""
    for header in (word.sections[-1].header, word.sections[-1].even_page_header):
        if header.is_linked_to_previous:
            header.is_linked_to_previous = False
            header.paragraphs[0].style = None


def _header(word: WordFile, text: str, style: str) -> str:
    """A header that says what the usual one does, and a text under it: the id by which sections refer to it."""
    document: Any = word.part
    part, name = document.add_header_part()
    usual = word.sections[-1].header
    part.element[:] = [copy.deepcopy(item) for item in usual._element if not _is_empty(item)]
    for relation in usual.part.rels.values():
        part.load_rel(relation.reltype, relation._target, relation.rId, relation.is_external)
    paragraph = part.element.add_p()
    paragraph.style = style
    paragraph.add_r().text = text
    return str(name)


def _is_empty(paragraph: Any) -> bool:
    return all(item.tag == qn("w:pPr") for item in paragraph)


def in_sections(blocks: Sequence[str], places: Sequence[PagePlace], sections: Mapping[PagePlace, Any]) -> Iterator[str]:
    """The blocks; where other pages begin, the paragraph before ends a section; the last section ends them all."""
    usual, first = sections[USUAL], True
    for block, place, below in zip(blocks, places, [*places[1:], None], strict=True):
        if below == place:
            yield block
            continue
        section = sections[place] if first else _later(sections[place], usual, bool(place.above))
        text, first = etree.tostring(section, encoding="unicode"), False
        before, end, behind = block.rpartition("</w:pPr>")
        yield block + text if below is None else f"{before}{text}{end}{behind}"


def _later(section: Any, usual: Any, has_first_page: bool) -> Any:
    """A section that is not the file's first: its first page, where it has one, looks as others do in the usual one."""
    section = copy.deepcopy(section)
    section.titlePg_val = has_first_page
    for kind in ("header", "footer") if has_first_page else ():
        if getattr(section, f"get_{kind}Reference")(FIRST) is not None:
            getattr(section, f"remove_{kind}Reference")(FIRST)
        if (reference := getattr(usual, f"get_{kind}Reference")(MOST)) is not None:
            getattr(section, f"add_{kind}Reference")(FIRST, reference.rId)
    return section


def text_width(section: Any) -> int:
    """The width between the margins, in twentieths of a point."""
    width, left, right = section.page_width, section.left_margin, section.right_margin
    return LETTER_TEXT if width is None or left is None or right is None else (width - left - right) // EMU
