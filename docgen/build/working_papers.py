"""Redlines, memos and comparison tables: saved with a record of the command and of all that they were made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
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
    ids = {plan.id for plan in workspace.plans} if EVERY in ends else {end.partition("/")[0] for end in ends}
    papers = [paper for plan in workspace.plans if plan.id in ids for paper in papers_of(workspace, plan)]
    origins = {paper.name: origin for paper, origin in zip(papers, inputs.origins(papers), strict=True)}
    every = tuple(dict.fromkeys([*ends, *(_file_end(root, file) for file in files)]))
    return WorkingPaper(command, every, staleness.working_origin(root, every, origins), {})


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
