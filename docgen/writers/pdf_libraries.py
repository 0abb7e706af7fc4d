"""Loads WeasyPrint in half the time: no compiler is asked where its libraries are.

WeasyPrint tries each of its seven libraries by the names of several systems. For each name that the system's loader
does not know, Python starts `ldconfig`, `gcc` and `ld`: 0.25 s of 0.6 s, as measured on Debian 12. Linux has each
library by its full name, which is among those that are tried.
"""

from __future__ import annotations

import contextlib
import ctypes.util
import importlib
import io
import sys
from collections.abc import Iterator

WEASYPRINT = "weasyprint"


def load() -> None:
    """Loads WeasyPrint, if it is not loaded; OSError where one of its libraries is not installed."""
    if WEASYPRINT not in sys.modules and sys.platform == "linux":
        with contextlib.suppress(OSError), _without_search(), contextlib.redirect_stdout(io.StringIO()):
            importlib.import_module(WEASYPRINT)
    importlib.import_module(WEASYPRINT)  # with a search, where a full name was not enough


@contextlib.contextmanager
def _without_search() -> Iterator[None]:
    """Has Python find no library by other programs meanwhile."""
    search = ctypes.util.find_library
    ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = search
