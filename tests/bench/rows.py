"""One row of the table: docgen beside another program in the same run, and what was to be reached."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """What docgen took, what the other took, how the two stand to each other, and whether that is enough."""

    measure: str
    docgen: float
    beside: float
    ratio: float
    goal: str
    reached: bool
    unit: str = "s"


def at_most(measure: str, docgen: float, beside: float, goal: float, unit: str = "s") -> Row:
    """A row whose ratio may not be above the goal."""
    return Row(measure, docgen, beside, docgen / beside, f"at most {goal:g}", docgen / beside <= goal, unit)


def times_as_fast(measure: str, docgen: float, beside: float, goal: float) -> Row:
    """A row that says how many times as fast docgen is."""
    times = beside / docgen
    return Row(measure, docgen, beside, times, f"at least {goal:g} times as fast", times >= goal)


def missing(measure: str, why: str) -> Row:
    """A row that could not be measured, and why."""
    return Row(f"{measure}: {why}", 0, 0, 0, "", False)


def table(rows: Sequence[Row]) -> str:
    """The rows as Markdown."""
    lines = ["| measure | docgen | beside it | ratio | to reach | reached |", "|---|---|---|---|---|---|"]
    for row in rows:
        numbers = (
            f"{_said(row.docgen)} {row.unit} | {_said(row.beside)} {row.unit} | {row.ratio:.2f}" if row.goal else "| |"
        )
        reached = "yes" if row.reached else "no" if row.goal else "not measured"
        lines.append(f"| {row.measure} | {numbers} | {row.goal} | {reached} |")
    return "\n".join(lines) + "\n"


def _said(number: float) -> str:
    """Three digits that count, and thousands in full."""
    return f"{number:.3g}" if number < 1000 else f"{number:,.0f}"


def medians(runs: int, *measured: Callable[[], float]) -> list[float]:
    """The median of each one's numbers; they take turns, so that all meet the same noise."""
    found: list[list[float]] = [[] for _ in measured]
    for _ in range(runs):
        for numbers, measure in zip(found, measured, strict=True):
            numbers.append(measure())
    return [statistics.median(numbers) for numbers in found]


def timed(work: Callable[[], object]) -> float:
    """Seconds by the clock."""
    began = time.monotonic()
    work()
    return time.monotonic() - began


def merged(before: str, now: str) -> str:
    """A table with the rows of another one in place of its own of the same measure, and what is new at its end."""
    new = dict(_rows(now))
    old = {measure: new.pop(measure, line) for measure, line in _rows(before)}
    return "\n".join([*now.splitlines()[:2], *old.values(), *new.values()]) + "\n"


def _rows(text: str) -> list[tuple[str, str]]:
    """The lines of a table below its head, each by its measure."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [(line.split(" | ")[0], line) for line in lines[2:]]
