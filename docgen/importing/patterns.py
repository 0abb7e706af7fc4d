"""Sentence patterns, compiled from the templates: each is a sentence rendered with marked facts, holes in their places.

No grammar is written by hand: when somebody edits a template, its patterns follow.
"""

from __future__ import annotations

import contextlib
import datetime
import functools
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docgen.importing import draft, pattern_cache
from docgen.importing.draft import Data
from docgen.importing.pieces import alike
from docgen.model.english import day as english_day
from docgen.model.english import ordinal_day
from docgen.model.values import MONTHS
from docgen.problems import DocgenError

KEPT = "patterns"  # the name under which they are
KINDS = ("distribution-plan", "agreement")
MONTH = "(?:" + "|".join(MONTHS) + ")"
DAY = rf"(?:{MONTH} [0-9]{{1,2}}, [0-9]{{4}}|[0-9]{{1,2}}(?:st|nd|rd|th) day of {MONTH},? [0-9]{{4}})"
# Each marked fact, the word that stands for it, and what may stand in its hole
HOLES = {
    "shares": ("Qxclass Shares", r"[^()]{1,200}? shares"),
    "title": ("Qxtitle", r"(?-i:[A-Z0-9]).{1,300}?"),
    "term": ("Qxterm", r"[^\"]{1,60}?"),
    "registrants": ("Qxregistrant", rf"(?!{MONTH})(?-i:[A-Z]).{{1,800}}?"),
    "parties": ("Qxparty, and Qxsecond", r"(?-i:[A-Z]).{1,2000}?"),
    "dated": ("Qxdated", r"(?!and )(?-i:[a-z]).{1,1500}?"),
    "rule": ("58f-7", r"[0-9]{1,2}[a-z][0-9]?-[0-9a-z]{1,3}"),
    "effective_words": ("Qxeffect", r"[a-z ]{2,60}?"),
    "reason": ("Qxreason", rf"(?!(?:[a-z]+ ){{0,5}}{DAY})(?-i:[a-z]).{{1,800}}?"),
    "recital": ("Qxrecital", r".+?"),
    "by": ("Qxboard", r".{1,600}?"),
    "schedule": ("Qxschedule", r".{1,80}?"),
    "name": ("Qxname", r".{1,600}?"),
    "to": ("Qxto", r".{1,600}?"),
    "place": ("Qxplace", r".{1,200}?"),
    "signer": ("Qxsigner", r".{1,120}?"),
    "office": ("Qxoffice", r".{1,160}?"),
}
DAYS = {
    "plan_day": "1949-01-01",
    "effective": "1951-02-03",
    "day": "1953-04-05",
    "vote": "1954-05-06",
    "past": "1950-01-02",
}
NUMBER = r"[0-9]{1,4}|\[[0-9 ]{1,4}\]|[a-z]+(?:-[a-z]+)?"
MAY_LACK = ("signer", "office")  # what a line to sign leaves blank
NUMBERED = "Schedule 7Q"  # a schedule's name that takes no article
HOLE = re.compile(r"\(\?P[<=](\w+)[>)]")
ITEM, ITEM_PREFIX = re.compile(r"^[0-9]+\. "), r"(?:[0-9]+\. )?"
USUAL = "usual"  # the role of openings with the usual words around their days, by which others are aligned
ROLES = ("opening", "clause", "recital", "terms", "dated", "signature", "attest", "witnesseth")


def _forms(day: str) -> tuple[str, str]:
    """A day as the templates may write it."""
    date = datetime.date.fromisoformat(day)
    return english_day(date), ordinal_day(date)


MARKERS = [marker for marker, _ in HOLES.values()] + [form for day in DAYS.values() for form in _forms(day)]
MARKED = re.compile("|".join(map(re.escape, [*MARKERS, "_" * 30, "Seventy-Seventh", "77", NUMBERED])), re.IGNORECASE)


@dataclass(frozen=True)
class Pattern:
    """One sentence of a kind's templates: its role, the kind, and the sentence with its holes."""

    kind: str
    role: str
    sentence: str
    literals: tuple[str, ...]  # what stands before, between and behind the holes
    verb: str = ""  # of the change of the text that it says; `schedule` for the clause that replaces one

    @functools.cached_property
    def regex(self) -> re.Pattern[str]:
        """The sentence as a regular expression."""
        return re.compile(self.sentence, re.IGNORECASE)

    @property
    def weight(self) -> int:
        """How many letters of it are the template's own."""
        return sum(map(len, self.literals))

    def around(self) -> Iterator[tuple[str, str, str]]:
        """Each hole, with the template's words before it and behind it."""
        holes = HOLE.findall(self.sentence)
        for number, hole in enumerate(holes):
            yield hole, self.literals[number], self.literals[number + 1]

    def match(self, text: str, term: str = "") -> dict[str, str] | None:
        """What stands in its holes, where a text is this sentence; None where it is none.

        `term` is what the paper calls the plan, where that is clear.
        """
        folded, at = alike(text).casefold(), 0
        for literal in self.literals:
            at = folded.find(literal, at)
            if at < 0:
                return None
            at += len(literal)
        regex = _with_term(self.regex, term) if term else self.regex
        hit = regex.fullmatch(alike(text))
        return {hole: text[slice(*hit.span(hole))] for hole in self.regex.groupindex} if hit else None


