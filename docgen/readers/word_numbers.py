"""The numbers and signs that Word prints before paragraphs by itself, worked out as a person sees them there: of lists,
their levels, starts and restarts, and of the styles that number (ECMA-376, part 1, 17.9).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree
from mammoth.docx.dingbats import dingbats

from docgen.model import english
from docgen.readers import word_hidden
from docgen.readers.returned import quoted
from docgen.readers.word_file import PRIVATE, W, beginning, value, words

NO_LIST = "0"  # the list of a paragraph that has none although its style has
NO_PLACE = ("", "")
DEPTH = 9  # levels of a list
SHOWN_LEVEL = re.compile(r"%([1-9])")
BULLET, PICTURE = "bullet", "\u2022"  # the sign that stands for a picture before the entries of a list
DIGITS = "digits "  # the format of numbers with so many digits, such as 001
FIRST_NUMBERS = re.compile(r"(0*1), 0*2, 0*3, \.\.\.")
ARABIC = ("none", "decimalZero")  # what a level whose numbers are all figures leaves as it is: Section 1.01

ListPlace = tuple[str, str]  # a list and a level of it, each empty where none is named


def _letters(number: int) -> str:
    """a to z, then aa, bb, cc and so on, as Word counts; nothing for nought."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _doubled(signs: str) -> Callable[[int], str]:
    """Signs one after the other, then each twice, and so on; nothing for nought."""
    return lambda number: signs[(number - 1) % len(signs)] * ((number - 1) // len(signs) + 1)


FORMATS: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": english.roman,
    "upperRoman": lambda number: english.roman(number).upper(),
    "ordinal": english.ordinal,
    "ordinalText": english.ordinal_word,
    "cardinalText": english.cardinal_word,
    "chicago": _doubled("*\u2020\u2021\u00a7"),
    "hex": lambda number: f"{number:X}",
    "decimalEnclosedFullstop": lambda number: f"{number}.",
    "decimalEnclosedParen": lambda number: f"({number})",
    "decimalEnclosedCircle": lambda number: chr(0x2460 + number - 1) if 0 < number <= 20 else str(number),
    "numberInDash": lambda number: f"- {number} -",
    "none": lambda _: "",
}


@dataclass(frozen=True)
class ListLevel:
    """A level of a list: its first number, its format, its text, what stands behind it, after which level it begins
    anew (nought: after none), whether all its numbers are figures, and the style whose paragraphs are of it."""

    start: int
    format: str
    text: str
    behind: str
    restart: int
    is_legal: bool
    is_hidden: bool
    font: str
    style: str


@dataclass(frozen=True)
class WordList:
    """A list: whose numbers it goes on with, its levels, and the numbers with which it begins some of them anew."""

    counted_with: str
    levels: Mapping[int, ListLevel]
    anew: Mapping[int, int]


@dataclass
class Counts:
    """How far the lists have come: the last number of each level of each, and the levels that were begun anew."""

    last: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def next(self, name: str, listed: WordList, level: int) -> Mapping[int, int]:
        """The numbers at the next paragraph of a list; levels above its own that have not begun begin with it."""
        numbers = self.last.setdefault(listed.counted_with, {})
        numbers[level] = numbers[level] + 1 if level in numbers else listed.levels[level].start
        if level in listed.anew and (name, level) not in self.begun:
            numbers[level] = listed.anew[level]
            self.begun.add((name, level))
        for number, looks in listed.levels.items():
            if number <= level:
                numbers.setdefault(number, looks.start)
            elif level < looks.restart:
                numbers.pop(number, None)
        return dict(numbers)


def put_into_words(root: Any, numbering: Any, styles: bytes) -> Iterator[str]:
    """Puts each number into words at the beginning of its paragraph; a remark for each that cannot be worked out."""
    if numbering is None:
        return
    by_style = _numbered_styles(styles)
    lists = dict(_lists(numbering, by_style))
    counts = Counts()
    for paragraph in root.iter(f"{W}p"):
        name, level = _place(paragraph, by_style, lists)
        if name not in lists or level not in lists[name].levels:
            continue
        listed = lists[name]
        text = _text(listed, level, counts.next(name, listed, level))
        if text is None:
            yield f'a number or sign that Word puts before "{quoted(words(paragraph))}" by itself'
        elif text and words(paragraph):
            _insert(paragraph, text + listed.levels[level].behind)


def _place(paragraph: Any, by_style: Mapping[str, ListPlace], lists: Mapping[str, WordList]) -> tuple[str, int]:
    """The list of a paragraph and its level there: its own, else that of its style."""
    style = value(paragraph, "pPr", "pStyle")
    number, level = _direct_place(paragraph)
    of_style, level_of_style = by_style.get(style, NO_PLACE)
    name = number or of_style
    levels = lists[name].levels if name in lists else {}
    linked = next((str(n) for n, looks in levels.items() if style and looks.style == style), "")
    place = level if number else level or linked or level_of_style
    return ("" if name == NO_LIST else name), _whole(place) or 0


def _direct_place(element: Any) -> ListPlace:
    """The list and the level that a paragraph or a style names, each empty where it names none."""
    return value(element, "pPr", "numPr", "numId"), value(element, "pPr", "numPr", "ilvl")


