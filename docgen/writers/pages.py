"""Puts blocks of lines on pages: one stays whole where that leaves no page half empty, heads repeat where it breaks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain as chained

NUMBER_LINES = 2  # an empty line and the page's number


@dataclass(frozen=True)
class TextBlock:
    """Lines that belong together.

    `units` are the least pieces that a page takes (lines of a paragraph, rows of a table); `head`
    stands before the first and again on each further page, there with what `above` has for the unit
    below it, or `inside` for the line of a unit that no page can take; `foot` after the last piece
    of each page; `before` empty lines part it from what stands above; `with_next` keeps it with the
    block below; `new_page` begins a page with it.
    """

    units: Sequence[Sequence[str]]
    head: Sequence[str] = ()
    foot: Sequence[str] = ()
    above: Sequence[Sequence[str]] = ()
    before: int = 1
    with_next: bool = False
    new_page: bool = False
    inside: Sequence[Mapping[int, Sequence[str]]] = ()

    @cached_property
    def height(self) -> int:
        """How many lines the block takes in one piece."""
        return len(self.head) + sum(map(len, self.units)) + len(self.foot)


@dataclass(frozen=True)
class _Piece:
    """One unit of a block, with the head where it opens the block and the foot where it closes it."""

    block: TextBlock
    unit: Sequence[str]
    opens: bool
    closes: bool
    above: Sequence[str] = ()
    inside: Mapping[int, Sequence[str]] = field(default_factory=dict)

    @property
    def lines(self) -> list[str]:
        block = self.block
        return [*(block.head if self.opens else ()), *self.unit, *(block.foot if self.closes else ())]


@dataclass
class _Book:
    """The pages so far; the last is being filled."""

    room: int
    pages: list[list[str]] = field(default_factory=lambda: [[]])

    @property
    def remaining(self) -> int:
        return self.room - len(self.pages[-1])

    @property
    def is_half_full(self) -> bool:
        return 2 * self.remaining < self.room

    def turn(self) -> None:
        self.pages.append([""])

    def parted(self, before: int) -> int:
        """How many lines part a block from the one above; a page that is still empty needs no parting."""
        return before if any(self.pages[-1]) else 0

    def add(self, lines: Sequence[str]) -> None:
        self.pages[-1] += lines


def set_on_pages(blocks: Sequence[TextBlock], page_length: int) -> list[list[str]]:
    """The lines of each page, without page numbers; `page_length` counts those too."""
    book = _Book(page_length - NUMBER_LINES)
    for chain in _chains(blocks):
        if chain[0].new_page and any(book.pages[-1]):
            book.turn()
        height = sum(block.height for block in chain) + sum(block.before for block in chain[1:])
        over = height + book.parted(chain[0].before) > book.remaining
        if over and height < book.room and book.is_half_full:
            book.turn()
        if over:
            for pieces in _unbroken(chain):
                _put(pieces, book)
        else:
            _put_whole(chain, book)
    return book.pages


def _chains(blocks: Sequence[TextBlock]) -> Iterator[list[TextBlock]]:
    """Blocks with the ones that they must stay with."""
    chain: list[TextBlock] = []
    for block in blocks:
        chain.append(block)
        if not block.with_next:
            yield chain
            chain = []
    if chain:
        yield chain


def _unbroken(chain: Sequence[TextBlock]) -> Iterator[list[_Piece]]:
    """The pieces of a chain, those together between which no page ends."""
    together: list[_Piece] = []
    for block in chain:
        last = len(block.units)
        for number, unit in enumerate(block.units, start=1):
            above = block.above[number - 1] if block.above else ()
            inside = block.inside[number - 1] if block.inside else {}
            together.append(_Piece(block, unit, number == 1, number == last, above, inside))
            if number < last:
                yield together
                together = []
    if together:
        yield together


def _put_whole(chain: Sequence[TextBlock], book: _Book) -> None:
    """Puts a chain on this page, which has room for all of it."""
    before = book.parted(chain[0].before)
    for number, block in enumerate(chain):
        book.add([""] * (block.before if number else before))
        book.add([*block.head, *chained.from_iterable(block.units), *block.foot])


def _put(pieces: Sequence[_Piece], book: _Book) -> None:
    """Puts pieces on this page, or on the next; what no page can take is broken where it must be."""
    first, last = pieces[0], pieces[-1]
    height = sum(len(piece.lines) + (piece.block.before if piece.opens else 0) for piece in pieces)
    height += (0 if last.closes else len(last.block.foot)) - (first.block.before if first.opens else 0)
    before = book.parted(first.block.before) if first.opens else 0
    if height + before > book.remaining and any(book.pages[-1]):
        book.add(() if first.opens else first.block.foot)
        book.turn()
        book.add(() if first.opens else [*first.block.head, *first.above])
        before = 0
    if height > book.remaining and len(first.unit) + len(pieces) > 2:
        for piece in pieces if len(pieces) > 1 else _lines(first):
            _put([piece], book)
        return
    for number, piece in enumerate(pieces):
        book.add([""] * (before if number == 0 else piece.block.before if piece.opens else 0))
        book.add(piece.lines)


def _lines(piece: _Piece) -> Iterator[_Piece]:
    """The lines of a piece as pieces, for one that no page can take."""
    last = len(piece.unit) - 1
    for number, line in enumerate(piece.unit):
        above = piece.inside.get(number, ()) if number else piece.above
        yield _Piece(piece.block, [line], piece.opens and number == 0, piece.closes and number == last, above)
