"""Rules about how names and texts are typed: quotation marks, marks, doubled words, capitals, blanks, days."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from docgen.checks import new_names, prose
from docgen.checks.new_names import COMPANY, FUND, NamesByPaper, NamesRule, NewName
from docgen.checks.plan_rule import FAR, YEAR, PlanRule
from docgen.checks.prose import ProseText
from docgen.checks.schedules import LONGEST_NAME
from docgen.consolidation.plan_folder import PlanFolder
from docgen.model import values
from docgen.model.values import BLANK
from docgen.problems import Problem, fold_signs, names_fact, print_alike

QUOTES = "\"'"
NO_END = re.compile(r"[,;:]$|[*†‡§#]+$|\(\d\)$|\.\.+$|^[-–—•*]\s*(?=\w)|^\(?\d{1,2}[.)]\s")
FULL_STOP = re.compile(r"\b[^\W\d_]{4,}(?<!Corp)(?<!Bros)\.$", re.IGNORECASE)  # behind a whole word
DIGIT = re.compile(r"\b[^\W\d_]+[01][^\W\d_]{2,}\b")  # nought for O, one for I
TWICE = re.compile(r"\b(?!that\b|had\b)([^\W\d_]{2,}(?: \w+)?) \1\b", re.IGNORECASE)
OPEN_PLACE = re.compile(
    r"\[[\s_●•*?.]*\]|\[\s*(?:date|name|number|insert|fill|tbd|to come|title)\b[^\]]*\]"
    r"|_{3,}|●|\bTBD\b|\bx+/x+\b|\?\?+",
    re.IGNORECASE,
)
STRAY_MARK = re.compile(r"(?<!\.)\.\.(?!\.)|,,|;;|::|(?<=\w) [,;](?=\s|$)| \.(?=\s|$)")
RECITALS = ("recital", "whereas")
FEW = 3  # times as many names in one way, from which it is the schedule's


def names_have_no_quotation_marks(plan: PlanFolder, names: NamesByPaper) -> Iterator[Problem]:
    """No name stands in quotation marks: those of YAML are straight, and a second pair would print."""
    for new in new_names.every(names):
        signs = fold_signs(new.name)
        around = len(signs) > 1 and signs[0] == signs[-1] and signs[0] in QUOTES
        if around or signs[0] == '"' or signs[-1] == '"':
            yield new.warning(f"{new.name} has quotation marks that would print", "take them out of the name")


def names_have_no_stray_signs(plan: PlanFolder, names: NamesByPaper) -> Iterator[Problem]:
    """A name ends with no comma, colon, full stop or mark of a footnote, and begins with no bullet or number of a list;
    and its parentheses close."""
    for new in new_names.every(names):
        if match := NO_END.search(new.name):
            sign = match[0].strip()
            remedy = f'write it apart:  mark: "{sign}"' if sign[-1] in "*†‡§#)" else "take it out"
            yield new.warning(f'"{new.name}" has "{sign}" beside the name', remedy)
        elif FULL_STOP.search(new.name):
            yield new.warning(f'"{new.name}" ends with a full stop', "take it out")
        if match := DIGIT.search(new.name):
            yield new.warning(f'"{new.name}" has "{match[0]}", a digit among letters', "write the letter")
        if new.name.count("(") != new.name.count(")"):
            yield new.warning(f'"{new.name}" has one parenthesis without the other', "write both, or none")


def names_share_their_apostrophes(plan: PlanFolder, names: NamesByPaper) -> Iterator[Problem]:
    """All names of a plan have one kind of apostrophe, since each prints as it was typed, but in EDGAR's text."""
    first: dict[str, str] = {}
    for new in new_names.every(names):
        for sign, way, other, twin in (("'", "straight", "’", "curly"), ("’", "curly", "'", "straight")):
            if sign in new.name and other in first and not print_alike(new.name, first[other]):
                fault = f'"{new.name}" has a {way} apostrophe, and "{first[other]}" a {twin} one'
                yield new.warning(fault, f"type the {twin} one: HTML, PDF and Word show the two as they are")
            elif sign in new.name:
                first.setdefault(sign, new.name)


def texts_say_names_in_their_signs(plan: PlanFolder, names: NamesByPaper) -> Iterator[Problem]:
    """A text by hand says a name with the apostrophe and the dash that the schedule has for it: HTML, PDF and Word show
    both as typed."""
    marked = {new.name for new in new_names.every(names) if fold_signs(new.name) != new.name or "'" in new.name}
    twins = {name: [twin for twin in marked if print_alike(twin, name)] for name in sorted(marked)}
    for text in prose.texts(plan) if marked else ():
        letters = fold_signs(text.text)
        for name, alike in twins.items():
            if fold_signs(name) in letters and not any(twin in text.text for twin in alike):
                fault = f'says "{name}" with another sign than the schedule, an apostrophe or a dash'
                yield text.warning(fault, f"copy it: {name}")


def no_word_twice(plan: PlanFolder, names: NamesByPaper) -> Iterator[Problem]:
    """No word stands twice in a row, in a name or in a text by hand."""
    for new in new_names.every(names):
        if len(new.name) <= LONGEST_NAME and (match := TWICE.search(new.name)):
            once = TWICE.sub(r"\1", new.name)
            problem = new.warning(f'"{new.name}" has "{match[0]}"', "write the word once")
            yield replace(problem, fact=names_fact(new.name, once))
    for text in (*prose.texts(plan), *_headings(plan)):
        if match := TWICE.search(text.text):
            yield text.warning(f'says "{match[0]}"', "write the word once")


