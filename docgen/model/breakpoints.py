"""Breakpoints: a rate on the first $150 million, another on the next, and so on."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

AMOUNT = r"\$\s?(?P<{0}>[0-9][0-9,]*(?:\.[0-9]+)?)(?: (?P<{0}_unit>thousand|million|billion|trillion))?"
BAND = re.compile(
    rf"(?:on |of )?(?:the )?(?:(?:average daily )?(?:net )?assets )?(?:(?P<kind>first|next) {AMOUNT.format('size')}"
    rf"|(?:over|in excess of|above) {AMOUNT.format('over')}(?:,? (?:up )?to (?:and including )?{AMOUNT.format('to')})?"
    rf"|(?:up )?to (?:and including )?{AMOUNT.format('top')}"
    r"|(?P<rest>thereafter|balance|remainder|remaining assets))(?: of .*)?",
    re.IGNORECASE,
)
STEP = re.compile(r"(?P<rate>[0-9]*\.?[0-9]+)\s?%,? (?P<band>.*)")
UNITS = {None: 1, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}


@dataclass(frozen=True)
class Band:
    """Net assets from `over` up to `to`, in dollars; `to` is None without an end. A `next` band has a `size` only."""

    over: Decimal | None
    to: Decimal | None
    size: Decimal | None = None


@dataclass(frozen=True)
class RateStep:
    """A rate, in percent, and the band of assets that it is paid on; no band where one rate is for all."""

    rate: Decimal
    band: Band | None


@functools.lru_cache(maxsize=65536)
def band(text: str) -> Band | None:
    """The band that `First $150 million` or `over $1 billion up to $2 billion` says; None for other words."""
    found = BAND.fullmatch(text.strip())
    if not found:
        return None
    if found["rest"]:
        return Band(None, None)
    size, over, to, top = (_dollars(found, name) for name in ("size", "over", "to", "top"))
    if found["kind"]:
        first = found["kind"].lower() == "first"
        return Band(Decimal(0), size) if first else Band(None, None, size)
    return Band(Decimal(0), top) if top is not None else Band(over, to)


def _dollars(found: re.Match[str], name: str) -> Decimal | None:
    number, unit = found[name], found[f"{name}_unit"]
    return Decimal(number.replace(",", "")) * UNITS[unit and unit.lower()] if number else None


def step(text: str) -> RateStep | None:
    """The step that `0.53% on first $1 billion` says, or a rate alone; None for other words."""
    if re.fullmatch(r"[0-9]*\.?[0-9]+\s?%", text):
        return RateStep(Decimal(text.rstrip(" %")), None)
    found = STEP.fullmatch(text)
    its = band(found["band"]) if found else None
    return RateStep(Decimal(found["rate"]), its) if found and its else None


def faults(steps: Iterable[RateStep]) -> list[str]:
    """What is wrong with steps that follow one another: a rate that rises, a gap, an overlap."""
    said: list[str] = []
    reached: Decimal | None = None
    for before, after in pairwise(steps):
        if before.band is None or after.band is None:
            continue
        reached = before.band.to if before.band.size is None else _sum(reached, before.band.size)
        if after.rate > before.rate:
            said.append(f"the rate rises from {before.rate}% to {after.rate}%")
        if after.band.over is not None and reached is not None and after.band.over != reached:
            said.append(f"a step ends at ${reached:,f} and the next begins at ${after.band.over or 0:,f}")
    return said


def _sum(one: Decimal | None, two: Decimal) -> Decimal | None:
    return None if one is None else one + two
