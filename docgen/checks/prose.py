"""Rules about what people write by hand: recitals, clauses, preambles, footnotes, headings.

Each is a slip that was filed: a stale name, another rule's number, an open quotation mark, a recital copied over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docgen.checks.plan_rule import PlanRule
from docgen.consolidation import lineage
from docgen.consolidation.applied import Applied
from docgen.consolidation.plan_folder import AmendmentFile, PlanFolder
from docgen.consolidation.plan_names import FORMERLY, OF_A_SCHEDULE, OF_THE_PLAN
from docgen.model import english
from docgen.model.changes import Change
from docgen.model.plan import Plan
from docgen.model.schedule import Schedule
from docgen.model.text_changes import TextChange
from docgen.model.yaml_reader import KeyPath, Source
from docgen.problems import Problem, name_key

BY_HAND = frozenset(
    {"plan", "title", "recital", "whereas", "clauses", "preamble", "text", "footnotes", "subject", "reason"}
)
NO_RULE = re.compile(r"\bRule 12-1\b|\b12b-l\b|\b12b1\b|\b12-b1\b|\bRule 12b\b(?!-1)", re.IGNORECASE)
A_PATH = re.compile(r"\b[A-Za-z]:\\|\\\\\w|/(home|Users|tmp)/|\.(docx?|rtf|wpd|pdf)\b", re.IGNORECASE)
LABEL = re.compile(r"(?<![\w)])\((\d{1,2}|[ivx]{1,5})\)(?=\s)")
OF_A_PAPER = ("recital", "whereas", "clauses", "reason")
RECITALS = OF_A_PAPER[:2]
AROUND_ROWS = ("preamble", "text")  # of the keys of texts of a schedule and its notes
NO_OTHER = r"(?! (?:of|for|or)\b)"  # a plan of reorganization is another one
NO_TERM = r"(?! (?:managers?|manag\w+|securit\w+|turnover|holdings?|transactions?|compan\w+)\b)"
WITHOUT = ", and the paper has it with a capital"
ROMAN = tuple(english.roman(number) for number in range(1, 16))


@dataclass(frozen=True)
class ProseText:
    """A text that somebody wrote by hand, and where."""

    text: str
    source: Source
    path: KeyPath

    def warning(self, fault: str, remedy: str) -> Problem:
        """A warning at the text's line."""
        return self.source.warning(self.path, fault, remedy)


def texts_of(source: Source) -> Iterator[ProseText]:
    """The texts of one file that somebody wrote by hand."""
    for path, value in source.texts():
        if not BY_HAND.isdisjoint(path) and path[0] not in ("accept", "form"):
            yield ProseText(value, source, path)


def texts_of_paper(amendment: AmendmentFile) -> Iterator[ProseText]:
    """The texts of an amendment that somebody wrote by hand, but for names and what becomes the plan's own text."""
    of_text = [number for number, change in enumerate(amendment.facts.changes) if isinstance(change, TextChange)]
    for text in texts_of(amendment.source):
        if text.path[-1] != "name" and (text.path[0] != "changes" or text.path[1] not in of_text):
            yield text


def texts(plan: PlanFolder) -> Iterator[ProseText]:
    """All texts of a plan that somebody wrote by hand: those of plan.yaml, then of each amendment."""
    for source in (plan.source, *(amendment.source for amendment in plan.amendments)):
        yield from texts_of(source)


def data_of_paper(amendment: AmendmentFile) -> Iterator[tuple[KeyPath, str]]:
    """What an amendment's file says besides its texts by hand, each with its key path."""
    by_hand = {text.path for text in texts_of_paper(amendment)}
    return ((path, text) for path, text in amendment.source.texts() if path not in by_hand)


def name_fact(source: Source, name: str) -> tuple[str, ...]:
    """That a text of a file has a name misspelled, for which it then lacks the name."""
    return "name in a text", source.file, name_key(name)


def class_fact(name: str) -> tuple[str, ...]:
    """That a text says a class that the plan does not have."""
    return "class in a text", name


def _stale(amendment: AmendmentFile) -> Iterator[str]:
    """The names that an amendment changed, and that nothing bears after it."""
    for before in amendment.before if amendment.applied else ():
        after = next((schedule for schedule in amendment.after if schedule.name == before.name), before)
        if renamed := lineage.renamed(before, after):
            names = {key.name for key in lineage.keys(after).values()}
            yield from (old.name for old, _ in renamed if old.name not in names)


