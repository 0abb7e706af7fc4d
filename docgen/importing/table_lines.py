"""The rows under one head: names, values, the classes under a fund, and what is odd about each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from docgen.importing.page_lines import VALUE
from docgen.importing.pieces import GridRow, LinePlace, alike
from docgen.problems import likeness

OF_ROWS = r"(?:funds?|portfolios?|series|(?:share )?class(?:es)?|names?|trusts?)"  # what a label says stands under it
LABEL = re.compile(
    rf"(?:names? of (?:the )?)?(?:{OF_ROWS} ?(?:/|,|&|\band|\bor) ?)+{OF_ROWS}|"
    r"(?:names? of (?:the )?|current |trust and )?"
    r"(?:portfolio|fund|series|(?:average |aggregate |total |combined )?(?:daily )?net asset|"
    r"assets under management|share class|class|issuer|fund name|name)"
    r"(?:s|es|\(s\))?(?: ?(?:-|--|–|—) .*| / .*| - .*)?:?",
    re.IGNORECASE,
)
CLASS = re.compile(
    r"(?!.*\b(?:fund|portfolio)\b).*"
    r"\b(?:class|shares?|series [IVX0-9]+|(?:institutional|investor|advisor|service)$)\b.*",
    re.IGNORECASE,
)
ENDS_A_CLASS = re.compile(r"class|(?:class )?shares", re.IGNORECASE)  # whose name goes on from the line above
BROKEN = re.compile(r"\b[\w.]+- (?!(?:and|or|to)\b)\w+")  # a word with a hyphen, over the end of a line
COMPLETE = re.compile(r"\b(?:funds?|portfolios?|series|trust|account)\b[^a-z]*$", re.IGNORECASE)  # ends a fund's name
NUMBERED = r"\b(?:funds?|trust|series|portfolios?),? [IVX]{1,4}[^a-z]*$"
WHOLE = re.compile(rf"{COMPLETE.pattern}|{NUMBERED}|\b(?:inc|llc|l\.?p|ltd|corp|company)\b", re.IGNORECASE)
PART = re.compile(r"(?:,|\b(?:of|and|to|on|over|the|next|first))$|^[A-Z][a-z]+ [0-9]{1,2}$")
ENDS_PART = re.compile(r"(?: of| and| &|,| the|-|- Class)$", re.IGNORECASE)
TWO_NAMES = re.compile(r"\bFund\b[^()/]*\bFund\b")
SENTENCE = re.compile(r"(?:\b[a-z]\w*,? ){8}")  # words that no name has in a row
SENTENCE_END = re.compile(r"(?<!\bInc)(?<!\bLtd)(?<!\bCorp)\.$|[:;]$", re.IGNORECASE)  # with which no name ends
IN_NAMES = ((SENTENCE, "may hold a sentence"), (re.compile(r"\.[0-9]+ ?%"), "has a rate in its name"))
AS_GROUP = re.compile(r"\b(?:funds|trusts?|series|group|company)(?:,? (?:inc|[IVX]+|[0-9]+))*\W*$|\binc\W*$", re.I)
AS_FUND = re.compile(r"\b(?:fund|portfolio)(?:,? (?:[IVX]{1,4}|[0-9]{1,2}))?\W*$", re.IGNORECASE)
ALMOST = 0.8  # of two heads, from which one may be the other with a slip
OF_FUNDS = "rows under it are called as funds are: a registrant, a fund of classes, or a mere name over them (right)?"
BARE = "has no values, and nothing under it"
DEEPER = 2  # by which the name of a class stands deeper than its fund's


@dataclass(frozen=True)
class TableLine:
    """One row as read: its name, its values from left to right, rows of its own, and what is not certain about it.

    `blank` says that a blank follows.
    """

    name: str
    values: tuple[str, ...]
    place: LinePlace
    inner: tuple[TableLine, ...] = ()
    doubts: tuple[str, ...] = ()
    blank: bool = False


def lines(body: Sequence[GridRow], heads: Sequence[str]) -> list[TableLine]:
    """The rows of a table's part, the classes of a fund under it."""
    lines: list[TableLine] = []
    fund_indent: int | None = None
    for number, row in enumerate(body):
        following = body[number + 1] if number + 1 < len(body) else None
        doubts = ((row.doubt,) if row.doubt else ()) + _of_values(row, heads)
        values = tuple(row.cells[1:]) if any(row.cells[1:]) else ()
        line = TableLine(row.cells[0], values, row.place, doubts=doubts, blank=row.blank)
        if fund_indent is not None and lines and row.indent >= fund_indent + DEEPER:
            lines[-1] = replace(lines[-1], inner=(*lines[-1].inner, line))
            continue
        flat = fund_indent == row.indent and not row.is_alone and bool(CLASS.fullmatch(row.cells[0]))
        if flat and lines and not lines[-1].values:
            lines[-1] = replace(lines[-1], inner=(*lines[-1].inner, line))
            continue
        is_fund = following is not None and _is_fund(row, following)
        fund_indent = row.indent if is_fund else None
        lines.append(line)
    return [_in_one_line(line) for line in _with_deeper(lines, body)]


