"""Reads the markup that templates write: HTML tags that everybody knows, strict, in a shut vocabulary.

The reading is XML's, without entities or declarations. A tag may carry `at="file:line"`, which the
renderer puts there so that a mistake names the line of the template that it came from.
"""

from __future__ import annotations

import contextlib
import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import cast
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from xml.parsers import expat

from docgen.document import closing_quotes
from docgen.document.tree import (
    Block,
    Break,
    Cell,
    Content,
    Heading,
    Inline,
    Mark,
    Paragraph,
    Run,
    Table,
    TableRow,
)
from docgen.problems import Problem, TemplateProblem, Where, did_you_mean

INLINE = ("br", "sup")
SPACES = re.compile("[ \t\r\n]+")
PLACE = re.compile(r' at="[^"]*"')
DOCTYPE = re.compile(r"<!(?!--|\[CDATA\[)")
LOGO = "a logo stands in print.css (PDF) and the header of reference.docx (Word); EDGAR's text and HTML have none"
DECLARED = ("<! or <? stands in the markup", "a template has tags and words only")


@dataclass(frozen=True)
class Tag:
    """One tag of the vocabulary: who may stand inside it, which roles it may have, what it is for."""

    inside: tuple[str, ...]
    roles: tuple[str, ...]
    use: str
    words: bool = False  # whether text may stand directly inside


VOCABULARY: dict[str, Tag] = {
    "document": Tag(("h1", "h2", "p", "table"), (), "the whole document, once"),
    "h1": Tag(INLINE, ("title", "schedule"), "the heading of the document, centred", True),
    "h2": Tag(INLINE, ("schedule", "attached"), "the heading of a schedule, centred; attached: on a new page", True),
    "p": Tag(
        INLINE,
        (
            "exhibit",
            "qualifier",
            "opening",
            "recital",
            "witnesseth",
            "item",
            "clause",
            "section",
            "preamble",
            "footnote",
            "quote",
            "terms",
            "dated",
            "party",
            "signature",
            "attest",
        ),
        "a paragraph",
        True,
    ),
    "br": Tag((), (), "a new line: <br/>"),
    "sup": Tag((), (), "the mark of a footnote", True),
    "table": Tag(("thead", "tbody"), ("schedule", "names"), "a table; its heads repeat on each page"),
    "thead": Tag(("tr",), (), "the heads of a table"),
    "tbody": Tag(("tr",), (), "the rows of a table"),
    "tr": Tag(("th", "td"), ("label", "fund", "class"), "a row: a cell a column, or one cell across"),
    "th": Tag(INLINE, ("group", "number", "text"), "a name: of a column, a group or a row", True),
    "td": Tag(INLINE, ("number", "text"), "a value", True),
}

WORDLESS = frozenset(tag for tag, known in VOCABULARY.items() if not known.words)


def read(markup: str, template: str) -> tuple[Block, ...]:
    """The blocks that the markup says; TemplateProblem with every mistake and its place otherwise."""
    start = Where(template)
    if DOCTYPE.search(markup):  # which could declare entities, and nothing reads those
        raise TemplateProblem([Problem(start, *DECLARED)])
    builder = ElementTree.TreeBuilder(insert_pis=True)
    parser = ElementTree.XMLParser(target=builder, encoding="utf-8")  # noqa: S314  # no entities without a DOCTYPE
    problems: list[Problem] = []
    root: Element | None = None
    try:
        parser.feed(markup.encode("utf-8", "surrogatepass"))
        root = parser.close()
    except ElementTree.ParseError as error:
        problems += _mistakes(builder.close(), start)
        if not (problems and "junk after" in str(error)):  # a second root has been named already
            problems.append(_in_plain_words(error, markup, start))
    else:
        problems += _mistakes(root, start)
    if problems or root is None:
        raise TemplateProblem(problems)
    blocks = tuple(_block(child, problems) for child in root)
    if problems:
        raise TemplateProblem([p if p.where.file else replace(p, where=start) for p in problems])
    return tuple(closing_quotes.behind_words(blocks))


