"""The small typed values that people write: texts, days, rates, money, blanks to fill in.

Each type takes the text that was typed, refuses what it cannot be with the remedy, and keeps how it
was typed. Rates are percent of average daily net assets a year, as Decimal.
"""

from __future__ import annotations

import datetime
import functools
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

from docgen.edgar import characters
from docgen.model import breakpoints

Holds = Literal["rate", "date", "money", "classes", "breakpoints", "word", "text"]
IN_WORDS: Mapping[Holds, str] = {
    "rate": "a rate",
    "date": "a date",
    "money": "an amount of money",
    "breakpoints": "a breakpoint",
}  # what fits a column of classes, words or texts, fits any


class Blank(Enum):
    """A place left to fill in by hand; prints as `[ ]` and may stand in a draft only."""

    BLANK = "[ ]"

    def __str__(self) -> str:
        return self.value


BLANK = Blank.BLANK
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True)
class MonthAlone:
    """A day whose number is left to fill in by hand: `2007-03-tbd` prints as `March __, 2007`; in a draft only."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{MONTHS[self.month - 1]} __, {self.year}"


DayOrBlank = datetime.date | Blank | MonthAlone
PART_OF_A_DAY = re.compile(r"([0-9]{4})-([0-9][0-9])-(?:tbd|_{1,2})", re.IGNORECASE)
FIRST_YEAR, LAST_YEAR = 1940, 2199  # the Investment Company Act is of 1940; plans have been filed dated 1010 and 2993

NOTHING = "none"  # what a setting says to leave something out
NO_NUMBERS = ("nan", "inf", "infinity")  # what programs print for what is none
ALL_ASSETS = Decimal(100)  # percent of them
RATE = re.compile(r"([0-9]+|[0-9]*\.[0-9]+)\s?%?")
NO_WORDS = re.compile(r"true|false|yes|no|on|off|null", re.IGNORECASE)  # answers, in place of a name
NUMERAL = re.compile(r"0[xob][0-9a-f]+|[0-9.,]+e[+-]?[0-9]+", re.IGNORECASE)  # numbers that have letters
DAY_IN_WORDS = re.compile(rf"({'|'.join(MONTHS)}) [0-9]{{1,2}}, [0-9]{{4}}", re.IGNORECASE)
DAY_OF_A_TEXT = re.compile(rf"\b({'|'.join(MONTHS)}) ([0-9]{{1,2}}),? ([0-9]{{4}})\b")
MONEY = re.compile(r"\$\s?([0-9]{1,3}(,[0-9]{3})+|[0-9]+)(\.[0-9]+)?( (thousand|million|billion|trillion))?")


def refusal(fault: str, remedy: str = "") -> PydanticCustomError:
    """What a validator raises: `fault` says what is wrong with the value, `remedy` what to type."""
    return PydanticCustomError("docgen", "{found}", {"found": fault, "remedy": remedy})


def as_words(value: object) -> str:
    """A value in the words of a problem."""
    return {dict: "a group of keys", list: "a list", type(None): "nothing"}.get(type(value), str(value))


def is_tbd(value: object) -> bool:
    """Whether a value was left open: null, nothing, or the word tbd."""
    return value is None or (isinstance(value, str) and value.strip().lower() == "tbd")


def is_open(value: object) -> bool:
    """Whether a value was left open, or a date has tbd for its day."""
    return is_tbd(value) or (isinstance(value, str) and bool(PART_OF_A_DAY.fullmatch(value.strip())))


def _text(value: object) -> str:
    if value is None:
        raise refusal("is empty", "write a text, or leave the key out")
    if not isinstance(value, str):
        raise refusal(f"is {as_words(value)}", "write one text here")
    value = value.strip()
    if not value:
        raise refusal("is empty", "write a text, or leave the key out")
    return str(BLANK) if is_tbd(value) else tidy(value)


def _name(value: str) -> str:
    if value != str(BLANK) and no_name(value):
        raise refusal(f"{value} is no name", "write the name as it prints, in letters")
    return value


def no_name(text: str) -> str:
    """What a text is that cannot be a name: a day, a number, an answer; empty for a name. A letter may be one.

    So may a step between amounts, or beyond one: $0 - $1,000, >$2,000.
    """
    if DAY_IN_WORDS.fullmatch(text):
        return "a day"
    if MONEY.fullmatch(text):
        return "an amount of money"
    if NO_WORDS.fullmatch(text):
        return "an answer"
    if NUMERAL.fullmatch(text):
        return "a number"
    if any(sign.isalpha() or sign == "$" for sign in text):
        return ""
    if day(text):
        return "a day"
    return "a number" if any(sign.isnumeric() for sign in text) else "a sign"


def tidy(text: str) -> str:
    """A text with single spaces; refused when a sign in it does not print, or runs from right to left."""
    if text.isascii() and text.isprintable():
        return re.sub(" {2,}", " ", text)
    for sign in text:
        visible = "".join(letter if letter.isprintable() else " " for letter in text[:40])
        if characters.prints_nothing(sign):
            name = "a line break" if sign == "\n" else f"U+{ord(sign):04X}, which does not print"
            raise refusal(f'"{visible}" holds {name}', "write it on one line, with letters and signs that print")
        if unicodedata.bidirectional(sign) in ("R", "AL"):
            raise refusal(f'"{visible}" runs from right to left', "write it in letters that run from left to right")
    for word in text.split():
        if mixed := characters.alphabets(word):
            remedy = "write it in letters of one alphabet; some look alike"
            raise refusal(f'"{word[:40]}" mixes letters of {" and ".join(mixed)}', remedy)
    return re.sub(" {2,}", " ", text)


def _day(value: object) -> DayOrBlank:
    """The day that a value says, or what stands for one that is open."""
    if isinstance(value, datetime.date | Blank | MonthAlone):
        return value
    if is_tbd(value):
        return BLANK
    if not isinstance(value, str):
        raise refusal(f"{as_words(value)} is not a date", "write YYYY-MM-DD, or tbd for a blank in a draft")
    if part := PART_OF_A_DAY.fullmatch(value):
        first = _day_of_a_plan(f"{part[1]}-{part[2]}-01", value)
        return MonthAlone(first.year, first.month)
    return _day_of_a_plan(value, value)


def _day_of_a_plan(text: str, typed: str) -> datetime.date:
    """The day that YYYY-MM-DD says; a refusal shows what was `typed` for it."""
    if not re.fullmatch(r"[0-9]{4}-[0-9][0-9]-[0-9][0-9]", text):
        raise refusal(f"{typed} is not a date", "write YYYY-MM-DD")
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        raise refusal(f"{typed} is not a date", "write YYYY-MM-DD") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise refusal(f"{typed} is not a day of a fund's plan", f"write a year from {FIRST_YEAR} to {LAST_YEAR}")
    return day


def _number(value: object) -> int | Blank:
    if isinstance(value, int | Blank):
        return value
    if is_tbd(value):
        return BLANK
    if not isinstance(value, str) or not re.fullmatch(r"[1-9][0-9]{0,3}", value):
        raise refusal(
            f"{as_words(value)} is not an amendment's number", "write a whole number from 1, or tbd in a draft"
        )
    return int(value)


def _count(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{1,5}", value):
        raise refusal(f"{as_words(value)} is not a count", "write a whole number")
    return int(value)


def _yes(value: object) -> bool:
    if isinstance(value, bool):
        return value
    answers = {"true": True, "yes": True, "false": False, "no": False}
    if not isinstance(value, str) or value.lower() not in answers:
        raise refusal(f"{as_words(value)} is neither yes nor no", "write true or false")
    return answers[value.lower()]


def _at_most(value: object) -> str:
    limit = rate(value) if isinstance(value, str) else None
    if not isinstance(value, str) or limit is None:
        raise refusal(f"{as_words(value)} is not a rate", "write it like 0.75%")
    if limit >= ALL_ASSETS:
        raise refusal(f"{value} of net assets a year is no limit", "write it like 0.75%, or leave at_most: out")
    return value


@functools.lru_cache(maxsize=4096)  # a schedule of ten thousand rows has a few rates
def rate(text: str) -> Decimal | None:
    """The percent that a rate says (`.75%` is 0.75), or None for a word such as `None` or `N/A`."""
    return Decimal(text.rstrip(" %")) if RATE.fullmatch(text) else None


def misfit(text: str, holds: Holds) -> str:
    """Why a text cannot stand in a column that holds this, as a remedy; empty when it can.

    A word without a digit (`None`, `N/A`) fits a column of rates, dates or money, and so does one dash: real schedules
    have them.
    """
    if holds in ("classes", "word", "text"):
        return ""
    if not any(sign.isnumeric() for sign in text):
        is_word = any(sign.isalpha() for sign in text) and text.casefold().strip("+-") not in NO_NUMBERS
        return "" if is_word or len(text) < 2 else f"write {IN_WORDS[holds]}, a word like None, or one dash"
    if holds == "rate":
        return "" if RATE.fullmatch(text) else "write a rate like 0.75%, or a word like None"
    if holds == "money":
        return "" if MONEY.fullmatch(text) else "write money like $1,000 or $1.5 million, or a word like None"
    if holds == "breakpoints":
        return "" if breakpoints.step(text) else "write each step like 0.75% on first $150 million, one an entry"
    return "" if day(text) else "write a date like 2003-11-03, or a word like None"


def day(text: str) -> datetime.date | None:
    """The day that `2003-11-03` says, or None when the text is no such day."""
    try:
        date = _day(text)
    except PydanticCustomError:
        return None
    return date if isinstance(date, datetime.date) else None


def days_in(text: str) -> list[tuple[str, datetime.date | None]]:
    """The days that a text names in words, such as November 3, 2003; each None where there is no such day."""
    return [
        (match[0], day(f"{match[3]}-{MONTHS.index(match[1]) + 1:02}-{int(match[2]):02}"))
        for match in DAY_OF_A_TEXT.finditer(text)
    ]


def _day_text(day: DayOrBlank | None) -> str | None:
    """A day as it is typed; None for a blank."""
    if isinstance(day, MonthAlone):
        return f"{day.year}-{day.month:02}-tbd"
    return day.isoformat() if isinstance(day, datetime.date) else None


_DAY_AS_TEXT = PlainSerializer(_day_text)
JSON_SCALAR = {"type": ["string", "number", "boolean"]}
Text = Annotated[str, BeforeValidator(_text), WithJsonSchema(JSON_SCALAR)]
NameText = Annotated[Text, AfterValidator(_name)]
_DAY = BeforeValidator(_day)
_MONTHS_DAYS = r"((0[13578]|1[02])-(0[1-9]|[12]\d|3[01])|(0[469]|11)-(0[1-9]|[12]\d|30)|02-(0[1-9]|1\d|2[0-8]))"
_LEAP_YEARS = r"(19([468][048]|[579][26])|20([02468][048]|[13579][26])|21(0[48]|[2468][048]|[13579][26]))"
DAY_PATTERN = rf"^((19[4-9]\d|2[01]\d\d)-{_MONTHS_DAYS}|{_LEAP_YEARS}-02-29)$"  # from FIRST_YEAR to LAST_YEAR
PART_PATTERN = r"^(19[4-9]\d|2[01]\d\d)-(0[1-9]|1[0-2])-([tT][bB][dD]|__?)$"
_DAY_SCHEMA = WithJsonSchema(
    {
        "anyOf": [
            {"type": "string", "format": "date"},
            {"enum": ["tbd", None]},
        ]
    }
)
Day = Annotated[DayOrBlank, _DAY, _DAY_AS_TEXT, _DAY_SCHEMA]
OptionalDay = Annotated[DayOrBlank | None, _DAY, _DAY_AS_TEXT, _DAY_SCHEMA]  # None: the key is not there
OptionalNumber = Annotated[
    int | Blank | None,
    BeforeValidator(_number),
    PlainSerializer(lambda number: str(number) if isinstance(number, int) else None),
    WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 1}, {"enum": ["tbd", None]}]}),
]
Count = Annotated[int, BeforeValidator(_count), WithJsonSchema({"type": "integer", "minimum": 0})]
YesNo = Annotated[
    bool,
    BeforeValidator(_yes),
    PlainSerializer(lambda yes: "true" if yes else "false"),
    WithJsonSchema({"type": "boolean"}),
]
Rate = Annotated[str, BeforeValidator(_at_most), WithJsonSchema({"type": ["string", "number"]})]