def _with_deeper(lines: Sequence[TableLine], body: Sequence[GridRow]) -> list[TableLine]:
    """The rows, a doubt with each that stands deeper than most: a name may go on there."""
    indents = {row.place: row.indent for row in body}
    deep = [line for line in lines if indents[line.place] >= min(indents.values()) + DEEPER]
    if len(deep) * 2 > len(lines):
        return list(lines)
    doubt = "stands deeper than the rows around it: does a name go on there?"
    return [replace(line, doubts=(*line.doubts, doubt)) if line in deep else line for line in lines]


def _in_one_line(line: TableLine) -> TableLine:
    """A name that goes on in the deeper line of its values as one row; a doubt where that line may be a class's."""
    if any(COMPLETE.search(row.name) and not CLASS.fullmatch(row.name) for row in line.inner[1:]):
        return replace(line, doubts=(*line.doubts, OF_FUNDS))
    if len(line.inner) != 1 or line.values or CLASS.fullmatch(line.inner[0].name):
        return line
    (rest,) = line.inner
    if COMPLETE.search(rest.name) and not COMPLETE.search(line.name):
        doubts = (*line.doubts, *rest.doubts)
        return replace(line, name=f"{line.name} {rest.name}", values=rest.values, inner=(), doubts=doubts)
    return replace(line, doubts=(*line.doubts, f'may go on with "{rest.name}" in the line below'))


def _is_fund(row: GridRow, following: GridRow) -> bool:
    """Whether a row has rows of its own under it: they stand deeper, or are called as classes are."""
    if not row.is_alone or not following.cells[0]:
        return False
    deeper = following.indent >= row.indent + DEEPER
    return deeper or (any(following.cells[1:]) and bool(CLASS.fullmatch(following.cells[0])))


def _of_values(row: GridRow, heads: Sequence[str]) -> tuple[str, ...]:
    """What is odd about the values of a row."""
    beside = row.cells[1:]
    if any(beside) and not row.cells[0]:
        return ("has values and no name",)
    if any(text and not head for text, head in zip(beside, heads, strict=False)):
        return ("has a value under no head",)
    return ()


def is_bare(line: TableLine, heads: Sequence[str]) -> bool:
    """Whether a row has neither values nor rows of its own where values are to be."""
    return any(heads) and not line.values and not line.inner


def against(line: TableLine, heads: Sequence[str]) -> list[str]:
    """What speaks against a row, by its name and by what it lacks."""
    doubts = []
    if is_bare(line, heads):
        doubts.append(BARE)
    if TWO_NAMES.search(line.name) or (": " in line.name and is_whole(line.name.partition(": ")[0])):
        doubts.append("may be two names")
    doubts += [f'"{hit[0]}" may be a word that broke at its hyphen' for hit in BROKEN.finditer(line.name)]
    if (
        line.name[:1].islower()
        or line.name.startswith("-")
        or ENDS_PART.search(line.name)
        or (line.values and LABEL.fullmatch(line.name))
    ):
        doubts.append("begins or ends as a part of a name does")
    if is_torn(line.name):
        doubts.append("has a parenthesis that is not closed")
    doubts += [words for pattern, words in IN_NAMES if pattern.search(line.name)]
    if any(len(parts := value.split()) > 1 and all(map(VALUE.fullmatch, parts)) for value in line.values):
        doubts.append("has two values under one head")
    if line.values and [value.casefold() for value in line.values] == [head.casefold() for head in heads]:
        doubts.append("says what the heads say")
    doubts += [f'"{value}" ends as a part of a value does' for value in line.values if PART.search(value)]
    if any(COMPLETE.search(value) and VALUE.fullmatch(value.split()[0]) for value in line.values):
        doubts.append("has a value with a name behind it")
    if any(alike(text).count('"') % 2 for text in (line.name, *line.values)):
        doubts.append("has a quotation mark that is not closed, or not opened")
    return doubts


def is_called_as_group(line: TableLine, peers: Sequence[TableLine]) -> bool:
    """Whether a name without values is called as registrants are, among such that are called as funds are."""
    alone = not line.values and not line.inner and bool(AS_GROUP.search(line.name))
    return alone and any(AS_FUND.search(peer.name) and not peer.values for peer in peers)


def is_whole(name: str) -> bool:
    """Whether a name ends as the names of funds and registrants do."""
    return bool(WHOLE.search(name) or AS_GROUP.search(name))


def has_unlike(some: Sequence[str], heads: Sequence[str]) -> bool:
    """Whether one of some heads is like none of the others, with whatever slip."""
    return any(all(likeness(one.casefold(), head.casefold()) < ALMOST for head in heads) for one in some)


def is_torn(name: str) -> bool:
    """Whether a name opens a parenthesis that it does not close, or the other way around."""
    return name.count("(") != name.count(")")


def are_heads(some: Sequence[str], heads: Sequence[str]) -> bool:
    """Whether heads are those of the other groups, in their order; a letter may be wrong in one of them."""
    if len(some) != len(heads):
        return False
    pairs = [(former, latter) for former, latter in zip(some, heads, strict=True) if former != latter]
    return all(former not in heads and likeness(former, latter) >= ALMOST for former, latter in pairs)
