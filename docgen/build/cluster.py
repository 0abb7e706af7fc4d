"""Has papers made on other machines: a Dask scheduler gives each document to a worker, or another if that one dies.

Documents travel as values, with their templates, style sheet and fonts; results come back as bytes, and the
asker saves them. A worker that has other code or libraries than the asker makes nothing, since its bytes would differ.
"""

from __future__ import annotations

import contextlib
import functools
import logging
import tempfile
import threading
from asyncio import CancelledError
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from docgen.build import jobs
from docgen.build.jobs import Output, Piece
from docgen.files import fingerprint
from docgen.problems import Problem, UsageProblem, Where
from docgen.workspace.select import Paper

try:
    from distributed import Client, Future, wait
except ImportError:  # the extra is not installed; `connected` says so
    Client = None

Files = tuple[tuple[str, bytes], ...]  # what one folder of templates holds, by name

PATIENCE = 20  # seconds without a result, or an answer of the scheduler, after which to look who is still there
EACH = 3  # pieces that a worker has at hand: one to do, the others on their way, no matter how many wait
REMEDY = "see that the scheduler and its workers are up, then run the same command: what is made stays"
LOGS = ("distributed", "distributed.client", "asyncio")  # the last: of results for which Dask waited in vain
RENDER_LOCK = threading.Lock()  # WeasyPrint's warnings are the whole process's: its pieces take turns


def make(papers: Sequence[Paper], formats: Sequence[str], address: str) -> Iterator[Output]:
    """The papers as they are finished, in any order, made by the workers of the scheduler at the address."""
    yield from (jobs.filed(paper, formats) for paper in papers if paper.seal)
    pieces = [piece for paper in papers if not paper.seal for piece in jobs.pieces(paper, formats)]
    if pieces:
        with connected(address) as client:
            yield from jobs.gathered(_done(client, pieces), pieces)


@contextlib.contextmanager
def connected(address: str) -> Iterator[Client]:
    """The scheduler at the address; UsageProblem when it, or a worker with the same docgen, is not there."""
    if Client is None:
        raise _refused(address, "Dask is not installed", 'run: pip install "docgen[cluster]"')
    for name in LOGS:
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what matters of it is said as a problem
    try:
        client = Client(address, timeout=PATIENCE, name="docgen")
    except (OSError, ValueError, TypeError) as error:
        raise _refused(address, f"no scheduler answers: {error}", "start one with: dask scheduler") from None
    try:
        _hold_alike(client.run(toolchain, on_error="return"), address)
        yield client
    finally:
        client.close(timeout=PATIENCE)


def _hold_alike(workers: Mapping[str, object], address: str) -> None:
    """UsageProblem when there is no worker, or one that would make other bytes."""
    if not workers:
        raise _refused(address, "the scheduler has no workers", f"start one with: dask worker {address} --nthreads 1")
    if others := sorted(worker for worker, answer in workers.items() if answer != toolchain()):
        fault = f"{', '.join(others)}: another docgen, Python or library than here, so its files would differ"
        raise _refused(address, fault, "install the same on each machine, as from one container image")


def _refused(address: str, fault: str, remedy: str) -> UsageProblem:
    return UsageProblem([Problem(Where(f"--cluster {address}"), fault, remedy)])


@functools.lru_cache(maxsize=1)
def toolchain() -> str:
    """The hash of all that the bytes of files depend on beside their data."""
    return fingerprint.together([fingerprint.code(), fingerprint.libraries()])


class Forsaken(Exception):
    """Nobody is left to do the work."""


def _done(client: Client, pieces: Sequence[Piece]) -> Iterator[Output]:
    """The pieces as they are done, the longest first; no more of them are on their way than the workers need."""
    waiting = deque(sorted(pieces, key=lambda piece: piece.length, reverse=True))
    away: dict[Future, Piece] = {}
    files = [_files(folder) for folder in pieces[0].paper.folders]
    try:
        templates = client.submit(tuple, files, pure=False)
        while waiting or away:
            for piece in _next(waiting, EACH * len(client.nthreads()) - len(away)):
                away[client.submit(do, piece.alone(), templates, toolchain(), pure=False)] = piece
            arrived = {future: output for future in _ended(list(away)) if (output := _result(future, away[future]))}
            if not arrived and not client.nthreads():
                raise Forsaken
            for future, output in arrived.items():
                del away[future]
                yield output
    except (Forsaken, CancelledError, OSError) as error:  # the last two: the scheduler is gone
        reason = "no worker is left" if isinstance(error, Forsaken) else "the scheduler is gone"
        for piece in (*away.values(), *waiting):
            yield jobs.lost(piece, f"was not made: {reason}", REMEDY)


def _next(waiting: deque[Piece], number: int) -> list[Piece]:
    return [waiting.popleft() for _ in range(min(number, len(waiting)))]


def _ended(futures: Sequence[Future]) -> Sequence[Future]:
    """Those that have come to an end, waited for until one has or patience has."""
    if futures:
        with contextlib.suppress(TimeoutError):
            return list(wait(futures, timeout=PATIENCE, return_when="FIRST_COMPLETED").done)
    return ()


def _result(future: Future, piece: Piece) -> Output | None:
    """What a worker made; a problem where it could not, or died over it as often as Dask lets it.

    None when it does not arrive: its worker died with it, and Dask has it made again where there is another.
    """
    if future.status == "error":
        error = future.exception()
        remedy = f"run docgen build {piece.paper.name} on this machine; memory may be short there"
        return jobs.lost(piece, f"was not made: {type(error).__name__}: {str(error)[:200]}", remedy)
    output: Output | None = None
    with contextlib.suppress(TimeoutError):
        output = future.result(timeout=PATIENCE)
    return output


def _files(folder: Path) -> Files:
    """All files of a folder of templates."""
    names = sorted(path for path in folder.rglob("*") if path.is_file())
    return tuple((path.relative_to(folder).as_posix(), path.read_bytes()) for path in names)


def do(piece: Piece, templates: tuple[Files, ...], asker: str) -> Output:
    """What a worker does: the piece, with the templates that came along; they are named as where they came from."""
    if toolchain() != asker:
        return jobs.lost(piece, "was not made: the worker has another docgen, Python or library", REMEDY)
    local_folders, asker_folders = _unpacked(templates)[1], piece.paper.folders
    with RENDER_LOCK:
        output = jobs.do(replace(piece, paper=replace(piece.paper, folders=local_folders)))
    return replace(
        output, problems=tuple(_elsewhere(problem, local_folders, asker_folders) for problem in output.problems)
    )


@functools.lru_cache(maxsize=2)
def _unpacked(templates: tuple[Files, ...]) -> tuple[tempfile.TemporaryDirectory[str], tuple[Path, ...]]:
    """The templates as folders of this machine, which go when its process ends or others come."""
    home = tempfile.TemporaryDirectory(prefix="docgen-")
    folders = tuple(Path(home.name) / str(number) for number in range(len(templates)))
    for folder, files in zip(folders, templates, strict=True):
        folder.mkdir()
        for name, data in files:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
    return home, folders


def _elsewhere(problem: Problem, local_folders: Sequence[Path], asker_folders: Sequence[Path]) -> Problem:
    """The problem with the asker's folders in place of this machine's."""
    file, text = problem.where.file, problem.found
    for mine, its in zip(local_folders, asker_folders, strict=True):
        file, text = file.replace(str(mine), str(its)), text.replace(str(mine), str(its))
    return replace(problem, where=replace(problem.where, file=file), found=text)
