"""How anything wrong is said: where it stands, what was found, what to do about it."""

from __future__ import annotations

import functools
import json
import os
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

Severity = Literal["error", "warning", "note"]  # a note says what is so, and asks for nothing
Bearer = TypeVar("Bearer")  # what a name is one of
KeyStep = str | int
NEAR = 0.6  # of two names, from which one may be meant for the other
LIGATURES = re.compile("[\ufb00-\ufb06]")
SIGNS = str.maketrans(
    {**dict.fromkeys("‘’‚‛′", "'"), **dict.fromkeys("“”„‟″", '"'), **dict.fromkeys("‐‑‒–—―−", "-")}
)  # of one kind, by the one that a keyboard has


@dataclass(frozen=True, order=True)
class Where:
    """A place in a file: its path from the workspace, and a line counted from 1 (0: no line)."""

    file: str = ""
    line: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True)
class Problem:
    """One thing wrong.

    `key` is the YAML key as a person would point at it (`changes[2].rename`), `found` is a sentence
    that quotes the value, `remedy` says what to type instead, `check` names the rule that spoke
    (empty for a thing that simply cannot be read), `about` has the rows that `found` ends with, for that rule.
    Of two papers that differ, `fact` is in what, whichever of them is spoken of, and `places` is where each has it.
    What only follows from the problem of another fact has that one in `follows`.
    """

    where: Where
    found: str
    remedy: str = ""
    key: str = ""
    severity: Severity = "error"
    check: str = ""
    about: tuple[str, ...] = ()
    fact: tuple[str, ...] = ()
    places: tuple[Where, ...] = ()
    follows: tuple[str, ...] = ()

    def __str__(self) -> str:
        parts = [str(self.where), self.severity if self.severity != "error" else "", self.key, self.found]
        text = ": ".join(part for part in parts if part)
        return f"{text}\n    {self.remedy}" if self.remedy else text


class DocgenError(Exception):
    """Something a person has to put right; carries every problem that was found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = in_order(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class DataProblem(DocgenError):
    """The YAML says something that cannot be."""


class TemplateProblem(DocgenError):
    """A template cannot be read or filled in."""


class WriterProblem(DocgenError):
    """A finished file cannot be made, or does not say what the document says; `about` is the text at fault."""

    def __init__(self, problems: Iterable[Problem], about: str = "") -> None:
        super().__init__(problems)
        self.about = about


class TooWide(WriterProblem):
    """A format has no room for what the document says, however it is set; other formats have."""


class UsageProblem(DocgenError):
    """The command line asks for something that is not there."""


def exit_code(error: DocgenError) -> int:
    """1 for problems in what people wrote, 2 for a wrong use of the command."""
    return 2 if isinstance(error, UsageProblem) else 1


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems sorted by place, errors and warnings together, each said once."""
    unique = dict.fromkeys(problems)
    return tuple(sorted(unique, key=lambda p: (p.where, p.key, p.found)))


