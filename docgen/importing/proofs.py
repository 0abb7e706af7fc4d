"""The two proofs of an import: every word of the file against the draft's, and every cell.

Words prove wording and never structure: a head taken for a registrant prints the same words in the same order. So a row
is confirmed only when its words and its cells come back the same, and two signs tell its group.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from docgen.importing import fates, group_doubts, groups, lost_names, table_lines
from docgen.importing.fates import WordFate
from docgen.importing.groups import TableGroup, TableReading
from docgen.importing.name_answers import NameAnswers
from docgen.importing.parts import Parts
from docgen.importing.pieces import FiledExhibit, LinePlace, words
from docgen.importing.table_lines import TableLine
from docgen.model import values

LEAST_SIGNS = 2
OF_FUND = "stands under a fund that is asked about"


@dataclass(frozen=True)
class CellFact:
    """One value on the page: where it belongs, and what it is. A name without values has an empty column."""

    schedule: int
    group: str
    fund: str
    row: str
    column: str
    value: str


@dataclass(frozen=True)
class RowProof:
    """One row of a schedule: its names, the line it stands in, and why it is not confirmed; no reasons where it is.

    `key` is by what a person's answer about it is remembered, `of_all` one about all rows of its group; `is_right` says
    that it is called right all the same.
    """

    group: str
    name: str
    place: LinePlace
    reasons: tuple[str, ...]
    key: str = ""
    of_all: str = ""
    is_right: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it is neither confirmed nor called right."""
        return bool(self.reasons) and not self.is_right


@dataclass(frozen=True)
class Departure:
    """Words of the file that the draft says otherwise: as they were filed, and as docgen would say them."""

    place: LinePlace
    filed: str
    drafted: str


@dataclass(frozen=True)
class Proof:
    """What became of each row and of each word; `fates` counts the words by what became of them."""

    rows: tuple[RowProof, ...]
    fates: dict[WordFate, int]
    departures: tuple[Departure, ...]


NONE = Proof((), {}, ())


def cells(parts: Parts) -> list[CellFact]:
    """Every value of an exhibit's schedules with its group, its row and its column."""
    return [cell for number, reading in enumerate(_readings(parts)) for cell in _of_reading(number, reading)]


def _readings(parts: Parts) -> list[TableReading]:
    return [table.reading for schedule in parts.schedules for table in schedule.tables if table.reading]


def _of_reading(number: int, reading: TableReading) -> Iterator[CellFact]:
    for group, fund, line in lines(reading):
        yield from _of_line(number, reading, *_names(reading, group, fund), line)
    if reading.once:
        yield from _of_line(number, reading, "once", "", reading.once)


def _names(reading: TableReading, group: TableGroup, fund: TableLine | None) -> tuple[str, str]:
    """The names of a group and a fund over a row; a group among rows without one is set as a fund is."""
    is_mixed = not fund and any(not peer.name for peer in reading.groups)
    return ("", group.name) if is_mixed else (group.name, fund.name if fund else "")


def _of_line(number: int, reading: TableReading, group: str, fund: str, line: TableLine) -> Iterator[CellFact]:
    names = (_folded(group), _folded(fund), _folded(line.name))
    yield CellFact(number, *names, "", "")
    for head, value in zip(reading.heads, line.values, strict=False):
        yield CellFact(number, *names, _folded(head).casefold(), _folded(value))


def lines(reading: TableReading) -> Iterator[tuple[TableGroup, TableLine | None, TableLine]]:
    """Every row with its group and the fund that it stands under, from top to bottom."""
    for group in reading.groups:
        for line in group.lines:
            yield group, None, line
            for inner in line.inner:
                yield group, line, inner


def _folded(text: str) -> str:
    return " ".join(words(text))


