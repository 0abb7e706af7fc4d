"""Rules about new names: none is nearly one that there is already, and a fund merges into one that some plan has.

A difference in a number, a roman numeral, a single letter or a whole word is no slip: Fund I and Fund II, 2015 and
2020, Small Cap and Mid Cap are two. Work grows with the number of different names, not with its square.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import combinations

from docgen.checks.across_plans import Everything, WorkspaceRule
from docgen.checks.new_names import CLASS, COMPANY, FUND, HEADING, NewName
from docgen.document import recital_names
from docgen.model import changes
from docgen.problems import Problem, did_you_mean, name_key, names_fact, nearest

LEGAL = re.compile("inc|incorporated|llc|lp|ltd|limited|co|corp|corporation|company|the|plc|na")
ENDING = re.compile("funds?|trust")
ROMAN = re.compile("[ivxlc]+")
SHORT = 3  # letters of a word in which one may be left out, or two change places
ENOUGH = 6  # letters of a word in which two may differ
MOST = 2  # letters in which a slip differs
OF_A_FUND = changes.Rename | changes.Remove | changes.Move | changes.SetValues
OF_A_GROUP = changes.RenameGroup | changes.RemoveGroup | changes.MoveGroup
Words = tuple[str, ...]


def new_names_differ(all_of: Everything) -> Iterator[Problem]:
    """A new name is not that of another plan or paper but for a letter or two, its ending or its punctuation.

    Of two names that differ in letters the slip is the one that a single paper brings; else the later.
    """
    names = [new for new in all_of.names if new.kind != CLASS]
    usage = Counter(new.key for new in names)
    earlier, words = _earlier_names(all_of), Spellings.of(names)
    indexes = {kind: Index(words) for kind in (FUND, COMPANY, HEADING)}
    for new in names:
        index = indexes[new.kind]
        if new.key not in index.names:
            near = next(index.near(new), None)
            is_heir = near and (_comes_of(new.key, near.key, earlier) or _comes_of(near.key, new.key, earlier))
            if near and not is_heir:
                in_letters = core(near.name) != core(new.name)
                is_rarer = in_letters and usage[near.key] == 1 < usage[new.key]
                slip, right = (near, new) if is_rarer else (new, near)
                fault = f'"{slip.name}" is nearly "{right.name}", a name of {right.paper}'
                problem = slip.warning(fault, f'did you mean "{right.name}"? Else accept it')
                yield replace(problem, fact=names_fact(slip.name, right.name), places=(right.problem.where,))
            index.add(new)


def survivors_are_of_some_plan(all_of: Everything) -> Iterator[Problem]:
    """A fund merges into one that some plan has, on whichever day; nothing is said while a plan cannot be read."""
    mergers = [
        (amendment, (number, "into" if change.into else "reason"), into)
        for plan in (all_of.plans if all_of.is_complete else ())
        for amendment in plan.amendments
        for number, change in enumerate(amendment.facts.changes)
        if isinstance(change, changes.Remove)
        if (into := change.into or recital_names.survivor(change.reason or ""))
    ]
    names = {new.key: new.name for new in all_of.names if new.kind in (FUND, HEADING)} if mergers else {}
    for amendment, place, into in mergers:
        if name_key(into) not in names:
            near = nearest(into, names.values())
            remedy = f"{did_you_mean(into, [near])} Else accept it" if near else "fix the name, or accept it"
            yield amendment.source.warning(("changes", *place), f'no plan has "{into}"', remedy)


def events_name_what_plans_have(all_of: Everything) -> Iterator[Problem]:
    """A name that an event changes or takes away is not nearly one that a plan has: the event would pass it over."""
    wanted: list[NewName] = []
    for event in all_of.events:
        for number, change in enumerate(event.facts.changes):
            if isinstance(change, OF_A_FUND | OF_A_GROUP):
                problem = event.source.problem(("changes", number, change.verb), "")
                kind = FUND if isinstance(change, OF_A_FUND) else COMPANY
                wanted.append(NewName(str(getattr(change, change.verb)), kind, f"the event {event.id}", problem))
    names = all_of.names if wanted else []
    words = Spellings.of([*names, *wanted])
    indexes = {kind: Index(words).with_all(new for new in names if new.kind == kind) for kind in (FUND, COMPANY)}
    for name in wanted:
        index = indexes[name.kind]
        near = next(index.near(name), None) if name.key not in index.names else None
        if near:
            fault = f'no plan has "{name.name}", and {near.paper} has "{near.name}"'
            yield name.warning(fault, f'did you mean "{near.name}"?')


def _earlier_names(all_of: Everything) -> dict[str, set[str]]:
    """For each name that changes or events give, the one or the several that it takes the place of."""
    pairs = [(pair.old, pair.new) for _, pair in all_of.renames]
    every = [change for event in all_of.events for change in event.facts.changes]
    by_event = [change for change in every if isinstance(change, changes.Rename | changes.RenameGroup)]
    pairs += [(str(getattr(change, change.verb)), change.to) for change in by_event]
    earlier: dict[str, set[str]] = {}
    for old, new in pairs:
        earlier.setdefault(name_key(new), set()).add(name_key(old))
    return earlier


def _comes_of(new: str, old: str, earlier: Mapping[str, set[str]]) -> bool:
    """Whether a name takes the place of another, directly or by those between them."""
    names, due = {new}, [new]
    while due:
        due = [name for before in due for name in earlier.get(before, ()) if name not in names]
        names |= set(due)
    return old in names


def words_of(name: str) -> Words:
    """The words of a name."""
    return tuple(re.findall(r"[^\W_]+", re.sub(r"[.'®™]", "", name).replace("&", " and ")))


@functools.lru_cache(maxsize=1 << 15)
def core(name: str) -> str:
    """A name without what a slip leaves out: its ending, Inc., spaces and punctuation."""
    rest = [word for word in words_of(name_key(name)) if not LEGAL.fullmatch(word)]
    while len(rest) > 1 and ENDING.fullmatch(rest[-1]):
        rest.pop()
    return "".join(rest) or name_key(name)


@dataclass(frozen=True)
class Spellings:
    """The words of all names, and for each word the others that may be a slip for it, with the letters apart."""

    slips: Mapping[str, Mapping[str, int]]

    @classmethod
    def of(cls, names: Iterable[NewName]) -> Spellings:
        """The words of some names; a word that other names have too is a word, and no slip."""
        usage = Counter(word for name in {new.key for new in names} for word in set(words_of(name)))
        neighbours: dict[str, list[str]] = {}
        for word in usage:
            for shorter in _shorter(word):
                neighbours.setdefault(shorter, []).append(word)
        slips: dict[str, dict[str, int]] = {}
        for words in neighbours.values():
            for first, second in combinations(words, 2):
                are_words = usage[first] > 1 and usage[second] > 1
                if not are_words or _is_plural(first, second):
                    letters = _letters_apart(first, second)
                    if letters:
                        slips.setdefault(first, {})[second] = slips.setdefault(second, {})[first] = letters
        return cls(slips)


def _is_plural(first: str, second: str) -> bool:
    """Whether one word is the other with an s; no two funds differ by that alone."""
    return max(first, second) == f"{min(first, second)}s"


def _letters_apart(first: str, second: str) -> int:
    """In how many letters a word differs from one that it may be a slip for; nought where it is a word of its own.

    Such are short words, and those with another beginning or two letters more: Kansas and Arkansas, Austria and
    Australia, Europe and European.
    """
    short, long = sorted((first, second), key=len)
    if len(long) == SHORT:
        return int(sorted(short) == sorted(long))
    letters = edits(short, long)
    if letters > 1 and (len(short) < ENOUGH or short[0] != long[0]):
        return 0
    derived = (
        any(long[:n] + long[n + MOST :] == short for n in range(len(short) + 1)) and len(long) == len(short) + MOST
    )
    return letters if letters <= MOST and not derived else 0


def edits(first: str, second: str) -> int:
    """In how many letters two words differ: one too many, too few or another, or two that changed places."""
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, letter in enumerate(first, start=1):
        above, before, row = before, row, [i]
        for j, sign in enumerate(second, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != sign))
            if i > 1 and j > 1 and (letter, first[i - 2]) == (second[j - 2], sign):
                cost = min(cost, above[j - 2] + 1)
            row.append(cost)
    return row[-1]


def _shorter(word: str) -> set[str]:
    """A word and what is left of it without a letter or two: two words with one of these in common may be near."""
    if len(word) < SHORT or not word.isalpha() or ROMAN.fullmatch(word):
        return set()
    fewer = {word[:n] + word[n + 1 :] for n in range(len(word))}
    fewest = (
        {text[:n] + text[n + 1 :] for text in fewer for n in range(len(text))} if len(word) >= ENOUGH else set[str]()
    )
    return {word, *fewer, *fewest}


@dataclass(frozen=True)
class Index:
    """The names of one kind so far, by the ways in which a new one may be nearly one of them."""

    spellings: Spellings
    names: dict[str, NewName] = field(default_factory=dict)
    by_words: dict[Words, NewName] = field(default_factory=dict)
    by_core: dict[str, NewName] = field(default_factory=dict)

    def add(self, new: NewName) -> None:
        """Takes a name in."""
        words = words_of(new.key)
        self.names[new.key] = new
        self.by_words.setdefault(words, new)
        self.by_core.setdefault(core(new.name), new)

    def with_all(self, names: Iterable[NewName]) -> Index:
        """The same with all these names taken in."""
        for new in names:
            self.add(new)
        return self

    def near(self, new: NewName) -> Iterator[NewName]:
        """The names that a new one is nearly."""
        words = words_of(new.key)
        if twin := self.by_core.get(core(new.name)):
            yield twin
        yield from self.respelled(words)

    def respelled(self, words: Words) -> Iterator[NewName]:
        """The names that some words are nearly, by a letter or two."""
        near = self.spellings.slips
        slips = [(n, slip, near[word][slip]) for n, word in enumerate(words) for slip in near.get(word, ())]
        for size in (1, MOST):
            for some in combinations(slips, size):
                if len({n for n, _, _ in some}) == size and sum(letters for _, _, letters in some) <= MOST:
                    right = list(words)
                    for n, slip, _ in some:
                        right[n] = slip
                    if tuple(right) in self.by_words:
                        yield self.by_words[tuple(right)]


CHECKS: tuple[WorkspaceRule, ...] = (new_names_differ, survivors_are_of_some_plan, events_name_what_plans_have)
