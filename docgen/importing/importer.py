"""From an exhibit's bytes to its data, its two proofs and what is left to ask."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from docgen.importing import draft, exhibit_files, facts, groups, parts, proofs, sentences, trials
from docgen.importing.facts import Imported
from docgen.importing.groups import NO_ANSWERS, NameAnswers
from docgen.importing.parts import Parts
from docgen.importing.pieces import FiledExhibit, LinePlace
from docgen.importing.proofs import Proof
from docgen.importing.trials import Trial
from docgen.problems import DocgenError, Problem

NAMES = ("registrant", "fund", "head")  # what a name can be


@dataclass(frozen=True)
class Question:
    """What docgen does not know: where it stands, the words, what is asked about them, and the words that answer it."""

    place: LinePlace
    text: str
    doubt: str
    replies: tuple[str, ...] = ()


@dataclass(frozen=True)
class ImportResult:
    """An exhibit as imported: `trial` is None where its data gives no paper, and `problems` say why."""

    exhibit: FiledExhibit
    parts: Parts
    data: Imported
    trial: Trial | None
    proof: Proof
    questions: tuple[Question, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether a row is not confirmed or a question not answered."""
        return bool(self.questions) or bool(self.problems) or any(row.reasons for row in self.proof.rows)


def run(file: str, data: bytes, folders: tuple[Path, ...], answers: NameAnswers = NO_ANSWERS) -> ImportResult:
    """The exhibit as data, proved; DataProblem where the file cannot be read."""
    exhibit = exhibit_files.exhibit(file, data)
    taken = take(exhibit, folders, answers)
    imported, trial, drafted = facts.of(taken, folders), None, None
    problems: tuple[Problem, ...] = ()
    try:
        trial = trials.settle(imported, proofs.spoken(exhibit), folders)
        drafted = _drafted(trial, exhibit_files.suffix(file), folders)
    except DocgenError as error:
        problems = error.problems
    proof = proofs.prove(exhibit, taken, drafted, answers)
    doubt = tuple(questions(taken, proof, answers))
    return ImportResult(exhibit, taken, trial.data if trial else imported, trial, proof, doubt, problems)


def _drafted(trial: Trial, suffix: str, folders: tuple[Path, ...]) -> tuple[FiledExhibit, Parts]:
    """The draft's own file, as the same reader reads it."""
    ending = suffix[1:] if suffix in (".txt", ".docx") else "htm"  # a PDF takes seconds to write
    data, ending = draft.file(trial.paper, ending)
    result_file = exhibit_files.exhibit(f"draft.{ending}", data)
    return result_file, take(result_file, folders, NO_ANSWERS)


def take(exhibit: FiledExhibit, folders: tuple[Path, ...], answers: NameAnswers) -> Parts:
    """The parts of an exhibit by the sentences of its kind."""
    kind, listed = sentences.of(exhibit, folders)
    return parts.take(kind, listed, answers)


def questions(taken: Parts, proof: Proof, answers: NameAnswers) -> list[Question]:
    """What is not known of an exhibit, from top to bottom."""
    hit: dict[tuple[LinePlace, str], Question] = {}
    for schedule in taken.schedules:
        for table in schedule.tables:
            for group in table.reading.groups if table.reading else ():
                against = groups.against(group, table.reading) if table.reading else []
                if group.name and (len(group.signs) < proofs.LEAST_SIGNS or group.doubts or against):
                    doubt = "a registrant, a fund, or a head?"
                    hit[group.place, group.name] = Question(group.place, group.name, doubt, NAMES)
    for row in proof.rows:
        if row.reasons and not any(question.text == row.group for question in hit.values()):
            doubt = f"is it right? It {'; it '.join(row.reasons)}"
            hit[row.place, row.name] = Question(row.place, row.name, doubt, ("right", *NAMES))
    if not taken.schedules and not taken.items:
        hit[LinePlace(1), ""] = Question(LinePlace(1), "", "no schedule is in it")
    for piece in taken.rest:
        if answers.of(piece.text) != "kept":
            doubt = "not understood: kept word for word"
            hit[piece.place, piece.text] = Question(piece.place, piece.text, doubt, ("kept", *NAMES))
    return sorted(hit.values(), key=lambda question: (question.place.page, question.place.line))
