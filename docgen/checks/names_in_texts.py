"""Names of funds and companies inside texts: one that is nearly a name which some plan has, by a letter or two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from docgen.checks import prose
from docgen.checks.across_plans import Everything, WorkspaceRule
from docgen.checks.names import LEGAL, Index, Spellings, Words, words_of
from docgen.checks.new_names import CLASS, NewName
from docgen.problems import Problem, Where, fold_signs

TEXT = "text"  # what a name is of that is a whole text, beside those of new_names
LONG = 3  # words of a name, from which one of a text by hand may be meant for it


def texts_spell_names_right(all_of: Everything) -> Iterator[Problem]:
    """A text by hand spells the funds and companies that it names as the schedules do."""
    texts = [
        text for plan in all_of.plans for amendment in plan.amendments for text in prose.texts_of(amendment.source)
    ]
    texts = [text for text in texts if text.path[0] in prose.OF_A_PAPER]
    if not texts:
        return
    names = NameIndex.of(all_of.names, [text.text for text in texts])
    for text in texts:
        if slip := names.slip(text.text, LONG):
            fault = f'says "{slip[0]}", nearly "{slip[1]}"'
            yield text.warning(fault, f'did you mean "{slip[1]}"? Else accept it')


@dataclass(frozen=True)
class NameIndex:
    """The names of funds and companies, each also without its Inc., to look for in texts."""

    index: Index

    @classmethod
    def of(cls, names: Iterable[NewName], texts: Iterable[str]) -> NameIndex:
        """The names, for these texts."""
        names = [new for new in names if new.kind != CLASS]
        words = [NewName(text, TEXT, "", Problem(Where(), "")) for text in texts]
        return cls(Index(Spellings.of([*names, *words])).with_all([*names, *map(without_ending, names)]))

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


CHECKS: tuple[WorkspaceRule, ...] = (texts_spell_names_right,)
