"""English for what data says: days, lists, counts, the lines of a title."""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Sequence

from docgen.model import values
from docgen.model.values import MONTHS, Blank, DayOrBlank, Holds

ORDINALS = (
    "First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth", "Eleventh",
    "Twelfth", "Thirteenth", "Fourteenth", "Fifteenth", "Sixteenth", "Seventeenth", "Eighteenth", "Nineteenth",
)  # fmt: skip
CARDINALS = (
    "", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve", "Thirteen",
    "Fourteen", "Fifteen", "Sixteen", "Seventeen", "Eighteen", "Nineteen",
)  # fmt: skip
TENS = ("Twent", "Thirt", "Fort", "Fift", "Sixt", "Sevent", "Eight", "Ninet")
LINE_OF_A_TITLE = 60  # capitals in bold that a line of the PDF takes, and of Word
NUMBERED = re.compile(
    r"(?i:schedule|appendix|exhibit|annex|attachment|part)s? ([A-Z0-9]{1,5}(-[A-Z0-9]{1,3})?|[IVX]+)$"
)
RULE_NUMBER = re.compile(r"\b[0-9]{1,2}[A-H][0-9]{0,2}-[0-9]{1,2}\b")
OF_A_LIMIT = re.compile(r"^((maximum|minimum|annual|current|approved|total)\s+)+", re.IGNORECASE)
OF_ALL = re.compile(r"\b(aggregate|combined|total)\b", re.IGNORECASE)  # a fee that is the limit on others together
OF_A_CLASS = re.compile(r"(class \w{1,3}|[^\W\d]+ class)(?: shares)?", re.IGNORECASE)  # the head of a column
VOWEL = re.compile(r"(?!uni|us[aeu]|u\.|eu|one\b)[aeiou]", re.IGNORECASE)  # how a word begins that takes `an`
RESTATED = re.compile(r"(.*\bRestated) (.+)", re.IGNORECASE)


def day(value: DayOrBlank) -> str:
    """`November 3, 2003`; a blank stays `[ ]`, and a day that is still open `March __, 2007`."""
    return f"{MONTHS[value.month - 1]} {value.day}, {value.year}" if isinstance(value, datetime.date) else str(value)


@functools.lru_cache(maxsize=1 << 14)  # the rules ask of each value over and over
def value_text(parts: tuple[str, ...] | Blank, holds: Holds) -> str:
    """How a value prints: as typed, but a day in English and a list with its `and`."""
    if isinstance(parts, Blank):
        return str(parts)
    if holds == "breakpoints":
        return "; ".join(parts)
    days = [values.day(text) if holds == "date" else None for text in parts]
    return listed([day(date) if date else text for date, text in zip(days, parts, strict=True)])


def value_words(parts: tuple[str, ...] | Blank, holds: Holds) -> str:
    """A value in a sentence: as it prints, but breakpoints as a list with its `and`."""
    return listed(parts) if holds == "breakpoints" and not isinstance(parts, Blank) else value_text(parts, holds)


def ordinal_day(value: DayOrBlank) -> str:
    """`20th day of September 2006`, as restatement clauses say it."""
    if not isinstance(value, datetime.date):
        return str(value)
    return f"{ordinal(value.day)} day of {MONTHS[value.month - 1]} {value.year}"


def with_day(words_before: str, value: DayOrBlank) -> str:
    """Words and the day after them: `dated as of August 18, 2003`, `made as of the 18th day of August 2003`."""
    if words_before == values.NOTHING:
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


def cardinal_word(number: int) -> str:
    """`One`, `Twelve`, `Twenty-One`; nought, and from a hundred on, in figures."""
    tens, ones = divmod(number, 10)
    if not 0 < number < 100:
        return str(number)
    if number < len(CARDINALS):
        return CARDINALS[number]
    return f"{TENS[tens - 2]}y-{CARDINALS[ones]}" if ones else f"{TENS[tens - 2]}y"


def ordinal(number: int) -> str:
    """`1st`, `2nd`, `11th`, `20th`."""
    teen = number // 10 % 10 == 1
    return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


@functools.lru_cache(maxsize=8)
def marks(first: str) -> tuple[str, ...]:
    """The marks of a list that begins with this one: `(1)`, `(a)`, `(i)`, or with the last sign alone; 702 at most."""
    kind = first.strip("()")
    before, after = first.split(kind)
    write = _letters if kind == "a" else roman if kind == "i" else str
    return tuple(f"{before}{write(number)}{after}" for number in range(1, 703))


def _letters(number: int) -> str:
    """a to z, then aa, ab and so on."""
    tens, ones = divmod(number - 1, 26)
    return (chr(ord("a") + tens - 1) if tens else "") + chr(ord("a") + ones)


