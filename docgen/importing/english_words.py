"""What capitals on paper say in a person's own spelling, and days and lists as data."""

from __future__ import annotations

import datetime
import re

from docgen.importing.patterns import DAY
from docgen.model import english
from docgen.model.values import MONTHS

NO_SINGULAR = {"net assets", "series"}
SMALL = {"of", "the", "and", "to", "in", "for", "by", "a", "an", "or", "on", "with", "as"}
LETTERED = {"class", "series", "schedule", "appendix", "exhibit", "annex", "and", "(class"}
ROMAN = re.compile(r"(?=[IVX])(?:X{0,3})(?:IX|IV|V?I{0,3})")
PARTS = re.compile(r"([A-Za-z]+)(?: ([0-9]{1,2}), ([0-9]{4}))")
ORDINAL_ENDS = ("st", "nd", "rd", "th")  # raised behind a day, and no sign of a footnote
ORDINAL = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th) day of ([A-Za-z]+),? ([0-9]{4})")
ALONE = re.compile(DAY, re.IGNORECASE)


def in_title_case(text: str) -> str:
    """Words that stand in capitals as a title has them; a text with small letters stays as it is."""
    if not text.isupper() and not re.fullmatch(r"[^a-z]*\b[0-9]+[a-z][0-9]?-[0-9]+\b[^a-z]*", text):
        return text
    words = text.split(" ")
    before = ["", *words]
    return " ".join(_word(word, before[n]) for n, word in enumerate(words))


def _word(word: str, before: str) -> str:
    bare = re.sub(r"[^A-Za-z0-9]", "", word)
    letter = len(bare) == 1 and before.casefold() in LETTERED
    if letter or re.search(r"[0-9]", word) or (bare and ROMAN.fullmatch(bare)):
        return word
    if bare.lower() in SMALL and before:
        return word.lower()
    return re.sub(
        r"[A-Z]+", lambda match: match[0].capitalize(), re.sub(r"(?<=')[A-Z]\b", lambda m: m[0].lower(), word)
    )


def day(text: str) -> str:
    """`2003-11-03` for a day in words; empty for what is none."""
    text = text.strip()
    hit = PARTS.fullmatch(text) or ORDINAL.fullmatch(text)
    if not hit:
        return ""
    month, number, year = (hit[2], hit[1], hit[3]) if hit[1].isdigit() else (hit[1], hit[2], hit[3])
    if month.capitalize() not in MONTHS:
        return ""
    try:
        return datetime.date(int(year), MONTHS.index(month.capitalize()) + 1, int(number)).isoformat()
    except ValueError:
        return ""


def days(text: str) -> list[str]:
    """Every day in a text."""
    return [hit for match in ALONE.findall(text) if (hit := day(match))]


def number(text: str) -> str:
    """An amendment's number as data: `2` for 2, [2] and Second; tbd for a blank; empty for what is none."""
    bare = text.strip("[] ")
    if bare.isdigit():
        return bare
    if text.strip() and not bare:
        return "tbd"
    ordinals = {english.ordinal_word(value).casefold(): str(value) for value in range(1, 100)}
    return ordinals.get(bare.casefold(), "")


def classes(text: str) -> list[str]:
    """The classes in `Class A, Class C and Class R Shares`."""
    bare = re.sub(r" shares$", "", text, flags=re.IGNORECASE)
    return [part.strip() for part in re.split(r", (?:and )?| and ", bare) if part.strip()]


def singular(word: str) -> str:
    """`Portfolio` for Portfolios; the word itself where it is no plural, or has no singular."""
    if word.casefold() in NO_SINGULAR:
        return word
    for ending, former in (("ies", "y"), ("es", ""), ("s", "")):
        if word.casefold().endswith(ending):
            stem = word[: -len(ending)] + (former.upper() if word.isupper() else former)
            if english.plural(stem, 2).casefold() == word.casefold():
                return stem
    return word
