"""A folder of one plan's exhibits: the first as a whole schedule, each later one as the changes that lead to it.

The changes are found by comparing, names that change are told by the recital or by a person, and the recital that
docgen drafts of them is held against the one that was filed.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from docgen.checks import amendments
from docgen.consolidation import compare, lineage
from docgen.consolidation.fold import Past
from docgen.document.recital_names import NOUNS
from docgen.importing import draft, proofs, report, save
from docgen.importing.answers import AnswerMemory, ChainNames
from docgen.importing.draft import Data
from docgen.importing.facts import Imported
from docgen.importing.importer import SILENT, ImportResult, Question
from docgen.importing.pieces import LinePlace
from docgen.importing.trials import distance, pairs_of
from docgen.model import changes, english, yaml_writer
from docgen.model.amendment import Restate
from docgen.model.changes import Change
from docgen.model.schedule import Schedule
from docgen.problems import NEAR, DocgenError, fold_signs, likeness

MERGED = r"(?:[a-z]+ ){0,2}(?:merged|reorgani[sz]ed|combined|consolidated) (?:with and )?"
ABOUT_VALUES = r"(?i)\b(?:fees?|rates?|charges?|expenses?|limits?|compensation|waivers?)\b"
UNEXPLAINED = "no words of the recital explain this change: is it right, though the paper is silent?"
ACCEPTED, BY = "so the paper was filed", "whoever answered docgen import"
IS_SILENT = "the paper has no words for it"
RECITALS = ("whereas", "each", "list", "headed", "table")
LIST_MARKS = (None, "(1)", "(a)", "(i)", "1)", "a)", "i)")


@dataclass(frozen=True)
class Link:
    """One exhibit of a chain: as imported, its data as changes, what is said of them, and what is open.

    `silent` are the numbers of the changes that the paper has no words for, by a person's answer. `names` has of the
    doubts those of a new name, each with the old one that it may take the place of.
    """

    result: ImportResult
    data: Imported
    texts: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    silent: frozenset[int] = frozenset()
    notes: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether anything of it is not certain."""
        return self.result.is_open or bool(self.doubts)


def links(every: Sequence[ImportResult], folders: tuple[Path, ...], memory: AnswerMemory) -> list[Link]:
    """The links of one plan's chain in the order of the amendments' numbers and days."""
    results = sorted(every, key=_order)
    chain: list[Link] = []
    before: tuple[Schedule, ...] = ()
    for result in results:
        if not chain or result.trial is None:
            chain.append(Link(result, result.data))
        else:
            chain.append(_silenced(_link(result, before, memory.names, folders), memory))
        if result.trial is not None and result.trial.paper.amendment.after:
            before = result.trial.paper.amendment.after
    return [_in_turn(former, latter) for former, latter in itertools.pairwise([None, *chain]) if latter]


def _in_turn(former: Link | None, latter: Link) -> Link:
    """A link with what its number says beside the one before: that it is a second one, or that some are missing."""
    if former is None:
        return latter
    one, two = (save.identity(link.data.amendment) for link in (former, latter))
    file = former.result.exhibit.file
    if one == two:
        doubt = f"is a second {report.heading(latter.result)}, beside {file}: take one of the two out of the folder"
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


def _link(result: ImportResult, before: tuple[Schedule, ...], names: ChainNames, folders: tuple[Path, ...]) -> Link:
    """One exhibit as the changes from the schedules before it."""
    assert result.trial is not None  # noqa: S101  # the caller has looked
    after = {schedule.name: schedule for schedule in result.trial.paper.amendment.after}
    recital = fold_signs(" ".join(result.data.amendment.get("recital", [])))
    steps: list[Change | Restate] = []
    doubtful: list[tuple[str, str]] = []
    for old in before:
        if old.name in after:
            mine, open_names = _steps(old, after[old.name], recital, names)
            several = {"schedule": old.name} if len(before) > 1 else {}
            steps += [step.model_copy(update=several) for step in mine]
            doubtful += open_names
    pairs, doubts = tuple(doubtful), [name_doubt(*pair) for pair in doubtful]
    texts = [_sentence(step) for step in steps]
    if any(isinstance(step, Restate) for step in steps) or not steps:
        return Link(result, result.data, tuple(texts), tuple(doubts), pairs)
    data, agrees = _with_changes(result, steps, before, folders)
    unexplained = [n for n, step in enumerate(steps) if recital and not agrees and not _explains(recital, step)]
    return Link(result, data, tuple(texts), tuple(doubts), pairs, frozenset(unexplained))


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


