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
from docgen.consolidation.lineage import Lineage, RowKey
from docgen.document.tree import Block, Cell, Content, Heading, Mark, Paragraph, Table, lines
from docgen.model.schedule import Schedule
from docgen.redline.word_diff import alike

Place = tuple[int, str, str, str, int]  # which schedule of the document, and the RowKey in it
FormerPlaces = Mapping[Place, Place | None]  # what is called so in the new document: its name in the old one, or new
Pairs = dict[int, int]  # a place in the new list: its place in the old one
Position = TypeVar("Position")
Prose = Heading | Paragraph
HEADINGS = ("schedule", "attached")  # of schedules
NOTED = ("section", "clause", "item", "recital", "opening")  # paragraphs that a note may stand under


def former_places(old: Sequence[Schedule], new: Sequence[Schedule], origins: Mapping[str, Lineage]) -> FormerPlaces:
    """Where each row of a document's schedules stood in the other document; `origins` are by the schedules' names."""
    before, after = schedule_places(old), schedule_places(new)
    places_before: dict[Place, Place | None] = {}
    for schedule, places in after.items():
        former, called = before.get(schedule, {}), origins.get(schedule, {})
        places_before |= {place: former.get(called[key]) if key in called else None for key, place in places.items()}
    return places_before


def schedule_places(schedules: Sequence[Schedule]) -> dict[str, dict[RowKey, Place]]:
    """Where each group and row of some schedules stands in a document of them all, by the schedules' names.

    Those under one heading are counted as one there, the schedule that it is of first.
    """
    headings = [schedule.name for schedule in schedules if not schedule.form.under]
    counts: Counter[tuple[int, str, str, str]] = Counter()
    places: dict[str, dict[RowKey, Place]] = {}
    for schedule in sorted(schedules, key=lambda schedule: bool(schedule.form.under)):
        number = headings.index(schedule.form.under or schedule.name)
        names = [*lineage.keys(schedule).values()]
        places[schedule.name] = {name: (number, *name[:3], name.number + counts[number, *name[:3]]) for name in names}
        counts.update((number, *name[:3]) for name in names)
    return places


def blocks(old: Sequence[Block], new: Sequence[Block], origins: FormerPlaces) -> Pairs:
    """Which block of the old document each block of the new one was."""
    before, after = tables(old), tables(new)
    numbers = {place: number for number, place in before.items()}
    paired = _once(
        {
            n: numbers[place_before]
            for n, place in after.items()
            if (place_before := origins.get(place, place)) in numbers
        }
    )
    (old_texts, before_texts), (new_texts, after_texts) = texts(old), texts(new)
    pairs = paragraphs(before_texts, after_texts)
    return paired | {new_texts[number]: old_texts[neighbour] for number, neighbour in pairs.items()}


def texts(content: Sequence[Block]) -> tuple[list[int], list[Prose]]:
    """The numbers of a document's blocks that are no tables, and these blocks."""
    numbered = [(number, block) for number, block in enumerate(content) if not isinstance(block, Table)]
    return [number for number, _ in numbered], [block for _, block in numbered]


def tables(content: Sequence[Block]) -> dict[int, Place]:
    """The tables of a document by their place among its blocks: which schedule, which group; without a heading between
    them two are of one schedule."""
    schedule, is_new = 0, False
    counts: Counter[tuple[int, str]] = Counter()
    by_number: dict[int, Place] = {}
    for number, block in enumerate(content):
        if isinstance(block, Heading):
            is_new = is_new or (block.role in HEADINGS and bool(by_number))
        elif isinstance(block, Table):
            schedule, is_new = schedule + is_new, False
            key = schedule, _group(block)
            by_number[number] = (*key, "", "", counts[key])
            counts[key] += 1
    return by_number


def _group(table: Table) -> str:
    """The group's name, which stands first in the heads; a schedule without groups has no label under them."""
    labelled = any(row.role == "label" for row in table.head)
    return name(table.head[0].cells[0]) if labelled else ""


