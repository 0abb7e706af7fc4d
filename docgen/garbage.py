"""When Python looks for garbage: not while data is read or a document is made, of which nearly all is in use."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator


@contextlib.contextmanager
def left() -> Iterator[None]:
    """Leaves garbage where it is until the end; what was given up meanwhile is found then."""
    sought = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if sought:
            gc.enable()
