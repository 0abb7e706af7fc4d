"""The facts as people type them: a plan, its amendments, the schedules they restate.

Every model is frozen and refuses keys that it does not know. A field's description is the sentence
that a problem, the JSON Schema and schedules/README.md all use. What the facts mean together (a
schedule with every value filled in) is worked out in `schedule`.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    PlainSerializer,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import CoreSchema

from docgen import edgar
from docgen.facts.words import BLANK, Blank, Day, Holds, OptionalDay, OptionalNumber, Rate, Text, YesNo, is_tbd, refusal

JsonSchema = dict[str, Any]
BARE = ["string", "number", "boolean"]  # how an editor's YAML reader may take a bare text
JSON_TYPE: dict[type, Any] = {str: BARE, list: "array", type(None): "null"}


class Facts(BaseModel):
    """What all the facts have in common: frozen, no unknown keys, and a short form where one is usual."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    short: ClassVar[str] = ""  # the key that a bare text stands for
    short_types: ClassVar[tuple[type, ...]] = (str,)

    @model_validator(mode="before")
    @classmethod
    def _from_short_form(cls, value: object) -> object:
        if cls.short and isinstance(value, cls.short_types):
            return {cls.short: value}
        if isinstance(value, str | list) or value is None:
            alone = f'"{value}" stands alone' if isinstance(value, str) else "is a list"
            found = "is empty" if value is None else alone
            raise refusal(found, "write keys here: " + ", ".join(cls.model_fields))
        return value

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchema:
        schema = handler.resolve_ref_schema(handler(core))
        if not cls.short:
            return schema
        title = schema.pop("title", cls.__name__)
        return {"title": title, "anyOf": [*({"type": JSON_TYPE[kind]} for kind in cls.short_types), schema]}


def _as_list(value: object) -> object:
    return value if isinstance(value, list | tuple) else [] if value is None else [value]


def _one_or_more(schema: JsonSchema) -> None:
    items = schema["items"]
    array = {key: schema.pop(key) for key in ("type", "items")}
    schema["anyOf"] = [items, array]


Texts = Annotated[tuple[Text, ...], BeforeValidator(_as_list), Field(json_schema_extra=_one_or_more)]


class Footnote(Facts):
    """A note under the schedule, and the sign that calls it."""

    mark: Text = Field(description="the sign that calls the note, such as * or 1")
    text: Text = Field(description="the note itself")
    on: Text | None = Field(None, description="words of the preamble that carry the mark, at their first place")


def _typed(value: object) -> object:
    if isinstance(value, Blank) or is_tbd(value):
        return BLANK
    texts = value if isinstance(value, list | tuple) else [value]
    if not all(isinstance(text, str) for text in texts):
        raise refusal("holds something that is no text", "write one text, or a list of texts")
    return tuple(str(text).strip() for text in texts)


def _as_typed(value: tuple[str, ...] | Blank) -> str | list[str] | None:
    if isinstance(value, Blank):
        return None
    return value[0] if len(value) == 1 else list(value)


Typed = Annotated[
    tuple[str, ...] | Blank,
    BeforeValidator(_typed),
    PlainSerializer(_as_typed),
    WithJsonSchema({"anyOf": [{"type": BARE}, {"type": "array", "items": {"type": BARE}}]}),
]


class Cell(Facts):
    """One value of a row, as typed; a bare text, a list of texts, or {value, mark}."""

    short: ClassVar[str] = "value"
    short_types: ClassVar[tuple[type, ...]] = (str, list, type(None))
    value: Typed = Field(description="the value as it prints; null or tbd leaves a blank in a draft")
    mark: Text | None = Field(None, description="the sign of a footnote behind the value")


def _cells(value: object) -> object:
    if isinstance(value, list):
        raise refusal("is a list", "name the column of each value: `column: value`")
    return value


Cells = Annotated[dict[str, Cell], BeforeValidator(_cells)]


