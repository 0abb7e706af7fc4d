"""Which line of a template wrote which block and which row of a document."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from docgen.problems import Where


@dataclass(frozen=True)
class BlockPlaces:
    """The line of a template that wrote a block, and those of the rows of a table."""

    at: Where
    rows: tuple[Where, ...] = ()


def places(text: str) -> tuple[BlockPlaces, ...]:
    """The places of the blocks that `markup.read` gives for the same text, in their order."""
    listed: list[BlockPlaces] = []
    for element in ElementTree.fromstring(text):  # noqa: S314  # it has been read before, without a DOCTYPE
        if element.get("class") != "quote" or element.tag != "p" or not listed:
            rows = tuple(_at(row) for part in element for row in part if row.tag == "tr")
            listed.append(BlockPlaces(_at(element), rows))
    return tuple(listed)


def _at(element: Element) -> Where:
    file, _, line = element.get("at", "").rpartition(":")
    return Where(file, int(line)) if line.isdigit() else Where()
