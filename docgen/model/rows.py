"""What stands in a schedule, as people type it: groups, rows, cells, columns, footnotes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, ClassVar

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    GetJsonSchemaHandler,
    PlainSerializer,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import CoreSchema, PydanticCustomError

from docgen.model.base import BARE, Facts, JsonSchema, KeysTogether, columns_beside
from docgen.model.values import BLANK, Blank, Holds, Rate, Text, is_tbd, no_name, rate, refusal, tidy
from docgen.problems import name_key


class Footnote(Facts):
    """A note under the schedule, and the sign that calls it."""

    mark: Text = Field(description="the sign that calls the note, such as * or 1")
    text: Text = Field(description="the note itself")
    on: Text | None = Field(None, description="words of the preamble that carry the mark, at their first place")


def _cell_texts(value: object) -> object:
    if isinstance(value, Blank) or is_tbd(value):
        return BLANK
    texts = value if isinstance(value, list | tuple) else [value]
    if not texts:
        raise refusal("is an empty list", 'write the value; "" for a cell that is meant to be blank')
    if not all(isinstance(text, str) for text in texts):
        raise refusal("holds something that is not text", "write one text, or a list of texts")
    return tuple(tidy(str(text).strip()) for text in texts)


def _as_data(value: tuple[str, ...] | Blank) -> str | list[str] | None:
    if isinstance(value, Blank):
        return None
    return value[0] if len(value) == 1 else list(value)


CellTexts = Annotated[
    tuple[str, ...] | Blank,
    BeforeValidator(_cell_texts),
    PlainSerializer(_as_data),
    WithJsonSchema({"anyOf": [{"type": BARE}, {"type": "array", "items": {"type": BARE}}]}),
]


class RowValue(KeysTogether):
    """One value of a row, as typed; a bare text, a list of texts, or {value, mark}."""

    short: ClassVar[str] = "value"
    short_types: ClassVar[tuple[type, ...]] = (str, list, type(None))
    value: CellTexts = Field(description="the value as it prints; null or tbd leaves a blank in a draft")
    mark: Text | None = Field(None, description="the sign of a footnote behind the value; none takes it away")
    as_filed: Text | None = Field(None, description="what the filed exhibit says in its place, where it was misprinted")
    why: Text | None = Field(None, description="why the two differ")

    @classmethod
    def misfit(cls, keys: Mapping[str, object]) -> PydanticCustomError | None:
        """A misprint that is kept has a reason."""
        alone = "why" if "as_filed" in keys else "as_filed" if "why" in keys else ""
        remedy = "write value: and what was meant, as_filed: and what the exhibit says, why: and the reason"
        fault = "has as_filed: and why: one without the other"
        return refusal(fault, remedy) if alone and cls.lacks(keys, alone) else None


def _cells(value: object) -> object:
    if isinstance(value, list):
        raise refusal("is a list", "name the column of each value: `column: value`")
    return value


RowValues = Annotated[dict[str, RowValue], BeforeValidator(_cells)]


class Row(Facts):
    """A line of the schedule: a portfolio, or a share class under it."""

    short: ClassVar[str] = "name"
    name: Text = Field(description="the name as it prints")
    mark: Text | None = Field(None, description="the sign of a footnote behind the name")
    values: RowValues = Field(default_factory=dict, description="column: value, for each column that is not usual here")
    rows: tuple[Row, ...] = Field((), description="rows of its own, such as the share classes of a fund")

    @model_validator(mode="before")
    @classmethod
    def _columns_beside_the_name(cls, value: object) -> object:
        """Takes `service_fee: 0.20%` beside `name:` as one of the values."""
        if not isinstance(value, dict):
            return value
        if "name" not in value and len(value) == 1 and not set(value) & set(cls.model_fields):
            ((key, rest),) = value.items()
            raise refusal(f'"{key}: {rest}" is read as a key and its value', "put the whole name in quotation marks")
        return columns_beside(cls, value)

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchema:
        schema = super().__get_pydantic_json_schema__(core, handler)
        full_schema = schema["anyOf"][-1]
        full_schema["additionalProperties"] = full_schema["properties"]["values"]["additionalProperties"]
        return schema


class Group(Facts):
    """Rows under one head: most often a registrant and its portfolios."""

    name: Text = Field(description="the head of the group as it prints, such as the registrant's name")
    mark: Text | None = Field(None, description="the sign of a footnote behind the name")
    values: RowValues = Field(default_factory=dict, description="column: value, for every row of this group")
    rows: tuple[Row, ...] = Field(description="the rows, one name a line", min_length=1)


YEAR = re.compile("(19|20)[0-9]{2}")  # a column may be that of a year


def _heading(value: str) -> str:
    if value != str(BLANK) and no_name(value) and not YEAR.fullmatch(value) and not set(value) & set("%$"):
        raise refusal(f"{value} is no heading", "write the words over the column as they print")
    return value


class Column(Facts):
    """One column of values."""

    heading: Annotated[Text, AfterValidator(_heading)] = Field(description="the words over the column")
    holds: Holds = Field("text", description="rate, date, money, classes, word or text")
    at_most: Rate | None = Field(None, description="the highest rate that the plan allows here")
    mark: Text | None = Field(None, description="the sign of a footnote behind the heading")

    @property
    def limit(self) -> Decimal | None:
        """The highest rate that the plan allows here, in percent; None where it allows any."""
        return rate(self.at_most) if self.at_most else None


MOST_COLUMNS = 16


def _headings(value: dict[str, Column]) -> dict[str, Column]:
    headings = [name_key(column.heading) for column in value.values()]
    for column in value.values():
        if headings.count(name_key(column.heading)) > 1:
            raise refusal(f'has two columns headed "{column.heading}"', "give each a heading of its own")
    return value


Columns = Annotated[
    dict[str, Column], BeforeValidator(_cells), AfterValidator(_headings), Field(max_length=MOST_COLUMNS)
]
