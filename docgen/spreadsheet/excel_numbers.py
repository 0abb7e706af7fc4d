"""Numbers as Excel keeps them, and as people see them: `0.10%` is 0.001 shown as 0.00%, and comes back as `0.10%`.

The number formats are those of ECMA-376, part 1, 18.8.31: sections, conditions, literals, places of digits.
"""

from __future__ import annotations

import itertools
import operator
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from docgen.model import values

PATTERN = re.compile(r"([0-9]*)(\.([0-9]+))?( ?%)?")
TOKEN = re.compile(
    r'(?P<quoted>"[^"]*")|\\(?P<escaped>.)|(?P<pad>[_*].)|\[\$(?P<money>[^\]-]*)[^\]]*\]|(?P<bracket>\[[^\]]*\])'
    r"|(?P<end>;)|(?P<general>General)|(?P<power>E[+-]0+)|(?P<places>[0#?.,/@]+)|(?P<literal>.)",
    re.IGNORECASE | re.DOTALL,
)
CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[0-9.]+)\]")
COMPARE: Mapping[str, Callable[[float, float], bool]] = {
    "<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge, "=": operator.eq, "<>": operator.ne,
}  # fmt: skip
THOUSANDS = r",+(?=\.|$)"  # behind the digits: each leaves a thousand out
FINER = "##"  # places behind those of a rate, which show only what is typed in them
DIGIT_PLACES = "0#?"
DIGITS = 15  # what Excel keeps of a number
NEAR = Fraction(1, 10**9)  # by which a fraction may miss a number that Excel keeps in 15 digits

FormatPart = tuple[str, str]  # the kind, and what it shows


def as_number(text: str) -> tuple[float, str] | None:
    """The number that a rate says and the format that shows it as typed, and a finer one too that takes its place; None
    for a text that is no rate."""
    match = PATTERN.fullmatch(text)
    if values.rate(text) is None or match is None:
        return None
    units, _, decimals, sign = match.groups()
    zeros = "0" * len(units) if units.startswith("0") else units and "0"
    number = Decimal(f"{units or 0}.{decimals or 0}")
    form = f"{zeros}{'.' + '0' * len(decimals) + FINER if decimals else ''}{sign or ''}"
    return float(number / 100 if sign else number), form


def as_text(number: float, form: str) -> str:
    """The text that a number shows in a format, with all the digits that the number has."""
    tokens, is_negative = _section(number, form)
    exact = Decimal(f"{number:.{DIGITS}g}") * 100 ** sum(token == ("literal", "%") for token in tokens)
    places = "".join(text for kind, text in tokens if kind in ("places", "general"))
    if "/" in places:
        return ("-" if is_negative else "") + _with_fraction(abs(exact), tokens)[0]
    power = next((text for kind, text in tokens if kind == "power"), "")
    digits = _with_power(abs(exact), places, power) if power else _digits(abs(exact), places)
    texts = _spread(digits, tokens) if _is_split(tokens) else _in_place(digits, tokens)
    return ("-" if is_negative else "") + "".join(texts).strip()


def _in_place(digits: str, tokens: Sequence[FormatPart]) -> Iterator[str]:
    """The digits in the first of their places, and what the format has around them."""
    for kind, text in tokens:
        if kind in ("places", "general"):
            yield digits
            digits = ""
        elif kind != "power":
            yield text


def _is_split(tokens: Sequence[FormatPart]) -> bool:
    """Whether something stands between the digits of a number, as in 000-00-0000."""
    groups = [text for kind, text in tokens if kind == "places" and re.search("[0#?]", text)]
    return len(groups) > 1 and all(kind != "power" for kind, _ in tokens)


def _spread(digits: str, tokens: Sequence[FormatPart]) -> list[str]:
    """The digits over all of their places, from the last of the units to the left and on behind the point; what stands
    between stays where it is."""
    units, _, decimals = digits.replace(",", "").partition(".")
    behind = iter(decimals)
    signs = [(kind == "places", sign) for kind, text in tokens for sign in (text if kind == "places" else [text])]
    point = next((at for at, (is_place, sign) in enumerate(signs) if is_place and sign == "."), len(signs))
    texts = [sign if not is_place or at == point else "" for at, (is_place, sign) in enumerate(signs)]
    places = [at for at, (is_place, sign) in enumerate(signs) if is_place and sign in DIGIT_PLACES]
    before = [at for at in places if at < point]
    for at in reversed(before):
        last = at == before[0]
        texts[at], units = (units, "") if last else (units[-1:], units[:-1])
        texts[at] = texts[at] or ("0" if signs[at][1] == "0" else "")
    for at in places[len(before) :]:
        texts[at] = next(behind, "0" if signs[at][1] == "0" else "")
    return texts


