"""What a recital says of an amendment's changes: each row once, by name, and like ones together.

The sentences themselves are the template's; here are the names, rates and days that they hold. The notes of one row
become one view, and views that say the same of several rows become one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from docgen.consolidation.plan_folder import AmendmentFile
from docgen.document import recital_names, recital_notes
from docgen.document.recital_names import RowName
from docgen.document.recital_notes import Note
from docgen.model import english
from docgen.model.schedule import RowId
from docgen.model.values import DayOrBlank

# Verbs that are said in one phrase, where all but the names is the same
TOGETHER = ("add", "add_class", "remove", "remove_class", "rename", "rename_group", "move", "set", "footnote")


@dataclass(frozen=True)
class PairView:
    """One of `change.pairs`: a name that goes and the one that comes."""

    old: str
    new: str


@dataclass(frozen=True)
class ChangeView:
    """One of `amendment.changes`: one phrase of a recital, and in `more` what else becomes of the same rows."""

    verb: str  # add, remove, rename and so on, as in the data; footnote for the sign of one
    noun: str  # addition, removal, liquidation, merger, reduction, increase and so on
    names: list[str]  # whom it is about; `OLD to NEW` for a name that changes; none in `more`
    whose: str  # its or their, in `more`; else empty
    pairs: list[PairView]  # every name that changes, with the new one; or empty
    to: str  # where a row comes or moves to, or the words that come in place of others; or empty
    but: list[str]  # the exceptions to a change of words
    bearers: str  # what bears the words that change: Registrant and Portfolio; or empty
    heading: str  # the column of a value that changes, or of a footnote's sign; or empty
    old: str  # the value that goes
    new: str  # the value that comes
    reason: str
    schedule: str  # before the first phrase of each schedule, where the plan has more than one; or empty
    effective: DayOrBlank | None
    retroactive: bool  # whether it takes effect before the amendment does
    more: list[ChangeView]


@dataclass(frozen=True)
class _Phrase:
    """The notes that one view is made of: the first names the rows, the others are of the same rows."""

    notes: tuple[Note, ...]
    names: tuple[RowName, ...]
    pairs: tuple[tuple[str, str], ...]

    @property
    def schedules(self) -> tuple[str, ...]:
        """The schedules that it is about."""
        return self.notes[0].schedules

    @property
    def rest(self) -> tuple[Note, ...]:
        """All that has to be the same in two phrases that become one."""
        return tuple(replace(note, name=RowName(""), rows=(), pairs=(), schedules=()) for note in self.notes)


def views(amendment: AmendmentFile, table: bool = False) -> list[ChangeView]:
    """The changes in the order of their first, each row named once; schedule by schedule where there are several.

    Where new names stand in a table, what else becomes of their rows is said apart from them.
    """
    phrases = _together([part for phrase in _by_rows(recital_notes.notes(amendment)) for part in _parts(phrase, table)])
    if len(amendment.before) < 2:
        return [_view(phrase, "") for phrase in phrases]
    order = list(dict.fromkeys(phrase.schedules for phrase in phrases))
    results: list[ChangeView] = []
    for schedules in order:
        names = [english.listed(schedules), *[""] * len(phrases)]
        mine = [phrase for phrase in phrases if phrase.schedules == schedules]
        results += [_view(phrase, name) for phrase, name in zip(mine, names, strict=False)]
    return results


def _by_rows(notes: Iterable[Note]) -> list[_Phrase]:
    """The notes of each row as one phrase, a new name first; what is by a rule is a phrase of its own."""
    by_row: dict[RowId | int, list[Note]] = {}
    for number, note in enumerate(notes):
        by_row.setdefault(note.rows[0] if note.rows else number, []).append(note)
    phrases = []
    for mine in by_row.values():
        first, *others = sorted(mine, key=lambda note: note.verb not in ("add", "rename", "rename_group"))
        phrases.append(_Phrase((first, *others), (first.name,), first.pairs))
    return phrases


def _parts(phrase: _Phrase, table: bool) -> list[_Phrase]:
    """A phrase, or the new name of its row and then the rest, where new names stand in a table."""
    first, *others = phrase.notes
    if not (table and first.pairs and others):
        return [phrase]
    rest = _Phrase(tuple(others), (others[0].name,), others[0].pairs)
    return [replace(phrase, notes=(first,)), rest]


def _together(phrases: Sequence[_Phrase]) -> list[_Phrase]:
    """The phrases, those that say the same of several rows, or of several schedules, as one."""
    results: list[_Phrase] = []
    alike: dict[tuple[Note, ...], list[int]] = {}  # where phrases stand that say the same, but of other rows
    for phrase in phrases:
        numbers = alike.setdefault(phrase.rest, [])
        joins = ((number, _joined(results[number], phrase)) for number in numbers)
        number, joined = next(((number, joined) for number, joined in joins if joined), (len(results), phrase))
        numbers += [number] if number == len(results) else []
        results[number : number + 1] = [joined]
    return results


def _joined(earlier: _Phrase, later: _Phrase) -> _Phrase | None:
    """Two phrases that say the same as one; None where one has to stand beside the other."""
    first = earlier.notes[0]
    if earlier.schedules == later.schedules:
        if first.verb not in TOGETHER or first.noun == "new position":
            return None
        return replace(earlier, names=earlier.names + later.names, pairs=earlier.pairs + later.pairs)
    if earlier.names != later.names or earlier.pairs != later.pairs:
        return None
    first = replace(first, schedules=(*first.schedules, *later.schedules))
    return replace(earlier, notes=(first, *earlier.notes[1:]))


def _view(phrase: _Phrase, schedule: str) -> ChangeView:
    first, *more = phrase.notes
    whose = "their" if len(phrase.names) > 1 else "its"
    view = _of(first, "", recital_names.texts(phrase.names), phrase.pairs)
    return replace(view, schedule=schedule, more=[_of(note, whose, [], note.pairs) for note in more])


def _of(note: Note, whose: str, names: list[str], pairs: Iterable[tuple[str, str]]) -> ChangeView:
    return ChangeView(
        verb=note.verb,
        noun=note.noun,
        names=names,
        whose=whose,
        pairs=[PairView(old, new) for old, new in pairs],
        to="merger" if note.noun == "merger" else note.to,
        but=list(note.but),
        bearers=note.bearers,
        heading=note.heading,
        old=note.old,
        new=note.new,
        reason=note.reason,
        schedule="",
        effective=note.effective,
        retroactive=note.retroactive,
        more=[],
    )
