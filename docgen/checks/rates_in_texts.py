"""Rates inside texts by hand: a recital, a preamble or a note says the rates that the schedule has, before or after.

Of the funds, classes and columns that a text names, only their rates count; else those of all rows. The limit of a
column counts too, and what the fees of a row are together.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from docgen.checks import prose
from docgen.checks.plan_rule import PlanRule
from docgen.checks.prose import ProseText
from docgen.consolidation import fund_classes
from docgen.consolidation.plan_folder import AmendmentFile, PlanFolder
from docgen.model import english, values
from docgen.model.rows import Column
from docgen.model.schedule import Line, Schedule, Value
from docgen.problems import Problem, Where, name_key

RATE = r"(?<![0-9/.,$])(?:[0-9]*\.[0-9]+|[0-9]+) ?(?:%|per ?cent\b|of (?:1%|one per ?cent\b)|basis points?\b)"
OF_VOTES = r"(?! of (?:the |its |all |such |new )*(?:outstanding|shares?|votes?|voting|gross|shareholders|holders))"
ALONE = re.compile(rf"(?P<by>\bby (?:up to )?)?(?P<rate>{RATE}){OF_VOTES}")
FROM_TO = re.compile(rf"\bfrom (?:the |an? |annual |rate of )*({RATE}) to ({RATE})")
TO = re.compile(rf"\b(?:reduc|lower|decreas|increas|rais|chang)\w*\b[^.;%]{{0,160}}(?<! up) to ({RATE})", re.IGNORECASE)
# A section of the text has rates of its own, and so has what was before
ELSEWHERE = re.compile(r"\b(?:Section|Article|Paragraph|Rule) ?\(?[0-9IVX]|previously|was amended|had been")
BESIDE = re.compile(r"waive|reimburse|limit|exceed|up to|maximum of|at most|\bcaps?\b|until|through", re.IGNORECASE)
RECITALS = ("recital", "whereas", "clauses", "reason")
MUCH = Decimal(10)  # percent, from which on a text speaks of votes or of assets
SHORT = 3  # letters of a name that is no word
MOST = 3  # rates of the data to say
Rates = frozenset[Decimal]
NONE: Rates = frozenset()
NO_HEADS: frozenset[str] = frozenset()


@dataclass(frozen=True)
class _Fee:
    """A cell of a schedule: its fund, class and head by each name, its rates before and after, and where it stands."""

    fund: frozenset[str]
    share_class: frozenset[str]
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
        fees = list(_fees(amendment.before, amendment.after)) if texts else []
        for text in texts:
            yield from _faults(text, fees, amendment)
    texts = [text for text in prose.texts_of(plan.source) if ALONE.search(text.text)]
    in_print = prose.texts_in_print(plan) if texts else set[str]()
    fees = list(_fees((), plan.schedules_on())) if texts else []
    for text in texts:
        if " ".join(text.text.split()) in in_print:
            yield from _faults(text, fees)


def _faults(text: ProseText, fees: Sequence[_Fee], amendment: AmendmentFile | None = None) -> Iterator[Problem]:
    """A warning for the first change of a rate that a text says and the data does not have, else for the first rate."""
    is_recital = text.path[0] in RECITALS
    some = _meant(fees, name_key(text.text)) if not ELSEWHERE.search(text.text) else []
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


def _meant(fees: Sequence[_Fee], text: str) -> list[_Fee]:
    """The cells of the funds that a text names, of these those of the classes, and of these those of the heads."""
    some = list(fees)
    for key in ("fund", "share_class", "heads"):
        names = {name for fee in some for name in getattr(fee, key)}
        in_text = {name for name in names if _says(text, name)}
        some = [fee for fee in some if getattr(fee, key) & in_text] or some
    return some


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


def _fees(before: Sequence[Schedule], after: Sequence[Schedule]) -> Iterator[_Fee]:
    """The cells of all schedules, each as it was and as it is; and for each row what its fees are together."""
    old, new = ({schedule.name: schedule for schedule in schedules} for schedules in (before, after))
    for name in {**old, **new}:
        columns = {key: column for of in (old, new) if name in of for key, column in of[name].columns}
        cells = [_cells(of[name]) if name in of else {} for of in (old, new)]
        for row in {**cells[0], **cells[1]}:
            yield from _of_row(columns, *(cell.get(row) for cell in cells))


@dataclass(frozen=True)
class _Cells:
    """A row with its values by column, and the row that it stands under."""

    line: Line
    above: Line | None
    values: Mapping[str, Value]

    def rates(self, key: str) -> Rates:
        """The rates in a cell, also those of breakpoints and of words."""
        value = self.values.get(key)
        if value is None or isinstance(value.typed, values.Blank):
            return NONE
        return frozenset([value.rate]) if value.rate is not None else _rates_of(" ".join(value.typed))

    @property
    def total(self) -> Rates:
        """What the fees are together, where there are several."""
        parts = {key: value for key, value in self.values.items() if not key.startswith(fund_classes.TOTAL)}
        rates = [value.rate for value in parts.values() if value.rate]
        return frozenset([sum(rates, Decimal())]) if len(rates) > 1 else NONE


def _cells(schedule: Schedule) -> dict[object, _Cells]:
    keys = [key for key, _ in schedule.columns]
    return {
        line.id: _Cells(line, above, dict(zip(keys, line.values, strict=False)))
        for _, line, above in schedule.lines()
        if line.values
    }


def _of_row(columns: Mapping[str, Column], old: _Cells | None, new: _Cells | None) -> Iterator[_Fee]:
    both = [cells for cells in (old, new) if cells]
    fund = frozenset(name_key((cells.above or cells.line).name) for cells in both)
    share_class = frozenset(name_key(cells.line.name) for cells in both if cells.above)
    for key, column in columns.items():
        before, after = (cells.rates(key) if cells else NONE for cells in (old, new))
        heads = frozenset({name_key(column.heading), f"the {name_key(english.fee(column.heading))}"})
        at = next((cells.values[key].at for cells in reversed(both) if key in cells.values), both[-1].line.at)
        limit = values.rate(column.at_most or "")
        yield _Fee(fund, share_class, heads, before, after, frozenset([limit] if limit else ()), at)
    before, after = (cells.total if cells else NONE for cells in (old, new))
    yield _Fee(fund, share_class, NO_HEADS, before, after, NONE, both[-1].line.at)


CHECKS: tuple[PlanRule, ...] = (texts_say_the_rates,)