def name(cell: Cell) -> str:
    """The words of a cell without the marks of footnotes, and without the quotation mark that ends a new schedule."""
    words = " ".join(lines(tuple(inline for inline in cell.content if not isinstance(inline, Mark))))
    return words.removesuffix("”") if words.count("“") < words.count("”") else words


def spaced(text: str) -> str:
    """A text with single spaces, as it prints."""
    return " ".join(text.split())


def rows(content: Sequence[Block]) -> dict[int, list[Place]]:
    """What each row of the tables' bodies is called, by the number of its table among the blocks."""
    counts: Counter[tuple[int, str, str, str]] = Counter()
    called: dict[int, list[Place]] = {}
    for number, place in tables(content).items():
        above, table = "", content[number]
        called[number] = []
        for row in table.body if isinstance(table, Table) else ():
            words = name(row.cells[0])
            above = words if row.role != "class" else above
            key = (*place[:2], above, words if row.role == "class" else "")
            called[number].append((*key, counts[key]))
            counts[key] += 1
    return called


def places(content: Sequence[Block]) -> set[Place]:
    """Every group and row of a document's tables."""
    return {*tables(content).values(), *(place for place, _ in _spots(content))}


def bodies(old: Sequence[Block], new: Sequence[Block], origins: FormerPlaces) -> dict[tuple[int, int], tuple[int, int]]:
    """Which row each row of the new tables was: (block, row) by (block, row)."""
    spots_before = dict(_spots(old))
    paired = {
        spot: spots_before[before]
        for place, spot in _spots(new)
        if (before := origins.get(place, place)) in spots_before
    }
    return _once(paired)


def _spots(content: Sequence[Block]) -> list[tuple[Place, tuple[int, int]]]:
    return [(place, (number, row)) for number, called in rows(content).items() for row, place in enumerate(called)]


def _once(candidates: dict[Position, Position]) -> dict[Position, Position]:
    """The pairs, each old place taken by the first new one only."""
    first: dict[Position, Position] = {}
    for new, old in candidates.items():
        first.setdefault(old, new)
    return {new: old for old, new in first.items()}


def paragraphs(old: Sequence[Prose], new: Sequence[Prose]) -> Pairs:
    """Pairs of headings and paragraphs: those that are the same, and between them those that are alike.

    A note under a paragraph of a text goes with that paragraph, whatever else says the same words.
    """
    matcher = SequenceMatcher(None, _keys(old), _keys(new), autojunk=False)
    pairs: Pairs = {}
    for tag, i, j, k, n in matcher.get_opcodes():
        if tag == "equal":
            pairs |= dict(zip(range(k, n), range(i, j), strict=True))
        elif tag == "replace":
            first = i
            for number in (number for number in range(k, n) if not _is_note(new, number)):
                options = (o for o in range(first, j) if not _is_note(old, o))
                match = next((o for o in options if _may_pair(old[o], new[number])), None)
                if match is not None:
                    pairs[number] = match
                    first = match + 1
    for number in range(len(new)):
        above = pairs.get(number - 1, len(old))
        if number not in pairs and _is_note(new, number) and above + 1 < len(old) and _is_note(old, above + 1):
            pairs[number] = above + 1
    return _once(pairs)


def _keys(blocks: Sequence[Prose]) -> list[tuple[Content, ...]]:
    """What each block says, a note with what stands above it."""
    keys = [block.content for block in blocks]
    return [(keys[n - 1], keys[n]) if _is_note(blocks, n) else (keys[n],) for n in range(len(blocks))]


def _is_note(blocks: Sequence[Prose], number: int) -> bool:
    """Whether a block is a note under a paragraph of a text, and none of a schedule."""
    above = blocks[number - 1] if number else None
    return blocks[number].role == "footnote" and isinstance(above, Paragraph) and above.role in NOTED


def _may_pair(old: Prose, new: Prose) -> bool:
    same = new.role not in ("", "section") and old.role == new.role  # a text has many sections
    return same or alike(old.content, new.content)


def staying(pairs: Pairs) -> set[int]:
    """The new places of the pairs that need not move: a longest run that rises in both."""
    new = {old: number for number, old in pairs.items()}
    return {new[old] for old in longest_rising([pairs[number] for number in sorted(pairs)])}
