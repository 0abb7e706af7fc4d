"""A folder of one plan's exhibits: the first as a whole schedule, each later one as the changes that lead to it.

The changes are found by comparing, names that change are told by the recital or by a person, and the recital that
docgen drafts of them is held against the one that was filed.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from docgen.importing import (
    chain_data,
    chain_steps,
    change_days,
    english_words,
    importer,
    later_schedules,
    report,
    save,
)
from docgen.importing.answers import AnswerMemory
from docgen.importing.change_days import DayOfChange
from docgen.importing.draft import Data
from docgen.importing.facts import Imported
from docgen.importing.importer import SILENT, ImportResult, Question
from docgen.importing.name_answers import NameAnswers
from docgen.importing.pieces import LinePlace
from docgen.model import changes, english, yaml_writer
from docgen.model.amendment import Restate
from docgen.model.changes import Change
from docgen.model.schedule import Schedule
from docgen.problems import fold_signs, name_key

ABOUT_VALUES = r"(?i)\b(?:fees?|rates?|charges?|expenses?|limits?|compensation|waivers?)\b"
UNEXPLAINED = "no words of the recital explain this change: is it right, though the paper is silent?"
IS_SILENT = "the paper has no words for it"


@dataclass(frozen=True)
class Link:
    """One exhibit of a chain: as imported, its data as changes, what is said of them, and what is open.

    `steps` are the changes from the exhibit before, `silent` the numbers of those that the paper has no words for.
    `names` has of the doubts those of a new name, each with the old one that it may take the place of, `days` the
    changes of which the words do not tell the day.
    """

    result: ImportResult
    data: Imported
    steps: tuple[Change | Restate, ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    doubts: tuple[str, ...] = ()
    silent: frozenset[int] = frozenset()
    days: tuple[DayOfChange, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """The changes in a line each, and which of them the paper has no words for."""
        return tuple(
            chain_steps.sentence(step) + f" ({IS_SILENT})" * (number in self.silent)
            for number, step in enumerate(self.steps)
        )

    @property
    def is_open(self) -> bool:
        """Whether anything of it is not certain."""
        return self.result.is_open or bool(self.doubts)


def links(
    every: Sequence[ImportResult], folders: tuple[Path, ...], memory: AnswerMemory, context: NameAnswers
) -> list[Link]:
    """The links of one plan's chain in the order of the amendments' numbers and days.

    `context` is what was told of names when each exhibit was read by itself.
    """
    results = sorted(every, key=_order)
    chain: list[Link] = []
    before: tuple[Schedule, ...] = ()
    for result in results:
        if not chain or result.trial is None:
            chain.append(Link(result, result.data))
        else:
            link = _link(result, before, memory, folders)
            if any(row.is_open for row in result.proof.rows):
                again = importer.proved(result, replace(context, stood=_stood(before, link.steps)))
                link = replace(link, result=again)
            chain.append(_with_questions(link, memory))
        if result.trial is not None and result.trial.paper.amendment.after:
            before = later_schedules.in_force(before, result.trial.paper.amendment.after)
    listed = later_schedules.complete([link.data for link in chain])
    chain = [replace(link, data=data) for link, data in zip(chain, listed, strict=True)]
    return [_in_turn(former, latter) for former, latter in itertools.pairwise([None, *chain]) if latter]


def _stood(before: Sequence[Schedule], steps: Sequence[Change | Restate]) -> dict[str, list[str]]:
    """The registrant under which each fund stood in the exhibit before, by the names that both have now."""
    funds = {step.rename: step.to for step in steps if isinstance(step, changes.Rename)}
    groups = {step.rename_group: step.to for step in steps if isinstance(step, changes.RenameGroup)}
    pairs = [(group.name, row.name) for schedule in before for group in schedule.groups for row in group.rows]
    return {name_key(funds.get(row, row)): [group, groups.get(group, group)] for group, row in pairs}


def _in_turn(former: Link | None, latter: Link) -> Link:
    """A link with what its number says beside the one before: that it is a second one, or that some are missing."""
    if former is None:
        return latter
    one, two = (save.identity(link.data.amendment) for link in (former, latter))
    file = former.result.exhibit.file
    if one == two:
        name = report.heading(latter.result).removeprefix("the ")
        doubt = f"is a second {name}, beside {file}: take one of the two out of the folder"
        return replace(latter, doubts=(*latter.doubts, doubt))
    numbers = range(int(one) + 1, int(two)) if one.isdigit() and two.isdigit() else range(0)
    if numbers:
        lacking = english.listed([f"No. {number}" for number in numbers])
        return replace(latter, notes=(f"Amendment {lacking} is not in the folder; what it changed stands among these",))
    return latter


def _order(result: ImportResult) -> tuple[int, str]:
    amendment = result.data.amendment
    number = str(amendment.get("number", ""))
    return int(number) if number.isdigit() else 0, str(amendment.get("effective") or amendment.get("dated") or "")


def _link(result: ImportResult, before: tuple[Schedule, ...], memory: AnswerMemory, folders: tuple[Path, ...]) -> Link:
    """One exhibit as the changes from the schedules before it."""
    assert result.trial is not None  # noqa: S101  # the caller has looked
    after = {schedule.name.casefold(): schedule for schedule in result.trial.paper.amendment.after}
    recital = fold_signs(" ".join(result.data.amendment.get("recital", [])))
    steps: list[Change | Restate] = []
    doubtful: list[tuple[str, str]] = []
    for old in before:
        if following := after.get(old.name.casefold()):
            mine, open_names = chain_steps.between(old, following, recital, memory.names)
            several = {"schedule": old.name} if len(before) > 1 else {}
            steps += [step.model_copy(update=several) for step in mine]
            doubtful += open_names
    days = change_days.of(steps, recital, str(result.data.amendment.get("effective", "")))
    days = [_with_answer(result, day, memory) for day in days]
    steps = [day.change for day in days]
    doubts = tuple(name_doubt(*pair) for pair in doubtful)
    link = Link(result, result.data, tuple(steps), tuple(doubtful), doubts, days=tuple(d for d in days if d.options))
    fresh = [schedule.name for key, schedule in after.items() if key not in {old.name.casefold() for old in before}]
    brought = [name for name in fresh if later_schedules.brings(before, name)]
    if brought != fresh and (steps or len(after) > len(before)):
        return replace(link, doubts=(*link.doubts, *map(_new_schedule, fresh)))
    link = replace(link, notes=tuple(map(_brought, brought)))
    if any(isinstance(step, Restate) for step in steps) or not steps:
        return link
    touched = tuple(old for old in before if old.name.casefold() in after)
    restates = later_schedules.restated(result.data, brought)
    data, agrees = chain_data.with_changes(result, (*restates, *steps), touched, folders)
    unexplained = [n for n, step in enumerate(steps) if recital and not agrees and not _explains(recital, step)]
    return replace(link, data=data, silent=frozenset(unexplained))


def _brought(name: str) -> str:
    """What is said of a schedule that an exhibit brings."""
    return f"brings {name}: plan.yaml lists it, and this amendment restates it"


def _new_schedule(name: str) -> str:
    """What is said of a schedule that the exhibits before do not have."""
    return f"{name} is not in the exhibits before: begin the plan with this one, and import those apart"


def _explains(recital: str, step: Change | Restate) -> bool:
    """Whether words of a recital may be about a change: a clause has its name, and of new values one, or "fee".

    A new name is told by the recital or by a person anyhow, and where a row stands in its group needs no words.
    """
    if isinstance(step, changes.Rename | changes.RenameGroup) or (isinstance(step, changes.Move) and not step.to):
        return True
    name, *others = [value for value in yaml_writer.as_data(step).values() if isinstance(value, str)] or [""]
    clauses = [clause for clause in recital.split(";") if fold_signs(name) in clause]
    if not isinstance(step, changes.SetValues):
        return bool(clauses)
    return any(re.search(ABOUT_VALUES, clause) or any(value in clause for value in others) for clause in clauses)


def _with_questions(link: Link, memory: AnswerMemory) -> Link:
    """A link with questions about changes without words in the recital, and without a day that its words tell.

    Not those that a person has answered.
    """
    result = link.result
    questions: list[Question] = []
    for number in sorted(link.silent):
        text = chain_steps.sentence(link.steps[number])
        key = f"{_paper(result)}: {text}"
        if memory.words.get(key) != SILENT:
            questions.append(Question(_place(result, text), text, UNEXPLAINED, (SILENT,), key))
    for day in link.days:
        text = chain_steps.sentence(day.change)
        doubt = f"from which day on: {' or '.join(day.options)}? (kept: the amendment's)"
        questions.append(Question(_place(result, text), text, doubt, (*day.options, "kept"), _key_of_day(result, day)))
    return replace(link, result=replace(result, questions=(*result.questions, *questions)))


def _place(result: ImportResult, text: str) -> LinePlace:
    """Where a change is asked about: at the row that it is of, else at the opening."""
    opening = result.parts.opening.piece if result.parts.opening else result.parts.first
    place = next((row.place for row in reversed(result.proof.rows) if f": {row.name}," in f"{text},"), None)
    return place or (opening.place if opening else LinePlace(1))


def _paper(result: ImportResult) -> str:
    return f"{save.plan_name(result.data)}/{save.identity(result.data.amendment)}"


def _key_of_day(result: ImportResult, day: DayOfChange) -> str:
    return f"{_paper(result)}: {chain_steps.sentence(day.change)}: {', '.join(day.options)}"


def _with_answer(result: ImportResult, day: DayOfChange, memory: AnswerMemory) -> DayOfChange:
    """A change with the day that a person told, where one did."""
    reply = memory.words.get(_key_of_day(result, day), "") if day.options else ""
    if not reply or not isinstance(day.change, Change):
        return day
    return DayOfChange(day.change if reply == "kept" else change_days.on(day.change, english_words.day(reply)))


def name_doubt(new: str, old: str) -> str:
    """What is said of a new name that may be that of an old one."""
    says = f'say --rename "{old}={new}" or --new "{new}"'
    return f'"{new}" is new, or the new name of "{old}": {says}'


def as_json(link: Link) -> Data:
    """The report on an exhibit of a folder for programs; docs/import.md describes it."""
    changes = [
        {"change": yaml_writer.as_data(step), "text": text, "explained": number not in link.silent}
        for number, (step, text) in enumerate(zip(link.steps, link.texts, strict=True))
    ]
    return {
        **report.as_json(link.result),
        "changes": changes,
        "names": [{"new": new, "old": old} for new, old in link.names],
        "doubts": list(link.doubts),
        "notes": list(link.notes),
        "open": link.is_open,
        "plan": link.data.plan,
        "amendment": link.data.amendment,
    }
