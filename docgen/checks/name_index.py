"""What is nearly a name: another by a letter or two, or one that is the same but for its ending, Inc. or punctuation.

A difference in a number, a roman numeral, a single letter or a whole word is no slip: Fund I and Fund II, 2015 and
2020, Small Cap and Mid Cap are two. Work grows with the number of different names, not with its square.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations

from docgen.checks.new_names import NewName
from docgen.problems import fold_signs, name_key

LEGAL = re.compile("inc|incorporated|llc|lp|ltd|limited|co|corp|corporation|company|the|plc|na")
ENDING = re.compile("funds?|trust")
ROMAN = re.compile("[ivxlc]+")
SHORT = 3  # letters of a word in which one may be left out, or two change places
ENOUGH = 6  # letters of a word in which two may differ
MOST = 2  # letters in which a slip differs
Words = tuple[str, ...]


@functools.lru_cache(maxsize=1 << 15)
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
    """The words of all names, and for each the others that may be a slip for it, with the letters apart.

    `neighbours` are the words by what is left of each without a letter or two.
    """

    slips: dict[str, dict[str, int]]
    neighbours: Mapping[str, Sequence[str]]

    @classmethod
    def of(cls, names: Iterable[NewName]) -> Spellings:
        """The words of some names; a word that other names have too is a word, and no slip."""
        usage = Counter(word for name in {new.key for new in names} for word in set(words_of(name)))
        slips: dict[str, dict[str, int]] = {word: {} for word in usage}
        neighbours: dict[str, list[str]] = {}
        for word in usage:
            for shorter in _shorter(word):
                neighbours.setdefault(shorter, []).append(word)
        for words in neighbours.values():
            for first, second in combinations(words, 2):
                are_words = usage[first] > 1 and usage[second] > 1
                if not are_words or _is_plural(first, second):
                    letters = _letters_apart(first, second)
                    if letters:
                        slips[first][second] = slips[second][first] = letters
        return cls(slips, neighbours)

    def near(self, word: str) -> Mapping[str, int]:
        """The words that a word may be a slip for; one that no name has is a slip wherever it can be one."""
        if word not in self.slips:
            near = [other for shorter in sorted(_shorter(word)) for other in self.neighbours.get(shorter, ())]
            self.slips[word] = {other: letters for other in near if (letters := _letters_apart(word, other))}
        return self.slips[word]


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
        if new.key in self.names:
            return
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
        """The names that some words are nearly, by a letter or two: for each word the nearest first, then in order."""
        near = self.spellings.near
        slips = [(n, slip, letters) for n, word in enumerate(words) for slip, letters in near(word).items()]
        slips.sort(key=lambda entry: (entry[0], entry[2], entry[1]))
        for size in (1, MOST):
            for some in combinations(slips, size):
                if len({n for n, _, _ in some}) == size and sum(letters for _, _, letters in some) <= MOST:
                    right = list(words)
                    for n, slip, _ in some:
                        right[n] = slip
                    if tuple(right) in self.by_words:
                        yield self.by_words[tuple(right)]


@dataclass(frozen=True)
class NameIndex:
    """The names of funds and companies, each also without its Inc., to look for in texts."""

    index: Index

    @classmethod
    def of(cls, names: Sequence[NewName], spellings: Spellings) -> NameIndex:
        """Some names, of which these are the spellings."""
        return cls(Index(spellings).with_all([*names, *map(without_ending, names)]))

    @cached_property
    def sizes(self) -> list[int]:
        """How many words the names have, the longest first."""
        return sorted({len(name) for name in self.index.by_words}, reverse=True)

    def slip(self, text: str, least: int = 2) -> tuple[str, str] | None:
        """What a text has that is nearly a name of so many words at least, and the name; None where it has nothing."""
        spelling = words_of(fold_signs(text))
        words = tuple(word.casefold() for word in spelling)
        places = self._places_of_names(words)
        for size in (size for size in self.sizes if size >= least):
            for start in range(len(words) - size + 1):
                if places.isdisjoint(range(start, start + size)):
                    near = next(self.index.respelled(words[start : start + size]), None)
                    if near:
                        return " ".join(spelling[start : start + size]), near.name
        return None

    def _places_of_names(self, words: Words) -> set[int]:
        """The places of words that are of a name as it is."""
        return {
            place
            for size in self.sizes
            for start in range(len(words) - size + 1)
            if words[start : start + size] in self.index.by_words
            for place in range(start, start + size)
        }


def without_ending(name: NewName) -> NewName:
    """A name without its Inc. and the like, as a sentence says it."""
    words = words_of(name.name)
    rest = [word for word in words if not LEGAL.fullmatch(word.casefold())]
    return replace(name, name=" ".join(rest)) if len(rest) < len(words) else name
