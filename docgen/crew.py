"""Makes papers in several processes: each gets the next paper when it has made one; only the asker saves.

What a process makes comes back at once and is not kept, so that memory does not grow with the number of papers.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess

from docgen import build
from docgen.build import BUILD, Made, Paper
from docgen.problems import Where, one

FEW = 4  # papers that one process has made by the time that a second has loaded its libraries

SPAWN = multiprocessing.get_context("spawn")  # the one way to start a process that every system has


@dataclass(frozen=True)
class Hand:
    """One process of the crew, and the pipe to it."""

    process: SpawnProcess
    pipe: Connection


def cores() -> int:
    """How many processes this machine runs at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def make(papers: Sequence[Paper], formats: Sequence[str], jobs: int) -> Iterator[Made]:
    """The papers as they are finished, in any order, made by so many processes; by this one where they are few."""
    if jobs < 2 or len(papers) <= FEW:
        yield from (build.make(paper, formats) for paper in papers)
    else:
        yield from _by_many(papers, formats, min(jobs, len(papers)))


def _by_many(papers: Sequence[Paper], formats: Sequence[str], jobs: int) -> Iterator[Made]:
    """The longest papers first, so that none is left over to the end. A process that dies takes one paper with it."""
    waiting = deque(sorted(papers, key=_length, reverse=True))
    at_work: dict[Connection, tuple[Hand, Paper]] = {}
    try:
        for _ in range(jobs):
            _give(_hire(), waiting, formats, at_work)
        while at_work:
            ready = wait(list(at_work))
            for pipe in [pipe for pipe in at_work if pipe in ready]:
                hand, paper = at_work.pop(pipe)
                try:
                    made: Made = hand.pipe.recv()
                except (EOFError, OSError):
                    made = _lost(paper, hand)
                    hand = _hire() if waiting else hand
                _give(hand, waiting, formats, at_work)
                yield made
    finally:
        for hand, _ in at_work.values():
            hand.process.kill()


def _length(paper: Paper) -> int:
    return sum(len(group.rows) for schedule in paper.amendment.schedules for group in schedule.groups)


def _give(
    hand: Hand, waiting: deque[Paper], formats: Sequence[str], at_work: dict[Connection, tuple[Hand, Paper]]
) -> None:
    """Gives a process the next paper, or the end."""
    if not waiting:
        hand.pipe.close()
        return
    paper = waiting.popleft()
    at_work[hand.pipe] = (hand, paper)
    with contextlib.suppress(OSError):  # it has died; what it says next is its end
        hand.pipe.send((paper.alone(), tuple(formats)))


def _lost(paper: Paper, hand: Hand) -> Made:
    """What is said of a paper whose process died over it."""
    hand.pipe.close()
    hand.process.join()
    found = f"was not made: its process ended with code {hand.process.exitcode}"
    remedy = f"run docgen build {paper.name} --jobs 1; memory may be short"
    return Made(paper.name, {}, one(Where(f"{BUILD}/{paper.name}"), found, remedy))


def _hire() -> Hand:
    """A new process. Ctrl-C does not reach it: the asker ends it."""
    mine, its = SPAWN.Pipe()
    process = SPAWN.Process(target=work, args=(its,), daemon=True)
    resource_tracker.ensure_running()  # else it starts with the first process, and lets Ctrl-C through to it
    with _no_interrupts():
        process.start()
    its.close()
    return Hand(process, mine)


@contextlib.contextmanager
def _no_interrupts() -> Iterator[None]:
    """Holds Ctrl-C back; a process that is started meanwhile never sees one."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def work(pipe: Connection) -> None:
    """What a process of the crew does: makes the papers that it is sent until there are no more."""
    with contextlib.suppress(EOFError, OSError):  # the asker has ended
        while True:
            paper, formats = pipe.recv()
            pipe.send(_made(paper, formats))


def _made(paper: Paper, formats: Sequence[str]) -> Made:
    """The paper; OSError is no word of the pipe's here, but a fault that ends the process."""
    try:
        return build.make(paper, formats)
    except OSError as error:
        raise RuntimeError(f"{paper.name}: {error}") from error
