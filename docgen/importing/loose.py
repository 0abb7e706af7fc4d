"""Aligns a sentence of another house, word by word, with the nearest one of the templates.

A fact is taken where words that the template has, too, frame it and nothing competes with it; else it is asked about.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from docgen.importing import english_words, party_names
from docgen.importing.name_answers import NameAnswers
from docgen.importing.patterns import DAY, ITEM, USUAL, Pattern
from docgen.importing.pieces import alike

NEAR_ENOUGH, FEWEST = 0.6, 3  # the share, and the number, of a template's words that a sentence has, too
LONGEST_TERMS = 30  # words of a numbered clause that says that the rest goes on
DEEP = 3  # words before a day, and behind it, that may frame it
SMALL = frozenset(
    re.findall(r"\w+", "the of and to in is a an by as on that this it for with be are or from at which such shall")
)
NOUNS = {"effective": "the day it takes effect", "plan_day": "the day of the plan", "rule": "the rule of the plan"}
NOUNS |= {"schedule": "the schedule that it replaces"}
RULE = re.compile(r"\bRule ([0-9]{1,2}[a-z][0-9]?-[0-9a-z]{1,3})\b", re.IGNORECASE)
TOKEN = re.compile(rf"(?P<day>{DAY})|[A-Za-z0-9]+", re.IGNORECASE)
SCHEDULE = re.compile(r"\b(?:schedule|appendix|exhibit|annex|attachment) [A-Z0-9]{1,3}(?:-[A-Z0-9]{1,3})?\b", re.I)
CALLED = re.compile(r'\((?:(?:each|collectively),? )?(?:a|the|this) "([A-Z][^"]{2,40})"\)', re.IGNORECASE)
REPLACES = re.compile(
    rf"{SCHEDULE.pattern}[^.;]*\b(?:is|are|shall be)(?: hereby)? (?:replaced|deleted|amended|restated|superseded)\b",
    re.I,
)
THEREFORE = re.compile(r"now,? therefore\b", re.IGNORECASE)
DATED = re.compile(rf"dated?(?: as of)?:? ({DAY})\.?", re.IGNORECASE)
TAKES_EFFECT = re.compile(r"\b(?:is|are|made|becomes?|shall be)\s+effective\b[ a-z]*$", re.IGNORECASE)
ANOTHER = re.compile(r"\b(?:agreement|plan|act|prospectus|meeting|resolution|declaration|schedule|statement)s?\b", re.I)
AMENDS = re.compile(r"\b(?:amend|replac|delet|restat|adopt)", re.IGNORECASE)
STARTS = re.compile(rf"\beffective(?: immediately)?(?: as of| on|:)? ({DAY})", re.IGNORECASE)
AGREEMENT = re.compile(r"\b(?:plan|agreement)s?\b", re.IGNORECASE)
TITLE_BEGINS = re.compile(r"^.*?\bamendment\b.*?\bto (?:the )?", re.IGNORECASE)


@dataclass(frozen=True)
class LooseDoubt:
    """Values of a sentence between which nothing decides; `key` is by what an answer is remembered."""

    key: str
    doubt: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class LooseFacts:
    """What a sentence of another house gives: the template's sentence that is nearest, facts, and what competes."""

    pattern: Pattern
    facts: Mapping[str, str]
    doubts: tuple[LooseDoubt, ...] = ()


@dataclass(frozen=True)
class DayWords:
    """A day in a sentence, where it begins and ends, and the words before it and behind it, the nearest first."""

    text: str
    start: int
    end: int
    before: tuple[str, ...]
    behind: tuple[str, ...]


@dataclass
class _Evidence:
    """The facts of a sentence as they are gathered."""

    text: str
    answers: NameAnswers
    facts: dict[str, str] = field(default_factory=dict)
    doubts: list[LooseDoubt] = field(default_factory=list)
    is_settled: bool = False  # whether a person has told that none of some values is a fact

    def settle(self, hole: str, values: Sequence[str], is_framed: bool = True) -> None:
        """Takes the one value that is framed, or the one that a person told; else they are a doubt."""
        unique = list(dict.fromkeys(values))
        key = f"{NOUNS[hole]}: {self.text}"
        reply = self.answers.of(key)
        if reply in unique or (len(unique) == 1 and is_framed and not reply):
            self.facts[hole] = reply or unique[0]
        elif reply == "kept":
            self.is_settled = True
        elif unique:
            many = f"which is {NOUNS[hole]}: {' or '.join(unique)}?"
            doubt = many if len(unique) > 1 else f"is {unique[0]} {NOUNS[hole]}?"
            self.doubts.append(LooseDoubt(key, doubt, tuple(unique)))


