"""Numbers as Excel keeps them, and as people type them: `0.10%` is 0.001 shown as 0.00%, and comes back as `0.10%`."""

from __future__ import annotations

import re
from decimal import Decimal

from docgen.model import values

PATTERN = re.compile(r"([0-9]*)(\.([0-9]+))?( ?%)?")
SHOWN = re.compile(r"([#,0?]*)(\.([0#?]+))?(\s?%)?")
DIGITS = 15  # what Excel keeps of a number


def shown(text: str) -> tuple[float, str] | None:
    """The number that a rate says and the format that shows it as typed; None for a text that is no rate."""
    typed = PATTERN.fullmatch(text)
    if values.rate(text) is None or typed is None:
        return None
    whole, _, decimals, sign = typed.groups()
    zeros = "0" * len(whole) if whole.startswith("0") else whole and "0"
    number = Decimal(f"{whole or 0}.{decimals or 0}")
    form = f"{zeros}{'.' + '0' * len(decimals) if decimals else ''}{sign or ''}"
    return float(number / 100 if sign else number), form


def typed(number: float, form: str) -> str:
    """The text that a number shows in a format, with all the digits that the number has."""
    found = SHOWN.search(form.partition(";")[0].replace("\\ ", " ").replace('" "', " ")) if form != "General" else None
    whole, decimals, sign = (found[1], found[3], found[4]) if found and found[0] else ("0", "", "")
    exact = Decimal(f"{number:.{DIGITS}g}") * (100 if sign else 1)
    least = (decimals or "").count("0")
    digits = max(least, -int(exact.normalize().as_tuple().exponent), 0)
    said = f"{abs(exact):.{digits}f}"
    units, point, rest = said.partition(".")
    units = "" if units == "0" and point and "0" not in whole else units.rjust(whole.count("0"), "0")
    return f"{'-' if exact < 0 else ''}{units}{point}{rest}{sign or ''}"
