"""An amendment as people type it, with the schedules that it restates: one amendment a file."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, Field, GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema, PydanticCustomError

from docgen.model.base import JsonSchema, KeysTogether, Texts
from docgen.model.changes import AnyChange, Change
from docgen.model.plan import PlanChanges
from docgen.model.rows import Columns, Footnote, Group, Row, RowValues
from docgen.model.settings import Accept, Approval, Expect, Form, Signature
from docgen.model.text_changes import TextChange
from docgen.model.values import BLANK, OptionalDay, OptionalNumber, Text, YesNo, refusal


class Restate(KeysTogether):
    """A whole schedule, as it stands after the amendment."""

    schedule: Text | None = Field(None, description="which schedule, where the plan has more than one")
    columns: Columns | None = Field(None, description="the columns from now on, in place of the ones before")
    footnotes: tuple[Footnote, ...] | None = Field(None, description="the notes from now on")
    values: RowValues = Field(default_factory=dict, description="column: value, for every row that says nothing else")
    groups: tuple[Group, ...] = Field((), description="the groups, most often registrants")
    rows: tuple[Row, ...] = Field((), description="the rows of a schedule without groups")

    @classmethod
    def misfit(cls, keys: Mapping[str, object]) -> PydanticCustomError | None:
        """Rows stand under groups, or by themselves."""
        remedy = "list the rows under groups:, or under rows: where there are no groups"
        if keys.get("groups") and keys.get("rows"):
            return refusal("has both groups and rows", remedy)
        return refusal("has neither groups nor rows", remedy) if cls.lacks(keys, "groups", "rows") else None


WHEREAS = re.compile(r"^(whereas,?( +|$))+", re.IGNORECASE)
LAST_MARK = re.compile(r"([;,]( and)?|(?<!\bInc)(?<!\bCo)(?<!\bLtd)(?<!\b[A-Z])\.)$")


def bare_recital(text: str) -> str:
    """A recital without its WHEREAS and its last mark, which the wording sets."""
    return LAST_MARK.sub("", WHEREAS.sub("", text))


def _without_words_around(value: tuple[str, ...]) -> tuple[str, ...]:
    texts = tuple(map(bare_recital, value))
    if "" in texts:
        raise refusal("has nothing after WHEREAS", "write the recital in your own words")
    return texts


def _without_last_mark(value: str) -> str:
    return LAST_MARK.sub("", value)


Recitals = Annotated[Texts, AfterValidator(_without_words_around)]


def _caption(value: str) -> str:
    is_word = value.casefold() in ("true", "false", "yes", "no")
    if is_word or not (any(sign.isalpha() for sign in value) or value == str(BLANK)):
        raise refusal(f"{value} is not the line at the top of an exhibit", "write it as it prints: Exhibit m(2)(d)")
    return value


Caption = Annotated[Text, AfterValidator(_caption)]


class Amendment(KeysTogether):
    """One amendment a file; the file's name is its id."""

    number: OptionalNumber = Field(None, description="the amendment's number; leave it out where it has none")
    effective: OptionalDay = Field(None, description="the day the amendment takes effect, YYYY-MM-DD")
    dated: OptionalDay = Field(None, description="the day on the `Dated:` line, YYYY-MM-DD; leave it out for no line")
    draft: YesNo = Field(False, description="true while blanks may stand open")
    opening: YesNo = Field(False, description="true: the schedule before the first amendment kept here, no paper")
    entire_plan: YesNo = Field(
        False, description="true: the paper is the plan itself, its text and schedules, and no amendment of it"
    )
    plan: PlanChanges = Field(default_factory=PlanChanges, description="what is different about the plan from now on")
    exhibit: Caption | None = Field(None, description="the line at the top of the exhibit, such as Exhibit m(2)(d)")
    exhibits: dict[Text, Caption] = Field(
        default_factory=dict, description="the same for each registrant, where each files it under its own letter"
    )
    event: Text | None = Field(None, description="the event that it comes from: a file of schedules/events/")
    reason: Annotated[Text, AfterValidator(_without_last_mark)] | None = Field(
        None, description="the reason, at the end of the opening sentence"
    )
    whereas: Recitals = Field((), description="further recitals in your own words, one a paragraph")
    approvals: tuple[Approval, ...] = Field((), description="the votes that it rests on, recited in order")
    recital: Recitals = Field((), description="the recital in your own words, in place of the derived one")
    changes: tuple[AnyChange, ...] = Field((), description="what changes, one change an entry")
    restate: tuple[Restate, ...] = Field((), description="the whole schedule as it stands after this amendment")
    clauses: Texts = Field((), description="further items of the operative clause, in your own words")
    form: Form = Field(default_factory=Form, description="settings of the wording, in place of the plan's")
    signatures: tuple[Signature, ...] | None = Field(None, description="the blocks to sign, in place of the plan's")
    expect: Expect | None = Field(None, description="what was counted by hand: {rows: 19, groups: 7}")
    accept: tuple[Accept, ...] = Field((), description="warnings that a person lets stand")

    @classmethod
    def misfit(cls, keys: Mapping[str, object]) -> PydanticCustomError | None:
        """One line for all registrants, or one for each."""
        fault, remedy = "has both exhibit and exhibits", "write exhibit: for all registrants, or a line for each"
        return refusal(fault, remedy) if keys.get("exhibit") and keys.get("exhibits") else None

    @property
    def captions(self) -> dict[str, str]:
        """The line at the top of the exhibit by the registrant that files it; by no name where it is one for all."""
        return self.exhibits or ({"": self.exhibit} if self.exhibit else {})

    @property
    def day(self) -> datetime.date | None:
        """The day from which it counts: its effective date, else the day it is dated; None while blank."""
        return next((day for day in (self.effective, self.dated) if isinstance(day, datetime.date)), None)

    @property
    def steps(self) -> list[tuple[int, Change]]:
        """The changes of schedules, each with its number among all changes."""
        return [(number, change) for number, change in enumerate(self.changes) if isinstance(change, Change)]

    @property
    def text_changes(self) -> list[TextChange]:
        """The changes of the agreement's own text."""
        return [change for change in self.changes if isinstance(change, TextChange)]

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchema:
        schema = super().__get_pydantic_json_schema__(core, handler)
        several = schema["properties"]["restate"]
        schema["properties"]["restate"] = {"anyOf": [several["items"], several]}
        return schema

    @model_validator(mode="before")
    @classmethod
    def _restate_as_list(cls, value: dict[str, object]) -> dict[str, object]:
        if isinstance(value.get("restate", ()), list | tuple):
            return value
        return {**value, "restate": [value["restate"]]}
