"""From which day each change is, by the words of the recital: a day leads the names behind it, or trails those before.

Where a clause has several days, a name is given one only where the words tell which; else a person is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docgen.importing import english_words
from docgen.importing.patterns import DAY
from docgen.model import values
from docgen.model.amendment import Restate
from docgen.model.changes import Change
from docgen.problems import fold_signs

AGREED = ("dated", "made", "amended", "restated", "supplemented", "executed", "adopted", "into")  # an agreement's day
OF_CHANGE = "".join(rf"(?<!\b{word} )" for word in AGREED)
SURE = r"(?:with effect|effective|as of)(?: as of| on| from| the close of business| or about)*"
ON_DAY = re.compile(rf"{OF_CHANGE}\b(?:(?P<sure>{SURE})|on(?: or about)?|from) (?P<day>{DAY})", re.IGNORECASE)
LEADS = re.compile(r"(?:^|\b(?:and|that|whereas|then),?|:|\(?\b(?:[ivx]{1,4}|[a-z]|[0-9]{1,2})\))$", re.IGNORECASE)
OF_ALL = re.compile(r"(?:,|\b(?:each|all|both)),?$", re.IGNORECASE)
IN_TURN = re.compile(r"\brespectively\b", re.IGNORECASE)
NameSpan = tuple[int, int, str]  # from where to where in a clause, and the name


@dataclass(frozen=True)
class DayOfChange:
    """A change with the day of its own, if it has one; or those of the paper between which nothing decides."""

    change: Change | Restate
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Day:
    """A day in a clause, where it begins and ends, whether it leads names, and whether a change takes effect on it."""

    text: str
    start: int
    end: int
    leads: bool
    is_sure: bool


def of(steps: Sequence[Change | Restate], recital: str, usual: str) -> list[DayOfChange]:
    """The changes, each with its day; `usual` is the amendment's, which no change has as its own."""
    names = [name_of(step) for step in steps if isinstance(step, Change)]
    clauses = [(clause, _spans(clause, names)) for clause in recital.split(";")]
    leads_all = _leads_all(*clauses[0])
    result: list[DayOfChange] = []
    for step in steps:
        if not isinstance(step, Change):
            result.append(DayOfChange(step))
            continue
        days = {day for clause, spans in clauses for day in _days_of(name_of(step), clause, spans)}
        options = tuple(dict.fromkeys(hit["day"] for hit in ON_DAY.finditer(recital)))
        later = days == {""} and leads_all and name_of(step) not in clauses[0][0]
        if len(days) > 1 or None in days or later:
            result.append(DayOfChange(step, options))
            continue
        text = english_words.day(next((day for day in days if day), ""))
        result.append(DayOfChange(on(step, text) if text and text != usual else step))
    return result


def _leads_all(clause: str, spans: Sequence[NameSpan]) -> bool:
    """Whether the first clause begins with a day, which may be that of the clauses behind it, too."""
    days = [*_days(clause, [place for place, _, _ in spans])]
    return bool(days) and days[0].leads and not any(place < days[0].start for place, _, _ in spans)


def on(change: Change, day: str) -> Change:
    """A change with a day of its own, as ISO."""
    return change.model_copy(update={"effective": values.day(day)})


def name_of(change: Change) -> str:
    """The row or group that a change is of; of a row under another, that one."""
    return fold_signs(getattr(change, "under", None) or str(getattr(change, change.verb)))


def _spans(clause: str, names: Sequence[str]) -> list[NameSpan]:
    """Where names stand in a clause, from left to right; a name inside a longer one is none."""
    spans: list[NameSpan] = []
    for name in sorted(set(names), key=len, reverse=True):
        for hit in re.finditer(re.escape(name), clause):
            if not any(start < hit.end() and hit.start() < end for start, end, _ in spans):
                spans.append((hit.start(), hit.end(), name))
    return sorted(spans)


def _days_of(name: str, clause: str, spans: Sequence[NameSpan]) -> Iterator[str | None]:
    """The day of a name at each place where it stands in a clause: empty for none, None where nothing tells which."""
    mine = [place for place, _, latter in spans if latter == name]
    places = [place for place, _, _ in spans]
    days = [*_days(clause, places)]
    firsts = list(dict.fromkeys(latter for _, _, latter in spans))
    if mine and IN_TURN.search(clause):
        every = re.findall(DAY, clause)
        yield every[firsts.index(name)] if len(every) == len(firsts) else None
        return
    for place in mine:
        yield _day_at(place, clause, places, days)


def _days(clause: str, places: Sequence[int]) -> Iterator[_Day]:
    """The days of a clause on which something takes effect, or may."""
    for hit in ON_DAY.finditer(clause):
        before = clause[: hit.start()].rstrip(" ")
        behind = any(place >= hit.end() for place in places)
        is_first = not any(place < hit.start() for place in places)
        leads = behind and bool(LEADS.search(before) or (is_first and hit["sure"]))
        if leads or not is_first:
            yield _Day(hit["day"], hit.start(), hit.end(), leads, bool(hit["sure"]))


def _day_at(place: int, clause: str, places: Sequence[int], days: Sequence[_Day]) -> str | None:
    """The day of what stands at a place: the one that leads it, or trails it."""
    before = [day for day in days if day.end <= place]
    behind = [day for day in days if day.start > place]
    lead = next((day for day in reversed(before) if day.leads), None)
    trail = behind[0] if behind and not behind[0].leads else None
    if trail is None:
        mixed = lead is not None and before[-1] is not lead
        return None if mixed else lead.text if lead else ""
    start = before[-1].end if before else 0
    beside = [latter for latter in places if start <= latter < trail.start]
    if not trail.is_sure or (lead is not None and (before[-1] is not lead or len(beside) != 2)):
        return None
    if place == beside[-1]:
        return trail.text
    if lead is not None:
        return lead.text
    return trail.text if OF_ALL.search(clause[: trail.start].rstrip(" (")) else None