def _silenced(link: Link, memory: AnswerMemory) -> Link:
    """A link whose changes without words in the recital are asked about, but those of which a person has answered."""
    result, places = link.result, {row.name: row.place for row in link.result.proof.rows}
    opening = result.parts.opening.piece if result.parts.opening else result.parts.first
    paper = f"{save.plan_name(result.data)}/{save.identity(result.data.amendment)}"
    questions: list[Question] = []
    for number in sorted(link.silent):
        text, key = link.texts[number], f"{paper}: {link.texts[number]}"
        place = next((place for name, place in places.items() if f": {name}," in f"{text},"), None)
        place = place or (opening.place if opening else LinePlace(1))
        if memory.words.get(key) != SILENT:
            questions.append(Question(place, text, UNEXPLAINED, (SILENT,), key))
    result = replace(result, questions=(*result.questions, *questions))
    if questions:
        return replace(link, result=result)
    texts = [f"{text} ({IS_SILENT})" if n in link.silent else text for n, text in enumerate(link.texts)]
    return replace(link, result=result, texts=tuple(texts))


def _accepting(amendment: Data, steps: Sequence[Change | Restate]) -> Data:
    """An amendment that accepts of each change whose names its filed recital does not have that it is so."""
    recital = " ".join(amendment.get("recital", []))
    names = [n for step in steps if isinstance(step, Change) and recital for n in amendments.unnamed(recital, step)]
    if not names:
        return amendment
    accepts = [{"check": amendments.NAMES_EACH, "why": ACCEPTED, "by": BY, "on": f'"{name}"'} for name in names]
    return {**amendment, "accept": [*amendment.get("accept", []), *accepts]}


def name_doubt(new: str, old: str) -> str:
    """What is said of a new name that may be that of an old one."""
    says = f'say --rename "{old}={new}" or --new "{new}"'
    return f'"{new}" is new, or the new name of "{old}": {says}'


def _steps(
    old: Schedule, following: Schedule, recital: str, names: ChainNames
) -> tuple[list[Change | Restate], list[tuple[str, str]]]:
    """The changes from one schedule to the next, and the names of which it is open whether they changed: new, old."""
    before, after = _all_names(old), _all_names(following)
    missing, fresh = [name for name in before if name not in after], [name for name in after if name not in before]
    pairs = _pairs(missing, fresh, recital, names)
    untold = [name for name in missing if name not in pairs and fold_signs(name) not in recital]
    doubts = []
    for name in fresh:
        near = sorted((n for n in untold if likeness(n, name) >= NEAR), key=lambda n: -likeness(n, name))
        if near and name not in (*pairs.values(), *names.new) and fold_signs(name) not in recital:
            doubts.append((name, near[0]))
    groups = {group.name for group in old.groups}
    renaming: list[Change] = [
        changes.RenameGroup(rename_group=name, to=new) if name in groups else changes.Rename(rename=name, to=new)
        for name, new in pairs.items()
    ]
    try:
        renamed = compare.apply_all(old, renaming)
    except DocgenError:
        renaming, renamed = [], old
    rest = [_with_reason(_trimmed(step), recital) for step in compare.steps(renamed, following)]
    return [*renaming, *rest], doubts


def _pairs(missing: Sequence[str], fresh: Sequence[str], recital: str, names: ChainNames) -> dict[str, str]:
    """The names that changed, old to new: as a person tells, by words that change in all, or as the recital says."""
    pairs = {old: new for old, new in names.renamed.items() if old in missing and new in fresh}
    for old in missing:
        by_words = [new for new in fresh if any(_by_words(old, new, *words) for words in names.renamed.items())]
        by_recital = [new for new in fresh if _is_renamed(old, new, recital)]
        if old not in pairs and len(by_words or by_recital) == 1:
            pairs[old] = (by_words or by_recital)[0]
    return pairs


