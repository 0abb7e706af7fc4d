"""What is wrong with a file as YAML, in words for somebody who does not know YAML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import yaml
from yaml.reader import ReaderError

from docgen.problems import Problem, Where

VERSION = re.compile("<{7}( |$)|={7}$|>{7}( |$)|[|]{7}( |$)", re.MULTILINE)  # git's lines around two versions
FIRST_VERSION = "<<<<<<<"
NO_SPACE = re.compile(r"\s*(- )?(\w+):[^\s/]")
PLAIN_ENTRY = re.compile(r"\s*- ([^:]+)$")
NEXT_ENTRY = re.compile(r"\s*(- |\w+:)")  # where a line begins an entry or a key
SIGNS = "*&!@%`|>\"'[{"  # a text that begins with one is YAML's own
SPECIAL = re.compile(rf"\s*(?:- )*(?:\w+: +)?([{re.escape(SIGNS)}].*)$")
VALUE = re.compile(r"\s*(?:- )*(?:[a-z_]+: +)?(?![a-z_]+: )(\S.*:(?: .*|$))")  # a text with a colon of its own
COMMENT = re.compile(r"\s#.*")
END_IN_BRACES = re.compile(r"[,\]}]")
LONG_DASH = re.compile(r"\s*[\u2013\u2014\u2212] ")  # a word processor's, for the dash of an entry

BREAKS_OFF = "the indentation breaks off here"
NOWHERE = "this line or the one above it is out of place"
OUT_OF_PLACE = (BREAKS_OFF, NOWHERE)
NO_DASH = ("a long dash stands here, as word processors make it", "type a plain dash, -, and a space after it")
PLAIN_WORDS = (
    ("expected ':'", "this line has no `key: value`", "put a colon and a space after the key"),
    ("unexpected end of stream", "a quotation mark is opened here and never closed", "close it on the same line"),
    (
        "expected ',' or",
        "a bracket is opened here and not closed",
        "close it, or write one entry a line without brackets",
    ),
    ("did not find expected", BREAKS_OFF, "line this key up with the keys beside it"),
    ("block end", BREAKS_OFF, "line this key up with the keys beside it"),
    ("found a tab", "a tab stands here", "YAML takes spaces only; replace the tab by spaces"),
)
WHERE_IT_BEGINS = ("expected ':'", "unexpected end of stream", "expected ',' or")  # not where YAML noticed it


def unmerged_versions(file: str, text: str) -> list[Problem]:
    """A problem for each place where two versions of a file stand under one another, as git leaves them."""
    problems = []
    marks = [(text.count("\n", 0, match.start()) + 1, match[0].strip()) for match in VERSION.finditer(text)]
    if any(mark in (FIRST_VERSION, ">>>>>>>") for _, mark in marks):
        begins = [line for line, mark in marks if mark == FIRST_VERSION] or [marks[0][0]]
        for line in begins:
            fault = "two versions that were never merged stand here"
            remedy = "keep what is right of the two, and take out the lines of <<<<<<<, ======= and >>>>>>>"
            problems.append(Problem(Where(file, line), fault, remedy))
    return problems


def without_entry(rows: Sequence[str], line: int) -> str:
    """The text without the entry that a line is in, so that the rest can be read; its lines are left empty."""
    line = min(line, len(rows))  # past a last line without its end
    margin = len(rows[line - 1]) - len(rows[line - 1].lstrip())
    end = line
    while end < len(rows) and not _begins_another(rows[end], margin):
        end += 1
    return "\n".join([*rows[: line - 1], *[""] * (end - line + 1), *rows[end:]])


def _begins_another(row: str, margin: int) -> bool:
    """Whether a line is of another entry than one that begins so far to the right; a dash may be out by one."""
    match = NEXT_ENTRY.match(row)
    return bool(match) and len(row) - len(row.lstrip()) < max(margin, 1) + (2 if row.lstrip().startswith("- ") else 0)


def quotable(row: str, column: int) -> tuple[str, str]:
    """Fault and remedy where a text begins with a sign of YAML's own: the text itself, as it can be typed."""
    text = COMMENT.sub("", row[column:]).strip()
    if sum(map(row[:column].count, "[{")) > sum(map(row[:column].count, "]}")):
        text = END_IN_BRACES.split(text)[0].strip()
    sign = "a quotation mark" if text[:1] in "\"'" else f'"{text[:1]}"'
    return f"a text may not begin with {sign} as it is", f"put it in quotation marks: {quoted(text)}"


