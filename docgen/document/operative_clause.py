"""The items of the operative clause, in order and numbered: what becomes of the text and of the schedules."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace

from docgen.model.amendment import Amendment
from docgen.model.settings import Form
from docgen.model.text_changes import AddSection, ReplaceSection, ReplaceWords, TextChange
from docgen.model.values import DayOrBlank


@dataclass(frozen=True)
class ItemView:
    """One of `amendment.items`: one sentence of the operative clause."""

    number: str  # `1. `, or empty where items are not numbered
    kind: str  # title, replace_words, replace_section, add_section, remove_section, clause, schedule or terms
    name: str = ""  # the words that go, or the section; the schedule's name; or empty
    to: str = ""  # the words that come in place of others
    place: str = ""  # where in the text, such as Section 6(b); the section that a new one comes after
    text: Sequence[str] = ()  # the section as it reads from now on; a clause's own words
    effective: DayOrBlank | None = None  # the day of a change that has its own
    retroactive: bool = False


def items(
    amendment: Amendment, form: Form, schedules: Sequence[str], effective: datetime.date | None
) -> list[ItemView]:
    """The items in order: the text, the schedules by name, clauses, and in a contract the closing terms."""
    entries = [ItemView("", "title", amendment.plan.title)] if amendment.plan.title else []
    entries += [_of_text(change, effective) for change in amendment.text_changes]
    entries += [ItemView("", "schedule", name) for name in schedules if form.operative != "none"]
    entries += [ItemView("", "clause", text=[text]) for text in amendment.clauses]
    if form.frame == "contract" and form.terms != "none":
        entries.append(ItemView("", "terms"))
    if len(entries) < 2 and form.items == "plain" and form.frame == "plain":
        return entries
    return [replace(item, number=f"{number}. ") for number, item in enumerate(entries, start=1)]


def _of_text(change: TextChange, effective: datetime.date | None) -> ItemView:
    day = change.effective
    retroactive = isinstance(day, datetime.date) and effective is not None and day < effective
    item = ItemView("", change.verb, getattr(change, change.verb), effective=day, retroactive=retroactive)
    match change:
        case ReplaceWords():
            return replace(item, to=change.to, place=change.in_ or "")
        case ReplaceSection():
            return replace(item, text=list(change.text), place=change.of or "")
        case AddSection():
            return replace(item, text=list(change.text), place=change.after or "")
    return item
