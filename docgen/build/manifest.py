"""What docgen has built, in build/.docgen/manifest.json: each paper's files, what they came from, and the warnings;
and the same of each working paper.

It is read with suspicion: whatever is not as docgen writes it is forgotten, and the papers are made again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from docgen.files import atomic
from docgen.problems import Problem, Where

FILE = ".docgen/manifest.json"
EARLIER = (".docgen/papers.json", ".docgen/last.json")  # of earlier versions: the papers, and the last complete build
WRONG = (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError)  # what a file of other shape raises


@dataclass(frozen=True)
class Entry:
    """One paper as it was made: the hashes of all that it came from and of its files, and EDGAR's warnings."""

    origin: Mapping[str, str]
    files: Mapping[str, str]
    warnings: tuple[Problem, ...] = ()

    def of(self, formats: Iterable[str]) -> dict[str, str]:
        """The files of some formats, and the hash of each."""
        endings = tuple(f".{suffix}" for suffix in formats)
        return {name: digest for name, digest in self.files.items() if name.endswith(endings)}


@dataclass(frozen=True)
class WorkingPaper:
    """A redline, a memo or a comparison table: the command that makes it, its ends, what they were, and its files.

    `origin` has the hash of all that the ends came from, `files` those of the files by their paths under build/.
    """

    command: str
    ends: tuple[str, ...]
    origin: Mapping[str, str]
    files: Mapping[str, str]


@dataclass(frozen=True)
class CompleteBuild:
    """The last build after which nothing was out of date: of what, from what state, and the warnings of the check."""

    names: tuple[str, ...]
    formats: tuple[str, ...]
    state: str
    papers: tuple[str, ...]
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Manifest:
    """All papers that were made, by their names; and the last complete build, when nothing was built since.

    `working` are the working papers, by the paths of their files without what those end in.
    """

    papers: Mapping[str, Entry] = field(default_factory=dict)
    complete: CompleteBuild | None = None
    working: Mapping[str, WorkingPaper] = field(default_factory=dict)


def read(folder: Path) -> Manifest:
    """The manifest of a build folder; that of an earlier version, where there is none yet."""
    for name in (FILE, EARLIER[0]):
        try:
            data = json.loads((folder / name).read_bytes())
            papers = {str(paper): _entry(entry) for paper, entry in data["papers"].items()}
        except WRONG:
            continue
        return Manifest(papers, _complete(data), _working(data))
    return Manifest()


def write(folder: Path, manifest: Manifest) -> None:
    """Puts the manifest on the disk, in place of an earlier one; a folder without anything is not made for it."""
    earlier = any((folder / name).exists() for name in (FILE, EARLIER[0]))
    if manifest.papers or manifest.working or manifest.complete or earlier:
        atomic.write(folder / FILE, content(manifest))
        atomic.remove(folder, EARLIER)


def content(manifest: Manifest) -> bytes:
    """The manifest as it stands in its file."""
    data = {
        "papers": {name: asdict(entry) for name, entry in sorted(manifest.papers.items())},
        "complete": asdict(manifest.complete) if manifest.complete else None,
        "working": {name: asdict(paper) for name, paper in sorted(manifest.working.items())},
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _entry(data: Mapping[str, Any]) -> Entry:
    return Entry(
        {str(part): str(digest) for part, digest in data["origin"].items()},
        {str(file): str(digest) for file, digest in data["files"].items()},
        _problems(data["warnings"]),
    )


def _working(data: Mapping[str, Any]) -> dict[str, WorkingPaper]:
    """The working papers; none where they are missing, or not as docgen writes them."""
    try:
        return {
            str(name): WorkingPaper(
                str(paper["command"]),
                tuple(map(str, paper["ends"])),
                {str(part): str(digest) for part, digest in paper["origin"].items()},
                {str(path): str(digest) for path, digest in paper["files"].items()},
            )
            for name, paper in data["working"].items()
        }
    except WRONG:
        return {}


def _complete(data: Mapping[str, Any]) -> CompleteBuild | None:
    """The last complete build; None where it is missing, or not as docgen writes it."""
    try:
        build = data["complete"]
        names, formats, papers = (tuple(map(str, build[key])) for key in ("names", "formats", "papers"))
        return CompleteBuild(names, formats, str(build["state"]), papers, _problems(build["warnings"]))
    except WRONG:
        return None


def _problems(data: Iterable[Mapping[str, Any]]) -> tuple[Problem, ...]:
    rules = {"about": (), "fact": (), "places": (), "follows": ()}  # of the rules alone, and empty in what is printed
    return tuple(Problem(**{**problem, **rules, "where": Where(**problem["where"])}) for problem in data)
