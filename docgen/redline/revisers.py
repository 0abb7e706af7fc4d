"""Whose change each revision of a redline is, where the file that came back says so: letter by letter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import groupby

from docgen.document.tree import (
    ADDED,
    REMOVED,
    Block,
    Break,
    Content,
    Document,
    Inline,
    Reviser,
    Run,
    Table,
    TableRow,
)
from docgen.readers.returned import RevisedLine
from docgen.redline import accept_reject
from docgen.redline.accept_reject import ACCEPTED, REJECTED

Revisers = list[Reviser | None]  # a letter each


@dataclass(frozen=True)
class Walk:
    """Whose the letters of the old and of the new document are, from the place on that has been reached in both."""

    old: Iterator[Reviser | None]
    new: Iterator[Reviser | None]

    def next(self, inline: Inline) -> Revisers:
        """Whose the letters of the next inline are; nobody's where it stays."""
        size = 0 if isinstance(inline, Break) else len("".join(inline.text.split()))
        old = [next(self.old, None) for _ in range(0 if inline.redline in ADDED else size)]
        new = [next(self.new, None) for _ in range(0 if inline.redline in REMOVED else size)]
        return old if inline.redline in REMOVED else new if inline.redline in ADDED else []


def signed(marked: Document, accepted: Sequence[RevisedLine], rejected: Sequence[RevisedLine]) -> Document:
    """A redline that leads to a returned file, each change with its reviser; without one where nobody tracked it.

    What came is told by the lines of the file as accepted, what went by those of the file as rejected.
    """
    old, new = (accept_reject.without(marked, marks) for marks in (REJECTED, ACCEPTED))
    walk = Walk(iter(_letters([*old.lines()], rejected)), iter(_letters([*new.lines()], accepted)))
    return replace(marked, blocks=tuple(_block(block, walk) for block in marked.blocks))


def _block(block: Block, walk: Walk) -> Block:
    if not isinstance(block, Table):
        content = _content(block.content, walk)
        return replace(block, content=content, reviser=_first(content) if block.redline else None)
    head = tuple(_row(row, walk) for row in block.head)
    return replace(block, head=head, body=tuple(_row(row, walk) for row in block.body))


def _row(row: TableRow, walk: Walk) -> TableRow:
    cells = tuple(replace(cell, content=_content(cell.content, walk)) for cell in row.cells)
    inlines = [inline for cell in cells for inline in cell.content]
    return replace(row, cells=cells, reviser=_first(inlines) if row.redline else None)


def _first(content: Sequence[Inline]) -> Reviser | None:
    return next((inline.reviser for inline in content if inline.reviser), None)


def _content(content: Content, walk: Walk) -> Content:
    """The inlines with their revisers; words of several are several runs, and a line end is of what stands before."""
    pieces: list[Inline] = []
    for inline in content:
        revisers = walk.next(inline)
        if isinstance(inline, Run):
            revisers = list(_of_whole_words(inline.text, revisers))
        if isinstance(inline, Run) and len(set(revisers)) > 1:
            pieces += _parts(inline, revisers)
        elif isinstance(inline, Break):
            before = pieces[-1] if pieces else None
            alike = before is not None and before.redline == inline.redline
            pieces.append(replace(inline, reviser=before.reviser if before is not None and alike else None))
        else:
            pieces.append(replace(inline, reviser=next(iter(revisers), None)))
    return tuple(pieces)


def _of_whole_words(text: str, revisers: Revisers) -> Iterator[Reviser | None]:
    """The letters that nobody tracked are of those who did in the same word, which differs by their doing alone."""
    letters = iter(revisers)
    for word in text.split():
        of_word = [next(letters, None) for _ in word]
        last = next((reviser for reviser in of_word if reviser), None)
        for reviser in of_word:
            last = reviser or last
            yield last


def _parts(run: Run, revisers: Revisers) -> Iterator[Run]:
    """A run in parts, each of one reviser; a blank belongs to what stands before it."""
    letters, last = iter(revisers), revisers[0]
    signs = [(last := next(letters), sign) if not sign.isspace() else (last, sign) for sign in run.text]
    for reviser, part in groupby(signs, key=lambda pair: pair[0]):
        yield replace(run, text="".join(sign for _, sign in part), reviser=reviser)


def _letters(lines: Sequence[tuple[str, ...]], returned: Sequence[RevisedLine]) -> Iterator[Reviser | None]:
    """For each letter of our lines whose it is in the returned ones, where these say the same."""
    pairs = [line.words for line in returned]
    for tag, i, j, k, n in SequenceMatcher(None, lines, pairs, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (reviser for line in returned[k:n] for reviser in line.revisers)
        else:
            yield from _letters_of_words([word for words in lines[i:j] for word in words], returned[k:n])


def _letters_of_words(words: Sequence[str], returned: Sequence[RevisedLine]) -> Iterator[Reviser | None]:
    theirs = [word for line in returned for word in line.words]
    revisers = iter([reviser for line in returned for reviser in line.revisers])
    by_word = [[next(revisers) for _ in word] for word in theirs]
    for tag, i, j, k, n in SequenceMatcher(None, words, theirs, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (reviser for letters in by_word[k:n] for reviser in letters)
        else:
            yield from (None for word in words[i:j] for _ in word)
