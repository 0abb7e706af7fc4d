"""What is said of an import: rows, words, each place that differs, and what is asked; for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docgen.importing.importer import ImportResult
from docgen.importing.pieces import LinePlace
from docgen.importing.proofs import FATES
from docgen.problems import Problem, Where, count

LONGEST = 100  # letters of what is quoted


def as_text(result: ImportResult) -> str:
    """The report for people."""
    return "\n".join(_lines(result)) + "\n"


def _lines(result: ImportResult) -> Iterator[str]:
    proof = result.proof
    confirmed = sum(1 for row in proof.rows if not row.reasons)
    yield f"{result.exhibit.file}: {heading(result)}"
    yield f"  rows    {confirmed} of {len(proof.rows)} confirmed"
    fates = ", ".join(f"{proof.fates[fate]} {fate}" for fate in FATES)
    yield f"  words   {fates}: {sum(proof.fates.values())} of {result.exhibit.count}"
    for departure in proof.departures:
        filed, drafted = _quoted(departure.filed), _quoted(departure.drafted)
        yield f"{_at(result, departure.place)}: filed {filed}, docgen says {drafted}"
    for question in result.questions:
        yield f"{_at(result, question.place)}: {_quoted(question.text)} {question.doubt}"
    for problem in result.problems:
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


def problems(result: ImportResult) -> list[Problem]:
    """What is open, as problems: each with its line."""
    remedy = "answer with --answer LINE=WORD, the word one of registrant, fund, head, right, kept"
    return [
        Problem(Where(result.exhibit.file, question.place.line), f"{_quoted(question.text)} {question.doubt}", remedy)
        for question in result.questions
    ]


def total(result: ImportResult) -> str:
    """What is left to do, in a line."""
    if result.problems:
        return "The data gives no paper. Nothing was written."
    if result.questions:
        return f"{count(len(result.questions), 'question')} open. Answer with --answer LINE=WORD. Nothing was written."
    return "Every row is confirmed."


def as_json(result: ImportResult) -> dict[str, Any]:
    """The report for programs; docs/import.md describes it."""
    rows = result.proof.rows
    return {
        "exhibit": result.exhibit.file,
        "kind": result.parts.kind,
        "rows": {"all": len(rows), "confirmed": sum(1 for row in rows if not row.reasons)},
        "words": {"all": result.exhibit.count, **{fate.replace(" ", "_"): n for fate, n in result.proof.fates.items()}},
        "differences": [{**_place(d.place), "filed": d.filed, "docgen": d.drafted} for d in result.proof.departures],
        "questions": [{**_place(q.place), "text": q.text, "asked": q.doubt} for q in result.questions],
        "problems": [str(problem) for problem in result.problems],
        "open": result.is_open,
        "plan": result.data.plan,
        "amendment": result.data.amendment,
    }


def _place(place: LinePlace) -> dict[str, int | None]:
    return {"page": place.page or None, "line": place.line}
