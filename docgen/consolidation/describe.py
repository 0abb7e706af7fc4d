"""What a change does, in a sentence: for problems and for `docgen diff`."""

from __future__ import annotations

from collections.abc import Mapping

from docgen.consolidation.applied import Applied
from docgen.consolidation.locate import FIRST
from docgen.model import changes, english, text_changes
from docgen.model.amendment import Restate
from docgen.model.changes import Change
from docgen.model.rows import Column, RowValue
from docgen.model.text_changes import TextChange
from docgen.model.values import NOTHING

ColumnsById = Mapping[str, Column]
NO_COLUMNS: ColumnsById = {}
EVERY = "every fund that has it"
EMPTIED = "nothing stands under it any more"
WHOLE = "the whole schedule is restated"


def sentence(change: Change | TextChange | Restate, columns: ColumnsById = NO_COLUMNS) -> str:
    """`INVESCO Leisure Fund is removed`; by the columns a value reads as it prints, such as a day."""
    match change:
        case changes.Add():
            place = f" under {change.under}" if change.under else f" to {change.to}" if change.to else ""
            return f"{change.add} is added{place}{_values(change.values, columns)}"
        case changes.Remove():
            place = _below(change.under or change.group)
            reason = f"merged into {change.into}" if change.into else change.reason
            return f"{change.remove}{place} is removed{_because(reason)}"
        case changes.Rename():
            return f"{change.rename}{_below(change.under or change.group)} is renamed {change.to}"
        case changes.RenameAll():
            but = f", but for {', '.join(change.except_)}" if change.except_ else ""
            return f'"{change.rename_all}" becomes "{change.to}" in every name{but}'
        case changes.Move():
            at = f" of {change.under}" if change.under else _below(change.group)
            return f"{change.move}{at} moves {_place(change.to, change.after)}"
        case changes.SetValues():
            owner = change.under or change.group
            return f"{change.set}{f' of {owner}' if owner else ''} {_new_values_and_sign(change, columns)}"
    return _of_group(change) or _of_class(change, columns) or _of_words(change) or WHOLE


def with_emptied(step: Applied) -> Change | Restate:
    """A step's change; of a group that goes after its last row has gone, with that as the reason."""
    change = step.change
    if not isinstance(change, changes.RemoveGroup) or change.reason or step.before is None:
        return change
    rows = [row for section in step.before.groups if section.name == change.remove_group for row in section.rows]
    return change if rows else change.model_copy(update={"reason": EMPTIED})


def _below(name: str | None) -> str:
    """The row or the group that something stands under, where the change says it."""
    return f" under {name}" if name else ""


def _place(to: str | None, after: str | None) -> str:
    """Where something moves: into another group, to the first place, or behind something."""
    return f"to {to}" if to else "to the first place" if after == FIRST else f"after {after}"


def _because(reason: str | None) -> str:
    return f": {reason}" if reason else ""


def _of_group(change: Change | TextChange | Restate) -> str:
    """What a change of groups does; empty for any other."""
    match change:
        case changes.AddTradeName():
            return f'"{change.add_trade_name}" comes in parentheses behind "{change.in_place_of}"'
        case changes.AddGroup():
            return f"{change.add_group} is added"
        case changes.RemoveGroup():
            return f"{change.remove_group} is removed{_because(change.reason) or ' with all that stands under it'}"
        case changes.RenameGroup():
            return f"{change.rename_group} is renamed {change.to}"
        case changes.MoveGroup():
            return f"{change.move_group} moves {_place(None, change.after)}"
    return ""


def _of_class(change: Change | TextChange | Restate, columns: ColumnsById) -> str:
    """What a change of share classes does; empty for any other."""
    match change:
        case changes.SetClass():
            owner = f" of {change.of}" if change.of else f", in {EVERY},"
            return f"{change.set_class}{owner} has other values{_values(change.values, columns)}"
        case changes.AddClass():
            return f"{change.add_class} of {change.of or 'every fund'} is added{_values(change.values, columns)}"
        case changes.RemoveClass():
            return f"{change.remove_class} of {change.of or EVERY} is removed{_because(change.reason)}"
        case changes.RedesignateClass():
            return f"{change.redesignate_class} of {change.of or EVERY} becomes {change.to}"
    return ""


def _of_words(change: Change | TextChange | Restate) -> str:
    """What a change of footnotes or of the agreement's text does; empty for any other."""
    match change:
        case changes.AddFootnote():
            return f"the footnote {change.add_footnote} is added: {change.text}"
        case changes.SetFootnote():
            return f"the footnote {change.set_footnote} is worded anew"
        case changes.RemoveFootnote():
            return f"the footnote {change.remove_footnote} is removed"
        case text_changes.ReplaceWords():
            place = change.in_.rstrip(",") if change.in_ else "the whole text"
            return f'"{change.replace_words}" becomes "{change.to}" in {place}'
        case text_changes.ReplaceSection():
            return f"{change.replace_section} is worded anew"
        case text_changes.AddSection():
            return f"{change.add_section} is added to the text"
        case text_changes.RemoveSection():
            return f"{change.remove_section} is taken out of the text"
    return ""


def _new_values_and_sign(change: changes.SetValues, columns: ColumnsById) -> str:
    sign = "loses the sign of its footnote" if change.mark == NOTHING else f"gets the sign of footnote {change.mark}"
    values = f"has other values{_values(change.values, columns)}"
    return values if change.mark is None else f"{values} and {sign}" if change.values else sign


def _values(values: Mapping[str, RowValue], columns: ColumnsById) -> str:
    texts = []
    for key, cell in values.items():
        heading, holds = (
            (columns[key].heading, columns[key].holds) if key in columns else (key.replace("_", " "), "text")
        )
        sign = " without its footnote" if cell.mark == NOTHING else f" [{cell.mark}]" if cell.mark else ""
        texts.append(f"{heading} {english.value_text(cell.value, holds)}{sign}")
    return f" ({', '.join(texts)})" if texts else ""
