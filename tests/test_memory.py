"""Memory is asked for once, however deep the calls are, and garbage is looked for again when a document is made."""

from __future__ import annotations

import gc
import importlib.util
import resource
import sys
from collections.abc import Callable

import pytest

from docgen.build import memory

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


@pytest.mark.skipif(sys.version_info[:2] not in memory.MEASURED, reason="not measured on this Python")
def test_a_call_with_room_asks_the_system_for_no_memory_at_any_depth() -> None:
    """Without room there are depths at which each call asks; when there are none any more, `with_room` can go."""
    deeper(DEPTH, many_calls)
    assert max(pages_taken(depth) for depth in range(DEPTH)) >= CALLS
    assert max(memory.with_room(pages_taken, depth) for depth in range(DEPTH)) < CALLS / 2


def test_a_call_with_room_gives_what_the_function_gives() -> None:
    assert memory.with_room(divmod, 7, 2) == (3, 1)
    assert memory.with_room(sorted, [1, 2], reverse=True) == [2, 1]


@pytest.mark.parametrize(
    ("interpreter", "version", "size"),
    [
        ("cpython", (3, 11, 7), memory.ROOM),
        ("cpython", (3, 12, 1), memory.ROOM),
        ("cpython", (3, 13, 0), memory.ROOM),
        ("cpython", (3, 10, 13), leaf.__code__.co_stacksize),
        ("cpython", (3, 14, 0), leaf.__code__.co_stacksize),
        ("pypy", (3, 11, 7), leaf.__code__.co_stacksize),
    ],
)
def test_room_is_made_only_where_it_was_measured(interpreter: str, version: tuple[int, ...], size: int) -> None:
    assert memory.roomy(leaf.__code__, interpreter, version).co_stacksize == size


def test_elsewhere_the_function_is_called_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    spec = importlib.util.spec_from_file_location("memory_elsewhere", memory.__file__)
    assert spec
    assert spec.loader
    elsewhere = importlib.util.module_from_spec(spec)
    monkeypatch.setattr(sys, "version_info", (3, 14, 0, "final", 0))
    spec.loader.exec_module(elsewhere)
    assert elsewhere.with_room.__code__.co_stacksize < 100
    assert elsewhere.with_room(divmod, 7, 2) == (3, 1)


def test_garbage_is_looked_for_again_afterwards() -> None:
    assert gc.isenabled()
    with memory.without_collection():
        assert not gc.isenabled()
        with memory.without_collection():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()
