"""What tells that the name of a registrant has dropped out, so that its funds stand under the registrant before.

Nothing in the row of a fund says whose it is. So these are signs around it: a blank among rows that have none else, a
label that stands again, names that begin again by the alphabet or by their numbers, or stand twice, a registrant that
signs and has no rows, and what the plans of the workspace say. In a list of names alone a registrant may be a row.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docgen.importing import name_changes, party_names, table_lines
from docgen.importing.groups import TableGroup, TableReading
from docgen.importing.name_answers import NameAnswers
from docgen.importing.page_lines import VALUE
from docgen.importing.parts import Parts
from docgen.importing.pieces import LinePlace
from docgen.importing.table_lines import CLASS, LABEL, TableLine
from docgen.model import english
from docgen.problems import fold_signs, name_key

BESIDE_NAMES = re.compile(r"\([^()]*\)|\b(?:inc|llc|ltd|the|a|corp)\b|[^a-z0-9& ]")  # of which a registrant is no other
NUMBERED = re.compile(r"\(?([0-9]{1,3}|[IVX]{1,5}|[A-Z])[.)] ")
ROMAN = tuple(english.roman(number).upper() for number in range(1, 18))
SERVES = re.compile(r"distribut|advis|manage|servic|securit|underwrit|bank|capital|company|\bl\.?l\.?c|\bl\.?p\b", re.I)
FIRST_STEP = re.compile(
    r"(?:on )?(?:the )?(?:first|up to|all|\$0\b)", re.IGNORECASE
)  # with which the steps of a fund begin
FEWEST = 3  # rows of a group in which an order shows
Doubts = dict[LinePlace, list[str]]


def doubts(parts: Parts, answers: NameAnswers) -> Doubts:
    """For each row that may belong to a registrant whose name is missing, by its place, what tells so."""
    result: Doubts = {}
    recital = fold_signs(" ".join(parts.recitals))
    for reading in (table.reading for schedule in parts.schedules for table in schedule.tables if table.reading):
        for group in (group for group in reading.groups if group.name):
            of_all = [
                *_of_group(group),
                *_of_order(group, reading, _Names(recital, answers)),
                *_of_numbers(group, reading),
            ]
            of_all += _of_signers(group, reading, parts)
            for line in group.lines:
                mine = [*of_all, *_of_workspace(group, line, answers)]
                for row in (line, *line.inner) if mine else ():
                    result.setdefault(row.place, []).extend(mine)
        for line, doubt in _of_repeats(reading):
            result.setdefault(line.place, []).append(doubt)
        for line in _as_groups(reading):
            if answers.of(line.name) != "fund":
                result.setdefault(line.place, []).append(
                    "is called as registrants are: a registrant, a fund, or a head?"
                )
    return result


def _of_repeats(reading: TableReading) -> Iterator[tuple[TableLine, str]]:
    """The rows of a group, or of a fund, in which a name stands again with the same words beside it."""
    for peers in (rows for group in reading.groups for rows in (group.lines, *(line.inner for line in group.lines))):
        funds = [line for line in peers if "$" not in line.name]  # steps may be called the same
        names = Counter((line.name, *(v for v in line.values if not VALUE.fullmatch(v))) for line in funds)
        again = next((line.name for line in peers[1:] if FIRST_STEP.match(line.name)), "")
        for line in peers if again and FIRST_STEP.match(peers[0].name) else ():
            yield line, f'its steps begin again at "{again}": is a name missing above it?'
        twice = next((name[0] for name, times in names.items() if times > 1 and any(name)), "")
        for line in peers if twice else ():
            yield line, f'"{twice}" stands in them twice: is a name missing above it?'


def _as_groups(reading: TableReading) -> list[TableLine]:
    """The rows of a list of names that are called as registrants are."""
    names = [] if any(reading.heads) else [line for group in reading.groups for line in group.lines]
    return [line for line in names if table_lines.is_called_as_group(line, names)]


def _of_group(group: TableGroup) -> Iterator[str]:
    """A blank among rows most of which have none, and a label among them."""
    above = group.lines[:-1]
    blanks = [line for line in above if line.blank]
    if blanks and len(blanks) * 2 <= len(above) and not any(line.inner for line in group.lines):
        yield f'a blank stands under "{blanks[0].name}": is a name missing there?'
    label = next((line for line in group.lines if not line.values and LABEL.fullmatch(line.name)), None)
    if label:
        yield f'"{label.name}" stands among the rows, as under a name: is one missing there?'


@dataclass(frozen=True)
class _Names:
    """What tells the names that funds had before: the recital, and what the workspace or a person tells."""

    recital: str
    answers: NameAnswers

    def every(self, name: str) -> list[str]:
        """A name with those that it may have had before."""
        return [name, *name_changes.former(name, self.recital, self.answers.renamed)]

    def has_place(self, name: str, group: str) -> bool:
        """Whether the workspace, or the exhibit before, has a fund under this registrant."""
        keys, homes = [name_key(former) for former in self.every(name)], (self.answers.homes, self.answers.stood)
        listed = [home for key in keys for place in homes for home in place.get(key, ())]
        return _same(group) in map(_same, listed)


def _of_order(group: TableGroup, reading: TableReading, names: _Names) -> Iterator[str]:
    """Names that begin again by the alphabet, where those of most other groups follow it.

    A fund may stand where it did before it had its name, and one that stood there before is no other registrant's.
    """
    if any("$" in line.name or CLASS.fullmatch(line.name) for line in group.lines):
        return  # rows of rates, or of classes, follow no alphabet
    if len(group.lines) < FEWEST:
        return
    others = [peer for peer in reading.groups if peer is not group and len(peer.lines) > 1]
    back = _back(group.lines, names)
    if len(back) != 1 or sum(bool(_back(peer.lines, names)) for peer in others) * 2 >= len(others):
        return
    if not names.has_place(back[0].name, group.name):
        yield f'the names begin again by the alphabet at "{back[0].name}": is a name missing above it?'


def _back(lines: Sequence[TableLine], names: _Names) -> list[TableLine]:
    """The rows whose names stand before that above by the alphabet, with and without what is no letter."""
    pairs = itertools.pairwise(lines)
    return [below for above, below in pairs if _is_back(above.name, below.name) and _are_back(above, below, names)]


def _are_back(above: TableLine, below: TableLine, names: _Names) -> bool:
    """Whether a row stands before that above by every name that the two may have had."""
    pairs = itertools.product(names.every(above.name), names.every(below.name))
    return all(itertools.starmap(_is_back, pairs))


def _is_back(above: str, below: str) -> bool:
    return all(f(above) > f(below) for f in (name_key, _letters))


def _letters(name: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9 ]", "", name_key(name)).split())


def _of_numbers(group: TableGroup, reading: TableReading) -> Iterator[str]:
    """Numbers that begin again among a group's rows, or one that is missing between two groups."""
    of_rows = [number for line in group.lines if (number := _number(line.name))]
    if any(former >= latter for former, latter in itertools.pairwise(of_rows)):
        yield "the numbers of its rows begin again: is a name missing there?"
    after = next((below for above, below in itertools.pairwise(reading.groups) if above is group), None)
    number, next_number = _number(group.name), _number(after.name) if after else 0
    if 0 < number < next_number - 1:
        yield f"the next name has the number {next_number}: is one missing between the two?"


