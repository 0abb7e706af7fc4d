"""Names of funds and companies inside texts: one that is nearly a name which some plan has, by a letter or two."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from docgen.checks import prose
from docgen.checks.across_plans import Everything, WorkspaceRule
from docgen.problems import Problem

LONG = 3  # words of a name, from which one of a text by hand may be meant for it


def texts_spell_names_right(all_of: Everything) -> Iterator[Problem]:
    """A text by hand spells the funds and companies that it names as the schedules do."""
    plans = all_of.plans
    texts = [text for plan in plans for amendment in plan.amendments for text in prose.texts_of_paper(amendment)]
    texts += [text for plan in plans for text in prose.texts_of(plan.source)]
    for text in texts:
        is_sentence = text.path[0] in prose.OF_A_PAPER or text.path[-1] in prose.AROUND_ROWS
        slip = all_of.name_index.slip(text.text, LONG) if is_sentence else None
        if slip:
            fault = f'says "{slip[0]}", nearly "{slip[1]}"'
            problem = text.warning(fault, f'did you mean "{slip[1]}"? Else accept it')
            yield replace(problem, fact=prose.name_fact(text.source, slip[1]))


CHECKS: tuple[WorkspaceRule, ...] = (texts_spell_names_right,)
