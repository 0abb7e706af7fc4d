"""What each kind of value takes as it is typed, and the words for what it does not take: `typed.golden` beside it."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from pydantic import TypeAdapter, ValidationError

from docgen.model import amendment, plan, rows, settings, text_changes, values
from tests.conftest import HERE, Golden

KINDS: dict[str, Any] = {
    "text": values.Text,
    "name": values.NameText,
    "day": values.Day,
    "number": values.OptionalNumber,
    "count": values.Count,
    "answer": values.YesNo,
    "limit": values.Rate,
    "cell": rows.CellTexts,
    "column": rows.Column,
    "party": settings.Party,
    "signature": settings.Signature,
    "line at the top": amendment.Caption,
    "section": text_changes.SectionName,
    "rule": plan.RuleNumber,
}
TYPED: tuple[object, ...] = (
    None, "", "  ", "tbd", "TBD", "AIM  Fund", "A", "2003", "12.5", "$5", "*", "yes", "no", "True", "FALSE", "maybe",
    "2003-11-03", "2003-11-31", "2003-02-29", "2003-11-tbd", "2003-13-tbd", "2003-11-tbd Fund", "2003-11-__",
    "1939-12-31", "1940-01-01", "2199-12-31",
    "2200-01-01", "03-11-03", "November 3, 2003",
    "November 3, 2003 Fund", "Section 7(c)", "12b-1",
    "0x1F", "0x1F Fund", "1e5", "1e5 Fund", "0", "1", "01", "9999", "10000", "99999", "100000",
    "-1", "0.75%", ".75%", "0.75", "99.99%", "100%", "100.00%", "1000%", "1/2%",
    [], ["a"], ["a", " b "], [None], ["a", {}], {},
    {"name": "AIM Fund"}, {"name": "AIM Fund", "is": "a trust"}, {"heading": "Fee"},
    {"heading": "Fee", "holds": "rate"},
    {"for": "AIM Fund", "by": "Jane Roe"}, 5, True, Decimal("0.75"),
)  # fmt: skip


def taken(adapter: TypeAdapter[Any], value: object) -> str:
    """What a value becomes, or why it is refused."""
    try:
        made = adapter.dump_python(adapter.validate_python(value), exclude_defaults=True)
        return "as it is" if made == value and type(made) is type(value) else repr(made)
    except ValidationError as error:
        said = ["; ".join(map(str, detail.get("ctx", {}).values())) or detail["msg"] for detail in error.errors()]
        return f"refused: {' / '.join(said)}"


def test_what_each_kind_of_value_takes(golden: Golden) -> None:
    lines: list[str] = []
    for name, kind in KINDS.items():
        adapter, outcomes = TypeAdapter(kind), dict[str, list[str]]()
        for value in TYPED:
            itself = rf"(?<!\w){re.escape(str(value).strip() or 'nothing at all')}(?!\w)"
            outcome = re.sub(itself, "...", taken(adapter, value))
            outcomes.setdefault(outcome, []).append(repr(value))
        lines += [name, *(f"    {outcome}:  {'  '.join(its)}" for outcome, its in outcomes.items())]
    golden.holds(HERE / "typed.golden", "\n".join(lines) + "\n")
