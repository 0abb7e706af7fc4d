"""Rates inside texts by hand: a recital, a preamble or a note says the rates that the schedule has, before or after.

Of the funds, classes and columns that a text names, only their rates count; else those of all rows. The limit of a
column counts too, and what the fees of a row are together.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import TypeVar

from docgen.checks import prose
from docgen.checks.plan_rule import PlanRule
from docgen.checks.prose import ProseText
from docgen.consolidation import fund_classes
from docgen.consolidation.plan_folder import AmendmentFile, PlanFolder
from docgen.model import english, values
from docgen.model.rows import Column
from docgen.model.schedule import Line, RowId, Schedule, Value
from docgen.problems import Problem, Where, name_key

RATE = r"(?<![0-9/.,$])(?:[0-9]*\.[0-9]+|[0-9]+) ?(?:%|per ?cent\b|of (?:1%|one per ?cent\b)|basis points?\b)"
OF_VOTES = r"(?! of (?:the |its |all |such |new )*(?:outstanding|shares?|votes?|voting|gross|shareholders|holders))"
ALONE = re.compile(rf"(?P<by>\bby (?:up to )?)?(?P<rate>{RATE}){OF_VOTES}")
FROM_TO = re.compile(rf"\bfrom (?:the |an? |annual |rate of )*({RATE}) to ({RATE})")
TO = re.compile(rf"\b(?:reduc|lower|decreas|increas|rais|chang)\w*\b[^.;%]{{0,160}}(?<! up) to ({RATE})", re.IGNORECASE)
# A section of the text has rates of its own, and so has what was before
ELSEWHERE = re.compile(
    r"\b(?:Section|Article|Paragraph) ?\(?[0-9IVX](?![^,;]* Act\b)|\b(?:FINRA|NASD)\b|previously|was amended|had been"
)
BESIDE = re.compile(r"waive|reimburse|limit|exceed|up to|maximum of|at most|\bcaps?\b|until|through", re.IGNORECASE)
MUCH = Decimal(10)  # percent, from which on a text speaks of votes or of assets
SHORT = 3  # letters of a name that is no word
MOST = 3  # rates of the data to say
Rates = frozenset[Decimal]
NONE: Rates = frozenset()
RowOrFee = TypeVar("RowOrFee")


@dataclass(frozen=True)
class _Fee:
    """A cell of a schedule: its head by each name, its rates before and after, its limit, and where it stands."""

    heads: frozenset[str]
    before: Rates
    after: Rates
    limit: Rates
    at: Where

    @property
    def changes(self) -> set[tuple[Decimal, Decimal]]:
        """Each rate that it had with each that it has, where these are not the same."""
        return {(old, new) for old in self.before for new in self.after if self.before != self.after}


def texts_say_the_rates(plan: PlanFolder) -> Iterator[Problem]:
    """A text by hand says no rate that the data does not have, and no change of one that the data does not make."""
    for amendment in plan.amendments:
        texts = [text for text in prose.texts_of_paper(amendment) if ALONE.search(text.text)]
        rows = list(_rows(amendment.before, amendment.after)) if texts else []
        for text in texts:
            yield from _faults(text, rows, amendment)
    texts = [text for text in prose.texts_of(plan.source) if ALONE.search(text.text)]
    in_print = prose.texts_in_print(plan) if texts else set[str]()
    rows = list(_rows((), plan.schedules_on())) if texts else []
    for text in texts:
        if " ".join(text.text.split()) in in_print:
            yield from _faults(text, rows)


def _faults(text: ProseText, rows: Sequence[_Row], amendment: AmendmentFile | None = None) -> Iterator[Problem]:
    """A warning for the first change of a rate that a text says and the data does not have, else for the first rate."""
    is_recital = text.path[0] in prose.OF_A_PAPER
    some = _meant(rows, name_key(text.text)) if not ELSEWHERE.search(text.text) else []
    if not any(fee.before or fee.after for fee in some) or (not is_recital and BESIDE.search(text.text)):
        return
    changes = {change for fee in some for change in fee.changes}
    wrong = next(_wrong_changes(text.text, changes), None) if is_recital else None
    rates = {rate for fee in some for rate in (fee.before | fee.after | fee.limit)} | _in_other_texts(amendment)
    wrong = wrong or next(_wrong_rates(text.text, rates, {abs(new - old) for old, new in changes}), None)
    if wrong:
        data = _in_words(some, changes if is_recital else set())
        yield text.warning(f'says "{wrong}", and the data has {data}', "fix the one that is wrong, or accept it")


def _wrong_changes(text: str, changes: Collection[tuple[Decimal, Decimal]]) -> Iterator[str]:
    """The words of a text that say a change of a rate which is none of these."""
    for match in FROM_TO.finditer(text):
        if (_percent(match[1]), _percent(match[2])) not in changes:
            yield match[0]
    for match in TO.finditer(text):
        if changes and _percent(match[1]) not in [new for _, new in changes]:
            yield f"to {match[1]}"


def _wrong_rates(text: str, rates: Collection[Decimal], steps: Collection[Decimal]) -> Iterator[str]:
    """The rates that a text says, and that are none of these, nor a step from one to another."""
    for match in ALONE.finditer(text):
        rate = _percent(match["rate"])
        if rate < MUCH and rate not in rates and not (match["by"] and rate in steps):
            yield match["rate"]


def _in_words(fees: Sequence[_Fee], changes: Collection[tuple[Decimal, Decimal]]) -> str:
    """The changes of some cells, or the rates that they have; and where the first stands."""
    first = next(fee for fee in fees if fee.heads and (fee.changes if changes else fee.after or fee.before))
    texts = [f"from {_text(old)} to {_text(new)}" for old, new in sorted(changes)]
    texts = texts or [_text(rate) for rate in sorted({r for fee in fees if fee.heads for r in fee.after or fee.before})]
    more = [f"{len(texts) - MOST} more"] if len(texts) > MOST else []
    return f"{english.listed([*texts[:MOST], *more])}, {first.at}"


def _in_other_texts(amendment: AmendmentFile | None) -> Rates:
    """The rates of footnotes, preambles and changes of the plan's own text, of which a recital may speak."""
    if amendment is None:
        return NONE
    schedules = (*amendment.before, *amendment.after)
    texts = [note.text for schedule in schedules for note in schedule.footnotes]
    texts += [schedule.form.preamble or "" for schedule in schedules]
    texts += [str(words) for change in amendment.facts.text_changes for _, words in change]
    return frozenset(rate for text in texts for rate in _rates_of(text))


