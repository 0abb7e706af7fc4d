"""Groups, rows, columns and values of tables, with the signs by which a group is told from a head and from a row."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from docgen.importing import class_columns, column_doubts, looks, table_lines
from docgen.importing.beside import joined_names
from docgen.importing.name_answers import NO_ANSWERS, NameAnswers
from docgen.importing.page_lines import VALUE
from docgen.importing.pieces import GridRow, LinePlace
from docgen.importing.table_lines import AS_FUND, CLASS, DEEPER, LABEL, TableLine

REGISTERED = "a name of the workspace"
BY_WORD = "a label by a person's word"
BESIDE = "heads beside it"
SEVERAL = "one name, or several?"
OF_A_NAME = "a registrant, a fund, or a head?"
CLASS_OF_FUNDS = re.compile(r"(?:[A-Z][a-z]+ ){1,2}Class (?:Funds|Portfolios)")  # over all rows it says what they are
INNER = re.compile(r"[-–—] ")


@dataclass(frozen=True)
class TableGroup:
    """Rows under one head; `signs` are what tells the head as one. No name and no signs where there are no groups."""

    name: str
    label: str
    lines: tuple[TableLine, ...]
    place: LinePlace
    signs: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True)
class TableReading:
    """Tables that stand together: the heads of their columns, and their groups.

    `beside` is the head of a column of group names; `once` are the values that stand once for all rows.
    """

    heads: tuple[str, ...]
    groups: tuple[TableGroup, ...]
    place: LinePlace
    beside: str = ""
    once: TableLine | None = None


def reading(rows: Sequence[GridRow], answers: NameAnswers = NO_ANSWERS) -> TableReading:
    """What tables say that follow one another; `answers` are what a workspace or a person tells of their names."""
    rows = [row for row in rows if not (row.is_alone and answers.of(row.cells[0]) == "head")] or list(rows)
    sections = _sections(rows, answers)
    if beside := _beside(sections):
        return beside
    if column := class_columns.of([row for section in sections for row in section.body]):
        for section in sections:
            section.body = class_columns.below(section.body, column)
            section.heads = (*section.heads[: column - 1], *section.heads[column:])
    groups = [group for group in (_group(section, answers) for section in sections) if group.lines or group.name]
    if len(groups) == 1 and CLASS_OF_FUNDS.fullmatch(groups[0].name) and answers.of(groups[0].name) != "registrant":
        groups = [replace(groups[0], name="", label=groups[0].name, signs=())]
    once = None
    if len(groups) > 1 and _is_once(groups):
        once, groups = groups[0].lines[0], groups[1:]
    heads = once_heads if once and (once_heads := sections[0].heads) else _heads(groups)
    groups = _with_column_doubts(_labelled(groups), heads)
    common = heads if _most_have(groups, heads) else ()
    return TableReading(heads, tuple(_with_signs(group, common) for group in groups), rows[0].place, once=once)


@dataclass
class _Section:
    """Heads and the rows under them."""

    name: str
    heads: tuple[str, ...]
    label: str
    body: list[GridRow]
    place: LinePlace
    signs: list[str]
    doubts: list[str]
    is_apart: bool = False
    is_below: bool = False  # whether its name stands under the heads
    depth: int | None = None  # how deep its name stands, where that stands alone

    def ends(self, row: GridRow) -> bool:
        """Whether a row with values stands no deeper than the name, under rows that do: it is under no name."""
        return (
            self.depth is not None
            and bool(self.body)
            and self.body[0].indent >= self.depth + DEEPER
            and row.indent <= self.depth
            and bool(row.cells[0])
            and any(row.cells[1:])
        )


def _sections(rows: Sequence[GridRow], answers: NameAnswers) -> list[_Section]:
    sections: list[_Section] = []
    pending: list[GridRow] = []
    for number, row in enumerate(rows):
        following = rows[number + 1] if number + 1 < len(rows) else None
        if row.head or (row.is_alone and following is not None and _is_under_name(following)):
            pending.append(row)
            continue
        if pending:
            sections.append(_opened(pending))
            pending = []
            if row.is_alone and _takes_name(sections[-1], row, rows[number + 1 :], answers):
                continue
        elif not sections or _opens(row, rows[number + 1 :], sections[-1], answers):
            alone = (sections and row.is_alone) or (not sections and _opens(row, rows[1:], None, answers))
            heads = sections[-1].heads if sections else ()
            sections.append(_Section(row.cells[0] if alone else "", heads, "", [], row.place, [], []))
            if alone:
                sections[-1].signs += looks.signs(row, rows)
                sections[-1].depth = row.indent
                continue
        elif sections[-1].ends(row):
            sections.append(_Section("", sections[-1].heads, "", [], row.place, [], []))
        sections[-1].body.append(row)
    if pending:
        sections.append(_opened(pending))
    return sections


def _takes_name(section: _Section, row: GridRow, after: Sequence[GridRow], answers: NameAnswers) -> bool:
    """Makes the first row under heads without a name the group's name, where it is known as a registrant, or set so."""
    label = section.name if LABEL.fullmatch(section.name) else ""
    answer = answers.of(row.cells[0])
    if section.name != label or (answer != "registrant" and (answer or not looks.is_name(row, after))):
        return False
    section.name, section.label, section.place = row.cells[0], section.label or label, row.place
    section.is_below = True
    return True


