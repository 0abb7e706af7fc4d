"""Keeps the patterns of a workspace's templates under build/, by the hash of the templates that they were made of."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docgen import __version__
from docgen.files import atomic, fingerprint, resources
from docgen.files.atomic import BUILD
from docgen.problems import DocgenError

SHAPE = 2  # of what is kept; to be raised where it changes


def entries(name: str, kind: str, folders: tuple[Path, ...]) -> list[list[Any]] | None:
    """The patterns of a kind as they were kept under a name; None where there are none, or other templates by now."""
    file = _file(name, kind, folders)
    with contextlib.suppress(OSError, ValueError):
        content = json.loads(file.read_bytes()) if file else {}
        if content.get("templates") == _digest(kind, folders):
            return list(content["patterns"])
    return None


def keep(name: str, kind: str, folders: tuple[Path, ...], patterns: Sequence[Sequence[Any]]) -> None:
    """Writes the patterns of a kind under a name; where that cannot be, they are made again next time."""
    file = _file(name, kind, folders)
    content = json.dumps({"templates": _digest(kind, folders), "patterns": patterns})
    with contextlib.suppress(OSError, DocgenError):
        if file:
            atomic.write(file, content.encode())


def _file(name: str, kind: str, folders: tuple[Path, ...]) -> Path | None:
    """Where they are kept: in the workspace that the templates are of; nowhere for docgen's own."""
    templates = folders[0]
    return None if templates == resources.TEMPLATES else templates.parent / BUILD / f".{name}-{kind}.json"


def _digest(kind: str, folders: tuple[Path, ...]) -> str:
    """The hash of every template of a kind, and of what all kinds share."""
    files = [path for folder in folders for path in sorted([*folder.glob("*.j2"), *folder.glob(f"{kind}/*.j2")])]
    return fingerprint.digest(json.dumps([__version__, SHAPE, *(path.read_text("utf-8", "replace") for path in files)]))
