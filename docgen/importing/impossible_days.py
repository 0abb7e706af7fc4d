"""Days that a paper says and that no fund's plan can have, such as one of 2993: a person is asked which day it is."""

from __future__ import annotations

from docgen.importing import english_words
from docgen.importing.facts import Imported
from docgen.importing.name_answers import NameAnswers
from docgen.model import values

KEY = "the day that stands as: "  # by what such an answer is remembered


def corrected(imported: Imported, answers: NameAnswers) -> tuple[Imported, tuple[str, ...]]:
    """The data with the days that a person answered in place of impossible ones, and those that are open, as ISO.

    Open days are left out of the data.
    """
    plan, amendment = dict(imported.plan), dict(imported.amendment)
    open_days: list[str] = []
    for key in ("effective", "dated"):
        if (text := _impossible(amendment.get(key))) is not None:
            day = answer(answers.of(KEY + text))
            open_days += [text] * (not day)
            amendment = {**amendment, key: day} if day else {k: v for k, v in amendment.items() if k != key}
    dated = plan.get("dated") or {}
    if (text := _impossible(dated.get("date"))) is not None:
        day = answer(answers.of(KEY + text))
        open_days += [text] * (not day)
        plan["dated"] = {**dated, "date": day}
        plan = plan if day else {key: value for key, value in plan.items() if key != "dated"}
    return Imported(plan, amendment), tuple(dict.fromkeys(open_days))


def answer(words: str) -> str:
    """A day that a person typed, `July 1, 2003` or `2003-07-01`, as the latter; empty for what is no day of a plan."""
    text = english_words.day(words) or words.strip()
    return text if values.day(text) else ""


def _impossible(text: str | None) -> str | None:
    """A day that no plan can have; None for one that it can, or a blank."""
    return text if text and text != "tbd" and values.day(text) is None else None
