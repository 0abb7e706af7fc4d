"""From an exhibit's bytes to its data, its two proofs and what is left to ask."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from docgen.importing import draft, exhibits, facts, parts, proofs, sentences, settings
from docgen.importing.facts import Imported
from docgen.importing.parts import Parts
from docgen.importing.pieces import Exhibit, Place
from docgen.importing.proofs import Proof
from docgen.importing.rows import NO_ANSWERS, Answers
from docgen.importing.settings import Trial
from docgen.problems import DocgenError, Problem


@dataclass(frozen=True)
class Question:
    """What docgen does not know: where it stands, the words, and what is asked about them."""

    place: Place
    text: str
    asked: str


@dataclass(frozen=True)
class Result:
    """An exhibit as imported: `trial` is None where its data gives no paper, and `problems` say why."""

    exhibit: Exhibit
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


def run(file: str, data: bytes, folders: tuple[Path, ...], answers: Answers = NO_ANSWERS) -> Result:
    """The exhibit as data, proved; DataProblem where the file cannot be read."""
    exhibit = exhibits.read(file, data)
    taken = take(exhibit, folders, answers)
    imported, trial, drafted = facts.of(taken, folders), None, None
    problems: tuple[Problem, ...] = ()
    try:
        trial = settings.settle(imported, proofs.spoken(exhibit), folders)
        drafted = _drafted(trial, exhibits.suffix(file), folders)
    except DocgenError as error:
        problems = error.problems
    proof = proofs.prove(exhibit, taken, drafted, answers)
    asked = tuple(questions(taken, proof, answers))
    return Result(exhibit, taken, trial.data if trial else imported, trial, proof, asked, problems)


def _drafted(trial: Trial, suffix: str, folders: tuple[Path, ...]) -> tuple[Exhibit, Parts]:
    """The draft's own file, as the same reader reads it."""
    written = suffix[1:] if suffix in (".txt", ".docx") else "htm"  # a PDF takes seconds to write
    made = exhibits.read(f"draft.{written}", draft.file(trial.paper, written))
    return made, take(made, folders, NO_ANSWERS)


def take(exhibit: Exhibit, folders: tuple[Path, ...], answers: Answers) -> Parts:
    """The parts of an exhibit by the sentences of its kind."""
    kind, listed = sentences.of(exhibit, folders)
    return parts.take(kind, listed, answers)


def questions(taken: Parts, proof: Proof, answers: Answers) -> list[Question]:
    """What is not known of an exhibit, from top to bottom."""
    found: dict[tuple[Place, str], Question] = {}
    for schedule in taken.schedules:
        for table in schedule.tables:
            for group in table.reading.groups if table.reading else ():
                if group.name and (len(group.signs) < proofs.LEAST_SIGNS or group.doubts):
                    asked = "a registrant, a fund, or a head?"
                    found[group.place, group.name] = Question(group.place, group.name, asked)
    for row in proof.rows:
        if row.reasons and not any(question.text == row.group for question in found.values()):
            found[row.place, row.name] = Question(row.place, row.name, f"is it right? It {'; it '.join(row.reasons)}")
    if not taken.schedules and not any(s.pattern and s.pattern.verb for s, _ in taken.items):
        found[Place(1), ""] = Question(Place(1), "", "no schedule is in it")
    for piece in taken.rest:
        if answers.of(piece.text) != "kept":
            found[piece.place, piece.text] = Question(piece.place, piece.text, "not understood: kept word for word")
    return sorted(found.values(), key=lambda question: (question.place.page, question.place.line))
