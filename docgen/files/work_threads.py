"""Work that can be ended where no signal comes: in a thread of its own, which the one that waits for it looks after."""

from __future__ import annotations

import contextlib
import ctypes
import resource
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as StillAtWork
from dataclasses import dataclass, field
from types import FrameType
from typing import Generic, TypeVar

LOOK = 0.02  # seconds between two looks
SPARE = 400_000_000  # bytes that the other threads may take meanwhile
PATIENCE = 10  # seconds in which work may heed that it is to end; after them nobody waits for it
Result = TypeVar("Result")


class WorkThread(threading.Thread, Generic[Result]):
    """Does one thing and gives it by its `future`; `seconds` are those that it has worked."""

    def __init__(self, work: Callable[[], Result]) -> None:
        super().__init__(daemon=True)
        self.work = work
        self.future: Future[Result] = Future()
        self.clock = 0

    def run(self) -> None:
        """The work, whatever it raises."""
        try:
            self.clock = time.pthread_getcpuclockid(threading.get_ident())
            self.future.set_result(self.work())
        except BaseException as error:  # it is for whoever waits
            self.future.set_exception(error)

    @property
    def seconds(self) -> float:
        """The seconds of the processor that it has taken."""
        try:
            return time.clock_gettime(self.clock) if self.clock else 0
        except OSError:
            return 0  # it has ended

    def end(self, error: type[BaseException], may_end: Callable[[FrameType | None], bool]) -> None:
        """Raises an error in the thread, at the next step of Python that it takes."""
        if self.ident is not None and may_end(sys._current_frames().get(self.ident)):
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(self.ident), ctypes.py_object(error))


@dataclass
class _Shared:
    """The bound of the memory of the whole process, while any thread works: how many do, and what it was before."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    threads: int = 0
    before: tuple[int, int] = (0, 0)


_shared = _Shared()


@contextlib.contextmanager
def memory_bounded(taken: int, most: int) -> Iterator[None]:
    """Bounds what this process may take: `most` bytes more than it has `taken`, and some to spare."""
    with _shared.lock:
        _shared.threads += 1
        soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        if _shared.threads == 1:
            _shared.before = (soft, hard)
        bound = taken + most + SPARE
        if taken and (_shared.threads == 1 or bound > soft):
            bounds = [limit for limit in _shared.before if limit != resource.RLIM_INFINITY]
            resource.setrlimit(resource.RLIMIT_AS, (min([bound, *bounds]), hard))
    try:
        yield
    finally:
        with _shared.lock:
            _shared.threads -= 1
            if not _shared.threads:
                resource.setrlimit(resource.RLIMIT_AS, _shared.before)


def waited_for(
    work: Callable[[], Result],
    too_much: Callable[[float], BaseException | None],
    may_end: Callable[[FrameType | None], bool],
    again: float,
) -> Result:
    """What the work gives. `too_much` says of the seconds that it took for what reason it has to end; then it is
    told so, again after some seconds, where it may end."""
    thread = WorkThread(work)
    thread.start()
    while True:
        with contextlib.suppress(StillAtWork):
            return thread.future.result(LOOK)
        if (reason := too_much(thread.seconds)) is not None:
            _ended(thread, type(reason), may_end, again)
            raise reason


def _ended(
    thread: WorkThread[Result], error: type[BaseException], may_end: Callable[[FrameType | None], bool], again: float
) -> None:
    """Has a thread end, as far as it can be made to."""
    last = time.monotonic() + PATIENCE
    while thread.is_alive() and time.monotonic() < last:
        thread.end(error, may_end)
        thread.join(again)