@functools.lru_cache(maxsize=512)
def _with_term(regex: re.Pattern[str], term: str) -> re.Pattern[str]:
    """The expression with the plan's term in its hole."""
    hole = f"(?P<term>{HOLES['term'][1]})"
    return re.compile(regex.pattern.replace(hole, f"(?P<term>{re.escape(alike(term))})"), re.IGNORECASE)


@functools.lru_cache(maxsize=4)
def of_kind(kind: str, folders: tuple[Path, ...]) -> tuple[Pattern, ...]:
    """The patterns of a kind's templates; none where it has no templates that can be filled in."""
    entries = pattern_cache.entries(KEPT, kind, folders)
    if entries is not None:
        return tuple(Pattern(kind, role, text, tuple(literals), verb) for role, text, literals, verb in entries)
    compiled = _compiled(kind, folders)
    pattern_cache.keep(KEPT, kind, folders, [[p.role, p.sentence, p.literals, p.verb] for p in compiled])
    return compiled


def _compiled(kind: str, folders: tuple[Path, ...]) -> tuple[Pattern, ...]:
    """The same, rendered and compiled."""
    hit: dict[Pattern, None] = {}
    for plan, amendment in _papers(kind):
        try:
            tree = draft.tree(draft.paper(plan, amendment, folders))
        except DocgenError:
            continue
        for role, text in draft.paragraphs(tree):
            if role in ROLES:
                hit[Pattern(kind, role, *_sentence(text), verb=_verb(text, amendment))] = None
    for plan, amendment in _usual_openings(kind):
        with contextlib.suppress(DocgenError):
            for role, text in draft.paragraphs(draft.tree(draft.paper(plan, amendment, folders))):
                if role == "opening":
                    hit[Pattern(kind, USUAL, *_sentence(text))] = None
    return tuple(hit)


def _verb(text: str, amendment: Data) -> str:
    """What a sentence of the operative clause does."""
    if NUMBERED in text or "Qxschedule" in text:
        return "schedule"
    if "plan" in amendment and "Qxname" in text:
        return "title"
    says = "Qxname" in text and amendment.get("changes")
    return next(iter(amendment["changes"][0])) if says else ""


def _sentence(text: str) -> tuple[str, tuple[str, ...]]:
    """The text as a pattern; a fact that stands twice is the same both times."""
    parts: list[str] = []
    literals: list[str] = []
    used: set[str] = set()
    at = 0
    text = ITEM.sub("", alike(text))
    for match in MARKED.finditer(text):
        hole, inside = _hole(match[0])
        before = text[at : match.start()]
        group = f"(?P={hole})" if hole in used else f"(?P<{hole}>{inside})"
        if hole in MAY_LACK and before.endswith(" "):
            before, group = before[:-1], f"(?: {group})?"
        parts += [re.escape(before), group]
        literals.append(before)
        used.add(hole)
        at = match.end()
    parts.append(re.escape(text[at:]))
    literals.append(text[at:])
    sentence = ITEM_PREFIX + "".join(parts).replace(r"\ ", " ").replace(r"\-", "-")
    return sentence, tuple(literal.casefold() for literal in literals)


def _hole(marker: str) -> tuple[str, str]:
    """The hole that a marked fact leaves, and what may stand in it."""
    for hole, day in DAYS.items():
        if marker.casefold() in map(str.casefold, _forms(day)):
            return hole, DAY
    if marker.strip("_") == "":
        return "line", r"_{3,}|/s/ ?.{0,80}?|"
    if marker.casefold() in ("77", "seventy-seventh"):
        return "number", NUMBER
    if marker.casefold() == NUMBERED.casefold():
        return "schedule", HOLES["schedule"][1]
    return next((hole, inside) for hole, (text, inside) in HOLES.items() if text.casefold() == marker.casefold())


