"""What is said when docgen itself is at fault: that it is, and which file to send to those who mend it."""

from __future__ import annotations

import sys

from docgen import __version__
from docgen.cli import terminal

CODE = 3


def report(error: BaseException) -> int:
    """Says that docgen is at fault, and writes what happened into a file to send; gives the exit code."""
    name = write(error)
    terminal.say(f"This is a fault of docgen: {type(error).__name__}: {str(error)[:200]}", True, fg="red", bold=True)
    terminal.say("    Nothing was written half. Please report it, and send this file, after reading it:", True)
    terminal.say(f"    {name}", True)
    return CODE


def write(error: BaseException) -> str:
    """Writes what happened into a file to send, and gives its name.

    The file has the places in the code, and the words of the error, which may quote a line of the data.
    """
    import platform  # these take a moment to load, for what should never be
    import tempfile
    import traceback

    text = "".join(
        [
            f"docgen {__version__}, Python {platform.python_version()}, {platform.platform()}\n",
            f"command: {' '.join(sys.argv[1:])}\n\n",
            *traceback.format_exception(error),
        ]
    )
    descriptor, name = tempfile.mkstemp(prefix="docgen-fault-", suffix=".txt")
    with open(descriptor, "w", encoding="utf-8", errors="backslashreplace") as file:
        file.write(text)
    return name