def gathered(problems: Iterable[Problem], folder: str) -> list[Problem]:
    """What is wrong with many files of a folder in the same words, as one problem at the first of them."""
    alike: dict[Problem, list[Problem]] = {}
    for problem in problems:
        everywhere = replace(problem, where=Where()) if problem.where.file.startswith(f"{folder}/") else problem
        alike.setdefault(everywhere, []).append(problem)
    return [
        replace(first, found=f"{first.found}; and in {count(len(others), 'more file')}") if others else first
        for first, *others in alike.values()
    ]


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Only the problems that stop a build."""
    return [problem for problem in problems if problem.severity == "error"]


def but_notes(problems: Iterable[Problem]) -> list[Problem]:
    """What `--strict` counts: errors and warnings."""
    return [problem for problem in problems if problem.severity != "note"]


def relative_to(problems: Iterable[Problem], workspace: str, folder: str) -> list[Problem]:
    """The same problems with their files as a person in `folder` would open them."""
    prefix = os.path.relpath(workspace, folder)
    if prefix == ".":
        return list(problems)
    return [
        replace(p, where=Where(os.path.join(prefix, p.where.file), p.where.line)) if _is_file(p.where) else p
        for p in problems
    ]


def _is_file(where: Where) -> bool:
    """Whether a place is in a file, and not an option of the command such as `--format`."""
    return bool(where.file) and not where.file.startswith("--")


def key_path(steps: Sequence[KeyStep]) -> str:
    """`("changes", 2, "rename")` as `changes[2].rename`."""
    text = ""
    for step in steps:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def likeness(first: str, second: str) -> float:
    """How much two names are alike, from 0 to 1, capitals apart; from NEAR on one may be meant for the other."""
    import difflib

    return difflib.SequenceMatcher(None, first.casefold(), second.casefold()).ratio()


def nearest(word: str, options: Iterable[str]) -> str:
    """The known word that is most like this one; empty when none is near."""
    import difflib

    folded = {name.casefold(): name for name in reversed([*options])}
    close = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=NEAR)
    return folded[close[0]] if close else ""


def fold_signs(text: str) -> str:
    """A text by what it looks like: straight quotation marks, one kind of dash and of space, letters in one piece.

    Two texts that print alike are one by this, whatever signs they were typed with; capitals count.
    """
    if text.isascii():
        return " ".join(text.split())
    letters = LIGATURES.sub(lambda match: unicodedata.normalize("NFKC", match[0]), unicodedata.normalize("NFC", text))
    return " ".join(letters.translate(SIGNS).split())


def print_alike(first: str, second: str) -> bool:
    """Whether two texts are one by what they look like; capitals count."""
    return first == second or (not (first.isascii() and second.isascii()) and fold_signs(first) == fold_signs(second))


def all_alike(names: Iterable[tuple[Bearer, str]], name: str) -> set[Bearer]:
    """What bears a name that prints like this one; each of the names is given with what bears it."""
    if not name.isascii():
        return {bearer for bearer, text in names if print_alike(text, name)}
    return {bearer for bearer, text in names if text == name or (not text.isascii() and print_alike(text, name))}


def in_any_signs(text: str) -> str:
    """A pattern of a text by whatever signs it is typed: straight or curly quotation marks, any dash."""
    alike = {plain: "".join(chr(sign) for sign, twin in SIGNS.items() if twin == plain) for plain in "'\"-"}
    letters = text.translate(SIGNS)
    return "".join(f"[{alike[sign]}{re.escape(sign)}]" if sign in alike else re.escape(sign) for sign in letters)


@functools.lru_cache(maxsize=1 << 16)  # the rules ask of each name over and over
def name_key(name: str) -> str:
    """A name by what it looks like, capitals apart: two names with one key are one."""
    return fold_signs(name).casefold()


def names_fact(first: str, second: str) -> tuple[str, ...]:
    """That one of two names may be meant for the other, whichever is which."""
    return tuple(sorted((name_key(first), name_key(second))))


def nearest_fact(name: str, others: Iterable[str]) -> tuple[str, ...]:
    """The fact of which it may only follow that nothing has a name: that the nearest of others is meant for it."""
    return names_fact(name, nearest(name, others))


def letters_key(text: str) -> str:
    """A text by its letters and signs alone, without blanks and line ends, capitals apart."""
    return "".join(text.split()).casefold()


def _signs_apart(word: str, near: str) -> str:
    """The signs in which two texts differ that look alike; empty when they do not look alike."""
    if word == near or name_key(word) != name_key(near):
        return ""
    signs = sorted(sign for sign in set(word) ^ set(near) if not sign.isascii())
    return ", ".join(f"{sign.strip() or 'a space'} (U+{ord(sign):04X})" for sign in signs)


def did_you_mean(word: str, options: Iterable[str]) -> str:
    """A remedy: the known word most like this one, else all of them, else nothing."""
    options = list(dict.fromkeys(options))
    if near := nearest(word, options):
        signs = _signs_apart(word, near)
        return f'did you mean "{near}"?' + (f" Copy it: the two differ in {signs}" if signs else "")
    if 0 < len(options) <= 15:
        return "known here: " + ", ".join(options)
    return ""


def count(number: int, noun: str) -> str:
    """`1 problem`, `2 problems`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def as_data(problem: Problem) -> dict[str, str | int | None]:
    """A problem in the one documented shape: {file, line, key, severity, check, found, remedy}."""
    return {
        "file": problem.where.file,
        "line": problem.where.line or None,
        "key": problem.key or None,
        "severity": problem.severity,
        "check": problem.check or None,
        "found": problem.found,
        "remedy": problem.remedy or None,
    }


def as_json(problems: Iterable[Problem]) -> str:
    """A list of them."""
    return json.dumps({"problems": [as_data(problem) for problem in problems]}, ensure_ascii=False, indent=2)
