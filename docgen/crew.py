"""Makes papers in several processes: each gets the next document when it has made one; only the asker saves.

What a process makes comes back at once and is not kept, and no process makes more than some hundred documents, so
that memory does not grow with the number of papers.
"""

from __future__ import annotations

import contextlib
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection, wait

from docgen import hands, work
from docgen.hands import Hand
from docgen.work import Made, Piece
from docgen.workspace.select import Paper

FEW = 8  # documents that one process has made by the time that a second has loaded its libraries
LIFE = 200  # documents with a PDF that one process makes: WeasyPrint leaves 0.1 to 0.3 MB of each behind


def make(papers: Sequence[Paper], formats: Sequence[str], jobs: int, ready: Sequence[Hand] = ()) -> Iterator[Made]:
    """The papers as they are finished, in any order, made by so many processes at once; by this one where few are.

    `ready` are processes that were started before, and are used however little there is to do.
    """
    yield from (work.filed(paper, formats) for paper in papers if paper.seal)
    pieces = [piece for paper in papers if not paper.seal for piece in work.pieces(paper, formats)]
    many = len(pieces) > FEW if jobs > 1 else len(pieces) > LIFE and "pdf" in formats
    done = _by_many(pieces, min(jobs, len(pieces)), ready) if ready or many else map(work.do, pieces)
    yield from work.gathered(done, pieces)


def _by_many(pieces: Sequence[Piece], jobs: int, ready: Sequence[Hand]) -> Iterator[Made]:
    """The longest pieces first, so that none is left over to the end. A process that dies takes one piece with it."""
    waiting = deque(sorted(pieces, key=lambda piece: piece.length, reverse=True))
    pdf = any("pdf" in piece.formats for piece in pieces)
    at_work: dict[Connection, tuple[Hand, Piece]] = {}
    made_by: Counter[Connection] = Counter()
    try:
        for number in range(jobs):
            _give(ready[number] if number < len(ready) else hands.hire(pdf), waiting, at_work)
        while at_work:
            done = wait(list(at_work))
            for pipe in [pipe for pipe in at_work if pipe in done]:
                hand, piece = at_work.pop(pipe)
                made_by[pipe] += 1
                made = _received(hand, piece)
                if waiting and (hand.pipe.closed or (pdf and made_by[pipe] >= LIFE)):
                    hand.pipe.close()
                    hand = hands.hire(pdf)
                _give(hand, waiting, at_work)
                yield made
    finally:
        for hand, _ in at_work.values():
            hand.process.kill()


def _give(hand: Hand, waiting: deque[Piece], at_work: dict[Connection, tuple[Hand, Piece]]) -> None:
    """Gives a process the next piece, or the end."""
    if not waiting:
        hand.pipe.close()
        return
    piece = waiting.popleft()
    at_work[hand.pipe] = (hand, piece)
    with contextlib.suppress(OSError):  # it has died; what it says next is its end
        hand.pipe.send(piece.alone())


def _received(hand: Hand, piece: Piece) -> Made:
    """What a process made; its pipe is closed if it died over it."""
    try:
        made: Made = hand.pipe.recv()
    except (EOFError, OSError):
        made = _lost(piece, hand)
    return made


def _lost(piece: Piece, hand: Hand) -> Made:
    """What is said of a piece whose process died over it."""
    hand.pipe.close()
    hand.process.join()
    remedy = f"run docgen build {piece.paper.name} --jobs 1; memory may be short"
    return work.lost(piece, f"was not made: its process ended with code {hand.process.exitcode}", remedy)
