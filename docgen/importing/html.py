"""Reads EDGAR HTML by anybody: blocks of words, and tables by the columns that their cells reach over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from lxml import html as lxml_html

from docgen.edgar import characters
from docgen.files import html_tags
from docgen.importing import cells, line_hyphens, text
from docgen.importing.cells import Box, BoxRow
from docgen.importing.english_words import ORDINAL_ENDS
from docgen.importing.pieces import FiledExhibit, LinePlace, PagePiece
from docgen.readers import html_unseen

BLOCKS = {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "center", "li", "ul", "ol", "dl", "dt", "dd", "body", "pre"}
BLOCKS |= {"blockquote", "hr", "tr", "td", "th", "table", "tbody", "thead", "section", "article"}
SILENT = {"script", "style", "head", "title", "meta", "link"}
PAGE_LABEL = re.compile(r"-? ?(?:[A-Z]{1,2}-)?[0-9]{1,3} ?-?")
INDENT = re.compile(r"(?:padding-left|margin-left|text-indent)\s*:\s*(-?[0-9.]+)\s*(pt|px|em|in|%)?", re.IGNORECASE)
PADDING = re.compile(r"(?:padding|margin)\s*:\s*[^;]*?\s[^;]*?\s[^;]*?\s(-?[0-9.]+)(pt|px|em|in)?", re.IGNORECASE)
UNITS = {"pt": 1.0, "px": 0.75, "em": 11.0, "in": 72.0, "%": 6.0, None: 0.75, "": 0.75}
UNDERLINE = re.compile(r"border-bottom[^;]*(?:[1-9]|solid|double)|text-decoration:\s*underline", re.IGNORECASE)
BOLD = re.compile(r"font-weight:\s*(?:bold|[6-9]00)", re.IGNORECASE)
BREAK = "\n"


def exhibit(file: str, data: bytes) -> FiledExhibit:
    """The exhibit that an HTML file says."""
    source = text.decoded(data)
    inside = re.search(r"<TEXT>(.*?)</TEXT>", source, re.IGNORECASE | re.DOTALL)
    source = re.sub(r"<\?xml[^>]*\?>", "", inside[1] if inside else source.replace("<PAGE>", ""))
    html_tags.refuse_crowded(file, source)
    root = lxml_html.document_fromstring(
        source if source.strip() else "<p></p>", parser=lxml_html.HTMLParser(no_network=True)
    )
    body = root.find("body") if root.find("body") is not None else root
    if lines := _set_lines(body):
        return replace(text.exhibit(file, "\n".join(lines).encode()), remarks=tuple(html_unseen.remarks(source)))
    hit = tuple(_Walk().pieces(body))
    return FiledExhibit(file, hit, sum(len(piece.words) for piece in hit), tuple(html_unseen.remarks(source)))


def _set_lines(body: Any) -> list[str]:
    """The lines of a page that is set as text in `pre`, on the lines where they stand; none of any other page."""
    blocks = list(body.iter("pre"))
    inside = sum(len("".join(block.itertext()).split()) for block in blocks)
    if not blocks or inside * 10 < len("".join(body.itertext()).split()) * 9:
        return []
    lines: list[str] = []
    for block in blocks:
        lines += [""] * ((block.sourceline or 0) - len(lines) - 2) + (["<PAGE>"] if lines else [])
        lines += "".join(block.itertext()).split("\n")
    return lines


class _Walk:
    """Goes through a body once, from block to block; holds the words of the paragraph that is being read."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.place = LinePlace()
        self.loud = 0  # how many elements around are bold or underlined
        self.quiet = False  # whether words of the paragraph are neither

    def pieces(self, element: Any) -> Iterator[PagePiece]:
        """The pieces of an element, and the paragraph that it ends."""
        yield from self._walk(element)
        yield from self._ended()

    def _walk(self, element: Any) -> Iterator[PagePiece]:
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag.lower() in SILENT or not tag:
            pass
        elif tag == "table" and len(element.findall(".//tr")) and not element.findall(".//table"):
            yield from self._ended()
            yield from _table(element)
        else:
            blocks, loud = tag in BLOCKS, _is_loud(element)
            yield from self._ended() if blocks else ()
            self.loud += loud
            self._say("\x01" if tag == "sup" else BREAK if tag == "br" else "", element)
            self._say(_single(element.text or ""), element)
            for inner in element:
                yield from self._walk(inner)
                self._say(_single(inner.tail or ""), element)
            if tag == "sup":
                self._raise()
            yield from self._ended() if blocks else ()
            self.loud -= loud

    def _say(self, words_: str, element: Any) -> None:
        if not "".join(self.parts).strip():
            self.place = LinePlace(element.sourceline or 0)
        self.quiet = self.quiet or (bool(words_.strip(" \xa0\x01")) and not self.loud)
        self.parts.append(words_)

    def _raise(self) -> None:
        """Sets the mark of a footnote as plain text has it."""
        at = max((n for n, part in enumerate(self.parts) if part == "\x01"), default=-1)
        mark = "".join(self.parts[at + 1 :])
        before = "".join(self.parts[:at])
        is_mark = mark.strip().lower() not in ORDINAL_ENDS
        self.parts = [before.rstrip(" \xa0") if is_mark else before, _mark(mark)]

    def _ended(self) -> Iterator[PagePiece]:
        texts = (" ".join(row.split()) for row in "".join(self.parts).split(BREAK))
        lines = tuple(line_hyphens.at_end(text) for text in texts if text)
        bold, self.parts, self.quiet = not self.quiet, [], False
        if lines:
            is_label = len(lines) == 1 and PAGE_LABEL.fullmatch(lines[0])
            yield PagePiece("furniture" if is_label else "words", lines, self.place, bold=bold)


