"""Changes that are the same of several rows, as one: a fee that changes for one class of every fund is one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from docgen.document import recital_names
from docgen.document.recital_names import RowName
from docgen.model import english
from docgen.reports.comparison import Beside, Item, Matter
from docgen.reports.row_notes import ItemKind


def items(matter: Matter) -> list[Item]:
    """Everything that changes, as together() has it; of which schedule, where the plan has several."""
    listed = [*matter.others]
    for schedule in matter.schedules:
        of = f" ({schedule.new.name})" if len(matter.schedules) > 1 else ""
        listed += [replace(item, sentence=item.sentence + of) for item in together(schedule)]
    return listed


def together(schedule: Beside) -> list[Item]:
    """The changes of a schedule; values of funds, and classes of them, once for all of which the same is said."""
    alike: dict[tuple[object, ...], list[Item]] = {}
    for number, item in enumerate(schedule.items):
        joins = item.level == "class" or item.kind == "values"
        key = (item.kind, item.level, item.sentence, item.rises) if joins else (number,)
        alike.setdefault(key, []).append(item)
    return [replace(items[0], name=_names(items, schedule), owner="") for items in alike.values()]


def _names(items: Sequence[Item], schedule: Beside) -> str:
    """Whom the same is said of: `Class R of every Fund`, `Class R of each of A Fund and B Fund`."""
    row = schedule.new.form.row
    if items[0].level != "class":
        rows = [line.name for line in schedule.new.rows]
        is_every = len(items) > 1 and {item.name for item in items} == set(rows)
        return f"every {row}" if is_every else english.listed([item.name for item in items])
    owners: dict[str, set[str]] = {}
    for item in items:
        owners.setdefault(item.name, set()).add(item.owner)
    kind = items[0].kind
    if all(len(its) > 1 and its == _touched(schedule, name, kind) for name, its in owners.items()):
        without = any(_owners(schedule, name, kind == "removed") != _funds(schedule) for name in owners)
        return f"{english.listed(list(owners))} of every {row}{' that has it' if without else ''}"
    return english.listed(recital_names.texts([RowName(item.name, item.owner) for item in items]))


def _touched(schedule: Beside, name: str, kind: ItemKind) -> set[str]:
    """The funds on both sides of which a change of a class of this name can be said: all, where it comes in."""
    stay = {pair.new.key.row for pair in schedule.pairs if pair.old and pair.new and pair.new.level == "row"}
    return stay if kind == "added" else stay & _owners(schedule, name, kind == "removed")


def _funds(schedule: Beside) -> set[str]:
    """Every fund as amended."""
    return {pair.new.key.row for pair in schedule.pairs if pair.new and pair.new.level == "row"}


def _owners(schedule: Beside, name: str, before: bool) -> set[str]:
    """The funds that have a class of this name as amended, or had it before."""
    entries = [pair.old if before else pair.new for pair in schedule.pairs]
    return {entry.key.row for entry in entries if entry and entry.key.inner == name}