def _mistakes(root: Element | None, start: Where) -> Iterator[Problem]:
    """What the vocabulary has against the elements and against words between them, in their order."""
    if root is None or _is_fine(root):
        return
    at = ""
    ahead: list[tuple[str, Element | str]] = [("", root)]  # each with its parent's tag
    while ahead:
        parent, piece = ahead.pop()
        if isinstance(piece, str):
            fault = f'"{_short(piece)}" stands directly inside <{parent}>'
            remedy = "put it in a <p>" if parent == "document" else "put it in a cell"
            yield Problem(_where(at) or start, fault, remedy)
            continue
        tag, attributes = piece.tag, piece.attrib
        at = attributes.get("at", at)
        for fault, remedy in _faults(parent, tag, attributes.get("class", ""), *attributes):
            yield Problem(_where(at) or start, fault, remedy)
        if tag in WORDLESS:
            for child in reversed(piece):
                if child.tail and not child.tail.isspace():
                    ahead.append((tag, child.tail))
                ahead.append((tag, child))
            if piece.text and not piece.text.isspace():
                ahead.append((tag, piece.text))
        elif len(piece):
            ahead += [(tag, child) for child in reversed(piece)]


def _is_fine(root: Element) -> bool:
    """Whether there is nothing to say of any element, without asking where each of them stands."""
    kinds = {("", root.tag, root.get("class", ""), *root.keys())}
    for parent in root.iter():
        tag = parent.tag
        if tag in WORDLESS and "".join([parent.text or "", *[child.tail or "" for child in parent]]).strip():
            return False
        if len(parent):
            kinds.update([(tag, child.tag, child.get("class", ""), *child.keys()) for child in parent])
    return not any(_faults(*kind) for kind in kinds)


@functools.lru_cache(maxsize=4096)
def _faults(parent: str, tag: object, role: str, *attributes: str) -> tuple[tuple[str, str], ...]:
    """What the vocabulary has against a tag inside this parent, with this role and these attributes, and the remedies.

    A tag that is no text is a processing instruction's.
    """
    if not isinstance(tag, str):
        return (DECLARED,)
    known = VOCABULARY.get(tag)
    if known is None:
        remedy = LOGO if tag == "img" else did_you_mean(tag, VOCABULARY) + "; templates/README.md lists the tags"
        return ((f"<{tag}> is not a tag that docgen knows", remedy),)
    faults = []
    if role and role not in known.roles:
        remedy = did_you_mean(role, known.roles) or f"<{tag}> takes no class"
        faults.append((f'<{tag}> has no role "{role}"', remedy))
    looks = "a tag takes class only; looks belong in print.css"
    faults += [(f"<{tag}> has {attribute}=", looks) for attribute in attributes if attribute not in ("at", "class")]
    if parent in VOCABULARY and tag not in VOCABULARY[parent].inside:
        allowed = ", ".join(f"<{inner}>" for inner in VOCABULARY[parent].inside) or "nothing but words"
        faults.append((f"<{tag}> stands inside <{parent}>", f"<{parent}> takes {allowed}"))
    if not parent and tag != "document":
        faults.append((f"<{tag}> stands outside <document>", "put all of it inside <document>"))
    return tuple(faults)


@functools.lru_cache(maxsize=1024)
def _where(at: str) -> Where | None:
    """The place that a tag carries: the templates have so many tags, however many elements they write."""
    file, _, line = at.rpartition(":")
    return Where(file, int(line)) if line.isdigit() else None


def _open(markup: str) -> Iterator[tuple[str, Element]]:
    """The elements as they begin and end in markup that breaks off, as far as it can be read."""
    parser: ElementTree.XMLPullParser[Element] = ElementTree.XMLPullParser(("start", "end"))
    parser.feed(markup.encode("utf-8", "surrogatepass"))
    with contextlib.suppress(ElementTree.ParseError):
        yield from cast("Iterator[tuple[str, Element]]", parser.read_events())


