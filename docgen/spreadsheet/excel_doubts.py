"""What a sheet of Excel hides from a person or from a program, each told once; and what a cell shows."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from openpyxl.cell import Cell, MergedCell
from openpyxl.cell.rich_text import CellRichText, TextBlock

from docgen.problems import Problem, Where, count
from docgen.spreadsheet import excel_numbers, table

MOST_CELLS = 500_000
FAR = 1_000  # empty rows or columns, behind which nobody looks for a cell
SMALLEST = 5  # points of type that a person reads
WHITE, THEME_WHITE = "FFFFFF", 0  # of a theme's colours the first is the paper's
LITERAL = re.compile(r'"([^"]*)"|\[[^\]]*\]|\\.')


ALL_DIGITS = "let the cell show all of them (Home, Increase Decimal), or type the value that it shows"
SAVE = "open the file in Excel and save it, or type the value"
AS_TEXT = "give the cell the format Text, and type what it is to say"
WHOLE_DAY = "let the cell show year, month and day (Format Cells, Date), or give it the format Text and type the value"
MOST_PLACES = 5  # that one problem names besides its own


def place(sheet: Any, coordinate: str) -> str:
    """Where a cell stands: `Schedule A!C7`."""
    return f"{sheet.title}!{coordinate}"


def doubts(file: str, sheet: Any, formulas: Any) -> Iterator[Problem]:
    """What a sheet may hide: rows, columns and cells that nobody sees, formulas without values, marks of people."""
    where = Where(file)
    if len(sheet._cells) > MOST_CELLS:
        yield Problem(where, f"holds more than {MOST_CELLS:,} cells", "a schedule takes far less", sheet.title)
        return
    if stray := _stray(sheet):
        remedy = "clear it, or move it under its head"
        yield Problem(where, f'"{text(stray)[:60]}" stands far from the table', remedy, place(sheet, stray.coordinate))
        return
    if sheet.sheet_state != "visible":
        yield Problem(where, "is a hidden sheet", "show it (right-click on the tabs, Unhide)", sheet.title)
    merged = sorted(str(area) for area in sheet.merged_cells.ranges if not _is_alone(sheet, area))
    yield from _once(where, sheet, merged, "is merged", "unmerge it, and say in each row what it holds")
    yield from _hidden(where, sheet)
    for fault, remedy, cells in _marked(sheet):
        for cell in cells[:1]:
            also = f", and {count(len(cells) - 1, 'more cell')}" if len(cells) > 1 else ""
            fault_of_cell = f'"{text(cell)[:60]}" {fault}{also}'
            yield Problem(where, fault_of_cell, remedy, place(sheet, cell.coordinate))
    yield from _unreadable(where, sheet, formulas)


def _once(where: Where, sheet: Any, places: Sequence[str], fault: str, remedy: str) -> Iterator[Problem]:
    """One problem for all places, at the first of them."""
    if places:
        also = f", and so are {', '.join(places[1:6])}" if len(places) > 1 else ""
        more = f" and {len(places) - 6} more" if len(places) > 6 else ""
        yield Problem(where, fault + also + more, remedy, place(sheet, places[0]))


def _hidden(where: Where, sheet: Any) -> Iterator[Problem]:
    full = [cell for cell in sheet._cells.values() if cell.value is not None]
    last, furthest = max((c.row for c in full), default=0), max((c.column for c in full), default=0)
    columns = [
        letter
        for letter, column in sorted(sheet.column_dimensions.items())
        if (column.hidden or column.width == 0) and (column.min or 1) <= furthest
    ]
    yield from _once(where, sheet, columns, "is a hidden column", "show it, or delete it")
    heights = sorted(sheet.row_dimensions.items())
    rows = [str(number) for number, row in heights if (row.hidden or row.height == 0) and number <= last]
    remedy = "show it (clear the filter, open the groups), or delete it"
    if sheet.auto_filter.filterColumn:
        remedy = "clear the filter (Data, Clear), or delete it"
    yield from _once(where, sheet, rows, "is a hidden row", remedy)


def _marked(sheet: Any) -> list[tuple[str, str, list[Any]]]:
    """The cells that people have marked, or that nobody can see: the fault, the remedy, the cells."""
    cells = [cell for _, cell in sorted(sheet._cells.items()) if not isinstance(cell, MergedCell)]
    full = [cell for cell in cells if cell.value is not None]
    struck = list({cell.row: cell for cell in reversed(full) if _is_struck(cell)}.values())[::-1]
    return [
        (
            "is struck out",
            "delete the row, or take the line off it (Format Cells, Font, Strikethrough)",
            struck,
        ),
        (
            "is written in the colour of its ground",
            "clear the cell, or give it a colour that shows (Font Color, Automatic)",
            [cell for cell in full if _is_unseen(cell)],
        ),
        (
            f"is set in type of less than {SMALLEST} points",
            "clear the cell, or set it larger (Font Size)",
            [cell for cell in full if cell.font.sz and cell.font.sz < SMALLEST],
        ),
        (
            "is struck out or whitened by a conditional format",
            "say in the cell what it means, and clear the rule (Conditional Formatting, Clear Rules)",
            _conditional(sheet, full),
        ),
        (
            "has a note or comment",
            "do what it says, and delete it (Review, Delete)",
            [cell for cell in cells if cell.comment],
        ),
        (
            "does not show, by the number format of its cell",
            "clear the cell, or give it a format that shows (Format Cells, Number)",
            [cell for cell in full if isinstance(cell.value, int | float) and _is_finite(cell) and not text(cell)],
        ),
    ]


def _conditional(sheet: Any, full: Sequence[Any]) -> list[Any]:
    """The cells whose conditional formats may strike them out, or set them in white."""
    formats = [
        area
        for area in sheet.conditional_formatting
        for rule in area.rules
        if rule.dxf and rule.dxf.font and (rule.dxf.font.strike or _colour(rule.dxf.font.color) == WHITE)
    ]
    return [cell for cell in full if any(cell.coordinate in area for area in formats)]


def _is_alone(sheet: Any, area: Any) -> bool:
    """Whether merged cells are of one row, and only the first of all its cells says something: a title, or a group."""
    cells = [cell for cell in sheet[area.min_row] if cell.value is not None]
    return area.min_row == area.max_row and [cell.column for cell in cells] == [area.min_col]


def _is_finite(cell: Any) -> bool:
    return math.isfinite(cell.value)


def _is_struck(cell: Any) -> bool:
    runs = cell.value if isinstance(cell.value, CellRichText) else ()
    return bool(cell.font.strike) or any(isinstance(run, TextBlock) and run.font.strike for run in runs)


def _is_unseen(cell: Any) -> bool:
    """Whether a text has the colour of its cell."""
    colour = _colour(cell.font.color)
    ground = _colour(cell.fill.fgColor) if cell.fill.fill_type == "solid" else WHITE
    return colour is not None and colour == ground


def _colour(colour: Any) -> str | None:
    """A colour as RRGGBB; None for one that is not told without the theme."""
    if colour is None:
        return None
    if colour.type == "rgb":
        return str(colour.rgb)[-6:].upper()
    return WHITE if colour.type == "theme" and colour.theme == THEME_WHITE and not colour.tint else None


def _stray(sheet: Any) -> Any:
    """A cell that stands so far below or beside all others that nobody can mean it; None where there is none."""
    full = [cell for cell in sheet._cells.values() if cell.value is not None]
    for number in ("row", "column"):
        in_order = sorted(full, key=lambda cell: getattr(cell, number))
        for before, cell in pairwise(in_order):
            if getattr(cell, number) - getattr(before, number) > FAR:
                return cell
    return None


def _unreadable(where: Where, sheet: Any, formulas: Any) -> Iterator[Problem]:
    """One problem for all cells whose values cannot be taken for one reason, at the first of them."""
    by_remedy: dict[str, list[tuple[str, str]]] = {}  # where each cell stands, and its fault
    for spot, formula in sorted(formulas._cells.items()):
        fault, remedy = _fault_of(sheet._cells[spot], formula)
        if fault:
            by_remedy.setdefault(remedy, []).append((formula.coordinate, fault))
    for remedy, faults in by_remedy.items():
        (first, fault), *others = faults
        more = f" and {len(others) - MOST_PLACES} more" if len(others) > MOST_PLACES else ""
        places = ", ".join(coordinate for coordinate, _ in others[:MOST_PLACES])
        also = f"; see {places}{more} too" if others else ""
        yield Problem(where, fault + also, remedy, place(sheet, first))


def _fault_of(cell: Cell | MergedCell, formula: Cell) -> tuple[str, str]:
    """Why a cell's value cannot be taken, and the remedy; empty when it can."""
    value = cell.value
    if isinstance(cell, MergedCell):
        return "", ""
    if formula.data_type == "f" and value is None:
        return "is a formula without a value", SAVE
    if cell.data_type in ("e", "b") or (isinstance(value, float) and not math.isfinite(value)):
        return f"is {value}", "type the value"
    if isinstance(value, datetime.time | datetime.timedelta):
        return f"is a time, {value}", AS_TEXT
    if isinstance(value, datetime.datetime):
        return _fault_of_day(value, str(cell.number_format))
    if isinstance(value, int | float) and excel_numbers.unseen_digits(value, str(cell.number_format)):
        return f"is {text(cell)} and shows fewer digits", ALL_DIGITS
    return "", ""


