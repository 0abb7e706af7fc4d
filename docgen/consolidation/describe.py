"""What a change does, in a sentence: for problems and for `docgen diff`."""

from __future__ import annotations

from collections.abc import Mapping

from docgen.model import changes, english
from docgen.model.amendment import Restate
from docgen.model.changes import Change, TextChange
from docgen.model.rows import Column, RowValue

ColumnsById = Mapping[str, Column]
NO_COLUMNS: ColumnsById = {}


def sentence(change: Change | TextChange | Restate, columns: ColumnsById = NO_COLUMNS) -> str:  # noqa: C901  # a case a verb
    """`INVESCO Leisure Fund is removed`; by the columns a value reads as it prints, such as a day."""
    match change:
        case changes.Add():
            place = f" under {change.under}" if change.under else f" to {change.to}" if change.to else ""
            return f"{change.add} is added{place}{_values(change.values, columns)}"
        case changes.Remove():
            place = f" under {change.under}" if change.under else ""
            reason = f"merged into {change.into}" if change.into else change.reason
            return f"{change.remove}{place} is removed{f': {reason}' if reason else ''}"
        case changes.Rename():
            return f"{change.rename} is renamed {change.to}"
        case changes.RenameAll():
            but = f", but for {', '.join(change.except_)}" if change.except_ else ""
            return f'"{change.rename_all}" becomes "{change.to}" in every name{but}'
        case changes.Move():
            return f"{change.move} moves" + (f" to {change.to}" if change.to else f" after {change.after}")
        case changes.SetValues():
            place = f" of {change.under}" if change.under else ""
            return f"{change.set}{place} has other values{_values(change.values, columns)}"
        case changes.AddGroup():
            return f"{change.add_group} is added"
        case changes.RemoveGroup():
            return f"{change.remove_group} is removed with all that stands under it"
        case changes.RenameGroup():
            return f"{change.rename_group} is renamed {change.to}"
        case changes.MoveGroup():
            return f"{change.move_group} moves after {change.after}"
        case changes.AddClass():
            return f"{change.add_class} of {change.of or 'every fund'} is added{_values(change.values, columns)}"
        case changes.RemoveClass():
            return f"{change.remove_class} of {change.of or 'every fund'} is removed"
        case changes.RedesignateClass():
            return f"{change.redesignate_class} of {change.of or 'every fund'} becomes {change.to}"
        case changes.ReplaceWords():
            return f'"{change.replace_words}" becomes "{change.to}" in {change.in_ or "the whole text"}'
        case changes.ReplaceSection():
            return f"{change.replace_section} is worded anew"
        case changes.AddSection():
            return f"{change.add_section} is added to the text"
        case changes.RemoveSection():
            return f"{change.remove_section} is taken out of the text"
    return "the whole schedule is restated, with other columns or footnotes"


def _values(values: Mapping[str, RowValue], columns: ColumnsById) -> str:
    holds = {key: columns[key].holds if key in columns else "text" for key in values}
    listed = ", ".join(f"{key} {english.value_text(cell.value, holds[key])}" for key, cell in values.items())
    return f" ({listed})" if listed else ""
