"""Says things on the terminal: problems, totals, what was written, how far the work is."""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click

from docgen.problems import Problem, Severity, count, errors, relative_to

T = TypeVar("T")
MOST_PROBLEMS = 200  # problems; more are counted
COLOURS: Mapping[Severity, str | None] = {"error": "red", "warning": "yellow", "note": None}
COUNTED: Mapping[Severity, str] = {"error": "problem", "warning": "warning", "note": "note"}
PLAIN = re.compile(r'[^"$`\\!]*')  # what a shell leaves as it is between "
HANDFUL = 5  # documents from which a progress bar is worth its line


def colour() -> bool | None:
    """Colours as the terminal has them; none where NO_COLOR asks for none."""
    return False if os.environ.get("NO_COLOR") else None


def say(text: str, error: bool = False, **style: Any) -> None:
    """One line on the terminal."""
    click.secho(text, err=error, color=colour(), **style)


def problems(listed: Sequence[Problem], root: Path) -> None:
    """Each problem with its remedy, as seen from the folder that the person is in."""
    for problem in relative_to(listed[:MOST_PROBLEMS], str(root), os.getcwd()):
        message, _, remedy = str(problem).partition("\n")
        line = f"{message} [{problem.check}]" if problem.check else message
        say(line, True, fg=COLOURS[problem.severity])
        if remedy:
            say(remedy, True)
    if len(listed) > MOST_PROBLEMS:
        say(f"... and {len(listed) - MOST_PROBLEMS:,} more", True)


def quoted(text: str) -> str:
    """A text as it can be pasted behind an option, whatever signs it has."""
    return f'"{text}"' if PLAIN.fullmatch(text) else shlex.quote(text)


def origins(listed: Sequence[Any], root: Path) -> None:
    """Each difference of a returned file at the line that it comes from, and what to type there."""
    for origin in listed[:MOST_PROBLEMS]:
        where = origin.where
        path = Path(where.file)
        if path.is_relative_to(root) or not path.is_absolute():
            where = replace(where, file=os.path.relpath(root / path))
        parts = [str(where), origin.key, origin.edit.sentence]
        say("  " + ": ".join(part for part in parts if part))
        if origin.remedy:
            say(f"      {origin.remedy}")
        if origin.is_name:
            say(f"      for the other name everywhere: --rename {quoted(f'{origin.typed}={origin.variant}')}")
    if len(listed) > MOST_PROBLEMS:
        say(f"  ... and {len(listed) - MOST_PROBLEMS:,} more")


def total(problems: Sequence[Problem], then: str) -> None:
    """The last line: how many problems, and what then."""
    wrong, numbers = bool(errors(problems)), Counter(problem.severity for problem in problems)
    parts = [count(numbers[severity], word) for severity, word in COUNTED.items() if numbers[severity]]
    if not wrong and not numbers["warning"]:
        parts.insert(0, "No problems")
    *first, last = parts
    say(f"{', '.join(first)}{' and ' if first else ''}{last}. {then}".strip(), wrong, bold=True)


@contextlib.contextmanager
def lock(root: Path) -> Iterator[None]:
    """Holds the workspace's lock in the name of the command that runs."""
    from docgen.files import lock as workspace_lock

    command = f"docgen {click.get_current_context().info_name}"
    with workspace_lock.held(root, command, lambda line: say(line, True, fg="yellow")):
        yield


def hidden(length: int) -> bool:
    """Whether no bar shows: for a handful, and where nobody looks at a terminal."""
    return length <= HANDFUL or not sys.stderr.isatty()


def progress(papers: Iterable[T], length: int) -> Iterator[T]:
    """Passes papers on as they are made; shows a bar on a terminal when there are more than a handful."""
    start, done = time.monotonic(), 0

    def rate(_: object) -> str:
        return f"{done / max(0.001, time.monotonic() - start):.1f} a second"

    bar = click.progressbar(
        papers, length, "Building", show_pos=True, item_show_func=rate, file=sys.stderr, hidden=hidden(length)
    )
    with bar as each:
        for paper in each:
            done += 1
            yield paper


def saved(paths: Sequence[Path], root: Path, current: int = 0) -> None:
    """The files written, when they are few, and their number; and how many amendments were up to date."""
    names = [os.path.relpath(path) for path in paths]
    for path in names if len(names) <= 6 * HANDFUL else []:
        say(path)
    if paths:
        rest = f"; {count(current, 'amendment')} up to date" if current else ""
        say(f"{count(len(paths), 'file')} written under {os.path.relpath(root / 'build')}{os.sep}{rest}", bold=True)
