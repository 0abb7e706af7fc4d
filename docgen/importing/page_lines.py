"""Lines of words that stand where they stand, as EDGAR text and the pages of a PDF have them, and blocks of such lines.

Places along a line are counted in characters; a PDF's points are measured by the width of its letters.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from docgen.importing.pieces import LinePlace

GAP = 2  # blanks that part columns
OF_A_NAME = re.compile(r"[A-Za-z]{4,}")  # a word that is no abbreviation
SHORT = 5  # letters of a number or a form such as Inc. behind a name
WIDE = 5  # blanks that part no words of a paragraph, however full its lines are
WIDTH = 80  # of a page
UNIT = 5.85  # points of a character, of which a page of a PDF takes eighty between its margins
DRAWN = "\u2015" * 3  # a rule that is drawn, and no word
DASHES = re.compile(r"[-_=]{2,}|\u2015{3}")
RULING = frozenset("-_=\u2015")  # signs of rules
PAGE_NUMBER = re.compile(r"(?:page )?-? ?(?:[A-Z]{1,2}-)?[0-9]{1,4} ?-?", re.IGNORECASE)
RATE = re.compile(r"[0-9]*\.?[0-9]+ ?%(?:\([0-9a-z]{1,2}\)|[*^+#]{1,3})?\"?")
VALUE = re.compile(
    r"(?:[0-9]*\.[0-9]+|[0-9]*\.?[0-9]+ ?%|None|N/A|--?|[A-Z][a-z]+ [0-9]{1,2}, [0-9]{4}|\$[0-9][0-9,.]*)"
    r"(?: ?(?:\([0-9a-z]{1,2}\)|[*^+#]{1,3}))?\"?",
    re.IGNORECASE,
)

# What begins no row of a table: a mark and its note, an item, a line of the end of a paper
NO_ROW = re.compile(
    r"(?:\(?[0-9a-z*]{1,3}\)|[*^+#]{1,3}|[0-9]+\.) |(?:Dated|By|Name|Title|Attest):|IN WITNESS|\(SEAL\)"
    r"|WHEREAS|NOW,? THERE|ACKNOWLEDGED\b|(?:ACCEPTED|AGREED) (?:AND|TO|BY)\b",
    re.IGNORECASE,
)
Reach = tuple[float, float]  # from where to where along a line
HEADING = re.compile(r"\W*(?:schedule|appendix|exhibit|annex) [A-Z0-9]{1,3}\b(?!\()(?!.*[.:]$)", re.IGNORECASE)


@dataclass(frozen=True)
class Span:
    """Words that stand together, from where to where along the line, and whether all are bold."""

    text: str
    start: float
    end: float
    bold: bool = False

    @property
    def is_rule(self) -> bool:
        """Whether it is a rule of dashes."""
        return bool(DASHES.fullmatch(self.text))

    @property
    def is_value(self) -> bool:
        """Whether it looks like the value of a column: a rate, a day, an amount, None."""
        return bool(VALUE.fullmatch(self.text))


@dataclass(frozen=True)
class PageLine:
    """One line; `tag` marks those that only tell a page or a table, `feet` the numbers of pages."""

    words: tuple[Span, ...]
    place: LinePlace
    is_tag: bool = False
    ends_page: bool = False
    gap: float = GAP  # what parts columns
    pitch: float = 0  # how far it stands under the line before, where that tells what goes on from what is new

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """The words that no wide gap parts, together; a rate that touches the words before it by itself."""
        groups: list[list[Span]] = []
        for word, after in zip(self.words, [*self.words[1:], None], strict=True):
            near = groups and word.start - groups[-1][-1].end < self.gap
            rule = DASHES.fullmatch(word.text) or (groups and DASHES.fullmatch(groups[-1][-1].text))
            touches = groups and (after is None or after.start - word.end >= self.gap) and RATE.fullmatch(word.text)
            if near and not rule and not touches:
                groups[-1].append(word)
            else:
                groups.append([word])
        return tuple(
            Span(" ".join(w.text for w in group), group[0].start, group[-1].end, all(w.bold for w in group))
            for group in groups
        )

    @cached_property
    def text(self) -> str:
        """Its words with single blanks."""
        return " ".join(word.text for word in self.words)

    @property
    def start(self) -> float:
        """Where its first word stands."""
        return self.words[0].start

    @property
    def end(self) -> float:
        """Where its last word ends."""
        return self.words[-1].end

    @property
    def is_ruled(self) -> bool:
        """Whether a rule of dashes stands in it."""
        return any(span.is_rule for span in self.spans) or all(set(word.text) <= RULING for word in self.words)

    @property
    def is_drawn(self) -> bool:
        """Whether it is a rule that is drawn, and has no word."""
        return any(word.text == DRAWN for word in self.words)

    @property
    def has_values(self) -> bool:
        """Whether it ends in a value, with a gap before it."""
        gap = len(self.words) > 1 and self.words[-1].start - self.words[-2].end >= self.gap
        return len(self.spans) > 1 and self.spans[-1].is_value and (gap or len(self.spans[-1].text.split()) > 1)

    @property
    def is_value_alone(self) -> bool:
        """Whether it is a rate and no more, in the middle of the page or at its right: its name stands around it."""
        return len(self.words) == 1 and bool(RATE.fullmatch(self.words[0].text)) and self.start > WIDTH * 0.3

    @property
    def is_in_columns(self) -> bool:
        """Whether words of it stand farther apart than those of a line that is set to be full."""
        return any(after.start - word.end >= WIDE for word, after in itertools.pairwise(self.words))

    @property
    def is_centred(self) -> bool:
        """Whether it stands in the middle of the page, or at its right."""
        middle = (self.start + self.end) / 2
        return self.start > GAP * 4 and (abs(middle - WIDTH / 2) <= GAP + 1 or self.start >= WIDTH * 0.4)


LineBlock = tuple[PageLine, ...]


def reaches(spans: Sequence[Span]) -> list[Reach]:
    """From where to where columns reach: what stands under one another is one."""
    columns: list[Reach] = []
    for span in sorted(spans, key=lambda span: span.start):
        if columns and span.start < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], span.end))
        else:
            columns.append((span.start, span.end))
    return columns


def may_go_on(name: str, bold: bool, rest: str, rest_bold: bool) -> bool:
    """Whether a name may go on with words by their looks: neither in bold nor in capitals where it is not.

    What has no word as long as a name's, such as "AIM U.S.-", is in capitals anyhow; one such word may be a house's.
    """
    enough = len(OF_A_NAME.findall(name)) > (1 if name.isupper() else 0)
    tells = len(rest) >= SHORT and enough and bool(OF_A_NAME.search(rest))
    return bold == rest_bold and (name.isupper() == rest.isupper() or not tells)


def are_same(before: Sequence[Reach], after: Sequence[Reach]) -> bool:
    """Whether columns stand over those of another table, each over one."""
    pairs = zip(before, after, strict=False)
    return len(before) == len(after) and all(max(a[0], b[0]) < min(a[1], b[1]) for a, b in pairs)


def blocks(lines: Sequence[PageLine]) -> Iterator[LineBlock]:
    """The lines that no blank line and no tag parts; a tag is a block by itself."""
    block: list[PageLine] = []
    for line in lines:
        if line.is_tag or not line.words:
            if block:
                yield tuple(block)
            block = []
            if line.is_tag:
                yield (line,)
        else:
            block.append(line)
    if block:
        yield tuple(block)


def is_prose(block: LineBlock) -> bool:
    """Whether a block is a paragraph: each line is as full as the next word lets it be, and no columns stand in it."""
    if sum(line.is_in_columns for line in block) * 2 > len(block):
        return False
    if any(line.is_ruled or line.has_values for line in block) or min(line.start for line in block) > WIDTH * 0.4:
        return False
    if len(block) == 1:
        return len(block[0].words) > 4 and block[0].text.endswith((".", ":", ";", ',"'))
    width = max(line.end for line in block)
    return width >= WIDTH * 0.75 and is_filled(block, width) and sum(len(line.words) for line in block) > 8


def is_filled(block: Sequence[PageLine], width: float) -> bool:
    """Whether no line but the last could have taken the first word of the next."""
    pairs = itertools.pairwise(block)
    return all(
        line.end + 1 + following.words[0].end - following.words[0].start >= width - GAP for line, following in pairs
    )
