"""English for what data says: days, lists, counts, the lines of a title."""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Sequence

from docgen.model import values
from docgen.model.values import Blank, Holds

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
ORDINALS = (
    "First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth", "Eleventh",
    "Twelfth", "Thirteenth", "Fourteenth", "Fifteenth", "Sixteenth", "Seventeenth", "Eighteenth", "Nineteenth",
)  # fmt: skip
TENS = ("Twent", "Thirt", "Fort", "Fift", "Sixt", "Sevent", "Eight", "Ninet")
RESTATED = re.compile(r"(.*\bRestated) (.+)", re.IGNORECASE)


def day(value: datetime.date | Blank) -> str:
    """`November 3, 2003`; a blank stays `[ ]`."""
    return str(value) if isinstance(value, Blank) else f"{MONTHS[value.month - 1]} {value.day}, {value.year}"


def value_text(parts: tuple[str, ...] | Blank, holds: Holds) -> str:
    """How a value prints: as typed, but a day in English and a list with its `and`."""
    if isinstance(parts, Blank):
        return str(parts)
    if holds == "breakpoints":
        return "; ".join(parts)
    days = [values.day(text) if holds == "date" else None for text in parts]
    return listed([day(date) if date else text for date, text in zip(days, parts, strict=True)])


def ordinal_day(value: datetime.date | Blank) -> str:
    """`20th day of September 2006`, as restatement clauses say it."""
    if isinstance(value, Blank):
        return str(value)
    return f"{ordinal(value.day)} day of {MONTHS[value.month - 1]} {value.year}"


def with_day(words_before: str, value: datetime.date | Blank) -> str:
    """Words and the day after them: `dated as of August 18, 2003`, `made as of the 18th day of August 2003`."""
    if words_before == "none":
        return ""
    text = ordinal_day(value) if words_before.endswith(" the") else day(value)
    return f"{words_before} {text}"


def ordinal_word(number: int) -> str:
    """`First`, `Twelfth`, `Twenty-First`; from a hundred on in figures."""
    if number < 20:
        return ORDINALS[number - 1]
    tens, ones = divmod(number, 10)
    if tens >= 10:
        return ordinal(number)
    return f"{TENS[tens - 2]}y-{ORDINALS[ones - 1]}" if ones else f"{TENS[tens - 2]}ieth"


def ordinal(number: int) -> str:
    """`1st`, `2nd`, `11th`, `20th`."""
    teen = 10 < number % 100 < 20
    return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def listed(texts: Sequence[str], last: str = "and") -> str:
    """`A`, `A and B`, `A, B and C`."""
    texts = list(texts)
    if len(texts) < 2:
        return "".join(texts)
    return f"{', '.join(texts[:-1])} {last} {texts[-1]}"


@functools.lru_cache(maxsize=256)
def plural(word: str, number: int) -> str:
    """The word for so many things: `Portfolio` for one, `Portfolios` for several.

    A word that is a plural already (`Net Assets`), or that has an `of` in it, stays as it is.
    """
    if number == 1 or " of " in word or re.search("[^s]s$", word, re.IGNORECASE):
        return word
    if re.search(r"[^aeiou]y$", word, re.IGNORECASE):
        return word[:-1] + "ies"
    return word + ("es" if re.search(r"(ss|x|ch|sh)$", word, re.IGNORECASE) else "s")


def title_lines(title: str) -> list[str]:
    """A plan's name over the lines that a title sets: a break after `Restated`, if there is one."""
    match = RESTATED.fullmatch(title)
    return [match[1], match[2]] if match else [title]


def class_shares(classes: Sequence[str]) -> str:
    """`Class B Shares`, `Class A, Class C and Class R Shares`; a name that says Class or Shares itself stands alone."""
    names = listed(classes)
    return names if not classes or classes[-1].split()[-1] in ("Class", "Shares") else f"{names} Shares"