def _fault_of_day(value: datetime.datetime, form: str) -> tuple[str, str]:
    if value.time() != datetime.time() and "h" in _letters(form):
        return f"is a time on {value:%Y-%m-%d}, {value:%H:%M}", AS_TEXT
    return ("", "") if _shows_the_day(form) else (f"is the day {value:%Y-%m-%d} and does not show all of it", WHOLE_DAY)


def _shows_the_day(form: str) -> bool:
    return "[$-f" in form.lower() or set("ymd") <= set(_letters(form))


def _letters(form: str) -> str:
    """The letters of a format of days that stand for a part of one."""
    return LITERAL.sub("", form.partition(";")[0]).lower()


def text(cell: Cell | MergedCell) -> str:
    """What a cell shows, as it would be typed; a raised sign at its end as the sign of a footnote."""
    value = cell.value
    if isinstance(value, datetime.datetime | datetime.date):
        sign = re.search(r'"([^"]*)"$', str(cell.number_format))
        return table.single_line(f"{value:%Y-%m-%d}{sign[1] if sign else ''}")
    if isinstance(value, int | float):
        return excel_numbers.as_text(value, str(cell.number_format))
    if isinstance(value, CellRichText):
        last = value[-1] if len(value) > 1 else ""
        if isinstance(last, TextBlock) and last.font.vertAlign == "superscript":
            return table.single_line(table.with_mark("".join(map(str, value[:-1])), str(last).strip()))
    return table.single_line(str(value)) if value is not None else ""