def _all_names(schedule: Schedule) -> list[str]:
    names = [group.name for group in schedule.groups if group.name]
    return names + [row.name for row in schedule.rows]


def _is_renamed(old_name: str, new_name: str, recital: str) -> bool:
    """Whether the recital says that a name changes to another: both side by side, or by words that all names change."""
    former, latter = fold_signs(old_name), fold_signs(new_name)
    if f"{former} to {latter}" in recital or ("New Name" in recital and f"{former} {latter}" in recital):
        return True
    words = re.findall(r'change of "([^"]+)" to "([^"]+)"', recital)
    return any(_by_words(former, latter, old, new) for old, new in words)


def _by_words(old_name: str, new_name: str, old: str, new: str) -> bool:
    """Whether a name becomes another when words in it give way to others."""
    return old != old_name and old in old_name and old_name.replace(old, new) == new_name


def _trimmed(step: Any) -> Change | Restate:
    """A step as a person would type it: of a row that gets other values only those that differ."""
    change: Change | Restate = step.change
    if isinstance(change, changes.SetValues) and step.before:
        differ = {value.key for value in lineage.new_values(step.before, step.after)}
        return change.model_copy(update={"values": {k: v for k, v in change.values.items() if k in differ}})
    return change


def _with_reason(change: Change | Restate, recital: str) -> Change | Restate:
    """A removal with the fund that it went into, or the reason, where the recital says one."""
    if not isinstance(change, changes.Remove):
        return change
    name = re.escape(fold_signs(change.remove))
    if hit := re.search(rf"{name} (?:{MERGED})?into ([^;,]+?)(?=;|,| and of |$)", recital):
        return change.model_copy(update={"into": hit[1].strip()})
    if hit := re.search(rf"{name} \(([^()]+)\)", recital):
        return change.model_copy(update={"reason": hit[1]})
    noun = next((noun for noun in NOUNS.values() if re.search(rf"the {noun} of [^;]*{name}", recital)), "")
    return change.model_copy(update={"reason": noun}) if noun else change


def _sentence(step: Change | Restate) -> str:
    data = yaml_writer.as_data(step)
    if isinstance(step, Restate):
        return "restate: the heads or the notes changed"
    return ", ".join(f"{key}: {value}" for key, value in data.items() if isinstance(value, str | bool))


def _with_changes(
    result: ImportResult, steps: Sequence[Change | Restate], before: tuple[Schedule, ...], folders: tuple[Path, ...]
) -> tuple[Imported, bool]:
    """The exhibit's data with changes in place of the schedule, and whether docgen's recital is the filed one."""
    plan, amendment = result.data.plan, result.data.amendment
    rest = {key: value for key, value in amendment.items() if key not in ("restate", "recital", "changes")}
    entries = [*amendment.get("changes", []), *(yaml_writer.as_data(step) for step in steps)]
    filed = proofs.spoken(result.exhibit)
    verbatim = {**rest, **({"recital": amendment["recital"]} if "recital" in amendment else {}), "changes": entries}
    best = _surplus(plan, verbatim, filed, before, folders)
    if "recital" in amendment:
        for form in _recital_forms(plan["form"]):
            surplus = _surplus({**plan, "form": form}, {**rest, "changes": entries}, filed, before, folders)
            if surplus <= best:
                return Imported({**plan, "form": form}, {**rest, "changes": entries}), True
    return Imported(plan, _accepting(verbatim, steps)), "recital" not in amendment


def _recital_forms(form: Data) -> Iterator[Data]:
    for recital in RECITALS:
        for mark in LIST_MARKS:
            yield {**form, "recital": recital, **({"list_mark": mark} if mark else {})}


def _surplus(
    plan: Data, amendment: Data, filed: Sequence[str], before: tuple[Schedule, ...], folders: tuple[Path, ...]
) -> int:
    try:
        paper = draft.paper(plan, amendment, folders, Past.of(before))
        return distance(pairs_of(filed), draft.words(draft.tree(paper)))
    except DocgenError:
        return len(filed) * 4
