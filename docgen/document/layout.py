"""How documents of one kind are laid out: the settings of `templates/<kind>/layout.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field

from docgen.model.base import Facts
from docgen.model.values import YesNo, as_words, refusal


def _count(value: object) -> object:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 9:
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise refusal(f"{as_words(value)} is not a number of characters or lines", "write a whole number")


def _within(least: int, most: int) -> BeforeValidator:
    def check(value: object) -> object:
        number = _count(value)
        if not isinstance(number, int) or not least <= number <= most:
            raise refusal(f"is {value}", f"write a number from {least} to {most}")
        return number

    return BeforeValidator(check)


class TextLayout(Facts):
    """The pages of EDGAR text, in characters and lines."""

    width: Annotated[int, _within(40, 80)] = Field(80, description="characters a line; EDGAR takes 80")
    indent: Annotated[int, _within(0, 20)] = Field(6, description="spaces before the first line of a paragraph")
    justify: YesNo = Field(True, description="false leaves the right margin ragged")
    page_length: Annotated[int, _within(20, 200)] = Field(58, description="lines a page, with its number")
    table_indent: Annotated[int, _within(0, 20)] = Field(2, description="spaces before the names of a table")
    head_width: Annotated[int, _within(6, 60)] = Field(14, description="characters a line of a column's head")
    name_width: Annotated[int, _within(10, 100)] = Field(28, description="the least that names get before they wrap")


class LayoutFile(Facts):
    """layout.yaml."""

    text: TextLayout = Field(default_factory=TextLayout, description="the pages of EDGAR text")


@dataclass(frozen=True)
class Layout:
    """All that a writer needs to know besides the document.

    `css` is the style sheet of the PDF; what it names is looked for beside it, then in the other `folders`. Pages of a
    PDF that are no pages of one paper are not `numbered`.
    """

    text: TextLayout
    css: Path
    folders: tuple[Path, ...] = ()
    numbered: bool = True
