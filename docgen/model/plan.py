"""plan.yaml as people type it: the agreement whose moving part is a schedule.

What the facts mean together (a schedule with every value filled in) is worked out in `schedule`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, BeforeValidator, Field, GetJsonSchemaHandler, PlainSerializer, model_validator
from pydantic_core import CoreSchema, PydanticCustomError

from docgen.edgar import characters
from docgen.model import languages
from docgen.model.base import Facts, JsonSchema, KeysTogether, Texts, allow_single, as_list
from docgen.model.rows import Columns, Footnote
from docgen.model.settings import Accept, Form, Party, PlanExpect, PlanName, Signature
from docgen.model.values import BLANK, NOTHING, Day, OptionalDay, Text, YesNo, as_words, is_tbd, refusal
from docgen.problems import NEAR, likeness, name_key

TextOverLines = Annotated[Texts, PlainSerializer(lambda lines: lines[0] if len(lines or ()) == 1 else lines)]


USUAL_NAME = "Schedule A"


class ScheduleForm(KeysTogether):
    """What a plan's schedule is called and which columns it has."""

    name: Text = Field(USUAL_NAME, description="what the schedule is called: Schedule A, Appendix B, Annex A")
    subject: Text | None = Field(None, description="the line in parentheses under the plan's name")
    row: Text = Field("Portfolio", description="the label over the rows, in the singular")
    group: Text = Field("Registrant", description="what a group is called")
    groups_are: Literal["registrants", "headings"] | None = Field(
        None, description="registrants: a portfolio stands under one group only; headings: it may stand under several"
    )
    plan_lines: TextOverLines | None = Field(
        None, alias="plan", description="the plan's name as the heading has it, where not the title; none for no name"
    )
    label: Text | None = Field(
        None, description="the label over the rows as it prints, in place of row by count; none for no label"
    )
    group_heading: Text | None = Field(None, description="the head of a column of group names, beside the rows")
    rates: Literal["each", "once"] = Field("each", description="once prints the values once, then the bare names")
    under: Text | None = Field(None, description="the schedule under whose heading this one stands")
    preamble: Text | None = Field(
        None, description="the words before the rows, in place of the template's own; or none"
    )
    columns: Columns = Field(default_factory=dict, description="id: {heading, holds, at_most}, from left to right")
    footnotes: tuple[Footnote, ...] = Field((), description="the notes under the schedule, in order")

    @property
    def plan(self) -> str | None:
        """The plan's name as the heading has it, where it has another than the title."""
        return " ".join(self.plan_lines) if self.plan_lines else None

    @property
    def has_registrants(self) -> bool:
        """Whether groups are registrants; where nobody says so, they are when a group is called a registrant."""
        return self.groups_are == "registrants" or (self.groups_are is None and _singular(self.group) == REGISTRANT)

    @classmethod
    def misfit(cls, keys: Mapping[str, object]) -> PydanticCustomError | None:
        """It is said what groups are whose name is nearly Registrant."""
        group = keys.get("group")
        word = _singular(group.strip()) if isinstance(group, str) else REGISTRANT
        if not cls.lacks(keys, "groups_are") or word == REGISTRANT or likeness(word, REGISTRANT) < NEAR:
            return None
        remedy = f'did you mean "Registrant"? Else write groups_are: headings beside group: {group}'
        return refusal(f'calls a group "{group}"', remedy)


REGISTRANT = "registrant"


def _singular(word: str) -> str:
    return word.casefold().removesuffix("s")


Days = Annotated[tuple[Day, ...], BeforeValidator(as_list), Field(json_schema_extra=allow_single)]


class PlanDate(KeysTogether):
    """The day a plan bears, and the words around it."""

    short: ClassVar[str] = "date"
    date: OptionalDay = Field(None, description="the plan's date, YYYY-MM-DD")
    phrase: Text = Field("dated as of", description="the words before the date: dated as of, effective, dated")
    as_subsequently_amended: YesNo = Field(False, description="true adds `as subsequently amended`")
    restated: OptionalDay = Field(None, description="the day the plan was restated, YYYY-MM-DD")
    to_be_effective: OptionalDay = Field(None, description="a later day on which the plan took effect, YYYY-MM-DD")
    then: Text | None = Field(None, description="words after the date as they print, such as as amended and restated")
    amended_and_restated: Days = Field((), description="the days on which it was amended and restated")
    amended_effective: OptionalDay = Field(None, description="the day of an amendment: and amended effective DAY")
    amended: Days | None = Field(None, description="earlier days of amendment; the ones in amendments/ follow")

    @classmethod
    def misfit(cls, keys: Mapping[str, object]) -> PydanticCustomError | None:
        """There is a date, or words in its place."""
        remedy = "write date: and the plan's date, or then: and the words in its place"
        return None if "date" in keys or not cls.lacks(keys, "date", "then") else refusal("has no date", remedy)

    @model_validator(mode="before")
    @classmethod
    def _date_from_blank(cls, value: object) -> object:
        return {"date": None} if is_tbd(value) else value


