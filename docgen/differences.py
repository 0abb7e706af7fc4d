"""What changed between two sets of schedules, as sentences or JSON. A rename is suggested, never assumed."""

from __future__ import annotations

import difflib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from docgen.facts import changes, sentences
from docgen.facts.changes import Change, as_typed
from docgen.facts.compare import compare
from docgen.facts.models import Restate
from docgen.facts.schedule import Schedule

ALIKE = 0.6  # of a name, from which a removal beside an addition looks like a rename


@dataclass(frozen=True)
class Difference:
    """The changes of one schedule, and pairs of names that may be one fund renamed."""

    schedule: str
    changes: tuple[Change | Restate, ...]
    renames: tuple[tuple[str, str], ...]


def between(old: Sequence[Schedule], new: Sequence[Schedule], told: Sequence[Change] | None = None) -> list[Difference]:
    """The differences of each schedule that both have, and of those that only one has.

    `told` has the changes from old to new where the amendments list them; else they are compared.
    """
    before = {schedule.name: schedule for schedule in old}
    found = []
    for schedule in new:
        start = before.pop(schedule.name, replace(schedule, groups=()))
        if told is None:
            steps = compare(replace(start, form=schedule.form), schedule)
            found.append(Difference(schedule.name, steps, _renames(steps)))
        else:
            listed = tuple(change for change in told if change.schedule in (None, schedule.name))
            found.append(Difference(schedule.name, listed, ()))
    gone = [Difference(name, (), ()) for name in before]
    return [difference for difference in found if difference.changes] + gone


def _renames(steps: Sequence[Change | Restate]) -> tuple[tuple[str, str], ...]:
    """Each name that went with the one that came most like it."""
    gone = [step.remove for step in steps if isinstance(step, changes.Remove) and step.under is None]
    come = [step.add for step in steps if isinstance(step, changes.Add) and step.under is None]
    pairs = ((name, difflib.get_close_matches(name, come, n=1, cutoff=ALIKE)) for name in gone)
    return tuple((name, like[0]) for name, like in pairs if like)


def as_text(found: Sequence[Difference]) -> str:
    """A sentence a change, under the schedule's name."""
    lines = []
    for difference in found:
        lines.append(difference.schedule)
        lines += [f"  {sentences.said(step)}" for step in difference.changes] or ["  is no longer there"]
        lines += [f"  perhaps a rename: {old} to {new}" for old, new in difference.renames]
    return "\n".join(lines or ["Nothing changed."]) + "\n"


def as_json(found: Sequence[Difference]) -> str:
    """`[{"schedule", "changes": [{...}], "perhaps_renamed": [[old, new]]}]`, changes as they are typed in YAML."""
    shown: list[dict[str, Any]] = [
        {
            "schedule": difference.schedule,
            "changes": [_typed(step) for step in difference.changes],
            "perhaps_renamed": difference.renames,
        }
        for difference in found
    ]
    return json.dumps(shown, ensure_ascii=False, indent=2) + "\n"


def _typed(step: Change | Restate) -> dict[str, Any]:
    return {"restate": as_typed(step)} if isinstance(step, Restate) else as_typed(step)
