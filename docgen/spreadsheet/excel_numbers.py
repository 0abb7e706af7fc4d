"""Numbers as Excel keeps them, and as people type them: `0.10%` is 0.001 shown as 0.00%, and comes back as `0.10%`."""

from __future__ import annotations

import re
from decimal import Decimal

from docgen.model import values

PATTERN = re.compile(r"([0-9]*)(\.([0-9]+))?( ?%)?")
NUMBER_FORMAT = re.compile(r"([#,0?]*)(?:\.([0#?]+))?(\s?%)?")
CONDITION = re.compile(r"\[[<>=]")
NOT_SHOWN = re.compile(r"\[[^\]]*\]|_.|\*.")  # colours, conditions and languages; a space as wide as a sign; a filler
DIGITS = 15  # what Excel keeps of a number


def as_number(text: str) -> tuple[float, str] | None:
    """The number that a rate says and the format that shows it as typed; None for a text that is no rate."""
    match = PATTERN.fullmatch(text)
    if values.rate(text) is None or match is None:
        return None
    units, _, decimals, sign = match.groups()
    zeros = "0" * len(units) if units.startswith("0") else units and "0"
    number = Decimal(f"{units or 0}.{decimals or 0}")
    form = f"{zeros}{'.' + '0' * len(decimals) if decimals else ''}{sign or ''}"
    return float(number / 100 if sign else number), form


def as_text(number: float, form: str) -> str:
    """The text that a number shows in a format, with all the digits that the number has."""
    sections = [NOT_SHOWN.sub("", part).replace("\\ ", " ").replace('" "', " ").strip() for part in form.split(";")]
    is_mixed = (
        CONDITION.search(form) and len({"%" in section for section in sections}) > 1
    )  # which one shows is not read
    is_plain = form == "General" or is_mixed
    match = None if is_plain else next((m for m in NUMBER_FORMAT.finditer(sections[0]) if m[0]), None)
    integer, decimals, sign = match.groups() if match else ("0", "", "")
    exact = Decimal(f"{number:.{DIGITS}g}") * (100 if sign else 1)
    least = (decimals or "").count("0")
    digits = max(least, -int(exact.normalize().as_tuple().exponent), 0)
    text = f"{abs(exact):.{digits}f}"
    units, point, rest = text.partition(".")
    units = "" if units == "0" and point and "0" not in integer else units.rjust(integer.count("0"), "0")
    return f"{'-' if exact < 0 else ''}{units}{point}{rest}{sign or ''}"