def _title(lines: tuple[str, ...]) -> tuple[str, ...]:
    if lines != (str(BLANK),) and not any(sign.isalpha() for line in lines for sign in line):
        raise refusal(f"{' '.join(lines)} is no name", "write the name as it prints, in letters")
    return lines


def _folder_name(value: object) -> object:
    if not isinstance(value, str) or not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", value):
        raise refusal(
            f"{as_words(value)} is not a folder of templates/", "write a folder's name, such as distribution-plan"
        )
    return value


KindName = Annotated[str, BeforeValidator(_folder_name)]


def _twins(value: object) -> object:
    for sign, letters in value.items() if isinstance(value, dict) else ():
        if len(sign) != 1 or sign in characters.PERMITTED:
            raise refusal(f'"{sign}" is not a single sign that EDGAR text lacks', "write it as in  ascii: {ñ: n}")
        if not isinstance(letters, str) or not letters or characters.strangers(letters):
            fault = f'"{as_words(letters)}" cannot stand for "{sign}" in EDGAR text'
            raise refusal(fault, "write plain letters, as in  ascii: {ñ: n}")
    return value


AsciiTwins = Annotated[dict[str, str], BeforeValidator(_twins)]


def _classes(value: tuple[str, ...]) -> tuple[str, ...]:
    names = [name_key(name).removesuffix(" shares") for name in value]
    for name in value:
        if "," in name:
            raise refusal(f'"{name}" is one text', "name each class by itself: [Class A, Class C]")
        if names.count(name_key(name).removesuffix(" shares")) > 1:
            raise refusal(f'names "{name}" twice', "name each class once")
    return value


Classes = Annotated[Texts, AfterValidator(_classes)]


# Rules under the Investment Company Act of 1940 are numbered by its sections: 12b-1, 12d3-1, 18f-3, 6e-3
RULE = re.compile(r"(?P<rules>(?P<section>[0-9]{1,2})[a-h][0-9]{0,2})-(?P<number>[1-9][0-9]?)(\([A-Za-z0-9]+\))*")
LAST_SECTION = 65
LAST_RULES = {"12b": 1, "18f": 4}  # how many there are of a section that plans are adopted under


def _rule_number(value: str) -> str:
    if value.lower().startswith("rule "):
        raise refusal(f"is {value}", f"write {value[5:].strip()}; the wording says Rule before it")
    match = RULE.fullmatch(value)
    if not match or int(match["section"]) > LAST_SECTION or int(match["number"]) > LAST_RULES.get(match["rules"], 99):
        raise refusal(f"{value} is not a rule of the Investment Company Act", "write its number, such as 12b-1")
    return value


RuleNumber = Annotated[Text, AfterValidator(_rule_number)]


def _language(value: str) -> str:
    language, _, region = value.partition("-")
    is_region = region in ("", *languages.REGIONS.split()) or re.fullmatch("[0-9]{3}", region)
    if language not in languages.CODES.split() or not is_region:
        raise refusal(f"{value} is not a language", "write its code (ISO 639-1), such as en-US, es or fr-CA")
    return value


Language = Annotated[Text, AfterValidator(_language)]


Parties = Annotated[tuple[Party, ...], BeforeValidator(as_list), Field(json_schema_extra=allow_single)]


def _entries(keys: Mapping[str, object], key: str) -> list[object]:
    value = keys.get(key)
    return value if isinstance(value, list) else [value]


