"""Finds what stands beside what in two documents: rows and groups by their origins, paragraphs by their words.

Whatever it pairs, a redline of the pairs holds both documents; good pairs make it short to read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

from docgen.consolidation import lineage
from docgen.consolidation.compare import longest_rising
from docgen.consolidation.lineage import Lineage
from docgen.document.tree import Block, Cell, Content, Heading, Mark, Table, lines
from docgen.model.schedule import Schedule
from docgen.redline.word_diff import alike

Place = tuple[int, str, str, str, int]  # which schedule of the document, the Name in it, which of several alike
Known = Mapping[Place, Place | None]  # what is called so in the new document: its name in the old one, or new
Pairs = dict[int, int]  # a place in the new list: its place in the old one
Position = TypeVar("Position")
CLOSE = 0.5  # of the words, from which two paragraphs are one that was changed


def known(old: Sequence[Schedule], new: Sequence[Schedule], origins: Mapping[str, Lineage]) -> Known:
    """Where each row of a document's schedules stood in the other document; `origins` are by the schedules' names."""
    before = {schedule.name: number for number, schedule in enumerate(old)}
    found: dict[Place, Place | None] = {}
    for number, schedule in enumerate(new):
        there = before.get(schedule.name)
        for name in lineage.keys(schedule).values():
            was = origins.get(schedule.name, {}).get(name)
            found[(number, *name, 0)] = None if there is None or was is None else (there, *was, 0)
    return found


def blocks(old: Sequence[Block], new: Sequence[Block], origins: Known) -> Pairs:
    """Which block of the old document each block of the new one was."""
    before, after = tables(old), tables(new)
    numbers = {place: number for number, place in before.items()}
    found = _once({n: numbers[was] for n, place in after.items() if (was := origins.get(place, place)) in numbers})
    here = [number for number, block in enumerate(old) if not isinstance(block, Table)]
    there = [number for number, block in enumerate(new) if not isinstance(block, Table)]
    pairs = _texts([old[number] for number in here], [new[number] for number in there])
    return found | {there[number]: here[other] for number, other in pairs.items()}


def tables(found: Sequence[Block]) -> dict[int, Place]:
    """The tables of a document by their place among its blocks: which schedule, which group."""
    schedule = -1
    seen: Counter[tuple[int, str]] = Counter()
    found_at: dict[int, Place] = {}
    for number, block in enumerate(found):
        if isinstance(block, Heading) and block.role == "schedule":
            schedule += 1
        elif isinstance(block, Table):
            key = max(schedule, 0), _group(block)
            found_at[number] = (*key, "", "", seen[key])
            seen[key] += 1
    return found_at


def _group(table: Table) -> str:
    """The group's name, which stands first in the heads; a schedule without groups has no label under them."""
    named = any(row.role == "label" for row in table.head)
    return name(table.head[0].cells[0]) if named else ""


def name(cell: Cell) -> str:
    """The words of a cell without the marks of footnotes."""
    return " ".join(lines(tuple(inline for inline in cell.content if not isinstance(inline, Mark))))


def rows(table: Table, place: Place) -> list[Place]:
    """What each row of a table's body is called."""
    above = ""
    seen: Counter[tuple[str, str]] = Counter()
    called: list[Place] = []
    for row in table.body:
        said = name(row.cells[0])
        above = said if row.role != "class" else above
        key = (above, said if row.role == "class" else "")
        called.append((place[0], place[1], *key, seen[key]))
        seen[key] += 1
    return called


def places(found: Sequence[Block]) -> set[Place]:
    """Every group and row of a document's tables."""
    return {*tables(found).values(), *(place for place, _ in _spots(found))}


def bodies(old: Sequence[Block], new: Sequence[Block], origins: Known) -> dict[tuple[int, int], tuple[int, int]]:
    """Which row each row of the new tables was: (block, row) by (block, row)."""
    was = dict(_spots(old))
    found = {spot: was[before] for place, spot in _spots(new) if (before := origins.get(place, place)) in was}
    return _once(found)


def _spots(found: Sequence[Block]) -> list[tuple[Place, tuple[int, int]]]:
    return [
        (place, (number, row))
        for number, at in tables(found).items()
        if isinstance(table := found[number], Table)
        for row, place in enumerate(rows(table, at))
    ]


def _once(found: dict[Position, Position]) -> dict[Position, Position]:
    """The pairs, each old place taken by the first new one only."""
    first: dict[Position, Position] = {}
    for new, old in found.items():
        first.setdefault(old, new)
    return {new: old for old, new in first.items()}


def _texts(old: Sequence[Block], new: Sequence[Block]) -> Pairs:
    """Pairs of headings and paragraphs: those that are the same, and between them those that are alike."""
    matcher = SequenceMatcher(None, [_key(block) for block in old], [_key(block) for block in new], autojunk=False)
    pairs: Pairs = {}
    for tag, i, j, k, n in matcher.get_opcodes():
        if tag == "equal":
            pairs |= dict(zip(range(k, n), range(i, j), strict=True))
        elif tag == "replace":
            first = i
            for number in range(k, n):
                other = next((o for o in range(first, j) if _may_pair(old[o], new[number])), None)
                if other is not None:
                    pairs[number] = other
                    first = other + 1
    return pairs


def _key(block: Block) -> Content:
    return () if isinstance(block, Table) else block.content


def _may_pair(old: Block, new: Block) -> bool:
    if isinstance(old, Table) or isinstance(new, Table):
        return False
    return (bool(new.role) and old.role == new.role) or alike(old.content, new.content) >= CLOSE


def staying(pairs: Pairs) -> set[int]:
    """The new places of the pairs that need not move: a longest run that rises in both."""
    new = {old: number for number, old in pairs.items()}
    return {new[old] for old in longest_rising([pairs[number] for number in sorted(pairs)])}
