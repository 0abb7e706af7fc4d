"""Words inside a paragraph: found by what they look like, replaced without a touch to what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from docgen.document.plan_text import TextPassage
from docgen.document.tree import Block, Break, Content, Inline, Mark, Run, Table, TableRow, joined
from docgen.problems import NEAR, SIGNS

FIRST_MARK = 0xE000  # from here on, signs that stand for the marks of footnotes while words are replaced
BREAK = "\n"


def pattern(words: str) -> re.Pattern[str]:
    """The words as whole words, whatever white space parts them and whichever quotation marks and dashes they have."""
    parts = ["".join(map(_sign, word)) for word in words.split()]
    before = r"(?<!\w)" if words[:1].isalnum() else ""
    after = r"(?!\w)" if words[-1:].isalnum() else ""
    return re.compile(before + r"\s+".join(parts) + after)


def _sign(sign: str) -> str:
    plain = SIGNS.get(ord(sign), sign)
    alike = [chr(code) for code, other in SIGNS.items() if other == plain]
    return f"[{re.escape(''.join([plain, *alike]))}]" if alike else re.escape(sign)


def coded(content: Content) -> tuple[str, list[Mark]]:
    """A content as one text, in which a sign of no language stands for each mark of a footnote."""
    marks: list[Mark] = []
    parts = []
    for inline in content:
        if isinstance(inline, Mark):
            parts.append(chr(FIRST_MARK + len(marks)))
            marks.append(inline)
        else:
            parts.append(BREAK if isinstance(inline, Break) else inline.text)
    return "".join(parts), marks


def decoded(text: str, marks: Sequence[Mark]) -> Content:
    """The content that such a text stands for."""
    inlines: list[Inline] = []
    for piece in re.split(f"([{BREAK}{chr(FIRST_MARK)}-\uf8ff])", text):
        if piece == BREAK:
            inlines.append(Break())
        elif len(piece) == 1 and FIRST_MARK <= ord(piece) < FIRST_MARK + len(marks):
            inlines.append(marks[ord(piece) - FIRST_MARK])
        elif piece:
            inlines.append(Run(piece))
    return joined(inlines)


@dataclass(frozen=True)
class WordSpan:
    """The words of one passage, by its number; or those from one place in it up to another."""

    passage: int
    start: int = 0
    end: int | None = None


def replaced(block: Block | None, stretch: WordSpan, old: re.Pattern[str], new: str) -> tuple[Block | None, int]:
    """A passage with words in the place of others, a table in every cell; and how often they stood in it."""
    numbers: list[int] = []

    def content(before: Content) -> Content:
        text, marks = coded(before)
        middle, number = old.subn(lambda _: new, text[stretch.start : stretch.end])
        numbers.append(number)
        after = "" if stretch.end is None else text[stretch.end :]
        return decoded(text[: stretch.start] + middle + after, marks) if number else before

    def row(before: TableRow) -> TableRow:
        return replace(before, cells=tuple(replace(cell, content=content(cell.content)) for cell in before.cells))

    if isinstance(block, Table):
        block = replace(block, head=tuple(map(row, block.head)), body=tuple(map(row, block.body)))
    elif block:
        block = replace(block, content=content(block.content))
    return block, sum(numbers)


def rewritten(block: Block | None, stretch: WordSpan, new: str) -> Block | None:
    """A paragraph with other words in the place of a stretch of it."""
    if block is None or isinstance(block, Table):
        return block
    text, marks = coded(block.content)
    after = "" if stretch.end is None else text[stretch.end :]
    return replace(block, content=decoded(text[: stretch.start] + new + after, marks))


def texts(block: Block | None) -> list[str]:
    """What a passage says, a text for each paragraph or cell."""
    if isinstance(block, Table):
        return [coded(cell.content)[0] for row in block.rows for cell in row.cells]
    return [coded(block.content)[0]] if block else []


def nearest_words(words: str, passages: Iterable[TextPassage]) -> str:
    """The words of a text that are most like these, as many of them; empty where none are near."""
    wanted = words.split()
    best, likeness = "", NEAR
    for passage in passages:
        for text in texts(passage.block):
            every = text.split()
            for start in range(max(1, len(every) - len(wanted) + 1)):
                candidate = " ".join(every[start : start + len(wanted)])
                matcher = SequenceMatcher(None, words.casefold(), candidate.casefold(), autojunk=False)
                if matcher.quick_ratio() > likeness and matcher.ratio() > likeness:
                    best, likeness = candidate, matcher.ratio()
    return best.strip(" ,.;:()")
