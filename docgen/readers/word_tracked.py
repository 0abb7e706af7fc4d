"""The tracked changes of a Word file: who did what on which day; and the file as it is with them accepted or rejected
(ECMA-376, part 1, 17.13.5). Words that somebody struck through by hand are deleted, by nobody in particular.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from typing import Any

from lxml import etree

from docgen.document.tree import Reviser
from docgen.readers.returned import BY_HAND, NO_AUTHOR, NO_MOMENT, TrackedChange, quoted
from docgen.readers.word_file import W, beginning, letters, words

DELETING = ("del", "moveFrom")
VERBS = {"ins": "inserted", "moveTo": "moved to this place", "del": "deleted", "moveFrom": "moved away"}
CELLS = {"cellIns": "ins", "cellDel": "del"}
AUTHOR, DATE = "author", "date"  # at a run whose words somebody brought or struck
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)?")
OF_LOOKS = (
    *("rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange"),
    *("sectPrChange", "tblGridChange", "numberingChange", "tblPrExChange", "cellMerge"),
)
OF_PLACES = {"tblPrChange": "table", "tblPrExChange": "table", "tblGridChange": "table", "sectPrChange": "page"}
WORDLESS = {"drawing": "picture", "pict": "picture", "object": "object of another program", "sym": "symbol"}
WORDLESS |= {"footnoteReference": "footnote", "endnoteReference": "endnote", "oMath": "formula", "tab": "tab"}
WORDLESS |= {"ptab": "tab", "br": "line end", "cr": "line end", "softHyphen": "optional hyphen"}
MARKS = ("rPr", "numPr")  # what holds a mark on the end or the number of a paragraph, and no words


def settled(root: Any, is_accepted: Callable[[str], bool]) -> None:
    """Accepts or rejects each tracked change, by its author, in the tree itself, which holds none afterwards."""

    def falls(mark: Any) -> bool:
        name = etree.QName(mark).localname
        return (CELLS.get(name, name) in DELETING) == is_accepted(mark.get(f"{W}author"))

    for row in list(root.iter(f"{W}tr")):
        if any(map(falls, _marks(row, "trPr"))):
            _drop(row)
    for cell in list(root.iter(f"{W}tc")):
        if any(map(falls, _marks(cell, "tcPr"))):
            _drop(cell)
    for table in list(root.iter(f"{W}tbl")):
        if table.find(f".//{W}tc") is None:
            _drop(table)
    _settle_words(root, falls)
    for paragraph in list(root.iter(f"{W}p")):
        if any(map(falls, _marks(paragraph, "pPr", "rPr"))):
            _join_to_next(paragraph)
    _settle_looks(root, is_accepted)


def tracked(root: Any) -> list[TrackedChange]:
    """The changes from top to bottom; one that goes on over several runs of a paragraph is one, so is a whole row."""
    changes: list[TrackedChange] = []
    last: Any = None
    for element in root.iter(*(W + name for name in (*VERBS, *CELLS, *OF_LOOKS))):
        change = _change(element)
        if change is None:
            continue
        if changes and _follows(element, last) and _may_join(changes[-1], change):
            changes[-1] = replace(changes[-1], text=f"{changes[-1].text}{letters(element)}")
        else:
            changes.append(change)
        last = element
    return changes


def _follows(element: Any, last: Any) -> bool:
    """Whether nothing with words stands between two elements of one paragraph."""
    before = element.getprevious()
    while before is not None and before is not last and not words(before):
        before = before.getprevious()
    return before is not None and before is last


def mark_strikes(root: Any, is_struck: Callable[[Any], bool]) -> None:
    """Marks runs that are struck through by hand as deleted, and rows and paragraphs of which all words are."""
    struck = set()
    for run in list(root.iter(f"{W}r")):
        if run.find(f"{W}t") is not None and is_struck(run):
            wrapper = etree.Element(f"{W}del", {f"{W}author": BY_HAND})
            run.getparent().replace(run, wrapper)
            wrapper.tail, run.tail = run.tail, None
            wrapper.append(run)
            for text in run.iter(f"{W}t"):
                text.tag = f"{W}delText"
            struck.add(run)
    for around, path in ((f"{W}tr", ("trPr",)), (f"{W}p", ("pPr", "rPr"))):
        for element in {element for run in struck for element in islice(run.iterancestors(around), 1)}:
            if struck.issuperset(run for run in element.iter(f"{W}r") if words(run)):
                _properties(element, path).append(etree.Element(f"{W}del", {f"{W}author": BY_HAND}))


def _properties(element: Any, path: tuple[str, ...]) -> Any:
    """The properties of a row or of the end of a paragraph, made where there are none."""
    for name in path:
        inner = element.find(W + name)
        if inner is None:
            inner = etree.Element(W + name)
            element.insert(0, inner)
        element = inner
    return element


def _marks(element: Any, *path: str) -> list[Any]:
    """The marks on a row, on a cell or on the end of a paragraph."""
    names = (*VERBS, *CELLS)
    return [mark for name in names for mark in element.iterfind("/".join(W + part for part in (*path, name)))]


def _drop(element: Any) -> None:
    element.getparent().remove(element)


def _settle_words(root: Any, falls: Callable[[Any], bool]) -> None:
    for row in root.iter(f"{W}tr"):
        for mark in _marks(row, "trPr"):
            _sign(row, mark)
    for mark in list(root.iter(*(W + name for name in VERBS))):
        if etree.QName(mark.getparent()).localname in MARKS:
            continue
        if falls(mark):
            _drop(mark)
        else:
            _sign(mark, mark)
            unwrap(mark)
    for name, plain in (("delText", "t"), ("delInstrText", "instrText")):
        for element in root.iter(W + name):
            element.tag = W + plain


def _sign(element: Any, mark: Any) -> None:
    """Says at each run of an element whose change it is."""
    for run in element.iter(f"{W}r"):
        run.set(AUTHOR, _author(mark))
        run.set(DATE, moment(mark.get(f"{W}date")))


def reviser(element: Any) -> Reviser | None:
    """Whose change a piece of a settled file is; None where it is nobody's, or was struck through by hand."""
    run = element.getparent()
    author = run.get(AUTHOR, BY_HAND)
    return Reviser(author, run.get(DATE)) if author != BY_HAND else None


