"""One business event, for every plan that it touches: a file of schedules/events/."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from pydantic import Field

from docgen.model.base import Facts, Texts
from docgen.model.changes import AnyChange
from docgen.model.settings import Accept, Approval
from docgen.model.values import Day, Text
from docgen.model.yaml_reader import Source


class Event(Facts):
    """A file of schedules/events/: what happened, on which day, to which plans."""

    event: Text = Field(description="what happened, in a few words")
    effective: Day = Field(description="the day it takes effect, YYYY-MM-DD")
    plans: Texts = Field((), description="the plans that it is for; every plan that it touches, when left out")
    approvals: tuple[Approval, ...] = Field((), description="the votes that it rests on, for each amendment")
    changes: tuple[AnyChange, ...] = Field(description="what changes, as in an amendment", min_length=1)
    accept: tuple[Accept, ...] = Field((), description="warnings at this file that a person lets stand")

    @property
    def day(self) -> datetime.date | None:
        """The day it takes effect; None while that is blank."""
        return self.effective if isinstance(self.effective, datetime.date) else None


@dataclass(frozen=True)
class EventFile:
    """One event as read; its id is the file's name."""

    id: str
    facts: Event
    source: Source
