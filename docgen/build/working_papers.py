"""Redlines, memos and comparison tables: saved with a record of the command and of all that they were made from."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from docgen.build import inputs, manifest, staleness
from docgen.build.manifest import WorkingPaper
from docgen.build.staleness import EVERY, FILE_END
from docgen.files import atomic, fingerprint
from docgen.workspace.load import Workspace
from docgen.workspace.select import papers_of


def record(root: Path, workspace: Workspace, command: str, ends: Sequence[str], files: Sequence[str]) -> WorkingPaper:
    """A working paper that has no files yet: its command, and what it is made from, as that is today.

    An end is `plan/amendment`, `plan` for all that it has, or EVERY; files are those that a person named.
    """
    every = tuple(dict.fromkeys([*ends, *(_file_end(root, file) for file in files)]))
    origins = _origins(workspace, _plans(workspace, every))
    return WorkingPaper(command, every, staleness.working_origin(root, every, origins), {})


def _plans(workspace: Workspace, ends: Sequence[str]) -> set[str]:
    """The plans that the ends of a working paper are of."""
    if EVERY in ends:
        return set(workspace.plan_ids)
    return {end.partition("/")[0] for end in ends if not end.startswith(FILE_END)}


def _origins(workspace: Workspace, plans: Collection[str]) -> dict[str, inputs.Origin]:
    """What each paper of some plans comes from, by its name."""
    papers = [paper for plan in workspace.plans if plan.id in plans for paper in papers_of(workspace, plan)]
    return {paper.name: origin for paper, origin in zip(papers, inputs.origins(papers), strict=True)}


def _file_end(root: Path, file: str) -> str:
    """A file as the manifest has it: by its path from the workspace where it lies in that, as it does in a copy."""
    path = Path(file).resolve()
    return FILE_END + (path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path))


def current_files(root: Path, name: str, paper: WorkingPaper) -> dict[str, str]:
    """The files of a working paper that an earlier run of the same command made from the same, and their hashes."""
    earlier = manifest.read(root / atomic.BUILD).working.get(name)
    if earlier is None or (earlier.command, earlier.origin) != (paper.command, paper.origin):
        return {}
    files = earlier.files.items()
    return {path: digest for path, digest in files if fingerprint.file(root / atomic.BUILD / path) == digest}


def save(root: Path, name: str, paper: WorkingPaper, files: Mapping[str, bytes]) -> Sequence[Path]:
    """Saves the files of a working paper, by their paths under build/, in one set with the record of them.

    Files of the same paper that were made from something else go away; without any files the paper does.
    """
    last = manifest.read(root / atomic.BUILD)
    stay = current_files(root, name, paper) if files else {}
    digests = {**stay, **{path: fingerprint.digest(data) for path, data in files.items()}}
    working = {key: value for key, value in last.working.items() if key != name}
    if digests:
        working[name] = replace(paper, files=digests)
    earlier = last.working[name].files if name in last.working else {}
    needless = [f"{atomic.BUILD}/{path}" for path in earlier if path not in digests]
    if not files and not needless:
        return ()
    memory = manifest.content(replace(last, working=working, complete=None))
    paths = atomic.save(root, atomic.under(atomic.BUILD, {**files, manifest.FILE: memory}), needless)
    return paths[: len(files)]


@dataclass(frozen=True)
class Upkeep:
    """Why each working paper is not what would be made today, empty where it is; and the files taken away for it."""

    reasons: Mapping[str, str]
    removed: Sequence[Path]


def take_away(root: Path, workspace: Workspace) -> Upkeep:
    """Takes away the working papers that are not what would be made today, and forgets them."""
    folder = root / atomic.BUILD
    last = manifest.read(folder)
    unreadable = set(workspace.plan_ids) - {plan.id for plan in workspace.plans}
    origins = _origins(workspace, {plan for paper in last.working.values() for plan in _plans(workspace, paper.ends)})
    reasons: dict[str, str] = {}
    for name, paper in last.working.items():
        wrong = sorted(unreadable & _plans(workspace, paper.ends))
        origin = staleness.working_origin(root, paper.ends, origins)
        reason = f"errors in {' and '.join(wrong)}" if wrong else staleness.outdated(folder, paper, origin)
        reasons[name] = f"{reason}; to make it again: {paper.command}" if reason else ""
    working = {name: paper for name, paper in last.working.items() if not reasons[name]}
    removed: list[Path] = []
    if len(working) < len(last.working):
        with atomic.signals_wait():
            removed = atomic.remove(
                folder, [path for name in reasons if reasons[name] for path in last.working[name].files]
            )
            manifest.write(folder, replace(last, working=working))
    return Upkeep(reasons, removed)
