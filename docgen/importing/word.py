"""Reads Word files by anybody: the paragraphs and tables of their body, with the looks that styles give."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from docgen.edgar import characters
from docgen.files import ooxml
from docgen.importing import cells, line_hyphens, signing
from docgen.importing.cells import Box, BoxRow
from docgen.importing.english_words import ORDINAL_ENDS
from docgen.importing.pieces import FiledExhibit, LinePlace, PagePiece
from docgen.readers import word_file
from docgen.readers.word_file import W

RAISED = "\x01"  # before the raised mark of a footnote, which stands right behind a word
BEFORE_A_MARK = re.compile(rf"[ \xa0]*{RAISED}")
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
BLANK = 3  # points of one
POINT = 20  # twentieths of a point are Word's measure


@dataclass(frozen=True)
class WordStyles:
    """What styles say that tells a row or a mark: which raise, rule or are bold, and how deep each is, by ids."""

    raised: frozenset[str]
    ruled: frozenset[str]
    bold: frozenset[str]
    indent: Mapping[str, int]


def exhibit(file: str, data: bytes) -> FiledExhibit:
    """The exhibit that a Word file says."""
    contents = word_file.opened(file, ooxml.parts(file, data))
    styles = _styles(contents.styles)
    hit: list[PagePiece] = []
    tabbed: dict[LinePlace, list[str]] = {}
    number = 0
    for element in _blocks(contents.root.find(f"{W}body")):
        number += 1
        if element.tag == f"{W}tbl":
            hit += cells.pieces(list(_rows(element, styles, number)))
            number += len(list(element.iter(f"{W}tr"))) - 1
        elif lines := _lines(element, styles):
            hit.append(PagePiece("words", lines, LinePlace(number), bold=_is_loud(element, styles)))
            tabbed[LinePlace(number)] = _tabbed(element, styles)
    pieces = tuple(signing.joined(hit, tabbed))
    return FiledExhibit(file, pieces, sum(len(piece.words) for piece in pieces))


def _blocks(body: Any) -> Iterator[Any]:
    for element in body:
        if element.tag in (f"{W}p", f"{W}tbl"):
            yield element
            for content in element.iter(f"{W}txbxContent") if element.tag == f"{W}p" else ():
                yield from _blocks(content) if not _is_second(content) else ()
        elif element.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins"):
            yield from _blocks(element)


def _is_second(content: Any) -> bool:
    """Whether words of a box stand in it once more, for a Word of old that knows no such boxes."""
    return any(above.tag == f"{MC}Fallback" for above in content.iterancestors())


def _runs(paragraph: Any) -> list[Any]:
    """The runs of a paragraph, but not those of boxes that hang at it."""
    runs = paragraph.iter(f"{W}r")
    return [r for r in runs if next((a for a in r.iterancestors(f"{W}p", f"{W}txbxContent")), None) is paragraph]


def _styles(data: bytes) -> WordStyles:
    if not data:
        return WordStyles(frozenset(), frozenset(), frozenset(), {})
    raised, ruled, bold, indent = set(), set(), set(), {}
    for style in etree.fromstring(data).iter(f"{W}style"):
        name = style.get(f"{W}styleId", "")
        if _value(style.find(f"{W}rPr/{W}vertAlign")) == "superscript":
            raised.add(name)
        if style.find(f"{W}pPr/{W}pBdr/{W}bottom") is not None:
            ruled.add(name)
        if (weight := style.find(f"{W}rPr/{W}b")) is not None and _value(weight) not in ("0", "false"):
            bold.add(name)
        if (depth := style.find(f"{W}pPr/{W}ind")) is not None:
            indent[name] = _points(depth)
    return WordStyles(frozenset(raised), frozenset(ruled), frozenset(bold), indent)


def _value(element: Any) -> str:
    return element.get(f"{W}val", "1") if element is not None else ""


def _points(depth: Any) -> int:
    text = depth.get(f"{W}left") or depth.get(f"{W}start") or "0"
    first = depth.get(f"{W}firstLine") or "0"
    return (_int(text) + _int(first)) // POINT


def _int(text: str) -> int:
    return int(float(text)) if text.replace(".", "").lstrip("-").isdigit() else 0


def _lines(paragraph: Any, styles: WordStyles) -> tuple[str, ...]:
    text = _text(paragraph, styles)
    return tuple(line_hyphens.at_end(line) for line in (" ".join(row.split()) for row in text.split("\n")) if line)


def _text(paragraph: Any, styles: WordStyles) -> str:
    return BEFORE_A_MARK.sub("", "".join(_words(run, styles) for run in _runs(paragraph)))


def _tabbed(paragraph: Any, styles: WordStyles) -> list[str]:
    """The parts of a paragraph that tabs part."""
    return [part for text in _text(paragraph, styles).split("\t") if (part := " ".join(text.split()))]


def _words(run: Any, styles: WordStyles) -> str:
    look = run.find(f"{W}rPr")
    direct = _value(look.find(f"{W}vertAlign")) if look is not None else ""
    style = _value(look.find(f"{W}rStyle")) if look is not None else ""
    parts = []
    for element in run:
        if element.tag == f"{W}t":
            parts.append(element.text or "")
        elif element.tag in (f"{W}br", f"{W}cr"):
            parts.append("\n")
        elif element.tag == f"{W}tab":
            parts.append("\t")
        elif element.tag == f"{W}noBreakHyphen":
            parts.append("-")
    text = "".join(parts)
    higher = _int(_value(look.find(f"{W}position"))) if look is not None else 0  # than the words beside it
    raised = direct == "superscript" or higher > 0 or (not direct and style in styles.raised)
    ordinal = text.strip().lower() in ORDINAL_ENDS
    return RAISED + characters.unmarked(text.strip()) if raised and text.strip() and not ordinal else text


def _rows(table: Any, styles: WordStyles, number: int) -> Iterator[BoxRow]:
    """The rows of a table, counted as paragraphs are."""
    for count, row in enumerate(table.iter(f"{W}tr")):
        head = row.find(f"{W}trPr/{W}tblHeader")
        is_head = head is not None and _value(head) not in ("0", "false")
        boxes, at = [], 0
        for cell in row.iter(f"{W}tc"):
            wide = cell.find(f"{W}tcPr/{W}gridSpan")
            span = max(1, _int(_value(wide))) if wide is not None else 1
            boxes.append(_box(cell, at, at + span, is_head, styles))
            at += span
        yield tuple(boxes), LinePlace(number + count)


def _sets(cell: Any, name: str) -> bool:
    """Whether words of a cell are set so themselves, bold or underlined."""
    return any(_value(sign) not in ("0", "false", "none", "off") for sign in cell.iter(f"{W}{name}"))


def _is_loud(paragraph: Any, styles: WordStyles) -> bool:
    """Whether every word of a paragraph is bold or underlined."""
    name = _value(paragraph.find(f"{W}pPr/{W}pStyle"))
    runs = [run for run in _runs(paragraph) if any((part.text or "").strip() for part in run.iter(f"{W}t"))]
    return name in styles.bold or all(_sets(run, "b") or _sets(run, "u") for run in runs)


def _box(cell: Any, start: int, end: int, is_head: bool, styles: WordStyles) -> Box:
    paragraphs = list(cell.iter(f"{W}p"))
    lines = tuple(line for paragraph in paragraphs for line in _lines(paragraph, styles))
    names = [_value(p.find(f"{W}pPr/{W}pStyle")) for p in paragraphs]
    goes_on = cell.find(f"{W}tcPr/{W}vMerge")
    lines = () if goes_on is not None and _value(goes_on) == "1" else lines
    ruled = _sets(cell, "u") or cell.find(f"{W}tcPr/{W}tcBorders/{W}bottom") is not None
    direct = [p.find(f"{W}pPr/{W}ind") for p in paragraphs]
    depths = [_points(o) if o is not None else styles.indent.get(n, 0) for o, n in zip(direct, names, strict=True)]
    bold = any(name in styles.bold for name in names) or _sets(cell, "b")
    ruled = ruled or any(name in styles.ruled for name in names)
    depth = max(depths, default=0) + BLANK * max(map(_leading, paragraphs), default=0)
    return Box(" ".join(lines), start, end, is_head, ruled, bold, depth, lines)


def _leading(paragraph: Any) -> int:
    """How many blanks a paragraph begins with that do not break."""
    text = "".join(part.text or "" for part in paragraph.iter(f"{W}t"))
    return len(text) - len(text.lstrip("\xa0 ")) if text.startswith("\xa0") else 0
