"""The rows of a flat table in their groups: its order says nothing, since it may have been sorted."""

from __future__ import annotations

import sys
from bisect import insort
from collections.abc import Sequence
from typing import TypeVar

from docgen.consolidation import lineage
from docgen.spreadsheet import sheet_reading, table
from docgen.spreadsheet.sheet_reading import SheetFund, SheetGroup, SheetReading, SheetRow
from docgen.spreadsheet.table import SheetCell

_Thing = TypeVar("_Thing", SheetGroup, SheetFund)


def groups(reading: SheetReading, rows: Sequence[SheetRow]) -> list[SheetGroup]:
    """The rows of a flat table in their groups, in the order that the schedule has."""
    heads = reading.heads
    groups: dict[str, SheetGroup] = {}
    funds: dict[tuple[str, str], SheetFund] = {}
    for row in sorted(rows, key=_number):
        blank = next((head for head in (heads.group, heads.row) if head and not row[head].text), "")
        if blank:
            reading.complain(row[blank], "is empty", f"write the {blank} of the row")
            continue
        name, mark = sheet_reading.name_of(reading, row[heads.group]) if heads.group else ("", "")
        group = groups.setdefault(name, SheetGroup(name, mark, row[heads.group or heads.row]))
        _complain_of_two_signs(reading, group, mark, row[heads.group or heads.row])
        name, mark = sheet_reading.name_of(reading, row[heads.row])
        fund = SheetFund(name, mark, row, row[heads.row])
        if heads.inner and row[heads.inner].text:
            above = funds.setdefault((group.name, name), fund)
            if above is fund:
                group.rows.append(fund)
            _complain_of_two_signs(reading, above, mark, row[heads.row])
            above.inner.append(SheetFund(*sheet_reading.name_of(reading, row[heads.inner]), row, row[heads.inner]))
        else:
            group.rows.append(fund)
    return _in_order(reading, list(groups.values()))


def _number(row: SheetRow) -> int:
    """The place that a flat table gives a row; the last for a new one."""
    text = row[table.NUMBER].text.removesuffix(".0") if table.NUMBER in row else ""
    return int(text) if text.isdecimal() else sys.maxsize


def _complain_of_two_signs(reading: SheetReading, thing: SheetGroup | SheetFund, mark: str, at: SheetCell) -> None:
    if thing.mark != mark:
        sign = thing.mark or mark
        fault = f'"{thing.name}" has the sign [{sign}] in one row and not in another'
        reading.complain(at, fault, "write the sign in each of its rows, or in none")
        thing.mark = mark


def _in_order(reading: SheetReading, groups: list[SheetGroup]) -> list[SheetGroup]:
    """The groups and rows in the order that the schedule has; new ones by the alphabet or last."""
    sections = {section.name: section for section in reading.current.groups}
    for group in groups:
        lines = sections[group.name].rows if group.name in sections else ()
        group.rows = _old_order(group.rows, [line.name for line in lines])
        inner = {line.name: [row.name for row in line.rows] for line in lines}
        for fund in group.rows:
            fund.inner = _old_order(fund.inner, inner.get(fund.name, []))
    return _old_order(groups, list(sections))


def _old_order(things: list[_Thing], old: Sequence[str]) -> list[_Thing]:
    places = {key: place for place, key in enumerate(zip(old, lineage.numbers(old), strict=True))}
    keyed = list(zip(things, lineage.numbers(thing.name for thing in things), strict=True))
    staying = [(places[thing.name, n], thing) for thing, n in keyed if (thing.name, n) in places]
    result = [thing for _, thing in sorted(staying, key=lambda pair: pair[0])]
    folded = [name.casefold() for name in old]
    for thing in (thing for thing, n in keyed if (thing.name, n) not in places):
        if old and folded == sorted(folded):
            insort(result, thing, key=lambda other: other.name.casefold())
        else:
            result.append(thing)
    return result