def prove(filed: FiledExhibit, parts: Parts, draft: tuple[FiledExhibit, Parts] | None, answers: NameAnswers) -> Proof:
    """Both proofs of an exhibit, against the draft's own file as the same reader reads it; None where there is none."""
    filed_words, draft_words = spoken(filed), spoken(draft[0]) if draft else []
    opcodes = SequenceMatcher(None, filed_words, draft_words, autojunk=False).get_opcodes()
    again = [False] * len(filed_words)
    for tag, start, end, _, _ in opcodes:
        again[start:end] = [tag == "equal"] * (end - start)
    rows_at = _row_words(filed)
    same = _sound(opcodes, filed_words, draft_words, _edges(draft[0]) if draft else set())
    sound = {place: same[start:end] for place, start, end in rows_at}
    sound |= {place: again[start:end] for place, start, end in _paragraph_words(filed)}  # names over tables
    rows = tuple(_rows(parts, Counter(cells(draft[1])) if draft else Counter(), sound, answers))
    open_places = {row.place for row in rows if row.is_open}
    places = [piece.place for piece in filed.pieces if piece.kind != "furniture" for _ in piece.words]
    for place, start, end in rows_at:
        places[start:end] = [place] * (end - start)
    departures = tuple(_departures(opcodes, filed_words, draft_words, places))
    return Proof(rows, fates.of(filed, parts, again, open_places, answers), departures)


def spoken(exhibit: FiledExhibit) -> list[str]:
    """The words of an exhibit in order, without its furniture."""
    return [word for piece in exhibit.pieces if piece.kind != "furniture" for word in piece.words]


Opcodes = Sequence[tuple[str, int, int, int, int]]


def _sound(opcodes: Opcodes, filed: Sequence[str], drafted: Sequence[str], edges: set[int]) -> list[bool]:
    """For each word whether the draft says it at its place, with nothing put in beside it; quotation marks apart.

    What the draft has more before a row or behind it is put in beside none: `edges` are where its rows begin and end.
    """
    sound = [False] * len(filed)
    for tag, start, end, from_, to in opcodes:
        sound[start:end] = [tag == "equal"] * (end - start)
        if end - start == to - from_:
            pairs = zip(filed[start:end], drafted[from_:to], strict=True)
            sound[start:end] = [_is_same(former, latter) for former, latter in pairs]
        elif tag == "replace":
            sound[start] = _is_same(filed[start], drafted[from_])
    for tag, start, _, from_, to in opcodes:
        if tag == "insert" and from_ not in edges and start:
            sound[start - 1] = False
        if tag == "insert" and to not in edges and start < len(sound):
            sound[start] = False
    return sound


def _is_same(former: str, latter: str) -> bool:
    return former.strip('"') == latter.strip('"')


def _edges(draft: FiledExhibit) -> set[int]:
    """Where the rows of an exhibit begin and end among its words, and every place that is in no row."""
    rows = _row_words(draft)
    inside = {place for _, start, end in rows for place in range(start + 1, end)}
    return set(range(len(spoken(draft)) + 1)) - inside


WordPlaces = list[tuple[LinePlace, int, int]]


def _row_words(exhibit: FiledExhibit) -> WordPlaces:
    """For each row of the file's tables its place, and from which word to which it stands among all."""
    return [entry for entry, is_row in _places_of_words(exhibit) if is_row]


def _paragraph_words(exhibit: FiledExhibit) -> WordPlaces:
    """The same of what stands in no table."""
    return [entry for entry, is_row in _places_of_words(exhibit) if not is_row]


def _places_of_words(exhibit: FiledExhibit) -> Iterator[tuple[tuple[LinePlace, int, int], bool]]:
    at = 0
    for piece in exhibit.pieces:
        if piece.kind == "furniture":
            continue
        sizes = [(row.place, len(words(" ".join(row.cells)))) for row in piece.rows] or [
            (piece.place, len(piece.words))
        ]
        for place, size in sizes:
            yield (place, at, at + size), bool(piece.rows)
            at += size


