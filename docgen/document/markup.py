"""Reads the markup that templates write: HTML tags that everybody knows, strict, in a shut vocabulary.

The reading is XML's, without entities or declarations. A tag may carry `at="file:line"`, which the
renderer puts there so that a mistake names the line of the template that it came from.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from xml.parsers import expat

from docgen.document.tree import Block, Break, Cell, Content, Heading, Inline, Mark, Paragraph, Run, Table, TableRow
from docgen.problems import Problem, TemplateProblem, Where, did_you_mean

INLINE = ("br", "sup")
SPACES = re.compile("[ \t\r\n]+")
PLACE = re.compile(r' at="[^"]*"')


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


@dataclass
class MarkupElement:
    """A tag as read, with what stands inside it."""

    tag: str
    role: str
    at: Where
    children: list[MarkupElement | str] = field(default_factory=list)


def read(markup: str, template: str) -> tuple[Block, ...]:
    """The blocks that the markup says; TemplateProblem with every mistake and its place otherwise."""
    reader = _Reader(Where(template))
    root = reader.read(markup)
    if reader.problems or root is None:
        raise TemplateProblem(reader.problems)
    problems: list[Problem] = []
    blocks = tuple(_block(child, problems) for child in _elements(root))
    if problems:
        raise TemplateProblem(problems)
    return blocks


@dataclass
class _Reader:
    """Expat's events gathered into elements, each held against the vocabulary."""

    last: Where
    open: list[MarkupElement] = field(default_factory=list)
    root: MarkupElement | None = None
    problems: list[Problem] = field(default_factory=list)

    def read(self, markup: str) -> MarkupElement | None:
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.words
        parser.StartDoctypeDeclHandler = self.declaration
        parser.ProcessingInstructionHandler = self.declaration
        try:
            parser.Parse(markup.encode("utf-8", "surrogatepass"), True)
        except expat.ExpatError as error:
            if not (self.problems and "junk after" in str(error)):  # a second root has been named already
                self.problems.append(_in_plain_words(error, markup, self))
            return None
        return self.root

    def complain(self, where: Where, found: str, remedy: str = "") -> None:
        self.problems.append(Problem(where, found, remedy))

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.last = _where(attributes.pop("at", "")) or self.last
        element = MarkupElement(tag, attributes.pop("class", ""), self.last)
        self.hold_against_vocabulary(element, attributes)
        if self.open:
            self.open[-1].children.append(element)
        self.root = self.root or element
        self.open.append(element)

    def hold_against_vocabulary(self, element: MarkupElement, others: Sequence[str] | dict[str, str]) -> None:
        known = VOCABULARY.get(element.tag)
        if known is None:
            remedy = did_you_mean(element.tag, VOCABULARY) + "; templates/README.md lists the tags"
            self.complain(element.at, f"<{element.tag}> is not a tag that docgen knows", remedy)
            return
        if element.role and element.role not in known.roles:
            remedy = did_you_mean(element.role, known.roles) or f"<{element.tag}> takes no class"
            self.complain(element.at, f'<{element.tag}> has no role "{element.role}"', remedy)
        for attribute in others:
            remedy = "a tag takes class only; looks belong in print.css"
            self.complain(element.at, f"<{element.tag}> has {attribute}=", remedy)
        parent = self.open[-1].tag if self.open else ""
        if parent in VOCABULARY and element.tag not in VOCABULARY[parent].inside:
            allowed = ", ".join(f"<{tag}>" for tag in VOCABULARY[parent].inside) or "nothing but words"
            self.complain(element.at, f"<{element.tag}> stands inside <{parent}>", f"<{parent}> takes {allowed}")
        if not parent and element.tag != "document":
            self.complain(element.at, f"<{element.tag}> stands outside <document>", "put all of it inside <document>")

    def end(self, tag: str) -> None:
        self.open.pop()

    def words(self, text: str) -> None:
        element = self.open[-1]
        known = VOCABULARY.get(element.tag)
        if text.strip() and known and not known.words:
            found = f'"{_short(text)}" stands directly inside <{element.tag}>'
            self.complain(self.last, found, "put it in a <p>" if element.tag == "document" else "put it in a cell")
        element.children.append(text)

    def declaration(self, *_: object) -> None:
        self.complain(self.last, "<! or <? stands in the markup", "a template has tags and words only")