def opening(
    text: str, head: str, compiled: Sequence[Pattern], answers: NameAnswers, far: bool = False
) -> LooseFacts | None:
    """The facts of an opening in another house's words; None where it is none. `head` is the title above it.

    `far` takes one that is near no template's, where it says that the agreement of the title is amended or adopted.
    """
    nearest = _nearest(text, [pattern for pattern in compiled if pattern.role in ("opening", USUAL)])
    title = _title(text, head)
    if nearest is None and far and AMENDS.search(text):
        nearest = next((p for p in compiled if p.role == "opening"), None)
    if nearest is None or not title:
        return None
    nearest = next(p for p in compiled if p.role == "opening" and p.kind == nearest.kind)
    evidence = _Evidence(text, answers, {"title": title})
    terms = {term for term in CALLED.findall(alike(text)) if AGREEMENT.search(term)}
    if len(terms) == 1:
        evidence.facts["term"] = terms.pop()
    evidence.settle("rule", RULE.findall(alike(text)))
    at = alike(text).casefold().find(alike(title).casefold())
    evidence.facts.update(party_names.framed(text, at + len(title)))
    _settle_days(evidence, (at, at + len(title)), compiled)
    tells = "effective" in evidence.facts or "dated" in evidence.facts or evidence.is_settled or evidence.doubts
    return LooseFacts(nearest, evidence.facts, tuple(evidence.doubts)) if tells else None


def clause(text: str, compiled: Sequence[Pattern], answers: NameAnswers) -> LooseFacts | None:
    """A clause in another house's words that replaces a schedule, or that says what goes without a fact."""
    bare = ITEM.sub("", text)
    if dated := DATED.fullmatch(alike(text)):
        pattern = next((pattern for pattern in compiled if pattern.role == "dated"), None)
        return LooseFacts(pattern, {"effective": dated[1]}) if pattern else None
    if THEREFORE.match(alike(text)) and not SCHEDULE.search(text) and not any(_days(alike(text))):
        pattern = next((pattern for pattern in compiled if THEREFORE.match(pattern.literals[0])), None)
        return LooseFacts(pattern, {}) if pattern else None
    options = [p for p in compiled if p.role in ("clause", "terms") and p.verb in ("", "schedule")]
    short = len(bare.split()) < LONGEST_TERMS
    numbered = [p for p in options if p.verb == "schedule" or (short and p.role == "terms")]
    nearest = _nearest(bare, options if bare == text else numbered)
    if nearest is None and REPLACES.search(alike(bare)):
        nearest = next((pattern for pattern in options if pattern.verb == "schedule"), None)
    if nearest is None:
        return None
    evidence = _Evidence(text, answers)
    if nearest.verb == "schedule":
        named = {name.casefold(): name for name in SCHEDULE.findall(alike(bare))}
        evidence.settle("schedule", list(named.values()))
    return LooseFacts(nearest, evidence.facts, tuple(evidence.doubts))


def started(facts: LooseFacts, later: Sequence[str]) -> LooseFacts:
    """The facts of an opening that says no day, with the one on which later clauses amend the agreement."""
    days = {hit[1] for text in later if AMENDS.search(text) for hit in STARTS.finditer(alike(text))}
    if "effective" in facts.facts or len(days) != 1:
        return facts
    doubts = tuple(doubt for doubt in facts.doubts if not doubt.key.startswith(NOUNS["effective"]))
    return LooseFacts(facts.pattern, {**facts.facts, "effective": days.pop()}, doubts)


def _nearest(text: str, compiled: Sequence[Pattern]) -> Pattern | None:
    """The sentence of the templates of which most words stand in the text in their order; None where few do."""
    words = _content(text)
    best, most = None, 0.0
    for pattern in compiled if words else ():
        mine = _literal_words(pattern)
        blocks = SequenceMatcher(None, mine, words, False).get_matching_blocks()
        common = sum(block.size for block in blocks)
        share = 2 * common / (len(mine) + len(words))
        run = pattern.role == "terms" and max(block.size for block in blocks) >= FEWEST
        if common >= FEWEST and (run or common / len(mine) >= NEAR_ENOUGH) and share > most:
            best, most = pattern, share
    return best


@functools.lru_cache(maxsize=4096)
def _literal_words(pattern: Pattern) -> tuple[str, ...]:
    return _content(" ".join(pattern.literals))


def _content(text: str) -> tuple[str, ...]:
    """The words of a text that mean something, stems of `amend` as one."""
    words = (match[0].casefold() for match in TOKEN.finditer(alike(text)) if not match["day"])
    return tuple("amend" if word.startswith("amend") else word for word in words if word not in SMALL)


