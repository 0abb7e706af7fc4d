"""Schedules that a later exhibit of a chain brings: the plan lists them, and that amendment restates them whole."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.importing.draft import Data
from docgen.importing.facts import Imported
from docgen.model.schedule import Schedule
from docgen.model.text_changes import TEXT_VERBS


def in_force(before: Sequence[Schedule], after: Sequence[Schedule]) -> tuple[Schedule, ...]:
    """The schedules after an exhibit: those that it has, and those before that it does not touch."""
    schedules = {schedule.name.casefold(): schedule for schedule in (*before, *after)}
    return tuple(schedules.values())


def brings(before: Sequence[Schedule], name: str) -> bool:
    """Whether a name is that of another schedule, as Schedule B is beside Schedule A, and no other name of one."""
    kind, _, letter = name.casefold().rpartition(" ")
    names = [schedule.name.casefold().rpartition(" ") for schedule in before]
    return bool(kind) and all(latter[0] == kind and latter[2] != letter for latter in names)


def restated(data: Imported, names: Sequence[str]) -> list[Data]:
    """What an exhibit restates of these schedules, each with its name."""
    return [entry for entry in _with_names(data) if entry["schedule"] in names]


def _with_names(data: Imported) -> list[Data]:
    forms = data.plan["schedules"]
    restates = data.amendment.get("restate", [])
    entries = [(entry.get("schedule") or forms[n]["name"], entry) for n, entry in enumerate(restates)]
    return [{"schedule": name, **{k: v for k, v in entry.items() if k != "schedule"}} for name, entry in entries]


def complete(chain: Sequence[Imported]) -> list[Imported]:
    """A chain's data where the plan has each schedule from the start, and every change says of which it is."""
    forms: dict[str, Data] = {}
    for data in chain:
        for form in data.plan["schedules"]:
            forms.setdefault(str(form.get("name", "")).casefold(), form)
    if len(forms) < 2 or "" in forms:
        return list(chain)
    first, *others = map(_of_several, chain)
    return [Imported({**first.plan, "schedules": list(forms.values())}, first.amendment), *others]


def _of_several(data: Imported) -> Imported:
    """The data with the name of the schedule wherever the exhibit has one and does not say it."""
    amendment = dict(data.amendment)
    if "restate" in amendment:
        amendment["restate"] = _with_names(data)
    if "changes" in amendment:
        name = data.plan["schedules"][0]["name"]
        amendment["changes"] = [
            change if "schedule" in change or TEXT_VERBS & change.keys() else {**change, "schedule": name}
            for change in amendment["changes"]
        ]
    return Imported(data.plan, amendment)
