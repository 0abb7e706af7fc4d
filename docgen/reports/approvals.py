"""The votes that changes of a plan need, as Rule 12b-1 has them (17 CFR 270.12b-1(b)); for counsel to confirm."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docgen.model.english import listed
from docgen.model.plan import Plan
from docgen.reports.comparison import Item

BOARD = "Board and independent directors"
HOLDERS = f"{BOARD}; holders"
MOST_NAMES = 4


def of(item: Item, plan: Plan) -> str:
    """The votes that one change needs, in a few words; empty for a plan under another rule, or none."""
    if not plan.is_under_12b_1:
        return ""
    if item.rises:
        return HOLDERS
    if item.kind == "added":
        return f"{BOARD}; holders, if offered before"
    return BOARD


def sentences(items: Sequence[Item], plan: Plan) -> Iterator[str]:
    """What has to be voted on, by whom, and for which funds."""
    if not plan.is_under_12b_1:
        yield "The plan names no Rule 12b-1. Counsel should say which approvals these changes need."
        return
    yield (
        "All material changes: a majority of the Board, and of the directors who are not interested persons and have "
        "no financial interest in the plan, in person at a meeting called to vote on it: Rule 12b-1(b)(2)."
    )
    if up := [item.name for item in items if item.rises]:
        yield f"Fees that rise: also a majority of the holders of the class of {_some(up)}: Rule 12b-1(b)(4)."
    if new := [item.name for item in items if item.kind == "added"]:
        yield (
            f"New under the plan: also the holders of the class of {_some(new)}, "
            "where its shares were offered to the public before: Rule 12b-1(b)(1)."
        )
    yield "A changed name or place alone may not be material. Counsel should confirm each of these."


def _some(names: Sequence[str]) -> str:
    """The names, or the first few and how many more."""
    if len(names) <= MOST_NAMES:
        return listed(names)
    return f"{', '.join(names[:MOST_NAMES])} and {len(names) - MOST_NAMES} more"
