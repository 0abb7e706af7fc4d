"""Rules about who an agreement is between, who signs, and which registrant a fund belongs to."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from docgen.checks import name_pairs, plan_rule
from docgen.checks.across_plans import Everything, WorkspaceRule
from docgen.checks.name_index import core
from docgen.checks.plan_rule import DatedPlace, PlanRule
from docgen.consolidation.plan_folder import AmendmentFile, PlanFolder
from docgen.model.changes import RenameGroup
from docgen.model.plan import Plan
from docgen.model.schedule import Line, RowId, Schedule, Section
from docgen.model.settings import REGISTRANTS, Party, Signature
from docgen.model.validation import place
from docgen.model.yaml_reader import KeyPath, Source
from docgen.problems import Problem, Where, did_you_mean, name_key, names_fact, nearest, nearest_fact

KINDS = {
    "corporation": r"\b(inc|incorporated|corp|corporation)$",
    "limited liability company": r"\bllc$",
    "partnership": r"\b(lp|limited partnership)$",
    "trust": r"\btrust( [ivx]+)?$",
}


def signers_are_parties(plan: PlanFolder) -> Iterator[Problem]:
    """Where the parties are listed, who signs is one of them, a registrant, or the one whose plan it is."""
    for amendment, source, blocks in _signatures(plan):
        facts = amendment.plan
        names = {name_key(name): name for name in (*_parties(facts), *_registrants(amendment))}
        for number, block in enumerate(blocks if facts.parties else ()):
            for name in block.for_:
                if name_key(name) not in names and name.casefold() != REGISTRANTS:
                    fault = f'"{name}" is no party of the {facts.term}, and no registrant'
                    problem = _warning(source, ("signatures", number, "for"), fault, did_you_mean(name, names.values()))
                    yield replace(problem, follows=nearest_fact(name, names))


def every_party_signs(plan: PlanFolder) -> Iterator[Problem]:
    """Where somebody signs, each party that is listed has a block."""
    for amendment, source, blocks in _signatures(plan):
        signers = {name_key(name) for block in blocks for name in block.for_}
        if REGISTRANTS in signers:
            signers |= set(map(name_key, _registrants(amendment)))
        facts = amendment.plan
        for party in facts.parties if blocks else ():
            if name_key(party.name) not in signers and name_key(party.called or "") not in signers:
                fault = f'nobody signs for "{party.name}", which is a party'
                problem = _warning(source, ("signatures",), fault, f"add a block:  - for: {party.name}")
                near = nearest(party.called or "", signers)  # who is no party, which another rule says
                if not near or near in map(name_key, _parties(facts)):
                    yield replace(problem, follows=nearest_fact(party.name, signers))


def parties_differ(plan: PlanFolder) -> Iterator[Problem]:
    """No two parties, or registrants whose plan it is, have one name; no two parties are called the same."""
    owners = [name_key(party.name) for party in plan.facts.registrants]
    for number, owner in enumerate(owners):
        if owner in owners[:number]:
            fault = f'"{plan.facts.registrants[number].name}" stands here twice'
            yield _warning(plan.source, ("of", number), fault, "take one of them out")
    for number, party in enumerate(plan.facts.parties):
        for earlier in plan.facts.parties[:number]:
            if name_key(party.name) == name_key(earlier.name):
                fault = f'"{party.name}" is a party twice'
                yield _warning(plan.source, ("parties", number, "name"), fault, "take one of them out")
            elif party.called and party.called == earlier.called:
                fault = f'"{party.called}" is {earlier.name} already'
                yield _warning(plan.source, ("parties", number, "called"), fault, "call it something else")


def parties_are_what_their_names_say(plan: PlanFolder) -> Iterator[Problem]:
    """A party whose new name makes another kind of company of it (Inc., Trust, LLC) is not said to be what it was."""
    for pair in name_pairs.of_plan(plan, drafts=True) if _described(plan) else ():
        facts = pair.amendment.plan
        kind = next((p.is_ for p in _listed(facts) if name_key(p.name) == name_key(pair.new)), None)
        if pair.is_group and kind and _is_another(pair.old, pair.new, kind):
            fault = f'"{pair.new}" is still "{kind}", as "{pair.old}" was'
            remedy = "write is: and what it is now, beside to: or under plan:; or accept it"
            path = ("changes", pair.number, "to")
            yield _warning(pair.amendment.source, path, fault, remedy)


def kinds_fit_names(plan: PlanFolder) -> Iterator[Problem]:
    """Nobody is said to be a trust whose name ends with Inc., nor a corporation whose name ends with LLC."""
    for key, parties in (("of", plan.facts.registrants), ("parties", plan.facts.parties)):
        for number, party in enumerate(parties):
            words = (party.is_ or "").casefold()
            kind, others = _kind(party.name), [other for other in KINDS if other in words]
            if kind in ("corporation", "limited liability company", "partnership") and others and kind not in others:
                path = place(plan.source, (key, number, "is"))
                fault = f'"{party.is_}" is no {kind}, as the name "{party.name}" says'
                yield plan.source.warning(path, fault, "write what it is, or fix the name; or accept it")


def kinds_are_of_parties(plan: PlanFolder) -> Iterator[Problem]:
    """What a registrant is from now on is said of one whose plan it is, or of a party; else it would print nowhere."""
    for amendment in plan.amendments:
        names = {name_key(party.name): party.name for party in _listed(amendment.plan)}
        for number, change in enumerate(amendment.facts.changes):
            if isinstance(change, RenameGroup) and change.is_ and name_key(change.to) not in names:
                fault = f'"{change.to}" is no party of the plan, so that nothing says what it is'
                remedy = did_you_mean(change.to, names.values()) if names else "take it out"
                yield _warning(amendment.source, ("changes", number, "is"), fault, remedy)


def _listed(facts: Plan) -> tuple[Party, ...]:
    return (*facts.registrants, *facts.parties)


def _described(plan: PlanFolder) -> bool:
    """Whether it is said of any party what it is."""
    return any(party.is_ for amendment in plan.amendments for party in _listed(amendment.plan))


def _is_another(old: str, new: str, kind: str) -> bool:
    """Whether a new name speaks of another kind of company than the old one did, and than is said of it."""
    before, after = _kind(old), _kind(new)
    stays = before == after or (after or "?") in kind.casefold()
    return not stays and bool(after or before in kind.casefold())


def _kind(name: str) -> str:
    """The kind of company that a name speaks of; empty where it speaks of none."""
    words = re.sub("[.,]", "", name.casefold())
    return next((kind for kind, ending in KINDS.items() if re.search(ending, words)), "")


def nobody_attests_alone(plan: PlanFolder) -> Iterator[Problem]:
    """Who attests a signature is somebody else than who signs."""
    for _, source, blocks in _signatures(plan):
        for number, block in enumerate(blocks):
            name = block.by.name
            if name and block.attest and name_key(block.attest.name or "") == name_key(name):
                fault = f"{name} signs and attests"
                yield _warning(source, ("signatures", number, "attest"), fault, "write who attests, or leave it open")


def blocks_differ(plan: PlanFolder) -> Iterator[Problem]:
    """No party has the same person sign for it in two blocks."""
    for _, source, blocks in _signatures(plan):
        signers = [({name_key(name) for name in block.for_}, name_key(block.by.name or "")) for block in blocks]
        for number, (names, person) in enumerate(signers):
            if person and any(names & others and person == other for others, other in signers[:number]):
                fault = f"{blocks[number].by.name} signs for {blocks[number].for_[0]} in another block too"
                yield _warning(source, ("signatures", number), fault, "take one of the two out")


def _signatures(plan: PlanFolder) -> Iterator[tuple[AmendmentFile, Source, Sequence[Signature]]]:
    """The blocks of each amendment, and the file in which they stand."""
    for amendment in plan.amendments:
        signatures = amendment.facts.signatures
        if signatures is None:
            yield amendment, plan.source, amendment.plan.signatures
        else:
            yield amendment, amendment.source, signatures


def _parties(facts: Plan) -> list[str]:
    """Whose plan it is and who it is between, by name and as the paper calls them."""
    parties = [*facts.registrants, *facts.parties]
    return [name for party in parties for name in (party.name, party.called) if name]


def _registrants(amendment: AmendmentFile) -> list[str]:
    return [g.name for s in amendment.after if s.has_registrants for g in s.groups if g.name]


def _warning(source: Source, path: KeyPath, fault: str, remedy: str) -> Problem:
    return source.warning(place(source, path), fault, remedy)


@dataclass(frozen=True)
class _Home:
    """The registrant that a fund stands under in a plan, since when, and each place where a paper says so."""

    plan: str
    fund: str
    registrant: str
    places: tuple[DatedPlace, ...]

    @property
    def since(self) -> datetime.date:
        """The day of the first paper that has it so."""
        return self.places[0].day


def registrants_agree(all_of: Everything) -> Iterator[Problem]:
    """A fund belongs to one registrant, in all plans that are in force; one that has a new name in some is one.

    Said of the paper that came later to say so, whatever came after it.
    """
    renamed = {(core(pair.old), core(pair.new)) for _, pair in all_of.renames if pair.is_group}
    by_fund: dict[str, list[tuple[PlanFolder, Section, Line]]] = {}
    for plan in all_of.standing():
        for schedule in plan.schedules_on():
            for group in schedule.groups if schedule.has_registrants else ():
                for row in group.rows if group.name else ():
                    by_fund.setdefault(name_key(row.name), []).append((plan, group, row))
    for rows in by_fund.values():
        if len({core(group.name) for _, group, _ in rows}) > 1:
            first, *others = homes = sorted((_home(*row) for row in rows), key=lambda home: (home.since, home.plan))
            for home in others:
                pair = (core(first.registrant), core(home.registrant))
                if home.plan != first.plan and pair[0] != pair[1] and not {pair, pair[::-1]} & renamed:
                    yield _other_home(home, first, homes)


def _home(plan: PlanFolder, group: Section, row: Line) -> _Home:
    """Since when a row stands under a group."""
    places = [
        DatedPlace(standing.day, _place(standing))
        for standing in plan_rule.paper_rows(plan, row.id)
        if core(standing.group.name) == core(group.name)
    ]
    return _Home(plan.id, row.name, group.name, tuple(places or [DatedPlace(datetime.date.min, row.at)]))


def _place(standing: plan_rule.PaperRow) -> Where:
    """Where a row was typed under its group, or the change that brought it there."""
    row, group, paper = standing.row, standing.group, standing.paper
    if row.at.file != paper.source.file:
        for step in paper.applied:
            homes = {line.id: home.id for home in (step.before.groups if step.before else ()) for line in home.rows}
            if homes.get(row.id, group.id) != group.id and step.after.name == standing.schedule:
                return paper.source.where("changes", step.number)
    return row.at


def _other_home(home: _Home, first: _Home, homes: Sequence[_Home]) -> Problem:
    """A fund under another registrant than in the plan that came first."""
    at = first.places[0].at
    fault = f'"{home.fund}" stands under "{home.registrant}", and under "{first.registrant}" in {first.plan}, {at}'
    remedy = "move it in one of the two, or accept the difference"
    pair = sorted((core(first.registrant), core(home.registrant)))
    of_both = [place for one in homes if core(one.registrant) in pair for place in one.places]
    places = plan_rule.since(home.since, of_both)
    fact = (name_key(home.fund), *pair)
    problem = Problem(home.places[0].at, fault, remedy, severity="warning", fact=fact, places=places)
    return replace(problem, follows=names_fact(home.registrant, first.registrant))


def registrants_of_a_schedule_differ(all_of: Everything) -> Iterator[Problem]:
    """No two registrants of a schedule have one name but for Inc., Fund or Trust; of a name that nothing else has
    new_names_differ speaks."""
    usage = Counter(new.key for new in all_of.names)
    for plan in all_of.plans:
        for amendment in plan.amendments:
            before = {group.id for earlier in amendment.before for group in earlier.groups}
            for schedule in amendment.schedules if amendment.applied else ():
                for slip, twin in _twins(schedule, before):
                    if usage[name_key(slip.name)] > 1:
                        fault = f'"{slip.name}" stands in {schedule.name} beside "{twin.name}"'
                        remedy = "write one name for one registrant, or accept that they are two"
                        follows = names_fact(slip.name, twin.name)
                        yield Problem(slip.at, fault, remedy, severity="warning", follows=follows)


def _twins(schedule: Schedule, before: Collection[RowId]) -> Iterator[tuple[Section, Section]]:
    """Each registrant that came into a schedule beside one that has nearly its name, and that one."""
    first: dict[str, Section] = {}
    for group in schedule.groups if schedule.has_registrants else ():
        twin = first.setdefault(core(group.name), group)
        slip, other = (twin, group) if group.id in before else (group, twin)
        if name_key(twin.name) != name_key(group.name) and slip.id not in before:
            yield slip, other


CHECKS: tuple[PlanRule, ...] = (
    signers_are_parties,
    every_party_signs,
    parties_differ,
    parties_are_what_their_names_say,
    kinds_are_of_parties,
    kinds_fit_names,
    nobody_attests_alone,
    blocks_differ,
)
ACROSS_PLANS: tuple[WorkspaceRule, ...] = (registrants_agree, registrants_of_a_schedule_differ)
