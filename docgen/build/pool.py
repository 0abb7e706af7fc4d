"""Has documents made by several processes of this machine: each gets the next one when it has finished one.

No library for pools is used, since a process that is killed may cost no more than the document it was at work on.
Tried with two processes, which return half a megabyte for each of 40 documents, and one of them killed at a random
moment: this module lost one document in each of 24 runs; pebble 5.2.3, whose processes share one pipe and its lock, had
not finished after 100 seconds in 3 of 24, and lost 35 documents in another. Killed while the processes load, this
module lost one in each of 6 runs, pebble all in each. `concurrent.futures` lost all that was still to do, and
`multiprocessing.Pool` waited for ever. A build took as much of the processors with pebble as without.

Here each process has a pipe of its own. What it makes comes back at once and is not kept, and no process makes more
than `MOST` documents with a PDF, so that memory does not grow with their number. This module loads next to nothing of
docgen's itself, so that processes can start, and load what they need, while the data is read.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import multiprocessing
import os
import signal
import weakref
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import TYPE_CHECKING, Any

from docgen.build import memory

if TYPE_CHECKING:
    from docgen.build.jobs import Output, Piece
    from docgen.document.layout import Layout
    from docgen.document.tree import Document
    from docgen.workspace.select import Paper

SPAWN = multiprocessing.get_context("spawn")  # the one way to start a process that every system has
EARLY = 2  # processes worth starting before it is clear how much there is to do: one a document of a paper
FEW = 8  # documents that one process makes in the time that a second takes to load its libraries
MOST = 200  # documents with a PDF that one process makes: WeasyPrint leaves 0.1 to 0.3 MB of each behind


@dataclass(frozen=True)
class Worker:
    """One process, and the pipe to it."""

    process: SpawnProcess
    pipe: Connection


@dataclass(frozen=True)
class Task:
    """A document, and the process that is at work on it."""

    worker: Worker
    piece: Piece


def cores() -> int:
    """How many processes this machine runs at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def make(
    papers: Sequence[Paper], formats: Sequence[str], processes: int, workers: Sequence[Worker] = ()
) -> Iterator[Output]:
    """The papers as they are finished, in any order, by so many processes at once; by this one where few are.

    `workers` are processes that were started before, and are used however little there is to do.
    """
    from docgen.build import jobs

    yield from (jobs.filed(paper, formats) for paper in papers if paper.seal)
    pieces = [piece for paper in papers if not paper.seal for piece in jobs.pieces(paper, formats)]
    many = len(pieces) > FEW if processes > 1 else len(pieces) > MOST and "pdf" in formats
    results = _results(pieces, min(processes, len(pieces)), workers) if workers or many else map(jobs.do, pieces)
    yield from jobs.gathered(results, pieces)


def files(tree: Document, formats: Sequence[str], layout: Layout, workers: Sequence[Worker]) -> dict[str, bytes]:
    """A document that is of no amendment in each format, read back: its PDF by a worker, if there is one, meanwhile.

    What a worker cannot make is made again by this process, which says why; WriterProblem then.
    """
    from docgen.build import jobs, produce

    worker = workers[0] if workers and "pdf" in formats else None
    if worker:
        _send(worker, functools.partial(jobs.pdf, tree, layout))
    by_format = {suffix: produce.proved(tree, suffix, layout) for suffix in formats if not worker or suffix != "pdf"}
    if worker:
        by_format["pdf"] = _received(worker) or produce.proved(tree, "pdf", layout)
    return {suffix: by_format[suffix] for suffix in formats}


def _results(pieces: Sequence[Piece], processes: int, workers: Sequence[Worker]) -> Iterator[Output]:
    """The longest pieces first, so that none is left over to the end. A process that dies takes one piece with it."""
    queue = deque(sorted(pieces, key=lambda piece: piece.length, reverse=True))
    pdf = any("pdf" in piece.formats for piece in pieces)
    tasks: dict[Connection, Task] = {}
    counts: Counter[Connection] = Counter()
    try:
        for number in range(processes):
            _assign(workers[number] if number < len(workers) else start(pdf), queue, tasks)
        while tasks:
            ready = wait(list(tasks))
            for pipe in [pipe for pipe in tasks if pipe in ready]:
                task = tasks.pop(pipe)
                counts[pipe] += 1
                result = _result(task)
                worker = task.worker
                if queue and (pipe.closed or (pdf and counts[pipe] >= MOST)):
                    pipe.close()
                    worker = start(pdf)
                _assign(worker, queue, tasks)
                yield result
    finally:
        for task in tasks.values():
            task.worker.process.kill()