def _is_under_name(row: GridRow) -> bool:
    """Whether heads stand under the name of a group: they have none of their own, or the label of the rows."""
    return row.head and (not row.cells[0] or (any(row.cells[1:]) and bool(LABEL.fullmatch(row.cells[0]))))


def _opens(row: GridRow, after: Sequence[GridRow], section: _Section | None, answers: NameAnswers) -> bool:
    """Whether a row that stands alone opens a group: by a rule under it, by capitals, by a name that is known."""
    if not row.is_alone or not after:
        return False
    answer, bodies = answers.of(row.cells[0]), section.body if section else []
    if answer == "fund":
        return False
    if row.ruled or answer == "registrant":
        return True
    if section and not bodies and not section.label:
        return False  # the first row under heads is their label, or a fund
    if AS_FUND.search(row.cells[0]) and not row.cells[0].isupper() and CLASS.fullmatch(after[0].cells[0]):
        return False  # a fund over its classes, however it is set
    deeper = after[0].indent >= row.indent + DEEPER and not looks.is_name(row, after)
    is_set = bool(looks.signs(row, [*bodies, *after]))
    return is_set and (not deeper or len(row.cells) == 1) and not LABEL.fullmatch(row.cells[0])


def _opened(pending: Sequence[GridRow]) -> _Section:
    """A section of its heads, one under the other, and of the label at their end."""
    rows, label = list(pending), ""
    body: list[GridRow] = []  # names below the label, set as heads though they are rows
    while len(rows) > 2 and rows[-1].is_alone and rows[-2].is_alone and any(any(row.cells[1:]) for row in rows[:-2]):
        body.insert(0, rows.pop())
    if len(rows) > 1 and rows[-1].head and rows[-1].is_alone:
        label = rows.pop().cells[0]
    if len(rows) > 1 and rows[0].is_alone and LABEL.fullmatch(rows[-1].cells[0]):
        label, rows[-1] = rows[-1].cells[0], replace(rows[-1], cells=("", *rows[-1].cells[1:]))
    width = max(len(row.cells) for row in rows)
    padded = [(row.heads or row.cells) + ("",) * (width - len(row.cells)) for row in rows]
    name, *heads = (" ".join(cell for cell in column if cell) for column in zip(*padded, strict=True))
    name, _, under = (part.strip() for part in name.partition("\n"))
    label = label or under
    signs = ["a rule under it"] if any(row.ruled for row in rows) else []
    signs += [BESIDE] if any(heads) else []
    signs += ["set as a head"] if not signs and all(row.head for row in rows) else []
    doubts = [row.doubt for row in rows if row.doubt]
    return _Section(name, tuple(heads), label, body, rows[0].place, signs, doubts, rows[-1].apart)


def _group(section: _Section, answers: NameAnswers) -> TableGroup:
    body, label, name = list(section.body), section.label, section.name
    is_of_rows = not label and name != "" and _is_of_rows(name, answers)
    if is_of_rows:
        label, name = name, ""
    if not label and body and _is_label(section, body):
        label = body.pop(0).cells[0]
    signs = tuple(section.signs) if name else (BY_WORD,) if is_of_rows and answers.of(label) else ()
    signs += (REGISTERED,) if name and answers.of(name) == "registrant" else ()
    lines = tuple(_settled(line, answers) for line in table_lines.lines(body, section.heads))
    doubts = tuple(doubt for doubt in section.doubts if doubt != SEVERAL or REGISTERED not in signs)
    return TableGroup(name.rstrip(" :"), label, lines, section.place, signs, section.heads, doubts)


def _settled(line: TableLine, answers: NameAnswers) -> TableLine:
    """The row, without the doubt about the rows under it where a person calls it a fund."""
    settled = {table_lines.OF_FUNDS} if answers.of(line.name) == "fund" else set()
    return replace(line, doubts=tuple(doubt for doubt in line.doubts if doubt not in settled))


def _is_of_rows(name: str, answers: NameAnswers) -> bool:
    """Whether what stands over names says what they are, and is no name of a group: by its words or a person's."""
    answer = answers.of(name)
    return answer == "head" or (bool(LABEL.fullmatch(name)) and answer != "registrant")


