"""From an exhibit's bytes to its data, its two proofs and what is left to ask."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from docgen.importing import (
    draft,
    exhibit_files,
    facts,
    group_doubts,
    groups,
    impossible_days,
    parts,
    patterns,
    proofs,
    sentences,
    table_lines,
    trials,
)
from docgen.importing.facts import Imported
from docgen.importing.name_answers import NO_ANSWERS, NameAnswers
from docgen.importing.parts import Parts
from docgen.importing.pieces import FiledExhibit, LinePlace
from docgen.importing.proofs import Proof, RowProof
from docgen.importing.trials import Trial
from docgen.model import english
from docgen.problems import DocgenError, Problem, fold_signs

MOST_REASONS = 3  # that are said of a group
DRAFTED_AS = {".pdf": "htm", ".html": "htm"}
OF_NAMES = ("registrant", "fund", "head")  # answers by what the words are
OF_ROWS, OF_WORDS = ("right", *OF_NAMES), ("kept",)
NOT_UNDERSTOOD = "not understood: kept word for word"
SILENT = "silent"  # the answer about a change that the paper has no words for
NAMING = "the name of the agreement of: "  # by what an answer that is a name is remembered
FreeAnswer = Literal["", "a name", "a day"]
LONGEST_KEY = 100  # letters of a page's first words that stand for it


@dataclass(frozen=True)
class Question:
    """What docgen does not know: where it stands, the words, what is asked about them, and what may be answered.

    `key` is by what an answer is remembered that is no answer about the words alone. `free` says what else may be
    answered, in words of one's own.
    """

    place: LinePlace
    text: str
    doubt: str
    words: tuple[str, ...]
    key: str = ""
    free: FreeAnswer = ""

    def about(self, word: str) -> str:
        """By what an answer is remembered: what words are, by the words alone."""
        return self.text if word in OF_NAMES else self.key or self.text

    def takes(self, word: str) -> bool:
        """Whether a word answers it."""
        if word in self.words or not self.free:
            return word in self.words
        return bool(word) if self.free == "a name" else bool(impossible_days.answer(word))


@dataclass(frozen=True)
class ImportResult:
    """An exhibit as imported: `trial` is None where its data gives no paper, and `problems` say why.

    `draft` is the draft's own file as the same reader reads it; `days` are those that cannot be one of a fund's plan.
    """

    exhibit: FiledExhibit
    parts: Parts
    data: Imported
    trial: Trial | None
    draft: tuple[FiledExhibit, Parts] | None
    days: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    proof: Proof = proofs.NONE
    questions: tuple[Question, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether a row is neither confirmed nor right by a person's word, or a question not answered."""
        return bool(self.questions) or bool(self.problems) or any(row.is_open for row in self.proof.rows)


def run(file: str, data: bytes, folders: tuple[Path, ...], answers: NameAnswers = NO_ANSWERS) -> ImportResult:
    """The exhibit as data, proved; DataProblem where the file cannot be read."""
    exhibit = exhibit_files.exhibit(file, data)
    taken = take(exhibit, folders, answers)
    imported, days = impossible_days.corrected(_with_title(facts.of(taken, folders), taken, answers), answers)
    trial, drafted = None, None
    problems: tuple[Problem, ...] = ()
    try:
        kinds = patterns.KINDS if taken.opening and taken.opening.is_loose else ()
        trial = trials.settle(imported, proofs.spoken(exhibit), folders, kinds)
        drafted = _drafted(trial, exhibit_files.suffix(file), folders, answers)
    except DocgenError as error:
        problems = error.problems
    data_ = trial.data if trial else imported
    return proved(ImportResult(exhibit, taken, data_, trial, drafted, tuple(days), problems), answers)


def proved(result: ImportResult, answers: NameAnswers) -> ImportResult:
    """The exhibit with its two proofs, and with what is asked of it; and once more, where more is told of names."""
    taken = result.parts
    complete = _with_first(taken, answers)
    proof = proofs.prove(parts.in_order(result.exhibit, taken), taken, result.draft, complete)
    of_title = [*_of_title(result.data, taken, answers)]
    rest = [question for question in questions(taken, proof, complete) if not (of_title and _is_first(question, taken))]
    return replace(result, proof=proof, questions=(*of_title, *_of_days(result.days, taken), *rest))


def _with_first(taken: Parts, answers: NameAnswers) -> NameAnswers:
    """The answers, with that about the first words of an exhibit where a person has told the agreement's name."""
    if not taken.first or not answers.of(_key_of_name(taken)):
        return answers
    return replace(answers, words={**answers.words, fold_signs(taken.first.text).casefold(): "kept"})


def _is_first(question: Question, taken: Parts) -> bool:
    """Whether a question is about the first words of an exhibit, of which the agreement's name is asked."""
    return taken.first is not None and (question.place, question.doubt) == (taken.first.place, NOT_UNDERSTOOD)


def _key_of_name(taken: Parts) -> str:
    """By what the name of an exhibit's agreement is remembered: the words with which the exhibit begins."""
    return NAMING + (taken.first.text[:LONGEST_KEY] if taken.first else "")


def _with_title(imported: Imported, taken: Parts, answers: NameAnswers) -> Imported:
    """The data with the name that a person told, where the exhibit says none."""
    name = answers.of(_key_of_name(taken))
    has_name = name not in ("", *OF_WORDS) and imported.plan["title"] == facts.UNNAMED
    return Imported({**imported.plan, "title": name}, imported.amendment) if has_name else imported


