"""The verbs of change: one model each, as people type them under `changes:`.

What a change does to a schedule is worked out in `apply`; here it only has its keys.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, Discriminator, Field, GetJsonSchemaHandler, Tag, model_validator
from pydantic_core import CoreSchema, PydanticCustomError

from docgen.model.base import Facts, JsonSchema, KeysTogether, Texts, columns_beside, fields_by_key
from docgen.model.rows import Row, RowValues
from docgen.model.text_changes import AddSection, RemoveSection, ReplaceSection, ReplaceWords, TextChange
from docgen.model.values import OptionalDay, Text, YesNo, refusal
from docgen.problems import in_any_signs


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
    def _columns_beside_the_name(cls, value: dict[str, object]) -> dict[str, object]:
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
    new_group: YesNo = Field(False, description="true: the group in to: is new, and comes in with this row")
    share_class: Text | None = Field(
        None, description="the class whose shares are added, of a fund that is there under other classes' plans"
    )
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
        return re.compile(rf"(?<!\w){in_any_signs(self.rename_all)}(?!\w)")


class AddTradeName(Change):
    """Registrants get the name that they do business under, in parentheses: AIM X becomes AIM X (Invesco X)."""

    verb = "add_trade_name"
    add_trade_name: Text = Field(description="the new words, such as Invesco")
    in_place_of: Text = Field(description="the words that they stand for, at the beginning of a group's name")
    except_: Texts = Field((), alias="except", description="groups that stay as they are")

    def name(self, name: str) -> str:
        """A group's name with the new one behind it; as it was where it does not begin with the words."""
        rest = name.removeprefix(self.in_place_of)
        begins = rest != name and not rest[:1].isalnum()
        return f"{name} ({self.add_trade_name}{rest})" if begins and name not in self.except_ else name


class Move(Change):
    """A row goes to another group, or to another place in its own."""

    verb = "move"
    move: Text = Field(description="the name that moves")
    to: Text | None = Field(None, description="the group that it goes to, where it is another one")
    group: Text | None = Field(None, description="the group that it leaves, where the name stands in several")
    new_group: YesNo = Field(False, description="true: the group in to: is new, and comes in with this row")
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
    is_: Text | None = Field(
        None, alias="is", description="what it is from now on, such as a Delaware statutory trust, where the plan says"
    )


class MoveGroup(Change):
    """A group goes to another place."""

    verb = "move_group"
    move_group: Text = Field(description="the group that moves")
    after: Text = Field(description="the group that it comes after; first for the first place")


class SetValues(WithValues):
    """A row gets other values; the ones that are not named stay."""

    verb = "set"
    set: Text = Field(description="the row whose values change; with a mark alone, also a group or a heading")
    group: Text | None = Field(None, description="its group, where the name stands in several")
    under: Text | None = Field(None, description="the row that it stands under, for a share class of one fund")
    mark: Text | None = Field(None, description="the sign of a footnote behind the name; none takes it away")


class SetClass(WithValues):
    """A share class gets other values, of one fund or of all; the ones that are not named stay."""

    verb = "set_class"
    set_class: Text = Field(description="the class whose values change")
    of: Text | None = Field(None, description="the fund; every fund that has it, when it is left out")


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


class AddFootnote(Change):
    """A footnote comes in."""

    verb = "add_footnote"
    add_footnote: Text = Field(description="the sign that calls the note, such as * or 1")
    text: Text = Field(description="the note itself")
    on: Text | None = Field(None, description="words of the preamble that carry the mark, at their first place")
    of: Texts = Field((), description="the rows, groups or headings of columns that carry the mark")


class SetFootnote(Change, KeysTogether):
    """A footnote is worded anew, or gets another sign wherever it stands."""

    verb = "set_footnote"
    set_footnote: Text = Field(description="the sign that calls the note")
    to: Text | None = Field(None, description="the new sign")
    text: Text | None = Field(None, description="the note from now on")
    on: Text | None = Field(None, description="words of the preamble that carry the mark from now on")

    @classmethod
    def misfit(cls, keys: Mapping[str, object]) -> PydanticCustomError | None:
        """Something of the footnote changes."""
        remedy = "write text: and the note, or to: and the new sign"
        lacks = cls.lacks(keys, "to", "text", "on")
        return refusal("changes nothing of the footnote", remedy) if lacks else None


class RemoveFootnote(Change):
    """A footnote goes, and its sign with it."""

    verb = "remove_footnote"
    remove_footnote: Text = Field(description="the sign that calls the note")


VERBS: tuple[type[Change] | type[TextChange], ...] = (
    Add,
    Remove,
    Rename,
    RenameAll,
    AddTradeName,
    Move,
    AddGroup,
    RemoveGroup,
    RenameGroup,
    MoveGroup,
    SetValues,
    SetClass,
    AddClass,
    RemoveClass,
    RedesignateClass,
    AddFootnote,
    SetFootnote,
    RemoveFootnote,
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
    | Annotated[AddTradeName, Tag("<add_trade_name>")]
    | Annotated[Move, Tag("<move>")]
    | Annotated[AddGroup, Tag("<add_group>")]
    | Annotated[RemoveGroup, Tag("<remove_group>")]
    | Annotated[RenameGroup, Tag("<rename_group>")]
    | Annotated[MoveGroup, Tag("<move_group>")]
    | Annotated[SetValues, Tag("<set>")]
    | Annotated[SetClass, Tag("<set_class>")]
    | Annotated[AddClass, Tag("<add_class>")]
    | Annotated[RemoveClass, Tag("<remove_class>")]
    | Annotated[RedesignateClass, Tag("<redesignate_class>")]
    | Annotated[AddFootnote, Tag("<add_footnote>")]
    | Annotated[SetFootnote, Tag("<set_footnote>")]
    | Annotated[RemoveFootnote, Tag("<remove_footnote>")]
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

MODELS: tuple[type[Facts], ...] = (Row, *(model for model in VERBS if issubclass(model, WithValues)))
BESIDE_VALUES = frozenset(  # keys beside which columns are typed, so that no column is called so
    key for model in MODELS for key in fields_by_key(model)
)
