"""Where each difference comes from: the line of the data that says it, what to type there, or the template's line."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from docgen.consolidation import lineage
from docgen.document.markup_places import BlockPlaces
from docgen.document.tree import Block, Table, plain
from docgen.model import english
from docgen.model.schedule import Line, Schedule, Section
from docgen.model.yaml_reader import KeyPath, Source
from docgen.problems import Where, key_path
from docgen.redline import align
from docgen.redline.align import Place
from docgen.redline.edits import Edit
from docgen.workspace.select import Paper

SILENT = ("accept", "draft", "kind", "opening", "event", "expect", "form", "rule")  # keys of no words
SHORTEST = 3  # letters of a text that can be told in a paragraph
LONG_DAY = "%B %d, %Y"


@dataclass(frozen=True)
class DataLine:
    """Where a difference comes from, and what would say it: `typed` stands there today, `typing` would take its place.

    `path` is the key, empty where the words are a template's; `typing` is empty where one text of the data cannot say
    it. `printed` is the text as it stands in the document, `at` its place there. `variant` is what other words make of
    a name or value that the schedule keeps: that is no text to type, and `where` the template's line. `is_name`: typed
    is a name that the schedule after the amendment has. `is_certain`: which of several texts alike it is.
    """

    edit: Edit
    where: Where
    path: KeyPath = ()
    typed: str = ""
    typing: str = ""
    printed: str = ""
    at: int = -1
    variant: str = ""
    is_name: bool = False
    is_certain: bool = True

    @property
    def key(self) -> str:
        """The key as a person would point at it."""
        return key_path(self.path)

    @property
    def remedy(self) -> str:
        """What to do about it, in words; nothing where the line says enough."""
        if self.typing:
            key = f"{self.path[-1]}: " if isinstance(self.path[-1], str) else ""
            return f"type {key}{self.typing}"
        if self.variant:
            return f'these words follow from the schedule, which says "{self.typed}"'
        return "the template says it; no data does" if self.where.file.endswith(".j2") else ""


def origins(
    edits: Sequence[Edit], paper: Paper, document: str, ours: Sequence[Block], places: Sequence[BlockPlaces]
) -> Iterator[DataLine]:
    """Where each difference of a document comes from; `places` are those of our blocks in the templates."""
    amendments = paper.plan.amendments
    before = [item.source for item in reversed(amendments[: amendments.index(paper.amendment)])]
    sources = [paper.amendment.source, paper.plan.source, *before]
    names = _names(ours, paper.schedules(document))
    listed, lines = [*_printed_texts(sources[:2])], []
    for edit in edits:
        line = _in_schedule(edit, names, sources)
        line = line or (_in_words(edit, listed, ours) if edit.kind in ("words", "sign") else None)
        lines.append(line or DataLine(edit, _template_line(edit, places)))
    texts: dict[object, list[Edit]] = {}
    for line in lines:
        texts.setdefault(_spot(line), []).append(line.edit)
    merged = []
    for line in lines:
        beside = texts[_spot(line)] if line.typing else []
        typing = _typing(beside, line.typed, line.printed, line.at) if beside and _is_ours(line, paper) else ""
        merged.append(replace(line, typing=typing))
    yield from _beside_schedule(merged, paper, places)


def _beside_schedule(lines: Sequence[DataLine], paper: Paper, places: Sequence[BlockPlaces]) -> Iterator[DataLine]:
    """The lines, each in its turn; what a text beside the schedule has otherwise than the schedule, which keeps its own
    name or value, is nothing to type."""
    agreed = {(line.typed, line.typing) for line in lines if line.edit.row >= 0}
    amendment = paper.amendment
    spots = {value.at for schedule in amendment.after for _, row, _ in schedule.lines() for value in row.values}
    names, present = lineage.names((*amendment.before, *amendment.after)), lineage.names(amendment.schedules)
    for line in lines:
        says_schedule = line.typing and (line.where in spots or line.typed in names)
        if line.edit.row < 0 and says_schedule and (line.typed, line.typing) not in agreed:
            where, is_name = _template_line(line.edit, places), line.typed in present
            yield replace(line, where=where, path=(), typing="", variant=line.typing, is_name=is_name)
        else:
            yield line if line.is_certain else replace(line, typing="")


def _is_ours(line: DataLine, paper: Paper) -> bool:
    """Whether a text may be typed for this paper: what an earlier amendment says is another's to change, and so are the
    notes of plan.yaml once an earlier paper bears them."""
    if "footnotes" in line.path and line.where.file == paper.plan.source.file:
        return paper.plan.amendments[0].id == paper.amendment.id
    return line.where.file in (paper.amendment.source.file, paper.plan.source.file)


def _spot(line: DataLine) -> object:
    """The text of the data that a difference is in, at its place of the document."""
    return line.path, line.where, line.at, line.edit.block, line.edit.row, line.edit.cell


def _template_line(edit: Edit, places: Sequence[BlockPlaces]) -> Where:
    block = places[max(edit.block, 0)]  # what comes before the first is of its line
    return block.rows[edit.row] if edit.row >= 0 else block.at


def _names(
    ours: Sequence[Block], schedules: Sequence[Schedule]
) -> dict[tuple[int, int], tuple[Schedule, Line | Section]]:
    """Our groups and rows by the number of their block and of their row in it; a group has those of the head."""
    places = align.schedule_places(schedules)
    by_place: dict[Place, tuple[Schedule, Line | Section]] = {}
    for schedule in schedules:
        keys = lineage.keys(schedule)
        things: list[Line | Section] = [*schedule.groups, *(line for _, line, _ in schedule.lines())]
        by_place |= {places[schedule.name][keys[item.id]]: (schedule, item) for item in things}
    rows = align.rows(ours)
    lines_by_place: dict[tuple[int, int], tuple[Schedule, Line | Section]] = {}
    for number, place in align.tables(ours).items():
        table = ours[number]
        heads = [place] * (len(table.head) if isinstance(table, Table) else 0)
        called = enumerate([*heads, *rows[number]])
        lines_by_place |= {(number, row): by_place[name] for row, name in called if name in by_place}
    return lines_by_place


def _in_schedule(
    edit: Edit, names: dict[tuple[int, int], tuple[Schedule, Line | Section]], sources: Sequence[Source]
) -> DataLine | None:
    """The line of a row, of a group or of one of its values; of a head of a column none here."""
    if (edit.block, edit.row) not in names:
        return None
    schedule, line = names[edit.block, edit.row]
    if edit.kind in ("row", "place"):
        return DataLine(edit, line.at)
    if edit.cell == 0:
        return _at(edit, line.at, sources, line.name)
    if not isinstance(line, Line) or edit.cell > len(line.values):
        return None
    value = line.values[edit.cell - 1]
    alike = [row for _, row, _ in schedule.lines() if row.values and row.values[edit.cell - 1].at == value.at]
    if not isinstance(value.typed, tuple) or len(value.typed) != 1:
        return DataLine(edit, value.at)
    data_line = _at(edit, value.at, sources, value.typed[0])
    return replace(data_line, typing="") if data_line and len(alike) > 1 else data_line


def _at(edit: Edit, where: Where, sources: Sequence[Source], text: str) -> DataLine | None:
    """A line of the data, and the text on it that the difference is in; None where it is beside that text."""
    printed = _printed((), text)
    at = edit.text.casefold().find(printed.casefold())
    if edit.kind == "words" and not 0 <= at <= edit.start <= at + len(printed):
        return None  # beside it, in words of the template
    for source in (source for source in sources if source.file == where.file):
        for path, leaf in source.texts():
            if leaf == text and source.where(*path) == where:
                return DataLine(edit, where, path, text, _typing([edit], text, printed, at), printed, at)
    return DataLine(edit, where)


@dataclass(frozen=True)
class PrintedText:
    """A text of the data, as it is typed and as it prints."""

    source: Source
    path: KeyPath
    leaf: str
    printed: str

    @property
    def kind(self) -> tuple[str, tuple[str, ...]]:
        """Its file and its keys, whichever entry of a list it is."""
        return self.source.file, tuple(step for step in self.path if isinstance(step, str))


def _printed_texts(sources: Sequence[Source]) -> Iterator[PrintedText]:
    for source in sources:
        for path, leaf in source.texts():
            if path[0] not in SILENT:
                yield PrintedText(source, path, leaf, _printed(path, leaf))


def _in_words(edit: Edit, texts: Sequence[PrintedText], ours: Sequence[Block]) -> DataLine | None:
    """The longest text of the data that the words at fault stand in; of two as long the one that its line is called
    by. Where more texts of one kind say the same, each is in its turn; nothing to type where that cannot be told."""
    end = edit.start + len(edit.before)
    spaced = edit.text.replace("\n", " ").casefold()
    around = [(text, at) for text in texts if (at := _around(spaced, text.printed, edit.start, end)) >= 0]
    if not around:
        return None
    text, at = max(around, key=lambda pair: (len(pair[0].leaf), str(pair[0].path[-1]) in spaced))
    alike = [twin for twin in texts if twin.printed == text.printed and twin.kind == text.kind]
    is_certain = len(alike) == 1
    if not is_certain:
        lines = [number for number, block in enumerate(ours) if text.printed.casefold() in _words(block)]
        is_certain = len(lines) == len(alike) and edit.block in lines
        text = alike[lines.index(edit.block)] if is_certain else text
    typing, where = _typing([edit], text.leaf, text.printed, at), text.source.where(*text.path)
    return DataLine(edit, where, text.path, text.leaf, typing, text.printed, at, is_certain=is_certain)


def _words(block: Block) -> str:
    """What a paragraph or heading says in one line."""
    return "" if isinstance(block, Table) else align.spaced(plain(block.content)).casefold()


def _printed(path: KeyPath, leaf: str) -> str:
    """A text of the data as it prints: a day in words, a number behind its `No.`."""
    if path == ("number",):
        return f"No. {leaf}"
    try:
        return english.day(datetime.date.fromisoformat(leaf))
    except ValueError:
        return align.spaced(leaf)


def _around(spaced: str, printed: str, start: int, end: int) -> int:
    """Where a printed text stands in ours, around the words at fault or across an end of them; -1 where it does not."""
    if len(printed) < SHORTEST:
        return -1
    at = spaced.find(printed.casefold())
    while at >= 0:
        inside = at < end and start < at + len(printed) if end > start else at < start < at + len(printed)
        if inside:
            return at
        at = spaced.find(printed.casefold(), at + 1)
    return -1


def _typing(edits: Sequence[Edit], leaf: str, printed: str, at: int) -> str:
    """What to type in place of a text, so that it prints as they have it; empty where it cannot be told."""
    text = align.spaced(printed)
    for edit in reversed(edits):
        start, end = edit.start - at, edit.start + len(edit.before) - at
        if edit.kind != "words" or start < 0 or text[start:end] != edit.before.replace("\n", " "):
            return ""
        text = text[:start] + edit.after.replace("\n", " ") + text[end:]
    text = align.spaced(text)
    if align.spaced(printed) == align.spaced(leaf):
        return text
    if printed.startswith("No. "):
        return text.removeprefix("No. ") if text.removeprefix("No. ").isdigit() else ""
    try:
        return datetime.datetime.strptime(text, LONG_DAY).date().isoformat()
    except ValueError:
        return ""