def _of_title(imported: Imported, taken: Parts, answers: NameAnswers) -> Iterator[Question]:
    """What the agreement is called, where an exhibit with a schedule says no name."""
    key = _key_of_name(taken)
    if taken.first and taken.schedules and imported.plan["title"] == facts.UNNAMED and not answers.of(key):
        doubt = f'names no agreement: what is it called? (kept: it is called "{facts.UNNAMED}")'
        yield Question(taken.first.place, taken.first.text, doubt, OF_WORDS, key, free="a name")


def _of_days(days: Sequence[str], taken: Parts) -> Iterator[Question]:
    """Which day it is, of each that cannot be one of a fund's plan."""
    piece = taken.opening.piece if taken.opening else taken.first
    for day in days:
        assert piece is not None  # noqa: S101  # some words have the day
        text, key = english.day(datetime.date.fromisoformat(day)), impossible_days.KEY + day
        yield Question(piece.place, text, "is not a day of a fund's plan: which day is it?", (), key, "a day")


def _drafted(trial: Trial, suffix: str, folders: tuple[Path, ...], answers: NameAnswers) -> tuple[FiledExhibit, Parts]:
    """The draft's own file of the same format, as the same reader reads it; of a PDF it is HTML.

    So no page has to be set for it, and it shares no mistake about the boxes of letters with the reader of the exhibit.
    Of the answers it has those alone that call words a head: nothing on a page tells a label of a house's own.
    """
    data, ending = draft.file(trial.paper, trial.tree, DRAFTED_AS.get(suffix, suffix[1:]))
    result_file = exhibit_files.exhibit(f"draft.{ending}", data)
    heads = NameAnswers({text: word for text, word in answers.words.items() if word == "head"})
    taken = take(result_file, folders, heads)
    return parts.in_order(result_file, taken), taken


def take(exhibit: FiledExhibit, folders: tuple[Path, ...], answers: NameAnswers) -> Parts:
    """The parts of an exhibit by the sentences of its kind."""
    kind, listed = sentences.of(exhibit, folders, answers)
    return parts.take(kind, listed, answers)


def questions(taken: Parts, proof: Proof, answers: NameAnswers) -> list[Question]:
    """What is not known of an exhibit, from top to bottom."""
    hit: dict[tuple[LinePlace, str], Question] = {}
    for question in _of_names(taken):
        hit[question.place, question.text] = question
    names = {question.text for question in hit.values()}
    for question in _of_rows([row for row in proof.rows if row.group not in names]):
        hit[question.place, question.text] = question
    if not taken.schedules and not taken.items:
        hit[LinePlace(1), ""] = Question(LinePlace(1), "", "no schedule is in it", ())
    for sentence in taken.loose:
        for competing in sentence.doubts:
            words = (*competing.values, *OF_WORDS)
            place, text = sentence.piece.place, sentence.piece.text
            hit[place, competing.key] = Question(place, text, competing.doubt, words, competing.key)
    for piece in taken.rest:
        if answers.of(piece.text) != "kept":
            hit[piece.place, piece.text] = Question(piece.place, piece.text, NOT_UNDERSTOOD, OF_WORDS)
    return sorted(hit.values(), key=lambda question: (question.place.page, question.place.line, question.place.order))


def _of_rows(rows: Sequence[RowProof]) -> Iterator[Question]:
    """The rows that are open; one question of a group where all of its rows are."""
    for of_all, group in itertools.groupby(rows, lambda row: row.of_all):
        mine = list(group)
        reasons = [row.reasons for row in mine if row.is_open and row.reasons != (proofs.OF_FUND,)]
        bare = [row for row in mine if row.is_open and not row.group and table_lines.BARE in row.reasons]
        heads = [row for row in bare if table_lines.AS_GROUP.search(row.name)]
        if heads:  # what the rows are follows from what these are
            yield from (
                Question(row.place, row.name, f"{groups.OF_A_NAME} ({table_lines.BARE})", OF_NAMES) for row in heads
            )
            continue
        if len(mine) > 1 and len(reasons) == len(mine):
            why = "; ".join(list(dict.fromkeys(itertools.chain.from_iterable(reasons)))[:MOST_REASONS])
            words: tuple[str, ...] = OF_ROWS
            doubt = f"are its {len(mine)} rows right?"
            if not mine[0].group:
                doubt, words = f"and the rows under it, {len(mine)} in all: are they right?", OF_ROWS[:1]
            yield Question(mine[0].place, mine[0].group or mine[0].name, f"{doubt} ({why})", words, of_all)
            continue
        for row in mine:
            if row.is_open and row.reasons != (proofs.OF_FUND,):
                yield Question(row.place, row.name, f"is it right? ({'; '.join(row.reasons)})", OF_ROWS, row.key)


def _of_names(taken: Parts) -> Iterator[Question]:
    """The names of groups that too few signs tell, or that something speaks against."""
    for reading in (table.reading for schedule in taken.schedules for table in schedule.tables if table.reading):
        for group in reading.groups:
            few = len(group.signs) < proofs.LEAST_SIGNS
            if group.name and (few or group.doubts or group_doubts.against(group, reading)):
                doubt = f" ({groups.SEVERAL})" if groups.SEVERAL in group.doubts else ""
                yield Question(group.place, group.name, f"{groups.OF_A_NAME}{doubt}", OF_NAMES)
