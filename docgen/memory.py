"""What keeps Python from spending a document's time on memory: garbage is left, and calls have room."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Callable, Iterator
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

ROOM = 1 << 17  # places on the stack: more than Python's limit of a thousand calls within each other fills


@contextlib.contextmanager
def garbage_left() -> Iterator[None]:
    """Leaves garbage where it is until the end, as nearly all is in use; what was given up is found then."""
    sought = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if sought:
            gc.enable()


def with_room(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """What the function gives, called where all that it calls finds its place in one piece of memory.

    Python keeps the frames of its calls in pieces of 16 KB, and gives one back as soon as nothing is in it: a call
    that is made over and over just where a piece ends takes one from the system, and returns it, each time. That
    took a tenth of a document's time. This function says that it needs so much itself that the piece which Python
    takes for it, a power of two, has room for the rest; memory that nobody writes to costs nothing.
    """
    return function(*args, **kwargs)


with_room.__code__ = with_room.__code__.replace(co_stacksize=ROOM)
