"""Names of funds and companies inside texts: one that is nearly a name which some plan has, by a letter or two."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.checks import prose
from docgen.checks.across_plans import Everything, WorkspaceRule
from docgen.problems import Problem

LONG = 3  # words of a name, from which one of a text by hand may be meant for it


def texts_spell_names_right(all_of: Everything) -> Iterator[Problem]:
    """A text by hand spells the funds and companies that it names as the schedules do."""
    texts = [
        text for plan in all_of.plans for amendment in plan.amendments for text in prose.texts_of(amendment.source)
    ]
    texts = [text for text in texts if text.path[0] in prose.OF_A_PAPER]
    for text in texts:
        if slip := all_of.name_index.slip(text.text, LONG):
            fault = f'says "{slip[0]}", nearly "{slip[1]}"'
            yield text.warning(fault, f'did you mean "{slip[1]}"? Else accept it')


CHECKS: tuple[WorkspaceRule, ...] = (texts_spell_names_right,)