class Row(Facts):
    """A line of the schedule: a portfolio, or a share class under it."""

    short: ClassVar[str] = "name"
    name: Text = Field(description="the name as it prints")
    mark: Text | None = Field(None, description="the sign of a footnote behind the name")
    values: Cells = Field(default_factory=dict, description="column: value, for each column that is not usual here")
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
        columns = {key: cell for key, cell in value.items() if key not in cls.model_fields}
        if not columns:
            return value
        known = {key: item for key, item in value.items() if key in cls.model_fields}
        return {**known, "values": {**(known.get("values") or {}), **columns}}

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchema:
        schema = super().__get_pydantic_json_schema__(core, handler)
        whole = schema["anyOf"][-1]
        whole["additionalProperties"] = whole["properties"]["values"]["additionalProperties"]
        return schema


class Group(Facts):
    """Rows under one head: most often a registrant and its portfolios."""

    name: Text = Field(description="the head of the group as it prints, such as the registrant's name")
    mark: Text | None = Field(None, description="the sign of a footnote behind the name")
    values: Cells = Field(default_factory=dict, description="column: value, for every row of this group")
    rows: tuple[Row, ...] = Field(description="the rows, one name a line", min_length=1)


class Column(Facts):
    """One column of values."""

    heading: Text = Field(description="the words over the column")
    holds: Holds = Field("text", description="rate, date, money, classes, word or text")
    at_most: Rate | None = Field(None, description="the highest rate that the plan allows here")
    mark: Text | None = Field(None, description="the sign of a footnote behind the heading")


Columns = Annotated[dict[str, Column], BeforeValidator(_cells), Field(max_length=10)]


class ScheduleForm(Facts):
    """What a plan's schedule is called and which columns it has."""

    name: Text = Field("Schedule A", description="what the schedule is called: Schedule A, Appendix B, Annex A")
    subject: Text | None = Field(None, description="the line in parentheses under the plan's name")
    row: Text = Field("Portfolio", description="the label over the rows, in the singular")
    group: Text = Field("Registrant", description="what a group is; a portfolio stands under one Registrant only")
    preamble: Text | None = Field(None, description="the words before the rows, in place of the template's own")
    columns: Columns = Field(default_factory=dict, description="id: {heading, holds, at_most}, from left to right")
    footnotes: tuple[Footnote, ...] = Field((), description="the notes under the schedule, in order")


class PlanDate(Facts):
    """The day a plan bears, and the words around it."""

    short: ClassVar[str] = "date"
    date: Day = Field(description="the plan's date, YYYY-MM-DD")
    phrase: Text = Field("dated as of", description="the words before the date: dated as of, effective, dated")
    as_subsequently_amended: YesNo = Field(False, description="true adds `as subsequently amended`")
    restated: OptionalDay = Field(None, description="the day the plan was restated, YYYY-MM-DD")

    @model_validator(mode="before")
    @classmethod
    def _left_open(cls, value: object) -> object:
        return {"date": None} if is_tbd(value) else value


def _folder_name(value: object) -> object:
    if not isinstance(value, str) or not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", value):
        raise refusal(f"{value} is no folder of templates/", "write a folder's name, such as distribution-plan")
    return value


Kind = Annotated[str, BeforeValidator(_folder_name)]


def _twins(value: object) -> object:
    for sign, letters in value.items() if isinstance(value, dict) else ():
        if len(sign) != 1 or sign in edgar.PERMITTED:
            raise refusal(f'"{sign}" is no single sign that EDGAR text lacks', "write it as in  ascii: {ñ: n}")
        if not isinstance(letters, str) or not letters or edgar.strangers(letters):
            found = f'"{letters}" cannot stand for "{sign}" in EDGAR text'
            raise refusal(found, "write plain letters, as in  ascii: {ñ: n}")
    return value


Twins = Annotated[dict[str, str], BeforeValidator(_twins)]


