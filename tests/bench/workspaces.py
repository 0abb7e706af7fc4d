"""Makes workspaces of any size: plans of so many amendments, each with so many portfolios; the same on every run."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

PLAN = """\
title: Amended and Restated Master Distribution Plan of the {complex} Funds
kind: distribution-plan
share_classes: [Class {letter}]
dated: 1990-01-02
rule: 12b-1
schedule:
  subject: Distribution and Service Fees
  row: Portfolio
  columns:
    sales_charge:  {{heading: Maximum Asset Based Sales Charge, holds: rate, at_most: 0.75%}}
    service_fee:   {{heading: Maximum Service Fee, holds: rate, at_most: 0.25%}}
    aggregate_fee: {{heading: Maximum Aggregate Fee, holds: rate, at_most: 1.00%}}
"""
VALUES = "{sales_charge: 0.75%, service_fee: 0.25%, aggregate_fee: 1.00%}"
GROUP = 20  # portfolios of one registrant
FIELDS = ("Growth", "Income", "Energy", "Technology", "Municipal", "Real Estate", "Small Cap Equity", "Global Health")


def make(folder: Path, plans: int, amendments: int, rows: tuple[int, int]) -> Path:
    """A workspace of plans with so many amendments each; the plans' portfolios rise from the first of `rows`."""
    for number in range(plans):
        least, most = rows
        portfolios = least + (most - least) * number // max(1, plans - 1)
        home = folder / "schedules" / f"plan-{number:03}"
        (home / "amendments").mkdir(parents=True)
        text = PLAN.format(complex=f"Complex {number}", letter="ABCRY"[number % 5])
        (home / "plan.yaml").write_text(text, encoding="utf-8")
        for count, text in enumerate(_amendments(number, amendments, portfolios), start=1):
            (home / "amendments" / f"{count:03}.yaml").write_text(text, encoding="utf-8")
    return folder


def _amendments(plan: int, amendments: int, portfolios: int) -> Iterator[str]:
    """The first restates the schedule; each later one adds, renames and ends a portfolio, or sets a fee."""
    yield _dated(1) + "restate:\n" + _restated(plan, portfolios)
    for number in range(2, amendments + 1):
        yield _dated(number) + "changes:\n" + _changed(plan, number, portfolios)


def _dated(number: int) -> str:
    day = datetime.date(1990, 3, 1) + datetime.timedelta(days=23 * number)
    return f"number: {number}\neffective: {day}\n"


def _restated(plan: int, portfolios: int) -> str:
    text = f"  values: {VALUES}\n  groups:\n"
    for number in range(portfolios):
        if number % GROUP == 0:
            text += f"    - name: {_registrant(plan, number // GROUP)}\n      rows:\n"
        text += f"        - {_portfolio(plan, number)}\n"
    return text


def _changed(plan: int, number: int, portfolios: int) -> str:
    """Changes of an amendment: what it added last time goes, so that the schedule keeps its length."""
    text = f"  - add: Complex {plan} Opportunity {number} Fund\n    to: {_registrant(plan, 0)}\n    values: {VALUES}\n"
    if number > 2:
        text += f"  - remove: Complex {plan} Opportunity {number - 1} Fund\n"
    times, row = divmod(number, portfolios)  # a fee falls a little each time that its portfolio's turn comes
    fee = f"0.{240 - times}%"
    return text + f"  - set: {_portfolio(plan, row)}\n    service_fee: {fee}\n    aggregate_fee: 0.{990 - times}%\n"


def _registrant(plan: int, number: int) -> str:
    return f"COMPLEX {plan} INVESTMENT SERIES {number} & TRUST"


def _portfolio(plan: int, number: int) -> str:
    return f"Complex {plan} {FIELDS[number % len(FIELDS)]} {number} Fund"