@functools.lru_cache(maxsize=1024)
def _where(at: str) -> Where | None:
    """The place that a tag carries: the templates have so many tags, however many elements they write."""
    file, _, line = at.rpartition(":")
    return Where(file, int(line)) if line.isdigit() else None


def _in_plain_words(error: expat.ExpatError, markup: str, reader: _Reader) -> Problem:
    row = [*markup.split("\n"), ""][error.lineno - 1]
    near = _short(PLACE.sub("", row[: error.offset])[-30:] + PLACE.sub("", row[error.offset :])[:30])
    said = expat.ErrorString(error.code) or "is not markup"
    inner = reader.open[-1] if reader.open else None
    closing = (
        re.match(r"</?([\w.-]+)", row[row.rfind("</", 0, error.offset + 2) :]) if "mismatched tag" in said else None
    )
    if closing and closing[1] not in [element.tag for element in reader.open]:
        return Problem(reader.last, f"</{closing[1]}> closes nothing here, near: {near}", "take it out")
    if inner is not None and ("mismatched tag" in said or "no element found" in said or "unclosed token" in said):
        found = f"<{inner.tag}> is not closed where it should be, near: {near}"
        return Problem(inner.at, found, "write <br/>" if inner.tag == "br" else f"write </{inner.tag}>")
    if "undefined entity" in said:
        return Problem(reader.last, f"an & begins a name that is not known, near: {near}", "write &amp; for the sign &")
    if "not well-formed" in said:
        remedy = "write &amp; for & and &lt; for <, <br/> for a new line, and quotes around a class"
        return Problem(reader.last, f"the markup breaks off near: {near}", remedy)
    if inner is None:
        return Problem(reader.last, f"the markup breaks off near: {near}", "put all of it inside one <document>")
    return Problem(reader.last, f"{said}, near: {near}", "look at the tags around these words")


def _short(text: str) -> str:
    return " ".join(text.split())[:60]


def _elements(element: MarkupElement) -> list[MarkupElement]:
    return [child for child in element.children if isinstance(child, MarkupElement)]


def _block(element: MarkupElement, problems: list[Problem]) -> Block:
    makers: dict[str, Callable[[], Block]] = {
        "h1": lambda: Heading(1, element.role, _content(element, problems)),
        "h2": lambda: Heading(2, element.role, _content(element, problems)),
        "p": lambda: Paragraph(element.role, _content(element, problems)),
        "table": lambda: _table(element, problems),
    }
    return makers[element.tag]()


def _table(element: MarkupElement, problems: list[Problem]) -> Table:
    parts = {part.tag: tuple(_row(row) for row in _elements(part)) for part in _elements(element)}
    table = Table(element.role, parts.get("thead", ()), parts.get("tbody", ()))
    if not table.body or not all(row.cells for row in table.rows):
        found = "a row without cells" if table.body else "a table without rows"
        problems.append(Problem(element.at, found, "look at the loop that should write them"))
        return table
    for row, read in zip(table.rows, (r for part in _elements(element) for r in _elements(part)), strict=True):
        if len(row.cells) not in (1, table.width):
            found = f"a row has {len(row.cells)} cells where the table has {table.width} columns"
            problems.append(Problem(read.at, found, "give it a cell for each column, or one cell across"))
    return table


def _row(element: MarkupElement) -> TableRow:
    cells = tuple(Cell(cell.role, _inlines(cell), cell.tag == "th") for cell in _elements(element))
    return TableRow(element.role, cells)


def _content(element: MarkupElement, problems: list[Problem]) -> Content:
    content = _inlines(element)
    if not content:
        problems.append(Problem(element.at, f"<{element.tag}> is empty", "write words in it, or leave it out"))
    return content


def _inlines(element: MarkupElement) -> Content:
    """What stands in a block, with runs of white space as one space and none at the ends of a line."""
    if len(element.children) == 1 and isinstance(words := element.children[0], str):
        return _words(words)
    raw: list[Inline] = []
    for child in element.children:
        if isinstance(child, str):
            raw.append(Run(child))
        elif child.tag == "br":
            raw.append(Break())
        else:
            raw.append(Mark(" ".join("".join(text for text in child.children if isinstance(text, str)).split())))
    return _tidy(raw)


@functools.lru_cache(maxsize=4096)
def _words(text: str) -> Content:
    """The content of a block that has words only; many cells of a schedule say the same."""
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
