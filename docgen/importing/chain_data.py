"""An exhibit of a chain as data: changes in place of its schedules, with docgen's recital or the one that was filed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from docgen.checks import amendments
from docgen.consolidation.fold import Past
from docgen.importing import draft, proofs
from docgen.importing.draft import Data
from docgen.importing.facts import Imported
from docgen.importing.importer import ImportResult
from docgen.importing.trials import distance, pairs_of
from docgen.model import yaml_writer
from docgen.model.amendment import Restate
from docgen.model.changes import Change
from docgen.model.schedule import Schedule
from docgen.problems import DocgenError

ACCEPTED, BY = "so the paper was filed", "whoever answered docgen import"
RECITALS = ("whereas", "each", "list", "headed", "table")
LIST_MARKS = (None, "(1)", "(a)", "(i)", "1)", "a)", "i)")


def with_changes(
    result: ImportResult,
    listed: Sequence[Change | Restate | Data],
    before: tuple[Schedule, ...],
    folders: tuple[Path, ...],
) -> tuple[Imported, bool]:
    """The exhibit's data with changes in place of the schedule, and whether docgen's recital is the filed one.

    Data among those `listed` is of schedules that it brings, and restates.
    """
    plan, amendment = result.data.plan, result.data.amendment
    brought = [step for step in listed if isinstance(step, dict)]
    steps = [step for step in listed if not isinstance(step, dict)]
    rest = {key: value for key, value in amendment.items() if key not in ("restate", "recital", "changes")}
    rest |= {"restate": brought} if brought else {}
    entries = [*amendment.get("changes", []), *(yaml_writer.as_data(step) for step in steps)]
    filed = proofs.spoken(result.exhibit)
    verbatim = {**rest, **({"recital": amendment["recital"]} if "recital" in amendment else {}), "changes": entries}
    best = _surplus(plan, verbatim, filed, before, folders)
    if "recital" in amendment:
        for form in _recital_forms(plan["form"]):
            surplus = _surplus({**plan, "form": form}, {**rest, "changes": entries}, filed, before, folders)
            if surplus <= best:
                return Imported({**plan, "form": form}, {**rest, "changes": entries}), True
    return Imported(plan, _accepting(verbatim, steps)), "recital" not in amendment


def _recital_forms(form: Data) -> Iterator[Data]:
    for recital in RECITALS:
        for mark in LIST_MARKS:
            yield {**form, "recital": recital, **({"list_mark": mark} if mark else {})}


def _surplus(
    plan: Data, amendment: Data, filed: Sequence[str], before: tuple[Schedule, ...], folders: tuple[Path, ...]
) -> int:
    try:
        paper = draft.paper(plan, amendment, folders, Past.of(before))
        return distance(pairs_of(filed), draft.words(draft.tree(paper)))
    except DocgenError:
        return len(filed) * 4


def _accepting(amendment: Data, steps: Sequence[Change | Restate]) -> Data:
    """An amendment that accepts of each change whose names its filed recital does not have that it is so."""
    recital = " ".join(amendment.get("recital", []))
    names = [n for step in steps if isinstance(step, Change) and recital for n in amendments.unnamed(recital, step)]
    if not names:
        return amendment
    accepts = [{"check": amendments.NAMES_EACH, "why": ACCEPTED, "by": BY, "on": f'"{name}"'} for name in names]
    return {**amendment, "accept": [*amendment.get("accept", []), *accepts]}
