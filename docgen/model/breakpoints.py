"""Breakpoints: a rate on the first $150 million, another on the next, and so on."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

AMOUNT = r"\$\s?(?P<{0}>[0-9][0-9,]*(?:\.[0-9]+)?)(?: (?P<{0}_unit>thousand|million|billion|trillion))?"
BAND = (
    r"(?i)(?:on |of )?(?:the )?(?:(?:average daily )?(?:net )?assets )?(?:(?P<kind>first|next) "
    rf"{AMOUNT.format('size')}"
    rf"|(?:over|in excess of|above) {AMOUNT.format('over')}(?:,? (?:up )?to (?:and including )?{AMOUNT.format('to')})?"
    rf"|(?:up )?to (?:and including )?{AMOUNT.format('top')}"
    r"|(?P<rest>thereafter|balance|remainder|remaining assets))(?: of .*)?"
)
STEP = re.compile(r"(?P<rate>[0-9]*\.?[0-9]+)\s?%,? (?P<band>.*)")
UNITS = {"": 1, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}


@dataclass(frozen=True)
class Band:
    """Net assets from `above` up to `to`, in dollars; `to` is None without an end. A `next` band has a `size` only."""

    above: Decimal | None
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
    match = re.fullmatch(BAND, text.strip())
    if not match:
        return None
    if match["rest"]:
        return Band(None, None)
    size, above, to, top = (_dollars(match, name) for name in ("size", "over", "to", "top"))
    if match["kind"]:
        first = match["kind"].lower() == "first"
        return Band(Decimal(0), size) if first else Band(None, None, size)
    return Band(Decimal(0), top) if top is not None else Band(above, to)


def _dollars(match: re.Match[str], name: str) -> Decimal | None:
    number, unit = match[name], match[f"{name}_unit"] or ""
    return Decimal(number.replace(",", "")) * UNITS[unit.lower()] if number else None


def step(text: str) -> RateStep | None:
    """The step that `0.53% on first $1 billion` says, or a rate alone; None for other words."""
    if re.fullmatch(r"[0-9]*\.?[0-9]+\s?%", text):
        return RateStep(Decimal(text.rstrip(" %")), None)
    match = STEP.fullmatch(text)
    its = band(match["band"]) if match else None
    return RateStep(Decimal(match["rate"]), its) if match and its else None


def faults(steps: Iterable[RateStep]) -> list[str]:
    """What is wrong with steps that follow one another: a rate that rises, a gap, an overlap."""
    texts: list[str] = []
    reached: Decimal | None = None
    for before, after in pairwise(steps):
        if before.band is None or after.band is None:
            continue
        reached = before.band.to if before.band.size is None else _sum(reached, before.band.size)
        if after.rate > before.rate:
            texts.append(f"the rate rises from {before.rate}% to {after.rate}%")
        if after.band.above is not None and reached is not None and after.band.above != reached:
            texts.append(f"a step ends at ${reached:,f} and the next begins at ${after.band.above:,f}")
    return texts


def _sum(first: Decimal | None, second: Decimal) -> Decimal | None:
    return None if first is None else first + second
