"""Processes that do pieces of work: each is started once, is sent one piece after the other, and is ended by the asker.

This room loads next to nothing of docgen's itself, so that a process can be started, and load what it needs,
while the one that starts it still reads the data.
"""

from __future__ import annotations

import contextlib
import importlib
import multiprocessing
import os
import signal
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import TYPE_CHECKING

from docgen import memory

if TYPE_CHECKING:
    from docgen.work import Made, Piece

SPAWN = multiprocessing.get_context("spawn")  # the one way to start a process that every system has
AHEAD = 2  # processes worth starting before it is known how much there is to do: one a document of a paper


@dataclass(frozen=True)
class Hand:
    """One process, and the pipe to it."""

    process: SpawnProcess
    pipe: Connection


def cores() -> int:
    """How many processes this machine runs at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextlib.contextmanager
def ahead(jobs: int, formats: Sequence[str]) -> Iterator[list[Hand]]:
    """Processes that load WeasyPrint meanwhile, where a PDF is asked for and there may be several; all end with it."""
    hands = [hire("pdf" in formats) for _ in range(min(jobs, AHEAD) if jobs > 1 and "pdf" in formats else 0)]
    try:
        yield hands
    finally:
        for hand in hands:
            hand.process.kill()
            hand.process.join()


def hire(pdf: bool) -> Hand:
    """A new process, which loads what makes a PDF first if it will. Ctrl-C does not reach it: the asker ends it."""
    mine, its = SPAWN.Pipe()
    process = SPAWN.Process(target=serve, args=(its, pdf), daemon=True)
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


def serve(pipe: Connection, pdf: bool) -> None:
    """What a process does: the pieces that it is sent, until there are no more.

    What cannot be loaded is said by the piece that needs it.
    """
    with memory.garbage_left(), contextlib.suppress(OSError):
        importlib.import_module("docgen.work")
        if pdf:
            importlib.import_module("docgen.writers.pdf")
    with contextlib.suppress(EOFError, OSError):  # the asker has ended
        while True:
            pipe.send(_done(pipe.recv()))


def _done(piece: Piece) -> Made:
    """The piece; OSError is no word of the pipe's here, but a fault that ends the process."""
    from docgen import work

    try:
        return work.do(piece)
    except OSError as error:
        raise RuntimeError(f"{piece.paper.name}: {error}") from error