def _is_loud(element: Any) -> bool:
    """Whether an element sets its words bold or underlined."""
    style = element.get("style") or ""
    return element.tag in ("b", "strong", "u") or bool(BOLD.search(style) or UNDERLINE.search(style))


def _single(words_: str) -> str:
    """White space as single blanks; line ends in the source mean nothing."""
    return re.sub(r"\s+", " ", words_)


def _mark(mark: str) -> str:
    mark = mark.strip()
    return mark if mark.lower() in ORDINAL_ENDS else characters.unmarked(mark)


def _table(table: Any) -> Iterator[PagePiece]:
    rows: list[BoxRow] = []
    below: dict[int, int] = {}  # columns that a cell of a row above still fills, and for how many rows
    for row in table.iter("tr"):
        boxes, at = [], 0
        for cell in row:
            if cell.tag not in ("td", "th"):
                continue
            while below.get(at, 0):
                below[at] -= 1
                at += 1
            wide = _number(cell.get("colspan"))
            for column in range(at, at + wide):
                below[column] = _number(cell.get("rowspan")) - 1
            boxes.append(_box(cell, at, at + wide))
            at += wide
        below |= {column: rows_more - 1 for column, rows_more in below.items() if column >= at and rows_more}
        rows.append((tuple(boxes), LinePlace(row.sourceline or 0)))
    if any(box.text for boxes, _ in rows for box in boxes):
        yield from cells.pieces(rows)


def _number(text_: str | None) -> int:
    return min(int(text_), 60) if text_ and text_.isdigit() and text_ != "0" else 1


def _box(cell: Any, start: int, end: int) -> Box:
    walk = _Walk()
    lines = tuple(line for piece in walk.pieces(cell) for line in piece.lines)
    raw = "".join(cell.itertext())
    styles = " ".join(element.get("style") or "" for element in cell.iter() if isinstance(element.tag, str))
    tags = {element.tag for element in cell.iter() if isinstance(element.tag, str)}
    leading = len(raw) - len(raw.lstrip("\xa0 \n\t")) if raw.lstrip("\n\t ").startswith("\xa0") else 0
    ruled = bool(UNDERLINE.search(styles)) or bool(tags & {"u", "hr"})
    bold = bool(BOLD.search(styles)) or bool(tags & {"b", "strong"})
    depth = int(_indent(styles) + 3 * leading)
    return Box(" ".join(lines), start, end, cell.tag == "th", ruled, bold, depth, lines)


def _indent(styles: str) -> float:
    """How deep a cell's words stand, in points; a first line that hangs out counts with its block's."""
    hit = [*INDENT.findall(styles), *PADDING.findall(styles)]
    return sum(float(size) * UNITS.get(unit.lower(), 1.0) for size, unit in hit if size.strip(".-"))
