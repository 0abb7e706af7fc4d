"""Has work on somebody's file done by a process of its own, where the bounds of `files.limits` hold."""

from __future__ import annotations

import multiprocessing
import signal
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import TypeVar

from docgen.problems import DataProblem, DocgenError, Problem, Where

SPAWN = multiprocessing.get_context("spawn")
PATIENCE = 120  # seconds after which the process is ended
ProcessResult = TypeVar("ProcessResult")


def done(file: str, work: Callable[..., ProcessResult], *values: object) -> ProcessResult:
    """What a function of a module gives for values; DataProblem where its process does not come to an end.

    RuntimeError, with what happened, for a fault of the function.
    """
    near, far = SPAWN.Pipe()
    process = SPAWN.Process(target=_answer, args=(far, work, values), daemon=True)
    process.start()
    far.close()
    try:
        if not near.poll(PATIENCE):
            raise DataProblem(
                [Problem(Where(file), f"would take more than {PATIENCE} seconds to read", "name another")]
            )
        problems: tuple[Problem, ...]
        result: ProcessResult
        result, problems, fault = near.recv()
    except (EOFError, OSError):
        raise DataProblem([Problem(Where(file), "cannot be read: memory may be short", "choose another")]) from None
    finally:
        process.kill()
        process.join()
        near.close()
    if problems:
        raise DataProblem(problems)
    if fault:
        raise RuntimeError(fault)
    return result


def _answer(pipe: Connection, work: Callable[..., object], values: tuple[object, ...]) -> None:
    """What the process does: sends the result, or what was wrong."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program that began it
    try:
        pipe.send((work(*values), (), ""))
    except DocgenError as error:
        pipe.send((None, error.problems, ""))
    except Exception as error:  # it is reported by the program that began it
        pipe.send((None, (), "".join(traceback.format_exception(error))))
