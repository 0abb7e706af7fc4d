"""The rules for text, A1 to A13: characters, widths, tags and pages of a .txt document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from docgen.edgar import characters
from docgen.edgar.rule import BOM, File, Found, Rule, found_at, rule, unchecked

ALSO = frozenset("\t\r\f")  # permitted by the table, and judged by rules of their own
TAKEN = "".join(characters.PERMITTED | ALSO).encode("ascii")
TEXT_TAGS = frozenset({"page", "table", "caption", "s", "c", "fn", "r"})
WRAPPER = frozenset(
    {"document", "type", "sequence", "filename", "description", "text", "sec-document", "sec-header", "pdf", "xbrl"}
)  # the tags that EDGAR itself puts around a document
TAG_NAME = re.compile(r"</?([A-Za-z][\w-]*)[^<>]*>")
PAGE = re.compile(r"</?PAGE\b[^<>]*>", re.IGNORECASE)
TABLE = re.compile(r"<(/?)TABLE>", re.IGNORECASE)
MOST_BLANK = 3


@rule("A1", "EDGAR Filer Manual vol. II, 5.2.1.1, table 5-1", "txt", "htm")
def permitted_characters(file: File) -> Iterator[Found]:
    """Every character is one that EDGAR takes: A-Z a-z 0-9, blank and most ASCII signs; the caret is not one.

    A document with any other character is refused. HTML says such a character as an entity, &#94; for the caret.
    """
    for line, column, sign in _strangers(file):
        if sign not in characters.TWINS:
            yield Found(_shown(sign), _in_place_of(sign, file), line, column)


@rule("A2", "EDGAR Filer Manual vol. II, 5.2.1.1", "txt", "htm")
def no_byte_order_mark(file: File) -> Iterator[Found]:
    """The file does not begin with a byte-order mark.

    Some editors put three bytes before the first letter; EDGAR reads them as characters that it does not take.
    """
    if file.data.startswith(BOM):
        yield Found("begins with a byte-order mark", "save the file as ASCII, or as UTF-8 without BOM", 1, 1)


@rule("A3", "EDGAR Filer Manual vol. II, 5.2.1.2", "txt", "htm")
def plain_quotes_and_dashes(file: File) -> Iterator[Found]:
    """Quotation marks, dashes and signs such as (c) are typed with plain characters.

    Word processors put curly quotes and long dashes; EDGAR takes them in no document, but HTML may name them.
    """
    for line, column, sign in _strangers(file):
        if sign in characters.TWINS:
            yield Found(_shown(sign), _in_place_of(sign, file), line, column)


def _strangers(file: File) -> Iterator[tuple[int, int, str]]:
    """Each character that table 5-1 lacks, once a line."""
    if not file.data.translate(None, TAKEN):
        return
    for number, line in enumerate(file.lines, start=1):
        for sign in dict.fromkeys(line):
            if sign not in characters.PERMITTED and sign not in ALSO:
                yield number, line.index(sign) + 1, sign


def _shown(sign: str) -> str:
    named = f'"{sign}" (U+{ord(sign):04X})' if sign.isprintable() else f"U+{ord(sign):04X}"
    return f"{named} is not a character that EDGAR takes"


def _in_place_of(sign: str, file: File) -> str:
    if file.kind == "htm":
        return f"write &#{ord(sign)};"
    twin = characters.TWINS.get(sign) or characters.guess(sign)
    return f"write {twin}" if twin.strip() else "write a blank" if twin else "take it out, or write letters for it"


def _tabular(lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str, bool]]:
    """Each numbered line, and whether it stands inside <TABLE>."""
    inside = False
    for number, line in lines:
        marks = TABLE.findall(line) if "<" in line else []
        yield number, line, inside or bool(marks)
        if marks:
            inside = marks[-1] == ""


@rule("A4", "17 CFR 232.305(a); EDGAR Filer Manual vol. II, 5.2.1.2", "txt")
def narrative_lines(file: File) -> Iterator[Found]:
    """A line outside a table has at most 80 characters, blanks included.

    HTML is free of it, 17 CFR 232.305(b). A longer line of a table is permitted between <TABLE> and </TABLE>.
    """
    if max(map(len, file.lines)) <= characters.NARRATIVE:
        return
    for number, line, tabular in _tabular(enumerate(file.lines, start=1)):
        if not tabular and len(line) > characters.NARRATIVE:
            words = f"the line has {len(line)} characters, {characters.NARRATIVE} at most"
            yield Found(
                words, "break the line; put a table between <TABLE> and </TABLE>", number, characters.NARRATIVE + 1
            )


@rule("A5", "17 CFR 232.305(a)", "txt")
def tabular_lines(file: File) -> Iterator[Found]:
    """A line of a table has at most 132 characters, blanks included.

    The regulation lets tabular text pass 80 columns when it is tagged, and 132 never.
    """
    if max(map(len, file.lines)) <= characters.TABULAR:
        return
    for number, line, tabular in _tabular(enumerate(file.lines, start=1)):
        if tabular and len(line) > characters.TABULAR:
            words = f"the table's line has {len(line)} characters, {characters.TABULAR} at most"
            yield Found(words, "set the table narrower", number, characters.TABULAR + 1)


@rule("A7", "practice; the tag's heading in the EDGAR Filer Manual vol. II, 5.2.1", "txt", severity="warning")
def page_tags(file: File) -> Iterator[Found]:
    """<PAGE> stands alone on its line, from the first column, outside tables, and has no end tag.

    No text of the rule was at hand; filed exhibits have it so.
    """
    for number, line, tabular in _tabular(file.marked):
        for mark in PAGE.finditer(line):
            if mark[0].upper() != "<PAGE>":
                yield Found(
                    f"{mark[0]} is not a page tag", "write <PAGE>, which has no end tag", number, mark.start() + 1
                )
            elif line != mark[0]:
                yield Found("<PAGE> is not alone on its line", "give it a line of its own", number, mark.start() + 1)
            elif tabular:
                yield Found("<PAGE> stands inside a table", "end the table before the page", number, 1)


@rule("A8", "EDGAR Filer Manual vol. II, 5.2.1.2", "txt")
def no_tabs(file: File) -> Iterator[Found]:
    """Columns are set with blanks, not with tabs.

    The character is permitted, but the Manual warns that EDGAR turns it into blanks and shifts the columns.
    """
    for number, line in enumerate(file.lines, start=1):
        if "\t" in line:
            yield Found("a tab", "write blanks", number, line.index("\t") + 1)


@rule("A9", "EDGAR Filer Manual vol. II, 5.2.1.1; that <PAGE> is the way is practice", "txt", severity="warning")
def no_form_feeds(file: File) -> Iterator[Found]:
    """A page ends with <PAGE>, not with a form feed.

    The character is permitted, so this is a warning; only <PAGE> is known to part pages.
    """
    for number, line in enumerate(file.lines, start=1):
        if "\f" in line:
            yield Found("a form feed", "write <PAGE> on a line of its own", number, line.index("\f") + 1)


@rule("A11", "practice; EDGAR Filer Manual vol. II, 5.2.1.3 lists the tags", "txt", severity="warning")
def no_stray_tags(file: File) -> Iterator[Found]:
    """Nothing in a text looks like a tag but <PAGE>, <R> and those of a table; nothing looks like an HTML entity.

    Text has no entities: &amp; prints as it stands. A word in angle brackets may be taken for a tag.
    """
    for number, line in file.marked:
        for mark in TAG_NAME.finditer(line):
            if mark[1].lower() not in TEXT_TAGS | WRAPPER:
                yield Found(f"{mark[0][:40]} reads as a tag", "write it without < and >", number, mark.start() + 1)
    for number, line in enumerate(file.lines, start=1):
        for mark in characters.ENTITY.finditer(line):
            yield Found(f"{mark[0]} is HTML", "write the character that it stands for", number, mark.start() + 1)


@rule("A13", "a rule of docgen's own", "txt", severity="warning")
def tidy_lines(file: File) -> Iterable[Found]:
    """Lines end with a line feed alone and without blanks, the last one too; no more than three empty lines together.

    No rule of EDGAR asks for it, so it is a warning: two files with the same words are then the same bytes.
    """
    if not file.data.endswith(b"\n"):
        yield Found("the last line does not end", "end the file with a new line", len(file.lines))
    if "\r" in file.text:
        offset = file.text.index("\r")
        yield found_at(file, offset, "lines end with a carriage return", "save the file with LF line ends (Unix)")
    blank = 0
    for number, line in enumerate(file.lines[:-1], start=1):
        blank = 0 if line.strip() else blank + 1
        if line != line.rstrip(" "):
            yield Found("the line ends with blanks", "take them out", number, len(line.rstrip(" ")) + 1)
        if blank == MOST_BLANK + 1:
            yield Found(f"more than {MOST_BLANK} empty lines together", "take some out", number)


HYPHENS = unchecked(
    "A10",
    "EDGAR Filer Manual vol. II, 5.2.1.2",
    "No word is split by a hyphen at the end of a line; bold, underlining and italics have no form in text.",
    "whether a hyphen at a line's end is the word's own cannot be told from the file; docgen never splits a word, "
    "and reads each text back word by word",
)
PAGES = unchecked(
    "A12",
    "none found",
    "No rule says how many lines a page has.",
    "there is nothing to hold a file against; page_length in layout.yaml sets it",
)

RULES: tuple[Rule, ...] = (
    permitted_characters,
    no_byte_order_mark,
    plain_quotes_and_dashes,
    narrative_lines,
    tabular_lines,
    page_tags,
    no_tabs,
    no_form_feeds,
    HYPHENS,
    no_stray_tags,
    PAGES,
    tidy_lines,
)
