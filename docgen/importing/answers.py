"""What a person tells about the words of exhibits, kept in the workspace so that nothing is asked twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from docgen.importing import impossible_days
from docgen.importing.importer import NAMING, SILENT, ImportResult, Question
from docgen.importing.name_answers import NameAnswers
from docgen.importing.workspace_names import WorkspaceNames
from docgen.model import yaml_reader, yaml_writer
from docgen.model.yaml_reader import Source
from docgen.problems import DataProblem, Problem, UsageProblem, Where, name_key
from docgen.workspace.plan_reading import SCHEDULES

FILE = f"{SCHEDULES}/import.yaml"
WORDS: Mapping[str, str] = {  # each answer, and what it means
    "registrant": "the name of a group: rows stand under it",
    "fund": "the name of a row, or of a fund with classes under it",
    "head": "neither: a line of the page",
    "right": "the row is as it was read",
    "kept": "the words stay as they were filed, and become no data",
    SILENT: "the paper has no words for this change, and it is right all the same",
}
RENAMED, NEW = "renamed funds", "new names"  # the two keys of the file that are no words of a paper
HEAD = "# What people told docgen import about words of exhibits; edit or delete a line to be asked again.\n"


@dataclass(frozen=True)
class ChainNames:
    """What a person tells of names in a chain: those that changed, old to new, and those that are new."""

    renamed: Mapping[str, str] = field(default_factory=dict)
    new: frozenset[str] = frozenset()


@dataclass(frozen=True)
class AnswerMemory:
    """All that was answered: words of papers with what they are, and names that changed or are new."""

    words: Mapping[str, str] = field(default_factory=dict)
    names: ChainNames = field(default_factory=ChainNames)

    def with_words(self, replies: Mapping[str, str]) -> AnswerMemory:
        """The memory with more answers."""
        return AnswerMemory({**self.words, **replies}, self.names)

    def with_names(self, names: ChainNames) -> AnswerMemory:
        """The memory with more names."""
        renamed = {**self.names.renamed, **names.renamed}
        return AnswerMemory(self.words, ChainNames(renamed, self.names.new | names.new))


def context(names: WorkspaceNames, memory: AnswerMemory) -> NameAnswers:
    """What the workspace tells: the registrants of its plans with their funds, and what was answered."""
    replies = {name_key(name): "registrant" for name in names.registrants}
    replies |= {name_key(text): word for text, word in memory.words.items()}
    return NameAnswers(replies, names.homes, renamed=memory.names.renamed)


def memory(root: Path) -> AnswerMemory:
    """What was answered before in a workspace; DataProblem where its file says what is no answer."""
    path = root / FILE
    if not path.is_file():
        return AnswerMemory()
    source = yaml_reader.parse(FILE, path.read_bytes())
    data = source.data
    if not isinstance(data, dict):
        raise DataProblem([Problem(Where(FILE), "is no list of answers", "write  words of the paper: registrant")])
    renamed, new = data.get(RENAMED, {}), data.get(NEW, [])
    if not isinstance(renamed, dict) or not isinstance(new, list):
        raise DataProblem([Problem(Where(FILE), "has names that cannot be read", f"write {RENAMED}:, then OLD: NEW")])
    words = {text: word for text, word in data.items() if text not in (RENAMED, NEW)}
    if wrong := [_no_answer(source, text, word) for text, word in words.items() if not is_answer(text, word)]:
        raise DataProblem(wrong)
    names = ChainNames({str(old): str(name) for old, name in renamed.items()}, frozenset(map(str, new)))
    return AnswerMemory({str(text): str(word) for text, word in words.items()}, names)


def is_answer(text: str, word: Any) -> bool:
    """Whether a word answers: it is one of those that may be, or words of the sentence that was asked about."""
    if not isinstance(word, str) or not word:
        return False
    if str(text).startswith(impossible_days.KEY):
        return bool(impossible_days.answer(word))
    return word in WORDS or name_key(word) in name_key(str(text)) or str(text).startswith(NAMING)


def _no_answer(source: Source, text: str, word: Any) -> Problem:
    return source.problem((text,), f"{word} is no answer", f"write one of {', '.join(WORDS)}")


def given(texts: Iterable[str], results: Sequence[ImportResult]) -> dict[str, str]:
    """What `--answer PLACE=WORD`, or `FILE:PLACE=WORD`, tells of exhibits, by what it is remembered by.

    UsageProblem for a place that asks nothing, a word that is no answer there, a place that several exhibits have.
    """
    replies: dict[str, str] = {}
    problems: list[Problem] = []
    for text in texts:
        place, _, word = (part.strip() for part in text.partition("="))
        every = [(r, q) for r in results for q in r.questions]
        hit = [(r, q) for r, q in every if place in _places(r, q, len(results))]
        hit = hit or [(r, q) for r, q in every if place in [f"{p}:{q.text}" for p in _places(r, q, len(results))]]
        right = [question for _, question in hit if question.takes(word)]
        days = [question for question in right if question.free == "a day"]
        if right and len(days) < 2 and len({result.exhibit.file for result, _ in hit}) == 1:
            replies |= {question.about(word): word for question in right}
        else:
            problems.append(_unanswered(text, hit, results))
    if problems:
        raise UsageProblem(problems)
    return replies


def _places(result: ImportResult, question: Question, exhibits: int) -> tuple[str, ...]:
    """What a person may type for a question's place: with the exhibit's file where there are several."""
    label, file = question.place.label, Path(result.exhibit.file)
    return (label, f"{file.name}:{label}", f"{file}:{label}") if exhibits > 1 else (label, f"{file}:{label}")


def _unanswered(text: str, hit: Sequence[tuple[ImportResult, Question]], results: Sequence[ImportResult]) -> Problem:
    where, fault = Where("--answer"), f'"{text}" answers no question'
    if len({result.exhibit.file for result, _ in hit}) > 1:
        names = ", ".join(sorted({Path(result.exhibit.file).name for result, _ in hit}))
        return Problem(where, f'"{text}" may be of several exhibits: {names}', "write FILE:PLACE=WORD")
    if len(days := [question for _, question in hit if question.free == "a day"]) > 1:
        which = f'write which, as in "{days[0].place.label}:{days[0].text}=DAY"'
        return Problem(where, f'"{text}" may be of several days', which)
    if hit:
        words = ", ".join(filter(None, [hit[0][1].free, *hit[0][1].words]))
        return Problem(where, fault, f"what may be answered there: {words or 'nothing'}")
    places = [_places(result, question, len(results)) for result in results for question in result.questions]
    several = len(results) > 1
    lines = ", ".join(labels[1] if several else labels[0] for labels in places) or "none"
    return Problem(where, fault, f"write PLACE=WORD; places that ask: {lines}")


def file(memory: AnswerMemory) -> dict[str, bytes]:
    """The file of answers; none where there are none to keep."""
    data: dict[str, Any] = dict(memory.words)
    data |= {RENAMED: dict(memory.names.renamed)} if memory.names.renamed else {}
    data |= {NEW: sorted(memory.names.new)} if memory.names.new else {}
    return {FILE: (HEAD + yaml_writer.text(data)).encode()} if data else {}