def no_stale_names(plan: PlanFolder) -> Iterator[Problem]:
    """A name that went with an earlier amendment is not in a later text (one was filed so)."""
    old_names: dict[str, str] = {}
    for amendment in plan.amendments:
        standing = _standing(amendment.after) if old_names else []
        for prose in texts_of(amendment.source) if old_names else ():
            for name, amendment_id in old_names.items():
                if _says(prose.text, name, standing):
                    fault = f'says "{name}", which has another name since {amendment_id}'
                    yield prose.warning(fault, "write the new name, or say formerly")
        old_names |= dict.fromkeys(_stale(amendment), amendment.id)
    standing = _standing(plan.schedules_on())
    in_print = texts_in_print(plan) if old_names else set()
    for prose in texts_of(plan.source) if old_names else ():
        for name, amendment_id in old_names.items():
            if " ".join(prose.text.split()) in in_print and _says(prose.text, name, standing):
                remedy = "say it anew from an amendment on: a footnote by set_footnote:, else under plan:"
                yield prose.warning(f'says "{name}", which has another name since {amendment_id}', remedy)


def texts_in_print(plan: PlanFolder) -> set[str]:
    """The texts of titles, headings and footnotes that a paper would print today."""
    facts = plan.facts_on()
    of_the_plan = [getattr(facts, key) for key in OF_THE_PLAN]
    of_schedules = [getattr(form, key) for form in facts.schedules for key in OF_A_SCHEDULE]
    lines = [
        line for text in (*of_the_plan, *of_schedules) for line in ([text] if isinstance(text, str) else text or ())
    ]
    return {*lines, *(note.text for schedule in plan.schedules_on() for note in schedule.footnotes)}


def _standing(schedules: Sequence[Schedule]) -> list[str]:
    """The names of rows and groups, the longest first."""
    names = {row.name for s in schedules for _, row, _ in s.lines()} | {g.name for s in schedules for g in s.groups}
    return sorted((name for name in names if name), key=len, reverse=True)


def _says(text: str, name: str, standing: Sequence[str]) -> bool:
    """Whether a text says a name that stands no more, and not inside one that does."""
    for longer in standing:
        text = text.replace(longer, "")
    return name not in standing and name in text and not FORMERLY.search(text)


def rule_is_named_right(plan: PlanFolder) -> Iterator[Problem]:
    """A text by hand names Rule 12b-1 as it is (exhibits said 12-1 and 12b-l)."""
    for prose in texts(plan):
        if match := NO_RULE.search(prose.text):
            yield prose.warning(f'says "{match[0]}"', "write Rule 12b-1")


def term_is_the_plans(plan: PlanFolder) -> Iterator[Problem]:
    """A text by hand calls the plan by its term (recitals called a Plan the Agreement)."""
    wrong_term = {"Plan": "Agreement", "Agreement": "Plan"}.get(plan.facts.term)
    for amendment in plan.amendments if wrong_term else ():
        for prose in texts_of(amendment.source):
            if f"amend the {wrong_term}" in prose.text or f"of the {wrong_term} " in prose.text:
                fault = f"calls it the {wrong_term}, and plan.yaml the {plan.facts.term}"
                yield prose.warning(fault, f"write the {plan.facts.term}")


def quotation_marks_close(plan: PlanFolder) -> Iterator[Problem]:
    """Every quotation mark that opens in a text by hand closes in it (a schedule was filed with one open)."""
    for prose in texts(plan):
        text = prose.text
        if text.count("“") != text.count("”") or text.count('"') % 2:
            yield prose.warning(f'a quotation mark does not close in "{text[:60]}"', "close it, or take it out")


def no_path_of_a_file(plan: PlanFolder) -> Iterator[Problem]:
    """No path or name of a file was left in a text (two exhibits show the path of their Word file)."""
    for prose in texts(plan):
        if match := A_PATH.search(prose.text):
            yield prose.warning(f'has "{match[0]}", which looks like a file\'s path', "take it out")


def lists_count_right(plan: PlanFolder) -> Iterator[Problem]:
    """The items of a list by hand are numbered in order, without a gap or a repetition."""
    for prose in texts(plan):
        labels = LABEL.findall(prose.text)
        for wanted in (ROMAN, tuple(map(str, range(1, 100)))):
            mine = [label for label in labels if label in wanted]
            if len(mine) > 1 and mine[0] == wanted[0] and mine != list(wanted[: len(mine)]):
                yield prose.warning(f"is numbered ({'), ('.join(mine)})", "number the items in order")


