"""Schedules and classes inside texts by hand: each is one that the plan has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from docgen.checks import prose
from docgen.checks.plan_rule import PlanRule
from docgen.checks.prose import ProseText
from docgen.consolidation.plan_folder import AmendmentFile, PlanFolder
from docgen.model import english
from docgen.model.plan import Plan
from docgen.model.values import BLANK
from docgen.problems import Problem

MARK = r"(?:[A-Z](?:-[0-9]{1,2})?|[IVX]{2,5}|[0-9]{1,2})(?![\w.('’])"
NOUN = r"(?:Schedule|Appendix|Annex|Attachment|Exhibit)"
SCHEDULES = re.compile(rf"\b({NOUN})(?:s|es)? ({MARK}(?:(?:,? (?:and|or|to) |, )(?:{NOUN} )?{MARK})*)")
OF_ANOTHER = re.compile(r" (?:to|of|under) (?:the|that|such|its|an?|each|said) ((?:[A-Z][\w/-]*|and|of|for)(?: |\b))+")
OTHER_PLANS = re.compile(r"Plan of (?:Reorganization|Liquidation|Merger|Conversion|Dissolution)")
SHARE_CLASS = r"(?:[A-Z]{1,2}|[A-Z]?[0-9]{1,2}|[A-Z][0-9])(?![\w'’])"
BY_WORD = (
    "Investor|Institutional|Advisor|Adviser|Reserve|Select|Premier|Retail|Sweep|Administrative|Private|Personal|"
    "Resource|Corporate|Service"
)
CLASSES = re.compile(
    rf"\bClass ({SHARE_CLASS})|\bClasses ({SHARE_CLASS}(?:(?:,? and |, ){SHARE_CLASS})*)"
    rf"|\b((?:{BY_WORD})|[A-Z][0-9]?) Class\b(?! of\b)"
)
FORMERLY = re.compile(
    r"formerly|previously|known as|\b(?:was|were|been) (?:redesignated|renamed|converted|merged|reclassified)", re.I
)
OF_THE_PLAN = ("title", "subject", "label", "feature")
MOST = 4  # classes to say


def texts_name_schedules_of_the_plan(plan: PlanFolder) -> Iterator[Problem]:
    """A text by hand speaks of no schedule that the plan lacks: of Schedule B where there is Schedule A only."""
    for amendment, texts in _papers(plan):
        facts = amendment.plan
        names = {form.name.casefold(): form.name for form in facts.schedules}
        for text in texts:
            if stranger := next((name for name in _schedules(text.text, facts) if name.casefold() not in names), ""):
                fault = f'says "{stranger}", and the {facts.term} has {english.listed([*names.values()])}'
                yield text.warning(fault, "write the plan's schedule, or accept it")


def _papers(plan: PlanFolder) -> Iterator[tuple[AmendmentFile, list[ProseText]]]:
    """Each amendment with its texts by hand; and the last with the texts of plan.yaml that stand around the rows."""
    for amendment in plan.amendments:
        yield amendment, list(prose.texts_of_paper(amendment))
    texts = [text for text in prose.texts_of(plan.source) if text.path[-1] in prose.AROUND_ROWS]
    yield from [(plan.amendments[-1], texts)] if plan.amendments else ()


def _schedules(text: str, facts: Plan) -> Iterator[str]:
    """The schedules that a text speaks of, but for those of another agreement."""
    for match in SCHEDULES.finditer(text):
        whose = OF_ANOTHER.match(text, match.end())
        is_own = not whose or (facts.term.casefold() in whose[0].casefold() and not OTHER_PLANS.search(whose[0]))
        yield from (f"{match[1]} {mark}" for mark in re.findall(MARK, match[2]) if is_own)


def texts_name_classes_of_the_plan(plan: PlanFolder) -> Iterator[Problem]:
    """A text by hand names no class that neither the plan nor its schedules have, before or after."""
    for amendment, every in _papers(plan):
        texts = [(text, names) for text in every if (names := _classes(text.text)) and not FORMERLY.search(text.text)]
        classes = _classes_of(plan, amendment) if texts else {}
        for text, names in texts if classes else ():
            if stranger := next((words for key, words in names.items() if key not in classes), ""):
                fault = f'says "{stranger}", and the {plan.facts.term} has {english.listed([*classes.values()][:MOST])}'
                warning = text.warning(fault, "write the plan's class, or accept it")
                yield replace(warning, fact=prose.class_fact(stranger))


def _classes(text: str) -> dict[str, str]:
    """The classes that a text names, by their letters or their word, each as it is said: Class C, Investor Class."""
    names: dict[str, str] = {}
    for letter, letters, word in CLASSES.findall(text):
        names |= {mark: f"Class {mark}" for mark in [letter, *re.findall(SHARE_CLASS, letters)] if mark}
        names |= {word: f"{word} Class"} if word else {}
    return names


def _classes_of(plan: PlanFolder, amendment: AmendmentFile) -> dict[str, str]:
    """The classes of a plan and of its schedules, before an amendment and after it."""
    labels = [*plan.facts.share_classes, *amendment.plan.share_classes]
    schedules = (*amendment.before, *amendment.after)
    labels += [row.name for schedule in schedules for _, row, above in schedule.lines() if above]
    texts = [*labels, *(f"Class {label}" for label in labels)]
    texts += [column.heading for schedule in schedules for _, column in schedule.columns]
    texts += [name for s in schedules for g in s.groups for name in (g.name, *(row.name for row in g.rows))]
    cells = [value.typed for s in schedules for column in s.typed for value in column if value.typed is not BLANK]
    texts += [text for cell in cells for text in cell]
    texts += [text for path, text in prose.data_of_paper(amendment) if path[0] != "accept"]
    texts += [text for path, text in plan.source.texts() if path[-1] in OF_THE_PLAN]
    return {key: words for text in texts for key, words in _classes(text).items()}


CHECKS: tuple[PlanRule, ...] = (texts_name_schedules_of_the_plan, texts_name_classes_of_the_plan)