def _meant(rows: Sequence[_Row], text: str) -> list[_Fee]:
    """The cells of the funds that a text names, of these those of the classes, and of these those of the heads."""
    rows = _of_names(rows, [row.funds for row in rows], text)
    rows = _of_names(rows, [row.classes for row in rows], text)
    fees = [fee for row in {row.values: row for row in rows}.values() for fee in row.fees()]
    return _of_names(fees, [fee.heads for fee in fees], text)


def _of_names(some: Sequence[RowOrFee], names: Sequence[frozenset[str]], text: str) -> list[RowOrFee]:
    """Those parts of a schedule of whose names a text says one; all, where it says none."""
    in_text = {name for name in set(chain.from_iterable(names)) if _says(text, name)}
    return [part for part, its in zip(some, names, strict=True) if its & in_text] or list(some)


def _says(text: str, name: str) -> bool:
    """Whether a text has a name as words of its own; a letter is the name of a class."""
    words = f"class {name}" if len(name) < SHORT else name
    return words in text and bool(re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text))


def _rates_of(text: str) -> Rates:
    return frozenset(_percent(match) for match in re.findall(RATE, text))


def _percent(words: str) -> Decimal:
    number = Decimal(re.split("[^0-9.]", words)[0])
    return number / 100 if "basis" in words else number


def _text(rate: Decimal) -> str:
    """A rate with two digits behind its point, or as many as it needs."""
    return f"{rate:.2f}%" if rate == round(rate, 2) else f"{rate.normalize():f}%"


def _rows(before: Sequence[Schedule], after: Sequence[Schedule]) -> Iterator[_Row]:
    """The rows of all schedules that have values, each as it was and as it is."""
    old, new = ({schedule.name: schedule for schedule in schedules} for schedules in (before, after))
    for name in {**old, **new}:
        columns = {key: column for of in (old, new) if name in of for key, column in of[name].columns}
        lines = [_lines(of[name]) if name in of else {} for of in (old, new)]
        for row in {**lines[0], **lines[1]}:
            yield _Row(columns, lines[0].get(row), lines[1].get(row))


@dataclass(frozen=True)
class _Line:
    """A row at one moment, with the row that it stands under, and the ids of its columns."""

    line: Line
    above: Line | None
    keys: Sequence[str]

    @property
    def cells(self) -> dict[str, Value]:
        """Its values by column."""
        return dict(zip(self.keys, self.line.values, strict=False))


def _lines(schedule: Schedule) -> dict[RowId, _Line]:
    keys = [key for key, _ in schedule.columns]
    return {line.id: _Line(line, above, keys) for _, line, above in schedule.lines() if line.values}


@dataclass(frozen=True)
class _Row:
    """A row before an amendment and after it; None where it was not there, or is not."""

    columns: Mapping[str, Column]
    old: _Line | None
    new: _Line | None

    @property
    def moments(self) -> list[_Line]:
        """The row as it was and as it is, where it was and is."""
        return [line for line in (self.old, self.new) if line]

    @property
    def funds(self) -> frozenset[str]:
        """The fund by each of its names."""
        return frozenset(name_key((moment.above or moment.line).name) for moment in self.moments)

    @property
    def classes(self) -> frozenset[str]:
        """The class under the fund by each of its names; empty where it is no row."""
        return frozenset(name_key(moment.line.name) for moment in self.moments if moment.above)

    @property
    def values(self) -> tuple[int, ...]:
        """Which values it has: rows for which one line was typed share them."""
        return tuple(id(moment.line.values) for moment in self.moments)

    def fees(self) -> Iterator[_Fee]:
        """Its cells, and what its fees are together."""
        old, new = (moment.cells if moment else {} for moment in (self.old, self.new))
        at = self.moments[-1].line.at
        for key, column in self.columns.items():
            heads = frozenset({name_key(column.heading), f"the {name_key(english.fee(column.heading))}"})
            value = new.get(key) or old.get(key)
            limits = frozenset([column.limit] if column.limit else ())
            yield _Fee(heads, _rates(old.get(key)), _rates(new.get(key)), limits, value.at if value else at)
        yield _Fee(frozenset(), _total(old), _total(new), NONE, at)


def _rates(value: Value | None) -> Rates:
    """The rates in a cell, also those of breakpoints and of words."""
    if value is None or isinstance(value.typed, values.Blank):
        return NONE
    return frozenset([value.rate]) if value.rate is not None else _rates_of(" ".join(value.typed))


def _total(cells: Mapping[str, Value]) -> Rates:
    """What the fees of a row are together, where there are several."""
    rates = [value.rate for key, value in cells.items() if value.rate and not key.startswith(fund_classes.TOTAL)]
    return frozenset([sum(rates, Decimal())]) if len(rates) > 1 else NONE


CHECKS: tuple[PlanRule, ...] = (texts_say_the_rates,)
