"""The verbs of change: one model each, as people type them under `changes:`.

What a change does to a schedule is worked out in `apply`; here it only has its keys.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BaseModel, Discriminator, Field, GetJsonSchemaHandler, Tag, model_validator
from pydantic_core import CoreSchema

from docgen.model.base import Facts, JsonSchema, Texts, columns_beside
from docgen.model.rows import Row, RowValues
from docgen.model.values import OptionalDay, Text, YesNo, refusal


class Change(Facts):
    """What every change may say besides its own keys."""

    verb: ClassVar[str] = ""
    schedule: Text | None = Field(None, description="which schedule, where the plan has more than one")
    effective: OptionalDay = Field(None, description="the day it takes effect, where not the amendment's")


class WithValues(Change):
    """A change that gives values, each beside the name or under `values`."""

    values: RowValues = Field(default_factory=dict, description="column: value")

    @model_validator(mode="before")
    @classmethod
    def _columns_beside_the_name(cls, value: object) -> object:
        return columns_beside(cls, value)

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchema:
        schema = super().__get_pydantic_json_schema__(core, handler)
        schema["additionalProperties"] = schema["properties"]["values"]["additionalProperties"]
        return schema


class Add(WithValues):
    """A row comes in: a portfolio in a group, or a class under a portfolio."""

    verb = "add"
    add: Text = Field(description="the new name")
    to: Text | None = Field(None, description="the group that it comes into")
    under: Text | None = Field(None, description="the row that it comes under, for a share class of one fund")
    after: Text | None = Field(None, description="the row that it comes after; first for the first place")
    mark: Text | None = Field(None, description="the sign of a footnote behind the name")
    rows: tuple[Row, ...] = Field((), description="rows of its own, such as the share classes of the fund")


class Remove(Change):
    """A row goes."""

    verb = "remove"
    remove: Text = Field(description="the name that goes")
    group: Text | None = Field(None, description="its group, where the name stands in several")
    under: Text | None = Field(None, description="the row that it stands under")
    into: Text | None = Field(None, description="the fund that it merges into")
    reason: Text | None = Field(None, description="why, such as liquidated")


class Rename(Change):
    """A row gets another name and keeps its place."""

    verb = "rename"
    rename: Text = Field(description="the old name")
    to: Text = Field(description="the new name")
    group: Text | None = Field(None, description="its group, where the name stands in several")
    under: Text | None = Field(None, description="the row that it stands under")


class RenameAll(Change):
    """Words give way to other words in every row's name, but for the exceptions."""

    verb = "rename_all"
    rename_all: Text = Field(description="the words that go, at the beginning of a name or inside it")
    to: Text = Field(description="the words that come in their place")
    except_: Texts = Field((), alias="except", description="names that stay as they are")
    groups: YesNo = Field(False, description="true renames the groups too")

    @property
    def words(self) -> re.Pattern[str]:
        """The words that go, where they stand as whole words."""
        return re.compile(rf"(?<!\w){re.escape(self.rename_all)}(?!\w)")


class Move(Change):
    """A row goes to another group, or to another place in its own."""

    verb = "move"
    move: Text = Field(description="the name that moves")
    to: Text | None = Field(None, description="the group that it goes to, where it is another one")
    group: Text | None = Field(None, description="the group that it leaves, where the name stands in several")
    under: Text | None = Field(None, description="the row that it stands under, for a new place there")
    after: Text | None = Field(None, description="the row that it comes after; first for the first place")


class AddGroup(WithValues):
    """A group comes in, with its rows."""

    verb = "add_group"
    add_group: Text = Field(description="the new group's name")
    after: Text | None = Field(None, description="the group that it comes after; first for the first place")
    mark: Text | None = Field(None, description="the sign of a footnote behind the name")
    rows: tuple[Row, ...] = Field((), description="its rows, one name a line")


class RemoveGroup(Change):
    """A group goes, with all its rows."""

    verb = "remove_group"
    remove_group: Text = Field(description="the group that goes")
    reason: Text | None = Field(None, description="why")


class RenameGroup(Change):
    """A group gets another name and keeps its place."""

    verb = "rename_group"
    rename_group: Text = Field(description="the old name")
    to: Text = Field(description="the new name")


class MoveGroup(Change):
    """A group goes to another place."""

    verb = "move_group"
    move_group: Text = Field(description="the group that moves")
    after: Text = Field(description="the group that it comes after; first for the first place")


class SetValues(WithValues):
    """A row gets other values; the ones that are not named stay."""

    verb = "set"
    set: Text = Field(description="the row whose values change")
    group: Text | None = Field(None, description="its group, where the name stands in several")
    under: Text | None = Field(None, description="the row that it stands under, for a share class of one fund")