def unseen_digits(number: float, form: str) -> bool:
    """Whether a number has more digits than its format shows."""
    tokens, _ = _section(number, form)
    places = "".join(text for kind, text in tokens if kind == "places")
    if not re.search("[0#?]", places):
        return False
    decimals = re.sub("[^0#?]", "", places.partition(".")[2])
    exact = Decimal(f"{number:.{DIGITS}g}") * 100 ** sum(token == ("literal", "%") for token in tokens)
    if power := next((text for kind, text in tokens if kind == "power"), ""):
        return bool(Decimal(_with_power(abs(exact), places, power)) != abs(exact))
    if "/" in places:
        return abs(_with_fraction(abs(exact), tokens)[1] - Fraction(abs(exact))) > NEAR
    thousands = 3 * (len(places) - len(re.sub(THOUSANDS, "", places)))
    return -int(exact.normalize().as_tuple().exponent) > len(decimals) - thousands


def _section(number: float, form: str) -> tuple[list[FormatPart], bool]:
    """The part of a format that shows a number, and whether a minus stands before it."""
    sections: list[list[FormatPart]] = [[]]
    for match in TOKEN.finditer(form):
        kind, text = str(match.lastgroup), match[str(match.lastgroup)]
        if kind == "end":
            sections.append([])
        elif kind == "quoted":
            sections[-1].append(("text", text[1:-1]))
        elif kind in ("escaped", "money"):
            sections[-1].append(("text", text))
        elif kind != "pad":
            sections[-1].append((kind, text))
    if len(sections) > 1 and sections[-1] and any("@" in text for kind, text in sections[-1] if kind == "places"):
        sections.pop()  # for texts
    tokens, shows_sign = _chosen(number, sections)
    visible = [token for token in tokens if token[0] != "bracket"]
    if not visible and len(sections) == 1:
        visible = [("general", "")]
    return visible, number < 0 and shows_sign


def _chosen(number: float, sections: Sequence[list[FormatPart]]) -> tuple[list[FormatPart], bool]:
    """The section for a number, and whether it leaves the minus to Excel."""
    conditions = [CONDITION.search("".join(text for kind, text in part if kind == "bracket")) for part in sections]
    if any(conditions):
        for part, condition in zip(sections, conditions, strict=True):
            if condition is None or COMPARE[condition[1]](number, float(condition[2])):
                return part, True
        return sections[-1], True
    if number < 0 and len(sections) > 1:
        return sections[1], False
    return (sections[2] if number == 0 and len(sections) > 2 else sections[0]), True


def _with_fraction(exact: Decimal, tokens: Sequence[FormatPart]) -> tuple[str, Fraction]:
    """A number as a whole and a fraction, with what the format has around them; and the number that this is."""
    at = next(number for number, (kind, text) in enumerate(tokens) if kind == "places" and "/" in text)
    first = next(number for number, (kind, _) in enumerate(tokens) if kind == "places")
    behind = "".join(text for _, text in itertools.takewhile(_is_digit, tokens[at + 1 :]))  # the denominator, if any
    below = tokens[at][1].partition("/")[2]
    integer = int(exact) if first < at else 0
    rest = Fraction(exact) - integer
    if behind:
        numerator, denominator = round(rest * int(behind)), int(behind)
    else:
        nearest = rest.limit_denominator(10 ** max(1, len(below)) - 1)
        numerator, denominator = nearest.numerator, nearest.denominator
    if first < at and numerator == denominator:
        integer, numerator = integer + 1, 0
    parts = [str(integer)] if integer or (not numerator and first < at) else []
    words = " ".join([*parts, f"{numerator}/{denominator}"] if numerator or first == at else parts)
    around = tokens[:first], tokens[at + 1 + len(behind) :]
    texts = [*(text for _, text in around[0]), words, *(text for _, text in around[1])]
    return "".join(texts).strip(), integer + Fraction(numerator, denominator)


def _is_digit(token: FormatPart) -> bool:
    return token[0] in ("literal", "places") and token[1].isdecimal()


def _with_power(exact: Decimal, places: str, power: str) -> str:
    """A number as digits and a power of ten, of as many digits as the format has, a multiple of its units' places."""
    integer, _, decimals = places.partition(".")
    step = max(len(re.sub("[^0#?]", "", integer)), 1)
    exponent = exact.adjusted() // step * step if exact else 0
    shown = (exact / Decimal(10) ** exponent).quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    sign = "-" if exponent < 0 else power[1].replace("-", "")
    return f"{shown}{power[0]}{sign}{str(abs(exponent)).zfill(power.count('0'))}"


def _digits(exact: Decimal, places: str) -> str:
    """The digits of a number in its places: 0 is a digit that always shows, # and ? one that need not."""
    if not re.search("[0#?]", places):
        least, integer, is_grouped = 0, "0", False
    else:
        bare = re.sub(THOUSANDS, "", places)
        exact = exact / 1000 ** (len(places) - len(bare))
        integer, _, decimals = bare.partition(".")
        least, is_grouped = decimals.count("0"), "," in integer
    digits = max(least, -int(exact.normalize().as_tuple().exponent), 0)
    units, point, rest = f"{exact:.{digits}f}".partition(".")
    if units == "0" and "0" not in integer:
        units = ""
    units = units.rjust(integer.count("0"), "0")
    return (f"{int(units):,}" if is_grouped and units else units) + point + rest