class Plan(KeysTogether):
    """plan.yaml: the agreement whose moving part is a schedule."""

    title_lines: Annotated[TextOverLines, AfterValidator(_title)] = Field(
        alias="title", description="the plan's name in full; a list sets it over lines", min_length=1
    )
    kind: KindName = Field(description="the folder under templates/ that has its wording")
    term: Text = Field("Plan", description="what the amendment calls the plan")
    share_classes: Classes = Field((), description="the classes that the plan is for, one a line")
    feature: Text | None = Field(None, description="a further line of the title, such as Securitization Feature")
    dated: PlanDate | None = Field(None, description="the plan's date, YYYY-MM-DD, or {phrase, date, restated}")
    rule: RuleNumber | None = Field(None, description="the rule that the plan was adopted under, such as 12b-1")
    registrants: Parties = Field((), alias="of", description="the registrant whose plan it is, or a list of them")
    parties: tuple[Party, ...] = Field((), description="who the agreement is between, in order")
    restates: PlanName | None = Field(None, description="the plan whose history this one continues")
    text_through: Text | None = Field(None, description="the amendment through which text/ reads, where not as first")
    form: Form = Field(default_factory=Form, description="the settings of the wording")
    signatures: tuple[Signature, ...] = Field((), description="the blocks to sign, in order")
    expect: PlanExpect = Field(
        default_factory=PlanExpect, description="which share classes its funds have: {classes: {Class C: all}}"
    )
    author: Text | None = Field(None, description="the author named in the PDF's properties; else the registrants")
    language: Language = Field("en-US", description="the language of the wording, such as en-US")
    ascii: AsciiTwins = Field(default_factory=dict, description="sign: letters that stand for it in EDGAR text")
    schedules: tuple[ScheduleForm, ...] = Field(
        alias="schedule", description="the schedule, or a list of schedules", min_length=1
    )

    accept: tuple[Accept, ...] = Field((), description="warnings at this file that a person lets stand")

    @property
    def title(self) -> str:
        """The plan's name in full, in one line."""
        return " ".join(self.title_lines)

    @property
    def is_under_12b_1(self) -> bool:
        """Whether it is a plan under Rule 12b-1, whichever paragraph of it is named (17 CFR 270.12b-1)."""
        return self.rule is not None and self.rule.partition("(")[0].casefold() == "12b-1"

    @property
    def is_under_18f_3(self) -> bool:
        """Whether it is a multi-class plan: under Rule 18f-3, whichever paragraph is named (17 CFR 270.18f-3)."""
        return self.rule is not None and self.rule.partition("(")[0].casefold() == "18f-3"

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchema:
        schema = super().__get_pydantic_json_schema__(core, handler)
        several = schema["properties"]["schedule"]
        schema["properties"]["schedules"] = dict(several)
        schema["properties"]["schedule"] = several["items"]
        schema["required"].remove("schedule")
        schema["anyOf"] = [{"required": ["schedule"]}, {"required": ["schedules"]}]
        return schema

    @classmethod
    def misfit(cls, keys: Mapping[str, object]) -> PydanticCustomError | None:
        """Each schedule has a name of its own, and stands under one that has a heading."""
        key = "schedules" if "schedules" in keys else "schedule"
        forms = [form for form in _entries(keys, key) if isinstance(form, dict)]
        names = [form.get("name", USUAL_NAME) for form in forms]
        headed = [str(name) for name, form in zip(names, forms, strict=True) if not form.get("under")]
        for name, form in zip(names, forms, strict=True):
            if names.count(name) > 1:
                return refusal(f'has two schedules named "{name}"', "give each a name of its own")
            if (under := form.get("under")) and under not in headed:
                remedy = f"write one of {', '.join(headed)}" if headed else "take under: out"
                return refusal(f'"{name}" stands under "{under}"', remedy)
        return None

    @model_validator(mode="before")
    @classmethod
    def _schedules_as_list(cls, value: dict[str, object]) -> dict[str, object]:
        if "schedule" in value and "schedules" in value:
            raise refusal("has both schedule and schedules", "put every schedule in the list `schedules:`")
        if "schedules" in value:
            value = {**value, "schedule": as_list(value["schedules"])}
            del value["schedules"]
            return value
        return {**value, "schedule": as_list(value["schedule"])} if "schedule" in value else value


class HeadingChanges(Facts):
    """What is different about a schedule's heading from an amendment on: the keys that plan.yaml has for it."""

    name: Text | None = Field(None, description="which schedule, where the plan has more than one")
    plan_lines: TextOverLines | None = Field(None, alias="plan", description="the plan's name in the heading; or none")
    subject: Text | None = Field(None, description="the line under the plan's name, or none")
    label: Text | None = Field(None, description="the label over the rows as it prints, or none")
    preamble: Text | None = Field(None, description="the words before the rows; or none")


class PlanChanges(Facts):
    """What is different about the plan itself from an amendment on."""

    title_lines: TextOverLines | None = Field(None, alias="title", description="the plan's name in full, from now on")
    term: Text | None = Field(None, description="what amendments call the plan, from now on")
    share_classes: Classes | None = Field(None, description="the classes that the plan is for, from now on")
    feature: Text | None = Field(None, description="the further line of the title, from now on")
    dated: PlanDate | None = Field(None, description="the plan's date and the words around it, from now on")
    registrants: Parties | None = Field(None, alias="of", description="the registrant whose plan it is, from now on")
    parties: tuple[Party, ...] | None = Field(None, description="who the agreement is between, from now on")
    headings: Annotated[tuple[HeadingChanges, ...], BeforeValidator(as_list), Field(json_schema_extra=allow_single)] = (
        Field((), alias="schedule", description="the heading of a schedule from now on: plan, subject, label, preamble")
    )

    @property
    def title(self) -> str:
        """The plan's name from now on, in one line; empty where it stays."""
        return " ".join(self.title_lines or ())


def with_changes(plan: Plan, changes: PlanChanges, but: Collection[str] = ()) -> Plan:
    """The plan with what an amendment says is different, but for some keys."""
    updates = {key: getattr(changes, key) for key in changes.model_fields_set - {"headings", *but}}
    headings = {heading.name or plan.schedules[0].name: heading for heading in changes.headings}
    schedules = tuple(_with_heading(form, headings.get(form.name)) for form in plan.schedules)
    return plan.model_copy(
        update={key: value for key, value in updates.items() if value is not None or key == "feature"}
        | {"schedules": schedules}
    )


def _with_heading(form: ScheduleForm, heading: HeadingChanges | None) -> ScheduleForm:
    """A schedule's form with what is different about its heading; a subject of none goes, a preamble says it itself."""
    if heading is None:
        return form
    updates = {key: getattr(heading, key) for key in heading.model_fields_set - {"name"}}
    updates |= {"subject": None} if updates.get("subject") == NOTHING else {}
    return form.model_copy(update=updates)
