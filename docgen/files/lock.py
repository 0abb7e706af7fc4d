"""One command at a time writes in a workspace: the others wait a moment, and then say who is at work.

The lock is the system's own, on build/.docgen/lock, so that it ends with its process however that ends.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from docgen.files.atomic import BUILD
from docgen.problems import Problem, Where, WriterProblem

LOCK = f"{BUILD}/.docgen/lock"
PATIENCE = 10.0  # seconds that a command waits for another
PAUSE = 0.05


class Busy(WriterProblem):
    """Another command has the lock."""


@contextlib.contextmanager
def held(root: Path, command: str, say: Callable[[str], None], patience: float | None = None) -> Iterator[None]:
    """Holds the workspace's lock in the name of a command, such as `docgen seal`; `say` gets the line of who has it.

    Busy when another command still has it after so many seconds, WriterProblem where there can be no lock.
    """
    path, end, waiting = root / LOCK, time.monotonic() + (PATIENCE if patience is None else patience), False
    try:
        folders = [folder for folder in (path.parent, path.parent.parent) if not folder.exists()]
        while (stream := _taken(path, f"{command}, process {os.getpid()}")) is None:
            holder = _holder(path)
            if time.monotonic() >= end:
                fault = f"{holder} is at work in this workspace"
                raise Busy([Problem(Where(str(root)), fault, "wait for its end, and run the same command")])
            if not waiting:
                say(f"{holder} is at work in this workspace; waiting for it.")
            waiting = True
            time.sleep(PAUSE)
    except OSError as error:
        where, fault = Where(str(error.filename or path)), f"cannot be locked: {error.strerror}"
        raise WriterProblem([Problem(where, fault, "keep the workspace where you may write")]) from None
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        stream.close()
        with contextlib.suppress(OSError):
            for folder in folders:
                folder.rmdir()


def _taken(path: Path, holder: str) -> IO[str] | None:
    """The lock's file, locked and with the holder's name in it; None while another has it.

    Who has had the lock takes the file away, so that what was locked may by now be no file of this name.
    """
    with contextlib.ExitStack() as stack:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            stream = stack.enter_context(path.open("a+", encoding="utf-8"))
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.fstat(stream.fileno()).st_ino != path.stat().st_ino:
                return None
        except (BlockingIOError, FileNotFoundError):
            return None
        stream.truncate(0)
        stream.write(holder)
        stream.flush()
        stack.pop_all()
    return stream


def _holder(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8") or "another docgen command"
    except (OSError, ValueError):
        return "another docgen command"