def _in_plain_words(error: ElementTree.ParseError, markup: str, last: Where) -> Problem:
    """Where and why the markup breaks off; `last` is the place where no tag before says one."""
    line, offset = error.position
    row = [*markup.split("\n"), ""][line - 1]
    near = _short(PLACE.sub("", row[:offset])[-30:] + PLACE.sub("", row[offset:])[:30])
    open_: list[tuple[Element, Where]] = []
    for event, element in _open(markup):
        if event == "end":
            open_.pop()
        else:
            last = _where(element.get("at", "")) or last
            open_.append((element, last))
    said = expat.ErrorString(error.code) or "is not markup"
    inner, at = open_[-1] if open_ else (None, last)
    closing = re.match(r"</?([\w.-]+)", row[row.rfind("</", 0, offset + 2) :]) if "mismatched tag" in said else None
    if closing and closing[1] not in [element.tag for element, _ in open_]:
        return Problem(last, f"</{closing[1]}> closes nothing here, near: {near}", "take it out")
    if inner is not None and ("mismatched tag" in said or "no element found" in said or "unclosed token" in said):
        fault = f"<{inner.tag}> is not closed where it should be, near: {near}"
        return Problem(at, fault, "write <br/>" if inner.tag == "br" else f"write </{inner.tag}>")
    if "undefined entity" in said:
        return Problem(last, f"an & begins a name that is not known, near: {near}", "write &amp; for the sign &")
    if "not well-formed" in said:
        remedy = "write &amp; for & and &lt; for <, <br/> for a new line, and quotes around a class"
        return Problem(last, f"the markup breaks off near: {near}", remedy)
    if inner is None:
        return Problem(last, f"the markup breaks off near: {near}", "put all of it inside one <document>")
    return Problem(last, f"{said}, near: {near}", "look at the tags around these words")


def _short(text: str) -> str:
    return " ".join(text.split())[:60]


def _at(element: Element) -> Where:
    return _where(element.get("at", "")) or Where("")


def _block(element: Element, problems: list[Problem]) -> Block:
    if element.tag == "table":
        return _table(element, problems)
    role, content = element.get("class", ""), _inlines(element)
    if not content:
        problems.append(Problem(_at(element), f"<{element.tag}> is empty", "write words in it, or leave it out"))
    return Paragraph(role, content) if element.tag == "p" else Heading(int(element.tag[1]), role, content)


def _table(element: Element, problems: list[Problem]) -> Table:
    parts = {part.tag: tuple(map(_row, part)) for part in element}
    table = Table(element.get("class", ""), parts.get("thead", ()), parts.get("tbody", ()))
    if not table.body or not all(row.cells for row in table.rows):
        fault = "a row without cells" if table.body else "a table without rows"
        problems.append(Problem(_at(element), fault, "look at the loop that should write them"))
        return table
    for row in (row for part in element for row in part):
        if len(row) not in (1, table.width):
            fault = f"a row has {len(row)} cells where the table has {table.width} columns"
            problems.append(Problem(_at(row), fault, "give it a cell for each column, or one cell across"))
    return table


def _row(element: Element) -> TableRow:
    return TableRow(element.get("class", ""), tuple(map(_cell, element)))


def _cell(element: Element) -> Cell:
    role = element.get("class", "")
    if len(element):
        return Cell(role, _inlines(element), element.tag == "th")
    return _words_cell(role, element.text or "", element.tag == "th")


@functools.lru_cache(maxsize=4096)
def _words_cell(role: str, text: str, head: bool) -> Cell:
    """A cell that has words only; many cells of a schedule say the same."""
    return Cell(role, _words(text), head)


def _inlines(element: Element) -> Content:
    """What stands in a block, with runs of white space as one space and none at the ends of a line."""
    if not len(element):
        return _words(element.text or "")
    raw: list[Inline] = [Run(element.text)] if element.text else []
    for child in element:
        raw.append(Break() if child.tag == "br" else Mark(" ".join((child.text or "").split())))
        raw += [Run(child.tail)] if child.tail else []
    return _tidy(raw)


@functools.lru_cache(maxsize=4096)
def _words(text: str) -> Content:
    """The content of a block that has words only."""
    return _tidy([Run(text)])


def _tidy(raw: Sequence[Inline]) -> Content:
    tidy: list[Inline] = []
    for inline in raw:
        if isinstance(inline, Run):
            text = SPACES.sub(" ", inline.text)
            before = tidy[-1] if tidy else Break()
            if isinstance(before, Break) or (isinstance(before, Run) and before.text.endswith(" ")):
                text = text.removeprefix(" ")
            if isinstance(before, Run):
                tidy[-1] = Run(before.text + text)
                continue
            tidy += [Run(text)] if text else []
            continue
        if isinstance(inline, Break):
            _trim_end(tidy)
        tidy.append(inline)
    _trim_end(tidy)
    return tuple(tidy)


def _trim_end(inlines: list[Inline]) -> None:
    """Takes a space off the end of the last run, and the run with it when nothing else was in it."""
    if inlines and isinstance(last := inlines[-1], Run):
        text = last.text.removesuffix(" ")
        inlines[-1:] = [Run(text)] if text else []