def _rows(
    parts: Parts, drafted: Counter[CellFact], sound: Mapping[LinePlace, list[bool]], answers: NameAnswers
) -> Iterator[RowProof]:
    lost = lost_names.doubts(parts, answers)
    every = (line for reading in _readings(parts) for _, _, line in lines(reading))
    times = Counter(line.place for line in every if not (line.inner and line.inner[0].place == line.place))
    for number, reading in enumerate(_readings(parts)):
        above: TableLine | None = None
        goes_on = _going_on(reading)
        for group, fund, line in lines(reading):
            key, of_all = _key(group, fund, line), _key_of_all(group)
            is_right = "right" in (answers.of(key), answers.of(of_all))
            reasons = [] if is_right else [*_doubts(reading, group, line), *goes_on.get(line.place, ())]
            reasons += [] if is_right else lost.get(line.place, ())
            if fund and fund.doubts and answers.of(_key(group, None, fund)) != "right":
                reasons.append(OF_FUND)
            if above and above is not fund and table_lines.is_bare(above, reading.heads) and not reading.once:
                reasons.append(f'may be the end of the name "{above.name}"')
            if times[line.place] > 1:
                reasons.append("stands in a line that is read as two rows")
            above = line
            for cell in _of_line(number, reading, *_names(reading, group, fund), line):
                if drafted[cell] < 1:
                    reasons.append(f'the draft has no "{cell.value or cell.row}" there')
                drafted[cell] -= 1
            if not all(sound.get(line.place, [])):
                reasons.append("its words do not come back the same")
            size = len(words(group.name))
            again = groups.REGISTERED in group.signs and _stands_in(group.name, drafted)
            alone = len(sound.get(group.place, [])) == size  # in a row of its own, which the draft has by its cells
            again = again or (alone and table_lines.is_whole(group.name))
            if not again and not all(sound.get(group.place, [])[:size]):
                reasons.append("the words of its group do not come back the same")
            yield RowProof(group.name, line.name, line.place, tuple(dict.fromkeys(reasons)), key, of_all, is_right)


def _going_on(reading: TableReading) -> dict[LinePlace, list[str]]:
    """The rows under which stands a name without values, or values without a name, that may be the end of them."""
    pairs = itertools.pairwise(line for _, _, line in lines(reading))
    return {
        line.place: [f'may go on with "{below.name or " ".join(below.values).strip()}" in the line below']
        for line, below in pairs
        if not reading.once
        and below not in line.inner
        and (not below.name or table_lines.is_bare(below, reading.heads))
    }


def _stands_in(name: str, drafted: Counter[CellFact]) -> bool:
    """Whether the draft has a group of this name: it may have it beside the heads that were filed above it."""
    return any(cell.group == _folded(name) for cell in drafted)


def _key(group: TableGroup, fund: TableLine | None, line: TableLine) -> str:
    """A row by its name and by what it stands under."""
    return ", ".join(name for name in (line.name, fund.name if fund else "", group.name) if name)


def _key_of_all(group: TableGroup) -> str:
    """All rows of a group, by the first and the last of them."""
    names = [line.name for line in group.lines]
    return f"all {len(names)} rows from {names[0]} to {names[-1]}, {group.name}".rstrip(", ") if names else ""


def _doubts(reading: TableReading, group: TableGroup, line: TableLine) -> list[str]:
    """What speaks against a row as it was read: about its group, and about itself."""
    doubts = [*group.doubts, *group_doubts.against(group, reading), *line.doubts]
    doubts += table_lines.against(line, () if reading.once else reading.heads)
    if not reading.once and len(line.values) > len(reading.heads):
        doubts.append("no head was read over its values")
    if what := values.no_name(line.name):
        doubts.append(f"its name is {what}")
    if group.name and len(group.signs) < LEAST_SIGNS:
        doubts.append(f'"{group.name}" is told as a group by one sign only')
    return doubts


def _departures(
    opcodes: Opcodes,
    filed: Sequence[str],
    drafted: Sequence[str],
    places: Sequence[LinePlace],
) -> Iterator[Departure]:
    for tag, start, end, from_, to in opcodes:
        if tag != "equal":
            place = places[min(start, len(places) - 1)] if places else LinePlace()
            yield Departure(place, " ".join(filed[start:end]), " ".join(drafted[from_:to]))