def _assign(worker: Worker, queue: deque[Piece], tasks: dict[Connection, Task]) -> None:
    """Gives a process the next piece, or the end."""
    if not queue:
        worker.pipe.close()
        return
    from docgen.build import jobs

    piece = queue.popleft()
    tasks[worker.pipe] = Task(worker, piece)
    _send(worker, functools.partial(jobs.do, piece.alone()))


def _send(worker: Worker, work: Callable[[], object]) -> None:
    """Gives a process work; one that has died says so when its result is waited for."""
    with contextlib.suppress(OSError):
        worker.pipe.send(work)


def _received(worker: Worker) -> Any:
    """What a process made of the work that it was given; None, and its pipe is closed, if it died over it."""
    try:
        return worker.pipe.recv()
    except (EOFError, OSError):
        worker.pipe.close()
        worker.process.join()
        return None


def _result(task: Task) -> Output:
    """What a process made of a piece, or the problem that it died over it."""
    result: Output = _received(task.worker) or _lost(task)
    return result


def _lost(task: Task) -> Output:
    """The problem of a piece whose process died over it."""
    from docgen.build import jobs

    remedy = f"run docgen build {task.piece.paper.name} --jobs 1; memory may be short"
    return jobs.lost(task.piece, f"was not made: its process ended with code {task.worker.process.exitcode}", remedy)


@contextlib.contextmanager
def early_workers(processes: int, formats: Sequence[str], most: int = EARLY) -> Iterator[list[Worker]]:
    """Processes that load WeasyPrint meanwhile, where a PDF is needed and there may be several; all end with it."""
    workers = [start(True) for _ in range(min(processes, most) if processes > 1 and "pdf" in formats else 0)]
    try:
        yield workers
    finally:
        for worker in workers:
            worker.process.kill()
            worker.process.join()


def start(pdf: bool) -> Worker:
    """A new process, which loads what makes a PDF first if it will. Ctrl-C does not reach it: its starter ends it.

    What it keeps on the disk for itself, as WeasyPrint the fonts, goes when it ends, also when it is killed.
    """
    import shutil
    import tempfile

    near, far = SPAWN.Pipe()
    home = tempfile.mkdtemp(prefix="docgen-")
    process = SPAWN.Process(target=serve, args=(far, pdf, home), daemon=True)
    weakref.finalize(process, shutil.rmtree, home, ignore_errors=True)
    resource_tracker.ensure_running()  # else it starts with the first process, and lets Ctrl-C through to it
    with _no_interrupts():
        process.start()
    far.close()
    return Worker(process, near)


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


def serve(pipe: Connection, pdf: bool, home: str) -> None:
    """What a process does: the work that comes through its pipe, until there is no more; its own files are at `home`.

    What cannot be loaded is a problem of the work that needs it.
    """
    import shutil
    import tempfile

    tempfile.tempdir = home
    with memory.loading(), contextlib.suppress(OSError):
        importlib.import_module("docgen.build.jobs")
        if pdf:
            importlib.import_module("docgen.writers").pdf_writer()
    with contextlib.suppress(EOFError, OSError):  # the starter has ended
        while True:
            with memory.without_collection():  # garbage is looked for when what was made is on its way
                pipe.send(_done(pipe.recv()))
    shutil.rmtree(home, ignore_errors=True)  # its starter may have been killed


def _done(work: Callable[[], object]) -> object:
    """What comes of the work; an OSError here is not the pipe's, but a fault that ends the process."""
    try:
        return work()
    except OSError as error:
        raise RuntimeError(str(error)) from error
