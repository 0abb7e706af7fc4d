"""Rules about new names: none is nearly one that there is already, and a fund merges into one that some plan has.

What is nearly a name `name_index.py` knows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from docgen.checks.across_plans import Everything, WorkspaceRule, survivor_fact
from docgen.checks.name_index import Index, core
from docgen.checks.new_names import CLASS, COMPANY, FUND, HEADING, NewName
from docgen.document import recital_names
from docgen.model import changes
from docgen.problems import Problem, did_you_mean, name_key, names_fact, nearest

OF_A_FUND = changes.Rename | changes.Remove | changes.Move | changes.SetValues
OF_A_GROUP = changes.RenameGroup | changes.RemoveGroup | changes.MoveGroup


def new_names_differ(all_of: Everything) -> Iterator[Problem]:
    """A new name is not that of another plan or paper but for a letter or two, its ending or its punctuation.

    Of two names that differ in letters the slip is the one that a single paper brings; else the later.
    """
    names = [new for new in all_of.names if new.kind != CLASS]
    usage = Counter(new.key for new in names)
    earlier = _earlier_names(all_of)
    indexes = {kind: Index(all_of.spellings) for kind in (FUND, COMPANY, HEADING)}
    for new in names:
        index = indexes[new.kind]
        if new.key not in index.names:
            near = next(index.near(new), None)
            is_heir = near and (_comes_of(new.key, near.key, earlier) or _comes_of(near.key, new.key, earlier))
            if near and not is_heir:
                in_letters = core(near.name) != core(new.name)
                is_rarer = in_letters and usage[near.key] == 1 < usage[new.key]
                slip, right = (near, new) if is_rarer else (new, near)
                fault = f'"{slip.name}" is nearly "{right.name}", a name of {right.paper}'
                problem = slip.warning(fault, f'did you mean "{right.name}"? Else accept it')
                yield replace(problem, fact=names_fact(slip.name, right.name), places=(right.problem.where,))
            index.add(new)


def survivors_are_of_some_plan(all_of: Everything) -> Iterator[Problem]:
    """A fund merges into one that some plan has, on whichever day; nothing is said while a plan cannot be read."""
    plans = all_of.plans if all_of.is_complete else ()
    papers = [(paper.source, paper.facts.changes) for plan in plans for paper in plan.amendments]
    papers += [(event.source, event.facts.changes) for event in all_of.events if all_of.is_complete]
    mergers = [
        (source, (number, "into" if change.into else "reason"), change.remove, into)
        for source, every in papers
        for number, change in enumerate(every)
        if isinstance(change, changes.Remove)
        if (into := change.into or recital_names.survivor(change.reason or ""))
    ]
    names = {new.key: new.name for new in all_of.names if new.kind in (FUND, HEADING)} if mergers else {}
    for source, place, fund, into in mergers:
        if name_key(into) not in names:
            near = nearest(into, [name for name in names.values() if name_key(name) != name_key(fund)])
            remedy = f"{did_you_mean(into, [near])} Else accept it" if near else "fix the name, or accept it"
            problem = source.warning(("changes", *place), f'no plan has "{into}"', remedy)
            yield replace(problem, fact=survivor_fact(into))


def events_name_what_plans_have(all_of: Everything) -> Iterator[Problem]:
    """A name that an event changes or takes away is not nearly one that a plan has: the event would pass it over."""
    wanted: list[NewName] = []
    for event in all_of.events:
        for number, change in enumerate(event.facts.changes):
            if isinstance(change, OF_A_FUND | OF_A_GROUP):
                problem = event.source.problem(("changes", number, change.verb), "")
                kind = FUND if isinstance(change, OF_A_FUND) else COMPANY
                wanted.append(NewName(str(getattr(change, change.verb)), kind, f"the event {event.id}", problem))
    names = all_of.names if wanted else []
    indexes = {
        kind: Index(all_of.spellings).with_all(new for new in names if new.kind == kind) for kind in (FUND, COMPANY)
    }
    for name in wanted:
        index = indexes[name.kind]
        near = next(index.near(name), None) if name.key not in index.names else None
        if near:
            fault = f'no plan has "{name.name}", and {near.paper} has "{near.name}"'
            yield name.warning(fault, f'did you mean "{near.name}"?')


def _earlier_names(all_of: Everything) -> dict[str, set[str]]:
    """For each name that changes or events give, the one or the several that it takes the place of."""
    pairs = [(pair.old, pair.new) for _, pair in all_of.renames]
    every = [change for event in all_of.events for change in event.facts.changes]
    by_event = [change for change in every if isinstance(change, changes.Rename | changes.RenameGroup)]
    pairs += [(str(getattr(change, change.verb)), change.to) for change in by_event]
    earlier: dict[str, set[str]] = {}
    for old, new in pairs:
        earlier.setdefault(name_key(new), set()).add(name_key(old))
    return earlier


def _comes_of(new: str, old: str, earlier: Mapping[str, set[str]]) -> bool:
    """Whether a name takes the place of another, directly or by those between them."""
    names, due = {new}, [new]
    while due:
        due = [name for before in due for name in earlier.get(before, ()) if name not in names]
        names |= set(due)
    return old in names


CHECKS: tuple[WorkspaceRule, ...] = (new_names_differ, survivors_are_of_some_plan, events_name_what_plans_have)
