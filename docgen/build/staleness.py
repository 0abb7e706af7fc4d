"""Why a paper has to be made: something that it comes from, or one of its files, is not as it was.

This module loads next to nothing, so that a build with nothing to do is over at once.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from docgen.build.manifest import CompleteBuild, Entry, Manifest, WorkingPaper
from docgen.files import fingerprint, resources

FILE_END = "file:"  # before the path of an end that is a file
WORKING = ("*-redline-*", "*-against-*")  # what working papers are called
EVERY = "every plan"  # an end that is all there is
TOOL = ("docgen itself", "a library")  # of what papers come from, what is the same for all


@dataclass(frozen=True)
class Request:
    """What a person wants built: names as typed, formats, all of it or what is out of date; and the state before.

    `strict` has nothing saved where there is a warning.
    """

    names: tuple[str, ...]
    formats: tuple[str, ...]
    state: str
    force: bool = False
    strict: bool = False


def state(root: Path) -> str:
    """The hash of all that a build depends on: data, templates, docgen, libraries, and the day, which checks ask."""
    folders = [root / "schedules", *resources.template_folders(root)]
    return fingerprint.together(
        [fingerprint.everything(folders), fingerprint.code(), fingerprint.libraries(), str(datetime.date.today())]
    )


def nothing_changed(folder: Path, manifest: Manifest, request: Request) -> CompleteBuild | None:
    """The last complete build, where it was of the same names and state, and had the formats that are requested.

    None where it was not, or where a file is no longer in the build folder as docgen wrote it.
    """
    last = manifest.complete
    if request.force or last is None or (last.names, last.state) != (request.names, request.state):
        return None
    if not set(request.formats) <= set(last.formats):
        return None
    for name in last.papers:
        files = manifest.papers[name].of(request.formats) if name in manifest.papers else {}
        if not files or altered(folder / name, files):
            return None
    if any(_altered_outside(folder, paper) for paper in manifest.working.values()):
        return None
    return last


def _altered_outside(folder: Path, paper: WorkingPaper) -> bool:
    """Whether a working paper, or a file that it was made from, is not as it was; of the data `state` says it."""
    of_files = working_origin(folder.parent, [end for end in paper.ends if end.startswith(FILE_END)], {})
    return bool(altered(folder, paper.files)) or any(paper.origin.get(part) != of_files[part] for part in of_files)


def unrecorded(folder: Path, manifest: Manifest) -> list[Path]:
    """Files under the build folder that are called as working papers are, and of which no record says what they were
    made from: an older docgen left them, or a person."""
    recorded = {path for paper in manifest.working.values() for path in paper.files}
    files = {path for name in WORKING for path in folder.glob(f"*/*/{name}") if path.is_file()}
    return sorted(path for path in files if path.relative_to(folder).as_posix() not in recorded)


def working_origin(root: Path, ends: Sequence[str], origins: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """What a working paper with these ends comes from, with the hash of each, or that it is no file.

    `origins` are those of papers by their names, of all that the plans of the ends have.
    """
    parts: dict[str, str] = {}
    for end in ends:
        if end.startswith(FILE_END):
            path = root / end.removeprefix(FILE_END)
            parts[path.name] = fingerprint.file(path)
        elif "/" in end:
            paper = origins.get(end, {"": fingerprint.NO_FILE})
            parts |= {(part if part in TOOL else f"{end} {part}".strip()): digest for part, digest in paper.items()}
        else:
            papers = [origins[name] for name in origins if end == EVERY or name.startswith(f"{end}/")]
            digests = [f"{part}{digest}" for paper in papers for part, digest in paper.items()]
            parts[end] = fingerprint.together(digests) if digests else fingerprint.NO_FILE
    return parts


def outdated(folder: Path, paper: WorkingPaper, origin: Mapping[str, str]) -> str:
    """Why a working paper is not what would be made today, from what it comes from today; empty when it is."""
    parts = [part for part in origin if paper.origin.get(part) != origin[part]]
    if missing := [part for part in parts if origin[part] == fingerprint.NO_FILE]:
        return f"{' and '.join(missing)} is not there"
    if parts or set(paper.origin) != set(origin):
        return f"{' and '.join(parts) or 'what it is made from'} changed"
    return altered(folder, paper.files)


def reason(folder: Path, entry: Entry | None, origin: Mapping[str, str], names: Sequence[str]) -> str:
    """Why a paper has to be made, which is to have files of these names in its folder; empty when it is current.

    `entry` is what the manifest has of it, `origin` the hash of each thing that it comes from today.
    """
    if entry is None:
        return "has not been made yet"
    parts = [part for part in {**entry.origin, **origin} if entry.origin.get(part) != origin.get(part)]
    if parts:
        return f"{' and '.join(parts)} changed"
    if missing := [name for name in names if name not in entry.files]:
        return f"{', '.join(missing)} {'has' if len(missing) == 1 else 'have'} not been made yet"
    return altered(folder, {name: digest for name, digest in entry.files.items() if name in names})


def altered(folder: Path, files: Mapping[str, str]) -> str:
    """Which of the files are not in the folder as they were written, by their hashes; empty when none."""
    on_disk = {name: fingerprint.file(folder / name) for name in files}
    problems = dict.fromkeys(on_disk.values(), "not as docgen wrote it") | {fingerprint.NO_FILE: "not there"}
    return ", ".join(f"{name} is {problems[digest]}" for name, digest in on_disk.items() if digest != files[name])
