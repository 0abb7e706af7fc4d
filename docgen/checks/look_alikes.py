"""Rules about letters and digits that look alike in many fonts: a small l for a capital I, an O for a nought."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from docgen.checks import new_names
from docgen.checks.across_plans import Everything, WorkspaceRule
from docgen.checks.new_names import NamesByPaper, NamesRule
from docgen.consolidation.plan_folder import PlanFolder
from docgen.model.validation import place
from docgen.model.yaml_reader import KeyPath, Source
from docgen.problems import Problem, fold_signs, names_fact

# What stands for what: in a class, in a roman numeral, among capitals, among small letters, in a number
STRAY = (
    (re.compile(r"\b(?:Class|Series) (?:[A-Z])?(l)\b"), "I"),
    (re.compile(r"\b(?:Class|Series) (?:[A-Z])?(o|0)(?![\w.])"), "O"),
    (re.compile(r"\b(?=[IVXl]{2})[IVX]*(l)[IVXl]*\b"), "I"),
    (re.compile(r"(?:[A-Z]|\b)(l)[A-Z]"), "I"),
    (re.compile(r"(?<!\bMc)(?<!\bMac)(?<=[a-z])(I)(?=[a-z])"), "l"),
    (re.compile(r"(?<=[0-9])(O)(?=[0-9]|\b)|\b(O)(?=[0-9])"), "0"),
    (re.compile(r"(?<=[0-9])(l)(?=[0-9]|\b)|\b(l)(?=[0-9])"), "1"),
)
IN_WORDS = {"l": "a small L", "I": "a capital I", "O": "a capital O", "o": "a small O", "0": "a nought", "1": "a one"}
LOOKS = str.maketrans("l10", "IIO")
TEXTS = ("title", "feature", "subject", "label", "heading", "share_class")


def letters_are_what_they_look_like(plan: PlanFolder, names: NamesByPaper) -> Iterator[Problem]:
    """No class, name, title or heading has a letter or a digit in place of one that looks like it: Class l, AlM."""
    for new in new_names.every(names):
        if right := _right(new.name):
            problem = new.warning(*_words(new.name, right))
            yield replace(problem, fact=names_fact(new.name, right))
    for source in (plan.source, *(amendment.source for amendment in plan.amendments)):
        for path, text in source.texts():
            if _is_typed_once(path) and (right := _right(text)):
                yield source.warning(place(source, path), *_words(text, right))


def _is_typed_once(path: KeyPath) -> bool:
    """Whether a text is a class, a title or a heading; the names of rows and groups come from new_names."""
    keys = [step for step in path if isinstance(step, str)]
    return keys[-1] in TEXTS or "share_classes" in keys


def _right(text: str) -> str:
    """A text with the letter that the first stray one stands for; empty where it has none."""
    for pattern, right in STRAY:
        if match := pattern.search(text):
            start, end = next(match.span(n) for n in range(1, pattern.groups + 1) if match[n])
            return f"{text[:start]}{right}{text[end:]}"
    return ""


def _words(text: str, right: str) -> tuple[str, str]:
    """What is wrong with a text, and the remedy."""
    signs = next((sign, twin) for sign, twin in zip(text, right, strict=True) if sign != twin)
    fault = f'"{text}" has {IN_WORDS[signs[0]]} that looks like {IN_WORDS[signs[1]]}'
    return fault, f'did you mean "{right}"? Else accept it'


def classes_do_not_look_alike(all_of: Everything) -> Iterator[Problem]:
    """No two classes of all plans are told apart only by a letter and a digit that look alike: Class I and Class 1."""
    first: dict[str, tuple[str, str]] = {}
    for plan in [*all_of.plans, *all_of.partial]:
        sources: list[tuple[Source, KeyPath]] = [(plan.source, ("share_classes",))]
        sources += [(amendment.source, ("plan", "share_classes")) for amendment in plan.amendments]
        for source, key in sources:
            for path, text in source.texts():
                if path[: len(key)] == key:
                    name = (_right(text) or fold_signs(text)).removesuffix(" Shares")
                    earlier, by = first.setdefault(name.translate(LOOKS).casefold(), (name, plan.id))
                    if earlier.casefold() != name.casefold():
                        fault = f'"{name}" looks like "{earlier}", a class of {by}'
                        yield source.warning(place(source, path), fault, f'did you mean "{earlier}"? Else accept it')


OF_NAMES: tuple[NamesRule, ...] = (letters_are_what_they_look_like,)
ACROSS_PLANS: tuple[WorkspaceRule, ...] = (classes_do_not_look_alike,)
