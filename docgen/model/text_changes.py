"""The verbs of change of the agreement's own text: words and sections, as people type them under `changes:`."""

from __future__ import annotations

import re
from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field

from docgen.model.base import Facts, Texts
from docgen.model.values import OptionalDay, Text, refusal


class TextChange(Facts):
    """A change of the agreement's own text, which stands among the items of the operative clause."""

    verb: ClassVar[str]
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


TEXT_VERBS = frozenset(model.verb for model in (ReplaceWords, ReplaceSection, AddSection, RemoveSection))
