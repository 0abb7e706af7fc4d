"""What somebody did to a paper, difference by difference: a case has our paper, theirs, and what is said of both.

A case's paper is written short: `# words` a heading, `| A | B |` a row of a table, the first of each table its heads,
`|- A | B |` a class under the row above, `|: A | B |` the first of a table of which a program dropped which rows are
its heads, `|= A | B |` and `|:= A | B |` those of one without a label below, other lines a paragraph each, `^1` the
sign of a note.
Each difference has its sentence, then the block, the row and the cell of ours where it stands. `moved` has the rows of
which the data says that they came from another group.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from pathlib import Path

import pytest

from docgen.document import markup
from docgen.document.tree import Document, Table
from docgen.readers import returned
from docgen.readers.returned import ReturnedFile
from docgen.redline import accept_reject, align, baseline, comeback, edits, fit, likeness, merge
from docgen.redline.baseline import End
from docgen.redline.edits import Edit
from tests.conftest import HERE, Golden
from tests.test_problems import parts

LABEL = '<tr class="label"><th>PORTFOLIOS</th></tr>'
DROPPED = "<tr><th>PORTFOLIOS</th></tr>"
CASES = sorted((HERE / "edits").glob("*.txt"))


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_each_difference_is_said_once_and_with_its_place(case: Path, golden: Golden) -> None:
    text = case.read_text(encoding="utf-8")
    ours, sent = (document(parts(text)[name]) for name in ("ours", "theirs"))
    theirs = fit.fitted(sent, ours)
    moved = parts(text).get("moved", "").splitlines()
    before = {place[2]: place for place in align.places(ours.blocks)}
    data = {place: before[place[2]] for place in align.places(theirs.blocks) if place[2] in moved}
    origins = likeness.with_renamed(ours.blocks, theirs.blocks, data)
    marked = merge.marked(ours, theirs, origins)
    accept_reject.refuse_departures(marked, ours, theirs)
    lines = [f"{edit.sentence} [{edit.block} {edit.row} {edit.cell}]\n" for edit in edits.edits(marked)]
    pairs = [
        f"{new[0]}, {new[2]} was {old[0]}, {old[2]}\n"
        for new, old in origins.items()
        if old and new != old and new not in data
    ]
    golden.holds(case, text[: text.index("=== edits\n")] + "=== edits\n" + "".join([*lines, *pairs]))


def test_a_table_without_a_word_is_none() -> None:
    ours = document("All other terms stay.\n| PORTFOLIO | FEE |\n| Alpha Fund | 0.10% |")
    (table,) = [block for block in ours.blocks if isinstance(block, Table)]
    cells = tuple(replace(cell, content=()) for cell in table.body[-1].cells)
    blank = replace(table, head=(), body=(replace(table.body[-1], cells=cells),))
    assert fit.fitted(replace(ours, blocks=(blank, *ours.blocks)), ours) == fit.fitted(ours, ours)


def test_what_else_a_returned_file_holds_is_said_as_far_as_people_read() -> None:
    margins = ("DRAFT of May 1", "Page 2 of 3", "Seen by counsel", "Seen by counsel", "AIM One Fund (continued)")
    remarks = tuple(f"comment {number}" for number in range(returned.MOST - 1))
    text = ReturnedFile(document("All other terms stay."), (), remarks, margins)
    end = End("back", "back.docx", text.document, "back.docx", "", returned=text, is_returned=True)
    margin = 'a header or footer that says "Seen by counsel"'
    assert list(comeback.sections(end, (), "DRAFT of May 1")) == [("Also in back.docx", (*remarks, margin))]
    more = replace(end, returned=replace(text, remarks=(*remarks, "one more", "and another")))
    ((_, sentences),) = comeback.sections(more, (), "DRAFT of May 1")
    assert sentences == (*remarks, "one more", "and 2 more")
    one_more = replace(end, returned=replace(text, remarks=(*remarks, "one more")))
    ((_, sentences),) = comeback.sections(one_more, (), "DRAFT of May 1")
    assert sentences == (*remarks, "one more", "and 1 more")
    assert list(comeback.sections(replace(end, returned=None), (), "")) == []
    ((_, final),) = comeback.sections(replace(end, returned=replace(text, remarks=())), (), "")
    assert final == ('a header or footer that says "DRAFT of May 1"', margin), "a final paper has no such mark"


AROUND = {  # a text, in which the words in capitals are others: what is quoted around them
    "A of the Plan": "A of the Plan",
    f"{'a ' * 20}WORD{' z' * 20}": f"{'a ' * 20}WORD{' z' * 20}",
    f"{'a ' * 20}b WORD y{' z' * 20}": f"...{'a ' * 18}b WORD y{' z' * 18}...",
    f"{'a ' * 20}b A": f"...{'a ' * 18}b A",
    f"A y{' z' * 20}": f"A y{' z' * 18}...",
    f"first\n{'a ' * 10}WORD\nlast": f"first {'a ' * 10}WORD last",
}


@pytest.mark.parametrize("text", AROUND)
def test_some_words_around_a_difference_are_quoted(text: str) -> None:
    word = next(word for word in text.split() if word.isupper())
    edit = Edit("words", 0, -1, -1, word, "B", text, text.index(word))
    assert edit.sentence == f'"{word}" is "B" in "{AROUND[text]}"'


FILES = {
    "back.docx": True, "amendments/back.docx": True, "back.HTM": True, "back.txt": True, "back.pdf": True,
    "back.doc": True, "old/002.yaml": True, "schedules/p/amendments/002.yaml": False, "p/002": False, "p": False,
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_told_from_an_amendment(name: str) -> None:
    assert baseline.is_file(name) == FILES[name]


def document(text: str) -> Document:
    """A paper that is written short."""
    return Document(markup.read(f"<document>{''.join(_blocks(text))}</document>", "a case"), "en", ("A Plan",))


def _blocks(text: str) -> Iterator[str]:
    rows: list[str] = []
    for line in [*text.splitlines(), ""]:
        if line.startswith("|"):
            rows.append(line)
            continue
        if rows:
            dropped = rows[0].startswith("|:")
            head, *body = (_row(row, number == 0 and not dropped) for number, row in enumerate(rows))
            label, small = ("", "") if "=" in rows[0][:3] else (LABEL, DROPPED)
            top, first = ("", head + small) if dropped else (f"<thead>{head}{label}</thead>", "")
            yield f'<table class="schedule">{top}<tbody>{first}{"".join(body)}</tbody></table>'
        rows = []
        if line:
            kind, words = ("h2", line[2:]) if line.startswith("# ") else ("p", line)
            yield f'<{kind} class="{"schedule" if kind == "h2" else "clause"}">{_words(words)}</{kind}>'


def _row(line: str, is_head: bool) -> str:
    name, *values = (cell.strip() for cell in line.strip("|").lstrip("-:=").split("|"))
    kind = "th" if is_head else "td"
    cells = "".join(f'<{kind} class="number">{_words(value)}</{kind}>' for value in values)
    role = ' class="class"' if line.startswith("|-") else ' class="fund"' if not values else ""
    group = ' class="group"' if is_head else ""
    return f"<tr{role}><th{group}>{_words(name)}</th>{cells}</tr>"


def _words(text: str) -> str:
    return re.sub(r"\^(\S)", r"<sup>\1</sup>", escape(text))
