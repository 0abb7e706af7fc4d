"""Work on somebody's file ends: after so many seconds of work, and with so much more memory than there was.

The seconds are those that this process works, so that a busy machine does not shorten them; beside the main thread, as
in the page, they are those of a thread for the work alone. Memory is not bounded where the system does not say how much
there is.
"""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import stat
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from docgen.problems import DataProblem, Problem, UsageProblem, Where

if TYPE_CHECKING:
    from docgen.files.work_threads import Result

MEGABYTE = 1_000_000
SECONDS, MEGABYTES = 6, 700  # for a file that somebody else may have made
MOST_TEXTS, SECONDS_A_TEXT = 100_000, 0.0005  # ten thousand portfolios have half as many
LARGEST = 100_000_000  # bytes of such a file
PAGE = resource.getpagesize()
AGAIN = 0.1  # seconds after which the end is said again, where a library has swallowed it


class TooMuch(BaseException):
    """The work took too long, or too much memory; no library takes it for an error of its own."""


def within(seconds: float, megabytes: int, work: Callable[[], Result]) -> Result:
    """What the work gives; TooMuch, with the bound in words, when it takes more than that."""
    if threading.current_thread() is threading.main_thread():
        with bounded(seconds, megabytes):
            return work()
    from docgen.files import work_threads

    if isinstance(threading.current_thread(), work_threads.WorkThread):
        return work()  # the work around it is bounded
    taken, most = _taken(), megabytes * MEGABYTE

    def too_much(worked: float) -> TooMuch | None:
        if worked > seconds:
            return TooMuch(f"more than {seconds:.0f} seconds")
        return TooMuch(f"more than {megabytes:,} MB of memory") if _taken() > taken + most else None

    try:
        with work_threads.memory_bounded(taken, most):
            return work_threads.waited_for(work, too_much, lambda frame: not _is_tidying(frame), AGAIN)
    except MemoryError as error:
        raise TooMuch(f"more than {megabytes:,} MB of memory") from error


@contextlib.contextmanager
def bounded(seconds: float, megabytes: int) -> Iterator[None]:
    """Bounds what the main thread does inside; TooMuch, with the bound in words, when it takes more than that."""
    if threading.current_thread() is not threading.main_thread() or signal.getitimer(signal.ITIMER_VIRTUAL)[0]:
        yield  # no timer can be set, or one is set by the work around it
        return

    def end(number: int, frame: FrameType | None) -> None:
        if not _is_tidying(frame):
            raise TooMuch(f"more than {seconds:.0f} seconds")

    before = signal.signal(signal.SIGVTALRM, end)
    try:
        with _memory(megabytes):
            signal.setitimer(signal.ITIMER_VIRTUAL, seconds, AGAIN)
            yield
    except MemoryError as error:
        raise TooMuch(f"more than {megabytes:,} MB of memory") from error
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _is_tidying(frame: FrameType | None) -> bool:
    """Whether Python is at work on something that it throws away, where it lets no error through."""
    while frame is not None and frame.f_code.co_name not in ("__del__", "gc_callback"):
        frame = frame.f_back
    return frame is not None


@contextlib.contextmanager
def _memory(megabytes: int) -> Iterator[None]:
    """Bounds the memory that this process may take from the system meanwhile."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    if taken := _taken():
        bounds = [limit for limit in (soft, hard) if limit != resource.RLIM_INFINITY]
        resource.setrlimit(resource.RLIMIT_AS, (min([taken + megabytes * MEGABYTE, *bounds]), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _taken() -> int:
    """The bytes that this process has taken from the system; 0 where that is not said (proc(5), statm)."""
    try:
        with open("/proc/self/statm", "rb", buffering=0) as sizes:
            return int(sizes.read().split()[0]) * PAGE
    except (OSError, ValueError):
        return 0


def of_file(name: str, work: Callable[[], Result], texts: int = 0) -> Result:
    """What the work on a file gives that somebody else may have made; DataProblem where it would not end.

    A file with many texts in it, up to some number, may take longer.
    """
    texts = min(texts, MOST_TEXTS)
    try:
        return within(SECONDS + texts * SECONDS_A_TEXT, MEGABYTES + texts // 50, work)
    except TooMuch as error:
        raise DataProblem([Problem(Where(name), f"would take {error} to read", "name a file of a schedule")]) from None


def named_file(name: str, remedy: str = "") -> bytes:
    """The bytes of a file that a person named; UsageProblem when it cannot be read."""
    try:
        return content(Path(name))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageProblem([Problem(Where(name), f"cannot be read: {reason}", remedy)]) from None


def content(path: Path, most: int = LARGEST) -> bytes:
    """The bytes of a file; OSError where it is none, as a pipe or a device is, and where it has more bytes than that.

    Whatever stands there is opened without waiting for it.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    with open(descriptor, "rb") as stream:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(0, "is not a file", str(path))
        data = stream.read(most + 1)
    if len(data) > most:
        raise OSError(0, f"is longer than {most:,} bytes", str(path))
    return data
