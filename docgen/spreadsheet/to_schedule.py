"""Makes a schedule of an edited table: columns by their heads, wherever they stand; rows by their names.

A table is flat where it numbers its rows, or says the group and the fund in each: then it may have been sorted, and its
order says nothing.
"""

from __future__ import annotations

import re
import sys
from bisect import insort
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from pydantic_core import PydanticCustomError

from docgen.consolidation import lineage
from docgen.consolidation.lineage import RowKey
from docgen.model import values
from docgen.model.rows import Footnote
from docgen.model.schedule import Line, Schedule, Section, Value
from docgen.model.values import BLANK, Blank, Holds
from docgen.problems import DataProblem, Problem, Where, count, did_you_mean
from docgen.spreadsheet import marks, table
from docgen.spreadsheet.table import Heads, Sheet, SheetCell

SheetRow = Mapping[str, SheetCell]  # what a row says, by the heads
TOTAL = re.compile(r"(grand |sub-? ?)?totals?( of [a-z ]+)?:?|sum:?|count:?|average:?", re.IGNORECASE)


@dataclass
class _SheetReading:
    """What is known of the schedule as it was, and the complaints on the way."""

    current: Schedule
    heads: Heads
    old: Mapping[RowKey, Line]  # every row as it was, by the names that it has now
    signed: frozenset[str]  # the columns whose rates are typed with %
    footnotes: tuple[Footnote, ...]  # as the table has them
    signs: frozenset[str]  # that a text may end with
    replaced: Mapping[str, str]  # signs that have gone, and what stands in their place
    names: frozenset[str]  # of groups and rows as they were
    problems: list[Problem] = field(default_factory=list)

    def complain(self, entry: SheetCell, fault: str, remedy: str = "") -> None:
        """Notes a problem with a cell."""
        self.problems.append(Problem(entry.where, fault, remedy, entry.key))


@dataclass
class _Fund:
    """A row being read: its cells, and the rows under it."""

    name: str
    mark: str
    cells: SheetRow
    at: SheetCell
    inner: list[_Fund] = field(default_factory=list)


@dataclass
class _Group:
    """A group being read."""

    name: str
    mark: str
    at: SheetCell
    rows: list[_Fund] = field(default_factory=list)


_Named = TypeVar("_Named", _Group, _Fund)


def schedule(grid: Sheet, current: Schedule) -> Schedule:
    """The schedule that the table says; DataProblem with every doubt and its cell.

    `current` is the schedule in force, with the names that rows are known to have in the table.
    """
    table_rows, note_rows = _parts(grid)
    reading = _reading(current, note_rows)
    footnotes = _footnotes(reading, note_rows, grid[0][0].where if grid and grid[0] else Where())
    heads, *rows = list(_rows(reading, table_rows)) or [{}]
    is_flat = _is_flat(reading, heads, rows)
    groups = _flat_groups(reading, rows) if is_flat else _groups(reading, rows)
    sections = tuple(_section(reading, group) for group in groups)
    _complain_of_doubles(reading, [(group.name, group.at) for group in groups])
    for scope in (
        [[fund for group in groups for fund in group.rows]]
        if current.has_registrants
        else [group.rows for group in groups]
    ):
        _complain_of_doubles(reading, [(fund.name, fund.at) for fund in scope if not Line(fund.name).is_band])
    if reading.problems:
        raise DataProblem(reading.problems)
    columns = zip(current.columns, reading.heads.columns, strict=True)
    marked = tuple(
        (key, column.model_copy(update={"mark": _mark(reading, heads[head])[1] or None}))
        for (key, column), head in columns
    )
    return replace(current, groups=sections, columns=marked, footnotes=footnotes)


def _reading(current: Schedule, note_rows: Sequence[Sequence[SheetCell]]) -> _SheetReading:
    footnotes = tuple(
        Footnote(mark=note[0].text, text=note[1].text, on=note[2].text or None)
        for note in note_rows[1:]
        if note[0].text and note[1].text
    )
    signs = marks.signs(current) | {note.mark for note in footnotes}
    names = frozenset(line.name for _, line, _ in current.lines()) | {group.name for group in current.groups}
    replaced = marks.replaced_signs(current.footnotes, footnotes) if note_rows else {}
    return _SheetReading(
        current, table.heads(current), lines_by_key(current), _signed(current), footnotes, signs, replaced, names
    )


