"""Rules about the exhibit list of a registrant: each letter once and none left out, each sealed paper on it with a
link."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from docgen.checks.across_plans import Everything, WorkspaceRule
from docgen.checks.new_names import key
from docgen.consolidation import fund_classes
from docgen.consolidation.plan_folder import AmendmentFile, PlanFolder
from docgen.edgar import exhibit
from docgen.edgar.exhibit import Label
from docgen.model import english
from docgen.problems import Problem
from docgen.workspace.seals import Seal


def _labels(plan: PlanFolder) -> Iterator[tuple[AmendmentFile, Label]]:
    """The papers of a plan that name an exhibit, each with its label."""
    for amendment in plan.amendments:
        if label := exhibit.of_caption(amendment.facts.exhibit or ""):
            yield amendment, label


def exhibit_letters_are_used_once(all_of: Everything) -> Iterator[Problem]:
    """No two plans of the same registrants have papers under one letter, nor two plans' papers that one CIK filed.

    Within a plan another rule says it.
    """
    first: dict[tuple[object, Label], tuple[str, str]] = {}
    for plan in all_of.standing():
        registrants = frozenset(key(entry.registrant) for entry in fund_classes.of_plan(plan) if entry.registrant)
        for amendment, label in _labels(plan):
            name = f"{plan.id}/{amendment.id}"
            cik = all_of.seals[name].filing.cik.lstrip("0") if name in all_of.seals else ""
            for owner in (registrants, cik):
                earlier, name_before = first.setdefault((owner, label), (plan.id, name)) if owner else (plan.id, name)
                if earlier != plan.id:
                    fault = f"is {exhibit.label_text(label)}, and so is {name_before}'s, of the same registrant"
                    yield amendment.source.warning(("exhibit",), fault, "give each its own letter, or accept it")
                    break


def exhibit_letters_follow(all_of: Everything) -> Iterator[Problem]:
    """The papers of a plan have letters that follow one another, where their numbers do."""
    for plan in all_of.plans:
        for (before, earlier), (after, later) in pairwise(_labels(plan)):
            numbers = (before.facts.number, after.facts.number)
            follow = not all(isinstance(number, int) for number in numbers) or numbers[1] == _next(numbers[0])
            if follow and exhibit.missing_between(earlier, later):
                labels = [exhibit.label_text(label) for label in (later, earlier)]
                fault = f"is {labels[0]}, and that of {before.id} before it {labels[1]}"
                yield after.source.warning(("exhibit",), fault, "write the letter that follows, or accept the gap")


def _next(number: object) -> object:
    return number + 1 if isinstance(number, int) else number


def sealed_papers_are_listed(all_of: Everything) -> Iterator[Problem]:
    """Each sealed paper names an exhibit, without which no list has it; once lists are kept at all."""
    for plan, amendment, _ in _sealed(all_of.plans, all_of.seals):
        if not exhibit.of_caption(amendment.facts.exhibit or ""):
            fault = f"{plan.id}/{amendment.id} is sealed, and no exhibit list will have it: it names no exhibit"
            yield amendment.source.warning((), fault, "write exhibit: and its line, or accept it")


def links_can_be_built(all_of: Everything) -> Iterator[Problem]:
    """Each sealed paper has what EDGAR's own link to it is built from; once lists are kept at all."""
    for plan, amendment, seal in _sealed(all_of.plans, all_of.seals):
        yield from without_link(f"{plan.id}/{amendment.id}", amendment, seal)


def without_link(name: str, amendment: AmendmentFile, seal: Seal) -> Iterator[Problem]:
    """A warning where a row of an exhibit list cannot say where a sealed paper is."""
    if missing := seal.filing.missing:
        fault = f"{name} is sealed, and no list can say where EDGAR has it: {english.listed(missing)} not said"
        options = " ".join(f"{option} ..." for option in missing)
        yield amendment.source.warning((), fault, f"say it: docgen seal {name} {options}")


def _sealed(plans: Sequence[PlanFolder], seals: Mapping[str, Seal]) -> Iterator[tuple[PlanFolder, AmendmentFile, Seal]]:
    """The sealed papers of plans of which somebody has said for any what an exhibit list needs."""
    for plan in plans:
        sealed = [(a, seals[f"{plan.id}/{a.id}"]) for a in plan.amendments if f"{plan.id}/{a.id}" in seals]
        if any(seal.filing.is_listed for _, seal in sealed):
            yield from ((plan, amendment, seal) for amendment, seal in sealed)


CHECKS: tuple[WorkspaceRule, ...] = (
    exhibit_letters_are_used_once,
    exhibit_letters_follow,
    sealed_papers_are_listed,
    links_can_be_built,
)