def _title(text: str, head: str) -> str:
    """The agreement's name: the longest run of words that the sentence and the title above it have; else empty."""
    former = [(m[0].casefold(), m.start(), m.end()) for m in TOKEN.finditer(alike(text))]
    latter = [m[0].casefold() for m in TOKEN.finditer(alike(head))]
    blocks = SequenceMatcher(None, [word for word, _, _ in former], latter, False).get_matching_blocks()
    runs = [former[block.a : block.a + block.size] for block in blocks if block.size > 1]
    run = max((run for run in runs if any(AGREEMENT.fullmatch(word) for word, _, _ in run)), key=len, default=None)
    if run is None:
        return ""
    title = TITLE_BEGINS.sub("", text[run[0][1] : run[-1][2]])
    title = re.sub(r"^(?:to |of )?(?:the )?(?=[A-Z])", "", title, flags=re.IGNORECASE)
    return english_words.in_title_case(title) if AGREEMENT.search(title) and title[:1].isupper() else ""


def _settle_days(evidence: _Evidence, title: tuple[int, int], compiled: Sequence[Pattern]) -> None:
    """The day it takes effect and the plan's, where the words around them are those that templates have there.

    `title` is where the agreement's name begins and ends.
    """
    text = alike(evidence.text)
    days = [*_days(text)]
    usual = tuple(pattern for pattern in compiled if pattern.role == USUAL)
    weights = [(day, _weight(day, usual, "effective"), _weight(day, usual, "plan_day")) for day in days]
    plan = [day for day, effective, of_plan in weights if of_plan > effective and _is_of(text, title, day)]
    starts = [(day, effective) for day, effective, of_plan in weights if effective > of_plan]
    if plan:
        evidence.settle("plan_day", [day.text for day in plan])
    if day := next((day for day in plan if evidence.facts.get("plan_day") == day.text), None):
        begin = text.casefold().rfind(day.before[0], 0, day.start)
        evidence.facts["dated"] = evidence.text[begin : day.end]
        del evidence.facts["plan_day"]
    if sum(weight > 1 for _, weight in starts) == 1:
        starts = [entry for entry in starts if entry[1] > 1]
    sure = all(weight > 1 or _is_amendments(text, title, day, plan) for day, weight in starts)
    rest = [day for day in days if day not in plan]
    evidence.settle("effective", [day.text for day, _ in starts] or [day.text for day in rest], bool(starts) and sure)


def _is_of(text: str, title: tuple[int, int], day: DayWords) -> bool:
    """Whether a day stands behind the agreement's name, and behind nothing else that may bear one."""
    return day.start > title[1] and not ANOTHER.search(re.sub(r"\([^)]*\)", "", text[title[1] : day.start]))


def _is_amendments(text: str, title: tuple[int, int], day: DayWords, plan: Sequence[DayWords]) -> bool:
    """Whether a day behind `effective` is the amendment's, and not the plan's: by the words before it."""
    if day.start < title[0]:
        return not re.search(r"\. [A-Z]", text[day.end : title[0]].replace("No. ", ""))
    amends = "amend" in text[title[1] : day.start].casefold()
    says_so = bool(TAKES_EFFECT.search(text[: day.start])) and "amend" in text[: title[0]].casefold()
    return amends or says_so or (bool(plan) and bool(day.before[1:]))


def _days(text: str) -> Iterator[DayWords]:
    """The days of a text, each with the words around it up to the next day."""
    tokens = [*TOKEN.finditer(text)]
    for number, token in enumerate(tokens):
        if token["day"]:
            before = itertools.takewhile(lambda t: not t["day"], reversed(tokens[:number]))
            behind = itertools.takewhile(lambda t: not t["day"], tokens[number + 1 :])
            yield DayWords(token[0], token.start(), token.end(), _few(before), _few(behind))


def _few(tokens: Iterator[re.Match[str]]) -> tuple[str, ...]:
    words = (token[0].casefold() for token in tokens)
    return tuple(itertools.islice((word for word in words if word not in SMALL), DEEP))


@functools.lru_cache(maxsize=64)
def _frames(usual: tuple[Pattern, ...], hole: str) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """The words before and behind a day in the templates' usual openings, the nearest first."""
    return tuple(
        (tuple(reversed(_content(before)))[:DEEP], _content(behind)[:DEEP])
        for pattern in usual
        for name, before, behind in pattern.around()
        if name == hole
    )


def _weight(day: DayWords, usual: tuple[Pattern, ...], hole: str) -> int:
    """How many words around a day are those around it in a template; none unless the nearest before it is."""
    frames = _frames(usual, hole)

    def common(former: Sequence[str], latter: Sequence[str]) -> int:
        return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(former, latter, strict=False)))

    weights = [(common(before, _stems(day.before)), common(behind, _stems(day.behind))) for before, behind in frames]
    return max((first + second for first, second in weights if first), default=0)


def _stems(words: Sequence[str]) -> list[str]:
    return ["amend" if word.startswith("amend") else word for word in words]
