"""What a redline of two small documents marks, block by block and row by row: `marks.golden` beside it."""

from __future__ import annotations

import pytest

from docgen import writers
from docgen.document.tree import Block, Cell, Content, Document, Heading, Paragraph, Run, Table, TableRow
from docgen.readers import redline
from docgen.redline import accept_reject, merge
from tests import making
from tests import test_returned_word as returned_word
from tests.conftest import HERE, Golden

SIGNS = {"": "", "deleted": "-", "inserted": "+", "moved out": "<", "moved in": ">"}
HEADS = "Fund | Fee / "
PAIRS = {
    "a word of a paragraph": ("the Plan is old", "the Plan is new"),
    "two of five words": ("# a b c d e", "# a b v w x"),
    "one of four words": ("# a b c d", "# a v w x"),
    "three of ten words": ("# a b c d e f g h i j", "# a b c v w x y z q r"),
    "words of which most come": ("# a b", "# a b c d e f g"),
    "two words in a row, a sign and a blank": ("# one two, three", "# six seven, three"),
    "words that change places": ("# one two three four", "# three four one two"),
    "words that come at both ends": ("# one two", "# nought one two three"),
    "a paragraph for another": ("the Plan is so", "wholly different words stand"),
    "a paragraph comes and one goes": ("one alone; two alone", "two alone; three alone"),
    "paragraphs change places": ("one alone; two alone; three alone", "three alone; one alone; two alone"),
    "paragraphs change places and words": ("one alone a; two alone b", "two alone c; one alone d"),
    "paragraphs side by side": ("one alone a; two alone b; three alone c", "one alone x; two alone y; three alone z"),
    "the same words in another order": ("one two three four", "four three two one"),
    "a blank between two that change": ("# one two three four five", "# six seven three four five"),
    "a sign that stays between two": ("# one, two, three four five six", "# seven, eight, three four five six"),
    "a heading": ("# Schedule A; one", "# Schedule B; one"),
    "a paragraph becomes a table": ("one alone", "Fund | Fee / One | 1%"),
    "a table becomes a paragraph": ("Fund | Fee / One | 1%; end", "one alone; end"),
    "a value": (f"{HEADS}One | 1%; end", f"{HEADS}One | 2%; end"),
    "a row comes first and the last goes": (f"{HEADS}One | 1% / Two | 2%", f"{HEADS}New | 1% / One | 1%"),
    "rows change places": (f"{HEADS}One | 1% / Two | 2% / Three | 3%", f"{HEADS}Three | 3% / One | 1% / Two | 2%"),
    "another head": (f"{HEADS}One | 1%", "Series | Fee / One | 1%"),
    "a column more": (f"{HEADS}One | 1%", "Fund | Fee | Day / One | 1% | 2003"),
    "two tables for one": (f"{HEADS}One | 1% / Two | 2%", f"{HEADS}One | 1%; {HEADS}Two | 2%"),
    "one table for two": (f"{HEADS}One | 1%; {HEADS}Two | 2%", f"{HEADS}One | 1% / Two | 2%"),
    "a label becomes a row": (f"{HEADS}One / Two | 2%", f"{HEADS}One | 1% / Two | 2%"),
    "a table without rows": (f"{HEADS}One | 1%", "Fund | Fee"),
    "a table without heads gets a row": ("~ One | 1%", "~ One | 1% / Two | 2%"),
    "a table without heads gets a column": ("~ One | 1%", "~ One | 1% | 2003"),
    "a table without heads comes": ("end", "end; ~ One | 1% / Two | 2%"),
    "a table without heads goes": ("~ One | 1%; end", "end"),
    "a row that moves and says otherwise": (f"{HEADS}One | 1% / Two | 2%", f"{HEADS}Two | 3% / One | 1%"),
    "nothing": ("", "one alone"),
    "the same": (f"{HEADS}One | 1%; end", f"{HEADS}One | 1%; end"),
    "tables change places": (f"{HEADS}One | 1%; A | B / Two | 2%", f"A | B / Two | 2%; {HEADS}One | 1%"),
}


def document(text: str) -> Document:
    """Blocks parted by `;`, rows by `/`, of which the first is a head but behind `~`, and cells by `|`."""
    return Document(tuple(block(part) for part in text.split("; ") if part))


def block(text: str) -> Block:
    if text.startswith("# "):
        return Heading(1, "schedule", (Run(text[2:]),))
    if "|" not in text:
        return Paragraph("", (Run(text),))
    rows = tuple(
        TableRow("", tuple(Cell("", (Run(cell),), head=False) for cell in row.split(" | ")))
        for row in text.removeprefix("~ ").split(" / ")
    )
    return Table("schedule", (), rows) if text[0] == "~" else Table("schedule", rows[:1], rows[1:])


def shown(marked: Document) -> list[str]:
    """Each block and row with its mark, and the marks inside it in brackets."""
    lines = []
    for part in marked.blocks:
        if isinstance(part, Table):
            rows = [(n < len(part.head), row) for n, row in enumerate(part.rows)]
            lines += [
                f"  {SIGNS[r.redline]:1} {'=' if h else '|'} {' | '.join(words(c.content) for c in r.cells)}"
                for h, r in rows
            ]
        else:
            lines.append(f"  {SIGNS[part.redline]:1}   {words(part.content)}")
    return lines