def recital_is_its_own(plan: PlanFolder) -> Iterator[Problem]:
    """No two amendments have the same recital by hand (one was filed under two numbers); nor has one a clause twice."""
    first_ids: dict[str, str] = {}
    for amendment in plan.amendments:
        yield from _clauses_twice(amendment)
        for prose in texts_of(amendment.source):
            if prose.path[0] in ("recital", "whereas") and len(prose.text) > 20:
                if prose.text in first_ids:
                    fault = f"is word for word what {first_ids[prose.text]} says"
                    yield prose.warning(fault, "say what this amendment is for")
                first_ids.setdefault(prose.text, amendment.id)


def _clauses_twice(amendment: AmendmentFile) -> Iterator[Problem]:
    """A warning for each clause of an amendment that stands in it before."""
    clauses = [prose for prose in texts_of(amendment.source) if prose.path[0] == "clauses"]
    for number, prose in enumerate(clauses):
        if prose.text in [earlier.text for earlier in clauses[:number]]:
            yield prose.warning("is word for word what an earlier clause says", "take it out")


def recitals_name_somebody(plan: PlanFolder) -> Iterator[Problem]:
    """Where recitals are a person's own words alone, they name somebody that the amendment is about."""
    for amendment in plan.amendments:
        facts = amendment.facts
        alone = not facts.recital or not facts.steps  # else recital_names_each_change speaks
        by_hand = facts.recital if facts.recital else facts.whereas if amendment.form.recital == "none" else ()
        names = {name for step in amendment.applied for name in _changed(step)} if by_hand else ()
        words = " ".join(by_hand).casefold()
        if alone and names and not any(name.casefold() in words for name in names):
            key = "recital" if facts.recital else "whereas"
            fault = f'names nobody whom the amendment changes, such as "{min(names)}"'
            yield amendment.source.warning((key,), fault, "name them, or write form: {recital: whereas}")


def _changed(step: Applied) -> Iterator[str]:
    """Whom a change is about: the names that come, go, or have other values."""
    change = step.change
    if isinstance(change, Change):
        yield str(getattr(change, change.verb))
        yield str(getattr(change, "to", None) or getattr(change, change.verb))
        return
    if step.before:
        old, new = ({row.name: row for _, row, _ in s.lines()} for s in (step.before, step.after))
        yield from (name for name in old.keys() | new.keys() if old.get(name) != new.get(name))


def terms_have_their_capitals(plan: PlanFolder) -> Iterator[Problem]:
    """A text by hand writes a defined term as the paper does: the Plan, each Portfolio, the Distributor."""
    for amendment in plan.amendments:
        terms = _small_terms(amendment.plan)
        words = "|".join(re.escape(word) + (NO_OTHER if is_plan else "") for word, is_plan in terms.items())
        pattern = re.compile(rf"\b(?i:the|each|such|every|this|said) ({words})s?\b{NO_TERM}")
        for prose in texts_of(amendment.source):
            if prose.path[0] in OF_A_PAPER or prose.path[-1] == "preamble":
                if terms and (match := pattern.search(prose.text)):
                    right = match[0].replace(match[1], match[1][:1].upper() + match[1][1:])
                    yield prose.warning(f'says "{match[0]}"{WITHOUT}', f"write {right}, or accept it")
                for words, right in _small_classes(prose.text, amendment.plan.share_classes):
                    yield prose.warning(f'says "{words}"{WITHOUT}', f"write {right}, or accept it")


def _small_classes(text: str, classes: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The classes that a text has in small letters, each with the right name; `class a` may be no name, nor is a."""
    for name in (name for name in classes if len(name) > 1):
        match = re.search(rf"\b{re.escape(name)}(?!\w)", text, re.IGNORECASE)
        if match and match[0] not in (name, name.upper()) and not match[0].endswith(" a"):
            yield match[0], name


def _small_terms(facts: Plan) -> dict[str, bool]:
    """The terms that a paper has with a capital, in small letters, each with whether it is the plan's own."""
    parties = [english.without_article(party.called) for party in (*facts.registrants, *facts.parties) if party.called]
    terms = dict.fromkeys((*(form.row for form in facts.schedules), *parties), False) | {facts.term: True}
    return {term[:1].lower() + term[1:]: is_plan for term, is_plan in terms.items() if term.istitle()}


CHECKS: tuple[PlanRule, ...] = (
    no_stale_names,
    rule_is_named_right,
    term_is_the_plans,
    quotation_marks_close,
    no_path_of_a_file,
    lists_count_right,
    recital_is_its_own,
    recitals_name_somebody,
    terms_have_their_capitals,
)
