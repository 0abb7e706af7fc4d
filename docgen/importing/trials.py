"""Finds the settings of the wording by drafting: each is tried, and kept where it leaves fewer words over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
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
USUAL = {key: values[0] for key, values in OPTIONS} | {"effective": "effective"}


@dataclass(frozen=True)
class Trial:
    """Data, the paper that it gives, the tree of its exhibit, and how far its words are from those that were filed."""

    data: Imported
    paper: Paper
    tree: Document
    surplus: int


def settle(data: Imported, filed: Sequence[str], folders: tuple[Path, ...], kinds: Sequence[str] = ()) -> Trial:
    """The data with the settings that leave the fewest of the filed words over; DocgenError where it gives no paper.

    `kinds` are those of agreements that it may be. All are tried on the first and the last rows, since what the others
    say is the same under every setting.
    """
    complete = _without_usual(data)
    best = _trial(Imported(complete.plan, _fewer_rows(complete.amendment)), filed, folders)
    tried = {str(best.data.plan)}
    for kind in kinds:
        best = _better(best, Imported({**best.data.plan, "kind": kind}, best.data.amendment), filed, folders, tried)
    for _ in range(3):
        before = best.surplus
        for number in range(len(data.plan["schedules"])):
            best = _better(best, _without_preamble(best.data, number), filed, folders, tried)
        for key, values in OPTIONS:
            for value in dict.fromkeys((*values, data.plan["form"].get(key, USUAL[key]))):
                if best.surplus and value != best.data.plan["form"].get(key, USUAL[key]):
                    best = _better(best, _with_setting(best.data, key, value), filed, folders, tried)
        if best.surplus in (0, before):
            break
    return _trial(Imported(best.data.plan, complete.amendment), filed, folders)


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


def _trial(data: Imported, filed: Sequence[str], folders: tuple[Path, ...]) -> Trial:
    paper = draft.paper(data.plan, data.amendment, folders)
    tree = draft.tree(paper)
    return Trial(data, paper, tree, distance(filed, draft.words(tree)))


def _better(best: Trial, changed: Imported, filed: Sequence[str], folders: tuple[Path, ...], tried: set[str]) -> Trial:
    """The better of two; what was tried before has lost to this one, or to one that did."""
    if str(changed.plan) in tried:
        return best
    tried.add(str(changed.plan))
    try:
        trial = _trial(changed, filed, folders)
    except DocgenError:
        return best
    shorter = trial.surplus == best.surplus and len(str(changed.plan)) < len(str(best.data.plan))
    return trial if trial.surplus < best.surplus or shorter else best


def distance(filed: Sequence[str], drafted: Sequence[str]) -> int:
    """How many pairs of words that stand side by side are in one and not in the other."""
    former, two = Counter(pairwise(["", *filed, ""])), Counter(pairwise(["", *drafted, ""]))
    return (former - two).total() + (two - former).total()


def _with_setting(data: Imported, key: str, value: str) -> Imported:
    changed = _copy(data)
    changed.plan["form"].pop(key, None)
    if value and value != USUAL[key]:
        changed.plan["form"][key] = value
    return changed


def _without_preamble(data: Imported, number: int) -> Imported:
    """The data without the words before a schedule's rows, which the wording may have itself."""
    changed = _copy(data)
    changed.plan["schedules"][number].pop("preamble", None)
    return changed


def _copy(data: Imported) -> Imported:
    plan: Data = {**data.plan, "form": dict(data.plan["form"]), "schedules": deepcopy(data.plan["schedules"])}
    return Imported(plan, data.amendment)


def _without_usual(data: Imported) -> Imported:
    form = {key: value for key, value in data.plan["form"].items() if value != USUAL.get(key)}
    return Imported({**data.plan, "form": form}, data.amendment)
