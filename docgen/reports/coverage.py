"""Who is where, at which fees: each fund in a row, each plan with its classes in a column."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from docgen.consolidation import fund_classes
from docgen.consolidation.fund_classes import FundClass
from docgen.consolidation.plan_folder import PlanFolder
from docgen.model import english
from docgen.model.english import value_text
from docgen.problems import name_key
from docgen.reports.listing import Listing, ListRow, ListTable

WITHOUT_FEES = "yes"  # where a schedule only lists names
NO_CLASS = "no class named"
NO_FEE = "-"  # among other values of a fund
ALL_FUNDS = "All funds, by net assets"


@dataclass(frozen=True)
class CoverageColumn:
    """A schedule of a plan for some share classes, and the heads of its values by their ids."""

    plan: str
    schedule: str
    classes: tuple[str, ...]
    fees: tuple[tuple[str, str], ...]

    @property
    def head(self) -> str:
        """The plan, and the classes; the schedule where it is no Schedule A."""
        schedule = [] if self.schedule == "Schedule A" else [self.schedule]
        return "\n".join([self.plan, *schedule, english.listed(self.classes) or NO_CLASS])


@dataclass(frozen=True)
class CoverageEntry:
    """What one row of a schedule says of a fund: the group that it stands under, its band, its values as they print."""

    group: str
    band: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class CoverageRow:
    """A fund of a registrant, and what each column says of it: nothing, an entry, or several.

    Where a schedule has a fee for all funds by their net assets, its bands are entries of a row without a name.
    """

    registrant: str
    fund: str
    cells: tuple[tuple[CoverageEntry, ...], ...]


@dataclass(frozen=True)
class Coverage:
    """All funds by all plans and classes, on a day; without a day after the last amendment of each plan."""

    on: datetime.date | None
    columns: tuple[CoverageColumn, ...]
    rows: tuple[CoverageRow, ...]


def coverage(plans: Sequence[PlanFolder], on: datetime.date | None) -> Coverage:
    """The coverage by some plans; registrants and funds in the order in which the plans have them."""
    entries = [entry for plan in fund_classes.in_force(plans, on) for entry in fund_classes.of_plan(plan, on)]
    columns = list(dict.fromkeys(_column(entry) for entry in entries))
    places = {column: number for number, column in enumerate(columns)}
    owners = _owners(entries)
    rows: dict[tuple[str, str], list[list[CoverageEntry]]] = {}
    names: dict[str, str] = {"": ""}  # as the first plan spells them
    for entry in entries:
        registrant = entry.registrant or owners.get(name_key(entry.fund.name), "")
        fund = "" if entry.fund.is_band else entry.fund.name
        row = (name_key(registrant), name_key(fund))
        for name in (registrant, fund):
            names.setdefault(name_key(name), name)
        cells = rows.setdefault(row, [[] for _ in columns])
        cells[places[_column(entry)]].append(_entry(entry))
    order = {registrant: number for number, registrant in enumerate(dict.fromkeys(row[0] for row in rows))}
    in_order = sorted(rows, key=lambda row: order[row[0]])
    results = (CoverageRow(names[row[0]], names[row[1]], tuple(map(tuple, rows[row]))) for row in in_order)
    return Coverage(on, tuple(columns), tuple(results))


def _owners(entries: Iterable[FundClass]) -> dict[str, str]:
    """The registrant of each fund that stands under one in some plan, and under no other in any."""
    owners: dict[str, dict[str, str]] = {}
    for entry in entries:
        if entry.registrant:
            owners.setdefault(name_key(entry.fund.name), {})[name_key(entry.registrant)] = entry.registrant
    return {fund: next(iter(names.values())) for fund, names in owners.items() if len(names) == 1}


def _column(entry: FundClass) -> CoverageColumn:
    fees = tuple((key, column.heading) for key, column in entry.schedule.columns)
    return CoverageColumn(entry.plan, entry.schedule.name, entry.classes, fees)


def _entry(entry: FundClass) -> CoverageEntry:
    values = zip(entry.line.values, entry.schedule.holds(), strict=False)
    texts = tuple(value_text(value.typed, holds) for value, holds in values)
    band = entry.line.name if entry.is_part or entry.fund.is_band else ""
    return CoverageEntry(entry.group.name, band, texts)


def as_json(coverage: Coverage) -> str:
    """`{"on", "columns": [{"plan", "schedule", "classes", "fees"}], "rows": [{"registrant", "fund", "cells"}]}`."""
    columns = [
        {
            "plan": column.plan,
            "schedule": column.schedule,
            "classes": list(column.classes),
            "fees": [{"id": key, "heading": heading} for key, heading in column.fees],
        }
        for column in coverage.columns
    ]
    rows = [
        {
            "registrant": row.registrant,
            "fund": row.fund,
            "cells": [
                [_as_data(entry, column) for entry in cell]
                for cell, column in zip(row.cells, coverage.columns, strict=True)
            ],
        }
        for row in coverage.rows
    ]
    data = {"on": coverage.on.isoformat() if coverage.on else None, "columns": columns, "rows": rows}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _as_data(entry: CoverageEntry, column: CoverageColumn) -> dict[str, object]:
    values = dict(zip((key for key, _ in column.fees), entry.texts, strict=False))
    return {"group": entry.group, "band": entry.band, "values": values}


def listing(coverage: Coverage) -> Listing:
    """The coverage as a list, a column a plan and its classes; the fees stand in its cells."""
    heads = ("Fund", *(column.head for column in coverage.columns))
    rows = [(row, (row.fund or ALL_FUNDS, *(_cell_text(cell) for cell in row.cells))) for row in coverage.rows]
    return _listing(coverage, heads, rows)


def fees_listing(coverage: Coverage) -> Listing:
    """The same with a column a fee, for a spreadsheet."""
    heads = ["Fund"]
    for column in coverage.columns:
        heads += [f"{column.head}\n{heading}" for _, heading in column.fees] or [column.head]
    rows = [(row, (row.fund or ALL_FUNDS, *_fee_texts(row, coverage.columns))) for row in coverage.rows]
    return _listing(coverage, tuple(heads), rows)


def _fee_texts(row: CoverageRow, columns: Sequence[CoverageColumn]) -> Iterable[str]:
    for cell, column in zip(row.cells, columns, strict=True):
        if not column.fees:
            yield WITHOUT_FEES if cell else ""
        for number in range(len(column.fees)):
            texts = [(f"{entry.band}: " if entry.band else "") + entry.texts[number] for entry in cell if entry.texts]
            yield "\n".join(texts)


def _cell_text(cell: Sequence[CoverageEntry]) -> str:
    """`0.75%/0.25%/1.00%`, a hyphen for one that is blank; several entries one under the other, each with the group
    that tells it apart."""
    texts = []
    for entry in cell:
        groups = {item.group for item in cell}
        label = entry.band or (entry.group if len(groups) > 1 else "")
        fees = "/".join(text or NO_FEE for text in entry.texts) or WITHOUT_FEES
        texts.append(f"{label}: {fees}" if label else fees)
    return "\n".join(texts)


def _listing(
    coverage: Coverage, heads: tuple[str, ...], rows: Sequence[tuple[CoverageRow, tuple[str, ...]]]
) -> Listing:
    lines: list[ListRow] = []
    registrant = ""
    for row, cells in rows:
        if row.registrant != registrant:
            lines.append(ListRow((row.registrant or "Of no registrant that a plan names",)))
            registrant = row.registrant
        lines.append(ListRow(cells))
    day = f"on {english.day(coverage.on)}" if coverage.on else "after the last amendment of each plan"
    return Listing(
        "Funds by plans and classes", (f"In force {day}.",), (ListTable("", heads, tuple(lines)),), _keys(coverage)
    )


def _keys(coverage: Coverage) -> tuple[str, ...]:
    """What the fees of a cell are, and in which plans: `aim-class-b, aim-class-c: Service Fee, Aggregate Fee`."""
    places: dict[str, dict[str, None]] = {}
    for column in coverage.columns:
        if column.fees:
            place = column.plan if column.schedule == "Schedule A" else f"{column.plan} {column.schedule}"
            places.setdefault(", ".join(heading for _, heading in column.fees), {})[place] = None
    return ("\n".join(f"{', '.join(plans)}: {fees}" for fees, plans in places.items()),) if places else ()
