"""What a workspace or a person tells of the words of exhibits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from docgen.problems import fold_signs


@dataclass(frozen=True)
class NameAnswers:
    """What a workspace or a person tells of words on paper: each with what it is.

    `registrant`, `fund` or `head` for a name; `right` for a row that is as it was read; `kept` for words that stay as
    they were filed. `homes` are the registrants under which a workspace has a fund, `stood` that of the exhibit before,
    `renamed` the names that a person told to have changed, old to new.
    """

    words: Mapping[str, str] = field(default_factory=dict)
    homes: Mapping[str, Sequence[str]] = field(default_factory=dict)
    stood: Mapping[str, Sequence[str]] = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=dict)

    def of(self, text: str) -> str:
        """What these words are; empty where nobody has told."""
        return self.words.get(fold_signs(text).casefold(), "")


NO_ANSWERS = NameAnswers()
