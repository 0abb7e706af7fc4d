"""What speaks against a group: that its name is none of a registrant."""

from __future__ import annotations

import re

from docgen.importing import table_lines
from docgen.importing.groups import BESIDE, BY_WORD, OF_A_NAME, REGISTERED, TableGroup, TableReading
from docgen.importing.table_lines import CLASS, LABEL

OF_FUNDS = re.compile(r"\b(?:funds?|trusts?|portfolios?|series)\b", re.IGNORECASE)  # what a registrant's name says
MEANINGLESS = {"of", "the", "and", "a", "&", "fund", "funds", "portfolio", "portfolios"}


def against(group: TableGroup, reading: TableReading) -> list[str]:
    """What speaks against a group: that it has no name where others do, or says what heads say."""
    words = {*group.name.casefold().split()} - MEANINGLESS
    of_heads = {word for head in reading.heads for word in head.casefold().split()} - MEANINGLESS
    says_heads = bool(words) and len(words & of_heads) * 2 >= len(words)
    of_funds = any(line.inner for line in group.lines)
    is_mixed = of_funds and any(line.values and CLASS.fullmatch(line.name) for line in group.lines)
    says_funds = OF_FUNDS.search(group.name) or table_lines.WHOLE.search(group.name)
    is_head = (
        len(reading.groups) == 1 and BESIDE in group.signs and (not says_funds or bool(CLASS.fullmatch(group.name)))
    )
    is_label = BY_WORD in group.signs or LABEL.fullmatch(group.label)
    is_odd = not is_label and bool(table_lines.AS_GROUP.search(group.label))
    if (says_heads or is_mixed or is_head or is_odd or LABEL.fullmatch(group.name)) and REGISTERED not in group.signs:
        return [f"{group.label if is_odd else group.name}: {OF_A_NAME}"]
    if table_lines.is_torn(group.name):
        return [f"{group.name}: has a parenthesis that is not closed"]
    if not group.name and any(latter.name for latter in reading.groups):
        return ["stands under no name, where others do; right: in no group"]
    return []
