"""Finds the settings of the wording by drafting: each is tried, and kept where it leaves fewer words over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from docgen.document.tree import Document
from docgen.importing import draft
from docgen.importing.draft import Data
from docgen.importing.facts import Imported
from docgen.problems import DocgenError
from docgen.workspace.select import Paper

# Each setting with the values that are tried; the first is the usual one and is not written down
OPTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("frame", ("plain", "contract")),
    ("schedule", ("following", "attached")),
    ("operative", ("replaced", "restated", "none")),
    ("quotes", ("", "false", "true")),
    ("in_its_entirety", ("", "replaced", "deleted")),
    ("terms", ("herein", "hereby", "none")),
    ("therefore", ("agree", "clause", "none")),
    ("capitals", ("true", "false")),
    ("items", ("plain", "numbered")),
    ("number", ("digits", "brackets", "words")),
    ("class_in_opening", ("true", "false")),
    ("the_in_title", ("true", "false")),
    ("the_in_attachment", ("true", "false")),
    ("registrant_after_rule", ("false", "true")),
    ("parentheses", ("true", "false")),
    ("as_of", ("false", "true")),
    ("link", ("to the", "to", "none", "of the", "of")),
    ("signatures", ("", "before", "after")),
)
FRAMES = ("frame", "schedule", "operative")  # with which come sentences that others change
MOST_ROUNDS = 3
USUAL = {key: values[0] for key, values in OPTIONS} | {"effective": "effective"}
WordPairs = Counter[tuple[str, str]]


@dataclass(frozen=True)
class Trial:
    """Data, the paper that it gives, the tree and the words of its exhibit, and how far they are from those filed."""

    data: Imported
    paper: Paper
    tree: Document
    words: list[str]
    surplus: int


def settle(data: Imported, filed: Sequence[str], folders: tuple[Path, ...], kinds: Sequence[str] = ()) -> Trial:
    """The data with the settings that leave the fewest of the filed words over; DocgenError where it gives no paper.

    `kinds` are those of agreements that it may be. All are tried on the first and the last rows, since what the others
    say is the same under every setting; none is tried where the usual ones leave no word over.
    """
    complete, pairs = _without_usual(data), pairs_of(filed)
    of_all = _Search(_trial(complete, pairs, folders), pairs, folders)
    if not of_all.best.surplus:
        of_all.shorten()
        return of_all.best
    whole = of_all.best
    search = _Search(_trial(Imported(complete.plan, _fewer_rows(complete.amendment)), pairs, folders), pairs, folders)
    for kind in kinds:
        search.take({**search.best.data.plan, "kind": kind})
    for _ in range(MOST_ROUNDS):
        before = search.best
        search.go_round()
        if search.best is before:
            break
        trial = _trial(Imported(search.best.data.plan, complete.amendment), pairs, folders)
        whole = min(trial, whole, key=lambda candidate: candidate.surplus)
        if not whole.surplus:
            break
    return whole


@dataclass
class _Search:
    """The best trial so far, the plans that lost, and the settings that changed no word: not tried in a later round."""

    best: Trial
    filed: WordPairs
    folders: tuple[Path, ...]
    tried: set[str] = field(default_factory=set)
    silent: set[str] = field(default_factory=set)

    def go_round(self) -> None:
        """Tries every value of every setting once, each beside what is best by then."""
        self.shorten()
        for key, values in OPTIONS:
            if key not in self.silent:
                self._try_setting(key, values)

    def shorten(self) -> None:
        """Leaves out what a schedule has before its rows, where the wording says it anyway."""
        for number in range(len(self.best.data.plan["schedules"])):
            self.take(_without_preamble(self.best.data.plan, number))

    def _try_setting(self, key: str, values: Sequence[str]) -> None:
        before, usual = self.best, USUAL[key]
        current = before.data.plan["form"].get(key, usual)
        others = [value for value in dict.fromkeys((*values, current)) if value != current]
        changes = [self.take(_with_setting(self.best.data.plan, key, value)) for value in others]
        if True not in changes:
            self.silent.add(key)
        elif key in FRAMES and self.best is not before:
            self.silent.clear()

    def take(self, plan: Data) -> bool:
        """Tries a plan, and keeps it where it is better; whether it changes any word."""
        if str(plan) in self.tried:
            return True
        self.tried.add(str(plan))
        try:
            trial = _trial(Imported(plan, self.best.data.amendment), self.filed, self.folders)
        except DocgenError:
            return True
        changes = trial.words != self.best.words
        shorter = trial.surplus == self.best.surplus and len(str(plan)) < len(str(self.best.data.plan))
        if trial.surplus < self.best.surplus or shorter:
            self.best = trial
        return changes


def _fewer_rows(amendment: Data) -> Data:
    """The amendment with the first and the last of the groups and rows of each schedule."""
    if "restate" not in amendment:
        return amendment
    return {**amendment, "restate": [_ends_of_each(restate) for restate in amendment["restate"]]}


def _ends_of_each(restate: Data) -> Data:
    fewer = {**restate}
    if "groups" in restate:
        fewer["groups"] = [{**group, "rows": _ends(group["rows"])} for group in _ends(restate["groups"])]
    if "rows" in restate:
        fewer["rows"] = _ends(restate["rows"])
    return fewer


def _ends(entries: list[Data]) -> list[Data]:
    return entries if len(entries) < 3 else [entries[0], entries[-1]]


def _trial(data: Imported, filed: WordPairs, folders: tuple[Path, ...]) -> Trial:
    paper = draft.paper(data.plan, data.amendment, folders)
    tree = draft.tree(paper)
    words = draft.words(tree)
    return Trial(data, paper, tree, words, distance(filed, words))


def pairs_of(listed: Sequence[str]) -> WordPairs:
    """The pairs of words that stand side by side."""
    return Counter(pairwise(["", *listed, ""]))


def distance(filed: WordPairs, drafted: Sequence[str]) -> int:
    """How many pairs of words that stand side by side are in one and not in the other."""
    others = pairs_of(drafted)
    return (filed - others).total() + (others - filed).total()


def _with_setting(plan: Data, key: str, value: str) -> Data:
    form = {name: setting for name, setting in plan["form"].items() if name != key}
    return {**plan, "form": {**form, key: value} if value and value != USUAL[key] else form}


def _without_preamble(plan: Data, number: int) -> Data:
    """The plan without the words before a schedule's rows, which the wording may have itself."""
    schedules = list(plan["schedules"])
    schedules[number] = {key: value for key, value in schedules[number].items() if key != "preamble"}
    return {**plan, "schedules": schedules}


def _without_usual(data: Imported) -> Imported:
    form = {key: value for key, value in data.plan["form"].items() if value != USUAL.get(key)}
    return Imported({**data.plan, "form": form}, data.amendment)
