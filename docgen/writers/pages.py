"""Puts blocks of lines on pages: a block stays whole where it can, heads repeat where it cannot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

NUMBER_LINES = 2  # an empty line and the page's number


@dataclass(frozen=True)
class TextBlock:
    """Lines that belong together.

    `units` are the least pieces that a page takes (a line of a paragraph, a row of a table); `head`
    stands before the first and again on each further page, `foot` after the last piece of each page;
    `before` empty lines part it from what stands above; `with_next` keeps it with the block below;
    `new_page` begins a page with it.
    """

    units: Sequence[Sequence[str]]
    head: Sequence[str] = ()
    foot: Sequence[str] = ()
    before: int = 1
    with_next: bool = False
    new_page: bool = False

    @cached_property
    def height(self) -> int:
        """How many lines the block takes in one piece."""
        return len(self.head) + sum(map(len, self.units)) + len(self.foot)


@dataclass
class _Book:
    """The pages so far; the last is being filled."""

    room: int
    pages: list[list[str]] = field(default_factory=lambda: [[]])

    @property
    def remaining(self) -> int:
        return self.room - len(self.pages[-1])

    def turn(self) -> None:
        self.pages.append([""])

    def start(self, before: int) -> None:
        """Parts the next block from the one above; a page that is still empty needs no parting."""
        if any(self.pages[-1]):
            self.pages[-1] += [""] * before

    def fits(self, height: int, before: int) -> bool:
        return height <= self.remaining - (before if any(self.pages[-1]) else 0)

    def add(self, lines: Sequence[str]) -> None:
        self.pages[-1] += lines


def set_on_pages(blocks: Sequence[TextBlock], page_length: int) -> list[list[str]]:
    """The lines of each page, without page numbers; `page_length` counts those too."""
    book = _Book(page_length - NUMBER_LINES)
    for chain in _chains(blocks):
        if chain[0].new_page and any(book.pages[-1]):
            book.turn()
        height = sum(block.height for block in chain) + sum(block.before for block in chain[1:])
        if not book.fits(height, chain[0].before) and any(book.pages[-1]):
            first_piece = sum(b.height + b.before for b in chain[:-1]) + _least(chain[-1])
            if height <= book.room - 1 or not book.fits(first_piece, chain[0].before):
                book.turn()
        for block in chain:
            _put(block, book)
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


def _least(block: TextBlock) -> int:
    """The lines of the block's head and its first two pieces: less is not worth beginning on a page."""
    return len(block.head) + sum(len(unit) for unit in block.units[:2]) + len(block.foot)


def _put(block: TextBlock, book: _Book) -> None:
    if book.fits(block.height, block.before):
        book.start(block.before)
        book.add([*block.head, *(line for unit in block.units for line in unit), *block.foot])
        return
    if not book.fits(_least(block), block.before) and any(book.pages[-1]):
        book.turn()
    book.start(block.before)
    book.add(block.head)
    for unit in block.units:
        if len(unit) + len(block.foot) > book.remaining:
            book.add(block.foot)
            book.turn()
            book.add(block.head)
        book.add(unit)
    book.add(block.foot)
