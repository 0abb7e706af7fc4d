"""What a person tells about the words of exhibits, kept in the workspace so that nothing is asked twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from docgen.importing.groups import NameAnswers
from docgen.importing.importer import ImportResult
from docgen.model import yaml_reader, yaml_writer
from docgen.problems import DataProblem, Problem, UsageProblem, Where, name_key
from docgen.workspace.load import Workspace
from docgen.workspace.plan_reading import SCHEDULES

FILE = f"{SCHEDULES}/import.yaml"
WORDS: Mapping[str, str] = {  # each answer, and what it means
    "registrant": "the name of a group: rows stand under it",
    "fund": "the name of a row, or of a fund with classes under it",
    "head": "neither: a line of the page",
    "right": "the row is as it was read",
    "kept": "the words stay as they were filed, and become no data",
}


def context(root: Path, workspace: Workspace | None) -> NameAnswers:
    """What the workspace tells: the registrants of its plans, and what was answered before."""
    replies: dict[str, str] = {}
    for plan in workspace.plans if workspace else ():
        for amendment in plan.amendments:
            for schedule in amendment.after if amendment.after else ():
                if schedule.has_registrants:
                    replies |= {name_key(group.name): "registrant" for group in schedule.groups if group.name}
    return NameAnswers(replies | {name_key(text): word for text, word in _saved(root).items()})


def _saved(root: Path) -> dict[str, str]:
    path = root / FILE
    if not path.is_file():
        return {}
    source = yaml_reader.parse(FILE, path.read_bytes())
    if not isinstance(source.data, dict):
        raise DataProblem([Problem(Where(FILE), "is no list of answers", "write  words of the paper: registrant")])
    wrong = [(text, word) for text, word in source.data.items() if word not in WORDS]
    if wrong:
        raise DataProblem(
            [source.problem((wrong[0][0],), f"{wrong[0][1]} is no answer", f"write one of {', '.join(WORDS)}")]
        )
    return {str(text): str(word) for text, word in source.data.items()}


def given(texts: Iterable[str], result: ImportResult) -> dict[str, str]:
    """What `--answer LINE=WORD` tells, by the words that stand there; UsageProblem for a line that asks nothing."""
    replies: dict[str, str] = {}
    places = {_line(question.place.page, question.place.line): question.text for question in result.questions}
    for text in texts:
        line, _, word = text.partition("=")
        if word.strip() not in WORDS or line.strip() not in places:
            lines = ", ".join(places) or "none"
            remedy = f"write LINE=WORD; lines that ask: {lines}; words: {', '.join(WORDS)}"
            raise UsageProblem([Problem(Where("--answer"), f'"{text}" answers no question', remedy)])
        replies[places[line.strip()]] = word.strip()
    return replies


def _line(page: int, line: int) -> str:
    return f"{page}:{line}" if page else str(line)


def more(answers: NameAnswers, replies: Mapping[str, str]) -> NameAnswers:
    """The answers with more of them."""
    return NameAnswers({**answers.words, **{name_key(text): word for text, word in replies.items()}})


def file(root: Path, replies: Mapping[str, str]) -> dict[str, bytes]:
    """The file of answers with more of them; none where there are none to keep."""
    if not replies:
        return {}
    head = "# What people told docgen import about words of exhibits; edit or delete a line to be asked again.\n"
    return {FILE: (head + yaml_writer.text({**_saved(root), **replies})).encode()}
