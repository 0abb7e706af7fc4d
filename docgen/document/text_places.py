"""What a change of a plan's text means by a place: `Section 6(b), line 3,` or `the first sentence of Section 2`.

A section is one by its name, or a part of one by the marks that its paragraphs begin with: `Section 6(b)(ii)` is in
Section 6, from the paragraph that begins with (b), from the one in there that begins with (ii). Lines are those of a
filed paper, which nobody can count here; so where one is named the words have to stand in the section once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from docgen.document.plan_text import TextPassage
from docgen.document.tree import Paragraph, plain
from docgen.model import english
from docgen.problems import did_you_mean, letters_key

ORDINALS = tuple(word.casefold() for word in english.ORDINALS[:10])
LAST = ("last", "final")
PART = re.compile(
    rf"(?:\b(?:in|its|the)\s+)*\b({'|'.join((*ORDINALS, *LAST))})\s+(sentence|paragraph)s?\b(?:\s+(?:of|in)\b)?",
    re.IGNORECASE,
)
LINES = re.compile(r"\blines?\s+[0-9]+(?:\s*(?:-|to|and)\s*[0-9]+)?(?:\s+of\b)?", re.IGNORECASE)
MARKS = re.compile(r"(?:\s*\([0-9A-Za-z]{1,5}\))+$")
MARK = re.compile(r"\(([0-9A-Za-z]{1,5})\)")
NUMBER = re.compile(r"^(?:Section\s+)?[0-9]+[A-Z]?\.?\s+", re.IGNORECASE)  # what a paragraph may have before its mark
SERIES = [english.marks(first) for first in ("(1)", "(a)", "(i)")]
ROMAN = re.compile("[ivxl]+")


@dataclass(frozen=True)
class TextPlace:
    """Some passages of a text, from one number up to another; or one sentence in them, from 0, -1 for the last.

    `once` says that words have to stand in it once, since a line of it was named.
    """

    start: int
    end: int
    sentence: int | None = None
    once: bool = False

    @property
    def numbers(self) -> range:
        """The numbers of its passages."""
        return range(self.start, self.end)


def locate(passages: Sequence[TextPassage], text: str) -> TextPlace | str:
    """What a place names in a text; a remedy, where nothing there is called so."""
    part = PART.search(text)
    lines = LINES.search(text)
    rest = LINES.sub(" ", PART.sub(" ", text))
    name = re.sub(r"\s+", " ", rest).strip(" ,.;:").removeprefix("of ").strip()
    whole_text = name.casefold() in ("", "the plan", "the agreement", "the text")
    place = TextPlace(0, len(passages)) if whole_text else section(passages, name)
    if isinstance(place, str):
        return place
    place = replace(place, once=bool(lines))
    if not part:
        return place
    number = next((n for n, word in enumerate(ORDINALS) if word == part[1].casefold()), -1)
    return _paragraph(passages, place, number) if part[2].casefold() == "paragraph" else replace(place, sentence=number)


def section(passages: Sequence[TextPassage], name: str) -> TextPlace | str:
    """A section by its name, or by the name of one around it and the marks of its paragraphs."""
    marks = MARKS.search(name)
    for head, rest in ((name, ""), (name[: marks.start()] if marks else "", marks[0] if marks else "")):
        numbers = [n for n, passage in enumerate(passages) if letters_key(head) in map(letters_key, passage.sections)]
        if head and numbers:
            place: TextPlace | None = TextPlace(numbers[0], numbers[-1] + 1)
            for mark in MARK.findall(rest):
                place = _marked(passages, place, f"({mark})") if place else None
            if place:
                return place
            return f"no paragraph of {head} begins with {rest.strip()}; begin one so, or name a section {name}"
    names = list(dict.fromkeys(section for passage in passages for section in passage.sections))
    return did_you_mean(name, names) or "the text has no such section; give it one with <section name=...>"


def is_under(name: str, section: str) -> bool:
    """Whether a section is a part of another by its name: Section 7(c) of Section 7."""
    return letters_key(name).startswith(f"{letters_key(section)}(")


def before_new(passages: Sequence[TextPassage], name: str) -> TextPlace | None:
    """What a new section comes after that names no place: the one that it is a part of, or the one numbered before."""
    marks, number = MARKS.search(name), re.search(r"([0-9]+)$", name)
    before = name[: marks.start()] if marks else f"{name[: number.start()]}{int(number[1]) - 1}" if number else ""
    place = section(passages, before) if before else ""
    return None if isinstance(place, str) else place


def begins_with(passage: TextPassage, mark: str) -> bool:
    """Whether a paragraph begins with a mark such as (b), behind the section's number where that stands there."""
    words = plain(passage.block.content) if isinstance(passage.block, Paragraph) else ""
    return words.startswith(mark) or NUMBER.sub("", words).startswith(mark)


