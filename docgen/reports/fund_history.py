"""The history of a fund or a registrant, for people and programs to read."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence

from docgen.consolidation import history


def happenings(lives: Sequence[history.Life]) -> list[history.Happening]:
    """What happened in all these lives, the earliest first."""
    every = {happening: None for life in lives for happening in life.happenings}
    return sorted(every, key=lambda item: (item.day or datetime.date.min, item.plan, item.amendment))


def as_text(lives: Sequence[history.Life]) -> str:
    """A line for each thing that happened: the day, the amendment, the sentence."""
    rows = [(str(item.day or "no day"), f"{item.plan}/{item.amendment}", item.sentence) for item in happenings(lives)]
    widths = [max(len(row[n]) for row in rows) for n in range(2)]
    return "".join(f"{day:{widths[0]}}  {paper:{widths[1]}}  {sentence}\n" for day, paper, sentence in rows)


def as_json(lives: Sequence[history.Life]) -> str:
    """`[{"on", "plan", "amendment", "said"}]`."""
    rows = [
        {
            "on": item.day.isoformat() if item.day else None,
            "plan": item.plan,
            "amendment": item.amendment,
            "said": item.sentence,
        }
        for item in happenings(lives)
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"
