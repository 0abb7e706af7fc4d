"""The parts of a Word file that say something, by what they are to it and not by their names (ECMA-376, part 2)."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from docgen.files import ooxml
from docgen.problems import DataProblem, Problem, Where
from docgen.readers.returned import quoted

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = "purl.oclc.org/ooxml"  # in every name of the strict variant (ECMA-376, part 1, annex A)
RELATED = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
ROOT = "_rels/.rels"
IS_STRICT = "is Strict Open XML, a variant of .docx that few programs read"
TRANSITIONAL = 'save it in Word as "Word Document (*.docx)", which is Transitional'
NOTHING = b"<nothing/>"
NO_BODY = "holds no words of Word's"
PRIVATE = 0xF000  # where fonts of symbols have their signs
SINGLE = ("footnotes", "endnotes", "comments", "numbering", "settings")  # parts of which a file has one
NO_NOTE = ("separator", "continuationSeparator", "continuationNotice")


@dataclass(frozen=True)
class WordFile:
    """A Word file taken apart: its root, its styles as XML, notes and comments by their ids, heads and feet, lists."""

    root: Any
    styles: bytes
    footnotes: Mapping[str, Any]
    endnotes: Mapping[str, Any]
    comments: Mapping[str, Any]
    margins: tuple[Any, ...]  # the headers and footers
    numbering: Any  # the lists, None where there are none
    settings: Any  # of the whole file, None where there are none


def opened(file: str, parts: Mapping[str, bytes]) -> WordFile:
    """The parts by what they are; DataProblem where the file is no Word file, broken, or of the strict variant."""
    try:
        return _opened(file, parts)
    except etree.XMLSyntaxError:
        raise DataProblem([Problem(Where(file), ooxml.fault(parts), ooxml.REPAIR.format("Word"))]) from None


def _opened(file: str, parts: Mapping[str, bytes]) -> WordFile:
    name = next((target for kind, target in _related(parts, "") if kind == "officeDocument"), "word/document.xml")
    root = ooxml.tree(parts.get(name) or NOTHING)
    if STRICT in root.tag or STRICT.encode() in parts.get(ROOT, b""):
        raise DataProblem([Problem(Where(file), IS_STRICT, TRANSITIONAL)])
    if root.find(f"{W}body") is None:
        raise DataProblem([Problem(Where(file), NO_BODY, "name a Word document")])
    targets: dict[str, list[bytes]] = {}
    for kind, target in _related(parts, name):
        if target in parts:
            targets.setdefault(kind, []).append(parts[target])
    single = {kind: ooxml.tree(contents[0]) for kind, contents in targets.items() if kind in SINGLE}
    return WordFile(
        root,
        _styles(targets.get("styles", [b""])[0]),
        _by_id(single.get("footnotes"), "footnote"),
        _by_id(single.get("endnotes"), "endnote"),
        _by_id(single.get("comments"), "comment"),
        tuple(ooxml.tree(part) for kind in ("header", "footer") for part in targets.get(kind, ())),
        single.get("numbering"),
        single.get("settings"),
    )


def _styles(data: bytes) -> bytes:
    """The styles, each with its kind, which is the paragraph's where none is named (17.7.4.17), without those that
    nothing can call."""
    if not data:
        return data
    root = ooxml.tree(data)
    for style in list(root.iter(f"{W}style")):
        if not style.get(f"{W}styleId"):
            style.getparent().remove(style)
        elif not style.get(f"{W}type"):
            style.set(f"{W}type", "paragraph")
    return bytes(etree.tostring(root))


def words(element: Any, with_deleted: bool = True) -> str:
    """All words of an element in one line, those that are marked as deleted with them or without."""
    pieces = {f"{W}tab": " ", f"{W}br": " ", f"{W}cr": " ", f"{W}noBreakHyphen": "-"}
    parts = []
    for item in element.iter():
        if item.tag == f"{W}t" or (with_deleted and item.tag == f"{W}delText"):
            parts.append(item.text or "")
        elif item.tag == f"{W}p" and parts:
            parts.append(" ")
        else:
            parts.append(pieces.get(item.tag, ""))
    return " ".join("".join(parts).split())


def letters(element: Any) -> str:
    """All letters of an element as they stand, those that are marked as deleted with them."""
    return "".join(item.text or "" for item in element.iter(f"{W}t", f"{W}delText"))


def value(element: Any, *path: str) -> str:
    """What the first element at the end of a path has for its value; empty where there is none."""
    inner = element.find("/".join(W + name for name in path)) if element is not None else None
    return inner.get(f"{W}val", "") if inner is not None else ""


def local_name(element: Any) -> str:
    """An element's name without its space."""
    return str(etree.QName(element).localname)


def beginning(paragraph: Any) -> int:
    """Where in a paragraph its words begin, behind what it says of itself."""
    return int(paragraph.find(f"{W}pPr") is not None)


def place_words(element: Any) -> str:
    """The words of the row or paragraph that an element stands in, or of what stands before it."""
    around = next(element.iterancestors(f"{W}tr", f"{W}p"), None)
    if around is None:
        around = next(element.itersiblings(f"{W}p", f"{W}tbl", preceding=True), None)
    return quoted(words(around)) if around is not None else ""


def place(element: Any) -> str:
    """The same behind `in` or `after`, with a blank before it; empty where nothing is around."""
    inside = next(element.iterancestors(f"{W}tr", f"{W}p"), None) is not None
    text = place_words(element)
    return f' {"in" if inside else "after"} "{text}"' if text else ""


def _related(parts: Mapping[str, bytes], name: str) -> Iterator[tuple[str, str]]:
    """What a part refers to, as the kind of relation and the part's name; that of the file itself has none."""
    folder, file = posixpath.split(name)
    listed = ooxml.tree(parts.get(posixpath.join(folder, "_rels", f"{file}.rels")) or NOTHING)
    for item in listed.iterfind(RELATED):
        if item.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, item.get("Target", "")))
            yield posixpath.basename(item.get("Type", "")), target.lstrip("/")


def _by_id(root: Any, tag: str) -> dict[str, Any]:
    """The notes or comments of a part by their ids, without the lines that part notes from words."""
    listed = root.iter(W + tag) if root is not None else ()
    return {item.get(f"{W}id"): item for item in listed if item.get(f"{W}type") not in NO_NOTE}