def _number(name: str) -> int:
    """The number that a name begins with; 0 where it begins with none."""
    hit = NUMBERED.match(name)
    if not hit:
        return 0
    if hit[1].isdigit():
        return int(hit[1])
    return ROMAN.index(hit[1]) + 1 if hit[1] in ROMAN else ord(hit[1][0]) - ord("A") + 1


def _of_signers(group: TableGroup, reading: TableReading, parts: Parts) -> Iterator[str]:
    """Registrants that are named among others that have rows, and have none: those behind this group's name."""
    names = [_same(peer.name) for peer in reading.groups]
    for listed in _registrants(parts):
        keys = [_same(name) for name in listed]
        present = [names.index(key) for key in keys if key in names]
        is_in_order = present == sorted(present)
        for number, (name, key) in enumerate(zip(listed, keys, strict=True)):
            before = [key for key in keys[:number] if key in names]
            is_next = not is_in_order or not before or before[-1] == _same(group.name)
            if present and key not in names and is_next:
                yield f'"{name}" is named beside it, and has no rows: is its name missing in the table?'


def _registrants(parts: Parts) -> Iterator[list[str]]:
    """The names of registrants that stand together: in the opening, and under what is signed."""
    if parts.opening and parts.opening.facts.get("registrants"):
        yield [party["name"] for party in party_names.listed(parts.opening.facts["registrants"], True)]
    signers = [name for block in parts.signatures for name in block.names]
    yield [name for name in signers if party_names.NAME.fullmatch(name) and not SERVES.search(name)]


def _of_workspace(group: TableGroup, line: TableLine, answers: NameAnswers) -> Iterator[str]:
    """Whether the plans of the workspace have a fund, and none of them under this registrant."""
    homes = answers.homes.get(name_key(line.name), ())
    if homes and _same(group.name) not in map(_same, homes):
        yield f'stands under "{homes[-1]}" in the workspace'


def _same(name: str) -> str:
    """A registrant's name without what changes where it is the same: its form, signs, a former name beside it."""
    return " ".join(BESIDE_NAMES.sub(" ", name_key(name)).split())