def _marked(passages: Sequence[TextPassage], place: TextPlace, mark: str) -> TextPlace | None:
    """From the paragraph of a place that begins with a mark up to the one that begins with the next mark."""
    starts = [n for n in place.numbers if begins_with(passages[n], mark)]
    if not starts:
        return None
    following = [
        after for series in SERIES for before, after in pairwise(series) if before == mark
    ]  # (i): (ii) and (j)
    ends = [n for n in range(starts[0] + 1, place.end) if any(begins_with(passages[n], after) for after in following)]
    later = [n for n in range(starts[0] + 1, place.end) if _is_later(passages[n], mark)]
    return TextPlace(starts[0], (ends or later or [place.end])[0])


def _is_later(passage: TextPassage, mark: str) -> bool:
    """Whether a paragraph begins with a later mark of the same kind: letters, numbers; i, v and x may be numbers."""
    words = NUMBER.sub("", plain(passage.block.content)) if isinstance(passage.block, Paragraph) else ""
    match = MARK.match(words)
    if not match or len(match[1]) != 1 or ROMAN.fullmatch(match[1]):
        return False
    return match[1].isalpha() == mark[1:-1].isalpha() and match[1] > mark[1:-1]


def _paragraph(passages: Sequence[TextPassage], place: TextPlace, number: int) -> TextPlace | str:
    """One paragraph of a place."""
    paragraphs = [n for n in place.numbers if isinstance(passages[n].block, Paragraph)]
    if not paragraphs or number >= len(paragraphs):
        return f"it has {len(paragraphs)} paragraphs"
    return replace(place, start=paragraphs[number], end=paragraphs[number] + 1)


SENTENCE = re.compile(r"(?<=[.?!])[”\"]?\s+(?=[A-Z“\"(])")
ABBREVIATION = re.compile(r"(?:\b(?:No|Inc|Co|Ltd|Corp|St|Mr|Ms|Dr|U\.S|Sec|Secs|Art|v)|\b[A-Z])\.$")
MOST_HEADING = 8  # words of a section's heading, which is no sentence


def sentences(words: str) -> list[tuple[int, int]]:
    """Where each sentence of a paragraph begins and ends; its number, its mark and its heading are none."""
    starts = [
        0,
        *(match.end() for match in SENTENCE.finditer(words) if not ABBREVIATION.search(words[: match.start()])),
    ]
    spans = [
        (start, len(words[start:end].rstrip()) + start)
        for start, end in zip(starts, [*starts[1:], len(words)], strict=True)
    ]
    return [span for span in _after_heading(words, spans) if span[0] < span[1]]


def _after_heading(words: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The sentences without what stands before the first: `2. Payments.`, `(a)`."""
    ahead = True
    for start, end in spans:
        text = words[start:end]
        if ahead and (NUMBER.fullmatch(f"{text} ") or (len(spans) > 1 and _is_heading(NUMBER.sub("", text)))):
            continue
        begins = (NUMBER.match(text) or re.match(r"\([0-9a-zA-Z]{1,5}\)\s*", text)) if ahead else None
        yield start + (begins.end() if begins else 0), end
        ahead = False


def _is_heading(text: str) -> bool:
    """Whether a sentence is the heading of a section: few words, each with a capital but for the small ones."""
    words = text.split()
    return len(words) <= MOST_HEADING and all(word[:1].isupper() or len(word) < 5 for word in words)
