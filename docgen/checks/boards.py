"""Rules about the votes that amendments rest on: whose boards they name, and that each stands there once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from docgen.checks import trade_words
from docgen.checks.across_plans import Everything, WorkspaceRule
from docgen.checks.name_index import Index, Spellings, without_ending, words_of
from docgen.checks.new_names import CLASS, COMPANY, NewName
from docgen.checks.plan_rule import PlanRule
from docgen.consolidation.plan_folder import PlanFolder
from docgen.model.yaml_reader import Source
from docgen.problems import Problem, name_key

WHOSE = re.compile(r"\b(?:Directors|Trustees|Managers|Members|Boards?) of (?!Director|Trustee|Manager|Member)([A-Z].*)")
TWICE = re.compile(r"\b([A-Z].{5,}?)(?:,| and|, and) \1(?!\w| [IVX]+\b)")
BOARD = "board"  # what a name is of, beside those of new_names


def votes_stand_once(plan: PlanFolder) -> Iterator[Problem]:
    """One vote of one board on one day stands once among an amendment's approvals."""
    for amendment in plan.amendments:
        votes = [(name_key(vote.by), vote.on, vote.holders) for vote in amendment.facts.approvals]
        for number, vote in enumerate(votes):
            if vote in votes[:number]:
                fault = f"is the vote of approvals[{votes.index(vote)}] once more"
                yield amendment.source.warning(("approvals", number), fault, "take one of the two out")


def boards_name_registrants(all_of: Everything) -> Iterator[Problem]:
    """A board that is said to be somebody's is that of a company which some plan has, and of each once."""
    companies = {_words(without_ending(new).name) for new in all_of.names if new.kind == COMPANY}
    for vote in _votes(all_of):
        match = WHOSE.search(vote.name)
        if small := next((company for company in companies if company in vote.name and " " in company), ""):
            yield vote.warning(f'"{small}" has no capital letters', "write it as its name is")
        elif companies and match and not any(company in _words(match[1]) for company in companies):
            problem = vote.warning(f'no plan has "{match[1]}"', "fix the name, or accept it")
            yield replace(problem, follows=_slip(vote))
        elif twin := TWICE.search(vote.name):
            yield vote.warning(f'says "{twin[1]}" twice', "name each once")


def _words(name: str) -> str:
    """The words of a name, whatever joins them: `Stock & Bond` and `Stock and Bond` are one."""
    return " ".join(word for word in words_of(name_key(name)) if word != "and")


def _slip(vote: NewName) -> tuple[str, ...]:
    """The fact that a board is misspelled."""
    return BOARD, vote.key


def boards_are_spelled_alike(all_of: Everything) -> Iterator[Problem]:
    """A board in approvals is spelled as in others, and names the companies as the plans do; of two spellings the rarer
    is the slip, else the later."""
    votes = list(_votes(all_of))
    names = [new for new in all_of.names if new.kind != CLASS] if votes else []
    usage = Counter(vote.key for vote in votes)
    boards = Index(Spellings.of([*names, *votes]))
    firsts: dict[str, NewName] = {}
    for vote in votes:
        firsts.setdefault(vote.key, vote)
    for vote in sorted(firsts.values(), key=lambda vote: -usage[vote.key]):
        near = next(boards.respelled(words_of(vote.key)), None)
        right = all_of.name_index.slip(vote.name) or ((vote.name, near.name) if near else None)
        if right:
            fault, remedy = f'"{right[0]}" is nearly "{right[1]}"', f'did you mean "{right[1]}"? Else accept it'
            follows = trade_words.slip_of(vote.problem.where.file, vote.name)
            yield replace(vote.warning(fault, remedy), fact=_slip(vote), follows=follows)
        boards.add(vote)


def _votes(all_of: Everything) -> Iterator[NewName]:
    """Each vote of all papers and events, by its board."""
    for plan in [*all_of.plans, *all_of.partial]:
        for amendment in plan.amendments:
            boards = [vote.by for vote in amendment.facts.approvals]
            yield from _of_file(amendment.source, boards, f"{plan.id}/{amendment.id}")
    for event in all_of.events:
        yield from _of_file(event.source, [vote.by for vote in event.facts.approvals], f"the event {event.id}")


def _of_file(source: Source, boards: list[str], paper: str) -> Iterator[NewName]:
    for number, by in enumerate(boards):
        yield NewName(by, BOARD, paper, source.problem(("approvals", number, "by"), ""))


CHECKS: tuple[PlanRule, ...] = (votes_stand_once,)
ACROSS_PLANS: tuple[WorkspaceRule, ...] = (boards_are_spelled_alike, boards_name_registrants)
