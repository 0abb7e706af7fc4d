"""What a rule is, and the file that rules look at: bytes and a name, whoever made them."""

from __future__ import annotations

import functools
import inspect
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from docgen.edgar import html_tokens
from docgen.problems import Severity

if TYPE_CHECKING:
    from docgen.edgar.pdf_contents import Contents

BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class File:
    """A file to be filed: its name as people see it, its bytes, and the names of the files that go with it.

    `draft` says that it is a draft's, which is not to be filed yet.
    """

    name: str
    data: bytes
    others: frozenset[str] = frozenset()
    draft: bool = False

    @cached_property
    def base(self) -> str:
        """The name without its folders."""
        return PurePath(self.name).name

    @cached_property
    def kind(self) -> str:
        """`txt`, `htm` or `pdf`, whatever the case; `html` is read as `htm`."""
        stem, _, suffix = self.base.lower().rpartition(".")
        return "htm" if stem and suffix == "html" else suffix if stem else ""

    @cached_property
    def text(self) -> str:
        """The bytes as text: as UTF-8, or else as Windows writes it; never an error. No byte-order mark."""
        data = self.data.removeprefix(BOM)
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            return data.decode("cp1252", "replace")

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text without their ends."""
        return [line.removesuffix("\r") for line in self.text.split("\n")]

    @cached_property
    def marked(self) -> list[tuple[int, str]]:
        """The lines that have a `<`, with their numbers; a tag can stand on no other."""
        return [(number, line) for number, line in enumerate(self.lines, start=1) if "<" in line]

    @cached_property
    def tokens(self) -> list[html_tokens.Token]:
        """The text as tags, entities and words, in order."""
        return self._read[0]

    @cached_property
    def distinct(self) -> frozenset[html_tokens.Token]:
        """The tags, entities and all else but words, each once."""
        return _canonical(frozenset(token for token in self._read[1] if token.kind != "text"))

    @cached_property
    def _read(self) -> tuple[list[html_tokens.Token], list[html_tokens.Token]]:
        return html_tokens.tokens(self.text)

    @cached_property
    def nesting(self) -> html_tokens.Nesting:
        """How the tokens stand in one another."""
        return html_tokens.nesting(self.tokens)

    @cached_property
    def pdf(self) -> Contents:
        """What the bytes hold, read as a PDF."""
        from docgen.edgar import pdf_contents  # pikepdf and pdfium take a moment to load

        return pdf_contents.read(self.data)

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(end.end() for end in re.finditer("\n", self.text))]

    @cached_property
    def _offsets(self) -> list[int]:
        return list(accumulate((len(token.text) for token in self.tokens), initial=0))

    def offset(self, number: int) -> int:
        """Where in the text a token begins."""
        return self._offsets[number]

    def place(self, offset: int) -> tuple[int, int]:
        """The line and the column of a character of the text, both counted from 1."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


@functools.lru_cache(maxsize=256)
def _canonical(distinct: frozenset[html_tokens.Token]) -> frozenset[html_tokens.Token]:
    """The first of the sets that are equal, so that whoever remembers by it knows it without comparing its tags."""
    return distinct


@dataclass(frozen=True)
class Found:
    """What a rule found: the words, where (0: no line, no column), and what to do about it.

    `severity` is set where it is not the rule's own; `file` where the rule looks at several.
    """

    words: str
    remedy: str
    line: int = 0
    column: int = 0
    severity: Severity | None = None
    file: str = ""


Check = Callable[[Any], Iterable[Found]]
Judge = Callable[[html_tokens.Token], Iterable[Found]]
Faults = Mapping[html_tokens.Token, Sequence[Found]]


@dataclass(frozen=True)
class Rule:
    """A rule: its number and source, what it is held against, how bad a breach is, and the function that looks.

    `kinds` are `txt`, `htm`, `pdf`, or `package` for what only several files together can show.
    `said` is what the rule asks, and why, in the function's own docstring. A rule without a function says
    in `because` why a program cannot look.
    """

    number: str
    source: str
    said: str
    kinds: tuple[str, ...] = ()
    severity: Severity = "error"
    check: Check | None = None
    because: str = ""

    @property
    def asks(self) -> str:
        """The rule in one sentence."""
        return self.said.split("\n\n")[0]

    @property
    def why(self) -> str:
        """What follows from the rule, and how it is read here."""
        return self.said.removeprefix(self.asks).strip()


def rule(number: str, source: str, *kinds: str, severity: Severity = "error") -> Callable[[Check], Rule]:
    """Makes a rule of the function below it; the function's docstring is what the rule says."""

    def made(check: Check) -> Rule:
        return Rule(number, source, inspect.getdoc(check) or "", kinds, severity, check)

    return made


def tag_rule(number: str, source: str, severity: Severity = "error") -> Callable[[Judge], Rule]:
    """Makes a rule for .htm of the function below it, which judges a tag, or another mark, by itself."""

    def made(judge: Judge) -> Rule:
        faults = remembered(judge)

        def check(file: File) -> Iterator[Found]:
            return at_each(file, faults(file.distinct))

        return Rule(number, source, inspect.getdoc(judge) or "", ("htm",), severity, check)

    return made


def judged(judge: Judge, distinct: Iterable[html_tokens.Token]) -> Faults:
    """What a judge finds in tags, by tag; those without a fault are left out."""
    return {token: found for token in distinct if (found := tuple(judge(token)))}


def remembered(judge: Judge) -> Callable[[frozenset[html_tokens.Token]], Faults]:
    """The same as a function of the tags, which remembers: most files have the tags of one before."""

    @functools.lru_cache(maxsize=256)
    def faults(distinct: frozenset[html_tokens.Token]) -> Faults:
        return judged(judge, distinct)

    return faults


def at_each(file: File, faults: Faults) -> Iterator[Found]:
    """What is wrong with the tags of a file, at each place where they stand, from top to bottom."""
    for number, token in enumerate(file.tokens if faults else ()):
        for one in faults.get(token, ()):
            yield found_in(file, number, one.words, one.remedy, one.severity)


def unchecked(number: str, source: str, said: str, because: str) -> Rule:
    """A rule that no program can hold a file against, with the reason."""
    return Rule(number, source, said, because=because)


def found_in(file: File, number: int, words: str, remedy: str, severity: Severity | None = None) -> Found:
    """What was found in a token of the file, by the token's number."""
    return found_at(file, file.offset(number), words, remedy, severity)


def found_at(file: File, offset: int, words: str, remedy: str, severity: Severity | None = None) -> Found:
    """What was found at a character of the file's text."""
    line, column = file.place(offset)
    return Found(words, remedy, line, column, severity)
