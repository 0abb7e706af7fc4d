"""The words of a recital that rows and reasons give: names as a sentence lists them, and what a change is called."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from docgen.model import english
from docgen.model.schedule import Value
from docgen.model.values import BLANK, Holds

# What a removal is called that has one of these words for its reason
NOUNS = {
    "liquidat": "liquidation",
    "merge": "merger",
    "reorgani": "reorganization",
    "terminat": "termination",
    "dissol": "dissolution",
    "eliminat": "elimination",
    "clos": "closing",
    "deregist": "deregistration",
    "withdr": "withdrawal",
}
AMOUNTS: tuple[Holds, ...] = ("rate", "money", "breakpoints", "date")
NONE = re.compile(r"none|n/?a|nil|no fee|not applicable|[-–—]*", re.IGNORECASE)
SINGLE = re.compile(r"(?:(?:its|the) )?([a-z]+)", re.IGNORECASE)
MERGED = re.compile(r"(?:merge[drs]?|merger|its merger) (?:with and )?into (.+?)\.?", re.IGNORECASE)


@dataclass(frozen=True)
class RowName:
    """What a sentence calls a row: `owner` is the fund that a class is of, `head` the group where one name has several.

    `tail` is what a changed name ends in: to its new name, into the fund that goes on.
    """

    text: str
    owner: str = ""
    head: str = ""
    tail: str = ""

    def __str__(self) -> str:
        of = f" of {self.owner}" if self.owner else ""
        return f"{self.text}{of}{f' under {self.head}' if self.head else ''}{self.tail}"


def texts(names: Sequence[RowName]) -> list[str]:
    """The names for a list; classes of one fund together, and funds that have the same classes: Class C of A and B."""
    if not all(name.owner and not name.tail and not name.head for name in names):
        return [str(name) for name in names]
    classes: dict[str, list[str]] = {}
    for name in names:
        classes.setdefault(name.owner, []).append(name.text)
    owners: dict[tuple[str, ...], list[str]] = {}
    for owner, mine in classes.items():
        owners.setdefault(tuple(mine), []).append(owner)
    return [f"{english.listed(mine)} of {_each(funds)}" for mine, funds in owners.items()]


def _each(funds: Sequence[str]) -> str:
    return f"each of {english.listed(funds)}" if len(funds) > 1 else funds[0]


def noun_of(reason: str) -> str:
    """What a removal for this reason is called: `liquidated` makes it the liquidation; empty for a longer reason."""
    match = SINGLE.fullmatch(reason)
    return next((noun for stem, noun in NOUNS.items() if match and match[1].casefold().startswith(stem)), "")


def survivor(reason: str) -> str:
    """The fund that goes on, where a reason says that another merged into it; else empty."""
    match = MERGED.fullmatch(reason)
    return match[1] if match else ""


def direction(old: Value, new: Value, holds: Holds) -> str:
    """What the change of a value is called: a reduction or an increase of a rate, a change of anything else; where
    there was none before, or is none after, an addition or an elimination."""
    if holds in AMOUNTS and _is_none(old) != _is_none(new):
        return "addition" if _is_none(old) else "elimination"
    if old.rate is None or new.rate is None or old.rate == new.rate:
        return "change"
    return "reduction" if new.rate < old.rate else "increase"


def _is_none(value: Value) -> bool:
    """Whether a value is a word that there is none: None, N/A, a dash, or no word at all."""
    return value.typed is not BLANK and all(NONE.fullmatch(text) for text in value.typed)
