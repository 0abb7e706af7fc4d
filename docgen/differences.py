"""What changed between two sets of schedules, as sentences or JSON. A rename is suggested, never assumed."""

from __future__ import annotations

import difflib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from docgen.facts import changes, sentences
from docgen.facts.changes import Change, TextChange
from docgen.facts.compare import compare
from docgen.facts.handwriting import as_typed
from docgen.facts.models import Restate
from docgen.facts.schedule import Schedule

Told = Sequence[Change | TextChange] | None
ALIKE = 0.6  # of a name, from which a removal beside an addition looks like a rename


@dataclass(frozen=True)
class Difference:
    """The changes of one schedule, and pairs of names that may be one fund renamed."""

    schedule: str
    changes: tuple[Change | TextChange | Restate, ...]
    renames: tuple[tuple[str, str], ...]


def between(old: Sequence[Schedule], new: Sequence[Schedule], told: Told = None) -> list[Difference]:
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
            of_schedule = [change for change in told if isinstance(change, Change)]
            listed = tuple(change for change in of_schedule if change.schedule in (None, schedule.name))
            found.append(Difference(schedule.name, listed, ()))
    gone = [Difference(name, (), ()) for name in before]
    texts = tuple(change for change in told or () if isinstance(change, TextChange))
    of_text = [Difference("The text", texts, ())] if texts else []
    return [*of_text, *(difference for difference in found if difference.changes), *gone]


def _renames(steps: Sequence[Change | Restate]) -> tuple[tuple[str, str], ...]:
    """Each name that went with the one that came most like it, rows and groups apart; no name twice."""
    gone = [step.remove for step in steps if isinstance(step, changes.Remove) and step.under is None]
    come = [step.add for step in steps if isinstance(step, changes.Add) and step.under is None]
    groups_gone = [step.remove_group for step in steps if isinstance(step, changes.RemoveGroup)]
    groups_come = [step.add_group for step in steps if isinstance(step, changes.AddGroup)]
    return (*_alike(groups_gone, groups_come), *_alike(gone, come))


def _alike(gone: Sequence[str], come: Sequence[str]) -> tuple[tuple[str, str], ...]:
    likeness = {(old, new): difflib.SequenceMatcher(None, old, new).ratio() for old in gone for new in come}
    pairs: list[tuple[str, str]] = []
    for old, new in sorted(likeness, key=lambda pair: -likeness[pair]):
        taken = any(old == one or new == two for one, two in pairs)
        if likeness[old, new] >= ALIKE and not taken:
            pairs.append((old, new))
    return tuple(sorted(pairs, key=lambda pair: gone.index(pair[0])))


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


def _typed(step: Change | TextChange | Restate) -> dict[str, Any]:
    return {"restate": as_typed(step)} if isinstance(step, Restate) else as_typed(step)
