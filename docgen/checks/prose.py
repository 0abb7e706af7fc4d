"""Rules about what people write by hand: recitals, clauses, preambles, footnotes, headings.

Each is a slip that was filed: a stale name, another rule's number, an open quotation mark, a recital copied over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from docgen.checks.rule import PlanRule
from docgen.consolidation import lineage
from docgen.consolidation.plan_folder import AmendmentFile, PlanFolder
from docgen.model.schedule import Schedule
from docgen.model.yaml_reader import KeyPath, Source
from docgen.problems import Problem

BY_HAND = frozenset({"recital", "whereas", "clauses", "preamble", "text", "footnotes", "subject", "reason"})
FORMERLY = re.compile(r"formerly|known as|renamed|name of|redesignated", re.IGNORECASE)
NO_RULE = re.compile(r"\bRule 12-1\b|\b12b-l\b|\b12b1\b|\b12-b1\b|\bRule 12b\b(?!-1)", re.IGNORECASE)
A_PATH = re.compile(r"\b[A-Za-z]:\\|\\\\\w|/(home|Users|tmp)/|\.(docx?|rtf|wpd|pdf)\b", re.IGNORECASE)
LABEL = re.compile(r"(?<![\w)])\((\d{1,2}|[ivx]{1,5})\)(?=\s)")
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")


@dataclass(frozen=True)
class Written:
    """A text that somebody wrote by hand, and where."""

    text: str
    source: Source
    path: KeyPath

    def warning(self, found: str, remedy: str) -> Problem:
        """A warning at the text's line."""
        return replace(self.source.problem(self.path, found, remedy), severity="warning")


def _written(source: Source) -> Iterator[Written]:
    for path, value in source.leaves():
        if value and not BY_HAND.isdisjoint(path) and path[0] not in ("accept", "form"):
            yield Written(value, source, path)


def _all_written(plan: PlanFolder) -> Iterator[Written]:
    for source in (plan.source, *(amendment.source for amendment in plan.amendments)):
        yield from _written(source)


def _stale(amendment: AmendmentFile) -> Iterator[str]:
    """The names that an amendment changed, and that nothing bears after it."""
    for before in amendment.before if amendment.applied else ():
        after = next((schedule for schedule in amendment.after if schedule.name == before.name), before)
        if renamed := lineage.renamed(before, after):
            names = {key.name for key in lineage.keys(after).values()}
            yield from (old.name for old, _ in renamed if old.name not in names)


def no_stale_names(plan: PlanFolder) -> Iterator[Problem]:
    """A name that went with an earlier amendment is not in a later text (one was filed so)."""
    gone: dict[str, str] = {}
    for amendment in plan.amendments:
        standing = _standing(amendment.after) if gone else []
        for written in _written(amendment.source) if gone else ():
            for name, since in gone.items():
                if _says(written.text, name, standing):
                    found = f'says "{name}", which has another name since {since}'
                    yield written.warning(found, "write the new name, or say formerly")
        gone |= dict.fromkeys(_stale(amendment), amendment.id)
    standing = _standing(plan.schedules_on())
    for written in _written(plan.source):
        for name, since in gone.items():
            if _says(written.text, name, standing):
                yield written.warning(f'says "{name}", which has another name since {since}', "write the new name")


def _standing(schedules: Sequence[Schedule]) -> list[str]:
    """The names of rows and groups, the longest first."""
    names = {row.name for s in schedules for _, row, _ in s.lines()} | {g.name for s in schedules for g in s.groups}
    return sorted((name for name in names if name), key=len, reverse=True)


def _says(text: str, name: str, standing: Sequence[str]) -> bool:
    """Whether a text says a name that stands no more, and not inside one that does."""
    for other in standing:
        text = text.replace(other, "")
    return name not in standing and name in text and not FORMERLY.search(text)


def rule_is_named_right(plan: PlanFolder) -> Iterator[Problem]:
    """A text by hand names Rule 12b-1 as it is (exhibits said 12-1 and 12b-l)."""
    for written in _all_written(plan):
        if found := NO_RULE.search(written.text):
            yield written.warning(f'says "{found[0]}"', "write Rule 12b-1")


def term_is_the_plans(plan: PlanFolder) -> Iterator[Problem]:
    """A text by hand calls the plan by its term (recitals called a Plan the Agreement)."""
    other = {"Plan": "Agreement", "Agreement": "Plan"}.get(plan.facts.term)
    for amendment in plan.amendments if other else ():
        for written in _written(amendment.source):
            if f"amend the {other}" in written.text or f"of the {other} " in written.text:
                found = f"calls it the {other}, and plan.yaml the {plan.facts.term}"
                yield written.warning(found, f"write the {plan.facts.term}")


def quotation_marks_close(plan: PlanFolder) -> Iterator[Problem]:
    """Every quotation mark that opens in a text by hand closes in it (a schedule was filed with one open)."""
    for written in _all_written(plan):
        text = written.text
        if text.count("“") != text.count("”") or text.count('"') % 2:
            yield written.warning(f'a quotation mark does not close in "{text[:60]}"', "close it, or take it out")


def no_path_of_a_file(plan: PlanFolder) -> Iterator[Problem]:
    """No path or name of a file was left in a text (two exhibits show the path of their Word file)."""
    for written in _all_written(plan):
        if found := A_PATH.search(written.text):
            yield written.warning(f'has "{found[0]}", which looks like a file\'s path', "take it out")


def lists_count_right(plan: PlanFolder) -> Iterator[Problem]:
    """The items of a list by hand are numbered in order, without a gap or a repetition."""
    for written in _all_written(plan):
        labels = LABEL.findall(written.text)
        for wanted in (ROMAN, tuple(map(str, range(1, 100)))):
            mine = [label for label in labels if label in wanted]
            if len(mine) > 1 and mine[0] == wanted[0] and mine != list(wanted[: len(mine)]):
                yield written.warning(f"is numbered ({'), ('.join(mine)})", "number the items in order")


def recital_is_its_own(plan: PlanFolder) -> Iterator[Problem]:
    """No two amendments have the same recital by hand (one was filed under two numbers)."""
    seen: dict[str, str] = {}
    for amendment in plan.amendments:
        for written in _written(amendment.source):
            if written.path[0] in ("recital", "whereas") and len(written.text) > 20:
                if written.text in seen:
                    found = f"is word for word what {seen[written.text]} says"
                    yield written.warning(found, "say what this amendment is for")
                seen.setdefault(written.text, amendment.id)


def heading_names_the_plan(plan: PlanFolder) -> Iterator[Problem]:
    """The heading of a schedule names the plan by its title (nine filed headings named a plan before it)."""
    for number, form in enumerate(plan.facts.schedules):
        if form.plan and plan.facts.title.casefold() not in form.plan.casefold():
            key = "schedules" if isinstance(plan.source.data, dict) and "schedules" in plan.source.data else "schedule"
            path = (key, number, "plan") if key == "schedules" else (key, "plan")
            found = f'the heading of {form.name} names "{form.plan}", and the plan is "{plan.facts.title}"'
            problem = plan.source.problem(path, found, "take plan: out of schedule:, or accept it in an amendment")
            yield replace(problem, severity="warning")


CHECKS: tuple[PlanRule, ...] = (
    no_stale_names,
    rule_is_named_right,
    term_is_the_plans,
    quotation_marks_close,
    no_path_of_a_file,
    lists_count_right,
    recital_is_its_own,
    heading_names_the_plan,
)
