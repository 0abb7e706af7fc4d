"""The votes that changes of a plan need, as Rule 12b-1 has them (17 CFR 270.12b-1(b)); for counsel to confirm."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from docgen.model.english import class_shares, listed
from docgen.model.plan import Plan
from docgen.model.settings import Approval
from docgen.problems import name_key
from docgen.reports.comparison import Item, Matter

MOST_NAMES = 4
BOARD_OF = re.compile(r"\bboards? of (\w+)", re.IGNORECASE)


def votes_of(matter: Matter) -> list[Approval]:
    """The votes that the amendments in between record, each once."""
    return list(dict.fromkeys(vote for a in matter.points.amendments for vote in a.facts.approvals))


def boards(votes: Sequence[Approval]) -> list[str]:
    """Whom the paper is for: each board that has voted, else the Board."""
    named = [vote.by[:1].upper() + vote.by[1:] for vote in votes if BOARD_OF.search(vote.by)]
    without_article = [name.removeprefix("The ") for name in named]
    return [f"The {name}" for name in dict.fromkeys(without_article)] or ["The Board"]


def outstanding(matter: Matter) -> list[str]:
    """The boards of the registrants for which something changes that no recorded vote names; none where a board votes
    that is said to be nobody's in particular, nor for a plan under another rule."""
    if not (matter.plan.is_under_12b_1 or matter.plan.is_under_18f_3):
        return []
    voted = [name_key(vote.by) for vote in votes_of(matter) if not vote.holders]
    companies = {name_key(name): name for name in _companies(matter)}
    if any(not any(company in by for company in companies) for by in voted):
        return []
    return [f"The Board of {name}" for key, name in companies.items() if not any(key in by for by in voted)]


def _companies(matter: Matter) -> Iterator[str]:
    """The registrants of the schedules for which something changes, by the names that they have then; of a fund that
    moves, the one that it leaves too."""
    for schedule in matter.schedules:
        both = [(pair.old.key, pair.new.key) for pair in schedule.pairs if pair.old and pair.new]
        renamed = {old.group: new.group for old, new in both if not old.row}
        for pair in schedule.pairs if schedule.new.has_registrants else ():
            names = [renamed.get(pair.old.key.group, pair.old.key.group)] if pair.old else []
            names += [pair.new.key.group] if pair.new else []
            yield from (name for name in names if pair.items and name)


def members(votes: Sequence[Approval]) -> str:
    """What the members of the boards are called: trustees or directors, or both, as the votes have it."""
    words = dict.fromkeys(word.lower() for vote in votes for word in BOARD_OF.findall(vote.by))
    return listed(list(words)) or "members"


def board(votes: Sequence[Approval]) -> str:
    """Who votes in a sentence: `the Board`, or `each Board` where several have."""
    several = sum(len(BOARD_OF.findall(by)) + ("boards of" in by.lower()) for by in {vote.by for vote in votes}) > 1
    return "each Board" if several else "the Board"


def of(item: Item, plan: Plan, members: str) -> str:
    """The votes that one change needs, in a few words; empty for a plan under another rule, or none."""
    if not plan.is_under_12b_1:
        return ""
    both = f"Board and independent {members}"
    if item.rises:
        return f"{both}; holders"
    if item.kind == "renamed" or item.level == "group":
        return f"{both}, if material"
    if item.kind == "added":
        return f"{both}; holders, if offered before"
    return both


def sentences(items: Sequence[Item], plan: Plan, members: str) -> Iterator[str]:
    """What has to be voted on, by whom, and for which funds."""
    if plan.is_under_18f_3:
        yield (
            f"Material changes: a majority of the Board, and of the {members} who are not interested persons, find the "
            "plan as amended, including its expense allocation, to be in the best interests of each class individually "
            "and of each company as a whole: Rule 18f-3(d)."
        )
        return
    if not plan.is_under_12b_1:
        yield "The plan names no Rule 12b-1. Counsel should say which approvals these changes need."
        return
    yield (
        f"All material changes: a majority of the Board, and of the {members} who are not interested persons and have "
        "no financial interest in the plan, in person at a meeting called to vote on it: Rule 12b-1(b)(2)."
    )
    if up := [item for item in items if item.rises]:
        yield f"Fees that rise: also a majority of the holders of {_some(up, plan)}: Rule 12b-1(b)(4)."
    if new := [item for item in items if item.kind == "added" and item.level != "group"]:
        yield (
            f"New under the plan: also the holders of {_some(new, plan)}, "
            "where these shares were offered to the public before: Rule 12b-1(b)(1)."
        )
    yield "A changed name or place alone may not be material. Counsel should confirm each of these."


def whose(items: Sequence[Item], plan: Plan) -> str:
    """The classes whose holders vote: `Class B Shares of One Fund and Two Fund`, or each by its name.

    A fund with rows for its classes has those, and any other the classes of the plan.
    """
    names = [item.name for item in items if item.level == "class"]
    funds: dict[str, list[str]] = {}
    for item in items:
        if item.level != "class":
            shares = class_shares(item.classes or plan.share_classes) or "the class"
            funds.setdefault(shares, []).append(item.name)
    return listed([*names, *(f"{shares} of {listed(of_shares)}" for shares, of_shares in funds.items())])


def _some(items: Sequence[Item], plan: Plan) -> str:
    """Whose holders vote; where there are many, that the table above marks them."""
    if len(items) > MOST_NAMES:
        return f"the {len(items)} that the table marks so"
    return whose(items, plan)