class Plan(Facts):
    """plan.yaml: the agreement whose moving part is a schedule."""

    title: Text = Field(description="the plan's name in full")
    kind: Kind = Field(description="the folder under templates/ that has its wording")
    term: Text = Field("Plan", description="what the amendment calls the plan")
    share_classes: Texts = Field((), description="the classes that the plan is for, one a line")
    feature: Text | None = Field(None, description="a further line of the title, such as Securitization Feature")
    dated: PlanDate | None = Field(None, description="the plan's date, YYYY-MM-DD, or {phrase, date, restated}")
    rule: Text | None = Field(None, description="the rule that the plan was adopted under, such as 12b-1")
    author: Text | None = Field(None, description="the author named in the PDF's properties; else the registrants")
    language: Text = Field("en-US", description="the language of the wording, such as en-US")
    ascii: Twins = Field(default_factory=dict, description="sign: letters that stand for it in EDGAR text")
    schedules: tuple[ScheduleForm, ...] = Field(
        alias="schedule", description="the schedule, or a list of schedules", min_length=1
    )

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchema:
        schema = super().__get_pydantic_json_schema__(core, handler)
        several = schema["properties"]["schedule"]
        schema["properties"]["schedules"] = dict(several)
        schema["properties"]["schedule"] = several["items"]
        schema["required"].remove("schedule")
        schema["anyOf"] = [{"required": ["schedule"]}, {"required": ["schedules"]}]
        return schema

    @model_validator(mode="before")
    @classmethod
    def _one_schedule_or_several(cls, value: object) -> object:
        if not isinstance(value, dict):
            return value
        if "schedule" in value and "schedules" in value:
            raise refusal("has both schedule and schedules", "put every schedule in the list `schedules:`")
        if "schedules" in value:
            value = {**value, "schedule": _as_list(value["schedules"])}
            del value["schedules"]
            return value
        return {**value, "schedule": _as_list(value["schedule"])} if "schedule" in value else value


class Restate(Facts):
    """A whole schedule, as it stands after the amendment."""

    schedule: Text | None = Field(None, description="which schedule, where the plan has more than one")
    columns: Columns | None = Field(None, description="the columns from now on, in place of the ones before")
    footnotes: tuple[Footnote, ...] | None = Field(None, description="the notes from now on")
    values: Cells = Field(default_factory=dict, description="column: value, for every row that says nothing else")
    groups: tuple[Group, ...] = Field((), description="the groups, most often registrants")
    rows: tuple[Row, ...] = Field((), description="the rows of a schedule without groups")

    @model_validator(mode="after")
    def _rows_stand_somewhere(self) -> Restate:
        if bool(self.groups) == bool(self.rows):
            found = "has both groups and rows" if self.groups else "has neither groups nor rows"
            raise refusal(found, "list the rows under groups:, or under rows: where there are no groups")
        return self


class Accept(Facts):
    """A warning that a person has looked at and lets stand."""

    check: Text = Field(description="the name of the warning, as it prints in brackets")
    why: Text = Field(description="why it is right all the same")
    by: Text = Field(description="who decided")
    on: Text | None = Field(None, description="words of the warning, where it should silence only one of several")


class Amendment(Facts):
    """One amendment a file; the file's name is its id."""

    number: OptionalNumber = Field(None, description="the amendment's number; leave it out where it has none")
    effective: OptionalDay = Field(None, description="the day the amendment takes effect, YYYY-MM-DD")
    dated: OptionalDay = Field(None, description="the day on the `Dated:` line, YYYY-MM-DD; leave it out for no line")
    draft: YesNo = Field(False, description="true while blanks may stand open")
    exhibit: Text | None = Field(None, description="the line at the top of the exhibit, such as Exhibit m(2)(d)")
    restate: tuple[Restate, ...] = Field((), description="the whole schedule as it stands after this amendment")
    accept: tuple[Accept, ...] = Field((), description="warnings that a person lets stand")

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchema:
        schema = super().__get_pydantic_json_schema__(core, handler)
        several = schema["properties"]["restate"]
        schema["properties"]["restate"] = {"anyOf": [several["items"], several]}
        return schema

    @model_validator(mode="before")
    @classmethod
    def _one_or_several(cls, value: object) -> object:
        if not isinstance(value, dict) or "restate" not in value:
            return value
        if not isinstance(value["restate"], list | tuple):
            return {**value, "restate": [value["restate"]]}
        return value