def _signed(current: Schedule) -> frozenset[str]:
    """The columns in which a rate has its %: those where one is typed so, and those of words beside them."""
    rates = {
        key: {
            "%" in table.text_of(line.values[number])
            for line in _valued(current)
            if line.values[number].rate is not None
        }
        for number, (key, column) in enumerate(current.columns)
        if column.holds == "rate"
    }
    usual = set().union(*rates.values())
    return frozenset(key for key, its in rates.items() if True in its or (not its and usual != {False}))


def _valued(current: Schedule) -> list[Line]:
    return [line for _, line, _ in current.lines() if line.values]


def _parts(grid: Sheet) -> tuple[Sheet, list[list[SheetCell]]]:
    """The rows of the schedule, and those of its footnotes from their heads on, each of three cells."""
    wanted = [head.casefold() for head in table.NOTE_HEADS]
    for number, row in enumerate(grid):
        filled = [n for n, entry in enumerate(row) if entry.text]
        if [row[n].text.casefold() for n in filled] == wanted:
            notes = [
                [row[n] if n < len(row) else _none(row) for n in filled]
                for row in grid[number:]
                if any(entry.text for entry in row)
            ]
            return grid[:number], notes
    return grid, []


def _footnotes(reading: _SheetReading, note_rows: Sequence[Sequence[SheetCell]], where: Where) -> tuple[Footnote, ...]:
    """The footnotes; a row of them that wants its sign or its text, or a sign that stands twice, is a problem."""
    if reading.current.footnotes and not note_rows:
        heads = ", ".join(table.NOTE_HEADS)
        remedy = f"export the schedule again, or write {heads} below the table, and the footnotes under them"
        reading.problems.append(Problem(where, "the footnotes of the schedule are not there", remedy))
    for mark, text, on in note_rows[1:]:
        if not mark.text or not text.text:
            reading.complain(text if mark.text else mark, "a footnote wants its sign and its text", "write both")
        for entry in (mark, text, on):
            _tidy(reading, entry)
    _complain_of_doubles(reading, [(mark.text, mark) for mark, *_ in note_rows[1:] if mark.text])
    return reading.footnotes


def lines_by_key(schedule: Schedule) -> dict[RowKey, Line]:
    """Every row by what it is called."""
    keys = lineage.keys(schedule)
    return {keys[line.id]: line for _, line, _ in schedule.lines()}


def _rows(reading: _SheetReading, grid: Sheet) -> Iterator[SheetRow]:
    """The row of heads and the rows that say something, each cell under its head."""
    filled = [row for row in grid if any(entry.text for entry in row)]
    if not filled or not (body := _under_heads(reading, filled)):
        return
    at = _columns(reading, body[0])
    headed = {number for number, entry in enumerate(body[0]) if entry.text}
    strays: dict[int, list[SheetCell]] = {}  # by column
    for row in body[1:]:
        for number, entry in enumerate(row):
            if entry.text and number not in headed:
                strays.setdefault(number, []).append(entry)
    for first, *others in strays.values():
        more = f", and {count(len(others), 'more cell')} below it" if others else ""
        reading.complain(first, f'"{first.text}" stands under no head{more}', "clear it, or move it under its head")
    for row in body if not reading.problems else ():
        if not _is_total(reading, row):
            yield {head: row[n] if n < len(row) else _none(row) for n, head in at.items()}


def _is_total(reading: _SheetReading, row: Sequence[SheetCell]) -> bool:
    """Whether a row only sums up the others, which is a problem."""
    total = next((entry for entry in row if TOTAL.fullmatch(entry.text) and entry.text not in reading.names), None)
    if total:
        reading.complain(total, f'"{total.text}" is no {reading.heads.row}', "delete the row: a schedule has no totals")
    return total is not None


