"""The packages that were made: which paper lies in which of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from docgen.edgar import submission
from docgen.files.atomic import BUILD

PACKAGE = f"{BUILD}/package"


def by_paper(root: Path) -> dict[str, str]:
    """The package that each paper lies in, by `plan/amendment`: the name of a folder of build/package/."""
    return {name: folder for folder, manifest in manifests(root) for name in submission.sources(manifest)}


def manifests(root: Path) -> Iterator[tuple[str, bytes]]:
    """The manifest of each package with the name of its folder, in the order of the names."""
    for path in sorted((root / PACKAGE).glob(f"*/{submission.MANIFEST}")):
        yield path.parent.name, path.read_bytes()