def roman(number: int) -> str:
    """i, ii, iii, iv and so on."""
    signs: tuple[tuple[int, str], ...] = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"))
    signs += ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
    text = ""
    for value, sign in signs:
        times, number = divmod(number, value)
        text += sign * times
    return text


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


def title_lines(text_lines: Sequence[str]) -> list[str]:
    """A plan's name over the lines that a title sets: as text_lines, where it was text_lines in lines.

    Else there is a break after `Restated`, if that is in it, and a part that is too long for a line is balanced.
    """
    if len(text_lines) > 1:
        return list(text_lines)
    match = RESTATED.fullmatch(text_lines[0])
    return [line for part in ((match[1], match[2]) if match else text_lines) for line in balanced(part)]


def balanced(text: str, width: int = LINE_OF_A_TITLE) -> list[str]:
    """A text over as few lines as it needs, all about as long, so that no last line has one word only.

    `width` is the most characters of a line.
    """
    words = text.split()
    if not words:
        return []
    fewest = len(_lines(words, width))
    even = -(-(len(" ".join(words)) + 1) // fewest) - 1  # characters of a line where all are as long
    least = even if max(map(len, words)) <= min(even, width) else 1  # a word that is too long counts as a line
    lines = next(lines for size in range(least, width + 1) if len(lines := _lines(words, size)) <= fewest)
    if len(lines) > 1 and len(lines[-1]) == 1 and len(lines[-2]) > 2:
        last = [lines[-2][-1], *lines[-1]]
        lines[-2:] = [lines[-2][:-1], last] if len(" ".join(last)) <= width else lines[-2:]
    return [" ".join(line) for line in lines]


def _lines(words: Sequence[str], width: int) -> list[list[str]]:
    """The words over lines of so many characters; a longer word has a line of its own."""
    lines: list[list[str]] = []
    for word in words:
        if lines and len(" ".join([*lines[-1], word])) <= width:
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


def class_shares(classes: Sequence[str]) -> str:
    """`Class B Shares`, `Class A, Class C and Class R Shares`, whether or not Shares was typed."""
    names = [re.sub(r" shares$", "", name, flags=re.IGNORECASE) for name in classes]
    return f"{listed(names)} Shares" if names else ""


def shares_beside_title(classes: Sequence[str], title: str) -> str:
    """The same behind the name of a plan: empty where the name says them itself."""
    shares = class_shares(classes)
    return "" if shares.casefold() in title.casefold() else shares


def upper(text: str) -> str:
    """The text in capitals, but for the letter of a rule's number: RULE 12b-1."""
    return type(text)(RULE_NUMBER.sub(lambda number: number[0].lower(), text.upper()))


def sentence(text: str) -> str:
    """A sentence with its full stop; one that ends in `Inc.` has it already."""
    text = text.strip()
    return text if text.endswith((".", ":")) else text + "."


def each_of(names: Sequence[str]) -> str:
    """Names that have a tail, behind `of`: `A to B, of C to D and of E to F`."""
    return listed([*names[:1], *(f"of {name}" for name in names[1:])])


def with_article(name: str) -> str:
    """A schedule's name in a sentence: `Schedule A`, `Appendix B`, but `the List of Funds`."""
    return name if NUMBERED.search(name) or name.casefold().startswith("the ") else "the " + name


def without_article(name: str) -> str:
    """What a paper calls a party, where the wording sets `the` before it: Distributor for the Distributor."""
    return re.sub("^the ", "", name, flags=re.IGNORECASE)


def with_a(words: str) -> str:
    """`a Service Fee`, `an Asset Based Sales Charge`, `a Unified Fee`; a plural such as `Fees` has no article."""
    article = "" if re.search("[^suiSUI]s$", words) else "an " if VOWEL.match(words) else "a "
    return article + words


def column_words(heading: str, holds: Holds) -> str:
    """What a sentence calls a column: as its head does, but a bare Total of fees is the Total Fee, and rates under the
    name of a class are the Class A Rate."""
    if holds in ("rate", "breakpoints") and (match := OF_A_CLASS.fullmatch(heading)):
        return f"{match[1]} Rate"
    is_bare = holds in ("rate", "breakpoints") and OF_ALL.fullmatch(heading.split(" ")[-1])
    return f"{heading} Fee" if is_bare else heading


def fee(heading: str) -> str:
    """What the head of a column calls a fee, in a sentence: `Maximum Service Fee` is the Service Fee.

    The asset based sales charge is the Distribution Fee of FINRA Rule 2341(b)(8)(A), so called in plans.
    """
    name = OF_A_LIMIT.sub("", heading.strip(":* "))
    return "Distribution Fee" if re.search(r"sales charge", name, re.IGNORECASE) else name