def _under_heads(reading: _SheetReading, filled: Sequence[Sequence[SheetCell]]) -> Sequence[Sequence[SheetCell]]:
    """The rows from the heads on; none where others stand above the heads, or where there are no heads at all."""
    heads = {head.casefold() for head in reading.heads.all}
    alike = [sum(_mark(reading, entry)[0].casefold() in heads for entry in row) for row in filled]
    if 2 * alike[0] >= min(2, len(heads)):
        return filled
    first = next(entry for entry in filled[0] if entry.text)
    if 2 * max(alike) <= len(heads):
        fault = f'the heads are not there: the first row says "{first.text}"'
        reading.complain(first, fault, "write into the first row: " + ", ".join(reading.heads.all))
    else:
        below = filled[alike.index(max(alike))][0].key
        reading.complain(first, f'"{first.text}" stands above the heads', f"delete what is above {below}")
    return ()


def _columns(reading: _SheetReading, first: Sequence[SheetCell]) -> dict[int, str]:
    """Which head stands over each column."""
    wanted = {head.casefold(): head for head in (*reading.heads.all, table.NUMBER)}
    at: dict[int, str] = {}
    others: list[SheetCell] = []
    for number, entry in enumerate(first):
        head = wanted.get(_mark(reading, entry)[0].casefold(), "")
        if head in at.values():
            reading.complain(entry, f'a second column "{head}"', "keep one of the two")
        elif head:
            at[number] = head
        elif entry.text:
            others.append(entry)
    missing = [head for head in reading.heads.all if head not in at.values()]
    for entry in others:
        near = did_you_mean(entry.text, missing) if missing else ""
        remedy = near or ("leave the heads of the columns as they were" if missing else "delete the column")
        reading.complain(entry, f'"{entry.text}" is not a column of the schedule', remedy)
    for head in missing if not others else ():
        reading.complain(first[0], f'no column "{head}"', "put its head back in the first row")
    return at


def _none(row: Sequence[SheetCell]) -> SheetCell:
    """An empty cell of a short row of CSV."""
    return SheetCell("", row[-1].where, row[-1].key)


def _is_flat(reading: _SheetReading, heads: SheetRow, rows: Sequence[SheetRow]) -> bool:
    names = reading.heads
    return table.NUMBER in heads or bool(
        names.group and rows and all(row[names.group].text and row[names.row].text for row in rows)
    )


def _flat_groups(reading: _SheetReading, rows: Sequence[SheetRow]) -> list[_Group]:
    """The rows of a flat table in their groups, in the order that the schedule has."""
    heads = reading.heads
    groups: dict[str, _Group] = {}
    funds: dict[tuple[str, str], _Fund] = {}
    for row in sorted(rows, key=_number):
        blank = next((head for head in (heads.group, heads.row) if head and not row[head].text), "")
        if blank:
            reading.complain(row[blank], "is empty", f"write the {blank} of the row")
            continue
        name, mark = _name(reading, row[heads.group]) if heads.group else ("", "")
        group = groups.setdefault(name, _Group(name, mark, row[heads.group or heads.row]))
        _complain_of_two_signs(reading, group, mark, row[heads.group or heads.row])
        name, mark = _name(reading, row[heads.row])
        fund = _Fund(name, mark, row, row[heads.row])
        if heads.inner and row[heads.inner].text:
            above = funds.setdefault((group.name, name), fund)
            if above is fund:
                group.rows.append(fund)
            _complain_of_two_signs(reading, above, mark, row[heads.row])
            above.inner.append(_Fund(*_name(reading, row[heads.inner]), row, row[heads.inner]))
        else:
            group.rows.append(fund)
    return _in_order(reading, list(groups.values()))


def _number(row: SheetRow) -> int:
    """The place that a flat table gives a row; the last for a new one."""
    text = row[table.NUMBER].text.removesuffix(".0") if table.NUMBER in row else ""
    return int(text) if text.isdecimal() else sys.maxsize


def _complain_of_two_signs(reading: _SheetReading, thing: _Group | _Fund, mark: str, at: SheetCell) -> None:
    if thing.mark != mark:
        sign = thing.mark or mark
        fault = f'"{thing.name}" has the sign [{sign}] in one row and not in another'
        reading.complain(at, fault, "write the sign in each of its rows, or in none")
        thing.mark = mark


