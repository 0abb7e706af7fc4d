"""What keeps Python from spending a document's time on memory: garbage is left, and calls have room."""

from __future__ import annotations

import contextlib
import gc
import sys
from collections.abc import Callable, Iterator
from types import CodeType
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

ROOM = 1 << 17  # places on the stack: more than Python's limit of a thousand calls within each other fills
MEASURED = ((3, 11), (3, 12), (3, 13))  # the versions of CPython on which calls with room were found to save memory


@contextlib.contextmanager
def without_collection() -> Iterator[None]:
    """Leaves garbage where it is until the end, as nearly all is in use; what was given up is found then."""
    sought = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if sought:
            gc.enable()


@contextlib.contextmanager
def loading() -> Iterator[None]:
    """Leaves garbage where it is, and takes what there is at the end for old, which Python looks through seldom.

    Else Python would look through all of it at once, since nothing of it was looked through before.
    """
    with without_collection():
        yield
        if not gc.get_freeze_count():  # what stays for good would be brought back
            gc.freeze()
            gc.unfreeze()


@contextlib.contextmanager
def for_good() -> Iterator[None]:
    """Looks for no garbage meanwhile, and never again in what there is by the end: that goes when nobody holds it.

    Without this every few requests of the page would look through a whole workspace for the sake of a few texts.
    """
    with without_collection():
        yield
        gc.freeze()


def with_room(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """What the function gives, called where all that it calls finds its place in one piece of memory.

    Python keeps the frames of its calls in pieces of 16 KB, and gives one back as soon as nothing is in it: a call
    that is made over and over just where a piece ends takes one from the system, and returns it, each time. That
    took a tenth of a document's time. This function says that it needs so much itself that the piece which Python
    takes for it, a power of two, has room for the rest; memory that nobody writes to costs nothing. On an
    interpreter where that was not measured the function is called plainly.
    """
    return function(*args, **kwargs)


def roomy(code: CodeType, interpreter: str, version: tuple[int, ...]) -> CodeType:
    """The code, said to need room for all that it calls; as it is, for an interpreter that was not measured."""
    measured = interpreter == "cpython" and version[:2] in MEASURED
    return code.replace(co_stacksize=ROOM) if measured else code


with_room.__code__ = roomy(with_room.__code__, sys.implementation.name, sys.version_info[:2])