def _numbered_styles(data: bytes) -> dict[str, ListPlace]:
    """The list and the level of paragraphs by the id of their style; what it does not say, the one that it is based on
    does. Paragraphs that name no style are of the usual one."""
    if not data:
        return {}
    root = etree.fromstring(data)
    listed = {item.get(f"{W}styleId"): item for item in root.iterfind(f"{W}style")}

    def place(name: str, deep: int) -> ListPlace:
        style = listed.get(name)
        if style is None or deep == len(listed):
            return NO_PLACE
        number, level = _direct_place(style)
        below = place(value(style, "basedOn"), deep + 1)
        return number or below[0], level or below[1]

    places = {name: place(name, 0) for name in listed}
    return {**places, "": places.get(word_hidden.usual_style(root), NO_PLACE)}


def _lists(numbering: Any, by_style: Mapping[str, ListPlace]) -> Iterator[tuple[str, WordList]]:
    """The lists by their ids."""
    abstract = {item.get(f"{W}abstractNumId"): item for item in numbering.iterfind(f"{W}abstractNum")}
    numbers = {item.get(f"{W}numId"): item for item in numbering.iterfind(f"{W}num")}

    def definition(name: str) -> Any:
        return abstract.get(value(numbers.get(name), "abstractNumId"))

    for name, number in numbers.items():
        item = definition(name)
        if style := value(item, "numStyleLink"):
            item = definition(by_style.get(style, NO_PLACE)[0])
        if item is None:
            continue
        levels = {_at(level): _level(level) for level in item.iterfind(f"{W}lvl")}
        anew: dict[int, int] = {}
        for override in number.iterfind(f"{W}lvlOverride"):
            at, start = _at(override), override.find(f"{W}startOverride")
            level = override.find(f"{W}lvl")
            levels |= {at: _level(level)} if level is not None else {}
            first = _whole(start.get(f"{W}val")) if start is not None else None
            anew |= {at: first} if first is not None else {}
        yield name, WordList(item.get(f"{W}abstractNumId"), levels, anew)


def _at(element: Any) -> int:
    """The number of a level, the first where it says none."""
    return _whole(element.get(f"{W}ilvl")) or 0


def _level(element: Any) -> ListLevel:
    looks = element.find(f"{W}rPr")
    fonts = looks.find(f"{W}rFonts") if looks is not None else None
    is_picture = element.find(f"{W}lvlPicBulletId") is not None
    return ListLevel(
        _whole(value(element, "start")) or 0,
        BULLET if is_picture else _format(next(element.iter(f"{W}numFmt"), None)),
        PICTURE if is_picture else value(element, "lvlText"),
        "" if value(element, "suff") == "nothing" else " ",
        DEPTH if (restart := _whole(value(element, "lvlRestart"))) is None else restart,
        word_hidden.is_on(element, "isLgl"),
        word_hidden.is_on(looks, "vanish"),
        fonts.get(f"{W}ascii", fonts.get(f"{W}hAnsi", "")) if fonts is not None else "",
        value(element, "pStyle"),
    )


def _format(form: Any) -> str:
    """The format of a level's numbers; one that only shows its first numbers is that of as many digits."""
    if form is None:
        return "decimal"
    shown = FIRST_NUMBERS.fullmatch(form.get(f"{W}format", ""))
    return f"{DIGITS}{len(shown[1])}" if shown else form.get(f"{W}val", "decimal")


def printed(form: str, number: int) -> str | None:
    """A number in a format; None for one that cannot be worked out."""
    if form.startswith(DIGITS):
        return str(number).zfill(int(form.removeprefix(DIGITS)))
    return FORMATS[form](number) if form in FORMATS else None


def _text(listed: WordList, level: int, numbers: Mapping[int, int]) -> str | None:
    """What prints before a paragraph; None where that cannot be worked out."""
    looks = listed.levels[level]
    if looks.is_hidden:
        return ""
    if looks.format == BULLET:
        signs = [_sign(sign, looks.font) for sign in looks.text]
        return None if None in signs else "".join(filter(None, signs))
    parts = SHOWN_LEVEL.split(looks.text)  # words, then the number of a level, then words, and so on
    for place in range(1, len(parts), 2):
        shown = int(parts[place]) - 1
        text = _sign_of(listed.levels.get(shown), numbers.get(shown), looks.is_legal)
        if text is None:
            return None
        parts[place] = text
    return None if printed(looks.format, 1) is None else "".join(parts)


def _sign_of(looks: ListLevel | None, number: int | None, is_legal: bool) -> str | None:
    """The number of a level, in figures where it `is_legal`; None for one that has none, or cannot be worked out."""
    if looks is None or number is None:
        return None
    return printed("decimal" if is_legal and looks.format not in ARABIC else looks.format, number)


def _sign(sign: str, font: str) -> str | None:
    """The sign of a list as a letter; None for one of a font of symbols for which no letter stands."""
    code = ord(sign)
    letter = dingbats.get((font, code), dingbats.get((font, code - PRIVATE)))
    if letter is not None:
        return chr(letter)
    return None if PRIVATE <= code < PRIVATE + 0x100 else sign


def _insert(paragraph: Any, text: str) -> None:
    """Puts words at the beginning of a paragraph; who brought or struck all of its words did it to them too."""
    signatures = {tuple(item.attrib.items()) for item in paragraph.iter(f"{W}r") if words(item)}
    run = etree.Element(f"{W}r", dict(signatures.pop()) if len(signatures) == 1 else {})
    run.append(etree.Element(f"{W}t"))
    run[0].text = text
    paragraph.insert(beginning(paragraph), run)


def _whole(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() else None