def _in_order(reading: _SheetReading, groups: list[_Group]) -> list[_Group]:
    """The groups and rows in the order that the schedule has; new ones by the alphabet or last."""
    sections = {section.name: section for section in reading.current.groups}
    for group in groups:
        lines = sections[group.name].rows if group.name in sections else ()
        group.rows = _old_order(group.rows, [line.name for line in lines])
        inner = {line.name: [row.name for row in line.rows] for line in lines}
        for fund in group.rows:
            fund.inner = _old_order(fund.inner, inner.get(fund.name, []))
    return _old_order(groups, list(sections))


def _old_order(things: list[_Named], old: Sequence[str]) -> list[_Named]:
    places = {key: place for place, key in enumerate(zip(old, lineage.numbers(old), strict=True))}
    keyed = list(zip(things, lineage.numbers(thing.name for thing in things), strict=True))
    staying = [(places[thing.name, n], thing) for thing, n in keyed if (thing.name, n) in places]
    result = [thing for _, thing in sorted(staying, key=lambda pair: pair[0])]
    folded = [name.casefold() for name in old]
    for thing in (thing for thing, n in keyed if (thing.name, n) not in places):
        if old and folded == sorted(folded):
            insort(result, thing, key=lambda other: other.name.casefold())
        else:
            result.append(thing)
    return result


def _groups(reading: _SheetReading, rows: Sequence[SheetRow]) -> list[_Group]:
    """The rows in their groups, inner rows under theirs."""
    heads = reading.heads
    groups: list[_Group] = [] if heads.group or not rows else [_Group("", "", rows[0][heads.row])]
    for row in rows:
        name, inner = row[heads.row], row[heads.inner] if heads.inner else None
        if heads.group and row[heads.group].text and not _goes_on(reading, groups, row):
            groups.append(_Group(*_name(reading, row[heads.group]), row[heads.group]))
        if not groups:
            reading.complain(name, f"stands under no {heads.group}", f"write the {heads.group} in a row above")
            groups.append(_Group("", "", name))
        if name.text:
            groups[-1].rows.append(_Fund(*_name(reading, name), row, name))
        if inner is not None and inner.text:
            if groups[-1].rows:
                groups[-1].rows[-1].inner.append(_Fund(*_name(reading, inner), row, inner))
            else:
                reading.complain(inner, f"stands under no {heads.row}", f"write the {heads.row} in a row above")
        elif not name.text:
            _complain_of_stray_values(reading, row)
    return groups


def _goes_on(reading: _SheetReading, groups: Sequence[_Group], row: SheetRow) -> bool:
    """Whether a row only says again which group it is in, beside its own name."""
    heads = reading.heads
    return bool(groups) and bool(row[heads.row].text) and groups[-1].name == _name(reading, row[heads.group])[0]


def _complain_of_stray_values(reading: _SheetReading, row: SheetRow) -> None:
    for head in reading.heads.columns:
        if row[head].text:
            fault = f'"{row[head].text}" stands in a row without a name'
            reading.complain(row[head], fault, "clear it, or name the row")


def _tidy(reading: _SheetReading, entry: SheetCell) -> str:
    try:
        return values.tidy(entry.text)
    except PydanticCustomError as error:
        context = error.context or {}
        reading.complain(entry, str(context.get("found", "")), str(context.get("remedy", "")))
        return entry.text


def _mark(reading: _SheetReading, entry: SheetCell) -> tuple[str, str]:
    """A cell's text, and the sign behind it as the footnotes have it by now."""
    text, mark = table.split_mark(entry.text, reading.signs)
    return text, reading.replaced.get(mark, mark)


def _name(reading: _SheetReading, entry: SheetCell) -> tuple[str, str]:
    """A name and its sign; a name that ends like a sign stays whole."""
    if entry.text in reading.names:
        return entry.text, ""
    text, mark = _mark(reading, entry)
    bare = table.SIGN.fullmatch(text)
    if bare and bare[1] in reading.names:
        _complain_of_unknown_sign(reading, entry, bare[2])
        return bare[1], mark
    return _tidy(reading, replace(entry, text=text)), mark