def _papers(kind: str) -> Iterator[tuple[Data, Data]]:
    """Data with marked facts, under the combinations that change a sentence."""
    yield from _openings(kind)
    for frame, therefore in itertools.product(("plain", "contract"), ("agree", "clause", "none")):
        form = {"frame": frame, "therefore": therefore, "recital": "whereas"}
        yield _plan(kind, form=form), _amendment(whereas=["Qxrecital"], approvals=_votes(False))
        yield _plan(kind, form=form), _amendment(recital=["Qxrecital", "Qxrecital"])
    for schedule, operative, where in itertools.product(
        ("following", "attached"), ("replaced", "restated"), ("deleted", "replaced")
    ):
        form = {"schedule": schedule, "operative": operative, "in_its_entirety": where}
        for name, the in ((NUMBERED, "true"), ("Qxschedule", "true"), (NUMBERED, "false")):
            yield _plan(kind, name, form={**form, "the_in_attachment": the}), _amendment(name)
    yield _plan(kind, form={"terms": "hereby"}), _amendment(dated="1951-02-03")
    yield from _of_text(kind)
    signer = {"name": "Qxsigner", "title": "Qxoffice"}
    block = {"for": ["Qxname"], "by": signer, "attest": signer, "seal": "true"}
    for frame in ("plain", "contract"):
        yield _plan(kind, form={"frame": frame}), _amendment(signatures=[block])


def _openings(kind: str) -> Iterator[tuple[Data, Data]]:
    parties = [{"name": "Qxparty"}, {"name": "Qxsecond"}]
    options: list[Sequence[Any]] = [(False, True), (None, "before", "after"), (False, True), (False, True)]
    options += [(False, True), (False, True) if kind == "agreement" else (False,), (False, True)]
    for classes, of, dated, rule, effective, between, reason in itertools.product(*options):
        if reason and (of or between):
            continue
        form = {"class_in_opening": str(classes).lower(), "registrant_after_rule": str(of == "after").lower()}
        form["effective"] = "Qxeffect" if effective else "none"
        facts: Data = {"share_classes": ["Qxclass"], "form": form}
        facts |= {"of": ["Qxregistrant"]} if of else {}
        facts |= {"dated": {"then": "Qxdated"}} if dated else {}
        facts |= {"rule": "58f-7"} if rule else {}
        facts |= {"parties": parties} if between else {}
        yield _plan(kind, **facts), _amendment(**({"reason": "Qxreason"} if reason else {}))
        if kind == "agreement" and not reason and not rule:
            yield _plan(kind, **facts), {key: value for key, value in _amendment().items() if key != "number"}
            yield _plan(kind, **{**facts, "form": {**form, "number": "words"}}), _amendment()


def _usual_openings(kind: str) -> Iterator[tuple[Data, Data]]:
    """Openings with the words that templates usually have around days."""
    for facts in ({"rule": "58f-7"}, {}):
        plan = _plan(kind, dated=DAYS["plan_day"], share_classes=["Qxclass"], **facts)
        yield plan, _amendment()
        yield plan, {key: value for key, value in _amendment().items() if key != "number"}


def _of_text(kind: str) -> Iterator[tuple[Data, Data]]:
    """Changes of the agreement's own text, each with and without a day of its own."""
    for day in ({}, {"effective": DAYS["day"]}, {"effective": DAYS["past"]}):
        changes: list[Data] = [
            {"replace_words": "Qxname", "to": "Qxto"},
            {"replace_words": "Qxname", "to": "Qxto", "in": "Qxplace"},
            {"replace_section": "Qxname", "text": ["Qxrecital"]},
            {"replace_section": "Qxname", "text": ["Qxrecital"], "of": "Qxplace"},
            {"add_section": "Qxname", "text": ["Qxrecital"]},
            {"add_section": "Qxname", "text": ["Qxrecital"], "after": "Qxplace"},
            {"remove_section": "Qxname"},
        ]
        for change in changes:
            yield _plan(kind), _amendment(changes=[{**change, **day}])
    yield _plan(kind), _amendment(plan={"title": "Qxname"})


def _plan(kind: str, name: str = NUMBERED, **facts: Any) -> Data:
    columns = {"a": {"heading": "Qxhead", "holds": "text"}}
    form = {"name": name, "preamble": "Qxpreamble", "columns": columns}
    return {"title": "Qxtitle", "kind": kind, "term": "Qxterm", "schedule": [form], **facts}


def _amendment(name: str = NUMBERED, **facts: Any) -> Data:
    rows = [{"name": "Qxrow", "a": "Qxvalue"}]
    restate = [{"schedule": name, "groups": [{"name": "Qxgroup", "rows": rows}]}]
    return {"number": "77", "effective": DAYS["effective"], "restate": restate, **facts}


def _votes(independent: bool) -> list[Data]:
    return [{"by": "Qxboard", "on": DAYS["vote"], "independent": str(independent).lower()}]