def _headings(plan: PlanFolder) -> Iterator[ProseText]:
    """The heads of the columns, as plan.yaml has them."""
    for path, text in plan.source.texts():
        if path[-1] == "heading":
            yield ProseText(text, plan.source, path)


def marks_stand_once(plan: PlanFolder) -> Iterator[Problem]:
    """No mark of punctuation stands twice in a text by hand, nor behind a blank."""
    for text in prose.texts(plan):
        if match := STRAY_MARK.search(text.text):
            yield text.warning(f'has "{match[0]}" in "{_around(text.text, match)}"', "take one out, or the blank")


def _around(text: str, match: re.Match[str]) -> str:
    return text[max(match.start() - 20, 0) : match.end() + 20].strip()


def names_share_their_capitals(plan: PlanFolder, names: NamesByPaper) -> Iterator[Problem]:
    """A name is in capitals where the others of the schedule are, and only there."""
    for amendment in plan.amendments:
        others = {
            FUND: [row.name for schedule in amendment.after for row in schedule.rows],
            COMPANY: [g.name for s in amendment.after if s.has_registrants for g in s.groups],
        }
        for kind, listed in others.items():
            yield from _in_another_way([new for new in names[amendment.id] if new.kind == kind], listed)


def _in_another_way(names: Sequence[NewName], listed: Sequence[str]) -> Iterator[Problem]:
    """The names that are in capitals where nearly all that are listed are not, or the other way round."""
    present, capitals = set(listed), sum(name.isupper() for name in listed)
    without = sum(name.islower() for name in listed)
    for new in names:
        if new.name.islower() and new.name in present and without * FEW <= len(listed) and _has_words(new.name):
            fault = f'"{new.name}" has no capital letter, and the names beside it have theirs'
            yield new.warning(fault, "write it as they are")
        like_it = capitals if new.name.isupper() else len(listed) - capitals
        if new.name in present and like_it * FEW < len(listed) and _has_words(new.name):
            ways = ("in capitals", "in small letters")
            way, usual = ways if new.name.isupper() else reversed(ways)
            yield new.warning(f'"{new.name}" is {way}, and the names beside it are {usual}', "write it as they are")


def _has_words(name: str) -> bool:
    """Whether a name has two words at least that could be written otherwise."""
    return len(re.findall(r"[^\W\d_]{4,}", name)) > 1


def no_place_is_open(plan: PlanFolder, names: NamesByPaper) -> Iterator[Problem]:
    """No place to fill in was left in a name or a text of a final paper: [●], [date], ____."""
    final = {amendment.source.file for amendment in plan.amendments if not amendment.facts.draft}
    for new in new_names.every(names):
        match = OPEN_PLACE.search(new.name)
        if match and new.name != str(BLANK) and new.problem.where.file in {*final, plan.source.file}:
            yield new.warning(f'"{new.name}" has "{match[0]}", a place to fill in', "fill it in")
    for text in prose.texts(plan):
        match = None if values.is_open(text.text) else OPEN_PLACE.search(text.text)
        if match and text.source.file in {*final, plan.source.file}:
            yield text.warning(f'has "{match[0]}", a place to fill in', "fill it in")


def days_in_texts_exist(plan: PlanFolder) -> Iterator[Problem]:
    """A day that a text by hand names is one of the calendar: no November 31."""
    for text in prose.texts(plan):
        for words, day in values.days_in(text.text):
            if day is None:
                yield text.warning(f'says "{words}", which is no day', "fix the date")


def recitals_are_of_their_time(plan: PlanFolder) -> Iterator[Problem]:
    """A recital in a person's own words names no day more than a year after the amendment's."""
    for amendment in plan.amendments:
        texts = [text for text in prose.texts_of(amendment.source) if text.path[0] in RECITALS]
        yield from _too_late(texts, amendment.day, YEAR, "more than a year")


def texts_are_of_their_time(plan: PlanFolder) -> Iterator[Problem]:
    """No other text by hand names a day that is years after its amendment's; those of plan.yaml after the last."""
    last = max((amendment.day for amendment in plan.amendments if amendment.day), default=None)
    for source, day in ((plan.source, last), *((amendment.source, amendment.day) for amendment in plan.amendments)):
        texts = [text for text in prose.texts_of(source) if text.path[0] not in RECITALS]
        yield from _too_late(texts, day, FAR, "years")


def _too_late(
    texts: Sequence[ProseText], start: datetime.date | None, most: datetime.timedelta, later: str
) -> Iterator[Problem]:
    """A warning for each day that a text names and that is too long after another."""
    for text in texts:
        for words, day in values.days_in(text.text):
            if start and day and day > start + most:
                yield text.warning(f'says "{words}", {later} after {start}', "fix the date, or accept it")


CHECKS: tuple[PlanRule, ...] = (
    marks_stand_once,
    days_in_texts_exist,
    recitals_are_of_their_time,
    texts_are_of_their_time,
)
OF_NAMES: tuple[NamesRule, ...] = (
    names_have_no_quotation_marks,
    names_have_no_stray_signs,
    names_share_their_apostrophes,
    texts_say_names_in_their_signs,
    no_word_twice,
    names_share_their_capitals,
    no_place_is_open,
)
