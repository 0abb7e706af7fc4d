"""Words of an HTML file that not everybody sees: those that show while one points at a place, that are only read aloud,
or that some programs show and others do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from docgen.readers.returned import quoted

ATTRIBUTES = {
    "title": "words that show while one points at {}",
    "alt": "words that stand for {}",
    "aria-label": "words that are read aloud for {}",
    "aria-description": "words that are read aloud for {}",
    "placeholder": "words that show in an empty field, {}",
    "summary": "words that are read aloud for {}",
}
IN_PICTURES = ("img", "svg", "object", "embed", "input")  # whose label is said with them
CONDITIONAL = re.compile(r"\s*\[if ([^\]]*)\]>(.*?)(?:<!\[endif\]\s*)?", re.DOTALL | re.IGNORECASE)
SETTINGS = ("xml", "style", "script")  # what Word keeps in such comments for itself
SIGNS = re.compile(rf"<!--\s*\[if|\b(?:{'|'.join(ATTRIBUTES)})\s*=", re.IGNORECASE)


def remarks(text: str) -> Iterator[str]:
    """Each of them with its words, from top to bottom."""
    if not SIGNS.search(text):
        return
    parser = lxml_html.HTMLParser(encoding="utf-8", no_network=True)
    root = lxml_html.document_fromstring(text.encode(), parser=parser)
    for element in root.iter():
        if isinstance(element, etree._Comment):
            yield from _conditional(element.text)
        elif isinstance(element.tag, str) and element.tag not in ("meta", "link", "style"):
            yield from _attributes(element)


def _conditional(comment: str) -> Iterator[str]:
    """The words of a comment that programs of one kind take for a part of the page."""
    match = CONDITIONAL.fullmatch(comment)
    if match is None or not match[2].strip():
        return
    inside = lxml_html.fragment_fromstring(match[2], create_parent=True)
    for element in list(inside.iter(*SETTINGS)):
        element.drop_tree()
    if words := _line(inside.text_content()):
        yield f'words that only some programs show (if {match[1].strip()}): "{quoted(words)}"'


def _attributes(element: Any) -> Iterator[str]:
    for name in filter(element.get, ATTRIBUTES):
        sentence, words, shown = ATTRIBUTES[name], _line(element.get(name)), _line(element.text_content())
        is_label = name in ("title", "alt") and element.tag in IN_PICTURES
        is_margin = element.tag == "div" and words in ("header", "footer")  # LibreOffice's
        if any(sign.isalnum() for sign in words) and words != shown and not (is_label or is_margin):
            place = f'"{quoted(shown)}"' if shown else f"<{element.tag}>"
            yield f'{sentence.format(place)}: "{quoted(words)}"'


def _line(text: str) -> str:
    return " ".join(text.split())
