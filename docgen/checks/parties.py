"""Rules about who an agreement is between, who signs, and which registrant a fund belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docgen.checks.across_plans import Everything, WorkspaceRule
from docgen.checks.names import core
from docgen.checks.new_names import key
from docgen.checks.plan_rule import PlanRule
from docgen.consolidation.plan_folder import AmendmentFile, PlanFolder
from docgen.model.plan import Plan
from docgen.model.settings import REGISTRANTS, Signature
from docgen.model.validation import place
from docgen.model.yaml_reader import KeyPath, Source
from docgen.problems import Problem, Where, did_you_mean


def signers_are_parties(plan: PlanFolder) -> Iterator[Problem]:
    """Where the parties are listed, who signs is one of them, a registrant, or the one whose plan it is."""
    for amendment, source, blocks in _signatures(plan):
        facts = amendment.plan or plan.facts
        names = {key(name): name for name in (*_parties(facts), *_registrants(amendment))}
        for number, block in enumerate(blocks if facts.parties else ()):
            for name in block.for_:
                if key(name) not in names and name.casefold() != REGISTRANTS:
                    fault = f'"{name}" is no party of the {facts.term}, and no registrant'
                    yield _warning(source, ("signatures", number, "for"), fault, did_you_mean(name, names.values()))


def every_party_signs(plan: PlanFolder) -> Iterator[Problem]:
    """Where somebody signs, each party that is listed has a block."""
    for amendment, source, blocks in _signatures(plan):
        signers = {key(name) for block in blocks for name in block.for_}
        if REGISTRANTS in signers:
            signers |= set(map(key, _registrants(amendment)))
        for party in (amendment.plan or plan.facts).parties if blocks else ():
            if key(party.name) not in signers and key(party.called or "") not in signers:
                fault = f'nobody signs for "{party.name}", which is a party'
                yield _warning(source, ("signatures",), fault, f"add a block:  - for: {party.name}")


def parties_differ(plan: PlanFolder) -> Iterator[Problem]:
    """No two parties have one name, or are called the same in the paper."""
    for number, party in enumerate(plan.facts.parties):
        for earlier in plan.facts.parties[:number]:
            if key(party.name) == key(earlier.name):
                fault = f'"{party.name}" is a party twice'
                yield _warning(plan.source, ("parties", number, "name"), fault, "take one of them out")
            elif party.called and party.called == earlier.called:
                fault = f'"{party.called}" is {earlier.name} already'
                yield _warning(plan.source, ("parties", number, "called"), fault, "call it something else")


def nobody_attests_alone(plan: PlanFolder) -> Iterator[Problem]:
    """Who attests a signature is somebody else than who signs."""
    for _, source, blocks in _signatures(plan):
        for number, block in enumerate(blocks):
            name = block.by.name
            if name and block.attest and key(block.attest.name or "") == key(name):
                fault = f"{name} signs and attests"
                yield _warning(source, ("signatures", number, "attest"), fault, "write who attests, or leave it open")


def _signatures(plan: PlanFolder) -> Iterator[tuple[AmendmentFile, Source, Sequence[Signature]]]:
    """The blocks of each amendment, and the file in which they stand."""
    for amendment in plan.amendments:
        signatures = amendment.facts.signatures
        if signatures is None:
            yield amendment, plan.source, (amendment.plan or plan.facts).signatures
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


def registrants_agree(all_of: Everything) -> Iterator[Problem]:
    """A fund belongs to one registrant, in all plans that are in force."""
    first: dict[str, tuple[str, str, Where]] = {}
    for plan in sorted(all_of.standing(), key=lambda plan: (str(_last_day(plan)), plan.id)):
        for schedule in plan.schedules_on():
            for group in schedule.groups if schedule.has_registrants else ():
                for row in group.rows if group.name else ():
                    registrant, by, at = first.setdefault(key(row.name), (group.name, plan.id, row.at))
                    if by != plan.id and core(registrant) != core(group.name):
                        fault = f'"{row.name}" stands under "{group.name}", and under "{registrant}" in {by}, {at}'
                        remedy = "move it in one of the two, or accept the difference"
                        yield Problem(row.at, fault, remedy, severity="warning")


def _last_day(plan: PlanFolder) -> object:
    last = plan.in_force()
    return last.day if last else None


CHECKS: tuple[PlanRule, ...] = (signers_are_parties, every_party_signs, parties_differ, nobody_attests_alone)
ACROSS_PLANS: tuple[WorkspaceRule, ...] = (registrants_agree,)
