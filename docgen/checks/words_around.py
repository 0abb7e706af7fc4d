"""Words and marks around texts by hand: those that the wording sets itself, ends of sentences, parentheses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.checks import prose
from docgen.checks.plan_rule import PlanRule
from docgen.checks.prose import ProseText
from docgen.consolidation.plan_folder import PlanFolder
from docgen.model.values import NOTHING
from docgen.model.yaml_reader import Source
from docgen.problems import Problem

THEREFORE = re.compile(r"\bNOW,? THEREFORE\b", re.IGNORECASE)
REFLECT = re.compile(r"\bamend the \w+ to reflect\b", re.IGNORECASE)
NUMBERED = re.compile(r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s")
NO_END = re.compile(r"[,;]$")


def wording_says_it_once(plan: PlanFolder) -> Iterator[Problem]:
    """A text by hand has none of the words that the wording puts around it: NOW, THEREFORE, the number of a clause."""
    for amendment in plan.amendments:
        form = amendment.form
        derived = form.recital != NOTHING and amendment.applied and not amendment.facts.recital
        for text in prose.texts_of_paper(amendment):
            if text.path[0] in prose.RECITALS and form.therefore != NOTHING and (match := THEREFORE.search(text.text)):
                yield text.warning(f'says "{match[0]}", as the wording does by itself', "take it out, or accept it")
            elif text.path[0] == "whereas" and derived and (match := REFLECT.search(text.text)):
                fault = f'says "{match[0]}", as the recital does that comes of the changes'
                yield text.warning(fault, "take it out, or write it as recital:; or accept it")
            elif text.path[0] == "clauses" and (match := NUMBERED.match(text.text)):
                fault = f'begins with "{match[0].strip()}", and the wording numbers the clauses'
                yield text.warning(fault, "take it out, or accept it")


def texts_end_as_sentences(plan: PlanFolder) -> Iterator[Problem]:
    """A clause, a preamble and a note end with no comma or semicolon; a recital's last mark is the wording's."""
    for text in _texts(plan):
        is_sentence = text.path[0] == "clauses" or text.path[-1] in prose.AROUND_ROWS
        if is_sentence and (match := NO_END.search(text.text)):
            yield text.warning(f'ends with "{match[0]}"', "end it with a full stop, or accept it")


def parentheses_close(plan: PlanFolder) -> Iterator[Problem]:
    """Every parenthesis that opens in a text by hand, or in the line at the top of an exhibit, closes in it."""
    for text in _texts(plan):
        if text.text.count("(") > text.text.count(")"):
            yield text.warning(f'a parenthesis does not close in "{text.text[:60]}"', "close it, or take it out")


def _texts(plan: PlanFolder) -> Iterator[ProseText]:
    """The texts of plan.yaml and of the amendments, and the lines at the top of exhibits."""
    yield from prose.texts_of(plan.source)
    for amendment in plan.amendments:
        yield from prose.texts_of_paper(amendment)
        yield from _captions(amendment.source)


def _captions(source: Source) -> Iterator[ProseText]:
    for path, text in source.texts():
        if path[0] in ("exhibit", "exhibits"):
            yield ProseText(text, source, path)


CHECKS: tuple[PlanRule, ...] = (wording_says_it_once, texts_end_as_sentences, parentheses_close)
