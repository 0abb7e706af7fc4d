"""Memory is asked for once, however deep the calls are, and garbage is looked for again when a document is made."""

from __future__ import annotations

import gc
import resource
from collections.abc import Callable

from docgen import memory

CALLS = 300
DEPTH = 400


def leaf() -> None:
    """What is called over and over."""


def many_calls() -> None:
    for _ in range(CALLS):
        leaf()


def deeper(depth: int, work: Callable[[], None]) -> None:
    """Calls the work with so many calls around it."""
    if depth:
        deeper(depth - 1, work)
    else:
        work()


def pages_taken(depth: int) -> int:
    """How many pages of memory the calls take from the system, so deep down."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    deeper(depth, many_calls)
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


def test_a_call_with_room_asks_the_system_for_no_memory_at_any_depth() -> None:
    """Without room there are depths at which each call asks; when there are none any more, `with_room` can go."""
    deeper(DEPTH, many_calls)
    assert max(pages_taken(depth) for depth in range(DEPTH)) >= CALLS
    assert max(memory.with_room(pages_taken, depth) for depth in range(DEPTH)) < CALLS / 2


def test_a_call_with_room_gives_what_the_function_gives() -> None:
    assert memory.with_room(divmod, 7, 2) == (3, 1)
    assert memory.with_room(sorted, [1, 2], reverse=True) == [2, 1]


def test_garbage_is_looked_for_again_afterwards() -> None:
    assert gc.isenabled()
    with memory.garbage_left():
        assert not gc.isenabled()
        with memory.garbage_left():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()