def _complain_of_unknown_sign(reading: _SheetReading, entry: SheetCell, sign: str) -> None:
    heads = ", ".join(table.NOTE_HEADS)
    remedy = f"write the footnote below the table, under {heads}, or take the sign off"
    reading.complain(entry, f"[{sign}] calls no footnote", remedy)


def _complain_of_doubles(reading: _SheetReading, names: Sequence[tuple[str, SheetCell]]) -> None:
    names_above: dict[str, SheetCell] = {}
    for name, at in names:
        if first := names_above.get(name.casefold()):
            place = f"on line {first.where.line}" if first.where.line else f"in {first.key}"
            reading.complain(at, f'"{name}" stands there twice; first {place}', "keep one of the two rows")
        names_above.setdefault(name.casefold(), at)


def _section(reading: _SheetReading, group: _Group) -> Section:
    if not group.rows:
        fault = f'"{group.name}" has no {reading.heads.row} under it'
        reading.complain(group.at, fault, "delete the row, or write the rows under it")
    names = [fund.name for fund in group.rows]
    keys = [RowKey(group.name, name, "", number) for name, number in zip(names, lineage.numbers(names), strict=True)]
    lines = (_line(reading, key, fund) for key, fund in zip(keys, group.rows, strict=True))
    return Section(group.name, tuple(lines), group.mark)


def _line(reading: _SheetReading, key: RowKey, fund: _Fund) -> Line:
    old = reading.old.get(key) or _elsewhere(reading, fund.name)
    if not fund.inner:
        return Line(fund.name, _values(reading, fund.cells, old), fund.mark)
    for head in reading.heads.columns:
        entry = fund.cells[head]
        if entry.text and entry not in (inner.cells[head] for inner in fund.inner):
            reading.complain(entry, f'"{entry.text}" stands beside a row that has rows of its own', "clear it")
    _complain_of_doubles(reading, [(inner.name, inner.at) for inner in fund.inner if not Line(inner.name).is_band])
    old_rows = {(line.name, number): line for line, number in lineage.numbered(old.rows)} if old else {}
    inner = []
    for row, number in zip(fund.inner, lineage.numbers(row.name for row in fund.inner), strict=True):
        old_row = old_rows.get((row.name, number))
        inner.append(Line(row.name, _values(reading, row.cells, old_row), row.mark))
    return Line(fund.name, (), fund.mark, tuple(inner))


def _elsewhere(reading: _SheetReading, name: str) -> Line | None:
    """A row that has come from another group, where a name can stand once only."""
    if not reading.current.has_registrants:
        return None
    return next((line for key, line in reading.old.items() if key.row == name and not key.inner), None)


def _values(reading: _SheetReading, cells: SheetRow, old: Line | None) -> tuple[Value, ...]:
    before = old.values if old and old.values else (None,) * len(reading.heads.columns)
    columns = zip(reading.heads.columns, reading.current.columns, before, strict=True)
    return tuple(
        _value(reading, cells[head], key, column.holds, old_value) for head, (key, column), old_value in columns
    )


def _value(reading: _SheetReading, entry: SheetCell, key: str, holds: Holds, old: Value | None) -> Value:
    text, mark = _mark(reading, entry)
    if old is not None and not old.mark and entry.text == table.single_line(table.text_of(old)):
        return old  # also where it ends like a sign
    value = table.value(text, mark, holds, old)
    if old is not None and value.typed == old.typed:
        return value
    if not entry.text:
        reading.complain(entry, "is empty", "type the value, or tbd for a blank in a draft")
        return Value(BLANK)
    for text in () if isinstance(value.typed, Blank) else value.typed:
        if remedy := values.misfit(text, holds):
            bare = table.SIGN.fullmatch(text)
            if bare and not values.misfit(bare[1], holds):
                _complain_of_unknown_sign(reading, entry, bare[2])
                continue
            reading.complain(
                entry, f'"{text}" is not {values.IN_WORDS[holds]} for "{reading.current.form.name}"', remedy
            )
        elif holds == "rate" and key in reading.signed and "%" not in text and values.rate(text) is not None:
            remedy = "show the cell as a percentage, and see that the number is right"
            reading.complain(entry, f"{text} is a number without a percent sign", remedy)
    return value