class AddClass(WithValues):
    """A share class comes in under one fund or under all."""

    verb = "add_class"
    add_class: Text = Field(description="the new class")
    of: Text | None = Field(None, description="the fund; every fund that has classes, when it is left out")


class RemoveClass(Change):
    """A share class goes, of one fund or of all."""

    verb = "remove_class"
    remove_class: Text = Field(description="the class that goes")
    of: Text | None = Field(None, description="the fund; every fund that has it, when it is left out")
    reason: Text | None = Field(None, description="why")


class RedesignateClass(Change):
    """A share class gets another name, of one fund or of all."""

    verb = "redesignate_class"
    redesignate_class: Text = Field(description="the old class")
    to: Text = Field(description="the new class")
    of: Text | None = Field(None, description="the fund; every fund that has it, when it is left out")


class TextChange(Facts):
    """A change of the agreement's own text, which stands among the items of the operative clause."""

    verb: ClassVar[str] = ""
    effective: OptionalDay = Field(None, description="the day it takes effect, where not the amendment's")


class ReplaceWords(TextChange):
    """Words of the agreement give way to others, everywhere or in one place."""

    verb = "replace_words"
    replace_words: Text = Field(description="the words that go")
    to: Text = Field(description="the words that come in their place")
    in_: Text | None = Field(None, alias="in", description="the place, such as Section 6(b); else everywhere")


def _section(value: str) -> str:
    if re.search("[0-9]{4}", value) or not any(sign.isalnum() for sign in value):
        raise refusal(f"{value[:60]} is not a section", "write it as the agreement does: Section 7(c)")
    return value


SectionName = Annotated[Text, AfterValidator(_section)]


class ReplaceSection(TextChange):
    """A section of the agreement is worded anew."""

    verb = "replace_section"
    replace_section: SectionName = Field(description="the section, such as Section 2")
    text: Texts = Field(description="the section as it reads from now on, one text a paragraph", min_length=1)
    of: Text | None = Field(None, description="a part of it only, such as the first sentence")


class AddSection(TextChange):
    """A section comes into the agreement."""

    verb = "add_section"
    add_section: SectionName = Field(description="the new section, such as Section 7(c)")
    text: Texts = Field(description="the section as it reads, one text a paragraph", min_length=1)
    after: Text | None = Field(None, description="the section that it comes after")


class RemoveSection(TextChange):
    """A section of the agreement goes."""

    verb = "remove_section"
    remove_section: SectionName = Field(description="the section that goes, such as Section 9")


VERBS: tuple[type[Change] | type[TextChange], ...] = (
    Add,
    Remove,
    Rename,
    RenameAll,
    Move,
    AddGroup,
    RemoveGroup,
    RenameGroup,
    MoveGroup,
    SetValues,
    AddClass,
    RemoveClass,
    RedesignateClass,
    ReplaceWords,
    ReplaceSection,
    AddSection,
    RemoveSection,
)

RENAMES = (Rename, RenameAll, RenameGroup)  # what gives names


def tag(verb: str) -> str:
    """A verb's mark in the places that pydantic names; no key of YAML reads like it."""
    return f"<{verb}>"


def _verb(value: Any) -> str | None:
    """Which verb a change is: the first key that is one."""
    if isinstance(value, BaseModel):
        return tag(str(getattr(value, "verb", "")))
    keys = value if isinstance(value, dict) else ()
    return next((tag(model.verb) for model in VERBS if model.verb in keys), None)


AnyChange = Annotated[
    Annotated[Add, Tag("<add>")]
    | Annotated[Remove, Tag("<remove>")]
    | Annotated[Rename, Tag("<rename>")]
    | Annotated[RenameAll, Tag("<rename_all>")]
    | Annotated[Move, Tag("<move>")]
    | Annotated[AddGroup, Tag("<add_group>")]
    | Annotated[RemoveGroup, Tag("<remove_group>")]
    | Annotated[RenameGroup, Tag("<rename_group>")]
    | Annotated[MoveGroup, Tag("<move_group>")]
    | Annotated[SetValues, Tag("<set>")]
    | Annotated[AddClass, Tag("<add_class>")]
    | Annotated[RemoveClass, Tag("<remove_class>")]
    | Annotated[RedesignateClass, Tag("<redesignate_class>")]
    | Annotated[ReplaceWords, Tag("<replace_words>")]
    | Annotated[ReplaceSection, Tag("<replace_section>")]
    | Annotated[AddSection, Tag("<add_section>")]
    | Annotated[RemoveSection, Tag("<remove_section>")],
    Discriminator(
        _verb,
        custom_error_type="docgen",
        custom_error_message="{found}",
        custom_error_context={
            "found": "is not a change that docgen knows",
            "remedy": "begin with one of: " + ", ".join(model.verb for model in VERBS),
        },
    ),
]
