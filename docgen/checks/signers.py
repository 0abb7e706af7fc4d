"""Rules about who signs: each person is spelled alike in all blocks of all plans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from docgen.checks.across_plans import Everything, WorkspaceRule
from docgen.checks.name_index import Words, edits, words_of
from docgen.checks.new_names import NewName
from docgen.model.settings import Signature
from docgen.model.validation import place
from docgen.model.yaml_reader import Source
from docgen.problems import Problem

PERSON = "person"  # what a name is of, beside those of new_names
LONG = 5  # letters of a word in which two may differ; in a shorter one it is one


def persons_are_spelled_alike(all_of: Everything) -> Iterator[Problem]:
    """Who signs or attests has one name in all blocks: no letter or two of a word differ, and no initial is left out;
    of two spellings the rarer is the slip, else the later."""
    persons = list(_persons(all_of))
    usage = Counter(person.key for person in persons)
    by_rest: dict[Words, dict[str, NewName]] = {}
    names: set[str] = set()
    for person in sorted(persons, key=lambda person: -usage[person.key]):
        if person.key not in names:
            names.add(person.key)
            rests = _rests(words_of(person.key))
            others = [other for rest in rests for other in by_rest.get(rest, {}).values()]
            if twin := next((other for other in others if _is_slip(words_of(person.key), words_of(other.key))), None):
                fault = f'"{person.name}" is nearly "{twin.name}", who signs {twin.paper}'
                yield person.warning(fault, f'did you mean "{twin.name}"? Else accept it')
            for rest in rests:
                by_rest.setdefault(rest, {})[person.key] = person


def _rests(words: Words) -> list[Words]:
    """A name, and what is left of it without each of its words."""
    return [words, *((*words[:n], *words[n + 1 :]) for n in range(len(words)))]


def _is_slip(first: Words, second: Words) -> bool:
    """Whether two names differ by an initial, by a letter or two of one word, or by a mark only."""
    if len(first) != len(second):
        longer = max(first, second, key=len)
        return any(len(word) == 1 for word in longer) and _without_initials(first) == _without_initials(second)
    pairs = [(one, two) for one, two in zip(first, second, strict=True) if one != two]
    return len(pairs) < 2 and all(edits(*pair) <= (2 if min(map(len, pair)) >= LONG else 1) for pair in pairs)


def _without_initials(words: Words) -> Words:
    return tuple(word for word in words if len(word) > 1)


def _persons(all_of: Everything) -> Iterator[NewName]:
    """Who signs and who attests, in each block of plan.yaml and of the amendments."""
    for plan in [*all_of.plans, *all_of.partial]:
        yield from _of_file(plan.source, plan.facts.signatures, plan.id)
        for amendment in plan.amendments:
            yield from _of_file(amendment.source, amendment.facts.signatures or (), f"{plan.id}/{amendment.id}")


def _of_file(source: Source, blocks: Sequence[Signature], paper: str) -> Iterator[NewName]:
    for number, block in enumerate(blocks):
        for key, signer in (("by", block.by), ("attest", block.attest)):
            if signer and signer.name:
                path = place(source, ("signatures", number, key, "name"))
                yield NewName(signer.name, PERSON, paper, source.problem(path, ""))


ACROSS_PLANS: tuple[WorkspaceRule, ...] = (persons_are_spelled_alike,)
