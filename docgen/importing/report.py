"""What is said of an import: rows, words, each place that differs, and what is asked; for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from docgen.importing.fates import FATES
from docgen.importing.importer import ImportResult
from docgen.importing.pieces import LinePlace
from docgen.problems import count

LONGEST = 100  # letters of what is quoted
LINE = "line"  # that is signed on; no fact
FACTS = {"effective": "the day", "dated": "the plan's date", "term": "the plan's short name"}
FACTS |= {"registrants": "the registrant", "parties": "the parties"}


def as_text(result: ImportResult) -> str:
    """The report for people."""
    return "\n".join(_lines(result)) + "\n"


def _lines(result: ImportResult) -> Iterator[str]:
    proof = result.proof
    confirmed = sum(1 for row in proof.rows if not row.reasons)
    yield f"{result.exhibit.file}: {heading(result)}"
    right = sum(1 for row in proof.rows if row.reasons and row.is_right)
    answered = f", {right} right by your answer" if right else ""
    yield f"  rows    {confirmed} of {len(proof.rows)} confirmed{answered}"
    fates = ", ".join(f"{proof.fates[fate]} {fate}" for fate in FATES)
    yield f"  words   {fates}: {sum(proof.fates.values())} of {result.exhibit.count}"
    for sentence in result.parts.loose:
        facts = ", ".join(f'{FACTS.get(h, h)} "{text}"' for h, text in sentence.facts.items() if h != LINE) or "nothing"
        place = _at(result, sentence.piece.place)
        yield f"{place}: worded otherwise than any template: taken: {facts}; its words are kept as filed"
    for departure in proof.departures:
        filed, drafted = _quoted(departure.filed), _quoted(departure.drafted)
        yield f"{_at(result, departure.place)}: filed {filed}, docgen says {drafted}"
    for question in result.questions:
        yield f"{_at(result, question.place)}: {_quoted(question.text)} {question.doubt}"
    for remark in result.exhibit.remarks:
        yield f"{result.exhibit.file}: also has {remark}"
    is_exhibit = bool(proof.rows or result.parts.opening)
    if not is_exhibit:
        yield f"{result.exhibit.file}: no amendment and no schedule found in it; name an exhibit as it was filed"
    for problem in result.problems if is_exhibit else ():
        yield f"{result.exhibit.file}: the data gives no paper: {problem.key}: {problem.found}"


def heading(result: ImportResult) -> str:
    """What the exhibit is: Amendment No. 2 to the Master Distribution Plan."""
    number = result.data.amendment.get("number")
    name = f"Amendment No. {number} to the" if number else "the"
    return f"{name} {result.data.plan['title']}"


def _at(result: ImportResult, place: LinePlace) -> str:
    return result.exhibit.place(place)


def _quoted(text: str) -> str:
    if not text:
        return "nothing"
    return f'"{text}"' if len(text) <= LONGEST else f'"{text[:LONGEST]} ..."'


def total(results: Sequence[ImportResult], doubts: int) -> str:
    """What is left to do of some exhibits, in a line; `doubts` are what is open between exhibits."""
    open_questions = [question for result in results for question in result.questions]
    if any(result.problems for result in results):
        return "The data gives no paper. Nothing was written."
    if open_questions:
        first = next(result for result in results if result.questions)
        question = first.questions[0]
        file = f"{Path(first.exhibit.file).name}:" if len(results) > 1 else ""
        word = question.words[0] if question.words else question.free.removeprefix("a ").upper()
        answer = f"{file}{question.place.label}={word}" if word else ""
        answer = f'"{answer}"' if " " in answer else answer
        words = f", such as --answer {answer}" if answer else ""
        return f"{count(len(open_questions), 'question')} open. Answer each{words}. Nothing was written."
    if doubts:
        return f"{count(doubts, 'doubt')} open. Do as it says there. Nothing was written."
    return (
        "Every row is confirmed."
        if not any(row.reasons for r in results for row in r.proof.rows)
        else "All is answered."
    )


def as_json(result: ImportResult) -> dict[str, Any]:
    """The report for programs; docs/import.md describes it."""
    rows = result.proof.rows
    return {
        "exhibit": result.exhibit.file,
        "kind": result.data.plan["kind"],
        "rows": {"all": len(rows), "confirmed": sum(1 for row in rows if not row.reasons)},
        "words": {"all": result.exhibit.count, **{fate.replace(" ", "_"): n for fate, n in result.proof.fates.items()}},
        "differences": [{**_place(d.place), "filed": d.filed, "docgen": d.drafted} for d in result.proof.departures],
        "worded_otherwise": [{**_place(s.piece.place), "taken": dict(s.facts)} for s in result.parts.loose],
        "questions": [
            {**_place(q.place), "text": q.text, "asked": q.doubt, "answers": list(q.words)} for q in result.questions
        ],
        "problems": [str(problem) for problem in result.problems],
        "open": result.is_open,
        "plan": result.data.plan,
        "amendment": result.data.amendment,
    }


def _place(place: LinePlace) -> dict[str, int | str | None]:
    return {"page": place.page or None, "line": place.line, "place": place.label}