def words(content: Content) -> str:
    runs = [(SIGNS[part.redline], part.text) for part in content if isinstance(part, Run)]
    return "".join(f"[{sign}{text}]" if sign else text for sign, text in runs)


def test_what_a_redline_marks(golden: Golden) -> None:
    lines: list[str] = []
    for name, texts in PAIRS.items():
        old, new = map(document, texts)
        marked = merge.marked(old, new, {})
        accept_reject.refuse_departures(marked, old, new)
        tagged = accept_reject.with_tags(marked)
        lines += [name, *shown(marked), "  tags:", *shown(tagged), ""]
    golden.holds(HERE / "marks.golden", "\n".join(lines))


IN_WORD = (
    "a word of a paragraph",
    "a heading",
    "a paragraph comes and one goes",
    "a row comes first and the last goes",
)


@pytest.mark.parametrize(("suffix", "names"), [("docx", IN_WORD), ("htm", tuple(PAIRS)), ("txt", tuple(PAIRS))])
def test_each_redline_is_read_as_the_new_and_as_the_old(suffix: str, names: tuple[str, ...]) -> None:
    """With every change accepted, and with every one rejected, of which EDGAR text says nothing."""
    for name in names:
        old, new = map(document, PAIRS[name])
        marked = merge.marked(old, new, {})
        data = writers.WRITERS[suffix](accept_reject.with_tags(marked) if suffix == "txt" else marked, making.LAYOUT)
        assert redline.difference(old, new, suffix, data) is None, name
        of_old, of_new = (redline.difference(end, end, suffix, data) for end in (old, new))
        readings = [found and found.reading for found in (of_old, of_new)]
        rejected = None if suffix == "txt" else "rejected"
        assert readings == (["accepted", rejected] if old != new else [None, None]), name


@pytest.mark.parametrize(
    ("old", "new", "marked"),
    [
        ("b c d", "d", "<strike>b</strike> <strike>c</strike> d"),
        ("b c", "d", "<strike>b c</strike> <u>d</u>"),
        ("d b", "d", "d <strike>b</strike> "),
        ("d b", "d e f", "d <strike>b</strike> <u>e</u> <u>f</u>"),
        ("d b", "b", "<strike>d</strike> b"),
    ],
)
def test_a_blank_between_what_went_and_what_came_is_no_word(old: str, new: str, marked: str) -> None:
    was, now = document(old), document(new)
    page = writers.WRITERS["htm"](now, making.LAYOUT).replace(f">{new}<".encode(), f">{marked}<".encode())
    assert marked.encode() in page
    assert redline.difference(was, now, "htm", page) is None


def test_a_tag_in_a_redline_that_docgen_does_not_write_is_found() -> None:
    old, new = map(document, PAIRS["a word of a paragraph"])
    data = writers.WRITERS["htm"](merge.marked(old, new, {}), making.LAYOUT)
    found = redline.difference(old, new, "htm", data.replace(b"Plan", b"<b>Plan</b>"))
    assert found is not None
    assert (found.meant, found.found, found.reading) == ("Plan", "<b>Plan</b>", "accepted")


REVISIONS = {
    "a word of a paragraph": ["1 deletion of words: old", "2 insertion of words: new"],
    "a paragraph comes and one goes": [
        "1 deletion of end of a paragraph: one alone", "2 deletion of words: one alone",
        "3 insertion of end of a paragraph: three alone", "4 insertion of words: three alone",
    ],
    "a value": ["1 deletion of words: 1%", "2 insertion of words: 2%"],
}  # fmt: skip


@pytest.mark.parametrize("name", REVISIONS)
def test_the_revisions_of_a_word_file_are_listed(name: str) -> None:
    old, new = map(document, PAIRS[name])
    data = writers.WRITERS["docx"](merge.marked(old, new, {}), making.LAYOUT)
    listed = list(redline.revisions(data))
    assert [f"{number} {kind} of {what}: {words}" for number, kind, what, words, _, _ in listed] == REVISIONS[name]


def test_a_revision_of_a_row_has_the_words_of_its_cells_and_who_made_it() -> None:
    who = 'w:author="Jane Roe" w:date="2004-06-03T10:00:00Z"'
    cells = "".join(
        f"<w:tc><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc>" for words in ("A", "1%</w:t><w:br/><w:t>a year")
    )
    row = f'<w:tr><w:trPr><w:del w:id="7" {who}/></w:trPr>{cells}</w:tr>'
    data = returned_word.file(f"<w:tbl>{row}</w:tbl><w:p><w:ins w:id='8'><w:r><w:t>b</w:t></w:r></w:ins></w:p>")
    assert list(redline.revisions(data)) == [
        (7, "deletion", "row", "A 1% a year", "Jane Roe", "2004-06-03T10:00:00Z"),
        (8, "insertion", "words", "b", "", ""),
    ]