def quoted(text: str) -> str:
    """A text in the quotation marks that YAML reads back to it."""
    plain = '"' not in text and "\\" not in text
    return f'"{text}"' if plain else "'" + text.replace("'", "''") + "'"


def in_plain_words(file: str, rows: Sequence[str], error: yaml.MarkedYAMLError | ReaderError) -> Problem:
    """YAML's own complaint."""
    if isinstance(error, ReaderError):
        line = "\n".join(rows).count("\n", 0, error.position) + 1
        return Problem(Where(file, line), "a control character stands here", "delete it; it does not print")
    complaint, began = str(error.problem), error.context_mark
    mark: Any = error.problem_mark  # which each has
    for line in (_line_above(rows, mark), mark.line + 1):
        if LONG_DASH.match("".join(rows[line - 1 : line])):
            return Problem(Where(file, line), *NO_DASH)
    if problem := _special(file, rows, complaint, mark):
        return problem
    if "mapping values are not allowed" in complaint or (
        "expected ':'" in complaint and NO_SPACE.match(rows[_line_above(rows, mark) - 1])
    ):
        return _bad_colon(file, rows, mark)
    for words, fault, remedy in PLAIN_WORDS:
        if words in complaint:
            start = began if began is not None and words in WHERE_IT_BEGINS else mark
            return Problem(Where(file, start.line + 1), fault, remedy)
    remedy = "look at this line and the one above it"
    return Problem(Where(file, mark.line + 1), f"is not YAML: {complaint.splitlines()[0]}", remedy)


def _special(file: str, rows: Sequence[str], complaint: str, mark: Any) -> Problem | None:
    """The problem of a text that begins with a sign of YAML's own; None where it is another."""
    row, where = rows[mark.line] if mark.line < len(rows) else "", Where(file, mark.line + 1)
    if "cannot start any token" in complaint:
        if row[mark.column : mark.column + 1] == "\t":
            return Problem(where, "a tab stands here", "YAML takes spaces only; replace the tab by spaces")
        return Problem(where, *quotable(row, mark.column))
    if "alphabetic or numeric" in complaint:
        return Problem(where, *quotable(row, max(row.rfind(sign, 0, mark.column + 1) for sign in "*&")))
    match = SPECIAL.match(row)
    breaks_off = "did not find expected" in complaint and "','" not in complaint
    if match and mark.column > match.start(1) and breaks_off:
        return Problem(where, *quotable(row, match.start(1)))
    return None


def _line_above(rows: Sequence[str], mark: Any) -> int:
    """The number of the line above a mark that is not empty; of the first where there is none."""
    return next((line for line in range(mark.line, 0, -1) if rows[line - 1].strip()), 1)


def _bad_colon(file: str, rows: Sequence[str], mark: Any) -> Problem:
    """A key where none can be: most often the fault of the line above."""
    line_above = _line_above(rows, mark)
    above = rows[line_above - 1]
    row = rows[mark.line] if mark.line < len(rows) else ""  # past a last line without its end
    for line, text in ((line_above, above), (mark.line + 1, row)):
        if match := NO_SPACE.match(text):
            where = Where(file, line)
            return Problem(where, f'a space is missing after "{match[2]}:"', "put a space after the colon")
    entry = PLAIN_ENTRY.match(above)
    if entry and not row.lstrip().startswith("- "):
        where = Where(file, line_above)
        return Problem(where, f'"{entry[1].strip()}" has keys under it', f"write `- name: {entry[1].strip()}`")
    value = VALUE.match(row)
    if value and ": " in row[: mark.column]:
        fault = f'a colon in "{value[1]}" makes a key of what stands before it'
        return Problem(Where(file, mark.line + 1), fault, f"put it in quotation marks: {quoted(value[1])}")
    remedy = "an entry begins with a dash and a space, entries line up, and a text with a colon in it is in quotes"
    return Problem(Where(file, mark.line + 1), NOWHERE, remedy)
