"""Rules about the exhibit list of a registrant: each letter once and none left out, each sealed paper on it with a
link."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from docgen.checks.across_plans import Everything, WorkspaceRule
from docgen.consolidation import fund_classes, registrants
from docgen.consolidation.plan_folder import AmendmentFile, PlanFolder
from docgen.edgar import exhibit
from docgen.edgar.exhibit import Label
from docgen.model import english
from docgen.problems import Problem, did_you_mean, name_key
from docgen.workspace import filers
from docgen.workspace.filers import Filer


def exhibit_letters_are_used_once(all_of: Everything) -> Iterator[Problem]:
    """No two plans of the same registrants have papers under one letter, nor two plans' papers that one CIK filed.

    Within a plan another rule says it.
    """
    first: dict[tuple[object, Label], tuple[str, str]] = {}
    for plan in all_of.standing():
        every = frozenset(name_key(entry.registrant) for entry in fund_classes.of_plan(plan) if entry.registrant)
        for filer in filers.of_plan(plan, all_of.seals):
            name = f"{plan.id}/{filer.amendment.id}"
            cik = filer.filing.cik.lstrip("0") if filer.filing else ""
            for owner in (frozenset([filer.key]) if filer.key else every, cik) if filer.label else ():
                entry = (plan.id, name)
                earlier, name_before = first.setdefault((owner, filer.label), entry) if owner else entry
                if earlier != plan.id:
                    text = exhibit.label_text(filer.label)
                    fault = f"is {text}, and so is {name_before}'s, of {filer.registrant or 'the same registrant'}"
                    yield filer.amendment.source.warning(filer.path, fault, "give each its own letter, or accept it")
                    break


def exhibit_letters_follow(all_of: Everything) -> Iterator[Problem]:
    """The papers of a plan have letters that follow one another on each registrant's list, where their numbers do."""
    for plan in all_of.plans:
        for entries in _lists(plan):
            for before, after in pairwise(entry for entry in entries if entry.label):
                earlier, later = before.amendment.facts.number, after.amendment.facts.number
                is_gap = isinstance(earlier, int) and isinstance(later, int) and later != earlier + 1
                if not is_gap and exhibit.missing_between(before.label, after.label):
                    labels = [exhibit.label_text(entry.label) for entry in (after, before)]
                    fault = f"is {labels[0]}, and that of {before.amendment.id} before it {labels[1]}"
                    remedy = "write the letter that follows, or accept the gap"
                    yield after.amendment.source.warning(after.path, fault, remedy)


def _lists(plan: PlanFolder) -> list[list[Filer]]:
    """The papers of a plan as each registrant's list has them: its own, and those that are one for all."""
    by_key: defaultdict[str, list[Filer]] = defaultdict(list)
    every = [filer for filer in filers.of_plan(plan, {}) if filer.caption]
    keys = dict.fromkeys(filer.key for filer in every if filer.key)
    for filer in every:
        for key in [filer.key] if filer.key or not keys else keys:
            by_key[key].append(filer)
    return list(by_key.values())


def exhibits_are_of_registrants(all_of: Everything) -> Iterator[Problem]:
    """A line by registrant names one of the plan; and every registrant of the paper has one."""
    for plan in all_of.plans:
        for amendment in plan.amendments if any(a.facts.exhibits for a in plan.amendments) else ():
            yield from _of_registrants(plan, amendment)


def _of_registrants(plan: PlanFolder, amendment: AmendmentFile) -> Iterator[Problem]:
    names, last = registrants.of_plan(plan), registrants.last_keys(plan)
    lines: dict[str, str] = {}
    for name in amendment.facts.exhibits:
        key = registrants.last_key(name, last)
        if key not in last.values():
            remedy = did_you_mean(name, names)
            yield amendment.source.problem(("exhibits", name), f"is no registrant of {plan.id}", remedy)
        elif key in lines:
            fault = f'is the registrant of the line for "{lines[key]}"'
            yield amendment.source.problem(("exhibits", name), fault, "keep one of the two lines")
        lines.setdefault(key, name)
    without = [n for n in registrants.of_amendment(amendment) if registrants.last_key(n, last) not in lines]
    if lines and without and lines.keys() <= set(last.values()):
        fault = f"has no line for {english.listed(without)}"
        yield amendment.source.warning(
            ("exhibits",), fault, "write one for each registrant that files it, or accept it"
        )


def sealed_papers_are_listed(all_of: Everything) -> Iterator[Problem]:
    """Each sealed paper names an exhibit, without which no list has it; once lists are kept at all."""
    for plan, entries in _sealed(all_of):
        for amendment in dict.fromkeys(entry.amendment.id for entry in entries if not entry.label):
            (source,) = (entry.source for entry in plan.amendments if entry.id == amendment)
            fault = f"{plan.id}/{amendment} is sealed, and no exhibit list will have it: it names no exhibit"
            yield source.warning((), fault, "write exhibit: and its line, or accept it")


def links_can_be_built(all_of: Everything) -> Iterator[Problem]:
    """Each sealed paper has what EDGAR's own link to it is built from; once lists are kept at all."""
    for plan, entries in _sealed(all_of):
        for filer in entries:
            yield from without_link(plan.id, filer)


def without_link(plan: str, filer: Filer) -> Iterator[Problem]:
    """A warning where a row of an exhibit list cannot say where a sealed paper is."""
    if filer.filing is not None and (missing := filer.filing.missing):
        name = f"{plan}/{filer.amendment.id}"
        whose = f" for {filer.registrant}" if filer.registrant else ""
        fault = f"{name} is sealed, and no list can say where EDGAR has it{whose}: {english.listed(missing)} not said"
        command = seal_command(name, filer, missing)
        yield filer.amendment.source.warning((), fault, f"say it: {command}")


def seal_command(name: str, filer: Filer, missing: tuple[str, ...]) -> str:
    """`docgen seal aim-class-b/002 --cik ...`, by which what is missing can be said."""
    registrant = f' --registrant "{filer.registrant}"' if filer.registrant else ""
    return f"docgen seal {name}{registrant} " + " ".join(f"{option} ..." for option in missing)


def _sealed(all_of: Everything) -> Iterator[tuple[PlanFolder, list[Filer]]]:
    """The sealed papers of plans of which somebody has said for any what an exhibit list needs."""
    for plan in all_of.plans:
        entries = [filer for filer in filers.of_plan(plan, all_of.seals) if filer.filing is not None]
        if any(filer.filing and filer.filing.is_listed for filer in entries):
            yield plan, entries


CHECKS: tuple[WorkspaceRule, ...] = (
    exhibit_letters_are_used_once,
    exhibit_letters_follow,
    exhibits_are_of_registrants,
    sealed_papers_are_listed,
    links_can_be_built,
)