def _is_label(section: _Section, body: Sequence[GridRow]) -> bool:
    """Whether the first row under a head is a label over the others."""
    first = body[0]
    if not first.is_alone or not section.signs or len(body) < 2 or body[1].indent >= first.indent + DEEPER:
        return False
    if any(section.heads):
        return not CLASS.fullmatch(body[1].cells[0]) or bool(LABEL.fullmatch(first.cells[0]))
    return bool(LABEL.fullmatch(first.cells[0])) or (not section.is_apart and first.apart and bool(body[0].place.line))


def _is_once(groups: Sequence[TableGroup]) -> bool:
    """Whether the first table has the values of one row, and the others have names alone."""
    first, lines = groups[0], [line for group in groups[1:] for line in group.lines]
    return len(first.lines) == 1 and bool(first.lines[0].values) and not any(x.values or x.inner for x in lines)


def _heads(groups: Sequence[TableGroup]) -> tuple[str, ...]:
    """The heads of the columns, as most groups have them."""
    listed = [group.heads for group in groups if any(group.heads)]
    return max(listed, key=listed.count) if listed else ()


def _labelled(groups: Sequence[TableGroup]) -> list[TableGroup]:
    """The groups, a first row that is the same in all of them taken for their label."""
    firsts = [group.lines[0].name.casefold().rstrip("s") for group in groups if group.lines]
    if len(groups) < 2 or len(firsts) < len(groups) or len(set(firsts)) > 1 or any(g.label for g in groups):
        return list(groups)
    if any(group.lines[0].values or group.lines[0].inner for group in groups):
        return list(groups)
    return [replace(group, label=group.lines[0].name, lines=group.lines[1:]) for group in groups]


def _with_column_doubts(groups: Sequence[TableGroup], heads: Sequence[str]) -> list[TableGroup]:
    """The groups, their rows with what is odd about them beside all others of the columns."""
    lines = iter(column_doubts.doubted([group.lines for group in groups], heads))
    return [replace(group, lines=next(lines)) for group in groups]


def _with_signs(group: TableGroup, heads: Sequence[str]) -> TableGroup:
    """The group with its second sign, rows under it; and what speaks against it."""
    doubts = dict.fromkeys(group.doubts)
    if any(group.heads) and not table_lines.are_heads(group.heads, heads):
        doubts[f"{group.name or group.label}: has other heads than the groups beside it"] = None
    signs = group.signs + (("rows under it",) if group.lines else ())
    return replace(group, signs=signs, doubts=tuple(doubts))


def _most_have(groups: Sequence[TableGroup], heads: Sequence[str]) -> bool:
    """Whether more groups have these heads than have any others."""
    listed = [group.heads for group in groups if any(group.heads)]
    others = [some for some in listed if not table_lines.are_heads(some, heads)]
    return not others or max(map(others.count, others)) < len(listed) - len(others)


def _beside(sections: Sequence[_Section]) -> TableReading | None:
    """The tables where groups stand in a column beside their rows; None where they do not."""
    if len(sections) != 1 or not sections[0].heads or not sections[0].name or sections[0].is_below:
        return None
    section, body, heads = sections[0], sections[0].body, sections[0].heads
    gaps = any(not row.cells[0] and row.cells[1] for row in body)
    rows = [row for row in joined_names(body) if any(row.cells)]
    words = all(_is_beside(row, heads) for row in rows) and any(row.cells[1] for row in rows)
    labelled = LABEL.fullmatch(heads[0]) and not LABEL.fullmatch(section.name)
    if not body or not body[0].cells[0] or not words or not (gaps or labelled):
        return None
    groups: list[TableGroup] = []
    signs = ("a cell of its own", "rows beside it")
    for row, below in itertools.zip_longest(rows, rows[1:]):
        if row.is_alone and (below is None or below.cells[0]):  # in no group, and itself no name of one
            groups.append(TableGroup("", "", (TableLine(row.cells[0], (), row.place),), row.place))
            continue
        if row.cells[0] and not (groups and groups[-1].name == row.cells[0]):
            groups.append(TableGroup(row.cells[0], heads[0], (), row.place, signs, heads[1:]))
        if not row.cells[1]:
            continue
        inner, lines = INNER.match(row.cells[1]), groups[-1].lines
        name = row.cells[1][inner.end() :] if inner else row.cells[1]
        values = row.cells[2:] if any(row.cells[2:]) else ()
        line = TableLine(name, values, row.place, doubts=(row.doubt,) if row.doubt else ())
        lines = (*lines[:-1], replace(lines[-1], inner=(*lines[-1].inner, line))) if inner and lines else (*lines, line)
        groups[-1] = replace(groups[-1], lines=lines)
    return TableReading(heads[1:], tuple(_with_column_doubts(groups, heads[1:])), section.place, beside=section.name)


def _is_beside(row: GridRow, heads: Sequence[str]) -> bool:
    """Whether a row is a name beside that of a group; or one that has none beside it, in a table of names alone."""
    return not VALUE.fullmatch(row.cells[1]) if row.cells[1] else row.is_alone and len(heads) == 1
