"""Why a paper has to be made: something that it comes from, or one of its files, is not as it was.

This module loads next to nothing, so that a build with nothing to do is over at once.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from docgen.build.manifest import CompleteBuild, Entry, Manifest
from docgen.files import fingerprint, resources


@dataclass(frozen=True)
class Request:
    """What a person wants built: names as typed, formats, all of it or what is out of date; and the state before."""

    names: tuple[str, ...]
    formats: tuple[str, ...]
    state: str
    force: bool = False


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
    return last


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
