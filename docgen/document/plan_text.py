"""A plan's own text as data: passages in the markup that templates write, in sections with names.

`<section name="Section 6">` stands around what belongs to a section; all else is the shut vocabulary of `markup`. Each
passage knows its sections, its place in the file, and which amendments made it what it is.
"""

from __future__ import annotations

import datetime
import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from docgen.document import markup
from docgen.document.jinja_sandbox import with_places
from docgen.document.tree import Block
from docgen.model.yaml_reader import Source
from docgen.problems import DataProblem, DocgenError, Problem, Where

SECTION = "section"
NAME = re.compile(r"""<section\s[^>]*?name=["']([^"'<>]*)["']""")
ENDING = ("dated", "party", "signature", "attest")  # the roles of what stands at the end of a text, behind new sections


@dataclass(frozen=True)
class SourceNote:
    """What an amendment did to a passage, from which day on; `section` is the name of one that it removed."""

    verb: str
    amendment: str
    day: datetime.date | None
    section: str = ""


@dataclass(frozen=True)
class TextPassage:
    """A heading, a paragraph or a table of a plan's text; without a block, the place of a section that was removed."""

    block: Block | None
    sections: tuple[str, ...]  # the names of the sections that it stands in, from the outermost
    where: Where
    notes: tuple[SourceNote, ...] = ()


def read(files: Sequence[Source]) -> tuple[TextPassage, ...]:
    """The text of a plan from its files; DataProblem with every mistake and its line."""
    passages: list[TextPassage] = []
    problems = list(_repeated(files))
    for file in files:
        try:
            passages += _of_file(file)
        except DocgenError as error:
            problems += error.problems
    if problems:
        raise DataProblem(problems)
    return tuple(passages)


def _of_file(file: Source) -> list[TextPassage]:
    text = with_places(file.text, 1, file.file)
    root = None if markup.DOCTYPE.search(file.text) else _root(text)
    if root is None:
        around = _root(f"<document>{text}</document>")
        if around is not None and around.find(SECTION) is not None:
            fault = f"<{SECTION}> stands outside <document>"
            raise DataProblem([Problem(_where(around[0], file), fault, "put all of it inside <document>")])
        markup.read(text, file.file)  # says what breaks off, and where
        raise DataProblem([Problem(Where(file.file), "is no markup", "write it inside one <document>")])
    problems: list[Problem] = []
    elements = list(_flat(root, (), problems))
    flat = Element("document", {key: value for key, value in root.attrib.items() if key == "at"})
    flat.text = root.text
    flat.extend(element for element, _ in elements)
    try:
        blocks = markup.read(ElementTree.tostring(flat, "unicode"), file.file)
    except DocgenError as error:
        problems += error.problems
    if problems:
        raise DataProblem(problems)
    return [
        TextPassage(block, sections, _where(element, file))
        for block, (element, sections) in zip(blocks, elements, strict=True)
    ]


def _root(text: str) -> Element | None:
    """The root of markup, where it can be read at all."""
    try:
        root = ElementTree.fromstring(text)  # noqa: S314  # no entities without a DOCTYPE
    except ElementTree.ParseError:
        return None
    return root if root.tag == "document" else None


def _flat(
    element: Element, sections: tuple[str, ...], problems: list[Problem]
) -> Iterator[tuple[Element, tuple[str, ...]]]:
    """What stands in an element, each block with the names of its sections; words between stay to be complained of."""
    for child in element:
        if child.tag != SECTION:
            problems += _faults(child)
            yield child, sections
            continue
        name = " ".join(child.get("name", "").split())
        at = _where(child, None)
        if not name or set(child.attrib) - {"name", "at"}:
            problems.append(Problem(at, "<section> has no name, or more than that", 'write <section name="Section 6">'))
        if not len(child):
            problems.append(Problem(at, f'section "{name}" is empty', "write its paragraphs in it, or take it out"))
        inside = list(_flat(child, (*sections, name), problems))
        words = f"{child.text or ''}{child.tail or ''}".strip()
        if words:
            problems.append(Problem(at, f'"{words[:60]}" stands beside the paragraphs of {name}', "put it in a <p>"))
        yield from inside


def _faults(element: Element) -> Iterator[Problem]:
    """What a plan's text may not have, though a template may."""
    if element.get("class") == "quote":
        remedy = "write the quotation mark behind the last words"
        yield Problem(_where(element, None), 'the role "quote" belongs to amendments', remedy)


def _where(element: Element, file: Source | None) -> Where:
    name, _, line = element.get("at", "").rpartition(":")
    return Where(name, int(line)) if line.isdigit() else Where(file.file if file else "")


def _repeated(files: Sequence[Source]) -> Iterator[Problem]:
    """A problem for each section that is called as one before it."""
    first: dict[str, Where] = {}
    for file in files:
        for match in NAME.finditer(file.text):
            name = " ".join(html.unescape(match[1]).split())
            where = Where(file.file, file.text.count("\n", 0, match.start()) + 1)
            if name in first:
                fault = f'a second section is called "{name}"; the first is at {first[name]}'
                yield Problem(where, fault, "give each section a name of its own")
            first.setdefault(name, where)


def at_the_end(passages: Sequence[TextPassage]) -> int:
    """Where new sections come in that name no place: before the signatures and what else closes the text."""
    at = len(passages)
    while at and getattr(passages[at - 1].block, "role", "") in ENDING and passages[at - 1].block:
        at -= 1
    return at


def without_notes(passages: Sequence[TextPassage]) -> tuple[TextPassage, ...]:
    """The text as one that no amendment has touched: what a plan begins with that restates another."""
    return tuple(replace(passage, notes=()) for passage in passages if passage.block)