def moment(text: str | None) -> str:
    """A time as Word writes it, also where there is none."""
    return text if text and MOMENT.fullmatch(text) and day(text) else NO_MOMENT


def _author(mark: Any) -> str:
    return " ".join(mark.get(f"{W}author", "").split()) or NO_AUTHOR


def unwrap(element: Any) -> None:
    """Puts what an element holds into its place."""
    parent = element.getparent()
    at = parent.index(element)
    parent[at : at + 1] = list(element)


def _join_to_next(paragraph: Any) -> None:
    """Takes the end of a paragraph away: what is in it stands before what the next one has."""
    beside = paragraph.getnext()
    while beside is not None and beside.tag not in (f"{W}p", f"{W}tbl") and not words(beside):
        beside = beside.getnext()
    content = [item for item in paragraph if item.tag != f"{W}pPr"]
    if beside is not None and beside.tag == f"{W}p":
        at = beginning(beside)
        beside[at:at] = content
        _drop(paragraph)
    elif not words(paragraph):
        _drop(paragraph)


def _settle_looks(root: Any, is_accepted: Callable[[str], bool]) -> None:
    """The looks of runs and the numbers of paragraphs as they were, where their change is rejected; of other changes of
    looks no trace."""
    for mark in list(root.iter(f"{W}ins")):
        around = mark.getparent()
        if etree.QName(around).localname == "numPr" and not is_accepted(mark.get(f"{W}author")):
            _drop(around)
    for change in list(root.iter(*(W + name for name in OF_LOOKS))):
        around = change.getparent()
        name = etree.QName(change).localname.removesuffix("Change")
        former = change.find(W + name)
        if name in ("rPr", "pPr") and not is_accepted(change.get(f"{W}author")):
            around[:] = [*(former if former is not None else ()), *around.iterfind(f"{W}sectPr")]
        else:
            _drop(change)
    for name in (*VERBS, *CELLS):
        for mark in list(root.iter(W + name)):
            _drop(mark)


def _change(element: Any) -> TrackedChange | None:
    """A tracked change as a value; None where a change around it says as much."""
    name = etree.QName(element).localname
    parent = etree.QName(element.getparent()).localname
    verb = VERBS.get(_kind(element), "formatted")
    row, cell, paragraph = (next(element.iterancestors(W + tag), None) for tag in ("tr", "tc", "p"))
    of_row, of_cell = _marks(row, "trPr") if row is not None else [], _marks(cell, "tcPr") if cell is not None else []
    if parent != "trPr" and _is_alike(element, [*of_row, *(of_cell if parent != "tcPr" else ())]):
        return None
    if parent == "rPr" and name in VERBS and paragraph is not None:
        inside = [mark for tag in VERBS for mark in paragraph.iterfind(f"{W}{tag}")]
        if _is_alike(element, inside):
            return None
        return _of(element, verb, "", words(paragraph, False), "end of a paragraph")
    if parent == "numPr" and paragraph is not None:
        return _of(element, verb, "", words(paragraph, False), "number")
    what = OF_PLACES.get(name) or {"trPr": "row", "tcPr": "cell"}.get(parent, "words")
    around = row if row is not None else paragraph
    around_words = {"row": row, "cell": cell}.get(what, element)
    if what == "words" and verb == "formatted":
        around_words = next(element.iterancestors(f"{W}r", f"{W}p"), element)
    text = words(around_words)
    if what == "words" and not text:
        names = (etree.QName(item).localname for item in element.iter(etree.Element))
        what = next((WORDLESS[inner] for inner in names if inner in WORDLESS), "")
        if not what:
            return None
    return _of(element, verb, text, words(around, False) if around is not None and what != "row" else "", what)


def _is_alike(element: Any, marks: list[Any]) -> bool:
    """Whether one of the marks says the same by the same author."""
    kind, author = _kind(element), element.get(f"{W}author")
    return any(_kind(mark) == kind and mark.get(f"{W}author") == author for mark in marks)


def _kind(element: Any) -> str:
    """What a mark says by the name of its element, that of a cell by the name that it has elsewhere."""
    name: str = etree.QName(element).localname
    return CELLS.get(name, name)


def _of(element: Any, verb: str, text: str, around: str, what: str) -> TrackedChange:
    return TrackedChange(_author(element), day(element.get(f"{W}date")), verb, text, quoted(around), what)


def day(text: str | None) -> datetime.date | None:
    """The day of a time as Word writes it; None where it is no day."""
    try:
        return datetime.date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def _may_join(before: TrackedChange, change: TrackedChange) -> bool:
    parts = [(item.author, item.day, item.verb, item.what) for item in (before, change)]
    return parts[0] == parts[1] and change.what == "words"
