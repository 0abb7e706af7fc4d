"""What docgen remembers of what it made, under build/.docgen/: which files, from what, with which warnings.

It is read with suspicion: whatever is not as docgen writes it is forgotten, and the papers are made again.
"""

from __future__ import annotations

import contextlib
import datetime
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from docgen import save, shipped, tools
from docgen.problems import Problem, Where

FOLDER = ".docgen"
PAPERS = f"{FOLDER}/papers.json"
LAST = f"{FOLDER}/last.json"


@dataclass(frozen=True)
class Record:
    """One paper as it was made: the hashes of all that it came from and of its files, and EDGAR's warnings.

    `older` names files of formats that were not asked for when it was last made from something else.
    """

    origin: Mapping[str, str]
    files: Mapping[str, str]
    older: tuple[str, ...] = ()
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Last:
    """The last build that left everything current: what was asked for, in what state, and what the check said."""

    asked: tuple[str, ...]
    formats: tuple[str, ...]
    state: str
    papers: tuple[str, ...]
    warnings: tuple[Problem, ...] = field(default=())


def state(root: Path) -> str:
    """The hash of all that a build depends on: data, templates, docgen, libraries, and the day, which checks ask."""
    read = [root / "schedules", *shipped.template_folders(root)]
    return tools.together([tools.everything(read), tools.code(), tools.libraries(), str(datetime.date.today())])


def untouched(build: Path, asked: Sequence[str], formats: Sequence[str], now: str) -> Last | None:
    """The last build, when nothing has changed since: neither what it came from nor what it made."""
    last = _last(build)
    if last is None or (last.asked, last.state) != (tuple(asked), now) or not set(formats) <= set(last.formats):
        return None
    known = papers(build)
    wanted = tuple(f".{suffix}" for suffix in formats)
    for name in last.papers:
        there = name in known and any(file.endswith(wanted) for file in known[name].files)
        if not there or changed(build, name, known[name], formats):
            return None
    return last


def changed(build: Path, paper: str, record: Record, formats: Iterable[str]) -> str:
    """Which of the paper's files of these formats are not on the disk as they were written; empty when none."""
    wanted = tuple(f".{suffix}" for suffix in formats)
    said = []
    for name, meant in record.files.items():
        if name.endswith(wanted) and (found := tools.file(build / paper / name)) != meant:
            said.append(f"{name} is not {'there' if found == 'no file' else 'as docgen wrote it'}")
    return ", ".join(said)


def papers(build: Path) -> dict[str, Record]:
    """What is remembered of each paper, by its name."""
    try:
        told = json.loads((build / PAPERS).read_bytes())
        return {
            str(name): Record(
                {str(part): str(told) for part, told in one["origin"].items()},
                {str(file): str(told) for file, told in one["files"].items()},
                tuple(map(str, one["older"])),
                _problems(one["warnings"]),
            )
            for name, one in told["papers"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def remember(build: Path, known: Mapping[str, Record], last: Last | None) -> None:
    """Puts the records on the disk; `last` is forgotten where there is none."""
    files = {PAPERS: _json({"papers": {name: asdict(record) for name, record in sorted(known.items())}})}
    if last:
        files[LAST] = _json(asdict(last))
    else:
        save.remove(build, [LAST])
    if known or last or (build / PAPERS).exists():
        save.save(build, files)


def _last(build: Path) -> Last | None:
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        told = json.loads((build / LAST).read_bytes())
        asked, formats, names = (tuple(map(str, told[key])) for key in ("asked", "formats", "papers"))
        return Last(asked, formats, str(told["state"]), names, _problems(told["warnings"]))
    return None


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _problems(told: Iterable[Mapping[str, Any]]) -> tuple[Problem, ...]:
    return tuple(Problem(**{**one, "where": Where(**one["where"])}) for one in told)
