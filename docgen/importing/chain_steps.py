"""The changes from one exhibit of a plan to the next, and the names of which it is open whether they changed."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from docgen.consolidation import compare, lineage
from docgen.document.recital_names import NOUNS
from docgen.importing import name_changes
from docgen.importing.answers import ChainNames
from docgen.model import changes, yaml_writer
from docgen.model.amendment import Restate
from docgen.model.changes import Change
from docgen.model.schedule import Schedule
from docgen.problems import NEAR, DocgenError, fold_signs, likeness

MERGED = (
    r"(?:(?:[a-z]+ ){0,2}(?:merged|reorgani[sz]ed|combined|consolidated)"
    r"|(?:[a-z]+ ){1,4}(?:its|their|the) (?:merger|reorgani[sz]ation|combination|consolidation)) (?:with and )?"
)
NameHome = tuple[str, str]  # in a group, or over a row


def between(
    old: Schedule, following: Schedule, recital: str, names: ChainNames
) -> tuple[list[Change | Restate], list[tuple[str, str]]]:
    """The changes from one schedule to the next, and the names of which it is open whether they changed: new, old."""
    before, after = _all_names(old), _all_names(following)
    missing, fresh = [name for name in before if name not in after], [name for name in after if name not in before]
    pairs = _pairs(missing, fresh, recital, names)
    renaming = _renaming(old, pairs)
    try:
        renamed = compare.apply_all(old, renaming)
    except DocgenError:
        renaming, renamed, pairs = [], old, {}
    untold = {name for name in missing if name not in pairs and fold_signs(name) not in recital}
    unsaid = [n for n in fresh if n not in (*pairs.values(), *names.new) and fold_signs(n) not in recital]
    doubts = [(name, hit) for name in unsaid if (hit := _nearest(name, untold, renamed, following))]
    rest = [_with_reason(_trimmed(step), recital) for step in compare.steps(renamed, following)]
    return [*renaming, *rest], doubts


def _all_names(schedule: Schedule) -> dict[str, set[NameHome]]:
    """Each name with its home: of a row the groups that it stands in, of a group its rows."""
    names: dict[str, set[NameHome]] = {}
    for group in schedule.groups:
        for row in group.rows:
            names.setdefault(row.name, set()).add(("in", group.name))
            if group.name:
                names.setdefault(group.name, set()).add(("over", row.name))
    return names


def _nearest(new: str, untold: Collection[str], old: Schedule, following: Schedule) -> str:
    """The name that may have given way to a new one: at home where it is, or almost like it."""
    before, home = _all_names(old), _all_names(following)[new]
    alike = {name for name in untold if likeness(name, new) >= NEAR and _kinds(before[name]) & _kinds(home)}
    near = {name for name in untold if before[name] & home} | alike
    return max(near, key=lambda name: (likeness(name, new), name), default="")


def _kinds(homes: Collection[NameHome]) -> set[str]:
    return {kind for kind, _ in homes}


def _renaming(old: Schedule, pairs: Mapping[str, str]) -> list[Change]:
    """The changes of names; of a row that stands in several groups in each."""
    renaming: list[Change] = []
    for name, new in pairs.items():
        if any(group.name == name for group in old.groups):
            renaming.append(changes.RenameGroup(rename_group=name, to=new))
        homes = [group.name for group in old.groups if any(row.name == name for row in group.rows)]
        of = [pairs.get(home, home) for home in homes] if len(homes) > 1 else [None] * len(homes)
        renaming += [changes.Rename(rename=name, to=new, group=group) for group in of]
    return sorted(renaming, key=lambda change: isinstance(change, changes.Rename))


def _pairs(missing: Sequence[str], fresh: Sequence[str], recital: str, names: ChainNames) -> dict[str, str]:
    """The names that changed, old to new: as a person tells, by words that change in all, or as the recital says."""
    pairs = {old: new for old, new in names.renamed.items() if old in missing and new in fresh}
    for old in missing:
        by_words = [
            new for new in fresh if any(name_changes.by_words(old, new, *words) for words in names.renamed.items())
        ]
        by_recital = [new for new in fresh if name_changes.is_renamed(old, new, recital)]
        if old not in pairs and len(by_words or by_recital) == 1:
            pairs[old] = (by_words or by_recital)[0]
    return pairs


def _trimmed(step: Any) -> Change | Restate:
    """A step as a person would type it: of a row that gets other values only those that differ."""
    change: Change | Restate = step.change
    if isinstance(change, changes.SetValues) and step.before:
        differ = {value.key for value in lineage.new_values(step.before, step.after)}
        return change.model_copy(update={"values": {k: v for k, v in change.values.items() if k in differ}})
    return change


def _with_reason(change: Change | Restate, recital: str) -> Change | Restate:
    """A removal with the fund that it went into, or the reason, where the recital says one."""
    if not isinstance(change, changes.Remove):
        return change
    name = re.escape(fold_signs(change.remove))
    if hit := re.search(rf"{name},? (?:{MERGED})?into ([^;,]+?)(?=;|,| and of |$)", recital):
        return change.model_copy(update={"into": hit[1].strip()})
    if hit := re.search(rf"{name} \(([^()]+)\)", recital):
        return change.model_copy(update={"reason": hit[1]})
    noun = next((noun for noun in NOUNS.values() if re.search(rf"the {noun} of [^;]*{name}", recital)), "")
    return change.model_copy(update={"reason": noun}) if noun else change


def sentence(step: Change | Restate) -> str:
    """A change in a line, as it is typed."""
    data = yaml_writer.as_data(step)
    if isinstance(step, Restate):
        return "restate: the heads or the notes changed"
    return ", ".join(f"{key}: {value}" for key, value in data.items() if isinstance(value, str | bool))
